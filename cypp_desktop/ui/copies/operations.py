"""What the commands about copies do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cypp_desktop.document.document import Document
    from cypp_desktop.document.merge import Incoming
    from cypp_desktop.exchange.sending import Sending
    from cypp_desktop.ui.plan_view import PlanView
    from cypp_desktop.ui.window import Window


def send_copy(window: Window) -> None:
    """Ask what goes to whom, write the copies, remember them in the plan, and hand them over."""
    from cypp_desktop.ui.copies.send import SendDialog

    if (view := _view(window)) is None:
        return
    if view.bridge.document.slip:  # its reader has one thing to send
        send_back(window)
        return
    dialog = SendDialog(view.bridge, window, waiting=len(view.questions.open))
    if dialog.exec():
        _remember(view, dialog.made)
        _hand_over(window, view, dialog.made)
    dialog.deleteLater()


def _remember(view: PlanView, made: list[Sending]) -> None:
    from cypp_desktop.exchange import sending

    bridge = view.bridge
    if bridge.editable:
        bridge.commit(sending.remember(bridge.plan, made, bridge.document.keys))
    else:
        view.say("info", f"The plan cannot remember who has this copy. {bridge.document.read_only}")


def _hand_over(window: Window, view: PlanView, made: list[Sending]) -> None:
    from cypp_desktop.exchange import handover
    from cypp_desktop.ui import wording
    from cypp_desktop.ui.copies.handover import HandOverDialog, Letter

    plan = view.bridge.plan
    letters = [
        Letter(
            one.to,
            one.email,
            handover.subject(plan, one.scope),
            handover.letter(plan, one.scope, one.to, one.leads),
            one.path,
        )
        for one in made
    ]
    several = f"{wording.several(len(made), 'copy')} are ready to go"
    dialog = HandOverDialog(several if len(made) > 1 else "The copy is ready to go", letters, window)
    dialog.exec()
    dialog.deleteLater()


def send_back(window: Window) -> None:
    """Write the return slip as a file to go back, and hand it over."""
    from cypp_desktop.ui.copies.back import send_back as send

    if view := _view(window):
        send(view.bridge, window, view.tree.model.left)


def show_copies_out(window: Window) -> None:
    """Show who has copies, and who has not answered."""
    from cypp_desktop.ui.copies.out import CopiesOutDialog

    if view := _view(window):
        dialog = CopiesOutDialog(view.bridge, window)
        dialog.exec()
        dialog.deleteLater()


def watch_folder(window: Window) -> None:
    """Ask for a folder whose files are offered to be taken in as they land there."""
    from cypp_desktop.ui.copies.watching import ask_folder

    if view := _view(window):
        ask_folder(view, window)


def offer(window: Window, found: list[Incoming]) -> None:
    """Offer copies that lie in a watched folder."""
    from cypp_desktop.ui import operations
    from cypp_desktop.ui.copies.watching import sentence

    if window.view:
        paths = [one.path for one in found]
        window.view.banners.say_landed(
            sentence(found),
            "Look at them…" if len(paths) > 1 else "Look at it…",
            lambda: operations.take_in(window, paths),
        )


def are_of(document: Document, paths: Sequence[Path]) -> bool:
    """Whether files that were dropped are to be taken in: several, zip files, or a copy of the open plan."""
    from cypp_desktop.document import file

    if len(paths) != 1 or paths[0].suffix.lower() == ".zip":
        return bool(paths)
    return file.doc_id(paths[0]) == document.doc_id


def _view(window: Window) -> PlanView | None:
    view = window.view
    if view:
        view.commit_editors()
    return view
