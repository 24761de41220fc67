"""HTML: a web page, or what Word, Excel and browsers put on the clipboard; its tables and the text between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cypp_desktop.domain import text
from cypp_desktop.domain.change import Refused
from cypp_desktop.domain.text import Paragraph, Rich, Run
from cypp_desktop.exchange.pasted import Parser, from_html
from cypp_desktop.exchange.tables.grid import Box, Grid, Part, Passage, Source, laid

_MOST_COLUMNS, _MOST_ROWS, _MOST_PLACES = 200, 50_000, 3_000_000
_COLOURS = {"red": "#ff0000", "green": "#008000", "lime": "#00ff00", "yellow": "#ffff00", "orange": "#ffa500"}
_COLOURS |= {"blue": "#0000ff", "grey": "#808080", "gray": "#808080", "amber": "#ffbf00"}
_BACKGROUND = re.compile(r"background(?:-color)?\s*:\s*([^;]+)", re.IGNORECASE)
_SIMPLE = re.compile(r"\s*(?:<p(?:\s+(?:dir|class|lang)=\"?\w+\"?)*>)?\s*(\w[^<>&\xad]*)(?:</p>)?\s*")
_CLASS = re.compile(r"\.([\w-]+)\s*\{([^}]*)\}")


def read(source: str, name: str = "") -> Source:
    """What a page or a part of one says."""
    found = _Tables(source)
    found.feed(source)
    found.close()
    parts: list[Part] = []
    at = 0
    for table in found.tables:
        parts += _passages(source[at : table.start])
        parts.append(_grid(source, table))
        at = table.end
    parts += _passages(source[at:])
    return Source(name, tuple(parts))


@dataclass(slots=True)
class _Cell:
    """A cell: where its inside begins and ends in the source, its size and colour."""

    start: int
    end: int
    rows: int
    columns: int
    fill: str


@dataclass(slots=True)
class _Table:
    """A table: where it begins and ends, its rows, and how many of them are headings."""

    start: int
    end: int
    rows: list[list[_Cell]] = field(default_factory=list)
    head: int = 0


class _Tables(Parser):
    """Finds the outermost tables of a page and the places of their cells."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tables: list[_Table] = []
        self._newlines = [0, *(match.end() for match in re.finditer("\n", source))]
        self._length = len(source)
        self._depth = 0
        self._cell: _Cell | None = None
        self._in_head = False
        self._classes = {name: rules for name, rules in _CLASS.findall(source) if "background" in rules.lower()}

    def _at(self) -> int:
        line, column = self.getpos()
        return self._newlines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See where a table, row or cell begins."""
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append(_Table(self._at(), self._length))
        if self._depth != 1:
            return
        table = self.tables[-1]
        given = {name: value or "" for name, value in attrs}
        if tag in {"tr", "td", "th", "thead", "tbody", "tfoot", "caption"}:
            self._end_cell()
        if tag == "thead":
            self._in_head = True
        elif tag == "tr":
            table.rows.append([])
            table.head += self._in_head and table.head == len(table.rows) - 1
        elif tag in {"td", "th", "caption"}:
            if tag == "caption" or not table.rows:
                table.rows.append([])
            start = self._at() + len(self.get_starttag_text() or "")
            columns = _MOST_COLUMNS if tag == "caption" else _size(given.get("colspan", ""))
            self._cell = _Cell(start, self._length, _size(given.get("rowspan", "")), columns, self._fill(given))
            table.rows[-1].append(self._cell)

    def handle_endtag(self, tag: str) -> None:
        """See where a table or cell ends."""
        if self._depth == 1 and tag in {"td", "th", "tr", "table", "caption", "tbody", "thead"}:
            self._end_cell()
        if tag == "thead":
            self._in_head = False
        if tag == "table" and self._depth:
            self._depth -= 1
            if not self._depth:
                self.tables[-1].end = self._at()
                self._in_head = False

    def _end_cell(self) -> None:
        if self._cell:
            self._cell.end = self._at()
            self._cell = None

    def _fill(self, given: Mapping[str, str]) -> str:
        rules = [given.get("style", ""), *(self._classes.get(one, "") for one in given.get("class", "").split())]
        said = next((match[1] for one in rules if (match := _BACKGROUND.search(one))), given.get("bgcolor", ""))
        return _colour(said)


def _colour(said: str) -> str:
    words = said.strip().lower()
    if match := re.search(r"#([0-9a-f]{6})\b", words):
        return f"#{match[1]}"
    if match := re.search(r"rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})", words):
        return "#" + "".join(f"{min(int(part), 255):02x}" for part in match.groups())
    return next((_COLOURS[word] for word in words.split() if word in _COLOURS), "")


def _size(words: str) -> int:
    return min(max(int(words), 1), _MOST_ROWS) if re.fullmatch(r"[0-9]{1,6}", words.strip()) else 1


def _grid(source: str, table: _Table) -> Grid:
    """A table's cells on rows and columns; a row's cells stand in the first columns that no cell above covers."""
    rows: list[list[Box]] = []
    covered: dict[int, int] = {}  # column -> the rows below that a cell above still covers
    width = 0
    for number, cells in enumerate(table.rows):
        column, line = 0, []
        for cell in cells:
            while covered.get(column, 0) > number:
                column += 1
            columns = min(cell.columns, max(width, 1) if cell.columns == _MOST_COLUMNS else _MOST_COLUMNS)
            if column + columns > _MOST_COLUMNS:
                raise Refused("It has a table that is wider than in any plan.")
            words = _words(source[cell.start : cell.end])
            line.append(Box(words, cell.fill, number, column, cell.rows, columns))
            covered |= dict.fromkeys(range(column, column + columns), number + cell.rows)
            column += columns
        width = max(width, column)
        rows.append(line)
    if len(rows) > _MOST_ROWS or len(rows) * width > _MOST_PLACES:
        raise Refused("It has a table that is larger than in any plan.")
    return Grid(laid(rows, width), head=table.head)


def _words(inside: str) -> str:
    """The text of a cell; most have one paragraph without looks, which needs no parser."""
    if simple := _SIMPLE.fullmatch(inside):
        return text.write(Rich((Paragraph((Run(" ".join(simple[1].split())),)),)))
    return text.write(from_html(inside))


def _passages(source: str) -> Iterator[Passage]:
    """The text between tables: headings, which are all bold, and what stands under them."""
    rich = from_html(re.sub(r"(?is)<(style|script|title)\b.*?(</\1\s*>|$)", "", source))
    waiting: list[text.Block] = []
    for block in rich.blocks:
        runs = [run for run in block.runs if run.text.strip()]
        if isinstance(block, Paragraph) and runs and all(run.bold for run in runs):
            if waiting:
                yield Passage(text.write(Rich(tuple(waiting), rich.notes)))
            waiting = []
            yield Passage(text.write(Rich((block,))), 9)
        else:
            waiting.append(block)
    if waiting:
        yield Passage(text.write(Rich(tuple(waiting), rich.notes)))
