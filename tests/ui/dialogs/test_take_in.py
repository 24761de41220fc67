from __future__ import annotations

import shutil
import zipfile

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QDialog

from cypp_desktop.document import merge
from cypp_desktop.document.document import CannotSave, Document
from cypp_desktop.domain.change import Branch, add, edit
from cypp_desktop.domain.plan import Action
from cypp_desktop.ui import app, files, operations, settings
from cypp_desktop.ui.app import Program
from cypp_desktop.ui.dialogs import take_in
from cypp_desktop.ui.dialogs.take_in import TakeInDialog
from cypp_desktop.ui.models.tree import ASKED, NUMBER, REVIEW, SETTLE


def first(plan):
    return min((one for one in plan if isinstance(one, Action)), key=lambda one: one.ref)


def copied(document, author, name, **values):
    """A copy of a plan in which somebody changed fields of the first action."""
    path = document.path.parent / name
    document.save_copy(path)
    theirs = Document.open(path, author)
    theirs.commit(edit(theirs.plan, first(theirs.plan).id, values))
    theirs.close()
    return path


@pytest.fixture
def read(qtbot, small):
    """Open the dialog on files and wait until they are read."""

    def read_(*paths):
        dialog = TakeInDialog(small, paths)
        qtbot.addWidget(dialog)
        assert not dialog.button.isEnabled()
        qtbot.waitUntil(lambda: all(row.words != "Being read…" for row in dialog.rows))
        return dialog

    return read_


def test_each_file_says_whose_changes_it_brings_and_nothing_is_written(small, read, tmp_path):
    devon = copied(small.document, "Devon Allen", "devon.cypp", text="Devon’s", due="May")
    same = tmp_path / "same.cypp"
    small.document.save_copy(same)
    broken = tmp_path / "broken.cypp"
    broken.write_bytes(b"nothing of a plan")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    dialog = read(devon, same, broken)
    words = [row.words for row in dialog.rows]
    known = len(small.document.known())
    assert words[0].startswith("2 new changes by Devon Allen, the latest today ")
    assert " · made from the plan as it was today " in words[0]
    assert words[0].endswith(f" · {known} here already")
    assert words[1] == f"Nothing new: {known} changes of it are here already."
    assert "broken.cypp" in words[2]
    assert [one.path for one in dialog.incoming] == [devon]
    assert dialog.button.isEnabled()
    dialog.reject()
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_copy_of_another_plan_is_refused_and_nothing_can_be_taken_in(read, tmp_path):
    other = tmp_path / "other.cypp"
    Document.create(other, "Zoe", Branch("plan", {"title": "Other"})).close()
    dialog = read(other)
    assert "another plan" in dialog.rows[0].words
    assert not dialog.button.isEnabled()
    dialog.reject()


def test_a_backup_comes_first_and_one_undo_takes_the_whole_back(small, tmp_path, monkeypatch):
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "data")
    action = first(small.plan)
    paths = [copied(small.document, name, f"{name}.cypp", text=name) for name in ("Ann", "Ben")]
    before = small.plan
    said = take_in.take_in(small, merge.preview(small.document, paths))
    assert said == "Two changes by Ann and Ben came from 2 copies."
    assert small.plan[action.id].text in ("Ann", "Ben")
    (backup,) = (tmp_path / "data" / "backups" / small.document.doc_id).iterdir()
    assert backup.name.startswith("before-")
    kept = Document.open(backup, "Tess")
    assert kept.plan == before
    kept.close()
    assert small.undo()
    assert small.plan == before


def test_without_a_backup_nothing_is_taken_in(small, monkeypatch):
    path = copied(small.document, "Ann", "ann.cypp", text="Ann’s")
    before = small.plan

    def full(_document, _path):
        raise CannotSave("The disk is full.")

    monkeypatch.setattr(Document, "back_up", full)
    assert take_in.take_in(small, merge.preview(small.document, [path])) == ""
    assert small.said == ["The disk is full."]
    assert small.plan == before


def test_a_backup_stays_in_its_folder_whatever_the_file_calls_itself(small, tmp_path, monkeypatch):
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "data")
    small.document._store.set_meta("doc_id", "../../out")
    assert small.document.back_up("before").is_relative_to(tmp_path / "data" / "backups")
    assert not (tmp_path / "out").exists()


def test_a_time_that_is_none_is_no_trouble(small, tmp_path):
    odd = merge.Incoming(tmp_path / "odd.cypp", people=("Ann",), latest="9999-99-99", rows=(None,))
    said = "1 new change by Ann, the latest at an unknown time · made from the plan as it was at an unknown time"
    assert take_in.said(odd, small.plan) == f"{said} · 0 here already"


def test_a_copy_that_was_waited_for_is_called_by_whom_it_went_to(small, read, tmp_path):
    small.commit(step := add(small.plan, "copy", small.plan.root, {"to": "Ann Hall", "file": "Plan – Ann.cypp"}))
    path = tmp_path / "Plan – Ann.cypp"
    small.document.save_copy(path, {"copy": step.record})
    theirs = Document.open(path, "annh")
    theirs.commit(edit(theirs.plan, first(theirs.plan).id, {"text": "Ann’s"}))
    theirs.close()
    damaged = tmp_path / "Plan – Ann (1).cypp"
    damaged.write_bytes(path.read_bytes()[:-9000])
    dialog = read(path, damaged)
    assert " · answers the copy for Ann Hall · " in dialog.rows[0].words
    assert dialog.rows[1].words.endswith("Ask Ann Hall to send it again.")
    assert dialog._why.text().startswith("1 file cannot be taken in, the others can. Nothing is changed until ")


# --- the window -------------------------------------------------------------------------------------------------------


@pytest.fixture
def window(qapp, small, tmp_path, qtbot):
    """A window on the small plan, and a copy of it in which Devon Allen changed what Tess changed too."""
    settings._store().clear()
    settings.write(author="Tess")
    app.make_app()
    program = Program(qapp)
    path = tmp_path / "plan.cypp"
    shutil.copyfile(small.document.path, path)
    window = program.open(path)
    bridge = window.bridge
    window.copy = copied(bridge.document, "Devon Allen", "devon.cypp", text="Devon’s", due="May")
    bridge.commit(edit(bridge.plan, first(bridge.plan).id, {"text": "Tess’s"}))
    with qtbot.waitExposed(window):
        window.show()
    yield window
    for one in list(program.windows):
        one.close()


def agree(monkeypatch, qtbot):
    def exec_(dialog):
        qtbot.waitUntil(dialog.button.isEnabled)
        dialog.button.click()
        return dialog.result()

    monkeypatch.setattr(QDialog, "exec", exec_)


def test_the_window_says_what_came_and_leads_to_its_review(window, qtbot, monkeypatch):
    agree(monkeypatch, qtbot)
    monkeypatch.setattr(files, "ask_several", lambda *_: [window.copy])
    window.commands.actions["take in"].trigger()
    view = window.view
    said = "Two changes came from Devon Allen’s copy. 1 to settle."
    qtbot.waitUntil(lambda: view.banners.news is not None and view.banners.news._words.text() == said)
    assert view.tree.model.index_of(SETTLE).data(NUMBER) == 1
    view.banners.news._button.click()
    assert view.middle is view.review
    assert not view.inspector.isVisible()
    qtbot.waitUntil(lambda: view.tree.model.waiting == 1)
    assert view.tree.model.index_of(REVIEW).data(NUMBER) == 1
    action = first(view.bridge.plan)
    assert view.tree.model.index_of(action.parent).data(ASKED) == 1
    cells = view.page.table.cells
    asked = [
        (row, column)
        for row in range(len(cells.rows))
        for column in range(len(cells.columns))
        if cells.asked(row, column)
    ]
    assert [(cells.record(*one), cells.field(*one)) for one in asked] == [(action.id, "text")]
    assert "to settle" in cells.index(*asked[0]).data(Qt.ItemDataRole.AccessibleTextRole)
    assert view.tree.view.currentIndex() == view.tree.model.index_of(REVIEW)
    assert view.line._questions.text() == "1 to review · 1 to settle"
    window.commands.actions["undo"].trigger()
    qtbot.waitUntil(lambda: view.tree.model.index_of(SETTLE).data(NUMBER) == 0)
    assert first(view.bridge.plan).text == "Tess’s"
    assert (view.bridge.asked, view.tree.model.index_of(action.parent).data(ASKED)) == (frozenset(), 0)
    qtbot.waitUntil(lambda: view.line._questions.text() == "")


def test_several_files_dropped_on_the_window_are_offered_to_be_taken_in(window, qtbot, monkeypatch, tmp_path):
    offered = []
    monkeypatch.setattr(operations, "take_in", lambda _window, paths: offered.append(paths))
    other = tmp_path / "other.cypp"
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in (window.copy, other, tmp_path / "letter.docx")])
    actions, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(9, 9), actions, data, buttons, keys))
    qtbot.waitUntil(lambda: bool(offered))
    assert offered == [[window.copy, other]]


def test_one_file_dropped_is_taken_in_where_it_is_of_this_plan_and_opened_where_it_is_not(
    window, qtbot, monkeypatch, tmp_path
):
    offered, opened = [], []
    monkeypatch.setattr(operations, "take_in", lambda _window, paths: offered.append(paths))
    monkeypatch.setattr(operations, "open_arrived", lambda _window, path: opened.append(path))
    monkeypatch.setattr(window.program, "open", lambda path, _near: opened.append(path))
    other = tmp_path / "other.cypp"
    Document.create(other, "Zoe", Branch("plan", {"title": "Other"})).close()
    packed = tmp_path / "packed.zip"
    packed.write_bytes(b"PK\3\4")
    for path in (window.copy, other, packed):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        actions, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        window.dropEvent(QDropEvent(QPointF(9, 9), actions, data, buttons, keys))
    qtbot.waitUntil(lambda: len(offered) == 2)
    assert offered == [[window.copy], [packed]]
    assert opened == [other]


def test_a_plan_in_a_zip_file_that_came_by_mail_is_kept_and_opened(window, monkeypatch, tmp_path):
    packed, kept = tmp_path / "packed.zip", tmp_path / "kept.cypp"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(window.copy, "plan.cypp")
    monkeypatch.setattr(files, "ask_open", lambda *_, **__: packed)
    monkeypatch.setattr(files, "ask_save", lambda *_: kept)
    window.commands.actions["open mail"].trigger()
    assert first(window.program.windows[-1].bridge.plan).text == "Devon’s"
    assert window.program.windows[-1].bridge.document.path == kept
