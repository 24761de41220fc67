"""Sending copies: one file for each person, checked before it has its name, and remembered in the plan."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from cypp_desktop.document import safe_open, sent, zipped
from cypp_desktop.document.document import Document
from cypp_desktop.document.file import SUFFIX, free_path
from cypp_desktop.domain import clean, copies
from cypp_desktop.domain.change import Branch, Refused, Step, add_branches, new_id
from cypp_desktop.domain.order import Keys
from cypp_desktop.domain.plan import Copy, Lead, Plan
from cypp_desktop.domain.slips import Slip, open_period, own_actions
from cypp_desktop.exchange import handover

AUTHOR = "Clean copy"
"""Whose changes a clean copy's are: nobody's name is in it that the plan does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """A copy that is to go out, or went: what of the plan it is, to whom, and its file once it is written.

    ``scope`` is one of those of :mod:`cypp_desktop.domain.copies`; ``leads`` are the ids whose actions a slip is for;
    ``id`` is that of the ``Copy`` by which the plan remembers it.
    """

    scope: str = copies.WHOLE
    to: str = ""
    email: str = ""
    leads: tuple[str, ...] = ()
    roles: bool = False
    path: Path = Path()
    id: str = field(default_factory=new_id)


def slip(plan: Plan, leads: Sequence[str]) -> Sending:
    """A return slip for some leads (by id); raises Refused where they would have nothing to update."""
    open_period(plan)
    found = [lead for one in leads if isinstance(lead := plan.get(one), Lead)]
    names = " and ".join(lead.name for lead in found)
    if not own_actions(plan, leads):
        raise Refused(f"{names or 'Nobody'} has no actions in this plan, so there is nothing to update.")
    return Sending(scope=copies.SLIP, to=names, email=found[0].email if found else "", leads=tuple(leads))


def named(plan: Plan, sending: Sending, folder: Path, *, as_zip: bool = False) -> Sending:
    """The same with a file of its own in a folder: "Plan – who – date"."""
    who = "clean copy" if sending.scope == copies.CLEAN and not sending.to else sending.to
    name = handover.file_name(plan, who, date.today())  # noqa: DTZ011 - the officer's own day
    return replace(sending, path=free_path(folder, name, ".zip" if as_zip else SUFFIX))


def write(document: Document, sending: Sending) -> None:
    """Write a copy to its path, as a zip file where the path ends so; raises CannotSave or Refused.

    The file appears complete or not at all, after it was read as its reader will read it.
    """
    if sending.path.suffix.lower() != ".zip":
        _write(document, sending, sending.path)
        return
    from cypp_desktop.exchange import files

    with tempfile.TemporaryDirectory(prefix="cypp-") as folder:
        inside = Path(folder, sending.path.stem + SUFFIX)
        _write(document, sending, inside)
        files.save(handover.zipped(inside.name, inside.read_bytes()), sending.path)


def _write(document: Document, sending: Sending, path: Path) -> None:
    if sending.scope == copies.CLEAN:
        _write_clean(document.plan, path, roles=sending.roles)
        return
    facts = {sent.COPY: sending.id}
    if sending.scope == copies.SLIP:
        period = open_period(document.plan).id
        facts = sent.slip_facts(Slip(sending.leads, period, document.lamport, sending.id))
    document.save_copy(path, facts)


def _write_clean(plan: Plan, path: Path, *, roles: bool) -> None:
    """A file of its own, made anew from what the plan says now."""
    with tempfile.TemporaryDirectory(prefix="cypp-") as folder:
        made = Document.create(Path(folder, "clean" + SUFFIX), AUTHOR, clean.clean(plan, roles=roles))
        with closing(made):
            made.save_copy(path, {sent.CLEAN: "1"})


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """A plan file that came, for as long as it is looked at: the one in a zip file, else the file itself."""
    if not zipped.is_zip(path):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="cypp-") as folder:
        zipped.bring_out(path, plain := Path(folder, path.stem + SUFFIX))
        yield plain


def copied(source: Path, path: Path, author: str, *, own: bool = False) -> Document:
    """A copy of a plan file that came, or of the one in a zip file, opened; raises Refused, CannotSave.

    One that is not our ``own`` is read as a stranger's first. Tables are made anew where the journal says otherwise.
    """
    with unpacked(source) as plain:
        if not own:
            safe_open.read(plain)
        with closing(Document.open(plain, "", read_only=True)) as original:
            original.save_copy(path)
    document = Document.open(path, author)
    if not document.read_only and document.check():
        document.rebuild()
    return document


def remember(plan: Plan, written: Iterable[Sending], keys: Keys) -> Step:
    """The step by which the plan remembers who has copies since now."""
    written, at = list(written), copies.now()
    branches = [
        Branch(
            Copy.kind,
            {"to": one.to, "lead": "".join(one.leads[:1]), "scope": one.scope, "sent_at": at, "file": one.path.name},
            id=one.id,
        )
        for one in written
    ]
    label = (
        f"sending to {written[0].to}" if len(written) == 1 and written[0].to else f"sending of {len(written)} copies"
    )
    return add_branches(plan, plan.root, branches, keys=keys, label=label)
