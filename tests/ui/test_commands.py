"""What the commands of menus and keys do to the plan and in the tree."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QTextEdit

from cypp_desktop.domain.change import delete, edit
from cypp_desktop.domain.plan import Measure, Section
from cypp_desktop.ui import operations, theme
from cypp_desktop.ui.models.tree import PLAN
from cypp_desktop.ui.richtext.editor import RichEditor
from tests.ui.finding import outcome

KEY, CTRL, ALT, SHIFT = (
    Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier,
)  # fmt: skip


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


def test_what_is_deleted_in_the_tree_is_said_with_the_way_back(open_plan):
    window = open_plan()
    view, before = window.view, window.bridge.plan
    view.bridge.select(outcome(before, "1.5").id)
    window.commands.actions["delete"].trigger()
    news = view.banners.news
    assert news.isVisible()
    assert news._words.text() == "Key activity 1.5 is deleted, with 7 records below it."
    news.acted.emit()
    assert window.bridge.plan == before
    assert not news.isVisible()
    view.tree.cut()
    assert not news.isVisible()


def test_key_actions_that_are_deleted_are_said_with_the_way_back(open_plan):
    window = open_plan()
    view, bridge = window.view, window.bridge
    bridge.select(outcome(bridge.plan, "1.5").id)
    before, table = bridge.plan, window.page.table
    table.go(table.cell_index(3, 0))
    table.delete_marked()
    assert view.banners.news._words.text() == "Key action 1.5.4 is deleted."
    view.banners.news.acted.emit()
    assert bridge.plan == before
    window.commands.actions["all actions"].trigger()
    everywhere = view.all_actions.table
    everywhere.selectAll()
    everywhere.delete_marked()
    assert view.banners.news._words.text() == "43 key actions are deleted."
    view.banners.news.acted.emit()
    assert bridge.plan == before


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
    last = bridge.plan.priorities[-1]  # where its number says, though the first was current
    assert (last.ref, last.title) == ("5", "A fifth")
    assert bridge.plan[bridge.selection].parent == last.id


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


@pytest.mark.parametrize("kind", [QPlainTextEdit, QTextEdit, QLineEdit])
def test_the_menu_of_a_text_opens_by_its_command(open_plan, qtbot, kind, monkeypatch):
    window, asked = open_plan(), []
    field = kind(window)
    monkeypatch.setattr(kind, "contextMenuEvent", lambda _field, event: asked.append(event.reason()))
    field.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    operations.show_menu(window)
    assert asked == [QContextMenuEvent.Reason.Keyboard]


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


def test_words_with_an_ampersand_are_shown_as_they_are(open_plan):
    window = open_plan("city")
    plan, actions = window.bridge.plan, window.commands.actions
    window.bridge.commit(edit(plan, plan.root, {"action_word": "Aim & action"}, "change for Health & Care"))
    assert actions["undo"].text() == "&Undo change for Health && Care"
    assert actions["add action"].text() == "New aim && action"
    assert actions["undo"].toolTip().startswith("Undo change for Health & Care  (")
    shown = [words for _, rows in window.commands.list() for words, _ in rows]
    assert {"Undo change for Health & Care", "New aim & action"} <= set(shown)


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


def test_copy_takes_the_words_of_a_field_when_it_has_the_keyboard(open_plan):
    window = open_plan()
    search = window.view.search
    search.setText("some words")
    search.setFocus()
    search.selectAll()
    operations.copy(window)
    assert QGuiApplication.clipboard().text() == "some words"
