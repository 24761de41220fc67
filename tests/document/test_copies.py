"""Who has copies out: what is remembered when a copy comes back, and what is said of one that cannot be read."""

from __future__ import annotations

import shutil
from contextlib import closing

import pytest

from cypp_desktop.document import file, merge
from cypp_desktop.document.document import Document
from cypp_desktop.domain import change, copies
from cypp_desktop.domain.change import Refused


@pytest.fixture
def out(document):
    """A copy that went to Zoe, with an edit of hers."""
    values = {"to": "Zoe", "file": "Plan – Zoe – 2026-11-25.cypp", "sent_at": "2026-11-25T10:00:00+00:00"}
    document.commit(step := change.add(document.plan, "copy", document.plan.root, values))
    path = document.path.parent / values["file"]
    document.save_copy(path, {"copy": step.record})
    with closing(Document.open(path, "Zoe")) as other:
        other.commit(change.edit(other.plan, "act", {"text": "Zoe’s"}))
    return path


def test_two_officers_who_take_in_the_same_copy_are_asked_nothing(document, out, tmp_path):
    second = tmp_path / "second.cypp"
    shutil.copyfile(document.path, second)
    with closing(Document.open(second, "Bea")) as other:
        for one in (document, other):
            merge.take_in(one, merge.preview(one, [out]))
        record = copies_of(other)
        other.commit(change.edit(other.plan, record, {"answered_at": "2026-12-01T00:00:00+00:00"}))
    merge.take_in(document, merge.preview(document, [second]))
    assert document.conflicts() == []
    document.commit(change.delete(document.plan, [record]))
    with closing(Document.open(second, "Bea")) as other:
        other.commit(change.edit(other.plan, record, {"file": "another"}))
    merge.take_in(document, merge.preview(document, [second]))
    assert document.conflicts() == []


def copies_of(document):
    return next(one.id for one in document.plan if one.kind == "copy")


def test_a_copy_is_answered_once(document, out):
    merge.take_in(document, merge.preview(document, [out]))
    first = document.plan[copies_of(document)].answered_at
    assert first
    with closing(Document.open(out, "Zoe")) as other:
        other.commit(change.edit(other.plan, "act", {"text": "Zoe’s again"}))
    merge.take_in(document, merge.preview(document, [out]))
    assert document.plan[copies_of(document)].answered_at == first


def test_a_copy_that_brings_nothing_is_no_answer(document, out):
    document.save_copy(out, {"copy": copies_of(document)})
    assert merge.take_in(document, merge.preview(document, [out])) == 0
    assert copies.out(document.plan)


def test_a_refusal_says_whom_to_ask(document, out):
    renamed = out.with_name(out.stem + " (2).cypp")
    renamed.write_bytes(out.read_bytes()[:-5000])
    (one,) = merge.preview(document, [renamed])
    assert one.refused.endswith("Ask Zoe to send it again.")
    with pytest.raises(Refused, match="Ask Zoe"):
        merge.take_in(document, [one])


def test_a_copy_whose_file_has_no_name_is_not_every_file(document, tmp_path):
    document.commit(change.add(document.plan, "copy", document.plan.root, {"to": "Yan"}))
    stranger = tmp_path / "Another.cypp"
    stranger.write_bytes(document.path.read_bytes()[:-5000])
    (one,) = merge.preview(document, [stranger])
    assert one.refused.endswith("Ask for it to be sent again.")


def test_a_preview_says_from_which_state_a_copy_was_made(document, out):
    (one,) = merge.preview(document, [out])
    assert one.state == max(entry.at for entry in document.history())
    assert (one.new, one.known) == (1, len(document.known()))


def test_a_change_that_is_ours_but_altered_is_still_found_out(document, out):
    rows = document.journal()
    row = next(one for one in rows.values() if one.field == "text")
    document._connection.execute("UPDATE change SET value='\"forged\"' WHERE id=?", (row.id,))
    other = out.with_name("forged.cypp")
    shutil.copyfile(out, other)
    with closing(file.connect(other, read_only=False)) as connection:
        connection.execute("UPDATE change SET value='\"other\"' WHERE id=?", (row.id,))
    (one,) = merge.preview(document, [other])
    assert "was altered outside the program" in one.refused
