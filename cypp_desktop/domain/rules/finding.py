"""What a check of a plan finds, and the kinds of findings that there are."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from cypp_desktop.domain.change import Refused, Step, edit
from cypp_desktop.domain.plan import Plan
from cypp_desktop.domain.values import dataclass

RULES: Mapping[str, str] = {
    "no-update": "No progress note this period",
    "no-status": "No status this period",
    "contradiction": "The note says another status",
    "worse": "Worse than last period, without a reason",
    "overdue": "The due date has gone by",
    "ongoing": "Due “ongoing”",
    "no-lead": "No lead",
    "several-leads": "More than one lead",
    "no-text": "No words yet",
    "undecided": "Not decided yet (TBC, placeholder)",
    "no-target": "A measure without a target",
    "no-reading": "A measure without a latest value",
    "same-reference": "A reference used more than once",
    "no-reference": "No reference",
    "unplaced": "Has lost its place",
    "long-sentence": "A very long sentence",
    "abbreviation": "An abbreviation that is never explained",
}
"""Every rule with its name in plain words, in the order in which they are listed."""
QUIET = frozenset({"several-leads"})
"""The rules that are off until a plan switches them on: most plans have actions that several lead."""


def off(plan: Plan) -> frozenset[str]:
    """The rules that are switched off in a plan: what its ``rules_off`` names, and the quiet ones but for "+RULE"."""
    said = plan.details.rules_off
    on = {one.removeprefix("+") for one in said if one.startswith("+")}
    return frozenset((QUIET - on) | (RULES.keys() & said))


def switch(plan: Plan, rules: Collection[str]) -> Step:
    """Switch off these rules and no others; Refused where there is no such rule."""
    if unknown := next((one for one in rules if one not in RULES), ""):
        raise Refused(f"There is no rule “{unknown}”; there are {', '.join(RULES)}.")
    words = [one for one in RULES if one in rules and one not in QUIET]
    words += [f"+{one}" for one in RULES if one in QUIET and one not in rules]
    return edit(plan, plan.root, {"rules_off": tuple(words)}, "change of what is checked")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at before the plan goes to the board: the rule, the record's id, and a sentence.

    ``field`` is the record's cell that it is about, "" for none; ``fix`` the value that the plan's own words suggest
    for that cell, "" for none.
    """

    rule: str
    record: str
    sentence: str
    field: str = ""
    fix: str = ""
