"""Lists exported by facility reservation systems: rooms, days and times read, words of their states understood."""

from datetime import date

import pytest

from app.foreign_files.foreign_file import read_foreign_file
from app.registers.venues.intake import parse_slot, parse_times, propose_booking_columns, read_bookings
from tests.support.foreign_books import book, rows

HEAD = "受付番号,施設名,室場名,利用日,利用時間帯,利用目的,使用料,減免,状態,取消期限"


def _read(folder, *lines):
    path = folder / "予約一覧.csv"
    path.write_bytes("\r\n".join(["公共施設予約システム", "出力日,2026/09/01", "", HEAD, *lines]).encode("cp932"))
    file = read_foreign_file(path)
    assert (file.kind, file.source) == ("会場予約", "booking_list_csv")
    return read_bookings(file)


def test_a_booking_is_read_below_the_title_of_the_export(tmp_path):
    table = _read(
        tmp_path,
        '0012,みほん地区区民館,会議室１,令和8年10月1日（木）,13:00～17:00,講習会,"1,200円",免除,承認,2026/9/24',
    )

    row = table.rows[0]
    assert (row.venue_name, row.room, row.day) == ("みほん地区区民館", "会議室１", date(2026, 10, 1))
    assert (row.start_time, row.end_time, row.values["number"], row.state) == ("13:00", "17:00", "0012", "承認")
    assert (row.fee, row.values["reduction"], row.cancel_by) == (1200, "免除", date(2026, 9, 24))
    assert table.problems == table.notices == ()


def test_what_cannot_be_read_is_named_and_a_word_for_a_slot_is_said_to_be_assumed(tmp_path):
    table = _read(
        tmp_path,
        "1,見本ホール,,2026/10/32,9時から12時半まで,,,,取消済,",
        "2,見本ホール,,2026/10/2,午後,,,,抽選申込中,",
        "3,,,2026/10/2,17:00～13:00,,別途,,ふしぎ,",
    )

    assert [(p.row, p.code) for p in table.problems] == [
        (1, "invalid_date"), (3, "invalid_time"), (3, "unknown_state"), (3, "missing_required"), (3, "not_a_number"),
    ]  # fmt: skip
    assert [(row.start_time, row.end_time, row.state) for row in table.rows[:2]] == [
        ("09:00", "12:30", "取消"),
        ("13:00", "17:00", "申請中"),
    ]
    assert [(n.row, n.code) for n in table.notices] == [(2, "slot_hours_assumed")]


def test_start_and_end_in_columns_of_their_own_and_real_dates_in_a_workbook(tmp_path):
    def fill(sheet, workbook):
        rows(sheet, 1, [("会場", "部屋", "利用年月日", "開始時刻", "終了時刻", "申請番号", "承認番号", "予約状況")])
        clock = workbook.add_format({"num_format": "h:mm"})
        day = workbook.add_format({"num_format": 31})
        rows(sheet, 2, [("見本館", "和室", None, None, None, "11", "承-5", "予約済")])
        sheet.write_number("C2", 46296, day)
        sheet.write_number("D2", 0.5625, clock)
        sheet.write_number("E2", 0.6875, clock)

    row = read_bookings(read_foreign_file(book(tmp_path / "予約.xlsx", fill))).rows[0]
    assert (row.day, row.start_time, row.end_time) == (date(2026, 10, 1), "13:30", "16:30")
    assert (row.values["number"], row.state) == ("承-5", "承認")


def test_a_row_below_a_cell_of_two_lines_has_the_number_that_excel_shows(tmp_path):
    end = "会議室１,令和8年10月1日（木）,13:00～17:00,講習会,0,免除,承認,2026/9/24"
    table = _read(tmp_path, f'0012,"みほん地区\n区民館",{end}', f"0013,みほん地区区民館,{end}")

    assert [row.spreadsheet_row for row in table.rows] == [5, 6]


@pytest.mark.parametrize(
    ("written", "times"),
    [
        ("13:00～17:00", ("13:00", "17:00")), ("13時～17時", ("13:00", "17:00")),
        ("１３：００−１７：３０", ("13:00", "17:30")), ("午後1時から午後5時まで", ("13:00", "17:00")),
        ("午後（13:00～17:00）", ("13:00", "17:00")), ("0900-1200", ("09:00", "12:00")), ("夜間", ("18:00", "21:30")),
        ("未定", ("", "")),
    ],
)  # fmt: skip
def test_a_slot_is_read_in_every_spelling(written, times):
    slot = parse_slot(written)

    assert (slot.start, slot.end) == times
    assert bool(slot.problem) == (times == ("", ""))


def test_two_cells_of_times_must_follow_each_other():
    assert parse_times("17:00", "13:00").problem
    assert parse_times("", "").problem == ""


def test_unknown_headings_are_left_to_a_person():
    assert propose_booking_columns(("甲", "乙", "丙")) == {}
