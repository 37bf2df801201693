"""Runs the long checks in named parts, prints the time of each, and ends with a table; exit 1 when one failed.

A part is a module under ``parts/`` that declares ``NAME`` (what ``--part`` takes), ``SAYS`` (one sentence for the
reader) and ``run(report) -> bool``. A part that ends in an error has failed; the ones after it still run.
The seed from which all of them draw is printed with each: the same seed makes the same rounds again.
"""

import importlib
import os
import sys
import time
import traceback
from pathlib import Path
from typing import Protocol, cast

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from app.commands.command_line import JapaneseParser  # noqa: E402
from app.contributions import register_contributions  # noqa: E402
from tests.faults.report import Report  # noqa: E402
from tests.faults.tools import ToolMissing  # noqa: E402


class Part(Protocol):
    """One named part."""

    NAME: str
    SAYS: str

    def run(self, report: Report) -> bool:
        """Check, say what came of it, and return whether all was well."""


def parts() -> dict[str, Part]:
    """Return every part by its name."""
    files = sorted(Path(__file__).with_name("parts").glob("*.py"))
    found = [cast(Part, importlib.import_module(f"tests.faults.parts.{file.stem}")) for file in files]
    return {part.NAME: part for part in found}


def carried_out(part: Part, seed: int) -> tuple[bool, float]:
    """Run one part with a seed; return whether all was well and the seconds it took."""
    print(f"== {part.NAME}  {part.SAYS}（乱数の種 {seed}）", flush=True)
    began = time.monotonic()
    report = Report(part.NAME, seed)
    try:
        good = part.run(report)
    except ToolMissing as missing:
        report.say(str(missing))
        good = False
    except Exception:  # noqa: BLE001  # one part that breaks must not hide the others
        traceback.print_exc()
        good = False
    return good, time.monotonic() - began


def table(rows: list[tuple[str, bool, float]]) -> str:
    """The times and the ends of all parts, and their sum."""
    lines = [f"{'合格' if good else '不合格'}  {_clock(seconds):>7}  {name}" for name, good, seconds in rows]
    return "\n".join([*lines, f"合計  {_clock(sum(seconds for _, _, seconds in rows)):>7}"])


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}分{int(seconds) % 60:02}秒"


def main(words: list[str], known: dict[str, Part]) -> int:
    """Read ``--part``, ``--seed`` and ``--list``, run, and print the table; return the exit code."""
    register_contributions()
    parser = JapaneseParser(description="時間のかかる確かめを、名前のついた部分ごとに行う")
    parser.add_argument("--part", action="append", choices=list(known), help="この部分だけを行う（繰り返せる）")
    parser.add_argument("--list", action="store_true", help="部分の名前と説明を示して終わる")
    parser.add_argument("--seed", type=int, default=1, help="乱数の種（同じ種なら、同じ順に同じことを確かめる）")
    asked = parser.parse_args(words)
    if asked.list:
        print("\n".join(f"{part.NAME:<12}{part.SAYS}" for part in known.values()))
        return 0
    rows = []
    for name in asked.part or known:
        good, seconds = carried_out(known[name], asked.seed)
        rows.append((name, good, seconds))
        print(f"   {name}: {_clock(seconds)}", flush=True)
    print(table(rows))
    return 0 if all(good for _, good, _ in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], parts()))
