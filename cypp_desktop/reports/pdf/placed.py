"""What is put on a page: words and pictures, each where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cypp_desktop.reports.pdf.tags import Node
    from cypp_desktop.reports.pdf.wrap import Line


class Placed(NamedTuple):
    """Lines whose top left corner is at ``x, y``; an artifact's words are no part of the document's text."""

    x: float
    y: float
    lines: list[Line]
    artifact: bool


class Picture(NamedTuple):
    """Painting operators and words that are one figure, with its box as left, bottom, right, top."""

    node: Node
    box: tuple[float, float, float, float]
    operators: list[str]
    words: list[Placed]


Item = Placed | Picture
Slot = list[Item]
"""A place in the reading order of a page, which may be filled after what follows it."""
