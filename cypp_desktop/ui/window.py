"""The main window: the start screen, or one open plan, with the menus, the toolbar and the line at the foot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QPlainTextEdit, QTextEdit, QWidget

from cypp_desktop.document.document import Document
from cypp_desktop.document.file import SUFFIX
from cypp_desktop.ui import settings, theme
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.commands import Commands
from cypp_desktop.ui.later import Later
from cypp_desktop.ui.menus import PAGES_MENU, TREE_MENU
from cypp_desktop.ui.panels.page import PagePanel
from cypp_desktop.ui.plan_view import PlanView

if TYPE_CHECKING:
    from cypp_desktop.ui import operations, state
    from cypp_desktop.ui.app import Program
    from cypp_desktop.ui.copies import operations as copies
    from cypp_desktop.ui.keeping import Keeping
    from cypp_desktop.ui.panels.start import StartPanel
    from cypp_desktop.ui.spelling import Spelling
else:
    copies = Later("cypp_desktop.ui.copies.operations")
    operations = Later("cypp_desktop.ui.operations")
    state = Later("cypp_desktop.ui.state")

FIRST_SIZE = QSize(1440, 900)


class Window(QMainWindow):
    """Shows the start screen where no document is given."""

    painted = Signal()
    """The window was drawn for the first time."""

    def __init__(self, program: Program, document: Document | None = None) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.program = program
        self.start: StartPanel | None = None
        self.view: PlanView | None = None
        self.spelling: Spelling | None = None
        self.origin: Window | None = None
        """The window of the plan of today, where this one shows it as it was at a moment."""
        self._painted = False
        self._given_up = False
        self._warned_of: dict[tuple[str, str], str] = {}
        self.keeping: Keeping | None = None
        if document:
            self._show_plan(Bridge(document, self))
        else:
            self._show_start()
        self._place()

    def _place(self) -> None:
        """Stand where the last window stood, and within the screen with the frame that the system puts around."""
        known = self.restoreGeometry(settings.read_state("window"))
        screen = self.screen() or QApplication.primaryScreen()
        wanted = self.size() if known else FIRST_SIZE
        if screen and not self.isMaximized():
            free = screen.availableGeometry()
            self.resize(wanted.boundedTo(free.size() - QSize(theme.grid(2), theme.grid(5))))
            if not known and wanted != self.size():
                self.move(free.topLeft())

    @property
    def bridge(self) -> Bridge | None:
        """The bridge to the open plan; None on the start screen."""
        return self.view.bridge if self.view else None

    @property
    def page(self) -> PagePanel | None:
        """The page of actions of the open plan."""
        return self.view.page if self.view else None

    def _show_start(self) -> None:
        from cypp_desktop.ui.panels.start import StartPanel

        self.setWindowTitle("Action plans")
        self.commands = Commands(self)
        self.start = start = StartPanel()
        start.new_wanted.connect(self.commands.actions["new"].trigger)
        start.open_wanted.connect(lambda: operations.open_plan(self))
        start.mail_wanted.connect(lambda: operations.open_mailed(self))
        start.recent_wanted.connect(lambda path: operations.open_recent(self, path))
        start.sample_wanted.connect(lambda name: self.program.open_sample(name, self))
        start.guide_wanted.connect(self.commands.actions["guide"].trigger)
        self.setCentralWidget(start)

    def _show_plan(self, bridge: Bridge) -> None:
        self.view = view = PlanView(bridge, self)
        self.commands = Commands(self)
        self._tools: QWidget = (tools := self.commands.toolbar(view))
        self.addToolBar(tools)
        self.setCentralWidget(view)
        self.setStatusBar(view.line)
        view.elsewhere_wanted.connect(lambda: operations.save_elsewhere(self))
        view.back_wanted.connect(lambda: copies.send_back(self))
        view.landed.connect(lambda found: copies.offer(self, found))
        view.line.copies_wanted.connect(lambda: copies.show_copies_out(self))
        view.tree.menu_wanted.connect(
            lambda place: self.commands.menu(TREE_MENU if view.tree.current else PAGES_MENU).popup(place)
        )
        bridge.changed.connect(self.commands.refresh)
        if isinstance(app := QApplication.instance(), QApplication):
            app.focusChanged.connect(self._on_focus)
        bridge.changed.connect(self._name)
        self._name()
        bridge.saved.connect(self._all_saved)
        if not bridge.editable or bridge.document.clean or bridge.document.drafts():
            state.say(self, view)

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Look at spelling from when text is first typed."""
        if isinstance(new, QTextEdit | QPlainTextEdit) and self.bridge and self.bridge.editable and not self.spelling:
            from cypp_desktop.ui.spelling import Spelling

            self.spelling = Spelling(self.bridge, self)

    def _name(self, _event: object = None) -> None:
        if self.bridge:
            document = self.bridge.document
            self.setWindowTitle(f"{document.plan.details.title or document.path.stem} – Action plans")
            self.setWindowFilePath(str(document.path))

    def say(self, kind: str, sentence: str, action: str = "", act: Callable[[], None] = lambda: None) -> None:
        """Say a sentence to the reader, on the start screen or over the plan, there with something to do about it."""
        if self.view:
            self.view.say(kind, sentence, action, act)
        elif self.start:
            self.start.refresh()
            self.start.say(sentence)

    def _all_saved(self) -> None:
        self._warned_of = {}

    def give_up(self) -> None:
        """Close, whatever is typed here: it was saved elsewhere."""
        self._given_up = True
        self.close()

    def keep_watch(self) -> None:
        """From now on, make backups and look after the plan's file."""
        from cypp_desktop.ui.keeping import Keeping

        if self.view and self.keeping is None:
            self.keeping = Keeping(self, self.view)

    def remember(self) -> None:
        """Put the open plan at the head of the recent ones; not one of a past moment, whose file is made for it."""
        if self.view and not self.origin:
            bridge = self.view.bridge
            settings.remember(bridge.document.path, bridge.plan, self.view.tree.model.counts)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks as the eye does, and not in the order in which panels were made."""
        wanted = [*self.view.stops, *self._tools.findChildren(QWidget)] if self.view else []
        stops = [one for one in wanted if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible()]
        stops = [one for one in stops if one.isEnabled() and not one.focusProxy()]
        focus = QApplication.focusWidget()
        if focus not in stops:
            return super().focusNextPrevChild(forward)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(stops.index(focus) + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True

    # --- the window as a window ---

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self.painted.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _plans_in(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = _plans_in(event)
        if paths:
            event.acceptProposedAction()
        if self.bridge and self.bridge.editable and copies.are_of(self.bridge.document, paths):
            QTimer.singleShot(0, self, lambda: operations.take_in(self, paths))  # after the drop has ended
        elif paths and paths[0].suffix.lower() == SUFFIX:
            self.program.open(paths[0], self)
        elif paths:
            QTimer.singleShot(0, self, lambda: operations.open_arrived(self, paths[0]))

    def closeEvent(self, event: QCloseEvent) -> None:
        operations.commit_editor(self)
        unsaved = self.view.unsaved() if self.view else {}
        if self.view and unsaved and not self._given_up and unsaved != self._warned_of:
            self._warned_of = unsaved  # what is typed after this is warned of anew
            sentence = "What you typed last is not saved. Save a copy elsewhere, or close again to give it up."
            self.view.say_unsaved(sentence)
            event.ignore()
            return
        settings.write(window=self.saveGeometry())
        if self.view:
            self.view.panes.remember()
            self.remember()
            self.view.rest()
            self.view.bridge.close()
        self.program.closed(self)
        event.accept()


def _plans_in(event: QDropEvent) -> list[Path]:
    """The plan files that are being dragged."""
    files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in files if path.suffix.lower() in (SUFFIX, ".zip")]
