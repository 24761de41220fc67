"""The exception list: actions that are late, without an update or worse, measures that are worse; with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from cypp_desktop.domain import dates, text
from cypp_desktop.domain.naming import plural, several
from cypp_desktop.domain.periods import done_statuses
from cypp_desktop.domain.plan import OURS, Action, Measure
from cypp_desktop.reports.actions import groups
from cypp_desktop.reports.measures import goal, trend
from cypp_desktop.reports.model import Block, Cell, Chip, Column, Content, Heading, Note, PageBreak, Table, Trend, Words
from cypp_desktop.reports.pack import Pack, short

_WHY = "Reason"
_SILENT = "without an update"
_LONGEST = 300  # characters of an action, which stands whole in its own table


def blocks(pack: Pack) -> Iterator[Block]:
    """The lists with their heading; one sentence where nothing is an exception, nothing where nothing can be one."""
    actions, measures = list(_actions(pack)), list(_measures(pack))
    if any(isinstance(block, Table) for block in (*actions, *measures)):
        yield PageBreak()
        yield Heading(2, "Exceptions", name="exceptions")
    yield from actions
    yield from measures


def _actions(pack: Pack) -> Iterator[Block]:
    """What was looked for in actions, how many there are of it, and which."""
    shown = [action for one in pack.priorities for group in groups(pack, one) for action in group.actions]
    reasons = _Reasons(pack, shown)
    rows = [_row(pack, action, why) for action in shown if (why := tuple(reasons.of(action)))]
    word = pack.plan.details.action_word
    if rows:
        said = f"{'is' if len(rows) == 1 else 'are'} {_either(reasons.asked)}."
        yield Note(f"{several(len(rows), word)} of {len(shown)} {said}")
        heads, widths = [word, "Lead", _WHY], [330.0, 120.0, 190.0]
        if pack.plan.statuses:
            heads.insert(2, "Status")
            widths.insert(2, 130.0)
        yield _table(heads, widths, rows, f"{plural(word)} that are exceptions")
    elif reasons.asked == [_SILENT]:
        yield Note(f"Every {word.lower()} has an update.")
    elif reasons.asked:
        yield Note(f"No {word.lower()} is {_either(reasons.asked)}.")


def _measures(pack: Pack) -> Iterator[Block]:
    """The measures that have become worse, with their last two values."""
    if pack.options.leads or not pack.options.has("measures"):
        return
    below = (one for priority in pack.priorities for one in pack.plan.branch(priority.id) if isinstance(one, Measure))
    went = ((one, trend(pack.plan, one)) for one in below)
    rows = [_measure(pack, one, found) for one, found in went if found and found.verdict == "worse"]
    word = pack.plan.details.measure_word
    if rows:
        verb = "has" if len(rows) == 1 else "have"
        yield Note(f"{several(len(rows), word)} {verb} become worse since the reading before.")
        heads = (word, "Latest", "Previous", "Good is", _WHY)
        yield _table(heads, (330.0, 85.0, 85.0, 80.0, 190.0), rows, f"{plural(word)} that have become worse")


def _table(heads: Sequence[str], widths: Sequence[float], rows: Sequence[tuple[Cell, ...]], summary: str) -> Table:
    return Table(tuple(Column(*one) for one in zip(heads, widths, strict=True)), tuple(rows), summary)


def _measure(pack: Pack, one: Measure, went: Trend) -> tuple[Cell, ...]:
    name = Words(one.name or "Without a name", to=goal(pack, one))
    values = [Cell((Words(reading.value),)) for reading in pack.plan.readings(one.id) if reading.series == OURS]
    return Cell((name,), scope="row"), *values[:-3:-1], Cell((Words(one.polarity),)), Cell((went,))


def _either(asked: Sequence[str]) -> str:
    return f"{', '.join(asked[:-1])} or {asked[-1]}" if len(asked) > 1 else asked[0]


def _row(pack: Pack, action: Action, why: tuple[Content, ...]) -> tuple[Cell, ...]:
    words = short(text.plain(action.text), _LONGEST) or f"{pack.plan.details.action_word} without words"
    reference = pack.plan.reference(action)
    status = pack.status(action)
    return (
        Cell((Words(f"{reference} {words}".strip(), to=pack.place(action)),), scope="row"),
        Cell(tuple(map(Words, pack.names(action.leads)))),
        *([Cell((Chip(status),) if status else ())] if pack.plan.statuses else []),
        Cell(why),
    )


class _Reasons:
    """Asks actions for what makes them exceptions; ``asked`` is what is looked for, in words.

    Nothing is without an update before the first update of the period has come in.
    """

    def __init__(self, pack: Pack, shown: Sequence[Action]) -> None:
        self._pack, self._done = pack, done_statuses(pack.plan)
        period = pack.period
        self._begun = period is not None and any(action.update(period.id).note.strip() for action in shown)
        late = f"late on {dates.short(pack.today)}" if any(map(_due, shown)) else ""
        update, worse = _SILENT if self._begun else "", "worse than last time" if pack.last else ""
        self.asked = [words for words in (late, update, worse) if words]

    def of(self, action: Action) -> Iterator[Content]:
        pack, period = self._pack, self._pack.period
        status = pack.status(action)
        due = _due(action)
        if due and due < pack.today and not (status and status.id in self._done):
            yield Words(f"Late: due {_said(action, due)}")
        if self._begun and period and not action.update(period.id).note.strip():
            yield Words("No update" if status else "No update and no status")
        trend = pack.trend(action)
        if trend and trend.verdict == "worse":
            yield from pack.since(action)
            reason = action.update(period.id).reason if period else ""
            yield Words(reason if reason.strip() else "No reason is given.", quiet=not reason.strip())


def _due(action: Action) -> date | None:
    """The day by which an action is to be done, where its words name one."""
    try:
        return date.fromisoformat(action.due_date)
    except ValueError:
        return None


def _said(action: Action, day: date) -> str:
    """When an action is due, with the day where its own words do not name it."""
    if dates.read(action.due) == day:
        return action.due
    return f"{action.due} ({dates.short(day)})" if action.due.strip() else dates.short(day)
