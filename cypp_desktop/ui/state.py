"""What there is to know of a plan's file for as long as it is open, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cypp_desktop.ui.later import Later

if TYPE_CHECKING:
    from cypp_desktop.ui import keeping
    from cypp_desktop.ui.plan_view import PlanView
    from cypp_desktop.ui.window import Window
else:
    keeping = Later("cypp_desktop.ui.keeping")

CLEAN = "This is a clean copy, without history: changes that are made here cannot be taken in anywhere else."


GIVEN_UP = "Nobody else has this plan open any more."


def say(window: Window, view: PlanView) -> None:
    """Say why a plan can only be read, or is no usual one, and what was being typed when the program last ended."""
    bridge, document = view.bridge, view.bridge.document
    if document.slip and bridge.writable:
        view.banners.standing.ask("info", bridge.why_not_editable, stays=True)
    elif not bridge.editable:
        answers = [("Work on a copy…", lambda: keeping.save_elsewhere(window))]
        if document.lock.elsewhere:
            answers.append(("Open anyway", lambda: window.program.open_anyway(window)))
        view.banners.standing.ask("info", bridge.why_not_editable, *answers, stays=True)
    elif document.clean:
        view.banners.standing.ask("info", CLEAN, stays=True)
    if bridge.writable and document.drafts():
        keeping.offer_drafts(window, view)
