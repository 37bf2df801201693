"""The 情報授受簿 (F-12, 特17(1)): information passed between ward and contractor, from notifications and receipts.

Rows come from 連絡・通知 addressed to the contractor and from received reports and handouts; anything else is typed.
Whoever handed over or received it must belong to the ward or be in the 従事者名簿 on that day; otherwise it is reported
as a doubt.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Final

from app.actions.action_id import ActionLink
from app.documents.document_frame import quoted_title
from app.documents.services.document_kind import DOCUMENTS, internal_kind
from app.documents.services.notification_kinds import CONTRACTOR, NOTIFICATIONS
from app.ledgers.rules.book import Book, DerivedRow, LedgerDoubt
from app.ledgers.rules.held_items import WHOLE_QUANTITY, HeldItem
from app.ledgers.rules.ledger_columns import LedgerColumn, cell_day, cells_of, day_order_problem, to_cell
from app.ledgers.services.ledger import WARD, Ledger, Total
from app.subjects.settings.workers.rules import ROLES, Worker
from app.subjects.settings.workers.services.workers import known_names, read_workers
from db.engine import Database
from db.name_key import name_key
from db.records.documents import SET_ASIDE, Notification
from db.records.programme import Programme
from db.rows import rows
from db.tables import events as event_table
from db.tables import protection

TO_CONTRACTOR, FROM_CONTRACTOR, FROM_VENUE = "区→受託者", "受託者→区", "会場→受託者"
PLAIN, IMPORTANT, PERSONAL = "情報", "重要情報", "個人情報"
MAIL, PAPER, MEDIUM, ONLINE, SPOKEN = "メール", "紙", "媒体", "オンライン", "電話・口頭"
_PROTECTED_KINDS: Final = (IMPORTANT, PERSONAL)
_COPIES: Final = "提出した報告書・資料の控え"
_PLAIN_DOCUMENTS: Final = "区が伝えた書類・連絡（重要情報を含まないもの）"
_ANSWERS: Final = "アンケート"
_CONTRACTOR, _WARD = "受託者", "区"
"""Whoever of the contractor sent what was received, and who of the ward took it: the records of a receipt
name nobody."""


def _notification_rows(database: Database, programme: Programme) -> Iterable[DerivedRow]:
    """Return notifications to the contractor; documents about persons are 個人情報, others 情報 (人数連絡 has numbers
    only).
    """
    kinds = {kind for one in NOTIFICATIONS if one.usual_party == CONTRACTOR for kind in one.document_names}
    personal = {one.kind for one in DOCUMENTS if one.personal}
    titles = _titles(database, programme)
    for act in rows(database, Notification, document_kind=tuple(kinds)):
        if act.told_how == SET_ASIDE or act.event_id not in titles:
            continue
        yield DerivedRow(
            key=f"acts:{act.id}",
            cells=cells_of(
                at=_moment(act.told_on, act.at),
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
    """Return reports and handouts received from the contractor."""
    titles = _titles(database, programme)
    for report in protection.received_reports(database, programme.id):
        if report.received_on is not None:
            yield DerivedRow(
                key=f"reports:{report.id}",
                cells=cells_of(
                    at=to_cell(report.received_on),
                    direction=FROM_CONTRACTOR,
                    giver=_CONTRACTOR,
                    receiver=_WARD,
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
                giver=_CONTRACTOR,
                receiver=_WARD,
                name=f"{titles.get(event_id, '')}　{quoted_title('資料', title)}　第{version.version}版".strip(),
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


def _moment(day: date, noted: datetime) -> str:
    """Return the moment of a transfer: with its time if recorded on the same day, else the day alone."""
    return to_cell(noted) if noted.date() == day else to_cell(day)


def _form_of_channel(how: str) -> str:
    """Return the form of the transfer (paper, mail …) from the words of its channel."""
    known = (
        (MAIL, ("メール",)),
        (ONLINE, ("オンライン", "フォーム")),
        (SPOKEN, ("電話", "口頭")),
        (MEDIUM, ("USB", "CD", "媒体")),
    )
    return next((form for form, words in known if any(word in how for word in words)), PAPER)


def _person_doubts(database: Database, programme: Programme, book: Book, _today: date) -> Iterable[LedgerDoubt]:
    """Return doubts about contractor's people who are not in the 従事者名簿 on the day (特17(1), 特7).

    As long as that ledger is empty, none are returned.
    """
    workers = read_workers(database, programme)
    if not workers:
        return
    for line in book.lines:
        column = "receiver" if line.cells.get("direction") != FROM_CONTRACTOR else "giver"
        name = line.cells.get(column, "")
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
                basis="特17(1)・特7",
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


def _encryption_doubts(_database: Database, _programme: Programme, book: Book, _today: date) -> Iterable[LedgerDoubt]:
    """Return doubts about 重要情報 sent by mail, on a medium or online without encryption (特17(2), (6))."""
    for line in book.lines:
        cells = line.cells
        guarded = cells.get("sort") in _PROTECTED_KINDS and cells.get("form") in (MAIL, MEDIUM, ONLINE)
        if guarded and not cells.get("encryption"):
            yield LedgerDoubt(
                row=line.key,
                rule="暗号化",
                words="暗号化の記録がありません",
                explanation=f"{cells.get('sort')}を{cells.get('form')}で渡すときは、暗号化します。"
                f"方法を記入するか、事情を理由に書いてください。",
                basis="特17(2)・特17(6)",
                column="encryption",
            )


def _row_problem(cells: Mapping[str, str]) -> str:
    """Return why a row is not valid, or "".

    Information 庁内限り may be received as an answer but never sent; nothing is returned before it was sent.
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


def _held_transfer(cells: Mapping[str, str]) -> HeldItem | None:
    """Return what the contractor still holds of a row, or what is lent to the ward.

    That is what was sent and not returned, or its own copies of what it sent. Paper responses it took along from the
    venue
    are counted with their survey.
    """
    form, back = cells.get("form", ""), cells.get("returned", "")
    guarded = cells.get("sort") in _PROTECTED_KINDS
    if cells.get("direction") == FROM_CONTRACTOR:
        if _is_returned(cells):
            return HeldItem(item=cells.get("name", ""), medium=form, quantity=cells.get("quantity", ""), holder="区")
        return None if back or form == SPOKEN else HeldItem(item=_COPIES, medium=form, quantity=WHOLE_QUANTITY)
    if form == SPOKEN or (cells.get("direction") == FROM_VENUE and _ANSWERS in cells.get("name", "")):
        return None
    if not guarded:
        return HeldItem(item=_PLAIN_DOCUMENTS, medium=form, quantity=WHOLE_QUANTITY, returned_on=back)
    medium = f"{form}（{cells['medium']}）" if cells.get("medium") else form
    return HeldItem(item=cells.get("name", ""), medium=medium, quantity=cells.get("quantity", ""), returned_on=back)


TRANSFERS: Final = Ledger(
    key="transfers",
    title="情報授受簿",
    sign="授受",
    keeper=WARD,
    clause="特17(1)",
    about="情報の授受は、管理責任者と従事者に限ります。連絡・受領の記録から入り、ほかは手で記入します",
    handling_mark="重要情報（氏名を含む）",
    columns=(
        LedgerColumn("at", "授受日時", "moment", width=26, is_past_event=True),
        LedgerColumn("direction", "方向", "choice", choices=(TO_CONTRACTOR, FROM_CONTRACTOR, FROM_VENUE),
            width=21),
        LedgerColumn("name", "情報の名称", width=58),
        LedgerColumn("sort", "区分", "choice", choices=(PLAIN, IMPORTANT, PERSONAL), width=17,
            shown_under=("name", "")),
        LedgerColumn("form", "形態", "choice", choices=(MAIL, PAPER, MEDIUM, ONLINE, SPOKEN), width=15,
            shown_under=("direction", "")),
        LedgerColumn("quantity", "数量", width=13, hint="10枚、1通、3件"),
        LedgerColumn("giver", "引渡者", "person", width=22),
        LedgerColumn("receiver", "受領者", "person", width=22, shown_under=("giver", "→ ")),
        LedgerColumn("received", "受領確認日", "day", width=26, is_past_event=True, is_required=False,
        filled_later=True,
            only_when=("form", (PAPER, MEDIUM)), shown_in_list=False),
        LedgerColumn("back", "返却予定", "day", width=26, is_required=False, shown_in_list=False),
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
    doubt_rules=(_person_doubts, _encryption_doubts),
    held_item=_held_transfer,
    totals=(
        Total(IMPORTANT, lambda cells: cells.get("sort") in _PROTECTED_KINDS),
        Total("受領未確認", _awaits_receipt, names_rows=True),
        Total("返却を待つもの", _is_returned, names_rows=True),
    ),
    note="引渡者・受領者は、区の職員ならびに受託者の管理責任者および従事者名簿（従事期間内）の者に限る。",
)  # fmt: skip
