"""Years of other contracts, begun from their definition files: no paper names a kind or cites a clause of 令和8年度."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services import documents
from app.documents.services.document_kind import documents_about, read_subject
from app.documents.services.document_scope import DocumentScope
from app.event.services.event_changes import create_event
from app.event.services.event_drafts import EventDraft
from app.event.services.event_results import record_result
from app.event.services.event_view import read_event
from app.events.dispatches.services.dispatch_requests import read_dispatch_requests
from app.programme.intake import preset, read_definition
from app.programme.rules import YearDefinition
from app.programme.services import read_programme, start_programme
from app.submissions.reports.services import report_check
from app.surveys.questions.services.surveys import choose_questionnaire, fix_questionnaire
from app.year.dates.services import SUMMARY_PAGES
from app.year_end.completion.services.completion import read_completion
from app.year_end.summary.services.year_summary import read_summary
from db.records.events import EventResult
from db.records.programme import Contractor, EventKind
from db.store import Store
from tests.support.paper_words import said_by
from tests.support.stores import new_store
from tests.support.years import BY, NOW, at

FILES = sorted((Path(__file__).parent / "years").glob("*.toml"))
CITED = re.compile(r"仕様書\d[()\dア-ン]*|(?<![一-龠])仕\d[()\dア-ン]*")


def begin(store: Store, definition: YearDefinition) -> None:
    """Start the year of a definition."""
    start_programme(
        ActionContext(store, BY, NOW),
        programme=definition.programme,
        numbers=definition.kinds,
        office=definition.office,
        contractor=Contractor(name="みほん受託株式会社", responsible="見本 花子"),
    )


def papers(store: Store, scope: DocumentScope, today: date) -> Iterator[tuple[str, str]]:
    """Give every paper of an event or the year that can be made, as kind and words."""
    subject = read_subject(store, scope)
    for kind in documents_about(scope):
        if kind.is_applicable(subject) and kind.is_ready(store, subject):
            try:
                content = documents.build_document(store, scope=scope, kind=kind.kind, now=at(today))
            except UserError:
                continue
            yield kind.kind, said_by(content)


def check_report(context: ActionContext, event_id: int, kind: EventKind) -> None:
    """Receive the report of an event, find every point that its kind asks for and every number, and confirm it."""
    day = context.now.date()
    report = report_check.receive_report(
        context,
        event_id=event_id,
        data=b"%PDF-1.4 report",
        name="報告書.pdf",
        pages=1,
        received_on=day,
        received_how="メール",
    ).id
    check = report_check.read_report_check(context.store, report_id=report, with_file=False)
    assert ("アンケートの集計結果" in check.points) is kind.has_survey
    for point in check.points:
        report_check.tick_point(context, report_id=report, point=point, found=True)
    settled = [report_check.SettledFigure(figure_id=one.id, theirs=one.ours) for one in check.figures]
    report_check.set_figures(context, report_id=report, settled=settled)
    report_check.confirm_report(context, report_id=report, on=day, reason="用紙を配らなかった")


def hold_one_of_each(store: Store) -> list[int]:
    """Enter an event of each kind, settle its questions where it has any, and note that five people came."""
    made = []
    for place, kind in enumerate(read_programme(store).kinds):
        day = min(kind.window_start + timedelta(days=21 + 7 * place), kind.window_end)
        draft = EventDraft(
            kind=kind.kind,
            form=kind.form,
            subject=f"{kind.name}の回",
            organisation_name="みほん町会",
            event_date=day,
            venue="みほん会館",
        )
        event_id = create_event(ActionContext(store, BY, NOW), draft=draft).id
        if kind.has_survey:
            survey = choose_questionnaire(ActionContext(store, BY, NOW), event_id=event_id).id
            fix_questionnaire(ActionContext(store, BY, NOW), survey_id=survey, agreed_on=NOW.date())
        read_event(store, event_id=event_id, today=NOW.date())
        result = EventResult(event_id=event_id, attended=kind.people_min)
        record_result(ActionContext(store, BY, at(day)), event_id=event_id, result=result)
        check_report(ActionContext(store, BY, at(day + timedelta(days=1))), event_id, kind)
        made.append(event_id)
    return made


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_papers_of_another_contract_name_its_kinds_and_cite_its_clauses_alone(tmp_path, path):
    store = new_store(tmp_path)
    begin(store, read_definition(path))
    view = read_programme(store)
    today = date(2026, 12, 1)
    read_summary(store, today=today)
    of_event = [
        (kind, list(papers(store, DocumentScope(event_id=event_id), today)))
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
    said += papers(store, DocumentScope(fiscal_year=2026), today)
    assert read_completion(store, programme_id=1, today=today).programme.title == view.programme.title

    own = {getattr(one, name) for one in view.kinds for name in ("name", "title")}
    foreign = {one.name for one in preset().kinds} | {one.title for one in preset().kinds} - own
    clauses = " ".join(str(value) for one in (view.programme, *view.kinds) for value in vars(one).values())
    named = {(kind, word) for kind, words in said for word in foreign - {"派遣"} if word in words}
    cited = {
        (kind, found)
        for kind, words in said
        for found in CITED.findall(words)
        if re.sub("^仕(様書)?", "仕", found) not in clauses
    }
    assert len({kind for kind, _words in said}) > 15
    assert (named, cited) == (set(), set())


def test_a_year_without_visits_has_no_papers_of_them_and_says_so(tmp_path):
    (path,) = (one for one in FILES if one.stem == "nerima_r9")
    definition = read_definition(path)
    lectures = tuple(one for one in definition.kinds if not one.form.at_organisation)
    store = new_store(tmp_path)
    begin(store, replace(definition, kinds=lectures))

    said = {kind for kind, _words in papers(store, DocumentScope(fiscal_year=2026), date(2026, 12, 1))}
    assert "年間計画" in said
    assert not {"アドバイザー派遣募集要項", "アドバイザー派遣希望票"} & said
    with pytest.raises(UserError, match="団体へうかがう種類はありません"):
        read_dispatch_requests(store)
    pages = {one.title: one.read_status(store, programme_id=1, today=date(2026, 12, 1)) for one in SUMMARY_PAGES}
    assert pages["派遣の希望票"].words == "この年度の契約にはありません"
    assert len(pages) > 10
