"""What the services of an event, of its papers, report and survey and of the programme are given; what has no undo."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from app.commands import documents
from app.data_folder.services import accounts
from app.documents.services import (
    copy_retention,
    document_saving,
    issued_copies,
    list_export,
    notification,
    protected_folders,
)
from app.documents.services.document_kind import document_of
from app.documents.services.document_scope import DocumentScope
from app.documents.services.kept_letters import letter_corrections, letter_differences, scanned_copy
from app.event.rules.target_dates import DAY_SET
from app.event.services import (
    agenda,
    agreements,
    calendar_entries,
    equipment,
    event_cancellation,
    event_changes,
    event_drafts,
    event_moves,
    event_results,
    recruitment,
)
from app.event.services.tasks import deadlines
from app.events.headcount import services as headcount_services
from app.events.letters.services import undelivered
from app.events.materials.services import material_files, materials
from app.history import services as history_services
from app.programme import services as programme_services
from app.received import services as received_services
from app.received.services import IncomingFile, ReceiptScope
from app.sample.services import sample_proposal, sample_year
from app.submissions.reports.services import report_check, report_documents, reports
from app.surveys.answers.services import survey_import
from app.surveys.data_entry import services as data_entry_services
from app.surveys.questions.services import surveys
from app.surveys.tally.services import survey_check, survey_comparison, survey_freezing, survey_tally
from app.surveys.tally.services.survey_comparison import set_contractor_counts
from db.records.documents import DecisionWay, KeptPaper, Letter, LetterForm, LetterState, Notification, PostSort
from db.records.events import Event, EventResult
from db.records.organisations import Organisation
from db.records.participants import HEADCOUNT_KEY, ExpectedCount
from db.records.programme import DocumentSetting
from db.records.roster import Entry
from db.records.submissions.materials import MaterialResult
from db.records.submissions.received import PointResult, Receipt, SensitivePresence
from db.records.surveys import Answer, SettledBy
from db.rows import by_id, rows
from db.tables import events as event_table
from tests.support.cancelling import cancel_event
from tests.support.figures import set_figure
from tests.support.sample import NOW
from tests.support.scenarios import Scenarios, after, done
from tests.support.world import DAY, OTHER, World

RECEIPT = Receipt(received_on=DAY, received_from="受託見本　恵子", original_place="文書管理システム")
FILE = IncomingFile(data=b"%PDF-1.4 proposal", name="提案書.pdf", pages=6)
BY_PHONE = {"told_to": "業務責任者", "told_how": "電話"}


def really_told(world: World) -> int:
    made = done(headcount_services.make_headcount_notice, world)
    told = {"notified_to": "業務責任者", "notified_how": "電話"}
    headcount_services.mark_headcount_notified(world.other, notice_id=made, **told)
    return made


def l6(world: World) -> dict[str, Any]:
    """The 決定通知 of the sixth lecture, as services of letters are given it."""
    return {"scope": DocumentScope(event_id=world.events["L6"]), "kind": "決定通知"}


def l6_letter(world: World) -> Letter:
    return rows(world.store.database, Letter, document_kind="決定通知", event_id=world.events["L6"])[0]


def l6_told(world: World) -> Notification:
    return rows(world.store.database, Notification, event_id=world.events["L6"], document_kind="決定通知")[-1]


def letter_that_differs(world: World, *, issued: bool = True) -> str:
    """Rename a 団体 of the 決定通知 that left, or whose 施行 was taken back; return the key of a difference."""
    about = l6(world)
    (kept, *_) = rows(world.store.database, KeptPaper, document_kind="決定通知", letter_id=l6_letter(world).id)
    if not issued:
        document_saving.withdraw_issue(world.other, **about, reason="出す前に気づいた")
    named = by_id(world.store.database, Entry, kept.entries[0])
    world.change(Organisation, named.organisation_id, name="改めた町会")
    paper = document_of(about["scope"], "決定通知")
    return letter_differences.open_differences(world.store, paper, about["scope"], NOW)[0].key


def letter_without_copy(world: World) -> None:
    """As a version before the one that keeps copies left it."""
    with world.store.change(action="写しを残す前の版の形", by=OTHER, now=NOW) as change:
        for one in rows(world.store.database, KeptPaper, letter_id=l6_letter(world).id):
            change.delete(KeptPaper, one.id)


def issued(world: World) -> None:
    document_saving.set_letter_state(
        world.other,
        event_id=world.events["L2"],
        kind=headcount_services.HEADCOUNT,
        form=LetterForm.FORMAL,
        state=LetterState.ISSUED,
        decided_on=DAY,
        document_number="8練地協第12号",
        issued_on=DAY,
    )


def untold(world: World) -> int:
    """A held event of which nobody can say any more how its numbers were told."""
    event_id = world.events["L5"]
    for act in rows(world.store.database, Notification, event_id=event_id, key=HEADCOUNT_KEY):
        world.change(Notification, act.id, withdrawn=True)
    return event_id


def confirmable(world: World) -> int:
    report_id = world.report("E1", "受領")
    view = report_check.read_report_check(world.store, report_id=report_id)
    for point in view.points:
        report_check.tick_point(world.other, report_id=report_id, point=point, found=True)
    for figure in view.figures:
        set_figure(world.store, figure_id=figure.id, theirs=figure.ours, handling="", by=OTHER, now=NOW)
    return report_id


def proposal(world: World) -> int:
    given = {"kind": "提案書", "scope": ReceiptScope(programme_id=1), "receipt": RECEIPT, "file": FILE}
    return received_services.receive_paper(world.other, **given).id


def looked_through(world: World) -> int:
    paper_id = proposal(world)
    for point in received_services.read_received(world.store, paper_id=paper_id).points:
        received_services.judge_point(world.other, paper_id=paper_id, point=point, result=PointResult.FINE)
    return paper_id


def complete_form(world: World) -> int:
    survey_freezing.freeze_tally(world.other, survey_id=world.survey("L5"), uncompared="受託者の集計が届いていない")
    done(reports.write_chapter, world)
    return done(reports.mark_received, world)


def set_counts(world: World, of_satisfaction: dict[str, int], event: str) -> Any:
    counts = {"satisfaction": of_satisfaction}
    return set_contractor_counts(world.other, survey_id=world.survey(event), counts=counts)


def result_of(world: World, event: str) -> EventResult:
    return event_table.result(world.store.database, world.events[event])


def another_kind(world: World) -> Any:
    return replace(numbers(world), title="個別相談", name="個別相談会", name_in_text="個別相談会", sign="相")


def numbers(world: World) -> Any:
    return programme_services.read_programme(world.store).kind("講習会")


def draft(world: World, name: str, **other: Any) -> event_drafts.EventDraft:
    return replace(event_drafts.draft_of(by_id(world.store.database, Event, world.events[name])), **other)


def three_of(world: World, organisation: str) -> dict[str, Any]:
    event_id = world.events["L6"]
    row = ExpectedCount(event_id=event_id, position=1, organisation_name=organisation, people=3)
    return {"event_id": event_id, "rows": (row,)}


# Not a change of rows that undo could take back: each with why.
NO_UNDO: dict[Callable[..., Any], str] = {
    **dict.fromkeys(
        (
            accounts.add_user, accounts.change_password, accounts.set_temporary_password, accounts.set_rights,
            accounts.deactivate_user, accounts.issue_recovery_key, accounts.set_password_after_recovery,
        ),
        "changes the keyring beside the database",
    ),
    **dict.fromkeys(
        (
            document_saving.save_document, document_saving.log_print, material_files.save_version_copy,
            list_export.export_list, calendar_entries.save_calendar, issued_copies.save_leaving,
            issued_copies.save_copy, issued_copies.note_copy_print, issued_copies.note_copied_text,
            issued_copies.note_copied_list,
        ),
        "an export: undo stops there",
    ),
    history_services.undo: "is undo",
    history_services.redo: "is redo",
    history_services.undo_entry: "is undo, of one action",
    sample_year.fill_sample_year: "makes a whole year and ends with a barrier",
    sample_year.fill_reports: "a part of making the sample year",
    sample_proposal.fill_proposal: "a part of making the sample year",
    copy_retention.erase_expired: "what is past its keeping goes for good",
    documents.write_documents: "a command over paper_saving.save_paper",
    protected_folders.saving_terms: "writes nothing: says on what terms a file may leave",
    programme_services.start_programme: "once a folder, before anything else",
}  # fmt: skip


SCENARIOS: Scenarios = {
    agenda.set_agenda: lambda w: {
        "event_id": w.events["L6"], "items": event_table.agenda(w.store.database, w.events["L6"])[1:]},
    agreements.change_topic: lambda w: {"agreement_id": w.topic("L6", settled=True).id, "values": {"content": "変更"}},
    agreements.open_topic: lambda w: {"event_id": w.events["L6"], "topic": "撮影"},
    agreements.remove_topic: lambda w: {"agreement_id": w.topic("L6", settled=False).id},
    agreements.reopen_topic: lambda w: {"agreement_id": w.topic("L6", settled=True).id},
    agreements.settle_topics: lambda w: {"agreement_ids": [w.topic("L6", settled=False).id], "settled_on": DAY},
    deadlines.override_deadline: lambda w: {
        "event_id": w.events["L6"], "task": "人数連絡", "due": date(2026, 12, 2), "reason": "協議による"},
    deadlines.remove_override: lambda w: after(
        done(deadlines.override_deadline, w), event_id=w.events["L6"], task="人数連絡"),
    deadlines.close_event_task: lambda w: {
        "event_id": w.events["L7"], "task": DAY_SET, "closed_on": DAY, "reason": "紙で用意した"},
    deadlines.reopen_event_task: lambda w: after(
        done(deadlines.close_event_task, w), event_id=w.events["L7"], task=DAY_SET),
    deadlines.close_unrecorded: lambda w: {"event_id": untold(w), "reason": "日が分からない"},
    deadlines.reopen_unrecorded: lambda w: after(done(deadlines.close_unrecorded, w), event_id=w.events["L5"]),
    equipment.check_equipment: lambda w: {"item_id": w.equipment("L6", checked=False), "on": DAY},
    equipment.set_equipment: lambda w: {
        "event_id": w.events["L6"], "items": event_table.equipment(w.store.database, w.events["L6"])[:2]},
    equipment.uncheck_equipment: lambda w: {"item_id": w.equipment("L1", checked=True)},
    event_cancellation.restore_event: lambda w: after(
        cancel_event(w.store, event_id=w.events["L7"], reason="大雪", by=OTHER, now=NOW), event_id=w.events["L7"]),
    event_changes.create_event: lambda w: {
        "draft": draft(w, "D3", event_date=date(2027, 1, 27), exception_reason="追加", exception_kind="協議で足りる")},
    event_changes.duplicate_event: lambda w: {"event_id": w.events["L1"]},
    event_changes.update_event: lambda w: {
        "event_id": w.events["L6"], "draft": draft(w, "L6", room="第2研修室")},
    event_moves.move_event: lambda w: {
        "event_id": w.events["L7"], "new_date": date(2026, 12, 22), "reason": "会場の都合"},
    event_results.mark_held: lambda w: {"event_id": w.events["L6"], "now": datetime(2026, 12, 8, 17)},
    event_results.record_result: lambda w: {
        "event_id": w.events["D2"], "result": EventResult(event_id=w.events["D2"], applied=9, attended=8, absent=1)},
    headcount_services.make_headcount_notice: lambda w: {"event_id": w.events["L6"]},
    headcount_services.mark_headcount_notified: lambda w: {
        "notice_id": done(headcount_services.make_headcount_notice, w),
        "notified_to": "業務責任者", "notified_how": "メール"},
    headcount_services.revoke_headcount_notification: lambda w: {"notice_id": really_told(w), "reason": "取り違え"},
    notification.notify: lambda w: after(
        done(headcount_services.make_headcount_notice, w),
        event_id=w.events["L6"], key="人数", told_to="業務責任者", told_how="メール"),
    notification.withdraw_notification: lambda w: {
        "notification_id": rows(w.store.database, Notification, event_id=w.events["L5"], key="人数")[-1].id,
        "reason": "取り違え"},
    undelivered.note_undelivered: lambda w: {
        "notification_id": l6_told(w).id, "returned_on": NOW.date(), "reason": "宛所不明",
        "entry_ids": undelivered.named_addressees(w.store, notification_id=l6_told(w).id)[0][0]},
    undelivered.record_posting: lambda w: {
        "notification_id": l6_told(w).id, "posted_on": l6_told(w).told_on, "post_sort": PostSort.TRACED,
        "pieces": 12, "tracking": "1234-5678"},
    notification.correct_notification: lambda w: {
        "notification_id": rows(w.store.database, Notification, event_id=w.events["L5"], key="人数")[-1].id,
        "told_to": "主任", "told_how": "手渡し"},
    notification.set_aside: lambda w: after(
        [really_told(w), done(event_changes.update_event, w)],
        event_id=w.events["L6"], key="人数", reason="電話で確かめた"),
    headcount_services.remove_headcount_notice: lambda w: {
        "notice_id": done(headcount_services.make_headcount_notice, w)},
    materials.add_finding: lambda w: {"version_id": w.version("L7"), "page": "3", "text": "誤字"},
    materials.change_finding: lambda w: {"finding_id": w.finding("L6", 1), "page": "4", "text": "直す", "duty": "必須"},
    materials.remove_finding: lambda w: {"finding_id": w.finding("L6", 1)},
    materials.resolve_finding: lambda w: {"finding_id": w.finding("L6", 1), "response": "差し替えた"},
    materials.set_result: lambda w: {"version_id": w.version("L7"), "result": MaterialResult.CHECKED, "note": "急ぎ"},
    materials.withdraw_result: lambda w: {"version_id": w.version("L6"), "reason": "見落とし"},
    materials.add_material: lambda w: {"event_id": w.events["L7"], "title": "次第"},
    materials.change_material: lambda w: {"material_id": w.material("L7"), "title": "講習資料（改題）"},
    materials.receive_version: lambda w: {
        "material_id": w.material("L6", 1), "name": "第2版.pdf", "data": b"%PDF-1.4 second", "received_on": DAY},
    materials.receive_new_material: lambda w: {
        "event_id": w.events["L7"], "title": "次第", "name": "次第.pdf", "data": b"%PDF-1.4 first", "received_on": DAY},
    materials.remove_material: lambda w: {"material_id": done(materials.add_material, w)},
    materials.set_printed: lambda w: {"version_id": w.version("L1"), "printed": 21, "handed_out": 16},
    document_saving.set_letter_state: lambda w: {
        "event_id": w.events["L5"], "kind": headcount_services.HEADCOUNT, "form": LetterForm.FORMAL,
        "state": LetterState.DRAFT},
    headcount_services.set_expected_counts: lambda w: three_of(w, "見本あおば町会"),
    headcount_services.settle_organisations: lambda w: after(
        headcount_services.set_expected_counts(w.other, **three_of(w, "みほん新町会")),
        event_id=w.events["L6"], answers={"みほん新町会": "new"}),
    programme_services.add_closed_day: lambda _w: {"day": date(2026, 12, 28), "reason": "設備点検"},
    programme_services.change_numbers: lambda w: {"numbers": replace(numbers(w), people_max=25)},
    programme_services.add_kind: lambda w: {"kind": another_kind(w)},
    programme_services.describe_kind: lambda w: {"kind": replace(numbers(w), title="デジタル講座")},
    programme_services.order_kinds: lambda _w: {"programme_id": 1, "kinds": ["意見交換会", "講習会", "派遣"]},
    programme_services.remove_kind: lambda w: after(
        done(programme_services.add_kind, w), programme_id=1, kind="個別相談会"),
    programme_services.change_programme: lambda w: {
        "programme": replace(programme_services.read_programme(w.store).programme, check_open_days=5)},
    programme_services.remove_closed_day: lambda w: {"closed_day_id": done(programme_services.add_closed_day, w)},
    programme_services.set_contractor: lambda w: {
        "contractor": replace(programme_services.read_programme(w.store).contractor, phone="03-0000-9999")},
    programme_services.set_office: lambda w: {
        "office": replace(programme_services.read_programme(w.store).office, fax="03-0000-9999")},
    programme_services.set_document_setting: lambda _w: {
        "setting": DocumentSetting(document_kind=report_documents.REPORT, addressee="（宛先）練馬区長")},
    recruitment.set_step_date: lambda w: {"step_id": w.step("L7", done=False), "due": date(2026, 12, 3)},
    recruitment.tick_step: lambda w: {"step_id": w.step("L7", done=False), "on": DAY},
    recruitment.untick_step: lambda w: {"step_id": w.step("L7", done=True)},
    report_check.confirm_report: lambda w: {"report_id": confirmable(w), "on": DAY},
    report_check.note_receipt: lambda w: {
        "report_id": w.report("E1", "受領"), "receipt_number": "8練地協収第1号", "original_place": "紙ファイル",
        "note": "2部"},
    report_check.receive_report: lambda w: {
        "event_id": w.events["L4"], "data": b"%PDF-1.4 fourth", "name": "報告書.pdf", "pages": 4, "received_on": DAY,
        "received_how": "メール"},
    report_check.refresh_ours: lambda w: after(
        event_results.record_result(
            w.other, event_id=w.events["E1"], result=replace(result_of(w, "E1"), attended=17)),
        report_id=w.report("E1", "受領")),
    report_check.request_correction: lambda w: {"report_id": w.report("E1", "受領")},
    report_check.set_figures: lambda w: {
        "report_id": w.report("E1", "受領"),
        "settled": [report_check.SettledFigure(figure_id=w.figure("E1"), theirs="20人", page="1", reason="当日受付")]},
    report_check.tick_point: lambda w: {"report_id": w.report("E1", "受領"), "point": "講師からの所感", "found": True},
    reports.confirm_by_contractor: lambda w: {"report_id": w.report("L5"), "on": DAY},
    reports.confirm_form: lambda w: {"report_id": complete_form(w), "on": DAY},
    document_saving.withdraw_issue: lambda w: after(
        issued(w), scope=DocumentScope(event_id=w.events["L2"]), kind=headcount_services.HEADCOUNT,
        reason="日付の誤り"),
    document_saving.record_later_draft: lambda w: after(
        w.change(Letter, l6_letter(w).id, decision_way=DecisionWay.ORAL, decided_on=DAY), **l6(w), drafted_on=DAY),
    scanned_copy.take_in_copy: lambda w: after(
        letter_without_copy(w), **l6(w), data=b"%PDF-1.4 scan", pages=1),
    letter_corrections.answer_difference: lambda w: {
        **l6(w), "differences": [letter_that_differs(w)], "answer": "伝えることではない", "reason": "役員交代"},
    letter_corrections.agree_to_changes: lambda w: after(
        letter_that_differs(w, issued=False), **l6(w), agreed_on=DAY, agreed_by="課長"),
    report_check.withdraw_check: lambda w: {"report_id": done(report_check.confirm_report, w), "reason": "日付の誤り"},
    reports.withdraw_form: lambda w: {"report_id": done(reports.mark_received, w), "reason": "日付の誤り"},
    received_services.receive_paper: lambda _w: {
        "kind": "業務完了届", "scope": ReceiptScope(programme_id=1), "receipt": RECEIPT, "file": FILE},
    received_services.judge_point: lambda w: {
        "paper_id": proposal(w), "point": "団体支援方針", "result": PointResult.DOUBTFUL, "page": "4",
        "note": "見出しだけ"},
    received_services.save_receipt_notes: lambda w: {
        "paper_id": proposal(w), "notes": {"receipt_number": "8練地協収第9号", "sensitive": SensitivePresence.PRESENT}},
    received_services.ask_correction: lambda w: {
        "paper_id": proposal(w), "due": DAY, "text": "団体支援方針をご記入ください。",
        "notified": notification.NotificationDetails(**BY_PHONE, words="団体支援方針を書くよう伝えた")},
    received_services.notify_correction: lambda w: {
        "paper_id": received_services.ask_correction(
            w.other, paper_id=proposal(w), due=DAY, text="直してください。").id,
        "notified": notification.NotificationDetails(**BY_PHONE, words="直すよう伝えた")},
    received_services.confirm_paper: lambda w: {"paper_id": looked_through(w), "on": DAY},
    received_services.withdraw_confirmation: lambda w: {
        "paper_id": done(received_services.confirm_paper, w), "reason": "日付の誤り"},
    reports.make_next_version: lambda w: {"report_id": w.report("L2")},
    reports.hand_over_form: lambda w: {
        "report_id": w.report("L5"), "on": NOW.date(), "how": "メール", "to": "業務責任者"},
    reports.mark_received: lambda w: {"report_id": done(reports.confirm_by_contractor, w), "on": DAY, "how": "メール"},
    reports.start_report: lambda w: {"event_id": w.events["L4"]},
    reports.write_chapter: lambda w: {"report_id": w.report("L5"), "key": "所感", "text": "よく学ばれた。"},
    reports.write_rows: lambda w: {"report_id": w.report("L5"), "key": "質疑", "rows": (("問", "答"),)},
    survey_comparison.record_check: lambda w: after(
        set_counts(w, {"とても満足": 99}, "L4"), survey_id=w.survey("L4")),
    set_contractor_counts: lambda w: {
        "survey_id": w.survey("L4"), "counts": {"satisfaction": {"とても満足": 3}}},
    data_entry_services.add_paper_response: lambda w: {
        "survey_id": w.survey("L5"), "number": 90, "answers": {"satisfaction": Answer(chosen=("満足",))}},
    data_entry_services.change_response: lambda w: {
        "sheet_id": w.sheet("L5"), "answers": {"satisfaction": Answer(chosen=("不満",))}},
    data_entry_services.save_purpose: lambda w: {"survey_id": w.survey("L5"), "purpose": "検算"},
    data_entry_services.decide_answer: lambda w: {
        "sheet_id": data_entry_services.add_paper_response(
            w.other, survey_id=w.survey("L5"), number=91,
            answers={"satisfaction": Answer(chosen=("とても満足", "満足"))}).id,
        "question_code": "satisfaction", "answer": Answer(chosen=("満足",)), "reason": "線"},
    data_entry_services.decide_responses: lambda w: {"sheet_ids": (w.sheet("L5"),), "counted": False, "reason": "白紙"},
    data_entry_services.remove_responses: lambda w: {"sheet_ids": (w.sheet("L5"),)},
    survey_import.undo_import: lambda w: {"import_id": done(survey_import.import_survey, w)},
    survey_freezing.freeze_tally: lambda w: {"survey_id": w.survey("L4"), "uncompared": "受託者の集計が届いていない"},
    survey_check.settle_difference: lambda w: after(
        set_counts(w, {"とても満足": 99}, "L4"), survey_id=w.survey("L4"), code="satisfaction",
        way=SettledBy.CORRECTION),
    survey_tally.record_counted_by: lambda w: {"survey_id": w.survey("L4"), "who": "区", "on": DAY},
    survey_freezing.freeze_tally_again: lambda w: after(
        event_results.record_result(w.other, event_id=w.events["L1"], result=replace(
            result_of(w, "L1"), attended=result_of(w, "L1").attended - 1)),
        survey_id=w.survey("L1")),
    survey_freezing.unfreeze_tally: lambda w: {"survey_id": w.survey("L1"), "reason": "訂正"},
    surveys.choose_questionnaire: lambda w: {"event_id": w.events["L7"]},
    surveys.copy_questionnaire: lambda w: {"event_id": w.events["L7"], "from_event_id": w.events["L1"]},
    surveys.discard_questionnaire: lambda w: {"survey_id": w.survey("L6")},
    surveys.fix_questionnaire: lambda w: {"survey_id": w.survey("L6"), "agreed_on": DAY},
    surveys.note_distribution: lambda w: {"survey_id": w.survey("L5"), "distributed": 17},
    surveys.set_online: lambda w: {
        "survey_id": w.survey("L6"), "url": "https://example.jp/f", "close": DAY + timedelta(days=10)},
    surveys.update_questions: lambda w: {
        "survey_id": w.survey("L6"),
        "questions": surveys.read_survey(w.store, event_id=w.events["L6"]).survey.questions[:-1]},
}  # fmt: skip
