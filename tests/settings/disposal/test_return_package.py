"""データ返還一式: its contents are its lists, numbered and counted."""

from itertools import pairwise

from app.documents.blocks import Heading, Paragraph, Table
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from tests.support.entries import put_organisation
from tests.support.years import NOW, add_lecture, started_year


def test_each_list_has_its_number_of_the_contents(tmp_path):
    store = started_year(tmp_path)
    add_lecture(store)
    put_organisation(store, "みほん町会")
    content = build_document(store, scope=DocumentScope(fiscal_year=2026), kind="データ返還一式", now=NOW)
    contents = next(one for one in content.blocks if isinstance(one, Table) and one.name == "目録")
    listed = [(number, title, f"{count}件") for number, _category, title, count in contents.rows[:-1]]
    assert [number for number, _title, _count in listed] == [str(number + 1) for number in range(len(listed))]
    assert [(one.number, one.text, one.right) for one in content.blocks if isinstance(one, Heading)] == listed
    counts = [int(count) for *_rest, count in contents.rows]
    assert contents.rows[-1][1:3] == ("計", f"{len(listed)}表")
    assert counts[-1] == sum(counts[:-1])
    assert {0, 1} <= set(counts[:-1]), "a list with a line and one without"
    for heading, block in pairwise(content.blocks):
        if isinstance(heading, Heading):
            assert heading.level == 1
            said = f"{len(block.rows)}件" if isinstance(block, Table) else "0件"
            assert said == heading.right
            assert isinstance(block, Table) or block == Paragraph("ありません。")
