"""The commands of a plan's year: reporting periods, all actions, leads, find and replace, and the refresh."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any

from cypp_desktop.cli import calling
from cypp_desktop.cli.calling import DONE, FINDINGS
from cypp_desktop.domain import bulk, leads, periods, refresh, replacing, views
from cypp_desktop.domain.change import Refused, Step, add_branches, joined
from cypp_desktop.domain.naming import record_name, short, title_of
from cypp_desktop.domain.plan import Action, Lead, Plan, View
from cypp_desktop.exchange import words


def period(options: argparse.Namespace) -> int:
    """List the reporting periods, or do something with one."""
    if options.do == "list":
        _list_periods(calling.read(options.file), json=options.json)
        return DONE
    with closing(calling.write(options)) as document:
        plan = document.plan
        step = _PERIOD[options.do](plan, options)
        document.commit(step)
        _list_periods(document.plan, json=options.json)
    return DONE


def _start(plan: Plan, options: argparse.Namespace) -> Step:
    last = plan.current_period
    started = periods.start_period(plan, _given(options.name), copy_notes=options.copy_notes)
    closing_ = [periods.close_period(plan, last.id)] if options.close_last and last else []
    return joined(started.label, [started, *closing_])


def _given(name: str) -> str:
    if not name:
        raise Refused("Say which reporting period: its name comes after the word.")
    return name


def _named(plan: Plan, options: argparse.Namespace) -> str:
    return words.period_of(plan, options.name).id


_PERIOD: Mapping[str, Callable[[Plan, argparse.Namespace], Step]] = {
    "start": _start,
    "close": lambda plan, options: periods.close_period(plan, _named(plan, options)),
    "reopen": lambda plan, options: periods.reopen_period(plan, _named(plan, options)),
    "rename": lambda plan, options: periods.rename_period(plan, _named(plan, options), _given(options.to)),
    "copy-notes": lambda plan, options: periods.copy_last_notes(plan, _named(plan, options)),
}


def _list_periods(plan: Plan, *, json: bool) -> None:
    current = plan.current_period
    if json:
        calling.print_json(
            [{"id": p.id, "name": p.name, "current": p == current, "closed": p.closed} for p in plan.periods]
        )
        return
    for one in plan.periods:
        marks = [word for word, on in (("current", one == current), ("closed", one.closed)) if on]
        marked = f" ({', '.join(marks)})" if marks else ""
        print(f"{one.name}{marked}  [{one.id}]")


# --- the table of all actions ----------------------------------------------------------------------------------------


def actions(options: argparse.Namespace) -> int:
    """List the actions that are asked for, and change all of them at once where that is asked for."""
    plan = calling.read(options.file)
    view = _view(plan, options)
    now = words.period_of(plan, options.period).id if plan.periods else ""
    groups = views.Sieve().sift(plan, view, now)
    what = _bulk(options)
    if what:
        ids = list(dict.fromkeys(one.id for group in groups for one in group.actions))
        with closing(calling.write(options)) as document:
            step = _changed(document.plan, ids, what, now)
            document.commit(step)
            say_why(document.plan, ids, now)
        print(f"{len(ids)} changed")
    elif options.json:
        found = [one for group in groups for one in _json(plan, group, now)]
        calling.print_json(found)
    else:
        _print_groups(plan, groups, now)
    return DONE


def _view(plan: Plan, options: argparse.Namespace) -> View:
    """The saved view of a name, or what the options ask for."""
    if options.view:
        found = next((one for one in plan.of(View) if options.view in (one.id, one.name)), None)
        if found is None:
            raise Refused(f"There is no saved view “{options.view}” in this plan.")
        return found
    filters = [f"lead={_lead_id(plan, one)}" for one in options.lead]
    filters += [f"status={one if one == views.NONE else words.status_id(plan, one)}" for one in options.status]
    filters += [f"below={words.find(plan, one).id}" for one in options.below]
    filters += [f"due={one}" for one in options.due]
    filters += [f"text={options.text}"] if options.text else []
    filters += ["archived=yes"] if options.archived else []
    return View(id="asked", filters=tuple(filters), group=options.group, sort=options.sort)


def _lead_id(plan: Plan, name: str) -> str:
    if name == views.NONE:
        return name
    return _lead(plan, name).id


def _lead(plan: Plan, name: str) -> Lead:
    found = next((one for one in plan.leads if name in (one.id, one.name)), None)
    if found is None:
        raise Refused(f"There is no lead “{name}” in this plan.")
    return found


def _bulk(options: argparse.Namespace) -> Mapping[str, str]:
    given = {"set-status": options.set_status, "set-due": options.set_due, "move-to": options.move_to}
    given |= {"set-leads": options.set_leads, "add-leads": options.add_leads, "remove-leads": options.remove_leads}
    given |= {"archive": options.archive, "bring-back": "yes" if options.bring_back else None}
    return {name: value for name, value in given.items() if value is not None}


def _changed(plan: Plan, ids: Sequence[str], what: Mapping[str, str], period_: str) -> Step:
    new: list[Any] = []
    given = bulk.Bulk(
        status=words.status_id(plan, what["set-status"]) if "set-status" in what else None,
        due=what.get("set-due"),
        parent=words.find(plan, what["move-to"]).id if "move-to" in what else None,
        archived="" if "bring-back" in what else what.get("archive"),
    )
    for name, how in (("set-leads", bulk.REPLACE), ("add-leads", bulk.ADD), ("remove-leads", bulk.REMOVE)):
        if name in what:
            given = replace(given, leads=words.lead_ids(plan, words.split(what[name]), new), how=how)
    changed = bulk.change(plan, ids, given, period_)
    return joined(changed.label, [add_branches(plan, plan.root, new), changed]) if new else changed


def say_why(plan: Plan, ids: Sequence[str], period_: str) -> None:
    """Ask, on stderr, why the status of some actions is worse than in the period before."""
    for one in periods.worse_without_reason(plan, ids, period_):
        name = record_name(plan, plan[one])
        print(f"{name} is worse than last period. Say why: set FILE {one} reason=…", file=sys.stderr)


def _json(plan: Plan, group: views.Group, period_: str) -> list[dict[str, Any]]:
    return [
        {
            "id": one.id,
            "group": group.heading,
            "reference": plan.reference(one),
            "text": one.text,
            "leads": plan.lead_names(one),
            "due": one.due,
            "status": status.label if (status := plan.status(one, period_)) else "",
            "archived": one.archived,
        }
        for one in group.actions
    ]


def _print_groups(plan: Plan, groups: Sequence[views.Group], period_: str) -> None:
    for group in groups:
        if group.heading:
            print(f"{group.heading} ({len(group.actions)})")
        for one in group.actions:
            status = plan.status(one, period_)
            parts = (plan.reference(one), f"({status.letter})" if status else "", short(title_of(one)))
            led = "; ".join(plan.lead_names(one))
            print("  ".join(part for part in (*parts, led, one.due, f"[{one.id}]") if part))


# --- leads -----------------------------------------------------------------------------------------------------------


def lead_list(options: argparse.Namespace) -> int:
    """List who has what, merge two spellings into one, hand over, or delete those who have nothing."""
    if options.merge or options.hand_over or options.delete_unused:
        with closing(calling.write(options)) as document:
            document.commit(_leads_step(document.plan, options))
            plan = document.plan
    else:
        plan = calling.read(options.file)
    loads, same = leads.loads(plan), leads.alike(plan.leads)
    if options.json:
        calling.print_json([_lead_json(one, loads[one.id]) for one in plan.leads])
        return DONE
    for one in plan.leads:
        load = loads[one.id]
        more = f", {len(load.priorities)} strategic" if load.priorities else ""
        about = " ".join(part for part in (one.role, one.email) if part)
        print(f"{one.name}  {len(load.actions)}{more}  {about}".rstrip() + f"  [{one.id}]")
    for group in same:
        print(f"These may be one: {', '.join(one.name for one in group)}", file=sys.stderr)
    return DONE


def _leads_step(plan: Plan, options: argparse.Namespace) -> Step:
    if options.merge:
        keep, *others = (_lead(plan, name).id for name in options.merge)
        return leads.merge(plan, keep, others)
    if options.hand_over:
        source, to = (_lead(plan, name).id for name in options.hand_over)
        return leads.give(plan, source, to)
    return leads.delete_unused(plan)


def _lead_json(one: Lead, load: leads.Load) -> dict[str, Any]:
    own = {name: getattr(one, name) for name in ("id", "name", "role", "email")}
    return own | {"priorities": list(load.priorities), "actions": list(load.actions), "archived": list(load.archived)}


# --- find and replace ------------------------------------------------------------------------------------------------


def find_replace(options: argparse.Namespace) -> int:
    """Replace words everywhere in the plan; with --dry-run, list the places only."""
    wanted = replacing.Wanted(options.words, case=options.case, whole=options.whole)
    if options.dry_run:
        plan = calling.read(options.file)
        found = list(replacing.places(plan, wanted))
    else:
        with closing(calling.write(options)) as document:
            plan = document.plan
            found = list(replacing.places(plan, wanted))
            document.commit(replacing.put(plan, wanted, options.by, found))
    for place in found:
        print(f"{record_name(plan, plan[place.record])}: {' '.join(place.line.split())}  [{place.record}]")
    print(f"{len(found)} {'found' if options.dry_run else 'replaced'}", file=sys.stderr)
    return DONE if found else FINDINGS


# --- the refresh -----------------------------------------------------------------------------------------------------


def refresh_plan(options: argparse.Namespace) -> int:
    """Refresh the plan for a new year; with --dry-run, say only what would become of it."""
    if options.dry_run:
        plan = calling.read(options.file)
        _say_refresh(plan, _choices(plan, options))
        return DONE
    with closing(calling.write(options)) as document:
        plan = document.plan
        choices = _choices(plan, options)
        document.commit(refresh.refresh(plan, choices, document.keys))
    _say_refresh(plan, choices)
    return DONE


def _choices(plan: Plan, options: argparse.Namespace) -> refresh.Choices:
    choices = refresh.proposed(plan)
    kept = {_action(plan, one) for one in options.keep}
    more = [_action(plan, one) for one in options.archive]
    archive = [one for one in dict.fromkeys([*choices.archive, *more]) if one not in kept]
    asked = {name: value for name in ("title", "years", "period") if (value := getattr(options, name)) is not None}
    return replace(choices, archive=archive, renumber=options.renumber, close=not options.leave_open, **asked)


def _action(plan: Plan, name: str) -> str:
    found = words.find(plan, name)
    if not isinstance(found, Action):
        raise Refused(f"“{name}” is no {plan.details.action_word.lower()}.")
    return found.id


def _say_refresh(plan: Plan, choices: refresh.Choices) -> None:
    print(f"{choices.title}  {choices.years}  draft")
    if choices.period:
        print(f"Reporting period: {choices.period}")
    for one in choices.archive:
        print(f"archived: {record_name(plan, plan[one])}  {short(title_of(plan[one]))}  [{one}]")
    left = sum(isinstance(one, Action) for one in refresh.without(plan, choices.archive).walk())
    print(f"{len(choices.archive)} archived, {left} carried forward")
    if choices.renumber:
        for one, old, new in refresh.renumbered(plan, choices.archive):
            print(f"renumbered: {old or '–'} → {new}  {short(title_of(plan[one]))}  [{one}]")


# --- the arguments ---------------------------------------------------------------------------------------------------


def add_commands(commands: Any) -> None:  # noqa: ANN401 - argparse's own types are private
    """The commands of this module."""
    made = calling.command(commands, "period", period, "list, start, close, reopen or rename reporting periods")
    made.add_argument("do", nargs="?", default="list", choices=["list", *_PERIOD])
    made.add_argument("name", nargs="?", default="", help="the period (the current one), or the name of the new one")
    made.add_argument("to", nargs="?", default="", help="its new name")
    made.add_argument("--copy-notes", action="store_true", help="start: begin with the last notes")
    made.add_argument("--close-last", action="store_true", help="start: close the period before it")
    calling.json_option(made)
    _action_options(calling.command(commands, "actions", actions, "list all actions, or change many of them at once"))
    made = calling.command(commands, "leads", lead_list, "who has what; merge, hand over, tidy up")
    made.add_argument("--merge", nargs="+", metavar="NAME", help="the name to keep, then those that it replaces")
    made.add_argument("--hand-over", nargs=2, metavar=("FROM", "TO"), help="all that one leads goes to another")
    made.add_argument("--delete-unused", action="store_true", help="delete leads who have nothing")
    calling.json_option(made)
    made = calling.command(commands, "replace", find_replace, "find and replace words over the whole plan")
    made.add_argument("words", help="the words to look for")
    made.add_argument("by", nargs="?", default="", help="the words to put there")
    made.add_argument("--case", action="store_true", help="capitals matter")
    made.add_argument("--whole", action="store_true", help="whole words only")
    made.add_argument("--dry-run", action="store_true", help="list the places, and write nothing")
    made = calling.command(commands, "refresh", refresh_plan, "refresh the plan for a new year")
    for name in ("title", "years", "period"):
        made.add_argument(
            f"--{name}", default=None, help=f"the new {name}; otherwise the old one with its years moved on"
        )
    made.add_argument("--keep", action="append", default=[], metavar="ID", help="carry it forward although finished")
    made.add_argument("--archive", action="append", default=[], metavar="ID", help="archive it although not finished")
    made.add_argument("--renumber", action="store_true", help="number the plan anew")
    made.add_argument("--leave-open", action="store_true", help="do not close the current period")
    made.add_argument("--dry-run", action="store_true", help="say what would become of it, and write nothing")


def _action_options(made: argparse.ArgumentParser) -> None:
    asked = made.add_argument_group("which")
    asked.add_argument("--view", default="", help="a saved view of the plan")
    asked.add_argument("--lead", action="append", default=[], help="a lead’s, or “none” (may be repeated)")
    asked.add_argument("--status", action="append", default=[], help="of a status, or “none” (may be repeated)")
    asked.add_argument("--below", action="append", default=[], metavar="ID", help="below a priority or outcome")
    asked.add_argument("--due", action="append", default=[], choices=list(views.DUE), help="when they are due")
    asked.add_argument("--text", default="", help="words that stand in them")
    asked.add_argument("--archived", action="store_true", help="the archived ones")
    asked.add_argument("--group", default="", choices=list(views.GROUPS), help="under headings")
    asked.add_argument("--sort", default="", choices=list(views.SORTS), help="in another order")
    changed = made.add_argument_group("what becomes of them, as one step")
    for name, about in (("status", "a status"), ("due", "when they are due"), ("leads", "leads, between semicolons")):
        changed.add_argument(f"--set-{name}", default=None, metavar=name.upper(), help=about)
    changed.add_argument("--add-leads", default=None, metavar="LEADS", help="these besides")
    changed.add_argument("--remove-leads", default=None, metavar="LEADS", help="all but these")
    changed.add_argument("--move-to", default=None, metavar="ID", help="a priority or outcome")
    changed.add_argument("--archive", default=None, metavar="YEAR", help="archive them under a year or period")
    changed.add_argument("--bring-back", action="store_true", help="bring archived ones back")
    calling.period_option(made)
    calling.json_option(made)
