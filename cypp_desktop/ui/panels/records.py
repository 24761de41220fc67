"""A list of the records that a plan keeps once (leads, statuses, periods, own columns): open, add, reorder."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout

from cypp_desktop.domain.change import Refused, add, delete, move
from cypp_desktop.domain.naming import title_of
from cypp_desktop.domain.plan import KINDS, Record, Value
from cypp_desktop.ui import icons, theme
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.panels.fields import Field


class RecordsField(Field):
    """The records of one kind as a list of links; Alt+Up and Alt+Down reorder."""

    def __init__(self, bridge: Bridge, kind: str, name: str, word: str, blank: Mapping[str, Value]) -> None:
        super().__init__(bridge, "", name)
        self._kind, self._word, self._blank = kind, word, blank
        self._shown: list[tuple[str, str]] = []
        self._links: list[_Link] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.column.addLayout(self._rows)
        self._add = QPushButton(icons.icon("plus", "accent"), f"Add a {word}")
        self._add.setProperty("kind", "quiet")
        self._add.setProperty("flush", True)
        self._add.clicked.connect(self.add)
        line = QHBoxLayout()
        line.addWidget(self._add)
        line.addStretch(1)
        self.column.addLayout(line)

    def refresh(self) -> None:
        records = self.bridge.plan.of(KINDS[self._kind])
        now = [(record.id, title_of(record) or f"A {self._word} without a name") for record in records]
        if now != self._shown:
            self._shown = now
            self._rebuild()

    def _rebuild(self) -> None:
        for old in self._links:
            old.hide()
            old.deleteLater()
        self._links = [_Link(self, record, words) for record, words in self._shown]
        for link in self._links:
            self._rows.addWidget(link)

    def set_read_only(self, read_only: bool) -> None:
        self._add.setEnabled(not read_only)

    def add(self) -> None:
        """Add one, and show it."""
        step = add(self.bridge.plan, self._kind, self.bridge.plan.root, self._blank)
        if self.bridge.commit(step):
            self.bridge.select(step.record)

    def shift(self, record: str, by: int) -> None:
        """Move one up (-1) or down (1)."""
        ids = [one for one, _ in self._shown]
        place = ids.index(record) + by
        if not 0 <= place < len(ids):
            return
        ids.remove(record)
        if self.bridge.commit(move(self.bridge.plan, record, self.bridge.plan.root, ids[place - 1] if place else "")):
            self._links[place].setFocus()


class _Link(QPushButton):
    def __init__(self, owner: RecordsField, record: str, words: str) -> None:
        super().__init__(words.replace("&", "&&"))
        self._owner, self._record, self._whole = owner, record, words
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setProperty("kind", "entry")
        self.setToolTip(theme.tip(f"{words}\nOpen it. Alt+↑ and Alt+↓ move it."))
        self.setAccessibleName(words)
        self.clicked.connect(lambda: owner.bridge.select(record))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - theme.grid(2.5)
        elided = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(elided.replace("&", "&&"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if by and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._owner.shift(self._record, by)
        else:
            super().keyPressEvent(event)


class DeleteField(Field):
    """Words that delete the record, and go back to the plan; undo brings it back."""

    def __init__(self, bridge: Bridge, word: str) -> None:
        super().__init__(bridge, "", "")
        self.name.hide()
        self.hint.hide()
        self._button = QPushButton(f"Delete {word}")
        self._button.setProperty("kind", "danger")
        self._button.setProperty("flush", True)
        self._button.clicked.connect(self._delete)
        line = QHBoxLayout()
        line.addWidget(self._button)
        line.addStretch(1)
        self.column.addLayout(line)

    def set_read_only(self, read_only: bool) -> None:
        self._button.setEnabled(not read_only)

    def _delete(self) -> None:
        try:
            self.bridge.commit(delete(self.bridge.plan, [self.record]))
        except Refused as problem:
            self.bridge.failed.emit(str(problem))


class CountField(Field):
    """How many actions a lead has."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge, "", "Key actions")
        self.said = theme.label(wrap=True)
        self.column.addWidget(self.said)

    def refresh(self) -> None:
        mine = [one for one in self.bridge.plan.walk() if self.record in getattr(one, "leads", ())]
        self.said.setText("None yet." if not mine else "\n".join(self._line(one) for one in mine[:20]))
        self.say_hint(str(len(mine)))

    def _line(self, action: Record) -> str:
        return f"{self.bridge.plan.reference(action)}  {' '.join(title_of(action).split())}"
