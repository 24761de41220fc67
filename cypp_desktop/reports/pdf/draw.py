"""Pages as content streams, every word marked as what it is (ISO 32000-1, 14.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cypp_desktop.reports import style
from cypp_desktop.reports.pdf import shapes
from cypp_desktop.reports.pdf.fonts import FAR, Encoder, Face
from cypp_desktop.reports.pdf.placed import Picture
from cypp_desktop.reports.pdf.tags import Node, text
from cypp_desktop.reports.pdf.wrap import RAISED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cypp_desktop.reports.pdf.page import Page
    from cypp_desktop.reports.pdf.placed import Placed
    from cypp_desktop.reports.pdf.wrap import Inline, Label, Line, Piece
    from cypp_desktop.reports.style import Type

_BASELINE = 0.273  # of the size: how far a baseline lies below the middle of its line
_RISE = 0.33
_UNDERLINE = 1.6
_NEAR = 0.006  # points that nobody sees


class Link(NamedTuple):
    """A link's place on a page: left, bottom, right, top in points; its element; where it leads; what it says."""

    box: tuple[float, float, float, float]
    node: Node
    address: str
    target: str
    text: str


class Ink:
    """The faces of one document as they are used on its pages."""

    def __init__(self, doc: Any) -> None:
        self._doc = doc
        self._encoders: dict[Face, Encoder] = {}

    def encoder(self, used: Face) -> Encoder:
        """The face's codes in this document."""
        found = self._encoders.get(used)
        if found is None:
            found = self._encoders[used] = Encoder(used, self._doc)
        return found


class Drawing:
    """The content stream of one page in the making; ``owners`` are the elements of its marks, by mark.

    All is drawn ``scale`` times as large as it was laid out.
    """

    def __init__(self, number: int, ink: Ink, scale: float = 1.0) -> None:
        self._number, self._ink, self._scale = number, ink, scale
        self._out: list[str] = []
        self.owners: list[Node] = []
        self.links: list[Link] = []
        self._under: list[str] = []
        self._node: Node | None = None  # whose marked content is open
        self._x = self._y = 0.0  # where the line in hand begins
        self._forget()

    def page(self, page: Page) -> None:
        """Draw what stands on a page."""
        start = len(self._out)
        for slot in page.slots:
            for item in slot:
                if isinstance(item, Picture):
                    self._picture(item)
                elif item.artifact:
                    self._out.append("/Artifact <</Type/Pagination>> BDC")
                    self._text(item, artifact=True)
                    self._out.append("EMC")
                else:
                    self._text(item, artifact=False)
        painted = page.graphics + self._under
        if painted:  # under the words, and so before them
            self._out[start:start] = ["/Artifact <</Type/Layout>> BDC", *painted, "EMC"]

    def furniture(self, operators: Iterable[str], words: Iterable[Placed], kind: str) -> None:
        """Draw a running head, foot or watermark."""
        self._out.append(f"/Artifact <</Type/Pagination/Subtype/{kind}>> BDC")
        self._painted(operators, words)
        self._out.append("EMC")

    def again(self, stream: str) -> None:
        """Put operators that another drawing made."""
        self._out.append(stream)
        self._forget()

    def stream(self) -> str:
        """The finished stream, its characters the bytes."""
        return "\n".join(self._out)

    def scaled(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """A box that was laid out, as it stands on the page."""
        left, bottom, right, top = (side * self._scale for side in box)
        return left, bottom, right, top

    def _forget(self) -> None:
        """What the font, the colour and the leading are is no longer known."""
        self._font: tuple[str, float] = ("", 0.0)
        self._colour = ""
        self._leading = 0.0
        self._kind: Type | None = None  # what the last words were set in, where the next line may go on in it
        self._used: Face | None = None

    def _painted(self, operators: Iterable[str], words: Iterable[Placed]) -> None:
        """Operators and words that belong to the marked content that is open."""
        self._out += operators
        self._forget()
        for placed in words:
            self._text(placed, artifact=True)

    def _mark(self, node: Node) -> None:
        """Open the marked content of an element, unless it is open."""
        if self._node is node:
            return
        if self._node is not None:
            self._out.append("EMC")
        mark = len(self.owners)
        node.kids.append((self._number, mark))
        self._out.append(f"/{node.tag} <</MCID {mark}>> BDC")
        self.owners.append(node)
        self._node = node

    def _unmark(self) -> None:
        if self._node is not None:
            self._out.append("EMC")
            self._node = None

    def _picture(self, picture: Picture) -> None:
        box = " ".join(f"{side:.2f}" for side in self.scaled(picture.box))
        picture.node.attributes = f"/O/Layout/Placement/Block/BBox[{box}]"
        self._mark(picture.node)
        self._painted(picture.operators, picture.words)
        self._unmark()

    def _text(self, placed: Placed, *, artifact: bool) -> None:
        """One text object; within it the marks change with the elements."""
        out = self._out
        out.append("BT")
        self._x = self._y = 0.0
        top = placed.y
        for line in placed.lines:
            top -= line.height
            kind = line.type
            x, y = placed.x + line.x, top + kind.leading / 2 - _BASELINE * kind.size
            for label in line.labels:
                self._label(label, line, placed.x, y, artifact=artifact)
            if line.pieces:
                self._move(x, y)
                self._pieces(line, line.pieces, artifact=artifact)
            else:
                if line.node is not self._node and not artifact and line.node is not None:
                    self._mark(line.node)
                self._plain(line, x, y)
            if self._leading != kind.leading:
                self._leading = kind.leading
                out.append(f"{kind.leading} TL")
        if not artifact:
            self._unmark()
        out.append("ET")

    def _plain(self, line: Line, x: float, y: float) -> None:
        """A line of one face; the next line of a paragraph takes one operator."""
        kind, used, words, out = line.type, line.face, line.text, self._out
        if not words.isascii() or "(" in words or ")" in words or "\\" in words:
            words = words.translate(self._ink.encoder(used))
        if FAR in words:
            self._move(x, y)
            self._show(used, line.text, kind.size, kind.colour)
        elif self._kind is not kind or self._used is not used:
            self._move(x, y)
            self._set(self._ink.encoder(used).resource, kind.size, kind.colour)
            out.append(f"({words}) Tj")
            self._kind, self._used = kind, used
        elif x == self._x and -_NEAR < self._y - self._leading - y < _NEAR:
            self._y -= self._leading
            out.append(f"({words})'")
        else:
            self._x, self._y = x, y
            out.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm ({words}) Tj")

    def _label(self, label: Label, line: Line, x: float, y: float, *, artifact: bool) -> None:
        self._move(x + label.x, y)
        if not artifact and label.node is not None:
            self._mark(label.node)
        words = label.piece.text + " " if label.node is line.node else label.piece.text
        self._show(label.piece.face, words, label.type.size, label.type.colour)

    def _pieces(self, line: Line, pieces: list[Piece], *, artifact: bool) -> None:
        size, colour = line.type.size, line.type.colour
        start, left, y = self._x, self._x, self._y
        for piece in pieces:
            if piece.at is not None:
                left = start + piece.at * size / 1000
                self._move(left, y)
            if piece.inline is None:
                if line.node is not None and not artifact:
                    self._mark(line.node)
                self._piece(piece, size, colour)
            else:
                self._inline(piece, piece.inline, line, left, artifact=artifact)
            left += piece.width() * size / 1000

    def _piece(self, piece: Piece, size: float, colour: str) -> None:
        """A piece's words; where these are seen in another order, what they say (ISO 32000-1, 14.9.4)."""
        if piece.said:
            self._out.append(f"/Span <</ActualText{text(piece.said)}>> BDC")
        self._show(piece.face, piece.text, size, colour)
        if piece.said:
            self._out.append("EMC")

    def _inline(self, piece: Piece, inline: Inline, line: Line, left: float, *, artifact: bool) -> None:
        """A piece of a link or of a footnote's reference, in its own element."""
        size = line.type.size
        if line.node is not None and not artifact:
            if inline.node is None:
                inline.node = Node(inline.tag, line.node)
            self._mark(inline.node)
        if inline.tag == "Reference":
            self._out.append(f"{_RISE * size:.2f} Ts")
            self._piece(piece, size * RAISED, line.type.colour)
            self._out.append("0 Ts")
            return
        self._piece(piece, size, style.ACCENT)
        right = left + piece.width() * size / 1000
        if inline.address:  # a link within the document is not asked for on paper
            self._under.append(shapes.rule(left, right, self._y - _UNDERLINE, style.ACCENT, 0.5))
        if inline.node is not None and not artifact:
            self.links.append(
                Link(
                    self.scaled((left, self._y - 0.25 * size, right, self._y + 0.85 * size)),
                    inline.node,
                    inline.address,
                    inline.target,
                    (piece.said or piece.text).strip(),
                )
            )

    def _move(self, x: float, y: float) -> None:
        self._out.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
        self._x, self._y = x, y

    def _show(self, used: Face, words: str, size: float, colour: str) -> None:
        for resource, shown in self._ink.encoder(used).encode(words):
            self._set(resource, size, colour)
            self._out.append(f"({shown}) Tj")

    def _set(self, resource: str, size: float, colour: str) -> None:
        """Choose a font and a colour."""
        if colour != self._colour:
            self._kind, self._colour = None, colour
            self._out.append(shapes.fill(colour))
        if self._font != (resource, size):
            self._kind, self._font = None, (resource, size)
            self._out.append(f"{resource} {size:g} Tf")
