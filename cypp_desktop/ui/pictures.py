"""Every screen of the program as a picture, drawn unseen: for the guide, and for looking."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from cypp_desktop.document.document import Document
from cypp_desktop.domain.plan import Action, Measure, Outcome, Plan, Priority, Record, Section
from cypp_desktop.domain.slips import own_actions
from cypp_desktop.ui import theme
from cypp_desktop.ui.app import Program, make_app
from cypp_desktop.ui.models.tree import ACTIONS, LEADS, PLAN, READY, REVIEW, SECTIONS, SETTLE
from cypp_desktop.ui.panes import INSPECTOR
from cypp_desktop.ui.window import Window

if TYPE_CHECKING:
    from cypp_desktop.ui.copies.handover import Letter
    from cypp_desktop.ui.pack.dialog import PackDialog

_TABLE = (
    "Key activity\tKey action\tLead\tDue\tRating\tRemarks\n"
    "1.1 Early help\tOpen a second centre\tA. Officer / B. Officer\tBy end June\tGreen\tLease agreed\n"
    "1.2 Transitions\tAgree the pathway\tB. Officer\tOngoing\tWaiting\t\n"
)
LOOKS = (("light", 1.0), ("dark", 1.0), ("light", 2.0), ("dark", 2.0))


def draw_all(folder: Path, plan: Path) -> list[Path]:
    """Draw each screen on a plan, light and dark, at 100 % and 200 %, into PNG files of a folder.

    The plan itself is not touched: a copy of it is opened. Raises Refused where it is no plan.
    """
    folder.mkdir(parents=True, exist_ok=True)
    program = Program(make_app())
    made = []
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / plan.name
        shutil.copyfile(plan, copy)
        for scheme, zoom in LOOKS:
            theme.choose_scheme(scheme)
            theme.choose_zoom(zoom)
            for name, widget in _screens(program, copy):
                path = folder / f"{name}-{scheme}{'-200' if zoom > 1 else ''}.png"
                settle()
                widget.grab().save(str(path))
                made.append(path)
    return made


def settle() -> None:
    """Have everything that waits be done: layouts, deletions, paints."""
    for _ in range(4):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _wait_for(ready: Callable[[], bool], seconds: float = 20) -> None:
    """Let the program work until something is ready, or there is no hope of it."""
    end = time.monotonic() + seconds
    while not ready() and time.monotonic() < end:
        settle()
        time.sleep(0.02)


def _is_made(pack: PackDialog) -> bool:
    return bool(pack.view.data)


def _screens(program: Program, path: Path) -> Iterator[tuple[str, QWidget]]:
    start = program.show_start()
    start.resize(1440, 900)
    yield "start", start
    start.close()
    window = Window(program, Document.open(path, "Somebody"))
    window.resize(1440, 900)
    window.show()
    yield from _records(window)
    yield from _narrow(window)
    yield from _dialogs(window)
    window.close()
    settle()
    yield from _slip(program, path)
    settle()


def _records(window: Window) -> Iterator[tuple[str, QWidget]]:
    if not window.view:
        return
    bridge, search = window.view.bridge, window.view.search
    window.view.readiness.finish()
    window.view.questions.finish()
    window.view.came.finish()
    places = {
        "plan": PLAN,
        "actions": ACTIONS,
        "leads": LEADS,
        "sections": SECTIONS,
        "ready": READY,
        "review": REVIEW,
        "settle": SETTLE,
        **{kind.kind: found for kind, found in _examples(bridge.plan)},
    }
    for name, place in places.items():
        bridge.select(place)
        _wait_for(window.view.inspector.rests)
        yield name, window
    search.setFocus()
    search.setText("health")
    search.textEdited.emit("health")
    yield "search", window
    search.clear()
    search.textEdited.emit("")


def _examples(plan: Plan) -> Iterator[tuple[type[Record], str]]:
    """A telling record of each kind: the outcome with most actions, and its last action."""
    outcomes = [one for one in plan if isinstance(one, Outcome)]
    outcome = max(outcomes, key=lambda one: (len(plan.actions(one.id)), one.order), default=None)
    if outcome:
        yield Outcome, outcome.id
        if actions := plan.actions(outcome.id):
            yield Action, actions[-1].id
    for kind in (Priority, Measure, Section):
        found = next((one for one in plan if isinstance(one, kind)), None)
        if found:
            yield kind, found.id


def _narrow(window: Window) -> Iterator[tuple[str, QWidget]]:
    if window.view:
        for kind, found in _examples(window.view.bridge.plan):
            if kind is Action:
                window.view.bridge.select(found)
        window.resize(1000, 760)
        settle()
        window.view.panes.show_side(INSPECTOR, True)
        yield "narrow", window
        window.resize(1440, 900)


def _letter(plan: Plan) -> Letter:
    from cypp_desktop.exchange import handover
    from cypp_desktop.ui.copies.handover import Letter

    return Letter("Somebody", "", "", handover.letter(plan, "whole", "Somebody"))


def _slip(program: Program, path: Path) -> Iterator[tuple[str, QWidget]]:
    """The window of a return slip, where the plan has anything to ask a lead for."""
    from cypp_desktop.exchange import sending

    with closing(Document.open(path, "Somebody")) as document:
        plan = document.plan
        if plan.current_period and plan.current_period.closed:
            return
        most = max(plan.leads, key=lambda lead: len(own_actions(plan, [lead.id])), default=None)
        if most is None or plan.current_period is None or not own_actions(plan, [most.id]):
            return
        made = sending.named(plan, sending.slip(plan, [most.id]), path.parent)
        sending.write(document, made)
    window = Window(program, Document.open(made.path, most.name))
    window.resize(1440, 900)
    window.show()
    yield "slip", window
    window.close()
    made.path.unlink()


def _dialogs(window: Window) -> Iterator[tuple[str, QWidget]]:
    from cypp_desktop.exchange.tables import reading
    from cypp_desktop.ui.copies.handover import HandOverDialog
    from cypp_desktop.ui.copies.out import CopiesOutDialog
    from cypp_desktop.ui.copies.send import SendDialog
    from cypp_desktop.ui.dialogs.history import HistoryDialog
    from cypp_desktop.ui.dialogs.importing import ImportDialog
    from cypp_desktop.ui.dialogs.keys import KeysDialog
    from cypp_desktop.ui.dialogs.new_plan import NewPlanDialog
    from cypp_desktop.ui.dialogs.period import PeriodDialog
    from cypp_desktop.ui.dialogs.remove import RemoveDialog
    from cypp_desktop.ui.dialogs.restore import RestoreDialog
    from cypp_desktop.ui.help.about import AboutDialog
    from cypp_desktop.ui.help.guide import GuideWindow
    from cypp_desktop.ui.help.settings_dialog import SettingsDialog
    from cypp_desktop.ui.pack.dialog import PackDialog

    bridge = window.bridge
    if bridge is None:
        return
    makers: dict[str, Callable[[], QDialog]] = {
        "new": lambda: NewPlanDialog(window),
        "import": lambda: ImportDialog("actions.csv", lambda: reading.read_text(_TABLE), bridge.plan, window),
        "period": lambda: PeriodDialog(bridge, window),
        "history": lambda: HistoryDialog(bridge, "", window),
        "remove": lambda: RemoveDialog(bridge, (), window),
        "restore": lambda: RestoreDialog(bridge, window),
        "keys": lambda: KeysDialog(window.commands.list(), window),
        "about": lambda: AboutDialog(window),
        "send": lambda: SendDialog(bridge, window),
        "hand over": lambda: HandOverDialog("The copy is ready to go", [_letter(bridge.plan)], window),
        "copies out": lambda: CopiesOutDialog(bridge, window),
        "guide": lambda: GuideWindow(window),
        "settings": lambda: SettingsDialog(window),
        "pack": lambda: PackDialog(bridge, window),
    }
    for name, make in makers.items():
        dialog = make()
        dialog.show()
        if isinstance(dialog, HistoryDialog):
            dialog.source.finish()
        if isinstance(dialog, ImportDialog):
            _wait_for(dialog.button.isEnabled)
        if isinstance(dialog, PackDialog):
            _wait_for(partial(_is_made, dialog))
            _wait_for(lambda: False, 0.4)  # its pages are drawn a little later
        yield name, dialog
        dialog.close()
        dialog.deleteLater()
