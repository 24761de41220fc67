"""After copies were made: the files and a ready text, handed over to whatever people send them with."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from cypp_desktop.document.document import CannotSave
from cypp_desktop.document.file import free_path
from cypp_desktop.domain.values import dataclass
from cypp_desktop.exchange import handover
from cypp_desktop.exchange.files import save
from cypp_desktop.ui import controls, theme, wording
from cypp_desktop.ui.copies import handing
from cypp_desktop.ui.picture import Picture
from cypp_desktop.ui.words import WordsEditor


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes to one person: a ready text and, unless it is a reminder, a file."""

    to: str
    email: str
    subject: str
    text: str
    path: Path | None = None


class HandOverDialog(QDialog):
    """Never says that anything was sent: it puts files on the clipboard, shows them, and makes drafts.

    ``left`` is how many actions of a return slip are not updated yet.
    """

    def __init__(self, title: str, letters: Sequence[Letter], parent: QWidget | None = None, left: int = 0) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._letters = list(letters)
        self._paths = [one.path for one in letters if one.path]
        self._left = left
        self._drafts: dict[Letter, Path] = {}
        self.text = WordsEditor(paragraphs=True)
        self.said = theme.label(tone="muted", wrap=True)
        self._column = controls.column(self)
        self._column.addWidget(theme.label(title, size="heading", wrap=True))
        self._column.addWidget(theme.label(self._about(), tone="muted", wrap=True))
        if len(self._letters) == 1:
            self._column.addLayout(self._one())
            self._column.addStretch(1)
        else:
            self._column.addWidget(self._list(), 1)
        self._column.addWidget(self.said)
        self._column.addLayout(self._buttons())
        theme.give_size(self, 84, 0 if len(self._letters) == 1 else 60)

    def _about(self) -> str:
        if not self._paths:
            return "Nothing is sent by this program: copy the text into an e-mail, or have a draft made of it."
        if len(self._paths) == 1:
            are = "is" if self._left == 1 else "are"
            left = f" {self._left} {are} not updated yet: you can go on, and send it again." if self._left else ""
            return f"The file is on the clipboard: paste into an e-mail. Nothing has been sent.{left}"
        return "Each file is for one person: copy it and paste it into an e-mail to them, or have a draft made of it."

    def _one(self) -> QVBoxLayout:
        letter = self._letters[0]
        self.text.setAccessibleName("Text to go with it")
        self.text.set_text(letter.text)
        column = QVBoxLayout()
        column.setSpacing(theme.grid(1.5))
        if letter.path:
            column.addWidget(_FileRow(letter))
        heading = theme.label("A text to go with it", size="strong")
        heading.setBuddy(self.text)
        column.addWidget(heading)
        column.addWidget(self.text)
        return column

    def _list(self) -> QScrollArea:
        pane = QWidget()
        pane.setProperty("role", "pane")
        rows = QVBoxLayout(pane)
        rows.setContentsMargins(0, 0, theme.grid(1), 0)
        rows.setSpacing(theme.grid(1))
        for letter in self._letters:
            row = _FileRow(letter)
            for words, do in (("Copy", self._copy), ("E-mail draft", self._draft)):
                button = QPushButton(words)
                button.setProperty("kind", "quiet")
                button.setAccessibleName(f"{words} for {letter.to}")
                button.clicked.connect(lambda _=False, do=do, one=letter: do([one]))
                row.row.addWidget(button)
            rows.addWidget(row)
        rows.addStretch(1)
        area = QScrollArea()
        area.setWidget(pane)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes through what is in it
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    def _buttons(self) -> QHBoxLayout:
        several = len(self._letters) > 1
        row = QHBoxLayout()
        row.setSpacing(theme.grid(1))
        self.show_files, self.copy_files, self.copy_text, self.make_draft = (
            QPushButton("Show in folder"),
            QPushButton("Copy all files" if several else "Copy the file"),
            QPushButton("Copy the text"),
            QPushButton("Make all drafts" if several else "E-mail draft"),
        )
        close = QPushButton("Done")
        close.setProperty("kind", "primary")
        close.setDefault(True)
        for button, do, needed in (
            (self.show_files, self._show, bool(self._paths)),
            (self.copy_files, lambda: self._copy(self._letters), bool(self._paths)),
            (self.copy_text, self._copy_text, not several),
            (self.make_draft, lambda: self._draft(self._letters), True),
        ):
            button.clicked.connect(do)
            button.setVisible(needed)
            if needed:
                row.addWidget(button)
        row.addStretch(1)
        close.clicked.connect(self.accept)
        row.addWidget(close)
        return row

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if len(self._paths) == 1:  # several are for several people
            handing.to_clipboard(self._paths)

    def _show(self) -> None:
        if self._paths and not handing.show_in_folder(self._paths[0]):
            self.said.setText(f"It lies in {self._paths[0].parent}")

    def _copy(self, letters: Sequence[Letter]) -> None:
        handing.to_clipboard([one.path for one in letters if one.path])
        whom = f" to {letters[0].to}" if len(letters) == 1 and letters[0].to else ""
        self.said.setText(f"Copied: paste into an e-mail{whom}.")

    def _copy_text(self) -> None:
        handing.to_clipboard([], self.text.text())
        self.said.setText("The text is on the clipboard.")

    def _draft(self, letters: Sequence[Letter]) -> None:
        """Write drafts; a single one is opened, several are shown where they lie."""
        several = len(letters) > 1
        try:
            made = [self._drafted(one, opened=not several) for one in letters]
        except (CannotSave, OSError) as problem:
            self.said.setText(str(problem))
            return
        if several:
            shown = handing.show_in_folder(made[0][0])
            where = "" if shown else f" in {made[0][0].parent}"
            self.said.setText(f"{len(made)} drafts were written beside the copies{where}. Open each to send it.")
        elif made[0][1]:
            self.said.setText("A draft was opened in your mail program. It is sent when you send it there.")
        else:
            self.said.setText(f"No mail program opens drafts here. The draft lies in {made[0][0].parent}")

    def _drafted(self, letter: Letter, *, opened: bool) -> tuple[Path, bool]:
        text = self.text.text() if len(self._letters) == 1 else letter.text
        message = handover.draft(letter.email, letter.subject, text, letter.path)
        path = self._drafts.get(letter)  # one that was made is made anew
        if path is None:
            folder = letter.path.parent if letter.path else Path(tempfile.mkdtemp(prefix="cypp-"))
            stem = letter.path.stem if letter.path else wording.file_name(letter.subject, "Reminder")
            path = self._drafts[letter] = free_path(folder, stem, ".eml")
        if opened:
            return path, handing.open_draft(message, path)
        save(message, path)
        return path, False


class _FileRow(QFrame):
    """One file: for whom it is, and its name."""

    def __init__(self, letter: Letter) -> None:
        super().__init__()
        self.setProperty("role", "card")
        address = handover.address(letter.email)
        whom = " · ".join(part for part in (letter.to, address or ("no e-mail address" if letter.to else "")) if part)
        words = QVBoxLayout()
        words.setSpacing(theme.grid(0.25))
        if whom:
            words.addWidget(theme.label(whom, size="strong", wrap=True))
        if letter.path:
            words.addWidget(theme.label(letter.path.name, tone="muted", wrap=True))
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(theme.grid(2), theme.grid(1.25), theme.grid(1), theme.grid(1.25))
        self.row.setSpacing(theme.grid(1.5))
        self.row.addWidget(Picture("file-text", "accent", 18))
        self.row.addLayout(words, 1)
