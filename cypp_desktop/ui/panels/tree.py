"""The plan's tree at the left of the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QVBoxLayout, QWidget

from cypp_desktop.domain.change import Refused, Step, add, delete
from cypp_desktop.domain.naming import record_name, several
from cypp_desktop.domain.order import Keys
from cypp_desktop.domain.plan import Outcome, Plan, Priority, Record
from cypp_desktop.ui import theme
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.delegates.tree import TreeDelegate
from cypp_desktop.ui.later import Later
from cypp_desktop.ui.models.tree import PINNED, PLAN, TreeModel, words

if TYPE_CHECKING:
    from cypp_desktop.ui import clipboard, moves
else:
    clipboard = Later("cypp_desktop.ui.clipboard")
    moves = Later("cypp_desktop.ui.moves")

Place = Callable[[Plan, Record, Keys], Step | None]


class TreePanel(QWidget):
    """Pages, priorities and outcomes; what is current here is what the window is about."""

    menu_wanted = Signal(QPoint)
    """The menu of the current row, at a place of the screen."""
    deleted = Signal(str)
    """A record was deleted, with all below it, in a sentence."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._following = False
        self.model = TreeModel(bridge)
        self.view = _View(self)
        self.foot = _View(self, foot=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.grid(1), 0, theme.grid(0.5))
        column.setSpacing(0)
        for view in (self.view, self.foot):
            view.setModel(self.model)
            view.clicked.connect(self._show)
            view.activated.connect(self._show)
            column.addWidget(view)
        self.foot.setSelectionModel(self.view.selectionModel())
        self.view.expandAll()
        self._pin()
        self.setFocusProxy(self.view)
        self.model.rowsInserted.connect(self._open_new)
        for signal in (self.model.rowsInserted, self.model.rowsRemoved, self.model.rowsMoved):
            signal.connect(lambda parent, *_: None if parent.isValid() else self._pin())
        self.model.modelReset.connect(self._after_reset)
        self.view.selectionModel().currentChanged.connect(self._select)
        theme.signals.changed.connect(self._pin)
        bridge.selected.connect(self._follow)
        bridge.changed.connect(lambda _event: self._follow(bridge.selection))
        theme.signals.changed.connect(self.view.doItemsLayout)
        self._follow(bridge.selection)

    @property
    def current(self) -> Record | None:
        """The record of the current row; None for a page."""
        return self._bridge.plan.get(self.model.id_of(self.view.currentIndex()))

    # --- selection ---

    def catch_up(self) -> None:
        """Make the row of what the window is about the current one, where it came later than that."""
        self._follow(self._bridge.selection)

    def _select(self, index: QModelIndex) -> None:
        if not self._following and index.isValid():
            self._bridge.select(self.model.id_of(index))

    def _show(self, index: QModelIndex) -> None:
        """Turn to the page of a row, also where it is the current one and another page is shown."""
        self._bridge.select(self.model.id_of(index), again=True)

    def _follow(self, record: str) -> None:
        """Make the row of what the window is about the current one; a lead or a status has none, and stands beside."""
        record = self._bridge.within or (PLAN if record in ("", self._bridge.plan.root) else record)
        index = self.model.index_of(record)
        if record != PLAN and self.model.id_of(index) == PLAN and self.view.currentIndex().isValid():
            return
        if index.isValid() and index != self.view.currentIndex():
            self._following = True
            (self.foot if self._is_pinned(index) else self.view).setCurrentIndex(index)
            self._following = False

    def _open_new(self, parent: QModelIndex, first: int, last: int) -> None:
        self.view.expand(parent)

    def _is_pinned(self, index: QModelIndex) -> bool:
        return self.model.id_of(index) in PINNED

    def _pin(self) -> None:
        """Have the rows at the foot in their own view, which is as high as they are."""
        high, none = 0, QModelIndex()
        for row in range(self.model.rowCount()):
            pinned = self._is_pinned(self.model.index(row, 0))
            for view, hidden in ((self.view, pinned), (self.foot, not pinned)):
                if view.isRowHidden(row, none) != hidden:
                    view.setRowHidden(row, none, hidden)
            high += self.foot.sizeHintForIndex(self.model.index(row, 0)).height() if pinned else 0
        self.foot.setFixedHeight(high)
        self.foot.setVisible(high > 0)

    @property
    def stop(self) -> QWidget:
        """Where Tab stops: the tree and its foot are one, walked with the arrows."""
        return self.foot if self.foot.hasFocus() else self.view

    def cross(self, by: int) -> None:
        """Go on with the keyboard from the tree into its foot (1) or back (-1)."""
        rows = range(self.model.rowCount()) if by > 0 else reversed(range(self.model.rowCount()))
        to = [self.model.index(row, 0) for row in rows if self._is_pinned(self.model.index(row, 0)) == (by > 0)]
        if to:
            view = self.foot if by > 0 else self.view
            index = to[0]
            while by < 0 and view.isExpanded(index) and self.model.rowCount(index):
                index = self.model.index(self.model.rowCount(index) - 1, 0, index)
            view.setFocus()
            view.setCurrentIndex(index)

    def _after_reset(self) -> None:
        self.view.expandAll()
        self._pin()
        self._follow(self._bridge.selection)

    # --- commands ---

    def add_priority(self) -> None:
        """Add a priority after the others, as its number is the next, and have its title typed."""
        plan = self._bridge.plan
        self._add("priority", plan.root, None, str(len(plan.priorities) + 1))

    def add_outcome(self) -> None:
        """Add an outcome after the current one, or to the current priority, and have its title typed."""
        plan, current = self._bridge.plan, self.current
        if isinstance(current, Outcome):
            self._add("outcome", current.parent, current, "")
        elif isinstance(current, Priority):
            number = len(plan.outcomes(current.id)) + 1
            self._add("outcome", current.id, None, f"{current.ref}.{number}" if current.ref else "")

    def _add(self, kind: str, parent: str, after: Record | None, reference: str) -> None:
        keys = self._bridge.document.keys
        place = after.id if after else None
        step = add(self._bridge.plan, kind, parent, {"ref": reference}, after=place, keys=keys)
        if self._bridge.commit(step):
            self._bridge.select(step.record)
            self.view.setFocus()
            self.rename()

    def rename(self) -> None:
        """Have the title of the current row typed over."""
        index = self.view.currentIndex()
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.view.edit(index)

    def delete_selected(self) -> None:
        """Delete the current record with all below it, and say so; it can be undone."""
        plan, record = self._bridge.plan, self.current
        if record and self._delete(record):
            below = len(plan.branch(record.id)) - 1
            rest = f", with {several(below, 'record')} below it" if below else ""
            self.deleted.emit(f"{record_name(plan, record)} is deleted{rest}.")

    def _delete(self, record: Record) -> bool:
        word = self._bridge.plan.level_word(record).lower()
        step = delete(self._bridge.plan, [record.id], f"deletion of {word} “{words(record)[:40]}”")
        neighbour = self.view.indexAbove(self.view.currentIndex())
        beside = self.model.id_of(neighbour)
        done = self._bridge.commit(step)
        if done:
            self._bridge.select(beside)
        return done

    def cut(self) -> None:
        """Copy the current record with all below it, and delete it."""
        if record := self.current:
            self.copy()
            self._delete(record)

    def copy(self) -> None:
        """Put the current record with all below it on the clipboard."""
        if record := self.current:
            line = [str(getattr(record, "ref", "")), words(record)]
            mime = clipboard.records_mime(self._bridge.plan, [record.id], ["No.", "Title"], [line])
            QGuiApplication.clipboard().setMimeData(mime)

    def paste(self) -> None:
        """Put records from the clipboard at the current one."""
        mime, at = QGuiApplication.clipboard().mimeData(), self.model.id_of(self.view.currentIndex())
        place = at if at in self._bridge.plan else self._bridge.plan.root
        try:
            step = clipboard.paste(self._bridge.plan, mime, place, self._bridge.document.keys)
        except Refused as problem:
            self._bridge.failed.emit(str(problem))
            return
        if step and self._bridge.commit(step):
            self._bridge.select(step.record)

    def move_selected(self, by: int) -> None:
        """Move the current record up (-1) or down (1), at the end into the neighbouring parent."""
        self._move(lambda plan, record, keys: moves.shift(plan, record, by, keys))

    def move_inwards(self) -> None:
        """Hang the current outcome on the one before it."""
        self._move(moves.inwards)

    def move_outwards(self) -> None:
        """Take the current outcome out of the one above it."""
        self._move(moves.outwards)

    def _move(self, place: Place) -> None:
        record = self.current
        if record is None:
            return
        try:
            step = place(self._bridge.plan, record, self._bridge.document.keys)
        except Refused:
            return
        if step and self._bridge.commit(step):
            self.view.scrollTo(self.view.currentIndex())


class _View(QTreeView):
    """A tree without branches, whose rows open by a click on their chevron."""

    def __init__(self, panel: TreePanel, *, foot: bool = False) -> None:
        super().__init__(panel)
        self._foot = foot
        self._panel = panel
        self.setViewport(QWidget())  # one that Python knows: of Qt's own it looks for the class among all widgets
        self._delegate = TreeDelegate(self, panel.view if foot else self)
        self.setObjectName("planTree")
        self.setAccessibleName("What is left to do" if foot else "The plan")
        self.setItemDelegate(self._delegate)
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDragEnabled(True)
        self.setDropIndicatorShown(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._foot:
            self._panel.foot.viewport().update()  # its rows end where those above do

    def drawBranches(self, *args: object) -> None:
        """None: the delegate paints the chevrons."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        index = self.indexAt(place)
        if index.isValid() and self.model().rowCount(index) and self._delegate.chevron(index).contains(place):
            self.setExpanded(index, not self.isExpanded(index))
        else:
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._panel.menu_wanted.emit(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self.currentIndex()
        if event.key() == Qt.Key.Key_Insert:
            self._panel.add_outcome()
        elif event.key() == Qt.Key.Key_Left and not self.model().hasChildren(here) and here.parent().isValid():
            self.setCurrentIndex(here.parent())  # Qt would first close the row, which has nothing to close
        elif event.key() == Qt.Key.Key_Down and not self._foot and not self.indexBelow(here).isValid():
            self._panel.cross(1)
        elif event.key() == Qt.Key.Key_Up and self._foot and not self.indexAbove(here).isValid():
            self._panel.cross(-1)
        else:
            super().keyPressEvent(event)
