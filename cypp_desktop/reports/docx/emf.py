"""Drawings as Enhanced Metafiles ([MS-EMF]): small, sharp at any size, and shown by Word and LibreOffice alike."""

from __future__ import annotations

import re
from math import ceil, hypot
from struct import pack
from typing import assert_never

from cypp_desktop.reports import drawing, style
from cypp_desktop.reports.docx.words import FONT
from cypp_desktop.reports.drawing import Drawing
from cypp_desktop.reports.pdf import shapes
from cypp_desktop.reports.plain import legal

_UNIT = 20  # units in a point
_PER_INCH = 72 * _UNIT
_HUNDREDTHS = 2540 / _PER_INCH  # of a millimetre in a unit
_NULL_BRUSH, _NULL_PEN = 0x80000005, 0x80000008
_PEN, _BRUSH, _TYPE = 1, 2, 3  # places in the table of objects
_GEOMETRIC, _FLAT, _MITER = 0x10000, 0x200, 0x2000
_ANCHORS = {"start": 0, "middle": 6, "end": 2}
_BASELINE, _TRANSPARENT = 24, 1
_DASH, _SPACE = 3.0, 2.0  # points
_BOUNDS = pack("<4i", 0, 0, -1, -1)  # whatever the record touches
# Widths of the letters from blank to tilde in Arial, in thousandths of the size; for any other letter half the size.
_WIDTHS = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
)  # fmt: skip
_OTHER_WIDTH = 556


def picture(made: Drawing) -> bytes:
    """The drawing as a metafile."""
    pen = _Pen()
    for item in made.items:
        pen.draw(item)
    return pen.file(made.width, made.height)


class _Pen:
    """Writes the records of one metafile."""

    def __init__(self) -> None:
        self._records: list[bytes] = []
        self._put(18, pack("<I", _TRANSPARENT))

    def _put(self, kind: int, data: bytes) -> None:
        self._records.append(pack("<II", kind, 8 + len(data)) + data)

    def file(self, width: float, height: float) -> bytes:
        """All records, between the header and the end."""
        wide, high = (max(1, ceil(side * _UNIT)) for side in (width, height))
        end = pack("<5I", 14, 20, 0, 0, 20)
        body = b"".join(self._records) + end
        frame = (0, 0, round(wide * _HUNDREDTHS), round(high * _HUNDREDTHS))
        header = pack("<4i4i", 0, 0, wide - 1, high - 1, *frame)
        header += pack("<4sIIIHHIII", b" EMF", 0x10000, 88 + len(body), len(self._records) + 2, 4, 0, 0, 0, 0)
        header += pack("<2i2i", 10 * _PER_INCH, 10 * _PER_INCH, 254, 254)  # a device of ten inches
        return pack("<II", 1, 88) + header + body

    def draw(self, item: drawing.Item) -> None:
        match item:
            case drawing.Stroke():
                self._stroke(item)
            case drawing.Box():
                x, y, right, low = (_units(one) for one in (item.x, item.y, item.x + item.width, item.y + item.height))
                self._fill(style.paint(item.colour))
                self._line("", 0)
                self._put(44, pack("<6i", x, y, right, low, 2 * _units(item.radius), 2 * _units(item.radius)))
                self._drop()
            case drawing.Mark():
                half = item.size / 2
                square = (item.x - half, -item.y - half, item.size)
                self._shape(shapes.shape(item.shape, square, style.paint(item.colour), style.paint(item.ground)))
            case drawing.Label():
                self._label(item)
            case _:
                assert_never(item)

    # --- lines and grounds ---

    def _line(self, colour: str, width: float, *, flat: bool = True) -> None:
        """Choose a pen; one without a colour draws nothing."""
        if not colour:
            self._put(37, pack("<I", _NULL_PEN))
            return
        kind = _GEOMETRIC | (_FLAT | _MITER if flat else 0)
        self._put(95, pack("<5I6I", _PEN, 0, 0, 0, 0, kind, max(1, _units(width)), 0, _colour(colour), 0, 0))
        self._put(37, pack("<I", _PEN))

    def _fill(self, colour: str) -> None:
        """Choose a brush; one without a colour fills nothing."""
        if not colour:
            self._put(37, pack("<I", _NULL_BRUSH))
            return
        self._put(39, pack("<4I", _BRUSH, 0, _colour(colour), 0))
        self._put(37, pack("<I", _BRUSH))

    def _drop(self) -> None:
        """Let go of pen and brush."""
        for stock, own in ((_NULL_PEN, _PEN), (_NULL_BRUSH, _BRUSH)):
            self._put(37, pack("<I", stock))
            self._put(40, pack("<I", own))

    def _stroke(self, item: drawing.Stroke) -> None:
        self._line(style.paint(item.colour), item.width)
        for x1, y1, x2, y2 in _dashes(item) if item.dashed else [(item.x1, item.y1, item.x2, item.y2)]:
            self._put(27, pack("<2i", _units(x1), _units(y1)))
            self._put(54, pack("<2i", _units(x2), _units(y2)))
        self._drop()

    # --- shapes ---

    def _shape(self, operators: str) -> None:
        """A status's shape from the operators that paint it on paper (ISO 32000-1, table 59), where y grows upwards."""
        set_: dict[str, list[float]] = {"rg": [], "RG": [], "w": [1.0], "J": [0.0]}
        held: list[float] = []
        begun = False
        for word in operators.split():
            if re.fullmatch(r"-?[\d.]+", word):
                held.append(float(word))
                continue
            if word in "mlch":
                if not begun:
                    self._put(59, b"")
                    begun = True
                self._path(word, [_units(sign * value) for value, sign in zip(held, (1, -1) * 3, strict=False)])
            elif word in "fSB":
                self._put(60, b"")
                self._fill(_hex(set_["rg"]) if word in "fB" else "")
                self._line(_hex(set_["RG"]) if word in "SB" else "", set_["w"][0], flat=not set_["J"][0])
                self._put({"f": 62, "S": 64, "B": 63}[word], _BOUNDS)
                self._drop()
                begun = False
            else:
                set_[word] = held
            held = []

    def _path(self, word: str, points: list[int]) -> None:
        if word == "h":
            self._put(61, b"")
        elif word == "c":
            self._put(5, _BOUNDS + pack("<I6i", 3, *points))
        else:
            self._put(27 if word == "m" else 54, pack("<2i", *points))

    # --- words ---

    def _label(self, label: drawing.Label) -> None:
        words = " ".join(legal(label.text).split())
        if not words:
            return
        size = _units(label.size)
        font = pack("<5i8B", -size, 0, 0, 0, 700 if label.bold else 400, *([0] * 8)) + _utf16(FONT, 64)
        self._put(82, pack("<I", _TYPE) + font.ljust(320, b"\0"))
        self._put(37, pack("<I", _TYPE))
        self._put(22, pack("<I", _BASELINE | _ANCHORS[label.anchor]))
        self._put(24, pack("<I", _colour(style.paint(label.colour))))
        units = words.encode("utf-16-le")
        number = len(units) // 2
        text = units + b"\0" * (-len(units) % 4)
        places = [round(_width(units[2 * at] | units[2 * at + 1] << 8) * size / 1000) for at in range(number)]
        start = 76
        head = pack("<Iff", 1, _HUNDREDTHS, _HUNDREDTHS)
        head += pack("<2i3I4iI", _units(label.x), _units(label.y), number, start, 0, 0, 0, -1, -1, start + len(text))
        self._put(84, _BOUNDS + head + text + pack(f"<{number}I", *places))
        self._put(37, pack("<I", 0x8000000D))  # the system's own type, so that this one can go
        self._put(40, pack("<I", _TYPE))


def _units(points: float) -> int:
    return round(points * _UNIT)


def _colour(colour: str) -> int:
    red, green, blue = (round(255 * part) for part in style.channels(colour))
    return red | green << 8 | blue << 16


def _hex(parts: list[float]) -> str:
    return "#" + "".join(f"{round(255 * part):02X}" for part in parts)


def _utf16(words: str, length: int) -> bytes:
    return words.encode("utf-16-le").ljust(length, b"\0")


def _width(code: int) -> int:
    return _WIDTHS[code - 32] if 32 <= code < 127 else _OTHER_WIDTH


def _dashes(item: drawing.Stroke) -> list[tuple[float, float, float, float]]:
    length = hypot(item.x2 - item.x1, item.y2 - item.y1)
    if not length:
        return []
    across, down = (item.x2 - item.x1) / length, (item.y2 - item.y1) / length
    starts = [number * (_DASH + _SPACE) for number in range(min(ceil(length / (_DASH + _SPACE)), 1000))]
    return [
        (item.x1 + a * across, item.y1 + a * down, item.x1 + b * across, item.y1 + b * down)
        for a, b in ((start, min(start + _DASH, length)) for start in starts)
    ]
