"""年間実績総括: few pages and a workbook from the records, and a clear stop while a judgement has no reason."""

import io
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.blocks import KeyFigures, Table
from app.documents.services import documents
from app.documents.services.document_scope import DocumentScope
from app.year_end.summary.documents import YEAR_REPORT_KIND
from app.year_end.summary.services.summary_documents import build_year_report
from app.year_end.summary.services.typed_numbers import remove_reason
from app.year_end.summary.services.year_summary import read_summary
from tests.support.sample import BY, NOW

pytestmark = pytest.mark.sample_year

SCOPE = DocumentScope(fiscal_year=2026, as_of=NOW.date())


def table(blocks: Any, name: str) -> Table:
    return next(one for one in blocks if isinstance(one, Table) and one.name == name)


def test_the_paper_says_what_the_year_adds_up_to(store):
    blocks = build_year_report(store, SCOPE, NOW).blocks
    found = read_summary(store, today=NOW.date())
    figures = next(one for one in blocks if isinstance(one, KeyFigures)).figures
    assert [one.value for one in figures] == [
        str(found.total.counts.events), str(found.total.counts.visits), str(found.total.counts.group_visits), "",
        str(found.satisfaction.satisfied),
    ]  # fmt: skip
    judged = table(blocks, "仕様との対照")
    assert [judged.rows[at][0] for at in judged.group_rows] == [
        "デジタル活用講習会",
        "アドバイザー派遣による個別支援",
        "デジタル意見交換会",
        "次年度実施案および支援方針の提案",
    ]
    assert "集計の数え直し" in judged.note
    # 延べ is the sum of its rows, 実 is not: somebody came to two kinds.
    kinds = table(blocks, "事業別").rows
    assert int(kinds[-1][3]) == sum(int(row[3]) for row in kinds[:-1])
    assert int(kinds[-1][4]) < sum(int(row[4]) for row in kinds[:-1])
    branches = table(blocks, "支部別").rows
    halves = [row[:7] for row in branches] + [row[8:] for row in branches[:-1]]
    assert sum(int(row[5] or 0) for row in halves) == int(branches[-1][13]) == found.branch_total.counts.visits
    assert [row[0] for row in branches[:3]] == ["第1支部", "第2支部", "第3支部"]


def test_what_was_cancelled_is_named_and_not_counted(store):
    found = read_summary(store, today=NOW.date())
    (told,) = [note for note in found.notes if "中止した回" in note]
    assert "第8回 情報発信の注意点講習会（R8.12.10、" in told
    assert told in table(build_year_report(store, SCOPE, NOW).blocks, "事業別").note


def test_it_stands_on_three_pages_and_in_a_workbook(store):
    pdf = PdfReader(
        io.BytesIO(documents.render_document(store, scope=SCOPE, kind=YEAR_REPORT_KIND, format="pdf", now=NOW).data)
    )
    assert len(pdf.pages) == 3
    first = pdf.pages[0].extract_text()
    assert "接続数" in first
    assert "端末延べ60台" in first
    assert "印刷242部・配布199部" in first
    assert "人数と団体" in pdf.pages[1].extract_text()
    book = openpyxl.load_workbook(
        io.BytesIO(documents.render_document(store, scope=SCOPE, kind=YEAR_REPORT_KIND, format="xlsx", now=NOW).data)
    )
    sheet = book["人数と団体ほか"]
    found = read_summary(store, today=NOW.date())
    values = [
        [one.people for one in found.attendance],
        sorted((one.counts.visits for one in found.branches), reverse=True),
        [float(one.satisfaction.sum_percent) for one in found.satisfaction.events],
        [58, found.kinds[0].counts.visits, "記録なし", 18, "記録なし", 18],
    ]
    assert len(sheet._charts) == 4
    for chart, expected in zip(sheet._charts, values, strict=True):
        place = chart.series[0].val.numRef.f.rpartition("!")[2].replace("$", "")
        assert [cell.value for (cell,) in sheet[place]] == expected
    (bars,) = sheet.conditional_formatting
    assert bars.rules[0].type == "dataBar"
    assert [cell.value for cell in sheet[str(bars.sqref).split(":")[0] : str(bars.sqref).split(":")[1]][0]] == [80.0]


def test_a_judgement_without_a_reason_stops_the_paper_in_a_sentence(store):
    remove_reason(ActionContext(store, BY, NOW), programme_id=1, item="講習会/実施報告書")
    with pytest.raises(UserError) as stopped:
        build_year_report(store, SCOPE, NOW)
    assert stopped.value.happened.startswith("「デジタル活用講習会」の実施報告書が「期限後」です（第4回")
    assert "理由を書くか" in stopped.value.todo
    with pytest.raises(UserError):
        build_year_report(store, DocumentScope(fiscal_year=2026, as_of=NOW.date().replace(month=9, day=1)), NOW)
