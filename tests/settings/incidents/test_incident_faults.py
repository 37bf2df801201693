"""An incident that is put right afterwards, with wrong days, two at once, over the end of a year."""

from datetime import date, datetime

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services import document_saving, documents
from app.documents.services.document_scope import DocumentScope
from app.documents.services.file_saving import SaveOptions
from app.history import services as history_services
from app.settings.incidents import rules as incidents_rules
from app.settings.incidents.documents import KIND
from app.settings.incidents.services import incidents
from app.settings.incidents.services.incident_view import incident_follow_ups, read_incident
from db.records.incidents import Incident, IncidentNote, ReportNeed
from db.rows import by_id, rows
from tests.support.paper_words import said_by

FRIDAY = datetime(2026, 11, 13, 17, 5)
KNOWN_ON = FRIDAY.date()
WHO = {"by": "見本 花子", "now": FRIDAY}


def on(store, day: int, hour: int = 9) -> ActionContext:
    return ActionContext(store, "見本 花子", datetime(2026, 11, day, hour))


def begun(store, *, known_at=FRIDAY, **typed) -> int:
    known = {"title": "受付名簿(紙) 1部が見あたらない"} | typed
    return incidents.begin_incident(
        ActionContext(store, **WHO), fiscal_year=2026, incident=known, known_at=known_at, known_by="見本 太郎"
    ).id


def seen(store, incident_id, now=FRIDAY):
    return read_incident(store, incident_id=incident_id, now=now)


def left(store, tmp_path, incident_id, day: int, hour: int) -> None:
    """The report leaves as a file."""
    who = on(store, day, hour)
    scope = DocumentScope(fiscal_year=2026, item=incident_id, as_of=who.today)
    options = SaveOptions(path=tmp_path / f"{who.now:%d%H%M}.pdf")
    document_saving.save_document(who, scope=scope, kind=KIND, format="pdf", options=options)


def decide(store, incident_id, day=KNOWN_ON, service=incidents.record_report_decision) -> None:
    """It is decided that the report, or a word to the people, is needed."""
    service(on(store, 16), incident_id=incident_id, needed=ReportNeed.NEEDED, decided_by="課長", on=day)


DAYS = {"early_from": 3, "early_to": 5, "final_days": 30, "long_days": 60}


def set_parties(store, day: int, parties: str) -> None:
    incidents.set_incident_rules(on(store, day), fiscal_year=2026, days=DAYS, parties=parties)


# the moment of knowing


def test_the_moment_of_knowing_is_put_right_and_every_day_with_it(store):
    made = begun(store)
    shown = {"known_at": FRIDAY, "known_by": "見本 太郎"}

    incidents.write_facts(
        on(store, 16),
        incident_id=made,
        typed={"known_at": datetime(2026, 11, 12, 9, 30), "known_by": "見本 次郎"},
        shown=shown,
    )

    view = seen(store, made)
    assert view.incident.known_at == datetime(2026, 11, 12, 9, 30)
    assert view.deadlines.early_report_by == date(2026, 11, 16)
    words = [one.words for one in view.notes]
    assert any("把握した日時を直した" in one and "11/13 17:05" in one for one in words), words
    (known,) = [one for one in view.notes if one.words == "把握した"]
    assert (known.at, known.by) == (datetime(2026, 11, 12, 9, 30), "見本 次郎")


@pytest.mark.parametrize("wrong", [datetime(2026, 11, 17, 9), datetime(2026, 11, 16, 9, 1)])
def test_a_moment_of_knowing_to_come_is_refused(store, wrong):
    made = begun(store)
    with pytest.raises(UserError, match="いまより後"):
        incidents.write_facts(on(store, 16), incident_id=made, typed={"known_at": wrong}, shown={"known_at": FRIDAY})


def test_a_moment_of_knowing_after_what_was_already_done_is_refused(store):
    made = begun(store)
    decide(store, made)
    incidents.record_report_days(on(store, 16), incident_id=made, early_on=date(2026, 11, 14), final_on=None)
    with pytest.raises(UserError, match="把握した日が、報告の要否を判断した日"):
        incidents.write_facts(
            on(store, 16), incident_id=made, typed={"known_at": datetime(2026, 11, 15, 9)}, shown={"known_at": FRIDAY}
        )


def test_what_was_done_on_the_day_of_knowing_itself_lets_that_moment_be_put_right(store):
    made = begun(store)
    decide(store, made)
    incidents.save_measure(on(store, 16), incident_id=made, measure={"what": "2人で数える", "done_on": FRIDAY.date()})
    earlier = FRIDAY.replace(hour=8)

    incidents.write_facts(on(store, 16), incident_id=made, typed={"known_at": earlier}, shown={"known_at": FRIDAY})

    assert seen(store, made).incident.known_at == earlier


# wrong days


def test_nothing_was_decided_told_or_mended_before_anybody_knew(store):
    made = begun(store)
    before = date(2026, 11, 12)
    with pytest.raises(UserError, match="把握した日より前"):
        decide(store, made, before)
    with pytest.raises(UserError, match="把握した日より前"):
        decide(store, made, before, incidents.record_people_decision)
    for day, why in ((before, "把握した日より前"), (date(2026, 11, 17), "本日より後")):
        with pytest.raises(UserError, match=why):
            incidents.save_measure(on(store, 16), incident_id=made, measure={"what": "2人で数える", "done_on": day})


def test_days_of_reports_say_nothing_where_nobody_decided_that_one_is_needed(store):
    made = begun(store)
    with pytest.raises(UserError, match="要否"):
        incidents.record_report_days(on(store, 16), incident_id=made, early_on=FRIDAY.date(), final_on=None)
    incidents.record_report_days(on(store, 16), incident_id=made, early_on=None, final_on=None)
    assert incidents_rules.next_report_due(by_id(store.database, Incident, made)) == "要否"
    decide(store, made)
    days = (date(2026, 11, 12), KNOWN_ON, date(2026, 11, 16), date(2026, 11, 17))
    for early, final in ((days[0], None), (days[2], days[1]), (None, days[3])):
        with pytest.raises(UserError, match="報告した日の順"):
            incidents.record_report_days(on(store, 16), incident_id=made, early_on=early, final_on=final)
    incidents.record_report_days(on(store, 16), incident_id=made, early_on=days[1], final_on=days[2])
    words = [f"個人情報保護委員会への{one}" for one in ("確報（11/16）", "速報（11/13）")]
    assert [one.words for one in seen(store, made).notes[:2]] == words


def test_a_day_of_a_report_that_is_taken_back_is_said_in_the_course(store):
    made = begun(store)
    decide(store, made)
    incidents.record_report_days(on(store, 16), incident_id=made, early_on=date(2026, 11, 16), final_on=None)
    incidents.record_report_days(on(store, 17), incident_id=made, early_on=None, final_on=None)

    newest = seen(store, made).notes[0].words
    assert [word for word in ("速報", "取り消した") if word not in newest] == []


# what is put right after a report left


def test_a_fact_that_is_put_right_after_a_report_left_stands_in_the_course_and_asks_for_the_next(store, tmp_path):
    made = begun(store, people=14, amount="1部")
    left(store, tmp_path, made, 13, 18)
    assert not [one for one in seen(store, made).steps[1].lines if one.kind == "issue"]

    incidents.write_facts(
        on(store, 16), incident_id=made, typed={"people": 20, "amount": "2部"}, shown={"people": 14, "amount": "1部"}
    )

    view = seen(store, made)
    assert view.notes[0].words == "事実を直した（数量・対象の人数）"
    (line,) = [one for one in view.steps[1].lines if one.kind == "issue"]
    assert "出した報告（第1版）のあとで変わっています" in line.detail
    assert not view.steps[1].done
    labels = [row.label for row in incident_follow_ups(store, date(2026, 11, 16))]
    assert "事故の続報を出す" in labels
    scope = DocumentScope(fiscal_year=2026, item=made, as_of=date(2026, 11, 16))
    said = said_by(documents.build_document(store, scope=scope, kind=KIND, now=datetime(2026, 11, 16, 10)))
    assert [word for word in ("続報（第2版）", "事実を直した（数量・対象の人数）") if word not in said] == []
    left(store, tmp_path, made, 16, 11)
    assert not [one for one in seen(store, made).steps[1].lines if one.kind == "issue"]
    assert "事故の続報を出す" not in [row.label for row in incident_follow_ups(store, date(2026, 11, 16))]


def test_facts_that_are_written_before_any_report_left_need_no_line(store):
    made = begun(store)
    incidents.write_facts(on(store, 16), incident_id=made, typed={"amount": "1部"}, shown={"amount": ""})
    assert [one.words for one in seen(store, made).notes] == ["把握した"]


def test_a_cause_is_called_a_cause(store):
    made = begun(store)
    said = incidents.write_facts(
        on(store, 16), incident_id=made, typed={"cause": "数える人を決めていない"}, shown={"cause": ""}
    ).message
    assert said == "原因を書きました。"


def test_the_last_report_is_asked_for_after_the_record_is_closed(store, tmp_path):
    made = begun(store)
    incidents.close_incident(on(store, 16), incident_id=made, how=incidents_rules.FINISHED, reason="見本")
    step = seen(store, made).steps[5]
    assert any("最終の報告" in one.text and not one.done for one in step.lines), step.lines
    left(store, tmp_path, made, 16, 10)
    step = seen(store, made).steps[5]
    assert not any("最終の報告" in one.text and not one.done for one in step.lines), step.lines


# the end


def test_what_was_found_ends_as_what_might_have_been(store):
    made = begun(store, sort="事故")
    incidents.close_incident(on(store, 16), incident_id=made, how=incidents_rules.FOUND, reason="机の下にあった")
    assert by_id(store.database, Incident, made).sort == "事故のおそれ"


def test_a_closed_record_stays_as_it_was_when_the_addressees_of_the_ward_change(store):
    made = begun(store)
    for name in seen(store, made).parties:
        incidents.add_course_line(on(store, 16), incident_id=made, words=name, step=name, outcome=incidents_rules.TOLD)
    incidents.close_incident(on(store, 16), incident_id=made, how=incidents_rules.FINISHED, reason="見本")
    before = [(one.text, one.result) for one in seen(store, made).steps[1].lines]
    set_parties(store, 17, "危機管理室長　03-0000-0000")

    assert [(one.text, one.result) for one in seen(store, made).steps[1].lines] == before


# addressees


def test_a_name_of_several_words_stays_whole_and_none_goes_under(store):
    typed = "協働推進課 課長　03-0000-0001\n協働推進課 係長　内線 1234\n情報政策課\nみほん　ほけん室 （内）55"
    set_parties(store, 13, typed)
    made = begun(store)

    assert seen(store, made).parties == {
        "協働推進課 課長": "03-0000-0001",
        "協働推進課 係長": "内線 1234",
        "情報政策課": "",
        "みほん　ほけん室": "（内）55",
    }


def test_two_addressees_of_one_name_are_refused(store):
    with pytest.raises(UserError, match="2回"):
        set_parties(store, 13, "課長　03-0000-0001\n課長　03-0000-0002")


# two at once, taken back


def test_two_at_once_keep_their_numbers_steps_and_reports_apart(store, tmp_path):
    one, other = begun(store), begun(store, title="USBを置き忘れた")
    name = next(iter(seen(store, one).parties))
    incidents.add_course_line(on(store, 13, 18), incident_id=one, words=name, step=name, outcome=incidents_rules.TOLD)
    left(store, tmp_path, one, 13, 19)
    incidents.add_course_line(on(store, 13, 20), incident_id=one, words="会場をもう一度さがした")

    assert (seen(store, one).incident.number, seen(store, other).incident.number) == (1, 2)
    assert (seen(store, one).next_report, seen(store, other).next_report) == ("続報", "第一報")
    assert not next(line for line in seen(store, other).steps[1].lines if line.id == name).done
    labels = [row.detail for row in incident_follow_ups(store, date(2026, 11, 16)) if row.label == "事故を知らせる"]
    assert len(labels) == 2


def test_a_number_under_which_a_report_left_is_given_to_no_other(store, tmp_path):
    made = begun(store)
    left(store, tmp_path, made, 13, 18)
    with store.change(action="見本", by="x", now=FRIDAY, subject="incidents") as change:
        for note in rows(store.database, IncidentNote, incident_id=made):
            change.delete(IncidentNote, note.id)
        change.delete(Incident, made)

    again = begun(store, title="別の事故")

    view = seen(store, again)
    assert (view.incident.number, view.next_report) == (2, "第一報")


def test_every_press_goes_back_by_itself(store):
    made = begun(store)
    before = seen(store, made)
    incidents.record_people_decision(
        on(store, 16), incident_id=made, needed=ReportNeed.NOT_NEEDED, decided_by="課長", on=None, how="見ていない"
    )
    history_services.undo(store, by="見本 花子", now=datetime(2026, 11, 16, 10))
    assert seen(store, made) == before
