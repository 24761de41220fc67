from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from cypp_desktop.document.document import Document
from cypp_desktop.domain.change import Branch
from cypp_desktop.domain.plan import CustomField, Measure, Outcome
from cypp_desktop.exchange import samples
from cypp_desktop.ui import files, settings, theme, wording
from cypp_desktop.ui.dialogs.new_plan import FILE, OTHER, SCALES, NewPlanDialog
from cypp_desktop.ui.elided import Elided
from cypp_desktop.ui.models.counts import Counts
from cypp_desktop.ui.panels.start import SAMPLES


def button(window, name):
    return next(one for one in window.start.findChildren(QPushButton) if one.accessibleName().startswith(name))


def test_what_is_said_of_the_samples_is_true(tmp_path):
    for sample in SAMPLES:
        document = Document.create(tmp_path / sample.name, "Tess", samples.load(sample.name))
        plan = document.plan
        counts = Counts(plan, plan.current_period.id if plan.current_period else "")
        found = counts.of(plan.root)
        said = {status.label: number for status, number in sample.counts}
        assert said == {one.label: found[one.id] for one in plan.statuses if found.get(one.id)}
        for number, kind in (
            (len(plan.priorities), "priorities"),
            (sum(isinstance(one, Outcome) for one in plan), "key activities" if sample.counts else "outcomes"),
            (sum(isinstance(one, Measure) for one in plan), "indicators" if sample.counts else "measures"),
        ):
            assert f"{number} {kind}" in sample.about
        document.close()


@pytest.mark.parametrize("name", ["county", "city"])
def test_a_sample_opens_as_a_copy_of_ones_own(program, tmp_path, name):
    start = program.show_start()
    start.start.sample_wanted.emit(name)
    (window,) = program.windows
    assert window.bridge.document.path.parent == tmp_path
    assert window.bridge.document.path.exists()
    again = program.open_sample(name)
    assert again.bridge.document.path != window.bridge.document.path


def test_what_cannot_be_opened_is_said_in_a_sentence(program, tmp_path):
    broken = tmp_path / "letter.cypp"
    broken.write_text("Dear all", "utf-8")
    start = program.show_start()
    assert program.open(broken, start) is None
    assert "is not a plan file" in start.start._trouble._words.text()
    assert start.start._trouble.isVisible()
    assert broken.read_text("utf-8") == "Dear all"


def test_a_file_that_makes_way_is_back_where_no_plan_can_be_made_of_its_name(program, tmp_path):
    path = tmp_path / "mine.cypp"
    program.make(path, samples.load("county")).close()
    start = program.show_start()
    assert program.make(path, Branch("action", {"text": "Not a plan"}), start) is None
    assert start.start._trouble.isVisible()
    assert program.open(path).bridge.plan.details.title.startswith("Children, Young People")
    assert [one.name for one in tmp_path.glob("mine.cypp*") if not one.name.endswith(".lock")] == ["mine.cypp"]


def test_a_new_plan_takes_the_place_of_a_file_of_its_name(program, tmp_path):
    path = tmp_path / "mine.cypp"
    path.write_text("Dear all", "utf-8")
    assert program.make(path, samples.load("city"))
    assert not (tmp_path / "mine.cypp.replaced").exists()


def test_without_a_window_the_start_screen_says_it(program, tmp_path):
    assert program.open(tmp_path / "gone.cypp") is None
    assert "is not there any more" in program.windows[0].start._trouble._words.text()


def test_a_recent_plan_opens_by_a_click_and_a_missing_one_says_so(program, tmp_path, qtbot):
    path = tmp_path / "mine.cypp"
    program.make(path, samples.load("county")).close()
    start = program.show_start()
    row = button(start, "Children, Young People")
    assert "43 key actions" in row.accessibleName()
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    (window,) = program.windows
    assert window.bridge.document.path == path
    window.close()
    path.unlink()
    start = program.show_start()
    row = button(start, "Children, Young People")
    assert "any more" in row.accessibleName()
    row.click()
    assert start.start._trouble.isVisible()
    assert settings.recent() == []


def test_a_plan_dropped_on_the_window_opens(program, tmp_path):
    path = tmp_path / "dropped.cypp"
    Document.create(path, "Tess", samples.load("city")).close()
    start = program.show_start()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "x.txt")), QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    start.dropEvent(event)
    assert program.windows[0].bridge.document.path == path


def test_a_plan_that_came_by_mail_opens_as_a_copy(program, tmp_path, monkeypatch):
    mailed, kept = tmp_path / "mailed.cypp", tmp_path / "kept.cypp"
    Document.create(mailed, "Ann", samples.load("county")).close()
    before = mailed.read_bytes()
    monkeypatch.setattr(files, "ask_open", lambda *_, **__: mailed)
    monkeypatch.setattr(files, "ask_save", lambda *_: kept)
    button(program.show_start(), "Open a plan that came by e-mail").click()
    (window,) = program.windows
    assert window.bridge.document.path == kept
    assert mailed.read_bytes() == before


@pytest.mark.parametrize(
    ("statement", "title"),
    [
        ("UPDATE plan SET title='Forged'", "Plan"),
        ("UPDATE change SET author='Bob'", ""),
        ("CREATE VIEW v AS SELECT 1", ""),
    ],
)
def test_what_came_by_mail_is_checked_as_a_strangers(program, tmp_path, statement, title):
    mailed, kept = tmp_path / "mailed.cypp", tmp_path / "kept.cypp"
    Document.create(mailed, "Ann", Branch("plan", {"title": "Plan"})).close()
    with closing(sqlite3.connect(mailed)) as connection:
        connection.execute(statement)
        connection.commit()
    window = program.open_copy(mailed, kept, program.show_start())
    assert (window.bridge.plan.details.title if window else "") == title
    assert kept.exists() == bool(title)
    said = [one.text() for one in program.windows[0].findChildren(QLabel) if "mailed.cypp" in one.text()]
    assert bool(said) == (not title)


def test_a_new_plan_in_a_minute(program, tmp_path, qtbot):
    dialog = NewPlanDialog()
    qtbot.addWidget(dialog)
    assert not dialog._make.isEnabled()
    qtbot.keyClicks(dialog._fields["title"], "Our plan")
    assert dialog._make.isEnabled()
    dialog._fields["below"].setEditText("Pledge")
    qtbot.keyClicks(dialog._fields["period"], "Summer")
    window = program.make(tmp_path / "ours.cypp", dialog.content())
    details = window.bridge.plan.details
    assert (details.title, details.levels) == ("Our plan", ("Priority", "Pledge"))
    assert [one.letter for one in window.bridge.plan.statuses] == list("CGARN")
    assert window.bridge.plan.current_period.name == "Summer"
    window.view.tree.add_priority()
    assert len(window.bridge.plan.priorities) == 1


def test_tab_goes_from_the_beginnings_to_the_title_at_once(qtbot):
    dialog = NewPlanDialog()
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    dialog.beginnings.setFocus()
    qtbot.keyClick(dialog.beginnings, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is dialog._fields["title"]


@pytest.mark.parametrize("place", range(len(SCALES)))
def test_every_status_scale_makes_a_plan(program, tmp_path, qtbot, place):
    dialog = NewPlanDialog()
    qtbot.addWidget(dialog)
    dialog._fields["title"].setText("P")
    dialog._scales.button(place).setChecked(True)
    window = program.make(tmp_path / "p.cypp", dialog.content())
    plan = window.bridge.plan
    assert len(plan.statuses) == len(list(SCALES.values())[place])
    assert len({one.shape for one in plan.statuses}) == len(plan.statuses)
    assert any(column.startswith("status=") for column in plan.details.columns) == bool(plan.statuses)


def test_a_narrow_start_screen_stacks_its_columns(program):
    start = program.show_start()
    start.resize(theme.grid(90), 900)
    way = start.start._columns.Direction
    start.start.resize(theme.grid(90), 900)
    assert start.start._columns.direction() == way.TopToBottom


def test_a_long_title_is_cut_with_a_mark_and_widens_nothing(program, tmp_path):
    title = "A plan with a title that is far too long for the start screen " * 4
    window = program.make(tmp_path / "long.cypp", Branch("plan", {"title": title}))
    window.close()
    window = program.show_start()
    window.resize(theme.grid(90), 900)
    start = window.start
    QApplication.processEvents()
    assert start.widget().width() <= start.viewport().width()
    cut = [label.text() for label in start.findChildren(Elided) if label.text().startswith("A plan with")]
    assert len(cut) == 1
    assert cut[0].endswith("…")


def test_an_unreadable_memory_is_an_empty_one(program):
    settings.write(recent="[{")
    assert settings.recent() == []
    settings.write(recent='[{"wrong": 1}]')
    assert settings.recent() == []
    settings.write(zoom="much")
    assert settings.zoom() == 1


def test_when_as_people_say_it():
    now = datetime(2016, 11, 10, 15, 0).astimezone()
    assert wording.when(now - timedelta(hours=1), now) == "Today 14:00"
    assert wording.when(now - timedelta(days=1), now) == "Yesterday"
    assert wording.when(now - timedelta(days=3), now) == "Mon 7 Nov"
    assert wording.when(now - timedelta(days=40), now) == "1 Oct"
    assert wording.when(now - timedelta(days=400), now) == "7 Oct 2015"


def test_names_for_files_lose_what_file_systems_refuse():
    assert wording.file_name('Plan: "A/B" <2016>?', "Plan") == "Plan A B 2016"
    assert wording.file_name("???", "Plan") == "Plan"


def begin_with(qtbot, beginning):
    dialog = NewPlanDialog()
    qtbot.addWidget(dialog)
    dialog.begin_with(beginning)
    return dialog


def test_a_new_plan_from_a_template(program, tmp_path, qtbot):
    dialog = begin_with(qtbot, "stage-and-confidence")
    assert "Stage" in dialog._outline.text()
    assert not dialog._make.isEnabled()
    dialog._fields["title"].setText("Our programme")
    dialog._fields["period"].setText("Quarter 1")
    plan = program.make(tmp_path / "p.cypp", dialog.content()).bridge.plan
    assert plan.details.title == "Our programme"
    assert plan.current_period.name == "Quarter 1"
    assert {one.name for one in plan.of(CustomField)} == {"Stage", "Confidence"}


def test_a_new_plan_like_another_has_none_of_its_content(program, tmp_path, qtbot):
    other = program.make(tmp_path / "other.cypp", samples.load("county")).bridge.plan
    dialog = begin_with(qtbot, OTHER)
    dialog._fields["title"].setText("Next")
    assert not dialog._make.isEnabled()
    dialog.take_after(tmp_path / "other.cypp")
    assert dialog._make.isEnabled()
    dialog._leads.setChecked(True)
    plan = program.make(tmp_path / "next.cypp", dialog.content()).bridge.plan
    assert plan.details.columns == other.details.columns
    assert [one.label for one in plan.statuses] == [one.label for one in other.statuses]
    assert [one.name for one in plan.leads] == [one.name for one in other.leads]
    assert not plan.priorities
    assert not plan.sections()
    assert not {one.id for one in plan} & {one.id for one in other}


def test_a_new_plan_like_a_file_that_is_none(qtbot, tmp_path):
    (tmp_path / "x.cypp").write_text("words")
    dialog = begin_with(qtbot, OTHER)
    dialog._fields["title"].setText("Next")
    dialog.take_after(tmp_path / "x.cypp")
    assert "x.cypp" in dialog._which.text()
    assert not dialog._make.isEnabled()


def test_a_new_plan_from_a_file_needs_no_title(qtbot):
    dialog = begin_with(qtbot, FILE)
    assert dialog._make.isEnabled()
    assert dialog._make.text() == "Choose the file…"


@pytest.mark.parametrize("sample", ["county", ""])
def test_a_window_looks_the_same_whenever_it_gets_its_stylesheet(program, qapp, tmp_path, sample):
    looks, zoom = [], 1.5
    for dressed in (True, False):
        theme.install(qapp, "light", zoom, dressed=dressed)
        if not dressed:
            qapp.setStyleSheet("")
        file = tmp_path / f"{dressed}.cypp"
        window = program.make(file, samples.load(sample)) if sample else program.show_start()
        window.resize(1440, 900)
        QApplication.processEvents()
        parts = (window.menuBar(), window.centralWidget(), *([window._tools] if sample else []))
        looks.append([part.grab().toImage() for part in parts])
        window.give_up()
    assert qapp.styleSheet()
    assert looks[0] == looks[1]
