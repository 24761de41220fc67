"""The start screen: three ways to begin, the plans that were open last, and two samples to look around in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cypp_desktop.domain.plan import Status
from cypp_desktop.domain.values import dataclass
from cypp_desktop.ui import settings, theme, wording
from cypp_desktop.ui.banner import Banner
from cypp_desktop.ui.chips import CountsBar
from cypp_desktop.ui.controls import Card
from cypp_desktop.ui.elided import Elided
from cypp_desktop.ui.picture import Picture
from cypp_desktop.ui.settings import Recent


@dataclass(frozen=True, slots=True)
class Sample:
    """What is said of a sample plan without reading it."""

    name: str
    title: str
    about: str
    counts: Sequence[tuple[Status, int]] = ()


def _status(label: str, letter: str, shape: str, colour: str) -> Status:
    return Status(id=letter, label=label, letter=letter, shape=shape, colour=colour)


SAMPLES = (
    Sample(
        "county",
        "County: mid-year review",
        "4 priorities, 18 key activities, 43 key actions, 17 indicators",
        (
            (_status("Completed", "C", "square", theme.BLUE), 14),
            (_status("On schedule", "G", "disc", theme.GREEN), 24),
            (_status("Happening but behind schedule", "A", "triangle", theme.AMBER), 5),
        ),
    ),
    Sample(
        "city",
        "City: one-year refresh",
        "4 priorities, 11 outcomes, 45 measures, with narrative sections and footnotes. "
        "Status is not used in this plan.",
    ),
)


class StartPanel(QScrollArea):
    """Says what is wanted by signals; opens nothing itself."""

    new_wanted = Signal()
    open_wanted = Signal()
    mail_wanted = Signal()
    recent_wanted = Signal(str)
    """The path of the plan to open."""
    sample_wanted = Signal(str)
    guide_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes through what is in it
        self._trouble = Banner("danger", "", closable=True)
        self._trouble.hide()
        self._recent = QVBoxLayout()
        self._recent.setSpacing(theme.grid(1.25))
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(theme.grid(4))
        self._columns.addLayout(self._beginnings(), 0)
        self._columns.addLayout(self._plans(), 1)
        page = QWidget()
        page.setMaximumWidth(theme.grid(145))
        column = QVBoxLayout(page)
        column.setSpacing(theme.grid(0.75))
        column.addStretch(2)
        column.addWidget(self._trouble)
        column.addWidget(theme.label("Action plans", size="title"))
        about = "Plans, progress and board packs for children and young people’s partnerships."
        column.addWidget(theme.label(about, size="lead", tone="muted", wrap=True))
        column.addSpacing(theme.grid(2.75))
        column.addLayout(self._columns)
        column.addStretch(4)
        whole = QWidget()
        whole.setProperty("role", "pane")
        row = QHBoxLayout(whole)
        row.setContentsMargins(theme.grid(5), theme.grid(2), theme.grid(5), theme.grid(2))
        row.addStretch(1)
        row.addWidget(page, 100)
        row.addStretch(1)
        self.setWidget(whole)
        self.refresh()

    def say(self, sentence: str) -> None:
        """Say why something could not be opened; "" says nothing."""
        self._trouble.say("danger", sentence)
        self._trouble.setVisible(bool(sentence))

    def refresh(self) -> None:
        """Show the plans that were open last, as they are remembered now."""
        _empty(self._recent)
        entries = settings.recent()
        if not entries:
            card = _frame("card")
            column = QVBoxLayout(card)
            column.setContentsMargins(theme.grid(2), theme.grid(2), theme.grid(2), theme.grid(2))
            column.addWidget(theme.label("Plans that you open are listed here.", tone="muted", wrap=True))
            self._recent.addWidget(card)
            return
        card = _frame("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        for entry in entries[:5]:
            if column.count():
                column.addWidget(theme.rule())
            column.addWidget(self._recent_row(entry))
        self._recent.addWidget(card)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < theme.grid(112)
        way = QBoxLayout.Direction
        self._columns.setDirection(way.TopToBottom if narrow else way.LeftToRight)

    # --- parts ---

    def _beginnings(self) -> QLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.grid(1.25))
        column.addWidget(theme.label("Begin", size="strong", tone="muted"))
        for kind, icon, title, about, signal in (
            ("primaryCard", "plus", "New plan…", "From a template, or from Word or Excel", self.new_wanted),
            ("card", "folder-open", "Open a plan…", "From this computer or a shared folder", self.open_wanted),
            ("card", "mail-open", "Open a plan that came by e-mail…", "It is checked first, and opened as a copy",
             self.mail_wanted),
        ):  # fmt: skip
            button = Card(kind, f"{title} {about}")
            button.setMinimumWidth(theme.grid(40))
            ink = "on_accent" if kind == "primaryCard" else "accent"
            button.row.addWidget(Picture(icon, ink, 22))
            tone = "on_accent" if kind == "primaryCard" else "muted"
            button.row.addLayout(_two_lines(title, about, "on_accent" if kind == "primaryCard" else "text", tone), 1)
            button.clicked.connect(signal)
            column.addWidget(button)
        guide = QPushButton("New here? Read the guide  (F1)")
        guide.setProperty("kind", "quiet")
        guide.clicked.connect(self.guide_wanted)
        column.addWidget(guide, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return column

    def _plans(self) -> QLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.grid(1.25))
        column.addWidget(theme.label("Recent plans", size="strong", tone="muted"))
        column.addLayout(self._recent)
        column.addSpacing(theme.grid(1.75))
        column.addWidget(theme.label("Look around in a sample", size="strong", tone="muted"))
        row = QHBoxLayout()
        row.setSpacing(theme.grid(2))
        for sample in SAMPLES:
            row.addWidget(self._sample(sample), 1)
        column.addLayout(row)
        column.addStretch(1)
        return column

    def _recent_row(self, entry: Recent) -> QWidget:
        there = Path(entry.path).is_file()
        about = entry.about if there else f"It is not in “{wording.place(Path(entry.path))}” any more."
        button = Card("row", f"{entry.title}. {about}")
        button.setToolTip(theme.tip(entry.path))
        button.row.addWidget(Picture("file-text" if there else "triangle-alert", "muted" if there else "warn", 20))
        button.row.addLayout(_two_lines(entry.title, about), 1)
        if entry.statuses:
            bar = CountsBar()
            bar.setFixedWidth(theme.grid(26))
            bar.show_counts(entry.statuses)
            button.row.addWidget(bar)
        else:
            words = theme.label("No status scale", size="small", tone="muted")
            words.setMinimumWidth(theme.grid(26))
            button.row.addWidget(words)
        moment = wording.when_written(entry.at, datetime.now().astimezone())
        when = theme.label(moment, size="small", tone="muted")
        when.setMinimumWidth(theme.grid(9.5))
        button.row.addWidget(when)
        button.clicked.connect(lambda: self.recent_wanted.emit(entry.path))
        return button

    def _sample(self, sample: Sample) -> QWidget:
        card = _frame("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(theme.grid(2.25), theme.grid(1.9), theme.grid(2.25), theme.grid(1.9))
        column.setSpacing(theme.grid(0.75))
        column.addWidget(theme.label(sample.title, size="strong"))
        column.addWidget(theme.label(sample.about, size="small", tone="muted", wrap=True))
        if sample.counts:
            bar = CountsBar()
            bar.show_counts(sample.counts)
            column.addSpacing(2)
            column.addWidget(bar)
        column.addStretch(1)
        column.addSpacing(theme.grid(0.75))
        button = QPushButton("Open a copy")
        button.setAccessibleName(f"Open a copy of the sample “{sample.title}”")
        button.clicked.connect(lambda: self.sample_wanted.emit(sample.name))
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        return card


def _two_lines(first: str, second: str, tone: str = "text", below: str = "muted") -> QLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    for words, size, ink in ((first, "strong", tone), (second, "small", below)):
        label = Elided(words, size, ink)
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column.addWidget(label)
    return column


def _frame(role: str) -> QFrame:
    frame = QFrame()
    frame.setProperty("role", role)
    return frame


def _empty(layout: QLayout) -> None:
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.deleteLater()
