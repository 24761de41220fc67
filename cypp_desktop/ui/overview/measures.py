"""The measures of the plan on a page: each with its latest value, a chart of its readings, and which way it went."""

from __future__ import annotations

from cypp_desktop.domain.plan import OURS, Measure, Plan, Priority
from cypp_desktop.reports import charts
from cypp_desktop.reports.measures import trend
from cypp_desktop.reports.model import Figure
from cypp_desktop.ui import wording
from cypp_desktop.ui.overview.rows import MORE, NO_READING, Row

MOST = 30
"""Measures of a priority that are listed until all are asked for."""


def lists(plan: Plan, whole: set[str]) -> list[tuple[str, list[Row]]]:
    """A list of measures for each priority that has some; those in ``whole`` (by id) are never shortened."""
    compared = _compared(plan)
    found = []
    for priority in plan.priorities:
        below = [one for one in plan.branch(priority.id) if isinstance(one, Measure)]
        if below:
            shown = below if priority.id in whole else below[:MOST]
            rows = [_head(plan, priority, len(below)), *(_measure(plan, one, compared) for one in shown)]
            if rest := len(below) - len(shown):
                words = f"Show {wording.several(rest, f'more {plan.details.measure_word}')}"
                rows.append(Row("more", MORE, words=words, said=words))
            found.append((f"{priority.ref} {priority.title}".strip(), rows))
    return found


def key(plan: Plan) -> Figure | None:
    """What the marks of the charts stand for; None where there is no chart."""
    compared = _compared(plan)
    kinds: dict[str, None] = {}
    for measure in plan:
        if isinstance(measure, Measure):
            found = charts.values(measure, plan.readings(measure.id))
            kinds |= dict.fromkeys(one.kind for one in found) if len(found) > 1 else {}
    return charts.key(charts.in_order(kinds, compared), compared) if kinds else None


def _compared(plan: Plan) -> list[str]:
    """All series of the plan that its own readings are compared with, in the order in which they come."""
    found = (reading.series for one in plan if isinstance(one, Measure) for reading in plan.readings(one.id))
    return list(dict.fromkeys(series for series in found if series != OURS))


def _head(plan: Plan, priority: Priority, count: int) -> Row:
    title = " ".join(priority.title.split()) or plan.level_word(priority)
    number = wording.several(count, plan.details.measure_word)
    return Row("head", priority.id, priority.ref, title, note=number, said=f"{priority.ref} {title}: {number}".strip())


def _measure(plan: Plan, measure: Measure, compared: list[str]) -> Row:
    readings = plan.readings(measure.id)
    latest = next((one.value for one in reversed(readings) if one.series == OURS), "")
    figure = charts.indicator(measure, readings, compared)
    moved = trend(plan, measure)
    name = " ".join(measure.name.split()) or "Without a name"
    said = [f"{name}: {latest or 'no reading yet'}", moved.text if moved else "", figure.alt if figure else ""]
    return Row(
        "measure",
        measure.id,
        words=name,
        note=latest or NO_READING,
        figure=figure,
        trend=moved,
        said=". ".join(part for part in said if part),
    )
