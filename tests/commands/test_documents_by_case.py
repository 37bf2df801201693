"""What the command ``documents`` makes of papers that are stopped, held back, named or about single rows."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from app.commands import documents
from app.commands.command_line import WrongUsage
from app.documents.services.document_kind import DocumentHeldBack
from app.documents.services.document_scope import DocumentScope
from app.documents.services.document_states import StoppedByState

SCOPE = DocumentScope(event_id=1)


def stopped(*, final):
    return StoppedByState("中止です。", None, scope=SCOPE, kind="名札", final=final)


@pytest.mark.parametrize(
    ("problem", "by_name", "asks_reason", "failed"),
    [
        (stopped(final=False), False, True, False), (stopped(final=True), True, False, False),
        (DocumentHeldBack("まだです。"), True, False, True), (DocumentHeldBack("まだです。"), False, False, False),
        (OSError("読めません"), False, False, True),
    ],
)  # fmt: skip
def test_a_paper_that_is_not_made_says_why_and_fails_only_where_it_was_asked_for(problem, by_name, asks_reason, failed):
    def build():
        raise problem

    given = {"personal": False, "leave_open": False, "by_name": by_name}
    (row,) = documents._render_kind(build, "名札", ("pdf",), Path("out"), **given)
    assert (row.rendered, row.path, row.failed) == (None, Path("out/名札.pdf"), failed)
    assert row.warning.endswith(documents._REASON_NEEDED) is asks_reason
    assert row.warning


@pytest.mark.parametrize(
    ("kind", "of_people", "personal", "is_left_out"),
    [
        ("区報原稿", False, False, False), ("区報原稿", True, False, True), ("名札", False, False, True),
        ("名札", False, True, False),
    ],
)  # fmt: skip
def test_a_paper_of_people_by_its_kind_or_content_is_left_out_unless_asked_for(kind, of_people, personal, is_left_out):
    def build():
        return SimpleNamespace(personal=of_people, file_stem=kind)

    given = {"personal": personal, "leave_open": False, "by_name": False}
    (row,) = documents._render_kind(build, kind, ("docx" if kind == "名札" else "pdf",), Path("out"), **given)
    assert ("--personal" in row.warning) is is_left_out


def test_papers_of_single_rows_are_those_of_years_that_were_asked_for(monkeypatch):
    papers = [
        (SimpleNamespace(kind=kind), SimpleNamespace(id=number)) for number, kind in ((1, "検査調書"), (2, "協議記録"))
    ]
    monkeypatch.setattr(documents, "items_of_year", lambda _store, _scope: papers)
    year = DocumentScope(fiscal_year=2026)
    for asked, found in (((), [1, 2]), (("協議記録",), [2]), (("名札",), [])):
        made = documents.documents_of_rows(None, [SCOPE, year], asked)
        assert [(scope.fiscal_year, scope.item) for scope, _ in made] == [(2026, one) for one in found]


def test_of_letters_that_follow_one_another_those_before_the_newest_are_rows(monkeypatch):
    def paper(about, items=None, letters=None):
        return SimpleNamespace(kind="甲", about=about, items=items, letters_of_year=letters)

    every = [
        paper("年度", lambda *_: [1, 2]),
        paper("年度", None, lambda *_: [3, 4, 5]),
        paper("実施回", lambda *_: [6]),
    ]
    monkeypatch.setattr(documents, "DOCUMENTS", every)
    found = documents.items_of_year(None, DocumentScope(fiscal_year=2026))
    assert [item for _, item in found] == [1, 2, 3, 4]


def test_forms_are_taken_in_their_order_and_another_word_is_refused():
    assert documents._formats("xlsx, pdf,") == ("pdf", "xlsx")
    for wrong in ("", "pdf,txt"):
        with pytest.raises(WrongUsage):
            documents._formats(wrong)
