from __future__ import annotations

from PySide6.QtWidgets import QLabel

from cypp_desktop.domain.change import edit
from cypp_desktop.domain.plan import Outcome
from cypp_desktop.ui.dialogs.history import HistoryDialog
from cypp_desktop.ui.difference import Difference, pieces


def first_action(plan):
    outcome = next(record for record in plan if isinstance(record, Outcome))
    return plan.actions(outcome.id)[0]


def labels(dialog):
    return [label.text() for label in dialog.findChildren(QLabel)]


def test_it_says_who_put_what_in_place_of_what(qtbot, small):
    action = first_action(small.plan)
    lead = small.plan.leads[1]
    small.commit(edit(small.plan, action.id, {"due": "May", "leads": (lead.id,)}))
    small.undo()
    dialog = HistoryDialog(small, action.id)
    qtbot.addWidget(dialog)
    said = labels(dialog)
    assert "Tess undid this" in said
    assert "Tess changed this" in said
    assert "Tess added it" in said
    assert "3 changes" in said
    shown = [one.accessibleName() for one in dialog.findChildren(Difference)]
    assert "Before: nothing. After: May." in shown
    assert "Before: Ann. After: Ben." in shown


def test_the_whole_plans_history_names_the_records(qtbot, small):
    action = first_action(small.plan)
    small.commit(edit(small.plan, action.id, {"due": "May"}))
    dialog = HistoryDialog(small)
    qtbot.addWidget(dialog)
    assert "Key action 1.1.1 · Due" in labels(dialog)


def test_differences_are_word_by_word():
    assert list(pieces("one two three", "one 2 three")) == [("", "one "), ("-", "two "), ("+", "2 "), ("", "three")]
    assert list(pieces("a b", "a c")) == [("", "a "), ("-", "b"), ("", " "), ("+", "c")]
    assert list(pieces("", "new")) == [("+", "new")]
    assert list(pieces("same", "same")) == [("", "same")]
