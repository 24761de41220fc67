"""What was deleted, latest first, to bring it back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QWidget

from cypp_desktop.domain.change import restore
from cypp_desktop.domain.plan import Record
from cypp_desktop.ui import controls, theme
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.models.tree import words

_SHOWN = ("priority", "outcome", "measure", "action", "section", "reading")
_ID = Qt.ItemDataRole.UserRole


class RestoreDialog(QDialog):
    """Lists deleted records; those that hung on another deleted one come back with it."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Restore deleted")
        self._bridge = bridge
        self._deleted = {record.id: record for record in bridge.document.deleted()}
        self._list = QListWidget()
        self._list.setAccessibleName("What was deleted, latest first")
        self._list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self._list.itemSelectionChanged.connect(self._check)
        for record in self._deleted.values():
            if record.kind in _SHOWN and record.parent not in self._deleted:
                item = QListWidgetItem(f"{bridge.plan.level_word(record)}: {words(record)}")
                item.setData(_ID, record.id)
                self._list.addItem(item)
        self._why = theme.label("", tone="muted")
        close = QPushButton("Close")
        close.clicked.connect(self.reject)
        self._button = QPushButton("Restore")
        self._button.setProperty("kind", "primary")
        self._button.clicked.connect(self._restore)
        column = controls.column(self)
        column.addWidget(theme.label("Restore deleted", size="heading"))
        column.addWidget(self._list)
        row = QHBoxLayout()
        row.addWidget(self._why, 1)
        row.addWidget(close)
        row.addWidget(self._button)
        column.addLayout(row)
        theme.give_size(self, 72, 56)
        self._check()

    def _check(self) -> None:
        nothing = "Nothing was deleted." if not self._list.count() else "Choose what to bring back."
        ready = bool(self._list.selectedItems())
        self._button.setEnabled(ready)
        self._why.setText("" if ready else nothing)

    def _restore(self) -> None:
        chosen = [item.data(_ID) for item in self._list.selectedItems()]
        back = [one.id for top in chosen for one in self._below(self._deleted[top])]
        if self._bridge.commit(restore(back)):
            self._bridge.select(chosen[0])
            self.accept()

    def _below(self, top: Record) -> list[Record]:
        found = [top]
        for one in found:  # grows while it is walked
            found += [record for record in self._deleted.values() if record.parent == one.id]
        return found
