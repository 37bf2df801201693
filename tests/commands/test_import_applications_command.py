"""``import-applications`` into a roster: the outcomes, what is written, what a look leaves behind."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from app.events.roster.services.roster import read_roster
from db.records.roster import Entry
from db.rows import rows
from tests.fixtures.survey.samples import REPORTS
from tests.support.application_rows import row, write_csv
from tests.support.data_folders import closed, opened
from tests.support.years import add_lecture

KEYS = {"new", "updated", "duplicate", "needs_check", "skipped", "rows"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, year_folder: Path) -> tuple[Path, int]:
    """A folder with one LINE講習会."""
    folder = tmp_path_factory.mktemp("applications") / "data"
    shutil.copytree(year_folder, folder)
    store = opened(folder)
    event_id = add_lecture(store, date(2026, 9, 30))
    closed(store)
    return folder, event_id


@pytest.fixture
def asked(made, login, tmp_path):
    """The options of a fresh copy of that folder, with its event."""
    folder = tmp_path / "year"
    shutil.copytree(made[0], folder)
    return ["--data", folder, *login[2:], "--event", made[1]]


@pytest.fixture
def file(tmp_path):
    return write_csv(
        tmp_path / "申込.csv",
        [
            row(1, "見本　一郎", 人数="2"),
            row(2, "見本一郎", phone="03-0000-0001", 端末="貸与"),
            row(3, "?本　三郎"),
            row(4, "見本　四郎", wishes="Excel講習会"),
            row(5, "見本　五郎", 状態="取下げ"),
        ],
    )


def roster_of(asked):
    store = opened(asked[1])
    found = read_roster(store, event_id=int(asked[-1]))
    closed(store)
    return found


def test_every_row_is_told_and_what_is_sound_is_written(call, asked, file):
    code, out, err = call("import-applications", file, *asked, "--json")
    assert code == 0, err
    found = json.loads(out)
    assert set(found) == KEYS
    assert [one["outcome"] for one in found["rows"]] == ["新規", "更新", "確認が必要", "取り込まない", "取り込まない"]
    assert [found[key] for key in ("new", "updated", "duplicate", "needs_check", "skipped")] == [1, 1, 0, 1, 2]
    assert [one["row"] for one in found["rows"]] == [1, 2, 3, 4, 5]
    assert "読み込みません：生年月日、性別" in err
    assert [one.name for one in roster_of(asked).coming_rows] == ["見本　一郎"]


def test_a_second_time_changes_nothing_and_doubtful_rows_come_in_when_asked(call, asked, file):
    call("import-applications", file, *asked)
    code, out, _ = call("import-applications", file, *asked, "--include-doubtful", "--json")
    assert code == 0
    assert [one["outcome"] for one in json.loads(out)["rows"]][:3] == ["重複", "重複", "確認が必要"]
    rows = roster_of(asked).coming_rows
    assert [one.name for one in rows] == ["見本　一郎", "?本　三郎"]
    assert rows[1].entry.doubtful


def test_a_look_writes_nothing(call, asked, file):
    code, out, _ = call("import-applications", file, *asked, "--dry-run", "--json")
    assert (code, json.loads(out)["new"]) == (0, 1)
    assert roster_of(asked).rows == ()


def test_what_cannot_be_taken_is_refused_in_one_sentence(call, asked, tmp_path):
    (tmp_path / "空.csv").write_bytes(b"")
    assert call("import-applications", tmp_path / "空.csv", *asked)[0] == 1
    assert call("import-applications", tmp_path / "無い.csv", *asked)[0] == 1
    assert call("import-applications", tmp_path / "空.csv", *asked[:-1], 9999)[0] == 1
    assert call("import-applications", *asked)[0] == 2


def test_the_year_of_days_without_one_is_told_once_for_the_file(call, asked, tmp_path):
    path = write_csv(
        tmp_path / "年なし.csv", [row(1, "見本　一郎", at="8/20"), row(2, "見本　二郎", at="8月21日 10:30")]
    )
    words = ("import-applications", path, *asked, "--json")
    _, out, err = call(*words, "--dry-run", "--today", "2027-09-01")
    assert [one["outcome"] for one in json.loads(out)["rows"]] == ["確認が必要"] * 2
    assert "年のない日付が2か所（8/20、8月21日 10:30）あります。--days-year で" in err
    looked = json.loads(call(*words, "--dry-run", "--days-year", "past", "--today", "2026-09-01")[1])
    code, out, _ = call(*words, "--days-year", 2026)
    assert (code, looked["new"], json.loads(out)["new"]) == (0, 2, 2)
    store = opened(asked[1])
    applied = [one.applied_at.date() for one in rows(store.database, Entry)]
    closed(store)
    assert applied == [date(2026, 8, 20), date(2026, 8, 21)]


def test_a_column_that_has_to_be_chosen_refuses_the_file_until_it_is_told_and_is_asked_no_more(call, asked):
    path = REPORTS / "n01_ご都合のお尋ね.csv"
    heading = "12月18日（金）のご都合はいかがですか"
    for look in ((), ("--dry-run",)):
        code, _, err = call("import-applications", path, *asked, *look)
        assert code == 1
        assert f"{heading}　6件　「都合つきます」1　「残念ですが用事があり行けません」1　「参加いたします」1" in err
        assert f"--column '{heading}=状態'" in err
        assert "何も取り込んでいません" in err
    assert roster_of(asked).rows == ()
    code, _, err = call("import-applications", path, *asked, "--column", f"{heading}=出席簿")
    assert (code, "「出席簿」という欄はありません" in err) == (1, True)
    code, out, err = call("import-applications", path, *asked, "--column", f"{heading}=状態", "--json")
    assert code == 0, err
    assert [one["outcome"] for one in json.loads(out)["rows"]] == [
        "新規", "取り込まない", "新規", "確認が必要", "取り込まない", "確認が必要", "新規",
    ]  # fmt: skip
    code, out, _ = call("import-applications", path, *asked, "--json")
    assert (code, json.loads(out)["new"]) == (0, 0)
