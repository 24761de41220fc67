"""Where a plan lies: in a folder that is emptied, or in one that other computers write to as well."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QStorageInfo

_MAILED = ("content.outlook", "temporary internet files", "inetcache", "mail downloads", "com.apple.mail")
_SYNCED = {"onedrive": "OneDrive", "sharepoint": "SharePoint", "dropbox": "Dropbox", "google drive": "Google Drive"}
_SYNCED |= {"googledrive": "Google Drive", "icloud": "iCloud", "mobile documents": "iCloud", "nextcloud": "Nextcloud"}
_NETWORK = ("cifs", "smb", "nfs", "afpfs", "webdav", "davfs", "fuse.sshfs", "9p", "ncpfs")
_REMOTE = 4  # DRIVE_REMOTE of GetDriveTypeW, fileapi.h


def is_temporary(path: Path) -> bool:
    """Whether a file lies where mail programs and browsers put what is only looked at."""
    folder = path.resolve().parent
    kept = any(name in str(folder).lower() for name in _MAILED)
    return kept or folder.is_relative_to(Path(tempfile.gettempdir()).resolve())


def shared(path: Path) -> str:
    """The name of what other computers write to as well, such as "OneDrive" or "a network folder"; "" elsewhere."""
    folder = path.resolve().parent
    for name, value in os.environ.items():
        if name.lower().startswith("onedrive") and value and folder.is_relative_to(value):
            return "OneDrive"
    for part in folder.parts:
        for sign, said in _SYNCED.items():
            if part.lower().startswith(sign):
                return said
    return "a network folder" if _is_network(folder) else ""


def _is_network(folder: Path) -> bool:
    if str(folder).startswith("\\\\"):
        return True
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(f"{folder.drive}\\") == _REMOTE)
    kind = bytes(QStorageInfo(str(folder)).fileSystemType().data()).decode(errors="replace").lower()
    return kind.startswith(_NETWORK)
