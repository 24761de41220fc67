"""A year in the window: what is to be looked at, and reporting periods that start and close."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from cypp_desktop.domain.change import edit, edit_all
from cypp_desktop.domain.periods import start_period
from cypp_desktop.domain.plan import Action, Outcome, update_field
from cypp_desktop.exchange import samples
from cypp_desktop.ui import app, settings
from cypp_desktop.ui.all_actions.bulk import BulkDialog
from cypp_desktop.ui.app import Program
from cypp_desktop.ui.banner import Banner
from cypp_desktop.ui.dialogs.period import PeriodDialog
from cypp_desktop.ui.dialogs.refresh import RefreshDialog
from cypp_desktop.ui.models.tree import ACTIONS, LEADS, NUMBER, PLAN, READY


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
    window.view.banners.news.acted.emit()
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


def action_of(window, ref):
    plan = window.bridge.plan
    return next(one for one in plan if isinstance(one, Action) and plan.reference(one) == ref)


def start_next(window, monkeypatch):
    monkeypatch.setattr(PeriodDialog, "exec", lambda dialog: dialog.name.setText("Year end") or True)
    window.commands.actions["start period"].trigger()


def test_a_worse_status_is_asked_why_wherever_it_was_set(window, monkeypatch, qtbot):
    view, bridge = window.view, window.bridge
    start_next(window, monkeypatch)
    one, two = action_of(window, "1.5.1"), action_of(window, "1.5.4")
    field, late = update_field("status", bridge.period.id), bridge.plan.statuses[3].id
    bridge.select(one.id)
    view.page.table.setFocus()
    view.page.table.show_action(one.id)
    view.page.table.set_status(3)
    assert view.banners.reasons.isVisible()
    assert view.banners.reasons._question.text() == "Why is Key action 1.5.1 worse than in “Mid-year review 2016-17”?"
    window.commands.actions["say why"].trigger()
    qtbot.keyClicks(view.banners.reasons.reason, "Two posts are empty")
    qtbot.keyClick(view.banners.reasons.reason, Qt.Key.Key_Return)
    assert bridge.plan[one.id].update(bridge.period.id).reason == "Two posts are empty"
    assert not view.banners.reasons.isVisible()
    assert view.page.table.hasFocus()
    bridge.commit(edit_all(bridge.plan, [one.id, two.id], {field: late}, "late"))
    assert "Key action 1.5.4" in view.banners.reasons._question.text()
    bridge.undo()
    assert not view.banners.reasons.isVisible()
    bridge.redo()
    bridge.commit(edit(bridge.plan, two.id, {field: bridge.plan.statuses[4].id}))
    bridge.commit(edit(bridge.plan, two.id, {field: late}))
    view.banners.reasons.reason.setText("No money")
    view.commit_editors()
    assert bridge.plan[two.id].update(bridge.period.id).reason == "No money"


def test_looking_back_is_said_over_every_page_and_leads_to_now(window, monkeypatch):
    view, bridge = window.view, window.bridge
    start_next(window, monkeypatch)
    assert not view.banners.earlier.isVisible()
    bridge.look_at(bridge.plan.periods[0].id)
    for page in (PLAN, ACTIONS, LEADS, bridge.plan.priorities[0].id):
        bridge.select(page)
        assert view.banners.earlier.isVisible()
    assert "Mid-year review 2016-17" in view.banners.earlier.accessibleName()
    assert view.line._period.text().startswith("Looking back: ")
    assert not view.page.closed.isVisible()
    view.banners.earlier.acted.emit()
    assert bridge.period == bridge.plan.current_period
    assert not view.banners.earlier.isVisible()


def test_undo_of_a_new_period_has_the_counts_of_the_last_one_again(window, monkeypatch):
    view, bridge = window.view, window.bridge
    before = dict(view.tree.model.counts.of(bridge.plan.root))
    bridge.commit(start_period(bridge.plan, "Year end"))
    assert dict(view.tree.model.counts.of(bridge.plan.root)) == {"": 43}
    window.commands.actions["undo"].trigger()
    assert dict(view.tree.model.counts.of(bridge.plan.root)) == before


def test_last_notes_are_copied_for_one_or_for_all(window, monkeypatch):
    view, bridge = window.view, window.bridge
    start_next(window, monkeypatch)
    period, one = bridge.period.id, action_of(window, "1.5.1")
    bridge.select(one.id)
    view.page.table.show_action(one.id)
    window.commands.actions["copy note"].trigger()
    noted = [action for action in bridge.plan if isinstance(action, Action) and action.update(period).note]
    assert noted == [bridge.plan[one.id]]
    window.commands.actions["copy notes"].trigger()
    noted = [action for action in bridge.plan if isinstance(action, Action) and action.update(period).note]
    assert len(noted) > 30
    window.commands.actions["copy notes"].trigger()
    assert "Nothing to copy" in view.banners.news.accessibleName()


def test_a_closed_period_is_reopened(window):
    bridge, page = window.bridge, window.page
    window.commands.actions["close period"].trigger()
    assert page.closed.isVisible()
    page.closed.acted.emit()
    assert not bridge.period.closed
    window.commands.actions["close period"].trigger()
    window.commands.actions["reopen period"].trigger()
    assert not bridge.period.closed


def test_a_year_is_refreshed_and_its_archive_shown(window, monkeypatch):
    view, bridge = window.view, window.bridge
    before = bridge.plan
    monkeypatch.setattr(RefreshDialog, "exec", lambda dialog: dialog.period.setText("Quarter 1") or True)
    window.commands.actions["refresh"].trigger()
    assert bridge.period.name == "Quarter 1"
    assert view.banners.news.accessibleName() == "The plan is refreshed for 2017-2018: 14 archived, 29 carried forward."
    assert view.line._actions.text() == "29 key actions"
    window.commands.actions["archive"].trigger()
    assert view.middle is view.all_actions
    assert view.all_actions.table.page.found == 14
    view.banners.news.acted.emit()
    assert bridge.plan == before


def test_an_archived_action_is_read_only_until_it_is_brought_back(window, monkeypatch):
    view, bridge, one = window.view, window.bridge, action_of(window, "1.5.1")
    bridge.select(one.id)
    view.page.table.show_action(one.id)
    view.page.table.archive_marked()
    assert bridge.plan[one.id].archived == "2016-2017"
    assert view.page.table.page.row_of(one.id) < 0
    view.jump(one.id)
    assert view.middle is view.all_actions
    assert view.all_actions.table.page.found == 1
    bridge.select(one.id, within=ACTIONS)
    view.inspector.look_at(one.id)
    assert "is archived" in view.inspector._reason.text()
    fields = {field.cell: field for field in view.inspector._form.fields}
    assert fields["archived"]._button.isEnabled()
    assert not fields["due"]._calendar.isVisible()
    fields["archived"]._button.click()
    assert bridge.plan[one.id].archived == ""
    view.jump(one.id)
    assert view.middle is view.page


def test_the_plan_is_agreed_and_closed(window):
    menu = next(one for one in window.findChildren(QMenu) if one.title() == "The plan &is")
    menu.aboutToShow.emit()
    assert [one.isChecked() for one in menu.actions()] == [False, True, False]
    menu.actions()[2].trigger()
    assert window.bridge.plan.details.state == "closed"
    menu.aboutToShow.emit()
    assert [one.isChecked() for one in menu.actions()] == [False, False, True]


def test_a_strategic_lead_stands_on_the_page_of_its_priority(window):
    bridge, page = window.bridge, window.page
    top = bridge.plan.priorities[0]
    bridge.commit(edit(bridge.plan, top.id, {"leads": (bridge.plan.leads[0].id,)}))
    bridge.select(top.id)
    assert "Strategic lead Steve Edwards" in page.heading.facts.accessibleName()


def test_the_last_note_is_taken_as_a_start_in_the_details(window, monkeypatch):
    view, bridge = window.view, window.bridge
    start_next(window, monkeypatch)
    one = action_of(window, "1.5.1")
    view.inspector.look_at(one.id)
    last = next(field for field in view.inspector._form.fields if hasattr(field, "_copy"))
    assert last._copy.isVisibleTo(view.inspector)
    last._copy.click()
    assert bridge.plan[one.id].update(bridge.period.id).note.startswith("Completed – The MASH")
    assert not last._copy.isVisibleTo(view.inspector)


def test_a_period_does_not_take_the_name_of_another(window, monkeypatch):
    view, bridge = window.view, window.bridge
    start_next(window, monkeypatch)
    view.inspector.look_at(bridge.period.id)
    name = view.inspector._form.fields[0]
    name.type_in("mid-year REVIEW 2016-17")
    name.save()
    assert bridge.period.name == "Year end"
    assert "already" in view.banners.news.accessibleName()
    name.type_in("Year end 2017")
    name.save()
    assert bridge.period.name == "Year end 2017"


def test_marked_actions_of_a_page_are_changed_at_once(window, monkeypatch):
    bridge, table = window.bridge, window.page.table
    bridge.select(next(one.id for one in bridge.plan if isinstance(one, Outcome) and one.ref == "1.5"))
    table.setFocus()
    table.selectAll()
    monkeypatch.setattr(BulkDialog, "exec", lambda dialog: dialog.status.setCurrentIndex(1) or True)
    entry = next(one for one in table.menu().actions() if one.text() == "Change 7 key actions…")
    entry.trigger()
    assert +window.page.table.page.counts == {bridge.plan.statuses[0].id: 7}
