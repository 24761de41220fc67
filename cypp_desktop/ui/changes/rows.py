"""Which contributions are listed, in which order and under which headings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from cypp_desktop.document.review import KEPT, PUT_BACK, Contribution
from cypp_desktop.domain.change import PLACE
from cypp_desktop.domain.naming import record_name, title_of
from cypp_desktop.domain.plan import UPDATE_FIELDS, Outcome, Plan, Priority, Record
from cypp_desktop.domain.values import dataclass

BY_PERSON, BY_PLACE, BY_TIME = "person", "place", "time"
STATES = {
    "open": "Not yet reviewed",
    "undecided": "With something to settle",
    KEPT: "Kept",
    PUT_BACK: "Put back",
    "since": "Changed again since",
    "": "Reviewed or not",
}
KINDS = {
    "": "All kinds",
    "added": "Added",
    "deleted": "Deleted or brought back",
    "moved": "Moved",
    "progress": "Progress and status",
    "other": "Other fields",
}


@dataclass(frozen=True, slots=True)
class Filter:
    """Which contributions are listed: by one person (""), of one of :data:`KINDS`, in one of :data:`STATES`."""

    person: str = ""
    kind: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: a heading with what stands under it, or one contribution."""

    words: str
    under: tuple[Contribution, ...] = ()
    contribution: Contribution | None = None


def named(plan: Plan, contributions: Iterable[Contribution]) -> Plan:
    """The plan, in which what was deleted can be named too."""
    return plan.replaced(one.record for one in contributions if one.record.id not in plan)


def kinds(contribution: Contribution) -> set[str]:
    """Which of :data:`KINDS` a contribution is of."""
    if contribution.doing != "changed":
        return {"added"} if contribution.doing == "added" else {"deleted"}
    return {
        "moved" if one.field == PLACE else "progress" if one.field.partition("@")[0] in UPDATE_FIELDS else "other"
        for one in contribution.edits
    }


def state(contribution: Contribution) -> str:
    """Which of :data:`STATES` a contribution is in; "undecided" is not told from within."""
    return contribution.verdict or ("since" if contribution.since else "open")


def chosen(
    contributions: Iterable[Contribution], wanted: Filter, undecided: Collection[tuple[str, str]] = ()
) -> list[Contribution]:
    """Those that a filter lets through; ``undecided`` are the cells that wait to be settled."""

    def fits(one: Contribution) -> bool:
        if wanted.person not in ("", one.author) or (wanted.kind and wanted.kind not in kinds(one)):
            return False
        if wanted.state == "undecided":
            return any((one.record.id, edit.field) in undecided for edit in one.edits)
        return wanted.state in ("", state(one))

    return [one for one in contributions if fits(one)]


def arranged(plan: Plan, contributions: Sequence[Contribution], by: str) -> list[Row]:
    """The rows under headings of persons, or of places in the plan's order; in the order of time there are none."""
    plan = named(plan, contributions)
    if by == BY_TIME:
        return [Row("", contribution=one) for one in contributions]
    order = {record.id: place for place, record in enumerate(plan.branch(plan.root))} if plan.root else {}
    last = len(order)
    if by == BY_PERSON:
        heads = {id(one): one.author for one in contributions}
    else:
        heads = {id(one): place(plan, one.record) for one in contributions}
    placed = sorted(contributions, key=lambda one: order.get(one.record.id, order.get(one.record.parent, last)))
    groups: dict[str, list[Contribution]] = {}
    for one in placed:
        groups.setdefault(heads[id(one)], []).append(one)
    rows = []
    for head in sorted(groups) if by == BY_PERSON else groups:
        rows.append(Row(head, under=tuple(groups[head])))
        rows += [Row(head, contribution=one) for one in groups[head]]
    return rows


def place(plan: Plan, record: Record) -> str:
    """The priority or outcome that a record belongs to, as one says it: "1.5 The development of …"."""
    above = plan.ancestors(record.id)[::-1]
    at = next((one for one in (record, *above) if isinstance(one, Priority | Outcome)), None)
    if at is None:
        return "The whole plan" if record.id == plan.root else record_name(plan, record)
    return " ".join(part for part in (at.ref, " ".join(title_of(at).split())) if part)
