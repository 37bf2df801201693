"""Starts the packaged program itself, without a screen, and lets it make real papers from the sample year."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

KIND = "実施報告書"
OPENINGS = {".pdf": b"%PDF-", ".xlsx": b"PK\x03\x04"}


def main(bundle: Path) -> int:
    """Run the check on the folder ``bundle``; return 0 when everything it was asked for is there and sound."""
    suffix = "-command.exe" if sys.platform == "win32" else ""
    program = bundle.resolve() / f"dejikatsu-desk{suffix}"
    work = Path(tempfile.mkdtemp(prefix="desk-smoke-"))
    try:
        password = work / "password"
        password.write_text("みほんの合言葉 2026 です\n", encoding="utf-8")
        login = ["--data", str(work / "data"), "--user", "mihon", "--password-file", str(password)]
        _run(program, work, "init", *login, "--preset", "r8", "--sample", "--recovery-key-file", str(work / "key"))
        events = _run(program, work, "events", *login)
        held = [event for event in events if event["kind"] == "講習会" and event["status"] == "実施済"]
        if not held:
            raise SystemExit("配布用フォルダの確認に失敗しました。見本年度に実施済の講習会がありません。")
        out = work / "out"
        wish = ["--event", str(held[0]["id"]), "--kind", KIND, "--format", "pdf,xlsx", "--out", str(out)]
        _check(_run(program, work, "documents", *login, *wish), out)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    size = sum(path.stat().st_size for path in bundle.rglob("*") if path.is_file() and not path.is_symlink())
    print(f"配布用フォルダの動作を確かめました（{size // 1_000_000} MB）: {bundle}")
    return 0


def _run(program: Path, work: Path, *words: str) -> Any:
    """Run one command with next to nothing in the environment, as on an office PC; return its JSON."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
    surroundings = {**kept, "QT_QPA_PLATFORM": "offscreen", "HOME": str(work), "LANG": "C.UTF-8"}
    surroundings["DEJIKATSU_DESK_HOME"] = str(work / "home")
    begun = time.monotonic()
    done = subprocess.run(
        [str(program), *words, "--json"],
        env=surroundings,
        cwd=work,
        capture_output=True,
        check=False,
        timeout=300,
    )
    if done.returncode:
        message = done.stderr.decode(errors="backslashreplace")
        raise SystemExit(f"配布用フォルダの確認に失敗しました（{words[0]}、終了コード {done.returncode}）。\n{message}")
    print(f"  {words[0]}: {time.monotonic() - begun:.1f} 秒")
    return json.loads(done.stdout.decode("utf-8"))


def _check(papers: list[dict[str, Any]], out: Path) -> None:
    """See that both forms were written, that they begin as such files do, and that none is nearly empty."""
    written = {Path(paper["path"]) for paper in papers if paper.get("path")}
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
