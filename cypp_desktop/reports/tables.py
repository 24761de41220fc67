"""A plan as a report: the board pack, its action-plan tables in the plan's own columns and its indicator tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from cypp_desktop.domain import text
from cypp_desktop.domain.plan import Action, Plan, Priority
from cypp_desktop.reports import actions, measures
from cypp_desktop.reports.model import (
    Block,
    Contents,
    Facts,
    Front,
    Heading,
    Legend,
    Note,
    PageBreak,
    Paper,
    Report,
    StatusBar,
    Text,
)

PARTS = ("front", "contents", "sections", "legend", "actions", "measures")


LAYOUTS = {
    "city": (
        "outcome=Outcomes",
        "measures=Performance measures",
        "actions=Key actions suggested to date",
        "leads=Lead organisation",
    ),
    "county": (
        "outcome=Key Activities",
        "plans=Plan",
        "actions=Key Actions",
        "leads=Lead",
        "note=Progress to Date",
        "status=RAG Rating",
    ),
}
"""The action tables of the two published plans, for any plan to be printed in."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a board pack holds: ``priorities``, ``leads`` and ``period`` are ids, and none of them means all.

    ``columns`` are ``key=Heading`` as in the plan's details; without any the plan's own are taken.
    """

    parts: frozenset[str] = frozenset(PARTS)
    priorities: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    period: str = ""
    columns: tuple[str, ...] = ()
    paper: Paper = "A4"


def board_pack(plan: Plan, options: Options | None = None) -> Report:
    """The plan's board pack."""
    options = options or Options()
    details = plan.details
    front = _front(plan, options) if "front" in options.parts else None
    blocks: list[Block] = []
    if "contents" in options.parts:
        blocks.append(Contents())
    if front is None and "legend" in options.parts:
        blocks += _legend(plan, options)
    blocks += _sections(plan, options, "before")
    for priority in plan.priorities:
        if not options.priorities or priority.id in options.priorities:
            blocks += _priority(plan, priority, options)
    blocks += _sections(plan, options, "after")
    return Report(
        title=_joined(": ", details.title, details.subtitle) or "Plan",
        blocks=tuple(blocks),
        front=front,
        author=details.organisation,
        head_left=details.title,
        head_right=_joined(" · ", *_meeting(plan), details.appendix),
        legend=plan.statuses if "legend" in options.parts else (),
        paper=options.paper,
    )


def _joined(mark: str, *words: str) -> str:
    return mark.join(word.strip() for word in words if word.strip())


def _meeting(plan: Plan) -> tuple[str, ...]:
    """What every page says besides the title: the meeting that it goes to, else the subtitle."""
    details = plan.details
    return (details.board, details.meeting_date) if details.board else (details.subtitle,)


def _front(plan: Plan, options: Options) -> Front:
    details = plan.details
    period = actions.period(plan, options.period)
    pairs = (
        ("Organisation", details.organisation),
        ("Board", details.board),
        ("Date", details.meeting_date),
        ("Time", details.meeting_time),
        ("Place", details.meeting_place),
        ("Governance officer", details.governance_officer),
        ("Direct dial", details.direct_dial),
        ("Agenda item", _joined(" ", details.agenda_item, details.agenda_title)),
        ("Agenda pages", details.agenda_pages),
        ("Report of", details.report_of),
        ("Years", details.years),
        ("Reporting period", period.name if period else ""),
    )
    facts = Facts(tuple((name, value) for name, value in pairs if value.strip()))
    blocks: list[Block] = [facts] if facts.pairs else []
    if details.pack_note:
        blocks.append(Text(text.parse(details.pack_note)))
    if "legend" in options.parts:
        blocks += _legend(plan, options)
    return Front(details.title, details.subtitle, details.pack_title, details.appendix, tuple(blocks))


def _legend(plan: Plan, options: Options) -> Iterator[Block]:
    if plan.statuses:
        heading = next((column.heading for column in _columns(plan, options) if column.key == "status"), "")
        yield Heading(3, heading if heading.casefold().endswith("status") else _joined(" ", heading, "Status"))
        yield Legend(plan.statuses)


def _sections(plan: Plan, options: Options, place: str) -> Iterator[Block]:
    if "sections" in options.parts:
        for section in plan.sections(place):
            yield Heading(2, section.heading)
            yield Text(text.parse(section.text))


def _columns(plan: Plan, options: Options) -> tuple[actions.Column, ...]:
    return actions.columns(options.columns or plan.details.columns)


def _priority(plan: Plan, priority: Priority, options: Options) -> Iterator[Block]:
    """A priority's heading, statement and tables; nothing where no action of the chosen leads is in it."""
    rows = actions.groups(plan, priority, options.leads)
    if options.leads and not rows:
        return
    kicker = priority.label or _joined(" ", plan.level_word(priority), priority.ref)
    yield PageBreak()
    yield Heading(2, priority.title or kicker, kicker if priority.title else "", _bar(plan, rows, options))
    if priority.statement:
        yield Text(text.parse(priority.statement))
    if "actions" in options.parts:
        table = actions.table(plan, rows, _columns(plan, options), options.period)
        yield table or Note(f"This {plan.level_word(priority).lower()} has no {plan.details.action_word.lower()}s yet.")
    if "measures" in options.parts:
        yield from measures.tables(plan, priority, kicker)


def _bar(plan: Plan, rows: list[actions.Group], options: Options) -> StatusBar | None:
    found: list[Action] = [action for group in rows for action in group.actions]
    statuses = (plan.status(action, options.period) for action in found)
    counts = Counter(status.id for status in statuses if status)
    shown = tuple((status, counts[status.id]) for status in plan.statuses if counts[status.id])
    word = plan.details.action_word.lower()
    return StatusBar(shown, f"{len(found)} {word}{'' if len(found) == 1 else 's'}") if shown else None
