"""Lists under their structure elements, one within the other (ISO 32000-1, table 336)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cypp_desktop.reports.pdf.tags import Node

if TYPE_CHECKING:
    from cypp_desktop.reports.pdf.wrap import Line


@dataclass(frozen=True, slots=True)
class _Open:
    """A list that may have further items, and the last one that it has."""

    numbered: bool
    node: Node
    body: Node
    lines: list[Line]


class Lists:
    """The lists open at a place in a text."""

    def __init__(self, parent: Node) -> None:
        self._parent = parent
        self._open: list[_Open] = []

    def close(self) -> None:
        """What follows is no part of these lists."""
        self._open = []

    def add(self, lines: list[Line], level: int, *, numbered: bool) -> Node:
        """Make lines the next item of a level; gives the element of its label."""
        del self._open[level + 1 :]
        if level < len(self._open) and self._open[level].numbered == numbered:
            node = self._open.pop().node
        else:
            del self._open[level:]
            node = Node("L", self._above(), f"/O/List/ListNumbering/{'Decimal' if numbered else 'Disc'}")
        entry = Node("LI", node)
        label, body = Node("Lbl", entry), Node("LBody", entry)
        for line in lines:
            line.node = body
        self._open.append(_Open(numbered, node, body, lines))
        return label

    def _above(self) -> Node:
        """What a new list stands in: the text, or the item before it, whose words then come first as a paragraph."""
        if not self._open:
            return self._parent
        above = self._open[-1]
        if above.lines[0].node is above.body:
            words = Node("P", above.body)
            for line in above.lines:
                line.node = words
        return above.body
