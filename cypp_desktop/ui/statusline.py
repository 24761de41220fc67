"""The line at the foot of the window: is everything saved, what is in the plan, which period, which size of text."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QStatusBar, QWidget

from cypp_desktop.domain import copies
from cypp_desktop.domain.plan import Copy
from cypp_desktop.ui import theme, wording
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.models.tree import TreeModel
from cypp_desktop.ui.picture import Picture


class StatusLine(QStatusBar):
    """Says the truth about saving; the counts are those of the tree."""

    save_elsewhere = Signal()
    """Saving failed, and the plan is wanted in another place."""
    copies_wanted = Signal()
    """It is asked who has copies."""

    def __init__(self, bridge: Bridge, tree: TreeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._tree = bridge, tree
        self._mark = Picture("check", "good")
        self._words = theme.label()
        self._elsewhere = QPushButton("Save a copy elsewhere…")
        self._elsewhere.setProperty("kind", "quiet")
        self._elsewhere.clicked.connect(self.save_elsewhere)
        labels = (theme.label(tone="muted", size="small") for _ in range(4))
        self._actions, self._questions, self._period, self._zoom = labels
        self._out: QPushButton | None = None
        self._senders: dict[str, str] = {}
        self.setSizeGripEnabled(False)
        self.setContentsMargins(theme.grid(1.25), 0, theme.grid(1.25), 0)
        for widget in (self._mark, self._words, self._elsewhere):
            self.addWidget(widget)
        for label in (self._actions, self._questions, self._period, self._zoom):
            label.setContentsMargins(theme.grid(1), 0, theme.grid(1), 0)
            self.addPermanentWidget(label)
        bridge.changed.connect(self.refresh)
        bridge.saved.connect(self.show_saved)
        bridge.unsaved.connect(self.show_failure)
        bridge.period_changed.connect(self.refresh)
        theme.signals.changed.connect(self.refresh)
        self.show_saved()
        self.refresh()

    def show_saved(self) -> None:
        """All is saved; where the file cannot be written, that it is only read."""
        if not self._bridge.writable:
            self._say("info", "accent", "Read only", saved=True)
            return
        moment = self._bridge.document.saved_at
        at = f" {moment.astimezone():%H:%M}" if moment else ""
        self._say("check", "good", f"All changes saved{at}", saved=True)

    def say_more(self, words: str) -> None:
        """Say more where one points at whether all is saved."""
        self._words.setToolTip(theme.tip(words))

    def show_failure(self, sentence: str) -> None:
        """Something could not be saved."""
        self._say("octagon-alert", "danger", sentence, saved=False)

    def _say(self, icon: str, colour: str, words: str, *, saved: bool) -> None:
        self._mark.show_icon(icon, colour)
        self._words.setText(words)
        tone = "text" if saved else "danger"
        if tone != self._words.property("tone"):
            self._words.setProperty("tone", tone)
            theme.polish(self._words)
        self._elsewhere.setVisible(not saved)

    def refresh(self, _cause: object = None) -> None:
        """Say the counts, the period and the size of text anew."""
        plan = self._bridge.plan
        total = sum(self._tree.counts.of(plan.root).values())
        _set(self._actions, wording.several(total, plan.details.action_word))
        waiting = {"to review": self._tree.waiting, "to settle": self._tree.questions}
        _set(self._questions, " · ".join(f"{count:,} {words}" for words, count in waiting.items() if count))
        self._say_copies(sum(map(self._is_ours, copies.out(plan))) if self._bridge.editable else 0)
        looked, now = self._bridge.period, plan.current_period
        back = "Looking back: " if looked and now and looked.id != now.id else ""
        _set(self._period, f"{back}{looked.name}" if looked else "")
        _set(self._zoom, f"{theme.zoom():.0%}".replace("%", " %"))

    def _is_ours(self, copy: Copy) -> bool:
        """Whether a copy was sent by who writes here: what others sent travels with their copies, and is theirs."""
        if copy.id not in self._senders:
            from cypp_desktop.document import history

            self._senders[copy.id] = history.maker(self._bridge.document, copy.id)
        return self._senders[copy.id] == self._bridge.document.author

    def _say_copies(self, count: int) -> None:
        """How many copies are out; a button, made when the first one is."""
        if count and self._out is None:
            self._out = QPushButton()
            self._out.setProperty("kind", "quiet")
            self._out.clicked.connect(self.copies_wanted)
            self.insertPermanentWidget(5, self._out)  # after the questions
        if self._out:
            self._out.setText(f"{wording.several(count, 'copy')} out")
            self._out.setVisible(bool(count))


def _set(label: QLabel, words: str) -> None:
    label.setText(words)
    label.setVisible(bool(words))
