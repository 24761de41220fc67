"""The steps that the tables' edits are: words typed into a cell, taken as the plan's records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cypp_desktop.domain import text
from cypp_desktop.domain.bulk import due, next_free
from cypp_desktop.domain.change import Branch, Refused, Step, add, add_branches, delete, edit, edit_all, joined
from cypp_desktop.domain.order import Keys
from cypp_desktop.domain.patterns import pattern
from cypp_desktop.domain.plan import (
    OURS,
    Measure,
    Outcome,
    Plan,
    Reading,
    Status,
    Value,
    custom_field,
    update_field,
)
from cypp_desktop.domain.rows import Row, numbered
from cypp_desktop.domain.values import dataclass

__all__ = ["Keys"]

_REFERENCE = pattern(r"(\S*\d\S*)\s+(.*)", re.DOTALL)
_PROVISIONAL = "provisional"


def words(plan: Plan, record: str, field: str, value: str) -> Step:
    """Other words in a field; the date that a due cell names goes with them."""
    if field == "due":
        return edit(plan, record, due(value))
    return edit(plan, record, {field: value})


def outcomes(plan: Plan, shown: Sequence[Outcome], value: str) -> Step:
    """Lines of "reference title", one for each of the outcomes that share a cell; more lines belong to the last."""
    lines = [line.strip() for line in value.split("\n") if line.strip()]
    if len(lines) < len(shown):
        raise Refused("This cell needs a line for each of its outcomes. To take one out, delete it in the tree.")
    last = len(shown) - 1
    lines[last:] = [" ".join(lines[last:])]
    return joined("change of title", (_titled(plan, one, line) for one, line in zip(shown, lines, strict=True)))


def _titled(plan: Plan, outcome: Outcome, line: str) -> Step:
    match = _REFERENCE.fullmatch(line)
    if outcome.ref and line.startswith(f"{outcome.ref} "):
        return edit(plan, outcome.id, {"title": line.removeprefix(outcome.ref).strip()})
    if outcome.ref and match:
        return edit(plan, outcome.id, {"ref": match[1], "title": match[2]})
    return edit(plan, outcome.id, {"title": line})


_BULLET = pattern(r"^\s*[•·▪]\s*")


def measures(plan: Plan, rows: Sequence[Row], value: str, keys: Keys) -> Step:
    """Lines that name the measures of rows that share them; more lines are new measures, which their actions serve."""
    row = rows[0]
    lines = [" ".join(_BULLET.sub("", line).split()) for line in value.split("\n") if line.strip()]
    if len(lines) < len(row.measures):
        raise Refused("This cell needs a line for each of its measures. To take one out, delete it below the table.")
    steps = [
        edit(plan, one.id, {"short_name" if one.short_name else "name": line})
        for one, line in zip(row.measures, lines, strict=False)
    ]
    made = [Branch("measure", {"name": line}) for line in lines[len(row.measures) :]]
    if made:
        parent = row.measures[-1].parent if row.measures else row.outcomes[-1].id
        after = row.measures[-1].id if row.measures else None
        steps.append(add_branches(plan, parent, made, after=after, keys=keys))
        new = tuple(one.id for one in made)
        actions = (one.action for one in rows if one.action)
        steps += [edit(plan, one.id, {"measures": (*one.measures, *new)}) for one in actions]
    return joined("change of measures", steps)


def names(value: str) -> list[str]:
    """Words between semicolons or line ends, each once."""
    return list(dict.fromkeys(one.strip() for one in re.split(r"[;\n]", value) if one.strip()))


def leads(plan: Plan, actions: Iterable[str], value: str) -> Step:
    """The names of leads, between semicolons; a name that the plan does not know becomes a new lead."""
    known = {lead.name.casefold(): lead.id for lead in reversed(plan.leads)}
    new = {name.casefold(): Branch("lead", {"name": name}) for name in names(value) if name.casefold() not in known}
    ids = tuple(known.get(name.casefold()) or new[name.casefold()].id for name in names(value))
    steps = [add_branches(plan, plan.root, list(new.values()))] if new else []
    return joined("change of leads", [*steps, edit_all(plan, actions, {"leads": ids}, "change of leads")])


def plans(plan: Plan, actions: Iterable[str], value: str) -> Step:
    """The names of related plans, between semicolons."""
    return edit_all(plan, actions, {"plans": tuple(names(value))}, "change of plans")


def new_action(
    plan: Plan,
    parent: str,
    source: str = "",
    *,
    serves: Iterable[Measure] = (),
    after: str | None = None,
    keys: Keys | None = None,
) -> Step:
    """A new key action; it gets the next number where the plan numbers its actions, and the plans all others have."""
    values: dict[str, Value] = {"text": source, "measures": tuple(one.id for one in serves)}
    values["plans"] = _common_plans(plan, parent)
    if number := next_number(plan, parent):
        values["ref"] = number
    return add(plan, "action", parent, values, after=after, keys=keys)


def new_actions(
    plan: Plan,
    parent: str,
    sources: Sequence[str],
    *,
    serves: Iterable[Measure] = (),
    after: str | None,
    keys: Keys,
) -> Step:
    """Several key actions, one after another."""
    same = {"measures": tuple(one.id for one in serves), "plans": _common_plans(plan, parent)}
    made = [
        Branch("action", _with_number(plan, parent, {"text": source, **same}, place))
        for place, source in enumerate(sources)
    ]
    return add_branches(plan, parent, made, after=after, keys=keys)


def _common_plans(plan: Plan, parent: str) -> tuple[str, ...]:
    """The related plans of all actions below a parent, where they have the same."""
    found = {action.plans for action in plan.actions(parent)}
    return found.pop() if len(found) == 1 else ()


def next_number(plan: Plan, parent: str) -> str:
    """The number after the last one below a parent; "" where the plan does not number."""
    refs = [action.ref for action in plan.actions(parent)]
    if refs:
        return next_free(refs)
    return "1" if numbered(plan) else ""


# --- several cells at once ---


@dataclass(frozen=True, slots=True)
class Line:
    """A row of pasted cells by the keys of their columns, for an action (by its id) or for a new one ("")."""

    action: str
    cells: Mapping[str, str]


def fill(plan: Plan, pasted: Sequence[Line], period: str, place: tuple[str, str | None], keys: Keys) -> Step:
    """Put pasted cells into actions; those for which there is no action yet become new ones at ``place``."""
    known = {lead.name.casefold(): lead.id for lead in reversed(plan.leads)}
    leads = {
        name.casefold(): Branch("lead", {"name": name})
        for line in pasted
        for name in names(line.cells.get("leads", ""))
        if name.casefold() not in known
    }
    ids = known | {name: lead.id for name, lead in leads.items()}
    steps = [add_branches(plan, plan.root, list(leads.values()))] if leads else []
    made: list[Branch] = []
    for line in pasted:
        cells = (_cell(plan, key, words, period, ids) for key, words in line.cells.items())
        values = dict(pair for pairs in cells for pair in pairs)
        if line.action:
            steps.append(edit(plan, line.action, values))
        else:
            made.append(Branch("action", _with_number(plan, place[0], values, len(made))))
    if made:
        steps.append(add_branches(plan, place[0], made, after=place[1], keys=keys))
    return joined("paste", steps)


def _with_number(plan: Plan, parent: str, values: Mapping[str, Value], place: int) -> Mapping[str, Value]:
    first = "" if "ref" in values else next_number(plan, parent)
    return {**values, "ref": str(int(first) + place)} if first else values


def _cell(plan: Plan, key: str, words: str, period: str, leads: Mapping[str, str]) -> Iterator[tuple[str, Value]]:
    """The field and value that words in a column are; nothing where they say nothing there."""
    if key == "actions":
        yield "text", text.from_plain(words)
    elif key == "note" and period:
        yield update_field("note", period), text.from_plain(words)
    elif key == "status" and period:
        yield from ((update_field("status", period), one.id) for one in plan.statuses if _is_called(one, words))
    elif key == "leads":
        yield "leads", tuple(leads[name.casefold()] for name in names(words))
    elif key == "plans":
        yield "plans", tuple(names(words))
    elif key == "due":
        yield from due(words).items()
    elif key == "ref":
        yield key, words.strip()
    elif key.startswith("custom:"):
        yield custom_field(key.removeprefix("custom:")), words.strip()


def _is_called(status: Status, words: str) -> bool:
    said = words.strip().casefold()
    return bool(said) and said in {status.label.casefold(), status.letter.casefold()}


# --- readings --------------------------------------------------------------------------------------------------------


def reading_words(reading: Reading) -> str:
    """A reading as one writes it: "82.3% (provisional 2015-16)"."""
    period = " ".join(one for one in (_PROVISIONAL if reading.provisional else "", reading.period) if one)
    return f"{reading.value} ({period})" if period else reading.value


def read_reading(value: str) -> dict[str, Value]:
    """The fields of a reading from words, with its period in brackets at the end."""
    written = value.strip()
    number, _, period = written.removesuffix(")").rpartition("(")
    number, period = number.rstrip(), period.strip()
    if not written.endswith(")") or not number or ")" in period:
        return {"value": written, "period": "", "provisional": False}
    provisional = period[: len(_PROVISIONAL)].lower() == _PROVISIONAL
    return {
        "value": number,
        "period": period[len(_PROVISIONAL) :].strip() if provisional else period,
        "provisional": provisional,
    }


def reading(plan: Plan, measure: str, old: Reading | None, value: str, *, series: str = OURS, keys: Keys) -> Step:
    """Other words for a reading, or a new one at the end of its series."""
    fields = read_reading(value)
    if old:
        return edit(plan, old.id, fields, "change of reading")
    if not value.strip():
        return Step("", "set", ())
    return add(plan, "reading", measure, {"series": series, **fields}, keys=keys)


def no_reading(plan: Plan, old: Reading) -> Step:
    """Take a reading out; the one before it is the latest again."""
    return delete(plan, [old.id], "deletion of reading")
