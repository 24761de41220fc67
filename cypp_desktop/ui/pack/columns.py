"""The columns of the action tables: which are printed, in which order, under which headings, and how wide."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from cypp_desktop.domain import rows
from cypp_desktop.domain.naming import plural
from cypp_desktop.domain.plan import CustomField, Plan
from cypp_desktop.reports.actions import Column, columns
from cypp_desktop.ui import theme
from cypp_desktop.ui.controls import Check, tool

_MILLIMETRE = 72 / 25.4  # in points
_WIDTHS = QRegularExpression(r"|\d{1,2}|1\d\d|2[0-4]\d|250")  # millimetres, or nothing
_SIZED = re.compile(r"\|\s*[\d.]+\s*$")


def written(column: Column) -> str:
    """A column as a layout keeps it; ``reports.actions.columns`` reads it."""
    width = f"|{column.width:g}" if column.width else "|0" if _SIZED.search(column.heading) else ""
    return f"{column.key}={column.heading}{width}"


def offered(plan: Plan) -> list[Column]:
    """All columns that a plan can print, with the plan's own headings where it has some."""
    details = plan.details
    level = details.levels[1] if len(details.levels) > 1 else "Outcome"
    usual = {
        "outcome": level,
        "measures": plural(details.measure_word),
        "plans": "Related plans",
        "actions": plural(details.action_word),
        "leads": "Lead",
        "due": "Due",
        "note": "Progress",
        "status": "Status",
    }
    usual |= {f"custom:{one.id}": one.name for one in plan.of(CustomField) if one.subject == "action"}
    own = {one.key: one.heading for one in rows.columns(plan)}
    return [Column(key, own.get(key, heading)) for key, heading in usual.items()]


class ColumnsField(QWidget):
    """A line for each column that can be shown, those that are first and in their order; ``sized`` with widths."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None, *, sized: bool = True) -> None:
        super().__init__(parent)
        self._sized = sized
        self._lines: list[_Line] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.grid(0.5))
        heads = theme.label("Heading and width in millimetres", size="small", tone="muted")
        heads.setVisible(sized)
        self._column.addWidget(heads)

    def show_columns(self, plan: Plan, chosen: Sequence[str]) -> None:
        """Show the columns of a layout; none means the plan's own."""
        printed = list(columns(tuple(chosen) or tuple(written(Column(*_pair(one))) for one in rows.columns(plan))))
        rest = [one for one in offered(plan) if one.key not in {column.key for column in printed}]
        wanted = [(one, True) for one in printed] + [(one, False) for one in rest]
        while len(self._lines) > len(wanted):
            self._lines.pop().deleteLater()
        while len(self._lines) < len(wanted):
            line = _Line(self)
            line.width_field.setVisible(self._sized)
            line.changed.connect(self.changed)
            line.moved.connect(lambda by, line=line: self._move(line, by))
            self._lines.append(line)
            self._column.addWidget(line)
        for line, (column, shown) in zip(self._lines, wanted, strict=True):
            line.show_column(column, printed=shown)
        self._say_ends()

    def value(self, plan: Plan) -> tuple[str, ...]:
        """The printed columns as a layout keeps them; nothing where they are the plan's own."""
        chosen = self.chosen()
        own = tuple(written(Column(*_pair(one))) for one in rows.columns(plan))
        return () if chosen == own else chosen

    def chosen(self) -> tuple[str, ...]:
        """The shown columns as a layout keeps them, in order."""
        return tuple(written(line.column()) for line in self._lines if line.printed)

    def _move(self, line: _Line, by: int) -> None:
        place = self._lines.index(line) + by
        if 0 <= place < len(self._lines):
            self._lines.remove(line)
            self._lines.insert(place, line)
            self._column.removeWidget(line)
            self._column.insertWidget(place + 1, line)  # below the label
            self._say_ends()
            self.changed.emit()

    def _say_ends(self) -> None:
        for place, line in enumerate(self._lines):
            line.say_end(first=place == 0, last=place == len(self._lines) - 1)


class _Line(QWidget):
    changed = Signal()
    moved = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._key = ""
        self.box = Check()
        self.heading = QLineEdit()
        self.width_field = QLineEdit()
        self.width_field.setValidator(QRegularExpressionValidator(_WIDTHS, self))
        self.width_field.setPlaceholderText("auto")
        self.width_field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.width_field.setFixedWidth(theme.grid(7))
        self.width_field.setToolTip("How wide, in millimetres on A4; nothing for the usual width")
        self._up = tool("↑", "Further left  (Alt+Up)", lambda: self.moved.emit(-1))
        self._down = tool("↓", "Further right  (Alt+Down)", lambda: self.moved.emit(1))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.grid(0.5))
        for part in (self.box, self.heading, self.width_field, self._up, self._down):
            row.addWidget(part, int(part is self.heading))
        self.box.clicked.connect(self.changed)
        self.heading.editingFinished.connect(self._on_heading)
        self.width_field.editingFinished.connect(self._on_width)
        self._shown = ""
        self._points = 0.0

    @property
    def printed(self) -> bool:
        """Whether the column is printed."""
        return self.box.isChecked()

    def column(self) -> Column:
        """The column as it stands in the line."""
        heading = " ".join(self.heading.text().split()) or self._shown
        kept = self.width_field.text() == _millimetres(self._points)  # a width in points stays as it was
        points = self._points if kept else round(int(self.width_field.text() or "0") * _MILLIMETRE, 1)
        return Column(self._key, heading, points)

    def show_column(self, column: Column, *, printed: bool) -> None:
        """Show another column."""
        self._key, self._shown, self._points = column.key, column.heading, column.width
        self.box.setChecked(printed)
        if self.heading.text() != column.heading:
            self.heading.setText(column.heading)
            self.heading.setCursorPosition(0)  # its beginning is seen
        self.width_field.setText(_millimetres(column.width))
        self.box.setAccessibleName(f"Print {column.heading}")
        self.heading.setAccessibleName(f"Heading of {column.heading}")
        self.width_field.setAccessibleName(f"Width of {column.heading} in millimetres, nothing for the usual width")
        for part in (self.heading, self.width_field, self._up, self._down):
            part.setEnabled(printed)

    def say_end(self, *, first: bool, last: bool) -> None:
        """Say whether the line is the first or last one."""
        buttons: tuple[tuple[QToolButton, bool], ...] = ((self._up, first), (self._down, last))
        for button, end in buttons:
            button.setEnabled(self.printed and not end)

    def _on_width(self) -> None:
        if self.width_field.text() != _millimetres(self._points):
            self.changed.emit()

    def _on_heading(self) -> None:
        if " ".join(self.heading.text().split()) != self._shown:
            self.changed.emit()


def _millimetres(points: float) -> str:
    return str(round(points / _MILLIMETRE)) if points else ""


def _pair(column: rows.Column) -> tuple[str, str]:
    return column.key, column.heading
