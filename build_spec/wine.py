"""Programs of Windows on Debian: a prefix of their own for Wine, with the two libraries that Wine 8 lacks.

What runs here is not Windows: what passes may still fail there. docs/decisions/0038 says what follows from that.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

WINE = Path("/usr/lib/wine/wine64")
SERVER = Path("/usr/lib/wine/wineserver64")
COMPILER = "x86_64-w64-mingw32-gcc"
PARTS = Path(__file__).resolve().parent / "windows_parts"
STAND_INS = {"icuuc": (), "bcryptprimitives": ("-ladvapi32",)}
"""What every Windows has and Wine 8 has not, with what each links to. They lie in the prefix and nowhere else."""
RUNTIME = ("vcruntime140", "vcruntime140_1", "msvcp140", "msvcp140_1", "msvcp140_2")
"""Microsoft's runtime, of which Wine has its own: an office PC may have none."""


@dataclass(frozen=True)
class Wine:
    """A prefix: a drive C: with nothing on it but what Wine and this module put there."""

    prefix: Path

    def make(self) -> None:
        """Make the prefix, if it is not there yet.

        Raises:
            CalledProcessError: Wine or the compiler refuses.
        """
        done = self.prefix / "made"
        if done.is_file():
            return
        shutil.rmtree(self.prefix, ignore_errors=True)
        self.prefix.mkdir(parents=True)
        subprocess.run([WINE, "wineboot", "-i"], env=self.variables(), input=b"\n", capture_output=True, check=True)
        for name, linked in STAND_INS.items():
            compile_part(f"{name}.c", self.prefix / "drive_c/windows/system32" / f"{name}.dll", "-shared", *linked)
        done.touch()

    def variables(self, *, own_runtime: bool = False) -> dict[str, str]:
        """Return the variables for a program; with ``own_runtime`` Wine lends it nothing of Microsoft's."""
        overrides = ["mscoree,mshtml,winemenubuilder.exe=", *([f"{','.join(RUNTIME)}=n"] if own_runtime else [])]
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self.prefix),
            "LC_ALL": "C.UTF-8",
            "WINEPREFIX": str(self.prefix),
            "WINEDLLOVERRIDES": ";".join(overrides),
            "WINEDEBUG": "-all",
        }

    def command(self, program: Path, words: Iterable[str] = ()) -> list[str]:
        """Return the words that start ``program``. Its input and output have to be pipes: a file ends
        Python at once."""
        return [str(WINE), str(program), *words]

    def inside(self, path: Path) -> str:
        """Return what ``path`` is called there."""
        return "Z:" + str(path).replace("/", "\\")

    def outside(self, name: str) -> Path:
        """Return where the file lies that is called ``name`` there."""
        path = PureWindowsPath(name)
        drive = {"z:": Path("/"), "c:": self.prefix / "drive_c"}.get(path.drive.lower())
        return drive.joinpath(*path.parts[1:]) if drive else Path(name)

    def end(self) -> None:
        """End what still runs in this prefix: Wine's own server waits for a while, and it alone."""
        subprocess.run([SERVER, "-k"], env=self.variables(), capture_output=True, check=False)


def compile_part(source: str, target: Path, *words: str) -> None:
    """Compile one of the parts in C (a path, or a name among ours), without a trace of when and where.

    Raises:
        CalledProcessError: it is not understood.
    """
    # Left to itself the linker takes the clock, and for a library an address made of the place it is written to.
    steady = "-Wl,--no-insert-timestamp,--disable-auto-image-base"
    command = [COMPILER, "-O2", "-s", steady, "-o", str(target), str(PARTS / source), *words]
    subprocess.run(command, capture_output=True, check=True)
