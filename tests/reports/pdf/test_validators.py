"""That the validators bite, and where one of them is mistaken."""

from __future__ import annotations

import pytest

from cypp_desktop.domain.plan import Status
from cypp_desktop.exchange import samples
from cypp_desktop.reports.model import Cell, Column, Heading, Report, StatusBar, Table, Words
from cypp_desktop.reports.pdf import blocks, render
from cypp_desktop.reports.tables import board_pack
from tests.reports.pdf import reading, validators
from tests.strategies import plan_of


def word(text, rows=1):
    return Cell((Words(text),), rows=rows)


COLUMNS = (Column("First"), Column("Second"), Column("Third"))
LAST_SPANS = Table(COLUMNS, ((word("a"), word("b"), word("c", rows=2)), (word("d"), word("e"))))
FIRST_SPANS = Table(COLUMNS, ((word("a", rows=2), word("b"), word("c")), (word("d"), word("e"))))


def test_outloud_miscounts_a_cell_from_above_that_ends_a_row():
    """The same table but for the place of its spanning cell: when outloud has learnt to count, our count can go."""
    assert not validators.outloud_errors(render(Report("First", (FIRST_SPANS,))))
    [error] = validators.outloud_errors(render(Report("Last", (LAST_SPANS,))))
    assert error.startswith("TBL-004: rows occupy different numbers of columns (2 to 3)")
    assert not validators.failures(render(Report("Last", (LAST_SPANS,))))


@pytest.mark.parametrize("table", [LAST_SPANS, FIRST_SPANS])
def test_every_place_of_a_table_is_covered_once(table):
    [found] = reading.structure(render(Report("Grid", (table,)))).all("TBody")
    assert reading.covered(found) == {(row, column): 1 for row in range(2) for column in range(3)}


def test_a_row_too_short_is_noticed(monkeypatch):
    monkeypatch.setattr(validators.tables, "_int", lambda value, default=1: default)  # as if no span were written
    assert any("TBL-004" in one for one in validators.failures(render(Report("Last", (LAST_SPANS,)))))


def test_a_figure_without_words_is_noticed(monkeypatch):
    monkeypatch.setattr(blocks, "one_line", lambda *given: "")
    bar = StatusBar(((Status(id="s", label="Done"), 1),))
    assert len(validators.failures(render(Report("Figure", (Heading(1, "One", bar=bar),))))) >= 2


@pytest.mark.skipif(not validators.VERAPDF, reason="veraPDF is not installed; no package registry has it")
@pytest.mark.parametrize("name", samples.names())
def test_verapdf_finds_nothing(name):
    assert not validators.verapdf_failures(render(board_pack(plan_of(samples.load(name)))))
