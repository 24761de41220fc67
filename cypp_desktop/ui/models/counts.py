"""How many actions have which status below every priority and outcome, kept up to date event by event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cypp_desktop.document.document import Event
from cypp_desktop.domain.plan import Action, Outcome, Plan, Priority, Status


class Counts:
    """Sums of actions by status id ("" for none) for every record above them, up to the plan itself."""

    def __init__(self, plan: Plan, period: str) -> None:
        self._plan, self._period = plan, period
        self._sums: dict[str, dict[str, int]] = {}
        self._counted: dict[str, tuple[tuple[str, ...], str]] = {}  # action -> what it hangs on, its status
        above: dict[str, tuple[str, ...]] = {}  # by what the actions hang on directly
        for record in plan:
            if isinstance(record, Action) and not record.archived:
                if record.parent not in above:
                    above[record.parent] = self._above(record)
                self._counted[record.id] = above[record.parent], record.update(period).status
        for place in self._counted.values():
            self._sum(*place, 1)

    def of(self, record: str) -> Mapping[str, int]:
        """The number of actions below a record by status id."""
        return self._sums.get(record, {})

    def words(self, record: str) -> str:
        """The same in words: "4 Completed, 1 Behind"."""
        found = self.of(record)
        return ", ".join(f"{found[one.id]} {one.label}" for one in self._plan.statuses if found.get(one.id))

    def follow(self, event: Event) -> set[str]:
        """Count again what an event touched; returns the ids of the records whose sums are others now."""
        self._plan = event.after
        touched: set[str] = set()
        for action in self._actions(event):
            old = self._counted.get(action)
            new = self._place(action)
            if old == new:
                continue
            if old:
                self._sum(*old, -1)
                touched.update(old[0])
                del self._counted[action]
            if new:
                self._counted[action] = new
                self._sum(*new, 1)
                touched.update(new[0])
        return touched

    def _actions(self, event: Event) -> Iterable[str]:
        """The actions that may count elsewhere now: those that changed, and those below what has moved."""
        found = dict.fromkeys(event.changed)
        for one in event.changed:
            before, after = event.before.get(one), event.after.get(one)
            moved = not (before and after and before.parent == after.parent)
            if moved and isinstance(after or before, Priority | Outcome):
                for plan, record in ((event.before, before), (event.after, after)):
                    found |= dict.fromkeys(below.id for below in plan.branch(one)) if record else {}
        return [one for one in found if one in self._counted or isinstance(event.after.get(one), Action)]

    def _place(self, action: str) -> tuple[tuple[str, ...], str] | None:
        record = self._plan.get(action)
        if not isinstance(record, Action) or record.archived:
            return None
        return self._above(record), record.update(self._period).status

    def _above(self, record: Action) -> tuple[str, ...]:
        above = self._plan.ancestors(record.id)
        top = above[0] if above else record
        root = (self._plan.root,) if top.parent == self._plan.root else ()
        return (*root, *(one.id for one in above))

    def _sum(self, above: Iterable[str], status: str, by: int) -> None:
        for one in above:
            sums = self._sums.setdefault(one, {})
            sums[status] = sums.get(status, 0) + by
            if not sums[status]:
                del sums[status]


def worth_a_look(statuses: Sequence[Status]) -> Sequence[Status]:
    """The part of a scale, best first, that calls for a look: all but the two best of four or more, all but the best
    of a shorter one.
    """
    return statuses[2:] if len(statuses) >= 4 else statuses[1:]
