from __future__ import annotations

import itertools
import json

import pytest
from hypothesis import given, settings

from cypp_desktop.domain.change import Refused, begun, delete, edit
from cypp_desktop.domain.plan import Action, Plan, cell, fields_of
from cypp_desktop.exchange import data, samples
from tests import strategies

COUNTY = begun(samples.load("county"))


def content(plan):
    """All that a plan says, and in which order, without the keys of the order."""
    return [(one.id, one.parent, {name: cell(one, name) for name in fields_of(one)}) for one in plan.branch(plan.root)]


def back(plan):
    return begun(data.step(Plan(()), data.read_json(data.as_json(plan))))


@settings(max_examples=30)
@given(strategies.plans)
def test_any_plan_comes_back_from_json(plan):
    assert content(back(plan)) == content(plan)


@pytest.mark.parametrize("name", ["county", "city"])
def test_the_samples_come_back_from_json(name):
    plan = begun(samples.load(name))
    assert content(back(plan)) == content(plan)


def test_into_its_own_plan_come_what_is_new_and_what_differs():
    branches = data.read_json(data.as_json(COUNTY))
    assert not data.step(COUNTY, branches)
    action = next(one for one in COUNTY if isinstance(one, Action))
    other = strategies.plan_of(samples.load("county"))
    assert data.step(COUNTY, branches).changes == ()
    records = {one.id: one for one in COUNTY}
    changed = Plan(strategies.done(records, edit(COUNTY, action.id, {"text": "Changed"})).values())
    (change,) = data.step(changed, branches).changes
    assert (change.record, change.field, change.before, change.after) == (action.id, "text", "Changed", action.text)
    less = Plan(strategies.done(records, delete(COUNTY, [action.id])).values())
    step = data.step(less, branches)
    assert {one.record for one in step.changes} == {action.id}
    with pytest.raises(Refused, match="another plan"):
        data.step(other, branches)


def mutated(**changes):
    found = json.loads(data.as_json(COUNTY))
    found.update(changes)
    return json.dumps(found).encode()


def record(**changes):
    found = json.loads(data.as_json(COUNTY))["records"]
    return mutated(records=[*found, {"id": "a" * 32, "kind": "lead", "parent": found[0]["id"], "fields": {}} | changes])


def below_one_another(number):
    found = json.loads(data.as_json(COUNTY))["records"]
    parents = [COUNTY.priorities[0].id, *(f"{one:032x}" for one in range(number))]
    more = [
        {"id": own, "kind": "outcome", "parent": parent, "fields": {}} for parent, own in itertools.pairwise(parents)
    ]
    return mutated(records=[*found, *more])


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (b"{", "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b"\xff\xfe{}", "no JSON"),
        (b"[]", "not the data of a plan"),
        (mutated(format="x"), "not the data of a plan"),
        (mutated(version=9), "newer version"),
        (mutated(records=[1]), "no record"),
        (record(kind="spell"), "nothing called"),
        (record(kind=["lead"]), "nothing called"),
        (record(id="../x"), "its id"),
        (record(id=COUNTY.root), "twice"),
        (record(parent="a" * 32), "circle"),
        (record(fields={"name": 3}), "that kind of value"),
        (record(fields={"name": {"a": 1}}), "that kind of value"),
        (record(kind="field", fields={"choices": [True]}), "that kind of value"),
        (below_one_another(2000), "deeper than in any plan"),
    ],
)
def test_what_is_no_plan_is_refused_in_a_sentence(words, why):
    with pytest.raises(Refused, match=why):
        data.step(Plan(()), data.read_json(words))


@pytest.mark.parametrize(
    "odd", [record(fields={"name": True}), record(fields={"no such": "x"}), record(kind="reading"), record(parent="b")]
)
def test_what_cannot_be_in_a_plan_is_refused(odd):
    with pytest.raises(Refused):
        data.step(Plan(()), data.read_json(odd))
