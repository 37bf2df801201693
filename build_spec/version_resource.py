"""The file properties shown by Windows: name and version, from pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

_JAPANESE, _UNICODE = 0x0411, 1200


def version_of(project: Path) -> str:
    """Return the version in ``pyproject.toml`` of ``project``."""
    return str(tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def copyright_of(project: Path) -> str:
    """Return the copyright line of ``LICENSE``."""
    return next(line for line in (project / "LICENSE").read_text(encoding="utf-8").splitlines() if "Copyright" in line)


def version_resource(version: str, *, name: str, description: str, copyright_words: str) -> str:
    """Return PyInstaller's source for the version resource of the start file ``name``.

    Args:
        version: 「1.2.3」, up to four numbers. name: the file, without its ending. description: what Windows calls it.
        copyright_words: 「Copyright (c) 2026 …」; its holder is shown as the company.
    """
    numbers = tuple([*map(int, re.findall(r"\d+", version)), 0, 0, 0, 0][:4])
    strings = {
        "CompanyName": copyright_words.partition(") ")[2].partition(" ")[2],
        "FileDescription": description,
        "FileVersion": version,
        "InternalName": name,
        "LegalCopyright": copyright_words,
        "OriginalFilename": f"{name}.exe",
        "ProductName": "デジ活デスク",
        "ProductVersion": version,
    }
    structs = ", ".join(f"StringStruct({key!r}, {value!r})" for key, value in strings.items())
    return (
        "VSVersionInfo(\n"
        f"  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004,\n"
        "    fileType=0x1, subtype=0x0, date=(0, 0)),\n"
        f"  kids=[StringFileInfo([StringTable('{_JAPANESE:04X}{_UNICODE:04X}', [{structs}])]),\n"
        f"    VarFileInfo([VarStruct('Translation', [{_JAPANESE}, {_UNICODE}])])])\n"
    )
