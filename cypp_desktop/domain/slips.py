"""A return slip: a copy of the plan in which its reader writes progress for their own actions, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from cypp_desktop.domain.change import Change, Refused, Step
from cypp_desktop.domain.plan import UPDATE_FIELDS, Action, Period, Plan, Record, Value, update_field
from cypp_desktop.domain.values import dataclass

CONFIRMED = "_confirmed"
"""The mark (with a period, as a note has it) that an action's lead says that nothing has changed."""
ELSEWHERE = "This return slip is for the progress of your own actions. Ask for a whole copy to change anything else."


@dataclass(frozen=True, slots=True)
class Slip:
    """Whose actions a slip is for, in which period, and as which ``Copy`` (id) it went out.

    ``since`` is the highest number that a change bore then: what stands with a higher one was written in the slip.
    """

    leads: tuple[str, ...]
    period: str
    since: int
    copy: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of an own action that can be written."""
        return tuple(update_field(name, self.period) for name in (*UPDATE_FIELDS, CONFIRMED))


def own_actions(plan: Plan, leads: Iterable[str]) -> list[Action]:
    """The live actions that any of some leads (by id) has, in the plan's order."""
    wanted = set(leads)
    return [one for one in plan.walk() if isinstance(one, Action) and wanted.intersection(one.leads)]


def counts(plan: Plan) -> Counter[str]:
    """How many live actions each lead (by id) has."""
    return Counter(lead for one in plan.walk() if isinstance(one, Action) for lead in set(one.leads))


def open_period(plan: Plan) -> Period:
    """The period that progress is written for; raises Refused where there is none that can be written for."""
    period = plan.current_period
    if period is None:
        raise Refused("This plan has no reporting period yet: start one, then send return slips.")
    if period.closed:
        raise Refused(f"“{period.name}” is closed: start the next reporting period, then send return slips.")
    return period


def examine(plan: Plan, slip: Slip, step: Step) -> None:
    """Raise Refused for a step that is none of the slip's business."""
    if any(one.field not in slip.fields or not _is_own(plan.get(one.record), slip) for one in step.changes):
        raise Refused(ELSEWHERE)


def _is_own(record: Record | None, slip: Slip) -> bool:
    return isinstance(record, Action) and not record.archived and not set(slip.leads).isdisjoint(record.leads)


def confirm(slip: Slip, action: str, *, unchanged: bool) -> Step:
    """Say of an action that nothing has changed since it was written about, or take that back."""
    mark = Change(action, update_field(CONFIRMED, slip.period), not unchanged, unchanged)
    return Step("confirmation" if unchanged else "taking back of the confirmation", "set", (mark,))


def is_updated(
    plan: Plan, slip: Slip, action: Action, sent: Mapping[tuple[str, str], Value], *, confirmed: bool
) -> bool:
    """Whether an action has all that its lead is asked for: note and status, one of them written or confirmed here.

    ``sent`` has what stood in the slip's cells when it went out, by record and field.
    """
    update = action.update(slip.period)
    if not update.note.strip() or (plan.statuses and not update.status):
        return False
    now = {update_field(name, slip.period): getattr(update, name) for name in UPDATE_FIELDS}
    return confirmed or any(value != (sent.get((action.id, name)) or "") for name, value in now.items())
