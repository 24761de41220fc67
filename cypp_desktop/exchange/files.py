"""Files that leave the program: each appears complete or not at all."""

from __future__ import annotations

import secrets
from contextlib import suppress
from pathlib import Path

from cypp_desktop.document.file import CannotSave, sentence, sync, sync_folder


def save(data: bytes, path: Path) -> None:
    """Write a file whole, in place of one that is there; raises CannotSave, and then nothing has changed."""
    spare = path.with_name(f".cypp-{secrets.token_hex(8)}{path.suffix}")
    try:
        with spare.open("xb") as file:
            file.write(data)
        sync(spare)
        spare.replace(path)
        sync_folder(path.parent)
    except OSError as problem:
        with suppress(OSError):
            spare.unlink(missing_ok=True)
        raise CannotSave(f"“{path.name}” could not be written: {sentence(problem)}") from problem
