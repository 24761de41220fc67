"""Undo and redo: new changes that put the cells that a step touched back as they stood, conflicts included.

A change that puts an older one back *stands for* it. It has the same salt, and so the same hash of its value, by which
every copy can tell who wrote that. And it is remembered for the sitting, so that a step can be taken back after later
steps on the same cells were, any number of times. Nothing that somebody else did is ever taken back with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cypp_desktop.document import journal
from cypp_desktop.document.journal import Row, Stamp
from cypp_desktop.document.knowledge import NOTHING, Knowledge, Stands, deletes
from cypp_desktop.document.store import Store
from cypp_desktop.domain.change import DELETED, KIND, Refused
from cypp_desktop.domain.plan import Value
from cypp_desktop.domain.values import dataclass

Heads = Mapping[tuple[str, str], frozenset[bytes]]
"""The heads of some cells, by record and field; a cell that was not there has none."""

Rows = Mapping[bytes, Row]


@dataclass(frozen=True, slots=True)
class Done:
    """A step that can be undone and redone: its name, and the heads of the cells that it touched, before and after."""

    label: str
    before: Heads
    after: Heads

    @classmethod
    def of(cls, label: str, before: Heads, rows: Iterable[Row]) -> Done:
        """A step that wrote rows of any number into cells whose heads were those ``before``."""
        new: dict[tuple[str, str], set[bytes]] = {}
        replaced: dict[tuple[str, str], set[bytes]] = {}
        for row in rows:
            new.setdefault(row.cell, set()).add(row.id)
            replaced.setdefault(row.cell, set()).update(journal.split(row.parents))
        return cls(label, before, {cell: (before[cell] | new[cell]) - replaced[cell] for cell in new})


def heads_of(cells: Iterable[tuple[str, str]], found: Mapping[str, Mapping[str, set[bytes]]]) -> Heads:
    """The heads of some cells out of those ``found`` by record and field."""
    return {(record, field): frozenset(found.get(record, {}).get(field, ())) for record, field in cells}


class Memory:
    """What the changes that undo, redo and reviewing made in this sitting stand for."""

    def __init__(self) -> None:
        self.stands = Stands()

    def put_back(self, store: Store, stamp: Stamp, now: Heads, then: Heads) -> Iterator[Row]:
        """The rows that take cells from ``now`` to ``then``; raises Refused where one is not as it was left."""
        standing = store.heads({record for record, _ in now})
        hidden = {record for (record, field), heads in now.items() if field == KIND and not heads}
        for (record, field), heads in now.items():
            if record not in hidden:
                self._unchanged(store, standing[record].get(field, set()), heads)
            elif field != DELETED:  # an undone addition: its cells are all there still
                self._unchanged(store, standing[record].get(field, set()), then[record, field])
        several = (
            ids for heads in standing.values() for field, ids in heads.items() if len(ids) > 1 or field == DELETED
        )
        older = store.changes(one for ids in (*several, *then.values()) for one in ids)
        knowledge = self._knowledge(store, standing, older, then)
        records: dict[str, dict[str, frozenset[bytes]]] = {}
        for (record, field), heads in then.items():
            records.setdefault(record, {DELETED: frozenset()} if record in hidden else {})[field] = heads
        for record, cells in records.items():
            back = _Back(stamp, record, standing[record], older, self.stands, knowledge)
            if cells.pop(KIND, True):
                yield from back.cells(cells)
            else:
                yield back.hide({one for field in [KIND, *cells] for one in self._roots(now[record, field])})

    def _unchanged(self, store: Store, there: set[bytes], left: frozenset[bytes]) -> None:
        if there != left and self._roots(there) != self._roots(left):
            names = sorted({row.author for row in store.changes(there - left).values()})
            raise Refused(f"{' and '.join(names)} has changed this since, so it cannot be taken back.")

    def _roots(self, ids: Iterable[bytes]) -> set[bytes]:
        return {root for one in ids if (root := self.stands.root(one)) != NOTHING}

    def _knowledge(
        self, store: Store, standing: Mapping[str, Mapping[str, set[bytes]]], older: Rows, then: Heads
    ) -> Knowledge:
        marks = [row for row in older.values() if deletes(row)]
        heads = {one for mark in marks for ids in standing[mark.record].values() for one in ids}
        moved = {record for record, field in then if field != DELETED}
        return Knowledge(store, self.stands, marks, heads.union(older if marks else ()), moved)


@dataclass(slots=True)
class _Back:
    """One record on its way back: its heads, the older changes that its cells may go back to, what stands for what."""

    stamp: Stamp
    record: str
    heads: dict[str, set[bytes]]
    older: Rows
    stands: Stands
    knowledge: Knowledge

    def hide(self, known: set[bytes]) -> Row:
        """An addition is undone by a deletion, which has not seen what others wrote into the record."""
        seen = {one for ids in self.heads.values() for one in ids if self.stands.root(one) in known | {NOTHING}}
        return journal.make(self.stamp, self.record, DELETED, seen | self._standing(DELETED), value=True)

    def cells(self, targets: dict[str, frozenset[bytes]]) -> Iterator[Row]:
        """The rows that bring cells to what ``targets`` stood for; marks of deletion last, as they see the others."""
        marks = targets.pop(DELETED, frozenset(self._standing(DELETED)))
        moved = False
        for field, heads in targets.items():
            if self._state(heads) != self._state(self._standing(field)):
                moved = True
                yield from self._cell(field, heads)
        moved = moved and any(deletes(self.older[one]) for one in marks)
        if moved or self._state(marks) != self._state(self._standing(DELETED)):
            yield from self._cell(DELETED, marks)

    def _cell(self, field: str, heads: Iterable[bytes]) -> Iterator[Row]:
        """Changes that stand for older ones, in their order, so that a conflict shows the side that it showed."""
        replaced, anything = self._standing(field), self._state(self._standing(field))
        self.heads[field] = set()
        if not heads:
            if anything:
                yield self._made(field, replaced, False if field == DELETED else None, NOTHING)
            return
        for place, one in enumerate(self._ordered(heads)):
            row = self.older[one]
            if row.value is None:
                raise Refused("What stood there was removed from the history for good, so this cannot be put back.")
            parents = replaced | (self.knowledge.of(row, self._others()) if deletes(row) else set())
            yield self._made(field, parents, journal.read(row.value), one, place, row.salt)

    def _state(self, heads: Iterable[bytes]) -> list[bytes]:
        """What heads stand for, the one that is shown last; nothing where they only empty their cell."""
        found = [self.stands.root(one) for one in self._ordered(heads)]
        return [] if set(found) == {NOTHING} else found

    def _ordered(self, heads: Iterable[bytes]) -> list[bytes]:
        heads = list(heads)
        return sorted(heads, key=lambda one: (self.older[one].lamport, one)) if len(heads) > 1 else heads

    def _made(
        self, field: str, parents: set[bytes], value: Value, stands: bytes, place: int = 0, salt: bytes | None = None
    ) -> Row:
        stamp = self.stamp._replace(lamport=self.stamp.lamport + place)
        row = journal.make(stamp, self.record, field, parents, value, salt)
        self.stands[row.id] = stands
        self.heads[field].add(row.id)
        return row

    def _others(self) -> set[bytes]:
        return {one for field, ids in self.heads.items() if field != DELETED for one in ids}

    def _standing(self, field: str) -> set[bytes]:
        return self.heads.get(field, set())
