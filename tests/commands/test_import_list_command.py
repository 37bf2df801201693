"""``import-list``: one command for every list that goes through the one importer."""

import json

import pytest

from db.tables import organisations, venues
from tests.support.booking_files import BOOKING_CSV
from tests.support.data_folders import closed, opened

LIST = "支部,団体名,会長名,世帯数\n第1支部,見本町会,見本　一,120\n第1支部,見本みどり町会,,-1\n合計,,,119\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "団体.csv"
    path.write_text(LIST, encoding="utf-8-sig")
    return path


def names_in(folder):
    store = opened(folder)
    found = [one.name for one in organisations.all_organisations(store.database)]
    closed(store)
    return found


def test_a_list_of_organisations_is_told_row_by_row_and_its_sound_rows_are_written(call, login, file):
    asked = ("import-list", file, "--list", "団体の一覧", *login)
    code, out, _ = call(*asked, "--dry-run")
    assert code == 0
    assert "2行目　新規" in out
    assert "3行目　確認が必要" in out
    assert "4行目　取り込まない　合計の行" in out
    assert "見本町会" not in names_in(login[1])
    code, out, err = call(*asked, "--json")
    found = json.loads(out)
    assert (code, found["new"], found["needs_check"], [row["row"] for row in found["rows"]]) == (0, 1, 1, [1, 2])
    assert "団体1件を加えました。確認が必要な1行は取り込んでいません。" in err
    assert "見本町会" in names_in(login[1])
    assert "何も変えていません" in call(*asked)[1]


def test_the_same_command_takes_bookings_and_refuses_what_has_no_columns(call, login, tmp_path, file):
    path = tmp_path / "予約.csv"
    path.write_bytes(BOOKING_CSV)
    assert call("import-list", path, "--list", "会場の予約", *login)[0] == 0
    store = opened(login[1])
    assert len(venues.bookings(store.database)) == 3
    closed(store)
    code, _, err = call("import-list", file, "--list", "会場の予約", *login)
    assert code == 1
    assert "列がわかりません" in err
    assert call("import-list", path, "--list", "名簿", *login)[0] == 2


def test_the_year_of_days_without_one_is_told_once_for_the_file(call, login, tmp_path):
    path = tmp_path / "予約.csv"
    days = (("2026/12/15", "12/15"), ("2026/12/22", "12/22"), ("2027/02/04", "2/4"))
    text = BOOKING_CSV.decode("cp932")
    for whole, short in days:
        text = text.replace(whole, short)
    path.write_text(text, encoding="utf-8-sig")
    asked = ("import-list", path, "--list", "会場の予約", *login, "--json")
    _, out, err = call(*asked, "--dry-run")
    assert json.loads(out)["new"] == 0
    assert "年のない日付が3か所（12/15、12/22、2/4）あります。--days-year で" in err
    code, out, err = call(*asked, "--days-year", 2026)
    assert (code, json.loads(out)["new"]) == (0, 3)
    assert "年のない日付" not in err
    store = opened(login[1])
    assert [one.day.isoformat() for one in venues.bookings(store.database)] == [
        "2026-12-15",
        "2026-12-22",
        "2027-02-04",
    ]
    closed(store)
    code, _, err = call(*asked, "--days-year", "今年")
    assert code == 2
    assert "--days-year には 2026 のような西暦か、past" in err


def test_a_list_with_answers_that_no_column_of_ours_holds_is_refused_until_somebody_says_what_they_are(
    call, login, tmp_path
):
    path = tmp_path / "団体.csv"
    path.write_text("支部,団体名,写真の掲載,掲示板\n第1支部,見本町会,不可,3\n", encoding="utf-8-sig")
    asked = ("import-list", path, "--list", "団体の一覧", *login)
    for look in ((), ("--dry-run",)):
        code, _, err = call(*asked, *look)
        assert (code, "写真の掲載　1件　「不可」1" in err, "掲示板　1件" in err) == (1, True, False)
    assert "見本町会" not in names_in(login[1])
    assert call(*asked, "--column", "C=使わない")[0] == 0
    assert "見本町会" in names_in(login[1])
    assert call(*asked)[0] == 0, "what was said once is remembered by the heading"
