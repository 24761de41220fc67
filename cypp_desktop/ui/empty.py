"""What a pane shows while it has nothing to show."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from cypp_desktop.ui import icons, theme
from cypp_desktop.ui.picture import Picture
from cypp_desktop.ui.wording import on_button


class Empty(QWidget):
    """One icon, one sentence, one button (none where ``action`` is "") in the middle of a pane."""

    acted = Signal()
    """The button was pressed."""

    def __init__(self, icon: str, sentence: str, action: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = theme.label(sentence, wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._button = QPushButton(icons.icon("plus"), action)
        self._button.clicked.connect(self.acted)
        column = QVBoxLayout(self)
        column.setSpacing(theme.grid(1.75))
        column.addStretch(1)
        column.addWidget(Picture(icon, "muted", 32), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._sentence)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.say(sentence, action)

    def say(self, sentence: str, action: str = "") -> None:
        """Show another sentence and button."""
        self._sentence.setText(sentence)
        self._button.setText(on_button(action))
        self._button.setVisible(bool(action))


class FilledCard(QFrame):
    """A card that shows what is ``inside``, or the words of an ``empty`` while there is nothing in it."""

    def __init__(self, inside: QWidget, empty: Empty) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(1, 1, 1, 1)
        self._stack.addWidget(inside)
        self._stack.addWidget(empty)

    def fill(self, *, there: bool) -> None:
        """Show what is inside, or that nothing is ``there``."""
        self._stack.setCurrentIndex(0 if there else 1)

    @property
    def empty(self) -> bool:
        """Whether it says that there is nothing."""
        return self._stack.currentIndex() == 1
