"""A sentence under the heading that says what state things are in, with one or two things to do about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from cypp_desktop.ui import icons, theme
from cypp_desktop.ui.picture import Picture

_ICONS = {"info": ("info", "accent"), "warn": ("triangle-alert", "warn"), "danger": ("octagon-alert", "danger")}


class Banner(QFrame):
    """Icon, one sentence, actions at the end; ``kind`` is info, warn or danger; closable unless it is a state."""

    acted = Signal()
    """The action was asked for."""
    other_acted = Signal()
    """The second one was."""
    closed = Signal()
    """The reader put it away."""

    def __init__(
        self, kind: str, sentence: str, action: str = "", *, closable: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = theme.label(wrap=True)
        self._button, self._other = QPushButton(), QPushButton()
        self._picture = Picture(*_ICONS[kind], side=18)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.grid(2), theme.grid(0.5), theme.grid(1), theme.grid(0.5))
        row.setSpacing(theme.grid(1.5))
        row.addWidget(self._picture)
        row.addWidget(self._words, 1)
        for button, asked in ((self._button, self.acted), (self._other, self.other_acted)):
            button.setProperty("kind", "quiet")
            button.clicked.connect(asked)
            row.addWidget(button)
        if closable:
            close = QToolButton()
            close.setIcon(icons.icon("x", "muted"))
            close.setToolTip("Close this message")
            close.setAccessibleName("Close this message")
            close.clicked.connect(self.hide)
            close.clicked.connect(self.closed)
            row.addWidget(close)
        self.say(kind, sentence, action)

    def say(self, kind: str, sentence: str, action: str = "", other: str = "") -> None:
        """Say something else."""
        self.setProperty("role", kind)
        self._picture.show_icon(*_ICONS[kind])
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        for button, words in ((self._button, action), (self._other, other)):
            button.setText(words)
            button.setVisible(bool(words))
        self.setMinimumHeight(theme.grid(5))
        theme.polish(self)


Act = Callable[[], None]


class Standing(Banner):
    """What stays until it is answered: one thing after another, each with one or two answers."""

    shown = Signal()
    """It shows something else, or nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("info", "", parent=parent)
        self._waiting: list[tuple[str, str, tuple[tuple[str, Act], ...], bool]] = []
        self.acted.connect(lambda: self._answer(0))
        self.other_acted.connect(lambda: self._answer(1))
        self.hide()

    def ask(self, kind: str, sentence: str, *answers: tuple[str, Act], stays: bool = False) -> None:
        """Ask for one of some answers, after what waits already; a state ``stays`` whatever is answered, behind all."""
        waiting = sum(not one[-1] for one in self._waiting)
        self._waiting.insert(len(self._waiting) if stays else waiting, (kind, sentence, answers, stays))
        self._show()

    def ask_instead(self, kind: str, sentence: str, *answers: tuple[str, Act], stays: bool = False) -> None:
        """Ask this in place of all that waits."""
        self._waiting.clear()
        self.ask(kind, sentence, *answers, stays=stays)

    def _answer(self, number: int) -> None:
        if self._waiting:
            _, _, answers, stays = self._waiting[0]
            if not stays:
                del self._waiting[0]
                self._show()
            answers[number][1]()

    def _show(self) -> None:
        self.setVisible(bool(self._waiting))
        if self._waiting:
            kind, sentence, answers, _ = self._waiting[0]
            self.say(kind, sentence, *(words for words, _ in answers))
        self.shown.emit()
