"""What the program remembers between sittings: who writes, how the window looks, which plans were open last."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from cypp_desktop.domain.plan import Plan, Status
from cypp_desktop.domain.values import dataclass, field, names
from cypp_desktop.ui import wording
from cypp_desktop.ui.models.counts import Counts

_MOST = 8


def _store() -> QSettings:
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "cypp_desktop", "window")


def read(name: str, otherwise: str = "") -> str:
    """A remembered word."""
    return str(_store().value(name, otherwise))


def write(**values: str | QByteArray) -> None:
    """Remember words, or states of windows."""
    store = _store()
    for name, value in values.items():
        store.setValue(name, value)


def once(name: str) -> bool:
    """Whether this is the first time that it is asked so."""
    first = not read(name)
    if first:
        write(**{name: "said"})
    return first


def read_state(name: str) -> QByteArray:
    """A remembered state of a window or splitter; empty where there is none."""
    found = _store().value(name)
    return found if isinstance(found, QByteArray) else QByteArray()


def author() -> str:
    """Who writes: the name that was set, else that of the login."""
    return read("author") or wording.login_name()


def zoom() -> float:
    """The size of text, 1 to 2."""
    try:
        return min(2.0, max(1.0, float(read("zoom", "1"))))
    except ValueError:
        return 1.0


def documents() -> Path:
    """The folder where a person's plans probably are."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(found) if found and Path(found).is_dir() else Path.home()


# --- the plans that were open last -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Recent:
    """A plan that was open, with what the start screen says of it without opening it.

    ``counts`` are (label, letter, shape, colour, number) in the plan's order; ``at`` is an ISO time.
    """

    path: str
    title: str
    about: str
    at: str
    counts: list[tuple[str, str, str, str, int]] = field(default_factory=list)

    @property
    def statuses(self) -> list[tuple[Status, int]]:
        """The counts with statuses as a bar of counts takes them."""
        return [
            (Status(id=letter, label=label, letter=letter, shape=shape, colour=colour), number)
            for label, letter, shape, colour, number in self.counts
        ]


def recent() -> list[Recent]:
    """The plans that were open, the last one first; an unreadable memory is an empty one."""
    try:
        return [Recent(**one) for one in json.loads(read("recent", "[]"))]
    except (ValueError, TypeError):
        return []


def remember(path: Path, plan: Plan, counts: Counts) -> None:
    """Put a plan at the head of those that were open."""
    details, root = plan.details, counts.of(plan.root)
    period = plan.current_period
    parts = [period.name] if period and plan.statuses else []
    parts += [wording.several(sum(root.values()), details.action_word)]
    entry = Recent(
        str(path),
        details.title or path.stem,
        " · ".join([*parts, wording.place(path)]),
        datetime.now(UTC).isoformat(timespec="minutes"),
        [(one.label, one.letter, one.shape, one.colour, root.get(one.id, 0)) for one in plan.statuses],
    )
    kept = [one for one in recent() if one.path != entry.path]
    _write_recent([entry, *kept])


def forget(path: str) -> None:
    """Take a plan off the list."""
    _write_recent([one for one in recent() if one.path != path])


def _write_recent(entries: list[Recent]) -> None:
    write(recent=json.dumps([{name: getattr(one, name) for name in names(one)} for one in entries[:_MOST]]))


def spells() -> bool:
    """Whether spelling is looked at while one types."""
    return read("spelling", "on") == "on"
