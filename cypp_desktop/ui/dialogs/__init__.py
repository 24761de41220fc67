"""Windows that are opened for one task."""
