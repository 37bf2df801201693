"""The print form of every ledger: whole rows by number, corrections under theirs, counts and confirmations on each
page."""

import re
from dataclasses import replace

import pytest

from app.documents.pdf.typesetting.pen import Pen
from app.documents.services import documents
from app.documents.services.document_scope import DocumentScope
from app.ledgers import documents as ledgers_documents
from app.ledgers.rules import LedgerColumn
from app.ledgers.services import ledger_writing
from app.ledgers.services.ledger import Total
from tests.support.ledgers import KEYS, ROW, declare, emptied
from tests.support.paper_words import cells_of, missing_words, pages_of
from tests.support.sample import NOW, acting, sample_store

YEAR = {"key": "keys", "fiscal_year": 2026}
TOTALS = (
    Total(label="倉庫", is_counted=lambda cells: cells["room"].startswith("倉庫")),
    Total(label="未返却", is_counted=lambda cells: not cells.get("back"), names_rows=True),
)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """A ledger of three pages with a correction in every row, and one row cancelled."""
    store = emptied(sample_store(tmp_path_factory.mktemp("ledger")))
    with pytest.MonkeyPatch.context() as patch:
        declare(patch, replace(KEYS, totals=TOTALS, handling_mark="重要情報", clause="特18(2)"))
        for number in range(1, 21):
            row = ledger_writing.enter_row(acting(store), cells=ROW | {"room": f"倉庫{number}"}, **YEAR)
            ledger_writing.correct_row(
                acting(store),
                row_key=f"typed:{row.id}",
                column="count",
                value=f"{number + 40}",
                reason="数え直した",
                **YEAR,
            )
        ledger_writing.correct_row(
            acting(store), row_key="typed:1", column="back", value="2026-11-20T16:00", reason="", **YEAR
        )
        ledger_writing.cancel_row(acting(store), row_key="typed:2", reason="二重に書いた", **YEAR)
        ledger_writing.note_check(acting(store), **YEAR)
        content = documents.build_document(store, scope=DocumentScope(fiscal_year=2026), kind=KEYS.title, now=NOW)
        store.database.conn.close()
    return content


def test_each_page_has_its_title_its_counts_and_the_three_confirmations(drawn):
    pages = pages_of(drawn)
    assert len(pages) > 2
    for text in pages:
        assert "鍵の貸出簿" in text
        assert "根拠：アプリの目安（関係する条項特18(2)）" in text
        assert "この頁" in text
        assert "区点検（係長）" in text
        assert "受託者管理責任者確認" in text
        assert "行は消さず、誤りは訂正行で直す" in text
    (sheet,) = drawn.blocks
    checked = ("区　点検（係長）", "見本　係員　R8.12.1")
    assert (drawn.version, sheet.handling, sheet.numbers, sheet.boxes[1]) == (0, "取扱注意", {4}, checked)
    first = pages[0]
    assert "1-1" in first
    assert "元の値2本" in first
    assert "取消：二重に書いた" in first
    assert "未返却" in first


def test_a_correction_never_begins_a_page(drawn):
    for page in pages_of(drawn):
        begins = re.search(r"出どころ(\d+)(-\d+)?", page)
        assert begins is not None
        assert begins[2] is None


def test_both_files_say_everything(drawn):
    # A number with its unit is a number in the workbook.
    assert [line for line in missing_words(drawn) if not re.fullmatch(r"Excel: \d+本", line)] == []


def test_the_workbook_has_every_row_and_correction_once_and_counts_the_whole(drawn):
    texts = cells_of(drawn)
    assert sum(text.endswith("-1") and text[:-2].isdigit() for text in texts) == 20
    (counted,) = [text for text in texts if text.startswith("全体")]
    assert counted.startswith("全体　40行（記入19件、訂正20件、取消1件）　倉庫 19件　未返却 18件（No 3、4、")


def test_a_ledger_without_rows_says_so_and_can_be_printed(tmp_path, monkeypatch):
    store = sample_store(tmp_path)
    declare(monkeypatch, KEYS)
    content = documents.build_document(store, scope=DocumentScope(fiscal_year=2026), kind=KEYS.title, now=NOW)
    (page,) = pages_of(content)
    assert "この年度の記入はない" in page
    assert "アプリの目安" in page
    store.database.conn.close()


def test_a_ledger_with_remarks_of_its_own_has_no_other_column_of_that_name(tmp_path, monkeypatch):
    store = sample_store(tmp_path)
    remarks = LedgerColumn(key="note", title="備考", is_required=False)
    for columns in (KEYS.columns, (*KEYS.columns, remarks)):
        declare(monkeypatch, replace(KEYS, columns=columns))
        (page,) = pages_of(
            documents.build_document(store, scope=DocumentScope(fiscal_year=2026), kind=KEYS.title, now=NOW)
        )
        assert (page.count("備考"), page.count("出どころ")) == (1, 1)
    store.database.conn.close()


def test_a_day_has_room_for_itself_however_many_columns_there_are():
    columns = [LedgerColumn(key=f"c{number}", title="欄", width=30) for number in range(9)]
    columns += [LedgerColumn(key=key, title="日", kind="moment", width=6) for key in ("from", "to")]
    widths = ledgers_documents._widths(columns, 219)
    assert sum(widths) == pytest.approx(219)
    assert min(widths[-2:]) >= ledgers_documents._DAY
    assert len({round(one, 6) for one in widths[:9]}) == 1


LONG = "会館の鍵の受渡しの刻限が食い違い、当日の朝に開かなかった。" * 40


def long_ledger(folder, patch, *, cancelled: bool):
    """A ledger whose first row is longer than a page, with a correction of it."""
    store = emptied(sample_store(folder))
    declare(patch, KEYS)
    row = ledger_writing.enter_row(acting(store), cells=ROW | {"room": LONG}, **YEAR)
    ledger_writing.correct_row(
        acting(store), row_key=f"typed:{row.id}", column="room", value=f"{LONG}（正）", reason="聞き違い", **YEAR
    )
    if cancelled:
        ledger_writing.cancel_row(acting(store), row_key=f"typed:{row.id}", reason="二重に書いた", **YEAR)
    content = documents.build_document(store, scope=DocumentScope(fiscal_year=2026), kind=KEYS.title, now=NOW)
    store.database.conn.close()
    return content


def strokes_of(content, patch) -> int:
    """How many level lines a paper draws."""
    drawn = []
    rule = Pen.rule

    def counted(pen, *given):
        drawn.append(given)
        rule(pen, *given)

    with patch.context() as only:
        only.setattr(Pen, "rule", counted)
        documents.render(content, format="pdf")
    return len(drawn)


def test_a_row_longer_than_a_page_is_struck_on_all_its_pages(tmp_path, monkeypatch):
    whole = long_ledger(tmp_path / "a", monkeypatch, cancelled=False)
    struck = strokes_of(whole, monkeypatch)
    unstruck = strokes_of(_without_strokes(whole), monkeypatch)
    # Each of its lines holds thirty characters or fewer.
    assert struck - unstruck >= len(LONG) // 30
    off = strokes_of(long_ledger(tmp_path / "b", monkeypatch, cancelled=True), monkeypatch)
    assert off > struck


def _without_strokes(content):
    (sheet,) = content.blocks
    return replace(
        content, blocks=(replace(sheet, rows=tuple(replace(row, struck=frozenset()) for row in sheet.rows)),)
    )


def test_a_row_that_goes_on_says_its_number_on_every_page_and_leaves_no_half_page_empty(tmp_path, monkeypatch):
    pages = pages_of(long_ledger(tmp_path, monkeypatch, cancelled=False))
    assert len(pages) < 8
    for page in pages:
        assert re.search(r"出どころ1(-1)?(?!\d)", page), page


def test_a_long_value_that_was_corrected_stands_once_and_the_correction_says_where(tmp_path, monkeypatch):
    said = "".join(pages_of(long_ledger(tmp_path, monkeypatch, cancelled=False)))
    assert "元の値No1の行" in said
    assert said.count("会館の鍵の受渡しの刻限") <= 2 * 40
