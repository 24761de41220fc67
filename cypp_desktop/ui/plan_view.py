"""One open plan in a window: tree, middle and inspector, the search box, the line at the foot, and what they say."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from cypp_desktop.domain.plan import Action, Outcome, Priority, View
from cypp_desktop.ui.banners import Banners
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.models.questions import Questions
from cypp_desktop.ui.models.readiness import Readiness
from cypp_desktop.ui.models.tree import ACTIONS, LEADS, PLAN, READY, REVIEW, SECTIONS, SETTLE, SLIP
from cypp_desktop.ui.panels.celltable import CellTable
from cypp_desktop.ui.panels.inspector import Inspector
from cypp_desktop.ui.panels.page import PagePanel
from cypp_desktop.ui.panels.search import SearchBox
from cypp_desktop.ui.panels.tree import TreePanel
from cypp_desktop.ui.panes import INSPECTOR, TREE, Panes
from cypp_desktop.ui.statusline import StatusLine

if TYPE_CHECKING:
    from cypp_desktop.ui.all_actions.page import AllActionsPage
    from cypp_desktop.ui.changes.page import ReviewPanel
    from cypp_desktop.ui.changes.source import Source
    from cypp_desktop.ui.copies.watching import Watch
    from cypp_desktop.ui.leads.page import LeadsPage
    from cypp_desktop.ui.overview.page import Overview
    from cypp_desktop.ui.panels.ready import ReadyPanel
    from cypp_desktop.ui.panels.sections import SectionsPanel
    from cypp_desktop.ui.panels.settle import SettlePanel
    from cypp_desktop.ui.slip.page import SlipPanel


CAME_AFTER = 900
"""Milliseconds after which it is looked up what came in copies, so that the window opens first."""


class PlanView(QWidget):
    """Puts the panels together; what happens in a plan happens in the panels, through the bridge."""

    elsewhere_wanted = Signal()
    """The plan is wanted in another place, to go on there."""
    back_wanted = Signal()
    """The return slip is to go back."""
    landed = Signal(list)
    """Copies that bring something lie in a watched folder (:class:`Incoming`)."""

    def __init__(self, bridge: Bridge, parent: QWidget) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.panes = Panes(self)  # each widget begins where it stays: moving one has the stylesheet asked again for all
        self.tree = TreePanel(bridge, self.panes.splitter)
        self._middle = QWidget(self.panes.splitter)
        self._stack = QStackedWidget(self._middle)
        self.page = PagePanel(bridge, self._stack)
        self.inspector = Inspector(bridge, self.panes.splitter)
        self._overview: Overview | None = None
        self._all_actions: AllActionsPage | None = None
        self._leads: LeadsPage | None = None
        self._sections: SectionsPanel | None = None
        self._ready: ReadyPanel | None = None
        self._settle: SettlePanel | None = None
        self._review: ReviewPanel | None = None
        self._came: Source | None = None
        self._slip: SlipPanel | None = None
        self._watch: Watch | None = None
        self._later = QTimer(self, singleShot=True, interval=CAME_AFTER)
        self._later.timeout.connect(self.look_for_what_came)
        self.readiness = Readiness(bridge, self)
        self.questions = Questions(bridge, self)
        self.search = SearchBox(bridge, parent)
        self.line = StatusLine(bridge, self.tree.model)
        self.banners = Banners(bridge, self._middle)
        self._lay_out()
        self.panes.hold(self.tree, self._middle, self.inspector)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panes)
        self._connect(bridge)
        self._begin()

    def _lay_out(self) -> None:
        self._stack.addWidget(self.page)
        column = QVBoxLayout(self._middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.banners)
        column.addWidget(self._stack, 1)

    def _connect(self, bridge: Bridge) -> None:
        self.banners.answered.connect(lambda: self.entry(self.middle).setFocus())
        self.line.save_elsewhere.connect(self.elsewhere_wanted)
        self.search.jumped.connect(self.jump)
        self.panes.left.connect(lambda: self.entry(self.middle).setFocus())
        for panel in (self.tree, self.page.table):
            panel.deleted.connect(self._say_deleted)
        self.readiness.changed.connect(self._say_findings)
        self.questions.changed.connect(self._say_questions)
        bridge.selected.connect(self._turn_to)
        bridge.failed.connect(lambda sentence: self.say("warn", sentence))
        bridge.unsaved.connect(self.say_unsaved)
        bridge.saved.connect(self.banners.put_away)
        self._later.start()

    def _begin(self) -> None:
        plan = self.bridge.plan
        if self.bridge.document.slip:
            self.bridge.select(SLIP)
            return
        first = next(iter(plan.priorities), None)
        outcome = next(iter(plan.outcomes(first.id)), None) if first else None
        self.bridge.select(outcome.id if outcome else first.id if first else PLAN)

    # --- pages that are made when they are first looked at ---

    @property
    def overview(self) -> Overview:
        """The whole plan at a glance."""
        if self._overview is None:
            from cypp_desktop.ui.overview.page import Overview

            self._overview = Overview(self.bridge, self.tree.model)
            self._overview.priority_wanted.connect(self.tree.add_priority)
            self._overview.ready_wanted.connect(lambda: self.bridge.select(READY))
            self._overview.details_wanted.connect(self.show_details)
            self._overview.lead_wanted.connect(lambda lead: self.look_for(f"lead={lead}"))
            self._stack.addWidget(self._overview)
        return self._overview

    @property
    def all_actions(self) -> AllActionsPage:
        """The table of all actions."""
        if self._all_actions is None:
            from cypp_desktop.ui.all_actions.page import AllActionsPage

            self._all_actions = AllActionsPage(self.bridge)
            self._all_actions.table.deleted.connect(self._say_deleted)
            self._stack.addWidget(self._all_actions)
        return self._all_actions

    @property
    def leads(self) -> LeadsPage:
        """The page of leads."""
        if self._leads is None:
            from cypp_desktop.ui.leads.page import LeadsPage

            self._leads = LeadsPage(self.bridge)
            self._leads.actions_wanted.connect(lambda lead: self.look_for(f"lead={lead}"))
            self._stack.addWidget(self._leads)
        return self._leads

    @property
    def sections(self) -> SectionsPanel:
        """The page of sections."""
        if self._sections is None:
            from cypp_desktop.ui.panels.sections import SectionsPanel

            self._sections = SectionsPanel(self.bridge)
            self._stack.addWidget(self._sections)
        return self._sections

    @property
    def ready(self) -> ReadyPanel:
        """The page with what is to be looked at before the board pack is ready."""
        if self._ready is None:
            from cypp_desktop.ui.panels.ready import ReadyPanel

            self._ready = ReadyPanel(self.bridge, self.readiness)
            self._ready.wanted.connect(self._put_right)
            self._stack.addWidget(self._ready)
        return self._ready

    @property
    def stops(self) -> list[QWidget]:
        """Where Tab goes: from the tree through the middle to the details, as the eye does."""
        return [self.tree.stop, *self.middle.findChildren(QWidget), *self.inspector.stops]

    @property
    def settle(self) -> SettlePanel:
        """The page with what taking in copies left open."""
        if self._settle is None:
            from cypp_desktop.ui.panels.settle import SettlePanel

            self._settle = SettlePanel(self.bridge, self.questions)
            self._settle.wanted.connect(self.jump)
            self._stack.addWidget(self._settle)
        return self._settle

    @property
    def review(self) -> ReviewPanel:
        """The page with what came in copies."""
        if self._review is None:
            from cypp_desktop.ui.changes.page import ReviewPanel

            self._review = ReviewPanel(self.bridge, self.came, self.questions)
            self._review.wanted.connect(self.jump)
            self._review.said.connect(lambda sentence: self.say("info", sentence, "Undo", self._undo))
            self._stack.addWidget(self._review)
        return self._review

    @property
    def slip(self) -> SlipPanel:
        """The page of a return slip."""
        if self._slip is None:
            from cypp_desktop.ui.slip.page import SlipPanel

            self._slip = SlipPanel(self.bridge)
            self._slip.send_back.connect(self.back_wanted)
            self._slip.progress.changed.connect(self._say_left)
            self._stack.addWidget(self._slip)
            self._say_left()
        return self._slip

    def _say_left(self) -> None:
        if self._slip:
            self.tree.model.say_left(self._slip.progress.left)

    @property
    def came(self) -> Source:
        """What came in copies."""
        if self._came is None:
            from cypp_desktop.document.review import Span
            from cypp_desktop.ui.changes.source import Source

            self._came = Source(self.bridge, Span(came=True), self)
            self._came.changed.connect(self._say_came)
        return self._came

    def _say_deleted(self, sentence: str) -> None:
        self.say("info", sentence, "Undo", self._undo)

    def _undo(self) -> None:
        self.bridge.undo()

    @property
    def watch(self) -> Watch:
        """What looks for copies in folders."""
        if self._watch is None:
            from cypp_desktop.ui.copies.watching import Watch

            self._watch = Watch(self.bridge, self)
            self._watch.found.connect(self.landed)
        return self._watch

    def look_for_what_came(self) -> None:
        """Look up what came in copies, where anything did, and what lies in folders to be taken in."""
        if self.bridge.document.fact("came"):
            self.came.gather()
        if self.bridge.editable:
            self.watch.begin()

    def rest(self) -> None:
        """Look for nothing more: the document is closed."""
        self._later.stop()
        self.questions.rest()
        for one in (self._came, self._watch):
            if one:
                one.rest()

    def _say_came(self) -> None:
        if self._came and self._came.span.came and not self._came.span.last:
            found = self._came.found
            self.tree.model.say_waiting(sum(one.open for one in found), came=bool(found))
            self.tree.catch_up()
            self.line.refresh()

    def _say_questions(self) -> None:
        found = self.questions.open
        self.tree.model.say_questions([one.record for one in found])
        twins = ((str(side.value), one.field) for one in found if one.kind == "twins" for side in one.sides)
        self.bridge.ask([*((one.record, one.field) for one in found if one.kind != "redact"), *twins])
        self.line.refresh()

    def _say_findings(self) -> None:
        self.tree.model.say_findings(len(self.readiness.findings))
        if self._overview:
            self._overview.refresh()

    # --- what the window is about ---

    @property
    def middle(self) -> QWidget:
        """The panel in the middle that can be seen."""
        return self._stack.currentWidget() or self.page

    def _turn_to(self, selection: str) -> None:
        record = self.bridge.plan.get(selection)
        if ACTIONS in (selection, self.bridge.within):
            self._stack.setCurrentWidget(self.all_actions)
        elif LEADS in (selection, self.bridge.within):
            self._stack.setCurrentWidget(self.leads)
        elif selection == SECTIONS or (record and record.kind == "section"):
            self._stack.setCurrentWidget(self.sections)
        elif selection == READY:
            self._stack.setCurrentWidget(self.ready)
        elif selection == SETTLE:
            self._stack.setCurrentWidget(self.settle)
        elif selection == REVIEW:
            self._stack.setCurrentWidget(self.review)
        elif selection == SLIP:
            self._stack.setCurrentWidget(self.slip)
        elif record is None or record.kind == "plan":
            self._stack.setCurrentWidget(self.overview)
        else:
            self._stack.setCurrentWidget(self.page)
        without_details = (self._sections, self._ready, self._settle, self._review, self._slip)
        whole = self.middle in without_details
        self.panes.withhold(INSPECTOR, whole or selection == PLAN)
        self.panes.widen(self.middle in (self._all_actions, self._leads))

    def show_details(self) -> None:
        """Show the fields of the plan itself beside the plan on a page."""
        self.bridge.select(self.bridge.plan.root)
        self.panes.show_side(INSPECTOR, True)

    def look_for(self, *filters: str) -> None:
        """Show the actions that are asked for, such as "lead=ID", among all of them."""
        self.bridge.select(ACTIONS, again=True)
        self.all_actions.ask(View(id="", filters=filters))
        self.all_actions.table.setFocus()

    def jump(self, record: str) -> None:
        """Show a record, with the keyboard where it stands: in the tree, among the measures, or in the middle."""
        found = self.bridge.plan.get(record)
        if isinstance(found, Action) and found.archived:
            self.look_for("archived=yes")
            self.all_actions.show_action(record)
            return
        self.bridge.select(record, again=True)
        if isinstance(found, Priority | Outcome):
            self.tree.setFocus()
        elif record == self.page.measures.record:
            self.page.measures.table.setFocus()
        else:
            self.entry(self.middle).setFocus()

    def _put_right(self, record: str, cell: str) -> None:
        """Go to a record, or to one cell of it in the inspector, in the period that is current."""
        if self.bridge.plan.current_period:
            self.bridge.look_at(self.bridge.plan.current_period.id)
        self.jump(record)
        if cell:
            self.panes.show_side(INSPECTOR, True)
            self.inspector.focus_field(cell)

    @property
    def current_cell(self) -> tuple[str, str]:
        """The record that the keyboard is in, else the one that is shown, and its field, "" where that is not one."""
        widget = QApplication.focusWidget()
        if isinstance(widget, CellTable) and (index := widget.currentIndex()).isValid():
            return widget.cells.record(index.row(), index.column()), widget.cells.field(index.row(), index.column())
        while widget and widget not in (self, self.inspector):
            record, field = getattr(widget, "record", ""), getattr(widget, "cell", "")
            if isinstance(record, str) and isinstance(field, str) and record in self.bridge.plan and field:
                return record, field
            widget = widget.parentWidget()
        return self.bridge.selection if self.bridge.selection in self.bridge.plan else "", ""

    def focused_panel(self) -> QWidget | None:
        """The panel that the keyboard is in."""
        focus = QApplication.focusWidget()
        panels = (self.tree, self.middle, self.inspector)
        return next((one for one in panels if focus and (one is focus or one.isAncestorOf(focus))), None)

    def commit_editors(self) -> None:
        """Have every field keep what was typed, as if one had left it."""
        self.page.commit_editor()
        for page in (self._all_actions, self._leads):
            if page:
                page.commit_editor()
        self.banners.keep_reason()
        if self._sections:
            self._sections.save()
        if self._slip:
            self._slip.save()
        self.inspector.save()

    def unsaved(self) -> dict[tuple[str, str], str]:
        """All words that are typed and are no step yet, by record and field."""
        from cypp_desktop.ui.delegates.cell import CellDelegate
        from cypp_desktop.ui.panels.fields import TextField

        found: dict[tuple[str, str], str] = {}
        for field in self.findChildren(TextField):
            found |= field.unsaved()
        for delegate in self.findChildren(CellDelegate):
            found |= delegate.unsaved()
        return found

    def walk_panes(self, by: int) -> None:
        """Put the keyboard into the pane after (1) or before (-1) that where it is."""
        panes: list[QWidget] = [self.middle]
        if self.panes.is_open(TREE):
            panes.insert(0, self.tree)
        if self.panes.is_open(INSPECTOR):
            panes.append(self.inspector)
        focus = QApplication.focusWidget()
        here = next((place for place, pane in enumerate(panes) if focus and pane.isAncestorOf(focus)), 0)
        self.entry(panes[(here + by) % len(panes)]).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def entry(self, pane: QWidget) -> QWidget:
        """Where the keyboard goes in a pane: the table of a page, else the first field."""
        if pane is self.inspector:
            return self.inspector.first
        table = getattr(pane, "table", None)
        return table if isinstance(table, QWidget) and table.isVisible() else _first_field(pane)

    # --- saying things ---

    def say(self, kind: str, sentence: str, action: str = "", act: Callable[[], None] = lambda: None) -> None:
        """Say a sentence over the middle, with something to do about it; the reader can close it."""
        self.banners.say(kind, sentence, action, act)

    def say_unsaved(self, sentence: str) -> None:
        """Say that something is not saved, with the way out."""
        self.say("danger", sentence, "Save a copy elsewhere…", self.elsewhere_wanted.emit)

    def offer(self, action: str, act: Callable[[], None]) -> None:
        """Have the banner that says what state the plan is in offer something else than a copy."""
        self.banners.standing.ask_instead("info", self.bridge.document.read_only, (action, act), stays=True)


def _first_field(pane: QWidget) -> QWidget:
    """The first widget of a pane that the keyboard can go to."""
    one = pane.nextInFocusChain()
    while one is not None and one is not pane and pane.isAncestorOf(one):
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisibleTo(pane) and one.isEnabled():
            return one
        one = one.nextInFocusChain()
    return pane
