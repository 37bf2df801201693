"""許可・承認簿 (F-08, F-09, F-17), the ledger of everything that needs the ward's permission.

特6後段 (a 管理責任者 from outside), 特14 (third parties), 特15 (再委託), 特18(1) (taking out), 特18(5) (copies
for another purpose), 特21 (things brought; from the 物品持込許可簿), 特22-3 (destruction by an outside firm)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from app.actions.action_id import ActionLink
from app.calendar.dates import short_date
from app.common.clauses import clause_of
from app.ledgers.rules import (
    WHOLE_QUANTITY,
    DerivedRow,
    LedgerBook,
    LedgerColumn,
    LedgerDoubt,
    LedgerHolding,
    LedgerNames,
    build_book,
    cell_day,
    cells_of,
    day_order_problem,
)
from app.ledgers.services.ledger import WARD, Ledger, Total
from app.submissions.deliverables.rules.year_form_definitions import ALLOWED_SORTS, GRADES
from app.submissions.deliverables.services.form_kinds import GOODS_KEY, GOODS_LEDGER
from app.year.dates.services import CLAUSES_OF_ALLOWANCES
from db.engine import Database
from db.name_key import name_key
from db.records.ledgers import LedgerNote, LedgerRow
from db.records.programme import Programme
from db.records.submissions.received import ReceivedPaper
from db.rows import rows

KEY = "allowances"
ALLOWED, REFUSED = "許可・承認", "不許可・不承認"
_MANAGER, _THIRD, _SUBCONTRACT, _AGAIN, _OUT, _COPY, _GOODS, _DESTROY = ALLOWED_SORTS
_CLAUSES = dict(
    zip(
        ALLOWED_SORTS,
        clause_of(
            "管理責任者の選任と提出、従事者以外は許可",
            "第三者に提供しない",
            "再委託は認めた場合に限る",
            "再々委託の条件",
            "履行場所からの持出しは認めた場合に限る",
            "履行以外の複写・複製の禁止",
            "物品等の持ち込みの禁止",
            "廃棄の外部委託の承認",
        ).split("・"),
        strict=True,
    )
)
_PLAIN, _IMPORTANT, _PERSONAL = GRADES
CONFIRMED_KIND = "再委託の確認書"
CONFIRMED_PARTY = "再委託先の名称・所在地"
"""The point of a 確認書 under which its form stores whom it is about."""


def _goods_rows(database: Database, programme: Programme) -> Iterable[DerivedRow]:
    """Yield the rows of the 物品持込許可簿, corrected, as derived rows of the ledger of permissions."""
    book = build_book(
        GOODS_LEDGER.columns,
        typed_rows=rows(database, LedgerRow, programme_id=programme.id, ledger=GOODS_KEY),
        derived=(),
        notes=rows(database, LedgerNote, programme_id=programme.id, ledger=GOODS_KEY),
        numbers=(),
        names=LedgerNames(),
    )
    said = {"許可": ALLOWED, "不許可": REFUSED}
    for line in book.lines:
        cells = line.cells
        yield DerivedRow(
            key=f"{GOODS_KEY}:{line.key}",
            cells=cells_of(
                begins=cells.get("brought", ""),
                sort=_GOODS,
                what=f"{cells.get('goods', '')}　{cells.get('quantity', '')}",
                grade=_PLAIN,
                party=cells.get("place", ""),
                reason=cells.get("use", ""),
                ends=cells.get("back", ""),
                answer=said.get(cells.get("answer", ""), ""),
                answered=cells.get("answered", ""),
                who=cells.get("who", ""),
            ),
            written_at=line.written_at,
            made_by=GOODS_LEDGER.title,
            withdrawn=bool(line.cancel_reason),
            link=ActionLink("管理簿", ledger=GOODS_KEY),
        )


def _unanswered_doubts(
    _database: Database, _programme: Programme, book: LedgerBook, today: date
) -> Iterable[LedgerDoubt]:
    """Yield doubts on requests that began unanswered or before they were permitted.

    Goods are asked about in their own ledger; what was refused is assumed not to have begun.
    """
    for line in book.lines:
        cells = line.cells
        begins, answered = cell_day(cells.get("begins", "")), cell_day(cells.get("answered", ""))
        if line.cancel_reason or not line.is_typed or begins is None or begins > today:
            continue
        allowed = cells.get("answer") == ALLOWED
        if cells.get("answer") == REFUSED or (allowed and (answered is None or answered <= begins)):
            continue
        words = "始まったあとの許可・承認です" if allowed else "許可・承認がないまま始まっています"
        yield LedgerDoubt(
            row=line.key,
            rule=f"許可:{begins.isoformat()}:{cells.get('answer', '')}",
            words=words,
            explanation=f"{cells.get('sort', '')}は、区の許可・承認の前にはできません（"
            f"{short_date(begins, today)}から）。"
            "許可・承認を記入するか、協議の番号や事情を理由に書きます。",
            basis=_CLAUSES.get(cells.get("sort", ""), ""),
            column="answer",
            question=f"「{cells.get('what', '')}」について、区の許可・承認の前に始めていないかをご確認ください。",
        )


def _third_party_doubts(
    _database: Database, _programme: Programme, book: LedgerBook, _today: date
) -> Iterable[LedgerDoubt]:
    """Yield doubts on 重要情報 permitted to go to a third party, which the clause excludes (特14)."""
    for line in book.lines:
        cells = line.cells
        guarded = cells.get("grade") in (_IMPORTANT, _PERSONAL)
        if not line.cancel_reason and cells.get("sort") == _THIRD and guarded and cells.get("answer") == ALLOWED:
            yield LedgerDoubt(
                row=line.key,
                rule="第三者提供",
                words="重要情報は第三者に提供できません",
                explanation=f"{clause_of('第三者に提供しない')}は、区が認めた場合でも、重要情報を除いています。区分か回答を確かめ、残すときは理由を書きます。",
                basis=clause_of("第三者に提供しない"),
                column="answer",
            )


def _unconfirmed_doubts(
    database: Database, programme: Programme, book: LedgerBook, _today: date
) -> Iterable[LedgerDoubt]:
    """Yield doubts on a 再委託 with personal data permitted before its 確認書 came (特15-2)."""
    mine = [
        line
        for line in book.lines
        if not line.cancel_reason
        and line.cell("sort") in (_SUBCONTRACT, _AGAIN)
        and line.cell("grade") == _PERSONAL
        and line.cell("answer") == ALLOWED
    ]
    if not mine:
        return
    papers = rows(database, ReceivedPaper, programme_id=programme.id, kind=CONFIRMED_KIND)
    parties = {name_key(line.cell("party")) for line in book.lines if line.cell("sort") in (_SUBCONTRACT, _AGAIN)}
    for line in mine:
        answered, party = cell_day(line.cell("answered")), name_key(line.cell("party"))
        came = [one.received_on for one in papers if not _names_another(one, party, parties)]
        if any(answered is None or day <= answered for day in came):
            continue
        yield LedgerDoubt(
            row=line.key,
            rule="安全管理措置の確認書",
            words="確認書を受け取る前の承認です",
            explanation="個人情報を含む再委託は、契約の前に安全管理措置を確かめた書面を受け取ります。"
            "確認書を受領するか、事情を理由に書きます。",
            basis=clause_of("再委託先の安全管理措置の確認"),
            column="answered",
            question=f"「{line.cells.get('party', '')}」への再委託について、安全管理措置の確認書をお願いします。",
            missing_paper="" if came else CONFIRMED_KIND,
        )


def _names_another(paper: ReceivedPaper, party: str, parties: Iterable[str]) -> bool:
    """Return whether a 確認書 names another of the firms; one received on paper names none."""
    look = paper.points.get(CONFIRMED_PARTY)
    named = name_key(look.note) if look is not None else ""
    return party not in named and any(other in named for other in parties if other and other != party)


def permission_problem(cells: Mapping[str, str]) -> str:
    """Return a sentence when a permission would end before it begins, or ""."""
    return day_order_problem(PERMISSION_LEDGER.columns, cells, ("begins", "ends"))


def _holding(cells: Mapping[str, str]) -> LedgerHolding | None:
    """Return what the contractor may keep outside its own premises by permission, or None."""
    if cells.get("sort") not in (_SUBCONTRACT, _AGAIN, _OUT, _COPY) or cells.get("answer") != ALLOWED:
        return None
    medium = f"{cells['sort']}（{cells['party']}）" if cells.get("party") else cells["sort"]
    return LedgerHolding(item=cells.get("what", ""), medium=medium, quantity=WHOLE_QUANTITY)


PERMISSION_LEDGER = Ledger(
    key=KEY,
    title="許可・承認簿",
    sign="許可",
    keeper=WARD,
    clause=CLAUSES_OF_ALLOWANCES,
    about="受託者が区の許可・承認を要することを、1つにまとめます。届いた許可・承認の申請書と物品持込許可簿から入ります",
    check_interval="",
    columns=(
        LedgerColumn("begins", "始まる日", "day", width=26, hint="その日より前に許可・承認します"),
        LedgerColumn("sort", "種別", "choice", choices=ALLOWED_SORTS, width=38),
        LedgerColumn("what", "内容", width=50),
        LedgerColumn("grade", "区分", "choice", choices=GRADES, width=18, shown_in_list=False),
        LedgerColumn("party", "相手方・場所", width=38),
        LedgerColumn("reason", "理由", width=32, is_required=False, shown_in_list=False),
        LedgerColumn("ends", "終わる日", "day", width=26, is_required=False, shown_in_list=False,
        has_print_column=False),
        LedgerColumn("answer", "回答", "choice", choices=(ALLOWED, REFUSED), filled_later=True),
        LedgerColumn("answered", "回答日", "day", width=26, is_past_event=True, filled_later=True, is_required=False,
            shown_under=("answer", "")),
        LedgerColumn("who", "許可者", "person", width=20, filled_later=True, is_required=False,
        shown_in_list=False, has_print_column=False),
        LedgerColumn("number", "文書番号", width=20, filled_later=True, is_required=False, shown_in_list=False,
        has_print_column=False),
        LedgerColumn("terms", "条件", width=20, filled_later=True, is_required=False, shown_in_list=False,
        has_print_column=False),
        LedgerColumn("note", "備考", width=20, is_required=False, shown_in_list=False),
    ),
    sources=(_goods_rows,),
    row_problem=permission_problem,
    doubt_rules=(_unanswered_doubts, _third_party_doubts, _unconfirmed_doubts),
    holding=_holding,
    open_work=lambda line: line.missing_papers,
    totals=(
        Total(ALLOWED, lambda cells: cells.get("answer") == ALLOWED),
        Total("回答を待つもの", lambda cells: not cells.get("answer"), names_rows=True),
    ),
    note="許可・承認は、その行為の前に行う。重要情報は、区が認めても第三者に提供できない"
    f"（{clause_of('第三者に提供しない')}）。",
)  # fmt: skip
