"""One writer at a time: a small file beside the plan says who has it, and a system lock says that it is true.

The words in the file serve display. Whether the owner still lives is asked of the operating system: it lets go of the
lock when a process ends, however it ended, so a lock left by a crash is recognised. A lock file that came from another
computer (a synced or shared folder) cannot be asked; it counts until it is taken over.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

AT = 1 << 20  # the byte that is locked, far behind the words, which other processes must be able to read


class Lock:
    """The lock of one plan file, held while its window is open."""

    def __init__(self, plan: Path, owner: str) -> None:
        self.path = plan.with_name(f".~lock.{plan.name}#")
        self._owner = owner.encode(errors="replace").decode()[:100]
        self._handle: int | None = None
        self.elsewhere = False
        """Whether it was refused because of another computer's lock, whose owner cannot be asked."""
        self._refused = False

    def take(self, *, force: bool = False) -> str:
        """Take the lock; "" when it is ours now, otherwise who has it. ``force`` overrides another computer's."""
        holder = self._read()
        self.elsewhere = bool(holder) and holder.get("host") != _host() and not force
        if self.elsewhere:
            return _who(holder)
        handle = self._locked()
        if handle is None:
            return _who(holder or {})
        self._handle = handle
        os.ftruncate(handle, 0)
        os.write(handle, self._words())
        os.fsync(handle)
        return ""

    @property
    def given_up(self) -> bool:
        """Whether it was refused because somebody else had it, who has let go of it since, however that was."""
        if not self._refused or not self.path.exists():
            return self._refused
        if self.elsewhere or not self.path.is_file():
            return False
        try:
            handle = os.open(self.path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
        except OSError:
            return False
        free = _lock(handle)
        os.close(handle)
        return free

    def hold(self, *, force: bool = False) -> str:
        """The same as a sentence: why the plan can only be read; "" when the lock is ours now."""
        try:
            who = self.take(force=force)
        except OSError:
            return "The folder of this file cannot be written to."
        self._refused = bool(who)
        return f"{who} has this plan open, so it can only be read here." if who else ""

    def _locked(self) -> int | None:
        """The lock file, open and locked; None where another process has it."""
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
        while True:
            handle = os.open(self.path, flags, 0o644)
            if not _lock(handle):
                os.close(handle)
                return None
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(handle), self.path.stat()):
                    return handle
            os.close(handle)  # its owner removed it between the two calls: ours would be a lock that nobody sees

    def release(self) -> None:
        """Let go of the lock and remove its file; does nothing where it is not held."""
        if self._handle is None:
            return
        handle, self._handle = self._handle, None
        if sys.platform == "win32":  # an open file cannot be removed there
            os.close(handle)
        with suppress(OSError):  # the folder may be gone, or not ours to write to any more
            self.path.unlink(missing_ok=True)
        if sys.platform != "win32":
            os.close(handle)

    def _words(self) -> bytes:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        words = {"name": self._owner, "host": _host(), "pid": os.getpid(), "since": now}
        return json.dumps(words, ensure_ascii=False).encode()

    def _read(self) -> dict[str, str]:
        if not self.path.is_file():  # a pipe would be waited for
            return {}
        try:
            with self.path.open("rb") as file:
                found = json.loads(file.read(4096).decode())
        except (OSError, ValueError, RecursionError):
            return {}
        return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}


def _host() -> str:
    """This computer's name; the module ``socket`` is slow to load."""
    return os.environ.get("COMPUTERNAME", "") if sys.platform == "win32" else os.uname().nodename


def _who(holder: dict[str, str]) -> str:
    name, host = (
        "".join(letter for letter in holder.get(key, "")[:80] if letter.isprintable()) for key in ("name", "host")
    )
    name = name or "Somebody else"
    return name if not host or host == _host() else f"{name} on {host}"


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        os.lseek(handle, AT, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        os.lseek(handle, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
