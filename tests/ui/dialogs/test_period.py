from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from cypp_desktop.domain.change import edit
from cypp_desktop.domain.plan import Action, update_field
from cypp_desktop.ui.dialogs.period import PeriodDialog


@pytest.fixture
def dialog(qtbot, small):
    made = PeriodDialog(small)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def noted(small):
    """The first action has a note in the current period."""
    one = next(one for one in small.plan if isinstance(one, Action))
    period = small.plan.current_period
    small.commit(edit(small.plan, one.id, {update_field("note", period.id): "So far"}))
    return one.id


def test_it_wants_a_name_of_its_own(dialog, qtbot):
    assert not dialog.start.isEnabled()
    assert dialog._why.text() == "It needs a name."
    qtbot.keyClicks(dialog.name, "spring")
    assert not dialog.start.isEnabled()
    assert "already" in dialog._why.text()
    qtbot.keyClicks(dialog.name, " review")
    assert dialog.start.isEnabled()
    qtbot.mouseClick(dialog.start, Qt.MouseButton.LeftButton)
    assert dialog.result() == PeriodDialog.DialogCode.Accepted


def test_starting_closes_the_one_before_and_is_one_step(dialog, small, noted, qtbot):
    before = small.plan
    qtbot.keyClicks(dialog.name, "Summer")
    assert small.commit(dialog.step())
    last, new = small.plan.periods[-2:]
    assert (last.closed, new.name, new.closed) == (True, "Summer", False)
    assert small.plan.current_period == new
    assert small.plan[noted].update(new.id).note == ""
    assert small.document.undo_label == "start of “Summer”"
    small.undo()
    assert small.plan == before


def test_it_can_begin_with_the_last_notes_and_leave_the_other_open(dialog, small, noted, qtbot):
    qtbot.keyClicks(dialog.name, "Summer")
    dialog.notes.click()
    dialog.close_last.click()
    small.commit(dialog.step())
    last, new = small.plan.periods[-2:]
    assert not last.closed
    assert small.plan[noted].update(new.id).note == "So far"
