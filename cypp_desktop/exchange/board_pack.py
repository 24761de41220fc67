"""The board pack as a file, in the format that the file's ending names."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import cast

from cypp_desktop.document.file import CannotSave, sentence, sync, sync_folder
from cypp_desktop.domain.change import Refused
from cypp_desktop.domain.plan import Plan, Record
from cypp_desktop.reports import csv, docx, html, pdf, tables, xlsx
from cypp_desktop.reports.model import Paper, Report

FORMATS: Mapping[str, Callable[[Report], bytes]] = {
    "pdf": pdf.render,
    "docx": docx.render,
    "xlsx": xlsx.render,
    "html": html.render,
    "csv": csv.render,
}
"""How a report is written, by the file's ending; a renderer loads its library when it is called."""


def write(
    plan: Plan,
    path: Path,
    *,
    priorities: Sequence[str] = (),
    leads: Sequence[str] = (),
    period: str = "",
    paper: str = "A4",
    layout: str = "",
) -> None:
    """Write the board pack; the file appears complete or not at all.

    Priorities are named by reference, title or id, leads and the period by name or id. Raises Refused for a word that
    means nothing in this plan, CannotSave where the file cannot be written. ``layout`` is one of ``tables.LAYOUTS``;
    without one the action table has the plan's own columns.
    """
    kind = format_of(path)
    options = tables.Options(
        priorities=tuple(_one(plan.priorities, word, "priority", "ref", "title") for word in priorities),
        leads=tuple(_one(plan.leads, word, "lead", "name") for word in leads),
        period=_one(plan.periods, period, "reporting period", "name") if period else "",
        paper=_paper(paper),
        columns=_layout(layout),
    )
    save(FORMATS[kind](tables.board_pack(plan, options)), path)


def format_of(path: Path) -> str:
    """The format that a file's ending names; Refused where there is no such format."""
    kind = path.suffix.removeprefix(".").lower()
    if kind not in FORMATS:
        endings = ", ".join(f".{one}" for one in FORMATS)
        raise Refused(f"“{path.name}” does not say which format is wanted; its name can end in {endings}.")
    return kind


def save(data: bytes, path: Path) -> None:
    """Write a file whole, in place of one that is there; raises CannotSave, and then nothing has changed."""
    spare = path.with_name(f".cypp-{secrets.token_hex(8)}{path.suffix}")
    try:
        with spare.open("xb") as file:
            file.write(data)
        sync(spare)
        spare.replace(path)
        sync_folder(path.parent)
    except OSError as problem:
        with suppress(OSError):
            spare.unlink(missing_ok=True)
        raise CannotSave(f"“{path.name}” could not be written: {sentence(problem)}") from problem


def _paper(words: str) -> Paper:
    if words not in ("A4", "A3"):
        raise Refused(f"“{words}” is no paper size here; there are A4 and A3.")
    return cast("Paper", words)


def _layout(words: str) -> tuple[str, ...]:
    if words and words not in tables.LAYOUTS:
        raise Refused(f"There is no layout “{words}”; there are {', '.join(tables.LAYOUTS)}.")
    return tables.LAYOUTS.get(words, ())


def _one(records: Iterable[Record], word: str, what: str, *fields: str) -> str:
    """The id of the record that a word names; Refused where none or more than one is meant."""
    wanted = " ".join(word.split()).casefold()
    found = [one for one in records if wanted in {one.id, *(_said(one, field).casefold() for field in fields)}]
    if len(found) == 1:
        return found[0].id
    if found:
        raise Refused(f"“{word}” names {len(found)} of the plan’s {_many(what)}; give an id instead.")
    names = ", ".join(filter(None, (_said(one, fields[0]) or one.id for one in records)))
    there = f"it has {names}" if names else "it has none"
    raise Refused(f"The plan has no {what} “{word}”; {there}.")


def _said(record: Record, field: str) -> str:
    return " ".join(str(getattr(record, field)).split())


def _many(what: str) -> str:
    return f"{what.removesuffix('y')}ies" if what.endswith("y") else f"{what}s"
