"""Pictures that a report holds as plain values, as SVG inside the page."""

from __future__ import annotations

from html import escape
from typing import assert_never

from cypp_desktop.reports import drawing, style
from cypp_desktop.reports.html import look
from cypp_desktop.reports.model import Figure
from cypp_desktop.reports.plain import legal


def picture(figure: Figure) -> str:
    """A picture, as wide as it is drawn or as there is room for; its words are for those who see it."""
    made = figure.drawing
    inner = "".join(map(_item, made.items))
    return (
        f'<svg class="picture" role="img" aria-label="{escape(legal(figure.alt))}" '
        f'viewBox="0 0 {made.width:g} {made.height:g}" style="width:{made.width:g}pt">{inner}</svg>'
    )


def _item(item: drawing.Item) -> str:
    match item:
        case drawing.Stroke():
            dash = ' stroke-dasharray="3 2"' if item.dashed else ""
            return (
                f'<line x1="{item.x1:g}" y1="{item.y1:g}" x2="{item.x2:g}" y2="{item.y2:g}" '
                f'style="stroke:{_colour(item.colour)};stroke-width:{item.width:g}"{dash}/>'
            )
        case drawing.Box():
            return (
                f'<rect x="{item.x:g}" y="{item.y:g}" width="{max(item.width, 0):g}" height="{max(item.height, 0):g}" '
                f'rx="{item.radius:g}" style="fill:{_colour(item.colour)}"/>'
            )
        case drawing.Mark():
            x, y, scale = item.x - item.size / 2, item.y - item.size / 2, item.size / 16
            colours = f"fill:{_colour(item.colour)};color:{_colour(item.colour)};--hole:{_colour(item.ground)}"
            return (
                f'<g transform="translate({x:g} {y:g}) scale({scale:g})" style="{colours}">{look.drawn(item.shape)}</g>'
            )
        case drawing.Label():
            weight = ";font-weight:bold" if item.bold else ""
            return (
                f'<text x="{item.x:g}" y="{item.y:g}" text-anchor="{item.anchor}" aria-hidden="true" '
                f'style="font-size:{item.size:g}px;fill:{_colour(item.colour)}{weight}">{escape(legal(item.text))}</text>'
            )
        case _:
            assert_never(item)


def _colour(colour: str) -> str:
    """A token's colour, which is another on a dark screen, or the ink of a status's."""
    return f"var(--{colour})" if colour in style.TOKENS else style.ink(colour)
