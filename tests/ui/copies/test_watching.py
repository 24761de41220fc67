from __future__ import annotations

from contextlib import closing

import pytest
from PySide6.QtWidgets import QFileDialog

from cypp_desktop.document.document import Document
from cypp_desktop.domain.change import Branch, edit
from cypp_desktop.domain.plan import Action
from cypp_desktop.ui import app, operations, plan_view, settings
from cypp_desktop.ui.app import Program
from cypp_desktop.ui.copies import watching
from cypp_desktop.ui.copies.watching import Watch, WatchDialog, sentence


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    settings._store().clear()
    monkeypatch.setattr(watching, "AFTER", 10)


@pytest.fixture
def team(tmp_path):
    folder = tmp_path / "Team"
    folder.mkdir()
    return folder


@pytest.fixture
def watch(small, team):
    """A watch whose every find is in ``offered``."""
    settings.write(**{watching._key("watched", small): str(team)})
    made = Watch(small)
    made.offered = []
    made.found.connect(lambda found: made.offered.append([one.path for one in found]))
    yield made
    made.rest()


def copied(document, path, author="Devon", text="Devon’s"):
    built = path.with_name("built") / path.name
    built.parent.mkdir(exist_ok=True)
    document.save_copy(built)
    with closing(Document.open(built, author)) as other:
        action = next(one for one in other.plan if isinstance(one, Action))
        other.commit(edit(other.plan, action.id, {"text": text}))
    return built.replace(path)  # lands whole


def settled(watch):
    return watch._work is None and not watch._soon.isActive()


def test_what_lies_beside_the_plan_or_lands_in_the_folder_is_offered_once(small, watch, team, tmp_path, qtbot):
    beside = copied(small.document, tmp_path / "small-Olus-PC conflicted copy.cypp")
    watch.begin()
    qtbot.waitUntil(lambda: watch.offered == [[beside]])
    landed = copied(small.document, team / "Devon.cypp", text="From the folder")
    qtbot.waitUntil(lambda: watch.offered == [[beside], [landed]])
    watch.look()
    qtbot.waitUntil(lambda: settled(watch))
    assert len(watch.offered) == 2
    copied(small.document, landed, text="Later")
    qtbot.waitUntil(lambda: watch.offered[2:] == [[landed]])


def test_nothing_is_offered_that_brings_nothing_or_is_none(small, watch, team, tmp_path, qtbot):
    small.document.save_copy(team / "same.cypp")
    (team / "broken.cypp").write_bytes(b"nothing of a plan")
    (team / "letter.docx").write_bytes(b"PK")
    with closing(Document.create(team / "other.cypp", "Zoe", Branch("plan", {"title": "Other"}))):
        before = {path: path.read_bytes() for path in team.iterdir()}
        watch.begin()
        qtbot.waitUntil(lambda: len(watching._seen(small)) >= 2)
        qtbot.waitUntil(lambda: settled(watch))
        assert watch.offered == []
        assert {path: path.read_bytes() for path in team.iterdir() if path in before} == before
    assert str(small.document.path) not in watching._seen(small)


def test_a_folder_that_is_gone_is_no_trouble(small, watch, team, qtbot):
    team.rmdir()
    watch.begin()
    qtbot.waitUntil(lambda: settled(watch))
    assert watch.offered == []


def test_what_was_remembered_oddly_is_forgotten(small):
    for words in ("[]", "{", '{"a": 1}', '{"a": ["x", "y"]}', "null"):
        settings.write(**{watching._key("seen", small): words})
        assert watching._seen(small) == {}


def test_the_sentence_says_whose_and_where(small, tmp_path):
    one = watching.merge.preview(small.document, [copied(small.document, tmp_path / "a.cypp")])
    two = watching.merge.preview(small.document, [copied(small.document, tmp_path / "b.cypp", "Zoe", "Zoe’s")])
    assert sentence(one) == f"A copy by Devon lies in “{tmp_path.name}”: 1 new change."
    assert sentence([*one, *two]).startswith("2 copies by Devon and Zoe lie in ")


def test_the_folder_is_chosen_and_given_up(qtbot, monkeypatch, team):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(team))
    dialog = WatchDialog(None)
    qtbot.addWidget(dialog)
    assert dialog.stop.isHidden()
    dialog.choose.click()
    assert (dialog.result(), dialog.folder) == (1, team)
    dialog = WatchDialog(team)
    qtbot.addWidget(dialog)
    dialog.stop.click()
    assert (dialog.result(), dialog.folder) == (1, None)


def test_the_window_offers_what_landed_until_it_is_taken_or_closed(qapp, small, team, tmp_path, qtbot, monkeypatch):
    monkeypatch.setattr(plan_view, "CAME_AFTER", 1)
    app.make_app()
    path = tmp_path / "mine" / "plan.cypp"
    path.parent.mkdir()
    small.document.save_copy(path)
    settings.write(**{watching._key("watched", small): str(team)})
    landed = copied(small.document, team / "Devon.cypp")
    window = Program(qapp).open(path)
    window.show()
    view, taken = window.view, []
    qtbot.waitUntil(lambda: view.banners.offer is not None)
    view.bridge.commit(edit(view.bridge.plan, view.bridge.plan.root, {"title": "Meanwhile"}))
    assert view.banners.offer.isVisible()
    assert view.banners.offer._words.text() == "A copy by Devon lies in “Team”: 1 new change."
    monkeypatch.setattr(operations, "take_in", lambda _window, paths: taken.append(paths))
    view.banners.offer._button.click()
    assert taken == [[landed]]
    assert view.banners.offer.isHidden()
    window.close()
