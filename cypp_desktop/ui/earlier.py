"""What says, over every page, that an earlier period is looked at, and leads back to now."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cypp_desktop.ui.banner import Banner
from cypp_desktop.ui.bridge import Bridge


class EarlierPeriod(Banner):
    """Shown for as long as another period than the current one is looked at."""

    turned = Signal()
    """It was shown or hidden."""

    def __init__(self, bridge: Bridge, parent: QWidget) -> None:
        super().__init__("warn", "", parent=parent)
        self._bridge = bridge
        self.hide()
        self.acted.connect(self._back)
        bridge.changed.connect(self.refresh)
        bridge.period_changed.connect(self.refresh)
        self.refresh()

    def refresh(self, _cause: object = None) -> None:
        """Say which period is looked at, if it is not the current one."""
        looked, now = self._bridge.period, self._bridge.plan.current_period
        back = looked is not None and now is not None and looked.id != now.id
        if looked and now and back:
            closed = ", which is closed: its progress and status can only be read" if looked.closed else ""
            self.say("warn", f"You are looking at “{looked.name}”{closed}.", f"Back to “{now.name}”")
        if back == self.isHidden():
            self.setVisible(back)
            self.turned.emit()

    def _back(self) -> None:
        if now := self._bridge.plan.current_period:
            self._bridge.look_at(now.id)
