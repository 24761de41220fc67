"""A plan written out for scripts (JSON) and for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cypp_desktop.document.conflicts import Conflict, Side
from cypp_desktop.domain import naming, text
from cypp_desktop.domain.plan import (
    Action,
    Copy,
    Layout,
    Measure,
    Outcome,
    Plan,
    Priority,
    Record,
    Status,
    View,
    field_defaults,
)


def as_json(plan: Plan) -> dict[str, Any]:
    """The whole plan as JSON values: rich text as the Markdown subset, a status as its label, a period as its name."""
    details, current = plan.details, plan.current_period
    return {
        "plan": {
            "title": details.title,
            "subtitle": details.subtitle,
            "organisation": details.organisation,
            "years": details.years,
            "levels": list(details.levels),
        },
        "statuses": [
            {name: getattr(status, name) for name in ("id", "label", "letter", "shape", "colour", "meaning")}
            for status in plan.statuses
        ],
        "periods": [{"id": one.id, "name": one.name, "current": one == current} for one in plan.periods],
        "sections": [
            {name: getattr(section, name) for name in ("id", "heading", "text", "place")} for section in plan.sections()
        ],
        "priorities": [_priority(plan, priority) for priority in plan.priorities],
    } | _own(plan)


def _own(plan: Plan) -> dict[str, Any]:
    """What only some plans have: report layouts, saved views, copies that went out."""
    kinds: dict[str, tuple[Record, ...]] = {
        "layouts": plan.of(Layout),
        "views": plan.of(View),
        "copies": plan.of(Copy),
    }
    return {
        key: [{"id": one.id} | {name: getattr(one, name) for name in field_defaults(one.kind)} for one in found]
        for key, found in kinds.items()
        if found
    }


def _priority(plan: Plan, priority: Priority) -> dict[str, Any]:
    own = {"id": priority.id, "ref": priority.ref, "title": priority.title, "statement": priority.statement}
    leads = {"leads": plan.lead_names(priority)} if priority.leads else {}
    whole: dict[str, Any] = {**own, **leads}
    waiting = [whole]  # no call within a call for each level: a plan from elsewhere may have any number
    while waiting:
        parent = waiting.pop()
        parent["measures"] = [_measure(plan, measure) for measure in plan.measures(parent["id"])]
        parent["actions"] = [_action(plan, action) for action in plan.of(Action, parent["id"])]
        parent["outcomes"] = [_outcome(outcome) for outcome in plan.outcomes(parent["id"])]
        waiting.extend(parent["outcomes"])
    return whole


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {"id": outcome.id, "ref": outcome.ref, "title": outcome.title}


def _measure(plan: Plan, measure: Measure) -> dict[str, Any]:
    return {
        "id": measure.id,
        "name": measure.name,
        "target": measure.target,
        "good_is": measure.polarity,
        "readings": [
            {name: getattr(one, name) for name in ("series", "period", "value", "provisional")}
            for one in plan.readings(measure.id)
        ],
    }


def _action(plan: Plan, action: Action) -> dict[str, Any]:
    return {
        "id": action.id,
        "ref": action.ref,
        "text": action.text,
        "due": action.due,
        "leads": plan.lead_names(action),
        "related_plans": list(action.plans),
        "measures": [one for one in action.measures if one in plan],
        "progress": [
            {"period": period.name, "text": update.note, "status": _label(plan, update.status)}
            for period in plan.periods
            if (update := next((one for one in action.updates if one.period == period.id), None))
        ],
    } | ({"archived": action.archived} if action.archived else {})


def _label(plan: Plan, status: str) -> str:
    found = plan.get(status)
    return found.label if isinstance(found, Status) else ""


def as_lines(plan: Plan) -> Iterator[str]:
    """The plan as an outline for people, with the id of each record behind it."""
    details = plan.details
    yield f"{details.title}  {details.years}  [{details.id}]"
    for section in plan.sections():
        yield f"  § {section.heading}  [{section.id}]"
    for priority in plan.priorities:
        waiting: list[tuple[Priority | Outcome, int]] = [(priority, 0)]
        while waiting:
            parent, level = waiting.pop()
            indent = "  " * level
            yield f"{indent}{parent.ref} {parent.title}  [{parent.id}]"
            yield from _held(plan, parent.id, indent + "  ")
            waiting.extend((outcome, level + 1) for outcome in reversed(plan.outcomes(parent.id)))


def _held(plan: Plan, parent: str, indent: str) -> Iterator[str]:
    for measure in plan.measures(parent):
        yield f"{indent}◎ {measure.name}  [{measure.id}]"
    for action in plan.actions(parent):
        status = plan.status(action)
        words = " ".join(text.plain(action.text).split())
        mark = f"({status.letter}) " if status else ""
        yield f"{indent}{plan.reference(action)} {mark}{words}  [{action.id}]"


def conflict_line(plan: Plan, conflict: Conflict) -> str:
    """A question that copies left open, in one line for people."""
    name = naming.record_name(plan, plan[conflict.record])
    if conflict.kind == "place":
        return f"{name} has no place in the plan any more."
    if conflict.kind == "twins":
        names = " and ".join(f"{side.author} (record {side.value})" for side in conflict.sides)
        return f"{name} was added twice, it seems: by {names}."
    if conflict.kind == "redact":
        field = naming.field_name(plan, conflict.field)
        return f"{conflict.sides[-1].author} asks to remove a {field} of {name} from the history for good."
    sides = "; ".join(_side(plan, conflict, side) for side in conflict.sides)
    return f"{name}, {naming.field_name(plan, conflict.field)}: {sides}"


def _side(plan: Plan, conflict: Conflict, side: Side) -> str:
    if conflict.kind == "deleted" and side.field == conflict.field:
        return f"{side.author} {'deleted' if side.value else 'kept'} it"
    return f"{side.author} wrote “{naming.short(naming.said(plan, side.field, side.value)) or 'nothing'}”"


def conflict_json(conflict: Conflict) -> dict[str, Any]:
    """A question that copies left open, as JSON values."""
    sides = [{"field": one.field, "value": one.value, "author": one.author, "at": one.at} for one in conflict.sides]
    return {"kind": conflict.kind, "record": conflict.record, "field": conflict.field, "sides": sides}
