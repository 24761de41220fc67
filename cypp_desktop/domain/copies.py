"""Copies that went out: to whom, since when, and who has not answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from cypp_desktop.domain.change import Change
from cypp_desktop.domain.plan import Copy, Plan

WHOLE, SLIP, CLEAN = "whole", "slip", "clean"
"""What went out: the whole plan, a return slip of some leads, or a clean copy, which nobody expects back."""


def out(plan: Plan) -> list[Copy]:
    """The copies that have not come back, the oldest first."""
    waiting = [one for one in plan.of(Copy) if one.scope != CLEAN and not one.answered_at]
    return sorted(waiting, key=lambda one: one.sent_at)


def now() -> str:
    """The moment, as records of copies have it: ISO, to the second, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def answered(plan: Plan, copies: Iterable[str]) -> list[Change]:
    """The changes that mark copies (by id) as come back, those of the plan that have not."""
    waiting = {one.id for one in out(plan)}.intersection(copies)
    return [Change(one, "answered_at", "", now()) for one in sorted(waiting)]
