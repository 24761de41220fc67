"""How progress is measured: the measures of a priority or outcome with their readings, edited in place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from cypp_desktop.domain.change import add, delete
from cypp_desktop.domain.naming import article, plural
from cypp_desktop.domain.plan import Measure, Outcome, Priority
from cypp_desktop.ui import clipboard, icons, moves, theme
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.empty import Empty, FilledCard
from cypp_desktop.ui.models.measures import LATEST, MeasureTable
from cypp_desktop.ui.panels.celltable import CellTable
from cypp_desktop.ui.wording import on_button

SHARES = {"name": 38.0, "target": 20.0, "polarity": 9.0, LATEST: 14.0, "previous": 14.0, "": 13.0}


class MeasuresPanel(QWidget):
    """The measures that belong to what the window is about; it follows the bridge, or is told by ``show_page``."""

    counted = Signal(int)
    """How many measures there are now."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None, *, follows: bool = True) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.model = MeasureTable(bridge)
        self.table = CellTable(self.model, SHARES)
        self.table.setAccessibleName("Measures")
        self.table.commanded.connect(self._command)
        self.table.grown.connect(self.updateGeometry)
        self._empty = Empty("target", "", "")
        self._empty.acted.connect(self.add_measure)
        self._lay_out()
        for signal in (self.model.modelReset, self.model.rowsInserted, self.model.rowsRemoved):
            signal.connect(self._count)
        self.table.selectionModel().currentChanged.connect(self._select)
        if follows:
            bridge.selected.connect(self._look)
            self._look(bridge.selection)

    def _lay_out(self) -> None:
        self.card = FilledCard(self.table, self._empty)
        self._measure = QPushButton(icons.icon("plus", "accent"), "")
        self._reading = QPushButton(icons.icon("plus", "accent"), "Reading")
        self._reading.setToolTip("A new latest value of the marked measure; the latest now becomes the previous")
        row = QHBoxLayout()
        row.addStretch(1)
        for button, work in ((self._measure, self.add_measure), (self._reading, self.add_reading)):
            button.setProperty("kind", "quiet")
            button.clicked.connect(work)
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(0.5))
        column.addWidget(self.card, 1)
        column.addLayout(row)

    # --- what is shown ---

    def show_page(self, top: str) -> None:
        """Show the measures that belong to the page of a priority or outcome."""
        if self.model.top == top:
            return
        self.table.editing.leave()
        self.model.show(top)

    def _look(self, record: str) -> None:
        found = self._bridge.plan.get(record)
        while found and not isinstance(found, Priority | Outcome):
            found = self._bridge.plan.get(found.parent)
        if found:
            self.show_page(found.id)
        self.mark(record)

    def mark(self, record: str) -> None:
        """Make the row of a measure the current one, where it is shown."""
        if record in self.model.keys and self.record != record:
            self.table.go(self.model.index(self.model.keys.index(record), 0))

    def _count(self) -> None:
        word = self._bridge.plan.details.measure_word
        editable = self._bridge.editable
        self._measure.setText(on_button(word))
        self._measure.setVisible(editable)
        self._reading.setVisible(editable and bool(self.model.rows))
        self._empty.say(
            f"There are no {plural(word.lower())} here yet.", f"Add {article(word.lower())}" if editable else ""
        )
        self.card.fill(there=bool(self.model.rows))
        self.counted.emit(len(self.model.rows))

    @property
    def record(self) -> str:
        """The id of the measure that is marked; "" for none."""
        index = self.table.currentIndex()
        return self.model.keys[index.row()] if index.isValid() else ""

    def _select(self, index: QModelIndex) -> None:
        if index.isValid() and self.table.hasFocus():
            self._bridge.select(self.model.record(index.row(), index.column()))

    # --- commands ---

    def add_measure(self) -> None:
        """Add a measure after the marked one, and have its name typed."""
        if not self._bridge.editable or not self.table.editing.leave():
            return
        marked = self._bridge.plan.get(self.record)
        parent = marked.parent if marked else self.model.of.id if self.model.of else ""
        if not parent:
            return
        keys = self._bridge.document.keys
        step = add(self._bridge.plan, "measure", parent, after=self.record or None, keys=keys)
        if self._bridge.commit(step) and step.record in self.model.keys:
            self.table.setFocus()
            self.table.edit_cell(self.model.index(self.model.keys.index(step.record), 0))

    def add_reading(self) -> None:
        """Have a new latest value of the marked measure typed; the latest now becomes the previous one."""
        row = self.table.currentIndex().row()
        if not self._bridge.editable or not self.model.rows or not self.table.editing.leave():
            return
        row = max(row, 0)
        self.model.adding = self.model.keys[row]
        column = next(place for place, one in enumerate(self.model.columns) if one.key == LATEST)
        self.table.setFocus()
        self.table.edit_cell(self.model.index(row, column))
        self.table.editing.finished.connect(self._added, Qt.ConnectionType.SingleShotConnection)

    def _added(self) -> None:
        self.model.adding = ""

    def delete_selected(self) -> None:
        """Delete the measures that are selected, with their readings; it can be undone."""
        chosen = [self.model.keys[row] for row in self.table.selected_rows()]
        if chosen and self._bridge.editable:
            self._bridge.commit(delete(self._bridge.plan, chosen))

    def move_selected(self, by: int) -> None:
        """Move the marked measure up (-1) or down (1)."""
        measure = self._bridge.plan.get(self.record)
        if measure and self._bridge.editable:
            shown = [row.measure for row in self.model.rows]
            step = moves.along(self._bridge.plan, shown, measure, by, self._bridge.document.keys)
            if step:
                self._bridge.commit(step)

    def copy(self) -> None:
        """Copy the selected measures."""
        chosen = self.table.selected_rows()
        lines = [[self.model.cell(row, at).plain for at in range(len(self.model.columns))] for row in chosen]
        headings = [column.heading for column in self.model.columns]
        records = [self.model.keys[row] for row in chosen]
        if records:
            mime = clipboard.records_mime(self._bridge.plan, records, headings, lines)
            QGuiApplication.clipboard().setMimeData(mime)

    def cut(self) -> None:
        """Copy the selected measures and delete them."""
        self.copy()
        self.delete_selected()

    def paste(self) -> None:
        """Put copied measures after the marked one; copied words into the marked cell."""
        mime = QGuiApplication.clipboard().mimeData()
        at = self.record or (self.model.of.id if self.model.of else "")
        index = self.table.currentIndex()
        if clipboard.has_records(mime):
            self.model.attempt(lambda: clipboard.paste(self._bridge.plan, mime, at, self._bridge.document.keys))
        elif mime.hasText() and index.isValid():
            self.model.setData(index, mime.text().strip())

    def clear_or_delete(self) -> None:
        """Empty the marked cell; delete the measures where several are selected or the name is marked."""
        index = self.table.currentIndex()
        if len(self.table.selected_rows()) > 1 or index.column() == 0:
            self.delete_selected()
        elif index.isValid() and self._bridge.editable:
            self.model.setData(index, "")

    def next_measure(self) -> None:
        """Go on to the next measure; after the last one, add one."""
        if not self.table.walk_down():
            self.add_measure()

    def _command(self, name: str) -> None:
        work: dict[str, Callable[[], None]] = {
            "next": self.next_measure,
            "copy": self.copy,
            "cut": self.cut,
            "paste": self.paste,
            "up": lambda: self.move_selected(-1),
            "down": lambda: self.move_selected(1),
            "delete": self.clear_or_delete,
        }
        if name in work:
            work[name]()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.menu()
        menu.exec(event.globalPos())
        menu.deleteLater()

    def menu(self) -> QMenu:
        """The commands of the marked measure."""
        menu = QMenu(self)
        word = self._bridge.plan.details.measure_word.lower()
        editable = self._bridge.editable
        marked = isinstance(self._bridge.plan.get(self.record), Measure)
        entries = (
            ("Edit", "F2", lambda: self.table.edit_cell(self.table.currentIndex()), marked and editable),
            ("New reading", "", self.add_reading, marked and editable),
            (f"New {word}", "", self.add_measure, editable),
            ("", "", None, True),
            ("Cut", "Ctrl+X", self.cut, marked and editable),
            ("Copy", "Ctrl+C", self.copy, marked),
            ("Paste", "Ctrl+V", self.paste, editable),
            ("", "", None, True),
            ("Move up", "Alt+Up", lambda: self.move_selected(-1), marked and editable),
            ("Move down", "Alt+Down", lambda: self.move_selected(1), marked and editable),
            (f"Delete {word}", "", self.delete_selected, marked and editable),
        )
        for words, keys, work, possible in entries:
            if work is None:
                menu.addSeparator()
                continue
            action = menu.addAction(on_button(words))
            action.setShortcut(QKeySequence(keys))
            action.setEnabled(possible)
            action.triggered.connect(work)
        return menu
