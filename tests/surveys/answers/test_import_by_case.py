"""What an import says of each row, what each decision makes of it, and what taking it back leaves, by case."""

from datetime import datetime
from types import SimpleNamespace as Facts

import pytest

from app.actions.user_error import UserError
from app.history.services import history_lines
from app.surveys.answers.services.survey_decisions import (
    COUNT,
    DOUBT_KINDS,
    KEEP_ONE,
    LEAVE_ROW_OUT,
    MISREAD,
    REPLACED_BY_RESUBMISSION,
    UNDECIDED,
    AnswerDecision,
    AnswerDoubt,
    Decisions,
    answer_columns,
    decide_row,
    describe_decisions,
    treatment_words,
    treatments_of,
    unlisted_texts,
)
from app.surveys.answers.services.survey_import import (
    few_columns_error,
    import_survey,
    undo_import,
    unrestored_words,
)
from app.surveys.answers.services.survey_merge import channel_totals, open_decisions
from app.surveys.answers.services.survey_preview import ImportPreview, _answer_text, _name, preview_import
from app.surveys.questions.services.surveys import read_survey
from app.surveys.tally.services.survey_freezing import freeze_tally
from db.records.surveys import Answer, EventSurvey, Question, SecondEntry, SurveyImport, SurveyResponse
from db.rows import rows
from db.tables import journal
from tests.support.paper_lines import assert_paper, assert_says
from tests.support.survey_sheets import AFTER, acting, answered, fixed_survey, form_file, survey_of, type_sheets
from tests.support.years import BY

UNHAPPY = answered(satisfaction=Answer(chosen=("不満",)))
DIRT = (
    answered(),
    UNHAPPY,
    answered(satisfaction=Answer(out_of_list=("ふつう",))),
    answered(tools=Answer(chosen=("LINE", "特になし")), comments=Answer(text="電話は 03-0000-1234 へ")),
    answered(comments=Answer(text="テスト送信です")),
    {},
)
BADGES = ["101", "101", "102", "103", "104", "105"]


def test_each_treatment_of_each_doubt_is_worded_on_the_window_and_in_the_answer():
    said = []
    for kind in DOUBT_KINDS:
        for way in treatments_of(kind):
            results = [
                decide_row((AnswerDoubt(kind=kind, reason="", is_spare=spare),), 1, Decisions(by_kind={kind: way}))
                for spare in (True, False)
            ]
            words = ["未決" if one.is_open else f"{'' if one.counted else '除く：'}{one.decision}" for one in results]
            said.append(f"{kind}　{treatment_words(kind, way)}｜{'｜'.join(dict.fromkeys(words))}")
    assert_paper(said, "扱いの言葉")


TWICE, ODD = AnswerDoubt(kind="再送信", reason="", is_spare=False), AnswerDoubt(kind="試し送信", reason="")


@pytest.mark.parametrize(
    ("by_kind", "by_row", "result"),
    [
        ({}, {}, (True, "", True)),
        ({"再送信": COUNT}, {}, (True, "", True)),
        ({"再送信": COUNT, "試し送信": COUNT}, {}, (True, "再送信だがどちらも数える、試し送信のまま数える", False)),
        ({"再送信": KEEP_ONE, "試し送信": COUNT}, {}, (True, "再送信の後の回答を数える、試し送信のまま数える", False)),
        ({"試し送信": LEAVE_ROW_OUT}, {}, (False, "試し送信", False)),
        ({"試し送信": LEAVE_ROW_OUT}, {1: AnswerDecision(counted=True)}, (True, "確かめて数える", False)),
        ({}, {1: AnswerDecision(counted=False)}, (False, "数えない", False)),
        ({}, {1: AnswerDecision(counted=False, reason=" 白紙 ")}, (False, "白紙", False)),
        ({}, {2: AnswerDecision(counted=False)}, (True, "", True)),
    ],
)
def test_a_row_is_open_until_each_of_its_doubts_is_decided_or_one_leaves_it_out(by_kind, by_row, result):
    found = decide_row((TWICE, ODD), 1, Decisions(by_kind=by_kind, by_row=by_row))
    assert (found.counted, found.decision, found.is_open) == result


@pytest.mark.parametrize(
    ("decisions", "words"),
    [
        (Decisions(), ""),
        (
            Decisions(by_kind={"再送信": KEEP_ONE, "二度押し": UNDECIDED, "選びすぎ": COUNT}),
            "再送信（3件）は後の回答だけを数える",
        ),
        (Decisions(values={("a", "x"): "満足", ("a", "y"): ""}), "選択肢にない言葉1種類に選択肢を当てた"),
        (
            Decisions(by_kind={MISREAD: COUNT}, values={("a", "x"): "満足"}, by_row={1: AnswerDecision(counted=True)}),
            "読みちがえの疑い（1件）は今の読み方に直す、選択肢にない言葉1種類に選択肢を当てた、1件は1件ずつ決めた",
        ),
    ],
)  # fmt: skip
def test_the_record_says_what_was_decided_of_what_the_file_has(decisions, words):
    assert describe_decisions(decisions, {"再送信": 3, "二度押し": 1, "選びすぎ": 0, MISREAD: 1}) == words


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (Answer(), "無回答"),
        (Answer(chosen=("満足",), other="ほか", out_of_list=("x",), text="文\n二行"), "満足、ほか、x、文 二行"),
        (Answer(text="あ" * 40), "あ" * 40),
        (Answer(text="あ" * 41), "あ" * 40 + "…"),
    ],
)
def test_an_answer_is_said_on_one_line_up_to_forty_letters(answer, text):
    assert _answer_text(answer) == text


@pytest.mark.parametrize(
    ("at", "name"),
    [
        (None, "5行目"), (datetime(2026, 9, 30, 15, 40), "9/30 15:40"),
        (datetime(2026, 9, 30, 9, 5, 8), "9/30 09:05:08"),
    ],
)  # fmt: skip
def test_a_row_is_called_by_its_moment_or_its_line(at, name):
    assert _name(Facts(answered_at=at, spreadsheet_row=5)) == name


@pytest.mark.parametrize(("missing", "few"), [(3, False), (4, True)])
def test_more_than_a_third_of_the_questions_without_a_column_is_too_few(missing, few):
    asked = [Question(code=f"q{number}", title="問", type="FA") for number in range(9)]
    asked += [Question(code="who", title="お名前", type="FA", personal=True)]
    lacking = ("who", *(one.code for one in asked[:missing]))
    preview = ImportPreview(
        event=None,
        survey=EventSurvey(event_id=1, title="", questions=tuple(asked)),
        file_name="",
        source_key="",
        survey_file=Facts(missing_questions=lacking),
        rows=(),
        columns=(),
        is_remembered=False,
    )
    assert preview.has_too_few_columns == few
    assert str(few_columns_error(preview)).startswith(f"設問10問のうち{missing + 1}問に、ファイルの列がありません。")


def sheet(import_id, *, counted=True, key="", decision=""):
    return SurveyResponse(
        survey_id=1, source="オンライン", import_id=import_id, counted=counted, respondent_key=key, decision=decision
    )


GONE = {"counted": False, "decision": REPLACED_BY_RESUBMISSION}


@pytest.mark.parametrize(
    ("responses", "lost"),
    [
        ((sheet(2), sheet(1, **GONE), sheet(None, **GONE)), 2),
        ((sheet(2), sheet(1, key="k", **GONE)), 0),
        ((sheet(2, key="k"), sheet(1, **GONE)), 0),
        ((sheet(2, counted=False), sheet(1, **GONE)), 0),
        ((sheet(3), sheet(1, **GONE)), 0),
        ((sheet(2), sheet(2, **GONE), sheet(3, **GONE), sheet(1, counted=False, decision="白紙")), 0),
    ],
)
def test_earlier_answers_whose_keys_were_erased_are_said_not_to_count_again(responses, lost):
    words = unrestored_words(responses, 2)
    assert words.startswith(f"再送信で置き換えた前の回答{lost}件は") if lost else words == ""


def lines(preview):
    said = []
    for one in preview.rows:
        doubts = "・".join(f"{doubt.kind}{'（除く）' * doubt.is_spare}" for doubt in one.doubts)
        replaces = f"{len(one.replaced_ids)}件を置き換える" if one.replaced_ids else ""
        words = (one.word, one.reason, one.note, one.decision, doubts, replaces)
        said.append(f"{one.spreadsheet_row}行目　{'｜'.join(words)}".rstrip("｜"))
    return said


def test_one_file_of_dirt_is_judged_taken_in_sent_again_and_taken_back(tmp_path):
    store, event_id = fixed_survey(tmp_path / "year")
    context, said = acting(store), []
    path = form_file(tmp_path / "1.csv", store, event_id, DIRT, badges=BADGES)
    shown = preview_import(store, event_id=event_id, path=path)
    assert_paper(lines(shown), "決める前")
    assert_paper(
        [
            *(f"{one.index} {one.heading} {one.use} {one.is_personal} {one.is_identifying}" for one in shown.columns),
            *(f"{one.code} {one.text} {one.count} {one.option}" for one in shown.unlisted_texts),
            str(dict(shown.doubt_counts())),
            f"{len(shown.new_rows)} {len(shown.rows_to_decide)} {len(shown.rows_left_out)} {shown.before_event_count}",
        ],
        "列と言葉",
    )
    decided = Decisions(
        by_kind={"再送信": KEEP_ONE, "試し送信": LEAVE_ROW_OUT, "すべて無回答": COUNT},
        values={("satisfaction", "ふつう"): "どちらともいえない"},
    )
    assert_paper(lines(preview_import(store, event_id=event_id, path=path, decisions=decided)), "決めたあと")
    done = import_survey(context, event_id=event_id, path=path, decisions=decided)
    said += [done.message, rows(store.database, SurveyImport)[0].reason]
    again = import_survey(context, event_id=event_id, path=path, decisions=decided)
    said.append(again.message)
    assert (again.id, len(rows(store.database, SurveyImport))) == (0, 1)

    later = form_file(
        tmp_path / "2.csv",
        store,
        event_id,
        [answered(), answered()],
        badges=["102", "109"],
        start=datetime(2026, 10, 1, 9),
    )
    following = preview_import(store, event_id=event_id, path=later, decisions=decided)
    assert_paper(lines(following), "つぎの週")
    freeze_sheets(store, event_id)
    with pytest.raises(UserError, match="集計が確定しているため取り込めません"):
        import_survey(context, event_id=event_id, path=later, decisions=decided, reason=" ")
    with pytest.raises(UserError, match="中身が変わっています"):
        import_survey(context, event_id=event_id, path=later, decisions=decided, reason="遅れて届いた", seen_sha256="x")
    second = import_survey(context, event_id=event_id, path=later, decisions=decided, reason=" 遅れて届いた ")
    said += [second.message, survey_of(store, event_id).freeze_note]
    assert survey_of(store, event_id).frozen_at is None
    counted = [(one.counted, one.decision) for one in read_survey(store, event_id=event_id).responses]
    said += [undo_import(context, import_id=second.id).message]
    before = [(one.counted, one.decision) for one in read_survey(store, event_id=event_id).responses]
    assert ((False, REPLACED_BY_RESUBMISSION) in counted, (False, REPLACED_BY_RESUBMISSION) in before) == (True, False)
    assert [one for one in counted if one in before] != before, "the earlier answer counts again"
    with pytest.raises(UserError, match="この取り込みは見つかりません"):
        undo_import(context, import_id=second.id)
    said += [undo_import(context, import_id=done.id).message]
    assert read_survey(store, event_id=event_id).responses == ()
    lately = history_lines(store, journal.entries(store.database, event_id=event_id, limit=5, offset=0))
    said += [one.action for one in lately]
    assert_paper(said, "取込みの言葉")


def freeze_sheets(store, event_id):
    """Decide what is open and fix the totals."""
    survey = survey_of(store, event_id)
    with store.change(action="用意", by=BY, now=AFTER) as change:
        for one in read_survey(store, event_id=event_id).responses:
            change.update(SurveyResponse, one.id, decision=one.decision or "確かめた")
    freeze_tally(acting(store), survey_id=survey.id, uncompared="届いていない")


def test_both_channels_are_added_up_with_what_is_left_out_and_what_is_open(tmp_path):
    store, event_id = fixed_survey(tmp_path / "year", attended=4)
    survey = survey_of(store, event_id)
    assert open_decisions(read_survey(store, event_id=event_id)) == ("集計する回答がまだありません。",)
    totals = channel_totals(read_survey(store, event_id=event_id))
    assert ([one.response_count for one in totals.channels], totals.rate, totals.attendance) == ([0, 0], "", 4)
    type_sheets(store, event_id, 4)
    with store.change(action="用意", by=BY, now=AFTER) as change:
        for number, reason in ((6, "白紙"), (7, "白紙"), (8, "別の催し"), (9, "いたずら")):
            change.insert(
                SurveyResponse(survey_id=survey.id, source="紙", number=number, counted=False, decision=reason)
            )
        open_one = SurveyResponse(survey_id=survey.id, source="オンライン", row_key="k", problems=("問1　読めない",))
        change.insert(open_one)
        first = read_survey(store, event_id=event_id).paper_responses[0]
        change.insert(SecondEntry(sheet_id=first.id, by=BY, at=AFTER, answers=answered(pace=Answer())))
    view = read_survey(store, event_id=event_id)
    totals = channel_totals(view)
    assert_says(
        [
            *(f"{one.name} {one.response_count} {one.counted_total} {one.left_out_reasons}" for one in totals.channels),
            f"{totals.counted_total} {totals.left_out_total} {totals.attendance} {totals.rate!r}",
            str(totals.missing_numbers),
            *open_decisions(view),
        ],
        """
        紙 8 4 (('白紙', 2), ('いたずら', 1), ('別の催し', 1))
        オンライン 1 1 ()
        5 4 4 ''
        (5,)
        確認が必要な回答が1件あります。
        1回目と2回目のちがいを決めていない用紙が1枚あります。
        """,
    )
    with store.change(action="用意", by=BY, now=AFTER) as change:
        change.update(SurveyResponse, first.id, counted=False, decision="別の催し")
    assert channel_totals(read_survey(store, event_id=event_id)).rate == "100.0"


def test_texts_outside_the_lists_stand_by_question_and_the_most_frequent_first():
    asked = tuple(
        Question(code=code, title="問", type=kind, options=("甲",) if kind != "FA" else ())
        for code, kind in (("b", "MA"), ("a", "SA"), ("c", "FA"))
    )
    first = {"a": ("x",), "b": ("y", "z"), "c": ("w",)}
    given = [
        Facts(answers={code: Answer(out_of_list=texts) for code, texts in first.items()}, mapped_texts=()),
        Facts(answers={"b": Answer(out_of_list=("z",))}, mapped_texts=(("a", "v"), ("a", "v"))),
    ]
    found = unlisted_texts(Facts(questions=asked, rows=given), {("a", "v"): "甲", ("b", "z"): ""})
    assert [(one.code, one.text, one.count, one.option) for one in found] == [
        ("b", "z", 2, ""), ("b", "y", 1, None), ("a", "v", 2, "甲"), ("a", "x", 1, None),
    ]  # fmt: skip


def test_a_column_without_a_heading_is_called_by_its_place_and_an_empty_one_is_left_out():
    columns = [
        Facts(index=place, heading=heading, role="unknown", code="")
        for place, heading in enumerate((" 題\n名 ", "", " "))
    ]
    file = Facts(rows=[Facts(cells=("", "", "x"))])
    found = answer_columns(Facts(file_columns=columns, file=file, suggestions={2: ()}))
    assert [(one.index, one.heading) for one in found] == [(0, "題 名"), (2, "（3列目）")]
