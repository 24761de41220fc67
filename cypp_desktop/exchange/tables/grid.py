"""What a source says, as plain values: its tables, and the paragraphs between them, in the order of the document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from cypp_desktop.domain import text
from cypp_desktop.domain.text import Item, Paragraph, Rich, Run


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: its words in the Markdown subset, its colour (``#RRGGBB`` or ""), its first row and column, its size."""

    words: str = ""
    fill: str = ""
    row: int = 0
    column: int = 0
    rows: int = 1
    columns: int = 1


Line = tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: for each row, the box that covers each of its columns; a merged cell is the same box in all its places.

    ``head`` is how many rows its writer marked as headings; ``hidden``: its sheet was hidden.
    """

    lines: tuple[Line, ...]
    name: str = ""
    head: int = 0
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """Words outside of tables in the Markdown subset; ``level`` 1 to 9 for a heading (1 is the title), 0 for none."""

    words: str
    level: int = 0


Part = Passage | Grid


@dataclass(frozen=True, slots=True)
class Source:
    """All that was read: the parts in order, and words that stand beside them (headers, footers, comments)."""

    name: str
    parts: tuple[Part, ...]
    beside: tuple[str, ...] = field(default=())

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The tables, in order."""
        return tuple(part for part in self.parts if isinstance(part, Grid))


def laid(rows: Iterable[Sequence[Box]], width: int = 0) -> tuple[Line, ...]:
    """Rows of boxes that begin in them, each in its own ``column`` with its size, as lines of one width.

    A box that would cover another ends before it, as does one that would leave the table; gaps become empty boxes.
    """
    given = [list(row) for row in rows]
    width = max([width, *(box.column + box.columns for row in given for box in row)], default=width)
    places: list[list[Box | None]] = [[None] * width for _ in given]
    for number, row in enumerate(given):
        for box in row:
            _put(places, box, number)
    return tuple(
        tuple(box or Box(row=number, column=column) for column, box in enumerate(line))
        for number, line in enumerate(places)
    )


def _put(places: list[list[Box | None]], box: Box, row: int) -> None:
    line = places[row]
    if line[box.column] is not None:
        return
    end = box.column + 1
    while end < box.column + box.columns and line[end] is None:
        end += 1
    bottom = row + 1
    while bottom < min(row + box.rows, len(places)) and not any(places[bottom][box.column : end]):
        bottom += 1
    fitted = replace(box, row=row, rows=bottom - row, columns=end - box.column)
    for covered in places[row:bottom]:
        covered[box.column : end] = [fitted] * (end - box.column)


def plain_grid(rows: Sequence[Sequence[str]], name: str = "") -> Grid:
    """A table of plain words, without merged cells or looks."""
    boxes = [[Box(source(words), column=column) for column, words in enumerate(row)] for row in rows]
    return Grid(laid(boxes), name)


_BULLET = re.compile(r"(\s*)[•▪‣◦●·*–-][ \t]+(?=\S)")
_NUMBER = re.compile(r"(\s*)(\d{1,3})[.)][ \t]+(?=\S)")


_PLAIN = re.compile(r"[^\W\d_][^*\[\]\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]*")


@lru_cache(maxsize=16384)
def source(words: str) -> str:
    """Plain words as rich text: each line a block, list marks at its beginning kept as lists, all else as it stands."""
    if _PLAIN.fullmatch(words):
        return words.rstrip()
    blocks = [_block(line) for line in re.split(r"[\r\n\x0b\x0c\u2028\u2029]+", words) if line.strip()]
    return text.write(Rich(tuple(blocks)))


def _block(line: str) -> text.Block:
    if match := _NUMBER.match(line):
        return Item((Run(line[match.end() :]),), int(len(match[1]) > 1), int(match[2]))
    if match := _BULLET.match(line):
        return Item((Run(line[match.end() :]),), int(len(match[1]) > 1))
    return Paragraph((Run(line),))
