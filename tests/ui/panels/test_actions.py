"""The table of actions on a page: typing, walking, marking, moving, copying and dropping in its cells."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication, QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QApplication

from cypp_desktop.domain import change
from cypp_desktop.ui import clipboard
from cypp_desktop.ui.models.table import NUMBER
from tests.ui.finding import at, field, outcome, refs, shown

Key, CTRL, ALT, SHIFT = (
    Qt.Key,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def test_nothing_moves_off_the_page_with_keys(page, stage):
    at(page, 6, "actions")
    before = page.bridge.plan
    page.move_selected(1)
    assert page.bridge.plan == before
    city = stage("city", "")
    top = city.bridge.plan.priorities[2]
    city.bridge.select(top.id)
    city.fold.setChecked(True)
    city.bridge.commit(change.add(city.bridge.plan, "measure", top.id, {"name": "New"}))
    table = city.measures.table
    first = city.measures.model.keys[0]
    table.setFocus()
    table.go(table.model().index(0, 0))
    city.move_selected(1)
    assert city.measures.model.keys[0] == first
    assert city.bridge.plan[first].parent == outcome(city.bridge.plan, "3a").id
    city.move_selected(-1)
    assert city.measures.model.keys[0] == first


def test_a_double_click_opens_a_field_and_enter_saves(page, qtbot):
    table = page.table
    place = table.visualRect(table.page.index(5, 3)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.bridge.selection == table.page.keys[5]
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.keyClicks(field(page).edit, " Done now.")
    qtbot.keyClick(field(page).edit, Key.Key_Return)
    assert field(page) is None
    assert shown(page, 5, "note").endswith("still to be updated. Done now.")
    assert page.bridge.plan.actions(page.top)[5].update(page.bridge.period.id).note.endswith("Done now.")
    assert table.hasFocus()


def test_just_typing_goes_on_behind_a_text_and_escape_puts_back(page, qtbot):
    at(page, 0, "note")
    before = shown(page, 0, "note")
    qtbot.keyClick(page.table, "x")
    assert field(page).text() == before + "x"
    qtbot.keyClick(field(page).edit, Key.Key_Escape)
    assert field(page) is None
    assert shown(page, 0, "note") == before
    assert page.bridge.document.undo_label == ""


def test_f2_opens_and_leaving_without_typing_changes_nothing(page, qtbot):
    at(page, 1, "actions")
    qtbot.keyClick(page.table, Key.Key_F2)
    assert field(page).text() == "The consistent and appropriate application of thresholds"
    qtbot.keyClick(field(page).edit, Key.Key_Return)
    assert page.bridge.document.undo_label == ""


def test_shift_enter_begins_a_new_paragraph(page, qtbot):
    at(page, 0, "note")
    qtbot.keyClick(page.table, Key.Key_F2)
    qtbot.keyClick(field(page).edit, Key.Key_Return, SHIFT)
    qtbot.keyClicks(field(page).edit, "Second")
    qtbot.keyClick(field(page).edit, Key.Key_Return)
    assert shown(page, 0, "note").split("\n")[1:] == ["Second"]


def test_tab_saves_and_walks_and_passes_a_shared_cell_once(page, qtbot):
    table = page.table
    at(page, 0, NUMBER)
    visited = []
    for _ in range(9):
        index = table.currentIndex()
        visited.append((index.row(), index.column()))
        qtbot.keyClick(table, Key.Key_Tab)
    assert visited == [(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (1, 0), (1, 1), (1, 3), (1, 4)]
    qtbot.keyClick(table, Key.Key_Backtab)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, 4)
    at(page, 0, "actions")
    qtbot.keyClick(table, Key.Key_F2)
    qtbot.keyClicks(field(page).edit, "!")
    qtbot.keyClick(field(page).edit, Key.Key_Tab)
    assert shown(page, 0, "actions").endswith("(EHU)!")
    assert table.currentIndex().column() == 2


def test_arrows_come_back_out_of_a_shared_cell_in_the_same_row(page, qtbot):
    table = page.table
    at(page, 4, "actions")
    table._line = 4
    qtbot.keyClick(table, Key.Key_Right)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (0, 2)
    qtbot.keyClick(table, Key.Key_Right)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (4, 3)


def test_the_field_grows_with_its_words(page, qtbot):
    at(page, 0, "note")
    qtbot.keyClick(page.table, Key.Key_F2)
    before = field(page).height()
    field(page).edit.insertPlainText("many more words " * 30)
    QApplication.processEvents()
    assert field(page).height() > before + 60
    assert field(page).geometry().bottom() <= page.table.viewport().height()


def test_ctrl_enter_goes_to_the_next_action_and_adds_one_at_the_end(page, qtbot):
    at(page, 5, "actions")
    qtbot.keyClick(page.table, Key.Key_F2)
    qtbot.keyClick(field(page).edit, Key.Key_Return, CTRL)
    assert field(page).text().startswith("To ensure all staff")
    qtbot.keyClick(field(page).edit, Key.Key_Return, CTRL)
    assert refs(page) == list("12345678")
    qtbot.keyClicks(field(page).edit, "An eighth")
    qtbot.keyClick(field(page).edit, Key.Key_Return)
    assert shown(page, 7, "actions") == "An eighth"
    assert page.bridge.selection == page.table.page.keys[7]
    page.bridge.undo()
    page.bridge.undo()
    assert len(refs(page)) == 7


def test_ctrl_enter_goes_down_a_column_of_notes_and_ends_there(page, qtbot):
    at(page, 5, "note")
    qtbot.keyClick(page.table, Key.Key_F2)
    qtbot.keyClicks(field(page).edit, " So far.")
    qtbot.keyClick(field(page).edit, Key.Key_Return, CTRL)
    assert shown(page, 5, "note").endswith(" So far.")
    assert field(page).text().startswith("Completed – additional multi-agency briefings")
    qtbot.keyClick(field(page).edit, Key.Key_Return, CTRL)
    assert page.table.editing.field is None
    assert refs(page) == list("1234567")


def test_status_by_number_by_letter_and_from_the_list(page, qtbot):
    at(page, 0, "status")
    qtbot.keyClick(page.table, Key.Key_4, CTRL)
    assert shown(page, 0, "status") == "Behind or not happening"
    qtbot.keyClick(page.table, "n")
    assert shown(page, 0, "status") == "No information received"
    qtbot.keyClick(page.table, Key.Key_Return)
    assert field(page).accessibleName() == "Status: No information received"
    qtbot.keyClick(field(page), Key.Key_Up)
    qtbot.keyClick(field(page), Key.Key_Return)
    assert shown(page, 0, "status") == "Behind or not happening"
    qtbot.keyClick(page.table, Key.Key_F2)
    qtbot.keyClick(field(page), "g")
    assert field(page) is None
    assert shown(page, 0, "status") == "On schedule"
    assert page.heading.counts.accessibleName().startswith("3 Completed, 3 On schedule")


def test_a_status_is_set_on_all_marked_rows(page, qtbot):
    at(page, 1, NUMBER)
    qtbot.keyClick(page.table, Key.Key_Down, SHIFT)
    page.set_status(3)
    assert [shown(page, row, "status") for row in (1, 2)] == ["Behind or not happening"] * 2
    page.bridge.undo()
    assert [shown(page, row, "status") for row in (1, 2)] == ["On schedule"] * 2


def test_delete_clears_a_cell_and_deletes_a_row(page, qtbot):
    at(page, 0, "note")
    qtbot.keyClick(page.table, Key.Key_Delete)
    assert shown(page, 0, "note") == ""
    at(page, 2, NUMBER)
    qtbot.keyClick(page.table, Key.Key_Delete)
    assert refs(page) == list("124567")
    assert page.top == outcome(page.bridge.plan, "1.5").id
    page.bridge.undo()
    assert refs(page) == list("1234567")


def test_shift_space_marks_the_row_until_one_goes_on(page, qtbot):
    at(page, 2, "note")
    qtbot.keyClick(page.table, Key.Key_Space, SHIFT)
    qtbot.keyClick(page.table, Key.Key_Delete)
    assert refs(page) == list("124567")
    at(page, 2, "note")
    qtbot.keyClick(page.table, Key.Key_Space, SHIFT)
    qtbot.keyClick(page.table, Key.Key_Right)
    qtbot.keyClick(page.table, Key.Key_Delete)
    assert refs(page) == list("124567")
    assert shown(page, 2, "status") == ""


def test_deleting_on_the_page_of_a_priority_stays_there(stage, qtbot):
    page = stage(ref="")
    top = page.bridge.plan.priorities[0].id
    page.bridge.select(top)
    at(page, 0, "actions")
    assert page.top == top
    page.delete_selected()
    assert page.top == top
    assert page.bridge.selection != ""


def test_alt_arrows_move_an_action(page, qtbot):
    at(page, 0, "actions")
    qtbot.keyClick(page.table, Key.Key_Down, ALT)
    assert refs(page) == list("2134567")
    assert page.table.currentIndex().row() == 1
    qtbot.keyClick(page.table, Key.Key_Up, ALT)
    assert refs(page) == list("1234567")


def test_leads_complete_and_new_names_become_leads(page, qtbot):
    at(page, 0, "leads")
    qtbot.keyClick(page.table, Key.Key_F2)
    edit = field(page).edit
    assert field(page).text() == "Devon Allen"
    qtbot.keyClicks(edit, "Devon Allen; Jil")
    popup = edit._completer.popup()
    assert edit.completing
    assert edit._completer.currentCompletion() == "Jill Norman"
    qtbot.keyClick(popup, Key.Key_Down)
    qtbot.keyClick(popup, Key.Key_Return)
    assert field(page).text() == "Devon Allen; Jill Norman"
    qtbot.keyClick(edit, Key.Key_Return)
    assert shown(page, 0, "leads") == "Devon Allen\nJill Norman"


def test_a_name_is_completed_behind_an_emoji(page, qtbot):
    at(page, 0, "leads")
    qtbot.keyClick(page.table, Key.Key_F2)
    edit = field(page).edit
    edit.setPlainText("\U0001f389 Team; Jil")
    edit.moveCursor(QTextCursor.MoveOperation.End)
    edit._complete("Jill Norman")
    assert field(page).text() == "\U0001f389 Team; Jill Norman"


def test_copied_rows_paste_as_actions_of_another_plan(stage, qtbot):
    page = stage()
    at(page, 0, NUMBER)
    qtbot.keyClick(page.table, Key.Key_Down, SHIFT)
    qtbot.keyClick(page.table, Key.Key_C, CTRL)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.text().startswith('1\t"Co-location') or mime.text().startswith("1\tCo-location")
    assert "<table" in mime.html()
    assert "<th>Key Actions</th>" in mime.html()
    other = stage(ref="1.1")
    other.paste()
    made = [row.action for row in other.table.page.rows][-2:]
    assert [one.text[:11] for one in made] == ["Co-location", "The consist"]
    assert other.bridge.plan.lead_names(made[0]) == ["Devon Allen"]
    assert [shown(other, row, "status") for row in (1, 2)] == ["Completed", "On schedule"]


def test_cut_and_paste_takes_rows_elsewhere(page, qtbot):
    at(page, 6, NUMBER)
    qtbot.keyClick(page.table, Key.Key_X, CTRL)
    assert refs(page) == list("123456")
    at(page, 0, NUMBER)
    qtbot.keyClick(page.table, Key.Key_V, CTRL)
    assert refs(page) == list("1723456")


def test_a_cell_copies_and_pastes_its_words(page, qtbot):
    at(page, 2, "note")
    words = shown(page, 2, "note")
    qtbot.keyClick(page.table, Key.Key_C, CTRL)
    at(page, 0, "note")
    qtbot.keyClick(page.table, Key.Key_V, CTRL)
    assert shown(page, 0, "note") == words


def test_lines_from_word_become_actions(page, qtbot):
    at(page, 6, "actions")
    QGuiApplication.clipboard().setText("First new\nSecond new\n")
    qtbot.keyClick(page.table, Key.Key_V, CTRL)
    assert refs(page) == list("123456789")
    assert [shown(page, row, "actions") for row in (7, 8)] == ["First new", "Second new"]
    assert page.bridge.document.undo_label
    page.bridge.undo()
    assert len(refs(page)) == 7


def test_cells_from_excel_fill_cells_and_add_what_is_too_much(page, qtbot):
    at(page, 5, "actions")
    mime = QMimeData()
    mime.setText("One\tMary Poppins\tWell under way\tC\r\nTwo\tMary Poppins\tNot yet\tN\r\nThree\t\tx\t?\r\n")
    QGuiApplication.clipboard().setMimeData(mime)
    qtbot.keyClick(page.table, Key.Key_V, CTRL)
    assert [shown(page, row, "actions") for row in (5, 6, 7)] == ["One", "Two", "Three"]
    assert [shown(page, row, "status") for row in (5, 6, 7)] == ["Completed", "No information received", ""]
    assert [lead.name for lead in page.bridge.plan.leads].count("Mary Poppins") == 1
    page.bridge.undo()
    assert shown(page, 5, "actions").startswith("To improve")


def test_a_clipboard_that_is_not_ours_is_refused_in_words(page):
    mime = QMimeData()
    mime.setData(clipboard.BRANCHES, QByteArray(b'{"records": [{"kind": "plan"}]}'))
    QGuiApplication.clipboard().setMimeData(mime)
    at(page, 0, NUMBER)
    page.paste()
    assert page.said == ["What was copied cannot be read."]


def drop(page, records, point):
    mime = QMimeData()
    mime.setData(clipboard.RECORDS, QByteArray("\n".join(records).encode()))
    event = QDropEvent(
        QPointF(point), Qt.DropAction.MoveAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    page.table.dropEvent(event)


def test_dropped_rows_go_where_they_are_dropped(page):
    table = page.table
    keys = table.page.keys
    drop(page, [keys[0], keys[1]], QPoint(50, table.rowViewportPosition(4) + 2))
    assert refs(page) == list("3412567")
    drop(page, [keys[-1]], QPoint(50, 1))
    assert refs(page) == list("7341256")
    page.bridge.undo()
    page.bridge.undo()
    assert refs(page) == list("1234567")


def test_keys_that_the_window_has_too_mean_the_cell_here(page, qtbot):
    deleted = []
    shortcut = QShortcut(QKeySequence("Del"), page)
    shortcut.activated.connect(lambda: deleted.append(True))
    at(page, 0, "note")
    qtbot.keyClick(page.table, Key.Key_Delete)
    assert (shown(page, 0, "note"), deleted) == ("", [])


def test_words_that_cannot_be_taken_stay_in_the_field(stage, qtbot):
    page = stage(ref="")
    page.bridge.select(page.bridge.plan.priorities[0].id)
    row = page.table.page.row_of(outcome(page.bridge.plan, "1.3.1").id)
    at(page, row, "outcome")
    qtbot.keyClick(page.table, Key.Key_F2)
    field(page).edit.setPlainText("only one line")
    qtbot.keyClick(field(page).edit, Key.Key_Return)
    assert field(page) is not None
    assert field(page).text() == "only one line"
    assert "a line for each" in page.said[0]
    qtbot.keyClick(field(page).edit, Key.Key_Escape)
    assert field(page) is None


def test_typed_words_are_kept_as_a_draft_and_dropped_when_saved(page, qtbot):
    at(page, 0, "note")
    qtbot.keyClick(page.table, "x")
    page.table.editing._draft.timeout.emit()
    drafts = page.bridge.document.drafts()
    assert [(one.record, one.value[-1]) for one in drafts] == [(page.table.page.keys[0], "x")]
    qtbot.keyClick(field(page).edit, Key.Key_Return)
    assert page.bridge.document.drafts() == []
