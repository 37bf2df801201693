"""Tools that only the long checks need: looked for first, installed on demand, asked for in one sentence otherwise."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path


class ToolMissing(Exception):
    """A tool is not there and cannot be installed here; the text says in Japanese what to ask for."""


def need_compiler() -> None:
    """See to a C compiler with the headers of the C library (gcc, libc6-dev).

    Raises:
        ToolMissing: there is none, and it cannot be installed here.
    """
    need("Cコンパイラ", _compiles, "gcc", "libc6-dev")


def need(what: str, works: Callable[[], bool], *packages: str) -> None:
    """See to a tool: nothing is done where ``works`` says yes; root on Debian installs ``packages``.

    Args:
        what: The tool in the reader's words.
        works: Tries the tool.
        packages: The Debian packages that bring it.

    Raises:
        ToolMissing: The tool is not there, and it cannot be installed here.
    """
    if works():
        return
    words = " ".join(packages)
    if os.getuid() != 0 or shutil.which("apt-get") is None:
        raise ToolMissing(
            f"{what}がありません。管理者に「apt-get install --no-install-recommends {words}」を依頼してください。"
        )
    print(f"  足りない部品を入れます: {words}", flush=True)
    calm = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for order in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        subprocess.run(["apt-get", "-qq", *order], env=calm, stdout=subprocess.DEVNULL, check=False)
    if not works():
        raise ToolMissing(f"{what}を入れられませんでした（{words}）。上の表示を管理者に伝えてください。")


def _compiles() -> bool:
    """Try it: a compiler without the headers of the C library is there but of no use."""
    compiler = shutil.which("gcc")
    if compiler is None:
        return False
    with tempfile.TemporaryDirectory(prefix="desk-faults-") as place:
        source = Path(place) / "tried.c"
        source.write_text('#include <stdio.h>\nint main(void) { return puts("") == EOF; }\n', encoding="ascii")
        tried = subprocess.run([compiler, str(source), "-o", f"{place}/tried"], capture_output=True, check=False)
    return tried.returncode == 0
