"""A plan that came in a zip file: the one plan in it, and nothing else, brought out within bounds."""

from __future__ import annotations

import shutil
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from cypp_desktop.document.file import LARGEST, SUFFIX
from cypp_desktop.domain.change import Refused

_DAMAGED = "The zip file “{}” is damaged or locked. Ask for it to be sent again."
_MOST = 1000  # entries; mail programs add a few of their own


def is_zip(path: Path) -> bool:
    """Whether a file begins as zip files do."""
    try:
        if not path.is_file():  # opening a pipe would wait for ever
            return False
        with path.open("rb") as file:
            return file.read(4) == b"PK\3\4"
    except OSError:
        return False


def bring_out(path: Path, target: Path) -> None:
    """Write the one plan of a zip file to ``target``; raises Refused where it does not hold exactly one.

    Names in it are never used as paths, and no more is written than a plan can have.
    """
    name = path.name
    try:
        with zipfile.ZipFile(path) as archive:
            entry = _plan_in(archive, name)
            with archive.open(entry) as source, target.open("xb") as out:
                shutil.copyfileobj(source, out)  # never more than the size that the entry claims
    # what zipfile and zlib raise for broken parts, ways of packing that they do not know, and passwords
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as problem:
        if isinstance(problem, Refused):
            raise
        raise Refused(_DAMAGED.format(name)) from None


def _plan_in(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    entries = archive.infolist()
    if len(entries) > _MOST:
        raise Refused(f"“{name}” holds too many files: take the plan out of it first.")
    plans = [one for one in entries if _is_plan(one.filename)]
    if len(plans) != 1:
        many = f"{len(plans)} plans: take the one you want out of it first" if plans else "no plan"
        raise Refused(f"The zip file “{name}” holds {many}.")
    if plans[0].compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # as no mail program makes them
        raise Refused(_DAMAGED.format(name))
    if plans[0].file_size > LARGEST:
        raise Refused(f"The plan in “{name}” is too big to be one.")
    return plans[0]


def _is_plan(entry: str) -> bool:
    parts = PurePosixPath(entry.replace("\\", "/")).parts
    own = not parts or parts[0] == "__MACOSX" or parts[-1].startswith(".")  # what macOS puts beside each file
    return not own and entry.lower().endswith(SUFFIX)
