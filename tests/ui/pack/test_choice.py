"""The chosen layout: kept in the plan, undone like all else, held in the window where the plan can only be read."""

from __future__ import annotations

import pytest
import shiboken6

from cypp_desktop.domain.plan import Layout
from cypp_desktop.reports import layouts
from cypp_desktop.reports.options import PARTS, Options
from cypp_desktop.ui.pack.choice import LayoutChoice


@pytest.fixture
def choice(small):
    return LayoutChoice(small)


@pytest.fixture
def told(choice):
    heard = []
    choice.changed.connect(lambda: heard.append(choice.options))
    return heard


def test_it_begins_with_the_plans_own_table(choice):
    assert (choice.id, choice.options, choice.own) == ("", Options(), None)
    assert [one for one, _ in choice.names()] == ["", "city", "county"]


def test_a_built_in_layout_is_chosen_and_that_is_undone(choice, small, told):
    choice.choose("city")
    assert choice.options == layouts.BUILT_IN["city"] == layouts.chosen(small.plan)
    assert small.plan.details.layout == "city"
    assert told == [choice.options]
    small.undo()
    assert (choice.id, choice.options) == ("", Options())
    assert len(told) == 2


def test_a_change_of_a_built_in_layout_is_kept_as_the_plans_own(choice, small, told):
    choice.choose("county")
    choice.change(paper="A3", parts=frozenset(PARTS) - {"front"})
    (kept,) = small.plan.of(Layout)
    assert (kept.name, kept.paper, kept.left_out) == ("Own layout", "A3", ("front",))
    assert kept.columns == layouts.BUILT_IN["county"].columns
    assert choice.id == kept.id == small.plan.details.layout
    choice.change(paper="A4")
    assert [one.paper for one in small.plan.of(Layout)] == ["A4"]
    small.undo()
    small.undo()
    assert choice.id == "county"
    assert small.plan.of(Layout) == ()
    assert told[-1] == layouts.BUILT_IN["county"]


def test_nothing_is_a_step_that_changes_nothing(choice, small):
    before = small.document.undo_label
    choice.change(paper="A4")
    choice.choose("")
    assert small.document.undo_label == before


def test_layouts_are_saved_renamed_and_deleted(choice, small):
    choice.change(watermark="Draft")
    assert choice.save_as("  For  the board ")
    assert choice.own.name == "For the board"
    assert choice.options.watermark == "Draft"
    assert [one.name for one in small.plan.of(Layout)] == ["Own layout", "For the board"]
    assert choice.rename("For the press")
    assert choice.own.name == "For the press"
    assert choice.rename("for the PRESS")
    choice.delete()
    assert choice.id == ""
    assert [one.name for one in small.plan.of(Layout)] == ["Own layout"]
    small.undo()
    assert choice.own.name == "for the PRESS"


@pytest.mark.parametrize("name", ["", "  ", "own layout", "Outcomes and measures"])
def test_a_name_that_is_none_or_taken_is_refused(choice, small, name):
    choice.change(watermark="Draft")
    assert not choice.save_as(name)
    assert small.said
    assert len(small.plan.of(Layout)) == 1


def test_a_second_own_layout_has_a_number(choice, small):
    choice.change(paper="A3")
    choice.choose("")
    choice.change(paper="A3")
    assert [one.name for one in small.plan.of(Layout)] == ["Own layout", "Own layout 2"]


def test_a_layout_that_is_gone_is_as_if_none_were_chosen(choice, small):
    choice.change(paper="A3")
    from cypp_desktop.domain.change import delete

    small.commit(delete(small.plan, [choice.id]))
    assert (choice.id, choice.options) == ("", Options())


def test_in_a_plan_that_can_only_be_read_choices_last_as_long_as_the_window(choice, small, told, monkeypatch):
    before = small.plan
    monkeypatch.setattr(type(small), "editable", property(lambda _self: False))
    choice.choose("city")
    choice.change(paper="A3")
    assert (choice.id, choice.options.paper) == ("city", "A3")
    assert choice.options.columns == layouts.BUILT_IN["city"].columns
    assert small.plan is before
    assert len(told) == 2


def test_a_closed_window_follows_the_period_no_more(small):
    gone = LayoutChoice(small)
    shiboken6.delete(gone)
    small.look_at(small.plan.periods[0].id)  # what is deleted would raise here
