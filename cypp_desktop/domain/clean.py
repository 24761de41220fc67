"""A clean copy: what a plan says now, without what it said before, and with roles for names where that is wanted."""

from __future__ import annotations

from collections.abc import Iterator

from cypp_desktop.domain.change import KIND, PLACE, Change, Step
from cypp_desktop.domain.plan import Copy, Details, Lead, Plan, Record, View, cell, fields_of
from cypp_desktop.domain.roles import with_roles
from cypp_desktop.domain.values import replace

PRIVATE = (Copy, View)
"""What is the officers' own: who has copies, and what they like to filter by."""


def clean(plan: Plan, *, roles: bool = False) -> Step:
    """The step that makes a plan anew as it is now: no e-mail addresses, no spelling words, nothing without a place.

    With ``roles``, a lead is called by their role, wherever the plan has their whole name; one without a role keeps it.
    """
    plan = with_roles(plan) if roles else plan
    kept = (record for record in plan.branch(plan.root) if not isinstance(record, PRIVATE))
    return Step("clean copy", "add", tuple(change for record in kept for change in _added(record)))


def _added(record: Record) -> Iterator[Change]:
    yield Change(record.id, KIND, None, record.kind)
    yield Change(record.id, PLACE, None, (record.parent, record.order))
    if isinstance(record, Lead):
        record = replace(record, email="")
    if isinstance(record, Details):
        record = replace(record, words=())
    blank = type(record)(id=record.id)
    for name in fields_of(record):
        if (value := cell(record, name)) != cell(blank, name):
            yield Change(record.id, name, cell(blank, name), value)
