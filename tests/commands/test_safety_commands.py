"""``backup``, ``backups``, ``restore``, ``verify`` and ``events`` while others work, and after something went wrong."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from db.store import DATABASE_NAME
from tests.support.altered_files import flip
from tests.support.data_folders import LOGIN, closed, living, opened, rename_event

PROJECT = Path(__file__).resolve().parents[2]
_COLLEAGUE = """
import sys
from pathlib import Path
from tests.support.data_folders import closed, opened, rename_event
store = opened(Path(sys.argv[1]))
rename_event(store, "まだ写しにない題名")
print("open", flush=True)
sys.stdin.read()
closed(store)
"""


@pytest.fixture
def colleague(login):
    """Another process that has the folder open and has changed something."""
    process = subprocess.Popen(
        [sys.executable, "-c", _COLLEAGUE, str(login[1])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=PROJECT,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    yield process
    process.communicate("", timeout=30)
    assert process.returncode == 0


@pytest.fixture
def year(year_folder, login, tmp_path):
    """The options that open a fresh copy of a started year."""
    shutil.copytree(year_folder, tmp_path / "year")
    return ("--data", tmp_path / "year", *login[2:])


def test_a_backup_beside_a_working_colleague_takes_the_published_copy_and_says_of_when_it_is(call, login, colleague):
    for words in (login, login[:2]):
        code, out, err = call("backup", *words, "--json")

        assert code == 0, err
        made = json.loads(out)
        assert made["verified"] is True
        assert (Path(made["path"]) / "manifest.json").is_file()
        assert "9月1日 09:00 に作られた閲覧用の写しから" in err


def test_who_works_in_the_folder_is_named_to_those_who_want_to_check_it(call, login, colleague):
    code, out, err = call("verify", *login)

    assert (code, out) == (3, "")
    assert "見本 花子さん（PC「MADO-01」、9月1日 09:00から）がこのデータを使用中です" in err


def test_the_events_are_listed_without_a_trace_in_the_folder(call, year, bytes_of):
    before = bytes_of(year[1])

    assert call("events", *year, "--json")[:2] == (0, "[]\n")
    assert bytes_of(year[1]) == before


def test_the_events_beside_a_working_colleague_come_from_the_copy(call, year):
    store = opened(year[1])
    try:
        code, out, err = call("events", *year, "--json")
    finally:
        closed(store)

    assert (code, out) == (0, "[]\n")
    assert "時点の写しを、閲覧専用で開いています" in err


def test_a_backup_may_go_to_another_folder_and_comes_back_from_there(call, login, tmp_path):
    code, out, err = call("backup", *login, "--to", tmp_path / "disk", "--json")
    assert code == 0, err
    made = json.loads(out)
    assert Path(made["path"]).parent == tmp_path / "disk"

    code, out, err = call("restore", made["path"], "--to", tmp_path / "back", *login[2:], "--json")

    assert code == 0, err
    assert json.loads(out) == {"data": str(tmp_path / "back"), "rows": made["rows"], "verified": True}
    assert call("verify", "--data", tmp_path / "back", *login[2:], "--json")[0] == 0


def test_nothing_is_restored_over_a_living_folder_or_a_file(call, login, password, bytes_of):
    before = bytes_of(login[1])
    said = "すでにファイルがあります", "「password.txt」はフォルダーではありません"
    for place, words in zip((login[1], password), said, strict=True):
        code, out, err = call("restore", login[1], "--to", place, *login[2:], "--json")
        assert (code, out) == (1, "")
        assert words in err
    assert bytes_of(login[1]) == before


@pytest.mark.parametrize("source", ["nowhere", "."])
def test_a_place_without_a_backup_restores_nothing(call, login, tmp_path, source):
    empty = tmp_path / "empty"
    empty.mkdir()

    code, out, err = call("restore", empty / source, "--to", tmp_path / "back", *login[2:])

    assert (code, out) == (1, "")
    assert "バックアップが見つかりません" in err
    assert not (tmp_path / "back").exists()


def test_a_wrong_password_restores_and_shows_nothing(call, login, password, tmp_path):
    password.write_text("まちがったながい言葉です", encoding="utf-8")
    for words in (
        ("restore", login[1], "--to", tmp_path / "back", *login[2:]),
        ("events", *login),
        ("documents", *login, "--event", 1, "--out", tmp_path / "out"),
    ):
        code, out, err = call(*words)
        assert (code, out) == (1, "")
        assert "IDまたはパスワードが違います" in err
    assert not (tmp_path / "back").exists()
    assert not (tmp_path / "out").exists()


def test_a_page_that_was_altered_is_found_in_japanese_and_opens_nothing(call, year):
    flip(living(year[1]), 2 / 3)

    code, out, err = call("verify", *year, "--json")

    found = json.loads(out)
    assert (code, set(found), found["ok"]) == (1, {"ok", "findings"}, False)
    assert "ページ検査: データファイルの " in found["findings"][0]
    assert "異常が見つかりました" in err
    for words in (("events", *year), ("backup", *year)):
        code, out, err = call(*words)
        assert (code, out) == (1, "")
        assert "壊れています" in err


def test_an_older_data_file_put_in_its_place_is_found_and_not_listed(call, login):
    path = living(login[1])
    older = path.read_bytes()
    store = opened(login[1])
    rename_event(store, "あとの題名")
    closed(store)
    path.write_bytes(older)

    code, out, _ = call("verify", *login, "--json")
    assert (code, json.loads(out)["ok"]) == (1, False)
    code, out, err = call("events", *login)
    assert (code, out) == (1, "")
    assert "データファイルが古いものに替わっている" in err


def test_a_damaged_backup_is_named_by_the_list_and_by_the_check(call, login):
    newest = sorted((login[1] / "backups").glob("0*"))[-1]
    (newest / DATABASE_NAME).write_bytes(b"short")

    code, out, err = call("backups", "--data", login[1], "--json")
    assert code == 1
    assert json.loads(out)[0]["verified"] is False
    assert "作ったときと違うバックアップがあります" in err
    code, out, _ = call("verify", *login, "--json")
    assert code == 1
    assert "作ったときと違います" in json.loads(out)["findings"][0]


def test_a_file_in_the_place_of_the_backup_folder_is_refused(call, login, password):
    code, out, err = call("backup", "--data", login[1], "--to", password)

    assert (code, out) == (1, "")
    assert "フォルダーではありません" in err


def test_a_user_without_a_password_file_is_told_how_to_call(call, login):
    for command in ("events", "verify", "backup"):
        code, out, err = call(command, "--data", login[1], "--user", LOGIN)
        assert (code, out) == (2, "")
        assert "--password-file" in err
