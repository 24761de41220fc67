"""A report's tables as one CSV file (RFC 4180) in UTF-8 with a byte order mark, so that Excel reads it as it is.

One row for each row of every table, under the columns of all of them; the first two columns say which part of the
report it stands in. A text that a spreadsheet would take for a formula has an apostrophe before it.
"""

from __future__ import annotations

import csv
import re
from io import StringIO

from cypp_desktop.reports import flat
from cypp_desktop.reports.model import Report

_FORMULA = re.compile(r" *[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")  # the wide ones too: Excel takes them for the others
_HARMLESS = re.compile(r"[+-]?(?:\d[\d.,]*%?)?")  # a number, or the dash that stands for none


def render(report: Report) -> bytes:
    """The report's tables as a CSV file; the running text is not in it."""
    found = list(flat.tables(report.blocks))
    columns = list(dict.fromkeys(name for one in found for name in one.table.headings()))
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([safe(name) for name in ("Part", "Heading", *columns)])
    for one in found:
        names = one.table.headings()
        for fields in one.table.rows():
            said: dict[str, str] = {}
            for name, field in zip(names, fields, strict=True):
                said[name] = "\n".join(filter(None, (said.get(name, ""), field.words)))
            writer.writerow(
                [safe(words) for words in (one.part, one.heading, *(said.get(name, "") for name in columns))]
            )
    return out.getvalue().encode("utf-8-sig")


def safe(words: str) -> str:
    """Words that no spreadsheet takes for a formula: such ones have an apostrophe before them."""
    return f"'{words}" if words and _FORMULA.match(words) and not _HARMLESS.fullmatch(words) else words
