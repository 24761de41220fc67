"""A plan file as a file: is it one, is it whole, may it be written, and how SQLite is let near it."""

from __future__ import annotations

import os
import sqlite3
import stat
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from cypp_desktop.document import schema
from cypp_desktop.domain.change import Refused
from cypp_desktop.domain.values import dataclass

SUFFIX = ".cypp"
LARGEST = 200 << 20
"""No plan comes near 200 MB; a file beyond it is refused before it is read."""


SQLITE = sqlite3.sqlite_version
"""The version of SQLite that writes the files."""
BROKEN = (sqlite3.Error, UnicodeDecodeError)
"""What reading a damaged file raises; the second where damage is in the very words of SQLite's complaint."""


class CannotSave(OSError):
    """A step could not be written; nothing of it is in the file. The message is one plain sentence."""


class Damaged(Refused):
    """A plan file that is damaged or cut short."""


def damaged(name: str) -> str:
    """The sentence for a file that cannot be read as what it says it is."""
    return f"“{name}” is damaged. Open a backup, or ask for it to be sent again."


def trace(path: Path) -> tuple[int, int, int, int] | None:
    """Which file stands at a path (device and number), its size and when it was written; None where none does."""
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_dev, facts.st_ino, facts.st_size, facts.st_mtime_ns


MOVED = "The file was moved, renamed, deleted or replaced. Nothing you typed is lost: save a copy elsewhere."


def moved(path: Path, left: tuple[int, int, int, int] | None) -> str:
    """``MOVED`` where another file stands at a path than the one that left such a trace, or none; else ""."""
    now = trace(path)
    return "" if now and left and now[:2] == left[:2] else MOVED


def unfinished(path: Path) -> bool:
    """Whether a save was cut off: SQLite's journal, with which it is put right, still lies beside the file."""
    return _beside(path, "-journal").exists()


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def check(path: Path, name: str = "") -> None:
    """Look at a file's first bytes and length; raises Refused where it is no whole plan file of a known format.

    ``name`` is what it is called to people, where that is not the path's.
    """
    name = name or path.name
    if header(path, name).shared or _beside(path, "-wal").exists():
        raise Refused(f"“{name}” was left unfinished by another program. Ask for it to be sent again.")


@dataclass(frozen=True, slots=True)
class Header:
    """What the first bytes say: how long the file is to be, how long it is, and whether it may have a log beside it."""

    whole: int
    size: int
    shared: bool


def header(path: Path, name: str) -> Header:
    """The first bytes of a file; raises Refused where they are not those of a whole plan file of a known format.

    The fields are those of the SQLite file format (sqlite.org/fileformat2.html, section 1.3).
    """
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise Refused(f"“{name}” is not a plan file.")
        with path.open("rb") as file:
            first = file.read(100)
    except FileNotFoundError:
        raise Refused(f"“{name}” is not there any more; it may have been moved or renamed.") from None
    except OSError as problem:
        raise Refused(f"“{name}” cannot be read: {problem.strerror or 'the system does not allow it'}.") from None
    if not facts.st_size:
        raise Refused(f"“{name}” is empty: it probably did not arrive whole. Ask for it to be sent again.")
    if facts.st_size > LARGEST:
        raise Refused(f"“{name}” is too big to be a plan.")
    if first[:2] == b"PK":
        raise Refused(f"“{name}” is a zip file: unpack it first, then open the plan in it.")
    if first[:16] != b"SQLite format 3\0" or len(first) < 100:  # noqa: PLR2004 - the header's length
        raise Refused(f"“{name}” is not a plan file.")
    return _header(name, first, facts.st_size)


def _header(name: str, first: bytes, size: int) -> Header:
    page = int.from_bytes(first[16:18], "big")
    page = 65536 if page == 1 else page
    whole = page * int.from_bytes(first[28:32], "big")
    if int.from_bytes(first[68:72], "big") != schema.APPLICATION_ID:
        raise Refused(f"“{name}” is not a plan file: it belongs to another program.")
    if page < 512 or page & (page - 1) or not whole:  # noqa: PLR2004 - the smallest page
        raise Damaged(damaged(name))
    if size < whole:
        raise Damaged(f"“{name}” was cut short: {100 * size // whole} % of it arrived. Ask for it to be sent again.")
    if int.from_bytes(first[60:64], "big") > schema.FORMAT:
        raise Refused(f"“{name}” was saved by a newer version of this program. Please update, then open it again.")
    return Header(whole, size, shared=b"\2" in first[18:20])  # write-ahead logging, which this program never uses


def why_read_only(path: Path) -> str:
    """Why a file cannot be written, as one sentence; "" where it can."""
    if not os.access(path, os.W_OK) or not path.stat().st_mode & 0o222:
        return "This file is read-only."
    if not os.access(path.parent, os.W_OK) or not path.parent.stat().st_mode & 0o222:
        return "The folder of this file cannot be written to."
    return ""


def opened(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """Open a plan file after looking at it closely; raises Refused, with nothing changed, where it is not sound."""
    if unfinished(path) and not _beside(path, "-journal").is_file():  # a pipe would be waited for
        raise Damaged(damaged(path.name))
    if unfinished(path) and not read_only:
        _rehearse(path)
    else:
        check(path)
    try:
        connection = connect(path, read_only=read_only)
    except BROKEN:
        raise Damaged(damaged(path.name)) from None
    try:
        examine(connection, path.name)
    except BaseException:
        connection.close()
        raise
    return connection


def _rehearse(path: Path) -> None:
    """Put a save that was cut off right on a copy first: what lies beside a file may be anybody's."""
    import shutil  # slow to load, both
    import tempfile

    with tempfile.TemporaryDirectory(prefix="cypp-") as folder:
        copy = Path(folder, "plan" + SUFFIX)
        try:
            for ending in ("", "-journal"):
                if _beside(path, ending).stat().st_size > LARGEST:
                    raise Refused(f"“{path.name}” is too big to be a plan.")
                shutil.copyfile(_beside(path, ending), _beside(copy, ending))
            connection = connect(copy, read_only=False)
        except (OSError, *BROKEN):
            raise Damaged(damaged(path.name)) from None
        try:
            examine(connection, path.name)
        finally:
            connection.close()
        check(copy, path.name)


def address(path: Path) -> str:
    """A file as SQLite's URI, to which options can be added; any name can be one."""
    place = os.fsencode(path.resolve()).replace(os.fsencode(os.sep), b"/")
    slash = "" if place.startswith(b"/") else "/"  # before the letter of a drive
    return f"file://{slash}{urllib.parse.quote(place)}"


def connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """Open a checked plan file with the settings that keep it safe; never creates one."""
    connection = sqlite3.connect(
        f"{address(path)}?mode={'ro' if read_only else 'rw'}",
        uri=True,
        isolation_level=None,
        timeout=5,
        check_same_thread=False,  # long steps are carried out off the window's thread, one at a time (see long.py)
    )
    try:
        for setting in schema.SETTINGS:
            if not (read_only and setting.startswith("journal_mode")):
                connection.execute(f"PRAGMA {setting}")
    except BaseException:
        connection.close()
        raise
    return connection


def examine(connection: sqlite3.Connection, name: str) -> None:
    """Refuse a file whose tables are not this program's, or whose pages are damaged.

    Tables first: checking the pages would run what a foreign table definition says.
    """
    try:
        found = set(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema LIMIT 1000"))
        if found != schema.expected(schema.format_of(connection)):
            raise Refused(f"“{name}” holds things that this program never makes, so it is not opened.")
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise Damaged(damaged(name))
    except BROKEN as problem:
        if getattr(problem, "sqlite_errorname", "").startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_BUSY")):
            raise Refused(f"“{name}” cannot be opened: {sentence(problem)}") from None
        raise Damaged(damaged(name)) from None


def doc_id(path: Path) -> str:
    """Which plan a file says it is of; "" where it is none that can be opened. Nothing of it is to be trusted."""
    try:
        with closing(opened(path, read_only=True)) as connection:
            found = connection.execute("SELECT value FROM meta WHERE key='doc_id'").fetchone()
    except (Refused, OSError, *BROKEN):
        return ""
    return str(found[0]) if found else ""


def free_path(folder: Path, name: str, ending: str = SUFFIX) -> Path:
    """A file in a folder that is not there yet: "name.cypp", "name 2.cypp" …"""
    number, path = 1, folder / f"{name}{ending}"
    while path.exists():
        number += 1
        path = folder / f"{name} {number}{ending}"
    return path


def create(path: Path) -> None:
    """Make a new, empty file; raises Refused where one is there already or the place cannot be written."""
    try:
        with path.open("xb"):
            pass
    except FileExistsError:
        raise Refused(f"There is already a file “{path.name}” in that folder.") from None
    except OSError as problem:
        raise Refused(f"“{path.name}” cannot be made there: {problem.strerror or 'no reason given'}.") from None


@contextmanager
def making_way(path: Path) -> Iterator[None]:
    """Keep a file of that name, if there is one, aside for a new one; it is back where making that fails."""
    if not path.exists():
        yield
        return
    aside = path.with_name(f"{path.name}.replaced")
    path.replace(aside)
    try:
        yield
    except BaseException:
        aside.replace(path)
        raise
    with suppress(OSError):  # the new file counts; what is left beside it does no harm
        aside.unlink()


def copy_to(
    connection: sqlite3.Connection,
    target: Path,
    same: Callable[[sqlite3.Connection], bool],
    prepare: Callable[[Path], None] = lambda _: None,
) -> None:
    """Write a whole copy of an open plan, if it is found to be the ``same``; raises CannotSave.

    The target appears complete or not at all. ``prepare`` can alter the copy before that.
    """
    spare = target.with_name(f".{os.urandom(8).hex()}{SUFFIX}")
    try:
        connection.execute("VACUUM INTO ?", (os.fsdecode(spare),))
        prepare(spare)
        with closing(opened(spare, read_only=True)) as copy:
            whole = same(copy)
        if whole:
            sync(spare)
            spare.replace(target)
            sync_folder(target.parent)
    except (OSError, *BROKEN, Refused) as problem:
        raise CannotSave(f"The copy could not be written: {sentence(problem)}") from problem
    finally:
        with suppress(OSError):
            spare.unlink(missing_ok=True)
    if not whole:
        raise CannotSave("The copy could not be written: another program has altered the file that is open.")


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
    "SQLITE_READONLY_ROLLBACK": "a save was cut off; open it once from a place that can be written to.",
    "SQLITE_READONLY_DIRECTORY": "the folder cannot be written to.",
    "SQLITE_CANTOPEN": "the folder cannot be written to.",
    "SQLITE_BUSY": "another program is using the file.",
    "SQLITE_LOCKED": "another program is using the file.",
    "SQLITE_CORRUPT": "the file is damaged.",
    "SQLITE_NOTADB": "the file was replaced by something else.",
}


def not_saved(problem: Exception) -> CannotSave:
    """What to raise where a step could not be written."""
    return CannotSave(f"This was not saved: {sentence(problem)} Nothing you typed is lost.")


def sentence(problem: Exception) -> str:
    """What went wrong with a file, in words for people."""
    problem = problem.__cause__ if isinstance(problem.__cause__, Exception) else problem
    name = str(getattr(problem, "sqlite_errorname", ""))
    for code in (name, "_".join(name.split("_")[:2])):
        if code in _REASONS:
            return _REASONS[code]
    if isinstance(problem, OSError) and problem.strerror:
        return f"{problem.strerror[:1].lower()}{problem.strerror[1:]}."
    return "the disk or the network folder did not answer."
