"""The 提案書 and the internal memo of a year: typed lines, evidence from any screen, and their documents.

Evidence is assigned to a 課題 and compared with its source.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionLink
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import short_date, table_date
from app.common.and_others import and_others
from app.common.join_nonempty import fill_nonempty
from app.common.partial_count import PartialCount
from app.documents.blocks import DocumentContent
from app.documents.document_frame import with_printed_days
from app.documents.file_format import TEXT_FORMATS
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import DocumentKind, DocumentSubject
from app.documents.services.document_marks import DocumentMark, with_marks
from app.documents.services.document_scope import DocumentScope, keys_of, year_at
from app.event.services.event_state import not_counted_words
from app.event.services.tasks.deadlines import read_year, year_tasks
from app.event.services.tasks.follow_ups import FollowUp
from app.event.services.tasks.task import PROPOSAL, Task
from app.events.dispatches.services.use_after_visits import read_use
from app.programme.rules import planned_words
from app.programme.services import ProgrammeView, read_programme
from app.registers.register.rules import NameFinder, in_register_order, personal_flags
from app.submissions.deliverables.rules.due_rows import DueRow
from app.submissions.deliverables.services.due_list import read_due_list
from app.surveys.compare.services import read_interim, read_record_summary
from app.year.dates.services import EVIDENCE, CurrentEvidence, asks_proposal, evidence_source
from app.year_end.proposal import documents as form_paper
from app.year_end.proposal import documents as memo_paper
from app.year_end.proposal.documents import MemoFacts, ProposalFacts
from app.year_end.proposal.rules import (
    CIRCLED,
    OWN_NOTES,
    ProposalPoint,
    QuotedEvidence,
    SourceStatus,
    amount_problems,
    evidence_problems,
    issue_mark,
    points_of,
    quote,
    sum_problems,
)
from db.engine import Database
from db.journal import Change
from db.name_key import contains_all, name_key
from db.query_cache import cached_queries
from db.record import record
from db.records.events import Event
from db.records.organisations import Organisation
from db.records.programme import Programme
from db.records.roster import Attendance, Entry
from db.records.year.proposal import (
    MAX_ISSUES,
    BudgetMemo,
    Evidence,
    EvidenceSort,
    Issue,
    MemoAmount,
    MemoClause,
    MemoCut,
    MemoQuestion,
    PlanLine,
    PolicyLine,
)
from db.rows import by_id, row, rows
from db.store import Store
from db.tables import events, register

SUBJECT = "proposal"
CHANGED = "提案書の根拠の出典"


@record
class EvidenceRow:
    """One piece of evidence with its source's current words.

    ``current`` None = an own note, or its source is gone or may not be quoted any more.
    """

    evidence: Evidence
    current: CurrentEvidence | None
    source_status: SourceStatus

    @property
    def id(self) -> int:
        """Return its id."""
        return self.evidence.id

    @property
    def words(self) -> str:
        """Return the quoted words with the count collected with them (「…　14人／66人」)."""
        return f"{self.evidence.said}　{self.evidence.count}".strip("　")

    @property
    def as_quoted(self) -> QuotedEvidence:
        """Return the evidence as documents print it, with its day and current words."""
        return quote(self.evidence, self.current.count if self.current is not None else "", self.source_status)

    @property
    def change(self) -> str:
        """Return the quoted words and what the source says now (「14人／66人 → 15人／71人」)."""
        return f"{self.words}　→　{self.current.full_words if self.current is not None else '（出典がなくなった）'}"


def read_evidence(store: Store, *, programme_id: int) -> tuple[EvidenceRow, ...]:
    """Return the evidence of a year, by kind and oldest first, each with the state of its source."""
    found = rows(store.database, Evidence, programme_id=programme_id)
    now = _sources_now(store, found)
    listed = [_evidence_row(one, now.get((one.source_kind, one.source_key))) for one in found]
    return tuple(sorted(listed, key=lambda one: (tuple(EvidenceSort).index(one.evidence.sort), one.id)))


def _sources_now(store: Store, found: Sequence[Evidence]) -> Mapping[tuple[str, str], CurrentEvidence]:
    """Return the current words of the sources, reading each kind once."""
    now: dict[tuple[str, str], CurrentEvidence] = {}
    for source in EVIDENCE:
        keys = [one.source_key for one in found if one.source_kind == source.kind]
        if keys:
            now |= {(source.kind, key): one for key, one in source.read(store, keys).items()}
    return now


def _evidence_row(evidence: Evidence, current: CurrentEvidence | None) -> EvidenceRow:
    """Return evidence with whether its source has changed or is gone (``current`` None or not quotable).

    Own notes have no source; what was kept with a reason counts as unchanged until the source changes again.
    """
    if evidence.source_kind == OWN_NOTES:
        return EvidenceRow(evidence=evidence, current=None, source_status="")
    if current is None or current.not_quotable_reason:
        gone: SourceStatus = "" if evidence.kept_reason and not evidence.seen else "なくなった"
        return EvidenceRow(evidence=evidence, current=None, source_status=gone)
    return EvidenceRow(
        evidence=evidence, current=current, source_status="" if current.full_words == evidence.seen else "変わった"
    )


def changed_follow_ups(store: Store, today: date) -> Iterator[FollowUp]:
    """Yield one follow-up for each open year with evidence whose sources changed or are gone.

    Totals of the year (``is_total``) are checked by the page and the form only: they change with every response,
    and are as slow to read as a tally. As for notifications, the row stays due today until somebody decides.
    """
    summed = [source.kind for source in EVIDENCE if source.is_total]
    open_years = [one.id for one in rows(store.database, Programme, closed_on=None)]
    found = [
        one
        for one in rows(store.database, Evidence, programme_id=open_years)
        if one.source_kind != OWN_NOTES and one.source_kind not in summed
    ]
    now = _sources_now(store, found)
    changed = [
        row for one in found if (row := _evidence_row(one, now.get((one.source_kind, one.source_key)))).source_status
    ]
    for programme_id in dict.fromkeys(one.evidence.programme_id for one in changed):
        mine = [one for one in changed if one.evidence.programme_id == programme_id]
        first = mine[0]
        yield FollowUp(
            task=f"{CHANGED}:{programme_id}",
            label=f"提案書の根拠を確かめる　出典が変わった {len(mine)}件",
            detail=f"{first.evidence.source}（{first.source_status}）" + and_others(mine, 1, " ほか{}件"),
            due=today,
            basis="目安日。根拠に集めたあとに、出典が変わりました。"
            "新しい内容にするか、理由を書いてこのままにすると消えます",
            rule="決めるまで",
            link=ActionLink("提案書の根拠", programme_id=programme_id, evidence_id=first.id),
        )


def find_evidence(database: Database, keys: Sequence[str]) -> list[Evidence]:
    """Return evidence of any year that contains every one of ``keys`` (words, number, source, reason), newest first."""
    return [
        one
        for one in rows(database, Evidence, order="-id")
        if contains_all(keys, one.said, one.count, one.source, one.kept_reason)
    ]


def find_issues(database: Database, keys: Sequence[str]) -> list[Issue]:
    """Return the 課題 of any year that contain every one of ``keys``, newest year first."""
    return [one for one in rows(database, Issue, order=("-programme_id", "number")) if contains_all(keys, one.text)]


def collect_evidence(context: ActionContext, *, kind: str, key: str) -> ActionResult:
    """Collect one row of another subject as evidence, with its current words.

    Args:
        kind, key: as the screen passes them (「協議」, 「12」).

    Raises:
        UserError: the row cannot be collected, does not exist, was collected already, or names somebody.
    """
    found = evidence_source(kind).read(context.store, [key]).get(key)
    if found is None:
        raise UserError("この行には、根拠になる文がありません。", "書かれてから、もう一度お試しください。")
    if found.not_quotable_reason:
        raise UserError(found.not_quotable_reason)
    _reject_names(context.store, found.said)
    present = row(context.database, Evidence, programme_id=found.programme_id, source_kind=kind, source_key=key)
    if present is not None:
        where = f"（{issue_mark(present.issue)}）" if present.issue is not None else ""
        raise UserError(f"この行は、すでに根拠に集めています{where}。", "「年度」の「次年度提案書の根拠」にあります。")
    with context.change(f"提案書の根拠に集めた（{found.source}）", SUBJECT) as change:
        row_id = change.insert(
            Evidence(
                programme_id=found.programme_id,
                sort=found.sort,
                source_kind=kind,
                source_key=key,
                said=found.said,
                count=found.count,
                source=found.source,
                day=found.day or context.today,
                seen=found.full_words,
                **context.signature,
            )
        )
    return ActionResult(f"提案書の根拠に集めました（{found.sort}）。", row_id)


def add_own_note(context: ActionContext, *, fiscal_year: int, text: str, source: str, count: str = "") -> ActionResult:
    """Store the ward's own note (気付き); ``source`` says where to look it up, ``count`` how many (「3件」), if known.

    Raises:
        UserError: no text, no source, or it names somebody.
    """
    if not text.strip():
        raise UserError("気付いたことが書かれていません。", "一行で書いてください。")
    if not source.strip():
        raise UserError("出典が書かれていません。", "実施確認票、当日の記録など、確かめられるものを書いてください。")
    # 出典 and count stand beside the words in the document.
    _reject_names(context.store, "\n".join((text, source, count)))
    programme = read_programme(context.store, fiscal_year=fiscal_year).programme
    with context.change("提案書の根拠に気付きを書いた", SUBJECT) as change:
        row_id = change.insert(
            Evidence(
                programme_id=programme.id,
                sort=EvidenceSort.NOTICE,
                source_kind=OWN_NOTES,
                source_key="",
                said=text.strip(),
                count=count.strip(),
                source=source.strip(),
                day=context.today,
                **context.signature,
            )
        )
    return ActionResult("気付きを根拠に加えました。", row_id)


def _finder(store: Store) -> NameFinder:
    return NameFinder.with_keys(register.name_keys(store.database), name_key)


def _reject_names(store: Store, text: str) -> None:
    """Raise for quotes that may identify somebody, since the document goes to others."""
    flags = personal_flags(text, finder=_finder(store))
    if flags:
        raise UserError(
            f"{'・'.join(flags)}があるため、根拠にできません。",
            "自由記述は「自由記述の分類」で引用する文を直し、ほかは氏名や番号を除いた言い方で「気付き」"
            "に書いてください。",
        )


def assign_issue(context: ActionContext, *, evidence_id: int, issue: int | None) -> ActionResult:
    """Assign evidence to a 課題 (1 to 5), set it aside (0), or make it undecided again (None).

    Raises:
        UserError: it does not exist, or the number is not 0 to 5; whether that 課題 is written yet is not asked.

    """
    found = get_or_raise(context.database, Evidence, evidence_id)
    if issue is not None and not 0 <= issue <= MAX_ISSUES:
        raise UserError(f"課題は1から{MAX_ISSUES}までです。", "使わないときは0にしてください。")
    said = (
        f"課題{CIRCLED[issue - 1]}に付けました。"
        if issue
        else "使わないことにしました。"
        if issue == 0
        else "課題から外しました。"
    )
    with context.change(f"提案書の根拠を{said.removesuffix('ました。')}た", SUBJECT) as change:
        change.update(Evidence, found.id, issue=issue)
    return ActionResult(said, found.id)


def reword_evidence(context: ActionContext, *, evidence_id: int, said: str) -> ActionResult:
    """Replace the words of evidence by ``said``, as the document prints them; source and number stay.

    Raises:
        UserError: no words, or they name somebody.
    """
    found = get_or_raise(context.database, Evidence, evidence_id)
    if not said.strip():
        raise UserError("根拠の文が空です。", "一行で書いてください。")
    _reject_names(context.store, said)
    with context.change("提案書の根拠の文を直した", SUBJECT) as change:
        change.update(Evidence, found.id, said=said.strip())
    return ActionResult("根拠の文を直しました。", found.id)


def accept_new_words(context: ActionContext, *, evidence_id: int) -> ActionResult:
    """Update evidence to the words and the number of its changed source, also where staff had reworded it.

    Raises:
        UserError: the source is unchanged, gone or not quotable, or its new words may name somebody.
    """
    found, source = _changed_source(context.store, evidence_id)
    _reject_names(context.store, source.said)
    with context.change("提案書の根拠を新しい内容にした", SUBJECT) as change:
        _update_from_source(change, found, source, context.now)
    return ActionResult(f"新しい内容にしました（{source.count or source.sort}）。", found.id)


def accept_all_new_words(context: ActionContext, *, programme_id: int) -> ActionResult:
    """Update all evidence of a year whose sources changed and still exist, in one action.

    One whose new words may name somebody is left unchanged and reported.

    Raises:
        UserError: no source changed, or the new words of all of them may name somebody.
    """
    edited = [
        (one.evidence, one.current)
        for one in read_evidence(context.store, programme_id=programme_id)
        if one.source_status == "変わった" and one.current
    ]
    if not edited:
        raise UserError("内容の変わった出典はありません。", "画面を開き直してください。")
    finder = _finder(context.store)
    naming = [one for one, source in edited if personal_flags(source.said, finder=finder)]
    found = [(one, source) for one, source in edited if one not in naming]
    left = f"{naming[0].source}{and_others(naming, 1, ' ほか{}件')}" if naming else ""
    if not found:
        raise UserError(
            f"新しい内容に氏名や番号があるため、根拠にできません（{left}）。",
            "もとの内容のままにする理由を書くか、氏名や番号を除いた言い方で「気付き」に書いてください。",
        )
    with context.change(f"提案書の根拠{len(found)}件を新しい内容にした", SUBJECT) as change:
        for one, source in found:
            _update_from_source(change, one, source, context.now)
    stays = fill_nonempty("新しい内容に氏名や番号があるもの（{}）は、もとのままです。", left)
    return ActionResult(f"根拠{len(found)}件を新しい内容にしました。{stays}", programme_id)


def _update_from_source(change: Change, found: Evidence, source: CurrentEvidence, now: datetime) -> None:
    change.update(
        Evidence,
        found.id,
        said=source.said,
        count=source.count,
        source=source.source,
        day=source.day or now.date(),
        seen=source.full_words,
        kept_reason="",
    )


def keep_old_words(context: ActionContext, *, evidence_id: int, reason: str) -> ActionResult:
    """Keep the old words with a reason although the source changed or is gone.

    Raises:
        UserError: no reason.
    """
    found = get_or_raise(context.database, Evidence, evidence_id)
    why = reason.strip()
    if not why:
        raise UserError("もとの内容のままにする理由が書かれていません。", "理由を書いてください。一覧に残ります。")
    (known,) = [one for one in read_evidence(context.store, programme_id=found.programme_id) if one.id == found.id]
    with context.change("提案書の根拠をもとの内容のままにした", SUBJECT) as change:
        change.update(
            Evidence, found.id, seen=known.current.full_words if known.current is not None else "", kept_reason=why
        )
    return ActionResult("もとの内容のままにしました。理由を残しています。", found.id)


def _changed_source(store: Store, evidence_id: int) -> tuple[Evidence, CurrentEvidence]:
    """Return evidence and the current words of its source; raises ``UserError`` if unchanged, gone or not quotable."""
    found = get_or_raise(store.database, Evidence, evidence_id)
    now = _sources_now(store, [found]).get((found.source_kind, found.source_key))
    if now is None or now.not_quotable_reason:
        raise UserError("出典がなくなったため、新しい内容はありません。", "このままにするか、一覧から外してください。")
    if now.full_words == found.seen:
        raise UserError("出典は変わっていません。", "画面を開き直してください。")
    return found, now


def drop_evidence(context: ActionContext, *, evidence_id: int) -> ActionResult:
    """Remove evidence from the list; its source is not changed.

    Raises:
        UserError: a clause of the memo uses it.

    """
    found = get_or_raise(context.database, Evidence, evidence_id)
    if any(found.id in one.evidence for one in rows(context.database, MemoClause, programme_id=found.programme_id)):
        raise UserError("検討メモの条文が、この根拠を使っています。", "先に検討メモから外してください。")
    with context.change("提案書の根拠を一覧から外した", SUBJECT) as change:
        change.delete(Evidence, found.id)
    return ActionResult("一覧から外しました。出典はそのままです。", found.id)


Line = PlanLine | MemoAmount | MemoClause | MemoCut | MemoQuestion
_KINDS: Mapping[type[object], tuple[str, str]] = {
    PlanLine: ("実施案", "事業の名前"),
    MemoAmount: ("費目", "費目の名前"),
    MemoClause: ("仕様書で直すところ", "条の番号"),
    MemoCut: ("減額の順", "減らすもの"),
    MemoQuestion: ("決まっていないこと", "決まっていないこと"),
}


def title_of(line: Line) -> str:
    """Return the title of a line (its work, 費目, clause or text)."""
    if isinstance(line, PlanLine):
        return line.work
    if isinstance(line, MemoAmount):
        return line.item
    return line.clause if isinstance(line, MemoClause) else line.text


def save_issues(context: ActionContext, *, programme_id: int, texts: Sequence[str]) -> ActionResult:
    """Store the 課題 in order, at most five; empty ones are removed.

    Raises:
        UserError: too many, or evidence or a plan is assigned to one to be removed.

    """
    if len(texts) > MAX_ISSUES:
        raise UserError(f"課題は{MAX_ISSUES}つまでです。", "まとめてから保存してください。")
    database = context.database
    present = {one.number: one for one in rows(database, Issue, programme_id=programme_id)}
    used = {one.issue for one in rows(database, Evidence, programme_id=programme_id)}
    planned = {number for one in rows(database, PlanLine, programme_id=programme_id) for number in one.issues}
    wanted = dict(enumerate((text.strip() for text in texts), 1))
    for number in present:
        if not wanted.get(number) and number in used:
            raise UserError(
                f"課題{CIRCLED[number - 1]}には根拠が付いています。", "先に、根拠をほかの課題に付けてください。"
            )
        if not wanted.get(number) and number in planned:
            raise UserError(
                f"課題{CIRCLED[number - 1]}は実施案に付いています。", "先に、実施案の課題の番号を直してください。"
            )
    with context.change("提案書の課題を書いた", SUBJECT) as change:
        for number in range(1, MAX_ISSUES + 1):
            known, text = present.get(number), wanted.get(number, "")
            if text and (known is None or known.text != text):
                change.update_or_insert(Issue, known, programme_id=programme_id, number=number, text=text)
            elif not text and known is not None:
                change.delete(Issue, known.id)
    return ActionResult("課題を保存しました。", programme_id)


def save_line(context: ActionContext, *, line: Line) -> ActionResult:
    """Store a line as typed (``id`` 0 = a new one, added last).

    Raises:
        UserError: it has no name; a negative amount, or one that differs from its 積算; a cut that is not above 0;
        evidence that does not exist.

    """
    word, wanted = _KINDS[type(line)]
    title = title_of(line)
    if not title.strip():
        raise UserError(f"{wanted}が書かれていません。", "一行で書いてください。")
    if isinstance(line, MemoAmount):
        if min(line.this_year, line.next_year) < 0:
            raise UserError("金額は0千円以上です。", "減るものは、次年度案を小さくしてください。")
        if problems := amount_problems(line):
            raise UserError(problems[0], "金額か積算を直してください。")
    if isinstance(line, MemoCut) and line.amount <= 0:
        raise UserError("減らす額は1千円以上です。", "減額は正の数で書いてください。")
    if isinstance(line, MemoClause):
        for one in line.evidence:
            get_or_raise(context.database, Evidence, one)
    if not line.id:
        last = max(
            (one.position for one in rows(context.database, type(line), programme_id=line.programme_id)), default=0
        )
        line = replace(line, position=last + 1)
    with context.change(f"{word}「{title}」を書いた", SUBJECT) as change:
        known = by_id(context.database, type(line), line.id)
        row_id = change.correct(known, line)
    return ActionResult(f"「{title}」を保存しました。", row_id)


def remove_line(context: ActionContext, *, line: Line | PolicyLine) -> ActionResult:
    """Delete a line of the memo or the proposal."""
    get_or_raise(context.database, type(line), line.id)
    if isinstance(line, PolicyLine):
        word, title = "団体支援方針", get_or_raise(context.database, Organisation, line.organisation_id).name
    else:
        word, title = _KINDS[type(line)][0], title_of(line)
    with context.change(f"{word}「{title}」を消した", SUBJECT) as change:
        change.delete(type(line), line.id)
    return ActionResult(f"「{title}」を消しました。", line.id)


def participating_organisations(database: Database, programme_id: int) -> dict[int, str]:
    """Return the 団体 that took part in a year by id and name (somebody came, or a 派遣 was held)."""
    events = [event for event in rows(database, Event, programme_id=programme_id) if event.status.is_held]
    came = {
        one.organisation_id
        for one in rows(database, Entry, event_id=[event.id for event in events], attendance=Attendance.PRESENT)
        if one.organisation_id is not None
    }
    came |= {event.organisation_id for event in events if event.organisation_id is not None}
    # As in the register: no order by result.
    return {one.id: one.name for one in in_register_order(rows(database, Organisation)) if one.id in came}


def save_policy(context: ActionContext, *, line: PolicyLine) -> ActionResult:
    """Store the 支援方針 of a 団体.

    Raises:
        UserError: it did not take part this year, it has one already, or nothing is written.
    """
    database = context.database
    name = get_or_raise(database, Organisation, line.organisation_id).name
    if line.organisation_id not in participating_organisations(database, line.programme_id):
        raise UserError(
            f"{name}は、この年度の実施回に参加していません。",
            "団体支援方針は、参加した団体だけに書きます。",
        )
    if not line.policy.strip():
        raise UserError("支援方針が書かれていません。", "一行で書いてください。")
    present = row(database, PolicyLine, programme_id=line.programme_id, organisation_id=line.organisation_id)
    if present is not None and present.id != line.id:
        raise UserError(f"{name}の支援方針は、すでに書かれています。", "一覧から選んで直してください。")
    with context.change(f"{name}の支援方針を書いた", SUBJECT) as change:
        row_id = change.correct(present, line)
    return ActionResult(f"{name}の支援方針を保存しました。", row_id)


def save_memo(context: ActionContext, *, memo: BudgetMemo) -> ActionResult:
    """Store the head of the memo, one for a year.

    Raises:
        UserError: its last day counted is after the day it was made.

    """
    if memo.counted_to > memo.made_on:
        raise UserError("もとにした数の日が、作成日より後です。", "日付を確かめてください。")
    present = row(context.database, BudgetMemo, programme_id=memo.programme_id)
    with context.change("検討メモの作成日と計を書いた", SUBJECT) as change:
        row_id = change.correct(present, memo)
    return ActionResult("検討メモを保存しました。", row_id)


@record
class PolicyRow:
    """The 支援方針 of one 団体 with its branch and name."""

    line: PolicyLine
    branch: str
    name: str

    @property
    def id(self) -> int:
        """Return its id."""
        return self.line.id


@record
class ProposalView:
    """The page of the 提案書.

    Attributes:
        evidence: all that was collected.
        points: the six of 仕様書4(4) and whether the form has them.
        task: also when it is done; None = the contract sets no period for the 提案書, or no event takes place.
        undated_words: why there is no day without a task.
        received: the row of the received 提案書 in the due list, None = it is not listed.
        members: the participating 団体, by id.
        stages: the current stages of each (「LINE 2」), by id.
        policy_words: the 支援方針 of each in the register, by id, which the dialog proposes.
    """

    programme_id: int
    fiscal_year: int
    evidence: tuple[EvidenceRow, ...]
    issues: tuple[Issue, ...]
    plans: tuple[PlanLine, ...]
    policies: tuple[PolicyRow, ...]
    points: tuple[ProposalPoint, ...]
    task: Task | None
    undated_words: str
    received: DueRow | None
    members: dict[int, str]
    stages: dict[int, str]
    policy_words: dict[int, str]

    @property
    def changed_evidence(self) -> tuple[EvidenceRow, ...]:
        """Return evidence whose source changed or is gone."""
        return tuple(one for one in self.evidence if one.source_status)


@cached_queries
def read_proposal(
    store: Store, *, fiscal_year: int | None = None, programme_id: int | None = None, today: date
) -> ProposalView:
    """Return the page of a year (by ``fiscal_year`` or ``programme_id``, else the newest) as of ``today``.

    Raises:
        UserError: that year was not started here.
    """
    database = store.database
    year = read_year(store, today, fiscal_year=fiscal_year, programme_id=programme_id)
    programme = year.view.programme
    evidence = read_evidence(store, programme_id=programme.id)
    issues = rows(database, Issue, programme_id=programme.id, order="number")
    plans = rows(database, PlanLine, programme_id=programme.id, order=("position", "id"))
    lines = {one.organisation_id: one for one in rows(database, PolicyLine, programme_id=programme.id)}
    members = participating_organisations(database, programme.id)
    groups = [one for one in in_register_order(rows(database, Organisation)) if one.id in members or one.id in lines]
    policies = [PolicyRow(line=lines[one.id], branch=one.branch, name=one.name) for one in groups if one.id in lines]
    outstanding = read_due_list(store, programme_id=programme.id, today=today)
    return ProposalView(
        programme_id=programme.id,
        fiscal_year=programme.fiscal_year,
        evidence=evidence,
        issues=tuple(issues),
        plans=tuple(plans),
        policies=tuple(policies),
        points=points_of(issues, [one.evidence for one in evidence], plans, list(lines.values())),
        task=next((task for task in year_tasks(store, year) if task.task == PROPOSAL), None),
        undated_words="実施回がありません" if programme.proposal_period else "この契約では求めていません",
        received=next((one for one in outstanding.rows if one.kind == PROPOSAL), None),
        members=members,
        stages={one.id: "、".join(f"{tool} {stage}" for tool, stage in one.stages.items() if stage) for one in groups},
        policy_words={one.id: one.support_policy for one in groups},
    )


def due_words(view: ProposalView, today: date) -> str:
    """Return 「提出期限　…」 with the day and its basis, or why the 提案書 has no day."""
    task = view.task
    if task is None:
        return f"提出期限　{view.undated_words}"
    return with_printed_days(f"提出期限　{task.provisional_words or table_date(task.due)}　{task.basis_short}", today)


@record
class MemoView:
    """The memo of a year; ``problems`` block the document, ``contract`` is 契約金額 in thousand yen."""

    programme_id: int
    fiscal_year: int
    memo: BudgetMemo | None
    amounts: tuple[MemoAmount, ...]
    clauses: tuple[MemoClause, ...]
    cuts: tuple[MemoCut, ...]
    questions: tuple[MemoQuestion, ...]
    evidence: tuple[EvidenceRow, ...]
    problems: tuple[str, ...]
    contract: int | None


def read_memo(store: Store, *, fiscal_year: int, today: date) -> MemoView:
    """Return the memo of a year; raises ``UserError`` when that year was not started here."""
    database = store.database
    programme = read_programme(store, fiscal_year=fiscal_year, on=today).programme
    where = programme.id
    memo = row(database, BudgetMemo, programme_id=where)
    amounts = rows(database, MemoAmount, programme_id=where, order=("position", "id"))
    clauses = rows(database, MemoClause, programme_id=where, order=("position", "id"))
    cuts = rows(database, MemoCut, programme_id=where, order=("position", "id"))
    questions = rows(database, MemoQuestion, programme_id=where, order=("position", "id"))
    evidence = read_evidence(store, programme_id=where)
    problems = sum_problems(memo, amounts, cuts)
    if memo is not None:
        problems += evidence_problems(memo, clauses, [one.evidence for one in evidence])
    return MemoView(
        programme_id=where,
        fiscal_year=programme.fiscal_year,
        memo=memo,
        amounts=tuple(amounts),
        clauses=tuple(clauses),
        cuts=tuple(cuts),
        questions=tuple(questions),
        evidence=evidence,
        problems=problems,
        contract=programme.amount // 1000 if programme.amount is not None else None,
    )


FORM = form_paper.PROPOSAL_FORM_KIND
MEMO = memo_paper.BUDGET_MEMO_KIND
OUTDATED = "根拠の出典が変更"
"""The mark on every page that quotes a number whose source has changed."""


def build_form(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the form of the 提案書; sender, date and 概算 are left to the contractor."""
    view = year_at(store, scope, now)
    found = read_proposal(store, fiscal_year=view.programme.fiscal_year, today=now.date())
    # A number may be given before its 課題 is written; what is not written is not printed.
    written = {one.number for one in found.issues}
    facts = ProposalFacts(
        figures=_figures(store, view, now.date()),
        due=due_words(found, now.date()),
        issues=found.issues,
        evidence=(used := [one.as_quoted for one in found.evidence if one.evidence.issue in written]),
        plans=[replace(one, issues=tuple(n for n in one.issues if n in written)) for one in found.plans],
        policies=[(one.branch, one.name, one.line) for one in found.policies],
        unrecorded=not_counted_words(
            store.database, events.events_of_year(store.database, view.programme.id), now.date()
        ),
        use=read_use(store.database, fiscal_year=view.programme.fiscal_year, today=now.date()),
    )
    return _mark_outdated(form_paper.proposal_form(document_context_of(store, scope, FORM, now), facts), used)


def _mark_outdated(content: DocumentContent, used: Sequence[QuotedEvidence]) -> DocumentContent:
    aged = [one for one in used if one.outdated]
    words = f"引いた根拠のうち{len(aged)}件は、引いたあとに出典が変わった（※の行）。"
    return with_marks(content, [DocumentMark(stamp=OUTDATED, words=words)]) if aged else content


def _figures(store: Store, view: ProgrammeView, today: date) -> list[tuple[str, str, str, str]]:
    """Return the rows (name, value, unit, remark) of key figures: 延べ人数 of each kind, responses, 満足計.

    An unknown value is ""; the remark names the events held, the number in the 仕様書, and what was not recorded.
    """
    fiscal_year = view.programme.fiscal_year
    counts = dict(read_record_summary(store, today=today, fiscal_year=fiscal_year).rows)
    figures = []
    for numbers in view.kinds:
        found = counts.get(numbers.name_in_text)
        spec = f"仕様 {planned_words(numbers)}"
        came = found.counted(found.visits) if found else PartialCount()
        missing = fill_nonempty("。うち{}回は人数の記録なし", came.missing)
        value, unit = (str(came.known), came.unit_words("人")) if came.has_number else ("", "人")
        figures.append((numbers.name, value, unit, f"{found.events if found else 0}回（{spec}）{missing}"))
    try:
        totals = read_interim(store, as_of=today, fiscal_year=fiscal_year).kinds
    except UserError:
        totals = ()
    returned = sum(kind.response_count for kind in totals)
    sums = [kind.sums_by_role["satisfaction"] for kind in totals if "satisfaction" in kind.sums_by_role]
    base = sum(one.base for one in sums)
    figures.extend(
        (
            ("アンケート回収", str(returned) if totals else "", "件", "紙とオンラインの計"),
            ("満足計", str(sum(one.sum_count for one in sums)) if sums else "", "人", f"{base}件中" if sums else ""),
        )
    )
    return figures


def build_memo(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the memo; raises ``UserError`` while it is not begun, or has wrong sums or missing evidence."""
    context = document_context_of(store, scope, MEMO, now)
    found = read_memo(store, fiscal_year=context.programme.fiscal_year, today=now.date())
    if found.memo is None:
        raise UserError(
            "検討メモは、まだ書き始めていません。", "「年度」の「検討メモ」で、作成日と費目を書いてください。"
        )
    if found.problems:
        raise UserError(found.problems[0], "検討メモで直してから作成してください。")
    facts = MemoFacts(
        memo=found.memo,
        counted=read_record_summary(store, today=found.memo.counted_to, fiscal_year=found.fiscal_year).text,
        amounts=found.amounts,
        clauses=found.clauses,
        cuts=found.cuts,
        questions=found.questions,
        evidence={one.id: one.as_quoted for one in found.evidence},
    )
    cited = {each for clause in found.clauses for each in clause.evidence}
    content = memo_paper.budget_memo(context, facts)
    return _mark_outdated(content, [one for one in facts.evidence.values() if one.id in cited])


def _form_ready(store: Store, subject: DocumentSubject) -> bool:
    """Return whether the year has evidence or a 課題."""
    where = keys_of(store, subject.scope)["programme_id"]
    return any(row(store.database, kind, programme_id=where) is not None for kind in (Evidence, Issue))


def _memo_ready(store: Store, subject: DocumentSubject) -> bool:
    return row(store.database, BudgetMemo, programme_id=keys_of(store, subject.scope)["programme_id"]) is not None


def _memo_state(store: Store, subject: DocumentSubject, today: date) -> str:
    """Return 「庁内限り　9/17(木) 作成」, the day on which the memo was made; "" before."""
    memo = row(store.database, BudgetMemo, programme_id=keys_of(store, subject.scope)["programme_id"])
    return f"庁内限り　{short_date(memo.made_on, today)} 作成" if memo is not None else ""


DOCUMENTS = (
    DocumentKind(
        kind=FORM,
        formats=TEXT_FORMATS,
        clauses=("clause_proposal",),
        build=build_form,
        is_ready=_form_ready,
        is_applicable=lambda subject: subject.programme is None or asks_proposal(subject.programme),
        recipient="受託者",
        missing_words="提案書の根拠を集めるか、課題を書くと作成できます。",
        todo="提案書の根拠",
    ),
    DocumentKind(
        kind=MEMO,
        build=build_memo,
        is_ready=_memo_ready,
        state_words=_memo_state,
        is_internal=True,
        missing_words="検討メモを書き始めると作成できます。",
        todo="検討メモ",
    ),
)
