"""What belongs to one file alone: the facts that a copy for somebody else carries, and those that stay at home."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from cypp_desktop.document import file, journal
from cypp_desktop.document.store import Store
from cypp_desktop.domain.slips import Slip

SLIP, COPY, CLEAN = "slip", "copy", "clean"
"""Facts in ``meta``: a return slip's leads and period, which ``Copy`` (id) a file went out as, whether it is clean."""
_KEPT = ("doc_id", "seal", "lamport", "min_reader", "min_writer")
_LONGEST = 10_000


def preparation(facts: Mapping[str, str] | None) -> Callable[[Path], None]:
    """What is done to a new copy before it has its name: nothing without facts, else :func:`prepare`."""
    return (lambda _: None) if facts is None else (lambda path: prepare(path, facts))


def prepare(path: Path, facts: Mapping[str, str]) -> None:
    """Take out of a new copy what does not concern its reader, give it its own facts, and read it as they will.

    Drafts and facts that are only this file's go. Raises Refused where it could not be taken in again.
    """
    from cypp_desktop.document import safe_open  # not needed to open a plan

    with closing(file.connect(path, read_only=False)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM draft")
        connection.execute(f"DELETE FROM meta WHERE key NOT IN ({','.join('?' * len(_KEPT))})", _KEPT)
        there = Store(connection)
        for key, value in facts.items():
            there.set_meta(key, value)
        connection.execute("COMMIT")
    safe_open.read(path)


def slip_facts(slip: Slip) -> dict[str, str]:
    """The facts that make a copy a return slip."""
    return {SLIP: json.dumps([slip.period, slip.since, *slip.leads]), COPY: slip.copy}


def slip_of(store: Store) -> Slip | None:
    """What return slip a file is; None where it is none, or does not say it in our way."""
    words = store.meta(SLIP)
    try:
        found = json.loads(words) if 0 < len(words) <= _LONGEST else []
    except (ValueError, RecursionError):
        return None
    match found:
        case [str() as period, int() as since, *leads] if leads and all(isinstance(one, str) for one in leads):
            return Slip(tuple(leads), period, min(max(since, 0), journal.HIGHEST), store.meta(COPY))
    return None
