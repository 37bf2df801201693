"""Years of other contracts, begun from their definition files: no paper names a kind or cites a clause of 令和8年度."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services.document_library import read_library
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from app.event.rules.agenda import clock_of, default_agenda, setting_up_items
from app.event.rules.recruitment import document_of_step
from app.event.services.event_changes import create_event
from app.event.services.event_drafts import EventDraft
from app.event.services.event_records import read_event_records
from app.event.services.event_results import record_result
from app.event.services.event_view import read_event
from app.event.services.tasks.deadlines import read_year
from app.event.services.tasks.event_tasks import step_tasks
from app.event.services.tasks.follow_ups import read_follow_ups
from app.events.dispatches.documents import CALL_FOR_REQUESTS, DECLINE_NOTICE, REQUEST_FORM, SELECTION
from app.events.dispatches.rules import offered_tools
from app.events.dispatches.screens.request_form import request_fields
from app.events.dispatches.services import dispatch_requests
from app.events.dispatches.services.support import CALL_TASK
from app.events.headcount.screens.count_line import numbers_asked
from app.events.headcount.services import read_headcount
from app.home.today.services.global_search import search_everything
from app.main_window.action_routes import route_to
from app.programme.intake import preset, read_definition
from app.programme.rules import YearDefinition, lecture_names
from app.programme.services import read_programme
from app.settings.disposal.services.due_rows import due_summary, read_due
from app.settings.protection.services import read_duties
from app.submissions.deliverables.rules.year_form_definitions import SUBCONTRACT
from app.submissions.deliverables.services.due_list import read_due_list
from app.submissions.deliverables.services.holdings import read_holdings
from app.submissions.deliverables.services.outstanding import read_outstanding
from app.surveys.questions.services.surveys import choose_questionnaire, fix_questionnaire
from app.year.dates.services import SUMMARY_PAGES
from app.year_end.completion.services.completion import read_completion
from app.year_end.consistency.services.event_numbers import read_event_numbers
from app.year_end.summary.services.seasons import read_seasons
from app.year_end.summary.services.year_summary import read_summary
from db.records.dispatches import DispatchRequest, DispatchSupport
from db.records.event_form import EventForm
from db.records.events import Event, EventResult
from db.records.organisations import Organisation
from db.records.programme import EventKind, Programme
from db.records.roster import Entry
from db.rows import rows
from db.store import Store
from db.tables import journal
from tests.support.paper_words import said_by
from tests.support.stores import new_store
from tests.support.strange_years import FILES, ForeignWords, begin, check_report, contents
from tests.support.years import BY, NOW, acting, at


def named(stem: str) -> YearDefinition:
    """The definition of one of the years."""
    (path,) = (one for one in FILES if one.stem == stem)
    return read_definition(path)


def begun(folder: Path, definition: YearDefinition) -> Store:
    store = new_store(folder)
    begin(store, definition)
    return store


def planned(store: Store, kind: EventKind, day: date, **where: str) -> int:
    """Enter an event of a kind as long as the contract says, and return its id."""
    draft = EventDraft(
        kind=kind.kind,
        form=kind.form,
        subject=f"{kind.name}の回",
        event_date=day,
        start_time="10:00",
        end_time=clock_of(10 * 60 + kind.minutes),
        **where,
    )
    return create_event(acting(store), draft=draft).id


def papers(store: Store, scope: DocumentScope, today: date) -> list[tuple[str, str]]:
    """Every paper of an event or the year that can be made, as kind and words."""
    return [(kind, said_by(content)) for kind, content in contents(store, scope, today)]


def ask_for_visits(store: Store) -> list[DocumentScope]:
    """Enter a request that is selected and one that is declined, and return what the papers of both 団体 are about."""
    context, made = acting(store), []
    for name, outcome in (("みほん町会", "決定"), ("ためし自治会", "不採択")):
        with context.change(f"{name}を加えた", "organisations") as change:
            organisation_id = change.insert(Organisation(name=name, branch="第1支部"))
        wish = DispatchRequest(
            programme_id=1,
            organisation_id=organisation_id,
            received_on=NOW.date(),
            received_how="郵送",
            signed=True,
            signer="仮名　和子",
            signer_role="会長",
            wish="行事を知らせたい",
            consent="同意あり",
        )
        wish_id = dispatch_requests.save_dispatch_request(context, wish=wish).id
        dispatch_requests.decide_dispatch_request(
            context,
            wish_id=wish_id,
            outcome=outcome,
            decided_on=NOW.date(),
            reason="内容と日程による",
            unlinked_reason="はじめて希望した団体のため" if outcome == "決定" else "",
        )
        made.append(DocumentScope(organisation_id=organisation_id))
    return made


def hear_of_visits(store: Store) -> None:
    """Note a hearing of every visit of the year."""
    with acting(store).change("聞き取りを記録した", "events") as change:
        for event in rows(store.database, Event, form=EventForm.VISIT, order=("id",)):
            change.insert(DispatchSupport(event_id=event.id, hearing_on=NOW.date()))


def hold_one_of_each(store: Store) -> list[int]:
    """Enter an event of each kind, settle its questions where it has any, and note that five people came."""
    made = []
    for place, kind in enumerate(read_programme(store).kinds):
        day = min(kind.window_start + timedelta(days=21 + 7 * place), kind.window_end)
        event_id = planned(store, kind, day, organisation_name="みほん町会", venue="みほん会館")
        if kind.has_survey:
            survey = choose_questionnaire(acting(store), event_id=event_id).id
            fix_questionnaire(acting(store), survey_id=survey, agreed_on=NOW.date())
        read_event(store, event_id=event_id, today=NOW.date())
        result = EventResult(event_id=event_id, attended=kind.people_min)
        record_result(ActionContext(store, BY, at(day)), event_id=event_id, result=result)
        check_report(ActionContext(store, BY, at(day + timedelta(days=1))), event_id, kind)
        assert read_event_numbers(store, event_id=event_id).contradictions == 0
        made.append(event_id)
    return made


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_papers_of_another_contract_name_its_kinds_and_cite_its_clauses_alone(tmp_path, path):
    store = begun(tmp_path, read_definition(path))
    view = read_programme(store)
    today = date(2026, 12, 1)
    read_summary(store, today=today)
    of_event = [
        (kind, papers(store, DocumentScope(event_id=event_id), today))
        for kind, event_id in zip(view.kinds, hold_one_of_each(store), strict=True)
    ]
    promised = {
        paper
        for kind, found in of_event
        if not kind.lends_devices
        for paper, words in found
        if "お貸しします" in words or "貸し出しのタブレット" in words
    }
    assert promised == set(), "the ward of this contract lends nothing"
    said = [one for _kind, found in of_event for one in found]
    hear_of_visits(store)
    (programme,) = rows(store.database, Programme)
    held = [one.item for one in read_holdings(store.database, programme).lines]
    visits = "・".join(one.name for one in view.kinds if one.form.at_organisation)
    assert f"{visits}の聞き取りの記録" in held
    of_sides = [one for scope in ask_for_visits(store) for one in papers(store, scope, today)]
    of_year = papers(store, DocumentScope(fiscal_year=2026), today)
    assert {DECLINE_NOTICE, SELECTION} <= {kind for kind, _words in (*of_sides, *of_year)}
    said += of_year + of_sides
    assert read_completion(store, programme_id=1, today=today).programme.title == view.programme.title

    foreign = ForeignWords(read_definition(path))
    names = {(kind, word) for kind, words in said for word in foreign.names_in(words)}
    cited = {(kind, clause) for kind, words in said for clause in foreign.clauses_in(words)}
    unsaid = {
        (paper, word)
        for kind, found in of_event
        for paper, words in found
        for word in foreign.facts_in(paper, words, kind)
    }
    unsaid |= {(paper, word) for paper, words in of_year for word in foreign.facts_in(paper, words, None)}
    assert unsaid == set(), "no contract says this"
    assert len({kind for kind, _words in said}) > 15
    assert (names, cited) == (set(), set())


def test_letters_to_the_contractor_cite_no_annex_that_the_contract_lacks(tmp_path):
    definition = named("eight_kinds")
    owing = replace(definition.programme, owed=preset().programme.owed)
    store, today = begun(tmp_path, replace(definition, programme=owing)), date(2026, 12, 1)
    rows_due = [one for one in read_due_list(store, today=today).rows if "特" in one.basis_words]
    assert len(rows_due) > 3
    said = [text.text for row in rows_due[:3] for text in read_outstanding(store, row_id=row.id, today=today).texts]
    form = build_document(store, scope=DocumentScope(fiscal_year=2026), kind=f"{SUBCONTRACT}（様式）", now=at(today))
    assert "特記事項を周知" not in said_by(form)
    assert not re.search(r"第\d+条", said_by(form))
    foreign = ForeignWords(definition)
    assert len(said) > 3
    assert [words for text in said for words in foreign.facts_in("", text, None)] == []
    assert not [one for one in read_duties(own_only=True, contract=definition) if "特記事項第" in one.cited_clauses]


def test_the_window_calls_visits_and_asks_for_devices_as_the_contract_does(tmp_path):
    definition = named("one_kind")
    store = begun(tmp_path, definition)
    view = read_programme(store)
    (event_id,) = hold_one_of_each(store)
    ask_for_visits(store)
    after = date(2027, 5, 10)

    said = [one.action for one in journal.entries_between(store.database, date(2020, 1, 1), after)]
    said += [one.title for one in read_due(store, today=after).lines]
    due = due_summary(store.database, after)
    said += [paper for _day, papers_of_day in due.passed_printed_days for paper in papers_of_day]
    seasons = read_seasons(store, view.programme, after)
    said += [row.title for row in (*(one for card in seasons.cards for one in card.rows), *seasons.others)]
    hits = search_everything(store, text="希望票", today=after)
    said += [words for group in hits.groups for one in group.items for words in (one.title, one.detail)]
    said += [one.state for one in read_library(store, event_id=event_id, today=after).rows]
    said += [one.duty for one in read_duties(contract=definition)]
    foreign = ForeignWords(definition)
    assert {(word, words) for words in said for word in foreign.names_in(words)} == set()
    assert {
        "ためし自治会の出前講座を不採択とした",
        "出前講座の希望票",
        "出前講座の希望票に署名した人の氏名",
        "出前講座希望票",
        "出前講座の希望票を開く",
    } <= set(said)
    assert "訪問支援会場の扱い" in {one.duty for one in read_duties(contract=named("nerima_r9"))}
    proposal = search_everything(store, text="次年度提案書の根拠", today=after)
    linked = [one.link for group in proposal.groups for one in group.items if one.link is not None]
    assert [link for link in linked if link.action == "提案書の根拠"] == []

    assert read_headcount(store, event_id=event_id, today=after).lends_devices is False
    assert [key for key, _title, _unit in numbers_asked(lends=False)] == ["people", "own_devices", "care_count"]
    offered = replace(view.kinds[0], content=("電源の入れ方", "質問"))
    boxes = request_fields(offered_tools(offered), lecture_names(view.kinds))
    assert [one.words for one in boxes if one.key.startswith("tool")] == ["電源の入れ方", "質問"]
    assert "講習会" not in "".join(one.label for one in boxes)


def test_a_visit_of_any_name_has_its_call_after_three_months_and_its_links_to_lectures(tmp_path):
    store = begun(tmp_path, named("nerima_r9"))
    lecture_id, advice_id, visit_id = hold_one_of_each(store)
    asker, other = ask_for_visits(store)
    with acting(store).change("名簿に加えた", "roster", event_id=lecture_id) as change:
        change.insert(Entry(event_id=lecture_id, organisation_id=asker.organisation_id, state="決定"))
        change.insert(Entry(event_id=advice_id, organisation_name="みほん町会", state="決定"))
        change.insert(Entry(event_id=visit_id, organisation_id=asker.organisation_id, state="決定"))

    calls = [one for one in read_follow_ups(store.database, NOW.date()) if one.task == CALL_TASK]
    assert [(one.event_id, one.label) for one in calls] == [(visit_id, "3か月後の電話：みほん町会")]
    links, none = (
        dispatch_requests.lectures_naming_organisation(
            store.database, organisation_id=one.organisation_id, programme_id=1
        )
        for one in (asker, other)
    )
    assert ({one.event.id for one in links}, none) == ({lecture_id, advice_id}, ())


def test_who_invites_others_than_heads_of_organisations_has_no_steps_for_them(tmp_path):
    store = begun(tmp_path, named("eight_kinds"))
    kind = read_programme(store).kinds[0]
    event_id = planned(store, kind, kind.window_end)
    steps = [one.name for one in read_event_records(store, event_id).steps]
    assert {"関係先への周知", "案内の送付"} <= set(steps)
    assert [one for one in steps if "会長" in one or "支部" in one] == []


def test_a_kind_without_handouts_has_none_in_its_timetable():
    kind = replace(preset().kinds[0], material_period="")
    assert "資料" in "".join(one.uses for one in default_agenda(preset().kinds[0]))
    items = (*default_agenda(kind), *setting_up_items(kind))
    assert "資料" not in "".join(one.uses + one.title for one in items)


def test_the_steps_and_buttons_of_a_city_say_its_own_paper_and_lead_to_it(tmp_path):
    store = begun(tmp_path, named("eight_kinds"))
    kind = read_programme(store).kinds[0]
    event_id = planned(store, kind, kind.window_end, venue="みほん会館")
    tasks = step_tasks(read_event_records(store, event_id), read_year(store, NOW.date()))
    steps = [task.label for task in tasks]
    assert "市報原稿締切" in steps
    assert "区報" not in "".join(steps)
    assert document_of_step("市報原稿締切") == document_of_step("区報原稿締切") == "区報原稿"
    (task,) = (one for one in tasks if one.label == "市報原稿締切")
    route = route_to(task.link)
    assert (route.label, route.arguments["kind"]) == ("市報原稿を開く", "区報原稿")


def test_a_contract_without_a_proposal_has_nothing_of_it_but_the_note_that_says_so(tmp_path):
    store = begun(tmp_path, named("eight_kinds"))
    today = date(2026, 12, 1)
    seasons = read_seasons(store, read_programme(store).programme, today)
    rows = [row for card in seasons.cards for row in card.rows]
    titled = [(row.title, row.words) for row in (*rows, *seasons.others) if "提案書" in row.title]
    assert titled == [("提案書", "この契約では求めていません")]
    said = papers(store, DocumentScope(fiscal_year=2026), today)
    assert [kind for kind, words in said if "提案書" in words] == ["引継書"]
    assert "この契約にないもの\n契約に含む特記事項、提案書" in dict(said)["引継書"]
    assert {"年間計画", "検査調書別紙"} <= {kind for kind, _words in said}


def test_a_year_without_visits_has_no_papers_of_them_and_says_so(tmp_path):
    definition = named("nerima_r9")
    lectures = tuple(one for one in definition.kinds if not one.form.at_organisation)
    store = begun(tmp_path, replace(definition, kinds=lectures))

    said = {kind for kind, _words in papers(store, DocumentScope(fiscal_year=2026), date(2026, 12, 1))}
    assert "年間計画" in said
    assert not {"アドバイザー派遣募集要項", "アドバイザー派遣希望票"} & said
    with pytest.raises(UserError, match="団体へうかがう種類はありません"):
        dispatch_requests.read_dispatch_requests(store)
    pages = {one.title: one.read_status(store, programme_id=1, today=date(2026, 12, 1)) for one in SUMMARY_PAGES}
    assert pages["派遣の希望票"].words == "この年度の契約にはありません"
    assert len(pages) > 10


def test_a_year_without_visits_lists_its_papers_and_none_of_visits(tmp_path):
    definition = named("eight_kinds")
    lectures = tuple(one for one in definition.kinds if one.form is EventForm.LECTURE)
    store = begun(tmp_path, replace(definition, kinds=lectures))
    with acting(store).change("みほん町会を加えた", "organisations") as change:
        organisation_id = change.insert(Organisation(name="みほん町会"))

    scopes = DocumentScope(fiscal_year=2026), DocumentScope(organisation_id=organisation_id)
    listed = {one.kind for scope in scopes for one in read_library(store, scope=scope, today=NOW.date()).rows}
    assert {"契約台帳", "団体の記録"} <= listed
    assert listed & {CALL_FOR_REQUESTS, REQUEST_FORM, SELECTION, DECLINE_NOTICE} == set()
