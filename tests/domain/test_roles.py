from __future__ import annotations

from dataclasses import replace

from cypp_desktop.domain.roles import with_roles, without_role
from cypp_desktop.exchange import samples
from tests.strategies import plan_of

PLAN = plan_of(
    samples.read("""
[plan]
title = "Plan of Ann Lee"
[[section]]
heading = "Foreword"
text = "By **Ann  Lee**, with Joanne Leeds and ann lee."
[[priority]]
title = "One"
[[priority.action]]
text = "Ann Lee asks Sam Poe"
leads = ["Ann Lee", "Sam Poe"]
""")
)
ANN, SAM = PLAN.leads


def with_role(plan, lead, role):
    return plan.replaced([replace(plan[lead.id], role=role)])


def test_a_lead_with_a_role_is_called_by_it_wherever_the_whole_name_stands():
    found = with_roles(with_role(PLAN, ANN, "Head of Service"))
    assert found.details.title == "Plan of Head of Service"
    assert found.sections()[0].text == "By **Head of Service**, with Joanne Leeds and Head of Service."
    [action] = found.actions(found.priorities[0].id)
    assert action.text == "Head of Service asks Sam Poe"
    assert found.lead_names(action) == ["Head of Service", "Sam Poe"]


def test_a_lead_without_a_role_keeps_the_name_and_is_named_for_it():
    plan = with_role(PLAN, ANN, "Head")
    assert without_role(plan) == ["Sam Poe"]
    assert with_roles(PLAN) == PLAN
