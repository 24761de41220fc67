from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from cypp_desktop import resources
from cypp_desktop.ui.dialogs.period import PeriodDialog
from cypp_desktop.ui.help import guide, places
from cypp_desktop.ui.help.guide import GuideWindow
from cypp_desktop.ui.menus import MENUS, Command


@pytest.fixture
def window(qtbot):
    made = GuideWindow()
    qtbot.addWidget(made)
    made.show()
    return made


def first_line(window):
    return window.page.cursorForPosition(window.page.viewport().rect().topLeft()).block().text()


@pytest.mark.parametrize("topic", guide.topics())
def test_each_topic_is_gone_to(window, topic):
    window.show_topic(topic)
    assert window.page.textCursor().block().text() == topic


def test_every_place_of_the_window_has_a_topic_that_there_is():
    assert {*places.TOPICS.values(), guide.BEGIN, places.OTHERWISE} <= set(guide.topics())


def test_words_are_found_from_the_top_again_after_the_last(window, qtbot):
    window.search.setText("undo")
    window.find_next()
    first = window.page.textCursor().position()
    seen = {first}
    for _ in range(50):
        window.find_next()
        if (now := window.page.textCursor().position()) == first:
            break
        seen.add(now)
    assert len(seen) > 1
    assert now == first
    window.search.setText("zzzz")
    window.find_next()
    assert "does not have" in window._none.text()


def test_its_pictures_are_there_and_nothing_else_is_loaded(window):
    pictures = re.findall(r"!\[([^\]]*)\]\(([^)]*)\)", guide.source())
    assert pictures
    for words, name in pictures:
        assert words
        assert resources.path("help", name).is_file()
        assert not window.page.loadResource(2, name_of(name)).isNull()
    for other in ("../LICENCES.md", "https://example.org/x.png", "guide.md", "x.png"):
        assert window.page.loadResource(2, name_of(other)) is None


def name_of(words):
    from PySide6.QtCore import QUrl

    return QUrl(words)


def test_every_command_and_key_that_the_guide_names_is_there():
    named = {
        (menu.replace("&", ""), (entry.words if isinstance(entry, Command) else entry).replace("&", ""))
        for menu, entries in MENUS.items()
        for entry in entries
        if entry
    }
    menus = "|".join({menu for menu, _ in named})
    said = re.findall(rf"\*\*({menus}) › ([^*]+)\*\*", guide.source().replace("\n", " "))
    assert {menu for menu, _ in said} >= {"File", "Edit", "Plan", "Year", "Share", "Reports"}
    assert set(said) - named == set()


def test_f1_in_a_dialog_opens_the_guide_in_front_of_it(qtbot, small):
    dialog = PeriodDialog(small)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    qtbot.keyClick(dialog, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: dialog.findChild(GuideWindow) is not None)
    assert dialog.findChild(GuideWindow).page.textCursor().block().text() == "A reporting period"


def test_every_topic_that_dialogs_name_is_there():
    named = {
        topic
        for path in Path(guide.__file__).parent.parent.rglob("*.py")
        for topic in re.findall(r'guide\.on_f1\(self, "([^"]*)"\)', path.read_text(encoding="utf-8"))
    }
    assert named
    assert named <= set(guide.topics())
