"""Fields written as words, as people name them: leads by their names, a status by its label, yes and no."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from cypp_desktop.domain.bulk import due
from cypp_desktop.domain.change import Branch, Refused, Step, add_branches, edit, joined
from cypp_desktop.domain.naming import plural
from cypp_desktop.domain.order import Keys
from cypp_desktop.domain.periods import open_to_writing
from cypp_desktop.domain.plan import (
    KINDS,
    UPDATE_FIELDS,
    CustomField,
    Layout,
    Lead,
    Period,
    Plan,
    Record,
    Status,
    Value,
    custom_field,
    field_defaults,
    update_field,
)

ALIASES = {"good_is": "polarity", "related_plans": "plans", "progress": "note"}
"""Other names of fields, as the JSON of a plan has them."""


def find(plan: Plan, words: str) -> Record:
    """The record that an id, the beginning of one, "plan", or a reference such as "1.5" names; Refused where none."""
    if words == "plan":
        return plan.details
    if words in plan:
        return plan[words]
    named = [record for record in plan if getattr(record, "ref", "") == words and record.kind != "action"]
    named = named or [record for record in plan if record.kind == "action" and plan.reference(record) == words]
    named = named or [record for record in plan if len(words) >= 6 and record.id.startswith(words)]  # noqa: PLR2004 - fewer may be a word
    if not named:
        raise Refused(f"Nothing in the plan is called “{words}”; “show” lists the ids.")
    if len(named) > 1:
        raise Refused(f"“{words}” names {len(named)} records; give an id instead.")
    return named[0]


def split(words: str) -> list[str]:
    """A list written in one line, its parts between semicolons."""
    return [part.strip() for part in words.split(";") if part.strip()]


def values(plan: Plan, kind: str, given: Mapping[str, str], period: str = "") -> tuple[dict[str, Value], list[Branch]]:
    """The fields of a kind from their words, and the leads that have to be added first.

    ``period`` names the reporting period of note and status; an extra field is "custom:NAME". Refused where a word
    means nothing in this plan.
    """
    found: dict[str, Value] = {}
    new: list[Branch] = []
    for given_name, words in given.items():
        name = ALIASES.get(given_name, given_name)
        if kind == "action" and name in UPDATE_FIELDS:
            asked = open_to_writing(plan, _period(plan, period)).id
            found[update_field(name, asked)] = status_id(plan, words) if name == "status" else words
        elif kind == "action" and name == "due":
            found |= due(words)
        elif name == "leads" and name in field_defaults(kind):
            found[name] = lead_ids(plan, split(words), new)
        elif kind == "copy" and name == "lead":
            found[name] = next(iter(lead_ids(plan, [words] if words else [], new)), "")
        elif (kind, name) in (("action", "measures"), ("layout", "priorities")):
            found[name] = tuple(find(plan, one).id for one in split(words))
        elif name.startswith("custom:"):
            found[custom_field(_field(plan, kind, name.removeprefix("custom:")))] = words
        elif (kind, name) in (("plan", "current_period"), ("layout", "period")):
            found[name] = _period(plan, words) if words or kind == "plan" else ""
        elif (kind, name) == ("plan", "layout"):
            found[name] = _layout(plan, words)
        else:
            found[name] = _typed(words, field_defaults(kind).get(name), name)
    return found, new


def _field(plan: Plan, kind: str, name: str) -> str:
    """The id of a custom field of a kind by its name."""
    there = [field for field in plan.of(CustomField) if field.subject == kind]
    found = next((field.id for field in there if field.name.casefold() == name.casefold()), "")
    if not found:
        known = ", ".join(field.name for field in there) or "none"
        raise Refused(f"There is no extra field “{name}” for that; there are {known}.")
    return found


def set_words(plan: Plan, record: Record, given: Mapping[str, str], period: str = "", keys: Keys | None = None) -> Step:
    """One step that gives a record's fields the values that words stand for, with any lead that is new."""
    found, new = values(plan, record.kind, given, period)
    changes = edit(plan, record.id, found)
    return joined(changes.label, [add_branches(plan, plan.root, new, keys=keys), changes]) if new else changes


def add_words(
    plan: Plan, kind: str, parent: str, given: Mapping[str, str], *, period: str = "", after: str | None = None
) -> tuple[Step, str]:
    """One step that adds a record with fields from words, and the record's id."""
    if kind == "plan":
        raise Refused("A file holds one plan.")
    if kind not in _KNOWN:
        raise Refused(f"There is nothing called “{kind}” in a plan; there are {', '.join(_KNOWN)}.")
    found, new = values(plan, kind, given, period)
    branch = Branch(kind, found)
    added = add_branches(plan, parent, [branch], after=after)
    step = joined(added.label, [add_branches(plan, plan.root, new), added]) if new else added
    return step, branch.id


_KNOWN = tuple(kind for kind in KINDS if kind != "plan")


def lead_ids(plan: Plan, names: Iterable[str], new: list[Branch]) -> tuple[str, ...]:
    """The ids of leads by name; a name that the plan does not have yet gets a branch in ``new``."""
    known = {lead.name.casefold(): lead.id for lead in plan.leads}
    known |= {str(branch.fields["name"]).casefold(): branch.id for branch in new if branch.kind == Lead.kind}
    ids = []
    for name in names:
        if name.casefold() not in known:
            branch = Branch(Lead.kind, {"name": name})
            new.append(branch)
            known[name.casefold()] = branch.id
        ids.append(known[name.casefold()])
    return tuple(dict.fromkeys(ids))


def _period(plan: Plan, words: str) -> str:
    return period_of(plan, words).id


def period_of(plan: Plan, words: str) -> Period:
    """The period of a name or id, the current one for ""; Refused where there is none."""
    if not words:
        current = plan.current_period
        if current is None:
            raise Refused("The plan has no reporting period yet; add one first.")
        return current
    found = next((period for period in plan.periods if words in (period.id, period.name)), None)
    if found is None:
        raise Refused(f"The plan has no reporting period “{words}”.")
    return found


def _layout(plan: Plan, words: str) -> str:
    found = next((one for one in plan.of(Layout) if words in (one.id, one.name)), None)
    if words and found is None:
        raise Refused(f"The plan has no report layout “{words}”.")
    return found.id if words and found else ""


def status_id(plan: Plan, words: str) -> str:
    """The id of the status with a label, letter or id, "" for ""; Refused where there is none."""
    if not words:
        return ""
    wanted = words.casefold()
    found = [one for one in plan.statuses if wanted in (one.id, one.label.casefold(), one.letter.casefold())]
    if not found:
        raise Refused(f"“{words}” is not a status of this plan; {_scale(plan.statuses)}.")
    return found[0].id


def _scale(statuses: Iterable[Status]) -> str:
    labels = [status.label for status in statuses]
    return f"it has {', '.join(labels)}" if labels else "it has no status scale"


def _typed(words: str, default: Value, name: str) -> Value:
    if isinstance(default, bool):
        if re.fullmatch(r"(?i)yes|true|1|no|false|0", words) is None:
            raise Refused(f"“{name}” is yes or no, not “{words}”.")
        return words.lower() in {"yes", "true", "1"}
    return tuple(split(words)) if isinstance(default, tuple) else words


def one_of(records: Iterable[Record], word: str, what: str, *fields: str) -> str:
    """The id of the record that a word names; Refused where none or more than one is meant."""
    wanted = " ".join(word.split()).casefold()
    found = [one for one in records if wanted in {one.id, *(_said(one, field).casefold() for field in fields)}]
    if len(found) == 1:
        return found[0].id
    if found:
        raise Refused(f"“{word}” names {len(found)} of the plan’s {plural(what)}; give an id instead.")
    names = ", ".join(filter(None, (_said(one, fields[0]) or one.id for one in records)))
    there = f"it has {names}" if names else "it has none"
    raise Refused(f"The plan has no {what} “{word}”; {there}.")


def _said(record: Record, field: str) -> str:
    return " ".join(str(getattr(record, field)).split())
