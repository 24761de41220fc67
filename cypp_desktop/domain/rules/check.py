"""Looking at a plan again and again: what was found about a record holds while all that it depends on is the same."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC, date, datetime

from cypp_desktop.domain.plan import Action, Measure, Outcome, Plan, Priority, Record, Section, update_field
from cypp_desktop.domain.rules import records
from cypp_desktop.domain.rules.finding import Finding, off
from cypp_desktop.domain.rules.progress import Progress
from cypp_desktop.domain.rules.prose import Prose, Said
from cypp_desktop.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class _Known:
    """What was found about a record, what it says in print, and the records that this was read from."""

    read_from: tuple[Record, ...]
    findings: tuple[Finding, ...]
    said: tuple[Said, ...]


class Check:
    """Findings of one plan after another; a plan that differs little from the one before is looked at quickly."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}
        self._frame: object = None

    def gradually(
        self, plan: Plan, skip: Collection[str] | None = None, today: date | None = None
    ) -> Iterator[list[Finding]]:
        """All findings in the plan's own order, a small portion of work at a time; dates are gone by on ``today``.

        Those of the rules in ``skip`` are left out, which are those that the plan switches off unless others are given.
        """
        day = today or datetime.now(UTC).astimezone().date()
        details = plan.details
        words = (details.levels, details.action_word, details.measure_word, details.current_period)
        frame = (words, plan.statuses, plan.periods, plan.leads, day)  # what every finding may speak of
        if frame != self._frame:
            self._frame, self._known = frame, {}
        left_out = off(plan) if skip is None else skip
        for portion in _Look(plan, day, self._known).portions():
            yield [one for one in portion if one.rule not in left_out] if portion else portion


class _Look:
    """One look at one plan."""

    def __init__(self, plan: Plan, today: date, known: dict[str, _Known]) -> None:
        self._plan, self._known = plan, known
        self._progress, self._prose = Progress(plan, today), Prose(plan)
        self._period = plan.current_period.id if plan.current_period else ""
        self._note = update_field("note", self._period)

    def portions(self) -> Iterator[list[Finding]]:
        plan = self._plan
        yield [*records.references(plan, plan.priorities), *records.unplaced(plan)]
        for record in plan.walk():
            if isinstance(record, Action):
                yield self._asked((record, plan[record.parent]), self._action)
            elif isinstance(record, Measure):
                yield self._measure(record)
            elif isinstance(record, Priority | Outcome):
                yield self._top(record)
            elif isinstance(record, Section):
                yield self._plain(record)
        yield self._prose.unexplained()

    def _asked(
        self, read_from: tuple[Record, ...], ask: Callable[[Record], tuple[Iterable[Finding], list[Said]]]
    ) -> list[Finding]:
        """What is known of the first record, else what it is asked now."""
        record = read_from[0]
        known = self._known.get(record.id)
        if known is None or known.read_from != read_from:
            findings, said = ask(record)
            known = self._known[record.id] = _Known(read_from, tuple(findings), tuple(said))
        self._prose.remember(record, known.said)
        return [*known.findings]

    def _action(self, record: Record) -> tuple[list[Finding], list[Said]]:
        assert isinstance(record, Action)  # noqa: S101 - portions() gives it no other
        update = record.update(self._period)
        found, said = self._prose.read(record, (("text", record.text), (self._note, update.note)))
        return [*found, *records.action(self._plan, record), *self._progress.of(record, update)], said

    def _measure(self, measure: Measure) -> list[Finding]:
        def ask(_record: Record) -> tuple[list[Finding], list[Said]]:
            found, said = self._prose.read(measure, (("name", measure.name), ("notes", measure.notes)))
            return [*found, *records.measure(self._plan, measure)], said

        return self._asked((measure, *self._plan.readings(measure.id)), ask)

    def _top(self, top: Priority | Outcome) -> list[Finding]:
        found = self._plain(top)
        found += records.references(self._plan, self._plan.outcomes(top.id))
        found += records.references(self._plan, self._plan.actions(top.id))
        return found

    def _plain(self, record: Record) -> list[Finding]:
        """What a section, priority or outcome says in print."""
        found, said = self._prose.read(record, _texts(record))
        self._prose.remember(record, said)
        return found


def _texts(record: Record) -> Iterator[tuple[str, str]]:
    for field in ("title", "statement", "text"):
        if words := getattr(record, field, ""):
            yield field, words
