"""Which cell of a table covers which place: spanning cells laid out on rows and columns."""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple

from cypp_desktop.reports.model import Cell, Table


class Placed(NamedTuple):
    """A cell in its place: the first row and column that it covers, and how many of each."""

    cell: Cell
    row: int
    column: int
    rows: int
    columns: int


def grid(table: Table) -> list[list[Placed]]:
    """For each row, what covers each of its columns; a place that no cell was given for gets an empty one.

    A row's cells stand in the first columns that no cell above spans; a cell ends where the table ends or where it
    would cover another. A row in which no cell begins is left out, for it says nothing of its own.
    """
    width, height = len(table.columns), len(table.rows)
    places: list[list[Placed | None]] = [[None] * width for _ in range(height)]
    for row, cells in enumerate(table.rows):
        waiting = iter(cells)
        for column in range(width):
            if places[row][column] is None:
                _put(places, next(waiting, None) or Cell(), row, column)
    return _without_empty([[one for one in line if one] for line in places])


def _without_empty(lines: list[list[Placed]]) -> list[list[Placed]]:
    begun = [any(placed.row == row for placed in line) for row, line in enumerate(lines)]
    if all(begun):
        return lines
    before = [0, *accumulate(begun)]  # rows kept before each

    def moved(placed: Placed) -> Placed:
        start = before[placed.row]
        return placed._replace(row=start, rows=before[placed.row + placed.rows] - start)

    same = {id(placed): moved(placed) for line in lines for placed in line}  # a cell's places hold one value
    return [[same[id(placed)] for placed in line] for line, kept in zip(lines, begun, strict=True) if kept]


def _put(places: list[list[Placed | None]], cell: Cell, row: int, column: int) -> None:
    if cell.rows <= 1 and cell.columns <= 1:
        places[row][column] = Placed(cell, row, column, 1, 1)
        return
    end = column + 1
    while end < min(column + cell.columns, len(places[row])) and places[row][end] is None:
        end += 1
    rows = min(max(cell.rows, 1), len(places) - row)
    placed = Placed(cell, row, column, rows, end - column)
    for line in places[row : row + rows]:
        line[column:end] = [placed] * (end - column)
