"""Applications with other headings and other habits than the samples: mapped, understood, and doubted where due."""

from datetime import date, datetime

import pytest

from app.events.applications.intake.application_fields import DROPPED, dropped_columns, propose_columns
from app.events.applications.intake.application_rows import read_applications
from app.foreign_files.cells.choice_splitting import SURE_MATCH
from app.foreign_files.cells.date_parsing import parse_day
from app.foreign_files.foreign_file import read_foreign_file
from app.foreign_files.foreign_shape import source_key
from app.registers.register.intake import parse_people, parse_phone
from db.digits import one_width


def _table(folder, headings, *people, encoding="utf-8", options=(), name="申込.csv"):
    path = folder / name
    lines = [",".join(f'"{cell}"' for cell in line) for line in (headings, *people)]
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
    file = read_foreign_file(path)
    return file, read_applications(
        file,
        propose_columns(file.headings, file.service),
        wish_match_level=lambda text: SURE_MATCH * (one_width(text) in options),
    )


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (("No.", "申込年月日", "所属団体", "参加者氏名", "よみがな", "携帯電話"),
            ("receipt_number", "received_at", "organisation", "name", "furigana", "phone")),
        (("お名前（必須）", "メールアドレス", "参加人数", "ご一緒に参加される方（同行者）"),
            ("name", "email", "people", "names")),
        (("氏名", "生年月日", "性別", "年齢", "電話"), ("name", DROPPED, DROPPED, DROPPED, "phone")),
        (("氏名", "電話", "連絡担当者氏名", "連絡担当者電話"), ("name", "phone", "contact_name", "contact_phone")),
        (("団体名", "支部", "第2希望日", "第1希望日", "経路"), ("organisation", "branch", "date2", "date1", "way")),
        (("氏名", "備考", "配慮事項"), ("name", "note", "care")),
        (("氏名", "備考"), ("name", "note")),
        (("氏名", "写真撮影の可否", "端末の持参", "状態"), ("name", "photo", "device", "status")),
        (("ご担当者", "ＦＡＸ番号", "ご住所"), ("name", "fax", "address")),
        (("Q1.氏名", "Q2.電話・FAX", "Q3.希望する講座"), ("name", "phone", "wishes")),
        (("参加者1氏名", "参加者1ふりがな", "参加者②氏名", "参加者②ふりがな", "3人目氏名"),
            ("name", "furigana", "names", "", "names")),
    ],
)  # fmt: skip
def test_headings_find_their_fields(headings, fields):
    assert tuple(propose_columns(headings).get(index, "") for index in range(len(headings))) == fields


def test_personal_columns_that_are_not_needed_are_dropped_and_named(tmp_path):
    file, table = _table(
        tmp_path, ("氏名", "生年月日", "性別", "電話"), ("見本 花", "昭和20年1月1日", "女", "03-0000-1111")
    )

    assert dropped_columns(file.headings, dict(table.columns)) == ("生年月日", "性別")
    assert not {"昭和20年1月1日", "女"} & set(table.rows[0].values.values())
    assert "昭和" not in table.rows[0].canonical_text


def test_a_form_is_known_again(tmp_path):
    one, _ = _table(tmp_path, ("氏名", "電話"), ("見本", "03"))
    other, _ = _table(tmp_path, ("氏　名", "電話 "), ("見本", "03"), name="あと.csv")

    assert source_key(one) == source_key(other)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("令和8年9月1日（火）", date(2026, 9, 1)), ("Ｒ８．９．１", date(2026, 9, 1)),
        ("2026-09-01T00:00:00", date(2026, 9, 1)), ("2026/9/1 13:05", date(2026, 9, 1)),
        ("令和8年9月1日 13時05分", date(2026, 9, 1)), ("20260901", date(2026, 9, 1)), ("46266", date(2026, 9, 1)),
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_spelling(written, day):
    assert parse_day(written).day == day


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("9/12", "date_without_year"), ("9月12日", "date_without_year"), ("令和8年9月31日", "invalid_date"),
        ("2026/13/1", "invalid_date"), ("令和8年9月1日（月）", "invalid_date"), ("来週の火曜", "invalid_date"),
    ],
)  # fmt: skip
def test_a_day_that_is_none_is_not_guessed(written, code):
    assert (parse_day(written).at, parse_day(written).code) == (None, code)


@pytest.mark.parametrize(
    ("written", "digits", "restored"),
    [
        ("03-0000-1111", "0300001111", False), ("０９０（００００）１１１１", "09000001111", False),
        ("9000001111", "09000001111", True), ("300001111", "0300001111", True),
        ("03-0000-1111（内線12）", "0300001111", False), ("+81 90-0000-1111", "09000001111", False),
        ("03-0000-1111／090-0000-2222", "0300001111", False), ("03-0000-11", "", False), ("なし", "", False),
    ],
)  # fmt: skip
def test_a_telephone_number_is_read_in_every_spelling(written, digits, restored):
    reading = parse_phone(written)

    assert (reading.digits, reading.is_restored) == (digits, restored)
    assert bool(reading.problem) == (not digits)


@pytest.mark.parametrize(
    ("written", "people"), [("２名", 2), ("三人", 3), ("計4名", 4), ("2～3", None), ("数名", None), ("本人のみ", 1)]
)
def test_only_one_number_is_a_number_of_people(written, people):
    assert parse_people(written) == people


def test_wishes_are_matched_by_the_longest_option_whatever_parts_them(tmp_path):
    options = ("LINE", "LINE公式アカウント", "LINE, Instagram 以外のSNS")
    _, table = _table(
        tmp_path,
        ("氏名", "電話", "希望講習会"),
        ("見本 一", "03-0000-1111", "LINE、LINE公式アカウント"),
        ("見本 二", "03-0000-2222", "ＬＩＮＥ／別の講習会"),
        ("見本 三", "03-0000-3333", "LINE, Instagram 以外のSNS"),
        options=options,
    )

    assert [row.wishes for row in table.rows] == [
        ("LINE", "LINE公式アカウント"),
        ("ＬＩＮＥ", "別の講習会"),
        (options[2],),
    ]


def test_what_a_person_needs_is_kept_apart_from_saying_nothing(tmp_path):
    _, table = _table(
        tmp_path,
        ("氏名", "電話", "配慮事項", "端末", "撮影"),
        ("見本 一", "03-0000-1111", "特になし", "持っていない", "不可"),
        ("見本 二", "03-0000-2222", "手話を希望", "スマートフォン", "可"),
    )

    assert [(row.care, row.device, row.photo) for row in table.rows] == [
        ("", "貸与", "不可"),
        ("手話を希望", "持参", "可"),
    ]


def test_a_withdrawal_is_seen_and_a_question_about_it_is_none(tmp_path):
    _, table = _table(
        tmp_path,
        ("氏名", "電話", "状態", "備考"),
        ("見本 一", "03-0000-1111", "取下げ", ""),
        ("見本 二", "03-0000-2222", "受付済", "9/16 キャンセルの電話"),
        ("見本 三", "03-0000-3333", "受付済", "キャンセル待ちでも参加したい"),
    )

    assert [row.withdrawn for row in table.rows] == [True, False, False]
    assert [(p.row, p.code) for p in table.problems] == [(1, "cancelled"), (2, "cancelled")]


def test_one_person_twice_is_told_from_a_namesake_and_from_a_double_click(tmp_path):
    _, table = _table(
        tmp_path,
        ("送信日時", "氏名", "電話", "団体名", "希望"),
        ("2026/09/01 10:00", "見本 花子", "03-0000-1111", "みほん町会", "LINE"),
        ("2026/09/01 10:01", "見本 花子", "03-0000-1111", "みほん町会", "LINE"),
        ("2026/09/02 10:00", "見本　月子", "090-0000-1111", "みほん町会", "LINE"),
        ("2026/09/03 10:00", "見本月子", "09000001111", "みほん町会", "LINE,別"),
        ("2026/09/04 10:00", "見本 花子", "080-0000-9999", "桜自治会", "LINE"),
    )

    assert [(p.row, p.code) for p in table.problems] == [(2, "duplicate_person"), (4, "duplicate_person")]
    assert [n.row for n in table.notices if n.code == "same_name_other_person"] == [5]


def test_rows_are_known_again_although_a_clerk_renumbers_them_and_writes_remarks(tmp_path):
    headings = ("No", "氏名", "電話", "内部メモ")
    _, before = _table(tmp_path, headings, ("1", "見本", "03-0000-1111", ""))
    _, after = _table(tmp_path, headings, ("7", "見本", "03-0000-1111", "折返し済"))

    assert before.rows[0].canonical_text == after.rows[0].canonical_text


def test_a_time_stamp_of_another_form_and_ditto_marks_are_understood(tmp_path):
    _, table = _table(
        tmp_path,
        ("受付日時", "団体名", "氏名", "電話"),
        ("令和8年9月1日 13:05", "みほん町会", "見本 一", "03-0000-1111"),
        ("〃", "同上", "見本 二", "03-0000-2222"),
    )

    assert table.rows[1].received_at == datetime(2026, 9, 1, 13, 5)
    assert table.rows[1].organisation == "みほん町会"
    assert {n.code for n in table.notices} == {"ditto_carried"}


def test_a_name_is_never_changed(tmp_path):
    names = ("𠮷田　花子", "葛\U000e0100西 一", "髙﨑  次郎", "Nguyễn Thị Hà", "ﾐﾎﾝ ﾊﾅｺ")
    people = [(name, f"03-0000-111{number}") for number, name in enumerate(names)]
    _, table = _table(tmp_path, ("氏名", "電話"), *people)

    assert tuple(row.name for row in table.rows) == names
