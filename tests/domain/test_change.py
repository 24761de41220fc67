from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cypp_desktop.domain import change
from cypp_desktop.domain.change import DELETED, KIND, LONGEST, PLACE, Branch, Change, Refused, Step
from cypp_desktop.domain.order import Keys
from cypp_desktop.domain.plan import Action, Details, Lead, Outcome, Plan, Priority, cell
from tests import strategies
from tests.strategies import plan_of

PLAN = Plan(
    [
        Details(id="p"),
        Lead(id="ann", parent="p", order="a0"),
        Priority(id="1", parent="p", order="a0"),
        Priority(id="2", parent="p", order="a1"),
        Outcome(id="1a", parent="1", order="a0", title="x"),
        Outcome(id="1b", parent="1", order="a1"),
        Outcome(id="1aa", parent="1a", order="a0"),
        Action(id="one", parent="1a", order="a0"),
        Action(id="two", parent="1a", order="a1"),
        Action(id="three", parent="1a", order="a2"),
    ]
)


def after(plan, step):
    return Plan(strategies.done({one.id: one for one in plan}, step).values())


def ids(records):
    return [one.id for one in records]


# --- edits -----------------------------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(strategies.plans, st.data())
def test_an_edit_says_what_was_there_and_what_is_there_now(plan, data):
    record = data.draw(st.sampled_from(list(plan)))
    values = data.draw(strategies.fields(record.kind))
    step = change.edit(plan, record.id, values)
    new = after(plan, step)
    assert {one.field for one in step.changes} == {name for name in values if cell(record, name) != values[name]}
    for one in step.changes:
        assert (one.record, one.before, one.after) == (
            record.id,
            cell(record, one.field),
            cell(new[record.id], one.field),
        )
    assert {name: cell(new[record.id], name) for name in values} == values
    assert not change.edit(new, record.id, values)


def test_the_same_edit_on_several_records_is_one_step():
    step = change.edit_all(PLAN, ["one", "two"], {"due": "June"}, "due dates")
    assert (step.label, step.op, step.record) == ("due dates", "set", "one")
    assert [after(PLAN, step)[one].due for one in ("one", "two", "three")] == ["June", "June", ""]


def test_an_edit_is_called_after_its_field():
    assert change.edit(PLAN, "one", {"due_date": "2026-01-01"}).label == "change of due date"
    assert change.edit(PLAN, "one", {"note@p": "x"}).label == "change of note"


@pytest.mark.parametrize(
    ("record", "values", "sentence"),
    [
        ("gone", {"title": "x"}, "no longer in the plan"),
        ("1a", {"colour": "x"}, "no field “colour”"),
        ("1a", {"note@p": "x"}, "no field “note@p”"),
        ("1a", {"title": None}, "cannot take"),
        ("1a", {"title": True}, "cannot take"),
        ("1a", {"joined": "yes"}, "cannot take"),
        ("one", {"leads": "ann"}, "cannot take"),
        ("one", {"text": ("ann",)}, "cannot take"),
        ("one", {"text": "x" * (LONGEST + 1)}, "too long: 200,001 characters"),
        ("one", {"leads": ("x" * LONGEST, "y")}, "too long"),
        ("one", {"text": "half \ud83d"}, "half a character"),
    ],
)
def test_an_edit_that_cannot_be_is_refused_in_a_sentence(record, values, sentence):
    with pytest.raises(Refused, match=sentence):
        change.edit(PLAN, record, values)


# --- additions -------------------------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(strategies.plans, strategies.plan_branches)
def test_an_addition_holds_the_branch_as_it_was_given(plan, branch):
    for one in branch.children:
        plan = after(plan, change.add_branches(plan, plan.root, [one]))
        held(plan, one, plan.root)
        assert [record.id for record in plan.children(plan.root) if record.kind == one.kind][-1] == one.id
    assert not plan.unplaced()


def held(plan, branch, parent):
    record = plan[branch.id]
    assert (record.kind, record.parent) == (branch.kind, parent)
    assert {name: cell(record, name) for name in branch.fields} == branch.fields
    for kind in {child.kind for child in branch.children}:
        there = [one.id for one in plan.children(branch.id) if one.kind == kind]
        assert there == [child.id for child in branch.children if child.kind == kind]
    for child in branch.children:
        held(plan, child, branch.id)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (None, ["one", "two", "three", "new"]),
        ("", ["new", "one", "two", "three"]),
        ("two", ["one", "two", "new", "three"]),
    ],
)
def test_an_addition_stands_where_it_was_asked_for(place, expected):
    step = change.add_branches(PLAN, "1a", [Branch("action", {}, id="new")], after=place)
    assert ids(after(PLAN, step).actions("1a")) == expected
    assert (step.op, step.label, step.record) == ("add", "new action", "new")


@pytest.mark.parametrize("place", [None, "", "two"])
def test_several_additions_stand_one_after_another(place):
    new = [Branch("action", {}, id=f"n{number}") for number in range(5)]
    done = ids(after(PLAN, change.add_branches(PLAN, "1a", new, after=place)).actions("1a"))
    start = {None: 3, "": 0, "two": 2}[place]
    assert done[start : start + 5] == [one.id for one in new]
    assert done[:start] + done[start + 5 :] == ["one", "two", "three"]


def test_rows_typed_one_after_another_use_the_same_keys():
    keys = Keys()
    plan = after(PLAN, change.add(PLAN, "action", "1a", {"text": "x"}, after="one", keys=keys))
    first = plan.actions("1a")[1]
    plan = after(plan, change.add(plan, "action", "1a", {"text": "y"}, after=first.id, keys=keys))
    assert [one.text for one in plan.actions("1a")] == ["", "x", "y", "", ""]
    assert plan.actions("1a")[2].order.startswith(first.order)


@pytest.mark.parametrize(
    ("kind", "parent", "sentence"),
    [
        ("action", "gone", "no longer in the plan"),
        ("action", "p", "cannot stand under"),
        ("outcome", "one", "cannot stand under"),
        ("priority", "", "cannot stand under one of kind nothing"),
        ("wish", "1a", "nothing called “wish”"),
        ("plan", "", "only one plan"),
        ("plan", "p", "cannot stand under"),
    ],
)
def test_an_addition_that_cannot_be_is_refused_in_a_sentence(kind, parent, sentence):
    with pytest.raises(Refused, match=sentence):
        change.add(PLAN, kind, parent)


def test_an_addition_is_refused_for_what_hangs_on_it_too():
    with pytest.raises(Refused, match="cannot stand under"):
        change.add_branches(PLAN, "1", [Branch("outcome", {}, [Branch("reading", {})])])
    with pytest.raises(Refused, match="cannot take"):
        change.add(PLAN, "outcome", "1", {"joined": "yes"})
    with pytest.raises(Refused, match="no field"):
        change.add(PLAN, "outcome", "1", {"colour": "x"})


# --- moves -----------------------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(-2, 9), st.booleans()), max_size=12))
def test_a_move_puts_a_record_where_it_was_asked_for(moves):
    plan, names, keys = PLAN, ["one", "two", "three"], Keys()
    plan = after(plan, change.add_branches(plan, "1a", [Branch("action", {}, id=f"n{one}") for one in range(4)]))
    names += [f"n{one}" for one in range(4)]
    for which, where, shared in moves:
        moved, rest = names[which % len(names)], [one for one in names if one != names[which % len(names)]]
        place = {-2: None, -1: ""}.get(where, rest[where % len(rest)])
        step = change.move(plan, moved, "1a", place, keys if shared else None)
        spot = len(rest) if place is None else rest.index(place) + 1 if place else 0
        expected = [*rest[:spot], moved, *rest[spot:]]
        assert bool(step) == (expected != names)
        plan, names = after(plan, step), expected
        assert ids(plan.actions("1a")) == names


def test_a_move_takes_all_below_it_along():
    step = change.move(PLAN, "1a", "2")
    new = after(PLAN, step)
    assert ids(new.outcomes("2")) == ["1a"]
    assert ids(new.actions("1a")) == ["one", "two", "three"]
    assert step.changes == (Change("1a", PLACE, ("1", "a0"), ("2", new["1a"].order)),)


def test_a_move_after_itself_is_none():
    assert not change.move(PLAN, "two", "1a", "two")


@pytest.mark.parametrize(
    ("record", "parent", "sentence"),
    [
        ("gone", "1a", "no longer in the plan"),
        ("one", "gone", "no longer in the plan"),
        ("1a", "1a", "below itself"),
        ("1a", "1aa", "below itself"),
        ("one", "p", "cannot stand under"),
        ("p", "1", "below itself"),
    ],
)
def test_a_move_that_cannot_be_is_refused_in_a_sentence(record, parent, sentence):
    with pytest.raises(Refused, match=sentence):
        change.move(PLAN, record, parent)


@given(
    st.lists(st.sampled_from(["a1", "a1x", "zz", "0", "", "nöt a key", "a10", "z" + "z" * 26]), min_size=1, max_size=4),
    st.integers(-2, 3),
)
def test_there_is_room_beside_any_order_key_that_a_file_may_hold(keys, where):
    siblings = [Action(id=f"x{number}", parent="1b", order=key) for number, key in enumerate(keys)]
    plan = PLAN.replaced(siblings)
    place = {-2: None, -1: ""}.get(where, f"x{where % len(keys)}")
    new = after(plan, change.add_branches(plan, "1b", [Branch("action", {}, id="new")], after=place))
    assert "new" in ids(new.actions("1b"))


# --- deletions and the rest ------------------------------------------------------------------------------------------


def test_a_deletion_takes_all_below_it_along():
    step = change.delete(PLAN, ["1a", "two", "1aa"])
    assert {(one.record, one.field, one.before, one.after) for one in step.changes} == {
        (one, DELETED, False, True) for one in ("1a", "1aa", "one", "two", "three")
    }
    assert len(step.changes) == 5
    assert (step.op, step.label, step.record) == ("delete", "deletion of outcome", "1a")


def test_a_deletion_that_cannot_be_is_refused_in_a_sentence():
    with pytest.raises(Refused, match="plan itself"):
        change.delete(PLAN, ["p"])
    with pytest.raises(Refused, match="no longer"):
        change.delete(PLAN, ["1a", "gone"])


def test_bringing_back_names_each_record():
    assert change.restore(["x", "y"]).changes == (Change("x", DELETED, True, False), Change("y", DELETED, True, False))


def test_joined_steps_are_one():
    edits = [change.edit(PLAN, "one", {"due": "x"}), change.edit(PLAN, "two", {"due": "x"})]
    assert change.joined("both", edits) == Step("both", "set", (*edits[0].changes, *edits[1].changes))
    assert change.joined("mixed", [*edits, change.delete(PLAN, ["three"])]).op == "set"
    assert change.joined("gone", [Step("", "set", ()), change.delete(PLAN, ["three"])]).op == "delete"
    assert not change.joined("nothing", [])
    assert change.joined("nothing", []).record == ""


def test_a_new_plan_begins_with_what_it_is():
    step = change.add_branches(Plan(()), "", [Branch("plan", {"title": "T"}, id="p")])
    assert [(one.field, one.after) for one in step.changes][::2] == [(KIND, "plan"), ("title", "T")]
    assert plan_of(step).details.title == "T"
