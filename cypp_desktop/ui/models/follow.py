"""How a list in an item model becomes another, row by row, so that what is selected and edited stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QAbstractItemModel, QModelIndex

T = TypeVar("T")


def follow(
    model: QAbstractItemModel, have: list[T], want: Sequence[T], key: Callable[[T], str], columns: int = 1
) -> None:
    """Change ``have``, the rows of ``model``, into ``want``; rows of one key are the same row."""
    root = QModelIndex()
    kept = {key(one) for one in want}
    for row in reversed(range(len(have))):
        if key(have[row]) not in kept:
            model.beginRemoveRows(root, row, row)
            del have[row]
            model.endRemoveRows()
    for row, one in enumerate(want):
        there = next((at for at, other in enumerate(have) if key(other) == key(one)), None)
        if there is None:
            model.beginInsertRows(root, row, row)
            have.insert(row, one)
            model.endInsertRows()
        elif there != row:
            model.beginMoveRows(root, there, there, root, row)
            have.insert(row, have.pop(there))
            model.endMoveRows()
        if have[row] != one:
            have[row] = one
            model.dataChanged.emit(model.index(row, 0), model.index(row, columns - 1))
