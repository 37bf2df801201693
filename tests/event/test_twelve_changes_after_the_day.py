"""What is put right after the day of an event opens no task of a past event and moves no figure of the year."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from app.actions.action_context import ActionContext
from app.documents.services import document_saving
from app.documents.services.file_saving import SaveOptions
from app.event.services.agreements import open_topic
from app.event.services.equipment import set_equipment
from app.event.services.event_results import record_result
from app.event.services.event_view import read_event
from app.event.services.tasks.deadlines import all_tasks
from app.event_day.reception.services import add_walk_in
from app.events.agreements.services import save_record
from app.events.materials.services.materials import add_material, receive_version
from app.events.roster.services.entry_changes import change_entry, remove_entries
from app.events.roster.services.entry_names import WantedPerson
from app.home.today.services.home import read_home
from app.registers.register.services.organisations import get_organisation, save_contact, update_organisation
from app.registers.register.services.people import get_person, update_person
from app.submissions.work_queue.services import read_work_queue
from app.surveys.data_entry.services import change_response
from app.surveys.tally.services.survey_freezing import unfreeze_tally
from app.year_end.handover.services import read_handover
from app.year_end.summary.services.summary_context import read_context
from app.year_end.summary.services.year_summary import summary_of
from db.records.agreements import Agreement
from db.records.events import EquipmentItem, EventResult
from db.records.organisations import Contact
from db.records.roster import Entry
from db.records.submissions.materials import Material
from db.records.surveys import Answer, EventSurvey, SurveyResponse
from db.rows import rows
from db.store import Store
from tests.support.sample import BY, event_id, sample_store

NOW: Final = datetime(2026, 12, 2, 9)
TODAY: Final = NOW.date()
DAY_BEFORE: Final = datetime(2026, 9, 29, 9)
OF_DAY: Final = ("受付名簿", "当日進行表・機材チェック表", "実施確認票")


def said(store: Store) -> dict[str, object]:
    """Return what is said of past events, of the year, in the 引継書 and of the contractor, by surface."""
    context, handover = read_context(store, today=TODAY), read_handover(store, fiscal_year=2026, now=NOW)
    home, queue, summary = (
        read_home(store, today=TODAY),
        read_work_queue(store, today=TODAY),
        summary_of(store, context),
    )
    past = [one.event.id for one in context.event_records if (one.event.event_date or TODAY) < TODAY]
    views = [read_event(store, event_id=one, today=TODAY) for one in past]
    facts = [one for kind in summary.kinds for one in context.facts(kind.kind)]
    tasks = [one for one in all_tasks(store, today=TODAY) if one.event_id in past]
    return {
        "すること": [(one.event_id, one.label, one.detail, one.state_words) for one in tasks],
        "記録なし": [(one.event_id, one.label, one.state_words) for view in views for one in view.lapsed_tasks],
        # A line of equipment is asked for at its own place.
        "準備": [one for view in views for one in view.preparation if one.label != "機材の手配"],
        "段取り": [(one.id, one.done_on) for view in views for one in view.steps],
        "期限内": [(one.event.id, one.headcount_notice, one.material_check, one.report) for one in facts],
        "総括": [(one.line.key, one.line.actual, one.line.verdict) for one in summary.lines],
        "人数": (summary.kinds, summary.total, summary.branches, summary.record_line),
        "満足": (summary.satisfaction.words, summary.lectures, summary.satisfaction.events),
        "進み具合": home.progress,
        "やること": home.counts,
        "引継書の文": handover.progress_words,
        "引継書の残り": (handover.open_items, handover.first_weeks),
        "受託者": (queue.contractor, queue.ward),
        "順番": {one.id: one.turn for one in queue.rows},
    }


def one_of(act: ActionContext, kind, event_id: int):
    return rows(act.database, kind, event_id=event_id)[0]


def handout_added(act, event_id):
    add_material(act, event_id=event_id, title="あとから足した資料")


def version_received(act, event_id):
    receive_version(act, material_id=one_of(act, Material, event_id).id, data=None, reason="誤字")


def name_corrected(act, event_id):
    entry = one_of(act, Entry, event_id)
    person = get_person(act.database, entry.person_id)
    update_person(act, person_id=person.id, name=f"濵{person.name}", furigana=person.furigana, note=person.note)


def sheet_corrected(act, event_id):
    survey = one_of(act, EventSurvey, event_id)
    unfreeze_tally(act, survey_id=survey.id, reason="1枚の読み違い")
    sheet = rows(act.database, SurveyResponse, survey_id=survey.id)[0]
    change_response(act, sheet_id=sheet.id, answers={**sheet.answers, "comments": Answer(text="とても助かりました")})


def discussed_again(act, event_id):
    for topic in ("設問", "事前ヒアリング"):
        asked = Agreement(event_id=event_id, topic=topic, asked_on=TODAY, settled_on=TODAY, decision="次の回から")
        save_record(act, record=asked)


def question_left_open(act, event_id):
    open_topic(act, event_id=event_id, topic="設問", content="来年の設問", asked_on=TODAY)


def remark_on_the_day(act, event_id):
    record_result(act, event_id=event_id, result=EventResult(event_id=event_id, note="区民の声を受けた"))


def count_corrected(act, event_id):
    record_result(act, event_id=event_id, result=EventResult(event_id=event_id, attended=17))


def mail_of_an_organisation(act, event_id):
    entry = one_of(act, Entry, event_id)
    contact = Contact(organisation_id=entry.organisation_id, kind="メール", value="aoba@example.jp", purpose="連絡")
    save_contact(act, contact=contact)


def organisation_renamed(act, event_id):
    entry = one_of(act, Entry, event_id)
    known = get_organisation(act.database, entry.organisation_id)
    update_organisation(act, organisation=replace(known, name=f"{known.name}（旧）"))


def equipment_line(act, event_id):
    lines = rows(act.database, EquipmentItem, event_id=event_id)
    set_equipment(
        act, event_id=event_id, items=[*lines, EquipmentItem(event_id=event_id, position=9, name="延長コード")]
    )


def remark(act, event_id):
    change_entry(act, entry_id=one_of(act, Entry, event_id).id, fields={"note": "車いす"})


def person_added(act, event_id):
    add_walk_in(act, event_id=event_id, wanted=WantedPerson(name="見本　飛入"), another=True)


def person_removed(act, event_id):
    absent = next(one for one in rows(act.database, Entry, event_id=event_id) if one.attendance == "欠席")
    remove_entries(act, entry_ids=[absent.id])


SILENT = (
    handout_added,
    version_received,
    name_corrected,
    discussed_again,
    remark_on_the_day,
    mail_of_an_organisation,
    organisation_renamed,
    equipment_line,
    remark,
)
"""What moves nothing at all."""
COUNTED = {
    sheet_corrected: {"満足"},
    question_left_open: {"準備", "引継書の残り"},
    # A report that says another number than the records is checked again.
    count_corrected: {"満足", "順番", "引継書の文"},
    person_added: {"総括", "人数", "満足"},
    person_removed: {"人数"},
}
"""What is itself counted or open, and the surfaces that say it."""


def test_what_is_put_right_after_the_day_opens_nothing_and_moves_no_figure(tmp_path):
    store = sample_store(tmp_path)
    event = event_id(store, "講習会", 2)
    for kind in OF_DAY:
        context = ActionContext(store, BY, DAY_BEFORE)
        path = tmp_path / f"{kind}.pdf"
        document_saving.save_document(
            context, event_id=event, kind=kind, format="pdf", options=SaveOptions(path=path, reason="庁内")
        )
    act, before = ActionContext(store, BY, NOW), said(store)
    assert (event, "当日の紙を印刷する", "", "済 9/29(火)") in before["すること"]
    for put_right in SILENT:
        put_right(act, event)
    assert said(store) == before
    for put_right, where in COUNTED.items():
        put_right(act, event)
        now = said(store)
        assert {name for name in now if now[name] != before[name]} == where, put_right.__name__
        before = now
