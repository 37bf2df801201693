"""What ``docs/adding.md`` shows of a paper is true: two files, and it is on the shelf, in the log and kept; a line that
is left out is told."""

import shutil
from typing import Final

import pytest

from tests.support.scratch_house import PROJECT, ScratchHouse, patch_of, replaced

DECLARED: Final = "app/registers/register/services/organisation_view.py"
DRAWN: Final = "app/registers/register/documents.py"
USED: Final = """
import tempfile
from pathlib import Path
from app.actions.action_context import ActionContext
from app.commands.documents import write_documents
from app.contributions import register_contributions
from app.documents.services import documents
from app.documents.services.issued_copies import open_copy
from app.documents.services.document_kind import DOCUMENTS
from app.documents.services.document_saving import list_outgoing
from app.documents.services.document_scope import DocumentScope
from app.documents.services.document_library import read_library
from tests.documents import test_table_of_papers as papers_table
table = papers_table.test_every_declared_paper_stands_in_the_table_once_with_its_forms
from tests.support.paper_words import missing_words
from tests.support.sample import BY, NOW, sample_store
register_contributions()
scope, kind = DocumentScope(organisation_id=1), "礼状"
place = Path(tempfile.mkdtemp())
store = sample_store(place)
row = read_library(store, scope=scope, today=NOW.date()).row(kind)
assert row.can_be_made and row.is_listed, row
content = documents.build_document(store, scope=scope, kind=kind, now=NOW)
assert missing_words(content) == [], "it stands in both forms"
assert documents.render(content, format="pdf").pages == 1
made = write_documents(
    ActionContext(store, BY, NOW), wanted=[(scope, (kind,))], formats=("pdf", "xlsx"), folder=place / "out"
)
assert not made.failed and len(list((place / "out").iterdir())) == 2
log = list_outgoing(store, scope=scope)
assert [one.document_kind for one in log] == [kind, kind]
assert all(open_copy(store, outgoing_id=one.id).agrees for one in log)
table(Path())
page = Path("docs/papers.md")
whole = page.read_text(encoding="utf-8")
page.unlink()
page.write_text(whole.replace("| 礼状 | 団体 |", "| 賀状 | 団体 |"), encoding="utf-8")
try:
    table(Path())
except AssertionError:
    print("the row is asked for")
"""
"""What a clerk does with it, by the services of window and command."""
NEEDED: Final = ("kind=THANKS,", "about=", "group=", "build=", "is_ready=", "missing_words=", "todo=")
"""Lines of the declaration without which mypy does not let it through."""


@pytest.fixture
def empty_house(tmp_path):
    made = ScratchHouse(tmp_path)
    (made.folder / "docs").mkdir()
    shutil.copy2(PROJECT / "docs" / "papers.md", made.folder / "docs" / "papers.md")
    return made


@pytest.fixture
def house(empty_house):
    empty_house.apply(patch_of("A paper"))
    return empty_house


def test_a_paper_takes_two_files_and_at_most_sixty_lines():
    files, added, taken = patch_of("A paper").outside_of("docs", "tests").size
    assert files <= 2
    assert added + taken <= 60


@pytest.mark.nightly
def test_it_is_on_the_shelf_in_both_forms_in_the_log_and_kept_and_the_table_asks_for_its_row(house):
    assert house.python(USED).splitlines()[-1] == "the row is asked for"


OF_EVENT: Final = """
import tempfile
from pathlib import Path
from app.actions.action_context import ActionContext
from app.contributions import register_contributions
from app.documents.services import documents, notification
from app.documents.services.document_library import read_library
from app.documents.services.document_saving import save_document
from app.documents.services.document_scope import DocumentScope
from app.documents.services.file_saving import SaveOptions
from app.home.today.services.home import read_home
from tests.support.paper_words import missing_words
from tests.support.sample import BY, NOW, event_id, sample_store
register_contributions()
kind, place = "持ち物のお知らせ", Path(tempfile.mkdtemp())
store = sample_store(place)
lecture, visit = event_id(store, "講習会", 7), event_id(store, "派遣", 3)
scope, context = DocumentScope(event_id=lecture), ActionContext(store, BY, NOW)
row = read_library(store, scope=scope, today=NOW.date()).row(kind)
assert row.can_be_made and row.is_listed, row
content = documents.build_document(store, scope=scope, kind=kind, now=NOW)
assert missing_words(content) == [], "it stands in both forms"
assert documents.render(content, format="pdf").pages == 1
assert "参加される皆様" in repr(content) and not content.personal
of_visit = read_library(store, scope=DocumentScope(event_id=visit), today=NOW.date()).rows
assert kind not in [one.kind for one in of_visit], "a 派遣 has none"
def asked():
    view = read_home(store, today=NOW.date())
    tasks = [one.task for one in (*view.rows, *view.later_rows)]
    return [task.label for task in tasks if task.event_id == lecture and kind in task.detail]
def told():
    lines = notification.read_outgoing_view(store, event_id=lecture).lines
    return [one.status for one in lines if one.document_kind == kind]
before = asked(), told()
save_document(context, scope=scope, kind=kind, format="pdf", options=SaveOptions(path=place / "a.pdf"))
saved = asked(), told()
notification.notify(context, event_id=lecture, key=kind, told_to="参加者", told_how="郵送")
print([before, saved, (asked(), told())])
"""


@pytest.mark.nightly
def test_a_paper_of_an_event_is_made_asked_for_on_home_and_told_and_without_its_kind_of_notification_fails_at_home(
    empty_house,
):
    made = empty_house
    made.apply(patch_of("A paper of an event"))
    assert made.python(OF_EVENT).splitlines()[-1] == repr(
        [([], ["未作成"]), (["伝えたと記録する"], ["未通知"]), ([], ["通知済"])]
    )
    own_folder = "tests/events/letters/test_letter_wording.py"
    rules = (
        "test_every_name_still_leads.py",
        "test_table_of_papers.py",
        "test_every_kind_in_every_state.py::test_the_table_in_the_docs_says_the_same",
    )
    ran = made.pytest(own_folder, *(f"tests/documents/{one}" for one in rules))
    assert ran.held, ran.said
    assert made.mypy("app/events/letters/services/bring_list_document.py").held
    assert made.ruff("app/events").held
    made.without("    BRING_LIST_TOLD,", path="app/events/contributions.py")
    told = made.pytest(own_folder)
    assert not told.held
    assert "持ち物のお知らせ" in told.said


@pytest.mark.in_full
@pytest.mark.parametrize("line", NEEDED)
def test_a_line_left_out_of_the_declaration_is_told_by_mypy(house, line):
    text = (house.folder / DECLARED).read_text(encoding="utf-8")
    head, mark, rest = text.partition("        kind=THANKS,\n        about=")
    lines = f"{mark}{rest}".splitlines(keepends=True)
    at = next(number for number, one in enumerate(lines) if one.strip().startswith(line))
    (house.folder / DECLARED).unlink()
    (house.folder / DECLARED).write_text(head + "".join(lines[:at] + lines[at + 1 :]), encoding="utf-8")
    told = house.mypy(DECLARED)
    assert not told.held
    assert f'Missing named argument "{line.partition("=")[0]}"' in told.said


@pytest.mark.in_full
@pytest.mark.parametrize(
    ("line", "path", "asked"),
    [
        ("passages=lambda _store, _scope, _on: _THANKS", DECLARED, "tests/documents/test_days_on_paper.py"),
        ("        goes_out=True,", DECLARED, "tests/documents/test_days_on_paper.py"),
        ('        look="letter",', DRAWN, "tests/documents/test_days_on_paper.py"),
        ("        outgoing=True,", DRAWN, "tests/documents/test_days_on_paper.py"),
    ],
)
def test_another_line_left_out_is_told_by_the_tests_over_all_papers(house, line, path, asked):
    house.without(line, path=path)
    assert not house.pytest(asked).held


@pytest.mark.in_full
def test_a_number_that_another_paper_has_is_told(house):
    house.apply(replaced(DRAWN, '団{organisation.id:03d}-{THANKS}"', '団{organisation.id:03d}-{KIND}"'))
    ran = house.pytest("tests/documents/test_days_on_paper.py::test_a_number_stands_for_one_paper_alone")
    assert not ran.held
    assert "礼状" in ran.said
