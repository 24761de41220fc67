"""The window at work without a person: it checks itself, or shows on a sample what it does."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QEventLoop, QSettings, Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication, QWidget

from cypp_desktop.document.document import CannotSave, Document
from cypp_desktop.domain.change import Refused
from cypp_desktop.domain.plan import Action, Outcome, Plan
from cypp_desktop.exchange import board_pack, samples

if TYPE_CHECKING:
    from cypp_desktop.ui.window import Window

WORDS = "Checked by the program itself."
SETTLE = 60
"""Milliseconds in which the window comes to rest."""


class Fault(Exception):
    """What the window should have done and did not, in one sentence."""


def main(arguments: list[str]) -> int:
    """Do what one of these says, unseen, and tell how it went; 0 where all went well.

    ``self-test`` opens a sample, edits, undoes, prints and leaves nothing behind. ``demo FOLDER`` does the same and
    leaves the plan, its board pack and a picture of the window. ``pictures FOLDER [PLAN]`` draws every screen of both
    samples, or of a plan.
    """
    with TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        command, *paths = arguments
        folder = Path(paths[0] if paths else scratch)
        folder.mkdir(parents=True, exist_ok=True)
        try:
            with unseen():
                lines = _draw(folder, Path(scratch), paths[1:]) if command == "pictures" else _work(folder)
        except (Fault, Refused, CannotSave) as fault:
            print(f"{command}: failed. {fault}", file=sys.stderr)
            return 1
    print("\n".join(lines))
    print(f"{command}: all well")
    return 0


def _draw(folder: Path, scratch: Path, plans: list[str]) -> list[str]:
    from cypp_desktop.ui import pictures, theme

    if plans:
        return [f"{len(pictures.draw_all(folder, Path(plans[0])))} pictures in {folder}"]
    lines = []
    for name in samples.names():
        plan = scratch / f"{name}.cypp"
        Document.create(plan, "A. Officer", samples.load(name)).close()
        theme.choose_zoom(1.0)  # the size that the next ones are measured against
        lines.append(f"{len(pictures.draw_all(folder / name, plan))} pictures in {folder / name}")
    return lines


def _check_libraries(plan: Plan, pack: Path) -> None:
    """What the window loads only when it is wanted is there: the other formats of the pack, and the dictionary."""
    from cypp_desktop.spelling import Speller

    for kind in board_pack.FORMATS:
        other = pack.with_suffix(f".{kind}")
        if other != pack:
            board_pack.write(plan, other)
            _must(other.stat().st_size > 0, f"The board pack could not be written as {kind}.")
            other.unlink()
    found = [*Speller().wrong("The progamme of colour")]
    _must(found == [(4, 12)], "The dictionary does not know what is spelt well.")


def _work(folder: Path) -> list[str]:
    plan, pack, picture = folder / "demo.cypp", folder / "board-pack.pdf", folder / "window.png"
    window = _opened(plan)
    said = _edit(window)
    board_pack.write(_plan(window), pack)
    pages = _pages(pack)
    _check_libraries(_plan(window), pack)
    _must(window.grab().save(str(picture)), "The picture of the window could not be written.")
    return [f"edited:     {plan} ({said})", f"board pack: {pack} ({pages} pages)", f"picture:    {picture}"]


def _edit(window: Window) -> str:
    """Type into a progress note in the table, and see the file, undo and redo keep up with it."""
    if not (window.page and window.bridge):
        raise Fault("The window shows no plan.")
    table, before = window.page.table, _plan(window)
    busiest = max((one for one in before if isinstance(one, Outcome)), key=lambda one: len(before.actions(one.id)))
    action = before.actions(busiest.id)[0]
    window.bridge.select(busiest.id)
    settle()
    table.setFocus()
    _must(table.show_action(action.id, "note"), "The first key action is not in its outcome's table.")
    press(table, Qt.Key.Key_F2)
    field = table.editing.field
    if field is None:
        raise Fault("F2 opened no field for the progress note.")
    for letter in f" {WORDS}":
        press(field.edit, Qt.Key.Key_unknown, letter)
    press(field.edit, Qt.Key.Key_Return)
    settle()
    after = _plan(window)
    _must(WORDS in _note(after, action), "What was typed did not reach the plan.")
    _must(_in_file(window) == after, "What was typed did not reach the file.")
    window.commands.actions["undo"].trigger()
    _must(_in_file(window) == _plan(window) == before, "Undo did not put everything back.")
    window.commands.actions["redo"].trigger()
    _must(_in_file(window) == _plan(window) == after, "Redo did not do it again.")
    settle()
    table.scrollTo(table.currentIndex())
    settle()
    return f"“{WORDS}” in the progress of a key action"


def _must(holds: bool, sentence: str) -> None:
    if not holds:
        raise Fault(sentence)


def _plan(window: Window) -> Plan:
    if window.bridge is None:
        raise Fault("The window shows no plan.")
    return window.bridge.plan


def _note(plan: Plan, action: Action) -> str:
    found, period = plan[action.id], plan.current_period
    return found.update(period.id).note if isinstance(found, Action) and period else ""


def _in_file(window: Window) -> Plan:
    if window.bridge is None:
        raise Fault("The window shows no plan.")
    with closing(Document.open(window.bridge.document.path, "", read_only=True)) as other:
        return other.plan


def _pages(pack: Path) -> int:
    """Open the PDF as the preview does."""
    document = QPdfDocument(None)  # type: ignore[call-overload]  # None is taken too
    document.load(str(pack))
    pages: int = document.pageCount()
    document.close()
    _must(pages > 0, "The board pack has no page.")
    return pages


# --- a program that nobody sees --------------------------------------------------------------------------------------


@contextmanager
def unseen() -> Iterator[None]:
    """Run the program off the screen, with settings of its own; raises Fault where Qt or Python complained."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    faults: list[str] = []
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)
        from cypp_desktop.ui import app, drawings, settings, theme

        settings.write(scheme="light")
        settings.write(author="A. Officer")
        qInstallMessageHandler(_hear(faults))
        application = app.make_app()
        drawings.load_fonts()
        theme.choose_font(QFont(drawings.FAMILY, 10))
        sys.excepthook = _record(faults)
        try:
            yield
            application.closeAllWindows()
            settle()
        except (Fault, Refused, CannotSave):
            raise
        except Exception as problem:  # noqa: BLE001 - it came through Qt out of a method that Qt called
            sys.excepthook(type(problem), problem, problem.__traceback__)
        finally:
            qInstallMessageHandler(None)
            sys.excepthook = sys.__excepthook__
    if faults:
        raise Fault("\n".join(faults))


def _opened(path: Path) -> Window:
    """A window with a new copy of the county's plan."""
    from cypp_desktop.ui import app

    window = app.Program(app.make_app()).make(path, samples.load("county"))
    if window is None:
        raise Fault(f"{path} could not be made.")
    window.resize(1440, 900)
    window.activateWindow()
    settle()
    return window


def settle(milliseconds: int = SETTLE) -> None:
    """Let the window come to rest."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def press(widget: QWidget, key: Qt.Key, letter: str = "") -> None:
    """Press a key in a widget and let it go."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter))


def _hear(faults: list[str]) -> Callable[[QtMsgType, object, str], None]:
    def hear(kind: QtMsgType, _where: object, words: str) -> None:
        remark = kind in {QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg}
        if not remark and not words.startswith(
            "This plugin does not support"
        ):  # by nature of a platform off the screen
            faults.append(f"Qt says: {words}")

    return hear


def _record(faults: list[str]) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    def record(kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
        faults.append("".join(traceback.format_exception(kind, problem, trace)))

    return record
