from __future__ import annotations

from itertools import product

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from cypp_desktop.domain import change
from tests.ui.finding import at, field, outcome, refs

Key, CTRL, ALT, SHIFT = (
    Qt.Key,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


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


def test_rows_are_as_high_as_their_longest_text(page):
    table = page.table
    heights = [table.rowHeight(row) for row in range(7)]
    assert heights[1] == max(heights)
    assert heights[0] == min(heights)
    assert table.visualRect(table.cell_index(3, 2)).height() == sum(heights)


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


def test_an_undone_outcome_takes_its_page_along(page):
    plan = page.bridge.plan
    page.bridge.commit(change.add(plan, "outcome", plan.priorities[1].id, {"title": "New"}))
    new = plan.priorities[1].id
    page.bridge.select(page.bridge.plan.outcomes(new)[-1].id)
    page.bridge.undo()
    assert page.top == new


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
