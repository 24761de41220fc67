"""Questions through undo: each is the same again, with who wrote what and what a deletion knew.

Ann's file is the one in which copies are taken in. Whoever deletes in another copy has not seen what she wrote since,
not even where that is what stood before.
"""

from __future__ import annotations

import pytest

from cypp_desktop.document import conflicts
from cypp_desktop.domain import change


def edit(plan, **values):
    plan.commit(change.edit(plan.plan, "act", values))


def delete(plan):
    plan.commit(change.delete(plan.plan, ["act"]))


def questions(plan):
    return [(one.kind, one.record, sorted((side.field, side.value) for side in one.sides)) for one in plan.conflicts()]


def settled_and_undone(document, answer):
    """The only question is settled, which is taken back and done again, twice: each time all is as it was."""
    before = document.plan, document.conflicts()
    (question,) = document.conflicts()
    document.commit(conflicts.settle(document.plan, question, answer))
    after = document.plan
    for _ in range(2):
        assert document.conflicts() == []
        document.undo()
        assert (document.plan, document.conflicts()) == before
        document.redo()
        assert document.plan == after
    assert document.check() == []


@pytest.mark.parametrize("answer", ["Ann’s", "Bob’s", "Both’s"])
def test_an_undone_decision_leaves_who_wrote_what_and_what_was_before(document, copy, take, answer):
    bob = copy("Bob")
    edit(bob, text="Bob’s")
    edit(document, text="Ann’s")
    take(bob)
    settled_and_undone(document, answer)
    document.undo()
    (question,) = copy("Dan").conflicts()
    assert question.base == "Co-locate the team"
    assert {side.author: side.value for side in question.sides} == {"Ann": "Ann’s", "Bob": "Bob’s"}


@pytest.mark.parametrize("how", ["undo", "review"])
def test_who_brought_something_back_stands_against_what_another_wrote_meanwhile(document, copy, take, how):
    dan, bob, cat = copy("Dan"), copy("Bob"), copy("Cat")
    if how == "undo":
        edit(dan, text="Dan’s")
        dan.undo()
    else:
        edit(bob, text="Bob’s")
        take(bob, into=dan)
        dan.put_back(dan.contributions())
    edit(cat, text="Cat’s")
    take(dan, cat)
    (question,) = document.conflicts()
    assert {side.author: side.value for side in question.sides} == {"Dan": "Co-locate the team", "Cat": "Cat’s"}
    settled_and_undone(document, "Both’s")


def test_a_question_that_a_review_brings_back_says_who_wrote_what(document, copy, take):
    bob, cat = copy("Bob"), copy("Cat")
    edit(bob, text="Bob’s")
    edit(cat, text="Cat’s")
    take(bob, cat)
    before = document.conflicts()
    dan = copy("Dan")
    edit(dan, text="Dan’s decision")
    take(dan)
    document.put_back([one for one in document.contributions() if one.author == "Dan"])
    assert document.conflicts() == before


@pytest.mark.parametrize("gone", [True, False])
@pytest.mark.parametrize("cell", ["text", "note@new"])  # a cell that was written before, and one that was not
def test_a_deletion_had_not_seen_an_edit_that_was_taken_back_before_it_came(document, copy, take, cell, gone):
    cat = copy("Cat")
    edit(document, **{cell: "Ann’s"})
    document.undo()
    delete(cat)
    take(cat)
    assert [side[0] for side in questions(document)[0][2]] == ["_deleted", cell]
    settled_and_undone(document, gone)


@pytest.mark.parametrize("gone", [True, False])
def test_a_deletion_had_not_seen_what_was_put_back_in_review_before_it_came(document, copy, take, gone):
    bob, cat = copy("Bob"), copy("Cat")
    edit(bob, text="Bob’s")
    take(bob)
    document.put_back(document.contributions())
    delete(cat)
    take(cat)
    assert questions(document) == [("deleted", "act", [("_deleted", True), ("text", "Co-locate the team")])]
    settled_and_undone(document, gone)


def test_a_review_over_a_half_decided_deletion_is_taken_back_to_all_of_its_question(document, copy, take):
    bob, cat = copy("Bob"), copy("Cat")
    edit(document, ref="7")
    document.undo()
    edit(bob, text="Bob’s")
    delete(cat)
    take(bob, cat)
    before = document.conflicts()
    assert [side[0] for side in questions(document)[0][2]] == ["_deleted", "ref", "text"]
    document.put_back([one for one in document.contributions() if one.author == "Bob"])
    assert [side[0] for side in questions(document)[0][2]] == ["_deleted", "ref"]
    document.undo()
    assert document.conflicts() == before


def test_a_deletion_that_comes_back_had_seen_what_was_written_and_taken_back_since(document):
    delete(document)
    document.commit(change.restore(["act"]))
    edit(document, text="Ann’s", ref="7")
    document.undo()
    edit(document, text="Ann’s again")
    document.undo()
    document.undo()
    assert ("act" in document.plan, questions(document)) == (False, [])


def test_a_deletion_that_comes_back_in_review_had_seen_what_was_written_and_taken_back_since(document, copy, take):
    delete(document)
    bob = copy("Bob")
    bob.commit(change.restore(["act"]))
    cat = copy("Cat", of=bob)
    edit(cat, text="Cat’s")
    take(bob)
    take(cat)
    document.undo()
    document.redo()
    for author in "Bob", "Cat":
        document.put_back([one for one in document.contributions() if one.author == author])
    assert ("act" in document.plan, questions(document)) == (False, [])


def test_what_was_deleted_stays_so_when_an_edit_that_the_deletion_had_seen_is_put_back(document, copy, take):
    bob = copy("Bob")
    edit(bob, text="Bob’s")
    edit(bob, text="Bob’s last")
    take(bob)
    delete(document)
    document.put_back(document.contributions())
    assert ("act" in document.plan, document.conflicts()) == (False, [])
    document.undo()
    assert ("act" in document.plan, document.conflicts()) == (False, [])
    document.undo()
    assert document.plan["act"].text == "Bob’s last"
