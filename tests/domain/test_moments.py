from datetime import UTC, datetime

import pytest

from cypp_desktop.domain.moments import local


def test_a_recorded_time_is_told_by_this_zone() -> None:
    assert local("2026-11-25T13:21:00+00:00") == datetime(2026, 11, 25, 13, 21, tzinfo=UTC)
    found = local("2026-11-25T13:21")
    assert found is not None
    assert found.tzinfo is not None
    assert (found.hour, found.minute) == (13, 21)


@pytest.mark.parametrize("at", ["", "soon", "2026-13-45", "0001-01-01", "0001-01-01T00:00:00+14:00", "9" * 5_000])
def test_what_is_no_time_is_none(at: str) -> None:
    assert local(at) is None
