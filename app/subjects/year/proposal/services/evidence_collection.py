"""Evidence for the 提案書, collected by key from any screen, assigned to a 課題, compared with its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from app.actions.action_context import ActionContext, deed
from app.actions.action_id import ActionLink
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.programme.services.programme import read_programme
from app.subjects.events.event.services.tasks.follow_ups import FollowUp
from app.subjects.organisations.register.rules.free_text import NameFinder, personal_flags
from app.subjects.year.dates.services.evidence import EVIDENCE, CurrentEvidence, evidence_source
from app.subjects.year.proposal.rules import CIRCLED, OWN_NOTES, QuotedEvidence, SourceStatus, issue_mark, quote
from db.engine import Database
from db.frozen_record import frozen_record
from db.journal import Change
from db.name_key import contains_all, name_key
from db.records.programme import Programme
from db.records.year.proposal import EVIDENCE_SORTS, MAX_ISSUES, Evidence, Issue, MemoClause
from db.rows import row, rows
from db.store import Store
from db.tables import register

SUBJECT: Final = "proposal"
CHANGED: Final = "提案書の根拠の出典"


@frozen_record
class EvidenceRow:
    """One piece of evidence with its source's current words; ``current`` None = source gone, or typed."""

    evidence: Evidence
    current: CurrentEvidence | None
    source_status: SourceStatus

    @property
    def id(self) -> int:
        """Return its id."""
        return self.evidence.id

    @property
    def words(self) -> str:
        """Return words and number."""
        return f"{self.evidence.said}　{self.evidence.count}".strip("　")

    @property
    def as_quoted(self) -> QuotedEvidence:
        """Return the evidence as documents print it, with its day and current words."""
        return quote(self.evidence, self.current.count if self.current is not None else "", self.source_status)

    @property
    def change(self) -> str:
        """Return what it said and what its source says now (「14人／66人 → 15人／71人」)."""
        return f"{self.words}　→　{self.current.full_words if self.current is not None else '（出典がなくなった）'}"


def read_evidence(store: Store, *, programme_id: int) -> tuple[EvidenceRow, ...]:
    """Return the evidence of a year, by kind and oldest first, each with the state of its source."""
    found = rows(store.database, Evidence, programme_id=programme_id, order="id")
    now = _sources_now(store, found)
    listed = [_evidence_row(one, now.get((one.source_kind, one.source_key))) for one in found]
    return tuple(sorted(listed, key=lambda one: (EVIDENCE_SORTS.index(one.evidence.sort), one.id)))


def _sources_now(store: Store, found: Sequence[Evidence]) -> Mapping[tuple[str, str], CurrentEvidence]:
    """Return the current words of the sources, reading each kind once."""
    now: dict[tuple[str, str], CurrentEvidence] = {}
    for source in EVIDENCE:
        keys = [one.source_key for one in found if one.source_kind == source.kind]
        if keys:
            now |= {(source.kind, key): one for key, one in source.read(store, keys).items()}
    return now


def _evidence_row(evidence: Evidence, current: CurrentEvidence | None) -> EvidenceRow:
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
        for one in rows(store.database, Evidence, programme_id=open_years, order="id")
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
            event_id=None,
            label=f"提案書の根拠を確かめる　出典が変わった {len(mine)}件",
            detail=f"{first.evidence.source}（{first.source_status}）"
            + (f" ほか{len(mine) - 1}件" if len(mine) > 1 else ""),
            due=today,
            basis="目安日。根拠に集めたあとに、出典が変わりました。"
            "新しい内容にするか、理由を書いてこのままにすると消えます",
            rule="決めるまで",
            link=ActionLink("提案書の根拠", programme_id=programme_id, evidence_id=first.id),
        )


def find_evidence(database: Database, keys: Sequence[str]) -> list[Evidence]:
    """Return evidence of any year whose words, number or source contain every one of ``keys``."""
    return [
        one
        for one in rows(database, Evidence, order="-id")
        if contains_all(keys, one.said, one.count, one.source, one.kept_reason)
    ]


def find_issues(database: Database, keys: Sequence[str]) -> list[Issue]:
    """Return the 課題 of any year that contain every one of ``keys``, newest year first."""
    return [one for one in rows(database, Issue, order=("-programme_id", "number")) if contains_all(keys, one.text)]


@deed
def collect_evidence(context: ActionContext, *, kind: str, key: str) -> ActionResult:
    """Collect one row of another subject as evidence, with its current words.

    Args:
        kind, key: as the screen passes them (「協議」, 「12」).

    Raises:
        UserError: the row cannot be collected, does not exist, was collected already, or names somebody.
    """
    source = evidence_source(kind)
    found = source.read(context.store, [key]).get(key)
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
                by=context.by,
                at=context.now,
            )
        )
    return ActionResult(f"提案書の根拠に集めました（{found.sort}）。", row_id)


@deed
def add_own_note(context: ActionContext, *, fiscal_year: int, text: str, source: str, count: str = "") -> ActionResult:
    """Store the ward's own note (気付き); ``source`` says where to look it up.

    Raises:
        UserError: no text, no source, or it names somebody.

    Raises:
        UserError: no text, no source, or it names somebody.
    """
    if not text.strip():
        raise UserError("気付いたことが書かれていません。", "一行で書いてください。")
    if not source.strip():
        raise UserError("出典が書かれていません。", "実施確認票、当日の記録など、確かめられるものを書いてください。")
    _reject_names(context.store, text)
    programme = read_programme(context.store, fiscal_year=fiscal_year).programme
    with context.change("提案書の根拠に気付きを書いた", SUBJECT) as change:
        row_id = change.insert(
            Evidence(
                programme_id=programme.id,
                sort="気付き",
                source_kind=OWN_NOTES,
                source_key="",
                said=text.strip(),
                count=count.strip(),
                source=source.strip(),
                day=context.today,
                by=context.by,
                at=context.now,
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


@deed
def assign_issue(context: ActionContext, *, evidence_id: int, issue: int | None) -> ActionResult:
    """Assign evidence to a 課題 (1 to 5), set it aside (0), or make it undecided again (None).

    Raises:
        UserError: it does not exist, or there is no such 課題.

    Raises:
        UserError: it is gone, or there is no such 課題.
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


@deed
def reword_evidence(context: ActionContext, *, evidence_id: int, said: str) -> ActionResult:
    """Shorten the words of evidence for the document; source and number stay.

    Raises:
        UserError: no words, or they name somebody.

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


@deed
def accept_new_words(context: ActionContext, *, evidence_id: int) -> ActionResult:
    """Update evidence to its changed source; raises ``UserError`` when it is unchanged or gone."""
    found, source = _changed_source(context.store, evidence_id)
    _reject_names(context.store, source.said)
    with context.change("提案書の根拠を新しい内容にした", SUBJECT) as change:
        _update_from_source(change, found, source, context.now)
    return ActionResult(f"新しい内容にしました（{source.count or source.sort}）。", found.id)


@deed
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
    left = f"{naming[0].source}{f' ほか{len(naming) - 1}件' if len(naming) > 1 else ''}" if naming else ""
    if not found:
        raise UserError(
            f"新しい内容に氏名や番号があるため、根拠にできません（{left}）。",
            "もとの内容のままにする理由を書くか、氏名や番号を除いた言い方で「気付き」に書いてください。",
        )
    with context.change(f"提案書の根拠{len(found)}件を新しい内容にした", SUBJECT) as change:
        for one, source in found:
            _update_from_source(change, one, source, context.now)
    stays = f"新しい内容に氏名や番号があるもの（{left}）は、もとのままです。" if left else ""
    return ActionResult(f"根拠{len(found)}件を新しい内容にしました。{stays}", programme_id)


def _update_from_source(change: Change, found: Evidence, source: CurrentEvidence, now: datetime) -> None:
    """Copy a source's current words into the evidence, with their day."""
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


@deed
def keep_old_words(context: ActionContext, *, evidence_id: int, reason: str) -> ActionResult:
    """Keep the old words with a reason although the source changed or is gone.

    Raises:
        UserError: no reason.

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
    found = get_or_raise(store.database, Evidence, evidence_id)
    now = _sources_now(store, [found]).get((found.source_kind, found.source_key))
    if now is None or now.not_quotable_reason:
        raise UserError("出典がなくなったため、新しい内容はありません。", "このままにするか、一覧から外してください。")
    if now.full_words == found.seen:
        raise UserError("出典は変わっていません。", "画面を開き直してください。")
    return found, now


@deed
def drop_evidence(context: ActionContext, *, evidence_id: int) -> ActionResult:
    """Remove evidence from the list; its source is not changed.

    Raises:
        UserError: a clause of the memo uses it.

    Raises:
        UserError: a clause of the memo rests on it.
    """
    found = get_or_raise(context.database, Evidence, evidence_id)
    if any(found.id in one.evidence for one in rows(context.database, MemoClause, programme_id=found.programme_id)):
        raise UserError("検討メモの条文が、この根拠を使っています。", "先に検討メモから外してください。")
    with context.change("提案書の根拠を一覧から外した", SUBJECT) as change:
        change.delete(Evidence, found.id)
    return ActionResult("一覧から外しました。出典はそのままです。", found.id)
