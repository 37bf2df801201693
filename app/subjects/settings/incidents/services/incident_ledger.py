"""事故簿: one row an incident, drawn from its record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from app.acts.action_id import Asked
from app.ledgers.rules.book import Drawn, LedgerLine
from app.ledgers.rules.columns import LedgerColumn, cells_of
from app.ledgers.services.ledger import OWN, Ledger, Total
from app.subjects.settings.incidents.services.incident_view import TITLE
from db.engine import Database
from db.records.incidents import Incident, IncidentMeasure
from db.records.programme import Programme
from db.rows import rows


def _incidents(database: Database, programme: Programme) -> Iterable[Drawn]:
    for one in rows(database, Incident, programme_id=programme.id):
        measures = rows(database, IncidentMeasure, incident_id=one.id)
        done = sum(each.done_on is not None for each in measures)
        yield Drawn(
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
                measures=f"{done} / {len(measures)}" if measures else "",
                closed=one.closed_on,
                how=one.closed_how,
            ),
            written_at=one.known_at,
            act="把握した",
            asked=Asked(TITLE, incident_id=one.id),
            event_id=one.event_id,
        )


def _unfinished(line: LedgerLine) -> tuple[str, ...]:
    """One of the contractor that nobody has closed; of one of the ward alone its 検査 says nothing."""
    return () if line.cells.get("closed") or line.cells.get("place") == "区" else (TITLE,)


INCIDENTS: Final = Ledger(
    key="incidents",
    title="事故簿",
    sign="事故",
    keeper=OWN,
    clause="特25",
    about="事故・事故のおそれ・違反と、知らせたこと、再発防止、終わり。「事故の対応」の記録から入ります",
    every="",
    columns=(
        LedgerColumn("known", "把握日時", "moment", width=28, happened=True, recorded=TITLE),
        LedgerColumn("sort", "種別", width=26, recorded=TITLE),
        LedgerColumn("place", "発生元", width=20, under=("sort", ""), recorded=TITLE),
        LedgerColumn("title", "件名", width=62, recorded=TITLE),
        LedgerColumn("people", "対象の人数", "number", unit="人", width=18, needed=False, recorded=TITLE),
        LedgerColumn("needed", "委員会への報告", width=16, needed=False, recorded=TITLE, listed=False),
        LedgerColumn("early", "速報", "day", width=24, needed=False, later=True, recorded=TITLE, listed=False),
        LedgerColumn("final", "確報", "day", width=24, needed=False, later=True, recorded=TITLE, listed=False),
        LedgerColumn("owners", "本人への通知", "day", width=24, needed=False, later=True, recorded=TITLE, listed=False),
        LedgerColumn("measures", "再発防止策", width=18, needed=False, recorded=TITLE),
        LedgerColumn("closed", "閉じた日", "day", width=24, needed=False, later=True, recorded=TITLE),
        LedgerColumn("how", "終わり方", width=18, needed=False, recorded=TITLE, printed=False, under=("closed", "")),
    ),
    sources=(_incidents,),
    typed=False,
    awaits=_unfinished,
    entered_at=Asked(TITLE),
    totals=(Total("閉じていないもの", lambda cells: not cells.get("closed"), numbered=True),),
    note="本人の氏名は書かない。受託者の事故等報告書（特25-1）は、提出物として別に受領する。",
)  # fmt: skip
