"""Folders in which copies land: beside the plan, and one that is chosen; what lands there is offered to be taken in."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPushButton, QWidget

from cypp_desktop.document import merge
from cypp_desktop.document.document import Document
from cypp_desktop.document.file import SUFFIX
from cypp_desktop.document.merge import Incoming
from cypp_desktop.ui import controls, settings, theme, wording
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.work import Say, Work

if TYPE_CHECKING:
    from cypp_desktop.ui.plan_view import PlanView

EVERY = 60_000
"""Milliseconds between two looks: not every network folder tells when something lands in it."""
AFTER = 1500
"""Milliseconds after a folder told of a change, so that a file is there whole."""
_MOST = 400  # files that are remembered, the last ones
Seen = Mapping[str, tuple[int, int]]
"""Files that were looked at already, by their path: when they were written (ns) and their size."""


class Watch(QObject):
    """Looks at new files off the UI thread; nothing is written, and a file is offered once for each state of it."""

    found = Signal(list)
    """Files that bring something (:class:`Incoming`)."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._work: Work | None = None
        self._again = False
        self._told = QFileSystemWatcher(self)
        self._soon = QTimer(self, singleShot=True, interval=AFTER)
        self._poll = QTimer(self, interval=EVERY)
        self._told.directoryChanged.connect(self._soon.start)
        self._soon.timeout.connect(self.look)
        self._poll.timeout.connect(self.look)

    def begin(self) -> None:
        """Watch the folders as they are chosen now, and look at once."""
        if old := self._told.directories():
            self._told.removePaths(old)
        if there := [str(folder) for folder in self.folders if folder.is_dir()]:
            self._told.addPaths(there)
        self._poll.start()
        self.look()

    def rest(self) -> None:
        """Look no more: the document is closed."""
        self._poll.stop()
        self._soon.stop()
        self._told.blockSignals(True)
        if self._work:
            self._work.stop()
            self._work.done.disconnect(self._take)
            self._work = None

    @property
    def folders(self) -> list[Path]:
        """The folder of the plan, where sync services put conflicting copies, and the chosen one."""
        chosen = chosen_folder(self._bridge)
        return [self._bridge.document.path.parent, *([chosen] if chosen else [])]

    def look(self) -> None:
        """Look for files that are new, or another than they were."""
        if self._work:
            self._again = True
            return
        document = self._bridge.document
        self._work = Work(looking(document.path, document.author, self.folders, _seen(self._bridge)))
        self._work.done.connect(self._take)
        self._work.failed.connect(self._end)
        self._work.begin()

    def _take(self, result: tuple[list[Incoming], dict[str, tuple[int, int]]]) -> None:
        found, looked_at = result
        if looked_at:
            kept = {**_seen(self._bridge), **looked_at}
            settings.write(**{_key("seen", self._bridge): json.dumps(dict(list(kept.items())[-_MOST:]))})
        self._end()
        if found:
            self.found.emit(found)

    def _end(self, _sentence: str = "") -> None:
        self._work = None
        if self._again:
            self._again = False
            self._soon.start()


def looking(
    plan: Path, author: str, folders: Sequence[Path], seen: Seen
) -> Callable[[Say], tuple[list[Incoming], dict[str, tuple[int, int]]]]:
    """The work of looking at what is new in some folders: what brings something, and all that was looked at."""

    def work(say: Say) -> tuple[list[Incoming], dict[str, tuple[int, int]]]:
        new = {path: state for path, state in _files(plan, folders) if seen.get(str(path)) != state}
        found: list[Incoming] = []
        if new:
            with closing(Document.open(plan, author, read_only=True)) as ours:
                for one in merge.previews(ours, new):
                    say(0, "Looking")
                    found += [one] if one.new and not one.refused else []
        return found, {str(path): state for path, state in new.items()}

    return work


def _files(plan: Path, folders: Iterable[Path]) -> Iterator[tuple[Path, tuple[int, int]]]:
    """The plan files in some folders, but the open one, each with its state; a folder that is gone has none."""
    own = plan.resolve()
    for folder in dict.fromkeys(one.resolve() for one in folders):
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            if entry.name.lower().endswith(SUFFIX) and not entry.name.startswith(".") and Path(entry.path) != own:
                try:
                    facts = entry.stat()
                except OSError:
                    continue
                yield Path(entry.path), (facts.st_mtime_ns, facts.st_size)


def sentence(found: Sequence[Incoming]) -> str:
    """What landed, in one sentence."""
    people = sorted({name for one in found for name in one.people})
    changes = wording.several(sum(one.new for one in found), "new change")
    where = wording.place(found[0].path)
    if len(found) == 1:
        return f"A copy by {_names(people)} lies in “{where}”: {changes}."
    return f"{len(found)} copies by {_names(people)} lie in “{where}” and beside the plan: {changes}."


def _names(people: Sequence[str]) -> str:
    *first, last = people
    return f"{', '.join(first)} and {last}" if first else last


# --- what is remembered on this computer -----------------------------------------------------------------------------


def _key(what: str, bridge: Bridge) -> str:
    return f"{what}_{wording.file_name(bridge.document.doc_id, 'plan')}"


def chosen_folder(bridge: Bridge) -> Path | None:
    """The folder that is watched for this plan on this computer."""
    words = settings.read(_key("watched", bridge))
    return Path(words) if words else None


def _seen(bridge: Bridge) -> dict[str, tuple[int, int]]:
    try:
        found = json.loads(settings.read(_key("seen", bridge), "{}"))
        return {str(path): (int(state[0]), int(state[1])) for path, state in found.items()}
    except (ValueError, TypeError, AttributeError, IndexError):
        return {}


# --- choosing the folder ---------------------------------------------------------------------------------------------


def ask_folder(view: PlanView, parent: QWidget) -> None:
    """Ask for the folder to watch, or to watch none any more."""
    dialog = WatchDialog(chosen_folder(view.bridge), parent)
    if dialog.exec():
        settings.write(**{_key("watched", view.bridge): str(dialog.folder or "")})
        view.watch.begin()
        here = f"“{dialog.folder.name}” is watched: copies that land there are offered." if dialog.folder else ""
        view.say("info", here or "No folder is watched any more, other than the plan’s own.")
    dialog.deleteLater()


class WatchDialog(QDialog):
    """Accepted once another choice was made; the choice is in ``folder``."""

    def __init__(self, folder: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Watch a folder")
        self.folder = folder
        about = (
            "Copies of this plan that land in the folder, such as a synced team folder, are offered to be taken in. "
            "So are those beside the plan itself. The choice is kept on this computer."
        )
        now = f"Watched now: {folder}" if folder else "No folder is watched yet."
        self.choose, self.stop, close = QPushButton("Choose a folder…"), QPushButton("Watch none"), QPushButton("Close")
        self.choose.setProperty("kind", "primary")
        self.choose.setDefault(True)
        self.stop.setVisible(folder is not None)
        self.choose.clicked.connect(self._choose)
        self.stop.clicked.connect(self._stop)
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(theme.grid(1))
        row.addStretch(1)
        for button in (close, self.stop, self.choose):
            row.addWidget(button)
        column = controls.column(self, 2)
        column.addWidget(theme.label("Watch a folder", size="heading"))
        column.addWidget(theme.label(about, tone="muted", wrap=True))
        column.addWidget(theme.label(now, wrap=True))
        column.addStretch(1)
        column.addLayout(row)
        theme.give_size(self, 64)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "The folder to watch", str(self.folder or Path.home()))
        if chosen:
            self.folder = Path(chosen)
            self.accept()

    def _stop(self) -> None:
        self.folder = None
        self.accept()
