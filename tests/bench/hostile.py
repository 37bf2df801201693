"""A hostile file refused: seconds of the whole process and its peak memory, beside their limits."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECONDS, MEGABYTES = 2.0, 300
_CODE = """
import resource, sys
from app.commands.main import main
code = main(sys.argv[1:])
sys.stdout.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024))
sys.exit(code)
"""
FILES = {
    "5MBの1セル": "あ".encode() * 1_700_000,
    "2万列": (",".join(f"列{number}" for number in range(20_000)) + "\r\n").encode() * 4,
    "NULだらけ": b"a\x00b\n" * 2_000_000,
    "空行だけ": "氏名,名前\n".encode() + b"\n" * 9_000_000,
}


def measure() -> Iterator[tuple[str, float, int]]:
    """Yield name, seconds and megabytes of one refusal each."""
    with tempfile.TemporaryDirectory() as place:
        for name, data in FILES.items():
            path = Path(place) / "届いたファイル.csv"
            path.write_bytes(data)
            start = time.perf_counter()
            ran = subprocess.run(
                [sys.executable, "-c", _CODE, "intake", str(path)], capture_output=True, cwd=ROOT, check=False
            )
            if ran.returncode != 1:
                raise RuntimeError(f"{name} was not refused")
            yield name, time.perf_counter() - start, int(ran.stdout)
