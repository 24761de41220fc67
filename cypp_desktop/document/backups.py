"""Backups: whole copies of a plan in the program's own folder, where nobody mails them by mistake.

They roll: all of the last two days are kept, then one a day, a week and a month, the last ten from before something
that cannot be taken back in another way, and never more than 500 MB. Only a backup that was read again and found sound
pushes older ones out. (The numbers are Anki's.)
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cypp_desktop.document import file, journal, schema
from cypp_desktop.document.file import BROKEN, CannotSave
from cypp_desktop.document.store import Store
from cypp_desktop.domain.change import Refused
from cypp_desktop.domain.plan import Plan
from cypp_desktop.domain.values import dataclass

OPENING, EDITING, BEFORE = "opening", "editing", "before"
"""Why a backup was made: the plan was opened after it had changed, it was edited for a while, or before what a name
that begins so says ("before-upgrade")."""
EVERY = timedelta(minutes=30)
RECENT = timedelta(days=2)
DAYS, WEEKS, MONTHS, BEFORES = 12, 10, 9, 10
MOST_BYTES = 500 << 20
_PATHS = "paths.txt"
_NAME = re.compile(rf"([a-z-]+)-(\d{{8}}T\d{{6}}\.\d{{6}})Z{re.escape(file.SUFFIX)}")


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup of a plan: where it is, when and why it was made, and its size in bytes."""

    path: Path
    at: datetime
    why: str
    size: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What a backup lacks of the plan as it is now (changes, and by whom), and how many it has that are not here."""

    lacks: int
    people: tuple[str, ...]
    more: int


_chosen: list[Path] = []


def keep_in(folder: Path | None) -> None:
    """Keep backups below another folder from now on; None for the usual one."""
    _chosen[:] = [folder] if folder else []


def home() -> Path:
    """The folder below which the backups of all plans lie."""
    if _chosen:
        return _chosen[0]
    from platformdirs import user_data_path  # not needed to open a plan

    return user_data_path("cypp_desktop", appauthor=False) / "backups"


def folder(doc_id: str) -> Path:
    """Where the backups of a plan lie."""
    own = "".join(letter for letter in doc_id if letter.isascii() and letter.isalnum())[:64]
    return home() / (own or "plan")


def found(doc_id: str) -> list[Backup]:
    """All backups of a plan, latest first."""
    backups = []
    with suppress(OSError):
        for path in folder(doc_id).iterdir():
            if match := _NAME.fullmatch(path.name):
                with suppress(OSError, ValueError):  # it goes just now, or no such day ever was
                    at = datetime.strptime(match[2], "%Y%m%dT%H%M%S.%f").replace(tzinfo=UTC)
                    backups.append(Backup(path, at, match[1], path.stat().st_size))
    return sorted(backups, key=lambda one: (one.at, one.path.name), reverse=True)


def keep(connection: sqlite3.Connection, why: str) -> Path:
    """Write a backup of an open plan, read it again, and let old ones go where it is sound; raises CannotSave."""
    there, now = Store(connection), datetime.now(UTC)
    doc_id, seal = there.meta("doc_id"), there.meta("seal")
    target = folder(doc_id) / f"{why}-{now:%Y%m%dT%H%M%S.%fZ}{file.SUFFIX}"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise CannotSave(f"The backup could not be written: {file.sentence(problem)}") from problem
    sound = False

    def same(copy: sqlite3.Connection) -> bool:
        nonlocal sound
        store = Store(copy)
        today = schema.format_of(copy) == schema.FORMAT
        plan = store.load() if today else Plan(journal.fold(store.rows()))
        sound = bool(plan.root) and journal.seal(store.ids()) == seal
        return store.meta("seal") == seal

    file.copy_to(connection, target, same)
    if sound:
        for old in outlived(found(doc_id), now):
            with suppress(OSError):
                old.path.unlink()
    return target


def keep_if_changed(path: Path, why: str, *, least: timedelta = timedelta(0)) -> Path | None:
    """Write a backup of a plan file that is open elsewhere in this program, through a connection of its own.

    None where the latest one holds the same, or is not older than ``least``. Raises CannotSave.
    """
    try:
        with closing(file.connect(path, read_only=True)) as connection:
            there = Store(connection)
            _remember(path, there.meta("doc_id"))
            latest = next(iter(found(there.meta("doc_id"))), None)
            if latest and (datetime.now(UTC) - latest.at < least or _seal(latest) == there.meta("seal")):
                return None
            return keep(connection, why)
    except BROKEN as problem:
        raise CannotSave(f"The backup could not be written: {file.sentence(problem)}") from problem


def latest_good(path: Path) -> Backup | None:
    """The latest backup that is sound of the plan that was in a file, which cannot be read itself any more."""
    from cypp_desktop.document.document import Document

    for there in sorted(home().glob("*"), key=lambda one: one.name):
        with suppress(OSError, UnicodeDecodeError):
            if str(path.resolve()) not in (there / _PATHS).read_text("utf-8").splitlines():
                continue
            for one in found(there.name):
                with suppress(Refused), closing(Document.open(one.path, "", read_only=True)) as kept:
                    if not kept.check():
                        return one
    return None


def _remember(path: Path, doc_id: str) -> None:
    """Note where a plan lies, to know its backups where it cannot be read any more."""
    paths = folder(doc_id) / _PATHS
    with suppress(OSError, UnicodeDecodeError):
        known = paths.read_text("utf-8").splitlines() if paths.exists() else []
        if str(path.resolve()) not in known:
            paths.parent.mkdir(parents=True, exist_ok=True)
            paths.write_text("\n".join([*known[-99:], str(path.resolve())]), "utf-8")


def _seal(backup: Backup) -> str:
    with suppress(*BROKEN), closing(file.connect(backup.path, read_only=True)) as connection:
        return Store(connection).meta("seal")
    return ""


def outlived(backups: Sequence[Backup], now: datetime) -> list[Backup]:
    """Those of a plan's backups, latest first, that are kept no longer."""
    kept = {one for one in backups if now - one.at <= RECENT}
    kept.update([one for one in backups if one.why.startswith(BEFORE)][:BEFORES])
    for span, most in ((_day, DAYS), (_week, WEEKS), (_month, MONTHS)):
        latest: dict[str, Backup] = {}
        for one in backups:
            latest.setdefault(span(one.at), one)
        kept.update(list(latest.values())[:most])
    total, out = 0, []
    for one in backups:
        total += one.size if one in kept else 0
        if one not in kept or (total > MOST_BYTES and one is not backups[0]):
            out.append(one)
    return out


_Span = Callable[[datetime], str]
_day: _Span = "{:%Y-%m-%d}".format
_week: _Span = "{:%G-%V}".format
_month: _Span = "{:%Y-%m}".format


def compare(path: Path, backup: Backup) -> Difference:
    """What a backup lacks of the plan in a file, and what it has besides; raises CannotSave where it cannot be read."""
    try:
        with (
            closing(file.connect(path, read_only=True)) as now,
            closing(file.connect(backup.path, read_only=True)) as then,
        ):
            ours, theirs = Store(now).ids(), Store(then).ids()
            lacking = Store(now).changes(ours - theirs).values()
    except BROKEN as problem:
        raise CannotSave(f"“{backup.path.name}” cannot be read: {file.sentence(problem)}") from problem
    return Difference(len(lacking), tuple(sorted({row.author for row in lacking})), len(theirs - ours))
