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
from app.actions.action_context import ActionContext, deed
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
from db.records.documents import Notification
from db.records.events import EventResult
from db.records.participants import ExpectedCount
from db.records.programme import DocumentSetting
from db.records.surveys import Answer
from db.rows import rows
from db.tables import events as event_table
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
    looked_through,
    moved_after_told,
    numbers,
    prepared,
    proposal,
    really_told,
    received_form,
    remove_override,
    reopen_unrecorded,
    told,
    untold,
)
from tests.support.readers import Reader, leaving
from tests.support.sample import BY, NOW
from tests.support.world import DAY, OTHER, World

Act = Callable[[World, dict[str, Any]], object]


def closed_by_hand(w: World, who: dict[str, Any] | None = None) -> object:
    given = {"event_id": w.events["L7"], "task": DAY_SET, "closed_on": DAY, "reason": "紙で用意した"}
    return deadlines.close_event_task(w.store, **given, **(who or {"by": OTHER, "now": NOW}))


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
    agenda.set_agenda: lambda w, who: agenda.set_agenda(
        w.store, event_id=w.events["L6"], items=event_table.agenda(w.store.database, w.events["L6"])[1:], **who),
    agreements.change_topic: lambda w, who: agreements.change_topic(
        w.store, agreement_id=w.topic("L6", settled=True).id, values={"content": "変更"}, **who),
    agreements.open_topic: lambda w, who: agreements.open_topic(w.store, event_id=w.events["L6"], topic="撮影", **who),
    agreements.remove_topic: lambda w, who: agreements.remove_topic(
        w.store, agreement_id=w.topic("L6", settled=False).id, **who),
    agreements.reopen_topic: lambda w, who: agreements.reopen_topic(
        w.store, agreement_id=w.topic("L6", settled=True).id, **who),
    agreements.settle_topic: lambda w, who: agreements.settle_topic(
        w.store, agreement_id=w.topic("L6", settled=False).id, settled_on=DAY, **who),
    agreements.settle_topics: lambda w, who: agreements.settle_topics(
        w.store, agreement_ids=[w.topic("L6", settled=False).id], settled_on=DAY, **who),
    deadlines.override_deadline: lambda w, who: deadlines.override_deadline(
        w.store, event_id=w.events["L6"], task="人数連絡", due=date(2026, 12, 2), reason="協議による", **who),
    deadlines.remove_override: remove_override,
    deadlines.close_event_task: closed_by_hand,
    deadlines.reopen_event_task: prepared(
        closed_by_hand,
        lambda w, _, who: deadlines.reopen_event_task(w.store, event_id=w.events["L7"], task=DAY_SET, **who)),
    deadlines.close_unrecorded: lambda w, who: deadlines.close_unrecorded(
        w.store, event_id=untold(w), reason="日が分からない", **who),
    deadlines.reopen_unrecorded: reopen_unrecorded,
    equipment.check_equipment: lambda w, who: equipment.check_equipment(
        w.store, item_id=w.equipment("L6", checked=False), on=DAY, **who),
    equipment.set_equipment: lambda w, who: equipment.set_equipment(
        w.store, event_id=w.events["L6"], items=event_table.equipment(w.store.database, w.events["L6"])[:2], **who),
    equipment.uncheck_equipment: lambda w, who: equipment.uncheck_equipment(
        w.store, item_id=w.equipment("L1", checked=True), **who),
    event_cancellation.restore_event: prepared(
        cancelled, lambda w, _, who: event_cancellation.restore_event(w.store, event_id=w.events["L7"], **who)),
    event_changes.create_event: lambda w, who: event_changes.create_event(
        w.store, draft=replace(draft(w, "D3"), event_date=date(2027, 1, 27), exception_reason="追加",
            exception_kind="協議で足りる"),
        **who),
    event_changes.duplicate_event: lambda w, who: event_changes.duplicate_event(w.store, event_id=w.events["L1"],
        **who),
    event_changes.update_event: lambda w, who: event_changes.update_event(
        w.store, event_id=w.events["L6"], draft=replace(draft(w, "L6"), room="第2研修室"), **who),
    event_moves.move_event: lambda w, who: event_moves.move_event(
        w.store, event_id=w.events["L7"], new_date=date(2026, 12, 22), reason="会場の都合", **who),
    event_results.mark_held: lambda w, who: event_results.mark_held(w.store, event_id=w.events["L6"],
        **{**who, "now": datetime(2026, 12, 8, 17)}),
    event_results.record_result: lambda w, who: event_results.record_result(
        w.store, event_id=w.events["D2"], result=EventResult(event_id=w.events["D2"], applied=9, attended=8, absent=1),
        **who),
    headcount_services.make_headcount_notice: lambda w, who: headcount_services.make_headcount_notice(
        w.store, event_id=w.events["L6"], **who),
    headcount_services.mark_headcount_notified: prepared(
        told, lambda w, made, who: headcount_services.mark_headcount_notified(
            w.store, notice_id=made, notified_to="業務責任者", notified_how="メール", **who)),
    headcount_services.revoke_headcount_notification: prepared(
        really_told, lambda w, made,
        who: headcount_services.revoke_headcount_notification(w.store, notice_id=made, reason="取り違え",
            **who)),
    notification.notify: prepared(
        told, lambda w, _, who: notification.notify(
            w.store, event_id=w.events["L6"], key="人数", told_to="業務責任者", told_how="メール", **who)),
    notification.withdraw_notification: lambda w, who: notification.withdraw_notification(
        w.store, notification_id=rows(w.store.database, Notification, event_id=w.events["L5"], key="人数")[-1].id,
        reason="取り違え", **who),
    notification.correct_notification: lambda w, who: notification.correct_notification(
        w.store, notification_id=rows(w.store.database, Notification, event_id=w.events["L5"], key="人数")[-1].id,
        told_to="主任", told_how="手渡し", **who),
    notification.set_aside: prepared(
        moved_after_told, lambda w, _, who: notification.set_aside(
            w.store, event_id=w.events["L6"], key="人数", reason="電話で確かめた", **who)),
    headcount_services.remove_headcount_notice: prepared(
        told, lambda w, made, who: headcount_services.remove_headcount_notice(w.store, notice_id=made, **who)),
    materials.add_finding: lambda w, who: materials.add_finding(
        w.store, version_id=w.version("L7"), page="3", text="誤字", **who),
    materials.change_finding: lambda w, who: materials.change_finding(
        w.store, finding_id=w.finding("L6", 1), page="4", text="直す", duty="必須", **who),
    materials.remove_finding: lambda w, who: materials.remove_finding(
        w.store, finding_id=w.finding("L6", 1), **who),
    materials.resolve_finding: lambda w, who: materials.resolve_finding(
        w.store, finding_id=w.finding("L6", 1), response="差し替えた", **who),
    materials.set_result: lambda w, who: materials.set_result(
        w.store, version_id=w.version("L7"), result="確認済", note="急ぎ", **who),
    materials.withdraw_result: lambda w, who: materials.withdraw_result(
        w.store, version_id=w.version("L6"), reason="見落とし", **who),
    materials.add_material: lambda w, who: materials.add_material(
        w.store, event_id=w.events["L7"], title="次第", **who),
    materials.change_material: lambda w, who: materials.change_material(
        w.store, material_id=w.material("L7"), title="講習資料（改題）", **who),
    materials.receive_version: lambda w, who: materials.receive_version(
        w.store, material_id=w.material("L6", 1), name="第2版.pdf", data=b"%PDF-1.4 second", received_on=DAY, **who),
    materials.remove_material: prepared(
        lambda w: materials.add_material(w.store, event_id=w.events["L7"], title="次第", **by_other(w)).id,
        lambda w, made, who: materials.remove_material(w.store, material_id=made, **who),
    ),
    materials.set_printed: lambda w, who: materials.set_printed(
        w.store, version_id=w.version("L1"), printed=21, handed_out=16, **who),
    document_saving.set_letter_state: lambda w, who: document_saving.set_letter_state(
        w.store, event_id=w.events["L2"], kind=headcount_services.HEADCOUNT, form="公文書", state="案", **who),
    headcount_services.set_expected_counts: lambda w, who: headcount_services.set_expected_counts(
        w.store, event_id=w.events["L6"],
        rows=(ExpectedCount(event_id=w.events["L6"], position=1, organisation_name="見本あおば町会", people=3),),
        **who),
    headcount_services.settle_organisations: prepared(
        lambda w: headcount_services.set_expected_counts(
            w.store, event_id=w.events["L6"],
            rows=(ExpectedCount(event_id=w.events["L6"], position=1, organisation_name="みほん新町会", people=3),),
            **by_other(w)),
        lambda w, made, who: headcount_services.settle_organisations(
            w.store, event_id=w.events["L6"], answers={"みほん新町会": "new"}, **who)),
    programme_services.add_closed_day: lambda w, who: programme_services.add_closed_day(
        w.store, day=date(2026, 12, 28), reason="設備点検", **who),
    programme_services.change_numbers: lambda w, who: programme_services.change_numbers(
        w.store, numbers=replace(numbers(w), people_max=25), **who),
    programme_services.add_kind: lambda w, who: programme_services.add_kind(
        ActionContext(w.store, **who), kind=another_kind(w)),
    programme_services.describe_kind: lambda w, who: programme_services.describe_kind(
        ActionContext(w.store, **who), kind=replace(numbers(w), title="デジタル講座")),
    programme_services.order_kinds: lambda w, who: programme_services.order_kinds(
        ActionContext(w.store, **who), programme_id=1, kinds=["意見交換会", "講習会", "派遣"]),
    programme_services.remove_kind: prepared(
        lambda w: programme_services.add_kind(ActionContext(w.store, OTHER, NOW), kind=another_kind(w)),
        lambda w, _made, who: programme_services.remove_kind(
            ActionContext(w.store, **who), programme_id=1, kind="個別相談会")),
    programme_services.change_programme: lambda w, who: programme_services.change_programme(
        w.store, programme=replace(programme_services.read_programme(w.store).programme, check_open_days=5), **who),
    programme_services.remove_closed_day: prepared(
        closed, lambda w, made, who: programme_services.remove_closed_day(w.store, closed_day_id=made, **who)),
    programme_services.set_contractor: lambda w, who: programme_services.set_contractor(
        w.store, contractor=replace(programme_services.read_programme(w.store).contractor,
        phone="03-0000-9999"), **who),
    programme_services.set_office: lambda w, who: programme_services.set_office(
        w.store, office=replace(programme_services.read_programme(w.store).office, fax="03-0000-9999"), **who),
    programme_services.set_document_setting: lambda w, who: programme_services.set_document_setting(
        w.store, setting=DocumentSetting(document_kind=report_documents.REPORT, addressee="（宛先）練馬区長"), **who),
    recruitment.set_step_date: lambda w, who: recruitment.set_step_date(
        w.store, step_id=w.step("L7", done=False), due=date(2026, 12, 3), **who),
    recruitment.tick_step: lambda w, who: recruitment.tick_step(w.store, step_id=w.step("L7", done=False), on=DAY,
        **who),
    recruitment.untick_step: lambda w, who: recruitment.untick_step(w.store, step_id=w.step("L7", done=True), **who),
    report_check.confirm_report: prepared(
        confirmable, lambda w, made, who: report_check.confirm_report(w.store, report_id=made, on=DAY, **who)),
    report_check.note_receipt: lambda w, who: report_check.note_receipt(
        w.store, report_id=w.report("E1", "受領"), receipt_number="8練地協収第1号", original_place="紙ファイル",
        note="2部", **who),
    report_check.receive_report: lambda w, who: report_check.receive_report(
        w.store, event_id=w.events["L4"], data=b"%PDF-1.4 fourth", name="報告書.pdf", pages=4, received_on=DAY,
        received_how="メール", **who),
    report_check.refresh_ours: prepared(
        lambda w: event_results.record_result(
            w.store, event_id=w.events["E1"],
            result=replace(event_table.result(w.store.database, w.events["E1"]), attended=17), **by_other(w)),
        lambda w, _, who: report_check.refresh_ours(w.store, report_id=w.report("E1", "受領"), **who)),
    report_check.request_correction: lambda w, who: report_check.request_correction(
        w.store, report_id=w.report("E1", "受領"), **who),
    report_check.set_figures: lambda w, who: report_check.set_figures(
        w.store, report_id=w.report("E1", "受領"),
        settled=(report_check.SettledFigure(figure_id=w.figure("E1"), theirs="20人", page="1", reason="当日受付を含む"),
            ), **who),
    report_check.tick_point: lambda w, who: report_check.tick_point(
        w.store, report_id=w.report("E1", "受領"), point="講師からの所感", found=True, **who),
    reports.confirm_by_contractor: lambda w, who: reports.confirm_by_contractor(
        w.store, report_id=w.report("L5"), on=DAY, **who),
    reports.confirm_form: prepared(
        complete_form, lambda w, made, who: reports.confirm_form(w.store, report_id=made, on=DAY, **who)),
    document_saving.withdraw_issue: prepared(
        issued, lambda w, _, who: document_saving.withdraw_issue(
            w.store, scope=DocumentScope(event_id=w.events["L2"]), kind=headcount_services.HEADCOUNT,
            reason="日付の誤り",
            **who)),
    report_check.withdraw_check: prepared(
        confirmed_received, lambda w, made, who: report_check.withdraw_check(
            w.store, report_id=made, reason="日付の誤り", **who)),
    reports.withdraw_form: prepared(
        received_form, lambda w, made, who: reports.withdraw_form(w.store, report_id=made, reason="日付の誤り", **who)),
    received_services.receive_paper: lambda w, who: received_services.receive_paper(
        w.store, kind="業務完了届", scope=ReceiptScope(programme_id=1), receipt=RECEIPT, file=FILE, **who),
    received_services.judge_point: prepared(
        proposal, lambda w, made, who: received_services.judge_point(
            w.store, paper_id=made, point="団体支援方針", result="要確認", page="4", note="見出しだけ", **who)),
    received_services.save_receipt_notes: prepared(
        proposal, lambda w, made, who: received_services.save_receipt_notes(
            w.store, paper_id=made, notes={"receipt_number": "8練地協収第9号", "sensitive": "あり"}, **who)),
    received_services.ask_correction: prepared(
        proposal, lambda w, made, who: received_services.ask_correction(
            w.store, paper_id=made, due=DAY, text="団体支援方針をご記入ください。",
            notified=notification.NotificationDetails(told_to="業務責任者", told_how="電話",
            words="団体支援方針を書くよう伝えた"),
            **who)),
    received_services.notify_correction: prepared(
        asked_back, lambda w, made, who: received_services.notify_correction(
            w.store, paper_id=made,
                notified=notification.NotificationDetails(told_to="業務責任者", told_how="電話",
                words="直すよう伝えた"),
            **who)),
    received_services.confirm_paper: prepared(
        looked_through, lambda w, made, who: received_services.confirm_paper(w.store, paper_id=made, on=DAY, **who)),
    received_services.withdraw_confirmation: prepared(
        confirmed_proposal, lambda w, made, who: received_services.withdraw_confirmation(
            w.store, paper_id=made, reason="日付の誤り", **who)),
    reports.make_next_version: lambda w, who: reports.make_next_version(w.store, report_id=w.report("L2"), **who),
    reports.mark_received: prepared(
        confirmed_form, lambda w, made, who: reports.mark_received(w.store, report_id=made, on=DAY, how="メール",
            **who)),
    reports.start_report: lambda w, who: reports.start_report(w.store, event_id=w.events["L4"], **who),
    reports.write_chapter: lambda w, who: reports.write_chapter(
        w.store, report_id=w.report("L5"), key="所感", text="よく学ばれた。", **who),
    reports.write_rows: lambda w, who: reports.write_rows(
        w.store, report_id=w.report("L5"), key="質疑", rows=(("問", "答"),), **who),
    survey_comparison.record_check: prepared(
        counted, lambda w, _, who: survey_comparison.record_check(w.store, survey_id=w.survey("L4"), **who)
    ),
    data_entry_services.set_contractor_counts: lambda w, who: data_entry_services.set_contractor_counts(
        w.store, survey_id=w.survey("L4"), counts={"satisfaction": {"とても満足": 3}}, **who),
    data_entry_services.add_paper_response: lambda w, who: data_entry_services.add_paper_response(
        w.store, survey_id=w.survey("L5"), number=90, answers={"satisfaction": Answer(chosen=("満足",))}, **who),
    data_entry_services.change_response: lambda w, who: data_entry_services.change_response(
        w.store, sheet_id=w.sheet("L5"), answers={"satisfaction": Answer(chosen=("不満",))}, **who),
    data_entry_services.save_purpose: lambda w, who: data_entry_services.save_purpose(
        w.store, survey_id=w.survey("L5"), purpose="検算", **who),
    data_entry_services.decide_response: lambda w, who: data_entry_services.decide_response(
        w.store, sheet_id=w.sheet("L5"), counted=False, reason="白紙", **who),
    data_entry_services.remove_response: lambda w, who:
        data_entry_services.remove_response(w.store, sheet_id=w.sheet("L5"), **who),
    survey_import.import_survey: do_import,
    survey_import.undo_import: prepared(
        imported, lambda w, made, who: survey_import.undo_import(w.store, import_id=made, **who)),
    survey_freezing.freeze_tally: lambda w, who: survey_freezing.freeze_tally(
        w.store, survey_id=w.survey("L4"), uncompared="受託者の集計が届いていない", **who),
    survey_check.settle_difference: prepared(
        counted, lambda w, _, who: survey_check.settle_difference(
            w.store, survey_id=w.survey("L4"), code="satisfaction", way="修正を依頼", **who)),
    survey_tally.record_counted_by: lambda w, who: survey_tally.record_counted_by(
        w.store, survey_id=w.survey("L4"), who="区", on=DAY, **who),
    survey_freezing.freeze_tally_again: prepared(
        corrected_attendance, lambda w, _, who: survey_freezing.freeze_tally_again(w.store,
        survey_id=w.survey("L1"), **who)),
    survey_freezing.unfreeze_tally: lambda w, who: survey_freezing.unfreeze_tally(
        w.store, survey_id=w.survey("L1"), reason="訂正", **who),
    surveys.choose_questionnaire: lambda w, who: surveys.choose_questionnaire(w.store, event_id=w.events["L7"], **who),
    surveys.copy_questionnaire: lambda w, who: surveys.copy_questionnaire(
        w.store, event_id=w.events["L7"], from_event_id=w.events["L1"], **who),
    surveys.discard_questionnaire: lambda w, who: surveys.discard_questionnaire(w.store, survey_id=w.survey("L6"),
        **who),
    surveys.fix_questionnaire: lambda w, who: surveys.fix_questionnaire(
        w.store, survey_id=w.survey("L6"), agreed_on=DAY, **who),
    surveys.note_distribution: lambda w, who: surveys.note_distribution(
        w.store, survey_id=w.survey("L5"), distributed=17, **who),
    surveys.set_online: lambda w, who: surveys.set_online(
        w.store, survey_id=w.survey("L6"), url="https://example.jp/f", close=DAY + timedelta(days=10), **who),
    surveys.update_questions: lambda w, who: surveys.update_questions(
        w.store, survey_id=w.survey("L6"),
        questions=surveys.read_survey(w.store, event_id=w.events["L6"]).survey.questions[:-1], **who),
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

    assert [writes(one) for one in (on_act, deed(on_act), on_store, reads, tells_of)] == [True] * 3 + [False] * 2


@pytest.mark.parametrize("function", sorted(SCENARIOS, key=address), ids=address)
def test_undo_brings_every_row_back_and_redo_repeats_it(world, function, monkeypatch):
    world.before, world.fills = world.rows(), function not in AS_IT_CAME
    (since,) = world.store.database.execute("SELECT max(seq) FROM journal").fetchone()
    reader = Reader(world.store, monkeypatch)
    reader.on = False
    try:
        SCENARIOS[function](world, {"by": BY, "now": NOW})
        assert BY in reader.asked, "it changes rows past the one place that asks who may"
        after, lost = world.rows(), emptied(world.store, since, BY)
        assert _apart(after, world.before), "the action changed nothing: the scenario proves nothing"
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
    who, world.fills = {"by": BY, "now": NOW}, False
    newest, mine = "SELECT max(seq) FROM journal", "SELECT count(*) FROM journal WHERE seq > ? AND by = ?"
    (before,) = world.store.database.execute(newest).fetchone()
    for function in some(sorted(SCENARIOS, key=address), of=12):
        assert reader.is_refused(lambda function=function: SCENARIOS[function](world, who)), address(function)
        _clean_up(world)
    assert world.store.database.execute(mine, [before, BY]).fetchone() == (0,)
    first = [SCENARIOS[agenda.set_agenda], SCENARIOS[equipment.check_equipment]]
    ways = leaving(world, out, reader, first=first)
    (before,) = world.store.database.execute(newest).fetchone()
    for function, act in ways.items():
        assert reader.is_refused(act), address(function)
    written = documents.write_documents(
        world.store,
        wanted=[(DocumentScope(event_id=world.events["L5"]), (report_documents.REPORT,))],
        formats=("pdf",),
        folder=out,
        personal=True,
        **who,
    )
    assert len(written.failed) == 1
    world.store.restriction = ""
    assert list(out.iterdir()) == []
    assert world.store.database.execute(mine, [before, BY]).fetchone() == (0,)
    of_people = {one for one in NO_UNDO if one.__module__ == accounts.__name__}
    for function in set(NO_UNDO) - {*ways, documents.write_documents, *ASKED_ELSEWHERE, *of_people}:
        source = inspect.getsource(function)
        assert "change(" in source or "export_list(" in source, f"{address(function)} asks nobody who may"
    monkeypatch.undo()
    history_services.undo(world.store, **who)
    _clean_up(world)


def test_undo_stops_at_an_export(world, tmp_path):
    reports.write_chapter(world.store, report_id=world.report("L5"), key="所感", text="一", by=BY, now=NOW)
    document_saving.save_document(
        world.store,
        event_id=world.events["L5"],
        kind=report_documents.REPORT,
        format="pdf",
        path=tmp_path / "a.pdf",
        by=BY,
        now=NOW,
    )
    with pytest.raises(UserError):
        history_services.undo(world.store, by=BY, now=NOW)
