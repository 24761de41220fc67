"""A new plan file made of changes that were written before: a plan's past, or what is sound of a damaged one."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from cypp_desktop.document import file, journal, schema
from cypp_desktop.document.journal import Row
from cypp_desktop.document.store import Store
from cypp_desktop.domain.change import Refused


def write(target: Path, rows: Sequence[Row], doc_id: str = "") -> None:
    """Make a file whose whole journal these rows are; it is of a plan of its own unless ``doc_id`` says of which.

    Raises Refused, and then there is no file.
    """
    file.create(target)
    try:
        with closing(file.connect(target, read_only=False)) as connection:
            store = Store(schema.build(connection))
            connection.execute("BEGIN IMMEDIATE")
            if doc_id:
                store.set_meta("doc_id", doc_id)
            store.put(rows)
            store.set_meta("seal", journal.seal(row.id for row in rows))
            store.rebuild()
            connection.execute("COMMIT")
    except (OSError, *file.BROKEN) as problem:
        target.unlink(missing_ok=True)
        raise Refused(f"“{target.name}” cannot be made there: {file.sentence(problem)}") from None
