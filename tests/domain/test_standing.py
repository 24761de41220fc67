from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cypp_desktop.domain.change import Branch, add_branches
from cypp_desktop.domain.plan import Action, Plan, update_field, with_cells
from cypp_desktop.domain.standing import BETTER, SAME, WORSE, Standing, Standings, by_period
from tests.strategies import plan_of

SCALE = ("Completed", "On schedule", "Behind", "No information received")
NONE = "-"


def action(one: str, was: str = "", now: str = "", leads: tuple[str, ...] = ()) -> Branch:
    told = {update_field("status", "old"): was, update_field("status", "now"): now}
    return Branch("action", {"leads": leads, **{field: value for field, value in told.items() if value}}, id=one)


def made(*priorities: Branch) -> Plan:
    scale = [Branch("status", {"label": label}, id=f"s{place}") for place, label in enumerate(SCALE)]
    periods = [Branch("period", {"name": name}, id=name) for name in ("old", "now")]
    leads = [Branch("lead", {"name": name}, id=name) for name in ("ann", "ben", "idle")]
    return plan_of(add_branches(Plan(()), "", [Branch("plan", {}, [*scale, *periods, *leads, *priorities], id="plan")]))


@pytest.fixture
def plan() -> Plan:
    below = Branch("outcome", {}, [action("c", "s2", "s0", ("ann", "ben", "ann"))], id="1.1.1")
    outcome = Branch("outcome", {}, [action("a", "s1", "s2", ("ann",)), action("b", "s1", "s1"), below], id="1.1")
    first = Branch("priority", {}, [action("d", "", "gone", ("nobody",)), outcome], id="1")
    second = Branch("priority", {}, [action("e", "s3", "s0", ("ben",))], id="2")
    return made(first, second, Branch("priority", {}, id="3"))


def test_actions_count_for_all_that_they_hang_on(plan: Plan) -> None:
    found = Standings(plan, plan.current_period)
    assert found.of("1.1.1") == Standing(1, {"s0": 1}, better=1)
    assert found.of("1.1") == Standing(3, {"s0": 1, "s1": 1, "s2": 1}, better=1, worse=1)
    assert found.of("1") == Standing(4, {"s0": 1, "s1": 1, "s2": 1, "": 1}, better=1, worse=1)
    assert found.of("3") == found.of("no such") == Standing()
    assert found.whole == Standing(5, {"s0": 2, "s1": 1, "s2": 1, "": 1}, better=1, worse=1)


def test_what_is_shown_is_in_the_order_of_the_scale(plan: Plan) -> None:
    shown = Standings(plan, plan.current_period).of("1").shown(plan.statuses)
    assert [(status.label, number) for status, number in shown] == [("Completed", 1), ("On schedule", 1), ("Behind", 1)]


@pytest.mark.parametrize(
    ("one", "expected"),
    [("a", WORSE), ("b", SAME), ("c", BETTER), ("d", None), ("e", None)],
)
def test_the_direction_is_told_where_both_periods_say_how_it_goes(plan: Plan, one: str, expected: int | None) -> None:
    found = plan[one]
    assert isinstance(found, Action)
    assert Standings(plan, plan.current_period).direction(found) is expected
    assert Standings(plan, plan.periods[0]).direction(found) is None


def test_an_action_counts_once_for_each_of_its_leads_and_those_without_come_last(plan: Plan) -> None:
    found = Standings(plan, plan.current_period).leads()
    assert [(lead.name if lead else NONE, standing.actions) for lead, standing in found] == [
        ("ann", 2),
        ("ben", 2),
        (NONE, 2),
    ]
    assert found[0][1].counts == {"s2": 1, "s0": 1}


def test_every_period_is_counted(plan: Plan) -> None:
    assert [(period.name, standing.counts) for period, standing in by_period(plan)] == [
        ("old", {"s1": 2, "s2": 1, "": 1, "s3": 1}),
        ("now", {"s2": 1, "s1": 1, "s0": 2, "": 1}),
    ]


def test_without_a_period_nothing_has_a_status(plan: Plan) -> None:
    assert Standings(plan, None).whole == Standing(5, {"": 5})


@given(st.lists(st.lists(st.sampled_from(["", "s0", "s1", "s2", "s3", "else"]), max_size=4), max_size=4))
def test_the_whole_is_all_of_its_parts(statuses: list[list[str]]) -> None:
    priorities = [
        Branch("priority", {}, [action(f"{p}-{a}", "", status) for a, status in enumerate(row)], id=f"p{p}")
        for p, row in enumerate(statuses)
    ]
    plan = made(*priorities)
    found = Standings(plan, plan.current_period)
    flat = [status if status in {"s0", "s1", "s2", "s3"} else "" for row in statuses for status in row]
    assert found.whole.counts == Counter(flat)
    assert found.whole.actions == len(flat) == sum(found.of(one.id).actions for one in plan.priorities)


def test_archived_actions_do_not_count(plan: Plan) -> None:
    gone = plan["a"]
    assert isinstance(gone, Action)
    after = plan.replaced([with_cells(gone, {"archived": "2016-17"})])
    assert Standings(after, after.current_period).of("1.1") == Standing(2, {"s0": 1, "s1": 1}, better=1)
