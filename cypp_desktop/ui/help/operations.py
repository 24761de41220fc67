"""What the commands of the help menu do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWhatsThis

from cypp_desktop.ui import settings
from cypp_desktop.ui.help import places
from cypp_desktop.ui.help.guide import GuideWindow

if TYPE_CHECKING:
    from cypp_desktop.ui.window import Window


def show_guide(window: Window) -> None:
    """Open the guide at the part that speaks of what the window shows."""
    found = window.findChild(GuideWindow) or GuideWindow(window)
    found.show_topic(places.topic(window))


def ask_what(window: Window) -> None:
    """Have the next click say what the clicked part of the window is."""
    places.name_parts(window)
    QWhatsThis.enterWhatsThisMode()


def show_keys(window: Window) -> None:
    """Show every command with its key."""
    from cypp_desktop.ui.dialogs.keys import KeysDialog

    KeysDialog(window.commands.list(), window).exec()


def show_settings(window: Window) -> None:
    """Show the person's own settings."""
    from cypp_desktop.ui.help.settings_dialog import SettingsDialog

    SettingsDialog(window).exec()
    if window.bridge:
        window.bridge.document.author = settings.author()


def show_about(window: Window) -> None:
    """Say what the program is and what it is made of."""
    from cypp_desktop.ui.help.about import AboutDialog

    AboutDialog(window).exec()
