"""Writing the file: reportlab's objects and the structure tree, packed into compressed object streams.

A tagged document is mostly small objects. Packed (ISO 32000-1, 7.5.7) they take a tenth of the room.
"""

from __future__ import annotations

import zlib
from hashlib import sha256
from struct import Struct
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

from cypp_desktop.reports.pdf.tags import text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportlab.pdfgen.canvas import Canvas

    from cypp_desktop.reports.pdf.tags import Structure

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_PACKED = 200  # objects in one object stream
_ROW = Struct(">BIH")  # of the table of objects: kind, place, index
_PRODUCER = "cypp_desktop"


class Info(pdfdoc.PDFObject):  # type: ignore[misc]  # reportlab has no types
    """The document's title, author and language, as an object of its own and as XMP."""

    def __init__(self, title: str, author: str, language: str) -> None:
        self.title, self.author, self.language = title, author, language

    def format(self, document: Any) -> bytes:
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


class Raw(pdfdoc.PDFObject):  # type: ignore[misc]
    """An object that is written as it stands."""

    def __init__(self, source: str = "null") -> None:
        self.source = source

    def format(self, document: Any) -> bytes:
        """The source."""
        del document
        return self.source.encode("ascii")


def compressed(data: bytes, level: int = 6) -> pdfdoc.PDFStream:
    """A stream of data, compressed already."""
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary({"Filter": "/FlateDecode"}), zlib.compress(data, level))


def save(canvas: Canvas, structure: Structure, info: Info) -> bytes:
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
    objects = _formatted(doc)
    pages = [_number(doc, page) for page in doc.Pages.pages]
    for number, source in structure.objects(_number(doc, tree), len(objects) + 1, pages.__getitem__):
        objects[number] = source, False
    return _written(objects, _number(doc, catalog), _number(doc, info))


def _number(doc: Any, one: Any) -> int:
    """The number of an object that the document has a reference to."""
    return int(doc.idToObjectNumberAndVersion[one.__InternalName__][0])


def _formatted(doc: Any) -> dict[int, tuple[bytes, bool]]:
    """reportlab's objects by number, each with whether it is a stream; formatting one may bring forth others."""
    objects: dict[int, tuple[bytes, bool]] = {}
    number = 1
    while number in doc.numberToId:
        one = doc.idToObject[doc.numberToId[number]]
        objects[number] = pdfdoc.format(one, doc, toplevel=1), isinstance(one, pdfdoc.PDFStream)
        number += 1
    return objects


def _written(objects: dict[int, tuple[bytes, bool]], root: int, info: int) -> bytes:
    """The bytes of the file: streams one by one, all else packed, and the table that finds them."""
    out = bytearray(_HEADER)
    small = [(number, source) for number, (source, stream) in objects.items() if not stream]
    packs = [small[start : start + _PACKED] for start in range(0, len(small), _PACKED)]
    table = len(objects) + len(packs) + 1
    rows: list[bytes] = [b""] * (table + 1)
    rows[0] = _ROW.pack(0, 0, 0xFFFF)
    for number, (source, stream) in objects.items():
        if stream:
            rows[number] = _ROW.pack(1, len(out), 0)
            out += b"%d 0 obj\n%b\nendobj\n" % (number, source)
    for pack, held in enumerate(packs, len(objects) + 1):
        rows[pack] = _ROW.pack(1, len(out), 0)
        out += _pack(pack, held)
        for index, (number, _) in enumerate(held):
            rows[number] = _ROW.pack(2, pack, index)
    rows[table] = _ROW.pack(1, len(out), 0)
    digest = sha256(bytes(out)).hexdigest()[:32]
    entries = f"/Type/XRef/Size {table + 1}/W[1 4 2]/Root {root} 0 R/Info {info} 0 R/ID[<{digest}><{digest}>]"
    where = len(out)
    out += _stream(table, entries, b"".join(rows))
    out += b"startxref\n%d\n%%%%EOF\n" % where
    return bytes(out)


def _pack(number: int, held: Iterable[tuple[int, bytes]]) -> bytes:
    places, sources, at = [], [], 0
    for one, source in held:
        places.append(f"{one} {at}")
        sources.append(source)
        at += len(source) + 1
    head = (" ".join(places) + "\n").encode("ascii")
    return _stream(number, f"/Type/ObjStm/N {len(sources)}/First {len(head)}", head + b"\n".join(sources))


def _stream(number: int, entries: str, data: bytes) -> bytes:
    packed = zlib.compress(data)
    head = f"{number} 0 obj\n<<{entries}/Filter/FlateDecode/Length {len(packed)}>>\nstream\n".encode("ascii")
    return head + packed + b"\nendstream\nendobj\n"
