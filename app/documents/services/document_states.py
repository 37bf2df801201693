"""Checks documents against the state of their event, and lets a stopped one pass with a reason.

A document is made as usual, made with a mark, or stopped. A reason (``override_stop``) holds as long as the state of
the event does not change.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionLink
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar.dates import short_date_or
from app.common.extension_point import ExtensionPoint
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.blocks import Block, DocumentContent, Letterhead, NameTags, SeatCard, TableCard
from app.documents.document_frame import with_large_print_named
from app.documents.event_phase import EventPhase, EventState
from app.documents.rules import can_override, state_effect, state_mark
from app.documents.services.document_context import letter_of
from app.documents.services.document_kind import DocumentEvent, DocumentKind, DocumentSubject, document_of
from app.documents.services.document_scope import DocumentScope, keys_of
from app.documents.services.editions import with_edition
from app.documents.services.kept_letters.kept_papers import kept_document, lacks_copy
from db.engine import Database
from db.record import record
from db.records.documents import DocumentPassage
from db.rows import row, rows
from db.store import Store

HaltSource = Callable[[Store, DocumentScope, date], tuple[str, ...]]
DOCUMENT_HALTS: ExtensionPoint[tuple[str, HaltSource]] = ExtensionPoint("document_halts")
"""Functions that return what must be settled before a document kind is made; a reason overrides it."""
OVERRIDE_KIND = "回の状態を越える理由"
"""The kind under which such reasons are stored, by stop: state, document kind, and since when the state holds."""
_NOTIFIED_BEFORE = "変更前の通知"
REISSUED_MARK = "変更後の日時・会場"
"""The mark of a letter that follows one of its kind that was issued with another day or place."""
REFERENCE_MARK = "いまの記録からの参考"
"""The mark of a letter that is made with a reason though it left before and no copy was kept; it bears no number."""
_WITHOUT_COPY = "写しなし"
_HALTED = "確かめるところ"
COPIES = "出したものは、「出力の記録」の控えから読み、印刷し直せます。"
_GO_ON = f"帳票の画面で理由を書くと、理由を記録して作成できます。{COPIES}"
_ALL = "全ページに「{}」の印が入ります"


class StoppedByState(UserError):
    """Error for a document that the state of its event stops.

    ``way`` is the link that leads on, if there is one; ``override_stop`` allows the document with a reason unless the
    stop is ``final``.
    """

    def __init__(self, happened: str, link: ActionLink | None, *, scope: DocumentScope, kind: str, final: bool = False):
        super().__init__(happened, COPIES if final else _GO_ON, "", links=(link,) if link is not None else ())
        self.way = link
        self.scope = scope
        self.kind = kind
        self.final = final


@record
class StateAnswer:
    """The effect of an event's state on one document kind now.

    ``why`` is not empty where it is stopped, or would be without the ``reason`` that overrides it, ``short`` is the
    same for a list; ``key`` identifies that stop. ``mark`` is printed on every page; ``since`` when the state holds.
    ``reissued`` = it was issued with other content. ``is_final``: no reason overrides the stop. ``earlier_reason`` is
    the reason that overrode a stop checked before this one: each is checked and overridden separately.
    """

    why: str = ""
    short: str = ""
    link: ActionLink | None = None
    key: str = ""
    reason: str = ""
    earlier_reason: str = ""
    mark: str = ""
    since: date | None = None
    reissued: bool = False
    is_final: bool = False

    @property
    def is_stopped(self) -> bool:
        """Return whether the state of the event or a halt stops the document, and no reason to make it was kept."""
        return bool(self.why) and not self.reason

    @property
    def lacks_copy(self) -> bool:
        """Return whether it left and no copy of it was kept."""
        return self.mark == REFERENCE_MARK

    @property
    def reasons(self) -> str:
        """Return the override reasons as one text, each once, joined by 「／」; "" without any."""
        return join_nonempty(*dict.fromkeys(one for one in (self.earlier_reason, self.reason) if one), separator="／")

    @property
    def words(self) -> str:
        """Return the text for a list: why it is stopped, else its mark and the reasons to make it; "" = neither."""
        if self.is_stopped:
            return self.short
        passed = fill_nonempty("理由を記録して作成：{}", self.reasons)
        return join_nonempty(_ALL.format(self.mark) if self.mark else "", passed)


def event_status_of(
    store: Store, document_kind: DocumentKind, scope: DocumentScope, today: date, subject: DocumentSubject | None = None
) -> DocumentEvent | None:
    """Return the status of the event that a document kind is about, None if it is about none.

    Args:
        subject: the subject, if already read.
    """
    return document_kind.event_status(store, scope, today, subject) if document_kind.event_status is not None else None


def state_answer(document_kind: DocumentKind, event_status: DocumentEvent | None, today: date) -> StateAnswer:
    """Return the effect of an event's status on a document kind, with the stored reason to make it all the same.

    ``event_status`` None = it is about no event: no effect.
    """
    if event_status is None:
        return StateAnswer()
    answer = _state_answer(document_kind, event_status, today)
    return (
        replace(answer, reason=event_status.override_reasons.get(answer.key, ""))
        if answer.why and not answer.is_final
        else answer
    )


def answer_of(store: Store, document_kind: DocumentKind, scope: DocumentScope, today: date) -> StateAnswer:
    """Return the effect of the event's state on a document kind, or of ``DOCUMENT_HALTS`` if the state lets it pass.

    A letter that left and of which no copy was kept is stopped before all: made now, it is no copy.
    """
    letter = letter_of(store, scope, document_kind.kind, on=today)
    if letter is not None and lacks_copy(store, letter):
        return copy_missing(store, document_kind, scope)
    return with_halts(
        store,
        document_kind,
        scope,
        today,
        state_answer(document_kind, event_status_of(store, document_kind, scope, today), today),
    )


def copy_missing(store: Store, document_kind: DocumentKind, scope: DocumentScope) -> StateAnswer:
    """Return the stop of a letter that left before copies were kept; a reason makes it from today's records."""
    key = f"{_WITHOUT_COPY}／{document_kind.kind}"
    return StateAnswer(
        why=f"出した{document_kind.kind}の写しはありません（写しを残す前の版で施行）。紙の写しがあれば「紙の写しを取り込む」で残せます。",
        short="出した写しがありません",
        key=key,
        reason=_reason_against(store, scope, key),
        mark=REFERENCE_MARK,
    )


def _reason_against(store: Store, scope: DocumentScope, key: str) -> str:
    """Return the reason that overrides the stop ``key``, "" for none."""
    kept = row(store.database, DocumentPassage, **keys_of(store, scope), document_kind=OVERRIDE_KIND, part=key)
    return kept.text if kept is not None else ""


def with_halts(
    store: Store, document_kind: DocumentKind, scope: DocumentScope, today: date, answer: StateAnswer
) -> StateAnswer:
    """Return ``answer``, or the stop of ``DOCUMENT_HALTS``: its facts are the key, so changed facts stop it again.

    A reason against the state of the event does not override these halts.
    """
    if answer.is_stopped:
        return answer
    sources = [source for kind, source in DOCUMENT_HALTS if kind == document_kind.kind]
    found = [words for source in sources for words in source(store, scope, today)]
    if not found:
        return answer
    why = "".join(found)
    key = f"{_HALTED}／{document_kind.kind}／{why}"
    return replace(
        answer,
        why=why,
        short="確かめるところがあります",
        link=None,
        key=key,
        reason=_reason_against(store, scope, key),
        earlier_reason=answer.reason,
        since=None,
        reissued=False,
    )


def build_in_state(
    store: Store,
    document_kind: DocumentKind,
    scope: DocumentScope,
    today: date,
    build: Callable[[], DocumentContent],
    *,
    chosen: Collection[str | int] | None = None,
    large: Collection[str] | None = None,
) -> DocumentContent:
    """Build a document, with its 版 and the mark that the state of its event requires, from what is kept of it if any.

    What left is returned in every state as it left.

    Args:
        chosen, large: as for ``kept_document``.
    Raises:
        StoppedByState: the state of the event or ``DOCUMENT_HALTS`` stops it, and no reason overrides that.
    """
    kept = kept_document(store, document_kind, scope, today, chosen=chosen, large=large)
    if kept is not None and kept.kept is not None and kept.kept.has_left:
        return with_large_print_named(kept)
    answer = answer_of(store, document_kind, scope, today)
    reject_stopped(answer, scope, document_kind.kind)
    content = with_large_print_named(kept or with_edition(store, scope, build()))
    if answer.lacks_copy:
        content = replace(
            content,
            blocks=tuple(
                (replace(block, reference="", date="") if isinstance(block, Letterhead) else block)
                for block in content.blocks
            ),
        )
    if not answer.mark and not answer.reasons:
        return content
    blocks = tuple(_with_mark(block, answer.mark) for block in content.blocks) if answer.mark else content.blocks
    return replace(content, blocks=blocks, state_mark=answer.mark, passed_reason=answer.reasons)


def reject_stopped(answer: StateAnswer, scope: DocumentScope, kind: str) -> None:
    """Raise ``StoppedByState`` for a stopped document, with its reason and the link that leads on."""
    if answer.is_stopped:
        raise StoppedByState(answer.why, answer.link, scope=scope, kind=kind, final=answer.is_final)


def override_reasons(database: Database, event_id: int) -> dict[str, str]:
    """Return the override reasons of an event's documents by the key of the stop, in one SELECT."""
    return {
        one.part: one.text for one in rows(database, DocumentPassage, event_id=event_id, document_kind=OVERRIDE_KIND)
    }


def override_stop(context: ActionContext, *, scope: DocumentScope, kind: str, reason: str) -> ActionResult:
    """Store the reason why a document is made although its event's state or ``DOCUMENT_HALTS`` stops it.

    It holds until the state or the facts of the halt change; an earlier reason against the same stop is replaced.

    Raises:
        UserError: no reason, nothing stops it, or the stop is final.
    """
    answer = answer_of(context.store, document_of(scope, kind), scope, context.today)
    if not answer.why:
        raise UserError(f"{kind}は、止まっていません。", "画面を開き直してください。")
    if answer.is_final:
        raise UserError(answer.why, COPIES)
    words = reason.strip()
    if not words:
        raise UserError(
            f"{kind}を作成する理由が書かれていません。", "理由を書いてください。履歴と出力の記録に残ります。"
        )
    keys = keys_of(context.store, scope)
    kept = row(context.database, DocumentPassage, **keys, document_kind=OVERRIDE_KIND, part=answer.key)
    with context.change(
        f"理由を書いて{kind}を作成することにした（{words}）", "papers", event_id=scope.event_id
    ) as change:
        row_id = change.update_or_insert(
            DocumentPassage, kept, **keys, document_kind=OVERRIDE_KIND, part=answer.key, text=words
        )
    return ActionResult(f"理由を記録しました。{kind}を作成できます。", row_id)


def _state_answer(document_kind: DocumentKind, event_status: DocumentEvent, today: date) -> StateAnswer:
    """Return whether the state of an event stops a document, marks it or leaves it alone.

    An invitation is also stopped if one of ``notified_with``, or a formal one before it, left with another day or
    place.
    """
    state = event_status.state
    meeting = state_effect(document_kind.event_role, state, names_no_place=document_kind.names_no_place)
    if meeting == "停止":
        return StateAnswer(
            why=_stop_reason(document_kind, state, today),
            short=_SHORT.get(state.phase, f"{state.word}のため作成しません"),
            link=event_status.link,
            key=_stop_key(
                state.decided if state.phase is EventPhase.WITHOUT_PLACE else state.word, document_kind, state.since
            ),
            mark=state_mark(state),
            since=state.since,
            is_final=not can_override(document_kind.event_role, state.phase),
        )
    kinds = (*((document_kind.kind,) if document_kind.formal else ()), *document_kind.notified_with)
    told = next(filter(None, map(event_status.outdated_letters.get, kinds)), "")
    if told and document_kind.event_role == "案内":
        return StateAnswer(
            why=f"{told}変わったことは、変更通知で知らせます。" if document_kind.formal else told,
            short="出したときの日時・会場と違います",
            link=event_status.notification_link,
            key=_stop_key(_NOTIFIED_BEFORE, document_kind, event_status.schedule_key),
            mark=REISSUED_MARK,
            reissued=True,
        )
    return StateAnswer(mark=state_mark(state) if meeting == "印" else "")


def _stop_key(stop: str, document_kind: DocumentKind, since: date | str | None) -> str:
    """Return the key of one stop; cancelled or moved once more, an event stops its documents again."""
    return f"{stop}／{document_kind.kind}／{since or ''}"


_HOW = {
    EventPhase.REQUEST_UNDECIDED: "この団体の希望票は、まだ選定していません。",
    EventPhase.CANCELLED: "この回は中止です{since}。",
    EventPhase.WITHOUT_NEW_DAY: "この回は{word}です{since}。新しい日時はまだ決まっていません。",
    EventPhase.WITHOUT_PLACE: "会場の変更が決まっていますが、新しい会場がまだ入っていません。",
    EventPhase.RESULT_MISSING: "この回の実施日は過ぎています。",
    EventPhase.WITHDRAWN: "この団体の希望は取下げです{since}。",
    EventPhase.DECLINED: "この団体の希望は不採択です{since}。",
}
_SHORT = {
    EventPhase.WITHOUT_PLACE: "新しい会場が入ってから作成します",
    EventPhase.RESULT_MISSING: "実施日を過ぎたため作成しません",
}
_INSTEAD = {
    EventPhase.REQUEST_UNDECIDED: "選定は「派遣の希望票」に記録します。",
    EventPhase.CANCELLED: "参加される方（派遣は団体）、補欠の方、結果をまだ知らせていない方には、"
    "中止通知で知らせます。",
    EventPhase.WITHOUT_NEW_DAY: "日時を知らせた方には{word}を変更通知で知らせ、新しい日時は「日付を変える」で入れます。"
    "もとの日に行うときは、実施回の上の「{word}を取り消す」を押します。",
    EventPhase.WITHOUT_PLACE: "会場が入ってから作成します。",
    EventPhase.RESULT_MISSING: "行っていれば結果を、行っていなければ中止や延期の判断を記録してください。",
    EventPhase.WITHDRAWN: "またうかがうことになったときは、希望票の結果を直してください。",
    EventPhase.DECLINED: "団体には、不採択の通知で知らせます。",
}


def _stop_reason(document_kind: DocumentKind, state: EventState, today: date) -> str:
    since = fill_nonempty("（{}から）", short_date_or("", state.since, today))
    how = _HOW[state.phase].format(since=since, word=state.word)
    if document_kind.event_role in ("案内", "配付"):
        called = fill_nonempty("{}には、「中止・変更の連絡」の電話一覧で知らせます。", document_kind.recipient)
        cancelled = state.phase is EventPhase.CANCELLED and (document_kind.text_when_cancelled or called)
        told = cancelled or _INSTEAD[state.phase].format(word=state.word)
        return f"{how}{document_kind.kind}は作成しません。{told}"
    return f"{how}行っていないため、{document_kind.kind}は作成しません。"


def _with_mark(block: Block, mark: str) -> Block:
    """Return a card block with the mark itself, as cards are cut or folded from the page; any other unchanged."""
    if isinstance(block, NameTags):
        return replace(block, tags=tuple(replace(tag, mark=mark) for tag in block.tags))
    if isinstance(block, (SeatCard, TableCard)):
        return replace(block, event=f"【{mark}】{block.event}")
    return block
