"""An incident: its days, its course, what home says, its ledger and its report; nobody is trapped, nobody is named."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.calendar.office_days import OfficeCalendar
from app.documents.services import document_saving, documents
from app.documents.services.document_scope import DocumentScope
from app.documents.services.file_saving import SaveOptions
from app.home.today.services.home import read_home
from app.ledgers.services.ledger_reading import read_ledger
from app.received.services import ReceiptScope, receive_paper
from app.settings.incidents import rules as incidents_rules
from app.settings.incidents.documents import KIND
from app.settings.incidents.services import incidents
from app.settings.incidents.services.incident_ledger import INCIDENTS
from app.settings.incidents.services.incident_view import incident_follow_ups, read_incident, read_rules
from app.year.dates import services as dates_services
from db.records.documents import Outgoing
from db.records.incidents import Incident, IncidentRules, ReportNeed
from db.records.organisations import Person
from db.records.roster import Entry
from db.records.submissions.received import Receipt
from db.rows import rows
from tests.support.left_papers import outgoing
from tests.support.paper_words import said_by
from tests.support.years import add_lecture

FRIDAY = datetime(2026, 11, 13, 17, 5)


def at(store, day: int | datetime, hour: int = 9) -> ActionContext:
    moment = day if isinstance(day, datetime) else datetime(2026, 11, day, hour)
    return ActionContext(store, "見本 花子", moment)


def begun(store, **typed) -> int:
    known = {"title": "受付名簿(紙) 1部が見あたらない"} | typed
    return incidents.begin_incident(
        at(store, FRIDAY), fiscal_year=2026, incident=known, known_at=FRIDAY, known_by="見本 太郎"
    ).id


@pytest.mark.parametrize(
    ("known", "wrong_purpose", "early", "aim", "final"),
    [
        # 金曜 17:05: the fifth day is Tuesday; the thirtieth, Saturday 12/12, goes on to Monday.
        (FRIDAY, False, date(2026, 11, 17), date(2026, 11, 17), date(2026, 12, 14)),
        # The sixtieth, 1/11, is 成人の日.
        (FRIDAY, True, date(2026, 11, 17), date(2026, 11, 17), date(2027, 1, 12)),
        # 速報 counts calendar days: a Saturday stays one, and the clerk is told the Friday before.
        (datetime(2026, 12, 8, 16, 40), False, date(2026, 12, 12), date(2026, 12, 11), date(2027, 1, 6)),
        # The thirtieth lies in 年末年始, which goes on until 1/3, a Sunday.
        (datetime(2026, 12, 1, 9, 0), False, date(2026, 12, 5), date(2026, 12, 4), date(2027, 1, 4)),
        # Known on a day before four closed ones: the aim is never before one knew.
        (datetime(2026, 12, 29, 10, 0), False, date(2027, 1, 2), date(2026, 12, 29), date(2027, 1, 27)),
    ],
)
def test_the_day_of_knowing_is_day_one_and_only_the_last_report_waits_for_an_open_day(
    known, wrong_purpose, early, aim, final
):
    incident = Incident(programme_id=1, number=1, title="見本", known_at=known, wrong_purpose=wrong_purpose)
    days = incidents_rules.legal_deadlines(incident, IncidentRules(programme_id=1), OfficeCalendar())
    assert (days.early_report_by, days.early_report_target, days.final_report_by) == (early, aim, final)


def test_the_days_are_settings_and_follow_each_other(store):
    made = begun(store)
    usual = {"協働推進課長": "", "情報セキュリティの所管": "", "個人情報保護の所管": ""}
    assert (
        read_incident(store, incident_id=made, now=FRIDAY).parties
        == read_rules(store, fiscal_year=2026).parties
        == usual
    )
    days = {"early_from": 1, "early_to": 3, "final_days": 20, "long_days": 40}
    who = at(store, 14)
    incidents.set_incident_rules(who, fiscal_year=2026, days=days, parties="危機管理室長　内線 1234\n総務課")
    view = read_incident(store, incident_id=made, now=FRIDAY)
    assert (view.deadlines.early_report_by, view.deadlines.final_report_by) == (date(2026, 11, 15), date(2026, 12, 2))
    assert view.parties == {"危機管理室長": "内線 1234", "総務課": ""}
    usual = {"early_from": 3, "early_to": 5, "final_days": 30, "long_days": 60}
    incidents.set_incident_rules(who, fiscal_year=2026, days=usual, parties="総務課")
    view = read_incident(store, incident_id=made, now=FRIDAY)
    assert view.deadlines.early_report_by == date(2026, 11, 17), "back to the usual ones"
    for wrong in ({"early_to": 31}, {"early_from": 0}):
        with pytest.raises(UserError, match="日数の順"):
            incidents.set_incident_rules(who, fiscal_year=2026, days=usual | wrong, parties="")


def home(store, day: date) -> dict[str, tuple[date, str]]:
    view = read_home(store, today=day, fiscal_year=2026)
    found = [*view.rows, *view.passed_targets, *view.later_rows]
    return {one.task.label: (one.task.due, one.task.bucket) for one in found if "第1号" in one.task.detail}


def test_home_says_whom_to_tell_and_the_report_is_late_by_the_law_once_it_is_needed(store):
    made = begun(store)
    assert home(store, FRIDAY.date()) == {
        "事故を知らせる": (date(2026, 11, 13), "今日"),
        "事故の報告の要否を決める": (date(2026, 11, 17), "来週から"),
    }
    for party in read_incident(store, incident_id=made, now=FRIDAY).parties:
        incidents.add_course_line(
            at(store, FRIDAY), incident_id=made, words=party, step=party, outcome=incidents_rules.TOLD
        )
    known = {"incident_id": made, "decided_by": "課長"}
    incidents.record_report_decision(at(store, 16), **known, needed=ReportNeed.NEEDED, on=date(2026, 11, 16))
    assert home(store, date(2026, 11, 18)) == {"事故の速報をする": (date(2026, 11, 17), "期限超過")}
    incidents.record_report_days(at(store, 17), incident_id=made, early_on=date(2026, 11, 17), final_on=None)
    assert home(store, date(2026, 11, 18)) == {"事故の確報をする": (date(2026, 12, 14), "来週から")}
    incidents.record_report_decision(
        at(store, 18), **known, needed=ReportNeed.NOT_NEEDED, reason="見つかった", on=date(2026, 11, 18)
    )
    assert home(store, date(2026, 11, 18)) == {}


@pytest.mark.parametrize(
    ("known", "words"),
    [(13, "把握の日を1日目として5日目（11/17(火)）"), (10, "把握の日を1日目として5日目（11/14(土)）の前の開庁日")],
)
def test_the_day_before_is_named_only_where_the_last_one_is_closed(store, known, words):
    who = at(store, known)
    incidents.begin_incident(who, fiscal_year=2026, incident={"title": "見あたらない"}, known_at=who.now, known_by="")
    (decide,) = [one for one in incident_follow_ups(store, who.today) if "要否" in one.label]
    assert decide.rule == words


def test_a_record_closes_with_what_is_open_only_with_a_reason_and_opens_again(store):
    made = begun(store)
    with pytest.raises(UserError, match="閉じる理由") as told:
        incidents.close_incident(at(store, 16), incident_id=made, how=incidents_rules.FINISHED)
    assert "原因がありません" in told.value.todo
    incidents.close_incident(at(store, 16), incident_id=made, how=incidents_rules.FOUND, reason="机の下にあった")
    view = read_incident(store, incident_id=made, now=FRIDAY)
    assert (view.incident.closed_how, view.next_report) == ("見つかった", "最終")
    assert home(store, date(2026, 11, 16)) == {}
    with pytest.raises(UserError, match="閉じています"):
        incidents.add_course_line(at(store, 16), incident_id=made, words="もう1部")
    incidents.reopen_incident(at(store, 17), incident_id=made, reason="もう1部も足りない")
    assert read_incident(store, incident_id=made, now=FRIDAY).incident.closed_on is None


def test_an_incident_that_was_not_found_after_all_is_one_again(store):
    made = begun(store, sort="事故")

    def sort():
        return read_incident(store, incident_id=made, now=FRIDAY).incident.sort

    for hour in (16, 18):
        incidents.close_incident(at(store, hour), incident_id=made, how=incidents_rules.FOUND, reason="机の下にあった")
        assert sort() == "事故のおそれ"
        incidents.reopen_incident(at(store, hour), incident_id=made, reason="別の名簿だった")
        assert sort() == "事故"
    incidents.close_incident(at(store, 19), incident_id=made, how=incidents_rules.FINISHED, reason="終わった")
    incidents.reopen_incident(at(store, 19), incident_id=made, reason="続きがある")
    assert sort() == "事故"


def test_the_venue_is_told_on_the_day_itself_and_the_day_after_that_is_a_date(store):
    event = add_lecture(store, date(2026, 11, 13), subject="LINE講習会")
    made = begun(store, event_id=event)
    for day, until in ((13, "本日"), (16, "11/13(金)")):
        view = read_incident(store, incident_id=made, now=datetime(2026, 11, day, 18))
        assert {one.until for one in view.steps[1].lines if one.id == "みほん区民館"} == {until}


def test_at_the_contractors_its_own_report_is_waited_for_and_its_basis_is_the_clause(store):
    made = begun(store, place="受託者")
    view = read_incident(store, incident_id=made, now=FRIDAY)
    assert (incidents_rules.CONTRACTOR in view.parties, view.last_issued_version) == (True, 0)
    assert [one.result for one in view.steps[2].lines if one.kind == "paper"] == ["まだ受領していません"]
    assert view.steps[0].lines[0].basis == "特25-1(1)"
    assert home(store, FRIDAY.date())["受託者の事故等報告書を受領する"] == (date(2026, 11, 13), "今日")
    assert "受託者の事故等報告書を受領していません" in view.open_points
    receipt = Receipt(received_on=date(2026, 11, 16), received_how="メール", original_place="文書管理システム")
    receive_paper(at(store, 16), kind="事故等報告書", scope=ReceiptScope(programme_id=1), receipt=receipt)
    assert "受託者の事故等報告書を受領する" not in home(store, date(2026, 11, 16))
    view = read_incident(store, incident_id=made, now=FRIDAY)
    assert not any("事故等報告書" in one for one in view.open_points)


def test_nobody_is_named_in_the_report_and_in_the_ledger_and_every_version_is_counted(store, tmp_path):
    event = add_lecture(store, date(2026, 11, 13), subject="LINE講習会")
    canaries = [f"迦那{number}" for number in range(200)]
    with store.change(action="名簿", by="見本", now=FRIDAY, subject="roster") as change:
        for name in canaries:
            person = change.insert(Person(name=name, furigana=name, role="会長"))
            change.insert(Entry(event_id=event, person_id=person, state="決定", care=f"{name}の車いす"))
        change.insert(
            outgoing(
                "参加者名簿",
                event_id=event,
                reference=canaries[0],
                file_name=canaries[1],
                copies=2,
                personal=True,
                by="見本 花子",
                at=FRIDAY - timedelta(hours=4),
                detail={"title": canaries[2]},
            )
        )
    made = begun(store, event_id=event)
    scope = DocumentScope(fiscal_year=2026, item=made, as_of=FRIDAY.date())
    content = documents.build_document(store, scope=scope, kind=KIND, now=FRIDAY)
    text = said_by(content)
    assert "参加者名簿" in text, "what left the program is said by its kind"
    assert [
        word for word in ("第一報（第1版）", "調査中　対象者　調査中", "調査中　第1回 LINE講習会") if word not in text
    ] == []
    book = read_ledger(store, key="incidents", fiscal_year=2026, today=FRIDAY.date()).book
    (line,) = book.lines
    assert line.cells["title"] == "受付名簿(紙) 1部が見あたらない"
    (total,) = INCIDENTS.totals
    assert [total.is_counted(line.cells | {"closed": day}) for day in ("", "2026-11-16")] == [True, False]
    works = {INCIDENTS.open_work(replace(line, cells=line.cells | more)) for more in ({}, {"closed": "2026-11-16"})}
    theirs = replace(line, cells=line.cells | {"place": "受託者"})
    assert (works, INCIDENTS.open_work(theirs)) == ({()}, ("事故の対応",))
    for said in (text, repr(line)):
        assert [name for name in canaries if name in said] == []
    saving = {"scope": scope, "kind": KIND, "format": "pdf", "options": SaveOptions(path=tmp_path / "report.pdf")}
    document_saving.save_document(at(store, FRIDAY), **saving)
    told = {"scope": scope, "kind": KIND}
    assert "第一報（第1版）" in said_by(documents.build_document(store, **told, now=FRIDAY)), (
        "saved, then printed: one report"
    )
    incidents.add_course_line(at(store, 13, 18), incident_id=begun(store), words="別の事故のこと")
    assert "第一報（第1版）" in said_by(documents.build_document(store, **told, now=FRIDAY)), (
        "nothing of it was written since"
    )
    typed = {"cause": "数え忘れ", "spot": "受付", "number": 9}
    incidents.write_facts(at(store, 13, 19), incident_id=made, typed=typed, shown={"cause": ""})
    text = said_by(documents.build_document(store, **told, now=FRIDAY))
    for words in ("続報（第2版）", "受付　第1回 LINE講習会", "事故-01"):
        assert words in text, words
    saving |= {"options": SaveOptions(path=tmp_path / "second.pdf", overwrite=True)}
    for moment in (20, 21):
        document_saving.save_document(at(store, 13, moment), **saving)
    assert [one.detail["version"] for one in rows(store.database, Outgoing, document_kind=KIND)] == ["1", "2", "2"]


def test_whom_the_ward_tells_and_how_it_counts_is_known_in_the_next_year_too(store):
    days = {"early_from": 1, "early_to": 3, "final_days": 20, "long_days": 40}
    incidents.set_incident_rules(at(store, 14), fiscal_year=2026, days=days, parties="危機管理室長　内線 1234")
    spring = at(store, datetime(2027, 4, 1, 9))
    dates_services.start_year(spring, draft=dates_services.next_year_draft(store, today=date(2027, 4, 1)))
    known = read_rules(store, fiscal_year=2027)
    assert (known.early_to, known.parties) == (3, {"危機管理室長": "内線 1234"})
    incidents.set_incident_rules(spring, fiscal_year=2027, days=days | {"early_to": 4}, parties="総務課")
    assert read_rules(store, fiscal_year=2027).parties == {"総務課": ""}
    before = read_rules(store, fiscal_year=2026)
    assert (before.early_to, before.parties) == (3, {"危機管理室長": "内線 1234"})
