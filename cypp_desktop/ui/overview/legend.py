"""What the shapes and arrows of the plan on a page stand for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from cypp_desktop.domain.plan import Status
from cypp_desktop.ui import shapes, theme
from cypp_desktop.ui.flow import Flow

UP, DOWN = "up", "down"


class Legend(QWidget):
    """Each status by its shape, letter and word, and the arrows; it wraps where there is little room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = Flow(self)
        self._shown: tuple[object, ...] = ()

    def show_scale(self, scale: Sequence[Status], last: str) -> None:
        """Explain a scale, and the arrows where there is a ``last`` period by its name."""
        shown = (tuple(scale), last)
        if shown == self._shown:
            return
        self._shown = shown
        while item := self._flow.takeAt(0):
            if (old := item.widget()) is not None:
                old.deleteLater()
        entries = [(status.shape, status.colour, status.letter, status.label) for status in scale]
        if scale and last:
            entries += [(UP, "good", "", f"Better than in {last}"), (DOWN, "danger", "", f"Worse than in {last}")]
        for place, (shape, colour, letter, word) in enumerate(entries):
            self._flow.insert(place, _entry(shape, colour, letter, word))
        self.setAccessibleName("; ".join(f"{letter} {word}".strip() for _, _, letter, word in entries))
        self.setVisible(bool(entries))


def _entry(shape: str, colour: str, letter: str, word: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, theme.grid(2), 0)
    row.setSpacing(theme.grid(1))
    row.addWidget(_Sign(shape, colour))
    if letter:
        row.addWidget(theme.label(letter, size="strong"))
    row.addWidget(theme.label(word))
    return made


class _Sign(QWidget):
    def __init__(self, shape: str, colour: str) -> None:
        super().__init__()
        self._shape, self._colour = shape, colour
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.grid(1.5), theme.grid(1.5))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.tokens()
        with QPainter(self) as painter:
            if self._shape in {UP, DOWN}:
                ink = getattr(look, self._colour)
                shapes.draw_arrow(painter, QRectF(self.rect()), ink, up=self._shape == UP)
            else:
                ink, _ = theme.status_colours(self._colour)
                shapes.draw(painter, self._shape, QRectF(self.rect()), ink, look.window)
