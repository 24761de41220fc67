"""One open document as Qt sees it: what is selected, what changed, and the one way in which widgets change a plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QObject, Signal

from cypp_desktop.document.document import CannotSave, Document, Event
from cypp_desktop.domain.change import Refused, Step
from cypp_desktop.domain.periods import made_worse
from cypp_desktop.domain.plan import Period, Plan


class Bridge(QObject):
    """Carries steps to the document and its events to the widgets, all on the UI thread."""

    changed = Signal(object)
    """An :class:`Event`: the document has another plan now (emitted after the file has it)."""
    selected = Signal(str)
    """The id of the record that the window is about now; "" for none. Special pages: "page:plan", "page:sections"."""
    period_changed = Signal(str)
    """The id of the reporting period that is looked at."""
    failed = Signal(str)
    """One plain sentence: why something was not done or not saved."""
    unsaved = Signal(str)
    """After ``failed``, the same sentence: the file could not be written."""
    saved = Signal()
    asked_changed = Signal()
    """Other cells wait to be settled now."""
    worsened = Signal(object)
    """By period the actions whose status a step has just made worse, without a reason (see ``periods.made_worse``)."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.selection = ""
        self.within = ""
        """The special page that shows the selected record beside others; "" where it has a page of its own."""
        self._period = ""
        self.asked: frozenset[tuple[str, str]] = frozenset()
        """The cells, as (record, field), of which copies left open what is to stand there."""
        self._unsubscribe = document.subscribe(self._on_event)
        document.long.away = self._away
        self._told = self._looked_at

    @property
    def plan(self) -> Plan:
        """The plan as it is now."""
        return self.document.plan

    @property
    def period(self) -> Period | None:
        """The reporting period that is looked at: the chosen one, or the plan's current one."""
        chosen = self.plan.get(self._period)
        return chosen if isinstance(chosen, Period) else self.plan.current_period

    @property
    def _looked_at(self) -> str:
        return self.period.id if self.period else ""

    @property
    def editable(self) -> bool:
        """Whether the plan can be edited: the file can be written, and is no return slip."""
        return self.writable and not self.document.slip

    @property
    def writable(self) -> bool:
        """Whether steps can be taken at all: the file can be written."""
        return not self.document.read_only

    @property
    def why_not_editable(self) -> str:
        """Why the plan can only be read, as one sentence; "" where it can be edited."""
        reading = "This return slip is for your own actions; the rest of the plan can only be read."
        return self.document.read_only or (reading if self.document.slip else "")

    def ask(self, cells: Iterable[tuple[str, str]]) -> None:
        """Mark the cells that wait to be settled, and no others."""
        if (asked := frozenset(cells)) != self.asked:
            self.asked = asked
            self.asked_changed.emit()

    def look_at(self, period: str) -> None:
        """Look at another reporting period."""
        if period != self._period:
            self._period = period
            self._tell_period()

    def _tell_period(self) -> None:
        """Tell of another period, be it chosen or come with a step that made another one the current one."""
        if self._looked_at != self._told:
            self._told = self._looked_at
            self.period_changed.emit(self._told)

    def select(self, record: str, *, again: bool = False, within: str = "") -> None:
        """Make the window about another record (or special page); ``again`` shows the same one anew.

        ``within`` is the special page that goes on being shown, beside which the record stands in the details.
        """
        if again or (record, within) != (self.selection, self.within):
            self.selection, self.within = record, within
            self.selected.emit(record)

    def commit(self, step: Step) -> bool:
        """Carry out a step; False, with a sentence in ``failed``, where it was refused or could not be saved."""
        if not step:
            return True
        if not self._try(lambda: self.document.commit(step)):
            return False
        if worse := made_worse(self.plan, step):
            self.worsened.emit(worse)
        return True

    def undo(self) -> bool:
        """Undo the last step."""
        return self._try(self.document.undo)

    def redo(self) -> bool:
        """Redo what was undone last."""
        return self._try(self.document.redo)

    def keep_draft(self, record: str, field: str, words: str) -> bool:
        """Keep words that are being typed in the file; False, with a sentence in ``failed``, where that failed."""
        return self._drafted(lambda: self.document.keep_draft(record, field, words))

    def drop_draft(self, record: str, field: str) -> bool:
        """Forget them; they became a step, or were put back."""
        return self._drafted(lambda: self.document.drop_draft(record, field))

    def _drafted(self, work: Callable[[], None]) -> bool:
        try:
            work()
        except CannotSave as problem:
            self.failed.emit(str(problem))
            self.unsaved.emit(str(problem))
            return False
        return True

    def close(self) -> None:
        """Let go of the document."""
        self._unsubscribe()
        self.document.close()

    def _away(self, work: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever the work returns
        from cypp_desktop.ui.away import Away  # for steps of thousands of changes

        return Away(self.document.long.stop)(work)

    def _try(self, work: Callable[[], object]) -> bool:
        try:
            work()
        except (Refused, CannotSave) as problem:
            self.failed.emit(str(problem))
            if isinstance(problem, CannotSave):
                self.unsaved.emit(str(problem))
            return False
        self.saved.emit()
        return True

    def _on_event(self, event: Event) -> None:
        if self.selection and not self.selection.startswith("page:") and self.selection not in event.after:
            gone = event.before.get(self.selection)
            parent = gone.parent if gone and gone.parent in event.after else ""
            self.select(self.within or parent)
        self.changed.emit(event)
        self._tell_period()
