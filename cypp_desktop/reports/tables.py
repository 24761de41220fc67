"""A plan as a report: the board pack, its action-plan tables in the plan's own columns and its indicator tables."""

from __future__ import annotations

from collections.abc import Iterator

from cypp_desktop.domain import text
from cypp_desktop.domain.naming import plural, several
from cypp_desktop.domain.plan import Plan, Priority
from cypp_desktop.domain.roles import with_roles
from cypp_desktop.domain.text import Paragraph, Rich, Run
from cypp_desktop.reports import actions, exceptions, layouts, leads, measures, overview, undecided
from cypp_desktop.reports.model import (
    Block,
    Contents,
    Facts,
    Front,
    Heading,
    Legend,
    Note,
    PageBreak,
    Report,
    StatusBar,
    Text,
)
from cypp_desktop.reports.options import TEXT_SIZES, Options
from cypp_desktop.reports.pack import Pack


def board_pack(plan: Plan, options: Options | None = None) -> Report:
    """The plan's board pack; without options as the layout asks that was chosen last."""
    options = layouts.chosen(plan) if options is None else options
    pack = Pack(with_roles(plan) if options.people == "roles" else plan, options)
    plan, details = pack.plan, pack.plan.details
    front = _front(pack) if options.has("front") else None
    return Report(
        title=_joined(": ", details.title, details.subtitle) or "Plan",
        blocks=tuple(_blocks(pack)),
        front=front,
        author=details.organisation,
        head_left=details.title,
        head_right=_joined(" · ", *_meeting(plan), details.appendix),
        legend=plan.statuses if options.has("legend") else (),
        paper=options.paper,
        watermark=options.watermark,
        text_size=TEXT_SIZES[options.text_size],
    )


def _blocks(pack: Pack) -> Iterator[Block]:
    has = pack.options.has
    if has("contents"):
        yield Contents()
    if has("legend") and not has("front"):
        yield from _legend(pack)
    if has("overview"):
        yield from overview.blocks(pack)
    if has("exceptions"):
        yield from exceptions.blocks(pack)
    yield from _sections(pack, after=False)
    for priority in pack.priorities:
        yield from _priority(pack, priority)
    yield from _sections(pack, after=True)
    if has("leads"):
        yield from leads.blocks(pack)
    if has("undecided"):
        yield from undecided.blocks(pack)


def _joined(mark: str, *words: str) -> str:
    return mark.join(word.strip() for word in words if word.strip())


def _meeting(plan: Plan) -> tuple[str, ...]:
    """What every page says besides the title: the meeting that it goes to, else the subtitle."""
    details = plan.details
    return (details.board, details.meeting_date) if details.board else (details.subtitle,)


def _front(pack: Pack) -> Front:
    details, period = pack.plan.details, pack.period
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
        ("State", "Draft" if details.state == "draft" else ""),
        ("Reporting period", period.name if period else ""),
    )
    facts = Facts(tuple((name, value) for name, value in pairs if value.strip()))
    blocks: list[Block] = [facts] if facts.pairs else []
    if details.pack_note:
        blocks.append(Text(text.parse(details.pack_note)))
    if pack.options.has("legend"):
        blocks += _legend(pack)
    return Front(details.title, details.subtitle, details.pack_title, details.appendix, tuple(blocks))


def _legend(pack: Pack) -> Iterator[Block]:
    plan = pack.plan
    if plan.statuses:
        heading = next((column.heading for column in _columns(pack) if column.key == "status"), "")
        yield Heading(3, heading if heading.casefold().endswith("status") else _joined(" ", heading, "Status"))
        yield Legend(plan.statuses)


def _sections(pack: Pack, *, after: bool) -> Iterator[Block]:
    """The sections after the tables, or all others."""
    if pack.options.has("sections"):
        found = (section for section in pack.plan.sections() if (section.place == "after") == after)
        for at, section in enumerate(found):
            if not at:
                yield PageBreak()
            yield Heading(2, section.heading)
            yield Text(text.parse(section.text))


def _columns(pack: Pack) -> tuple[actions.Column, ...]:
    return actions.columns(pack.columns)


def _priority(pack: Pack, priority: Priority) -> Iterator[Block]:
    """A priority's heading, statement and tables; nothing where no action of the chosen leads is in it."""
    plan = pack.plan
    rows = actions.groups(pack, priority)
    if pack.options.leads and not rows:
        return
    kicker = priority.label or _joined(" ", plan.level_word(priority), priority.ref)
    title, above = (priority.title, kicker) if priority.title else (kicker, "")
    yield PageBreak()
    yield Heading(2, title, above, _bar(pack, rows), pack.place(priority))
    if names := pack.names(priority.leads):
        yield Text(Rich((Paragraph((Run("Lead: ", bold=True), Run(", ".join(names)))),)))
    if priority.statement:
        yield Text(text.parse(priority.statement))
    if pack.options.has("actions"):
        table = actions.table(pack, rows, _columns(pack))
        yield table or Note(
            f"This {plan.level_word(priority).lower()} has no {plural(plan.details.action_word.lower())} yet."
        )
    if pack.options.has("measures"):
        yield from measures.tables(pack, priority, kicker)


def _bar(pack: Pack, rows: list[actions.Group]) -> StatusBar | None:
    standing = pack.standing(action for group in rows for action in group.actions)
    shown = standing.shown(pack.plan.statuses)
    return StatusBar(shown, several(standing.actions, pack.plan.details.action_word)) if shown else None
