"""The surveys of a year: events side by side, an earlier year typed or read, 中間集計, and 実績の一行."""

import csv
import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from pypdf import PdfReader

from app.actions.user_error import UserError
from app.documents.blocks import Table
from app.documents.services import document_saving, documents
from app.documents.services.document_scope import DocumentScope
from app.documents.services.file_saving import SaveOptions
from app.foreign_files.intake_refusal import IntakeRefusal
from app.surveys.compare import services as compare_services
from app.surveys.compare.documents import KIND
from app.surveys.compare.rules import AskedQuestion, ComparisonSource, compare_sources
from app.surveys.compare.screens import compare_rows
from app.surveys.compare.services import read_record_summary
from app.surveys.questions.services import surveys
from db.records.event_status import EventStatus
from db.records.events import Event, EventResult
from db.records.organisations import Organisation, Person
from db.records.roster import Entry
from db.records.surveys import Answer, EarlierQuestion, EventSurvey, SurveyResponse
from db.tables import documents as paper_table
from db.tables import surveys as survey_table
from tests.support.survey_sheets import AFTER, acting, answered, fixed_survey, survey_of
from tests.support.years import BY, add_lecture

WHO = {"by": BY, "now": AFTER}
HAPPY = ("とても満足", "満足", "どちらともいえない", "不満", "とても不満", "無回答")
TITLE = "講習会全体の満足度"


def _insert(store, event_id, satisfied, **sources):
    survey = survey_of(store, event_id)
    with store.change(action="回答", **WHO) as change:
        for number, word in enumerate(satisfied, start=1):
            answers = answered(satisfaction=Answer(chosen=(word,) if word else ()))
            change.insert(
                SurveyResponse(survey_id=survey.id, source=sources.get("source", "紙"), number=number, answers=answers)
            )


@pytest.fixture
def year(tmp_path):
    """Two events: four sheets in September, six in October; the second one worded its question otherwise."""
    store, first = fixed_survey(tmp_path, attended=5)
    _insert(store, first, ["とても満足", "満足", "不満", ""])
    second = add_lecture(store, date(2026, 10, 7), subject="Instagram講習会")
    surveys.choose_questionnaire(acting(store), event_id=second)
    _reword(store, second, "satisfaction", title="今日の満足度")
    _insert(store, second, ["とても満足"] * 5 + ["不満"])
    return store, first, second


def _reword(store, event_id, code, **values):
    survey = survey_of(store, event_id)
    questions = tuple(replace(one, **values) if one.code == code else one for one in survey.questions)
    with store.change(action="設問", **WHO) as change:
        change.update(EventSurvey, survey.id, questions=questions)


def _earlier(**counts):
    people = dict.fromkeys(HAPPY, 0) | counts
    return EarlierQuestion(code="satisfaction", title=TITLE, base=sum(people.values()), counts=people)


def _save(store, question, **values):
    given = {"fiscal_year": 2025, "kind": "講習会", "sheets": question.base, "questions": (question,)} | values
    return compare_services.save_earlier(acting(store), **given)


def _compared(store, code, *keys):
    view = compare_services.read_year(store)
    sources = [one.source for one in view.sources if one.key in keys or not keys]
    return next(one for one in compare_sources(sources) if one.code == code)


def test_other_words_are_shown_and_compared_all_the_same(year):
    store, first, second = year

    one = _compared(store, "satisfaction", f"回{first}", f"回{second}")
    line = {found.text: found for found in one.lines}["満足計"]

    assert one.comparabilities == ("文が違う", "同じ")
    assert one.wordings == (("第1回 LINE講習会（確定前）", TITLE),)
    assert [(cell.people, cell.percent) for cell in line.cells] == [(2, "50.0"), (5, "83.3")]
    assert (line.difference.people, line.difference.points) == ("+3", "+33.3")


def test_another_option_or_another_limit_is_another_question(year):
    store, first, second = year
    _reword(store, second, "pace", options=("速い", "遅い"))
    _reword(store, second, "obstacles", max_select=1)

    assert _compared(store, "pace", f"回{first}", f"回{second}").comparabilities == ("選択肢が違う", "同じ")
    assert not _compared(store, "obstacles", f"回{first}", f"回{second}").is_comparable


def test_the_difference_in_points_comes_from_the_percentages_before_rounding():
    def source(people, base):
        counts = {"無回答": 0, "満足": people, "不満": base - people} | ({"選択肢にない回答": 0} if base == 3 else {})
        asked = AskedQuestion(code="q", title="満足度", type="SA", base=base, counts=counts)
        return ComparisonSource(label=f"{base}枚", response_count=base, questions=(asked,))

    (one,) = compare_sources([source(1, 3), source(3, 7)])

    # 3/7 − 1/3 = 9.52; the printed 42.9 less 33.3 would say 9.6.
    assert [(cell.percent) for cell in one.lines[0].cells] == ["33.3", "42.9"]
    assert (one.lines[0].difference.people, one.lines[0].difference.points) == ("+2", "+9.5")
    assert (one.lines[1].difference.people, one.lines[1].difference.points) == ("+2", "−9.5")
    assert [line.kind for line in one.lines] == ["option", "option", "outside", "none"]


def test_earlier_totals_that_can_not_be_are_refused_by_name(year):
    store, _first, _second = year
    good = _earlier(とても満足=3)
    for question, values, said in (
        (replace(good, base=5), {"sheets": 5}, "足すと3人で、ｎ（5）と合いません"),
        (good, {"sheets": 2}, "回収数（2）より多く"),
        (good, {"sheets": 0}, "回収数が入っていません"),
        (good, {"fiscal_year": 2026}, "前の年度ではありません"),
        (good, {"kind": "派遣"}, "定めがありません"),
        (good, {"questions": ()}, "1つも入っていません"),
    ):
        with pytest.raises(UserError, match=said):
            _save(store, question, **values)
    _save(store, good)
    with pytest.raises(UserError, match="もう入っています"):
        _save(store, good)


def test_the_list_handed_out_comes_back_filled_in(year, tmp_path):
    store, _first, _second = year
    questions = compare_services.read_year(store).questions
    path = tmp_path / "前年.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["設問の記号", "設問", "選択肢", "人数", "ｎ"])
        for code, title, option, _people, _base in compare_services.template_rows(questions):
            writer.writerow(
                [code, title, option, "２" if code == "satisfaction" else "1", "12" if code == "satisfaction" else ""]
            )

    found = compare_services.read_earlier_file(store, path=path, kind="講習会")

    happy = next(one for one in found.questions if one.code == "satisfaction")
    assert (happy.base, happy.counts) == (12, dict.fromkeys(HAPPY, 2))
    assert found.problems == ()
    assert len(found.questions) == len(questions)


def test_a_list_made_by_hand_is_known_by_its_titles_and_its_faults_are_named(year, tmp_path):
    store, _first, _second = year
    book = openpyxl.Workbook()
    rows = [
        ["令和7年度 講習会アンケート"],
        ["設問", "選択肢", "人数"],
        ["今日の満足度", "とても満足", 12],
        [None, "満足", "十"],
        [None, "不満", 3],
        [None, "無回答", 1],
        [None, "不満", 4],
    ]
    for row in rows:
        book.active.append(row)
    path = tmp_path / "昨年度.xlsx"
    book.save(path)

    found = compare_services.read_earlier_file(store, path=path, kind="講習会")

    (question,) = found.questions
    assert (question.code, question.counts) == ("satisfaction", {"とても満足": 12, "不満": 3, "無回答": 1})
    assert [problem.split("：", 1)[1] for problem in found.problems] == [
        "「満足」の人数「十」が数として読めないため、取り込まない。",
        "「不満」が2行あるため、あとの行は取り込まない。",
    ]


def test_a_file_without_the_columns_is_refused_in_one_sentence(year, tmp_path):
    store, _first, _second = year
    path = tmp_path / "別.csv"
    path.write_text("氏名,団体\n見本,みほん町会\n", encoding="utf-8")

    with pytest.raises(IntakeRefusal, match="「設問」「選択肢」「人数」の列が見つかりません"):
        compare_services.read_earlier_file(store, path=path, kind="講習会")


def test_an_earlier_year_is_mended_and_removed(year):
    store, _first, _second = year
    saved = _save(store, _earlier(とても満足=3))

    _save(store, _earlier(とても満足=4), earlier_id=saved.id, source="訂正")
    (kept,) = survey_table.earlier_counts(store.database)
    assert (kept.sheets, kept.source) == (4, "訂正")
    compare_services.remove_earlier(acting(store), earlier_id=saved.id)

    assert survey_table.earlier_counts(store.database) == []


# 中間集計


def _up_to(day):
    return DocumentScope(fiscal_year=2026, as_of=day)


def _text(content):
    return "\n".join(
        page.extract_text() for page in PdfReader(io.BytesIO(documents.render(content, format="pdf").data)).pages
    )


def test_interim_totals_hold_the_events_up_to_their_day_only(year):
    store, _first, _second = year

    words = _text(documents.build_document(store, scope=_up_to(date(2026, 9, 30)), kind=KIND, now=AFTER))

    assert "令和8年9月30日（水）までに実施した回" in words
    assert "第2回" not in words
    assert "問2 講習会全体の満足度 単一回答　ｎ＝4" in words


def test_interim_totals_add_the_sheets_of_all_events_and_name_what_differs(year):
    store, _first, second = year
    _reword(store, second, "pace", options=("速い", "遅い"))

    content = documents.build_document(store, scope=_up_to(date(2026, 10, 31)), kind=KIND, now=AFTER)
    words = _text(content).replace("\n", "")

    assert "単一回答　ｎ＝10 満足計　8人　80.0％" not in words
    assert "満足計　7人　70.0％（参考値）" in words
    assert "設問文が違うが合わせて数えた回：第1回 LINE講習会。" in words
    assert "選択肢や聞き方が違うため入れていない回：第1回 LINE講習会。" in words
    assert content.stamp == "確定前の回を含む"


def test_a_sum_without_a_question_that_changed_does_not_say_that_it_was_not_asked(year):
    store, _first, second = year
    _save(store, _earlier(とても満足=3, 満足=2))
    _reword(store, second, "satisfaction", options=("よい", "わるい"), positive=("よい",))
    view = compare_services.read_year(store, kind="講習会")
    sources = [one.source for one in view.sources if one.key[0] in "前計"]
    (line,) = [
        one for one in compare_rows(compare_sources(sources), view.numbers, sources) if one.question.title == TITLE
    ]
    assert line.line is None
    assert line.why_not_comparable == "令和8年度　講習会の計（確定前の回を含む）は、回によって選択肢や聞き方が違う"


def test_a_sum_that_does_not_count_all_sheets_says_its_n(year):
    store, _first, second = year
    _reword(store, second, "satisfaction", options=("とても満足", "満足", "不満"))
    content = documents.build_document(store, scope=_up_to(date(2026, 10, 31)), kind=KIND, now=AFTER)
    summary = next(one for one in content.blocks if isinstance(one, Table) and one.name == "まとめ")
    assert summary.rows[0][2:4] == ("10件", "5人　83.3％（参考）（ｎ＝6）")


def test_seen_from_an_older_year_a_later_one_is_not_earlier_and_its_kinds_may_be_typed(year):
    store, _first, _second = year
    run = store.database.execute
    for table, others in (("programmes", "fiscal_year"), ("kind_numbers", "programme_id")):
        columns = ", ".join(one.name for one in store.database[table].columns if one.name not in ("id", others))
        where = " WHERE kind != '講習会'" if table == "kind_numbers" else ""
        value = 2027 if table == "programmes" else "(SELECT id FROM programmes WHERE fiscal_year = 2027)"
        run(f"INSERT INTO {table} ({others}, {columns}) SELECT {value}, {columns} FROM {table}{where}")

    _save(store, _earlier(とても満足=3, 満足=2))
    _save(store, _earlier(とても満足=5), fiscal_year=2026)

    view = compare_services.read_year(store, kind="講習会", fiscal_year=2026)
    assert [one.source.label for one in view.sources if one.earlier_id] == ["令和7年度　講習会"]
    assert [one.fiscal_year for one in view.earlier] == [2026, 2025]


def test_answers_of_an_event_that_was_cancelled_are_in_no_total(year):
    store, _first, second = year
    with store.change(action="中止", **WHO) as change:
        change.update(Event, second, status=EventStatus.CANCELLED)
    view = compare_services.read_year(store, kind="講習会")
    assert [(one.source.label.split("（")[0], one.source.response_count) for one in view.sources] == [
        ("第1回 LINE講習会", 4),
        ("令和8年度　講習会の計", 4),
    ]
    facts = compare_services.read_interim(store, as_of=date(2026, 10, 31), fiscal_year=2026)
    assert [kind.response_count for kind in facts.kinds] == [4]


def test_interim_totals_are_saved_whole_and_logged(year, tmp_path):
    store, _first, _second = year
    paths = {}
    for form in ("pdf", "xlsx"):
        path = tmp_path / f"中間.{form}"
        saved = document_saving.save_document(
            acting(store), scope=_up_to(date(2026, 10, 31)), kind=KIND, format=form, options=SaveOptions(path=path)
        )
        paths[form] = path
        assert saved.path.read_bytes()[:2] in (b"%P", b"PK")
    book = openpyxl.load_workbook(paths["xlsx"])
    # The chapter of the events has columns of its own: on the sheet before it they would lack room.
    assert book.sheetnames == ["概要", "回ごと", "講習会"]
    rows = paper_table.all_outgoing(store.database)
    assert {(row.document_kind, row.format, row.event_id, row.programme_id) for row in rows} == {
        ("アンケート中間集計", "pdf", None, 1),
        ("アンケート中間集計", "xlsx", None, 1),
    }


def test_interim_totals_wait_for_the_first_answer(year):
    store, _first, _second = year

    with pytest.raises(UserError, match="回答がまだありません"):
        documents.build_document(store, scope=_up_to(date(2026, 9, 1)), kind=KIND, now=AFTER)


# 実績の一行


def _held(store, event_id, people, *, unnamed=0):
    with store.change(action="名簿", **WHO) as change:
        change.update(Event, event_id, status=EventStatus.HELD)
        for person_id, organisation_id in people:
            change.insert(
                Entry(
                    event_id=event_id,
                    person_id=person_id,
                    organisation_id=organisation_id,
                    state="決定",
                    attendance="出席",
                )
            )
        for _number in range(unnamed):
            change.insert(Entry(event_id=event_id, organisation_name="みほん会", state="決定", attendance="出席"))


@pytest.fixture
def known(year):
    store, first, second = year
    with store.change(action="準備", **WHO) as change:
        groups = [change.insert(Organisation(name=f"みほん第{number}町会")) for number in (1, 2)]
        people = [change.insert(Person(name=f"見本　{name}", furigana="")) for name in ("一", "二", "三")]
    return store, first, second, people, groups


def test_the_line_counts_visits_and_people_and_says_which_is_which(known):
    store, first, second, (one, two, three), (group, other) = known
    _held(store, first, [(one, group), (two, group)])
    _held(store, second, [(one, group), (three, other)])

    found = read_record_summary(store, today=date(2026, 10, 31))

    assert "講習会2回　計2回　延べ人数4人・実人数3人、延べ団体3団体・実団体2団体" in found.text
    assert "延べは回ごとに数えた合計" in found.text
    assert found.notes == ()


def test_events_of_which_only_numbers_are_known_are_in_the_visits_alone(known):
    store, first, second, (one, two, _three), (group, _other) = known
    _held(store, first, [(one, group), (two, group)], unnamed=1)
    with store.change(action="結果", **WHO) as change:
        change.update(Event, second, status=EventStatus.HELD)
        change.insert(EventResult(event_id=second, attended=9, attended_organisations=6))

    found = read_record_summary(store, today=date(2026, 10, 31))

    assert "延べ人数12人・実人数3人（名簿のある1回分）、延べ団体8団体・実団体2団体（名簿のある1回分）" in found.text
    assert any("名簿で出席を記録した1回（延べ3人）だけで数えた" in note for note in found.notes)
    assert any("氏名未定のまま出席した1人" in note for note in found.notes)


def test_before_the_first_event_the_line_says_so(year):
    store, _first, _second = year

    assert read_record_summary(store, today=date(2026, 9, 1)).text.endswith("実施した回はまだない。")
