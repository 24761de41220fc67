"""Many copies, one plan: what copies that came back hold, and taking them in.

Merging is the union of two sets of unchangeable changes, so copies can be taken in in any order, twice, late, and by
way of one another. Nothing is decided by it: where two people wrote one cell without knowing of each other, both
values stand (:mod:`cypp_desktop.document.conflicts`) until somebody writes one that replaces them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cypp_desktop.document import safe_open
from cypp_desktop.document.document import Document
from cypp_desktop.document.journal import Row
from cypp_desktop.domain.change import KIND, Refused


@dataclass(frozen=True, slots=True)
class Incoming:
    """What taking in one file would bring; ``refused`` is the sentence why nothing of it can be taken in.

    ``people`` wrote its new changes, in so many ``steps``, the last of them at ``latest`` (ISO, by their clock);
    ``known`` changes are here already.
    """

    path: Path
    refused: str = ""
    notices: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    steps: int = 0
    known: int = 0
    latest: str = ""
    rows: tuple[Row, ...] = field(default=(), repr=False)

    @property
    def new(self) -> int:
        """How many changes of it are not here yet."""
        return len(self.rows)


def preview(document: Document, paths: Iterable[Path]) -> list[Incoming]:
    """What each file would bring; nothing is written anywhere."""
    known = document.journal()
    return [_preview(document, Path(path), known) for path in paths]


def _preview(document: Document, path: Path, known: Mapping[bytes, Row]) -> Incoming:
    try:
        arrived = safe_open.read(path, known)
    except Refused as problem:
        return Incoming(path, refused=str(problem))
    if arrived.doc_id != document.doc_id:
        return Incoming(path, refused=f"“{path.name}” is of another plan: it was not made from a copy of this one.")
    new = tuple(row for row in arrived.rows if row.id not in known)
    if not _fits(document, new):
        return Incoming(path, refused=f"“{path.name}” does not fit this plan, so nothing of it is taken in.")
    return Incoming(
        path,
        notices=arrived.notices,
        people=tuple(sorted({row.author for row in new})),
        steps=len({row.step for row in new}),
        known=len(arrived.rows) - len(new),
        latest=max((row.at for row in new), default=""),
        rows=new,
    )


def _fits(document: Document, new: Sequence[Row]) -> bool:
    """Whether new records are new here too, and no other plan: two files can each be sound and not go together."""
    added = {row.record: row.value for row in new if row.field == KIND}
    return not any(added.get(record) not in (None, value) for record, value in document.kinds(added)) and not any(
        value == '"plan"' for value in added.values()
    )


def take_in(document: Document, incoming: Iterable[Incoming]) -> int:
    """Take in what was previewed, all files as one step that can be undone; how many changes that brought.

    Raises Refused or CannotSave, with nothing changed. The caller makes a backup first.
    """
    incoming = list(incoming)
    for one in incoming:
        if one.refused:
            raise Refused(one.refused)
    known = document.known()
    rows: dict[bytes, Row] = {}
    for row in (row for one in incoming for row in one.rows if row.id not in known):
        if row.id not in rows or row.value is not None:  # one copy may still have what was removed from another
            rows[row.id] = row
    if rows and not _fits(document, list(rows.values())):
        raise Refused("These copies do not fit together, so nothing of them is taken in.")
    if rows:
        names = " and ".join(sorted({row.author for row in rows.values()}))
        document.take_in(list(rows.values()), f"taking in of changes by {names}")
    return len(rows)
