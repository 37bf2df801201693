"""Files as strangers send them, three of each kind: what they say is read, what nobody can be sure of is said."""

from datetime import datetime

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.calendar.date_only_moments import date_only_moment, is_date_only
from app.common.text_rules import MASK
from app.events.applications.services import application_import
from app.events.applications.services.application_preview import RowCorrection
from app.events.roster.services.roster import read_roster
from app.foreign_files.children.limited_child import ChildLimits
from app.foreign_files.foreign_file import read_foreign_file
from tests.support.application_rows import BY, NOW, year_store
from tests.support.foreign_books import book, crooked, inline, rows
from tests.support.stores import made_by

WHO = {"by": BY, "now": NOW}
TOWN = "みほん一丁目町会"
HEADINGS = ("受付日", "氏名", "電話番号", "団体名", "人数", "備考")
OWN_NUMBER = "123456789018"
store = made_by(lambda place: year_store(place, organisations=[("第1支部", TOWN)]))


def person(number, *, day="2026/9/1 9:00", people="1", note="", name=""):
    return (day, name or f"見本　{'春夏秋冬'[number % 4]}{number}", f"03-0000-{number:04d}", TOWN, people, note)


def text_file(tmp_path, lines, *, encoding="utf-8-sig", end="\n", name="申込.csv"):
    path = tmp_path / name
    path.write_bytes(end.join(",".join(line) for line in lines).encode(encoding) + end.encode())
    return path


def workbook(tmp_path, lines, name="申込.xlsx"):
    return book(tmp_path / name, lambda sheet, _: rows(sheet, 1, lines))


def preview(store, path, **given):
    return application_import.preview_applications(store, path=path, **{"event_id": 1, **given})


def outcomes(found):
    return [row.outcome for row in found.rows]


# several wishes in one cell


@pytest.mark.parametrize("sign", ["\n", ";", "、", ", ", ",", "/", " | ", "；"])
def test_two_wishes_are_two_whatever_stands_between_them(store, tmp_path, sign):
    wished = sign.join(("意見交換会", "Instagram講習会"))
    path = text_file(tmp_path, [(*HEADINGS, "希望講習会"), (*person(1), f'"{wished}"'), (*person(2), "意見交換会")])
    found = preview(store, path, event_id=None)
    assert {one.text: one.count for one in found.wishes} == {"意見交換会": 2, "Instagram講習会": 1}
    assert [len(row.event_ids) for row in found.rows] == [2, 1]


def test_wishes_with_different_signs_in_one_file_are_all_found_and_what_is_left_is_named(store, tmp_path):
    cells = ['"LINE講習会\nInstagram講習会"', '"LINE講習会、Instagram講習会"', '"Instagram講習会;編み物教室"']
    path = text_file(
        tmp_path, [(*HEADINGS, "希望講習会"), *((*person(n), cell) for n, cell in enumerate(cells, start=1))]
    )
    found = preview(store, path, event_id=None)
    assert {one.text: one.count for one in found.wishes} == {"LINE講習会": 2, "Instagram講習会": 3, "編み物教室": 1}
    assert "編み物教室" in found.rows[2].reason


# lines that are no application


@pytest.mark.parametrize(
    "line",
    [
        (None, "22 件", None, None, None, None), (None, None, None, None, "34人", None),
        (None, "22 件", None, None, "34人", None), ("以上", None, "22件", None, None, None),
        ("― 以下11月 ―", None, None, None, None, None), (None, "以下11月", None, None, None, None),
        ("-----", "-----", "-----", "-----", "-----", "-----"), (None, None, None, None, None, "11/5 まで受け付けた分"),
        ("申込数：22件", None, None, None, None, None),
    ],
)  # fmt: skip
def test_a_line_of_nothing_but_a_sum_or_a_remark_is_no_application_and_is_named(store, tmp_path, line):
    path = workbook(tmp_path, [HEADINGS, person(1), line, person(2)])
    found = preview(store, path)
    assert [row.name for row in found.rows] == ["見本　夏1", "見本　秋2"]
    (other,) = found.rows_without_application
    assert (other.line, other.outcome) == (3, "取り込まない")
    assert [row.line for row in found.all_rows] == [2, 3, 4]


@pytest.mark.parametrize("end", [b"\x1a", b"\x1a\r\n", b"\r\n\x1a\x1a"])
def test_the_sign_at_the_end_of_a_dos_file_is_no_row_and_no_part_of_the_last_cell(tmp_path, end):
    path = text_file(tmp_path, [HEADINGS, person(1, note="よろしく")], encoding="cp932", end="\r\n")
    path.write_bytes(path.read_bytes().rstrip(b"\r\n") + end)
    file = read_foreign_file(path)
    assert [row.cells[-1] for row in file.rows] == ["よろしく"]
    assert not file.problems


@pytest.mark.parametrize("cell", ["\x00", "\u200b", "\x1a\x07"])
def test_a_row_of_nothing_but_signs_nobody_sees_is_no_row(tmp_path, cell):
    path = text_file(tmp_path, [HEADINGS, person(1), (cell, "", cell, "", "", ""), person(2)])
    assert [row.cells[1] for row in read_foreign_file(path).rows] == ["見本　夏1", "見本　秋2"]


@pytest.mark.parametrize("count", [250, 5_000, 20_000])
def test_empty_columns_at_the_right_are_cut_off(tmp_path, count):
    lines = [HEADINGS, person(1), person(2)]
    path = text_file(tmp_path, [(*line, *("",) * count) for line in lines])
    file = read_foreign_file(path)
    assert file.headings == HEADINGS
    assert [row.cells for row in file.rows] == [person(1), person(2)]
    assert not file.problems


def test_formatted_columns_far_at_the_right_of_a_workbook_are_cut_off(tmp_path):
    blanks = "<c/>" * 11_000
    data = "".join(
        inline(line, number).replace("</row>", f"{blanks}</row>")
        for number, line in enumerate([HEADINGS, *map(person, range(1, 31))], start=1)
    )
    caps = ChildLimits(seconds=60)  # a busy machine reads so many cells more slowly
    assert len(read_foreign_file(crooked(tmp_path / "申込.xlsx", data), caps=caps).rows) == 30


# days and times


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2026/11/02 17時16分", datetime(2026, 11, 2, 17, 16)),
        ("令和八年十一月十二日", date_only_moment(datetime(2026, 11, 12).date())),
        ("令和8年11月2日 午後5時半", datetime(2026, 11, 2, 17, 30)),
        ("二〇二六年十一月二日 九時五分", datetime(2026, 11, 2, 9, 5)),
        ("令和元年五月一日", date_only_moment(datetime(2019, 5, 1).date())),
        ("R8.11.2", date_only_moment(datetime(2026, 11, 2).date())),
    ],
)
def test_days_in_japanese_words_are_read_and_a_day_alone_stands_at_its_end(store, tmp_path, written, at):
    found = preview(store, workbook(tmp_path, [HEADINGS, person(1, day=written)]))
    assert found.rows[0].received_at == at


def test_a_day_without_a_time_goes_before_nobody_of_that_day_and_is_marked(store, tmp_path):
    path = text_file(
        tmp_path, [HEADINGS, person(1, day="2026/9/1"), person(2, day="2026/9/1 17:40"), person(3, day="2026/9/2 0:05")]
    )
    application_import.import_applications(ActionContext(store, **WHO), path=path, event_id=1)
    entries = sorted((row.entry for row in read_roster(store, event_id=1).rows), key=lambda entry: entry.applied_at)
    assert [is_date_only(entry.applied_at) for entry in entries] == [False, True, False]
    later = preview(store, text_file(tmp_path, [HEADINGS, person(9, day="2026/9/1")], name="b.csv"))
    assert [row.note for row in later.rows] == [""]
    assert "時刻のない申込（先着順では、その日の最後に並べます）　1行" in later.readings


# rows that are decided one by one


@pytest.mark.parametrize("note", ["取消", "11/2 電話でキャンセル", "辞退の連絡あり"])
def test_a_cancelled_row_is_never_taken_in_with_others(store, tmp_path, note):
    path = text_file(tmp_path, [HEADINGS, person(1, note=note), person(2)])
    found = preview(store, path, include_doubtful=True)
    assert [row.is_taken for row in found.rows] == [False, True]
    settled = preview(store, path, mends={1: RowCorrection(decision="取り込む")})
    assert settled.rows[0].is_taken


@pytest.mark.parametrize("field", [1, 2, 5])
@pytest.mark.parametrize("number", [OWN_NUMBER, "1234-5678-9018", "１２３４ ５６７８ ９０１８"])
def test_what_may_be_a_personal_number_waits_masked_and_goes_on_with_a_reason(store, tmp_path, field, number):
    line = list(person(1))
    line[field] = f"{line[field]} {number}" if field != 2 else number
    path = text_file(tmp_path, [HEADINGS, tuple(line), person(2)])
    found = preview(store, path, include_doubtful=True)
    assert outcomes(found)[0] == "確認が必要"
    assert not found.rows[0].is_taken
    assert number not in repr(found)
    assert MASK in repr(found.rows[0]) or field == 5
    without = preview(store, path, mends={1: RowCorrection(decision="取り込む")})
    assert not without.rows[0].is_taken
    settled = preview(store, path, mends={1: RowCorrection(decision="取り込む", reason="問い合わせ番号と確認")})
    assert settled.rows[0].is_taken


@pytest.mark.parametrize("number", ["123456789012", "090-1234-5678", "2026110200010"])
def test_other_long_numbers_do_not_wait(store, tmp_path, number):
    found = preview(store, text_file(tmp_path, [HEADINGS, person(1, note=number)]))
    assert outcomes(found) == ["新規"]


@pytest.mark.parametrize("heading", ["受付番号", "整理番号", "フォーム受付No.（番号）"])
def test_a_column_of_receipts_full_of_such_numbers_is_said_once(store, tmp_path, heading):
    lines = [(heading, *HEADINGS), *((OWN_NUMBER if n % 2 else f"{n:012d}", *person(n)) for n in range(1, 9))]
    found = preview(store, text_file(tmp_path, lines))
    assert set(outcomes(found)) == {"新規"}
    assert len([notice for notice in found.notices if "個人番号" in notice]) == 1


@pytest.mark.parametrize("heading", ["マイナンバー番号", "個人番号", "電話番号2"])
def test_under_other_headings_each_of_such_rows_waits(store, tmp_path, heading):
    lines = [(heading, *HEADINGS), *((OWN_NUMBER, *person(n)) for n in range(1, 5))]
    found = preview(store, text_file(tmp_path, lines))
    assert set(outcomes(found)) == {"確認が必要"}
    assert OWN_NUMBER not in repr(found)


@pytest.mark.parametrize("name", ["見本😀太郎", "見本\u202e太郎", "見" * 5_000])
def test_a_name_that_no_paper_can_print_waits_until_it_is_set_right(store, tmp_path, name):
    path = text_file(tmp_path, [HEADINGS, person(1, name=name), person(2)])
    found = preview(store, path, include_doubtful=True)
    assert [row.is_taken for row in found.rows] == [False, True]
    assert not preview(store, path, mends={1: RowCorrection(decision="取り込む")}).rows[0].is_taken
    assert preview(store, path, mends={1: RowCorrection(name="見本 太郎", decision="取り込む")}).rows[0].is_taken


@pytest.mark.parametrize("name", ["葛󠄀城　麻衣子", "𠮷田　榮一", "アレクサンドラ・デ・ラ・クルス　美智子"])
def test_rare_characters_and_long_names_are_names(store, tmp_path, name):
    assert outcomes(preview(store, text_file(tmp_path, [HEADINGS, person(1, name=name)]))) == ["新規"]


# what people need


@pytest.mark.parametrize("need", ["ペースメーカーを使用", "筆談を希望", "車いすで参加"])
def test_a_column_of_needs_is_care_whatever_it_is_called(store, tmp_path, need):
    headings = (*HEADINGS[:-1], "当日お伝えしたい話題")
    found = preview(store, text_file(tmp_path, [headings, person(1, note=need), person(2)]))
    assert found.rows[0].care == need


@pytest.mark.parametrize("remark", ["駐車場はありますか", "充電器を持参します", "資料は2部ほしい"])
def test_an_ordinary_remark_is_no_need(store, tmp_path, remark):
    path = text_file(
        tmp_path, [HEADINGS, person(1, note=remark), person(2, note="筆談を希望"), person(3, note="特になし")]
    )
    found = preview(store, path)
    assert [row.care for row in found.rows] == ["", "筆談を希望", ""]
    assert "配慮" in found.rows[1].note


# numbers of rows


def test_rows_have_the_number_that_a_spreadsheet_shows(store, tmp_path):
    lines = [HEADINGS, person(1, note='"一行目\n二行目"'), ("",) * 6, person(2), person(2)]
    found = preview(store, text_file(tmp_path, lines))
    assert [row.line for row in found.rows] == [2, 4, 5]
    assert "4行目" in found.rows[2].reason


def test_a_typed_name_that_no_paper_can_print_is_refused(store):
    from app.events.applications.services.manual_entry import TypedApplication, add_application

    for name, words in (("見本😀", "絵文字"), ("見本\u202e", "U+202E"), ("見" * 5_000, "5000字")):
        with pytest.raises(UserError, match=words.replace("+", r"\+")):
            add_application(
                ActionContext(store, **WHO), typed=TypedApplication(event_id=1, name=name, phone="03-0000-0001")
            )
    with pytest.raises(UserError, match="個人番号"):
        add_application(
            ActionContext(store, **WHO), typed=TypedApplication(event_id=1, name="見本 花子", note=OWN_NUMBER)
        )
