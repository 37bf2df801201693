"""Lists whose shape once lost rows or changed a value, three of a kind where there are kinds: nothing goes unsaid."""

from datetime import date

import pytest

from app.foreign_files.cells.date_parsing import parse_day
from app.foreign_files.cells.written_values import parse_amount
from app.foreign_files.foreign_file import DETACHED_ROW, read_foreign_file
from app.foreign_files.intake_refusal import IntakeRefusal
from app.foreign_files.tables.heading_roles import title_core
from app.foreign_files.text_decoding import decode_bytes
from app.registers.register.intake import parse_phone
from app.registers.venues.intake import read_bookings
from tests.faults.foreign_bytes import Cell, Sheet, book_bytes

TOWNS = ("支部名", "名称", "会長名", "世帯数", "備考", "ライン", "ホームページ")


def town(number):
    return ("第3支部", f"みほん{number}町会", "会長代行　見本", "430世帯", "筆談を希望", "1", "2")


def read(tmp_path, lines, *, encoding="utf-8", sign=","):
    path = tmp_path / "一覧.csv"
    path.write_bytes("".join(f"{sign.join(line)}\r\n" for line in lines).encode(encoding))
    return read_foreign_file(path)


def names(file, column=1):
    return [row.cells[column] for row in file.rows]


def test_rows_full_of_the_words_of_headings_are_not_taken_for_headings(tmp_path):
    assert names(read(tmp_path, [TOWNS, town(1), town(2), town(3)])) == ["みほん1町会", "みほん2町会", "みほん3町会"]


def test_headings_in_two_rows_count_from_their_first_time_on_when_pages_repeat_them_in_one(tmp_path):
    two = [("No.", "受付日", "団体名", "申込者", ""), ("", "", "", "氏名", "電話番号")]
    again = ("No.", "受付日", "団体名", "氏名", "電話番号")
    people = [(str(n), "2026/9/1", "みほん町会", f"見本{n}", "03-0000-1111") for n in (1, 2, 3)]
    file = read(tmp_path, [*two, *people[:2], again, people[2]])
    assert names(file, 3) == ["見本1", "見本2", "見本3"]
    assert [row.spreadsheet_row for row in file.rows] == [3, 4, 6]


def test_headings_in_two_rows_are_known_where_the_first_cell_below_is_empty(tmp_path):
    two = [("備考", "団体名", "申込者", ""), ("", "", "氏名", "電話番号")]
    file = read(tmp_path, [*two, ("", "みほん町会", "見本", "03-0000-1111")])
    assert file.headings == ("備考", "団体名", "氏名", "電話番号")


def test_a_table_above_the_one_that_is_read_is_named(tmp_path):
    other = [("担当", "電話番号", "備考", "", "", "", ""), ("見本係", "03-0000-1111", "平日", "", "", "", "")]
    file = read(tmp_path, [*other, ("",) * 7, TOWNS, town(1)])
    assert names(file) == ["みほん1町会"]
    assert [one.reason for one in file.notices if one.code == "other_table"] == ["1行目に別の表があり、読んでいない"]


def test_rows_of_an_unknown_table_below_are_asked_about(tmp_path):
    below = [("品目", "個数", "返却日", "", "", "", ""), ("延長コード", "2", "9月末", "", "", "", "")]
    file = read(tmp_path, [TOWNS, town(1), town(2), ("",) * 7, *below])
    assert [one.row for one in file.problems if one.code == DETACHED_ROW] == [3, 4]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_the_line_that_names_the_sign_is_obeyed_and_not_counted(tmp_path, sign):
    path = tmp_path / "一覧.csv"
    path.write_bytes(f"sep={sign}\r\n{sign.join(TOWNS)}\r\n{sign.join(town(1))}\r\n".encode())
    assert [row.spreadsheet_row for row in read_foreign_file(path).rows] == [2]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_unicode_text_without_its_mark_is_read_though_it_is_full_of_japanese(encoding):
    text = "氏名\t団体名\r\n見本　太郎\tみほん上町会\r\n見本　花子\tみほん上町会\r\n"
    assert decode_bytes(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    "data",
    [
        "<html><table>".encode("utf-16"), b"<div><table>", b"<!-- list -->\r\n<html>", b"MIME-Version: 1.0\r\n",
        b"\xef\xbb\xbf<p>",
    ],
)  # fmt: skip
def test_a_page_of_the_web_is_known_however_it_begins(tmp_path, data):
    path = tmp_path / "一覧.csv"
    path.write_bytes(data)
    with pytest.raises(IntakeRefusal, match="ウェブページ"):
        read_foreign_file(path)


def test_a_japanese_text_of_another_system_is_called_by_its_name():
    with pytest.raises(IntakeRefusal, match="EUC-JP"):
        decode_bytes("氏名,団体名\n見本太郎,見本町会\n".encode("euc_jp"))


def test_a_bare_number_of_a_day_counts_from_1904_where_the_workbook_does(tmp_path):
    rows = [
        [Cell(text=one) for one in ("受付日【必須】", "氏名", "世帯数")],
        [Cell(text="", number=46270, serial=True), Cell(text="見本"), Cell(text="", number=44808)],
    ]
    path = tmp_path / "一覧.xlsx"
    path.write_bytes(book_bytes([Sheet(name="一覧", rows=rows)], epoch_1904=True))
    (row,) = read_foreign_file(path).rows
    assert parse_day(row.cells[0]).day == date(2026, 9, 5)
    assert row.cells[2] == "44808"


@pytest.mark.parametrize("written", ["300001234.0", "0300001234.0", "'300001234.00"])
def test_a_telephone_number_kept_as_an_amount_has_no_digit_behind_the_point(written):
    assert parse_phone(written).digits == "0300001234"


@pytest.mark.parametrize("written", ["令8.9.5", "令8年9月5日", "令和8.9.5"])
def test_a_day_with_the_first_sign_of_its_era_is_read(written):
    assert parse_day(written).day == date(2026, 9, 5)


def test_an_amount_behind_the_sign_of_a_text_is_read():
    assert parse_amount("'1,997世帯") == 1997
    assert parse_amount("9" * 20) is None, "no number of households, and none that can be kept"


@pytest.mark.parametrize("mark", ["【必須】", "［任意］", "※", "※必須"])
def test_what_a_form_puts_behind_a_question_is_no_part_of_it(mark):
    assert title_core(f"進む速さ{mark}") == title_core("進む速さ")


def test_a_fee_below_nought_is_named_and_not_taken(tmp_path):
    head = ("施設名", "部屋名", "利用日", "利用時間", "状態", "使用料")
    file = read(
        tmp_path, [head, ("みほん館", "研修室", "2026/12/15", "9:00-12:00", "承認", "-1200"), ("全4件", *("",) * 5)]
    )
    (row,) = read_bookings(file).rows
    assert row.fee is None
    assert [one.code for one in row.problems] == ["impossible_number"]
    assert [line.kind for line in file.left_out] == ["合計"]


def test_two_rows_of_headings_are_told_also_above_a_row_that_cannot_be_read(tmp_path):
    rows = [
        ("団体", "", "参加者", ""), ("", "電話番号", "", "年代"), ("BROKEN", "03-0000-0009", "", ""),
        ("みほん町会", "03-0000-0001", "見本　太郎", "60代"), ("みほん自治会", "03-0000-0002", "見本　花子", "70代"),
    ]  # fmt: skip
    path = tmp_path / "申込.csv"
    path.write_bytes("\n".join(",".join(row) for row in rows).encode("cp932").replace(b"BROKEN", b"\x82\xff\x81"))
    file = read_foreign_file(path)
    assert file.headings == ("団体", "電話番号", "参加者", "年代")
    assert [row.cells[0] for row in file.rows][-2:] == ["みほん町会", "みほん自治会"]


def test_a_letterhead_of_three_columns_is_not_the_table_below_it(tmp_path):
    head = ("部屋", "施設", '"利用\n年月日"', '"連絡\n事項"', '"ステ\nータス"', "使用料", '"使用\n時間"')
    rows = [
        ("担当", "電話番号", "備考", "", "", "", ""), ("見本係", "03-0000-9999", "平日", "", "", "", ""), ("",) * 7,
        head,
        ("研修室1", "見本区民館", "2026/12/4", "なし", "仮予約", "1200", "10:00～16:00"),
    ]  # fmt: skip
    path = tmp_path / "予約.csv"
    path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    file = read_foreign_file(path)
    assert [row.cells[0] for row in file.rows] == ["研修室1"]
    assert "other_table" in [one.code for one in file.notices]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("2026/12/8(火)", "2026/12/8(月)"),
        ("2026/12/8（火曜日） 13:00", "2026/12/8（水曜日） 13:00"),
        ("2026.12.8(火)", "2026.12.8(月)"),
        ("2026/12/8(火) 1:00 午後 GMT+9", "2026/12/8(月) 1:00 午後 GMT+9"),
        ("R8.12.8(火)", "R8.12.8(月)"),
        ("令和8年12月8日（火）午後1時", "令和8年12月8日（月）午後1時"),
        ("Tue, Dec 8, 2026", "Mon, Dec 8, 2026"),
        ("Tuesday 8 December 2026 10:00", "Monday 8 December 2026 10:00"),
    ],
)
def test_a_day_whose_weekday_is_another_is_asked_however_it_is_written(right, wrong):
    assert parse_day(right).day == date(2026, 12, 8)
    read = parse_day(wrong)
    assert (read.at, read.problem) == (None, "令和8年12月8日は火曜日です")


def test_headings_above_rows_that_hold_more_usual_words_are_the_headings(tmp_path):
    path = tmp_path / "出欠.csv"
    heads = "席番,参加者氏名,所属,出欠の別（当日）"
    path.write_text(
        f"{heads}\r\nB1,見本 一,みほん町会,会場まで来た\r\nB2,見本 二,みほん自治会,会場に来ず\r\n", encoding="utf-8"
    )
    assert read_foreign_file(path).headings == tuple(heads.split(","))
