"""Texts and tables far beyond any plan: no word is lost, and twice the words are twice the work, counted, not timed."""

from __future__ import annotations

import re
import sys

import pytest

from cypp_desktop.domain import text
from cypp_desktop.reports.model import Cell, Column, Heading, Report, Table, Text, Words
from cypp_desktop.reports.pdf import render
from tests.reports.pdf import reading, validators

COLUMNS = (Column("First"), Column("Second", 3))


def table(source):
    return Report("Large", (Table(COLUMNS, ((Cell((Words("before"),)), Cell((text.parse(source),))),)),))


def numbered(number, form="w{}~"):
    return [form.format(at) for at in range(number)]


def read(data):
    return [int(found) for found in re.findall(r"w(\d+)~", reading.structure(data).text)]


# What grows, as the text of a cell of so many words.
GROWING = {
    "words": lambda number: " ".join(numbered(number)),
    "bullets": lambda number: "\n".join(numbered(number, "- w{}~")),
    "numbers": lambda number: "\n".join(f"{at + 1}. w{at}~" for at in range(number)),
    "levels": lambda number: "\n".join(f"{'  ' * (at % 2)}- w{at}~" for at in range(number)),
    "paragraphs": lambda number: "\n\n".join(numbered(number)),
    "one word": lambda number: "".join(numbered(number)),
    "bold": lambda number: " ".join(numbered(number, "**w{}~** x")),
    "symbols": lambda number: " ".join(numbered(number, "w{}~ ✓")),
    "unknown": lambda number: " ".join(numbered(number, "w{}~ 中")),
    "leftward": lambda number: " ".join(numbered(number, "w{}~ שלום")),
    "notes": lambda number: " ".join(numbered(number, "w{}~[^1]")) + "\n\n[^1]: Note",
}


def work(report):
    """How many calls of Python and C a rendering takes."""
    calls = 0

    def count(frame, event, arg):
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        render(report)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("kind", GROWING)
def test_twice_the_words_are_twice_the_work(kind):
    small, large = table(GROWING[kind](400)), table(GROWING[kind](800))
    render(large)  # widths of words are measured once
    assert work(large) < 2.4 * work(small)


@pytest.mark.parametrize("kind", GROWING)
def test_thousands_of_words_are_read_once_in_order(kind):
    data = render(table(GROWING[kind](1500)))
    assert read(data) == list(range(1500))
    assert sum(page.count("~") for page in reading.shown(data)) == 1500


def test_a_heading_row_of_any_height():
    """Around two fifths of a page it turns from a row that repeats into an ordinary one."""
    for lines in range(12, 30):
        columns = (Column("\n".join(numbered(lines, "head {}"))), Column("Short"))
        cells = tuple((Cell((Words(f"w{at}~"),)), Cell((Words("x"),))) for at in range(50))
        data = render(Report("Tall", (Table(columns, cells),)))
        assert read(data) == list(range(50))
        assert len(reading.shown(data)) < 50


@pytest.mark.parametrize("number", [12, 40, 120])
def test_columns_too_narrow_for_their_words(number):
    columns = tuple(Column(f"Heading{at}") for at in range(number))
    rows = tuple(tuple(Cell((Words(f"w{row * number + at}~"),)) for at in range(number)) for row in range(3))
    data = render(Report("Narrow", (Heading(1, "Narrow"), Table(columns, rows))))
    said = re.sub(r"\s", "", reading.structure(data).text)
    assert [int(found) for found in re.findall(r"w(\d+)~", said)] == list(range(3 * number))
    assert not validators.failures(data, sensible=False)


def test_headings_without_end():
    blocks = tuple(Heading(at % 4 + 1, f"w{at}~") for at in range(600))
    assert read(render(Report("Headings", (*blocks, Text(text.parse("end")))))) == list(range(600))
