"""A damaged plan file: what is sound comes into a new file, the rest is counted, and the damaged one stays as it is."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing

import pytest

from cypp_desktop.document import backups, journal, merge, rescue
from cypp_desktop.document.document import CannotSave, Document
from cypp_desktop.document.file import Damaged
from cypp_desktop.domain import change
from cypp_desktop.domain.change import Branch, Refused


@pytest.fixture
def big(path):
    """A plan of some pages."""
    document = Document.open(path, "Ann")
    branches = [Branch("action", {"text": f"Action {number} " + "x" * 300}) for number in range(200)]
    document.commit(change.add_branches(document.plan, "mash", branches))
    document.commit(change.edit(document.plan, "safe", {"title": "Last"}))
    document.close()
    return path


def rescued(path, tmp_path):
    before = path.read_bytes()
    found = rescue.rescue(path, tmp_path / "rescued.cypp", "Ann")
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    document = Document.open(tmp_path / "rescued.cypp", "Ann")
    assert document.check() == []
    return found, document


def test_of_a_sound_file_all_is_rescued(big, tmp_path):
    was = Document.open(big, "Ann", read_only=True)
    found, document = rescued(big, tmp_path)
    assert (found.anew, found.lost) == (0, 0)
    assert found.sentence.endswith("none was lost.")
    assert (document.plan, document.history(), document.doc_id) == (was.plan, was.history(), was.doc_id)
    was.close()
    document.close()


def test_broken_pages_cost_only_what_stands_on_them(big, tmp_path):
    was = Document.open(big, "Ann", read_only=True)
    plan, whole = was.plan, tmp_path / "whole.cypp"
    was.save_copy(whole)
    was.close()
    content, draw = bytearray(big.read_bytes()), random.Random(1)
    with closing(sqlite3.connect(big)) as connection:
        pages = [
            number
            for number in range(20, len(content) // 4096)
            if content[number * 4096] == 13  # a leaf of a table
        ]
        assert connection.execute("PRAGMA page_size").fetchone() == (4096,)
    for number in draw.sample(pages, 8):
        content[number * 4096 : number * 4096 + 4096] = draw.randbytes(4096)
    big.write_bytes(content)
    with pytest.raises(Damaged):
        Document.open(big, "Ann")
    found, document = rescued(big, tmp_path)
    assert found.lost > 0
    assert "could not be read or were altered" in found.sentence
    assert len(document.plan) > len(plan) * 0.6
    merge.take_in(document, merge.preview(document, [whole]))  # whoever has a copy has the rest
    assert document.check() == []
    assert document.plan["safe"].title == "Last"
    document.close()


def test_a_file_that_was_cut_short_gives_what_arrived(big, tmp_path):
    content = big.read_bytes()
    big.write_bytes(content[: len(content) * 2 // 3])
    found, document = rescued(big, tmp_path)
    assert found.kept > 50
    document.close()


def test_an_altered_row_is_left_out_and_what_was_built_on_it_is_written_anew(path, tmp_path):
    document = Document.open(path, "Ann")
    document.commit(change.edit(document.plan, "act", {"text": "First"}))
    (first,) = [row for row in document._store.rows() if row.value == '"First"']
    document.commit(change.edit(document.plan, "act", {"text": "Second"}))
    document.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE change SET value='\"Forged\"' WHERE id=?", (first.id,))
        connection.commit()
    found, document = rescued(path, tmp_path)
    assert (found.anew, found.lost) == (1, 1)
    assert document.plan["act"].text == "Second"
    assert "Forged" not in {entry.after for entry in document.history()}
    assert journal.faults(list(document._store.rows()), document._store.meta("seal")) == []
    document.close()


def test_what_the_damaged_file_shows_and_the_new_one_lacks_is_named(path, tmp_path):
    document = Document.open(path, "Ann")
    document.commit(change.edit(document.plan, "act", {"text": "Second", "due": "May"}))
    added = change.add(document.plan, "action", "mash", {"text": "Gone **for** good", "ref": "9"})
    document.commit(added)
    document.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE change SET author='Eve' WHERE value='\"Second\"'")
        connection.execute("DELETE FROM change WHERE record=?", (added.record,))
        connection.commit()
    found, document = rescued(path, tmp_path)
    assert document.plan["act"].text != "Second"
    named = {(one.record, one.field): one.words for one in found.missing}
    assert [words for (_, field), words in named.items() if field == "words"] == ["Second", "Gone for good"]
    assert {field for _, field in named} == {"words", "reference"}
    document.close()


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" + bytes(5000), b"rubbish" * 3000])
def test_where_nothing_is_sound_it_says_so_and_makes_no_file(path, tmp_path, content):
    path.write_bytes(content)
    with pytest.raises(Refused, match="Open a backup"):
        rescue.rescue(path, tmp_path / "rescued.cypp", "Ann")
    assert not (tmp_path / "rescued.cypp").exists()
    with pytest.raises(Refused, match="cannot be read"):
        rescue.rescue(tmp_path / "nowhere.cypp", tmp_path / "rescued.cypp", "Ann")


def test_the_latest_good_backup_of_a_damaged_file_is_known_by_where_it_lies(path, tmp_path, monkeypatch):
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "data")
    assert backups.latest_good(path) is None
    good = backups.keep_if_changed(path, backups.OPENING)
    document = Document.open(path, "Ann")
    document.commit(change.edit(document.plan, "safe", {"title": "Later"}))
    bad = document.back_up("editing")
    document.close()
    bad.write_bytes(bad.read_bytes()[:5000])
    path.write_bytes(b"rubbish")
    found = backups.latest_good(path)
    assert found is not None
    assert found.path == good
    assert backups.latest_good(path.with_name("another.cypp")) is None
    spoilt = backups.folder("0") / "paths.txt"
    spoilt.parent.mkdir()
    spoilt.write_bytes(b"\xff\xfe")  # of another plan, and looked at first
    assert backups.latest_good(path) == found


def test_of_a_rescue_that_fails_nothing_is_left(big, tmp_path, monkeypatch):
    def full(*_):
        raise CannotSave("There is no room.")

    target = tmp_path / "rescued.cypp"
    with monkeypatch.context() as patched:
        patched.setattr(Document, "commit", full)
        with pytest.raises(CannotSave):
            rescue.rescue(big, target, "Ann")
    assert not target.exists()
    assert rescue.rescue(big, target, "Ann")
