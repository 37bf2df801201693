"""連絡・通知済: records that a document was notified, to whom, when and how, corrects and withdraws such records.

Saving and printing are in ``app.documents.services.document_saving``; they never count as notified.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from datetime import date, datetime
from typing import Any

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError, require_reason
from app.calendar.dates import (
    clock_time,
    short_date,
)
from app.common.join_nonempty import fill_nonempty
from app.documents.blocks import DocumentContent
from app.documents.rules import (
    VERSION,
    FactChange,
    Matter,
    MatterStatus,
    batch_key,
    matter_name,
    replacement_party,
    returned_count,
    sealed_ids,
    shown_fact,
    with_names_as_now,
)
from app.documents.services.document_kind import (
    FINGERPRINT_KEY,
    DocumentKind,
    DocumentSubject,
    documents_about,
    kind_of,
    recipient_of,
    reject_internal,
)
from app.documents.services.document_scope import DocumentScope, ScopeKeys, keys_of, scope_of, year_of
from app.documents.services.documents import notified_mail_text
from app.documents.services.editions import is_same_content
from app.documents.services.issued_copies import log_outgoing, withdraw_row
from app.documents.services.kept_letters.kept_papers import letter_with_kept
from app.documents.services.kept_letters.letter_differences import PEOPLE_PARTS, open_differences
from app.documents.services.notification_kinds import (
    CONTRACTOR,
    MatterLine,
    matter_lines,
    read_notification_subject,
)
from db.journal import Change
from db.record import RowsById, record
from db.records.documents import BY_ISSUE, SET_ASIDE, KeptPaper, Letter, Notification, Outgoing, OutgoingWay
from db.rows import by_id, rows
from db.store import Store

_PENDING_STATUSES = ("未通知", "変更あり", "未作成")
WAYS_BY_WORDS = ("電話", "アプリの外の文書")
"""The ways of notification that need no document of this program: what was said is written down instead."""
NOTIFICATION_WAYS = ("メール", "手渡し", "郵送", "ファクス", *WAYS_BY_WORDS)
"""The ways (方法) of notification to choose from."""
_ELSE = "電話やアプリの外の文書で伝えたときは、その方法を選び、内容を書くと記録できます。"


@record
class OutgoingView:
    """The status of everything to be notified about a subject; ``outgoing`` are the log rows by id.

    ``is_over`` says whether nothing of the event is to come on a day.
    """

    scope: DocumentScope
    lines: tuple[MatterLine, ...]
    outgoing: dict[int, Outgoing]
    is_over: Callable[[date], bool] = field(compare=False)


def read_outgoing_view(
    store: Store, *, event_id: int | None = None, scope: DocumentScope | None = None
) -> OutgoingView:
    """Return the status of everything to be notified about the event ``event_id``, or the year or 団体 of ``scope``.

    Raises ``UserError`` when that is gone.
    """
    about = scope_of(event_id, scope)
    subject, lines, issued = _read(store, about)
    return OutgoingView(
        scope=about,
        lines=lines,
        outgoing=RowsById(issued),
        is_over=subject.is_over,
    )


def _read(store: Store, scope: DocumentScope) -> tuple[DocumentSubject, tuple[MatterLine, ...], list[Outgoing]]:
    """Return the subject, its matters with their status, and the outgoing log of a scope."""
    keys = keys_of(store, scope)
    subject = read_notification_subject(store, scope)
    issued = rows(store.database, Outgoing, **keys)
    return subject, matter_lines(subject, rows(store.database, Notification, **keys), issued), issued


@record
class NotificationDetails:
    """How something was notified.

    Attributes:
        told_on: the day (None = today); may be in the past, not in the future. told_to: the party.
        told_how: the way. told_by: who notified ("" = who records it). words: what was said, or which document said
            it; with one of ``WAYS_BY_WORDS`` no document of this program is needed.
    """

    told_on: date | None = None
    told_to: str
    told_how: str
    told_by: str = ""
    words: str = ""

    @property
    def is_by_words_alone(self) -> bool:
        """Return whether it was notified by words alone, without a document of ours."""
        return bool(self.words.strip()) and self.told_how.strip() in WAYS_BY_WORDS

    def notified_day(self, today: date) -> date:
        """Return the day, ``today`` if none was given."""
        return self.told_on or today

    def check(self, today: date) -> None:
        """Raise ``UserError`` if the party or the way is missing, or the day is after ``today``."""
        if not self.told_to.strip() or not self.told_how.strip():
            raise UserError(
                "連絡した相手または方法が書かれていません。", "だれに、どの方法で連絡したかを書いてください。"
            )
        if self.notified_day(today) > today:
            raise UserError("連絡した日が、本日より後になっています。", "日付を確かめてください。")


@record
class PendingNotification:
    """One matter that waits to be notified, with everything its steps 内容確認, 判定 and 通知 show.

    Attributes:
        document_kind: the document kind that notifies it, "" where none can be shown; ``text`` then says what is
            notified instead.
        party: the usual party.
        viewed_words, decided_words: 内容確認 and 判定 in words; ``viewed_words`` "" = the pages of the document are
            counted.
        is_viewed: whether every page of what was judged was opened.
        changed_facts: what differs from the last notification. next_place_words: where the matter goes afterwards.
        created_words: 「12/8(火) 9:20 見本　花子　保存」 of the document of this version, or that the words are kept
            where they replace it; "" where none was made.
        made: the log row of that document; its copy is what is recorded as notified.
        lacks: why it can't be notified by a document now, with what to do, or "".
    """

    document_kind: str
    text: str
    party: str
    viewed_words: str
    is_viewed: bool
    decided_words: str
    changed_facts: tuple[FactChange, ...]
    next_place_words: str
    created_words: str
    lacks: str
    made: Outgoing | None = None

    def is_said_by(self, content: DocumentContent) -> bool:
        """Return whether the document that was made says what ``content``, made from today's records, says."""
        if self.made is None or self.made.copy_file_id is None or FINGERPRINT_KEY not in self.made.detail:
            return True
        return is_same_content(self.made.detail[FINGERPRINT_KEY], content)


def read_pending_notification(
    store: Store, *, event_id: int | None = None, scope: DocumentScope | None = None, key: str, now: datetime
) -> PendingNotification:
    """Return what waits to be notified of a matter; raises ``UserError`` when nothing does."""
    about = scope_of(event_id, scope)
    subject, lines, _ = _read(store, about)
    line = _pending_line(lines, key)
    matter, made = line.matter_status.matter, line.matter_status.outgoing
    drawn = any(one.kind == kind_of(matter.document_kind) for one in documents_about(about))
    lacks = _notify_problem(store, subject, line)
    by_text = made is None and not lacks and _can_notify_by_text(subject, line)
    responsible = year_of(store, about, on=now.date()).contractor.responsible
    return PendingNotification(
        document_kind=matter.document_kind if drawn else "",
        text="" if drawn else _text_instead(subject, line),
        party=usual_party(line.matter_status, line.notification_kind.usual_party, responsible),
        viewed_words=line.notification_kind.viewed_words(subject, matter),
        is_viewed=line.notification_kind.is_viewed(subject, matter),
        decided_words=line.notification_kind.decided_words(subject, matter),
        changed_facts=line.matter_status.changed_facts,
        next_place_words=line.notification_kind.next_place_words(subject, matter),
        created_words=_created_words(made, now.date())
        if made is not None and not lacks
        else "伝えた文面を、控えに残します"
        if by_text
        else "",
        lacks=f"{lacks.happened}{lacks.todo}" if lacks is not None else "",
        made=made if lacks is None else None,
    )


def _created_words(outgoing: Outgoing, today: date) -> str:
    """Return when, by whom and how the document was made: 「12/8(火) 9:20 見本　花子　保存」 (or 印刷, コマンド)."""
    way = outgoing.way if (outgoing.way.is_print or outgoing.way.is_command) else "保存"
    return f"{short_date(outgoing.at.date(), today)} {clock_time(outgoing.at)} {outgoing.by}　{way}"


def _text_instead(subject: DocumentSubject, line: MatterLine) -> str:
    """Return the text for a matter without a single document: its words, or a set of documents that leave one by
    one.
    """
    if line.notification_kind.text is not None:
        return line.notification_kind.text(subject, line.matter_status.matter)
    return f"{line.notification_kind.name}は、書類ごとに保存または印刷したものを渡します。"


def _pending_line(lines: tuple[MatterLine, ...], key: str) -> MatterLine:
    """Return the line of a matter, or of a 差替え, that is to be notified: 未通知, else 変更あり, else 未作成.

    Raises ``UserError`` where the matter has none of these and was not told by its 施行 alone.
    """
    for word in _PENDING_STATUSES:
        for one in lines:
            if one.status == word and key in (one.id, one.key):
                return one
    # What counts as told by its 施行 may be recorded as told in another way.
    by_issue = (one for one in lines if one.key == key and one.notification and one.notification.is_by_issue)
    if (told := next(by_issue, None)) is not None:
        return told
    raise _nothing_pending()


def _nothing_pending() -> UserError:
    return UserError("伝えていないものは、もうありません。", "画面を開き直してください。")


def notify(
    context: ActionContext,
    *,
    event_id: int | None = None,
    scope: DocumentScope | None = None,
    key: str,
    told_on: date | None = None,
    told_to: str,
    told_how: str,
    words: str = "",
    told_by: str = "",
) -> ActionResult:
    """Record that a matter was notified as its newest document says; undo can take it back.

    Args:
        scope: what it is about, if not an event. key: which matter (``Matter.key``), or which 差替え of it
            (``MatterLine.id``). The others: ``NotificationDetails``.
    Raises:
        UserError: nothing of it waits or nothing was made, party or way is missing, a document from elsewhere has no
            name, the day is in the future, a formal letter is not 施行 yet, or a document of the set has not left.
    """
    about = scope_of(event_id, scope)
    how = NotificationDetails(told_on=told_on, told_to=told_to, told_how=told_how, told_by=told_by, words=words)
    how.check(context.today)
    subject, lines, _ = _read(context.store, about)
    line = _pending_line(lines, key)
    if not how.is_by_words_alone:
        if told_how.strip() == WAYS_BY_WORDS[-1]:
            raise UserError(
                "どの文書で伝えたかが書かれていません。",
                "文書の名、日付、番号などを「内容」に書いてください。",
            )
        if lacks := _notify_problem(context.store, subject, line):
            raise lacks
    matter = line.matter_status.matter
    reject_internal(matter.document_kind)
    title = fill_nonempty("返戻の{}人", returned_count(line.matter_status.changed_facts)) or matter.title
    name = matter_name(line.matter_kind, title)
    with context.change(f"{name}を連絡・通知済にした", "papers", event_id=about.event_id) as change:
        told = Notification(
            **keys_of(context.store, about),
            document_kind=matter.document_kind,
            key=line.key,
            version=matter.version,
            title=title,
            facts=_notified_facts(line),
            outgoing_id=_outgoing_id_of(context, change, subject, line, how),
            **_notification_columns(context, how),
        )
        if line.status == "通知済" and line.notification is not None:
            change.update(
                Notification, line.notification.id, withdrawn=True, withdrawn_reason="伝えた方法を記録したため"
            )
        act_id = change.insert(told)
    day = short_date(how.notified_day(context.today), context.today)
    return ActionResult(f"{name}を{day} {way_phrase(told_how)}連絡・通知済にしました。", act_id)


def note_issue(
    change: Change,
    context: ActionContext,
    scope: DocumentScope,
    letter: Letter,
    outgoing_id: int | None,
    said: Mapping[str, Mapping[str, str]],
) -> None:
    """Record inside ``change`` that a letter is told by its 施行, on that day, by post unless recorded otherwise.

    Args:
        said: the facts that it was put up with, by matter: these it tells. {} = what waits to be told of its kind.
    """
    if letter.issued_on is None:
        return
    lines = [one for one in _read(context.store, scope)[1] if one.matter_kind == letter.document_kind]
    responsible = year_of(context.store, scope, on=context.today).contractor.responsible
    told = [
        (
            _as_put_up(one.matter_status.matter, said),
            dict(said.get(one.key, {})) or _notified_facts(one),
            usual_party(one.matter_status, one.notification_kind.usual_party, responsible),
        )
        for one in lines
        if one.status in ("未通知", "変更あり", SET_ASIDE) and (not said or one.key in said)
    ]
    if not lines:  # a letter that no list asks to tell (派遣不採択通知, 検査結果通知)
        kind = letter.document_kind
        matter = Matter(
            key=batch_key(kind, letter.revision), title=letter.document_number, facts={}, document_kind=kind
        )
        told = [(matter, {}, recipient_of(kind))]
    for matter, facts, told_to in told:
        change.insert(
            Notification(
                **keys_of(context.store, scope),
                document_kind=matter.document_kind,
                key=matter.key,
                version=matter.version,
                title=matter.title,
                facts=facts,
                outgoing_id=outgoing_id,
                told_on=letter.issued_on,
                told_to=told_to or letter.document_kind,
                told_how=BY_ISSUE,
                told_by=context.by,
                **context.signature,
            )
        )


def _as_put_up(matter: Matter, said: Mapping[str, Mapping[str, str]]) -> Matter:
    """Return a matter under the title of the facts that its letter was put up with (「1団体 3人」)."""
    then = said.get(matter.key, {})
    titles = (
        shown_fact(then[name])
        for name, fact in matter.facts.items()
        if name in then and shown_fact(fact) == matter.title
    )
    return replace(matter, title=next(titles, matter.title))


def withdraw_issue_notice(change: Change, context: ActionContext, letter: Letter, *, reason: str) -> None:
    """Take back inside ``change`` that a letter was told by its 施行."""
    keys = ScopeKeys(event_id=letter.event_id, programme_id=letter.programme_id, organisation_id=letter.organisation_id)
    kept = {one.id for one in rows(context.database, KeptPaper, letter_id=letter.id)}
    issues = rows(context.database, Outgoing, way=OutgoingWay.ISSUE, document_kind=letter.document_kind, **keys)
    own = {one.id for one in issues if kept & set(one.kept_papers)}
    others = {one.id for one in issues} - own
    that_day = [
        one
        for one in rows(context.database, Notification, document_kind=letter.document_kind, **keys)
        if one.told_on == letter.issued_on and one.outgoing_id not in others
    ]
    told = {one.key for one in that_day if one.is_by_issue or one.outgoing_id in own}
    for one in that_day:
        # The way may have been corrected since (手渡し): what was not sent told nobody in that way either.
        if one.is_notified and one.key in told and one.told_how not in WAYS_BY_WORDS:
            change.update(Notification, one.id, withdrawn=True, withdrawn_reason=reason)


def _notification_columns(context: ActionContext, details: NotificationDetails) -> dict[str, Any]:
    """Return the columns of a notification from what the user typed; who told it is the user if nobody is named."""
    return {
        "told_on": details.notified_day(context.today),
        "told_to": details.told_to.strip(),
        "told_how": details.told_how.strip(),
        "told_by": details.told_by.strip() or context.by,
        "reason": details.words.strip(),
        **context.signature,
    }


def log_notification(
    change: Change,
    context: ActionContext,
    *,
    keys: ScopeKeys,
    document_kind: str,
    key: str,
    version: int,
    title: str,
    text: str,
    details: NotificationDetails,
) -> None:
    """Record inside ``change`` the notification of a text that no document of this program holds, with its 控え.

    Args:
        keys: the foreign keys of its subject. document_kind: its name in the log. key, version, title: the matter.
        text: what was said, as its 控え keeps it.
    Raises:
        UserError: as ``NotificationDetails.check``.
    """
    details.check(context.today)
    row = Outgoing(
        **keys,
        document_kind=f"{document_kind}の連絡",
        reference=title,
        version=version,
        format="txt",
        way=OutgoingWay.CONTACT,
        **context.signature,
        detail={"相手": details.told_to.strip(), "方法": details.told_how.strip()},
    )
    copy = log_outgoing(context.store, change, row, copy=text, happened=True)
    facts = {VERSION: f"第{version}版"}
    change.insert(
        Notification(
            **keys,
            document_kind=document_kind,
            key=key,
            version=version,
            title=title,
            facts=facts,
            outgoing_id=copy,
            **_notification_columns(context, details),
        )
    )


def correct_notification(
    context: ActionContext,
    *,
    notification_id: int,
    told_on: date | None = None,
    told_to: str,
    told_how: str,
    words: str | None = None,
    told_by: str = "",
) -> ActionResult:
    """Correct how something was notified: the day, the party, the way, by whom, or the words.

    The notified facts stay; words of a telephone call or of a document from elsewhere are its 控え, so a new one is
    stored and the earlier one is marked as withdrawn.

    Args:
        told_on, words: None = unchanged. told_by: "" = who corrects it.
    Raises:
        UserError: nothing differs, it was withdrawn or set aside, party or way is missing, the day is in the future; a
            call or a document from elsewhere without words; a document as its way where none of ours was used.
    """
    told = get_or_raise(context.database, Notification, notification_id)
    name = matter_name(told.document_kind, told.title)
    if not told.is_notified:
        raise UserError(f"{name}は、いまは通知済ではありません。", "画面を開き直してください。")
    said = told.reason if words is None else words
    how = NotificationDetails(
        told_on=told_on or told.told_on, told_to=told_to, told_how=told_how, told_by=told_by, words=said
    )
    how.check(context.today)
    own = told.told_how in WAYS_BY_WORDS and bool(told.reason)
    if own and not how.words.strip():
        raise UserError("内容が書かれていません。", "だれに、いつ、何を伝えたかを書いてください。")
    if own and not how.is_by_words_alone:
        raise UserError(
            f"{name}は、このアプリの書類を使わずに伝えた記録です。",
            "書類で伝えたときは、通知済を取り消してから、その書類で記録し直してください。",
        )
    # Who noted it first, and when, stays.
    values = {key: value for key, value in _notification_columns(context, how).items() if key not in context.signature}
    if all(getattr(told, key) == value for key, value in values.items()):
        raise UserError("変わったところがありません。", "直すところを入力してください。")
    with context.change(f"{name}を伝えた記録を直した", "papers", event_id=told.event_id) as change:
        row = by_id(context.database, Outgoing, told.outgoing_id)
        if row is not None and row.way.is_contact:
            detail = {**row.detail, "相手": how.told_to.strip(), "方法": how.told_how.strip()}
            if own and how.words.strip() != told.reason:
                withdraw_row(change, row, reason="記録を直した", who=context.by, at=context.now)
                again = replace(
                    row,
                    id=0,
                    **context.signature,
                    detail=detail,
                    sha256="",
                    copy_file_id=None,
                    copy_sha256=None,
                )
                values["outgoing_id"] = log_outgoing(
                    context.store, change, again, copy=how.words.strip(), happened=True
                )
            else:
                change.update(Outgoing, row.id, detail=detail)
        change.update(Notification, notification_id, **values)
    return ActionResult(f"{name}を伝えた記録を直しました。", notification_id)


def way_phrase(way: str) -> str:
    """Return 「メールで」."""
    return f"{way.strip()}で"


def _notify_problem(store: Store, subject: DocumentSubject, line: MatterLine) -> UserError | None:
    """Return why a matter can't be notified by a document now, or None."""
    lacking = line.notification_kind.missing_documents(store, subject)
    if lacking:
        return UserError(
            f"{line.notification_kind.name}のうち、まだ出していない書類があります（{'、'.join(lacking)}）。",
            f"残りの書類を保存または印刷してから、通知済にしてください。{_ELSE}",
        )
    if line.matter_status.matter.unissued_state:
        return UserError(
            f"{line.matter_name}は、まだ施行になっていません（{line.matter_status.matter.unissued_state}）。",
            f"施行日を記録してから、通知済にしてください。{_ELSE}",
        )
    there = line.matter_status.outgoing is not None or line.matter_status.matter.is_draft
    if (line.status == "未通知" and there) or (
        line.matter_status.outgoing is None and _can_notify_by_text(subject, line)
    ):
        return None
    return UserError(
        f"{line.matter_name}は、{'変わってから' if line.status == '変更あり' else 'まだ'}作成されていません。",
        f"書類を作成して保存または印刷してから、通知済にしてください。{_ELSE}",
    )


def _notified_facts(line: MatterLine) -> dict[str, str]:
    """Return the facts that are notified: those of the document that was made, else the current ones."""
    return dict(line.matter_status.facts if line.status == "未通知" else line.matter_status.matter.facts)


def _can_notify_by_text(subject: DocumentSubject, line: MatterLine) -> bool:
    """Return whether words alone can replace the document: if its mail says the same, and it needs no snapshot."""
    return line.notification_kind.text is not None or (
        not line.notification_kind.logged_name and _mail_document(subject.scope, line) is not None
    )


def _mail_document(scope: DocumentScope, line: MatterLine) -> DocumentKind | None:
    """Return the document kind of a matter if it has a mail text; a set of documents has none."""
    return next(
        (one for one in documents_about(scope) if one.kind == line.matter_kind and one.mail is not None),
        None,
    )


def _outgoing_id_of(
    context: ActionContext, change: Change, subject: DocumentSubject, line: MatterLine, details: NotificationDetails
) -> int | None:
    """Return the id of the log row of what was notified; words or a mail text get a row now.

    None where neither a document nor a text is logged.
    """
    scope = subject.scope
    made, tells, matter = line.matter_status.outgoing, line.notification_kind, line.matter_status.matter
    if details.is_by_words_alone:
        return log_outgoing(
            context.store,
            change,
            _notification_row(context, subject, line, details),
            copy=details.words.strip(),
            happened=True,
        )
    if made is not None and not tells.logged_name:
        return made.id
    paper = _mail_document(scope, line)
    if paper is None and tells.text is None:
        return made.id if made is not None else None
    row = _notification_row(context, subject, line, details)
    text = tells.text(subject, matter) if tells.text is not None else ""
    if paper is not None:
        text = notified_mail_text(context.store, scope=scope, kind=paper.kind, now=context.now)
    return log_outgoing(context.store, change, row, copy=text)


def _notification_row(
    context: ActionContext, subject: DocumentSubject, line: MatterLine, details: NotificationDetails
) -> Outgoing:
    matter = line.matter_status.matter
    return Outgoing(
        **keys_of(context.store, subject.scope),
        document_kind=line.notification_kind.logged_name or f"{matter.document_kind}の連絡",
        reference=matter.title,
        version=matter.version,
        format="txt",
        way=OutgoingWay.CONTACT,
        **context.signature,
        detail={"相手": details.told_to.strip(), "方法": details.told_how.strip()},
        facts={matter.key: _notified_facts(line)},
    )


def set_aside(
    context: ActionContext, *, event_id: int | None = None, scope: DocumentScope | None = None, key: str, reason: str
) -> ActionResult:
    """Record with a reason that a matter is not notified (again); another change brings it back.

    Raises:
        UserError: no reason, nothing of it is 変更あり or 未通知 (未作成 can't be set aside), or a snapshot of it was
            created and must be withdrawn before.
    """
    about = scope_of(event_id, scope)
    if not reason.strip():
        raise UserError("見送る理由が書かれていません。", "理由を書いてください。履歴に残ります。")
    _, lines, _ = _read(context.store, about)
    waits = [one for one in lines if key in (one.id, one.key) and one.status in ("変更あり", "未通知")]
    if not waits:
        raise _nothing_pending()
    if any(one.matter_status.matter.is_draft for one in waits):
        raise UserError(f"{waits[0].matter_name}が作成されています。", "見送るときは、先に作成を取り消してください。")
    line = waits[0]
    with context.change(
        f"{line.matter_name}を見送りにした（{reason.strip()}）", "papers", event_id=about.event_id
    ) as change:
        act_id = _set_aside(context, change, about, line, reason.strip())
    return ActionResult(f"{line.matter_name}を見送りにしました。内容がまた変わると、一覧に戻ります。", act_id)


def _set_aside(context: ActionContext, change: Change, scope: DocumentScope, line: MatterLine, reason: str) -> int:
    matter = line.matter_status.matter
    return change.insert(
        Notification(
            **keys_of(context.store, scope),
            document_kind=matter.document_kind,
            key=line.key,
            version=matter.version,
            title=matter.title,
            facts=dict(matter.facts),
            told_on=context.today,
            told_to="",
            told_how=SET_ASIDE,
            told_by=context.by,
            reason=reason,
            **context.signature,
        )
    )


def note_answered(change: Change, context: ActionContext, scope: DocumentScope) -> None:
    """Set aside inside ``change`` what waits to be told of letters of which every difference is answered.

    A 差替え of one that nobody was sent yet waits to be told instead: it tells what was answered so far.
    """
    lines = _read(context.store, scope)[1]
    for line in sorted(lines, key=lambda one: one.notification.id if one.notification is not None else 0):
        unsent = [row for one in lines if one.key == line.key and (row := one.matter_status.replacement) is not None]
        facts = _answered_facts(context, scope, line) if unsent or line.status == "変更あり" else {}
        for row in unsent if facts else ():
            change.update(Outgoing, row.id, facts={**row.facts, line.key: facts})
        if facts and not unsent and facts == line.matter_status.matter.facts:
            _set_aside(context, change, scope, line, "違いに答えたため")


def _answered_facts(context: ActionContext, scope: DocumentScope, line: MatterLine) -> dict[str, str]:
    """Return what a letter told, as it is now as far as its differences are answered; {} where that is not asked.

    Of whom it did not reach nothing is answered.
    """
    store, told, now = context.store, line.notification, line.matter_status.matter.facts
    paper = next((one for one in documents_about(scope) if one.kind == line.matter_kind), None)
    letter = letter_with_kept(store, paper, scope, context.today) if paper is not None else None
    if paper is None or letter is None or not letter.state.is_issued or told is None:
        return {}
    if letter.decision_id not in (None, paper.rests_on(store, scope).get("decision_id")):
        return {}  # another decision is to be told
    every = rows(store.database, Letter, document_kind=paper.kind, **keys_of(store, scope))
    mine = [one.id for one in every if batch_key(paper.kind, one.revision) == line.key] or [letter.id]
    kept = rows(store.database, KeptPaper, letter_id=mine, document_kind=paper.kind, replaced=False)
    named = {entry for one in kept for entry in one.entries}
    reached = {entry for fact in told.facts.values() for entry in sealed_ids(fact)}
    left = open_differences(store, paper, scope, context.now)
    if named <= reached and not left:
        return dict(now)
    wrong = {entry for one in left if one.part in PEOPLE_PARTS for entry in one.entries}
    return {name: with_names_as_now(fact, now.get(name, ""), wrong) for name, fact in told.facts.items()}


def withdraw_notification(context: ActionContext, *, notification_id: int, reason: str) -> ActionResult:
    """Withdraw a notification or a setting aside; the row stays with the reason, and the matter waits again.

    Raises:
        UserError: no reason, it was withdrawn already, or the matter was notified again or set aside since.
    """
    told = get_or_raise(context.database, Notification, notification_id)
    why = require_reason(reason, "通知済")
    name = matter_name(told.document_kind, told.title)
    if told.withdrawn:
        raise UserError(f"{name}は、もう取り消されています。", "画面を開き直してください。")
    same = rows(
        context.database,
        Notification,
        key=told.key,
        event_id=told.event_id,
        programme_id=told.programme_id,
        organisation_id=told.organisation_id,
    )
    later = [row for row in same if row.id > told.id and not row.withdrawn]
    if later:
        raise UserError(f"{name}は、そのあとにもう一度伝えられています。", "先に、あとの通知済を取り消してください。")
    with context.change(f"{name}の通知済を取り消した（{why}）", "papers", event_id=told.event_id) as change:
        withdraw_notification_within(change, context, told, reason=why)
    return ActionResult(f"{name}の通知済を取り消しました。連絡した記録は「取消」として残ります。", notification_id)


def withdraw_notification_within(
    change: Change, context: ActionContext, notification: Notification, *, reason: str
) -> None:
    """Withdraw a notification inside ``change``; its text is marked in the log, a document stays as it left."""
    change.update(Notification, notification.id, withdrawn=True, withdrawn_reason=reason)
    row = by_id(context.database, Outgoing, notification.outgoing_id)
    if row is not None and row.way.is_contact:
        withdraw_row(change, row, reason=reason, who=context.by, at=context.now)


def can_notify_now(line: MatterLine) -> bool:
    """Return whether a matter can be notified now: its document was made, or a call or mail is enough."""
    return line.status == "未通知" or (line.status in _PENDING_STATUSES and not line.notification_kind.logged_name)


def usual_party(matter_status: MatterStatus, party: str, responsible: str = "") -> str:
    """Return whom a matter is notified to: the party of its last notification or the 団体 of a 差替え, else ``party``.

    The contractor is followed by the name ``responsible``: 「受託者　業務責任者　氏名」.
    """
    if matter_status.notification is not None and matter_status.notification.told_to:
        return matter_status.notification.told_to
    if matter_status.replacement is not None and (whose := replacement_party(matter_status.replacement)):
        return whose
    return f"{party}　{responsible}" if party == CONTRACTOR and responsible else party
