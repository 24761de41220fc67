"""How a table is heard: the rows and the order of columns that its structure has (ISO 32000-1, 14.8.4.3.4).

What is seen stays where it is. A listener hears a table cell by cell, so two things differ:

- A row in which one cell alone begins, all others reaching into it from above, is no row. Its words are one more
  item of a list, in the cell above: the actions that share an outcome and a lead are one cell's list.
- A cell that several rows share is heard in the first of them. Where such a cell would end a row, shared columns are
  heard before those that each row has for itself; otherwise a lead of three actions would seem to be that of the first.
"""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from cypp_desktop.reports.grid import grid

if TYPE_CHECKING:
    from cypp_desktop.reports.grid import Placed
    from cypp_desktop.reports.model import Table

_LEAST_COLUMNS = 3  # with two, a row's cell beside the header that it shares is a row


class Heard:
    """A table's cells and what a listener is told of them.

    ``rows`` has the cells that begin in each row as it is seen; ``adds`` says of each whether it only adds an item to
    the cell above, ``cells`` has those of the other rows; ``order`` has each column's place among those that are heard.
    """

    def __init__(self, table: Table) -> None:
        self.rows = [
            [placed for column, placed in enumerate(line) if placed.row == number and placed.column == column]
            for number, line in enumerate(grid(table))
        ]
        width = len(table.columns)
        adding = [_adds(row, above) for above, row in pairwise(self.rows)] if width >= _LEAST_COLUMNS else []
        self.adds = [False, *adding] if adding else [False] * len(self.rows)
        self._number = [*accumulate(self.adds, lambda number, adds: number + (not adds), initial=0)]
        self.cells = [placed for row, adds in zip(self.rows, self.adds, strict=True) if not adds for placed in row]
        self.order = self._ordered(width)

    def span(self, placed: Placed) -> int:
        """How many rows a cell covers of those that are heard."""
        return self._number[placed.row + placed.rows] - self._number[placed.row]

    def items(self, number: int) -> int | None:
        """The column of a row whose cell the rows below add items to, if they do."""
        below = number + 1
        return self.rows[below][0].column if below < len(self.rows) and self.adds[below] else None

    def _ordered(self, width: int) -> list[int]:
        shared = {column for placed in self.cells if self.span(placed) > 1 for column in _covered(placed)}
        seen = list(range(width))
        if width - 1 not in shared:
            return seen
        heard = sorted(seen, key=lambda column: column not in shared)
        order = [heard.index(column) for column in seen]
        return order if all(_together([order[one] for one in _covered(placed)]) for placed in self.cells) else seen


def _covered(placed: Placed) -> range:
    return range(placed.column, placed.column + placed.columns)


def _together(places: list[int]) -> bool:
    return places == list(range(places[0], places[0] + len(places)))


def _adds(row: list[Placed], above: list[Placed]) -> bool:
    """Whether a row is one cell, below another like it."""
    return len(row) == 1 and _plain(row[0]) and any(_plain(one) and one.column == row[0].column for one in above)


def _plain(placed: Placed) -> bool:
    """Whether a cell can be an item: it says something, and neither spans nor heads anything."""
    return placed.rows == placed.columns == 1 and not placed.cell.scope and bool(placed.cell.content)
