"""事故等報告書 with and without what is known, and what a form may write of an incident."""

from dataclasses import replace
from datetime import date, datetime

from app.settings.incidents.documents import IncidentReportFacts, incident_report
from app.settings.incidents.services import incidents
from app.settings.incidents.services.incident_ledger import INCIDENTS
from app.settings.incidents.services.incident_view import read_incident
from db.records.incidents import Incident, IncidentLocation, IncidentMeasure, IncidentNote, IncidentSort, ReportNeed
from tests.support.left_papers import outgoing
from tests.support.paper_lines import assert_paper, lines_of
from tests.support.years import BY, NOW, acting, plain_context

DAY, NEXT = date(2026, 9, 1), date(2026, 9, 2)
KNOWN = datetime(2026, 8, 31, 17, 5)
WHOLE = Incident(
    programme_id=1,
    number=3,
    title="受付名簿が見あたらない",
    known_at=KNOWN,
    known_by="見本　係員",
    sort=IncidentSort("事故"),
    place=IncidentLocation("受託者"),
    happened="8/31 午後",
    what="受付名簿",
    amount="1部",
    people=20,
    spot="受付",
    course="片付けで気づいた",
    cause="置き忘れ",
    needed=ReportNeed.NEEDED,
    needed_by="課長",
    needed_reason="20人分",
    owners_needed=ReportNeed.NOT_NEEDED,
    owners_by="係長",
    owners_how="見つかった",
    closed_on=DAY,
    closed_how="見つかった",
    closed_by="課長",
    closed_reason="机の下",
)
BARE = Incident(programme_id=1, number=12, title="見あたらない", known_at=KNOWN)


def test_the_report_says_what_is_known_and_what_is_still_looked_into():
    note = {"incident_id": 1, "at": KNOWN, "by": BY}
    facts = IncidentReportFacts(
        incident=WHOLE, year_words="R8", event="第1回 LINE講習会", report_type="最終", version=2, basis="特25-1(1)",
        notes=(
            IncidentNote(words="課長へ電話", outcome="話した", **note),
            IncidentNote(words="係長と話した", outcome="話した", **note),
            IncidentNote(words="会場を探した", **note),
        ),
        notified_parties=(("課長", "特25-1(1)", "直ちに", "話した 8/31(月)"),),
        measures=(
            IncidentMeasure(incident_id=1, what="鍵をかける", who="係", planned_on=DAY, done_on=NEXT),
            IncidentMeasure(incident_id=1, what="数える", who="係"),
        ),
        outgoing=(outgoing("参加者名簿", copies=2, by=BY, at=datetime(2026, 8, 31, 9)),), days=3,
    )  # fmt: skip
    assert_paper(lines_of(incident_report(plain_context(DAY), facts)), "最終")
    none = dict.fromkeys(("notes", "notified_parties", "measures", "outgoing"), ())
    first = replace(facts, incident=BARE, event="", report_type="第一報", version=1, **none)
    assert_paper(lines_of(incident_report(plain_context(DAY), first)), "第一報")
    closed = replace(BARE, closed_on=DAY, closed_how="最終の報告", closed_by="課長")
    assert "閉じた　R8.9.1（火）　最終の報告　課長" in lines_of(
        incident_report(plain_context(DAY), replace(first, incident=closed))
    )


def test_a_form_writes_the_facts_alone_and_the_ledger_counts_what_is_open(store):
    begun = {"fiscal_year": 2026, "known_at": KNOWN, "known_by": ""}
    made = incidents.begin_incident(acting(store), incident={"title": "見あたらない"}, **begun).id
    typed = {"cause": "置き忘れ", "number": 9, "spot": "受付"}
    incidents.write_facts(acting(store), incident_id=made, typed=typed, shown={"spot": "受付"})
    view = read_incident(store, incident_id=made, now=NOW)
    kept = view.incident
    assert (kept.cause, kept.number, kept.spot, view.last_issued_version) == ("置き忘れ", 1, "", 0)
    (total,) = INCIDENTS.totals
    assert [total.is_counted(cells) for cells in ({}, {"closed": ""}, {"closed": "2026-09-01"})] == [True, True, False]
