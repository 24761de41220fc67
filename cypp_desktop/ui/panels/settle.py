"""The page "To settle": what taking in copies left open, one question after another, and the rest in a list below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cypp_desktop.document.conflicts import Conflict
from cypp_desktop.domain.change import PLACE
from cypp_desktop.domain.naming import field_name, record_name, short, title_of
from cypp_desktop.domain.plan import Plan
from cypp_desktop.ui import theme, wording
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.empty import Empty
from cypp_desktop.ui.models.questions import Questions
from cypp_desktop.ui.panels import rest
from cypp_desktop.ui.panels.answers import Question
from cypp_desktop.ui.picture import Picture

_COUNTS = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six"}
_REST = 20  # questions in the list below
_NOTHING = "Nothing to settle. Where two copies say different things, both will stand here for you to choose."
_FOOT = "Settling is a step like any other: it can be undone, and the words not used stay in the history."


class SettlePanel(QWidget):
    """Shows one question, with the ways to answer it; the next one comes when it is settled."""

    wanted = Signal(str)
    """A record to go to."""

    def __init__(self, bridge: Bridge, questions: Questions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._questions = bridge, questions
        self._place = 0
        self._shown: Conflict | None = None
        self.question: Question | None = None
        """The card of the question that is shown."""
        self._kicker = theme.label(size="small", tone="accent")
        self._title = theme.label(size="heading", wrap=True)
        self._about = theme.label(tone="muted", wrap=True)
        self.previous, self.next, self.show_it = QPushButton("Previous"), QPushButton("Next"), QPushButton("Go to it")
        self._empty = Empty("check", _NOTHING)
        self._area = QScrollArea()
        self._rest = QVBoxLayout()
        self._lay_out()
        self._connect()
        self.show_questions()

    def _lay_out(self) -> None:
        for button in (self.previous, self.show_it):
            button.setProperty("kind", "quiet")
        words = QVBoxLayout()
        words.setSpacing(theme.grid(0.5))
        for label in (self._kicker, self._title, self._about):
            words.addWidget(label)
        head = QHBoxLayout()
        head.setSpacing(theme.grid(1))
        head.setContentsMargins(0, 0, theme.grid(1), 0)
        head.addLayout(words, 1)
        for button in (self.show_it, self.previous, self.next):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        pane = QWidget()
        pane.setProperty("role", "pane")
        self._column = QVBoxLayout(pane)
        self._column.setContentsMargins(0, 0, theme.grid(1), 0)
        self._column.setSpacing(theme.grid(2))
        self._rest.setSpacing(theme.grid(1))
        self._column.addLayout(self._rest)
        self._column.addLayout(_foot())
        self._column.addStretch(1)
        self._area.setWidget(pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.grid(2.5), theme.grid(1.5), theme.grid(1.5), theme.grid(1.5))
        column.setSpacing(theme.grid(1.5))
        column.addLayout(head)
        column.addWidget(self._empty, 1)
        column.addWidget(self._area, 1)

    def _connect(self) -> None:
        self._questions.changed.connect(self.show_questions)
        self.previous.clicked.connect(lambda: self.turn_to(self._place - 1))
        self.next.clicked.connect(lambda: self.turn_to(self._place + 1))
        self.show_it.clicked.connect(lambda: self.wanted.emit(self._shown.record if self._shown else ""))

    # --- what is shown ---

    def show_questions(self) -> None:
        """Show the questions as they are now; the one that is being answered stays where it is still open."""
        found = self._questions.open
        if self._shown in found:
            self._place = found.index(self._shown)
        self.turn_to(self._place)

    def turn_to(self, place: int) -> None:
        """Show another question; after the last comes the first."""
        found = self._questions.open
        self._place = place % len(found) if found else 0
        conflict = found[self._place] if found else None
        for widget in (self.previous, self.next):
            widget.setVisible(len(found) > 1)
        self.show_it.setVisible(bool(found))
        self._area.setVisible(bool(found))
        self._empty.setVisible(not found)
        self._say(conflict, len(found))
        if conflict != self._shown:
            self._put(conflict)
        self._list()  # after the question, so that Tab comes to it later

    def _say(self, conflict: Conflict | None, count: int) -> None:
        plan = self._bridge.plan
        self._kicker.setText(f"To settle · {self._place + 1} of {count}")
        self._kicker.setVisible(conflict is not None)
        self._title.setText(sentence(plan, conflict) if conflict else "To settle")
        about = title_of(plan[conflict.record]) if conflict and conflict.record in plan else ""
        self._about.setText(wording.bounded(about))
        self._about.setVisible(bool(self._about.text()))

    def _put(self, conflict: Conflict | None) -> None:
        self._shown = conflict
        focus = QApplication.focusWidget()
        had_focus = bool(self.question and focus and self.question.isAncestorOf(focus))
        if self.question:
            self._column.removeWidget(self.question)
            self.question.hide()
            self.question.deleteLater()
            self.question = None
        if conflict and conflict.record in self._bridge.plan:
            self.question = Question(self._bridge, conflict)
            self.question.later.connect(self._leave)
            self.question.settled.connect(lambda: self._questions.settled(conflict))
            self._column.insertWidget(0, self.question)
            self._area.verticalScrollBar().setValue(0)
        if had_focus:
            (self.question.first if self.question else self).setFocus()

    def _leave(self) -> None:
        """Go on to the next question; from the only one to what it is about."""
        if len(self._questions.open) > 1:
            self.turn_to(self._place + 1)
        elif self._shown:
            self.wanted.emit(self._shown.record)

    def _list(self) -> None:
        """The other questions, a row each."""
        while item := self._rest.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        others = [(place, one) for place, one in enumerate(self._questions.open) if place != self._place]
        if not others:
            return
        self._rest.addWidget(theme.label("Also to settle", size="strong", tone="muted"))
        card = QFrame()
        card.setProperty("role", "card")
        rows = QVBoxLayout(card)
        rows.setContentsMargins(theme.grid(0.5), theme.grid(0.5), theme.grid(0.5), theme.grid(0.5))
        rows.setSpacing(0)
        for place, one in others[:_REST]:
            plan = self._bridge.plan
            button = rest.row(plan, one, self._bridge.document.author, sentence(plan, one))
            button.clicked.connect(lambda _=False, to=place: self.turn_to(to))
            rows.addWidget(button)
        if len(others) > _REST:
            rows.addWidget(theme.label(f"and {len(others) - _REST:,} more", tone="muted"))
        self._rest.addWidget(card)


def _foot() -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.grid(1))
    row.addWidget(Picture("info", "muted", 18))
    row.addWidget(theme.label(_FOOT, tone="muted", wrap=True), 1)
    return row


def sentence(plan: Plan, conflict: Conflict) -> str:
    """A question in one sentence: "Two people changed the leads of Key action 1.5.6"."""
    record = plan.get(conflict.record)
    name = record_name(plan, record) if record and record.id != plan.root else "The plan"
    if conflict.kind == "deleted":
        return f"{name} was deleted in one copy and changed in another"
    if conflict.kind == "place":
        return f"{name} has lost its place"
    if conflict.kind == "twins" and record:
        return f"Two people seem to have added the same {plan.level_word(record).lower()}"
    if conflict.kind == "redact":
        return f"Remove something from the history of {name[:1].lower() if name == 'The plan' else name[:1]}{name[1:]}?"
    authors = len({side.author for side in conflict.sides})
    who = f"{_COUNTS.get(authors, authors)} people" if authors > 1 else "Two copies"
    if conflict.field == PLACE:
        return f"{who} moved {name} to different places"
    field = short(field_name(plan, conflict.field))
    comma = "," if "," in field else ""
    return f"{who} changed the {field}{comma} of {name[:1].lower() if name == 'The plan' else name[:1]}{name[1:]}"
