"""Masters and sheets by case: what each act says, in which year a master stands, which sheets are wanted and may go."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace as Facts

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services.document_scope import DocumentScope
from app.documents.services.file_saving import SaveOptions
from app.event.rules.copies import CopiesNeeded
from app.programme.services import change_numbers, kind_of_event
from app.surveys.questions.documents import (
    LARGE_KIND,
    NO_NAMES_NOTE,
    QUESTIONNAIRE_KIND,
    _question_note,
    form_questions,
)
from app.surveys.questions.rules import check_questions
from app.surveys.questions.services import questionnaires, survey_documents, surveys
from app.surveys.questions.services.questionnaire_files import export_questionnaire, file_name_for
from app.surveys.questions.services.survey_documents import QuestionnaireCopies, closing_halts
from db.records.documents import Outgoing, OutgoingWay
from db.records.event_status import EventStatus
from db.records.events import Event
from db.records.surveys import EventSurvey, Question, Questionnaire
from db.rows import by_id, rows
from tests.support.paper_lines import assert_says
from tests.support.survey_sheets import AFTER, acting, fixed_survey, survey_of
from tests.support.years import BY, TODAY, add_lecture, started_year

ONE = (Question(code="joy", title="満足度", type="SA", options=("満足", "不満")),)


@pytest.fixture
def store(tmp_path):
    return started_year(tmp_path)


def master(**given):
    return Questionnaire(
        **{"name": "講習会アンケート", "kind": "講習会", "fiscal_year": 2026, "questions": ONE} | given
    )


def test_what_is_done_to_a_master_is_said_and_stands_in_the_year_it_was_given(store):
    context, said = acting(store), []

    def act(done):
        said.append(done.message)
        return done.id

    first = act(questionnaires.create_questionnaire(context, name=" 講習会 ", kind="講習会", note=" 案 "))
    other = act(questionnaires.create_questionnaire(context, name="講習会", kind="講習会", fiscal_year=2027))
    empty = act(questionnaires.create_questionnaire(context, name="空", kind="意見交換会", from_default=False))
    again = act(questionnaires.duplicate_questionnaire(context, questionnaire_id=first))
    later = act(questionnaires.duplicate_questionnaire(context, questionnaire_id=first, fiscal_year=2028))
    named = act(questionnaires.duplicate_questionnaire(context, questionnaire_id=first, name=" 改 "))
    event = add_lecture(store)
    act(questionnaires.use_questionnaire(context, event_id=event, questionnaire_id=first))
    survey = survey_of(store, event).id
    act(questionnaires.save_as_questionnaire(context, survey_id=survey, name=" 実施回 "))
    act(questionnaires.save_as_questionnaire(context, survey_id=survey, name="実施回", fiscal_year=2027))
    for day in (date(2026, 9, 20), None):
        act(
            questionnaires.mark_questionnaire_agreed(
                context, questionnaire_id=first, agreed_on=day, agreed_with=" 責任者 "
            )
        )
        partner = by_id(store.database, Questionnaire, first).agreed_with
        assert partner == ("責任者" if day else "")
    act(questionnaires.update_master_questions(context, questionnaire_id=named, questions=ONE))
    for archived in (True, False):
        act(questionnaires.archive_questionnaire(context, questionnaire_id=other, archived=archived))
    with pytest.raises(UserError, match="1回の実施回で使われている"):
        questionnaires.delete_questionnaire(context, questionnaire_id=first)
    act(questionnaires.delete_questionnaire(context, questionnaire_id=other))
    questionnaires.archive_questionnaire(context, questionnaire_id=later)

    done = [action for (action,) in store.database.execute("SELECT action FROM journal WHERE action LIKE '%ひな形%'")]
    shown = [
        f"{one.questionnaire.fiscal_year} {one.questionnaire.name}（{one.questionnaire.note}）"
        f"{len(one.questionnaire.questions)}問 {one.event_count}回"
        for one in questionnaires.list_questionnaires(store)
    ]
    assert_says(
        [*said, "履歴", *done, "一覧", *shown],
        """
        ひな形「講習会」（10問）を作成しました。
        ひな形「講習会」（10問）を作成しました。
        ひな形「空」（0問）を作成しました。
        ひな形「講習会（写し）」を作成しました（10問）。
        ひな形「講習会」を作成しました（10問）。
        ひな形「改」を作成しました（10問）。
        第1回 LINE講習会の設問（10問）を用意しました。
        ひな形「実施回」（10問）を作成しました。
        ひな形「実施回」（10問）を作成しました。
        協議済（9/20(日)）にしました。
        協議済の印を外しました。
        ひな形の設問（1問）を保存しました。
        「講習会」を使わないことにしました。
        「講習会」を使うひな形に戻しました。
        ひな形「講習会」を削除しました。
        履歴
        設問のひな形を作成
        設問のひな形を作成
        設問のひな形を作成
        設問のひな形をコピー
        設問のひな形をコピー
        設問のひな形をコピー
        実施回の設問をひな形に
        実施回の設問をひな形に
        設問のひな形の協議を記録
        設問のひな形の協議を記録
        設問のひな形を変更
        設問のひな形を使わないことに
        設問のひな形を戻す
        設問のひな形を削除
        設問のひな形を使わないことに
        一覧
        2027 実施回（第1回 LINE講習会から）10問 0回
        2026 空（）0問 0回
        2026 講習会（案）10問 1回
        2026 講習会（写し）（案）10問 0回
        2026 改（案）1問 0回
        2026 実施回（第1回 LINE講習会から）10問 0回
        """,
    )

    def listed(**asked):
        return [one.questionnaire.id for one in questionnaires.list_questionnaires(store, **asked)]

    assert (listed(kind="意見交換会"), listed(kind="派遣")) == ([empty], [])
    assert set(listed(archived=True)) - set(listed()) == {later}
    assert again in listed(kind="講習会")
    view = questionnaires.read_questionnaire(store, questionnaire_id=first)
    assert [(one.event.id, one.is_unchanged) for one in view.using_events] == [(event, True)]
    assert [one.kind for one in view.kinds] == ["講習会", "意見交換会"]
    assert questionnaires.read_origin(store, survey_id=survey).is_unchanged
    surveys.update_questions(context, survey_id=survey, questions=ONE)
    assert not questionnaires.read_origin(store, survey_id=survey).is_unchanged
    assert questionnaires.read_origin(store, survey_id=survey + 1).questionnaire is None


def test_a_name_is_taken_for_its_kind_in_its_year_alone(store):
    context = acting(store)
    made = questionnaires.add_questionnaire(context, questionnaire=master()).id
    for free in ({"name": "別"}, {"kind": "意見交換会"}, {"fiscal_year": 2027}):
        questionnaires.add_questionnaire(context, questionnaire=master(**free))
    for taken in ({}, {"name": " 講習会アンケート "}):
        with pytest.raises(UserError, match="同じ年度に「講習会アンケート」が、もうあります"):
            questionnaires.add_questionnaire(context, questionnaire=master(**taken))
    with pytest.raises(UserError, match="名称が空です"):
        questionnaires.add_questionnaire(context, questionnaire=master(name=" "))
    with pytest.raises(UserError, match="種別が選ばれていません"):
        questionnaires.add_questionnaire(context, questionnaire=master(kind="派遣", name="派遣"))
    kept = {"kind": "講習会", "fiscal_year": 2026, "note": " メモ "}
    questionnaires.update_description(context, questionnaire_id=made, name="講習会アンケート", **kept)
    assert by_id(store.database, Questionnaire, made).note == "メモ"
    with pytest.raises(UserError, match="同じ年度に「別」が、もうあります"):
        questionnaires.update_description(context, questionnaire_id=made, name="別", **kept)
    with pytest.raises(UserError, match="種別が選ばれていません"):
        questionnaires.update_description(context, questionnaire_id=made, name="派遣", **{**kept, "kind": "派遣"})
    empty = questionnaires.add_questionnaire(context, questionnaire=master(name="空", questions=())).id
    for day, says in ((date(2026, 10, 2), "今日より先"), (date(2026, 10, 1), "設問がまだありません")):
        with pytest.raises(UserError, match=says):
            questionnaires.mark_questionnaire_agreed(context, questionnaire_id=empty, agreed_on=day)


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ((), "「設定」の「契約」で、アンケートを行う種類を決めてください。"),
        (("講習会",), "講習会を選んでください。"),
        (("講習会", "意見交換会"), "講習会か意見交換会を選んでください。"),
        (("講習会", "派遣", "意見交換会"), "講習会、派遣、意見交換会から選んでください。"),
    ],
)
def test_one_is_asked_to_choose_among_the_kinds_that_have_a_survey(names, words):
    assert questionnaires.choose_kind_words([Facts(name=one) for one in names]) == words


def test_a_file_bears_the_year_of_its_master():
    assert [file_name_for(master(fiscal_year=year)) for year in (2026, None)] == [
        "R8-講習会アンケート",
        "講習会アンケート",
    ]


@pytest.mark.parametrize(
    ("people", "large", "is_notified", "words", "standard"),
    [
        (None, 0, True, "人数がまだ分かりません", 0),
        (None, 2, False, "人数がまだ分かりません、拡大版2部", 0),
        (18, 0, True, "18＋予備2＝20部", 20),
        (18, 1, False, "18＋予備2＝20部（人数連絡前）、拡大版1部", 20),
    ],
)
def test_the_sheets_wanted_are_said_with_the_reserve_and_the_large_ones(people, large, is_notified, words, standard):
    needed = CopiesNeeded(people=people, spare=2) if people is not None else None
    copies = QuestionnaireCopies(standard=needed, large=large, is_notified=is_notified)
    assert (copies.words, copies.copies_of(QUESTIONNAIRE_KIND), copies.copies_of(LARGE_KIND)) == (
        words, standard, large,
    )  # fmt: skip


def test_numbers_at_their_bounds_are_taken_and_beyond_them_refused(tmp_path):
    store, event = fixed_survey(tmp_path)
    context, survey = acting(store), survey_of(store, event).id
    for copies in (0, 30):
        said = survey_documents.set_large_copies(context, survey_id=survey, copies=copies).message
        assert (said, survey_of(store, event).large_copies) == (f"拡大版を{copies}部にしました。", copies)
    for copies in (-1, 31):
        with pytest.raises(UserError, match="拡大版の部数"):
            survey_documents.set_large_copies(context, survey_id=survey, copies=copies)
    for handed in (0, 1, None):
        surveys.note_distribution(context, survey_id=survey, distributed=handed)
        assert survey_of(store, event).distributed == handed
    with pytest.raises(UserError, match="0より小さく"):
        surveys.note_distribution(context, survey_id=survey, distributed=-1)


@pytest.mark.parametrize(
    ("agreed", "fixed", "asked", "pages"),
    [(None, None, ONE, None), (TODAY, None, ONE, 2), (None, TODAY, ONE, 2), (TODAY, TODAY, (), None)],
)
def test_a_sheet_has_its_two_pages_once_its_questions_are_agreed_or_decided(agreed, fixed, asked, pages):
    survey = EventSurvey(event_id=1, title="", questions=asked, agreed_on=agreed, fixed_on=fixed)
    assert survey_documents.questionnaire_pages(survey) == pages
    assert survey_documents.questionnaire_pages(None) is None


def test_a_form_that_closes_before_its_event_stops_the_sheet(tmp_path):
    """Neither where nobody is asked online, nor where the event has no day yet or its kind no survey."""
    store, event = fixed_survey(tmp_path)
    survey = survey_of(store, event).id

    def halts(close=date(2026, 9, 29), url="https://example.jp/f/1", **of_event):
        with store.change(action="用意", by=BY, now=AFTER) as change:
            change.update(EventSurvey, survey, online_close=close, online_url=url)
            change.update(Event, event, **{"event_date": date(2026, 9, 30), "status": EventStatus.PLANNED} | of_event)
        found = closing_halts(store, DocumentScope(event_id=event), AFTER.date())
        follow_ups = surveys.online_follow_ups(store.database, date(2026, 9, 1), event_id=event)
        assert [one.detail for one in follow_ups] in ([], ["締切 9/29(火)（実施は 9/30(水)）"])
        return (*found, *(one.detail for one in follow_ups))

    assert halts() == (
        "オンライン回答の締切（9月29日（火））が、実施日（9月30日（水））より前です。「設問」で締切を直してください。",
        "締切 9/29(火)（実施は 9/30(水)）",
    )
    assert halts(close=date(2026, 9, 30)) == halts(close=None) == halts(url="") == halts(event_date=None) == ()
    assert closing_halts(store, DocumentScope(event_id=event + 1), AFTER.date()) == ()
    kind = kind_of_event(store.database, by_id(store.database, Event, event))
    change_numbers(ActionContext(store, BY, AFTER), numbers=replace(kind, has_survey=False))
    assert halts() == ()
    assert len(rows(store.database, EventSurvey)) == 1


def test_options_alike_but_for_blanks_and_nothing_beside_others_are_found():
    def found(**given):
        question = Question(**{"code": "a", "title": "使うもの", "type": "MA", "options": ("甲", "乙")} | given)
        return [
            one.text for one in check_questions((question,), people=None) if "選択肢" in one.text or "一緒" in one.text
        ]

    assert_says(
        [
            *found(options=("甲 乙", "甲乙", "丙")),
            *found(options=("甲", "甲", "丙")),
            *found(options=("甲", "乙", "特になし")),
            *found(options=("甲", "乙", "特になし"), exclusive_option="特になし"),
            *found(type="SA", options=("甲", "特になし")),
            *(one for count in (15, 16) for one in found(options=tuple(map(str, range(count))))),
            *(one for length in (26, 27) for one in found(options=("あ" * length, "甲"))),
        ],
        """
        問1に、空白だけが違う選択肢「甲乙」があります。
        問1の「特になし」を、ほかと一緒に選べます。
        問1の選択肢が16あります。
        問1の選択肢「あああああああああああああああああああああああああああ」が長すぎます（27字）。
        """,
    )


def test_a_question_says_below_itself_whom_it_asks_and_that_nobody_is_to_be_named():
    asked = (
        Question(code="a", title="役割", type="SA", options=("会長", "会員")),
        Question(code="b", title="道具", type="NUM", note="すべて", asked_of="a", asked_of_options=("会長",)),
        Question(code="c", title="ご意見", type="FA"),
        Question(code="d", title="ご要望", type="FA", note=NO_NAMES_NOTE),
        Question(code="e", title="お名前", type="FA", personal=True, asked_of="消えた設問"),
    )  # fmt: skip
    numbers = {one.code: f"問{place}" for place, one in enumerate(asked, 1)}
    assert [_question_note(one, numbers) for one in asked] == [
        "", "問1で「会長」を選んだ方だけお答えください。すべて", NO_NAMES_NOTE, NO_NAMES_NOTE, "",
    ]  # fmt: skip


def test_the_sets_that_can_be_compared_are_those_with_questions(store):
    context = acting(store)
    for name, asked in (("講習会", ONE), ("空", ())):
        questionnaires.add_questionnaire(context, questionnaire=master(name=name, questions=asked))
    event = add_lecture(store)
    surveys.choose_questionnaire(context, event_id=event)
    labels = ["令和8年度　講習会", "R8.9.24　第1回 LINE講習会"]
    assert [one.label for one in questionnaires.list_versions(store)] == labels
    with store.change(action="用意", by=BY, now=AFTER) as change:
        change.update(EventSurvey, survey_of(store, event).id, questions=())
        change.update(Event, event, event_date=None)
    assert [one.label for one in questionnaires.list_versions(store)] == labels[:1]


def test_a_master_is_written_as_workbook_or_as_plain_text_and_logged(store, tmp_path):
    made = questionnaires.add_questionnaire(acting(store), questionnaire=master()).id
    for name in ("a.xlsx", "b.XLSX", "c.json"):
        options = SaveOptions(path=tmp_path / name, way=OutgoingWay.PLAIN)
        export_questionnaire(acting(store), questionnaire_id=made, options=options)
    assert [(one.format, one.detail["設問"], one.reference) for one in rows(store.database, Outgoing)] == [
        (form, "1問", "R8-講習会アンケート") for form in ("xlsx", "xlsx", "json")
    ]
    locked = SaveOptions(path=tmp_path / "d.json", way=OutgoingWay.ENCRYPTED, password="みほんの鍵はながいほどよい")
    with pytest.raises(UserError, match="この形のファイルは暗号化できません"):
        export_questionnaire(acting(store), questionnaire_id=made, options=locked)


def test_the_questions_of_an_online_form_say_limit_writing_and_branch():
    asked = (
        Question(code="a", title="役割", type="SA", options=("会長", "その他"), has_other=True),
        Question(code="b", title="道具", type="MA", options=("甲", "乙", "丙"), max_select=2, asked_of="a",
                 asked_of_options=("会長", "その他"), note="すべて"),
        Question(code="c", title="品", type="MA", options=("甲", "特になし"), exclusive_option="特になし"),
        Question(code="d", title="人数", type="NUM", unit="人"),
        Question(code="e", title="ご意見", type="FA"),
    )  # fmt: skip
    assert_says(
        [
            "｜".join((one.number, one.title, one.form_type, "・".join(one.options), *one.setting_lines, one.note))
            for one in form_questions(asked)
        ],
        """
        問1｜役割｜ラジオボタン（1つ選ぶ）｜会長・その他｜「その他」は、フォームの「その他」を追加して入れます（書く欄が
        　　付きます）｜
        問2｜道具｜チェックボックス（複数選ぶ）｜甲・乙・丙｜選べる数は2つまで（回答の検証）｜問1で「会長」、「その他」
        　　を選んだ方だけに聞きます（セクションの分岐。できないときは説明に書きます）｜すべて
        問3｜品｜チェックボックス（複数選ぶ）｜甲・特になし｜
        問4｜人数｜記述式（短い文・数字）｜｜数値だけ（回答の検証）　単位は人｜
        問5｜ご意見｜段落（長い文）｜｜お名前や電話番号など、個人が分かることは書かないでください。
        """,
    )
