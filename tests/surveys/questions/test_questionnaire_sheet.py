"""The questionnaire on paper: every question and option as the tally numbers them, two pages, nobody's name."""

from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from app.documents.pdf.blocks.questionnaire_form import questions_beyond_two_pages
from app.documents.pdf.render import render_pdf
from app.documents.pdf.typesetting.typefaces import open_collection
from app.documents.services.document_context import event_document_context
from app.event.services.event_facts import read_event_facts
from app.programme.services import read_programme
from app.surveys.questions import documents as questions_documents
from db.records.events import Event
from db.records.surveys import Question
from db.rows import by_id
from db.tables import surveys
from tests.support.sample import NOW, event_id, sample_store


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    store = sample_store(tmp_path_factory.mktemp("questionnaire"))
    event = by_id(store.database, Event, event_id(store, "講習会", 2))
    survey = surveys.survey_of_event(store.database, event.id)
    yield (
        event_document_context(store, event, questions_documents.QUESTIONNAIRE_KIND, NOW, view=read_programme(store)),
        read_event_facts(store, event),
        survey,
    )
    store.database.conn.close()


def words(content, tmp_path):
    path = tmp_path / "sheet.pdf"
    path.write_bytes(render_pdf(content).data)
    pages = [page.extract_text() for page in PdfReader(path).pages]
    return len(pages), "".join("".join(pages).split())


def test_ten_questions_stand_on_two_pages_with_the_numbers_of_the_tally(made, tmp_path):
    context, event, survey = made
    pages, text = words(questions_documents.questionnaire(context, event, survey), tmp_path)
    assert pages == 2
    for place, question in enumerate(survey.questions, start=1):
        assert f"問{place}{question.title}".replace("　", "").replace(" ", "") in text
        for number, option in enumerate(question.options, start=1):
            assert f"{number}{option}".replace("　", "") in text
    assert "練馬区" in text
    assert "実施者" in text
    assert "お名前は書かないでください" in text


def test_without_an_online_form_nothing_speaks_of_a_smartphone(made, tmp_path):
    context, event, survey = made
    _, text = words(questions_documents.questionnaire(context, event, replace(survey, online_url="")), tmp_path)
    assert "スマートフォン" not in text
    online = replace(survey, online_url="https://example.jp/form/1", online_close=date(2026, 10, 5))
    _, text = words(questions_documents.questionnaire(context, event, online), tmp_path)
    assert "紙かスマートフォンのどちらか一方でお答えください。" in text
    assert "10月5日（月）まで" in text
    assert "https://example.jp/form/1" in text


def test_the_large_sheet_is_set_in_twenty_points(made):
    context, event, survey = made
    content = questions_documents.questionnaire(context, event, survey, kind=questions_documents.LARGE_KIND)
    assert content.type_size == 20
    assert render_pdf(content).pages > 2


def test_questions_that_find_no_room_on_two_pages_are_named(made):
    context, event, survey = made
    many = tuple(
        Question(
            code=f"x{number}", title=f"追加の設問{number}", type="SA", options=("はい", "いいえ", "どちらともいえない")
        )
        for number in range(14)
    )
    content = questions_documents.questionnaire(context, event, replace(survey, questions=survey.questions + many))
    beyond = questions_beyond_two_pages(content, open_collection())
    assert beyond
    assert beyond[-1] == "問24"
    usual = questions_documents.questionnaire(context, event, survey)
    assert questions_beyond_two_pages(usual, open_collection()) == ()


def test_a_branch_says_who_is_asked_and_a_written_option_has_a_line(made, tmp_path):
    context, event, survey = made
    first = Question(code="used", title="使っていますか", type="SA", options=("はい", "いいえ"))
    second = Question(
        code="how",
        title="どのように",
        type="MA",
        options=("連絡", "その他"),
        has_other=True,
        asked_of="used",
        asked_of_options=("はい",),
    )
    amount = Question(code="count", title="何人で", type="NUM", unit="人")
    content = questions_documents.questionnaire(context, event, replace(survey, questions=(first, second, amount)))
    pages, text = words(content, tmp_path)
    assert pages == 1
    assert "問1で「はい」を選んだ方だけお答えください。" in text
    printed = next(block for block in content.blocks if getattr(block, "code", "") == "how")
    assert printed.written == ("2",)
