"""The choices beside the pages: what each of them changes in the layout, and that they show what it asks for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog

from cypp_desktop.domain.change import add
from cypp_desktop.domain.plan import Layout
from cypp_desktop.reports import actions
from cypp_desktop.reports.actions import Column
from cypp_desktop.ui.pack.choice import LayoutChoice
from cypp_desktop.ui.pack.columns import offered, written
from cypp_desktop.ui.pack.options import PackOptions


@pytest.fixture
def panel(qtbot, small):
    made = PackOptions(small, LayoutChoice(small))
    qtbot.addWidget(made)
    made.resize(400, 1400)
    made.show()
    return made


def pick(chooser, value):
    place = chooser.findData(value)
    chooser.setCurrentIndex(place)
    chooser.activated.emit(place)


def asked(panel):
    return panel.choice.options


def lines(panel):
    return [(line.column().key, line.printed) for line in panel.columns._lines]


def test_parts_are_switched_off_and_on(panel, small):
    panel.parts["sections"].box.click()
    assert not asked(panel).has("sections")
    assert asked(panel).has("actions")
    small.undo()
    assert panel.parts["sections"].box.isChecked()


@pytest.mark.parametrize(
    ("field", "value", "name"),
    [("paper", "A3", "paper"), ("text_size", "larger", "text_size")],
)
def test_paper_and_text_are_chosen(panel, field, value, name):
    pick(getattr(panel, name), value)
    assert getattr(asked(panel), field) == value


def test_a_period_is_chosen_and_the_current_one_stays_the_current_one(panel, small):
    old = small.plan.periods[0]
    assert panel.period.currentText() == "The current one (Spring)"
    pick(panel.period, old.id)
    assert asked(panel).period == old.id


def test_the_period_that_the_window_looks_at_is_printed_unless_another_is_named(panel, small):
    old, now = small.plan.periods
    told = []
    panel.choice.changed.connect(lambda: told.append(panel.choice.asked.period))
    small.look_at(old.id)
    assert told == [old.id]
    assert panel.period.currentText() == f"The one you look at ({old.name})"
    assert asked(panel).period == ""  # the layout goes on naming none
    pick(panel.period, now.id)
    assert panel.choice.asked.period == now.id
    small.look_at(now.id)
    pick(panel.period, "")
    assert panel.choice.asked.period == now.id
    assert panel.period.currentText() == f"The current one ({now.name})"


def test_people_and_watermark(panel):
    panel.people["roles"].click()
    panel.watermark.setText("  For   comment ")
    panel.watermark.editingFinished.emit()
    assert (asked(panel).people, asked(panel).watermark) == ("roles", "For comment")


def test_only_some_priorities_and_leads(panel, small):
    small.commit(add(small.plan, "priority", small.plan.root, {"ref": "2", "title": "Second"}))
    first, second = (one.id for one in small.plan.priorities)
    assert not panel.priorities.ticks
    panel.priorities.only.click()
    assert asked(panel).priorities == (first, second)
    panel.priorities.ticks[first].box.click()
    assert asked(panel).priorities == (second,)
    assert panel.priorities.only.isChecked()
    panel.priorities.all.click()
    assert asked(panel).priorities == ()
    panel.leads.only.click()
    panel.leads.ticks[small.plan.leads[0].id].box.click()
    assert asked(panel).leads == (small.plan.leads[1].id,)


def test_a_column_is_left_out_moved_headed_and_sized(qtbot, panel):
    usual = [line.column().key for line in panel.columns._lines if line.printed]
    second = panel.columns._lines[1]
    second.box.click()
    assert [one.key for one in actions.columns(asked(panel).columns)] == [usual[0], *usual[2:]]
    assert lines(panel)[-1][1] is False
    third = panel.columns._lines[1]
    qtbot.mouseClick(third._up, Qt.MouseButton.LeftButton)
    assert [one.key for one in actions.columns(asked(panel).columns)][:2] == [usual[2], usual[0]]
    line = panel.columns._lines[0]
    line.heading.setText("Who leads")
    line.heading.editingFinished.emit()
    line.width_field.setText("40")
    line.width_field.editingFinished.emit()
    column = actions.columns(asked(panel).columns)[0]
    assert (column.heading, round(column.width)) == ("Who leads", round(40 * 72 / 25.4))


def test_a_width_that_is_emptied_is_the_usual_one_and_one_that_is_none_cannot_be_typed(qtbot, panel):
    line = panel.columns._lines[0]
    qtbot.keyClicks(line.width_field, "+1,25-1")
    assert line.width_field.text() == "125"
    qtbot.keyClick(line.width_field, Qt.Key.Key_Return)
    assert actions.columns(asked(panel).columns)[0].width == 354.3
    line.width_field.clear()
    qtbot.keyClick(line.width_field, Qt.Key.Key_Return)
    assert actions.columns(asked(panel).columns or ("outcome=Outcome",))[0].width == 0


def test_columns_like_the_plans_own_are_not_kept(panel):
    line = panel.columns._lines[0]
    line.box.click()
    assert asked(panel).columns
    back = next(one for one in panel.columns._lines if not one.printed and one.column().key == "outcome")
    back.box.click()
    for _ in range(len(panel.columns._lines)):
        panel.columns._move(next(one for one in panel.columns._lines if one.column().key == "outcome"), -1)
    assert asked(panel).columns == ()


@pytest.mark.parametrize(
    "column", [Column("due", "Due"), Column("due", "Due", 120.5), Column("due", "By | 5"), Column("due", "A|5", 30.0)]
)
def test_what_is_written_of_a_column_is_read_again(column):
    assert actions.columns((written(column),)) == (column,)


def test_own_columns_of_actions_are_offered(small):
    small.commit(add(small.plan, "field", small.plan.root, {"name": "Stage", "subject": "action"}))
    small.commit(add(small.plan, "field", small.plan.root, {"name": "Unit", "subject": "measure"}))
    found = [one.heading for one in offered(small.plan)]
    assert "Stage" in found
    assert "Unit" not in found


def test_layouts_are_saved_renamed_and_deleted_from_the_menu(panel, small, monkeypatch):
    assert not panel._rename.isEnabled()
    monkeypatch.setattr(QInputDialog, "getText", lambda *_args, **_keys: ("For the board", True))
    panel._save.trigger()
    assert panel.layouts.currentText() == "For the board"
    monkeypatch.setattr(QInputDialog, "getText", lambda *_args, **_keys: ("For all", True))
    panel._rename.trigger()
    assert panel.layouts.currentText() == "For all"
    panel._delete.trigger()
    assert panel.layouts.currentText() == "The plan’s own table"
    assert small.plan.of(Layout) == ()


def test_every_choice_has_a_name(panel):
    for line in panel.columns._lines:
        for part in (line.box, line.heading, line.width_field, line._up, line._down):
            assert part.accessibleName()
    for part in (panel.layouts, panel.paper, panel.text_size, panel.watermark, panel.period):
        assert part.accessibleName()
