from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QPushButton

from cypp_desktop.document.document import CannotSave, Document
from cypp_desktop.domain import copies
from cypp_desktop.domain.change import edit
from cypp_desktop.domain.plan import Action, Copy
from cypp_desktop.exchange import sending
from cypp_desktop.ui import app, settings
from cypp_desktop.ui.app import Program
from cypp_desktop.ui.copies import handing
from cypp_desktop.ui.copies.handover import HandOverDialog, Letter
from cypp_desktop.ui.copies.out import CopiesOutDialog
from cypp_desktop.ui.copies.send import SendDialog, writing
from cypp_desktop.ui.models.tree import TreeModel
from cypp_desktop.ui.statusline import StatusLine
from cypp_desktop.ui.work import Stopped


@pytest.fixture
def led(small):
    """Each lead has an action, and Ann an e-mail address."""
    settings._store().clear()
    ann, ben = small.plan.leads
    both = [one for one in small.plan if isinstance(one, Action)]
    small.commit(edit(small.plan, both[0].id, {"leads": (ann.id,)}))
    small.commit(edit(small.plan, both[1].id, {"leads": (ben.id,)}))
    small.commit(edit(small.plan, ann.id, {"email": "ann@council.example"}))
    return small


@pytest.fixture
def asked(led, qtbot):
    dialog = SendDialog(led)
    qtbot.addWidget(dialog)
    return dialog


def choose(dialog, *places):
    for place in places:
        list(dialog.leads.values())[place].box.setChecked(True)


def test_each_chosen_lead_gets_a_slip_of_their_own(asked, led, qtbot):
    assert asked.scope == copies.SLIP
    assert not asked.button.isEnabled()
    asked.all.click()
    assert asked.button.text() == "Make 2 return slips"
    asked.button.click()
    qtbot.waitUntil(lambda: bool(asked.made))
    assert [one.to for one in asked.made] == ["Ann", "Ben"]
    for one in asked.made:
        slip = Document.open(one.path, one.to)
        assert slip.slip.leads == one.leads
        slip.close()


def test_a_clean_copy_says_who_would_still_be_named(asked, led, qtbot):
    asked.kinds[copies.CLEAN].setChecked(True)
    asked.roles.setChecked(True)
    assert asked._left.text() == "Without a role, and so still named: Ann, Ben."
    asked.to.setText(" The  library ")
    asked.zip.setChecked(True)
    asked.button.click()
    qtbot.waitUntil(lambda: bool(asked.made))
    (made,) = asked.made
    assert (made.scope, made.roles, made.to, made.path.suffix) == (copies.CLEAN, True, "The library", ".zip")


def test_there_are_no_slips_for_a_closed_period(led, qtbot):
    led.commit(edit(led.plan, led.plan.current_period.id, {"closed": True}))
    dialog = SendDialog(led)
    qtbot.addWidget(dialog)
    assert dialog.scope == copies.WHOLE
    dialog.kinds[copies.SLIP].setChecked(True)
    assert not dialog.button.isEnabled()
    assert dialog._why.text() == "“Spring” is closed: start the next reporting period, then send return slips."


@pytest.mark.parametrize("end", [Stopped(), CannotSave("The disk is full.")])
def test_copies_are_written_all_or_none(led, tmp_path, end):
    wanted = [sending.slip(led.plan, [lead.id]) for lead in led.plan.leads]
    folder = tmp_path / "out"
    folder.mkdir()

    def say(so_far, words):
        if so_far == 50:
            assert len(list(folder.iterdir())) == 1
            raise end

    with pytest.raises(type(end)):
        writing(led.document.path, "Tess", wanted, folder, zipped=False)(say)
    assert list(folder.iterdir()) == []


def test_what_cannot_be_written_is_said_in_the_dialog(asked, qtbot, tmp_path):
    asked.folder = tmp_path / "nowhere"
    choose(asked, 0)
    asked.button.click()
    qtbot.waitUntil(lambda: "could not be written" in asked._why.text())
    assert asked.button.isEnabled()
    assert asked.isVisible() is False or asked.made == []


# --- handing over -----------------------------------------------------------------------------------------------------


@pytest.fixture
def letters(tmp_path):
    made = []
    for name, email in (("Ann", "ann@council.example"), ("Ben", "not an address\nBcc: x@y.example")):
        path = tmp_path / f"{name}.cypp"
        path.write_bytes(name.encode())
        made.append(Letter(name, email, f"For {name}\r\nBcc: x@y.example", f"Dear {name}", path))
    return made


@pytest.fixture
def opened(monkeypatch):
    """What would have been shown outside the program."""
    found = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: found.append(Path(url.toLocalFile())) or True)
    monkeypatch.setattr(handing, "show_in_folder", lambda path: found.append(path) or True)
    return found


def test_one_file_is_on_the_clipboard_and_nothing_claims_to_be_sent(letters, qtbot):
    dialog = HandOverDialog("The copy is ready to go", letters[:1], left=2)
    qtbot.addWidget(dialog)
    dialog.show()
    assert QGuiApplication.clipboard().mimeData().urls() == [QUrl.fromLocalFile(str(letters[0].path))]
    said = "The file is on the clipboard: paste into an e-mail. Nothing has been sent. "
    assert dialog._about() == f"{said}2 are not updated yet: you can go on, and send it again."


def test_of_several_files_each_is_copied_for_its_own_person(letters, qtbot):
    QGuiApplication.clipboard().setText("before")
    dialog = HandOverDialog("2 copies are ready to go", letters)
    qtbot.addWidget(dialog)
    dialog.show()
    assert QGuiApplication.clipboard().text() == "before"
    copies_ = [one for one in dialog.findChildren(QPushButton) if one.accessibleName() == f"Copy for {letters[1].to}"]
    copies_[0].click()
    assert QGuiApplication.clipboard().mimeData().urls() == [QUrl.fromLocalFile(str(letters[1].path))]
    assert dialog.said.text() == f"Copied: paste into an e-mail to {letters[1].to}."
    dialog.copy_files.click()
    assert len(QGuiApplication.clipboard().mimeData().urls()) == 2


def test_a_draft_has_the_text_as_it_was_changed_and_the_file(letters, qtbot, opened):
    dialog = HandOverDialog("The copy is ready to go", letters[:1])
    qtbot.addWidget(dialog)
    dialog.text.replace_text("Dear Ann, as agreed.")
    dialog.make_draft.click()
    message = message_from_bytes(opened[0].read_bytes(), policy=default)
    assert (message["To"], message["X-Unsent"], message["Bcc"]) == ("ann@council.example", "1", None)
    assert message.get_body().get_content().strip() == "Dear Ann, as agreed."
    assert [part.get_content() for part in message.iter_attachments()] == [b"Ann"]
    assert dialog.said.text() == "A draft was opened in your mail program. It is sent when you send it there."
    dialog.copy_text.click()
    assert QGuiApplication.clipboard().text() == "Dear Ann, as agreed."


def test_drafts_for_all_are_written_beside_the_copies(letters, qtbot, opened, tmp_path):
    dialog = HandOverDialog("2 copies are ready to go", letters)
    qtbot.addWidget(dialog)
    dialog.make_draft.click()
    dialog.make_draft.click()  # the same drafts once more
    drafts = sorted(tmp_path.glob("*.eml"))
    assert [one.stem for one in drafts] == ["Ann", "Ben"]
    assert opened == [drafts[0], drafts[0]]
    assert message_from_bytes(drafts[1].read_bytes(), policy=default)["To"] is None


def test_where_no_mail_program_takes_drafts_it_says_where_the_draft_lies(letters, qtbot, monkeypatch, tmp_path):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    dialog = HandOverDialog("The copy is ready to go", letters[:1])
    qtbot.addWidget(dialog)
    dialog.make_draft.click()
    assert dialog.said.text() == f"No mail program opens drafts here. The draft lies in {tmp_path}"


# --- who has copies ---------------------------------------------------------------------------------------------------


@pytest.fixture
def out(led):
    wanted = [sending.slip(led.plan, [led.plan.leads[0].id]), sending.Sending(to="Zoe", scope=copies.WHOLE)]
    led.commit(sending.remember(led.plan, wanted, led.document.keys))
    return led


def test_the_list_says_who_has_copies_since_when_and_who_answered(out, qtbot):
    first = out.plan.of(Copy)[1]
    out.commit(edit(out.plan, first.id, {"answered_at": "2026-05-03T10:00:00+00:00"}))
    dialog = CopiesOutDialog(out)
    qtbot.addWidget(dialog)
    words = [row.words for row in dialog.rows]
    assert words[0].startswith("Return slip · out since today ")
    assert words[0].endswith(" · not back yet")
    assert words[1].startswith("Whole plan · made today ")
    assert " · came back " in words[1]
    assert dialog._about.text() == "1 copy out, 1 back."
    assert [row.remind.isHidden() for row in dialog.rows] == [False, True]


def test_copies_that_somebody_else_sent_say_so_and_are_not_counted(out, qtbot):
    line = StatusLine(out, TreeModel(out))
    qtbot.addWidget(line)
    line.refresh()
    assert line._out.text() == "2 copies out"
    mine, out.document.author = out.document.author, "Deputy"
    line.refresh()
    assert line._out.isHidden()
    dialog = CopiesOutDialog(out)
    qtbot.addWidget(dialog)
    assert [row.words.endswith(f" · sent by {mine}") for row in dialog.rows] == [True, True]


def test_a_copy_is_forgotten_and_that_can_be_undone(out, qtbot):
    dialog = CopiesOutDialog(out)
    qtbot.addWidget(dialog)
    dialog.rows[0].forget.click()
    assert [one.to for one in copies.out(out.plan)] == ["Zoe"]
    assert len(dialog.rows) == 1
    out.undo()
    assert [one.to for one in copies.out(out.plan)] == ["Ann", "Zoe"]


def test_a_reminder_is_a_text_without_a_file(out, qtbot, monkeypatch, opened):
    shown = []
    monkeypatch.setattr(HandOverDialog, "exec", lambda dialog: shown.append(dialog._letters))
    dialog = CopiesOutDialog(out)
    qtbot.addWidget(dialog)
    dialog.rows[0].remind.click()
    (letter,) = shown[0]
    assert (letter.to, letter.email, letter.path) == ("Ann", "ann@council.example", None)
    assert "I sent you a copy of “Plan” today and have not had it back yet." in letter.text


# --- the window -------------------------------------------------------------------------------------------------------


def test_the_command_writes_remembers_and_hands_over(qapp, led, qtbot, monkeypatch, tmp_path):
    app.make_app()
    path = tmp_path / "mine" / "plan.cypp"
    path.parent.mkdir()
    led.document.save_copy(path)
    window = Program(qapp).open(path)
    handed = []

    def exec_(dialog):
        if isinstance(dialog, SendDialog):
            choose(dialog, 0)
            dialog.button.click()
            qtbot.waitUntil(lambda: bool(dialog.made))
            return True
        handed.append([one.path.name for one in dialog._letters])
        return True

    monkeypatch.setattr(QDialog, "exec", exec_)
    window.commands.actions["send"].trigger()
    assert handed == [[copies.out(window.bridge.plan)[0].file]]
    assert window.view.line._out.text() == "1 copy out"
    assert window.bridge.document.undo_label == "sending to Ann"
    window.bridge.undo()
    assert window.view.line._out.isHidden()
    window.close()


def test_where_somebody_may_still_be_named_is_shown_before_a_clean_copy_goes_out(led, qtbot, monkeypatch):
    action = next(one for one in led.plan if isinstance(one, Action))
    led.commit(edit(led.plan, action.id, {"text": "Ask Mr Booth, at booth@council.example"}))
    dialog = SendDialog(led)
    qtbot.addWidget(dialog)
    dialog.kinds[copies.CLEAN].setChecked(True)
    assert dialog.named.isHidden()
    dialog.roles.setChecked(True)
    qtbot.waitUntil(lambda: not dialog.named.isHidden())
    assert dialog.named.text() == "1 place may still name somebody…"
    shown = []
    monkeypatch.setattr(QDialog, "exec", lambda one: shown.append(one.list.toPlainText()))
    dialog.named.click()
    assert shown[0].endswith("\n    words: Ask Mr Booth, at booth@council.example")
    dialog.kinds[copies.WHOLE].setChecked(True)
    assert dialog.named.isHidden()
