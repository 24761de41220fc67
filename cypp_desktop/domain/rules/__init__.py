"""Is the plan ready for the board? Findings, each about one record, with the rule that found it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime

from cypp_desktop.domain.plan import Action, Measure, Outcome, Plan, Priority, Record, update_field
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
    period = plan.current_period.id if plan.current_period else ""
    note = update_field("note", period)
    yield [*records.references(plan, plan.priorities), *records.unplaced(plan)]
    for record in _published(plan):
        if isinstance(record, Action):
            update = record.update(period)
            found = prose.read(record, (("text", record.text), (note, update.note)))
            found += records.action(plan, record)
            found += progress.of(record, update)
        elif isinstance(record, Measure):
            found = prose.read(record, (("name", record.name), ("notes", record.notes)))
            found += records.measure(plan, record)
        else:
            found = prose.read(record, _texts(record))
            found += records.references(plan, plan.outcomes(record.id))
            found += records.references(plan, plan.actions(record.id))
        yield found
    yield prose.unexplained()


def _texts(record: Record) -> Iterator[tuple[str, str]]:
    """What a section, priority or outcome says in print."""
    for field in ("title", "statement", "text"):
        if words := getattr(record, field, ""):
            yield field, words


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
