"""Tree, middle and inspector side by side; where there is little room the sides become drawers over the middle."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from cypp_desktop.ui import settings, theme

TREE, INSPECTOR = "tree", "inspector"
_ROOM = {INSPECTOR: 137.5, TREE: 110.0}  # in steps of the grid: 1100 and 880 px at 100 %
_TABLE_ROOM = 195.0
"""The same for the details beside a table of the whole plan, which has many columns."""
_WIDTH = {INSPECTOR: 39.0, TREE: 32.0}


class Panes(QWidget):
    """Three panes in a splitter that remembers its sizes."""

    drawn = Signal()
    """A side became a drawer, or a pane again; or it was shown or put away."""
    left = Signal()
    """A drawer was closed from within, so the keyboard goes back to the middle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        """Where the panes are made; then :meth:`hold` is told which is which."""

    def hold(self, tree: QWidget, middle: QWidget, inspector: QWidget) -> None:
        """Take over the panes."""
        self.middle = middle
        self._sides = {TREE: tree, INSPECTOR: inspector}
        self._wanted = {side: settings.read(f"show_{side}", "yes") == "yes" for side in self._sides}
        self._withheld: set[str] = set()
        self._wide = False
        self._drawers = {side: _Drawer(side, self) for side in self._sides}
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        for widget in (tree, middle, inspector):
            self.splitter.addWidget(widget)
        for side, widget in self._sides.items():
            widget.setVisible(self._wanted[side])
        self.splitter.setStretchFactor(1, 1)
        self.splitter.splitterMoved.connect(self._keep_widths)
        self._widths = {side: _number(settings.read(f"width_{side}"), steps) for side, steps in _WIDTH.items()}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.splitter)
        theme.signals.changed.connect(self._grow)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self._size()

    def _size(self) -> None:
        """Give the sides the widths that they had, the middle the rest."""
        shown = [self.splitter.widget(place) for place in range(self.splitter.count())]
        width = {self._sides[side]: theme.grid(steps) for side, steps in self._widths.items()}
        rest = max(theme.grid(20), self.width() - sum(width.get(one, 0) for one in shown if one))
        self.splitter.setSizes([width.get(widget, rest) for widget in shown if widget])
        for side, widget in self._sides.items():
            widget.setMinimumWidth(theme.grid(_WIDTH[side] * 0.7))

    def _keep_widths(self) -> None:
        """Take over the widths that the handles were dragged to, in steps of the grid."""
        for side, widget in self._sides.items():
            if not self.is_drawer(side) and self._wanted[side]:
                self._widths[side] = widget.width() * 100 / theme.grid(100)

    def _grow(self) -> None:
        self._arrange()
        self._size()

    def remember(self) -> None:
        """Keep the widths for the next sitting."""
        shown = {f"show_{side}": "yes" if wanted else "no" for side, wanted in self._wanted.items()}
        settings.write(**shown, **{f"width_{side}": f"{width:.1f}" for side, width in self._widths.items()})

    # --- showing and putting away ---

    def is_drawer(self, side: str) -> bool:
        """Whether a side lies over the middle now."""
        return self._sides[side].parent() is self._drawers[side]

    def is_open(self, side: str) -> bool:
        """Whether a side can be seen."""
        return self._drawers[side].isVisible() if self.is_drawer(side) else self._is_wanted(side)

    def _is_wanted(self, side: str) -> bool:
        return self._wanted[side] and side not in self._withheld

    def withhold(self, side: str, withheld: bool) -> None:
        """Leave a side out for as long as it has nothing to say."""
        if withheld == (side in self._withheld):
            return
        self._withheld ^= {side}
        if self.is_drawer(side):
            self._drawers[side].setVisible(self._drawers[side].isVisible() and not withheld)
        else:
            self._sides[side].setVisible(self._is_wanted(side))
        self.drawn.emit()

    def widen(self, wide: bool) -> None:
        """Give the middle the room of the details sooner, for a table of the whole plan."""
        if wide != self._wide:
            self._wide = wide
            if self.isVisible():
                self._arrange()

    def can_open(self, side: str) -> bool:
        """Whether a side is a drawer that has something to say."""
        return self.is_drawer(side) and side not in self._withheld

    def show_side(self, side: str, shown: bool) -> None:
        """Show a side or put it away."""
        if self.is_drawer(side):
            self._drawers[side].setVisible(shown)
            if shown:
                self._drawers[side].place()
        else:
            self._wanted[side] = shown
            self._sides[side].setVisible(self._is_wanted(side))
        self.drawn.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isVisible():
            self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        rooms = _ROOM | {INSPECTOR: _TABLE_ROOM} if self._wide else _ROOM
        for side, room in rooms.items():
            self._draw(side, drawer=self.width() < theme.grid(room) and self.width() > 0)
            self._drawers[side].place()

    def _draw(self, side: str, *, drawer: bool) -> None:
        if drawer == self.is_drawer(side):
            return
        widget = self._sides[side]
        if drawer:
            self._drawers[side].take(widget)
        else:
            self._drawers[side].hide()
            self.splitter.insertWidget(0 if side == TREE else self.splitter.count(), widget)
            widget.setVisible(self._is_wanted(side))
            self.splitter.setStretchFactor(self.splitter.indexOf(self.middle), 1)
            self._size()
        self.drawn.emit()

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        """A drawer closes when the keyboard goes to another place of the window."""
        if new is None or not self.isAncestorOf(new):
            return
        for drawer in self._drawers.values():
            if drawer.isVisible() and not drawer.isAncestorOf(new):
                drawer.hide()
                self.drawn.emit()


class _Drawer(QFrame):
    """A side that lies over the middle."""

    def __init__(self, side: str, panes: Panes) -> None:
        super().__init__(panes)
        self._side, self._panes = side, panes
        self.setProperty("role", "drawer")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(1, 0, 1, 0)
        self.hide()
        close = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        close.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        close.activated.connect(self._close)

    def take(self, widget: QWidget) -> None:
        """Hold a side."""
        self._row.addWidget(widget)
        widget.show()
        self.hide()

    def place(self) -> None:
        """Lie along the edge, over everything."""
        room = self._panes.width()
        width = min(theme.grid(_WIDTH[self._side] + 3), round(room * 0.92))
        at_start = (self._side == TREE) != self.isRightToLeft()
        self.setGeometry(0 if at_start else room - width, 0, width, self._panes.height())
        self.raise_()

    def _close(self) -> None:
        self._panes.show_side(self._side, False)
        self._panes.left.emit()


def _number(words: str, otherwise: float) -> float:
    try:
        return min(80.0, max(20.0, float(words)))
    except ValueError:
        return otherwise
