"""What the tables of the page have in common: cells that several rows may share, kept in step with the plan.

Indexes hold a row and a column and nothing else. The rows are the model's own snapshot; they move change by change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from cypp_desktop.domain import text
from cypp_desktop.domain.change import DELETED, PLACE, TWINS, Refused, Step
from cypp_desktop.domain.plan import Status
from cypp_desktop.domain.rows import Column
from cypp_desktop.domain.values import dataclass
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.celltext import Words

if TYPE_CHECKING:
    from cypp_desktop.reports.model import Figure

Index = QModelIndex | QPersistentModelIndex
RowT = TypeVar("RowT")


BARE = Words()


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows: words, or a status as a chip and under it the ``last`` one, of the period before; ``muted``
    words are references and the like. What ``picture`` gives when it is asked, a figure and words about it, stands
    below the words.
    """

    words: Words = BARE
    status: Status | None = None
    muted: bool = False
    last: Status | None = None
    picture: Callable[[], tuple[Figure | None, str]] | None = None

    @property
    def plain(self) -> str:
        """All of it as words."""
        if self.status:
            return self.status.label
        source = self.words.source if self.words.plain else text.plain(self.words.source)
        marked = f"{self.words.mark} {source}" if self.words.mark else source
        return f"{marked}\n{self.words.small}" if self.words.small else marked


BLANK = Cell()
ASKED = "to settle: copies left this open"
_WHOLE = (DELETED, PLACE, TWINS)
RICH, WORDS, LEADS, STATUS, NONE = "rich", "words", "leads", "status", ""
"""How a cell is edited: as rich text, as words, as names with completion, by a list of chips, or not at all."""


class CellModel(QAbstractTableModel, Generic[RowT]):
    """Rows under headings; subclasses say what their cells show, how they are edited, and which step an edit is."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.columns: list[Column] = []
        self.rows: list[RowT] = []
        self.keys: list[str] = []

    # --- what subclasses say; not abstract by ABC, whose metaclass is another than that of Qt's classes ---

    def cell(self, row: int, column: int) -> Cell:
        """What a cell shows."""
        raise NotImplementedError

    def record(self, row: int, column: int) -> str:
        """The id of the record that a cell is about."""
        raise NotImplementedError

    def field(self, row: int, column: int) -> str:
        """The field of that record that the cell shows, where it is a single one; its drafts are kept by it."""
        raise NotImplementedError

    def editor(self, row: int, column: int) -> str:
        """How a cell is edited; NONE where it cannot be."""
        raise NotImplementedError

    def source(self, row: int, column: int) -> str:
        """The text that an editor begins with."""
        raise NotImplementedError

    def step(self, row: int, column: int, value: str) -> Step:
        """The step that gives a cell another text."""
        raise NotImplementedError

    def key(self, row: RowT) -> str:
        """What makes a row the same row after a change."""
        raise NotImplementedError

    def shared(self, row: int, column: int) -> tuple[int, int]:
        """The first of the rows that share a cell, and how many they are."""
        return row, 1

    def asked(self, row: int, column: int) -> bool:
        """Whether copies left open what a cell is to hold; of a whole record, its first cell says so."""
        if not self.bridge.asked:
            return False
        name = self.field(row, column) or self.columns[column].key
        names = {name, *_WHOLE} if column == 0 else {name}
        return any((self.record(row, column), one) in self.bridge.asked for one in names)

    # --- what Qt asks ---

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and section < len(self.columns):
            if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
                return self.columns[section].heading
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column = index.row(), index.column()
        if not index.isValid() or not (0 <= row < len(self.rows) and 0 <= column < len(self.columns)):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(row, column).plain
        if role == Qt.ItemDataRole.EditRole:
            return self.source(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            cell = self.cell(row, column)
            last = f", last period {cell.last.label}" if cell.last else ""
            asked = f", {ASKED}" if self.asked(row, column) else ""
            figure, told = cell.picture() if cell.picture else (None, "")
            more = "".join(f". {one}" for one in (told, figure.alt if figure else "") if one)
            return f"{self.columns[column].heading}: {cell.plain or 'empty'}{last}{asked}{more}"
        if role == Qt.ItemDataRole.ToolTipRole and self.asked(row, column):
            return ASKED
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row, column = index.row(), index.column()
        if role != Qt.ItemDataRole.EditRole or not self.editor(row, column):
            return False
        return self.attempt(lambda: self.step(row, column, str(value)))

    def attempt(self, make: Callable[[], Step]) -> bool:
        """Carry out a step that may be refused while it is made, which ``Bridge.failed`` then says."""
        try:
            step = make()
        except Refused as problem:
            self.bridge.failed.emit(str(problem))
            return False
        return self.bridge.commit(step)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDropEnabled
        if self.bridge.editable:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags | Qt.ItemFlag.ItemIsEditable if self.editor(index.row(), index.column()) else flags

    # --- moving the snapshot ---

    def reset(self, columns: Sequence[Column], rows: Sequence[RowT]) -> None:
        """Show something else altogether."""
        self.beginResetModel()
        self.columns, self.rows = list(columns), list(rows)
        self.keys = [self.key(row) for row in self.rows]
        self.endResetModel()

    def arrange(self, start: int, stop: int, fresh: Sequence[RowT]) -> None:
        """Make the rows from ``start`` to before ``stop`` those of ``fresh``: remove, move, insert, then update."""
        wanted = {self.key(row): row for row in fresh}
        order = list(wanted)
        stop -= self._remove(start, stop, wanted)
        self._move_one(start, stop, [key for key in order if key in set(self.keys[start:stop])])
        for place, key in enumerate(order, start):
            if place < stop and self.keys[place] == key:
                continue
            if key in self.keys[place:stop]:
                self._move(self.keys.index(key, place), place)
            else:
                run = _run(order, place - start, set(self.keys[place:stop]))
                self._insert(place, [wanted[one] for one in run])
                stop += len(run)
        self._update(start, list(wanted.values()))

    def touch(self, first: int, last: int) -> None:
        """Say that rows look different."""
        if 0 <= first <= last < len(self.rows):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def _remove(self, start: int, stop: int, wanted: dict[str, RowT]) -> int:
        gone = [place for place in range(start, stop) if self.keys[place] not in wanted]
        for first, last in reversed(list(_runs(gone))):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self.rows[first : last + 1], self.keys[first : last + 1]
            self.endRemoveRows()
        return len(gone)

    def _insert(self, place: int, rows: list[RowT]) -> None:
        self.beginInsertRows(QModelIndex(), place, place + len(rows) - 1)
        self.rows[place:place] = rows
        self.keys[place:place] = [self.key(row) for row in rows]
        self.endInsertRows()

    def _move_one(self, start: int, stop: int, order: list[str]) -> None:
        """Where one row went down among the others, move that one and not all that it passed."""
        old = self.keys[start:stop]
        first = next((place for place, key in enumerate(order) if old[place] != key), None)
        if first is None:
            return
        to = order.index(old[first])
        if old[first + 1 : to + 1] == order[first:to]:
            self._move(start + first, start + to)

    def _move(self, source: int, to: int) -> None:
        self.beginMoveRows(QModelIndex(), source, source, QModelIndex(), to + 1 if to > source else to)
        self.rows.insert(to, self.rows.pop(source))
        self.keys.insert(to, self.keys.pop(source))
        self.endMoveRows()

    def _update(self, start: int, fresh: list[RowT]) -> None:
        old = self.rows
        changed = [at for at, row in enumerate(fresh, start) if old[at] is not row and old[at] != row]
        self.rows[start : start + len(fresh)] = fresh
        for first, last in _runs(changed):
            self.touch(first, last)


def _run(order: Sequence[str], place: int, present: set[str]) -> list[str]:
    """The keys from a place on that are not there yet."""
    end = place
    while end < len(order) and order[end] not in present:
        end += 1
    return list(order[place:end])


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring places as (first, last)."""
    first = last = -2
    for place in places:
        if place != last + 1:
            if first >= 0:
                yield first, last
            first = place
        last = place
    if first >= 0:
        yield first, last
