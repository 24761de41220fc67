"""The zip of XML that a Word or Excel file is, opened with distrust: everything is bounded, and nothing is fetched.

Refused are: a damaged file, one with macros, one that grows beyond measure when it is unpacked, XML that declares a
document type (the door to entities and to files elsewhere), and parts that would have to be loaded from the network.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass
from xml.etree import ElementTree as ET
from xml.parsers import expat

from cypp_desktop.domain.change import Refused

Element = ET.Element
MOST_ENTRIES = 5_000
LARGEST_PART = 48_000_000
LARGEST_WHOLE = 160_000_000
MOST_GROWTH = 200
"""How many times its size a large part may grow; a long table of text grows some 30 times."""
_LARGE = 1_000_000
_MOST_ELEMENTS = 3_000_000
_DAMAGED = "It is damaged, or was cut short."
_BOMB = "It grows beyond measure when it is unpacked, as no plan does."
_LOADED = re.compile(r"attachedTemplate|oleObject|subDocument|frame|aFChunk|externalLinkPath|package$")
_NETWORK = re.compile(r"(?i)\s*(?:https?|ftp|smb)\s*:|\s*\\\\|\s*file:/*\\\\")


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part says of another: of which type it is, where it is (inside the package, or an address outside)."""

    type: str
    target: str
    outside: bool


class Package:
    """A Word or Excel file, part by part."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        # what zipfile raises for a broken list of parts, or one that it does not know
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
            raise Refused(_DAMAGED) from None
        self._sizes = {info.filename: info.file_size for info in infos}
        large = any(info.file_size > LARGEST_PART and info.filename.endswith((".xml", ".rels")) for info in infos)
        grown = (
            info.file_size > _LARGE and info.file_size > MOST_GROWTH * max(info.compress_size, 1) for info in infos
        )
        if len(infos) > MOST_ENTRIES or large or sum(self._sizes.values()) > LARGEST_WHOLE or any(grown):
            raise Refused(_BOMB)
        if len(self._sizes) != len(infos) or not all(map(_is_plain, infos)):
            raise Refused(_DAMAGED)
        self._left = LARGEST_WHOLE
        if any(name.lower().endswith("vbaproject.bin") for name in self._sizes) or b"macroEnabled" in self.bytes(
            "[Content_Types].xml"
        ):
            raise Refused("It has macros, which are programs; save it as .docx or .xlsx, without macros.")

    def has(self, start: str) -> bool:
        """Whether there is a part whose name begins so."""
        return any(name.startswith(start) for name in self._sizes)

    def names(self, pattern: str) -> list[str]:
        """The parts whose whole name fits a pattern, in order."""
        return sorted(name for name in self._sizes if re.fullmatch(pattern, name))

    def bytes(self, name: str) -> bytes:
        """A part's bytes, none where it is not there."""
        if name not in self._sizes:
            return b""
        try:
            with self._zip.open(name) as stream:
                data = stream.read(min(LARGEST_PART, self._left) + 1)
        # what zipfile and zlib raise for a broken part, a way of packing that they do not know, and a password
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
            raise Refused(_DAMAGED) from None
        self._left -= len(data)
        if len(data) > LARGEST_PART or self._left < 0:
            raise Refused(_BOMB)
        return data

    def xml(self, name: str) -> Element | None:
        """A part as XML whose names have lost their namespaces; None where it is not there."""
        data = self.bytes(name)
        return parsed(data) if data else None

    def relations(self, name: str) -> dict[str, Relation]:
        """What a part says of others, by id; Refused where it wants something loaded from the network."""
        folder, _, file = name.rpartition("/")
        root = self.xml(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
        found = {}
        for one in root if root is not None else ():
            outside = one.get("TargetMode") == "External"
            kind, target = one.get("Type", "").rpartition("/")[2], one.get("Target", "")
            if outside and _LOADED.search(kind) and _NETWORK.match(target):
                raise Refused("It wants to load a part of itself from another place, which this program does not do.")
            if not outside:
                target = posixpath.normpath(posixpath.join(folder, target)) if target[:1] != "/" else target[1:]
            found[one.get("Id", "")] = Relation(kind, target, outside)
        return found


def _is_plain(info: zipfile.ZipInfo) -> bool:
    """Whether a part is packed as Office packs it: not encrypted, and by no method but the usual one."""
    return not info.flag_bits & 1 and info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def whole(words: str, otherwise: int = 0) -> int:
    """The number that an attribute says; ``otherwise`` where it is none, or has more digits than a file can need."""
    return int(words) if words.isascii() and words.isdigit() and len(words) < 8 else otherwise  # noqa: PLR2004 - digits


def parsed(data: bytes) -> Element:
    """XML without its namespaces; Refused where it declares a document type or is damaged."""
    _no_document_type(data)
    try:
        root = ET.fromstring(data)  # noqa: S314 - a document type was refused
    except (ET.ParseError, ValueError, LookupError):
        raise Refused(_DAMAGED) from None
    for count, element in enumerate(root.iter()):
        if count > _MOST_ELEMENTS:
            raise Refused(_BOMB)
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
        if element.attrib:
            element.attrib = {name.rpartition("}")[2]: value for name, value in element.attrib.items()}
    return root


class _Begun(Exception):
    """The first element was reached: there is no document type."""


def _no_document_type(data: bytes) -> None:
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise Refused("It declares a document type, which no Word or Excel file does.")

    def begun(*_: object) -> None:
        raise _Begun

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = begun
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat's own
    except _Begun:
        return
    except Refused:
        raise
    except (expat.ExpatError, ValueError, LookupError):
        raise Refused(_DAMAGED) from None
