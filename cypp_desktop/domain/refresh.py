"""The plan refreshed for a new year: what is finished is archived, all else goes on, with its ids and its history."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from cypp_desktop.domain.bulk import Bulk, archive_label, change
from cypp_desktop.domain.change import Step, edit, joined
from cypp_desktop.domain.numbering import renumber_all
from cypp_desktop.domain.order import Keys
from cypp_desktop.domain.patterns import pattern
from cypp_desktop.domain.periods import close_period, done_statuses, start_period
from cypp_desktop.domain.plan import Action, Plan
from cypp_desktop.domain.values import dataclass, replace

_YEARS = pattern(r"(?<!\d)((?:19|20)\d\d)(?:(\s*[-–/]\s*)((?:19|20)?\d\d))?(?![\d-])")
_CENTURY = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What is asked for: the titles and years of the new plan, its first period ("" for none), and what is archived.

    ``archived_in`` is what the archived actions are kept under; the current period is closed where ``close`` says so.
    """

    title: str
    subtitle: str
    years: str
    period: str
    archive: Collection[str]
    archived_in: str
    close: bool = True
    renumber: bool = False


def proposed(plan: Plan) -> Choices:
    """What suggests itself: years that go on, and all finished actions archived."""
    details, period = plan.details, plan.current_period
    name = following(period.name) if period else ""
    free = name and all(name.casefold() != one.name.casefold() for one in plan.periods)
    return Choices(
        title=following(details.title),
        subtitle=following(details.subtitle),
        years=following(details.years),
        period=name if free else "",
        archive=[one.id for one in finished(plan)],
        archived_in=archive_label(plan),
    )


def finished(plan: Plan) -> list[Action]:
    """The live actions whose status says that nothing is left to do, in the order of the plan."""
    done = done_statuses(plan)
    period = plan.current_period.id if plan.current_period else ""
    return [one for one in plan.walk() if isinstance(one, Action) and one.update(period).status in done]


def refresh(plan: Plan, choices: Choices, keys: Keys | None = None) -> Step:
    """The refreshed plan, a draft again, as one step; Refused where another period has the name of the new one."""
    archived = change(plan, choices.archive, Bulk(archived=choices.archived_in))
    details = {"title": choices.title, "subtitle": choices.subtitle, "years": choices.years, "state": "draft"}
    steps = [edit(plan, plan.root, {name: words.strip() for name, words in details.items()}), archived]
    period = plan.current_period
    if period and choices.close:
        steps.append(close_period(plan, period.id))
    if choices.period.strip():
        steps.append(start_period(plan, choices.period, keys=keys))
    if choices.renumber:
        steps.append(renumber_all(without(plan, choices.archive)))
    return joined(f"refresh for {choices.years or 'a new year'}", steps)


def renumbered(plan: Plan, archive: Collection[str]) -> list[tuple[str, str, str]]:
    """What would get another reference if the rest were numbered anew: id, old and new reference."""
    step = renumber_all(without(plan, archive))
    return [(one.record, str(one.before), str(one.after)) for one in step.changes]


def without(plan: Plan, archive: Iterable[str]) -> Plan:
    """The plan with some actions archived."""
    gone = [replace(one, archived="-") for action in archive if isinstance(one := plan.get(action), Action)]
    return plan.replaced(gone)


def following(words: str) -> str:
    """Words with the years that they name moved on by one: "2016-17" is "2017-18" then. Longer spans, such as
    "2016-2020", stay: they are those of the whole plan.
    """
    return _YEARS.sub(_next, words)


def _next(match: re.Match[str]) -> str:
    first, dash, last = int(match[1]), match[2], match[3]
    if not last:
        return str(first + 1)
    if (int(last) - first) % _CENTURY != 1:
        return match[0]
    after = str(first + 2) if len(last) > 2 else f"{(first + 2) % _CENTURY:02}"  # noqa: PLR2004 - a year of two digits
    return f"{first + 1}{dash}{after}"
