"""What a 実施報告書 says of those who answered follows from what was asked and from the columns that came."""

from dataclasses import replace

import pytest

from app.documents.services.documents import build_document
from db.records.surveys import EventSurvey, SurveyImport
from db.rows import rows
from tests.support.paper_words import said_by
from tests.support.sample import BY, NOW, event_id

pytestmark = pytest.mark.sample_year

NOBODY = "無記名で実施し、氏名および連絡先は収集していない。"


def said(store, event, kind="実施報告書"):
    return said_by(build_document(store, event_id=event, kind=kind, now=NOW))


def test_answers_with_mail_and_organisation_are_not_called_anonymous(store):
    event = event_id(store, "講習会", 3)
    survey = rows(store.database, EventSurvey, event_id=event)[0]
    assert NOBODY in said(store, event)
    with store.change(action="オンラインの回答を取り込んだ", by=BY, now=NOW) as change:
        change.insert(
            SurveyImport(
                survey_id=survey.id,
                file_name="回答.csv",
                sha256="0" * 64,
                at=NOW,
                by=BY,
                new=1,
                duplicate=0,
                needs_check=0,
                skipped=0,
                dropped_columns=("受付番号", "メールアドレス", "団体名"),
            )
        )

    words = said(store, event)
    assert NOBODY not in words
    assert "オンラインの回答に「メールアドレス」「団体名」の欄があった。その内容は残していない。" in words


def test_a_question_that_asks_for_a_name_is_said_and_no_paper_calls_the_sheet_anonymous(store):
    event = event_id(store, "講習会", 3)
    survey = rows(store.database, EventSurvey, event_id=event)[0]
    first, *others = survey.questions
    with store.change(action="設問を直した", by=BY, now=NOW) as change:
        change.update(EventSurvey, survey.id, questions=(replace(first, title="お名前"), *others))

    words = said(store, event)
    assert NOBODY not in words
    assert "問1で、回答した人または団体を尋ねた。" in words
    for kind in ("当日のしおり", "アンケート集計表"):
        assert "無記名" not in said(store, event, kind)
    assert "お名前は書かないでください。" not in said(store, event, "アンケート用紙")
