"""Taking back with a reason what was told, issued or confirmed: the state opens, what left stays and gets a 取消."""

from datetime import date, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services import document_saving, issued_copies
from app.documents.services.document_scope import DocumentScope
from app.documents.services.file_saving import SaveOptions
from app.event.services.tasks.deadlines import event_tasks
from app.events.headcount import services as headcount_services
from app.events.materials.services import material_documents, materials
from app.history import services as history_services
from app.sample.services import sample_year
from app.submissions.reports.services import report_check, report_documents, reports
from app.surveys.answers.services import survey_import
from app.surveys.tally.services import survey_freezing
from db.records.documents import ConfirmedState, Letter, LetterForm, LetterState, Outgoing
from db.records.participants import HeadcountNotice
from db.records.submissions.received import ReceivedPaper
from db.records.submissions.reports import Report
from db.rows import by_id, rows
from db.tables import materials as material_table
from db.tables import participants as participants_table
from db.tables import surveys
from tests.support.sample import BY, NOW, acting, event_id

pytestmark = pytest.mark.sample_year

TODAY = NOW.date()
WHY = "日付の誤り"


def log(store, kinds):
    """What left of these kinds since the sample was made, which told numbers and took a letter back itself."""
    return [row for row in rows(store.database, Outgoing) if row.document_kind in kinds and row.at >= NOW]


def save(store, tmp_path, number, kind, name="a.pdf", *, now=NOW):
    return document_saving.save_document(
        ActionContext(store, BY, now),
        event_id=event_id(store, "講習会", number),
        kind=kind,
        format="pdf",
        options=SaveOptions(path=tmp_path / name),
    ).id


def withdrawn(row, taken, *, why=WHY):
    assert (row.way, row.withdraws, row.reason, row.by, row.copy_file_id) == ("取消", taken.id, why, BY, None)
    assert (row.document_kind, row.event_id, row.sha256) == (taken.document_kind, taken.event_id, taken.sha256)


def test_what_was_told_is_taken_back_and_can_be_told_again(store):
    sixth = event_id(store, "講習会", 6)
    made = headcount_services.make_headcount_notice(acting(store), event_id=sixth).id

    def tell():
        headcount_services.mark_headcount_notified(
            acting(store), notice_id=made, notified_to="業務責任者", notified_how="電話"
        )

    with pytest.raises(UserError, match="連絡済になっていません"):
        headcount_services.revoke_headcount_notification(acting(store), notice_id=made, reason=WHY)
    tell()
    with pytest.raises(UserError, match="理由が書かれていません"):
        headcount_services.revoke_headcount_notification(acting(store), notice_id=made, reason="　")
    headcount_services.revoke_headcount_notification(acting(store), notice_id=made, reason=WHY)

    def notice():
        return next(one for one in participants_table.headcount_notices(store.database, sixth) if one.id == made)

    assert (notice().notified_on, notice().notified_to, notice().notified_how) == (None, "", "")
    assert next(task for task in event_tasks(store, event_id=sixth, today=TODAY) if task.task == "人数連絡").is_open
    told, taken = log(store, (headcount_services.NOTIFICATION_NAME,))
    assert told.way == "連絡"
    withdrawn(taken, told)
    history_services.undo(store, by=BY, now=NOW)
    assert notice().notified_to == "業務責任者"
    history_services.redo(store, by=BY, now=NOW)
    tell()
    assert notice().notified_on == TODAY


def test_told_before_a_later_notice_stays(store):
    second = event_id(store, "講習会", 2)
    notices = rows(store.database, HeadcountNotice, event_id=second, order="revision")
    with store.change(action="準備", by="準備", now=NOW, subject="participants") as change:
        change.insert(
            HeadcountNotice(
                event_id=second,
                revision=notices[-1].revision + 1,
                people=9,
                organisations=2,
                own_devices=0,
                lent_devices=9,
                care_count=0,
                care_request="",
                made_on=TODAY,
                reason="増えた",
            )
        )
    with pytest.raises(UserError, match="連絡済は取り消せません"):
        headcount_services.revoke_headcount_notification(acting(store), notice_id=notices[-1].id, reason=WHY)


def test_a_letter_that_was_issued_goes_back_to_its_decision_and_what_left_is_marked(store, tmp_path):
    second = DocumentScope(event_id=event_id(store, "講習会", 2))
    kind = headcount_services.HEADCOUNT
    with pytest.raises(UserError, match="施行になっていません"):
        document_saving.withdraw_issue(acting(store), scope=second, kind=kind, reason=WHY)
    letter_id = document_saving.set_letter_state(
        acting(store),
        scope=second,
        kind=kind,
        form=LetterForm.FORMAL,
        state=LetterState.ISSUED,
        decided_on=TODAY,
        document_number="8練地協第12号",
        issued_on=TODAY,
    ).id
    left = by_id(store.database, Outgoing, save(store, tmp_path, 2, kind))
    before = issued_copies.open_copy(store, outgoing_id=left.id).data

    document_saving.withdraw_issue(
        ActionContext(store, BY, NOW + timedelta(hours=1)), scope=second, kind=kind, reason=WHY
    )
    letter = by_id(store.database, Letter, letter_id)
    assert (letter.state, letter.issued_on, letter.document_number) == ("決裁済", None, "8練地協第12号")
    withdrawn(log(store, (kind,))[-1], left)
    assert issued_copies.open_copy(store, outgoing_id=left.id).data == before
    assert (tmp_path / "a.pdf").exists()

    history_services.undo(store, by=BY, now=NOW)
    assert by_id(store.database, Letter, letter_id).state == "施行"
    history_services.redo(store, by=BY, now=NOW)
    history_services.undo(store, by=BY, now=NOW)
    document_saving.withdraw_issue(acting(store), scope=second, kind=kind, reason=WHY)
    issue = next(row for row in log(store, (kind,)) if row.way.is_issue)
    marks = [row for row in log(store, (kind,)) if row.way == "取消"]
    ids = [row.id for row in marks]
    both = [issue.id, left.id]
    assert [row.withdraws for row in marks] == [*both, ids[1], ids[0], *both, ids[5], ids[4], *both]


def test_a_report_goes_back_step_by_step(store):
    report = reports.read_report_form(store, event_id=event_id(store, "講習会", 5)).report
    reports.write_chapter(acting(store), report_id=report.id, key="所感", text="よく学ばれた。")
    reports.confirm_by_contractor(acting(store), report_id=report.id, on=date(2026, 11, 30))
    with pytest.raises(UserError, match="確認済になっていません"):
        reports.withdraw_form(acting(store), report_id=report.id, reason=WHY)
    reports.mark_received(acting(store), report_id=report.id, on=TODAY, how="メール")
    with pytest.raises(UserError, match="アンケートの集計結果"):
        reports.confirm_form(acting(store), report_id=report.id, on=TODAY)
    survey = surveys.survey_of_event(store.database, report.event_id)
    survey_freezing.freeze_tally(acting(store), survey_id=survey.id, uncompared="届いていない")
    reports.confirm_form(acting(store), report_id=report.id, on=TODAY)

    def state():
        found = by_id(store.database, Report, report.id)
        return found.status, found.received_on, found.checked_on

    reports.withdraw_form(acting(store), report_id=report.id, reason=WHY)
    assert state() == ("受領", TODAY, None)
    reports.withdraw_form(acting(store), report_id=report.id, reason=WHY)
    assert state() == ("作成中", None, None)
    reports.confirm_by_contractor(acting(store), report_id=report.id, on=None)
    reports.write_chapter(acting(store), report_id=report.id, key="所感", text="書き直した。")


def test_a_received_report_is_checked_again_and_its_sheet_that_left_is_marked(store, tmp_path):
    done = next(one for one in rows(store.database, ReceivedPaper) if one.status == "確認済")
    document_saving.save_document(
        acting(store),
        event_id=done.event_id,
        kind=report_documents.CHECK,
        format="pdf",
        options=SaveOptions(path=tmp_path / "c.pdf"),
    )
    left = log(store, (report_documents.CHECK,))[-1]
    report_check.withdraw_check(acting(store), report_id=done.id, reason=WHY)

    found = by_id(store.database, ReceivedPaper, done.id)
    assert (found.status, found.checked_on, found.received_on) == ("区が確認中", None, done.received_on)
    withdrawn(log(store, (report_documents.CHECK,))[-1], left)
    report_check.tick_point(acting(store), report_id=done.id, point="講師からの所感", found=None)


def test_a_tally_opened_again_marks_what_left_of_it_once(store, tmp_path):
    survey = surveys.survey_of_event(store.database, event_id(store, "講習会", 4))
    save(store, tmp_path, 4, "アンケート集計表", "open.pdf", now=NOW - timedelta(minutes=1))
    survey_freezing.freeze_tally(acting(store), survey_id=survey.id, uncompared="受託者の集計が届いていない")
    left = by_id(store.database, Outgoing, save(store, tmp_path, 4, "アンケート集計表"))

    survey_freezing.unfreeze_tally(acting(store), survey_id=survey.id, reason=WHY)
    taken = [row for row in log(store, ("アンケート集計表",)) if row.way == "取消"]
    assert len(taken) == 1
    withdrawn(taken[0], left)


def test_a_result_on_materials_taken_back_marks_the_notice_that_left(store, tmp_path):
    sixth = event_id(store, "講習会", 6)
    judged = next(
        version
        for material in material_table.of_event(store.database, sixth)
        for version in material_table.versions(store.database, material.id)
        if version.result is not None
    )
    left = by_id(store.database, Outgoing, save(store, tmp_path, 6, material_documents.MATERIAL))

    materials.withdraw_result(acting(store), version_id=judged.id, reason=WHY)
    withdrawn(log(store, (material_documents.MATERIAL,))[-1], left)


def test_answers_that_come_after_the_tally_was_fixed_lift_what_was_kept_and_mark_what_left(store, tmp_path):
    survey = surveys.survey_of_event(store.database, event_id(store, "講習会", 5))
    survey_freezing.freeze_tally(acting(store), survey_id=survey.id, uncompared="受託者の集計が届いていない")
    left = by_id(store.database, Outgoing, save(store, tmp_path, 5, "アンケート集計表"))
    path = tmp_path / "form.csv"
    path.write_bytes(sample_year.google_form_sample())

    survey_import.import_survey(acting(store), event_id=survey.event_id, path=path, reason="後から届いた")
    assert rows(store.database, ConfirmedState, survey_id=survey.id) == []
    withdrawn(log(store, ("アンケート集計表",))[-1], left, why="後から届いた")
