"""``init``: a new folder or nothing at all, the recovery key only where it is safe, passwords as files come."""

import json
import shutil

import pytest

from app.common.file_locations import resources_folder
from app.data_folder.services.data_folder import close_data_folder
from app.programme import services as programme_services
from app.programme.intake import read_definition
from db.files import owner_only_files
from tests.support.data_folders import LOGIN, NOW, PASSWORD, opened


@pytest.fixture
def new(tmp_path, password):
    """The options of a folder that is still to be made."""
    return ["--data", tmp_path / "new", "--user", LOGIN, "--password-file", password]


def test_the_fictitious_year_is_filled_in_and_counted(call, sample_made, new):
    folder, out, err = sample_made

    made = json.loads(out)
    assert set(made) == {"data", "events"}
    assert made["events"] >= 12
    assert "回復キーは、画面ではじめてログインしたときに発行します" in err
    shutil.copytree(folder, new[1])
    _code, out, _err = call("events", *new, "--json")
    assert len(json.loads(out)) == made["events"]


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_a_place_that_holds_something_is_left_as_it_is(call, new, tmp_path, kind):
    kept = tmp_path / "new" / "大事.txt" if kind == "folder" else tmp_path / "new"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("kept", encoding="utf-8")
    key = tmp_path / "key.txt"

    code, out, err = call("init", *new, "--recovery-key-file", key, "--json")

    assert (code, out) == (1, "")
    assert ("すでにファイルがあります" if kind == "folder" else "「new」はフォルダーではありません") in err
    assert kept.read_text(encoding="utf-8") == "kept"
    assert not key.exists()


def test_a_place_that_is_copied_to_other_pcs_is_said_and_used_all_the_same(call, new, tmp_path):
    place = tmp_path / "OneDrive - みほん区" / "data"

    code, _out, err = call("init", "--data", place, *new[2:])

    assert code == 0
    assert err.startswith("この場所は各PCに複製されています（OneDrive）。 二人で使うと変更が失われます。")
    assert (place / "desk-000001.db").is_file()


@pytest.mark.parametrize("name", ["aux", "長" * 80])
def test_a_place_no_office_pc_can_have_is_refused_and_nothing_is_made(call, new, tmp_path, name):
    before = sorted(tmp_path.iterdir())

    code, out, err = call("init", "--data", tmp_path / name, *new[2:])

    assert (code, out) == (1, "")
    assert err.startswith("このフォルダーには、データを置けません。")
    assert sorted(tmp_path.iterdir()) == before


def test_the_recovery_key_is_for_its_owner_alone_and_stands_in_no_output(call, new, tmp_path):
    key = tmp_path / "key.txt"

    code, out, err = call("init", *new, "--recovery-key-file", key)

    assert code == 0
    assert owner_only_files.is_owner_only(key)
    assert key.read_text(encoding="utf-8").strip() not in out + err


def test_a_recovery_key_is_not_written_where_others_rule_who_reads(call, new, share):
    code, out, err = call("init", *new, "--recovery-key-file", share / "key.txt")

    assert (code, out) == (1, "")
    assert "共有フォルダーには書けません" in err
    assert "画面ではじめてログインしたときに発行します" in err
    assert not new[1].exists()
    assert list(share.iterdir()) == []


def test_a_stick_that_keeps_no_rights_is_named_when_the_key_is_there(call, new, tmp_path, monkeypatch):
    monkeypatch.setattr(owner_only_files, "is_owner_only", lambda _path: False)

    code, _out, err = call("init", *new, "--recovery-key-file", tmp_path / "key.txt")

    assert code == 0
    assert "これを手にした人なら読めます" in err


@pytest.mark.parametrize("place", ["new/key.txt", "new/../new/key.txt", "nowhere/key.txt"])
def test_a_recovery_key_that_cannot_be_kept_safely_is_not_issued(call, new, tmp_path, place):
    code, out, err = call("init", *new, "--recovery-key-file", tmp_path / place)

    assert (code, out) == (1, "")
    assert "何も作っていません" in err
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "written",
    [PASSWORD.encode(), PASSWORD.encode() + b"\n", PASSWORD.encode() + b"\r\n", b"\xef\xbb\xbf" + PASSWORD.encode()],
    ids=["bare", "LF", "CRLF", "BOM"],
)
def test_a_password_file_means_the_same_however_it_was_saved(call, login, written):
    login[-1].write_bytes(written)

    code, _, err = call("verify", *login)
    assert code == 0, err


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("みほん".encode(), "12文字以上"),
        (b"", "12文字以上"),
        ("みほんの鍵はながいほどよい".encode("cp932"), "UTF-8"),
        (None, "パスワードのファイルを読めません"),
    ],
)
def test_a_password_that_cannot_be_used_makes_nothing(call, new, tmp_path, written, said):
    if written is None:
        new[-1].unlink()
    else:
        new[-1].write_bytes(written)

    code, out, err = call("init", *new, "--json")

    assert (code, out) == (1, "")
    assert said in err
    assert not (tmp_path / "new").exists()


def test_a_year_begins_from_a_definition_file_and_one_that_can_not_be_read_leaves_nothing(call, new, tmp_path):
    text = (resources_folder() / "programmes" / "nerima_r8.toml").read_text(encoding="utf-8")
    written = tmp_path / "年度.toml"
    written.write_text(text.replace('sign = "派"', 'sign = "派遣"'), encoding="utf-8")
    code, out, err = call("init", *new, "--preset", written, "--json")
    assert (code, out) == (1, "")
    assert "［［kinds］］の2番目（派遣）の sign：「派遣」は1文字ではありません。" in err
    assert not (tmp_path / "new").exists()

    own = text.replace('name = "講習会"', 'name = "スマホ教室"').replace("planned = 7", "planned = 9")
    written.write_text(own, encoding="utf-8")
    assert call("init", *new, "--preset", written)[0] == 0
    store = opened(tmp_path / "new")
    kinds = programme_services.read_programme(store).kinds
    close_data_folder(store, now=NOW)
    assert [(one.kind, one.name, one.planned) for one in kinds] == [
        ("講習会", "スマホ教室", 9), ("派遣", "派遣", 3), ("意見交換会", "意見交換会", 2),
    ]  # fmt: skip

    out = tmp_path / "書き出し.toml"
    assert call("definition", *new, "--out", out)[0] == 0
    assert [one.name for one in read_definition(out).kinds] == ["スマホ教室", "派遣", "意見交換会"]
    code, _out, err = call("definition", *new, "--out", out)
    assert code == 1
    assert "「書き出し.toml」は、もうあります" in err
