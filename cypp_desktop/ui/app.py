"""The running program: its windows, and what opens them."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

BEGUN = time.perf_counter()

from PySide6.QtCore import QObject, QTimer  # noqa: E402 - after the clock was read
from PySide6.QtGui import QIcon  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from cypp_desktop.document.document import CannotSave, Document  # noqa: E402
from cypp_desktop.document.file import Damaged, free_path, making_way  # noqa: E402
from cypp_desktop.domain.change import Branch, Refused, Step  # noqa: E402
from cypp_desktop.ui import settings, theme  # noqa: E402
from cypp_desktop.ui.icons import icon  # noqa: E402
from cypp_desktop.ui.window import Window  # noqa: E402

if TYPE_CHECKING:
    from types import TracebackType

IMPORTED = time.perf_counter()
REMEMBERED_AFTER, WATCHED_AFTER = 1000, 3000
"""Milliseconds after which an opened plan is put on the list of recent ones; not while the window is being made."""


class Program(QObject):
    """Opens plans, each in a window of its own; the start screen stands where no plan is open."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.windows: list[Window] = []
        self.watching = False
        """Whether open plans are backed up and watched over, as they are while somebody works with them."""
        if sys.platform == "darwin":
            from cypp_desktop.ui.finder import Finder

            Finder(app).file_wanted.connect(lambda path: self.open(Path(path), next(iter(self.windows), None)))

    # --- opening ---

    def show_start(self, sentence: str = "") -> Window:
        """Show the start screen, with why something could not be opened."""
        window = self._show(Window(self))
        if sentence:
            window.say("danger", sentence)
        return window

    def open(self, path: Path, near: Window | None = None) -> Window | None:
        """Open a plan in a window, or bring the one that has it to the front; None where it was refused."""
        for window in self.windows:
            if window.bridge and _same(window.bridge.document.path, path):
                window.raise_()
                window.activateWindow()
                return window
        return self._opened(lambda: Document.open(path, settings.author()), near, path)

    def open_anyway(self, window: Window, *, force: bool = True) -> None:
        """Open a plan again that a lock kept from being edited; with ``force`` another computer's is taken over."""
        if window.bridge:
            path = window.bridge.document.path
            if self._opened(lambda: Document.open(path, settings.author(), force=force), window):
                window.give_up()

    def make(self, path: Path, content: Branch | Step, near: Window | None = None) -> Window | None:
        """Make a plan file and open it; a file of that name, which the person agreed to lose, makes way."""

        def made() -> Document:
            self.look_free(path)
            with making_way(path):
                return Document.create(path, settings.author(), content)

        return self._opened(made, near)

    def look_free(self, path: Path) -> None:
        """Raise Refused where a plan of that name is open: nothing may be written over it."""
        if any(window.bridge and _same(window.bridge.document.path, path) for window in self.windows):
            raise Refused(f"“{path.name}” is open. Choose another name.")

    def open_sample(self, name: str, near: Window | None = None) -> Window | None:
        """Open a new copy of a sample plan from the person's own documents."""
        from cypp_desktop.exchange import samples

        path = free_path(settings.documents(), f"{name.capitalize()} sample plan")
        return self.make(path, samples.load(name), near)

    def open_copy(self, source: Path, path: Path, near: Window | None = None, *, own: bool = False) -> Window | None:
        """Check a plan file, or the one in a zip file, as a stranger's unless it is our ``own``, and open a copy."""
        from cypp_desktop.exchange import sending
        from cypp_desktop.ui.away import Away

        def copied() -> Document:
            return sending.copied(source, path, settings.author(), own=own)

        def checked() -> Document:
            self.look_free(path)
            return copied() if own else cast("Document", Away()(copied))

        return self._opened(checked, near)

    def _opened(self, work: Callable[[], Document], near: Window | None, path: Path | None = None) -> Window | None:
        try:
            document = work()
            _sign(document)
        except (Refused, CannotSave, OSError) as problem:
            sentence = str(problem) if isinstance(problem, Refused | CannotSave) else f"It cannot be opened: {problem}"
            if near:
                near.say("danger", sentence)
            else:
                near = self.show_start(sentence)
            if path and isinstance(problem, Damaged):
                from cypp_desktop.ui.dialogs.damaged import DamagedDialog

                DamagedDialog(self, near, path, sentence).open()
            return None
        gc.freeze()  # a plan's records live as long as its window: no collection looks through them while one scrolls
        window = self._show(Window(self, document))
        QTimer.singleShot(REMEMBERED_AFTER, window, window.remember)
        if self.watching:
            QTimer.singleShot(WATCHED_AFTER, window, window.keep_watch)
        if near and near.start:
            near.close()
        return window

    def _show(self, window: Window) -> Window:
        self.windows.append(window)
        theme.dress()
        window.show()
        return window

    # --- closing ---

    def close(self, window: Window) -> None:
        """Close a window; where it showed the last plan, the start screen comes instead."""
        if window.bridge and len(self.windows) == 1:
            self.show_start()
        window.close()

    def closed(self, window: Window) -> None:
        """A window is closing."""
        gc.unfreeze()
        if window in self.windows:
            self.windows.remove(window)


def run(argv: list[str]) -> int:
    """Show the window on the plan that ``argv`` names, else the start screen, until the last window is closed.

    With ``--exit-when-ready`` it ends at the first idle moment and prints the milliseconds that each phase took.
    """
    names = [one for one in argv if one != "--exit-when-ready"]
    times = {"imports": IMPORTED - BEGUN}
    app = make_app(dressed=False)
    program = Program(app)
    program.watching = True
    sys.excepthook = own_mistake
    if kept := settings.read("backups"):
        from cypp_desktop.document import backups

        backups.keep_in(Path(kept))
    mark = time.perf_counter()
    window = (program.open(Path(names[0])) or program.windows[0]) if names else program.show_start()
    times["open"] = time.perf_counter() - mark
    if len(names) != len(argv):
        _exit_when_ready(app, window, times)
    gc.freeze()  # what the start made stays
    gc.enable()
    return app.exec()


def make_app(*, dressed: bool = True) -> QApplication:
    """The application with its names and its look; the stylesheet may wait for the first window (``dressed``)."""
    found = QApplication.instance()
    made = None if isinstance(found, QApplication) else QApplication([*sys.argv[:1], "-style", theme.STYLE])
    app = made or cast("QApplication", found)
    app.setApplicationName("cypp_desktop")
    app.setApplicationDisplayName("Action plans")
    app.setDesktopFileName("cypp_desktop")
    theme.install(app, settings.read("scheme", "system"), settings.zoom(), styled=made is not None, dressed=dressed)
    app.setWindowIcon(QIcon(icon("list-checks", "accent")))
    return app


def _exit_when_ready(app: QApplication, window: Window, times: dict[str, float]) -> None:
    shown = time.perf_counter()

    def painted() -> None:
        times["first paint"] = time.perf_counter() - shown
        QTimer.singleShot(0, idle)

    def idle() -> None:
        now = time.perf_counter()
        times["idle"] = now - shown - times["first paint"]
        times["all"] = now - BEGUN
        import json

        found = {phase: round(1000 * seconds, 1) for phase, seconds in times.items()}
        print(json.dumps(found | {"cpu": round(1000 * time.process_time(), 1)}))  # noqa: T201 - the answer asked for
        app.quit()

    window.painted.connect(painted)


def own_mistake(kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
    """Say calmly that the program made a mistake."""
    from cypp_desktop.ui.help import mistake

    mistake.own_mistake(kind, problem, trace)


def _sign(document: Document) -> None:
    """Have what is written in somebody's return slip bear their name, where this computer's user has given none."""
    leads = document.slip.leads if document.slip else ()
    lead = document.plan.get(leads[0]) if len(leads) == 1 else None
    if lead and not settings.read("author"):
        document.author = str(getattr(lead, "name", ""))[:100] or document.author


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()
