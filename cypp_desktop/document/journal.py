"""The journal: every change ever made to a plan, each naming the changes that it replaces.

A cell is one field of one record. Its *heads* are its changes that no other change of the cell replaces; heads of
different values are a conflict. What the plan is now, and what is in conflict, are pure functions of the set of
changes, so any copies can be united in any order. No clock and no replica id takes part: times, names and the
``lamport`` number serve display only.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from cypp_desktop.domain import order
from cypp_desktop.domain.change import DELETED, KIND, PLACE
from cypp_desktop.domain.folding import plainly
from cypp_desktop.domain.plan import KINDS, Record, Value, with_cells
from cypp_desktop.domain.values import replace

ID = 16
HIGHEST = 2**62
"""No change bears a number above it."""
NO_SEAL = "0" * 2 * ID
WIDTHS = {"at": 64, "author": 400, "op": 40, "record": 64, "field": 128}
SIZES = {"id": ID, "session": 8, "step": 8, "vhash": ID}
"""The most characters, and the number of bytes, in the parts of a row that anybody's program will take in."""


class Row(NamedTuple):
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

    @property
    def cell(self) -> tuple[str, str]:
        """The record and the field that it is about."""
        return self.record, self.field


COLUMNS = ", ".join(Row._fields)
PLACES = ", ".join("?" * len(Row._fields))


class Stamp(NamedTuple):
    """Who does a step and when: written into each of its changes."""

    lamport: int
    at: str
    author: str
    session: bytes
    step: bytes
    op: str


class Head(NamedTuple):
    """A change of a cell that nothing has replaced; ``value`` is "null" once it was redacted."""

    id: bytes
    lamport: int
    value: str
    parents: bytes


Cells = Mapping[str, Sequence[Head]]
"""The heads of all cells of a record, by field."""


write = json.JSONEncoder(ensure_ascii=False).encode
"""A value as it is recorded; made once, because ``json.dumps`` makes an encoder for every call."""
_decode = json.JSONDecoder().raw_decode


def make(
    stamp: Stamp, record: str, field: str, parents: Iterable[bytes], value: Value, salt: bytes | None = None
) -> Row:
    """A new change of a cell that replaces ``parents``; its id is the hash of its content, its value salted.

    With the ``salt`` of an older change of the same value both have one hash of it.
    """
    text = write(value)
    salt = salt or os.urandom(8)
    replaced = b"".join(sorted(parents))
    vhash = _hash(salt, text.encode())
    return Row(_identity(stamp, record, field, replaced, vhash), *stamp, record, field, replaced, vhash, salt, text)


def signed(author: str) -> str:
    """A name as changes bear it: nothing that turns or breaks the words around it, and not too long."""
    return plainly(author.encode(errors="replace").decode())[: WIDTHS["author"]]


def genuine(row: Row) -> bool:
    """Whether a row is as it was written: its id fits its content, and its value its hash (or was redacted)."""
    if _identity(row[1:7], row.record, row.field, row.parents, row.vhash) != row.id:
        return False
    return row.value is None or _hash(row.salt or b"", row.value.encode()) == row.vhash


_Stamped = tuple[int, str, str, bytes, bytes, str]


def _identity(stamp: _Stamped, record: str, field: str, parents: bytes, vhash: bytes) -> bytes:
    """The id that a change's content gives it: 16 bytes of SHA-256 over every part, each with its length."""
    whole = _head_of(stamp) + _part(record.encode()) + _part(field.encode()) + _part(parents) + _part(vhash)
    return _sha256(whole)[:ID]


@lru_cache(maxsize=64)
def _head_of(stamp: _Stamped) -> bytes:
    lamport, at, author, session, step, op = stamp
    words = (b"cypp1", str(lamport).encode(), at.encode(), author.encode(), session, step, op.encode())
    return b"".join(map(_part, words))


def _hash(*parts: bytes) -> bytes:
    return _sha256(b"".join(map(_part, parts)))[:ID]


def _sha256(content: bytes) -> bytes:
    from hashlib import sha256  # slow to load

    return sha256(content).digest()


def _part(part: bytes) -> bytes:
    return len(part).to_bytes(8, "big") + part


def split(parents: bytes) -> list[bytes]:
    """The ids in a row's ``parents``."""
    if len(parents) <= ID:  # as nearly always
        return [parents] if parents else []
    return [parents[at : at + ID] for at in range(0, len(parents), ID)]


def is_hex(words: str, length: int) -> bool:
    """Whether words are so many hexadecimal digits, as ids are written."""
    return len(words) == length and set(words) <= set("0123456789abcdef")


def seal(ids: Iterable[bytes], start: str = NO_SEAL) -> str:
    """The exclusive or of ids, as hexadecimal: says whether the set of changes is whole, whatever its order."""
    try:
        total = int(start, 16)
    except ValueError:  # something else wrote there; the seal stays broken
        return start
    for one in ids:
        total ^= int.from_bytes(one, "big")
    return f"{total:032x}"


def read(value: str | None) -> Value:
    """A recorded value: words, yes or no, a list of words, or None where there is none or it is of another type."""
    if value is None:
        return None
    try:
        found, end = _decode(value)
        if end != len(value):
            return None
        if "\\u" in value:  # half a character, which could not be written anywhere, can only come escaped
            write(found).encode()
    except (ValueError, RecursionError):
        return None
    if isinstance(found, list):
        return tuple(found) if all(isinstance(one, str) for one in found) else None
    return found if isinstance(found, str | bool) else None


def record_of(one: str, cells: Cells) -> Record | None:
    """What a record is now, from the heads of all its cells; None where it is deleted or of an unknown kind.

    A cell in conflict shows its latest head. A record is deleted only if every head that stands was seen by somebody
    who deleted it, so an edit made meanwhile by another keeps it.
    """
    best = {field: read(latest(found).value) for field, found in cells.items()}
    kind = best.pop(KIND, None)
    if not isinstance(kind, str) or kind not in KINDS:
        return None
    others = (head.id for field, found in cells.items() if field != DELETED for head in found)
    if best.pop(DELETED, None) is True and is_deleted(cells[DELETED], others):
        return None
    parent, key = place_of(best.pop(PLACE, None))
    return with_cells(KINDS[kind](id=one, parent=parent, order=key), best)


def edited(record: Record, cells: Cells) -> Record:
    """A record that nobody deleted, after some of its cells changed."""
    best = {field: read(latest(found).value) for field, found in cells.items()}
    if PLACE in best:
        parent, key = place_of(best.pop(PLACE))
        record = replace(record, parent=parent, order=key)
    return with_cells(record, best) if best else record


def latest(cell: Sequence[Head]) -> Head:
    """The head that a cell shows: the only one, or in a conflict the latest."""
    return cell[0] if len(cell) == 1 else max(cell, key=lambda head: (head.lamport, head.id))


def place_of(value: Value) -> tuple[str, str]:
    """A place as (parent, order key); both empty where the value is no place."""
    if isinstance(value, tuple) and len(value) == 2 and order.valid(value[1]):  # noqa: PLR2004 - a pair
        return value[0], value[1]
    return "", ""


def is_deleted(marks: Iterable[Head], others: Iterable[bytes]) -> bool:
    """Whether a record is hidden: all who marked it agree, and saw every other head of it (``others``) that stands."""
    seen: set[bytes] = set()
    for mark in marks:
        if read(mark.value) is not True:
            return False
        seen.update(split(mark.parents))
    return bool(seen) and seen.issuperset(others)


def cells(rows: Iterable[Row]) -> dict[str, dict[str, list[Head]]]:
    """The heads of all cells of all records, by record and field, from a whole journal."""
    changes: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        changes.setdefault(row.cell, []).append(row)
    found: dict[str, dict[str, list[Head]]] = {}
    for (record, field), cell in changes.items():
        gone = {parent for row in cell for parent in split(row.parents)}
        standing = [head(row) for row in cell if row.id not in gone]
        if standing:  # a cell without any is an altered file's
            found.setdefault(record, {})[field] = standing
    return found


def faults(rows: Sequence[Row], sealed: str) -> list[str]:
    """What is wrong with a whole journal, a sentence each; nothing where it is genuine and complete."""
    known = {row.id for row in rows}
    found = []
    if not all(map(genuine, rows)) or len(known) < len(rows):
        found.append("The history was altered outside the program.")
    if not all(known.issuperset(split(row.parents)) for row in rows):
        found.append("The history is not complete: changes that it refers to are missing.")
    if sealed != seal(known):
        found.append("Changes were added to the history, or removed from it, outside the program.")
    return found


def head(row: Row) -> Head:
    """A change as a head of its cell."""
    return Head(row.id, row.lamport, "null" if row.value is None else row.value, row.parents)


def heads(rows: Iterable[Row]) -> list[tuple[str, str, bytes]]:
    """The heads of all cells as the file keeps them, from a whole journal."""
    found = cells(rows)
    return [(record, field, one.id) for record in found for field in found[record] for one in found[record][field]]


def fold(rows: Iterable[Row]) -> Iterator[Record]:
    """All records that a whole journal comes to."""
    return (record for one, fields in cells(rows).items() if (record := record_of(one, fields)))
