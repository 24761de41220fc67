"""Who leads: names that stand in one cell are told apart only where each side is a name; all else stays whole."""

from __future__ import annotations

import re
from collections.abc import Collection

from cypp_desktop.domain import text

_STRONG = (r"\s*;\s*", r"\s*/\s*")
_WEAK = (r"\s*(?:&|\+|\band\b)\s*", r"\s*,\s*")
_MOST_WORDS = 6
_CAPITAL = r"[^\W\d_a-z][\w'’.-]*"
_PERSON = re.compile(
    rf"(?:(?:Dr|Cllr|Mr|Mrs|Ms|Miss|Prof|Rev|Sir|Dame)\.? )?{_CAPITAL}(?: (?:de|van|von|der|la|{_CAPITAL})){{1,3}}"
)
_INITIALS = re.compile(r"[A-Z]{2}|[A-Z]\.? ?[A-Z]\.")
_NOT_PEOPLE = frozenset(
    re.findall(
        r"\S+",
        "academies academy adult adults agencies agency authority board cabinet care ccg centre child "
        "children children's childrens citycare city clinical college colleges commissioner commissioners "
        "commissioning committee community corporate council county crime director directors district drugs "
        "early education executive families family forum foundation group head health help hospital housing "
        "improvement inclusion information justice learning lead leads local manager managers midwifery "
        "network nhs nursing officer officers ofsted organisation partners partnership people performance "
        "planning police prevention probation programme provider providers public quality safeguarding school "
        "schools sector send service services skills social strategic strategy support team teams trust "
        "university voluntary wellbeing work worker workers young youth ",
    )
)


def split(words: str, known: Collection[str] = ()) -> list[str]:
    """The leads that a cell of rich text names, in order; ``known`` are the names of leads, in small letters.

    Lines, ";" and "/" part names, organisations and roles; "&", "and" and "," part people and known leads alone.
    """
    lines = [re.sub(r"^(?:•|\d{1,2}\.) ", "", " ".join(line.split())) for line in text.plain(words).split("\n")]
    lines = [line for line in lines if line]
    if not all(_named(line, known) for line in lines):
        lines = [" ".join(lines)]
    return [name for line in lines for name in _parts(line, known)]


def _parts(line: str, known: Collection[str]) -> list[str]:
    if not line or line.casefold() in known:
        return [line] if line else []
    for pattern in (*_STRONG, *_WEAK):
        sides = [side for side in re.split(pattern, line) if side]
        fits = _named if pattern in _STRONG else _person
        if len(sides) > 1 and all(fits(side, known) for side in sides):
            return [name for side in sides for name in _parts(side, known)]
    return [line]


def _named(side: str, known: Collection[str]) -> bool:
    """Whether words can stand as a lead of their own: a name, an organisation or a role, or several of them."""
    if side.casefold() in known:
        return True
    words = side.split()
    capital = side[0].isupper() and len(side) > 1
    return (
        capital
        and len(words) <= _MOST_WORDS
        and side.count("(") == side.count(")")
        and not side.endswith((".", ":", ","))
    )


def _person(side: str, known: Collection[str]) -> bool:
    """Whether words are a person's name or a known lead; or several people, still to be parted."""
    if side.casefold() in known or _INITIALS.fullmatch(side):
        return True
    if "," in side and (people := re.split(r"\s*,\s*", side)) and all(people):
        return all(_person(one, known) for one in people)
    return is_person(side)


def is_person(words: str) -> bool:
    """Whether words look like one person's whole name."""
    return bool(_PERSON.fullmatch(words)) and not _NOT_PEOPLE & set(words.casefold().split())


def is_name(words: str) -> bool:
    """Whether a cell looks as if it held names: people, or short names of organisations."""
    found = split(words)
    return bool(found) and all(
        _person(one, ()) or (_named(one, ()) and bool(_NOT_PEOPLE & set(one.casefold().split()))) for one in found
    )
