"""Statuses, trends and cells that are not decided yet, as they stand on a page."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from cypp_desktop.domain.plan import SHAPES, Status
from cypp_desktop.reports import style
from cypp_desktop.reports.model import Cell, Column, Report, Table, Trend, Words
from cypp_desktop.reports.pdf import chips, render
from tests.reports.pdf import reading, validators

BEHIND = Status(id="a", letter="A", shape="triangle", label="Happening but behind schedule", colour="#8A4E00")


def drawn(*cells):
    """A table of one row on a page: its operators, its file and its structure."""
    columns = tuple(Column(f"Head {number}") for number in range(len(cells)))
    data = render(Report("Chips of a plan", (Table(columns, (cells,)),)))
    return PdfReader(BytesIO(data)).pages[0]["/Contents"].get_object().get_data().decode("latin-1"), data


@pytest.mark.parametrize("quiet", [False, True])
@pytest.mark.parametrize("width", [60, 90, 150])
def test_no_word_of_a_chip_is_broken_where_its_column_is_wide_enough(width, quiet):
    [chip] = chips.chip(BEHIND, width, quiet=quiet)
    words = " ".join(piece.text for line in chip.lines for piece in line.parts()).split()
    assert [word for word in words if word != "A"] == BEHIND.label.split()


def test_a_quiet_chip_is_smaller_and_has_no_tint():
    [usual], [quiet] = chips.chip(BEHIND, 200), chips.chip(BEHIND, 200, quiet=True)
    assert quiet.height < usual.height
    tint = chips.shapes.fill(style.tint(BEHIND.colour))
    assert (tint in usual.paint, tint in quiet.paint) == (True, False)


def test_a_trend_is_its_words_and_an_arrow_that_nobody_hears():
    source, data = drawn(Cell((Trend("up", "better", "4 higher than before: better"),)), Cell((Words("x"),)))
    assert "4 higher than before: better" in reading.structure(data).text
    assert "↑" not in reading.structure(data).text
    assert chips.shapes.fill(style.VERDICTS["better"]) in source
    assert not validators.failures(data)


def test_arrows_differ():
    assert len({chips.shapes.arrow(kind, "#000000", 0.0) for kind in ("up", "down", "level")}) == 3


def test_a_cell_not_decided_yet_is_marked_on_every_page_that_it_is_on():
    source, _ = drawn(Cell((Words("TBC"),), undecided=True), Cell((Words("Done"),)), Cell(undecided=True))
    assert source.count("] 0 d") == 2
    _, data = drawn(Cell((Words("word " * 2000),), undecided=True), Cell())
    pages = [page["/Contents"].get_object().get_data().count(b"] 0 d") for page in PdfReader(BytesIO(data)).pages]
    assert len(pages) > 1
    assert set(pages) == {1}


def test_no_two_shapes_look_alike_without_their_colour():
    paths = {re.sub(r"[\d. ]+ (?:rg|RG)\b", "", chips.shapes.shape(kind, (0, 0, 8), "#000000")) for kind in SHAPES}
    assert len(paths) == len(SHAPES)
