from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cypp_desktop.document import journal
from cypp_desktop.document.journal import Row, Stamp
from cypp_desktop.domain.change import DELETED, KIND, PLACE
from cypp_desktop.domain.plan import Outcome, Section
from tests import strategies

STAMP = Stamp(7, "2026-11-22T09:00:00+00:00", "Ann", b"sitting!", b"one step", "set")


def row(field, value, parents=(), *, record="r", lamport=1):
    return journal.make(STAMP._replace(lamport=lamport), record, field, [one.id for one in parents], value)


def begun(record="r", kind="outcome"):
    return [row(KIND, kind, record=record), row(PLACE, ("p", "a0"), record=record)]


def only(rows):
    return next(iter(journal.fold(rows)), None)


# --- rows ------------------------------------------------------------------------------------------------------------


def test_ids_are_those_of_format_1():
    """Pinned: another way to reckon them would make every plan file out there look altered."""
    pinned = Row(
        bytes.fromhex("ef68be33f77f8059f41f7aa61d0466f8"), *STAMP, "r", "title", bytes(16) + bytes(range(16)),
        bytes.fromhex("22413299f54f29df21056dd7574fbfbe"), b"saltsalt", '"Städte \U0001f600"',
    )  # fmt: skip
    assert journal.genuine(pinned)


@given(strategies.value_like("") | strategies.value_like(()) | st.booleans() | st.none())
def test_a_value_comes_back_as_it_was_recorded(value):
    made = row("title", value)
    assert journal.genuine(made)
    assert journal.read(made.value) == value


@pytest.mark.parametrize("name", Row._fields)
def test_a_row_that_was_altered_is_not_genuine(name):
    made = row("title", "x", begun())
    value = getattr(made, name)
    other = (
        value + 1
        if isinstance(value, int)
        else value[:-1] + ("~" if isinstance(value, str) else bytes([value[-1] ^ 1]))
    )
    assert not journal.genuine(made._replace(**{name: other}))


def test_words_cannot_be_shifted_from_one_part_to_the_next():
    made = row("title", "x", record="ab")
    assert not journal.genuine(made._replace(record="a", field="btitle"))


def test_a_redacted_value_leaves_the_row_genuine():
    made = row("title", "a child’s name")
    assert journal.genuine(made._replace(value=None, salt=None))


def test_the_same_change_twice_has_two_ids_and_hides_its_value():
    one, other = row("title", "x"), row("title", "x")
    assert one.id != other.id
    assert one.vhash != other.vhash


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "nonsense",
        "1",
        "1.5",
        "{}",
        '["x", 1]',
        '[["x"]]',
        "[" * 100_000,
        '"\\ud83d"',
        '["\\udc00"]',
        '"x" "y"',
        "NaN",
    ],
)
def test_what_no_field_can_hold_reads_as_nothing(text):
    assert journal.read(text) is None


def test_characters_that_another_program_escaped_are_read():
    assert journal.read('"\\u00e9\\ud83d\\ude00 C:\\\\users"') == "é\U0001f600 C:\\users"


# --- the whole -------------------------------------------------------------------------------------------------------


@given(st.lists(st.binary(min_size=16, max_size=16), max_size=9, unique=True), st.integers(0, 9))
def test_the_seal_is_of_the_set_of_ids_whatever_its_order(ids, cut):
    assert journal.seal(ids) == journal.seal(reversed(ids)) == journal.seal(ids[cut:], journal.seal(ids[:cut]))
    for one in ids:
        assert journal.seal(set(ids) - {one}) != journal.seal(ids) or not any(one)


def test_a_seal_that_something_else_wrote_stays_broken():
    assert journal.seal([b"x" * 16], "rubbish") == "rubbish"


def test_a_whole_journal_has_no_faults_and_each_kind_of_damage_has_its_sentence():
    rows = [*begun(), one := row("title", "x"), row("title", "y", [one])]
    sealed = journal.seal(row.id for row in rows)
    assert journal.faults(rows, sealed) == []
    altered = "The history was altered outside the program."
    incomplete = "The history is not complete: changes that it refers to are missing."
    removed = "Changes were added to the history, or removed from it, outside the program."
    assert journal.faults(rows[:-1], sealed) == [removed]
    assert journal.faults([rows[0], rows[1], rows[3]], sealed) == [incomplete, removed]
    assert journal.faults([*rows[:-1], rows[-1]._replace(author="Bob")], sealed) == [altered]
    assert journal.faults([*rows, rows[0]], sealed) == [altered]
    assert journal.faults([*rows, row("title", "z")], sealed) == [removed]


# --- what it comes to ------------------------------------------------------------------------------------------------


def test_the_fold_is_what_nobody_replaced():
    first = row("title", "one")
    assert only([*begun(), first, row("title", "two", [first])]) == Outcome(id="r", parent="p", order="a0", title="two")


def test_a_conflict_shows_its_latest_side():
    rows = [*begun(), row("title", "early", lamport=3), row("title", "late", lamport=4)]
    assert only(rows).title == "late"
    assert only(rows[::-1]).title == "late"
    assert {head.value for head in journal.cells(rows)["r"]["title"]} == {'"early"', '"late"'}


def test_a_deletion_hides_only_what_it_saw():
    rows = [*begun(), title := row("title", "x")]
    seen = row(DELETED, True, rows)
    assert only([*rows, seen]) is None
    edit = row("title", "y", [title])
    assert only([*rows, seen, edit]).title == "y"  # an edit that it did not see keeps the record
    assert only([*rows, edit, row(DELETED, True, [edit])]) is not None  # it saw the edit, but no kind and no place
    assert only([*rows, seen, edit, row(DELETED, True, [edit])]) is None  # two that together saw all
    assert only([*rows, seen, row(DELETED, False, [seen])]) is not None
    assert only([*rows, seen, row(DELETED, False)]) is not None  # somebody else brought it back: not agreed


def test_records_of_a_newer_program_are_kept_out_and_newer_fields_are_passed_over():
    assert only([row(KIND, "risk"), row(PLACE, ("p", "a0"))]) is None
    assert only([*begun(), row("carbon", "low"), row("title", "x")]).title == "x"
    assert only([row(PLACE, ("p", "a0")), row("title", "x")]) is None


@pytest.mark.parametrize(
    "place", ["x", ("p",), ("p", "a0", "z"), ("p", ""), ("p", "no key"), ("p", "x" * 5000), None, True]
)
def test_a_place_that_is_none_leaves_the_record_without_one(place):
    assert only([row(KIND, "section"), row(PLACE, place)]) == Section(id="r")


def test_an_altered_cell_in_which_nothing_stands_is_passed_over():
    itself = row("title", "x")
    assert only([*begun(), itself._replace(parents=itself.id)]) == Outcome(id="r", parent="p", order="a0")


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"), st.sampled_from(["title", "ref", DELETED]), st.integers(0, 3), strategies.words
        ),
        max_size=14,
    ),
    st.randoms(),
)
def test_what_a_journal_comes_to_is_a_function_of_the_set_of_its_rows(writes, shuffle: random.Random):
    rows = [one for record in "abc" for one in begun(record)]
    for record, field, back, value in writes:
        older = [one for one in rows if one.cell == (record, field)]
        seen = (
            older[len(older) - min(back, len(older)) :]
            if field != DELETED
            else [one for one in rows if one.record == record][back:]
        )
        rows.append(row(field, value if field != DELETED else not value, seen, record=record, lamport=len(rows)))
    expected = {one.id: one for one in journal.fold(rows)}, sorted(journal.heads(rows))
    for _ in range(3):
        shuffle.shuffle(rows)
        assert ({one.id: one for one in journal.fold(rows)}, sorted(journal.heads(rows))) == expected
