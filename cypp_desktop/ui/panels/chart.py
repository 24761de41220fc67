"""A measure's readings as a chart in the details: the same picture as on paper, with what it shows in words."""

from __future__ import annotations

from cypp_desktop.domain.plan import OURS, Measure, Reading
from cypp_desktop.ui import theme
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.drawings import FigureView
from cypp_desktop.ui.panels.fields import Field


class ChartField(Field):
    """The chart of a measure, to be read only; there is none where fewer than two readings are numbers."""

    builds = False
    looks_at = (Reading,)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge, "", "Latest beside the others")
        self.view = FigureView()
        self._moved = theme.label(wrap=True)
        self._said = theme.label(size="small", tone="muted", wrap=True)
        for part in (self.view, self._moved, self._said):
            self.column.addWidget(part)

    def refresh(self) -> None:
        measure = self.bridge.plan.get(self.record)
        if not isinstance(measure, Measure):
            return
        from cypp_desktop.reports import charts, measures  # when the first measure is looked at

        readings = self.bridge.plan.readings(measure.id)
        compared = list(dict.fromkeys(one.series for one in readings if one.series != OURS))
        figure = charts.indicator(measure, readings, compared)
        moved = measures.trend(self.bridge.plan, measure)
        self.view.show_figure(figure)
        self._moved.setText(moved.text if moved else "")
        self._moved.setVisible(bool(moved))
        said = "; ".join(f"{one.kind} {one.words}" for one in charts.values(measure, readings)) if figure else ""
        self._said.setText(f"From the lowest to the highest: {said}" if said else "")
        self._said.setVisible(bool(said))
        self.setVisible(bool(figure or moved))
