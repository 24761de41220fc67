"""A year in the window: what is to be looked at, and reporting periods that start and close."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cypp_desktop.domain.change import edit
from cypp_desktop.domain.plan import Action, Outcome, update_field
from cypp_desktop.exchange import samples
from cypp_desktop.ui import app, settings
from cypp_desktop.ui.app import Program
from cypp_desktop.ui.banner import Banner
from cypp_desktop.ui.dialogs.period import PeriodDialog
from cypp_desktop.ui.models.tree import NUMBER, PLAN, READY


@pytest.fixture
def window(qapp, tmp_path, qtbot):
    settings._store().clear()
    settings.write(author="Tess")
    app.make_app()
    program = Program(qapp)
    made = program.make(tmp_path / "county.cypp", samples.load("county"))
    made.resize(1440, 900)
    with qtbot.waitActive(made):
        made.activateWindow()
    yield made
    for one in list(program.windows):
        one.close()
    settings._store().clear()


def test_what_is_to_be_looked_at_is_counted_shown_and_put_right(window, qtbot):
    view, bridge = window.view, window.bridge
    view.readiness.finish()
    foot = view.tree.model.index_of(READY)
    assert foot.data(NUMBER) == len(view.readiness.findings) > 0
    bridge.select(PLAN)
    banner = view.overview.findChild(Banner)
    assert "things to look at before the board pack is ready" in banner.accessibleName()
    banner.acted.emit()
    assert view.middle is view.ready
    assert not view.inspector.isVisible()
    action = next(one for one in bridge.plan if isinstance(one, Action))
    view.ready.wanted.emit(action.id, "leads")
    assert bridge.selection == action.id
    assert view.middle is view.page
    leads = next(one for one in view.inspector._form.fields if one.cell == "leads")
    qtbot.waitUntil(lambda: leads.isAncestorOf(QApplication.focusWidget()))


def test_a_period_is_started_and_closed_with_undo(window, monkeypatch):
    bridge, before = window.bridge, window.bridge.plan
    monkeypatch.setattr(PeriodDialog, "exec", lambda dialog: dialog.name.setText("Year end") or True)
    window.commands.actions["start period"].trigger()
    assert bridge.period.name == bridge.plan.current_period.name == "Year end"
    window.commands.actions["close period"].trigger()
    assert bridge.period.closed
    window.view._banner.acted.emit()
    assert not bridge.period.closed
    window.commands.actions["undo"].trigger()
    assert bridge.plan == before
    assert bridge.period == before.current_period


def test_last_periods_status_stands_under_this_ones(window, monkeypatch):
    bridge, table = window.bridge, window.page.table
    bridge.select(next(one.id for one in bridge.plan if isinstance(one, Outcome) and one.ref == "1.5"))
    column = table.page.column_of("status")
    was = table.page.cell(0, column).status
    assert table.page.cell(0, column).last is None
    monkeypatch.setattr(PeriodDialog, "exec", lambda dialog: dialog.name.setText("Year end") or True)
    window.commands.actions["start period"].trigger()
    cell = table.page.cell(0, column)
    assert (cell.status, cell.last) == (None, was)
    said = table.page.data(table.page.index(0, column), Qt.ItemDataRole.AccessibleTextRole)
    assert said == f"{table.page.columns[column].heading}: empty, last period {was.label}"
    action = table.page.action(0)
    bridge.commit(edit(bridge.plan, action.id, {update_field("status", bridge.period.id): bridge.plan.statuses[2].id}))
    QApplication.processEvents()
    assert table.page.cell(0, column).last == was
    bridge.look_at(bridge.plan.periods[0].id)
    assert table.page.cell(0, column).last is None
    assert table.page.editor(0, column) == ""
