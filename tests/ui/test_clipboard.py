from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QByteArray, QMimeData

from cypp_desktop.document.document import Document
from cypp_desktop.domain.change import Refused
from cypp_desktop.domain.order import Keys
from cypp_desktop.domain.plan import Action, Outcome, Plan
from cypp_desktop.exchange import samples
from cypp_desktop.ui import clipboard


@pytest.fixture
def document(tmp_path):
    made = Document.create(tmp_path / "city.cypp", "Tester", samples.load("city"))
    yield made
    made.close()


def outcome(plan: Plan, ref: str) -> Outcome:
    return next(one for one in plan if isinstance(one, Outcome) and one.ref == ref)


def branch(plan, top):
    """What hangs on a record, without ids and places, references by what they say."""
    found = []
    for one in plan.branch(top):
        if isinstance(one, Action):
            found.append((one.text, plan.lead_names(one), [plan[each].name for each in one.measures]))
        else:
            found.append((one.kind, getattr(one, "name", "") or getattr(one, "title", "")))
    return found


def test_an_outcome_comes_with_all_that_hangs_on_it(document):
    plan = document.plan
    source = outcome(plan, "1a")
    mime = clipboard.records_mime(plan, [source.id, plan.actions(source.id)[0].id], ["x"], [["y"]])
    assert len(json.loads(bytes(mime.data(clipboard.BRANCHES).data()))["records"]) == 1
    document.commit(clipboard.paste(plan, mime, plan.priorities[2].id, document.keys))
    copy = document.plan.outcomes(plan.priorities[2].id)[-1]
    assert copy.id != source.id
    assert branch(document.plan, copy.id) == branch(plan, source.id)
    measures = {one.id for one in document.plan.measures(copy.id)}
    assert all(set(action.measures) <= measures for action in document.plan.actions(copy.id))


def test_another_plan_gets_leads_by_name(document, tmp_path):
    plan = document.plan
    mime = clipboard.records_mime(plan, [plan.actions(outcome(plan, "1a").id)[0].id], [], [])
    other = Document.create(tmp_path / "county.cypp", "Tester", samples.load("county"))
    place = other.plan.outcomes(other.plan.priorities[0].id)[0]
    before = len(other.plan.leads)
    for _ in range(2):
        other.commit(clipboard.paste(other.plan, mime, place.id, other.keys))
    assert other.plan.lead_names(other.plan.actions(place.id)[-1]) == ["Nottingham City Council"]
    assert len(other.plan.leads) == before + 1
    other.close()


def test_there_is_no_place_for_an_action_on_the_plan_itself(document):
    plan = document.plan
    mime = clipboard.records_mime(plan, [plan.actions(outcome(plan, "1a").id)[0].id], [], [])
    with pytest.raises(Refused, match="no place"):
        clipboard.paste(plan, mime, plan.root, Keys())


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{", b'{"records": []}', b'{"records": 7}', b'{"records": [{"kind": "virus", "id": "x"}]}', b"\xff",
     b'{"records": [{"kind": "action", "id": "x", "fields": {"text": 7}, "children": []}]}',
     b'{"records": [{"kind": "lead", "id": "x", "fields": {}, "children": []}], "names": []}',
     b'{"records": [{"kind": "lead", "id": "x", "fields": {}, "children": []}], "names": {"a": "b"}}'],
)  # fmt: skip
def test_a_strange_clipboard_is_refused(document, content):
    mime = QMimeData()
    mime.setData(clipboard.BRANCHES, QByteArray(content))
    with pytest.raises(Refused):
        clipboard.paste(document.plan, mime, outcome(document.plan, "1a").id, Keys())


def test_unknown_fields_and_references_are_left_out(document):
    fields = {"text": "ok", "leads": ["gone"], "note@nowhere": "x", "status": "x", "evil": "x", "due": ["a"]}
    content = {"records": [{"kind": "action", "id": "x", "fields": fields, "children": []}]}
    mime = QMimeData()
    mime.setData(clipboard.BRANCHES, QByteArray(json.dumps(content).encode()))
    place = outcome(document.plan, "1a").id
    document.commit(clipboard.paste(document.plan, mime, place, document.keys))
    made = document.plan.actions(place)[-1]
    assert (made.text, made.leads, made.updates, made.due) == ("ok", (), (), "")


def test_rows_go_to_others_as_words_and_table(document):
    mime = clipboard.records_mime(document.plan, [], ["A", "B"], [["<b>1</b>", "two\nlines"]])
    assert mime.text() == '<b>1</b>\t"two\nlines"'
    assert "<td>&lt;b&gt;1&lt;/b&gt;</td><td>two<br>lines</td>" in mime.html()
    assert clipboard.table(mime) == [["<b>1</b>", "two\nlines"]]


def test_a_list_from_word_is_several_texts_with_what_is_below_them():
    mime = QMimeData()
    mime.setHtml("<ul><li>One<ul><li>below</li></ul></li><li><b>Two</b></li></ul>")
    assert clipboard.texts(mime) == ["One\n\n- below", "**Two**"]
    assert clipboard.source(mime) == "- One\n  - below\n- **Two**"


def test_a_cell_longer_than_any_of_a_table_makes_none():
    mime = QMimeData()
    mime.setText("a\t" + "x" * 200_000)
    assert clipboard.table(mime) == []
