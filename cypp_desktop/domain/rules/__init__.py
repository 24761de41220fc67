"""Is the plan ready for the board? Findings, each about one record, with the rule that found it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from cypp_desktop.domain.plan import Plan
from cypp_desktop.domain.rules.check import Check
from cypp_desktop.domain.rules.finding import QUIET, RULES, Finding, off, switch
from cypp_desktop.domain.rules.fixes import Fix, fix

__all__ = ["QUIET", "RULES", "Check", "Finding", "Fix", "findings", "fix", "off", "switch"]


def findings(plan: Plan, skip: Collection[str] | None = None, today: date | None = None) -> list[Finding]:
    """All findings in the plan's own order, but those of the rules in ``skip`` (those that are switched off in the
    plan, unless others are given); dates are gone by on ``today``.
    """
    return [finding for portion in Check().gradually(plan, skip, today) for finding in portion]
