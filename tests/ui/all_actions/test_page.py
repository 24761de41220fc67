from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QInputDialog, QStyleOptionComboBox

from cypp_desktop.domain import folding, views
from cypp_desktop.domain.plan import Action, View
from cypp_desktop.exchange import samples
from cypp_desktop.ui import app, settings
from cypp_desktop.ui.all_actions.bulk import BulkDialog
from cypp_desktop.ui.app import Program
from cypp_desktop.ui.models.tree import ACTIONS

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qapp, tmp_path, qtbot):
    settings._store().clear()
    app.make_app()
    program = Program(qapp)
    made = program.make(tmp_path / "county.cypp", samples.load("county"))
    made.resize(1440, 900)
    with qtbot.waitActive(made):
        made.activateWindow()
    made.commands.actions["all actions"].trigger()
    QApplication.processEvents()
    yield made
    for one in list(program.windows):
        one.close()
    settings._store().clear()


@pytest.fixture
def page(window):
    return window.view.all_actions


def choose(page, key, value):
    chooser = page.filters.chooser(key)
    place = next(n for n in range(chooser.count()) if tuple(chooser.itemData(n)) == (value,))
    chooser.setCurrentIndex(place)
    chooser.activated.emit(place)


def test_the_details_follow_the_table_and_the_page_stays(window, page, qtbot):
    assert window.view.middle is page
    page.table.setFocus()
    page.table.go(page.table.page.index(5, 1))
    action = page.table.page.action(5)
    assert window.bridge.selection == action.id
    assert window.view.middle is page
    assert window.view.tree.model.id_of(window.view.tree.view.currentIndex()) == ACTIONS
    qtbot.waitUntil(lambda: window.view.inspector._record == action.id)
    window.bridge.select(action.id, again=True)
    assert window.view.middle is window.page


def test_the_filters_stand_in_one_line_and_their_lists_are_whole(page, qtbot):
    choosers = list(page.filters._choosers.values())
    assert {one.geometry().center().y() for one in choosers} == {page.filters.words.geometry().center().y()}
    status = page.filters.chooser("status")
    status.showPopup()
    view = status.view()
    qtbot.waitUntil(view.isVisible)
    last = view.visualRect(status.model().index(status.count() - 1, 0))
    assert view.viewport().rect().contains(last)
    assert view.viewport().width() >= view.sizeHintForColumn(0) > status.width()
    status.hidePopup()
    choose(page, "status", page._bridge.plan.statuses[2].id)
    option = QStyleOptionComboBox()
    status.initStyleOption(option)
    assert option.currentText.endswith("…")
    assert "Status: Happening but behind schedule" in status.toolTip()


def test_texts_are_read_before_words_are_looked_for(page, qtbot, monkeypatch):
    qtbot.waitUntil(lambda: not page._reading.isActive())
    read = []
    monkeypatch.setattr(views, "fold", lambda words: read.append(words) or folding.fold(words))
    page.filters.words.setText("mash")
    page.filters._take_words()
    assert page.table.page.found > 0
    assert not any("\n" in words for words in read)  # no text of an action


def test_what_is_asked_for(page, qtbot):
    plan = page._bridge.plan
    choose(page, "status", plan.statuses[2].id)
    late = page.table.page.found
    assert 0 < late < 43
    assert page._said.text() == f"{late} key actions. Select some to change them."
    qtbot.keyClicks(page.filters.words, "mash")
    qtbot.keyClick(page.filters.words, KEY.Key_Return)
    assert page.table.page.found == 1
    qtbot.keyClicks(page.filters.words, " nothing")
    qtbot.keyClick(page.filters.words, KEY.Key_Return)
    assert page.card.empty
    page._empty.acted.emit()
    assert page.table.page.found == 43
    assert page.filters.words.text() == ""
    choose(page, "group", "priority")
    assert page.table.page.headings[0][0].startswith("1 ")
    page.table.edit_cell(page.table.page.index(0, 0))
    assert len(page.table.chosen) == page.table.page.headings[0][1]


def test_many_are_changed_as_one_step(window, page, monkeypatch):
    bridge = page._bridge
    before = bridge.plan
    choose(page, "status", before.statuses[2].id)
    ids = page.table.listed

    def answer(dialog):
        assert not dialog.keep.isEnabled()
        dialog.how.setCurrentIndex(2)
        assert not dialog.keep.isEnabled()
        dialog.leads.setText("New Person; Devon Allen")
        dialog.due_how.setCurrentIndex(1)
        dialog.due.setText("March 2017")
        dialog.status.setCurrentIndex(dialog.status.findData(before.statuses[1].id))
        assert dialog.keep.isEnabled()
        return True

    monkeypatch.setattr(BulkDialog, "exec", answer)
    page.all.click()
    for one in ids:
        action = bridge.plan[one]
        assert {"New Person", "Devon Allen"} <= set(bridge.plan.lead_names(action))
        assert (action.due, action.due_date) == ("March 2017", "2017-03-31")
        assert bridge.plan.status(action) == before.statuses[1]
    assert sum(lead.name == "New Person" for lead in bridge.plan.leads) == 1
    assert page.table.page.found == 0
    window.commands.actions["undo"].trigger()
    assert bridge.plan == before


def test_some_are_archived_and_brought_back(window, page, monkeypatch):
    bridge = page._bridge
    page.table.setFocus()
    page.table.go(page.table.page.index(0, 1))
    monkeypatch.setattr(BulkDialog, "exec", lambda dialog: dialog.archive.setCurrentIndex(1) or True)
    QApplication.processEvents()
    page.some.click()
    (gone,) = [one for one in bridge.plan if isinstance(one, Action) and one.archived]
    assert gone.archived == bridge.plan.details.years
    assert page.table.page.found == 42
    window.commands.actions["archive"].trigger()
    assert page.table.listed == [gone.id]
    assert page._title.text() == "Archived actions"
    monkeypatch.setattr(BulkDialog, "exec", lambda dialog: dialog.archive.setCurrentIndex(2) or True)
    page.table.selectAll()
    QApplication.processEvents()
    page.some.click()
    assert bridge.plan[gone.id].archived == ""
    QApplication.processEvents()
    assert page.card.empty


def test_a_filter_is_saved_changed_and_deleted(page, monkeypatch):
    bridge = page._bridge
    choose(page, "due", "overdue")
    monkeypatch.setattr(QInputDialog, "getText", lambda *_args, **_more: ("  Late  ones ", True))
    entries = {one.text(): one for one in page.saved_menu().actions()}
    entries["Save this filter as…"].trigger()
    (view,) = bridge.plan.of(View)
    assert (view.name, view.filters) == ("Late ones", ("due=overdue",))
    assert page._title.text() == "Late ones"
    choose(page, "sort", "due")
    entries = {one.text(): one for one in page.saved_menu().actions()}
    entries["Save the changes to “Late ones”"].trigger()
    assert bridge.plan[view.id].sort == "due"
    page.ask(View(id=""))
    entries = {one.text(): one for one in page.saved_menu().actions()}
    entries["Late ones"].trigger()
    assert page.filters.view == bridge.plan[view.id]
    {one.text(): one for one in page.saved_menu().actions()}["Delete “Late ones”"].trigger()
    assert not bridge.plan.of(View)
    assert page.table.page.found == 43


def test_a_saved_filter_may_ask_for_several_and_for_what_is_gone(page):
    leads = page._bridge.plan.leads
    page.ask(View(id="x", filters=(f"lead={leads[0].id}", f"lead={leads[1].id}", "status=gone")))
    assert page.filters.chooser("lead").currentText() == f"{leads[0].name}, {leads[1].name}"
    assert page.filters.chooser("status").currentText() == "what is no longer there"
    assert page.table.page.found == 0


def test_a_status_by_its_number_and_a_deletion(page, qtbot):
    bridge = page._bridge
    page.table.setFocus()
    page.table.go(page.table.page.index(0, 1))
    qtbot.keyClick(page.table, KEY.Key_3, CTRL)
    assert bridge.plan.status(page.table.page.action(0)) == bridge.plan.statuses[2]
    page.table.go(page.table.page.index(0, 0))
    qtbot.keyClick(page.table, KEY.Key_Delete)
    assert page.table.page.found == 42
    assert ACTIONS in (bridge.within, bridge.selection)
    assert not page.table.menu().isEmpty()


def test_commands_are_not_for_a_page_that_is_not_seen(window, page):
    before = page._bridge.plan
    assert page._bridge.selection == ACTIONS
    for action in (window.commands._statuses[2], window.commands.actions["copy note"]):
        action.trigger()
    assert page._bridge.plan == before
