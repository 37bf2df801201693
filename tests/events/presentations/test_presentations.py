"""事例発表: the request and the 承諾書, what comes back, and each of the seven uses gates what it says."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from types import SimpleNamespace

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services import document_saving, notification
from app.documents.services.document_doubts import read_doubts
from app.documents.services.document_library import read_library
from app.documents.services.document_passages import read_passages, set_passage
from app.documents.services.document_scope import DocumentScope
from app.documents.services.document_states import COPIES, StoppedByState, override_stop
from app.documents.services.documents import build_document
from app.documents.services.file_saving import SaveOptions
from app.event.services.event_records import read_event_records
from app.event.services.tasks.follow_ups import read_follow_ups
from app.event_day.day.services.day_document_content import collated_handouts
from app.events.calls.services.call_view import read_calls
from app.events.calls.services.calls import decide_change
from app.events.calls.services.presenters import presenters_of, remove_presenter, save_presenter
from app.events.materials.services import materials
from app.events.presentations.rules import agenda_slot_of_example, names_of
from app.events.presentations.services import (
    ANSWER_TASK,
    _is_new_consent,
    _mentions_any,
    _presentations_to_ask,
    allowed_words,
    note_answer,
    presentation_follow_ups,
    read_presentations,
    remove_presentation,
    save_presentation,
    state_words,
    with_current_names,
    withdraw_consent,
)
from app.foreign_files.picture_reading import Picture
from app.history import services as history_services
from app.submissions.reports.services import report_photos, reports
from db.records.calls import DecisionKind
from db.records.documents import LetterForm, LetterState
from db.records.event_form import EventForm
from db.records.event_status import EventStatus
from db.records.events import AgendaItem, Event, EventResult
from db.records.organisations import Contact, Organisation, Person
from db.records.presentations import PRESENTATION_USES, Presentation
from db.redactions import REDACTED
from db.rows import by_id
from tests.support.entries import put_organisation
from tests.support.paper_words import missing_words, pages_of, said_by
from tests.support.years import BY, add_lecture, at

REQUEST, CONSENT, NUMBER, REPORT = "事例発表の依頼", "事例発表の承諾書", "事例発表者の連絡先", "実施報告書"
TODAY = date(2026, 9, 1)
LONG = "見本みどりがおか団地自治会連合会（旧：みほんがおか親睦会）本部"
WHO = {"by": BY, "now": at(TODAY)}
acting = partial(ActionContext, by=BY, now=at(TODAY))


@pytest.fixture
def event_id(store):
    return add_lecture(store, date(2026, 11, 5), subject="活用事例の紹介")


@pytest.fixture
def made(event_id, store):
    return ask(store, event_id)


def ask(store, event_id, **values):
    given = {
        "organisation_name": "見本ひばり自治会", "addressed": "会長　仮森　一郎", "asked": "行事をLINEで知らせた取組",
        "answer_by": date(2026, 9, 14),
    }  # fmt: skip
    one = Presentation(event_id=event_id, **(given | values))
    return save_presentation(acting(store), presentation=one).id


def answer(store, made, phone="", **values):
    given = {"answer": "引き受ける", "answered_on": TODAY, "presenter": "仮森　一郎", "dispose_on": date(2027, 4, 30)}
    one = replace(by_id(store.database, Presentation, made), **(given | values))
    note_answer(acting(store), presentation=one, phone=phone)


def content(store, event_id, kind, day=TODAY):
    return build_document(store, event_id=event_id, kind=kind, now=datetime.combine(day, datetime.min.time()))


def test_the_request_says_all_nine_items_and_the_form_the_seven_uses(store, event_id):
    start = read_event_records(store, event_id).event.start_time
    ask(store, event_id, start_time=start, minutes=10, questions=5, organisation_name=LONG)
    ask(store, event_id, organisation_name="見本第二町会", addressed="")
    paper = content(store, event_id, REQUEST)
    said = said_by(paper)
    for one in (
        f"{LONG}\n　会長　仮森　一郎　様", "見本第二町会　御中", "（発表　午後2時から10分間、質問 5分）",
        "行事をLINEで知らせた取組", "令和8年10月15日（木）までに区へお送りください。10月22日（木）までに",
        "令和8年9月14日（月）まで", "影響はありません",
    ):  # fmt: skip
        assert one in said, one
    assert len(pages_of(paper)) == 2, "one letter a page"
    assert missing_words(paper) == []
    form = content(store, event_id, CONSENT)
    assert len(pages_of(form)) == 2
    assert missing_words(form) == []
    assert said_by(form).count("伝えない") == 2


def test_who_was_erased_is_neither_written_to_nor_looked_for(store, event_id):
    made = ask(store, event_id, addressed=REDACTED)
    said = said_by(content(store, event_id, REQUEST))
    assert "見本ひばり自治会　御中" in said
    assert REDACTED not in said
    erased = replace(by_id(store.database, Presentation, made), presenter=REDACTED)
    assert names_of(erased) == {"見本ひばり自治会"}


def test_a_lecturer_of_the_contractor_is_asked_through_its_responsible_person(store, event_id):
    ask(store, event_id, of_contractor=True, organisation_name="", addressed="")
    said = said_by(content(store, event_id, REQUEST))
    assert said.count("貴社の手配によります。") == 4
    assert "届出としてご提出ください" in said
    assert "影響はありません" not in said, "the 団体 are asked in other words"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"answer_by": date(2026, 9, 12)}, "閉庁日です"),
        ({"answer_by": date(2026, 9, 4)}, "5開庁日ありません"),
        ({"answer_by": None}, "返事の期限が入っていません"),
        ({"start_time": "18:00"}, "回の時間の外です"),
    ],
)
def test_what_is_not_settled_stops_the_request_until_somebody_says_why(store, event_id, values, words):
    ask(store, event_id, **values)
    with pytest.raises(StoppedByState, match=words):
        content(store, event_id, REQUEST)
    override_stop(acting(store), scope=DocumentScope(event_id=event_id), kind=REQUEST, reason="会長と電話で決めた")
    assert content(store, event_id, REQUEST).passed_reason == "会長と電話で決めた"


def test_a_fee_needs_a_formal_letter(store, event_id):
    ask(store, event_id)
    scope = DocumentScope(event_id=event_id)
    set_passage(acting(store), scope=scope, kind=REQUEST, part="謝礼・費用", text="謝礼は5,000円です。")
    with pytest.raises(StoppedByState, match="起案（公文書）"):
        content(store, event_id, REQUEST)
    document_saving.set_letter_state(acting(store), scope=scope, kind=REQUEST, form=LetterForm.FORMAL)
    assert content(store, event_id, REQUEST).stamp == "案"


def test_nothing_is_allowed_before_it_is_ticked_and_nothing_after_it_was_taken_back(store, made):
    answer(store, made, phone="03-0000-0000", **dict.fromkeys(PRESENTATION_USES, True))
    one = by_id(store.database, Presentation, made)
    assert all(one.allows(use) for use in PRESENTATION_USES)
    assert not replace(one, pictured_agree=False).allows("use_web_photo"), "those in the picture were not asked"
    assert not any(replace(one, answer="見合わせる").allows(use) for use in PRESENTATION_USES)
    withdraw_consent(acting(store), presentation_id=made, on=TODAY, words="会長から電話")
    one = by_id(store.database, Presentation, made)
    assert not any(one.allows(use) for use in PRESENTATION_USES)
    assert one.use_report, "what was ticked stays in the record"
    said = note_answer(acting(store), presentation=replace(one, tell_number=False)).message
    assert said == "見本ひばり自治会の返事（承諾）を記録しました。取りやめの記録は、そのままです。"
    assert by_id(store.database, Presentation, made).withdrawn_on == TODAY
    for _act in range(2):
        history_services.undo(store, **WHO)
    assert by_id(store.database, Presentation, made).allows("use_report")


def test_the_number_leaves_for_the_contractor_only_with_its_tick_and_no_reason_passes(store, event_id, made):
    with pytest.raises(UserError, match="受託者へ伝えてよい電話番号が入っていません"):
        answer(store, made, tell_number=True)
    answer(store, made, phone="03-0000-0000")
    assert [one.value for one in presenters_of(store.database, event_id)] == ["03-0000-0000"], "a cancellation finds it"
    assert not read_library(store, event_id=event_id, today=TODAY).row(NUMBER).is_ready
    with pytest.raises(UserError, match="伝えてよいとした承諾書がありません") as stop:
        content(store, event_id, NUMBER)
    assert not isinstance(stop.value, StoppedByState)
    answer(store, made, phone="03-0000-0000", tell_number=True)
    paper = content(store, event_id, NUMBER)
    assert "03-0000-0000" in said_by(paper)
    assert paper.personal
    remove_presentation(acting(store), presentation_id=made)
    assert presenters_of(store.database, event_id) == []


def test_a_handout_of_an_example_is_collated_only_where_it_may_be_handed_out(store, event_id):
    title = materials.add_material(acting(store), event_id=event_id, title="ひばり自治会の取組").id
    made = ask(store, event_id)
    answer(store, made, material="紙", material_id=title)
    assert collated_handouts(read_event_records(store, event_id)) == ()
    kind = "当日進行表・機材チェック表"
    assert "配る承諾がないため" in read_doubts(store, scope=DocumentScope(event_id=event_id), kind=kind, today=TODAY)[0]
    answer(store, made, material="紙", material_id=title, use_handout=True)
    assert collated_handouts(read_event_records(store, event_id))[0].title == "ひばり自治会の取組"


@pytest.mark.parametrize("kind", ["区報原稿", "ホームページ原稿"])
def test_who_goes_on_against_a_cancellation_is_asked_for_the_consent_too_each_with_its_reason(store, event_id, kind):
    ask(store, event_id)
    scope = DocumentScope(event_id=event_id)
    text = "見本ひばり自治会の取組を写真で紹介します。"
    set_passage(acting(store), scope=scope, kind=kind, part="本文", text=text)
    with store.change(action="中止", **WHO) as change:
        change.update(Event, event_id, status=EventStatus.CANCELLED, cancel_reason="台風")
    with pytest.raises(StoppedByState, match="この回は中止です"):
        content(store, event_id, kind)
    override_stop(acting(store), scope=scope, kind=kind, reason="区の控え")
    with pytest.raises(StoppedByState, match="写真を載せることの承諾を受けていません") as stop:
        content(store, event_id, kind)
    assert (stop.value.way, stop.value.final) == (None, False)
    assert not read_library(store, event_id=event_id, today=TODAY).row(kind).can_be_made
    override_stop(acting(store), scope=scope, kind=kind, reason="会長へ電話で確かめた")
    paper = content(store, event_id, kind)
    assert (paper.state_mark, paper.passed_reason) == ("中止", "区の控え／会長へ電話で確かめた")
    set_passage(acting(store), scope=scope, kind=kind, part="本文", text="中止のお知らせです。")
    assert content(store, event_id, kind).passed_reason == "区の控え"


@pytest.mark.parametrize("kind", ["区報原稿", "ホームページ原稿"])
def test_a_manuscript_that_names_who_did_not_agree_is_stopped(store, event_id, kind, made):
    scope = DocumentScope(event_id=event_id)
    content(store, event_id, kind)
    set_passage(acting(store), scope=scope, kind=kind, part="本文", text="見本ひばり自治会の取組を写真で紹介します。")
    with pytest.raises(StoppedByState, match="ホームページなどに載せることの承諾を受けていません"):
        content(store, event_id, kind)
    answer(store, made, use_web=True)
    with pytest.raises(StoppedByState, match="写真を載せることの承諾を受けていません"):
        content(store, event_id, kind)
    answer(store, made, use_web=True, use_web_photo=True, pictured_agree=True)
    assert "見本ひばり自治会" in said_by(content(store, event_id, kind))


def test_a_venue_that_bears_the_name_of_who_did_not_agree_is_no_mention_of_them(store, event_id):
    ask(store, event_id, organisation_name="見本ひばり", addressed="")
    with store.change(action="会場", **WHO) as change:
        change.update(Event, event_id, venue="見本ひばり会館")

    def written(text):
        scope = DocumentScope(event_id=event_id)
        set_passage(acting(store), scope=scope, kind="区報原稿", part="本文", text=text)
        return content(store, event_id, "区報原稿")

    assert "見本ひばり会館" in said_by(written("会場は見本ひばり会館です。"))
    with pytest.raises(StoppedByState, match="「見本ひばり」から"):
        written("見本ひばりの取組を紹介します。会場は見本ひばり会館です。")


def test_words_of_before_are_a_doubt_before_any_paper_leaves(store, event_id):
    ask(store, event_id)
    scope = DocumentScope(event_id=event_id)
    kind = "事例発表の依頼"
    (text,) = [one.text for one in read_passages(store, scope=scope, kind=kind, on=TODAY) if one.part == "資料"]
    set_passage(acting(store), scope=scope, kind=kind, part="資料", text=f"{text}\n写真も歓迎します。")
    assert read_doubts(store, scope=scope, kind=kind, today=TODAY) == ()
    with store.change(action="日付", **WHO) as change:
        change.update(Event, event_id, event_date=date(2026, 11, 26))
    (doubt,) = read_doubts(store, scope=scope, kind=kind, today=TODAY)
    assert doubt == "直した文のあとに、もとの内容が変わっています：「資料」。日付や会場を確かめてください。"


def test_it_is_told_like_other_papers_and_home_waits_for_the_answer(store, event_id, made):
    (waiting,) = presentation_follow_ups(store.database, TODAY, event_id=event_id)
    assert presentation_follow_ups(store.database, TODAY, event_id=event_id + 1) == []
    assert waiting in list(read_follow_ups(store.database, TODAY))
    assert (waiting.due, waiting.detail) == (date(2026, 9, 14), "見本ひばり自治会")
    told = {"told_on": TODAY, "told_to": "会長", "told_how": "電話", "words": "電話でお願いした"}
    notification.notify(acting(store), event_id=event_id, key=f"発表:{made}", **told)
    (line,) = [
        one
        for one in read_event_records(store, event_id).notification_lines
        if one.matter_status.matter.key == f"発表:{made}"
    ]
    assert line.matter_status.status == "通知済"
    answer(store, made)
    assert [one for one in read_follow_ups(store.database, TODAY) if one.task == ANSWER_TASK] == []
    view = read_presentations(store, event_id=event_id, today=TODAY)
    assert view.lines[0].state.startswith("承諾")
    assert view.lines[0].allowed == "なし"


def test_what_cannot_be_kept_is_refused_in_words(store, event_id):
    with pytest.raises(UserError, match="団体が書かれていません"):
        ask(store, event_id, organisation_name=" ")
    with pytest.raises(UserError, match="内容が書かれていません"):
        ask(store, event_id, asked="")
    made = ask(store, event_id)
    with pytest.raises(UserError, match="本日より後"):
        answer(store, made, answered_on=TODAY + timedelta(days=1))
    with pytest.raises(UserError, match="廃棄予定日"):
        answer(store, made, phone="03-0000-0000", dispose_on=None)
    with pytest.raises(UserError, match="取りやめる承諾がありません"):
        withdraw_consent(acting(store), presentation_id=made, on=TODAY, words="電話")
    answer(store, made)
    for day, said in ((-1, "承諾書を受けた日（9/1"), (1, "本日より後")):
        with pytest.raises(UserError, match=said):
            withdraw_consent(acting(store), presentation_id=made, on=TODAY + timedelta(days=day), words="電話")


def test_a_presenter_without_a_number_has_a_day_of_disposal_too(store, event_id, made):
    usual = read_presentations(store, event_id=event_id, today=TODAY).dispose_on
    answer(store, made, dispose_on=None)
    (contact,) = presenters_of(store.database, event_id)
    assert (contact.note, contact.value, contact.dispose_on) == ("仮森　一郎（見本ひばり自治会）", "", usual)
    answer(store, made, dispose_on=date(2027, 3, 31))
    assert [one.dispose_on for one in presenters_of(store.database, event_id)] == [date(2027, 3, 31)]


@pytest.mark.parametrize("kind", [REQUEST, CONSENT, NUMBER])
def test_nothing_asks_anybody_to_present_at_a_cancelled_event_and_no_reason_passes(store, event_id, kind):
    answer(store, ask(store, event_id), phone="03-0000-0000", tell_number=True)
    ask(store, event_id, organisation_name="見本第二町会")
    content(store, event_id, kind)
    with store.change(action="中止", **WHO) as change:
        change.update(Event, event_id, status=EventStatus.CANCELLED)
    scope = DocumentScope(event_id=event_id)
    with pytest.raises(StoppedByState, match="発表をお願いした方には、「中止・変更の連絡」の電話一覧") as stop:
        content(store, event_id, kind)
    assert (stop.value.final, stop.value.todo) == (True, COPIES)
    with pytest.raises(UserError, match="中止です"):
        override_stop(acting(store), scope=scope, kind=kind, reason="会長が望んだ")
    with pytest.raises(StoppedByState):
        content(store, event_id, kind)


def test_who_was_asked_and_left_no_number_stands_among_those_to_call(store, event_id):
    ask(store, event_id)
    answer(store, ask(store, event_id, organisation_name="見本第二町会"), answer="見合わせる")
    answer(store, ask(store, event_id, organisation_name="見本第三町会"), phone="03-0000-0000")
    decide_change(
        acting(store),
        event_id=event_id,
        kind=DecisionKind.CANCELLATION,
        decided_at=at(TODAY),
        decided_by="係長",
        reason="会場の故障",
    )
    lines = [
        one for one in read_calls(store, event_id=event_id, caller=BY, today=TODAY).others if one.target == "発表者"
    ]
    assert [(one.name, one.phone) for one in lines] == [
        ("仮森　一郎（見本第三町会）", "03-0000-0000"),
        ("見本ひばり自治会", ""),
    ]


def test_an_organisation_under_a_new_name_is_written_to_by_it_and_what_was_told_is_told_anew(store, event_id):
    group = put_organisation(store, "見本ひばり自治会")
    made = ask(store, event_id, organisation_id=group)
    told = {"told_on": TODAY, "told_to": "会長", "told_how": "電話", "words": "電話でお願いした"}
    notification.notify(acting(store), event_id=event_id, key=f"発表:{made}", **told)

    def stand():
        lines = read_event_records(store, event_id).notification_lines
        return next(one for one in lines if one.matter_status.matter.key == f"発表:{made}")

    assert stand().matter_status.status == "通知済"
    with store.change(action="改称", **WHO) as change:
        change.update(Organisation, group, name="見本ひばり町会", furigana="みほんひばりちょうかい")
    assert (stand().matter_status.status, stand().matter_status.matter.title) == ("変更あり", "見本ひばり町会")
    assert [one.words for one in stand().matter_status.changed_facts] == ["宛先が変わりました"]
    for kind in (REQUEST, CONSENT):
        said = said_by(content(store, event_id, kind))
        assert "見本ひばり町会" in said
        assert "見本ひばり自治会" not in said
    (line,) = read_presentations(store, event_id=event_id, today=TODAY).lines
    assert line.presentation.organisation_name == "見本ひばり町会"


def test_a_report_that_names_or_shows_who_did_not_agree_is_stopped(store, event_id):
    with store.change(action="実施", **WHO) as change:
        change.update(Event, event_id, event_date=date(2026, 8, 27), status=EventStatus.HELD)
        change.insert(EventResult(event_id=event_id, attended=12, attended_organisations=8))
    made = ask(store, event_id)
    report_id = reports.start_report(acting(store), event_id=event_id).id

    def stopped():
        with pytest.raises(StoppedByState) as stop:
            content(store, event_id, REPORT)
        return stop.value.happened

    reports.write_chapter(acting(store), report_id=report_id, key="所感", text="質疑が多く、時間が足りなかった。")
    content(store, event_id, REPORT)
    reports.write_chapter(acting(store), report_id=report_id, key="所感", text="見本ひばり自治会の取組が好評だった。")
    assert stopped() == "「見本ひばり自治会」から、発表の要旨を実施報告書に書くことの承諾を受けていません。"
    answer(store, made, use_report=True)
    content(store, event_id, REPORT)
    report_photos.add_photos(
        acting(store), report_id=report_id, pictures=[Picture(name="a.jpg", data=b"x", width=800, height=600)]
    )
    (photo,) = report_photos.read_photos(store, report_id=report_id)

    def shows(scene):
        report_photos.describe_photo(acting(store), photo_id=photo.photo.id, words={"scene": scene})

    shows("班の発表")
    content(store, event_id, REPORT)
    shows("事例発表の様子")
    assert stopped() == "「見本ひばり自治会」から、発表の写真を実施報告書に載せることの承諾を受けていません。"
    override_stop(
        acting(store), scope=DocumentScope(event_id=event_id), kind=REPORT, reason="後ろ姿だけで、団体は写っていない"
    )
    assert content(store, event_id, REPORT).passed_reason == "後ろ姿だけで、団体は写っていない"
    shows("見本ひばり自治会のみなさん")
    answer(store, made, use_report=True, use_report_photo=True)
    assert content(store, event_id, REPORT).passed_reason == ""
    withdraw_consent(acting(store), presentation_id=made, on=TODAY, words="会長から電話")
    assert "要旨" in stopped()
    assert "写真" in stopped()


def test_a_number_that_was_taken_out_leads_to_nobody_else_and_an_undo_brings_both_back(store, event_id, made):
    answer(store, made, phone="03-1111-1111", tell_number=True)
    (contact,) = presenters_of(store.database, event_id)
    remove_presenter(acting(store), contact_id=contact.id)
    assert by_id(store.database, Presentation, made).contact_id is None
    history_services.undo(store, **WHO)
    assert by_id(store.database, Presentation, made).contact_id == contact.id
    assert "03-1111-1111" in said_by(content(store, event_id, NUMBER))
    remove_presenter(acting(store), contact_id=contact.id)
    other = Contact(
        event_id=event_id, value="090-9999-9999", purpose="連絡", dispose_on=date(2027, 4, 30), note="べつの方"
    )
    assert save_presenter(acting(store), contact=other).id == contact.id, "the number of the row is given again"
    assert read_presentations(store, event_id=event_id, today=TODAY).lines[0].phone == ""
    with pytest.raises(UserError, match="伝えてよいとした承諾書がありません"):
        content(store, event_id, NUMBER)
    lines = [one for one in read_calls(store, event_id=event_id, caller=BY, today=TODAY).others if one.contact is None]
    assert "見本ひばり自治会" in [one.name for one in lines], "who left no number is still called"


def test_what_is_noted_later_never_writes_over_the_number_of_somebody_else(store, event_id, made):
    answer(store, made, phone="03-1111-1111")
    (contact,) = presenters_of(store.database, event_id)
    shown = by_id(store.database, Presentation, made)
    remove_presenter(acting(store), contact_id=contact.id)
    with store.change(action="申込み", **WHO) as change:
        person = change.insert(Person(name="申込　花子"))
        number = change.insert(Contact(person_id=person, value="090-7777-7777", purpose="決定通知の送付"))
    assert number == contact.id
    before = by_id(store.database, Contact, number)
    note_answer(acting(store), presentation=replace(shown, original_place="紙ファイル"), phone="03-2222-2222")
    assert by_id(store.database, Contact, number) == before
    remove_presentation(acting(store), presentation_id=made)
    assert by_id(store.database, Contact, number) == before
    assert presenters_of(store.database, event_id) == []


def test_a_handout_that_was_taken_out_keeps_no_new_one_off_the_list(store, event_id):
    title = materials.add_material(acting(store), event_id=event_id, title="ひばり自治会の取組").id
    made = ask(store, event_id)
    answer(store, made, material="紙", material_id=title)
    materials.remove_material(acting(store), material_id=title)
    assert materials.add_material(acting(store), event_id=event_id, title="スマホ入門").id == title
    assert collated_handouts(read_event_records(store, event_id))[0].title == "スマホ入門"
    with pytest.raises(UserError):
        answer(store, made, material="紙", material_id=title + 1)


def test_the_contractor_hears_of_another_number_and_gives_back_what_was_taken_back(store, event_id, tmp_path, made):
    answer(store, made, phone="03-1111-1111", tell_number=True)
    path = tmp_path / "連絡先.pdf"
    document_saving.save_document(
        acting(store), event_id=event_id, kind=NUMBER, format="pdf", options=SaveOptions(path=path, reason="渡す")
    )
    told = {"told_to": "業務責任者", "told_how": "電話", "words": "電話で伝えた"}

    def tell():
        notification.notify(acting(store), event_id=event_id, key=NUMBER, told_on=TODAY, **told)

    def stand():
        found = [
            one.matter_status
            for one in read_event_records(store, event_id).notification_lines
            if one.matter_status.matter.key == NUMBER
        ]
        return found[0].status, [one.words for one in found[0].changed_facts]

    tell()
    assert stand() == ("通知済", [])
    kept = read_event_records(store, event_id).notifications[-1].facts
    assert "1111" not in str(kept), "what was told is compared, never kept"
    answer(store, made, phone="03-2222-2222", tell_number=True)
    assert stand() == ("変更あり", ["連絡先が変わりました"])
    tell()
    withdraw_consent(acting(store), presentation_id=made, on=TODAY, words="会長から電話")
    changed = ["連絡先 1人 → 0人", "承諾の取りやめ（連絡先を返してもらう） 0件 → 1件"]
    assert stand() == ("変更あり", changed)
    tell()
    assert stand() == ("通知済", []), "it was asked back"


def test_a_later_consent_stands_and_a_correction_of_the_old_one_does_not(store, event_id, made):
    answer(store, made, use_report=True)
    withdraw_consent(acting(store), presentation_id=made, on=TODAY, words="会長から電話")
    answer(store, made, use_report=True, original_place="紙ファイル")
    one = by_id(store.database, Presentation, made)
    assert (one.is_in_effect, one.original_place, one.withdrawn_words) == (False, "紙ファイル", "会長から電話")
    later = TODAY + timedelta(days=1)
    again = replace(one, answered_on=later, use_web=True)
    note_answer(ActionContext(store, BY, at(later)), presentation=again)
    one = by_id(store.database, Presentation, made)
    assert (one.is_in_effect, one.withdrawn_on, one.allows("use_web")) == (True, None, True)
    assert read_presentations(store, event_id=event_id, today=later).lines[0].state.startswith("承諾")


def test_within_a_day_the_later_wish_holds(store, made):
    answer(store, made, use_report=True)
    with pytest.raises(UserError, match="承諾書を受けた日"):
        withdraw_consent(acting(store), presentation_id=made, on=TODAY - timedelta(days=1), words="電話")
    withdraw_consent(acting(store), presentation_id=made, on=TODAY, words="会長から電話")
    again = replace(by_id(store.database, Presentation, made), use_web=True)
    note_answer(acting(store), presentation=again, is_new_consent=False)
    assert not by_id(store.database, Presentation, made).is_in_effect, "the old 承諾書 was put right"
    with pytest.raises(UserError, match="新しい承諾書を受けた日"):
        note_answer(
            acting(store), presentation=replace(again, answered_on=TODAY - timedelta(days=1)), is_new_consent=True
        )
    note_answer(acting(store), presentation=again, is_new_consent=True)
    one = by_id(store.database, Presentation, made)
    assert (one.is_in_effect, one.withdrawn_on, one.allows("use_web")) == (True, None, True)
    withdraw_consent(acting(store), presentation_id=made, on=TODAY, words="また電話")
    assert not by_id(store.database, Presentation, made).is_in_effect


@pytest.mark.parametrize(
    "text",
    [
        "ひばり会の仮森一郎さんが話しました。", "見本ひばり 自治会の取組です。", "みほん太郎　さんが話しました。",
        "見本ﾋﾊﾞﾘ自治會の取組です。",
    ],
)  # fmt: skip
def test_who_did_not_agree_is_found_in_another_spelling_and_by_name(store, event_id, text):
    answer(store, ask(store, event_id), presenter="みほん　太郎")
    scope = DocumentScope(event_id=event_id)
    content(store, event_id, "ホームページ原稿")
    set_passage(acting(store), scope=scope, kind="ホームページ原稿", part="本文", text=text)
    with pytest.raises(StoppedByState, match="「見本ひばり自治会」から"):
        content(store, event_id, "ホームページ原稿")


def test_a_role_or_an_empty_name_stops_nothing(store, event_id):
    answer(store, ask(store, event_id, addressed="会長"), presenter="")
    scope = DocumentScope(event_id=event_id)
    text = "会長のみなさんもどうぞ。"
    set_passage(acting(store), scope=scope, kind="ホームページ原稿", part="本文", text=text)
    assert text in said_by(content(store, event_id, "ホームページ原稿"))


def test_who_is_asked_later_has_a_letter_of_its_own_day_and_nobody_is_asked_twice(store, event_id):
    scope = DocumentScope(event_id=event_id)
    first = ask(store, event_id)
    issue = {"scope": scope, "kind": REQUEST, "form": LetterForm.FORMAL, "state": LetterState.ISSUED}
    number = {"decided_on": TODAY, "document_number": "8練地協第1号", "issued_on": TODAY}
    document_saving.set_letter_state(acting(store), **issue, **number)
    assert "令和8年9月1日" in said_by(content(store, event_id, REQUEST))
    answer(store, first)
    assert "令和8年9月1日" in said_by(content(store, event_id, REQUEST, date(2026, 9, 20))), "it was the only one"
    late = date(2026, 10, 1)
    later = {"by": BY, "now": at(late)}
    given = {"organisation_name": "見本第二町会", "asked": "見守りの取組"}
    second = Presentation(event_id=event_id, answer_by=date(2026, 10, 5), **given)
    made = save_presentation(ActionContext(store, **later), presentation=second).id
    with pytest.raises(StoppedByState, match="5開庁日ありません"):
        content(store, event_id, REQUEST, late)
    known = by_id(store.database, Presentation, made)
    save_presentation(ActionContext(store, **later), presentation=replace(known, answer_by=date(2026, 10, 9)))
    paper = content(store, event_id, REQUEST, late)
    said = said_by(paper)
    assert ("見本第二町会" in said, "見本ひばり自治会" in said, "令和8年10月1日" in said) == (True, False, True)
    assert "第1号" not in said
    number = {"decided_on": late, "document_number": "8練地協第2号", "issued_on": late}
    document_saving.set_letter_state(ActionContext(store, **later), **issue, **number)
    said = said_by(content(store, event_id, REQUEST, date(2026, 10, 2)))
    assert ("令和8年10月1日" in said, "8練地協第2号" in said) == (True, True)
    answer(store, first, answered_on=TODAY)
    withdraw_consent(acting(store), presentation_id=first, on=TODAY, words="電話")
    assert "見本ひばり自治会" not in said_by(content(store, event_id, CONSENT, late))


def test_who_agreed_learns_the_change_by_another_letter_that_asks_nothing_again(store, event_id, tmp_path, made):
    def save(day):
        document_saving.save_document(
            ActionContext(store, BY, at(day)),
            event_id=event_id,
            kind=REQUEST,
            format="pdf",
            options=SaveOptions(path=tmp_path / f"{day}.pdf", reason="郵送"),
        )

    def move(day):
        with store.change(action="日付", event_id=event_id, **WHO) as change:
            change.update(Event, event_id, event_date=day)

    save(TODAY)
    notification.notify(
        acting(store), event_id=event_id, key=f"発表:{made}", told_to="団体", told_how="郵送", told_on=TODAY
    )
    answer(store, made)
    assert "令和8年9月1日（火）にいただいています。" in said_by(content(store, event_id, REQUEST))

    move(date(2026, 11, 19))
    later = date(2026, 10, 1)
    changed = content(store, event_id, REQUEST, later)
    said = said_by(changed)

    assert changed.version == 2
    assert "事例の発表の変更について（お知らせ）" in said
    assert "令和8年11月5日（木）" in said
    assert "令和8年11月19日（木）" in said
    assert "9月14日" not in said
    assert "承諾書でお知らせください" not in said
    assert missing_words(changed) == []
    save(later)
    assert content(store, event_id, REQUEST, later).version == 2
    notification.notify(
        ActionContext(store, BY, at(later)),
        event_id=event_id,
        key=f"発表:{made}",
        told_to="団体",
        told_how="郵送",
        told_on=later,
    )
    assert "変更について" not in said_by(content(store, event_id, REQUEST, later))
    move(date(2026, 11, 26))
    assert content(store, event_id, REQUEST, later).version == 3


def test_who_agreed_learns_the_change_while_somebody_else_has_not_answered(store, event_id, tmp_path, made):
    other = ask(store, event_id, organisation_name="見本第二町会")
    options = SaveOptions(path=tmp_path / "request.pdf", reason="郵送")
    document_saving.save_document(acting(store), event_id=event_id, kind=REQUEST, format="pdf", options=options)
    for one in (made, other):
        notification.notify(
            acting(store), event_id=event_id, key=f"発表:{one}", told_to="団体", told_how="郵送", told_on=TODAY
        )
    answer(store, made)
    assert "見本ひばり自治会" not in said_by(content(store, event_id, REQUEST))
    with store.change(action="時間", event_id=event_id, **WHO) as change:
        change.update(Event, event_id, start_time="15:00", end_time="17:00")
    changed = content(store, event_id, REQUEST)
    said = said_by(changed)
    assert (changed.version, "見本ひばり自治会" in said, "見本第二町会" in said) == (2, True, True)
    assert (said.count("変更について（お知らせ）"), said.count("発表について（依頼）")) == (1, 1)


def test_who_has_not_answered_is_asked_and_once_all_have_who_agreed():
    waits, agreed, declined = (
        Presentation(event_id=1, id=n, answer=one) for n, one in enumerate(("", "引き受ける", "見合わせる"))
    )
    withdrawn = replace(agreed, withdrawn_on=TODAY)
    for given, asked in (
        ((waits, agreed, declined), [waits]), ((agreed, declined, withdrawn), [agreed]), ((declined, withdrawn), []),
    ):  # fmt: skip
        assert _presentations_to_ask(SimpleNamespace(presentations=given)) == asked


def test_an_answer_day_that_is_past_stops_the_request_that_was_not_answered(store, event_id):
    ask(store, event_id)
    with pytest.raises(StoppedByState, match="返事の期限"):
        content(store, event_id, REQUEST, date(2026, 10, 1))


def test_a_presentation_has_the_present_name_of_its_registered_organisation_alone(store, event_id):
    club = put_organisation(store, "見本ひばり自治会連合")
    assert club == 1

    def names(*ids: int | None) -> list[str]:
        given = [Presentation(event_id=event_id, organisation_id=one, organisation_name="書いた名前") for one in ids]
        return [one.organisation_name for one in with_current_names(store.database, given)]

    assert names(club, None, 99) == ["見本ひばり自治会連合", "書いた名前", "書いた名前"]
    assert names(None) == ["書いた名前"]
    assert names() == []


@pytest.mark.parametrize(
    ("name", "text", "venues", "is_said"),
    [
        ("ひばり会", "ひばり会の取組", (), True),
        ("ひばり会", "ヒバリ会の取組", (), True),
        ("ひばり会", "つつじ会の取組", (), False),
        ("ひばり会", "ひばり会館で開いた", (), True),
        ("ひばり会", "ひばり会館で開いた", ("ひばり会館",), False),
        ("ひばり会", "ヒバリ会館で開いた", ("ひばり会館",), False),
        ("ひばり会", "ヒバリ会がヒバリ会館で開いた", ("ひばり会館",), True),
        ("ひばり会", "ヒバリ会で開いた", ("ひばり会",), True),
        ("ひばり会", "つつじ会館で開いた", ("ひばり会館", "つつじ会館"), False),
        ("若葉", "若葉台の皆さま", (), False),
        ("若葉", "ワカバ台の皆さま", (), False),
        ("若葉", "会長　若葉　様", (), True),
        ("若葉会", "若葉会館の皆さま", (), True),
    ],
)
def test_a_text_names_somebody_in_any_spelling_but_not_by_the_name_of_a_venue(name, text, venues, is_said):
    assert _mentions_any({name}, text, venues) == is_said


def test_the_example_has_the_first_slot_of_the_timetable_that_names_one():
    event = Event(kind="意見交換会", form=EventForm.EXCHANGE, subject="防災", start_time="13:30")
    rows = [("開会", "", 5), ("発表", "事例の紹介", 20), ("事例への質問", "", 10)]
    agenda = [
        AgendaItem(event_id=1, position=place, title=title, content=content, minutes=minutes)
        for place, (title, content, minutes) in enumerate(rows)
    ]
    assert agenda_slot_of_example(event, agenda) == ("13:35", 20)
    assert agenda_slot_of_example(event, agenda[:1]) == ("", None)


@pytest.mark.parametrize(
    ("withdrawn", "before", "day", "said", "is_new"),
    [
        (None, 1, 9, None, False), (5, 1, None, None, False), (5, 1, 6, None, True), (5, 1, 4, None, False),
        (5, 1, 5, None, True), (5, 5, 5, None, False), (5, 1, 5, True, True), (5, 1, 9, False, False),
    ],
)  # fmt: skip
def test_a_consent_after_a_withdrawal_is_new_by_its_day_or_as_somebody_says(withdrawn, before, day, said, is_new):
    days = [number and date(2026, 9, number) for number in (withdrawn, before, day)]
    stored = Presentation(event_id=1, withdrawn_on=days[0], answered_on=days[1])
    typed = replace(stored, answer="引き受ける", answered_on=days[2])
    assert _is_new_consent(stored, typed, said) is is_new
    assert not _is_new_consent(stored, replace(typed, answer="見合わせる"), said)
    with pytest.raises(UserError, match=r"取りやめの日（9/5\(土\)）より前です"):
        _is_new_consent(replace(stored, withdrawn_on=date(2026, 9, 5)), replace(typed, answered_on=TODAY), True)


@pytest.mark.parametrize(
    ("values", "state", "allowed"),
    [
        ({}, "返事待ち", ""), ({"answer_by": TODAY}, "返事待ち　9/1(火)まで", ""),
        ({"answer": "引き受ける", "answered_on": TODAY, "use_report": True}, "承諾　9/1(火)", "報告書に要旨"),
        ({"answer": "見合わせる"}, "見合わせ", "なし"),
        ({"answer": "引き受ける", "withdrawn_on": TODAY}, "取りやめ　9/1(火)", "なし"),
    ],
)  # fmt: skip
def test_a_line_says_the_answer_with_its_day_and_what_may_be_used(values, state, allowed):
    one = Presentation(event_id=1, **values)
    assert (state_words(one, TODAY), allowed_words(one)) == (state, allowed)
