"""The sample year made ready for an act that the table of undo tries: told, issued, imported, confirmed, counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from app.actions.action_context import ActionContext
from app.documents.services import document_saving
from app.documents.services.document_kind import document_of
from app.documents.services.document_scope import DocumentScope
from app.documents.services.kept_letters import letter_differences
from app.event.services import event_changes, event_drafts, event_results
from app.event.services.tasks import deadlines
from app.events.headcount import services as headcount_services
from app.events.letters.services import undelivered
from app.programme import services as programme_services
from app.received import services as received_services
from app.received.services import IncomingFile, ReceiptScope
from app.sample.services import sample_year
from app.submissions.reports.services import report_check, reports
from app.surveys.answers.services import survey_import
from app.surveys.data_entry import services as data_entry_services
from app.surveys.tally.services import survey_freezing
from app.surveys.tally.services.survey_comparison import set_contractor_counts
from db.records.documents import DecisionWay, KeptPaper, Letter, LetterForm, LetterState, Notification, PostSort
from db.records.events import Event
from db.records.organisations import Organisation
from db.records.participants import HEADCOUNT_KEY
from db.records.roster import Entry
from db.records.submissions.received import PointResult, Receipt
from db.records.surveys import Answer
from db.rows import by_id, rows
from db.tables import events as event_table
from tests.support.cancelling import cancel_event
from tests.support.figures import set_figure
from tests.support.sample import NOW
from tests.support.world import DAY, OTHER, World

Act = Callable[[World, ActionContext], object]


def by_other(world: World) -> dict[str, Any]:
    """Preparation is somebody else's action, so that undo takes back only the action under test."""
    return {"by": OTHER, "now": NOW}


def told(world: World) -> int:
    saved = headcount_services.make_headcount_notice(
        ActionContext(world.store, **by_other(world)), event_id=world.events["L6"]
    )
    return saved.id


def really_told(world: World) -> int:
    made = told(world)
    headcount_services.mark_headcount_notified(
        ActionContext(world.store, **by_other(world)), notice_id=made, notified_to="業務責任者", notified_how="電話"
    )
    return made


def moved_after_told(world: World) -> None:
    really_told(world)
    event_changes.update_event(
        ActionContext(world.store, **by_other(world)),
        event_id=world.events["L6"],
        draft=replace(draft(world, "L6"), room="第2研修室"),
    )


def letter_that_differs(world: World, *, issued: bool = True) -> str:
    """Rename a 団体 of the 決定通知 that left, or whose 施行 was taken back; return the key of a difference."""
    about = DocumentScope(event_id=world.events["L6"])
    who = ActionContext(world.store, **by_other(world))
    (kept, *_) = rows(world.store.database, KeptPaper, document_kind="決定通知", letter_id=letter_of_l6(world).id)
    if not issued:
        document_saving.withdraw_issue(who, scope=about, kind="決定通知", reason="出す前に気づいた")
    with world.store.change(action="改名", **by_other(world)) as change:
        named = by_id(world.store.database, Entry, kept.entries[0])
        change.update(Organisation, named.organisation_id, name="改めた町会")
    paper = document_of(about, "決定通知")
    return letter_differences.open_differences(world.store, paper, about, NOW)[0].key


def letter_of_l6(world: World) -> Letter:
    return rows(world.store.database, Letter, document_kind="決定通知", event_id=world.events["L6"])[0]


def letter_without_copy(world: World) -> None:
    with world.store.change(action="写しを残す前の版の形", **by_other(world)) as change:
        for one in rows(world.store.database, KeptPaper, letter_id=letter_of_l6(world).id):
            change.delete(KeptPaper, one.id)


def letter_by_word_of_mouth(world: World) -> None:
    with world.store.change(action="口頭決裁", **by_other(world)) as change:
        change.update(Letter, letter_of_l6(world).id, decision_way=DecisionWay.ORAL, decided_on=DAY)


def issued(world: World) -> None:
    document_saving.set_letter_state(
        ActionContext(world.store, **by_other(world)),
        event_id=world.events["L2"],
        kind=headcount_services.HEADCOUNT,
        form=LetterForm.FORMAL,
        state=LetterState.ISSUED,
        decided_on=DAY,
        document_number="8練地協第12号",
        issued_on=DAY,
    )


def imported(world: World) -> int:
    path = world.folder / "form.csv"
    path.write_bytes(sample_year.google_form_sample())
    return survey_import.import_survey(
        ActionContext(world.store, **by_other(world)), event_id=world.events["L5"], path=path
    ).id


def do_import(world: World, context: ActionContext) -> object:
    path = world.folder / "form.csv"
    path.write_bytes(sample_year.google_form_sample())
    return survey_import.import_survey(context, event_id=world.events["L5"], path=path)


def overridden(world: World) -> None:
    deadlines.override_deadline(
        ActionContext(world.store, **by_other(world)),
        event_id=world.events["L6"],
        task="人数連絡",
        due=date(2026, 12, 2),
        reason="協議",
    )


def untold(world: World) -> int:
    """A held event of which nobody can say any more how its numbers were told."""
    event_id = world.events["L5"]
    with world.store.change(action="連絡済を取り消した", subject="papers", **by_other(world)) as change:
        for act in rows(world.store.database, Notification, event_id=event_id, key=HEADCOUNT_KEY):
            change.update(Notification, act.id, withdrawn=True)
    world.before = world.rows()
    return event_id


def reopen_unrecorded(world: World, context: ActionContext) -> object:
    event_id = untold(world)
    deadlines.close_unrecorded(
        ActionContext(world.store, **by_other(world)), event_id=event_id, reason="日が分からない"
    )
    world.before = world.rows()
    return deadlines.reopen_unrecorded(context, event_id=event_id)


def remove_override(world: World, context: ActionContext) -> object:
    overridden(world)
    world.before = world.rows()
    return deadlines.remove_override(context, event_id=world.events["L6"], task="人数連絡")


def prepared(prepare: Callable[[World], Any], act: Callable[[World, Any, ActionContext], object]) -> Act:
    """First somebody else prepares, then the state to come back to is taken, then the action."""

    def run(world: World, context: ActionContext) -> object:
        made = prepare(world)
        world.before = world.rows()
        return act(world, made, context)

    return run


def closed(world: World) -> int:
    return programme_services.add_closed_day(
        ActionContext(world.store, **by_other(world)), day=date(2026, 12, 28), reason="設備点検"
    ).id


def counted(world: World) -> None:
    set_contractor_counts(
        ActionContext(world.store, **by_other(world)),
        survey_id=world.survey("L4"),
        counts={"satisfaction": {"とても満足": 99}},
    )


def unreadable_sheet(world: World) -> int:
    return data_entry_services.add_paper_response(
        ActionContext(world.store, **by_other(world)),
        survey_id=world.survey("L5"),
        number=91,
        answers={"satisfaction": Answer(chosen=("とても満足", "満足"))},
    ).id


def cancelled(world: World) -> None:
    cancel_event(world.store, event_id=world.events["L7"], reason="大雪", **by_other(world))


def confirmable(world: World) -> int:
    report_id = world.report("E1", "受領")
    view = report_check.read_report_check(world.store, report_id=report_id)
    for point in view.points:
        report_check.tick_point(
            ActionContext(world.store, **by_other(world)), report_id=report_id, point=point, found=True
        )
    for figure in view.figures:
        set_figure(world.store, figure_id=figure.id, theirs=figure.ours, handling="", **by_other(world))
    return report_id


def confirmed_received(world: World) -> int:
    report_id = confirmable(world)
    report_check.confirm_report(ActionContext(world.store, **by_other(world)), report_id=report_id, on=DAY)
    return report_id


RECEIPT = Receipt(received_on=DAY, received_from="受託見本　恵子", original_place="文書管理システム")
FILE = IncomingFile(data=b"%PDF-1.4 proposal", name="提案書.pdf", pages=6)


def proposal(world: World) -> int:
    return received_services.receive_paper(
        ActionContext(world.store, **by_other(world)),
        kind="提案書",
        scope=ReceiptScope(programme_id=1),
        receipt=RECEIPT,
        file=FILE,
    ).id


def asked_back(world: World) -> int:
    paper_id = proposal(world)
    received_services.ask_correction(
        ActionContext(world.store, **by_other(world)), paper_id=paper_id, due=DAY, text="直してください。"
    )
    return paper_id


def looked_through(world: World) -> int:
    paper_id = proposal(world)
    for point in received_services.read_received(world.store, paper_id=paper_id).points:
        received_services.judge_point(
            ActionContext(world.store, **by_other(world)), paper_id=paper_id, point=point, result=PointResult.FINE
        )
    return paper_id


def confirmed_proposal(world: World) -> int:
    paper_id = looked_through(world)
    received_services.confirm_paper(ActionContext(world.store, **by_other(world)), paper_id=paper_id, on=DAY)
    return paper_id


def confirmed_form(world: World) -> int:
    report_id = world.report("L5")
    reports.confirm_by_contractor(ActionContext(world.store, **by_other(world)), report_id=report_id, on=DAY)
    return report_id


def received_form(world: World) -> int:
    report_id = confirmed_form(world)
    reports.mark_received(ActionContext(world.store, **by_other(world)), report_id=report_id, on=DAY, how="メール")
    return report_id


def complete_form(world: World) -> int:
    survey_freezing.freeze_tally(
        ActionContext(world.store, **by_other(world)),
        survey_id=world.survey("L5"),
        uncompared="受託者の集計が届いていない",
    )
    reports.write_chapter(
        ActionContext(world.store, **by_other(world)), report_id=world.report("L5"), key="所感", text="よく学ばれた。"
    )
    return received_form(world)


def corrected_attendance(world: World) -> int:
    """The totals of L1 were fixed with another number of people."""
    event_id = world.events["L1"]
    present = event_table.result(world.store.database, event_id)
    return event_results.record_result(
        ActionContext(world.store, **by_other(world)),
        event_id=event_id,
        result=replace(present, attended=present.attended - 1),
    ).id


def another_kind(world: World):
    return replace(numbers(world), title="個別相談", name="個別相談会", name_in_text="個別相談会", sign="相")


def numbers(world: World):
    return programme_services.read_programme(world.store).kind("講習会")


def draft(world: World, name: str):
    return event_drafts.draft_of(by_id(world.store.database, Event, world.events[name]))


def not_arrived(world: World, context: ActionContext) -> object:
    told = rows(world.store.database, Notification, event_id=world.events["L6"], document_kind="決定通知")[-1]
    ids, _name = undelivered.named_addressees(world.store, notification_id=told.id)[0]
    gone = {"notification_id": told.id, "entry_ids": ids, "returned_on": context.today, "reason": "宛所不明"}
    return undelivered.note_undelivered(context, **gone)


def posted(world: World, context: ActionContext) -> object:
    told = rows(world.store.database, Notification, event_id=world.events["L6"], document_kind="決定通知")[-1]
    how = {"posted_on": told.told_on, "post_sort": PostSort.TRACED, "pieces": 12, "tracking": "1234-5678"}
    return undelivered.record_posting(context, notification_id=told.id, **how)
