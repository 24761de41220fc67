"""Tables as plain rows, for spreadsheets: no spanning cells, so every row says everything and can be sorted alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cypp_desktop.reports import plain
from cypp_desktop.reports.grid import grid
from cypp_desktop.reports.model import Block, Cell, Heading, Table


@dataclass(frozen=True, slots=True)
class Under:
    """A table with the headings that it stands under: the outermost one and the nearest, in one line each."""

    table: Table
    part: str
    heading: str
    short: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a row: its words, the cell that says them, and whether a row above said them too.

    A field for a mark holds the mark of its cell alone.
    """

    words: str
    cell: Cell
    mark: bool
    again: bool


def tables(blocks: Iterable[Block]) -> Iterator[Under]:
    """The tables of a report, in order."""
    open_: list[Heading] = []
    for block in blocks:
        if isinstance(block, Heading):
            open_ = [*(one for one in open_ if one.level < block.level), block]
        elif isinstance(block, Table) and block.columns:
            names = [plain.title(one.kicker, one.text) for one in open_] or [""]
            first = open_[0] if open_ else None
            short = plain.title("", (first.kicker or first.text) if first else "")
            yield Under(block, names[0], names[-1] if len(names) > 1 else "", short)


def marked(table: Table) -> list[bool]:
    """For each column, whether a mark stands before some cell of it, as an action's number does."""
    found = [False] * len(table.columns)
    for line in grid(table):
        for placed in line:
            if placed.cell.mark:
                found[placed.column] = True
    return found


def headings(table: Table, number: str = "{} no.") -> list[str]:
    """The headings of a table's fields; a column with marks has one for them, ``number``, before its own."""
    out = []
    for column, numbered in zip(table.columns, marked(table), strict=True):
        name = plain.title("", column.heading)
        out += [number.replace("{}", name).strip(), name] if numbered else [name]
    return out


def rows(table: Table) -> Iterator[list[Field]]:
    """A table's rows, a field for each of :func:`headings`; a cell that spans columns is said in the first of them."""
    numbered = marked(table)
    for number, line in enumerate(grid(table)):
        fields: list[Field] = []
        for column, placed in enumerate(line):
            cell = placed.cell if placed.column == column else Cell()
            again = placed.row < number
            if numbered[column]:
                fields.append(Field(plain.legal(cell.mark), cell, mark=True, again=again))
            fields.append(Field(plain.content(cell.content), cell, mark=False, again=again))
        yield fields
