from __future__ import annotations

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from cypp_desktop.document.document import CannotSave, Document
from cypp_desktop.domain.change import delete, edit
from cypp_desktop.domain.plan import Lead, Measure, Outcome, Period, Status
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.days import Days
from cypp_desktop.ui.panels import fields, inspector
from cypp_desktop.ui.panels.action_fields import (
    DueField,
    LastPeriod,
    LeadsField,
    PlansField,
    ReasonField,
    ServesField,
    StatusField,
)
from cypp_desktop.ui.panels.fields import TextField
from cypp_desktop.ui.panels.inspector import Inspector
from cypp_desktop.ui.panels.readings import ReadingsField
from cypp_desktop.ui.panels.records import CountField, DeleteField, RecordsField
from cypp_desktop.ui.panels.scale_fields import CurrentField

KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def stage_for(qtbot, bridge):
    window = QWidget()
    window.inspector, window.elsewhere = Inspector(bridge), QLineEdit()
    row = QHBoxLayout(window)
    row.addWidget(window.inspector)
    row.addWidget(window.elsewhere)
    qtbot.addWidget(window)
    window.resize(640, 900)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.elsewhere.setFocus()
    return window


@pytest.fixture(autouse=True)
def no_rest(monkeypatch):
    """Selections are followed at once: these tests are faster than an arrow key that is held down."""
    monkeypatch.setattr(inspector, "RESTS", 0)


@pytest.fixture
def stage(qtbot, small):
    window = stage_for(qtbot, small)
    yield window
    window.close()


def one(bridge, kind, place=0):
    return sorted((record for record in bridge.plan if isinstance(record, kind)), key=lambda found: found.order)[place]


def action(bridge, place=0):
    outcome = one(bridge, Outcome)
    return bridge.plan.actions(outcome.id)[place]


def field(stage, kind, cell=""):
    form = stage.inspector._form
    return next(f for f in form.fields if isinstance(f, kind) and (not cell or f._field == cell))


def type_into(qtbot, found, words):
    found.setFocus()
    qtbot.keyClicks(found.editor.edit, words)


def click(qtbot, stage, button):
    QApplication.processEvents()  # the layout settles
    stage.inspector.ensureWidgetVisible(button)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def steps(bridge):
    return len({entry.step for entry in bridge.document.history()})


def test_a_walk_is_followed_where_it_rests_or_where_one_looks(qtbot, small, stage, monkeypatch):
    monkeypatch.setattr(inspector, "RESTS", 50)
    first, second = action(small, 0), action(small, 1)
    small.select(first.id)
    small.select(second.id)
    small.select(first.id)
    small.select(second.id)
    assert "1.1.2" not in stage.inspector._title.text()
    qtbot.waitUntil(lambda: "1.1.2" in stage.inspector._title.text())
    monkeypatch.setattr(inspector, "RESTS", 60_000)
    small.select(first.id)
    field(stage, TextField, "text").setFocus()
    assert "1.1.1" in stage.inspector._title.text()


# --- typing and leaving ----------------------------------------------------------------------------------------------


def test_a_note_is_saved_as_one_step_when_it_is_left(qtbot, small, stage):
    small.select(action(small).id)
    before = steps(small)
    note = field(stage, TextField, "note")
    type_into(qtbot, note, "Going well")
    assert action(small).update(small.period.id).note == ""
    stage.elsewhere.setFocus()
    assert action(small).update(small.period.id).note == "Going well"
    assert steps(small) == before + 1
    assert small.document.undo_label


def test_looking_without_typing_saves_nothing(qtbot, small, stage):
    before = steps(small)
    for record in list(small.plan):
        small.select(record.id)
        for found in stage.inspector._form.fields:
            found.setFocus()
    stage.elsewhere.setFocus()
    assert steps(small) == before


def test_selecting_something_else_saves_to_the_record_that_was_typed_in(qtbot, small, stage):
    first, second = action(small, 0), action(small, 1)
    small.select(first.id)
    type_into(qtbot, field(stage, TextField, "note"), "Mine")
    small.select(second.id)
    assert action(small, 0).update(small.period.id).note == "Mine"
    assert action(small, 1) == second
    assert field(stage, TextField, "note").editor.text() == ""
    assert "1.1.2" in stage.inspector._title.text()


def test_another_period_saves_to_the_one_that_was_typed_in(qtbot, small, stage):
    autumn, spring = small.plan.periods
    small.select(action(small).id)
    type_into(qtbot, field(stage, TextField, "note"), "For spring")
    small.look_at(autumn.id)
    assert action(small).update(spring.id).note == "For spring"
    assert field(stage, TextField, "note").editor.text() == "Begun"
    assert field(stage, TextField, "note").hint.text() == "Autumn"


def test_escape_puts_back_and_makes_no_step(qtbot, small, stage):
    small.select(action(small).id)
    before = steps(small)
    text = field(stage, TextField, "text")
    type_into(qtbot, text, "x")
    qtbot.keyClick(text.editor.edit, KEY.Key_Escape)
    assert text.editor.text() == "Do **this**"
    stage.elsewhere.setFocus()
    assert steps(small) == before


def test_undo_shows_in_fields_that_are_not_typed_in(qtbot, small, stage):
    small.select(action(small).id)
    note = field(stage, TextField, "note")
    type_into(qtbot, note, "Going well")
    stage.elsewhere.setFocus()
    small.undo()
    assert note.editor.text() == ""
    small.redo()
    assert note.editor.text() == "Going well"


def test_what_is_being_typed_stays_while_the_plan_changes(qtbot, small, stage):
    mine = action(small)
    small.select(mine.id)
    note = field(stage, TextField, "note")
    type_into(qtbot, note, "Half a")
    small.commit(edit(small.plan, mine.id, {"text": "Done elsewhere"}))
    assert note.editor.text() == "Half a"
    assert field(stage, TextField, "text").editor.text() == "Done elsewhere"


def test_undo_in_a_field_is_the_fields_own_until_it_is_left(qtbot, small, stage):
    small.select(action(small).id)
    note = field(stage, TextField, "note")
    type_into(qtbot, note, "word")
    qtbot.keyClick(note.editor.edit, KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert note.editor.text() == ""
    type_into(qtbot, note, "word")
    stage.elsewhere.setFocus()
    assert not note.editor.edit.document().isUndoAvailable()


def test_typed_text_is_kept_as_a_draft_until_it_is_saved(qtbot, small, stage, monkeypatch):
    small.select(action(small).id)
    note = field(stage, TextField, "note")
    note._timer.setInterval(1)
    type_into(qtbot, note, "Draft")
    qtbot.waitUntil(lambda: bool(small.document.drafts()))
    draft = small.document.drafts()[0]
    assert (draft.record, draft.field) == (action(small).id, f"note@{small.period.id}")
    stage.elsewhere.setFocus()
    assert small.document.drafts() == []


def test_what_could_not_be_saved_is_shown_again_with_its_record(qtbot, small, stage, monkeypatch):
    first, second = action(small, 0), action(small, 1)
    small.select(first.id)

    def full(step):
        raise CannotSave("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(small.document, "commit", full)
        type_into(qtbot, field(stage, TextField, "note"), "Precious")
        small.select(second.id)
        assert small.said
        assert field(stage, TextField, "note").editor.text() == ""
    small.select(first.id)
    assert field(stage, TextField, "note").editor.text() == "Precious"
    stage.elsewhere.setFocus()
    small.select(second.id)
    assert action(small, 0).update(small.period.id).note == "Precious"


def test_a_deleted_record_is_let_go_of(qtbot, small, stage):
    mine = action(small)
    small.select(mine.id)
    type_into(qtbot, field(stage, TextField, "note"), "Too late")
    small.commit(delete(small.plan, [mine.id]))
    assert small.selection == one(small, Outcome).id
    assert "1.1" in stage.inspector._title.text()


# --- an action -------------------------------------------------------------------------------------------------------


def test_a_new_name_becomes_a_lead_in_the_same_step(qtbot, small, stage):
    small.select(action(small).id)
    before = steps(small)
    pills = field(stage, LeadsField).pills
    pills.add()
    qtbot.keyClicks(pills._field, "Cara Dee")
    qtbot.keyClick(pills._field, KEY.Key_Return)
    assert small.plan.lead_names(action(small)) == ["Ann", "Cara Dee"]
    assert steps(small) == before + 1
    small.undo()
    assert [name.words for name in pills.names()] == ["Ann"]
    assert "Cara Dee" not in [lead.name for lead in small.plan.leads]


def test_a_known_name_is_not_added_twice_and_pills_move_and_go(qtbot, small, stage):
    small.select(action(small).id)
    pills = field(stage, LeadsField).pills
    pills.add()
    qtbot.keyClicks(pills._field, "ben")
    qtbot.keyClick(pills._field, KEY.Key_Return)
    assert len(small.plan.leads) == 2
    assert small.plan.lead_names(action(small)) == ["Ann", "Ben"]
    qtbot.keyClick(pills._pills[1].cross, KEY.Key_Left, ALT)
    assert small.plan.lead_names(action(small)) == ["Ben", "Ann"]
    click(qtbot, stage, pills._pills[1].cross)
    assert small.plan.lead_names(action(small)) == ["Ben"]
    qtbot.keyClick(pills._pills[0].cross, KEY.Key_Delete)
    assert small.plan.lead_names(action(small)) == []


def test_related_plans_are_names(qtbot, small, stage):
    small.select(action(small).id)
    pills = field(stage, PlansField).pills
    pills.add()
    qtbot.keyClicks(pills._field, "Early Help Plan")
    stage.elsewhere.setFocus()
    assert action(small).plans == ("Early Help Plan",)
    assert pills._field.isHidden()


def test_due_words_and_their_date_are_one_step(qtbot, small, stage):
    small.select(action(small).id)
    due = field(stage, DueField)
    type_into(qtbot, due, "By end March 2017")
    assert due.hint.text() == "read as 31 Mar 2017"
    qtbot.keyClick(due.editor.edit, KEY.Key_Return)
    assert (action(small).due, action(small).due_date) == ("By end March 2017", "2017-03-31")
    small.undo()
    assert (action(small).due, action(small).due_date) == ("", "")
    assert due.hint.text() == ""


def test_a_day_is_chosen_in_the_calendar(qtbot, small, stage):
    small.select(action(small).id)
    due = field(stage, DueField)
    due._choose_day()
    days = due.findChild(Days)
    days.calendar.setSelectedDate(QDate(2017, 3, 1))
    days.calendar.activated.emit(QDate(2017, 3, 31))
    assert (action(small).due, action(small).due_date) == ("31 March 2017", "2017-03-31")


def test_a_status_is_chosen_and_taken_back(qtbot, small, stage):
    small.select(action(small).id)
    good, late = small.plan.statuses
    buttons = field(stage, StatusField).buttons._buttons
    click(qtbot, stage, buttons[1])
    assert action(small).update(small.period.id).status == late.id
    assert field(stage, StatusField).buttons._chip.accessibleName() == "Behind"
    assert field(stage, ReasonField).isVisible()
    qtbot.keyClick(buttons[1], KEY.Key_G)
    assert action(small).update(small.period.id).status == good.id
    assert not field(stage, ReasonField).isVisible()
    qtbot.keyClick(buttons[0], KEY.Key_Space)
    assert action(small).update(small.period.id).status == ""


def test_arrow_keys_walk_the_statuses(qtbot, small, stage):
    small.select(action(small).id)
    buttons = field(stage, StatusField).buttons._buttons
    buttons[0].setFocus()
    qtbot.keyClick(buttons[0], KEY.Key_Right)
    assert buttons[1].hasFocus()
    assert action(small).update(small.period.id).status == ""


def test_a_letter_chooses_its_status_small_or_large(qtbot, small, stage):
    status = small.plan.statuses[1]
    small.commit(edit(small.plan, status.id, {"letter": "k"}))
    small.select(action(small).id)
    qtbot.keyClick(field(stage, StatusField).buttons, KEY.Key_K, SHIFT)
    assert action(small).update(small.period.id).status == status.id


def test_last_periods_words_can_be_read(qtbot, small, stage):
    small.select(action(small, 0).id)
    last = field(stage, LastPeriod)
    assert last._note.text() == "Begun"
    assert last._chip.accessibleName() == "On schedule"
    assert last.hint.text() == "Autumn"
    small.select(action(small, 1).id)
    assert last.hint.text() == "None recorded"


def test_the_measures_that_an_action_serves_are_ticked(qtbot, small, stage):
    small.select(action(small).id)
    serves = field(stage, ServesField)
    (line,) = [line for _, line in serves._lines]
    line.box.click()
    assert action(small).measures == (one(small, Measure).id,)
    small.undo()
    assert not line.box.isChecked()


def test_tab_walks_the_fields_as_the_eye_does(qtbot, small, stage):
    small.select(action(small).id)
    stops = []
    field(stage, TextField, "text").setFocus()
    for _ in range(9):
        focus = QApplication.focusWidget()
        stops.append(focus.accessibleName())
        qtbot.keyClick(focus, KEY.Key_Tab)
    assert stops == [
        *("Key action", "Take out Ann", "Add a lead", "Due", "Choose a day", "Progress"),
        *("On schedule", "Copy the last note as a start", "Add a plan"),
    ]


# --- the others ------------------------------------------------------------------------------------------------------


def test_readings_are_added_edited_moved_and_deleted(qtbot, small, stage):
    measure = one(small, Measure)
    small.select(measure.id)
    found = field(stage, ReadingsField)
    QAbstractItemModelTester(found.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    found.table.setCurrentIndex(found.model.index(0, 2))
    found.add()
    assert [one.value for one in small.plan.readings(measure.id)] == ["10", "", "12"]
    assert found.model.setData(found.model.index(1, 2), "11 ", Qt.ItemDataRole.EditRole)
    assert found.model.setData(found.model.index(1, 0), "national", Qt.ItemDataRole.EditRole)
    assert found.model.setData(found.model.index(1, 3), Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    new = small.plan.readings(measure.id)[1]
    assert (new.series, new.value, new.provisional) == ("national", "11", True)
    found.table.setCurrentIndex(found.model.index(1, 1))
    found.shift(1)
    assert [one.value for one in small.plan.readings(measure.id)] == ["10", "12", "11"]
    found.remove()
    assert [one.value for one in small.plan.readings(measure.id)] == ["10", "12"]
    small.undo()
    assert found.model.rowCount() == 3


def test_leads_open_from_the_plan_and_are_renamed_and_deleted(qtbot, small, stage):
    small.select("page:plan")
    assert stage.inspector._title.text() == "Plan details"
    leads = next(f for f in stage.inspector._form.fields if isinstance(f, RecordsField) and f._kind == "lead")
    leads._links[0].click()
    ann = one(small, Lead)
    assert small.selection == ann.id
    assert field(stage, CountField).hint.text() == "1"
    type_into(qtbot, field(stage, TextField, "email"), "ann@example.org")
    stage.elsewhere.setFocus()
    assert one(small, Lead).email == "ann@example.org"
    field(stage, DeleteField)._button.click()
    assert ann.id not in small.plan
    assert small.plan.lead_names(action(small)) == []


def test_statuses_are_added_and_reordered(qtbot, small, stage):
    small.select(small.plan.root)
    scale = next(f for f in stage.inspector._form.fields if isinstance(f, RecordsField) and f._kind == "status")
    qtbot.keyClick(scale._links[1], KEY.Key_Up, ALT)
    assert [status.label for status in small.plan.statuses] == ["Behind", "On schedule"]
    scale.add()
    assert isinstance(small.plan[small.selection], Status)


def test_another_period_becomes_the_current_one(qtbot, small, stage):
    autumn = one(small, Period)
    small.select(autumn.id)
    field(stage, CurrentField)._button.click()
    assert small.plan.current_period.id == autumn.id
    assert not field(stage, CurrentField)._button.isVisible()


def test_levels_are_lines(qtbot, small, stage):
    small.select(small.plan.root)
    levels = field(stage, fields.LinesField, "levels")
    levels.editor.replace_text("Theme\n Pledge \n\n")
    levels.save()
    assert small.plan.details.levels == ("Theme", "Pledge")
    assert levels.editor.text() == "Theme\nPledge"


# --- what can only be read -------------------------------------------------------------------------------------------


def test_the_progress_of_a_closed_period_can_only_be_read(qtbot, small, stage):
    spring = small.period
    small.commit(edit(small.plan, spring.id, {"closed": True}))
    small.select(action(small).id)
    note, text = field(stage, TextField, "note"), field(stage, TextField, "text")
    type_into(qtbot, note, "x")
    type_into(qtbot, text, "y")
    assert note.editor.text() == ""
    assert text.editor.text() != "Do **this**"
    assert not field(stage, StatusField).buttons._buttons[0].isEnabled()
    assert "Spring" in stage.inspector._reason.text()


def test_a_read_only_document_says_why(qtbot, small):
    bridge = Bridge(Document.open(small.document.path, "Reader"))
    try:
        window = stage_for(qtbot, bridge)
        bridge.select(action(bridge).id)
        text = field(window, TextField, "text")
        type_into(qtbot, text, "x")
        assert text.editor.text() == "Do **this**"
        assert "Tess" in window.inspector._reason.text()
        window.close()
    finally:
        bridge.close()


# --- who changed what ------------------------------------------------------------------------------------------------


def test_the_head_says_who_changed_it_last(qtbot, small, stage):
    mine = action(small)
    small.commit(edit(small.plan, mine.id, {"text": "Else"}))
    small.select(mine.id)
    qtbot.waitUntil(lambda: "Changed today" in stage.inspector._changed.text())
    assert stage.inspector._changed.text().endswith("by Tess")
    assert stage.inspector._history._count.text() == "2 changes"
