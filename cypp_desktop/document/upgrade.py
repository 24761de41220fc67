"""A plan file of an older format is brought to today's, after a backup; one that can only be read stays as it is."""

from __future__ import annotations

import sqlite3

from cypp_desktop.document import backups, file, schema
from cypp_desktop.document.store import Store


def upgraded(connection: sqlite3.Connection, name: str, read_only: str) -> tuple[sqlite3.Connection, str]:
    """A checked connection to a file in today's format, and why it can only be read; raises Refused.

    ``read_only`` is why it could only be read before. A file that stays as it is is read in a copy in memory.
    """
    if not read_only:
        try:
            backups.keep(connection, "before-upgrade")
            return _climbed(connection), ""
        except (OSError, *file.BROKEN) as problem:
            read_only = f"This plan was saved by an older version and could not be renewed: {file.sentence(problem)}"
    memory = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.backup(memory)
        return _climbed(memory), read_only
    except file.BROKEN:
        memory.close()
        raise file.Damaged(file.damaged(name)) from None
    finally:
        connection.close()


def _climbed(connection: sqlite3.Connection) -> sqlite3.Connection:
    return schema.build(connection, Store(connection).rebuild)
