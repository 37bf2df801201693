"""Rows of a list that a person decides: struck out, 同上 of somebody else, 代理, twice the same person, days in two
columns."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from app.actions.action_context import ActionContext
from app.calendar.date_only_moments import is_date_only
from app.event.rules.participation import count_participation
from app.events.applications.services import application_import
from app.events.applications.services.application_preview import RowCorrection
from app.events.applications.services.applications import applications_of_event
from app.events.roster.services.entry_names import name_entry
from app.events.roster.services.roster import read_roster
from app.registers.register.rules import Doubt, without_doubts
from app.registers.register.services.organisations import save_contact
from db.records.applications import Application
from db.records.organisations import Contact, Person
from db.records.roster import Entry
from db.rows import rows
from tests.support.application_rows import BY, year_store
from tests.support.foreign_books import struck_book
from tests.support.stores import made_by

TOWN, OTHER = "みほん一丁目町会", "桜自治会"
HEADINGS = ("受付日時", "団体名", "氏名", "電話番号", "備考")
NOW = datetime(2026, 9, 16, 10, 20)
WHO = {"by": BY, "now": NOW}
store = made_by(lambda place: year_store(place, organisations=[("第1支部", TOWN), ("第1支部", OTHER)]))


def person(number, *, day="2026/9/1 9:00", town=TOWN, name="", phone="", note=""):
    return (day, town, name or f"見本　{number}子", phone or f"03-0000-{number:04d}", note)


def a_list(tmp_path, lines, *, struck=(), headings=HEADINGS, name="申込.xlsx"):
    """A workbook; the rows ``struck`` (from 1 below the headings) are struck out."""
    return struck_book(tmp_path / name, [headings, *lines], {number + 1 for number in struck})


def preview(store, path, **given):
    return application_import.preview_applications(store, path=path, **{"event_id": 1, **given})


def taken_in(store, path, **given):
    return application_import.import_applications(ActionContext(store, **WHO), path=path, **{"event_id": 1, **given})


@pytest.mark.parametrize("more", ["", "、車いす"])
def test_who_cancelled_among_the_remarks_about_needs_has_no_need(store, tmp_path, more):
    lines = [
        person(1, note="補聴器使用、前の席希望"),
        person(2, note=f"キャンセル（9/15電話）{more}"),
        person(3, note="車いす"),
    ]
    path = a_list(tmp_path, lines)
    taken_in(store, path, mends={2: RowCorrection(decision="取り込む", reason="電話のとおり")})
    said = {
        one.name: (bool(one.care), "キャンセル（9/15電話）" in one.note) for one in rows(store.database, Application)
    }
    assert said == {"見本　1子": (True, False), "見本　2子": (bool(more), not more), "見本　3子": (True, False)}


# struck out


def test_a_row_struck_out_waits_for_a_person_and_no_box_takes_it_in_with_others(store, tmp_path):
    path = a_list(tmp_path, [person(1), person(2)], struck={1})
    found = preview(store, path, include_doubtful=True)
    assert [(row.outcome, row.is_taken) for row in found.rows] == [("確認が必要", False), ("新規", True)]
    assert found.rows[0].reason == "行に取消線が引かれている"
    assert [row.is_taken for row in preview(store, path, mends={1: RowCorrection(decision="取り込む")}).rows] == [
        True,
        True,
    ]


def test_somebody_taken_in_before_and_struck_out_since_is_asked_about_and_taken_back_by_one_press(store, tmp_path):
    taken_in(store, a_list(tmp_path, [person(1), person(2)]))
    path = a_list(tmp_path, [person(1), person(2)], struck={1}, name="翌週.xlsx")
    assert [row.outcome for row in preview(store, path).rows] == ["確認が必要", "重複"]
    assert "取消線" in preview(store, path).rows[0].reason
    taken_in(store, path, mends={1: RowCorrection(decision="取り込む")})
    assert [row.entry.state for row in read_roster(store, event_id=1).rows] == ["辞退", "申込"]
    assert [row.outcome for row in preview(store, path).rows] == ["重複", "重複"]


# 同上, （代理）

PEOPLE = ("受付日時", "団体名", "申込者", "参加者", "電話番号")


@pytest.mark.parametrize("word", ["同上", "〃"])
def test_ditto_for_a_person_of_another_organisation_is_asked_about_and_nobody_is_taken_over(store, tmp_path, word):
    lines = [
        ("2026/9/1 9:00", TOWN, "見本 一", "見本 花子", "03-0000-0001"),
        ("2026/9/1 9:10", OTHER, "桜 二", word, "03-0000-0002"),
    ]
    (_, second) = preview(store, a_list(tmp_path, lines, headings=PEOPLE), include_doubtful=True).rows
    assert (second.outcome, second.name, second.is_taken) == ("確認が必要", "", False)
    assert second.reason.startswith("「同上」が、上の行の人か、この行の申込者か決められない")


@pytest.mark.parametrize(("town", "applicant"), [(TOWN, "見本 一"), ("同上", "同上"), (TOWN, "見本　一")])
def test_ditto_is_the_person_above_where_the_applicant_of_the_row_agrees(store, tmp_path, town, applicant):
    lines = [
        ("2026/9/1 9:00", TOWN, "見本 一", "見本 花子", "03-0000-0001"),
        ("2026/9/1 9:10", town, applicant, "同上", "03-0000-0001"),
    ]
    (_, second) = preview(store, a_list(tmp_path, lines, headings=PEOPLE)).rows
    assert (second.outcome, second.name) == ("重複", "見本 花子")


def test_the_telephone_above_is_not_that_of_another_organisation(store, tmp_path):
    lines = [person(1), person(2, town=OTHER, phone="同上"), person(3, town=OTHER)]
    (_, second, third) = preview(store, a_list(tmp_path, lines)).rows
    assert (second.outcome, second.phone) == ("確認が必要", "")
    assert third.outcome == "新規"


@pytest.mark.parametrize("written", ["髙﨑　花子（代理）", "(代理)髙﨑　花子", "髙﨑　花子 （代理出席）"])
def test_a_deputy_is_parted_from_the_name_and_kept_as_a_note(store, tmp_path, written):
    path = a_list(tmp_path, [person(1, name=written, note="10分遅れます")])
    (row,) = preview(store, path).rows
    assert (row.name, row.outcome) == ("髙﨑　花子", "新規")
    assert "「（代理）」を氏名から分け" in row.note
    taken_in(store, path)
    (entry,) = read_roster(store, event_id=1).rows
    (application,) = rows(store.database, Application)
    assert (entry.person.name, application.note) == ("髙﨑　花子", "（代理）\n10分遅れます")


# a time beside a day


@pytest.mark.parametrize("order", [("受付日", "受付時刻"), ("受付時刻", "受付日"), ("受付日", "時刻")])
def test_a_time_in_a_column_of_its_own_counts_for_the_order_of_arrival(store, tmp_path, order):
    at = {"受付日": 0, "受付時刻": 1, "時刻": 1}
    lines = [
        (*(("2026/9/1", clock)[at[one]] for one in order), *person(number)[1:])
        for number, clock in ((1, "10時30分"), (2, "9:05"), (3, ""))
    ]
    found = preview(store, a_list(tmp_path, lines, headings=(*order, *HEADINGS[1:])))
    assert [row.received_at for row in found.rows[:2]] == [datetime(2026, 9, 1, 10, 30), datetime(2026, 9, 1, 9, 5)]
    assert is_date_only(found.rows[2].received_at)
    assert [row.outcome for row in found.rows] == ["新規"] * 3


def test_a_time_that_nobody_can_read_leaves_the_day_and_is_asked_about(store, tmp_path):
    path = a_list(tmp_path, [("2026/9/1", "夕方", *person(1)[1:])], headings=("受付日", "受付時刻", *HEADINGS[1:]))
    (row,) = preview(store, path).rows
    assert (row.outcome, row.reason, row.received_at.date()) == (
        "確認が必要",
        "「夕方」を時刻として読めない",
        date(2026, 9, 1),
    )


def test_a_known_time_gives_way_to_a_day_without_one_only_when_a_person_says_so(store, tmp_path):
    taken_in(store, a_list(tmp_path, [person(1, day="2026/9/2 10:30")]))
    path = a_list(tmp_path, [person(1, day="2026/9/1")], name="一覧.xlsx")
    assert [row.outcome for row in preview(store, path).rows] == ["確認が必要"]
    taken_in(store, path)
    assert read_roster(store, event_id=1).rows[0].entry.applied_at == datetime(2026, 9, 2, 10, 30)


# the same person twice


@pytest.mark.parametrize(
    ("one", "other"), [(300000001, "０３－００００－０００１"), ("０３ー００００ー０００１", 300000001)]
)
def test_a_person_who_stands_twice_is_shown_as_twice_though_the_first_row_waits(store, tmp_path, one, other):
    lines = [person(1, day="夏", phone=one), person(2), person(1, phone=other)]
    first, _, third = preview(store, a_list(tmp_path, lines)).rows
    assert (first.outcome, third.outcome) == ("確認が必要", "確認が必要")
    assert "2行目と同じ人の申込です" in first.reason + third.reason or "4行目と同じ人の申込です" in first.reason
    settled = preview(store, a_list(tmp_path, lines), mends={1: RowCorrection(decision="取り込まない")})
    assert [row.outcome for row in settled.rows] == ["取り込まない", "新規", "新規"]


# days without their year, remarks of a file


def test_days_without_their_year_are_asked_about_once_and_then_read_in_every_row(store, tmp_path):
    lines = [person(number, day=day) for number, day in enumerate(("8/20", "8月21日 10:30", "8/22(土)"), start=1)]
    path = a_list(tmp_path, lines)
    found = preview(store, path)
    assert found.days_without_year == ("8/20", "8月21日 10:30", "8/22(土)")
    assert [row.outcome for row in found.rows] == ["確認が必要"] * 3
    answered = preview(store, path, year_from=date(2026, 4, 1))
    assert [row.received_at.date() for row in answered.rows] == [date(2026, 8, day) for day in (20, 21, 22)]
    assert [row.outcome for row in answered.rows] == ["新規"] * 3
    taken_in(store, path, year_from=date(2026, 4, 1))
    assert {row.outcome for row in preview(store, path, year_from=date(2026, 4, 1)).rows} == {"重複"}


@pytest.mark.parametrize(
    ("day", "today", "read"),
    [
        ("8/20", date(2026, 9, 10), date(2026, 8, 20)),
        ("3/20", date(2026, 4, 5), None),
        ("8/20", date(2027, 9, 10), None),
    ],
)
def test_a_year_is_not_asked_where_only_one_is_possible(store, tmp_path, day, today, read):
    found = preview(store, a_list(tmp_path, [person(1, day=day)]), today=today)
    assert found.days_without_year == (() if read else (day,))
    assert any("本日までの1年のうちの日と読む" in said for said in found.readings) == bool(read)
    (row,) = found.rows
    assert (row.received_at.date() if row.received_at else None) == read


def test_a_missing_telephone_is_asked_only_where_nobody_of_the_organisation_has_one(store, tmp_path):
    alone = ("2026/9/1 9:00", OTHER, "見本　3子", "", "")
    second = ("2026/9/1 9:00", TOWN, "見本　2子", "", "")
    found = preview(store, a_list(tmp_path, [person(1), second, alone])).rows
    assert [row.outcome for row in found] == ["新規", "新規", "確認が必要"]
    assert found[2].reason == "電話番号が空"
    taken_in(store, a_list(tmp_path, [person(1), second, alone]), include_doubtful=True)
    (waiting,) = rows(store.database, Entry, doubtful="電話番号が空")
    given = Contact(person_id=waiting.person_id, value="03-0000-0003", purpose="決定通知の送付")
    assert doubts_of(store) == ["", "", "電話番号が空"]
    save_contact(ActionContext(store, **WHO), contact=given)
    assert doubts_of(store) == [""] * 3, "once it is known nothing is left to be checked"


def doubts_of(store):
    """What the roster and the list of applications show as doubtful, which is the same."""
    shown = [row.entry.doubtful for row in read_roster(store, event_id=1).rows]
    listed = [one.entries[0].doubtful for one in applications_of_event(store, event_id=1).rows]
    assert sorted(listed) == sorted(shown)
    return shown


def test_a_doubt_that_the_records_answer_since_is_no_longer_shown(store, tmp_path):
    headings = ("受付日時", "団体名", "氏名", "ふりがな", "電話番号", "備考")
    lines = [
        ("2026/9/1 9:00", TOWN, "", "", "03-0000-0001", ""),
        ("2026/9/1 9:01", "みほん一丁目　自治会", "見本 二", "見本 に", "12-34", ""),
        ("2026/9/1 9:02", TOWN, "見?三", "みほん みつ", "", "テスト送信です"),
        ("2026/9/1 9:03", "みほん一丁目会", "見本 四", "みほん よん", "03-0000-0004", ""),
    ]
    taken_in(store, a_list(tmp_path, lines, headings=headings), include_doubtful=True)
    before = doubts_of(store)
    assert before[0] == "氏名が空"
    assert [
        word in before[1] for word in ("ふりがなに漢字", "電話番号の数字が4桁", "団体名「みほん一丁目　自治会」は")
    ] == [True] * 3
    assert [word in before[2] for word in ("氏名に「?」", "試し送信")] == [True] * 2
    assert "表記違いの可能性" in before[3]

    unnamed, second, third, fourth = (row.entry for row in read_roster(store, event_id=1).rows)
    acting = ActionContext(store, **WHO)
    name_entry(acting, entry_id=unnamed.id, name="見本 一")
    for one in rows(store.database, Contact, person_id=second.person_id, kind="電話"):
        save_contact(acting, contact=replace(one, value="03-0000-0002"))
    with store.change(action="直した", subject="roster", **WHO) as change:
        change.update(Person, second.person_id, furigana="みほん に")
        change.update(Person, third.person_id, name="見本 三")
        change.update(Entry, second.id, organisation_id=1)
    assert doubts_of(store) == ["", "", "試し送信らしい申込です", before[3]], "what no record answers is asked further"
    with store.change(action="決めた", subject="roster", **WHO) as change:
        for one in (third, fourth):
            change.update(Entry, one.id, state="決定")
    assert doubts_of(store)[2:] == ["試し送信らしい申込です", ""], "decided under the name as it was written"


KEPT = {
    "NAME": ("氏名が空", "氏名に「?」などがあり、文字が失われたおそれがある"),
    "READING": (
        "ふりがなに「?」などがあり、文字が失われたおそれがある",
        "ふりがなに漢字がある",
        "ふりがなとして読めない",
    ),
    "PHONE": (
        "電話番号が空",
        "電話番号の欄に、番号のほかの言葉がある",
        "電話番号の欄が「なし」",
        "電話番号が2つ以上あり、使い分けが書かれている",
        "電話番号のほかの数字がある",
        "電話番号が指数の形（○E+○）で、下の桁の数字が失われている",
        "電話番号が「3.5E+08」の形で、下の桁の数字が失われている",
        "電話番号の数字がない",
        "電話番号の数字が4桁（ふつうは10桁か11桁）",
        "電話番号の数字が10桁（090なら11桁）",
        "電話番号の数字が、先頭の0を入れて11桁（03なら10桁）",
        "電話番号が0で始まらない（国外の番号か、打ち間違い）",
    ),
    "ORGANISATION": (
        "団体名が空",
        "団体名が空です",
        "団体名に「?」などがあり、文字が失われたおそれがある",
        "団体名「みほん（仮）」が、1つの団体の名か決められません",
        "団体名「みほん一丁目　自治会」は一覧の「みほん一丁目町会」「みほん一丁目自治会」の表記違いの可能性",
        "「会「さくら」」は団体一覧に無い",
        "「みほん　町会」は 第1支部・支部なし にあり、どれか決められない",
        "「みほん町会」は一覧では第1支部にあり、書かれた支部（第2支部）と違う",
    ),
}
"""Doubts in the words in which they lie in offices' files, also those of the versions on trial."""
OTHERS = ("「9/15辞退」とあります。参加者に含めますか", "希望の「囲碁」に当たる実施回がありません")


@pytest.mark.parametrize("subject", KEPT)
def test_a_doubt_that_a_file_of_an_office_keeps_is_recognised_by_its_words(subject):
    assert {one.name.split("_")[0] for one in Doubt} == set(KEPT)
    assert sum(map(len, KEPT.values())) == len(Doubt)
    for doubt in KEPT[subject]:
        others = [*OTHERS, *(one for other, words in KEPT.items() if other != subject for one in words)]
        kept = "　".join([*others, doubt, *others])
        assert without_doubts(kept, {one: one == subject for one in KEPT}) == "　".join([*others, *others])
        assert without_doubts(kept, {one: one != subject for one in KEPT}) == "　".join([*OTHERS, doubt, *OTHERS])
        assert without_doubts(kept, dict.fromkeys(KEPT)) == kept


def test_what_holds_for_most_rows_is_said_once_for_the_file(store, tmp_path):
    lines = [person(number, day="2026/9/1", town=f"よその{'山川海空'[number % 4]}町会") for number in range(1, 7)]
    found = preview(store, a_list(tmp_path, [*lines, person(7)]))
    assert {row.outcome for row in found.rows} == {"新規"}
    assert {row.reason + row.note for row in found.rows} == {""}
    (unlisted,) = [said for said in found.notices if "団体一覧に無い" in said]
    assert unlisted.startswith("団体一覧に無い団体名　6行（よその川町会、")
    assert "時刻のない申込（先着順では、その日の最後に並べます）　6行" in found.readings


@pytest.mark.parametrize("registered", [(), (("第1支部", TOWN), ("第1支部", OTHER))])
def test_spellings_of_one_organisation_are_said_and_counted_once(tmp_path, registered):
    store = year_store(tmp_path / "year", organisations=registered)
    towns = ("練馬二丁目町会", "練馬２丁目町会", "豊玉町会", "豊玉自治会", "桜台一丁目町会", "桜台二丁目町会")
    path = a_list(tmp_path, [person(number, town=town) for number, town in enumerate(towns, 1)])
    found = preview(store, path, include_doubtful=True)
    said = "\n".join(found.notices)
    assert "書き方だけが違う団体名　「練馬二丁目町会」と「練馬２丁目町会」。同じ団体として数えます" in said
    assert "似た団体名　「豊玉町会」と「豊玉自治会」。" in said
    assert "桜台一丁目町会」と" not in said
    assert "書き方が違います" in found.rows[1].note
    taken_in(store, path, include_doubtful=True)
    roster = read_roster(store, event_id=1)
    assert [row.organisation_name for row in roster.rows] == list(towns)
    assert count_participation([row.entry for row in roster.rows]).applied_organisations == 5
    again = [person(7, town="練馬 2丁目町会")]
    (note,) = [one.note for one in preview(store, a_list(tmp_path, again, name="後日.xlsx")).rows]
    assert "丁目町会」と書き方が違います。同じ団体として数えます" in note
    store.database.conn.close()


@pytest.mark.parametrize("registered", [(), (("第1支部", TOWN), ("第1支部", OTHER))])
def test_an_organisation_that_was_typed_in_the_row_is_kept(tmp_path, registered):
    store = year_store(tmp_path / "year", organisations=registered)
    path = a_list(tmp_path, [person(1, town="(大泉学園町会)"), person(2, town=""), person(3, town=TOWN)])
    mends = {
        1: RowCorrection(organisation_name="大泉学園町会", decision="取り込む"),
        2: RowCorrection(organisation_name="みほん１丁目町会", decision="取り込む"),
        3: RowCorrection(organisation_name="向山町会", decision="取り込む"),
    }
    assert [row.reason for row in preview(store, path).rows if row.line == 3] == ["団体名が空です"]
    shown = preview(store, path, mends=mends)
    assert [row.is_taken for row in shown.rows] == [True] * 3
    taken_in(store, path, mends=mends)
    roster = read_roster(store, event_id=1).rows
    second = TOWN if registered else "みほん１丁目町会"
    assert [row.organisation_name for row in roster] == ["大泉学園町会", second, "向山町会"]
    kept = [one.organisation_name for one in rows(store.database, Application, order="id")]
    assert kept == ["大泉学園町会", "みほん１丁目町会", "向山町会"]
    store.database.conn.close()


def test_a_character_that_no_font_draws_is_said_when_the_list_is_read_and_the_name_taken_as_it_is(store, tmp_path):
    """「东」 is written by people from China; nobody should learn of it at the printer on the day."""
    path = a_list(tmp_path, [person(1, name="見本 东子"), person(2, name="見本 𠮷子"), person(3)])
    found = preview(store, path)
    (said,) = [one for one in found.notices if one.startswith("書類の書体にない字")]
    assert said == (
        "書類の書体にない字　「見本 东子」の「东」。書かれたまま取り込みます。"
        "印刷では、その字の場所を空けて手で書きます"
    )
    assert {row.outcome for row in found.rows} == {"新規"}
    taken_in(store, path)
    assert "見本 东子" in [row.name for row in read_roster(store, event_id=1).rows]


def test_a_second_telephone_number_is_kept_as_it_was_written(store, tmp_path):
    path = a_list(tmp_path, [person(1, phone="03-0000-0001／090-0000-0002", note="よろしく")])
    (row,) = preview(store, path).rows
    assert row.is_taken
    taken_in(store, path)
    (line,) = applications_of_event(store, event_id=1).rows
    assert line.phone == "03-0000-0001／090-0000-0002"
    assert not any(one.is_taken for one in preview(store, path).rows), "the same file is known again"
