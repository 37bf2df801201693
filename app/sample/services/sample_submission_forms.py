"""Submission forms that came back in the sample year, items to be brought, and handovers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from app.documents.excel.render import render_xlsx
from app.documents.services.document_context import event_document_context
from app.foreign_files.workbooks.form_workbook import read_own_form
from app.ledgers.services import ledger_writing
from app.programme.services import programme_of_event
from app.received.services import IncomingFile
from app.sample.services.sample_events import SampleEvents
from app.submissions.deliverables.documents import form_document
from app.submissions.deliverables.rules.submission_form import FormPrefill
from app.submissions.deliverables.services.circulation import circulate
from app.submissions.deliverables.services.form_documents import figures_form_of
from app.submissions.deliverables.services.submission_forms import receive_form
from db.records.events import Event
from db.records.submissions.received import Receipt, ReceivedPaper
from db.rows import rows
from db.store import Store
from db.tables.reports import REPORT_KIND

RunService = Callable[..., Any]
_ANSWERS = {"申込": "19", "出席": "十八人", "欠席": "1", "団体": "14", "時間割の分": "120"}
_BROUGHT_ITEMS = (
    ("2026-12-08", "見本つつじ台区民館　研修室", "モバイルルーター", "1", "会場の通信", "有", "導入済"),
    ("2026-12-08", "見本つつじ台区民館　研修室", "延長コード", "4", "端末の充電", "無", ""),
)
_HANDED_OVER = (
    ("2026-08-03", "参加者向け案内の原稿（共有フォルダーの閲覧）", "アクセス権限", "資料の作成"),
    ("2026-08-20", "貸与タブレットの設定資料", "資料", "講習会の準備"),
)


def fill_submission_forms(store: Store, sample: SampleEvents, run_service: RunService) -> None:
    """Insert a returned form with one cell to correct, a circulated report, and first rows of both ledgers."""
    event = sample.events["E1"]
    on = datetime.fromisoformat("2026-11-27 14:10")
    data = _filled_form(store, event, on)
    run_service(
        receive_form,
        "2026-11-27 14:10",
        book=read_own_form(data),
        file=IncomingFile(data=data, name="実施報告書の数字_第1回_意見交換会.xlsx"),
        receipt=Receipt(received_on=date(2026, 11, 27), received_time="14:05", original_place="文書管理システム"),
        fiscal_year=2026,
    )
    report = rows(store.database, ReceivedPaper, event_id=event.id, kind=REPORT_KIND, order="version")[-1]
    run_service(
        circulate, "2026-11-30 09:30", paper_id=report.id, on=date(2026, 11, 30), to="係長", note="所感の章を確かめる"
    )
    for given, what, sort, use in _HANDED_OVER:
        cells = {"given": given, "what": what, "sort": sort, "to": "受託見本　恵子", "use": use}
        run_service(ledger_writing.enter_row, "2026-11-30 10:00", key="provided", fiscal_year=2026, cells=cells)
    for brought, place, goods, quantity, use, computer, antivirus in _BROUGHT_ITEMS:
        cells = {
            "brought": brought, "place": place, "goods": goods, "quantity": quantity, "use": use, "computer": computer,
            "antivirus": antivirus,
        }  # fmt: skip
        run_service(ledger_writing.enter_row, "2026-11-30 10:10", key="goods", fiscal_year=2026, cells=cells)


def _filled_form(store: Store, event: Event, now: datetime) -> bytes:
    """Return the form as the contractor filled it in, one number in words, everything else as counted."""
    view = programme_of_event(store, event, on=now.date())
    form = figures_form_of(store, event, view)
    filled = dict(_ANSWERS)
    filled |= {item.key: "1" for item in form.items if item.figure.startswith("資料の版")}
    context = event_document_context(store, event, form.title, now, view=view)
    return render_xlsx(form_document(context, form, FormPrefill(values=filled)))
