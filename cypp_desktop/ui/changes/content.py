"""What stands on the card of a contribution, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cypp_desktop.document.review import KEPT, Contribution, Edit
from cypp_desktop.domain.change import PLACE
from cypp_desktop.domain.naming import field_name, record_name, said, short, title_of
from cypp_desktop.domain.plan import Plan, Status
from cypp_desktop.domain.values import dataclass
from cypp_desktop.ui import wording
from cypp_desktop.ui.difference import pieces
from cypp_desktop.ui.panels.parts import when

NEAR, FAR = 14, 40
"""Words that are shown around a change, and from how many unchanged words on those between are left out."""
MOST_WORDS = 400
"""Words that are shown of one field; the rest is counted."""
MOST_LINES = 12
"""Fields that are shown on one card."""

Piece = tuple[str, str]
"""A mark ("+" put in, "-" taken out, "" neither) and words."""


@dataclass(frozen=True, slots=True)
class Line:
    """One field on a card: a text in pieces, or two statuses (None for none)."""

    name: str
    words: tuple[Piece, ...] = ()
    before: Status | None = None
    after: Status | None = None

    @property
    def chips(self) -> bool:
        """Whether it is shown as statuses."""
        return not self.words


@dataclass(frozen=True, slots=True)
class Content:
    """A card: what it is about, who and when, its fields, and what was said of it."""

    title: str
    below: str
    who: str
    lines: tuple[Line, ...]
    state: str


def content(plan: Plan, one: Contribution) -> Content:
    """The card of a contribution; ``plan`` is one in which its record can be named."""
    record = one.record
    name = record_name(plan, record) if record.id != plan.root else "The plan"
    lines = tuple(_lines(plan, one))
    shows_title = any(edit.field in {"title", "text", "name", "heading", "label"} for edit in one.edits)
    titled = "“" in name or shows_title or one.doing in {"added", "deleted"} or record.id == plan.root
    return Content(
        title=f"{name} · {_doing(one, lines)}",
        below="" if titled else short(title_of(record)),
        who=f"{' '.join(one.author.split())} · {when(one.at)}",
        lines=lines[:MOST_LINES],
        state=" · ".join(_state(one, len(lines) - MOST_LINES)),
    )


def spoken(plan: Plan, one: Contribution) -> str:
    """A card as a screen reader says it."""
    shown = content(plan, one)
    lines = []
    for line in shown.lines:
        if line.chips:
            before, after = (status.label if status else "nothing" for status in (line.before, line.after))
        else:
            before = "".join(words for mark, words in line.words if mark != "+").strip() or "nothing"
            after = "".join(words for mark, words in line.words if mark != "-").strip() or "nothing"
        lines.append(f"{line.name}: before: {before}; after: {after}")
    return ". ".join(part for part in (shown.title, shown.who, shown.below, *lines, shown.state) if part)


def _doing(one: Contribution, lines: tuple[Line, ...]) -> str:
    if one.doing != "changed":
        words = {"added": "added", "deleted": "deleted", "restored": "brought back"}[one.doing]
        return f"{words}, with {len(one.below):,} more below" if one.below else words
    if one.op in {"undo", "redo"}:
        return {"undo": "undone", "redo": "done again"}[one.op]
    return lines[0].name[:1].lower() + lines[0].name[1:] if len(lines) == 1 else wording.several(len(lines), "field")


def _state(one: Contribution, hidden: int) -> Iterator[str]:
    if hidden > 0:
        yield f"and {wording.several(hidden, 'more field')}"
    names = " and ".join(one.judges)
    if one.verdict:
        yield f"Kept by {names}" if one.verdict == KEPT else f"Put back by {names}"
    elif one.judges:
        yield f"{names} said different things of it"
    if one.since and not one.verdict:
        yield f"Changed again since by {' and '.join(one.since)}"


def _lines(plan: Plan, one: Contribution) -> Iterator[Line]:
    if one.doing == "deleted":
        yield Line("Was", (("-", short(title_of(one.record)) or "Nothing was written"),))
    for edit in one.edits:
        if one.doing != "deleted":
            yield _line(plan, edit, added=one.doing == "added")


def _line(plan: Plan, edit: Edit, *, added: bool) -> Line:
    name = "Place" if edit.field == PLACE else field_name(plan, edit.field)
    name = name[:1].upper() + name[1:]
    if edit.removed:
        return Line(name, (("", "Removed from the history for good."),))
    if edit.field.partition("@")[0] == "status":
        before, after = (_status(plan, value) for value in (edit.before, edit.after))
        if before or after:
            return Line(name, before=before, after=after)
    before_words, after_words = (said(plan, edit.field, value) for value in (edit.before, edit.after))
    if edit.field == PLACE and before_words == after_words:
        return Line(name, (("", "moved among its neighbours"),))
    if added:
        return Line(name, tuple(_cut([("", after_words)])))
    return Line(name, tuple(_cut(_near(list(pieces(before_words, after_words))))) or (("", "Nothing"),))


def _status(plan: Plan, value: object) -> Status | None:
    found = plan.get(value) if isinstance(value, str) else None
    return found if isinstance(found, Status) else None


def _near(found: list[Piece]) -> Iterator[Piece]:
    """The changes with the words around them."""
    last = len(found) - 1
    for place, (mark, words) in enumerate(found):
        parts = words.split(" ")
        if mark or len(parts) < FAR or not last:
            yield mark, words
            continue
        head = "" if place == 0 else " ".join(parts[:NEAR]) + " "
        tail = "" if place == last else " " + " ".join(parts[-NEAR:])
        yield "", f"{head}…{tail}"


def _cut(found: Iterable[Piece]) -> Iterator[Piece]:
    """No more words than fit on a card; the others are counted."""
    room, over = MOST_WORDS, 0
    for mark, words in found:
        parts = words.split(" ")
        if room > 0:
            yield mark, " ".join(parts[:room]) + (" " if len(parts) > room else "")
        over += max(0, len(parts) - max(0, room))
        room -= len(parts)
    if over:
        yield "", f" … and {over:,} more words"
