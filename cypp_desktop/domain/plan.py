"""What a plan is: its records as frozen values, and the snapshot that holds them all.

The nouns are the officers' own. Every record has a permanent hidden ``id``; references such as "1.5" are words and
may repeat. A record hangs on its ``parent`` and stands among its siblings by its ``order`` key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from functools import cache
from typing import Any, ClassVar, TypeVar, cast

from cypp_desktop.domain import placing

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
    actions, leads, due, note, status, or ``custom:ID``.
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
    """A person, role or organisation that leads actions."""

    kind = "lead"
    hangs_on = ("plan",)

    name: str = ""
    email: str = ""


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
    """The top level; ``label`` is how it is called in print ("Priority One")."""

    kind = "priority"
    hangs_on = ("plan",)

    ref: str = ""
    label: str = ""
    title: str = ""
    statement: str = ""


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
    """A key action. ``leads`` and ``measures`` are ids, ``plans`` the related plans' names, ``due_date`` ISO or ""."""

    kind = "action"
    hangs_on = ("priority", "outcome")

    ref: str = ""
    text: str = ""
    due: str = ""
    due_date: str = ""
    leads: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    updates: tuple[Update, ...] = ()
    custom: tuple[tuple[str, str], ...] = ()

    def update(self, period: str) -> Update:
        """What was written for a period; a blank update where nothing was."""
        return next((update for update in self.updates if update.period == period), Update(period=period))


KINDS: Mapping[str, type[Record]] = {
    record.kind: record
    for record in (Details, Section, Status, Period, Lead, CustomField, Priority, Outcome, Measure, Reading, Action)
}
UPDATE_FIELDS = ("note", "status", "reason")
_OWN = frozenset(field.name for field in fields(Record)) | {"updates", "custom"}
RecordT = TypeVar("RecordT", bound=Record)


# --- cells: a record's fields by name --------------------------------------------------------------------------------


@cache
def field_defaults(kind: str) -> Mapping[str, Value]:
    """The named fields of a kind with their empty values; fields with a parameter are not among them."""
    return {
        field.name: None if field.default is MISSING else field.default
        for field in fields(KINDS[kind])
        if field.name not in _OWN
    }


def update_field(name: str, period: str) -> str:
    """The field of an action that holds its "note", "status" or "reason" in a period (by its id)."""
    return f"{name}@{period}"


def custom_field(field: str) -> str:
    """The field of an action or measure that holds a custom field's value."""
    return f"custom@{field}"


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
    defaults = field_defaults(record.kind)
    for field, value in cells.items():
        name, _, key = field.partition("@")
        if not key and name in defaults:
            changed[name] = _typed(value, defaults[name])
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


# --- the snapshot ----------------------------------------------------------------------------------------------------


class Plan:
    """An immutable snapshot of all records of a plan, by id and by place.

    It holds every record that is not deleted. Those that hang on nothing, or on themselves in a circle, which merging
    can bring about, are not reached from the plan and are listed by :meth:`unplaced`.
    """

    __slots__ = ("_children", "_records", "_unplaced", "root")

    def __init__(self, records: Iterable[Record]) -> None:
        self._records = {record.id: record for record in records}
        self._children: dict[tuple[str, str], tuple[str, ...]] = {}
        self._unplaced: tuple[str, ...] | None = None
        groups: dict[tuple[str, str], list[Record]] = {}
        for record in self:
            groups.setdefault((record.parent, record.kind), []).append(record)
        for key, group in groups.items():
            self._children[key] = _sorted(group)
        self.root = self._top()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Plan) and self._records == other._records

    __hash__ = None  # type: ignore[assignment]  # compared by content, never a key

    def __contains__(self, record: object) -> bool:
        return record in self._records

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records.values())

    def replaced(self, changed: Iterable[Record] = (), removed: Iterable[str] = ()) -> Plan:
        """The plan with some records put in or in place of their older selves, and some taken out."""
        records = dict(self._records)
        out = [gone for one in removed if (gone := records.pop(one, None))]
        moved: dict[str, Record] = {}
        for record in changed:
            old = records.get(record.id)
            records[record.id] = record
            if old is None or (old.parent, old.kind, old.order) != (record.parent, record.kind, record.order):
                out += [old] if old else []
                moved[record.id] = record
        plan = Plan(())  # and not by way of its records: that would sort all of them again
        plan._records, plan._children = records, self._moved(moved, out)
        plan.root = plan._top()
        if not (moved or out) or (self._unplaced == () and placing.stays_whole(plan, moved, out)):
            plan._unplaced = self._unplaced
        return plan

    def _moved(self, put: Mapping[str, Record], out: Iterable[Record]) -> dict[tuple[str, str], tuple[str, ...]]:
        """The children of all records after some were taken from where they are and some put where they belong."""
        touched: dict[tuple[str, str], tuple[set[str], list[Record]]] = {}
        for record in out:
            touched.setdefault((record.parent, record.kind), (set(), []))[0].add(record.id)
        for record in put.values():
            touched.setdefault((record.parent, record.kind), (set(), []))[1].append(record)
        children = dict(self._children)
        for key, (gone, new) in touched.items():
            stay = (self._records[one] for one in children.get(key, ()) if one not in gone)
            children[key] = _sorted([*stay, *new])
        return children

    def _top(self) -> str:
        return next(iter(self._children.get(("", Details.kind), ())), "")

    @property
    def details(self) -> Details:
        """The plan's own record."""
        return cast("Details", self._records[self.root])

    def get(self, record: str) -> Record | None:
        """A record by its id, or None."""
        return self._records.get(record)

    def __getitem__(self, record: str) -> Record:
        return self._records[record]

    def of(self, kind: type[RecordT], parent: str = "") -> tuple[RecordT, ...]:
        """The records of a kind that hang on a parent (the plan itself, unless another is named), in order."""
        ids = self._children.get((parent or self.root, kind.kind), ())
        return cast("tuple[RecordT, ...]", tuple(self._records[one] for one in ids))

    def children(self, parent: str) -> Iterator[Record]:
        """All records that hang on one, kind by kind, in order."""
        for kind in KINDS:
            for one in self._children.get((parent, kind), ()):
                yield self._records[one]

    def branch(self, record: str) -> list[Record]:
        """A record and all below it, parents first."""
        found, seen = [self._records[record]], {record}
        for one in found:  # grows while it is walked
            for child in self.children(one.id):
                if child.id not in seen:
                    seen.add(child.id)
                    found.append(child)
        return found

    def ancestors(self, record: str) -> list[Record]:
        """What a record hangs on, from the top down, without itself and the plan."""
        found: list[Record] = []
        one = self._records.get(self._records[record].parent)
        while one and one.id != self.root and one not in found:
            found.append(one)
            one = self._records.get(one.parent)
        return found[::-1]

    def unplaced(self) -> list[Record]:
        """The tops of what is not reached from the plan, in order: their parent is gone, wrong, or below themselves."""
        if self._unplaced is None:
            self._unplaced = placing.unplaced(self)
        return [self._records[one] for one in self._unplaced]

    @property
    def priorities(self) -> tuple[Priority, ...]:
        """The priorities, in order."""
        return self.of(Priority)

    def outcomes(self, parent: str) -> tuple[Outcome, ...]:
        """The outcomes that hang directly on a priority or an outcome, in order."""
        return self.of(Outcome, parent)

    def measures(self, parent: str) -> tuple[Measure, ...]:
        """The measures that hang directly on a priority or an outcome, in order."""
        return self.of(Measure, parent)

    def actions(self, parent: str) -> tuple[Action, ...]:
        """The actions that hang directly on a priority or an outcome, in order."""
        return self.of(Action, parent)

    def readings(self, measure: str) -> tuple[Reading, ...]:
        """A measure's readings, in order."""
        return self.of(Reading, measure)

    @property
    def statuses(self) -> tuple[Status, ...]:
        """The plan's status scale, best first as the plan orders it."""
        return self.of(Status)

    @property
    def periods(self) -> tuple[Period, ...]:
        """The reporting periods, oldest first."""
        return self.of(Period)

    @property
    def current_period(self) -> Period | None:
        """The period that progress is written for; the last one where the plan names none."""
        named = self._records.get(self.details.current_period)
        return named if isinstance(named, Period) else next(iter(self.periods[::-1]), None)

    @property
    def leads(self) -> tuple[Lead, ...]:
        """All leads of the plan, in order."""
        return self.of(Lead)

    def lead_names(self, action: Action) -> list[str]:
        """The names of an action's leads, in order."""
        found = (self._records.get(lead) for lead in action.leads)
        return [lead.name for lead in found if isinstance(lead, Lead)]

    def sections(self, place: str = "") -> tuple[Section, ...]:
        """The sections, in order: all of them, or those "before" or "after" the tables."""
        return tuple(section for section in self.of(Section) if place in ("", section.place))

    def status(self, action: Action, period: str = "") -> Status | None:
        """An action's status in a period (the current one unless another is named)."""
        current = self.current_period
        found = self._records.get(action.update(period or (current.id if current else "")).status)
        return found if isinstance(found, Status) else None

    def level_word(self, record: Record) -> str:
        """What the plan calls a record: "Priority", "Key activity", "Key action" ..."""
        details = self.details
        if isinstance(record, Priority):
            return details.levels[0] if details.levels else "Priority"
        if isinstance(record, Outcome):
            depth = sum(isinstance(one, Outcome) for one in self.ancestors(record.id))
            below = details.levels[1:] or ("Outcome",)
            return below[min(depth, len(below) - 1)]
        words = {"action": details.action_word, "measure": details.measure_word}
        return words.get(record.kind, KINDS[record.kind].__name__)

    def reference(self, record: Record) -> str:
        """The reference that people say: an action's with that of its outcome before it ("1.5.6")."""
        own = str(getattr(record, "ref", ""))
        parent = self._records.get(record.parent)
        above = str(getattr(parent, "ref", "")) if isinstance(record, Action) else ""
        return f"{above}.{own}" if own and above and not own.startswith(above) else own or above


def _sorted(records: Iterable[Record]) -> tuple[str, ...]:
    return tuple(record.id for record in sorted(records, key=lambda record: (record.order, record.id)))
