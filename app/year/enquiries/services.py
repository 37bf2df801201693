"""応対メモ and the 問合せ・相談台帳 (K-240 to K-242): what 団体 and others asked, wished or complained of.

A 応対メモ is taken in a few seconds, with who asked; it stands on home until it is answered, and is a row of the
台帳 without caller and number. Rows can be typed there, too.

Notifications and calls by the ward are recorded elsewhere (情報授受簿, 連絡の記録, 電話一覧) and are no enquiries. An
earlier version included those rows here: rows that were numbered then, or have a remark, are still shown.

A question that the ward forwards is still answered by the ward: 照会先 and 照会日 say to whom it was forwarded. For an
unanswered enquiry there is a reminder after some days (目安日; no clause states a period)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionLink
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.common.join_nonempty import join_nonempty
from app.event.services.tasks.follow_ups import FollowUp
from app.ledgers.rules import (
    DerivedRow,
    LedgerBook,
    LedgerColumn,
    LedgerDoubt,
    cell_day,
    cells_of,
    day_order_problem,
    to_cell,
)
from app.ledgers.services.ledger import WARD, Ledger, Total
from app.ledgers.services.ledger_reading import read_books
from app.programme.services import read_programme
from app.year.dates.services import CurrentEvidence, EvidenceSource
from db.engine import Database
from db.fields import length_problems
from db.record import record
from db.records.calls import Call
from db.records.documents import CIRCULATED, SET_ASIDE, Notification
from db.records.ledgers import LedgerNote, LedgerNumber
from db.records.organisations import Organisation
from db.records.programme import Programme
from db.records.year.enquiries import ContactMemo, EnquirySort, EnquiryWay
from db.records.year.proposal import EvidenceSort
from db.rows import by_id, rows
from db.store import Store
from db.tables import events as event_table

TOLD: str = EnquirySort.TOLD.value
KEY = "enquiries"
MEMO: Final = "応対メモ"
_DAYS = 7
"""Days after which an unanswered enquiry is reported; a 目安日 of the program."""
_SHOWN = 30
"""How many characters of a 用件 home shows."""


def _rows_numbered_by_earlier_version(database: Database, programme: Programme, table: str) -> dict[int, str]:
    """Return the keys, by row id, of derived rows that an earlier version numbered or that have a remark."""
    keys = {one.source_key for one in rows(database, LedgerNumber, programme_id=programme.id, ledger=KEY)}
    keys |= {one.row_key for one in rows(database, LedgerNote, programme_id=programme.id, ledger=KEY)}
    return {int(key.partition(":")[2]): key for key in keys if key.startswith(f"{table}:")}


def _notification_rows(database: Database, programme: Programme) -> Iterable[DerivedRow]:
    """Yield notifications about events that an earlier version numbered in this ledger, or that have a remark there.

    Without those that were set aside or only circulated.
    """
    known = _rows_numbered_by_earlier_version(database, programme, "acts")
    for act in rows(database, Notification, id=tuple(known)):
        if act.told_how in (SET_ASIDE, CIRCULATED):
            continue
        yield DerivedRow(
            key=known[act.id],
            cells=cells_of(
                at=to_cell(act.at) if act.at.date() == act.told_on else to_cell(act.told_on),
                way=_channel_of(act.told_how),
                sort=TOLD,
                about=f"{act.document_kind}　{act.title}".strip(),
                event=act.event_id,
                answer=f"{act.told_to}へ連絡",
                done=to_cell(act.told_on),
                taker=act.told_by,
            ),
            written_at=act.at,
            made_by="連絡した",
            withdrawn=act.withdrawn,
            link=ActionLink("帳票", event_id=act.event_id, kind=act.document_kind),
            event_id=act.event_id,
        )


def _call_rows(database: Database, programme: Programme) -> Iterable[DerivedRow]:
    """Yield calls about a 中止 or change that an earlier version numbered in this ledger, or with a remark there."""
    known = _rows_numbered_by_earlier_version(database, programme, "calls")
    for call in rows(database, Call, id=tuple(known)):
        reached = call.outcome.is_settled
        yield DerivedRow(
            key=known[call.id],
            cells=cells_of(
                at=to_cell(call.at),
                way=EnquiryWay.PHONE,
                sort=TOLD,
                organisation=call.organisation_id or "",
                event=call.event_id,
                about=f"中止・変更の連絡（{call.target}）",
                answer=join_nonempty(call.outcome, call.note),
                done=to_cell(call.at.date()) if reached else "",
                taker=call.by,
            ),
            written_at=call.at,
            made_by="電話した",
            link=ActionLink("中止・変更の連絡", event_id=call.event_id),
            event_id=call.event_id,
        )


def _channel_of(how: str) -> str:
    """Return the channel that words on how something was told name (MAIL, PHONE …), else PAPER."""
    known = (
        (EnquiryWay.MAIL, ("メール",)), (EnquiryWay.PHONE, ("電話", "口頭")), (EnquiryWay.COUNTER, ("窓口", "手渡し")),
        (EnquiryWay.HALL, ("会場",)),
    )  # fmt: skip
    return next((way for way, words in known if any(word in how for word in words)), EnquiryWay.PAPER)


def _memo_rows(database: Database, programme: Programme) -> Iterable[DerivedRow]:
    """Yield the 応対メモ of a year, without who called from where."""
    for memo in rows(database, ContactMemo, programme_id=programme.id):
        yield DerivedRow(
            key=f"contact_memos:{memo.id}",
            cells=cells_of(
                at=to_cell(memo.received_at),
                way=memo.way,
                sort=memo.sort,
                organisation=memo.organisation_id or "",
                about=memo.about,
                event=memo.event_id or "",
                answer=memo.answer,
                done=to_cell(memo.answered_on) if memo.answered_on is not None else "",
                taker=memo.answerer,
            ),
            written_at=memo.received_at,
            made_by=MEMO,
            link=ActionLink(MEMO, memo_id=memo.id),
            event_id=memo.event_id,
        )


def _unanswered_doubts(
    _database: Database, _programme: Programme, book: LedgerBook, today: date
) -> Iterable[LedgerDoubt]:
    """Yield a doubt for each enquiry without 済んだ日 that was received more than seven days ago.

    Cancelled rows and 区からの連絡 are left out.
    """
    for line in book.lines:
        waiting = line.cells.get("sort") != TOLD and not line.cells.get("done") and not line.cancel_reason
        if waiting and line.day is not None and line.day + timedelta(days=_DAYS) < today:
            yield LedgerDoubt(
                row=line.key,
                rule="未回答",
                words="回答がまだです",
                explanation=f"受けた日から{_DAYS}日を過ぎています。回答したら「済んだ日」を入れ、"
                f"待っているときは事情を理由に書きます。",
                basis="目安日",
                column="done",
            )


def _forwarded_without_day_doubts(
    _database: Database, _programme: Programme, book: LedgerBook, _today: date
) -> Iterable[LedgerDoubt]:
    """Yield a doubt for each enquiry with 照会先 and without 照会日 (K-241); cancelled rows are left out."""
    for line in book.lines:
        if line.cells.get("asked_of") and not cell_day(line.cells.get("asked_on", "")) and not line.cancel_reason:
            yield LedgerDoubt(
                row=line.key,
                rule="照会日",
                words="照会日がありません",
                explanation="照会した日を入れると、いつ、どこへたずねたかが残ります。",
                basis="目安日",
                column="asked_on",
            )


def _day_order_problem(cells: Mapping[str, str]) -> str:
    return day_order_problem(ENQUIRIES.columns, cells, ("at", "asked_on"), ("at", "done"))


def _count_sort(word: str) -> Total:
    return Total(word, lambda cells: cells.get("sort") == word)


ENQUIRIES = Ledger(
    key=KEY,
    title="問合せ・相談台帳",
    sign="問合せ",
    keeper=WARD,
    about="団体などからの問合せ・相談・要望・苦情と、その対応。応対メモから並び、手でも記入できます。区からの連絡は情報授受簿などに残ります",
    handling_mark="取扱注意（団体名を含む）",
    columns=(
        LedgerColumn("at", "日時", "moment", width=30, is_past_event=True),
        LedgerColumn(
            "way",
            "経路",
            "choice",
            choices=tuple(EnquiryWay),
            width=17,
            shown_under=("at", ""),
        ),
        LedgerColumn("organisation", "団体", "organisation", width=38, is_required=False),
        LedgerColumn(
            "sort",
            "区分",
            "choice",
            choices=tuple(EnquirySort),
        ),
        LedgerColumn("about", "内容", width=56),
        LedgerColumn("event", "実施回", "event", width=36, is_required=False, shown_under=("about", "")),
        LedgerColumn("answer", "対応", width=34, is_required=False, filled_later=True, recorded_elsewhere=MEMO),
        LedgerColumn(
            "asked_of",
            "照会先",
            width=26,
            is_required=False,
            shown_in_list=False,
            has_print_column=False,
            hint="受託者、情報政策課など",
        ),
        LedgerColumn(
            "asked_on",
            "照会日",
            "day",
            width=26,
            is_past_event=True,
            is_required=False,
            shown_in_list=False,
            has_print_column=False,
        ),
        LedgerColumn(
            "done",
            "済んだ日",
            "day",
            width=26,
            is_past_event=True,
            is_required=False,
            filled_later=True,
            recorded_elsewhere=MEMO,
        ),
        LedgerColumn(
            "taker", "担当した人", "person", width=22, is_required=False, shown_in_list=False, has_print_column=False
        ),
    ),
    entry_link=ActionLink(MEMO),
    sources=(_notification_rows, _call_rows, _memo_rows),
    row_problem=_day_order_problem,
    doubt_rules=(_unanswered_doubts, _forwarded_without_day_doubts),
    totals=(
        *(_count_sort(word) for word in tuple(EnquirySort)[:4]),
        Total("回答待ち", lambda cells: cells.get("sort") != TOLD and not cells.get("done"), names_rows=True),
    ),
    note="受託者への問合せは業務責任者へ行い、団体への回答は区が行う。",
)


def read_enquiries(store: Store, keys: Sequence[str]) -> Mapping[str, CurrentEvidence]:
    """Return 内容 of rows of 問合せ・相談台帳 by their key (「typed:12」), of any year, as evidence for the 提案書.

    Cancelled rows and 区からの連絡 are left out; who asked is not part of it.
    """
    found = {}
    for programme in rows(store.database, Programme):
        last = date(programme.fiscal_year + 1, 3, 31)
        book, _setting = read_books(store.database, programme, last, (ENQUIRIES,))[ENQUIRIES.key]
        for line in book.lines:
            if line.key in keys and line.cells.get("sort") != TOLD and not line.cancel_reason:
                found[line.key] = CurrentEvidence(
                    sort=EvidenceSort.CONTACT,
                    said=line.cells.get("about", ""),
                    source=f"問合せ・相談台帳 No{line.number}",
                    day=line.day,
                    programme_id=programme.id,
                )
    return found


SOURCE = EvidenceSource(kind=ENQUIRIES.key, read=read_enquiries)


@record
class MemoLine:
    """One 応対メモ with the names of its 団体 and its event, "" = none."""

    memo: ContactMemo
    organisation: str
    event: str

    @property
    def id(self) -> int:
        """Return the id of the 応対メモ."""
        return self.memo.id


@record
class Memos:
    """The 応対メモ of a year and the open ones of all, these first; with the 団体 and events that one may be about."""

    programme_id: int
    lines: tuple[MemoLine, ...]
    organisations: Mapping[int, str]
    events: Mapping[int, str]


def read_memos(store: Store, *, fiscal_year: int) -> Memos:
    """Return the 応対メモ of a year, with what is open of another; raises ``UserError`` for a year not started."""
    database, year = store.database, read_programme(store, fiscal_year=fiscal_year).programme
    organisations = {one.id: one.name for one in rows(database, Organisation, order="name")}
    events = {one.id: one.full_title for one in event_table.events_of_year(database, year.id)}
    found = rows(database, ContactMemo, order=("-received_at", "-id"))
    return Memos(
        programme_id=year.id,
        lines=tuple(
            MemoLine(
                memo=one,
                organisation=organisations.get(one.organisation_id or 0, ""),
                event=events.get(one.event_id or 0, ""),
            )
            for one in sorted(found, key=lambda one: not one.is_open)
            if one.is_open or one.programme_id == year.id
        ),
        organisations=organisations,
        events=events,
    )


def save_memo(context: ActionContext, *, memo: ContactMemo) -> ActionResult:
    """Save a 応対メモ (``id`` 0 = a new one) with its answer, if there is one.

    Raises:
        UserError: it says not what it is about, has a day of answer without answer, a text is too long, or a day is
            impossible.
    """
    memo = replace(memo, about=memo.about.strip(), answerer=memo.answerer.strip() or context.by, by=context.by)
    came = memo.received_at.date()
    long = length_problems(memo)
    wrong = (
        (not memo.about, "用件が書かれていません。"),
        (long, f"{'、'.join(long)}ため、残せません。"),
        (memo.received_at > context.now, "受けた日時が先になっています。"),
        ((memo.answer_by or came) < came, "答える期限が、受けた日より前です。"),
        (not came <= (memo.answered_on or came) <= context.today, "答えた日が、受けた日より前か本日より後です。"),
        (memo.answered_on is not None and not memo.answer.strip(), "答えたことが書かれていません。"),
    )
    for is_wrong, words in wrong:
        if is_wrong:
            raise UserError(words, "応対メモは、まだ残していません。直してから保存してください。")
    with context.change("応対メモを残した", KEY, event_id=memo.event_id) as change:
        row_id = change.correct(by_id(context.database, ContactMemo, memo.id), memo)
    where = f"{memo.answerer}さんが答えるまで、ホームに出ます。" if memo.is_open else "問合せ・相談台帳に載ります。"
    return ActionResult(f"応対メモを残しました。{where}", row_id)


def memo_follow_ups(database: Database, today: date) -> list[FollowUp]:
    """Return the 応対メモ that wait for an answer, by their own day, else seven days after they came."""
    return [
        FollowUp(
            task=MEMO,
            label=f"応対に答える：{one.about[:_SHOWN]}{'…' if len(one.about) > _SHOWN else ''}",
            detail=join_nonempty(one.answerer, f"{short_date(one.received_at.date(), today)}の{one.way}"),
            due=one.answer_by or one.received_at.date() + timedelta(days=_DAYS),
            basis="目安日。応対メモの期限です" if one.answer_by else f"目安日。受けた日から{_DAYS}日です",
            rule="応対メモ",
            link=ActionLink(MEMO, memo_id=one.id),
        )
        for one in rows(database, ContactMemo, order="received_at")
        if one.is_open
    ]
