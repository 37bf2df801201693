"""The year of a contract: its dates, starting and closing it, and what other subjects add to it.

The receipt of a document handed in once a year (届, 提案書, 業務完了届, 請求書, 廃棄・消去証明書, those of the
特記事項) closes its task in the same change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal, Protocol

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionId, ActionLink
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar.dates import long_date, long_date_plain, short_date
from app.calendar.due_words import parse_due
from app.calendar.office_days import OfficeCalendar
from app.calendar.term_beginnings import TermBeginning, parse_term_beginning
from app.calendar.wareki import fiscal_year_words
from app.common.clauses import clause_of
from app.common.extension_point import ExtensionPoint
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.event.rules import target_dates
from app.event.rules.closing_deadlines import INSPECTION, PAYMENT
from app.event.rules.target_dates import INSPECTED, INVOICE, NOTICE, PAID
from app.event.services.event_records import read_records_of_year
from app.event.services.tasks.deadlines import read_year, tasks_of_year, year_tasks
from app.event.services.tasks.follow_ups import FollowUp
from app.event.services.tasks.task import PROPOSAL, Task
from app.event.services.tasks.year_tasks import (
    InvoiceReturn,
    first_name_of,
    invoice_returns,
    manual_closing_of,
    read_year_records,
)
from app.programme.intake import OFFICE_KEYS, read_definition
from app.programme.rules import (
    PERIOD_FIELDS,
    TABLE_FIELDS,
    WORD_FIELDS,
    WORDING_FIELDS,
    clause_fields,
    contract_date_word,
    is_owed_in,
    kinds_of_next_year,
    term_start,
    with_values,
)
from app.programme.services import (
    ProgrammeView,
    read_programme,
    start_programme,
)
from app.received.services import ReceiptScope, ReceivedKind, find_received_kind, fixed_points, kinds_of_year
from app.registers.workers.services import CHANGES_KIND
from db.engine import Database
from db.journal import Change
from db.record import frozen, record
from db.records.events import DeadlineOverride
from db.records.programme import Contractor, DocumentSetting, EventKind, Office, Programme, TaskClosing
from db.records.submissions.received import ReceivedPaper
from db.records.year.completion import Inspection, Payment
from db.records.year.proposal import EvidenceSort
from db.records.year.specification import NextValue
from db.rows import rows
from db.store import Store


@record
class CurrentEvidence:
    """The current words of a source, with number (「61人／104人」, "" = none), place, day and year.

    ``not_quotable_reason`` is why it must not be quoted, in a sentence; "" = it may.
    """

    sort: EvidenceSort
    said: str
    count: str = ""
    source: str
    day: date | None
    programme_id: int
    not_quotable_reason: str = ""

    @property
    def full_words(self) -> str:
        """Return words and number, to detect a change."""
        return f"{self.said}　{self.count}".strip("　")


@record
class EvidenceSource:
    """A kind of row that a 提案書 may quote; ``read(store, keys)`` returns the current words of rows that still exist.

    ``is_total`` = it is summed over a whole year: it takes as long as a tally, and changes with every response.
    """

    kind: str
    read: Callable[[Store, Sequence[str]], Mapping[str, CurrentEvidence]]
    is_total: bool = False


EVIDENCE: ExtensionPoint[EvidenceSource] = ExtensionPoint("evidence")


def evidence_source(kind: str) -> EvidenceSource:
    """Return the declaration of a kind; raises ``UserError`` where no such row can be collected."""
    found = next((one for one in EVIDENCE if one.kind == kind), None)
    if found is None:
        raise UserError(
            "この行は、提案書の根拠にできません。", "協議、問合せ、討議の記録、自由記述、報告書の章から選んでください。"
        )
    return found


def confirmed_values(store: Store, *, programme_id: int) -> dict[str, NextValue]:
    """Return the confirmed numbers of the next 仕様書, by the key of the number.

    Args:
        programme_id: the current year, in which they were confirmed.
    """
    return {one.key: one for one in rows(store.database, NextValue, programme_id=programme_id)}


MEASURES_POINT = "安全管理措置（特6から特25まで）"
"""Stored with each 再委託の確認書, so that it stays though its form begins with an earlier clause."""
CLAUSES_OF_ALLOWANCES = clause_of(
    "管理責任者の選任と提出、従事者以外は許可",
    "第三者に提供しない",
    "再委託の制限と確認",
    "情報の管理（持出し、複写、施錠、廃棄）",
    "物品等の持ち込みの禁止",
    "廃棄の外部委託の承認",
).replace("・特", "・")
"""The clauses by which something needs the ward's permission."""


def _close_date(store: Store, change: Change, paper: ReceivedPaper, by: str, now: datetime) -> None:
    """Close the year's task that waited for the document, if the kind has one and it is not closed by hand.

    After a 返戻 of the 請求書 its new version is saved as 再受領 instead.
    """
    programme = read_programme(store, programme_id=paper.programme_id).programme
    task = find_received_kind(paper.kind).task
    records = read_year_records(store, programme)
    if not task or manual_closing_of(task, records) is not None:
        return
    if task == target_dates.INVOICE and invoice_returns(records):
        task = target_dates.RECEIVED_AGAIN
    reason = f"{paper.kind}（第{paper.version}版）を受領"
    if paper.receipt_number:
        reason += f"　収受番号 {paper.receipt_number}"
    change.insert(
        TaskClosing(programme_id=programme.id, task=task, closed_on=paper.received_on, reason=reason, by=by, at=now)
    )


def _check_after_contract(store: Store, scope: ReceiptScope, day: date, _today: date) -> None:
    """Raise ``UserError`` for a day of receipt before the contract was concluded (仕様書3)."""
    programme = read_programme(store, programme_id=scope.programme_id).programme
    made_on = programme.contract_date
    if made_on is not None and day < made_on:
        raise UserError(
            f"受領日が{contract_date_word(programme)}（{long_date(made_on)}）より前です。",
            "受領した日付をご確認ください。",
        )


def _check_invoice_day(store: Store, scope: ReceiptScope, day: date, today: date) -> None:
    """Raise ``UserError`` for a day of receipt before the contract, or before the open return of the 請求書."""
    _check_after_contract(store, scope, day, today)
    programme = read_programme(store, programme_id=scope.programme_id).programme
    away = next(
        (one for one in invoice_returns(read_year_records(store, programme)) if one.received_again is None), None
    )
    if away is not None and day < away.return_closing.closed_on:
        raise UserError(
            f"受領日が、請求書を返した日（{long_date(away.return_closing.closed_on)}）より前です。",
            "日付をご確認ください。",
        )


def _day_before_work(programme: Programme) -> date | None:
    start = term_start(programme)
    return start - timedelta(days=1) if start is not None else None


def _has_annex_004(programme: Programme) -> bool:
    """Return whether the ward follows annex 004 voluntarily, which is no part of the contract."""
    return programme.annex_004


def _kind(
    kind: str,
    clause: str,
    rule: str | Callable[[ProgrammeView], str],
    *points: str,
    task: str = "",
    own_check: bool = False,
    answered_by: str = "",
    each: bool = False,
    looks: str = "確認する",
    wished: Callable[[Programme], date | None] = lambda _programme: None,
    outstanding: Callable[[Programme], bool] = lambda _programme: True,
    by_row: bool = False,
) -> ReceivedKind:
    """Return a kind of received paper that belongs to the year.

    Args:
        clause: where the contract asks for it, or the field of the year that says so (``clause_…``).
        rule: by when it should come, in words. points: what is checked in it.
        task: the task of the year that its receipt closes, "" = none.
        own_check: whether it has a check of its own. answered_by: the task by which the ward answers.
        each: whether every receipt stands alone. looks: what the ward does with it, as a verb.
        wished: the day by which it should come. outstanding: whether a year's contract asks for it; with ``by_row`` it
            does where it has a row that says when.
    """
    return ReceivedKind(
        kind=kind,
        about="年度",
        clause=clause,
        rule=rule,
        is_owed=(lambda programme: is_owed_in(programme, kind)) if by_row else outstanding,
        target_day=wished,
        task=task,
        points=fixed_points(*points),
        reject_day=_check_invoice_day if task == target_dates.INVOICE else _check_after_contract,
        on_received=_close_date,
        has_own_check=own_check,
        is_standalone=each,
        check_verb=looks,
        answer_task=answered_by,
    )


RECEIVED_KINDS = (
    _kind(
        "管理責任者選任届", clause_of("管理責任者の選任と提出、従事者以外は許可"), "",
        "管理責任者の氏名・所属", "選任日", "従事者の中からの選任（ほかは許可）",
        by_row=True,
    ),
    _kind(
        "従事者・配置表の届", clause_of("従事者の氏名・所属・従事期間の提出"), "",
        "氏名", "所属", "従事の開始日", "従事の終了予定日",
        by_row=True,
    ),
    _kind(
        "教育実施報告書", clause_of("周知と教育、実施結果の提出"), "",
        "実施日・方法", "受講者の氏名・所属", "未受講者と補講の予定", "遵守すべき事項", "罰則の内容", "民事上の責任",
        by_row=True,
    ),
    _kind(
        "作業場所届", clause_of("作業場所の届"), "使い始める前（区の自主管理。契約外）",
        "名称・所在地", "施錠・入退室の管理", "取り扱う情報", "使用開始日",
        wished=_day_before_work, outstanding=_has_annex_004,
    ),
    _kind(
        "提案書", "clause_proposal", lambda view: f"すべての事業のあと{view.programme.proposal_period}",
        "次年度のデジタル活用支援事業実施案", "団体支援方針", "課題の反映", "参加者の意見の反映", "実現可能性",
        "予算規模",
        task=PROPOSAL, outstanding=lambda programme: bool(programme.proposal_period),
    ),
    _kind(
        "業務完了届", "clause_term", "検査が履行期間に収まる日", task=target_dates.NOTICE, own_check=True,
        answered_by=INSPECTION,
    ),
    _kind(
        "請求書", "clause_payment", "支払が出納閉鎖に収まる日", task=target_dates.INVOICE, own_check=True,
        answered_by=PAYMENT,
    ),
    _kind(
        "廃棄・消去証明書", clause_of("返還・処分を証明する書類"), "",
        "情報項目", "媒体名", "数量", "廃棄または消去の方法", "責任者", "廃棄または消去の年月日",
        by_row=True,
    ),
    _kind("その他の届", "", ""),
    _kind(
        CHANGES_KIND, clause_of("変更の速やかな提出"),
        "変わったあと速やかに", "対象", "変更前と変更後", "変更日", each=True,
    ),
    _kind(
        "再委託の確認書", clause_of("再委託先の安全管理措置の確認"), "再委託契約を結ぶ前",
        "再委託先の名称・所在地", "業務と個人情報", "確認した日（締結前）", MEASURES_POINT,
        "確認した人",
        each=True,
    ),
    _kind(
        "事故等報告書", clause_of("事故等のときにすること"), "直ちに。続報と最終は第2版、第3版として受領",
        "内容・数量", "発生場所・発生状況", "把握と第一報の日時", "講じた措置", "原因", "再発防止策の実施",
        each=True,
    ),
    _kind(
        "許可・承認の申請", CLAUSES_OF_ALLOWANCES, "行う前",
        "種別", "内容・情報の区分", "相手方・場所", "理由", "期間",
        each=True, looks="許可・承認を決める",
    ),
    _kind(
        "訓練の記録", clause_of("手順の確認・訓練"), "",
        "種別・実施日", "想定", "参加者", "結果と改善すること",
        by_row=True,
    ),
)  # fmt: skip


Season = Literal["はじめる", "半ば", "終える"]
"""The season of a page, 4月 (start of the year), 12月 (planning) or 3月 (end of the contract)."""


@record
class PageStatus:
    """The status of a page, with its text, whether it is done, and whose turn it is otherwise."""

    words: str
    is_done: bool = False
    next_actor: Literal["区", "受託者"] = "区"


class PageStatusReader(Protocol):
    """Reads the status of a page."""

    def __call__(self, store: Store, *, programme_id: int, today: date) -> PageStatus:
        """Return the status for the year with that id, as of ``today``."""


def every_contract(_programme: Programme) -> bool:
    """Return True: most pages belong to every contract."""
    return True


def asks_proposal(programme: Programme) -> bool:
    """Return whether the contract of a year asks for a 提案書."""
    return bool(programme.proposal_period)


@frozen
class SummaryPage:
    """One page that 年度 links to.

    Attributes:
        title: its name.
        action: the action that opens it.
        read_status: reads its status.
        season, position: its place among the rows of 年度; season None = in the footer.
        task: the task of the year that is passed with it.
        applies: whether the contract of a year asks for it; else it is no row of that year.
    """

    title: str
    action: ActionId
    read_status: PageStatusReader
    _: KW_ONLY
    season: Season | None = None
    position: int = 0
    task: str | None = None
    applies: Callable[[Programme], bool] = every_contract


SUMMARY_PAGES: ExtensionPoint[SummaryPage] = ExtensionPoint("summary_pages")


def _dates(store: Store, *, programme_id: int, today: date) -> PageStatus:
    """Return the status 「未了 3件・済 5件」 of the year's due dates for the list of pages; it is never done."""
    found = read_year_dates(store, today=today, programme_id=programme_id)
    return PageStatus(words=f"未了 {found.open_count}件・済 {len(found.rows) - found.open_count}件")


YEAR_PAGES = (SummaryPage("年度の期日", "年度の期日", _dates),)


@record
class YearDraft:
    """A year before it is started, with the settings of the last one and dates a year later.

    ``confirmed`` are the numbers (keys of ``contract_values``) that come from the next 仕様書 instead.
    """

    programme: Programme
    numbers: tuple[EventKind, ...]
    office: Office
    contractor: Contractor
    document_settings: tuple[DocumentSetting, ...]
    confirmed: frozenset[str] = frozenset()

    @property
    def words(self) -> str:
        """Return the year in words (「令和9年度」)."""
        return fiscal_year_words(self.programme.fiscal_year)


@record
class YearClosing:
    """A year that may be closed, with the open tasks of it and its events in words; the ward's own checks left out."""

    programme: Programme
    open_duties: tuple[str, ...]


def next_year_draft(store: Store, *, today: date) -> YearDraft:
    """Return the settings of the newest year as of ``today``, with every date a year later.

    Numbers confirmed from the next 仕様書 replace this year's. What is unknown of the new contract (契約番号,
    契約金額, 契約確定日, 仕様書の版, 契約書との照合, 会計の締切) is empty; 団体 and people belong to no year.

    Raises:
        UserError: no year was started.
    """
    view = read_programme(store, on=today)
    confirmed = confirmed_values(store, programme_id=view.programme.id)
    values = {key: one.value for key, one in confirmed.items()}
    programme, numbers = next_year_values(view)
    programme, numbers = with_values(programme, kinds_of_next_year(numbers, values), values)
    return YearDraft(
        programme=programme,
        numbers=numbers,
        office=view.office,
        contractor=view.contractor,
        document_settings=view.document_settings,
        confirmed=frozenset(confirmed),
    )


def next_year_values(view: ProgrammeView) -> tuple[Programme, tuple[EventKind, ...]]:
    """Return contract and numbers for the year after ``view`` without its 仕様書, with dates a year later."""
    last = view.programme
    year = last.fiscal_year + 1
    programme = replace(
        last,
        fiscal_year=year,
        title=last.title.replace(fiscal_year_words(last.fiscal_year), fiscal_year_words(year)),
        contract_date=None,
        term_begins=_beginning_a_year_later(last.term_begins),
        term_end=_a_year_later(last.term_end),
        clauses_checked="未確認",
        contract_number="",
        amount=None,
        tax=None,
        specification="",
        specification_on=None,
        accounts_due=None,
        owed=tuple(
            replace(row, when=long_date_plain(_a_year_later(day))) if (day := parse_due(row.when).day) else row
            for row in last.owed
        ),
    )
    numbers = (
        replace(
            row,
            window_start=_a_year_later(row.window_start),
            window_end=_a_year_later(row.window_end),
            held_last_year={},
            held_last_year_source="",
        )
        for row in view.kinds
    )
    return programme, tuple(numbers)


def read_definition_of_year(path: Path, draft: YearDraft) -> YearDraft:
    """Return the draft with contract, kinds and 所属 of a definition file for its year; its other settings stay.

    What a file does not say of a 所属 (担当者, 発信者 …) stays while it is the same 課, else it is empty.

    Raises:
        UserError: the file can't be read, or is of another year.
    """
    found, programme, office = read_definition(path), draft.programme, draft.office
    if found.programme.fiscal_year != programme.fiscal_year:
        raise UserError(
            f"「{path.name}」は{fiscal_year_words(found.programme.fiscal_year)}の定義ファイルです。",
            f"{fiscal_year_words(programme.fiscal_year)}の定義ファイルを選んでください。",
        )
    own = (*WORD_FIELDS, *WORDING_FIELDS, *TABLE_FIELDS, "own_dates", "practices_open")
    names = ("title", *PERIOD_FIELDS, *own, *clause_fields(Programme))
    given = found.office
    if (given.ward, given.department, given.section) == (office.ward, office.department, office.section):
        given = replace(office, **{key: getattr(given, key) for key in OFFICE_KEYS})
    contract = replace(programme, **{name: getattr(found.programme, name) for name in names})
    return replace(draft, programme=contract, numbers=found.kinds, office=given)


def start_year(context: ActionContext, *, draft: YearDraft) -> ActionResult:
    """Start a further year; undo is possible while nothing refers to it.

    Raises:
        UserError: the year was already started, or an invalid number.

    """
    return start_programme(
        context,
        programme=draft.programme,
        numbers=draft.numbers,
        office=draft.office,
        contractor=draft.contractor,
        document_settings=draft.document_settings,
    )


def read_closing(store: Store, *, fiscal_year: int, today: date) -> YearClosing:
    """Return what closing a year would remove from home; raises ``UserError`` when there is no such year."""
    year = read_year(store, today, fiscal_year=fiscal_year)
    tasks = tasks_of_year(read_records_of_year(store, year.view.programme.id), year)
    return YearClosing(
        programme=year.view.programme,
        open_duties=tuple(
            join_nonempty(short_date(task.due, today), task.event_title, task.label)
            for task in tasks
            if task.is_open and not task.is_own_check
        ),
    )


def close_year(context: ActionContext, *, fiscal_year: int, day: date, reason: str) -> ActionResult:
    """Close a year by hand, which removes its tasks from home; its records stay readable and printable.

    Raises:
        UserError: no reason, a day in the future, or a year that is closed or does not exist.
    """
    year = read_programme(context.store, fiscal_year=fiscal_year).rows.base
    words = fiscal_year_words(fiscal_year)
    if not reason.strip():
        raise UserError("年度を閉じる理由が書かれていません。", "理由を書いてください。設定と履歴に残ります。")
    if day > context.today:
        raise UserError(f"{long_date(day)}は、まだ来ていません。", "本日までの日を入力してください。")
    if year.closed_on is not None:
        raise UserError(f"{words}は、もう閉じています（{long_date(year.closed_on)}）。", "画面を開き直してください。")
    with context.change(f"{words}を閉じた", "programme") as change:
        change.update(Programme, year.id, closed_on=day, closed_reason=reason.strip())
    return ActionResult(f"{words}を閉じました。記録はそのまま残っています。", year.id)


def reopen_year(context: ActionContext, *, fiscal_year: int) -> ActionResult:
    """Reopen a closed year, whose tasks return to home.

    Raises:
        UserError: the year is not closed, or does not exist.

    """
    year = read_programme(context.store, fiscal_year=fiscal_year).rows.base
    words = fiscal_year_words(fiscal_year)
    if year.closed_on is None:
        raise UserError(f"{words}は閉じていません。", "画面を開き直してください。")
    with context.change(f"{words}をもう一度開いた", "programme") as change:
        change.update(Programme, year.id, closed_on=None, closed_reason="")
    return ActionResult(f"{words}をもう一度開きました。済んでいない期限は、ホームに戻ります。", year.id)


def _beginning_a_year_later(words: str) -> str:
    """Return the beginning of 履行期間 in the words of the next year: a fixed day is a year later."""
    day = parse_term_beginning(words).day if words else None
    return TermBeginning(day=_a_year_later(day)).words if day is not None else words


def _a_year_later(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def missing_start_follow_ups(database: Database, today: date) -> Iterator[FollowUp]:
    """Yield for each open year whose work has no known beginning the task to enter it, with what has no day so far.

    That is 契約確定日, or the beginning of 履行期間 where the contract does not say from when it counts.
    """
    for year in rows(database, Programme, closed_on=None):
        first = date(year.fiscal_year, 4, 1)
        begun, calendar = replace(year, term_begins=long_date_plain(first), contract_date=first), OfficeCalendar({})
        waiting = [
            one.kind
            for one in kinds_of_year(year)
            if not one.is_standalone_in(year)
            and one.wanted_on(year, None, calendar) is None
            and one.wanted_on(begun, None, calendar) is not None
        ]
        missing = contract_date_word(year) if year.term_begins else "履行期間の始まり"
        if waiting and today >= first:
            yield FollowUp(
                task="契約の始まり",
                label=f"{missing}を入れる",
                detail=f"{fiscal_year_words(year.fiscal_year)}　{'・'.join(waiting)}の期限が、まだ出ません",
                due=today,
                basis=f"目安日（{missing}から数える期限がある）",
                rule="契約したらすぐ",
                link=ActionLink("契約"),
            )


@record
class YearDue:
    """One task of the year, as the screen 年度の期日 shows it.

    Attributes:
        closing: by whom, when and why it was closed by hand.
        returns: the times that the 請求書 was returned for a fault; empty for every other task.
    """

    task: Task
    closing: TaskClosing | None
    returns: tuple[InvoiceReturn, ...]

    @property
    def id(self) -> str:
        """Return the key of the row."""
        return self.task.task


@record
class YearDates:
    """The due dates of one year by date; ``words`` is 「令和8年度」."""

    programme_id: int
    words: str
    rows: tuple[YearDue, ...]

    @property
    def open_count(self) -> int:
        """Return how many are still to be done."""
        return sum(row.task.is_open for row in self.rows)


def read_year_dates(
    store: Store, *, today: date, fiscal_year: int | None = None, programme_id: int | None = None
) -> YearDates:
    """Return every due date of a year that belongs to no event, done ones included.

    Args:
        fiscal_year, programme_id: the year by its first year or its id; neither = the newest.
    """
    year = read_year(store, today, fiscal_year=fiscal_year, programme_id=programme_id)
    programme = year.view.programme
    return YearDates(
        programme_id=programme.id,
        words=fiscal_year_words(programme.fiscal_year),
        rows=tuple(
            YearDue(
                task=task,
                closing=manual_closing_of(task.task, year.records),
                returns=invoice_returns(year.records) if task.task == INVOICE else (),
            )
            for task in year_tasks(store, year)
        ),
    )


def close_year_task(
    context: ActionContext, *, programme_id: int, task: str, closed_on: date, reason: str
) -> ActionResult:
    """Close a task of the year by hand; for 業務完了届 and 請求書 ``closed_on`` is the day of receipt.

    Raises:
        UserError: no reason was given, the day has not come yet, there is no such task, it is closed already, or a
            returned 請求書 was not received again.
    """
    found = _task(context.store, programme_id, task, context.now)
    if found.returns and found.task.is_open:
        raise UserError(
            "この請求書は返戻しています。",
            "再受領すると、済になります。「完了・検査・支払」で再受領を記録してください。",
        )
    if not reason.strip():
        raise UserError(
            "済にする理由が書かれていません。", "何をもって済としたかを書いてください。画面と履歴に残ります。"
        )
    if closed_on > context.today:
        raise UserError("済んだ日が、本日より後の日になっています。", "日付を確かめてください。")
    if not found.task.is_open:
        raise UserError(f"「{found.task.label}」は、もう済んでいます。", "画面を開き直してください。")
    row = TaskClosing(
        programme_id=programme_id, task=task, closed_on=closed_on, reason=reason.strip(), **context.signature
    )
    with context.change(f"{found.task.label}を済にした", "deadlines") as change:
        row_id = change.insert(row)
    return ActionResult(f"「{found.task.label}」を{short_date(closed_on, context.today)}に済としました。", row_id)


def reopen_year_task(context: ActionContext, *, programme_id: int, task: str) -> ActionResult:
    """Reopen a task of the year that was closed by hand.

    Raises:
        UserError: it was not closed by hand, it is a 請求書 that was returned since, or it is closed by the record of
            a 検査 or of the payment.
    """
    found = _task(context.store, programme_id, task, context.now)
    if found.returns:
        raise UserError(
            "この請求書は返戻を記録しています。",
            "「完了・検査・支払」で返戻の記録を消してから、もう一度お試しください。",
        )
    if found.closing is None:
        raise UserError(f"「{found.task.label}」は、手で済にしたものではありません。", "画面を開き直してください。")
    kept = _kept_record(context.database, programme_id, task)
    with context.change(f"{found.task.label}を済でなくした", "deadlines") as change:
        change.delete(TaskClosing, found.closing.id)
    stays = fill_nonempty("{}の記録は、そのまま残っています。間違えたときは「元に戻す」を押してください。", kept)
    return ActionResult(f"「{found.task.label}」を、済んでいない期日に戻しました。{stays}", found.closing.id)


def _kept_record(database: Database, programme_id: int, task: str) -> str:
    """Return the record that rests on a 業務完了届 or 請求書 and stays when that is open again, "" without one.

    Raises:
        UserError: it is 検査 or 支払 that a record closed: reopened alone, it would contradict that record.
    """
    name = first_name_of(task)
    inspections = rows(database, Inspection, programme_id=programme_id, order=("held_on", "id"))
    kept = ""
    if name in (NOTICE, INSPECTED) and inspections and inspections[-1].result.is_passed:
        kept = "検査の合格"
    elif name in (INVOICE, PAID) and any(one.paid_on for one in rows(database, Payment, programme_id=programme_id)):
        kept = "支払の手続き"
    if kept and name in (INSPECTED, PAID):
        raise UserError(f"{kept}を記録しています。", "「完了・検査・支払」で、その記録を直してください。")
    return kept


def override_year_deadline(
    context: ActionContext, *, programme_id: int, task: str, due: date, reason: str
) -> ActionResult:
    """Set the date of a task of the year by hand; the computed dates and the reason stay visible.

    Raises:
        UserError: no reason was given, or there is no such task.
    """
    if not reason.strip():
        raise UserError("期限を手で変える理由が書かれていません。", "理由を書いてください。画面と履歴に残ります。")
    label = _task(context.store, programme_id, task, context.now).task.label
    words = short_date(due, context.today)
    with context.change(f"{label}の期限を手で{words}にした", "deadlines") as change:
        for old in _overrides(context.store, programme_id, task):
            change.delete(DeadlineOverride, old.id)
        row_id = change.insert(
            DeadlineOverride(programme_id=programme_id, task=task, due=due, reason=reason.strip(), **context.signature)
        )
    return ActionResult(f"{label}の期限を{words}にしました。計算した日付も残しています。", row_id)


def remove_year_override(context: ActionContext, *, programme_id: int, task: str) -> ActionResult:
    """Remove the date set by hand; raises ``UserError`` when there is none."""
    label = _task(context.store, programme_id, task, context.now).task.label
    rows = _overrides(context.store, programme_id, task)
    if not rows:
        raise UserError(f"「{label}」は、手で変えた期限ではありません。", "画面を開き直してください。")
    with context.change(f"{label}の期限を計算に戻した", "deadlines") as change:
        for row in rows:
            change.delete(DeadlineOverride, row.id)
    return ActionResult(f"{label}の期限を計算に戻しました。", rows[-1].id)


def _overrides(store: Store, programme_id: int, task: str) -> list[DeadlineOverride]:
    return [row for row in rows(store.database, DeadlineOverride, programme_id=programme_id) if row.task == task]


def _task(store: Store, programme_id: int, task: str, now: datetime) -> YearDue:
    """Return the row of one task of a year by the rule's name; raises ``UserError`` when the year has no such task."""
    shown = read_year_dates(store, today=now.date(), programme_id=programme_id)
    found = next((row for row in shown.rows if row.task.task == task), None)
    if found is None:
        raise UserError(f"この年度に「{task}」という期日はありません。", "年度の期日を開き直してください。")
    return found
