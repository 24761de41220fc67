"""The journal: every change ever made to a plan, each naming the changes that it replaces.

A cell is one field of one record. Its *heads* are its changes that no other change of the cell replaces; heads of
different values are a conflict. What the plan is now, and what is in conflict, are pure functions of the set of
changes, so any copies can be united in any order. No clock and no replica id takes part: times, names and the
``lamport`` number serve display only.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cypp_desktop.domain import order
from cypp_desktop.domain.change import DELETED, KIND, PLACE
from cypp_desktop.domain.plan import KINDS, Record, Value, with_cells

ID = 16


@dataclass(frozen=True, slots=True)
class Row:
    """One change as it stands in the file; ``value`` is JSON, None only once it was redacted."""

    id: bytes
    lamport: int
    at: str
    author: str
    session: bytes
    step: bytes
    op: str
    record: str
    field: str
    parents: bytes
    vhash: bytes
    salt: bytes | None
    value: str | None

    def astuple(self) -> tuple[object, ...]:
        """The row in the order of ``COLUMNS``."""
        return tuple(getattr(self, name) for name in Row.__slots__)


COLUMNS = ", ".join(Row.__slots__)
PLACES = ", ".join("?" * len(Row.__slots__))


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who does a step and when: written into each of its changes."""

    lamport: int
    at: str
    author: str
    session: bytes
    step: bytes
    op: str


@dataclass(frozen=True, slots=True)
class Head:
    """A change of a cell that nothing has replaced."""

    id: bytes
    lamport: int
    value: str
    parents: bytes


def make(stamp: Stamp, record: str, field: str, parents: Iterable[bytes], value: Value) -> Row:
    """A new change of a cell that replaces ``parents``; its id is the hash of its content, its value salted."""
    text = json.dumps(value, ensure_ascii=False)
    salt = secrets.token_bytes(8)
    joined = b"".join(sorted(set(parents)))
    row = Row(
        b"", stamp.lamport, stamp.at, stamp.author, stamp.session, stamp.step, stamp.op, record, field, joined,
        _hash(salt, text.encode()), salt, text,
    )  # fmt: skip
    return Row(identity(row), *row.astuple()[1:])  # type: ignore[arg-type]  # a tuple forgets the types of its parts


def identity(row: Row) -> bytes:
    """The id that a row's content gives it: 16 bytes of SHA-256 over every part, each with its length."""
    return _hash(
        b"cypp1", str(row.lamport).encode(), row.at.encode(), row.author.encode(), row.session, row.step,
        row.op.encode(), row.record.encode(), row.field.encode(), row.parents, row.vhash,
    )  # fmt: skip


def genuine(row: Row) -> bool:
    """Whether a row is as it was written: its id fits its content, and its value its hash (or was redacted)."""
    if identity(row) != row.id:
        return False
    return row.value is None or _hash(row.salt or b"", row.value.encode()) == row.vhash


def _hash(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(len(part).to_bytes(8, "big") + part for part in parts)).digest()[:ID]


def split(parents: bytes) -> list[bytes]:
    """The ids in a row's ``parents``."""
    return [parents[at : at + ID] for at in range(0, len(parents), ID)]


def seal(ids: Iterable[bytes], start: str = "0") -> str:
    """The exclusive or of ids, as hexadecimal: says whether the set of changes is whole, whatever its order."""
    total = int(start, 16)
    for one in ids:
        total ^= int.from_bytes(one, "big")
    return f"{total:032x}"


def heads(rows: Sequence[tuple[bytes, bytes]]) -> set[bytes]:
    """Which of one cell's changes, given as (id, parents), no other of them replaces."""
    gone = {parent for _, parents in rows for parent in split(parents)}
    return {one for one, _ in rows if one not in gone}


def read(value: str | None) -> Value:
    """A recorded value: words, yes or no, a list of words, or None where there is none or it is of another type."""
    if value is None:
        return None
    try:
        found = json.loads(value)
    except ValueError:
        return None
    if isinstance(found, list):
        return tuple(found) if all(isinstance(one, str) for one in found) else None
    return found if isinstance(found, str | bool) else None


def record_of(one: str, cells: Mapping[str, Sequence[Head]]) -> Record | None:
    """What a record is now, from the heads of all its cells; None where it is deleted or of an unknown kind.

    A cell in conflict shows its latest head. A record is deleted only if every head that stands was seen by somebody
    who deleted it, so an edit made meanwhile by another keeps it.
    """
    best = {field: read(max(found, key=lambda head: (head.lamport, head.id)).value) for field, found in cells.items()}
    kind = best.get(KIND)
    if not isinstance(kind, str) or kind not in KINDS or is_deleted(cells):
        return None
    parent, key = place_of(best.get(PLACE))
    fields = {field: value for field, value in best.items() if field not in (KIND, PLACE, DELETED)}
    return with_cells(KINDS[kind](id=one, parent=parent, order=key), fields)


def place_of(value: Value) -> tuple[str, str]:
    """A place as (parent, order key); both empty where the value is no place."""
    if isinstance(value, tuple) and len(value) == 2 and order.valid(value[1]):  # noqa: PLR2004 - a pair
        return value[0], value[1]
    return "", ""


def is_deleted(cells: Mapping[str, Sequence[Head]]) -> bool:
    """Whether a record is hidden: all agree that it is deleted, and nothing stands that they did not see."""
    marks = cells.get(DELETED, ())
    if not marks or not all(read(mark.value) is True for mark in marks):
        return False
    seen = {parent for mark in marks for parent in split(mark.parents)}
    return all(head.id in seen for field, found in cells.items() if field != DELETED for head in found)


def fold(rows: Iterable[Row]) -> Iterator[Record]:
    """All records that a whole journal comes to."""
    changes: dict[str, dict[str, list[Row]]] = {}
    for row in rows:
        changes.setdefault(row.record, {}).setdefault(row.field, []).append(row)
    for one, fields in changes.items():
        cells = {}
        for field, found in fields.items():
            standing = heads([(row.id, row.parents) for row in found])
            cells[field] = [
                Head(row.id, row.lamport, row.value if row.value is not None else "null", row.parents)
                for row in found
                if row.id in standing
            ]
        if record := record_of(one, cells):
            yield record
