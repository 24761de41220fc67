"""The fields of a plan that a column of a source can hold.

A field is a word such as "action" or "leads", or a word with a name behind it: ``series:England`` (a comparator),
``reading:2014/15`` (our value in that period), ``note@Quarter 1`` and ``status@Quarter 1`` (another reporting period),
``custom:Success measure``. ``skip`` leaves a column out; the report then says what it held.
"""

from __future__ import annotations

from collections.abc import Mapping

from cypp_desktop.domain import text

SKIP = "skip"
LEVELS = ("priority", "outcome", "outcome 2", "outcome 3")
"""The levels of a plan, from the top down."""

FIELDS: Mapping[str, str] = {
    "priority": "Priority",
    "priority ref": "Priority: reference",
    "outcome": "Outcome",
    "outcome ref": "Outcome: reference",
    "outcome 2": "Outcome, next level",
    "outcome 2 ref": "Outcome, next level: reference",
    "outcome 3": "Outcome, lowest level",
    "outcome 3 ref": "Outcome, lowest level: reference",
    "action": "Key action",
    "action ref": "Key action: reference",
    "leads": "Leads",
    "plans": "Related plans",
    "due": "Due",
    "note": "Progress note",
    "status": "Status",
    "measure": "Measure",
    "target": "Measure: target",
    "polarity": "Measure: good is",
    "source": "Measure: source",
    "notes": "Measure: notes",
    "latest": "Measure: latest reading",
    "previous": "Measure: previous reading",
    "meaning": "Meaning of a status",
    SKIP: "Leave out",
}
"""The fields without a name of their own, as one says them."""
NAMED: Mapping[str, str] = {
    "series:": "Comparator",
    "reading:": "Reading for",
    "note@": "Progress note for",
    "status@": "Status for",
    "custom:": "Custom field",
}
KIND_WORDS: Mapping[str, tuple[str, str]] = {
    "priority": ("priority", "priorities"),
    "outcome": ("outcome", "outcomes"),
    "measure": ("measure", "measures"),
    "reading": ("reading", "readings"),
    "action": ("action", "actions"),
    "lead": ("lead", "leads"),
    "status": ("status", "statuses"),
    "period": ("period", "periods"),
    "field": ("custom field", "custom fields"),
    "section": ("section", "sections"),
}
"""The kinds of records that an import brings, as one says one and many of them."""
MEASURE_FIELDS = frozenset({"measure", "target", "polarity", "source", "notes", "latest", "previous"})
ACTION_FIELDS = frozenset({"action", "action ref", "leads", "plans", "due", "note", "status"})


def line(words: str) -> str:
    """Rich text as one line of plain words."""
    return " ".join(text.plain(words).split())


def name_of(field: str) -> str:
    """A field as one says it: "Key action: reference", "Custom field: Stage"."""
    if field in FIELDS:
        return FIELDS[field]
    for start, said in NAMED.items():
        if field.startswith(start):
            return f"{said}: {field[len(start) :]}"
    return field


def known(field: str) -> bool:
    """Whether there is such a field."""
    return field in FIELDS or any(field.startswith(start) and len(field) > len(start) for start in NAMED)
