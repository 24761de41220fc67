"""Roles in place of names: a plan in which no lead that has a role is called by name any more."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from cypp_desktop.domain.plan import Action, Measure, Plan, Record, field_defaults
from cypp_desktop.domain.values import replace

IDS = frozenset({"leads", "measures", "priorities", "current_period", "layout", "period", "lead", "role"})
"""Fields that hold ids, and no words."""


def with_roles(plan: Plan) -> Plan:
    """The plan with leads called by their roles, wherever it has their whole name; one without a role keeps it."""
    said = renaming(plan)
    return plan.replaced(changed for record in plan if (changed := _renamed(record, said)) != record)


def without_role(plan: Plan) -> list[str]:
    """The names of the leads that have no role, who keep their name."""
    return [lead.name for lead in plan.leads if lead.name and not lead.role.strip()]


def renaming(plan: Plan) -> Callable[[str], str]:
    """What puts roles in place of names, the longest name first, whatever its capitals and spaces."""
    leads = [lead for lead in plan.leads if lead.name.strip() and lead.role.strip()]
    if not leads:
        return lambda words: words
    roles = {_key(lead.name): lead.role.strip() for lead in leads}
    names = sorted((lead.name.split() for lead in leads), key=lambda parts: -len(" ".join(parts)))
    either = "|".join(r"\s+".join(map(re.escape, parts)) for parts in names)
    found = re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)
    return lambda words: found.sub(lambda match: roles.get(_key(match[0]), "…"), words)


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _renamed(record: Record, said: Callable[[str], str]) -> Record:
    changed: dict[str, Any] = {}
    for name in field_defaults(record.kind).keys() - IDS:
        value = getattr(record, name)
        if isinstance(value, str) and value:
            changed[name] = said(value)
        elif isinstance(value, tuple) and value:
            changed[name] = tuple(map(said, value))
    if isinstance(record, Action):
        changed["updates"] = tuple(
            replace(update, note=said(update.note), reason=said(update.reason)) for update in record.updates
        )
    if isinstance(record, Action | Measure):
        changed["custom"] = tuple((field, said(value)) for field, value in record.custom)
    return replace(record, **changed)
