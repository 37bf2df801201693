"""Reads 到達状況 of a 団体 before a 派遣, and writes the stages of a confirmed report back to its history."""

from __future__ import annotations

from datetime import date

from app.common.join_nonempty import fill_nonempty
from app.events.dispatches.rules import (
    STAGES,
    newest_received,
    outdated_tables_text,
    report_rows,
    stage_source,
    stages_before,
    version_words,
)
from app.registers.register.rules import current_stages, is_stage
from db.journal import Change
from db.records.dispatches import DispatchSupport
from db.records.events import Event
from db.records.organisations import Organisation, StageMark
from db.records.submissions.reports import Report
from db.rows import by_id, row
from db.store import Store
from db.tables import register, reports

FROM_REGISTER = "団体の登録（それまでの段階）"


def stages_before_event(store: Store, event: Event) -> dict[str, tuple[str, date | None]]:
    """Return the stage that the 団体 had before the event, by tool, with its day or None; {} without a 団体."""
    organisation = by_id(store.database, Organisation, event.organisation_id)
    if organisation is None:
        return {}
    return stages_before(register.stage_marks(store.database, organisation.id), organisation.stages, event=event)


def write_stages_to_history(store: Store, change: Change, *, event: Event, report: Report, on: date, who: str) -> int:
    """Record the stages of the confirmed report in the history of the 団体 with their source; return how many.

    The present stages of the 団体 follow. Those of a report received as a file are the rows that the ward typed from
    it. Only a 派遣 has any.

    Args:
        on: day from which the stages hold.
    """
    organisation = by_id(store.database, Organisation, event.organisation_id)
    if not event.form.at_organisation or organisation is None:
        return 0
    support = row(store.database, DispatchSupport, event_id=event.id)
    with_history = {mark.tool for mark in register.stage_marks(store.database, organisation.id)}
    made = 0
    for tool, _before, after in stage_rows(report_rows(report, support, STAGES)):
        if tool and is_stage(after):
            if tool in organisation.stages and tool not in with_history:
                # A stage known without a history gets one, else it would be lost when this report is revoked.
                change.insert(
                    StageMark(
                        organisation_id=organisation.id,
                        tool=tool,
                        stage=organisation.stages[tool],
                        marked_on=event.event_date or on,
                        source=FROM_REGISTER,
                        by=who,
                    )
                )
            change.insert(
                StageMark(
                    organisation_id=organisation.id,
                    tool=tool,
                    stage=after,
                    marked_on=on,
                    source=stage_source(event, report),
                    event_id=event.id,
                    by=who,
                )
            )
            made += 1
    if made:
        marks = register.stage_marks(store.database, organisation.id)
        change.update(Organisation, organisation.id, stages=current_stages(marks, organisation.stages))
    return made


def remove_stages_from_history(store: Store, change: Change, *, event: Event, report: Report) -> None:
    """Remove from the history of the 団体 what this report wrote; its stages are those of before again."""
    organisation = by_id(store.database, Organisation, event.organisation_id)
    if not event.form.at_organisation or organisation is None:
        return
    marks = register.stage_marks(store.database, organisation.id)
    # By its end, as the 団体 in the title of the event may have another name by now.
    written = [mark for mark in marks if mark.event_id == event.id and mark.source.endswith(version_words(report))]
    for mark in written:
        change.delete(StageMark, mark.id)
    if not written:
        return
    support = row(store.database, DispatchSupport, event_id=event.id)
    # If written back before the tool had a history, only the report holds its earlier stage.
    before = {tool: old for tool, old, _new in stage_rows(report_rows(report, support, STAGES)) if is_stage(old)}
    gone = {mark.tool for mark in written}
    # Each tool keeps its place.
    known = {
        tool: before[tool] if tool in gone else stage
        for tool, stage in organisation.stages.items()
        if tool in before or tool not in gone
    }
    left = register.stage_marks(store.database, organisation.id)
    change.update(Organisation, organisation.id, stages=current_stages(left, known))


def written_stages_text(count: int) -> str:
    """Return 「到達状況の4件を団体の記録に書きました。」, or empty."""
    return fill_nonempty("到達状況の{}件を団体の記録に書きました。", count)


def outdated_tables_warning(store: Store, *, event_id: int) -> str:
    """Return which tables of a 派遣 were typed from an earlier version of the received report, or ""."""
    support = row(store.database, DispatchSupport, event_id=event_id)
    return (
        outdated_tables_text(support, newest_received(reports.reports_of_event(store.database, event_id)))
        if support
        else ""
    )


def stage_rows(rows: tuple[tuple[str, ...], ...]) -> list[tuple[str, str, str]]:
    """Return tool, stage before and stage after of each row, "" for missing cells."""
    return [
        (cells[0].strip(), cells[1].strip(), cells[2].strip()) for one in rows if one for cells in [(*one, "", "", "")]
    ]
