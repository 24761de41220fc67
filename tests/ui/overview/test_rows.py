from __future__ import annotations

import pytest

from cypp_desktop.domain.change import Branch, add_branches
from cypp_desktop.domain.plan import Plan, update_field
from cypp_desktop.ui.overview.rows import MORE, MOST_OUTCOMES, MOST_SHAPES, NO_STATUS, Rows
from tests.strategies import plan_of

SCALE = ("Completed", "On schedule", "Behind", "Not happening")


def action(now: str = "", was: str = "", leads: tuple[str, ...] = ()) -> Branch:
    told = {update_field("status", "old"): was, update_field("status", "now"): now}
    return Branch("action", {"leads": leads, **{field: value for field, value in told.items() if value}})


def outcome(ref: str, *statuses: str) -> Branch:
    return Branch("outcome", {"ref": ref, "title": f"Outcome\n{ref}"}, [action(one) for one in statuses], id=ref)


def made(*priorities: Branch, scale: tuple[str, ...] = SCALE) -> Plan:
    statuses = [Branch("status", {"label": label}, id=f"s{place}") for place, label in enumerate(scale)]
    periods = [Branch("period", {"name": name.capitalize()}, id=name) for name in ("old", "now")]
    rest = [*statuses, *periods, Branch("lead", {"name": "Ann"}, id="ann"), *priorities]
    return plan_of(add_branches(Plan(()), "", [Branch("plan", {}, rest, id="plan")]))


def rows_of(plan: Plan) -> Rows:
    return Rows(plan, plan.current_period)


def priority(*outcomes: Branch) -> Branch:
    return Branch("priority", {"ref": "1", "title": "Safe"}, outcomes, id="p")


def test_a_priority_heads_its_outcomes_each_with_a_shape_an_action() -> None:
    plan = made(priority(outcome("1.1", "s0", "s2", ""), outcome("1.2")))
    head, first, second = rows_of(plan).priority(plan.priorities[0])
    assert (head.kind, head.record, head.words, head.standing.actions) == ("head", "p", "Safe", 3)
    assert [(status.label, number) for status, number in head.parts] == [
        ("Completed", 1),
        ("Behind", 1),
        (NO_STATUS.label, 1),
    ]
    assert [status.label for status in first.shapes] == ["Completed", "Behind", NO_STATUS.label]
    assert (first.words, first.ref, first.record) == ("Outcome 1.1", "1.1", "1.1")
    assert first.said == "1.1 Outcome 1.1: 3 key actions, 1 Completed, 1 Behind, 1 No status yet"
    assert (second.shapes, second.parts) == ((), ())


def test_an_outcome_that_shares_a_row_says_with_which() -> None:
    shared = Branch("outcome", {"ref": "1.2", "title": "Two", "joined": True}, id="two")
    plan = made(priority(outcome("1.1", "s0"), shared, outcome("1.3")))
    _, one, two, three = rows_of(plan).priority(plan.priorities[0])
    assert (one.note, two.note, three.note) == ("1 action", "with 1.1", "")
    assert two.said == "1.2 Two: 0 key actions, shares the row of 1.1"


def test_many_actions_are_counted_and_not_shown_one_by_one() -> None:
    plan = made(priority(outcome("1.1", *["s1"] * (MOST_SHAPES + 1))))
    row = rows_of(plan).priority(plan.priorities[0])[1]
    assert row.shapes == ()
    assert [(status.label, number) for status, number in row.parts] == [("On schedule", MOST_SHAPES + 1)]


def test_of_many_outcomes_those_that_need_a_look_are_listed_in_order() -> None:
    well = [outcome(f"1.{place:02}", "s0") for place in range(20)]
    plan = made(priority(*well[:10], outcome("bad", "s3"), *well[10:], outcome("late", "s2")))
    rows = rows_of(plan).priority(plan.priorities[0])
    shown = [row.ref for row in rows if row.kind == "outcome"]
    assert len(shown) == MOST_OUTCOMES
    assert shown[-2:] == ["bad", "late"]
    assert shown[:-2] == sorted(shown[:-2])
    assert (rows[-1].record, rows[-1].words) == (MORE, "Show 10 more outcomes")
    whole = rows_of(plan).priority(plan.priorities[0], whole=True)
    assert [row.ref for row in whole[1:]] == [one.ref for one in plan.outcomes("p")]


def test_outcomes_below_outcomes_stand_under_them() -> None:
    deep = Branch("outcome", {"ref": "1.1.1", "title": "Deep"}, [action("s3")])
    plan = made(priority(Branch("outcome", {"ref": "1.1", "title": "Top"}, [deep]), outcome("1.2", "s0")))
    rows = rows_of(plan).priority(plan.priorities[0])
    assert [row.ref for row in rows] == ["1", "1.1", "1.1.1", "1.2"]
    assert [row.standing.actions for row in rows] == [2, 1, 1, 1]


def test_the_direction_of_travel_is_said() -> None:
    moved = Branch("outcome", {"ref": "1.1"}, [action("s0", "s2"), action("s3", "s1"), action("s3", "s0")])
    plan = made(priority(moved))
    head = rows_of(plan).priority(plan.priorities[0])[0]
    assert head.said.endswith("1 better and 2 worse than in Old")
    assert (head.standing.better, head.standing.worse) == (1, 2)


def test_leads_and_periods_have_a_line_each() -> None:
    top = Branch("priority", {}, [action("s0", "s1", ("ann",)), action("s2")])
    plan = made(top)
    assert [(row.record, row.words, row.standing.actions) for row in rows_of(plan).leads()] == [
        ("ann", "Ann", 1),
        ("", "No lead yet", 1),
    ]
    assert [(row.record, row.words) for row in rows_of(plan).periods()] == [("now", "Now"), ("old", "Old")]


@pytest.mark.parametrize("scale", [(), SCALE])
def test_a_plan_without_a_scale_counts_actions_alone(scale: tuple[str, ...]) -> None:
    plan = made(priority(outcome("1.1", "", "")), scale=scale)
    head, row = rows_of(plan).priority(plan.priorities[0])
    assert bool(head.parts) == bool(row.shapes) == bool(scale)
    assert row.said.startswith("1.1 Outcome 1.1: 2 key actions")
