"""What the page for the IT department prints for the task scheduler works from any folder, and tells by
its exit code."""

from __future__ import annotations

import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from tests.support.data_folders import LOGIN, closed, opened

PAGE = Path(__file__).resolve().parents[2] / "docs" / "for-it.md"
_COMMAND = re.compile(
    r"^C:\\\S+dejikatsu-desk-command\.exe (backup|backups|verify|restore) (.*?)(?: >> \S+ 2>&1)?$", re.MULTILINE
)


def printed(command: str) -> list[list[str]]:
    """The words behind each ``command`` of the page."""
    return [words.split() for name, words in _COMMAND.findall(PAGE.read_text(encoding="utf-8")) if name == command]


@pytest.fixture
def put(tmp_path, login, monkeypatch):
    """Give a printed command the places of this machine, and stand elsewhere as a task does."""
    elsewhere = tmp_path / "system32"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    data, password = login[1], login[-1]
    places = {
        "\\\\server\\share\\desk-data": data,
        "\\\\backup\\desk": tmp_path / "別の場所",
        "\\\\server\\share\\desk-data-restored": tmp_path / "戻したもの",
        "C:\\desk-task\\password.txt": password,
        "tenken": LOGIN,
    }

    def put(words: list[str]) -> list[object]:
        unknown = [word for word in words if not word.startswith("--") and word not in places]
        assert unknown == []
        return [places.get(word, word) for word in words]

    return put


def test_every_place_that_the_page_prints_is_a_whole_one():
    texts = PAGE.read_text(encoding="utf-8")
    tasks = re.findall(r"^(?:schtasks|icacls) .*$", texts, re.MULTILINE)

    assert len(tasks) == 3
    for words in [*(words for name in ("backup", "backups", "verify", "restore") for words in printed(name))]:
        places = [word for before, word in pairwise(words) if before in ("--data", "--to", "--password-file")]
        assert [place for place in places if not re.match(r"[A-Z]:\\|\\\\", place)] == []
    for task in tasks[::2]:
        command = re.search(r"/TR (\S+\.cmd)$", task)
        assert command is not None
        assert re.match(r"[A-Z]:\\", command.group(1))
        assert f"`{command.group(1)}`" in texts or command.group(1).endswith("verify.cmd")


def test_the_nightly_task_puts_a_sound_backup_elsewhere_and_the_data_can_be_restored_from_it(
    call, put, tmp_path, login
):
    assert call("backup", *put(printed("backup")[0]))[0] == 0
    assert len(list((tmp_path / "別の場所").glob("0*"))) == 1
    assert [call("backups", *put(words))[0] for words in printed("backups")] == [0, 0]
    code, _out, err = call("verify", *put(printed("verify")[0]))
    assert code == 0, err
    (restore,) = [one for one in printed("restore") if "--backup-only" not in one]
    code, out, err = call("restore", *put(restore))
    assert code == 0, err
    assert str(tmp_path / "戻したもの") in out
    assert list((tmp_path / "system32").iterdir()) == []


def test_a_damaged_copy_elsewhere_is_told_by_the_exit_code(call, put, tmp_path):
    assert call("backup", *put(printed("backup")[0]))[0] == 0
    (kept,) = (tmp_path / "別の場所").glob("0*/desk.db")
    whole = kept.read_bytes()
    kept.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))

    assert call("backups", "--data", tmp_path / "別の場所")[0] == 1


def test_a_short_name_is_looked_for_where_the_task_stands_and_not_found(call, put, login):
    code, _out, err = call("backup", "--data", login[1].name, "--to", "backup")

    assert code == 1
    assert "データがありません" in err


def test_the_exit_codes_are_those_of_the_page(call, put, login):
    text = PAGE.read_text(encoding="utf-8")
    assert re.findall(r"^\| (\d)（0x\d） \|", text, re.MULTILINE) == ["0", "1", "2"]

    assert call("verify", "--data", login[1])[0] == 2
    assert call("verify", *login[:-1], login[-1].parent / "nowhere.txt")[0] == 1
    store = opened(login[1])
    code, _out, err = call("verify", *login)
    closed(store)
    assert (code, "使用中" in err) == (1, True)
    shutil.rmtree(login[1] / "published")
    assert call("backup", "--data", login[1])[0] == 1
