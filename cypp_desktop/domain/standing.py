"""How a plan stands in a period: its actions by status, and which are better or worse than in the period before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cypp_desktop.domain.periods import last_period, ranks
from cypp_desktop.domain.plan import Action, Lead, Outcome, Period, Plan, Priority, Status
from cypp_desktop.domain.values import dataclass, field

BETTER, SAME, WORSE = 1, 0, -1


@dataclass(frozen=True, slots=True)
class Standing:
    """Some actions counted: all, by status id ("" for none), and those that moved since the period before."""

    actions: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    better: int = 0
    worse: int = 0

    def shown(self, scale: Iterable[Status]) -> tuple[tuple[Status, int], ...]:
        """The statuses that occur, in the order of the scale, each with its number of actions."""
        return tuple((status, self.counts[status.id]) for status in scale if self.counts.get(status.id))


class Standings:
    """All live actions of a plan counted in one pass, for the whole and below every record.

    ``period`` is the one that is looked at; without one no action has a status.
    """

    def __init__(self, plan: Plan, period: Period | None) -> None:
        last = last_period(plan, period)
        self._plan = plan
        self._period, self._last = period.id if period else "", last.id if last else ""
        self._ranks, self._scale = ranks(plan), {status.id for status in plan.statuses}
        self._told: list[tuple[Action, tuple[str, int | None]]] = []  # every action's status and direction
        self._sums: dict[str, _Sum] = {}
        groups: list[Priority | Outcome] = list(plan.priorities)
        for group in groups:  # grows while it is walked
            groups += plan.outcomes(group.id)
        for group in reversed(groups):
            self._count(group)

    @property
    def whole(self) -> Standing:
        """All actions of the plan."""
        return self.of(self._plan.root)

    def of(self, record: str) -> Standing:
        """The actions of a priority or outcome and of all outcomes below it."""
        return _standing(self._sums.get(record))

    def leads(self) -> tuple[tuple[Lead | None, Standing], ...]:
        """Every lead that has actions, in the plan's order, and last (None) what has no lead.

        An action counts for each of its leads.
        """
        leads = self._plan.leads
        sums = {lead.id: _Sum() for lead in leads}
        none = _Sum()
        for action, told in self._told:
            found = [sums[lead] for lead in dict.fromkeys(action.leads) if lead in sums]
            for own in found or (none,):
                own.put(*told)
        shown: list[tuple[Lead | None, Standing]] = [
            (lead, _standing(sums[lead.id])) for lead in leads if sums[lead.id].actions
        ]
        return (*shown, (None, _standing(none))) if none.actions else tuple(shown)

    def status(self, action: Action) -> str:
        """The id of an action's status in the period; "" where it has none of the plan's scale."""
        return self._look(action)[0]

    def direction(self, action: Action) -> int | None:
        """Whether an action is BETTER, the SAME or WORSE than in the period before; None where that cannot be told."""
        return self._look(action)[1]

    def _look(self, action: Action) -> tuple[str, int | None]:
        now = was = ""
        for update in action.updates:
            if update.period == self._period:
                now = update.status
            elif update.period == self._last:
                was = update.status
        if now not in self._scale:
            return "", None
        before, after = self._ranks.get(was), self._ranks.get(now)
        return now, None if before is None or after is None else (before > after) - (before < after)

    def _count(self, group: Priority | Outcome) -> None:
        own = self._sums.setdefault(group.id, _Sum())
        for action in self._plan.actions(group.id):
            told = self._look(action)
            self._told.append((action, told))
            own.put(*told)
        self._sums.setdefault(group.parent, _Sum()).add(own)


def by_period(plan: Plan) -> tuple[tuple[Period, Standing], ...]:
    """The whole plan in every reporting period, oldest first."""
    return tuple((period, Standings(plan, period).whole) for period in plan.periods)


@dataclass(slots=True)
class _Sum:
    actions: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    better: int = 0
    worse: int = 0

    def put(self, status: str, direction: int | None) -> None:
        self.actions += 1
        self.counts[status] = self.counts.get(status, 0) + 1
        if direction == BETTER:
            self.better += 1
        elif direction == WORSE:
            self.worse += 1

    def add(self, other: _Sum) -> None:
        self.actions += other.actions
        for status, number in other.counts.items():
            self.counts[status] = self.counts.get(status, 0) + number
        self.better += other.better
        self.worse += other.worse


def _standing(found: _Sum | None) -> Standing:
    return Standing(found.actions, dict(found.counts), found.better, found.worse) if found else Standing()
