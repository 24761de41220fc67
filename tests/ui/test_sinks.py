"""Text is data wherever it goes: a plan whose every text is markup, formula, path and control is shown and printed."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import pytest
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from cypp_desktop.document.document import Document
from cypp_desktop.domain.change import Branch
from cypp_desktop.exchange import board_pack
from cypp_desktop.ui import app, settings
from cypp_desktop.ui.app import Program
from cypp_desktop.ui.models.tree import ACTIONS, LEADS, PLAN, READY, SECTIONS, SETTLE

EVIL = "<img src='file:///etc/passwd'><b>x</b> if a<b and b>c & R&D {0} %s \u202etxt.exe \x07 </td></w:t>"
FORMULA = "=cmd|'/c calc'!A1"


def evil(word=EVIL):
    """A plan with something of every kind whose texts are all hostile."""
    return Branch(
        "plan",
        {"title": word, "subtitle": word, "organisation": word, "board": word, "levels": (word, word),
         "action_word": word, "measure_word": word, "measures_title": word, "current_period": "mid",
         "appendix": word, "pack_title": word, "pack_note": word, "agenda_title": word,
         "columns": (f"outcome={word}", f"actions={word}", f"leads={word}", f"note={word}", f"status={word}")},
        [
            Branch("status", {"label": word, "letter": "G", "meaning": word}, id="green"),
            Branch("period", {"name": word}, id="mid"),
            Branch("lead", {"name": word, "email": word, "role": word}, id="ann"),
            Branch("field", {"name": word, "choices": (word,)}, id="own"),
            Branch("layout", {"name": word}),
            Branch("view", {"name": word}),
            Branch("copy", {"to": word, "file": word}),
            Branch("section", {"heading": word, "text": word}),
            Branch("priority", {"ref": "1", "label": word, "title": word, "statement": word}, [
                Branch("outcome", {"ref": "1.1", "title": word}, [
                    Branch("measure", {"name": word, "target": word, "polarity": word, "source": word, "notes": word},
                           [Branch("reading", {"value": word, "period": word})]),
                    Branch("action", {"ref": "1", "text": word, "due": word, "plans": (word,), "leads": ("ann",),
                                      "note@mid": word, "status@mid": "green", "reason@mid": word, "custom@own": word}),
                ]),
            ]),
        ],
    )  # fmt: skip


@pytest.fixture
def window(qapp, tmp_path):
    settings._store().clear()
    settings.write(author=EVIL)
    app.make_app()
    program = Program(qapp)
    shown = program.make(tmp_path / "evil.cypp", evil())
    shown.resize(1440, 900)
    yield shown
    for one in list(program.windows):
        one.give_up()


def looked_at(top: QWidget) -> int:
    """Every label shows plain text, and no tooltip or help is taken for markup; how many labels there were."""
    number = 0
    for widget in (top, *top.findChildren(QWidget)):
        if isinstance(widget, QLabel) and widget.text():
            number += 1
            assert widget.textFormat() == Qt.TextFormat.PlainText, widget.text()
        for words in (widget.toolTip(), widget.whatsThis(), widget.statusTip()):
            if Qt.mightBeRichText(words):
                assert words.startswith(("<qt>", "<p>")), words
                assert not re.search(r"<(?!/?(qt|br|p|b)\b)", words), words
    return number


@pytest.mark.parametrize("page", [PLAN, SECTIONS, READY, SETTLE, ACTIONS, LEADS])
def test_no_page_of_the_window_takes_text_for_markup(window, page):
    window.bridge.select(page)
    QApplication.processEvents()
    assert looked_at(window) > 5


@pytest.mark.parametrize("kind", ["priority", "outcome", "measure", "action", "section", "lead", "period", "status"])
def test_no_form_takes_text_for_markup(window, kind):
    window.bridge.select(next(record.id for record in window.bridge.plan if record.kind == kind))
    window.view.inspector._catch_up()
    QApplication.processEvents()
    assert looked_at(window) > 5


def test_no_message_takes_text_for_markup(window):
    for kind in ("info", "warn", "danger"):
        window.view.say(kind, EVIL, "Do it")
        window.view.banners.standing.ask(kind, EVIL, ("Yes", lambda: None), ("No", lambda: None))
    window.view.line.show_failure(EVIL)
    window.view.line.say_more(EVIL)
    looked_at(window)


def test_no_dialog_takes_text_for_markup(window):
    from cypp_desktop.ui.dialogs.backups import BackupsDialog
    from cypp_desktop.ui.dialogs.damaged import DamagedDialog
    from cypp_desktop.ui.dialogs.history import HistoryDialog
    from cypp_desktop.ui.dialogs.period import PeriodDialog
    from cypp_desktop.ui.dialogs.restore import RestoreDialog

    bridge = window.bridge
    dialogs = [
        BackupsDialog(window, bridge),
        DamagedDialog(window.program, window, bridge.document.path, EVIL),
        HistoryDialog(bridge, "", window),
        PeriodDialog(bridge, window),
        RestoreDialog(bridge, window),
    ]
    for dialog in dialogs:
        looked_at(dialog)
        dialog.reject()


@pytest.mark.parametrize("word", [EVIL, FORMULA])
@pytest.mark.parametrize("ending", ["pdf", "docx", "xlsx", "html", "csv"])
def test_no_renderer_takes_text_for_anything_else(tmp_path, ending, word):
    document = Document.create(tmp_path / "evil.cypp", "Ann", evil(word))
    plan = document.plan
    document.close()
    out = tmp_path / f"pack.{ending}"
    board_pack.write(plan, out)
    content = out.read_bytes()
    assert b"root:" not in content  # nothing of the file that the picture names
    if ending == "html":
        text = content.decode()
        assert "<img src='file" not in text
        assert "&lt;img src=" in text or word == FORMULA
    elif ending == "csv":
        cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]
        assert not [cell for cell in cells if cell[:1] in ("=", "+", "@", "\t", "\r")]
    elif ending in ("docx", "xlsx"):
        with zipfile.ZipFile(out) as parts:
            inside = {name: parts.read(name) for name in parts.namelist()}
        assert not [name for name, part in inside.items() if b"<img" in part or b"<f>" in part]
        assert not [name for name, part in inside.items() if name.endswith(".rels") and b"file:///" in part]


@pytest.mark.parametrize("levels", [(), ("Aim",), ("A", "B", "C", "D")])
def test_a_plan_may_name_any_number_of_its_levels(program, tmp_path, levels):
    below = [Branch("outcome", {"title": "o"}, [Branch("outcome", {"title": "p"})])]
    plan = Branch("plan", {"levels": levels}, [Branch("priority", {"title": "x"}, below)])
    shown = program.make(tmp_path / "levels.cypp", plan)
    named = [shown.commands.actions[f"add {kind}"].text() for kind in ("priority", "outcome")]
    assert named == [f"New {word.lower()}" for word in (*levels, *("Priority", "Outcome")[len(levels) :])][:2]
    for page in (PLAN, ACTIONS, LEADS, SECTIONS, READY, SETTLE):
        shown.view.bridge.select(page)


@pytest.mark.parametrize("field", ["title", "ref"])
def test_a_title_that_is_none_any_more_is_cut_where_it_is_only_shown(program, tmp_path, field):
    word = "W" * 50_000
    below = [Branch("outcome", {field: word}, [Branch("action", {"ref": word, "text": "x"})])]
    plan = Branch("plan", {"title": "P"}, [Branch("priority", {field: word}, below)])
    shown = program.make(tmp_path / "long.cypp", plan)
    view = shown.view
    for record in [one.id for one in view.bridge.plan if one.kind in ("priority", "outcome", "action")]:
        view.bridge.select(record)
        labels = [one.text() for one in shown.findChildren(QLabel) if one.wordWrap()]
        assert max(map(len, labels)) <= 2001
