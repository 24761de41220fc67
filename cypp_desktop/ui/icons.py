"""The icon family: line drawings that take their colour from a token and are drawn anew at every size and scheme."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from cypp_desktop import resources
from cypp_desktop.ui import theme

MIRRORED = frozenset({"undo-2", "redo-2", "send", "list", "list-ordered", "list-checks", "chevron-right"})


def icon(name: str, colour: str = "text") -> QIcon:
    """An icon by its file's name, in the colour of a token (by its name); muted edges where its control is disabled."""
    return QIcon(_Engine(name, colour))


def draw(painter: QPainter, name: str, rect: QRectF, colour: str = "text") -> None:
    """Paint an icon into a square of a widget."""
    ratio = abs(painter.deviceTransform().determinant()) ** 0.5  # Python would search for what the device is
    ink = getattr(theme.tokens(), colour).name()
    pixmap = _pixmap(name, ink, round(rect.width() * ratio), QGuiApplication.isRightToLeft())
    painter.drawPixmap(rect, pixmap, QRectF(pixmap.rect()))


class _Engine(QIconEngine):
    def __init__(self, name: str, colour: str) -> None:
        super().__init__()
        self._name, self._token = name, colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        square = QRectF(0, 0, side, side)
        square.moveCenter(QRectF(rect).center())
        draw(painter, self._name, square, self._colour(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        with QPainter(made) as painter:
            self.paint(painter, QRect(QPointF(0, 0).toPoint(), size), mode, state)
        return made

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._token)

    def _colour(self, mode: QIcon.Mode) -> str:
        return "control" if mode == QIcon.Mode.Disabled else self._token


@cache
def _source(name: str) -> str:
    drawn = resources.path("icons", f"{name}.svg").read_text("utf-8")
    return drawn.replace('stroke-width="2"', 'stroke-width="1.75"')


@lru_cache(maxsize=512)
def _pixmap(name: str, colour: str, side: int, mirrored: bool) -> QPixmap:
    made = QPixmap(max(1, side), max(1, side))
    made.fill(Qt.GlobalColor.transparent)
    with QPainter(made) as painter:
        if mirrored and name in MIRRORED:
            painter.translate(side, 0)
            painter.scale(-1, 1)
        QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode())).render(painter)
    return made
