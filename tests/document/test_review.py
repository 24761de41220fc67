"""What came in copies as tracked changes: gathered by person and record, kept or put back."""

from __future__ import annotations

import pytest

from cypp_desktop.document import review
from cypp_desktop.document.document import Document
from cypp_desktop.domain import change
from cypp_desktop.domain.change import PLACE, Refused


def edit(plan, record, **values):
    plan.commit(change.edit(plan.plan, record, values))


def note(plan, words):
    plan.commit(change.edit(plan.plan, "act", {"note@mid": words}))


def told(found):
    return [(one.author, one.record.id, one.doing, one.verdict) for one in found]


def only(document):
    (one,) = document.contributions()
    return one


def test_several_edits_of_one_person_are_one_contribution_from_the_first_to_the_last(document, copy, take):
    bob = copy("Bob")
    for words in "One", "Two", "Three":
        note(bob, words)
    edit(bob, "act", due="June")
    take(bob)
    one = only(document)
    assert (one.author, one.record.id, one.doing, one.open, one.below) == ("Bob", "act", "changed", True, ())
    assert [(each.field, each.before, each.after) for each in one.edits] == [
        ("note@mid", "Done", "Three"),
        ("due", None, "June"),
    ]


def test_ones_own_edits_are_not_among_what_came(document, copy, take):
    bob = copy("Bob")
    edit(document, "safe", title="Mine")
    note(bob, "Theirs")
    take(bob)
    assert told(document.contributions()) == [("Bob", "act", "changed", "")]


def test_what_came_is_known_after_the_file_was_closed_and_only_the_last_can_be_asked_for(document, copy, take):
    bob, cat = copy("Bob"), copy("Cat")
    note(bob, "Bob’s")
    edit(cat, "safe", title="Cat’s")
    take(bob)
    take(cat)
    again = Document.open(document.path, "Dan", read_only=True)
    assert told(again.contributions()) == told(document.contributions())
    assert [one.author for one in again.contributions()] == ["Bob", "Cat"]
    assert [one.author for one in again.contributions(last=True)] == ["Cat"]
    again.close()


def test_keeping_is_a_mark_that_travels_and_can_be_undone(document, copy, take):
    bob = copy("Bob")
    note(bob, "Bob’s")
    take(bob)
    document.commit(review.keep(document.contributions()))
    assert (only(document).verdict, only(document).judges, only(document).open) == ("kept", ("Ann",), False)
    assert document.plan["act"].update("mid").note == "Bob’s"
    document.undo()
    assert only(document).open
    document.redo()
    dan = copy("Dan")
    assert only(dan).verdict == "kept"
    take(bob)  # the same copy again asks nothing anew
    assert only(document).verdict == "kept"
    assert document.check() == []


def test_putting_back_brings_the_former_words_and_the_same_copy_does_not_change_that(document, copy, take):
    bob = copy("Bob")
    note(bob, "First")
    note(bob, "Bob’s")
    take(bob)
    document.put_back(document.contributions())
    assert document.plan["act"].update("mid").note == "Done"
    assert (only(document).verdict, only(document).open) == ("put back", False)
    assert take(bob) == 0
    assert document.plan["act"].update("mid").note == "Done"
    document.undo()
    assert (document.plan["act"].update("mid").note, only(document).verdict) == ("Bob’s", "")
    document.redo()
    assert (document.plan["act"].update("mid").note, only(document).verdict) == ("Done", "put back")
    assert document.check() == []


def test_putting_one_side_of_a_conflict_back_settles_it_for_the_other(document, copy, take):
    bob = copy("Bob")
    note(bob, "Bob’s")
    note(document, "Ann’s")
    take(bob)
    assert document.conflicts()
    document.put_back(document.contributions())
    assert (document.plan["act"].update("mid").note, document.conflicts()) == ("Ann’s", [])


def test_putting_a_decision_back_brings_the_conflict_back(document, copy, take):
    bob = copy("Bob")
    note(bob, "Bob’s")
    note(document, "Ann’s")
    take(bob)
    cat = copy("Cat")
    note(cat, "Cat’s decision")
    take(cat)
    assert document.conflicts() == []
    document.put_back([one for one in document.contributions() if one.author == "Cat"])
    (question,) = document.conflicts()
    assert sorted(side.value for side in question.sides) == ["Ann’s", "Bob’s"]


def test_what_others_wrote_since_stays(document, copy, take):
    bob = copy("Bob")
    note(bob, "Bob’s")
    edit(bob, "act", due="June")
    take(bob)
    note(document, "Ann’s, after Bob’s")
    one = only(document)
    assert [(each.field, each.stands) for each in one.edits] == [("note@mid", False), ("due", True)]
    document.put_back([one])
    assert (document.plan["act"].update("mid").note, document.plan["act"].due) == ("Ann’s, after Bob’s", "")


def test_two_edits_of_one_person_around_anothers_are_put_back_to_the_others(document, copy, take):
    bob = copy("Bob")
    note(bob, "Bob’s first")
    cat = copy("Cat", of=bob)
    note(cat, "Cat’s")
    last = copy("Bob", of=cat)
    note(last, "Bob’s last")
    take(last)
    document.put_back([one for one in document.contributions() if one.author == "Bob"])
    assert (document.plan["act"].update("mid").note, document.conflicts()) == ("Cat’s", [])


def test_what_was_changed_altogether_since_waits_for_nobody(document, copy, take):
    bob = copy("Bob")
    note(bob, "Bob’s")
    take(bob)
    note(document, "Ann’s")
    assert (only(document).since, only(document).open) == (("Ann",), False)


def test_a_deleted_branch_is_one_contribution_and_comes_back_whole(document, copy, take):
    bob = copy("Bob")
    before = document.plan
    bob.commit(change.delete(bob.plan, ["safe"]))
    take(bob)
    one = only(document)
    assert (one.record.id, one.record.title, one.doing, len(one.below)) == (
        "safe",
        "Safe",
        "deleted",
        len(before.branch("safe")) - 1,
    )
    assert len(one.units) == 1
    document.put_back([one])
    assert document.plan == before
    assert document.conflicts() == []


def test_an_added_record_is_taken_out_again_unless_others_wrote_into_it(document, copy, take):
    bob = copy("Bob")
    before = document.plan
    bob.commit(change.add(bob.plan, "action", "mash", {"text": "Bob’s idea"}))
    take(bob)
    one = only(document)
    assert (one.doing, [(each.field, each.after) for each in one.edits]) == ("added", [("text", "Bob’s idea")])
    document.put_back([one])
    assert document.plan == before
    document.undo()
    edit(document, one.record.id, due="June")
    with pytest.raises(Refused, match="Ann has written into"):
        document.put_back(document.contributions())
    assert document.plan[one.record.id].due == "June"
    assert only(document).verdict == ""


def test_a_move_is_put_back(document, copy, take):
    bob = copy("Bob")
    bob.commit(change.move(bob.plan, "act", "safe"))
    take(bob)
    assert [each.field for each in only(document).edits] == [PLACE]
    document.put_back(document.contributions())
    assert document.plan["act"].parent == "mash"


def test_a_restored_record_is_deleted_again(document, copy, take):
    bob = copy("Bob")
    bob.commit(change.restore(["train"]))
    take(bob)
    assert (only(document).doing, "train" in document.plan) == ("restored", True)
    document.put_back(document.contributions())
    assert ("train" in document.plan, document.conflicts()) == (False, [])


def test_two_reviewers_who_differ_are_both_heard(document, copy, take):
    bob = copy("Bob")
    note(bob, "Bob’s")
    take(bob)
    dan = copy("Dan")
    dan.put_back(dan.contributions())
    document.commit(review.keep(document.contributions()))
    take(dan)
    one = next(one for one in document.contributions() if one.author == "Bob")
    assert (one.verdict, one.judges) == ("", ("Ann", "Dan"))


def test_a_taking_in_that_is_taken_back_waits_no_more_and_done_again_waits_again(document, copy, take):
    bob = copy("Bob")
    note(bob, "Bob’s")
    take(bob)
    document.undo()
    assert not only(document).open
    document.redo()
    assert (only(document).open, only(document).since) == (True, ())
    document.put_back(document.contributions())
    assert document.plan["act"].update("mid").note == "Done"
    assert document.check() == []


def test_all_of_one_person_is_put_back_as_one_step(document, copy, take):
    bob, cat = copy("Bob"), copy("Cat")
    before = document.plan
    note(bob, "Bob’s")
    edit(bob, "safe", title="Bob’s title")
    bob.commit(change.add(bob.plan, "action", "mash", {"text": "Bob’s idea"}))
    edit(cat, "mash", title="Cat’s")
    take(bob, cat)
    document.put_back([one for one in document.contributions() if one.author == "Bob"])
    assert document.plan == before.replaced([document.plan["mash"]])
    document.undo()
    assert document.plan["safe"].title == "Bob’s title"


def test_marks_are_no_edits_of_what_they_are_about(document, copy, take):
    """A deletion in another copy did not see the mark, and yet nobody is asked about it."""
    bob = copy("Bob")
    note(bob, "Bob’s")
    take(bob)
    cat = copy("Cat")
    cat.commit(change.delete(cat.plan, ["act"]))
    document.commit(review.keep(document.contributions()))
    take(cat)
    assert ("act" in document.plan, document.conflicts()) == (False, [])


def test_any_span_of_the_history_can_be_gathered_step_by_step(document):
    note(document, "One")
    note(document, "Two")
    rows = document._store.history()[:2][::-1]
    found = review.gather(document._store, document.plan, rows, stepwise=True)
    assert [(one.edits[0].before, one.edits[0].after, one.edits[0].stands) for one in found] == [
        ("Done", "One", False),
        ("One", "Two", True),
    ]


_DAMAGED = ["", "nonsense", "[1]", '[["x", "y", 3]]', '{"a": 1}', "null", "[" * 90_000]
_DAMAGED += ['[["", 1, 1e999]]', '[["", 1, 99999999999999999999]]', '[["", -5, -1]]', '[["", 5, 2]]']


@pytest.mark.parametrize("words", _DAMAGED)
def test_a_damaged_note_of_what_came_says_that_nothing_did(document, words):
    document._store.set_meta("came", words)
    assert document.contributions() == []
