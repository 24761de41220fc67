"""What a plan is: the snapshot that holds all records, by id and by place. Their kinds stand in ``records``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from cypp_desktop.domain import placing
from cypp_desktop.domain.records import (
    KINDS,
    NATIONAL,
    NEIGHBOURS,
    OURS,
    SHAPES,
    UPDATE_FIELDS,
    Action,
    Copy,
    CustomField,
    Details,
    Layout,
    Lead,
    Measure,
    Outcome,
    Period,
    Priority,
    Reading,
    Record,
    RecordT,
    Section,
    Status,
    Update,
    Value,
    View,
    cell,
    custom_field,
    field_defaults,
    fields_of,
    update_field,
    with_cells,
)

__all__ = [
    "KINDS",
    "NATIONAL",
    "NEIGHBOURS",
    "OURS",
    "SHAPES",
    "UPDATE_FIELDS",
    "Action",
    "Copy",
    "CustomField",
    "Details",
    "Layout",
    "Lead",
    "Measure",
    "Outcome",
    "Period",
    "Plan",
    "Priority",
    "Reading",
    "Record",
    "RecordT",
    "Section",
    "Status",
    "Update",
    "Value",
    "View",
    "cell",
    "custom_field",
    "field_defaults",
    "fields_of",
    "update_field",
    "with_cells",
]


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
        return self._above(self._records[record])

    def _above(self, record: Record) -> list[Record]:
        """What a record hangs on, which itself need not be in the plan any more."""
        found: dict[str, Record] = {}
        one = self._records.get(record.parent)
        while one and one.id != self.root and one.id not in found:
            found[one.id] = one
            one = self._records.get(one.parent)
        return [*found.values()][::-1]

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
        """The live actions that hang directly on a priority or an outcome, in order; archived ones are history."""
        return tuple(action for action in self.of(Action, parent) if not action.archived)

    def walk(self, tops: Iterable[str] = ()) -> Iterator[Record]:
        """What is published, in the order in which one reads it: the plan's own record, the sections before the tables,
        every priority with its measures, actions and outcomes, the sections after. Or only what stands below some.
        """
        chosen = [one for top in tops if isinstance(one := self.get(top), Priority | Outcome)]
        if not chosen:
            yield self.details
            yield from self.sections("before")
        ready: list[Priority | Outcome] = [*(chosen or self.priorities)][::-1]
        walked: set[str] = set()  # of two that were chosen, one may stand below the other
        while ready:
            top = ready.pop()
            if top.id not in walked:
                walked.add(top.id)
                yield top
                yield from self.measures(top.id)
                yield from self.actions(top.id)
                ready += self.outcomes(top.id)[::-1]
        if not chosen:
            yield from self.sections("after")

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

    def lead_names(self, record: Action | Priority) -> list[str]:
        """The names of the leads of an action or a priority, in order."""
        found = (self._records.get(lead) for lead in record.leads)
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
            depth = sum(isinstance(one, Outcome) for one in self._above(record))
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
