"""Runs Windows programs on Debian in a Wine prefix of its own, with the two libraries that Wine 8 lacks.

This is not Windows: what passes here may still fail there. docs/decisions/0038 says what follows from that.
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
"""Libraries of Windows missing in Wine 8, with what each links to. They exist in the prefix only."""
RUNTIME = ("vcruntime140", "vcruntime140_1", "msvcp140", "msvcp140_1", "msvcp140_2")
"""Microsoft's runtime, of which Wine has its own version; an office PC may have none."""


@dataclass(frozen=True)
class Wine:
    """A Wine prefix: a drive C: with nothing on it but what Wine and this module put there."""

    prefix: Path

    def make(self) -> None:
        """Create the prefix, if it does not exist yet.

        Raises:
            CalledProcessError: Wine or the compiler fails.
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
        """Return the environment variables for a program; ``own_runtime`` disables Wine's Microsoft runtime."""
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
        """Return the command line that starts ``program``.

        Its input and output must be pipes: with a file Python ends at once.
        """
        return [str(WINE), str(program), *words]

    def inside(self, path: Path) -> str:
        """Return ``path`` as seen in the prefix."""
        return "Z:" + str(path).replace("/", "\\")

    def outside(self, name: str) -> Path:
        """Return the file that is called ``name`` in the prefix."""
        path = PureWindowsPath(name)
        drive = {"z:": Path("/"), "c:": self.prefix / "drive_c"}.get(path.drive.lower())
        return drive.joinpath(*path.parts[1:]) if drive else Path(name)

    def end(self) -> None:
        """End all processes of this prefix, including Wine's own server."""
        subprocess.run([SERVER, "-k"], env=self.variables(), capture_output=True, check=False)


def compile_part(source: str, target: Path, *words: str) -> None:
    """Compile one of the C parts (a path, or a name among ours), without time or path in the result.

    Raises:
        CalledProcessError: it does not compile.
    """
    # Left to itself the linker takes the clock, and for a library an address made of the place it is written to.
    steady = "-Wl,--no-insert-timestamp,--disable-auto-image-base"
    command = [COMPILER, "-O2", "-s", steady, "-o", str(target), str(PARTS / source), *words]
    subprocess.run(command, capture_output=True, check=True)
