"""The shipped fonts: which face has a character, how wide words are, and the bytes that show them on a page."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFont

from cypp_desktop import resources
from cypp_desktop.reports.pdf import leftward
from cypp_desktop.reports.plain import legal

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILES = {
    (False, False): "LiberationSans-Regular",
    (True, False): "LiberationSans-Bold",
    (False, True): "LiberationSans-Italic",
    (True, True): "LiberationSans-BoldItalic",
}
_SPARE = "DejaVuSans"
_SHORT = 3  # labels no longer than this, as bullets are, are kept as they are written
_LONG = 40  # words longer than this are measured each time rather than kept
FAR = "\uffff"
"""Stands in an encoded text for a character of another subset."""
_CODES = 256
_CMAP_BLOCK = 100

_UNSEEN = {"Cc", "Cf"}  # kinds of characters that have no shape of their own: controls, format marks
_UNKNOWN = {"Cn", "Co", "Cs"}  # kinds that have no meaning of their own: unassigned, private, half a pair
_BREAKS = re.compile(r"\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BLANKS = re.compile(r"[\t\x1f\u1680\u2000-\u200a\u202f\u205f\u3000]")
_WORD_BULLET = re.compile(r"[\uf020-\uf0ff]")  # the private codes that Word's Symbol and Wingdings leave behind
_VARIATION = re.compile(r"[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


class _Steps(dict[str, float]):
    """Widths of words, each with a blank after it, in thousandths of the size; measured once."""

    def __init__(self, chars: dict[int, float], default: float) -> None:
        super().__init__()
        self.chars, self.default = chars, default

    def __missing__(self, word: str) -> float:
        chars, default = self.chars, self.default
        width = sum([chars.get(ord(char), default) for char in word], chars.get(32, default))
        if len(word) <= _LONG:
            self[word] = width
        return width


class _Font(TTFont):  # type: ignore[misc]  # reportlab has no types
    """A font whose map back to Unicode says nothing of codes that are not in use.

    reportlab maps them to U+0000, which PDF/UA-1 (ISO 14289-1, 7.21.7) forbids, writes more than the 100 codes that a
    block may hold, and cannot say characters beyond U+FFFF.
    """

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802 - reportlab's name
        subsets = self.state[doc].subsets
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = doc.idToObject[f"{doc.fontMapping[self.fontName][1:]}+{number}"].BaseFont
            doc.idToObject[f"toUnicodeCMap:{name}"].content = _to_unicode(subset)


class Face:
    """One face: its widths, and the characters that it can show."""

    def __init__(self, file: str) -> None:
        self.font = _Font(file, str(resources.path("fonts", f"{file}.ttf")), asciiReadable=True)
        pdfmetrics.registerFont(self.font)
        face = self.font.face
        self.name: str = file
        self.steps = _Steps(face.charWidths, face.defaultWidth)
        self.space: float = self.steps[""]
        self.known = frozenset(filter(_shown, (chr(code) for code, glyph in face.charToGlyph.items() if glyph)))
        self._simple = frozenset(char for char in self.known if not unicodedata.combining(char))

    def width(self, word: str) -> float:
        """The width of a word in thousandths of the size."""
        return self.steps[word] - self.space

    def has_all(self, text: str) -> bool:
        """Whether the text can go on paper as it stands: every character has a glyph and nothing needs cleaning."""
        return (text.isascii() and text.isprintable()) or self._simple.issuperset(text)


def _shown(char: str) -> bool:
    return unicodedata.category(char) not in _UNSEEN | _UNKNOWN and not _BLANKS.match(char) and not _BREAKS.match(char)


@lru_cache(maxsize=8)
def face(*, bold: bool = False, italic: bool = False) -> Face:
    """A face of the text family."""
    return Face(_FILES[bold, italic])


@lru_cache(maxsize=1)
def spare() -> Face:
    """The face that has the symbols and scripts which the text family lacks."""
    return Face(_SPARE)


def segments(text: str, wanted: Face) -> Iterator[tuple[Face, str]]:
    """The text in stretches of one face each; newlines are kept as line breaks.

    A character that no shipped face has is said by name in brackets, so that nothing is lost in silence.
    """
    if wanted.has_all(text):
        yield wanted, text
        return
    held: list[str] = []
    current = wanted
    for char in leftward.joined(cleaned(text)):
        if char in wanted.known or char == "\n":
            chosen, shown = wanted, char
        elif char in spare().known:
            chosen, shown = spare(), char
        else:
            chosen, shown = wanted, _named(char)
        if chosen is not current and held:
            yield current, "".join(held)
            held = []
        current = chosen
        held.append(shown)
    if held:
        yield current, "".join(held)


def cleaned(text: str) -> str:
    """Words without controls and format marks, blanks and line breaks each of one kind."""
    text = _BREAKS.sub("\n", text)
    text = _BLANKS.sub(" ", text)
    text = _VARIATION.sub("", _WORD_BULLET.sub("•", text))
    text = unicodedata.normalize("NFC", text)
    return "".join([char for char in text if char == "\n" or unicodedata.category(char) not in _UNSEEN])


def one_line(text: str, limit: int = 300) -> str:
    """Words for a title, a bookmark or an alternative text: one line, only what every reader takes."""
    words = " ".join(legal(cleaned(text)).split())
    return words if len(words) <= limit else words[: limit - 1] + "…"


def _named(char: str) -> str:
    name = unicodedata.name(char, "")
    return f"[{name.lower()}]" if name else f"[character {ord(char):04X}]"


class Encoder(dict[int, str]):
    """A face in one document, as a table for ``str.translate``: each character's escaped code.

    reportlab puts the face's characters into subsets of 256; the first holds ASCII and some hundred more, so nearly
    every text is one translation and needs no change of font.
    """

    def __init__(self, used: Face, doc: PDFDocument) -> None:
        super().__init__()
        self._font, self._doc = used.font, doc
        self._font.splitString("A", doc)
        self._far: dict[str, tuple[str, str]] = {}
        self._short: dict[str, list[tuple[str, str]]] = {}
        self.resource: str = self._font.getSubsetInternalName(0, doc)

    def __missing__(self, code: int) -> str:
        subset, shown = self._place(chr(code))
        if subset:
            self._far[chr(code)] = self._font.getSubsetInternalName(subset, self._doc), shown
        self[code] = FAR if subset else shown
        return self[code]

    def _place(self, char: str) -> tuple[int, str]:
        [(subset, data)] = self._font.splitString(char, self._doc)
        byte = data[0]
        plain_byte = 32 <= byte < 256 and byte not in b"()\\\x7f"  # what a PDF string takes as it is
        return subset, chr(byte) if plain_byte else f"\\{byte:03o}"

    def encode(self, text: str) -> list[tuple[str, str]]:
        """The text as strings for the page, each with the name of the font resource that shows it."""
        found = self._short.get(text)
        if found is None:
            found = self._encoded(text)
            if len(text) <= _SHORT:
                self._short[text] = found
        return found

    def _encoded(self, text: str) -> list[tuple[str, str]]:
        shown = text.translate(self)
        if FAR not in shown:
            return [(self.resource, shown)]
        out: list[tuple[str, str]] = []
        for char in text:
            resource, code = self._far.get(char) or (self.resource, self[ord(char)])
            if out and out[-1][0] == resource:
                code = out.pop()[1] + code
            out.append((resource, code))
        return out


def _to_unicode(subset: list[int]) -> str:
    pairs = [(code, char) for code, char in enumerate(subset) if char]
    lines = ["/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap"]
    lines += [
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
    ]
    lines += ["/CMapType 2 def", "1 begincodespacerange", "<00> <FF>", "endcodespacerange"]
    for start in range(0, len(pairs), _CMAP_BLOCK):
        block = pairs[start : start + _CMAP_BLOCK]
        lines.append(f"{len(block)} beginbfchar")
        lines += [
            f"<{code:02X}> <{leftward.parted(chr(char)).encode('utf-16-be').hex().upper()}>" for code, char in block
        ]
        lines.append("endbfchar")
    return "\n".join([*lines, "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"])
