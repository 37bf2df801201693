"""The forms of the 特記事項, with their prefill, faults and rows when returned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from app.calendar.dates import short_date, short_date_or
from app.common.join_nonempty import fill_nonempty
from app.documents.document_frame import table_day
from app.foreign_files.cells.date_parsing import parse_day
from app.ledgers.rules import NO, YES, LedgerColumn, LedgerLine, cell_day, value_problem
from app.ledgers.services.ledger import Ledger
from app.ledgers.services.ledger_reading import read_books
from app.programme.rules import ANNEX
from app.programme.services import ProgrammeView
from app.registers.workers.rules import ABSENT, ROLES
from app.registers.workers.services import CHANGES_KIND, read_workers
from app.registers.workers.services import TRAININGS as LESSONS_LEDGER
from app.registers.workers.services import WORKERS as WORKERS_LEDGER
from app.submissions.deliverables.intake import FormFault, FormReading
from app.submissions.deliverables.rules import year_form_definitions as pages
from app.submissions.deliverables.rules.submission_form import NO_PREFILL, FormPrefill
from app.submissions.deliverables.services.allowance_ledger import (
    CONFIRMED_KIND,
    CONFIRMED_PARTY,
    PERMISSION_LEDGER,
    permission_problem,
)
from app.submissions.deliverables.services.disposal_ledger import DISPOSAL_LEDGER, tool_problem
from app.submissions.deliverables.services.holdings import read_holdings
from app.submissions.deliverables.services.year_form import SubmissionFormRow, YearForm
from app.year.dates.services import MEASURES_POINT
from db.name_key import name_key
from db.records.submissions.received import ReceivedPaper
from db.rows import rows
from db.store import Store

_NEW, _THERE, _TWICE, _LEFT = "新しい", "記録にある", "様式に2回", "見送り"


def _lines(store: Store, view: ProgrammeView, ledger: Ledger, today: date) -> Sequence[LedgerLine]:
    book, _setting = read_books(store.database, view.programme, today, (ledger,))[ledger.key]
    return [line for line in book.lines if not line.cancel_reason]


def _row(
    row: int, words: str, state: str, explanation: str, cells: Mapping[str, str], *, corrects: str = ""
) -> SubmissionFormRow:
    """Return the record of one line of a form; only one in state 「新しい」 goes to the ledger, as new row or 訂正行.

    ``row`` is its number in the sheet, ``words`` names it, ``corrects`` is the key of the ledger row that it corrects.
    """
    return SubmissionFormRow(
        row=row,
        words=words,
        state=state,
        explanation=explanation,
        goes_to_ledger=state == _NEW,
        cells=dict(cells),
        corrects=corrects,
    )


# 管理責任者選任届


def _prefill_responsible_person(store: Store, view: ProgrammeView, _today: date) -> FormPrefill:
    """Return the latest 管理責任者 of the 従事者名簿 as prefill of the form."""
    known = [one for one in read_workers(store.database, view.programme) if one.role == ROLES[0]]
    if not known:
        return NO_PREFILL
    return FormPrefill(values={"選任の氏名": known[-1].name, "選任の所属": known[-1].affiliation, "選任の従事者": YES})


def _find_permission_faults(reading: FormReading) -> Iterable[FormFault]:
    """Yield faults where a 管理責任者 is no worker and lacks a reason or the ward's 許可 (特6後段)."""
    if reading.values.get("選任の従事者") != NO:
        return
    for key, title in (("選任の理由", "従事者以外から選ぶ理由"), ("選任の許可日", "区の許可の日")):
        if not reading.values.get(key) and key in reading.cells:
            yield _fault(
                reading,
                key,
                f"従事者以外からの選任に、{title}がありません",
                "許可・承認簿の許可を確かめ、記入してもらう",
                title,
            )


# 教育実施報告書


def _prefill_workers(store: Store, view: ProgrammeView, today: date) -> FormPrefill:
    """Return everybody who serves, or will, as prefill of the form."""
    known = [one for one in read_workers(store.database, view.programme) if one.state(today) != "期間切れ"]
    return FormPrefill(lines=tuple({"name": one.name, "belongs": one.affiliation} for one in known))


def _lessons(store: Store, view: ProgrammeView, reading: FormReading, today: date) -> Iterable[SubmissionFormRow]:
    """Yield each line of trainings held, judged against the ledger: new, known, doubled or unusable."""
    there = {
        (name_key(line.cell("name")), line.cell("state"), line.cell("held"))
        for line in _lines(store, view, LESSONS_LEDGER, today)
    }
    seen = set()
    for one in reading.lines:
        cells = dict(one.values)
        absent = cells["state"] == ABSENT
        for key in ("held",) if absent else ("reason", "again"):
            cells.pop(key, None)
        key_of = (name_key(cells["name"]), cells["state"], cells.get("held", ""))
        held, again = (cell_day(cells.get(key, "")) for key in ("held", "again"))
        state, told = _NEW, short_date_or("", held, today)
        if absent:
            told = f"補講 {short_date(again, today)}" if again is not None else "補講の予定日がありません"
        if not absent and held is None:
            state, told = _LEFT, "受講日がないため、記入しません"
        elif held is not None and held > today:
            state, told = _LEFT, "受講日が本日より後のため、記入しません"
        elif key_of in there:
            state, told = _THERE, "教育・周知の記録と同じ内容です"
        elif key_of in seen:
            state, told = _TWICE, "前の行と同じです"
        seen.add(key_of)
        yield _row(one.row, f"{cells['name']}　{cells['state']}", state, told, cells)


# 変更届


def _prefill_changes(store: Store, view: ProgrammeView, today: date) -> FormPrefill:
    """Return the corrections of the 従事者名簿 since the last 変更届, as prefill of the form."""
    papers = rows(store.database, ReceivedPaper, programme_id=view.programme.id, kind=CHANGES_KIND)
    last = max((one.received_on for one in papers), default=date.min)
    # Corrections from a 変更届 may be written days after it came.
    told = f"{CHANGES_KIND}（"
    titles = {column.key: column for column in WORKERS_LEDGER.columns}
    lines = []
    for line in _lines(store, view, WORKERS_LEDGER, today):
        for note in line.valid_corrections:
            column = titles.get(note.about)
            if column is None or column.title not in pages.CHANGED or note.at.date() <= last:
                continue
            if note.reason.startswith(told):
                continue
            lines.append(
                {
                    "name": line.cell("name") if note.about != "name" else note.old,
                    "what": column.title,
                    "old": _said(column, note.old),
                    "new": _said(column, note.new),
                    "on": "",
                    "reason": "",
                }
            )
    return FormPrefill(lines=tuple(lines))


def _said(column: LedgerColumn, text: str) -> str:
    """Return the text of a ledger cell as a prefilled cell has it: a day as 「2026/9/7」, else unchanged."""
    day = cell_day(text) if column.kind == "day" else None
    return f"{day.year}/{day.month}/{day.day}" if day is not None else text


def _changes(store: Store, view: ProgrammeView, reading: FormReading, today: date) -> Iterable[SubmissionFormRow]:
    """Yield each change compared with the 従事者名簿: one that differs corrects it.

    Yielded as not to be entered are people not in it, unusable values, a name in several rows that cannot be told
    apart, and what is there already or doubled.
    """
    there = _lines(store, view, WORKERS_LEDGER, today)
    columns = {column.title: column for column in WORKERS_LEDGER.columns}
    seen = set()
    for one in reading.lines:
        column = columns[one.values["what"]]
        key = name_key(one.values["name"])
        value = _value(column, one.values["new"])
        words = f"{one.values['name']}　{column.title} → {one.values['new']}"
        same = [
            line
            for line in there
            if key
            in (
                name_key(line.cell("name")),
                *(name_key(note.old) for note in line.valid_corrections if note.about == "name"),
            )
        ]
        fault = value_problem(column, value, view.kinds)
        on = table_day(date.fromisoformat(one.values["on"]))
        state, told, corrects = _NEW, f"{CHANGES_KIND}（{on}から）", ""
        meant = _find_changed_line(same, column, _value(column, one.values.get("old", "")), value)
        if not same:
            state, told = _LEFT, "従事者名簿にない人です。加わった人は「従事者・配置表」で届け出てもらいます"
        elif fault:
            state, told = _LEFT, f"{fault}記入しません"
        elif meant is None:
            state, told = _LEFT, f"同じ氏名の行が{len(same)}つあり、どれか決められません。従事者名簿で訂正します"
        elif meant.cell(column.key) == value:
            state, told = _THERE, "従事者名簿は、もう変更後の内容です"
        elif (meant.key, column.key) in seen:
            state, told = _TWICE, "前の行と同じ人の同じ項目です"
        else:
            corrects = meant.key
            seen.add((meant.key, column.key))
            told += fill_nonempty("　{}", one.values.get("reason", ""))
        yield _row(one.row, words, state, told, {column.key: value}, corrects=corrects)


def _find_changed_line(same: Sequence[LedgerLine], column: LedgerColumn, old: str, new: str) -> LedgerLine | None:
    """Return the one row that a change is about, or None when it is ambiguous.

    Of several with one name, the one whose value is the stated old one (or the new one already).
    """
    if len(same) < 2:
        return same[0] if same else None
    for value in (old, new):
        fits = [line for line in same if line.cell(column.key) == value]
        if fits:
            return fits[0] if len(fits) == 1 else None
    return None


def _value(column: LedgerColumn, text: str) -> str:
    """Return a value as the ledger stores it; an unreadable one unchanged."""
    if column.kind == "day":
        day = parse_day(text.strip()).day
        return day.isoformat() if day is not None else text
    if column.key == "role":
        return next((role for role in ROLES if role == text.strip()), text)
    return text.strip()


# 再委託先安全管理措置確認書


def _measures(_store: Store, view: ProgrammeView, _today: date) -> FormPrefill:
    """Prefill the form of measures, with the clauses of the 特記事項 where it is the contract's."""
    has_clauses = view.programme.annex == ANNEX.title
    return FormPrefill(
        lines=tuple({"clause": clause if has_clauses else "―", "measure": words} for clause, words in pages.MEASURES)
    )


def _find_date_faults(reading: FormReading) -> Iterable[FormFault]:
    """Yield a fault where the contract is to be signed on or before the day of the confirmation (特15-2)."""
    seen, signed = (cell_day(reading.values.get(key, "")) for key in ("再委託の確認日", "再委託の締結"))
    if seen is not None and signed is not None and signed <= seen:
        yield _fault(
            reading,
            "再委託の締結",
            "契約を結ぶ予定日が、確認した日より後ではありません",
            "契約を結ぶ前に確認し、日付を確かめて記入してもらう",
            "契約を結ぶ予定日",
        )


def _fault(reading: FormReading, key: str, read: str, todo: str, unit: str) -> FormFault:
    place = reading.cells[key]
    return FormFault(cell=place.cell, sheet=place.sheet, problem_text=read, todo=todo, affected_units=(unit,))


# 事故等報告書


def _find_incident_faults(reading: FormReading) -> Iterable[FormFault]:
    """Yield faults in the order of an incident's dates, and a missing cause in the last version (特25-1(2))."""
    days = [
        (key, day)
        for key in ("事故の発生日", "事故の把握日", "事故の第一報日")
        if (day := cell_day(reading.values.get(key, ""))) is not None
    ]
    for (_first, before), (key, day) in pairwise(days):
        if day < before:
            yield _fault(
                reading,
                key,
                "発生・把握・第一報の日の順が前後しています",
                "日付を確かめて記入してもらう",
                "把握した日" if key == "事故の把握日" else "区へ第一報をした日",
            )
    if (
        reading.values.get("事故の報") == "最終"
        and not reading.values.get("事故の原因")
        and "事故の原因" in reading.cells
    ):
        yield _fault(reading, "事故の原因", "最終の報に、原因がありません", "原因を記入してもらう", "原因")


# 返還・廃棄証明書


def _held_prefill(store: Store, view: ProgrammeView, _today: date) -> FormPrefill:
    """Return what the contractor holds by the records, as prefill."""
    left = read_holdings(store.database, view.programme).remaining
    return FormPrefill(lines=tuple({"item": one.item, "medium": one.medium, "quantity": one.quantity} for one in left))


def _remains_fault(reading: FormReading) -> Iterable[FormFault]:
    """Yield one fault if the certificate answers 残存の有無 with 有; all must be returned or destroyed (特22-1).

    Only this answer is read, not the lines of what was returned or destroyed.
    """
    if reading.values.get("証明の残存") == YES:
        rest = reading.values.get("証明の残り", "")
        yield _fault(
            reading,
            "証明の残存",
            f"残っているものがあると書かれています{f'（{rest}）' if rest else ''}",
            "返還または廃棄をしてもらうか、認めるときは理由と期限を返還・廃棄簿に記入する",
            "残存の有無",
        )


def _disposed(store: Store, view: ProgrammeView, reading: FormReading, today: date) -> Iterable[SubmissionFormRow]:
    """Yield each line of disposed items, judged against the ledger: new, known, doubled or unusable."""
    there = {_item_key(line.cells) for line in _lines(store, view, DISPOSAL_LEDGER, today)}
    seen = set()
    for one in reading.lines:
        cells = dict(one.values)
        thing = _item_key(cells)
        done = date.fromisoformat(cells["done"])
        state, told = _NEW, f"{cells['way']}　{short_date(done, today)}"
        if lack := tool_problem(cells):
            state, told = _LEFT, f"{lack}記入しません"
        elif done > today:
            state, told = _LEFT, "年月日が本日より後のため、記入しません"
        elif thing in there:
            state, told = _THERE, "返還・廃棄簿と同じ内容です"
        elif thing in seen:
            state, told = _TWICE, "前の行と同じです"
        else:
            seen.add(thing)
        yield _row(one.row, f"{cells['item']}　{cells['medium']}　{cells['quantity']}", state, told, cells)


def _item_key(cells: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(cells.get(key, "") for key in ("item", "medium", "quantity", "done"))


# 許可・承認申請書


def _allowances(store: Store, view: ProgrammeView, reading: FormReading, today: date) -> Iterable[SubmissionFormRow]:
    """Yield each line of permissions, judged against the ledger: new, known, doubled or unusable."""
    keys = ("sort", "what", "party", "begins")
    there = {tuple(line.cell(key) for key in keys) for line in _lines(store, view, PERMISSION_LEDGER, today)}
    seen = set()
    for one in reading.lines:
        cells = dict(one.values)
        key_of = tuple(cells.get(key, "") for key in keys)
        state, told = _NEW, f"{short_date(date.fromisoformat(cells['begins']), today)}から"
        if problem := permission_problem(cells):
            state, told = _LEFT, f"{problem}記入しません"
        elif key_of in there:
            state, told = _THERE, "許可・承認簿と同じ内容です"
        elif key_of in seen:
            state, told = _TWICE, "前の行と同じです"
        else:
            seen.add(key_of)
        yield _row(one.row, f"{cells['sort']}　{cells['what']}", state, told, cells)


PROTECTION_FORMS = (
    YearForm(
        title=pages.SELECTION,
        kind=pages.SELECTION,
        make=lambda about, subject: pages.selection_form(about=about, subject=subject),
        answers={
            "管理責任者の氏名": "管理責任者の氏名・所属", "所属": "管理責任者の氏名・所属", "選任日": "選任日",
            "従事者の中からの選任": "従事者の中からの選任（ほかは許可）",
        },
        read_prefill=_prefill_responsible_person,
        find_faults=_find_permission_faults,
    ),
    YearForm(
        title=pages.LESSONS,
        kind="教育実施報告書",
        make=lambda about, subject: pages.lessons_form(about=about, subject=subject),
        answers={
            "方法": "実施日・方法", "氏名": "受講者の氏名・所属", "所属": "受講者の氏名・所属",
            "受講": "未受講者と補講の予定",
            "遵守すべき事項": "遵守すべき事項", "罰則の内容": "罰則の内容", "民事上の責任": "民事上の責任",
        },
        ledger=LESSONS_LEDGER,
        judge_rows=_lessons,
        cells_from_receipt=lambda day: {"told": day.isoformat()},
        read_prefill=_prefill_workers,
    ),
    YearForm(
        title=pages.CHANGES,
        kind=CHANGES_KIND,
        make=lambda about, subject: pages.changes_form(about=about, subject=subject),
        answers={
            "届け出た氏名": "対象", "変わった項目": "対象", "変更前": "変更前と変更後", "変更後": "変更前と変更後",
            "変更日": "変更日",
        },
        ledger=WORKERS_LEDGER,
        judge_rows=_changes,
        read_prefill=_prefill_changes,
    ),
    YearForm(
        title=pages.SUBCONTRACT,
        kind=CONFIRMED_KIND,
        make=lambda about, subject: pages.subcontract_form(about=about, subject=subject),
        answers={
            "再委託先の名称": CONFIRMED_PARTY, "所在地": CONFIRMED_PARTY,
            "再委託する業務": "業務と個人情報", "取り扱う個人情報": "業務と個人情報",
            "確認した日": "確認した日（締結前）", "契約を結ぶ予定日": "確認した日（締結前）",
            "確認した人": "確認した人",
            "結果": MEASURES_POINT,
        },
        read_prefill=_measures,
        find_faults=_find_date_faults,
    ),
    YearForm(
        title=pages.CERTIFICATE,
        kind="廃棄・消去証明書",
        make=lambda about, subject: pages.certificate_form(about=about, subject=subject),
        answers={
            "情報項目": "情報項目", "媒体名": "媒体名", "数量": "数量",
            "廃棄または消去の方法": "廃棄または消去の方法", "責任者": "責任者", "年月日": "廃棄または消去の年月日",
        },
        ledger=DISPOSAL_LEDGER,
        judge_rows=_disposed,
        read_prefill=_held_prefill,
        find_faults=_remains_fault,
    ),
    YearForm(
        title=pages.INCIDENT,
        kind="事故等報告書",
        make=lambda about, subject: pages.incident_form(about=about, subject=subject),
        answers={
            "内容": "内容・数量", "数量・対象者数": "内容・数量", "発生場所": "発生場所・発生状況",
            "発生状況": "発生場所・発生状況",
            "把握した日": "把握と第一報の日時", "把握した時刻": "把握と第一報の日時",
            "区へ第一報をした日": "把握と第一報の日時", "区へ第一報をした時刻": "把握と第一報の日時",
            "講じた措置・再発防止策": "講じた措置", "原因": "原因",
        },
        find_faults=_find_incident_faults,
    ),
    YearForm(
        title=pages.DRILL,
        kind="訓練の記録",
        make=lambda about, subject: pages.drill_form(about=about, subject=subject),
        answers={
            "種別": "種別・実施日", "実施日": "種別・実施日", "想定": "想定", "参加者": "参加者",
            "実施した内容と結果": "結果と改善すること", "改善すること": "結果と改善すること",
        },
    ),
    YearForm(
        title=pages.ALLOWANCE,
        kind="許可・承認の申請",
        make=lambda about, subject: pages.allowance_form(about=about, subject=subject),
        answers={
            "種別": "種別", "内容": "内容・情報の区分", "情報の区分": "内容・情報の区分",
            "相手方・場所": "相手方・場所",
            "理由": "理由", "始まる日": "期間",
        },
        ledger=PERMISSION_LEDGER,
        judge_rows=_allowances,
    ),
)  # fmt: skip
