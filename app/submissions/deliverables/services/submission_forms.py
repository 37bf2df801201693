"""Preview a returned form, then receive it with its file, numbers and rows in one action."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.calendar.wareki import fiscal_year_words
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.foreign_files.intake_refusal import IntakeRefusal
from app.foreign_files.own_files import identify_own_file, own_file_words
from app.foreign_files.workbooks.form_workbook import FormWorkbook, read_form_file, read_form_workbook
from app.ledgers.services.ledger_writing import Correction, insert_corrections, insert_rows
from app.programme.services import ProgrammeView, read_programme
from app.received.services import (
    IncomingFile,
    ReceiptScope,
    find_received_kind,
    insert_received,
    newest_of_each,
    received_of_kind,
)
from app.submissions.deliverables.intake import FormFault, FormIdentity, FormReading, identify_form, read_form
from app.submissions.deliverables.rules.form_checks import WardCounts, answers_by_question, find_contradictions
from app.submissions.deliverables.rules.submission_form import FIGURES, SubmissionForm
from app.submissions.deliverables.services.form_documents import figures_form_of, single_choice_questions, year_form
from app.submissions.deliverables.services.form_findings import figures_in
from app.submissions.deliverables.services.year_form import SubmissionFormRow
from app.submissions.deliverables.services.year_forms import FORM_OF
from app.submissions.reports.documents.report_parts import ReportFacts
from app.submissions.reports.rules.report_figures import QUESTION_ITEM, SINGLE_ITEM, comparable_words, with_unit
from app.submissions.reports.rules.report_points import newest_report
from app.submissions.reports.services import report_facts
from app.submissions.reports.services.report_check import check_receipt_day
from db.journal import Change
from db.record import record
from db.records.events import Event
from db.records.submissions.received import PointCheck, PointResult, Receipt, ReceivedPaper
from db.records.submissions.reports import Report, ReportFigure, ReportOrigin
from db.rows import rows
from db.store import Store
from db.tables import reports

TITLES = (FIGURES, *FORM_OF)
"""The forms that are recognised when returned."""
_ABOUT = re.compile(r"-(\d{4,})$")


@record
class FormFigure:
    """One number of a form compared with the own one (「出席」, 「16人」, 「17人」; 一致, 差, 区の記録なし).

    ``state`` 読めた = an item that is compared with nothing.
    """

    item: str
    cell: str
    theirs: str
    ours: str
    state: str

    @property
    def id(self) -> str:
        """Return its id in a list."""
        return self.item


@record
class FormPreview:
    """The content of a form before it is stored.

    ``destination_words`` says in a sentence where its values go; ``item_count`` how many items it asks for,
    ``read_count`` how many were read. ``report_id`` is the received report whose numbers it fills, 0 = none.
    ``counts_rows``: rows are counted, else items. ``earlier`` are the documents of its kind that it may replace:
    id, words, whether that is likely.
    """

    title: str
    kind: str
    subject: str
    event_id: int | None
    programme_id: int
    item_count: int
    read_count: int
    lines: tuple[FormFigure, ...]
    rows: tuple[SubmissionFormRow, ...]
    faults: tuple[FormFault, ...]
    remarks: tuple[str, ...]
    destination_words: str
    report_id: int = 0
    counts_rows: bool = False
    earlier: tuple[tuple[int, str, bool], ...] = ()


@record
class _RecognisedForm:
    """Record of a form that was read, with the records to compare it with.

    ``figures`` are its numbers, ``cells`` their cells (「D9」) and ``ours`` the ward's numbers, each by item of
    数字の突合, and empty for a form of the year. ``report`` is the newest received report of the event.
    """

    reading: FormReading
    view: ProgrammeView
    event: Event | None
    figures: Mapping[str, str]
    cells: Mapping[str, str]
    ours: Mapping[str, str]
    report: Report | None


def open_form(*, path: Path) -> tuple[bytes, FormWorkbook]:
    """Read a workbook in a child process, without the store, and return it with its bytes.

    Raises:
        UserError: the file is unusable; the sentence says why and what to do.
    """
    try:
        data, book = read_form_file(path=path)
    except IntakeRefusal as refusal:
        raise UserError(str(refusal)) from refusal
    own = identify_own_file(data)
    if own is not None and own.file_type != "様式":
        raise UserError(
            f"{own_file_words(own)}です。",
            "受託者から届いたものなら「届いたものを受領する」から受領してください。",
        )
    return data, book


def form_title(*, path: Path) -> str:
    """Return the title of the form that a file is, without the store; raises ``UserError`` where it is none."""
    _data, book = open_form(path=path)
    try:
        return identify_form(book, TITLES).title
    except IntakeRefusal as refusal:
        raise UserError(str(refusal)) from refusal


def open_kept_form(*, data: bytes) -> FormWorkbook:
    """Read a stored form again; raises ``UserError`` when the file is no form."""
    try:
        return read_form_workbook(data)
    except IntakeRefusal as refusal:
        raise UserError(str(refusal)) from refusal


def preview_form(store: Store, *, book: FormWorkbook, fiscal_year: int, today: date) -> FormPreview:
    """Return a form's content compared with the records; nothing is written.

    Args:
        book: the cells of the workbook (``app.foreign_files.workbooks.form_workbook``).

    Raises:
        UserError: none of the ward's forms, or one of another version, year or event.
    """
    return _preview(store, _recognise_form(store, book, fiscal_year, today), today)


def _preview(store: Store, read: _RecognisedForm, today: date) -> FormPreview:
    """Return what taking a returned form over would change."""
    reading, form = read.reading, read.reading.form
    table_rows = _rows(store, read, today)
    lines = tuple(
        FormFigure(
            item=item,
            cell=read.cells.get(item, ""),
            theirs=theirs,
            ours=read.ours.get(item, ""),
            state=_state(theirs, read.ours.get(item, "")),
        )
        for item, theirs in read.figures.items()
    )
    bad = len({(fault.sheet, re.sub(r"\D", "", fault.cell)) for fault in reading.faults})
    by_rows = read.event is None and FORM_OF[form.title].ledger is not None
    whole = len(reading.lines) + bad if by_rows else len(form.units)
    if not lines and not by_rows:
        lines = tuple(
            FormFigure(
                item=item.title,
                cell=reading.cells[item.key].cell,
                theirs=reading.values[item.key],
                ours="",
                state="読めた",
            )
            for item in form.items
            if item.key in reading.values
        )
    kind = _kind(form)
    return FormPreview(
        title=form.title,
        kind=kind,
        subject=form.subject,
        event_id=read.event.id if read.event is not None else None,
        programme_id=read.view.programme.id,
        item_count=whole,
        read_count=len(reading.lines)
        if by_rows
        else len([unit for unit in reading.form.units if unit not in reading.faulty_units]),
        lines=lines,
        rows=table_rows,
        faults=reading.faults,
        remarks=reading.remarks,
        destination_words=_destination_words(read, table_rows),
        report_id=read.report.id if read.report is not None else 0,
        counts_rows=by_rows,
        earlier=earlier_papers(store, kind=kind, programme_id=read.view.programme.id, today=today),
    )


def earlier_papers(store: Store, *, kind: str, programme_id: int, today: date) -> tuple[tuple[int, str, bool], ...]:
    """Return the documents of a kind that a new one may replace, as id, words, and whether one is awaited.

    Nothing where a year has one document of the kind: a new one is its next version in any case.
    """
    if not find_received_kind(kind).allows_multiple:
        return ()
    came = newest_of_each(received_of_kind(store, kind, ReceiptScope(programme_id=programme_id)))
    return tuple(
        (
            one.id,
            f"{short_date(one.received_on, today)}に受領した{one.file_name or kind}（第{one.version}版）のつぎの版",
            one.status.is_returned,
        )
        for one in came
    )


def _state(theirs: str, ours: str) -> str:
    """Return 一致 or 差 for two numbers, 区の記録なし without an own one."""
    if not ours:
        return "区の記録なし"
    return "一致" if comparable_words(theirs) == comparable_words(ours) else "差"


def _destination_words(read: _RecognisedForm, table_rows: Sequence[SubmissionFormRow]) -> str:
    """Return the sentence that says where the contents of the form go."""
    if read.reading.form.title == FIGURES:
        if read.report is None:
            return (
                "実施報告書がまだ届いていないため、様式だけを受領します。報告書が届いたら、数字を突合に入れられます。"
            )
        return f"読めた数字を、実施報告書（第{read.report.version}版）の数字の突合に入れます。"
    ledger = FORM_OF[read.reading.form.title].ledger
    if ledger is None:
        return "ファイルを受領し、読めた項目を内容確認に入れます。"
    entering = sum(row.goes_to_ledger and not row.corrects for row in table_rows)
    corrected = sum(row.goes_to_ledger and bool(row.corrects) for row in table_rows)
    does = [f"{entering}行を記入し"] * bool(entering) + [f"{corrected}件を訂正し"] * bool(corrected)
    return (
        f"{ledger.title}に{'、'.join(does)}ます。"
        if does
        else f"{ledger.title}に記入する行はありません。ファイルだけを受領します。"
    )


def _kind(form: SubmissionForm) -> str:
    return FORM_OF[form.title].kind if form.title in FORM_OF else form.title


def _rows(store: Store, read: _RecognisedForm, today: date) -> tuple[SubmissionFormRow, ...]:
    """Return the lines of a form with what becomes of each; none for a form without lines to enter."""
    form = FORM_OF.get(read.reading.form.title)
    return tuple(form.judge_rows(store, read.view, read.reading, today)) if form is not None else ()


def _recognise_form(store: Store, book: FormWorkbook, fiscal_year: int, today: date) -> _RecognisedForm:
    """Read a returned form and find its year and event; raises ``UserError`` where it is none of ours."""
    try:
        mark = identify_form(book, TITLES)
    except IntakeRefusal as refusal:
        raise UserError(str(refusal)) from refusal
    view = read_programme(store, fiscal_year=fiscal_year, on=today)
    event = _event(store, mark, view) if mark.title == FIGURES else None
    # The form of an event is that of its own day, as it was handed over.
    form = (
        figures_form_of(store, event, view.with_numbers_of(event.event_date))
        if event is not None
        else year_form(mark.title, view)
    )
    _check_identity(mark, form)
    reading = read_form(form, book)
    if event is None:
        reading = replace(reading, faults=(*reading.faults, *FORM_OF[mark.title].find_faults(reading)))
        return _RecognisedForm(reading=reading, view=view, event=None, figures={}, cells={}, ours={}, report=None)
    return _with_figures(store, reading, view, event)


def _event(store: Store, identity: FormIdentity, view: ProgrammeView) -> Event:
    """Return the event that the form is about; raises ``UserError`` where it is not of this year."""
    found = _ABOUT.search(identity.about)
    event = next(
        (
            one
            for one in rows(store.database, Event, programme_id=view.programme.id)
            if found and one.id == int(found[1])
        ),
        None,
    )
    year = fiscal_year_words(view.programme.fiscal_year)
    if event is None or not identity.about.startswith(f"{view.programme.year_code}-"):
        raise UserError(
            f"この様式の対象「{identity.about or '（空欄）'}」は、{year}の実施回にありません。",
            "年度を切り替えるか、その実施回の様式を受け取ってください。",
        )
    return event


def _check_identity(identity: FormIdentity, form: SubmissionForm) -> None:
    """Raise ``UserError`` for a form of another version or year, which would be misread."""
    if identity.version != form.version:
        which = f"第{identity.version}版" if identity.version else "版の分からないもの"
        older = "前の版です" if identity.version < form.version else "このアプリより新しい版です"
        raise UserError(
            f"この様式（{identity.title}）は{which}で、いまの第{form.version}版と違います。"
            f"{older if identity.version else ''}".rstrip("。")
            + "。",
            "帳票から様式を作り直して渡し、記入し直したものを受け取ってください。"
            "届いたファイルは「届いたものを受領する」で受領できます。",
        )
    if form.title != FIGURES and identity.about != form.about:
        raise UserError(
            f"この様式は{identity.about or '分からない年度'}のもので、{form.about}のものではありません。",
            "年度を切り替えてから、もう一度選んでください。",
        )


def _with_figures(store: Store, reading: FormReading, view: ProgrammeView, event: Event) -> _RecognisedForm:
    """Return the form with the ward's figures of the event, and with contradictions found added to its faults."""
    written = reports.reports_of_event(store.database, event.id)
    report = newest_report(written, "受領")
    facts = report_facts.gather_facts(
        store,
        event=event,
        report=report or Report(event_id=event.id, way=ReportOrigin.MADE, version=1),
        written=written,
    )
    singles = single_choice_questions(store, event)
    known = WardCounts(
        attended=facts.event.people.attended, online=facts.survey.online if facts.survey is not None else None
    )
    more = []
    for one in find_contradictions(reading.form, reading.values, single=singles, known=known):
        place = reading.cells[one.key]
        more.append(
            FormFault(
                cell=place.cell,
                sheet=place.sheet,
                problem_text=one.problem_text,
                todo=one.todo,
                affected_units=(one.unit,),
            )
        )
    reading = replace(reading, faults=(*reading.faults, *more))
    figures, cells = _figures(reading, facts, singles)
    return _RecognisedForm(
        reading=reading,
        view=view,
        event=event,
        figures=figures,
        cells=cells,
        ours=report_facts.own_values(facts),
        report=report,
    )


def _figures(
    reading: FormReading, facts: ReportFacts, singles: frozenset[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the numbers by the items of 数字の突合, and the cell of each, without faulty ones."""
    found = {}
    cells = {}
    for item in reading.form.items:
        if item.figure and item.key in reading.values and item.title not in reading.faulty_units:
            value = reading.values[item.key]
            found[item.figure] = f"{value}％" if item.kind == "rate" else with_unit(item.figure, value)
            cells[item.figure] = reading.cells[item.key].cell
    charts = {chart.code: chart for chart in facts.survey.charts} if facts.survey is not None else {}
    agreeing = []
    for group, items in answers_by_question(reading.form).items():
        chart = charts.get(group)
        if group in reading.faulty_units or chart is None or not any(item.key in reading.values for item in items):
            continue
        counts = {item.title.partition("　")[2]: reading.values.get(item.key, "0") for item in items}
        if any(row.text not in counts and row.kind != "outside" for row in chart.rows):
            continue
        name = f"{SINGLE_ITEM}　{group}"
        found[name] = "・".join(counts.get(row.text, "0") for row in chart.rows_as_asked)
        cells[name] = reading.cells[items[0].key].cell
        agreeing += [group] if group in singles else []
    single = [chart.code for chart in charts.values() if chart.type.takes_one]
    if single and "回収数" in reading.values and set(single) <= set(agreeing) and "回収数" not in reading.faulty_units:
        found[f"{QUESTION_ITEM}　{single[0]}〜{single[-1]}"] = f"各{reading.values['回収数']}人"
    return found, cells


def receive_form(
    context: ActionContext,
    *,
    book: FormWorkbook,
    file: IncomingFile,
    receipt: Receipt,
    fiscal_year: int,
    predecessor_id: int = 0,
) -> ActionResult:
    """Receive a form, which stores its file and writes its values in one action.

    The numbers of an event fill 数字の突合 of its newest received report, if its check is open; the rows of a form of
    the year go into its ledger as new rows or corrections. Faults are kept with the received document.

    Args:
        predecessor_id: the document that it replaces, where a year has several of its kind; 0 = a new one.

    Raises:
        UserError: none of the ward's forms, or one of another version, year or event, an impossible day of receipt, or
            ``predecessor_id`` is gone.
    """
    read = _recognise_form(context.store, book, fiscal_year, context.today)
    title = read.reading.form.title
    kind = _kind(read.reading.form)
    scope = (
        ReceiptScope(event_id=read.event.id)
        if read.event is not None
        else ReceiptScope(programme_id=read.view.programme.id)
    )
    if receipt.received_on > context.today:
        raise UserError("受領日が本日より後です。", "受領した日付をご確認ください。")
    if read.event is not None:
        check_receipt_day(read.event, receipt.received_on, context.today)
    declared = find_received_kind(kind)
    declared.reject_day(context.store, scope, receipt.received_on, context.today)
    before = received_of_kind(context.store, kind, scope)
    table_rows = [row for row in _rows(context.store, read, context.today) if row.goes_to_ledger]
    with context.change(f"返ってきた様式（{title}）を受領", "received", event_id=scope.event_id) as change:
        paper = insert_received(
            change, context, kind=kind, scope=scope, file=file, receipt=receipt, follows=predecessor_id
        )
        change.update(ReceivedPaper, paper.id, points=_points(read))
        declared.on_received(context.store, change, paper, context.by, context.now)
        entered = _fill(change, context.store, read, before[-1] if before else None)
        _enter_rows(context, change, title, table_rows, receipt.received_on, fiscal_year)
    return ActionResult(_result_words(read, entered, table_rows), paper.id)


def _enter_rows(
    context: ActionContext,
    change: Change,
    title: str,
    table_rows: Sequence[SubmissionFormRow],
    on: date,
    fiscal_year: int,
) -> None:
    """Write the rows of a form into its ledger (if it has one), new ones, and 訂正行 for differing ones."""
    form = FORM_OF.get(title)
    if form is None or form.ledger is None or not table_rows:
        return
    key, received = form.ledger.key, form.cells_from_receipt(on)
    insert_rows(
        context.store,
        change,
        key=key,
        fiscal_year=fiscal_year,
        rows=[{**row.cells, **received} for row in table_rows if not row.corrects],
        who=context.by,
        now=context.now,
        received_on=on,
    )
    insert_corrections(
        change,
        context,
        key=key,
        fiscal_year=fiscal_year,
        corrections=[
            Correction(row_key=row.corrects, column=column, value=value, reason=row.explanation)
            for row in table_rows
            if row.corrects
            for column, value in row.cells.items()
        ],
    )


def _result_words(read: _RecognisedForm, entered: int, table_rows: Sequence[SubmissionFormRow]) -> str:
    """Return the message after a form was taken over."""
    faults = fill_nonempty("直してもらうところが{}点あります。", len(read.reading.faults))
    if read.event is None:
        ledger = FORM_OF[read.reading.form.title].ledger
        if ledger is None:
            return f"様式を受領し、{len(read.reading.values)}項目を内容確認に入れました。{faults}"
        corrected = sum(bool(row.corrects) for row in table_rows)
        mended = fill_nonempty("{}件を訂正", corrected)
        made = f"{len(table_rows) - corrected}行を記入" if len(table_rows) > corrected or not corrected else ""
        return f"様式を受領し、{ledger.title}に{join_nonempty(made, mended, separator='、')}しました。{faults}"
    if read.report is None:
        return f"様式を受領しました。報告書が届いたら、数字を突合に入れられます。{faults}"
    return f"様式を受領し、{entered}件の数字を突合に入れました。{faults}"


def enter_figures(context: ActionContext, *, book: FormWorkbook, paper_id: int) -> ActionResult:
    """Fill 数字の突合 from a stored form whose report came later.

    Args:
        book: the cells of the stored file, read again.

    Raises:
        UserError: no report has come, its check is over, or every number is there already.
    """
    paper = get_or_raise(context.database, ReceivedPaper, paper_id)
    event = get_or_raise(context.database, Event, paper.event_id)
    view = read_programme(context.store, programme_id=event.programme_id, on=context.today)
    read = _recognise_form(context.store, book, view.programme.fiscal_year, context.today)
    if read.report is None:
        raise UserError("実施報告書がまだ届いていません。", "報告書を受領してから、数字を突合に入れてください。")
    with context.change("様式の数字を突合に入れた", "reports", event_id=event.id) as change:
        entered = _fill(change, context.store, read, paper)
        if not entered:
            raise UserError("突合に新しく入る数字はありません。", "すでに入っているか、報告書の確認が終わっています。")
    return ActionResult(f"{entered}件の数字を突合に入れました。", paper_id)


def _fill(change: Change, store: Store, read: _RecognisedForm, before: ReceivedPaper | None) -> int:
    """Write the numbers into 数字の突合 of a report under check, and return how many; values typed differently stay.

    Args:
        before: the earlier form, whose numbers are replaced by those of the new one.
    """
    if read.report is None or read.report.status.is_checked:
        return 0
    earlier = figures_in(before) if before is not None else {}
    entered = 0
    for figure in report_facts.figures_of_report(store.database, read.report):
        theirs = read.figures.get(figure.item, "")
        if theirs and theirs != figure.theirs and figure.theirs in ("", earlier.get(figure.item, "")):
            change.update(ReportFigure, figure.id, theirs=theirs, ours=figure.ours, source=figure.source)
            entered += 1
    return entered


def _points(read: _RecognisedForm) -> dict[str, PointCheck]:
    """Return the points of the received document: the numbers read, the answers to its 内容確認, and the faults."""
    found = {
        item: PointCheck(result=PointResult.FINE, page=read.cells.get(item, ""), note=value)
        for item, value in read.figures.items()
    }
    form = FORM_OF.get(read.reading.form.title)
    keys = {item.title: item.key for item in read.reading.form.items}
    for unit, point in (form.answers if form is not None else {}).items():
        lost = unit in read.reading.faulty_units
        said = read.reading.values.get(keys.get(unit, ""), "")
        if unit in keys and not said and not lost:
            continue
        if found.get(point) is None or lost:
            found[point] = PointCheck(result=PointResult.DOUBTFUL if lost else PointResult.FINE, page="", note=said)
    for fault in read.reading.faults:
        found[f"{fault.sheet} {fault.cell}　{fault.problem_text}"] = PointCheck(
            result=PointResult.DOUBTFUL, page=fault.cell, note=f"{fault.problem_text}\n{fault.todo}"
        )
    return found
