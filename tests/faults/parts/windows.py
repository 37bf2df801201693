"""The tests by the Windows Python that `make windows` puts together, as an office PC has it: code page 932, no UTF-8
mode.

Wine is not Windows: what fails by Wine's own doing, or is about Linux, bears its fact in tests/faults/windows_marks.py.
"""

import os
import re
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from threading import Thread

from tests.faults.report import Report
from tests.faults.tools import ToolMissing, need
from tests.faults.windows_marks import FACTS
from tests.support.areas import AREAS

NAME = "windows"
SAYS = "画面の絵を除くすべての検査を、Windows の Python（Wine の上）と職場の文字コード（932）で行います。"
PROJECT = Path(__file__).resolve().parents[3]
_SCREENS_OF = ("event", *AREAS)
ROOMS = (
    "data_folder", "journeys", *_SCREENS_OF, "startup", "documents", "commands", "foreign_files",
    "tables", "history", "ledgers",
    "importing", "received", "programme", "calendar",
)  # fmt: skip
"""The longest first: as many as there are processors are under way side by side."""
LOCALE = "ja_JP.UTF-8"
"""Wine takes the code page of its programs from this: 932."""
_HOME = "𠮷係"
"""Who sits there, one at a time in each room, has a name in Japanese, with a sign that code page 932 lacks."""
_LAST_WORDS = 5.0
"""So many seconds what a program said last is waited for once it has ended."""
_SKIPPED_IN = dict.fromkeys(_SCREENS_OF, "screens")


def run(report: Report) -> bool:
    """Run every room, say what came of each, and what failed without a fact."""
    from build_spec.windows import ByWine

    _need_wine()
    python = ByWine()
    python.make()
    variables = {
        **python.variables(),
        **_office(PROJECT / "build" / "windows" / "locale"),
        "QT_QPA_PLATFORM": "offscreen",
    }
    good = True
    with tempfile.TemporaryDirectory(prefix="desk-faults-", dir=_short()) as place:

        def done_in(room: str) -> subprocess.CompletedProcess[bytes]:
            home = Path(place) / f"{ROOMS.index(room):x}{_HOME}"
            home.mkdir()
            words = [python.place(PROJECT / "tests/faults/on_windows.py"), python.place(home), *wanted(room)]
            done = _ended(["nice", *python.command(words)], variables)
            shutil.rmtree(home, ignore_errors=True)
            return done

        try:
            with ThreadPoolExecutor(os.cpu_count()) as together:
                under_way = {together.submit(done_in, room): room for room in ROOMS}
                for each in as_completed(under_way):
                    good = _said(report, under_way[each], each.result()) and good
        finally:
            python.end()
    report.say(f"事実による印 {sum(len(one.tests) for one in FACTS)}、事実 {len(FACTS)}")
    return good


def _ended(words: list[str], variables: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    """Run a program to its end; what it left running (Wine's server, its desktop) keeps its output open and is left."""
    # Pipes: a file for input or output ends Python there before its first line.
    process = subprocess.Popen(
        words, env=variables, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert process.stdin is not None
    assert process.stdout is not None
    said: list[bytes] = []
    told = process.stdout

    def read() -> None:
        for line in told:
            said.append(line)

    reader = Thread(target=read, daemon=True)
    reader.start()
    process.stdin.write(b"\n")
    process.stdin.close()
    code = process.wait()
    reader.join(_LAST_WORDS)
    return subprocess.CompletedProcess(words, code, b"".join(said))


def wanted(room: str) -> list[str]:
    """Return what pytest is to run for one room; the screens of the subjects stay out, which are pictures."""
    folder = PROJECT / "tests" / room
    left_out = list(folder.rglob(_SKIPPED_IN[room])) if room in _SKIPPED_IN else []
    return [f"tests/{room}", *(f"--ignore={path.relative_to(PROJECT).as_posix()}" for path in sorted(left_out))]


def _said(report: Report, room: str, done: subprocess.CompletedProcess[bytes]) -> bool:
    lines = done.stdout.decode("cp932", errors="replace").splitlines()
    log = PROJECT / "build" / "windows" / "logs" / f"tests-{room}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text("\n".join(lines), encoding="utf-8")
    counts = {word: int(number) for number, word in re.findall(r"(\d+) (\w+)", lines[-1] if lines else "")}
    report.say(
        f"{room:<14}合格 {counts.get('passed', 0)}、事実による印 {counts.get('xfailed', 0)}、"
        f"不合格 {counts.get('failed', 0) + counts.get('error', 0) + counts.get('errors', 0)}"
    )
    report.say(*(line for line in lines if line.startswith(("FAILED", "ERROR"))))
    return done.returncode == 0


def _need_wine() -> None:
    needed = ["sh", "build_spec/system_packages.sh", "windows"]
    if subprocess.run(needed, cwd=PROJECT, check=False).returncode:
        raise ToolMissing("Wine の支度ができません。上の表示のとおりに部品を入れてください。")


def _office(place: Path) -> dict[str, str]:
    """See to the locale of an office PC; return the variables that say so to Wine."""

    def made() -> bool:
        if not (place / LOCALE).is_dir() and shutil.which("localedef"):
            place.mkdir(parents=True, exist_ok=True)
            order = ["localedef", "-i", "ja_JP", "-f", "UTF-8", str(place / LOCALE)]
            subprocess.run(order, capture_output=True, check=False)
        return (place / LOCALE / "LC_CTYPE").is_file()

    need("日本語のロケール", made, "locales")
    return {"LOCPATH": str(place), "LANG": LOCALE, "LC_ALL": LOCALE}


def _short() -> str | None:
    """Return a place in memory with a short name, where there is one: Windows counts the whole path."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
