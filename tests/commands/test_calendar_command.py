"""The command ``calendar`` on a real data folder: a file that another library reads, and what it refuses."""

import json
import shutil

import pytest
import vobject


@pytest.fixture
def year(sample_folder, login, tmp_path):
    """The options that open a fresh copy of the fictitious year."""
    shutil.copytree(sample_folder, tmp_path / "sample")
    return ("--data", tmp_path / "sample", *login[2:])


def test_a_year_and_an_event_are_written_and_nothing_is_replaced_unasked(call, year, tmp_path):
    out = tmp_path / "予定.ics"
    code, said, err = call("calendar", *year, "--today", "2026-12-01", "--year", "2026", "--out", out, "--json")
    assert code == 0, err
    told = json.loads(said)
    entries = vobject.readOne(out.read_text(encoding="utf-8")).vevent_list
    assert (told["path"], told["changed"], told["undated"]) == (str(out), 0, [])
    assert told["events"] + told["deadlines"] == len([one for one in entries if one.status.value != "CANCELLED"]) > 100

    code, said, err = call("calendar", *year, "--event", "1", "--out", out)
    assert (code, said) == (1, "")
    assert "「予定.ics」は、もうあります" in err
    code, said, err = call("calendar", *year, "--event", "1", "--out", out, "--overwrite", "--json")
    assert (code, json.loads(said)["events"]) == (0, 1), err
    own = {one.uid.value for one in vobject.readOne(out.read_text(encoding="utf-8")).vevent_list}
    assert own < {one.uid.value for one in entries}, "the names of the file before, kept in the folder"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--year", "2031", "--out", "a.ics"), 1, "令和13年度は、このデータにありません"),
        (("--event", "999", "--out", "a.ics"), 1, "実施回"),
        (("--event", "1", "--deadlines", "--out", "a.ics"), 2, "--event と一緒には使えません"),
        (("--out", "a.txt"), 2, ".ics で終わるファイル名"),
        ((), 2, "指定が足りません"),
    ],
)
def test_what_it_refuses_is_said_in_one_sentence(call, login, tmp_path, monkeypatch, words, code, said):
    monkeypatch.chdir(tmp_path)
    answer = call("calendar", *login, *words)
    assert (answer[0], answer[1]) == (code, "")
    assert said in answer[2]
    assert not (tmp_path / "a.ics").exists()
