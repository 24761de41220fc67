"""The rows of a table as records: levels from the left, then measures, actions, and what is said of each.

A cell that is merged over several rows is said of all of them. A row with an empty outcome belongs to the outcome
above; one with an empty action goes on with the action above. Progress that stands in one cell for several actions is
parted by its numbers where the actions have the same ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cypp_desktop.domain import dates, text
from cypp_desktop.domain.plan import OURS, Value, update_field
from cypp_desktop.domain.text import Rich
from cypp_desktop.exchange.importing import cells, fields, leads, statuses
from cypp_desktop.exchange.importing.fields import ACTION_FIELDS, LEVELS, MEASURE_FIELDS, SKIP, line
from cypp_desktop.exchange.importing.levels import Levels
from cypp_desktop.exchange.importing.mapping import Mapping, is_measure_table, is_scale
from cypp_desktop.exchange.importing.remarks import LEFT, OPEN, TAKEN, Remarks
from cypp_desktop.exchange.importing.tables import Table, own
from cypp_desktop.exchange.importing.tree import Node, Tree
from cypp_desktop.exchange.tables.grid import Box, Line

_LONGEST_LEAD = 60
_NOTHING = Box()
_OF_ACTIONS = ("leads", "plans", "due", "status", "note", "status@", "note@", "custom:")


@dataclass(slots=True)
class _Note:
    """A progress cell, to be given to its actions when all of them are known."""

    column: str
    box: Box
    place: str
    actions: list[Node] = field(default_factory=list)


class Rows:
    """Takes the rows of one table into a tree."""

    def __init__(
        self, tree: Tree, levels: Levels, table: Table, columns: Sequence[str], mapping: Mapping, remarks: Remarks
    ) -> None:
        self._tree, self._levels, self._table = tree, levels, table
        kept = (f"custom:{heading or 'Meaning'}" for heading in table.headings)  # where there is no scale to explain
        scale = is_scale(columns)
        self._columns = [to if one == "meaning" and not scale else one for one, to in zip(columns, kept, strict=True)]
        self._mapping, self._remarks = mapping, remarks
        self._statuses = dict(mapping.statuses)
        self._of_measures = is_measure_table(columns)  # and no row of it has an action
        self._alone = self._whole = self._of_measures
        self._seen: set[int] = set()
        self._given: set[tuple[int, str]] = set()
        self._measures: list[Node] = []
        self._measures_of: dict[int, list[Node]] = {}
        self._actions: list[Node] = []
        self._actions_of: dict[int, list[Node]] = {}
        self._all: list[Node] = []
        self._notes: dict[int, _Note] = {}
        self._named: dict[int, tuple[str, str]] = {}  # the words of the levels that rows are at
        self._rests: list[tuple[Node, str, str]] = []  # what statuses say besides, for the end of the notes
        self._known_leads = {name.casefold() for name in self._names()}
        self._place = ""

    def _names(self) -> Iterator[str]:
        """Leads that the plan has, and those that stand alone in a cell."""
        if self._tree.plan.root:
            yield from (lead.name for lead in self._tree.plan.leads)
        for place, one in enumerate(self._columns):
            if one == "leads":
                words = {line(row[place].words) for row in self._table.lines}
                yield from (
                    word for word in words if word and leads.split(word) == [word] and len(word) <= _LONGEST_LEAD
                )

    def take(self) -> None:
        """Take all rows."""
        for number, row in enumerate(self._table.lines):
            first = next((box for box in row if box.row or not number), row[0])
            self._place = f"{self._table.name}, row {max(first.row, row[0].row) + 1}"
            if is_scale(self._columns):
                self._scale(row)
            elif band := self._band(row):
                self._seen.add(id(band))
                self._head(band)
            elif any(box.words or box.fill for box in row):
                self._row(row)
        for note in self._notes.values():
            self._settle(note)
        for rest in self._rests:
            self._append(*rest)
        for action in self._all:
            if found := dates.read(action.words("due")):
                action.fields["due_date"] = found.isoformat()

    # --- a row ---

    def _row(self, row: Line) -> None:
        found: dict[str, tuple[Box, bool]] = {}
        for box in own(row):
            one = next(
                (self._columns[at] for at, other in enumerate(row) if other is box and self._columns[at] != SKIP), SKIP
            )
            fresh = id(box) not in self._seen
            self._seen.add(id(box))
            if one == SKIP or (one in found and found[one][0].words):
                if box.words and fresh:
                    self._left(box, row.index(box))
            else:
                found[one] = (box, fresh)
        said = {one for one, (box, _) in found.items() if box.words}
        self._alone = self._of_measures or ("measure" in said and not said & ACTION_FIELDS)
        self._whole = self._of_measures or (self._alone and any(_is_of_measure(one) for one in said - {"measure"}))
        entered = self._enter(found)
        self._row_measures(found, entered=entered)
        self._measure_fields(found)
        if not self._alone:
            self._row_actions(found)

    def _left(self, box: Box, column: int) -> None:
        heading = self._table.headings[column]
        place = f"{self._table.name}, column “{heading}”" if heading else self._place
        self._remarks.add(LEFT, place, "left out:", text.plain(box.words))

    def _enter(self, found: dict[str, tuple[Box, bool]]) -> bool:
        """Go to the levels that a row names; whether it names any."""
        entered = False
        for level, name in enumerate(LEVELS):
            ref, title = self._fresh(found, f"{name} ref"), self._fresh(found, name)
            if not (ref or title) or (not entered and self._named.get(level) == (ref, title)):
                continue
            if title and not ref and self._levels.goes_on(level, title):
                continue
            self._levels.enter(level, line(ref), text.parse(title), self._place)
            self._levels.by_row = True
            self._named = {one: words for one, words in self._named.items() if one < level} | {level: (ref, title)}
            entered = True
        if entered:
            self._actions, self._measures = [], []
        return entered

    @staticmethod
    def _fresh(found: dict[str, tuple[Box, bool]], name: str) -> str:
        box, fresh = found.get(name, (_NOTHING, False))
        return box.words if fresh else ""

    # --- bands: rows of one cell ---

    def _band(self, row: Line) -> Box | None:
        """The only cell of a row that is a heading over those below: as wide as the table, or named as a level."""
        filled = [box for box in own(row) if box.words]
        if len(filled) != 1 or id(filled[0]) in self._seen or len(row) == 1:
            return None
        [box] = filled
        named = cells.level(text.parse(box.words))
        wide = box.columns == len(row)
        above = (
            named
            and box.column == 0
            and self._columns[0] != "priority"
            and not (self._columns[0] == "outcome" and named.below)
        )
        return box if wide or above else None

    def _head(self, box: Box) -> None:
        """A band goes to the level above the highest that the table has a column for."""
        self._actions, self._measures, self._named = [], [], {}
        highest = min((level for level, name in enumerate(LEVELS) if name in self._columns), default=len(LEVELS))
        if not self._levels.heading(box.words, highest, self._place, measures=self._of_measures):
            self._remarks.add(
                OPEN, self._place, "a row of one cell, which is not a heading here:", text.plain(box.words)
            )

    # --- the scale ---

    def _scale(self, row: Line) -> None:
        said: dict[str, Box] = {}
        for place, one in enumerate(self._columns):
            box = row[place]
            if one in {"status", "meaning"} and not said.get(one, _NOTHING).words:
                said[one] = box
            elif box.words and box not in said.values():
                self._left(box, place)
        label = self._statuses.get(statuses.key(said["status"].words, said["status"].fill), "")
        words = line(said["meaning"].words)
        if not label:
            rest = f"{line(said['status'].words)} {words}".strip()
            if rest:
                self._remarks.add(OPEN, self._place, "a status that was not understood:", rest)
        elif not self._tree.meaning(label, words):
            self._remarks.add(OPEN, self._place, f"another meaning of “{label}” than the one that it has:", words)

    # --- measures ---

    def _row_measures(self, found: dict[str, tuple[Box, bool]], *, entered: bool) -> None:
        box, fresh = found.get("measure", (_NOTHING, False))
        if not fresh and id(box) in self._measures_of:
            self._measures = self._measures_of[id(box)]
        elif box.words:
            self._measures = self._measures_of[id(box)] = list(self._new_measures(box.words))
        elif entered or ("outcome" in found and found["outcome"][0].words):
            self._measures = []

    def _new_measures(self, words: str) -> Iterator[Node]:
        parent = self._levels.parent()
        rich = text.parse(words)
        if self._whole:
            first, rest = (
                Rich(rich.blocks[:1], () if rich.blocks[1:] else rich.notes),
                Rich(rich.blocks[1:], rich.notes),
            )
            node = self._tree.measure(parent, line(text.write(first)))
            if rest.blocks:
                self._append(node, "notes", text.write(rest))
            yield node
            return
        last: Node | None = None
        for piece in cells.pieces(rich):
            name = line(text.write(piece))
            if last and name.startswith("(") and name.endswith(")"):
                last.fields["source"] = f"{last.words('source')} {name[1:-1]}".strip()
                continue
            last = self._tree.measure(parent, name)
            yield last

    def _measure_fields(self, found: dict[str, tuple[Box, bool]]) -> None:
        order = {"previous": 1, "latest": 2}
        for one, (box, fresh) in sorted(found.items(), key=lambda pair: order.get(pair[0], 0)):
            custom = self._alone and one.startswith(("custom:", "status", "note@"))
            if not (custom or _is_of_measure(one)) or not box.words or not fresh:
                continue
            if not self._measures:
                self._remarks.add(OPEN, self._place, f"{fields.name_of(one)} without a measure:", text.plain(box.words))
                continue
            self._said_of_measures(one, box.words)

    def _said_of_measures(self, one: str, words: str) -> None:
        lines = text.plain(words).split("\n")
        each = [text.write(text.parse(part)) for part in lines] if len(lines) == len(self._measures) > 1 else []
        for node, said in zip(self._measures, each or [words], strict=False):
            if one in {"target", "polarity", "source"}:
                node.fields[one] = "; ".join(filter(None, dict.fromkeys([node.words(one), line(said)])))
            elif one == "notes":
                self._append(node, "notes", said)
            elif _is_of_measure(one):
                self._reading(node, one, said)
            else:
                self._custom(
                    node, one.removeprefix("custom:") if one.startswith("custom:") else self._heading(one), said
                )

    def _reading(self, measure: Node, one: str, words: str) -> None:
        start, _, name = one.partition(":")
        value, when, provisional = cells.reading(text.plain(words))
        fields: dict[str, Value] = {
            "series": name if start == "series" else OURS,
            "period": " ".join(filter(None, (name if start == "reading" else "", when))),
            "value": value,
            "provisional": provisional,
        }
        self._tree.add(measure, "reading", fields)

    # --- actions ---

    def _row_actions(self, found: dict[str, tuple[Box, bool]]) -> None:
        ref = found["action ref"][0] if "action ref" in found else _NOTHING
        box, fresh = found.get("action", (_NOTHING, False))
        said = {one: pair for one, pair in found.items() if one.startswith(_OF_ACTIONS)}
        if box.words and not fresh:
            actions = self._actions_of.get(id(box), [])
            if other := self._fresh(found, "action ref"):
                self._remarks.add(OPEN, self._place, "a second reference for the same action:", text.plain(other))
        elif box.words or self._fresh(found, "action ref"):
            actions = self._actions_of[id(box)] = self._new_actions(box.words, line(ref.words), found)
        elif any(
            is_fresh and (one.words or (name.startswith("status") and statuses.hue(one.fill)))
            for name, (one, is_fresh) in said.items()
        ):
            actions = self._going_on(said)
        else:
            actions = []
        if actions:
            self._actions = actions
        for action in actions:
            action.extend("measures", tuple(node.id for node in self._measures))
        for name, (one, is_fresh) in said.items():
            if one.words or (name.startswith("status") and one.fill):
                self._said(name, one, actions, fresh=is_fresh)

    def _going_on(self, said: dict[str, tuple[Box, bool]]) -> list[Node]:
        """The action that a row without one goes on with: the one above, or one without words."""
        status = self._fresh(said, "status")
        if self._actions and not (status and any(name.startswith("status@") for name in self._actions[-1].fields)):
            return self._actions[-1:]
        return [self._action("", Rich())]

    def _new_actions(self, words: str, ref: str, found: dict[str, tuple[Box, bool]]) -> list[Node]:
        return [self._action(number, part) for number, part in self._parts(words, ref, found)]

    def _action(self, ref: str, words: Rich) -> Node:
        action = self._tree.add(self._levels.parent(), "action", {"ref": ref, "text": text.write(words)})
        self._all.append(action)
        return action

    def _parts(self, words: str, ref: str, found: dict[str, tuple[Box, bool]]) -> list[tuple[str, Rich]]:
        """The key actions in one cell, with their references."""
        rich = text.parse(words)
        if ref:
            return [(ref, rich)]
        parts = cells.numbered(rich)
        if len(parts) > 1 and self._mapping.split != "whole" and self._fits(parts, found):
            return list(parts.items())
        bullets = cells.bullets(rich)
        if len(bullets) > 1 and self._mapping.split == "bullets" and self._fits({}, found):
            return bullets
        return [cells.reference(rich)]

    @staticmethod
    def _fits(parts: dict[str, Rich], found: dict[str, tuple[Box, bool]]) -> bool:
        """Whether the progress beside several actions is none, or has their numbers."""
        notes = [box.words for name, (box, _) in found.items() if name.startswith("note") and box.words]
        return all((numbers := cells.numbered(text.parse(note))) and numbers.keys() <= parts.keys() for note in notes)

    # --- what is said of actions ---

    def _said(self, name: str, box: Box, actions: list[Node], *, fresh: bool) -> None:
        if not actions:
            if fresh and box.words:
                self._remarks.add(
                    OPEN, self._place, f"{fields.name_of(name)} without an action:", text.plain(box.words)
                )
            return
        new = [action for action in actions if (id(box), action.id) not in self._given]
        self._given |= {(id(box), action.id) for action in new}
        if name.startswith("note"):
            self._notes.setdefault(id(box), _Note(name, box, self._place)).actions.extend(new)
            return
        parts = _portions(box.words, actions)
        for action in new:
            words = parts.get(action.id, "") if parts else box.words
            if words or box.fill:
                self._say(name, action, words, "" if parts else box.fill)

    def _say(self, name: str, action: Node, words: str, fill: str) -> None:
        if name == "leads":
            self._lead(action, words)
        elif name == "plans":
            lines = (part.removeprefix("• ").strip() for part in text.plain(words).split("\n"))
            action.extend("plans", tuple(part for part in lines if part))
        elif name == "due":
            action.fields["due"] = "; ".join(filter(None, dict.fromkeys([action.words("due"), line(words)])))
        elif name.startswith("status"):
            self._status(action, name.partition("@")[2], words, fill)
        else:
            self._custom(action, name.removeprefix("custom:"), words)

    def _lead(self, action: Node, words: str) -> None:
        names = leads.split(words, self._known_leads) if self._mapping.split_leads else [line(words)]
        action.extend("leads", tuple(self._tree.lead(name) for name in names))
        if len(names) > 1:
            self._remarks.add(TAKEN, "", f"taken as {len(names)} leads:", line(words))
        elif names != [line(words).removeprefix("• ")]:
            self._remarks.add(TAKEN, "", f"taken as the lead “{names[0] if names else ''}”:", line(words))

    def _status(self, action: Node, period: str, words: str, fill: str) -> None:
        said, rest = statuses.apart(words)
        label = self._statuses.get(statuses.key(said, fill), "")
        if not label:
            if words:
                self._custom(action, self._heading("status"), words)
                self._remarks.add(
                    OPEN,
                    self._place,
                    "no status of the scale; its words are kept in a field of their own:",
                    line(words),
                )
            return
        at = self._tree.period(period)
        new, name = self._tree.status(label), update_field("status", at)
        if action.fields.get(name, new) != new:
            self._remarks.add(OPEN, self._place, "a second status for the same action:", line(words) or label)
            return
        action.fields[name] = new
        if rest:
            self._rests.append((action, update_field("note", at), rest))

    def _heading(self, one: str) -> str:
        return next(
            (
                heading
                for heading, name in zip(self._table.headings, self._columns, strict=True)
                if name == one and heading
            ),
            "Status",
        )

    def _custom(self, node: Node, name: str, words: str) -> None:
        key = f"custom@{self._tree.field(name, 'measure' if node.kind == 'measure' else 'action')}"
        node.fields[key] = "\n".join(filter(None, (node.words(key), text.plain(words))))

    @staticmethod
    def _append(node: Node, name: str, words: str) -> None:
        node.fields[name] = cells.joined([node.words(name), words])

    def _settle(self, note: _Note) -> None:
        """Give a progress cell to its actions: to each its own number, else all of it to the first."""
        name = update_field("note", self._tree.period(note.column.partition("@")[2]))
        if parts := _portions(note.box.words, note.actions):
            for action in note.actions:
                if action.id in parts:
                    self._append(action, name, parts[action.id])
            return
        self._append(note.actions[0], name, note.box.words)
        if len(note.actions) > 1:
            sentence = f"one cell of progress for {len(note.actions)} actions; it is kept with the first:"
            self._remarks.add(TAKEN, note.place, sentence, line(note.box.words)[:80])


def _is_of_measure(one: str) -> bool:
    """Whether a field says something of a measure."""
    return one.startswith(("series:", "reading:")) or one in MEASURE_FIELDS - {"measure"}


def _portions(words: str, actions: Sequence[Node]) -> dict[str, str]:
    """The part of a numbered text that belongs to each action (by its id), where all its numbers are theirs."""
    parts = cells.numbered(text.parse(words))
    numbers = {action.words("ref").rpartition(".")[2]: action.id for action in actions}
    numbers |= {action.words("ref"): action.id for action in actions}
    if not parts or not parts.keys() <= numbers.keys():
        return {}
    return {numbers[number]: text.write(part) for number, part in parts.items()}
