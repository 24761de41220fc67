"""What every page says at its head and foot; none of it is part of the document's text."""

from __future__ import annotations

from math import cos, sin
from typing import TYPE_CHECKING

from cypp_desktop.reports import style
from cypp_desktop.reports.model import Legend
from cypp_desktop.reports.pdf import shapes, wrap
from cypp_desktop.reports.pdf.draw import Drawing
from cypp_desktop.reports.pdf.fonts import one_line
from cypp_desktop.reports.pdf.placed import Placed
from cypp_desktop.reports.pdf.wrap import Line

if TYPE_CHECKING:
    from cypp_desktop.domain.plan import Status
    from cypp_desktop.reports.model import Report
    from cypp_desktop.reports.pdf.draw import Ink
    from cypp_desktop.reports.pdf.page import Pages
    from cypp_desktop.reports.style import Type

_HEAD_TEXT, _HEAD_RULE = 22.5, 38.0  # from the page's top edge
_FOOT_RULE, _FOOT_TEXT = 40.0, 35.0  # from its bottom edge, for a legend of one line
_NUMBER_ROOM = 90.0
_BETWEEN = 24.0  # what stands at the left of the head and what stands at its right
_MOST_LINES = 3
_LONGEST_MARK, _MARK_SHARE, _MARK_RISE = 60, 0.72, 0.5  # characters; of the page's width; radians
_CAPITAL = 0.73  # height of a capital beside its size
_ENDLESS = 100_000.0
_SHAPE, _SHAPE_ROOM, _WORD_GAP, _ENTRY_GAP = 7.0, 11.0, 3.0, 14.0

_Entry = tuple["Status", list[Line]]
"""A status with its letter and its word, each on a line of its own."""


class Furniture:
    """The running head and foot of a report's pages; but for the page's number they are drawn once."""

    def __init__(self, report: Report, width: float) -> None:
        self._behind = one_line(report.watermark, _LONGEST_MARK)
        self._mark = ""
        self._left = _cut(report.head_left, width * 0.5, style.FURNITURE_BOLD)
        taken = self._left[0].width() if self._left else 0.0
        self._right = _cut(report.head_right, width - taken - _BETWEEN, style.FURNITURE)
        self._legend = _rows(report.legend, width - _NUMBER_ROOM)
        self._head = self._foot = ""
        self.foot_lines = max(1, len(self._legend))
        blocks = (*report.blocks, *(report.front.blocks if report.front else ()))
        self._explained = any(isinstance(block, Legend) for block in blocks)

    def draw(self, drawing: Drawing, pages: Pages, number: int, ink: Ink) -> None:
        """Draw them on the page of a number, from 1."""
        if self._explained and len(pages.all) == 1:
            self._legend = []  # it stands on this page already
        if not self._foot:
            self._head, self._foot = self._drawn_head(pages, ink), self._drawn_foot(pages, ink)
        if not pages.all[number - 1].front and (self._left or self._right):
            drawing.again(self._head)
        drawing.again(self._foot)
        said = _cut(f"Page {number} of {len(pages.all)}", _NUMBER_ROOM, style.FURNITURE)
        top = _FOOT_TEXT + style.FOOT.leading * (self.foot_lines - 1)
        drawing.furniture([], [Placed(pages.right - said[0].width(), top, said, artifact=True)], "Footer")

    def behind(self, drawing: Drawing, pages: Pages, ink: Ink) -> None:
        """Draw what stands pale behind all else on a page."""
        if self._behind:
            self._mark = self._mark or _drawn([_slanted(self._behind, pages.size, ink)], [], "Watermark", ink)
            drawing.again(self._mark)

    def _drawn_head(self, pages: Pages, ink: Ink) -> str:
        top = pages.size[1] - _HEAD_TEXT
        words = [Placed(pages.left, top, self._left, artifact=True)] if self._left else []
        if self._right:
            words.append(Placed(pages.right - self._right[0].width(), top, self._right, artifact=True))
        line = shapes.rule(pages.left, pages.right, pages.size[1] - _HEAD_RULE, style.BORDER, 0.6)
        return _drawn([line], words, "Header", ink)

    def _drawn_foot(self, pages: Pages, ink: Ink) -> str:
        rise = style.FOOT.leading * (self.foot_lines - 1)
        operators = [shapes.rule(pages.left, pages.right, _FOOT_RULE + rise, style.BORDER, 0.6)]
        words: list[Placed] = []
        top = _FOOT_TEXT + rise
        for row in self._legend:
            x = pages.left
            for status, said in row:
                operators.append(shapes.shape(status.shape, (x, top - 8.5, _SHAPE), style.ink(status.colour)))
                x += _SHAPE_ROOM
                for line in said:
                    words.append(Placed(x, top, [line], artifact=True))
                    x += line.width() + _WORD_GAP
                x += _ENTRY_GAP
            top -= style.FOOT.leading
        return _drawn(operators, words, "Footer", ink)


def _drawn(operators: list[str], words: list[Placed], kind: str, ink: Ink) -> str:
    drawing = Drawing(0, ink)
    drawing.furniture(operators, words, kind)
    return drawing.stream()


def _slanted(words: str, size: tuple[float, float], ink: Ink) -> str:
    """A watermark across the middle of a page, rising to the right."""
    kind = style.BEHIND
    [line] = wrap.words(words, _ENDLESS, kind)
    scale = min(1.0, _MARK_SHARE * size[0] / line.width())
    along, up = cos(_MARK_RISE), sin(_MARK_RISE)
    half, deep = scale * line.width() / 2, scale * kind.size * _CAPITAL / 2
    x, y = size[0] / 2 - half * along + deep * up, size[1] / 2 - half * up - deep * along
    shown = [
        f"{resource} {kind.size * scale:.2f} Tf ({text}) Tj"
        for piece in line.parts()
        for resource, text in ink.encoder(piece.face).encode(piece.text)
    ]
    turn = f"{along:.4f} {up:.4f} {-up:.4f} {along:.4f} {x:.2f} {y:.2f} Tm"
    return f"BT {shapes.fill(kind.colour)} {turn} {' '.join(shown)} ET"


def _rows(statuses: tuple[Status, ...], width: float) -> list[list[_Entry]]:
    """The legend in as many lines as it takes; without words, or not at all, where it takes too many."""
    for worded in (True, False):
        rows: list[list[_Entry]] = [[]]
        room = width
        for status in statuses:
            said = _cut(status.letter, width / 3, style.FOOT_BOLD)
            said += _cut(status.label, width - 60, style.FOOT) if worded else []
            if rows[-1] and _wide(said) > room:
                rows.append([])
                room = width
            rows[-1].append((status, said))
            room -= _wide(said)
        if len(rows) <= _MOST_LINES:
            return rows if statuses else []
    return []


def _wide(said: list[Line]) -> float:
    return _SHAPE_ROOM + sum(line.width() + _WORD_GAP for line in said) + _ENTRY_GAP


def _cut(text: str, width: float, kind: Type) -> list[Line]:
    """The text on one line, its end cut off where it is too long; every word of it stands in full on another page."""
    lines = wrap.words(text, width, kind)
    if len(lines) < 2:
        return lines
    lines = wrap.words(text, width - 12, kind)
    lines[0].add("…")
    return lines[:1]
