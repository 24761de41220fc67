"""Tables on pages: rows and spanning cells, split where a page ends, under heading rows that repeat."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from cypp_desktop.reports import style
from cypp_desktop.reports.model import Cell, Words
from cypp_desktop.reports.pdf import columns, shapes, wrap
from cypp_desktop.reports.pdf.compose import own
from cypp_desktop.reports.pdf.flow import Flow
from cypp_desktop.reports.pdf.fonts import one_line
from cypp_desktop.reports.pdf.heard import Heard
from cypp_desktop.reports.pdf.tags import Node, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cypp_desktop.reports.grid import Placed
    from cypp_desktop.reports.model import Table
    from cypp_desktop.reports.pdf.compose import Composer
    from cypp_desktop.reports.pdf.page import Page, Pages
    from cypp_desktop.reports.pdf.placed import Slot
    from cypp_desktop.reports.pdf.wrap import Line

_PAD = columns.PAD  # above a cell's words, too
_PAD_BELOW = 4.0
_HEAD_ABOVE, _HEAD_BELOW = 5.0, 4.0
_TALLEST_HEAD = 0.4  # of a page: a heading row that is taller becomes an ordinary row
_KEPT_WHOLE = 0.2  # of a page: a row no taller than this is not split, nor is one where less is left
_TALLEST_AGAIN = 0.4  # of the room on a continuation page
_HEADING_ROOM = 90.0  # for the heading of a table that is kept whole
_AGAIN_BELOW = 3.0
_TWO_LINES = 2 * style.CELL.leading + _PAD + _PAD_BELOW
_LEAST_MARK = 8.0  # points of height
_SLACK = 1e-6


class _Open:
    """A cell on its way down the page: what is left of it, and where its part on this page began."""

    __slots__ = ("above", "cell", "flow", "head", "new", "order", "page", "rows", "slot", "top", "width", "x")

    def __init__(self, placed: Placed, order: int, x: float, width: float, flow: Flow) -> None:
        self.cell, self.order, self.x, self.width, self.flow = placed.cell, order, x, width, flow
        self.rows = placed.rows  # how many rows it still spans
        self.above: _Open | None = None  # the cell whose list it goes on with
        self.new = True  # it begins in the row in hand
        self.top = 0.0
        self.head = 0.0  # the height of what it says again at its top
        self.slot: Slot = []
        self.page: Page | None = None

    def marked(self, bottom: float) -> str:
        """The mark of a cell that is not decided yet, around its part on this page."""
        return shapes.dashed(self.x + 2, bottom + 2, self.width + 2 * _PAD - 4, self.top - bottom - 4, style.MUTED)

    @property
    def needed(self) -> float:
        """How much the rest of it needs, from its top."""
        content = self.head + self.flow.height
        if not content and self.flow.begun:
            return _PAD_BELOW
        return max(content, style.CELL.leading) + _PAD + _PAD_BELOW

    def fitting(self, bottom: float, *, forced: bool = False) -> int:
        """How many of its elements fit above a height on the page."""
        return self.flow.fitting(self.top - _PAD - self.head - _PAD_BELOW - bottom, forced=forced)


class TableLayout:
    """A table that is put on pages row by row."""

    def __init__(self, table: Table, parent: Node, composer: Composer, pages: Pages) -> None:
        self._composer, self._pages = composer, pages
        self._heard = Heard(table)
        self._edges = columns.edges(table.columns, self._heard.rows, pages.left, pages.width)
        self._node = Node("Table", parent, f"/O/Table/Summary{text(one_line(table.summary))}" if table.summary else "")
        self._heads, self._head_height = self._heading(table)
        if self._heads and (not table.rows or self._head_height > _TALLEST_HEAD * pages.height):
            first = tuple(Cell((Words(c.heading, bold=True),), scope="column") for c in table.columns)
            table = replace(table, rows=(first, *table.rows))
            self._heard, self._heads, self._head_height = Heard(table), [], 0.0
        self._tag_heading()
        self._body = Node("TBody", self._node) if table.rows else self._node
        # In a small table headers would outnumber what they head: readers would hear each word twice, and checkers
        # see no table. There a first cell that names its row is no header.
        named = sum(placed.cell.scope == "row" for placed in self._heard.cells)
        self._row_headers = len(self._heads) + 2 * named <= len(self._heard.cells)
        self._rows = self._composed()
        self._whole = table.whole
        self._open: list[_Open] = []
        self._fresh = True  # no row stands on this page yet
        self._begun = False  # its heading row has been drawn

    # --- the heading row ---

    def _heading(self, table: Table) -> tuple[list[list[Line]], float]:
        """The lines of each column's heading, and the height of the row; none where no column has a heading."""
        if not any(column.heading for column in table.columns):
            return [], 0.0
        widths = (right - left - 2 * _PAD for left, right in pairwise(self._edges))
        heads = [
            wrap.words(column.heading, width, style.COLUMN_HEAD)
            for column, width in zip(table.columns, widths, strict=True)
        ]
        tallest = max(sum(line.height for line in lines) for lines in heads)
        return heads, tallest + _HEAD_ABOVE + _HEAD_BELOW

    def _tag_heading(self) -> None:
        row = Node("TR", Node("THead", self._node)) if self._heads else None
        for column in sorted(range(len(self._heads)), key=self._heard.order.__getitem__):
            own(self._heads[column], Node("TH", row, "/O/Table/Scope/Column"))

    def _put_heading(self) -> None:
        pages = self._pages
        self._fresh = True
        if not self._heads:
            return
        page, top, bottom = pages.page, pages.y, pages.y - self._head_height
        left, right = self._edges[0], self._edges[-1]
        page.graphics.append(shapes.block(left, bottom, right - left, self._head_height, style.SUNKEN))
        page.graphics.append(shapes.rule(left, right, top, style.ACCENT, 1.6))
        page.graphics.append(shapes.rule(left, right, bottom, style.CONTROL, 0.6))
        for lines, x in zip(self._heads, self._edges, strict=False):
            page.put(page.slot(), [*lines], x + _PAD, top - _HEAD_ABOVE, artifact=self._begun)
        self._begun = True
        pages.y = bottom

    # --- rows ---

    def least(self) -> float:
        """The room that the beginning needs: the heading row and the first row, or two lines of it."""
        if self._whole and (height := self._height()) <= self._pages.height - _HEADING_ROOM:
            return height
        first = self._rows[0] if self._rows else []
        height = max((cell.needed for cell in first if cell.rows == 1), default=0.0)
        return self._head_height + (height if self._small(height) else _TWO_LINES)

    def _height(self) -> float:
        """What the table would need on one endless page."""
        y = 0.0
        ends: dict[int, float] = {}  # rows, each with how far down the cells that end with it reach
        for index, row in enumerate(self._rows):
            for cell in row:
                end = index + cell.rows - 1
                ends[end] = max(ends.get(end, 0.0), y + cell.needed)
            y = max(y, ends.get(index, y))
        return y + self._head_height

    def lay(self) -> None:
        """Put the table on the pages, from where they are."""
        pages = self._pages
        if not pages.fresh and pages.room < self.least():
            pages.turn()
        self._put_heading()
        for number, row in enumerate(self._rows, 1):
            parted = any(cell.rows > 1 and self._kept_from_here(cell) for cell in row)
            if not self._fresh and (parted or (number == len(self._rows) - 1 and self._last_alone())):
                self._turn(0.0)
            for cell in row:
                self._begin(cell)
            self._open = sorted([*self._open, *row], key=_order)
            ended = self._row()
            row.clear()
            if number == len(self._rows):
                self._close(pages.y)
            for left, right in _stretches(ended) if self._open or number < len(self._rows) else ():
                pages.page.graphics.append(shapes.rule(left, right, pages.y, style.BORDER, 0.6))

    def _kept_from_here(self, cell: _Open) -> bool:
        """Whether a short cell that spans rows would be parted if its first row stood here."""
        return self._pages.room < cell.needed and self._small(cell.needed)

    def _last_alone(self) -> bool:
        """Whether the last row would stand alone on the next page, where it could have the row before it there."""
        if self._open or any(cell.rows > 1 for cell in self._rows[-2]):
            return False
        last_two = [max((cell.needed for cell in row), default=0.0) for row in self._rows[-2:]]
        return all(map(self._small, last_two)) and last_two[0] <= self._pages.room < sum(last_two)

    def _composed(self) -> list[list[_Open]]:
        """The cells that begin in each row, in the order in which they are heard."""
        heard = self._heard
        out: list[list[_Open]] = []
        items: Node | None = None
        for number, row in enumerate(heard.rows):
            if heard.adds[number] and items is not None:
                opened = self._cell(row[0], Node("LBody", Node("LI", items)))
                opened.above = next(one for one in out[-1] if one.order == opened.order)
                out.append([opened])
                continue
            node, listed = Node("TR", self._body), heard.items(number)
            out.append([])
            for placed in sorted(row, key=lambda one: heard.order[one.column]):
                inner = self._tagged(placed, node)
                if placed.column == listed:
                    items = Node("L", inner, "/O/List/ListNumbering/None")
                    inner = Node("LBody", Node("LI", items))
                out[-1].append(self._cell(placed, inner))
        return out

    def _tagged(self, placed: Placed, row: Node) -> Node:
        scope = "" if placed.cell.scope == "row" and not self._row_headers else placed.cell.scope
        attributes = f"/Scope/{scope.title()}" if scope else ""
        if (rows := self._heard.span(placed)) > 1:
            attributes += f"/RowSpan {rows}"
        if placed.columns > 1:
            attributes += f"/ColSpan {placed.columns}"
        return Node("TH" if scope else "TD", row, f"/O/Table{attributes}" if attributes else "")

    def _cell(self, placed: Placed, node: Node) -> _Open:
        x = self._edges[placed.column]
        width = self._edges[placed.column + placed.columns] - x - 2 * _PAD
        flow = Flow(self._composer.content(placed.cell.content, placed.cell.mark, width, node))
        return _Open(placed, self._heard.order[placed.column], x, width, flow)

    def _begin(self, cell: _Open) -> None:
        """A cell's part on this page begins here."""
        cell.top, cell.head = self._pages.y, 0.0
        if not cell.flow.begun:
            self._pages.aim(cell.cell.name)
        page, above = self._pages.page, cell.above
        cell.slot = above.slot if above is not None and above.page is page else page.slot()
        cell.page, cell.above = page, None

    def _row(self) -> list[_Open]:
        """Bring the row in hand to its end, over as many pages as it takes; gives the cells that end with it."""
        pages = self._pages
        while (bottom := self._bottom()) < pages.bottom - _SLACK:
            self._turn(pages.y - bottom)
        ended = [cell for cell in self._open if cell.rows == 1]
        for cell in ended:
            self._put(cell, cell.flow.left)
            self._mark(cell, bottom)
        self._open = [cell for cell in self._open if cell.rows > 1]
        for cell in self._open:
            cell.rows -= 1
            cell.new = False
        pages.y = bottom
        self._fresh = False
        return ended

    def _bottom(self) -> float:
        """Where the row in hand would end if the page were long enough."""
        bottom = self._pages.y
        for cell in self._open:
            if cell.rows == 1 and cell.top - cell.needed < bottom:
                bottom = cell.top - cell.needed
        return bottom

    def _small(self, height: float) -> bool:
        return height <= _KEPT_WHOLE * self._pages.height

    def _turn(self, height: float) -> None:
        """Break the table here: before the row in hand where that serves, else through it."""
        pages = self._pages
        whole = not self._fresh and (self._small(height) or not self._can_split())
        edge = self._edge() if whole else pages.bottom
        for cell in self._open:
            if not (whole and cell.new):
                self._put(cell, cell.fitting(edge, forced=self._fresh))
                self._mark(cell, edge)
        self._close(edge)
        pages.turn()
        self._put_heading()
        for cell in self._open:
            self._begin(cell)
            if cell.flow.begun:
                self._say_again(cell)

    def _edge(self) -> float:
        """Where the table ends on this page before the row in hand: below what its spanning cells still have to say."""
        ends = [cell.top - cell.needed for cell in self._open if not cell.new]
        return min([self._pages.y, *(end for end in ends if end >= self._pages.bottom)])

    def _can_split(self) -> bool:
        """Whether enough of the row in hand can stand here: there is some room, and all that does not fit uses it."""
        bottom = self._pages.bottom
        parted = [cell for cell in self._open if cell.new and cell.top - cell.needed < bottom]
        return not self._small(self._pages.room) and all(cell.fitting(bottom) for cell in parted)

    def _put(self, cell: _Open, number: int) -> None:
        page = self._pages.page
        page.put(cell.slot, cell.flow.take(number), cell.x + _PAD, cell.top - _PAD - cell.head)

    def _mark(self, cell: _Open, bottom: float) -> None:
        if cell.cell.undecided and cell.top - bottom > _LEAST_MARK:
            self._pages.page.graphics.append(cell.marked(bottom))

    def _say_again(self, cell: _Open) -> None:
        """What a cell says at the top of its part on a continuation page, for those who see the page."""
        room = _TALLEST_AGAIN * self._pages.room
        for element in self._composer.content(cell.cell.again, "", cell.width, None):
            if cell.head + element.height > room:
                break
            self._pages.page.put(cell.slot, [element], cell.x + _PAD, cell.top - _PAD - cell.head, artifact=True)
            cell.head += element.height
        if cell.head and cell.flow.left:
            cell.head += _AGAIN_BELOW

    def _close(self, y: float) -> None:
        """The line under the part of the table on this page."""
        self._pages.page.graphics.append(shapes.rule(self._edges[0], self._edges[-1], y, style.CONTROL, 0.8))


def _order(cell: _Open) -> int:
    return cell.order


def _stretches(cells: list[_Open]) -> Iterator[tuple[float, float]]:
    """The widths of cells, those side by side as one."""
    left = right = None
    for cell in sorted(cells, key=attrgetter("x")):
        end = cell.x + cell.width + 2 * _PAD
        if left is None or right is None or cell.x > right + _SLACK:
            if left is not None and right is not None:
                yield left, right
            left = cell.x
        right = end
    if left is not None and right is not None:
        yield left, right
