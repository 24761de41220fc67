"""What an import says of itself: what it made of a cell, what it left out, and what it did not understand."""

from __future__ import annotations

from dataclasses import dataclass, field

TAKEN, LEFT, OPEN = "taken", "left out", "not understood"


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence about a place of the source, with the words that it is about.

    ``kind``: the words are TAKEN into the plan in a way to be looked at, LEFT out on purpose, or OPEN: not in the plan.
    """

    kind: str
    place: str
    sentence: str
    words: str = ""

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        return f"{place}{self.sentence}" + (f" “{self.words}”" if self.words else "")


@dataclass(slots=True)
class Remarks:
    """Remarks while they are collected, each once."""

    found: dict[Remark, None] = field(default_factory=dict)

    def add(self, kind: str, place: str, sentence: str, words: str = "") -> None:
        """One more."""
        self.found.setdefault(Remark(kind, place, sentence, words))
