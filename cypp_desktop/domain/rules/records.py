"""What a record itself lacks: words, leads, decisions, targets, values, references, a place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from cypp_desktop.domain import text
from cypp_desktop.domain.naming import article, record_name, short
from cypp_desktop.domain.plan import OURS, Action, Measure, Outcome, Plan, Priority
from cypp_desktop.domain.rules.finding import Finding
from cypp_desktop.domain.rules.words import look


def action(plan: Plan, one: Action) -> list[Finding]:
    """What an action lacks, its progress apart."""
    found = []
    if not one.text or one.text.isspace():
        found.append(Finding("no-text", one.id, f"{name(plan, one)} has no words yet.", "text"))
    elif look(one.text).undecided:
        words = short(text.plain(one.text))
        found.append(Finding("undecided", one.id, f"{name(plan, one)} is not decided yet: “{words}”.", "text"))
    leads = plan.lead_names(one)
    if not leads:
        found.append(Finding("no-lead", one.id, f"{name(plan, one)} has no lead.", "leads"))
    if len(leads) > 1:
        sentence = f"{name(plan, one)} has {len(leads)} leads: {short(', '.join(leads))}."
        found.append(Finding("several-leads", one.id, sentence, "leads"))
    for lead in leads:
        if look(lead).undecided:
            sentence = f"The lead of {name(plan, one)} is not decided yet: “{short(lead)}”."
            found.append(Finding("undecided", one.id, sentence, "leads"))
    if one.due and look(one.due).undecided:
        sentence = f"The due date of {name(plan, one)} is not decided yet: “{short(one.due)}”."
        found.append(Finding("undecided", one.id, sentence, "due"))
    return found


def measure(plan: Plan, one: Measure) -> Iterator[Finding]:
    """What a measure lacks; one that has no readings at all is not asked for a target."""
    said = f"{plan.details.measure_word} “{short(one.name)}”"
    if look(one.name).undecided or look(one.notes).undecided:
        yield Finding("undecided", one.id, f"{said} is not decided yet.", "name")
    elif look(one.target).undecided:
        yield Finding("undecided", one.id, f"{said} has no decided target: “{short(one.target)}”.", "target")
    readings = plan.readings(one.id)
    if readings and not one.target:
        yield Finding("no-target", one.id, f"{said} has no target.", "target")
    if readings and not any(reading.value for reading in readings if reading.series == OURS):
        yield Finding("no-reading", one.id, f"{said} has no latest value.")


def references(plan: Plan, siblings: Sequence[Priority | Outcome | Action]) -> Iterator[Finding]:
    """References that siblings share or lack; where none of them has one, none is missed."""
    refs = [one.ref for one in siblings]
    if len(set(refs)) == len(refs) and "" not in refs:
        return
    used = Counter(refs)
    for one in siblings if any(refs) else ():
        if not one.ref:
            yield Finding("no-reference", one.id, f"{record_name(plan, one)} has no reference.", "ref")
        elif used[one.ref] > 1:
            sentence = f"The reference {plan.reference(one)} is used {used[one.ref]} times."
            yield Finding("same-reference", one.id, sentence, "ref")


def unplaced(plan: Plan) -> Iterator[Finding]:
    """What lost its place when copies were merged, and so is not printed."""
    for one in plan.unplaced():
        yield Finding("unplaced", one.id, f"{record_name(plan, one)} has lost its place and is not printed.")


def name(plan: Plan, one: Action) -> str:
    """An action as one says it: "Key action 1.5.6", "A key action of 1.5"."""
    reference, word = plan.reference(one), plan.details.action_word
    if one.ref:
        return f"{word} {reference}"
    named = one.text.strip() and f"the {word.lower()} “{short(text.plain(one.text))}”"
    said = named or article(word.lower())
    said = said[:1].upper() + said[1:]
    return f"{said} of {reference}" if reference else said
