"""The table of all actions: which of them are asked for, in which groups and order. A saved one is a ``View``.

A view's ``filters`` are "key=value"; several values of one key mean any of them, several keys all of them. Keys:
``lead`` and ``status`` (ids, or "none"), ``below`` (the id of a priority or outcome), ``due`` (see :data:`DUE`),
``text`` (words that must all stand in it), ``archived=yes``, and ``custom:ID``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from cypp_desktop.domain.folding import fold, unmarked
from cypp_desktop.domain.naming import short, title_of
from cypp_desktop.domain.periods import done_statuses
from cypp_desktop.domain.plan import Action, Lead, Outcome, Plan, Priority, Record, Status, View
from cypp_desktop.domain.values import dataclass

NONE = "none"
DUE: Mapping[str, str] = {
    "overdue": "Overdue",
    "month": "Due within a month",
    "quarter": "Due within three months",
    "later": "Due later",
    "words": "Due in words only",
    "none": "No due date",
    "done": "Completed",
}
"""When an action is due, in the order of groups; a completed one is due no more."""
GROUPS: Mapping[str, str] = {
    "": "Not grouped",
    "priority": "By priority",
    "lead": "By lead",
    "status": "By status",
    "due": "By due date",
}
SORTS: Mapping[str, str] = {
    "": "In the plan’s order",
    "due": "Soonest first",
    "-status": "Worst first",
    "status": "Best first",
    "lead": "By lead",
    "text": "By words",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Actions under a heading; "" where they are not grouped."""

    heading: str
    actions: tuple[Action, ...]


class Sieve:
    """Finds the actions that a view asks for. It keeps their folded texts, so that it is quick from then on."""

    def __init__(self) -> None:
        self._folded: dict[str, tuple[Action, str]] = {}

    def sift(self, plan: Plan, view: View, period: str, today: date | None = None) -> list[Group]:
        """The actions that a view asks for, as they are in a period (by its id); empty groups are left out."""
        asked = _Asked(plan, view, period, today or datetime.now(UTC).astimezone().date())
        tests = [*asked.tests(), *self._words(plan, view, period)]
        found = [one for one in _actions(plan, asked) if all(test(one) for test in tests)]
        if key := asked.sort_key(view.sort):
            found.sort(key=key)
        return asked.groups(found, view.group)

    def ahead(self, plan: Plan, period: str) -> Iterator[Action]:
        """Read the texts of all actions one by one, so that the first look for words need not."""
        for one in plan.walk():
            if isinstance(one, Action):
                self._text(plan, one, period)
                yield one

    def stays(self, before: Plan, after: Plan, changed: Iterable[str], view: View, period: str) -> bool:
        """Whether a step that changed some records leaves the same actions in the same groups and order."""
        pairs = [(before.get(one), after.get(one)) for one in changed]
        if not all(isinstance(old, Action) and isinstance(new, Action) for old, new in pairs):
            return False
        today = datetime.now(UTC).astimezone().date()
        old_places, new_places = (
            self._places(plan, _Asked(plan, view, period, today), view, period, [pair[which] for pair in pairs])
            for which, plan in enumerate((before, after))
        )
        return old_places == new_places

    def _places(
        self, plan: Plan, asked: _Asked, view: View, period: str, actions: Iterable[Record | None]
    ) -> list[tuple[object, ...]]:
        """What says for each action whether and where it is shown."""
        tests, key = [*asked.tests(), *self._words(plan, view, period)], asked.sort_key(view.sort)
        return [
            (
                *(one.parent, one.order, one.archived, all(test(one) for test in tests)),
                key(one) if key else None,
                asked.keys_of(one, view.group),
            )
            for one in actions
            if isinstance(one, Action)
        ]

    def _words(self, plan: Plan, view: View, period: str) -> Iterable[Callable[[Action], bool]]:
        words = [word for said in values(view, "text") for word in fold(said).split()]
        names = {lead.id: fold(lead.name) for lead in plan.leads} if words else {}

        def has_all(one: Action) -> bool:
            said = "\n".join((self._text(plan, one, period), *(names.get(lead, "") for lead in one.leads)))
            return all(word in said for word in words)

        return [has_all] if words else []

    def _text(self, plan: Plan, one: Action, period: str) -> str:
        """An action's own words and those of a period, folded; remembered while the action is the same."""
        key = f"{one.id} {period}"
        known = self._folded.get(key)
        if known is None or known[0] is not one:
            update = one.update(period)
            said = [plan.reference(one), unmarked(one.text), one.due, unmarked(update.note), update.reason]
            known = one, fold("\n".join([*said, *one.plans, *(value for _, value in one.custom)]))
            self._folded[key] = known
        return known[1]


def values(view: View, key: str) -> list[str]:
    """What a view asks for under one key."""
    pairs = (one.partition("=") for one in view.filters)
    return [value for name, _, value in pairs if name == key and value]


def with_values(view: View, key: str, wanted: Iterable[str]) -> tuple[str, ...]:
    """A view's filters with other values for one key."""
    others = (one for one in view.filters if one.partition("=")[0] != key)
    return (*others, *(f"{key}={value}" for value in wanted if value))


def _actions(plan: Plan, asked: _Asked) -> Iterable[Action]:
    for one in plan.walk(asked.below):
        if isinstance(one, Action) and not asked.archived:
            yield one
        elif isinstance(one, Priority | Outcome) and asked.archived:
            yield from (action for action in plan.of(Action, one.id) if action.archived)


@lru_cache(maxsize=1 << 14)
def _folded(source: str) -> str:
    return fold(unmarked(source))


class _Asked:
    """What one view asks of one plan."""

    def __init__(self, plan: Plan, view: View, period: str, today: date) -> None:
        self._plan, self._view, self._period = plan, view, period
        self.archived = values(view, "archived") == ["yes"]
        self.below = values(view, "below")
        self._done = done_statuses(plan)
        month, quarter = (today + timedelta(days=days) for days in (31, 92))
        self._today, self._month, self._quarter = today.isoformat(), month.isoformat(), quarter.isoformat()
        self._places = {status.id: place for place, status in enumerate(plan.statuses)}
        self._names = {lead.id: fold(lead.name) for lead in plan.leads}
        self._tops: dict[str, str] = {}

    def tests(self) -> list[Callable[[Action], bool]]:
        """What an action must pass, its words apart."""
        made: list[Callable[[Action], bool]] = []
        leads, statuses = set(values(self._view, "lead")), set(values(self._view, "status"))
        due = set(values(self._view, "due"))
        if leads:
            made.append(lambda one: bool(leads.intersection(one.leads)) or (NONE in leads and not one.leads))
        if statuses:
            made.append(lambda one: self._status(one) in statuses)
        if due:
            made.append(lambda one: self.due(one) in due)
        names = dict.fromkeys(one.partition("=")[0] for one in self._view.filters)
        return made + [self._custom(name) for name in names if name.startswith("custom:")]

    def _custom(self, name: str) -> Callable[[Action], bool]:
        field, wanted = name.removeprefix("custom:"), set(values(self._view, name))
        return lambda one: dict(one.custom).get(field, "") in wanted

    def _status(self, one: Action) -> str:
        status = one.update(self._period).status
        return status if status in self._places else NONE

    def due(self, one: Action) -> str:
        """When an action is due, as one of :data:`DUE`."""
        if self._status(one) in self._done:
            return "done"
        if not one.due_date:
            return "words" if one.due.strip() else "none"
        if one.due_date < self._today:
            return "overdue"
        return "month" if one.due_date <= self._month else "quarter" if one.due_date <= self._quarter else "later"

    def sort_key(self, sort: str) -> Callable[[Action], Any] | None:
        """What actions are sorted by; None for the plan's own order. What lacks it stands last."""
        places, last = self._places, len(self._places)
        keys: dict[str, Callable[[Action], Any]] = {
            "due": lambda one: (one.due_date or "9999", not one.due),
            "status": lambda one: places.get(one.update(self._period).status, last),
            "-status": lambda one: -places.get(one.update(self._period).status, -1),
            "lead": lambda one: (not one.leads, [self._names.get(lead, "") for lead in one.leads]),
            "text": lambda one: _folded(one.text),
        }
        return keys.get(sort)

    def groups(self, found: Sequence[Action], by: str) -> list[Group]:
        """The actions in groups; one with two leads stands under both."""
        if by not in GROUPS or not by:
            return [Group("", tuple(found))] if found else []
        made: dict[str, list[Action]] = {key: [] for key in self._keys(by)}
        for one in found:
            for key in self.keys_of(one, by):
                made.setdefault(key, []).append(one)
        return [Group(self._heading(key, by), tuple(actions)) for key, actions in made.items() if actions]

    def _keys(self, by: str) -> Iterable[str]:
        """The groups in their order, as far as it is not the order of the actions."""
        plan = self._plan
        if by == "due":
            return DUE
        if by == "status":
            return [*self._places, NONE]
        if by == "lead":
            return [*(lead.id for lead in sorted(plan.leads, key=lambda lead: self._names[lead.id])), NONE]
        return [one.id for one in plan.priorities]

    def keys_of(self, one: Action, by: str) -> Sequence[str]:
        """The groups in which an action stands, by their keys."""
        if by == "due":
            return (self.due(one),)
        if by == "status":
            return (self._status(one),)
        if by == "lead":
            known = [lead for lead in dict.fromkeys(one.leads) if lead in self._names]
            return known or (NONE,)
        if one.parent not in self._tops:
            above = self._plan.ancestors(one.id)
            self._tops[one.parent] = above[0].id if above else NONE
        return (self._tops[one.parent],)

    def _heading(self, key: str, by: str) -> str:
        found = self._plan.get(key)
        if by == "due":
            return DUE[key]
        if isinstance(found, Lead | Status):
            return title_of(found)
        if isinstance(found, Priority):
            return " ".join(part for part in (found.ref, short(found.title)) if part)
        return {"lead": "No lead", "status": "No status"}.get(by, "No priority")
