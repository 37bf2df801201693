"""事故簿: one row for each incident, derived from its record."""

from __future__ import annotations

from collections.abc import Iterable

from app.actions.action_id import ActionLink
from app.common.clauses import clause_of
from app.common.display_words import left_words
from app.ledgers.rules import DerivedRow, LedgerColumn, LedgerLine, cells_of
from app.ledgers.services.ledger import WARD, Ledger, Total
from app.settings.incidents.services.incident_view import TITLE
from db.engine import Database
from db.records.incidents import Incident, IncidentMeasure
from db.records.programme import Programme
from db.rows import rows


def _incident_rows(database: Database, programme: Programme) -> Iterable[DerivedRow]:
    for one in rows(database, Incident, programme_id=programme.id):
        measures = rows(database, IncidentMeasure, incident_id=one.id)
        done = sum(each.done_on is not None for each in measures)
        yield DerivedRow(
            key=f"incidents:{one.id}",
            cells=cells_of(
                known=one.known_at,
                sort=one.sort,
                place=one.place,
                title=one.title,
                people=one.people,
                needed=one.needed,
                early=one.early_on,
                final=one.final_on,
                owners=one.owners_on,
                measures=left_words(done, len(measures)),
                closed=one.closed_on,
                how=one.closed_how,
            ),
            written_at=one.known_at,
            made_by="把握した",
            link=ActionLink(TITLE, incident_id=one.id),
            event_id=one.event_id,
        )


def _open_work(line: LedgerLine) -> tuple[str, ...]:
    """Return 「事故の対応」 as open work of a row that is not closed, () if it is or the incident was at the ward."""
    return () if line.cell("closed") or line.cell("place") == "区" else (TITLE,)


INCIDENTS = Ledger(
    key="incidents",
    title="事故簿",
    sign="事故",
    keeper=WARD,
    clause=clause_of("事故等の対応・報告・訓練"),
    about="事故・事故のおそれ・違反と、知らせたこと、再発防止、終わり。「事故の対応」の記録から入ります",
    check_interval="",
    columns=(
        LedgerColumn("known", "把握日時", "moment", width=28, is_past_event=True, recorded_elsewhere=TITLE),
        LedgerColumn("sort", "種別", width=26, recorded_elsewhere=TITLE),
        LedgerColumn("place", "発生元", width=20, shown_under=("sort", ""), recorded_elsewhere=TITLE),
        LedgerColumn("title", "件名", width=62, recorded_elsewhere=TITLE),
        LedgerColumn("people", "対象の人数", "number", unit="人", width=18, is_required=False,
        recorded_elsewhere=TITLE),
        LedgerColumn("needed", "委員会への報告", width=16, is_required=False, recorded_elsewhere=TITLE,
        shown_in_list=False),
        LedgerColumn("early", "速報", "day", is_required=False, filled_later=True,
        recorded_elsewhere=TITLE, shown_in_list=False),
        LedgerColumn("final", "確報", "day", is_required=False, filled_later=True,
        recorded_elsewhere=TITLE, shown_in_list=False),
        LedgerColumn("owners", "本人への通知", "day", is_required=False, filled_later=True,
        recorded_elsewhere=TITLE, shown_in_list=False),
        LedgerColumn("measures", "再発防止策", width=18, is_required=False, recorded_elsewhere=TITLE),
        LedgerColumn("closed", "閉じた日", "day", is_required=False, filled_later=True,
        recorded_elsewhere=TITLE),
        LedgerColumn("how", "終わり方", width=18, is_required=False, recorded_elsewhere=TITLE,
        has_print_column=False, shown_under=("closed", "")),
    ),
    sources=(_incident_rows,),
    allows_typed_rows=False,
    open_work=_open_work,
    entry_link=ActionLink(TITLE),
    totals=(Total("閉じていないもの", lambda cells: not cells.get("closed"), names_rows=True),),
    note="本人の氏名は書かない。受託者の事故等報告書"
    f"（{clause_of('事故等のときにすること')}）は、提出物として別に受領する。",
)  # fmt: skip
