"""Mark reports whose numbers the records no longer confirm, and require a reason to use them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.common.join_nonempty import join_nonempty
from app.documents.blocks import Block, DocumentContent, Heading, KeyFigures, Letterhead, Paragraph, TallyChart
from app.documents.document_frame import table_day
from app.documents.fingerprints import written_form
from app.documents.services.document_marks import DocumentMark
from app.documents.services.document_scope import DocumentScope
from app.submissions.reports.rules.report_figures import SINGLE_ITEM, outdated_figures
from app.submissions.reports.rules.report_points import newest_report, reasons_in_note
from app.submissions.reports.services import report_documents, report_facts
from app.surveys.tally.services import tally_marks
from db.record import record
from db.records.events import Event
from db.records.submissions.reports import Report
from db.store import Store
from db.tables import reports

STAMP = "確認後に記録が変更"
REFRESH_HINT = "「区の記録を読み直す」を押すと、いまの記録と比べられます。"
CONFIRM_AGAIN = "受託者の確認を取り消すと、いまの記録で確認し直せます。"
_FIGURES = 5


_NUMBERS = re.compile(r"\d+(?:\.\d+)?")
_SENDER = "宛先と受託者の名前"
_OPENING = "表題と要点"


@record
class OutdatedNumbers:
    """Outdated numbers in a sentence (``words``), and how to read them again (``todo``)."""

    words: str
    todo: str


def marks(store: Store, scope: DocumentScope, kind: str, now: datetime) -> tuple[DocumentMark, ...]:
    """Return the mark of a report, or of its 確認票, that was confirmed before the records changed.

    A report confirmed with a reason while its totals were outdated is marked with that reason.
    """
    if scope.event_id is None or kind not in (report_documents.REPORT, report_documents.CHECK):
        return ()
    event = get_or_raise(store.database, Event, scope.event_id)
    is_form = kind == report_documents.REPORT
    report = newest_report(reports.reports_of_event(store.database, event.id), "作成" if is_form else "受領")
    if report is None:
        return ()
    aged = (
        outdated_form_words(store, event, report, now)
        if is_form
        else _outdated_check_document_words(store, event, report)
    )
    # The 確認票 prints the remarks of its report anyway.
    reasons = "　".join(reasons_in_note(report.note)) if is_form else ""
    if aged:
        return (DocumentMark(stamp=STAMP, words=join_nonempty(aged, reasons)),)
    if reasons and tally_marks.outdated_totals(store, event_id=event.id) is not None:
        # Its totals were outdated when it was confirmed: those are marked as everywhere, and the reason is given
        # here.
        return (DocumentMark(stamp=tally_marks.STAMP_TEXT, words=reasons),)
    return ()


def outdated_form_words(store: Store, event: Event, report: Report, now: datetime) -> str:
    """Return the sentence on numbers of a confirmed report that differ from today's records.

    "" = none, or its confirmed content is not stored.
    """
    kept = report_documents.confirmed_report(store, report)
    if kept is None:
        return ""
    facts = report_facts.gather_facts(store, event=event, report=report)
    return outdated_words(
        report, kept, report_documents.report_content(store, event=event, report=report, now=now, facts=facts)
    )


def outdated_words(report: Report, kept: DocumentContent, live: DocumentContent) -> str:
    """Return the sentence on numbers that changed since the contractor confirmed; "" = none, or not confirmed.

    Where no number is known the chapters are named.

    Args:
        kept: the content as the contractor confirmed it. live: the same as it is now.
    """
    if report.contractor_confirmed_on is None:
        return ""
    chapters = chapters_with_other_numbers(kept, live)
    if not chapters:
        return ""
    told = list(_figures_changed(kept, live))[:_FIGURES] or list(chapters)
    return _since(report.contractor_confirmed_on, "受託者が確認した", told)


def _figures_changed(kept: DocumentContent, live: DocumentContent) -> Iterator[str]:
    """Yield words on each key figure that has changed (「出席者 14人→13人」)."""
    before, now = _figures(kept), _figures(live)
    for label, value in before.items():
        if value != now.get(label, ""):
            yield f"{label} {value or 'なし'}→{now.get(label) or 'なし'}"


def _figures(content: DocumentContent) -> dict[str, str]:
    return {
        figure.label: f"{figure.value}{figure.unit}"
        for block in content.blocks
        if isinstance(block, KeyFigures)
        for figure in block.figures
    }


def _since(day: date, done: str, numbers: Sequence[str]) -> str:
    return f"{table_day(day)}に{done}もので、そのあと記録が変わった（{'、'.join(numbers)}）。"


def outdated_check_words(store: Store, event: Event, report: Report) -> tuple[str, ...]:
    """Return the own numbers beside a received report that are outdated, in words (「出席 14人→13人」)."""
    figures = report_facts.figures_of_report(store.database, report)
    now = current_own_numbers(store, event, report) if figures else {}
    return outdated_figures(figures, now, is_checked=report.status.is_checked)


def current_own_numbers(store: Store, event: Event, report: Report) -> dict[str, str]:
    """Return the current own value of every number of a report, by item."""
    return report_facts.own_values(report_facts.gather_facts(store, event=event, report=report))


def _outdated_check_document_words(store: Store, event: Event, report: Report) -> str:
    """Return words on own numbers of a confirmed 確認票 that changed since; "" before 確認済."""
    told = outdated_check_words(store, event, report) if report.status.is_checked else ()
    return (
        _since(report.checked_on or report.received_on or date.max, "確認した", questions_counted(told)) if told else ""
    )


def questions_counted(told: Sequence[str]) -> tuple[str, ...]:
    """Return the changes with all questions as one item (「設問ごとの人数 2問（問1、問6）」)."""
    singles = [one for one in told if one.startswith(f"{SINGLE_ITEM} ")]
    codes = "、".join(one.split(" ")[1] for one in singles)
    counted = (f"設問ごとの人数 {len(singles)}問（{codes}）",) if singles else ()
    return (*(one for one in told if one not in singles), *counted)


def stops_of_form(store: Store, event: Event, form: str) -> tuple[OutdatedNumbers, ...]:
    """Return why confirming a form needs a reason (outdated fixed totals or confirmed content).

    Args:
        form: what ``outdated_form_words`` or ``outdated_words`` says of it.
    """
    confirmed = (OutdatedNumbers(words=f"この報告書は{form}", todo=CONFIRM_AGAIN),) if form else ()
    return (*_outdated_totals(store, event), *confirmed)


def stops_of_check(store: Store, event: Event, outdated: Sequence[str]) -> tuple[OutdatedNumbers, ...]:
    """Return why notifying or confirming a received report's check needs a reason.

    Args:
        outdated: which own numbers are outdated (``outdated_check_words``).

    """
    words = f"区の記録が、突合に読んだあとに変わった（{'、'.join(outdated)}）。"
    return (*_outdated_totals(store, event), *((OutdatedNumbers(words=words, todo=REFRESH_HINT),) if outdated else ()))


def _outdated_totals(store: Store, event: Event) -> tuple[OutdatedNumbers, ...]:
    """Return as one entry that the fixed totals of the survey no longer match the records, () if they do."""
    aged = tally_marks.outdated_totals(store, event_id=event.id)
    return (OutdatedNumbers(words=aged.words, todo=tally_marks.TODO_TEXT),) if aged is not None else ()


def reject_outdated(stops: Sequence[OutdatedNumbers], reason: str, action: str) -> None:
    """Raise ``UserError`` while numbers are outdated and no reason is given.

    Args:
        action: what is to be done (「確認済にする」).

    """
    if stops and not reason.strip():
        todo = "".join((*(one.todo for one in stops), f"そのまま{action}ときは、理由を書いてください。"))
        raise UserError("".join(one.words for one in stops), todo)


def differing_chapters(kept: DocumentContent, now: DocumentContent) -> tuple[str, ...]:
    """Return the names of chapters that differ now, in order.

    Header, footer, marks, creation time, paragraphs in the style ``note`` and notes of tallied questions don't count.
    """
    before, after = _chapters(kept), _chapters(now)
    return tuple(name for name in dict.fromkeys((*before, *after)) if before.get(name) != after.get(name))


def chapters_with_other_numbers(kept: DocumentContent, now: DocumentContent) -> tuple[str, ...]:
    """Return the names of chapters whose numbers differ now, in order.

    Differences in words alone, in headings and in the sender don't count.
    """
    before, after = (
        {
            name: _NUMBERS.findall(written_form([block for block in blocks if not isinstance(block, Heading)]))
            for name, blocks in _chapters(one).items()
            if name != _SENDER
        }
        for one in (kept, now)
    )
    return tuple(name for name in dict.fromkeys((*before, *after)) if before.get(name) != after.get(name))


def _chapters(content: DocumentContent) -> dict[str, list[Block]]:
    """Return the blocks by chapter, without notes on the way of counting (older versions repeated them under each
    question).
    """
    found: dict[str, list[Block]] = {}
    chapter = _OPENING
    for block in content.blocks:
        if isinstance(block, Paragraph) and block.style == "note":
            continue
        if isinstance(block, TallyChart):
            block = dataclasses.replace(block, note="")  # noqa: PLW2901
        if isinstance(block, Heading) and block.level == 1:
            chapter = f"{block.number} {block.text}".strip()
        found.setdefault(_SENDER if isinstance(block, Letterhead) else chapter, []).append(block)
    return found
