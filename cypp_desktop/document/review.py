"""Reviewing as with tracked changes: what each person did to each record, what it was before, and what was said of it.

Nothing is picked out of the journal. To *put back* is new changes that make cells what they would be had some changes
never been; to *keep* is a mark. Both are in the journal and merge like everything else, so a copy that comes again
brings nothing back, and two reviewers who said different things are both heard.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Literal

from cypp_desktop.document import file, journal, redaction, steps
from cypp_desktop.document.file import BROKEN
from cypp_desktop.document.history import day_of
from cypp_desktop.document.journal import Row, Stamp
from cypp_desktop.document.store import Store
from cypp_desktop.document.undo import Memory
from cypp_desktop.domain.change import DELETED, KIND, PLACE, REVIEW, Change, Refused, Step, is_mark
from cypp_desktop.domain.plan import Copy, Plan, Record, Value
from cypp_desktop.domain.values import dataclass, field

KEPT, PUT_BACK = "kept", "put back"
CAME = "came"
"""The fact about a file that says which of its changes came by taking in: JSON, for each time [when, first, last]."""

Cell = tuple[str, str]
Unit = tuple[str, str]
"""What a mark is about: a step, and the record that it touches (with what it added or deleted below that one)."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What one field was and became; ``stands``: nobody has written another value since; ``removed``: what it became
    was taken out of the history for good.
    """

    field: str
    before: Value
    after: Value
    stands: bool
    id: bytes = b""
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one person did to one record, and to others ``below`` it that they added or deleted with it.

    ``verdict`` is what reviewers said ("" while nobody did, or while they differ), ``judges`` who they are;
    ``since`` names who has changed all of it since.
    """

    record: Record
    author: str
    at: str
    doing: Literal["added", "deleted", "restored", "changed"]
    op: str
    edits: tuple[Edit, ...]
    below: tuple[str, ...]
    units: tuple[Unit, ...]
    ids: frozenset[bytes] = field(repr=False)
    verdict: str = ""
    judges: tuple[str, ...] = ()
    since: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it waits for a reviewer: something of it stands, and nothing was said of it."""
        return not self.verdict and not self.since


# --- what came -------------------------------------------------------------------------------------------------------


def remember(store: Store, at: str, first: int) -> None:
    """Note in the file that its changes from the number ``first`` on came by a taking in."""
    if store.last >= first:
        store.set_meta(CAME, json.dumps([*_came(store), [at, first, store.last]]))


def came(store: Store, *, last: bool = False) -> list[Row]:
    """The changes that came by taking in, or by the ``last`` one, in their order."""
    spans = _came(store)[-1:] if last else _came(store)
    return [row for _, first, end in spans for row in store.between(first, end)]


def arrivals(store: Store, ids: Iterable[bytes]) -> dict[bytes, str]:
    """Those of some changes that came by taking in, each with when that was."""
    spans = _came(store)
    places = store.places(ids) if spans else {}
    return {one: at for one, place in places.items() for at, first, last in spans if first <= place <= last}


def _came(store: Store) -> list[tuple[str, int, int]]:
    try:
        found = [(str(at), int(first), int(last)) for at, first, last in json.loads(store.meta(CAME, "[]"))]
    except (ValueError, TypeError, OverflowError, RecursionError):  # something else wrote there
        return []
    return [span for span in found if 0 < span[1] <= span[2] <= store.last]


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the history: what ``came`` by taking in (the ``last`` time only), or what was done ``since`` a time in
    ISO form, or on one ``day`` of this computer's zone; by one ``author``; of one ``record``, and one ``field`` of it;
    with some ``words`` in what was written.
    """

    came: bool = False
    last: bool = False
    since: str = ""
    day: date | None = None
    author: str = ""
    record: str = ""
    field: str = ""
    words: str = ""


MOST = 20_000
"""So many changes are gathered of a part of the history, the latest."""


def load(path: Path, plan: Plan, span: Span) -> list[Contribution]:
    """What people did in a part of the history: what came in its order, all else step by step, the latest first.

    It opens the file for itself, so it can run on any thread; ``plan`` names what is in it now. Raises Refused.
    """
    try:
        with closing(file.connect(path, read_only=True)) as connection:
            store = Store(connection)
            if span.came:
                return what_came(store, plan, last=span.last)
            rows = islice(_within(store, span), MOST)
            return gather(store, plan, list(rows)[::-1], stepwise=True)[::-1]
    except BROKEN as problem:
        raise Refused(f"The history cannot be read: {file.sentence(problem)}") from None


def _within(store: Store, span: Span) -> Iterator[Row]:
    every = store.history(span.record)
    rows = redaction.about(every, span.words) if span.words else every
    rows = [row for row in rows if not is_mark(row.field) and row.at >= span.since]
    rows = [row for row in rows if day_of(row.at) == span.day] if span.day else rows
    return (row for row in rows if span.author in ("", row.author) and span.field in ("", row.field))


def what_came(store: Store, plan: Plan, *, last: bool = False) -> list[Contribution]:
    """What people did by changes that came by taking in; that a copy was sent is nothing to review."""
    return [one for one in gather(store, plan, came(store, last=last)) if one.record.kind != Copy.kind]


# --- gathering -------------------------------------------------------------------------------------------------------


def gather(store: Store, plan: Plan, rows: Sequence[Row], *, stepwise: bool = False) -> list[Contribution]:
    """What people did by some changes, in the order in which they did it; ``stepwise``: each step for itself."""
    return list(
        _Gathering(store, plan, [row for row in rows if not is_mark(row.field)]).contributions(stepwise=stepwise)
    )


class _Gathering:
    """All that is looked up once for many changes."""

    def __init__(self, store: Store, plan: Plan, rows: Sequence[Row]) -> None:
        self.plan, self.rows = plan, rows
        self.by_id = {row.id: row for row in rows}
        parents = {one for row in rows for one in journal.split(row.parents)} - self.by_id.keys()
        self.known = self.by_id | store.changes(parents)
        self.heads = store.heads_of({row.cell for row in rows})
        others = {one for ids in self.heads.values() for one in ids} - self.by_id.keys()
        self.others = store.changes(others)
        self.gone = _gone(store, {row.record for row in rows if row.record not in plan})
        self.marks: dict[Unit, list[Row]] = {}
        for row in store.marks(REVIEW):
            self.marks.setdefault((row.record, row.field.partition("@")[2]), []).append(row)
        self.tops = self._tops()

    def contributions(self, *, stepwise: bool) -> Iterator[Contribution]:
        groups: dict[tuple[str, ...], list[Row]] = {}
        for row in self.rows:
            unit = self._unit(row)
            verdict = self._verdict(unit)
            groups.setdefault((row.author, unit[1], verdict, unit[0] if stepwise else ""), []).append(row)
        for (author, record, verdict, _), group in groups.items():
            if found := self._record(record):
                yield self._contribution(found, author, verdict, group)

    def _contribution(self, record: Record, author: str, verdict: str, rows: list[Row]) -> Contribution:
        own = [row for row in rows if row.record == record.id]
        units = tuple(dict.fromkeys(self._unit(row) for row in rows))
        standing = {row.id for row in rows if self._stands(row)}
        heads = {one for row in rows for one in self.heads[row.cell]}
        others = [one for one in heads if one not in self.by_id]  # and not by sets: that copies all the keys
        again = {one for one in others if any(self._again(one, row) for row in rows)}
        judges = sorted({mark.author for unit in units for mark in self.marks.get(unit, ()) if _said(mark)})
        since = set() if standing else {row.author for one in heads if (row := self.known.get(one) or self.others[one])}
        last = max(rows, key=lambda row: (row.lamport, row.id))
        return Contribution(
            record=record,
            author=author,
            at=max(row.at for row in rows),
            doing=_doing(own),
            op=last.op,
            edits=tuple(self._edits(own)),
            below=tuple(dict.fromkeys(row.record for row in rows if row.record != record.id)),
            units=units,
            ids=frozenset(row.id for row in rows) | again,
            verdict=verdict,
            judges=tuple(judges),
            since=tuple(sorted(since)),
        )

    def _edits(self, rows: list[Row]) -> Iterator[Edit]:
        """What became of each field: from what stood before the first of its changes to the last of them."""
        added = any(row.field == KIND for row in rows)
        cells: dict[str, list[Row]] = {}
        for row in rows:
            if row.field not in (KIND, DELETED) and not (added and row.field == PLACE):
                cells.setdefault(row.field, []).append(row)
        for name, changes in cells.items():
            own = {row.id for row in changes}
            older = [
                self.known[one]
                for row in changes
                for one in journal.split(row.parents)
                if one in self.known and one not in own and self.known[one].cell == row.cell
            ]
            before = max(older, key=lambda row: (row.lamport, row.id), default=None)
            last = max(changes, key=lambda row: (row.lamport, row.id))
            was, now = journal.read(before.value) if before else None, journal.read(last.value)
            yield Edit(name, was, now, any(self._stands(row) for row in changes), last.id, last.value is None)

    def _stands(self, row: Row) -> bool:
        heads = self.heads[row.cell]
        return row.id in heads or any(self._again(one, row) for one in heads)

    def _again(self, head: bytes, row: Row) -> bool:
        """Whether a head only did again what a change did: a taking in was taken back, and then done again."""
        found = self.others.get(head)
        return found is not None and found.op == "redo" and (found.cell, found.value) == (row.cell, row.value)

    def _verdict(self, unit: Unit) -> str:
        said = {_said(mark) for mark in self.marks.get(unit, ())}
        return said.pop() if len(said) == 1 else ""

    # --- records ---

    def _record(self, record: str) -> Record | None:
        return self.plan.get(record) or self.gone.get(record)

    def _unit(self, row: Row) -> Unit:
        return row.step.hex(), self.tops.get((row.step, row.record), row.record)

    def _tops(self) -> dict[tuple[bytes, str], str]:
        """For each record that a step added or deleted with the one that it hangs on: the top of that branch."""
        whole: dict[bytes, dict[str, str]] = {}
        for row in self.rows:
            if row.field in (KIND, DELETED):
                found = self._record(row.record)
                whole.setdefault(row.step, {})[row.record] = found.parent if found else ""
        tops = {}
        for step, parents in whole.items():
            for record in parents:
                top, seen = record, {record}
                while (above := parents[top]) in parents and above not in seen:
                    seen.add(above)
                    top = above
                if top != record:
                    tops[step, record] = top
        return tops


def _gone(store: Store, records: Iterable[str]) -> dict[str, Record]:
    """Records that are deleted, as they were."""
    found = {}
    for one, cells in store.cells(records).items():
        if was := journal.record_of(one, {name: heads for name, heads in cells.items() if name != DELETED}):
            found[one] = was
    return found


def _said(mark: Row) -> str:
    found = journal.read(mark.value)
    return found if isinstance(found, str) else ""


def _doing(rows: Sequence[Row]) -> Literal["added", "deleted", "restored", "changed"]:
    marks = [row for row in rows if row.field == DELETED]
    if marks:
        last = max(marks, key=lambda row: (row.lamport, row.id))
        return "deleted" if journal.read(last.value) is True else "restored"
    return "added" if any(row.field == KIND for row in rows) else "changed"


# --- saying what is thought of it ------------------------------------------------------------------------------------


def keep(contributions: Sequence[Contribution]) -> Step:
    """The step that says of what people did that it is well."""
    return Step(label(KEPT, contributions), "review", tuple(marks(contributions, KEPT)))


def marks(contributions: Iterable[Contribution], verdict: str) -> Iterator[Change]:
    """The marks that say something of what people did."""
    units = dict.fromkeys(unit for one in contributions for unit in one.units)
    return (Change(step, f"{REVIEW}@{record}", None, verdict) for step, record in units)


def label(verdict: str, contributions: Sequence[Contribution]) -> str:
    """What a reviewer's step is called: "keeping of Ben's change"."""
    people = sorted({one.author for one in contributions})
    whose = f"{people[0]}’s" if len(people) == 1 else "several people’s"
    return (
        f"{'keeping' if verdict == KEPT else 'putting back'} of {whose} change{'s' if len(contributions) > 1 else ''}"
    )


def without(rows: Iterable[Row], out: Collection[bytes]) -> frozenset[bytes]:
    """The heads that a cell, given by all its changes, would have if some of them had never been."""
    by_id = {row.id: row for row in rows}
    todo = [one for row in by_id.values() if row.id not in out for one in journal.split(row.parents)]
    replaced: set[bytes] = set()
    while todo:
        one = todo.pop()
        if one in by_id and one not in replaced:
            replaced.add(one)
            todo += journal.split(by_id[one].parents) if one in out else []
    return frozenset(by_id.keys() - replaced - set(out))


def rows_back(
    store: Store, plan: Plan, stamp: Stamp, memory: Memory, contributions: Sequence[Contribution]
) -> list[Row]:
    """The rows that make cells what they would be had some of what people did never been, and mark it.

    Raises Refused where it adds a record that others have written into since.
    """
    then, strangers = standing(store, contributions)
    if strangers:
        names = " and ".join(sorted(strangers))
        raise Refused(f"{names} has written into what was added since, so it cannot be put back.")
    said = tuple(marks(contributions, PUT_BACK))
    return [*memory.put_back(store, stamp, store.heads_of(then), then), *steps.forward(store, plan, stamp, said)[0]]


def standing(store: Store, contributions: Iterable[Contribution]) -> tuple[dict[Cell, frozenset[bytes]], set[str]]:
    """The cells in which something of what people did still stands, each with its heads without it.

    And the names of those because of whom a record that was added cannot be taken back: they wrote into it since.
    """
    out = {one for found in contributions for one in found.ids}
    changes = store.changes(out).values()
    added = {row.record for row in changes if row.field == KIND}
    rows = store.of_records({row.record for row in changes})
    cells: dict[Cell, list[Row]] = {}
    for row in rows:
        cells.setdefault(row.cell, []).append(row)
    heads: Mapping[Cell, frozenset[bytes]] = {cell: without(found, ()) for cell, found in cells.items()}
    then = {cell: without(found, out) for cell, found in cells.items() if heads[cell] & out}
    strangers = {
        row.author
        for cell, found in cells.items()
        if cell[0] in added and cell[1] != DELETED
        for row in found
        if row.id in heads[cell] - out
    }
    return then, strangers
