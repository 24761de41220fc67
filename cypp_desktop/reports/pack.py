"""What one board pack is made from: the plan, the options, and the periods that they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cached_property

from cypp_desktop.domain import dates
from cypp_desktop.domain.periods import last_period
from cypp_desktop.domain.plan import Action, Lead, Outcome, Period, Plan, Priority, Record, Status
from cypp_desktop.domain.rows import Row, groups, printed
from cypp_desktop.domain.standing import BETTER, WORSE, Standing, Standings
from cypp_desktop.domain.undecided import is_undecided
from cypp_desktop.reports.model import Arrow, Chip, Content, Trend, Verdict, Words
from cypp_desktop.reports.options import Options

_SHORT = 40  # characters of a title that is said again


class Pack:
    """A plan as some options show it. What is asked of every action is found out once."""

    def __init__(self, plan: Plan, options: Options) -> None:
        self.plan, self.options = plan, options
        asked = plan.get(options.period) if options.period else None
        self.period: Period | None = asked if isinstance(asked, Period) else plan.current_period
        last = last_period(plan, self.period)
        self.last: Period | None = last if options.has("last") else None
        self.standings = Standings(plan, self.period)
        self._printed: dict[str, list[tuple[Row, ...]]] = {}

    @cached_property
    def today(self) -> date:
        """The day beside which an action is late: the one asked for, else that of the meeting, else today."""
        return self.options.today or dates.read(self.plan.details.meeting_date) or date.today()  # noqa: DTZ011 - the officer's own day

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the action table, as they are written in the options or in the plan's details."""
        return self.options.columns or self.plan.details.columns

    @property
    def priorities(self) -> list[Priority]:
        """The priorities that are shown."""
        wanted = self.options.priorities
        return [one for one in self.plan.priorities if not wanted or one.id in wanted]

    def led(self, action: Action) -> bool:
        """Whether one of the chosen leads leads an action; every action is shown where none is chosen."""
        return not self.options.leads or not set(self.options.leads).isdisjoint(action.leads)

    def rows(self, priority: Priority) -> list[tuple[Row, ...]]:
        """The rows of a priority's table, group by group; where leads are chosen, only those of their actions."""
        found = self._printed.get(priority.id)
        if found is None:
            found = [rows for rows in printed(self.plan, priority, self.columns) if rows]
            if self.options.leads:
                led = (tuple(row for row in rows if row.action and self.led(row.action)) for rows in found)
                found = [rows for rows in led if rows]
            self._printed[priority.id] = found
        return found

    def names(self, leads: tuple[str, ...]) -> list[str]:
        """What some leads (by id) are called."""
        found = (self.plan.get(one) for one in leads)
        return [lead.name for lead in found if isinstance(lead, Lead)]

    def status(self, action: Action) -> Status | None:
        """An action's status in the period."""
        return self._status(action, self.period)

    def last_status(self, action: Action) -> Status | None:
        """An action's status in the period before, where that is shown."""
        return self._status(action, self.last)

    def _status(self, action: Action, period: Period | None) -> Status | None:
        found = self.plan.get(action.update(period.id).status) if period else None
        return found if isinstance(found, Status) else None

    def trend(self, action: Action) -> Trend | None:
        """An action's direction of travel since the period before; None where nobody can tell."""
        direction = self.standings.direction(action) if self.last else None
        if direction is None:
            return None
        arrow: Arrow = "up" if direction == BETTER else "down" if direction else "level"
        verdict: Verdict = "better" if direction == BETTER else "worse" if direction else "same"
        words = {"better": "Better than last time:", "worse": "Worse than last time:", "same": "Same as last time"}
        return Trend(arrow, verdict, words[verdict])

    def since(self, action: Action) -> tuple[Content, ...]:
        """An action's direction of travel since the period before, and its status then where that was another."""
        last, trend = self.last_status(action), self.trend(action)
        if trend and trend.verdict == "same":
            return (trend,)
        said: Content = trend or Words("Last time:", quiet=True)
        return (said, Chip(last, quiet=True)) if last else ()

    def standing(self, actions: Iterable[Action]) -> Standing:
        """How some actions stand, of those that are shown."""
        shown = list(filter(self.led, actions))
        moved = Counter(self.standings.direction(action) for action in shown)
        counts = Counter(self.standings.status(action) for action in shown)
        return Standing(len(shown), counts, moved[BETTER], moved[WORSE])

    def place(self, record: Record) -> str:
        """The name by which links find a record in the report; outcomes that share their rows share one."""
        return f"{record.kind} {self._rows.get(record.id, record.id)}"

    @cached_property
    def _rows(self) -> dict[str, str]:
        """The outcomes that share the rows of another, each with that one."""
        found = (group for priority in self.plan.priorities for group in groups(self.plan, priority.id))
        return {one.id: first.id for first, *rest in found for one in rest}

    def undecided(self, *words: str) -> bool:
        """Whether words are to be marked as not decided yet ("TBC")."""
        return self.options.has("undecided") and any(map(is_undecided, words))


def titled(record: Outcome | Priority) -> str:
    """A record with its reference: "1.5 The development of …"."""
    return f"{record.ref} {record.title}".strip()


def short(title: str, longest: int = _SHORT) -> str:
    """A title in one line, cut between words where it is long."""
    title = " ".join(title.split())
    return title if len(title) <= longest else title[:longest].rsplit(" ", 1)[0] + " …"
