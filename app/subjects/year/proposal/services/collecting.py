"""Evidence for the 提案書: collected by one key from any screen, put to a 課題, and held against its source.

- ``collect(act, kind, key)``; ``note_own(act, fiscal_year, text, source)``
- ``attach``, ``reword``, ``take_new_words``, ``take_all_new_words``, ``keep_old_words``, ``drop_evidence``
- ``read_evidence(store, programme_id) -> tuple[EvidenceRow, ...]``; ``find_evidence``, ``find_issues`` by their words
- ``changed_follow_ups(store, today)``: sources that were edited or are gone, on home
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from app.acts.act import Act, deed
from app.acts.action_id import Asked
from app.acts.get_or_refuse import get_or_refuse
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.programme.services.programme import read_programme
from app.subjects.events.event.services.tasks.follow_ups import FollowUp
from app.subjects.organisations.register.rules.free_text import NameFinder, personal_flags
from app.subjects.year.dates.services.evidence import EVIDENCE, EvidenceNow, evidence_source
from app.subjects.year.proposal.rules import CIRCLED, OWN, Quoted, Standing, mark_of, quoted
from db.engine import Database
from db.frozen_record import frozen_record
from db.journal import Change
from db.name_key import holds_all, name_key
from db.records.programme import Programme
from db.records.year.proposal import ISSUES, SORTS, Evidence, Issue, MemoClause
from db.rows import row, rows
from db.store import Store
from db.tables import register

SUBJECT: Final = "proposal"
CHANGED: Final = "提案書の根拠の出典"


@frozen_record
class EvidenceRow:
    """One collected thing with what its source says now; ``now`` None = the source is gone, or it was typed."""

    evidence: Evidence
    now: EvidenceNow | None
    standing: Standing

    @property
    def id(self) -> int:
        """Its row."""
        return self.evidence.id

    @property
    def words(self) -> str:
        """Words and number."""
        return f"{self.evidence.said}　{self.evidence.count}".strip("　")

    @property
    def quoted(self) -> Quoted:
        """The same as papers print it: with its day, and with what its source says now."""
        return quoted(self.evidence, self.now.count if self.now is not None else "", self.standing)

    @property
    def change(self) -> str:
        """「14人／66人 → 15人／71人」: what it said and what its source says now."""
        return f"{self.words}　→　{self.now.whole if self.now is not None else '（出典がなくなった）'}"


def read_evidence(store: Store, *, programme_id: int) -> tuple[EvidenceRow, ...]:
    """Return what was collected in a year, sort by sort and oldest first, each with how its source stands."""
    found = rows(store.database, Evidence, programme_id=programme_id, order="id")
    now = _sources_now(store, found)
    listed = [_standing(one, now.get((one.source_kind, one.source_key))) for one in found]
    return tuple(sorted(listed, key=lambda one: (SORTS.index(one.evidence.sort), one.id)))


def _sources_now(store: Store, found: Sequence[Evidence]) -> Mapping[tuple[str, str], EvidenceNow]:
    """Each kind of source is read once."""
    now: dict[tuple[str, str], EvidenceNow] = {}
    for source in EVIDENCE:
        keys = [one.source_key for one in found if one.source_kind == source.kind]
        if keys:
            now |= {(source.kind, key): one for key, one in source.read(store, keys).items()}
    return now


def _standing(one: Evidence, now: EvidenceNow | None) -> EvidenceRow:
    if one.source_kind == OWN:
        return EvidenceRow(evidence=one, now=None, standing="")
    if now is None or now.stop:
        gone: Standing = "" if one.kept_reason and not one.seen else "なくなった"
        return EvidenceRow(evidence=one, now=None, standing=gone)
    return EvidenceRow(evidence=one, now=now, standing="" if now.whole == one.seen else "変わった")


def changed_follow_ups(store: Store, today: date) -> Iterator[FollowUp]:
    """Give one row a year whose evidence rests on rows that were edited or are gone; each year that is not closed.

    A total of the year (``summed``) is left to the page and to the form: it moves with every sheet that comes in, and
    is as slow to read as a tally. As with what was told, the row stands under today until somebody decides.
    """
    summed = [source.kind for source in EVIDENCE if source.summed]
    open_years = [one.id for one in rows(store.database, Programme, closed_on=None)]
    found = [
        one
        for one in rows(store.database, Evidence, programme_id=open_years, order="id")
        if one.source_kind != OWN and one.source_kind not in summed
    ]
    now = _sources_now(store, found)
    changed = [row for one in found if (row := _standing(one, now.get((one.source_kind, one.source_key)))).standing]
    for programme_id in dict.fromkeys(one.evidence.programme_id for one in changed):
        mine = [one for one in changed if one.evidence.programme_id == programme_id]
        first = mine[0]
        yield FollowUp(
            task=f"{CHANGED}:{programme_id}",
            event_id=None,
            label=f"提案書の根拠を確かめる　出典が変わった {len(mine)}件",
            detail=f"{first.evidence.source}（{first.standing}）"
            + (f" ほか{len(mine) - 1}件" if len(mine) > 1 else ""),
            due=today,
            basis="目安日。根拠に集めたあとに、出典が変わりました。"
            "新しい内容にするか、理由を書いてこのままにすると消えます",
            rule="決めるまで",
            asked=Asked("提案書の根拠", programme_id=programme_id, evidence_id=first.id),
        )


def find_evidence(database: Database, keys: Sequence[str]) -> list[Evidence]:
    """Return what was collected in any year whose words, number or source hold every one of ``keys`` (made with
    ``name_key``)."""
    return [
        one
        for one in rows(database, Evidence, order="-id")
        if holds_all(keys, one.said, one.count, one.source, one.kept_reason)
    ]


def find_issues(database: Database, keys: Sequence[str]) -> list[Issue]:
    """Return the 課題 of any year whose words hold every one of ``keys``, the newest year first."""
    return [one for one in rows(database, Issue, order=("-programme_id", "number")) if holds_all(keys, one.text)]


@deed
def collect(act: Act, *, kind: str, key: str) -> Saved:
    """Collect one row of another subject as evidence, with the words it has now.

    Args:
        kind, key: as the screen handed them over (「協議」, 「12」).

    Raises:
        Refusal: such a row can't be collected, it is gone, it is there already, or its words name somebody.
    """
    source = evidence_source(kind)
    found = source.read(act.store, [key]).get(key)
    if found is None:
        raise Refusal("この行には、根拠になる文がありません。", "書かれてから、もう一度お試しください。")
    if found.stop:
        raise Refusal(found.stop)
    _refuse_names(act.store, found.said)
    present = row(act.database, Evidence, programme_id=found.programme_id, source_kind=kind, source_key=key)
    if present is not None:
        where = f"（{mark_of(present.issue)}）" if present.issue is not None else ""
        raise Refusal(f"この行は、すでに根拠に集めています{where}。", "「年度」の「次年度提案書の根拠」にあります。")
    with act.change(f"提案書の根拠に集めた（{found.source}）", SUBJECT) as change:
        row_id = change.insert(
            Evidence(
                programme_id=found.programme_id,
                sort=found.sort,
                source_kind=kind,
                source_key=key,
                said=found.said,
                count=found.count,
                source=found.source,
                day=found.day or act.today,
                seen=found.whole,
                by=act.by,
                at=act.now,
            )
        )
    return Saved(f"提案書の根拠に集めました（{found.sort}）。", row_id)


@deed
def note_own(act: Act, *, fiscal_year: int, text: str, source: str, count: str = "") -> Saved:
    """Keep what the ward itself noticed (気付き); ``source`` says where it can be looked up.

    Raises:
        Refusal: no text, no source, or it names somebody.
    """
    if not text.strip():
        raise Refusal("気付いたことが書かれていません。", "一行で書いてください。")
    if not source.strip():
        raise Refusal("出典が書かれていません。", "実施確認票、当日の記録など、確かめられるものを書いてください。")
    _refuse_names(act.store, text)
    programme = read_programme(act.store, fiscal_year=fiscal_year).programme
    with act.change("提案書の根拠に気付きを書いた", SUBJECT) as change:
        row_id = change.insert(
            Evidence(
                programme_id=programme.id,
                sort="気付き",
                source_kind=OWN,
                source_key="",
                said=text.strip(),
                count=count.strip(),
                source=source.strip(),
                day=act.today,
                by=act.by,
                at=act.now,
            )
        )
    return Saved("気付きを根拠に加えました。", row_id)


def _finder(store: Store) -> NameFinder:
    return NameFinder.with_keys(register.name_keys(store.database), name_key)


def _refuse_names(store: Store, text: str) -> None:
    """Quotes carry no name: what may tell who somebody is does not get into a paper for others."""
    flags = personal_flags(text, finder=_finder(store))
    if flags:
        raise Refusal(
            f"{'・'.join(flags)}があるため、根拠にできません。",
            "自由記述は「自由記述の分類」で引用する文を直し、ほかは氏名や番号を除いた言い方で「気付き」"
            "に書いてください。",
        )


@deed
def attach(act: Act, *, evidence_id: int, issue: int | None) -> Saved:
    """Put evidence to a 課題 (1 to 5), set it aside (0), or leave it undecided again (None).

    Raises:
        Refusal: it is gone, or there is no such 課題.
    """
    found = get_or_refuse(act.database, Evidence, evidence_id)
    if issue is not None and not 0 <= issue <= ISSUES:
        raise Refusal(f"課題は1から{ISSUES}までです。", "使わないときは0にしてください。")
    said = (
        f"課題{CIRCLED[issue - 1]}に付けました。"
        if issue
        else "使わないことにしました。"
        if issue == 0
        else "課題から外しました。"
    )
    with act.change(f"提案書の根拠を{said.removesuffix('ました。')}た", SUBJECT) as change:
        change.update(Evidence, found.id, issue=issue)
    return Saved(said, found.id)


@deed
def reword(act: Act, *, evidence_id: int, said: str) -> Saved:
    """Word evidence shorter for the paper; its source and number stay.

    Raises:
        Refusal: no words, or they name somebody.
    """
    found = get_or_refuse(act.database, Evidence, evidence_id)
    if not said.strip():
        raise Refusal("根拠の文が空です。", "一行で書いてください。")
    _refuse_names(act.store, said)
    with act.change("提案書の根拠の文を直した", SUBJECT) as change:
        change.update(Evidence, found.id, said=said.strip())
    return Saved("根拠の文を直しました。", found.id)


@deed
def take_new_words(act: Act, *, evidence_id: int) -> Saved:
    """Let the page follow a source that was edited; raises ``Refusal`` when it says the same, or is gone."""
    found, source = _changed(act.store, evidence_id)
    _refuse_names(act.store, source.said)
    with act.change("提案書の根拠を新しい内容にした", SUBJECT) as change:
        _follow(change, found, source, act.now)
    return Saved(f"新しい内容にしました（{source.count or source.sort}）。", found.id)


@deed
def take_all_new_words(act: Act, *, programme_id: int) -> Saved:
    """Let every quote of a year follow its source, as far as that was edited and is still there, in one action.

    One whose new words may name somebody stays as it is and is named; the others do not wait for it.

    Raises:
        Refusal: nothing was edited, or the new words of all of them may name somebody.
    """
    edited = [
        (one.evidence, one.now)
        for one in read_evidence(act.store, programme_id=programme_id)
        if one.standing == "変わった" and one.now
    ]
    if not edited:
        raise Refusal("内容の変わった出典はありません。", "画面を開き直してください。")
    finder = _finder(act.store)
    naming = [one for one, source in edited if personal_flags(source.said, finder=finder)]
    found = [(one, source) for one, source in edited if one not in naming]
    left = f"{naming[0].source}{f' ほか{len(naming) - 1}件' if len(naming) > 1 else ''}" if naming else ""
    if not found:
        raise Refusal(
            f"新しい内容に氏名や番号があるため、根拠にできません（{left}）。",
            "もとの内容のままにする理由を書くか、氏名や番号を除いた言い方で「気付き」に書いてください。",
        )
    with act.change(f"提案書の根拠{len(found)}件を新しい内容にした", SUBJECT) as change:
        for one, source in found:
            _follow(change, one, source, act.now)
    stays = f"新しい内容に氏名や番号があるもの（{left}）は、もとのままです。" if left else ""
    return Saved(f"根拠{len(found)}件を新しい内容にしました。{stays}", programme_id)


def _follow(change: Change, found: Evidence, source: EvidenceNow, now: datetime) -> None:
    """Take what a source says now, with the day on which it is so."""
    change.update(
        Evidence,
        found.id,
        said=source.said,
        count=source.count,
        source=source.source,
        day=source.day or now.date(),
        seen=source.whole,
        kept_reason="",
    )


@deed
def keep_old_words(act: Act, *, evidence_id: int, reason: str) -> Saved:
    """Keep the old words although the source says something else now, or is gone, and say why.

    Raises:
        Refusal: no reason.
    """
    found = get_or_refuse(act.database, Evidence, evidence_id)
    why = reason.strip()
    if not why:
        raise Refusal("もとの内容のままにする理由が書かれていません。", "理由を書いてください。一覧に残ります。")
    (known,) = [one for one in read_evidence(act.store, programme_id=found.programme_id) if one.id == found.id]
    with act.change("提案書の根拠をもとの内容のままにした", SUBJECT) as change:
        change.update(Evidence, found.id, seen=known.now.whole if known.now is not None else "", kept_reason=why)
    return Saved("もとの内容のままにしました。理由を残しています。", found.id)


def _changed(store: Store, evidence_id: int) -> tuple[Evidence, EvidenceNow]:
    found = get_or_refuse(store.database, Evidence, evidence_id)
    now = _sources_now(store, [found]).get((found.source_kind, found.source_key))
    if now is None or now.stop:
        raise Refusal("出典がなくなったため、新しい内容はありません。", "このままにするか、一覧から外してください。")
    if now.whole == found.seen:
        raise Refusal("出典は変わっていません。", "画面を開き直してください。")
    return found, now


@deed
def drop_evidence(act: Act, *, evidence_id: int) -> Saved:
    """Take evidence out of the list; its source stays as it is.

    Raises:
        Refusal: a clause of the memo rests on it.
    """
    found = get_or_refuse(act.database, Evidence, evidence_id)
    if any(found.id in one.evidence for one in rows(act.database, MemoClause, programme_id=found.programme_id)):
        raise Refusal("検討メモの条文が、この根拠を使っています。", "先に検討メモから外してください。")
    with act.change("提案書の根拠を一覧から外した", SUBJECT) as change:
        change.delete(Evidence, found.id)
    return Saved("一覧から外しました。出典はそのままです。", found.id)
