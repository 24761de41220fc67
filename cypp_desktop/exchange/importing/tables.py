"""A source as the tables that it means: cut where a new heading row stands, joined where a page cut them apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cypp_desktop.exchange.importing import fields, headings
from cypp_desktop.exchange.tables.grid import Box, Grid, Line, Passage, Source

_MADE_OF_OTHERS = re.compile(r"Plan on a page|Exceptions|Who leads what|Not decided yet(?: \(\d+\))?")
"""How the parts of a board pack are headed that say again, in short, what its other tables say."""
_SEARCHED = 15  # rows at the top of a table may be titles before its headings come
_HEADING = 60  # the most characters of a heading that has no known word


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a source: its headings (one a column, "" where none), the rows of its head, and the rows below.

    ``above`` are rows that stand over its headings: titles, mostly; ``repeats`` are rows that said the headings again.
    ``hidden``: its sheet was hidden, or it is one that a board pack makes of others.
    ``name`` is how people find it: its sheet, or "Table 2".
    """

    sheet: str
    headings: tuple[str, ...]
    head: tuple[Line, ...]
    lines: tuple[Line, ...]
    above: tuple[Line, ...] = ()
    repeats: tuple[Line, ...] = ()
    hidden: bool = False
    name: str = ""

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.headings)


def laid_out(source: Source) -> list[Table | Passage]:
    """The tables and the passages between them, in order."""
    found: list[Table | Passage] = []
    for part in source.parts:
        if isinstance(part, Passage):
            found += [part] if part.words else []
            continue
        for table in _cut(part):
            last = found[-1] if found else None
            if isinstance(last, Table) and _continues(last, table):
                found[-1] = replace(last, lines=last.lines + table.lines, repeats=last.repeats + table.head)
            else:
                found.append(table)
    return _with_names(found)


def _with_names(parts: Sequence[Table | Passage]) -> list[Table | Passage]:
    found: list[Table | Passage] = []
    number, heading = 0, ""
    for part in parts:
        if isinstance(part, Passage):
            heading = fields.line(part.words) if part.level else heading
            found.append(part)
            continue
        number += 1
        # a pack's sheets are named by the heading and the first column
        made = _MADE_OF_OTHERS.fullmatch(heading) or _MADE_OF_OTHERS.match(part.sheet)
        found.append(replace(part, name=part.sheet or f"Table {number}", hidden=part.hidden or made is not None))
    return found


def _cut(grid: Grid) -> Iterator[Table]:
    """The tables of one grid: each begins with a row of headings; rows that repeat the same headings begin none."""
    starts = _starts(grid)
    if not starts:
        blank = ("",) * (len(grid.lines[0]) if grid.lines else 0)
        if any(box.words or box.fill for line in grid.lines for box in line):
            yield Table(grid.name, blank, (), grid.lines, hidden=grid.hidden)
        return
    ends = [*(start for start, _ in starts[1:]), len(grid.lines)]
    above = grid.lines[: starts[0][0]]
    current: Table | None = None
    for (start, rows), end in zip(starts, ends, strict=True):
        head, body = grid.lines[start : start + rows], grid.lines[start + rows : end]
        named = _heading_words(head)
        if current and named == current.headings:
            current = replace(current, lines=current.lines + body, repeats=current.repeats + head)
            continue
        if current:
            yield current
        current = Table(grid.name, named, head, body, above, hidden=grid.hidden)
        above = ()
    if current:
        yield current


def _starts(grid: Grid) -> list[tuple[int, int]]:
    """Where rows of headings stand, and how many rows each head has."""
    found: list[tuple[int, int]] = []
    for number, line in enumerate(grid.lines):
        if found and number < sum(found[-1]):
            continue
        if _is_head(line) and (found or number < _SEARCHED):
            found.append((number, _depth(grid, number)))
    if found or not grid.lines:
        return found
    if grid.head and grid.head < len(grid.lines):
        return [(0, grid.head)]
    return [(0, 1)] if len(grid.lines) > 1 and _looks_headed(grid) else []


def _is_head(line: Line) -> bool:
    """Whether most of a row's words are known headings of different fields."""
    words = [box.words for box in own(line) if box.words]
    if len(words) <= 1 or any(len(one) > 2 * _HEADING for one in words):
        return False
    known = [
        one for one in words if any(points > headings.PART for points in headings.scores(one).values()) or _other(one)
    ]
    guessed = {field for field in headings.guess([fields.line(one) for one in words]) if field}
    return min(len(known), len(guessed)) > 1 and len(known) * 2 >= len(words)


def _other(words: str) -> bool:
    return (
        bool(headings.series(words) or headings.is_reference(words) or headings.reporting_period(words))
        and len(words) < _HEADING
    )


def _depth(grid: Grid, start: int) -> int:
    """How many rows a head has: as many as its tallest box, and one more where a heading stands over several."""
    line = grid.lines[start]
    depth = max(box.rows for box in line if box.words)
    wide = any(1 < box.columns < len(line) and box.rows == 1 and box.words for box in line)
    below = grid.lines[start + depth] if wide and depth == 1 and start + depth < len(grid.lines) else ()
    if below and all(len(box.words) <= _HEADING for box in below) and any(box.words for box in own(below)):
        return 2
    return max(depth, grid.head - start if start == 0 and grid.head < len(grid.lines) else 1)


def _looks_headed(grid: Grid) -> bool:
    """Whether the first row of a table without known headings is headings: short, different, no sentences."""
    first = own(grid.lines[0])
    words = [fields.line(box.words) for box in first if box.words]
    longer = max((len(box.words) for line in grid.lines[1:] for box in line), default=0)
    alike = any(any(one.isdigit() for one in word) for word in words)
    return (
        len(words) == len(first) == len(set(words))
        and len(words) > 1
        and all(len(word) <= _HEADING and not word.endswith((".", ";")) for word in words)
        and longer > max(map(len, words))
        and not alike
    )


def _heading_words(head: Sequence[Line]) -> tuple[str, ...]:
    """A heading for each column, the rows of the head one after another."""
    found = []
    for column in range(len(head[0])):
        boxes = dict.fromkeys(line[column] for line in head)
        found.append(" ".join(fields.line(box.words) for box in boxes if box.words))
    return tuple(found)


def _continues(before: Table, table: Table) -> bool:
    """Whether a table is the next page of the one before it: the same headings again, or none."""
    if before.hidden != table.hidden or before.width != table.width or table.above:
        return False
    return table.headings == before.headings if table.head else bool(before.head) and before.sheet == table.sheet


def own(line: Line) -> list[Box]:
    """The boxes of a row, each once."""
    return list(dict.fromkeys(line))
