from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QApplication

from cypp_desktop.ui import wrapping
from cypp_desktop.ui.celltext import Layouts, Words
from cypp_desktop.ui.delegates.fields import WordsField
from cypp_desktop.ui.richtext.editor import RichEditor
from cypp_desktop.ui.words import WordsEditor

ENDLESS = "a" * 6000
USUAL = "Words of a usual length, " * 200
WHOLE, ANYWHERE = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere, QTextOption.WrapMode.WrapAnywhere


@pytest.mark.parametrize(
    ("words", "mode"),
    [
        ("", WHOLE),
        (USUAL, WHOLE),
        ("a" * wrapping.LONGEST, WHOLE),
        ("\n".join(["a" * 900] * 100), WHOLE),
        ("a" * (wrapping.LONGEST + 1), ANYWHERE),
        (f"{USUAL}\n{ENDLESS} after", ANYWHERE),
        ("\u00a0" * 5000, ANYWHERE),  # no line ends at such a space either
    ],
)
def test_only_endless_words_are_broken_anywhere(words, mode):
    assert wrapping.mode(words) == mode == wrapping.option(words).wrapMode()


@pytest.mark.parametrize(("words", "mode"), [(USUAL, WHOLE), (ENDLESS, ANYWHERE)])
def test_a_cell_is_laid_out_so(qapp, words, mode):
    [piece] = Layouts(QApplication.font()).lay(Words(words), 200).pieces
    assert piece.layout.textOption().wrapMode() == mode


@pytest.fixture(params=[RichEditor, WordsEditor, WordsField])
def field(qtbot, request):
    made = request.param()
    qtbot.addWidget(made)
    return made


def test_a_field_is_never_given_endless_words_between_words(qtbot, field):
    """Neither when they come nor when they go: what Qt laid out in between would take it seconds."""
    seen = []
    field.edit.textChanged.connect(lambda: seen.append((len(field.edit.toPlainText()), field.edit.wordWrapMode())))
    for words in (USUAL, ENDLESS, USUAL.strip()):
        field.set_text(words)
    assert (len(ENDLESS), ANYWHERE) in seen
    assert (len(ENDLESS), WHOLE) not in seen
    assert (len(USUAL.strip()), ANYWHERE) in seen
    assert field.edit.wordWrapMode() == WHOLE


@pytest.mark.parametrize("kind", [RichEditor, WordsEditor])
@pytest.mark.parametrize("words", [ENDLESS, f"- one\n- {ENDLESS}"])
def test_endless_words_that_are_pasted_are_broken_anywhere(qtbot, kind, words):
    field = kind()
    qtbot.addWidget(field)
    mime = QMimeData()
    mime.setText(words)
    field.edit.insertFromMimeData(mime)
    assert field.edit.wordWrapMode() == ANYWHERE
    assert ENDLESS in field.edit.toPlainText()
