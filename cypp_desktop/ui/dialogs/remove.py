"""Removing recorded values from the history for good, here and, where that is wanted, from the backups too."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from cypp_desktop.document import redaction
from cypp_desktop.document.document import CannotSave
from cypp_desktop.document.journal import Row, read
from cypp_desktop.domain.change import Refused
from cypp_desktop.domain.naming import field_name, record_name, said
from cypp_desktop.domain.plan import Plan
from cypp_desktop.ui import controls, theme, wording
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.controls import Check
from cypp_desktop.ui.panels.parts import when
from cypp_desktop.ui.work import Work

TYPED = 300
"""Milliseconds after the last letter of the words that are looked for."""
SHOWN = 500
"""Values that are listed."""
_WARNING = (
    "What is removed is gone from this plan for good: it cannot be undone, and copies that come later do not bring it "
    "back. Copies that went out, and backups on other computers, still hold it. Colleagues are asked to remove it too "
    "when they take this plan in."
)
_BACKUPS = "Remove it from the backups of this plan on this computer, too"
_ID = Qt.ItemDataRole.UserRole


def remove(bridge: Bridge, ids: Collection[bytes]) -> bool:
    """Make a backup and empty recorded values; False, with a sentence in ``failed``, where that was refused."""
    try:
        bridge.document.back_up("before-removal")
        bridge.document.redact(ids)
    except (Refused, CannotSave, OSError) as problem:
        bridge.failed.emit(str(problem))
        return False
    bridge.saved.emit()
    return True


class RemoveDialog(QDialog):
    """Lists recorded values, those of ``ids`` ticked, and any others in which words that are typed stand."""

    def __init__(self, bridge: Bridge, ids: Sequence[bytes] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Remove from history")
        self._bridge, self._ids = bridge, list(ids)
        self._rows: dict[bytes, Row] = {}
        self._work: Work | None = None
        self.words, self.list = QLineEdit(), QListWidget()
        self.backups = Check(_BACKUPS)
        self.button = QPushButton("Remove for good")
        self._why = theme.label(tone="muted", wrap=True)
        self._typed = QTimer(self, singleShot=True, interval=TYPED)
        self._typed.timeout.connect(self.look)
        self._lay_out()
        self._take(list(bridge.document.changes(self._ids)))

    def _lay_out(self) -> None:
        self.words.setPlaceholderText("Find other places where these words were written, such as a name")
        self.words.setAccessibleName("Words that were written")
        self.words.textEdited.connect(lambda _words: self._typed.start())
        self.list.setAccessibleName("What is removed")
        self.list.setWordWrap(True)
        self.list.setSpacing(theme.grid(0.5))
        self.list.itemChanged.connect(lambda _item: self._say())
        self.backups.setChecked(True)
        self.button.setProperty("kind", "danger")
        self.button.clicked.connect(self._remove)
        close = QPushButton("Cancel")
        close.setDefault(True)
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self._why, 1)
        foot.addWidget(self.button)
        foot.addWidget(close)
        column = controls.column(self)
        column.addWidget(theme.label("Remove from history", size="heading"))
        column.addWidget(theme.label(_WARNING, wrap=True))
        column.addWidget(self.words)
        column.addWidget(self.list, 1)
        column.addWidget(self.backups)
        column.addLayout(foot)
        theme.give_size(self, 88, 72)

    # --- what is listed ---

    def look(self) -> None:
        """Look in the whole history for the words that stand there."""
        path, words = self._bridge.document.path, self.words.text()
        self._look_no_more()
        self._work = Work(lambda _say: redaction.search(path, words), "The history cannot be read")
        self._work.done.connect(self._take)
        self._work.failed.connect(self._why.setText)
        self._work.begin()

    def _look_no_more(self) -> None:
        self._typed.stop()
        if self._work:
            self._work.stop()

    def _take(self, rows: Sequence[Row]) -> None:
        ticked = set(self.chosen()) or set(self._ids)
        kept = [row for one, row in self._rows.items() if one in ticked]
        self._rows = {row.id: row for row in (*kept, *rows) if row.value is not None}
        self.list.clear()
        now = self._bridge.document.changes(list(self._rows)[:SHOWN])
        for row in list(self._rows.values())[:SHOWN]:
            item = QListWidgetItem(_told(self._bridge.plan, row, now=now.get(row, False)))
            item.setData(_ID, row.id)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Checked if row.id in ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self._say()

    def chosen(self) -> list[bytes]:
        """The changes that are ticked."""
        items = (self.list.item(place) for place in range(self.list.count()))
        return [bytes(item.data(_ID)) for item in items if item.checkState() == Qt.CheckState.Checked]

    def _say(self) -> None:
        count = len(self.chosen())
        self.button.setEnabled(bool(count))
        more = f" The first {SHOWN} are listed." if len(self._rows) > SHOWN else ""
        self._why.setText(f"{wording.several(count, 'value')} ticked. A backup is made first.{more}")

    # --- removing ---

    def _remove(self) -> None:
        chosen = self.chosen()
        self._look_no_more()
        if not remove(self._bridge, chosen):
            return
        if not self.backups.isChecked():
            self.accept()
            return
        doc_id, author = self._bridge.document.doc_id, self._bridge.document.author
        self.setEnabled(False)
        self._why.setText("The backups are being gone through…")
        self._work = Work(
            lambda _say: redaction.from_backups(doc_id, chosen, author), "The backups could not be changed"
        )
        self._work.done.connect(self._end)
        self._work.failed.connect(self._fail)
        self._work.begin()

    def _end(self, left: Sequence[str]) -> None:
        if left:
            names = ", ".join(left[:3])
            self._bridge.failed.emit(f"It is removed here, but these backups could not be changed: {names}.")
        self.accept()

    def _fail(self, sentence: str) -> None:
        self._bridge.failed.emit(sentence)
        self.accept()


def _told(plan: Plan, row: Row, *, now: bool) -> str:
    record = plan.get(row.record)
    name = record_name(plan, record) if record else "Something deleted"
    value = " ".join(said(plan, row.field, read(row.value)).split())
    head = f"{name}, {field_name(plan, row.field)} · {row.author} · {when(row.at)}"
    return f"{head}{' · in the plan now, where it becomes empty' if now else ''}\n{value[:300]}"
