"""A small plan with something for every part of a board pack."""

from __future__ import annotations

from dataclasses import replace

from cypp_desktop.domain.plan import Update
from cypp_desktop.exchange import samples
from tests.strategies import plan_of

SOURCE = """
[plan]
title = "Harbour Plan"
columns = ["actions=What", "leads=Who", "due=By", "note=How", "status=Status"]
[[section]]
heading = "Foreword"
text = "Written by Rosa Quint."
[[status]]
label = "Done"
letter = "D"
[[status]]
label = "On track"
letter = "O"
shape = "triangle"
[[status]]
label = "Off track"
letter = "X"
shape = "diamond"
[[period]]
name = "Spring"
[[period]]
name = "Autumn"
current = true
[[priority]]
ref = "1"
title = "Safe"
[[priority.measure]]
key = "a"
name = "Number"
polarity = "Low"
target = "10"
readings = [{ series = "ours", period = "2015", value = "12" }, { series = "ours", period = "2016", value = "11" }]
[[priority.outcome]]
ref = "1.1"
title = "Homes"
[[priority.outcome.action]]
ref = "1"
text = "Mend the roofs"
leads = ["Rosa Quint"]
due = "31 March 2016"
[[priority.outcome.action]]
ref = "2"
text = "TBC"
leads = ["Rosa Quint", "Odo Finn"]
due = "31 March 2016"
"""


def with_parts():
    """The plan, with statuses and notes: its first action got worse and is late, its second is done, undecided."""
    plan = plan_of(samples.read(SOURCE))
    spring, autumn = plan.periods
    done, on_track, off_track = plan.statuses
    [outcome] = plan.outcomes(plan.priorities[0].id)
    first, second = plan.actions(outcome.id)
    return plan.replaced(
        [
            updated(
                replace(first, due_date="2016-03-31"),
                (spring, on_track, "Begun", ""),
                (autumn, off_track, "Rain came in", "The scaffold is late"),
            ),
            updated(replace(second, due_date="2016-03-31"), (spring, on_track, "", ""), (autumn, done, "", "")),
        ]
    )


def updated(action, *updates):
    """An action with updates as period, status, note, reason."""
    return replace(
        action,
        updates=tuple(
            Update(period=period.id, status=status.id if status else "", note=note, reason=reason)
            for period, status, note, reason in updates
        ),
    )
