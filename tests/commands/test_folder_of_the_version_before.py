"""A folder made by the version before there were seats: sound, opens under its new names, and makes the same papers.

``tests/fixtures/folder_of_shape_7`` was written by that version: the sample year, a backup, two changes after it.
``papers.json`` holds pages and the hash of the text of its papers. Where a paper is changed on purpose later, its hash
is taken anew from this very folder (``DESK_WORDS=write DESK_IN_FULL=1``), once the texts of before and after it were
compared; the folder itself stays as it is.
"""

import hashlib
import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader

from db import folder_layout
from tests.support.in_full import some
from tests.support.said_words import WRITES

FIXTURE = Path(__file__).parents[1] / "fixtures" / "folder_of_shape_7"
MADE_AT = re.compile(r"\d+時\d+分")
FIRST_NAMES = {"desk.db", "keyring.json", "keyring-copy.json", "in-use.json"}


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    place = tmp_path_factory.mktemp("before") / "data"
    with zipfile.ZipFile(FIXTURE / "folder.zip") as packed:
        packed.extractall(place)
    shutil.copytree(place / "files", place / "backups" / "files")  # the same bytes: packed once
    return place


@pytest.fixture
def login(unpacked, tmp_path):
    folder, secret = tmp_path / "data", tmp_path / "password.txt"
    shutil.copytree(unpacked, folder)
    secret.write_text("hanamizuki-2026\n", encoding="utf-8")
    return ("--data", folder, "--user", "suzuki", "--password-file", secret)


def names(folder):
    return {path.name for path in folder.iterdir()}


def test_it_is_sound_before_and_after_it_was_opened_and_its_names_are_new(call, login):
    folder = login[1]
    code, out, err = call("verify", *login, "--json")
    assert (code, json.loads(out)) == (0, {"ok": True, "findings": []}), err
    assert names(folder) >= {"desk.db", "keyring.json", "keyring-copy.json"}, "who only looks changes no name"

    code, out, err = call("backup", *login, "--json")
    assert (code, json.loads(out)["verified"]) == (0, True), err
    assert names(folder) & FIRST_NAMES == set()
    assert folder_layout.database_of(folder) == folder / "desk-000001.db"

    code, out, err = call("verify", *login, "--json")
    assert (code, json.loads(out)) == (0, {"ok": True, "findings": []}), err


@pytest.mark.nightly
def test_what_its_change_log_holds_is_restored_in_the_new_shape(call, login, tmp_path):
    code, out, err = call("backup", *login)
    code, out, err = call("restore", login[1], "--to", tmp_path / "new", *login[2:], "--json")
    assert (code, json.loads(out)["verified"]) == (0, True), err
    code, out, _ = call("events", "--data", tmp_path / "new", *login[2:], "--json")
    assert [one["title"] for one in json.loads(out)][:2] == ["第1回 事例紹介講習会", "第2回 LINE講習会"]


@pytest.mark.nightly
@pytest.mark.parametrize("event", some(["1", "8"], of=2))
def test_it_makes_the_same_papers(call, login, tmp_path, event):
    call("backup", *login)
    out_folder = tmp_path / "papers"
    code, out, err = call(
        "documents",
        *login,
        "--today",
        "2026-12-01",
        "--event",
        event,
        "--format",
        "pdf",
        "--personal",
        "--out",
        out_folder,
        "--json",
    )
    assert code == 0, err
    made = {}
    for one in json.loads(out):
        if one["path"]:
            text = MADE_AT.sub("", "".join(page.extract_text() for page in PdfReader(one["path"]).pages))
            made[Path(one["path"]).name] = [one["pages"], hashlib.sha256(text.encode()).hexdigest()]
    hashes = FIXTURE / "papers.json"
    expected = json.loads(hashes.read_text(encoding="utf-8"))
    if WRITES:
        hashes.write_text(json.dumps(expected | {event: made}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert WRITES or made == expected[event]
