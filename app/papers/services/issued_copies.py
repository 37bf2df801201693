"""What was issued stays: every row of the log of what left is written here, with the 控え in the form in which it left.

- ``log_issued(store, change, row, copy, says) -> int`` the row, its copy and who stands in it, inside the caller's
  change
- ``open_copy(store, outgoing_id) -> IssuedCopy`` the copy as it left, held against the log
- ``save_copy(act, outgoing_id, path, …) -> SavedFile`` the copy as a file again, which is a way out itself
- ``note_copy_print(act, outgoing_id, copies, …) -> Saved`` the copy printed again, likewise
- ``note_copied_text(act, scope, kind, text, to) -> Saved`` a text put on the clipboard to be sent
- ``note_withdrawn(store, change, kinds, …) -> tuple[Outgoing, ...]`` a 取消 row for all that said what was taken back
- ``withdrawn_words(rows) -> str`` what that was, in a sentence
- ``copy_words(row) -> str`` whether there is one
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, cast

from app.acts.act import Act, deed
from app.acts.get_or_refuse import get_or_refuse
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.calendar.dates import long_date_plain
from app.calendar.wareki import fiscal_year_words
from app.common.declared import Declared
from app.common.text_walk import TextWalk
from app.papers.blocks import DocumentContent
from app.papers.rules.names_said import names_said
from app.papers.services.leaving import Format, SavedFile, Way, as_leaving, file_saved, write_whole
from app.papers.services.paper_kind import recipient_of, refuse_inside
from app.papers.services.paper_scope import PaperScope, keys_of
from app.papers.services.protected_places import terms_of
from app.papers.services.saved_out import place_detail
from app.papers.services.stored_files import keep_file, read_file
from app.papers.services.tells import OF_COPY, TELLS, facts_said
from db.frozen_record import frozen_record
from db.journal import Change
from db.records.events import Event
from db.records.organisations import Organisation
from db.records.papers import Outgoing, OutgoingOrganisation, OutgoingPerson, PrintUse
from db.records.programme import Programme
from db.rows import by_id, rows
from db.store import Store
from db.tables import papers as table

LeavingGuard = Callable[[Store, Outgoing, Callable[[], str]], None]
LEAVING_GUARDS: Final[Declared[LeavingGuard]] = Declared("leaving_guards")
"""What holds back something that is about to leave: each is given the row and how to read every text of it, and refuses
or returns."""
NO_COPY: Final = "控えなし"
KEPT: Final = "控えあり"
PASSED_BY: Final = "回の状態を越えた理由"
"""Under which name a row keeps why a paper left although its event stands otherwise (``paper_states``)."""
AGREES: Final = "控えは記録と一致"
DIFFERS: Final = (
    "控えの内容が、出したときの記録と一致しません。この控えは使わず、バックアップの控えと比べてください。"
    "ほかのデータは変わっていません。"
)
_CONTRACTOR: Final = "受託者"
_MEDIA: Final = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "txt": "text/plain",
}


@frozen_record
class IssuedCopy:
    """A kept copy as it left, with its row; ``agrees`` whether its hash is the logged one, ``said`` the same in words.

    ``form`` is what the copy is: pdf, xlsx, txt (a text copied, told or read out) or another ending.
    """

    row: Outgoing
    data: bytes
    form: str
    agrees: bool
    said: str


def log_issued(
    store: Store,
    change: Change,
    row: Outgoing,
    *,
    copy: bytes | str | None,
    says: object = None,
    happened: bool = False,
) -> int:
    """Write the row of what leaves together with its copy and who stands in it; return the row's number.

    Args:
        row: the row without its copy. copy: what left, before any encryption; a text for what was copied or told;
            None only for what is data and no paper, or for the row of a folder whose files have rows of their own.
        says: what the copy says (content of a paper, rows of a list), read for the names of people and 団体; a text
            speaks for itself. happened: it was said outside of the program: nothing holds back what has happened.

    Raises:
        Refusal: a subject holds it back (``LEAVING_GUARDS``); nothing was logged, and no file is written after it.
        StorageProblem: the copy could not be kept; nothing was logged.
    """
    for guard in () if happened else LEAVING_GUARDS:
        guard(store, row, partial(_said, copy if says is None else says))
    row = row if row.facts or row.way == "取消" else replace(row, facts=facts_said(store, row))
    if isinstance(says, DocumentContent) and says.passed_reason:
        row = replace(row, detail=row.detail | {PASSED_BY: says.passed_reason})
    if copy is None:
        return change.insert(row)
    data = copy.encode() if isinstance(copy, str) else copy
    row = replace(row, format="txt") if isinstance(copy, str) else row
    kept = keep_file(
        store,
        change,
        data=data,
        name=row.file_name or f"{row.reference or row.document_kind}.{row.format}",
        now=row.at,
        media_type=_MEDIA.get(row.format, ""),
        pages=row.pages,
    )
    digest = sha256(data).hexdigest()
    row_id = change.insert(replace(row, copy_file_id=kept.id, copy_sha256=digest, sha256=row.sha256 or digest))
    people, organisations = _named(store, copy if says is None else says)
    for person_id in people:
        change.insert(OutgoingPerson(outgoing_id=row_id, person_id=person_id))
    for organisation_id in organisations:
        change.insert(OutgoingOrganisation(outgoing_id=row_id, organisation_id=organisation_id))
    return row_id


def open_copy(store: Store, *, outgoing_id: int) -> IssuedCopy:
    """Return the kept copy exactly as it left, held against the hash in the log.

    Raises:
        Refusal: there is no such row, no copy was kept, or it went at the end of its keeping. Damaged: the file is gone
            or was altered.
    """
    row = get_or_refuse(store.database, Outgoing, outgoing_id)
    if row.copy_file_id is None:
        raise Refusal(f"{copy_words(row)}。", "出力の記録（日時・種類・照合の値）は残っています。")
    data = read_file(store, row.copy_file_id)
    agrees = sha256(data).hexdigest() == row.copy_sha256
    return IssuedCopy(row=row, data=data, form=row.format, agrees=agrees, said=AGREES if agrees else DIFFERS)


@deed
def save_copy(
    act: Act,
    *,
    outgoing_id: int,
    path: Path,
    way: Way = "そのまま保存",
    password: str = "",
    reason: str = "",
    overwrite: bool = False,
) -> SavedFile:
    """Write a kept copy to ``path`` and log that it left once more; undo does not reach past this.

    Args:
        way: 暗号化して保存 needs ``password``; そのまま保存 of a copy with personal data needs ``reason``.

    Raises:
        Refusal: there is no copy, no password or reason where one is needed, or the file is there.
        StorageProblem: the file could not be written; nothing was logged.
    """
    kept = open_copy(act.store, outgoing_id=outgoing_id)
    old = kept.row
    terms = terms_of(act, path=path, way=way, reason=reason, personal=old.personal, happened="個人情報を含む控えです。")
    data = (
        kept.data
        if old.format not in ("pdf", "xlsx")
        else as_leaving(kept.data, way, format=cast(Format, old.format), password=password, received=True)
    )
    row = replace(
        old,
        id=0,
        way=way,
        file_name=path.name,
        sha256=sha256(data).hexdigest(),
        copies=1,
        print_use="",
        reason=terms.reason,
        by=act.by,
        at=act.now,
        detail={OF_COPY: str(old.id)} | place_detail(path) | terms.detail,
    )
    with act.change(f"{old.document_kind}の控えを保存", "papers", event_id=old.event_id, barrier=True) as change:
        row_id = _log_again(act.store, change, kept, row)
        write_whole(path, data, overwrite=overwrite)
    return file_saved(path, row_id)


@deed
def note_copy_print(
    act: Act, *, outgoing_id: int, copies: int, pages: int, use: PrintUse = "配る", how: str = ""
) -> Saved:
    """Log that a kept copy was printed as it left once, however its event stands now; undo does not reach past this.

    Args:
        pages, use, how: as for ``note_print``.

    Raises:
        Refusal: there is no copy, or a subject holds it back.
    """
    kept = open_copy(act.store, outgoing_id=outgoing_id)
    old = kept.row
    row = replace(
        old,
        id=0,
        way="印刷",
        file_name="",
        sha256=old.copy_sha256 or "",
        pages=pages,
        copies=copies,
        print_use=use,
        reason="",
        by=act.by,
        at=act.now,
        detail={OF_COPY: str(old.id)} | ({"印刷": how} if how else {}),
    )
    with act.change(
        f"{old.document_kind}の控えを印刷（{copies}部）", "papers", event_id=old.event_id, barrier=True
    ) as change:
        row_id = _log_again(act.store, change, kept, row)
    return Saved(f"{old.document_kind}の控えの印刷（{copies}部）を記録しました。", row_id, can_undo=False)


def _log_again(store: Store, change: Change, kept: IssuedCopy, row: Outgoing) -> int:
    """Write the row of a copy that leaves once more, with those who stand in it; return its number."""
    for guard in LEAVING_GUARDS:
        guard(store, row, lambda: kept.data.decode() if kept.form == "txt" else "")
    row_id = change.insert(row)
    for person_id in table.people_of_copy(store.database, kept.row.id):
        change.insert(OutgoingPerson(outgoing_id=row_id, person_id=person_id))
    for organisation_id in table.organisations_of_copy(store.database, kept.row.id):
        change.insert(OutgoingOrganisation(outgoing_id=row_id, organisation_id=organisation_id))
    return row_id


@deed
def note_copied_text(act: Act, *, scope: PaperScope, kind: str, text: str, to: str = "") -> Saved:
    """Log that a text was copied to be sent or handed in, with the text as it was copied; undo does not reach past
    this.

    Args:
        scope: what it is about. kind: what it is (「参加人数連絡書の文」), never the name of a paper: a text does not
            count as the paper. to: for whom.

    Raises:
        Refusal: there is no text.
    """
    if not text.strip():
        raise Refusal("コピーする文がありません。", "文を書いてから、もう一度コピーしてください。")
    refuse_inside(f"{kind}{text}")
    row = Outgoing(
        **keys_of(act.store, scope),
        document_kind=kind,
        reference="",
        version=0,
        format="txt",
        way="コピー",
        by=act.by,
        at=act.now,
        detail={"相手": to} if to else {},
    )
    with act.change(f"{kind}をコピー", "papers", event_id=scope.event_id, barrier=True) as change:
        row_id = log_issued(act.store, change, row, copy=text)
    return Saved("コピーした文の控えを残しました。", row_id, can_undo=False)


@deed
def note_copied_list(act: Act, *, title: str, count: str, event_id: int | None, fiscal_year: int) -> Saved:
    """Log that rows of a list that names people were copied (Ctrl+C); undo does not reach past this.

    Args:
        title: the list (「参加者名簿」). count: how many rows (「14人」). event_id: whose list it is, or None: then it
            is of ``fiscal_year``.

    What was copied is not kept: the log says which list, how much, when and by whom.
    """
    scope = PaperScope(event_id=event_id) if event_id is not None else PaperScope(fiscal_year=fiscal_year)
    row = Outgoing(
        **keys_of(act.store, scope),
        document_kind=title,
        reference="",
        version=0,
        format="txt",
        way="コピー",
        by=act.by,
        at=act.now,
        personal=True,
        detail={"件数": count},
    )
    with act.change(f"「{title}」の{count}をコピー", "papers", event_id=event_id, barrier=True) as change:
        row_id = log_issued(act.store, change, row, copy=None)
    return Saved(f"{count}をコピーしました。個人情報のため、持ち出しの記録に残しました。", row_id, can_undo=False)


def scope_words(store: Store, row: Outgoing) -> str:
    """Say what a row is about: the event, the 団体, the year, or "" for what belongs to none."""
    if row.event_id is not None:
        return get_or_refuse(store.database, Event, row.event_id).full_title
    if row.organisation_id is not None:
        return get_or_refuse(store.database, Organisation, row.organisation_id).name
    year = by_id(store.database, Programme, row.programme_id) if row.programme_id is not None else None
    return fiscal_year_words(year.fiscal_year) if year is not None else ""


def recipient_kind(row: Outgoing) -> str:
    """Say for whom something left without naming anybody: 「区の控え」「受託者」, or "" where nothing tells it."""
    if row.print_use == "控え用":
        return "区の控え"
    to = row.detail.get("相手", "")
    if to.startswith(_CONTRACTOR) or row.document_kind in (one.told_name for one in TELLS):
        return _CONTRACTOR
    return recipient_of(row.document_kind)


def note_withdrawn(
    store: Store,
    change: Change,
    kinds: Collection[str],
    *,
    since: date | datetime,
    reason: str,
    who: str,
    at: datetime,
    event_id: int | None = None,
    programme_id: int | None = None,
    organisation_id: int | None = None,
    of_newest: bool = False,
) -> tuple[Outgoing, ...]:
    """Log, inside ``change``, that what papers of ``kinds`` said is taken back; rows and copies stay.

    Args:
        since: what left before this day or moment said something else and is left alone, as are prints for the own file
            and rows that were taken back already. event_id, programme_id, organisation_id: what the paper is about.
        of_newest: only what bears the number of the newest one, where letters of a kind follow one another.

    Returns:
        The rows that are taken back, the oldest first.
    """
    scope: dict[str, Any] = {"event_id": event_id, "programme_id": programme_id, "organisation_id": organisation_id}
    logged = rows(store.database, Outgoing, order="id", document_kind=sorted(kinds), **scope)
    gone = {row.withdraws for row in logged}
    taken = {row.withdraws for row in logged if row.id not in gone}
    left = tuple(
        row
        for row in logged
        if row.way != "取消" and row.id not in taken and row.print_use != "控え用" and _is_since(row, since)
    )
    if of_newest:
        left = tuple(row for row in left if row.version == left[-1].version)
    for row in left:
        take_back(change, row, reason=reason, who=who, at=at)
    return left


def _is_since(row: Outgoing, since: date | datetime) -> bool:
    return (row.at if isinstance(since, datetime) else row.at.date()) >= since


def withdrawn_words(withdrawn: Sequence[Outgoing]) -> str:
    """Say which papers that left are taken back and how each went, "" where none is."""
    kinds = dict.fromkeys(row.document_kind for row in withdrawn)
    named = [
        f"{kind}（{'、'.join(dict.fromkeys(_way_words(row) for row in withdrawn if row.document_kind == kind))}）"
        for kind in kinds
    ]
    return f"出したもの{len(withdrawn)}件を、出力の記録で取消にしました：{'、'.join(named)}。" if named else ""


def _way_words(row: Outgoing) -> str:
    how = "印刷" if row.way == "印刷" else {"xlsx": "Excel"}.get(row.format, row.format.upper())
    return f"{row.at.month}/{row.at.day} {how}"


def take_back(change: Change, row: Outgoing, *, reason: str, who: str, at: datetime) -> None:
    """Log, inside ``change``, that what one row said is taken back; the row and its copy stay."""
    change.insert(
        replace(
            row,
            id=0,
            way="取消",
            withdraws=row.id,
            reason=reason,
            by=who,
            at=at,
            facts={},
            copy_file_id=None,
            copy_sha256=None,
            copy_erased_on=None,
            detail={"もとの記録": str(row.id)},
        )
    )


def copy_words(row: Outgoing) -> str:
    """Say whether a row has its copy: 「控えあり」「控えなし」「控えは保存期間を過ぎて消去（令和14年4月1日）」."""
    if row.copy_erased_on is not None:
        return f"控えは保存期間を過ぎて消去（{long_date_plain(row.copy_erased_on)}）"
    return KEPT if row.copy_file_id is not None else NO_COPY


def _named(store: Store, says: object) -> tuple[list[int], list[int]]:
    """Return the people and the 団体 whose whole name stands in what was said, not only within another name.

    Two of one name both count: a copy is named once too often rather than once too few.
    """
    people, organisations = table.names_of_people(store.database), table.names_of_organisations(store.database)
    names = [name for _, name in (*people, *organisations)]
    said = names_said(names, _said(says), places=table.names_of_places(store.database))
    return (
        [row_id for row_id, name in people if name in said],
        [row_id for row_id, name in organisations if name in said],
    )


def _said(says: object) -> str:
    """Every text of what leaves, line by line, whatever it is made of."""
    return "\n".join(_LEAVING.texts(says))


_LEAVING: Final = TextWalk(
    "氏名・団体名",
    into=(
        "app.papers.blocks",
        "app.papers.guide_blocks",
        "app.papers.handout_blocks",
        "app.papers.ledger_blocks",
        "app.papers.wall_blocks",
        "db.records",
    ),
)
