"""What makes the Windows folder cannot run here; what can be held of it is: the files it names, its words, its shape."""

from __future__ import annotations

import re
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from build_spec import parcel

SCRIPT = "build_spec/windows.ps1"
PAPER = "build_spec/windows.md"
JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
NEWER = re.compile(r"&&|\|\||\?\?|\?\.|-Parallel|\bclean\s*\{")
"""What PowerShell 5.1, which every office PC has, does not know."""
FILES = re.compile(r"(?<![\w\\])(?:build_spec\\[\w.]+|requirements\.lock)")


@pytest.fixture
def script(project_folder: Path) -> str:
    return (project_folder / SCRIPT).read_text(encoding="utf-8-sig")


def code_of(script: str) -> str:
    """The script without comments and without what stands in quotes."""
    bare = re.sub(r"'[^'\n]*'|\"(?:[^\"`\n]|`.)*\"", "''", script)
    return re.sub(r"#.*", "", bare)


def test_powershell_5_reads_its_japanese(project_folder: Path):
    raw = (project_folder / SCRIPT).read_bytes()

    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == raw.count(b"\n")


def test_everything_it_names_is_there(script, project_folder):
    named = {name.replace("\\", "/") for name in FILES.findall(script)}

    assert {"requirements.lock", "build_spec/desk.spec", "build_spec/smoke.py", "build_spec/parcel.py"} <= named
    assert [name for name in named if not (project_folder / name).is_file()] == []
    assert f'name="{Path("dist/dejikatsu-desk").name}"' in (project_folder / "build_spec/desk.spec").read_text("utf-8")


def test_nothing_is_installed_but_what_the_lock_names_by_its_hash(script):
    installing = re.findall(r"'pip', 'install'[^)]*\)", script)

    assert len(installing) == 1
    assert "'--require-hashes', '-r', $lock" in installing[0]
    assert "'--only-binary', ':all:'" in installing[0]
    assert "$lock = 'requirements.lock'" in script


def test_the_steps_come_in_their_order(script):
    order = ["'venv'", "'pip'", "'PyInstaller'", r"'build_spec\smoke.py', $bundle", r"'build_spec\parcel.py', $bundle"]
    places = [script.index(step) for step in order]

    assert places == sorted(places)


def test_whatever_fails_stops_it_with_a_japanese_sentence(script):
    said = re.findall(r"Stop-Here ['\"]([^'\"]*)", script)
    steps = re.findall(r"Invoke-Step '([^']+)' '([^']+)'\s*`?\s*'([^']+)'", script)

    assert len(said) >= 8
    assert [one for one in said if not JAPANESE.search(one) and one != "$Failed`n記録: $project\\$Log"] == []
    assert len(steps) == 5 == script.count("Invoke-Step '")
    assert all(JAPANESE.search(title) and JAPANESE.search(failed) for title, _log, failed in steps)
    assert len({log for _title, log, _failed in steps}) == 5
    # One way out for failures, one for the end: nobody goes on after a step that failed.
    assert re.findall(r"\bexit (\d)", code_of(script)) == ["1", "0"]
    assert "$ErrorActionPreference = 'Stop'" in script


def test_it_is_written_for_powershell_5(script):
    bare = code_of(script)

    assert NEWER.findall(bare) == []
    assert [
        (bare.count(left), left) for left, right in ("()", "{}", "[]") if bare.count(left) != bare.count(right)
    ] == []
    # A Japanese letter belongs to the name of a variable before it, unless there are braces.
    assert re.findall(r"\$\w*[A-Za-z0-9_](?=[^\x00-\x7f\W])", script) == []
    assert re.findall(r"`[ \t]+\r?\n", script) == []
    assert set("“”‘’–—") & set(script) == set()


def test_twenty_one_things_are_tried_by_a_person_on_two_pcs(project_folder):
    paper = (project_folder / PAPER).read_text(encoding="utf-8")
    lines = re.findall(r"^- \[ \] \*\*(\d+)　([^*]+)\*\*(.+)$", paper, re.MULTILINE)

    assert [int(number) for number, _name, _rest in lines] == list(range(1, 22))
    assert all("→" in rest for _number, _name, rest in lines)
    assert "まだ Windows で1度も動かしていません" in paper
    for word in (
        "ふたを5分",
        "ケーブルを2分",
        "再起動",
        r"\\サーバー",
        "Z:",
        "両面",
        "IME",
        "125％",
        "ウイルス対策",
        "3分",
        "OneDrive",
    ):
        assert word in paper


def test_the_paper_names_files_that_are_there_and_words_of_the_window(project_folder):
    paper = (project_folder / PAPER).read_text(encoding="utf-8")
    script = (project_folder / SCRIPT).read_text(encoding="utf-8-sig")
    named = {name.replace("\\", "/") for name in FILES.findall(paper)}
    logs = set(re.findall(r"build\\windows-\d-\w+\.log", script))

    assert [name for name in named if not (project_folder / name).is_file()] == []
    assert logs == set(re.findall(r"build\\windows-\d-\w+\.log", paper))
    assert "powershell -ExecutionPolicy Bypass -File build_spec\\windows.ps1" in paper
    window = "".join(path.read_text(encoding="utf-8") for path in (project_folder / "app").rglob("screens/*.py"))
    for word in ("バックアップ", "データを点検する"):
        assert f"「{word}」" in paper
        assert f'"{word}"' in window


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "dejikatsu-desk"
    (made / "_internal").mkdir(parents=True)
    (made / "dejikatsu-desk.exe").write_bytes(b"MZ" + bytes(1000))
    (made / "_internal" / "部品.txt").write_text("みほん", encoding="utf-8")
    return made


def test_the_parcel_holds_the_folder_and_its_sum_is_said(folder, tmp_path, capsys):
    place = tmp_path / "parcel.zip"

    assert parcel.main(folder, place) == 0

    said = capsys.readouterr().out
    assert sha256(place.read_bytes()).hexdigest() in said
    assert "2個のファイル" in said
    with zipfile.ZipFile(place) as archive:
        assert archive.namelist() == ["dejikatsu-desk/_internal/部品.txt", "dejikatsu-desk/dejikatsu-desk.exe"]
        assert archive.read("dejikatsu-desk/_internal/部品.txt").decode() == "みほん"


def test_the_same_folder_gives_the_same_sum(folder, tmp_path):
    for name in ("a.zip", "b.zip"):
        parcel.main(folder, tmp_path / name)
        (folder / "dejikatsu-desk.exe").touch()

    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


@pytest.mark.parametrize("used", parcel.USED)
def test_a_folder_in_which_somebody_has_worked_never_travels(folder, tmp_path, used):
    (folder / used).mkdir()

    with pytest.raises(SystemExit, match="もう使われています"):
        parcel.main(folder, tmp_path / "parcel.zip")
    with pytest.raises(SystemExit, match="フォルダーがないか、空です"):
        parcel.main(tmp_path / "none", tmp_path / "parcel.zip")
    assert not (tmp_path / "parcel.zip").exists()
