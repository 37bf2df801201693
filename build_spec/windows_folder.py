"""Inspects the finished Windows folder: where its binaries come from, and what they require of Windows.

Usage: python build_spec/windows_folder.py folder, by the Windows Python that packed it (its pefile reads binaries).
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from build_spec import edition
from build_spec.commit import PROJECT

START_FILES = {"dejikatsu-desk.exe", "dejikatsu-desk-command.exe"}
WINDOWS_HAS = PROJECT / "build_spec" / "windows_has.txt"
NEVER = {"icuuc.dll", "bcryptprimitives.dll", "python.exe", "ucrtbase.dll"}
"""Stand-ins of the Wine prefix, the interpreter of the build, and Windows' own files."""
_WINE_MARKS = (b"Wine builtin DLL", b"Wine placeholder DLL")
_BINARY = b"MZ"
_LIBRARIES = {".dll", ".pyd"}
_RUNTIME = ("vcruntime140.dll", "vcruntime140_1.dll")
_LICENCE = "licences/python/LICENSE.txt"
_MEASURED = ("*.log", "*.json.tmp", "__pycache__", "*.pyc", "*.toc")


@dataclass(frozen=True)
class Binary:
    """One library or start file: its place in the folder, its imports and its exports.

    Imports are function names by library, in lower case, without those imported by number.
    """

    place: str
    imports: Mapping[str, frozenset[str]]
    exports: frozenset[str]

    @property
    def name(self) -> str:
        """Return its name in lower case, as Windows compares names."""
        return self.place.rpartition("/")[2].lower()


def unknown_binaries(folder: Path, homes: Iterable[Path]) -> list[str]:
    """Return the binaries that are not identical to a file of the Windows Python or of a locked library.

    Args:
        folder: the finished folder. homes: where the Windows Python and its libraries lie.
    """
    looked_at = [path for path in _files(folder) if _is_binary(path) and path.name not in START_FILES]
    sizes = {path.stat().st_size for path in looked_at}
    known = {
        _sum(path)
        for home in homes
        for path in home.rglob("*")
        if path.suffix.lower() in _LIBRARIES and path.stat().st_size in sizes
    }
    return [path.relative_to(folder).as_posix() for path in looked_at if _sum(path) not in known]


def misplaced(folder: Path) -> list[str]:
    """Return what must never be shipped: files of Wine, stand-ins, the build's interpreter, measurement data."""
    return [
        path.relative_to(folder).as_posix()
        for path in _files(folder)
        if path.name.lower() in NEVER
        or path.name.lower().startswith("api-ms-win-")
        or (_is_binary(path) and any(mark in path.read_bytes()[:256] for mark in _WINE_MARKS))
        or any(path.match(pattern) or pattern in path.parts for pattern in _MEASURED)
    ]


def required_of_windows(binaries: Iterable[Binary]) -> dict[str, list[str]]:
    """Return every library that binaries import but the folder lacks, with the importing binaries."""
    binaries = list(binaries)
    here = {binary.name for binary in binaries}
    asked: dict[str, list[str]] = {}
    for binary in binaries:
        for name in binary.imports:
            if name not in here:
                asked.setdefault(name, []).append(binary.place)
    return dict(sorted(asked.items()))


def out_of_reach(binaries: Iterable[Binary]) -> list[str]:
    """Return imports that are found only because another binary was loaded before, from another package's folder.

    Windows looks beside the binary and in ``_internal``; a package adds the folder that its wheel brought for it
    (``pikepdf.libs``), Qt its own two. Qt plugins find what lies above them.
    """
    binaries = list(binaries)
    places: dict[str, set[str]] = {}
    for binary in binaries:
        places.setdefault(binary.name, set()).add(binary.place.rpartition("/")[0])
    found = []
    for binary in binaries:
        package = binary.place.removeprefix("_internal/").partition("/")[0].removesuffix(".libs")
        own = {"_internal", f"_internal/{package}.libs"}
        own |= {"_internal/PySide6", "_internal/shiboken6"} if package in ("PySide6", "shiboken6") else set()
        own |= {str(above) for above in PurePosixPath(binary.place).parents}
        found += [
            f"{binary.place}: {name}（{'、'.join(sorted(places[name]))} にしかない）"
            for name in sorted(binary.imports)
            if name in places and not places[name] & own
        ]
    return found


def missing_functions(binaries: Iterable[Binary]) -> list[str]:
    """Return functions that a binary imports from the folder's own runtime or Python, but that these lack.

    The first loaded file of a name is used by all binaries: the one beside Python.
    """
    binaries = sorted(binaries, key=lambda binary: (binary.place.count("/"), binary.place))
    own: dict[str, Binary] = {}
    for binary in binaries:
        if binary.name.startswith(("vcruntime", "msvcp", "python3")):
            own.setdefault(binary.name, binary)
    return [
        f"{binary.place}: {name} の {function}"
        for binary in binaries
        for name, functions in sorted(binary.imports.items())
        if name in own
        for function in sorted(functions - own[name].exports)
    ]


def windows_has(text: str) -> dict[str, str]:
    """Parse the list of libraries that Windows brings, each with why every office PC has it."""
    lines = (line.split(None, 1) for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return {name.lower(): why.strip() for name, why in lines}


def faults_of(folder: Path, homes: Iterable[Path], binaries: Iterable[Binary], known: Mapping[str, str]) -> list[str]:
    """Return, in Japanese, every reason why the folder must not be released; empty when it is sound."""
    binaries = list(binaries)
    asked = required_of_windows(binaries)
    beside = {path.name.lower() for path in (folder / "_internal").iterdir()}
    return [
        *(f"入っていてはいけないもの: {place}" for place in misplaced(folder)),
        *(f"どの部品のものでもないファイル: {place}" for place in unknown_binaries(folder, homes)),
        *(f"入っていない部品: {name}" for name in _RUNTIME if name not in beside),
        *(
            f"入っていない部品: {name}"
            for name in (edition.FILE, _LICENCE)
            if not (folder / "_internal" / name).is_file()
        ),
        *(
            f"Windows にあると確かめていない部品: {name}（{'、'.join(asked[name])}）"
            for name in asked
            if name not in known
        ),
        *(f"部品が足りません: {line}" for line in missing_functions(binaries)),
        *(f"部品に届きません: {line}" for line in out_of_reach(binaries)),
    ]


def binaries_of(folder: Path) -> list[Binary]:
    """Read all binaries of ``folder``."""
    import pefile  # of the Windows lock alone

    kinds = ("IMPORT", "DELAY_IMPORT", "EXPORT")
    wanted = [pefile.DIRECTORY_ENTRY[f"IMAGE_DIRECTORY_ENTRY_{kind}"] for kind in kinds]
    found = []
    for path in _files(folder):
        if not _is_binary(path):
            continue
        exporting = path.name.lower().startswith(("vcruntime", "msvcp", "python3"))
        with pefile.PE(str(path), fast_load=True) as read:
            read.parse_data_directories(directories=wanted if exporting else wanted[:2])
            imports: dict[str, frozenset[str]] = {}
            for kind in ("DIRECTORY_ENTRY_IMPORT", "DIRECTORY_ENTRY_DELAY_IMPORT"):
                for entry in getattr(read, kind, ()):
                    names = frozenset(one.name.decode("ascii") for one in entry.imports if one.name)
                    library = entry.dll.decode("ascii").lower()
                    imports[library] = imports.get(library, frozenset()) | names
            table = getattr(read, "DIRECTORY_ENTRY_EXPORT", None)
            exports = frozenset(one.name.decode("ascii") for one in table.symbols if one.name) if table else frozenset()
        found.append(Binary(path.relative_to(folder).as_posix(), imports, exports))
    return found


def main(folder: Path) -> int:
    """Inspect ``folder`` and print what it requires of Windows; return 0 when it is sound."""
    binaries = binaries_of(folder)
    known = windows_has(WINDOWS_HAS.read_text(encoding="utf-8"))
    asked = required_of_windows(binaries)
    print(f"  部品 {len(binaries)}個。Windows に求めるもの {len(asked)}個:")
    for name, places in asked.items():
        print(f"    {name}　{known.get(name, '？')}　（{len(places)}個から）")
    if spare := sorted(known.keys() - asked.keys()):
        print(f"  一覧にあって、いまは求めないもの: {'、'.join(spare)}")
    faults = faults_of(folder, {Path(sys.prefix), Path(sys.base_prefix)}, binaries, known)
    print(*faults, sep="\n", end="\n" if faults else "")
    return int(bool(faults))


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _is_binary(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == _BINARY


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("使い方: python build_spec/windows_folder.py 配布用フォルダー")
    sys.exit(main(Path(sys.argv[1])))
