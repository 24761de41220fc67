from __future__ import annotations

import copy
import dataclasses
import pickle
from typing import ClassVar

import pytest

from cypp_desktop.domain.values import dataclass, defaults, field, names, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    kind: ClassVar[str] = "thing"

    id: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box(Thing):
    kind = "box"

    parts: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parts)


@dataclass(frozen=True, slots=True)
class Pair:
    left: int
    right: int = 2


@dataclass(slots=True)
class Heap:
    found: list[int] = field(default_factory=list)
    hidden: int = field(default=0, repr=False)


def test_a_value_has_its_fields_defaults_and_methods() -> None:
    box = Box(id="1", parts=("a",))
    assert (box.id, box.title, box.parts, box.kind) == ("1", "", ("a",), "box")
    assert box
    assert not Box(id="1")
    assert repr(box) == "Box(id='1', title='', parts=('a',))"
    assert names(Box) == ("id", "title", "parts")
    assert defaults(Box) == {"title": "", "parts": ()}
    assert not hasattr(box, "__dict__")


def test_values_are_equal_by_content_and_class() -> None:
    assert Pair(1) == Pair(1, 2) == Pair(left=1)
    assert Pair(1) != Pair(3)
    assert Thing(id="1") != Box(id="1")
    assert len({Pair(1), Pair(1, 2), Pair(2)}) == 2
    with pytest.raises(TypeError):
        hash(Heap())


@pytest.mark.parametrize(
    "wrong",
    [
        Pair,
        lambda: Pair(1, 2, 3),
        lambda: Pair(1, left=1),
        lambda: Pair(1, other=1),
        lambda: Pair(other=1),
        lambda: Box("1"),
        lambda: replace(Pair(1), other=2),
    ],
)
def test_a_value_needs_its_fields_and_has_no_others(wrong) -> None:
    with pytest.raises(TypeError):
        wrong()


def test_a_frozen_value_stays_as_it_is() -> None:
    pair = Pair(1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        pair.left = 3
    with pytest.raises(AttributeError):
        del pair.left
    assert replace(pair, left=3) == Pair(3)
    assert pair == Pair(1)


def test_a_default_that_is_made_is_made_for_each() -> None:
    heap = Heap()
    heap.found.append(1)
    assert Heap().found == []
    heap.found = [2]
    assert heap == Heap([2]) != Heap([2], 1)
    assert repr(heap) == "Heap(found=[2])"


def test_values_are_copied_pickled_and_matched() -> None:
    box = Box(id="1", parts=("a",))
    assert copy.deepcopy(box) == box == pickle.loads(pickle.dumps(box))
    match Pair(5, 6):
        case Pair(left, right):
            assert (left, right) == (5, 6)


def test_pythons_own_dataclasses_know_these_too() -> None:
    assert [one.name for one in dataclasses.fields(Box)] == ["id", "title", "parts"]
    assert dataclasses.replace(Pair(1), right=4) == Pair(1, 4)
    assert dataclasses.replace(Heap([1]), found=[2]) == Heap([2])
    assert dataclasses.asdict(Pair(1)) == {"left": 1, "right": 2}

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Crate(Box):
        weight: int = 0

    crate = Crate(id="1", weight=3)
    assert (crate.id, crate.weight, crate.kind) == ("1", 3, "box")
    assert crate != Crate(id="1")


@pytest.fixture
def often():
    """Classes of which so many values were made that they have a method of their own."""
    for _ in range(60):
        Pair(1)
        Box(id="1")
        Heap()
    assert Pair.__init__ is not Box.__init__


@pytest.mark.usefixtures("often")
def test_a_class_that_is_used_often_makes_the_same_values() -> None:
    assert (Pair(1).right, Pair(1, 5).right, Pair(left=3).left) == (2, 5, 3)
    assert (Box(id="1", parts=("a",)).parts, Box(id="2").title) == (("a",), "")
    assert Heap().found == []
    assert Heap().found is not Heap().found
    assert Heap([1], 3) == Heap(found=[1], hidden=3)
    for wrong in (Pair, lambda: Pair(1, 2, 3), lambda: Pair(1, other=1), lambda: Box("1"), lambda: Pair(1, left=1)):
        with pytest.raises(TypeError):
            wrong()


def test_a_standard_dataclass_is_replaced_like_one_of_ours():
    import dataclasses

    @dataclasses.dataclass(frozen=True)
    class Standard:
        one: int
        two: int = 2

    assert replace(Standard(1), two=3) == Standard(1, 3)
    with pytest.raises(TypeError):
        replace(Standard(1), three=3)
