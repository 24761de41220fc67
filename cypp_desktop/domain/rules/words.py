"""What the rules want to know of a text, found out once for each: most of a plan is the same from check to check."""

from __future__ import annotations

from functools import lru_cache

from cypp_desktop.domain import text
from cypp_desktop.domain.patterns import pattern
from cypp_desktop.domain.undecided import is_undecided
from cypp_desktop.domain.values import dataclass

LONG = 40
"""The most words that a sentence of a board paper should have."""
_STOP = pattern(r"[.!?][\"”’')\]*]*\s|\n")
_CAPITALS = pattern(r"\b[A-Z]{3,7}(?=s?\b)")
_BRACKETED = pattern(r"\(\W{0,2}([A-Z]{3,7})s?\W{0,2}\)")
_WORD = pattern(r"[A-Za-z][\w’']*")
_SMALL = frozenset(["and", "of", "the", "for", "in", "on", "to", "with", "a"])
_END = pattern(r"[–—:;.,!(*]|\s-|-\s")
_BULLETS = " \t-*•_>0123456789.)"
_LOOK = 80  # characters into a line that its opening words can reach


@dataclass(frozen=True, slots=True)
class Words:
    """Whether a text is undecided; its abbreviations, and those of them that stand in brackets; the first letter of
    each of its words but small ones; its longest sentence where that is longer than :data:`LONG`; the opening words
    of its lines as :func:`folded`.
    """

    undecided: bool
    capitals: tuple[str, ...]
    bracketed: tuple[str, ...]
    initials: str
    long: str
    openings: tuple[str, ...]


@lru_cache(maxsize=1 << 15)
def look(source: str) -> Words:
    """What there is to know of a text."""
    long = _longest(source) if source.count(" ") >= LONG else ""
    return Words(
        is_undecided(source),
        tuple(_CAPITALS.findall(source)),
        tuple(_BRACKETED.findall(source)) if "(" in source else (),
        "".join(word[0] for word in _WORD.findall(source) if word not in _SMALL),
        long,
        tuple(_opening(line) for line in source.split("\n")),
    )


def _longest(source: str) -> str:
    sentences = (one for one in _STOP.split(source) if one.count(" ") >= LONG)
    found = max((" ".join(text.plain(one).split()) for one in sentences), key=_length, default="")
    return found if _length(found) > LONG else ""


def _length(sentence: str) -> int:
    return len(sentence.split())


def _opening(line: str) -> str:
    return folded(_END.split(line[:_LOOK].lstrip(_BULLETS), maxsplit=1)[0])


def folded(words: str) -> str:
    """Words for comparison: small letters, single spaces, no hyphens."""
    return " ".join(words.replace("-", " ").casefold().split())
