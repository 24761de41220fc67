"""The main window: the start screen, or one open plan."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from cypp_desktop.document.document import Document
from cypp_desktop.ui import operations, settings, theme
from cypp_desktop.ui.banner import Banner
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.commands import TREE_MENU, Commands
from cypp_desktop.ui.files import SUFFIX
from cypp_desktop.ui.models.tree import PLAN, SECTIONS
from cypp_desktop.ui.panels.inspector import Inspector
from cypp_desktop.ui.panels.overview import Overview
from cypp_desktop.ui.panels.page import PagePanel
from cypp_desktop.ui.panels.search import SearchBox
try:
    from cypp_desktop.ui.panels.sections import SectionsPanel
except ImportError:
    class SectionsPanel(QWidget):
        def __init__(self, bridge): super().__init__()
from cypp_desktop.ui.panels.start import StartPanel
from cypp_desktop.ui.panels.tree import TreePanel
from cypp_desktop.ui.panes import INSPECTOR, TREE, Panes
from cypp_desktop.ui.statusline import StatusLine

if TYPE_CHECKING:
    from cypp_desktop.ui.app import Program


class Window(QMainWindow):
    """Puts the panels together; what happens in a plan happens in the panels, through the bridge."""

    painted = Signal()
    """The window was drawn for the first time."""

    def __init__(self, program: Program, document: Document | None = None) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.program = program
        self.bridge = Bridge(document, self) if document else None
        self.start: StartPanel | None = None
        self.tree: TreePanel | None = None
        self.page: PagePanel | None = None
        self.sections: SectionsPanel | None = None
        self.inspector: Inspector | None = None
        self.search: SearchBox | None = None
        self.panes: Panes | None = None
        self.line: StatusLine | None = None
        self.commands = Commands(self)
        self._painted = False
        self._act: Callable[[], None] = lambda: None
        if self.bridge:
            self._show_plan(self.bridge)
        else:
            self._show_start()
        if not self.restoreGeometry(settings.read_state("window")):
            self.resize(self._fitting(QSize(1440, 900)))

    def _fitting(self, size: QSize) -> QSize:
        screen = self.screen() or QApplication.primaryScreen()
        return size.boundedTo(screen.availableSize()) if screen else size

    # --- putting it together ---

    def _show_start(self) -> None:
        self.setWindowTitle("Action plans")
        self.start = StartPanel()
        self.start.new_wanted.connect(lambda: operations.new_plan(self))
        self.start.open_wanted.connect(lambda: operations.open_plan(self))
        self.start.mail_wanted.connect(lambda: operations.open_mailed(self))
        self.start.recent_wanted.connect(lambda path: operations.open_recent(self, path))
        self.start.sample_wanted.connect(lambda name: self.program.open_sample(name, self))
        self.setCentralWidget(self.start)

    def _show_plan(self, bridge: Bridge) -> None:
        self.tree = TreePanel(bridge)
        self.page, self.sections, self.inspector = PagePanel(bridge), SectionsPanel(bridge), Inspector(bridge)
        self._overview = Overview(bridge, self.tree.model)
        self._stack = QStackedWidget()
        for panel in (self._overview, self.page, self.sections):
            self._stack.addWidget(panel)
        self.panes = Panes(self.tree, self._middle(bridge), self.inspector)
        self.setCentralWidget(self.panes)
        self.search = SearchBox(bridge, self)
        self.search.jumped.connect(self._jump)
        bar = self.commands.toolbar()
        bar.addWidget(self.search)
        self.addToolBar(bar)
        self.line = StatusLine(bridge, self.tree.model)
        self.line.save_elsewhere.connect(lambda: operations.save_copy(self))
        self.setStatusBar(self.line)
        self._connect(bridge, self.tree)
        self._begin(bridge)

    def _middle(self, bridge: Bridge) -> QWidget:
        self._banner = Banner("info", "", closable=True)
        self._banner.hide()
        self._banner.acted.connect(lambda: self._act())
        self._state = Banner("info", bridge.document.read_only, "Save a copy…")
        self._state.acted.connect(lambda: operations.save_copy(self))
        self._state.setVisible(not bridge.editable)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._banners = QVBoxLayout()
        self._banners.setSpacing(theme.grid(1))
        for banner in (self._state, self._banner):
            self._banners.addWidget(banner)
        column.addLayout(self._banners)
        column.addWidget(self._stack, 1)
        middle.setFocusProxy(self._stack)
        self._room_for_banners()
        return middle

    def _connect(self, bridge: Bridge, tree: TreePanel) -> None:
        tree.menu_wanted = self._tree_menu
        self._overview.priority_wanted.connect(tree.add_priority)
        bridge.selected.connect(self._turn_to)
        bridge.changed.connect(self.commands.refresh)
        bridge.changed.connect(self._name)
        bridge.failed.connect(self._refuse)
        bridge.unsaved.connect(self._say_unsaved)
        bridge.saved.connect(self._all_well)

    def _begin(self, bridge: Bridge) -> None:
        self.commands.refresh()
        self._name()
        first = next(iter(bridge.plan.priorities), None)
        outcome = next(iter(bridge.plan.outcomes(first.id)), None) if first else None
        bridge.select(outcome.id if outcome else first.id if first else PLAN)
        drafts = bridge.document.drafts() if bridge.editable else []
        if drafts:
            sentence = "Text was being typed when the program last ended."
            self.say("info", sentence, "Put it back", lambda: operations.restore_drafts(self))

    # --- what the window is about ---

    def _turn_to(self, selection: str) -> None:
        record = self.bridge.plan.get(selection) if self.bridge else None
        if selection == SECTIONS or (record and record.kind == "section"):
            self._stack.setCurrentWidget(self.sections)
        elif record is None or record.kind == "plan" or selection == PLAN:
            self._stack.setCurrentWidget(self._overview)
        else:
            self._stack.setCurrentWidget(self.page)

    def middle_panel(self) -> QWidget | None:
        """The panel in the middle that can be seen."""
        return self._stack.currentWidget() if self.bridge else None

    def _jump(self, record: str) -> None:
        if self.bridge:
            operations.commit_editor()
            self.bridge.select(record)
            self._stack.currentWidget().setFocus()

    def _name(self, _event: object = None) -> None:
        if self.bridge:
            document = self.bridge.document
            self.setWindowTitle(f"{document.plan.details.title or document.path.stem} – Action plans")
            self.setWindowFilePath(str(document.path))

    def _tree_menu(self, place: QPoint) -> None:
        self.commands.menu(TREE_MENU).popup(place)

    def walk_panes(self, by: int) -> None:
        """Put the keyboard into the pane after (1) or before (-1) that where it is."""
        if not (self.panes and self.tree and self.inspector):
            return
        panes: list[tuple[str, QWidget]] = [(TREE, self.tree), ("", self._stack), (INSPECTOR, self.inspector)]
        open_ = [(side, pane) for side, pane in panes if not side or self.panes.is_open(side)]
        focus = QApplication.focusWidget()
        here = next((n for n, (_, pane) in enumerate(open_) if focus and pane.isAncestorOf(focus)), 0)
        _, pane = open_[(here + by) % len(open_)]
        inside = pane.currentWidget() if isinstance(pane, QStackedWidget) else pane
        first = inside if inside.focusPolicy() or inside.focusProxy() else inside.nextInFocusChain()
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- saying things ---

    def say(self, kind: str, sentence: str, action: str = "", act: Callable[[], None] = lambda: None) -> None:
        """Say a sentence over the middle, with something to do about it; the reader can close it."""
        if self.start:
            self.start.say(sentence)
            return
        self._act = act
        self._banner.say(kind, sentence, action)
        self._banner.setVisible(True)
        self._room_for_banners()

    def _refuse(self, sentence: str) -> None:
        self.say("warn", sentence)

    def _say_unsaved(self, sentence: str) -> None:
        self.say("danger", sentence, "Save elsewhere…", lambda: operations.save_copy(self))

    def _all_well(self) -> None:
        self._banner.hide()
        self._room_for_banners()

    def _room_for_banners(self) -> None:
        shown = not (self._state.isHidden() and self._banner.isHidden())
        edge = theme.grid(2) if shown else 0
        self._banners.setContentsMargins(edge, edge and theme.grid(1), edge, 0)

    # --- the window as a window ---

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self.painted.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if path := self._dropped(event):
            event.acceptProposedAction()
            self.program.open(path, self)

    @staticmethod
    def _dropped(event: QDropEvent) -> Path | None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        return next((path for path in files if path.suffix.lower() == SUFFIX), None)

    def closeEvent(self, event: QCloseEvent) -> None:
        operations.commit_editor()
        settings.write_state("window", self.saveGeometry())
        if self.bridge and self.panes and self.tree:
            self.panes.remember()
            settings.remember(self.bridge.document.path, self.bridge.plan, self.tree.model.counts)
            self.bridge.close()
        self.program.closed(self)
        event.accept()
