"""Steps that take long, such as a priority with thousands of key actions deleted, carried out off the UI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPushButton, QWidget

from cypp_desktop.ui import controls, theme
from cypp_desktop.ui.work import Work

PATIENCE = 400
"""Milliseconds before anything is said of it."""
_SENTENCE = "There is much to go through. Nothing is changed until all of it is saved."


class Away:
    """Has work done off the UI thread while the window waits for it, and offers to stop it where it takes long.

    Called with the work, it returns what that returned or raises what that raised. Meanwhile nothing can be typed.
    Without ``stop`` it cannot be stopped.
    """

    def __init__(self, stop: Callable[[], None] | None = None) -> None:
        self._stop = stop

    def __call__(self, work: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever the work returns
        loop = QEventLoop()
        ended: list[tuple[Any, BaseException | None]] = []

        def carry_out(_say: object) -> None:
            try:
                ended.append((work(), None))
            except BaseException as problem:  # noqa: BLE001 - raised again where the work was asked for
                ended.append((None, problem))

        run = Work(carry_out)
        run.finished.connect(loop.quit)
        run.begin()
        QTimer.singleShot(PATIENCE, loop.quit)
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        if not ended:
            waiting = Waiting(self._stop, QApplication.activeWindow())
            run.finished.connect(waiting.accept)
            if not ended:
                waiting.exec()
            waiting.deleteLater()
        run.wait()
        found, problem = ended[0]
        if problem is not None:
            raise problem
        return found


class Waiting(QDialog):
    """Says that a long step is being written; closing it is asking to stop."""

    def __init__(self, stop: Callable[[], None] | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("One moment")
        self._stop = stop
        self._words = theme.label(_SENTENCE, wrap=True)
        self.button = QPushButton("Stop")
        self.button.clicked.connect(self.reject)
        self.button.setVisible(stop is not None)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.button)
        column = controls.column(self, 2)
        column.addWidget(self._words)
        column.addLayout(foot)
        self.setMinimumWidth(theme.grid(48))

    def reject(self) -> None:
        """Ask it to stop, and wait until it has."""
        if self._stop is None:
            return
        self.button.setEnabled(False)
        self._words.setText("It is being stopped. Everything will be as it was.")
        self._stop()
