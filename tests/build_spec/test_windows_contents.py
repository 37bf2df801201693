"""What may lie in the Windows folder, and what it may ask Windows for: on recorded names, without Wine."""

import re
from pathlib import Path

import pytest

from build_spec.edition import FILE
from build_spec.windows_folder import (
    WINDOWS_HAS,
    Binary,
    faults_of,
    misplaced,
    missing_functions,
    out_of_reach,
    required_of_windows,
    unknown_binaries,
    windows_has,
)

LICENCE = "licences/python/LICENSE.txt"
JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
PYTHON = Binary(
    "_internal/python311.dll",
    {"kernel32.dll": frozenset({"Sleep"}), "vcruntime140.dll": frozenset({"memcpy"}), "version.dll": frozenset()},
    frozenset({"Py_Main"}),
)
RUNTIME = Binary("_internal/vcruntime140.dll", {"kernel32.dll": frozenset()}, frozenset({"memcpy", "memset"}))
QT = Binary(
    "_internal/PySide6/Qt6Core.dll", {"vcruntime140.dll": frozenset({"memset"}), "icuuc.dll": frozenset()}, frozenset()
)
KNOWN = {"kernel32.dll": "", "version.dll": "", "icuuc.dll": ""}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A finished folder, and in ``home`` what it was made of."""
    for name in ("python311.dll", "vcruntime140.dll", "vcruntime140_1.dll"):
        for place in (tmp_path / "home", tmp_path / "desk" / "_internal"):
            place.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(b"MZ" + name.encode())
    (tmp_path / "desk" / "dejikatsu-desk.exe").write_bytes(b"MZ made anew")
    (tmp_path / "desk" / "_internal" / FILE).write_text("0.1.0", encoding="utf-8")
    (tmp_path / "desk" / "_internal" / "licences" / "python").mkdir(parents=True)
    (tmp_path / "desk" / "_internal" / LICENCE).write_text("A. HISTORY", encoding="utf-8")
    return tmp_path / "desk"


def faults(folder: Path, *more: Binary) -> list[str]:
    return faults_of(folder, [folder.parent / "home"], [PYTHON, RUNTIME, QT, *more], KNOWN)


def test_a_folder_of_known_files_that_asks_for_known_things_is_sound(folder: Path):
    assert faults(folder) == []
    assert required_of_windows([PYTHON, RUNTIME, QT]) == {
        "icuuc.dll": [QT.place],
        "kernel32.dll": [PYTHON.place, RUNTIME.place],
        "version.dll": [PYTHON.place],
    }


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("icuuc.dll", b"MZ a stand-in"),
        ("bcryptprimitives.dll", b"MZ a stand-in"),
        ("python.exe", b"MZ"),
        ("api-ms-win-crt-heap-l1-1-0.dll", b"MZ"),
        ("ucrtbase.dll", b"MZ"),
        ("msvcp140.dll", b"MZ" + bytes(62) + b"Wine builtin DLL"),
        ("comdlg32.dll", b"MZ" + bytes(62) + b"Wine placeholder DLL"),
        ("pack.log", b"12.3 seconds"),
        ("module.pyc", b""),
    ],
)
def test_nothing_of_wines_no_stand_in_and_nothing_measured_travels(folder: Path, name: str, content: bytes):
    (folder / "_internal" / name).write_bytes(content)
    (folder.parent / "home" / name).write_bytes(content)  # not even where the Windows Python itself has it

    assert misplaced(folder) == [f"_internal/{name}"]
    assert f"入っていてはいけないもの: _internal/{name}" in faults(folder)


def test_a_binary_that_is_nobodys_is_named(folder: Path):
    (folder / "_internal" / "extra.dll").write_bytes(b"MZ from elsewhere")
    (folder / "_internal" / "python311.dll").write_bytes(b"MZ altered")

    assert unknown_binaries(folder, [folder.parent / "home"]) == ["_internal/extra.dll", "_internal/python311.dll"]


def test_the_runtime_lies_beside_python_and_the_edition_is_there(folder: Path):
    (folder / "_internal" / "vcruntime140_1.dll").unlink()
    (folder / "_internal" / FILE).unlink()
    (folder / "_internal" / LICENCE).unlink()

    assert faults(folder) == [f"入っていない部品: {name}" for name in ("vcruntime140_1.dll", FILE, LICENCE)]


def test_a_name_that_nobody_looked_at_is_named_with_who_wants_it(folder: Path):
    new = Binary("_internal/new.pyd", {"msvcp140.dll": frozenset()}, frozenset())

    assert faults(folder, new) == ["Windows にあると確かめていない部品: msvcp140.dll（_internal/new.pyd）"]


def test_a_runtime_older_than_what_was_built_with_it_is_noticed():
    """Whichever file of a name is loaded first serves everybody; a newer one beside Qt helps nobody."""
    newer = Binary("_internal/PySide6/vcruntime140.dll", {}, frozenset({"memcpy", "memset", "__new"}))
    wants = Binary("_internal/PySide6/Qt6Gui.dll", {"vcruntime140.dll": frozenset({"__new", "memset"})}, frozenset())

    assert missing_functions([newer, wants, RUNTIME, PYTHON]) == [
        "_internal/PySide6/Qt6Gui.dll: vcruntime140.dll の __new"
    ]
    assert missing_functions([RUNTIME, PYTHON, QT]) == []


def test_a_library_that_lies_in_a_strangers_folder_does_not_count_as_there():
    """As it was: the runtime beside Qt alone, and pikepdf and rapidfuzz found it only when Qt had been
    loaded before."""
    wants = frozenset({"vcruntime140_1.dll", "qpdf30.dll"})
    pikepdf = Binary("_internal/pikepdf/_core.pyd", dict.fromkeys(wants, frozenset[str]()), frozenset())
    qpdf = Binary("_internal/pikepdf.libs/qpdf30.dll", {}, frozenset())
    plugin = Binary("_internal/PySide6/plugins/platforms/qwindows.dll", {"qt6core.dll": frozenset()}, frozenset())
    beside_qt = Binary("_internal/PySide6/VCRUNTIME140_1.dll", {}, frozenset())
    beside_python = Binary("_internal/VCRUNTIME140_1.dll", {}, frozenset())

    assert out_of_reach([pikepdf, qpdf, plugin, QT, RUNTIME, beside_qt]) == [
        "_internal/pikepdf/_core.pyd: vcruntime140_1.dll（_internal/PySide6 にしかない）"
    ]
    assert out_of_reach([pikepdf, qpdf, plugin, QT, RUNTIME, beside_qt, beside_python]) == []


def test_the_kept_list_says_of_every_name_why_windows_has_it():
    known = windows_has(WINDOWS_HAS.read_text(encoding="utf-8"))

    assert {"kernel32.dll", "icuuc.dll", "api-ms-win-crt-runtime-l1-1-0.dll", "winspool.drv"} <= known.keys()
    assert [name for name, why in known.items() if not (JAPANESE.search(why) and "Windows" in why)] == []
    # What comes with the folder must not be looked for outside of it.
    assert [name for name in known if name.startswith(("vcruntime", "msvcp", "python", "qt6", "ucrtbase"))] == []
