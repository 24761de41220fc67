"""A list to read, to copy and to save, with what there is to say of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from cypp_desktop.document.document import CannotSave
from cypp_desktop.exchange.files import save
from cypp_desktop.ui import controls, theme


class ListedDialog(QDialog):
    """Shows sentences and, where there is one, a list as text; ``path`` is where that would be saved."""

    def __init__(
        self, title: str, sentences: Sequence[str], words: str, path: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._path = path
        self.list = QPlainTextEdit(words)
        self.list.setReadOnly(True)
        self.list.setTabChangesFocus(True)
        self.list.setAccessibleName("The list")
        self.said = theme.label(tone="muted", wrap=True)
        self.copy, self.save = QPushButton("Copy the list"), QPushButton("Save the list…")
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._save)
        close = QPushButton("Close")
        close.setProperty("kind", "primary")
        close.clicked.connect(self.accept)
        for widget in (self.list, self.copy, self.save):
            widget.setVisible(bool(words))
        row = QHBoxLayout()
        row.setSpacing(theme.grid(1))
        row.addWidget(self.said, 1)
        for button in (self.copy, self.save, close):
            row.addWidget(button)
        column = controls.column(self)
        column.addWidget(theme.label(title, size="heading", wrap=True))
        self.sentences = [
            theme.label(one, tone="muted" if at else "text", wrap=True) for at, one in enumerate(sentences)
        ]
        for label in self.sentences:
            column.addWidget(label)
        column.addWidget(self.list, 1)
        column.addLayout(row)
        theme.give_size(self, 84, 60 if words else 0)
        close.setFocus()

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.list.toPlainText())
        self.said.setText("The list is on the clipboard.")

    def _save(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, "Save the list", str(self._path), "Text (*.txt)")
        if chosen:
            try:
                save(self.list.toPlainText().encode(), Path(chosen))
            except CannotSave as problem:
                self.said.setText(str(problem))
            else:
                self.said.setText(f"Saved as “{Path(chosen).name}”")


def listed(places: Iterable[tuple[str, str, str]]) -> str:
    """Places as text, each a record, a field ("" for none) and words: each record once, with its fields below it."""
    lines: list[str] = []
    before = ""
    for record, field, words in places:
        if record != before:
            lines += ["", record] if lines else [record]
            before = record
        about = f"{field}: {words}" if field else words
        lines += [f"    {line}" for line in about.splitlines() if line.strip()]
    return "\n".join(lines)
