"""Lists of 団体 and bookings as people write them: what a careful clerk makes of each row stands beside the files."""

import csv

import pytest

from app.importing.missing_years import ORDER_SETTING
from app.importing.row_target import preview_list
from app.registers.register.services.organisation_intake import MANY_NEW, TAKE_NEW
from app.registers.register.services.organisation_target import ORGANISATIONS
from app.registers.venues.intake import propose_booking_columns
from app.registers.venues.services import BOOKINGS
from tests.fixtures.survey.samples import REPORTS
from tests.support.sample import NOW, sample_store
from tests.support.stores import made_by

OUTCOMES = {"新規": "new", "更新": "known", "重複": "known", "確認が必要": "ask", "取り込まない": "out"}
with (REPORTS / "n_expected.tsv").open(encoding="utf-8") as table:
    WANTED = list(csv.DictReader(table, delimiter="\t"))


store = made_by(sample_store, scope="module")


def look(store, path, target, **given):
    return preview_list(store, path=path, target=target, today=NOW.date(), **given)


@pytest.mark.parametrize(("number", "target"), [("n05", ORGANISATIONS), ("n15", BOOKINGS)])
def test_what_a_list_says_comes_out_or_is_asked(store, number, target):
    path = next(REPORTS.glob(f"{number}_*"))
    wanted = {int(one["row"]): one["want"] for one in WANTED if one["file"] == path.name and one["row"] != "0"}
    found = look(store, path, target)
    seen = {row.row: (OUTCOMES[row.outcome], row.words) for row in found.rows}
    assert {row: seen[row] for row, want in wanted.items() if seen[row][0] not in want.split("|")} == {}


@pytest.mark.parametrize(
    "name",
    [
        "見本わかば町会 御中", "（空き）", "第３　支部 計", "合　計", "※", "見本う町会→見本え町会",
        "見本お町会（旧 見本か町会）",
        "見本き町会・見本く町会", "見本こ町会(分割予定)", "第1支部", "なし", "見本せ町会 様",
        "×見本な町会", "見本て町会（脱会）", "見本と町会 他", "町会なし", "個人", "見本な町会（120世帯）",
        "見本に町会or見本ぬ町会", "見本ね町会（今年から見本の町会）", "見本は会 本年より休み", "見本ひ町会は加わらない",
    ],
)  # fmt: skip
def test_what_is_no_name_of_an_organisation_is_asked(store, tmp_path, name):
    found = look(store, group(tmp_path, 団体名=name), ORGANISATIONS, settings={TAKE_NEW: True})
    assert [row.outcome for row in found.rows if row.outcome not in ("確認が必要", "取り込まない")] == []


def group(folder, **cells):
    """Write a list of one 団体 with these cells."""
    told = {"支部": "第1支部", "団体名": "見本どこか町会", "会長名": "見本 一"} | cells
    path = folder / "団体.csv"
    path.write_text(f"{','.join(told)}\r\n{','.join(told.values())}\r\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("支部", "旧第6支部（現 第7支部）"), ("支部", "第1支部→第2支部"), ("支部", "第1・第2支部"), ("支部", "未加入"),
        ("メール", "a@example.jp（会計）"), ("メール", "a@example.jp b@example.jp"), ("住所", "転居"), ("住所", "同上"),
        ("住所", "見本町1-1→2-2"), ("備考", "解散"), ("活動状況", "休会中"),
        ("団体名", "〃（西組）"), ("団体名", "同上 北班"), ("支部", "〃（北）"), ("住所", "〃 202号室"),
        ("住所", "見本町1-1 裏口から"), ("住所", "見本町1-1（隣の1-2でも可）"), ("住所", "見本町1-1 郵送不可"),
        ("住所", "見本町1-1か1-2"), ("住所", "旧：見本町1-1 新：見本町2-2"), ("住所", "見本町1-1 見本台2-2-2"),
        ("支部", "支部なし"), ("支部", "未"), ("支部", "連合会には加わっていない"), ("支部", "なくなった第3"),
        ("会長名", "同左"), ("電話", "電話なし。FAX 03-0000-1111 へ"), ("電話", "0000-1111（03は略）"),
        ("電話", "03-0000-1111（17時以降は090-0000-2222）"), ("FAX", "電話と同じ"),
    ],
)  # fmt: skip
def test_what_is_no_value_of_its_field_is_asked(store, tmp_path, heading, words):
    found = look(store, group(tmp_path, **{heading: words}), ORGANISATIONS, settings={TAKE_NEW: True})
    assert [row.outcome for row in found.rows] == ["確認が必要"]


def test_a_mail_in_full_width_is_one_and_none_at_all_is_nothing(store, tmp_path):
    path = group(tmp_path, メール="ａ＠example.jp", 住所="なし")
    [row] = look(store, path, ORGANISATIONS, settings={TAKE_NEW: True}).rows
    assert (row.outcome, row.source.email, row.source.address) == ("新規", "a@example.jp", "")


def test_words_beside_a_number_stay_in_the_remarks_and_are_told(store, tmp_path):
    [row] = look(store, group(tmp_path, 電話="03-0000-1111 夜のみ"), ORGANISATIONS, settings={TAKE_NEW: True}).rows
    assert (row.outcome, row.source.phone, row.source.note) == ("新規", "0300001111", "電話の欄：03-0000-1111 夜のみ")
    assert "備考に残す" in row.words


def test_several_columns_of_a_field_are_read_together(store, tmp_path):
    path = group(tmp_path, 会長の電話="03-0000-1111", 会館="03-0000-2222")
    columns = {0: "branch", 1: "name", 2: "chair", 3: "phone", 4: "phone"}
    [row] = look(store, path, ORGANISATIONS, columns=columns, settings={TAKE_NEW: True}).rows
    assert row.source.note == "電話の欄：03-0000-1111　03-0000-2222"


def test_a_step_may_be_written_as_its_heading_calls_it(store, tmp_path):
    path = group(tmp_path, **{"LINEの段階（0未着手～5定着）": "定着"})
    [row] = look(store, path, ORGANISATIONS, settings={TAKE_NEW: True}).rows
    assert row.source.stages == {"LINE": "5"}


def test_a_column_of_which_its_field_knows_too_little_has_to_be_chosen(store, tmp_path):
    path = tmp_path / "予約.csv"
    place = "見本つつじ台区民館,13:30～15:30,2027/1/{},承認"
    lines = [place.format(day) for day in (11, 12, 13)]
    path.write_text("\r\n".join(["施設,部屋,利用日,状況", *lines]) + "\r\n", encoding="utf-8")
    assert [one.name for one in look(store, path, BOOKINGS).open_columns if one.must_choose] == ["部屋"]


@pytest.mark.parametrize(
    "name",
    [
        "見本一・見本二",
        "見本 一 他1名",
        "辞任",
        "死亡",
        "見本 一の妻",
        "佐藤家",
        "見本 一？",
        "見本 一 入院中",
        "見本 一/見本 二",
        "共同代表",
    ],
)
def test_what_is_no_name_of_one_chair_is_none(store, tmp_path, name):
    [row] = look(store, group(tmp_path, 会長名=name), ORGANISATIONS, settings={TAKE_NEW: True}).rows
    assert (row.source.chair, row.source.note) == ("", f"会長の欄：{name}")


def test_a_number_of_people_is_no_number_of_households(store, tmp_path):
    [row] = look(store, group(tmp_path, 世帯数="100人"), ORGANISATIONS, settings={TAKE_NEW: True}).rows
    assert (row.source.households, row.source.households_text) == (None, "100人")


@pytest.mark.parametrize(
    "heading", ["LINEの取組の段階（0～5、希望しないは×）", "LINEの活用の段階", "LINEはどこまで（0から5）"]
)
def test_a_step_of_a_tool_is_known_by_its_heading(store, tmp_path, heading):
    [row] = look(store, group(tmp_path, **{heading: "3"}), ORGANISATIONS, settings={TAKE_NEW: True}).rows
    assert row.source.stages == {"LINE": "3"}


def test_a_column_named_by_a_tool_may_be_chosen_to_hold_its_steps(store, tmp_path):
    path = group(tmp_path, キャッシュレスの進み具合="3")
    chosen = {3: "stage:キャッシュレス"}
    assert look(store, path, ORGANISATIONS).fields[chosen[3]] == "段階　キャッシュレス"
    columns = {0: "branch", 1: "name", 2: "chair"} | chosen
    [row] = look(store, path, ORGANISATIONS, columns=columns, settings={TAKE_NEW: True}).rows
    assert row.source.stages == {"キャッシュレス": "3"}


@pytest.mark.parametrize("heading", ["会長のふりがな", "電話"])
@pytest.mark.parametrize("words", ["みもと でなく みほん はじめ", "上と同じ", "〃"])
def test_what_is_no_reading_and_no_number_is_said(store, tmp_path, heading, words):
    [row] = look(store, group(tmp_path, **{heading: words}), ORGANISATIONS, settings={TAKE_NEW: True}).rows
    assert row.words


@pytest.mark.parametrize(
    "address",
    [
        "見本町1-2-3 ひばりが丘荘",
        "東京都 練馬区 見本町 1-2-3",
        "見本町一丁目",
        "見本町1-2-3（見本方）",
        "見本台4丁目5番6号（さくら荘2-201）",
        "見本町１－２　からたちハイツ3",
    ],
)
def test_an_address_with_its_house_is_one(store, tmp_path, address):
    [row] = look(store, group(tmp_path, 住所=address), ORGANISATIONS, settings={TAKE_NEW: True}).rows
    assert (row.outcome, row.source.address) == ("新規", address)


@pytest.mark.parametrize(
    ("room", "hours", "state"),
    [
        ("研修室1→研修室2", "9:00～12:00", "承認"), ("未定", "9:00～12:00", "承認"), ("研修室", "1時～5時", "承認"),
        ("研修室", "9:00～12:00", "取消の取消"), ("13:30～15:30", "9:00～12:00", "承認"), ("〃", "9:00～12:00", "承認"),
        ("午後いっぱい", "9:00～12:00", "承認"), ("研修室", "9:00～12:00", "仮確保"),
        ("研修室か和室", "9:00～12:00", "承認"), ("第1会議室から第2会議室へ", "9:00～12:00", "承認"),
        ("大会議室を二つに仕切って使う", "9:00～12:00", "承認"), ("研修室 ※変更", "9:00～12:00", "承認"),
    ],
)  # fmt: skip
def test_a_booking_of_no_certain_room_hour_or_state_is_asked(store, tmp_path, room, hours, state):
    path = tmp_path / "予約.csv"
    head = "施設,部屋,利用日,利用時間,状況"
    path.write_text(f"{head}\r\n見本つつじ台区民館,{room},2027/1/11,{hours},{state}\r\n", encoding="utf-8")
    assert [row.outcome for row in look(store, path, BOOKINGS).rows] == ["確認が必要"]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("部屋を使う時間", "slot"), ("講習の時間", ""), ("部屋の鍵", ""), ("部屋数", ""),
        ("会場の下見", ""), ("施設コード", ""),
        ("使う部屋", "room"), ("会議室（室番号）", "room"), ("施設・部屋", "room"),
        ("利用会場", "venue"), ("施設名称", "venue"),
    ],
)  # fmt: skip
def test_a_column_about_a_room_is_no_room(heading, field):
    assert propose_booking_columns([heading]).get(0, "") == field


def test_hours_with_a_remark_are_read_and_what_gives_no_hours_is_asked(store, tmp_path):
    hours = ("18：00～21：00（延長）", "午後1時～5時", "10:00～")
    place = "見本つつじ台区民館 研修室"
    lines = [f"{place},2027/1/{day},{text},承認" for day, text in enumerate(hours, 11)]
    path = tmp_path / "予約.csv"
    path.write_text("\r\n".join(["施設・部屋,利用日,利用時間,状況", *lines]) + "\r\n", encoding="utf-8")
    rows = look(store, path, BOOKINGS).rows
    assert [row.outcome for row in rows] == ["新規", "新規", "確認が必要"]
    assert [(row.new_record.start_time, row.new_record.end_time) for row in rows[:2]] == [
        ("18:00", "21:00"),
        ("13:00", "17:00"),
    ]
    assert [row.new_record.note for row in rows[:2]] == ["利用時間帯：18：00～21：00（延長）", ""]
    assert "備考に残す" in rows[0].words


@pytest.mark.parametrize(
    ("heading", "words", "outcome"),
    [
        ("備考", "講師の都合で中止", "確認が必要"), ("利用目的", "講習会（取消予定）", "確認が必要"),
        ("利用目的", "同上", "確認が必要"), ("承認番号", "第12号→第15号", "確認が必要"), ("承認番号", "なし", "新規"),
        ("状況", "未予約", "取り込まない"), ("取消期限", "2026/12/20まで", "新規"),
    ],
)  # fmt: skip
def test_what_says_that_a_booking_may_not_stand_is_asked(store, tmp_path, heading, words, outcome):
    told = {"施設": "見本つつじ台区民館", "部屋": "研修室", "利用日": "2027/1/11", "利用時間": "9:00～12:00"}
    told[heading] = words
    path = tmp_path / "予約.csv"
    path.write_text(f"{','.join(told)}\r\n{','.join(told.values())}\r\n", encoding="utf-8")
    assert [row.outcome for row in look(store, path, BOOKINGS).rows] == [outcome]


@pytest.mark.parametrize("third", ["7/1/2027", "17/1/2027"])
def test_the_order_of_the_days_of_a_list_is_asked_once_unless_a_day_tells_it(store, tmp_path, third):
    lines = [f"見本つつじ台区民館 研修室,{day},9:00～12:00,承認" for day in ("5/1/2027", "6/1/2027", third)]
    path = tmp_path / "予約.csv"
    path.write_text("\r\n".join(["施設・部屋,利用日,利用時間,状況", *lines]) + "\r\n", encoding="utf-8")
    found = look(store, path, BOOKINGS)
    asked = third == "7/1/2027"
    assert found.days_without_order == ({1: ["5/1/2027", "6/1/2027", third]} if asked else {})
    assert [row.outcome for row in found.rows[:2]] == (["確認が必要"] * 2 if asked else ["新規"] * 2)
    told = look(store, path, BOOKINGS, settings={f"{ORDER_SETTING}1": "day first"})
    assert [row.new_record.day.isoformat() for row in told.rows[:2]] == ["2027-01-05", "2027-01-06"]


def test_a_new_organisation_stands_under_its_branch_as_the_others_are_written(store):
    found = look(store, next(REPORTS.glob("n05_*")), ORGANISATIONS)
    assert [row.source.branch for row in found.rows] == [f"第{number}支部" for number in (1, 2, 3, 4, 5, 3, 2)]


def test_a_list_that_fits_hardly_anybody_asks_before_all_are_new(store, tmp_path):
    path = tmp_path / "団体.csv"
    lines = [f"桜地区,見本どこか{n}町会" for n in "一二三"]
    path.write_text("\r\n".join(["支部,団体名", *lines, "第1支部,見本あおば町会"]) + "\r\n", encoding="utf-8")
    found = look(store, path, ORGANISATIONS)
    assert [row.reason for row in found.rows[:3]] == [MANY_NEW] * 3
    agreed = look(store, path, ORGANISATIONS, settings={TAKE_NEW: True})
    assert [row.outcome for row in agreed.rows[:3]] == ["新規"] * 3
