"""The sample year made ready for an act that the table of undo tries: told, issued, imported, confirmed, counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from app.documents.services import document_saving
from app.event.services import event_changes, event_drafts, event_results
from app.event.services.tasks import deadlines
from app.events.headcount import services as headcount_services
from app.programme import services as programme_services
from app.received import services as received_services
from app.received.services import IncomingFile, ReceiptScope
from app.sample.services import sample_year
from app.submissions.reports.services import report_check, reports
from app.surveys.answers.services import survey_import
from app.surveys.data_entry import services as data_entry_services
from app.surveys.tally.services import survey_freezing
from db.records.documents import Notification
from db.records.events import Event
from db.records.participants import HEADCOUNT_KEY
from db.records.submissions.received import Receipt
from db.rows import by_id, rows
from db.tables import events as event_table
from tests.support.cancelling import cancel_event
from tests.support.figures import set_figure
from tests.support.sample import NOW
from tests.support.world import DAY, OTHER, World

Act = Callable[[World, dict[str, Any]], object]


def by_other(world: World) -> dict[str, Any]:
    """Preparation is somebody else's action, so that undo takes back only the action under test."""
    return {"by": OTHER, "now": NOW}


def told(world: World) -> int:
    saved = headcount_services.make_headcount_notice(world.store, event_id=world.events["L6"], **by_other(world))
    return saved.id


def really_told(world: World) -> int:
    made = told(world)
    headcount_services.mark_headcount_notified(
        world.store, notice_id=made, notified_to="業務責任者", notified_how="電話", **by_other(world)
    )
    return made


def moved_after_told(world: World) -> None:
    really_told(world)
    event_changes.update_event(
        world.store, event_id=world.events["L6"], draft=replace(draft(world, "L6"), room="第2研修室"), **by_other(world)
    )


def issued(world: World) -> None:
    document_saving.set_letter_state(
        world.store,
        event_id=world.events["L2"],
        kind=headcount_services.HEADCOUNT,
        form="公文書",
        state="施行",
        decided_on=DAY,
        document_number="8練地協第12号",
        issued_on=DAY,
        **by_other(world),
    )


def imported(world: World) -> int:
    path = world.folder / "form.csv"
    path.write_bytes(sample_year.google_form_sample())
    return survey_import.import_survey(world.store, event_id=world.events["L5"], path=path, **by_other(world)).id


def do_import(world: World, who: dict[str, Any]) -> object:
    path = world.folder / "form.csv"
    path.write_bytes(sample_year.google_form_sample())
    return survey_import.import_survey(world.store, event_id=world.events["L5"], path=path, **who)


def overridden(world: World) -> None:
    deadlines.override_deadline(
        world.store,
        event_id=world.events["L6"],
        task="人数連絡",
        due=date(2026, 12, 2),
        reason="協議",
        **by_other(world),
    )


def untold(world: World) -> int:
    """A held event of which nobody can say any more how its numbers were told."""
    event_id = world.events["L5"]
    with world.store.change(action="連絡済を取り消した", subject="papers", **by_other(world)) as change:
        for act in rows(world.store.database, Notification, event_id=event_id, key=HEADCOUNT_KEY):
            change.update(Notification, act.id, withdrawn=True)
    world.before = world.rows()
    return event_id


def reopen_unrecorded(world: World, who: dict[str, Any]) -> object:
    event_id = untold(world)
    deadlines.close_unrecorded(world.store, event_id=event_id, reason="日が分からない", **by_other(world))
    world.before = world.rows()
    return deadlines.reopen_unrecorded(world.store, event_id=event_id, **who)


def remove_override(world: World, who: dict[str, Any]) -> object:
    overridden(world)
    world.before = world.rows()
    return deadlines.remove_override(world.store, event_id=world.events["L6"], task="人数連絡", **who)


def prepared(prepare: Callable[[World], Any], act: Callable[[World, Any, dict[str, Any]], object]) -> Act:
    """First somebody else prepares, then the state to come back to is taken, then the action."""

    def run(world: World, who: dict[str, Any]) -> object:
        made = prepare(world)
        world.before = world.rows()
        return act(world, made, who)

    return run


def closed(world: World) -> int:
    return programme_services.add_closed_day(
        world.store, day=date(2026, 12, 28), reason="設備点検", **by_other(world)
    ).id


def counted(world: World) -> None:
    data_entry_services.set_contractor_counts(
        world.store, survey_id=world.survey("L4"), counts={"satisfaction": {"とても満足": 99}}, **by_other(world)
    )


def cancelled(world: World) -> None:
    cancel_event(world.store, event_id=world.events["L7"], reason="大雪", **by_other(world))


def confirmable(world: World) -> int:
    report_id = world.report("E1", "受領")
    view = report_check.read_report_check(world.store, report_id=report_id)
    for point in view.points:
        report_check.tick_point(world.store, report_id=report_id, point=point, found=True, **by_other(world))
    for figure in view.figures:
        set_figure(world.store, figure_id=figure.id, theirs=figure.ours, handling="", **by_other(world))
    return report_id


def confirmed_received(world: World) -> int:
    report_id = confirmable(world)
    report_check.confirm_report(world.store, report_id=report_id, on=DAY, **by_other(world))
    return report_id


RECEIPT = Receipt(received_on=DAY, received_from="受託見本　恵子", original_place="文書管理システム")
FILE = IncomingFile(data=b"%PDF-1.4 proposal", name="提案書.pdf", pages=6)


def proposal(world: World) -> int:
    return received_services.receive_paper(
        world.store, kind="提案書", scope=ReceiptScope(programme_id=1), receipt=RECEIPT, file=FILE, **by_other(world)
    ).id


def asked_back(world: World) -> int:
    paper_id = proposal(world)
    received_services.ask_correction(
        world.store, paper_id=paper_id, due=DAY, text="直してください。", **by_other(world)
    )
    return paper_id


def looked_through(world: World) -> int:
    paper_id = proposal(world)
    for point in received_services.read_received(world.store, paper_id=paper_id).points:
        received_services.judge_point(world.store, paper_id=paper_id, point=point, result="○", **by_other(world))
    return paper_id


def confirmed_proposal(world: World) -> int:
    paper_id = looked_through(world)
    received_services.confirm_paper(world.store, paper_id=paper_id, on=DAY, **by_other(world))
    return paper_id


def confirmed_form(world: World) -> int:
    report_id = world.report("L5")
    reports.confirm_by_contractor(world.store, report_id=report_id, on=DAY, **by_other(world))
    return report_id


def received_form(world: World) -> int:
    report_id = confirmed_form(world)
    reports.mark_received(world.store, report_id=report_id, on=DAY, how="メール", **by_other(world))
    return report_id


def complete_form(world: World) -> int:
    survey_freezing.freeze_tally(
        world.store, survey_id=world.survey("L5"), uncompared="受託者の集計が届いていない", **by_other(world)
    )
    reports.write_chapter(
        world.store, report_id=world.report("L5"), key="所感", text="よく学ばれた。", **by_other(world)
    )
    return received_form(world)


def corrected_attendance(world: World) -> int:
    """The totals of L1 were fixed with another number of people."""
    event_id = world.events["L1"]
    present = event_table.result(world.store.database, event_id)
    return event_results.record_result(
        world.store, event_id=event_id, result=replace(present, attended=present.attended - 1), **by_other(world)
    ).id


def another_kind(world: World):
    return replace(numbers(world), title="個別相談", name="個別相談会", name_in_text="個別相談会", sign="相")


def numbers(world: World):
    return programme_services.read_programme(world.store).kind("講習会")


def draft(world: World, name: str):
    return event_drafts.draft_of(by_id(world.store.database, Event, world.events[name]))
