from __future__ import annotations

import pytest

from cypp_desktop.domain.change import Branch, Refused
from cypp_desktop.domain.plan import Action, Details, Lead, Outcome, Period, Plan, Priority, Status
from cypp_desktop.exchange.words import find, lead_ids, set_words, split, values

PLAN = Plan(
    [
        Details(id="p" * 32),
        Period(id="mid", parent="p" * 32, order="a0", name="Mid-year"),
        Lead(id="ann", parent="p" * 32, order="a0", name="Ann"),
        Status(id="green", parent="p" * 32, order="a0", label="On schedule", letter="G"),
        Priority(id="abcdef01", parent="p" * 32, order="a0", ref="1"),
        Outcome(id="abcdef02", parent="abcdef01", order="a0", ref="1.1"),
        Outcome(id="b", parent="abcdef01", order="a1", ref="2"),
        Outcome(id="c", parent="abcdef01", order="a2", ref="2"),
        Action(id="d", parent="abcdef02", order="a0", ref="3"),
    ]
)


@pytest.mark.parametrize(
    ("said", "record"), [("plan", "p" * 32), ("1.1", "abcdef02"), ("1.1.3", "d"), ("abcdef01", "abcdef01")]
)
def test_find(said: str, record: str) -> None:
    assert find(PLAN, said).id == record


@pytest.mark.parametrize(("said", "why"), [("2", "names 2 records"), ("abcdef", "names 2 records"), ("9", "Nothing")])
def test_what_names_none_or_many_is_refused(said: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        find(PLAN, said)


def test_leads_are_found_by_name_or_added_once() -> None:
    new: list[Branch] = []
    ids = lead_ids(PLAN, split("ann; Bob ;bob; "), new)
    assert ids == ("ann", new[0].id)
    assert [branch.fields for branch in new] == [{"name": "Bob"}]


def test_values_of_an_action() -> None:
    given = {"status": "g", "progress": "Done", "related_plans": "One; Two", "measures": ""}
    assert values(PLAN, "action", given) == (
        {"status@mid": "green", "note@mid": "Done", "plans": ("One", "Two"), "measures": ()},
        [],
    )


def test_a_flag_is_yes_or_no() -> None:
    assert values(PLAN, "outcome", {"joined": "yes"})[0] == {"joined": True}
    with pytest.raises(Refused, match="yes or no"):
        values(PLAN, "outcome", {"joined": "perhaps"})


def test_a_new_lead_comes_in_the_same_step() -> None:
    step = set_words(PLAN, PLAN["d"], {"leads": "Bob"})
    assert {change.field for change in step.changes} >= {"_kind", "name", "leads"}
    assert step.label == "change of leads"
