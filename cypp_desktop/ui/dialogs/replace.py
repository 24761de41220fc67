"""Find and replace over the whole plan: every place is shown as it is and as it will be, and can be left out."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QWidget,
)

from cypp_desktop.domain.change import Refused
from cypp_desktop.domain.replacing import Wanted, put
from cypp_desktop.ui import controls, theme, wording
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.controls import Check
from cypp_desktop.ui.delegates.places import PlaceDelegate
from cypp_desktop.ui.empty import Empty, FilledCard
from cypp_desktop.ui.help import guide
from cypp_desktop.ui.models.places import Places

AFTER = 250
"""Milliseconds after the last letter from which on the words are looked for."""


class ReplaceDialog(QDialog):
    """It stays open beside the plan; Enter on a place, or a double click, goes there."""

    wanted = Signal(str)
    """A record to go to."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Find and replace")
        guide.on_f1(self, "Many key actions at once")
        self.words, self.by = QLineEdit(), QLineEdit()
        self.case, self.whole = Check(), Check()
        self.places = Places(self)
        self.list = _List(self.places)
        self._said = theme.label(tone="muted", wrap=True)
        self.all = QPushButton("Untick all")
        self.put = QPushButton("Replace")
        self._empty = Empty("search", "")
        self._typed = QTimer(self, singleShot=True, interval=AFTER)
        self._typed.timeout.connect(self.search)
        self._lay_out()
        self._connect()
        self._say()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.grid(2))
        grid.setVerticalSpacing(theme.grid(1))
        for row, (name, field) in enumerate((("Find", self.words), ("Replace with", self.by))):
            label = theme.label(name, size="strong")
            label.setBuddy(field)
            field.setAccessibleName(name)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        self.case.setText("Capitals matter")
        self.whole.setText("Whole words only")
        options = QHBoxLayout()
        options.addWidget(self.case)
        options.addWidget(self.whole)
        options.addStretch(1)
        grid.addLayout(options, 2, 1)
        self.card = FilledCard(self.list, self._empty)
        column = controls.column(self)
        column.addWidget(theme.label("Find and replace", size="heading"))
        column.addLayout(grid)
        column.addWidget(self.card, 1)
        column.addLayout(self._foot())
        theme.give_size(self, 92, 76)

    def _foot(self) -> QHBoxLayout:
        close = QPushButton("Close")
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        self.all.setProperty("kind", "quiet")
        self.all.setAutoDefault(False)
        self.put.setProperty("kind", "primary")
        self.put.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.setSpacing(theme.grid(1.5))
        foot.addWidget(self._said, 1)
        foot.addWidget(self.all)
        foot.addWidget(close)
        foot.addWidget(self.put)
        return foot

    def _connect(self) -> None:
        self.words.textChanged.connect(lambda _words: self._typed.start())
        self.by.textChanged.connect(self._show_after)
        for box in (self.case, self.whole):
            box.toggled.connect(lambda _on: self.search())
        self.places.counted.connect(self._say)
        self.all.clicked.connect(lambda: self.places.tick_all(not self.places.chosen))
        self.put.clicked.connect(self.replace)
        self.list.opened.connect(lambda index: self.wanted.emit(self.places.rows[index.row()].record))
        self._bridge.changed.connect(self._again)

    # --- finding ---

    @property
    def asked(self) -> Wanted:
        """What is looked for."""
        return Wanted(self.words.text(), case=self.case.isChecked(), whole=self.whole.isChecked())

    def search(self) -> None:
        """Look for the words in the plan as it is now."""
        self._typed.stop()
        self.places.search(self._bridge.plan, self.asked)

    def _again(self, _event: object) -> None:
        self._typed.start()

    def _show_after(self, words: str) -> None:
        self.list.rows.words = words
        self.list.viewport().update()

    def _say(self) -> None:
        found, chosen = len(self.places.rows), len(self.places.chosen)
        typed = bool(self.words.text().strip())
        count = wording.several(found, "place")
        self._said.setText(f"{count}, {chosen} ticked" if found else "")
        nothing = "“" + " ".join(self.words.text().split()) + "” stands nowhere in the plan."
        looking = "The plan is being looked through…"
        self._empty.say((looking if self.places.searching else nothing) if typed else "Type the words to look for.")
        self.card.fill(there=bool(found))
        self.all.setVisible(found > 0)
        self.all.setText("Untick all" if chosen else "Tick all")
        self.put.setText(f"Replace {chosen:,}" if chosen else "Replace")
        self.put.setEnabled(self._bridge.editable and chosen > 0 and not self.places.searching)

    # --- replacing ---

    def replace(self) -> None:
        """Put the other words in the ticked places, as one step."""
        chosen = self.places.chosen
        try:
            step = put(self._bridge.plan, self.asked, self.by.text(), chosen)
        except Refused as problem:
            self._bridge.failed.emit(str(problem))
            return
        if self._bridge.commit(step):
            self.search()
            self._said.setText(f"{wording.several(len(chosen), 'place')} replaced. One Undo takes it back.")


class _List(QListView):
    opened = Signal(QModelIndex)

    def __init__(self, model: Places) -> None:
        super().__init__()
        self.rows = PlaceDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self.rows)
        self.setUniformItemSizes(True)
        self.setAccessibleName("Places")
        self.setAccessibleDescription("Space ticks a place or not, Enter goes there")
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(self.opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and index.isValid():
            self.opened.emit(index)
        else:
            super().keyPressEvent(event)
