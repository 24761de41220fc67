"""Reads a tagged PDF back as a reader of its structure would: elements, their words, the pages that they stand on."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass, field

import pypdfium2
from pypdf import PdfReader
from pypdf.generic import IndirectObject

INLINE = {"Link", "Reference", "Span"}


@dataclass
class Element:
    """A structure element; ``kids`` are elements and pieces of text as (page index, words)."""

    tag: str
    entries: dict
    kids: list = field(default_factory=list)

    def all(self, *tags):
        """This element and those below it, those of some tags only where any are named."""
        found = [self] if not tags or self.tag in tags else []
        for kid in self.kids:
            if isinstance(kid, Element):
                found += kid.all(*tags)
        return found

    @property
    def text(self):
        """Its words; only what is set apart as a block of its own is parted from the rest."""
        out = ""
        for kid in self.kids:
            if isinstance(kid, Element):
                out += kid.text if kid.tag in INLINE else f"\n{kid.text}\n"
            else:
                out += kid[1]
        return out

    @property
    def pages(self):
        """The indexes of the pages that hold some of it."""
        own = {kid[0] for kid in self.kids if isinstance(kid, tuple)}
        return own.union(*(kid.pages for kid in self.kids if isinstance(kid, Element)))

    def attribute(self, name):
        """The value of an attribute such as /Scope, or None."""
        return self.entries.get("/A", {}).get(name)


def structure(data):
    """The root element of a PDF's structure tree."""
    reader = PdfReader(io.BytesIO(data))
    marked = [_marked(one) for one in reader.pages]
    pages = {one.indirect_reference.idnum: index for index, one in enumerate(reader.pages)}
    [root] = _list(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
    return _element(root, pages, marked)


def artifacts(data):
    """The words outside the structure, for each page."""
    return [_marked(one)[None] for one in PdfReader(io.BytesIO(data)).pages]


def shown(data):
    """The words within the bounds of each page, as a sighted reader finds them."""
    return [one.get_textpage().get_text_bounded() for one in pypdfium2.PdfDocument(data)]


def covered(body):
    """How many cells cover each (row, column) of a table's body."""
    places = Counter()
    for row, line in enumerate(body.kids):
        column = 0
        for cell in line.kids:
            while places[row, column]:
                column += 1
            for down in range(cell.attribute("/RowSpan") or 1):
                for along in range(cell.attribute("/ColSpan") or 1):
                    places[row + down, column + along] += 1
    return dict(places)


def _list(value):
    value = value.get_object()
    return list(value) if isinstance(value, list) else [value]


def _element(source, pages, marked):
    source = source.get_object()
    own = pages.get(source.raw_get("/Pg").idnum) if "/Pg" in source else None
    element = Element(source["/S"][1:], source)
    for kid in _list(source["/K"]) if "/K" in source else []:
        value = kid.get_object() if isinstance(kid, IndirectObject) else kid
        if isinstance(value, int):
            element.kids.append((own, marked[own].pop(int(value), "")))
        elif value.get("/Type") == "/MCR":
            index = pages[value.raw_get("/Pg").idnum]
            element.kids.append((index, marked[index].pop(int(value["/MCID"]), "")))
        elif value.get("/Type") != "/OBJR":
            element.kids.append(_element(value, pages, marked))
    return element


SAID = -1
_OPERATORS = re.compile(
    rb"/\w+ <<(?P<mark>(?:[^<>]|<[^<>]*>)*)>> BDC|(?P<end>\bEMC\b)|(?P<font>/\S+) [\d.]+ Tf"
    rb"|\((?P<words>(?:[^()\\]|\\.)*)\) ?(?:Tj|')",
    re.DOTALL,
)
_ESCAPED = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)


def _marked(one):
    """A page's words by their marked-content number; those of artifacts under None."""
    fonts = {name.encode(): _codes(font.get_object()) for name, font in one["/Resources"]["/Font"].items()}
    words, stack, codes = {None: ""}, [], {}
    for found in _OPERATORS.finditer(one["/Contents"].get_object().get_data()):
        if found["mark"] is not None:
            mark = re.search(rb"/MCID (\d+)", found["mark"])
            actual = re.search(rb"/ActualText<(\w+)>", found["mark"])
            if actual:  # says the words in place of what is shown
                words[stack[-1]] = words.get(stack[-1], "") + bytes.fromhex(actual[1].decode()).decode("utf-16")
                stack.append(SAID)
            else:
                stack.append(int(mark[1]) if mark else None)
        elif found["end"]:
            stack.pop()
        elif found["font"]:
            codes = fonts[found["font"]]
        else:
            assert stack, "words that are neither tagged nor an artifact"
            if stack[-1] == SAID:
                continue
            shown = _ESCAPED.sub(
                lambda code: bytes([int(code[1], 8)]) if len(code[1]) == 3 else code[1], found["words"]
            )
            words[stack[-1]] = words.get(stack[-1], "") + "".join(codes[code] for code in shown)
    assert not stack
    return words


def _codes(font):
    lines = font["/ToUnicode"].get_data().decode("ascii")
    pairs = re.findall(r"^<([0-9A-F]{2})> <([0-9A-F]+)>$", lines.split("endcodespacerange")[1], re.MULTILINE)
    return {int(code, 16): bytes.fromhex(char).decode("utf-16-be") for code, char in pairs}
