"""What goes with a copy: a name for its file, a ready text, an e-mail draft with the file attached, a zip file.

The program never sends anything itself and never says that it did: people send, with the mail program that they have.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from datetime import date
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO
from pathlib import Path

from cypp_desktop.domain import copies, naming
from cypp_desktop.domain.plan import Plan
from cypp_desktop.domain.slips import own_actions

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
"""An address that every mail program takes: ASCII, no quotes, no comments (as HTML's e-mail field allows it)."""


def file_name(plan: Plan, who: str, day: date) -> str:
    """The name of a copy's file without its ending: "Plan – who – date"."""
    title = naming.file_name(plan.details.title, "Plan")[:40].strip()
    parts = [title, naming.file_name(who, "")[:30].strip(), day.isoformat()]
    return " – ".join(part for part in parts if part)


def address(words: str) -> str:
    """An e-mail address that can stand in a message; "" where the words are none."""
    words = words.strip()
    return words if _ADDRESS.fullmatch(words) else ""


# --- words -----------------------------------------------------------------------------------------------------------


def subject(plan: Plan, scope: str) -> str:
    """The subject of the message that a copy goes with."""
    title, period = plan.details.title or "The plan", plan.current_period
    if scope == copies.SLIP and period:
        return f"{title}: your update for {period.name}"
    return f"{title}: a copy for you"


def letter(plan: Plan, scope: str, to: str, leads: Sequence[str] = ()) -> str:
    """The ready text that a copy goes with, for its sender to change as they like."""
    title, period = plan.details.title or "the plan", plan.current_period
    if scope == copies.SLIP:
        theirs = naming.several(len(own_actions(plan, leads)), plan.details.action_word)
        end = f" for {period.name}." if period else "."
        text = f"Attached is your return slip for “{title}”. It has your {theirs} to update{end}\n\n{_SLIP}"
    elif scope == copies.CLEAN:
        text = f"Attached is a copy of “{title}” as it is today, to read and to use. It has no history."
    else:
        text = f"Attached is a copy of “{title}”. {_WHOLE}"
    return f"Dear {to or 'colleague'},\n\n{text}\n"


_SLIP = (
    "Please save it, open it with the action plan program, and write the progress and the status of each. When all "
    "are updated, press “Send it back” and send me the file."
)
_WHOLE = (
    "Please save it, open it with the action plan program, and make your changes.\n\n"
    "Then send me the file back: your changes will be united with everybody else’s."
)


def answer(plan: Plan, name: str) -> str:
    """The ready text that a return slip goes back with."""
    period = plan.current_period
    about = f" for {period.name}" if period else ""
    return f"Attached is my update of “{plan.details.title or 'the plan'}”{about}.\n\n{name}\n"


def reminder(plan: Plan, to: str, since: str) -> str:
    """The ready text that reminds somebody of the copy that they have had since a day, as one says it: "on 3 May"."""
    title = plan.details.title or "the plan"
    return (
        f"Dear {to or 'colleague'},\n\nI sent you a copy of “{title}” {since} and have not had it back yet. "
        "Could you please send me the file with your update, even if nothing has changed?\n"
    )


# --- files -----------------------------------------------------------------------------------------------------------


def draft(to: str, subject: str, text: str, attached: Path | None = None) -> bytes:
    """An e-mail as a file (.eml) that mail programs open ready to be sent (``X-Unsent``, Outlook's own header).

    Words cannot become headers: line ends and control characters in them are spaces, and what is no address is left
    out. The date and the sender are the mail program's business.
    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    if found := address(to):
        message["To"] = found
    message["Subject"] = _one_line(subject)
    message.set_content(text)
    if attached:
        kind = "zip" if attached.suffix.lower() == ".zip" else "octet-stream"
        message.add_attachment(
            attached.read_bytes(), maintype="application", subtype=kind, filename=_one_line(attached.name)
        )
    try:
        return message.as_bytes()
    except (MessageError, ValueError):  # words that no header can hold
        del message["Subject"]
        return message.as_bytes()


def _one_line(words: str) -> str:
    return " ".join("".join(one if one.isprintable() else " " for one in words).split())[:200]


def zipped(name: str, data: bytes) -> bytes:
    """A zip file that holds one file."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return made.getvalue()
