from __future__ import annotations

import json
import os
import socket
import sys

import pytest

from cypp_desktop.document.lock import Lock


@pytest.fixture
def plan(tmp_path):
    return tmp_path / "plan.cypp"


def test_one_has_it_and_the_other_is_told_who(plan):
    ann, bob = Lock(plan, "Ann"), Lock(plan, "Bob")
    assert ann.take() == ""
    assert bob.take() == "Ann"
    assert bob.take(force=True) == "Ann"
    bob.release()  # which it never had
    assert ann.path.exists()
    ann.release()
    ann.release()
    assert not ann.path.exists()
    assert bob.take() == ""
    bob.release()


def test_the_lock_file_says_who_where_and_since_when(plan):
    lock = Lock(plan, "Zoë")
    lock.take()
    words = json.loads(lock.path.read_text("utf-8"))
    lock.release()
    assert (words["name"], words["host"], words["pid"]) == ("Zoë", socket.gethostname(), os.getpid())


@pytest.mark.parametrize(
    "left", [b"", b"rubbish", b"[1]", b"\xff", json.dumps({"host": socket.gethostname(), "name": "Dead"}).encode()]
)
def test_a_lock_file_that_nobody_holds_is_taken_over(plan, left):
    lock = Lock(plan, "Ann")
    lock.path.write_bytes(left + b" " * 500)
    assert lock.take() == ""
    assert json.loads(lock.path.read_bytes())["name"] == "Ann"
    lock.release()
    assert not lock.path.exists()


def test_a_lock_from_another_computer_is_respected_until_forced(plan):
    lock = Lock(plan, "Ann")
    lock.path.write_text(json.dumps({"name": "Bob\nAND ALL" + "x" * 200, "host": "OFFICE-7"}), "utf-8")
    who = lock.take()
    assert who.startswith("BobAND ALL")
    assert who.endswith(" on OFFICE-7")
    assert len(who) < 100
    lock.release()
    assert json.loads(lock.path.read_text("utf-8"))["host"] == "OFFICE-7"
    assert lock.take(force=True) == ""
    lock.release()


def test_a_long_or_broken_name_is_still_a_lock(plan):
    ann, bob = Lock(plan, "half \ud83d " + "x" * 10_000), Lock(plan, "Bob")
    assert ann.take() == ""
    assert bob.take().startswith("half ? xxx")
    ann.release()


def test_a_nameless_owner_is_somebody(plan):
    lock = Lock(plan, "Ann")
    lock.path.write_text(json.dumps({"host": "OFFICE-7"}), "utf-8")
    assert lock.take() == "Somebody else on OFFICE-7"


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be removed there")
def test_a_lock_file_that_was_removed_meanwhile_is_not_mistaken_for_ours(plan, monkeypatch):
    """Its owner closes the plan just between our opening of the lock file and our locking it."""
    from cypp_desktop.document import lock as module

    ann, bob, cat = Lock(plan, "Ann"), Lock(plan, "Bob"), Lock(plan, "Cat")
    ann.take()
    honest, calls = module._lock, []

    def slow(handle):
        if not calls:
            calls.append(handle)
            ann.release()
        return honest(handle)

    monkeypatch.setattr(module, "_lock", slow)
    assert bob.take() == ""
    assert bob.path.exists()
    assert cat.take() == "Bob"
    bob.release()


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="no such links there")
def test_a_link_in_the_place_of_the_lock_file_is_not_followed(plan, tmp_path):
    precious = tmp_path / "precious.txt"
    precious.write_text("x")
    lock = Lock(plan, "Ann")
    lock.path.symlink_to(precious)
    with pytest.raises(OSError, match=r"symbolic|loop|links"):
        lock.take()
    assert precious.read_text() == "x"


def test_a_folder_that_is_gone_is_let_go_of_quietly(plan, tmp_path):
    folder = tmp_path / "away"
    folder.mkdir()
    lock = Lock(folder / "plan.cypp", "Ann")
    lock.take()
    lock.path.unlink()
    folder.rmdir()
    lock.release()


def test_who_was_refused_learns_that_the_other_let_go(plan):
    ann, bob = Lock(plan, "Ann"), Lock(plan, "Bob")
    assert not bob.given_up
    ann.hold()
    assert bob.hold()
    assert not bob.given_up
    ann.release()
    assert bob.given_up
    assert bob.hold() == ""
    assert not bob.given_up
    bob.release()


def test_a_lock_that_a_crash_left_counts_as_let_go_and_one_of_another_computer_does_not(plan):
    ann, bob = Lock(plan, "Ann"), Lock(plan, "Bob")
    ann.hold()
    bob.hold()
    words = ann.path.read_bytes()
    ann.release()
    ann.path.write_bytes(words)
    assert bob.given_up
    ann.path.write_text(json.dumps({"name": "Zoë", "host": "ELSEWHERE"}), "utf-8")
    assert bob.hold()
    assert not bob.given_up
