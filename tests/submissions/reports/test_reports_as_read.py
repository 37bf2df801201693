"""The form of a report, its check and the ward's own numbers, read whole over the sample year."""

from dataclasses import replace

from app.submissions.reports.services import report_check, report_facts, report_form
from db.records.submissions.reports import Report
from db.tables.events import events_of_year
from db.tables.reports import reports_of_event
from tests.support.paper_lines import assert_paper
from tests.support.sample import NOW, event_id, sample_store
from tests.support.stores import made_by
from tests.support.view_lines import view_lines

store = made_by(sample_store, scope="module")
TODAY = NOW.date()


def form_lines(view):
    for one in view.sections:
        parts = "・".join(part.title for part in one.chapters)
        yield f"■{one.section.words}　{one.section.writer}　{one.state}{'　求める' * one.is_asked_for}　{parts}"
        for facts in one.facts:
            yield f"〔{facts.title}〕{facts.link.action}{facts.link.event_id}{'　そろう' * facts.complete}"
            yield from ("　".join(line).replace("\n", " / ") for line in facts.lines)
    yield from view_lines(view, "form", "sections", "photos", "task", "link")


def test_the_form_of_a_report_shows_what_it_has_and_what_it_waits_for(store):
    for kind, number in (("講習会", 2), ("講習会", 3), ("講習会", 6), ("派遣", 1), ("意見交換会", 1)):
        view = report_form.read_form_screen(store, event_id=event_id(store, kind, number), today=TODAY)
        assert_paper(form_lines(view), f"{kind}{number} 様式")


def test_each_received_report_is_shown_with_its_limit_and_its_numbers(store):
    said = []
    for event in events_of_year(store.database, 1):
        for report in reports_of_event(store.database, event.id):
            if report.way.is_received:
                view = report_check.read_report_check(store, report_id=report.id, today=TODAY)
                left = ("report", "versions", "data", "current_figures", "id", "report_id", "position", "review")
                shown = [one for one in view.figures if view.open_differences or not one.item.startswith("設問　")]
                said.append(f"【{event.full_title}　第{report.version}版】")
                said += view_lines(replace(view, figures=tuple(shown)), "event", "questions", *left)
                said.append(f"残り{view.open_count}")
    assert_paper(said, "確認")


def test_the_own_numbers_of_every_event_say_where_they_are_from(store):
    said = []
    for event in events_of_year(store.database, 1):
        report = Report(event_id=event.id, way="作成", version=1)
        facts = report_facts.gather_facts(store, event=event, report=report)
        numbers = ("｜".join(one) for one in report_facts.own_numbers(facts) if not one[0].startswith("設問　"))
        said += [f"【{event.full_title}】日数{facts.ordinal_day}", *numbers]
    assert_paper(said, "区の記録")
