"""The page "Review what came": every change that copies brought, to be kept or put back, as with tracked changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QMenu, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from cypp_desktop.document import review
from cypp_desktop.document.document import CannotSave
from cypp_desktop.document.review import KEPT, PUT_BACK, Contribution, Span
from cypp_desktop.domain.change import Refused
from cypp_desktop.domain.plan import Details
from cypp_desktop.ui import theme, wording
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.changes import list as cards
from cypp_desktop.ui.changes.list import ChangesList, ChangesModel
from cypp_desktop.ui.changes.rows import BY_PERSON, BY_PLACE, BY_TIME, KINDS, STATES, Filter, arranged, chosen
from cypp_desktop.ui.changes.source import Source
from cypp_desktop.ui.controls import Chooser
from cypp_desktop.ui.empty import Empty
from cypp_desktop.ui.models.questions import Questions

_SPANS = {  # what is looked through, and how many days back
    "What came in copies": None,
    "What came last": None,
    "All changes of a day": 1,
    "All changes of a week": 7,
    "All changes of a month": 31,
    "All changes of a year": 366,
}
_NOTHING = "Nothing has come in copies yet. What comes is looked through here before it is settled."
_NONE = "Nothing is like that among what came."
_LOOKING = "The history is being read…"


class ReviewPanel(QWidget):
    """The list of what came, with choosers for its part, order and filter."""

    wanted = Signal(str)
    """A record to go to."""
    said = Signal(str)
    """What was done, which can be undone."""

    def __init__(self, bridge: Bridge, source: Source, questions: Questions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._source, self._questions = bridge, source, questions
        self.model = ChangesModel(bridge.plan, reviewing=bridge.editable, parent=self)
        self.list = ChangesList(self.model, "What people changed")
        self.list.setAccessibleDescription(
            "J and K walk, Enter goes there, Control and Enter keeps, Delete puts back, the menu key shows more"
        )
        self._about = theme.label(tone="muted", wrap=True)
        self.spans, self.order, self.people, self.kinds, self.states = (Chooser() for _ in range(5))
        self.keep_all = QPushButton("Keep all that are listed")
        self._empty = Empty("inbox", _NOTHING)
        self._lay_out()
        self._connect()
        self.refresh()

    def _lay_out(self) -> None:
        for words in _SPANS:
            self.spans.addItem(words, words)
        for words, value in (("By person", BY_PERSON), ("By place", BY_PLACE), ("By time", BY_TIME)):
            self.order.addItem(words, value)
        for name, words in KINDS.items():
            self.kinds.addItem(words, name)
        for name, words in STATES.items():
            self.states.addItem(words, name)
        for chooser, name in (
            (self.spans, "Which part of the history"),
            (self.order, "How the list is arranged"),
            (self.people, "Whose changes"),
            (self.kinds, "Which kinds of change"),
            (self.states, "Reviewed or not"),
        ):
            chooser.setAccessibleName(name)
        choosers = QGridLayout()
        choosers.setSpacing(theme.grid(1))
        for place, chooser in enumerate((self.spans, self.people, self.kinds, self.states, self.order)):
            choosers.addWidget(chooser, place // 3, place % 3)
        choosers.addWidget(self.keep_all, 1, 2)
        room = QWidget()
        self._stack = QStackedLayout(room)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.grid(2.5), theme.grid(1.5), theme.grid(1.5), theme.grid(1))
        column.setSpacing(theme.grid(1.5))
        column.addWidget(theme.label("Review what came", size="heading", wrap=True))
        column.addWidget(self._about)
        column.addLayout(choosers)
        column.addWidget(room, 1)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self._source.changed.connect(self.refresh)
        self._questions.changed.connect(self.refresh)
        self.spans.activated.connect(self._look_at)
        for chooser in (self.order, self.people, self.kinds, self.states):
            chooser.activated.connect(self.refresh)
        self.keep_all.clicked.connect(lambda: self._judge(self._listed(), KEPT))
        self.list.opened.connect(self._open)
        self.list.acted.connect(self._act)
        self.list.menu_wanted.connect(self._menu)

    # --- what is shown ---

    def _look_at(self, _place: int) -> None:
        words = str(self.spans.currentData())
        if days := _SPANS[words]:
            since = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
            self._source.look_at(Span(since=since))
        else:
            self._source.look_at(Span(came=True, last=words == "What came last"))
        self.refresh()

    def refresh(self, _cause: object = None) -> None:
        """Show what there is now; the same card stays the current one, or what has come into its place."""
        found = self._source.found
        self._list_people(found)
        wanted = Filter(
            str(self.people.currentData() or ""), str(self.kinds.currentData()), str(self.states.currentData())
        )
        undecided = {(one.record, one.field) for one in self._questions.open}
        place, current = self.list.currentIndex().row(), self.list.current()
        plan = self._bridge.plan
        self.model.show(plan, arranged(plan, chosen(found, wanted, undecided), str(self.order.currentData())))
        if self.model.rows:
            same = (at for at, row in enumerate(self.model.rows) if current and _same(row.contribution, current))
            self.list.go(next(same, max(0, min(place, len(self.model.rows) - 1))))
        self._say(found)

    def _list_people(self, found: Sequence[Contribution]) -> None:
        names = sorted({one.author for one in found})
        before = str(self.people.currentData() or "")
        if [self.people.itemData(place) for place in range(1, self.people.count())] != names:
            self.people.clear()
            self.people.addItem("Everybody", "")
            for name in names:
                self.people.addItem(name, name)
            self.people.setCurrentIndex(max(0, self.people.findData(before)))

    def _say(self, found: Sequence[Contribution]) -> None:
        done = sum(not one.open for one in found)
        words = f"{done:,} of {len(found):,} reviewed" if found else ""
        self._about.setText(words)
        self._about.setVisible(bool(words))
        listed = [one for one in self._listed() if one.open]
        self.keep_all.setEnabled(bool(listed) and self._bridge.editable)
        self.keep_all.setText(f"Keep all {len(listed):,} that are listed" if listed else "Keep all that are listed")
        if not self._source.known:
            self._empty.say(_LOOKING)
        elif found and done == len(found):
            self._empty.say(f"All is reviewed: {wording.several(done, 'change')}.")
        else:
            self._empty.say(_NONE if found or not self._source.span.came else _NOTHING)
        self._stack.setCurrentWidget(self.list if self.model.rows else self._empty)

    def _listed(self) -> list[Contribution]:
        return [row.contribution for row in self.model.rows if row.contribution]

    # --- what is done ---

    def _open(self, row: int) -> None:
        if (one := self.model.rows[row].contribution) is None:
            return
        plan, record = self._bridge.plan, one.record
        there = record.id if record.id in plan else record.parent if record.parent in plan else plan.root
        self.wanted.emit("page:plan" if isinstance(plan[there], Details) else there)

    def _act(self, row: int, words: str) -> None:
        found = self.model.rows[row]
        contributions = [found.contribution] if found.contribution else list(found.under)
        self._judge(contributions, KEPT if words in (cards.KEEP, cards.KEEP_ALL) else PUT_BACK)

    def _judge(self, contributions: Sequence[Contribution], verdict: str) -> None:
        """Keep or put back what is open of some contributions, as one step, and say so."""
        wanted = [one for one in contributions if one.open]
        if not wanted:
            return
        if verdict == KEPT:
            if not self._bridge.commit(review.keep(wanted)):
                return
        else:
            wanted = self._put_back(wanted)
        if wanted:
            self._source.judged(wanted, verdict)
            if len(wanted) > 1:
                several = wording.several(len(wanted), "change")
                self.said.emit(f"{several} {'kept' if verdict == KEPT else 'put back'}.")

    def _put_back(self, wanted: list[Contribution]) -> list[Contribution]:
        """Put all back that can be; those that can be."""
        document = self._bridge.document
        try:
            document.put_back(wanted)
        except Refused as problem:
            rest = [one for one in wanted if one.doing != "added"]
            if len(wanted) == 1 or not rest or len(rest) == len(wanted):
                self._bridge.failed.emit(str(problem))
                return []
            return self._put_back(rest)
        except CannotSave as problem:
            self._bridge.failed.emit(str(problem))
            self._bridge.unsaved.emit(str(problem))
            return []
        self._bridge.saved.emit()
        return wanted

    def _menu(self, row: int, place: QPoint) -> None:
        if self.model.rows[row].contribution is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Go to it\tEnter", lambda: self._open(row))
        for words, key in ((cards.KEEP, "Ctrl+Enter"), (cards.PUT_BACK, "Delete")):
            if words in self.model.buttons(row):
                menu.addAction(f"{words}\t{key}", partial(self._act, row, words))
        menu.popup(place)


def _same(one: Contribution | None, other: Contribution) -> bool:
    return one is not None and (one.author, one.units) == (other.author, other.units)
