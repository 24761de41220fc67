"""Many copies, one plan: what copies that came back hold, and taking them in.

Merging is the union of two sets of unchangeable changes, so copies can be taken in in any order, twice, late, and by
way of one another. Nothing is decided by it: where two people wrote one cell without knowing of each other, both
values stand (:mod:`cypp_desktop.document.conflicts`) until somebody writes one that replaces them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cypp_desktop.document import safe_open
from cypp_desktop.document.document import Document
from cypp_desktop.document.journal import Row
from cypp_desktop.domain import copies
from cypp_desktop.domain.change import KIND, Refused
from cypp_desktop.domain.plan import Copy, Plan


@dataclass(frozen=True, slots=True)
class Incoming:
    """What taking in one file would bring; ``refused`` is the sentence why nothing of it can be taken in.

    ``people`` wrote its new changes, in so many ``steps``, the last of them at ``latest`` (ISO, by their clock);
    ``known`` changes are here already, the last of them made at ``state``. ``copy`` is the id of the ``Copy`` that it
    went out as, "" where that is not known.
    """

    path: Path
    refused: str = ""
    notices: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    steps: int = 0
    known: int = 0
    latest: str = ""
    state: str = ""
    copy: str = ""
    rows: tuple[Row, ...] = field(default=(), repr=False)

    @property
    def new(self) -> int:
        """How many changes of it are not here yet."""
        return len(self.rows)


def preview(document: Document, paths: Iterable[Path]) -> list[Incoming]:
    """What each file would bring; nothing is written anywhere."""
    return list(previews(document, paths))


def previews(document: Document, paths: Iterable[Path]) -> Iterator[Incoming]:
    """The same, file by file as it is asked for; raises Refused where the open plan's own history was altered."""
    ours = document.journal()
    for path in paths:
        try:
            yield _preview(document, Path(path), ours)
        except Refused as problem:
            yield Incoming(Path(path), refused=_addressed(document.plan, Path(path), str(problem)))


def _preview(document: Document, path: Path, ours: Mapping[bytes, Row]) -> Incoming:
    arrived = safe_open.read(path, ours)
    if arrived.clean:
        raise Refused(f"“{path.name}” is a clean copy: it has no history, so nothing of it can be taken in.")
    if arrived.doc_id != document.doc_id:
        raise Refused(f"“{path.name}” is of another plan: it was not made from a copy of this one.")
    new = tuple(row for row in arrived.rows if row.id not in ours)
    if not _fits(document, new):
        raise Refused(f"“{path.name}” does not fit this plan, so nothing of it is taken in.")
    people = tuple(sorted({row.author for row in new}))
    return Incoming(
        path,
        notices=arrived.notices,
        people=people,
        steps=len({row.step for row in new}),
        known=len(arrived.rows) - len(new),
        latest=max((row.at for row in new), default=""),
        state=max((row.at for row in arrived.rows if row.id in ours), default=""),
        copy=_sent_as(document.plan, arrived.copy, people),
        rows=new,
    )


def _sent_as(plan: Plan, copy: str, people: Iterable[str]) -> str:
    """The copy that came back: the one that a file names, else the only one that went to somebody who wrote in it."""
    if isinstance(plan.get(copy), Copy):
        return copy
    names = {name.casefold() for name in people}
    found = [one.id for one in plan.of(Copy) if one.to.casefold() in names and not one.answered_at]
    return found[0] if len(found) == 1 else ""


def _addressed(plan: Plan, path: Path, sentence: str) -> str:
    """A refusal that says whom to ask, where the file's name tells to whom it went."""
    stem = path.stem.casefold()
    sent = [one for one in plan.of(Copy) if one.to and one.file]
    found = next((one.to for one in sent if stem.startswith(Path(one.file).stem.casefold())), "")
    return sentence.replace("Ask for it to be sent again.", f"Ask {found} to send it again.") if found else sentence


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
        back = [one.copy for one in incoming if one.rows]
        names = " and ".join(sorted({row.author for row in rows.values()}))
        document.take_in(list(rows.values()), f"taking in of changes by {names}", copies.answered(document.plan, back))
    return len(rows)
