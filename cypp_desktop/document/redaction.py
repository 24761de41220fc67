"""Taking recorded values out of the history for good, such as what should never have been written down about a child.

The change stays, with its id and what it replaced; its value and salt are emptied, and a mark says so. So old copies
still merge, and do not bring the value back. Where such a mark arrives by merging, the value here goes only when
somebody agrees: otherwise a stranger could make us forget.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from cypp_desktop.document import file, journal
from cypp_desktop.document.file import BROKEN, CannotSave
from cypp_desktop.document.journal import Row
from cypp_desktop.document.store import Store
from cypp_desktop.domain.change import REDACT, Change, Refused
from cypp_desktop.domain.plan import Value

OP = "redact"
"""The op of a change that says of another, by its id as the record, that its value was removed for good."""


def targets(store: Store, ids: Collection[bytes]) -> list[Row]:
    """The changes whose values are to go; raises Refused where one is not there or is no value that a person wrote."""
    found = list(store.changes(ids).values())
    if len(found) < len(set(ids)):
        raise Refused("That is not in the history of this plan.")
    if any(row.field.startswith("_") for row in found):
        raise Refused("Only values that somebody wrote can be removed from the history.")
    return [row for row in found if row.value is not None]


def marks(store: Store, rows: Sequence[Row]) -> list[Change]:
    """What is to say in the journal that the values of changes were removed, where it does not say so already."""
    said: dict[str, set[Value]] = {}
    for mark in store.marks(REDACT):
        said.setdefault(mark.record, set()).add(journal.read(mark.value))
    return [Change(row.id.hex(), REDACT, None, after=True) for row in rows if said.get(row.id.hex()) != {True}]


def requests(store: Store) -> Iterator[tuple[list[Row], Row]]:
    """The removals that came by merging and were neither agreed to nor declined: their marks, and what they name."""
    asked: dict[bytes, list[Row]] = {}
    for mark in store.marks(REDACT):
        if journal.read(mark.value) is True and journal.is_hex(mark.record, 2 * journal.ID):
            asked.setdefault(bytes.fromhex(mark.record), []).append(mark)
    for one, row in store.changes(asked).items():
        if row.value is not None and not row.field.startswith("_"):
            yield asked[one], row


def holding(rows: Iterable[Row], words: str) -> list[Row]:
    """The changes whose recorded values hold some words, in whatever case they are written."""
    wanted = " ".join(words.split()).casefold()
    return [row for row in rows if wanted and not row.field.startswith("_") and wanted in _plain(row)]


def about(rows: Sequence[Row], words: str) -> list[Row]:
    """The changes that wrote some words, and those that replaced or deleted a value of ``rows`` that holds them."""
    named = {row.id for row in holding(rows, words)}
    return [row for row in rows if row.id in named or not named.isdisjoint(journal.split(row.parents))]


def _plain(row: Row) -> str:
    value = journal.read(row.value)
    whole = " ".join(value) if isinstance(value, tuple) else value if isinstance(value, str) else ""
    return " ".join(whole.split()).casefold()


def search(path: Path, words: str) -> list[Row]:
    """The same of a plan file's whole history, latest first; it opens the file for itself. Raises Refused."""
    try:
        with closing(file.connect(path, read_only=True)) as connection:
            return holding(Store(connection).history(), words)
    except BROKEN as problem:
        raise Refused(f"The history cannot be read: {file.sentence(problem)}") from None


def from_backups(doc_id: str, ids: Collection[bytes], author: str) -> list[str]:
    """Take recorded values out of all backups of a plan on this computer; the names of those that it failed with."""
    from cypp_desktop.document import backups
    from cypp_desktop.document.document import Document

    done: set[Path] = set()
    left = []
    while paths := {*backups.folder(doc_id).glob(f"*{file.SUFFIX}")} - done:  # renewing an old one makes another
        for path in sorted(paths):
            done.add(path)
            try:
                with closing(Document.open(path, author)) as backup:
                    if there := [row.id for row in backup.changes(ids) if row.value is not None]:
                        backup.redact(there)
            except (Refused, CannotSave):
                left.append(path.name)
    return left
