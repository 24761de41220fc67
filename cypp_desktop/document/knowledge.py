"""What a deletion knew of the record that it deleted, so that it can be put back knowing neither more nor less.

It knew the changes that it names, and all before them. What has come to stand for one of them since it came into
this file, it knows as that. What was here before it and is none of these, it had not seen, even where that stands for
one of them: its writer never had it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from math import inf

from cypp_desktop.document import journal
from cypp_desktop.document.journal import Row
from cypp_desktop.document.store import Store
from cypp_desktop.domain.change import DELETED

BRINGS_BACK = ("undo", "redo", "review")
"""The operations that write what stood before, or would stand had something never been, and not something new."""
NOTHING = b""  # what a change stands for that empties a cell which was empty


class Stands(dict[bytes, bytes]):
    """What changes stand for that put older ones back, each with the one that it was made from."""

    def line(self, one: bytes) -> Iterator[bytes]:
        """A change, what it stands for, what that stands for, and so on."""
        yield one
        while one in self:
            one = self[one]
            yield one

    def root(self, one: bytes) -> bytes:
        """What a change stands for in the end: a change that somebody made otherwise, or nothing."""
        *_, found = self.line(one)
        return found


class Knowledge:
    """What some deletions, ``marks``, knew of ``heads``; in the records that have ``moved`` also of what was before."""

    def __init__(
        self, store: Store, stands: Stands, marks: Collection[Row], heads: Iterable[bytes], moved: Collection[str]
    ) -> None:
        self._stands = stands
        lines = {one for head in stands.keys() & heads for one in stands.line(head)}
        self._places = store.places(lines.union(stands.root(mark.id) for mark in marks))
        self._rows = {row.id: row for row in store.of_records({mark.record for mark in marks}.intersection(moved))}

    def of(self, mark: Row, heads: Iterable[bytes]) -> set[bytes]:
        """The changes that a deletion named, and those heads of other cells that it knew."""
        named, root = set(journal.split(mark.parents)), self._stands.root(mark.id)
        known, came = named | self._before(root), self._places[root]
        return named.union(one for one in heads if self._knew(known, came, one))

    def _before(self, root: bytes) -> set[bytes]:
        """All that somebody had who deleted a record: not only the heads, but what these replaced."""
        found: set[bytes] = set()
        todo = [row] if (row := self._rows.get(root)) and row.op not in BRINGS_BACK else []
        while todo:
            older = set(journal.split(todo.pop().parents)) - found
            found |= older
            todo += [self._rows[one] for one in older if one in self._rows]
        return found

    def _knew(self, known: set[bytes], came: int, head: bytes) -> bool:
        for one in self._stands.line(head):
            if one in known or one == NOTHING:
                return True
            if self._places.get(one, inf) < came:
                return False
        return False


def deletes(row: Row) -> bool:
    """Whether a change deletes its record."""
    return row.field == DELETED and journal.read(row.value) is True
