"""The person's own settings: name, size of text, light or dark, spelling, where backups are kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from cypp_desktop.document import backups
from cypp_desktop.ui import controls, settings, theme
from cypp_desktop.ui.controls import Check, Chooser

_ZOOMS = (1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
_SCHEMES = {"system": "Like the system", "light": "Light", "dark": "Dark"}


class SettingsDialog(QDialog):
    """What is chosen holds at once, for every plan that is opened on this computer; there is nothing to save."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Settings")
        self.name = QLineEdit(settings.author())
        self.name.editingFinished.connect(self._keep_name)
        self.size_of_text = Chooser()
        for zoom in _ZOOMS:
            self.size_of_text.addItem(f"{zoom:.0%}".replace("%", " %"), zoom)
        self.size_of_text.setCurrentIndex(min(range(len(_ZOOMS)), key=lambda at: abs(_ZOOMS[at] - theme.zoom())))
        self.size_of_text.activated.connect(self._keep_size)
        self.scheme = Chooser()
        for scheme, words in _SCHEMES.items():
            self.scheme.addItem(words, scheme)
        self.scheme.setCurrentIndex(list(_SCHEMES).index(theme.scheme()))
        self.scheme.activated.connect(self._keep_scheme)
        self.spelling = Check("Look at spelling while I type")
        self.spelling.setChecked(settings.spells())
        self.spelling.toggled.connect(lambda on: settings.write(spelling="on" if on else "off"))
        self._folder = theme.label(str(backups.home()), tone="muted", wrap=True)
        self._lay_out()

    def _lay_out(self) -> None:
        column = controls.column(self, 2)
        column.addWidget(theme.label("Settings", size="heading"))
        column.addLayout(_field("Your name", self.name, "Your changes are kept under this name."))
        row = QHBoxLayout()
        row.setSpacing(theme.grid(2))
        row.addLayout(_field("Size of text", self.size_of_text))
        row.addLayout(_field("Colours", self.scheme))
        column.addLayout(row)
        column.addWidget(self.spelling)
        choose = QPushButton("Choose another folder…")
        choose.clicked.connect(self._ask_folder)
        usual = QPushButton("The usual folder")
        usual.clicked.connect(lambda: self.keep_backups_in(""))
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.grid(1.5))
        buttons.addWidget(choose)
        buttons.addWidget(usual)
        buttons.addStretch(1)
        column.addWidget(theme.label("Backups are kept in", size="strong"))
        column.addWidget(self._folder)
        column.addLayout(buttons)
        words = "Which findings are looked for is kept in each plan: Ready for the board? › What is looked for."
        column.addWidget(theme.label(words, size="small", tone="muted", wrap=True))
        column.addStretch(1)
        close = QPushButton("Close")
        close.setProperty("kind", "primary")
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column.addLayout(foot)
        theme.give_size(self, 64, 64)

    def _keep_name(self) -> None:
        name = self.name.text().strip()
        if name:
            settings.write(author=name)
        else:
            self.name.setText(settings.author())

    def _keep_size(self, at: int) -> None:
        theme.choose_zoom(_ZOOMS[at])
        settings.write(zoom=str(_ZOOMS[at]))

    def _keep_scheme(self, at: int) -> None:
        scheme = list(_SCHEMES)[at]
        theme.choose_scheme(scheme)
        settings.write(scheme=scheme)

    def _ask_folder(self) -> None:
        if chosen := QFileDialog.getExistingDirectory(self, "Where backups are kept", str(backups.home())):
            self.keep_backups_in(chosen)

    def keep_backups_in(self, folder: str) -> None:
        """Keep backups in another folder from now on; "" for the usual one. Those that are kept stay where they are."""
        settings.write(backups=folder)
        backups.keep_in(Path(folder) if folder else None)
        self._folder.setText(str(backups.home()))


def _field(label: str, widget: QWidget, hint: str = "") -> QVBoxLayout:
    heading = theme.label(label, size="strong")
    heading.setBuddy(widget)
    widget.setAccessibleName(label)
    column = QVBoxLayout()
    column.setSpacing(5)
    column.addWidget(heading)
    column.addWidget(widget)
    if hint:
        column.addWidget(theme.label(hint, size="small", tone="muted", wrap=True))
    return column
