"""The content of a cell or a text on its way through pages: how much of it fits, and where it may be parted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cypp_desktop.reports.pdf.wrap import Line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cypp_desktop.reports.pdf.compose import Element
    from cypp_desktop.reports.pdf.page import Pages

_SLACK = 1e-6


class Flow:
    """Elements of which the first ones have been placed; ``height`` is what the rest needs, in points."""

    __slots__ = ("_at", "_elements", "height")

    def __init__(self, elements: list[Element]) -> None:
        self._elements = elements
        self._at = 0
        self.height = sum([element.height for element in elements])

    @property
    def begun(self) -> bool:
        """Whether some of it has been placed."""
        return self._at > 0

    @property
    def left(self) -> int:
        """How many of its elements are still to be placed."""
        return len(self._elements) - self._at

    def fitting(self, room: float, *, forced: bool = False) -> int:
        """How many of the elements left go into some room.

        No single line of a paragraph, nor of the whole, is parted from the others, unless it is ``forced``: then at
        least as many go as there is room for, and one in any case.
        """
        elements, start = self._elements, self._at
        end = start
        taken = 0.0
        while end < len(elements) and taken + elements[end].height <= room + _SLACK:
            taken += elements[end].height
            end += 1
        most = end - start
        if end == len(elements):
            return most
        while end > start and not self._may_part(end):
            end -= 1
        if end == start and forced:
            return max(most, 1)
        return end - start

    def _may_part(self, at: int) -> bool:
        """Whether a page may end before an element: at least two lines of what it parts stay on either side."""
        elements = self._elements
        if at - self._at == 1 or at == len(elements) - 1:
            return False
        before, after = elements[at - 1], elements[at]
        if not _together(before, after):
            return True
        return _together(elements[at - 2], before) and _together(after, elements[at + 1])

    def take(self, number: int) -> list[Element]:
        """The next elements, which are then placed; the first of the rest loses the space above it."""
        if number == len(self._elements):
            self._at, self.height = number, 0.0
            return self._elements
        taken = self._elements[self._at : self._at + number]
        self._at += number
        self.height -= sum([element.height for element in taken])
        if self.left:
            first = self._elements[self._at]
            self.height -= first.gap
            first.space_above(0.0)
        else:
            self.height = 0.0
        return taken


def _together(one: Element, other: Element) -> bool:
    """Whether two elements are lines of one paragraph."""
    return isinstance(one, Line) and isinstance(other, Line) and one.node is other.node and one.node is not None


def pour(elements: Iterable[Element], pages: Pages) -> None:
    """Put elements on the pages, as many on each as fit."""
    flow = Flow([*elements])
    while flow.left:
        number = flow.fitting(pages.room, forced=pages.fresh)
        if number:
            height = flow.height
            pages.page.put(pages.page.slot(), flow.take(number), pages.left, pages.y)
            pages.y -= height - flow.height
        if flow.left:
            pages.turn()
