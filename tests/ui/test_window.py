from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from cypp_desktop.document.document import CannotSave, Document
from cypp_desktop.domain.plan import Action, Lead, Measure, Outcome, Section
from cypp_desktop.ui import app, files, settings, theme
from cypp_desktop.ui.models.tree import PLAN, READY, SECTIONS, SETTLE
from tests.ui.finding import outcome

KEY, CTRL, ALT, SHIFT = (
    Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier,
)  # fmt: skip


@pytest.mark.parametrize("name", ["county", "city"])
def test_a_plan_opens_on_its_first_outcome(open_plan, name):
    window = open_plan(name)
    plan = window.bridge.plan
    assert window.bridge.selection == plan.outcomes(plan.priorities[0].id)[0].id
    assert window.windowTitle().startswith(plan.details.title)
    assert window.view.middle is window.page
    assert window.view.line._words.text().startswith("All changes saved")


def test_the_middle_follows_what_is_selected(open_plan):
    window = open_plan("city")
    view, bridge = window.view, window.bridge
    bridge.select(PLAN)
    assert view.middle is view.overview
    bridge.select(SECTIONS)
    assert view.middle is view.sections
    assert not view.inspector.isVisible()
    bridge.select(next(one.id for one in bridge.plan if isinstance(one, Section)))
    assert view.middle is view.sections
    bridge.select(bridge.plan.priorities[1].id)
    assert view.middle is view.page
    assert view.inspector.isVisible()


@pytest.mark.parametrize("last", ["", "larger"])
def test_a_window_fits_on_the_screen_with_its_frame(program, last):
    free = QGuiApplication.primaryScreen().availableGeometry()
    if last:
        window = program.show_start()
        window.resize(4 * free.size())
        window.close()
    window = program.show_start()
    assert window.width() < free.width()
    assert window.height() <= free.height() - theme.grid(4)
    assert free.contains(window.geometry())


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_the_line_at_the_foot_shows_its_words_whole(open_plan, zoom):
    window = open_plan()
    theme.choose_zoom(zoom)
    QApplication.processEvents()
    line = window.view.line
    words = line._words
    assert words.height() >= words.sizeHint().height()
    assert line.rect().contains(words.geometry())


def test_a_click_on_the_current_row_of_the_tree_turns_to_its_page(open_plan, qtbot):
    window = open_plan()
    bridge, page, tree = window.bridge, window.page, window.view.tree.view
    bridge.select(bridge.plan.priorities[0].id)
    page.table.setFocus()
    page.table.go(page.table.cell_index(0, page.table.page.column_of("outcome")))
    first = outcome(bridge.plan, "1.1")
    assert (bridge.selection, page.top) == (first.id, bridge.plan.priorities[0].id)
    row = tree.visualRect(window.view.tree.model.index_of(first.id))
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert page.top == first.id


@pytest.mark.parametrize("kind", [Outcome, Measure, Action])
def test_what_was_searched_stays_selected(open_plan, kind):
    window = open_plan()
    bridge = window.bridge
    found = [one for one in bridge.plan if isinstance(one, kind)][-1]
    window.view.search.jumped.emit(found.id)
    QApplication.processEvents()
    assert bridge.selection == found.id
    focus = QApplication.focusWidget()
    places = {Outcome: window.view.tree.view, Measure: window.page.measures.table, Action: window.page.table}
    assert focus is places[kind]


def test_a_lead_stands_beside_the_page_that_the_tree_goes_on_to_mark(open_plan):
    window = open_plan()
    bridge, tree = window.bridge, window.view.tree
    for selected in (outcome(bridge.plan, "1.5").id, PLAN):
        bridge.select(selected)
        bridge.select(bridge.plan.of(Lead)[0].id)
        assert tree.model.id_of(tree.view.currentIndex()) == selected
    bridge.select(outcome(bridge.plan, "1.5").id)
    bridge.select(bridge.plan.root)
    assert tree.model.id_of(tree.view.currentIndex()) == PLAN


def test_search_lists_and_jumps(open_plan, qtbot):
    window = open_plan()
    search = window.view.search
    window.commands.actions["find"].trigger()
    assert search.hasFocus()
    qtbot.keyClicks(search, "early help unit")
    hits = search.hits
    assert hits.isVisible()
    assert hits.view.model().rowCount() == 1
    qtbot.keyClick(search, KEY.Key_Return)
    assert window.bridge.plan.reference(window.bridge.plan[window.bridge.selection]) == "1.5.1"
    assert not hits.isVisible()


def test_search_walks_with_arrows_and_goes_away_with_escape(open_plan, qtbot):
    window = open_plan()
    search = window.view.search
    search.setFocus()
    qtbot.keyClicks(search, "health")
    assert search.hits.view.currentIndex().row() == 0
    qtbot.keyClick(search, KEY.Key_Down)
    assert search.hits.view.currentIndex().row() == 1
    qtbot.keyClick(search, KEY.Key_Escape)
    assert not search.hits.isVisible()
    assert search.text() == ""
    qtbot.keyClicks(search, "zzzz")
    assert "Nothing found" in search.hits._line.text()


def test_a_failed_save_is_said_and_can_be_saved_elsewhere(open_plan, program, tmp_path, monkeypatch):
    window = open_plan()
    bridge, line = window.bridge, window.view.line

    def full(step):
        raise CannotSave("This was not saved: the disk is full. Nothing you typed is lost.")

    monkeypatch.setattr(bridge.document, "commit", full)
    window.view.tree.move_selected(1)
    assert line._words.text().startswith("This was not saved")
    assert line._elsewhere.isVisible()
    target = tmp_path / "elsewhere.cypp"
    monkeypatch.setattr(files, "ask_save", lambda *_: target)
    line._elsewhere.click()
    (now,) = program.windows  # one goes on in the copy
    assert now.bridge.document.path == target
    assert "You are working on “elsewhere.cypp”" in now.view.banners.news._words.text()
    now.view.tree.move_selected(1)
    assert now.view.line._words.text().startswith("All changes saved")
    assert not now.view.line._elsewhere.isVisible()


def test_a_plan_that_somebody_has_open_can_only_be_read(open_plan, program, tmp_path, monkeypatch):
    first = open_plan()
    path = first.bridge.document.path
    monkeypatch.setattr(app, "_same", lambda *_: False)  # as another program would
    second = program.open(path)
    assert not second.bridge.editable
    assert second.view.banners.standing.isVisible()
    assert "Tess" in second.view.banners.standing._words.text()
    assert second.view.line._words.text() == "Read only"
    assert not second.commands.actions["add action"].isEnabled()
    assert second.commands.actions["save copy"].isEnabled()


def test_a_plan_is_opened_once(open_plan, program):
    window = open_plan()
    assert program.open(window.bridge.document.path) is window
    assert len(program.windows) == 1


def test_closing_keeps_what_is_being_typed(open_plan, program, qtbot):
    window = open_plan()
    bridge = window.bridge
    path, one = bridge.document.path, bridge.selection
    window.view.inspector.focus_first()
    qtbot.keyClicks(QApplication.focusWidget(), "x")
    assert bridge.plan[one].ref == "1.1"
    window.close()
    document = Document.open(path, "Tess")
    assert document.plan[one].ref != "1.1"
    document.close()


def test_closing_the_last_plan_shows_the_start_screen_with_it(open_plan, program):
    window = open_plan()
    window.commands.actions["close"].trigger()
    assert [one.start is not None for one in program.windows] == [True]
    assert settings.recent()[0].title == "Children, Young People and Families Plan 2016-2018"
    assert [count[-1] for count in settings.recent()[0].counts] == [14, 24, 5, 0, 0]


def test_save_keeps_a_copy_only_elsewhere(open_plan, tmp_path, monkeypatch):
    window = open_plan()
    same = window.bridge.document.path
    monkeypatch.setattr(files, "ask_save", lambda *_: same)
    window.commands.actions["save copy"].trigger()
    assert "another name" in window.view.banners.news._words.text()


def test_all_that_can_have_the_keyboard_has_a_name(open_plan):
    window = open_plan()
    for widget in (window.view.tree.view, window.view.search):
        assert widget.accessibleName()


def test_what_is_left_to_do_stays_at_the_foot_of_the_tree(open_plan, qtbot):
    window = open_plan()
    bridge, tree = window.bridge, window.view.tree
    shown = [tree.model.index(row, 0).data() for row in range(tree.model.rowCount())]
    pinned = [one for row, one in enumerate(shown) if not tree.foot.isRowHidden(row, QModelIndex())]
    assert pinned == ["To settle", "Ready for the board?"]
    assert all(tree.view.isRowHidden(shown.index(one), QModelIndex()) for one in pinned)
    window.resize(window.width(), 320)
    QApplication.processEvents()
    assert tree.foot.visualRect(tree.model.index_of(READY)).bottom() <= tree.foot.height()
    assert tree.rect().contains(tree.foot.geometry())
    tree.view.setFocus()
    last = bridge.plan.outcomes(bridge.plan.priorities[-1].id)[-1].id
    bridge.select(last)
    qtbot.keyClick(tree.view, KEY.Key_Down)
    assert (bridge.selection, tree.foot.hasFocus()) == (SETTLE, True)
    qtbot.keyClick(tree.foot, KEY.Key_Up)
    assert (bridge.selection, tree.view.hasFocus()) == (last, True)


def test_the_last_action_of_a_page_is_seen_whole_when_it_is_selected(open_plan, qtbot):
    window = open_plan()
    plan, table = window.bridge.plan, window.page.table
    window.bridge.select(outcome(plan, "1.5").id)
    qtbot.wait(50)
    window.bridge.select(plan.actions(outcome(plan, "1.5").id)[-1].id)
    assert table.verticalScrollBar().maximum() > 0
    assert table.visualRect(table.currentIndex()).bottom() <= table.viewport().height()
