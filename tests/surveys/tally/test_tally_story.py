"""One survey from its answers to totals that are fixed, fixed again and opened: the queue, the words, the paper."""

from datetime import date, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.commands.documents import kinds_for
from app.documents.services.documents import build_document
from app.event.services import event_results
from app.surveys.data_entry.services import save_purpose
from app.surveys.questions.services.surveys import read_survey
from app.surveys.tally.documents import answer_data, no_rate_words
from app.surveys.tally.rules import Comment, count_responses, left_out_words
from app.surveys.tally.services.survey_check import (
    check_items,
    check_words,
    contractor_corrections,
    read_check,
    responses_in_difference,
    settle_difference,
)
from app.surveys.tally.services.survey_comparison import ComparedRow, record_check, set_contractor_counts
from app.surveys.tally.services.survey_freezing import freeze_tally, freeze_tally_again, unfreeze_tally
from app.surveys.tally.services.survey_recount import Recount, RecountedRow, recount_words
from app.surveys.tally.services.survey_tally import counted_words, read_tally, record_counted_by, report_survey_of
from db.records.events import EventResult
from db.records.surveys import Answer, CommentMark, EventSurvey, SecondEntry, SettledBy, SurveyResponse
from tests.support.paper_lines import assert_paper, changes, lines_of
from tests.support.recount import QUESTIONS
from tests.support.survey_sheets import AFTER, acting, fixed_survey, survey_of
from tests.support.years import BY

TALLY = "アンケート集計表"
CALL = "電話は 03-0000-1234 まで"
SHEETS = (
    ("紙", {"joy": Answer(chosen=("満足",)), "way": Answer(chosen=("区報",)), "use": Answer(chosen=("丙",))}, {}),
    ("紙", {"joy": Answer(chosen=("大満足",)), "old": Answer(text="3"), "say": Answer(text="よかった。")}, {}),
    (
        "紙",
        {"joy": Answer(out_of_list=("読みとれない",)), "use": Answer(chosen=("甲", "乙", "丙"))},
        {"problems": ("問1　読みとれない", "問1　消した跡がある", "問3　上限をこえている")},
    ),
    ("紙", {"way": Answer(other="人から"), "use": Answer(chosen=("甲",)), "how": Answer(chosen=("連絡",))}, {}),
    ("オンライン", {"old": Answer(text="数年"), "say": Answer(text=CALL)}, {"problems": ("すべての設問が無回答",)}),
    ("オンライン", {"joy": Answer(chosen=("不満",))}, {"counted": False, "decision": "白紙"}),
)


@pytest.fixture
def told(tmp_path):
    """A survey of six questions with five counted sheets, one entered twice, and one left out."""
    store, event_id = fixed_survey(tmp_path)
    survey_id = survey_of(store, event_id).id
    with store.change(action="用意", by=BY, now=AFTER) as change:
        change.update(EventSurvey, survey_id, questions=QUESTIONS)
        for number, (source, answers, more) in enumerate(SHEETS, 1):
            given = {"number": number} if source == "紙" else {"row_key": f"k{number}"}
            sheet = SurveyResponse(survey_id=survey_id, source=source, answers=answers, **given, **more)
            sheet_id = change.insert(sheet)
            if number == 4:
                change.insert(SecondEntry(sheet_id=sheet_id, by=BY, at=AFTER))
    return store, event_id, survey_id


def queue(store, event_id):
    check = read_check(store, event_id=event_id)
    comments = read_tally(store, event_id=event_id).comments
    return [
        "｜".join((
            one.group,
            one.id,
            one.said,
            one.question.label or one.question.title if one.question else "",
            *(
                f"{row.text} {row.contractor_count}⇔{row.own_count}"
                for row in (one.question.differing_rows if one.question else ())
            ),
        ))
        + ("！" if one.is_open else "")
        for one in check_items(check, comments)
    ]  # fmt: skip


def paper(store, event_id):
    return lines_of(build_document(store, event_id=event_id, kind=TALLY, now=AFTER))


def put(store, survey_id, **counts):
    numbers = {code.strip("_"): rows for code, rows in counts.items()}
    return set_contractor_counts(acting(store), survey_id=survey_id, counts=numbers).message


def theirs(store, event_id, code, **other):
    view = read_survey(store, event_id=event_id)
    (one,) = (one for one in count_responses(QUESTIONS, view.responses).questions if one.question.code == code)
    return {row.text: row.count for row in one.rows()} | other


def test_the_queue_says_in_its_order_what_is_to_be_settled_and_what_is_not(told):
    store, event_id, survey_id = told
    assert_paper(queue(store, event_id), "受託者の数なし")
    counts = {code: theirs(store, event_id, code) for code in ("joy", "way")}
    counts |= {"use": {"甲": 3, "乙": 1}, "_": {"紙": 5, "オンライン": 1}}
    counts["joy"] |= {"大満足": 0, "満足": 2}
    assert put(store, survey_id, **counts) == "受託者の集計の数を保存しました。"
    assert_paper(queue(store, event_id), "差あり")
    (open_one, another, third) = read_check(store, event_id=event_id).open_questions
    assert [(one.code, one.compared_count, one.written_count) for one in (open_one, another, third)] == [
        ("", 2, 0), ("joy", 6, 3), ("use", 2, 3),
    ]  # fmt: skip
    assert read_check(store, event_id=event_id).waiting_count == 2 + 1 + 3

    said = [
        settle_difference(acting(store), survey_id=survey_id, code=code, way=way, reason=reason).message
        for code, way, reason in (
            ("", SettledBy.CORRECTION, "使わない"),
            ("joy", SettledBy.CORRECTION, ""),
            ("use", SettledBy.DIFFERENCE, " 読みが分かれた "),
        )
    ]
    settled = survey_of(store, event_id).settlements["joy"]
    assert (settled.ours, settled.theirs) == ({"大満足": 1, "満足": 1}, {"大満足": 0, "満足": 2})
    done = [action for (action,) in store.database.execute("SELECT action FROM journal ORDER BY seq DESC LIMIT 3")]
    assert_paper([*said, *reversed(done)], "決めたときの言葉")
    assert_paper(queue(store, event_id), "差を決めた")
    assert_paper(
        [check_words(read_check(store, event_id=event_id)), *contractor_corrections(store, event_id=event_id)],
        "印刷する照合の結果",
    )
    for code, reason in (("way", "理由"), ("none", "理由")):
        with pytest.raises(UserError, match="差はありません"):
            settle_difference(acting(store), survey_id=survey_id, code=code, way=SettledBy.DIFFERENCE, reason=reason)
    save_purpose(acting(store), survey_id=survey_id, purpose="代行", agreement="講08-3")
    assert_paper([*queue(store, event_id), check_words(read_check(store, event_id=event_id))], "区が代行して集計した")


def test_the_sheets_behind_a_difference_are_those_counted_in_its_rows(told):
    store, event_id, _survey_id = told
    view = read_survey(store, event_id=event_id)

    def numbers(place, *texts):
        return [one.number for one in responses_in_difference(view, QUESTIONS[place], texts)]

    assert numbers(0, "満足", "大満足") == [1, 2]
    assert numbers(0, "不満") == [], "it is left out of the totals"
    assert numbers(1, "その他") == [4]
    assert numbers(3, "連絡", "無回答") == [3, 4], "of whom the branch did not ask nothing is counted"


def decided(store, event_id):
    """Decide what waits, so that the totals can be fixed."""
    with store.change(action="用意", by=BY, now=AFTER) as change:
        for sheet in read_survey(store, event_id=event_id).responses:
            change.update(SurveyResponse, sheet.id, decision=sheet.decision or "確かめた")
        for second in read_survey(store, event_id=event_id).second_entries:
            change.update(SecondEntry, second.id, settled_at=AFTER, settled_by=BY)


def test_totals_are_fixed_and_opened_with_what_changed_printed_behind_them(told):
    store, event_id, survey_id = told
    later = ActionContext(store, BY, AFTER + timedelta(days=5))
    assert_paper(paper(store, event_id), "確定前の集計表")
    with pytest.raises(UserError, match="確認が必要な回答が2件"):
        freeze_tally(acting(store), survey_id=survey_id, uncompared="急ぐ")
    with store.change(action="用意", by=BY, now=AFTER) as change:
        for sheet in read_survey(store, event_id=event_id).responses:
            change.update(SurveyResponse, sheet.id, decision=sheet.decision or "確かめた")
    with pytest.raises(UserError, match="ちがいを決めていない用紙が1枚"):
        freeze_tally(acting(store), survey_id=survey_id, uncompared="急ぐ")
    decided(store, event_id)
    for act in (
        lambda: freeze_tally_again(later, survey_id=survey_id),
        lambda: unfreeze_tally(later, survey_id=survey_id, reason="見つかった"),
        lambda: freeze_tally_again(later, survey_id=survey_id + 1),
        lambda: unfreeze_tally(later, survey_id=survey_id + 1, reason="見つかった"),
    ):
        with pytest.raises(UserError, match="集計は確定していません"):
            act()
    put(store, survey_id, joy=theirs(store, event_id, "joy"))
    record_counted_by(acting(store), survey_id=survey_id, who="受託者", on=date(2026, 10, 7))

    before = paper(store, event_id)
    said = [freeze_tally(acting(store), survey_id=survey_id, uncompared=" 残りは届いていない ").message]
    survey = survey_of(store, event_id)
    assert (survey.uncompared, survey.checked_on) == ("残りは届いていない", None)
    assert_paper(changes(before, paper(store, event_id)), "確定した")
    with pytest.raises(UserError, match="いまの記録と同じ"):
        freeze_tally_again(later, survey_id=survey_id)

    result = EventResult(event_id=event_id, attended=6)
    event_results.record_result(later, event_id=event_id, result=result)
    assert read_tally(store, event_id=event_id).changed_since_frozen == ("出席者数 17人→6人",)
    before = paper(store, event_id)
    said.append(freeze_tally_again(later, survey_id=survey_id).message)
    assert_paper(changes(before, paper(store, event_id)), "確定し直した")
    said.append(counted_words(survey_of(store, event_id)))
    before = paper(store, event_id)
    with pytest.raises(UserError, match="理由が必要"):
        unfreeze_tally(later, survey_id=survey_id, reason="　")
    said.append(unfreeze_tally(later, survey_id=survey_id, reason=" 紙が見つかった ").message)
    assert_paper(changes(before, paper(store, event_id)), "確定を取り消した")
    said.append(counted_words(survey_of(store, event_id)))
    done = [action for (action,) in store.database.execute("SELECT action FROM journal WHERE action LIKE '%確定%'")]
    assert_paper([*said, *done], "確定の言葉")


def test_totals_compared_in_full_finish_the_check_once(told):
    store, event_id, survey_id = told
    decided(store, event_id)
    put(store, survey_id, **{code: theirs(store, event_id, code) for code in ("joy", "way", "use", "how")})
    record_check(ActionContext(store, "検算した人", AFTER - timedelta(days=1)), survey_id=survey_id)
    assert freeze_tally(acting(store), survey_id=survey_id, uncompared="いらない").id == survey_id
    survey = survey_of(store, event_id)
    assert (survey.uncompared, survey.checked_by, survey.checked_on) == ("", "検算した人", date(2026, 9, 30))
    unfreeze_tally(acting(store), survey_id=survey_id, reason="直す")
    with store.change(action="用意", by=BY, now=AFTER) as change:
        change.update(EventSurvey, survey_id, checked_on=None, checked_by="")
    freeze_tally(acting(store), survey_id=survey_id)
    survey = survey_of(store, event_id)
    assert (survey.checked_by, survey.checked_on) == (BY, AFTER.date())
    unfreeze_tally(acting(store), survey_id=survey_id, reason="直す")
    save_purpose(acting(store), survey_id=survey_id, purpose="代行", agreement="講08-3")
    with store.change(action="用意", by=BY, now=AFTER) as change:
        change.update(EventSurvey, survey_id, checked_on=None, checked_by="")
    freeze_tally(acting(store), survey_id=survey_id)
    assert survey_of(store, event_id).checked_on is None, "who counted it itself has compared nothing"


def test_a_report_prints_of_the_totals_what_it_quotes(told):
    store, event_id, _survey_id = told
    found = report_survey_of(read_tally(store, event_id=event_id))
    assert (found.paper, found.online, found.response_count, found.rate, found.attendance) == (4, 1, 5, "29.4％", 17)
    assert found.intent is None
    assert_paper(
        [
            str(vars(found.satisfaction)),
            found.anonymity,
            found.counted_words,
            *(f"{one.code} {one.title}：{one.numbered_lines()} {one.left_out_words}" for one in found.comments),
            *(f"{one.code} {one.title} {one.note}" for one in found.charts),
        ],
        "報告書に載せるもの",
    )


def test_the_paper_is_there_once_something_was_answered(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    assert TALLY not in kinds_for(store, event_id=event_id)
    with pytest.raises(UserError, match="集計する回答がまだありません"):
        build_document(store, event_id=event_id, kind=TALLY, now=AFTER)
    assert report_survey_of(read_tally(store, event_id=event_id)) is None
    with store.change(action="用意", by=BY, now=AFTER) as change:
        change.insert(SurveyResponse(survey_id=survey_of(store, event_id).id, source="紙", number=1))
    assert TALLY in kinds_for(store, event_id=event_id)


@pytest.mark.parametrize(
    ("attended", "words"),
    [(None, "出席者数の記録がないため"), (0, "出席者数の記録がないため"), (5, "回収数6が出席者数5を上回るため")],
)
def test_why_there_is_no_rate_is_said(attended, words):
    assert no_rate_words(6, attended) == words


def test_texts_outside_the_list_stand_in_the_data_unless_they_name_somebody():
    """Words that hold a telephone number are left out, the answer is counted outside the list all the same."""
    texts = ((CALL,), ("昔の満足",), (CALL, "昔の満足"))
    sheets = [SurveyResponse(survey_id=1, source="紙", answers={"joy": Answer(out_of_list=text)}) for text in texts]
    found = answer_data(QUESTIONS[:1], sheets, {}, None)
    assert [row[3:] for row in found.rows] == [
        ("99", "選択肢にない回答"), ("99", "選択肢にない回答：昔の満足"), ("99", "選択肢にない回答：昔の満足"),
    ]  # fmt: skip


def test_what_is_not_quoted_is_counted_whether_decided_or_waiting():
    def comments(*said):
        marks = {"しない": CommentMark(survey_id=1, sheet_id=1, question_code="say", quoted=False)}
        return [
            Comment(sheet_id=1, number=1, text="文", flags=("電話",) if one == "待つ" else (), mark=marks.get(one))
            for one in said
        ]

    cases = (("する",), ("する", "しない"), ("しない", "待つ", "待つ"))
    assert [left_out_words(comments(*said)) for said in cases] == [
        "", "ほか1件は掲載していない。",
        "ほか3件は掲載していない（うち2件は、個人が分かるおそれがないか確認中）。",
    ]  # fmt: skip


@pytest.mark.parametrize(("count", "more"), [(0, []), (12, []), (13, ["ほか1か所"])])
def test_a_recount_names_twelve_differences_and_counts_the_others(count, more):
    rows = tuple(
        RecountedRow(
            code="joy", label="問1", title="満足度", text=f"{place}", own_count=0, contractor_count=2, recounted_count=1
        )
        for place in range(count)
    )
    same = RecountedRow(
        **vars(ComparedRow(code="joy", label="", title="計", text="同じ", own_count=0, contractor_count=1)),
        recounted_count=1,
    )
    recount = Recount(
        answer_count=9,
        counted_total=8,
        is_merged=False,
        doubtful_count=0,
        rows=(same, *rows),
        missing_questions=(),
        preview=None,
    )
    head, *lines = recount_words(recount).split("\n")
    assert head == f"受託者の元データの照合　全9件を数え、{count + 1}か所を比べて、差は{count}か所"
    assert lines == [f"問1 満足度「{place}」　受託者の集計 2、元データ 1" for place in range(min(count, 12))] + more
