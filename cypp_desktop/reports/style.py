"""Paper's own look: colours and sizes, and the ink and tint that a status's colour becomes on white paper."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass
from functools import lru_cache

SURFACE = "#FFFFFF"
SUNKEN = "#F0F2F6"
TEXT = "#1A1E29"
MUTED = "#555C6C"
BORDER = "#DCE0E8"
CONTROL = "#858C9C"
ACCENT = "#3D4AA6"
WATERMARK = "#E6E8EF"

TOKENS = {
    "surface": SURFACE, "sunken": SUNKEN, "text": TEXT, "muted": MUTED, "border": BORDER, "control": CONTROL,
    "accent": ACCENT,
}  # fmt: skip
"""The colours that a drawing may name."""

VERDICTS = {"better": "#1D6932", "worse": "#B3261E"}
"""The inks of the arrows that say whether a change is good."""

LEAST_CONTRAST = 4.5
"""What WCAG 2.2 AA asks of text (success criterion 1.4.3)."""

_FALLBACK = MUTED
_PALE, _PALE_SATURATION = 0.93, 0.8  # a tint's lightness, and its saturation beside the ink's
_DARKER = 0.97


@dataclass(frozen=True, slots=True, eq=False)
class Type:
    """How words are set: size and leading in points, a colour, and whether they are bold or italic throughout."""

    size: float
    leading: float
    colour: str = TEXT
    bold: bool = False
    italic: bool = False


CELL = Type(9, 12)
CELL_BOLD = Type(9, 12, bold=True)
SMALL = Type(8, 10, MUTED)
COLUMN_HEAD = Type(8.5, 11, bold=True)
KICKER = Type(9, 13, ACCENT, bold=True)
HEADING = (Type(22, 27, bold=True), Type(16, 20, bold=True), Type(12, 16, bold=True), Type(10, 14, bold=True))
FRONT_KICKER = Type(11, 14, ACCENT, bold=True)
FRONT_CORNER = Type(11, 14, bold=True)
FRONT_TITLE = Type(28, 34, bold=True)
SUBTITLE = Type(15, 20, MUTED)
BODY = Type(10.5, 15)
NOTE = Type(8.5, 11.5, MUTED)
FURNITURE = Type(8.5, 11, MUTED)
FURNITURE_BOLD = Type(8.5, 11, MUTED, bold=True)
FOOT = Type(8, 11, MUTED)
FOOT_BOLD = Type(8, 11, bold=True)
COUNT = Type(9, 12, SURFACE, bold=True)
BEHIND = Type(150, 150, WATERMARK, bold=True)


SMALLEST, LARGEST = 0.5, 2.5


def scale(text_size: float) -> float:
    """How many times as large as usual text is; a size that cannot be is the usual one."""
    return text_size if SMALLEST <= text_size <= LARGEST else 1.0


def channels(colour: str) -> tuple[float, float, float]:
    """Red, green and blue of ``#RRGGBB`` from 0 to 1; a colour that cannot be read is grey."""
    digits = colour.strip().removeprefix("#")
    try:
        red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    except ValueError:
        return channels(_FALLBACK)
    return red, green, blue


def luminance(colour: str) -> float:
    """Relative luminance from 0 to 1, as WCAG 2.2 defines it."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def grey(colour: str) -> str:
    """What a black and white printer makes of a colour."""
    value = luminance(colour)
    level = 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
    return _hex(level, level, level)


@lru_cache(maxsize=256)
def ink(colour: str) -> str:
    """The colour with its hue kept, darkened until it can be read on white and on its own tint."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*channels(colour))
    while True:
        chosen = _hex(*colorsys.hls_to_rgb(hue, lightness, saturation))
        if contrast(chosen, SURFACE) >= LEAST_CONTRAST and contrast(chosen, _pale(chosen)) >= LEAST_CONTRAST:
            return chosen
        lightness *= _DARKER


def paint(colour: str) -> str:
    """What a drawing's colour is on paper: a token's own, or the ink of a status's."""
    return TOKENS.get(colour) or ink(colour)


@lru_cache(maxsize=256)
def tint(colour: str) -> str:
    """The pale ground of a chip of this colour."""
    return _pale(ink(colour))


def _pale(colour: str) -> str:
    hue, _, saturation = colorsys.rgb_to_hls(*channels(colour))
    return _hex(*colorsys.hls_to_rgb(hue, _PALE, saturation * _PALE_SATURATION))


def _hex(*parts: float) -> str:
    return "#" + "".join(f"{round(255 * min(max(part, 0.0), 1.0)):02X}" for part in parts)
