"""Values removed from the history for good: gone from the file's bytes, and not brought back by any copy."""

from __future__ import annotations

import pytest

from cypp_desktop.document import conflicts, redaction
from cypp_desktop.document.document import Document
from cypp_desktop.domain import change
from cypp_desktop.domain.change import Refused

SECRET = "Wanda Placeholder lives at 7 Elm Row"


def note(plan, words):
    plan.commit(change.edit(plan.plan, "act", {"note@mid": words}))


def ids(plan, words=SECRET):
    return [row.id for row in redaction.search(plan.path, words)]


def is_in(path, words=SECRET):
    return words.encode() in path.read_bytes()


@pytest.fixture
def reopened():
    """Open a plan anew, and close it at the end."""
    opened = []

    def again(path, author):
        opened.append(Document.open(path, author))
        return opened[-1]

    yield again
    for one in opened:
        one.close()


@pytest.fixture
def told(document):
    """A plan in which something was written that should not have been, and then taken out."""
    note(document, f"Begun. {SECRET}.")
    note(document, "Begun.")
    assert is_in(document.path)
    return document


def test_the_value_is_gone_from_every_byte_of_the_file_and_the_history_stays_sound(told):
    before = [row.id for row in told._store.rows()]
    told.redact(ids(told))
    assert not is_in(told.path)
    assert told.check() == []
    assert [row.id for row in told._store.rows()][: len(before)] == before
    assert told.plan["act"].update("mid").note == "Begun."
    assert ids(told) == []


def test_a_sent_copy_does_not_hold_it_either(told, tmp_path):
    told.redact(ids(told))
    told.save_copy(tmp_path / "sent.cypp")
    assert not is_in(tmp_path / "sent.cypp")


def test_an_old_copy_merges_and_does_not_bring_it_back(told, copy, take):
    old = copy("Bob")
    old.commit(change.edit(old.plan, "act", {"due": "June"}))
    told.redact(ids(told))
    assert take(old) == 1
    assert told.plan["act"].due == "June"
    assert not is_in(told.path)
    assert told.conflicts() == []


def test_what_stands_in_the_plan_now_becomes_empty(document, path, reopened):
    note(document, SECRET)
    document.keep_draft("act", "note@mid", SECRET)
    document.close()
    document = reopened(path, "Ann")
    document.keep_draft("act", "note@mid", "Other words")  # the draft of the sitting before is set aside
    assert is_in(document.path)
    document.redact(ids(document))
    assert document.plan["act"].update("mid").note == ""
    assert not is_in(document.path)
    assert document.check() == []
    again = Document.open(document.path, "Ann", read_only=True)
    assert again.plan == document.plan
    again.close()


def test_undo_does_not_bring_it_back(told):
    told.redact(ids(told))
    with pytest.raises(Refused, match="removed from the history for good"):
        told.undo()
    assert not is_in(told.path)


def test_a_removal_that_arrives_is_a_question_and_goes_only_when_it_is_agreed_to(told, copy, take):
    bob = copy("Bob")
    bob.redact(ids(bob))
    assert take(bob) == 1
    assert is_in(told.path)
    (question,) = told.conflicts()
    assert (question.kind, question.record, question.field) == ("redact", "act", "note@mid")
    assert SECRET in question.base
    assert [side.author for side in question.sides] == ["Bob"]
    told.redact([bytes.fromhex(question.sides[0].value)])
    assert (told.conflicts(), is_in(told.path), told.check()) == ([], False, [])


def test_a_removal_can_be_declined_and_then_nobody_is_asked_again(told, copy, take):
    bob = copy("Bob")
    bob.redact(ids(bob))
    take(bob)
    (question,) = told.conflicts()
    told.commit(conflicts.settle(told.plan, question, value=False))
    assert (told.conflicts(), is_in(told.path)) == ([], True)
    assert take(bob) == 0
    assert told.conflicts() == []
    told.undo()
    assert [(one.kind, one.base) for one in told.conflicts()] == [("redact", question.base)]


def test_who_never_had_the_value_takes_the_emptied_change_in(document, copy, take):
    bob, cat = copy("Bob"), copy("Cat")
    note(bob, SECRET)
    late = copy("Late", of=bob)
    note(bob, "Nothing")
    bob.redact(ids(bob))
    take(bob)
    assert (is_in(document.path), document.conflicts()) == (False, [])
    assert document.plan["act"].update("mid").note == "Nothing"
    take(late)
    assert not is_in(document.path)
    take(document, into=cat)
    assert (cat.plan, is_in(cat.path)) == (document.plan, False)


def test_a_question_about_a_removed_value_shows_nothing_in_its_place(document, copy, take):
    bob = copy("Bob")
    note(bob, SECRET)
    note(document, "Ann’s")
    bob.redact(ids(bob))
    take(bob)
    (question,) = document.conflicts()
    assert sorted(str(side.value) for side in question.sides) == ["Ann’s", "None"]


def test_a_removal_of_a_deleted_records_value_is_asked_about_the_plan(told, copy, take):
    bob = copy("Bob")
    bob.redact(ids(bob))
    told.commit(change.delete(told.plan, ["act"]))
    take(bob)
    removal = next(one for one in told.conflicts() if one.kind == "redact")
    assert removal.record == told.plan.root


def test_only_values_that_people_wrote_can_go(document):
    kind = next(row for row in document._store.rows() if row.field == "_kind")
    with pytest.raises(Refused, match="somebody wrote"):
        document.redact([kind.id])
    with pytest.raises(Refused, match="not in the history"):
        document.redact([b"x" * 16])
    assert document.check() == []


def test_words_are_found_in_any_case_in_lists_too_and_over_line_ends(document):
    note(document, "Seen by\nWanda")
    document.commit(change.edit(document.plan, "act", {"plans": ("Wanda’s plan",)}))
    assert {row.field for row in redaction.search(document.path, "wanda")} == {"note@mid", "plans"}
    assert [row.field for row in redaction.search(document.path, "by  wanda")] == ["note@mid"]
    assert redaction.search(document.path, " ") == []
