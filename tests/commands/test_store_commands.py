"""The commands around the store, from the outside: results, exit codes, and what they leave behind."""

import json
import sys

import pytest

from app.commands.main import COMMANDS
from db import folder_layout
from db.files import owner_only_files
from tests.support.data_folders import PASSWORD, closed, opened, rename_event


def test_init_makes_a_folder_with_the_years_numbers_and_writes_the_recovery_key_elsewhere(call, tmp_path, password):
    key = tmp_path / "recovery.txt"
    code, out, err = call(
        "init",
        "--data",
        tmp_path / "new",
        "--user",
        "a",
        "--password-file",
        password,
        "--preset",
        "r8",
        "--json",
        "--recovery-key-file",
        key,
    )
    assert code == 0, err
    assert json.loads(out) == {"data": str(tmp_path / "new"), "events": 0}
    assert owner_only_files.is_owner_only(key)
    assert key.read_text(encoding="utf-8").strip() not in out + err
    code, out, _ = call("verify", "--data", tmp_path / "new", "--user", "a", "--password-file", password, "--json")
    assert (code, json.loads(out)["findings"]) == (0, [])


@pytest.mark.parametrize("where", ["inside", "there already"])
def test_a_recovery_key_is_not_written_beside_the_data_nor_over_a_file(call, tmp_path, password, where):
    key = tmp_path / "new" / "key.txt" if where == "inside" else password
    code, _, err = call(
        "init", "--data", tmp_path / "new", "--user", "a", "--password-file", password, "--recovery-key-file", key
    )
    assert code == 1
    assert "何も作っていません" in err
    assert not (tmp_path / "new").exists()


def test_backup_list_and_restore_fit_together(call, login, tmp_path):
    code, out, _ = call("backup", *login, "--json")
    made = json.loads(out)
    assert code == 0
    assert set(made) == {"path", "sha256", "rows", "verified"}
    assert (made["verified"], made["rows"]) == (True, 3)

    code, out, _ = call("backups", "--data", login[1], "--json")
    lines = json.loads(out)
    assert code == 0
    assert made["path"] in [line["path"] for line in lines]
    assert all(set(line) == {"path", "made", "generation", "rows", "verified"} for line in lines)
    assert all(line["verified"] for line in lines)

    code, out, err = call("restore", made["path"], "--to", tmp_path / "new", *login[2:], "--json")
    result = json.loads(out)
    assert code == 0, err
    assert result == {"data": str(tmp_path / "new"), "rows": made["rows"], "verified": True}
    assert "のバックアップ" in err
    assert call("verify", "--data", tmp_path / "new", *login[2:])[0] == 0


def test_backup_works_by_night_without_a_password_and_while_somebody_works(call, login):
    store = opened(login[1])
    rename_event(store, "仕事中")
    code, out, err = call("backup", "--data", login[1], "--json")
    made = json.loads(out)
    assert code == 0
    assert made["verified"] is True
    assert "9月1日 09:00 に作られた閲覧用の写しから" in err
    assert "つぎにログインしたときに" in err
    closed(store)
    code, _, err = call("backup", *login)
    assert "件数を確認しました" in err


def test_verify_names_what_is_wrong_and_exits_with_one(call, login):
    copy = folder_layout.keyring_paths(login[1])[1]
    copy.write_text("{}", encoding="utf-8")
    code, out, err = call("verify", *login, "--json")
    assert code == 1
    assert json.loads(out) == {"ok": False, "findings": [f"鍵ファイル（{copy.name}）が壊れています。"]}
    assert "1件 の異常" in err


def test_a_wrong_password_is_said_in_japanese_on_standard_error(call, login, password):
    password.write_text("まちがったながい言葉です", encoding="utf-8")
    for command in ("verify", "backup"):
        code, out, err = call(command, *login)
        assert (code, out) == (1, "")
        assert "IDまたはパスワードが違います" in err


def test_one_trailing_newline_of_a_password_file_is_dropped_and_no_more(call, login, password):
    password.write_bytes(PASSWORD.encode() + b"\r\n")
    assert call("verify", *login)[0] == 0
    password.write_bytes(PASSWORD.encode() + b"\n\n")
    assert call("verify", *login)[0] == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "コマンドを指定してください"),
        (("foo",), "「foo」というコマンドはありません"),
        (("restore",), "指定が足りません"),
        (("verify", "--data", "x"), "--password-file"),
        (("backups", "--data", "x", "--unknown"), "知らない指定"),
        (("demo", "--out", "x", "--only", "r9"), "使えません"),
    ],
)
def test_wrong_usage_is_exit_two_in_japanese(call, words, said):
    code, out, err = call(*words)
    assert (code, out) == (2, "")
    assert said in err
    assert "error" not in err.lower()


def test_a_place_without_data_is_exit_one_in_japanese(call, tmp_path, password):
    for command in ("backup", "backups"):
        code, _, err = call(command, "--data", tmp_path / "nowhere")
        assert code == 1
        assert "データがありません" in err or "写しが" in err


def test_help_names_every_command_in_japanese(call):
    code, out, _ = call("--help")
    assert code == 0
    for name in COMMANDS:
        assert f"\n    {name}" in out
    assert [word for word in ("usage", "options", "0.1.0") if word in out] == []


def test_the_packaged_programs_help_says_its_version(call, tmp_path, monkeypatch):
    (tmp_path / "版.txt").write_text("デジ活デスク 0.1.0\nPython　3.11.9\n", encoding="utf-8-sig")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)

    assert call("--help")[1].rstrip().endswith("デジ活デスク 0.1.0")
