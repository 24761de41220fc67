"""A report's blocks on pages: headings, running text, notes, facts and legends; tables have a module of their own."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, Protocol

from cypp_desktop.reports import links, model, style
from cypp_desktop.reports.pdf import bar, wrap
from cypp_desktop.reports.pdf.bar import Bar
from cypp_desktop.reports.pdf.compose import IN_TEXT, Composer, owned
from cypp_desktop.reports.pdf.contents import ContentsLayout, heading_target
from cypp_desktop.reports.pdf.figures import FigureBox
from cypp_desktop.reports.pdf.flow import pour
from cypp_desktop.reports.pdf.fonts import one_line
from cypp_desktop.reports.pdf.page import Bookmark
from cypp_desktop.reports.pdf.table import TableLayout
from cypp_desktop.reports.pdf.tags import Node
from cypp_desktop.reports.pdf.wrap import Line
from cypp_desktop.reports.plain import counted, legend, title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cypp_desktop.reports.pdf.page import Pages

_TABLE_GAP = 10.0
_TEXT_GAP = 11.0
_HEADING_ABOVE = 16.0
_HEADING_BELOW = 8.0
_KICKER_ABOVE = 11.0  # at the top of a page: a small line close below the running head would seem a part of it
_TEXT_WIDTH = 600.0  # a line longer than this is hard to read
_BAR_GAP = 16.0
_ABOVE_TITLE = 1.0  # how far a bar beside the kicker is from the line of the title
_FIGURE_ROOM = 120.0  # of a page: what its tallest picture leaves for headings
_TWO_LINES = 2 * style.BODY.leading


Told = Callable[[float], None]
"""Is told now and then what share of some work is done, from 0 to 1; what it raises ends the work."""


def untold(share: float) -> None:
    """Nobody wants to know."""


class Part(Protocol):
    """A block that can be put on pages; ``least`` is the room that its beginning needs, in points."""

    def least(self) -> float:
        """The room that its beginning needs."""

    def lay(self) -> None:
        """Put it on the pages, from where they are."""


class Layout:
    """Turns blocks into parts under the elements of one document."""

    def __init__(self, root: Node, pages: Pages, report: model.Report) -> None:
        self.root, self.pages = root, pages
        self.composer = Composer(links.names(report), pages.height - _FIGURE_ROOM)
        self._report = report
        self._level = 0
        self._headings = count()
        self._contents: list[ContentsLayout] = []

    def finish(self) -> None:
        """Put in what is known only now: the pages' numbers in the contents."""
        for contents in self._contents:
            contents.finish()

    def put(self, blocks: Sequence[model.Block], told: Told = untold) -> None:
        """Put blocks on the pages, a heading never apart from what follows it; ``told`` hears the share done."""
        parts: list[Part] = []
        for index, block in enumerate(blocks):
            parts += self._parts(block)
            told(index / len(blocks))
        for index, part in enumerate(parts):
            if isinstance(part, _Heading | _Figure) and not self.pages.fresh and self.pages.room < _kept(parts[index:]):
                self.pages.turn()
            part.lay()

    def _parts(self, block: model.Block) -> Iterator[Part]:  # noqa: C901 - one case for each kind of block
        match block:
            case model.Heading():
                yield (heading := _Heading(block, next(self._headings), self, self.pages))
                if block.bar and block.bar.counts and not heading.has_bar:
                    yield from self._parts(model.Note(counted(block.bar)))
            case model.Contents():
                if found := links.entries(self._report, block.depth):
                    yield _Heading(model.Heading(2, block.title), None, self, self.pages)
                    self._contents.append(ContentsLayout(found, self.root, self.pages))
                    yield self._contents[-1]
            case model.Figure():
                yield _Figure(block, self)
            case model.Text():
                lines = self.composer.rich(block.rich, min(self.pages.width, _TEXT_WIDTH), IN_TEXT, self.root)
                yield _Lines(lines, self.pages)
            case model.Note():
                yield _Lines(owned(wrap.words(block.text, self.pages.width, style.NOTE), "P", self.root), self.pages)
            case model.Table():
                yield self._table(block)
            case model.Legend():
                yield self._table(legend(block))
            case model.Facts():
                yield self._table(_facts(block))
            case model.PageBreak():
                yield _Break(self.pages)

    def _table(self, table: model.Table) -> Part:
        return _Table(table, self.root, self.composer, self.pages)

    def head(self, lines: list[Line], level: int) -> None:
        """Make lines a heading; no level is skipped (ISO 14289-1, 7.4.2)."""
        if lines:
            self._level = max(1, min(level, self._level + 1, 6))
            owned(lines, f"H{self._level}", self.root)


def _kept(parts: Sequence[Part]) -> float:
    """The room that a heading or a picture needs with those after it and the beginning of what they stand above."""
    room = 0.0
    for part in parts:
        room += part.least()
        if not isinstance(part, _Heading | _Figure):
            break
    return room


class _Heading:
    def __init__(self, heading: model.Heading, number: int | None, layout: Layout, pages: Pages) -> None:
        self._heading, self._number, self._pages = heading, number, pages
        self._bar = Bar(heading.bar) if heading.bar and heading.bar.counts else None
        if self._bar and self._bar.width > pages.width / 2:
            self._bar = None
        width = pages.width - (self._bar.width + _BAR_GAP if self._bar else 0.0)
        above = wrap.words(heading.kicker, width, style.KICKER)
        if above:
            above[-1].add(" ")
        kind = style.HEADING[min(max(heading.level, 1), len(style.HEADING)) - 1]
        beside, whole = (wrap.words(heading.text, room, kind) for room in (width, pages.width))
        self._kicked = bool(above)
        self._raised = len(above) == 1 and len(whole) < len(beside)  # the bar stands beside the kicker
        self._lines = above + (whole if self._raised else beside)
        layout.head(self._lines, heading.level)
        said = one_line(counted(heading.bar), 1000) if heading.bar else ""
        self._figure = Node("Figure", layout.root, alt=said) if self._bar else None

    @property
    def has_bar(self) -> bool:
        """Whether there is room for its bar of counts beside it."""
        return self._bar is not None

    def least(self) -> float:
        return sum(line.height for line in self._lines) + _HEADING_ABOVE + _HEADING_BELOW

    def lay(self) -> None:
        pages = self._pages
        if not pages.fresh:
            pages.y -= _HEADING_ABOVE
        elif self._kicked:
            pages.y -= _KICKER_ABOVE
        if said := one_line(title(self._heading.kicker, self._heading.text)):
            pages.page.bookmarks.append(Bookmark(self._heading.level, said, pages.y + 6))
        pages.aim(self._heading.name, 6)
        if self._number is not None:
            pages.aim(heading_target(self._number), 6)
        page, top = pages.page, pages.y
        pour(self._lines, pages)
        if self._bar and self._figure:
            y = pages.y + (style.HEADING[1].leading - bar.HEIGHT) / 2
            if self._raised:
                y = top - style.KICKER.leading + _ABOVE_TITLE
            slot = (page if self._raised else pages.page).slot()
            slot.append(self._bar.picture(self._figure, pages.right, y))
        pages.y -= _HEADING_BELOW


class _Lines:
    """Running text."""

    def __init__(self, lines: list[Line], pages: Pages) -> None:
        self._lines, self._pages = lines, pages

    def least(self) -> float:
        return min(sum(line.height for line in self._lines[:4]), 2 * _TWO_LINES)

    def lay(self) -> None:
        pour(self._lines, self._pages)
        self._pages.y -= _TEXT_GAP


class _Figure:
    """A picture between blocks."""

    def __init__(self, figure: model.Figure, layout: Layout) -> None:
        self._pages = layout.pages
        self._box = FigureBox(figure, self._pages.width, self._pages.height - _FIGURE_ROOM, layout.root)

    def least(self) -> float:
        return self._box.height

    def lay(self) -> None:
        pour([self._box], self._pages)
        self._pages.y -= _TEXT_GAP


class _Table:
    def __init__(self, table: model.Table, root: Node, composer: Composer, pages: Pages) -> None:
        self._layout = TableLayout(table, root, composer, pages)
        self._pages = pages

    def least(self) -> float:
        return self._layout.least()

    def lay(self) -> None:
        self._layout.lay()
        self._pages.y -= _TABLE_GAP


class _Break:
    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def least(self) -> float:
        return 0.0

    def lay(self) -> None:
        if not self._pages.fresh:
            self._pages.turn()


def _facts(facts: model.Facts) -> model.Table:
    rows = tuple(
        (model.Cell((model.Words(name, bold=True),), scope="row"), model.Cell((model.Words(value),)))
        for name, value in facts.pairs
    )
    return model.Table((model.Column("", 26), model.Column("", 74)), rows)
