"""Who changed what: cards of a field, a record or the plan, and what was is brought back as a step."""

from __future__ import annotations

import pytest

from cypp_desktop.domain.change import delete, edit, move
from cypp_desktop.domain.plan import Action, Outcome, update_field
from cypp_desktop.ui.changes.content import content
from cypp_desktop.ui.dialogs.history import HistoryDialog
from cypp_desktop.ui.difference import pieces


def first_action(plan):
    outcome = next(record for record in plan if isinstance(record, Outcome))
    return plan.actions(outcome.id)[0]


@pytest.fixture
def shown(qtbot, small):
    """A dialog of the small plan that has read the history."""

    def show(record="", field=""):
        dialog = HistoryDialog(small, record, None, field)
        qtbot.addWidget(dialog)
        dialog.source.finish()
        dialog.show()
        return dialog

    return show


def cards(dialog):
    return [content(dialog.model.plan, row.contribution) for row in dialog.model.rows]


def titles(dialog):
    return [one.title for one in cards(dialog)]


def test_it_says_who_put_what_in_place_of_what_latest_first(small, shown):
    action = first_action(small.plan)
    lead = small.plan.leads[1]
    small.commit(edit(small.plan, action.id, {"due": "May", "leads": (lead.id,)}))
    small.undo()
    dialog = shown(action.id)
    assert titles(dialog) == [
        "Key action 1.1.1 · undone",
        "Key action 1.1.1 · 2 fields",
        "Key action 1.1.1 · added",
    ]
    assert dialog._title.text() == "Key action 1.1.1"
    assert dialog._count.text() == "3 changes"
    lines = {line.name: line.words for line in cards(dialog)[1].lines}
    assert lines["Due"] == (("+", "May"),)
    assert [one for one in lines["Leads"] if one[0]] == [("-", "Ann"), ("+", "Ben")]
    assert all(one.who.startswith("Tess · Today") for one in cards(dialog))


def test_one_field_alone_and_from_there_the_record_and_the_plan(small, shown, qtbot):
    action = first_action(small.plan)
    small.commit(edit(small.plan, action.id, {"due": "May"}))
    small.commit(edit(small.plan, action.id, {"text": "Else"}))
    small.commit(edit(small.plan, small.plan.root, {"title": "Other"}))
    dialog = shown(action.id, "due")
    assert dialog._title.text() == "Key action 1.1.1 · due"
    assert titles(dialog) == ["Key action 1.1.1 · due"]
    for place, expected in ((1, 3), (2, 4)):
        dialog.scope.setCurrentIndex(place)
        dialog.scope.activated.emit(place)
        qtbot.waitUntil(lambda: dialog.source.known)
        assert len(cards(dialog)) == expected


def test_persons_and_words_are_looked_for_in_the_whole_history(small, shown, qtbot):
    action = first_action(small.plan)
    small.commit(edit(small.plan, action.id, {"text": "A needle here"}))
    small.document.author = "Una"
    small.commit(edit(small.plan, action.id, {"text": "Nothing here"}))
    dialog = shown()
    assert [dialog.people.itemText(place) for place in range(dialog.people.count())] == ["Everybody", "Tess", "Una"]
    dialog.words.setText("NEEDLE")
    dialog._look()
    qtbot.waitUntil(lambda: dialog.source.known)
    assert [one.who.split(" ·")[0] for one in cards(dialog)] == ["Una", "Tess"]  # who took it out, who put it in
    dialog.words.clear()
    dialog.people.setCurrentIndex(2)
    dialog._look()
    qtbot.waitUntil(lambda: dialog.source.known)
    assert titles(dialog) == ["Key action 1.1.1 · words"]
    dialog.words.setText("no such words")
    dialog._look()
    qtbot.waitUntil(lambda: dialog.source.known)
    assert dialog._stack.currentWidget() is dialog._empty


def test_words_of_what_was_deleted_are_found(small, shown, qtbot):
    action = first_action(small.plan)
    small.commit(edit(small.plan, action.id, {"text": "A needle here"}))
    small.commit(delete(small.plan, [action.parent]))
    small.commit(edit(small.plan, small.plan.root, {"title": "Other"}))
    dialog = shown()
    dialog.words.setText("needle")
    dialog._look()
    qtbot.waitUntil(lambda: dialog.source.known)
    assert [one.doing for one in dialog.source.found] == ["deleted", "changed"]


def test_a_value_comes_back_as_a_step_that_can_be_undone(small, shown):
    action = first_action(small.plan)
    note = update_field("note", small.plan.current_period.id)
    for words in "One", "Two":
        small.commit(edit(small.plan, action.id, {note: words}))
    dialog = shown(action.id, note)
    dialog.list.go(1)  # from nothing to "One"
    dialog.after.click()
    assert first_action(small.plan).update(small.plan.current_period.id).note == "One"
    dialog.source.finish()
    dialog.list.go(2)
    dialog.before.click()
    assert first_action(small.plan).update(small.plan.current_period.id).note == ""
    small.undo()
    assert first_action(small.plan).update(small.plan.current_period.id).note == "One"
    assert small.document.undo_label == "return of what was"


def test_what_changes_nothing_is_not_offered(small, shown):
    action = first_action(small.plan)
    small.commit(edit(small.plan, action.id, {"due": "May"}))
    dialog = shown(action.id)
    dialog.list.go(0)
    assert (dialog.before.isEnabled(), dialog.after.isEnabled()) == (True, False)


def test_what_was_deleted_or_moved_comes_back(small, shown):
    plan, action = small.plan, first_action(small.plan)
    priority = plan.priorities[0]
    small.commit(move(plan, action.id, priority.id))
    small.commit(delete(small.plan, [plan.outcomes(priority.id)[0].id]))
    gone = len(plan) - len(small.plan)
    assert gone > 2
    dialog = shown()
    dialog.list.go(0)
    assert dialog.before.text() == "Bring it back"
    dialog.before.click()
    assert len(small.plan) == len(plan)
    dialog.source.finish()
    dialog.list.go(2)
    dialog.before.click()
    assert small.plan[action.id].parent == action.parent


def test_of_a_deleted_record_it_says_that_it_comes_back_first(small, shown):
    action = first_action(small.plan)
    small.commit(edit(small.plan, action.id, {"due": "May"}))
    small.commit(delete(small.plan, [action.id]))
    dialog = shown()
    dialog.list.go(1)
    assert not dialog.before.isEnabled()
    assert dialog._why.text() == "It is deleted. Bring it back first."


def test_the_plan_of_that_moment_is_asked_for(small, shown):
    dialog, asked = shown(), []
    dialog.then_wanted.connect(asked.append)
    dialog.list.go(0)
    dialog.then.click()
    assert asked == [small.document.history(limit=1)[0].at]


def test_a_plan_that_is_only_read_brings_nothing_back(small, shown):
    small.commit(edit(small.plan, first_action(small.plan).id, {"due": "May"}))
    small.document.read_only = "Only read."
    dialog = shown()
    dialog.list.go(0)
    assert not any(one.isEnabled() for one in (dialog.before, dialog.after, dialog.remove))
    assert dialog._why.text() == "Only read."


def test_a_very_long_text_shows_what_changed_and_what_is_near(small, shown):
    action = next(one for one in small.plan if isinstance(one, Action))
    words = [f"w{number}" for number in range(300)]
    small.commit(edit(small.plan, action.id, {"text": " ".join(words)}))
    words[150] = "changed"
    small.commit(edit(small.plan, action.id, {"text": " ".join(words)}))
    line = cards(shown(action.id, "text"))[0].lines[0].words
    whole = "".join(piece for _, piece in line)
    assert ("+", "changed ") in line or ("+", "changed") in line
    assert "w149" in whole
    assert "w151" in whole
    assert "w10 " not in whole
    assert len(whole.split()) < 40


def test_differences_are_word_by_word():
    assert list(pieces("one two three", "one 2 three")) == [("", "one "), ("-", "two "), ("+", "2 "), ("", "three")]
    assert list(pieces("a b", "a c")) == [("", "a "), ("-", "b"), ("", " "), ("+", "c")]
    assert list(pieces("", "new")) == [("+", "new")]
    assert list(pieces("same", "same")) == [("", "same")]


def test_texts_with_hardly_a_word_in_common_stand_one_after_the_other():
    before, after = "one two three four to five six seven eight nine ten", "Nothing to report"
    assert list(pieces(before, after)) == [("-", before), ("", " "), ("+", after)]
