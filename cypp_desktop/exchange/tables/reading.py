"""A file or a piece of the clipboard as a source of tables, by what it is and not by what it is called."""

from __future__ import annotations

from pathlib import Path

from cypp_desktop.domain.change import Refused
from cypp_desktop.exchange.tables.grid import Source

LARGEST = 80_000_000
"""The most bytes that a file may have."""
KINDS = ("docx", "xlsx", "csv", "tsv", "txt", "html", "htm")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read(path: Path) -> Source:
    """What a Word, Excel, CSV or HTML file says; raises Refused, in one plain sentence, where it cannot be read."""
    path = Path(path)
    try:
        if path.stat().st_size > LARGEST:
            raise Refused(f"“{path.name}” is too large to be read: at most {LARGEST // 1_000_000} MB are.")
        data = path.read_bytes()
    except OSError as problem:
        raise Refused(f"“{path.name}” cannot be read: {problem.strerror or problem}.") from None
    try:
        return read_bytes(data, path.name)
    except Refused as problem:
        raise Refused(f"“{path.name}” was not read. {problem}") from None


def read_bytes(data: bytes, name: str) -> Source:
    """The same of the bytes of a file; ``name`` tells a text's kind, and an unnamed one is taken as CSV."""
    if data.startswith(_OLE):
        raise Refused(_old(data))
    if data.startswith(b"PK"):
        return _package(data, name)
    if data.startswith(b"%PDF"):
        raise Refused("It is a PDF, which has lost its tables; use the Word or Excel file that it was made from.")
    kind = Path(name).suffix.lower().lstrip(".")
    if kind in {"docx", "xlsx", "docm", "xlsm"}:
        raise Refused("It is damaged: it is not what a Word or Excel file looks like inside.")
    from cypp_desktop.exchange.tables import csv

    if kind in {"html", "htm"}:
        return read_html(csv.decoded(data), name)
    if kind not in KINDS and kind:
        raise Refused("Only Word (.docx), Excel (.xlsx), CSV and HTML files are read.")
    return Source(name, (csv.read(data, ""),))


def read_html(words: str, name: str = "") -> Source:
    """What HTML says: a page, or what Word, Excel or a browser put on the clipboard."""
    from cypp_desktop.exchange.tables import html

    return html.read(words, name)


def read_text(words: str, name: str = "") -> Source:
    """A table pasted as plain text."""
    from cypp_desktop.exchange.tables import csv

    return Source(name, (csv.read_text(words),))


def _package(data: bytes, name: str) -> Source:
    from cypp_desktop.exchange.tables import docx, xlsx
    from cypp_desktop.exchange.tables.package import Package

    package = Package(data)
    if package.has("word/"):
        return docx.read(package, name)
    if package.has("xl/"):
        return xlsx.read(package, name)
    raise Refused("It is neither a Word document nor an Excel workbook.")


def _old(data: bytes) -> str:
    if _ENCRYPTED in data:
        return "It is protected by a password; take the password off in Word or Excel and save it again."
    return "It is in Word's or Excel's old format; open it there and save it as .docx or .xlsx."
