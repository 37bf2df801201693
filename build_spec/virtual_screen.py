"""A virtual screen for testing the packaged program; on Windows the real screen."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

SIZE = (1366, 768)
_HEADER = struct.Struct(">25I")
_COLOUR = 12


@dataclass(frozen=True)
class Screen:
    """A screen: the environment variables that direct a program to it, and the file of its frame buffer."""

    variables: dict[str, str] = field(default_factory=dict)
    memory: Path | None = None

    def shades(self) -> int | None:
        """Return the number of different colours on it now; None if its content cannot be read."""
        if self.memory is None:
            return None
        content = self.memory.read_bytes()
        header = _HEADER.unpack_from(content)
        pixels = memoryview(content)[header[0] + header[19] * _COLOUR :]
        return len(set(pixels[: len(pixels) // 4 * 4].cast("I")))


@contextmanager
def virtual_screen(folder: Path) -> Iterator[Screen]:
    """Start a virtual screen with its frame buffer in ``folder``, and end it afterwards.

    Raises:
        SystemExit: there is no Xvfb, or it does not start.
    """
    if sys.platform == "win32":
        yield Screen()
        return
    xvfb = shutil.which("Xvfb")
    if xvfb is None:
        raise SystemExit("画面の確認に使う Xvfb がありません。make bundle から行うと、必要なものを調べます。")
    ready, told = os.pipe()
    size = f"{SIZE[0]}x{SIZE[1]}x24"
    words = [xvfb, "-displayfd", str(told), "-screen", "0", size, "-fbdir", str(folder), "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(words, pass_fds=[told], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        os.close(told)
        try:
            with os.fdopen(ready) as stream:
                number = stream.readline().strip()
            if not number:
                raise SystemExit("画面の確認に使う Xvfb が始まりません。")
            yield Screen({"DISPLAY": f":{number}"}, folder / "Xvfb_screen0")
        finally:
            server.terminate()
