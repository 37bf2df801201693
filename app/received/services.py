"""Documents handed in by the contractor: their kinds, receiving, checking point by point, corrections, confirming.

Subjects register their kinds; ``RECEIVED_KINDS`` holds all of them. A subject with a check of its own writes inside
its own change. A newer version ends the check of the one before, which stays readable. Only undo deletes anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Literal, TypedDict

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError, require_reason
from app.calendar.dates import short_date_or
from app.calendar.office_days import OfficeCalendar
from app.common.extension_point import ExtensionPoint
from app.common.join_nonempty import join_nonempty
from app.documents.services.document_scope import ScopeKeys
from app.documents.services.notification import NotificationDetails, log_notification
from app.documents.services.stored_files import keep_file, read_file
from app.programme.rules import is_owed_in, owed_day, owed_row
from app.programme.services import ProgrammeView
from app.received import rules
from db.journal import Change
from db.record import record
from db.records.programme import Programme
from db.records.submissions.received import (
    Encryption,
    PointCheck,
    PointResult,
    Receipt,
    ReceivedPaper,
    ReceivedStatus,
    SensitivePresence,
)
from db.rows import rows
from db.store import Store
from db.tables import received as table

RECEIVED_KINDS: ExtensionPoint[ReceivedKind] = ExtensionPoint("received_kinds")
About = Literal["実施回", "年度"]
HANDOUT = "資料"


@record
class ReceiptScope:
    """The scope of a received document: exactly one of an event and a year."""

    event_id: int | None = None
    programme_id: int | None = None


def _no_points(_store: Store, _scope: ReceiptScope) -> tuple[str, ...]:
    return ()


def _do_nothing(_store: Store, _change: Change, _paper: ReceivedPaper, _by: str, _now: datetime) -> None:
    """Do nothing on receipt; the default of ``on_received``."""


def _accept_any_day(_store: Store, _scope: ReceiptScope, _day: date, _today: date) -> None:
    """Accept any day of receipt; the default of ``reject_day``."""


def _every_year(_programme: Programme) -> bool:
    return True


def _no_target_day(_programme: Programme) -> date | None:
    return None


@record
class ReceivedKind:
    """One kind of document that the contractor hands in.

    Attributes:
        kind: its everyday name. about: whether there is one per event, or per year.
        clause: why it is owed: 「特7」, or a field of the contract (``ProgrammeView.clause``); "" = no clause.
        rule: by when, in words.
        is_owed: whether a year has it at all; if not, only received ones are listed. target_day: the day by which it
            is wanted where no task has its date, a 目安日.
        task: the deadline task that its receipt closes, "" = none.
        points: what 内容確認 checks, exactly as in the clause. keep_years: proposed 保存年限.
        reject_day: refuses an impossible day of receipt. on_received: called inside the change that receives it.
        has_own_check: its subject has a check of its own, where it is opened.
        is_standalone: every received document has versions of its own, and none is owed beforehand.
        settled_by_kind: the kind of document of the same event whose 確認済 ends a requested correction, "" = none.
        contractor_task: the task with the contractor's date, if it is not the one that its receipt closes.
        correction_task: that of a corrected version. answer_task: that of the ward's answer, "" = so many days after
            the receipt, a 目安日.
        check_verb: the verb of the first of its three steps 見た, 結果, 通知した.
    """

    kind: str
    about: About
    clause: str
    rule: str | Callable[[ProgrammeView], str] = ""
    is_owed: Callable[[Programme], bool] = _every_year
    target_day: Callable[[Programme], date | None] = _no_target_day
    task: str = ""
    points: Callable[[Store, ReceiptScope], tuple[str, ...]] = _no_points
    keep_years: int = 5
    reject_day: Callable[[Store, ReceiptScope, date, date], None] = _accept_any_day
    on_received: Callable[[Store, Change, ReceivedPaper, str, datetime], None] = _do_nothing
    has_own_check: bool = False
    is_standalone: bool = False
    settled_by_kind: str = ""
    contractor_task: str = ""
    correction_task: str = ""
    answer_task: str = ""
    check_verb: str = "確認する"

    @property
    def awaited_task(self) -> str:
        """Return the task with the contractor's date, "" = none."""
        return self.contractor_task or self.task

    @property
    def allows_multiple(self) -> bool:
        """Return whether a year may have several documents of this kind, each with its own versions and check."""
        return self.about == "年度" and (self.is_standalone or not self.clause)

    def rule_in(self, view: ProgrammeView) -> str:
        """Return in words by when a document of this kind is owed in a year, "" = no rule."""
        if (row := owed_row(view.programme, self.kind)) is not None:
            return row.when
        return self.rule if isinstance(self.rule, str) else self.rule(view)

    def clause_in(self, view: ProgrammeView) -> str:
        """Return the clause by which a document of this kind is owed in a year."""
        row = owed_row(view.programme, self.kind)
        return view.clause(self.clause) if row is None else row.clause

    def wanted_on(self, programme: Programme, last: date | None, calendar: OfficeCalendar) -> date | None:
        """Return the day by which it should come in a year, None while unknown; ``last`` is the last event's day."""
        row = owed_row(programme, self.kind)
        return self.target_day(programme) if row is None else owed_day(programme, row, last, calendar)

    def is_standalone_in(self, programme: Programme) -> bool:
        """Return whether in a year each one stands alone, and none is owed before it comes."""
        return not self.clause or self.is_standalone or not self.is_owed(programme)


OTHER_KIND = "その他の届"
"""The kind that a paper which a year alone owes is like, but that it has one row of versions."""


def find_received_kind(kind: str, programme: Programme | None = None) -> ReceivedKind:
    """Return the received kind of a name, declared here or of a year alone.

    Args:
        programme: the year that must owe a kind that is not declared; None = it was received already.
    Raises:
        UserError: there is none; it names the existing ones.
    """
    declared = {one.kind: one for one in RECEIVED_KINDS}
    if kind in declared:
        return declared[kind]
    if programme is None or owed_row(programme, kind) is not None:
        return replace(declared[OTHER_KIND], kind=kind, clause="契約", is_owed=lambda year: is_owed_in(year, kind))
    known = "、".join((*declared, *(row.paper for row in programme.owed if row.paper not in declared)))
    raise UserError(f"「{kind}」という提出物はありません。", f"つぎの中から選んでください：{known}")


def kinds_of_year(programme: Programme) -> tuple[ReceivedKind, ...]:
    """Return every kind that belongs to a year: those declared here, then those that it alone owes."""
    declared = [one for one in RECEIVED_KINDS if one.about == "年度"]
    known = {one.kind for one in RECEIVED_KINDS}
    return (*declared, *(find_received_kind(row.paper) for row in programme.owed if row.paper not in known))


def fixed_points(*points: str) -> Callable[[Store, ReceiptScope], tuple[str, ...]]:
    """Return a function for ``ReceivedKind.points`` that returns these points for every event and year."""
    return lambda _store, _scope: points


CORRECTION_ENDED = "報告書の確認で終わり"
"""The remark on a correction that ended with the confirmation of another document."""


@record
class IncomingFile:
    """A received file: its bytes, its name, and its number of pages if known."""

    data: bytes
    name: str
    pages: int | None = None
    media_type: str = ""


@record
class ReceivedView:
    """One received document for display.

    ``versions`` are all of the same matter (``matter``), oldest first. ``unchecked_points`` wait to be checked,
    ``doubtful_points`` were not found or need asking. ``closed_reason`` says why nothing can be changed any more ("" =
    it can). ``retention_end`` is the last day of 保存年限, ``hash_words`` what the hash proves, ``unprotected_text``
    the remark on unprotected 重要情報.
    """

    kind: ReceivedKind
    paper: ReceivedPaper
    points: tuple[str, ...]
    unchecked_points: tuple[str, ...]
    doubtful_points: tuple[str, ...]
    closed_reason: str
    retention_end: date | None
    hash_words: str
    unprotected_text: str


def scope_of(paper: ReceivedPaper) -> ReceiptScope:
    """Return the scope of a received document."""
    return ReceiptScope(event_id=paper.event_id, programme_id=paper.programme_id)


def received_of_kind(store: Store, kind: str, scope: ReceiptScope) -> tuple[ReceivedPaper, ...]:
    """Return the received documents of one kind of an event or year, grouped by matter, oldest version first."""
    return tuple(table.versions_of(store.database, kind, event_id=scope.event_id, programme_id=scope.programme_id))


def versions_of(store: Store, paper: ReceivedPaper) -> tuple[ReceivedPaper, ...]:
    """Return the versions of one document, oldest first."""
    return tuple(one for one in received_of_kind(store, paper.kind, scope_of(paper)) if one.matter == paper.matter)


def newest_of_each(papers: Iterable[ReceivedPaper]) -> tuple[ReceivedPaper, ...]:
    """Return the newest version of each matter, from documents in the order of ``received_of_kind``."""
    return tuple({(one.kind, one.matter): one for one in papers}.values())


def read_received(store: Store, *, paper_id: int) -> ReceivedView:
    """Return a received document with its points and versions; raises ``UserError`` when it no longer exists."""
    paper = get_or_raise(store.database, ReceivedPaper, paper_id)
    kind = find_received_kind(paper.kind)
    points = kind.points(store, scope_of(paper))
    return ReceivedView(
        kind=kind,
        paper=paper,
        points=points,
        unchecked_points=rules.unchecked_points(points, paper),
        doubtful_points=rules.doubtful_points(points, paper),
        closed_reason=closed_reason(store, paper),
        retention_end=rules.retention_end(paper),
        hash_words=rules.hash_words(paper),
        unprotected_text=rules.unprotected_words(paper),
    )


def read_file_bytes(store: Store, *, paper_id: int) -> bytes:
    """Return the file exactly as received, decrypted in memory; raises ``UserError`` if only paper came."""
    paper = get_or_raise(store.database, ReceivedPaper, paper_id)
    if paper.file_id is None:
        raise UserError(
            "ファイルはありません。紙で受け取っています。", f"原本の場所　{paper.original_place or '未記入'}"
        )
    return read_file(store, paper.file_id)


def closed_reason(store: Store, paper: ReceivedPaper) -> str:
    """Return why a received document can no longer be changed, or ""."""
    if paper.status.is_checked:
        return f"確認済の{_short_name(paper)}は変更できません。"
    newest = versions_of(store, paper)[-1]
    if newest.version > paper.version:
        return f"第{newest.version}版を受領したため、第{paper.version}版の確認は終わっています。"
    return ""


def require_open_paper(store: Store, paper_id: int) -> ReceivedPaper:
    """Return a received document that can still be changed; raises ``UserError`` with the reason if it can't."""
    paper = get_or_raise(store.database, ReceivedPaper, paper_id)
    closed = closed_reason(store, paper)
    if closed:
        raise UserError(closed, "確認済は「確認済を取り消す」で取り消せます。" if paper.status.is_checked else "")
    return paper


# inside the change of whoever calls


def insert_received(
    change: Change,
    context: ActionContext,
    *,
    kind: str,
    scope: ReceiptScope,
    file: IncomingFile | None,
    receipt: Receipt,
    follows: int = 0,
) -> ReceivedPaper:
    """Write the next version of a kind with its encrypted file, inside the caller's open change.

    The day of receipt is not checked here, and ``on_received`` is not called.

    Args:
        follows: for kinds that allow several (``allows_multiple``), the document whose next version this is; 0 = a new
            one. Others ignore it.
    Raises:
        UserError: ``follows`` is no document of this kind.
        StorageProblem: no room or no right; no row refers to a missing file.
    """
    matter, version = _next_version(received_of_kind(context.store, kind, scope), kind, follows)
    paper = ReceivedPaper(
        kind=kind,
        event_id=scope.event_id,
        programme_id=scope.programme_id,
        version=version,
        matter=matter,
        **vars(receipt),
    )
    if file is not None:
        kept = keep_file(
            context.store,
            change,
            data=file.data,
            name=file.name,
            now=context.now,
            media_type=file.media_type,
            pages=file.pages,
        )
        paper = replace(paper, file_id=kept.id, file_name=file.name, sha256=kept.sha256, pages=file.pages)
    return replace(paper, id=change.insert(paper))


def _next_version(received: Iterable[ReceivedPaper], kind: str, follows: int) -> tuple[int, int]:
    """Return matter number and version of a kind's next document, which corrects ``follows`` (0 = a new matter).

    A kind without several documents a year (``allows_multiple``) has matter 0 and ignores ``follows``. Raises
    ``UserError`` if that one is not among ``received``.
    """
    papers = tuple(received)
    if not find_received_kind(kind).allows_multiple:
        return 0, papers[-1].version + 1 if papers else 1
    if not follows:
        return max((one.matter for one in papers), default=0) + 1, 1
    before = next((one for one in papers if one.id == follows), None)
    if before is None:
        raise UserError(f"続きとして選んだ{kind}は、もうありません。", "画面を開き直してください。")
    return before.matter, max(one.version for one in papers if one.matter == before.matter) + 1


CORRECTION = "修正の依頼"
"""The log name of the notification of a 修正依頼 for a document of the year."""


def correction_key(paper: ReceivedPaper) -> str:
    """Return the key of its notification (``Notification.key``): 「修正の依頼:変更届:2」, the number only if given."""
    return f"{CORRECTION}:{paper.kind}{f':{paper.matter}' if paper.matter else ''}"


def mark_correction_asked(
    change: Change, paper: ReceivedPaper, *, due: date | None, text: str, on: date, who: str
) -> None:
    """Write inside ``change`` that a correction was requested until ``due`` (None = no day) and is to be notified.

    Args:
        text: the request.
        on: the day it was made.
        who: the person who asked.
    """
    change.update(
        ReceivedPaper,
        paper.id,
        status=ReceivedStatus.RETURNED,
        asked_on=on,
        asked_by=who,
        correction_due=due,
        correction_text=text,
        asked_to_tell=True,
    )


def mark_confirmed(change: Change, paper: ReceivedPaper, *, on: date, note: str, who: str) -> None:
    """Write inside ``change`` that the paper is 確認済; ``note`` replaces its remarks."""
    change.update(ReceivedPaper, paper.id, status=ReceivedStatus.CHECKED, checked_on=on, checked_by=who, note=note)


def mark_check_reopened(change: Change, paper: ReceivedPaper) -> None:
    """Write inside ``change`` that a paper is no longer 確認済, so that the check goes on."""
    change.update(ReceivedPaper, paper.id, status=ReceivedStatus.IN_CHECK, checked_on=None, checked_by="")


def end_waiting_corrections(change: Change, context: ActionContext, kind: str, *, event_id: int, on: date) -> None:
    """Mark as 確認済, with a remark, the waiting corrections of an event that a document of ``kind`` settles.

    Called inside ``change`` when that document becomes 確認済.
    """
    beside = [one.kind for one in RECEIVED_KINDS if one.settled_by_kind == kind]
    for paper in rows(context.database, ReceivedPaper, kind=beside, event_id=event_id, status=ReceivedStatus.RETURNED):
        note = join_nonempty(paper.note, CORRECTION_ENDED, separator="\n")
        mark_confirmed(change, paper, on=on, note=note, who=context.by)


def resume_waiting_corrections(store: Store, change: Change, kind: str, *, event_id: int) -> None:
    """Set back to 修正依頼 the documents of an event that ``end_waiting_corrections`` ended, without its remark.

    Called inside ``change`` when the document of ``kind`` is no longer 確認済.
    """
    beside = [one.kind for one in RECEIVED_KINDS if one.settled_by_kind == kind]
    for paper in rows(store.database, ReceivedPaper, kind=beside, event_id=event_id, status=ReceivedStatus.CHECKED):
        lines = paper.note.split("\n")
        if lines[-1] == CORRECTION_ENDED:
            change.update(
                ReceivedPaper,
                paper.id,
                status=ReceivedStatus.RETURNED,
                checked_on=None,
                checked_by="",
                note="\n".join(lines[:-1]),
            )


# what a user does


def receive_paper(
    context: ActionContext,
    *,
    kind: str,
    scope: ReceiptScope,
    receipt: Receipt,
    file: IncomingFile | None = None,
    follows: int = 0,
) -> ActionResult:
    """Store a received document as the next version of its kind; this closes its deadline task.

    Args:
        scope: the event or the year.
        file: None = paper came, and ``receipt.original_place`` says where it is.
        follows: for standalone kinds, the document whose next version this is; 0 = a new one.
    Raises:
        UserError: no such kind, an event for a kind of the year or the reverse, a day in the future or one that the
            kind refuses, an empty file, paper without the place of its original, or ``follows`` is gone.
    """
    year = get_or_raise(context.database, Programme, scope.programme_id) if scope.programme_id is not None else None
    declared = find_received_kind(kind, year or Programme(fiscal_year=0, title="", term_end=date.min))
    if (scope.event_id is not None) != (declared.about == "実施回"):
        raise UserError(f"{kind}は{declared.about}ごとの書類です。", f"{declared.about}を選んで受領してください。")
    if file is not None and not file.data:
        raise UserError("ファイルが空です。", "受託者から届いたファイルを選び直してください。")
    if file is None and not receipt.original_place:
        raise UserError("ファイルも原本の場所も入っていません。", "ファイルを選ぶか、紙の原本の場所を選んでください。")
    if receipt.received_on > context.today:
        raise UserError("受領日が本日より後です。", "受領した日付をご確認ください。")
    declared.reject_day(context.store, scope, receipt.received_on, context.today)
    with context.change(f"{kind}を受領", "received", event_id=scope.event_id) as change:
        paper = insert_received(change, context, kind=kind, scope=scope, file=file, receipt=receipt, follows=follows)
        declared.on_received(context.store, change, paper, context.by, context.now)
    return ActionResult(f"{kind}（第{paper.version}版）を受領しました。", paper.id)


def judge_point(
    context: ActionContext, *, paper_id: int, point: str, result: PointResult | None, page: str = "", note: str = ""
) -> ActionResult:
    """Record the ``result`` for one declared point, with page and remark; None = not checked, which removes these.

    Args:
        point: exactly as declared by the kind.
        page: where it is found, "" = not told.
        note: a remark, "" = none.
    Raises:
        UserError: its kind has no such point, the result is invalid, or the document can no longer be changed.
    """
    paper = require_open_paper(context.store, paper_id)
    points = find_received_kind(paper.kind).points(context.store, scope_of(paper))
    if point not in points:
        raise UserError(f"「{point}」という項目はありません。", f"つぎの中から選んでください：{'、'.join(points)}")
    if result is not None and result not in tuple(PointResult):
        raise UserError(
            f"「{result}」という結果はありません。", f"つぎの中から選んでください：{'、'.join(PointResult)}"
        )
    with context.change(f"{paper.kind}の「{point}」を確認", "received", event_id=paper.event_id) as change:
        save_point_check(
            change, paper, point, PointCheck(result=result, page=page.strip(), note=note) if result else None
        )
    return ActionResult(f"「{point}」を{result or '未確認'}にしました。", paper_id)


def save_point_check(change: Change, paper: ReceivedPaper, point: str, check: PointCheck | None) -> None:
    """Write inside ``change`` the result of one point, None = not checked."""
    points = {name: one for name, one in paper.points.items() if name != point}
    if check is not None:
        points[point] = check
    change.update(ReceivedPaper, paper.id, points=points)


class ReceiptNotes(TypedDict, total=False):
    """Dict of the fields of a receipt that may be corrected later."""

    received_time: str
    received_how: str
    received_from: str
    receipt_number: str
    original_place: str
    keep_years: int | None
    sensitive: SensitivePresence
    encrypted: Encryption
    note: str


def save_receipt_notes(context: ActionContext, *, paper_id: int, notes: ReceiptNotes) -> ActionResult:
    """Save those fields of a receipt that ``notes`` holds (収受番号, 原本の所在, 保存年限 …); the others stay.

    They can be changed after 確認済 as well: they say where the document is, not what it says.

    Raises:
        UserError: no such document.
    """
    paper = get_or_raise(context.database, ReceivedPaper, paper_id)
    with context.change(f"{paper.kind}の受領の記録を変更", "received", event_id=paper.event_id) as change:
        change.update(ReceivedPaper, paper_id, **notes)
    return ActionResult("受領の記録を保存しました。", paper_id)


def ask_correction(
    context: ActionContext,
    *,
    paper_id: int,
    due: date | None = None,
    text: str,
    notified: NotificationDetails | None = None,
) -> ActionResult:
    """Record that a correction was requested (the text is copied, nothing is sent).

    Args:
        due: until when the next version is wanted, None = no day.
        text: the request as given.
        notified: how the contractor was notified, None = not yet (``notify_correction``).
    Raises:
        UserError: the text is empty, the day has passed, or the document can no longer be changed.
    """
    paper = require_open_paper(context.store, paper_id)
    if not text.strip():
        raise UserError(
            "修正を依頼する内容がありません。", "○でない項目があるときか、依頼の文を書いてから記録できます。"
        )
    if due is not None and due < context.today:
        raise UserError("修正の期限が本日より前です。", "日付をご確認ください。")
    with context.change(f"{paper.kind}の修正を依頼", "received", event_id=paper.event_id) as change:
        mark_correction_asked(change, paper, due=due, text=text, on=context.today, who=context.by)
        if notified is not None:
            record_correction_notified(change, context, paper, text, notified)
    return ActionResult("修正依頼として記録しました。", paper_id)


def notify_correction(context: ActionContext, *, paper_id: int, notified: NotificationDetails) -> ActionResult:
    """Record that the contractor was notified of a requested correction, with its text.

    Raises:
        UserError: none is requested, party or way is missing, the day is in the future, or the document can't be
            changed any more.
    """
    paper = require_open_paper(context.store, paper_id)
    if not paper.status.is_returned:
        raise UserError("この書類の修正は依頼されていません。", "画面を開き直してください。")
    with context.change(f"{paper.kind}の修正の依頼を通知済にした", "received", event_id=paper.event_id) as change:
        record_correction_notified(change, context, paper, paper.correction_text, notified)
    return ActionResult(f"{paper.kind}の修正の依頼を通知済にしました。", paper_id)


def record_correction_notified(
    change: Change, context: ActionContext, paper: ReceivedPaper, text: str, notified: NotificationDetails
) -> None:
    """Write the notification of a requested correction inside ``change``."""
    log_notification(
        change,
        context,
        keys=ScopeKeys(event_id=paper.event_id, programme_id=paper.programme_id, organisation_id=None),
        document_kind=CORRECTION,
        key=correction_key(paper),
        version=paper.version,
        title=f"{paper.kind} 第{paper.version}版",
        text=text,
        details=notified,
    )


def confirm_paper(context: ActionContext, *, paper_id: int, on: date, reason: str = "") -> ActionResult:
    """Mark a received document as 確認済 (内容確認; not the legal 検査).

    Args:
        on: the day of the check, from the receipt to today.
        reason: why it is confirmed although a point is not ○; kept with its remarks.
    Raises:
        UserError: an unchecked point, one that is not ○ without a reason, a day out of order, a kind with a check of
            its own, or the document can no longer be changed.
    """
    paper = require_open_paper(context.store, paper_id)
    kind = find_received_kind(paper.kind)
    if kind.has_own_check:
        raise UserError(f"{paper.kind}は、その確認の画面で確認済にします。")
    points = kind.points(context.store, scope_of(paper))
    waiting, doubtful = rules.unchecked_points(points, paper), rules.doubtful_points(points, paper)
    if waiting or (doubtful and not reason.strip()):
        raise UserError(
            f"まだ済んでいない項目があるため、確認済にできません（{'、'.join(waiting or doubtful)}）。",
            "項目を確認してください。" if waiting else "修正を依頼するか、このまま受ける理由を書いてください。",
        )
    if not paper.received_on <= on <= context.today:
        raise UserError("確認日が、受領日より前か本日より後です。", "日付をご確認ください。")
    note = rules.note_with_reason(paper.note, doubtful, reason)
    with context.change(f"{paper.kind}を確認済", "received", event_id=paper.event_id) as change:
        mark_confirmed(change, paper, on=on, note=note, who=context.by)
    return ActionResult(f"{paper.kind}を確認済にしました。", paper_id)


def withdraw_confirmation(context: ActionContext, *, paper_id: int, reason: str) -> ActionResult:
    """Withdraw 確認済 with a reason; the check goes on, and why points that were not ○ were accepted is removed.

    Raises:
        UserError: no reason, it is not 確認済, or there is a newer version.
    """
    paper = get_or_raise(context.database, ReceivedPaper, paper_id)
    why = require_reason(reason, "確認済")
    require_newest(context.store, paper)
    if not paper.status.is_checked:
        raise UserError(f"この{_short_name(paper)}は、確認済になっていません。", "画面を開き直してください。")
    with context.change(f"{paper.kind}の確認済を取り消した（{why}）", "received", event_id=paper.event_id) as change:
        mark_check_reopened(change, paper)
        doubtful = rules.doubtful_points(find_received_kind(paper.kind).points(context.store, scope_of(paper)), paper)
        change.update(ReceivedPaper, paper.id, note=rules.note_without_reason(paper.note, doubtful))
    day = short_date_or("", paper.checked_on, context.today)
    return ActionResult(f"確認済（{day}）を取り消しました。", paper_id)


def require_newest(store: Store, paper: ReceivedPaper) -> None:
    """Raise ``UserError`` if a newer version has followed, so that this one's confirmation can't be withdrawn."""
    newest = versions_of(store, paper)[-1]
    if newest.version > paper.version:
        raise UserError(
            f"第{newest.version}版があるため、第{paper.version}版の確認済は取り消せません。",
            "いまの版で続けてください。",
        )


def _short_name(paper: ReceivedPaper) -> str:
    return "報告書" if paper.kind.endswith("報告書") else paper.kind
