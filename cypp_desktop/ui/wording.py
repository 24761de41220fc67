"""Small words of the window: who is writing, when something was, how many there are."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path

from cypp_desktop.domain import moments
from cypp_desktop.domain.naming import file_name, several

__all__ = ["day", "file_name", "login_name", "on_button", "place", "several", "when", "when_written", "within"]


MOST = 2000
"""Letters of a title that a label shows; Qt's time for one without a blank grows with the square of its length."""


def bounded(words: str) -> str:
    """Words for a label, cut where they are no title any more; the field that they are edited in has them all."""
    return words if len(words) <= MOST else f"{words[:MOST]}…"


def login_name() -> str:
    """The full name of who is logged in, else the login's own name."""
    try:
        found = _windows_name() if sys.platform == "win32" else _unix_name()
        if found:
            return found
        import getpass  # slow to load, and seldom asked

        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "Somebody"


def _unix_name() -> str:
    import os
    import pwd

    entry = pwd.getpwuid(os.getuid())
    return entry.pw_gecos.partition(",")[0].replace("&", entry.pw_name.capitalize()).strip()


def _windows_name() -> str:
    import ctypes

    display = 3  # NameDisplay of EXTENDED_NAME_FORMAT, secext.h
    size = ctypes.c_ulong(256)
    words = ctypes.create_unicode_buffer(size.value)
    found = ctypes.windll.secur32.GetUserNameExW(display, words, ctypes.byref(size))  # type: ignore[attr-defined]  # only Windows has it
    return words.value if found else ""


def when(moment: datetime, now: datetime) -> str:
    """A moment as people say it: "Today 14:02", "Yesterday", "Wed 9 Nov", "9 Nov 2015"."""
    moment, now = moment.astimezone(), now.astimezone()
    days = (now.date() - moment.date()).days
    if days == 0:
        return f"Today {moment:%H:%M}"
    if days == 1:
        return "Yesterday"
    day = f"{moment.day} {moment:%b}"
    return f"{moment:%a} {day}" if 0 < days < 7 else day if moment.year == now.year else f"{day} {moment.year}"


def day(one: date) -> str:
    """A day in full: "Wednesday 25 November 2026"."""
    return f"{one:%A} {one.day} {one:%B %Y}"


def when_written(at: str, now: datetime) -> str:
    """An ISO time of the journal as people say it; a copy from elsewhere can hold anything there."""
    found = moments.local(at)
    return when(found, now) if found else "at an unknown time"


def exactly(at: str) -> str:
    """An ISO time of the journal to the second; "" for what is none."""
    found = moments.local(at)
    return f"{found.day} {found:%B %Y, %H:%M:%S}" if found else ""


def on_button(words: str) -> str:
    """Words of a plan as a button, a menu or a tab takes them, where a single & would mark a key."""
    return words.replace("&", "&&")


def within(moment: str) -> str:
    """A moment in the middle of a sentence: "today 14:02"."""
    return moment[:1].lower() + moment[1:] if moment.startswith(("Today", "Yesterday")) else moment


def place(path: Path) -> str:
    """The folder that a file is in, by its own name."""
    return path.parent.name or str(path.parent)
