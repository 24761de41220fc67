from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from cypp_desktop.domain.change import add
from cypp_desktop.domain.plan import Action, CustomField, custom_field
from cypp_desktop.ui.controls import Chooser
from cypp_desktop.ui.models.tree import PLAN
from cypp_desktop.ui.panels.inspector import Inspector
from cypp_desktop.ui.panels.own_fields import READS, PlanColumnsField, ReadField


@pytest.fixture
def shown(qtbot, small):
    made = Inspector(small)
    qtbot.addWidget(made)
    made.resize(400, 2400)
    made.show()

    def look(record):
        small.select(record)
        qtbot.waitUntil(made.rests)
        return made

    return look


def with_field(small, kind, **values):
    small.commit(add(small.plan, "field", small.plan.root, {"name": "Own", "type": kind, **values}))
    return small.plan.of(CustomField)[-1], next(one for one in small.plan if isinstance(one, Action))


@pytest.mark.parametrize(
    ("kind", "words", "said"),
    [
        ("number", "1,250.5", ""),
        ("number", "-3 %", ""),
        ("number", "many", "not a number"),
        ("date", "31 March 2017", "31 Mar 2017"),
        ("date", "soon", "no date"),
        ("date", "", ""),
    ],
)
def test_words_of_a_typed_field_are_kept_and_what_was_read_is_said(small, shown, kind, words, said):
    field, action = with_field(small, kind)
    form = shown(action.id)
    found = next(one for one in form.findChildren(ReadField) if one.isVisible())
    found.type_in(words)
    hint = " ".join(label.text() for label in found.findChildren(QLabel))
    assert (said in hint) if said else (hint.strip() == "Own")
    found.save()
    assert dict(small.plan[action.id].custom).get(field.id, "") == words


def test_a_number_among_very_many_blanks_is_read_at_once():
    assert READS["number"](f"-{' ' * 100_000}1 250{' ' * 100_000}%") == ""
    assert "not a number" in READS["number"](f"1{' ' * 100_000}x")


def test_yes_or_no(small, shown):
    field, action = with_field(small, "yes/no")
    form = shown(action.id)
    found = next(one for one in form.findChildren(Chooser) if one.accessibleName() == "Own")
    found.setCurrentText("Yes")
    found.activated.emit(found.currentIndex())
    assert small.plan[action.id].custom == ((field.id, "Yes"),)
    assert custom_field(field.id)


def test_a_column_of_the_table_is_left_out_moved_and_headed_anew(small, shown):
    form = shown(PLAN)
    (found,) = form.findChildren(PlanColumnsField)
    lines = {line._key: line for line in found.columns._lines}
    lines["note"].box.click()
    assert not any(one.startswith("note=") for one in small.plan.details.columns)
    lines = {line._key: line for line in found.columns._lines}
    lines["leads"].heading.setText("Who")
    lines["leads"].heading.editingFinished.emit()
    assert "leads=Who" in small.plan.details.columns
    before = list(small.plan.details.columns)
    place = before.index("leads=Who")
    lines = {line._key: line for line in found.columns._lines}
    lines["leads"].moved.emit(-1)
    after = list(small.plan.details.columns)
    assert after.index("leads=Who") == place - 1
    small.undo()
    assert list(small.plan.details.columns) == before


def test_a_new_field_can_become_a_column(small, shown):
    field, _ = with_field(small, "text")
    form = shown(PLAN)
    (found,) = form.findChildren(PlanColumnsField)
    line = next(one for one in found.columns._lines if one._key == f"custom:{field.id}")
    line.box.click()
    assert f"custom:{field.id}=Own" in small.plan.details.columns


def test_a_table_keeps_its_last_column(small, shown):
    form = shown(PLAN)
    (found,) = form.findChildren(PlanColumnsField)
    while len(small.said) == 0:
        next(line for line in found.columns._lines if line.printed).box.click()
    assert len(small.plan.details.columns) == 1
    assert small.said == ["A table has at least one column."]
