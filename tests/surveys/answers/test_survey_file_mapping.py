"""Columns of an answer file: found by likeness, set by hand, remembered; what is a person's is never kept."""

import pytest

from app.actions.user_error import UserError
from app.surveys.answers.intake.survey_columns import KEEP_AS_TEXT, LEFT_OUT, OTHER_TEXT_PREFIX, SENT_TIME
from app.surveys.answers.services.survey_import import import_survey
from app.surveys.answers.services.survey_preview import preview_import
from app.surveys.questions.services import surveys
from db.records.surveys import Answer
from tests.support.answer_files import write_book, write_csv
from tests.support.survey_sheets import acting, answered, form_file, survey_of


def _other_words(tmp_path, store, event_id, sheets=None, **named):
    """The event's form with headings that differ: a number, a note, other words, full width."""
    path = form_file(tmp_path / "回答.csv", store, event_id, sheets or [answered(), answered()], **named)
    titles = {question.code: question.title for question in survey_of(store, event_id).questions}
    text = path.read_text(encoding="utf-8")
    text = text.replace(f'"{titles["satisfaction"]}"', '"Ｑ２．本日の満足度はどうでしたか"')
    text = text.replace(f'"{titles["tools"]}"', '"Q7 使ってみたいツール（いくつでも）"')
    path.write_text(text, encoding="utf-8")
    return path


def _column(preview, words):
    return next(column for column in preview.columns if words in column.heading)


def test_columns_in_other_words_are_suggested_and_not_taken_by_themselves(tmp_path, surveyed):
    store, event_id = surveyed

    preview = preview_import(store, event_id=event_id, path=_other_words(tmp_path, store, event_id))

    column = _column(preview, "満足度")
    assert (column.use, column.suggestions[0].code, column.suggestions[0].is_likely) == (
        KEEP_AS_TEXT,
        "satisfaction",
        True,
    )
    assert "satisfaction" in preview.survey_file.missing_questions
    assert preview.likely_columns
    assert preview.rows[0].answers.get("satisfaction") is None


def test_columns_set_by_hand_are_used_kept_and_remembered(tmp_path, surveyed):
    store, event_id = surveyed
    path = _other_words(tmp_path, store, event_id)
    first = preview_import(store, event_id=event_id, path=path)
    columns = {column.index: column.use for column in first.columns}
    columns |= {column.index: column.suggestions[0].code for column in first.likely_columns}

    import_survey(acting(store), event_id=event_id, path=path, columns=columns)

    sheets = surveys.read_survey(store, event_id=event_id).responses
    assert sheets[0].answers["satisfaction"] == Answer(chosen=("満足",))
    again = preview_import(store, event_id=event_id, path=path)
    assert (again.is_remembered, again.survey_file.missing_questions, again.count("重複")) == (True, (), 2)


def test_a_question_given_to_another_column_leaves_its_own(tmp_path, surveyed):
    store, event_id = surveyed
    path = form_file(tmp_path / "回答.csv", store, event_id, [answered()])
    preview = preview_import(store, event_id=event_id, path=path)
    titles = {question.code: question.title for question in preview.survey.questions}
    pace, length = (_column(preview, titles[code]).index for code in ("pace", "length"))

    swapped = preview_import(store, event_id=event_id, path=path, columns={pace: "length", length: LEFT_OUT})

    assert "pace" in swapped.survey_file.missing_questions
    assert titles["length"] in swapped.survey_file.dropped_columns
    assert swapped.rows[0].answers["length"] == Answer(chosen=("ちょうどよい",))


def test_a_persons_data_is_never_kept_as_text_and_other_columns_only_when_wanted(tmp_path, surveyed):
    store, event_id = surveyed
    questions = survey_of(store, event_id).questions
    heads = ["受付番号", "送信日時", "メールアドレス", "お名前", "会場の広さ", "回答の言語", questions[1].title]
    path = write_csv(
        tmp_path / "回答.csv",
        [heads, ["001", "2026/09/30 16:00", "m@example.jp", "みほん　太郎", "広い", "日本語", "満足"]],
    )
    everything = dict.fromkeys(range(len(heads) - 1), KEEP_AS_TEXT) | {1: SENT_TIME, 5: LEFT_OUT}

    done = import_survey(acting(store), event_id=event_id, path=path, columns=everything, few_columns=True)

    (sheet,) = surveys.read_survey(store, event_id=event_id).responses
    assert sheet.extra == {"受付番号": "001", "会場の広さ": "広い"}
    assert "みほん" not in str(sheet)
    assert set(done.preview.survey_file.dropped_columns) == {"メールアドレス", "お名前", "回答の言語"}


def test_a_column_of_the_written_other_is_set_by_hand(tmp_path, surveyed):
    store, event_id = surveyed
    questions = {question.code: question for question in survey_of(store, event_id).questions}
    heads = ["タイムスタンプ", questions["useful"].title, "具体的には"]
    path = write_csv(tmp_path / "回答.csv", [heads, ["2026/09/30 16:00:00", "講師の説明, その他", "質疑"]])

    preview = preview_import(store, event_id=event_id, path=path, columns={2: f"{OTHER_TEXT_PREFIX}useful"})

    answer = preview.rows[0].answers["useful"]
    assert answer.other == "質疑" or answer.out_of_list[-1] == "質疑"


def test_a_file_of_which_no_column_fits_waits_for_a_person_only_where_one_sits(tmp_path, surveyed):
    store, event_id = surveyed
    rows = [["タイムスタンプ", "本日の講習はいかがでしたか（満足度）"], ["2026/09/30 16:00:00", "満足"]]
    path = write_csv(tmp_path / "回答.csv", rows)
    with pytest.raises(UserError, match="設問と同じ見出しの列が1つもありません"):
        preview_import(store, event_id=event_id, path=path)

    preview = preview_import(store, event_id=event_id, path=path, by_hand=True)

    assert (preview.survey_file.answered_questions, preview.likely_columns[0].suggestions[0].code) == (
        0,
        "satisfaction",
    )


def test_a_workbook_of_microsoft_forms_is_taken_in_like_a_text(tmp_path, surveyed):
    store, event_id = surveyed
    questions = survey_of(store, event_id).questions
    heads = ["ID", "開始時刻", "完了時刻", "メール", "名前", *(f"{one.title}\xa0" for one in questions)]
    cells = [
        ";".join((*answered()[one.code].chosen, "")) if one.type == "MA" else "".join(answered()[one.code].chosen)
        for one in questions
    ]
    path = write_book(tmp_path / "回答.xlsx", [heads, [1, "", "2026-09-30 16:00:00", "anonymous", "", *cells]])

    done = import_survey(acting(store), event_id=event_id, path=path)

    (sheet,) = surveys.read_survey(store, event_id=event_id).responses
    assert done.preview.survey_file.missing_questions == ()
    assert sheet.answers["useful"].chosen == ("講師の説明", "操作の体験")
    assert sheet.problems == ()
