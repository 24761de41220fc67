"""Steps that take long: where they are carried out, one at a time, and how one is stopped with nothing changed."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from cypp_desktop.document.file import CannotSave
from cypp_desktop.domain.change import Refused

MANY = 2_000
"""Changes from which on a step takes longer than a person waits without a word."""
Result = TypeVar("Result")


class Long:
    """Carries work out: little at once, much through ``away`` (work in, its result out), which a window may set."""

    def __init__(self) -> None:
        self.away: Callable[[Callable[[], Any]], Any] | None = None
        self._turn = threading.RLock()
        self._running: sqlite3.Connection | None = None
        self._stopped = False

    def do(self, changes: int, work: Callable[[], Result]) -> Result:
        """Carry out work on so many changes, and return what it returns."""
        if self.away is None or changes < MANY:
            return work()
        found: Result = self.away(work)
        return found

    def alone(self, connection: sqlite3.Connection, changes: int, work: Callable[[], Result]) -> Result:
        """Carry out work that goes through so many changes and writes no step, with the file to oneself."""

        def carry_out() -> Result:
            with self.turn(connection):
                found = work()
                self.look()
                return found

        return self.do(changes, carry_out)

    def stop(self) -> None:
        """Have the work that runs stop; it raises Refused where it was asked for."""
        connection = self._running
        if connection is not None:
            self._stopped = True
            connection.interrupt()

    def look(self) -> None:
        """Raise Refused where somebody wants the work to stop."""
        if self._stopped:
            raise Refused("It was stopped, and nothing was changed.")

    @contextmanager
    def turn(self, connection: sqlite3.Connection) -> Iterator[None]:
        """Have the file to oneself: whoever else writes through the same connection waits."""
        with self._turn:
            outer, self._running = self._running, connection
            if outer is None:
                self._stopped = False  # whoever wanted the work before this to stop came too late for it
            try:
                yield
            except (sqlite3.OperationalError, CannotSave):
                self.look()  # it was interrupted on purpose
                raise
            finally:
                self._running = outer
                if outer is None:
                    self._stopped = False
