"""Restoring: whatever was deleted is listed, latest first, and comes back with what hung on it."""

from __future__ import annotations

from cypp_desktop.domain.change import delete
from cypp_desktop.domain.plan import Action, Outcome
from cypp_desktop.ui.dialogs.restore import RestoreDialog


def test_an_outcome_that_was_deleted_comes_back_with_its_actions(qtbot, small):
    before = small.plan
    outcome = next(one for one in before if isinstance(one, Outcome))
    small.commit(delete(small.plan, [outcome.id]))
    assert not any(isinstance(one, Action) for one in small.plan.branch(small.plan.root))
    dialog = RestoreDialog(small)
    qtbot.addWidget(dialog)
    assert dialog._list.item(0).text() == f"{before.level_word(outcome)}: {outcome.title}"
    dialog._list.item(0).setSelected(True)
    dialog._button.click()
    assert (small.plan, small.selection) == (before, outcome.id)


def test_where_nothing_was_deleted_it_says_so(qtbot, small):
    dialog = RestoreDialog(small)
    qtbot.addWidget(dialog)
    assert (dialog._why.text(), dialog._button.isEnabled()) == ("Nothing was deleted.", False)
