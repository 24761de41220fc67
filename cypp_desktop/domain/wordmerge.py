"""Two people changed one text: a word-level proposal that marks who changed what.

It is only ever shown. Changes that do not touch can still contradict each other, so a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Literal

from cypp_desktop.domain.values import dataclass

MOST = 8000
"""Texts of more words and spaces are compared whole: finding what changed takes the square of their length."""

KEPT = 0.5
"""Less than this share of a text left as it was counts as written anew."""

Who = Literal["same", "mine", "theirs", "both", "conflict"]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the text: what it was, what each side made of it, and who changed it."""

    who: Who
    base: str
    mine: str
    theirs: str


@dataclass(slots=True)
class _Span:
    """A stretch of the base's words that somebody changed, with how much longer each side made it."""

    start: int
    end: int
    sides: set[str]


def propose(base: str, mine: str, theirs: str) -> list[Part]:
    """The text in parts, in order: joined up, their ``base``, ``mine`` and ``theirs`` are the three whole texts.

    Changes that touch, with no untouched word between them, count as one conflict: better asked than guessed.
    """
    words = _words(base)
    sides = {"mine": _words(mine), "theirs": _words(theirs)}
    changes = {side: _changes(words, new) for side, new in sides.items()}
    parts: list[Part] = []
    at, ahead = 0, {"mine": 0, "theirs": 0}  # how far each side's words are ahead of the base's
    for span in [*_spans(changes), _Span(len(words), len(words), set())]:
        same = "".join(words[at : span.start])
        if same:
            parts.append(Part("same", same, same, same))
        texts = {}
        for side, new in sides.items():
            longer = sum(
                to - start - (old_to - old) for old, old_to, start, to in changes[side] if _inside(old, old_to, span)
            )
            texts[side] = "".join(new[span.start + ahead[side] : span.end + ahead[side] + longer])
            ahead[side] += longer
        if span.sides:
            parts.append(_part("".join(words[span.start : span.end]), texts["mine"], texts["theirs"], span.sides))
        at = span.end
    return parts


def clean(parts: Sequence[Part]) -> bool:
    """Whether the two sides changed different words, or the same ones alike."""
    return all(part.who != "conflict" for part in parts)


def text(parts: Sequence[Part], between: str = "\n\n") -> str:
    """The proposal as one text: every change of both sides; where they conflict, mine and then theirs.

    Where a side wrote most of it anew and the other changed it too, word by word would make nonsense of them: then it
    is the two texts, whole, with ``between``.
    """
    if not clean(parts) and min(_left(parts, "theirs"), _left(parts, "mine")) < KEPT:
        return between.join("".join(getattr(part, side) for part in parts).strip() for side in ("mine", "theirs"))
    return "".join(_proposed(part) for part in parts)


def _left(parts: Sequence[Part], other: Who) -> float:
    """The share of the base that a side left as it was: what nobody changed, or only the ``other`` side."""
    kept = sum(len(part.base) for part in parts if part.who in ("same", other))
    return kept / (sum(len(part.base) for part in parts) or 1)


def _proposed(part: Part) -> str:
    if part.who != "conflict":
        return part.theirs if part.who == "theirs" else part.mine
    touching = part.mine and part.theirs and not part.mine[-1].isspace() and not part.theirs[0].isspace()
    return f"{part.mine}{' ' if touching else ''}{part.theirs}"


def _words(whole: str) -> list[str]:
    return re.findall(r"\s+|\S+", whole)


Change = tuple[int, int, int, int]  # from and to in the base's words, from and to in the side's words


def _changes(words: list[str], new: list[str]) -> list[Change]:
    if max(len(words), len(new)) > MOST:
        return [(0, len(words), 0, len(new))] if words != new else []
    found = SequenceMatcher(None, words, new, autojunk=False).get_opcodes()
    return [(old, old_to, start, to) for tag, old, old_to, start, to in found if tag != "equal"]


def _spans(changes: dict[str, list[Change]]) -> list[_Span]:
    """Changes of both sides, those that overlap or touch in the base joined."""
    spans: list[_Span] = []
    for old, old_to, side in sorted((one[0], one[1], side) for side, found in changes.items() for one in found):
        if spans and old <= spans[-1].end:
            spans[-1].end = max(spans[-1].end, old_to)
            spans[-1].sides.add(side)
        else:
            spans.append(_Span(old, old_to, {side}))
    return spans


def _inside(old: int, old_to: int, span: _Span) -> bool:
    return bool(span.sides) and span.start <= old and old_to <= span.end


def _part(base: str, mine: str, theirs: str, sides: set[str]) -> Part:
    who: Who = "conflict"
    if mine == theirs:
        who = "both"
    elif sides == {"mine"}:
        who = "mine"
    elif sides == {"theirs"}:
        who = "theirs"
    return Part(who, base, mine, theirs)
