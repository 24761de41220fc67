"""Which report layout is chosen and what it asks for: kept in the plan, and undone like all else."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from cypp_desktop.domain.change import Refused, Step, add, delete, edit, joined
from cypp_desktop.domain.plan import Layout, Value
from cypp_desktop.domain.values import replace
from cypp_desktop.reports import layouts
from cypp_desktop.reports.options import Options
from cypp_desktop.ui.bridge import Bridge

OWN_TABLE = ""
"""The id of the layout that every plan has: the plan's own table, and all parts."""
BUILT_IN: Mapping[str, str] = {
    OWN_TABLE: "The plan’s own table",
    "city": "Outcomes and measures",
    "county": "Activities and progress",
}
"""The layouts that cannot be changed, by id, in words."""
_FIRST_NAME = "Own layout"


class LayoutChoice(QObject):
    """The layout of one plan's board pack. In a plan that can only be read a choice lasts as long as its window."""

    changed = Signal()
    """Another layout is chosen, or it asks for something else."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._held: tuple[str, Options] | None = None
        self._known = (self.id, self.options)
        bridge.changed.connect(self._follow)
        bridge.period_changed.connect(self._look)

    # --- what is chosen ---

    @property
    def id(self) -> str:
        """The id of the chosen layout: a record of the plan, or one of ``BUILT_IN``."""
        if self._held:
            return self._held[0]
        chosen = self._bridge.plan.details.layout
        return chosen if chosen in BUILT_IN or self.layout(chosen) else OWN_TABLE

    @property
    def options(self) -> Options:
        """What the chosen layout asks for."""
        return self._held[1] if self._held else layouts.chosen(self._bridge.plan)

    @property
    def asked(self) -> Options:
        """What the pages are made of: where the layout names no period, of the one that the window looks at."""
        options, seen = self.options, self._bridge.period
        return options if options.period or seen is None else replace(options, period=seen.id)

    def layout(self, one: str) -> Layout | None:
        """A layout that the plan keeps, by its id."""
        found = self._bridge.plan.get(one)
        return found if isinstance(found, Layout) else None

    @property
    def own(self) -> Layout | None:
        """The chosen layout, where the plan keeps it."""
        return self.layout(self.id)

    def names(self) -> list[tuple[str, str]]:
        """All layouts by id and name: the built-in ones, and then the plan's."""
        kept = [(one.id, one.name or "Without a name") for one in self._bridge.plan.of(Layout)]
        return [*BUILT_IN.items(), *kept]

    def _of(self, one: str) -> Options:
        found = self.layout(one)
        return layouts.of(found) if found else layouts.BUILT_IN.get(one, Options())

    def _follow(self, _event: object = None) -> None:
        now = (self.id, self.options)
        if now != self._known:
            self._known = now
            self.changed.emit()

    def _look(self, _period: str) -> None:
        self.changed.emit()

    # --- choosing another, and changing it ---

    def choose(self, one: str) -> None:
        """Choose another layout."""
        if one == self.id:
            return
        if not self._bridge.editable:
            self._hold(one, self._of(one))
        else:
            self._bridge.commit(self._choosing(one))

    def change(self, **values: object) -> None:
        """Have the chosen layout ask for something else; one that is built in becomes the plan's own first."""
        options = replace(self.options, **values)  # type: ignore[arg-type]
        if options == self.options:
            return
        if not self._bridge.editable:
            self._hold(self.id, options)
        elif self.own:
            label = "change of report layout"
            self._bridge.commit(edit(self._bridge.plan, self.own.id, layouts.fields(options), label))
        else:
            self._bridge.commit(self._new(self._free(_FIRST_NAME), options))

    def save_as(self, name: str) -> bool:
        """Keep what is chosen as another layout of the plan; False, with a sentence said, where that cannot be."""
        return self._attempt(lambda: self._new(self._named(name), self.options))

    def rename(self, name: str) -> bool:
        """Give the chosen layout of the plan another name."""
        own = self.own
        if own is None:
            return False
        return self._attempt(lambda: edit(self._bridge.plan, own.id, {"name": self._named(name, own.id)}))

    def delete(self) -> None:
        """Delete the chosen layout of the plan; its own table is chosen then."""
        if self.own:
            steps = [delete(self._bridge.plan, [self.own.id]), self._choosing(OWN_TABLE)]
            self._bridge.commit(joined(f"deletion of layout “{self.own.name}”", steps))

    def _hold(self, one: str, options: Options) -> None:
        self._held = one, options
        self._follow()

    def _choosing(self, one: str) -> Step:
        return edit(self._bridge.plan, self._bridge.plan.root, {"layout": one}, "choice of report layout")

    def _new(self, name: str, options: Options) -> Step:
        plan = self._bridge.plan
        values: dict[str, Value] = {"name": name, **layouts.fields(options)}
        new = add(plan, "layout", plan.root, values, keys=self._bridge.document.keys)
        return joined(f"new report layout “{name}”", [new, self._choosing(new.record)])

    def _named(self, name: str, but: str = "") -> str:
        """A name that can be given; Refused where there is none, or another layout has it."""
        name = " ".join(name.split())
        if not name:
            raise Refused("A layout needs a name.")
        if any(name.casefold() == other.casefold() for one, other in self.names() if one != but):
            raise Refused(f"There is a layout “{name}” already.")
        return name

    def _free(self, name: str) -> str:
        taken, number, free = {other.casefold() for _, other in self.names()}, 1, name
        while free.casefold() in taken:
            number += 1
            free = f"{name} {number}"
        return free

    def _attempt(self, make: Callable[[], Step]) -> bool:
        try:
            step = make()
        except Refused as problem:
            self._bridge.failed.emit(str(problem))
            return False
        return self._bridge.commit(step)
