"""A plan file that is damaged: its latest good backup, or what is sound of it, in a new file; it stays as it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton

from cypp_desktop.document import backups, rescue
from cypp_desktop.document.backups import Backup
from cypp_desktop.ui import controls, files, settings, theme
from cypp_desktop.ui.dialogs.backups import said
from cypp_desktop.ui.work import Say, Work

if TYPE_CHECKING:
    from cypp_desktop.ui.app import Program
    from cypp_desktop.ui.window import Window


class DamagedDialog(QDialog):
    """Offers the ways out for a file that could not be opened, with why."""

    def __init__(self, program: Program, window: Window, path: Path, sentence: str) -> None:
        super().__init__(window)
        self.setWindowTitle("This plan is damaged")
        self._program, self._window, self._path = program, window, path
        self._backup: Backup | None = None
        self.words = theme.label(sentence, wrap=True)
        self.why = theme.label("Looking for a good backup…", tone="muted", wrap=True)
        self.backup_button = QPushButton("Open the backup…")
        self.rescue_button = QPushButton("Rescue what is sound…")
        self.backup_button.setEnabled(False)
        self.backup_button.clicked.connect(self._open_backup)
        self.rescue_button.clicked.connect(self._rescue)
        close = QPushButton("Close")
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (close, self.rescue_button, self.backup_button):
            row.addWidget(button)
        column = controls.column(self)
        column.addWidget(theme.label("This plan is damaged", size="heading"))
        for label in (self.words, self.why):
            column.addWidget(label)
        column.addLayout(row)
        self.setMinimumWidth(theme.grid(64))
        self._work = Work(lambda _say: backups.latest_good(path), "The backups cannot be read")
        self._work.done.connect(self._found)
        self._work.failed.connect(self.why.setText)
        self._work.begin()

    def _found(self, backup: Backup | None) -> None:
        self._backup = backup
        self.backup_button.setEnabled(backup is not None)
        none = "There is no good backup of it on this computer."
        self.why.setText(f"The latest good backup: {said(backup)}." if backup else none)

    def _open_backup(self) -> None:
        if self._backup and (path := files.ask_save(self._window, "Keep the copy as", f"{self._path.stem} restored")):
            self.accept()
            self._program.open_copy(self._backup.path, path, self._window, own=True)

    def _rescue(self) -> None:
        path = files.ask_save(self._window, "Keep what is sound as", f"{self._path.stem} rescued")
        if path is None:
            return
        if path.exists():
            self.why.setText(f"There is already a file “{path.name}”. Choose another name.")
            return
        self._work.stop()
        source, author = self._path, settings.author()

        def work(say: Say) -> object:
            say(10, "Reading what is sound…")
            return rescue.rescue(source, path, author)

        self.why.setText("Reading what is sound…")
        self._work = Work(work, "It could not be rescued")
        self._work.failed.connect(self.why.setText)
        self._work.done.connect(lambda found: self._rescued(path, found))
        self._work.begin()

    def _rescued(self, path: Path, found: rescue.Rescued) -> None:
        self.accept()
        if window := self._program.open(path, self._window):
            window.say("info", found.sentence)
            if window.bridge and found.lost:
                from cypp_desktop.ui.dialogs.rescued import rescued

                rescued(found, window.bridge.plan, path, window).open()

    def done(self, result: int) -> None:
        self._work.stop()
        super().done(result)
