"""Sets cypp_desktop up in .venv and runs it; needs nothing but Python.

python3 run.py                the window, on a copy of a sample plan
python3 run.py test [...]     the whole test suite; what follows goes to pytest
python3 run.py cypp ...       the command line
python3 run.py build          the packaged program, into dist/
python3 run.py bench [...]    the benchmarks
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
OUT = ROOT / "out"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed"  # digests of the locks that are wholly installed
RUNTIME, DEVELOPMENT = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"

# What Qt needs of a Linux system, and what more on an X screen: file, Debian's package, Fedora's package.
QT_LIBRARIES = (
    ("libEGL.so.1", "libegl1", "libglvnd-egl"),
    ("libGL.so.1", "libgl1", "libglvnd-glx"),
    ("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    ("libdbus-1.so.3", "libdbus-1-3", "dbus-libs"),
    ("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    ("libgthread-2.0.so.0", "libglib2.0-0", "glib2"),
    ("libgssapi_krb5.so.2", "libgssapi-krb5-2", "krb5-libs"),
)
SCREEN_LIBRARIES = (
    ("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb"),
    ("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    ("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    ("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    ("libxcb-randr.so.0", "libxcb-randr0", "libxcb"),
    ("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    ("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    ("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
)


def main(command: str = "", *rest: str) -> int:
    """Run one command of the list above and return its exit code."""
    if command not in ("", "cypp", "test", "build", "bench"):
        print(__doc__)
        return 0 if command in ("-h", "--help") else 2
    set_up(RUNTIME if command in ("", "cypp") else DEVELOPMENT)
    if command == "cypp":
        return python("-m", "cypp_desktop" if rest[:1] == ("open",) else "cypp_desktop.cli", *rest)
    need_qt_libraries()
    if command == "":
        return show_sample()
    os.chdir(ROOT)
    if command == "test":
        return python("-m", "pytest", "-n", str(min(os.cpu_count() or 2, 8)), *rest)
    if command == "build":
        return python("-m", "PyInstaller", "--noconfirm", "build_app.spec", *rest)
    return python("-m", "benchmarks", *rest)


def show_sample() -> int:
    """Open the window on a copy of the county's plan, kept in out/; without a screen, let the window work unseen."""
    OUT.mkdir(exist_ok=True)
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        print("There is no display here, so the window works unseen on the sample plan.", flush=True)
        return python("-m", "cypp_desktop", "demo", str(OUT))
    plan = OUT / "county.cypp"
    if not plan.exists():
        python("-m", "cypp_desktop.cli", "new", str(plan), "--sample", "county", stdout=subprocess.DEVNULL)
    print(f"Opening {plan}", flush=True)
    return python("-m", "cypp_desktop", str(plan))


def python(*arguments: str, stdout: int | None = None) -> int:
    """Run the environment's Python on this repository's code, in the folder where the user stands."""
    return subprocess.call([PYTHON, "-P", *arguments], env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=stdout)


def set_up(lock: Path) -> None:
    """Make .venv hold what the lock names; one that is half made or made for other locks is made anew."""
    if sys.version_info < (3, 11):  # noqa: UP036 whoever starts this has whatever Python they have
        sys.exit(f"cypp_desktop needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    installed = STAMP.read_text("ascii").split() if STAMP.exists() and PYTHON.exists() else []
    if digest(lock) in installed:
        return
    if digest(RUNTIME) not in installed:
        if not importlib.util.find_spec("ensurepip"):  # Debian keeps it in a package of its own
            need_system_packages("Python's venv", [f"python3.{sys.version_info.minor}-venv"], ["python3"])
        print("Making .venv.", flush=True)
        venv.create(VENV, clear=True, with_pip=True)
    print(f"Installing what {lock.name} names; the first time takes a few minutes.", flush=True)
    if python("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", str(lock)):
        sys.exit("The packages could not be installed. Is this computer online? Run the same command again.")
    STAMP.write_text("\n".join({digest(RUNTIME), digest(lock)}), "ascii")


def digest(lock: Path) -> str:
    """Name what an environment was made from: a lock and a Python."""
    return hashlib.sha256(lock.read_bytes() + sys.version.encode() + sys.base_prefix.encode()).hexdigest()


def need_qt_libraries() -> None:
    """See that the loader finds what Qt links to, before Qt aborts without a word that helps."""
    wanted = QT_LIBRARIES + (SCREEN_LIBRARIES if os.environ.get("DISPLAY") else ())
    missing = [row for row in wanted if sys.platform.startswith("linux") and not loads(row[0])]
    if missing:
        files, debian, fedora = map(list, zip(*missing, strict=True))
        need_system_packages(", ".join(files), debian, fedora)


def loads(library: str) -> bool:
    """Ask the system's loader for a library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def need_system_packages(what: str, debian: list[str], fedora: list[str]) -> None:
    """Name the one command that installs them; as root, run it."""
    if shutil.which("dnf"):
        command = ["dnf", "install", "--assumeyes", *sorted(set(fedora))]
    else:
        command = ["apt-get", "install", "--yes", "--no-install-recommends", *sorted(set(debian))]
    print(f"This system lacks {what}. To install: sudo {' '.join(command)}", flush=True)
    if os.geteuid() != 0 or not shutil.which(command[0]):
        sys.exit(1)
    if command[0] == "apt-get":
        subprocess.call(["apt-get", "update", "--quiet"])
    if subprocess.call(command):
        sys.exit("The system's packages could not be installed.")


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
