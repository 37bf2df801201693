"""What the contractor handed in by the 特記事項 in the sample year, and a restore drill of the ward.

These are 教育, a change of 従事者, a drill, and a sheet that was missing for half an hour.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from app.data_folder.services import drill
from app.documents.excel.render import render_xlsx
from app.documents.services.document_context import document_context_of
from app.documents.services.document_scope import DocumentScope
from app.foreign_files.workbooks.form_workbook import read_own_form
from app.ledgers.rules import FITS, OUTSIDE
from app.ledgers.services import check_lists, ledger_writing
from app.ledgers.services.ledger_reading import read_ledger
from app.programme.services import read_programme
from app.received.services import IncomingFile, confirm_paper, judge_point
from app.registers.workers.services import read_workers
from app.sample.services.sample_events import STAFF
from app.sample.services.sample_incident import fill_incident
from app.settings.drill.services import record_drill
from app.submissions.deliverables.documents import form_document
from app.submissions.deliverables.rules import year_form_definitions as pages
from app.submissions.deliverables.rules.submission_form import FormPrefill
from app.submissions.deliverables.services.form_documents import year_form
from app.submissions.deliverables.services.submission_forms import receive_form
from db.backups import copies
from db.records.backups import DrillFolder, DrillStep, RestoreDrill
from db.records.submissions.received import PointResult, Receipt
from db.store import Store

RunService = Callable[..., Any]
_TAUGHT, _TOLD = "2026-07-29", "2026-07-31"
_CHANGE = {
    "name": "受託見本　次郎", "what": "所属", "old": "見本企画株式会社", "new": "見本企画株式会社　研修部",
    "on": "2026/9/1", "reason": "部署の異動",
}  # fmt: skip
_DRILL = {
    "訓練の種別": "手順の確認", "訓練の日": "2026/10/20", "訓練の想定": "会場に受付名簿を置き忘れた",
    "訓練の参加": "管理責任者、業務責任者、講師3人",
    "訓練の手順": "事故対応手順　第1版", "訓練の内容": "連絡網の順に、第一報までを読み合わせた。20分で終えた。",
    "訓練の分": "30", "訓練の改善": "時間外の電話番号を連絡網に加える", "訓練のつぎ": "2027/2/16",
}  # fmt: skip
_INCIDENT = {
    "事故の種別": "事故のおそれ", "事故の発生日": "2026/9/10", "事故の発生時刻": "16:25", "事故の把握日": "2026/9/10",
    "事故の把握時刻": "16:50", "事故の第一報日": "2026/9/10", "事故の第一報時刻": "17:05",
    "事故の内容": "講習会の会場で、撮影の了解書1枚が所定の封筒になく、机の下で見付かった",
    "事故の数量": "了解書1枚、対象者1人", "事故の場所": "会場の研修室",
    "事故の状況": "片付けで封筒の枚数と受付の数が合わないことに従事者が気付き、25分後に見付けた",
}  # fmt: skip
_MEASURES = (
    {"on": "2026/9/10", "what": "了解書を封筒に入れて施錠し、枚数を2人で確かめた", "who": "受託者", "state": "措置"},
    {"on": "2026/9/10", "what": "区へ電話で第一報をした", "who": "業務責任者", "state": "措置"},
)
_CORRECTED_MEASURES = (
    *_MEASURES,
    {"on": "2026/9/30", "what": "枚数を3回数える形に変えた", "who": "受託者", "state": "再発防止（実施済）"},
)


_ALLOWANCE = {
    "sort": "再委託", "what": "当日資料の印刷・帳合い", "grade": "情報", "party": "見本印刷株式会社",
    "reason": "自社に大判の印刷機がない", "begins": "2026/9/1", "ends": "2027/3/15",
}  # fmt: skip
_ANSWER = {
    "answer": "許可・承認", "answered": "2026-08-07", "who": STAFF, "number": "8見本協収第21号",
    "terms": "個人情報を渡さない",
}  # fmt: skip
_SERVICE = {
    "service": "見本フォーム（無料版）", "provider": "見本クラウド株式会社", "terms": "利用規約　2026年4月版",
    "use": "講習会・意見交換会のアンケート（無記名の回答）", "begins": "2026-09-01", "ends": "2027-03-31",
}  # fmt: skip
_RISK_MEASURES = {
    8: "紙の用紙も配り、停止のときは紙だけで回収する", 9: "締切の翌日に回答を取り込み、区の記録に残す",
    11: "事業の終わりに回答を削除し、削除の画面を証明書に添える",
}  # fmt: skip
_VISITS = (
    {
        "held": "2026-11-06", "sort": "実地の調査", "whom": "見本企画株式会社（受託者の事務所）", "who": STAFF,
        "asked": "アンケート用紙の保管と施錠", "result": "改善を指示", "found": "鍵の管理簿に記入のない日がある",
        "until": "2026-11-20",
    },
)  # fmt: skip


def fill_protection(store: Store, run_service: RunService) -> None:
    """Insert a year of 情報保護: trainings, checked forms, an incident, a request, a service, visits and drills."""
    for one in read_workers(store.database, read_programme(store, fiscal_year=2026).programme):
        if one.begins is None or one.begins > date(2026, 8, 3):
            continue
        cells = {"told": _TOLD, "name": one.name, "belongs": one.affiliation, "state": "受講", "held": _TAUGHT}
        run_service(ledger_writing.enter_row, "2026-08-03 11:00", key="lessons", fiscal_year=2026, cells=cells)

    def take(title: str, moment: str, filled: FormPrefill, *, follows: int = 0, looked: tuple[str, ...] = ()) -> int:
        """Receive a filled form, mark the ``looked`` points as right, and return its id."""
        on = datetime.fromisoformat(moment)
        data = _filled_form(store, title, filled, on)
        paper: int = run_service(
            receive_form,
            moment,
            book=read_own_form(data),
            file=IncomingFile(data=data, name=f"{title}_{on:%Y%m%d}.xlsx"),
            receipt=Receipt(received_on=on.date(), received_time=f"{on:%H:%M}", original_place="文書管理システム"),
            fiscal_year=2026,
            predecessor_id=follows,
        ).id
        for point in looked:
            run_service(judge_point, moment, paper_id=paper, point=point, result=PointResult.FINE)
        return paper

    def confirm(paper: int, moment: str, reason: str = "") -> None:
        """Confirm a received form."""
        on = datetime.fromisoformat(moment).date()
        run_service(confirm_paper, moment, paper_id=paper, on=on, reason=reason)

    confirm(take(pages.CHANGES, "2026-09-07 10:20", FormPrefill(lines=(_CHANGE,))), "2026-09-07 10:40")
    first = take(
        pages.INCIDENT, "2026-09-10 18:10", FormPrefill(values={"事故の報": "第一報", **_INCIDENT}, lines=_MEASURES)
    )
    last: Mapping[str, str] = {"事故の報": "最終", **_INCIDENT, "事故の原因": "回収の枚数を数える時が終了後だけだった"}
    again = take(
        pages.INCIDENT,
        "2026-10-02 11:30",
        FormPrefill(values=last, lines=_CORRECTED_MEASURES),
        follows=first,
        looked=("再発防止策の実施",),
    )
    confirm(again, "2026-10-02 14:00")
    fill_incident(store, run_service)
    confirm(take(pages.ALLOWANCE, "2026-08-06 09:20", FormPrefill(lines=(_ALLOWANCE,))), "2026-08-07 09:00")
    _answer_request(store, run_service)
    _record_services(run_service)
    for cells in _VISITS:
        row = run_service(
            ledger_writing.enter_row, f"{cells['held']} 17:00", key="visits", fiscal_year=2026, cells=cells
        ).id
        run_service(
            ledger_writing.correct_row,
            "2026-11-19 16:20",
            key="visits",
            fiscal_year=2026,
            row_key=f"typed:{row}",
            column="ended",
            value="2026-11-19",
            reason="",
        )
    confirm(take(pages.DRILL, "2026-10-22 09:50", FormPrefill(values=_DRILL)), "2026-10-22 13:10")
    _record_restore(store, run_service)


def _record_restore(store: Store, run_service: RunService) -> None:
    """Record a restore drill of the previous evening's backup with the recovery key."""
    began, made = (datetime.fromisoformat(f"2026-11-{at}") for at in ("13T13:00", "12T17:31"))
    held = copies.contents(store.database)
    counts = drill.count_by_kind((held.counts, held.seq), (held.counts, held.seq))
    done = (
        (drill.STEP_RESTORED, "第12世代と、そのあとの変更 3件"), (f"{drill.WITH_KEY}で開いた", ""),
        (drill.STEP_PAGES, "異常 0"),
        (drill.STEP_CHAIN, f"No 1から No {held.seq:,}まで"), (drill.STEP_COMPARED, f"{len(counts)}種類"),
        (drill.STEP_FILES, f"{held.counts['stored_files']}件"), (drill.STEP_REMOVED, ""),
    )  # fmt: skip
    outcome = RestoreDrill(
        fiscal_year=2026,
        number=0,
        began=began,
        ended=began + timedelta(seconds=14),
        by="",
        pc="見本のPC",
        opened_with=drill.WITH_KEY,
        generation=12,
        made=made,
        replayed=3,
        places=(DrillFolder(where=drill.DATA_FOLDER_LABEL, newest=made, generations=12),),
        steps=tuple(DrillStep(what=what, at=began, good=True, note=note) for what, note in done),
        counts=counts,
    )
    run_service(record_drill, "2026-11-13 13:02", drill=outcome, witness="見本　係長")


def _answer_request(store: Store, run_service: RunService) -> None:
    """Grant a request: day, person, number and condition go into the row."""
    book = read_ledger(store, key="allowances", fiscal_year=2026, today=date(2026, 8, 7)).book
    (line,) = [one for one in book.lines if one.is_typed]
    for column, value in _ANSWER.items():
        run_service(
            ledger_writing.correct_row,
            "2026-08-07 09:30",
            key="allowances",
            fiscal_year=2026,
            row_key=line.key,
            column=column,
            value=value,
            reason="",
        )


def _record_services(run_service: RunService) -> None:
    """Insert the online service of the survey forms, checked against the twelve risks before its first use."""
    sheet = run_service(
        check_lists.save_header,
        "2026-08-17 10:00",
        key="cloud_risks",
        fiscal_year=2026,
        header=_SERVICE,
        filled_on=date(2026, 8, 12),
        filled_by="管理責任者　受託見本　さくら",
    ).id
    for item in range(1, 13):
        answer = {"word": FITS, "evidence": f"利用規約　第{item + 3}条"}
        if item in _RISK_MEASURES:
            answer |= {"word": OUTSIDE, "measure": _RISK_MEASURES[item]}
        run_service(check_lists.answer_item, "2026-08-17 10:20", sheet_id=sheet, item=str(item), answer=answer)
    run_service(
        check_lists.accept_sheet,
        "2026-08-18 09:40",
        sheet_id=sheet,
        received_on=date(2026, 8, 18),
        checked_by=STAFF,
        review_on=date(2027, 8, 18),
    )


def _filled_form(store: Store, title: str, filled: FormPrefill, now: datetime) -> bytes:
    view = read_programme(store, fiscal_year=2026, on=now.date())
    context = document_context_of(store, DocumentScope(fiscal_year=2026), f"{title}（様式）", now)
    return render_xlsx(form_document(context, year_form(title, view), filled))
