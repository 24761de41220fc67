"""What is said over the middle of an open plan, one banner under the other, each made when it first has to be."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cypp_desktop.ui import theme
from cypp_desktop.ui.bridge import Bridge

if TYPE_CHECKING:
    from cypp_desktop.ui.banner import Banner, Standing
    from cypp_desktop.ui.earlier import EarlierPeriod
    from cypp_desktop.ui.reasons import ReasonBar

_ORDER = ("standing", "offer", "earlier", "news", "reasons")
"""Which banner stands over which."""


class Banners(QVBoxLayout):
    """Takes no room while nothing is said."""

    answered = Signal()
    """The question why a status worsened went while the keyboard was in it."""

    def __init__(self, bridge: Bridge, middle: QWidget) -> None:
        super().__init__()
        self._bridge, self._middle = bridge, middle
        self._made: dict[str, QWidget] = {}
        self._standing: Standing | None = None
        self.offer: Banner | None = None
        """What lies in a watched folder."""
        self._earlier: EarlierPeriod | None = None
        self._news: Banner | None = None
        self._reasons: ReasonBar | None = None
        self._act: Callable[[], None] = lambda: None
        self.setSpacing(theme.grid(1))
        bridge.changed.connect(self._look_back)
        bridge.period_changed.connect(self._look_back)
        bridge.worsened.connect(self._ask_why)
        self._make_room()

    @property
    def standing(self) -> Standing:
        """What stays until it is answered."""
        if self._standing is None:
            from cypp_desktop.ui.banner import Standing

            self._standing = Standing(self._middle)
            self._standing.shown.connect(self._make_room)
            self._put("standing", self._standing)
        return self._standing

    @property
    def earlier(self) -> EarlierPeriod:
        """What says that an earlier period is looked at."""
        if self._earlier is None:
            from cypp_desktop.ui.earlier import EarlierPeriod

            self._earlier = EarlierPeriod(self._bridge, self._middle)
            self._earlier.turned.connect(self._make_room)
            self._put("earlier", self._earlier)
        return self._earlier

    @property
    def news(self) -> Banner:
        """What is said last; it goes when the next step is saved."""
        if self._news is None:
            from cypp_desktop.ui.banner import Banner

            self._news = Banner("info", "", closable=True, parent=self._middle)
            self._news.hide()
            self._news.acted.connect(self._do)
            self._news.closed.connect(self._make_room)
            self._put("news", self._news)
        return self._news

    @property
    def reasons(self) -> ReasonBar:
        """The line that asks why a status worsened."""
        if self._reasons is None:
            from cypp_desktop.ui.reasons import ReasonBar

            self._reasons = ReasonBar(self._bridge, self._middle)
            self._reasons.turned.connect(self._make_room)
            self._reasons.answered.connect(self.answered)
            self._put("reasons", self._reasons)
        return self._reasons

    # --- saying ---

    def say(self, kind: str, sentence: str, action: str = "", act: Callable[[], None] = lambda: None) -> None:
        """Say a sentence, with something to do about it; the reader can close it."""
        self._act = act
        self.news.say(kind, sentence, action)
        self.news.show()
        self._make_room()

    def say_landed(self, sentence: str, action: str, act: Callable[[], None]) -> None:
        """Offer something that stays until it is taken or closed, whatever is said meanwhile."""
        from cypp_desktop.ui.banner import Banner

        if self.offer:
            self.removeWidget(self.offer)
            self.offer.hide()
            self.offer.deleteLater()
            del self._made["offer"]
        self.offer = Banner("info", sentence, action, closable=True, parent=self._middle)
        self._put("offer", self.offer)
        self.offer.acted.connect(self.offer.hide)
        self.offer.acted.connect(act)
        for ended in (self.offer.acted, self.offer.closed):
            ended.connect(self._make_room)
        self.offer.show()
        self._make_room()

    def _do(self) -> None:
        self._act()

    def put_away(self) -> None:
        """Say no news any more."""
        if self._news:
            self._news.hide()
            self._make_room()

    def keep_reason(self) -> None:
        """Have the reason kept that is being typed."""
        if self._reasons:
            self._reasons.save()

    def _look_back(self, _cause: object = None) -> None:
        looked, now = self._bridge.period, self._bridge.plan.current_period
        if self._earlier is None and looked and now and looked.id != now.id:
            self.earlier.refresh()

    def _ask_why(self, worse: dict[str, list[str]]) -> None:
        if not self._bridge.document.slip:  # its page has the question among its fields
            self.reasons.ask(worse)

    # --- room ---

    def _put(self, name: str, banner: QWidget) -> None:
        self.insertWidget(sum(_ORDER.index(one) < _ORDER.index(name) for one in self._made), banner)
        self._made[name] = banner
        self._make_room()

    def _make_room(self) -> None:
        shown = any(not one.isHidden() for one in self._made.values())
        edge = theme.grid(2) if shown else 0
        self.setContentsMargins(edge, theme.grid(1) if shown else 0, edge, 0)
