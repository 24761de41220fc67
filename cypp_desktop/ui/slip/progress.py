"""What a return slip asks of its reader: their actions, and which of them are updated."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from cypp_desktop.document.document import Event
from cypp_desktop.domain.plan import Action, update_field
from cypp_desktop.domain.slips import CONFIRMED, Slip, is_updated, own_actions
from cypp_desktop.ui.bridge import Bridge


class SlipProgress(QObject):
    """The own actions of the reader of a slip, in the plan's order; kept up with every step."""

    changed = Signal()
    """Another action is updated, or one is no longer."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.slip = slip = bridge.document.slip or Slip((), "", 0)
        self.actions = own_actions(bridge.plan, slip.leads)
        self._sent = bridge.document.values((action.id for action in self.actions), slip.since)
        self._confirmed: frozenset[str] = frozenset()
        self._updated: frozenset[str] = frozenset()
        self._look()
        bridge.changed.connect(self._follow)

    @property
    def left(self) -> int:
        """How many actions are still to be updated."""
        return len(self.actions) - len(self._updated)

    def is_updated(self, action: str) -> bool:
        """Whether an action (by id) has all that is asked for."""
        return action in self._updated

    def is_confirmed(self, action: str) -> bool:
        """Whether its reader says of an action (by id) that nothing has changed."""
        return action in self._confirmed

    def is_written(self, action: Action) -> bool:
        """Whether an action has a note and a status for the period, whoever wrote them."""
        update = action.update(self.slip.period)
        return bool(update.note.strip() and (update.status or not self._bridge.plan.statuses))

    def _follow(self, event: Event) -> None:
        """Which actions are the reader's own, nothing that is done here can change."""
        now = (event.after.get(action.id) for action in self.actions)
        self.actions = [action for action in now if isinstance(action, Action)]
        self._look()
        self.changed.emit()

    def _look(self) -> None:
        plan = self._bridge.plan
        now = self._bridge.document.values(action.id for action in self.actions)
        mark = update_field(CONFIRMED, self.slip.period)
        self._confirmed = frozenset(one.id for one in self.actions if now.get((one.id, mark)) is True)
        self._updated = frozenset(
            one.id
            for one in self.actions
            if is_updated(plan, self.slip, one, self._sent, confirmed=one.id in self._confirmed)
        )
