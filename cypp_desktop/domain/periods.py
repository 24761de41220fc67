"""The life of a reporting period: it is started, written for, closed, and looked back at beside the next one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from cypp_desktop.domain.change import Branch, Refused, Step, add_branches, edit, joined, require_open
from cypp_desktop.domain.order import Keys
from cypp_desktop.domain.patterns import pattern
from cypp_desktop.domain.plan import Action, Period, Plan, update_field

_SILENT = pattern(
    r"no (information|updates?|data|returns?|reports?|response|status|rating)\b"
    r"|not (known|applicable|reported|rated|assessed|received|(yet )?due)\b"
    r"|(un(known|rated)|pending|awaiting|n/?a)\b",
    re.IGNORECASE,
)

_DONE = pattern(r"(completed?|closed?|done|achieved|delivered|finished|ended)\b", re.IGNORECASE)


def start_period(plan: Plan, name: str, *, copy_notes: bool = False, keys: Keys | None = None) -> Step:
    """Start a period after all others and make it the current one, as one step.

    With ``copy_notes`` it begins with the notes of the period that was current; statuses and reasons begin empty.
    Raises Refused where the name is empty or another period has it.
    """
    name = _new_name(plan, name)
    new, last = Branch("period", {"name": name}), plan.current_period
    steps = [add_branches(plan, plan.root, [new], keys=keys), edit(plan, plan.root, {"current_period": new.id})]
    if copy_notes and last:
        noted = ((one.id, one.update(last.id).note) for one in plan if isinstance(one, Action) and not one.archived)
        steps += [edit(plan, action, {update_field("note", new.id): note}) for action, note in noted if note]
    return joined(f"start of “{name}”", steps)


def rename_period(plan: Plan, period: str, name: str) -> Step:
    """Give a period another name; Refused where it is empty or another period has it."""
    return edit(plan, period, {"name": _new_name(plan, name, period)}, "new name of reporting period")


def _new_name(plan: Plan, name: str, period: str = "") -> str:
    name = " ".join(name.split())
    if not name:
        raise Refused("A reporting period needs a name.")
    if any(one.name.casefold() == name.casefold() for one in plan.periods if one.id != period):
        raise Refused(f"There is a reporting period “{name}” already.")
    return name


def close_period(plan: Plan, period: str) -> Step:
    """Close a period: what was written for it can only be read from now on."""
    return _turn(plan, period, "closing", closed=True)


def reopen_period(plan: Plan, period: str) -> Step:
    """Open a closed period again, to be written for."""
    return _turn(plan, period, "reopening", closed=False)


def _turn(plan: Plan, period: str, word: str, *, closed: bool) -> Step:
    found = plan.get(period)
    if not isinstance(found, Period):
        raise Refused("That reporting period is no longer in the plan.")
    return edit(plan, period, {"closed": closed}, f"{word} of “{found.name}”")


def open_to_writing(plan: Plan, period: str) -> Period:
    """A period that can be written for; Refused where it is closed or gone."""
    found = plan.get(period)
    if not isinstance(found, Period):
        raise Refused("The plan has no such reporting period.")
    require_open(found)
    return found


def copy_last_notes(plan: Plan, period: str, actions: Iterable[str] | None = None) -> Step:
    """Begin the notes of a period with those of the period before it, as one step: for some actions, or for all.

    Only where there is no note yet; statuses and reasons are left as they are. Refused where nothing can be copied.
    """
    now = open_to_writing(plan, period)
    last = last_period(plan, now)
    if last is None:
        raise Refused("There is no reporting period before it, so there are no notes to begin with.")
    asked = [one.id for one in plan if isinstance(one, Action)] if actions is None else list(actions)
    steps = []
    for action in asked:
        one = plan.get(action)
        if isinstance(one, Action) and not one.archived and not one.update(now.id).note.strip():
            steps.append(edit(plan, one.id, {update_field("note", now.id): one.update(last.id).note}))
    if not any(steps):
        raise Refused(f"Nothing to copy: there is a note already, or there was none in “{last.name}”.")
    return joined(f"notes of “{last.name}” as a start", steps)


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


def done_statuses(plan: Plan) -> frozenset[str]:
    """The statuses (by id) that say that nothing is left to do, as their labels tell."""
    return frozenset(status.id for status in plan.statuses if _DONE.match(status.label.strip()))


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


def worse_without_reason(plan: Plan, records: Iterable[str], period: str) -> list[str]:
    """The actions among some records whose status is worse in a period than in the one before, and nothing says why."""
    now = plan.get(period)
    last = last_period(plan, now) if isinstance(now, Period) else None
    if last is None:
        return []
    places = ranks(plan)
    found = (plan.get(one) for one in records)
    return [
        one.id
        for one in found
        if isinstance(one, Action)
        and not one.archived
        and is_worse(places, one, last.id, period)
        and not one.update(period).reason.strip()
    ]


def made_worse(plan: Plan, step: Step) -> dict[str, list[str]]:
    """By period (its id) the actions whose status a step that was just carried out made worse, and nothing says why."""
    given: dict[str, list[str]] = {}
    for change in step.changes:
        name, _, period = change.field.partition("@")
        if name == "status" and change.after:
            given.setdefault(period, []).append(change.record)
    found = {period: worse_without_reason(plan, actions, period) for period, actions in given.items()}
    return {period: actions for period, actions in found.items() if actions}
