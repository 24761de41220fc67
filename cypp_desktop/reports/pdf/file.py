"""Writing the file: reportlab's objects and the structure tree, packed into compressed object streams.

A tagged document is mostly small objects. Packed (ISO 32000-1, 7.5.7) they take a tenth of the room.
"""

from __future__ import annotations

import zlib
from concurrent.futures import Future, ThreadPoolExecutor
from hashlib import sha256
from html import escape
from itertools import accumulate
from struct import Struct
from typing import TYPE_CHECKING, Self

from reportlab.pdfbase import pdfdoc

from cypp_desktop.reports.pdf.tags import text

if TYPE_CHECKING:
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


class Raw(pdfdoc.PDFObject):  # type: ignore[misc]
    """An object that is written as it stands."""

    def __init__(self, source: str = "null") -> None:
        self.source = source

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """The source."""
        del document
        return self.source.encode("ascii")


class Press:
    """Compresses data in a thread beside the rest of the work, in the time that this takes anyhow."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self._thread.shutdown(cancel_futures=True)

    def begin(self, data: bytes) -> Future[bytes]:
        """Take data in hand; the result is there when it is asked for."""
        return self._thread.submit(zlib.compress, data, _LEVEL)

    def stream(self, data: bytes) -> pdfdoc.PDFStream:
        """A stream of data for reportlab."""
        return _Pressed(self.begin(data))


class _Pressed(pdfdoc.PDFStream):  # type: ignore[misc]
    """A stream whose content is asked for when it is written."""

    def __init__(self, made: Future[bytes]) -> None:
        super().__init__(pdfdoc.PDFDictionary({"Filter": "/FlateDecode"}))
        self._made = made

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """The stream's source."""
        self.content = self._made.result()
        return bytes(super().format(document))


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
    small.update(structure.objects(number(doc, tree), len(streams) + len(small) + 1, pages))
    return _written(streams, small, number(doc, catalog), number(doc, info), press)


def number(doc: pdfdoc.PDFDocument, one: pdfdoc.PDFObject) -> int:
    """The number of an object that the document has a reference to."""
    return int(doc.idToObjectNumberAndVersion[one.__InternalName__][0])


def _formatted(doc: pdfdoc.PDFDocument) -> tuple[dict[int, bytes], dict[int, str]]:
    """The streams and the other objects of reportlab's, by number; formatting one may bring forth others."""
    streams: dict[int, bytes] = {}
    small: dict[int, str] = {}
    count = 1
    while count in doc.numberToId:
        one = doc.idToObject[doc.numberToId[count]]
        source = pdfdoc.format(one, doc, toplevel=1)
        if isinstance(one, pdfdoc.PDFStream):
            streams[count] = source
        else:
            small[count] = source.decode("latin-1")
        count += 1
    return streams, small


def _written(streams: dict[int, bytes], small: dict[int, str], root: int, info: int, press: Press) -> bytes:
    """The bytes of the file: streams one by one, all else packed, and the table that finds them."""
    out = bytearray(_HEADER)
    numbers = list(small)
    packs = [numbers[start : start + _PACKED] for start in range(0, len(numbers), _PACKED)]
    packed = [_pack(held, small, press) for held in packs]
    count = len(streams) + len(small)
    table = count + len(packs) + 1
    rows: list[bytes] = [b""] * (table + 1)
    rows[0] = _ROW.pack(0, 0, 0xFFFF)
    for number, source in streams.items():
        rows[number] = _ROW.pack(1, len(out), 0)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, source)
    for pack, (held, (entries, made)) in enumerate(zip(packs, packed, strict=True), count + 1):
        rows[pack] = _ROW.pack(1, len(out), 0)
        out += _stream(pack, entries, made.result())
        for index, number in enumerate(held):
            rows[number] = _ROW.pack(2, pack, index)
    rows[table] = _ROW.pack(1, len(out), 0)
    digest = sha256(bytes(out)).hexdigest()[:32]
    entries = f"/Type/XRef/Size {table + 1}/W[1 4 2]/Root {root} 0 R/Info {info} 0 R/ID[<{digest}><{digest}>]"
    where = len(out)
    out += _stream(table, entries, press.begin(b"".join(rows)).result())
    out += b"startxref\n%d\n%%%%EOF\n" % where
    return bytes(out)


def _pack(held: list[int], small: dict[int, str], press: Press) -> tuple[str, Future[bytes]]:
    """The entries and the data of an object stream."""
    sources = [small[one] for one in held]
    places = accumulate([len(source) + 1 for source in sources], initial=0)
    head = " ".join([f"{one} {place}" for one, place in zip(held, places, strict=False)]) + "\n"
    entries = f"/Type/ObjStm/N {len(held)}/First {len(head)}"
    return entries, press.begin((head + "\n".join(sources)).encode("latin-1"))


def _stream(number: int, entries: str, packed: bytes) -> bytes:
    head = f"{number} 0 obj\n<<{entries}/Filter/FlateDecode/Length {len(packed)}>>\nstream\n".encode("ascii")
    return head + packed + b"\nendstream\nendobj\n"
