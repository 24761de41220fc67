"""Lines of the plan on a page: a priority with its bar, its outcomes with a shape an action, leads and periods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from cypp_desktop.domain.periods import last_period
from cypp_desktop.domain.plan import Action, Outcome, Period, Plan, Priority, Status
from cypp_desktop.domain.standing import Standing, Standings, by_period
from cypp_desktop.domain.values import dataclass, replace
from cypp_desktop.reports.model import Figure, Trend
from cypp_desktop.ui import wording
from cypp_desktop.ui.models.counts import worth_a_look

MOST_SHAPES = 7
"""Actions of an outcome that have a shape each; more are counted."""
MOST_OUTCOMES = 12
"""Outcomes of a priority that are listed until all are asked for: those that need a look most."""
NO_STATUS = Status(id="", label="No status yet", letter="–", shape="bar", colour="#555C6C")
NO_READING = "No reading yet"
MORE = "page:more"
"""What the last line of a shortened list opens: the rest of it."""
_BLANK = Standing()


@dataclass(frozen=True, slots=True)
class Row:
    """A line: what it opens (``record``), its number and words, what it counts, and all of that in words (``said``).

    ``parts`` are the statuses with their numbers of actions, ``shapes`` one for each action where these are few. A
    measure has its latest value as ``note``, a chart and a trend instead.
    """

    kind: Literal["head", "outcome", "bar", "measure", "more"]
    record: str
    ref: str = ""
    words: str = ""
    standing: Standing = _BLANK
    parts: tuple[tuple[Status, int], ...] = ()
    shapes: tuple[Status, ...] = ()
    note: str = ""
    figure: Figure | None = None
    trend: Trend | None = None
    said: str = ""


class Rows:
    """Makes the lines of a plan in one period."""

    def __init__(self, plan: Plan, period: Period | None) -> None:
        self._plan, self._period = plan, period
        self.last = last_period(plan, period)
        """The period that this one is compared with."""
        self._scale = {status.id: status for status in plan.statuses}
        self._look = [status.id for status in worth_a_look(plan.statuses)]
        self.standings = Standings(plan, period)

    def shows(self, plan: Plan, period: Period | None) -> bool:
        """Whether these are the lines of a plan in a period."""
        return self._plan is plan and self._period == period

    def whole(self) -> Row:
        """All actions of the plan."""
        return self._row("bar", self._plan.root, "", "", self.standings.whole)

    def priority(self, priority: Priority, *, whole: bool = False) -> list[Row]:
        """A priority and its outcomes; of many only some, unless the ``whole`` list is wanted."""
        title = _line(priority.title) or self._plan.level_word(priority)
        rows = [self._row("head", priority.id, priority.ref, title, self.standings.of(priority.id))]
        outcomes = list(_below(self._plan, priority.id))
        shown = outcomes if whole else self._worst(outcomes)
        rows += [self._outcome(outcome) for outcome in shown]
        if rest := len(outcomes) - len(shown):
            words = f"Show {wording.several(rest, f'more {self._plan.level_word(outcomes[0])}')}"
            rows.append(Row("more", MORE, words=words, said=words))
        return rows

    def leads(self) -> list[Row]:
        """Every lead with the actions that they have, and last what has no lead."""
        found = self.standings.leads()
        return [
            self._row("bar", lead.id if lead else "", "", (lead.name or "Unnamed") if lead else "No lead yet", standing)
            for lead, standing in found
        ]

    def periods(self) -> list[Row]:
        """Every reporting period with how the plan stood, the newest first."""
        return [self._row("bar", period.id, "", period.name, standing) for period, standing in by_period(self._plan)][
            ::-1
        ]

    def _outcome(self, outcome: Outcome) -> Row:
        standing, own = self.standings.of(outcome.id), self._plan.actions(outcome.id)
        few = len(own) == standing.actions <= MOST_SHAPES and bool(self._scale)
        title = _line(outcome.title) or self._plan.level_word(outcome)
        row = self._row("outcome", outcome.id, outcome.ref, title, standing, self._shapes(own) if few else ())
        return row if standing.actions else self._shared(outcome, row)

    def _shared(self, outcome: Outcome, row: Row) -> Row:
        """The row of an outcome without actions says with which one it shares those of the table's row."""
        beside = self._plan.outcomes(outcome.parent)
        before = beside[beside.index(outcome) - 1] if outcome.joined and beside[0] != outcome else None
        with_it = f"with {before.ref}" if before and before.ref else ""
        said = f"{row.said}, shares the row of {before.ref}" if before and with_it else row.said
        return replace(row, note=with_it, said=said)

    def _shapes(self, own: Sequence[Action]) -> tuple[Status, ...]:
        return tuple(self._scale.get(self.standings.status(action), NO_STATUS) for action in own)

    def _row(
        self,
        kind: Literal["head", "outcome", "bar"],
        record: str,
        ref: str,
        words: str,
        standing: Standing,
        shapes: tuple[Status, ...] = (),
    ) -> Row:
        parts = self.parts(standing)
        note = wording.several(standing.actions, "action")
        said = self._said(f"{ref} {words}", standing, parts)
        return Row(kind, record, ref, words, standing, parts, shapes, note, said=said)

    def parts(self, standing: Standing) -> tuple[tuple[Status, int], ...]:
        """The statuses of some actions with their numbers, none last; nothing where the plan has no scale."""
        none = standing.counts.get("", 0) if self._scale else 0
        return (*standing.shown(self._plan.statuses), *([(NO_STATUS, none)] if none else []))

    def _said(self, name: str, standing: Standing, parts: tuple[tuple[Status, int], ...]) -> str:
        said = [wording.several(standing.actions, self._plan.details.action_word)]
        said += [f"{number} {status.label}" for status, number in parts]
        said += [moved for moved in [self.moved(standing)] if moved]
        return ": ".join(part for part in (name.strip(), ", ".join(said)) if part)

    def moved(self, standing: Standing) -> str:
        """How many actions are better and worse than in the period before, in words; "" where none are."""
        moved = ((standing.better, "better"), (standing.worse, "worse"))
        said = " and ".join(f"{number} {word}" for number, word in moved if number)
        return f"{said} than in {self.last.name}" if said and self.last else ""

    def _worst(self, outcomes: list[Outcome]) -> list[Outcome]:
        """As many outcomes as a card shows, in the plan's order: those with most that calls for a look."""
        if len(outcomes) <= MOST_OUTCOMES:
            return outcomes

        def calls(outcome: Outcome) -> int:
            standing = self.standings.of(outcome.id)
            return sum(standing.counts.get(status, 0) for status in self._look) + standing.worse

        chosen = {one.id for one in sorted(outcomes, key=calls, reverse=True)[:MOST_OUTCOMES]}
        return [one for one in outcomes if one.id in chosen]


def _below(plan: Plan, parent: str) -> Iterator[Outcome]:
    """All outcomes below a record, each before those below it."""
    waiting = list(plan.outcomes(parent)[::-1])
    while waiting:
        yield (outcome := waiting.pop())
        waiting += plan.outcomes(outcome.id)[::-1]


def _line(words: str) -> str:
    return " ".join(words.split())
