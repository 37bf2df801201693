"""The end of a contract for tests: the papers received, the 検査 recorded and the 請求書 returned, each
by its service."""

from dataclasses import replace
from datetime import date

from app.actions.action_context import ActionContext
from app.programme import services as programme_services
from app.received import services as received_services
from app.received.services import ReceiptScope
from app.year_end.completion.rules import INVOICE_POINTS, SEAL
from app.year_end.completion.services import checks, inspections
from app.year_end.completion.services.completion import ComparedPaper, Completion, read_completion
from db.records.submissions.received import Receipt
from db.records.year.completion import Inspection
from db.store import Store
from tests.support.years import BY, at

NOTICE_DAY, INSPECTED, INVOICE_DAY = date(2027, 3, 25), date(2027, 3, 30), date(2027, 4, 5)
RETURNED, AGAIN, CHECKED = date(2027, 4, 7), date(2027, 4, 12), date(2027, 4, 13)
REASON = "提案書の確認が4月になると、会計課に伝えてある"


def shown(store: Store, today: date = CHECKED) -> Completion:
    """Give the end of the contract as it stands."""
    return read_completion(store, programme_id=1, today=today)


def know_contract(store: Store, day: date = date(2026, 9, 1)) -> None:
    """Type the contract register as far as the points ask for it."""
    view = programme_services.read_programme(store)
    programme_services.change_programme(
        ActionContext(store, BY, at(day)),
        programme=replace(
            view.programme,
            contract_date=date(2026, 7, 31),
            contract_number="8-0000",
            amount=2_970_000,
            tax=270_000,
            invoice_seal="不要",
            accounts_due=date(2027, 5, 14),
        ),
    )
    programme_services.set_contractor(
        ActionContext(store, BY, at(day)),
        contractor=replace(
            view.contractor,
            name="みほん受託株式会社",
            representative="代表取締役　見本　一郎",
            registration_number="T1234567890123",
            account="見本銀行　本店　普通　0000000",
            account_holder="ミホンジュタク",
        ),
    )


def receive(store: Store, kind: str, day: date) -> int:
    """Receive a paper on its day."""
    return received_services.receive_paper(
        ActionContext(store, BY, at(day)),
        kind=kind,
        scope=ReceiptScope(programme_id=1),
        receipt=Receipt(
            received_on=day, received_how="持参", receipt_number="9見本収第31号", original_place="紙ファイル"
        ),
    ).id


def an_inspection(day: date = INSPECTED, **values) -> Inspection:
    """A 検査 that is 合格 with a reason for what is open."""
    given = {
        "programme_id": 1, "held_on": day, "result": "合格", "inspector_post": "協働推進課長",
        "inspector": "見本　昭子",
        "witness_post": "主事", "witness": "見本　次郎", "staff": "見本　太郎", "open_reason": REASON,
    }  # fmt: skip
    return Inspection(**(given | values))


def inspect(store: Store, day: date = INSPECTED, **values) -> int:
    """Record a 検査 on its day."""
    return inspections.save_inspection(ActionContext(store, BY, at(day)), inspection=an_inspection(day, **values)).id


def as_the_register_has_it(found: ComparedPaper, dated: date, **other: str) -> dict[str, str]:
    """What a 請求書 says that agrees in everything but ``other``."""
    said = {name: found.register.values.get(name, "") for point in INVOICE_POINTS for name in point.fields}
    return said | {"請求日": dated.isoformat(), SEAL: "なし"} | other


def up_to_invoice(store: Store) -> int:
    """業務完了届, 検査 and 請求書; return the id of the last."""
    know_contract(store)
    receive(store, "業務完了届", NOTICE_DAY)
    inspect(store)
    return receive(store, "請求書", INVOICE_DAY)


def up_to_return(store: Store) -> int:
    """A 請求書 with a wrong 登録番号, returned and received again; return the id of the second."""
    first = up_to_invoice(store)
    newest = shown(store, INVOICE_DAY).invoice
    assert newest is not None
    checks.note_reading(
        ActionContext(store, BY, at(INVOICE_DAY)),
        paper_id=first,
        said=as_the_register_has_it(newest, date(2027, 4, 2), 登録番号="T123"),
    )
    checks.return_invoice(
        ActionContext(store, BY, at(RETURNED)), programme_id=1, returned_on=RETURNED, reason="登録番号の誤り"
    )
    return receive(store, "請求書", AGAIN)
