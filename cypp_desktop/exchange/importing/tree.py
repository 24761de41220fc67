"""What an import brings, while it grows: new records below new ones, or below those that the plan has already.

An import only adds. Priorities and outcomes that the plan has are found again by reference and title; leads, statuses,
periods and custom fields by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cypp_desktop.domain.change import Branch, new_id
from cypp_desktop.domain.plan import CustomField, Lead, Outcome, Period, Plan, Priority, Record, Status, Value
from cypp_desktop.exchange.importing import statuses

FIRST_PERIOD = "First period"


@dataclass(slots=True)
class Node:
    """A record to come, or one that is there (``known``) below which others will come."""

    kind: str
    fields: dict[str, Value] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    id: str = field(default_factory=new_id)
    known: bool = False

    def words(self, name: str) -> str:
        """A text field's words."""
        value = self.fields.get(name, "")
        return value if isinstance(value, str) else ""

    def extend(self, name: str, values: tuple[str, ...]) -> None:
        """Add to a field that is a list, each value once."""
        before = self.fields.get(name, ())
        self.fields[name] = tuple(dict.fromkeys([*(before if isinstance(before, tuple) else ()), *values]))

    def branch(self) -> Branch:
        """The record with all below it, as change.py takes it."""
        return Branch(self.kind, self.fields, [child.branch() for child in self.children], self.id)

    def walk(self) -> Iterator[Node]:
        """It and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


class Tree:
    """The plan as it is, and what is to come into it."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.top = Node("plan", id=plan.root, known=True) if plan.root else Node("plan")
        self._named: dict[tuple[str, str], Node] = {}
        self._found: dict[tuple[str, str, str], Node] = {}
        self._called: dict[str, None] = {}
        for record in (*plan.of(Lead), *plan.of(CustomField), *plan.of(Period), *plan.statuses) if plan.root else ():
            self._named.setdefault(_name_key(record), Node(record.kind, id=record.id, known=True))

    # --- what is found by its name ---

    def lead(self, name: str) -> str:
        """The id of a lead."""
        return self._by_name("lead", name, {"name": name}).id

    def field(self, name: str, subject: str) -> str:
        """The id of a custom field of actions or measures."""
        return self._by_name("field", f"{subject} {name}", {"name": name, "subject": subject}).id

    def status(self, label: str) -> str:
        """The id of a status."""
        return self._status(label).id

    def meaning(self, label: str, words: str) -> bool:
        """Say what a status means; whether that is what it means now."""
        node = self._status(label)
        if not node.known and not node.words("meaning"):
            node.fields["meaning"] = words
        meanings = [one.meaning for one in self.plan.statuses if one.id == node.id] if node.known else []
        return words in {"", node.words("meaning"), *meanings}

    def _status(self, label: str) -> Node:
        taken = [one.letter for one in self.plan.statuses] if self.plan.root else []
        taken += [child.words("letter") for child in self.top.children if child.kind == Status.kind]
        return self._by_name("status", label, statuses.new_status(label, taken))

    def period(self, name: str = "") -> str:
        """The id of a reporting period; of the current one where none is named."""
        current = self.plan.current_period if self.plan.root else None
        if not name and current:
            return current.id
        new = [child for child in self.top.children if child.kind == Period.kind]
        if not name and new:
            return new[-1].id
        node = self._by_name("period", name or FIRST_PERIOD, {"name": name or FIRST_PERIOD})
        if not node.known and not current:
            self.top.fields["current_period"] = node.id
        return node.id

    def _by_name(self, kind: str, name: str, values: dict[str, Value]) -> Node:
        key = (kind, name.casefold())
        if key not in self._named:
            self._named[key] = node = Node(kind, values)
            self.top.children.append(node)
        self._called[name] = None
        return self._named[key]

    # --- the levels, and what hangs on them ---

    def level(self, parent: Node, ref: str, title: str, label: str = "") -> Node:
        """A priority (below the plan) or outcome, found again where it was named before."""
        kind = Priority.kind if parent is self.top else Outcome.kind
        place = self._found.get((parent.id, "title", f"{ref}\n{title}".casefold()))
        place = place or (self._found.get((parent.id, "ref", (label or ref).casefold())) if not title else None)
        if place is None:
            place = self._there(parent, kind, ref, title) or self._new(parent, kind, ref, title, label)
            self._found.setdefault((parent.id, "title", f"{ref}\n{title}".casefold()), place)
            if label or ref:
                self._found.setdefault((parent.id, "ref", (label or ref).casefold()), place)
        return place

    def _new(self, parent: Node, kind: str, ref: str, title: str, label: str) -> Node:
        fields: dict[str, Value] = {"ref": ref, "title": title}
        if kind == Priority.kind:
            fields["label"] = label
        return self.add(parent, kind, fields)

    def _there(self, parent: Node, kind: str, ref: str, title: str) -> Node | None:
        if not parent.known:
            return None
        siblings: tuple[Priority, ...] | tuple[Outcome, ...]
        siblings = self.plan.priorities if kind == Priority.kind else self.plan.outcomes(parent.id)
        for record in siblings:
            same_ref, same_title = record.ref == ref, record.title.casefold() == title.casefold()
            if (same_title and title and (same_ref or not ref or not record.ref)) or (same_ref and ref and not title):
                node = Node(kind, _names_of(record), id=record.id, known=True)
                parent.children.append(node)
                return node
        return None

    def add(self, parent: Node, kind: str, fields: dict[str, Value]) -> Node:
        """A new record below another."""
        node = Node(kind, fields)
        parent.children.append(node)
        return node

    def measure(self, parent: Node, name: str) -> Node:
        """A measure below a priority or outcome, found again by its name."""
        key = (parent.id, "measure", name.casefold())
        if key not in self._found:
            self._found[key] = self.add(parent, "measure", {"name": name})
        return self._found[key]

    # --- what came ---

    def additions(self) -> list[tuple[str, tuple[Branch, ...]]]:
        """The new branches with the id of the record of the plan that they hang on."""
        known = [node for node in self.top.walk() if node.known]
        found = [(node.id, tuple(child.branch() for child in node.children if not child.known)) for node in known]
        return [(parent, branches) for parent, branches in found if branches]

    def found(self) -> Iterator[str]:
        """The names, references and titles of what the plan has already, as far as the source named it."""
        for node in self.top.walk():
            if node.known:
                yield " ".join(str(value) for value in node.fields.values())
        yield from self._called


def _names_of(record: Priority | Outcome) -> dict[str, Value]:
    label = record.label if isinstance(record, Priority) else ""
    return {"ref": record.ref, "title": record.title, "label": label}


def _name_key(record: Record) -> tuple[str, str]:
    name = str(getattr(record, "label", "") or getattr(record, "name", ""))
    if isinstance(record, CustomField):
        name = f"{record.subject} {name}"
    return record.kind, name.casefold()
