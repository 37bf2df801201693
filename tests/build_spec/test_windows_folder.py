"""What makes the Windows folder: what it refuses before it begins, its paper, the one file at its end. No Wine here."""

import re
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from build_spec import parcel, windows
from build_spec.commit import Commit, commit_of, given_commit, has_tag, reproducible_environment
from build_spec.edition import words
from build_spec.version_resource import version_of
from tests.support.child_python import run_python

PAPER = "build_spec/windows.md"
FILES = re.compile(r"(?<![\w\\/])(?:build_spec[\\/][\w.]+|requirements\.lock)")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place to build in that is nobody's; to get as far as building is a failure of the test."""
    monkeypatch.setattr(windows, "BUILD", tmp_path / "build")
    monkeypatch.setattr(windows, "BUNDLE", tmp_path / "dist" / "dejikatsu-desk")
    monkeypatch.setattr(windows, "ByWine", _never)
    monkeypatch.setattr(windows, "OnWindows", _never)
    return tmp_path


def _never(*_given: object) -> None:
    raise AssertionError("it goes on")


def test_a_folder_in_which_somebody_has_worked_is_not_built_over(desk: Path, capsys: pytest.CaptureFixture[str]):
    (windows.BUNDLE / "data").mkdir(parents=True)

    assert windows.main([]) == 1

    said = capsys.readouterr().err
    assert "前に作ったフォルダーが使われています" in said
    assert "配るファイルは、まだできていません" in said
    assert (windows.BUNDLE / "data").is_dir()


def test_it_begins_with_a_bare_python_that_has_none_of_the_libraries(project_folder: Path):
    """On Windows it is what makes the environment with them."""
    script = project_folder / "build_spec" / "windows.py"
    begun = run_python("-I", "-S", str(script), "--help", check=False)

    assert begun.returncode == 0, begun.stderr
    assert "--release" in begun.stdout
    assert begun.stdout.startswith("使い方： ")
    assert re.findall(r"usage|options|arguments|show this", begun.stdout) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows builds with the Python that runs it")
@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--release"], "python.org の配布ファイルから作ります"),
        (["--python", "there-is-none.zip"], "いっしょに指定してください"),
        (["--sha256", "00"], "いっしょに指定してください"),
        (["--python", "there-is-none.zip", "--sha256", "00"], "ファイルがありません"),
    ],
)
def test_what_cannot_be_built_from_is_said_before_anything_is_made(desk: Path, capsys, given: list[str], said: str):
    assert windows.main(given) == 1
    assert said in capsys.readouterr().err


def test_a_release_is_made_of_a_commit_and_nothing_else(desk: Path, monkeypatch: pytest.MonkeyPatch):
    for commit in (Commit("a" * 40, 0, changed=True), Commit("", 0, changed=False)):
        monkeypatch.setattr(windows, "commit_of", lambda _project, it=commit: it)
        with pytest.raises(windows.UnusableSource, match="コミットしたまま"):
            windows._build(None, release=True)  # type: ignore[arg-type] # it comes to no Python


def test_a_release_is_made_of_the_commit_that_has_its_tag(desk: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    def git(*said: str) -> None:
        who = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
        subprocess.run(["git", "-C", str(project), *who, *said], check=True, capture_output=True)

    project = tmp_path / "project"
    project.mkdir()
    (project / "pyproject.toml").write_text('[project]\nversion = "0.2.0"\n', encoding="utf-8")
    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "release: 0.2.0")
    monkeypatch.setattr(windows, "PROJECT", project)

    with pytest.raises(windows.UnusableSource, match=r"タグ v0\.2\.0"):
        windows._build(None, release=True)  # type: ignore[arg-type] # it comes to no Python
    git("tag", "v0.2.0")
    assert has_tag(project, "v0.2.0")


def test_the_changes_begin_with_the_version_of_the_program(project_folder: Path):
    changes = (project_folder / "CHANGELOG.md").read_text(encoding="utf-8")

    assert re.findall(r"^## (\d[\d.]*)", changes, re.MULTILINE)[0] == version_of(project_folder)


class _Ended(subprocess.Popen[bytes]):
    """A command that is over before anything is written to it, as on a busy machine."""

    def __init__(self, *given: Any, **named: Any):
        super().__init__(*given, **named)
        self.wait()


def test_a_step_that_fails_stops_with_its_last_lines_and_its_log(desk: Path, monkeypatch: pytest.MonkeyPatch):
    windows.step("みほん", "good", [sys.executable, "-c", "print(input() or 'ok')"], {})
    monkeypatch.setattr(subprocess, "Popen", _Ended)
    with pytest.raises(windows.UnusableSource, match=r"(?s)みほん: できませんでした。.*the reason.*bad\.log"):
        windows.step("みほん", "bad", [sys.executable, "-c", "print('the reason'); raise SystemExit(3)"], {})

    assert (windows.BUILD / "logs" / "good.log").read_text(encoding="utf-8").strip() == "ok"


def test_the_edition_says_commit_system_and_python():
    said = words("0.1.0", Commit("a" * 40, 1_700_000_000, changed=True), "Python　3.11.9\n試し用\n").splitlines()

    assert said[0] == "デジ活デスク 0.1.0"
    assert f"{'a' * 40}（2023-11-14）に、変更を加えたもの" in said[1]
    assert said[3:] == ["Python　3.11.9", "試し用"]
    assert "git のない写し" in words("0.1.0", Commit("", 0, changed=False), "")


def test_a_commit_goes_with_the_build_where_there_is_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    built = Commit("b" * 40, 1_700_000_000, changed=True)
    for name, value in reproducible_environment(built).items():
        monkeypatch.setenv(name, value)

    assert given_commit() == built
    assert reproducible_environment(built)["PYTHONHASHSEED"] == "0"
    assert (commit_of(tmp_path).name, commit_of(tmp_path)) == ("", commit_of(tmp_path))


def test_twenty_one_things_are_tried_by_a_person_on_two_pcs(project_folder: Path):
    paper = (project_folder / PAPER).read_text(encoding="utf-8")
    lines = re.findall(r"^- \[ \] \*\*(\d+)　([^*]+)\*\*(.+)$", paper, re.MULTILINE)

    assert [int(number) for number, _name, _rest in lines] == list(range(1, 22))
    assert all("→" in rest for _number, _name, rest in lines)
    assert "本物の Windows では、作る手順も下の21項目も、まだ1度も動かしていません" in paper
    assert "本物の配布ファイルでは、まだ1度も作っていません" in paper
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


def test_the_paper_names_files_and_logs_that_are_there_and_words_of_the_window(project_folder: Path):
    paper = (project_folder / PAPER).read_text(encoding="utf-8")
    script = (project_folder / "build_spec" / "windows.py").read_text(encoding="utf-8")
    named = {name.replace("\\", "/") for name in FILES.findall(paper)}
    logs = set(re.findall(r'(?:step\("[^"]+", |log_of\()"(\w+)"', script))

    assert {"build_spec/windows.py", "build_spec/smoke.py", "requirements.lock"} <= named
    assert [name for name in named if not (project_folder / name).exists()] == []
    assert logs == set(re.findall(r"`(\w+)\.log`", paper)) == {"venv", "wheel", "pip", "pack", "folder", "check"}
    assert [word for word in ("py -3.11 build_spec\\windows.py", "make windows ARCHIVE=") if word not in paper] == []
    assert "\nwindows:\n" in (project_folder / "Makefile").read_text(encoding="utf-8")
    window = "".join(path.read_text(encoding="utf-8") for path in (project_folder / "app").rglob("screens/*.py"))
    for word in ("バックアップ・表示", "データを点検する"):
        assert f"「{word}」" in paper
        assert f'"{word}"' in window


COMMITTED = int(datetime(2026, 11, 23, 10, 30, tzinfo=UTC).timestamp())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "dejikatsu-desk"
    (made / "_internal").mkdir(parents=True)
    (made / "dejikatsu-desk.exe").write_bytes(b"MZ" + bytes(1000))
    (made / "_internal" / "部品.txt").write_text("みほん", encoding="utf-8")
    return made


def test_the_parcel_holds_the_folder_and_its_sum_is_said(folder, tmp_path, capsys):
    place = tmp_path / "parcel.zip"

    assert parcel.main(folder, place, COMMITTED) == 0

    said = capsys.readouterr().out
    assert [word for word in (sha256(place.read_bytes()).hexdigest(), "2個のファイル") if word not in said] == []
    with zipfile.ZipFile(place) as archive:
        assert archive.namelist() == ["dejikatsu-desk/_internal/部品.txt", "dejikatsu-desk/dejikatsu-desk.exe"]
        assert archive.read("dejikatsu-desk/_internal/部品.txt").decode() == "みほん"


def test_the_same_folder_gives_the_same_sum(folder, tmp_path):
    for name in ("a.zip", "b.zip"):
        parcel.main(folder, tmp_path / name, COMMITTED)
        (folder / "dejikatsu-desk.exe").touch()
        (folder / "dejikatsu-desk.exe").chmod(0o700)  # somebody else unpacked or built it

    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_every_file_carries_the_day_of_its_commit_and_the_parcel_its_version(folder, tmp_path, project_folder):
    """Else what copies by date and size leaves files of the old version that are as long as the new ones."""
    days = []
    for seconds in (COMMITTED, COMMITTED + 86_400):
        parcel.main(folder, tmp_path / "parcel.zip", seconds)
        with zipfile.ZipFile(tmp_path / "parcel.zip") as archive:
            days.append({one.date_time[:3] for one in archive.infolist()})

    assert days == [{(2026, 11, 23)}, {(2026, 11, 24)}]
    assert parcel.parcel_of(project_folder).name == "dejikatsu-desk-windows-0.1.0.zip"


@pytest.mark.parametrize("used", parcel.USED)
def test_a_folder_in_which_somebody_has_worked_never_travels(folder, tmp_path, used):
    (folder / used).mkdir()

    with pytest.raises(SystemExit, match="もう使われています"):
        parcel.main(folder, tmp_path / "parcel.zip", COMMITTED)
    with pytest.raises(SystemExit, match="フォルダーがないか、空です"):
        parcel.main(tmp_path / "none", tmp_path / "parcel.zip", COMMITTED)
    assert not (tmp_path / "parcel.zip").exists()
