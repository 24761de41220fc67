from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from cypp_desktop.document.document import CannotSave, Document
from cypp_desktop.domain.change import delete, edit
from cypp_desktop.domain.plan import Action, Lead, Measure, Outcome, Section
from cypp_desktop.exchange import samples
from cypp_desktop.ui import app, files, operations, settings, theme
from cypp_desktop.ui.app import Program
from cypp_desktop.ui.models.tree import ACTIONS, LEADS, PLAN, READY, SECTIONS, SETTLE
from cypp_desktop.ui.panes import INSPECTOR, TREE
from cypp_desktop.ui.richtext.editor import RichEditor

KEY, CTRL, ALT, SHIFT = (
    Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier,
)  # fmt: skip


@pytest.fixture
def program(qapp):
    settings._store().clear()
    settings.write(author="Tess")
    app.make_app()
    theme.choose_scheme("light")
    program = Program(qapp)
    yield program
    for window in list(program.windows):
        window.close()
    theme.choose_zoom(1)


@pytest.fixture
def open_plan(program, tmp_path, qtbot):
    def open_(name="county"):
        window = program.make(tmp_path / f"{name}.cypp", samples.load(name))
        window.resize(1440, 900)
        with qtbot.waitActive(window):
            window.activateWindow()
        qtbot.waitExposed(window)
        return window

    return open_


def outcome(plan, reference):
    return next(one for one in plan if isinstance(one, Outcome) and one.ref == reference)


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


@pytest.mark.parametrize("place", [PLAN, SECTIONS, "priority", "action"])
def test_tab_goes_from_the_tree_through_the_middle_and_the_details(open_plan, qtbot, place):
    window = open_plan("city")
    view, bridge = window.view, window.bridge
    bridge.select(next((one.id for one in bridge.plan if one.kind == place), place))
    QApplication.processEvents()
    view.inspector.look_at(bridge.selection)
    view.tree.setFocus()
    walk = []
    for _ in range(200):
        qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Tab)
        focus = QApplication.focusWidget()
        parts = {"middle": view.middle, "details": view.inspector, "tree": view.tree}
        here = next((name for name, part in parts.items() if part.isAncestorOf(focus)), "tools")
        assert focus not in (view.inspector, view.middle)
        if here == "tree":
            break
        if walk[-1:] != [here]:
            walk.append(here)
        if focus is window.page.table:
            window.page.fold.setFocus()
            view.inspector.look_at(bridge.selection)  # it follows what the table selects a moment later
    assert walk == (["middle", "tools"] if place in (PLAN, SECTIONS) else ["middle", "details", "tools"])


def test_left_in_the_tree_goes_to_the_priority_at_once_and_then_closes_it(open_plan, qtbot):
    window = open_plan()
    tree, model, plan = window.view.tree.view, window.view.tree.model, window.bridge.plan
    priority = plan.priorities[0]
    window.bridge.select(plan.outcomes(priority.id)[0].id)
    tree.setFocus()
    qtbot.keyClick(tree, KEY.Key_Left)
    assert window.bridge.selection == priority.id
    assert tree.isExpanded(model.index_of(priority.id))
    qtbot.keyClick(tree, KEY.Key_Left)
    assert not tree.isExpanded(model.index_of(priority.id))


def test_arrow_keys_in_the_tree_turn_the_page(open_plan, qtbot):
    window = open_plan()
    tree = window.view.tree.view
    tree.setFocus()
    first = window.bridge.selection
    qtbot.keyClick(tree, KEY.Key_Down)
    assert window.bridge.selection != first
    assert window.bridge.plan[window.bridge.selection].ref == "1.2"
    qtbot.keyClick(tree, KEY.Key_Up)
    assert window.bridge.selection == first


def test_rename_move_delete_and_undo_with_keys(open_plan, qtbot):
    window = open_plan()
    bridge, tree = window.bridge, window.view.tree.view
    tree.setFocus()
    start = bridge.plan
    one = bridge.selection
    window.commands.actions["rename"].trigger()
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.selectAll()
    qtbot.keyClicks(field, "Better services")
    qtbot.keyClick(field, KEY.Key_Return)
    qtbot.waitUntil(lambda: bridge.plan[one].title == "Better services")
    window.commands.actions["move down"].trigger()
    assert [x.id for x in bridge.plan.outcomes(bridge.plan[one].parent)][1] == one
    window.commands.actions["delete"].trigger()
    assert one not in bridge.plan
    assert "deletion of key activity" in window.commands.actions["undo"].text()
    for _ in range(3):
        window.commands.actions["undo"].trigger()
    assert bridge.plan == start
    assert not window.commands.actions["undo"].isEnabled()
    assert window.commands.actions["undo"].toolTip().startswith("There is nothing to undo")


def test_move_in_and_out_nests_an_outcome(open_plan):
    window = open_plan()
    bridge = window.bridge
    one, two = bridge.plan.outcomes(bridge.plan.priorities[0].id)[:2]
    bridge.select(two.id)
    window.commands.actions["move in"].trigger()
    assert bridge.plan[two.id].parent == one.id
    window.commands.actions["move out"].trigger()
    assert bridge.plan[two.id].parent == one.parent


def test_moving_beyond_the_last_goes_to_the_next_priority(open_plan):
    window = open_plan()
    bridge = window.bridge
    first, second = bridge.plan.priorities[:2]
    last = bridge.plan.outcomes(first.id)[-1]
    bridge.select(last.id)
    window.view.tree.move_selected(1)
    assert bridge.plan.outcomes(second.id)[0].id == last.id
    window.view.tree.move_selected(-1)
    assert bridge.plan.outcomes(first.id)[-1].id == last.id
    top = bridge.plan.priorities[0]
    bridge.select(top.id)
    window.view.tree.move_selected(-1)
    assert bridge.plan.priorities[0] == top


def test_a_new_priority_and_outcome_are_titled_at_once(open_plan, qtbot):
    window = open_plan()
    bridge = window.bridge
    for command, title in (("add priority", "A fifth"), ("add outcome", "Its first")):
        window.commands.actions[command].trigger()
        field = QApplication.focusWidget()
        qtbot.keyClicks(field, title)
        qtbot.keyClick(field, KEY.Key_Return)
        qtbot.waitUntil(lambda said=title: bridge.plan[bridge.selection].title == said)
    assert bridge.plan[bridge.plan[bridge.selection].parent].title == "A fifth"


@pytest.mark.parametrize("mods", [CTRL, CTRL | SHIFT])
def test_redo_has_both_keys_that_people_know(open_plan, qtbot, mods):
    window = open_plan()
    window.view.tree.view.setFocus()
    window.view.tree.delete_selected()
    after = window.bridge.plan
    window.bridge.undo()
    assert window.bridge.plan != after
    qtbot.keyClick(window.view.tree.view, KEY.Key_Z if mods & SHIFT else KEY.Key_Y, mods)
    assert window.bridge.plan == after


def test_a_page_in_the_tree_offers_nothing_that_it_cannot_do(open_plan, monkeypatch):
    window = open_plan()
    asked = []
    monkeypatch.setattr(window.commands, "menu", lambda names: asked.append(names) or QMenu(window))
    for selected in (outcome(window.bridge.plan, "1.5").id, PLAN):
        window.bridge.select(selected)
        window.view.tree.menu_wanted.emit(QPoint())
    assert ["delete" in names for names in asked] == [True, False]


def test_shift_f10_opens_the_menu_of_where_the_keyboard_is(open_plan, qtbot, monkeypatch):
    window = open_plan()
    asked = []
    table, tree = window.page.table, window.view.tree

    class Menu(QMenu):
        def exec(self, place):
            asked.append((table, place))

    monkeypatch.setattr(table, "menu", lambda: Menu(table))
    tree.menu_wanted.disconnect()
    tree.menu_wanted.connect(lambda place: asked.append((tree, place)))
    table.go(table.cell_index(0, 1))
    for widget in (table, tree.view):
        widget.setFocus()
        qtbot.waitUntil(widget.hasFocus)
        qtbot.keyClick(widget, KEY.Key_F10, SHIFT)
    assert [widget for widget, _ in asked] == [table, tree]
    for (_, place), view in zip(asked, (table, tree.view), strict=True):
        assert view.visualRect(view.currentIndex()).contains(view.viewport().mapFromGlobal(place))


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


def test_undo_turns_to_what_it_changes_only_where_that_is_out_of_sight(open_plan):
    window = open_plan()
    bridge, page, undo = window.bridge, window.view.page, window.commands.actions["undo"]
    first, second = outcome(bridge.plan, "1.1"), outcome(bridge.plan, "1.5")
    action = bridge.plan.actions(second.id)[0]
    bridge.select(second.id)
    bridge.commit(edit(bridge.plan, action.id, {"text": "Other words"}))
    bridge.select(first.id)
    undo.trigger()
    assert (page.top, bridge.selection) == (second.id, action.id)
    window.commands.actions["redo"].trigger()
    bridge.select(second.id)
    undo.trigger()
    assert bridge.selection == second.id  # in sight: what is selected stays
    window.commands.actions["redo"].trigger()
    bridge.select(PLAN)
    undo.trigger()
    assert bridge.selection == PLAN  # the whole plan is in sight


def test_undoing_a_deletion_or_a_section_turns_to_it(open_plan):
    window = open_plan("city")
    bridge, undo = window.bridge, window.commands.actions["undo"]
    gone = next(one for one in bridge.plan if isinstance(one, Measure))
    section = bridge.plan.of(Section)[0]
    bridge.commit(delete(bridge.plan, [gone.id]))
    bridge.select(section.id)
    undo.trigger()
    assert bridge.selection == gone.id
    bridge.commit(edit(bridge.plan, section.id, {"heading": "Other"}))
    undo.trigger()
    assert bridge.selection == section.id


def test_text_grows_with_the_plus_key_without_shift_too(open_plan, qtbot):
    window = open_plan()
    before = theme.zoom()
    qtbot.keyClick(window.view.tree.view, KEY.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    assert theme.zoom() > before


def test_the_menu_ticks_spelling_while_it_is_on(open_plan):
    window = open_plan()
    menu = next(one.menu() for one in window.menuBar().actions() if one.text() == "&Edit")
    switch = window.commands.actions["toggle spelling"]
    for now in (True, False, True):
        menu.aboutToShow.emit()
        assert switch.isChecked() is now
        switch.trigger()
    switch.trigger()


def test_cut_and_paste_in_the_tree(open_plan):
    window = open_plan()
    bridge, tree = window.bridge, window.view.tree
    one = outcome(bridge.plan, "1.5")
    actions = len(bridge.plan.actions(one.id))
    bridge.select(one.id)
    tree.view.setFocus()
    window.commands.actions["cut"].trigger()
    assert one.id not in bridge.plan
    bridge.select(bridge.plan.priorities[2].id)
    window.commands.actions["paste"].trigger()
    pasted = outcome(bridge.plan, "1.5")
    assert pasted.parent == bridge.plan.priorities[2].id
    assert len(bridge.plan.actions(pasted.id)) == actions


def test_a_status_by_its_number(open_plan):
    window = open_plan()
    bridge = window.bridge
    action = bridge.plan.actions(outcome(bridge.plan, "1.5").id)[1]
    bridge.select(action.id)
    names = [one.text() for one in window.commands._statuses if one.isVisible()]
    assert names == [one.label for one in bridge.plan.statuses]
    window.commands._statuses[3].trigger()
    assert bridge.plan.status(bridge.plan[action.id]) == bridge.plan.statuses[3]


def test_the_menu_speaks_the_words_of_the_plan(open_plan):
    assert open_plan("county").commands.actions["add outcome"].text() == "New key activity"
    assert open_plan("city").commands.actions["add outcome"].text() == "New outcome"


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


def test_f6_walks_the_panes(open_plan):
    window = open_plan()
    view = window.view
    view.tree.view.setFocus()
    seen = []
    for _ in range(3):
        window.commands.actions["next pane"].trigger()
        focus = QApplication.focusWidget()
        seen.append(
            next(n for n, pane in enumerate([view.tree, view.page, view.inspector]) if pane.isAncestorOf(focus))
        )
    assert seen == [1, 2, 0]
    window.commands.actions["next pane"].trigger()
    window.commands.actions["next pane"].trigger()
    first = next(one for one in view.inspector._form.fields if one.isVisible())
    assert first.isAncestorOf(QApplication.focusWidget())
    window.commands.actions["next pane"].trigger()
    window.commands.actions["previous pane"].trigger()
    assert view.inspector.isAncestorOf(QApplication.focusWidget())


def test_the_keyboard_goes_on_where_a_side_is_put_away(open_plan):
    window = open_plan()
    view, actions = window.view, window.commands.actions
    view.tree.view.setFocus()
    actions["tree"].trigger()
    assert view.page.isAncestorOf(QApplication.focusWidget())
    actions["tree"].trigger()
    view.bridge.select(PLAN)
    actions["inspector"].trigger()  # the plan on a page has its details there
    assert view.panes.is_open(INSPECTOR)
    assert view.bridge.selection == view.bridge.plan.root
    actions["inspector"].trigger()
    assert not view.panes.is_open(INSPECTOR)


def test_where_room_is_short_the_sides_become_drawers(open_plan, qtbot):
    window = open_plan()
    panes = window.view.panes
    assert not panes.is_drawer(INSPECTOR)
    window.resize(theme.grid(125), 700)
    qtbot.waitUntil(lambda: panes.is_drawer(INSPECTOR))
    assert not panes.is_open(INSPECTOR)
    assert not panes.is_drawer(TREE)
    window.commands.actions["inspector"].trigger()
    assert panes.is_open(INSPECTOR)
    window.view.page.setFocus()
    qtbot.keyClick(window.view.inspector, KEY.Key_Escape)
    window.resize(theme.grid(90), 700)
    qtbot.waitUntil(lambda: panes.is_drawer(TREE))
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: not panes.is_drawer(TREE) and not panes.is_drawer(INSPECTOR))
    assert panes.is_open(TREE)


def test_tables_of_the_whole_plan_have_the_room_of_the_details(open_plan, qtbot):
    window = open_plan()
    view, panes = window.view, window.view.panes
    window.resize(1440, 900)
    wide = view.page.width()
    for page in (ACTIONS, LEADS):
        view.bridge.select(page)
        assert panes.is_drawer(INSPECTOR)
        assert not panes.is_open(INSPECTOR)
        assert panes.can_open(INSPECTOR)
        qtbot.waitUntil(lambda: view.middle.width() > wide + 300)
    view.bridge.select(outcome(view.bridge.plan, "1.5").id)
    assert not panes.is_drawer(INSPECTOR)
    assert panes.is_open(INSPECTOR)
    window.resize(1800, 900)
    view.bridge.select(ACTIONS)
    assert not panes.is_drawer(INSPECTOR)


def test_twice_the_size_of_text_fits_by_drawers(open_plan, qtbot):
    window = open_plan()
    for _ in range(6):
        window.commands.actions["larger"].trigger()
    assert theme.zoom() == 2
    assert settings.zoom() == 2
    qtbot.waitUntil(lambda: window.view.panes.is_drawer(INSPECTOR))
    line = window.view.line
    assert line.height() >= line._words.sizeHint().height()
    for _ in range(6):
        window.commands.actions["smaller"].trigger()
    assert theme.zoom() == 1


def test_the_window_stays_as_high_as_it_is_on_every_page(open_plan):
    window = open_plan()
    theme.choose_zoom(2)
    window.resize(1400, 840)
    for page in (ACTIONS, LEADS, SECTIONS, READY, SETTLE):
        window.bridge.select(page)
        QApplication.processEvents()
        assert window.minimumSizeHint().height() <= window.height() == 840, page


@pytest.mark.parametrize("name", ["county", "city"])
def test_the_search_box_never_falls_off_the_toolbar(open_plan, qtbot, name):
    window = open_plan(name)
    for zoom, width in ((1, 1440), (2, 1440), (2, 1000), (1, 700), (1, 1440)):
        operations.choose_zoom(zoom)
        window.resize(width, 900)
        qtbot.waitUntil(lambda: window.view.search.isVisible() and window.view.search.width() > theme.grid(8))
        right = window.view.search.mapTo(window, window.view.search.rect().topRight()).x()
        assert right <= window.width()


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


def test_restore_brings_a_branch_back(open_plan):
    from cypp_desktop.ui.dialogs.restore import RestoreDialog

    window = open_plan()
    before = window.bridge.plan
    window.bridge.select(before.priorities[1].id)
    window.view.tree.delete_selected()
    dialog = RestoreDialog(window.bridge, window)
    assert dialog._list.count() == 1
    dialog._list.setCurrentRow(0)
    dialog._button.click()
    assert window.bridge.plan == before


def test_every_command_has_words_and_keys_are_not_given_twice(open_plan):
    window = open_plan()
    keys = [key.toString() for action in window.commands.actions.values() for key in action.shortcuts()]
    keys += [action.shortcut().toString() for action in window.commands._statuses]
    window.bridge.select(window.bridge.plan.actions(outcome(window.bridge.plan, "1.5").id)[0].id)
    window.view.walk_panes(-1)  # the details catch up
    field = next(one for one in window.view.inspector.findChildren(RichEditor) if one.isVisible())
    keys += [action.shortcut().toString() for action in field.actions()]  # one wins, or neither, where both have a key
    assert window.commands.actions["replace"].shortcut().toString() in keys
    assert "" not in [
        action.shortcuts()[0].toString() for action in window.commands.actions.values() if action.shortcuts()
    ]
    assert {"Ctrl+I", "Ctrl+B", "Ctrl+Alt+F"} <= set(keys)
    assert sorted(keys) == sorted(set(keys))
    assert all(action.text() and action.toolTip() for action in window.commands.actions.values())
    reached = {action for menu in window.menuBar().actions() for action in menu.menu().actions()}
    assert set(window.commands.actions.values()) <= reached


def test_the_letters_of_a_menu_lead_to_one_command_each(open_plan):
    window = open_plan()
    for menu in [window.menuBar(), *(one.menu() for one in window.menuBar().actions())]:
        words = [action.text() for action in menu.actions() if action.text() and not action.text().startswith("New ")]
        letters = [found[1].lower() for one in words if (found := re.search("&(.)", one))]
        assert len(letters) == len(words) == len(set(letters)), words


def test_all_that_can_have_the_keyboard_has_a_name(open_plan):
    window = open_plan()
    for widget in (window.view.tree.view, window.view.search):
        assert widget.accessibleName()


def test_copy_takes_the_words_of_a_field_when_it_has_the_keyboard(open_plan):
    window = open_plan()
    search = window.view.search
    search.setText("some words")
    search.setFocus()
    search.selectAll()
    operations.copy(window)
    assert QGuiApplication.clipboard().text() == "some words"


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
