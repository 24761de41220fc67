"""What imports left to look at stays with the plan's file until it is dismissed, and goes to nobody else."""

from __future__ import annotations

import pytest

from cypp_desktop.document.document import Document
from cypp_desktop.domain.change import Branch
from cypp_desktop.exchange import importing
from cypp_desktop.exchange.importing.kept import FACT
from cypp_desktop.exchange.importing.remarks import LEFT, OPEN, Remark

LOST, LEFT_OUT = Remark(OPEN, "Table 1", "not taken:", "Amber \ud800 “x”"), Remark(LEFT, "", "left out:", "foot")


@pytest.fixture
def document(tmp_path):
    made = Document.create(tmp_path / "plan.cypp", "Tess", Branch("plan", {"title": "Plan"}))
    yield made
    made.close()


def test_what_was_not_understood_comes_first_and_the_latest_import_too(document, tmp_path):
    importing.keep(document, "old.docx", [LEFT_OUT, LOST])
    importing.keep(document, "nothing.docx", [])
    importing.keep(document, "new.docx", [LEFT_OUT])
    document.close()
    again = Document.open(tmp_path / "plan.cypp", "Tess")
    found = importing.kept(again)
    assert [(one.name, one.remarks) for one in found] == [
        ("new.docx", (LEFT_OUT,)),
        ("old.docx", (LOST, LEFT_OUT)),
    ]
    importing.put(again, found[1:])
    assert [one.name for one in importing.kept(again)] == ["old.docx"]
    again.close()


def test_a_copy_for_somebody_else_has_nothing_of_it(document, tmp_path):
    importing.keep(document, "old.docx", [LOST])
    document.save_copy(tmp_path / "mine.cypp")
    document.save_copy(tmp_path / "theirs.cypp", {"copy": ""})
    for name, count in (("mine.cypp", 1), ("theirs.cypp", 0)):
        copy = Document.open(tmp_path / name, "Ann")
        assert len(importing.kept(copy)) == count
        copy.close()


@pytest.mark.parametrize("words", ["no JSON", "3", "[1]", '[["a", "b"]]', '[["a", "b", [[1]]]]', "[" * 3000])
def test_something_else_that_wrote_there_does_no_harm(document, words):
    document.keep_fact(FACT, words)
    assert importing.kept(document) == []
