"""Free texts grouped by hand: themes, quotes, and nothing that tells who somebody is before it was looked at."""

import pytest

from app.actions.user_error import UserError
from app.documents.services import documents
from app.surveys.data_entry import services as data_entry_services
from app.surveys.questions.services import surveys
from app.surveys.questions.services.surveys import read_survey
from app.surveys.tally.services import survey_tally, survey_themes
from db.records.organisations import Person
from db.records.surveys import Answer
from db.tables import surveys as survey_table
from tests.support.survey_sheets import AFTER, acting, answered, fixed_survey, survey_of
from tests.support.years import BY

WHO = {"by": BY, "now": AFTER}
TEXTS = ("講師の話がよかった。", "電話は 03-0000-1234 まで。", "高橋さんに助けられた。", "またやってほしい。")


@pytest.fixture
def written(tmp_path):
    """A survey with four free texts, of which two may tell who somebody is; 髙橋 stands in the register."""
    store, event_id = fixed_survey(tmp_path)
    with store.change(action="準備", **WHO) as change:
        change.insert(Person(name="髙橋　見本", furigana="タカハシ　ミホン"))
    survey = survey_of(store, event_id)
    for number, text in enumerate(TEXTS, start=1):
        data_entry_services.add_paper_response(
            acting(store), survey_id=survey.id, number=number, answers=answered(comments=Answer(text=text))
        )
    return store, event_id


def _comments(store, event_id):
    found = survey_themes.read_themes(store, event_id=event_id)
    return next(one for one in found.questions if one.code == "comments")


def _theme(store, event_id, name):
    return survey_themes.add_theme(
        acting(store), survey_id=survey_of(store, event_id).id, question_code="comments", name=name
    ).id


def _put(store, event_id, numbers, theme_id):
    sheets = [one.sheet_id for one in _comments(store, event_id).comments if one.number in numbers]
    survey_themes.assign_theme(
        acting(store),
        survey_id=survey_of(store, event_id).id,
        question_code="comments",
        sheet_ids=sheets,
        theme_id=theme_id,
    )


def _decide(store, event_id, number, *, quoted, words="", as_it_is=False):
    sheet = next(one.sheet_id for one in _comments(store, event_id).comments if one.number == number)
    return survey_themes.decide_quote(
        acting(store),
        survey_id=survey_of(store, event_id).id,
        question_code="comments",
        sheet_id=sheet,
        quoted=quoted,
        words=words,
        as_it_is=as_it_is,
    )


def _quoted(store, event_id):
    return survey_tally.tally_with_quoted_flags(store, read_survey(store, event_id=event_id))[1]


def _printed(store, event_id):
    part = survey_tally.report_survey_of(survey_tally.read_tally(store, event_id=event_id))
    return next(one for one in part.comments if one.code == "問10")


def test_a_text_with_a_number_or_a_known_name_waits_until_somebody_decides(written):

    states = [one.quote_decision for one in _comments(*written).comments]

    assert states == ["引用する", "確認が必要", "確認が必要", "引用する"]
    assert [one.flags for one in _comments(*written).comments][2] == ("名簿にある氏名",)


def test_a_masked_text_is_said_to_be_quoted_masked(written):
    masked = _decide(*written, 2, quoted=True, words="次回も参加します")

    assert [masked.message, *(_decide(*written, 2, quoted=one, as_it_is=True).message for one in (True, False))] == [
        "「伏せて引用する」にしました。",
        "「引用する」にしました。",
        "「引用しない」にしました。",
    ]


def test_the_foot_of_a_paper_that_quotes_claims_no_more_than_was_looked_for(written):
    store, event_id = written

    def feet():
        return [
            documents.build_document(store, event_id=event_id, kind=kind, now=AFTER).footer_left
            for kind in ("アンケート集計表", "実施報告書")
        ]

    assert feet() == ["自由記述を引用　見つけた氏名、電話番号、メールは載せていない"] * 2
    for number in (1, 4):
        _decide(store, event_id, number, quoted=False)
    assert feet() == ["参加者の個人情報　なし"] * 2


def test_what_waits_stands_in_no_paper_and_the_paper_says_how_many(written):

    printed = _printed(*written)

    assert printed.numbered_lines() == ((1, TEXTS[0]), (4, TEXTS[3]))
    assert (printed.written_count, printed.left_out_words) == (
        4,
        "ほか2件は掲載していない（うち2件は、個人が分かるおそれがないか確認中）。",
    )


def test_texts_stand_under_their_themes_with_counts_and_the_rest_last(written):
    teacher, again = _theme(*written, "講師"), _theme(*written, "次回")
    _put(*written, {1, 2}, teacher)
    _put(*written, {4}, again)

    groups = _comments(*written).theme_groups
    printed = _printed(*written)

    assert [(group.name, len(group.comments)) for group in groups] == [("講師", 2), ("次回", 1), ("分類なし", 1)]
    assert [(one.name, one.count, one.lines) for one in printed.groups] == [
        ("講師", 2, ((1, TEXTS[0]),)),
        ("次回", 1, ((4, TEXTS[3]),)),
        ("分類なし", 1, ()),
    ]


def test_a_quote_in_other_words_is_shown_as_edited_and_the_answer_stays(written):

    _decide(*written, 2, quoted=True, words="連絡先を教えてほしい。")

    assert (2, "連絡先を教えてほしい。（表記を整えた）") in _printed(*written).numbered_lines()
    assert _comments(*written).comments[1].text == TEXTS[1]
    assert _quoted(*written) == ()


def test_a_flagged_text_quoted_as_it_is_makes_the_paper_one_with_personal_data(written):
    store, event_id = written

    with pytest.raises(survey_themes.QuoteNamesSomebody, match="電話番号らしきもの"):
        _decide(store, event_id, 2, quoted=True)
    _decide(store, event_id, 2, quoted=True, as_it_is=True)
    content = documents.build_document(store, event_id=event_id, kind="アンケート集計表", now=AFTER)

    assert _quoted(store, event_id) == ("電話番号らしきもの",)
    assert content.personal


def test_an_answer_changed_after_the_decision_brings_nothing_new_into_a_paper(written):
    store, event_id = written
    _decide(store, event_id, 2, quoted=True, words="また来たい。")
    sheet = _comments(store, event_id).comments[1].sheet_id

    data_entry_services.change_response(
        acting(store), sheet_id=sheet, answers=answered(comments=Answer(text="自宅は 03-0000-9999 です"))
    )

    assert (2, "また来たい。（表記を整えた）") in _printed(store, event_id).numbered_lines()


def test_a_harmless_text_that_becomes_a_personal_one_waits_again(written):
    store, event_id = written
    _decide(store, event_id, 1, quoted=True)
    sheet = _comments(store, event_id).comments[0].sheet_id

    data_entry_services.change_response(
        acting(store), sheet_id=sheet, answers=answered(comments=Answer(text="090-0000-1234へ"))
    )

    assert _comments(store, event_id).comments[0].quote_decision == "確認が必要"


def test_what_is_not_to_be_quoted_is_left_out(written):

    _decide(*written, 1, quoted=False)

    assert [number for number, _text in _printed(*written).numbered_lines()] == [4]


def test_themes_can_be_renamed_moved_and_removed_without_losing_a_text(written):
    store, event_id = written
    first, second = _theme(store, event_id, "講師"), _theme(store, event_id, "会場")
    _put(store, event_id, {1}, second)

    survey_themes.rename_theme(acting(store), theme_id=first, name="講師と進め方")
    survey_themes.move_theme(acting(store), theme_id=second, up=True)
    assert [theme.name for theme in _comments(store, event_id).themes] == ["会場", "講師と進め方"]
    survey_themes.remove_theme(acting(store), theme_id=second)

    assert [theme.name for theme in _comments(store, event_id).themes] == ["講師と進め方"]
    assert _comments(store, event_id).comments[0].theme_id is None


def test_a_theme_needs_a_name_that_its_question_has_not_yet(written):
    """Each question has its own themes, in the order of their making."""
    store, event_id = written
    survey_id = survey_of(store, event_id).id
    first, last = _theme(*written, "講師"), _theme(*written, "あ" * 40)
    other = survey_themes.add_theme(acting(store), survey_id=survey_id, question_code="useful", name="講師").id

    for name, said in ((" ", "名前が空"), ("講師", "もうあります"), ("あ" * 41, "41文字")):
        with pytest.raises(UserError, match=said):
            _theme(*written, name)
    with pytest.raises(UserError, match="もうあります"):
        survey_themes.rename_theme(acting(store), theme_id=last, name="講師")
    survey_themes.rename_theme(acting(store), theme_id=first, name=" 講師 ")
    survey_themes.rename_theme(acting(store), theme_id=other, name="あ" * 40)
    with pytest.raises(UserError, match="見つかりません"):
        survey_themes.add_theme(acting(store), survey_id=survey_id, question_code="none", name="講師")
    made = [(one.question_code, one.position) for one in survey_table.comment_themes(store.database, survey_id)]
    assert sorted(made) == [("comments", 1), ("comments", 2), ("useful", 1)]


def test_a_move_beyond_the_first_or_the_last_place_changes_nothing(written):
    store, event_id = written
    made = [_theme(*written, name) for name in ("講師", "会場", "時間")]
    steps = store.database.execute("SELECT count(*) FROM journal").fetchone()

    def names():
        return [one.name for one in _comments(store, event_id).themes]

    for theme, up in ((made[0], True), (made[2], False)):
        survey_themes.move_theme(acting(store), theme_id=theme, up=up)
    assert (names(), store.database.execute("SELECT count(*) FROM journal").fetchone()) == (
        ["講師", "会場", "時間"],
        steps,
    )
    survey_themes.move_theme(acting(store), theme_id=made[0], up=False)
    assert names() == ["会場", "講師", "時間"]
    survey_themes.move_theme(acting(store), theme_id=made[2], up=True)
    assert names() == ["会場", "時間", "講師"]


def test_texts_are_put_together_and_their_number_is_said(written):
    store, event_id = written
    survey_id, theme = survey_of(store, event_id).id, _theme(*written, "講師")
    sheets = [one.sheet_id for one in _comments(store, event_id).comments]

    def put(these, theme_id):
        return survey_themes.assign_theme(
            acting(store), survey_id=survey_id, question_code="comments", sheet_ids=these, theme_id=theme_id
        ).message

    assert put(sheets[:1], theme) == "「講師」に分類しました。"
    assert put(sheets[:3], theme) == "3件を「講師」に分類しました。"
    assert put(sheets[1:3], None) == "2件を「分類なし」に分類しました。"
    assert [one.theme_id for one in _comments(store, event_id).comments] == [theme, None, None, None]
    with pytest.raises(UserError, match="この回答は見つかりません"):
        put([sheets[0], sheets[-1] + 1], theme)


def test_a_theme_of_another_question_takes_no_text(written):
    store, event_id = written
    survey = survey_of(store, event_id)
    other = survey_themes.add_theme(acting(store), survey_id=survey.id, question_code="useful", name="話").id

    with pytest.raises(UserError, match="別の設問"):
        _put(store, event_id, {1}, other)


def test_a_sheet_that_is_removed_takes_its_decisions_with_it(written):
    store, event_id = written
    _put(store, event_id, {1}, _theme(store, event_id, "講師"))
    sheet = _comments(store, event_id).comments[0].sheet_id

    data_entry_services.remove_responses(acting(store), sheet_ids=(sheet,))

    assert survey_table.comment_marks(store.database, survey_of(store, event_id).id) == []


def test_questions_that_are_taken_away_take_their_themes_with_them(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    survey = survey_of(store, event_id)
    _theme(store, event_id, "講師")

    surveys.discard_questionnaire(acting(store), survey_id=survey.id)

    assert survey_table.comment_themes(store.database, survey.id) == []


@pytest.mark.in_full
def test_a_hundred_thousand_names_do_not_hold_up_a_tally(written):
    store, event_id = written
    surnames, given = "山田佐藤鈴木高橋伊渡辺中村小林加吉本", "一二三太郎花子恵美正義和明清隆弘光幸雄"
    names = [
        (f"{a}{b}　{c}{d}{e}", "") for a in surnames for b in surnames for c in given for d in given for e in "夫子"
    ]
    store.database.execute("BEGIN")
    store.database.conn.executemany(
        "INSERT INTO people (name, furigana, role, phone, note) VALUES (?, ?, '', '', '')", names[:100_000]
    )
    store.database.execute("COMMIT")

    assert [one.quote_decision for one in _comments(store, event_id).comments] == [
        "引用する",
        "確認が必要",
        "確認が必要",
        "引用する",
    ]
