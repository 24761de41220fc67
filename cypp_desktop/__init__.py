"""The action plan of a children's partnership: edited offline in one file, merged, and printed as a board pack."""

__version__ = "0.1.0"
