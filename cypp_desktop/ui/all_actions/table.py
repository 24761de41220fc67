"""The table of all actions at work: rows under headings, and what keys and the mouse do to them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from PySide6.QtCore import QModelIndex, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from cypp_desktop.domain.plan import Action
from cypp_desktop.domain.rows import Column
from cypp_desktop.domain.views import values
from cypp_desktop.ui import theme
from cypp_desktop.ui.all_actions.model import ARCHIVED, AllActions
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.models.table import NUMBER
from cypp_desktop.ui.panels.actions import ActionsView

_NARROW = 19  # letters and margins: here a note is only begun
_SAMPLE = 400  # actions whose references are measured


class AllActionsTable(ActionsView):
    """The actions that were found, edited in place like those of a page."""

    page: AllActions

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent, AllActions(bridge))
        self.setAccessibleName("All actions")
        self.setDragEnabled(False)
        self.setAcceptDrops(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.NoDragDrop)

    @property
    def chosen(self) -> list[str]:
        """The ids of the actions whose rows are selected, each once."""
        found = (self.page.action(row) for row in self.selected_rows())
        return list(dict.fromkeys(action.id for action in found if action))

    @property
    def listed(self) -> list[str]:
        """The ids of all actions that are shown, each once."""
        return list(dict.fromkeys(row.action.id for row in self.page.rows if row.action))

    def menu(self) -> QMenu:
        menu = super().menu()
        for action in menu.actions():
            archived = action.text().startswith("Archive ") and values(self.page.view, "archived") == ["yes"]
            if archived or action.text() in {"Move up", "Move down"}:  # neighbours here are none in the plan
                action.setVisible(False)
        return menu

    def move_marked(self, by: int) -> None:
        """Nothing: neighbours here are none in the plan."""

    def _least(self, column: Column) -> float:
        if column.key == NUMBER:
            plan = self.page.plan
            actions = islice((one for one in plan.walk() if isinstance(one, Action)), _SAMPLE)
            numbers = {plan.reference(one) for one in actions}
            width = QFontMetrics(self.layouts.bold).horizontalAdvance
            return max(map(width, [column.heading, *numbers])) + self.layouts.grid(3) + 1
        least = super()._least(column)
        if column.key == ARCHIVED:
            return max(least, self.layouts.metrics.horizontalAdvance("2016-2017") + self.layouts.grid(3) + 1)
        return min(least, self.layouts.metrics.horizontalAdvance("0") * _NARROW) if column.key == "note" else least

    # --- headings ---

    def _row_height(self, row: int, widths: list[int]) -> int:
        if row < len(self.page.headings) and self.page.headings[row][0]:
            return theme.grid(4.5)
        return super()._row_height(row, widths)

    def _paint_row(
        self,
        painter: QPainter,
        row: int,
        across: Sequence[tuple[int, int]],
        drawn: set[tuple[int, int]],
        *,
        chosen: bool,
    ) -> None:
        heading, count = self.page.headings[row] if row < len(self.page.headings) else ("", 0)
        if not heading:
            super()._paint_row(painter, row, across, drawn, chosen=chosen)
            return
        area = QRectF(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))
        look, edge = theme.tokens(), theme.grid(1.5)
        painter.fillRect(area, look.selection if chosen else look.sunken)
        painter.fillRect(QRectF(area.x(), area.bottom() - 1, area.width(), 1), look.border)
        line = area.adjusted(edge, 0, -edge, 0)
        sides = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        bold, number = theme.font(bold=True), f"{count:,}"
        room = int(line.width()) - QFontMetrics(theme.font()).horizontalAdvance(number) - edge
        words = QFontMetrics(bold).elidedText(heading, Qt.TextElideMode.ElideRight, room)
        painter.setFont(bold)
        painter.setPen(look.text)
        painter.drawText(line, sides, words)
        wide = QFontMetrics(bold).horizontalAdvance(words) + theme.grid(1)
        painter.setFont(theme.font())
        painter.setPen(look.muted)
        at_right = self.isRightToLeft()
        painter.drawText(line.adjusted(0 if at_right else wide, 0, -wide if at_right else 0, 0), sides, number)

    def select_group(self, row: int) -> None:
        """Select all actions under a heading."""
        last = row + self.page.headings[row][1]
        flags = self.selectionModel().SelectionFlag
        self.clearSelection()
        for place in range(row + 1, last + 1):
            self.selectionModel().select(self.page.index(place, 0), flags.Select | flags.Rows)

    def edit_cell(self, index: QModelIndex, letter: str = "") -> bool:
        if index.isValid() and self.page.headings[index.row()][0]:
            self.select_group(index.row())
            return False
        return super().edit_cell(index, letter)
