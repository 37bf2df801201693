"""What the subjects of year_end declare to other packages (no Qt)."""

from __future__ import annotations

from datetime import date

from app.calendar.dates import short_date
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.services.notification_kinds import outgoing_in_effect
from app.programme.services import programmes, read_programme
from app.year.dates.services import PageStatus, SummaryPage, asks_proposal
from app.year_end.completion.services import completion_documents, document_doubts, inspection_documents
from app.year_end.completion.services.completion import read_completion
from app.year_end.completion.services.follow_ups import completion_follow_ups
from app.year_end.consistency.services.event_numbers import consistency_doubts
from app.year_end.consistency.services.report_drift import report_drift
from app.year_end.handover import services as handover_services
from app.year_end.handover.services import read_staff_change
from app.year_end.proposal import services as proposal_services
from app.year_end.proposal.services import changed_follow_ups, read_evidence
from app.year_end.specification import services as specification_services
from app.year_end.specification.services import state_words
from app.year_end.summary.services import summary_documents, year_answers
from db.records.year.proposal import BudgetMemo, MemoAmount
from db.records.year.summary import EarlierFigure, YearAnswer
from db.rows import row, rows
from db.store import Store
from db.tables import documents as paper_table


def _earlier_year_status(store: Store, *, programme_id: int, today: date) -> PageStatus:
    """Return the status of the page 前年度: own records or typed numbers; done once there is either."""
    last = read_programme(store, programme_id=programme_id, on=today).programme.fiscal_year - 1
    typed = len(rows(store.database, EarlierFigure, fiscal_year=last))
    kept = any(one.fiscal_year == last for one in programmes(store))
    known = join_nonempty("前年度の記録がある" if kept else "", fill_nonempty("数 {}件", typed))
    return PageStatus(words=known or "前年度の数がまだ", is_done=bool(known))


def _answers_status(store: Store, *, programme_id: int, today: date) -> PageStatus:  # noqa: ARG001 - as every page is asked
    """Return how many inquiries were answered, for the list of pages; done with the first."""
    given = len(rows(store.database, YearAnswer, programme_id=programme_id))
    return PageStatus(
        words=f"議会・予算　{given}件に回答" if given else "議会・予算　前年の人数も出ます", is_done=given > 0
    )


def _completion_status(store: Store, *, programme_id: int, today: date) -> PageStatus:
    """Return the next step of the completion, for the list of pages; done once it was paid."""
    found = read_completion(store, programme_id=programme_id, today=today)
    return PageStatus(
        words=f"つぎは{found.next_step}" if found.next_step else "支払まで済んでいます", is_done=not found.next_step
    )


def _evidence_status(store: Store, *, programme_id: int, today: date) -> PageStatus:  # noqa: ARG001 - as every page is asked
    """Return how much evidence was collected, for the list of pages.

    Done once there is some, each has an issue and no source changed.
    """
    found = read_evidence(store, programme_id=programme_id)
    changed = sum(bool(one.source_status) for one in found)
    free = sum(one.evidence.issue is None for one in found)
    words = f"{len(found)}件　課題に付けていない {free}件" + fill_nonempty("・出典が変わった {}件", changed)
    return PageStatus(words=words, is_done=bool(found) and not free and not changed)


def _memo_status(store: Store, *, programme_id: int, today: date) -> PageStatus:  # noqa: ARG001 - as every page is asked
    """Return the total of the 検討メモ, for the list of pages; done once it is above 0, 「未着手」 without a memo."""
    if row(store.database, BudgetMemo, programme_id=programme_id) is None:
        return PageStatus(words="庁内限り　未着手")
    total = sum(one.next_year for one in rows(store.database, MemoAmount, programme_id=programme_id))
    return PageStatus(words=f"庁内限り　次年度案 {total:,}千円", is_done=total > 0)


def _form_status(store: Store, *, programme_id: int, today: date) -> PageStatus:
    """Return when the 提案書の様式 left for the contractor, for the list of pages.

    Counted is the newest copy that was not taken back; done once there is one.
    """
    left = paper_table.outgoing_of_year(store.database, programme_id, (proposal_services.FORM,))
    given = next(iter(outgoing_in_effect(left)), None)
    words = f"{short_date(given.at.date(), today)} に出力" if given is not None else "受託者へ　提案書より前に"
    return PageStatus(words=words, is_done=given is not None)


def _handover_status(store: Store, *, programme_id: int, today: date) -> PageStatus:
    """Return successor and 区の宿題, for the list of pages; done once every open 宿題 is the successor's."""
    year = read_programme(store, programme_id=programme_id).programme.fiscal_year
    found = read_staff_change(store, fiscal_year=year, today=today)
    who = f"後任者 {found.successor}" if found.has_successor else "後任者は未定"
    return PageStatus(
        words=f"{who}・区の宿題 {len(found.homework)}件", is_done=found.has_successor and not found.remaining_homework
    )


def _specification_status(store: Store, *, programme_id: int, today: date) -> PageStatus:
    """Return whether the clauses agree with the 契約書 (then done), and the state of the next 仕様書, for the list."""
    checked = read_programme(store, programme_id=programme_id, on=today).programme.clauses_checked == "一致"
    clauses = "項番は契約書と一致" if checked else "項番の照合がまだ"
    return PageStatus(words=f"{clauses}・{state_words(store, programme_id=programme_id, today=today)}", is_done=checked)


DOCUMENTS = (
    summary_documents.DOCUMENT,
    year_answers.DOCUMENT,
    *completion_documents.DOCUMENTS,
    *inspection_documents.DOCUMENTS,
    *proposal_services.DOCUMENTS,
    handover_services.DOCUMENT,
    *specification_services.COMPARISON_DOCUMENTS,
)
SUMMARY_PAGES = (
    SummaryPage("前年度から受け取ったもの", "前年度の数", _earlier_year_status, season="はじめる", position=3),
    SummaryPage("照会への回答", "照会への回答", _answers_status, season="半ば", position=1),
    SummaryPage("完了・検査・支払", "完了の手続きを進める", _completion_status, season="終える", position=2),
    SummaryPage(
        "次年度提案書の根拠", "提案書の根拠", _evidence_status, season="半ば", position=2, applies=asks_proposal
    ),
    SummaryPage("予算要求・次年度仕様書 検討メモ", "検討メモ", _memo_status, season="半ば", position=3),
    SummaryPage("提案書の様式を渡す", "提案書の根拠", _form_status, season="半ば", position=4, applies=asks_proposal),
    SummaryPage("引継書", "引継書", _handover_status, season="終える", position=3),
    SummaryPage("契約と仕様書", "仕様書の読み比べ", _specification_status, season="はじめる", position=1),
)
DOCUMENT_HALTS = (*inspection_documents.HALTS,)
DOCUMENT_DOUBTS = (
    document_doubts.completion_doubts,
    consistency_doubts,
)
EVENTLESS_FOLLOW_UPS = (completion_follow_ups,)
REPORT_DRIFT = (report_drift,)
YEAR_FOLLOW_UPS = (changed_follow_ups,)
