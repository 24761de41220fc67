"""Asking what goes out, to whom and into which folder; then the files are written, off the UI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCompleter,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cypp_desktop.document.document import Document
from cypp_desktop.domain import copies, roles
from cypp_desktop.domain.change import Refused
from cypp_desktop.domain.plan import Lead
from cypp_desktop.domain.slips import counts, open_period
from cypp_desktop.exchange import handover, names, sending
from cypp_desktop.exchange.sending import Sending
from cypp_desktop.ui import controls, settings, theme, wording
from cypp_desktop.ui.bridge import Bridge
from cypp_desktop.ui.controls import Check, answers
from cypp_desktop.ui.dialogs.listed import ListedDialog, listed
from cypp_desktop.ui.help import guide
from cypp_desktop.ui.ticks import Tick
from cypp_desktop.ui.work import Say, Stopped, Work

_KINDS = (
    (copies.SLIP, "Return slips", "Each lead gets a file of their own and writes progress for their actions in it."),
    (copies.WHOLE, "The whole plan", "All of it can be changed. Take it in when it comes back."),
    (copies.CLEAN, "A clean copy", "As it is today: without history or removed text. It cannot be taken in again."),
)
_NAMED = (
    "Roles take the place of whole names. Here part of a lead’s name, somebody by their title, or an e-mail address is "
    "left. Change the words in the plan where they should not go out."
)


class SendDialog(QDialog):
    """Accepted once the copies are written; they are in ``made``. ``waiting`` is how many things are to settle."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None, waiting: int = 0) -> None:
        super().__init__(parent)
        self.setWindowTitle("Send a copy")
        guide.on_f1(self, "Copies")
        self._bridge, self._waiting = bridge, waiting
        self.made: list[Sending] = []
        self._work: Work | None = None
        self.kinds = {scope: QRadioButton(words) for scope, words, _ in _KINDS}
        own, word = counts(bridge.plan), bridge.plan.details.action_word
        self.leads = {one.id: Tick(_about(one, own[one.id], word)) for one in bridge.plan.leads if own[one.id]}
        self.all = QPushButton("Choose all")
        self.to, self.roles, self.zip = QLineEdit(), Check(), Check()
        self.named = QPushButton()
        self._named_places: list[names.Named] = []
        self._looking: Work | None = None
        self.folder = _folder(bridge.document.path)
        self._folder_said = theme.label(wrap=True)
        self._why = theme.label(tone="muted", wrap=True)
        self._bar = QProgressBar()
        self.button = QPushButton()
        self._lay_out()
        self._connect()
        self.kinds[copies.SLIP if self.leads and not self._no_slips() else copies.WHOLE].setChecked(True)
        self._refresh()

    # --- how it looks ---

    def _lay_out(self) -> None:
        column = controls.column(self, 2)
        column.addWidget(theme.label("Send a copy", size="heading"))
        column.addWidget(self._asked(), 1)
        column.addLayout(self._where())
        column.addWidget(self._bar)
        column.addLayout(answers(self, self.button, self._why, self._make))
        self._bar.setTextVisible(False)
        self._bar.hide()
        theme.give_size(self, 80, 84)

    def _asked(self) -> QScrollArea:
        """All that is asked, which scrolls where the letters are large."""
        self._slips, self._person = self._list(), self._named()
        self.roles.setText("Roles in place of leads’ names")
        self._left = theme.label(size="small", tone="muted", wrap=True)
        self.named.setProperty("kind", "quiet")
        self.named.clicked.connect(self._show_named)
        pane, area = QWidget(), QScrollArea()
        pane.setProperty("role", "pane")
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, theme.grid(1), 0)
        column.setSpacing(theme.grid(2))
        for scope, _, about in _KINDS:
            column.addLayout(self._kind(scope, about))
        for widget in (self._slips, self._person, self.roles, self._left):
            column.addWidget(widget)
        column.addWidget(self.named, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        area.setWidget(pane)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes through what is in it
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    def _kind(self, scope: str, about: str) -> QVBoxLayout:
        self.kinds[scope].setAccessibleDescription(about)
        said = theme.label(about, tone="muted", wrap=True)
        said.setContentsMargins(theme.grid(3.25), 0, 0, 0)
        line = QHBoxLayout()
        line.addWidget(self.kinds[scope])
        line.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(theme.grid(0.25))
        column.addLayout(line)
        column.addWidget(said)
        return column

    def _list(self) -> QWidget:
        self.all.setProperty("kind", "quiet")
        head = QHBoxLayout()
        head.addWidget(theme.label("To these leads", size="strong"), 1)
        head.addWidget(self.all)
        whole = QWidget()
        whole.setAccessibleName("Leads")
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(0.5))
        column.addLayout(head)
        for tick in self.leads.values():
            column.addWidget(tick)
        return whole

    def _named(self) -> QWidget:
        whole = QWidget()
        heading = theme.label("For", size="strong")
        heading.setBuddy(self.to)
        self.to.setAccessibleName("For")
        self.to.setPlaceholderText("A name: it becomes part of the file’s name")
        known = QCompleter([one.name for one in self._bridge.plan.leads if one.name], self.to)
        known.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.to.setCompleter(known)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(0.625))
        column.addWidget(heading)
        column.addWidget(self.to)
        return whole

    def _where(self) -> QHBoxLayout:
        change = QPushButton("Another folder…")
        change.setProperty("kind", "quiet")
        change.clicked.connect(self._ask_folder)
        self.zip.setText("As a zip file")
        self.zip.setToolTip("For mail systems that do not let plan files through")
        row = QHBoxLayout()
        row.setSpacing(theme.grid(1))
        row.addWidget(self._folder_said, 1)
        row.addWidget(change)
        row.addWidget(self.zip)
        return row

    def _connect(self) -> None:
        for button in self.kinds.values():
            button.toggled.connect(self._refresh)
        for tick in self.leads.values():
            tick.box.toggled.connect(self._refresh)
        self.all.clicked.connect(self._choose_all)
        self.roles.toggled.connect(self._refresh)
        self.roles.toggled.connect(self._look_for_names)

    # --- what is asked for ---

    @property
    def scope(self) -> str:
        """What kind of copy is chosen."""
        return next((scope for scope, button in self.kinds.items() if button.isChecked()), copies.WHOLE)

    def wanted(self) -> list[Sending]:
        """The copies that are asked for, without files yet."""
        plan = self._bridge.plan
        if self.scope == copies.SLIP:
            return [sending.slip(plan, [lead]) for lead, tick in self.leads.items() if tick.box.isChecked()]
        name = " ".join(self.to.text().split())
        email = next((one.email for one in plan.leads if one.name.casefold() == name.casefold()), "") if name else ""
        return [Sending(scope=self.scope, to=name, email=email, roles=self.roles.isChecked())]

    def _no_slips(self) -> str:
        """Why no return slips can be made; "" where they can."""
        if not self.leads:
            return "No lead has any actions in this plan."
        try:
            open_period(self._bridge.plan)
        except Refused as problem:
            return str(problem)
        return ""

    def _choose_all(self) -> None:
        on = not all(tick.box.isChecked() for tick in self.leads.values())
        for tick in self.leads.values():
            tick.box.setChecked(on)

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Where the copies are written", str(self.folder))
        if chosen:
            self.folder = Path(chosen)
            settings.write(sent_folder=chosen)
            self._refresh()

    def _refresh(self, _cause: object = None) -> None:
        scope, plan = self.scope, self._bridge.plan
        why = self._no_slips() if scope == copies.SLIP else ""
        self._slips.setVisible(scope == copies.SLIP and not why)
        self._person.setVisible(scope != copies.SLIP)
        self.roles.setVisible(scope == copies.CLEAN)
        named = roles.without_role(plan) if scope == copies.CLEAN and self.roles.isChecked() else []
        left = [f"Without a role, and so still named: {', '.join(named)}."] if named else []
        if scope == copies.CLEAN and self._waiting:
            several = wording.several(self._waiting, "thing")
            left.append(f"{several} to settle: a clean copy shows the latest answer of each.")
        self._left.setText("\n".join(left))
        self._left.setVisible(bool(left))
        several = wording.several(len(self._named_places), "place")
        self.named.setText(f"{several} may still name somebody…")
        self.named.setVisible(scope == copies.CLEAN and self.roles.isChecked() and bool(self._named_places))
        self._folder_said.setText(f"Into the folder “{self.folder.name or self.folder}”")
        self._folder_said.setToolTip(theme.tip(str(self.folder)))
        chosen = sum(tick.box.isChecked() for tick in self.leads.values()) if scope == copies.SLIP else 1
        everyone = all(tick.box.isChecked() for tick in self.leads.values())
        self.all.setText("Choose none" if everyone else "Choose all")
        several = wording.several(chosen, "return slip")
        self.button.setText(f"Make {several}" if scope == copies.SLIP and chosen else "Make the copy")
        self.button.setEnabled(bool(chosen) and not why)
        self._why.setText(why or ("" if chosen else "Choose at least one lead."))

    def _look_for_names(self, wanted: bool) -> None:
        """Look, off the UI thread, where people are still named with roles in place of names."""
        if wanted and self._looking is None:
            plan = self._bridge.plan
            self._looking = Work(lambda _say: list(names.left(plan, roles=True)), "Names could not be looked for")
            self._looking.done.connect(self._take_names)
            self._looking.failed.connect(self._why.setText)
            self._looking.begin()

    def _take_names(self, found: list[names.Named]) -> None:
        self._named_places = found
        self._refresh()

    def _show_named(self) -> None:
        words = listed((one.record, one.field, one.words) for one in self._named_places)
        path = self.folder / f"{wording.file_name(self._bridge.plan.details.title, 'Plan')} – names.txt"
        title = "Who may still be named"
        dialog = ListedDialog(title, [_NAMED], words, path, self)
        dialog.exec()
        dialog.deleteLater()

    # --- making them ---

    def _make(self) -> None:
        document = self._bridge.document
        try:
            asked = self.wanted()
        except Refused as problem:
            self._why.setText(str(problem))
            return
        work = writing(document.path, document.author, asked, self.folder, zipped=self.zip.isChecked())
        self._work = Work(work, "The copies could not be written")
        self._work.step.connect(self._say)
        self._work.done.connect(self._finish)
        self._work.failed.connect(self._fail)
        self.button.setEnabled(False)
        self._bar.setValue(0)
        self._bar.show()
        self._work.begin()

    def _say(self, so_far: int, words: str) -> None:
        self._bar.setValue(so_far)
        self._why.setText(words)

    def _finish(self, made: list[Sending]) -> None:
        self.made = made
        self.accept()

    def _fail(self, sentence: str) -> None:
        self._bar.hide()
        self._refresh()
        self._why.setText(sentence)

    def done(self, result: int) -> None:
        for work in (self._work, self._looking):
            if work:
                work.stop()
        super().done(result)


def writing(
    path: Path, author: str, asked: Sequence[Sending], folder: Path, *, zipped: bool
) -> Callable[[Say], list[Sending]]:
    """The work of writing copies of a plan into a folder: all of them, or where it is stopped or fails, none."""

    def work(say: Say) -> list[Sending]:
        made: list[Sending] = []
        with closing(Document.open(path, author, read_only=True)) as document:
            try:
                for number, one in enumerate(asked):
                    say(round(100 * number / len(asked)), f"Writing copy {number + 1} of {len(asked)}")
                    made.append(named := sending.named(document.plan, one, folder, as_zip=zipped))
                    sending.write(document, named)
                say(100, "")
            except (Stopped, Refused, OSError):
                for one in made:
                    one.path.unlink(missing_ok=True)
                raise
        return made

    return work


def _folder(plan: Path) -> Path:
    """Where copies go: where they went last, else beside the plan."""
    last = Path(settings.read("sent_folder"))
    return last if last.is_absolute() and last.is_dir() else plan.parent


def _about(lead: Lead, count: int, word: str) -> str:
    """A lead in the list: name, how many actions, and where to write to."""
    address = handover.address(lead.email) or "no e-mail address"
    return " · ".join([lead.name or "No name", wording.several(count, word), address])
