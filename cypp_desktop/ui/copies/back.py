"""Sending a return slip back: a copy of it for the officer, who takes it in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget

from cypp_desktop.document import sent
from cypp_desktop.document.document import CannotSave
from cypp_desktop.document.file import free_path
from cypp_desktop.domain.change import Refused
from cypp_desktop.domain.naming import title_of
from cypp_desktop.exchange import handover
from cypp_desktop.ui import settings
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.copies.handover import HandOverDialog, Letter


def send_back(bridge: Bridge, parent: QWidget | None = None, left: int = 0) -> None:
    """Write the copy beside the slip, or among the person's documents, and hand it over; ``left`` has no update."""
    try:
        path = write_back(bridge)
    except (CannotSave, Refused, OSError) as problem:
        bridge.failed.emit(str(problem))
        return
    subject = f"{bridge.plan.details.title or 'The plan'}: my update"
    letter = Letter("", "", subject, handover.answer(bridge.plan, bridge.document.author), path)
    dialog = HandOverDialog("Your update is ready to go back", [letter], parent, left)
    dialog.exec()
    dialog.deleteLater()


def write_back(bridge: Bridge) -> Path:
    """The written copy: "Plan – Lead back – date"; raises CannotSave where neither folder takes it."""
    document, plan = bridge.document, bridge.plan
    if document.slip is None:
        raise Refused("This is no return slip.")
    names = " and ".join(title_of(lead) for one in document.slip.leads if (lead := plan.get(one)))
    name = handover.file_name(plan, f"{names} back", date.today())  # noqa: DTZ011 - the person's own day
    failed: CannotSave | None = None
    for folder in (document.path.parent, settings.documents()):
        path = free_path(folder, name)
        try:
            document.save_copy(path, sent.slip_facts(document.slip))
        except CannotSave as problem:
            failed = problem
        else:
            return path
    raise failed or CannotSave("The copy could not be written.")
