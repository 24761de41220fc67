from __future__ import annotations

import pytest

from cypp_desktop.domain.change import Refused, Step
from cypp_desktop.domain.leads import Load, alike, delete_unused, give, loads, merge
from cypp_desktop.domain.plan import Action, Copy, Details, Layout, Lead, Plan, Priority, Record, View
from tests.strategies import done


def plan() -> Plan:
    """Two spellings of one person, one who leads a priority only, one without anything."""
    return Plan(
        [
            Details(id="p"),
            Lead(id="ann", parent="p", order="a0", name="Ann Archer"),
            Lead(id="a", parent="p", order="a1", name="A Archer", email="ann@example.org", role="Head"),
            Lead(id="ben", parent="p", order="a2", name="Ben Booth"),
            Lead(id="idle", parent="p", order="a3", name="Idle"),
            Priority(id="P", parent="p", order="a0", leads=("ben", "a")),
            Action(id="1", parent="P", order="a0", leads=("a", "ben", "ann")),
            Action(id="2", parent="P", order="a1", leads=("ann",)),
            Action(id="3", parent="P", order="a2", leads=("a",), archived="2015-16"),
            Layout(id="L", parent="p", leads=("a",)),
            Copy(id="C", parent="p", lead="a"),
            View(id="V", parent="p", filters=("lead=ann", "lead=a", "text=a", "due=overdue")),
        ]
    )


def after(step: Step) -> Plan:
    records: dict[str, Record] = {record.id: record for record in plan()}
    return Plan(done(records, step).values())


def test_who_has_what() -> None:
    assert loads(plan()) == {
        "ann": Load((), ("1", "2")),
        "a": Load(("P",), ("1",), ("3",)),
        "ben": Load(("P",), ("1",)),
        "idle": Load(),
    }


def test_two_spellings_become_one_everywhere_in_one_step() -> None:
    step = merge(plan(), "ann", ["a"])
    now = after(step)
    assert step.label == "merging of “A Archer” into “Ann Archer”"
    assert "a" not in now
    assert [(one.id, getattr(one, "leads", "")) for one in now if getattr(one, "leads", ())] == [
        ("P", ("ben", "ann")),
        ("1", ("ann", "ben")),
        ("2", ("ann",)),
        ("3", ("ann",)),
        ("L", ("ann",)),
    ]
    assert getattr(now["C"], "lead") == "ann"  # noqa: B009 - a record of any kind
    assert getattr(now["V"], "filters") == ("lead=ann", "text=a", "due=overdue")  # noqa: B009
    kept = now["ann"]
    assert isinstance(kept, Lead)
    assert (kept.name, kept.email, kept.role) == ("Ann Archer", "ann@example.org", "Head")


def test_merging_needs_two_that_are_there() -> None:
    for keep, others in (("ann", ["ann"]), ("ann", ["gone"]), ("gone", ["ann"])):
        with pytest.raises(Refused):
            merge(plan(), keep, others)


def test_handing_over_leaves_what_is_archived() -> None:
    now = after(give(plan(), "a", "ben"))
    assert loads(now)["a"] == Load((), (), ("3",))
    assert loads(now)["ben"] == Load(("P",), ("1",))


def test_only_leads_without_anything_are_deleted() -> None:
    assert [one.record for one in delete_unused(plan()).changes] == ["idle"]
    with pytest.raises(Refused):
        delete_unused(plan(), ["ben"])
    with pytest.raises(Refused):
        delete_unused(after(delete_unused(plan())))


@pytest.mark.parametrize(
    ("names", "same"),
    [
        (["Devon Allen", "devon  allen"], True),
        (["Devon Allen", "Allen, Devon"], True),
        (["Devon Allen", "Devon Alen"], True),
        (["Devon Allen", "Deven Allen"], True),
        (["D. Allen", "Devon Allen"], True),
        (["D Allen", "Devon Allen", "Dora Allen"], False),
        (["Sian O’Dowd", "Siân O'Dowd"], True),
        (["Health & Care", "Health and Care"], True),
        (["Jo Archer", "Mo Archer"], False),
        (["Team 1", "Team 2"], False),
        (["School A", "School B"], False),
        (["Ann", "Anna"], False),
        (["Police", "Health"], False),
    ],
)
def test_names_that_are_probably_one(names: list[str], same: bool) -> None:
    leads = [Lead(id=str(place), name=name) for place, name in enumerate(names)]
    assert alike(leads) == ([tuple(leads)] if same else [])
