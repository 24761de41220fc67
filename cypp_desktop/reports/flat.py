"""Tables as plain rows, for spreadsheets: no spanning cells, so every row says everything and can be sorted alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from cypp_desktop.reports import plain
from cypp_desktop.reports.grid import grid
from cypp_desktop.reports.model import Block, Cell, Heading, Table

_NOTHING = Cell()


class Field(NamedTuple):
    """One field of a row: its words, the cell that says them, and whether a row above said them too.

    A field for a mark holds the mark of its cell alone.
    """

    words: str
    cell: Cell
    mark: bool
    again: bool


class Flat:
    """A table without spanning cells; ``numbered`` says of each column whether a mark stands before some cell of it.

    The marks, as an action's number is one, have a field of their own before that column's.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self._lines = grid(table)
        self.numbered = [any(placed.cell.mark for placed in column) for column in zip(*self._lines, strict=True)]
        self.numbered = self.numbered or [False] * len(table.columns)

    def headings(self, number: str = "{} no.") -> list[str]:
        """The headings of the fields; the marks' is ``number``, with the column's own in it."""
        out = []
        for column, numbered in zip(self.table.columns, self.numbered, strict=True):
            name = plain.title("", column.heading)
            out += [number.replace("{}", name).strip(), name] if numbered else [name]
        return out

    def rows(self) -> Iterator[list[Field]]:
        """The rows, a field for each of the headings; a cell that spans columns is said in the first of them."""
        said = [""] * len(self.table.columns)  # in the row above: a cell of many rows is put into words once
        for number, line in enumerate(self._lines):
            fields: list[Field] = []
            for column, placed in enumerate(line):
                cell = placed.cell if placed.column == column else _NOTHING
                again = placed.row < number
                if self.numbered[column]:
                    fields.append(Field(plain.legal(cell.mark), cell, True, again))  # noqa: FBT003 - the fields' order
                if not again:
                    said[column] = plain.content(cell.content)
                fields.append(Field(said[column], cell, False, again))  # noqa: FBT003
            yield fields


@dataclass(frozen=True, slots=True)
class Under:
    """A table with the headings that it stands under: the outermost one and the nearest, in one line each.

    ``short`` is what is said above the outermost heading ("Priority One"), or that heading itself.
    """

    table: Flat
    part: str
    heading: str
    short: str


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
            yield Under(Flat(block), names[0], names[-1] if len(names) > 1 else "", short)
