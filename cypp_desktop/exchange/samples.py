"""Plans written as TOML, to be read and reviewed by people; the two published plans that the program brings along.

A text has one ``[plan]`` and lists of tables, each named by the kind of its records, with their fields as
:mod:`cypp_desktop.domain.plan` has them: ``[[section]]``, ``[[status]]``, ``[[period]]``, ``[[lead]]``, ``[[field]]``,
``[[priority]]``, and below a priority or outcome ``measure`` (with a list of ``readings``), ``action`` and ``outcome``.
Words stand for ids: an action's ``leads`` are names (a lead needs no table of its own), its ``measures`` are the
``key`` of each measure, its ``status`` is a label; ``note`` and ``status`` are written for the period that says
``current = true``. A custom field goes by its name: ``custom = { "Stage" = "Drafted" }`` in an action or measure, and
``custom:Stage=Stage`` among the plan's columns. A template begins with a ``[template]`` of its own, which is no part of
the plan: see :mod:`cypp_desktop.exchange.templates`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from cypp_desktop import resources
from cypp_desktop.domain import text
from cypp_desktop.domain.change import Branch, Refused, Step, add_branches, new_id
from cypp_desktop.domain.plan import SHAPES, Plan, Value, custom_field, field_defaults, update_field

Table = Mapping[str, Any]
Ids = dict[tuple[str, str], str]  # (kind, word that stands for the record) -> id

_NAMES = ("city", "county")
_BELOW: Mapping[str, Mapping[str, str]] = {  # the lists in a table, with the kind of their records
    "plan": {name: name for name in ("section", "status", "period", "lead", "field", "priority")},
    "priority": {"measure": "measure", "action": "action", "outcome": "outcome"},
    "outcome": {"measure": "measure", "action": "action", "outcome": "outcome"},
    "measure": {"readings": "reading"},
}
# the key whose value stands for the record
_WORDS = {"status": "label", "period": "name", "measure": "key", "lead": "name", "field": "name"}
_NOT_FIELDS: Mapping[str, Mapping[str, Value]] = {  # keys that are no fields of the record, with their empty values
    "period": {"current": False},
    "measure": {"key": "", "custom": None},
    "action": {"note": "", "status": "", "custom": None},
}
_CHOICES: Mapping[tuple[str, str], Sequence[str]] = {
    ("plan", "state"): ("draft", "agreed", "closed"),
    ("section", "place"): ("before", "after"),
    ("status", "shape"): SHAPES,
    ("field", "subject"): ("action", "measure"),
    ("field", "type"): ("text", "number", "date", "choice", "yes/no"),
}
_RICH = {
    ("plan", "pack_note"),
    ("section", "text"),
    ("priority", "statement"),
    ("measure", "notes"),
    ("action", "text"),
    ("action", "note"),
}


def names() -> tuple[str, ...]:
    """The names of the sample plans."""
    return _NAMES


def load(name: str) -> Step:
    """The step that begins a document with a sample plan; Refused where no sample has that name."""
    if name not in _NAMES:
        raise Refused(f"There is no sample plan “{name}”; there are {' and '.join(_NAMES)}.")
    return read(resources.path("samples", f"{name}.toml").read_text(encoding="utf-8"))


def read(source: str, details: Mapping[str, str] | None = None, period: str = "") -> Step:
    """The step that begins a document with the plan of a TOML text; Refused names the place of a mistake.

    ``details`` are texts of the plan itself, such as its title, that take the place of those in the text; ``period`` is
    another name for the current reporting period.
    """
    try:
        top = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise Refused(f"The text of the plan cannot be read: {error}.") from None
    top.pop("template", None)
    own = top.pop("plan", None)
    if not isinstance(own, dict):
        raise Refused("plan: its titles are missing; they are written below [plan].")
    entry = _entry("plan", "plan", own | top | dict(details or {}))
    for one in entry.below if period else ():
        if one.kind == "period" and one.values.get("current"):
            one.values["name"] = period
    ids = _ids(entry)
    listed = {one.word for one in entry.below}
    leads = [Branch("lead", {"name": key[1]}, id=ids[key]) for key in ids if key[0] == "lead" and key not in listed]
    plan = _branch(entry, ids, _current(entry, ids))
    return add_branches(Plan(()), "", [Branch("plan", plan.fields, [*leads, *plan.children])], label="new plan")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A table of the text, checked: its kind, its place in words, its values and the tables below it."""

    kind: str
    place: str
    values: dict[str, Value]
    below: list[_Entry]

    @property
    def word(self) -> tuple[str, str]:
        """What stands for its record in other tables: the kind and a word, "" where nothing does."""
        return self.kind, cast("str", self.values.get(_WORDS.get(self.kind, ""), ""))


# --- reading tables --------------------------------------------------------------------------------------------------


def _entry(kind: str, place: str, table: Table) -> _Entry:
    lists = _BELOW.get(kind, {})
    keys = {name: default for name, default in field_defaults(kind).items() if name != "current_period"}
    keys |= _NOT_FIELDS.get(kind, {})
    for name in table:
        if name not in keys and name not in lists:
            raise Refused(f"{place}: there is no key “{name}”; there are {', '.join([*keys, *lists])}.")
    values = {name: _value(kind, name, table[name], f"{place}: “{name}”", keys[name]) for name in keys if name in table}
    below = [
        _entry(lists[name], where, one) for name in lists for where, one in _tables(table.get(name, []), name, place)
    ]
    return _Entry(kind, place, values, below)


def _tables(found: object, name: str, place: str) -> Iterator[tuple[str, Table]]:
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Refused(f"{place}: “{name}” must be a list of tables.")
    for number, one in enumerate(found, 1):
        yield f"{place}, {name} {number}", one


def _value(kind: str, name: str, value: object, place: str, default: Value) -> Value:
    if default is None:
        return _pairs(value, place)
    if isinstance(default, tuple):
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise Refused(f"{place} must be a list of texts.")
        return tuple(value)
    if isinstance(default, bool):
        if not isinstance(value, bool):
            raise Refused(f"{place} must be true or false.")
        return value
    if not isinstance(value, str):
        raise Refused(f"{place} must be a text, in quotation marks.")
    choices = _CHOICES.get((kind, name), (value,))
    if value not in choices:
        raise Refused(f"{place} cannot be “{value}”; it can be {', '.join(choices)}.")
    return text.write(text.parse(value)) if (kind, name) in _RICH else value.strip("\n")


def _pairs(value: object, place: str) -> tuple[str, ...]:
    """The values of custom fields: the name of each and its value, one after the other."""
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise Refused(f"{place} must be a table of texts.")
    return tuple(word for pair in value.items() for word in pair)


# --- words for records -----------------------------------------------------------------------------------------------


def _walk(entry: _Entry) -> Iterator[_Entry]:
    yield entry
    for one in entry.below:
        yield from _walk(one)


def _ids(top: _Entry) -> Ids:
    """New ids for all records that words stand for, the leads in the order of their first action."""
    ids: Ids = {}
    for entry in _walk(top):
        if entry.word[1]:
            if entry.word in ids:
                raise Refused(f"{entry.place}: another {entry.kind} is called “{entry.word[1]}” too.")
            ids[entry.word] = new_id()
        for lead in cast("tuple[str, ...]", entry.values.get("leads", ())):
            ids.setdefault(("lead", lead), new_id())
    return ids


def _current(top: _Entry, ids: Ids) -> str:
    """The id of the current period, "" where there is none."""
    marked = [entry for entry in top.below if entry.values.get("current")]
    if len(marked) > 1:
        raise Refused(f"{marked[1].place}: only one period can be current.")
    return ids[marked[0].word] if marked else ""


def _found(ids: Ids, kind: str, word: str, place: str) -> str:
    if (kind, word) not in ids:
        known = ", ".join(other for of, other in ids if of == kind) or "none"
        raise Refused(f"{place}: there is no {kind} “{word}”; known: {known}.")
    return ids[kind, word]


# --- records ---------------------------------------------------------------------------------------------------------


def _branch(entry: _Entry, ids: Ids, current: str) -> Branch:
    fields = {name: value for name, value in entry.values.items() if name not in _NOT_FIELDS.get(entry.kind, {})}
    if entry.kind == "plan":
        fields["current_period"] = current
        fields["columns"] = tuple(_column(one, ids) for one in cast("tuple[str, ...]", entry.values.get("columns", ())))
    if entry.kind == "action":
        fields |= _references(entry, ids, current)
    given = iter(cast("tuple[str, ...]", entry.values.get("custom", ())))
    for name, value in zip(given, given, strict=True):
        fields[custom_field(_found(ids, "field", name, entry.place))] = value
    children = [_branch(one, ids, current) for one in entry.below]
    return Branch(entry.kind, fields, children, ids.get(entry.word) or new_id())


def _column(words: str, ids: Ids) -> str:
    """A column of the plan's table with the id of the custom field that it names."""
    key, equals, heading = words.partition("=")
    kind, colon, name = key.partition(":")
    if kind != "custom" or not colon:
        return words
    return f"custom:{_found(ids, 'field', name, 'plan: “columns”')}{equals}{heading}"


def _references(action: _Entry, ids: Ids, current: str) -> dict[str, Value]:
    """The fields of an action that name other records, with their ids."""
    words = cast("Mapping[str, tuple[str, ...]]", action.values)
    fields: dict[str, Value] = {
        f"{kind}s": tuple(_found(ids, kind, word, action.place) for word in words.get(f"{kind}s", ()))
        for kind in ("lead", "measure")
    }
    note, status = (cast("str", action.values.get(name, "")) for name in ("note", "status"))
    if (note or status) and not current:
        raise Refused(f"{action.place}: its progress needs a period with “current = true”.")
    if note:
        fields[update_field("note", current)] = note
    if status:
        fields[update_field("status", current)] = _found(ids, "status", status, action.place)
    return fields
