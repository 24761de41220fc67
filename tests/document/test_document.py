"""One open document: single promises that the random user does not make plain."""

from __future__ import annotations

import sqlite3

import pytest

from cypp_desktop.document.document import Document, Draft
from cypp_desktop.domain import change
from cypp_desktop.domain.change import DELETED, Change, Refused, Step


def title(document, words):
    document.commit(change.edit(document.plan, "safe", {"title": words}))


def test_undo_goes_back_over_several_edits_of_one_cell_and_forth_again(document):
    said = ["Safe", "one", "two", "three", "four"]
    for words in said[1:]:
        title(document, words)
    for _ in range(3):
        for words in said[-2::-1]:
            document.undo()
            assert document.plan["safe"].title == words
        for words in said[1:]:
            document.redo()
            assert document.plan["safe"].title == words
    assert document.check() == []


def test_steps_name_what_undo_and_redo_will_do(document):
    assert (document.undo_label, document.redo_label) == ("", "")
    document.commit(change.edit(document.plan, "safe", {"title": "x"}, label="rename"))
    assert (document.undo_label, document.redo_label) == ("rename", "")
    document.undo()
    assert (document.undo_label, document.redo_label) == ("", "rename")
    title(document, "y")
    assert (document.undo_label, document.redo_label) == ("change of title", "")


def test_a_listener_that_fails_leaves_the_step_done_and_undoable(document):
    def fail(_event):
        raise RuntimeError("a widget's mistake")

    stop = document.subscribe(fail)
    with pytest.raises(RuntimeError):
        title(document, "x")
    stop()
    stop()
    assert document.plan["safe"].title == "x"
    document.undo()
    assert document.plan["safe"].title == "Safe"


def test_every_change_is_in_the_history_with_what_stood_before(document):
    title(document, "one")
    title(document, "two")
    document.undo()
    entries = document.history("safe", limit=3)
    assert [(one.op, one.field, one.before, one.after) for one in entries] == [
        ("undo", "title", "two", "one"),
        ("set", "title", "one", "two"),
        ("set", "title", "Safe", "one"),
    ]
    assert {one.author for one in entries} == {"Ann"}
    assert len({one.step for one in entries}) == 3
    assert [one.before for one in document.history("train") if one.field == DELETED] == [None]
    assert len(document.history(limit=2)) == 2
    assert document.history("nobody") == []


def test_deleted_records_come_latest_first_as_they_were(document):
    document.commit(change.edit(document.plan, "act", {"due": "June", "note@mid": "Late"}))
    before = document.plan
    document.commit(change.delete(document.plan, ["act"]))
    assert [one.id for one in document.deleted()] == ["act", "train"]
    assert document.deleted()[0] == before["act"]
    document.commit(change.restore(["act"]))
    assert document.plan == before
    assert [one.id for one in document.deleted()] == ["train"]


def test_a_record_restored_without_its_parent_waits_to_be_placed(document):
    document.commit(change.delete(document.plan, ["mash"]))
    document.commit(change.restore(["act"]))
    assert [one.id for one in document.plan.unplaced()] == ["act"]
    document.commit(change.restore(["mash"]))
    assert document.plan.unplaced() == []


def test_an_edit_that_is_stale_is_refused(document):
    step = change.edit(document.plan, "act", {"text": "x"})
    document.commit(change.delete(document.plan, ["act"]))
    with pytest.raises(Refused, match="no longer in the plan"):
        document.commit(step)
    document.commit(Step("", "restore", (Change("act", DELETED, before=True, after=False),)))
    document.commit(step)
    assert document.plan["act"].text == "x"


def test_an_empty_step_is_nothing(document, path):
    before = path.read_bytes()
    document.commit(Step("nothing", "set", ()))
    assert document.undo_label == ""
    assert path.read_bytes() == before


def test_drafts_are_kept_until_they_are_dropped(document, path):
    document.keep_draft("act", "text", "half a sen")
    document.keep_draft("act", "text", "half a sentence")
    document.keep_draft("safe", "statement", "x")
    document.drop_draft("safe", "statement")
    document.drop_draft("safe", "statement")
    other = Document.open(path, "Bob", read_only=True)
    (draft,) = other.drafts()
    assert draft == Draft("act", "text", "half a sentence", draft.at, "Ann", "text")
    assert other.plan == document.plan  # a draft is no change
    assert other.check() == []
    other.close()


def test_a_draft_of_an_earlier_sitting_is_never_overwritten(document, path):
    document.keep_draft("act", "text", "before the crash")
    document.close()
    document = Document.open(path, "Bob")
    for words in ("another", "another text"):
        document.keep_draft("act", "text", words)
    assert [(one.field, one.value, one.author) for one in document.drafts()] == [
        ("text", "before the crash", "Ann"),
        ("text", "another text", "Bob"),
    ]
    document.drop_draft("act", "text")
    (old,) = document.drafts()
    assert (old.record, old.value) == ("act", "before the crash")
    document.drop_draft("act", "text")
    assert document.drafts() == [old]
    document.forget([old])
    assert document.drafts() == []
    document.close()


def test_what_another_program_wrote_meanwhile_is_shown_and_not_overwritten(document, path):
    events = []
    document.subscribe(events.append)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("UPDATE priority SET title='by a database tool'")
    other.close()
    with pytest.raises(Refused, match="Another program changed this file"):
        title(document, "mine")
    assert [(event.op, event.changed) for event in events] == [("reload", {"safe"})]
    assert document.plan["safe"].title == "by a database tool"
    assert document.check() == ["The plan's tables differ from its history."]
    title(document, "mine")
    assert document.check() == []
    assert document.plan["safe"].title == "mine"


def test_a_conflict_is_settled_by_writing_and_opened_again_by_undo(document):
    """Two heads, as taking in a copy leaves them."""
    from cypp_desktop.document import journal
    from cypp_desktop.document.journal import Stamp

    (base,) = document._store.heads(["safe"])["safe"]["title"]
    stamp = Stamp(50, "", "Bob", b"elsewher", b"his step", "set")
    document._connection.execute("BEGIN")
    mine = journal.make(stamp._replace(author="Ann", lamport=51), "safe", "title", [base], "mine")
    theirs = journal.make(stamp, "safe", "title", [base], "theirs")
    document._store.insert([mine, theirs])
    document._store.rebuild()
    document._connection.execute("COMMIT")
    document._reload()
    assert document.plan["safe"].title == "mine"
    title(document, "both")
    assert document._store.heads(["safe"])["safe"]["title"].isdisjoint({mine.id, theirs.id})
    for _ in range(2):
        document.undo()
        assert document.plan["safe"].title == "mine"  # the side that was shown before
        heads = document._store.cells(["safe"])["safe"]["title"]
        assert {head.value for head in heads} == {'"mine"', '"theirs"'}
        document.redo()
        assert document.plan["safe"].title == "both"
    assert document.check() == []


def test_undo_never_takes_back_what_somebody_else_did(document):
    from cypp_desktop.document import journal
    from cypp_desktop.document.journal import Stamp

    title(document, "mine")
    document.commit(change.add_branches(document.plan, "mash", [change.Branch("action", {"text": "new"}, id="new")]))
    (head,) = document._store.heads(["safe"])["safe"]["title"]
    stamp = Stamp(50, "", "Bob", b"elsewher", b"his step", "set")
    document._connection.execute("BEGIN")
    document._store.insert(
        [journal.make(stamp, "new", "due", [], "June"), journal.make(stamp, "safe", "title", [head], "his")]
    )
    document._store.rebuild()
    document._connection.execute("COMMIT")
    document._reload()
    document.undo()  # the addition: but Bob has written into it
    assert document.plan["new"].due == "June"
    with pytest.raises(Refused, match="Bob has changed this since"):
        document.undo()
    assert document.plan["safe"].title == "his"
    assert document.check() == []


def test_whatever_people_and_records_are_called_others_can_take_it_in(path, tmp_path):
    from cypp_desktop.document import safe_open

    document = Document.open(path, "half \ud83d " + "x" * 1000)
    document.commit(change.add_branches(document.plan, "mash", [change.Branch("action", {}, id="x" * 64)]))
    for one in (
        Step("", "add", (Change("x" * 65, "_kind", None, "action"),)),
        Step("", "set", (Change("act", "custom@" + "x" * 128, "", "y"),)),
    ):
        with pytest.raises(Refused, match="too long"):
            document.commit(one)
    document.close()
    assert {len(row.author) for row in safe_open.read(path).rows} == {3, 400}


def test_a_reader_sees_what_the_writer_does_when_looking_again(path):
    writer, told = Document.open(path, "Ann"), []
    reader = Document.open(path, "Bob")
    assert "Ann has this plan open" in reader.read_only
    reader.subscribe(told.append)
    reader.follow()
    assert told == []
    writer.commit(change.edit(writer.plan, "act", {"due": "May"}))
    reader.follow()
    assert reader.plan == writer.plan
    writer._store.set_meta("came", "[]")  # what changes nothing that is in the plan
    reader.follow()
    assert [(event.op, event.changed) for event in told] == [("reload", {"act"}), ("reload", set())]
    writer.close()
    path.unlink()
    reader.follow()  # what is shown stays
    assert reader.plan["act"].due == "May"
    reader.close()
