"""外部サービス利用台帳 (F-25, 特19, 特20): the services of online forms, each with its 確認票.

A survey form, and an import of responses from one, is a service that handles information of the contract (特2-4). The
program asks once for each service, until its 確認票 was received or a reason was written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Final
from urllib.parse import urlsplit

from app.actions.action_id import ActionLink
from app.ledgers.rules.book import Book, DerivedRow, LedgerDoubt
from app.ledgers.rules.held_items import WHOLE_QUANTITY, HeldItem
from app.ledgers.rules.ledger_columns import LedgerColumn, cells_of
from app.ledgers.services.check_lists import read_sheets
from app.ledgers.services.ledger import CONTRACTORS, Ledger, Total
from app.subjects.settings.protection.rules import CLOUD, RISKS
from db.engine import Database
from db.frozen_record import frozen_record
from db.name_key import name_key
from db.records.programme import Programme
from db.records.surveys import EventSurvey
from db.rows import rows
from db.tables import events as event_table
from db.tables import surveys

SERVICES_KEY: Final = "services"
_KNOWN: Final = (
    ("google", "Google フォーム"), ("forms.gle", "Google フォーム"), ("office.com", "Microsoft Forms"),
    ("microsoft", "Microsoft Forms"), ("logoform", "LoGoフォーム"), ("example.jp", "見本フォーム"),
)  # fmt: skip
"""Service names by a part of the form's address; any other service is named by its host. example.jp is used by the
sample
year only.
"""
_ACCEPTED: Final = "オンラインの回答（取込）"
_FORM, _OTHER = "アンケートのフォーム", "その他"


@frozen_record
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
    events = {one.id: one for one in event_table.events_of_year(database, programme.id)}
    counted = surveys.response_counts(database)
    for survey in rows(database, EventSurvey, order="event_id"):
        event = events.get(survey.event_id)
        if event is None:
            continue
        day = survey.fixed_on or survey.agreed_on or event.event_date or programme.term_end
        since = datetime.combine(day, time())
        service = service_of(survey.online_url)
        if not service and survey.id in counted and counted[survey.id].online:
            service = _ACCEPTED
        if service:
            yield _FormUse(service=service, event_id=event.id, title=event.full_title, since=since)


def _derived_rows(database: Database, programme: Programme) -> Iterable[DerivedRow]:
    """Return one row for each service since its first form, with its 確認票 if there is one."""
    found: dict[str, list[_FormUse]] = {}
    for use in _form_uses(database, programme):
        found.setdefault(use.service, []).append(use)
    sheets = _accepted_check_sheets(database, programme)
    for service, uses in found.items():
        first = min(uses, key=lambda one: (one.since, one.event_id))
        yield DerivedRow(
            key=f"online_services:{service}",
            cells=cells_of(
                begins=first.since.date(),
                service=service,
                use=f"アンケート　{first.title}{f' ほか{len(uses) - 1}回' if len(uses) > 1 else ''}",
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
        for check in (CLOUD, RISKS)
        for sheet in read_sheets(database, programme.id, check.key)
        if sheet.received_on is not None
    ]


def _check_sheet_of(service: str, sheets: Iterable[tuple[str, str]]) -> str:
    """Return the 確認票 about a service, "" = none; 「見本フォーム（無料版）」 is about 見本フォーム."""
    key = name_key(service)
    return next((reference for about, reference in sheets if key and key in about), "")


def _unchecked_doubts(database: Database, programme: Programme, book: Book, _today: object) -> Iterable[LedgerDoubt]:
    """Return doubts about services without a received 確認票.

    A service typed by hand is included only if one of the year's forms uses it.
    """
    sheets = _accepted_check_sheets(database, programme)
    for line in book.lines:
        service = line.cells.get("service", "")
        outside = line.cells.get("excepted", "")
        if line.cancel_reason or line.cells.get("sheet") or outside or _check_sheet_of(service, sheets):
            continue
        yield LedgerDoubt(
            row=line.key,
            rule=f"確認票:{service}",
            words="確認票がありません",
            explanation=f"「{service}」の確認票を、まだ受け取っていません。氏名などの重要情報を扱うときは"
            f"「{CLOUD.title}」、扱わないときは「{RISKS.title}」を作成して受領するか、要らない理由を書きます。",
            basis="特19・特20",
            column="sheet",
            question=f"アンケートなどに使う「{service}」について、確認票の提出をお願いします。",
        )


def _held_by_service(cells: Mapping[str, str]) -> HeldItem | None:
    """Return what a service still holds; responses to a form are counted with their survey."""
    if cells.get("sort") == _FORM or cells.get("excepted"):
        return None
    return HeldItem(
        item=cells.get("use", ""),
        medium=cells.get("service", ""),
        quantity=WHOLE_QUANTITY,
        returned_on=cells.get("ends", ""),
    )


SERVICES: Final = Ledger(
    key=SERVICES_KEY,
    title="外部サービス利用台帳",
    sign="外部",
    keeper=CONTRACTORS,
    clause="特19・特20",
    about="契約の情報を扱うオンラインのフォームなど。アンケートのフォームと取込から入り、ほかは手で記入します",
    check_interval="年1回",
    columns=(
        LedgerColumn("begins", "利用開始", "day", width=26),
        LedgerColumn("service", "サービス", width=52),
        LedgerColumn("sort", "種類", "choice", choices=(_FORM, "ファイルの共有", "メール・チャット", _OTHER), width=36),
        LedgerColumn("use", "使い道・情報", width=62),
        LedgerColumn("sheet", "確認票", width=24, is_required=False, filled_later=True, hint="確認票の番号"),
        LedgerColumn("excepted", "除外の理由", "choice", is_required=False, width=36,
            choices=("電気通信サービス", "郵便・運送", "金融機関", "公的機関の求め", "教材（町会の利用）")),
        LedgerColumn("ends", "利用終了", "day", is_required=False, filled_later=True, shown_in_list=False,
        has_print_column=False),
        LedgerColumn("note", "備考", width=14, is_required=False, shown_in_list=False),
    ),
    sources=(_derived_rows,),
    doubt_rules=(_unchecked_doubts,),
    held_item=_held_by_service,
    totals=(Total("確認票のあるもの", lambda cells: bool(cells.get("sheet"))),),
    note="電気通信・郵便・運送・金融機関のサービスと、公的機関から利用を求められるものは、確認票を要しない（特19-1）。",
)  # fmt: skip
