"""What the commands of the window do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit

from cypp_desktop.document.document import CannotSave
from cypp_desktop.domain.change import Refused
from cypp_desktop.ui import files, settings, theme
from cypp_desktop.ui.models.tree import PLAN, REVIEW, SECTIONS, SETTLE
from cypp_desktop.ui.panels.celltable import CellTable
from cypp_desktop.ui.panes import INSPECTOR, TREE

if TYPE_CHECKING:
    from cypp_desktop.ui.pack.dialog import PackDialog
    from cypp_desktop.ui.plan_view import PlanView
    from cypp_desktop.ui.window import Window

_STEPS = (1.0, 1.1, 1.25, 1.5, 1.75, 2.0)


def commit_editor(window: Window) -> None:
    """Have the field that is being typed in keep what was typed, as if one had left it."""
    if window.view:
        window.view.commit_editors()


# --- file ------------------------------------------------------------------------------------------------------------


def open_plan(window: Window) -> None:
    """Ask for a plan and open it."""
    if path := files.ask_open(window, "Open a plan"):
        window.program.open(path, window)


def open_mailed(window: Window) -> None:
    """Ask for a plan that came by e-mail, check it, and open a copy of it."""
    if source := files.ask_open(window, "Open a plan that came by e-mail", arrived=True):
        open_arrived(window, source)


def open_arrived(window: Window, source: Path) -> None:
    """Ask where to keep a plan that came, also in a zip file, check it there, and open that copy."""
    if path := files.ask_save(window, "Keep the copy as", source.stem):
        window.program.open_copy(source, path, window)


def open_recent(window: Window, path: str) -> None:
    """Open a plan that was open before; forget it where it is gone."""
    if not Path(path).is_file():
        settings.forget(path)
    window.program.open(Path(path), window)


def say_saved(window: Window) -> None:
    """Keep what is being typed, and say that all is saved."""
    commit_editor(window)
    view_of(window).line.show_saved()


def save_copy(window: Window) -> None:
    """Ask for a place and write a whole copy of the plan there."""
    commit_editor(window)
    bridge = view_of(window).bridge
    path = files.ask_save(window, "Save a copy as", f"{bridge.document.path.stem} copy")
    if path is None:
        return
    if path.resolve() == bridge.document.path.resolve():
        bridge.failed.emit("That is the plan itself. A copy needs another name.")
        return
    try:
        window.program.look_free(path)
        bridge.document.save_copy(path)
    except (CannotSave, Refused) as problem:
        bridge.failed.emit(str(problem))
    else:
        window.say("info", f"A copy was saved as “{path.name}”.")


def save_elsewhere(window: Window) -> None:
    """Write the plan with all that is typed to another place, and go on there."""
    from cypp_desktop.ui import keeping

    keeping.save_elsewhere(window)


def restore_backup(window: Window) -> None:
    """Show the backups of the plan, to open one as a copy or to take it in."""
    from cypp_desktop.ui.dialogs.backups import BackupsDialog

    commit_editor(window)
    BackupsDialog(window, view_of(window).bridge).open()


def close(window: Window) -> None:
    """Close the plan; the last one makes way for the start screen."""
    window.program.close(window)


def quit_program(_window: Window) -> None:
    """Close all windows."""
    QApplication.closeAllWindows()


# --- edit ------------------------------------------------------------------------------------------------------------


def undo(window: Window) -> None:
    """Undo in the text being typed, else the last step."""
    if not _text_undo("undo"):
        commit_editor(window)
        _step(window, view_of(window).bridge.undo)


def redo(window: Window) -> None:
    """Redo in the text being typed, else the step undone last."""
    if not _text_undo("redo"):
        _step(window, view_of(window).bridge.redo)


def _step(window: Window, work: Callable[[], bool]) -> None:
    from cypp_desktop.ui.sight import turn_to_what_changes

    turn_to_what_changes(view_of(window), work)


def _text_undo(verb: str) -> bool:
    focus = QApplication.focusWidget()
    if isinstance(focus, QLineEdit):
        able = focus.isUndoAvailable() if verb == "undo" else focus.isRedoAvailable()
    elif isinstance(focus, QTextEdit | QPlainTextEdit):
        able = focus.document().isUndoAvailable() if verb == "undo" else focus.document().isRedoAvailable()
    else:
        return False
    if able:
        getattr(focus, verb)()
    return able


def cut(window: Window) -> None:
    """Cut the chosen text, else the chosen records."""
    _edit(window, "cut")


def copy(window: Window) -> None:
    """Copy the chosen text, else the chosen records."""
    _edit(window, "copy")


def paste(window: Window) -> None:
    """Paste into the text, else what the clipboard holds as records or cells."""
    _edit(window, "paste")


def select_all(_window: Window) -> None:
    """Choose the whole text, else all rows."""
    focus = QApplication.focusWidget()
    if focus is not None and hasattr(focus, "selectAll"):
        focus.selectAll()


def show_menu(_window: Window) -> None:
    """Open the menu of what the keyboard is in; Qt does so by itself for the Menu key, and on Windows for Shift+F10."""
    if focus := QApplication.focusWidget():
        place = QRectF(focus.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)).center().toPoint()
        reason = QContextMenuEvent.Reason.Keyboard
        QApplication.sendEvent(focus, QContextMenuEvent(reason, place, focus.mapToGlobal(place)))


def _edit(window: Window, verb: str) -> None:
    focus = QApplication.focusWidget()
    if isinstance(focus, QLineEdit | QTextEdit | QPlainTextEdit):
        getattr(focus, verb)()
    else:
        _ask(window, verb)


def delete(window: Window) -> None:
    """Delete what is selected."""
    focus = QApplication.focusWidget()
    if not isinstance(focus, QLineEdit | QTextEdit | QPlainTextEdit):
        _ask(window, "delete_selected")


def replace(window: Window) -> None:
    """Find words over the whole plan and put others there."""
    from cypp_desktop.ui.dialogs.replace import ReplaceDialog

    commit_editor(window)
    view = view_of(window)
    dialog = ReplaceDialog(view.bridge, window)
    dialog.wanted.connect(view.jump)
    dialog.show()


def find(window: Window) -> None:
    """Go to the search box."""
    search = view_of(window).search
    search.setFocus()
    search.selectAll()


def next_misspelling(window: Window) -> None:
    """Go to the next word of the text being typed that no dictionary has."""
    view = view_of(window)
    if window.spelling is None or not window.spelling.watching:
        view.say("info", "Put the cursor into a text first; its spelling is looked at while you type.")
    elif not window.spelling.next_wrong():
        view.say("info", "There is no word in this text that the dictionary does not have.")


def toggle_spelling(window: Window) -> None:
    """Look at spelling while one types, or leave it."""
    on = not settings.spells()
    settings.write(spelling="on" if on else "off")
    if window.spelling:
        window.spelling.turn(on)
    view_of(window).say("info", f"Spelling is {'looked at while you type' if on else 'not looked at any more'}.")


# --- plan ------------------------------------------------------------------------------------------------------------


def add_action(window: Window) -> None:
    """Add a key action to what the window is about."""
    _ask_page(window, "add_action")


def add_measure(window: Window) -> None:
    """Add a measure to what the window is about."""
    _ask_page(window, "add_measure")


def add_reading(window: Window) -> None:
    """Add a reading to the selected measure."""
    _ask_page(window, "add_reading")


def add_outcome(window: Window) -> None:
    """Add an outcome where the tree stands."""
    view_of(window).tree.add_outcome()


def add_priority(window: Window) -> None:
    """Add a priority after that where the tree stands."""
    view_of(window).tree.add_priority()


def add_section(window: Window) -> None:
    """Go to the sections and add one."""
    view_of(window).bridge.select(SECTIONS)
    _ask(window, "add_section")


def rename(window: Window) -> None:
    """Have the current cell edited, or the title in the tree typed over."""
    focus = QApplication.focusWidget()
    if isinstance(focus, CellTable):
        focus.edit_cell(focus.currentIndex())
    else:
        view_of(window).tree.rename()


def move_up(window: Window) -> None:
    """Move what is selected up."""
    _ask(window, "move_selected", -1)


def move_down(window: Window) -> None:
    """Move what is selected down."""
    _ask(window, "move_selected", 1)


def move_in(window: Window) -> None:
    """Hang the outcome on the one before it."""
    view_of(window).tree.move_inwards()


def move_out(window: Window) -> None:
    """Take the outcome out of the one above it."""
    view_of(window).tree.move_outwards()


def set_status(window: Window, place: int) -> None:
    """Give the selected actions a status of the plan's scale."""
    commit_editor(window)
    _ask(window, "set_status", place)


def restore_deleted(window: Window) -> None:
    """Show what was deleted, to bring it back."""
    from cypp_desktop.ui.dialogs.restore import RestoreDialog

    commit_editor(window)
    dialog = RestoreDialog(view_of(window).bridge, window)
    dialog.exec()
    dialog.deleteLater()


def show_details(window: Window) -> None:
    """Make the window about the plan itself."""
    view_of(window).show_details()


# --- share -----------------------------------------------------------------------------------------------------------


def take_in_copies(window: Window) -> None:
    """Ask for copies that came back, and take them in."""
    if paths := files.ask_several(window, "Take in copies"):
        take_in(window, paths)


def take_in(window: Window, paths: Sequence[Path]) -> None:
    """Show what copies would bring, take them in where that is wanted, and say what came and what is to settle."""
    from cypp_desktop.ui.dialogs.take_in import TakeInDialog
    from cypp_desktop.ui.dialogs.take_in import take_in as take

    commit_editor(window)
    view = view_of(window)
    dialog = TakeInDialog(view.bridge, paths, window)
    if dialog.exec() and (sentence := take(view.bridge, dialog.incoming)):

        def tell() -> None:
            count = len(view.questions.open)
            left = f" {count:,} to settle." if count else ""
            view.say("info", sentence + left, "Look through them", lambda: show_review(window))

        view.questions.looked.connect(tell, Qt.ConnectionType.SingleShotConnection)
        view.questions.look()
        view.came.gather()
    dialog.deleteLater()


def show_review(window: Window) -> None:
    """Make the window about what came in copies."""
    commit_editor(window)
    view_of(window).bridge.select(REVIEW)
    view_of(window).review.list.setFocus()
    if not view_of(window).came.known:
        view_of(window).came.gather()


def show_questions(window: Window) -> None:
    """Make the window about what copies left open."""
    commit_editor(window)
    view_of(window).bridge.select(SETTLE)


# --- reports ---------------------------------------------------------------------------------------------------------


def board_pack(window: Window) -> None:
    """Show the board pack as it will be printed, in a window of its own beside the plan."""
    _pack(window)


def print_pack(window: Window) -> None:
    """Print the board pack, from its preview, when its pages are there."""
    _pack(window).print_soon()


def _pack(window: Window) -> PackDialog:
    from cypp_desktop.ui.pack.dialog import PackDialog

    commit_editor(window)
    view = view_of(window)
    open_one = next((one for one in window.findChildren(PackDialog) if one.isVisible()), None)
    dialog = open_one or PackDialog(view.bridge, window)
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
    return dialog


# --- view ------------------------------------------------------------------------------------------------------------


def toggle_tree(window: Window) -> None:
    """Show the tree or put it away."""
    _toggle(window, TREE)


def toggle_inspector(window: Window) -> None:
    """Show the inspector or put it away; beside the plan on a page it has the details of the plan."""
    view = view_of(window)
    if view.bridge.selection in ("", PLAN):
        view.show_details()
    else:
        _toggle(window, INSPECTOR)


def _toggle(window: Window, side: str) -> None:
    view = view_of(window)
    pane = view.tree if side == TREE else view.inspector
    opening, left = not view.panes.is_open(side), view.focused_panel() is pane
    view.panes.show_side(side, opening)
    if opening and view.panes.is_drawer(side):
        view.entry(pane).setFocus()
    elif left and not opening:
        view.entry(view.middle).setFocus()


def next_pane(window: Window) -> None:
    """Put the keyboard into the next pane."""
    view_of(window).walk_panes(1)


def previous_pane(window: Window) -> None:
    """Put the keyboard into the pane before."""
    view_of(window).walk_panes(-1)


def larger(_window: Window) -> None:
    """Show text a step larger, up to 200 %."""
    choose_zoom(next((step for step in _STEPS if step > theme.zoom() + 0.01), _STEPS[-1]))


def smaller(_window: Window) -> None:
    """Show text a step smaller, down to the system's size."""
    choose_zoom(next((step for step in reversed(_STEPS) if step < theme.zoom() - 0.01), _STEPS[0]))


def choose_zoom(zoom: float) -> None:
    """Show text at a multiple of the system's size, and remember it."""
    theme.choose_zoom(zoom)
    settings.write(zoom=str(zoom))


def choose_scheme(scheme: str) -> None:
    """Look light, dark or like the system, and remember it."""
    theme.choose_scheme(scheme)
    settings.write(scheme=scheme)


# --- who does it -----------------------------------------------------------------------------------------------------


def view_of(window: Window) -> PlanView:
    """The plan that a window shows; commands that need one are given nowhere else."""
    if window.view is None:
        raise RuntimeError("a command that needs a plan was given without one")
    return window.view


def _ask(window: Window, method: str, *arguments: object) -> None:
    """Have the panel that the keyboard is in do something; the middle one where that one cannot."""
    view = view_of(window)
    for panel in (view.focused_panel(), view.middle):
        if panel is not None and hasattr(panel, method):
            getattr(panel, method)(*arguments)
            return


def _ask_page(window: Window, method: str, *arguments: object) -> None:
    """Have the page of actions do something, whatever the keyboard is in."""
    commit_editor(window)
    if hasattr(view_of(window).page, method):
        getattr(view_of(window).page, method)(*arguments)
