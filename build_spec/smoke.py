"""Tests the packaged program itself: writes real documents by command, then opens the window on a virtual screen.

A folder for Windows is started by Windows, and on Linux by Wine; the tests are the same.
"""

from __future__ import annotations

import json
import locale
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pypdf import PdfReader

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from build_spec import edition, it_page
from build_spec.virtual_screen import Screen, virtual_screen
from build_spec.wine import Wine

KIND = "実施報告書"
OPENINGS = {".pdf": b"%PDF-", ".xlsx": b"PK\x03\x04"}
STEPS = ["画面を開く", "ログイン", "書類の見本", "PDFの保存", "終了"]
FEWEST_SHADES = 50
MUST_BE_PACKED = re.compile(
    r"(?:.*/)?lib(xcb-(?!dri)|xkbcommon|X11|Qt6|python|ssl|crypto|glib|fontconfig|freetype|dbus)"
)
"""Libraries that a Linux PC may lack and that must be in the folder; those of the display driver never are."""
NOT_OF_WINDOWS = re.compile(r"(?i)(?!(?:[a-z]:)?\\windows\\|.*\.nls$|/)|.*\\(?:vcruntime|msvcp)\d")
"""What a program on Windows must not load from outside its folder: all but Windows' own, and never the C++ runtime.
Names that begin with / are Wine's, of the Linux below it.
"""

_REQUIRE_COMPILED_RAPIDFUZZ = {"RAPIDFUZZ_IMPLEMENTATION": "cpp"}
"""Makes rapidfuzz fail without its compiled library, instead of silently becoming many times slower."""
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ROWS = (("受付日", "氏名", "団体名", "電話番号"), ("R8.9.1", "見本 花子", "みほん町会", "03-0000-1111"))
_A_DEADLINE = ("deadlines", "--kind", "講習会", "--date", "2026-09-30")
_HOSTILE = '<!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@dataclass(frozen=True)
class PackedFolder:
    """A finished folder: its system, and how its programs are started here.

    Attributes:
        folder: its path. wine: starts it if it is for Windows and this machine is not.
    """

    folder: Path
    wine: Wine | None = None

    @property
    def for_windows(self) -> bool:
        """Return whether its start files are for Windows."""
        return (self.folder / "dejikatsu-desk.exe").is_file()

    def start(self, *words: str, window: bool = False) -> list[str]:
        """Return the command line that starts its ``window``, or a command."""
        name = (
            ("dejikatsu-desk.exe" if window else "dejikatsu-desk-command.exe") if self.for_windows else "dejikatsu-desk"
        )
        program = self.folder / name
        return self.wine.command(program, words) if self.wine else [str(program), *words]

    def inside(self, path: Path) -> str:
        """Return ``path`` as the program sees it (on Wine's drives)."""
        return self.wine.inside(path) if self.wine else str(path)

    def outside(self, name: str) -> Path:
        """Return the file that the program calls ``name``."""
        return self.wine.outside(name) if self.wine else Path(name)

    def surroundings(self, work: Path, screen: Screen | None = None) -> dict[str, str]:
        """Return a minimal environment as on an office PC, with a temporary home.

        Wine provides none of Microsoft's runtime, so that the folder must bring its own.
        """
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
        kept |= _REQUIRE_COMPILED_RAPIDFUZZ
        home = {"HOME": str(work), "LANG": "C.UTF-8"}
        wine = self.wine.variables(own_runtime=True) if self.wine else {}
        own = {"DEJIKATSU_DESK_HOME": self.inside(work / "home")}
        return {**kept, **home, **wine, **own, **(screen.variables if screen else {})}

    def without_qt(self, place: Path) -> PackedFolder:
        """Return a copy in ``place`` without Qt, for commands: they must not depend on the runtime that Qt brings.

        Only a folder for Windows has one; another folder is returned as it is.
        """
        if not self.for_windows:
            return self
        copy = place / self.folder.name
        shutil.copytree(self.folder, copy, ignore=shutil.ignore_patterns("PySide6", "shiboken6"))
        return PackedFolder(copy, self.wine)


def packed_folder(folder: Path) -> PackedFolder:
    """Return the finished folder ``folder`` with what starts it here."""
    plain = PackedFolder(folder.resolve())
    if not plain.for_windows or sys.platform == "win32":
        return plain
    prefix = Path(__file__).resolve().parent.parent / "build" / "windows" / "prefix"
    return PackedFolder(plain.folder, Wine(prefix))


def main(bundle: Path) -> int:
    """Test the folder ``bundle``; return 0 when everything was produced and is sound."""
    program = packed_folder(bundle)
    work = Path(tempfile.mkdtemp(prefix="desk-smoke-")).resolve()
    try:
        password = work / "password"
        password.write_text("みほんの鍵はながいほどよい\n", encoding="utf-8")
        login = [
            "--data",
            program.inside(work / "data"),
            "--user",
            it_page.WORKER,
            "--password-file",
            program.inside(password),
        ]
        key = program.inside(work / "key")
        bare = program.without_qt(work)
        _run(bare, work, "init", *login, "--preset", "r8", "--sample", "--recovery-key-file", key)
        _read_foreign_books(bare, work)
        _mix_versions(bare, work)
        events = _run(bare, work, "events", *login)
        calendar = _run(bare, work, "calendar", *login, "--out", program.inside(work / "予定.ics"))
        if not calendar["events"]:
            raise SystemExit("配布用フォルダの確認に失敗しました。カレンダー（.ics）に実施回がありません。")
        out = work / "out"
        form = ["--kind", KIND, "--format", "pdf,xlsx", "--out", program.inside(out)]
        _check(bare, _first_report(bare, work, events, [*login, *form]), out)
        _try_page_for_it(bare, work, password)
        memory = work / "screen"
        memory.mkdir()
        with virtual_screen(memory) as screen:
            _open_window(program, work, screen)
            _use_window(program, work, screen)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    size = sum(path.stat().st_size for path in bundle.rglob("*") if path.is_file() and not path.is_symlink())
    print(f"配布用フォルダの動作を確かめました（{size // 1_000_000} MB）: {bundle}")
    return 0


def _read_foreign_books(program: PackedFolder, work: Path) -> None:
    """Check that the program reads a workbook and rejects a hostile one, both in its child process."""
    report = _run(program, work, "intake", program.inside(_workbook(work / "申込.xlsx")))
    if (report["rows"], report["source"], report["problems"]) != (1, "clerk_xlsx", []):
        raise SystemExit(f"配布用フォルダの確認に失敗しました。Excelブックを正しく読めていません: {report}")
    begun = time.monotonic()
    hostile = _workbook(work / "仕掛け.xlsx", before=_HOSTILE)
    if (
        _run(program, work, "intake", program.inside(hostile), may_refuse=True) is not None
        or time.monotonic() - begun > 20
    ):
        raise SystemExit("配布用フォルダの確認に失敗しました。仕掛けのあるExcelブックを断っていません。")


def _mix_versions(program: PackedFolder, work: Path) -> None:
    """Check that the program refuses to work with an ``_internal`` that is not of its own version."""
    said = program.folder / "_internal" / edition.FILE
    kept = said.read_bytes()
    said.write_bytes(kept.replace("デジ活デスク".encode(), "前のデスク".encode()))
    try:
        if _run(program, work, *_A_DEADLINE, may_refuse=True) is not None:
            raise SystemExit("配布用フォルダの確認に失敗しました。違う版のファイルが混じっていても動きます。")
    finally:
        said.write_bytes(kept)
    _run(program, work, *_A_DEADLINE)


def _try_page_for_it(program: PackedFolder, work: Path, password: Path) -> None:
    """Do what the page for the IT department prints, by the users and roles that it makes; only places are other ones.

    The window is the only place where a user is added, so the one for the checks is added by the services behind it.
    """
    from app.actions.action_context import ActionContext
    from app.data_folder.services import accounts, data_folder

    begun, now = time.monotonic(), datetime.now()  # noqa: DTZ005 - the clock of a PC
    place, data = work / "desk", work / "desk" / "data"
    place.mkdir()
    shutil.copytree(work / "data", data)
    of_worker, of_checker = work / "tantou.txt", work / "password.txt"
    shutil.copy(password, of_worker)
    of_checker.write_text("てんけんのとてもながい鍵", encoding="utf-8")
    store = data_folder.open_data_folder(
        data, login_id=it_page.WORKER, password=of_worker.read_text(encoding="utf-8").strip(), now=now
    ).store
    accounts.add_user(
        ActionContext(store, store.display_name, now),
        login_id=it_page.CHECKER,
        display_name="",
        password=of_checker.read_text(encoding="utf-8"),
        role=it_page.role_of_checker(),
        password_is_own=True,
    )
    data_folder.close_data_folder(store, now=now)
    places = {
        it_page.DATA: data,
        it_page.ELSEWHERE: work / "elsewhere",
        it_page.RESTORED: work / "restored",
        it_page.OLD: work / "old",
        it_page.GENERATION: max((data / "backups").glob("0*")),
        it_page.CHECK: work / "check",
        it_page.CHECKER_PASSWORD: of_checker,
        it_page.RESTORING: of_checker,
        it_page.WORKER_PASSWORD: of_worker,
    }
    every = it_page.commands(it_page.WINDOWS if program.for_windows else it_page.LINUX)
    printed = [words for words in every if words[0] not in it_page.OPENING_A_WINDOW]
    for words in printed:
        done = subprocess.run(
            program.start(*it_page.placed(words, {name: program.inside(path) for name, path in places.items()})),
            env=program.surroundings(work),
            cwd=place,
            input=b"",
            capture_output=True,
            check=False,
            timeout=300,
        )
        if done.returncode:
            said = _decode_output(done.stdout + done.stderr)
            code = f"終了コード {done.returncode}"
            raise SystemExit(f"情報システム担当への説明の命令ができません（{' '.join(words)}、{code}）。\n{said}")
    print(f"  説明の命令 {len(printed)}: {time.monotonic() - begun:.1f} 秒")


def _workbook(path: Path, *, before: str = "") -> Path:
    """Write a workbook with one application, part by part; ``before`` is inserted at the start of its worksheet."""
    cells = ["".join(f"<c t='inlineStr'><is><t>{cell}</t></is></c>" for cell in row) for row in _ROWS]
    lines = "".join(f"<row>{row}</row>" for row in cells)
    parts = {
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
        "_rels/.rels": _link("officeDocument", "xl/workbook.xml"),
        "xl/_rels/workbook.xml.rels": _link("worksheet", "worksheets/sheet1.xml"),
        "xl/workbook.xml": f"<workbook xmlns='{_SHEET}' xmlns:r='{_OFFICE}'>"
        "<sheets><sheet name='申込' sheetId='1' r:id='r1'/></sheets></workbook>",
        "xl/worksheets/sheet1.xml": f"{before}<worksheet xmlns='{_SHEET}'><sheetData>{lines}</sheetData></worksheet>",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def _link(kind: str, target: str) -> str:
    link = f"<Relationship Id='r1' Type='{_OFFICE}/{kind}' Target='{target}'/>"
    return f"<Relationships xmlns='{_PACKAGE}'>{link}</Relationships>"


def _first_report(program: PackedFolder, work: Path, events: list[dict[str, Any]], words: list[str]) -> Any:
    """Write a report for the first 講習会 held and generate one here (others were received)."""
    for event in events:
        if event["kind"] == "講習会" and event["status"] == "実施済":
            papers = _run(program, work, "documents", "--event", str(event["id"]), *words, may_refuse=True)
            if papers is not None:
                return papers
    raise SystemExit("配布用フォルダの確認に失敗しました。見本年度に、報告書を作れる実施済の講習会がありません。")


def _open_window(program: PackedFolder, work: Path, screen: Screen) -> None:
    """Check that the window opens as by a double click, shows something, and reports no error."""
    begun = time.monotonic()
    # Under Wine all three have to be pipes; nothing is asked, so nobody waits for an answer.
    pipe = subprocess.PIPE
    with subprocess.Popen(
        program.start(window=True),
        env=program.surroundings(work, screen),
        cwd=work,
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
    ) as window:
        patience = 6 if screen.memory is None else 60
        while window.poll() is None and time.monotonic() - begun < patience and (screen.shades() or 0) < FEWEST_SHADES:
            time.sleep(0.2)
        seen, open_still = screen.shades(), window.poll() is None
        window.terminate()
        complaint = _decode_output(window.communicate()[1])
    if not open_still or "Traceback" in complaint or (seen is not None and seen < FEWEST_SHADES):
        raise SystemExit(f"配布用フォルダの確認に失敗しました（画面が出ません）。\n{complaint}")
    print(f"  画面: {time.monotonic() - begun:.1f} 秒")


def _use_window(program: PackedFolder, work: Path, screen: Screen) -> None:
    """Check the window in use: log in, view a document, save it."""
    begun = time.monotonic()
    out = work / "self-check"
    done = subprocess.run(
        program.start("self-check", "--out", program.inside(out), window=not program.for_windows),
        env=program.surroundings(work, screen),
        cwd=work,
        input=b"",
        capture_output=True,
        check=False,
        timeout=300,
    )
    report = out / "self-check.json"
    if not report.is_file():
        message = _decode_output(done.stderr)
        raise SystemExit(f"配布用フォルダの確認に失敗しました（自己点検、終了コード {done.returncode}）。\n{message}")
    found = json.loads(report.read_text(encoding="utf-8"))
    if faults := faults_of(found, program):
        raise SystemExit("\n".join(["配布用フォルダの確認に失敗しました（自己点検）。", *faults]))
    (paper,) = out.glob("*.pdf")
    if "講習会" not in PdfReader(paper).pages[0].extract_text():
        raise SystemExit(f"配布用フォルダの確認に失敗しました。保存した書類が読めません: {paper.name}")
    print(f"  ログイン・見本・保存: {time.monotonic() - begun:.1f} 秒")


def faults_of(found: dict[str, Any], program: PackedFolder) -> list[str]:
    """Return what a report of ``self-check`` shows to be wrong with ``program``; empty when it is sound."""
    faults = [f"{step['name']}: {step['seen']}" for step in found["steps"] if not step["held"]]
    if not faults and [step["name"] for step in found["steps"]] != STEPS:
        faults.append("すべての段を終えていません。")
    if found["screen"] != ("windows" if program.for_windows else "xcb"):
        faults.append(f"本物の画面ではありません: {found['screen']}")
    complaints = [f"Qt: {words}" for words in found["said"]]
    if program.for_windows:
        # What Qt remarks beside a real driver there is not known yet: it is to be read, it stops nobody.
        print(*complaints, sep="\n", end="\n" if complaints else "")
    else:
        faults += complaints
    if program.for_windows and not found["libraries"]:
        faults.append("使った部品の一覧がありません。")
    strange = [name for name in found["libraries"] if not program.outside(name).is_relative_to(program.folder)]
    refused = NOT_OF_WINDOWS if program.for_windows else MUST_BE_PACKED
    faults += [f"フォルダに入っていません: {name}" for name in strange if refused.match(name)]
    return faults


def _decode_output(printed: bytes) -> str:
    """Return the output of a program, decoded as UTF-8 or the code page of the console."""
    try:
        return printed.decode("utf-8")
    except UnicodeDecodeError:
        return printed.decode(locale.getencoding(), errors="backslashreplace")


def _run(program: PackedFolder, work: Path, *words: str, may_refuse: bool = False) -> Any:
    """Run one command and return its JSON; None if it was refused and ``may_refuse``."""
    begun = time.monotonic()
    done = subprocess.run(
        program.start(*words, "--json"),
        env=program.surroundings(work),
        cwd=work,
        input=b"",
        capture_output=True,
        check=False,
        timeout=300,
    )
    if done.returncode == 1 and may_refuse:
        return None
    if done.returncode:
        message = _decode_output(done.stderr)
        raise SystemExit(f"配布用フォルダの確認に失敗しました（{words[0]}、終了コード {done.returncode}）。\n{message}")
    print(f"  {words[0]}: {time.monotonic() - begun:.1f} 秒")
    return json.loads(done.stdout.decode("utf-8"))


def _check(program: PackedFolder, papers: list[dict[str, Any]], out: Path) -> None:
    """Check that PDF and Excel files were written, have the right signature, and are not nearly empty."""
    written = {program.outside(paper["path"]) for paper in papers if paper.get("path")}
    if {path.suffix for path in written} != set(OPENINGS):
        raise SystemExit(f"配布用フォルダの確認に失敗しました。書類がそろっていません: {sorted(map(str, written))}")
    for path in written:
        content = path.read_bytes()
        if path.parent != out or not content.startswith(OPENINGS[path.suffix]) or len(content) < 5_000:
            raise SystemExit(f"配布用フォルダの確認に失敗しました。書類が正しくありません: {path}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("使い方: python build_spec/smoke.py 配布用フォルダ")
    sys.exit(main(Path(sys.argv[1])))
