"""What in a report can be the end of a link: its named headings and cells, and the entries of its contents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cypp_desktop.reports import plain
from cypp_desktop.reports.model import Block, Heading, Report, Table


class Entry(NamedTuple):
    """A heading in the contents: which of all the report's headings it is, from 0, its level and its words."""

    number: int
    level: int
    title: str


def entries(report: Report, depth: int) -> list[Entry]:
    """The headings down to a level that say something, those of the front page left out."""
    found = enumerate(block for block in _blocks(report) if isinstance(block, Heading))
    inside = sum(isinstance(block, Heading) for block in (report.front.blocks if report.front else ()))
    named = (Entry(at, one.level, plain.title(one.kicker, one.text)) for at, one in found if at >= inside)
    return [entry for entry in named if entry.level <= depth and entry.title]


def names(report: Report) -> dict[str, int]:
    """The names that a link can lead to, numbered from 1 in the order of the report; a repeated name is its first's."""
    return {name: number for number, name in enumerate(dict.fromkeys(filter(None, _names(report))), 1)}


def _names(report: Report) -> Iterator[str]:
    for block in _blocks(report):
        if isinstance(block, Heading):
            yield block.name
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield cell.name


def _blocks(report: Report) -> Iterator[Block]:
    if report.front:
        yield from report.front.blocks
    yield from report.blocks
