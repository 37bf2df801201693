"""Hostile files: seconds of the whole command and peak memory of all its processes, beside their limits."""

import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import psutil

from tests.support.foreign_books import HEADINGS, PERSON, crooked, inline

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "tests" / "fixtures"
SECONDS, SECONDS_OF_A_MADE_ONE, MEGABYTES = 1.2, 2.0, 300
"""The samples are small: nearly all of their time is the start of the program. What is made here is large."""
_TABLE = inline(HEADINGS, 1) + inline(PERSON, 2)
TEXTS = {
    "5MBの1セル": "あ".encode() * 1_700_000,
    "2万列": (",".join(f"列{number}" for number in range(20_000)) + "\r\n").encode() * 4,
    "NULだらけ": b"a\x00b\n" * 2_000_000,
    "空行だけ": "氏名,名前\n".encode() + b"\n" * 9_000_000,
    "100万行": "氏名,電話\n".encode() + b"a,1\n" * 1_000_000,
}


def measure() -> Iterator[tuple[str, float, float, int]]:
    """Yield name, limit, seconds and megabytes of one look at each file; taken or refused, it has to end."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name, path in _samples():
            yield name, SECONDS, *_look(path)
        for name, path in _made(folder):
            yield name, SECONDS_OF_A_MADE_ONE, *_look(path)


def _samples() -> Iterator[tuple[str, Path]]:
    for number in range(20, 39):
        for path in sorted(SAMPLES.rglob(f"{number}_*")):
            if path.suffix != ".json":
                yield path.name, path


def _made(folder: Path) -> Iterator[tuple[str, Path]]:
    for name, data in TEXTS.items():
        path = folder / f"{name}.csv"
        path.write_bytes(data)
        yield name, path
    blank = "".join(f'<row r="{n}" ht="{n % 97}"/>' for n in range(3, 900_000))
    yield "書式だけの90万行", crooked(folder / "1.xlsx", _TABLE + blank)
    cells = '<c s="1"/>' * 90
    styled = "".join(f'<row r="{n}">{cells}</row>' for n in range(3, 20_000))
    yield "書式だけの180万セル", crooked(folder / "2.xlsx", _TABLE + styled)
    long = "".join(f'<row r="{n}"><c><v>{n * 7919 % 99991}</v></c></row>' for n in range(2, 400_000))
    yield "40万行のブック", crooked(folder / "3.xlsx", inline(HEADINGS, 1) + long)
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    yield "実体の爆弾", crooked(folder / "4.xlsx", inline(["&b;"], 1), prolog=laughs)
    yield "共有文字列の爆弾", crooked(folder / "5.xlsx", _TABLE, shared="<si><t>あ</t></si>" * 2_000_000)
    packed = folder / "6.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"a,b\n" * 50_000_000)
    yield "展開200MBのzip", packed


def _look(path: Path) -> tuple[float, int]:
    """Seconds of ``intake`` and the highest sum of its own memory and its children's, looked at all the while."""
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "app", "intake", str(path)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
    ) as process:
        peak = 0
        watched = psutil.Process(process.pid)
        while process.poll() is None:
            peak = max(peak, _memory(watched))
        seconds = time.perf_counter() - start
    if process.returncode not in {0, 1}:
        raise RuntimeError(f"{path.name}: exit {process.returncode}")
    return seconds, peak // (1024 * 1024)


def _memory(process: psutil.Process) -> int:
    total = 0
    try:
        for one in (process, *process.children(recursive=True)):
            total += one.memory_info().rss
    except psutil.Error:
        return total
    return total
