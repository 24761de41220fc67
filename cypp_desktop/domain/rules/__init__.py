"""Is the plan ready for the board? Findings, each about one record, with the rule that found it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from cypp_desktop.domain.plan import Plan
from cypp_desktop.domain.rules.check import Check
from cypp_desktop.domain.rules.finding import RULES, Finding

__all__ = ["RULES", "Check", "Finding", "findings"]


def findings(plan: Plan, skip: Collection[str] = frozenset(), today: date | None = None) -> list[Finding]:
    """All findings in the plan's own order, but those of the rules in ``skip``; dates are gone by on ``today``."""
    return [finding for portion in Check().gradually(plan, skip, today) for finding in portion]
