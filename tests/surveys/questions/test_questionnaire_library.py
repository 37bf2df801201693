"""The library of questionnaires: masters that events copy, and that never reach what an event asked."""

import json
from dataclasses import replace
from datetime import date

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.commands.main import main
from app.documents.services.file_saving import SaveOptions
from app.history import services as history_services
from app.surveys.questions.intake import default_questionnaire, load_questionnaire
from app.surveys.questions.services import questionnaire_files, questionnaires, surveys
from db import connection
from db.keys import derive_keys
from db.records.documents import OutgoingWay
from db.records.event_form import EventForm
from db.records.programme import EventKind
from db.records.surveys import EventSurvey, Question, Questionnaire
from db.rows import by_id, rows
from db.store import DATABASE_NAME
from tests.support.stores import DATA_KEY, made_by
from tests.support.survey_sheets import AFTER, acting, fixed_survey, survey_of, type_sheets
from tests.support.years import BY, NOW, add_lecture, started_year

WHO = {"by": BY, "now": AFTER}
EXTRA = Question(
    code="", title="つぎに学びたいこと", type="MA", options=("写真", "会議", "その他"), has_other=True, max_select=2
)

store = made_by(started_year)


def make(store, name="講習会アンケート", **given):
    return questionnaires.create_questionnaire(acting(store), name=name, kind="講習会", **given).id


def master(store, questionnaire_id):
    return by_id(store.database, Questionnaire, questionnaire_id)


def raw_surveys(store):
    """The rows of every event's questions, byte for byte as they lie in the file."""
    return list(store.database.query("SELECT *, hex(questions) AS bytes FROM event_surveys ORDER BY id"))


def test_a_master_changed_reworded_archived_or_agreed_leaves_every_old_event_byte_for_byte(tmp_path):
    store, old = fixed_survey(tmp_path / "year")
    type_sheets(store, old, 3)
    made = make(store)
    event_id = add_lecture(store, date(2026, 10, 20), subject="Instagram講習会")
    questionnaires.use_questionnaire(acting(store), event_id=event_id, questionnaire_id=made)
    before = raw_surveys(store)
    assert len(before) == 2

    first, *rest = master(store, made).questions
    reworded = replace(first, title="別の文", options=("会長", "会員"))
    questionnaires.update_master_questions(acting(store), questionnaire_id=made, questions=(*rest, reworded, EXTRA))
    questionnaires.mark_questionnaire_agreed(acting(store), questionnaire_id=made, agreed_on=date(2026, 9, 20))
    questionnaires.update_description(
        acting(store), questionnaire_id=made, name="改めた名称", kind="講習会", fiscal_year=2027, note=""
    )
    questionnaires.duplicate_questionnaire(acting(store), questionnaire_id=made, fiscal_year=2028)
    questionnaires.archive_questionnaire(acting(store), questionnaire_id=made)

    assert raw_surveys(store) == before
    assert len(master(store, made).questions) == 11
    assert survey_of(store, event_id).questionnaire_id == made


def test_an_event_keeps_what_it_took_also_after_a_restart(tmp_path, store):
    made = make(store)
    event_id = add_lecture(store)
    questionnaires.use_questionnaire(acting(store), event_id=event_id, questionnaire_id=made)
    taken = survey_of(store, event_id).questions
    questionnaires.update_master_questions(acting(store), questionnaire_id=made, questions=(*taken[:3], EXTRA))
    kept = master(store, made)
    store.database.conn.close()

    again = connection.connect(store.folder / DATABASE_NAME, derive_keys(DATA_KEY).pages)
    assert by_id(again, Questionnaire, made) == kept
    (view,) = rows(again, EventSurvey, questionnaire_id=made)
    assert view.questions == taken
    again.conn.close()


def test_what_an_event_takes_is_agreed_for_the_event_anew(store):
    made = make(store)
    questionnaires.mark_questionnaire_agreed(
        acting(store), questionnaire_id=made, agreed_on=date(2026, 9, 20), agreed_with=" 業務責任者 "
    )
    event_id = add_lecture(store)
    questionnaires.use_questionnaire(acting(store), event_id=event_id, questionnaire_id=made)

    assert (master(store, made).agreed_on, master(store, made).agreed_with) == (date(2026, 9, 20), "業務責任者")
    survey = survey_of(store, event_id)
    assert (survey.agreed_on, survey.fixed_on, survey.title) == (None, None, "講習会アンケート")


def test_changing_the_questions_of_an_agreed_master_takes_the_mark_away_and_says_so(store):
    made = make(store)
    questionnaires.mark_questionnaire_agreed(acting(store), questionnaire_id=made, agreed_on=date(2026, 9, 20))
    questions = master(store, made).questions

    saved = questionnaires.update_master_questions(acting(store), questionnaire_id=made, questions=questions[:-1])

    assert "協議済の印を外しました" in saved.message
    assert master(store, made).agreed_on is None


def test_codes_stay_when_words_change_and_a_new_question_gets_one_of_its_own(store):
    made = make(store)
    first, *rest = master(store, made).questions
    reworded = replace(first, title="参加した方の立場", options=("会長", "役員", "会員"))
    questionnaires.update_master_questions(acting(store), questionnaire_id=made, questions=(reworded, *rest, EXTRA))
    codes = [one.code for one in master(store, made).questions]
    assert codes[0] == "position"
    assert codes[-1] == "s261001100000"

    # Deleted and made again at the same moment it is still another question.
    questionnaires.update_master_questions(acting(store), questionnaire_id=made, questions=(reworded, *rest))
    event_id = add_lecture(store)
    questionnaires.use_questionnaire(acting(store), event_id=event_id, questionnaire_id=made)
    surveys.update_questions(
        acting(store), survey_id=survey_of(store, event_id).id, questions=(EXTRA, replace(EXTRA, title="ほかに"))
    )
    assert [one.code for one in survey_of(store, event_id).questions] == ["s261001100000", "s261001100000a"]


def test_a_code_of_another_question_is_refused(store):
    made = make(store)
    other = Question(code="satisfaction", title="会場の広さ", type="SA", options=("広い", "狭い"))
    with pytest.raises(UserError, match="「会場の広さ」の記号「satisfaction」は、ほかの設問で"):
        questionnaires.add_questionnaire(
            acting(store), questionnaire=replace(master(store, made), name="別", questions=(other,))
        )
    event_id = add_lecture(store)
    surveys.choose_questionnaire(ActionContext(store, BY, NOW), event_id=event_id)
    survey = survey_of(store, event_id)
    rest = tuple(one for one in survey.questions if one.code != "satisfaction")
    surveys.update_questions(acting(store), survey_id=survey.id, questions=rest)
    with pytest.raises(UserError, match="ほかの設問でもう使われています"):
        surveys.update_questions(acting(store), survey_id=survey.id, questions=(*rest, other))


def test_a_master_in_use_is_not_deleted_but_put_away(store):
    made = make(store)
    questionnaires.use_questionnaire(acting(store), event_id=add_lecture(store), questionnaire_id=made)

    with pytest.raises(UserError, match="1回の実施回で使われている") as refusal:
        questionnaires.delete_questionnaire(acting(store), questionnaire_id=made)
    assert "使わないことにする" in refusal.value.todo

    questionnaires.archive_questionnaire(acting(store), questionnaire_id=made)
    assert questionnaires.list_questionnaires(store) == ()
    assert [row.event_count for row in questionnaires.list_questionnaires(store, archived=True)] == [1]
    with pytest.raises(UserError, match="使わないことにしたひな形"):
        questionnaires.update_master_questions(acting(store), questionnaire_id=made, questions=())


def test_a_master_nobody_took_is_deleted_and_comes_back_by_undo(store):
    made = make(store)
    questionnaires.delete_questionnaire(acting(store), questionnaire_id=made)
    assert master(store, made) is None

    history_services.undo(store, by=BY, now=AFTER)

    assert len(master(store, made).questions) == 10


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": " ", "kind": "講習会"}, "名称が空"),
        ({"name": "別", "kind": "派遣"}, "種別が選ばれていません"),
        ({"name": "講習会アンケート", "kind": "講習会"}, "同じ年度に「講習会アンケート」が、もうあります"),
    ],
)
def test_a_master_needs_a_name_of_its_own_and_a_kind(store, given, words):
    make(store)
    with pytest.raises(UserError, match=words):
        questionnaires.create_questionnaire(acting(store), **given)


def test_a_copy_for_the_next_year_keeps_codes_and_has_to_be_agreed(store):
    made = make(store)
    questionnaires.mark_questionnaire_agreed(acting(store), questionnaire_id=made, agreed_on=date(2026, 9, 20))
    copy = questionnaires.duplicate_questionnaire(acting(store), questionnaire_id=made, fiscal_year=2027).id
    same_year = questionnaires.duplicate_questionnaire(acting(store), questionnaire_id=made).id

    assert master(store, copy).questions == master(store, made).questions
    assert (master(store, copy).name, master(store, copy).fiscal_year) == ("講習会アンケート", 2027)
    assert master(store, copy).agreed_on is None
    assert master(store, same_year).name == "講習会アンケート（写し）"


def test_a_master_whose_kind_has_no_survey_any_more_is_copied_as_it_is(tmp_path):
    store, event_id = fixed_survey(tmp_path / "year")
    made = make(store)
    with store.change(action="アンケートをやめた", **WHO) as change:
        for one in rows(store.database, EventKind, kind="講習会"):
            change.update(EventKind, one.id, has_survey=False)
    assert "講習会" not in [one.kind for one in questionnaires.surveyed_kinds(store)]

    copy = questionnaires.duplicate_questionnaire(acting(store), questionnaire_id=made).id
    taken = questionnaires.save_as_questionnaire(
        acting(store), survey_id=survey_of(store, event_id).id, name="第1回から"
    ).id

    assert [master(store, one).kind for one in (copy, taken)] == ["講習会", "講習会"]
    with pytest.raises(UserError, match="種別が選ばれていません"):
        questionnaires.create_questionnaire(acting(store), name="新しく", kind="講習会")


def test_an_events_questions_become_a_master_and_the_event_stays(tmp_path):
    store, event_id = fixed_survey(tmp_path / "year")
    before = raw_surveys(store)
    made = questionnaires.save_as_questionnaire(
        acting(store), survey_id=survey_of(store, event_id).id, name="第1回から"
    )
    assert master(store, made.id).questions == survey_of(store, event_id).questions
    assert raw_surveys(store) == before


# files


def test_a_set_leaves_as_json_and_as_a_workbook_and_comes_back_the_same(store, tmp_path):
    made = make(store)
    questions = master(store, made).questions
    asked = questions[0]
    more = (
        replace(EXTRA, note="2つまで選べます", exclusive_option=None),
        Question(code="", title="何人で使っていますか", type="NUM", unit="人", asked_of=asked.code,
                 asked_of_options=asked.options[:2]),
        Question(code="", title="一言", type="FA", lines=2),
    )  # fmt: skip
    questions = (replace(asked, scale=True), *questions[1:], *more)
    questionnaires.update_master_questions(acting(store), questionnaire_id=made, questions=questions)
    questions = master(store, made).questions

    for ending in (".json", ".xlsx"):
        path = tmp_path / f"設問{ending}"
        questionnaire_files.export_questionnaire(acting(store), questionnaire_id=made, options=SaveOptions(path=path))
        assert questionnaire_files.read_questionnaire_set(path).questions == questions, ending
        saved = questionnaire_files.import_questionnaire(acting(store), path=path, name=f"戻し{ending}", kind="講習会")
        assert master(store, saved.id).questions == questions


def test_the_json_is_the_one_the_tally_command_reads(store, tmp_path, capsys):
    made = make(store)
    path = tmp_path / "設問.json"
    questionnaire_files.export_questionnaire(acting(store), questionnaire_id=made, options=SaveOptions(path=path))
    entries = json.loads(path.read_text("utf-8"))
    assert isinstance(entries, list)
    assert set(entries[0]) >= {"code", "title", "type", "options", "max_select", "has_other", "exclusive_option"}
    assert load_questionnaire(path).questions == default_questionnaire(EventForm.LECTURE).questions
    answers = tmp_path / "回答.csv"
    answers.write_text("タイムスタンプ,講習会全体の満足度\n2026/09/30 15:00:00,満足\n", "utf-8")
    assert main(["tally", str(answers), "--questionnaire", str(path), "--json"]) == 0
    counted = json.loads(capsys.readouterr().out)
    assert next(one for one in counted["questions"] if one["code"] == "satisfaction")["counts"]["満足"] == 1


def test_a_workbook_made_by_hand_is_read_and_its_questions_get_codes(store, tmp_path):
    import xlsxwriter

    path = tmp_path / "手書き.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("設問案")
    sheet.write(0, 0, "来年の設問案")
    for column, heading in enumerate(
        ("設問文", "種類", "選択肢", "選べる数", "聞く相手を決める設問", "聞く相手の選択肢")
    ):
        sheet.write(2, column, heading)
    rows = [
        ("LINEを使っていますか", "単一回答", "はい\nいいえ", "", "", ""),
        ("何に使っていますか", "複数回答（チェックボックス）", "連絡\n写真", "２つまで", "問１", "はい"),
        ("ご意見", "自由記述", "", "", "", ""),
    ]
    for number, row in enumerate(rows, start=3):
        for column, text in enumerate(row):
            sheet.write(number, column, text)
    book.close()

    made = questionnaire_files.import_questionnaire(acting(store), path=path, name="来年", kind="講習会")

    first, second, third = master(store, made.id).questions
    assert (first.code, second.code, third.code) == ("s261001100000", "s261001100000a", "s261001100000b")
    assert (second.type, second.max_select, second.asked_of, second.asked_of_options) == (
        "MA",
        2,
        first.code,
        ("はい",),
    )


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.json", b"[{]", "JSON"),
        ("a.json", b'[{"code":"a","title":"t","type":"SA","options":["1"],"lines":99}]', "lines"),
        ("a.xlsx", b"PK\x03\x04broken", "壊れています"),
        ("a.txt", "設問".encode(), "JSON"),
    ],
)
def test_a_file_that_is_no_set_of_questions_is_refused_in_words(store, tmp_path, name, data, words):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UserError) as refusal:
        questionnaire_files.import_questionnaire(acting(store), path=path, name="x", kind="講習会")
    assert words in str(refusal.value)
    assert questionnaires.list_questionnaires(store) == ()


def test_json_is_not_encrypted_and_a_file_that_is_there_stays(store, tmp_path):
    made = make(store)
    path = tmp_path / "設問.json"
    with pytest.raises(UserError, match="暗号化できません"):
        questionnaire_files.export_questionnaire(
            acting(store),
            questionnaire_id=made,
            options=SaveOptions(path=path, way=OutgoingWay.ENCRYPTED, password="x" * 12),
        )
    path.write_text("前の")
    with pytest.raises(UserError, match="もうあります"):
        questionnaire_files.export_questionnaire(acting(store), questionnaire_id=made, options=SaveOptions(path=path))
    assert path.read_text() == "前の"


# comparing


def test_two_years_and_an_event_are_compared_by_code(tmp_path):
    store, event_id = fixed_survey(tmp_path / "year")
    old = make(store, fiscal_year=2025)
    first, *rest = master(store, old).questions
    changed = (replace(first, title="役割"), *rest[1:], EXTRA)
    questionnaires.update_master_questions(acting(store), questionnaire_id=old, questions=changed)

    found = questionnaires.compare_questionnaires(store, old=("ひな形", old), new=("実施回", event_id))

    assert found.new.label == "R8.9.30　第1回 LINE講習会"
    assert found.change_counts == {"文だけ変更": 1, "新設": 1, "同じ": 8, "廃止": 1}
    assert found.comparable_count == 9
    with pytest.raises(UserError, match="見つかりません"):
        questionnaires.compare_questionnaires(store, old=("ひな形", 999), new=("実施回", event_id))


@pytest.mark.parametrize("kinds", [("講習会", "意見交換会"), ("意見交換会", "講習会")])
def test_the_usual_questions_of_every_kind_can_be_kept_in_any_order(store, kinds):
    for kind in kinds:
        made = questionnaires.create_questionnaire(acting(store), name=f"{kind}のひな形", kind=kind)
        assert master(store, made.id).questions
    with pytest.raises(UserError, match="もう使われています"):
        questionnaires.add_questionnaire(
            acting(store),
            questionnaire=Questionnaire(
                name="別", kind="講習会", fiscal_year=2026, questions=(replace(EXTRA, code="discussion"),)
            ),
        )


def test_a_master_names_the_events_that_took_it_by_their_days_and_whether_they_ask_the_same(store):
    kept = make(store)
    undated, late, early, same_day, other = (
        add_lecture(store, day)
        for day in (None, date(2026, 11, 5), date(2026, 9, 30), date(2026, 11, 5), date(2026, 10, 1))
    )
    for event_id in (undated, same_day, late, early):
        questionnaires.use_questionnaire(acting(store), event_id=event_id, questionnaire_id=kept)
    questionnaires.use_questionnaire(acting(store), event_id=other, questionnaire_id=make(store, "別の"))
    survey = survey_of(store, late)
    surveys.update_questions(acting(store), survey_id=survey.id, questions=(*survey.questions, EXTRA))
    view = questionnaires.read_questionnaire(store, questionnaire_id=kept)
    assert [(one.event.id, one.is_unchanged) for one in view.using_events] == [
        (early, True), (late, False), (same_day, True), (undated, True),
    ]  # fmt: skip
