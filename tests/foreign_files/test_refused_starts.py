"""Where the system lets no child start, it is asked a second time; then that is said, never that the file is bad."""

import psutil
import pytest

from app.actions.user_error import UserError
from app.documents.services.file_saving import encrypt_file
from app.foreign_files.children import child_process, workbook_child
from app.foreign_files.children.limited_child import ChildLimits, LimitedChild, ask_child
from app.foreign_files.foreign_file import read_foreign_file
from app.foreign_files.intake_refusal import IntakeRefusal
from app.foreign_files.pdf_reading import ReceivedPdf, UnreadablePdf, count_pages
from app.foreign_files.picture_reading import read_picture, read_pictures
from tests.support.foreign_books import HEADINGS, PERSON, book, rows
from tests.support.handout_pdfs import handout
from tests.support.own_children import none_left
from tests.support.pictures import picture
from tests.support.refused_starts import refuse_starts

SPARE = "app.foreign_files.pdf_reading._SPARE_CHILDREN"


@pytest.fixture
def workbook(tmp_path):
    return book(tmp_path / "申込.xlsx", lambda sheet, _: rows(sheet, 1, [HEADINGS, PERSON]))


@pytest.fixture
def photograph(tmp_path):
    path = tmp_path / "会場.jpg"
    path.write_bytes(picture((800, 400)))
    return path


def test_a_system_that_refuses_once_is_asked_again_and_the_list_is_read(workbook, monkeypatch):
    asked = refuse_starts(monkeypatch, times=1)

    assert len(read_foreign_file(workbook).rows) == 1
    assert len(asked) == 2


def test_a_workbook_that_could_not_be_begun_is_not_called_bad_and_is_read_the_next_time(workbook, monkeypatch):
    refuse_starts(monkeypatch, times=2)

    with none_left(), pytest.raises(IntakeRefusal) as refused:
        read_foreign_file(workbook)

    assert str(refused.value) == (
        "パソコンに余裕がなく、ファイルを読み始められませんでしたので、"
        "使っていないアプリを閉じてから、もう一度選んでください。"
    )
    assert len(read_foreign_file(workbook).rows) == 1


def test_a_picture_that_could_not_be_begun_is_named_and_keeps_no_other_back(photograph, monkeypatch):
    refuse_starts(monkeypatch, times=2)

    taken, said = read_pictures((photograph, photograph))

    assert [one.name for one in taken] == ["会場.jpg"]
    assert [one.partition("ので、")[0] for one in said] == [
        "パソコンに余裕がなく、「会場.jpg」を読み始められませんでした"
    ]
    assert read_picture(photograph).width == 800


def test_a_pdf_that_could_not_be_begun_is_opened_by_the_next_question_however_often_it_failed(monkeypatch):
    monkeypatch.setattr(SPARE, [])
    refuse_starts(monkeypatch, times=8)
    pdf = ReceivedPdf(handout())

    for _ in range(3):
        with pytest.raises(UnreadablePdf, match="PDFを開き始められませんでした") as refused:
            pdf.open()
        assert "送り主" not in refused.value.todo
    with pytest.raises(UnreadablePdf, match="PDFを開き始められませんでした"):
        count_pages(handout())

    assert pdf.open().page_count == count_pages(handout())
    pdf.close()


def test_a_received_pdf_that_could_not_be_closed_for_want_of_room_is_not_to_be_saved_open(monkeypatch):
    refuse_starts(monkeypatch, times=2)

    with pytest.raises(UserError, match="PDFを開き始められませんでした") as refused:
        encrypt_file(handout(), format="pdf", password="みどりの山と川に17番地まで", received=True)

    assert "そのまま保存" not in str(refused.value)
    assert "もう一度" in str(refused.value)


def test_a_child_that_never_began_is_let_go_and_leaves_no_pipe_open(monkeypatch):
    refuse_starts(monkeypatch, times=100)
    ask_child(workbook_child.serve, {}, b"", ChildLimits(seconds=1))
    me = psutil.Process()
    count = me.num_handles if hasattr(me, "num_handles") else me.num_fds
    before = count()

    for _ in range(5):
        child = LimitedChild(workbook_child.serve, 190)
        assert not child.is_running()
        child.kill()
        assert child.ask({}, seconds=1) == ({"refused": "start"}, b"")
        child.close()
        child.kill()

    assert count() == before


def _ends_at_once(_wire: child_process.ChildConnection, _megabytes: int) -> None:
    """A child that the system ends before it could say that it is ready."""


def test_a_child_that_has_gone_before_it_was_ready_says_nothing_about_the_file():
    assert ask_child(_ends_at_once, {}, b"PK", ChildLimits(seconds=1)) == ({"refused": "start"}, b"")
