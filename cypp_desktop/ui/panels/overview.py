"""The whole plan at a glance: its titles, and a card for each priority with the counts of its statuses."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from cypp_desktop.domain.plan import Outcome, Priority
from cypp_desktop.ui import theme, wording
from cypp_desktop.ui.banner import Banner
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.chips import CountsBar
from cypp_desktop.ui.controls import Card
from cypp_desktop.ui.empty import Empty
from cypp_desktop.ui.models.tree import TreeModel


class Overview(QScrollArea):
    """Shows the plan's own titles and its priorities; the counts are those of the tree."""

    priority_wanted = Signal()
    """A first priority is wanted."""
    ready_wanted = Signal()
    """The page with what is to be looked at is wanted."""

    def __init__(self, bridge: Bridge, tree: TreeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._tree = bridge, tree
        self.setWidgetResizable(True)
        self.setAccessibleName("Plan on a page")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._build)
        bridge.changed.connect(self.refresh)
        bridge.period_changed.connect(self.refresh)
        theme.signals.changed.connect(self.refresh)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._build()

    def refresh(self, _cause: object = None) -> None:
        """Show the plan as it is now, if it can be seen."""
        if self.isVisible():
            self._later.start()

    def _build(self) -> None:
        plan, page = self._bridge.plan, QWidget()
        page.setProperty("role", "pane")
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.grid(2.5), theme.grid(1.5), theme.grid(2.5), theme.grid(2))
        column.setSpacing(theme.grid(1))
        details = plan.details
        kicker = " · ".join(part for part in (details.organisation, details.years) if part)
        if kicker:
            column.addWidget(theme.label(kicker, size="small", tone="muted", wrap=True))
        column.addWidget(theme.label(details.title or "Untitled plan", size="heading", wrap=True))
        if details.subtitle:
            column.addWidget(theme.label(details.subtitle, tone="muted", wrap=True))
        column.addSpacing(theme.grid(1))
        if count := self._tree.findings:
            column.addWidget(self._banner(count))
        for priority in plan.priorities:
            column.addWidget(self._card(priority))
        if not plan.priorities:
            word = details.levels[0].lower() if details.levels else "priority"
            action = f"Add a {word}" if self._bridge.editable else ""
            empty = Empty("layout-dashboard", f"This plan has no {word} yet.", action)
            empty.acted.connect(self.priority_wanted)
            column.addWidget(empty, 1)
        column.addStretch(1)
        place = self.verticalScrollBar().value()
        self.setWidget(page)
        self.verticalScrollBar().setValue(place)

    def _banner(self, count: int) -> Banner:
        sentence = f"{wording.several(count, 'thing')} to look at before the board pack is ready."
        banner = Banner("warn", sentence, "Show them")
        banner.acted.connect(self.ready_wanted)
        return banner

    def _card(self, priority: Priority) -> QWidget:
        plan = self._bridge.plan
        card = Card(
            "card", f"{priority.label or priority.ref} {priority.title}, {self._tree.counts.words(priority.id)}"
        )
        card.clicked.connect(lambda: self._bridge.select(priority.id))
        words = QVBoxLayout()
        words.setSpacing(theme.grid(0.25))
        words.addWidget(theme.label(priority.label or f"{plan.level_word(priority)} {priority.ref}", tone="accent"))
        words.addWidget(theme.label(priority.title or "Untitled", size="strong", wrap=True))
        words.addWidget(theme.label(self._content(priority), size="small", tone="muted", wrap=True))
        card.row.addLayout(words, 1)
        bar = CountsBar()
        found = self._tree.counts.of(priority.id)
        bar.show_counts([(one, found.get(one.id, 0)) for one in plan.statuses])
        bar.setMinimumWidth(theme.grid(30))
        bar.setVisible(any(found.get(one.id) for one in plan.statuses))
        card.row.addWidget(bar, 0, Qt.AlignmentFlag.AlignVCenter)
        return card

    def _content(self, priority: Priority) -> str:
        plan = self._bridge.plan
        outcomes = [one for one in plan.branch(priority.id) if isinstance(one, Outcome)]
        level = plan.details.levels[1] if len(plan.details.levels) > 1 else "Outcome"
        actions = sum(self._tree.counts.of(priority.id).values())
        return f"{wording.several(len(outcomes), level)}, {wording.several(actions, plan.details.action_word)}"
