"""The plan's status scale as a row of buttons with shape and letter, and the word of the chosen one below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from cypp_desktop.domain.plan import Status
from cypp_desktop.ui import shapes, theme
from cypp_desktop.ui.celltext import Layouts
from cypp_desktop.ui.chips import RADIUS, chip_size, draw_chip


class StatusButtons(QWidget):
    """Chooses one status or, pressed again, none; arrow keys walk along, one Tab stop for all."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._statuses: tuple[Status, ...] = ()
        self._buttons: list[_Button] = []
        self._chosen = ""
        self._chip = Chip()
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.grid(0.625))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(0.75))
        column.addLayout(self._row)
        column.addWidget(self._chip)

    def show_statuses(self, statuses: Sequence[Status], chosen: str) -> None:
        """Show a scale and which of its statuses is chosen (by its id)."""
        if tuple(statuses) != self._statuses:
            self._statuses = tuple(statuses)
            for old in self._buttons:
                old.hide()
                old.deleteLater()
            self._buttons = [_Button(status, self) for status in statuses]
            for button in self._buttons:
                self._row.addWidget(button)
                button.clicked.connect(lambda _=False, one=button.status.id: self._choose(one))
        self._chosen = chosen
        self._show()

    def value(self) -> str:
        """The id of the chosen status, "" for none."""
        return self._chosen

    def set_read_only(self, read_only: bool) -> None:
        """Only show the status."""
        for button in self._buttons:
            button.setEnabled(not read_only)

    def _choose(self, status: str) -> None:
        self._chosen = "" if status == self._chosen else status
        self._show()
        self.chosen.emit()

    def _show(self) -> None:
        found = next((status for status in self._statuses if status.id == self._chosen), None)
        for button in self._buttons:
            button.setChecked(button.status.id == self._chosen)
        stop = next((button for button in self._buttons if button.isChecked()), next(iter(self._buttons), None))
        for button in self._buttons:
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button is stop else Qt.FocusPolicy.ClickFocus)
        self._chip.show_status(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}.get(
            Qt.Key(event.key())
        )
        place = next((index for index, button in enumerate(self._buttons) if button.hasFocus()), None)
        typed = event.text().casefold()
        letter = next((one for one in self._buttons if typed and one.status.letter.casefold() == typed), None)
        if step and place is not None:
            self._buttons[(place + step) % len(self._buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        elif letter and letter.isEnabled():
            letter.click()
        else:
            super().keyPressEvent(event)


class _Button(QAbstractButton):
    """One status: its shape and letter; its word is its name and tooltip."""

    def __init__(self, status: Status, parent: QWidget) -> None:
        super().__init__(parent)
        self.status = status
        self.setCheckable(True)
        self.setAccessibleName(status.label)
        self.setAccessibleDescription(status.meaning)
        self.setToolTip(theme.tip("\n".join(filter(None, (status.label, status.meaning)))))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.signals.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        letter = QFontMetricsF(theme.font(bold=True)).horizontalAdvance(self.status.letter or "M")
        return QSize(round(theme.grid(3.5) + letter), theme.grid(3.75))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def nextCheckState(self) -> None:
        """Which one is checked is the row's business."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens()
        ink, tint = theme.status_colours(self.status.colour)
        on, ring = self.isChecked(), self.hasFocus()
        back = tint if on else tokens.selection if self.underMouse() and self.isEnabled() else tokens.raised
        edge = tokens.accent if on or ring else tokens.control if self.isEnabled() else tokens.border
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            width = 2.0 if on or ring else 1.0
            painter.setBrush(back)
            painter.setPen(QPen(edge, width))
            inset = width / 2
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)
            font = theme.font(bold=True)
            side, gap = theme.grid(1.5), theme.grid(1)
            letter = QFontMetricsF(font).horizontalAdvance(self.status.letter)
            left = (self.width() - side - gap - letter) / 2
            shapes.draw(painter, self.status.shape, QRectF(left, (self.height() - side) / 2, side, side), ink, back)
            painter.setFont(font)
            painter.setPen(tokens.text)
            room = QRectF(left + side + gap, 0, letter + 2, self.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.status.letter)
            if on and ring:
                painter.setPen(QPen(tokens.focus, 1, Qt.PenStyle.DotLine))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(3.5, 3.5, -3.5, -3.5), 2, 2)


class Chip(QWidget):
    """A status by itself: shape, letter and word on its tint; nothing where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status: Status | None = None
        self._layouts = Layouts(theme.font())
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.signals.changed.connect(self._on_theme)

    def show_status(self, status: Status | None) -> None:
        """Show another status, or nothing."""
        self._status = status
        self.setVisible(status is not None)
        self.setAccessibleName(status.label if status else "")
        self.updateGeometry()
        self.update()

    def _on_theme(self) -> None:
        self._layouts.set_font(theme.font())
        self.updateGeometry()

    def heightForWidth(self, width: int) -> int:
        return chip_size(self._layouts, self._status, width).height() if self._status else 0

    def sizeHint(self) -> QSize:
        return chip_size(self._layouts, self._status, max(self.width(), theme.grid(30))) if self._status else QSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._status:
            with QPainter(self) as painter:
                draw_chip(painter, self._layouts, self._status, QRectF(self.rect()))
