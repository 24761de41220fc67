"""The sections of a plan, those before and those after its tables, with a large editor for the chosen one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QPushButton,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from cypp_desktop.document.document import Event
from cypp_desktop.domain.change import Refused, Step, add, delete, edit, joined, move
from cypp_desktop.domain.plan import Plan, Section
from cypp_desktop.domain.values import dataclass
from cypp_desktop.ui import icons, theme
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.empty import Empty
from cypp_desktop.ui.models.follow import follow
from cypp_desktop.ui.panels.fields import ChoiceField, Field, TextField
from cypp_desktop.ui.richtext.editor import RichEditor
from cypp_desktop.ui.words import WordsEditor

_PLACES = (("before", "Before the tables"), ("after", "After the tables"))
_DRAGGED = "application/x-cypp-section"
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the list: the heading of a place (its id is the place's), or a section."""

    id: str
    words: str
    head: bool = False


class SectionsModel(QAbstractListModel):
    """The sections under the headings of their places."""

    def __init__(self, panel: SectionsPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self.rows: list[_Row] = []

    def show_plan(self, plan: Plan) -> None:
        """Move to the sections that the plan has now."""
        want: list[_Row] = []
        for place, words in _PLACES:
            want.append(_Row(place, words, head=True))
            want += (_Row(one.id, one.heading or "A section without a heading") for one in plan.sections(place))
        follow(self, self.rows, want, lambda row: row.id)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        if self.rows[index.row()].head:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variants
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        words = self.rows[index.row()].words
        return words if role == Qt.ItemDataRole.DisplayRole else theme.tip(words)

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [_DRAGGED]

    def mimeData(self, indexes: Any) -> QMimeData:  # noqa: ANN401 - a list of indexes
        mime = QMimeData()
        mime.setData(_DRAGGED, self.rows[indexes[0].row()].id.encode())
        return mime

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: _Index) -> bool:
        return data.hasFormat(_DRAGGED) and row != 0

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: _Index) -> bool:
        section = bytes(data.data(_DRAGGED).data()).decode()
        return self._panel.move_to(section, row if row > 0 else len(self.rows))

    def row_of(self, section: str) -> int:
        """The row of a section, -1 where it is not there."""
        return next((row for row, one in enumerate(self.rows) if one.id == section), -1)


class SectionsPanel(QWidget):
    """The page of sections; the window's selection is the section that is edited."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.model = SectionsModel(self)
        self.list = _List(self)
        self.list.setModel(self.model)
        self._fields: list[Field] = [
            TextField(bridge, "heading", "Heading", WordsEditor()),
            ChoiceField(bridge, "place", "Stands", _PLACES),
            TextField(bridge, "text", "Text", RichEditor(lines=(10, 0))),
        ]
        self._empty = Empty("file-text", "", "Add a section")
        self._empty.acted.connect(self.add_section)
        self._stack = QStackedWidget()
        self._section = ""
        self._lay_out()
        self.model.show_plan(bridge.plan)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        bridge.changed.connect(self._on_event)
        bridge.selected.connect(self._follow)
        self._follow(bridge.selection)

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        form = QVBoxLayout(card)
        form.setContentsMargins(theme.grid(3), theme.grid(2.5), theme.grid(3), theme.grid(3))
        form.setSpacing(theme.grid(2))
        top = QHBoxLayout()
        top.setSpacing(theme.grid(2))
        top.addWidget(self._fields[0], 3)
        top.addWidget(self._fields[1], 1, Qt.AlignmentFlag.AlignTop)
        form.addLayout(top)
        form.addWidget(self._fields[2], 1)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(card)
        self._plus = QPushButton(icons.icon("plus"), "Add a section")
        self._plus.clicked.connect(self.add_section)
        frame = QFrame()
        frame.setProperty("role", "card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(theme.grid(1), theme.grid(1), theme.grid(1), theme.grid(1))
        inside.addWidget(self.list)
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(theme.grid(1.5))
        side.addWidget(frame, 1)
        side.addWidget(self._plus)
        row = QHBoxLayout()
        row.setSpacing(theme.grid(2.5))
        row.addWidget(self._side, 2)
        row.addWidget(self._stack, 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.grid(2.5), theme.grid(1.5), theme.grid(2.5), theme.grid(2.5))
        column.setSpacing(theme.grid(1.5))
        column.addWidget(theme.label("Sections", size="heading"))
        column.addLayout(row, 1)
        self.setFocusProxy(self.list)

    # --- what it shows ---

    def _follow(self, selection: str) -> None:
        """Show the section that the window is about; the one shown last, or the first, for the page itself."""
        plan = self._bridge.plan
        found = plan.get(selection)
        sections = plan.sections()
        if isinstance(found, Section):
            self._show(found.id)
        elif self._section not in plan:
            self._show(sections[0].id if sections else "")

    def _show(self, section: str) -> None:
        self._section = section
        for field in self._fields:
            field.look_at(section)
            field.set_read_only(not self._bridge.editable)
        self._plus.setEnabled(self._bridge.editable)
        self._side.setVisible(bool(section))
        said = "This plan has no sections yet, such as a foreword or the vision."
        self._empty.say(said, "Add a section" if self._bridge.editable else "")
        self._stack.setCurrentIndex(1 if section else 0)
        row = self.model.row_of(section)
        if row >= 0 and self.list.currentIndex().row() != row:
            self.list.setCurrentIndex(self.model.index(row))

    def _on_current(self, index: _Index) -> None:
        row = self.model.rows[index.row()] if index.isValid() else None
        if row and not row.head and row.id != self._section:
            self._show(row.id)
            self._bridge.select(row.id)

    def _on_event(self, event: Event) -> None:
        self.model.show_plan(event.after)
        if self._section and self._section not in event.after:
            near = event.after.sections()
            self._show(near[0].id if near else "")
        for field in self._fields:
            field.refresh()

    def save(self) -> None:
        """Make steps of what is being typed, if anything."""
        for field in self._fields:
            field.save()

    # --- what one can do ---

    def add_section(self) -> None:
        """Add a section after the chosen one, and begin its heading."""
        self.save()
        plan = self._bridge.plan
        near = plan.get(self._section)
        values = {"place": near.place} if isinstance(near, Section) else {}
        step = add(plan, "section", plan.root, values, after=self._section or None)
        if self._bridge.commit(step):
            self._bridge.select(step.record)
            self._show(step.record)
            self._fields[0].setFocus()

    def delete_selected(self) -> None:
        """Delete the chosen section; undo brings it back."""
        if self._section:
            self._try(lambda plan: delete(plan, [self._section]))

    def move_selected(self, by: int) -> None:
        """Move the chosen section up (-1) or down (1), over the heading into the other place."""
        row = self.model.row_of(self._section)
        target = row + (by if by < 0 else 2)
        if row > 0 and (target > 0 or by > 0) and target <= len(self.model.rows):
            self.move_to(self._section, target)

    def move_to(self, section: str, row: int) -> bool:
        """Put a section before a row of the list."""
        above = [one for one in self.model.rows[:row] if one.id != section]
        if not above:
            return False
        place = next(one.id for one in reversed(above) if one.head)
        after = "" if above[-1].head else above[-1].id

        def step(plan: Plan) -> Step:
            return joined(
                "move of section", [edit(plan, section, {"place": place}), move(plan, section, plan.root, after)]
            )

        return self._try(step)

    def _try(self, make: Callable[[Plan], Step]) -> bool:
        self.save()
        try:
            step = make(self._bridge.plan)
        except Refused as problem:
            self._bridge.failed.emit(str(problem))
            return False
        return self._bridge.commit(step)


class _List(QListView):
    def __init__(self, panel: SectionsPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self.setAccessibleName("Sections")
        self.setProperty("role", "pane")
        self.setItemDelegate(_Line(self))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if by and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._panel.move_selected(by)
        elif event.key() == Qt.Key.Key_Delete:
            self._panel.delete_selected()
        else:
            super().keyPressEvent(event)


class _Line(QStyledItemDelegate):
    """Headings muted and bold; the chosen section on the selection's fill with an accent edge."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(theme.grid(20), theme.grid(4.25) if self._head(index) else theme.grid(3.75))

    def _head(self, index: _Index) -> bool:
        model = index.model()
        return isinstance(model, SectionsModel) and model.rows[index.row()].head

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        tokens = theme.tokens()
        view = self.parent()
        rect = QRectF(option.rect).adjusted(0, 1, 0, -1)
        head = self._head(index)
        chosen = not head and isinstance(view, QListView) and index == view.currentIndex()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen:
            painter.setBrush(tokens.selection)
            painter.drawRoundedRect(rect, 4, 4)
            painter.setBrush(tokens.accent)
            painter.drawRoundedRect(QRectF(rect.x(), rect.y() + 5, 3, rect.height() - 10), 1.5, 1.5)
        painter.setFont(theme.font(bold=head or chosen))
        painter.setPen(tokens.on_selection if chosen else tokens.muted if head else tokens.text)
        room = rect.adjusted(theme.grid(1 if head else 1.5), 0, -theme.grid(1), 0)
        words = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, round(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, words)
        if chosen and isinstance(view, QListView) and view.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(tokens.focus, 2))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 4, 4)
        painter.restore()
