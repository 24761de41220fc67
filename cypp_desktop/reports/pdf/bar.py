"""The picture of how many actions have each status: parts as wide as their counts, none narrower than its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cypp_desktop.reports import model, style
from cypp_desktop.reports.pdf import shapes, wrap
from cypp_desktop.reports.pdf.placed import Picture, Placed

if TYPE_CHECKING:
    from cypp_desktop.reports.pdf.tags import Node
    from cypp_desktop.reports.pdf.wrap import Line

HEIGHT = 16.0
_USUAL_WIDTH = 180.0
_LONGEST_LABEL = 180.0
_SHAPE, _COUNT, _END = 6.0, 18.0, 10.0  # where a part's shape and number begin, and what is left after the number
_GAP = 2.0
_LABEL_GAP = 8.0


class Bar:
    """One bar, with its label before it; ``width`` is what both take, in points."""

    def __init__(self, bar: model.StatusBar) -> None:
        self._statuses = [status for status, _ in bar.counts]
        self._counts: list[Line] = [wrap.words(str(number), _USUAL_WIDTH, style.COUNT)[0] for _, number in bar.counts]
        self._label = wrap.words(bar.label, _LONGEST_LABEL, style.FURNITURE)[:1]
        least = [_COUNT + count.width() + _END for count in self._counts]
        total = sum(number for _, number in bar.counts) or 1
        spare = max(0.0, _USUAL_WIDTH - sum(least) - _GAP * (len(least) - 1))
        self._parts = [part + spare * number / total for part, (_, number) in zip(least, bar.counts, strict=True)]
        self._start = sum(line.width() + _LABEL_GAP for line in self._label)
        self.width = self._start + sum(self._parts) + _GAP * (len(self._parts) - 1)

    def picture(self, node: Node, right: float, y: float) -> Picture:
        """The picture, its right edge and its lower edge given in points."""
        left = right - self.width
        operators: list[str] = []
        words = [Placed(left, _middle(y, style.FURNITURE.leading), self._label, artifact=True)] if self._label else []
        x = left + self._start
        for status, count, width in zip(self._statuses, self._counts, self._parts, strict=True):
            ink = style.ink(status.colour)
            operators.append(f"{shapes.fill(ink)} {shapes.rounded(x, y, width, HEIGHT, 3)} f")
            operators.append(shapes.shape(status.shape, (x + _SHAPE, y + HEIGHT / 2 - 4, 8), style.SURFACE, ink))
            words.append(Placed(x + _COUNT, _middle(y, style.COUNT.leading), [count], artifact=True))
            x += width + _GAP
        return Picture(node, (left, y, right, y + HEIGHT), operators, words)


def _middle(y: float, leading: float) -> float:
    """The top of a line that stands in the middle of the bar."""
    return y + (HEIGHT + leading) / 2
