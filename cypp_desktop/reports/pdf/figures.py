"""Pictures that a report holds as plain values, drawn in a cell or between blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from cypp_desktop.reports import drawing, style
from cypp_desktop.reports.pdf import shapes, wrap
from cypp_desktop.reports.pdf.fonts import one_line
from cypp_desktop.reports.pdf.placed import Picture, Placed
from cypp_desktop.reports.pdf.tags import Node
from cypp_desktop.reports.style import Type

if TYPE_CHECKING:
    from cypp_desktop.reports.model import Figure

_LONGEST_ALT = 2000
_ENDLESS = 100_000.0  # a label is one line


class FigureBox:
    """A picture as an element of a cell or a text; it shrinks to a width and a height, in points."""

    __slots__ = ("_figure", "_node", "_scale", "gap", "height")

    def __init__(self, figure: Figure, width: float, height: float, parent: Node | None) -> None:
        self._figure = figure
        wide, high = figure.drawing.width, figure.drawing.height
        self._scale = min(1.0, width / wide if wide > 0 else 1.0, height / high if high > 0 else 1.0)
        self._node = (
            None if parent is None else Node("Figure", parent, alt=one_line(figure.alt, _LONGEST_ALT) or "Picture")
        )
        self.gap = 0.0
        self.height = max(high, 0.0) * self._scale

    def space_above(self, gap: float) -> None:
        """Set the space above the picture."""
        self.height += gap - self.gap
        self.gap = gap

    def picture(self, x: float, y: float) -> Picture | None:
        """The picture, its top left corner given in points; None where it is no part of the document."""
        if self._node is None:
            return None
        made, scale = self._figure.drawing, self._scale
        wide, high = made.width * scale, made.height * scale
        pen = _Pen(x, y, scale)
        for item in made.items:
            pen.draw(item)
        return Picture(self._node, (x, y - high, x + wide, y), pen.operators, pen.words)


class _Pen:
    """Draws the items of one drawing; words are laid over all else."""

    def __init__(self, x: float, y: float, scale: float) -> None:
        self._x, self._y, self._scale = x, y, scale
        self.operators: list[str] = []
        self.words: list[Placed] = []

    def draw(self, item: drawing.Item) -> None:
        scale = self._scale
        match item:
            case drawing.Stroke():
                (x1, y1), (x2, y2) = self._at(item.x1, item.y1), self._at(item.x2, item.y2)
                dash = "[3 2] 0 d " if item.dashed else ""
                pen = shapes.stroke(style.paint(item.colour), item.width * scale)
                self.operators.append(f"q {pen} {dash}{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S Q")
            case drawing.Box():
                x, y = self._at(item.x, item.y + item.height)
                path = shapes.rounded(x, y, item.width * scale, item.height * scale, item.radius * scale)
                self.operators.append(f"{shapes.fill(style.paint(item.colour))} {path} f")
            case drawing.Mark():
                x, y = self._at(item.x, item.y)
                mark = shapes.mark(item.shape, item.size * scale, style.paint(item.colour), style.paint(item.ground))
                self.operators.append(f"q 1 0 0 1 {x:.2f} {y:.2f} cm {mark} Q")
            case drawing.Label():
                self._label(item)
            case _:
                assert_never(item)

    def _label(self, label: drawing.Label) -> None:
        size = label.size * self._scale
        lines = wrap.words(one_line(label.text), _ENDLESS, Type(size, size, style.paint(label.colour), bold=label.bold))
        if lines:
            x, y = self._at(label.x, label.y)
            x -= lines[0].width() * {"start": 0.0, "middle": 0.5, "end": 1.0}[label.anchor]
            self.words.append(Placed(x, y + size * _ABOVE_BASELINE, lines[:1], artifact=True))

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return self._x + x * self._scale, self._y - y * self._scale


_ABOVE_BASELINE = 0.773  # of the size: how far above its baseline the top of a line without leading lies
