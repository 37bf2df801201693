"""連絡・通知済: noting that a paper was told, to whom, when and how; taking that back; and what waits to be told.

- ``read_leaving(store, event_id or scope) -> LeavingView`` everything that the papers of a subject tell, and how it
  stands
- ``read_to_tell(store, scope, key, now) -> ToTell`` one matter that waits, with what its step 通知した asks for
- ``tell(act, scope, key, told_on, told_to, told_how, words, told_by) -> Saved``; ``note_told`` the same inside a change
- ``correct_told(act, act_id, …) -> Saved`` the day, the party, the way or the words were typed wrongly
- ``set_aside(act, scope, key, reason) -> Saved`` it is not told (again) as long as nothing else changes
- ``withdraw_act(act, act_id, reason) -> Saved`` either of both is taken back; the row stays

Saving and printing are ``app.papers.services.paper_saving``; they never tell.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final, TypedDict

from app.acts.act import Act, deed
from app.acts.get_or_refuse import get_or_refuse
from app.acts.refusal import Refusal, reason_given
from app.acts.saved import Saved
from app.calendar.dates import short_date
from app.papers.rules.notification import VERSION, FactChange, Stand, named
from app.papers.services.issued_copies import log_issued, take_back
from app.papers.services.paper_kind import PaperKind, PaperSubject, kind_of, papers_about, refuse_inside
from app.papers.services.paper_scope import PaperScope, ScopeKeys, keys_of, scope_of, year_of
from app.papers.services.papers import told_text
from app.papers.services.tells import CONTRACTOR, MatterLine, read_told_subject, stands_of
from db.frozen_record import frozen_record
from db.journal import Change
from db.records.papers import SET_ASIDE, Notification, Outgoing
from db.rows import by_id, rows
from db.store import Store
from db.tables import journal

_LOOKED_BACK = 50
_WHAT_WAITS = ("未通知", "変更あり", "未作成")
OUTSIDE: Final = ("電話", "アプリの外の文書")
"""The ways that need no paper of this program: what was said is written down instead."""
WAYS: Final = ("メール", "手渡し", "郵送", "ファクス", *OUTSIDE)
"""方法 of telling, as offered."""
_ELSE: Final = "電話やアプリの外の文書で伝えたときは、その方法を選び、伝えたことを書くと記録できます。"


@frozen_record
class LeavingView:
    """Everything that the papers of a subject tell; ``issued`` are the rows of the log by their number.

    ``changed_by`` is the newest action about it since what has changed was told, with its moment.
    """

    scope: PaperScope
    title: str
    lines: tuple[MatterLine, ...]
    issued: dict[int, Outgoing]
    changed_by: tuple[datetime, str] | None = None

    def of(self, *standings: str) -> tuple[MatterLine, ...]:
        """The lines that stand so."""
        return tuple(line for line in self.lines if line.stand.standing in standings)


def read_leaving(store: Store, *, event_id: int | None = None, scope: PaperScope | None = None) -> LeavingView:
    """Return how everything stands; raises ``Refusal`` when what it is about is gone."""
    about = scope_of(event_id, scope)
    subject, lines, issued = _read(store, about)
    return LeavingView(
        scope=about,
        title=subject.title,
        lines=lines,
        issued={row.id: row for row in issued},
        changed_by=_changed_by(store, about, lines),
    )


def _changed_by(store: Store, scope: PaperScope, lines: tuple[MatterLine, ...]) -> tuple[datetime, str] | None:
    """The newest action of the event after the oldest act that no longer is so; papers that leave change nothing."""
    told = [one.stand.act.at for one in lines if one.stand.standing == "変更あり" and one.stand.act is not None]
    if not told or scope.event_id is None:
        return None
    since = min(told)
    for entry in journal.entries(store.database, event_id=scope.event_id, limit=_LOOKED_BACK):
        if entry.at >= since and entry.subject != "papers":
            return entry.at, entry.action
    return None


def _read(store: Store, scope: PaperScope) -> tuple[PaperSubject, tuple[MatterLine, ...], list[Outgoing]]:
    keys = keys_of(store, scope)
    subject = read_told_subject(store, scope)
    issued = rows(store.database, Outgoing, **keys)
    return subject, stands_of(subject, rows(store.database, Notification, **keys), issued), issued


@frozen_record
class Told:
    """How something was told.

    Attributes:
        told_on: the day (None = that of noting it); it may lie before that of typing, never after. told_to: the party.
        told_how: the way. told_by: who told it ("" = who notes it). words: what was said, or which document said it;
            by one of the ways ``OUTSIDE`` it then needs no paper made here.
    """

    told_on: date | None = None
    told_to: str
    told_how: str
    told_by: str = ""
    words: str = ""

    @property
    def outside(self) -> bool:
        """Whether the words alone say what was told."""
        return bool(self.words.strip()) and self.told_how.strip() in OUTSIDE

    def on(self, today: date) -> date:
        """The day, ``today`` where none was said."""
        return self.told_on or today

    def check(self, today: date) -> None:
        """Refuse what cannot be noted, whatever is told."""
        if not self.told_to.strip() or not self.told_how.strip():
            raise Refusal(
                "連絡した相手または方法が書かれていません。", "だれに、どの方法で連絡したかを書いてください。"
            )
        if self.on(today) > today:
            raise Refusal("連絡した日が、本日より後になっています。", "日付を確かめてください。")


@frozen_record
class ToTell:
    """One matter that waits to be told, ready for its step 通知した.

    Attributes:
        paper: the kind of paper that tells it, "" where none can be shown; ``text`` then says what is told instead.
        named: 「資料確認結果通知（操作手順書 第2版）」. to: the usual party.
        looked, decided: the steps before in words; ``looked`` "" = the pages of the paper itself are counted.
        changed: what is told otherwise than last time. goes: where the thing goes once it was told.
        made: 「12/8(火) 9:20 見本　花子　PDF」 of the paper of this version, "" where nothing was made.
        lacks: why it can't be told by a paper now, with what to do, or "".
    """

    paper: str
    text: str
    named: str
    to: str
    looked: str
    decided: str
    changed: tuple[FactChange, ...]
    goes: str
    made: str
    lacks: str


def read_to_tell(
    store: Store, *, event_id: int | None = None, scope: PaperScope | None = None, key: str, now: datetime
) -> ToTell:
    """Return what waits to be told of a matter; raises ``Refusal`` when nothing of it does."""
    about = scope_of(event_id, scope)
    subject, lines, _ = _read(store, about)
    line = _waiting(lines, key)
    matter, made = line.stand.matter, line.stand.made
    drawn = any(one.kind == kind_of(matter.paper) for one in papers_about(about))
    lacks = _lacks(store, subject, line)
    by_text = made is None and not lacks and _text_of(subject, line)
    responsible = year_of(store, about, on=now.date()).contractor.responsible
    return ToTell(
        paper=matter.paper if drawn else "",
        text="" if drawn else _said_instead(subject, line),
        named=line.named,
        to=usual_party(line.stand, line.tells.party, responsible),
        looked=line.tells.looked(subject, matter),
        decided=line.tells.decided(subject, matter),
        changed=line.stand.changed,
        goes=line.tells.goes(subject, matter),
        made=_made_words(made, now.date()) if made is not None and not lacks else _BY_TEXT if by_text else "",
        lacks=f"{lacks.happened}{lacks.todo}" if lacks is not None else "",
    )


_BY_TEXT: Final = "伝えた文面を、控えに残します"


def _made_words(made: Outgoing, today: date) -> str:
    way = made.way if made.way in ("印刷", "コマンド") else "保存"
    return f"{short_date(made.at.date(), today)} {made.at.hour}:{made.at.minute:02d} {made.by}　{way}"


def _said_instead(subject: PaperSubject, line: MatterLine) -> str:
    """What is told where no single paper says it: its words, or a set whose papers leave one by one."""
    if line.tells.words is not None:
        return line.tells.words(subject, line.stand.matter)
    return f"{line.tells.paper}は、書類ごとに保存または印刷したものを渡します。"


def _waiting(lines: tuple[MatterLine, ...], key: str) -> MatterLine:
    """The line of a matter that is to be told; raises ``Refusal`` where nothing of it waits."""
    for word in _WHAT_WAITS:
        for one in lines:
            if (one.stand.matter.key, one.stand.standing) == (key, word):
                return one
    raise _gone()


def _gone() -> Refusal:
    return Refusal("伝えていないものは、もうありません。", "画面を開き直してください。")


@deed
def tell(
    act: Act,
    *,
    event_id: int | None = None,
    scope: PaperScope | None = None,
    key: str,
    told_on: date | None = None,
    told_to: str,
    told_how: str,
    words: str = "",
    told_by: str = "",
) -> Saved:
    """Note that a matter was told, as its newest paper says it: an act of its own, which undo takes back.

    Args:
        scope: what it is about, where that is no event. key: which matter (``Matter.key``). The others: ``Told``.

    Raises:
        Refusal: nothing of it waits or nothing was made, nobody or no way named, a document from elsewhere without its
            name, a day still to come, or a paper of the set has not left.
    """
    about = scope_of(event_id, scope)
    how = Told(told_on=told_on, told_to=told_to, told_how=told_how, told_by=told_by, words=words)
    how.check(act.today)
    subject, lines, _ = _read(act.store, about)
    line = _waiting(lines, key)
    if not how.outside:
        if told_how.strip() == OUTSIDE[-1]:
            raise Refusal(
                "どの文書で伝えたかが書かれていません。",
                "文書の名、日付、番号などを「伝えたこと」に書いてください。",
            )
        if lacks := _lacks(act.store, subject, line):
            raise lacks
    matter = line.stand.matter
    refuse_inside(matter.paper)
    name = line.named
    with act.change(f"{name}を連絡・通知済にした", "papers", event_id=about.event_id) as change:
        told = Notification(
            **keys_of(act.store, about),
            document_kind=matter.paper,
            key=key,
            version=matter.version,
            title=matter.title,
            facts=_told_facts(line),
            outgoing_id=_copy_of(act, change, subject, line, how),
            **_who_and_how(act, how),
        )
        act_id = change.insert(told)
    day = short_date(how.on(act.today), act.today)
    return Saved(f"{name}を{day} {tells_how(told_how)}通知済にしました。", act_id)


class _WhoAndHow(TypedDict):
    told_on: date
    told_to: str
    told_how: str
    told_by: str
    reason: str
    by: str
    at: datetime


def _who_and_how(act: Act, how: Told) -> _WhoAndHow:
    return _WhoAndHow(
        told_on=how.on(act.today),
        told_to=how.told_to.strip(),
        told_how=how.told_how.strip(),
        told_by=how.told_by.strip() or act.by,
        reason=how.words.strip(),
        by=act.by,
        at=act.now,
    )


def note_told(
    change: Change,
    act: Act,
    *,
    keys: ScopeKeys,
    paper: str,
    key: str,
    version: int,
    title: str,
    text: str,
    how: Told,
) -> None:
    """Note inside ``change`` that a text was told that no paper of this program says; it stays as 控え.

    Args:
        keys: what it hangs on. paper: under which name it stands in the log. key, version, title: the matter.
    """
    how.check(act.today)
    row = Outgoing(
        **keys,
        document_kind=f"{paper}の連絡",
        reference=title,
        version=version,
        format="txt",
        way="連絡",
        by=act.by,
        at=act.now,
        detail={"相手": how.told_to.strip(), "方法": how.told_how.strip()},
    )
    copy = log_issued(act.store, change, row, copy=text, happened=True)
    facts = {VERSION: f"第{version}版"}
    change.insert(
        Notification(
            **keys,
            document_kind=paper,
            key=key,
            version=version,
            title=title,
            facts=facts,
            outgoing_id=copy,
            **_who_and_how(act, how),
        )
    )


@deed
def correct_told(
    act: Act,
    *,
    act_id: int,
    told_on: date | None = None,
    told_to: str,
    told_how: str,
    words: str | None = None,
    told_by: str = "",
) -> Saved:
    """Put right how something was told: the day, the party, the way, who told it, or the words (None = as they are).

    What was told stays; words of a telephone call or of a document from elsewhere are its 控え, so another one is
    kept and the one before is marked as taken back.

    Raises:
        Refusal: it was taken back or set aside, nobody or no way named, a day still to come; a call or a document from
            elsewhere without words; a paper as its way where none of ours was told.
    """
    told = get_or_refuse(act.database, Notification, act_id)
    name = named(told.document_kind, told.title)
    if not told.told:
        raise Refusal(f"{name}は、いまは通知済ではありません。", "画面を開き直してください。")
    said = told.reason if words is None else words
    how = Told(told_on=told_on or told.told_on, told_to=told_to, told_how=told_how, told_by=told_by, words=said)
    how.check(act.today)
    own = told.told_how in OUTSIDE and bool(told.reason)
    if own and not how.words.strip():
        raise Refusal("伝えたことが書かれていません。", "だれに、いつ、何を伝えたかを書いてください。")
    if own and not how.outside:
        raise Refusal(
            f"{name}は、このアプリの書類を使わずに伝えた記録です。",
            "書類で伝えたときは、通知済を取り消してから、その書類で記録し直してください。",
        )
    # Who noted it first, and when, stays.
    values: dict[str, Any] = {key: value for key, value in _who_and_how(act, how).items() if key not in ("by", "at")}
    if all(getattr(told, key) == value for key, value in values.items()):
        raise Refusal("変わったところがありません。", "直すところを入力してください。")
    with act.change(f"{name}を伝えた記録を直した", "papers", event_id=told.event_id) as change:
        row = by_id(act.database, Outgoing, told.outgoing_id) if told.outgoing_id is not None else None
        if row is not None and row.way == "連絡":
            detail = {**row.detail, "相手": how.told_to.strip(), "方法": how.told_how.strip()}
            if own and how.words.strip() != told.reason:
                take_back(change, row, reason="記録を直した", who=act.by, at=act.now)
                again = replace(
                    row, id=0, by=act.by, at=act.now, detail=detail, sha256="", copy_file_id=None, copy_sha256=None
                )
                values["outgoing_id"] = log_issued(act.store, change, again, copy=how.words.strip(), happened=True)
            else:
                change.update(Outgoing, row.id, detail=detail)
        change.update(Notification, act_id, **values)
    return Saved(f"{name}を伝えた記録を直しました。", act_id)


def tells_how(way: str) -> str:
    """「メールで」."""
    return f"{way.strip()}で"


def _lacks(store: Store, subject: PaperSubject, line: MatterLine) -> Refusal | None:
    """Why a matter can't be told by a paper as things stand, or None."""
    lacking = line.tells.lacking(store, subject)
    if lacking:
        return Refusal(
            f"{line.tells.paper}のうち、まだ出していない書類があります（{'、'.join(lacking)}）。",
            f"残りの書類を保存または印刷してから、通知済にしてください。{_ELSE}",
        )
    if line.stand.matter.unissued:
        return Refusal(
            f"{line.named}は、まだ施行になっていません（{line.stand.matter.unissued}）。",
            f"施行日を記録してから、通知済にしてください。{_ELSE}",
        )
    there = line.stand.made is not None or line.stand.matter.drafted
    if (line.stand.standing == "未通知" and there) or (line.stand.made is None and _text_of(subject, line)):
        return None
    return Refusal(
        f"{line.named}は、{'変わってから' if line.stand.standing == '変更あり' else 'まだ'}作成されていません。",
        f"書類を作成して保存または印刷してから、通知済にしてください。{_ELSE}",
    )


def _told_facts(line: MatterLine) -> dict[str, str]:
    """What is told: as the paper that was made says it, without one as things stand now."""
    return dict(line.stand.facts if line.stand.standing == "未通知" else line.stand.matter.facts)


def _text_of(subject: PaperSubject, line: MatterLine) -> bool:
    """Whether the paper can be told by word alone: a mail says the same; what has snapshots is made first."""
    return line.tells.words is not None or (not line.tells.told_name and _mailed(subject.scope, line) is not None)


def _mailed(scope: PaperScope, line: MatterLine) -> PaperKind | None:
    """The paper that tells it when it can be said as a mail; a set of papers can't."""
    return next(
        (one for one in papers_about(scope) if one.kind == line.stand.matter.paper and one.mail is not None), None
    )


def _copy_of(act: Act, change: Change, subject: PaperSubject, line: MatterLine, how: Told) -> int | None:
    """The row of the log with what was told: the words said elsewhere, the paper that was made, or else the text of its
    mail."""
    scope = subject.scope
    made, tells, matter = line.stand.made, line.tells, line.stand.matter
    if how.outside:
        return log_issued(act.store, change, _told_row(act, subject, line, how), copy=how.words.strip(), happened=True)
    if made is not None and not tells.told_name:
        return made.id
    paper = _mailed(scope, line)
    if paper is None and tells.words is None:
        return made.id if made is not None else None
    row = _told_row(act, subject, line, how)
    text = tells.words(subject, matter) if tells.words is not None else ""
    if paper is not None:
        text = told_text(act.store, scope=scope, kind=paper.kind, now=act.now)
    return log_issued(act.store, change, row, copy=text)


def _told_row(act: Act, subject: PaperSubject, line: MatterLine, how: Told) -> Outgoing:
    matter = line.stand.matter
    return Outgoing(
        **keys_of(act.store, subject.scope),
        document_kind=line.tells.told_name or f"{matter.paper}の連絡",
        reference=matter.title,
        version=matter.version,
        format="txt",
        way="連絡",
        by=act.by,
        at=act.now,
        detail={"相手": how.told_to.strip(), "方法": how.told_how.strip()},
        facts={matter.key: _told_facts(line)},
    )


@deed
def set_aside(
    act: Act, *, event_id: int | None = None, scope: PaperScope | None = None, key: str, reason: str
) -> Saved:
    """Note with a reason that a matter is not told (again); it comes back by itself when something else changes.

    Raises:
        Refusal: no reason, or nothing of it waits.
    """
    about = scope_of(event_id, scope)
    if not reason.strip():
        raise Refusal("見送る理由が書かれていません。", "理由を書いてください。履歴に残ります。")
    _, lines, _ = _read(act.store, about)
    waits = [one for one in lines if one.stand.matter.key == key and one.stand.standing in ("変更あり", "未通知")]
    if not waits:
        raise _gone()
    if any(one.stand.matter.drafted for one in waits):
        raise Refusal(f"{waits[0].named}が作成されています。", "見送るときは、先に作成を取り消してください。")
    line = waits[0]
    matter = line.stand.matter
    with act.change(f"{line.named}を見送りにした（{reason.strip()}）", "papers", event_id=about.event_id) as change:
        act_id = change.insert(
            Notification(
                **keys_of(act.store, about),
                document_kind=matter.paper,
                key=key,
                version=matter.version,
                title=matter.title,
                facts=dict(matter.facts),
                told_on=act.today,
                told_to="",
                told_how=SET_ASIDE,
                told_by=act.by,
                reason=reason.strip(),
                by=act.by,
                at=act.now,
            )
        )
    return Saved(f"{line.named}を見送りにしました。内容がまた変わると、一覧に戻ります。", act_id)


@deed
def withdraw_act(act: Act, *, act_id: int, reason: str) -> Saved:
    """Take back that something was told or set aside; the row stays, with the reason, and the matter waits again.

    Raises:
        Refusal: no reason, it was taken back already, or the matter was told again since.
    """
    told = get_or_refuse(act.database, Notification, act_id)
    why = reason_given(reason, "通知済")
    name = named(told.document_kind, told.title)
    if told.withdrawn:
        raise Refusal(f"{name}は、もう取り消されています。", "画面を開き直してください。")
    same = rows(
        act.database,
        Notification,
        key=told.key,
        event_id=told.event_id,
        programme_id=told.programme_id,
        organisation_id=told.organisation_id,
    )
    later = [row for row in same if row.id > told.id and not row.withdrawn]
    if later:
        raise Refusal(f"{name}は、そのあとにもう一度伝えられています。", "先に、あとの通知済を取り消してください。")
    with act.change(f"{name}の通知済を取り消した（{why}）", "papers", event_id=told.event_id) as change:
        withdraw_within(act.store, change, told, reason=why, who=act.by, at=act.now)
    return Saved(f"{name}の通知済を取り消しました。連絡した記録は「取消」として残ります。", act_id)


def withdraw_within(store: Store, change: Change, act: Notification, *, reason: str, who: str, at: datetime) -> None:
    """Take an act back inside ``change``; a text told is marked in the log, a paper that left stays as it left."""
    change.update(Notification, act.id, withdrawn=True, withdrawn_reason=reason)
    row = by_id(store.database, Outgoing, act.outgoing_id) if act.outgoing_id is not None else None
    if row is not None and row.way == "連絡":
        take_back(change, row, reason=reason, who=who, at=at)


def told_by_word(line: MatterLine) -> bool:
    """Whether a matter can be told now: its paper was made, or it needs none made anew (a call or a mail says it)."""
    return line.stand.standing == "未通知" or (line.stand.standing in _WHAT_WAITS and not line.tells.told_name)


def usual_party(stand: Stand, party: str, responsible: str) -> str:
    """Return whom a matter is told: whoever was told it last, else the usual one by name."""
    if stand.act is not None and stand.act.told_to:
        return stand.act.told_to
    return f"{party}　{responsible}" if party == CONTRACTOR and responsible else party
