from __future__ import annotations

import pytest

from cypp_desktop.domain import rows
from cypp_desktop.domain.change import Refused
from cypp_desktop.domain.change import begun as plan_of
from cypp_desktop.domain.plan import Action, CustomField, Lead, Plan
from cypp_desktop.exchange import samples, templates

ACTION_COLUMNS = {"outcome", "measures", "plans", "actions", "leads", "due", "note", "status"}


PLANS = {name: plan_of(templates.load(name)) for name in templates.names()}


def depth(plan: Plan) -> int:
    levels = [len(plan.ancestors(record.id)) + 1 for record in plan if record.kind in {"priority", "outcome"}]
    return max(levels)


def test_the_templates_cover_the_shapes_that_plans_have() -> None:
    assert 5 <= len(PLANS) <= 8
    assert {depth(plan) for plan in PLANS.values()} == {2, 3, 4}
    assert {0, 2, 3, 4, 5, 7} <= {len(plan.statuses) for plan in PLANS.values()}
    named = {field.name for plan in PLANS.values() for field in plan.of(CustomField)}
    assert {"Success measure", "Percentage complete", "Stage", "Confidence"} <= named


@pytest.mark.parametrize("name", PLANS)
def test_a_template_is_a_plan_without_content(name: str) -> None:
    plan = PLANS[name]
    assert plan.details.current_period
    assert depth(plan) == len(plan.details.levels)
    assert len([record for record in plan if isinstance(record, Action)]) == 1
    own = {f"custom:{field.id}" for field in plan.of(CustomField)}
    keys = [column.key for column in rows.columns(plan)]
    assert set(keys) <= ACTION_COLUMNS | own
    assert own <= set(keys)
    letters = [status.letter for status in plan.statuses]
    assert len(set(letters)) == len(letters)
    assert not plan.unplaced()


def test_each_is_listed_with_a_title_and_one_sentence() -> None:
    listed = templates.listed()
    assert {one.name for one in listed} == set(PLANS)
    assert len({one.title for one in listed}) == len(listed)
    assert all(one.about.endswith(".") and one.about.count(".") == 1 for one in listed)


def test_the_title_of_the_new_plan() -> None:
    plan = plan_of(templates.load("pledges", {"title": "Our promises", "organisation": "Anyshire"}))
    assert (plan.details.title, plan.details.organisation) == ("Our promises", "Anyshire")


def test_no_such_template() -> None:
    with pytest.raises(Refused, match="no template “x”; there are four-levels"):
        templates.load("x")


def test_leads_and_custom_fields_of_a_text() -> None:
    plan = plan_of(
        samples.read(
            """
            [plan]
            title = "x"
            columns = ["actions=Actions", "custom:Stage=Stage"]
            [[lead]]
            name = "Ann"
            email = "ann@example.org"
            [[field]]
            name = "Stage"
            type = "choice"
            choices = ["Idea", "Done"]
            [[priority]]
            title = "p"
            [[priority.action]]
            leads = ["Bob", "Ann"]
            custom = { "Stage" = "Idea" }
            """
        )
    )
    [field] = plan.of(CustomField)
    [action] = [record for record in plan if isinstance(record, Action)]
    assert action.custom == ((field.id, "Idea"),)
    assert plan.lead_names(action) == ["Bob", "Ann"]
    assert {lead.name: lead.email for lead in plan.of(Lead)} == {"Ann": "ann@example.org", "Bob": ""}
    assert plan.details.columns == ("actions=Actions", f"custom:{field.id}=Stage")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('custom = { "Phase" = "1" }', "there is no field “Phase”"),
        ("custom = { Stage = 1 }", "must be a table of texts"),
        ('custom = "x"', "must be a table of texts"),
    ],
)
def test_mistakes_in_custom_fields_are_named(line: str, why: str) -> None:
    words = f'[plan]\ntitle="x"\n[[field]]\nname="Stage"\n[[priority]]\ntitle="p"\n[[priority.action]]\n{line}\n'
    with pytest.raises(Refused, match=f"priority 1, action 1.*{why}"):
        samples.read(words)


def test_a_column_of_no_field_is_named() -> None:
    with pytest.raises(Refused, match="no field “Stage”"):
        samples.read('[plan]\ntitle = "x"\ncolumns = ["custom:Stage=Stage"]')
