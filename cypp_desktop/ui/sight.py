"""Whether what a step changed can be seen on the page that is shown, and where to turn when it cannot."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from cypp_desktop.document.document import Event
from cypp_desktop.domain.plan import Action, Measure, Outcome, Plan, Priority, Reading, Record, Section
from cypp_desktop.ui.models.tree import SECTIONS

if TYPE_CHECKING:
    from cypp_desktop.ui.plan_view import PlanView

_PLACED = (Priority, Outcome, Action, Measure, Section)


def turn_to_what_changes(view: PlanView, work: Callable[[], bool]) -> None:
    """Take a step back or forward, and turn to what it changed where the page that is shown has nothing of it."""
    seen: list[Event] = []
    told = view.bridge.changed.connect(lambda event: seen.append(event))  # noqa: PLW0108 - Qt cannot hold a method of C
    top = _top(view)
    if work() and top is not None and seen and (record := out_of_sight(seen[-1], top)):
        view.jump(record)
    QObject.disconnect(told)


def _top(view: PlanView) -> str | None:
    """Whose page is shown, "" for the sections, None where the middle is about the whole plan."""
    if view.middle is view.page:
        return view.page.top
    chosen = view.bridge.selection
    return "" if chosen == SECTIONS or isinstance(view.bridge.plan.get(chosen), Section) else None


def out_of_sight(event: Event, top: str) -> str:
    """The record to turn to after a step of which nothing shows on the page of ``top``; "" where one may stay.

    ``top`` is the priority or outcome whose page is shown, "" for the sections.
    """
    places = [place for record in sorted(event.changed) if (place := _place(event, record))]
    if not places or any(_shows(event.after, top, place) for place in places):
        return ""
    return places[0].id


def _place(event: Event, record: str) -> Record | None:
    """Where a changed record can be looked at: itself, or what it hung on; None for what has no page."""
    found = event.after.get(record)
    if found is None and (gone := event.before.get(record)):
        found = event.after.get(gone.parent)
    if isinstance(found, Reading):
        found = event.after.get(found.parent)
    return found if isinstance(found, _PLACED) else None


def _shows(plan: Plan, top: str, place: Record) -> bool:
    above = {one.id for one in plan.ancestors(place.id)}
    if isinstance(place, Section) or not top:
        return isinstance(place, Section) and not top
    if isinstance(place, Measure):
        return place.parent == top or place.parent in {one.id for one in plan.ancestors(top)}
    return top == place.id or top in above
