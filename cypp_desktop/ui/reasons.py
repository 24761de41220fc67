"""Asking why a status worsened: a line over the page, answered at once, later or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QToolButton, QWidget

from cypp_desktop.domain.change import edit_all
from cypp_desktop.domain.naming import record_name, several
from cypp_desktop.domain.periods import last_period, worse_without_reason
from cypp_desktop.domain.plan import Period, update_field
from cypp_desktop.ui import icons, theme
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.picture import Picture


class ReasonBar(QFrame):
    """One question for all the actions that one step made worse; their reason is the same."""

    turned = Signal()
    """It was shown or hidden."""
    answered = Signal()
    """It was hidden while the keyboard was in it."""

    def __init__(self, bridge: Bridge, parent: QWidget) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._actions: list[str] = []
        self._period = ""
        self.setProperty("role", "warn")
        self._question = theme.label(wrap=True)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("The reason, as the board will read it")
        self.reason.returnPressed.connect(self.save)
        keep = QPushButton("Keep")
        keep.clicked.connect(self.save)
        close = QToolButton()
        close.setIcon(icons.icon("x", "muted"))
        close.setToolTip("Leave it for later: “Ready for the board?” will ask again")
        close.setAccessibleName("Leave it for later")
        close.clicked.connect(self.put_away)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.grid(2), theme.grid(0.5), theme.grid(1), theme.grid(0.5))
        row.setSpacing(theme.grid(1.5))
        row.addWidget(Picture("triangle-alert", "warn", side=18))
        row.addWidget(self._question, 2)
        row.addWidget(self.reason, 3)
        row.addWidget(keep)
        row.addWidget(close)
        self.hide()
        bridge.changed.connect(self._follow)

    def ask(self, worse: Mapping[str, Sequence[str]]) -> None:
        """Ask about actions, by the period in which they are worse; what was typed for others before is kept first."""
        self.save()
        self._period, actions = next(iter(worse.items()))
        self._actions = list(actions)
        self.reason.clear()
        self._show()

    def save(self) -> None:
        """Keep the reason with every action that it is asked of; nothing where none was typed."""
        words = " ".join(self.reason.text().split())
        if words and self._actions:
            values = {update_field("reason", self._period): words}
            actions = [one for one in self._actions if one in self._bridge.plan]
            self.reason.clear()
            if not self._bridge.commit(edit_all(self._bridge.plan, actions, values, "reason for a worse status")):
                self.reason.setText(words)

    def put_away(self) -> None:
        """Ask no more."""
        self._actions = []
        self._show()

    def _follow(self, _event: object) -> None:
        """Ask only of those that are still worse and say nothing."""
        if self._actions:
            left = worse_without_reason(self._bridge.plan, self._actions, self._period)
            if left != self._actions:
                self._actions = left
                self._show()

    def _show(self) -> None:
        plan, period = self._bridge.plan, self._bridge.plan.get(self._period)
        last = last_period(plan, period) if isinstance(period, Period) else None
        asked = bool(self._actions) and last is not None
        if asked and last:
            one = plan[self._actions[0]]
            count = several(len(self._actions), plan.details.action_word)
            named = record_name(plan, one) if len(self._actions) == 1 else count
            sentence = f"Why {'is' if len(self._actions) == 1 else 'are'} {named} worse than in “{last.name}”?"
            self._question.setText(sentence)
            self.reason.setAccessibleName(sentence)
        if asked == self.isHidden():
            focus = self.window().focusWidget()
            inside = not asked and focus is not None and self.isAncestorOf(focus)
            self.setVisible(asked)
            self.turned.emit()
            if inside:
                self.answered.emit()
