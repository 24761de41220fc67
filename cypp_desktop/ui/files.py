"""Asking for a file of the computer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from cypp_desktop.document.file import SUFFIX
from cypp_desktop.ui import settings, wording

_PLANS = f"Action plans (*{SUFFIX})"
_ARRIVED = f"Action plans, also in zip files (*{SUFFIX} *.zip)"


def ask_open(parent: QWidget, title: str, *, arrived: bool = False) -> Path | None:
    """The plan file that a person chooses, one that ``arrived`` also in a zip file; None where they think better."""
    from PySide6.QtWidgets import QFileDialog

    kinds = _ARRIVED if arrived else _PLANS
    chosen, _ = QFileDialog.getOpenFileName(parent, title, str(_folder()), f"{kinds};;All files (*)")
    return _remembered(chosen)


def ask_source(parent: QWidget, title: str) -> Path | None:
    """The Word, Excel, CSV or web file that a person chooses; None where they think better of it."""
    from PySide6.QtWidgets import QFileDialog

    kinds = "Word, Excel, CSV, web and data files (*.docx *.docm *.xlsx *.xlsm *.csv *.tsv *.txt *.html *.htm *.json)"
    chosen, _ = QFileDialog.getOpenFileName(parent, title, str(_folder()), f"{kinds};;All files (*)")
    return _remembered(chosen)


def ask_several(parent: QWidget, title: str) -> list[Path]:
    """The plan files that a person chooses, also in zip files; none where they think better of it."""
    from PySide6.QtWidgets import QFileDialog

    chosen, _ = QFileDialog.getOpenFileNames(parent, title, str(_folder()), f"{_ARRIVED};;All files (*)")
    return [path for one in chosen if (path := _remembered(one))]


def ask_save(parent: QWidget, title: str, name: str) -> Path | None:
    """The new plan file that a person names, ending in the program's suffix; None where they think better of it."""
    from PySide6.QtWidgets import QFileDialog

    suggested = _folder() / f"{wording.file_name(name, 'Plan')}{SUFFIX}"
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(suggested), _PLANS)
    if chosen and not chosen.lower().endswith(SUFFIX):
        chosen += SUFFIX
    return _remembered(chosen)


def ask_data(parent: QWidget, name: str) -> Path | None:
    """The file for a plan's data that a person names; None where they think better of it."""
    from PySide6.QtWidgets import QFileDialog

    kinds = {"Data that can be imported again (*.json)": ".json", "Tables for analysts (*.zip)": ".zip"}
    suggested = _folder() / f"{wording.file_name(name, 'Plan')}.json"
    chosen, kind = QFileDialog.getSaveFileName(parent, "Export the data", str(suggested), ";;".join(kinds))
    if chosen and Path(chosen).suffix.lower() not in kinds.values():
        chosen += kinds.get(kind, ".json")
    return _remembered(chosen)


def _folder() -> Path:
    last = Path(settings.read("folder"))
    return last if last.is_absolute() and last.is_dir() else settings.documents()


def _remembered(chosen: str) -> Path | None:
    if not chosen:
        return None
    path = Path(chosen)
    settings.write(folder=str(path.parent))
    return path
