"""Writing the file: reportlab's objects and the structure tree, packed into compressed object streams.

A tagged document is mostly small objects. Packed (ISO 32000-1, 7.5.7) they take a tenth of the room.
"""

from __future__ import annotations

import zlib
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from html import escape
from itertools import accumulate, chain, islice
from struct import Struct
from typing import TYPE_CHECKING, Self

from reportlab.pdfbase import pdfdoc

from cypp_desktop.reports.pdf.tags import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportlab.pdfgen.canvas import Canvas

    from cypp_desktop.reports.pdf.tags import Structure

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_PACKED = 200  # objects in one object stream
_LEVEL = 3  # twice as fast as the usual 6, for a file a tenth larger
_ROW = Struct(">BIH")  # of the table of objects: kind, place, index
_PRODUCER = "cypp_desktop"


class Info(pdfdoc.PDFObject):  # type: ignore[misc]  # reportlab has no types
    """The document's title, author and language, as an object of its own and as XMP."""

    def __init__(self, title: str, author: str, language: str) -> None:
        self.title, self.author, self.language = title, author, language

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """The information dictionary."""
        del document
        return f"<</Title{text(self.title)}/Author{text(self.author)}/Producer({_PRODUCER})>>".encode("ascii")

    def xmp(self) -> bytes:
        """The metadata, with the mark of a PDF/UA-1 file (ISO 14289-1, clause 5)."""
        title, author, language = map(escape, (self.title, self.author, self.language))
        return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{_PRODUCER}</pdf:Producer><pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>""".encode()


class Raw(pdfdoc.PDFObject):  # type: ignore[misc]  # reportlab ships no types
    """An object that is written as it stands."""

    def __init__(self, source: str = "null") -> None:
        self.source = source

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """The source."""
        del document
        return self.source.encode("ascii")


class Pressed(pdfdoc.PDFObject):  # type: ignore[misc]  # reportlab ships no types
    """A stream whose data is compressed by the time the press has finished."""

    def __init__(self, data: bytes, entries: str = "") -> None:
        self.data, self._entries = data, entries

    def source(self, number: int) -> bytes:
        """The object as it stands in the file."""
        head = f"{number} 0 obj\n<<{self._entries}/Filter/FlateDecode/Length {len(self.data)}>>\nstream\n"
        return head.encode("ascii") + self.data + b"\nendstream\nendobj\n"

    def press(self) -> Self:
        """Compress the data."""
        self.data = zlib.compress(self.data, _LEVEL)
        return self


class Press:
    """Compresses streams when all are there, on both of a small computer's processors.

    A thread that compresses while pages are drawn gains nothing: Python makes it wait for its turn at every stream.
    """

    def __init__(self) -> None:
        self._held: list[Pressed] = []

    def stream(self, data: bytes, entries: str = "") -> Pressed:
        """A stream of data, to be compressed; ``entries`` go into its dictionary."""
        self._held.append(Pressed(data, entries))
        return self._held[-1]

    def finish(self) -> None:
        """Compress all."""
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(_press, (self._held[::2], self._held[1::2])))
        self._held.clear()


def _press(streams: list[Pressed]) -> None:
    for stream in streams:
        stream.press()


def save(canvas: Canvas, structure: Structure, info: Info, press: Press) -> bytes:
    """The finished file of a canvas whose pages are all shown."""
    doc = canvas._doc  # noqa: SLF001 - reportlab gives no other way to its document
    catalog = doc.Catalog
    for font in doc.delayedFonts:
        font.addObjects(doc)
    doc.Outlines.prepare(doc, canvas)
    if doc.Outlines.ready < 0:
        catalog.Outlines = None
    tree = Raw()
    catalog.StructTreeRoot = doc.Reference(tree)
    catalog.MarkInfo = Raw("<</Marked true>>")
    catalog.Metadata = pdfdoc.PDFStream(pdfdoc.PDFDictionary({"Type": "/Metadata", "Subtype": "/XML"}), info.xmp())
    doc.info = info
    doc.Reference(catalog)
    doc.Reference(info)
    streams, small = _formatted(doc)
    pages = [number(doc, page) for page in doc.Pages.pages]
    tagged = structure.objects(number(doc, tree), len(streams) + len(small) + 1, pages)
    del small[number(doc, tree)]  # the structure says itself what its root is
    return _written(streams, chain(small.items(), tagged), number(doc, catalog), number(doc, info), press)


def number(doc: pdfdoc.PDFDocument, one: pdfdoc.PDFObject) -> int:
    """The number of an object that the document has a reference to."""
    return int(doc.idToObjectNumberAndVersion[one.__InternalName__][0])


def _formatted(doc: pdfdoc.PDFDocument) -> tuple[dict[int, bytes | Pressed], dict[int, str]]:
    """The streams and the other objects of the document, by number; formatting one may bring forth others."""
    streams: dict[int, bytes | Pressed] = {}
    small: dict[int, str] = {}
    count = 1
    while count in doc.numberToId:
        one = doc.idToObject[doc.numberToId[count]]
        if isinstance(one, Pressed):
            streams[count] = one
        elif isinstance(one, pdfdoc.PDFStream):
            streams[count] = b"%d 0 obj\n%b\nendobj\n" % (count, pdfdoc.format(one, doc, toplevel=1))
        else:
            small[count] = pdfdoc.format(one, doc, toplevel=1).decode("latin-1")
        count += 1
    return streams, small


def _written(
    streams: dict[int, bytes | Pressed], small: Iterator[tuple[int, str]], root: int, info: int, press: Press
) -> bytes:
    """The bytes of the file: streams one by one, all else packed, and the table that finds them."""
    packs: list[tuple[int, ...]] = []  # the numbers of the objects in each
    packed: list[Pressed] = []
    while held := [*islice(small, _PACKED)]:
        packs.append(next(zip(*held, strict=True)))
        packed.append(_packed(held, press))
    first = len(streams) + sum(map(len, packs)) + 1
    table = first + len(packs)
    rows: list[bytes] = [b""] * (table + 1)
    rows[0] = _ROW.pack(0, 0, 0xFFFF)
    for pack, numbers in enumerate(packs, first):
        for index, number in enumerate(numbers):
            rows[number] = _ROW.pack(2, pack, index)
    press.finish()
    out = bytearray(_HEADER)
    for number, stream in chain(streams.items(), enumerate(packed, first)):
        rows[number] = _ROW.pack(1, len(out), 0)
        out += stream.source(number) if isinstance(stream, Pressed) else stream
    rows[table] = _ROW.pack(1, len(out), 0)
    digest = sha256(out).hexdigest()[:32]
    entries = f"/Type/XRef/Size {table + 1}/W[1 4 2]/Root {root} 0 R/Info {info} 0 R/ID[<{digest}><{digest}>]"
    where = len(out)
    out += Pressed(b"".join(rows), entries).press().source(table)
    out += b"startxref\n%d\n%%%%EOF\n" % where
    return bytes(out)


def _packed(held: list[tuple[int, str]], press: Press) -> Pressed:
    """An object stream."""
    places = accumulate([len(source) + 1 for _, source in held], initial=0)
    head = " ".join([f"{number} {place}" for (number, _), place in zip(held, places, strict=False)]) + "\n"
    entries = f"/Type/ObjStm/N {len(held)}/First {len(head)}"
    return press.stream((head + "\n".join([source for _, source in held])).encode("latin-1"), entries)
