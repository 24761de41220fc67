from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given

from cypp_desktop.domain.change import begun as plan_of
from cypp_desktop.domain.text import parse
from cypp_desktop.exchange import samples
from cypp_desktop.reports import csv as sheet
from cypp_desktop.reports import model, tables
from cypp_desktop.reports.model import Cell, Column, Report, Words
from tests.reports.made import numbered, once, reports


def read(report):
    return list(csv.reader(StringIO(sheet.render(report).decode("utf-8-sig"), newline=""), strict=True))


def in_tables(report):
    """The same report without its running text, which is not in the file."""
    return model.Report(report.title, tuple(block for block in report.blocks if isinstance(block, model.Table)))


@given(reports())
def test_any_text_is_found_in_order_and_none_is_a_formula(made):
    report = in_tables(made[0])
    head, *rows = read(report)
    assert all(len(row) == len(head) for row in rows)
    for name in "wcn":
        said = " ".join(field for row in (head, *rows) for field in row)
        expected = once(numbered(name, repr(report)))
        assert sorted(once(numbered(name, said))) == sorted(expected)
    for field in (field for row in (head, *rows) for field in row):
        assert field[:1] not in {"=", "@", "\t", "\r", "＝", "＋", "－", "＠"}
        if field[:1] in {"+", "-"}:
            assert not field.strip("+-0123456789.,%")


@pytest.mark.parametrize("name", samples.names())
def test_the_sample_plans(name):
    plan = plan_of(samples.load(name))
    source = sheet.render(tables.board_pack(plan))
    assert source.startswith(b"\xef\xbb\xbf")
    head, *rows = read(tables.board_pack(plan))
    first = [row for row in rows if plan.priorities[0].title in row[0]]
    assert head[:2] == ["Part", "Heading"]
    assert len(first) > 10
    assert all(any(row[2:]) for row in first)


def test_every_row_says_what_it_shares_with_the_rows_above():
    rows = (
        (Cell((Words("1.5 MASH"),), rows=2), Cell((parse("- a\n- b"),), mark="1")),
        (Cell((Words("=2"),), mark="2"),),
    )
    report = Report(
        "P", (model.Heading(2, "Safe", "Priority One"), model.Table((Column("Outcome"), Column("Action")), rows))
    )
    assert read(report) == [
        ["Part", "Heading", "Outcome", "Action no.", "Action"],
        ["Priority One: Safe", "", "1.5 MASH", "1", "• a\n• b"],
        ["Priority One: Safe", "", "1.5 MASH", "2", "'=2"],
    ]


@pytest.mark.parametrize("value", ["-", "-0.4", "+1.5%", "421 (Q1)"])
def test_readings_stay_as_they_are_written(value):
    report = Report("P", (model.Table((Column("Latest"),), ((Cell((Words(value),)),),)),))
    assert read(report)[1][-1] == value
