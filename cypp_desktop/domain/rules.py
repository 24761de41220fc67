"""Is the plan ready for the board? Findings, each about one record, with the rule that found it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from cypp_desktop.domain import text
from cypp_desktop.domain.plan import OURS, Action, Measure, Outcome, Plan, Priority, Record

_UNDECIDED = re.compile(r"\b(TBC|TBA|to be confirmed|placeholder)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at before the plan goes to the board: the rule, the record's id, and a sentence."""

    rule: str
    record: str
    sentence: str


def findings(plan: Plan) -> list[Finding]:
    """All findings, in the plan's own order."""
    return [Finding(rule, record.id, sentence) for record in _printed(plan) for rule, sentence in _about(plan, record)]


def _printed(plan: Plan) -> Iterator[Record]:
    for priority in plan.priorities:
        yield from (one for one in plan.branch(priority.id) if isinstance(one, Priority | Outcome | Action | Measure))


def _about(plan: Plan, record: Record) -> Iterator[tuple[str, str]]:
    if isinstance(record, Action):
        yield from _action(plan, record)
    elif isinstance(record, Measure):
        yield from _measure(plan, record)
    else:
        yield from _references(plan, record)


def _action(plan: Plan, action: Action) -> Iterator[tuple[str, str]]:
    name = _name(plan, action)
    period = plan.current_period
    update = action.update(period.id) if period else None
    words = text.plain(action.text)
    if not words:
        yield "no-text", f"{name} has no words yet."
    elif _UNDECIDED.search(words):
        yield "undecided", f"{name} is not decided yet: “{_short(words)}”."
    if not plan.lead_names(action):
        yield "no-lead", f"{name} has no lead."
    elif undecided := [lead for lead in plan.lead_names(action) if _UNDECIDED.search(lead)]:
        yield "undecided-lead", f"The lead of {name} is not decided yet: “{undecided[0]}”."
    if plan.statuses and period and update:
        if not update.note:
            yield "no-update", f"{name} has no progress note for {period.name}."
        if not plan.status(action):
            yield "no-status", f"{name} has no status for {period.name}."


def _measure(plan: Plan, measure: Measure) -> Iterator[tuple[str, str]]:
    name = f"The measure “{_short(measure.name)}”"
    if _UNDECIDED.search(measure.name):
        yield "undecided", f"{name} is not decided yet."
    readings = plan.readings(measure.id)  # a plan whose measures have none yet is not asked for targets
    if readings and not measure.target:
        yield "no-target", f"{name} has no target."
    if readings and not any(one.value for one in readings if one.series == OURS):
        yield "no-reading", f"{name} has no latest value."


def _references(plan: Plan, record: Record) -> Iterator[tuple[str, str]]:
    ref = str(getattr(record, "ref", ""))
    siblings = Counter(str(getattr(one, "ref", "")) for one in plan.of(type(record), record.parent))
    if not ref:
        title = _short(str(getattr(record, "title", "")))
        yield "no-reference", f"{plan.level_word(record)} “{title}” has no reference."
    elif siblings[ref] > 1:
        yield "same-reference", f"The reference {ref} is used {siblings[ref]} times."


def _name(plan: Plan, action: Action) -> str:
    reference = plan.reference(action)
    word = plan.details.action_word
    return f"{word} {reference}" if action.ref else f"A {word.lower()} of {reference}"


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 60 else words[:59].rsplit(" ", 1)[0] + "…"  # noqa: PLR2004 - fits in a line
