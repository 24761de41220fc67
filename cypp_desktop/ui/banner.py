"""A sentence under the heading that says what state things are in, with one thing to do about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from cypp_desktop.ui import icons, theme
from cypp_desktop.ui.picture import Picture

_ICONS = {"info": ("info", "accent"), "warn": ("triangle-alert", "warn"), "danger": ("octagon-alert", "danger")}


class Banner(QFrame):
    """Icon, one sentence, one action at the end; ``kind`` is info, warn or danger; closable unless it is a state."""

    acted = Signal()
    """The action was asked for."""
    closed = Signal()
    """The reader put it away."""

    def __init__(
        self, kind: str, sentence: str, action: str = "", *, closable: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = theme.label(wrap=True)
        self._button = QPushButton()
        self._button.setProperty("kind", "quiet")
        self._button.clicked.connect(self.acted)
        self._picture = Picture(*_ICONS[kind], side=18)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.grid(2), theme.grid(0.5), theme.grid(1), theme.grid(0.5))
        row.setSpacing(theme.grid(1.5))
        row.addWidget(self._picture)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        if closable:
            close = QToolButton()
            close.setIcon(icons.icon("x", "muted"))
            close.setToolTip("Close this message")
            close.setAccessibleName("Close this message")
            close.clicked.connect(self.hide)
            close.clicked.connect(self.closed)
            row.addWidget(close)
        self.say(kind, sentence, action)

    def say(self, kind: str, sentence: str, action: str = "") -> None:
        """Say something else."""
        self.setProperty("role", kind)
        self._picture.show_icon(*_ICONS[kind])
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self.setMinimumHeight(theme.grid(5))
        theme.polish(self)
