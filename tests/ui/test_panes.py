"""The parts of the window beside one another: how the keyboard walks them, and what gives way where room is short."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cypp_desktop.ui import operations, settings, theme
from cypp_desktop.ui.models.tree import ACTIONS, LEADS, PLAN, READY, SECTIONS, SETTLE
from cypp_desktop.ui.panes import INSPECTOR, TREE
from tests.ui.finding import outcome

KEY, CTRL, ALT, SHIFT = (
    Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier,
)  # fmt: skip


@pytest.mark.parametrize("place", [PLAN, SECTIONS, "priority", "action"])
def test_tab_goes_from_the_tree_through_the_middle_and_the_details(open_plan, qtbot, place):
    window = open_plan("city")
    view, bridge = window.view, window.bridge
    bridge.select(next((one.id for one in bridge.plan if one.kind == place), place))
    QApplication.processEvents()
    view.inspector.look_at(bridge.selection)
    view.tree.setFocus()
    walk = []
    for _ in range(200):
        qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Tab)
        focus = QApplication.focusWidget()
        parts = {"middle": view.middle, "details": view.inspector, "tree": view.tree}
        here = next((name for name, part in parts.items() if part.isAncestorOf(focus)), "tools")
        assert focus not in (view.inspector, view.middle)
        if here == "tree":
            break
        if walk[-1:] != [here]:
            walk.append(here)
        if focus is window.page.table:
            window.page.fold.setFocus()
            view.inspector.look_at(bridge.selection)  # it follows what the table selects a moment later
    assert walk == (["middle", "tools"] if place in (PLAN, SECTIONS) else ["middle", "details", "tools"])


def test_f6_walks_the_panes(open_plan):
    window = open_plan()
    view = window.view
    view.tree.view.setFocus()
    seen = []
    for _ in range(3):
        window.commands.actions["next pane"].trigger()
        focus = QApplication.focusWidget()
        seen.append(
            next(n for n, pane in enumerate([view.tree, view.page, view.inspector]) if pane.isAncestorOf(focus))
        )
    assert seen == [1, 2, 0]
    window.commands.actions["next pane"].trigger()
    window.commands.actions["next pane"].trigger()
    first = next(one for one in view.inspector._form.fields if one.isVisible())
    assert first.isAncestorOf(QApplication.focusWidget())
    window.commands.actions["next pane"].trigger()
    window.commands.actions["previous pane"].trigger()
    assert view.inspector.isAncestorOf(QApplication.focusWidget())


def test_the_keyboard_goes_on_where_a_side_is_put_away(open_plan):
    window = open_plan()
    view, actions = window.view, window.commands.actions
    view.tree.view.setFocus()
    actions["tree"].trigger()
    assert view.page.isAncestorOf(QApplication.focusWidget())
    actions["tree"].trigger()
    view.bridge.select(PLAN)
    actions["inspector"].trigger()  # the plan on a page has its details there
    assert view.panes.is_open(INSPECTOR)
    assert view.bridge.selection == view.bridge.plan.root
    actions["inspector"].trigger()
    assert not view.panes.is_open(INSPECTOR)


def test_where_room_is_short_the_sides_become_drawers(open_plan, qtbot):
    window = open_plan()
    panes = window.view.panes
    assert not panes.is_drawer(INSPECTOR)
    window.resize(theme.grid(125), 700)
    qtbot.waitUntil(lambda: panes.is_drawer(INSPECTOR))
    assert not panes.is_open(INSPECTOR)
    assert not panes.is_drawer(TREE)
    window.commands.actions["inspector"].trigger()
    assert panes.is_open(INSPECTOR)
    assert window.view.inspector.isAncestorOf(QApplication.focusWidget())
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Escape)
    assert not panes.is_open(INSPECTOR)
    assert window.page.table.hasFocus()  # where the keyboard goes on
    window.resize(theme.grid(90), 700)
    qtbot.waitUntil(lambda: panes.is_drawer(TREE))
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: not panes.is_drawer(TREE) and not panes.is_drawer(INSPECTOR))
    assert panes.is_open(TREE)


def test_tables_of_the_whole_plan_have_the_room_of_the_details(open_plan, qtbot):
    window = open_plan()
    view, panes = window.view, window.view.panes
    window.resize(1440, 900)
    wide = view.page.width()
    for page in (ACTIONS, LEADS):
        view.bridge.select(page)
        assert panes.is_drawer(INSPECTOR)
        assert not panes.is_open(INSPECTOR)
        assert panes.can_open(INSPECTOR)
        qtbot.waitUntil(lambda: view.middle.width() > wide + 300)
    view.bridge.select(outcome(view.bridge.plan, "1.5").id)
    assert not panes.is_drawer(INSPECTOR)
    assert panes.is_open(INSPECTOR)
    window.resize(1800, 900)
    view.bridge.select(ACTIONS)
    assert not panes.is_drawer(INSPECTOR)


def test_twice_the_size_of_text_fits_by_drawers(open_plan, qtbot):
    window = open_plan()
    for _ in range(6):
        window.commands.actions["larger"].trigger()
    assert theme.zoom() == 2
    assert settings.zoom() == 2
    qtbot.waitUntil(lambda: window.view.panes.is_drawer(INSPECTOR))
    line = window.view.line
    assert line.height() >= line._words.sizeHint().height()
    for _ in range(6):
        window.commands.actions["smaller"].trigger()
    assert theme.zoom() == 1


def test_the_window_stays_as_high_as_it_is_on_every_page(open_plan):
    window = open_plan()
    theme.choose_zoom(2)
    window.resize(1400, 840)
    for page in (ACTIONS, LEADS, SECTIONS, READY, SETTLE):
        window.bridge.select(page)
        QApplication.processEvents()
        assert window.minimumSizeHint().height() <= window.height() == 840, page


@pytest.mark.parametrize("name", ["county", "city"])
def test_the_search_box_never_falls_off_the_toolbar(open_plan, qtbot, name):
    window = open_plan(name)
    for zoom, width in ((1, 1440), (2, 1440), (2, 1000), (1, 700), (1, 1440)):
        operations.choose_zoom(zoom)
        window.resize(width, 900)
        qtbot.waitUntil(lambda: window.view.search.isVisible() and window.view.search.width() > theme.grid(8))
        right = window.view.search.mapTo(window, window.view.search.rect().topRight()).x()
        assert right <= window.width()
