"""The many words that councils head their columns with, and which field each speaks for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from cypp_desktop.domain import text
from cypp_desktop.domain.plan import NATIONAL, NEIGHBOURS
from cypp_desktop.exchange.importing.fields import LEVELS, SKIP, line

_SERIES = {
    NATIONAL: r"national( average| avg| figure)?|nat(ional)? av",
    NEIGHBOURS: r"stat(istical)? neighbou?rs?( average| avg)?|sn( average| avg)?",
}
_COMPARATORS = (
    r"england|region|comparator|benchmark|core cit|midlands|north (east|west)|south|london|similar|cipfa|peer"
)
_PERIODS = (
    r"(q(uarter|tr)? ?[1-4]|quarter (one|two|three|four)|mid[ -]year|half[ -]year|(end of )?year[ -]end|end of year|"
    r"(january|february|march|april|may|june|july|august|september|october|november|december) \d{4})"
)
_YEAR = r"(?:19|20)\d\d(?: ?[-–/] ?(?:19|20)?\d\d)?"
_REF = r"(ref(erence)?( no| number)?|no|number|num|id|#|item( no)?|s/?n)"

WHOLE, WEAK, PART = 5, 3, 2
_LONGEST = 60
_HEADINGS = {"heading", "section heading"}  # a column that says where in a document a row stood

# What a heading may say as a whole (``WHOLE`` points) ...
_WHOLE: Mapping[str, str] = {
    "priority": r"""
        (strategic |key |cyp |our |partnership )?(priorit(y|ies)|themes?|aims?|goals?|ambitions?)( area| no)?
        (strategic |key |cyp )?(strands?|work ?streams?|strategic objectives?|domains?|pillars?)( area| no)?
        (focus|priority) area|area of focus|part
    """,
    "outcome": r"""
        ((intended|desired|key|strategic|priority) )?outcomes?( sought| required| statement)?
        key activit(y|ies)|pledges?|commitments?|recommendations?|sub[ -]?priorit(y|ies)|improvement area
        areas? for improvement|what (difference )?(do|are) we (want|trying) to (achieve|make)( .*)?
        what we want to achieve
    """,
    "action": r"""
        (key |planned |agreed |main |improvement |required |specific |smart )?actions?( required| needed| to be taken)?
        (key |planned |agreed )?actions?( suggested to date| planned| plan| points?| description| detail)
        tasks?( / action)?|steps?|deliverables?
        (what|how) (will|are|do|should) we( going to)? do( it| this)?|what (will|needs to|must) be done
        how will we (do|achieve) (it|this)|how we will (do|achieve) (it|this)|what we will do
    """,
    "leads": r"""
        (action |strategic |operational |responsible |accountable |named |partnership )?leads?( name| responsible)?
        (strategic |operational )?lead (officer|organi[sz]ation|agency|agencies|person|partner|professional)s?
        lead (manager|director)s?
        lead officer\(s\)|lead officer/agency
        responsib(le|ility)( officer| person| lead)?|owners?|action owner|who|by whom
        who (by|is responsible|will do (it|this)|will lead)( .*)?|accountable( officer| person| to)?|sro
        officer( responsible)?|named officer|lead and partners|person responsible
    """,
    "plans": r"""
        (related |linked |links? to |other |key |supporting )*(plans?|strateg(y|ies))( links?| / strateg(y|ies))?
    """,
    "due": r"""
        due( date| by)?|by when|when|time ?(scales?|frames?|lines?)|dead ?lines?
        (target|completion|end|finish|delivery|review|planned end) date(s)?( for completion)?
        complet(e|ion) by|complet(e|ion) date|target (for completion|completion date)|milestone date
        to be completed by|date due|date for completion
    """,
    "note": r"""
        (current |latest |our |summary of )?progress( to date| updates?| notes?| made| so far| report| against .*)?
        progress (summary|commentary)
        (latest |progress |current |monthly |quarterly )?(update|position)s?( statement| to date)?
        comment(s|ary)?|narrative|(progress|update) (and|/|&) (comments?|impact|evidence)|what have we done
        what has been (done|achieved)|achievements?( to date)?
    """,
    "status": r"""
        (current |overall |latest |progress |action )?b?rag[bg]?( rating| status| rated| rating status)?( .{0,12})?
        (current |action |overall )?(status|rating)|progress (rating|status)|blue red amber green
        red amber green|traffic light
    """,
    "measure": r"""
        (key |performance |outcome |headline |impact )*(measures?|indicators?|kpis?|pis?|metrics?)( name| description)?
        indicators? (and|/) measures?|performance (measure|indicator)s?( / .*)?
    """,
    "target": r"targets?( \d{4}.{0,5})?|(our |annual |local )?target( set| value)?",
    "polarity": r"""
        good( performance)? is|polarity|(high|low)(er)? is (good|better)|better if|what is good
        (good )?direction( of (good|travel))?|bigger is better|good to be( high)?
    """,
    "latest": r"""
        latest( data| value| position| performance| figure| available| actual)?( .{0,12})?
        current( performance| value| figure| data| rate)?|actual( \d{4}.{0,5})?|(our )?performance
        local( value| figure)?|value
    """,
    "previous": r"""
        previous( year| period| data| value| performance| quarter)?|last (year|period|quarter)|prior( year)?
    """,
    "source": r"(data )?source( of data)?|reported by",
    "meaning": r"meaning|what it means|definition|explanation|description",
}
# ... as a whole that others may take ...
_WEAK: Mapping[str, str] = {
    "priority": r"pledge|section|area",
    "outcome": r"objectives?|activit(y|ies)|aims?|goals?|standard|area|what",
    "action": r"""
        activit(y|ies)|key activit(y|ies)|milestones?|projects?|initiatives?|interventions?|how
        what|description
    """,
    "leads": r"partners?( involved)?|agency|organi[sz]ations?|team|service",
    "plans": r"links?|linked to",
    "due": r"date|milestones?",
    "note": r"notes?|remarks?|impact|evidence( of impact)?",
    "status": r"stage|on track|progress",
    "measure": r"measures? of success|success measures?",
    "target": r"goal",
    "latest": r"result|outturn|data",
}
# ... and as a part of it ; lines are alternatives.
_PART: Mapping[str, str] = {
    "priority": r"priorit(y|ies)|theme\b",
    "outcome": r"outcome|recommendation|want to achieve",
    "action": r"actions?\b|tasks?\b|we (will|are going to) do|to be done",
    "leads": r"\blead\b|responsible|owner|by whom|accountab",
    "plans": r"(related|linked|links? to)( other)? (plan|strateg)",
    "due": r"by when|\bdue\b|time ?(scale|frame)|deadline|(completion|target|end) date",
    "note": r"progress|update|commentary",
    "status": r"\bb?rag\b|status",
    "measure": r"indicator|performance measure|\bkpi",
    "target": r"^target\b(?!.*date)",
    "polarity": r"good is|polarity",
    "latest": r"^latest|current (performance|value)",
    "previous": r"^previous|last year",
    "source": r"data source",
    "meaning": r"what it means",
}
_ALONE = r"""
    success (measures?|criteria)|(measures?|evidence) of success|how will we (know|measure).*
    what will success look like.*|percent(age)? complete|% complete|stage|confidence.*|cost.*|resources?.*
    budget.*|risks?.*|start( date)?|priority (level|rating)|milestones? (and|/).*
"""


@lru_cache(maxsize=4096)
def plain_heading(words: str) -> str:
    """A heading as it is compared: one line of small letters, without marks and brackets at its end."""
    line = " ".join(text.plain(words).casefold().replace("’", "'").replace("‘", "'").replace("_", " ").split())
    line = re.sub(r"\s*\([^()]*\)\s*$", "", line) or line
    return re.sub(r"\s+", " ", line.strip(" .:?*•-–—|'\"")).strip()


@cache
def _alternatives(patterns: str) -> re.Pattern[str]:
    """A pattern that is written in lines, each with alternatives of its own."""
    return re.compile("|".join(filter(None, map(str.strip, patterns.split("\n")))))


@lru_cache(maxsize=4096)
def scores(heading: str) -> Mapping[str, int]:
    """How well each field fits a heading, in points; a field that does not fit is not among them."""
    words = plain_heading(heading)
    if not words or _alternatives(_ALONE).fullmatch(words):
        return {}
    found: dict[str, int] = {}
    for field, whole in _WHOLE.items():
        if _alternatives(whole).fullmatch(words):
            found[field] = WHOLE
        elif field in _WEAK and _alternatives(_WEAK[field]).fullmatch(words):
            found[field] = WEAK
        elif field in _PART and len(words) <= _LONGEST and _alternatives(_PART[field]).search(words):
            found[field] = PART
    return found


def series(heading: str) -> str:
    """The comparator that a heading names, "" where it names none."""
    words = plain_heading(heading)
    for name, pattern in _SERIES.items():
        if re.fullmatch(pattern, words):
            return name
    return line(heading) if re.search(_COMPARATORS, words) and len(words) <= _LONGEST else ""


def period(heading: str) -> str:
    """The year or part of one that a heading is for, "" where it says none."""
    words = plain_heading(heading)
    said = "(actual|outturn|result|performance|baseline)"
    patterns = (rf"{said}? ?{_YEAR}( {said})?|baseline", rf"{_PERIODS}( {_YEAR})?")
    return line(heading) if any(re.fullmatch(pattern, words) for pattern in patterns) else ""


def reporting_period(heading: str) -> str:
    """The reporting period of a note or status, such as "Q1" of "Q1 progress"; "" where the heading says none."""
    match = re.search(rf"\b{_PERIODS}(?: {_YEAR})?", line(heading), re.IGNORECASE)
    return match[0] if match else ""


def is_reference(heading: str) -> bool:
    """Whether a column is headed as one of references."""
    words = plain_heading(heading)
    return bool(re.fullmatch(rf"{_REF}|.* ({_REF})|ref .*", words))


def guess(headings: Sequence[str]) -> list[str]:
    """A field for each heading, "" where none fits; a field without a name is given to one heading."""
    found = [""] * len(headings)
    ranked = sorted(
        (-points, place, field) for place, heading in enumerate(headings) for field, points in scores(heading).items()
    )
    taken: set[str] = set()
    for _, place, field in ranked:
        if not found[place] and field not in taken and not is_reference(headings[place]):
            found[place] = field
            taken.add(field)
    _levels(headings, found)
    several = sum(bool(reporting_period(heading)) for heading in headings) > 1
    for place, heading in enumerate(headings):
        if plain_heading(heading) in _HEADINGS:
            found[place] = SKIP
        elif named := _of_measures(heading, found[place], found) or _of_periods(heading, found[place], several=several):
            found[place] = named
    return _references(headings, found)


def _levels(headings: Sequence[str], found: list[str]) -> None:
    """Several columns of outcomes before the actions are levels, one below another."""
    end = found.index("action") if "action" in found else 0
    places = [
        at for at in range(end) if found[at] == "outcome" or (not found[at] and "outcome" in scores(headings[at]))
    ]
    for level, place in zip(LEVELS[1:], [at for at in places if not is_reference(headings[at])], strict=False):
        found[place] = level


def _of_measures(heading: str, guessed: str, found: Sequence[str]) -> str:
    """The comparator or the year that a column of a measure's readings is headed with."""
    if "measure" not in found or guessed not in {"", "latest", "target"}:
        return ""
    if guessed != "target" and (one := series(heading)):
        return f"series:{one}"
    return f"reading:{one}" if "action" not in found and (one := period(heading)) else ""


def _of_periods(heading: str, guessed: str, *, several: bool) -> str:
    """The note or status of a period, where there are columns for several."""
    one = reporting_period(heading) if several and guessed in {"", "note", "status"} else ""
    like = {guessed: WHOLE} if guessed else scores(heading)
    kind = max(("note", "status"), key=lambda field: like.get(field, 0))
    return f"{kind}@{one}" if one and like.get(kind) else ""


def _references(headings: Sequence[str], found: list[str]) -> list[str]:
    """References belong to the column on their right, or on their left where they say its name."""
    levels = (*LEVELS, "action")
    for place, heading in enumerate(headings):
        if not is_reference(heading):
            continue
        said = _said_by(heading)
        after = next((one for one in found[place + 1 :] if one in levels), "")
        of = said if said in found and said in levels else after
        if of and f"{of} ref" not in found:
            found[place] = f"{of} ref"
    return found


def _said_by(heading: str) -> str:
    """The field whose references a heading names: "Action no." is the action's."""
    words = plain_heading(heading)
    rest = re.sub(rf"\s*\b{_REF}\W*$|^ref\s+", "", words)
    return guess([rest])[0] if " " in words else ""
