"""What was written about an action this period: is it there, does it hold together, is it late or worse?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from cypp_desktop.domain import text
from cypp_desktop.domain.naming import short
from cypp_desktop.domain.periods import is_worse, last_period, ranks
from cypp_desktop.domain.plan import Action, Plan, Status, Update, update_field
from cypp_desktop.domain.rules.finding import Finding
from cypp_desktop.domain.rules.records import name
from cypp_desktop.domain.rules.words import folded, look

_DONE = re.compile(r"(completed?|closed?|done|achieved|delivered|finished|ended)\b", re.IGNORECASE)
_ONGOING = re.compile(r"\bon-?\s?going\b", re.IGNORECASE)


class Progress:
    """Asks every action of a plan about its current period. A plan without a scale or periods is asked nothing."""

    def __init__(self, plan: Plan, today: date) -> None:
        self._plan, self._today = plan, today.isoformat()
        self._period = plan.current_period if plan.statuses else None
        self._last = last_period(plan, self._period)
        self._ranks = ranks(plan)
        self._done = {status.id for status in plan.statuses if _DONE.match(status.label.strip())}
        self._said = phrases(plan)

    def of(self, action: Action) -> Iterator[Finding]:
        """What there is to look at in one action."""
        if self._period is None:
            return
        update = action.update(self._period.id)
        yield from self._missing(action, update)
        if update.note and (status := self._contradicted(update)):
            yield self._contradiction(action, update, status)
        if self._last and not update.reason and is_worse(self._ranks, action, self._last.id, self._period.id):
            sentence = f"{name(self._plan, action)} is worse than in {self._last.name}, and nothing says why."
            yield Finding("worse", action.id, sentence, update_field("reason", self._period.id))
        if action.due and update.status not in self._done:
            yield from self._late(action)

    def _missing(self, action: Action, update: Update) -> Iterator[Finding]:
        period = self._period
        if period is None:
            return
        if not update.note.strip():
            sentence = f"{name(self._plan, action)} has no progress note for {period.name}."
            yield Finding("no-update", action.id, sentence, update_field("note", period.id))
        elif look(update.note).undecided:
            sentence = f"The progress note of {name(self._plan, action)} is not decided yet."
            yield Finding("undecided", action.id, sentence, update_field("note", period.id))
        if not isinstance(self._plan.get(update.status), Status):
            said = self._openings(update.note)
            fix = next(iter(said)) if len(said) == 1 else ""
            sentence = f"{name(self._plan, action)} has no status for {period.name}."
            yield Finding("no-status", action.id, sentence, update_field("status", period.id), fix)

    def _contradicted(self, update: Update) -> str:
        """The status that the note opens with, where it is another than the one that was set."""
        if not update.status:
            return ""
        said = self._openings(update.note)
        return next(iter(said)) if said and update.status not in said else ""

    def _contradiction(self, action: Action, update: Update, said: str) -> Finding:
        plan = self._plan
        words = {one.id: one.label for one in plan.statuses}
        opening = short(text.plain(update.note).split("\n")[0])
        sentence = f"{name(plan, action)} is “{words.get(update.status, '')}”, but its note begins “{opening}”."
        return Finding("contradiction", action.id, sentence, update_field("status", update.period), said)

    def _openings(self, note: str) -> dict[str, None]:
        """The statuses that the lines of a note open with, in order."""
        openings = look(note).openings
        if self._said.keys().isdisjoint(openings):
            return {}
        said = (self._said.get(opening) for opening in openings)
        return dict.fromkeys(status for status in said if status)

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
