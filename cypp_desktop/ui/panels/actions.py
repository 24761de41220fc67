"""The action table at work: what its keys, its context menu, the clipboard and the mouse do to key actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QGuiApplication,
    QIcon,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from cypp_desktop.domain.change import Change, Step, delete, edit, edit_all, joined, move
from cypp_desktop.domain.naming import record_name, several
from cypp_desktop.domain.plan import Action, Outcome, Status, update_field
from cypp_desktop.domain.text import from_plain
from cypp_desktop.domain.values import replace
from cypp_desktop.ui import shapes, theme
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.later import Later
from cypp_desktop.ui.models.cells import NONE, RICH
from cypp_desktop.ui.models.table import NUMBER, ActionTable
from cypp_desktop.ui.panels.celltable import CellTable

if TYPE_CHECKING:
    from cypp_desktop.domain import bulk
    from cypp_desktop.ui import clipboard, moves
    from cypp_desktop.ui.models import writing
else:
    bulk = Later("cypp_desktop.domain.bulk")
    clipboard = Later("cypp_desktop.ui.clipboard")
    moves = Later("cypp_desktop.ui.moves")
    writing = Later("cypp_desktop.ui.models.writing")

SHARES = {
    "ref": 4.0, "outcome": 17.0, "measures": 24.0, "plans": 13.0, "actions": 23.0, "leads": 12.0, "due": 11.0,
    "note": 38.0, "status": 18.0, "": 14.0,
}  # fmt: skip
"""How columns share the width."""


class ActionsView(CellTable):
    """The plan's own table of one page, with its commands."""

    opened = Signal(str)
    """The page of an outcome (by its id) is asked for."""
    deleted = Signal(str)
    """Actions were deleted, in a sentence."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None, page: ActionTable | None = None) -> None:
        self._bridge = bridge
        self.page: ActionTable = page or ActionTable(bridge)
        self._drop_at, self._whole_row = -1, False
        super().__init__(self.page, SHARES, parent)
        self.setAccessibleName("Key actions")
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDropIndicatorShown(False)
        self.commanded.connect(self.do)
        self.selectionModel().currentChanged.connect(lambda *_: self.mark_row(marked=False))

    def completions(self, index: QModelIndex | QPersistentModelIndex) -> list[str]:
        plan = self._bridge.plan
        if self.page.columns[index.column()].key == "leads":
            return [lead.name for lead in plan.leads]
        return sorted({name for one in plan if isinstance(one, Action) for name in one.plans})

    # --- what is marked ---

    @property
    def editable(self) -> bool:
        """Whether the plan can be edited now."""
        return self._bridge.editable

    @property
    def by_rows(self) -> bool:
        """Whether whole rows are marked and not a cell: several of them, or one by its number or Shift+Space."""
        index = self.currentIndex()
        numbered = index.isValid() and self.page.columns[index.column()].key == NUMBER
        return numbered or self._whole_row or len(self.selected_rows()) > 1

    @property
    def marked(self) -> list[str]:
        """The ids of the actions that are marked."""
        rows = self.selected_rows()
        found = (self.page.action(row) for row in (rows if len(rows) > 1 else [self.line]))
        return [action.id for action in found if action]

    def mark_row(self, *, marked: bool = True) -> None:
        """Mark the whole row of the current cell, until another cell becomes the current one."""
        self._whole_row = marked
        self.viewport().update()

    def show_action(self, action: str, key: str = "actions") -> bool:
        """Make a cell of an action's row the current one; False where it is not on the page."""
        row = self.page.row_of(action)
        if row < 0:
            return False
        self._line = row
        self.go(self.cell_index(row, max(0, self.page.column_of(key))))
        return True

    # --- commands ---

    def do(self, name: str) -> None:
        """Carry out a command by its name (see ``celltable.COMMANDS``)."""
        word, _, number = name.partition(" ")
        work: dict[str, Callable[[], object]] = {
            "next": self.next_action,
            "copy": self.copy,
            "cut": self.cut,
            "paste": self.paste,
            "up": partial(self.move_marked, -1),
            "down": partial(self.move_marked, 1),
            "delete": self.clear_or_delete,
            "row": self.mark_row,
            "status": partial(self.set_status, int(number or 0)),
        }
        work[word]()

    def add_action(self) -> None:
        """Add an action after the current one and have it typed."""
        if not self.editable or not self.editing.leave():
            return
        line, plan = self.line, self._bridge.plan
        here = self.page.action(line)
        serves = self.page.rows[line].measures if line >= 0 else ()
        row = line if line >= 0 else len(self.page.rows) - 1
        step = writing.new_action(
            plan,
            self.page.parent_of(row),
            serves=serves,
            after=here.id if here else None,
            keys=self._bridge.document.keys,
        )
        added = step.record
        if self._bridge.commit(step) and self.show_action(added):
            self.setFocus()
            self.edit_cell(self.currentIndex())

    def next_action(self) -> None:
        """Go on to the same cell of the next action; from an action's words, add one at the end of its outcome."""
        line, index = self.line, self.currentIndex()
        if index.isValid() and self.page.columns[index.column()].key not in {NUMBER, "actions", "outcome", "measures"}:
            top, count = self.page.shared(index.row(), index.column())
            rest = (self.page.action(row) for row in range(top + count, len(self.page.rows)))
            if beside := next((action for action in rest if action), None):
                self.show_action(beside.id, self.page.columns[index.column()].key)
                self.edit_cell(self.currentIndex())
            return
        following = self.page.action(line + 1)
        if following and self.page.rows[line].outcomes == self.page.rows[line + 1].outcomes:
            self.show_action(following.id)
            self.edit_cell(self.currentIndex())
        else:
            self.add_action()

    def delete_marked(self) -> None:
        """Delete the marked actions, and say so; it can be undone."""
        marked, plan, line = self.marked, self._bridge.plan, self.line
        label = f"deletion of {self.count_words(len(marked))}"
        if not marked or not self.editable or not self._bridge.commit(delete(plan, marked, label)):
            return
        if self.page.rows:
            row = min(line, len(self.page.rows) - 1)
            self.go(self.cell_index(row, max(0, self.page.column_of(NUMBER))))
        one = f"{record_name(plan, plan[marked[0]])} is deleted."
        self.deleted.emit(one if len(marked) == 1 else f"{self.count_words(len(marked))} are deleted.")

    def change_marked(self) -> None:
        """Ask what becomes of the marked actions, all of it as one step."""
        from cypp_desktop.ui.all_actions.bulk import BulkDialog

        dialog = BulkDialog(self._bridge, self.marked, self)
        if dialog.exec():
            dialog.take()
        dialog.deleteLater()

    def archive_marked(self) -> None:
        """Archive the marked actions; they can be brought back."""
        plan = self._bridge.plan
        self.page.attempt(lambda: bulk.change(plan, self.marked, bulk.Bulk(archived=bulk.archive_label(plan))))

    def clear_or_delete(self) -> None:
        """Empty the current cell, or delete the actions whose rows are marked."""
        index = self.currentIndex()
        if self.by_rows:
            self.delete_marked()
        elif index.isValid() and self.page.columns[index.column()].key not in {"outcome", "measures"}:
            self.page.setData(index, "")

    def move_marked(self, by: int) -> None:
        """Move the current action up (-1) or down (1), at the end into the neighbouring outcome that is shown."""
        action = self.page.action(self.line)
        if action is None or not self.editable:
            return
        column = self.page.columns[max(0, self.currentIndex().column())].key
        plan, keys = self._bridge.plan, self._bridge.document.keys
        if isinstance(plan.get(action.parent), Outcome) and self.page.column_of("outcome") >= 0:
            step = moves.shift(plan, action, by, keys)
        else:
            shown = [row.action for row in self.page.rows if row.action]
            step = moves.along(plan, shown, action, by, keys)
        if step and self._bridge.commit(step):
            self.show_action(action.id, column)

    def set_status(self, place: int) -> None:
        """Give the marked actions the status at a place of the plan's scale (0 is the first)."""
        statuses, period = self._bridge.plan.statuses, self._bridge.period
        if not self.editable or period is None or not 0 <= place < len(statuses):
            return
        if period.closed:
            self._bridge.failed.emit(f"“{period.name}” is closed, so its progress can only be read.")
            return
        values = {update_field("status", period.id): statuses[place].id}
        self.page.attempt(lambda: edit_all(self._bridge.plan, self.marked, values, "change of status"))

    # --- clipboard ---

    def copy(self) -> None:
        """Copy the marked rows as records, or the words of the current cell."""
        index = self.currentIndex()
        if not index.isValid():
            return
        if not self.by_rows:
            cell = self.page.cell(index.row(), index.column())
            rich = self.page.editor(index.row(), index.column()) == RICH or not cell.words.plain
            source = cell.words.source if rich and not cell.status else from_plain(cell.plain)
            QGuiApplication.clipboard().setMimeData(clipboard.cell_mime(source, cell.plain))
            return
        columns = range(len(self.page.columns))
        lines = [[self.page.cell(row, at).plain for at in columns] for row in self.selected_rows()]
        headings = [column.heading for column in self.page.columns]
        mime = clipboard.records_mime(self._bridge.plan, self.marked, headings, lines)
        QGuiApplication.clipboard().setMimeData(mime)

    def cut(self) -> None:
        """Copy, then delete the marked rows or empty the current cell."""
        self.copy()
        self.clear_or_delete()

    def paste(self) -> None:
        """Paste records after the current row, cells of a table over the cells from here on, or words into the cell."""
        mime = QGuiApplication.clipboard().mimeData()
        if not self.editable or mime is None:
            return
        at = next(iter(self.marked[-1:]), self.page.parent_of(self.line))
        if clipboard.has_records(mime):
            keys = self._bridge.document.keys
            self.page.attempt(lambda: clipboard.paste(self._bridge.plan, mime, at, keys))
            return
        if cells := clipboard.table(mime):
            self._paste_table(cells)
            return
        index = self.currentIndex()
        key = self.page.columns[index.column()].key if index.isValid() else "actions"
        texts = clipboard.texts(mime)
        if key in {"actions", NUMBER} and (len(texts) > 1 or key == NUMBER):
            self._paste_texts(texts)
        elif index.isValid() and texts:
            rich = self.page.editor(index.row(), index.column()) == RICH
            self.page.setData(index, clipboard.source(mime) if rich else mime.text().strip())

    def _paste_texts(self, texts: Sequence[str]) -> None:
        """Each text becomes an action; the first fills the current one where that has no words yet."""
        plan, keys, line = self._bridge.plan, self._bridge.document.keys, self.line
        here = self.page.action(line)
        serves = self.page.rows[line].measures if line >= 0 else ()
        steps, after = [], here.id if here else None
        if here and not here.text:
            steps.append(edit(plan, here.id, {"text": texts[0]}))
            texts = texts[1:]
        if texts:
            parent = self.page.parent_of(line)
            steps.append(writing.new_actions(plan, parent, texts, serves=serves, after=after, keys=keys))
        self.page.attempt(lambda: joined("paste", steps))

    def _paste_table(self, cells: Sequence[Sequence[str]]) -> None:
        """Cells go over those of the table from the current one on; rows that are too many become new actions."""
        line, first = self.line, max(0, self.currentIndex().column())
        first += self.page.columns[first].key == NUMBER
        keys = [column.key for column in self.page.columns][first:]
        pasted = []
        for place, row in enumerate(cells):
            action = self.page.action(line + place) if line >= 0 else None
            same = action and self.page.rows[line + place].outcomes == self.page.rows[line].outcomes
            cells_ = zip(keys, row, strict=False)
            values = {key: words for key, words in cells_ if key not in {"outcome", "measures"}}
            pasted.append(writing.Line(action.id if action and same else "", values))
        last = next((one.action for one in reversed(pasted) if one.action), None)
        place_ = (self.page.parent_of(line), last)
        period = self._bridge.period
        name = period.id if period and not period.closed else ""
        plan, keys_ = self._bridge.plan, self._bridge.document.keys
        self.page.attempt(lambda: writing.fill(plan, pasted, name, place_, keys_))

    # --- dragging ---

    def startDrag(self, _actions: Qt.DropAction) -> None:
        rows = [index for index in self.selectionModel().selectedRows() if self.page.action(index.row())]
        if not rows or not self.editable:
            return
        drag = QDrag(self)
        drag.setMimeData(self.page.mimeData(rows))
        drag.setPixmap(self._ticket(self.count_words(len(rows))))
        drag.exec(Qt.DropAction.MoveAction)

    def _ticket(self, words: str) -> QPixmap:
        """What hangs at the pointer."""
        metrics, ratio, tokens = QFontMetrics(theme.font()), self.devicePixelRatioF(), theme.tokens()
        wide, high = metrics.horizontalAdvance(words) + theme.grid(3), theme.grid(3.5)
        made = QPixmap(round(wide * ratio), round(high * ratio))
        made.setDevicePixelRatio(ratio)
        made.fill(tokens.accent)
        with QPainter(made) as painter:
            painter.setFont(theme.font())
            painter.setPen(tokens.on_accent)
            painter.drawText(QRectF(0, 0, wide, high), Qt.AlignmentFlag.AlignCenter, words)
        return made

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._drop_at = self._gap(event.position().toPoint()) if self._dragged(event) else -1
        event.setAccepted(self._drop_at >= 0)
        self.viewport().update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop_at = -1
        self.viewport().update()

    def dropEvent(self, event: QDropEvent) -> None:
        gap, self._drop_at = self._gap(event.position().toPoint()), -1
        self.viewport().update()
        records = self._dragged(event)
        if records:
            event.acceptProposedAction()
            self.page.attempt(lambda: self._moved(records, gap))
            self.show_action(records[0])

    def _dragged(self, event: QDropEvent) -> list[str]:
        """The actions of this plan that are dragged, where they may be dropped."""
        if not self.editable:
            return []
        return [one for one in clipboard.dragged(event.mimeData()) if isinstance(self._bridge.plan.get(one), Action)]

    def _gap(self, point: QPoint) -> int:
        """The row before which a drop at a point goes."""
        row = self.rowAt(point.y())
        if row < 0:
            return len(self.page.rows)
        lower = point.y() > self.rowViewportPosition(row) + self.rowHeight(row) / 2
        return row + 1 if lower else row

    def _moved(self, records: Sequence[str], gap: int) -> Step:
        """Move actions to stand before a row, one after another."""
        plan, keys, changes = self._bridge.plan, self._bridge.document.keys, list[Change]()
        parent, after = self._before(gap, set(records))
        for record in records:
            step = move(plan, record, parent, after, keys)
            for change in step.changes:
                changes.append(change)
                where, order = change.after if isinstance(change.after, tuple) else ("", "")
                plan = plan.replaced([replace(plan[record], parent=where, order=order)])
            after = record
        return Step(f"move of {self.count_words(len(records))}", "move", tuple(changes))

    def _before(self, gap: int, moving: set[str]) -> tuple[str, str | None]:
        """The parent and the sibling after which something stands that is dropped before a row."""
        above = gap - 1
        while above >= 0 and (action := self.page.action(above)) and action.id in moving:
            above -= 1
        if above < 0:
            return self.page.parent_of(0), ""
        action = self.page.action(above)
        return self.page.parent_of(above), action.id if action else None

    def ring(self) -> QRect:
        area = super().ring()
        return QRect(0, area.y(), self.viewport().width(), area.height()) if self._whole_row else area

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._drop_at < 0:
            return
        last = self._drop_at >= len(self.page.rows)
        y = self.verticalHeader().length() - self.verticalOffset() if last else self.rowViewportPosition(self._drop_at)
        with QPainter(self.viewport()) as painter:
            painter.fillRect(QRectF(0, max(0, y - 1), self.viewport().width(), 2), theme.tokens().accent)

    # --- the context menu ---

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        menu = self.menu()
        menu.exec(place)
        menu.deleteLater()

    def menu(self) -> QMenu:
        """The commands of what is marked."""
        menu, index = QMenu(self), self.currentIndex()
        word = self._bridge.plan.details.action_word.lower()
        some, editable = bool(self.marked), self.editable
        can_edit = index.isValid() and self.page.editor(index.row(), index.column()) != NONE
        self._entry(menu, "Edit", "F2", lambda: self.edit_cell(index), can_edit)
        outcome = self._bridge.plan.get(self.page.record(index.row(), index.column())) if index.isValid() else None
        if isinstance(outcome, Outcome) and outcome.id != self.page.top:
            there = outcome.id
            name = outcome.ref or outcome.title
            self._entry(menu, f"Open {name}", "", lambda: self.opened.emit(there), possible=True)
        self._statuses(menu, some and editable)
        menu.addSeparator()
        self._entry(menu, f"New {word}", "", self.add_action, editable)
        self._entry(menu, "Move up", "Alt+Up", partial(self.move_marked, -1), some and editable)
        self._entry(menu, "Move down", "Alt+Down", partial(self.move_marked, 1), some and editable)
        menu.addSeparator()
        self._entry(menu, "Cut", "Ctrl+X", self.cut, can_edit or (some and editable))
        self._entry(menu, "Copy", "Ctrl+C", self.copy, index.isValid())
        self._entry(menu, "Paste", "Ctrl+V", self.paste, editable)
        menu.addSeparator()
        them = self.count_words(max(1, len(self.marked)))
        self._entry(menu, f"Change {them}…", "", self.change_marked, some and editable)
        self._entry(menu, f"Archive {them}", "", self.archive_marked, some and editable)
        self._entry(menu, f"Delete {them}", "", self.delete_marked, some and editable)
        return menu

    def _statuses(self, menu: QMenu, possible: bool) -> None:
        period = self._bridge.period
        if not self._bridge.plan.statuses or self.page.column_of("status") < 0:
            return
        below = menu.addMenu("Status")
        below.setEnabled(possible and period is not None and not period.closed)
        for place, status in enumerate(self._bridge.plan.statuses):
            work = partial(self.set_status, place)
            self._entry(below, status.label, f"Ctrl+{place + 1}", work, possible=True).setIcon(shape_icon(status))

    @staticmethod
    def _entry(menu: QMenu, words: str, key: str, work: Callable[[], object], possible: bool) -> QAction:
        action = menu.addAction(words.replace("&", "&&"))
        action.setShortcut(QKeySequence(key))
        action.setEnabled(possible)
        action.triggered.connect(lambda _checked=False: work())
        return action

    def count_words(self, count: int) -> str:
        """So many actions, in the plan's words."""
        word = self._bridge.plan.details.action_word
        return word.lower() if count == 1 else several(count, word)


def shape_icon(status: Status) -> QIcon:
    """A status's shape as an icon of a menu."""
    made = QPixmap(32, 32)
    made.fill(Qt.GlobalColor.transparent)
    with QPainter(made) as painter:
        ink, tint = theme.status_colours(status.colour)
        shapes.draw(painter, status.shape, QRectF(4, 4, 24, 24), ink, tint)
    return QIcon(made)
