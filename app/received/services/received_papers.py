"""Received papers of every kind: received with their file, looked through point by point, sent back, received again,
confirmed.

Public functions (``store`` first, the rest by keyword; writes also ``by`` and ``now``):
``receive_paper``, ``read_received``, ``judge_point``, ``note_receipt``, ``ask_correction``, ``confirm_paper``,
``withdraw_confirmation``, ``tell_correction``. A subject with a check of its own writes inside its own change:
``put_received``, ``set_asked``, ``set_confirmed``, ``set_open_again``.

A newer version ends the check of the one before, which stays to be read. Nothing is ever deleted but by undo.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Final, TypedDict

from app.acts.act import Act, deed
from app.acts.get_or_refuse import get_or_refuse
from app.acts.refusal import Refusal, reason_given
from app.acts.saved import Saved
from app.calendar.dates import short_date
from app.common.together import together
from app.papers.services.notification import Told, note_told
from app.papers.services.paper_scope import ScopeKeys
from app.papers.services.stored_files import keep_file, read_file
from app.received import rules
from app.received.services.received_kind import RECEIVED, ReceiptScope, ReceivedKind, received_kind
from db.frozen_record import frozen_record
from db.journal import Change
from db.records.submissions.received import POINT_RESULTS, Known, PointLook, PointResult, Receipt, ReceivedPaper, Sent
from db.rows import rows
from db.store import Store
from db.tables import received as table

ENDED: Final = "報告書の確認で終わり"
"""The remark under which a correction ended with the paper beside it."""


@frozen_record
class IncomingFile:
    """A file as it came in: its bytes, its name, and how many pages it has where that is known."""

    data: bytes
    name: str
    pages: int | None = None
    media_type: str = ""


@frozen_record
class ReceivedView:
    """One received paper as a screen shows it.

    ``versions`` are all of its kind and event or year, oldest first. ``unlooked`` points wait for a look, ``doubtful``
    ones were not found or need asking. ``closed_words`` says why nothing can be changed any more ("" = it can).
    ``kept_until`` is the last day of 保存年限, ``hash_words`` what the hash is worth, ``unprotected`` 重要情報 sent in
    the clear.
    """

    kind: ReceivedKind
    paper: ReceivedPaper
    versions: tuple[ReceivedPaper, ...]
    points: tuple[str, ...]
    unlooked: tuple[str, ...]
    doubtful: tuple[str, ...]
    closed_words: str
    kept_until: date | None
    hash_words: str
    unprotected: str


def scope_of(paper: ReceivedPaper) -> ReceiptScope:
    """Return what a paper is about."""
    return ReceiptScope(event_id=paper.event_id, programme_id=paper.programme_id)


def came_of(store: Store, kind: str, scope: ReceiptScope) -> tuple[ReceivedPaper, ...]:
    """Return what came of one kind of an event or a year, matter by matter, each from its first version on."""
    return tuple(table.versions_of(store.database, kind, event_id=scope.event_id, programme_id=scope.programme_id))


def versions_of(store: Store, paper: ReceivedPaper) -> tuple[ReceivedPaper, ...]:
    """Return the versions of one paper, the first one first."""
    return tuple(one for one in came_of(store, paper.kind, scope_of(paper)) if one.matter == paper.matter)


def newest_of_each(papers: Iterable[ReceivedPaper]) -> tuple[ReceivedPaper, ...]:
    """Return the newest version of each matter of papers in the order of ``came_of``."""
    return tuple({(one.kind, one.matter): one for one in papers}.values())


def read_received(store: Store, *, paper_id: int) -> ReceivedView:
    """Return a received paper with its points and versions; raises ``Refusal`` when it is no longer there."""
    paper = get_or_refuse(store.database, ReceivedPaper, paper_id)
    kind = received_kind(paper.kind)
    points = kind.points(store, scope_of(paper))
    return ReceivedView(
        kind=kind,
        paper=paper,
        versions=versions_of(store, paper),
        points=points,
        unlooked=rules.unlooked(points, paper),
        doubtful=rules.doubtful(points, paper),
        closed_words=closed_words(store, paper),
        kept_until=rules.kept_until(paper),
        hash_words=rules.hash_words(paper),
        unprotected=rules.unprotected_words(paper),
    )


def file_of(store: Store, *, paper_id: int) -> bytes:
    """Return the file exactly as it came in, decrypted in memory; raises ``Refusal`` where only paper came."""
    paper = get_or_refuse(store.database, ReceivedPaper, paper_id)
    if paper.file_id is None:
        raise Refusal("ファイルはありません。紙で受け取っています。", f"原本の場所　{paper.original_place or '未記入'}")
    return read_file(store, paper.file_id)


def closed_words(store: Store, paper: ReceivedPaper) -> str:
    """Return why a received paper can no longer be changed, or ""."""
    if paper.status == "確認済":
        return f"確認済の{_called(paper)}は変更できません。"
    newest = versions_of(store, paper)[-1]
    if newest.version > paper.version:
        return f"第{newest.version}版を受領したため、第{paper.version}版の確認は終わっています。"
    return ""


def open_paper(store: Store, paper_id: int) -> ReceivedPaper:
    """Return a received paper that can still be changed; raises ``Refusal`` with the reason when it can't."""
    paper = get_or_refuse(store.database, ReceivedPaper, paper_id)
    closed = closed_words(store, paper)
    if closed:
        raise Refusal(closed, "確認済は「確認済を取り消す」で取り消せます。" if paper.status == "確認済" else "")
    return paper


# inside the change of whoever calls


def put_received(
    store: Store,
    change: Change,
    *,
    kind: str,
    scope: ReceiptScope,
    file: IncomingFile | None,
    receipt: Receipt,
    now: datetime,
    follows: int = 0,
) -> ReceivedPaper:
    """Write the next version of a kind with its file, kept encrypted, inside the caller's open change.

    Args:
        follows: of a kind of which each paper stands by itself, the paper whose next version this is; 0 = a new one.

    Raises:
        Refusal: ``follows`` is none of the papers of its kind.
        StorageProblem: no room or no right; nothing refers to a file that is not there.
    """
    matter, version = _next_version(came_of(store, kind, scope), kind, follows)
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
            store, change, data=file.data, name=file.name, now=now, media_type=file.media_type, pages=file.pages
        )
        paper = replace(paper, file_id=kept.id, file_name=file.name, sha256=kept.sha256, pages=file.pages)
    return replace(paper, id=change.insert(paper))


def _next_version(came: Iterable[ReceivedPaper], kind: str, follows: int) -> tuple[int, int]:
    """Return matter and version of what comes after ``came``."""
    papers = tuple(came)
    if not received_kind(kind).several:
        return 0, papers[-1].version + 1 if papers else 1
    if not follows:
        return max((one.matter for one in papers), default=0) + 1, 1
    before = next((one for one in papers if one.id == follows), None)
    if before is None:
        raise Refusal(f"続きとして選んだ{kind}は、もうありません。", "画面を開き直してください。")
    return before.matter, max(one.version for one in papers if one.matter == before.matter) + 1


CORRECTION: Final = "修正の依頼"
"""Under which name it stands in the log that a 修正依頼 of a paper of the year was told."""


def correction_key(paper: ReceivedPaper) -> str:
    """The matter that a 修正依頼 of a paper of the year tells."""
    return f"{CORRECTION}:{paper.kind}{f':{paper.matter}' if paper.matter else ''}"


def set_asked(change: Change, paper: ReceivedPaper, *, due: date | None, text: str, on: date, who: str) -> None:
    """Note that a correction was asked for."""
    change.update(
        ReceivedPaper,
        paper.id,
        status="修正依頼",
        asked_on=on,
        asked_by=who,
        correction_due=due,
        correction_text=text,
        asked_to_tell=True,
    )


def set_confirmed(change: Change, paper: ReceivedPaper, *, on: date, note: str, who: str) -> None:
    """Note 確認済; ``note`` are the remarks as they stand then."""
    change.update(ReceivedPaper, paper.id, status="確認済", checked_on=on, checked_by=who, note=note)


def set_open_again(change: Change, paper: ReceivedPaper) -> None:
    """Take 確認済 back: the check goes on."""
    change.update(ReceivedPaper, paper.id, status="区が確認中", checked_on=None, checked_by="")


def end_with(store: Store, change: Change, kind: str, *, event_id: int, on: date, who: str) -> None:
    """End every correction that waits beside a paper of ``kind`` now 確認済: what it asked for is settled with it."""
    beside = [one.kind for one in RECEIVED if one.ends_with == kind]
    for paper in rows(store.database, ReceivedPaper, kind=beside, event_id=event_id, status="修正依頼"):
        note = together(paper.note, ENDED, by="\n")
        set_confirmed(change, paper, on=on, note=note, who=who)


def wait_again(store: Store, change: Change, kind: str, *, event_id: int) -> None:
    """Let what ended with a paper of ``kind`` wait again, since that is no longer 確認済."""
    beside = [one.kind for one in RECEIVED if one.ends_with == kind]
    for paper in rows(store.database, ReceivedPaper, kind=beside, event_id=event_id, status="確認済"):
        lines = paper.note.split("\n")
        if lines[-1] == ENDED:
            change.update(
                ReceivedPaper, paper.id, status="修正依頼", checked_on=None, checked_by="", note="\n".join(lines[:-1])
            )


# what a user does


@deed
def receive_paper(
    act: Act, *, kind: str, scope: ReceiptScope, receipt: Receipt, file: IncomingFile | None = None, follows: int = 0
) -> Saved:
    """Keep what the contractor handed in as the next version of its kind; its receipt closes its deadline.

    Args:
        scope: the event or the year. file: None = paper came, and ``receipt.original_place`` says where it is.
        follows: of a kind of which each stands by itself, the paper whose next version this is; 0 = a new one.

    Raises:
        Refusal: no such kind, a day that has not come, an empty file, or paper without the place of its original.
    """
    declared = received_kind(kind)
    if (scope.event_id is not None) != (declared.about == "実施回"):
        raise Refusal(f"{kind}は{declared.about}ごとの書類です。", f"{declared.about}を選んで受領してください。")
    if file is not None and not file.data:
        raise Refusal("ファイルが空です。", "受託者から届いたファイルを選び直してください。")
    if file is None and not receipt.original_place:
        raise Refusal("ファイルも原本の場所も入っていません。", "ファイルを選ぶか、紙の原本の場所を選んでください。")
    if receipt.received_on > act.today:
        raise Refusal("受領日が本日より後です。", "受領した日付をご確認ください。")
    declared.check_day(act.store, scope, receipt.received_on, act.today)
    with act.change(f"{kind}を受領", "received", event_id=scope.event_id) as change:
        paper = put_received(
            act.store, change, kind=kind, scope=scope, file=file, receipt=receipt, now=act.now, follows=follows
        )
        declared.came(act.store, change, paper, act.by, act.now)
    return Saved(f"{kind}（第{paper.version}版）を受領しました。", paper.id)


@deed
def judge_point(
    act: Act, *, paper_id: int, point: str, result: PointResult | None, page: str = "", note: str = ""
) -> Saved:
    """Note what was found of one declared point, with page and remark; None = not looked at.

    Raises:
        Refusal: a point that its kind does not have, a result that is none, or a paper that can no longer be changed.
    """
    paper = open_paper(act.store, paper_id)
    points = received_kind(paper.kind).points(act.store, scope_of(paper))
    if point not in points:
        raise Refusal(f"「{point}」という項目はありません。", f"つぎの中から選んでください：{'、'.join(points)}")
    if result is not None and result not in POINT_RESULTS:
        raise Refusal(
            f"「{result}」という結果はありません。", f"つぎの中から選んでください：{'、'.join(POINT_RESULTS)}"
        )
    with act.change(f"{paper.kind}の「{point}」を確認", "received", event_id=paper.event_id) as change:
        set_point(change, paper, point, PointLook(result=result, page=page.strip(), note=note) if result else None)
    return Saved(f"「{point}」を{result or '未確認'}にしました。", paper_id)


def set_point(change: Change, paper: ReceivedPaper, point: str, look: PointLook | None) -> None:
    """Write what was found of one point, None = not looked at."""
    points = {name: one for name, one in paper.points.items() if name != point}
    if look is not None:
        points[point] = look
    change.update(ReceivedPaper, paper.id, points=points)


class ReceiptNotes(TypedDict, total=False):
    """What of a receipt may be put right later."""

    received_time: str
    received_how: str
    received_from: str
    receipt_number: str
    original_place: str
    keep_years: int | None
    sensitive: Known
    encrypted: Sent
    note: str


@deed
def note_receipt(act: Act, *, paper_id: int, notes: ReceiptNotes) -> Saved:
    """Keep 収受番号, 原本の所在, 保存年限 and what else is noted of a receipt; 収受番号 often comes days later.

    Raises:
        Refusal: no such paper. A paper that is 確認済 keeps its notes open: they say where it is, not what it says.
    """
    paper = get_or_refuse(act.database, ReceivedPaper, paper_id)
    with act.change(f"{paper.kind}の受領の記録を変更", "received", event_id=paper.event_id) as change:
        change.update(ReceivedPaper, paper_id, **notes)
    return Saved("受領の記録を保存しました。", paper_id)


@deed
def ask_correction(act: Act, *, paper_id: int, due: date | None = None, text: str, told: Told | None = None) -> Saved:
    """Note that a correction was asked for (the text is copied, nothing is sent).

    Args:
        due: until when the next version is wanted. text: what was asked, as it was given. told: how the contractor
            was told, None = not yet (``tell_correction``).

    Raises:
        Refusal: nothing was asked, the day has passed, or the paper can no longer be changed.
    """
    paper = open_paper(act.store, paper_id)
    if not text.strip():
        raise Refusal("修正を依頼する内容がありません。", "○でない項目があるときか、依頼の文を書いてから記録できます。")
    if due is not None and due < act.today:
        raise Refusal("修正の期限が本日より前です。", "日付をご確認ください。")
    with act.change(f"{paper.kind}の修正を依頼", "received", event_id=paper.event_id) as change:
        set_asked(change, paper, due=due, text=text, on=act.today, who=act.by)
        if told is not None:
            _note_told(change, act, paper, text, told)
    return Saved("修正依頼として記録しました。", paper_id)


@deed
def tell_correction(act: Act, *, paper_id: int, told: Told) -> Saved:
    """Note that the contractor was told of a correction that was asked for; what was asked is kept as told.

    Raises:
        Refusal: none is asked for, nobody or no way named, a day still to come, or the paper can't be changed any more.
    """
    paper = open_paper(act.store, paper_id)
    if paper.status != "修正依頼":
        raise Refusal("この書類の修正は依頼されていません。", "画面を開き直してください。")
    with act.change(f"{paper.kind}の修正の依頼を通知済にした", "received", event_id=paper.event_id) as change:
        _note_told(change, act, paper, paper.correction_text, told)
    return Saved(f"{paper.kind}の修正の依頼を通知済にしました。", paper_id)


def _note_told(change: Change, act: Act, paper: ReceivedPaper, text: str, how: Told) -> None:
    note_told(
        change,
        act,
        keys=ScopeKeys(event_id=paper.event_id, programme_id=paper.programme_id, organisation_id=None),
        paper=CORRECTION,
        key=correction_key(paper),
        version=paper.version,
        title=f"{paper.kind} 第{paper.version}版",
        text=text,
        how=how,
    )


@deed
def confirm_paper(act: Act, *, paper_id: int, on: date, reason: str = "") -> Saved:
    """Mark a received paper 確認済 (内容確認; not the legal 検査).

    Args:
        reason: why it stands although a point is not ○; kept with its remarks.

    Raises:
        Refusal: a point nobody has looked at, one that is not ○ and no reason, or a day out of order.
    """
    paper = open_paper(act.store, paper_id)
    kind = received_kind(paper.kind)
    if kind.own_check:
        raise Refusal(f"{paper.kind}は、その確認の画面で確認済にします。")
    points = kind.points(act.store, scope_of(paper))
    waiting, doubtful = rules.unlooked(points, paper), rules.doubtful(points, paper)
    if waiting or (doubtful and not reason.strip()):
        raise Refusal(
            f"まだ済んでいない項目があるため、確認済にできません（{'、'.join(waiting or doubtful)}）。",
            "項目を確認してください。" if waiting else "修正を依頼するか、このまま受ける理由を書いてください。",
        )
    if not paper.received_on <= on <= act.today:
        raise Refusal("確認日が、受領日より前か本日より後です。", "日付をご確認ください。")
    note = together(paper.note, f"{'、'.join(doubtful)}：{reason.strip()}" if doubtful else "", by="\n")
    with act.change(f"{paper.kind}を確認済", "received", event_id=paper.event_id) as change:
        set_confirmed(change, paper, on=on, note=note, who=act.by)
    return Saved(f"{paper.kind}を確認済にしました。", paper_id)


@deed
def withdraw_confirmation(act: Act, *, paper_id: int, reason: str) -> Saved:
    """Take 確認済 back with a reason; the check goes on.

    Raises:
        Refusal: no reason, it is not 確認済, or a newer version is there.
    """
    paper = get_or_refuse(act.database, ReceivedPaper, paper_id)
    why = reason_given(reason, "確認済")
    check_newest(act.store, paper)
    if paper.status != "確認済":
        raise Refusal(f"この{_called(paper)}は、確認済になっていません。", "画面を開き直してください。")
    with act.change(f"{paper.kind}の確認済を取り消した（{why}）", "received", event_id=paper.event_id) as change:
        set_open_again(change, paper)
    day = short_date(paper.checked_on, act.today) if paper.checked_on else ""
    return Saved(f"確認済（{day}）を取り消しました。", paper_id)


def check_newest(store: Store, paper: ReceivedPaper) -> None:
    """Refuse to take back that a version was accepted when a newer one has followed."""
    newest = versions_of(store, paper)[-1]
    if newest.version > paper.version:
        raise Refusal(
            f"第{newest.version}版があるため、第{paper.version}版の確認済は取り消せません。",
            "いまの版で続けてください。",
        )


def _called(paper: ReceivedPaper) -> str:
    """「報告書」 for 実施報告書, else the kind."""
    return "報告書" if paper.kind.endswith("報告書") else paper.kind
