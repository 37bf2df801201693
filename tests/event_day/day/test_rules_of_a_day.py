"""What the papers and the check before the day say, value by value: devices, what one may join, equipment, numbers."""

from dataclasses import replace
from datetime import date, datetime
from types import SimpleNamespace

import pytest

from app.documents.event_facts import AFTER_END, CopyFacts, EventFacts, PeopleFacts, ResponseFacts, VenueFacts
from app.documents.guide_blocks import GuideLines, GuideRows, GuideTitle, PlaceMap
from app.event_day.day import documents, rules
from app.event_day.day.rules import Attendee, DayFacts, NextEvent, OtherEvent
from app.programme.intake import preset
from db.records.event_form import EventForm
from db.records.events import AgendaItem, EquipmentItem
from db.records.venues import Network

LECTURES, VISITS, TALKS = preset().kinds
TODAY, BEFORE, LATER = date(2026, 12, 1), date(2026, 11, 30), date(2026, 12, 18)
WHEN = {"event_date": TODAY, "start_time": "13:30", "end_time": "15:30"}
WHERE = VenueFacts(venue="見本区民館", room="研修室")
WHAT = {"kind": "講習会", "year_kind": LECTURES, "form": EventForm.LECTURE, "subject": "LINE講習会"}
LECTURE = EventFacts(**WHAT, **WHEN, venue_facts=WHERE)


def item(title, minutes=10, **given):
    return AgendaItem(event_id=1, position=1, title=title, minutes=minutes, **given)


def guide(event=LECTURE, *, phone="", **given):
    letter = SimpleNamespace(event=event, office=SimpleNamespace(phone=phone))
    return rules.GuideFacts(**{"letter": letter, "today": TODAY, "has_survey": True} | given)


PHONE, TABLET = "充電したスマートフォンまたはタブレット", "貸し出しのタブレット"
SOME, ASKED, REST = "（持参の方）", "（申込みの方）", "このしおり、筆記用具、眼鏡"


@pytest.mark.parametrize(
    ("own", "lent", "unknown", "lends", "lines"),
    [
        (0, 0, 0, True, (PHONE + SOME, TABLET + ASKED)), (0, 0, 0, False, (PHONE,)), (3, 0, 0, True, (PHONE,)),
        (0, 3, 0, True, (TABLET,)), (1, 1, 0, True, (PHONE + SOME, TABLET + ASKED)),
        (1, 0, 1, True, (PHONE, TABLET + ASKED)), (1, 0, 1, False, (PHONE,)),
        (0, 1, 1, False, (PHONE + SOME, TABLET)), (0, 0, 1, True, (PHONE + SOME, TABLET + ASKED)),
    ],
)  # fmt: skip
def test_what_lies_on_the_table_is_said_of_those_who_need_it(own, lent, unknown, lends, lines):
    people = PeopleFacts(own_devices=own, lent_devices=lent, unknown_devices=unknown)
    event = replace(LECTURE, people=people, year_kind=replace(LECTURES, lends_devices=lends))
    assert tuple(rules._device_lines(SimpleNamespace(event=event))) == (*lines, REST)
    assert tuple(rules._device_lines(SimpleNamespace(event=replace(event, form=EventForm.EXCHANGE)))) == (REST,)


def test_what_is_proposed_follows_the_timetable_and_what_the_event_has():
    day = (
        item("あいさつ", 40), item("会場設営", 60), item("事例の紹介", 20), item("操作体験（受託者）", 30, form="実習"),
        item("説明", None), item("スマホの操作", 15), item("話合い", 25, form="グループワーク"),
        item("休憩", 50), item("発表", 5, form="個人ワーク"),
    )  # fmt: skip
    made = guide(replace(LECTURE, agenda=day, network=Network.PRESENT), phone="03-0000-0000")
    said = {one.part: (one.text, one.lines) for one in rules.guide_passages(made)}
    assert list(said) == [
        "きょう使うもの", "Wi-Fi", "きょうの目あて", "手順", "きょうのまとめ", "おわったあと", "困ったとき",
        "写真のこと", "つぎの一歩",
    ]  # fmt: skip
    assert said["Wi-Fi"] == ("会場のネットを使えます。職員におたずねください。", 1)
    assert said["きょうの目あて"] == ("操作体験\nスマホの操作\n話合い", 3)
    assert said["きょうのまとめ"] == ("事例の紹介\n操作体験\n話合い", 3)
    assert said["手順"] == ("", 6)
    assert said["つぎの一歩"][0] == "申込み・ご相談は、下の問合せ先へお電話ください。"
    bare = {one.part: one.text for one in rules.guide_passages(guide(replace(LECTURE, form=EventForm.VISIT)))}
    assert (bare["Wi-Fi"], bare["課題"], bare["つぎの一歩"]) == ("", "", "申込み・ご相談は、下の問合せ先へどうぞ。")
    given = ({"has_survey": False}, {}, {"anonymous_survey": True}, {"online_survey": True, "anonymous_survey": True})
    assert [rules._survey_lines(guide(**one)) for one in given] == [
        "つぎの集まりで、1つ試してみてください。",
        "アンケートは、配った用紙でお願いします。",
        "アンケート（無記名）は、配った用紙でお願いします。",
        "アンケート（無記名）は、紙かスマートフォンの、どちらか一方でお願いします。",
    ]


def test_the_next_step_says_until_when_one_may_apply():
    def lines(**given):
        return rules.next_step_lines(guide(**given))

    def event(begins, ends):
        return NextEvent(title="第7回", day=LATER, apply_from=begins, apply_by=ends)

    days = ((LATER, LATER), (TODAY, LATER), (None, TODAY), (BEFORE, None))
    assert lines(next_events=tuple(event(*one) for one in days)) == (
        "12月18日（金）　第7回（申込みは12月18日（金）から）",
        "12月18日（金）　第7回（申込みは12月18日（金）まで）",
        "12月18日（金）　第7回（申込みは12月1日（火）まで）",
    )
    assert lines(next_events=(event(BEFORE, None),)) == ("12月18日（金）　第7回",)
    calls = ((TODAY, None), (BEFORE, None), (BEFORE, BEFORE), (BEFORE, TODAY), (None, BEFORE))
    assert [lines(visits=(("派遣", until),), made_on=made) for until, made in calls] == [
        ("派遣　希望票を12月1日（火）まで受け付けています。",),
        ("派遣　今年度の募集はおわりました。",),
        ("派遣　希望票の受付は11月30日（月）までです。",),
        ("派遣　今年度の募集はおわりました。",),
        ("派遣　問合せ先へおたずねください。",),
    ]
    assert lines(event=replace(LECTURE, form=EventForm.VISIT), visits=(("派遣", LATER),)) == ()
    assert [rules._clock(one) for one in ("00:05", "09:30", "12:00", "13:30")] == ["12:05", "9:30", "12:00", "1:30"]


def attendee(number, name, person=None, reading="よみ", key=""):
    known = {"name": name, "reading": reading, "person_id": person, "key": key, "entry_id": number}
    return Attendee(number=str(number), organisation="見本町会", **known)


def told(findings):
    return [(one.subject, one.severity, one.sentence, one.details, one.entry_id) for one in findings]


def test_who_is_to_be_looked_at_before_the_day_is_named():
    people = [attendee(1, "甲", 5, key="a"), attendee(2, "", reading=""), attendee(3, "乙", 6, " ", key="b")]
    (found, unnamed) = told((*rules.missing_readings(people), *rules.unnamed_places(people)))
    assert found == ("ふりがな", "確認", "ふりがなのない参加者 1人", ("3　乙（見本町会）",), 3)
    assert unnamed == ("氏名未定", "確認", "氏名未定 1人。名簿の氏名が空きます", ("2　氏名未定（見本町会）",), 2)
    assert rules.duplicate_people([*people, attendee(4, "", 5, key="a")]) == ()
    for twin in (attendee(4, "丙", 5, key="c"), attendee(4, "甲", None, key="a")):
        (found,) = told(rules.duplicate_people([*people, twin]))
        assert found[2:] == ("同じ人と思われる行 2行", ("1　甲（見本町会）", f"4　{twin.name}（見本町会）"), 1)
    assert rules.duplicate_people([attendee(1, "甲"), attendee(2, "乙")]) == ()


@pytest.mark.parametrize(
    ("start", "end", "overlaps"),
    [("15:30", "17:00", False), ("15:29", "17:00", True), ("10:00", "13:30", False), ("10:00", "13:31", True)],
)
def test_who_goes_elsewhere_on_that_day_is_named_with_its_hours(start, end, overlaps):
    others = [OtherEvent(title="第8回", start=start, end=end, people=frozenset({5, 9}))]
    people = [attendee(1, "甲", 5), attendee(2, "乙", 6), attendee(3, "丙")]
    said = f"1　甲（見本町会）　第8回　{start}–{end}（{'時間が重なります' if overlaps else '同じ日です'}）"
    (found,) = told(rules.booked_elsewhere(people, "13:30", "15:30", others))
    assert found == ("重複", "確認", "同じ日のほかの実施回にも申し込んだ方 1人", (said,), 1)
    assert rules.booked_elsewhere(people[1:], "13:30", "15:30", others) == ()


def test_tablets_and_numbers_that_are_short_are_said():
    given = ((5, 0, 0), (5, 2, 2), (5, 3, 2), (5, 2, 3))
    assert [[(one.sentence, one.details) for one in rules.too_few_tablets(*each)] for each in given] == [
        [],
        [("貸与タブレット 2台の割当てがまだ", ("貸与を希望 5人、割当済 3台、割り当てられる端末 2台",))],
        [("貸与タブレット 1台が不足", ("貸与を希望 5人、割当済 2台、割り当てられる端末 2台",))],
        [("貸与タブレット 2台の割当てがまだ", ("貸与を希望 5人、割当済 3台、割り当てられる端末 3台",))],
    ]
    numbers = ((None, 0, True), (None, 1, True), (0, 0, True), (0, 0, False), (3, 4, False))
    found = [rules.headcount_not_notified(then, now, is_same=same) for then, now, same in numbers]
    assert [[one.sentence for one in each] for each in found] == [
        [], ["参加人数を連絡していません。受託者へ 1人"], [],
        ["連絡した内訳が変わりました。変更連絡が必要です"], ["連絡した3人が、いまは4人。変更連絡が必要です"],
    ]  # fmt: skip


def test_an_hour_is_one_of_the_day():
    known = {"00:00": datetime(2026, 12, 1), "23:59": datetime(2026, 12, 1, 23, 59)}
    for clock in (*known, "24:00", "10:60", "10", "", "x:10"):
        facts = DayFacts(day=TODAY, start=clock, end=clock, people=1, unmarked=1)
        assert (facts.starts_at, facts.ends_at) == (known.get(clock), known.get(clock) or datetime(2026, 12, 2))
    assert replace(facts, day=None).ends_at is None


def equipment(*items, **given):
    made = [EquipmentItem(event_id=1, position=1, **one) for one in items]
    event = replace(LECTURE, **{"equipment": tuple(made), "groups": 4} | given)
    return [row[1:4] + row[7:] for row in documents._equipment(event, given.pop("year_kind", LECTURES), 2).rows]


def test_the_list_of_equipment_has_what_is_lent_and_printed_unless_it_stands_there():
    roster, papers = ("受付名簿", "2部", "区", "終了後に回収"), "配布資料、アンケート用紙"
    people, copies = PeopleFacts(expected=10, lent_devices=3), CopyFacts(people=10, spare=2)
    assert equipment() == [roster]
    assert equipment(people=people, copies=copies) == [
        ("貸与タブレット端末", "3台", "", "用意する側は協議中"), roster, (papers, "12部", "受託者", "予備2部を含む"),
    ]  # fmt: skip
    assert equipment(people=people, tablet_side="区")[0] == ("貸与タブレット端末", "3台", "区", "")
    assert equipment(copies=copies, year_kind=replace(LECTURES, material_period=""))[1][0] == "アンケート用紙"
    assert equipment(copies=copies, year_kind=VISITS)[1][0] == "配布資料"
    assert equipment(copies=copies, year_kind=replace(VISITS, material_period="")) == [roster]
    held = (
        {"name": "タブレット", "quantity": "貸与数＋予備2", "agreement": "R8-3", "note": "充電"},
        {"name": "名札", "quantity": "人数分", "agreement": " 協議 9/1 "},
        {"name": "アンケート用紙", "quantity": "班の数＋予備2枚", "owner": "受託者"},
    )
    assert equipment(*held, people=people, copies=copies) == [
        ("タブレット", "3＋予備2", "区", "充電　協議　R8-3"), ("名札", "10人分", "区", "協議 9/1"),
        ("アンケート用紙", "6枚", "受託者", ""),
    ]  # fmt: skip
    assert equipment(held[0])[0][1] == "貸与数＋予備2"


def test_the_course_of_the_day_begins_with_setting_up_and_ends_with_clearing():
    day = (item("講義", 50, uses="配布資料", owner="講師"), item("休憩", 10, owner="区、受託者"), item("演習", 30))
    after = item("アンケート", None, form=AFTER_END, owner="区", uses="用紙")
    table = documents._agenda_timetable(replace(LECTURE, agenda=(*day, after), copies=CopyFacts(people=10, spare=2)))
    begins = next(at for at, row in enumerate(table.rows) if row[0] == "13:30")
    shown = [row[:5] for row in table.rows[begins:]]
    assert shown[:3] == [
        ("13:30", "50", "講義", "受託者", "配布資料12部"), ("14:20", "10", "休憩", "区・受託者", ""),
        ("14:30", "30", "演習", "受託者", ""),
    ]  # fmt: skip
    assert shown[3] == ("15:00", "", "終了（本体 90分）", "", "")
    clearing = ("15:00", "30", "撤収、忘れ物および数の確認", "区・受託者", "機材チェック表")
    assert shown[4:] == [("15:00", "", "アンケート", "区", "用紙"), clearing]
    assert (table.bold_rows, table.grey_rows) == ((begins + 3,), (begins + 1,))


def test_what_the_witness_saw_is_filled_in_and_the_rest_left_open():
    people = PeopleFacts(attended=12, attended_organisations=5, absent=0, walk_ins=None)
    known = (PeopleFacts(), people, replace(people, attended_organisations=None))
    assert [documents._people(one) for one in known] == ["　　　人（　　　団体）", "12人（5団体）", "12人"]
    assert documents._other_counts_words(people) == "欠席　0人　出席のうち当日受付　　　人"
    responses = (None, ResponseFacts(), ResponseFacts(distributed=14, paper=8, online=4))
    assert [documents._response_words(one) for one in responses] == [
        "配布　　　枚　回収　　　件", "配布　　　枚　回収　　　件", "配布　14枚　回収　12件",
    ]  # fmt: skip
    led = {2: "乙", 1: "甲", 3: "丙"}
    events = [replace(LECTURE, groups=3, facilitator_count=n, facilitators=of) for n, of in ((0, {}), (None, led))]
    assert [documents._facilitators(one) for one in (LECTURE, *events)] == [
        "", "3グループに0人", "3グループ\n1班 甲　2班 乙\n3班 丙",
    ]  # fmt: skip
    assert documents._when(replace(LECTURE, event_date=None)) == "日程を協議中"
    assert documents._when(LECTURE) == "令和8年12月1日（火）\n午後1時30分から午後3時30分まで"


def test_the_cover_of_the_guide_says_what_when_and_where():
    office = SimpleNamespace(ward="見本区", phone="03-0000-0000")
    context = SimpleNamespace(office=office, programme=preset().programme)
    lecture = replace(LECTURE, ordinal=6)
    made = documents._front(context, lecture, "住所\n \n駅から5分", None)
    when, where = ("午後1時30分から午後3時30分まで", "受付は午後1時から"), ("見本区民館　研修室", "住所", "駅から5分")
    assert made.parts == (
        GuideTitle("見本区　デジタル活用講習会　第6回", "LINE講習会", below=("当日のしおり",)),
        GuideLines("12月1日（火）", when, leading=1), GuideLines("", where, leading=1),
    )  # fmt: skip
    assert made.foot == (GuideLines("", ("当日の電話　03-0000-0000",), leading=1),)
    visit = {"form": EventForm.VISIT, "year_kind": VISITS, "event_date": None}
    office.phone, way = "", PlaceMap(station="見本駅", building="見本区民館")
    for name, title in (("見本町会", "見本町会"), ("", "LINE講習会")):
        made = documents._front(context, replace(lecture, organisation_name=name, **visit), "", way)
        assert made.parts[0] == GuideTitle(f"見本区　{VISITS.title}", title, below=("当日のしおり",))
        assert (made.parts[1].heading, made.parts[3], made.foot) == ("日程を協議中", way, ())
    plain = documents._front(context, replace(lecture, subject=""), "", None)
    assert plain.parts[0].title == LECTURES.title


@pytest.mark.parametrize(
    ("survey", "line", "url"),
    [
        (None, (), ""), (("", TODAY), (), ""), (("u", None), ("スマートフォンの方は右から",), "u"),
        (("u", TODAY), ("スマートフォンの方は右から（12月1日（火）まで）",), "u"),
    ],
)  # fmt: skip
def test_the_back_of_the_guide_says_what_follows(survey, line, url):
    names = {"office": SimpleNamespace(full_name="見本課", phone=""), "contractor": SimpleNamespace(name="見本社")}
    context = SimpleNamespace(made_at=datetime(2026, 12, 1, 9), **names)
    passages = {rules.AFTER: "用紙は箱へ", rules.TROUBLE: "こまった　手をあげる ", rules.NEXT: "動画もあります"}
    asked = survey and SimpleNamespace(online_url=survey[0], online_close=survey[1])

    def back(passages, safety=(), following=()):
        return documents._back(context, passages, safety, following, asked)

    after = GuideLines(rules.AFTER, ("用紙は箱へ", *line), mark="・", url=url)
    typed = GuideLines("", ("動画もあります",), mark="・", small=True)
    made = back(passages, (("AED", "1階"),), ("第7回",))
    assert made.parts == (
        after,
        GuideRows(rules.TROUBLE, (("こまった", "手をあげる", ""), ("AED", "1階", "")), bold=False),
        GuideLines(rules.NEXT, ("第7回",), mark="・", small=True, as_of="12月1日現在"),
        typed,
    )
    assert made.foot == (GuideLines("問合せ先", ("見本課", "運営　見本社"), small=True),)
    assert back({rules.NEXT: "動画もあります"}).parts == (replace(typed, heading=rules.NEXT),)
