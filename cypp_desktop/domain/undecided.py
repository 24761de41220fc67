"""What is still open in a plan, as its own words say."""

from __future__ import annotations

import re
from functools import lru_cache

from cypp_desktop.domain.patterns import pattern

_UNDECIDED = pattern(r"\b(TBC|TBA|to\s+be\s+(?:confirmed|agreed|decided)|placeholder)\b", re.IGNORECASE)
_OPEN = ("tbc", "tba", "confirmed", "agreed", "decided", "placeholder")


@lru_cache(maxsize=8192)  # the same texts are asked about for the window, for the tables and for the list
def is_undecided(source: str) -> bool:
    """Whether a text says that something is still open: "TBC", "to be agreed", "Placeholder"."""
    folded = source.lower()  # most texts have none of these words, and need no closer look
    return any(word in folded for word in _OPEN) and _UNDECIDED.search(source) is not None
