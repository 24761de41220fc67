"""How a file leaves the program: onto the clipboard, shown in its folder, or into a draft of the mail program."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QProcess, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from cypp_desktop.exchange.files import save


def to_clipboard(paths: Sequence[Path], words: str = "") -> None:
    """Put files, and words for where only words can be pasted, on the clipboard."""
    data = QMimeData()
    if paths:
        data.setUrls([QUrl.fromLocalFile(str(path.resolve())) for path in paths])
    if words:
        data.setText(words)
    QGuiApplication.clipboard().setMimeData(data)


def show_in_folder(path: Path) -> bool:
    """Show a file in its folder, chosen where the system can do that; whether anything was shown."""
    return any(QProcess.startDetached(program, words)[0] for program, words in _ways(path.resolve())) or _open(
        path.parent
    )


def _ways(path: Path) -> list[tuple[str, list[str]]]:
    """The programs that show a file chosen in its folder, with their words."""
    if sys.platform == "win32":
        return [("explorer.exe", ["/select,", str(path)])]
    if sys.platform == "darwin":
        return [("open", ["-R", str(path)])]
    found = shutil.which("dbus-send")
    asked = [
        "--session",
        "--dest=org.freedesktop.FileManager1",
        "--type=method_call",
        "/org/freedesktop/FileManager1",
        "org.freedesktop.FileManager1.ShowItems",
        f"array:string:{QUrl.fromLocalFile(str(path)).toString(QUrl.ComponentFormattingOption.FullyEncoded)}",
        "string:",
    ]
    comma = "," in asked[5]  # dbus-send takes a comma for the end of one word
    return [(found, asked)] if found and not comma else []


def open_draft(message: bytes, path: Path) -> bool:
    """Write an e-mail draft and have the mail program open it; whether anything takes it. Raises CannotSave."""
    save(message, path)
    return _open(path)


def _open(path: Path) -> bool:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
