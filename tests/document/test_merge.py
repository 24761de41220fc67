"""Office stories: what happens to copies of one plan, and what people are asked afterwards."""

from __future__ import annotations

import shutil
import sqlite3

import pytest

from cypp_desktop.document import conflicts, document, journal, merge
from cypp_desktop.document.document import CannotSave, Document
from cypp_desktop.domain import change
from cypp_desktop.domain.change import DELETED, KIND, PLACE, Branch, Refused


class Office:
    """Some people, each with a copy of one plan."""

    def __init__(self, folder, original):
        self.folder, self.number, self.people = folder, 0, []
        self.mine = self.copy_of(original, "Ann")

    def copy_of(self, path, author):
        self.number += 1
        target = self.folder / f"{self.number} {author}.cypp"
        shutil.copy(path, target)
        self.people.append(Document.open(target, author))
        return self.people[-1]

    def copy(self, author, of=None):
        return self.copy_of((of or self.mine).path, author)


@pytest.fixture
def office(path, tmp_path):
    (tmp_path / "office").mkdir()
    found = Office(tmp_path / "office", path)
    yield found
    for one in found.people:
        one.close()


def edit(plan, record, **values):
    plan.commit(change.edit(plan.plan, record, values))


def take(mine, *others):
    incoming = merge.preview(mine, [one.path for one in others])
    assert [one.refused for one in incoming] == [""] * len(incoming)
    new = merge.take_in(mine, incoming)
    assert mine.check() == []
    return new


def questions(mine):
    return [(one.kind, one.record, one.field, [side.value for side in one.sides]) for one in mine.conflicts()]


def decide(mine, value):
    (question,) = mine.conflicts()
    mine.commit(conflicts.settle(mine.plan, question, value))


# --- copies come and go ----------------------------------------------------------------------------------------------


def test_a_preview_says_whose_changes_a_copy_brings_and_writes_nothing(office):
    bob = office.copy("Bob")
    edit(bob, "act", text="Bob’s")
    edit(bob, "safe", title="Bob’s too")
    edit(office.mine, "act", due="June")
    before = office.mine.path.read_bytes(), bob.path.read_bytes(), sorted(office.folder.iterdir())
    (one,) = merge.preview(office.mine, [bob.path])
    assert (one.refused, one.people, one.steps, one.new) == ("", ("Bob",), 2, 2)
    assert one.known == len(list(bob._store.rows())) - 2
    assert one.latest == bob.history(limit=1)[0].at
    assert (office.mine.path.read_bytes(), bob.path.read_bytes(), sorted(office.folder.iterdir())) == before


def test_a_copy_returned_twice_stays_decided(office):
    bob = office.copy("Bob")
    edit(bob, "act", text="Bob’s")
    edit(office.mine, "act", text="Ann’s")
    assert take(office.mine, bob) == 1
    decide(office.mine, "Ann’s")
    assert take(office.mine, bob) == 0
    assert questions(office.mine) == []
    assert office.mine.undo_label == "decision"


def test_a_copy_of_a_copy_comes_back_first_or_alone(office):
    bob = office.copy("Bob")
    edit(bob, "act", due="May")
    cat = office.copy("Cat", of=bob)
    edit(cat, "act", ref="7")
    (one,) = merge.preview(office.mine, [cat.path])
    assert one.people == ("Bob", "Cat")
    assert take(office.mine, cat) == 2
    assert (office.mine.plan["act"].due, office.mine.plan["act"].ref) == ("May", "7")
    assert take(office.mine, bob) == 0
    assert questions(office.mine) == []


def test_an_old_copy_returns_late(office):
    old = office.copy("Old")
    edit(old, "act", due="May")
    for words in "one", "two", "three":
        edit(office.mine, "act", text=words)
    take(office.mine, old)
    assert (office.mine.plan["act"].text, office.mine.plan["act"].due) == ("three", "May")
    assert questions(office.mine) == []


def test_files_duplicated_in_the_file_manager_share_everything_and_lose_nothing(office):
    twins = [office.copy("Ann"), office.copy("Ann")]
    for twin, words in zip(twins, ("Red", "Amber"), strict=True):
        twin._session = office.mine._session
        edit(twin, "act", text=words)
    take(office.mine, *twins)
    ((kind, record, field, values),) = questions(office.mine)
    assert (kind, record, field, sorted(values)) == ("value", "act", "text", ["Amber", "Red"])


def test_the_same_answer_from_two_people_is_no_question(office):
    bob = office.copy("Bob")
    for one in (office.mine, bob):
        edit(one, "act", text="Red")
    take(office.mine, bob)
    assert questions(office.mine) == []
    edit(office.mine, "act", text="Green")
    assert len(office.mine._store.heads(["act"])["act"]["text"]) == 1


def test_a_question_says_what_was_and_who_answered_what_and_when(office):
    bob = office.copy("Bob")
    edit(bob, "act", text="Bob’s")
    edit(office.mine, "act", text="Ann’s")
    take(office.mine, bob)
    (question,) = office.mine.conflicts()
    assert question.base == "Co-locate the team"
    assert sorted((side.author, side.value) for side in question.sides) == [("Ann", "Ann’s"), ("Bob", "Bob’s")]
    assert question.sides[-1].value == office.mine.plan["act"].text  # the last is shown meanwhile
    assert {side.at for side in question.sides} == {one.at for one in office.mine.history("act") if one.op == "set"} & {
        side.at for side in question.sides
    }


def test_five_sides_and_two_judges(office):
    people = [office.copy(f"P{number}") for number in range(5)]
    for number, one in enumerate(people):
        edit(one, "act", text=f"v{number}")
    assert take(office.mine, *people) == 5
    ((_, _, _, values),) = questions(office.mine)
    assert sorted(values) == ["v0", "v1", "v2", "v3", "v4"]
    judge = office.copy("Judge")
    decide(office.mine, "v1")
    decide(judge, "v2")
    take(office.mine, judge)
    ((_, _, _, values),) = questions(office.mine)
    assert sorted(values) == ["v1", "v2"]
    other = office.copy("Other")
    decide(office.mine, "v2")
    decide(other, "v2")
    take(office.mine, other)
    assert questions(office.mine) == []


def test_a_question_travels_with_the_file_until_it_is_settled(office):
    bob = office.copy("Bob")
    edit(bob, "act", text="Bob’s")
    edit(office.mine, "act", text="Ann’s")
    take(office.mine, bob)
    office.mine.save_copy(office.folder / "sent.cypp")
    cat = office.copy_of(office.folder / "sent.cypp", "Cat")
    assert questions(cat) == questions(office.mine)
    decide(cat, "Both")
    take(office.mine, cat)
    assert questions(office.mine) == []
    assert office.mine.plan["act"].text == "Both"


# --- deletions and moves ---------------------------------------------------------------------------------------------


def test_a_deletion_against_an_edit_and_an_addition(office):
    bob = office.copy("Bob")
    office.mine.commit(change.delete(office.mine.plan, ["mash"]))
    edit(bob, "act", text="still needed")
    bob.commit(change.add_branches(bob.plan, "mash", [Branch("action", {"text": "new"}, id="new")]))
    take(office.mine, bob)
    asked = {(kind, record) for kind, record, _, _ in questions(office.mine)}
    assert asked == {("deleted", "act"), ("place", "act"), ("place", "new")}
    deleted = next(one for one in office.mine.conflicts() if one.kind == "deleted")
    assert [(side.field, side.author) for side in deleted.sides] == [(DELETED, "Ann"), ("text", "Bob")]
    assert [side.author for one in office.mine.conflicts() if one.kind == "place" for side in one.sides] == [
        "Ann",
        "Ann",
    ]
    assert [one.id for one in office.mine.plan.unplaced()] == ["act", "new"]
    office.mine.commit(change.restore(["mash"]))
    office.mine.commit(conflicts.settle(office.mine.plan, deleted, value=False))
    assert questions(office.mine) == []
    office.mine.undo()
    office.mine.undo()
    assert {(kind, record) for kind, record, _, _ in questions(office.mine)} == asked


def test_deleting_after_all(office):
    bob = office.copy("Bob")
    office.mine.commit(change.delete(office.mine.plan, ["act"]))
    edit(bob, "act", text="still needed")
    take(office.mine, bob)
    decide(office.mine, value=True)
    assert "act" not in office.mine.plan
    assert questions(office.mine) == []
    take(bob, office.mine)
    assert "act" not in bob.plan


def test_one_moved_to_two_places(office):
    office.mine.commit(
        change.add_branches(office.mine.plan, "safe", [Branch("outcome", {}, id=one) for one in ("x", "y")])
    )
    bob = office.copy("Bob")
    office.mine.commit(change.move(office.mine.plan, "act", "x"))
    bob.commit(change.move(bob.plan, "act", "y"))
    take(office.mine, bob)
    (question,) = office.mine.conflicts()
    assert (question.kind, question.record, question.field) == ("value", "act", PLACE)
    assert question.base[0] == "mash"
    assert {side.value[0] for side in question.sides} == {"x", "y"}
    for place in ("x", "y"):
        office.mine.commit(conflicts.settle(office.mine.plan, question, place))
        assert questions(office.mine) == []
        assert office.mine.plan["act"].parent == place
        office.mine.undo()
        (again,) = office.mine.conflicts()
        assert [side.value for side in again.sides] == [side.value for side in question.sides]


def test_two_who_put_one_elsewhere_under_the_same_parent_are_not_asked(office):
    office.mine.commit(
        change.add_branches(office.mine.plan, "mash", [Branch("action", {}, id=f"a{one}") for one in range(3)])
    )
    bob = office.copy("Bob")
    office.mine.commit(change.move(office.mine.plan, "a0", "mash", "a2"))
    bob.commit(change.move(bob.plan, "a0", "mash", "a1"))
    take(office.mine, bob)
    assert questions(office.mine) == []


def test_two_outcomes_moved_below_each_other_wait_to_be_placed(office):
    office.mine.commit(
        change.add_branches(office.mine.plan, "safe", [Branch("outcome", {}, id=one) for one in ("x", "y")])
    )
    bob = office.copy("Bob")
    office.mine.commit(change.move(office.mine.plan, "x", "y"))
    bob.commit(change.move(bob.plan, "y", "x"))
    take(office.mine, bob)
    ((kind, record, _, _),) = questions(office.mine)
    assert kind == "place"
    office.mine.commit(change.move(office.mine.plan, record, "safe"))
    assert questions(office.mine) == []


# --- undo ------------------------------------------------------------------------------------------------------------


def test_taking_in_several_copies_is_taken_back_as_one(office):
    bob, cat = office.copy("Bob"), office.copy("Cat")
    edit(bob, "act", text="Bob’s")
    bob.commit(change.add_branches(bob.plan, "mash", [Branch("action", {"text": "new"}, id="new")]))
    cat.commit(change.delete(cat.plan, ["act"]))
    edit(office.mine, "act", text="Ann’s")
    before = office.mine.plan
    take(office.mine, bob, cat)
    assert office.mine.undo_label == "taking in of changes by Bob and Cat"
    after, asked = office.mine.plan, questions(office.mine)
    assert {kind for kind, *_ in asked} == {"value", "deleted"}
    for _ in range(2):
        office.mine.undo()
        assert (office.mine.plan, questions(office.mine)) == (before, [])
        office.mine.redo()
        assert (office.mine.plan, questions(office.mine)) == (after, asked)
    office.mine.undo()
    assert take(office.mine, bob, cat) == 0  # it was taken in, and put back: nothing new comes of the same copies
    take(bob, office.mine)
    assert bob.plan["act"].text == "Ann’s"


def test_what_was_deleted_here_is_deleted_again_when_the_taking_in_of_an_edit_is_taken_back(office):
    bob = office.copy("Bob")
    office.mine.commit(change.delete(office.mine.plan, ["act"]))
    edit(bob, "act", text="still needed")
    before = office.mine.plan
    take(office.mine, bob)
    after, asked = office.mine.plan, questions(office.mine)
    for _ in range(3):
        office.mine.undo()
        assert (office.mine.plan, questions(office.mine)) == (before, [])
        office.mine.redo()
        assert (office.mine.plan, questions(office.mine)) == (after, asked)
    assert office.mine.check() == []


@pytest.mark.parametrize("busy", [0, 9])  # so either mark may be the later one
def test_a_half_decided_deletion_comes_back_half_decided(office, busy):
    bob = office.copy("Bob")
    office.mine.commit(change.delete(office.mine.plan, ["act"]))
    office.mine.undo()  # which says: not deleted
    for number in range(busy):
        edit(bob, "safe", title=str(number))
    bob.commit(change.delete(bob.plan, ["act"]))
    take(office.mine, bob)
    asked = questions(office.mine)
    assert [(kind, record, sorted(values)) for kind, record, _, values in asked] == [("deleted", "act", [False, True])]
    for value in (False, True):
        decide(office.mine, value=value)
        assert questions(office.mine) == []
        office.mine.undo()
        assert questions(office.mine) == asked
        assert "act" in office.mine.plan


def test_a_step_before_a_taking_in_can_be_undone_after_that_is(office):
    edit(office.mine, "act", text="Ann’s")
    bob = office.copy("Bob")
    edit(bob, "act", text="Bob’s")
    take(office.mine, bob)
    office.mine.undo()  # the taking in
    assert office.mine.plan["act"].text == "Ann’s"
    office.mine.undo()
    assert office.mine.plan["act"].text == "Co-locate the team"


def test_what_two_people_wrote_before_a_period_was_closed_can_be_settled(office):
    bob = office.copy("Bob")
    edit(bob, "act", **{"note@mid": "Bob’s"})
    edit(office.mine, "act", **{"note@mid": "Ann’s"})
    edit(office.mine, "mid", closed=True)
    take(office.mine, bob)
    decide(office.mine, "Both’s")
    assert office.mine.plan["act"].update("mid").note == "Both’s"
    with pytest.raises(Refused, match="is closed"):
        edit(office.mine, "act", **{"note@mid": "Late"})


# --- strangers -------------------------------------------------------------------------------------------------------


def test_fields_and_records_of_a_newer_colleague_pass_through_unharmed(office):
    new = office.copy("New")
    stamp = journal.Stamp(new._store.lamport + 1, "2031-01-01", "New", b"newer!!!", b"one step", "set")
    rows = [
        journal.make(stamp, "act", "carbon", [], "low"),
        journal.make(stamp, "risk1", KIND, [], "risk"),
        journal.make(stamp, "risk1", PLACE, [], ("mash", "a0")),
        journal.make(stamp, "risk1", "score", [], 7),
    ]
    new.take_in(rows, "newer")
    take(office.mine, new)
    edit(office.mine, "act", text="Ann’s")
    third = office.copy("Third", of=office.mine)
    kept = {row.id for row in third._store.rows()}
    assert {row.id for row in rows} <= kept
    assert take(new, third) == 1
    assert questions(new) == questions(third) == []


def test_another_plan_is_refused(office, tmp_path):
    other = Document.create(tmp_path / "other.cypp", "Eve", Branch("plan", {"title": "Other"}))
    other.close()
    (one,) = merge.preview(office.mine, [other.path])
    assert one.refused == "“other.cypp” is of another plan: it was not made from a copy of this one."
    with pytest.raises(Refused, match="another plan"):
        merge.take_in(office.mine, [one])
    assert office.mine.undo_label == ""


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE change SET author='Ann' WHERE author='Bob'",
        "UPDATE change SET value='\"X\"' WHERE value='\"Red\"'",
        "UPDATE change SET value=NULL WHERE author='Bob'",
        "DELETE FROM change WHERE author='Bob'",
        "DELETE FROM change WHERE rowid=3",
        "UPDATE meta SET value='0' WHERE key='seal'",
    ],
)
def test_an_altered_copy_is_refused_and_nothing_is_written(office, statement):
    bob = office.copy("Bob")
    edit(bob, "act", text="Red")
    connection = sqlite3.connect(bob.path, isolation_level=None)
    connection.execute(statement)
    connection.close()
    before = office.mine.path.read_bytes()
    (one,) = merge.preview(office.mine, [bob.path])
    assert "altered" in one.refused or "not complete" in one.refused
    assert office.mine.path.read_bytes() == before


def test_taking_in_is_all_or_nothing(office, monkeypatch):
    bob = office.copy("Bob")
    for number in range(5):
        edit(bob, "act", text=str(number))
    incoming = merge.preview(office.mine, [bob.path])
    plan, before = office.mine.plan, office.mine.path.read_bytes()
    size = office.mine._connection.execute("PRAGMA page_count").fetchone()[0]
    monkeypatch.setattr(office.mine._store, "write", lambda *_: (_ for _ in ()).throw(sqlite3.OperationalError("disk")))
    with pytest.raises(CannotSave):
        merge.take_in(office.mine, incoming)
    assert office.mine.plan is plan
    assert office.mine.path.read_bytes() == before
    assert office.mine._connection.execute("PRAGMA page_count").fetchone()[0] == size
    monkeypatch.undo()
    assert merge.take_in(office.mine, incoming) == 5


def test_a_plan_whose_own_history_was_altered_takes_nothing_in(office):
    bob = office.copy("Bob")
    edit(bob, "act", text="Red")
    connection = sqlite3.connect(office.mine.path, isolation_level=None)
    connection.execute("DELETE FROM change WHERE field='email' OR field='text'")
    connection.close()
    with pytest.raises(Refused, match="altered outside"):
        merge.preview(office.mine, [bob.path])


def test_a_read_only_plan_takes_nothing_in(office):
    bob = office.copy("Bob")
    edit(bob, "act", text="Red")
    reader = Document.open(office.mine.path, "Cat", read_only=True)
    incoming = merge.preview(reader, [bob.path])
    with pytest.raises(Refused, match="for reading only"):
        merge.take_in(reader, incoming)
    reader.close()


def test_a_wrong_clock_wins_nothing(office, monkeypatch):
    bob = office.copy("Bob")
    with monkeypatch.context() as patch:
        patch.setattr(document, "_now", lambda: "2099-01-01T00:00:00+00:00")
        edit(bob, "act", text="from 2099")
    edit(office.mine, "act", text="today")
    edit(office.mine, "act", text="today, again")
    take(office.mine, bob)
    assert len(questions(office.mine)) == 1
    assert office.mine.plan["act"].text == "today, again"  # shown meanwhile: by how much was written, not by the clock


def test_twenty_copies_come_to_one_plan_in_any_order(office):
    office.mine.commit(
        change.add_branches(office.mine.plan, "mash", [Branch("action", {}, id=f"a{one}") for one in range(30)])
    )
    people = [office.copy(f"P{number}") for number in range(20)]
    for number, one in enumerate(people):
        step = [
            change.edit(one.plan, f"a{which}", {"text": f"R{number}", "due": f"by {number}"})
            for which in range(number % 5, 30, 5)
        ]
        one.commit(change.joined("round", step))
    first, second = office.copy("First"), office.copy("Second")
    assert take(first, *people) == 240
    for one in reversed(people):
        take(second, one)
    assert first.plan == second.plan
    assert questions(first) == questions(second)
    assert len(first.conflicts()) == 60
