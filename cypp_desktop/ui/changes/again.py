"""Bringing back what the history holds, as an ordinary step that can be undone."""

from __future__ import annotations

from cypp_desktop.document.review import Contribution
from cypp_desktop.domain import change
from cypp_desktop.domain.change import PLACE, Refused, Step
from cypp_desktop.domain.order import Keys
from cypp_desktop.domain.plan import Plan, Record, Value, cell


def before(plan: Plan, one: Contribution, keys: Keys | None = None) -> Step:
    """The step that makes the fields of a contribution what they were before it; raises Refused."""
    if one.doing == "deleted":
        return restored(plan, one)
    if one.doing == "added":
        return change.delete(plan, [_there(plan, one).id])
    return _written(plan, one, {edit.field: edit.before for edit in one.edits}, keys)


def after(plan: Plan, one: Contribution, keys: Keys | None = None) -> Step:
    """The step that makes the fields of a contribution what it made of them; raises Refused."""
    if one.doing == "deleted":
        return change.delete(plan, [_there(plan, one).id])
    return _written(plan, one, {edit.field: edit.after for edit in one.edits if not edit.removed}, keys)


def restored(plan: Plan, one: Contribution) -> Step:
    """The step that brings back what a contribution deleted; raises Refused where it is there."""
    gone = [record for record in (one.record.id, *one.below) if record not in plan]
    if not gone:
        raise Refused("It is in the plan already.")
    return change.restore(gone)


def _written(plan: Plan, one: Contribution, values: dict[str, Value], keys: Keys | None) -> Step:
    record, steps, fields = _there(plan, one), [], {}
    for name, value in values.items():
        if name == PLACE:
            parent = value[0] if isinstance(value, tuple) and value else ""
            steps.append(change.move(plan, record.id, parent, keys=keys))
        else:
            fields[name] = empty(record, name) if value is None else value
    steps.append(change.edit(plan, record.id, fields))
    return change.joined("return of what was", steps)


def empty(record: Record, name: str) -> Value:
    """What a field holds where nothing was written; raises Refused for a field that this version does not know."""
    try:
        now = cell(record, name)
    except KeyError:
        raise Refused("That field is of a newer version of this program.") from None
    return False if isinstance(now, bool) else () if isinstance(now, tuple) else ""


def _there(plan: Plan, one: Contribution) -> Record:
    found = plan.get(one.record.id)
    if found is None:
        raise Refused("It is deleted. Bring it back first.")
    return found
