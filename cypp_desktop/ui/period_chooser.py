"""The one way to look back: the reporting period whose progress is shown everywhere."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cypp_desktop.domain.plan import Plan
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.controls import Chooser


class PeriodChooser(Chooser):
    """The plan's periods, the one that is looked at chosen; every page that shows progress has it in its top line."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._shown: list[tuple[str, str]] = []
        self.setAccessibleName("Reporting period")
        self.setToolTip("The reporting period whose progress is shown")
        self.setSizeAdjustPolicy(Chooser.SizeAdjustPolicy.AdjustToContents)
        self.activated.connect(lambda place: bridge.look_at(str(self.itemData(place))))
        bridge.changed.connect(self.refresh)
        bridge.period_changed.connect(self.refresh)
        self.refresh()

    def refresh(self, _cause: object = None) -> None:
        """List the periods as they are now."""
        plan, now = self._bridge.plan, self._bridge.period
        names = [(period_name(plan, period.id), period.id) for period in plan.periods]
        if names != self._shown:
            self._shown = names
            self.clear()
            for name, period in names:
                self.addItem(name, period)
        if not names or self.parentWidget():  # without a parent it would become a window of its own
            self.setVisible(bool(names))
        self.setCurrentIndex(self.findData(now.id) if now else -1)


def period_name(plan: Plan, period: str) -> str:
    """A period's name, with what is to be known of it: "Mid-year review (closed)"."""
    found = next((one for one in plan.periods if one.id == period), None)
    if found is None:
        return ""
    current = plan.current_period
    marks = [word for word, on in (("now", found == current and len(plan.periods) > 1), ("closed", found.closed)) if on]
    return f"{found.name} ({', '.join(marks)})" if marks else found.name
