"""アクセスの記録 in 設定: a month is listed, exported, reviewed, confirmed by another person, and its sheet opens."""

from datetime import timedelta

import pytest

from app.documents.screens.document_view import DocumentDialog
from app.settings.access.services import review_of
from app.settings.pages.screens.access_page import AccessPage
from app.widgets.dialogs.form_dialog import FormDialog
from db.accesses.sessions import write_accesses
from db.records.accounts import Access, AccessAct
from tests.support.data_folders import LOGIN, copied_folder, opened
from tests.support.sample_desk import dialog_over
from tests.support.settings_pages import shown_page
from tests.support.stores import killed
from tests.support.waiting import press, read_again
from tests.support.years import NOW

LAST_MONTH = (NOW.date().replace(day=1) - timedelta(days=1)).replace(day=1)


@pytest.fixture
def store(tmp_path):
    found = opened(copied_folder(tmp_path), now=NOW)
    found.accesses.note(Access(at=NOW, act=AccessAct.OPENING, what="参加者名簿", count=14))
    write_accesses(found)
    yield found
    killed(found)


@pytest.fixture
def page(desk_at, qtbot, store):
    return shown_page(qtbot, desk_at, store, AccessPage, login_id=LOGIN)


def test_a_month_is_listed_and_that_it_was_looked_at_is_noted(page, store):
    assert "月が終わると" in page.state.words()
    assert not page.review.isEnabled()
    rows = [(line.access.act, line.what) for line in page.list.model.records()]
    assert rows[:2] == [("閲覧", "参加者名簿"), ("ログイン", "担当")]
    assert [one.what for one in store.accesses._waiting] == ["アクセスの記録"]
    page.list.filter_field.setText("参加者名簿")
    page.list.apply_filter_now()
    assert page.list.model.rowCount() == 1


def test_a_month_is_reviewed_confirmed_by_another_person_and_its_sheet_opens(page, qtbot, store):
    page.month.setCurrentIndex(1)
    read_again(qtbot, page)
    assert "まだ記録していません" in page.state.words()
    assert not page.confirm.isEnabled()
    page.review.click()
    dialog = dialog_over(page, FormDialog)
    dialog.form.set_values({"remarks": "変わったことはない。", "treatment": ""})
    press(qtbot, page.app_context, dialog.main)
    assert dialog.refusal.words() == ""
    read_again(qtbot, page)
    assert "待っています" in page.state.words()
    press(qtbot, page.app_context, page.confirm)
    assert review_of(store, LAST_MONTH).confirmed_by == ""
    page.app_context.user_name = "見本　次郎"
    press(qtbot, page.app_context, page.confirm)
    assert review_of(store, LAST_MONTH).confirmed_by == "見本　次郎"
    press(qtbot, page.app_context, page.sheet)
    assert dialog_over(page, DocumentDialog).isVisible()
