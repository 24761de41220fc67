"""What puts a finding right at once, where the plan itself says how; all else a person has to decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from cypp_desktop.domain.change import Refused, Step, edit
from cypp_desktop.domain.naming import short
from cypp_desktop.domain.numbering import renumber
from cypp_desktop.domain.periods import copy_last_notes, last_period
from cypp_desktop.domain.plan import Action, Lead, Plan, Status
from cypp_desktop.domain.rules.finding import Finding
from cypp_desktop.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Fix:
    """What it is called, and the step that does it."""

    words: str
    step: Step


def fix(plan: Plan, finding: Finding) -> Fix | None:
    """What puts a finding right; None where the plan does not say how."""
    make = _MAKERS.get(finding.rule)
    if make is None or finding.record not in plan:
        return None
    try:
        found = make(plan, finding)
    except Refused:
        return None
    return found if found and found.step else None


def _status(plan: Plan, finding: Finding) -> Fix | None:
    """The status that the note says."""
    status, period = plan.get(finding.fix), plan.current_period
    if not isinstance(status, Status) or period is None or period.closed:
        return None
    step = edit(plan, finding.record, {finding.field: status.id}, "status taken from the note")
    return Fix(f"Set “{status.label}”", step)


def _note(plan: Plan, finding: Finding) -> Fix | None:
    """The note of the period before, as a start."""
    period = plan.current_period
    if period is None or last_period(plan, period) is None:
        return None
    return Fix("Copy last note", copy_last_notes(plan, period.id, [finding.record]))


def _lead(plan: Plan, finding: Finding) -> Fix | None:
    """Who leads all other actions beside it that are led by anybody."""
    one = plan.get(finding.record)
    beside = plan.actions(one.parent) if one else ()
    led = Counter(other.leads for other in beside if other.leads)
    if not isinstance(one, Action) or len(led) != 1:
        return None
    leads = next(iter(led))
    names = [lead.name for name in leads if isinstance(lead := plan.get(name), Lead)]
    return Fix(f"Give it to {short(', '.join(names))}", edit(plan, one.id, {"leads": leads}, "lead as beside it"))


def _number(plan: Plan, finding: Finding) -> Fix:
    """New numbers for all that stand beside it."""
    return Fix("Renumber", renumber(plan, plan[finding.record].parent))


_MAKERS: Mapping[str, Callable[[Plan, Finding], Fix | None]] = {
    "contradiction": _status,
    "no-status": _status,
    "no-update": _note,
    "no-lead": _lead,
    "same-reference": _number,
    "no-reference": _number,
}
