"""After a damaged plan was rescued: what is in the new file, and what the damaged one shows that is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cypp_desktop.document.document import CannotSave
from cypp_desktop.document.rescue import Missing, Rescued
from cypp_desktop.domain.naming import several
from cypp_desktop.domain.plan import Plan
from cypp_desktop.exchange.files import save
from cypp_desktop.ui import theme
from cypp_desktop.ui.help import guide

_KINDS = ("priority", "outcome", "action", "measure", "section")
_SHOWN = "The damaged file shows what follows, and the new one lacks it. Nothing vouches for it: type in what is right."
_UNKNOWN = "What it was cannot be told from the damaged file. A copy of the plan that somebody has may still bring it."


class RescuedDialog(QDialog):
    """A list to read, to copy and to save."""

    def __init__(self, found: Rescued, plan: Plan, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("What was rescued")
        guide.on_f1(self, "When something goes wrong")
        self._path = path
        self.words = theme.label(f"{found.sentence} {kept(plan)}", wrap=True)
        self.about = theme.label(_SHOWN if found.missing else _UNKNOWN, tone="muted", wrap=True)
        self.list = QPlainTextEdit(listed(found.missing))
        self.list.setReadOnly(True)
        self.list.setAccessibleName("What the new file lacks")
        self.said = theme.label(tone="muted", wrap=True)
        self.copy, self.save = QPushButton("Copy the list"), QPushButton("Save the list…")
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._save)
        close = QPushButton("Close")
        close.setProperty("kind", "primary")
        close.clicked.connect(self.accept)
        for widget in (self.list, self.copy, self.save):
            widget.setVisible(bool(found.missing))
        row = QHBoxLayout()
        row.setSpacing(theme.grid(1))
        row.addWidget(self.said, 1)
        for button in (self.copy, self.save, close):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.grid(3), theme.grid(2.5), theme.grid(3), theme.grid(2.5))
        column.setSpacing(theme.grid(1.5))
        column.addWidget(theme.label("What was rescued", size="heading"))
        for label in (self.words, self.about):
            column.addWidget(label)
        column.addWidget(self.list, 1)
        column.addLayout(row)
        theme.give_size(self, 84, 60 if found.missing else 0)
        close.setFocus()

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.list.toPlainText())
        self.said.setText("The list is on the clipboard.")

    def _save(self) -> None:
        suggested = self._path.with_name(f"{self._path.stem} – what it lacks.txt")
        chosen, _ = QFileDialog.getSaveFileName(self, "Save the list", str(suggested), "Text (*.txt)")
        if chosen:
            try:
                save(self.list.toPlainText().encode(), Path(chosen))
            except CannotSave as problem:
                self.said.setText(str(problem))
            else:
                self.said.setText(f"Saved as “{Path(chosen).name}”")


def kept(plan: Plan) -> str:
    """What the new file holds, in one sentence."""
    number = Counter(record.kind for record in plan)
    words = {record.kind: plan.level_word(record) for record in plan if record.kind in _KINDS}
    *first, last = [several(number[kind], words[kind]) for kind in _KINDS if kind in words] or ["nothing"]
    return f"It holds {', '.join(first)} and {last}." if first else f"It holds {last}."


def listed(missing: Iterable[Missing]) -> str:
    """What is missing as text: each record once, with its fields below it."""
    lines: list[str] = []
    before = ""
    for one in missing:
        if one.record != before:
            lines += ["", one.record] if lines else [one.record]
            before = one.record
        about = f"{one.field}: {one.words}" if one.field else one.words
        lines += [f"    {line}" for line in about.splitlines() if line.strip()]
    return "\n".join(lines)
