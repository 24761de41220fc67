"""The exception list: what is late, without an update, or worse than in the period before; with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from cypp_desktop.domain import dates, text
from cypp_desktop.domain.periods import done_statuses
from cypp_desktop.domain.plan import Action
from cypp_desktop.reports.actions import groups
from cypp_desktop.reports.model import Block, Cell, Chip, Column, Content, Heading, Note, PageBreak, Table, Words
from cypp_desktop.reports.pack import Pack, count, short

_WIDTHS = (330.0, 120.0, 130.0, 190.0)
_SILENT = "without an update"
_LONGEST = 160  # characters of an action, which stands whole in its own table


def blocks(pack: Pack) -> Iterator[Block]:
    """The list with its heading; one sentence where nothing is an exception, nothing where nothing can be one."""
    plan = pack.plan
    shown = [action for one in pack.priorities for group in groups(pack, one) for action in group.actions]
    reasons = _Reasons(pack, shown)
    if not reasons.asked:
        return
    found = [(action, said) for action in shown if (said := tuple(reasons.of(action)))]
    word = plan.details.action_word
    if not found:
        yield Note(_none(word.lower(), reasons.asked))
        return
    yield PageBreak()
    yield Heading(2, "Exceptions", name="exceptions")
    verb = "is" if len(found) == 1 else "are"
    yield Note(f"{count(len(found), word)} of {len(shown)} {verb} {_either(reasons.asked)}.")
    heads = (word, "Lead", "Status", "Why it is listed")
    columns = tuple(Column(head, width) for head, width in zip(heads, _WIDTHS, strict=True))
    rows = tuple(_row(pack, action, why) for action, why in found)
    yield Table(columns, rows, f"{word}s that are {_either(reasons.asked)}")


def _none(word: str, asked: Sequence[str]) -> str:
    return f"Every {word} has an update." if asked == [_SILENT] else f"No {word} is {_either(asked)}."


def _either(asked: Sequence[str]) -> str:
    return f"{', '.join(asked[:-1])} or {asked[-1]}" if len(asked) > 1 else asked[0]


def _row(pack: Pack, action: Action, why: tuple[Content, ...]) -> tuple[Cell, ...]:
    words = short(text.plain(action.text), _LONGEST) or f"{pack.plan.details.action_word} without words"
    reference = pack.plan.reference(action)
    status = pack.status(action)
    return (
        Cell((Words(f"{reference} {words}".strip(), to=pack.place(action)),), scope="row"),
        Cell(tuple(map(Words, pack.names(action.leads)))),
        Cell((Chip(status),) if status else ()),
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
