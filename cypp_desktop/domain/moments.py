"""Times as they are recorded, in ISO form; a copy from elsewhere can hold anything there."""

from __future__ import annotations

from datetime import datetime


def local(at: str) -> datetime | None:
    """A recorded time by this computer's zone; None for what is none, or is of a year that no zone is known for."""
    try:
        return datetime.fromisoformat(at).astimezone()
    except (ValueError, OverflowError, OSError):  # the last is what Windows says of years before 1970
        return None
