"""Controls with the program's own marks: drop-down lists, check boxes and cards that are buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStyleOptionButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cypp_desktop.ui import icons, theme

if TYPE_CHECKING:  # its enums would be made at the start
    from PySide6.QtWidgets import QDialog


_LINES = 16  # of a list before it scrolls


class Chooser(QComboBox):
    """A combo box whose value the wheel does not change in passing, and whose list shows long words whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def showPopup(self) -> None:
        self.setMaxVisibleItems(_LINES)
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + theme.grid(2))
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = theme.grid(1.75)
        left = theme.grid(1) if self.isRightToLeft() else self.width() - side - theme.grid(1)
        with QPainter(self) as painter:
            icons.draw(painter, "chevron-down", QRectF(left, (self.height() - side) / 2, side, side), "muted")


class Check(QCheckBox):
    """A check box that draws its tick in the colours of the theme."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.isChecked():
            from PySide6.QtWidgets import QStyle  # slow to load: hundreds of names

            option = QStyleOptionButton()
            self.initStyleOption(option)
            box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
            with QPainter(self) as painter:
                icons.draw(painter, "check", QRectF(box).adjusted(1, 1, -1, -1), "on_accent")


def answers(
    dialog: QDialog, answer: QPushButton | str, beside: QWidget | None = None, work: Callable[[], object] | None = None
) -> QHBoxLayout:
    """The foot of a dialog that asks: what stands ``beside``, "Cancel", and the answer as its default.

    The answer, a button or its words, accepts the dialog unless it is to do some other ``work``.
    """
    cancel = QPushButton("Cancel")
    cancel.clicked.connect(dialog.reject)
    button = QPushButton(answer) if isinstance(answer, str) else answer
    button.setProperty("kind", "primary")
    button.setDefault(True)
    button.clicked.connect(work or dialog.accept)
    return foot(beside or QWidget(), cancel, button)


def foot(beside: QWidget, *buttons: QPushButton) -> QHBoxLayout:
    """The foot of a dialog: what stands beside its buttons, and these."""
    row = QHBoxLayout()
    row.setSpacing(theme.grid(1.5))
    row.addWidget(beside, 1)
    for button in buttons:
        row.addWidget(button)
    return row


def column(dialog: QWidget, apart: float = 1.5) -> QVBoxLayout:
    """The layout of a dialog, one thing below the other, so many grid steps apart."""
    made = QVBoxLayout(dialog)
    made.setContentsMargins(theme.grid(3), theme.grid(2.5), theme.grid(3), theme.grid(2.5))
    made.setSpacing(theme.grid(apart))
    return made


class Card(QPushButton):
    """A button that is a card, with widgets of its own in its ``row``; ``kind`` is card, primaryCard or row."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__()
        self.setProperty("kind", kind)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # its words may be cut
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(theme.grid(2), theme.grid(1.5), theme.grid(2), theme.grid(1.5))
        self.row.setSpacing(theme.grid(1.75))

    def sizeHint(self) -> QSize:
        return self.row.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.row.minimumSize()


def tool(words: str, name: str, act: Callable[..., object]) -> QToolButton:
    """A small button with few words or a sign; ``name`` says what it does, with its key after two spaces."""
    button = QToolButton()
    button.setText(words)
    button.setToolTip(theme.tip(name))
    button.setAccessibleName(name.partition("  (")[0])
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.clicked.connect(act)
    return button
