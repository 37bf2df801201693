"""仕様書の読み比べ: store and compare two 仕様書, confirm the next year's numbers one by one, and build the document.

Each clause shows what in the program refers to it (settings, checks, deadlines, documents).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Literal

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar.wareki import fiscal_year_words
from app.common.and_others import and_others
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.blocks import DocumentContent
from app.documents.document_frame import table_day
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import DOCUMENTS, DocumentKind, DocumentSubject
from app.documents.services.document_scope import DocumentScope
from app.documents.services.stored_files import keep_file
from app.event.services.event_records import read_records_of_year
from app.event.services.tasks.deadlines import read_year, tasks_of_year
from app.ledgers.rules import CHECK_LISTS
from app.ledgers.services.ledger import LEDGERS
from app.programme.rules import (
    KINDS_OF_NEXT_YEAR,
    NO_KIND,
    NOT_USED,
    STILL_USED,
    ContractValue,
    contract_values,
    display_words,
    is_kind_clause,
    kinds_of_next_year,
    new_kind_text,
    next_kind_words,
    parse_value,
    renamed_kind_text,
    value_key,
    with_values,
)
from app.programme.services import (
    ProgrammeView,
    check_contract,
    check_kinds,
    check_numbers,
    programmes,
    read_programme,
)
from app.received.services import RECEIVED_KINDS, IncomingFile, ReceiptScope, kinds_of_year
from app.year.dates.services import confirmed_values, next_year_values
from app.year_end.specification.documents import KIND, ChangedLine, ComparisonFacts, ConfirmedLine, comparison_document
from app.year_end.specification.rules import (
    FoundValue,
    KindProposal,
    ParagraphPair,
    SpecParagraph,
    cites,
    clauses_in,
    compare_paragraphs,
    find_value,
    mark_changes,
    propose_kinds,
    shorten,
    split_paragraphs,
    values_of_item,
)
from db.query_cache import cached_queries
from db.record import record
from db.records.event_form import EventForm
from db.records.programme import EventKind
from db.records.year.specification import NextValue, SpecificationText, SpecificationYear
from db.rows import by_id, row, rows
from db.store import Store

ActionId = Literal["設定", "期限", "受領の確認", "管理簿", "確認票", "帳票"]
ORDER: tuple[ActionId, ...] = ("設定", "期限", "受領の確認", "管理簿", "確認票", "帳票")
_SHOWN = 4


@record
class ClauseReference:
    """One reference to clauses, with its action, its words, and the clauses it cites (``clauses_in``)."""

    action: ActionId
    words: str
    clauses: tuple[str, ...]


def read_clause_references(store: Store, *, programme_id: int, today: date) -> tuple[ClauseReference, ...]:
    """Return everything of a year that cites a clause; one row for what several events share.

    Raises:
        UserError: there is no such year.
    """
    view = read_programme(store, programme_id=programme_id, on=today)
    found = [*_settings(view), *_deadlines(store, programme_id, today), *_received(store, view)]
    found += [_reference("管理簿", ledger.title, ledger.clause_in(view)) for ledger in LEDGERS if ledger.clause]
    found += [
        _reference("確認票", f"{check.title}　{item.number} {item.text}", item.clause)
        for check in CHECK_LISTS
        for part in check.parts
        for item in part.items
        if item.clause
    ]
    found += _papers(view)
    return tuple(dict.fromkeys(one for one in found if one.clauses))


def references_at(
    found: Iterable[ClauseReference], clauses: Iterable[str], known: Collection[str]
) -> tuple[ClauseReference, ...]:
    """Return the references to a paragraph by any of its ``clauses``; ``known`` as for ``cites``."""
    wanted = [one for one in clauses if one]
    return tuple(one for one in found if any(cites(cited, clause, known) for cited in one.clauses for clause in wanted))


def values_of(view: ProgrammeView) -> tuple[ContractValue, ...]:
    """Return every current number of a year."""
    return contract_values(view.programme, view.kinds)


def _reference(action: ActionId, words: str, clause: str) -> ClauseReference:
    return ClauseReference(action=action, words=words, clauses=clauses_in(clause))


def _settings(view: ProgrammeView) -> Iterator[ClauseReference]:
    for value in values_of(view):
        if value.value_type != "項番":
            yield _reference("設定", f"{value.label} {value.words}", value.clause)


def _deadlines(store: Store, programme_id: int, today: date) -> Iterator[ClauseReference]:
    year = read_year(store, today, programme_id=programme_id)
    for task in tasks_of_year(read_records_of_year(store, year.view.programme.id), year):
        if task.is_contract_duty and task.clause:
            yield _reference("期限", join_nonempty(task.task, task.rule, separator=" "), task.clause)


def _received(store: Store, view: ProgrammeView) -> Iterator[ClauseReference]:
    """Yield a reference for each kind of received paper that rests on a clause."""
    programme, programme_id = view.programme, view.programme.id
    of_events = (one for one in RECEIVED_KINDS if one.about == "実施回")
    for kind in (*of_events, *kinds_of_year(programme)):
        if not kind.clause or not kind.is_owed(programme):
            continue
        points = kind.points(store, ReceiptScope(programme_id=programme_id)) if kind.about == "年度" else ()
        rest = and_others(points, _SHOWN, "ほか{}項目")
        said = f"（{'、'.join(points[:_SHOWN])}{rest}）" if points else ""
        yield _reference("受領の確認", f"{kind.kind}{said}", kind.clause_in(view))


def _papers(view: ProgrammeView) -> Iterator[ClauseReference]:
    for paper in DOCUMENTS:
        clauses = [
            clause
            for name in paper.clauses
            for clause in ([getattr(row, name) for row in view.kinds] if is_kind_clause(name) else [view.clause(name)])
        ]
        found = tuple(dict.fromkeys(one for clause in clauses for one in clauses_in(clause)))
        if found:
            yield ClauseReference(action="帳票", words=paper.kind, clauses=found)


FROM_SETTINGS = "設定の数から組み立てた文"
_NONE_YET = "つぎの年度の仕様書がまだありません"
_LONGEST = 400_000


@record
class NumberLine:
    """One number of the contract, as of this year, as the next 仕様書 states it, and as confirmed.

    ``expected`` is what the next year starts with while nothing is confirmed: this year's number, a date a year
    later.
    """

    value: ContractValue
    expected: str
    found: FoundValue | None
    confirmed: NextValue | None
    clause: str

    @property
    def this_words(self) -> str:
        """Return this year's number for display."""
        return self.value.words

    @property
    def found_words(self) -> str:
        """Return the value that the next 仕様書 states, in words, or 「—」."""
        return display_words(self.value, self.found.text) if self.found else "—"

    @property
    def next_words(self) -> str:
        """Return the value confirmed for the next year, in words, or ""."""
        return display_words(self.value, self.confirmed.value) if self.confirmed else ""

    @property
    def differs(self) -> bool:
        """Return whether the next 仕様書 differs from what the next year would start with."""
        return self.found is not None and self.found.text != self.expected

    @property
    def is_outdated(self) -> bool:
        """Return whether the confirmed number came from words that the stored 仕様書 no longer has."""
        confirmed = self.confirmed
        return bool(confirmed and confirmed.quote and (self.found is None or confirmed.quote != self.found.quote))


@record
class ClauseRow:
    """One paragraph of both texts with its numbers and references.

    A 項番 is among ``numbers`` only where the next 仕様書 has another one or it is confirmed.
    """

    pair: ParagraphPair
    numbers: tuple[NumberLine, ...]
    references: tuple[ClauseReference, ...]

    @property
    def is_changed(self) -> bool:
        """Return whether the paragraph differs between both years."""
        return self.pair.change != "同じ"

    @property
    def unconfirmed_count(self) -> int:
        """Return how many of its numbers are not confirmed."""
        return sum(one.confirmed is None for one in self.numbers)


@record
class KindLine:
    """A kind of event that the next 仕様書 brings or leaves out, and what somebody confirmed of it.

    ``stated`` are the numbers that its item states, in words.
    """

    proposal: KindProposal
    stated: tuple[str, ...] = ()
    confirmed: NextValue | None = None

    @property
    def answer(self) -> str:
        """Return words on what was confirmed about the kind, "" before that."""
        if self.confirmed is None:
            return ""
        return next_kind_words(self.confirmed.key.partition(".")[2], self.confirmed.value)


@record
class SpecificationView:
    """Everything that the screen 仕様書の読み比べ shows.

    Attributes:
        texts: what is stored, by side.
        rows: every paragraph in the order of the next 仕様書.
        numbers_without_paragraph: those that rest on none of its paragraphs; all without a next 仕様書.
        confirmed: how many values are confirmed, kinds of event included.
        kinds: the kinds of event that it brings or leaves out.
        is_next_year_started: whether the next year was started already.
    """

    programme_id: int
    fiscal_year: int
    texts: dict[SpecificationYear, SpecificationText]
    rows: tuple[ClauseRow, ...]
    numbers_without_paragraph: tuple[NumberLine, ...]
    kinds: tuple[KindLine, ...]
    confirmed: int
    is_next_year_started: bool

    @property
    def changed_rows(self) -> tuple[ClauseRow, ...]:
        """Return the paragraphs that differ."""
        return tuple(one for one in self.rows if one.is_changed)

    @property
    def numbers(self) -> tuple[NumberLine, ...]:
        """Return every number, those in no paragraph last."""
        return (*(line for one in self.rows for line in one.numbers), *self.numbers_without_paragraph)

    @property
    def unconfirmed_numbers(self) -> tuple[NumberLine, ...]:
        """Return the numbers that are not confirmed."""
        return tuple(one for one in self.numbers if one.confirmed is None)

    @property
    def words(self) -> str:
        """Return words on how far both years have been compared."""
        if SpecificationYear.NEXT not in self.texts:
            return _NONE_YET
        return (
            f"変わった段落 {len(self.changed_rows)}・確認した数 {self.confirmed}（残り{len(self.unconfirmed_numbers)}）"
        )


@cached_queries
def read_specification(store: Store, *, fiscal_year: int, today: date) -> SpecificationView:
    """Return both 仕様書 compared as of ``today``; raises ``UserError`` when that year was not started here.

    Without a stored text of this year, one is generated from its settings (``FROM_SETTINGS``). Without one of the next
    year there are no rows and no kinds.
    """
    view = read_programme(store, fiscal_year=fiscal_year, on=today)
    programme = view.programme
    texts = _texts(store, programme.id)
    values = values_of(view)
    expected = {one.key: one.text for one in contract_values(*next_year_values(view))}
    confirmed = confirmed_values(store, programme_id=programme.id)
    # Nobody has to confirm the numbers of a kind that the next year leaves out.
    left_out = {key.partition(".")[2] for key, one in confirmed.items() if one.value == NOT_USED}
    asked = [one for one in values if one.key.partition(".")[0] not in left_out]

    def line(value: ContractValue, paragraph: SpecParagraph | None) -> NumberLine:
        return NumberLine(
            value=value,
            expected=expected.get(value.key, value.text),
            confirmed=confirmed.get(value.key),
            found=find_value(value, paragraph) if paragraph else None,
            clause=paragraph.clause if paragraph else "",
        )

    rows = []
    placed = set()
    kinds: tuple[KindLine, ...] = ()
    added = _values_of_added(view, {key: one.value for key, one in confirmed.items()})
    if SpecificationYear.NEXT in texts:
        pairs = _pairs(texts, values)
        new = tuple(one.new for one in pairs if one.new is not None)
        hanging = read_clause_references(store, programme_id=programme.id, today=today)
        known = frozenset(one.clause for pair in pairs for one in (pair.old, pair.new) if one is not None)
        kinds = _kind_lines(view, new, confirmed)
        for pair in pairs:
            known_as = pair.old.clause if pair.old else "" if SpecificationYear.THIS in texts else pair.clause
            mine = [one for one in asked if known_as and known_as in clauses_in(one.clause)]
            # A kind that the next year adds is cited by the numbers of the new text.
            mine += [one for one in added if pair.new is not None and pair.clause in clauses_in(one.clause)]
            lines = [line(one, pair.new) for one in mine]
            placed |= {one.key for one in mine}
            rows.append(
                ClauseRow(
                    pair=pair,
                    numbers=tuple(
                        one for one in lines if one.value.value_type != "項番" or one.differs or one.confirmed
                    ),
                    references=references_at(hanging, {known_as or pair.clause}, known),
                )
            )
    return SpecificationView(
        programme_id=programme.id,
        fiscal_year=programme.fiscal_year,
        texts=texts,
        rows=tuple(rows),
        numbers_without_paragraph=tuple(
            line(one, None) for one in (*asked, *added) if one.key not in placed and one.value_type != "項番"
        ),
        kinds=kinds,
        confirmed=len(confirmed),
        is_next_year_started=any(one.fiscal_year == programme.fiscal_year + 1 for one in programmes(store)),
    )


def _values_of_added(view: ProgrammeView, confirmed: Mapping[str, str]) -> tuple[ContractValue, ...]:
    """Return the numbers of the kinds that the next year adds, as they were confirmed or as their form begins."""
    programme, numbers = next_year_values(view)
    programme, kinds = with_values(programme, kinds_of_next_year(numbers, confirmed), confirmed)
    known = {"年度", *(one.kind for one in view.kinds)}
    return tuple(one for one in contract_values(programme, kinds) if one.key.partition(".")[0] not in known)


def _kind_lines(
    view: ProgrammeView, new: tuple[SpecParagraph, ...], confirmed: Mapping[str, NextValue]
) -> tuple[KindLine, ...]:
    """Return what the next 仕様書 seems to bring or to leave out, with what was confirmed of it."""
    about = {key: one for key, one in confirmed.items() if key.startswith(f"{KINDS_OF_NEXT_YEAR}.")}
    by_clause = {one.clause: one for one in about.values() if one.clause}
    found = []
    for one in propose_kinds(new, view.kinds):
        key = value_key(KINDS_OF_NEXT_YEAR, one.kind)
        mine = by_clause.get(f"仕{one.clause}") if one.is_new else confirmed.get(key)
        found.append(KindLine(proposal=one, stated=_stated(view, one, new) if one.is_new else (), confirmed=mine))
    shown = {one.confirmed.key for one in found if one.confirmed is not None}
    # What was confirmed from an item that the text no longer has can still be withdrawn.
    found += [
        KindLine(proposal=KindProposal(name=key.partition(".")[2]), confirmed=one)
        for key, one in about.items()
        if key not in shown
    ]
    return tuple(found)


def _stated(view: ProgrammeView, proposal: KindProposal, new: tuple[SpecParagraph, ...]) -> tuple[str, ...]:
    """Return words on what the next 仕様書 states of a kind of event."""
    kind = _proposed_kind(view, proposal.form, proposal.name, proposal.sign, proposal.title)
    found = values_of_item(kind, proposal.clause, new, view.programme)
    return tuple(dict.fromkeys(one.quote for name, one in found.items() if not name.startswith("clause_")))


def _proposed_kind(view: ProgrammeView, form: EventForm, name: str, sign: str, title: str) -> EventKind:
    """Return the new kind with which the next year would begin, with the facts of this year's first of its form.

    Where no kind has this form, the facts are those of the first kind.
    """
    _programme, numbers = next_year_values(view)
    kinds = kinds_of_next_year(numbers, {value_key(KINDS_OF_NEXT_YEAR, name): new_kind_text(form, sign, title)})
    return kinds[-1]


def add_next_kind(
    context: ActionContext, *, fiscal_year: int, clause: str, form: EventForm, title: str, name: str, sign: str
) -> ActionResult:
    """Store an item of the next 仕様書 as a new kind among the confirmed values of the next year, with its numbers.

    Args:
        fiscal_year: the year before, at which the next 仕様書 is stored. clause: of the item (「4(5)」).
        form, title, name, sign: as typed.
    Raises:
        UserError: there is no next 仕様書, the item is not there, a name is missing, or a name or sign is taken.
    """
    view, new = _year_and_next_text(context, fiscal_year)
    title, name, sign = title.strip(), name.strip(), sign.strip()
    if not title or not name or "　" in name or "." in name:
        raise UserError("種類の名前が読めません。", "契約書の名前と短い名前を、空白を入れずに入力してください。")
    if all(one.clause != clause for one in new):
        raise UserError("この項は、つぎの年度の仕様書にありません。", "画面を開き直してください。")
    if any(one.kind == name for one in view.kinds):
        raise UserError(f"「{name}」は、この年度の種類の名前です。", "ほかの短い名前を入力してください。")
    key = value_key(KINDS_OF_NEXT_YEAR, name)
    known = confirmed_values(context.store, programme_id=view.programme.id).get(key)
    if known is not None and known.clause != f"仕{clause}":
        raise UserError(f"「{name}」は、もうつぎの年度の種類の名前です。", "ほかの短い名前を入力してください。")
    kind = _proposed_kind(view, form, name, sign, title)
    _check_next_kinds(context.store, view, {key: new_kind_text(form, sign, title)})
    stated = values_of_item(kind, clause, new, view.programme)
    head = next(one.title or one.text[:40] for one in new if one.clause == clause)
    texts = {key: FoundValue(new_kind_text(form, sign, title), head)}
    texts |= {value_key(name, field): one for field, one in stated.items()}
    _save_next_values(context, view, texts, f"仕{clause}", f"つぎの年度の種類に「{name}」を加えた")
    return ActionResult(f"つぎの年度の種類に「{name}」を加えました。数を確かめてください。", view.programme.id)


def answer_next_kind(
    context: ActionContext, *, fiscal_year: int, kind: str, clause: str = "", is_used: bool
) -> ActionResult:
    """Confirm that a kind of this year, by its key, is no longer used in the next one or still is.

    Args:
        clause: of its item in the next 仕様書, "" without one. is_used: whether the next year has it.
    Raises:
        UserError: there is no next 仕様書, or another kind of the next year has taken its name or sign.
    """
    view, _new = _year_and_next_text(context, fiscal_year)
    answer = STILL_USED if is_used else NOT_USED
    said = f"「{view.kind(kind).name}」を{answer}"
    found = {value_key(KINDS_OF_NEXT_YEAR, kind): FoundValue(answer, "")}
    if is_used:
        _check_next_kinds(context.store, view, {key: one.text for key, one in found.items()})
    _save_next_values(context, view, found, fill_nonempty("仕{}", clause), f"つぎの年度の種類：{said}")
    return ActionResult(f"つぎの年度は、{said}ことにしました。", view.programme.id)


def answer_no_kind(context: ActionContext, *, fiscal_year: int, clause: str) -> ActionResult:
    """Confirm that the item ``clause`` of the next 仕様書 is no kind of event; ``UserError`` without that 仕様書."""
    view, _new = _year_and_next_text(context, fiscal_year)
    item = f"仕{clause}"
    said = f"{item}は{NO_KIND}"
    found = {value_key(KINDS_OF_NEXT_YEAR, item): FoundValue(NO_KIND, "")}
    _save_next_values(context, view, found, item, f"つぎの年度の種類：{said}")
    return ActionResult(f"{said}としました。", view.programme.id)


def rename_next_kind(
    context: ActionContext, *, fiscal_year: int, kind: str, clause: str, title: str, name: str, sign: str
) -> ActionResult:
    """Confirm that an item of the next 仕様書 is a kind of this year under another name.

    Args:
        kind: the key of the kind of this year; it stays. clause: of the item.
    Raises:
        UserError: there is no next 仕様書, a name is missing, or a name or sign is taken.
    """
    view, new = _year_and_next_text(context, fiscal_year)
    title, name, sign = title.strip(), name.strip(), sign.strip()
    if not title or not name or "　" in name:
        raise UserError("種類の名前が読めません。", "契約書の名前と短い名前を、空白を入れずに入力してください。")
    text = renamed_kind_text(name, sign, title)
    key = value_key(KINDS_OF_NEXT_YEAR, kind)
    _check_next_kinds(context.store, view, {key: text})
    head = next((one.title or one.text[:40] for one in new if one.clause == clause), "")
    _save_next_values(
        context, view, {key: FoundValue(text, head)}, f"仕{clause}", f"つぎの年度の種類「{kind}」を「{name}」にした"
    )
    return ActionResult(f"つぎの年度は「{name}」と呼びます。", view.programme.id)


def _check_next_kinds(store: Store, view: ProgrammeView, texts: Mapping[str, str]) -> None:
    """Raise ``UserError`` where two kinds of the next year could not be told apart.

    Args:
        texts: what is to be confirmed of kinds, by key, beside what was confirmed before.
    """
    known = confirmed_values(store, programme_id=view.programme.id)
    _programme, numbers = next_year_values(view)
    check_kinds(kinds_of_next_year(numbers, {key: one.value for key, one in known.items()} | dict(texts)))


def withdraw_kind(context: ActionContext, *, fiscal_year: int, value_id: int) -> ActionResult:
    """Withdraw what was confirmed of a kind, of a new one with all confirmed numbers of it.

    Raises:
        UserError: it was not confirmed, or another kind of the next year has taken its name or sign since.
    """
    known = by_id(context.database, NextValue, value_id)
    if known is None:
        raise UserError("この種類は、まだ確認されていません。", "画面を開き直してください。")
    owner = known.key.partition(".")[2]
    view = read_programme(context.store, fiscal_year=fiscal_year, on=context.today)
    is_of_this_year = any(one.kind == owner for one in view.kinds)
    if is_of_this_year:
        _check_next_kinds(context.store, view, {known.key: STILL_USED})
    taken = [
        one
        for one in confirmed_values(context.store, programme_id=known.programme_id).values()
        if not is_of_this_year and one.key.partition(".")[0] == owner
    ]
    with context.change("つぎの年度の種類の確認を取り消した", "specification") as change:
        for one in (known, *taken):
            change.delete(NextValue, one.id)
    return ActionResult("種類の確認を取り消しました。", known.id)


def _year_and_next_text(context: ActionContext, fiscal_year: int) -> tuple[ProgrammeView, tuple[SpecParagraph, ...]]:
    """Return a year and the paragraphs of the next 仕様書; raises ``UserError`` while there is none."""
    view = read_programme(context.store, fiscal_year=fiscal_year, on=context.today)
    text = _texts(context.store, view.programme.id).get(SpecificationYear.NEXT)
    if text is None:
        raise UserError("つぎの年度の仕様書がまだありません。", "先に、つぎの年度の仕様書を入れてください。")
    return view, split_paragraphs(text.text)


def _save_next_values(
    context: ActionContext, view: ProgrammeView, found: Mapping[str, FoundValue], clause: str, words: str
) -> None:
    """Store confirmed values of the next year in one action with these ``words``, replacing earlier ones."""
    known = confirmed_values(context.store, programme_id=view.programme.id)
    with context.change(words, "specification") as change:
        for key, one in found.items():
            change.update_or_insert(
                NextValue,
                known.get(key),
                programme_id=view.programme.id,
                key=key,
                value=one.text,
                clause=clause,
                quote=one.quote,
                confirmed_on=context.today,
                confirmed_by=context.by,
            )


def state_words(store: Store, *, programme_id: int, today: date) -> str:
    """Return words on how far both years have been compared, without reading the slow references."""
    texts = _texts(store, programme_id)
    if SpecificationYear.NEXT not in texts:
        return _NONE_YET
    values = values_of(read_programme(store, programme_id=programme_id, on=today))
    changed = sum(pair.change != "同じ" for pair in _pairs(texts, values))
    return f"変わった段落 {changed}・確認した数 {len(confirmed_values(store, programme_id=programme_id))}"


def _pairs(
    texts: Mapping[SpecificationYear, SpecificationText], values: Iterable[ContractValue]
) -> tuple[ParagraphPair, ...]:
    """Return the next text beside this year's; without that, beside what the settings say of the same clauses."""
    new = split_paragraphs(texts[SpecificationYear.NEXT].text)
    if SpecificationYear.THIS in texts:
        return compare_paragraphs(split_paragraphs(texts[SpecificationYear.THIS].text), new)
    return compare_paragraphs(settings_text(values), new, by_clause=True)


def settings_text(values: Iterable[ContractValue]) -> tuple[SpecParagraph, ...]:
    """Return the paragraphs written from the settings alone, one for each clause."""
    said: dict[str, list[str]] = {}
    for value in values:
        for clause in clauses_in(value.clause):
            said.setdefault(clause, [])
            if value.value_type != "項番":
                said[clause].append(f"{value.label} {value.words}")
    return tuple(SpecParagraph(clause=clause, text="\n".join(lines)) for clause, lines in sorted(said.items()) if lines)


def save_text(
    context: ActionContext, *, fiscal_year: int, side: SpecificationYear, file: IncomingFile, text: str
) -> ActionResult:
    """Store a 仕様書 (encrypted file and its text), replacing an earlier one of the same side.

    Args:
        fiscal_year: this year, also for the 仕様書 of the next one (``side``).
        file: as chosen.
        text: its words, page after page.

    Raises:
        UserError: no words, far too many, or fewer than two paragraphs with a clause number.
        StorageProblem: no room or no right.
    """
    programme_id = _year_id(context.store, fiscal_year)
    if not text.strip():
        raise UserError(
            f"「{file.name}」に、読める文字がありません。",
            "紙を写した画像のPDFは読めません。文字のあるPDFかテキストを選んでください。",
        )
    if len(text) > _LONGEST:
        raise UserError(f"「{file.name}」は、仕様書にしては長すぎます。", "仕様書のファイルを選んでください。")
    count = sum(bool(one.clause) for one in split_paragraphs(text))
    if count < 2:
        raise UserError(
            f"「{file.name}」に、仕様書の項番（1、(1)、ア など）が見つかりません。",
            "仕様書のファイルを選んでください。",
        )
    known = _texts(context.store, programme_id).get(side)
    year = fiscal_year_words(fiscal_year + (side.is_next))
    with context.change(f"{year}の仕様書を入れた", "specification") as change:
        kept = keep_file(
            context.store, change, data=file.data, name=file.name, now=context.now, media_type=file.media_type
        )
        row_id = change.update_or_insert(
            SpecificationText,
            known,
            programme_id=programme_id,
            side=side,
            file_id=kept.id,
            file_name=file.name,
            text=text,
            kept_on=context.today,
            kept_by=context.by,
        )
    return ActionResult(f"{year}の仕様書（{count}段落）を入れました。", row_id)


def remove_text(context: ActionContext, *, fiscal_year: int, side: SpecificationYear) -> ActionResult:
    """Remove a 仕様書 from the comparison; confirmed numbers stay.

    Raises:
        UserError: there is none.
    """
    known = _texts(context.store, _year_id(context.store, fiscal_year)).get(side)
    if known is None:
        raise UserError("この年度の仕様書は入っていません。", "画面を開き直してください。")
    year = fiscal_year_words(fiscal_year + (side.is_next))
    with context.change(f"{year}の仕様書を外した", "specification") as change:
        change.delete(SpecificationText, known.id)
    return ActionResult(f"{year}の仕様書を外しました。確認した数は残っています。", known.id)


def confirm_values(context: ActionContext, *, fiscal_year: int, values: Mapping[str, str]) -> ActionResult:
    """Confirm the given numbers for the year after ``fiscal_year``.

    Args:
        values: by ``ContractValue.key``, as stored; a date as ``YYYY-MM-DD``.

    Raises:
        UserError: none given, no such number, or an invalid value.
    """
    view = read_specification(context.store, fiscal_year=fiscal_year, today=context.today)
    if not values:
        raise UserError("確認する数がありません。", "値を入力してください。")
    return _confirm(context, view, values)


def confirm_found(context: ActionContext, *, fiscal_year: int, keys: Iterable[str]) -> ActionResult:
    """Confirm several numbers of the year after ``fiscal_year`` exactly as its 仕様書 states them.

    Keys that it does not state are passed over.

    Raises:
        UserError: it states none of them, or together they are invalid.
    """
    view = read_specification(context.store, fiscal_year=fiscal_year, today=context.today)
    wanted = set(keys)
    found = {one.value.key: one.found.text for one in view.numbers if one.value.key in wanted and one.found}
    if not found:
        raise UserError("仕様書から読み取れた数がありません。", "値を入力して確認してください。")
    return _confirm(context, view, found)


def withdraw_value(context: ActionContext, *, fiscal_year: int, key: str) -> ActionResult:
    """Withdraw one confirmation, so that the next year starts with this year's number again.

    Raises:
        UserError: it was not confirmed.
    """
    known = row(context.database, NextValue, programme_id=_year_id(context.store, fiscal_year), key=key)
    if known is None:
        raise UserError("この数は、まだ確認されていません。", "画面を開き直してください。")
    with context.change("つぎの年度の数の確認を取り消した", "specification") as change:
        change.delete(NextValue, known.id)
    return ActionResult("確認を取り消しました。", known.id)


def _confirm(context: ActionContext, view: SpecificationView, given: Mapping[str, str]) -> ActionResult:
    """Save numbers of the next year as confirmed; raises ``UserError`` for one that is unknown or wrong."""
    lines = {one.value.key: one for one in view.numbers}
    kept = []
    about = {key: one.value for key, one in confirmed_values(context.store, programme_id=view.programme_id).items()}
    for key, typed in given.items():
        line = lines.get(key)
        if line is None:
            raise UserError("この数は、契約条件にありません。", "画面を開き直してください。")
        try:
            value = parse_value(line.value.value_type, typed, key)
        except ValueError as problem:
            raise UserError(f"{line.value.label}：{problem}") from problem
        quote = line.found.quote if line.found is not None and line.found.text == value else ""
        told = {"key": key, "value": value, "clause": fill_nonempty("仕{}", line.clause), "quote": quote}
        kept.append((line.confirmed, told))
        about[key] = value
    base = read_programme(context.store, programme_id=view.programme_id, on=context.today)
    programme, numbers = next_year_values(base)
    programme, numbers = with_values(programme, kinds_of_next_year(numbers, about), about)
    check_contract(programme)
    for one in numbers:
        check_numbers(one)
    first = kept[0][1]
    said = f"{lines[first['key']].value.label}　{display_words(lines[first['key']].value, first['value'])}"
    with context.change(f"つぎの年度の数を確認（{said}{and_others(kept, 1, ' ほか{}件')}）", "specification") as change:
        ids = [
            change.update_or_insert(
                NextValue,
                known,
                programme_id=view.programme_id,
                confirmed_on=context.today,
                confirmed_by=context.by,
                **told,
            )
            for known, told in kept
        ]
    return ActionResult(f"{said}を確認しました。" if len(kept) == 1 else f"{len(kept)}件を確認しました。", ids[0])


def _texts(store: Store, programme_id: int) -> dict[SpecificationYear, SpecificationText]:
    return {one.side: one for one in rows(store.database, SpecificationText, programme_id=programme_id)}


def _year_id(store: Store, fiscal_year: int | None) -> int:
    return read_programme(store, fiscal_year=fiscal_year).programme.id


_MISSING = "「仕様書の読み比べ」につぎの年度の仕様書を入れると作成できます。"


def build_comparison(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the document of a year; raises ``UserError`` without the next year's 仕様書."""
    context = document_context_of(store, scope, KIND, now)
    view = read_specification(store, fiscal_year=context.programme.fiscal_year, today=now.date())
    if SpecificationYear.NEXT not in view.texts:
        raise UserError("つぎの年度の仕様書がまだありません。", _MISSING)
    became = Counter(one.pair.change for one in view.changed_rows)
    names = (
        view.texts[SpecificationYear.THIS].file_name if SpecificationYear.THIS in view.texts else FROM_SETTINGS,
        view.texts[SpecificationYear.NEXT].file_name,
    )
    facts = ComparisonFacts(
        texts=names,
        counts="　".join(f"{what} {count}段落" for what, count in became.items()) or "なし",
        changed=[_changed(one) for one in view.changed_rows],
        numbers=[_number(one) for one in view.numbers],
        confirmed=sum(one.confirmed is not None for one in view.numbers),
    )
    return comparison_document(context, facts)


def _changed(row: ClauseRow) -> ChangedLine:
    """Return the printed line of a changed paragraph, with its differences marked."""
    pair = row.pair
    old, new = (pair.old.text if pair.old else ""), (pair.new.text if pair.new else "")
    left, right = mark_changes(old, new)
    moved = f"\n（前は{pair.old.clause}）" if pair.old and pair.new and pair.old.clause != pair.new.clause else ""
    by_sort = {what: [each.words for each in row.references if each.action == what] for what in ORDER}
    return ChangedLine(
        clause=f"{pair.clause or '—'}\n{pair.change}{moved}",
        this_year=shorten(left) or "—",
        next_year=shorten(right) or "—",
        references="\n".join(f"{what}：{'、'.join(words)}" for what, words in by_sort.items() if words) or "—",
    )


def _number(line: NumberLine) -> ConfirmedLine:
    confirmed = line.confirmed
    return ConfirmedLine(
        name=line.value.label,
        this_year=line.this_words,
        next_year=line.next_words or "未確認",
        clause=confirmed.clause if confirmed else "",
        confirmed=f"{table_day(confirmed.confirmed_on)} {confirmed.confirmed_by}" if confirmed else "",
    )


def _ready(store: Store, subject: DocumentSubject) -> bool:
    return SpecificationYear.NEXT in _texts(store, _year_id(store, subject.scope.fiscal_year))


def _state(store: Store, subject: DocumentSubject, today: date) -> str:
    return state_words(store, programme_id=_year_id(store, subject.scope.fiscal_year), today=today)


COMPARISON_DOCUMENTS = (
    DocumentKind(
        kind=KIND,
        build=build_comparison,
        is_ready=_ready,
        state_words=_state,
        missing_words=_MISSING,
        todo="仕様書の読み比べ",
        is_internal=True,
        is_listed=False,
    ),
)
