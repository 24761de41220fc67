"""Is the plan ready for the board? Findings, each about one record, with the rule that found it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime

from cypp_desktop.domain.plan import Action, Measure, Outcome, Plan, Priority, Record
from cypp_desktop.domain.rules import records
from cypp_desktop.domain.rules.finding import RULES, Finding
from cypp_desktop.domain.rules.progress import Progress
from cypp_desktop.domain.rules.prose import Prose

__all__ = ["RULES", "Finding", "findings", "gradually"]


def findings(plan: Plan, skip: Collection[str] = frozenset(), today: date | None = None) -> list[Finding]:
    """All findings in the plan's own order, but those of the rules in ``skip``; dates are gone by on ``today``."""
    return [finding for portion in gradually(plan, skip, today) for finding in portion]


def gradually(plan: Plan, skip: Collection[str] = frozenset(), today: date | None = None) -> Iterator[list[Finding]]:
    """The same, a small portion of work at a time, for a window that must not stand still meanwhile."""
    for portion in _portions(plan, today or datetime.now(UTC).astimezone().date()):
        yield [one for one in portion if one.rule not in skip] if portion else portion


def _portions(plan: Plan, today: date) -> Iterator[list[Finding]]:
    progress, prose = Progress(plan, today), Prose(plan)
    yield [*records.references(plan, plan.priorities), *records.unplaced(plan)]
    for record in _published(plan):
        found = prose.read(record)
        if isinstance(record, Action):
            found += records.action(plan, record)
            found += progress.of(record)
        elif isinstance(record, Measure):
            found += records.measure(plan, record)
        else:
            found += records.references(plan, plan.outcomes(record.id))
            found += records.references(plan, plan.actions(record.id))
        yield found
    yield prose.unexplained()


def _published(plan: Plan) -> Iterator[Record]:
    """Sections before the tables, then every priority with all below it, then the sections after them."""
    yield from plan.sections("before")
    ready: list[Priority | Outcome] = [*plan.priorities[::-1]]
    while ready:
        top = ready.pop()
        yield top
        yield from plan.measures(top.id)
        yield from plan.actions(top.id)
        ready += plan.outcomes(top.id)[::-1]
    yield from plan.sections("after")
