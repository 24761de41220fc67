from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtTest import QAbstractItemModelTester

from cypp_desktop.document.document import Document
from cypp_desktop.domain import change
from cypp_desktop.domain.plan import Outcome
from cypp_desktop.domain.values import replace
from cypp_desktop.exchange import samples
from cypp_desktop.reports import charts, measures
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.models.measures import LATEST, PREVIOUS, MeasureTable
from cypp_desktop.ui.models.writing import read_reading
from cypp_desktop.ui.panels.measures import MeasuresPanel

Key, CTRL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def stage(tmp_path, qtbot):
    documents = []

    def open_(name="county", top=0):
        documents.append(Document.create(tmp_path / f"{name}.cypp", "Tester", samples.load(name)))
        bridge = Bridge(documents[-1])
        bridge.select(bridge.plan.priorities[top].id)
        panel = MeasuresPanel(bridge)
        panel.bridge = bridge
        qtbot.addWidget(panel)
        panel.resize(900, 600)
        with qtbot.waitActive(panel):
            panel.show()
            panel.activateWindow()
        panel.table.setFocus()
        return panel

    yield open_
    for document in documents:
        document.close()


def at(panel, row, key):
    column = next(place for place, one in enumerate(panel.model.columns) if one.key == key)
    panel.table.go(panel.model.index(row, column))


def shown(panel, row, key):
    column = next(place for place, one in enumerate(panel.model.columns) if one.key == key)
    return panel.model.cell(row, column).plain


def test_a_chart_shows_the_readings_as_on_paper_and_says_so(stage):
    panel = stage()
    plan = panel.model.plan
    row = next(place for place, one in enumerate(panel.model.rows) if charts.indicator(one.measure, one.readings, ()))
    line = panel.model.rows[row]
    figure, told = panel.model.cell(row, 0).picture()
    compared = [one.key.removeprefix("series:") for one in panel.model.columns if one.key.startswith("series:")]
    assert figure == charts.indicator(line.measure, line.readings, compared)
    moved = measures.trend(plan, line.measure)
    assert told == moved.text
    index = panel.model.index(row, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).endswith(f"{told}. {figure.alt}")
    panel.table.go(index)
    panel.copy()
    assert line.measure.name in QGuiApplication.clipboard().text()
    assert figure.alt not in QGuiApplication.clipboard().text()


def test_a_row_with_a_chart_is_high_enough_for_it_and_shows_it(stage):
    panel = stage()
    editing = panel.table.editing
    charted = next(cell for row in range(len(panel.model.rows)) if (cell := panel.model.cell(row, 0)).picture)
    bare = replace(charted, picture=None)
    assert editing.height(charted, 400) > editing.height(bare, 400)

    def painted(cell):
        image = QImage(400, 300, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        with QPainter(image) as painter:
            editing.draw(painter, cell, QRectF(image.rect()))
        return image

    assert painted(charted) != painted(bare)


def test_a_chart_follows_its_readings(stage):
    panel = stage()
    row = next(place for place, one in enumerate(panel.model.rows) if panel.model.cell(place, 0).picture)
    before = panel.model.cell(row, 0).picture()
    column = [one.key for one in panel.model.columns].index(LATEST)
    panel.model.setData(panel.model.index(row, column), "1,234")
    after = panel.model.cell(row, 0).picture()
    assert "1,234" in after[0].alt
    assert before != after


def test_columns_are_those_that_the_priority_has(stage):
    panel = stage()
    assert [column.heading for column in panel.model.columns] == [
        "Indicator",
        "National",
        "Statistical neighbours",
        "Target",
        "Latest",
        "Previous",
        "Good is",
    ]
    panel.show_page(panel.bridge.plan.priorities[3].id)
    assert "Statistical neighbours" not in [column.heading for column in panel.model.columns]


def test_latest_and_previous_are_the_last_two_of_our_own(stage):
    panel = stage()
    assert shown(panel, 0, LATEST) == "363"
    assert shown(panel, 0, PREVIOUS) == "421\nQ1 2016-17"
    assert shown(panel, 2, LATEST) == "82.3%\nprovisional 2015-16"
    assert shown(panel, 0, "series:national") == "593\n2013-15"


def test_an_outcome_shows_its_prioritys_measures_or_its_own(stage):
    county = stage()
    first = county.bridge.plan.outcomes(county.bridge.plan.priorities[0].id)[0]
    county.bridge.select(first.id)
    assert len(county.model.rows) == 5
    city = stage("city")
    plan = city.bridge.plan
    assert len(city.model.rows) == sum(len(plan.measures(one.id)) for one in plan.outcomes(plan.priorities[0].id))
    one = next(record for record in plan if isinstance(record, Outcome) and record.ref == "1a")
    city.bridge.select(one.id)
    assert len(city.model.rows) == len(plan.measures(one.id)) == 7


def test_editing_latest_edits_that_reading(stage, qtbot):
    panel = stage()
    at(panel, 0, LATEST)
    readings = panel.model.rows[0].readings
    qtbot.keyClick(panel.table, Key.Key_F2)
    assert panel.table.editing.field.text() == "363"
    qtbot.keyClicks(panel.table.editing.field.edit, "350 (Q3 2016-17)")
    qtbot.keyClick(panel.table.editing.field.edit, Key.Key_Return)
    assert shown(panel, 0, LATEST) == "350\nQ3 2016-17"
    assert [one.id for one in panel.model.rows[0].readings] == [one.id for one in readings]


def test_a_new_reading_makes_the_latest_the_previous(stage, qtbot):
    panel = stage()
    at(panel, 0, "name")
    panel.add_reading()
    assert panel.table.editing.field.text() == ""
    qtbot.keyClicks(panel.table.editing.field.edit, "340 (provisional Q3)")
    qtbot.keyClick(panel.table.editing.field.edit, Key.Key_Return)
    assert (shown(panel, 0, LATEST), shown(panel, 0, PREVIOUS)) == ("340\nprovisional Q3", "363")
    panel.bridge.undo()
    assert shown(panel, 0, LATEST) == "363"
    panel.add_reading()
    qtbot.keyClick(panel.table.editing.field.edit, Key.Key_Escape)
    assert panel.model.adding == ""
    assert shown(panel, 0, LATEST) == "363"


def test_an_emptied_reading_goes(stage, qtbot):
    panel = stage()
    at(panel, 0, LATEST)
    qtbot.keyClick(panel.table, Key.Key_Delete)
    assert (shown(panel, 0, LATEST), shown(panel, 0, PREVIOUS)) == ("421\nQ1 2016-17", "")


@pytest.mark.parametrize(
    ("words", "value", "period", "provisional"),
    [
        ("363", "363", "", False),
        ("82.3% (provisional 2015-16)", "82.3%", "2015-16", True),
        ("76 (Q2 2016-17)", "76", "Q2 2016-17", False),
        ("(provisional)", "(provisional)", "", False),
        ("  N/A ", "N/A", "", False),
        ("a (b) c)", "a (b) c)", "", False),
        ("12 (of (17))", "12 (of (17))", "", False),
        ("1 (\nPROVISIONAL Q1)", "1", "Q1", True),
        (f"1{' ' * 100_000}x", f"1{' ' * 100_000}x", "", False),
    ],
)
def test_readings_are_read_as_they_are_written(words, value, period, provisional):
    assert read_reading(words) == {"value": value, "period": period, "provisional": provisional}


def test_add_move_delete_and_undo(stage, qtbot):
    panel = stage()
    before = list(panel.model.keys)
    at(panel, 1, "name")
    panel.add_measure()
    qtbot.keyClicks(panel.table.editing.field.edit, "A new one")
    qtbot.keyClick(panel.table.editing.field.edit, Key.Key_Return)
    assert shown(panel, 2, "name") == "A new one"
    qtbot.keyClick(panel.table, Key.Key_Up, ALT)
    assert shown(panel, 1, "name") == "A new one"
    qtbot.keyClick(panel.table, Key.Key_Delete)
    assert panel.model.keys == before
    for _ in range(4):
        assert panel.bridge.undo()
    assert panel.model.keys == before


def test_measures_are_copied_with_their_readings(stage, qtbot):
    panel = stage()
    at(panel, 0, "name")
    qtbot.keyClick(panel.table, Key.Key_C, CTRL)
    assert "<td>363</td>" in QGuiApplication.clipboard().mimeData().html()
    qtbot.keyClick(panel.table, Key.Key_V, CTRL)
    assert shown(panel, 1, LATEST) == "363"
    assert panel.model.keys[0] != panel.model.keys[1]
    assert len(panel.model.rows) == 6


def test_the_model_follows_change_by_change(stage):
    panel = stage()
    bridge, model = panel.bridge, panel.model
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    resets = []
    model.modelReset.connect(lambda: resets.append(True))
    top = bridge.plan.priorities[0].id
    bridge.commit(change.add(bridge.plan, "measure", top, {"name": "x"}, after=""))
    bridge.commit(change.move(bridge.plan, model.keys[0], top))
    bridge.commit(change.delete(bridge.plan, model.keys[1:3]))
    bridge.undo()
    fresh = MeasureTable(bridge)
    fresh.show(top)
    assert fresh.rows == model.rows
    assert resets == []
    bridge.commit(change.add(bridge.plan, "reading", model.keys[0], {"series": "Nottingham", "value": "1"}))
    assert "series:Nottingham" in [column.key for column in model.columns]
    assert tester
