from __future__ import annotations

import re
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from hypothesis import given

from cypp_desktop.domain.change import begun as plan_of
from cypp_desktop.domain.plan import Status
from cypp_desktop.exchange import samples
from cypp_desktop.reports import model, tables, xlsx
from cypp_desktop.reports.model import Cell, Chip, Column, Report, Words
from tests.reports.made import numbered, once, reports

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Book:
    """A workbook read back: sheets by name, each its cells by reference with their kind and value."""

    def __init__(self, report):
        data = xlsx.render(report)
        with ZipFile(BytesIO(data)) as archive:
            self.parts = {name: archive.read(name).decode() for name in archive.namelist()}
        root = ET.fromstring(self.parts["xl/workbook.xml"])
        self.names = [sheet.get("name") for sheet in root.iter(f"{S}sheet")]
        self.strings = []
        if "xl/sharedStrings.xml" in self.parts:
            shared = ET.fromstring(self.parts["xl/sharedStrings.xml"])
            self.strings = ["".join(one.itertext()) for one in shared.iter(f"{S}si")]
        self.sheets = {name: self._cells(number) for number, name in enumerate(self.names, 1)}

    def _cells(self, number):
        root = ET.fromstring(self.parts[f"xl/worksheets/sheet{number}.xml"])
        assert not list(root.iter(f"{S}f"))
        cells = {}
        for cell in root.iter(f"{S}c"):
            value = cell.findtext(f"{S}v")
            if value is not None:
                cells[cell.get("r")] = self.strings[int(value)] if cell.get("t") == "s" else float(value)
        return cells

    def said(self, name):
        return "\n".join(str(value) for value in self.sheets[name].values())


def table(*values, heading="Latest"):
    return model.Table((Column(heading),), tuple((Cell((Words(value),)),) for value in values))


@given(reports())
def test_any_text_is_found_and_none_is_a_formula(made):
    report, numbers = made
    book = Book(report)
    said = {kind: [numbered(kind, book.said(name)) for name in book.names] for kind in "fcnw"}
    for kind, expected in numbers.items():
        assert sorted(once(number for sheet in said[kind] for number in sheet)) == expected
    assert said["f"][0] == numbers["f"]
    assert once(said["w"][0]) == sorted(once(said["w"][0]))
    assert all(
        len(value) <= 32767 for cells in book.sheets.values() for value in cells.values() if isinstance(value, str)
    )
    assert len({name.casefold() for name in book.names}) == len(book.names)
    assert not [name for name in book.names if len(name) > 31 or re.search(r"[\[\]:*?/\\']|^\s|\s$|^$", name)]


@pytest.mark.parametrize("name", samples.names())
def test_the_sample_plans(name):
    plan = plan_of(samples.load(name))
    book = Book(tables.board_pack(plan))
    assert book.names[0] == "Pack"
    assert len(book.names) > len(plan.priorities)
    sheet = book.parts["xl/worksheets/sheet2.xml"]
    assert 'state="frozen"' in sheet
    assert "<autoFilter" in sheet
    assert 'orientation="landscape"' in sheet
    assert "_xlnm.Print_Titles" in book.parts["xl/workbook.xml"]
    assert plan.details.title in book.said("Pack")
    ways = re.findall(r'location="([^"]*)"', book.parts["xl/worksheets/sheet1.xml"])
    assert ways == [f"'{sheet}'!A1" for sheet in book.names[1:]]


@pytest.mark.parametrize(
    ("written", "value", "shown"),
    [
        ("363", 363, "0"), ("68.0%", 0.68, "0.0%"), ("1,234.50", 1234.5, "#,##0.00"),
        ("-2", -2, "0"), ("0.4", 0.4, "0.0"),
        ("007", "007", ""), ("68.0%%", "68.0%%", ""), ("421 (Q1)", "421 (Q1)", ""), ("1e5", "1e5", ""), ("", None, ""),
        ("12345678901234567890", "12345678901234567890", ""), ("=1", "=1", ""), ("٣", "٣", ""), ("1,23", "1,23", ""),
    ],
)  # fmt: skip
def test_a_number_is_one_only_where_it_is_shown_as_written(written, value, shown):
    book = Book(Report("P", (table(written),)))
    assert book.sheets["Latest"].get("A4") == (pytest.approx(value) if isinstance(value, float) else value)
    formats = re.findall(r'formatCode="([^"]*)"', book.parts["xl/styles.xml"])
    assert not shown or shown in formats or shown in {"0", "#,##0.00"}  # Excel's own


@pytest.mark.parametrize(
    ("written", "day", "shown"),
    [
        ("31 March 2017", 42825, "d mmmm yyyy"), ("1 Mar 2017", 42795, "d mmm yyyy"),
        ("31/03/2017", 42825, "dd/mm/yyyy"), ("01 March 2017", None, ""), ("31 June 2017", None, ""),
        ("31/13/2017", None, ""), ("1 March 1899", None, ""), ("By 31 March 2017", None, ""), ("March 2017", None, ""),
    ],
)  # fmt: skip
def test_a_date_is_one_only_where_it_is_shown_as_written(written, day, shown):
    book = Book(Report("P", (table(written),)))
    assert book.sheets["Latest"]["A4"] == (day or written)
    assert not shown or f'formatCode="[$-809]{shown}"' in book.parts["xl/styles.xml"]


def test_an_undecided_cell_is_dashed_and_larger_text_is_zoomed():
    cells = ((Cell((Words("TBC"),), undecided=True),), (Cell((Words("Done"),)),))
    report = Report("P", (model.Table((Column("Due"),), cells),), text_size=1.5)
    book = Book(report)
    assert book.parts["xl/styles.xml"].count('<left style="dashed">') == 1
    assert 'zoomScale="150"' in book.parts["xl/worksheets/sheet2.xml"]


def test_a_reference_stays_text():
    rows = ((Cell((Words("1.10"),), scope="row"), Cell((Words("x"),), mark="10")),)
    book = Book(Report("P", (model.Table((Column("Outcome"), Column("Action")), rows),)))
    assert [book.sheets["Outcome"][place] for place in ("A3", "B3", "C3", "A4", "B4", "C4")] == [
        "Outcome", "No.", "Action", "1.10", "10", "x",
    ]  # fmt: skip


@pytest.mark.parametrize("filling", ["word ", "wort\n", "x" * 9, "😀 "])
def test_a_text_longer_than_a_cell_goes_on_below(filling):
    text = "".join(f"w{number}~{filling}" for number in range(9000))
    book = Book(Report("P", (table(text, "next"), model.Note(text))))
    for name in book.names:
        pieces = [value for value in book.sheets[name].values() if "~" in value]
        assert numbered("w", "".join(pieces)) == list(range(9000))
        assert len(pieces) > 1
        assert all(len(piece.encode("utf-16-le")) <= 2 * 32767 for piece in pieces)
    assert list(book.sheets["Latest"].values())[-1] == "next"


def test_tables_of_one_name_have_sheets_of_their_own():
    blocks = [table("1", heading=heading) for heading in ("History", "a/b", "A:B", "x" * 40, "x" * 50, "Pack", "")]
    assert Book(Report("P", tuple(blocks))).names == [
        "Pack", "History 2", "a b", "A B 2", "x" * 31, "x" * 29 + " 2", "Pack 2", "Table",
    ]  # fmt: skip


def test_a_status_has_its_letter_and_word_on_its_colour():
    status = Status(id="g", label="On schedule", letter="G", colour="#1D6932")
    book = Book(Report("P", (model.Table((Column("Status"),), ((Cell((Chip(status),)),),)),)))
    assert book.sheets["Status"]["A4"] == "G On schedule"
    assert 'rgb="FF1D6932"' in book.parts["xl/styles.xml"]
