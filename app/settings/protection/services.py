"""The duties of the contract by clause and where the program fulfils each, with the ledgers kept for them.

Duties come from the 29 articles of the 特記事項, the privacy rules and the 仕様書 (``resources/duties/rows.txt``).
The ledgers are 外部サービス利用台帳 (F-25, 特19, 特20), 情報授受簿 (F-12, 特17(1)) and 調査・監査の記録 (F-32, F-33,
特23, 特24); checking them is the ward's own target. A survey form or an import from one handles information of the
contract (特2-4) and needs a 確認票 or a reason. Whoever handed over information must belong to the ward or the
従事者名簿 on that day, else there is a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Literal, cast, get_args
from urllib.parse import urlsplit

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionId, ActionLink
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import long_date_plain, short_date
from app.common.and_others import and_others
from app.common.clauses import clause_of, clause_table
from app.common.display_words import display_word
from app.common.file_locations import resources_folder
from app.common.join_nonempty import fill_nonempty
from app.data_folder.services.accounts import MANAGER_MARK, account_managers
from app.documents.document_frame import quoted_material
from app.documents.services.document_kind import DOCUMENTS, internal_kind
from app.documents.services.folder_check import check_folder_usable
from app.documents.services.notification_kinds import CONTRACTOR, NOTIFICATIONS
from app.documents.services.protected_folders import lies_below, list_protected
from app.event.services.tasks.follow_ups import FollowUp
from app.event.services.tasks.task_kind import TASK_KINDS
from app.event.services.tasks.year_task_kind import YEAR_KINDS
from app.ledgers.rules import (
    CHECK_LISTS,
    CLOUD,
    RISKS,
    WHOLE_QUANTITY,
    DerivedRow,
    LedgerBook,
    LedgerColumn,
    LedgerDoubt,
    LedgerHolding,
    cell_day,
    cells_of,
    day_order_problem,
    to_cell,
)
from app.ledgers.services.check_lists import read_sheets
from app.ledgers.services.due_checks import DueCheck, due_checks
from app.ledgers.services.ledger import CONTRACTORS, LEDGERS, WARD, Ledger, Total
from app.programme.intake import preset
from app.programme.rules import (
    ANNEX,
    CLAUSE_SOURCES,
    SPECIFICATION,
    ClauseSource,
    YearDefinition,
    full_clause,
    hours_words,
    in_visit_words,
    people_words,
    planned_words,
)
from app.received.services import RECEIVED_KINDS
from app.registers.workers.rules import ROLES, Worker
from app.registers.workers.services import known_names, read_workers
from db.digits import is_digits
from db.engine import Database
from db.files import filesystem
from db.files.storage_errors import Damaged
from db.files.synced_folders import synchronised_by
from db.name_key import name_key
from db.record import RowsById, group_by_key, record
from db.records.documents import SET_ASIDE, Notification, ProtectedFolder
from db.records.programme import EventKind, Programme
from db.records.surveys import EventSurvey
from db.rows import rows
from db.tables import events as event_table
from db.tables import protection, surveys

Fulfilment = Literal["ledger", "form", "check", "setting", "screen", "not software"]
FULFILMENT_WORDS: Mapping[Fulfilment, str] = {
    "ledger": "管理簿", "form": "書類・届", "check": "確認・期限", "setting": "設定", "screen": "画面",
    "not software": "アプリの外",
}  # fmt: skip
"""How a duty is fulfilled, as Japanese words."""
_CUT, _WHERE, _OTHER_MARK, _REMARK, _PART = " | ", "; ", "*", "#", "›"
_OF_SPECIFICATION = "N-"
"""How the number of a row begins that says what the 仕様書 asks for."""
_ARTICLE = re.compile(r"(\d+)(?:-(\d+))?([^\d-].*)?")
_ANNEX_TABLE, _LAW = "別表", "個人情報保護法"


@record
class Duty:
    """One duty with its clause and how and where the program fulfils it; ``reason`` says why if software cannot.

    ``is_required`` False = optional. ``link`` leads to the place that fulfils it, None = no single place; for a
    screen of one event it names no event. ``cited_clauses`` are the clauses of this contract or of a law written out,
    "" = none; ``other_clauses`` those of other documents, by full titles.
    """

    id: str
    basis: str
    duty: str
    how: Fulfilment
    where: str
    reason: str
    is_required: bool
    cited_clauses: str
    other_clauses: str
    link: ActionLink | None = None

    @property
    def is_own_contract(self) -> bool:
        """Return whether this contract or a law requires it, not only documents of other bodies."""
        return bool(self.cited_clauses)


class UnknownReferenceError(LookupError):
    """Raised when a row of the list of duties refers to something that the program does not declare."""


def read_duties(
    *,
    required_only: bool = False,
    own_only: bool = False,
    contract: YearDefinition | None = None,
    holds: Callable[[str], bool] = lambda _duty: True,
) -> tuple[Duty, ...]:
    """Return the duties in the order of their clauses.

    Args:
        required_only: without optional ones. own_only: without those that only documents of other bodies ask for.
        holds: only those whose words it says yes to.
        contract: the contract that they are about; None = that of 令和8年度, for whose 仕様書 the list was written. Of
            another contract its own facts and clauses stand in place of that 仕様書.
    """
    is_listed = contract is None or contract.programme.title == preset().programme.title
    lines = [line for line in _table_lines() if holds(_split_line(line)[2])]
    found = map(_parse_duty, lines) if is_listed or contract is None else _duties_of(contract, lines)
    return tuple(
        one for one in found if (one.is_required or not required_only) and (one.is_own_contract or not own_only)
    )


def _duties_of(contract: YearDefinition, lines: Iterable[str]) -> Iterator[Duty]:
    """Yield the duties of a contract that is not the listed one: what the annex asks for, and its own facts."""
    are_own_told = False
    has_listed_annex = contract.programme.annex == ANNEX.title
    left_out = SPECIFICATION.letter if has_listed_annex else f"{SPECIFICATION.letter}{ANNEX.letter}{_ANNEX_TABLE[0]}"
    for line in lines:
        number, basis, *rest = _split_line(line)
        if number.startswith(_OF_SPECIFICATION):
            if not are_own_told:
                yield from _own_duties(contract)
            are_own_told = True
        elif kept := _without_sources(basis, left_out):
            made = _parse_duty(_CUT.join((number, kept, *rest)))
            duty, where, reason = (in_visit_words(one, contract.kinds) for one in (made.duty, made.where, made.reason))
            yield replace(made, duty=duty, where=where, reason=reason)


def _without_sources(basis: str, letters: str) -> str:
    """Return a basis without the clauses of the documents with these letters."""
    kept, is_left_out = [], False
    for part in basis.split("・"):
        if not is_digits(part[0]) and part[0] not in "アイウエオカキクケコ":
            is_left_out = part[0] in letters
        if not is_left_out:
            kept.append(part)
    return "・".join(kept)


def _own_duties(contract: YearDefinition) -> Iterator[Duty]:
    """Yield what a contract says of its year and of each kind, with its own clauses."""
    year = contract.programme
    annex = ANNEX.short if year.annex == ANNEX.title else year.annex
    told = [
        (year.clause_purpose, "件名", "g:契約›契約件名"),
        (year.clause_term, f"履行期間は{long_date_plain(year.term_end)}まで", "t:契約の満了"),
        *(fact for kind in contract.kinds for fact in _facts_of(kind)),
        *([(year.clause_proposal, f"提案書は{year.proposal_period}", "t:提案書")] if year.proposal_period else []),
        (year.clause_payment, f"支払は{year.payment_period}", "t:支払"),
        *([(year.clause_annexes, f"{annex}を守ること", "g:契約›契約外の特記事項")] if annex else []),
    ]
    for number, (clause, duty, where) in enumerate(told, 1):
        basis = clause or SPECIFICATION.title
        made = _parse_duty(_CUT.join((f"{_OF_SPECIFICATION}{number:02d}", basis, duty, where, "")))
        yield replace(made, cited_clauses=full_clause(clause) or SPECIFICATION.title, other_clauses="")


def _facts_of(kind: EventKind) -> Iterator[tuple[str, str, str]]:
    """Yield clause, duty and place of what a contract says of one kind; what it does not say is left out."""
    span = f"{long_date_plain(kind.window_start)}から{long_date_plain(kind.window_end)}まで"
    asked = (
        (kind.clause_target or kind.audience, kind.clause_target, f"の対象　{kind.audience}".rstrip("　"),
         "s:団体の一覧を取り込む"),
        (True, kind.clause_window, f"の実施期間は{span}", "g:契約の数›実施期間の末日"),
        (kind.clause_venue, kind.clause_venue, "の会場", "s:会場・予約"),
        (True, kind.clause_planned, f"は{planned_words(kind)}", "g:契約の数›回数・団体数"),
        (True, kind.clause_people, f"は{people_words(kind)}", "g:契約の数›1回の人数"),
        (kind.headcount_period, kind.clause_people, f"の人数連絡は{kind.headcount_period}まで", "t:人数連絡"),
        (True, kind.clause_minutes, f"は{hours_words(kind)}", "s:進行表"),
        (kind.clause_content or kind.content, kind.clause_content, f"の内容　{'、'.join(kind.content)}".rstrip("　"),
         "s:進行表"),
        (kind.clause_discussion, kind.clause_discussion, "の班と討議", "s:班分け"),
        (kind.material_period, kind.clause_material, f"の資料の確認は{kind.material_period}まで", "t:資料確認"),
        (kind.ward_supplies, kind.clause_equipment, f"で区が準備する機材　{'、'.join(kind.ward_supplies)}",
         "p:当日進行表・機材チェック表›用意する側"),
        (kind.has_survey, kind.clause_survey, "のアンケート", "s:アンケート"),
        (kind.report_period, kind.clause_report, f"の実施報告書は{kind.report_period}", "t:実施報告書"),
        (kind.report_items, kind.clause_report, f"の実施報告書に書くこと　{'、'.join(kind.report_items)}",
         "k:実施報告書"),
    )  # fmt: skip
    yield from ((clause, f"{kind.name}{words}", where) for is_said, clause, words, where in asked if is_said)


def _table_lines() -> Iterator[str]:
    """Return the lines of the list of duties, without remarks, as an iterator."""
    text = (resources_folder() / "duties" / "rows.txt").read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line.strip() and not line.startswith(_REMARK))


def _split_line(line: str) -> tuple[str, str, str, str, str]:
    """Return the fields of one row: id | basis | duty | where (several, the first says how) | reason."""
    number, basis, duty, where, reason = (part.strip() for part in f"{line} ".split(_CUT.rstrip(), 4))
    return number, basis, duty, where, reason


def _parse_duty(line: str) -> Duty:
    """Parse one line of the list of duties, its clauses written out and its target looked up."""
    number, basis, duty, where, reason = _split_line(line)
    cited, others = _spell_out_clauses(basis)
    places = [_parse_target(one.strip()) for one in where.split(_WHERE.strip())]
    how, _first, asked = places[0]
    return Duty(
        id=number.removeprefix(_OTHER_MARK),
        basis=basis,
        duty=duty or next(asks for asks, number in clause_table().items() if number == basis),
        how=how,
        where="、".join(name for _how, name, _asked in places if name),
        reason=reason,
        is_required=not number.startswith(_OTHER_MARK),
        cited_clauses=cited,
        other_clauses=others,
        link=asked,
    )


def _spell_out_clauses(basis: str) -> tuple[str, str]:
    """Return the clauses of this contract and of laws, and those of other documents, each written out.

    「機6-6・特18(4)カ」 is 「特記事項第18条(4)カ」 and the full title with 「第6条第6項」.
    """
    sources = {one.letter: one for one in CLAUSE_SOURCES}
    own = []
    others: list[str] = []
    now = None
    for part in basis.split("・"):
        if part.startswith(_ANNEX_TABLE):
            own.append(f"{ANNEX.citation_prefix}の{part}")
        elif part.startswith(_LAW):
            own.append(part)
        elif part[0] in sources:
            now = sources[part[0]]
            (own if now.binds else others).append(_clause_text(now, part[1:]))
        elif now is not None and part[0] not in "明":
            (own if now.binds else others).append(_clause_text(now, part, again=True))
        else:
            others.append(part)
    return "・".join(own), "・".join(others)


def _clause_text(source: ClauseSource, place: str, *, again: bool = False) -> str:
    """Return one clause written out; ``again`` leaves out the document title, which precedes only the first."""
    numbered = _ARTICLE.fullmatch(place)
    if numbered is None or source is SPECIFICATION:
        words = f"　{place}" if place and not is_digits(place[0]) and not again else place
    else:
        paragraph = fill_nonempty("第{}項", numbered[2])
        words = f"第{numbered[1]}条{paragraph}{numbered[3] or ''}"
    return words if again else f"{source.citation_prefix}{words}"


_Target = tuple[Fulfilment, str, ActionLink | None]


def _ledger_target(key: str) -> _Target:
    """Return how a duty is fulfilled by a ledger: kind, title and link; raises if it is not declared."""
    title = _require_declared(key, {one.key: one.title for one in LEDGERS})
    return "ledger", title, ActionLink("管理簿", ledger=key)


def _received_target(kind: str) -> _Target:
    """Return how a duty is fulfilled by a kind of received paper: kind, title and link; raises if undeclared."""
    _require_declared(kind, {one.kind: one.kind for one in RECEIVED_KINDS})
    return "form", kind, ActionLink("提出物", kind=kind)


def _check_target(key: str) -> _Target:
    """Return how a duty is fulfilled by a check list: kind, title and link; raises if it is not declared."""
    return (
        "check",
        _require_declared(key, {one.key: one.title for one in CHECK_LISTS}),
        ActionLink("管理簿", ledger=key),
    )


def _document_target(name: str) -> _Target:
    """Return how a duty is fulfilled by a document: kind, title and link (None if of no year); raises if undeclared."""
    kind, _mark, words = name.partition(_PART)
    about = _require_declared(kind, {one.kind: one.about for one in DOCUMENTS})
    return "form", _named(kind, words), ActionLink("年度の帳票", kind=kind) if about == "年度" else None


def _task_target(name: str) -> _Target:
    """Return how a duty is fulfilled by a deadline: kind and title, no link; raises if it is not declared."""
    _require_declared(name, {one.name: one.name for one in (*TASK_KINDS, *YEAR_KINDS)})
    return "check", f"期限「{name}」", None


def _screen_target(word: str) -> _Target:
    """Return how a duty is fulfilled on a screen: kind, title and link; raises if it is not declared."""
    _require_declared(word, {one: one for one in get_args(ActionId)})
    return "screen", display_word(word), ActionLink(cast("ActionId", word))


def _setting_target(name: str) -> _Target:
    """Return how a duty is fulfilled by a setting: kind, title and link; raises if it is not declared."""
    word, _mark, words = name.partition(_PART)
    _require_declared(word, {one: one for one in get_args(ActionId)})
    return "setting", _named(display_word(word), words), ActionLink(cast("ActionId", word))


def _automatic_target(words: str) -> _Target:
    return "screen", f"自動：{words}", None


def _named(name: str, words: str) -> str:
    return f"{name}「{words}」" if words else name


def _no_target(_words: str) -> _Target:
    return "not software", "", None


_TARGETS: Mapping[str, Callable[[str], _Target]] = {
    "l": _ledger_target, "k": _received_target, "c": _check_target, "p": _document_target, "t": _task_target,
    "s": _screen_target, "g": _setting_target, "a": _automatic_target,
    "-": _no_target,
}  # fmt: skip


def _require_declared(name: str, declared: Mapping[str, str]) -> str:
    """Return the title of a declared name; raises ``UnknownReferenceError`` where it is not declared."""
    if name not in declared:
        raise UnknownReferenceError(name)
    return declared[name]


def _parse_target(text: str) -> _Target:
    """Return how a duty is fulfilled (kind, title, link), from its text in the list."""
    sort, _colon, name = text.partition(":")
    return _TARGETS[sort](name.strip())


SUBJECT = "protected_places"
_NOT_ALLOWED_TEXT = "この場所は、保護された保存先にできません。"
_NOTHING_CHANGED = "設定は変わっていません。"
_CHOOSE_OTHER_FOLDER = "別のフォルダーを選んでください。"


def protect_folder(context: ActionContext, *, folder: Path, basis: str, entrants: str) -> ActionResult:
    """Add a protected folder, including every folder below it.

    Args:
        basis: what protects it in place of encryption (機6-8(2)). entrants: who has access.

    Raises:
        UserError: the user is no manager, basis or entrants are missing, or the folder does not exist, is a whole
        drive,
            a removable medium, synchronised to other PCs, the data folder, or protected already.
    """
    _require_manager(context)
    if not basis.strip() or not entrants.strip():
        missing = "保護の根拠" if not basis.strip() else "入れる人"
        raise UserError(
            f"「{missing}」を入力してください。", "暗号化と同等の措置であることを残します。", _NOTHING_CHANGED
        )
    check_folder_usable(folder, subfolders=lambda _whole: (), happened=_NOT_ALLOWED_TEXT, lost=_NOTHING_CHANGED)
    if not folder.is_dir():
        raise UserError(_NOT_ALLOWED_TEXT, "フォルダーがありません。先に作ってから選んでください。", _NOTHING_CHANGED)
    if filesystem.is_on_removable_medium(folder):
        raise UserError(
            _NOT_ALLOWED_TEXT,
            f"USBメモリなどの持ち運べる媒体です。暗号化して保存するか、{_CHOOSE_OTHER_FOLDER}",
            _NOTHING_CHANGED,
        )
    if service := synchronised_by(folder):
        raise UserError(
            _NOT_ALLOWED_TEXT,
            f"ほかのPCやクラウドにも複製されます（{service}）。{_CHOOSE_OTHER_FOLDER}",
            _NOTHING_CHANGED,
        )
    lies = filesystem.resolve_path(filesystem.absolute(folder))
    shared = filesystem.is_on_share(folder) or filesystem.is_on_share(lies)
    if not shared and lies == Path(lies.anchor):
        raise UserError(_NOT_ALLOWED_TEXT, f"ドライブの全体です。{_CHOOSE_OTHER_FOLDER}", _NOTHING_CHANGED)
    pc = "" if shared else filesystem.machine_id()
    for one in list_protected(context.store):
        if one.pc in ("", pc) and lies_below(lies, Path(one.place)):
            raise UserError(f"この場所は、もう保護された保存先（{one.place}）の中にあります。", "", _NOTHING_CHANGED)
    with context.change(f"保護された保存先に「{lies}」を加えた", SUBJECT) as change:
        number = change.insert(
            ProtectedFolder(place=str(lies), pc=pc, basis=basis.strip(), entrants=entrants.strip(), **context.signature)
        )
    own = "" if shared else "このPCのディスクのため、このPCから保存するときだけに使えます。"
    return ActionResult(f"保護された保存先に「{lies}」を加えました。{own}", number)


def unprotect_folder(context: ActionContext, *, place_id: int) -> ActionResult:
    """End the protection of a folder; its files stay, and the row records until when it was valid.

    Raises:
        UserError: the user is no manager, or it was ended already.
    """
    _require_manager(context)
    place = get_or_raise(context.database, ProtectedFolder, place_id)
    if place.ended_at is not None:
        raise UserError(
            "この保存先は、もう保護された保存先ではありません。", "画面を開き直してください。", _NOTHING_CHANGED
        )
    with context.change(f"保護された保存先から「{place.place}」を外した", SUBJECT) as change:
        change.update(ProtectedFolder, place_id, ended_by=context.by, ended_at=context.now)
    return ActionResult(f"保護された保存先から「{place.place}」を外しました。ファイルはそのまま残ります。", place_id)


def _require_manager(context: ActionContext) -> None:
    """Raise ``UserError`` unless the person manages accounts; with a damaged keyring everybody passes."""
    try:
        managing = account_managers(context.store)
    except Damaged:  # a damaged keyring locks nobody out; it is reported at opening and by the check
        return
    if not managing.may_manage and not context.store.restriction:  # others get the error from the change itself
        raise UserError(
            f"保護された保存先を決められるのは、「{MANAGER_MARK}」の印のある人（{managing.named}）です。",
            "その人に頼んでください。",
            _NOTHING_CHANGED,
        )


CHECK = "管理簿の点検"


def ledger_follow_ups(database: Database, today: date) -> list[FollowUp]:
    """Return the next check of each ledger that the ward checks regularly."""
    return [_check_follow_up(one, today) for one in due_checks(database, today)]


def _check_follow_up(one: DueCheck, today: date) -> FollowUp:
    """Return the follow-up that asks to check a ledger, with its last check."""
    last = (
        f"前回 {short_date(one.last_checked_on, today)}" if one.last_checked_on is not None else "まだ点検していません"
    )
    return FollowUp(
        task=f"{CHECK}:{one.ledger.key}",
        label=f"{one.ledger.title}を点検する",
        detail=last,
        due=one.due,
        basis=f"目安日（{one.interval}）。条文に期間の定めはありません",
        rule=one.interval,
        link=ActionLink("管理簿を点検する", ledger=one.ledger.key),
    )


SERVICES_KEY = "services"
_KNOWN = (
    ("google", "Google フォーム"), ("forms.gle", "Google フォーム"), ("office.com", "Microsoft Forms"),
    ("microsoft", "Microsoft Forms"), ("logoform", "LoGoフォーム"), ("example.jp", "見本フォーム"),
)  # fmt: skip
"""Service names by a part of the form's address; any other service is named by its host. example.jp is used by the
sample
year only.
"""
_FORM, _OTHER = "アンケートのフォーム", "その他"


@record
class _FormUse:
    """One online form: its service, its event, and the moment it became known."""

    service: str
    event_id: int
    title: str
    since: datetime


def service_of(address: str) -> str:
    """Return the name of the service an address belongs to: 「Google フォーム」, else its host."""
    host = (urlsplit(address).hostname or "").casefold()
    return next((words for sign, words in _KNOWN if sign in host), host)


def _form_uses(database: Database, programme: Programme) -> Iterable[_FormUse]:
    """Yield every online form of the year's events, found by its address or by imported responses."""
    events = RowsById(event_table.events_of_year(database, programme.id))
    asked = rows(database, EventSurvey, event_id=list(events), order="event_id")
    counted = surveys.response_counts(database, asked)
    for survey in asked:
        event = events[survey.event_id]
        day = survey.fixed_on or survey.agreed_on or event.event_date or programme.term_end
        since = datetime.combine(day, time())
        service = service_of(survey.online_url)
        if not service and counted[survey.id].online:
            service = "オンラインの回答（取込）"
        if service:
            yield _FormUse(service=service, event_id=event.id, title=event.full_title, since=since)


def _derived_rows(database: Database, programme: Programme) -> Iterable[DerivedRow]:
    """Yield one row for each online service, from its first form on, with its 確認票 if there is one."""
    found = group_by_key((use.service, use) for use in _form_uses(database, programme))
    sheets = _accepted_check_sheets(database, programme)
    for service, uses in found.items():
        first = min(uses, key=lambda one: (one.since, one.event_id))
        yield DerivedRow(
            key=f"online_services:{service}",
            cells=cells_of(
                begins=first.since.date(),
                service=service,
                use=f"アンケート　{first.title}{and_others(uses, 1, ' ほか{}回')}",
                sort=_FORM,
                sheet=_check_sheet_of(service, sheets),
            ),
            written_at=first.since,
            made_by="オンラインのフォーム",
            link=ActionLink("確認票", ledger=RISKS.key),
        )


def _accepted_check_sheets(database: Database, programme: Programme) -> list[tuple[str, str]]:
    """Return the received 確認票, as the key of the service each is about and its reference."""
    return [
        (name_key(sheet.head.get("service", "")), check.reference(sheet.number))
        for check in CHECK_LISTS
        for sheet in read_sheets(database, programme.id, check.key)
        if sheet.received_on is not None
    ]


def _check_sheet_of(service: str, sheets: Iterable[tuple[str, str]]) -> str:
    """Return the 確認票 about a service, "" = none; 「見本フォーム（無料版）」 is about 見本フォーム."""
    key = name_key(service)
    return next((reference for about, reference in sheets if key and key in about), "")


def _unchecked_doubts(
    database: Database, programme: Programme, book: LedgerBook, _today: object
) -> Iterable[LedgerDoubt]:
    """Yield doubts about services without a received 確認票, except those marked as needing none."""
    sheets = _accepted_check_sheets(database, programme)
    for line in book.lines:
        service = line.cell("service")
        outside = line.cell("excepted")
        if line.cancel_reason or line.cell("sheet") or outside or _check_sheet_of(service, sheets):
            continue
        yield LedgerDoubt(
            row=line.key,
            rule=f"確認票:{service}",
            words="確認票がありません",
            explanation=f"「{service}」の確認票を、まだ受け取っていません。氏名などの重要情報を扱うときは"
            f"「{CLOUD.title}」、扱わないときは「{RISKS.title}」を作成して受領するか、要らない理由を書きます。",
            basis=clause_of("重要情報を扱う外部サービスの選定", "重要情報を扱わない外部サービスのリスク"),
            column="sheet",
            question=f"アンケートなどに使う「{service}」について、確認票の提出をお願いします。",
        )


def _held_by_service(cells: Mapping[str, str]) -> LedgerHolding | None:
    """Return what a service still holds; None for a form, whose responses are counted with their survey."""
    if cells.get("sort") == _FORM or cells.get("excepted"):
        return None
    return LedgerHolding(
        item=cells.get("use", ""),
        medium=cells.get("service", ""),
        quantity=WHOLE_QUANTITY,
        returned_on=cells.get("ends", ""),
    )


SERVICES = Ledger(
    key=SERVICES_KEY,
    title="外部サービス利用台帳",
    sign="外部",
    keeper=CONTRACTORS,
    clause=clause_of("重要情報を扱う外部サービスの選定", "重要情報を扱わない外部サービスのリスク"),
    about="契約の情報を扱うオンラインのフォームなど。アンケートのフォームと取込から入り、ほかは手で記入します",
    check_interval="年1回",
    columns=(
        LedgerColumn("begins", "利用開始", "day", width=26),
        LedgerColumn("service", "サービス", width=52),
        LedgerColumn("sort", "種類", "choice", choices=(_FORM, "ファイルの共有", "メール・チャット", _OTHER), width=36),
        LedgerColumn("use", "使い道・情報", width=62),
        LedgerColumn("sheet", "確認票", is_required=False, filled_later=True, hint="確認票の番号"),
        LedgerColumn("excepted", "除外の理由", "choice", is_required=False, width=36,
            choices=("電気通信サービス", "郵便・運送", "金融機関", "公的機関の求め", "教材（町会の利用）")),
        LedgerColumn("ends", "利用終了", "day", is_required=False, filled_later=True, shown_in_list=False,
        has_print_column=False),
        LedgerColumn("note", "備考", width=14, is_required=False, shown_in_list=False),
    ),
    sources=(_derived_rows,),
    doubt_rules=(_unchecked_doubts,),
    holding=_held_by_service,
    totals=(Total("確認票のあるもの", lambda cells: bool(cells.get("sheet"))),),
    note="電気通信・郵便・運送・金融機関のサービスと、公的機関から利用を求められるものは、確認票を要しない"
    f"（{clause_of('確認票を要しないサービス')}）。",
)  # fmt: skip


TO_CONTRACTOR, FROM_CONTRACTOR, FROM_VENUE = "区→受託者", "受託者→区", "会場→受託者"
PLAIN, IMPORTANT, PERSONAL = "情報", "重要情報", "個人情報"
MAIL, PAPER, MEDIUM, ONLINE, SPOKEN, FAX = "メール", "紙", "媒体", "オンライン", "電話・口頭", "FAX"
_PROTECTED_KINDS = (IMPORTANT, PERSONAL)
_ANSWERS = "アンケート"
_CONTRACTOR = "受託者"
"""Whoever of the contractor it was, as somebody typed it."""


def _notification_rows(database: Database, programme: Programme) -> Iterable[DerivedRow]:
    """Yield notifications to the contractor about events of the year as rows of 情報授受簿, without those set aside.

    Documents about persons are 個人情報, others 情報 (人数連絡 has numbers only).
    """
    kinds = {kind for one in NOTIFICATIONS if one.usual_party == CONTRACTOR for kind in one.names_in_log}
    personal = {one.kind for one in DOCUMENTS if one.personal}
    titles = _titles(database, programme)
    for act in rows(database, Notification, document_kind=tuple(kinds), event_id=list(titles)):
        if act.told_how == SET_ASIDE or act.event_id is None:
            continue
        yield DerivedRow(
            key=f"acts:{act.id}",
            cells=cells_of(
                at=to_cell(act.at if act.at.date() == act.told_on else act.told_on),
                direction=TO_CONTRACTOR,
                name=f"{titles[act.event_id]}　{act.document_kind}　{act.title}".strip(),
                form=_form_of_channel(act.told_how),
                quantity="1件",
                sort=PERSONAL if act.document_kind in personal else PLAIN,
                giver=act.told_by,
                receiver=act.told_to,
            ),
            written_at=act.at,
            made_by="連絡した",
            withdrawn=act.withdrawn,
            link=ActionLink("帳票", event_id=act.event_id, kind=act.document_kind),
            event_id=act.event_id,
        )


def _received_rows(database: Database, programme: Programme) -> Iterable[DerivedRow]:
    """Yield reports and handouts received from the contractor as rows of 情報授受簿."""
    titles = _titles(database, programme)
    for report in protection.received_reports(database, programme.id):
        if report.received_on is not None:
            yield DerivedRow(
                key=f"reports:{report.id}",
                cells=cells_of(
                    at=to_cell(report.received_on),
                    direction=FROM_CONTRACTOR,
                    name=f"{titles.get(report.event_id, '')}　実施報告書　第{report.version}版".strip(),
                    sort=PLAIN,
                    form=_form_of_channel(report.received_how),
                    quantity="1件",
                    received=to_cell(report.received_on),
                    note=report.receipt_number,
                ),
                written_at=datetime.combine(report.received_on, time()),
                made_by="受領した",
                link=ActionLink("報告書", event_id=report.event_id),
                event_id=report.event_id,
            )
    for event_id, title, version in protection.received_versions(database, programme.id):
        yield DerivedRow(
            key=f"material_versions:{version.id}",
            cells=cells_of(
                at=to_cell(version.received_on),
                direction=FROM_CONTRACTOR,
                name=f"{titles.get(event_id, '')}　{quoted_material(title)}　第{version.version}版".strip(),
                sort=PLAIN,
                form=_form_of_channel(version.received_how),
                quantity="1件",
                received=to_cell(version.received_on),
            ),
            written_at=datetime.combine(version.received_on, time()),
            made_by="受領した",
            link=ActionLink("資料", event_id=event_id),
            event_id=event_id,
        )


def _titles(database: Database, programme: Programme) -> dict[int, str]:
    return {one.id: one.full_title for one in event_table.events_of_year(database, programme.id)}


def _form_of_channel(how: str) -> str:
    """Return the form of the transfer (mail, online …) from the words of its channel, paper for any other."""
    known = (
        (MAIL, ("メール",)),
        (ONLINE, ("オンライン", "フォーム")),
        (SPOKEN, ("電話", "口頭")),
        (MEDIUM, ("USB", "CD", "媒体")),
        (FAX, (FAX, "ファクス", "ファックス")),
    )
    return next((form for form, words in known if any(word in how for word in words)), PAPER)


def _person_doubts(database: Database, programme: Programme, book: LedgerBook, _today: date) -> Iterable[LedgerDoubt]:
    """Yield doubts about people in 情報授受簿 who are not in the 従事者名簿 on the day (特17(1), 特7).

    Looked at is the giver of what came from the contractor, else the receiver. As long as the 従事者名簿 is empty, none
    are returned.
    """
    workers = read_workers(database, programme)
    if not workers:
        return
    for line in book.lines:
        column = "receiver" if line.cell("direction") != FROM_CONTRACTOR else "giver"
        name = line.cell(column)
        if line.day is None or not name or line.cancel_reason:
            continue
        words = _worker_problem(name, line.day, workers)
        if words:
            yield LedgerDoubt(
                row=line.key,
                rule=f"名簿:{column}:{name}",
                words=words,
                explanation=f"{name}さんは、{line.day.month}月{line.day.day}日の従事者名簿にありません。"
                f"情報の授受は、管理責任者と従事者に限られます。",
                basis=clause_of("授受を管理責任者・従事者に限る", "従事者の氏名・所属・従事期間の提出"),
                column=column,
                question=f"{line.day.month}月{line.day.day}日の「{line.cells.get('name', '')}」の授受について、{name}"
                f"さんが従事者の届にありません。\n従事者の届の期間と、受け渡しをした方をご確認ください。",
            )


def _worker_problem(name: str, day: date, workers: tuple[Worker, ...]) -> str:
    """Return why a name is not valid on a day, or ""; a role alone (「業務責任者」) means whoever has it."""
    key = name_key(name)
    known = [one for one in workers if one.name and (name_key(one.name) in key or key in name_key(one.name))]
    if any(one.is_serving(day) for one in known):
        return ""
    if known:
        return "名簿の期間の外の人です"
    return "" if name == _CONTRACTOR or any(role in name for role in ROLES) else "従事者名簿にない人です"


def _way_doubts(_database: Database, _programme: Programme, book: LedgerBook, _today: date) -> Iterable[LedgerDoubt]:
    """Yield doubts about what was sent unencrypted (特17(2), (6)), or by FAX to an unknown number (特17(5))."""
    for line in book.lines:
        sort, form = line.cell("sort"), line.cell("form")
        asked = (
            ("暗号化", "encryption", sort in _PROTECTED_KINDS and form in (MAIL, MEDIUM, ONLINE),
             f"{sort}を{form}で渡すときは、暗号化します。方法を記入するか、事情を理由に書いてください。",
             clause_of("送付する媒体の暗号化", "メールは添付し暗号化")),
            ("FAX番号", "way", form == FAX,
             "FAXは、必要最小限にし、宛先を確かめて送ります。送った番号を記入するか、事情を理由に書いてください。",
             clause_of("FAXは必要最小限、宛先の注意")),
        )  # fmt: skip
        for rule, column, is_asked, explanation, basis in asked:
            if is_asked and not line.cells.get(column):
                yield LedgerDoubt(
                    row=line.key,
                    rule=rule,
                    words=f"{rule}の記録がありません",
                    explanation=explanation,
                    basis=basis,
                    column=column,
                )


def _row_problem(cells: Mapping[str, str]) -> str:
    """Return why the cells of a row of 情報授受簿 contradict each other, as a sentence, or "".

    Information 庁内限り may come from the contractor as an answer but never go to it; it is neither received nor
    returned before the day it was sent.
    """
    kind = internal_kind(cells.get("name", ""))
    return (
        f"「{kind}」は庁内限りです。受託者へは渡せません。"
        if kind and cells.get("direction") == TO_CONTRACTOR
        else day_order_problem(TRANSFERS.columns, cells, ("at", "received"), ("at", "back"), ("at", "returned"))
    )


def _awaits_receipt(cells: Mapping[str, str]) -> bool:
    return not cells.get("received") and cells.get("form") in (PAPER, MEDIUM)


def _is_returned(cells: Mapping[str, str]) -> bool:
    return cell_day(cells.get("back", "")) is not None and not cells.get("returned")


def _held_transfer(cells: Mapping[str, str]) -> LedgerHolding | None:
    """Return what the contractor still holds of a row, or what is lent to the ward; None = nothing.

    That is what was sent and not returned, or its own copies of what it sent. Paper responses it took along from the
    venue are counted with their survey.
    """
    form, back = cells.get("form", ""), cells.get("returned", "")
    guarded = cells.get("sort") in _PROTECTED_KINDS
    if cells.get("direction") == FROM_CONTRACTOR:
        if _is_returned(cells):
            return LedgerHolding(
                item=cells.get("name", ""), medium=form, quantity=cells.get("quantity", ""), holder="区"
            )
        return (
            None
            if back or form == SPOKEN
            else LedgerHolding(item="提出した報告書・資料の控え", medium=form, quantity=WHOLE_QUANTITY)
        )
    if form == SPOKEN or (cells.get("direction") == FROM_VENUE and _ANSWERS in cells.get("name", "")):
        return None
    if not guarded:
        return LedgerHolding(
            item="区が伝えた書類・連絡（重要情報を含まないもの）",
            medium=form,
            quantity=WHOLE_QUANTITY,
            returned_on=back,
        )
    medium = f"{form}（{cells['medium']}）" if cells.get("medium") else form
    return LedgerHolding(
        item=cells.get("name", ""), medium=medium, quantity=cells.get("quantity", ""), returned_on=back
    )


TRANSFERS = Ledger(
    key="transfers",
    title="情報授受簿",
    sign="授受",
    keeper=WARD,
    clause=clause_of("授受を管理責任者・従事者に限る"),
    about="情報の授受は、管理責任者と従事者に限ります。連絡・受領の記録から入り、ほかは手で記入します",
    handling_mark="重要情報（氏名を含む）",
    columns=(
        LedgerColumn("at", "授受日時", "moment", width=26, is_past_event=True),
        LedgerColumn("direction", "方向", "choice", choices=(TO_CONTRACTOR, FROM_CONTRACTOR, FROM_VENUE),
            width=21),
        LedgerColumn("name", "情報の名称", width=58),
        LedgerColumn("sort", "区分", "choice", choices=(PLAIN, IMPORTANT, PERSONAL), width=17,
            shown_under=("name", "")),
        LedgerColumn("form", "形態", "choice", choices=(MAIL, PAPER, MEDIUM, ONLINE, SPOKEN, FAX), width=15,
            shown_under=("direction", "")),
        LedgerColumn("quantity", "数量", width=13, hint="10枚、1通、3件"),
        LedgerColumn("giver", "引渡者", "person", width=22),
        LedgerColumn("receiver", "受領者", "person", width=22, shown_under=("giver", "→ ")),
        LedgerColumn("received", "受領確認日", "day", width=26, is_past_event=True, is_required=False,
        filled_later=True,
            only_when=("form", (PAPER, MEDIUM)), shown_in_list=False),
        LedgerColumn("back", "返却予定", "day", width=26, is_required=False, shown_in_list=False),
        LedgerColumn("way", "追跡番号・FAX番号", width=22, is_required=False, filled_later=True, shown_in_list=False,
            only_when=("form", (PAPER, MEDIUM, FAX)), has_print_column=False,
            hint="書留・特定記録・宅配の番号、送ったFAXの番号"),
        LedgerColumn("returned", "返却日", "day", width=26, is_past_event=True, is_required=False, filled_later=True,
            shown_in_list=False, has_print_column=False),
        LedgerColumn("medium", "媒体番号", width=16, is_required=False, only_when=("form", (MEDIUM,)),
            shown_in_list=False, has_print_column=False),
        LedgerColumn("encryption", "暗号化の方法", width=20, is_required=False, only_when=("sort", _PROTECTED_KINDS),
            shown_in_list=False, has_print_column=False),
        LedgerColumn("note", "備考", width=18, is_required=False, shown_in_list=False, has_print_column=False),
    ),
    sources=(_notification_rows, _received_rows),
    name_source=known_names,
    row_problem=_row_problem,
    doubt_rules=(_person_doubts, _way_doubts),
    holding=_held_transfer,
    totals=(
        Total(IMPORTANT, lambda cells: cells.get("sort") in _PROTECTED_KINDS),
        Total("受領未確認", _awaits_receipt, names_rows=True),
        Total(
            "引渡者・受領者の未記入", lambda cells: not (cells.get("giver") and cells.get("receiver")), names_rows=True
        ),
        Total("返却を待つもの", _is_returned, names_rows=True),
    ),
    note="引渡者・受領者は、区の職員ならびに受託者の管理責任者および従事者名簿（従事期間内）の者に限る。",
)  # fmt: skip


VISITS_KEY = "visits"
_NOTHING, _MEND = "指摘なし", "改善を指示"
_SORTS = ("実地の調査", "説明・報告の求め", "監査（区の要綱）", "第三者の証明書による代替")


def _overdue_corrections(
    _database: Database, _programme: Programme, book: LedgerBook, today: date
) -> Iterable[LedgerDoubt]:
    """Yield doubts about corrections whose deadline, set by the ward, passed without confirmation (特23-1)."""
    for line in book.lines:
        cells = line.cells
        until = cell_day(cells.get("until", ""))
        if line.cancel_reason or cells.get("result") != _MEND or cells.get("ended") or until is None or until >= today:
            continue
        yield LedgerDoubt(
            row=line.key,
            rule=f"改善:{until.isoformat()}",
            words="改善の確認がありません",
            explanation=f"改善の期限は {short_date(until, today)} でした。"
            "改善を確かめて記入するか、事情を理由に書きます。",
            basis=clause_of("実地の調査と改善の指示"),
            column="ended",
            question=f"{short_date(until, today)}が期限の改善（{cells.get('found', '')}）の状況をお知らせください。",
        )


def _day_order_problem(cells: Mapping[str, str]) -> str:
    return day_order_problem(VISITS.columns, cells, ("held", "until"), ("held", "ended"))


VISITS = Ledger(
    key=VISITS_KEY,
    title="調査・監査の記録",
    sign="調査",
    keeper=WARD,
    clause=clause_of("調査・報告・改善の指示", "監査への協力"),
    about="受託者（再委託先を含む）への調査・報告の求め・監査と、指摘とその終わり",
    check_interval="",
    columns=(
        LedgerColumn("held", "実施日", "day", width=26, is_past_event=True),
        LedgerColumn("sort", "種別", "choice", choices=_SORTS, width=34),
        LedgerColumn("whom", "相手・場所", width=40),
        LedgerColumn("who", "調査した人", "person"),
        LedgerColumn("asked", "確かめたこと", width=40),
        LedgerColumn("result", "結果", "choice", choices=(_NOTHING, _MEND), width=20),
        LedgerColumn("found", "指摘・指示", width=36, only_when=("result", (_MEND,))),
        LedgerColumn("until", "改善の期限", "day", width=20, is_required=False, only_when=("result", (_MEND,)),
            shown_in_list=False),
        LedgerColumn("ended", "改善の確認日", "day", width=26, is_past_event=True, is_required=False, filled_later=True,
            only_when=("result", (_MEND,))),
        LedgerColumn("paper", "代替資料", is_required=False, only_when=("sort", (_SORTS[3],)), shown_in_list=False,
        has_print_column=False,
            hint="資料の名、発行者、発行日"),
        LedgerColumn("note", "備考", width=15, is_required=False, shown_in_list=False),
    ),
    row_problem=_day_order_problem,
    doubt_rules=(_overdue_corrections,),
    totals=(
        Total(_MEND, lambda cells: cells.get("result") == _MEND),
        Total("改善を待つもの", lambda cells: cells.get("result") == _MEND and not cells.get("ended"), names_rows=True),
    ),
    note="区は、必要と認めるときは実地に調査し、または説明・報告を求め、改善を指示できる"
    f"（{clause_of('調査・報告・改善の指示')}）。",
)  # fmt: skip
