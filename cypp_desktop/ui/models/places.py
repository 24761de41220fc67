"""The places where words stand as a list with a tick each, found in slices so that the window never stands still."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from cypp_desktop.domain.change import Refused
from cypp_desktop.domain.naming import field_name, record_name
from cypp_desktop.domain.plan import Plan
from cypp_desktop.domain.replacing import Place, Wanted, places

Index = QModelIndex | QPersistentModelIndex
PLACE = Qt.ItemDataRole.UserRole + 1
_SLICE = 0.008  # seconds of work between two events of the window


class Places(QAbstractListModel):
    """Every place ticked at first."""

    counted = Signal()
    """There are others now, or other ticks."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Place] = []
        self.ticked: list[bool] = []
        self.searching = False
        self._plan = Plan(())
        self._work: Iterator[Place] = iter(())
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._slice)

    def search(self, plan: Plan, wanted: Wanted) -> None:
        """Find the places anew; none where there are no words."""
        self.beginResetModel()
        self.rows, self.ticked, self._plan = [], [], plan
        self.endResetModel()
        try:
            wanted.pattern()
        except Refused:
            self._work, self.searching = iter(()), False
            self.counted.emit()
            return
        self._work, self.searching = places(plan, wanted), True
        self._slices.start()

    def finish(self) -> None:
        """Find all of them now."""
        while self.searching:
            self._slice()

    def _slice(self) -> None:
        end, found = time.perf_counter() + _SLICE, list[Place]()
        for place in self._work:
            found.append(place)
            if time.perf_counter() > end:
                break
        else:
            self.searching = False
            self._slices.stop()
        if found:
            first = len(self.rows)
            self.beginInsertRows(QModelIndex(), first, first + len(found) - 1)
            self.rows += found
            self.ticked += [True] * len(found)
            self.endInsertRows()
        self.counted.emit()

    @property
    def chosen(self) -> list[Place]:
        """The places that are ticked."""
        return [place for place, ticked in zip(self.rows, self.ticked, strict=True) if ticked]

    def tick_all(self, ticked: bool) -> None:
        """Tick all of them, or none."""
        self.ticked = [ticked] * len(self.rows)
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))
        self.counted.emit()

    # --- what Qt asks ---

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.isValid() else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        place = self.rows[index.row()]
        if role == PLACE:
            return place
        if role == Qt.ItemDataRole.DisplayRole:
            return self.name(place)
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if self.ticked[index.row()] else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.name(place)}: {' '.join(place.line.split())}"
        return None

    def name(self, place: Place) -> str:
        """What a place is called: "Key action 1.5.6, progress note, Mid-year review"."""
        record = self._plan.get(place.record)
        return f"{record_name(self._plan, record)}, {field_name(self._plan, place.field)}" if record else ""

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.ticked[index.row()] = value in (Qt.CheckState.Checked, Qt.CheckState.Checked.value)
        self.dataChanged.emit(index, index, [role])
        self.counted.emit()
        return True
