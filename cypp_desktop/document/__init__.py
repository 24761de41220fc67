"""One plan file on disk; the only place with SQL."""
