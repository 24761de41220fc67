"""Words broken into lines: greedy, over cached widths, so that every word is looked at once."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from cypp_desktop.reports.pdf import leftward
from cypp_desktop.reports.pdf.fonts import Face, face, segments
from cypp_desktop.reports.plain import address, reads_left

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cypp_desktop.domain.text import Run
    from cypp_desktop.reports.pdf.tags import Node
    from cypp_desktop.reports.style import Type

_SOFT_BREAK = re.compile(r"(?<=[-/])")  # where a word too long for its line may break before it breaks anywhere
_LEAST_ROOM = 1.0
_SLACK = 1e-6
RAISED = 0.62
"""Size of a footnote's reference beside the text's own."""


class Inline:
    """A stretch of a paragraph that is an element of its own: a link, or a footnote's reference.

    A link leads to an address, or to the place in the document that has the name ``target``. Its node is made when its
    first piece is drawn, so that it takes its place among its paragraph's content.
    """

    __slots__ = ("address", "node", "tag", "target")

    def __init__(self, tag: str, address: str = "", target: str = "") -> None:
        self.tag, self.address, self.target = tag, address, target
        self.node: Node | None = None


class Piece(NamedTuple):
    """Words of one face on a line.

    On a line that has words read from right to left, pieces are kept in the order of reading: ``text`` is what is
    seen from left to right, ``at`` where it stands, in thousandths of the size, and ``said`` what it says, if not that.
    """

    face: Face
    text: str
    inline: Inline | None = None
    at: float | None = None
    said: str = ""

    def width(self) -> float:
        """In thousandths of the size."""
        own = _width(self.face, self.text)
        return own * RAISED if self.inline and self.inline.tag == "Reference" else own


class Label(NamedTuple):
    """What hangs before a line: a bullet, a number, a letter."""

    x: float
    piece: Piece
    node: Node | None
    type: Type


class Line:
    """One line of text, ``x`` points from the edge of what it stands in, with ``gap`` points of space above it.

    It is the words of one face, or of several ``pieces``. ``node`` is the element that they belong to; without one
    they are an artifact. ``height`` includes the gap. A ``leftward`` line is of a paragraph read from right to left.
    """

    __slots__ = ("face", "gap", "height", "labels", "leftward", "node", "pieces", "text", "type", "x")

    def __init__(self, used: Face, text: str, style: Type, x: float = 0.0) -> None:
        self.face, self.text, self.type, self.x = used, text, style, x
        self.node: Node | None = None
        self.gap = 0.0
        self.height = style.leading
        self.labels: tuple[Label, ...] = ()
        self.pieces: list[Piece] | None = None
        self.leftward = False

    def again(self) -> Line:
        """The same line, to stand elsewhere."""
        line = Line(self.face, self.text, self.type, self.x)
        line.labels, line.leftward = self.labels, self.leftward
        line.pieces = self.pieces and [*self.pieces]
        return line

    def parts(self) -> list[Piece]:
        """The words as pieces."""
        return self.pieces or [Piece(self.face, self.text)]

    def add(self, end: str) -> None:
        """Put something at the end of the words."""
        if self.pieces:
            last = self.pieces[-1]
            self.pieces[-1] = last._replace(text=last.text + end, said=last.said and last.said + end)
        else:
            self.text += end

    def space_above(self, gap: float) -> None:
        """Set the space above the line."""
        self.height += gap - self.gap
        self.gap = gap

    def width(self) -> float:
        """In points, from the line's own start."""
        return sum([piece.width() for piece in self.parts()]) * self.type.size / 1000


@lru_cache(maxsize=64)
def _face(style: Type) -> Face:
    return face(bold=style.bold, italic=style.italic)


@lru_cache(maxsize=4096)
def _width(used: Face, text: str) -> float:
    return sum([used.steps[word] for word in text.split(" ")]) - used.space


class _Token(NamedTuple):
    """Pieces that stay together on a line; ``spaced``: a blank stands before them; ``broken``: a new line does."""

    pieces: list[Piece]
    width: float
    spaced: bool
    broken: bool = False


def paragraph(runs: Sequence[Run], width: float, style: Type, x: float = 0.0) -> list[Line]:
    """The lines of a paragraph in a width in points, ``x`` of them left free before each line.

    The blank between two words stays at the end of a line that breaks there: a screen reader needs it
    (ISO 32000-1, 14.8.2.5). Where nothing is to be seen there are no lines.
    """
    if len(runs) == 1 and not (runs[0].link or runs[0].note):
        [run] = runs
        used = (
            _face(style)
            if not (run.bold or run.italic)
            else face(bold=style.bold or run.bold, italic=style.italic or run.italic)
        )
        return _set(run.text, used, width, style, x)
    room = max(width - x, _LEAST_ROOM) * 1000 / style.size
    return _mixed(_pieces(runs, style), room, style, x)


@lru_cache(maxsize=512)
def longest(text: str, style: Type) -> float:
    """The width of the longest word of a text that one face can show, in points; 0 where several are needed."""
    used = face(bold=style.bold, italic=style.italic)
    return max(map(used.width, text.split()), default=0.0) * style.size / 1000 if used.has_all(text) else 0.0


def words(text: str, width: float, style: Type, x: float = 0.0, inline: Inline | None = None) -> list[Line]:
    """The lines of a paragraph of plain words; with ``inline`` all of it is one link."""
    return _set(text, _face(style), width, style, x, inline)


def _set(text: str, used: Face, width: float, style: Type, x: float, inline: Inline | None = None) -> list[Line]:
    room = max(width - x, _LEAST_ROOM) * 1000 / style.size
    if text and not text.isspace() and used.has_all(text) and not leftward.has(text):
        lines = [Line(used, line, style, x) for line in _plain(used, text, room)]
        for line in lines if inline else ():
            line.pieces = [Piece(used, line.text, inline)]
        return lines
    return _mixed((Piece(one, part, inline) for one, part in segments(text, used)), room, style, x)


def _mixed(pieces: Iterable[Piece], room: float, style: Type, x: float) -> list[Line]:
    """Lines of several faces."""
    pieces = list(pieces)
    whole = "".join([piece.text for piece in pieces])
    turned = leftward.has(whole)
    out: list[Line] = []
    for held in _filled(_split(pieces, room), room):
        out.append(line := Line(held[0].face, held[0].text, style, x))
        if turned:
            line.leftward = reads_left(whole)
            line.pieces = _seen(held, turned=line.leftward)
        elif len(held) > 1 or held[0].inline:
            line.pieces = held
    return out


def _seen(held: list[Piece], *, turned: bool) -> list[Piece]:
    """Pieces as they are seen, in the order of reading; ``turned``: the paragraph is read from right to left."""
    text = "".join([piece.text for piece in held])
    owners = [number for number, piece in enumerate(held) for _ in piece.text]
    out: list[tuple[int, Piece]] = []
    at = 0.0
    for seen in leftward.stretches(text, owners, turned=turned):
        said = text[seen.start : seen.end]
        said = "" if said == seen.shown else leftward.parted(said)
        piece = held[owners[seen.start]]._replace(text=seen.shown, at=at, said=said)
        out.append((seen.start, piece))
        at += piece.width()
    return [piece for _, piece in sorted(out, key=itemgetter(0))]


def to_the_right(lines: list[Line], width: float) -> list[Line]:
    """Lines of a paragraph that is read from right to left, at the right edge of a width in points."""
    for line in lines:
        if line.leftward:
            line.x = max(line.x, width - line.width())
    return lines


def _plain(used: Face, text: str, room: float) -> list[str]:
    """Lines of words that one face can show."""
    words = text.split(" ")
    if "" in words:
        words = [word for word in words if word]
        text = " ".join(words)
    steps = [*map(used.steps.__getitem__, words)]
    ends = [*accumulate(steps)]
    room += used.space + _SLACK
    if ends[-1] <= room:
        return [text]
    if max(steps) > room:
        room -= used.space + _SLACK
        return [line[0].text for line in _filled(_split([Piece(used, text)], room), room)]
    last = len(words)
    out: list[str] = []
    start, before = 0, 0.0
    while True:
        end = max(bisect_right(ends, before + room, start), start + 1)
        if end == last:
            out.append(" ".join(words[start:]))
            return out
        out.append(" ".join(words[start:end]) + " ")
        start, before = end, ends[end - 1]


def _parts(word: str, used: Face, room: float) -> Iterator[tuple[str, float]]:
    """A word too long for a line, in parts that are not: broken after hyphens and strokes, else anywhere."""
    chars, default = used.steps.chars, used.steps.default
    held, taken = "", 0.0
    for part in _SOFT_BREAK.split(word):
        width = used.width(part)
        if held and taken + width > room:
            yield held, taken
            held, taken = "", 0.0
        if width <= room:
            held, taken = held + part, taken + width
            continue
        start = 0
        for at, char in enumerate(part):
            wide = chars.get(ord(char), default)
            if taken + wide > room and at > start:
                yield part[start:at], taken
                start, taken = at, 0.0
            taken += wide
        held = part[start:]
    yield held, taken


def _pieces(runs: Sequence[Run], style: Type) -> Iterator[Piece]:
    link: Inline | None = None
    for run in runs:
        used = face(bold=style.bold or run.bold, italic=style.italic or run.italic)
        if run.note:
            yield from (Piece(one, text, Inline("Reference", run.note)) for one, text in segments(run.note, used))
            continue
        target = address(run.link) if run.link else ""
        if not target:
            link = None
        elif link is None or link.address != target:
            link = Inline("Link", target)
        yield from (Piece(one, text, link) for one, text in segments(run.text, used))


def _split(pieces: Iterable[Piece], room: float) -> Iterator[_Token]:
    """Pieces as tokens; a word may be of several pieces, and a long word becomes several tokens."""
    held: list[Piece] = []
    spaced = broken = False
    for piece in pieces:
        for number, line in enumerate(piece.text.split("\n")):
            for at, word in enumerate(line.split(" ")):
                if number or at:
                    if held:
                        yield from _whole(_Token(held, 0.0, spaced, broken), room)
                        held, broken = [], False
                    spaced, broken = True, broken or not at
                if word:
                    held.append(piece._replace(text=word))
    if held:
        yield from _whole(_Token(held, 0.0, spaced, broken), room)


def _whole(word: _Token, room: float) -> Iterator[_Token]:
    """A word with its width; as several tokens where it is longer than a line."""
    width = sum(piece.width() for piece in word.pieces)
    if width <= room:
        yield word._replace(width=width)
        return
    for piece in word.pieces:
        for part, wide in _parts(piece.text, piece.face, room):
            yield word._replace(pieces=[piece._replace(text=part)], width=wide)
            word = word._replace(spaced=False, broken=False)


def _filled(tokens: Iterable[_Token], room: float) -> Iterator[list[Piece]]:
    """Lines of tokens, each as full as it gets."""
    line: list[Piece] = []
    taken = 0.0
    for token in tokens:
        space = line[-1].face.space if line and token.spaced else 0.0
        if line and (token.broken or taken + space + token.width > room + _SLACK):
            if token.spaced:
                _append(line, line[-1]._replace(text=" "))
            yield line
            line, taken, space = [], 0.0, 0.0
        elif space:
            same = token.pieces[0].inline is line[-1].inline
            _append(line, line[-1]._replace(text=" ", inline=line[-1].inline if same else None))
        for piece in token.pieces:
            _append(line, piece)
        taken += space + token.width
    if line:
        yield line


def _append(line: list[Piece], piece: Piece) -> None:
    if line and line[-1].face is piece.face and line[-1].inline is piece.inline:
        line[-1] = piece._replace(text=line[-1].text + piece.text)
    else:
        line.append(piece)
