"""What a report still lacks is named once and takes 「以上」 away; evidence carries its people; 派遣 and 意見交換会
hold together."""

import io
from dataclasses import replace

import openpyxl
import pytest
from pypdf import PdfReader

from app.documents.blocks import (
    Bullets,
    Closing,
    GroupFlow,
    Heading,
    KeyFigures,
    KeyValues,
    Paragraph,
    SquareChart,
    StageChart,
    Table,
    TallyChart,
)
from app.documents.services import documents
from app.events.discussion import services as discussion_services
from app.events.discussion.rules import editor_text
from app.events.dispatches.rules import is_after_march
from app.submissions.reports.documents.report_parts import OPEN_TITLE
from app.submissions.reports.rules.dispatch_tables import AGREED, abilities, goals
from app.submissions.reports.rules.evidence_counts import names_count, with_counts
from app.submissions.reports.services import report_documents, report_form, reports
from app.submissions.reports.services.report_marks import chapters_with_other_numbers, differing_chapters
from db.records.discussion import DiscussionStep, SummaryPart
from db.records.events import Event
from db.records.submissions.reports import Report
from db.rows import by_id, rows
from tests.support.sample import NOW, acting, event_id

pytestmark = pytest.mark.sample_year

COUNTS = {"問4": {"速い": (3, True), "やや速い": (4, True)}, "問8": {"引継ぎが難しい": (5, False), "費用": (2, False)}}


def paper(store, kind, number):
    return report_documents.report_document(store, by_id(store.database, Event, event_id(store, kind, number)), NOW)


def form(store, kind, number):
    event = event_id(store, kind, number)
    return next(one for one in rows(store.database, Report, event_id=event) if one.way == "作成")


def opens(content):
    return next((one.items for one in content.blocks if isinstance(one, Bullets) and one.title == OPEN_TITLE), ())


def ends(content):
    return any(isinstance(one, Closing) for one in content.blocks)


def table(content, name):
    return next(one for one in content.blocks if isinstance(one, Table) and one.name == name)


@pytest.mark.parametrize(("kind", "number"), [("講習会", 2), ("派遣", 1), ("意見交換会", 1)])
def test_a_whole_report_ends_with_its_closing_and_names_nothing(store, kind, number):
    content = paper(store, kind, number)
    assert opens(content) == ()
    assert ends(content)


def test_a_whole_report_with_photographs_and_the_comparison_takes_five_pages(store):
    data = documents.render(paper(store, "講習会", 2), format="pdf").data
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]

    assert len(pages) == 5
    assert "写真2" in pages[3]
    assert [number for number, text in enumerate(pages, 1) if "前回・前年との比較" in text] == [5]
    # What the notes of all questions share is said once for each kind of question.
    assert sum(text.count("小数第2位を四捨五入") for text in pages[:4]) == 2


def test_the_workbook_of_a_whole_report_prints_on_a_page_more_than_its_pdf_at_most(store):
    """Rows have only as much white as they need, chapters share sheets: set as usual it prints on seven pages."""
    content = paper(store, "講習会", 2)
    books = [documents.render(one, format="xlsx").data for one in (content, replace(content, at_most=0))]
    pages = [sum(1 + len(sheet.row_breaks.brk) for sheet in openpyxl.load_workbook(io.BytesIO(data))) for data in books]
    assert pages == [6, 7]


def test_a_report_confirmed_when_every_question_had_its_own_note_says_nothing_else_now(store):
    now = paper(store, "講習会", 2)
    note = next(one.text for one in now.blocks if isinstance(one, Paragraph) and "四捨五入" in one.text)
    old = tuple(replace(one, note=note) if isinstance(one, TallyChart) else one for one in now.blocks)
    kept = replace(now, blocks=tuple(one for one in old if getattr(one, "style", "") != "note"))

    assert differing_chapters(kept, now) == chapters_with_other_numbers(kept, now) == ()


def test_an_empty_report_names_what_is_missing_once_and_does_not_end(store):
    content = paper(store, "派遣", 2)
    assert opens(content) == ("事前ヒアリングと課題：未記入", "到達状況：未記入", "今後の支援方針：未記入")
    assert not ends(content)
    (figures,) = [one.figures for one in content.blocks if isinstance(one, KeyFigures)]
    assert [one.label for one in figures] == ["参加者", "対象ツール"]
    assert all(one.value for one in figures)
    assert not any(isinstance(one, Heading) and "運用ルール" in one.text for one in content.blocks)


def test_evidence_gets_the_people_of_the_options_it_quotes():
    assert with_counts("問4「速い」「やや速い」、自由記述", COUNTS) == "問4「速い」「やや速い」7人、自由記述"
    assert with_counts("問8「引継ぎが難しい」「費用」", COUNTS) == "問8「引継ぎが難しい」5人「費用」2人"
    assert with_counts("問4「速い」2人", COUNTS) == "問4「速い」2人"
    assert with_counts("問9「ない設問」", COUNTS) == "問9「ない設問」"
    assert names_count("自由記述４件")
    assert not names_count("講師所感、問10")


def test_the_evidence_of_the_sample_carries_its_people_and_one_without_is_named(store):
    assert [names_count(row[1]) for row in table(paper(store, "講習会", 2), "課題と改善").rows] == [True, True, True]
    made = form(store, "講習会", 2)
    lines = (("用語が難しい", "講師の印象", "用語集を加える", "受託者", "R8.12.1"),)
    reports.write_rows(acting(store), report_id=made.id, key="課題と改善", rows=lines)
    content = paper(store, "講習会", 2)
    assert opens(content) == ("課題と次回への改善：1行目の根拠の人数または件数",)
    assert not ends(content)
    shown = report_form.read_form_screen(store, event_id=made.event_id, today=NOW.date()).remarks
    assert shown == {"課題と次回への改善": ("1行目の根拠の人数または件数",)}


def test_abilities_of_a_dispatch_stand_with_their_goal_their_growth_and_a_square_a_person(store):
    content = paper(store, "派遣", 1)
    chart = next(one for one in content.blocks if isinstance(one, SquareChart))
    assert chart.people == 9
    assert (chart.lines[0].goal, chart.lines[0].before, chart.lines[0].after) == ("1", 2, 9)
    box = next(one for one in content.blocks if isinstance(one, KeyValues) and one.rows[0][0] == "目標との対応")
    assert [line.split("　")[1] for line in box.rows[0][1].split("\n")] == ["達成", "達成", "一部達成"]
    stages = next(one for one in content.blocks if isinstance(one, StageChart))
    assert [line.tool for line in stages.lines if "対象" in line.tool] == [
        "LINE公式アカウント（対象）",
        "ホームページ（対象）",
    ]
    book = openpyxl.load_workbook(io.BytesIO(documents.render(content, format="xlsx").data))
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "■■▨▨▨▨▨▨▨" in cells
    assert any(str(value).startswith("=") for value in cells)


def test_the_plan_goes_over_the_end_of_the_year_and_names_which_day_it_was(store):
    content = paper(store, "派遣", 1)
    plan = table(content, "支援計画")
    (grey,) = plan.group_rows
    assert plan.rows[grey][0].startswith("次年度（令和9年4月から")
    assert plan.rows[grey + 1][0] == "R9.4"
    assert table(content, "仕様との対照").rows[0][2].endswith("3日間程度の1日目")
    assert table(paper(store, "派遣", 2), "仕様との対照").rows[0][2].endswith("3日間程度の2日目")
    network = table(paper(store, "派遣", 2), "仕様との対照").rows[-1]
    assert (network[0], network[3]) == ("通信環境", "該当なし")
    follow = table(content, "フォローアップ")
    assert [row[5] for row in follow.rows] == ["完了", "完了", "対応中"]


@pytest.mark.parametrize(
    ("key", "lines", "said"),
    [
        (
            "できること",
            (("配信できる", "5", "3", "1"),),
            "到達状況：「配信できる」の後（3人）が前（5人）より少ない理由",
        ),
        ("できること", (("配信できる", "5", "12", "1"),), "到達状況：「配信できる」の後（12人）が9人より多い理由"),
        ("できること", (("配信できる", "1", "3", "7"),), "到達状況：「配信できる」の目標7（「課題と目標」にない番号）"),
        ("到達状況", (("LINE公式アカウント", "1", "3"),), "到達状況：対象ツール「ホームページ」の段階"),
        (
            "到達状況",
            (("LINE公式アカウント", "②", "³"), ("ホームページ", "十", "9")),
            "到達状況：「LINE公式アカウント」の段階「②」（0から5の数字か×で書く）",
        ),
        ("支援計画", (("R9.1", "電話", "受託者", "続く", "—"),), "今後の支援方針：令和9年4月以降の支援"),
        (
            "支援計画",
            (("R9.4", "電話", "区", "続く", "電話する"),),
            "今後の支援方針：R9.4の区の担当について、区と協議した番号",
        ),
        ("課題と目標", (("遅い", "配信する", "できた"),), "目標1の結果に「達成」「一部達成」「未達成」のどれか"),
    ],
)
def test_what_does_not_hold_together_in_a_dispatch_is_named(store, key, lines, said):
    made = form(store, "派遣", 1)
    reports.write_rows(acting(store), report_id=made.id, key=key, rows=lines)
    content = paper(store, "派遣", 1)
    assert said in "\n".join(opens(content))
    assert not ends(content)


def test_a_reason_in_how_it_was_measured_settles_fewer_who_can_do_it(store):
    made = form(store, "派遣", 1)
    reports.write_rows(acting(store), report_id=made.id, key="できること", rows=(("配信できる", "5", "3", "1"),))
    text = "自己確認票で確かめた。\n「配信できる」の理由　2人が早く帰ったため。"
    reports.write_chapter(acting(store), report_id=made.id, key="確かめ方", text=text)
    assert "配信できる" not in "\n".join(opens(paper(store, "派遣", 1)))


def test_another_stage_than_in_the_register_is_named(store):
    made = form(store, "派遣", 1)
    lines = (("LINE公式アカウント", "1", "3"), ("ホームページ", "2", "3"), ("Instagram", "×", "×"))
    reports.write_rows(acting(store), report_id=made.id, key="到達状況", rows=lines)
    assert "「Instagram」の段階（報告書は前×・後×、団体の派遣前の記録は0）" in "\n".join(opens(paper(store, "派遣", 1)))


def test_rows_written_before_there_were_goals_are_read_on():
    (old,) = abilities((("配信できる", "0人", "６人", "+6"),))
    assert (old.before, old.after, old.goal) == (0, 6, "")
    assert [one.state for one in goals((("a", "b", "一部達成　途中"), ("a", "b", "未達成"), ("a", "b", "")))] == [
        "一部達成",
        "未達成",
        "",
    ]
    assert [is_after_march(when, 2026) for when in ("R9.3", "R9.4", "令和９年５月から", "春")] == [
        False,
        True,
        True,
        False,
    ]


def test_the_summary_of_a_discussion_is_a_table_of_actions_and_marks_per_group(store):
    content = paper(store, "意見交換会", 1)
    marks = table(content, "班に共通したこと")
    assert marks.rows[0] == ("紙と併せて使う", "●", "●", "", "", "2班")
    assert [row[0] for row in table(content, "つなげること").rows] == ["1", "2", "3", "4"]
    assert table(content, "引継ぎ").columns[1].title == "第2回で変えること"
    overview = dict(next(one for one in content.blocks if isinstance(one, KeyValues)).rows)
    assert overview["ファシリテーター"].startswith("1班 例野　一子")
    assert "使用機材" in overview
    assert len([one for one in content.blocks if isinstance(one, GroupFlow)]) == 4
    chapters = [one.text for one in content.blocks if isinstance(one, Heading) and one.level == 1]
    assert chapters[-3:] == ["まとめ", "写真", "配布資料"]


def test_notes_that_do_not_make_the_whole_and_an_action_without_a_date_take_the_closing_away(store):
    event = event_id(store, "意見交換会", 1)
    talk = discussion_services.read_discussion(store, event_id=event).discussion
    sheet = "\n".join(map(editor_text, talk.groups[0].lines_of(DiscussionStep.SORTING))).replace(" 9", " 7")
    discussion_services.save_step(
        acting(store), event_id=event, group_number=1, step=DiscussionStep.SORTING, text=sheet
    )
    action = talk.points_of(SummaryPart.LINKS)[1]
    cells = (*action.cells[:3], "", action.cells[4])
    discussion_services.save_point(
        acting(store), event_id=event, part=SummaryPart.LINKS, point_id=action.id, cells=cells
    )
    content = paper(store, "意見交換会", 1)
    assert opens(content) == (
        "グループワークの討議内容：1班：付箋23枚の内訳が7＋8＋6＝21枚です",
        "まとめ：つぎにつなげること2の時期",
    )
    assert not ends(content)


@pytest.mark.parametrize("written", ["協議記録 No4", "協議24", "協議 第4号", "協議記録第24号"])
def test_the_number_of_an_agreement_is_known_however_the_program_names_it(written):
    assert AGREED.search(f"新しい会長へ電話する（{written}）")
