"""The board pack as a file, in the format that the file's ending names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

from cypp_desktop.domain.change import Refused
from cypp_desktop.domain.plan import Plan
from cypp_desktop.exchange import words
from cypp_desktop.exchange.files import save
from cypp_desktop.reports import csv, docx, html, layouts, pdf, tables, xlsx
from cypp_desktop.reports.model import Paper, Report
from cypp_desktop.reports.options import PARTS, TEXT_SIZES, Options, People

FORMATS: Mapping[str, Callable[[Report], bytes]] = {
    "pdf": pdf.render,
    "docx": docx.render,
    "xlsx": xlsx.render,
    "html": html.render,
    "csv": csv.render,
}
"""How a report is written, by the file's ending; a renderer loads its library when it is called."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a board pack is asked to hold, in words; what is left empty is as the layout has it.

    Priorities are named by reference, title or id, leads and the period by name or id. ``layout`` is the name of one of
    the plan's own or of those that are built in; without it that is used which was chosen last. ``without`` are parts.
    """

    priorities: Sequence[str] = ()
    leads: Sequence[str] = ()
    period: str = ""
    paper: str = ""
    layout: str = ""
    without: Sequence[str] = ()
    people: str = ""
    watermark: str = ""
    text_size: str = ""


def write(plan: Plan, path: Path, asked: Asked | None = None) -> None:
    """Write the board pack; the file appears complete or not at all.

    Raises Refused for a word that means nothing in this plan, CannotSave where the file cannot be written.
    """
    kind = format_of(path)
    save(FORMATS[kind](tables.board_pack(plan, options(plan, asked or Asked()))), path)


def options(plan: Plan, asked: Asked) -> Options:
    """What was asked, on top of its layout; Refused for a word that means nothing."""
    found = _layout(plan, asked.layout)
    period = words.one_of(plan.periods, asked.period, "reporting period", "name") if asked.period else found.period
    return replace(
        found,
        parts=found.parts - {_named(word, PARTS, "part") for word in asked.without},
        priorities=tuple(words.one_of(plan.priorities, word, "priority", "ref", "title") for word in asked.priorities)
        or found.priorities,
        leads=tuple(words.one_of(plan.leads, word, "lead", "name") for word in asked.leads) or found.leads,
        period=period,
        paper=_named(asked.paper, get_args(Paper), "paper size") if asked.paper else found.paper,
        people=_named(asked.people, get_args(People), "way to call people") if asked.people else found.people,
        watermark=asked.watermark or found.watermark,
        text_size=_size(asked.text_size) if asked.text_size else found.text_size,
    )


def format_of(path: Path) -> str:
    """The format that a file's ending names; Refused where there is no such format."""
    kind = path.suffix.removeprefix(".").lower()
    if kind not in FORMATS:
        endings = ", ".join(f".{one}" for one in FORMATS)
        raise Refused(f"“{path.name}” does not say which format is wanted; its name can end in {endings}.")
    return kind


def _named(word: str, known: Iterable[str], what: str) -> Any:  # noqa: ANN401 - one of a few words
    """One of the words that are known, whatever its capitals; Refused for any other."""
    found = {one.casefold(): one for one in known}
    if word.casefold() not in found:
        raise Refused(f"“{word}” is no {what} here; there are {', '.join(found.values())}.")
    return found[word.casefold()]


def _size(word: str) -> str:
    size: str = _named(word, ["normal", *filter(None, TEXT_SIZES)], "size of text")
    return "" if size == "normal" else size


def _layout(plan: Plan, name: str) -> Options:
    if not name:
        return layouts.chosen(plan)
    found = layouts.find(plan, name)
    if found is None:
        there = ", ".join(filter(None, [*(one.name for one in layouts.kept(plan)), *layouts.BUILT_IN]))
        raise Refused(f"There is no layout “{name}”; there are {there}.")
    return found
