"""Reading a plan file that somebody else sent, without trusting it in anything.

SQLite never opens the file itself: only a private copy of it, alone, read-only and immutable, with limits and a time
budget. The order matters: first bytes, tables equal to this program's, pages sound, then every row typed, genuine and
bounded, and the history complete. (SQLite's own advice is to check the pages first, but that would run what a foreign
table definition says.) Nothing but the checked rows leaves this module.
"""

from __future__ import annotations

import json
import math
import shutil
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from cypp_desktop.document import file, journal, redaction, schema, zipped
from cypp_desktop.document.journal import COLUMNS, SIZES, WIDTHS, Row
from cypp_desktop.domain import order
from cypp_desktop.domain.change import DELETED, KIND, LONGEST, PLACE, Refused
from cypp_desktop.domain.folding import plainly
from cypp_desktop.domain.plan import Details

SECONDS = 10.0
MOST_ROWS = 500_000
MOST_SIDES = 1000
"""One cell has as many heads as people wrote it without knowing of one another; nobody could settle more."""
LONGEST_JSON = 6 * LONGEST + 100_000  # each character escaped, and the signs of a list
LIMITS = {
    "LENGTH": 8 << 20,
    "SQL_LENGTH": 20_000,
    "COLUMN": 64,
    "EXPR_DEPTH": 20,
    "COMPOUND_SELECT": 3,
    "VDBE_OP": 25_000,
    "FUNCTION_ARG": 8,
    "ATTACHED": 0,
    "LIKE_PATTERN_LENGTH": 50,
    "TRIGGER_DEPTH": 1,
}
SWITCHES = {
    "DEFENSIVE": True,
    "TRUSTED_SCHEMA": False,
    "ENABLE_TRIGGER": False,
    "ENABLE_VIEW": False,
    "DQS_DDL": False,
    "DQS_DML": False,
}

ALTERED = "“{}” was altered outside the program, so nothing of it is taken in. Ask for it to be sent again."


@dataclass(frozen=True, slots=True)
class Arrived:
    """What a file that came holds: which plan it is of, its checked journal, and what people should know about it.

    ``copy`` is the id of the ``Copy`` that it says it went out as, ``clean`` whether it is a copy without history.
    """

    doc_id: str
    rows: tuple[Row, ...]
    notices: tuple[str, ...]
    copy: str = ""
    clean: bool = False


def read(path: Path, known: Mapping[bytes, Row] = MappingProxyType({})) -> Arrived:
    """Read a file that came from elsewhere; raises Refused with one plain sentence, the file untouched.

    A zip file is read as the one plan in it. Rows that are the same as ``known`` ones, by id, were looked at when those
    came in, and are not again.
    """
    name = path.name
    try:
        with tempfile.TemporaryDirectory(prefix="cypp-") as folder:
            copy = Path(folder, "arrived")
            head, notices = _copied(path, copy)
            with copy.open("r+b") as bytes_of:
                bytes_of.truncate(head.whole)
                bytes_of.seek(18)
                bytes_of.write(b"\1\1")  # never look for a write-ahead log
            with closing(connect(copy)) as connection:
                meta, found = _content(connection, name)
    except (*file.BROKEN, MemoryError):  # the limit of steps shows as MemoryError
        raise file.Damaged(file.damaged(name)) from None
    except OSError as problem:
        raise Refused(f"“{name}” cannot be read: {file.sentence(problem)}") from None
    rows = _checked(name, found, known)
    doc_id = meta.get("doc_id", "")
    if meta.get("seal") != journal.seal(row.id for row in rows) or not journal.is_hex(doc_id, 32):
        raise Refused(ALTERED.format(name))
    reader = meta.get("min_reader", "1")
    if not (reader.isascii() and reader.isdigit() and int(reader[:9]) <= schema.FORMAT):
        raise Refused(f"“{name}” was saved by a newer version of this program. Please update, then try again.")
    return Arrived(doc_id, tuple(rows), notices, meta.get("copy", "")[: WIDTHS["record"]], clean="clean" in meta)


def _copied(path: Path, copy: Path) -> tuple[file.Header, tuple[str, ...]]:
    """Copy a file, or the plan in a zip file; its first bytes, and what people should know about it."""
    if zipped.is_zip(path):
        zipped.bring_out(path, copy)
        return (head := file.header(copy, path.name)), tuple(_notices(copy, head))
    head = file.header(path, path.name)
    shutil.copyfile(path, copy)
    return head, tuple(_notices(path, head))


def _notices(path: Path, head: file.Header) -> Iterable[str]:
    if head.size > head.whole:
        yield "Something was added behind the end of the file on its way; it is passed over."
    if head.shared or file.unfinished(path):
        yield "The file was copied while it was being written: the latest edits may be missing."


# --- SQLite on a short lead ------------------------------------------------------------------------------------------


def connect(path: Path) -> sqlite3.Connection:
    """Let SQLite near a private copy of a file: alone, read-only, with limits and a time budget."""
    connection = sqlite3.connect(f"{file.address(path)}?mode=ro&immutable=1", uri=True, isolation_level=None)
    for limit, value in LIMITS.items():
        connection.setlimit(getattr(sqlite3, f"SQLITE_LIMIT_{limit}"), value)
    if hasattr(connection, "setconfig"):  # from Python 3.12 on
        for switch, on in SWITCHES.items():
            connection.setconfig(getattr(sqlite3, f"SQLITE_DBCONFIG_{switch}"), on)
    stop = time.monotonic() + SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > stop, 10_000)
    for setting in ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "query_only=ON"):
        connection.execute(f"PRAGMA {setting}")
    return connection


def _content(connection: sqlite3.Connection, name: str) -> tuple[dict[str, str], list[Row]]:
    """The facts and the journal of a file whose tables are ours and whose pages are sound."""
    file.examine(connection, name)
    connection.set_authorizer(_allowed)
    if connection.execute("SELECT count(*) FROM change NOT INDEXED").fetchone()[0] > MOST_ROWS:
        raise Refused(f"“{name}” has too long a history to be a plan.")
    meta = dict(connection.execute("SELECT key, value FROM meta LIMIT 100"))
    query = f"SELECT {COLUMNS} FROM change NOT INDEXED"  # a lying index cannot matter
    return meta, list(map(Row._make, connection.execute(query)))


def _allowed(action: int, table: str | None, column: str | None, *_where: str | None) -> int:
    """Two tables can be read, and rows counted; nothing else."""
    if action == sqlite3.SQLITE_SELECT or (action == sqlite3.SQLITE_FUNCTION and column == "count"):
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_OK if action == sqlite3.SQLITE_READ and table in ("change", "meta") else sqlite3.SQLITE_DENY


# --- rows ------------------------------------------------------------------------------------------------------------


def _checked(name: str, rows: Sequence[Row], trusted: Mapping[bytes, Row]) -> Sequence[Row]:
    """The rows, each typed, bounded, genuine and of a complete history; raises Refused."""
    redacted = {row.record for row in rows if row.op == redaction.OP}
    for row in rows:
        if trusted.get(row.id) == row:
            continue
        if not (_typed(row) and 0 < row.lamport <= len(rows) and plainly(row.author) == row.author):
            raise Refused(ALTERED.format(name))
        if not journal.genuine(row) or (row.value is None and row.id.hex() not in redacted):
            raise Refused(ALTERED.format(name))
        if row.value is not None and not fits(row.field, row.value):
            raise Refused(f"“{name}” holds a value that no plan can have, so nothing of it is taken in.")
    known = {row.id for row in rows}
    replaced = {parent for row in rows for parent in journal.split(row.parents)}
    if len(known) < len(rows) or not known >= replaced:
        raise Refused(f"The history in “{name}” is not complete. Ask for it to be sent again.")
    if problem := tangle(rows, replaced):
        raise Refused(f"“{name}” {problem}, so nothing of it is taken in.")
    return rows


def tangle(rows: Iterable[Row], replaced: Container[bytes]) -> str:
    """What makes a journal none of a plan although each row is sound, as the end of a sentence; "" where nothing.

    ``replaced`` are the ids of the changes that others name as their parents.
    """
    kinds: dict[str, set[str | None]] = {}
    sides: Counter[tuple[str, str]] = Counter()
    for row in rows:
        if row.field == KIND:
            kinds.setdefault(row.record, set()).add(row.value)
        if row.id not in replaced:
            sides[row.cell] += 1
    plans = {record for record, values in kinds.items() if journal.write(Details.kind) in values}
    if any(len(values) > 1 for values in kinds.values()):
        return "holds a record of two kinds"
    if len(plans) != 1 or any(row.record in plans and row.field == DELETED for row in rows):
        return "does not hold exactly one plan"
    if sides and max(sides.values()) > MOST_SIDES:
        return "holds too many answers to one question"
    return ""


def sound(row: Row) -> bool:
    """Whether a row is typed, bounded and genuine, and its value, if it still has one, of a shape for its field."""
    return _typed(row) and journal.genuine(row) and (row.value is None or fits(row.field, row.value))


_TYPES = (bytes, int, str, str, bytes, bytes, str, str, str, bytes, bytes)
_SIZES = (SIZES["id"], SIZES["session"], SIZES["step"], SIZES["vhash"])


def _typed(row: Row) -> bool:
    return (
        tuple(map(type, row[:-2])) == _TYPES
        and (len(row.id), len(row.session), len(row.step), len(row.vhash)) == _SIZES
        and len(row.at) <= WIDTHS["at"]
        and len(row.author) <= WIDTHS["author"]
        and len(row.op) <= WIDTHS["op"]
        and len(row.record) <= WIDTHS["record"]
        and len(row.field) <= WIDTHS["field"]
        and isinstance(row.salt, bytes | None)
        and isinstance(row.value, str | None)
        and len(row.value or "") <= LONGEST_JSON
    )


def fits(field: str, text: str) -> bool:
    """Whether a recorded value is of a shape that its field can have, in this version of the program or a later one."""
    try:
        value, end = _decode(text)
        if end != len(text):
            return False
        if "\\u" in text:  # half a character, which could not be written anywhere, can only come escaped
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return False
    if field == KIND:
        return isinstance(value, str) and 0 < len(value) <= WIDTHS["op"]
    if field == PLACE:
        return isinstance(value, list) and len(value) == 2 and isinstance(value[0], str) and order.valid(value[1])  # noqa: PLR2004 - a pair
    if field == DELETED:
        return isinstance(value, bool)
    if isinstance(value, list):
        return all(isinstance(one, str) for one in value) and sum(map(len, value)) <= LONGEST
    if isinstance(value, float):
        return math.isfinite(value)
    return value is None or isinstance(value, bool | int) or (isinstance(value, str) and len(value) <= LONGEST)


def _no_number(name: str) -> float:
    raise ValueError(name)


_decode = json.JSONDecoder(parse_constant=_no_number).raw_decode
