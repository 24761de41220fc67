"""How a plan stands in a period: its actions by status, and which are better or worse than in the period before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cypp_desktop.domain.periods import last_period, ranks
from cypp_desktop.domain.plan import Action, Lead, Outcome, Period, Plan, Priority, Status

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
    """All live actions of a plan counted in one pass: for the whole, below every record, and by lead.

    ``period`` is the one that is looked at; without one no action has a status.
    """

    def __init__(self, plan: Plan, period: Period | None) -> None:
        last = last_period(plan, period)
        self._plan = plan
        self._period, self._last = period.id if period else "", last.id if last else ""
        self._ranks, self._scale = ranks(plan), {status.id for status in plan.statuses}
        self._sums: dict[str, _Sum] = {}
        self._by_lead: dict[str, _Sum] = {}
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
        found: list[tuple[Lead | None, Standing]] = [
            (lead, _standing(self._by_lead[lead.id])) for lead in self._plan.leads if lead.id in self._by_lead
        ]
        return (*found, (None, _standing(self._by_lead[""]))) if "" in self._by_lead else tuple(found)

    def status(self, action: Action) -> str:
        """The id of an action's status in the period; "" where it has none of the plan's scale."""
        status = action.update(self._period).status if self._period else ""
        return status if status in self._scale else ""

    def direction(self, action: Action) -> int | None:
        """Whether an action is BETTER, the SAME or WORSE than in the period before; None where that cannot be told."""
        if not self._last:
            return None
        was, now = self._ranks.get(action.update(self._last).status), self._ranks.get(self.status(action))
        if was is None or now is None:
            return None
        return (was > now) - (was < now)

    def _count(self, group: Priority | Outcome) -> None:
        own = self._sums.setdefault(group.id, _Sum())
        for action in self._plan.actions(group.id):
            status, direction = self.status(action), self.direction(action)
            own.put(status, direction)
            leads = dict.fromkeys(lead for lead in action.leads if isinstance(self._plan.get(lead), Lead))
            for lead in leads or ("",):
                self._by_lead.setdefault(lead, _Sum()).put(status, direction)
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
        self.better += direction == BETTER
        self.worse += direction == WORSE

    def add(self, other: _Sum) -> None:
        self.actions += other.actions
        for status, number in other.counts.items():
            self.counts[status] = self.counts.get(status, 0) + number
        self.better += other.better
        self.worse += other.worse


def _standing(found: _Sum | None) -> Standing:
    return Standing(found.actions, dict(found.counts), found.better, found.worse) if found else Standing()
