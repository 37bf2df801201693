"""Undo over every public service function that writes: the rows come back as they were, redo repeats them."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import app
import tests.support
from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
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
from app.documents.services.document_scope import DocumentScope
from app.documents.services.kept_letters import letter_corrections, scanned_copy
from app.event.rules.target_dates import DAY_SET
from app.event.services import (
    agenda,
    agreements,
    calendar_entries,
    equipment,
    event_cancellation,
    event_changes,
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
from app.received.services import ReceiptScope
from app.sample.services import sample_proposal, sample_year
from app.submissions.reports.services import report_check, report_documents, reports
from app.surveys.answers.services import survey_import
from app.surveys.data_entry import services as data_entry_services
from app.surveys.questions.services import surveys
from app.surveys.tally.services import survey_check, survey_comparison, survey_freezing, survey_tally
from db.records.documents import LetterForm, LetterState, Notification
from db.records.events import EventResult
from db.records.participants import ExpectedCount
from db.records.programme import DocumentSetting
from db.records.submissions.materials import MaterialResult
from db.records.submissions.received import PointResult, SensitivePresence
from db.records.surveys import Answer, SettledBy
from db.rows import rows
from db.tables import events as event_table
from db.touched_tables import TouchedTables
from tests.support.emptied_fields import AS_IT_CAME, EMPTIES, NOT_FILLED
from tests.support.filled_rows import FilledRows, emptied
from tests.support.in_full import some
from tests.support.next_undo import next_undo
from tests.support.prepared_for_undo import (
    FILE,
    RECEIPT,
    another_kind,
    asked_back,
    by_other,
    cancelled,
    closed,
    complete_form,
    confirmable,
    confirmed_form,
    confirmed_proposal,
    confirmed_received,
    corrected_attendance,
    counted,
    do_import,
    draft,
    imported,
    issued,
    letter_by_word_of_mouth,
    letter_that_differs,
    letter_without_copy,
    looked_through,
    moved_after_told,
    not_arrived,
    numbers,
    posted,
    prepared,
    proposal,
    really_told,
    received_form,
    remove_override,
    reopen_unrecorded,
    told,
    unreadable_sheet,
    untold,
)
from tests.support.readers import Reader, leaving
from tests.support.sample import BY, NOW
from tests.support.world import DAY, OTHER, World

Act = Callable[[World, ActionContext], object]


def closed_by_hand(w: World, context: ActionContext | None = None) -> object:
    given = {"event_id": w.events["L7"], "task": DAY_SET, "closed_on": DAY, "reason": "紙で用意した"}
    return deadlines.close_event_task(context or ActionContext(w.store, OTHER, NOW), **given)


# Not a change of rows that undo could take back: each with why.
NO_UNDO: dict[Callable[..., Any], str] = {
    accounts.add_user: "changes the keyring beside the database",
    accounts.change_password: "changes the keyring beside the database",
    accounts.set_temporary_password: "changes the keyring beside the database",
    accounts.set_rights: "changes the keyring beside the database",
    accounts.deactivate_user: "changes the keyring beside the database",
    accounts.issue_recovery_key: "changes the keyring beside the database",
    accounts.set_password_after_recovery: "changes the keyring beside the database",
    history_services.undo: "is undo",
    history_services.redo: "is redo",
    history_services.undo_entry: "is undo, of one action",
    sample_year.fill_sample_year: "makes a whole year and ends with a barrier",
    sample_year.fill_reports: "a part of making the sample year",
    sample_proposal.fill_proposal: "a part of making the sample year",
    document_saving.save_document: "an export: undo stops there",
    document_saving.log_print: "an export: undo stops there",
    material_files.save_version_copy: "an export: undo stops there",
    list_export.export_list: "an export: undo stops there",
    issued_copies.save_leaving: "a file that leaves: undo stops there",
    calendar_entries.save_calendar: "an export: undo stops there",
    issued_copies.save_copy: "an export: undo stops there",
    issued_copies.note_copy_print: "an export: undo stops there",
    issued_copies.note_copied_text: "an export: undo stops there",
    issued_copies.note_copied_list: "an export: undo stops there",
    copy_retention.erase_expired: "what is past its keeping goes for good",
    documents.write_documents: "a command over paper_saving.save_paper",
    protected_folders.saving_terms: "writes nothing: says on what terms a file may leave",
    programme_services.start_programme: "once a folder, before anything else",
}


SCENARIOS: dict[Callable[..., Any], Act] = {
    agenda.set_agenda: lambda w, context: agenda.set_agenda(
        context, event_id=w.events["L6"], items=event_table.agenda(w.store.database, w.events["L6"])[1:]),
    agreements.change_topic: lambda w, context: agreements.change_topic(
        context, agreement_id=w.topic("L6", settled=True).id, values={"content": "変更"}),
    agreements.open_topic: lambda w, context: agreements.open_topic(context, event_id=w.events["L6"], topic="撮影"),
    agreements.remove_topic: lambda w, context: agreements.remove_topic(
        context, agreement_id=w.topic("L6", settled=False).id),
    agreements.reopen_topic: lambda w, context: agreements.reopen_topic(
        context, agreement_id=w.topic("L6", settled=True).id),
    agreements.settle_topic: lambda w, context: agreements.settle_topic(
        context, agreement_id=w.topic("L6", settled=False).id, settled_on=DAY),
    agreements.settle_topics: lambda w, context: agreements.settle_topics(
        context, agreement_ids=[w.topic("L6", settled=False).id], settled_on=DAY),
    deadlines.override_deadline: lambda w, context: deadlines.override_deadline(
        context, event_id=w.events["L6"], task="人数連絡", due=date(2026, 12, 2), reason="協議による"),
    deadlines.remove_override: remove_override,
    deadlines.close_event_task: closed_by_hand,
    deadlines.reopen_event_task: prepared(
        closed_by_hand,
        lambda w, _, context: deadlines.reopen_event_task(context, event_id=w.events["L7"], task=DAY_SET)),
    deadlines.close_unrecorded: lambda w, context: deadlines.close_unrecorded(
        context, event_id=untold(w), reason="日が分からない"),
    deadlines.reopen_unrecorded: reopen_unrecorded,
    equipment.check_equipment: lambda w, context: equipment.check_equipment(
        context, item_id=w.equipment("L6", checked=False), on=DAY),
    equipment.set_equipment: lambda w, context: equipment.set_equipment(
        context, event_id=w.events["L6"], items=event_table.equipment(w.store.database, w.events["L6"])[:2]),
    equipment.uncheck_equipment: lambda w, context: equipment.uncheck_equipment(
        context, item_id=w.equipment("L1", checked=True)),
    event_cancellation.restore_event: prepared(
        cancelled, lambda w, _, context: event_cancellation.restore_event(context, event_id=w.events["L7"])),
    event_changes.create_event: lambda w, context: event_changes.create_event(
        context, draft=replace(draft(w, "D3"), event_date=date(2027, 1, 27), exception_reason="追加",
            exception_kind="協議で足りる")),
    event_changes.duplicate_event: lambda w, context: event_changes.duplicate_event(context, event_id=w.events["L1"]),
    event_changes.update_event: lambda w, context: event_changes.update_event(
        context, event_id=w.events["L6"], draft=replace(draft(w, "L6"), room="第2研修室")),
    event_moves.move_event: lambda w, context: event_moves.move_event(
        context, event_id=w.events["L7"], new_date=date(2026, 12, 22), reason="会場の都合"),
    event_results.mark_held: lambda w, context: event_results.mark_held(
        replace(context, now=datetime(2026, 12, 8, 17)), event_id=w.events["L6"]),
    event_results.record_result: lambda w, context: event_results.record_result(
        context, event_id=w.events["D2"], result=EventResult(event_id=w.events["D2"], applied=9, attended=8, absent=1)),
    headcount_services.make_headcount_notice: lambda w, context: headcount_services.make_headcount_notice(
        context, event_id=w.events["L6"]),
    headcount_services.mark_headcount_notified: prepared(
        told, lambda w, made, context: headcount_services.mark_headcount_notified(
            context, notice_id=made, notified_to="業務責任者", notified_how="メール")),
    headcount_services.revoke_headcount_notification: prepared(
        really_told, lambda w, made,
        context: headcount_services.revoke_headcount_notification(context, notice_id=made, reason="取り違え")),
    notification.notify: prepared(
        told, lambda w, _, context: notification.notify(
            context, event_id=w.events["L6"], key="人数", told_to="業務責任者", told_how="メール")),
    notification.withdraw_notification: lambda w, context: notification.withdraw_notification(
        context, notification_id=rows(w.store.database, Notification, event_id=w.events["L5"], key="人数")[-1].id,
        reason="取り違え"),
    undelivered.note_undelivered: not_arrived,
    undelivered.record_posting: posted,
    notification.correct_notification: lambda w, context: notification.correct_notification(
        context, notification_id=rows(w.store.database, Notification, event_id=w.events["L5"], key="人数")[-1].id,
        told_to="主任", told_how="手渡し"),
    notification.set_aside: prepared(
        moved_after_told, lambda w, _, context: notification.set_aside(
            context, event_id=w.events["L6"], key="人数", reason="電話で確かめた")),
    headcount_services.remove_headcount_notice: prepared(
        told, lambda w, made, context: headcount_services.remove_headcount_notice(context, notice_id=made)),
    materials.add_finding: lambda w, context: materials.add_finding(
        context, version_id=w.version("L7"), page="3", text="誤字"),
    materials.change_finding: lambda w, context: materials.change_finding(
        context, finding_id=w.finding("L6", 1), page="4", text="直す", duty="必須"),
    materials.remove_finding: lambda w, context: materials.remove_finding(
        context, finding_id=w.finding("L6", 1)),
    materials.resolve_finding: lambda w, context: materials.resolve_finding(
        context, finding_id=w.finding("L6", 1), response="差し替えた"),
    materials.set_result: lambda w, context: materials.set_result(
        context, version_id=w.version("L7"), result=MaterialResult.CHECKED, note="急ぎ"),
    materials.withdraw_result: lambda w, context: materials.withdraw_result(
        context, version_id=w.version("L6"), reason="見落とし"),
    materials.add_material: lambda w, context: materials.add_material(
        context, event_id=w.events["L7"], title="次第"),
    materials.change_material: lambda w, context: materials.change_material(
        context, material_id=w.material("L7"), title="講習資料（改題）"),
    materials.receive_version: lambda w, context: materials.receive_version(
        context, material_id=w.material("L6", 1), name="第2版.pdf", data=b"%PDF-1.4 second", received_on=DAY),
    materials.receive_new_material: lambda w, context: materials.receive_new_material(
        context, event_id=w.events["L7"], title="次第", name="次第.pdf", data=b"%PDF-1.4 first", received_on=DAY),
    materials.remove_material: prepared(
        lambda w: materials.add_material(
            ActionContext(w.store, **by_other(w)), event_id=w.events["L7"], title="次第").id,
        lambda w, made, context: materials.remove_material(context, material_id=made),
    ),
    materials.set_printed: lambda w, context: materials.set_printed(
        context, version_id=w.version("L1"), printed=21, handed_out=16),
    document_saving.set_letter_state: lambda w, context: document_saving.set_letter_state(
        context, event_id=w.events["L5"], kind=headcount_services.HEADCOUNT,
        form=LetterForm.FORMAL, state=LetterState.DRAFT),
    headcount_services.set_expected_counts: lambda w, context: headcount_services.set_expected_counts(
        context, event_id=w.events["L6"],
        rows=(ExpectedCount(event_id=w.events["L6"], position=1, organisation_name="見本あおば町会", people=3),)),
    headcount_services.settle_organisations: prepared(
        lambda w: headcount_services.set_expected_counts(
            ActionContext(w.store, **by_other(w)), event_id=w.events["L6"],
            rows=(ExpectedCount(event_id=w.events["L6"], position=1, organisation_name="みほん新町会", people=3),)),
        lambda w, made, context: headcount_services.settle_organisations(
            context, event_id=w.events["L6"], answers={"みほん新町会": "new"})),
    programme_services.add_closed_day: lambda w, context: programme_services.add_closed_day(
        context, day=date(2026, 12, 28), reason="設備点検"),
    programme_services.change_numbers: lambda w, context: programme_services.change_numbers(
        context, numbers=replace(numbers(w), people_max=25)),
    programme_services.add_kind: lambda w, context: programme_services.add_kind(
        context, kind=another_kind(w)),
    programme_services.describe_kind: lambda w, context: programme_services.describe_kind(
        context, kind=replace(numbers(w), title="デジタル講座")),
    programme_services.order_kinds: lambda w, context: programme_services.order_kinds(
        context, programme_id=1, kinds=["意見交換会", "講習会", "派遣"]),
    programme_services.remove_kind: prepared(
        lambda w: programme_services.add_kind(ActionContext(w.store, OTHER, NOW), kind=another_kind(w)),
        lambda w, _made, context: programme_services.remove_kind(
            context, programme_id=1, kind="個別相談会")),
    programme_services.change_programme: lambda w, context: programme_services.change_programme(
        context, programme=replace(programme_services.read_programme(w.store).programme, check_open_days=5)),
    programme_services.remove_closed_day: prepared(
        closed, lambda w, made, context: programme_services.remove_closed_day(context, closed_day_id=made)),
    programme_services.set_contractor: lambda w, context: programme_services.set_contractor(
        context, contractor=replace(programme_services.read_programme(w.store).contractor,
        phone="03-0000-9999")),
    programme_services.set_office: lambda w, context: programme_services.set_office(
        context, office=replace(programme_services.read_programme(w.store).office, fax="03-0000-9999")),
    programme_services.set_document_setting: lambda w, context: programme_services.set_document_setting(
        context, setting=DocumentSetting(document_kind=report_documents.REPORT, addressee="（宛先）練馬区長")),
    recruitment.set_step_date: lambda w, context: recruitment.set_step_date(
        context, step_id=w.step("L7", done=False), due=date(2026, 12, 3)),
    recruitment.tick_step: lambda w, context: recruitment.tick_step(context, step_id=w.step("L7", done=False), on=DAY),
    recruitment.untick_step: lambda w, context: recruitment.untick_step(context, step_id=w.step("L7", done=True)),
    report_check.confirm_report: prepared(
        confirmable, lambda w, made, context: report_check.confirm_report(context, report_id=made, on=DAY)),
    report_check.note_receipt: lambda w, context: report_check.note_receipt(
        context, report_id=w.report("E1", "受領"), receipt_number="8練地協収第1号", original_place="紙ファイル",
        note="2部"),
    report_check.receive_report: lambda w, context: report_check.receive_report(
        context, event_id=w.events["L4"], data=b"%PDF-1.4 fourth", name="報告書.pdf", pages=4, received_on=DAY,
        received_how="メール"),
    report_check.refresh_ours: prepared(
        lambda w: event_results.record_result(
            ActionContext(w.store, **by_other(w)), event_id=w.events["E1"],
            result=replace(event_table.result(w.store.database, w.events["E1"]), attended=17)),
        lambda w, _, context: report_check.refresh_ours(context, report_id=w.report("E1", "受領"))),
    report_check.request_correction: lambda w, context: report_check.request_correction(
        context, report_id=w.report("E1", "受領")),
    report_check.set_figures: lambda w, context: report_check.set_figures(
        context, report_id=w.report("E1", "受領"),
        settled=(report_check.SettledFigure(figure_id=w.figure("E1"), theirs="20人", page="1", reason="当日受付を含む"),
            )),
    report_check.tick_point: lambda w, context: report_check.tick_point(
        context, report_id=w.report("E1", "受領"), point="講師からの所感", found=True),
    reports.confirm_by_contractor: lambda w, context: reports.confirm_by_contractor(
        context, report_id=w.report("L5"), on=DAY),
    reports.confirm_form: prepared(
        complete_form, lambda w, made, context: reports.confirm_form(context, report_id=made, on=DAY)),
    document_saving.withdraw_issue: prepared(
        issued, lambda w, _, context: document_saving.withdraw_issue(
            context, scope=DocumentScope(event_id=w.events["L2"]), kind=headcount_services.HEADCOUNT,
            reason="日付の誤り")),
    document_saving.record_later_draft: prepared(
        letter_by_word_of_mouth, lambda w, _, context: document_saving.record_later_draft(
            context, scope=DocumentScope(event_id=w.events["L6"]), kind="決定通知", drafted_on=DAY)),
    scanned_copy.take_in_copy: prepared(
        letter_without_copy, lambda w, _, context: scanned_copy.take_in_copy(
            context, scope=DocumentScope(event_id=w.events["L6"]), kind="決定通知", data=b"%PDF-1.4 scan", pages=1)),
    letter_corrections.answer_difference: prepared(
        letter_that_differs, lambda w, made, context: letter_corrections.answer_difference(
            context, scope=DocumentScope(event_id=w.events["L6"]), kind="決定通知", difference=made,
            answer="伝えることではない", reason="役員交代")),
    letter_corrections.agree_to_changes: prepared(
        lambda w: letter_that_differs(w, issued=False), lambda w, _, context: letter_corrections.agree_to_changes(
            context, scope=DocumentScope(event_id=w.events["L6"]), kind="決定通知", agreed_on=DAY,
            agreed_by="課長")),
    report_check.withdraw_check: prepared(
        confirmed_received, lambda w, made, context: report_check.withdraw_check(
            context, report_id=made, reason="日付の誤り")),
    reports.withdraw_form: prepared(
        received_form, lambda w, made, context: reports.withdraw_form(context, report_id=made, reason="日付の誤り")),
    received_services.receive_paper: lambda w, context: received_services.receive_paper(
        context, kind="業務完了届", scope=ReceiptScope(programme_id=1), receipt=RECEIPT, file=FILE),
    received_services.judge_point: prepared(
        proposal, lambda w, made, context: received_services.judge_point(
            context, paper_id=made, point="団体支援方針", result=PointResult.DOUBTFUL, page="4", note="見出しだけ")),
    received_services.save_receipt_notes: prepared(
        proposal, lambda w, made, context: received_services.save_receipt_notes(
            context, paper_id=made,
            notes={"receipt_number": "8練地協収第9号", "sensitive": SensitivePresence.PRESENT})),
    received_services.ask_correction: prepared(
        proposal, lambda w, made, context: received_services.ask_correction(
            context, paper_id=made, due=DAY, text="団体支援方針をご記入ください。",
            notified=notification.NotificationDetails(told_to="業務責任者", told_how="電話",
            words="団体支援方針を書くよう伝えた"))),
    received_services.notify_correction: prepared(
        asked_back, lambda w, made, context: received_services.notify_correction(
            context, paper_id=made,
                notified=notification.NotificationDetails(told_to="業務責任者", told_how="電話",
                words="直すよう伝えた"))),
    received_services.confirm_paper: prepared(
        looked_through, lambda w, made, context: received_services.confirm_paper(context, paper_id=made, on=DAY)),
    received_services.withdraw_confirmation: prepared(
        confirmed_proposal, lambda w, made, context: received_services.withdraw_confirmation(
            context, paper_id=made, reason="日付の誤り")),
    reports.make_next_version: lambda w, context: reports.make_next_version(context, report_id=w.report("L2")),
    reports.hand_over_form: lambda w, context: reports.hand_over_form(
        context, report_id=w.report("L5"), on=NOW.date(), how="メール", to="業務責任者"),
    reports.mark_received: prepared(
        confirmed_form, lambda w, made, context: reports.mark_received(context, report_id=made, on=DAY, how="メール")),
    reports.start_report: lambda w, context: reports.start_report(context, event_id=w.events["L4"]),
    reports.write_chapter: lambda w, context: reports.write_chapter(
        context, report_id=w.report("L5"), key="所感", text="よく学ばれた。"),
    reports.write_rows: lambda w, context: reports.write_rows(
        context, report_id=w.report("L5"), key="質疑", rows=(("問", "答"),)),
    survey_comparison.record_check: prepared(
        counted, lambda w, _, context: survey_comparison.record_check(context, survey_id=w.survey("L4"))
    ),
    survey_comparison.set_contractor_counts: lambda w, context: survey_comparison.set_contractor_counts(
        context, survey_id=w.survey("L4"), counts={"satisfaction": {"とても満足": 3}}),
    data_entry_services.add_paper_response: lambda w, context: data_entry_services.add_paper_response(
        context, survey_id=w.survey("L5"), number=90, answers={"satisfaction": Answer(chosen=("満足",))}),
    data_entry_services.change_response: lambda w, context: data_entry_services.change_response(
        context, sheet_id=w.sheet("L5"), answers={"satisfaction": Answer(chosen=("不満",))}),
    data_entry_services.save_purpose: lambda w, context: data_entry_services.save_purpose(
        context, survey_id=w.survey("L5"), purpose="検算"),
    data_entry_services.decide_answer: prepared(
        unreadable_sheet, lambda w, sheet_id, context: data_entry_services.decide_answer(
            context, sheet_id=sheet_id, question_code="satisfaction", answer=Answer(chosen=("満足",)), reason="線")),
    data_entry_services.decide_response: lambda w, context: data_entry_services.decide_response(
        context, sheet_id=w.sheet("L5"), counted=False, reason="白紙"),
    data_entry_services.remove_response: lambda w, context:
        data_entry_services.remove_response(context, sheet_id=w.sheet("L5")),
    survey_import.import_survey: do_import,
    survey_import.undo_import: prepared(
        imported, lambda w, made, context: survey_import.undo_import(context, import_id=made)),
    survey_freezing.freeze_tally: lambda w, context: survey_freezing.freeze_tally(
        context, survey_id=w.survey("L4"), uncompared="受託者の集計が届いていない"),
    survey_check.settle_difference: prepared(
        counted, lambda w, _, context: survey_check.settle_difference(
            context, survey_id=w.survey("L4"), code="satisfaction", way=SettledBy.CORRECTION)),
    survey_tally.record_counted_by: lambda w, context: survey_tally.record_counted_by(
        context, survey_id=w.survey("L4"), who="区", on=DAY),
    survey_freezing.freeze_tally_again: prepared(
        corrected_attendance, lambda w, _, context: survey_freezing.freeze_tally_again(context,
        survey_id=w.survey("L1"))),
    survey_freezing.unfreeze_tally: lambda w, context: survey_freezing.unfreeze_tally(
        context, survey_id=w.survey("L1"), reason="訂正"),
    surveys.choose_questionnaire: lambda w, context: surveys.choose_questionnaire(context, event_id=w.events["L7"]),
    surveys.copy_questionnaire: lambda w, context: surveys.copy_questionnaire(
        context, event_id=w.events["L7"], from_event_id=w.events["L1"]),
    surveys.discard_questionnaire: lambda w, context: surveys.discard_questionnaire(context, survey_id=w.survey("L6")),
    surveys.fix_questionnaire: lambda w, context: surveys.fix_questionnaire(
        context, survey_id=w.survey("L6"), agreed_on=DAY),
    surveys.note_distribution: lambda w, context: surveys.note_distribution(
        context, survey_id=w.survey("L5"), distributed=17),
    surveys.set_online: lambda w, context: surveys.set_online(
        context, survey_id=w.survey("L6"), url="https://example.jp/f", close=DAY + timedelta(days=10)),
    surveys.update_questions: lambda w, context: surveys.update_questions(
        context, survey_id=w.survey("L6"),
        questions=surveys.read_survey(w.store, event_id=w.events["L6"]).survey.questions[:-1]),
}  # fmt: skip


for _part in sorted(Path(tests.support.__path__[0]).glob("undo_*.py")):
    _loaded = importlib.import_module(f"tests.support.{_part.stem}")
    SCENARIOS |= _loaded.SCENARIOS
    NO_UNDO |= getattr(_loaded, "NO_UNDO", {})


def writes(function: Callable[..., Any]) -> bool:
    """Whether a function is a service that writes: it is given a context, or ``by`` whom and when."""
    given = inspect.signature(function).parameters
    first = next(iter(given.values()), None)
    return (first is not None and first.annotation == "ActionContext") or {"by", "now"} <= {*given}


def writing_functions() -> set[Callable[..., Any]]:
    """Every public function of the program that writes, wherever its module lies."""
    found: set[Callable[..., Any]] = set()
    for module in pkgutil.walk_packages(app.__path__, "app."):
        if module.name == "app.__main__":  # importing it starts the program
            continue
        loaded = importlib.import_module(module.name)
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            if function.__module__ == loaded.__name__ and not name.startswith("_") and writes(function):
                found.add(function)
    return found


def address(function: Callable[..., Any]) -> str:
    """The name of a scenario in the list of tests."""
    *_, package, module = function.__module__.split(".")
    return f"{f'{package}_{module}' if module == 'services' else module}.{function.__name__}"


class FilledWorld(World):
    """The sample year with something in every field; what a scenario prepares is filled as soon as it stands."""

    def __init__(self, folder: Path) -> None:
        self._before: dict[str, list[Any]] = {}
        super().__init__(folder)
        self.fills = True
        self.filled = FilledRows(self.store, NOT_FILLED)

    @property
    def before(self) -> dict[str, list[Any]]:
        """The state to come back to."""
        return self._before

    @before.setter
    def before(self, rows: dict[str, list[Any]]) -> None:
        self._before = self.rows() if self.fills and self.filled.fill() else rows


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    found = FilledWorld(tmp_path_factory.mktemp("undo"))
    yield found
    found.store.database.conn.close()


def test_every_writing_service_function_stands_in_this_table():
    assert writing_functions() == set(SCENARIOS) | set(NO_UNDO)


def test_a_service_is_known_by_its_act_or_by_whom_and_when_it_is_called():
    def on_act(context: ActionContext, *, event_id): ...

    def on_store(store, *, event_id, by, now): ...

    def reads(store, *, event_id, now): ...

    def tells_of(row, context: ActionContext): ...

    assert [writes(one) for one in (on_act, on_store, reads, tells_of)] == [True] * 2 + [False] * 2


@pytest.mark.parametrize("function", sorted(SCENARIOS, key=address), ids=address)
def test_undo_brings_every_row_back_and_redo_repeats_it(world, function, monkeypatch):
    world.before, world.fills = world.rows(), function not in AS_IT_CAME
    (since,) = world.store.database.execute("SELECT max(seq) FROM journal").fetchone()
    reader, touched = Reader(world.store, monkeypatch), TouchedTables()
    reader.on = False
    try:
        with touched.recording(world.store.database, world.store.schema):
            SCENARIOS[function](world, ActionContext(world.store, BY, NOW))
        assert BY in reader.asked, "it changes rows past the one place that asks who may"
        after, lost = world.rows(), emptied(world.store, since, BY)
        assert _apart(after, world.before), "the action changed nothing: the scenario proves nothing"
        assert touched.written.issuperset(_apart(after, world.before)), "screens that show it would not read again"
        history_services.undo(world.store, by=BY, now=NOW)
        assert not _apart(_but_for_the_log(world.rows()), _but_for_the_log(world.before))
        history_services.redo(world.store, by=BY, now=NOW)
        assert not _apart(_but_for_the_log(world.rows()), _but_for_the_log(after))
        history_services.undo(world.store, by=BY, now=NOW)
    finally:
        _clean_up(world)
    assert lost == set(EMPTIES.get(address(function), ())), (
        "a field held something before this action and nothing after it (or no longer does): name the fields "
        "that change "
        "(change.update, change.keep), or say in tests/support/emptied_fields.py why it is emptied on purpose"
    )


def _apart(rows: dict[str, list[Any]], others: dict[str, list[Any]]) -> list[str]:
    """The tables that differ; a whole year would be too much to print."""
    return [name for name in rows.keys() | others.keys() if rows.get(name) != others.get(name)]


def _but_for_the_log(rows: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Every row but those of the log of what left and of its copies, which stay and get a 取消 row; of acts those that
    stand."""
    copies = {row["copy_file_id"] for row in rows["outgoing"]}
    kept = {name: found for name, found in rows.items() if not name.startswith("outgoing")}
    kept["acts"] = [row for row in rows["acts"] if not row["withdrawn"]]
    return kept | {"stored_files": [row for row in rows["stored_files"] if row["id"] not in copies]}


def _clean_up(world: World) -> None:
    """Take the preparation back as well, so that scenarios do not see each other."""
    world.filled.release()
    for _ in range(40):
        if not next_undo(world.store, by=OTHER):
            return
        history_services.undo(world.store, by=OTHER, now=NOW)


ASKED_ELSEWHERE = {
    sample_year.fill_sample_year: "fills a folder that nobody else has opened yet",
    sample_year.fill_reports: "a part of it",
    sample_proposal.fill_proposal: "a part of it",
    protected_folders.saving_terms: "writes nothing, and stops in the act that asked for it",
}
"""Beside ``accounts``, which need a keyring (``tests/data_folder/test_rights.py``): what no 閲覧 can come to."""


def test_a_reader_runs_no_writing_service_and_lets_nothing_out(world, tmp_path, monkeypatch):
    """Each scenario, what it prepares written by a 担当: the service itself stops at the one place that asks."""
    reader, out = Reader(world.store, monkeypatch), tmp_path / "out"
    out.mkdir()
    context, world.fills = ActionContext(world.store, BY, NOW), False
    newest, mine = "SELECT max(seq) FROM journal", "SELECT count(*) FROM journal WHERE seq > ? AND by = ?"
    (before,) = world.store.database.execute(newest).fetchone()
    for function in some(sorted(SCENARIOS, key=address), of=12):
        assert reader.is_refused(lambda function=function: SCENARIOS[function](world, context)), address(function)
        _clean_up(world)
    assert world.store.database.execute(mine, [before, BY]).fetchone() == (0,)
    first = [SCENARIOS[agenda.set_agenda], SCENARIOS[equipment.check_equipment]]
    ways = leaving(world, out, reader, first=first)
    (before,) = world.store.database.execute(newest).fetchone()
    for function, act in ways.items():
        assert reader.is_refused(act), address(function)
    written = documents.write_documents(
        context,
        wanted=[(DocumentScope(event_id=world.events["L5"]), (report_documents.REPORT,))],
        formats=("pdf",),
        folder=out,
        personal=True,
    )
    assert len(written.failed) == 1
    world.store.restriction = ""
    assert list(out.iterdir()) == []
    assert world.store.database.execute(mine, [before, BY]).fetchone() == (0,)
    of_people = {one for one in NO_UNDO if one.__module__ == accounts.__name__}
    for function in set(NO_UNDO) - {*ways, documents.write_documents, *ASKED_ELSEWHERE, *of_people}:
        source = inspect.getsource(function)
        asks = any(word in source for word in ("change(", "export_list(", "save_leaving("))
        assert asks, f"{address(function)} asks nobody who may"
    monkeypatch.undo()
    history_services.undo(world.store, by=BY, now=NOW)
    _clean_up(world)


def test_undo_stops_at_an_export(world, tmp_path):
    reports.write_chapter(ActionContext(world.store, BY, NOW), report_id=world.report("L5"), key="所感", text="一")
    document_saving.save_document(
        ActionContext(world.store, BY, NOW),
        event_id=world.events["L5"],
        kind=report_documents.REPORT,
        format="pdf",
        path=tmp_path / "a.pdf",
    )
    with pytest.raises(UserError):
        history_services.undo(world.store, by=BY, now=NOW)
