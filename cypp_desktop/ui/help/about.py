"""What the program is, what it is made of, and under which licences."""

from __future__ import annotations

import platform

import PySide6
from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from cypp_desktop import __version__, resources
from cypp_desktop.document.file import SQLITE
from cypp_desktop.ui import theme

_SENTENCE = (
    "A plan is one file on your computer. Nothing is sent anywhere. Every change is in the file as soon as the line at "
    "the foot says that it is saved."
)


class AboutDialog(QDialog):
    """Name and versions, and the licences of all that is shipped."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("About")
        versions = (
            f"Qt {qVersion()} · PySide6 {PySide6.__version__} · Python {platform.python_version()} · SQLite {SQLITE}"
        )
        licences = QTextBrowser()
        licences.setAccessibleName("Licences")
        licences.setOpenLinks(False)
        licences.document().setDefaultFont(theme.font(theme.SCALES["small"]))
        licences.document().setDocumentMargin(theme.grid(2))
        licences.setMarkdown(resources.path("LICENCES.md").read_text(encoding="utf-8"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.grid(3), theme.grid(2.5), theme.grid(3), theme.grid(2))
        column.setSpacing(theme.grid(1))
        column.addWidget(theme.label("Action plans", size="heading"))
        column.addWidget(theme.label(f"Version {__version__}"))
        made_of = theme.label(versions, size="small", tone="muted", wrap=True)
        made_of.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(made_of)
        column.addWidget(theme.label(_SENTENCE, wrap=True))
        column.addWidget(licences, 1)
        column.addWidget(buttons)
        theme.give_size(self, 84, 72)
