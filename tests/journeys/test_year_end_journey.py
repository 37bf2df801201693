"""The end of the sample year, 12 March to 30 April: what is left is ordered away, erased, proven, inspected and paid,
and home has nothing of it left. Each day is an opening and a closing of its own, as an office has them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.contributions import register_contributions
from app.data_folder.services.data_folder import create_data_folder
from app.documents.services.document_kind import document_kind
from app.documents.services.document_saving import save_document, set_letter_state
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from app.documents.services.file_saving import SaveOptions
from app.documents.services.saved_outside import read_saved_outside
from app.event.rules import target_dates
from app.event.rules.closing_deadlines import INSPECTION, PAYMENT
from app.event.services.tasks.task import PROPOSAL
from app.home.today.services.home import read_home
from app.ledgers.services import ledger_writing
from app.programme.intake import preset
from app.programme.rules import CERTIFIED
from app.received.services import IncomingFile, ReceiptScope, confirm_paper, receive_paper, received_of_kind
from app.sample.services import sample_april
from app.sample.services.sample_year import fill_sample_year
from app.settings.disposal.services.contract_end import read_contract_end
from app.settings.disposal.services.disposal import mark_for_erasing
from app.settings.disposal.services.due_rows import read_due
from app.submissions.deliverables.documents import KIND as ORDER
from app.submissions.deliverables.rules import year_form_definitions as pages
from app.submissions.deliverables.services import submission_forms
from app.submissions.reports.services import report_check
from app.year_end.completion.services import checks, follow_ups, inspections, payments
from app.year_end.completion.services.completion import read_completion
from app.year_end.completion.services.completion_documents import annex_facts
from db.records.disposals import Disposal
from db.records.documents import LetterForm, LetterState, OutgoingWay
from db.records.event_status import EventStatus
from db.records.events import Event
from db.records.organisations import Contact, Person
from db.records.submissions.received import Receipt
from db.records.year.completion import Payment
from db.redactions import is_redacted_text
from db.rows import rows
from db.store import Store
from db.tables import reports
from tests.support import submission_forms as made
from tests.support.completion import an_inspection, as_the_register_has_it
from tests.support.data_folders import LOGIN, NAME, PASSWORD, closed, opened
from tests.support.handout_pdfs import handout
from tests.support.paper_words import said_by
from tests.support.whole_year import look_through

YEAR = DocumentScope(fiscal_year=2026)
YEAR_SCOPE = ReceiptScope(programme_id=1)
BEGINS = datetime(2026, 8, 3, 9, 0)
OF_THE_END = {
    ORDER, "消す時期が来たもの", target_dates.NOTICE, target_dates.INSPECTED, INSPECTION, target_dates.INVOICE,
    target_dates.PAID, PAYMENT,
    PROPOSAL, target_dates.RECEIVED_AGAIN,
    follow_ups.COMPARE, follow_ups.REPAIR, follow_ups.NOTIFY, follow_ups.ORDER, follow_ups.ASK,
}  # fmt: skip
"""What home asks for at the end of a contract."""
AS_IT_COMES = {"区の年中行事", "届出の予定"}
"""Days of the ward and of 団体, which fall on a day of their own."""


def at(day: str, hour: int = 9) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(hour))


@pytest.fixture
def office(tmp_path) -> Callable[[str], object]:
    """Opens the folder of the sample year on a day, and closes it in the evening."""
    register_contributions()
    place = tmp_path / "data"
    store, _key = create_data_folder(
        place,
        login_id=LOGIN,
        display_name=NAME,
        password=PASSWORD,
        now=BEGINS,
        fill=lambda made: fill_sample_year(made, by=NAME, now=BEGINS),
    )
    _finish_the_events(store)
    closed(store, now=at("2027-03-05"))

    @contextmanager
    def on(day: str) -> Iterator[Store]:
        store = opened(place, now=at(day, 8))
        yield store
        closed(store, now=at(day, 17))

    return on


def _finish_the_events(store: Store) -> None:
    """Hold what was planned, and have every report and the 提案書 confirmed: the year as its work left it."""
    for event in sorted(
        rows(store.database, Event, status=EventStatus.PLANNED), key=lambda one: one.event_date or date.max
    ):
        if event.event_date is not None:
            sample_april._hold_event(store, event, by=NAME)
    who = ActionContext(store, NAME, at("2027-03-05"))
    for event in rows(store.database, Event):
        if event.status == "中止" or event.event_date is None:
            continue
        came = [one for one in reports.reports_of_event(store.database, event.id) if one.way == "受領"]
        if came and came[-1].status == "確認済":
            continue
        report = report_check.receive_report(
            who,
            event_id=event.id,
            data=handout(),
            name="報告書.pdf",
            pages=1,
            received_on=date(2027, 3, 5),
            received_how="メール",
        ).id
        for point in next(one for one in preset().kinds if one.kind == event.kind).report_items:
            report_check.tick_point(who, report_id=report, point=point, found=True)
        settled = [
            report_check.SettledFigure(figure_id=one.id, theirs=one.ours)
            for one in reports.figures_of_report(store.database, report)
        ]
        report_check.set_figures(who, report_id=report, settled=settled)
        report_check.confirm_report(who, report_id=report, on=date(2027, 3, 5), reason="数は受託者の記録")
    _receive(store, "提案書", "2027-03-05")
    look_through(store, kind="提案書", by=NAME, now=who.now)
    confirm_paper(who, paper_id=received_of_kind(store, "提案書", YEAR_SCOPE)[-1].id, on=date(2027, 3, 5))


def _receive(store: Store, kind: str, day: str) -> int:
    receipt = Receipt(received_on=date.fromisoformat(day), received_how="持参", original_place="紙ファイル")
    return receive_paper(ActionContext(store, NAME, at(day)), kind=kind, scope=YEAR_SCOPE, receipt=receipt).id


def _home(store: Store, day: str) -> set[str]:
    """What of the end of the contract home asks for."""
    return {name for name, _event in _everything(store, day)} & OF_THE_END


def _everything(store: Store, day: str) -> set[tuple[str, int | None]]:
    """All that home asks for, each by its task and event."""
    home = read_home(store, today=date.fromisoformat(day))
    return {
        (one.task.task, one.task.event_id)
        for one in (*home.rows, *home.later_rows, *home.passed_targets, *home.self_managed)
    }


def _issue(who: ActionContext, kind: str, number: str) -> None:
    """The letter is 決裁済, and goes out the same day under its number."""
    given = {"decided_on": who.today, "document_number": number, "issued_on": who.today}
    set_letter_state(who, scope=YEAR, kind=kind, form=LetterForm.FORMAL, state=LetterState.ISSUED, **given)


def _save(who: ActionContext, kind: str, path: Path) -> None:
    save_document(who, scope=YEAR, kind=kind, format="pdf", options=SaveOptions(path=path))


def _tell(store: Store, folder: Path, day: str, number: str) -> None:
    """The letter: saved, 施行 with its number, and told by it."""
    who = ActionContext(store, NAME, at(day))
    _save(who, ORDER, folder / f"指示-{day}.pdf")
    _issue(who, ORDER, number)


def _erase(store: Store, day: str) -> int:
    lines = [one.id for one in read_due(store, today=date.fromisoformat(day)).due_lines]
    mark_for_erasing(ActionContext(store, NAME, at(day)), lines=lines, witness="立会 花子")
    return len(lines)


def _certificate(store: Store, day: str) -> bytes:
    """The ward's own form, filled in by the contractor: how, by whom and when for each row that stands in it."""
    book = openpyxl.load_workbook(BytesIO(made.year_form(store, pages.CERTIFICATE, at(day))))
    sheet = book["証明"]
    head = next(cell.row for line in sheet.iter_rows() for cell in line if cell.value == "情報項目")
    for row in range(head + 1, sheet.max_row + 1):
        if sheet.cell(row=row, column=1).value and sheet.cell(row=row, column=2).value:
            for column, value in ((4, "裁断"), (6, "受託見本　さくら"), (7, "2027/3/22")):
                sheet.cell(row=row, column=column, value=value)
    target = BytesIO()
    book.save(target)
    return made.filled(target.getvalue(), {"証明の残存": "無"})


@pytest.mark.nightly
def test_from_the_instruction_to_a_home_with_nothing_left(office, tmp_path):
    with office("2027-03-12") as store:
        before = _everything(store, "2027-03-12")
        _order_and_mark(store, tmp_path)
    with office("2027-03-15") as store:
        _something_comes_to_it(store, tmp_path)
    with office("2027-03-24") as store:
        _it_is_proven(store)
    with office("2027-03-25") as store:
        _receive(store, "業務完了届", "2027-03-25")
    with office("2027-03-30") as store:
        _it_is_inspected(store, tmp_path)
    with office("2027-04-05") as store:
        _receive(store, "請求書", "2027-04-05")
    with office("2027-04-12") as store:
        _erase_the_names_and_pay(store)
    with office("2027-04-13") as store:
        _nobody_is_named_any_more(store)
    with office("2027-04-30") as store:
        assert _home(store, "2027-04-30") == set()
        new = {name for name, _event in _everything(store, "2027-04-30") - before}
        assert new <= AS_IT_COMES, "what the year's work left open before stays; its end brings nothing"
        found = read_contract_end(store, fiscal_year=2026, today=date(2027, 4, 30))
        assert (found.remaining_count, found.next_step) == (0, "")
        assert [row.item for row in found.rows if row.state == "stray"] == []


def _order_and_mark(store: Store, folder: Path) -> None:
    assert {"返還・廃棄の指示", "消す時期が来たもの"} <= _home(store, "2027-03-12")
    found = read_contract_end(store, fiscal_year=2026, today=date(2027, 3, 12))
    assert (found.remaining_count, found.next_step) == (9, "指示")
    _tell(store, folder, "2027-03-12", "8練地協第0001号")
    assert "返還・廃棄の指示" not in _home(store, "2027-03-12")
    path = folder / "一式.xlsx"
    save_document(
        ActionContext(store, NAME, at("2027-03-12")),
        scope=YEAR,
        kind="データ返還一式",
        format="xlsx",
        options=SaveOptions(path=path, way=OutgoingWay.ENCRYPTED, password="みほんの鍵はながいほどよい"),
    )
    assert path.read_bytes()[:2] != b"PK", "it opens with the password alone"
    assert read_saved_outside(store)[0].row.document_kind == "データ返還一式"
    assert _erase(store, "2027-03-12") >= 1


def _something_comes_to_it(store: Store, folder: Path) -> None:
    """A row of the ledger that was forgotten: home asks to tell it, and a second letter goes."""
    lines = read_due(store, today=date(2027, 3, 15)).lines
    assert {one.state for one in lines} >= {"erased"}, "the opening of a later day erased what was marked"
    assert "廃棄の記録" in said_by(_record(store, "2027-03-15"))
    cells = {
        "at": "2026-12-08T09:00",
        "direction": "区→受託者",
        "name": "第6回 参加者名簿の写し",
        "sort": "個人情報",
        "form": "紙",
        "quantity": "2部",
        "giver": "見本　係員",
        "receiver": "受託見本　恵子",
    }
    ledger_writing.enter_row(
        ActionContext(store, NAME, at("2027-03-15")), key="transfers", fiscal_year=2026, cells=cells
    )
    assert "返還・廃棄の指示" in _home(store, "2027-03-15")
    _tell(store, folder, "2027-03-15", "8練地協第0002号")
    assert "返還・廃棄の指示" not in _home(store, "2027-03-15")


def _record(store: Store, day: str) -> object:
    erased = next(one for one in rows(store.database, Disposal, order="-id") if one.erased_at is not None)
    scope = DocumentScope(fiscal_year=2026, item=erased.id)
    return build_document(store, scope=scope, kind="廃棄の記録", now=at(day))


def _it_is_proven(store: Store) -> None:
    assert "返還・廃棄の指示" in _home(store, "2027-03-24"), "the certificate is due within a week"
    data = _certificate(store, "2027-03-24")
    book = made.read(data)
    view = submission_forms.preview_form(store, book=book, fiscal_year=2026, today=date(2027, 3, 24))
    assert view.faults == ()
    assert [row.goes_to_ledger for row in view.rows] == [True] * 10
    who = ActionContext(store, NAME, at("2027-03-24"))
    submission_forms.receive_form(
        who,
        book=book,
        file=IncomingFile(data=data, name="証明書.xlsx"),
        receipt=Receipt(received_on=date(2027, 3, 24), original_place="文書管理システム"),
        fiscal_year=2026,
    )
    shown = read_completion(store, fiscal_year=2026, today=date(2027, 3, 24))
    assert shown.holdings.remaining == ()
    assert [one.kind for one in shown.open_papers] == [CERTIFIED], "the 検査 waits for the ward's look at it"
    look_through(store, kind=CERTIFIED, by=NAME, now=who.now)
    paper = received_of_kind(store, CERTIFIED, YEAR_SCOPE)[-1]
    confirm_paper(who, paper_id=paper.id, on=date(2027, 3, 24))
    assert "返還・廃棄の指示" not in _home(store, "2027-03-24")


def _it_is_inspected(store: Store, folder: Path) -> None:
    day = date(2027, 3, 30)
    who = ActionContext(store, NAME, at("2027-03-30"))
    notice = read_completion(store, fiscal_year=2026, today=day).notice
    assert notice is not None
    said = {name: notice.register.values.get(name, "") for one in notice.points for name in one.point.fields}
    said |= {"届出の日付": "2027-03-25", "完了年月日": "2027-03-22"}
    checks.note_reading(who, paper_id=notice.paper.id, said=said)
    for name in read_completion(store, fiscal_year=2026, today=day).notice.open_names:
        checks.accept_point(who, paper_id=notice.paper.id, point=name, reason="受託者に確かめた")
    checks.finish_check(who, paper_id=notice.paper.id, on=day, first_by="見本　太郎")
    inspections.save_inspection(who, inspection=an_inspection(day, open_reason=""))
    shown = read_completion(store, fiscal_year=2026, today=day)
    facts = annex_facts(store, shown, day)
    assert (facts.disposal, facts.open_words) == ("10件のうち10件を証明　残りなし", "0件")
    assert next(one for one in facts.papers if one.title == CERTIFIED).points == "6／6"
    assert "証明書　1通（10件）" in said_by(document_kind("業務完了届").build(store, YEAR, at("2027-03-30")))
    _save(who, "検査結果通知", folder / "結果.pdf")
    _issue(who, "検査結果通知", "8練地協第0003号")
    with pytest.raises(UserError, match="もう合格"):
        inspections.save_inspection(who, inspection=an_inspection(day))


def _erase_the_names_and_pay(store: Store) -> None:
    assert "消す時期が来たもの" in _home(store, "2027-04-12")
    assert _erase(store, "2027-04-12") >= 2
    day, who = date(2027, 4, 12), ActionContext(store, NAME, at("2027-04-12"))
    invoice = read_completion(store, fiscal_year=2026, today=day).invoice
    assert invoice is not None
    checks.note_reading(who, paper_id=invoice.paper.id, said=as_the_register_has_it(invoice, date(2027, 4, 2)))
    for name in read_completion(store, fiscal_year=2026, today=day).invoice.open_names:
        checks.accept_point(who, paper_id=invoice.paper.id, point=name, reason="受託者に確かめた")
    checks.finish_check(who, paper_id=invoice.paper.id, on=day, first_by="見本　太郎", second_by="見本　次郎")
    payments.save_payment(who, payment=Payment(programme_id=1, ordered_on=day, order_number="8-1", paid_on=day))


def _nobody_is_named_any_more(store: Store) -> None:
    contacts = [one.value for one in rows(store.database, Contact) if one.dispose_on == date(2027, 4, 30)]
    assert contacts, "rows stay"
    assert all(is_redacted_text(value) or not value for value in contacts)
    assert sum(is_redacted_text(one.name) for one in rows(store.database, Person)) > 0
    assert "廃棄の記録" in said_by(_record(store, "2027-04-13"))
