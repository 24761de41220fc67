"""Small pictures of figures, made once as drawings: a measure's readings on a line, and counts as a bar of parts.

Nothing is said by colour or by a picture alone: shapes tell the marks apart, and ``alt`` says what the picture shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from cypp_desktop.domain.plan import NATIONAL, NEIGHBOURS, OURS, Measure, Reading, Status
from cypp_desktop.domain.readings import Number, number
from cypp_desktop.reports.drawing import Box, Drawing, Item, Label, Mark, Stroke
from cypp_desktop.reports.model import Figure

WIDTH, _HEIGHT = 140.0, 20.0
_EDGE = 9.0  # from the end of the line to the outermost mark
_SIZE, _SMALL, _POST = 8.0, 4.0, 15.0
_HOLLOW = 0.56  # of a mark: what is cut out of it to leave an outline
_LEAST = 2  # values that make a chart
_KEY_GAP, _KEY_MARK, _LETTER = 16.0, 14.0, 4.4

_LATEST, _PREVIOUS, _EARLIER, _TARGET = "latest", "previous", "earlier", "target"
_LINES = "Each line runs from the lowest to the highest of its own values."
_SHAPES = ("square", "cross", "star", "half")  # for comparators that a plan names itself


@dataclass(frozen=True, slots=True)
class Value:
    """A value on the line of a measure: what kind it is, as written, and as a number."""

    kind: str
    words: str
    number: Number


def values(measure: Measure, readings: Sequence[Reading]) -> list[Value]:
    """The numbers of a measure that can stand on one line, of one unit: latest, previous, and then the others."""
    ours = [one for one in readings if one.series == OURS]
    kinds = [_LATEST, _PREVIOUS, *[_EARLIER] * len(ours)]
    told = [(kind, one.value) for kind, one in zip(kinds, reversed(ours), strict=False)]
    last = {one.series: one.value for one in readings if one.series != OURS}
    order = sorted(last, key=lambda series: (series != NATIONAL, series != NEIGHBOURS))
    told += [(series, last[series]) for series in order]
    told.append((_TARGET, measure.target))
    read = [Value(kind, words, found) for kind, words in told if (found := number(words))]
    return [one for one in read if one.number.unit == read[0].number.unit]


def indicator(measure: Measure, readings: Sequence[Reading], comparators: Sequence[str]) -> Figure | None:
    """A measure's readings from the lowest to the highest of its own values; None where fewer than two are numbers.

    ``comparators`` are those of all measures that stand together: the same one has the same mark in every chart.
    """
    found = values(measure, readings)
    if len(found) < _LEAST:
        return None
    spread = [one.number.value for one in found]
    low, high = min(spread), max(spread)
    room, middle = WIDTH - 2 * _EDGE, _HEIGHT / 2
    places = [_EDGE + (room * float((value - low) / (high - low)) if high > low else room / 2) for value in spread]
    items: list[Item] = [Stroke(0, middle, WIDTH, middle, 0.8)]
    if [one.kind for one in found[:2]] == [_LATEST, _PREVIOUS]:
        items.append(Stroke(places[1], middle, places[0], middle, 2.0, "accent"))
    for one, x in reversed(list(zip(found, places, strict=True))):
        items += mark(one.kind, comparators)(x, middle)
    return Figure(Drawing(WIDTH, _HEIGHT, tuple(items)), _alt(measure, found))


def _alt(measure: Measure, found: Iterable[Value]) -> str:
    said = ", ".join(f"{one.kind} {one.words}" for one in found)
    return f"{measure.name}, from the lowest to the highest value: {said}."


def mark(kind: str, comparators: Sequence[str]) -> Callable[[float, float], list[Item]]:
    """What draws the mark of a kind of value around a point."""
    if kind == _LATEST:
        return lambda x, y: [Mark(x, y, _SIZE, "disc")]
    if kind == _PREVIOUS:
        return lambda x, y: _outline(x, y, _SIZE, "disc", "accent")
    if kind == _EARLIER:
        return lambda x, y: _outline(x, y, _SMALL, "disc", "accent")
    if kind == _TARGET:
        return lambda x, y: [Stroke(x, y - _POST / 2, x, y + _POST / 2, 1.4, "text", dashed=True)]
    if kind == NATIONAL:
        return lambda x, y: [Stroke(x, y - _POST / 2, x, y + _POST / 2, 1.4, "text")]
    if kind == NEIGHBOURS:
        return lambda x, y: _outline(x, y, _SIZE, "diamond", "text")
    own = [one for one in comparators if one not in (NATIONAL, NEIGHBOURS)]
    shape = _SHAPES[own.index(kind) % len(_SHAPES)] if kind in own else _SHAPES[0]
    return lambda x, y: [Mark(x, y, _SIZE, shape, "text")]


def _outline(x: float, y: float, size: float, shape: str, colour: str) -> list[Item]:
    return [Mark(x, y, size, shape, colour), Mark(x, y, size * _HOLLOW, shape, "surface")]


def in_order(kinds: Iterable[str], comparators: Sequence[str]) -> list[str]:
    """Kinds of values as a key lists them."""
    order = (_LATEST, _PREVIOUS, _EARLIER, *comparators, _TARGET)
    return sorted(kinds, key=lambda kind: order.index(kind) if kind in order else len(order))


def key(kinds: Iterable[str], comparators: Sequence[str]) -> Figure:
    """What the marks of some charts mean."""
    items: list[Item] = []
    x, middle, named = 0.0, _HEIGHT / 2, []
    for kind in kinds:
        name = kind[:1].upper() + kind[1:]
        items += mark(kind, comparators)(x + _SIZE / 2, middle)
        items.append(Label(x + _KEY_MARK, middle + 3, name))
        x += _KEY_MARK + _LETTER * len(name) + _KEY_GAP
        named.append(name)
    items.append(Label(x, middle + 3, _LINES, colour="muted"))
    width = x + _LETTER * len(_LINES)
    return Figure(Drawing(width, _HEIGHT, tuple(items)), f"{_LINES} Its marks: {', '.join(named)}.")


# --- counts ----------------------------------------------------------------------------------------------------------

_BAR, _PART_GAP = 13.0, 2.0
_COUNT_X, _DIGIT, _PART_EDGE = 15.0, 5.1, 6.0  # where a part's number begins, a digit's width, what is left after it


def counts(found: Sequence[tuple[Status, int]], width: float, most: int) -> Figure:
    """How many actions have each status, each part with its shape and number; ``most`` actions fill a width in points.

    No part is narrower than its number.
    """
    least = [_COUNT_X + _DIGIT * len(str(number)) + _PART_EDGE for _, number in found]
    spare = max(0.0, width - sum(least) - _PART_GAP * max(len(found) - 1, 0))
    items: list[Item] = []
    x = 0.0
    for (status, number_), narrow in zip(found, least, strict=True):
        wide = narrow + spare * number_ / max(most, 1)
        items.append(Box(x, 0, wide, _BAR, status.colour, 2.5))
        items.append(Mark(x + 8, _BAR / 2, 7, status.shape, "surface", status.colour))
        items.append(Label(x + _COUNT_X, _BAR / 2 + 3, str(number_), 8.5, "surface", bold=True))
        x += wide + _PART_GAP
    said = ", ".join(f"{number_} {status.label or status.letter}" for status, number_ in found)
    return Figure(Drawing(max(x - _PART_GAP, 1.0), _BAR, tuple(items)), said)
