"""What is said, and may be sent on, when the program itself makes a mistake."""

from __future__ import annotations

import platform
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QWidget

from cypp_desktop import __version__
from cypp_desktop.ui import controls, theme
from cypp_desktop.ui.controls import Check

_FRAMES = 12
_HEADING = "Something went wrong in the program, not in your plan"


def report(
    kind: type[BaseException], problem: BaseException, trace: TracebackType | None, *, with_words: bool = False
) -> str:
    """What happened, where in the program, and on what system; the error's own words, which may hold some of a plan's,
    only where they are asked for.
    """
    lines = [
        f"Action plans {__version__}, Qt {qVersion()}, Python {platform.python_version()}, {platform.platform()}",
        kind.__name__ + (f": {problem}" if with_words else ""),
    ]
    lines += [
        f"{Path(frame.filename).name}, line {frame.lineno}, in {frame.name}"
        for frame in traceback.extract_tb(trace)[-_FRAMES:]
    ]
    return "\n".join(lines)


class MistakeDialog(QDialog):
    """Says calmly that something went wrong; the report is shown before anything is done with it."""

    def __init__(
        self,
        kind: type[BaseException],
        problem: BaseException,
        trace: TracebackType | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Our mistake")
        self._made = (kind, problem, trace)
        self.words = Check("With the error’s own words, which may hold words of the plan")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("The report")
        self.words.toggled.connect(self._fill)
        copy = QPushButton("Copy the report")
        copy.clicked.connect(lambda: QApplication.clipboard().setText(self.text.toPlainText()))
        close = QPushButton("Go on")
        close.setProperty("kind", "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(copy)
        foot.addWidget(close)
        column = controls.column(self)
        column.addWidget(theme.label(_HEADING, size="heading", wrap=True))
        sentence = (
            "Every change up to this one is saved, and you can go on. If it happens again, please send this report to "
            "whoever looks after the program. Nothing is sent by itself."
        )
        column.addWidget(theme.label(sentence, wrap=True))
        column.addWidget(self.text, 1)
        column.addWidget(self.words)
        column.addLayout(foot)
        theme.give_size(self, 76, 56)
        self._fill()

    def _fill(self) -> None:
        self.text.setPlainText(report(*self._made, with_words=self.words.isChecked()))


def own_mistake(kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
    """Say that the program made a mistake; where it was stopped from a terminal, end."""
    traceback.print_exception(kind, problem, trace)
    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
        return
    MistakeDialog(kind, problem, trace, QApplication.activeWindow()).exec()
