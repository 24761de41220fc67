"""Nothing typed is lost: drafts, the way out where saving fails, locks, places, backups in the window."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from cypp_desktop.document import backups
from cypp_desktop.document.document import CannotSave, Document
from cypp_desktop.domain import change
from cypp_desktop.domain.change import Branch
from cypp_desktop.ui import app, files, keeping, operations, places
from cypp_desktop.ui.panels.fields import TextField
from tests.ui.finding import action

pytestmark = pytest.mark.usefixtures("own_folder")
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def window(program, path):
    return program.open(path)


def note(window):
    """The field for the progress note of the first action, which is shown."""
    window.bridge.select(action(window.bridge.plan).id)
    window.view.inspector._catch_up()
    return next(one for one in window.view.inspector.findChildren(TextField) if one._field == "note" and one.record)


def full(*_args):
    raise CannotSave("This was not saved: the disk is full. Nothing you typed is lost.")


# --- drafts ----------------------------------------------------------------------------------------------------------


def drafted(path, *drafts):
    document = Document.open(path, "Tess")
    for record, field, words in drafts:
        document.keep_draft(record(document.plan), field, words)
    document.close()


def test_what_was_being_typed_is_offered_until_it_is_put_back(program, path):
    drafted(path, (lambda plan: action(plan).id, "text", "Half a text"))
    window = program.open(path)
    assert window.view.banners.standing.isVisible()
    assert "You were writing this, words of Key action 1.1.1," in window.view.banners.standing._words.text()
    assert "“Half a text”" in window.view.banners.standing._words.text()
    window.view.banners.standing._other.click()  # not now
    assert not window.view.banners.standing.isVisible()
    assert len(window.bridge.document.drafts()) == 1
    window.bridge.keep_draft(action(window.bridge.plan).id, "text", "Typed anew")
    window.bridge.drop_draft(action(window.bridge.plan).id, "text")
    window.close()
    window = program.open(path)
    window.view.banners.standing._button.click()
    assert action(window.bridge.plan).text == "Half a text"
    assert window.bridge.document.drafts() == []
    window.bridge.undo()
    assert action(window.bridge.plan).text == "Do **this**"


def test_of_a_long_text_the_end_is_shown(program, path):
    drafted(path, (lambda plan: action(plan).id, "text", "Begun long ago. " * 20 + "Typed last."))
    window = program.open(path)
    assert window.view.banners.standing._words.text().endswith("ago. Typed last.”")
    assert "“…" in window.view.banners.standing._words.text()


def test_drafts_of_lists_and_days_come_back_and_what_has_no_place_is_handed_over(program, path):
    drafted(
        path,
        (lambda plan: action(plan).id, "plans", "One\n\nTwo"),
        (lambda plan: action(plan).id, "due", "31 March 2027"),
        (lambda plan: action(plan, 1).id, "text", "Of a deleted one"),
    )
    document = Document.open(path, "Tess")
    document.commit(change.delete(document.plan, [action(document.plan, 1).id]))
    document.close()
    window = program.open(path)
    assert "3 texts" in window.view.banners.standing._words.text()
    window.view.banners.standing._button.click()
    found = action(window.bridge.plan)
    assert (found.plans, found.due, found.due_date) == (("One", "Two"), "31 March 2027", "2027-03-31")
    assert "no place in the plan" in window.view.banners.news._words.text()
    assert QGuiApplication.clipboard().text() == "Of a deleted one"
    assert [one.value for one in window.bridge.document.drafts()] == ["Of a deleted one"]


TYPING = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from cypp_desktop.ui import app
from cypp_desktop.ui.app import Program
from cypp_desktop.ui.panels.fields import TextField
from tests.ui.finding import action
qt = app.make_app()
program = Program(qt)
window = program.open(Path(sys.argv[1]))
plan = window.bridge.plan
record = plan.actions(plan.outcomes(plan.priorities[0].id)[0].id)[0]
if sys.argv[2] == "field":
    window.bridge.select(record.id)
    window.view.inspector._catch_up()
    fields = window.view.inspector.findChildren(TextField)
    edit = next(one for one in fields if one._field == "text" and one.record).editor.edit
else:
    table = window.page.table
    table.edit_cell(table.cell_index(table.page.row_of(record.id), table.page.column_of("actions")))
    edit = table.editing.field.edit
number = 0
def type_on():
    global number
    number += 1
    QTest.keyClicks(edit, f"w{number} ")
    print(number, flush=True)
timer = QTimer(interval=100)
timer.timeout.connect(type_on)
timer.start()
QTimer.singleShot(60_000, qt.quit)
qt.exec()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows cannot kill like this")
@pytest.mark.parametrize("where", ["field", "cell"])
def test_a_window_that_is_killed_loses_less_than_two_seconds_of_typing(path, where):
    """A real window in a process of its own, killed while somebody types without a pause."""
    process = subprocess.Popen(
        [sys.executable, "-c", TYPING, str(path), where], cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8"
    )
    for line in process.stdout:  # so many words, a tenth of a second apart: some three seconds
        if int(line) == 28:
            break
    process.send_signal(signal.SIGKILL)
    process.communicate()
    document = Document.open(path, "Tess")
    (draft,) = document.drafts()
    document.close()
    kept = max(int(word[1:]) for word in draft.value.split() if word[0] == "w" and word[1:].isdigit())
    assert kept >= 28 - 20
    assert draft.field == "text"


# --- the way out -----------------------------------------------------------------------------------------------------


def typed_unsaved(window, monkeypatch):
    """Words typed into the field of a note and into a cell of the table, on a disk that is full."""
    field = note(window)
    monkeypatch.setattr(window.bridge.document, "commit", full)
    monkeypatch.setattr(window.bridge.document, "keep_draft", full)
    field.type_in("Typed in the field")
    table = window.page.table
    second = action(window.bridge.plan, 1)
    table.edit_cell(table.cell_index(table.page.row_of(second.id), table.page.column_of("actions")))
    table.editing.field.edit.setPlainText("Typed in the cell")


def test_all_that_is_typed_goes_along_when_a_plan_is_saved_elsewhere(window, program, tmp_path, monkeypatch):
    old = window.bridge.document.path
    typed_unsaved(window, monkeypatch)
    window.view.commit_editors()
    assert window.view.banners.news._button.text() == "Save a copy elsewhere…"
    assert window.view.banners.news._words.text() == "This was not saved: the disk is full. Nothing you typed is lost."
    target = tmp_path / "elsewhere.cypp"
    monkeypatch.setattr(files, "ask_save", lambda *_: target)
    window.view.banners.news._button.click()
    (now,) = program.windows
    assert now.bridge.document.path == target
    assert action(now.bridge.plan).update(now.bridge.period.id).note == "Typed in the field"
    assert action(now.bridge.plan, 1).text == "Typed in the cell"
    assert not old.with_name(f".~lock.{old.name}#").exists()


def test_a_window_with_words_that_are_not_saved_closes_only_when_asked_twice(window, program, monkeypatch):
    typed_unsaved(window, monkeypatch)
    window.close()
    assert program.windows == [window]
    assert "close again to give it up" in window.view.banners.news._words.text()
    note(window).type_in("Typed later on")
    window.close()
    assert program.windows == [window]  # of this nobody was warned yet
    window.close()
    assert window not in program.windows


def test_a_failing_draft_is_said_with_the_way_out(window, monkeypatch):
    field = note(window)
    monkeypatch.setattr(window.bridge.document, "keep_draft", full)
    field.type_in("Words")
    field._keep_draft()
    assert window.view.banners.news._button.text() == "Save a copy elsewhere…"
    assert field._text.text() == "Words"


@pytest.mark.skipif(sys.platform == "win32", reason="an open file can be neither moved nor deleted there")
def test_it_looks_when_the_window_comes_to_the_front(window, path, qtbot):
    window.keep_watch()
    other = QWidget()
    qtbot.addWidget(other)
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    path.unlink()
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.waitUntil(lambda: "moved, renamed, deleted" in window.view.banners.news._words.text())


@pytest.mark.parametrize("what", ["deleted", "renamed", "replaced", "folder gone"])
def test_a_file_that_went_away_is_noticed_on_coming_back_and_nothing_is_lost(
    window, program, path, tmp_path, monkeypatch, what
):
    if what == "deleted":
        path.unlink()
    elif what == "renamed":
        path.rename(path.with_name("other.cypp"))
    elif what == "replaced":
        other = shutil.copy(path, tmp_path / "other.cypp")
        Path(other).replace(path)
    else:
        shutil.rmtree(path.parent)
    window.keep_watch()
    window.keeping.look()
    assert "moved, renamed, deleted or replaced" in window.view.banners.news._words.text()
    note(window).type_in("Still typed")
    target = tmp_path / "rescued.cypp"
    monkeypatch.setattr(files, "ask_save", lambda *_: target)
    window.view.banners.news._button.click()
    (now,) = program.windows
    assert action(now.bridge.plan).update(now.bridge.period.id).note == "Still typed"
    assert now.bridge.document.check() == []


FULL_DISK = """
import resource, sys
from pathlib import Path
from PySide6.QtTest import QTest
from cypp_desktop.document.document import Document
from cypp_desktop.ui import app, files
from cypp_desktop.ui.app import Program
from cypp_desktop.ui.panels.fields import TextField
from tests.ui.finding import action
qt = app.make_app()
program = Program(qt)
window = program.open(Path(sys.argv[1]))
plan = window.bridge.plan
window.bridge.select(plan.actions(plan.outcomes(plan.priorities[0].id)[0].id)[0].id)
window.view.inspector._catch_up()
field = next(one for one in window.view.inspector.findChildren(TextField) if one._field == "note" and one.record)
resource.setrlimit(resource.RLIMIT_FSIZE, (Path(sys.argv[1]).stat().st_size - 4096, -1))
words = " ".join(["Typed while the disk was full."] * 3000)
field.type_in(words)
said = window.view.banners.news._words  # that the draft, which comes first, could not be written
for _ in range(500):
    if "the disk" in said.text():
        break
    QTest.qWait(20)
assert "the disk" in said.text(), said.text()
window.close()
assert program.windows == [window]
assert field._text.text() == words
resource.setrlimit(resource.RLIMIT_FSIZE, (-1, -1))
files.ask_save = lambda *_: Path(sys.argv[1]).with_name("elsewhere.cypp")
window.view.banners.news._button.click()
(now,) = program.windows
note = now.bridge.plan.actions(plan.outcomes(plan.priorities[0].id)[0].id)[0].update(now.bridge.period.id).note
assert note == words.strip(), note[:80]
print("nothing lost")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limits for files there")
def test_a_full_disk_loses_nothing_and_offers_the_way_out(path):
    run = [sys.executable, "-c", FULL_DISK, str(path)]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.stdout == "nothing lost\n", done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a folder's mode says nothing there")
@pytest.mark.parametrize("which", ["file", "folder"])
def test_a_plan_that_can_only_be_read_offers_to_work_on_a_copy(program, path, tmp_path, monkeypatch, which):
    place = path if which == "file" else path.parent
    place.chmod(0o444 if which == "file" else 0o555)
    try:
        window = program.open(path)
        assert window.view.banners.standing._button.text() == "Work on a copy…"
        monkeypatch.setattr(files, "ask_save", lambda *_: tmp_path / "copy.cypp")
        window.view.banners.standing._button.click()
        (now,) = program.windows
        assert now.bridge.editable
    finally:
        path.parent.chmod(0o755)


# --- locks -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def locked(program, path):
    """A window on a plan that another computer has locked."""
    lock = path.with_name(f".~lock.{path.name}#")
    lock.write_text(json.dumps({"name": "Bob", "host": "OFFICE-7", "pid": "1"}), "utf-8")
    return program.open(path)


def test_a_lock_of_another_computer_gives_three_choices(locked, program, path):
    banner = locked.view.banners.standing
    assert not locked.bridge.editable  # the first: it is open, to be read
    assert banner._words.text() == "Bob on OFFICE-7 has this plan open, so it can only be read here."
    assert (banner._button.text(), banner._other.text()) == ("Work on a copy…", "Open anyway")
    banner._other.click()
    (now,) = program.windows
    assert now.bridge.editable
    assert now.bridge.document.path == path
    assert not now.view.banners.standing.isVisible()


def test_a_locked_plan_can_be_worked_on_as_a_copy(locked, program, tmp_path, monkeypatch):
    monkeypatch.setattr(files, "ask_save", lambda *_: tmp_path / "mine.cypp")
    locked.view.banners.standing._button.click()
    (now,) = program.windows
    assert (now.bridge.document.path.name, now.bridge.editable) == ("mine.cypp", True)


def test_a_lock_of_a_living_window_cannot_be_overridden(window, program, monkeypatch):
    monkeypatch.setattr(app, "_same", lambda *_: False)  # as another program would
    second = program.open(window.bridge.document.path)
    assert "Tess has this plan open" in second.view.banners.standing._words.text()
    assert second.view.banners.standing._other.isHidden()


# --- places ----------------------------------------------------------------------------------------------------------


def test_a_plan_in_a_temporary_folder_is_to_be_saved_first(window, program, tmp_path, monkeypatch):
    assert places.is_temporary(window.bridge.document.path)
    window.keep_watch()
    assert "temporary files" in window.view.banners.standing._words.text()
    monkeypatch.setattr(files, "ask_save", lambda *_: tmp_path / "kept.cypp")
    window.view.banners.standing._button.click()
    assert [one.bridge.document.path.name for one in program.windows] == ["kept.cypp"]


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("home/OneDrive - Anyshire Council/Plans", "OneDrive"),
        ("home/Dropbox/Plans", "Dropbox"),
        ("home/Google Drive/x", "Google Drive"),
        ("home/Documents", ""),
        ("home/Drop boxes", ""),
    ],
)
def test_folders_that_others_write_to_are_known(tmp_path, monkeypatch, folder, said):
    monkeypatch.setattr(places, "_is_network", lambda _folder: False)
    assert places.shared(tmp_path / folder / "plan.cypp") == said
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "home" / "Documents"))
    assert places.shared(tmp_path / "home" / "Documents" / "deep" / "plan.cypp") == "OneDrive"


def test_a_shared_folder_is_said_once(program, path, monkeypatch):
    monkeypatch.setattr(places, "is_temporary", lambda _path: False)
    monkeypatch.setattr(places, "_is_network", lambda _folder: True)
    window = program.open(path)
    window.keep_watch()
    assert "This plan lies in a network folder. Only one person" in window.view.banners.standing._words.text()
    window.view.banners.standing._button.click()
    assert not window.view.banners.standing.isVisible()
    window.close()
    again = program.open(path)
    again.keep_watch()
    assert not again.view.banners.standing.isVisible()


def test_keeping_is_not_loaded_before_it_is_needed():
    code = "import sys; import cypp_desktop.ui.window; print('cypp_desktop.ui.keeping' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "False\n"
    assert backups.EVERY.total_seconds() * 1000 > keeping.LOOK_EVERY


def test_who_reads_along_sees_what_the_writer_does(program, path, qtbot):
    writer = Document.open(path, "Ann")
    window = program.open(path)
    watch = keeping.Keeping(window, window.view)
    assert watch._reader.isActive()
    one = action(writer.plan)
    writer.commit(change.edit(writer.plan, one.id, {"due": "In May"}))
    watch.look()
    assert window.bridge.plan[one.id].due == "In May"
    writer.close()
    watch.look()
    banner = window.view.banners.standing
    assert banner._words.text() == "Nobody else has this plan open any more."
    banner._button.click()
    assert [shown.bridge.editable for shown in program.windows] == [True]


def test_what_somebody_else_was_writing_is_said_to_be_theirs(program, path):
    with_draft = Document.open(path, "Ann")
    one = action(with_draft.plan)
    with_draft.keep_draft(one.id, "text", "Half a sentence")
    with_draft.close()
    said = program.open(path).view.banners.standing._words.text()
    assert said.startswith("Ann was writing this, words of Key action ")


def test_nothing_is_written_over_a_plan_that_is_open(window, program, path, tmp_path, monkeypatch):
    """Neither a copy, nor the way out, nor a backup that is opened."""
    other = program.make(tmp_path / "other.cypp", Branch("plan", {"title": "Another"}))
    was = other.bridge.document.path.read_bytes()
    said = []
    window.bridge.failed.connect(said.append)
    monkeypatch.setattr(files, "ask_save", lambda *_: other.bridge.document.path)
    operations.save_copy(window)
    keeping.save_elsewhere(window)
    assert said == ["“other.cypp” is open. Choose another name."] * 2
    assert program.open_copy(path, other.bridge.document.path, window, own=True) is None
    assert other.bridge.document.path.read_bytes() == was
    assert program.windows == [window, other]
