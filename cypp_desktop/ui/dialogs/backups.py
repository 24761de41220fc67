"""The backups of a plan, latest first: when and why each was made, and what it lacks of the plan as it is now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QPushButton

from cypp_desktop.document import backups
from cypp_desktop.document.backups import Backup, Difference
from cypp_desktop.document.document import CannotSave
from cypp_desktop.ui import controls, files, theme, wording
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.help import guide
from cypp_desktop.ui.work import Say, Work

if TYPE_CHECKING:
    from cypp_desktop.ui.window import Window

_WHY = {
    "opening": "when the plan was opened",
    "editing": "while it was edited",
    "before-merge": "before copies were taken in",
    "before-removal": "before something was removed from the history",
    "before-upgrade": "before the file was renewed for a newer version",
}
_PLACE = Qt.ItemDataRole.UserRole
Found = list[tuple[Backup, Difference | None]]


class BackupsDialog(QDialog):
    """Opens a backup as a copy, or takes in what only it has; the plan that is open is never replaced."""

    def __init__(self, window: Window, bridge: Bridge) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Restore a backup")
        guide.on_f1(self, "When something goes wrong")
        self._window, self._bridge = window, bridge
        self._found: Found = []
        self.list = QListWidget()
        self.list.setAccessibleName("Backups of this plan, latest first")
        self.list.setAlternatingRowColors(True)
        self.list.setSpacing(theme.grid(0.5))
        self.list.itemSelectionChanged.connect(self._check)
        self.list.itemActivated.connect(lambda _item: self._open_copy())
        self.why = theme.label(tone="muted", wrap=True)
        self.open_button, self.take_button = QPushButton("Open as a copy…"), QPushButton("Take in…")
        self._lay_out()
        path, doc_id = bridge.document.path, bridge.document.doc_id
        self._work = Work(lambda say: load(path, doc_id, say), "The backups cannot be read")
        self._work.done.connect(self._show)
        self._work.failed.connect(self.why.setText)
        self._work.step.connect(lambda _so_far, words: self.why.setText(words))
        self._work.begin()
        self._check()
        self.why.setText("Looking through the backups…")

    def _lay_out(self) -> None:
        close = QPushButton("Close")
        close.clicked.connect(self.reject)
        self.open_button.setProperty("kind", "primary")
        self.open_button.setDefault(True)
        self.open_button.clicked.connect(self._open_copy)
        self.take_button.clicked.connect(self._take_in)
        foot = controls.foot(self.why, close, self.take_button, self.open_button)
        column = controls.column(self)
        column.addWidget(theme.label("Restore a backup", size="heading"))
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        theme.give_size(self, 88, 60)

    def _show(self, found: Found) -> None:
        self._found = found
        for place, (backup, difference) in enumerate(found):
            item = QListWidgetItem(f"{said(backup)}\n{compared(difference)}")
            item.setData(_PLACE, place)
            self.list.addItem(item)
        if found:
            self.list.setCurrentRow(0)
            self.list.setFocus()
        self._check()

    @property
    def _chosen(self) -> tuple[Backup, Difference | None] | None:
        items = self.list.selectedItems()
        return self._found[items[0].data(_PLACE)] if items else None

    def _check(self) -> None:
        chosen = self._chosen
        self.open_button.setEnabled(chosen is not None)
        more = chosen[1].more if chosen and chosen[1] else 0
        self.take_button.setEnabled(bool(more) and self._bridge.editable)
        if not self._found:
            self.why.setText("There is no backup of this plan yet; the first is made some seconds after it is opened.")
        elif more:
            self.why.setText("It has changes that are not in the plan: taking it in brings them, and loses nothing.")
        else:
            self.why.setText("A backup is opened as a copy: the plan that is open stays as it is.")

    def _open_copy(self) -> None:
        if chosen := self._chosen:
            backup = chosen[0]
            name = f"{self._bridge.document.path.stem} of {backup.at.astimezone():%Y-%m-%d %H.%M}"
            if path := files.ask_save(self._window, "Keep the copy as", name):
                self.accept()
                self._window.program.open_copy(backup.path, path, self._window, own=True)

    def _take_in(self) -> None:
        if chosen := self._chosen:
            from cypp_desktop.ui import operations

            self.accept()
            operations.take_in(self._window, [chosen[0].path])

    def done(self, result: int) -> None:
        self._work.stop()
        super().done(result)


def load(path: Path, doc_id: str, say: Say) -> Found:
    """The backups of a plan with what each lacks of it; None for one that cannot be read."""
    found: Found = []
    every = backups.found(doc_id)
    for number, backup in enumerate(every):
        say(100 * number // len(every), f"{number} of {wording.several(len(every), 'backup')} looked through…")
        try:
            found.append((backup, backups.compare(path, backup)))
        except CannotSave:
            found.append((backup, None))
    return found


def said(backup: Backup) -> str:
    """When and why a backup was made, and its size."""
    when = wording.when(backup.at, datetime.now(UTC))
    clock = "" if when.startswith("Today") else f" {backup.at.astimezone():%H:%M}"
    size = f"{max(1, round(backup.size / 1e3)):,} KB" if backup.size < 1e6 else f"{backup.size / 1e6:.1f} MB"
    return f"{when}{clock} · {_WHY.get(backup.why, 'before something else was done')} · {size}"


def compared(difference: Difference | None) -> str:
    """What a backup lacks of the plan as it is now, and what it has besides, as one line."""
    if difference is None:
        return "It cannot be read, or the plan’s own file has gone."
    parts = []
    if difference.lacks:
        parts.append(f"{wording.several(difference.lacks, 'change')} since, by {_names(difference.people)}")
    if difference.more:
        parts.append(f"{wording.several(difference.more, 'change')} in it that {_are(difference.more)} not in the plan")
    return " · ".join(parts) or "The same as the plan now"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _names(people: Sequence[str]) -> str:
    *first, last = people
    return f"{', '.join(first)} and {last}" if first else last
