"""A finished document as plain values: what it says and what each part is, nothing about how a page is drawn.

:mod:`cypp_desktop.reports.tables` makes one from a plan; a renderer turns it into a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cypp_desktop.domain.plan import Status
from cypp_desktop.domain.text import Rich
from cypp_desktop.reports.drawing import Drawing

Paper = Literal["A4", "A3"]
Scope = Literal["", "row", "column"]
Arrow = Literal["up", "down", "level"]
Verdict = Literal["better", "worse", "same", ""]


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph of user text that is not rich: a name, a value; ``quiet`` is muted and small, as a second line.

    ``to`` makes it a link to the heading or cell of the report that has this name.
    """

    text: str
    bold: bool = False
    quiet: bool = False
    to: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """A status, shown as its shape, letter and word; a ``quiet`` one, as last period's is, stands small."""

    status: Status
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Trend:
    """Which way something has gone: an arrow beside ``text``, which says by itself all that the arrow does.

    ``verdict`` is for the arrow's look alone; "" where nobody can say whether the change is good.
    """

    arrow: Arrow
    verdict: Verdict
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture in a cell or between blocks; ``alt`` says all that it shows. It shrinks to the width that it gets."""

    drawing: Drawing
    alt: str


Content = Rich | Words | Chip | Trend | Figure


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; it spans ``rows`` downwards and ``columns`` to the right.

    ``mark`` hangs before the content, as an action's number does. ``scope`` makes it a header of its row or column.
    ``again`` is what a continuation page says where a page break goes through the cell. ``name`` is what links to it
    say. An ``undecided`` cell ("TBC", or nothing where something is wanted) is marked.
    """

    content: tuple[Content, ...] = ()
    mark: str = ""
    rows: int = 1
    columns: int = 1
    scope: Scope = ""
    again: tuple[Content, ...] = ()
    name: str = ""
    undecided: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading and its width relative to the others."""

    heading: str
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class StatusBar:
    """A picture of how many actions have each status, in the plan's order; ``label`` says of what."""

    counts: tuple[tuple[Status, int], ...]
    label: str = ""


# --- blocks ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of ``level`` 1 to 4; ``kicker`` is said above it ("Priority One"), ``bar`` stands at its right.

    ``name`` is what links to it say; one without a name can still be an entry of the contents.
    """

    level: int
    text: str
    kicker: str = ""
    bar: StatusBar | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """The list of the report's headings down to a level, each a link; a renderer with pages adds their numbers."""

    title: str = "Contents"
    depth: int = 2


@dataclass(frozen=True, slots=True)
class Text:
    """Running text, with its footnotes at its end."""

    rich: Rich


@dataclass(frozen=True, slots=True)
class Table:
    """A table; a row lists the cells that begin in it, from left to right. ``summary`` says what it holds.

    A ``whole`` table begins on a new page rather than be split, where one page can hold it.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    summary: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Legend:
    """A status scale with its meanings."""

    statuses: tuple[Status, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with values, as a front page has: Date, Time, Place."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A remark in small type."""

    text: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Contents | Text | Table | Legend | Facts | Note | Figure | PageBreak


@dataclass(frozen=True, slots=True)
class Front:
    """The front page: ``kicker`` above the title ("Public Document Pack"), ``corner`` at its right ("Appendix A")."""

    title: str
    subtitle: str = ""
    kicker: str = ""
    corner: str = ""
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A document: a front page if it has one, its blocks, and what every page says at its head and foot.

    ``watermark`` stands pale behind every page ("Draft"). ``text_size`` is 1 for the usual size of all text, 1.2 for
    a fifth more.
    """

    title: str
    blocks: tuple[Block, ...] = ()
    front: Front | None = None
    author: str = ""
    language: str = "en-GB"
    head_left: str = ""
    head_right: str = ""
    legend: tuple[Status, ...] = ()
    paper: Paper = "A4"
    watermark: str = ""
    text_size: float = 1.0
