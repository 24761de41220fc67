"""After a rescue: what is kept is counted, what is lacking is named, copied and saved."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from cypp_desktop.document.rescue import Missing, Rescued
from cypp_desktop.ui.dialogs.rescued import rescued

FOUND = (
    Missing("Key action 1.5.6", "words", "Train <b>all</b>\ndrivers"),
    Missing("Key action 1.5.6", "due", "May"),
    Missing("Lead “Ann”", "", "Ann"),
)
LISTED = "Key action 1.5.6\n    words: Train <b>all</b>\n    drivers\n    due: May\n\nLead “Ann”\n    Ann"


@pytest.fixture
def shown(qtbot, small, tmp_path):
    def show(*missing):
        dialog = rescued(Rescued(100, 2, 3, missing), small.plan, tmp_path / "new.cypp")
        qtbot.addWidget(dialog)
        return dialog

    return show


def test_what_is_kept_and_what_is_lacking_is_said(shown, small):
    dialog = shown(*FOUND)
    word = small.plan.level_word(small.plan.priorities[0]).lower()
    said = "102 changes were sound and are in the new file; 3 could not be read or were altered. It holds 1 "
    assert dialog.sentences[0].text().startswith(f"{said}{word}, ")
    assert dialog.list.toPlainText() == LISTED
    assert dialog.list.isReadOnly()


def test_the_list_is_copied_and_saved(shown, tmp_path, monkeypatch):
    dialog = shown(*FOUND)
    dialog.copy.click()
    assert QApplication.clipboard().text() == LISTED
    target = tmp_path / "list.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    dialog.save.click()
    assert (target.read_text("utf-8"), dialog.said.text()) == (LISTED, "Saved as “list.txt”")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "list.txt"), ""))
    dialog.save.click()
    assert dialog.said.text().startswith("“list.txt” could not be written:")


def test_where_nothing_is_known_of_it_that_is_said(shown):
    dialog = shown()
    assert dialog.sentences[1].text().startswith("What it was cannot be told")
    assert not dialog.list.isVisibleTo(dialog)
    assert not dialog.copy.isVisibleTo(dialog)
