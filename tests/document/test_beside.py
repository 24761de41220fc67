"""What lies beside a plan file, or in its place, may be anybody's: nothing of it stops or misleads an opening."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from cypp_desktop.document import rescue, safe_open
from cypp_desktop.document.document import Document
from cypp_desktop.domain.change import Refused

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes, and links need rights there")
JOURNAL, LOCK, LOG = "plan.cypp-journal", ".~lock.plan.cypp#", "plan.cypp-wal"


def lying(folder):
    """What lies in a folder, and of which kind it is."""
    return {(one.name, one.lstat().st_mode, one.lstat().st_size) for one in folder.iterdir()}


def each_way(path):
    """Open a plan file in every way in which the program does; the sentences of refusal, "" where it was opened."""
    said = []
    for way in (
        lambda: Document.open(path, "Ann").close(),
        lambda: Document.open(path, "Ann", read_only=True).close(),
        lambda: safe_open.read(path),
    ):
        before = lying(path.parent)
        try:
            way()
            said.append("")
        except Refused as problem:
            said.append(str(problem))
        assert {one[0] for one in lying(path.parent)} <= {one[0] for one in before}
    return said


def pipe(path):
    os.mkfifo(path)


@posix
@pytest.mark.parametrize("make", [pipe, Path.mkdir, lambda path: path.symlink_to("/etc/passwd")])
def test_what_is_no_journal_is_not_played_back_or_waited_for(path, plan_bytes, make):
    make(path.with_name(JOURNAL))
    damaged = "“plan.cypp” is damaged. Open a backup, or ask for it to be sent again."
    assert each_way(path) == [damaged, damaged, ""]
    assert path.read_bytes() == plan_bytes


@posix
@pytest.mark.parametrize("make", [pipe, Path.mkdir, lambda path: path.symlink_to("nowhere")])
def test_an_odd_log_or_lock_is_not_waited_for(path, plan_bytes, make):
    make(path.with_name(LOCK))
    assert each_way(path) == ["", "", ""]
    for one in path.parent.glob(LOCK):
        one.rmdir() if one.is_dir() else one.unlink()
    make(path.with_name(LOG))
    assert each_way(path)[2] == ""
    assert path.read_bytes() == plan_bytes


@pytest.mark.parametrize(
    "words",
    ["", "[" * 4000, '{"a":' * 680, '{"name": 7, "host": ["x"]}', '"name"', "\x00", "\ud800"],
    ids=range(7),
)
def test_nonsense_in_a_lock_file_locks_nobody_out(path, words):
    path.with_name(LOCK).write_bytes(words.encode(errors="surrogatepass"))
    document = Document.open(path, "Ann")
    assert document.read_only in ("", "7 on ['x'] has this plan open, so it can only be read here.")
    document.close()


def test_a_name_in_a_lock_file_cannot_turn_the_sentence_about_it(path):
    words = {"name": "Eve\u202e\n\x07", "host": "PC\u202e\x1b[1m"}
    path.with_name(LOCK).write_text(json.dumps(words), "utf-8")
    document = Document.open(path, "Ann")
    assert document.read_only == "Eve on PC[1m has this plan open, so it can only be read here."
    document.close()


@posix
def test_a_link_is_followed_once_and_a_device_is_no_plan(path, plan_bytes):
    link = path.with_name("link.cypp")
    link.symlink_to(path)
    assert each_way(link) == ["", "", ""]
    for target in ("loop.cypp", "/dev/zero", path.parent):
        odd = path.with_name("loop.cypp")
        odd.unlink(missing_ok=True)
        odd.symlink_to(target)
        assert all(sentence.startswith("“loop.cypp” ") for sentence in each_way(odd))
        with pytest.raises(Refused):
            rescue.rescue(odd, path.with_name("new.cypp"), "Ann")
    assert path.read_bytes() == plan_bytes


def test_a_file_far_too_big_is_not_copied_to_be_rescued(path):
    os.truncate(path, 2 << 30)
    with pytest.raises(Refused, match="is not a plan file"):
        rescue.rescue(path, path.with_name("new.cypp"), "Ann")


@posix
def test_a_name_of_a_file_cannot_turn_or_break_the_sentence_about_it(path):
    odd = path.with_name("Plan\n\u202eppyc.exe.cypp")
    odd.write_bytes(b"nothing")
    assert set(each_way(odd)) == {"“Plan��ppyc.exe.cypp” is not a plan file."}
