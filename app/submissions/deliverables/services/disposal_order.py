"""返還・廃棄の指示 (特22-1), the letter on 残っているもの, its notification, and what is not proven yet.

Items added after the notification require a new one; returned or destroyed items do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256

from app.actions.action_id import ActionId, ActionLink
from app.actions.user_error import UserError
from app.calendar.dates import long_date, short_date
from app.common.and_others import and_others
from app.common.clauses import clause_of
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.blocks import DocumentContent
from app.documents.document_frame import Passage
from app.documents.file_format import TEXT_FORMATS
from app.documents.rules import Matter, shown_fact, with_seal
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import DocumentKind, DocumentSubject
from app.documents.services.document_passages import passage_texts
from app.documents.services.document_scope import DocumentScope, year_of
from app.documents.services.notification_kinds import CONTRACTOR, MatterLine, NotificationKind, matter_lines
from app.event.services.tasks.follow_ups import FollowUp
from app.programme.rules import CERTIFIED, asks_for_disposal, cited, titled
from app.programme.services import read_programme, read_view
from app.submissions.deliverables.documents import (
    KIND,
    LEAD,
    OTHER,
    PROOF,
    SUBJECT,
    UNTIL,
    WAY,
    WITNESS,
    OrderFacts,
    disposal_order,
)
from app.submissions.deliverables.rules.due_rows import DONE
from app.submissions.deliverables.rules.year_form_definitions import CERTIFICATE, DISPOSALS, RETURNED
from app.submissions.deliverables.services.due_list import read_due_list
from app.submissions.deliverables.services.holdings import HoldingLine, Holdings, read_holdings
from db.engine import Database
from db.record import record
from db.records.documents import Notification, Outgoing
from db.records.programme import Programme
from db.records.submissions.received import ReceivedPaper
from db.redactions import SUM_SEPARATOR
from db.rows import row, rows
from db.store import Store

TITLE: ActionId = "契約の終わり"
_ITEMS = "対象"
_AHEAD = timedelta(days=30)
"""How long before the end of 履行期間 home shows the end of a contract."""
_BEFORE = timedelta(days=14)
"""How long before that day it is to be notified, since destroying and proving take time (目安日)."""
_NEAR = timedelta(days=7)
_NAMED = 3
_STOPPED = ("アカウント", "アクセス権限")
_BROUGHT = ("機器", "資料")


@record
class DisposalOrder:
    """What is held at the end of a contract, with letter and notification.

    Attributes:
        holdings: 残っているもの.
        notification: the last one that stands, None = none.
        new_lines: remaining items that it does not name; without a notification all.
        revision: the number of a letter made now, from 1.
        status_line: the state of the letter, None = none was made.
        certificate: the newest one received, None = none.
    """

    programme: Programme
    holdings: Holdings
    notification: Notification | None
    new_lines: tuple[HoldingLine, ...]
    revision: int
    status_line: MatterLine | None
    certificate: ReceivedPaper | None

    @property
    def lines(self) -> tuple[HoldingLine, ...]:
        """Return the lines of a letter made now: all that remains, or what was notified if nothing was added since."""
        if self.new_lines or self.notification is None:
            return self.holdings.remaining
        known = _notified_fingerprints(self.notification)
        return tuple(one for one in self.holdings.lines if one.holder == "受託者" and _fingerprint(one) in known)

    @property
    def is_outdated(self) -> bool:
        """Return whether items were added after the notification, and nobody decided to leave it at that."""
        return self.status_line is not None and self.status_line.status == "変更あり"

    @property
    def differing(self) -> tuple[HoldingLine, ...]:
        """Return the lines whose quantity differs in the certificate."""
        return tuple(one for one in self.holdings.remaining if one.difference)


@record
class _Context:
    """What is held of the year, whether its disposal was ordered, and the letter of it."""

    held: Holdings
    notification: Notification | None
    is_made: bool


def _fingerprint(line: HoldingLine) -> str:
    """Return a short hash of the item, medium and quantity of a line; another quantity gives another hash."""
    return sha256(line.id.encode()).hexdigest()[:8]


def _notified_fingerprints(notification: Notification) -> frozenset[str]:
    return frozenset(notification.facts.get(_ITEMS, "").partition(SUM_SEPARATOR)[2].split(","))


def _new_lines(held: Holdings, notification: Notification | None) -> tuple[HoldingLine, ...]:
    """Return the lines that the last order did not name yet; without a ``notification`` of one all."""
    known = _notified_fingerprints(notification) if notification is not None else frozenset()
    return tuple(one for one in held.remaining if _fingerprint(one) not in known)


def _notifications(database: Database, programme: Programme) -> list[Notification]:
    return rows(database, Notification, programme_id=programme.id)


def _notified(notifications: Sequence[Notification]) -> list[Notification]:
    return [one for one in notifications if one.key == KIND and one.is_notified]


def _matters(subject: DocumentSubject) -> tuple[Matter, ...]:
    """Return the order as it was notified or, with what was added since, as it must be; nothing before the letter."""
    ground = subject.record
    if not isinstance(ground, _Context) or not (ground.is_made or ground.notification is not None):
        return ()
    fresh = _new_lines(ground.held, ground.notification)
    if ground.notification is not None and not fresh:
        facts: Mapping[str, str] = ground.notification.facts
    elif not ground.held.remaining:
        return ()
    else:
        more = f"（うち新しいもの {len(fresh)}件）" if ground.notification is not None else ""
        marks = ",".join(sorted(map(_fingerprint, ground.held.remaining)))
        facts = {_ITEMS: with_seal(f"{len(ground.held.remaining)}件{more}", marks)}
    return (Matter(key=KIND, title=shown_fact(facts.get(_ITEMS, "")), facts=facts, document_kind=KIND),)


def _context_for_scope(store: Store, scope: DocumentScope) -> object:
    """Return what the year's order is notified by (``_Context``); None without such a year."""
    found = row(store.database, Programme, fiscal_year=scope.fiscal_year)
    return _read_context(store.database, found) if found is not None else None


def _read_context(database: Database, programme: Programme) -> _Context:
    """Return whether the order was made and notified, with what is held; ``held`` is empty before it was made."""
    told = _notified(_notifications(database, programme))
    made = bool(told) or bool(rows(database, Outgoing, programme_id=programme.id, document_kind=KIND, limit=1))
    held = read_holdings(database, programme) if made else Holdings(lines=(), unmatched_rows=())
    return _Context(held=held, notification=told[-1] if told else None, is_made=made)


NOTIFICATIONS = (
    NotificationKind(
        document_names=(KIND,),
        about="年度",
        usual_party=CONTRACTOR,
        matters=_matters,
        read_context=_context_for_scope,
        next_place_words=lambda _subject, _matter: "「契約の終わり」で、廃棄・消去証明書を待ちます。",
    ),
)


def read_disposal_order(database: Database, programme: Programme) -> DisposalOrder:
    """Return the disposal order of a year by the records of now, notified or not."""
    held, acts = read_holdings(database, programme), _notifications(database, programme)
    told = _notified(acts)
    issued = rows(database, Outgoing, programme_id=programme.id)
    ground = _Context(
        held=held, notification=told[-1] if told else None, is_made=any(one.document_kind == KIND for one in issued)
    )
    subject = DocumentSubject(scope=DocumentScope(fiscal_year=programme.fiscal_year), title="", record={KIND: ground})
    papers = rows(database, ReceivedPaper, programme_id=programme.id, kind=CERTIFIED, order="version")
    fresh = _new_lines(held, ground.notification)
    return DisposalOrder(
        programme=programme,
        holdings=held,
        notification=ground.notification,
        new_lines=fresh,
        revision=max(1, len(told) + bool(fresh)),
        status_line=next((one for one in matter_lines(subject, acts, issued) if one.key == KIND), None),
        certificate=papers[-1] if papers else None,
    )


# the letter


def disposal_method(line: HoldingLine) -> str:
    """Return the disposal method for a line by its medium: 「返還」, 「停止・削除」 or 「廃棄または消去」."""
    if line.medium in _BROUGHT:
        return RETURNED
    if line.medium in _STOPPED:
        return "停止・削除"
    return "廃棄または消去"


def order_passages(store: Store, scope: DocumentScope, on: date) -> Sequence[Passage]:
    """Return the default wording of the letter."""
    view = year_of(store, scope, on=on)
    ways = "、".join(DISPOSALS[1:4])
    return (
        Passage(SUBJECT, f"{view.programme.title}に係る\n情報の返還および廃棄について（指示）"),
        Passage(
            LEAD,
            f"本契約により取り扱った情報を、{titled('終了時の返還・処分')}により、"
            "つぎのとおり返還し、または廃棄・消去してください。",
            lines=3,
        ),
        Passage(UNTIL, f"{long_date(view.programme.term_end)}まで", lines=1),
        Passage(
            WAY,
            f"紙と記録媒体は{ways}など、復元できない方法によること。データは複製とバックアップを含めて消去し、"
            "消去ソフトの名称と方式を記録すること。表の処理に代えて区に返還することができる。",
            lines=3,
        ),
        Passage(WITNESS, "", lines=1),
        Passage(
            PROOF,
            f"完了したときは、「{CERTIFICATE}」に、表の情報項目と媒体名のとおり6項目を記入し、提出すること"
            f"（{cited('返還・処分を証明する書類')}）。",
            lines=3,
        ),
        Passage(OTHER, "表にないものが残っているときは、加えて処理し、証明書に記入すること。"),
    )


def build_order(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Build the letter of a year with what the contractor holds by the records.

    Raises:
        UserError: the records know of nothing that the contractor holds.
    """
    context = document_context_of(store, scope, KIND, now, formal=True)
    order = read_disposal_order(store.database, context.programme)
    if not order.lines:
        raise UserError(
            "受託者が持っているものの記録がありません。", "「契約の終わり」で、残っているものを確かめてください。"
        )
    defaults = order_passages(store, scope, now.date())
    return disposal_order(
        context,
        OrderFacts(
            lines=[(one.item, one.medium, one.quantity, disposal_method(one)) for one in order.lines],
            ordinal=order.revision,
            texts=passage_texts(store, scope, KIND, defaults, revision=order.revision),
        ),
    )


def order_halts(store: Store, scope: DocumentScope, on: date) -> tuple[str, ...]:
    """Return that the order waits for unchecked 実施報告書 (destroyed items can't be compared any more), else ()."""
    programme_id = read_programme(store, fiscal_year=scope.fiscal_year).programme.id
    found = [
        one.title
        for one in read_due_list(store, programme_id=programme_id, today=on).rows
        if one.event_id and one.group != DONE
    ]
    if not found:
        return ()
    rest = and_others(found, _NAMED)
    return (f"確認済でない実施報告書が{len(found)}件あります（{'、'.join(found[:_NAMED])}{rest}）。",)


def _order_of(store: Store, scope: DocumentScope) -> DisposalOrder:
    return read_disposal_order(store.database, read_programme(store, fiscal_year=scope.fiscal_year).programme)


def _ready(store: Store, subject: DocumentSubject) -> bool:
    return bool(_order_of(store, subject.scope).lines)


def _state(store: Store, subject: DocumentSubject, today: date) -> str:
    """Return 「3/10(水) 連絡済」, the day on which the order was notified; "" before."""
    told = _order_of(store, subject.scope).notification
    return f"{short_date(told.told_on, today)} 連絡済" if told is not None else ""


DOCUMENT = DocumentKind(
    kind=KIND,
    formats=TEXT_FORMATS,
    build=build_order,
    is_ready=_ready,
    state_words=_state,
    passages=order_passages,
    missing_words="受託者に渡したもの、アンケートの回収数などが記録されると作成できます。",
    todo=TITLE,
    goes_out=True,
    formal=True,
    revision=lambda store, scope: _order_of(store, scope).revision,
    recipient="受託者",
    clauses=(clause_of("返還・処分と証明、外部委託の承認"),),
)
HALTS = ((KIND, order_halts),)


# home


def order_follow_ups(database: Database, today: date) -> Iterator[FollowUp]:
    """Yield the next open step of each open contract with something left to dispose of.

    It starts 30 days before the end of the contract; before that only the years and their settings are read.
    """
    for base in rows(database, Programme, closed_on=None):
        programme = read_view(database, base, today).programme
        if asks_for_disposal(programme) and today >= programme.term_end - _AHEAD:
            order = read_disposal_order(database, programme)
            if order.holdings.remaining:
                yield from _open_step(database, order, today)


def _open_step(database: Database, order: DisposalOrder, today: date) -> Iterator[FollowUp]:
    """Yield the open step, if any: to order the disposal, to tell of more, or to ask for or check the certificate.

    The certificate is asked for from seven days before the last open day of the contract.
    """
    programme, left = order.programme, len(order.holdings.remaining)
    view = read_view(database, programme, today)
    if order.notification is None and order.certificate is None:
        day = view.calendar.open_on_or_before(programme.term_end - _BEFORE)
        yield _row(
            order,
            "返還・廃棄を受託者に指示する",
            f"残っているもの {left}件",
            day,
            f"履行期間の末日の{_BEFORE.days}日前の開庁日です",
        )
    elif order.notification is not None and order.is_outdated:
        names = "、".join(one.words for one in order.new_lines[:_NAMED])
        yield _row(
            order,
            "返還・廃棄の指示を伝え直す",
            f"指示のあとに加わりました：{names}",
            today,
            f"{short_date(order.notification.told_on, today)}に伝えた指示です",
        )
    elif order.certificate is None:
        day = view.calendar.open_on_or_before(programme.term_end)
        if today >= day - _NEAR:
            yield _row(
                order, f"{CERTIFIED}の提出を求める", f"残っているもの {left}件", day, "履行期間の最後の開庁日です"
            )
    else:
        came = order.certificate.received_on
        within = programme.review_open_days
        what = fill_nonempty("数量が違うもの {}件", len(order.differing))
        yield _row(
            order,
            "証明書にない、残っているものを確かめる",
            join_nonempty(f"{left}件", what),
            view.calendar.add_open_days(came, within),
            f"証明書の受領から{within}開庁日です",
        )


def _row(order: DisposalOrder, label: str, detail: str, due: date, basis: str) -> FollowUp:
    return FollowUp(
        task=KIND,
        label=label,
        detail=detail,
        due=due,
        basis=basis,
        rule="目安日",
        link=ActionLink(TITLE, programme_id=order.programme.id),
    )
