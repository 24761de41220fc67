"""That the validators bite."""

from __future__ import annotations

import pytest

from cypp_desktop.domain.plan import Status
from cypp_desktop.exchange import samples
from cypp_desktop.reports.model import Cell, Column, Heading, Report, StatusBar, Table
from cypp_desktop.reports.pdf import blocks, render
from cypp_desktop.reports.pdf.heard import Heard
from cypp_desktop.reports.tables import board_pack
from tests.reports.pdf import validators
from tests.strategies import plan_of


def test_a_row_too_short_is_noticed(monkeypatch):
    monkeypatch.setattr(Heard, "span", lambda *given: 1)  # as if no cell spanned rows
    rows = ((Cell(rows=2), Cell(), Cell()), (Cell(), Cell()))
    data = render(Report("Short", (Table((Column("First"), Column("Second"), Column("Third")), rows),)))
    assert any("TBL-004" in one for one in validators.failures(data))


def test_a_figure_without_words_is_noticed(monkeypatch):
    monkeypatch.setattr(blocks, "one_line", lambda *given: "")
    bar = StatusBar(((Status(id="s", label="Done"), 1),))
    assert len(validators.failures(render(Report("Figure", (Heading(1, "One", bar=bar),))))) >= 2


@pytest.mark.parametrize("name", samples.names())
def test_outloud_has_not_even_a_warning(name):
    assert not validators.outloud_findings(render(board_pack(plan_of(samples.load(name)))))


@pytest.mark.skipif(not validators.VERAPDF, reason="veraPDF is not installed; no package registry has it")
@pytest.mark.parametrize("name", samples.names())
def test_verapdf_finds_nothing(name):
    assert not validators.verapdf_failures(render(board_pack(plan_of(samples.load(name)))))
