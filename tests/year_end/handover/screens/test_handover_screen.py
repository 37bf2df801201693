"""The page of 引継書: the successor is named, a colleague's use ends, and the paper follows."""

from app.data_folder.services.accounts import UserLine
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.dialogs.form_dialog import FormDialog
from app.year_end.handover.documents import KIND
from app.year_end.handover.screens import HandoverScreen
from db.records.accounts import User
from db.records.agreements import Homework
from db.rows import rows
from tests.support.doing import do
from tests.support.paper_words import said_by
from tests.support.sample_desk import dialog_over, shown


def test_the_successor_is_named_and_gets_the_homework_and_the_paper_says_so(qtbot, desk):
    screen = shown(qtbot, HandoverScreen(desk), desk, width=1366)
    qtbot.waitUntil(lambda: screen.paper.content is not None)
    assert screen.paper.content.kind == KIND
    assert not screen.stop.isEnabled(), "nobody else can open this data"

    screen.name.click()
    dialog = dialog_over(screen, FormDialog)
    dialog.form.set_values({"taker": "見本　五十嵐"})
    do(qtbot, desk, dialog.main.click)
    assert {one.person for one in rows(desk.store.database, Homework, side="区", done_on=None)} == {"見本　五十嵐"}
    do(qtbot, desk, screen.reload)
    qtbot.waitUntil(lambda: "五十嵐" in said_by(screen.paper.content))
    assert "すべて後任者の担当" in screen.homework.text()

    screen._show_users((UserLine(User(login_id="a", display_name="見本　前任"), True),))
    assert screen.stop.isEnabled()
    screen.stop.click()
    asked = dialog_over(screen, DialogFrame)
    assert asked.isVisible()
    asked.reject()
