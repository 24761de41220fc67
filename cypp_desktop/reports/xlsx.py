"""A report as an Excel workbook: its running text on the first sheet, and every table on a sheet of its own.

Rows say what they share with the rows above them, in grey, so they can be sorted and filtered. A text is never a
formula; a cell that is nothing but a number or a date is one, shown as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from io import BytesIO
from typing import Any, cast

from cypp_desktop.domain import dates
from cypp_desktop.domain.plan import Status
from cypp_desktop.reports import flat, plain, style
from cypp_desktop.reports.model import (
    Block,
    Chip,
    Facts,
    Figure,
    Front,
    Heading,
    Legend,
    Note,
    Report,
    Table,
    Text,
    Words,
)

_SIZE = 10
_LONGEST = 32_767  # characters in a cell, in units of UTF-16 (Excel specifications and limits)
_LONGEST_NAME = 31
_LONGEST_FURNITURE = 100
_PAPERS = {"A4": 9, "A3": 8}
_CHARACTERS = 150  # across a sheet
_MARK_WIDTH, _NARROWEST = 6.0, 9.0
_NAME_WIDTH, _TEXT_WIDTH = 34, 110
_PER_WIDTH = 1.25  # letters are narrower than the digit that widths are counted in
_LINE, _ROW_EDGE, _TALLEST = 12.75, 4.0, 409.0  # points; no row can be taller
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,11}|[1-9]\d{0,2}(?:,\d{3}){1,3})(?:\.(\d{1,3}))?(%?)", re.ASCII)
_DAY = re.compile(r"\d{1,2} [A-Z][a-z]{2,8} \d{4}|\d\d/\d\d/\d{4}", re.ASCII)
_BASE = {
    "font_name": "Arial",
    "font_size": _SIZE,
    "font_color": style.TEXT,
    "valign": "top",
    "text_wrap": True,
    "align": "left",
}
_EDGE = {"indent": 1, "bottom": 1, "bottom_color": style.BORDER}
_UNDECIDED = {"indent": 1, "border": 3, "border_color": style.MUTED}  # dashed
_MARGINS = {"left": 0.5, "right": 0.5, "top": 0.75, "bottom": 0.6}


def render(report: Report) -> bytes:
    """The report as a workbook; nothing in a report makes this raise, and no word is cut off."""
    from xlsxwriter import Workbook

    out = BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": plain.title("", report.title)[:255], "author": plain.title("", report.author)[:255]})
    _Book(book, report).write()
    book.close()
    return out.getvalue()


class _Book:
    """One workbook and the looks that its cells have."""

    def __init__(self, book: Any, report: Report) -> None:  # noqa: ANN401 - XlsxWriter's own types are partial
        self._book, self._report = book, report
        self._looks: dict[tuple[tuple[str, object], ...], Any] = {}
        self._names: set[str] = {"history"}  # a name that Excel keeps for itself

    def look(self, **properties: object) -> Any:  # noqa: ANN401
        """A format with some properties besides those of every cell; equal ones are made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._looks:
            self._looks[key] = self._book.add_format({**_BASE, **properties})
        return self._looks[key]

    def status(self, status: Status) -> Any:  # noqa: ANN401
        """The look of a status: its ink on its tint."""
        ink = style.ink(status.colour)
        return self.look(
            bold=True, font_color=ink, bg_color=style.tint(status.colour), border=1, border_color=ink, indent=1
        )

    def write(self) -> None:
        """Write all sheets, the running text first."""
        text = _TextSheet(self, self._sheet("Pack"))
        front = self._report.front or Front(self._report.title)
        text.front(front)
        for under, block in _with_tables(self._report.blocks):
            if under is None:
                text.block(block)
            else:
                name = self._table(under)
                text.link(name, plain.legal(under.table.table.summary) or name)
        known = (*front.blocks, *self._report.blocks)
        if self._report.legend and not any(isinstance(block, Legend) for block in known):
            text.block(Legend(self._report.legend))

    def _sheet(self, wanted: str) -> Any:  # noqa: ANN401
        sheet = self._book.add_worksheet(_sheet_name(wanted, self._names))
        report = self._report
        sheet.set_landscape()
        sheet.set_paper(_PAPERS[report.paper])
        sheet.set_margins(**_MARGINS)
        sheet.set_header(
            f"&L&8{_furniture(report.head_left)}&C&8{_furniture(report.watermark)}&R&8{_furniture(report.head_right)}"
        )
        sheet.set_footer("&R&8Page &P of &N")
        sheet.fit_to_pages(1, 0)
        sheet.set_zoom(round(100 * style.scale(report.text_size)))
        sheet.hide_gridlines(2)
        return sheet

    def _table(self, under: flat.Under) -> str:
        """Write a table on a sheet of its own; gives the sheet's name."""
        table = under.table
        sheet = self._sheet(f"{under.short} {plain.title('', table.table.columns[0].heading)}")
        _say(sheet, 0, 0, _first(under.part), self.look(bold=True, font_size=14, text_wrap=False))
        _say(sheet, 1, 0, _first(under.heading), self.look(bold=True, font_size=11, text_wrap=False))
        top = 2
        head = self.look(
            bold=True,
            indent=1,
            bg_color=style.SUNKEN,
            top=2,
            top_color=style.ACCENT,
            bottom=1,
            bottom_color=style.CONTROL,
        )
        names = [_first(name) for name in table.headings("No.")]
        widths = _widths(table)
        for column, (name, width) in enumerate(zip(names, widths, strict=True)):
            sheet.set_column(column, column, width)
            _say(sheet, top, column, name, head)
        sheet.set_row(top, max(map(_height, names, widths)))
        row = top + 1
        for fields in table.rows():
            row += self._row(sheet, row, fields, widths)
        sheet.autofilter(top, 0, max(row - 1, top), len(names) - 1)
        sheet.freeze_panes(top + 1, 0)
        sheet.repeat_rows(0, top)
        return str(sheet.get_name())

    def _row(self, sheet: Any, row: int, fields: list[flat.Field], widths: list[float]) -> int:  # noqa: ANN401
        """Write a row; gives how many it took, more than one where a text is longer than a cell can be."""
        tall = 1
        sheet.set_row(
            row, max(_height("" if one.again else one.words, width) for one, width in zip(fields, widths, strict=True))
        )
        for column, field in enumerate(fields):
            typed = _typed(field)
            if typed is not None:
                value, shown = typed
                sheet.write(row, column, value, self.look(**_EDGE, **_kind(field), num_format=shown))
                continue
            look = self._look(field)
            pieces = list(_pieces(field.words)) or [""]
            for down, piece in enumerate(pieces):
                _say(sheet, row + down, column, piece, look)
            tall = max(tall, len(pieces))
        return tall

    def _look(self, field: flat.Field) -> Any:  # noqa: ANN401
        content = field.cell.content
        if not field.mark and len(content) == 1 and isinstance(content[0], Chip):
            return self.status(content[0].status)
        return self.look(**(_UNDECIDED if field.cell.undecided and not field.mark else _EDGE), **_kind(field))


class _TextSheet:
    """The first sheet: headings and names at the left, running text beside them, and the way to the tables."""

    def __init__(self, book: _Book, sheet: Any) -> None:  # noqa: ANN401
        self._book, self._sheet, self._row = book, sheet, 0
        sheet.set_column(0, 0, _NAME_WIDTH)
        sheet.set_column(1, 1, _TEXT_WIDTH)

    def front(self, front: Front) -> None:
        """What the front page says."""
        self._put(plain.legal(front.corner), "", bold=True)
        self._put(plain.legal(front.kicker), "", bold=True, font_color=style.ACCENT, text_wrap=False)
        self._put(plain.legal(front.title), "", bold=True, font_size=18, text_wrap=False)
        self._put(plain.legal(front.subtitle), "", font_size=13, font_color=style.MUTED, text_wrap=False)
        for block in front.blocks:
            self.block(block)

    def block(self, block: Block) -> None:
        """A block that is no table."""
        match block:
            case Heading():
                self._heading(block)
            case Legend():
                for status in block.statuses:
                    self._legend(status)
            case _:
                looks = {"font_color": style.MUTED} if isinstance(block, Note) else {}
                for name, words in _lines(block):
                    self._put(name, words, **looks)

    def _heading(self, heading: Heading) -> None:
        self._row += 1
        size = {1: 16, 2: 14, 3: 11}.get(heading.level, 10)
        self._put(plain.title(heading.kicker, heading.text), "", bold=True, font_size=size, text_wrap=False)
        if heading.bar and heading.bar.counts:
            self._put("", plain.legal(plain.counted(heading.bar)), font_color=style.MUTED)

    def link(self, name: str, words: str) -> None:
        """The way to a table."""
        look = self._book.look(font_color=style.ACCENT, underline=1)
        self._sheet.write_url(self._row, 0, f"internal:'{name}'!A1", look, f"Sheet “{name}”")
        _say(self._sheet, self._row, 1, _first(words), self._book.look(font_color=style.MUTED))
        self._row += 1

    def _legend(self, status: Status) -> None:
        words = plain.content((Chip(status),))
        _say(self._sheet, self._row, 0, _first(words), self._book.status(status))
        self._put("", plain.legal(status.meaning))
        self._row += not status.meaning

    def _put(self, name: str, words: str, **looks: object) -> None:
        """A name and words beside it, in as many rows as they take; nothing where there are none."""
        columns = [list(_pieces(name)), list(_pieces(words))]
        own = (self._book.look(**{"bold": True, **looks}), self._book.look(**looks))
        wide = looks.get("text_wrap") is False
        tall = max(_height("" if wide else name, _NAME_WIDTH), _height(words, _TEXT_WIDTH))
        self._sheet.set_row(self._row, tall * cast("float", looks.get("font_size", _SIZE)) / _SIZE)
        for column, pieces in enumerate(columns):
            for down, piece in enumerate(pieces):
                _say(self._sheet, self._row + down, column, piece, own[column])
        self._row += max(map(len, columns))


def _say(sheet: Any, row: int, column: int, words: str, look: Any) -> None:  # noqa: ANN401
    """Write words as words, whatever they look like."""
    if words:
        sheet.write_string(row, column, words, look)
    else:
        sheet.write_blank(row, column, None, look)


def _lines(block: Block) -> list[tuple[str, str]]:
    """A block as names and the words beside them."""
    match block:
        case Text():
            return [("", line) for line in plain.rich(block.rich)]
        case Note():
            return [("", plain.legal(block.text))]
        case Figure():
            return [("", plain.legal(block.alt))]
        case Facts():
            return [(plain.legal(name), plain.legal(value)) for name, value in block.pairs]
        case _:
            return []


def _with_tables(blocks: Iterable[Block]) -> Iterator[tuple[flat.Under | None, Block]]:
    """Blocks, the tables among them with what they stand under."""
    blocks = list(blocks)
    found = flat.tables(blocks)
    for block in blocks:
        yield (next(found) if isinstance(block, Table) and block.columns else None), block


def _widths(table: flat.Flat) -> list[float]:
    """How wide the columns are, in characters."""
    total = sum(max(column.width, 0.0) for column in table.table.columns) or 1.0
    out: list[float] = []
    for column, numbered in zip(table.table.columns, table.numbered, strict=True):
        out += [_MARK_WIDTH] * numbered
        out.append(max(_NARROWEST, round(_CHARACTERS * max(column.width, 0.0) / total, 1)))
    return out


def _height(words: str, width: float) -> float:
    """The height that words need in a column, in points; not every program works that out for itself."""
    lines = sum(-(-len(line) // int(width * _PER_WIDTH)) or 1 for line in words[:_LONGEST].split("\n"))
    return min(lines * _LINE + _ROW_EDGE, _TALLEST)


def _kind(field: flat.Field) -> dict[str, object]:
    """How a table's cell looks, by what it is."""
    first = next(iter(field.cell.content), None)
    looks: dict[str, object] = {"bold": field.mark or (isinstance(first, Words) and first.bold)}
    return looks | ({"font_color": style.MUTED, "text_wrap": False} if field.again else {})


def _typed(field: flat.Field) -> tuple[float | date, str] | None:
    """The number or date that a cell is nothing but, and the format that shows it as it was written."""
    content = field.cell.content
    if field.mark or field.cell.scope or len(content) != 1 or not isinstance(content[0], Words):
        return None
    found = _NUMBER.fullmatch(field.words)
    if not found:
        return _date(field.words)
    decimals, percent = found[1] or "", found[2]
    shown = ("#,##0" if "," in field.words else "0") + ("." + "0" * len(decimals) if decimals else "") + percent
    value = float(field.words.replace(",", "").removesuffix("%"))
    return (value / 100 if percent else value), shown


def _date(words: str) -> tuple[date, str] | None:
    """The date that words are nothing but, where a format of Excel's shows it in the same letters and digits."""
    day = dates.read(words) if _DAY.fullmatch(words) else None
    if day is None:
        return None
    written = {dates.in_words(day): "d mmmm yyyy", dates.short(day): "d mmm yyyy", f"{day:%d/%m/%Y}": "dd/mm/yyyy"}
    return (day, f"[$-809]{written[words]}") if words in written else None


def _pieces(words: str) -> Iterator[str]:
    """A text in parts that fit into cells, cut between words where there is a place."""
    most = _LONGEST if max(words, default="") <= "\uffff" else _LONGEST // 2
    while len(words) > most:
        cut = max(words.rfind(blank, 1, most) for blank in (" ", "\n"))
        cut = cut + 1 if cut > 0 else most
        yield words[:cut].rstrip()
        words = words[cut:]
    if words:
        yield words


def _first(words: str) -> str:
    """A heading or name, cut where no cell could hold it; the whole of it stands on the first sheet."""
    return next(_pieces(words), "")


def _furniture(words: str) -> str:
    return plain.title("", words)[:_LONGEST_FURNITURE].replace("&", "&&")


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel allows for a sheet and that no other sheet has."""
    kept = re.sub(r"[\[\]:*?/\\'\U00010000-\U0010ffff]+", " ", wanted)
    name = " ".join("".join(char if char.isprintable() else " " for char in kept).split())
    return plain.unique(name[:_LONGEST_NAME].strip() or "Table", taken, _LONGEST_NAME)
