"""Backups: whole copies of a plan in the program's own folder, where nobody mails them by mistake."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from cypp_desktop.document import file
from cypp_desktop.document.store import Store


def folder(doc_id: str) -> Path:
    """Where the backups of a plan lie."""
    from platformdirs import user_data_path  # not needed to open a plan

    own = "".join(letter for letter in doc_id if letter.isascii() and letter.isalnum())[:64]
    return user_data_path("cypp_desktop", appauthor=False) / "backups" / (own or "plan")


def keep(connection: sqlite3.Connection, why: str) -> Path:
    """Write a whole copy of an open plan into its folder; raises CannotSave.

    ``why`` is the first word of its name, such as "before".
    """
    there = Store(connection)
    target = folder(there.meta("doc_id")) / f"{why}-{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}{file.SUFFIX}"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise file.CannotSave(f"The backup could not be written: {file.sentence(problem)}") from problem
    file.copy_to(connection, target, lambda copy: Store(copy).meta("seal") == there.meta("seal"))
    return target
