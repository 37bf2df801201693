"""One set of questions on paper and online: the same words letter for letter, copies, and what the preview finds."""

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from pypdf import PdfReader

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services import documents
from app.documents.services.file_saving import SaveOptions
from app.event.services.event_records import read_event_records
from app.events.materials.services.material_board import copies_of
from app.surveys.answers.services import survey_import
from app.surveys.answers.services.survey_preview import preview_import
from app.surveys.questions.services import questionnaires, survey_documents, surveys
from app.surveys.tally.services import survey_tally
from db.records.surveys import Answer, Question
from db.tables import documents as paper_table
from tests.support.google_form import AskedQuestion, write_form_csv
from tests.support.survey_sheets import AFTER, FIRST_ANSWER, acting, fixed_survey, survey_of
from tests.support.years import BY, NOW, add_lecture, expect_people, started_year, tell_people

MORE = (
    Question(code="", title="団体でLINEを使っていますか", type="SA", options=("はい", "いいえ")),
    Question(code="", title="何人で使っていますか", type="NUM", unit="人", note="おおよそで"),
)


@pytest.fixture
def asked(tmp_path):
    store, event_id = fixed_survey(tmp_path / "year")
    survey = survey_of(store, event_id)
    surveys.update_questions(acting(store), survey_id=survey.id, questions=(*survey.questions, *MORE))
    *before, used, amount = survey_of(store, event_id).questions
    amount = replace(amount, asked_of=used.code, asked_of_options=("はい",))
    surveys.update_questions(acting(store), survey_id=survey.id, questions=(*before, used, amount))
    surveys.set_online(acting(store), survey_id=survey.id, url="https://example.jp/form/1", close=date(2026, 10, 5))
    return store, event_id


def joined(text):
    return "".join(text.split())


def test_the_online_form_has_the_words_of_paper_and_tally_letter_for_letter(asked):
    store, event_id = asked
    found = survey_documents.read_definition(store, event_id=event_id, now=AFTER)
    content = documents.build_document(store, event_id=event_id, kind="アンケート用紙", now=AFTER)
    printed = [block for block in content.blocks if hasattr(block, "options")]
    charts = {
        chart.title: [row.text for row in chart.rows if row.kind not in ("none", "outside")]
        for chart in survey_tally.read_tally(store, event_id=event_id).charts
    }

    assert [one.title for one in found.questions] == [block.title for block in printed]
    assert [one.options for one in found.questions] == [
        tuple(text for _number, text in block.options) for block in printed
    ]
    for one in found.questions:
        if one.options:
            assert set(charts[one.title]) == set(one.options)
        lines = found.text.splitlines()
        assert one.title in lines
        assert all(option in lines for option in one.options)


def test_the_text_says_kind_limit_other_branch_and_that_nothing_is_required(asked):
    store, event_id = asked
    text = survey_documents.read_definition(store, event_id=event_id, now=AFTER).text

    assert "フォームの題名\n講習会アンケート\n" in text
    assert "紙かスマートフォンのどちらか一方でお答えください。" in text
    assert "回答の締切　令和8年10月5日（月）" in text
    assert "設定　選べる数は3つまで（回答の検証）" in text
    assert "設定　「その他」は、フォームの「その他」を追加して入れます（書く欄が付きます）" in text
    assert "設定　問11で「はい」を選んだ方だけに聞きます" in text
    assert "設定　数値だけ（回答の検証）　単位は人" in text
    assert text.count("必須　しない") == 12
    assert "お名前や電話番号など、個人が分かることは書かないでください。" in text


def test_answers_to_a_form_made_from_the_text_are_taken_in_without_a_question(asked, tmp_path):
    store, event_id = asked
    found = survey_documents.read_definition(store, event_id=event_id, now=AFTER)
    form = [AskedQuestion(one.title, one.form_type, one.options) for one in found.questions]
    answer = {one.title: one.options[0] for one in found.questions if one.options}
    path = write_form_csv(tmp_path / "回答.csv", form, [(FIRST_ANSWER, answer)])

    preview = preview_import(store, event_id=event_id, path=path)

    assert preview.survey_file.missing_questions == ()
    assert preview.survey_file.unknown_columns == ()
    assert [row.outcome for row in preview.rows] == ["新規"]
    survey_import.import_survey(acting(store), event_id=event_id, path=path)
    sheet = surveys.read_survey(store, event_id=event_id).responses[0]
    assert sheet.answers["tools"] == Answer(chosen=("LINE",))


def test_the_sheet_has_one_row_a_question_and_its_leaving_is_logged(asked, tmp_path):
    store, event_id = asked
    path = tmp_path / "設問.xlsx"
    saved = survey_documents.save_definition(acting(store), event_id=event_id, options=SaveOptions(path=path))

    sheet = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))["設問"]
    rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    head = next(number for number, row in enumerate(rows) if row[:2] == ["番号", "質問"])
    body = [row for row in rows[head + 1 :] if row[0].startswith("問")]
    questions = survey_of(store, event_id).questions
    assert [row[1] for row in body] == [one.title for one in questions]
    assert body[0][3].split("\n") == list(questions[0].options)
    row = next(row for row in paper_table.all_outgoing(store.database) if row.id == saved.id)
    assert (row.document_kind, row.format, row.event_id) == ("オンライン回答の設問", "xlsx", event_id)
    assert not saved.can_undo


def test_an_address_that_no_browser_opens_is_refused_and_an_odd_one_is_told(asked):
    store, event_id = asked
    survey = survey_of(store, event_id)
    with pytest.raises(UserError, match="https:// で始まります"):
        surveys.set_online(acting(store), survey_id=survey.id, url="forms.gle/x", close=None)
    assert survey_of(store, event_id).online_url == "https://example.jp/form/1"

    edit = "https://docs.google.com/forms/d/みほん/edit"
    surveys.set_online(acting(store), survey_id=survey.id, url=edit, close=None)
    found = survey_documents.read_definition(store, event_id=event_id, now=AFTER)
    assert any("編集または集計の画面" in text for text in found.warnings)
    prepared = survey_documents.prepare_preview(store, event_id=event_id, now=AFTER)
    assert set(found.warnings) <= {one.text for one in prepared.findings}


def test_the_longest_address_still_makes_a_code_of_readable_modules(asked):
    from app.documents.pdf.blocks.questionnaire_form import qr_modules

    assert len(qr_modules("https://example.jp/form/1")) <= 33
    assert len(qr_modules("https://example.jp/" + "a" * 180)) <= 57
    assert qr_modules("https://example.jp/" + "a" * 580)


# copies


def test_copies_are_people_and_reserve_and_the_large_ones(tmp_path):
    store = started_year(tmp_path)
    event_id = add_lecture(store)
    surveys.choose_questionnaire(ActionContext(store, BY, NOW), event_id=event_id)
    assert survey_documents.questionnaire_copies(read_event_records(store, event_id)).words == "人数がまだ分かりません"
    expect_people(store, event_id, 10, 8)
    survey_documents.set_large_copies(acting(store), survey_id=survey_of(store, event_id).id, copies=2)

    copies = survey_documents.questionnaire_copies(read_event_records(store, event_id))

    assert copies.words == "18＋予備2＝20部（人数連絡前）、拡大版2部"
    built = [
        documents.build_document(store, event_id=event_id, kind=kind, now=NOW).copies
        for kind in ("アンケート用紙", "アンケート用紙（拡大版）")
    ]
    assert built == [20, 2]
    with pytest.raises(UserError, match="拡大版の部数"):
        survey_documents.set_large_copies(acting(store), survey_id=survey_of(store, event_id).id, copies=31)


def test_as_many_sheets_as_handouts_are_needed_when_the_people_change_after_they_were_told(tmp_path):
    store = started_year(tmp_path)
    event_id = add_lecture(store)
    expect_people(store, event_id, 18)
    tell_people(store, event_id)

    def needed():
        records = read_event_records(store, event_id)
        return survey_documents.questionnaire_copies(records).words, copies_of(records)[0].words

    assert needed() == ("18＋予備2＝20部", "18＋予備2＝20部")
    expect_people(store, event_id, 25)
    assert needed() == ("25＋予備3＝28部（人数連絡前）", "25＋予備3＝28部")
    surveys.choose_questionnaire(ActionContext(store, BY, NOW), event_id=event_id)
    assert survey_documents._of_event(store, event_id)[2] == 25


# the preview


def test_the_preview_draws_what_is_typed_complete_or_not(asked):
    store, event_id = asked
    typed = (Question(code="", title="", type="SA"), Question(code="", title="何か", type="MA", options=("あ",)))
    prepared = survey_documents.prepare_preview(store, event_id=event_id, questions=typed, now=AFTER)

    drawn = survey_documents.draw_preview(prepared)

    assert drawn.pages == 1
    assert drawn.page_of_question == {"*1": 1, "*2": 1}


def test_the_preview_says_which_questions_find_no_room_on_one_sheet(asked):
    store, event_id = asked
    survey = survey_of(store, event_id)
    more = tuple(Question(code="", title=f"一言{number}", type="FA", lines=8) for number in range(4))
    prepared = survey_documents.prepare_preview(
        store, event_id=event_id, questions=(*survey.questions, *more), now=AFTER
    )
    drawn = survey_documents.draw_preview(prepared)

    assert drawn.pages > 2
    first = drawn.findings[0]
    assert first.weight == "注意"
    assert "問16が、両面1枚に入りません" in first.text
    assert drawn.page_of_question["position"] == 1


def test_a_known_person_in_the_words_of_a_question_is_told(asked):
    store, event_id = asked
    named = (Question(code="", title="見本花子の説明はどうでしたか", type="FA"),)
    prepared = survey_documents.prepare_preview(store, event_id=event_id, questions=named, now=AFTER)

    assert "問1の文に、名簿にある氏名があります。" in [one.text for one in prepared.findings]


def test_a_master_is_drawn_with_room_for_the_event(tmp_path):
    store = started_year(tmp_path)
    made = questionnaires.create_questionnaire(acting(store), name="講習会アンケート", kind="講習会")
    prepared = survey_documents.prepare_preview(store, questionnaire_id=made.id, now=AFTER)
    drawn = survey_documents.draw_preview(prepared)

    text = joined("".join(page.extract_text() for page in PdfReader(io.BytesIO(drawn.data)).pages))
    assert "（実施回の名称）" in text
    assert drawn.findings == ()
    assert drawn.pages == 2


def test_the_large_sheet_may_have_more_pages(asked):
    store, event_id = asked
    prepared = survey_documents.prepare_preview(store, event_id=event_id, large=True, now=AFTER)
    drawn = survey_documents.draw_preview(prepared)
    assert drawn.pages > 2
    assert drawn.findings == ()
