"""The top of the page: which priority and outcome it is, its plan, its counts, and the period that is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, repeat

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cypp_desktop.domain import rows
from cypp_desktop.domain.plan import Outcome, Priority
from cypp_desktop.ui import theme, wording
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.chips import CountsBar
from cypp_desktop.ui.period_chooser import PeriodChooser


class Heading(QWidget):
    """Says what the page is about."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._kicker = theme.label(size="small", tone="accent")
        strong = self._kicker.font()
        strong.setBold(True)
        self._kicker.setFont(strong)
        self._above = theme.label(size="small", tone="muted", wrap=True)
        self._title = theme.label(size="heading", wrap=True)
        self.facts = Facts()
        self.counts = CountsBar()
        self.period = PeriodChooser(bridge)
        self._lay_out()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.grid(1))
        top.addWidget(self._kicker)
        top.addWidget(self._above, 1)
        top.addWidget(self.period, 0, Qt.AlignmentFlag.AlignRight)  # as wide as its words, also with nothing above
        below = QHBoxLayout()
        below.setSpacing(theme.grid(2))
        below.addWidget(self.facts, 1)
        below.addWidget(self.counts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(0.75))
        column.addLayout(top)
        column.addWidget(self._title)
        column.addLayout(below)

    def show_top(self, top: Priority | Outcome) -> None:
        """Name a priority, or an outcome with those that share its row."""
        plan = self._bridge.plan
        if isinstance(top, Outcome):
            above = plan.ancestors(top.id)
            first = above[0] if above else top
            kicker = priority_name(first) if isinstance(first, Priority) else ""
            titles = " › ".join(str(getattr(one, "title", "")) for one in above)
            lines = [f"{one.ref}  {one.title}".strip() for one in rows.group_of(plan, top)]
        else:
            kicker, titles = priority_name(top), plan.details.subtitle
            lines = [top.title]
        _say(self._kicker, kicker)
        _say(self._above, titles)
        _say(self._title, "\n".join(lines))
        self._title.setAccessibleName(", ".join(lines))

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Count the actions by the id of their status."""
        self.counts.show_counts([(status, counts.get(status.id, 0)) for status in self._bridge.plan.statuses])


class Facts(QWidget):
    """Names, muted, each with its value behind it: "Plan  MASH Action Plan    Key actions  7"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.grid(0.75))
        self._row.addStretch(1)
        self._pairs: list[tuple[QLabel, QLabel]] = []

    def say(self, facts: Mapping[str, str]) -> None:
        """Show other facts, in the labels that are there; one more is made only where they do not suffice."""
        while len(self._pairs) < len(facts):
            pair = theme.label(tone="muted"), theme.label()
            pair[1].setContentsMargins(0, 0, theme.grid(1.5), 0)
            for label in pair:
                self._row.insertWidget(self._row.count() - 1, label)
            self._pairs.append(pair)
        for (name, value), fact in zip(self._pairs, chain(facts.items(), repeat(("", ""))), strict=False):
            _say(name, fact[0])
            _say(value, fact[1])
        self.setAccessibleName(", ".join(f"{name} {value}" for name, value in facts.items()))


def priority_name(priority: Priority) -> str:
    """How a priority is called: "Priority One", else "Priority 1"."""
    return priority.label or f"Priority {priority.ref}".strip()


def _say(label: QLabel, words: str) -> None:
    words = wording.bounded(words)
    if label.text() != words:
        label.setText(words)
    label.setVisible(bool(words))
