"""An office whose visits are asked for all year and repeated, beside a second kind of visits with one call a year."""

from dataclasses import replace
from datetime import date

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services.document_library import read_library
from app.documents.services.document_passages import set_passage
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from app.event.services.event_changes import create_event
from app.event.services.event_drafts import EventDraft
from app.event.services.event_preparation import preparation_of
from app.event.services.event_records import read_records_of_year
from app.event.services.event_results import record_result
from app.event.services.progress import progress
from app.event.services.tasks.deadlines import all_tasks, event_tasks, read_year
from app.events.dispatches.documents import APPLY, CALL_FOR_REQUESTS, REQUEST_FORM
from app.events.dispatches.services.contact_consent import check_consent
from app.events.dispatches.services.dispatch_requests import (
    decide_dispatch_request,
    link_event,
    read_dispatch_requests,
    save_dispatch_request,
)
from app.events.dispatches.services.steps import read_dispatches
from app.events.dispatches.services.support import call_follow_ups, note_call
from app.programme.intake import parse_definition
from app.programme.services import read_programme, start_programme
from app.submissions.reports.rules.report_points import outline
from app.submissions.reports.services import report_check, reports
from app.year_end.completion.services.completion import held_words
from app.year_end.handover.services import read_handover
from app.year_end.summary.services.year_summary import read_summary
from db.records.agreements import Agreement
from db.records.dispatches import DispatchRequest
from db.records.events import EventResult, RecruitmentStep
from db.records.organisations import Organisation
from db.records.programme import Contractor
from db.rows import by_id, rows
from tests.support.paper_words import said_by
from tests.support.stores import filled_store, made_by
from tests.support.years import BY, at

DEFINITION = """
format = 2
[programme]
title = "令和8年度 地域団体デジタル支援委託"
fiscal_year = 2026
term_end = 2027-03-31
proposal_period = ""
payment_period = "30日以内"
[office]
ward = "つばき市"
[[kinds]]
key = "出前"
form = "派遣"
title = "出前講座"
name = "出前"
sign = "出"
lecturer = "講師"
unit = "町内会"
counted = "回"
planned = 3
about = false
window = [2026-05-01, 2027-02-28]
people = [5, 15]
minutes = 90
headcount = ""
material = ""
report = "翌月10日まで"
survey = false
lends_devices = false
report_items = ["実施内容"]
recruitment = "随時"
visits_per_request = 3
steps = ["選定"]
follow_up = { months = [1], by = "団体" }
[[kinds]]
key = "訪問"
form = "派遣"
title = "個別訪問"
name = "訪問"
sign = "訪"
lecturer = "支援員"
unit = "団体"
planned = 2
about = true
window = [2026-09-01, 2027-02-28]
people = [1, 5]
minutes = 60
headcount = ""
material = ""
report = "1か月以内"
survey = false
lends_devices = false
report_items = ["実施内容", "今後の支援方針"]
recruitment = "年1回"
"""
UNSELECTED = (
    DEFINITION.replace('steps = ["選定"]', 'steps = ["ヒアリング", "協議"]')
    .replace("months = [1]", "months = [6]")
    .replace(
        'name = "出前"',
        'name = "出前"\naudience = "市内のサロン"\ncontent = ["よくある相談"]\nclauses = { target = "第5条" }',
    )
    + """
[[kinds]]
key = "講座"
form = "講習"
title = "担い手講座"
name = "講座"
sign = "座"
lecturer = "講師"
unit = "回"
planned = 2
about = false
window = [2026-07-01, 2026-12-18]
people = [5, 15]
minutes = 90
headcount = ""
material = "1週間前"
report = "翌月10日まで"
survey = false
lends_devices = false
report_items = ["実施内容"]
"""
)
"""Visits to all that ask, whose contract says for whom they are, beside lectures."""
YEAR = DocumentScope(fiscal_year=2026)
DAYS = (date(2026, 7, 1), date(2026, 7, 15), date(2026, 8, 5))
ALL_YEAR = "1年を通して受け付けます。"


def act(store, day):
    return ActionContext(store, BY, at(day))


def _start(store, text=DEFINITION):
    given = parse_definition(text.encode(), "市.toml")
    start_programme(
        act(store, date(2026, 4, 1)),
        programme=given.programme,
        numbers=given.kinds,
        office=given.office,
        contractor=Contractor(name="みほん受託", responsible="見本 花子"),
    )
    with store.change(action="団体", by=BY, now=at(date(2026, 4, 1)), subject="organisations") as change:
        for name in ("みほん若葉町内会", "みほん青葉町内会"):
            change.insert(Organisation(name=name))


store = made_by(lambda place: filled_store(place, _start)[0])


@pytest.fixture
def unselected(tmp_path):
    """A request with two visits, in the year of ``UNSELECTED``."""
    opened = filled_store(tmp_path, _start, text=UNSELECTED)[0]
    request = ask(opened, date(2026, 6, 1), signed=True, consent="同意あり")
    choose(opened, request, date(2026, 6, 2))
    found = [visit(opened, day, network="無") for day in DAYS[:2]]
    for event_id in found:
        link_event(act(opened, date(2026, 6, 3)), wish_id=request, event_id=event_id)
    yield opened, found
    opened.database.conn.close()


def ask(store, day, kind="出前", organisation=1, **given):
    wish = DispatchRequest(
        programme_id=1,
        organisation_id=organisation,
        received_on=day,
        signer="見本 太郎",
        wish="LINE",
        kind=kind,
        **given,
    )
    return save_dispatch_request(act(store, day), wish=wish).id


def choose(store, request, day):
    decide_dispatch_request(act(store, day), wish_id=request, outcome="決定", decided_on=day, reason="受付順")


def visit(store, day, kind="出前", organisation=1, **given):
    name = by_id(store.database, Organisation, organisation).name
    form = read_programme(store).kind(kind).form
    draft = EventDraft(
        kind=kind,
        form=form,
        subject=kind,
        event_date=day,
        organisation_id=organisation,
        organisation_name=name,
        **given,
    )
    return create_event(act(store, date(2026, 6, 1)), draft=draft).id


def step_names(store, event_id):
    return [one.name for one in rows(store.database, RecruitmentStep, event_id=event_id)]


@pytest.fixture
def three(store):
    """One request with three visits, of which all were held."""
    request = ask(store, date(2026, 6, 1))
    choose(store, request, date(2026, 6, 2))
    found = []
    for day in DAYS:
        found.append(visit(store, day))
        link_event(act(store, date(2026, 6, 3)), wish_id=request, event_id=found[-1])
    for event_id, day in zip(found, DAYS, strict=True):
        record_result(act(store, day), event_id=event_id, result=EventResult(event_id=event_id, attended=8))
    return request, found


def test_one_request_leads_to_three_visits_that_are_chosen_once_and_called_for_never(store, three):
    request, (first, second, third) = three
    assert step_names(store, first) == ["選定", "決定・不採択の通知"], "no closing day, no hearing, no 協議"
    assert step_names(store, second) == step_names(store, third) == []
    fourth = visit(
        store, date(2026, 9, 9), exception_reason="追加の依頼", exception_kind="契約変更の要否を契約課へ確認"
    )
    with pytest.raises(UserError, match="もう3回の実施回があります"):
        link_event(act(store, DAYS[2]), wish_id=request, event_id=fourth)
    year = read_dispatches(store, today=DAYS[2], kind="出前")
    assert [(one.request.id if one.request else None, one.event.id) for one in year.rows][:3] == [
        (request, first), (request, second), (request, third),
    ]  # fmt: skip
    said = [one.words.split("　")[0].split(" ")[0] for one in year.call_steps]
    assert said == ["仕様の確認", "募集要項", "周知", "募集"]
    assert [name for name, _mark in year.rows[0].steps.step_marks()] == [
        "希望票", "選定", "決裁", "日程", "訪問", "報告書", "1か月後",
    ]  # fmt: skip


def test_the_call_afterwards_is_made_once_an_organisation_after_its_last_visit(store, three):
    _request, (_first, _second, third) = three
    (call,) = call_follow_ups(store.database, DAYS[2])
    assert (call.event_id, call.due, call.label) == (third, date(2026, 9, 4), "1か月後の電話：みほん若葉町内会")
    note_call(act(store, date(2026, 9, 4)), event_id=third, outcome="話せた", answer="続いている")
    assert list(call_follow_ups(store.database, date(2026, 9, 4))) == []
    year = read_dispatches(store, today=date(2026, 9, 4), kind="出前")
    assert all(("1か月後", "done") in one.steps.step_marks() for one in year.rows)


def test_requests_are_accepted_all_year_after_visits_were_held_too(store, three):
    assert ALL_YEAR in said_by(build_document(store, scope=YEAR, kind=CALL_FOR_REQUESTS, now=at(DAYS[2])))
    visit(  # dated before anybody of its 団体 asked, as the first visit of a year is
        store,
        date(2026, 11, 20),
        organisation=2,
        exception_reason="追加の依頼",
        exception_kind="契約変更の要否を契約課へ確認",
    )
    late = ask(store, date(2027, 1, 12), organisation=2)
    choose(store, late, date(2027, 1, 13))  # no reason is asked for
    listed = read_dispatch_requests(store, kind="出前")
    assert (listed.closes_for(date(2027, 1, 13)), listed.organisation_count) == (None, 2)
    tasks = all_tasks(store, today=date(2027, 1, 13))
    assert not [one for one in tasks if one.label in ("希望票の締切", "募集要項の周知")]


def test_every_count_is_that_of_the_contract_in_its_own_word(store, three):
    today = date(2026, 8, 6)
    visits, _other = read_programme(store).kinds
    found = progress(read_records_of_year(store, 1), visits, today)
    assert (found.done, found.undecided, found.spec_words) == (3, 0, "全3町内会")
    summary = read_summary(store, today=today)
    (line,) = [one.line for one in summary.lines if (one.line.group, one.line.item) == ("出前講座", "実施回数")]
    assert (line.spec, line.actual) == ("全3町内会", "3町内会")
    assert summary.kinds[0].outlook == "見込みどおり"
    assert held_words(visits, read_records_of_year(store, 1), today) == "3町内会"
    assert "3町内会" in said_by(build_document(store, scope=YEAR, kind=CALL_FOR_REQUESTS, now=at(today)))
    practice = dict(read_handover(store, fiscal_year=2026, now=at(today)).rows["この事務のやり方"])
    assert practice["出前"] == (
        "数は回で数える。団体の募集は随時。希望票1枚で3回まで。訪問の前に選定をする。1か月後に団体ごとに電話で聞く。"
    )


def test_a_second_kind_of_visits_has_its_call_its_form_and_its_list(store, three):
    today = date(2026, 9, 1)
    rows_of = {(one.kind, one.title): one for one in read_library(store, scope=YEAR, today=today).rows}
    second = rows_of[CALL_FOR_REQUESTS, "訪問"]
    assert (REQUEST_FORM, "訪問") in rows_of
    assert rows_of[CALL_FOR_REQUESTS, "出前"].item != second.item
    own = replace(YEAR, item=second.item)
    first_visit, later = (
        visit(store, day, "訪問", one) for one, day in ((1, date(2026, 12, 16)), (2, date(2027, 1, 20)))
    )
    paper = build_document(store, scope=own, kind=CALL_FOR_REQUESTS, now=at(today))
    assert "訪問　募集要項" in said_by(paper)
    assert "令和8年10月28日（水）まで（必着）" in said_by(paper)
    assert paper.reference == "R8-訪問募集要項"
    set_passage(act(store, today), scope=own, kind=CALL_FOR_REQUESTS, part=APPLY, text="窓口のみ")
    assert "窓口のみ" in said_by(build_document(store, scope=own, kind=CALL_FOR_REQUESTS, now=at(today)))
    assert "窓口のみ" not in said_by(build_document(store, scope=YEAR, kind=CALL_FOR_REQUESTS, now=at(today)))
    assert "令和8年10月28日" in said_by(build_document(store, scope=own, kind=REQUEST_FORM, now=at(today)))

    # One call: one visit bears its steps, and all are told by its day.
    due = {
        (event_id, one.label): one.due
        for event_id in (first_visit, later)
        for one in event_tasks(store, event_id=event_id, today=today)
    }
    assert due[first_visit, "希望票の締切"] == date(2026, 10, 28)
    assert (later, "希望票の締切") not in due
    assert due[first_visit, "決定・不採択の通知"] == due[later, "決定・不採択の通知"] == date(2026, 11, 6)

    request = ask(store, date(2026, 10, 1), "訪問", organisation=2)
    listed = read_dispatch_requests(store, kind="訪問")
    assert ([one.id for one in listed.rows], listed.closes_for(today)) == ([request], date(2026, 10, 28))
    assert [one.request.id for one in read_dispatches(store, today=today, kind="訪問").rows if one.request] == [request]
    with pytest.raises(UserError, match="この年度の出前・訪問ではありません"):
        decide_dispatch_request(
            act(store, date(2026, 11, 2)),
            wish_id=request,
            outcome="決定",
            decided_on=date(2026, 11, 2),
            reason="可",
            event_id=three[1][0],
        )


def test_what_the_definition_does_not_ask_is_no_chapter_of_a_report_and_no_line_of_the_day(store, three):
    visits, other = read_programme(store).kinds
    assert [one.title for one in outline(visits)] == ["要点", "概要", "実施内容", "写真"]
    assert "今後の支援方針" in [one.title for one in outline(other)]
    titles = [one.title for one in read_records_of_year(store, 1)[0].agenda]
    assert titles == ["説明", "実習", "質疑応答", "フォローアップ（メール・電話可）"]


def test_a_paper_names_the_own_municipality_and_the_period_of_the_contract_as_it_is(store, three):
    first, today = three[1][0], date(2026, 8, 6)
    report_check.receive_report(
        act(store, today),
        event_id=first,
        data=b"%PDF report",
        name="報告書.pdf",
        pages=3,
        received_on=today,
        received_how="メール",
    )
    listed = said_by(build_document(store, scope=YEAR, kind="提出物と遅れの一覧", now=at(today)))
    assert "市が確認中" in listed
    assert "区が確認中" not in listed
    reports.start_report(act(store, today), event_id=three[1][1])
    paper = said_by(build_document(store, event_id=three[1][1], kind="実施報告書", now=at(today)))
    assert "（提出期限　令和8年8月10日　翌月10日まで）" in paper
    assert not [one for one in ("今後の支援方針", "到達状況", "事前ヒアリング") if one in paper]


def test_a_request_is_heard_and_talked_over_once_and_nothing_is_selected(unselected):
    store, (first, second) = unselected
    assert step_names(store, first) == ["事前ヒアリング", "実施内容の協議"]
    assert step_names(store, second) == []
    asked = [{one.topic for one in rows(store.database, Agreement, event_id=event)} for event in (first, second)]
    assert asked[0] - asked[1] == {"事前ヒアリング"}
    year = read_year(store, DAYS[0])
    ready = [{one.label for one in preparation_of(one, year)} for one in read_records_of_year(store, 1)]
    assert ready[0] - ready[1] == {"事前ヒアリング"}
    shelf = read_library(store, scope=YEAR, today=DAYS[0])
    assert not [
        one for one in shelf.rows if one.kind == "起案資料（派遣の選定）" and one.is_ready and one.title == "出前"
    ]
    call = said_by(build_document(store, scope=YEAR, kind=CALL_FOR_REQUESTS, now=at(DAYS[0])))
    assert "希望票1枚につき3回まで" in call
    draft = said_by(build_document(store, event_id=first, kind="起案資料", now=at(date(2026, 6, 5))))
    assert "希望のあった団体について、実施を決定する。" in draft
    assert not [word for word in ("選定", "決め方", "希望が多いとき") if word in call + draft]


def test_whom_visits_are_for_is_said_by_their_contract_and_not_by_the_lectures(unselected):
    store, _visits = unselected
    listed = read_dispatch_requests(store, kind="出前")
    assert (listed.lecture_names, [one.warning for one in listed.rows]) == ("", [""])
    for kind in (CALL_FOR_REQUESTS, REQUEST_FORM, "年間計画"):
        paper = said_by(build_document(store, scope=YEAR, kind=kind, now=at(DAYS[0])))
        assert not [
            word for word in ("担い手講座に参加", "講座への参加", "参加した（第", "以外の資料") if word in paper
        ], kind
    decided = decide_dispatch_request(
        act(store, DAYS[0]),
        wish_id=ask(store, DAYS[0], organisation=2),
        outcome="決定",
        decided_on=DAYS[0],
        reason="順",
    )
    assert decided.message == "みほん青葉町内会の出前を決定としました。"


def test_a_further_visit_has_its_request_and_the_call_after_it_its_own_months_and_words(unselected):
    store, (_first, second) = unselected
    assert check_consent(store, event_id=second).consent == "同意あり"
    record_result(act(store, DAYS[1]), event_id=second, result=EventResult(event_id=second, attended=8))
    (call,) = call_follow_ups(store.database, DAYS[1])
    assert (call.label[:6], call.detail) == ("6か月後の電", "聞くこと　続いていること・困っていること")
    seen = read_dispatches(store, today=DAYS[1], kind="出前").rows[-1].steps
    assert [name for name, _mark in seen.step_marks()][-1] == "6か月後"
