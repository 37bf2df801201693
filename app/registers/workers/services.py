"""The 従事者名簿 (F-02, 特7) and 教育・周知の記録 (F-04, 特9) as ledgers, and who of the contractor serves on a day.

Rows of 教育・周知の記録 come from the 教育実施報告書 or are typed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from app.calendar.dates import short_date
from app.common.clauses import clause_of
from app.ledgers.rules import LedgerBook, LedgerColumn, LedgerDoubt, LedgerNames, build_book, cell_day
from app.ledgers.services.ledger import CONTRACTORS, Ledger, Total
from app.ledgers.services.ledger_reading import require_year
from app.programme.rules import in_short_brackets
from app.registers.workers.rules import ABSENT, ROLES, TOOK_PART, Worker, period_problem, roles_of_year, workers_of
from db.engine import Database
from db.name_key import name_key
from db.records.accounts import User
from db.records.ledgers import LedgerNote, LedgerRow
from db.records.programme import Programme
from db.records.submissions.received import ReceivedPaper
from db.rows import rows
from db.store import Store

TRAININGS_KEY = "lessons"


def trained_workers(database: Database, programme: Programme) -> tuple[frozenset[str], bool]:
    """Return the name keys of those who took part in 教育, and whether its ledger has any row at all."""
    book = build_book(
        TRAININGS.columns,
        typed_rows=rows(database, LedgerRow, programme_id=programme.id, ledger=TRAININGS_KEY),
        derived=(),
        notes=rows(database, LedgerNote, programme_id=programme.id, ledger=TRAININGS_KEY),
        numbers=(),
        names=LedgerNames(),
    )
    lines = [line for line in book.lines if not line.cancel_reason]
    names = {name_key(line.cell("name")) for line in lines if line.cell("state") == TOOK_PART}
    return frozenset(names), bool(lines)


def _missed_training_doubts(
    _database: Database, _programme: Programme, book: LedgerBook, today: date
) -> Iterable[LedgerDoubt]:
    """Yield doubts about people who were absent and whose make-up day is not set or has passed without 受講.

    特9 names no day.
    """
    lines = [line for line in book.lines if not line.cancel_reason]
    done = {name_key(line.cell("name")) for line in lines if line.cell("state") == TOOK_PART}
    for line in lines:
        if line.cell("state") != ABSENT or name_key(line.cell("name")) in done:
            continue
        again = cell_day(line.cell("again"))
        if again is not None and again >= today:
            continue
        name = line.cell("name")
        told = f"補講の予定日（{short_date(again, today)}）を過ぎています。" if again else "補講の予定日がありません。"
        yield LedgerDoubt(
            row=line.key,
            rule=f"補講:{again.isoformat() if again else ''}",
            words="補講の記録がありません",
            explanation=f"{name}さんは教育を受けていません。{told}補講のあと「受講」の行を加えるか、事情を理由に書きます。",
            basis=clause_of("周知と教育、実施結果の提出"),
            column="again",
            question=f"{name}さんの教育（補講）について、実施した日または予定の日をお知らせください。",
        )


TRAININGS = Ledger(
    key=TRAININGS_KEY,
    title="教育・周知の記録",
    sign="教育",
    keeper=CONTRACTORS,
    clause=clause_of("周知と教育、実施結果の提出"),
    about="受託者が従事者に行った特記事項の周知と教育。届いた教育実施報告書から入り、手でも記入できます",
    check_interval="年1回",
    handling_mark="重要情報（氏名を含む）",
    columns=(
        LedgerColumn("told", "報告日", "day", width=26, is_past_event=True),
        LedgerColumn("name", "氏名", width=42),
        LedgerColumn("belongs", "所属", width=48),
        LedgerColumn("state", "受講", "choice", choices=(TOOK_PART, ABSENT), width=20),
        LedgerColumn("held", "受講日", "day", width=26, is_past_event=True, only_when=("state", (TOOK_PART,))),
        LedgerColumn("reason", "未受講の理由", width=44, is_required=False, only_when=("state", (ABSENT,))),
        LedgerColumn("again", "補講の予定日", "day", width=28, is_required=False, only_when=("state", (ABSENT,))),
        LedgerColumn("note", "備考", width=14, is_required=False, shown_in_list=False),
    ),
    doubt_rules=(_missed_training_doubts,),
    totals=(
        Total(TOOK_PART, lambda cells: cells.get("state") == TOOK_PART),
        Total(ABSENT, lambda cells: cells.get("state") == ABSENT, names_rows=True),
    ),
    note="特記事項の内容は、管理責任者と従事者の全員に周知する。個人情報を取り扱う契約では教育を行い、結果を提出する"
    f"（{clause_of('周知と教育、実施結果の提出')}）。",
)


WORKERS_KEY = "workers"
CHANGES_KIND = "変更届"
"""Kind of received document that notifies changes of the 届 (特8)."""
_EXPIRED = "期間切れ"
_TRAINED = 14
_NOTIFIED = ("name", "belongs", "role", "begins", "ends")
_NOTIFIED_BEFORE = 30
"""Days before a correction within which a received 変更届 may be its source."""


def read_workers(database: Database, programme: Programme) -> tuple[Worker, ...]:
    """Return everybody in the 従事者名簿 of a year with corrections, including those whose period is over.

    Rows that are 取消 are left out.
    """
    book = build_book(
        WORKERS.columns,
        typed_rows=rows(database, LedgerRow, programme_id=programme.id, ledger=WORKERS_KEY),
        derived=(),
        notes=rows(database, LedgerNote, programme_id=programme.id, ledger=WORKERS_KEY),
        numbers=(),
        names=LedgerNames(),
    )
    return workers_of(book.lines)


def serving_workers(store: Store, *, fiscal_year: int, on: date, role: str) -> tuple[Worker, ...]:
    """Return who of the contractor serves on a day.

    Args:
        role: one of 管理責任者, 業務責任者, 講師, アドバイザー, ファシリテーター, 事務; "" = in any role.

    Raises:
        UserError: that year was not started here.
    """
    found = read_workers(store.database, require_year(store.database, fiscal_year))
    return tuple(one for one in found if one.is_serving(on) and role in ("", one.role))


def known_names(database: Database, programme: Programme) -> tuple[str, ...]:
    """Return the names of both sides for suggestions: users of this program, then the contractor's people."""
    ours = [one.display_name for one in rows(database, User) if one.active]
    return tuple(dict.fromkeys((*ours, *(one.name for one in read_workers(database, programme)))))


def _expired_doubts(_database: Database, _programme: Programme, book: LedgerBook, today: date) -> Iterable[LedgerDoubt]:
    """Yield a doubt for each row whose period has ended (特7 with 仕3), also where the person has another row."""
    for one in workers_of(book.lines):
        if one.state(today) == _EXPIRED and one.ends is not None:
            yield LedgerDoubt(
                row=one.row_key,
                rule=f"{_EXPIRED}:{one.ends.isoformat()}",
                words=f"{_EXPIRED}です",
                explanation=f"{one.name}さんの従事終了予定日は {short_date(one.ends, today)} です。"
                f"延びたときは日を訂正し、終わったときは理由に書きます。",
                basis=clause_of("従事者の氏名・所属・従事期間の提出", "変更の速やかな提出"),
                column="ends",
                question=f"従事者届の{one.name}さん（{one.role}）について、"
                f"従事終了予定日の{short_date(one.ends, today)}を過ぎています。\n"
                f"延長のときは変更の届を、終了のときはその旨をお知らせください。",
            )


def _untrained_doubts(database: Database, programme: Programme, book: LedgerBook, today: date) -> Iterable[LedgerDoubt]:
    """Yield doubts about people serving for two weeks without 教育 (特9); the two weeks are the program's target.

    As long as the training ledger is empty, none are returned.
    """
    names, known = trained_workers(database, programme)
    if not known:
        return
    for one in workers_of(book.lines):
        begun = one.begins is None or one.begins + timedelta(days=_TRAINED) <= today
        if not begun or not one.is_serving(today) or name_key(one.name) in names:
            continue
        yield LedgerDoubt(
            row=one.row_key,
            rule=f"教育:{one.name}",
            words="教育の記録がありません",
            explanation=f"{one.name}さんが教育を受けた記録がありません。"
            "教育実施報告書を受け取るか、教育・周知の記録に記入するか、事情を理由に書きます。",
            basis=clause_of("周知と教育、実施結果の提出"),
            question=f"従事者届の{one.name}さん（{one.role}）について、教育の実施日をお知らせください。",
        )


def _unnotified_doubts(
    database: Database, programme: Programme, book: LedgerBook, today: date
) -> Iterable[LedgerDoubt]:
    """Yield doubts about rows in which a notified value was corrected without a 変更届 (特8: 速やかに).

    Any 変更届 of the year counts that was received from 30 days before the correction on.
    """
    corrected = [
        (line, note)
        for line in book.lines
        for note in line.valid_corrections
        if not line.cancel_reason and note.about in _NOTIFIED
    ]
    if not corrected:
        return
    came = [one.received_on for one in rows(database, ReceivedPaper, programme_id=programme.id, kind=CHANGES_KIND)]
    for line, note in corrected:
        on = note.at.date()
        if any(day >= on - timedelta(days=_NOTIFIED_BEFORE) for day in came):
            continue
        yield LedgerDoubt(
            row=line.key,
            rule=f"変更届:{note.id}",
            words="変更の届がありません",
            explanation=f"{line.cells.get('name', '')}さんの届の内容を{short_date(on, today)}に訂正しました。"
            "変わったときは変更届を受け取り、書き誤りのときは理由にそう書きます。",
            basis=clause_of("変更の速やかな提出"),
            question=f"従事者届の{line.cells.get('name', '')}さんについて、変更の届をお願いします。",
            missing_paper=CHANGES_KIND,
        )


def _count_role(role: str) -> Total:
    return Total(role, lambda cells: cells.get("role") == role)


WORKERS = Ledger(
    key=WORKERS_KEY,
    title="従事者名簿",
    sign="従事者",
    keeper=CONTRACTORS,
    clause=clause_of("従事者の氏名・所属・従事期間の提出"),
    about="受託者が届け出た従事者の氏名・所属・従事期間。期間の外の人は期間切れになります",
    check_interval="年1回",
    handling_mark="重要情報（氏名を含む）",
    columns=(
        LedgerColumn("begins", "従事開始日", "day", width=26),
        LedgerColumn("name", "氏名", "text", width=40),
        LedgerColumn("belongs", "所属", width=52),
        LedgerColumn("role", "役割", "choice", choices=ROLES, width=30, choices_of_year=roles_of_year),
        LedgerColumn("ends", "従事終了予定日", "day", width=30),
        LedgerColumn("told", "届出日", "day", width=26, is_past_event=True, hint="受託者から届を受け取った日"),
        LedgerColumn("note", "備考", width=30, is_required=False, shown_in_list=False, has_print_column=False),
    ),
    row_problem=period_problem,
    doubt_rules=(_expired_doubts, _untrained_doubts, _unnotified_doubts),
    open_work=lambda line: line.missing_papers,
    totals=lambda view: tuple(map(_count_role, roles_of_year(view.kinds)[2:-1])),
    note=lambda view: (
        f"従事期間は契約の期間の中にある{in_short_brackets(view.programme.clause_term)}。変更は速やかに届け出る"
        f"（{clause_of('変更の速やかな提出')}）。"
    ),
)
