"""From a plan to a finished document; no Qt, no SQL."""
