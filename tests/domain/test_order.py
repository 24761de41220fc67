from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cypp_desktop.domain.order import FIRST, Keys, between, valid


@given(st.lists(st.tuples(st.integers(0, 1000), st.booleans()), max_size=120))
def test_a_key_always_lies_between_its_neighbours(spots: list[tuple[int, bool]]) -> None:
    made, sitting = [FIRST], Keys()
    for spot, runs in spots:
        place = spot % (len(made) + 1)
        low = made[place - 1] if place else None
        high = made[place] if place < len(made) else None
        key = sitting.between(low, high) if runs else between(low, high)
        assert low is None or low < key
        assert high is None or key < high
        assert valid(key)
        made.insert(place, key)


def test_ten_thousand_appends_stay_short() -> None:
    key = None
    for _ in range(10_000):
        key = between(key, None)
    assert key is not None
    assert len(key) <= 6


def test_runs_typed_at_one_spot_by_two_people_do_not_interleave() -> None:
    low, high = "a0", "a1"
    runs = []
    for person in (Keys(), Keys()):
        keys = [person.between(low, high)]
        while len(keys) < 3:
            keys.append(person.between(keys[-1], high))
        runs.append(keys)
    owners = [key in runs[0] for key in sorted(runs[0] + runs[1])]
    assert owners in ([True] * 3 + [False] * 3, [False] * 3 + [True] * 3)


def test_no_room_is_refused() -> None:
    with pytest.raises(ValueError, match="no room"):
        between("a1", "a0")
