"""The Windows Python is made of known files only: what is taken, what is refused, what is noticed."""

import hashlib
import re
import struct
import zipfile
from pathlib import Path

import pytest

from build_spec import windows_python
from build_spec.windows_python import (
    LOCK,
    OF_THE_WHEEL,
    OWN_LOCK,
    UnusableSource,
    build_hash,
    compare_with_upstream,
    file_version,
    for_windows,
    from_archive,
    newest_runtime,
    own_library,
    with_licence,
)
from build_spec.wine import PARTS

UPSTREAM = PARTS / "upstream_lib.sha256"


def test_the_lock_is_read_as_windows_reads_it():
    lines = for_windows(LOCK.read_text(encoding="utf-8")).splitlines()
    names = {line.split("==")[0] for line in lines if "==" in line}

    assert {"colorama", "pefile", "pywin32-ctypes", "cffi", "pyside6-essentials", "pyinstaller"} <= names
    assert "macholib" not in names
    assert [line for line in lines if ";" in line or "://" in line] == []
    for block in re.split(r"\n(?=\S)", "\n".join(lines)):
        assert "==" in block
        assert "--hash=sha256:" in block, "each by its hash"


def test_what_is_taken_beside_it_is_locked_by_hash_without_an_address():
    lock = OWN_LOCK.read_text(encoding="utf-8")

    assert len(re.findall(r"^panda3d==[\d.]+ \\\n    --hash=sha256:[0-9a-f]{64}$", lock, re.MULTILINE)) == 1
    assert lock.count("==") == 1
    assert "://" not in lock


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("deploy_libs/python311.dll", True),
        ("deploy_libs/_ctypes.pyd", True),
        ("deploy_libs/libcrypto-3.dll", True),
        ("deploy_libs/_tkinter.pyd", False),
        ("deploy_libs/tk86t.dll", False),
        ("deploy_libs/VCRUNTIME140.dll", False),  # 14.0: the newer one of Qt is taken
        ("deploy_libs/api-ms-win-crt-heap-l1-1-0.dll", False),
        ("panda3d/core.cp311-win_amd64.pyd", False),
    ],
)
def test_of_the_wheel_only_pythons_own_files_are_taken(name: str, taken: bool):
    assert bool(OF_THE_WHEEL.fullmatch(name)) is taken


def _library(place: Path, texts: dict[str, str]) -> str:
    for name, text in texts.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    sums = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()}
    return "# said of it\n" + "".join(f"{total}  {name}\n" for name, total in sums.items())


def test_a_file_of_the_standard_library_that_somebody_altered_is_named(tmp_path: Path):
    upstream = _library(tmp_path, {"os.py": "a", "json/decoder.py": "b", "re.py": "c"})
    assert compare_with_upstream(tmp_path, upstream).files == ()

    (tmp_path / "json" / "decoder.py").write_text("b, as Debian has it", encoding="utf-8")
    found = compare_with_upstream(tmp_path, upstream)

    assert found.files == ("json/decoder.py",)
    assert "もとの配布と違うファイル1個（json/decoder.py）" in found.words


def test_a_standard_library_of_another_version_is_not_taken_for_one_that_was_altered(tmp_path: Path):
    upstream = _library(tmp_path, {"os.py": "a", "re.py": "b", "abc.py": "c"})
    for name in ("os.py", "re.py", "abc.py"):
        (tmp_path / name).write_text("of another version", encoding="utf-8")

    assert not compare_with_upstream(tmp_path, upstream).known
    assert "比べられない" in compare_with_upstream(tmp_path, upstream).words


def test_the_sums_of_upstream_are_those_of_files_that_this_python_has_too():
    names = [line.split("  ")[1] for line in UPSTREAM.read_text(encoding="utf-8").splitlines() if line[0] != "#"]

    assert len(names) == len(set(names)) > 400
    assert {"os.py", "zipfile.py", "encodings/cp932.py"} <= set(names)
    assert sum((own_library() / name).is_file() for name in names) > 400
    assert "標準ライブラリ" in compare_with_upstream(own_library(), UPSTREAM.read_text(encoding="utf-8")).words


def _archive(place: Path, *, without: str = "") -> tuple[Path, str]:
    """An archive of python.org's layout."""
    library = place / "python311.zip"
    with zipfile.ZipFile(library, "w") as files:
        files.writestr("os.pyc", b"compiled")
    archive = place / "python-3.11.9-embed-amd64.zip"
    parts = dict.fromkeys(("python.exe", "python3.dll", "python311.dll", "vcruntime140.dll", "_ssl.pyd"), b"MZ")
    with zipfile.ZipFile(archive, "w") as files:
        for name, content in {**parts, "python311._pth": b".", "python311.zip": library.read_bytes()}.items():
            if name != without:
                files.writestr(name, content)
    return archive, hashlib.sha256(archive.read_bytes()).hexdigest()


def test_the_embeddable_archive_is_laid_out_so_that_libraries_are_found(tmp_path: Path):
    archive, total = _archive(tmp_path)
    target = tmp_path / "python"
    target.mkdir()

    said = from_archive(archive, total.upper(), target)

    assert (target / "Lib" / "os.pyc").read_bytes() == b"compiled"
    assert not list(target.glob("*._pth"))
    assert [word for word in (archive.name, total) if word not in said] == []
    assert "試し用" not in said


def test_pythons_licence_travels_with_it_the_archives_own_before_another(tmp_path: Path):
    target, library = tmp_path / "python", tmp_path / "lib"
    target.mkdir()
    library.mkdir()
    with pytest.raises(UnusableSource, match="使用許諾"):
        with_licence(target, library)

    (library / "LICENSE.txt").write_text("of this system", encoding="utf-8")
    with_licence(target, library)
    assert (target / "LICENSE.txt").read_text(encoding="utf-8") == "of this system"

    (target / "LICENSE.txt").write_text("of the archive", encoding="utf-8")
    with_licence(target, library)
    assert (target / "LICENSE.txt").read_text(encoding="utf-8") == "of the archive"


def test_another_file_than_the_one_that_was_meant_is_refused(tmp_path: Path):
    archive, total = _archive(tmp_path, without="python3.dll")

    with pytest.raises(UnusableSource, match="違うファイル"):
        from_archive(archive, "0" * 64, tmp_path / "python")
    with pytest.raises(UnusableSource, match="embeddable package"):
        from_archive(archive, total, tmp_path / "python")
    assert not (tmp_path / "python").exists()


def _versioned(path: Path, *numbers: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fixed = struct.pack("<IIHHHH", 0xFEEF04BD, 0x10000, numbers[1], numbers[0], numbers[3], numbers[2])
    path.write_bytes(b"MZ" + bytes(100) + fixed)


def test_microsofts_runtime_is_the_newest_and_both_files_are_of_one_release(tmp_path: Path):
    qt = tmp_path / "Lib" / "site-packages" / "PySide6"
    _versioned(tmp_path / "VCRUNTIME140.dll", 14, 0, 24247, 2)
    _versioned(qt / "vcruntime140.dll", 14, 44, 35211, 0)
    _versioned(qt / "VCRUNTIME140_1.dll", 14, 44, 35211, 0)

    newest_runtime(tmp_path)

    assert {path.name: file_version(path) for path in tmp_path.glob("*.dll")} == {
        "vcruntime140.dll": (14, 44, 35211, 0),
        "vcruntime140_1.dll": (14, 44, 35211, 0),
    }


def test_the_archives_own_runtime_stays_where_it_is_the_newer_one(tmp_path: Path):
    qt = tmp_path / "Lib" / "site-packages" / "shiboken6"
    for name in windows_python.RUNTIME:
        _versioned(tmp_path / name, 14, 51, 1, 0)
        _versioned(qt / name, 14, 44, 1, 0)

    newest_runtime(tmp_path)

    assert {file_version(tmp_path / name) for name in windows_python.RUNTIME} == {(14, 51, 1, 0)}
    (tmp_path / "vcruntime140_1.dll").unlink()
    (qt / "vcruntime140_1.dll").unlink()
    with pytest.raises(UnusableSource, match="vcruntime140_1"):
        newest_runtime(tmp_path)


def test_another_python_is_made_when_what_it_is_made_of_changes():
    assert build_hash({"archive": ""}) == build_hash({"archive": ""}) != build_hash({"archive": "python.zip"})
