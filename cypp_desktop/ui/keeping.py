"""That nothing typed is ever lost: drafts after a crash, the way out where a plan cannot be saved, and backups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from cypp_desktop.document import backups
from cypp_desktop.document.document import CannotSave, Document, Draft
from cypp_desktop.domain import naming
from cypp_desktop.domain.change import Refused, Step, edit, joined
from cypp_desktop.domain.plan import Plan, cell
from cypp_desktop.ui import files, places, settings, state, wording
from cypp_desktop.ui.models import writing
from cypp_desktop.ui.work import Work

if TYPE_CHECKING:
    from cypp_desktop.ui.plan_view import PlanView
    from cypp_desktop.ui.window import Window

SHOWN = 60
"""How many letters are shown of what was being typed."""
LOOK_EVERY = 5 * 60_000
"""Milliseconds after which it is looked whether a backup is due."""
FOLLOW_EVERY = 20_000
"""Milliseconds after which a plan that somebody else edits, and that can only be read here, is looked at again."""
Texts = Mapping[tuple[str, str], str]
"""Words by the record and field that they were typed into."""


class Keeping(QObject):
    """Watches over one open plan: makes backups off the UI thread, and looks whether its file is still there."""

    def __init__(self, window: Window, view: PlanView) -> None:
        super().__init__(window)
        self._window, self._view = window, view
        self._backup: Work | None = None
        self._missed = ""
        self._timer = QTimer(self, interval=LOOK_EVERY)
        self._timer.timeout.connect(lambda: self.back_up(backups.EDITING))
        if isinstance(app := QApplication.instance(), QApplication):
            app.focusWindowChanged.connect(self._look_again)
        if view.bridge.editable:
            self._timer.start()
            self.back_up(backups.OPENING)
            self._say_place()
        elif not view.bridge.writable:
            self._free = False
            self._reader = QTimer(self, interval=FOLLOW_EVERY)
            self._reader.timeout.connect(self._follow)
            self._reader.start()

    def _look_again(self) -> None:
        """Look when the window comes to the front; nothing in the window waits for every change of its state."""
        if self._window.isActiveWindow():
            self.look()

    def back_up(self, why: str) -> None:
        """Make a backup where the plan changed since the last; every half hour while it is edited."""
        if self._backup is None:
            path, least = self._view.bridge.document.path, backups.EVERY
            work = Work(
                lambda _say: backups.keep_if_changed(path, why, **({"least": least} if why == backups.EDITING else {})),
                "The backup could not be written",
            )
            work.failed.connect(self._say_missed)
            work.done.connect(self._say_done)
            work.finished.connect(self._over)
            self._backup = work.begin()

    def _over(self) -> None:
        self._backup = None

    def _say_done(self, made: Path | None) -> None:
        self._missed = ""
        if made:
            at = datetime.now(UTC).astimezone()
            self._view.line.say_more(f"Last backup at {at:%H:%M}. File › Restore a backup… shows all.")

    def _say_missed(self, sentence: str) -> None:
        if sentence != self._missed:  # once is enough
            self._missed = sentence
            self._view.line.say_more(sentence)
            self._view.say("warn", sentence)

    def _say_place(self) -> None:
        """Say once of each plan that it lies where files get lost, or where two people may write at a time."""
        document = self._view.bridge.document
        if places.is_temporary(document.path):
            sentence = (
                "This plan was opened from an e-mail or a folder for temporary files, which may be emptied at any time."
            )
            save = ("Save it first…", lambda: save_elsewhere(self._window))
            self._view.banners.standing.ask("warn", sentence, save, ("Not now", lambda: None))
        elif (where := places.shared(document.path)) and settings.once(f"place {document.doc_id}"):
            sentence = (
                f"This plan lies in {where}. Only one person should have it open at a time; send copies to the others."
            )
            self._view.banners.standing.ask("info", sentence, ("Understood", lambda: None))

    def look(self) -> None:
        """Look whether the file is still there and as it is shown, as when one comes back to the window."""
        bridge = self._view.bridge
        if bridge.editable and (trouble := bridge.document.trouble()):
            bridge.unsaved.emit(trouble)
        elif not bridge.writable:
            self._follow()

    def _follow(self) -> None:
        """Show what whoever has the file has written to it since."""
        document, window = self._view.bridge.document, self._window
        with suppress(CannotSave):  # it is gone, or cannot be reached: what is shown stays
            document.follow()
        if document.lock.given_up and document.path.exists() and not self._free:
            self._free = True
            again = ("Edit it now", lambda: window.program.open_anyway(window, force=False))
            self._view.banners.standing.ask_instead("info", state.GIVEN_UP, again, stays=True)


# --- drafts ----------------------------------------------------------------------------------------------------------


def offer_drafts(window: Window, view: PlanView) -> None:
    """Offer what was being typed when the program last ended; who does not want it now is offered it again later."""
    drafts = view.bridge.document.drafts() if view.bridge.writable else []
    if drafts:
        put_back = ("Put it back", lambda: put_back_drafts(window, view, drafts))
        sentence = _said(view.bridge.plan, drafts, view.bridge.document.author)
        view.banners.standing.ask("info", sentence, put_back, ("Not now", lambda: None))


def _said(plan: Plan, drafts: Sequence[Draft], author: str) -> str:
    names = sorted({draft.author for draft in drafts})
    who = "You were" if names == [author] else f"{names[0]} was" if len(names) == 1 else "Several people were"
    if len(drafts) > 1:
        return f"{who} writing {wording.several(len(drafts), 'text')} when the program last ended."
    (draft,) = drafts
    record, words = plan.get(draft.record), _end(naming.said(plan, draft.field, draft.value))
    where = f", {naming.field_name(plan, draft.field)} of {naming.record_name(plan, record)}," if record else ""
    return f"{who} writing this{where} when the program last ended: “{words}”"


def _end(words: str) -> str:
    """The last words, which are those that were typed."""
    words = " ".join(words.split())
    return words if len(words) <= SHOWN else f"…{words[-SHOWN:].partition(' ')[2]}"


def put_back_drafts(window: Window, view: PlanView, drafts: Sequence[Draft]) -> None:
    """Take over texts that were being typed, as one step; what cannot be put back is kept, and said."""
    put = {(one.record, one.field): one.value for one in drafts}  # of one cell, the latest
    step, left = step_of(view.bridge.plan, put)
    if view.bridge.commit(step):
        done = [one for one in drafts if (one.record, one.field) not in left]
        try:
            view.bridge.document.forget(done)
        except CannotSave as problem:
            view.bridge.failed.emit(str(problem))
    if left:
        _hand_over(window, left)


def step_of(plan: Plan, texts: Texts) -> tuple[Step, Texts]:
    """One step that puts typed words into the plan, and those for which there is no place any more."""
    steps, left = [], {}
    for (record, field), words in texts.items():
        try:
            steps.append(_typed(plan, record, field, words))
        except (Refused, KeyError):
            left[record, field] = words
    return joined("text typed before", steps), left


def _typed(plan: Plan, record: str, field: str, words: str) -> Step:
    if isinstance(cell(plan[record], field), tuple):  # as the fields with a line for each take them
        lines = tuple(line.strip() for line in words.split("\n") if line.strip())
        return edit(plan, record, {field: lines})
    return writing.words(plan, record, field, words.strip())


def _hand_over(window: Window, texts: Texts) -> None:
    """Words without a place: on the clipboard, and said."""
    from PySide6.QtGui import QGuiApplication

    QGuiApplication.clipboard().setText("\n\n".join(texts.values()))
    window.say("warn", "What you were writing has no place in the plan any more: it is on the clipboard, to be pasted.")


# --- the way out -----------------------------------------------------------------------------------------------------


def save_elsewhere(window: Window) -> None:
    """Write the plan, with all that is typed and not saved, to another place, and go on there."""
    if window.view is None:
        return
    view, document = window.view, window.view.bridge.document
    view.commit_editors()
    texts = view.unsaved()
    path = files.ask_save(window, "Save a copy elsewhere", document.path.stem)
    if path is None:
        return
    try:
        window.program.look_free(path)
        document.save_copy(path)
        left = _add(path, texts)
    except (CannotSave, Refused) as problem:
        view.bridge.failed.emit(str(problem))
        return
    opened = window.program.open(path, window)
    if opened:
        window.give_up()
        opened.say("info", f"You are working on “{path.name}” in “{wording.place(path)}” now.")
        if left:
            _hand_over(opened, left)


def _add(path: Path, texts: Texts) -> Texts:
    """Put words into a plan file; those for which there is no place."""
    if not texts:
        return {}
    copy = Document.open(path, settings.author())
    try:
        step, left = step_of(copy.plan, texts)
        copy.commit(step)
    finally:
        copy.close()
    return left
