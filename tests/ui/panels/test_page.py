from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel

from cypp_desktop.document.document import Document
from cypp_desktop.domain import change
from cypp_desktop.domain.plan import Outcome
from cypp_desktop.exchange import samples
from cypp_desktop.ui import clipboard
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.models.table import NUMBER
from cypp_desktop.ui.panels.page import PagePanel

Key, CTRL, ALT, SHIFT = (
    Qt.Key,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def stage(tmp_path, qtbot):
    """Opens the page of an outcome of a sample plan in an active window."""
    documents = []

    def open_(name="county", ref="1.5", *, read_only=False):
        path = tmp_path / f"{name}{len(documents)}.cypp"
        documents.append(Document.create(path, "Tester", samples.load(name)))
        if read_only:
            documents.append(Document.open(path, "Reader"))
        bridge = Bridge(documents[-1])
        page = PagePanel(bridge)
        page.said = []
        bridge.failed.connect(page.said.append)
        qtbot.addWidget(page)
        page.resize(900, 800)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        if ref:
            bridge.select(outcome(bridge.plan, ref).id)
        page.table.setFocus()
        QApplication.processEvents()
        page.bridge = bridge
        return page

    yield open_
    for document in documents:
        document.close()


@pytest.fixture
def page(stage):
    return stage()


def outcome(plan, ref):
    return next(one for one in plan if isinstance(one, Outcome) and one.ref == ref)


def at(page, row, key):
    """Make a cell the current one, as a click on it does."""
    table = page.table
    index = table.cell_index(row, table.page.column_of(key))
    table.scrollTo(index)
    table.go(index)
    return index


def shown(page, row, key):
    return page.table.page.cell(row, page.table.page.column_of(key)).plain


def field(page):
    return page.table.editing.field


def refs(page):
    return [row.action.ref for row in page.table.page.rows if row.action]


def test_the_heading_says_what_it_is(page):
    labels = [label.text() for label in (page.heading._kicker, page.heading._above, page.heading._title)]
    assert labels == [
        "Priority One",
        "Children and young people are safe in Nottinghamshire",
        "1.5  The development of the Multi Agency Safeguarding Hub (MASH)",
    ]
    assert page.heading.facts.accessibleName() == "Plan MASH Action Plan (2016-2017), Key actions 7"
    assert page.heading.counts.accessibleName() == "4 Completed, 2 On schedule, 1 Happening but behind schedule"
    assert page.fold.accessibleName() == "How will we measure progress, 5 indicators of Priority One"


def test_outcomes_that_share_a_row_show_all_their_titles(stage):
    page = stage(ref="1.3.2")
    lines = page.heading._title.text().split("\n")
    assert [line[:5] for line in lines] == ["1.3.1", "1.3.2"]


def test_no_usual_word_breaks_inside(stage):
    page = stage(ref="")
    for width in (900, 700):
        page.resize(width, 800)
        for priority in page.bridge.plan.priorities:
            page.bridge.select(priority.id)
            QApplication.processEvents()
            model, layouts = page.table.page, page.table.layouts
            for row, column in product(range(len(model.rows)), range(len(model.columns))):
                room = page.table.columnWidth(column) - layouts.grid(3)
                for piece in layouts.lay(model.cell(row, column).words, room).pieces:
                    assert not broken(piece.layout)


def broken(layout):
    """The words of a laid out paragraph that go on in the next line without a gap."""
    text = layout.text()
    ends = [line.textStart() + line.textLength() for line in map(layout.lineAt, range(layout.lineCount() - 1))]
    return [text[end - 12 : end + 12] for end in ends if text[end - 1].isalnum() and text[end].isalnum()]


def test_a_small_window_scrolls_the_table_sideways(stage):
    page = stage(ref="")
    page.bridge.select(page.bridge.plan.priorities[0].id)
    page.resize(480, 800)
    QApplication.processEvents()
    assert page.table.horizontalScrollBar().maximum() > 0


def test_a_column_keeps_the_width_that_it_was_dragged_to(stage):
    page = stage()
    table, lead = page.table, page.table.page.column_of("leads")
    before = table.columnWidth(lead)
    table.setColumnWidth(lead, before + 60)  # as dragging its edge does
    table._keep_widths()
    page.resize(1000, 800)
    QApplication.processEvents()
    assert table.columnWidth(lead) == before + 60
    other = stage()
    again = other.table
    assert again.columnWidth(lead) == before + 60
    again._column_freed(lead)
    again._keep_widths()
    last = stage()
    assert last.table.columnWidth(lead) == before


def test_measures_that_share_a_cell_stand_apart(stage):
    page = stage("city", "3b")
    table, column = page.table, page.table.page.column_of("measures")
    row = next(place for place, one in enumerate(table.page.rows) if len(one.measures) == 3)
    laid = table.layouts.lay(table.page.cell(row, column).words, 300)
    tops = [piece.y for piece in laid.pieces]
    ends = [piece.y + piece.layout.lineCount() * table.layouts.line for piece in laid.pieces]
    assert [top > end for top, end in zip(tops[1:], ends, strict=False)] == [True, True]


def test_the_heading_shows_each_fact_once(stage):
    page = stage()
    for ref in ("1.1", "1.2", "1.5", "4.4", "1.1"):
        page.bridge.select(outcome(page.bridge.plan, ref).id)
    page.bridge.select(page.bridge.plan.priorities[0].id)
    page.bridge.select(outcome(page.bridge.plan, "1.5").id)
    labels = [one.text() for one in page.heading.facts.findChildren(QLabel) if one.isVisible()]
    assert labels == ["Plan", "MASH Action Plan (2016-2017)", "Key actions", "7"]
    page.bridge.select(page.bridge.plan.priorities[0].id)
    labels = [one.text() for one in page.heading.facts.findChildren(QLabel) if one.isVisible()]
    assert labels == ["Key actions", "18"]


def test_the_period_is_as_wide_as_its_words_also_with_nothing_above(stage):
    page = stage()
    period = page.heading.period
    page.bridge.select(page.bridge.plan.priorities[0].id)
    for subtitle in ("Refresh", ""):
        page.bridge.commit(change.edit(page.bridge.plan, page.bridge.plan.root, {"subtitle": subtitle}))
        page.heading.layout().activate()
        assert period.width() == period.sizeHint().width()


def test_a_measure_that_is_selected_is_shown_in_the_fold(stage):
    page = stage()
    measure = max(page.bridge.plan.measures(page.bridge.plan.priorities[2].id), key=lambda one: one.order)
    page.bridge.select(measure.id)
    QApplication.processEvents()
    table = page.measures.table
    assert page.fold.isChecked()
    assert page.measures.record == measure.id
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()).topLeft())


def test_a_new_action_is_part_of_the_plan_that_the_others_have(page):
    page.add_action()
    assert [column.heading for column in page.table.page.columns] == [
        "No.", "Key Actions", "Lead", "Progress to Date", "RAG Rating",
    ]  # fmt: skip
    assert page.heading.facts.accessibleName() == "Plan MASH Action Plan (2016-2017), Key actions 8"


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


def test_rows_are_as_high_as_their_longest_text(page):
    table = page.table
    heights = [table.rowHeight(row) for row in range(7)]
    assert heights[1] == max(heights)
    assert heights[0] == min(heights)
    assert table.visualRect(table.cell_index(3, 2)).height() == sum(heights)


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


def test_an_outcome_without_actions_offers_one(page, qtbot):
    plan = page.bridge.plan
    page.bridge.commit(change.delete(plan, [one.id for one in plan.actions(page.top)]))
    assert page._empty.isVisibleTo(page)
    assert page._empty._sentence.text() == "This key activity has no key actions yet."
    qtbot.mouseClick(page._empty._button, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(field(page).edit, "The first")
    qtbot.keyClick(field(page).edit, Key.Key_Return)
    assert [row.action.text for row in page.table.page.rows] == ["The first"]
    assert not page._empty.isVisibleTo(page)


def test_what_cannot_be_written_opens_no_fields(stage, qtbot):
    page = stage(read_only=True)
    at(page, 0, "note")
    for key in (Key.Key_F2, Key.Key_Return, Key.Key_Delete, Key.Key_A):
        qtbot.keyClick(page.table, key)
    page.add_action()
    assert field(page) is None
    assert page.bridge.plan == page.bridge.document.plan
    assert len(refs(page)) == 7


def test_a_closed_period_says_so(page):
    assert not page.closed.isVisibleTo(page)
    page.bridge.commit(change.edit(page.bridge.plan, page.bridge.period.id, {"closed": True}))
    assert page.closed.isVisibleTo(page)
    assert "is closed" in page.closed.accessibleName()
    at(page, 0, "note")
    assert not page.table.edit_cell(page.table.currentIndex())
    page.set_status(0)
    assert "closed" in page.said[0]


def test_selecting_elsewhere_shows_its_page(page):
    plan = page.bridge.plan
    action = plan.actions(outcome(plan, "2.1").id)[1]
    page.bridge.select(action.id)
    assert page.top == outcome(plan, "2.1").id
    assert page.table.currentIndex().row() == 1
    page.bridge.select("page:plan")
    assert page.top == outcome(plan, "2.1").id


def test_a_measure_of_the_priority_is_marked_without_leaving_the_outcome(page):
    plan, top = page.bridge.plan, page.top
    measure = plan.measures(plan.priorities[0].id)[2]
    page.bridge.select(measure.id)
    assert page.top == top
    assert page.measures.isVisibleTo(page)
    assert page.measures.record == measure.id


def test_keys_that_the_window_has_too_mean_the_cell_here(page, qtbot):
    deleted = []
    shortcut = QShortcut(QKeySequence("Del"), page)
    shortcut.activated.connect(lambda: deleted.append(True))
    at(page, 0, "note")
    qtbot.keyClick(page.table, Key.Key_Delete)
    assert (shown(page, 0, "note"), deleted) == ("", [])


def test_an_undone_outcome_takes_its_page_along(page):
    plan = page.bridge.plan
    page.bridge.commit(change.add(plan, "outcome", plan.priorities[1].id, {"title": "New"}))
    new = plan.priorities[1].id
    page.bridge.select(page.bridge.plan.outcomes(new)[-1].id)
    page.bridge.undo()
    assert page.top == new


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


def test_a_shared_cell_keeps_its_first_line_in_sight(page):
    page.resize(900, 400)
    QApplication.processEvents()
    table = page.table
    table.verticalScrollBar().setValue(200)
    from PySide6.QtCore import QRectF

    area = QRectF(table.visualRect(table.cell_index(0, 2)))
    assert area.y() == -200
    assert table._sticky(area, 0, 2, 7).y() == 0


def test_rows_that_turn_out_higher_above_do_not_move_what_is_seen(stage):
    page = stage(ref="")
    page.bridge.select(page.bridge.plan.priorities[0].id)
    QApplication.processEvents()
    table = page.table
    table._unfit(0, len(table._fitted) - 1)
    bar = table.verticalScrollBar()
    bar.setValue(bar.maximum())
    QApplication.processEvents()
    while bar.value() > 0:
        row = table.rowAt(5)
        before = table.rowViewportPosition(row)
        bar.setValue(max(0, bar.value() - 10))
        if bar.value() > 0:
            assert abs(table.rowViewportPosition(row) - before) <= 10
