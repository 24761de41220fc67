"""Who changed what: every change of a record or of the plan, before and after as words, who and when."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cypp_desktop.document.document import Entry
from cypp_desktop.domain.change import DELETED, KIND, PLACE
from cypp_desktop.domain.naming import field_name, record_name, said
from cypp_desktop.domain.plan import Plan
from cypp_desktop.ui import theme, wording
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.difference import Difference

SHOWN = 60
"""Steps shown at first; a button shows as many again."""
FIELDS = 12
"""Fields shown of one step."""
_OPS = {"undo": "undid", "redo": "did again", "restore": "brought back", "delete": "deleted"}


class HistoryDialog(QDialog):
    """The history of a record, or of the whole plan where ``record`` is "", latest first; nothing is changed here."""

    def __init__(self, bridge: Bridge, record: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        plan = bridge.plan
        found = plan.get(record)
        self.setWindowTitle("Who changed what")
        self._plan, self._record = plan, record
        entries = bridge.document.history(record, 2000)
        self._steps = [list(group) for _, group in groupby(entries, key=lambda entry: entry.step)]
        self._shown = 0
        pane = QWidget()
        pane.setProperty("role", "pane")
        self._cards = QVBoxLayout(pane)
        self._cards.setContentsMargins(theme.grid(2), 0, theme.grid(2), theme.grid(2))
        self._cards.setSpacing(theme.grid(1))
        self._cards.addStretch(1)
        area = QScrollArea()
        area.setWidget(pane)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        title = theme.label(
            record_name(plan, found) if found and record != plan.root else "The whole plan", size="heading"
        )
        title.setWordWrap(True)
        count = theme.label(wording.several(len(self._steps), "change"), tone="muted")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self._more = buttons.addButton("Show more", QDialogButtonBox.ButtonRole.ActionRole)
        self._more.clicked.connect(self.show_more)
        column = QVBoxLayout(self)
        head = QVBoxLayout()
        head.setContentsMargins(theme.grid(2), theme.grid(1), theme.grid(2), theme.grid(1))
        head.addWidget(title)
        head.addWidget(count)
        column.addLayout(head)
        column.addWidget(area, 1)
        column.addWidget(buttons)
        self.resize(theme.grid(80), theme.grid(72))
        self.show_more()

    def show_more(self) -> None:
        """Show further steps below."""
        for entries in self._steps[self._shown : self._shown + SHOWN]:
            self._cards.insertWidget(self._cards.count() - 1, _card(self._plan, entries, self._record))
        self._shown += SHOWN
        self._more.setVisible(self._shown < len(self._steps))


def _card(plan: Plan, entries: list[Entry], about: str) -> QFrame:
    """One step: who, when, and below it each field, with its record's name where that is not the dialog's own."""
    card = QFrame()
    card.setProperty("role", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(theme.grid(2), theme.grid(1.5), theme.grid(2), theme.grid(1.5))
    column.setSpacing(theme.grid(0.75))
    first = entries[0]
    head = QHBoxLayout()
    head.addWidget(theme.label(_sentence(first), size="strong", wrap=True), 1)
    moment = datetime.fromisoformat(first.at).astimezone()
    when = theme.label(wording.when(moment, datetime.now(UTC)), size="small", tone="muted")
    when.setToolTip(f"{moment:%d %B %Y, %H:%M:%S}")
    head.addWidget(when)
    column.addLayout(head)
    shown = [entry for entry in entries if _tells(entry)]
    for entry in shown[:FIELDS]:
        name = _capital(field_name(plan, entry.field))
        if entry.record != about:
            name = f"{_named(plan, entry.record)} · {name}"
        column.addWidget(theme.label(name, size="small", tone="muted", wrap=True))
        after = said(plan, entry.field, entry.after)
        column.addWidget(theme.label(after, wrap=True) if entry.op == "add" else _difference(plan, entry, after))
    if len(shown) > FIELDS:
        rest = wording.several(len(shown) - FIELDS, "more field")
        column.addWidget(theme.label(f"and {rest}", tone="muted"))
    return card


def _tells(entry: Entry) -> bool:
    return entry.field not in (KIND, DELETED) and not (entry.op == "add" and entry.field == PLACE)


def _named(plan: Plan, record: str) -> str:
    found = plan.get(record)
    return record_name(plan, found) if found else "Something deleted"


def _difference(plan: Plan, entry: Entry, after: str) -> QWidget:
    return Difference(said(plan, entry.field, entry.before), after)


def _sentence(entry: Entry) -> str:
    if entry.field == DELETED:
        return f"{entry.author} {'deleted it' if entry.after else 'brought it back'}"
    doing = "added it" if entry.op == "add" else f"{_OPS.get(entry.op, 'changed')} this"
    return f"{entry.author} {doing}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
