"""Random values, records and plans for the tests, and what a step does said in the plainest way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from cypp_desktop.domain.change import DELETED, KIND, PLACE, Branch, Step, add_branches
from cypp_desktop.domain.plan import (
    KINDS,
    Action,
    Measure,
    Outcome,
    Plan,
    Record,
    Value,
    field_defaults,
    update_field,
    with_cells,
)

TRICKY = (
    "",
    "R&D",
    "x < y > z",
    "=SUM(A1)",
    "a\x00b",
    "\u202etxt.exe",
    "48.4%",
    "**TBC**\n\n- one\n- two",
    "é\U0001f600",
    "null",
)

words = st.one_of(st.sampled_from(TRICKY), st.text(st.characters(codec="utf-8"), max_size=20))
orders = st.sampled_from(["a0", "a0V", "a1", "a1k", "a2", "Zz"])


def value_like(default: Value) -> st.SearchStrategy[Value]:
    """Values of the type of a field's empty value."""
    if isinstance(default, bool):
        return st.booleans()
    return st.lists(words, max_size=3).map(tuple) if isinstance(default, tuple) else words


def fields(kind: str) -> st.SearchStrategy[dict[str, Value]]:
    """Some fields of a kind with values."""
    optional: dict[str, st.SearchStrategy[Value]] = {
        name: value_like(default) for name, default in field_defaults(kind).items()
    }
    if kind == Action.kind:
        optional |= {
            update_field(name, period): words for name in ("note", "status", "reason") for period in ("p1", "p2")
        }
    if kind in (Action.kind, Measure.kind):
        optional |= {"custom@f1": words, "custom@f2": words}
    return st.fixed_dictionaries({}, optional=optional)


def branches(kind: str, children: st.SearchStrategy[list[Branch]] | None = None) -> st.SearchStrategy[Branch]:
    """New records of a kind, with what hangs on them."""
    return st.builds(Branch, st.just(kind), fields(kind), st.just([]) if children is None else children)


_below_measure = st.lists(branches("reading"), max_size=2)
_leaves = st.lists(st.one_of(branches("action"), branches("measure", _below_measure)), max_size=3)
_outcomes = branches("outcome", st.builds(list.__add__, _leaves, st.lists(branches("outcome", _leaves), max_size=2)))
_priorities = branches("priority", st.builds(list.__add__, _leaves, st.lists(_outcomes, max_size=2)))
_front = st.sampled_from(["section", "status", "period", "lead", "field", "layout", "view", "copy"]).flatmap(branches)
plan_branches = branches(
    "plan", st.builds(list.__add__, st.lists(_front, max_size=3), st.lists(_priorities, max_size=2))
)
"""Branches that begin a document: whole small plans, outcomes nested, with tricky texts everywhere."""


def done(records: dict[str, Record], step: Step, gone: dict[str, Record] | None = None) -> dict[str, Record]:
    """What a step makes of records, said as plainly as can be; ``gone`` keeps what was deleted."""
    gone = {} if gone is None else gone
    cells: dict[str, dict[str, Any]] = {}
    for change in step.changes:
        cells.setdefault(change.record, {})[change.field] = change.after
    records = dict(records)
    for one, values in cells.items():
        record = records.get(one) or gone.get(one) or KINDS[values[KIND]](id=one)
        parent, order = values.get(PLACE, (record.parent, record.order))
        record = with_cells(replace(record, parent=parent, order=order), values)
        records[one] = record
        if values.get(DELETED):
            gone[one] = records.pop(one)
    return records


def plan_of(*steps: Step) -> Plan:
    """The plan that steps make out of nothing."""
    records: dict[str, Record] = {}
    for step in steps:
        records = done(records, step)
    return Plan(records.values())


plans = plan_branches.map(lambda branch: plan_of(add_branches(Plan(()), "", [branch])))
"""Small whole plans."""


@st.composite
def tangles(draw: st.DrawFn) -> list[Record]:
    """Records that hang on one another anyhow, as merging may leave them: on nothing, on wrong kinds, in circles."""
    ids = [f"r{number}" for number in range(draw(st.integers(1, 12)))]
    hooks = st.sampled_from(["", "root", "nowhere", *ids])
    kinds = st.sampled_from(["priority", "outcome", "outcome", "measure", "action", "reading", "lead"])
    made = [KINDS[draw(kinds)](id=one, parent=draw(hooks), order=draw(orders)) for one in ids]
    return [KINDS["plan"](id="root", order="a0"), *made]


def outcomes_of(plan: Plan) -> Iterable[Outcome]:
    """All outcomes of a plan, wherever they hang."""
    return (record for record in plan if isinstance(record, Outcome))
