"""Words with something painted under or beside them: a status on its tinted ground, an arrow before its verdict."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from cypp_desktop.reports import style
from cypp_desktop.reports.pdf import shapes, wrap
from cypp_desktop.reports.pdf.wrap import Label, Line, Piece

if TYPE_CHECKING:
    from cypp_desktop.domain.plan import Status
    from cypp_desktop.reports.model import Trend
    from cypp_desktop.reports.style import Type

_EDGE = 5.0  # of a chip, right of its words
_TALLEST = 8  # lines
_BELOW = 2.0
_ARROW_ROOM = 10.0
_WIDEST_LABEL = 60.0


class Adorned:
    """Lines that are never split, and what is painted under them from their top left corner, in points."""

    __slots__ = ("gap", "height", "lines", "paint")

    def __init__(self, lines: list[Line], paint: str, below: float = 0.0) -> None:
        self.lines, self.paint = lines, paint
        self.gap = 0.0
        self.height = sum(line.height for line in lines) + below

    def space_above(self, gap: float) -> None:
        """Set the space above."""
        self.height += gap - self.gap
        self.gap = gap


class _Size(NamedTuple):
    """How large a chip is: the type of its words, where its letter begins, the least room for that."""

    type: Type
    word: float
    letter: float


_USUAL = _Size(style.CELL, 16.0, 10.0)
_QUIET = _Size(style.SMALL, 13.5, 9.0)


def chip(status: Status, width: float, *, quiet: bool = False) -> list[Adorned] | list[Line]:
    """A status as a chip; as bare words where it would be as tall as a good part of a page."""
    lines, paint = _chip(status.label, status.letter, (status.shape, status.colour), width, quiet=quiet)
    made = [line.again() for line in lines]
    return [Adorned(made, paint, _BELOW)] if paint else made


@lru_cache(maxsize=256)
def _chip(label: str, letter: str, look: tuple[str, str], width: float, *, quiet: bool) -> tuple[list[Line], str]:
    """A chip's lines, and what is painted under them; nothing under bare words."""
    size = _QUIET if quiet else _USUAL
    bold = _letter_type(look[1], size.type)
    hung = hanging(letter, bold) if letter else None
    x = size.word + (max(size.letter, hung[1] + 3.5) if hung else 0.0)
    room = width - _EDGE
    below = hung is not None and wrap.longest(label, size.type) > room - x
    if below:  # its words stand below its letter
        lines = wrap.words(letter, room, bold, size.word)
        lines += wrap.words(label, room, size.type, _EDGE - 1)
        lines[0].add(" ")
    else:
        lines = wrap.words(label, room, size.type, x)
        if lines and hung:
            lines[0].labels = (Label(size.word, hung[0], None, bold),)
    if not lines or bool(letter) != bool(hung) or len(lines) > _TALLEST or (x > width / 2 and not below):
        return wrap.words(f"{letter} {label}", width, size.type), ""
    wide = max(line.x + line.width() for line in lines) + _EDGE
    height = len(lines) * size.type.leading
    return lines, shapes.chip(*look, round(wide, 2), round(height, 2), quiet=quiet)


def trend(found: Trend, width: float, x: float = 0.0) -> list[Adorned] | list[Line]:
    """Which way something has gone: an arrow before the words that say so."""
    lines = wrap.words(found.text, width, style.SMALL, x + _ARROW_ROOM)
    if not lines or len(lines) > _TALLEST:
        return lines
    return [Adorned(lines, shapes.arrow(found.arrow, style.VERDICTS.get(found.verdict, style.MUTED), x))]


@lru_cache(maxsize=512)
def hanging(text: str, kind: Type) -> tuple[Piece, float] | None:
    """A short text as what hangs before a line, and its width in points; None where it is not one line of one face."""
    lines = wrap.words(text, _WIDEST_LABEL, kind)
    if len(lines) != 1 or lines[0].pieces:
        return None
    return lines[0].parts()[0], lines[0].width()


@lru_cache(maxsize=64)
def _letter_type(colour: str, kind: Type) -> Type:
    return replace(kind, bold=True, colour=style.ink(colour))
