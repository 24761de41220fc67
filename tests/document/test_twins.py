"""Records that two people added both: suggested, combined, or noted to be both meant."""

from __future__ import annotations

import pytest

from cypp_desktop.document import conflicts, twins
from cypp_desktop.domain import change
from cypp_desktop.domain.change import Refused


def add(plan, words, parent="mash", **values):
    step = change.add(plan.plan, "action", parent, {"text": words, **values}, keys=plan.keys)
    plan.commit(step)
    return step.record


def asked(plan):
    return [one for one in plan.conflicts() if one.kind == "twins"]


@pytest.fixture
def pair(document, copy, take):
    """Two people added nearly the same action."""
    bob = copy("Bob")
    mine = add(document, "Write to all schools by June", leads=("ann",))
    theirs = add(bob, "Write to all schools, by June.", due="June", **{"note@mid": "Begun"})
    take(bob)
    return mine, theirs


def test_nearly_equal_siblings_of_two_authors_are_asked_about(document, pair):
    (question,) = asked(document)
    assert {side.value for side in question.sides} == set(pair)
    assert {side.author for side in question.sides} == {"Ann", "Bob"}


@pytest.mark.parametrize("words", ["Write to some parents in autumn", "TBC", ""])
def test_others_are_not(document, copy, take, words):
    bob = copy("Bob")
    add(document, "Write to all schools by June" if words not in ("TBC", "") else words)
    add(bob, words)
    add(bob, "Write to all schools by June", parent="safe")
    take(bob)
    assert asked(document) == []


def test_one_author_may_say_a_thing_twice(document):
    add(document, "Same words")
    add(document, "Same words")
    assert asked(document) == []


def test_combining_loses_nothing(document, pair):
    mine, theirs = pair
    document.commit(conflicts.settle(document.plan, asked(document)[0], mine))
    one = document.plan[mine]
    assert theirs not in document.plan
    assert (one.text, one.due, one.leads, one.update("mid").note) == (
        "Write to all schools by June",
        "June",
        ("ann",),
        "Begun",
    )
    assert document.conflicts() == []
    document.undo()
    assert {mine, theirs} <= {record.id for record in document.plan}
    assert document.check() == []


def test_two_notes_become_one_that_holds_both(document, pair):
    mine, theirs = pair
    document.commit(change.edit(document.plan, mine, {"note@mid": "Not begun"}))
    document.commit(twins.combine(document.plan, mine, theirs))
    assert document.plan[mine].update("mid").note == "Not begun\n\nBegun"


def test_what_hangs_on_the_other_or_names_it_goes_over(document, copy, take):
    bob = copy("Bob")
    first = change.add(document.plan, "outcome", "safe", {"title": "Safe at home"}, keys=document.keys)
    document.commit(first)
    second = change.add(bob.plan, "outcome", "safe", {"title": "Safe at home"}, keys=bob.keys)
    bob.commit(second)
    child = add(bob, "Visit", parent=second.record)
    lead = change.add(bob.plan, "lead", bob.plan.root, {"name": "Ann"})
    bob.commit(lead)
    bob.commit(change.edit(bob.plan, "act", {"leads": (lead.record,)}))
    view = change.add(bob.plan, "view", bob.plan.root, {"filters": (f"lead={lead.record}", f"below={second.record}")})
    bob.commit(view)
    take(bob)
    for question in asked(document):
        kept = first.record if question.record in (first.record, second.record) else "ann"
        document.commit(conflicts.settle(document.plan, question, kept))
    assert document.plan[child].parent == first.record
    assert document.plan["act"].leads == ("ann",)
    assert document.plan[view.record].filters == ("lead=ann", f"below={first.record}")
    assert (document.conflicts(), document.check()) == ([], [])


def test_that_both_are_meant_is_kept_and_travels(document, pair, copy, take):
    old = copy("Cat")
    document.commit(conflicts.settle(document.plan, asked(document)[0], value=False))
    assert asked(document) == []
    dan = copy("Dan")
    assert asked(dan) == []
    take(document, into=old)
    assert asked(old) == []
    document.undo()
    assert asked(document)


def test_one_that_is_gone_cannot_be_combined(document, pair):
    mine, theirs = pair
    document.commit(change.delete(document.plan, [theirs]))
    assert asked(document) == []
    with pytest.raises(Refused, match="no longer"):
        twins.combine(document.plan, mine, theirs)


def test_among_very_many_siblings_only_equal_words_are_taken_for_the_same():
    from cypp_desktop.domain.plan import Action, Outcome, Plan

    many = [
        Action(id=f"{n}", parent="o", order=f"a{n:04}", text=f"Action number {n:04} of the plan") for n in range(300)
    ]
    same = Action(id="x", parent="o", order="a9999", text="Action number 0007 of the plan")
    plan = Plan([Outcome(id="o"), *many, same])
    makers = {one.id: "Ann" for one in many} | {"x": "Bob"}
    assert [(one.id, other.id) for one, other in twins.find(plan, makers, ())] == [("7", "x")]
