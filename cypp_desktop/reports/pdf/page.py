"""What stands where on a page, before it is drawn; and the pages of a document while they are being filled."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from cypp_desktop.reports import style
from cypp_desktop.reports.pdf import shapes
from cypp_desktop.reports.pdf.compose import ChipBox
from cypp_desktop.reports.pdf.wrap import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cypp_desktop.reports.pdf.compose import Element
    from cypp_desktop.reports.pdf.tags import Node

_SIZES = {"A4": (841.89, 595.28), "A3": (1190.55, 841.89)}
_MARGIN = 36.0
_HEAD = 50.0  # from the page's top edge to its content
_FRONT_HEAD = 36.0
_FOOT = 48.0  # from its bottom edge; each further line of the legend adds to it
_CHIP_RISE = 2.5  # how far a chip's ground reaches above its words' line


class Placed(NamedTuple):
    """Lines whose top left corner is at ``x, y``; an artifact's words are no part of the document's text."""

    x: float
    y: float
    lines: list[Line]
    artifact: bool


class Picture(NamedTuple):
    """Painting operators and words that are one figure, with its box as left, bottom, right, top."""

    node: Node
    operators: list[str]
    words: list[Placed]


Item = Placed | Picture
Slot = list[Item]
"""A place in the reading order of a page, which may be filled after what follows it."""


class Bookmark(NamedTuple):
    """An entry of the outline, and how high on its page it points."""

    level: int
    title: str
    y: float


@dataclass(slots=True)
class Page:
    """One page: what is painted under the words, the words in reading order, the headings on it."""

    front: bool = False
    graphics: list[str] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)

    def slot(self) -> Slot:
        """A new place, after all others."""
        self.slots.append([])
        return self.slots[-1]

    def put(self, slot: Slot, elements: Sequence[Element], x: float, y: float, *, artifact: bool = False) -> None:
        """Place elements one below the other, the first one's top at ``y``."""
        lines: list[Line] = []
        top = y
        for element in elements:
            if isinstance(element, Line):
                lines.append(element)
            else:
                if lines:
                    slot.append(Placed(x, top, lines, artifact))
                    lines = []
                self._chip(element, x, y - element.gap)
                slot.append(Placed(x - 1, y - element.gap, element.lines, artifact))
            y -= element.height
            if not lines:
                top = y
        if lines:
            slot.append(Placed(x, top, lines, artifact))

    def _chip(self, chip: ChipBox, x: float, y: float) -> None:
        status = chip.status
        ground = shapes.chip(status.shape, status.colour, round(chip.width, 2), round(chip.height - chip.gap + 2.0, 2))
        self.graphics.append(f"q 1 0 0 1 {x - 1:.2f} {y + _CHIP_RISE:.2f} cm {ground} Q")


class Pages:
    """The pages of a document as they fill from the top; ``y`` is where the next thing goes."""

    def __init__(self, paper: str, foot_lines: int) -> None:
        self.size = _SIZES.get(paper, _SIZES["A4"])
        self.left = _MARGIN
        self.width = self.size[0] - 2 * _MARGIN
        self.right = self.left + self.width
        self.bottom = _FOOT + style.FOOT.leading * max(0, foot_lines - 1)
        self.all: list[Page] = []
        self.turn()

    def turn(self) -> None:
        """Begin a new page."""
        self.page = Page()
        self.all.append(self.page)
        self.y = self.top

    @property
    def top(self) -> float:
        """Where a page's content begins."""
        return self.size[1] - (_FRONT_HEAD if self.page.front else _HEAD)

    @property
    def height(self) -> float:
        """What an ordinary page can hold, in points."""
        return self.size[1] - _HEAD - self.bottom

    @property
    def room(self) -> float:
        """What is left of this page."""
        return self.y - self.bottom

    @property
    def fresh(self) -> bool:
        """Whether nothing stands on this page yet."""
        return self.y >= self.top
