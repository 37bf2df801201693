"""Papers of a day, part by part: equipment, course, what the witness saw, cover and back of the guide."""

from dataclasses import replace
from datetime import date, datetime
from types import SimpleNamespace

import pytest

from app.documents.blocks import Paragraph
from app.documents.event_facts import AFTER_END, CopyFacts, EventFacts, PeopleFacts, ResponseFacts, VenueFacts
from app.documents.guide_blocks import GuideLines, GuideRows, GuideTitle, PlaceMap
from app.event_day.day import documents, rules
from app.event_day.day.services import day_document_content
from app.programme.intake import preset
from db.records.event_form import EventForm
from db.records.events import AgendaItem, EquipmentItem
from db.records.roster import Entry

LECTURES, VISITS, TALKS = preset().kinds
TODAY = date(2026, 12, 1)
WHEN = {"event_date": TODAY, "start_time": "13:30", "end_time": "15:30"}
WHERE = VenueFacts(venue="見本区民館", room="研修室")
WHAT = {"kind": "講習会", "year_kind": LECTURES, "form": EventForm.LECTURE, "subject": "LINE講習会"}
LECTURE = EventFacts(**WHAT, **WHEN, venue_facts=WHERE)


def item(title, minutes=10, **given):
    return AgendaItem(event_id=1, position=1, title=title, minutes=minutes, **given)


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
    assert [one[0] for one in equipment(held[1], people=people)][:2] == ["名札", "貸与タブレット端末"]


def test_what_a_paper_bears_of_the_roster_are_its_sentences_and_those_with_care_about_pictures():
    blocks = [Paragraph("14人"), *(SimpleNamespace(columns=columns) for columns in (documents._PHOTO_COLUMNS, ()))]
    assert documents.printed_numbers(SimpleNamespace(blocks=blocks)) == blocks[:2]


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


@pytest.mark.parametrize(
    ("given", "note"),
    [
        ({}, ""), ({"walk_in": True}, "当日受付"), ({"substitute_for": "見本 一", "walk_in": True}, "代理"),
        ({"late": True, "seat": "A1"}, "遅刻　席 A1"),
    ],
)  # fmt: skip
def test_a_line_of_the_roster_says_how_somebody_comes(given, note):
    entry = Entry(**{"id": 7, "event_id": 1, "number": 3} | given)
    row = SimpleNamespace(entry=entry, organisation_name="", branch="", name="見本", person=None, furigana="", role="")
    line = day_document_content._line(row, "可")
    assert (line.number, line.admission, line.name, line.note, line.photo) == ("3", "", "", note, "可")
