"""What was written about an action this period: is it there, does it hold together, is it late or worse?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from cypp_desktop.domain import text
from cypp_desktop.domain.naming import short
from cypp_desktop.domain.patterns import pattern
from cypp_desktop.domain.periods import done_statuses, is_worse, last_period, ranks
from cypp_desktop.domain.plan import Action, Period, Plan, Update, update_field
from cypp_desktop.domain.rules.finding import Finding
from cypp_desktop.domain.rules.records import name
from cypp_desktop.domain.rules.words import folded, look

_ONGOING = pattern(r"\bon-?\s?going\b", re.IGNORECASE)


class Progress:
    """Asks every action of a plan about its current period. A plan without a scale or periods is asked nothing."""

    def __init__(self, plan: Plan, today: date) -> None:
        self._plan, self._today = plan, today.isoformat()
        self._period = plan.current_period if plan.statuses else None
        self._last = last_period(plan, self._period)
        self._ranks = ranks(plan)
        self._labels = {status.id: status.label for status in plan.statuses}
        self._done = done_statuses(plan)
        self._said = phrases(plan)

    def of(self, action: Action, update: Update) -> list[Finding]:
        """What there is to look at in one action and its update for the current period."""
        if self._period is None:
            return []
        found, words = [], look(update.note)
        if words.undecided or not update.note.strip():
            found.append(self._note(action, self._period))
        said = [] if self._said.keys().isdisjoint(words.openings) else self._statuses(words.openings)
        if update.status not in self._labels:
            found.append(self._no_status(action, self._period, said[0] if len(said) == 1 else ""))
        elif said and update.status not in said:
            found.append(self._contradiction(action, update, said[0]))
        if self._last and not update.reason and is_worse(self._ranks, action, self._last.id, self._period.id):
            sentence = f"{name(self._plan, action)} is worse than in {self._last.name}, and nothing says why."
            found.append(Finding("worse", action.id, sentence, update_field("reason", self._period.id)))
        if action.due and update.status not in self._done:
            found += self._late(action)
        return found

    def _note(self, action: Action, period: Period) -> Finding:
        field, said = update_field("note", period.id), name(self._plan, action)
        if action.update(period.id).note.strip():
            return Finding("undecided", action.id, f"The progress note of {said} is not decided yet.", field)
        return Finding("no-update", action.id, f"{said} has no progress note for {period.name}.", field)

    def _no_status(self, action: Action, period: Period, fix: str) -> Finding:
        sentence = f"{name(self._plan, action)} has no status for {period.name}."
        return Finding("no-status", action.id, sentence, update_field("status", period.id), fix)

    def _contradiction(self, action: Action, update: Update, said: str) -> Finding:
        opening, label = short(text.plain(update.note).split("\n")[0]), self._labels[update.status]
        sentence = f"{name(self._plan, action)} is “{label}”, but its note begins “{opening}”."
        return Finding("contradiction", action.id, sentence, update_field("status", update.period), said)

    def _statuses(self, openings: tuple[str, ...]) -> list[str]:
        """The statuses (by id) that the lines of a note open with, in order."""
        said = (self._said.get(opening) for opening in openings)
        return list(dict.fromkeys(status for status in said if status))

    def _late(self, action: Action) -> Iterator[Finding]:
        if action.due_date and action.due_date < self._today:
            sentence = f"{name(self._plan, action)} was due “{short(action.due)}” and is not completed."
            yield Finding("overdue", action.id, sentence, "due")
        elif _ONGOING.search(action.due):
            sentence = f"{name(self._plan, action)} is due “{short(action.due)}”: nobody can tell when it should end."
            yield Finding("ongoing", action.id, sentence, "due")


def phrases(plan: Plan) -> dict[str, str]:
    """The words that stand for a status (by its id) at the beginning of a note.

    They are its label, and each side of an "or", a "but" or a stroke in it, where no other status has the same:
    "Behind schedule –" says "Happening but behind schedule", and "Complete." says "Completed".
    """
    found: dict[str, set[str]] = {}
    for status in plan.statuses:
        label = folded(status.label)
        sides = re.split(r" or | but |/", label)
        for words in {label, sides[-1], sides[0] if " but " not in label else label}:
            for form in {words, words.removesuffix("d") if words.endswith("ted") else words}:
                found.setdefault(form.strip(), set()).add(status.id)
    whole = {folded(status.label): status.id for status in plan.statuses}
    alone = {words: next(iter(ids)) for words, ids in found.items() if words and len(ids) == 1}
    return {**alone, **whole}
