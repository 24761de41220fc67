"""Where the board pack goes: a file of any of its formats, or the system's own program for PDF."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from cypp_desktop.document.document import CannotSave
from cypp_desktop.domain.change import Refused
from cypp_desktop.exchange.files import save

KINDS: Mapping[str, str] = {
    "pdf": "PDF, to print or publish",
    "docx": "Word document",
    "xlsx": "Excel workbook",
    "html": "Web page",
    "csv": "Table as CSV",
}
"""The formats by their files' endings, as people call them."""


def ask(parent: QWidget, folder: Path, name: str) -> Path | None:
    """Ask where to save a board pack and in which format; None where nothing was chosen.

    Raises Refused where the format's ending makes another name of what was typed, and a file has that name already.
    """
    filters = {f"{words} (*.{kind})": kind for kind, words in KINDS.items()}
    chosen, used = QFileDialog.getSaveFileName(
        parent, "Save the board pack", str(folder / f"{name}.pdf"), ";;".join(filters)
    )
    if not chosen:
        return None
    path = named(Path(chosen), filters.get(used, "pdf"))
    if path != Path(chosen) and path.exists():
        raise Refused(f"“{path.name}” is there already. To replace it, choose it in the list of files.")
    return path


def named(path: Path, kind: str) -> Path:
    """A file's name with the ending of a format; what was typed counts, unless it is the one that was proposed."""
    typed = path.suffix.removeprefix(".").lower()
    if typed not in KINDS:  # a name such as "Pack 3.5" has no ending
        return path.with_name(f"{path.name}.{kind}")
    return path.with_suffix(f".{kind}") if typed == "pdf" != kind else path


def open_elsewhere(data: bytes, name: str) -> None:
    """Show the bytes of a PDF in the system's own program; raises CannotSave where there is none or no room."""
    path = Path(tempfile.mkdtemp(prefix="board-pack-")) / f"{name}.pdf"
    save(data, path)
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        raise CannotSave("No program for PDF was found. Save the board pack and open it from its folder.")
