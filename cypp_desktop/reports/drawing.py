"""A picture as plain values, to be drawn the same on paper, on a web page and in the window.

Lengths are points; ``x`` grows to the right and ``y`` downwards from the top left corner. A colour is the name of a
token ("text", "muted", "accent", "control", "border", "surface", "sunken"), so that a dark window can use its own, or
a status's ``#RRGGBB``, of which the renderer takes the ink that can be read on its ground.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line, dashed or not."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float = 1.0
    colour: str = "control"
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle by its top left corner, its corners rounded by a radius."""

    x: float
    y: float
    width: float
    height: float
    colour: str = "accent"
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A shape (see ``domain.plan.SHAPES``) in a square of a side around its middle.

    ``ground`` is the colour of what lies behind it, which shows through its holes. A smaller mark in the ground's
    colour on top of another makes an outline of it.
    """

    x: float
    y: float
    size: float
    shape: str
    colour: str = "accent"
    ground: str = "surface"


@dataclass(frozen=True, slots=True)
class Label:
    """Words on one line: ``x`` is where they start, their middle or where they end, ``y`` their baseline."""

    x: float
    y: float
    text: str
    size: float = 8.0
    colour: str = "text"
    bold: bool = False
    anchor: Anchor = "start"


Item = Stroke | Box | Mark | Label


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of a width and height; later items lie over earlier ones."""

    width: float
    height: float
    items: tuple[Item, ...] = ()
