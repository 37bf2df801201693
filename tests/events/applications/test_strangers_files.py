"""Lists as other offices and other forms make them: what a careful clerk reads in them is what the app reads."""

from datetime import datetime

import pytest

from app.commands.intake import describe_file
from app.events.applications.intake.application_answers import parse_field
from app.events.applications.intake.application_fields import propose_columns
from app.events.applications.intake.application_rows import read_applications
from app.foreign_files.cells.date_parsing import WITHOUT_ORDER, date_order, parse_day
from app.foreign_files.cells.written_values import clean
from app.foreign_files.foreign_file import read_foreign_file
from app.foreign_files.intake_refusal import IntakeRefusal
from app.registers.register.intake import parse_people, parse_phone, read_organisations
from app.registers.venues.intake import read_bookings
from tests.support.foreign_books import book, rows

PERSON = ("見本 花子", "03-0000-1111", "みほん町会")


def _read(path):
    file = read_foreign_file(path)
    return file, read_applications(file, propose_columns(file.headings, file.service, file.groups))


def _csv(folder, *lines, encoding="utf-8", name="申込.csv"):
    path = folder / name
    path.write_bytes("".join(",".join(f'"{cell}"' for cell in line) + "\r\n" for line in lines).encode(encoding))
    return path


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (("姓", "名", "セイ", "メイ", "電話"), ("name", "name", "furigana", "furigana", "phone")),
        (("氏名（姓）", "氏名（名）", "フリガナ（姓）", "フリガナ（名）"), ("name", "name", "furigana", "furigana")),
        (("氏名", "参加人数（名）", "団体名"), ("name", "people", "organisation")),
        (
            ("代表者氏名", "代表者フリガナ", "代表者電話番号", "参加者1 氏名", "参加者1 フリガナ", "参加者2 氏名",
                "参加者2 役職"),
            ("contact_name", "contact_furigana", "phone", "name", "furigana", "names", ""),
        ),
        (("氏名", "フリガナ", "参加される方のお名前", "参加人数"), ("name", "furigana", "names", "people")),
        (("氏名", "郵便番号", "住所1", "住所2", "電話（自宅）", "電話（携帯）"),
            ("name", "address", "address", "address", "phone", "phone")),
        (("氏名", "電話", "緊急連絡先", "記入者氏名"), ("name", "phone", "contact_phone", "")),
        (("団体名", "会長名", "電話"), ("organisation", "name", "phone")),
        (("参加者1", "ふりがな1", "参加者2", "ふりがな2"), ("name", "furigana", "names", "")),
        (("氏名", "電話", "出欠"), ("name", "phone", "status")),
    ],
)  # fmt: skip
def test_other_headings_find_their_fields(headings, fields):
    assert tuple(propose_columns(headings).get(index, "") for index in range(len(headings))) == fields


def test_a_name_in_two_columns_is_one_name_and_two_numbers_are_both_kept(tmp_path):
    path = _csv(
        tmp_path,
        ("姓", "名", "電話番号（自宅）", "電話番号（携帯）", "住所1", "住所2"),
        ("𠮷田", "なゝえ", "", "090-0000-1111", "みほん1-1", "みほん荘"),
        ("見本", "花子", "03-0000-1111", "090-0000-2222", "みほん2", ""),
    )
    _, table = _read(path)

    assert [(row.name, row.phone) for row in table.rows] == [
        ("𠮷田 なゝえ", "09000001111"),
        ("見本 花子", "0300001111"),
    ]
    assert [row.values["phone"] for row in table.rows] == ["090-0000-1111", "03-0000-1111 / 090-0000-2222"]
    assert table.rows[0].values["address"] == "みほん1-1 みほん荘"


@pytest.mark.parametrize(
    ("headings", "yes", "no"),
    [
        (("希望講習会[LINE講習会]", "希望講習会[Instagram講習会]"), "1", "0"),
        (("LINE講習会", "Instagram講習会"), "○", ""),
        (("希望（LINE講習会）", "希望（Instagram講習会）"), "参加する", "参加しない"),
    ],
)
def test_a_tick_in_a_column_means_its_heading(tmp_path, headings, yes, no):
    path = _csv(tmp_path, ("氏名", "電話", *headings), (*PERSON[:2], yes, no), ("見本 太郎", "03-0000-2222", yes, yes))
    _, table = _read(path)

    assert [row.wishes for row in table.rows] == [("LINE講習会",), ("LINE講習会", "Instagram講習会")]


def test_wishes_in_columns_of_their_own_are_several_wishes(tmp_path):
    headings = ("受付番号", "送信日時", "氏名", "希望講座_1", "希望講座_2")
    _, table = _read(_csv(tmp_path, headings, ("01", "2026/09/01 9:00", "見本 花子", "LINE講習会", "Instagram講習会")))

    assert table.rows[0].wishes == ("LINE講習会", "Instagram講習会")


@pytest.mark.parametrize(
    ("heading", "text", "device"),
    [
        ("端末貸出", "要", "貸与"), ("端末貸出", "不要", "持参"), ("タブレット貸出希望", "なし", "持参"),
        ("端末の有無", "あり", "持参"), ("スマートフォンをお持ちですか", "いいえ", "貸与"),
        ("端末", "貸出は希望しない", "持参"),
        ("端末", "ガラケー", ""),
    ],
)  # fmt: skip
def test_a_bare_yes_answers_what_the_heading_asks(heading, text, device):
    assert parse_field("device", text, heading).word == device


def test_a_tick_for_no_photo_is_no_consent():
    assert [
        parse_field("photo", *said).word for said in (("○", "撮影不可"), ("", "撮影不可"), ("○", "写真撮影の可否"))
    ] == [
        "不可",
        "",
        "可",
    ]


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2026-09-01T10:30:00+09:00", datetime(2026, 9, 1, 10, 30)), ("46266.4375", datetime(2026, 9, 1, 10, 30)),
        ("Sep 1, 2026 3:04 PM", datetime(2026, 9, 1, 15, 4)), ("1 September 2026", datetime(2026, 9, 1)),
        ("9/13/2026 9:02:03", datetime(2026, 9, 13, 9, 2, 3)),
        ("2026/09/01 下午 3:04:05", datetime(2026, 9, 1, 15, 4, 5)),
        ("令和8年9月1日（火）10時半", datetime(2026, 9, 1, 10, 30)), ("'2026/9/1 9:05", datetime(2026, 9, 1, 9, 5)),
    ],
)  # fmt: skip
def test_a_moment_is_read_with_its_time(written, at):
    assert (parse_day(written).at, parse_day(written).problem) == (at, "")


@pytest.mark.parametrize("written", ["2026/09/03 25:09", "2026年9月1日 25:00", "令和8年9月1日 10時75分"])
def test_a_time_that_no_clock_shows_is_named_and_not_dropped(written):
    reading = parse_day(written)

    assert reading.code == "invalid_date"
    assert "時刻を読めない" in reading.problem


def test_day_and_month_are_told_by_their_column_or_not_at_all():
    assert date_order(["9/10/2026", "9/13/2026"]) == "month first"
    assert parse_day("9/10/2026", "month first").at == datetime(2026, 9, 10)
    assert parse_day("9/10/2026").code == WITHOUT_ORDER
    assert date_order(["9/10/2026", "13/9/2026", "9/13/2026"]) == ""


@pytest.mark.parametrize(
    ("written", "digits", "problem"),
    [
        ("9.01235E+09", "", "失われている"),
        ("+1-212-555-0100", "", "0で始まらない"),
        ("3399010274", "", "先頭の0を入れて11桁（03なら10桁）"),
        ("03-3990-10274", "", "先頭の0を入れて11桁（03なら10桁）"),
        ("8000001111", "08000001111", ""),
        ("5000001111", "05000001111", ""),
        ("120000111", "0120000111", ""),
        ("'09000005555", "09000005555", ""),
        ("03-0000-1111 090-0000-2222", "0300001111", ""),
        ("自宅03(0000)1111", "0300001111", ""),
    ],
)
def test_odd_numbers_are_read_or_doubted(written, digits, problem):
    reading = parse_phone(written)

    assert reading.digits == digits
    assert problem in reading.problem


def test_unseen_signs_around_a_name_are_no_part_of_it_and_those_inside_stay():
    assert clean("\u200b見本\u00a0花子\u200b") == "見本\u00a0花子"
    assert clean("葛\U000e0100西\ufeff") == "葛\U000e0100西"
    assert (parse_people("'2"), parse_people("2.0"), parse_people("2.5")) == (2, 2, None)


def test_sums_and_numbers_prepared_for_later_are_no_applications(tmp_path):
    def fill(sheet, _):
        rows(sheet, 1, [
            ("No", "受付日", "氏名", "フリガナ", "団体名", "電話", "人数"),
            (1, "R8.9.1", "合田 計", "ゴウダ", "みほん町会", "03-0000-1111", 1),
            (2, "R8.9.2", "小計 太郎", "コバカリ", "みほん町会", "03-0000-2222", 2),
            (3,), (4,),
            (None, None, None, None, "小計", None, 3),
            (None, None, None, "総　計", None, None, 3),
            (None, None, None, None, None, None, 3),
            ("（内訳）",),
        ])  # fmt: skip

    file, table = _read(book(tmp_path / "一覧.xlsx", fill))

    assert [row.name for row in table.rows] == ["合田 計", "小計 太郎"]
    assert [line.kind for line in file.left_out] == ["番号だけ", "番号だけ", "小計", "合計", "合計", "注記"]


def test_companions_are_names_only_and_the_applicant_is_none_of_them(tmp_path):
    path = _csv(
        tmp_path,
        ("氏名", "電話", "同行者", "人数"),
        ("見本 花子", "03-0000-1111", "①見本　花子 ②見本 太郎", "2"),
        ("見本 一", "03-0000-2222", "見本 二、他2名", "4"),
        ("見本 三、見本 四", "03-0000-3333", "なし", "2"),
    )
    _, table = _read(path)

    assert [row.names for row in table.rows] == [("見本 太郎",), ("見本 二",), ()]
    assert [(p.row, p.code) for p in table.problems] == [(2, "companions_unnamed"), (3, "several_names")]


def test_the_form_of_one_person_is_refused_and_not_read_as_a_list(tmp_path):
    lines = [
        ("団体名", "みほん町会"), ("氏名", "見本 花子"), ("ふりがな", "みほん"), ("電話番号", "03-0000-1111"),
        ("備考", ""),
    ]  # fmt: skip
    path = book(tmp_path / "申込書.xlsx", lambda sheet, _: rows(sheet, 1, [("講習会参加申込書",), *lines]))

    with pytest.raises(IntakeRefusal, match="1件分の申込書"):
        read_foreign_file(path)


def test_lines_quoted_as_a_whole_are_opened_and_other_unicode_is_refused(tmp_path):
    inside = ("受付番号,送信日時,氏名,電話", '01,2026/09/01 9:00,見本 花子,""03-0000-1111""')
    path = tmp_path / "二重.csv"
    path.write_bytes("".join(f'"{line}"\r\n' for line in inside).encode())
    assert _read(path)[1].rows[0].phone == "0300001111"

    path.write_bytes("氏名,電話\n見本,03\n".encode("utf-32"))
    with pytest.raises(IntakeRefusal, match="UTF-32"):
        read_foreign_file(path)


def test_a_section_above_the_headings_names_the_branch_of_its_rows(tmp_path):
    headings = ("No", "町会名", "会長", "会長電話", "世帯数", "LINE")
    path = book(
        tmp_path / "団体.xlsx",
        lambda sheet, _: rows(sheet, 1, [
            ("町会一覧",), ("【見本支部】",), headings, (1, "みほん町会", "見本 一", "03-0000-1111", 10, 3),
            (None, "計", None, None, 10),
            ("【第2支部】",), headings, (1, "みほん町会", "見本 二", "", 20, "×"),
        ]),
    )  # fmt: skip
    table = read_organisations(read_foreign_file(path))

    assert [(row.branch, row.name, row.phone) for row in table.rows] == [
        ("見本支部", "みほん町会", "0300001111"),
        ("第2支部", "みほん町会", ""),
    ]


def test_a_hall_without_a_fee_costs_nothing(tmp_path):
    path = _csv(
        tmp_path, ("施設名", "利用日", "利用時間", "使用料"), ("みほん館", "2026/11/11", "13:00～17:00", "無料")
    )

    assert [(row.fee, row.problems) for row in read_bookings(read_foreign_file(path)).rows] == [(0, ())]


def test_a_state_of_not_coming_is_shown_to_a_person(tmp_path):
    path = _csv(tmp_path, ("氏名", "電話", "出欠"), ("見本 一", "03-0000-1111", "○"), ("見本 二", "03-0000-2222", "×"))
    report = describe_file(path)

    assert [(problem.row, problem.code) for problem in report.problems] == [(2, "cancelled")]


def test_what_several_cells_of_a_row_say_stands_in_one_order_and_each_row_for_itself(tmp_path):
    """The cells are judged once a text, whichever row has them; what a row lacks is not called empty."""
    path = _csv(
        tmp_path,
        ("備考", "氏名", "ふりがな", "状態", "希望日1", "電話番号"),
        ("取消", "見本?", "見本", "取下げ", "10/3", "12"),
        ("", "見本　花子", "みほん", "", "", "03-0000-1111"),
        ("取消", "", "見本", "", "", ""),
    )
    _, table = _read(path)

    assert [[one.code for one in row.problems] for row in table.rows] == [
        ["lost_character", "kana_invalid", "phone_invalid", "date_without_year", "cancelled"],
        [],
        ["missing_required", "missing_required", "kana_invalid", "cancelled"],
    ]
    assert [row.problems[-1].column for row in table.rows if row.problems] == ["状態", "備考"]


def test_a_table_both_long_and_wide_is_refused_before_it_is_read_to_its_end(tmp_path):
    wide = ("氏名", "電話", *(f"列{number}" for number in range(190)))
    path = tmp_path / "広い.csv"
    line = ",".join(("見本 花子", "03-0000-1111", *["1"] * 190)) + "\r\n"
    path.write_bytes((",".join(wide) + "\r\n" + line * 3_000).encode())

    with pytest.raises(IntakeRefusal, match="行と列が多すぎます"):
        read_foreign_file(path)


def test_one_person_whose_name_a_pdf_gave_in_radicals_is_told_as_a_double(tmp_path):
    path = _csv(
        tmp_path,
        ("氏名", "電話", "団体名"),
        ("長田 西子", "03-0000-9001", "見本あおば町会"),
        ("⻑⽥ ⻄⼦", "03-0000-9001", "⾒本あおば町会"),
    )
    _, table = _read(path)

    assert [row.name for row in table.rows] == ["長田 西子", "⻑⽥ ⻄⼦"], "names stand as they were typed"
    assert [(one.row, one.code) for one in table.problems] == [(2, "duplicate_person")]
