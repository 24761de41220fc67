from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication

from cypp_desktop.domain.change import delete
from cypp_desktop.domain.plan import Action
from cypp_desktop.exchange import export, samples
from cypp_desktop.ui import exchanging, files, work
from cypp_desktop.ui.dialogs.importing import ImportDialog
from cypp_desktop.ui.dialogs.importing.left import LeftDialog
from tests.exchange.office import docx, tbl, tr

WORDS = "Key Actions\tLead\tDue\nOpen the centre\tAnn Lee\tJune\n"


@pytest.fixture
def agree(qtbot, monkeypatch):
    """Every import is agreed to as soon as it is understood."""

    def execute(dialog):
        dialog.show()
        qtbot.waitUntil(dialog.button.isEnabled)
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(ImportDialog, "exec", execute)


def texts(plan):
    return [one.text for one in plan if isinstance(one, Action)]


def test_a_table_copied_elsewhere_becomes_key_actions(program, tmp_path, agree):
    window = program.make(tmp_path / "county.cypp", samples.load("county"))
    before = window.bridge.plan
    QApplication.clipboard().setText(WORDS)
    exchanging.import_pasted(window)
    assert set(texts(window.bridge.plan)) - set(texts(before)) == {"Open the centre"}
    assert window.bridge.selection not in before  # what came is shown
    assert window.bridge.selection in window.bridge.plan
    window.bridge.undo()
    assert window.bridge.plan == before


def test_what_was_not_understood_can_be_looked_at_until_it_is_dismissed(program, tmp_path, agree, monkeypatch):
    source = tmp_path / "old.docx"
    taken = tbl(tr("Key Actions", "Lead", "RAG Rating"), tr("Open it", "Ann Lee", "G"), tr("Visit", "Bob Ray", "Red"))
    source.write_bytes(docx(taken, tbl(tr("Widgets", "Gadgets"), tr("red", "7"))))
    shown = []
    monkeypatch.setattr(LeftDialog, "exec", lambda dialog: shown.append(dialog.list.item(1).text()))
    monkeypatch.setattr(files, "ask_save", lambda *_: tmp_path / "new.cypp")
    monkeypatch.setattr(files, "ask_source", lambda *_: source)
    exchanging.import_file(program.make(tmp_path / "county.cypp", samples.load("county")))
    exchanging.new_from_file(program.windows[0])
    assert len(program.windows) == 2
    for window in program.windows:
        news = window.view.banners.news
        assert "came from old.docx" in news._words.text()
        news.acted.emit()
        window.commands.actions["import left"].trigger()
        assert len(shown) == 2
        assert len(set(shown)) == 1
        assert "Widgets" in shown[0]
        shown.clear()


def test_a_cell_that_no_plan_can_take_is_said_and_nothing_comes(program, tmp_path, agree):
    window = program.make(tmp_path / "county.cypp", samples.load("county"))
    before = window.bridge.plan
    source = tmp_path / "long.csv"
    source.write_text(f"Key Actions,Lead\n{'word ' * 50_000},Ann Lee\n", encoding="utf-8")
    exchanging.import_file(window, source)
    assert window.bridge.plan == before
    assert "too long" in window.view.banners.news._words.text()


def test_a_table_of_the_web(program, tmp_path, agree):
    window = program.make(tmp_path / "county.cypp", samples.load("county"))
    data = QMimeData()
    row = "<tr><td>Open &lt;b&gt;</td><td>Ann Lee</td></tr>"
    data.setHtml(f"<table><tr><th>Key Actions</th><th>Lead</th></tr>{row}</table>")
    QApplication.clipboard().setMimeData(data)
    exchanging.import_pasted(window)
    assert any("<b" in text for text in texts(window.bridge.plan))


def test_an_empty_clipboard_is_said(program, tmp_path):
    window = program.make(tmp_path / "county.cypp", samples.load("county"))
    QApplication.clipboard().setMimeData(QMimeData())
    before = window.bridge.plan
    exchanging.import_pasted(window)
    assert window.bridge.plan == before


def test_a_new_plan_from_a_file(program, tmp_path, agree, monkeypatch):
    source, path = tmp_path / "old.csv", tmp_path / "new.cypp"
    source.write_text(WORDS.replace("\t", ","))
    monkeypatch.setattr(files, "ask_source", lambda *_: source)
    monkeypatch.setattr(files, "ask_save", lambda *_: path)
    exchanging.new_from_file(program.show_start())
    (window,) = program.windows
    assert window.bridge.document.path == path
    assert texts(window.bridge.plan) == ["Open the centre"]


@pytest.mark.parametrize("ending", [".json", ".zip"])
def test_the_data_are_written_out(program, tmp_path, qtbot, monkeypatch, ending):
    window = program.make(tmp_path / "county.cypp", samples.load("county"))
    path = tmp_path / f"out{ending}"
    monkeypatch.setattr(files, "ask_data", lambda *_: path)
    exchanging.export_data(window)
    qtbot.waitUntil(path.exists)
    qtbot.waitUntil(lambda: not work._running)


def test_data_come_back_into_their_plan_and_make_a_new_one(program, tmp_path, monkeypatch):
    window = program.make(tmp_path / "county.cypp", samples.load("county"))
    path = tmp_path / "out.json"
    export.write(window.bridge.plan, path)
    whole = window.bridge.plan
    gone = next(one.id for one in whole if isinstance(one, Action))
    window.bridge.commit(delete(whole, [gone]))
    exchanging.import_file(window, path)
    assert gone in window.bridge.plan
    window.bridge.undo()
    assert gone not in window.bridge.plan
    monkeypatch.setattr(files, "ask_source", lambda *_: path)
    monkeypatch.setattr(files, "ask_save", lambda *_: tmp_path / "again.cypp")
    exchanging.new_from_file(window)
    assert sorted(texts(program.windows[-1].bridge.plan)) == sorted(texts(whole))


def test_data_that_are_none_are_refused(program, tmp_path):
    window = program.make(tmp_path / "county.cypp", samples.load("county"))
    before = window.bridge.plan
    (tmp_path / "x.json").write_text("{}")
    exchanging.import_file(window, tmp_path / "x.json")
    assert window.bridge.plan == before
