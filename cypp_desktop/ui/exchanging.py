"""What comes into a plan from elsewhere by the window's commands: a new plan's beginning, an import, the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from cypp_desktop.document.document import CannotSave
from cypp_desktop.domain.change import Refused, Step, begun
from cypp_desktop.domain.order import Keys
from cypp_desktop.domain.plan import Plan
from cypp_desktop.exchange import data, export, importing
from cypp_desktop.exchange.importing import Proposal
from cypp_desktop.exchange.tables import reading
from cypp_desktop.exchange.tables.grid import Source
from cypp_desktop.ui import files, operations, wording
from cypp_desktop.ui.dialogs.importing import ImportDialog
from cypp_desktop.ui.work import Say, Work

if TYPE_CHECKING:
    from cypp_desktop.ui.window import Window

_SHOWN_FIRST = ("priority", "outcome", "action", "measure")


def new_plan(window: Window) -> None:
    """Ask for what a new plan begins with and where to keep it, and open it."""
    from cypp_desktop.ui.dialogs.new_plan import FILE, NewPlanDialog

    dialog = NewPlanDialog(window)
    if dialog.exec():
        if dialog.beginning == FILE:
            new_from_file(window)
        elif path := files.ask_save(window, "Keep the new plan as", dialog.words()["title"]):
            try:
                window.program.make(path, dialog.content(), window)
            except Refused as problem:
                window.say("danger", str(problem))
    dialog.deleteLater()


def new_from_file(window: Window) -> None:
    """Make a new plan of the tables of a Word, Excel, CSV or web file."""
    source = files.ask_source(window, "Make a plan from")
    if source is None:
        return
    if source.suffix.lower() == ".json":
        _new_from_data(window, source)
        return
    proposal = _ask(window, source.name, partial(reading.read, source), Plan(()))
    step = _step(window, proposal, Plan(())) if proposal else None
    if proposal and step and (path := files.ask_save(window, "Keep the new plan as", _title(proposal) or source.stem)):
        made = window.program.make(path, step, window)
        if made:
            _say_imported(made, source.name, proposal)


def _new_from_data(window: Window, source: Path) -> None:
    try:
        step = data.step(Plan(()), data.read(source))
    except Refused as problem:
        window.say("danger", str(problem))
        return
    if path := files.ask_save(window, "Keep the new plan as", begun(step).details.title or source.stem):
        window.program.make(path, step, window)


def import_file(window: Window, source: Path | None = None) -> None:
    """Take over the tables of a file into the open plan as one step; asks for the file where none is given."""
    path = source or files.ask_source(window, "Import from")
    if path and path.suffix.lower() == ".json":
        _import_data(window, path)
    elif path:
        _import(window, path.name, partial(reading.read, path))


def export_data(window: Window) -> None:
    """Write the plan's data out for other programs."""
    bridge = window.bridge
    if bridge is None:
        return
    operations.commit_editor(window)
    path = files.ask_data(window, bridge.plan.details.title or bridge.document.path.stem)
    if path is None:
        return

    def write(say: Say) -> Path:
        say(20, "Writing the data")
        export.write(bridge.plan, path)
        return path

    work = Work(write, "The data could not be written")
    work.failed.connect(bridge.failed)
    work.done.connect(lambda found: window.say("info", f"The data were written to “{found.name}”."))
    work.begin()


def _import_data(window: Window, path: Path) -> None:
    bridge = window.bridge
    if bridge is None:
        return
    try:
        step = data.step(bridge.plan, data.read(path), bridge.document.keys, bridge.document.deleted())
    except Refused as problem:
        window.say("danger", str(problem))
        return
    if not step:
        window.say("info", f"Nothing in “{path.name}” is new or different.")
    elif bridge.commit(step):
        records = len({change.record for change in step.changes})
        window.say("info", f"{wording.several(records, 'record')} came from “{path.name}”.")


def import_pasted(window: Window) -> None:
    """Take over the table that the clipboard holds into the open plan as one step."""
    data = QApplication.clipboard().mimeData()
    html, words = data.html(), data.text()
    if not html.strip() and not words.strip():
        window.say("info", "Nothing is copied. Copy a table in Word, Excel or a web page first.")
    elif html.strip():
        _import(window, "the clipboard", lambda: reading.read_html(html, "the clipboard"))
    else:
        _import(window, "the clipboard", lambda: reading.read_text(words, "the clipboard"))


def _import(window: Window, name: str, read: Callable[[], Source]) -> None:
    bridge = window.bridge
    if bridge is None:
        return
    operations.commit_editor(window)
    proposal = _ask(window, name, read, bridge.plan)
    step = _step(window, proposal, bridge.plan, bridge.document.keys) if proposal else None
    if proposal and step is not None and bridge.commit(step):
        if first := next((one for one in proposal.branches() if one.kind in _SHOWN_FIRST), None):
            bridge.select(first.id)
        _say_imported(window, name, proposal)


def _step(window: Window, proposal: Proposal, plan: Plan, keys: Keys | None = None) -> Step | None:
    """The step that brings what was proposed; None, and a sentence, where a plan cannot take it."""
    try:
        return importing.step(plan, proposal, keys)
    except Refused as problem:
        window.say("danger", f"Nothing was taken over. {problem}")
        return None


def _say_imported(window: Window, name: str, proposal: Proposal) -> None:
    """Say what came and how much of it was not understood, which is kept to be looked at later."""
    if window.bridge is None:
        return
    left = len(proposal.open)
    sentence = f"{wording.several(sum(proposal.counts().values()), 'record')} came from {name}."
    if left:
        sentence += f" {wording.several(left, 'thing')} in it {'was' if left == 1 else 'were'} not understood."
    try:
        importing.keep(window.bridge.document, name, proposal.remarks)
    except CannotSave as problem:
        window.say("warn", f"{sentence} The list of it could not be kept: {problem}")
    else:
        offer = "Show what to look at" if proposal.remarks else ""
        window.say("info", sentence, offer, lambda: show_left(window))


def show_left(window: Window) -> None:
    """Show what imports left to look at."""
    from cypp_desktop.ui.dialogs.importing.left import LeftDialog

    if window.bridge:
        dialog = LeftDialog(window.bridge, window)
        dialog.exec()
        dialog.deleteLater()


def _ask(window: Window, name: str, read: Callable[[], Source], plan: Plan) -> Proposal | None:
    dialog = ImportDialog(name, read, plan, window)
    wanted = dialog.exec()
    dialog.deleteLater()
    return dialog.proposal if wanted else None


def _title(proposal: Proposal) -> str:
    return str(dict(proposal.details).get("title", ""))
