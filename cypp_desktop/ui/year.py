"""What the commands of the Year menu do: all actions, leads, readiness, reporting periods, the refresh."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cypp_desktop.domain import periods
from cypp_desktop.domain.change import Refused, Step, edit
from cypp_desktop.domain.plan import Period, Plan, update_field
from cypp_desktop.ui.models.tree import ACTIONS, LEADS, READY
from cypp_desktop.ui.operations import commit_editor, undo, view_of
from cypp_desktop.ui.panels.actions import ActionsView
from cypp_desktop.ui.panes import INSPECTOR

if TYPE_CHECKING:
    from cypp_desktop.ui.window import Window


def show_all_actions(window: Window) -> None:
    """Make the window about all actions of the plan."""
    commit_editor(window)
    view_of(window).bridge.select(ACTIONS, again=True)


def show_leads(window: Window) -> None:
    """Make the window about the leads of the plan."""
    commit_editor(window)
    view_of(window).bridge.select(LEADS, again=True)


def show_archive(window: Window) -> None:
    """Show the archived actions, among all of them."""
    commit_editor(window)
    view_of(window).look_for("archived=yes")


def show_ready(window: Window) -> None:
    """Make the window about what is to be looked at before the board pack is ready."""
    commit_editor(window)
    view_of(window).bridge.select(READY)


def start_period(window: Window) -> None:
    """Ask for the next reporting period, start it and look at it."""
    from cypp_desktop.ui.dialogs.period import PeriodDialog

    commit_editor(window)
    bridge = view_of(window).bridge
    dialog = PeriodDialog(bridge, window)
    if dialog.exec() and bridge.commit(step := dialog.step()):
        bridge.look_at(step.record)
    dialog.deleteLater()


def close_period(window: Window) -> None:
    """Close the reporting period that is looked at; it can be undone."""
    commit_editor(window)
    bridge, period = view_of(window).bridge, view_of(window).bridge.period
    if period is None:
        bridge.failed.emit("This plan has no reporting period yet.")
    elif period.closed:
        bridge.failed.emit(f"“{period.name}” is closed already.")
    elif bridge.commit(periods.close_period(bridge.plan, period.id)):
        sentence = f"“{period.name}” is closed: its progress and status can only be read."
        view_of(window).say("info", sentence, "Undo", lambda: undo(window))


def reopen_period(window: Window) -> None:
    """Open the reporting period that is looked at again; it can be undone."""
    _with_period(window, lambda plan, period: periods.reopen_period(plan, period.id))


def copy_note(window: Window) -> None:
    """Begin the notes of the selected actions with those of the period before."""
    table = getattr(view_of(window).middle, "table", None)
    marked = table.marked if isinstance(table, ActionsView) else []
    _with_period(window, lambda plan, period: periods.copy_last_notes(plan, period.id, marked))


def copy_notes(window: Window) -> None:
    """Begin all notes that are still empty with those of the period before."""
    _with_period(window, lambda plan, period: periods.copy_last_notes(plan, period.id))


def _with_period(window: Window, make: Callable[[Plan, Period], Step]) -> None:
    """Carry out a step for the period that is looked at, or say why not."""
    commit_editor(window)
    bridge = view_of(window).bridge
    if bridge.period is None:
        bridge.failed.emit("This plan has no reporting period yet.")
        return
    try:
        bridge.commit(make(bridge.plan, bridge.period))
    except Refused as problem:
        bridge.failed.emit(str(problem))


def refresh(window: Window) -> None:
    """Ask what becomes of the plan in a new year, and have it done as one step."""
    from cypp_desktop.ui.dialogs.refresh import RefreshDialog

    commit_editor(window)
    view = view_of(window)
    dialog = RefreshDialog(view.bridge, window)
    if dialog.exec() and dialog.take():
        if period := view.bridge.plan.current_period:
            view.bridge.look_at(period.id)
        view.say("info", dialog.said(), "Undo", lambda: undo(window))
    dialog.deleteLater()


def choose_state(window: Window, state: str) -> None:
    """Make the plan a draft, agreed or closed."""
    commit_editor(window)
    bridge = view_of(window).bridge
    bridge.commit(edit(bridge.plan, bridge.plan.root, {"state": state}, f"plan is {state}"))


def say_why(window: Window) -> None:
    """Put the cursor where the reason of a worse status is asked for, or into its field in the details."""
    view = view_of(window)
    if view.banners.reasons.isVisible():
        view.banners.reasons.reason.setFocus()
    elif view.bridge.period:
        view.panes.show_side(INSPECTOR, True)
        view.inspector.focus_field(update_field("reason", view.bridge.period.id))
