"""All forms of the year, each declared once.

Their documents, recognition, preview and receipt follow from the declaration. The form of an event's numbers is
not among them: it fills 数字の突合 of a report, and no ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from app.calendar.dates import short_date, short_date_or
from app.common.join_nonempty import join_nonempty
from app.ledgers.rules import clean_cells
from app.ledgers.services.ledger_reading import read_books
from app.programme.services import ProgrammeView
from app.registers.workers.rules import ROLES, Worker, roles_of_year
from app.registers.workers.services import WORKERS as WORKERS_LEDGER
from app.registers.workers.services import read_workers
from app.submissions.deliverables.intake import FormReading
from app.submissions.deliverables.rules.submission_form import GOODS, WORKERS, goods_form, workers_form
from app.submissions.deliverables.services.form_kinds import GOODS_KEY, GOODS_LEDGER, goods_problem
from app.submissions.deliverables.services.protection_forms import PROTECTION_FORMS
from app.submissions.deliverables.services.year_form import SubmissionFormRow, YearForm
from db.name_key import name_key
from db.store import Store

_SAME_THING = ("brought", "place", "goods")
_NEW, _THERE, _TWICE, _DIFFERS = "新しい", "名簿にある", "様式に2回", "名簿と違う"


# 従事者・配置表


def _workers(store: Store, view: ProgrammeView, reading: FormReading, today: date) -> Iterable[SubmissionFormRow]:
    """Return each line of workers, judged against the register of the year."""
    known = read_workers(store.database, view.programme)
    seen: dict[str, int] = {}
    return [_worker_row(one.row, one.values, known, seen, today) for one in reading.lines]


def _worker_row(
    row: int, values: Mapping[str, str], known: Sequence[Worker], seen: dict[str, int], today: date
) -> SubmissionFormRow:
    """Return the line of a person, compared with the 従事者名簿; a known one is reported and not entered again.

    ``seen`` holds the row of each person of the form so far, by folded name; this one is added to it.
    """
    key = name_key(values["name"])
    words = f"{values['name']}　{values['role']}"
    begins, ends = date.fromisoformat(values["begins"]), date.fromisoformat(values["ends"])
    state, told = _NEW, f"{short_date(begins, today)}から{short_date(ends, today)}まで"
    same = [one for one in known if name_key(one.name) == key]
    if ends < begins:
        state, told = "見送り", "従事終了予定日が、従事開始日より前になっています"
    elif key in seen:
        state, told = _TWICE, f"{seen[key]}行目と同じ人です"
    elif same:
        one = same[-1]
        equal = (one.affiliation, one.role, one.begins, one.ends) == (values["belongs"], values["role"], begins, ends)
        state = _THERE if equal else _DIFFERS
        told = "従事者名簿と同じ内容です" if equal else _difference(one, values, begins, ends, today)
    seen.setdefault(key, row)
    return SubmissionFormRow(
        row=row, words=words, state=state, explanation=told, goes_to_ledger=state == _NEW, cells=dict(values)
    )


def _difference(worker: Worker, values: Mapping[str, str], begins: date, ends: date, today: date) -> str:
    """Return 「役割 講師 → 業務責任者。従事者名簿で訂正します」 on what a form says differently of a known worker."""
    parts = [
        f"所属 {worker.affiliation} → {values['belongs']}" if worker.affiliation != values["belongs"] else "",
        f"役割 {worker.role} → {values['role']}" if worker.role != values["role"] else "",
        f"開始日 {short_date_or('なし', worker.begins, today)} → {short_date(begins, today)}"
        if worker.begins != begins
        else "",
        f"終了予定日 {short_date_or('なし', worker.ends, today)} → {short_date(ends, today)}"
        if worker.ends != ends
        else "",
    ]
    return join_nonempty(*parts, separator="、") + "。従事者名簿で訂正します"


# 物品持込許可申請書


def _goods(store: Store, view: ProgrammeView, reading: FormReading, today: date) -> Iterable[SubmissionFormRow]:
    """Return each line of goods brought in, judged together with the place and days of the form."""
    head = {
        "place": reading.values.get("履行場所", ""),
        "brought": reading.values.get("持込日", ""),
        "back": reading.values.get("搬出日", ""),
    }
    unread = "履行場所と持込日が読めないため、" if not (head["place"] and head["brought"]) else ""
    if why := unread or goods_problem(head):
        return [
            SubmissionFormRow(
                row=one.row,
                words=_item_key(one.values),
                state="見送り",
                explanation=f"{why}記入しません",
                goes_to_ledger=False,
                cells={**one.values, **head},
            )
            for one in reading.lines
        ]
    book, _setting = read_books(store.database, view.programme, today, (GOODS_LEDGER,))[GOODS_KEY]
    there = [line.cells for line in book.lines if not line.cancel_reason]
    first: dict[str, int] = {}
    return [_goods_row(one.row, {**one.values, **head}, there, first) for one in reading.lines]


def _item_key(values: Mapping[str, str]) -> str:
    return f"{values['goods']}　{values['quantity']}"


def _goods_row(
    row: int, values: Mapping[str, str], there: Sequence[Mapping[str, str]], first: dict[str, int]
) -> SubmissionFormRow:
    """Return the line of a thing, compared with the 物品持込許可簿; one known for the same day and place is skipped.

    ``there`` are the cells of the valid rows of that ledger, ``first`` the row of each thing of the form so far, by its
    name; this one is added to it.
    """
    cells = clean_cells(GOODS_LEDGER.columns, values)
    same = [one for one in there if all(one.get(key) == cells.get(key) for key in _SAME_THING)]
    state, told = _NEW, ""
    if cells["goods"] in first:
        state, told = _TWICE, f"{first[cells['goods']]}行目と同じ物品です"
    elif same:
        other = [
            f"{column.title} {same[-1].get(column.key) or '記入なし'} → {cells.get(column.key) or '記入なし'}"
            for column in GOODS_LEDGER.columns
            if column.key in values and same[-1].get(column.key, "") != cells.get(column.key, "")
        ]
        state = _DIFFERS if other else _THERE
        told = "、".join(other) + "。物品持込許可簿で訂正します" if other else "物品持込許可簿と同じ内容です"
    first.setdefault(cells["goods"], row)
    return SubmissionFormRow(
        row=row,
        words=_item_key(values),
        state=state,
        explanation=told,
        goes_to_ledger=state == _NEW,
        cells=dict(values),
    )


FORMS = (
    YearForm(
        title=WORKERS,
        kind="従事者・配置表の届",
        make=lambda about, subject: workers_form(about=about, subject=subject, roles=ROLES),
        make_of_year=lambda about, subject, kinds: workers_form(
            about=about, subject=subject, roles=roles_of_year(kinds)
        ),
        answers={
            "氏名": "氏名", "所属": "所属", "従事開始日": "従事の開始日", "従事終了予定日": "従事の終了予定日",
        },
        ledger=WORKERS_LEDGER,
        judge_rows=_workers,
        cells_from_receipt=lambda day: {"told": day.isoformat()},
    ),
    YearForm(
        title=GOODS,
        kind=GOODS,
        make=lambda about, subject: goods_form(about=about, subject=subject),
        answers={
            "履行場所": "履行場所", "持込日": "持込日", "物品名": "物品名・数量", "数量": "物品名・数量",
            "用途": "用途", "ウイルス対策": "情報機器のウイルス対策",
        },
        ledger=GOODS_LEDGER,
        judge_rows=_goods,
    ),
    *PROTECTION_FORMS,
)  # fmt: skip
FORM_OF: Mapping[str, YearForm] = {form.title: form for form in FORMS}
