"""What stands where on a page, before it is drawn; and the pages of a document while they are being filled."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from cypp_desktop.reports import style
from cypp_desktop.reports.pdf.figures import FigureBox
from cypp_desktop.reports.pdf.placed import Placed, Slot
from cypp_desktop.reports.pdf.wrap import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cypp_desktop.reports.pdf.compose import Element

_SIZES = {"A4": (841.89, 595.28), "A3": (1190.55, 841.89)}
_MARGIN = 36.0
_HEAD = 50.0  # from the page's top edge to its content
_FRONT_HEAD = 36.0
_FOOT = 48.0  # from its bottom edge; each further line of the legend adds to it


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
                y -= element.height
                continue
            if lines:
                slot.append(Placed(x, top, lines, artifact))
                lines = []
            if isinstance(element, FigureBox):
                slot += filter(None, [element.picture(x, y - element.gap)])
            else:
                self.graphics.append(f"q 1 0 0 1 {x:.2f} {y - element.gap:.2f} cm {element.paint} Q")
                slot.append(Placed(x, y - element.gap, element.lines, artifact))
            top = y = y - element.height
        if lines:
            slot.append(Placed(x, top, lines, artifact))


class Pages:
    """The pages of a document as they fill from the top; ``y`` is where the next thing goes.

    ``targets`` are the places that links can lead to, by name: a page's index and a height on it. Larger text is the
    same page laid out smaller and drawn ``scale`` times as large; all lengths here are before that.
    """

    def __init__(self, paper: str, foot_lines: int, scale: float = 1.0) -> None:
        self.scale = style.scale(scale)
        width, height = _SIZES.get(paper, _SIZES["A4"])
        self.size = width / self.scale, height / self.scale
        self.left = _MARGIN
        self.width = self.size[0] - 2 * _MARGIN
        self.right = self.left + self.width
        self.bottom = _FOOT + style.FOOT.leading * max(0, foot_lines - 1)
        self.all: list[Page] = []
        self.targets: dict[str, tuple[int, float]] = {}
        self.turn()

    def turn(self) -> None:
        """Begin a new page."""
        self.page = Page()
        self.all.append(self.page)
        self.y = self.top

    def aim(self, name: str, above: float = 0.0) -> None:
        """Let links of a name lead here, a little above the next thing."""
        if name:
            self.targets[name] = len(self.all) - 1, self.y + above

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
