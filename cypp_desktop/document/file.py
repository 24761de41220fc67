"""A plan file as a file: is it one, is it whole, may it be written, and how SQLite is let near it."""

from __future__ import annotations

import os
import sqlite3
import stat
import tempfile
import urllib.parse
from pathlib import Path

from cypp_desktop.document import schema
from cypp_desktop.domain.change import Refused

SUFFIX = ".cypp"
LARGEST = 200 << 20
"""No plan comes near 200 MB; a file beyond it is refused before it is read."""


class CannotSave(OSError):
    """A step could not be written; nothing of it is in the file. The message is one plain sentence."""


def check(path: Path) -> None:
    """Look at a file's first bytes and length; raises Refused where it is no whole plan file of a known format.

    The header's fields are those of the SQLite file format (sqlite.org/fileformat2.html, section 1.3).
    """
    try:
        facts = path.stat()
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        raise Refused(f"“{path.name}” is not there any more; it may have been moved or renamed.") from None
    except OSError as problem:
        raise Refused(f"“{path.name}” cannot be read: {problem.strerror or 'the system does not allow it'}.") from None
    if not stat.S_ISREG(facts.st_mode):
        raise Refused(f"“{path.name}” is not a plan file.")
    if not facts.st_size:
        raise Refused(f"“{path.name}” is empty: it probably did not arrive whole. Ask for it to be sent again.")
    if facts.st_size > LARGEST:
        raise Refused(f"“{path.name}” is too big to be a plan.")
    if header[:2] == b"PK":
        raise Refused(f"“{path.name}” is a zip file: unpack it first, then open the plan in it.")
    if header[:16] != b"SQLite format 3\0" or len(header) < 100:  # noqa: PLR2004 - the header's length
        raise Refused(f"“{path.name}” is not a plan file.")
    _check_header(path.name, header, facts.st_size)


def _check_header(name: str, header: bytes, size: int) -> None:
    page = int.from_bytes(header[16:18], "big")
    page = 65536 if page == 1 else page
    whole = page * int.from_bytes(header[28:32], "big")
    if int.from_bytes(header[68:72], "big") != schema.APPLICATION_ID:
        raise Refused(f"“{name}” is not a plan file: it belongs to another program.")
    if page < 512 or page & (page - 1) or not whole:  # noqa: PLR2004 - the smallest page
        raise Refused(f"“{name}” is damaged.")
    if size < whole:
        raise Refused(f"“{name}” was cut short: {100 * size // whole} % of it arrived. Ask for it to be sent again.")
    if int.from_bytes(header[60:64], "big") > schema.FORMAT:
        raise Refused(f"“{name}” was saved by a newer version of this program. Please update, then open it again.")


def why_read_only(path: Path) -> str:
    """Why a file cannot be written, as one sentence; "" where it can."""
    if not os.access(path, os.W_OK) or not path.stat().st_mode & 0o222:
        return "This file is read-only."
    if not os.access(path.parent, os.W_OK) or not path.parent.stat().st_mode & 0o222:
        return "The folder of this file cannot be written to."
    return ""


def connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """Open a checked plan file with the settings that keep it safe; never creates one."""
    place = urllib.parse.quote(str(path.resolve()).replace(os.sep, "/"))
    connection = sqlite3.connect(
        f"file:{'' if place.startswith('/') else '/'}{place}?mode={'ro' if read_only else 'rw'}",
        uri=True,
        isolation_level=None,
        timeout=5,
    )
    for setting in schema.SETTINGS:
        if not (read_only and setting.startswith("journal_mode")):
            connection.execute(f"PRAGMA {setting}")
    return connection


def examine(connection: sqlite3.Connection, name: str) -> None:
    """Refuse a file whose tables are not this program's, or whose pages are damaged.

    Tables first: checking the pages would run what a foreign table definition says.
    """
    try:
        found = set(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema LIMIT 1000"))
        if found != schema.expected():
            raise Refused(f"“{name}” holds things that this program never makes, so it is not opened.")
        sound = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError:
        sound = "damaged"
    if sound != "ok":
        raise Refused(f"“{name}” is damaged. Open a backup, or ask for it to be sent again.")


def create(path: Path) -> sqlite3.Connection:
    """Make a new, empty plan file; raises Refused where one is there already or the place cannot be written."""
    try:
        with path.open("xb"):
            pass
    except FileExistsError:
        raise Refused(f"There is already a file “{path.name}” in that folder.") from None
    except OSError as problem:
        raise Refused(f"“{path.name}” cannot be made there: {problem.strerror or 'no reason given'}.") from None
    return connect(path, read_only=False)


def copy_to(connection: sqlite3.Connection, target: Path) -> None:
    """Write a whole, checked copy of an open plan; the target appears complete or not at all. Raises CannotSave."""
    spare: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=".cypp-", suffix=SUFFIX, dir=target.parent)
        os.close(handle)
        spare = Path(name)
        connection.execute("VACUUM INTO ?", (name,))
        check(spare)
        sync(spare)
        spare.replace(target)
        sync_folder(target.parent)
    except (OSError, sqlite3.Error, Refused) as problem:
        if spare:
            spare.unlink(missing_ok=True)
        raise CannotSave(f"The copy could not be written: {sentence(problem)}") from problem


def sync(path: Path) -> None:
    """See a file's bytes onto the disk."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """See a folder's entries onto the disk, where the system can do that."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


_REASONS = {
    "SQLITE_FULL": "the disk is full.",
    "SQLITE_READONLY": "the file is read-only now.",
    "SQLITE_READONLY_DBMOVED": "the file was moved, renamed or deleted.",
    "SQLITE_READONLY_DIRECTORY": "the folder cannot be written to.",
    "SQLITE_CANTOPEN": "the folder cannot be written to.",
    "SQLITE_BUSY": "another program is using the file.",
    "SQLITE_LOCKED": "another program is using the file.",
    "SQLITE_CORRUPT": "the file is damaged.",
    "SQLITE_NOTADB": "the file was replaced by something else.",
}


def sentence(problem: Exception) -> str:
    """What went wrong with a file, in words for people."""
    name = str(getattr(problem, "sqlite_errorname", ""))
    for code in (name, "_".join(name.split("_")[:2])):
        if code in _REASONS:
            return _REASONS[code]
    if isinstance(problem, OSError) and problem.strerror:
        return f"{problem.strerror[:1].lower()}{problem.strerror[1:]}."
    return "the disk or the network folder did not answer."
