"""What imports left to look at: a fact about the plan's file, kept until it is dismissed and in no copy for others."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from cypp_desktop.document.document import Document
from cypp_desktop.exchange.importing.remarks import OPEN, Remark

FACT = "imports"
"""The fact's name; its words are JSON: for each import [source, time (ISO), [[kind, place, sentence, words], …]]."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What one import left: its source's name, when it was (ISO), and its remarks, what was not understood first."""

    name: str
    at: str
    remarks: tuple[Remark, ...]


def keep(document: Document, name: str, remarks: Iterable[Remark]) -> None:
    """Keep what an import left, before what earlier ones did; raises CannotSave."""
    found = tuple(sorted(remarks, key=lambda one: one.kind != OPEN))
    if found:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        put(document, [Kept(name, at, found), *kept(document)])


def kept(document: Document) -> list[Kept]:
    """What imports left and nobody dismissed, the latest import first; something else may have written there."""
    try:
        return [
            Kept(str(name), str(at), tuple(Remark(*map(str, one)) for one in remarks))
            for name, at, remarks in json.loads(document.fact(FACT) or "[]")
        ]
    except (ValueError, TypeError, RecursionError):
        return []


def put(document: Document, left: Iterable[Kept]) -> None:
    """Keep this and nothing else; raises CannotSave."""
    said = [
        [one.name, one.at, [[it.kind, it.place, it.sentence, it.words] for it in one.remarks]]
        for one in left
        if one.remarks
    ]
    document.keep_fact(FACT, json.dumps(said) if said else "")
