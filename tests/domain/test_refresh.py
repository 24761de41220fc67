from __future__ import annotations

from dataclasses import replace

import pytest

from cypp_desktop.domain.change import Branch, Refused, Step, add_branches
from cypp_desktop.domain.plan import Action, Details, Period, Plan, Record, update_field
from cypp_desktop.domain.refresh import finished, following, proposed, refresh, renumbered
from tests.strategies import done, plan_of


def year() -> Plan:
    """Three actions under one outcome, the first completed in the current period."""
    scale = [Branch("status", {"label": label}, id=label) for label in ("Completed", "On schedule")]
    actions = [
        Branch(
            "action",
            {
                "ref": str(place),
                "text": f"Do {place}",
                update_field("status", "end"): "Completed" if place == 1 else "On schedule",
                update_field("note", "end"): "So far",
            },
            id=f"a{place}",
        )
        for place in (1, 2, 3)
    ]
    top = Branch("priority", {"ref": "1"}, [Branch("outcome", {"ref": "1.1"}, actions)])
    periods = [Branch("period", {"name": "Year-end 2016-17"}, id="end")]
    details = {"title": "Plan 2016-17", "years": "2016-17", "state": "agreed"}
    return plan_of(add_branches(Plan(()), "", [Branch("plan", details, [*scale, *periods, top], id="p")]))


def after(plan: Plan, step: Step) -> Plan:
    records: dict[str, Record] = {record.id: record for record in plan}
    return Plan(done(records, step).values())


def test_the_rest_goes_on_with_ids_and_history() -> None:
    plan = year()
    step = refresh(plan, replace(proposed(plan), renumber=True))
    new = after(plan, step)
    assert step.label == "refresh for 2017-18"
    live = [one for one in new.walk() if isinstance(one, Action)]
    assert [(one.id, one.ref, one.update("end").note) for one in live] == [("a2", "1", "So far"), ("a3", "2", "So far")]
    gone = new["a1"]
    assert isinstance(gone, Action)
    assert (gone.archived, gone.ref, gone.update("end").status) == ("2016-17", "1", "Completed")
    assert [(one.name, one.closed) for one in new.periods] == [("Year-end 2016-17", True), ("Year-end 2017-18", False)]
    assert new.current_period == new.periods[-1]
    assert live[0].update(new.periods[-1].id).status == ""
    details = new.details
    assert (details.title, details.years, details.state) == ("Plan 2017-18", "2017-18", "draft")


def test_what_is_asked_for_otherwise() -> None:
    plan = year()
    choices = replace(proposed(plan), archive=["a3", "gone"], archived_in="Year 1", period="", close=False, title=" T ")
    new = after(plan, refresh(plan, choices))
    assert [one.id for one in new.walk() if isinstance(one, Action)] == ["a1", "a2"]
    assert new["a3"].archived == "Year 1"  # type: ignore[attr-defined]
    assert [(one.name, one.closed) for one in new.periods] == [("Year-end 2016-17", False)]
    assert new.details.title == "T"


def test_a_period_of_the_same_name_is_not_started_twice() -> None:
    plan = year()
    assert proposed(plan.replaced([Period(id="next", parent="p", name="year-END 2017-18")])).period == ""
    with pytest.raises(Refused):
        refresh(plan, replace(proposed(plan), period="Year-end 2016-17"))


def test_what_would_be_renumbered() -> None:
    assert renumbered(year(), ["a1"]) == [("a2", "2", "1"), ("a3", "3", "2")]
    assert renumbered(year(), []) == []


def test_a_plan_without_scale_and_periods() -> None:
    plan = Plan([Details(id="p")])
    assert finished(plan) == []
    assert after(plan, refresh(plan, proposed(plan))).details.state == "draft"


@pytest.mark.parametrize(
    ("words", "next_words"),
    [
        ("2016-17", "2017-18"),
        ("Mid-year review 2016/17", "Mid-year review 2017/18"),
        ("2014–2015", "2015–2016"),
        ("2016 – 2020", "2016 – 2020"),
        ("1999-00", "2000-01"),
        ("Review 2016", "Review 2017"),
        ("2016-17 and 2017-18", "2017-18 and 2018-19"),
        ("Ref 120165, 2016-17-18", "Ref 120165, 2016-17-18"),
        ("Plan", "Plan"),
        ("", ""),
    ],
)
def test_years_go_on(words: str, next_words: str) -> None:
    assert following(words) == next_words
