"""What the commands do that look back: the history, the plan as it was, and what comes back from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cypp_desktop.ui import operations

if TYPE_CHECKING:
    from cypp_desktop.ui.window import Window


def show_history(window: Window) -> None:
    """Show who changed what in the record that the window is about."""
    from cypp_desktop.ui.dialogs.history import HistoryDialog

    operations.commit_editor(window)
    if window.view is None:
        return
    record, field = window.view.current_cell
    dialog = HistoryDialog(window.view.bridge, record, window, field)
    dialog.then_wanted.connect(lambda at: show_past(window, at))
    dialog.exec()
    dialog.deleteLater()


def choose_past(window: Window) -> None:
    """Ask for a day, and show the plan as it was at its end."""
    from cypp_desktop.ui.dialogs.past import PastDialog

    operations.commit_editor(window)
    if window.view:
        dialog = PastDialog(window.view.bridge, window)
        if dialog.exec():
            show_past(window, dialog.day.isoformat())
        dialog.deleteLater()


def show_past(window: Window, at: str) -> None:
    """Show the plan as it was at a moment (ISO; a day means its end), in a window of its own."""
    from cypp_desktop.ui import past

    operations.commit_editor(window)
    past.show(window, at)


def bring_back(window: Window) -> None:
    """Bring what is selected in the plan of a moment back into the plan of today."""
    from cypp_desktop.ui import past

    past.bring_back(window)


def remove(window: Window) -> None:
    """Look for words in the whole history, to remove them from it for good."""
    from cypp_desktop.ui.dialogs.remove import RemoveDialog

    operations.commit_editor(window)
    if window.view:
        dialog = RemoveDialog(window.view.bridge, (), window)
        dialog.exec()
        dialog.deleteLater()
