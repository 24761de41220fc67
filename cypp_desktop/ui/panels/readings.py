"""The readings of a measure as a small table: whose, for which period, the value as written, provisional or not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPen, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCompleter,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolButton,
    QWidget,
)

from cypp_desktop.domain.change import Refused, Step, add, delete, edit, move
from cypp_desktop.domain.plan import NATIONAL, NEIGHBOURS, OURS, Plan, Reading
from cypp_desktop.ui import icons, theme
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.models.follow import follow
from cypp_desktop.ui.panels.fields import Field

_COLUMNS = (("series", "Whose"), ("period", "Period"), ("value", "Value"), ("provisional", "Prov."))
_SERIES = {OURS: "Ours", NATIONAL: "National", NEIGHBOURS: "Neighbours"}
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class ReadingsModel(QAbstractTableModel):
    """A snapshot of a measure's readings; edits go to the plan and come back as another snapshot."""

    def __init__(self, field: ReadingsField) -> None:
        super().__init__(field)
        self._field = field
        self.readings: list[Reading] = []
        self.read_only = False

    def show_readings(self, readings: list[Reading]) -> None:
        """Move to other readings, row by row where most stay."""
        follow(self, self.readings, readings, lambda reading: reading.id, len(_COLUMNS))

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.readings)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variants
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(_COLUMNS):
            if role == Qt.ItemDataRole.DisplayRole:
                return _COLUMNS[section][1]
            if role == Qt.ItemDataRole.ToolTipRole and section == len(_COLUMNS) - 1:
                return "Provisional"
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not index.isValid() or self.read_only:
            return flags if index.isValid() else Qt.ItemFlag.NoItemFlags
        last = index.column() == len(_COLUMNS) - 1
        return flags | (Qt.ItemFlag.ItemIsUserCheckable if last else Qt.ItemFlag.ItemIsEditable)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variants
        if not index.isValid():
            return None
        reading, field = self.readings[index.row()], _COLUMNS[index.column()][0]
        if field == "provisional":
            if role == Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if reading.provisional else Qt.CheckState.Unchecked
            return "Provisional" if role == Qt.ItemDataRole.AccessibleTextRole and reading.provisional else None
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole):
            return None
        value = str(getattr(reading, field))
        return _SERIES.get(value, value) if field == "series" else value

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401 - Qt's variants
        if not index.isValid():
            return False
        field = _COLUMNS[index.column()][0]
        if role == Qt.ItemDataRole.CheckStateRole and field == "provisional":
            return self._field.change(index.row(), field, Qt.CheckState(value) == Qt.CheckState.Checked)
        if role != Qt.ItemDataRole.EditRole:
            return False
        words = str(value).strip()
        if field == "series":
            words = next((name for name, shown in _SERIES.items() if shown.casefold() == words.casefold()), words)
        return self._field.change(index.row(), field, words)


class ReadingsField(Field):
    """The readings table of a measure, with keys and buttons to add, delete and move."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge, "name", "Readings", "oldest first in each series")
        self.model = ReadingsModel(self)
        self.table = _Table()
        self.table.setModel(self.model)
        self.table.setAccessibleName("Readings")
        self.table.fit_columns()
        self.column.addWidget(self.table)
        self._buttons = [
            self._button("plus", "", "Add a reading", "Ctrl+Return", self.add),
            self._button("trash-2", "", "Delete the reading", "Delete", self.remove),
            self._button("", "↑", "Move the reading up", "Alt+Up", lambda: self.shift(-1)),
            self._button("", "↓", "Move the reading down", "Alt+Down", lambda: self.shift(1)),
        ]
        row = QHBoxLayout()
        for button in self._buttons:
            row.addWidget(button)
        row.addStretch(1)
        self.column.addLayout(row)

    def _button(self, icon: str, mark: str, name: str, key: str, act: Callable[[], None]) -> QToolButton:
        button = QToolButton()
        if icon:
            button.setIcon(icons.icon(icon))
        button.setText(mark)
        button.setAccessibleName(name)
        button.setToolTip(f"{name} ({QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)})")
        button.clicked.connect(act)
        short = QShortcut(QKeySequence(key), self.table)
        short.setContext(Qt.ShortcutContext.WidgetShortcut)
        short.activated.connect(act)
        return button

    def refresh(self) -> None:
        plan = self.bridge.plan
        self.model.show_readings(list(plan.readings(self.record)) if self.record in plan else [])
        self.table.fit_rows()

    def set_read_only(self, read_only: bool) -> None:
        self.model.read_only = read_only
        for button in self._buttons:
            button.setEnabled(not read_only)

    def change(self, row: int, field: str, value: str | bool) -> bool:
        """Give a reading another value in a field."""
        return self._commit(lambda plan: edit(plan, self.model.readings[row].id, {field: value}, "change of reading"))

    def add(self) -> None:
        """Add a reading after the current one, of its series."""
        row = self.table.currentIndex().row()
        near = self.model.readings[row] if row >= 0 else None
        values = {"series": near.series if near else OURS}
        after = near.id if near else None
        if self._commit(lambda plan: add(plan, "reading", self.record, values, after=after)):
            new = row + 1 if near else self.model.rowCount() - 1
            self.table.setCurrentIndex(self.model.index(new, 1))
            self.table.setFocus()
            self.table.edit(self.model.index(new, 1))

    def remove(self) -> None:
        """Delete the current reading."""
        row = self.table.currentIndex().row()
        if row >= 0:
            self._commit(lambda plan: delete(plan, [self.model.readings[row].id]))

    def shift(self, by: int) -> None:
        """Move the current reading up (-1) or down (1)."""
        row, column = self.table.currentIndex().row(), self.table.currentIndex().column()
        target = row + by
        if row >= 0 and 0 <= target < self.model.rowCount():
            ids = [reading.id for reading in self.model.readings]
            one = ids.pop(row)
            after = ids[target - 1] if target else ""
            self._commit(lambda plan: move(plan, one, self.record, after))
            self.table.setCurrentIndex(self.model.index(target, column))

    def _commit(self, make: Callable[[Plan], Step]) -> bool:
        try:
            step = make(self.bridge.plan)
        except Refused as problem:
            self.bridge.failed.emit(str(problem))
            return False
        return self.bridge.commit(step)


class _Cell(QStyledItemDelegate):
    """Paints a reading's cell like those of the plan's table: hairline below, ring around the current one."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        tokens = theme.tokens()
        rect = QRectF(option.rect)
        table = self.parent()
        current = isinstance(table, QTableView) and index == table.currentIndex()
        painter.save()
        painter.fillRect(rect, tokens.selection if current else tokens.surface)
        painter.fillRect(QRectF(rect.x(), rect.bottom() - 1, rect.width(), 1), tokens.border)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(tokens.on_selection if current else tokens.text)
        checked = index.data(Qt.ItemDataRole.CheckStateRole)
        side = theme.grid(1.75)
        if checked is not None:
            box = QRectF(rect.x() + theme.grid(1), rect.center().y() - side / 2, side, side)
            on = Qt.CheckState(checked) == Qt.CheckState.Checked
            painter.setBrush(tokens.accent if on else tokens.raised)
            painter.setPen(tokens.accent if on else tokens.control)
            painter.drawRoundedRect(box, 3, 3)
            if on:
                icons.draw(painter, "check", box.adjusted(1, 1, -1, -1), "on_accent")
        else:
            room = rect.adjusted(theme.grid(1), 0, -2, 0)
            words = str(index.data() or "")
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, round(room.width()))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, shown)
        if current and isinstance(table, QTableView) and table.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(tokens.focus, 2))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -2), 4, 4)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        made = super().createEditor(parent, option, index)
        if index.column() == 0:
            completer = QCompleter(list(_SERIES.values()), made)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            if isinstance(made, QLineEdit):
                made.setCompleter(completer)
        return made


class _Table(QTableView):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(_Cell(self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(True)
        self.verticalHeader().hide()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        edit = QAbstractItemView.EditTrigger
        self.setEditTriggers(edit.DoubleClicked | edit.EditKeyPressed | edit.AnyKeyPressed | edit.SelectedClicked)
        theme.signals.changed.connect(self.fit_rows)

    def fit_columns(self) -> None:
        """Let the columns share the width."""
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(len(_COLUMNS) - 1, QHeaderView.ResizeMode.ResizeToContents)

    def fit_rows(self) -> None:
        """Be as high as the readings (a measure has few)."""
        self.verticalHeader().setDefaultSectionSize(theme.grid(3.75))
        rows = self.model().rowCount() if self.model() else 0
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + max(1, rows) * theme.grid(3.75) + 2)

    def sizeHint(self) -> QSize:
        return QSize(theme.grid(30), self.minimumHeight())
