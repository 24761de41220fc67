"""The life of a reporting period: it is started, written for, closed, and looked back at beside the next one."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cypp_desktop.domain.change import Branch, Refused, Step, add_branches, edit, joined
from cypp_desktop.domain.order import Keys
from cypp_desktop.domain.plan import Action, Period, Plan, update_field

_SILENT = re.compile(
    r"no (information|updates?|data|returns?|reports?|response|status|rating)\b"
    r"|not (known|applicable|reported|rated|assessed|received|(yet )?due)\b"
    r"|(un(known|rated)|pending|awaiting|n/?a)\b",
    re.IGNORECASE,
)


def start_period(plan: Plan, name: str, *, copy_notes: bool = False, keys: Keys | None = None) -> Step:
    """Start a period after all others and make it the current one, as one step.

    With ``copy_notes`` it begins with the notes of the period that was current; statuses and reasons begin empty.
    Raises Refused where the name is empty or another period has it.
    """
    name = " ".join(name.split())
    if not name:
        raise Refused("A reporting period needs a name.")
    if any(period.name.casefold() == name.casefold() for period in plan.periods):
        raise Refused(f"There is a reporting period “{name}” already.")
    new, last = Branch("period", {"name": name}), plan.current_period
    steps = [add_branches(plan, plan.root, [new], keys=keys), edit(plan, plan.root, {"current_period": new.id})]
    if copy_notes and last:
        noted = ((one.id, one.update(last.id).note) for one in plan if isinstance(one, Action))
        steps += [edit(plan, action, {update_field("note", new.id): note}) for action, note in noted if note]
    return joined(f"start of “{name}”", steps)


def close_period(plan: Plan, period: str) -> Step:
    """Close a period: what was written for it can only be read from now on."""
    found = plan.get(period)
    if not isinstance(found, Period):
        raise Refused("That reporting period is no longer in the plan.")
    return edit(plan, period, {"closed": True}, f"closing of “{found.name}”")


def last_period(plan: Plan, now: Period | None) -> Period | None:
    """The period before one; None for the first, and for one that is not in the plan."""
    ids = [period.id for period in plan.periods]
    place = ids.index(now.id) if now and now.id in ids else 0
    return plan.periods[place - 1] if place else None


def ranks(plan: Plan) -> Mapping[str, int]:
    """The statuses (by id) that say how an action goes, each with its place in the scale, the best 0.

    Those at the very end whose label says that nothing is known ("No information received", "Pending", "Not
    applicable") are left out: they are neither better nor worse than any other.
    """
    scale = list(plan.statuses)
    while scale and _SILENT.match(scale[-1].label.strip()):
        scale.pop()
    return {status.id: place for place, status in enumerate(scale)}


def worsened(plan: Plan, action: Action, period: str) -> bool:
    """Whether an action's status in a period stands further down the scale than in the period before.

    False where either is missing, or is none of :func:`ranks`.
    """
    now = plan.get(period)
    last = last_period(plan, now) if isinstance(now, Period) else None
    return last is not None and is_worse(ranks(plan), action, last.id, period)


def is_worse(places: Mapping[str, int], action: Action, last: str, period: str) -> bool:
    """The same for two known periods and the :func:`ranks` of the plan, for those who ask of every action."""
    was, now = places.get(action.update(last).status), places.get(action.update(period).status)
    return was is not None and now is not None and now > was
