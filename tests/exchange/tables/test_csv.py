from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cypp_desktop.domain import text
from cypp_desktop.domain.change import Refused
from cypp_desktop.exchange.tables.csv import decoded, read, read_text


def words(grid):
    return [[text.plain(box.words) for box in line] for line in grid.lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(encoding: str) -> None:
    assert words(read("Lead,Due\r\nZoë O’Dowd,£5 – soon\r\n".encode(encoding))) == [
        ["Lead", "Due"],
        ["Zoë O’Dowd", "£5 – soon"],
    ]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_delimiters(mark: str) -> None:
    rows = [["Action", "Lead", "Note"], ["a, b; c", "x", "one\ntwo"], ["d", "", "e"]]
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows(rows)
    assert words(read_text(out.getvalue())) == rows


def test_list_marks_stay_lists_and_all_else_is_words() -> None:
    [[box]] = read_text('"1. first\n2. second\n*not* a [list](x)"').lines
    assert box.words == "1. first\n2. second\n\n\\*not\\* a \\[list\\](x)"


def test_the_apostrophe_of_a_formula_is_not_its_own() -> None:
    assert words(read_text("'=1+1,'tis")) == [["=1+1", "'tis"]]


def test_rows_of_different_length_and_blank_rows_at_the_end() -> None:
    assert words(read_text("a,b\nc\n,\n\n")) == [["a", "b"], ["c", ""]]


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\xff\xfea\x00\x00\x00"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(Refused, match="not text"):
        decoded(data)


def test_what_else_reads_csv_keeps_its_own_limits() -> None:
    before = csv.field_size_limit()
    read(b"Lead,Due\nZo,June\n")
    assert csv.field_size_limit() == before


def test_too_many_columns() -> None:
    with pytest.raises(Refused, match="too large"):
        read_text(",".join("x" * 600))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        read(data)
    except Refused:
        return
