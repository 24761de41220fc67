"""The records of a plan as frozen values, and their fields as cells.

The nouns are the officers' own. Every record has a permanent hidden ``id``; references such as "1.5" are words and
may repeat. A record hangs on its ``parent`` and stands among its siblings by its ``order`` key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, ClassVar, TypeVar, cast

from cypp_desktop.domain.values import dataclass, defaults, names, replace

Value = str | bool | tuple[str, ...] | None

OURS = "ours"
NATIONAL = "national"
NEIGHBOURS = "statistical neighbours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Anything in a plan that has an identity of its own."""

    kind: ClassVar[str]
    hangs_on: ClassVar[tuple[str, ...]]

    id: str
    parent: str = ""
    order: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details(Record):
    """The plan itself: its titles, its words for its levels, its front page, and the columns of its table.

    ``columns`` and ``levels`` are in order; a column is ``key=Heading``, its key one of outcome, measures, plans,
    actions, leads, due, note, status, or ``custom:ID``. ``rules_off`` are the readiness rules that are switched off
    ("+RULE" switches on one that is off by itself), ``words`` the plan's own words for the spelling, ``layout`` the id
    of the report layout that was chosen last.
    """

    kind = "plan"
    hangs_on = ()

    title: str = ""
    subtitle: str = ""
    organisation: str = ""
    board: str = ""
    years: str = ""
    state: str = "draft"
    levels: tuple[str, ...] = ("Priority", "Outcome")
    action_word: str = "Key action"
    measure_word: str = "Measure"
    measures_title: str = ""
    columns: tuple[str, ...] = ()
    current_period: str = ""
    appendix: str = ""
    pack_title: str = ""
    pack_note: str = ""
    meeting_date: str = ""
    meeting_time: str = ""
    meeting_place: str = ""
    governance_officer: str = ""
    direct_dial: str = ""
    agenda_item: str = ""
    agenda_title: str = ""
    agenda_pages: str = ""
    report_of: str = ""
    rules_off: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    layout: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Record):
    """A heading with rich text; ``place`` says whether it stands "before" or "after" the tables."""

    kind = "section"
    hangs_on = ("plan",)

    heading: str = ""
    text: str = ""
    place: str = "before"


@dataclass(frozen=True, slots=True, kw_only=True)
class Status(Record):
    """One value of the plan's own scale: word, letter, shape, colour (``#RRGGBB``) and meaning."""

    kind = "status"
    hangs_on = ("plan",)

    label: str = ""
    letter: str = ""
    shape: str = "disc"
    colour: str = "#555C6C"
    meaning: str = ""


SHAPES = ("square", "disc", "triangle", "diamond", "ring", "bar", "star", "cross", "half")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period(Record):
    """A reporting period; a closed one is read-only history."""

    kind = "period"
    hangs_on = ("plan",)

    name: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead(Record):
    """A person, role or organisation that leads actions; ``role`` stands for the name where names are left out."""

    kind = "lead"
    hangs_on = ("plan",)

    name: str = ""
    email: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomField(Record):
    """A plan's own extra column on its actions or measures (``subject``)."""

    kind = "field"
    hangs_on = ("plan",)

    name: str = ""
    subject: str = "action"
    type: str = "text"
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority(Record):
    """The top level; ``label`` is how it is called in print ("Priority One"), ``leads`` are ids."""

    kind = "priority"
    hangs_on = ("plan",)

    ref: str = ""
    label: str = ""
    title: str = ""
    statement: str = ""
    leads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Record):
    """A level below a priority; ``joined``: it shares the row, and so the actions, of the outcome before it."""

    kind = "outcome"
    hangs_on = ("priority", "outcome")

    ref: str = ""
    title: str = ""
    joined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Record):
    """An indicator. ``polarity`` is what good is, in the plan's words; ``short_name`` its name in the action table."""

    kind = "measure"
    hangs_on = ("priority", "outcome")

    name: str = ""
    short_name: str = ""
    target: str = ""
    polarity: str = ""
    source: str = ""
    notes: str = ""
    custom: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Record):
    """One value of a measure, as written; siblings of one series stand in the order of time."""

    kind = "reading"
    hangs_on = ("measure",)

    series: str = OURS
    period: str = ""
    value: str = ""
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """One action in one period (by its id): progress note, status (by its id), and why it worsened."""

    period: str
    note: str = ""
    status: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Record):
    """A key action. ``leads`` and ``measures`` are ids, ``plans`` the related plans' names, ``due_date`` ISO or "".

    ``archived`` is the year or period that it was archived in, "" while it is live.
    """

    kind = "action"
    hangs_on = ("priority", "outcome")

    ref: str = ""
    text: str = ""
    due: str = ""
    due_date: str = ""
    leads: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    archived: str = ""
    updates: tuple[Update, ...] = ()
    custom: tuple[tuple[str, str], ...] = ()

    def update(self, period: str) -> Update:
        """What was written for a period; a blank update where nothing was."""
        for update in self.updates:
            if update.period == period:
                return update
        return Update(period=period)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout(Record):
    """A report layout: which columns (``key=Heading`` or ``key=Heading|width``), parts and people, on which paper.

    ``priorities`` and ``leads`` are the ids of those shown, all where there are none; ``period`` an id or "" for the
    current one; ``people`` "names" or "roles"; ``left_out`` the names of the parts that are not printed.
    """

    kind = "layout"
    hangs_on = ("plan",)

    name: str = ""
    columns: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    paper: str = "A4"
    priorities: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    period: str = ""
    people: str = "names"
    watermark: str = ""
    text_size: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class View(Record):
    """A saved look at the table of all actions: ``filters`` as ``key=value``, ``group`` and ``sort`` by a key each."""

    kind = "view"
    hangs_on = ("plan",)

    name: str = ""
    filters: tuple[str, ...] = ()
    group: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy(Record):
    """A copy that went out: to whom, for which lead (an id), as which file, when, and when it was answered (ISO).

    ``scope`` is "whole", "slip" (for one lead's updates) or "clean" (without history: it cannot come back).
    """

    kind = "copy"
    hangs_on = ("plan",)

    to: str = ""
    lead: str = ""
    scope: str = "whole"
    sent_at: str = ""
    file: str = ""
    answered_at: str = ""


_ALL = (
    *(Details, Section, Status, Period, Lead, CustomField, Layout, View, Copy),
    *(Priority, Outcome, Measure, Reading, Action),
)
KINDS: Mapping[str, type[Record]] = {record.kind: record for record in _ALL}
UPDATE_FIELDS = ("note", "status", "reason")
_OWN = frozenset(names(Record)) | {"updates", "custom"}
RecordT = TypeVar("RecordT", bound=Record)


# --- cells: a record's fields by name --------------------------------------------------------------------------------


@cache
def field_defaults(kind: str) -> Mapping[str, Value]:
    """The named fields of a kind with their empty values; fields with a parameter are not among them."""
    record = KINDS[kind]
    return {name: defaults(record).get(name) for name in names(record) if name not in _OWN}


def update_field(name: str, period: str) -> str:
    """The field of an action that holds its "note", "status" or "reason" in a period (by its id)."""
    return f"{name}@{period}"


def custom_field(field: str) -> str:
    """The field of an action or measure that holds a custom field's value."""
    return f"custom@{field}"


def fields_of(record: Record) -> Iterator[str]:
    """All fields of a record by name: its own, and those of its periods and custom fields in which something stands."""
    yield from field_defaults(record.kind)
    if isinstance(record, Action):
        for update in record.updates:
            yield from (update_field(name, update.period) for name in UPDATE_FIELDS)
    if isinstance(record, Action | Measure):
        yield from (custom_field(field) for field, _ in record.custom)


def cell(record: Record, field: str) -> Value:
    """A record's value in a field; KeyError where its kind has no such field."""
    name, _, key = field.partition("@")
    if not key:
        if field not in field_defaults(record.kind):
            raise KeyError(field)
        return cast("Value", getattr(record, field))
    if isinstance(record, Action) and name in UPDATE_FIELDS:
        return cast("Value", getattr(record.update(key), name))
    if isinstance(record, Action | Measure) and name == "custom":
        return dict(record.custom).get(key, "")
    raise KeyError(field)


def with_cells(record: RecordT, cells: Mapping[str, Value]) -> RecordT:
    """The record with other values in some fields; a None, or a value of a wrong type, empties its field."""
    changed: dict[str, Any] = {}
    updates: dict[str, dict[str, str]] = {}
    custom: dict[str, str] = {}
    empty = field_defaults(record.kind)
    for field, value in cells.items():
        name, _, key = field.partition("@")
        if not key and name in empty:
            changed[name] = _typed(value, empty[name])
        elif isinstance(record, Action) and name in UPDATE_FIELDS and key:
            updates.setdefault(key, {})[name] = value if isinstance(value, str) else ""
        elif isinstance(record, Action | Measure) and name == "custom" and key:
            custom[key] = value if isinstance(value, str) else ""
    if updates and isinstance(record, Action):
        changed["updates"] = _with_updates(record, updates)
    if custom and isinstance(record, Action | Measure):
        merged = {**dict(record.custom), **custom}
        changed["custom"] = tuple(sorted((key, value) for key, value in merged.items() if value))
    return replace(record, **changed)


def _typed(value: Value, default: Value) -> Value:
    return value if isinstance(value, type(default)) else default


def _with_updates(action: Action, updates: Mapping[str, Mapping[str, str]]) -> tuple[Update, ...]:
    merged = {update.period: update for update in action.updates}
    for period, values in updates.items():
        merged[period] = replace(merged.get(period, Update(period=period)), **values)
    kept = (update for update in merged.values() if update != Update(period=update.period))
    return tuple(sorted(kept, key=lambda update: update.period))
