"""Asks of every kind of paper how it meets the state of its event; who is stopped learns why, and may pass with a
reason.

- ``ask(paper, standing, today) -> Answer`` made as ever, with a mark, or stopped
- ``answer_of(store, paper, scope, today, subject) -> Answer`` the same with what the paper itself halts at
- ``made_in_state(store, paper, scope, today, build) -> DocumentContent`` the paper with its mark; raises
  ``StoppedByState``
- ``pass_stop(act, scope, kind, reason) -> Saved`` go on all the same, as long as the event stands so
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from app.acts.act import Act, deed
from app.acts.action_id import Asked
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.calendar.dates import short_date
from app.common.declared import Declared
from app.common.together import together
from app.papers.blocks import Block, DocumentContent, NameTags, SeatCard, TableCard
from app.papers.event_facts import EventState
from app.papers.rules.states import mark_of, meets, passable
from app.papers.services.editions import with_edition
from app.papers.services.event_standing import EventStanding
from app.papers.services.paper_kind import PaperKind, PaperSubject, paper_of
from app.papers.services.paper_scope import PaperScope, keys_of
from db.engine import Database
from db.frozen_record import frozen_record
from db.records.papers import PaperText
from db.rows import row, rows
from db.store import Store

HaltSource = Callable[[Store, PaperScope, date], tuple[str, ...]]
PAPER_HALTS: Final[Declared[tuple[str, HaltSource]]] = Declared("paper_halts")
"""Who knows what must be settled before a kind of paper is made, a sentence each; it passes with a reason."""
PASSED: Final = "回の状態を越える理由"
"""The kind under which such reasons are kept; each by the stop that it is for: state, kind of paper, and since when it
stands so."""
_TOLD: Final = "変更前の通知"
REISSUED: Final = "変更後の日時・会場"
"""What a letter bears that was issued with another day or place before, and is made all the same."""
_HALTED: Final = "確かめるところ"
COPIES: Final = "出したものは、「出力の記録」の控えから読み、印刷し直せます。"
_GO_ON: Final = f"帳票の画面で理由を書くと、理由を記録して作成できます。{COPIES}"
_ALL: Final = "全ページに「{}」の印が入ります"


class StoppedByState(Refusal):
    """A paper that is not made as its event stands; ``way`` leads on, ``pass_stop`` goes on all the same unless the
    stop is ``final``."""

    def __init__(self, happened: str, way: Asked | None, *, scope: PaperScope, kind: str, final: bool = False) -> None:
        super().__init__(happened, COPIES if final else _GO_ON, "", ways=(way,) if way is not None else ())
        self.way = way
        self.scope = scope
        self.kind = kind
        self.final = final


@frozen_record
class StateAnswer:
    """How one kind of paper meets its event now.

    ``why`` is not empty where it is stopped, or would be without the ``reason`` by which somebody goes on, ``short`` is
    the same for a list; ``key`` names that stop. ``mark`` stands on every page; ``since`` the event stands so.
    ``reissued`` = it was issued, and said otherwise. ``final``: no reason goes on against the stop. ``before`` is why
    somebody went on against a stop that was asked before this one: each is asked and passed by itself.
    """

    why: str = ""
    short: str = ""
    way: Asked | None = None
    key: str = ""
    reason: str = ""
    before: str = ""
    mark: str = ""
    since: date | None = None
    reissued: bool = False
    final: bool = False

    @property
    def stopped(self) -> bool:
        """Whether it is not made."""
        return bool(self.why) and not self.reason

    @property
    def reasons(self) -> str:
        """Why it is made all the same, each reason once."""
        return together(*dict.fromkeys(one for one in (self.before, self.reason) if one), by="／")

    @property
    def words(self) -> str:
        """What a list says of it, "" where nothing is to be said."""
        if self.stopped:
            return self.short
        passed = f"理由を記録して作成：{self.reasons}" if self.reasons else ""
        return together(_ALL.format(self.mark) if self.mark else "", passed)


def standing_of(
    store: Store, paper: PaperKind, scope: PaperScope, today: date, subject: PaperSubject | None = None
) -> EventStanding | None:
    """Return how the event stands that a kind of paper is about, None where it is about none.

    Args:
        subject: what was read of it already.
    """
    return paper.standing(store, scope, today, subject) if paper.standing is not None else None


def ask(paper: PaperKind, standing: EventStanding | None, today: date) -> StateAnswer:
    """Return how a kind of paper meets its event as it stands."""
    if standing is None:
        return StateAnswer()
    answer = _answer(paper, standing, today)
    return replace(answer, reason=standing.passed.get(answer.key, "")) if answer.why and not answer.final else answer


def answer_of(
    store: Store, paper: PaperKind, scope: PaperScope, today: date, subject: PaperSubject | None = None
) -> StateAnswer:
    """Return how a kind of paper meets its event, and where that lets it through, at what it halts by itself."""
    return with_halts(store, paper, scope, today, ask(paper, standing_of(store, paper, scope, today, subject), today))


def with_halts(store: Store, paper: PaperKind, scope: PaperScope, today: date, answer: StateAnswer) -> StateAnswer:
    """Return ``answer``, or at what the paper halts: the facts are the key, so other ones stop it again.

    Whoever went on against the state of the event has not seen yet what the paper itself halts at.
    """
    if answer.stopped:
        return answer
    sources = [source for kind, source in PAPER_HALTS if kind == paper.kind]
    found = [words for source in sources for words in source(store, scope, today)]
    if not found:
        return answer
    why = "".join(found)
    key = f"{_HALTED}／{paper.kind}／{why}"
    kept = row(store.database, PaperText, **keys_of(store, scope), document_kind=PASSED, part=key)
    return replace(
        answer,
        why=why,
        short="確かめるところがあります",
        way=None,
        key=key,
        reason=kept.text if kept is not None else "",
        before=answer.reason,
        mark=answer.mark or paper.halted_mark,
        since=None,
        reissued=False,
    )


def made_in_state(
    store: Store, paper: PaperKind, scope: PaperScope, today: date, build: Callable[[], DocumentContent]
) -> DocumentContent:
    """Build a paper as its event stands, its state on every page where that belongs there.

    Raises:
        StoppedByState: it is not made as the event stands, and nobody wrote why it is all the same.
    """
    answer = answer_of(store, paper, scope, today)
    refuse_stopped(answer, scope, paper.kind)
    content = with_edition(store, scope, build())
    if not answer.mark and not answer.reasons:
        return content
    blocks = tuple(_with_mark(block, answer.mark) for block in content.blocks) if answer.mark else content.blocks
    return replace(content, blocks=blocks, state_mark=answer.mark, passed_reason=answer.reasons)


def refuse_stopped(answer: StateAnswer, scope: PaperScope, kind: str) -> None:
    """Refuse what is stopped, with its reason and the way on."""
    if answer.stopped:
        raise StoppedByState(answer.why, answer.way, scope=scope, kind=kind, final=answer.final)


def passed_stops(database: Database, event_id: int) -> dict[str, str]:
    """Return why somebody went on against a stop of an event's papers, by the key of the stop; one SELECT."""
    return {one.part: one.text for one in rows(database, PaperText, event_id=event_id, document_kind=PASSED)}


@deed
def pass_stop(act: Act, *, scope: PaperScope, kind: str, reason: str) -> Saved:
    """Keep why a paper is made although its event stands otherwise; it holds as long as the event stands so.

    Raises:
        Refusal: no reason, nothing stops it, or what stops it is final.
    """
    paper = paper_of(scope, kind)
    answer = answer_of(act.store, paper, scope, act.today)
    if not answer.why:
        raise Refusal(f"{kind}は、止まっていません。", "画面を開き直してください。")
    if answer.final:
        raise Refusal(answer.why, COPIES)
    words = reason.strip()
    if not words:
        raise Refusal(f"{kind}を作成する理由が書かれていません。", "理由を書いてください。履歴と出力の記録に残ります。")
    keys = keys_of(act.store, scope)
    kept = row(act.database, PaperText, **keys, document_kind=PASSED, part=answer.key)
    with act.change(f"理由を書いて{kind}を作成することにした（{words}）", "papers", event_id=scope.event_id) as change:
        row_id = change.keep(PaperText, kept, **keys, document_kind=PASSED, part=answer.key, text=words)
    return Saved(f"理由を記録しました。{kind}を作成できます。", row_id)


def _answer(paper: PaperKind, standing: EventStanding, today: date) -> StateAnswer:
    state = standing.state
    meeting = meets(paper.meets, state.word)
    if meeting == "停止":
        return StateAnswer(
            why=_why(paper, state, today),
            short=f"{state.word}のため作成しません",
            way=standing.way,
            key=_key(state.word, paper, state.since),
            mark=mark_of(state),
            since=state.since,
            final=not passable(paper.meets, state.word),
        )
    if paper.meets in ("案内", "配付") and state.open_item:
        why = (
            f"{state.decided}が決まっていますが、新しい{state.open_item}がまだ入っていません。"
            f"{paper.kind}は、入ってから作成します。"
        )
        return StateAnswer(
            why=why,
            short=f"新しい{state.open_item}が入ってから作成します",
            way=standing.way,
            key=_key(state.decided, paper, state.since),
            since=state.since,
        )
    told = next((standing.told[kind] for kind in _told_with(paper) if kind in standing.told), "")
    if paper.meets == "案内" and told:
        why = f"{told}変わったことは、変更通知で知らせます。" if paper.formal else told
        return StateAnswer(
            why=why,
            short="出したときの日時・会場と違います",
            way=standing.told_way,
            key=_key(_TOLD, paper, standing.on),
            mark=REISSUED,
            reissued=True,
        )
    return StateAnswer(mark=mark_of(state) if meeting == "印" else "")


def _told_with(paper: PaperKind) -> tuple[str, ...]:
    return (paper.kind, *paper.told_with) if paper.formal else paper.told_with


def _key(stop: str, paper: PaperKind, since: date | str | None) -> str:
    """Name one stop: cancelled again, or moved once more, an event is stopped again, whatever was written the time
    before."""
    return f"{stop}／{paper.kind}／{since or ''}"


_HOW: Final = {
    "中止": "この回は中止です{since}。",
    "延期": "この回は延期です{since}。新しい日時はまだ決まっていません。",
    "取下げ": "この派遣の希望は取下げです{since}。",
    "不採択": "この派遣の希望は不採択です{since}。",
}
_INSTEAD: Final = {
    "中止": "参加される方と補欠の方には、中止通知で知らせます。",
    "延期": "延期は変更通知で知らせ、日時は「日付を変える」で入れます。"
    "もとの日に行うときは、実施回の上の「延期を取り消す」を押します。",
    "取下げ": "また派遣することになったときは、希望票の結果を直してください。",
    "不採択": "団体には、派遣不採択通知で知らせます。",
}


def _why(paper: PaperKind, state: EventState, today: date) -> str:
    since = f"（{short_date(state.since, today)}から）" if state.since is not None else ""
    how = _HOW[state.word].format(since=since)
    if paper.meets in ("案内", "配付"):
        told = paper.instead if state.word == "中止" and paper.instead else _INSTEAD[state.word]
        return f"{how}{paper.kind}は作成しません。{told}"
    return f"{how}行っていないため、{paper.kind}は作成しません。"


def _with_mark(block: Block, mark: str) -> Block:
    """A card that is cut or folded out of its page bears the mark itself."""
    if isinstance(block, NameTags):
        return replace(block, tags=tuple(replace(tag, mark=mark) for tag in block.tags))
    if isinstance(block, (SeatCard, TableCard)):
        return replace(block, event=f"【{mark}】{block.event}")
    return block
