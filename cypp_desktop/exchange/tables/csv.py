"""CSV and other delimited text: its encoding and its delimiter are found out, for no file says them."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from cypp_desktop.domain.change import LONGEST, Refused
from cypp_desktop.exchange.tables.grid import Grid, plain_grid

MOST_ROWS, MOST_COLUMNS = 50_000, 500
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS = ",;\t|"
_QUOTED_FORMULA = re.compile(r"'(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20])")  # how a spreadsheet is told that it is text
_TRIED = 60  # rows are enough to tell the delimiter


def read(data: bytes, name: str = "") -> Grid:
    """The table of a file; Refused where it is no text."""
    return read_text(decoded(data), name)


def read_text(words: str, name: str = "") -> Grid:
    """The table of delimited text, such as what a spreadsheet puts on the clipboard."""
    rows = _rows(words, _delimiter(words))
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    if len(rows) > MOST_ROWS or max(map(len, rows), default=0) > MOST_COLUMNS:
        raise Refused(f"That table is too large: at most {MOST_ROWS:,} rows and {MOST_COLUMNS} columns are read.")
    return plain_grid([[_QUOTED_FORMULA.sub("", cell, count=1) for cell in row] for row in rows], name)


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or Windows' own encoding."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode(data, encoding)
    if b"\x00" in data[:400]:
        little = data[1:400:2].count(0) >= data[0:400:2].count(0)
        return _decode(data, "utf-16-le" if little else "utf-16-be")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _decode(data: bytes, encoding: str) -> str:
    try:
        words = data.decode(encoding)
    except UnicodeDecodeError:
        raise Refused("That file is not text, or was cut short.") from None
    if "\x00" in words:
        raise Refused("That file is not text.")
    return words


def _delimiter(words: str) -> str:
    """The character that cuts most rows into the same number of cells, more than one."""
    scores = {mark: _score(_rows(words, mark, _TRIED)) for mark in _DELIMITERS}
    return max(_DELIMITERS, key=lambda mark: scores[mark])


def _score(rows: list[list[str]]) -> float:
    widths = Counter(len(row) for row in rows if row)
    if not widths:
        return 0.0
    width, count = widths.most_common(1)[0]
    return 0.0 if width == 1 else count / widths.total() + min(width, 20) / 100


def _rows(words: str, delimiter: str, most: int = MOST_ROWS + 1) -> list[list[str]]:
    usual = csv.field_size_limit(LONGEST * 10)  # the whole process has one
    found: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(words, newline=""), delimiter=delimiter):
            found.append(row)
            if len(found) >= most:
                break
    except csv.Error:
        if most <= _TRIED:
            return []
        raise Refused("That file is not a table of text.") from None
    finally:
        csv.field_size_limit(usual)
    return found
