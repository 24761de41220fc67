"""Excel workbooks: each sheet as a table, with merged cells, colours, rich text, links and the words of its numbers.

Read from the workbook's XML; formulas are not worked out, their last results are taken.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cypp_desktop.domain import text
from cypp_desktop.domain.change import Refused
from cypp_desktop.domain.text import Item, Paragraph, Rich, Run
from cypp_desktop.exchange.tables import numbers
from cypp_desktop.exchange.tables.grid import Box, Grid, Line, Source, source
from cypp_desktop.exchange.tables.package import Element, Package, whole

_MOST_ROWS, _MOST_COLUMNS, _MOST_PLACES = 50_000, 500, 3_000_000
_INDEXED = re.findall(
    r"\w+",
    "000000 ffffff ff0000 00ff00 0000ff ffff00 ff00ff 00ffff 000000 ffffff ff0000 00ff00 0000ff ffff00 ff00ff 00ffff "
    "800000 008000 000080 808000 800080 008080 c0c0c0 808080 9999ff 993366 ffffcc ccffff 660066 ff8080 0066cc ccccff "
    "000080 ff00ff ffff00 00ffff 800080 800000 008080 0000ff 00ccff ccffff ccffcc ffff99 99ccff ff99cc cc99ff ffcc99 "
    "3366ff 33cccc 99cc00 ffcc00 ff9900 ff6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333",
)
_THEME = (
    *("lt1", "dk1", "lt2", "dk2"),
    *("accent1", "accent2", "accent3", "accent4", "accent5", "accent6"),
    *("hlink", "folHlink"),
)
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def read(package: Package, name: str) -> Source:
    """What a workbook says; raises Refused."""
    main = next(
        (one.target for one in package.relations("").values() if one.type == "officeDocument" and not one.outside),
        "xl/workbook.xml",
    )
    workbook = package.xml(main)
    if workbook is None:
        raise Refused("It has no sheets inside; it may be damaged.")
    return _Reader(package, main, workbook).source(name)


@dataclass(slots=True)
class _Sheet:
    """The filled cells of a sheet, as they are found."""

    words: dict[tuple[int, int], str] = field(default_factory=dict)
    fills: dict[tuple[int, int], str] = field(default_factory=dict)


class _Reader:
    def __init__(self, package: Package, main: str, workbook: Element) -> None:
        self._package, self._main, self._workbook = package, main, workbook
        self._folder = main.rpartition("/")[0]
        properties = workbook.find("workbookPr")
        self._later = properties is not None and properties.get("date1904") in {"1", "true"}
        self._colours = self._theme()
        self._forms, self._fills = self._styles()
        strings = package.xml(f"{self._folder}/sharedStrings.xml")
        self._strings = [_rich(one) for one in strings.iter("si")] if strings is not None else []
        self._beside: list[str] = []

    def source(self, name: str) -> Source:
        """All sheets, in order."""
        relations = self._package.relations(self._main)
        grids = []
        for sheet in self._workbook.iter("sheet"):
            relation = relations.get(sheet.get("id", ""))
            if relation and relation.type == "worksheet" and not relation.outside:
                hidden = sheet.get("state", "visible") != "visible"
                grids.append(self._grid(relation.target, sheet.get("name", ""), hidden=hidden))
        return Source(name, tuple(grid for grid in grids if grid.lines), tuple(dict.fromkeys(self._beside)))

    # --- looks ---

    def _theme(self) -> list[str]:
        names = self._package.names(rf"{self._folder}/theme/theme\d*\.xml")
        root = self._package.xml(names[0]) if names else None
        scheme = next(root.iter("clrScheme"), None) if root is not None else None
        found = (
            {one.tag: next((c.get("lastClr") or c.get("val") or "" for c in one), "") for one in scheme}
            if scheme is not None
            else {}
        )
        return [found.get(name, "") for name in _THEME]

    def _styles(self) -> tuple[list[str], list[str]]:
        """The number format and the fill of each cell style."""
        root = self._package.xml(f"{self._folder}/styles.xml")
        if root is None:
            return [], []
        own = {one.get("numFmtId", ""): one.get("formatCode", "") for one in root.iter("numFmt")}
        fills = [self._fill(one) for one in root.findall("fills/fill")]
        forms, colours = [], []
        for style in root.findall("cellXfs/xf"):
            number = style.get("numFmtId", "0")
            forms.append(own.get(number) or numbers.BUILT_IN.get(whole(number), ""))
            colours.append(_at(fills, style.get("fillId", "0")))
        return forms, colours

    def _fill(self, fill: Element) -> str:
        pattern = fill.find("patternFill")
        if pattern is None or pattern.get("patternType", "none") in {"none", "gray125"}:
            return ""
        colour = pattern.find("fgColor")
        return self._colour(colour) if colour is not None else ""

    def _colour(self, colour: Element) -> str:
        rgb, theme, index = colour.get("rgb", ""), colour.get("theme", ""), colour.get("indexed", "")
        rgb = _at(self._colours, theme) or _at(_INDEXED, index) or rgb
        return _tinted(rgb[-6:], colour.get("tint", "0")) if re.fullmatch(r"[0-9a-fA-F]{6,8}", rgb) else ""

    # --- a sheet ---

    def _grid(self, part: str, name: str, *, hidden: bool) -> Grid:
        root = self._package.xml(part)
        if root is None:
            return Grid((), name)
        sheet = self._cells(root)
        relations = self._package.relations(part)
        for link in root.iter("hyperlink"):
            relation = relations.get(link.get("id", ""))
            place = _place(link.get("ref", "").partition(":")[0])
            if relation and place in sheet.words and re.match(r"(?i)https?:|mailto:", relation.target):
                sheet.words[place] = _linked(sheet.words[place], relation.target)
        for relation in relations.values():
            if relation.type in {"comments", "threadedComment"} and not relation.outside:
                self._comments(relation.target, name)
        return Grid(_lines(sheet, list(_merged(root, sheet))), name, hidden=hidden)

    def _comments(self, part: str, sheet: str) -> None:
        root = self._package.xml(part)
        for comment in root.iter("comment") if root is not None else ():
            words = text.plain(_rich(comment.find("text")))
            if words and not words.startswith("[Threaded comment]"):
                self._beside.append(source(f"{sheet} {comment.get('ref', '')}: {words}"))
        for comment in root.iter("threadedComment") if root is not None else ():
            self._beside.append(source(f"{sheet} {comment.get('ref', '')}: {comment.findtext('text', '')}"))

    def _cells(self, root: Element) -> _Sheet:
        sheet = _Sheet()
        number = 0
        for row in root.iter("row"):
            number = whole(row.get("r", ""), number + 1)
            column = 0
            for cell in row.iter("c"):
                place = _place(cell.get("r", "")) or (number - 1, column)
                column = place[1] + 1
                style = cell.get("s", "0")
                if words := self._words(cell, _at(self._forms, style)):
                    sheet.words[place] = words
                if fill := _at(self._fills, style):
                    sheet.fills[place] = fill
        return sheet

    def _words(self, cell: Element, form: str) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _rich(cell.find("is"))
        value = cell.findtext("v", "")
        if not value:
            return ""
        if kind == "s":
            return _at(self._strings, value)
        if kind == "b":
            return "Yes" if value == "1" else "No"
        if kind == "n":
            return source(numbers.shown(value, form, later=self._later))
        return source(_unescaped(value))


def _at(values: Sequence[str], number: str) -> str:
    """One of several by its number as an attribute says it; "" where there is none."""
    place = whole(number, -1)
    return values[place] if 0 <= place < len(values) else ""


def _rich(element: Element | None) -> str:
    """A string of a workbook: plain, or runs of different looks; what is read aloud (``rPh``) is not part of it."""
    if element is None:
        return ""
    runs: list[Run] = []
    for part in element:
        if part.tag == "t":
            runs.append(Run(_unescaped(part.text or "")))
        elif part.tag == "r":
            bold, italic = (part.find(f"rPr/{name}") for name in "bi")
            words = _unescaped("".join(one.text or "" for one in part.iter("t")))
            runs.append(Run(words, bold=_on(bold), italic=_on(italic)))
    if not any(run.bold or run.italic for run in runs):
        return source("".join(run.text for run in runs))
    return _lined(runs)


def _lined(runs: list[Run]) -> str:
    """Runs whose line breaks part paragraphs; a line's list mark makes an item of it, as in plain words."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        for number, piece in enumerate(re.split(r"[\r\n]+", run.text)):
            if number:
                lines.append([])
            lines[-1].append(Run(piece, run.bold, run.italic))
    blocks: list[Paragraph | Item] = []
    for line in lines:
        words = text.words(line).strip()
        plain = text.parse(source(words)).blocks
        if plain and isinstance(plain[0], Item):
            blocks.append(plain[0])
        else:
            blocks.append(Paragraph(tuple(line)))
    return text.write(Rich(tuple(blocks)))


def _on(element: Element | None) -> bool:
    return element is not None and element.get("val", "1") not in {"0", "false"}


def _unescaped(words: str) -> str:
    """Words without the way that a workbook writes control characters (``_x000D_``)."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), words) if "_x" in words else words


def _linked(words: str, target: str) -> str:
    rich = text.parse(words)
    blocks = tuple(
        type(block)(tuple(Run(run.text, run.bold, run.italic, target) for run in block.runs))
        if isinstance(block, Paragraph)
        else block
        for block in rich.blocks
    )
    return text.write(Rich(blocks, rich.notes))


def _tinted(rgb: str, tint: str) -> str:
    try:
        by = max(-1.0, min(1.0, float(tint)))
    except ValueError:
        by = 0.0
    tone, light, saturation = colorsys.rgb_to_hls(*(int(rgb[at : at + 2], 16) / 255 for at in (0, 2, 4)))
    light = light * (1 + by) if by < 0 else light + (1 - light) * by
    return "#" + "".join(f"{round(255 * part):02x}" for part in colorsys.hls_to_rgb(tone, light, saturation))


# --- places ----------------------------------------------------------------------------------------------------------


def _place(name: str) -> tuple[int, int] | None:
    """The row and column (from 0) of a place such as "B7"."""
    match = _PLACE.fullmatch(name)
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def _merged(root: Element, sheet: _Sheet) -> Iterator[tuple[int, int, int, int]]:
    """The merged cells as first row, first column, rows, columns, as far as the sheet is filled; not columns alone."""
    bottom = max((row for row, _ in sheet.words), default=-1)
    for merge in root.iter("mergeCell"):
        start, _, end = merge.get("ref", "").partition(":")
        first, last = _place(start), _place(end)
        if first and last and first[0] <= min(last[0], bottom) and first[1] <= last[1]:
            yield first[0], first[1], min(last[0], bottom) - first[0] + 1, last[1] - first[1] + 1


def _lines(sheet: _Sheet, merged: list[tuple[int, int, int, int]]) -> tuple[Line, ...]:
    """The filled part of a sheet, without the empty rows and columns around it."""
    if not sheet.words:
        return ()
    top, left = min(row for row, _ in sheet.words), min(column for _, column in sheet.words)
    bottom, right = max(row for row, _ in sheet.words) + 1, max(column for _, column in sheet.words) + 1
    coloured = [column for (row, column) in sheet.fills if top <= row < bottom and right <= column < right + 3]
    right = max([right, *(column + 1 for column in coloured)])
    height, width = bottom - top, right - left
    if height > _MOST_ROWS or width > _MOST_COLUMNS or height * width > _MOST_PLACES:
        raise Refused(
            f"It has a sheet that is too large: at most {_MOST_ROWS:,} rows and {_MOST_COLUMNS} columns are read."
        )
    places: list[list[Box | None]] = [[None] * width for _ in range(height)]
    for row, column, rows, columns in merged:
        _spread(places, sheet, (row, column), (row - top, column - left, rows, columns))
    return tuple(
        tuple(box or _single(sheet.words, sheet.fills, (row + top, column + left)) for column, box in enumerate(line))
        for row, line in enumerate(places)
    )


def _spread(
    places: list[list[Box | None]], sheet: _Sheet, at: tuple[int, int], area: tuple[int, int, int, int]
) -> None:
    """Put the box of a merged cell into all its places, unless another covers one of them."""
    row, column, rows, columns = area
    row, rows = (row, rows) if row >= 0 else (0, rows + row)
    column, columns = (column, columns) if column >= 0 else (0, columns + column)
    covered = [line[column : column + columns] for line in places[row : row + rows]]
    if rows < 1 or columns < 1 or not covered or not covered[0] or any(box for line in covered for box in line):
        return
    hidden = [
        words
        for y in range(at[0], at[0] + len(covered))
        for x in range(at[1], at[1] + columns)
        if (y, x) != at and (words := sheet.words.get((y, x)))
    ]
    words = "\n\n".join(filter(None, (sheet.words.get(at, ""), *hidden)))  # what a merge hides is not lost
    box = Box(words, sheet.fills.get(at, ""), at[0], at[1], len(covered), len(covered[0]))
    for line in places[row : row + rows]:
        line[column : column + columns] = [box] * len(line[column : column + columns])


def _single(words: Mapping[tuple[int, int], str], fills: Mapping[tuple[int, int], str], place: tuple[int, int]) -> Box:
    return Box(words.get(place, ""), fills.get(place, ""), *place)
