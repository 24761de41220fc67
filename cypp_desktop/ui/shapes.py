"""The shapes of statuses, drawn so that they tell apart without colour."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

_TRIANGLE = ((0.5, 0.04), (1.0, 0.94), (0.0, 0.94))
_DIAMOND = ((0.5, -0.03), (1.03, 0.5), (0.5, 1.03), (-0.03, 0.5))
_TICK = ((0.27, 0.52), (0.43, 0.68), (0.74, 0.34))
_CROSS = ((0.14, 0.14), (0.86, 0.86)), ((0.86, 0.14), (0.14, 0.86))
_STAR = tuple(
    (
        0.5 + 0.54 * (1 if point % 2 == 0 else 0.42) * math.sin(math.pi * point / 5),
        0.54 - 0.54 * (1 if point % 2 == 0 else 0.42) * math.cos(math.pi * point / 5),
    )
    for point in range(10)
)


def fill(painter: QPainter, area: QRectF, ink: QColor) -> None:
    """Paint an area in one colour; ``fillRect`` would have Python look at every kind of gradient before the first."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawRect(area)
    painter.restore()


def draw(painter: QPainter, shape: str, rect: QRectF, ink: QColor, hole: QColor) -> None:
    """Paint a shape (see ``domain.plan.SHAPES``; an unknown one is a disc) into a square.

    ``hole`` is the colour of what lies behind, for the tick in the square.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    side = rect.width()
    inner = rect.adjusted(side * 0.06, side * 0.06, -side * 0.06, -side * 0.06)
    if shape == "square":
        painter.drawRoundedRect(inner, side * 0.18, side * 0.18)
        _stroke(painter, hole, side * 0.13)
        painter.drawPolyline(_points(rect, _TICK))
    elif shape in {"triangle", "diamond", "star"}:
        painter.drawPolygon(_points(rect, {"triangle": _TRIANGLE, "diamond": _DIAMOND, "star": _STAR}[shape]))
    elif shape == "ring":
        _stroke(painter, ink, side * 0.14)
        painter.drawEllipse(rect.adjusted(side * 0.13, side * 0.13, -side * 0.13, -side * 0.13))
    elif shape == "bar":
        painter.drawRoundedRect(rect.adjusted(0, side * 0.34, 0, -side * 0.34), side * 0.1, side * 0.1)
    elif shape == "cross":
        _stroke(painter, ink, side * 0.2)
        for line in _CROSS:
            painter.drawPolyline(_points(rect, line))
    elif shape == "half":
        painter.drawPie(inner, 90 * 16, 180 * 16)
        _stroke(painter, ink, side * 0.12)
        painter.drawEllipse(inner.adjusted(side * 0.06, side * 0.06, -side * 0.06, -side * 0.06))
    else:
        painter.drawEllipse(inner)
    painter.restore()


def draw_arrow(painter: QPainter, rect: QRectF, ink: QColor, *, up: bool) -> None:
    """Paint an arrow into a square, up or down: the direction of travel."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _stroke(painter, ink, rect.width() * 0.16)
    tip, tail, wing = (0.08, 0.92, 0.44) if up else (0.92, 0.08, 0.56)
    painter.drawPolyline(_points(rect, ((0.5, tail), (0.5, tip))))
    painter.drawPolyline(_points(rect, ((0.16, wing), (0.5, tip), (0.84, wing))))
    painter.restore()


def _stroke(painter: QPainter, colour: QColor, width: float) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))


def _points(rect: QRectF, parts: Sequence[tuple[float, float]]) -> QPolygonF:
    return QPolygonF([QPointF(rect.x() + x * rect.width(), rect.y() + y * rect.width()) for x, y in parts])
