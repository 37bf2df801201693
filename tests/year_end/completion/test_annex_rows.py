"""The rows of the 検査調書別紙: each as wide as its table, with its sums."""

from datetime import date
from types import SimpleNamespace as Facts

from app.common.partial_count import PartialCount
from app.year_end.completion import documents
from db.records.year.completion import Inspection
from tests.support.years import plain_context

DAY = date(2027, 3, 31)


def line(number, **values):
    given = {"title": "回", "held_on": "日", "attended": None, "due": "", "received": "", "points": "", "checked": ""}
    return Facts(number=number, remark="注", basis="根拠", **(given | values))


def test_events_stand_below_their_kind_and_the_sums_at_the_end():
    lines = [line(1), line(2, attended=0, received="受", points="5", checked="済", due="期")]
    groups = [Facts(heading="甲", lines=lines), Facts(heading="乙", lines=[line(3, received="受")])]
    table = documents._reports(Facts(groups=groups, unrecorded="未"), 3, PartialCount(known=12))
    assert table.rows == (
        ("甲", *[""] * 8), ("1", "回", "日", "—", "", "—", "—", "—", "注"),
        ("2", "回", "日", "0", "期", "受", "5", "済", "注"), ("乙", *[""] * 8),
        ("3", "回", "日", "—", "", "受", "—", "—", "注"), ("", "計", "3回", "12", "", "2件", "", "", ""),
    )  # fmt: skip
    assert (table.group_rows, table.total_row, table.note[-1]) == ((0, 3), True, "未")
    assert len(table.columns) == len(table.rows[0])
    papers = documents._papers(Facts(papers=lines), "名")
    assert papers.rows == (("1", "回", "根拠", *["—"] * 4), ("2", "回", "根拠", "期", "受", "5", "済"))
    assert [documents._count(number) for number in (None, 0, 3)] == ["—", "0", "3"]


def test_the_rows_of_an_inspection_and_who_signs_it():
    def inspection(**values):
        return Inspection(programme_id=1, held_on=DAY, result="合格", inspector="検査 員", **values)

    assert [name for name, _text in documents._inspection_rows(None, ())] == ["手直しの内容", "手直しの期限", "備考"]
    assert documents._inspection_rows(inspection(note="注"), ()) == (("手直しの内容", "なし"), ("備考", "注"))
    rows = dict(documents._inspection_rows(inspection(repair="直す", open_reason="理由"), [inspection(), inspection()]))
    assert list(rows) == [
        "手直しの内容", "手直しの期限", "手直しの完了", "未了の書類があるまま\n進めた理由",
        "第1回の検査", "第2回の検査", "備考",
    ]  # fmt: skip
    assert (rows["手直しの内容"], rows["第1回の検査"]) == ("直す", "令和9年3月31日（水）　合格")

    signed = []
    for one in (None, inspection(), inspection(inspector_post="係長", witness="立会 人")):
        facts = documents.RecordFacts(
            inspection=one, earlier=(), noticed_on=None, completed_on=None, works=(), annex=""
        )
        blocks = documents.inspection_record(plain_context(DAY), facts).blocks
        signed.append(
            [words for block in blocks if isinstance(block, documents.SignBoxes) for _who, words in block.boxes]
        )
    assert signed == [["職・氏名"] * 2, ["検査 員", "職・氏名"], ["係長　検査 員", "立会 人"]]
