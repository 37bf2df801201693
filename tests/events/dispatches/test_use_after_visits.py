"""What 団体 use months after a visit: asked by 団体, carried into the next year, in the proposal as numbers."""

from datetime import date

import pytest

from app.actions.action_context import ActionContext
from app.contributions import register_contributions
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document, render
from app.event.services.tasks.deadlines import all_tasks
from app.events.dispatches.rules import UseAfter
from app.events.dispatches.services.support import CALL_TASK, note_call
from app.events.dispatches.services.use_after_visits import read_use
from app.main_window.action_routes import route_to
from app.year.dates.services import close_year, next_year_draft, start_year
from app.year_end.handover.services import read_handover
from app.year_end.proposal.documents import PROPOSAL_FORM_KIND
from app.year_end.proposal.services import save_issues
from db.records.event_form import EventForm
from db.records.event_status import EventStatus
from db.records.events import Event
from db.records.organisations import Organisation
from db.records.programme import EventKind
from db.rows import rows
from tests.support.paper_words import said_by
from tests.support.years import BY, at, started_year

HELD = date(2026, 10, 20)
LINE, SITE = "LINE公式アカウント", "ホームページ"


@pytest.fixture
def visits(tmp_path):
    register_contributions()
    store = started_year(tmp_path)
    with store.change(action="用意", by="準備", now=at(HELD)) as change:
        for kind in rows(store.database, EventKind):
            if kind.form.at_organisation:
                change.update(EventKind, kind.id, follow_up_months=(3, 6, 12))
                name = kind.kind
        found = [
            change.insert(
                Event(
                    kind=name,
                    form=EventForm.VISIT,
                    ordinal=number + 1,
                    subject="訪問",
                    event_date=HELD,
                    status=EventStatus.HELD,
                    organisation_id=change.insert(Organisation(name=f"みほん{number}町会")),
                    organisation_name=f"みほん{number}町会",
                )
            )
            for number in range(6)
        ]
    save_issues(ActionContext(store, BY, at(HELD)), programme_id=1, texts=["活用が続かない"])
    yield store, found
    store.database.conn.close()


def call(store, event_id, day, *tools):
    context = ActionContext(store, BY, at(day))
    note_call(context, event_id=event_id, outcome="話せた", answer="聞いた", tools_in_use=tools)


def proposal(store, day):
    return build_document(store, scope=DocumentScope(fiscal_year=2026), kind=PROPOSAL_FORM_KIND, now=at(day))


def test_of_those_asked_how_many_use_what_by_number_and_few_not_by_name(visits):
    store, events = visits
    assert "定着" not in said_by(proposal(store, date(2027, 1, 19)))
    for number, event_id in enumerate(events[:5]):
        call(store, event_id, date(2027, 1, 20), *([LINE] if number < 3 else []), *([SITE] if number == 0 else []))
    call(store, events[0], date(2027, 3, 20), SITE)
    use = read_use(store.database, fiscal_year=2026, today=date(2027, 3, 31))
    assert use == (
        UseAfter(months=3, asked=5, using=3, tools=((LINE, 3), (SITE, 1))),
        UseAfter(months=6, asked=1, using=1, tools=()),
    )
    paper = proposal(store, date(2027, 3, 31))
    said = said_by(paper)
    assert "訪問後の定着" in said
    table = next(one for one in paper.blocks if getattr(one, "name", "") == "訪問後の定着")
    assert table.rows == (("3か月後", "5", "3", "3", "1"), ("6か月後", "1", "1", "—", "—"))
    assert "みほん0町会" not in "".join(map("".join, table.rows))
    assert render(paper, format="pdf").pages
    assert render(paper, format="xlsx").data


def test_the_newest_call_of_an_organisation_counts_once(visits):
    store, events = visits
    with store.change(action="同じ団体", by="準備", now=at(HELD)) as change:
        change.update(Event, events[1], organisation_id=1, event_date=date(2026, 11, 20), kind="別")
        kind = next(one for one in rows(store.database, EventKind) if one.form.at_organisation)
        change.insert(EventKind(**{**vars(kind), "id": 0, "kind": "別", "name": "別"}))
    call(store, events[0], date(2027, 1, 20))
    call(store, events[1], date(2027, 2, 20), LINE)
    (use,) = read_use(store.database, fiscal_year=2026, today=date(2027, 3, 31))
    assert (use.asked, use.using) == (1, 1)


def test_calls_of_a_closed_year_stay_on_home_and_count_in_the_year_in_which_they_are_made(visits):
    store, events = visits
    for event_id in events:
        call(store, event_id, date(2027, 1, 20), LINE)
    close_year(ActionContext(store, BY, at(date(2027, 4, 8))), fiscal_year=2026, day=date(2027, 4, 8), reason="支払済")
    waiting = [one for one in all_tasks(store, today=date(2027, 4, 9)) if one.task == CALL_TASK]
    assert (len(waiting), waiting[0].due) == (6, date(2027, 4, 20))
    assert "6か月後の電話" in waiting[0].label
    assert route_to(waiting[0].link).arguments["event_id"] in events
    now = at(date(2027, 4, 9))
    start_year(ActionContext(store, BY, now), draft=next_year_draft(store, today=now.date()))
    handed = {
        year: [
            one.subject
            for one in read_handover(store, fiscal_year=year, now=now).open_items
            if "か月後の電話" in one.label
        ]
        for year in (2026, 2027)
    }
    assert [*map(set, handed.values())] == [{f"第{number}回 派遣" for number in range(1, 7)}, {"前の年度の回"}]
    call(store, events[0], date(2027, 4, 20), LINE)
    assert len([one for one in all_tasks(store, today=date(2027, 4, 21)) if one.task == CALL_TASK]) == 6
    assert [one.months for one in read_use(store.database, fiscal_year=2027, today=date(2028, 3, 31))] == [6]
