"""アクセスの記録: what was recorded on some days, and its monthly 点検 with a second person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionLink
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.wareki import fiscal_year_of, month_words
from app.data_folder.services.accounts import MANAGER_MARK, account_managers
from app.data_folder.services.due_erasing import believed_today
from app.documents.blocks import DocumentContent
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import DocumentItem, DocumentKind
from app.documents.services.document_scope import DocumentScope
from app.event.services.tasks.follow_ups import FollowUp
from app.programme.holds import read_holds
from app.programme.rules import accesses_until
from app.programme.services import agreed_years, office_calendar
from app.settings.access.documents import KIND, access_review
from db.accesses import queries
from db.engine import Database
from db.record import record
from db.records.accounts import Access, AccessAct, AccessFigure, AccessReview, FailedLogin, User
from db.records.events import Event
from db.rows import row, rows
from db.store import Store
from db.tables import accounts

SUBJECT = "access"
MANY_FAILURES, MANY_PEOPLE = 5, 100
OPENS, CLOSES = time(9), time(17)
_MAX_NUMBERS = 20


@record
class AccessLine:
    """One access with the display name of who it was, and what it is about in words.

    Attributes:
        purpose: what it was for as the journal says, where that was asked. result: whether it was done.
    """

    access: Access
    name: str
    what: str
    purpose: str
    result: str


@record
class AccessMonth:
    """The accesses of a month, newest first, and its review (None = there is none yet).

    ``refusal`` says why this person sees none ("" = may).
    """

    lines: tuple[AccessLine, ...] = ()
    review: AccessReview | None = None
    refusal: str = ""


def read_month(store: Store, *, month: date) -> AccessMonth:
    """Return the accesses of the month that begins on ``month``, to managers and 点検 alone."""
    if refusal := _refusal(store):
        return AccessMonth(refusal=refusal)
    found = _accesses_of(store, month)
    names = {one.login_id: one.display_name for one in rows(store.database, User)}
    done = queries.journal_words(store.database, [one.journal_seq for one in found if one.journal_seq])
    events = {one.id: one.full_title for one in rows(store.database, Event)}
    lines = []
    for one in sorted((*found, *_failed_accesses(store, month)), key=lambda one: one.at, reverse=True):
        (action, purpose), is_failed = done.get(one.journal_seq or 0, (one.what, "")), one.id < 0
        nobody = "登録のないID" if is_failed else "回復キー"
        lines.append(
            AccessLine(
                access=one,
                name=names.get(one.login_id, one.login_id or nobody),
                what=f"{action}　{_about_words(one, events)}".strip(),
                purpose=purpose,
                result="失敗" if is_failed else one.act if one.act.is_refused or one.act.is_gap else "済",
            )
        )
    return AccessMonth(lines=tuple(lines), review=review_of(store, month))


def _failed_accesses(store: Store, month: date) -> Iterator[Access]:
    """Yield the failed log-ins of a month as accesses, whose ids are below zero."""
    for one in _failed_logins(store, month):
        yield Access(
            id=-one.id,
            at=one.at.astimezone(),
            act=AccessAct.LOGIN,
            login_id=one.login_id,
            pc=one.pc,
            what=one.way,
            count=one.times,
        )


def _failed_logins(store: Store, month: date) -> list[FailedLogin]:
    found = accounts.failed_logins(store.database)
    return [one for one in found if month <= one.at.date() < _next_month(month)]


def review_of(store: Store, month: date) -> AccessReview | None:
    """Return the review of a month, None where there is none."""
    return row(store.database, AccessReview, month=month)


def record_review(context: ActionContext, *, month: date, remarks: str, treatment: str = "") -> ActionResult:
    """Record what was seen in a month, with the figures as they stand now; recorded again it waits for the second
    person anew.

    Raises:
        UserError: not a manager, no 所見, or the month is not over.
    """
    _check_manager(context.store)
    if not remarks.strip() or _next_month(month) > context.today:
        raise UserError(
            "所見がないか、まだ終わっていない月です。",
            "終わった月を選び、見て分かったことを書いてください。",
        )
    found = _accesses_of(context.store, month)
    with context.change(f"アクセスの記録（{month_words(month)}）を点検した", SUBJECT) as change:
        row_id = change.update_or_insert(
            AccessReview,
            review_of(context.store, month),
            fiscal_year=fiscal_year_of(month),
            month=month,
            total=len(found) + len(_failed_logins(context.store, month)),
            figures=_figures(context.store, month, found),
            remarks=remarks.strip(),
            treatment=treatment.strip(),
            confirmed_by="",
            confirmed_at=None,
            **context.signature,
        )
    return ActionResult("点検を記録しました。ほかの人の確認を待っています。", row_id)


def confirm_review(context: ActionContext, *, review_id: int) -> ActionResult:
    """Record that a second person looked at a review.

    Raises:
        UserError: not a manager, confirmed already, or it is one's own.
    """
    _check_manager(context.store)
    review = get_or_raise(context.database, AccessReview, review_id)
    if review.confirmed_by or review.by == context.by:
        raise UserError(
            "この点検は、すでに確認されているか、ご自分の点検です。", "点検した本人ではない人が確認してください。"
        )
    with context.change(f"アクセスの記録（{month_words(review.month)}）の点検を確認した", SUBJECT) as change:
        change.update(AccessReview, review_id, confirmed_by=context.by, confirmed_at=context.now)
    return ActionResult("点検を確認しました。", review_id)


def review_follow_ups(database: Database, today: date) -> list[FollowUp]:
    """Return one follow-up for the oldest month that is over and not reviewed by two people."""
    month = (queries.first_day(database) or today).replace(day=1)
    if _next_month(month) > today:
        return []
    done = {one.month: one.confirmed_by for one in rows(database, AccessReview)}
    while done.get(month):
        month = _next_month(month)
    if (following := _next_month(month)) > today:
        return []
    return [
        FollowUp(
            task="アクセスの記録の点検",
            label=f"アクセスの記録の{'点検を確認する' if month in done else '点検をする'}",
            detail=month_words(month),
            due=_next_month(following) - timedelta(days=1),
            basis="目安日（毎月。翌月の末日まで）。条文に期間の定めはありません",
            rule="毎月",
            link=ActionLink("アクセスの記録"),
        )
    ]


def erase_expired(store: Store, now: datetime) -> tuple[str, ...]:
    """Remove accesses whose time is over, whole fiscal years from the oldest on; return messages.

    Nothing goes while records are held, or after a leap of the clock.
    """
    first, today, years = queries.first_day(store.database), believed_today(store, now), agreed_years(store.database)
    if first is None or not years or read_holds(store.database, today).found:
        return ()
    year = begun = fiscal_year_of(first)
    # A fiscal year without a contract goes by the one after it, or the newest.
    while accesses_until(next((one for one in years if one.fiscal_year >= year), years[-1]), year) < today:
        year += 1
    if year == begun:
        return ()
    action = "保存の期間を過ぎたアクセスの記録を消した"
    with store.change(action=action, by=store.display_name, now=now, subject=SUBJECT, barrier=True):
        count = queries.remove_before(store.database, date(year, 4, 1))
    return (f"保存の期間を過ぎたアクセスの記録{count}件を消しました。",)


def _refusal(store: Store) -> str:
    managing = account_managers(store)
    may_see = managing.may_manage or store.restriction == "checker"
    return "" if may_see else f"見られるのは、「{MANAGER_MARK}」の印のある人（{managing.named}）です。"


def _check_manager(store: Store) -> None:
    if refusal := _refusal(store):
        store.check_unrestricted()
        raise UserError(refusal, "その人に頼んでください。")


def _accesses_of(store: Store, month: date) -> list[Access]:
    return queries.accesses(store.database, since=month, until=_next_month(month))


def _next_month(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _about_words(one: Access, events: dict[int, str]) -> str:
    """Return an event by its title, a 団体 or a person by the number that is recorded."""
    if one.about.is_event:
        return events.get(one.about_id, "")
    return f"番号{one.about_id}" if one.about.has_number else ""


def _figures(store: Store, month: date, found: Sequence[Access]) -> tuple[AccessFigure, ...]:
    """Return the points of a review, each with its count and the numbers of its first rows."""
    failed = _failed_logins(store, month)
    stopped = {one.login_id for one in rows(store.database, User, active=False)}
    first = min((one.id for one in found), default=0)
    calendar, broken = office_calendar(store), queries.first_broken(store.database, store.keys.chain, since=first)
    points = {
        f"{MANY_FAILURES}回以上つづいたログインの失敗": [one.id for one in failed if one.times >= MANY_FAILURES],
        "利用を止めた人のIDでの試行": [one.id for one in failed if one.login_id in stopped],
        f"開庁日の{OPENS.hour}時から{CLOSES.hour}時の外": [
            one.id for one in found if not (calendar.is_open(one.at.date()) and OPENS <= one.at.time() < CLOSES)
        ],
        f"1回に{MANY_PEOPLE}件以上の出力": [one.id for one in found if one.act.is_output and one.count >= MANY_PEOPLE],
        "権限の変更": [one.id for one in found if one.act.is_rights],
        "記録の欠け・書換え": [*(one.id for one in found if one.act.is_gap), *([broken] if broken else ())],
    }
    return tuple(
        AccessFigure(point=point, count=len(numbers), numbers=tuple(sorted(numbers)[:_MAX_NUMBERS]))
        for point, numbers in points.items()
    )


def build_review(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the 点検表 that ``scope.item`` names; raises ``UserError`` when it is gone."""
    review = get_or_raise(store.database, AccessReview, scope.item)
    return access_review(document_context_of(store, scope, KIND, now), review)


def _items(store: Store, scope: DocumentScope) -> tuple[DocumentItem, ...]:
    found = rows(store.database, AccessReview, fiscal_year=scope.fiscal_year, order="month")
    return tuple(DocumentItem(id=one.id, title=month_words(one.month)) for one in found)


REVIEW = DocumentKind(
    kind=KIND,
    group="管理簿",
    build=build_review,
    is_ready=lambda store, subject: bool(_items(store, subject.scope)),
    items=_items,
    missing_words="アクセスの記録を点検すると作成できます。",
    todo="アクセスの記録",
    is_internal=True,
)
