"""The plan as it was: whole, at any moment, from the journal alone."""

from __future__ import annotations

import sqlite3
import time
from datetime import UTC, datetime, timedelta

import pytest

from cypp_desktop.document import document as documents
from cypp_desktop.document import history
from cypp_desktop.document.document import Document
from cypp_desktop.document.store import Store
from cypp_desktop.domain import change
from cypp_desktop.domain.change import Refused

BEGIN = datetime(2030, 1, 1, 9, tzinfo=UTC)  # after the plan was made


@pytest.fixture
def years(document, monkeypatch):
    """A plan that was changed once a day; the plans as they were after each day."""
    plans = []
    steps = [
        lambda: change.edit(document.plan, "safe", {"title": "Safer"}),
        lambda: change.delete(document.plan, ["act"]),
        lambda: change.add(document.plan, "action", "mash", {"text": "New"}),
        lambda: change.restore(["act"]),
    ]
    for day, step in enumerate(steps):
        now = (BEGIN + timedelta(days=day)).isoformat(timespec="seconds")
        monkeypatch.setattr(documents, "_now", lambda now=now: now)
        document.commit(step())
        plans.append(document.plan)
    return plans


def test_the_plan_at_each_day_is_what_it_was_then(document, years):
    for day, plan in enumerate(years):
        assert history.plan_at(document.path, BEGIN + timedelta(days=day, hours=1)) == plan


def test_a_file_of_that_moment_opens_as_a_sound_plan(document, years, tmp_path):
    target = tmp_path / "then.cypp"
    history.write_at(document.path, target, BEGIN + timedelta(days=1))
    then = Document.open(target, "Ann", read_only=True)
    assert (then.plan, then.check()) == (years[1], [])
    assert "act" not in then.plan
    then.close()


def test_a_file_that_cannot_be_written_whole_is_not_left_behind(document, years, tmp_path, monkeypatch):
    def full(_store):
        raise sqlite3.OperationalError("disk full")

    monkeypatch.setattr(Store, "rebuild", full)
    with pytest.raises(Refused, match=r"“then\.cypp” cannot be made there"):
        history.write_at(document.path, tmp_path / "then.cypp", BEGIN + timedelta(days=1))
    assert list(tmp_path.glob("then*")) == []


def test_before_it_was_begun_there_is_no_plan(document, tmp_path):
    for ask in (
        lambda at: history.plan_at(document.path, at),
        lambda at: history.write_at(document.path, tmp_path / "no.cypp", at),
    ):
        with pytest.raises(Refused, match="not begun"):
            ask(datetime(2001, 1, 1, tzinfo=UTC))
    assert not (tmp_path / "no.cypp").exists()


def test_a_day_means_its_end_and_other_words_are_refused():
    day, moment = history.moment("2016-11-03"), history.moment("2016-11-03T14:30")
    assert (day.hour, day.minute, moment.hour, moment.minute) == (23, 59, 14, 30)
    for words in "yesterday", "", "2016-13-40", "0001-01-01", "9999-12-31":
        with pytest.raises(Refused, match="no date"):
            history.moment(words)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows takes no zone from the environment")
def test_the_end_of_a_day_on_which_clocks_change_is_its_end(monkeypatch):
    monkeypatch.setenv("TZ", "Europe/London")
    time.tzset()
    try:
        assert history.moment("2026-10-25").isoformat() == "2026-10-25T23:59:59+00:00"
        assert history.moment("2026-03-29").isoformat() == "2026-03-29T23:59:59+01:00"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_times_of_other_clocks_are_read_as_they_are_meant():
    rows = [
        type("R", (), {"at": at})
        for at in ("2016-11-03T10:00:00+00:00", "2016-11-03T13:00:00+01:00", "nonsense", "2016-11-03T12:30:00+00:00")
    ]
    upto = [row.at for row in history.upto(rows, datetime(2016, 11, 3, 12, tzinfo=UTC))]
    assert upto == ["2016-11-03T10:00:00+00:00", "2016-11-03T13:00:00+01:00", "nonsense"]
