from __future__ import annotations

import pytest

from cypp_desktop.domain.change import add, edit
from cypp_desktop.domain.plan import NATIONAL, OURS
from cypp_desktop.reports import charts
from cypp_desktop.ui.panels.chart import ChartField


@pytest.fixture
def field(qtbot, small):
    made = ChartField(small)
    qtbot.addWidget(made)
    measure = next(one.id for one in small.plan if one.kind == "measure")
    made.look_at(measure)
    made.show()
    return made


def test_it_is_the_picture_of_the_paper_with_its_words(field, small):
    measure = small.plan[field.record]
    small.commit(edit(small.plan, measure.id, {"polarity": "Low"}))
    small.commit(add(small.plan, "reading", measure.id, {"series": OURS, "value": "8"}))
    field.refresh()
    assert field.view.figure == charts.indicator(measure, small.plan.readings(measure.id), [NATIONAL])
    assert field.view.accessibleDescription() == field.view.figure.alt
    assert field._moved.text() == "2 lower than last time: better"
    assert field._said.text() == "From the lowest to the highest: latest 8; previous 10; national 12"


def test_where_nothing_can_be_drawn_there_is_no_chart(field, small):
    reading = small.plan.readings(field.record)[0]
    small.commit(edit(small.plan, reading.id, {"value": "New measure"}))
    field.refresh()
    assert not field.isVisible()
