from __future__ import annotations

import pytest

from cypp_desktop.document import backups
from cypp_desktop.ui import settings, theme
from cypp_desktop.ui.help.settings_dialog import SettingsDialog


@pytest.fixture
def dialog(qtbot, qapp):
    settings._store().clear()
    theme.install(qapp, "light", 1.0)
    made = SettingsDialog()
    qtbot.addWidget(made)
    made.show()
    yield made
    theme.choose_zoom(1.0)
    backups.keep_in(None)


def test_what_is_chosen_holds_at_once_and_is_remembered(dialog):
    dialog.name.setText("Ann Lee")
    dialog.name.editingFinished.emit()
    assert settings.author() == "Ann Lee"
    dialog.name.setText(" ")
    dialog.name.editingFinished.emit()
    assert settings.author() == dialog.name.text() == "Ann Lee"
    dialog.size_of_text.setCurrentText("150 %")
    dialog.size_of_text.activated.emit(dialog.size_of_text.currentIndex())
    assert theme.zoom() == settings.zoom() == 1.5
    dialog.scheme.setCurrentText("Dark")
    dialog.scheme.activated.emit(dialog.scheme.currentIndex())
    assert theme.scheme() == settings.read("scheme") == "dark"
    dialog.spelling.click()
    assert settings.read("spelling") == "off"


def test_backups_go_to_the_chosen_folder_and_back(dialog, tmp_path):
    usual = backups.home()
    dialog.keep_backups_in(str(tmp_path))
    assert backups.folder("abc") == tmp_path / "abc"
    assert settings.read("backups") == str(tmp_path)
    assert str(tmp_path) in dialog._folder.text()
    dialog.keep_backups_in("")
    assert backups.home() == usual
