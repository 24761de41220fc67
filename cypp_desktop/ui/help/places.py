"""Help at the place: which part of the guide speaks of what the window shows, and what each part of the window is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cypp_desktop.ui import theme
from cypp_desktop.ui.help import guide
from cypp_desktop.ui.models.tree import ACTIONS, LEADS, PLAN, READY, REVIEW, SECTIONS, SETTLE

if TYPE_CHECKING:
    from cypp_desktop.ui.window import Window

OTHERWISE = "Edit"
TOPICS = {
    PLAN: "Find your way",
    SECTIONS: "Edit",
    READY: "A reporting period",
    SETTLE: "Copies",
    REVIEW: "Copies",
    ACTIONS: "Many key actions at once",
    LEADS: "Many key actions at once",
}
"""The part of the guide for each page of the window."""


def topic(window: Window) -> str:
    """The part of the guide that speaks of what the window shows."""
    if window.bridge is None:
        return guide.BEGIN
    page = window.bridge.selection.partition("?")[0]
    return TOPICS.get(page, OTHERWISE)


def name_parts(window: Window) -> None:
    """Give the parts of the window the words that "What's this?" shows."""
    for widget, words in _parts(window):
        widget.setWhatsThis(theme.tip(words))


def _parts(window: Window) -> list[tuple[QWidget, str]]:
    view = window.view
    if view is None:
        return []
    tree = (
        "The plan as a tree. The shapes at the right show which statuses need a look; hold the mouse over them to read "
        "their names. Drag a row, or press Alt with an arrow, to move it."
    )
    middle = (
        "What the tree has selected, as it will be printed. Double-click a cell, press F2, or type; each change is "
        "saved as you leave the cell."
    )
    inspector = "Everything about the selected record. A field is saved as you leave it; Escape puts back what it had."
    line = "Says when the last change was saved. If something cannot be saved, it says so here, with what to do."
    return [
        (view.tree, tree),
        (view.middle, middle),
        (view.inspector, inspector),
        (view.search, "Finds words in every text of the plan. Enter goes to the place."),
        (view.line, line),
    ]
