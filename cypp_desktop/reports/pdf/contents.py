"""The list of contents: an entry for each heading, a link to it, and the number of its page at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cypp_desktop.reports import style
from cypp_desktop.reports.pdf import shapes, wrap
from cypp_desktop.reports.pdf.compose import own
from cypp_desktop.reports.pdf.fonts import one_line
from cypp_desktop.reports.pdf.placed import Placed
from cypp_desktop.reports.pdf.tags import Node

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cypp_desktop.reports.links import Entry
    from cypp_desktop.reports.pdf.page import Pages
    from cypp_desktop.reports.pdf.placed import Slot

_WIDTH = 600.0
_NUMBER_ROOM = 40.0
_INDENT = 16.0
_GAP = 3.0
_LONGEST = 10_000  # characters of an entry
_BELOW = 12.0


def heading_target(number: int) -> str:
    """The name under which a link finds a heading by its number; no name of a report has a line break."""
    return f"heading\n{number}"


class ContentsLayout:
    """The entries on pages; the pages' numbers follow when all is laid out."""

    def __init__(self, entries: Sequence[Entry], root: Node, pages: Pages) -> None:
        self._entries, self._pages = entries, pages
        self._node = Node("TOC", root)
        self._top = min(entry.level for entry in entries)
        self._waiting: list[tuple[str, Node, Slot, float]] = []

    def least(self) -> float:
        """The room that the beginning needs."""
        return 3 * (style.BODY.leading + 2 * _GAP)

    def lay(self) -> None:
        """Put the entries on the pages, from where they are."""
        pages = self._pages
        for entry in self._entries:
            target = heading_target(entry.number)
            node = Node("Reference", Node("TOCI", self._node))
            link = wrap.Inline("Link", "", target)
            link.node = Node("Link", node)  # now, so that it comes before the page's number
            indent = _INDENT * min(entry.level - self._top, 4)
            width = min(pages.width, _WIDTH) - _NUMBER_ROOM
            lines = own(wrap.words(one_line(entry.title, _LONGEST), width, style.BODY, indent, link), node)
            lines[-1].add(" ")  # so that the number is no part of the last word
            height = sum(line.height for line in lines) + 2 * _GAP
            if pages.room < height and not pages.fresh:
                pages.turn()
            slot = pages.page.slot()
            pages.page.put(slot, [*lines], pages.left, pages.y)
            pages.y -= height - _GAP
            right = pages.left + min(pages.width, _WIDTH)
            pages.page.graphics.append(shapes.rule(pages.left + indent, right, pages.y, style.BORDER, 0.6))
            pages.y -= _GAP
            self._waiting.append((target, node, slot, pages.y + 2 * _GAP + style.BODY.leading))
        pages.y -= _BELOW

    def finish(self) -> None:
        """Put the pages' numbers beside their entries."""
        right = self._pages.left + min(self._pages.width, _WIDTH)
        for target, node, slot, y in self._waiting:
            if target in self._pages.targets:
                number = str(self._pages.targets[target][0] + 1)
                [line] = own(wrap.words(number, _NUMBER_ROOM, style.BODY), Node("Span", node))
                slot.append(Placed(right - line.width(), y, [line], artifact=False))
