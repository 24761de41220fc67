"""The statuses' shapes, rules and grounds as PDF painting operators."""

from __future__ import annotations

from functools import lru_cache
from math import cos, pi, sin
from typing import TYPE_CHECKING

from cypp_desktop.reports.style import CONTROL, SURFACE, channels, ink, tint

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_CURVE = 0.5523  # how far a quarter circle's handles reach, in radii

Point = tuple[float, float]
Square = tuple[float, float, float]
"""Left, bottom and side."""


@lru_cache(maxsize=512)
def fill(colour: str) -> str:
    """The operator that fills with a colour from here on."""
    return "{:.3f} {:.3f} {:.3f} rg".format(*channels(colour))


@lru_cache(maxsize=512)
def stroke(colour: str, width: float) -> str:
    """The operators that draw lines of a colour and width from here on."""
    return "{:.3f} {:.3f} {:.3f} RG {:.2f} w".format(*channels(colour), width)


def rule(x1: float, x2: float, y: float, colour: str, width: float) -> str:
    """A horizontal line."""
    return f"{stroke(colour, width)} {x1:.2f} {y:.2f} m {x2:.2f} {y:.2f} l S"


def block(x: float, y: float, width: float, height: float, colour: str) -> str:
    """A filled rectangle."""
    return f"{fill(colour)} {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f"


def rounded(x: float, y: float, width: float, height: float, radius: float) -> str:
    """The path of a rectangle with round corners."""
    r = min(radius, width / 2, height / 2)
    k = r * (1 - _CURVE)
    right, top = x + width, y + height
    return (
        f"{x + r:.2f} {y:.2f} m {right - r:.2f} {y:.2f} l "
        f"{right - k:.2f} {y:.2f} {right:.2f} {y + k:.2f} {right:.2f} {y + r:.2f} c {right:.2f} {top - r:.2f} l "
        f"{right:.2f} {top - k:.2f} {right - k:.2f} {top:.2f} {right - r:.2f} {top:.2f} c {x + r:.2f} {top:.2f} l "
        f"{x + k:.2f} {top:.2f} {x:.2f} {top - k:.2f} {x:.2f} {top - r:.2f} c {x:.2f} {y + r:.2f} l "
        f"{x:.2f} {y + k:.2f} {x + k:.2f} {y:.2f} {x + r:.2f} {y:.2f} c h"
    )


def shape(kind: str, square: Square, colour: str, hole: str = SURFACE) -> str:
    """A status's shape in a colour; what is cut out of it shows ``hole``. An unknown kind is a disc."""
    return _SHAPES.get(kind, _disc)(*square, colour, hole)


@lru_cache(maxsize=1024)
def mark(kind: str, side: float, colour: str, hole: str) -> str:
    """A shape whose middle is the origin."""
    return shape(kind, (-side / 2, -side / 2, side), colour, hole)


@lru_cache(maxsize=1024)
def chip(kind: str, colour: str, width: float, height: float, *, quiet: bool = False) -> str:
    """The ground and the shape of a status's chip whose words begin at the origin; a quiet one has no tint."""
    chosen = ink(colour)
    pale = SURFACE if quiet else tint(colour)
    edge, rise, square = (CONTROL, 1.0, (3.6, -7.9, 6.4)) if quiet else (chosen, 2.5, (4.0, -8.6, 7.6))
    ground = rounded(-1, -height - rise + 1, width, height + 2 * rise - 1, 3)
    return f"{fill(pale)} {stroke(edge, 0.5)} {ground} B {shape(kind, square, chosen, pale)}"


@lru_cache(maxsize=64)
def arrow(kind: str, colour: str, x: float) -> str:
    """An arrow up, down or to the right before a line of small type whose top left corner is the origin."""
    points = _ARROWS.get(kind, _ARROWS["level"])
    return f"{fill(colour)} {_polygon(points, x, -8.0, 7.0)} h f"


def dashed(x: float, y: float, width: float, height: float, colour: str) -> str:
    """A dashed rectangle."""
    return f"q {stroke(colour, 0.7)} [2.5 2] 0 d {rounded(x, y, width, height, 2)} S Q"


def _circle(x: float, y: float, r: float) -> str:
    return rounded(x - r, y - r, 2 * r, 2 * r, r)


def _polygon(points: Sequence[Point], x: float, y: float, s: float) -> str:
    (a, b), *rest = points
    return f"{x + a * s:.2f} {y + b * s:.2f} m " + " ".join(f"{x + p * s:.2f} {y + q * s:.2f} l" for p, q in rest)


def _square(x: float, y: float, s: float, colour: str, hole: str) -> str:
    tick = _polygon([(0.24, 0.5), (0.42, 0.3), (0.77, 0.7)], x, y, s)
    return f"{fill(colour)} {rounded(x, y, s, s, s * 0.18)} f q {stroke(hole, s * 0.14)} 1 J 1 j {tick} S Q"


def _disc(x: float, y: float, s: float, colour: str, hole: str) -> str:
    del hole
    return f"{fill(colour)} {_circle(x + s / 2, y + s / 2, s / 2)} f"


def _ring(x: float, y: float, s: float, colour: str, hole: str) -> str:
    return f"{fill(hole)} {stroke(colour, s * 0.16)} {_circle(x + s / 2, y + s / 2, s * 0.42)} B"


def _half(x: float, y: float, s: float, colour: str, hole: str) -> str:
    r = s * 0.42
    middle, top, bottom = x + s / 2, y + s / 2 + r, y + s / 2 - r
    k = r * _CURVE
    left = (
        f"{middle:.2f} {top:.2f} m {middle - k:.2f} {top:.2f} {middle - r:.2f} {y + s / 2 + k:.2f} "
        f"{middle - r:.2f} {y + s / 2:.2f} c {middle - r:.2f} {y + s / 2 - k:.2f} {middle - k:.2f} {bottom:.2f} "
        f"{middle:.2f} {bottom:.2f} c f"
    )
    return f"{_ring(x, y, s, colour, hole)} {fill(colour)} {left}"


def _solid(points: Sequence[Point]) -> Callable[[float, float, float, str, str], str]:
    def drawn(x: float, y: float, s: float, colour: str, hole: str) -> str:
        del hole
        return f"{fill(colour)} {_polygon(points, x, y, s)} h f"

    return drawn


def _star_points() -> list[Point]:
    reach = [(0.56, 0.23)[i % 2] for i in range(10)]
    return [(0.5 + r * sin(i * pi / 5), 0.48 + r * cos(i * pi / 5)) for i, r in enumerate(reach)]


_CROSS: list[Point] = [
    (0.18, 0.0), (0.5, 0.32), (0.82, 0.0), (1.0, 0.18), (0.68, 0.5), (1.0, 0.82),
    (0.82, 1.0), (0.5, 0.68), (0.18, 1.0), (0.0, 0.82), (0.32, 0.5), (0.0, 0.18),
]  # fmt: skip

_UP: list[Point] = [(0.5, 1.0), (0.95, 0.5), (0.66, 0.5), (0.66, 0.0), (0.34, 0.0), (0.34, 0.5), (0.05, 0.5)]
_ARROWS: dict[str, list[Point]] = {
    "up": _UP,
    "down": [(x, 1.0 - y) for x, y in _UP],
    "level": [(y, 1.0 - x) for x, y in _UP],
}

_SHAPES: dict[str, Callable[[float, float, float, str, str], str]] = {
    "square": _square,
    "disc": _disc,
    "triangle": _solid([(0.5, 1.02), (1.04, 0.06), (-0.04, 0.06)]),
    "diamond": _solid([(0.5, 1.06), (1.06, 0.5), (0.5, -0.06), (-0.06, 0.5)]),
    "ring": _ring,
    "bar": _solid([(0.0, 0.3), (1.0, 0.3), (1.0, 0.7), (0.0, 0.7)]),
    "star": _solid(_star_points()),
    "cross": _solid(_CROSS),
    "half": _half,
}
