"""Selects what of PyInstaller's findings goes into the folder for staff: everything used, and nothing else."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable
from importlib.metadata import Distribution, distributions
from pathlib import Path, PurePath

Entry = tuple[str, str, str]
"""One line of PyInstaller's list: its place in the folder, its source, its type."""

PLUGINS = {
    "platforms": {"xcb", "wayland", "offscreen", "windows"},
    "platforminputcontexts": {"composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"},
    "platformthemes": {"xdgdesktopportal"},
    "imageformats": {"svg", "ico"},
    "iconengines": {"svgicon"},
    "printsupport": {"cupsprintersupport"},
    "xcbglintegrations": {"xcb-egl-integration", "xcb-glx-integration"},
    "wayland-decoration-client": {"adwaita", "bradient"},
    "wayland-shell-integration": {"xdg-shell"},
}
"""Qt plugins loaded by name at run time, by folder; any other folder is left out."""

LOADED_BY_NAME = re.compile(r"(?:^|/)pypdfium2_raw/(?:lib)?pdfium\.(?:so|dll)$")
"""The library that opens PDFs of others: Python loads it by name, so nothing links to it."""

UNUSED = (
    *("ssl", "_ssl"),  # libraries try to import it, and go on without: nothing here opens a connection
    *("PIL.AvifImagePlugin", "PIL._avif", "PIL.ImageTk", "PIL._imagingtk"),  # no picture of that kind is taken, no Tk
    "PySide6.QtNetwork",  # QtPdf links to Qt's library of that name, nobody imports the module
    *(
        "lxml.builder",
        "lxml.cssselect",
        "lxml.doctestcompare",
        "lxml.ElementInclude",
        "lxml.html",
        "lxml.isoschematron",
    ),
    *("lxml.objectify", "lxml.pyclasslookup", "lxml.sax", "lxml.usedoctest"),  # pikepdf and openpyxl want lxml.etree
)
"""Modules that would be packed because a library names them, but that the program never uses."""

OF_THE_SYSTEM = {"cupsprintersupport"}
"""Packed without their dependencies, which must be those of the local print service."""

_NO_LIBRARIES = {"Python", "Noto Sans JP", "Noto Serif JP", "Phosphor Icons"}
_PLUGIN = re.compile(r"(?:^|/)plugins/([\w-]+)/(?:lib)?q?([\w.-]+?)\.(?:so|dll)$")
_OF_INSTALLING = re.compile(r"\.dist-info/(?:RECORD|INSTALLER|REQUESTED|direct_url\.json)$")
"""pip's records of an installation, which contain hashes of scripts with local paths."""
_SPARE_TEMPLATE = "docx/templates/default-docx-template/"
"""An unpacked twin of the file from which python-docx begins."""
_WORDS = re.compile(r"(?:^|/)translations/(?!qt(?:base)?_ja\.qm$)")


def is_packed(place: str) -> bool:
    """Return whether a file is packed: Qt plugins only by the list, Qt translations only in Japanese, all others."""
    place = PurePath(place).as_posix().replace("\\", "/")
    plugin = _PLUGIN.search(place)
    if plugin is not None:
        folder, name = plugin.groups()
        return name in {one.removeprefix("q") for one in PLUGINS.get(folder, ())}
    if _SPARE_TEMPLATE in place:
        return False
    return _WORDS.search(place) is None and _OF_INSTALLING.search(place) is None


def only_needed(entries: Iterable[Entry], imports: Callable[[str], Iterable[tuple[str, str | None]]]) -> list[Entry]:
    """Return the entries without shared libraries that nothing in the folder links to.

    Args:
        entries: the wanted binaries. imports: the libraries that a file links to, with where each was found.

    Raises:
        SystemExit: something links to a library missing on this machine, so the program would not start.
    """
    entries = list(entries)
    sources = {_key(place): source for place, source, kind in entries if kind == "BINARY"}
    reached: set[str] = set()
    missing: set[str] = set()
    waiting = [source for place, source, kind in entries if kind == "EXTENSION" or _stands_alone(place)]
    while waiting:
        for name, found in imports(waiting.pop()):
            key = _key(name)
            if found is None and key not in sources:
                missing.add(name)
            if key not in reached:
                reached.add(key)
                if key in sources:
                    waiting.append(sources[key])
    if missing and sys.platform == "linux":
        raise SystemExit(
            f"このパソコンに足りないものがあるため、配布用フォルダを作れません: {'、'.join(sorted(missing))}"
        )
    return [
        entry
        for entry in entries
        if entry[2] != "BINARY" or _key(entry[0]) in reached or _stands_alone(entry[0], whole=True)
    ]


def without_dangling_links(entries: Iterable[Entry], kept: Iterable[Entry]) -> list[Entry]:
    """Return the entries without links to files that are not packed."""
    places = {PurePath(place).as_posix() for place, _source, _kind in kept}
    return [
        entry
        for entry in entries
        if entry[2] != "SYMLINK" or (PurePath(entry[0]).parent / entry[1]).as_posix() in places
    ]


def sort_library(library: Path) -> None:
    """Rewrite the library with which Python starts, modules sorted by name and without timestamps.

    PyInstaller's own order differs from build to build.
    """
    with zipfile.ZipFile(library) as packed:
        modules = {name: packed.read(name) for name in sorted(packed.namelist())}
    with zipfile.ZipFile(library, "w") as packed:
        for name, code in modules.items():
            packed.writestr(zipfile.ZipInfo(name), code)


def _key(place: str) -> str:
    return PurePath(place.replace("\\", "/")).name.lower()


def _stands_alone(place: str, *, whole: bool = False) -> bool:
    """Return whether a file is used without being linked to: a Qt plugin, Python itself.

    ``whole`` also counts those of ``OF_THE_SYSTEM``.
    """
    if LOADED_BY_NAME.search(place.replace("\\", "/")):
        return True
    plugin = _PLUGIN.search(place.replace("\\", "/"))
    if plugin is not None:
        return whole or plugin[2] not in {one.removeprefix("q") for one in OF_THE_SYSTEM}
    return re.match(r"(lib)?python3", _key(place)) is not None


def owners(sources: Iterable[str]) -> dict[str, Distribution]:
    """Return the libraries that own the files ``sources``, by name; our own and the system's files have none."""
    homes = {
        str(Path(str(library.locate_file(file))).resolve()): library
        for library in distributions()
        for file in library.files or ()
    }
    found = sorted({str(Path(source).resolve()) for source in sources} & homes.keys())
    return {name_of(homes[source].name): homes[source] for source in found}


def name_of(library: str) -> str:
    """Return a library's normalised name: et_xmlfile and et-xmlfile are the same."""
    return re.sub(r"[-_.]+", "-", library).lower()


def named_libraries(papers: str) -> set[str]:
    """Return the libraries that the text of ``docs/third-party.md`` names as packed; those of Windows only there."""
    table = papers.partition("## アプリに入っているもの")[2].partition("\n## ")[0]
    cells = [line.split("|")[1].strip() for line in table.splitlines() if re.match(r"\| (?!-)", line)]
    return {
        name_of(name)
        for cell in cells
        if sys.platform == "win32" or "Windows" not in cell
        for name in re.sub(r"（.*?）", "", cell).split("、")
        if name.isascii() and name not in _NO_LIBRARIES
    }


def difference_text(packed: Iterable[str], named: set[str]) -> str:
    """Return a sentence on how the packed libraries differ from those documented; empty when they agree."""
    packed = set(packed)
    parts = {"packed but not named": packed - named, "named but not packed": named - packed}
    return "; ".join(f"{words}: {', '.join(sorted(names))}" for words, names in parts.items() if names)


def licences_of(libraries: dict[str, Distribution]) -> list[tuple[str, str]]:
    """Return the licence files shipped with each library: source and place in the folder."""
    return [
        # Those of what a library holds itself stand in folders, and some in several have the same name.
        (str(library.locate_file(file)), f"licences/{name}/{file.as_posix().rpartition('.dist-info/licenses/')[2]}")
        if ".dist-info/licenses/" in file.as_posix()
        else (str(library.locate_file(file)), f"licences/{name}/{file.name}")
        for name, library in libraries.items()
        for file in library.files or ()
        if ".dist-info/licenses/" in file.as_posix()
        or (".dist-info" in str(file) and re.search(r"licen[cs]e|copying|notice", file.name, re.IGNORECASE))
    ]


def licences_of_the_system(sources: Iterable[str]) -> list[tuple[str, str]]:
    """Return the licence files of Debian's libraries among ``sources``, one for each package."""
    query = shutil.which("dpkg-query")
    if query is None:
        return []
    paths = {
        one for source in sources for one in (source, str(Path(source).resolve())) if one.startswith(("/usr", "/lib"))
    }
    if not paths:
        return []
    asked = subprocess.run([query, "--search", *sorted(paths)], capture_output=True, encoding="utf-8", check=False)
    packages = {line.split(":")[0] for line in asked.stdout.splitlines()}
    texts = {package: Path("/usr/share/doc") / package / "copyright" for package in sorted(packages)}
    return [(str(text), f"licences/debian/{package}.txt") for package, text in texts.items() if text.is_file()]
