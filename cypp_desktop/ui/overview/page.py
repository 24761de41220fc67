"""The whole plan at a glance: by priority and outcome, by lead, and by reporting period."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QTabBar, QVBoxLayout, QWidget

from cypp_desktop.domain.naming import article, plural
from cypp_desktop.domain.plan import Lead, Period
from cypp_desktop.ui import theme, wording
from cypp_desktop.ui.banner import Banner
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.chips import CountsBar
from cypp_desktop.ui.drawings import FigureView
from cypp_desktop.ui.empty import Empty
from cypp_desktop.ui.models.tree import TreeModel
from cypp_desktop.ui.overview import measures
from cypp_desktop.ui.overview.legend import Legend
from cypp_desktop.ui.overview.lines import LinesCard
from cypp_desktop.ui.overview.rows import MORE, NO_STATUS, Row, Rows
from cypp_desktop.ui.period_chooser import PeriodChooser

BY_PRIORITY, BY_LEAD, BY_PERIOD, MEASURES = "priority", "lead", "period", "measures"
_TWO = 110.0  # the room for two cards side by side, in steps of the grid


class Overview(QScrollArea):
    """Shows a plan in the period that is looked at; every line leads to what it is about."""

    priority_wanted = Signal()
    """A first priority is wanted."""
    ready_wanted = Signal()
    """The page with what is to be looked at is wanted."""
    details_wanted = Signal()
    """The fields of the plan itself are wanted."""
    lead_wanted = Signal(str)
    """What a lead (by id, "" for none) has to do is wanted."""

    def __init__(self, bridge: Bridge, tree: TreeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._tree = bridge, tree
        self._rows: Rows | None = None
        self._whole: set[str] = set()  # priorities all of whose outcomes are listed
        self._cards: list[LinesCard] = []
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Plan on a page")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._lay_out()
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._show)
        bridge.changed.connect(self.refresh)
        bridge.period_changed.connect(self.refresh)
        theme.signals.changed.connect(self._place)

    def _lay_out(self) -> None:
        page = QWidget()
        page.setProperty("role", "pane")
        self._banner = Banner("warn", "", "Show them")
        self._banner.acted.connect(self.ready_wanted)
        self._empty = Empty("layout-dashboard", "")
        self._empty.acted.connect(self.priority_wanted)
        self.legend, self._key = Legend(), FigureView()
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.grid(2))
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.grid(3), theme.grid(1.5), theme.grid(3), theme.grid(2))
        column.setSpacing(theme.grid(1.5))
        column.addLayout(self._top())
        column.addWidget(self.legend)
        column.addWidget(self._banner)
        column.addLayout(self._choice())
        column.addWidget(self._key)
        column.addLayout(self._grid)
        column.addWidget(self._empty, 1)
        column.addStretch(1)
        self.setWidget(page)

    def _top(self) -> QHBoxLayout:
        """What the page is, and all actions in one bar."""
        self._about = theme.label(tone="muted", wrap=True)
        self._bar = CountsBar()
        words = QVBoxLayout()
        words.setSpacing(theme.grid(0.25))
        words.addWidget(theme.label("Plan on a page", size="heading"))
        words.addWidget(self._about)
        top = QHBoxLayout()
        top.setSpacing(theme.grid(3))
        top.addLayout(words, 1)
        top.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignVCenter)
        return top

    def _choice(self) -> QHBoxLayout:
        """How the plan is counted, and for which period."""
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("How the plan is counted")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        tabs = (("By priority", BY_PRIORITY), ("By lead", BY_LEAD), ("By period", BY_PERIOD), ("Measures", MEASURES))
        for tab, name in tabs:
            self.tabs.setTabData(self.tabs.addTab(tab), name)
        self.tabs.currentChanged.connect(self._show)
        self.period = PeriodChooser(self._bridge)
        details = QPushButton("Plan details")
        details.setProperty("kind", "quiet")
        details.setToolTip("Titles, levels, statuses and front page of the plan")
        details.clicked.connect(self.details_wanted)
        choice = QHBoxLayout()
        choice.addWidget(self.tabs)
        choice.addStretch(1)
        choice.addWidget(details)
        choice.addWidget(self.period)
        return choice

    # --- what is shown ---

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def refresh(self, _cause: object = None) -> None:
        """Show the plan as it is now, if it can be seen."""
        if self.isVisible():
            self._later.start()

    def _show(self, _cause: object = None) -> None:
        plan, period = self._bridge.plan, self._bridge.period
        if self._rows is None or not self._rows.shows(plan, period):
            self._rows = Rows(plan, period)
        rows = self._rows
        whole = rows.whole()
        details = plan.details
        said = [details.subtitle or details.title, period.name if period else ""]
        said.append(wording.several(whole.standing.actions, details.action_word))
        said.append(rows.moved(whole.standing).partition(" than ")[0])
        self._about.setText(" · ".join(part for part in said if part))
        self._bar.show_counts(whole.parts)
        none = [NO_STATUS] if any(not status.id for status, _ in whole.parts) else []
        self.legend.show_scale([*plan.statuses, *none], rows.last.name if rows.last else "")
        self._show_banner()
        self._show_cards(rows)
        word = details.levels[0].lower() if details.levels else "priority"
        self._empty.say(f"This plan has no {word} yet.", f"Add {article(word)}" if self._bridge.editable else "")
        self._empty.setVisible(not plan.priorities)
        self.tabs.setVisible(bool(plan.priorities))
        word = plural(details.measure_word)
        self.tabs.setTabText(self.tabs.count() - 1, wording.on_button(word[:1].upper() + word[1:]))

    def _show_banner(self) -> None:
        count = self._tree.findings
        self._banner.say(
            "warn", f"{wording.several(count, 'thing')} to look at before the board pack is ready.", "Show them"
        )
        self._banner.setVisible(bool(count))

    def _show_cards(self, rows: Rows) -> None:
        make: Mapping[str, Callable[[Rows], list[tuple[str, list[Row]]]]] = {
            BY_PRIORITY: self._priorities,
            BY_LEAD: lambda made: [("By lead", made.leads())],
            BY_PERIOD: lambda made: [("By reporting period", made.periods())],
            MEASURES: lambda _made: measures.lists(self._bridge.plan, self._whole),
        }
        shown = str(self.tabs.tabData(self.tabs.currentIndex()))
        self._key.show_figure(measures.key(self._bridge.plan) if shown == MEASURES else None)
        cards = [one for one in make[shown](rows) if one[1]]
        while len(self._cards) < len(cards):
            card = LinesCard("", self.widget())
            card.opened.connect(lambda record, card=card: self._open(card, record))
            self._cards.append(card)
        for spare in self._cards[len(cards) :]:
            spare.deleteLater()
        del self._cards[len(cards) :]
        self._place()
        for card, (name, lines) in zip(self._cards, cards, strict=True):
            card.show_rows(name, lines)

    def _priorities(self, rows: Rows) -> list[tuple[str, list[Row]]]:
        found = self._bridge.plan.priorities
        return [(f"{one.ref} {one.title}".strip(), rows.priority(one, whole=one.id in self._whole)) for one in found]

    def _place(self) -> None:
        """Put the cards into one column or two."""
        wide = self.viewport().width() >= theme.grid(_TWO) and self.tabs.tabData(self.tabs.currentIndex()) != MEASURES
        columns = 2 if wide and len(self._cards) > 1 else 1
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, place // columns, place % columns)
            card.show()
        for column in range(2):
            self._grid.setColumnStretch(column, int(column < columns))

    # --- where the lines lead ---

    def _open(self, card: LinesCard, record: str) -> None:
        found = self._bridge.plan.get(record)
        if record == MORE:
            self._whole.add(card.model.rows[0].record)
            self._show()
        elif isinstance(found, Period):
            self._bridge.look_at(record)
            self.tabs.setCurrentIndex(0)
        elif isinstance(found, Lead):
            self.lead_wanted.emit(record)
        elif found:
            self._bridge.select(record)
