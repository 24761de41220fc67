from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from cypp_desktop.domain.change import edit
from cypp_desktop.domain.plan import Action, update_field
from cypp_desktop.ui.dialogs.refresh import RefreshDialog


@pytest.fixture
def dialog(qtbot, small):
    """The refresh of the small plan, which has years, and whose first action is completed in "Spring"."""
    plan = small.plan
    small.commit(edit(plan, plan.statuses[0].id, {"label": "Completed"}))
    small.commit(edit(plan, plan.root, {"years": "2016-17", "title": "Plan 2016-17", "state": "agreed"}))
    first = next(one for one in plan if isinstance(one, Action) and one.ref == "1")
    small.commit(edit(plan, first.id, {update_field("status", plan.current_period.id): plan.statuses[0].id}))
    made = RefreshDialog(small)
    qtbot.addWidget(made)
    return made


def test_it_goes_through_four_steps_and_back(dialog):
    assert dialog._heading.text() == "The new year"
    assert not dialog.back.isVisibleTo(dialog)
    for _ in range(3):
        dialog.next.click()
    assert dialog.next.text() == "Refresh the plan"
    assert "1 key action archived under “2016-17”, 1 carried forward." in dialog._result.text()
    dialog.back.click()
    assert dialog._heading.text() == "Numbers"


def test_the_plan_is_refreshed_in_one_step(dialog, small):
    before = small.plan
    assert (dialog.title.text(), dialog.years.text()) == ("Plan 2017-18", "2017-18")
    dialog.period.setText("Quarter 1")
    dialog.next.click()
    dialog.next.click()
    assert dialog._numbers.item(0).text().startswith("2 → 1")
    dialog.renumber.setChecked(True)
    dialog.next.click()
    dialog.next.click()
    assert dialog.result() == RefreshDialog.DialogCode.Accepted
    assert dialog.take()
    plan = small.plan
    (left,) = [one for one in plan.walk() if isinstance(one, Action)]
    assert (left.ref, left.text) == ("1", "Do that")
    assert plan.details.state == "draft"
    assert [one.name for one in plan.periods] == ["Autumn", "Spring", "Quarter 1"]
    assert plan.periods[1].closed
    assert dialog.said() == "The plan is refreshed for 2017-18: 1 archived, 1 carried forward."
    small.undo()
    assert small.plan == before


def test_what_is_archived_is_chosen(dialog, small):
    dialog.next.click()
    first, second = dialog.live.item(0), dialog.live.item(1)
    assert (first.checkState(), second.checkState()) == (Qt.CheckState.Checked, Qt.CheckState.Unchecked)
    first.setCheckState(Qt.CheckState.Unchecked)
    second.setCheckState(Qt.CheckState.Checked)
    dialog.archived_in.setText("Year 1")
    assert dialog.take()
    assert {one.ref: one.archived for one in small.plan if isinstance(one, Action)} == {"1": "", "2": "Year 1"}


def test_the_new_period_needs_a_name_of_its_own(dialog):
    dialog.period.setText(" autumn ")
    assert not dialog.next.isEnabled()
    assert dialog._why.text() == "There is a period of that name already."
    dialog.period.setText("")
    assert dialog.next.isEnabled()
