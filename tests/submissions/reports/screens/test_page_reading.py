"""Numbers read from the pages of a report: our own, and those laid out by other programs."""

import pytest

from app.actions.get_or_raise import get_or_raise
from app.documents.services import documents
from app.submissions.reports.rules.number_extraction import QuestionRows
from app.submissions.reports.rules.report_figures import comparable_words
from app.submissions.reports.screens.check_page import legend_of
from app.submissions.reports.screens.pdf_number_reading import read_numbers
from app.submissions.reports.services import report_documents, report_facts
from app.surveys.tally.services.survey_tally import intent_question_label
from db.records.events import Event
from db.records.submissions.reports import Report
from tests.fixtures.survey.samples import REPORTS
from tests.support.foreign_reports import foreign_report, scanned
from tests.support.in_full import some
from tests.support.report_pages import EVENTS
from tests.support.sample import NOW, event_id, sample_store

# What a report of the kind does not carry: a dispatch prints no versions and no copies, an exchange no handouts.
_NOT_PRINTED = {"D1": ("資料の版", "印刷部数"), "E1": ("資料の版", "印刷部数"), "L1": ()}


def _read(data, items, questions=(), intent=""):
    return read_numbers(data, items, questions, intent).numbers


def _words(data, item, **given):
    return [(one.words, one.page) for one in _read(data, [item], **given)[item]]


@pytest.mark.parametrize("key", some(["L1", "D1", "E1"], of=3))
def test_all_numbers_of_our_own_report_are_found_and_right(qapp, tmp_path, key):
    store = sample_store(tmp_path)
    event = get_or_raise(store.database, Event, event_id(store, *EVENTS[key]))
    report = Report(event_id=event.id, way="作成", version=1, contractor_confirmed_on=NOW.date())
    ground = report_facts.read_context(store, event)
    facts = report_facts.gather_facts(store, event=event, report=report, report_context=ground)
    content = report_documents.report_content(store, event=event, report=report, now=NOW, facts=facts)
    data = documents.render(content, format="pdf").data
    intent = intent_question_label(ground.tally) if ground.tally is not None else ""
    ours = {item: words for item, words, _source in report_facts.own_numbers(facts)}
    read = read_numbers(data, list(ours), report_facts.question_rows(facts), intent)
    store.database.conn.close()

    assert read.has_text
    printed = {item: words for item, words in ours.items() if not item.startswith(_NOT_PRINTED[key])}
    found = {item: [comparable_words(one.words) for one in read.numbers[item]] for item in printed}
    assert found == {item: [comparable_words(words)] for item, words in printed.items()}
    assert all(not read.numbers[item] for item in ours if item not in printed and key == "D1")
    assert all(
        one.area.width > 0 and 0 < one.area.x < 600 and 0 < one.area.y < 850
        for several in read.numbers.values()
        for one in several
    )


def test_a_table_with_the_label_left(qapp):
    data = foreign_report([
        (60, 100, "申込者数"), (200, 100, "20人"),
        (60, 120, "出席者数"), (200, 120, "18 人"),
        (60, 140, "参加団体数"), (200, 140, "12団体"),
        (60, 160, "印刷部数"), (200, 160, "２０"),
        (60, 180, "回収率"), (200, 180, "８８．９％"),
        (60, 200, "欠席者数"), (200, 200, "2人"),
    ])  # fmt: skip
    items = ["申込", "出席", "団体", "印刷部数", "回収率"]
    found = _read(data, items)
    assert [[one.words for one in found[item]] for item in items] == [
        ["20人"], ["18人"], ["12団体"], ["20部"], ["88.9%"],
    ]  # fmt: skip


def test_a_table_with_the_label_above(qapp):
    data = foreign_report([
        (60, 100, "申込"), (130, 100, "出席"), (200, 100, "団体数"), (270, 100, "回収数"),
        (60, 122, "20人"), (130, 122, "18"), (200, 122, "12"), (270, 122, "16枚"),
    ])  # fmt: skip
    items = ["申込", "出席", "団体", "回収数"]
    found = _read(data, items)
    assert [found[item][0].words for item in items] == ["20人", "18人", "12団体", "16枚"]


def test_words_in_a_sentence_with_full_width_figures(qapp):
    data = foreign_report([
        (60, 100, "参加者数　申込　２０人、決定　１８人、出席　１７名（１２団体）、欠席　２人"),
        (60, 120, "アンケートの回収　16枚（紙 11・オンライン 5）　回収率　94.1％（16÷17）"),
        (60, 140, "配布資料（各20部）"),
        (60, 160, "スライド（第３版）、操作の手引き（第2版）"),
    ])  # fmt: skip
    items = ["申込", "出席", "団体", "回収数", "回収率", "印刷部数", "資料の版　スライド", "資料の版　操作の手引き"]
    found = _read(data, items)
    assert [[comparable_words(one.words) for one in found[item]] for item in items] == [
        ["20人"], ["17人"], ["12団体"], ["16件"], ["94.1%"], ["20部"], ["第3版"], ["第2版"],
    ]  # fmt: skip


def test_two_different_numbers_come_both_with_their_pages_and_the_same_twice_comes_once(qapp):
    first = [(60, 100, "出席者"), (200, 100, "18人"), (60, 120, "申込"), (200, 120, "20人")]
    second = [(60, 100, "出席　17人"), (60, 120, "申込　20名")]
    data = foreign_report(first, second)
    assert _words(data, "出席") == [("18人", 1), ("17人", 2)]
    assert _words(data, "申込") == [("20人", 1)]


def test_other_numbers_near_a_label_are_left_alone(qapp):
    data = foreign_report([
        (60, 100, "申込団体は15団体、申込の締切は11月5日"),
        (60, 120, "出席のうち当日受付　3人"),
        (60, 140, "回収率＝回収数÷出席者数。"),
        (60, 160, "会場"), (200, 160, "第2会議室"),
        (60, 180, "不参加者　4人"),
    ])  # fmt: skip
    found = _read(data, ["申込", "出席", "回収数", "回収率", "満足計"])
    assert {item: [one.words for one in several] for item, several in found.items() if several} == {}


def test_the_minutes_are_those_of_the_sum_or_of_the_column(qapp):
    rows = [("14:00", "5", "開会"), ("14:05", "55", "操作体験"), ("15:00", "60", "相談")]
    page = [(60, 100, "時刻"), (120, 100, "分"), (180, 100, "内容")]
    for number, (at, minutes, words) in enumerate(rows):
        page += [(60, 118 + 18 * number, at), (120, 118 + 18 * number, minutes), (180, 118 + 18 * number, words)]
    assert _words(foreign_report(page[:-3]), "時間割の分") == [("60分", 1)]
    assert _words(foreign_report(page), "時間割の分") == [("120分", 1)]
    printed = [*page, (120, 172, "120"), (180, 172, "終了")]
    assert _words(foreign_report(printed), "時間割の分") == [("120分", 1)]


def test_questions_are_read_across_and_down(qapp):
    across = QuestionRows(code="問1", rows=("会長", "会計", "無回答"), single=True)
    down = QuestionRows(code="問2", rows=("とても満足", "満足", "無回答"), single=True)
    data = foreign_report([
        (60, 100, "問1 役割"),
        (140, 120, "会長"), (200, 120, "会計"), (260, 120, "無回答"), (320, 120, "計"),
        (60, 138, "人数"), (140, 138, "9"), (200, 138, "6"), (260, 138, "1"), (320, 138, "16"),
        (60, 180, "問2 満足度"),
        (60, 200, "1 とても満足"), (200, 200, "6人"),
        (60, 218, "2 満足"), (200, 218, "7人"),
        (60, 236, "無回答"), (200, 236, "3人"),
    ])  # fmt: skip
    found = _read(data, ["設問　問1", "設問　問2", "設問の合計　問1〜問2"], (across, down))
    assert [[one.words for one in several] for several in found.values()] == [["9・6・1"], ["6・7・3"], ["各16人"]]


def test_a_scan_has_no_text(qapp):
    read = read_numbers(scanned(), ["出席"], (), "")
    assert not read.has_text
    assert read.numbers == {"出席": ()}


def test_numbers_in_fields_are_read_and_what_is_struck_out_is_named_and_never_proposed(qapp):
    items = ["申込", "出席", "回収数"]
    seen = {}
    for path in sorted(REPORTS.glob("n17*.pdf")):
        read = read_numbers(path.read_bytes(), items, (), "")
        seen[path.name[:4]] = [[one.words for one in read.numbers[item]] for item in items], dict(read.marked)
    assert seen == {
        "n17a": ([["19人"], ["17人"], ["15枚"]], {}),
        "n17b": ([["19人"], [], ["15枚"]], {"出席": "「17人（訂正）」"}),
        "n17c": ([["19人"], [], ["15枚"]], {"出席": ""}),
    }
    assert legend_of(read, ()) == "線や書き込みのある数字は、原本を見て入力してください（出席）"
