"""Two kinds of question that are no conflict of words: likely twins, and a removal that a copy asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout

from cypp_desktop.document.conflicts import Conflict, Side
from cypp_desktop.domain.naming import field_name, said, short, title_of
from cypp_desktop.domain.plan import Plan, Record, Value, cell, fields_of
from cypp_desktop.ui import theme
from cypp_desktop.ui.panels.parts import card, when

_WARNING = (
    "It is then gone from this plan, and copies that come later do not bring it back. Copies and backups elsewhere "
    "still hold it."
)


def twins(plan: Plan, conflict: Conflict, keep: Callable[[str], object]) -> tuple[QGridLayout, list[QPushButton]]:
    """Two records side by side with what each has, and the buttons that keep one and join the other to it."""
    grid, buttons = QGridLayout(), []
    grid.setSpacing(theme.grid(2))
    records = [plan[str(side.value)] for side in conflict.sides]
    for place, (side, record) in enumerate(zip(conflict.sides, records, strict=True)):
        frame, column = _twin(plan, side, record)
        button = QPushButton("Combine into this one")
        button.setAccessibleName(f"Combine both into the one that {side.author} added")
        button.clicked.connect(lambda _=False, one=record.id: keep(one))
        buttons.append(button)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button)
        column.addStretch(1)
        column.addLayout(row)
        grid.addWidget(frame, 0, place)
        grid.setColumnStretch(place, 1)
    return grid, buttons


def _twin(plan: Plan, side: Side, record: Record) -> tuple[QFrame, QVBoxLayout]:
    frame, column = card("card")
    head = QHBoxLayout()
    head.addWidget(theme.label(side.author, size="subheading", wrap=True), 1)
    head.addWidget(theme.label(when(side.at), size="small", tone="muted"), 0, Qt.AlignmentFlag.AlignTop)
    column.addLayout(head)
    column.addWidget(theme.label(title_of(record), wrap=True))
    for name, value in _filled(record):
        words = f"{_capital(field_name(plan, name))}: {short(said(plan, name, value))}"
        column.addWidget(theme.label(words, tone="muted", wrap=True))
    if below := len(plan.branch(record.id)) - 1:
        column.addWidget(theme.label(f"{below} more below it", tone="muted"))
    return frame, column


def _filled(record: Record) -> Iterator[tuple[str, Value]]:
    """The fields in which something stands, apart from the one that shows already."""
    for name in fields_of(record):
        value = cell(record, name)
        if value and not isinstance(value, bool) and name not in {"title", "name", "heading", "text"}:
            yield name, value


def removal(plan: Plan, conflict: Conflict) -> QFrame:
    """Who asks to remove which value, and what that means."""
    frame, column = card("card")
    side = conflict.sides[-1]
    names = " and ".join(sorted({one.author for one in conflict.sides}))
    head = QHBoxLayout()
    words = f"{names} removed this from the history, and asks you to do the same"
    head.addWidget(theme.label(words, size="subheading", wrap=True), 1)
    head.addWidget(theme.label(when(side.at), size="small", tone="muted"), 0, Qt.AlignmentFlag.AlignTop)
    column.addLayout(head)
    column.addWidget(theme.label(_capital(field_name(plan, conflict.field)), size="small", tone="muted"))
    column.addWidget(theme.label(said(plan, conflict.field, conflict.base) or "Nothing", wrap=True))
    column.addWidget(theme.label(_WARNING, tone="muted", wrap=True))
    return frame


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
