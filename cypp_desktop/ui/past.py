"""The whole plan as it was at a moment: a window of its own on a file made for it, and what it can give back."""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from cypp_desktop.document import history
from cypp_desktop.document.document import Document
from cypp_desktop.document.file import SUFFIX
from cypp_desktop.domain import change
from cypp_desktop.domain.change import Refused
from cypp_desktop.domain.naming import record_name
from cypp_desktop.domain.plan import (
    UPDATE_FIELDS,
    Plan,
    Record,
    Value,
    cell,
    custom_field,
    field_defaults,
    update_field,
)
from cypp_desktop.ui.changes.again import empty
from cypp_desktop.ui.models.tree import PLAN
from cypp_desktop.ui.work import Work

if TYPE_CHECKING:
    from cypp_desktop.ui.window import Window


def show(window: Window, at: str) -> None:
    """Make the plan as it was at a moment (ISO) off the UI thread, then show it in a window beside this one."""
    if window.view is None:
        return
    try:
        moment = history.moment(at)
    except Refused as problem:
        window.view.bridge.failed.emit(str(problem))
    else:
        window.view.say("info", f"The plan as it was on {_said(moment)} is being put together…")
        _Making(window, moment)


class _Making(QObject):
    """The file of one moment, from when it is asked for until its window, or the one that asked, is closed."""

    def __init__(self, window: Window, moment: datetime) -> None:
        super().__init__(window)
        self._window, self._moment = window, moment
        self._folder = Path(tempfile.mkdtemp(prefix="cypp-"))
        self._path = target = self._folder / f"plan{SUFFIX}"
        self.destroyed.connect(tidy := partial(shutil.rmtree, self._folder, ignore_errors=True))
        self._tidy = tidy
        source = window.view.bridge.document.path if window.view else target
        work = Work(lambda _say: history.write_at(source, target, moment), "That could not be put together")
        work.done.connect(self._open)
        work.failed.connect(self._fail)
        work.begin()

    def _open(self, _found: object) -> None:
        from cypp_desktop.ui.window import Window

        view = self._window.view
        if view is None:
            return
        view.banners.put_away()
        document = Document.open(self._path, view.bridge.document.author, read_only=True)
        document.read_only = (
            f"This is the plan as it was on {_said(self._moment)}. Read it, or bring things back from it."
        )
        made = Window(self._window.program, document)
        made.origin = self._window
        made.commands.refresh()
        made.setWindowTitle(f"{document.plan.details.title} – as it was on {_said(self._moment)}")
        made.destroyed.connect(self._tidy)
        self.destroyed.disconnect()
        self._window.program.windows.append(made)
        made.show()
        if made.view:
            made.view.offer("Bring this back", lambda: bring_back(made))
            made.view.bridge.select(view.bridge.selection if view.bridge.selection in document.plan else PLAN)

    def _fail(self, sentence: str) -> None:
        self._tidy()
        if self._window.view:
            self._window.view.bridge.failed.emit(sentence)


def _said(moment: datetime) -> str:
    """A moment as one says it; the end of a day is the day."""
    local = moment.astimezone()
    day = f"{local.day} {local:%B %Y}"
    return day if (local.hour, local.minute, local.second) == (23, 59, 59) else f"{day}, {local:%H:%M}"


# --- bringing back ---------------------------------------------------------------------------------------------------


def bring_back(window: Window) -> None:
    """Bring the selected record, or only the field that the keyboard is in at the side, back into the plan of today."""
    origin = window.origin
    if window.view is None or origin is None:
        return
    if origin.view is None or not origin.isVisible():
        window.view.bridge.failed.emit("The plan of today is closed. Open it, and look at this moment again.")
        return
    record, field = window.view.current_cell
    field = "" if window.view.focused_panel() is not window.view.inspector else field
    then, today = window.view.bridge.plan, origin.view.bridge
    if record not in then:
        window.view.bridge.failed.emit("Select what is to come back first.")
        return
    gone = [one.id for one in then.branch(record) if one.id not in today.plan]
    if not today.editable or (gone and not today.commit(change.restore(gone))):
        return
    try:
        step = change.edit(today.plan, record, values(then, today.plan[record], field), "return of what was")
    except Refused as problem:
        window.view.bridge.failed.emit(str(problem))
        return
    if step and not today.commit(step):
        return
    name = record_name(then, then[record])
    sentence = f"{name} is again as it was." if step or gone else f"{name} is as it was then, so nothing was changed."
    window.view.say("info", sentence)
    origin.view.say("info", sentence)


def values(then: Plan, now: Record, field: str = "") -> dict[str, Value]:
    """The values that a record had then in all its fields, or in one."""
    was = then[now.id]
    if field:
        return {field: cell(was, field)}
    names = list(field_defaults(now.kind))
    for one in (was, now):
        names += [update_field(name, each.period) for each in getattr(one, "updates", ()) for name in UPDATE_FIELDS]
        names += [custom_field(name) for name, _ in getattr(one, "custom", ())]
    return {name: empty(now, name) if (value := cell(was, name)) is None else value for name in dict.fromkeys(names)}
