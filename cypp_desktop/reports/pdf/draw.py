"""Pages as content streams, every word marked as what it is (ISO 32000-1, 14.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cypp_desktop.reports import style
from cypp_desktop.reports.pdf import shapes
from cypp_desktop.reports.pdf.fonts import Encoder, Face
from cypp_desktop.reports.pdf.page import Picture, Placed
from cypp_desktop.reports.pdf.tags import Content, Node
from cypp_desktop.reports.pdf.wrap import RAISED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cypp_desktop.reports.pdf.page import Page
    from cypp_desktop.reports.pdf.wrap import Label, Line, Piece

_BASELINE = 0.273  # of the size: how far a baseline lies below the middle of its line
_RISE = 0.33
_UNDERLINE = 1.6


class Link(NamedTuple):
    """A link's place on a page: left, bottom, right, top in points; its element; where it leads."""

    box: tuple[float, float, float, float]
    node: Node
    address: str


class Ink:
    """The faces of one document as they are used on its pages."""

    def __init__(self, doc: Any) -> None:
        self._doc = doc
        self._encoders: dict[Face, Encoder] = {}

    def encoder(self, used: Face) -> Encoder:
        """The face's codes in this document."""
        if used not in self._encoders:
            self._encoders[used] = Encoder(used, self._doc)
        return self._encoders[used]


class Drawing:
    """The content stream of one page in the making; ``owners`` are the elements of its marks, by mark."""

    def __init__(self, number: int, ink: Ink) -> None:
        self._number, self._ink = number, ink
        self._out: list[str] = []
        self.owners: list[Node] = []
        self.links: list[Link] = []
        self._under: list[str] = []
        self._node: Node | None = None  # whose marked content is open
        self._x = self._y = 0.0  # where the line in hand begins
        self._font: tuple[str, float] = ("", 0.0)
        self._colour = ""

    def page(self, page: Page) -> None:
        """Draw what stands on a page."""
        for slot in page.slots:
            for item in slot:
                if isinstance(item, Picture):
                    self._picture(item)
                else:
                    self._words(item)
        self._artifact(page.graphics + self._under, "Layout", before=True)

    def furniture(self, operators: Iterable[str], words: Iterable[Placed], kind: str) -> None:
        """Draw a running head or foot."""
        self._out.append(f"/Artifact <</Type/Pagination/Subtype/{kind}>> BDC")
        self._out += operators
        for placed in words:
            self._text(placed, artifact=True)
        self._out.append("EMC")

    def stream(self) -> bytes:
        """The finished stream."""
        return "\n".join(self._out).encode("latin-1")

    def _artifact(self, operators: list[str], kind: str, *, before: bool = False) -> None:
        if operators:
            marked = [f"/Artifact <</Type/{kind}>> BDC", *operators, "EMC"]
            self._out = marked + self._out if before else self._out + marked

    def _mark(self, node: Node) -> None:
        node.kids.append(Content(self._number, len(self.owners)))
        self._out.append(f"/{node.tag} <</MCID {len(self.owners)}>> BDC")
        self.owners.append(node)
        self._node = node

    def _unmark(self) -> None:
        if self._node is not None:
            self._out.append("EMC")
            self._node = None

    def _picture(self, picture: Picture) -> None:
        self._mark(picture.node)
        self._out += picture.operators
        for placed in picture.words:
            self._text(placed, artifact=True)
        self._unmark()

    def _words(self, placed: Placed) -> None:
        if placed.artifact:
            self._out.append("/Artifact <</Type/Pagination>> BDC")
            self._text(placed, artifact=True)
            self._out.append("EMC")
        else:
            self._text(placed, artifact=False)

    def _text(self, placed: Placed, *, artifact: bool) -> None:
        """One text object; within it the marks change with the elements."""
        self._out.append("BT")
        self._x = self._y = 0.0
        self._font, self._colour = ("", 0.0), ""
        top = placed.y
        for line in placed.lines:
            top -= line.height
            y = top + line.type.leading / 2 - _BASELINE * line.type.size
            for label in line.labels:
                self._label(label, line, placed.x, y, artifact=artifact)
            self._move(placed.x + line.x, y)
            self._line(line, artifact=artifact)
        if not artifact:
            self._unmark()
        self._out.append("ET")

    def _label(self, label: Label, line: Line, x: float, y: float, *, artifact: bool) -> None:
        self._move(x + label.x, y)
        if not artifact and label.node is not None and label.node is not self._node:
            self._unmark()
            self._mark(label.node)
        piece = label.piece
        if label.node is line.node:
            piece = piece._replace(text=piece.text + " ")
        self._show(piece, label.type.size, label.type.colour)

    def _line(self, line: Line, *, artifact: bool) -> None:
        kind = line.type
        node = line.node
        along = 0.0
        for piece in line.pieces:
            if artifact or node is None:
                self._show(piece, kind.size, kind.colour)
                continue
            if piece.inline is None:
                if self._node is not node:
                    self._unmark()
                    self._mark(node)
                self._show(piece, kind.size, kind.colour)
            else:
                self._inline(piece, line, along)
            if len(line.pieces) > 1:
                along += piece.width() * kind.size / 1000

    def _inline(self, piece: Piece, line: Line, along: float) -> None:
        """A piece of a link or of a footnote's reference, in its own element."""
        inline, size = piece.inline, line.type.size
        if inline is None:
            return
        if inline.node is None:
            inline.node = Node(inline.tag, line.node)
        if self._node is not inline.node:
            self._unmark()
            self._mark(inline.node)
        if inline.tag == "Reference":
            self._out.append(f"{_RISE * size:.2f} Ts")
            self._show(piece, size * RAISED, line.type.colour)
            self._out.append("0 Ts")
            return
        self._show(piece, size, style.ACCENT)
        left, right = self._x + along, self._x + along + piece.width() * size / 1000
        box = (left, self._y - 0.25 * size, right, self._y + 0.85 * size)
        self.links.append(Link(box, inline.node, inline.address))
        self._under.append(shapes.rule(left, right, self._y - _UNDERLINE, style.ACCENT, 0.5))

    def _move(self, x: float, y: float) -> None:
        dx, dy = round(x - self._x, 2), round(y - self._y, 2)
        self._out.append(f"{dx:g} {dy:g} Td")
        self._x += dx
        self._y += dy

    def _show(self, piece: Piece, size: float, colour: str) -> None:
        out = self._out
        if colour != self._colour:
            self._colour = colour
            out.append(shapes.fill(colour))
        for resource, shown in self._ink.encoder(piece.face).encode(piece.text):
            if (resource, size) != self._font:
                self._font = resource, size
                out.append(f"{resource} {size:g} Tf")
            out.append(f"({shown}) Tj")
