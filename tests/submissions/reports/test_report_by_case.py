"""What an 実施報告書 says in cases that the sample year does not have."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.calendar.office_days import OfficeCalendar
from app.documents.blocks import TallyRow
from app.documents.event_facts import PeopleFacts, ResponseFacts
from app.documents.services.document_context import event_document_context
from app.submissions.reports.documents import report_parts as parts
from app.submissions.reports.documents.report_comparison import AttendanceCounts, EarlierEvent, comparison_chapter
from app.submissions.reports.documents.report_dispatch import report_dispatch
from app.submissions.reports.documents.report_exchange import _overview, report_exchange
from app.submissions.reports.documents.report_lecture import overview, report_lecture
from app.submissions.reports.services import report_facts
from app.submissions.reports.services.report_documents import REPORT
from app.surveys.tally.documents import CommentList
from db.records.events import AgendaItem, EquipmentItem, Event
from db.records.programme import ReportExtra, Side
from db.records.submissions.reports import Report, ReportPhoto
from db.records.venues import Network
from db.rows import by_id, rows
from tests.support.paper_lines import assert_paper, came, lines_of
from tests.support.sample import NOW, event_id, sample_store
from tests.support.stores import made_by

store = made_by(sample_store, scope="module")
MADE = {"講習会": 2, "派遣": 1, "意見交換会": 1}
"""The first of each kind whose form somebody filled in."""
BUILDERS = {"講習会": report_lecture, "派遣": report_dispatch, "意見交換会": report_exchange}


def facts_of(store, kind):
    event = by_id(store.database, Event, event_id(store, kind, MADE[kind]))
    made = next(one for one in rows(store.database, Report, event_id=event.id) if one.way == "作成")
    return report_facts.gather_facts(store, event=event, report=made)


def with_event(facts, **event):
    return replace(facts, event=replace(facts.event, **event))


def with_kind(facts, **numbers):
    kind = replace(facts.numbers, **numbers)
    return replace(facts, numbers=kind, event=replace(facts.event, year_kind=kind))


def lines(store, facts, stamp=""):
    context = event_document_context(store, by_id(store.database, Event, facts.event.id), REPORT, NOW)
    return lines_of(BUILDERS[facts.event.kind](context, facts, stamp=stamp))


def changed(before, now):
    """What a report says otherwise; of what fell away only how it begins."""
    return [one[:25] if one.startswith("－") else one for one in came(before, now)]


def almost_nothing(facts):
    blank = replace(facts.report, body={}, tables={}, contractor_confirmed_on=None)
    bare = with_event(
        replace(facts, report=blank, due=None, materials=(), survey=None, survey_pages=None, photos=()),
        event_date=None,
        lecturer="",
        witness="",
        people=PeopleFacts(),
        groups=None,
        facilitators={},
        equipment=(),
        facilitator_count=None,
        ordinal=None,
        tools=(),
        agenda=(),
        minutes=facts.event.booked_minutes,
        question_minutes=0,
    )
    bare = replace(bare, organisation=None, comparison_blocks=(), typed_extra={}, stages_before={})
    return replace(bare, ordinal_day=None, open_points=())


@pytest.mark.parametrize("kind", BUILDERS)
def test_a_report_of_which_nothing_is_known_claims_nothing(store, kind):
    whole = facts_of(store, kind)
    assert_paper(lines(store, almost_nothing(whole)), f"{kind} 何も分からない")


def test_a_lecture_that_went_otherwise_says_so_in_each_chapter(store):
    whole = facts_of(store, "講習会")
    people = PeopleFacts(
        applied=20,
        applied_organisations=9,
        decided=18,
        attended=19,
        attended_organisations=None,
        absent=1,
        walk_ins=2,
        used_lent=3,
        used_own=14,
        photo_allowed=15,
        photo_refused=2,
        unmarked=1,
    )
    agenda = (AgendaItem(event_id=1, position=1, minutes=10, title="開会"), *whole.event.agenda)
    (first, version), *others = whole.materials
    handed = replace(version, printed=25, handed_out=18, pages=None, result_on=None)
    body = whole.report.body | {
        "要点": "・一つ目\n\n　二つ目", "所感": "", "写真": "別に渡す", "撮影者": "", "撮影不可の確認": "席を分けた",
        "元の画像": "", "つぎの回": "・早く始める",
    }  # fmt: skip
    tables = whole.report.tables | {
        "質疑": (("何時か", "3時"), (" ", "")),
        "課題と改善": (("遅い",), ("長い", "問4「速い」", "短く", "区", "R9.1")),
        "前回の課題": (("遅い", "早めた", "19人", "改善"),),
    }  # fmt: skip
    photos = tuple(
        ReportPhoto(report_id=1, position=at, file_id=0, taken_at=f"14:0{at}", seen="講師", treated="切った")
        for at in (1, 2, 3)
    )
    facts = replace(
        whole,
        report=replace(whole.report, body=body, tables=tables),
        photos=photos,
        due=None,
        materials=(
            (first, handed),
            (replace(first, title="追加の紙"), None),
            (first, replace(handed, handed_out=None)),
            *others,
        ),
    )
    facts = with_event(
        facts,
        people=people,
        agenda=agenda,
        minutes=70,
        end_words="午後3時に中止（停電）",
        witness="係長",
        responses=replace(whole.event.responses, distributed=21, attended=18),
    )
    assert_paper(changed(lines(store, whole), lines(store, facts, stamp="見本")), "講習会 途中まで")


def test_a_dispatch_that_went_otherwise_says_so_in_each_chapter(store):
    whole = facts_of(store, "派遣")
    tables = whole.report.tables | {
        "課題と目標": (("遅い", "送る", "達成：全員"), ("", "", ""), ("古い", "直す", "途中"), ("少ない",)),
        "到達状況": (
            ("LINE公式アカウント", "1", "1"), ("", "1", "2"), ("Zoom", "", "3"), ("X", "×", "2"), ("HP", "2"),
            ("掲示板",),
        ),
        "できること": (("送れる", "1人", "7", ""), ("", "", "")),
        "支援計画": (("R9.2", "電話"), ("", ""), ("R9.5", "訪問", "区", "続く", "協議24"), ("R9.6", "", "", "", "")),
        "フォローアップ": (("R9.1.8", "電話", "写真", "答えた", "R9.1.8", "完了"), ("R9.1.9", "", "", "", "", "対応中"),
                          ("R9.1.9", "訪問", "", "", "次回", "対応中 "), ("R9.2.1",)),
    }  # fmt: skip
    body = whole.report.body | {
        "運用ルール": "・二人で見る\n 月に1回",
        "確かめ方": " 票で確かめた。 ",
        "確かめた人数": "30",
    }
    facts = replace(whole, report=replace(whole.report, body=body, tables=tables))
    facts = with_event(facts, network=Network.ABSENT)
    router = EquipmentItem(event_id=1, position=1, name="モバイルルーター", quantity="1", owner="受託者")
    before = lines(store, whole)
    assert_paper(changed(before, lines(store, facts)), "派遣 ほかの書き方")
    more = with_event(facts, equipment=(router,), people=PeopleFacts(applied=10))
    few = {"課題と目標": (("遅い", "送る", ""),), "支援計画": (("R9.1", "電話"),), "フォローアップ": ()}
    more = replace(more, report=replace(more.report, body=body | {"確かめた人数": ""}, tables=tables | few))
    more = replace(more, organisation=replace(more.organisation, households=0, branch=""))
    assert_paper(changed(lines(store, facts), lines(store, more)), "派遣 出席が分からない")


def test_an_exchange_that_went_otherwise_says_so_in_each_chapter(store):
    whole = facts_of(store, "意見交換会")
    groups = tuple(
        (name, "題", f"例野｜3人　付箋 {notes}枚" if notes else "例野｜3人", "例野", "課題", "分類 9枚", "解決", "発表")
        for name, notes in (("1班", 9), ("2班", 0))
    )
    tables = whole.report.tables | {
        "班": groups, "共通点": (("鍵", "1・2"), ("表", "2")), "引継ぎ": (),
        "つなげること": (("配る", "", "区"), ("", "")),
        "所感の根拠": (("短い", "5人"),),
    }  # fmt: skip
    body = whole.report.body | {"共通した課題": "・鍵\n・表", "まとめ": "よかった。"}
    facts = replace(whole, report=replace(whole.report, body=body, tables=tables))
    sides = (("区", "机", "4"), ("受託者", "端末", "1人1台"), ("区", "白板", "1班1"), ("区", "椅子", ""))
    items = tuple(
        EquipmentItem(event_id=1, position=at, name=name, quantity=count, owner=Side(side))
        for at, (side, name, count) in enumerate(sides, 1)
    )
    odd = with_event(facts, equipment=items, facilitators={2: "例野", 1: "見本"}, groups=3, facilitator_count=2)
    assert_paper(changed(lines(store, whole), lines(store, odd)), "意見交換会 ほかの書き方")
    places = [name for name, _ in _overview(with_kind(odd, lecturer="座長")).rows]
    assert places.index("ファシリテーター") == places.index("座長") + 1
    talk = tuple(one for one in whole.numbers.report_extras if one is not ReportExtra.TALK)
    last = with_kind(with_event(odd, ordinal=whole.numbers.planned, groups=2), report_extras=talk)
    tables = tables | {"引継ぎ": (("短い", "延ばす", "5人"),), "班": (), "つなげること": ()}
    last = replace(last, report=replace(last.report, body=body | {"まとめ": ""}, tables=tables))
    assert_paper(changed(lines(store, odd), lines(store, last)), "意見交換会 最後の回")
    with_talk = with_kind(last, report_extras=(*talk, ReportExtra.TALK))
    without = replace(with_talk, report=replace(last.report, tables={}))
    assert_paper(changed(lines(store, last), lines(store, without)), "意見交換会 まとめのない回")


def test_the_specification_is_compared_to_the_day_to_the_person_and_to_the_minute(store):
    """A day on either side of each limit; a number without 程度 allows nobody more."""
    lecture, visit, exchange = (facts_of(store, kind) for kind in BUILDERS)
    first, last = lecture.numbers.window_start, lecture.numbers.window_end
    one = timedelta(days=1)
    cases = [with_event(lecture, event_date=day) for day in (first - one, first, last, last + one)]
    cases += [with_event(lecture, people=PeopleFacts(attended=count)) for count in (9, 10, 20, 21)]
    cases += [with_event(visit, people=PeopleFacts(attended=count)) for count in (7, 8, 12, 13)]
    strict = with_kind(visit, people_strict=True, minutes_strict=True, question_time="", strict=True)
    cases += [with_event(strict, people=PeopleFacts(attended=count), minutes=count * 12) for count in (9, 10, 11)]
    cases += [with_event(lecture, minutes=count, question_minutes=count - 119) for count in (119, 120, 121)]
    cases += [replace(visit, ordinal_day=None), with_kind(visit, days=None), with_kind(visit, clause_equipment="")]
    cases += [with_event(visit, network=one) for one in Network]
    cases += [with_event(exchange, groups=4, facilitator_count=count) for count in (None, 3, 4, 5)]
    before, said = [], []
    for at, facts in enumerate(cases):
        now = lines(store, facts)
        now = now[now.index("［項目｜仕様｜実績｜判定］") - 1 :][:7]
        said += [f"【{facts.event.kind}{at}】", *(row for row in now if row not in before and row[0] != "■")]
        before = now
    assert_paper(said, "仕様との対照")


@pytest.mark.parametrize("lends", [True, False])
def test_devices_are_named_as_far_as_they_are_known(store, lends):
    """Those who came, and of them with a lent tablet and with one of their own."""
    facts = with_kind(facts_of(store, "講習会"), lends_devices=lends)
    said = []
    for came_, lent, own in (
        (5, None, None), (5, 0, 0), (0, 0, 0), (5, 2, 3), (5, 2, 2), (5, 0, 5), (5, 5, 0), (5, None, 3), (5, 2, None),
        (None, 2, 3), (5, 0, 3),
    ):  # fmt: skip
        people = PeopleFacts(attended=came_, used_lent=lent, used_own=own)
        rows_ = dict(overview(with_event(facts, people=people)).rows)
        said.append(f"{came_}・{lent}・{own}　{rows_.get('使用端末', '（行なし）')}")
    assert_paper(said, f"使用端末 {'貸与する' if lends else '貸与しない'}")


def test_the_answers_of_a_survey_are_told_as_far_as_they_go(store):
    whole = facts_of(store, "講習会")
    survey = whole.survey
    comment = CommentList(code="問10", title="意見", lines=("短い", "長い"), groups=(), written_count=None)
    cases = (
        with_event(
            replace(whole, survey=replace(survey, rate="", comments=(comment, replace(comment, written_count=5)))),
            responses=ResponseFacts(attended=14),
        ),
        with_event(
            replace(whole, survey=replace(survey, rate="", charts=(), comments=())),
            responses=None,
            people=PeopleFacts(),
        ),
        with_kind(whole, has_survey=False),
    )
    said = []
    for facts in cases:
        report = replace(facts.report, tables={"自由記述分類": (("問10", "2", "時間"),)})
        now = lines_of(parts.survey_chapter(replace(facts, report=report)))
        heads = [at for at, one in enumerate(now) if one.startswith("◇(2)")]
        said += ["【】", *(now[: heads[0] + 1] if heads else now), *(now[-8:] if heads and facts is cases[0] else ())]
    assert_paper(said, "アンケート集計")


def test_a_contract_that_asks_for_less_or_else_has_only_those_chapters(store):
    whole = facts_of(store, "講習会")
    asked = {"実施内容": "実施内容", "安全": "", "アンケートの集計結果": "集計結果"}
    items = {name: type(next(iter(whole.numbers.report_items.values())))(answer) for name, answer in asked.items()}
    survey = replace(whole.survey, charts=(), comments=())
    report = replace(whole.report, body=whole.report.body | {"項目：安全": "けがはなかった。\n\n誘導した。"})
    facts = replace(whole, report=report, survey=survey)
    facts = with_kind(facts, report_items=items, report_extras=(), lecturer="進行役")
    facts = replace(facts, comparison_blocks=(facts.heading("前回・前年との比べ"),))
    assert_paper([one for one in lines(store, facts) if one[0] in "■◇" or "誘導" in one or "けが" in one], "ほかの項目")
    visit = with_kind(facts_of(store, "派遣"), steps=(), report_items=items)
    assert_paper([one for one in lines(store, visit) if one[0] in "■◇"], "ヒアリングのない派遣")
    context = event_document_context(store, by_id(store.database, Event, whole.event.id), REPORT, NOW)
    made = [BUILDERS[kind](context, facts_of(store, kind), stamp="見本") for kind in BUILDERS]
    assert [(one.close, one.at_most, one.look, one.stamp, one.ordinal) for one in made] == [
        (close, 5, "report", "見本", 1) for close in (True, False, False)
    ]


def test_earlier_events_stand_beside_this_one_as_far_as_they_were_counted(store):
    calendar = OfficeCalendar()
    now = with_event(facts_of(store, "講習会"), ordinal=3)
    report = replace(
        now.report, tables={"前年の数": (("　出席", " 15人"), ("申込", ""), ("満足計",)), "前回の課題": ((" ",),)}
    )
    here = AttendanceCounts(noted=16, first=3, branches=(("第1支部", 2), ("支部なし", 1)))
    people = [
        PeopleFacts(applied=12, attended=10, attended_organisations=5, used_lent=0, used_own=10),
        PeopleFacts(applied=20, attended=16, attended_organisations=None, used_lent=2, used_own=3),
    ]
    counts = (AttendanceCounts(noted=10, first=10, branches=(("第2支部", 4),)), AttendanceCounts(noted=15, first=1))
    old = replace(now.survey, rate="", charts=tuple(replace(one, reference_only=False) for one in now.survey.charts))
    earlier = tuple(
        EarlierEvent(
            event=replace(now.event, ordinal=at, people=people[at - 1], event_date=day), survey=survey, attendance=one
        )
        for at, day, survey, one in ((1, None, None, counts[0]), (2, date(2026, 9, 3), old, counts[1]))
    )

    def chapter(facts, before, attendance=here):
        return lines_of(comparison_chapter(facts, before, calendar, attendance=attendance))

    facts = replace(now, report=report)
    whole = chapter(facts, earlier)
    assert_paper(whole, "前回との比較")
    lending = with_kind(facts, lends_devices=False)
    none_lent = with_event(lending, people=replace(now.event.people, used_lent=0, used_own=16))
    assert_paper(changed(whole, chapter(none_lent, earlier)), "貸与しない回")
    bare = replace(facts, report=replace(report, tables={}, body={"つぎの回": "・早く\n", "前年の出どころ": " "}))
    assert_paper(chapter(bare, ()), "はじめての回")
    assert chapter(replace(bare, report=replace(report, tables={}, body={})), ()) == []
    last_year = replace(bare, report=replace(report, body={}))
    assert_paper(chapter(last_year, ()), "前年だけ")
    assert_paper(changed(whole, chapter(facts, earlier[:1], replace(here, noted=15))), "数えきれない回")


@pytest.mark.parametrize(
    ("cited", "options", "code"),
    [
        ("", {}, "問2"), ("問4", {}, "問4"), ("問40", {}, "問2"), ("問4", {"title": "別"}, ""),
        ("問4", {"base": 0}, ""),
        ("問4", {"rows": (TallyRow(number="1", text="速い", count=1, percent=""),)}, ""),
    ],
)  # fmt: skip
def test_the_question_that_a_finding_cites_is_laid_beside_the_event_before(store, cited, options, code):
    now = facts_of(store, "講習会")
    charts = tuple(replace(one, **options) for one in now.survey.charts)
    before = EarlierEvent(event=now.event, survey=replace(now.survey, charts=charts))
    report = replace(now.report, tables={"課題と改善": (("遅い", cited),)})
    said = lines_of(
        comparison_chapter(replace(now, report=report), (before,), OfficeCalendar(), attendance=before.attendance)
    )
    assert "".join(one.split("　")[1] for one in said if one.startswith("◇(2)　問")) == code
