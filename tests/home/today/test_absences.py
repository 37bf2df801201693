"""留守: my open rows on home are a colleague's from a day to another, and come back; no record is changed."""

from datetime import date, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.home.today.screens.home_screen import HomeScreen
from app.home.today.services.absences import active_absences, end_absence, record_absence
from app.home.today.services.home import read_home
from app.widgets.dialogs.form_dialog import FormDialog
from app.year.enquiries.services import save_memo
from db.records.accounts import User
from db.records.year.enquiries import Absence, ContactMemo
from db.rows import rows
from tests.support.doing import do
from tests.support.sample import BY, NOW, sample_store
from tests.support.sample_desk import dialog_over, session, shown
from tests.support.undo_enquiries import memo
from tests.support.waiting import wait_idle

TODAY = NOW.date()
COLLEAGUE = "見本　同僚"


@pytest.fixture
def store(tmp_path):
    found = sample_store(tmp_path)
    save_memo(ActionContext(found, BY, NOW), memo=memo(answer_by=TODAY))
    yield found
    found.database.conn.close()


def away(store, **more):
    given = {"person": BY, "colleague": COLLEAGUE, "begins_on": TODAY, "until": TODAY + timedelta(days=3)}
    return record_absence(ActionContext(store, BY, NOW), **given | more).id


def said(store, day):
    view = read_home(store, today=day)
    every = (*view.rows, *view.passed_targets, *view.later_rows)
    return next(one.task.detail for one in every if "駐輪場" in one.task.label)


def test_rows_name_the_colleague_while_somebody_is_away_and_their_own_person_afterwards(store):
    assert said(store, TODAY).startswith(BY)
    with store.change(action="用意", by=BY, now=NOW) as change:
        change.insert(User(login_id="mihon-hanako", display_name=BY))
    told = record_absence(
        ActionContext(store, BY, NOW), person=BY, colleague=COLLEAGUE, begins_on=TODAY, until=TODAY + timedelta(days=3)
    ).message
    assert (f"「{COLLEAGUE}」という利用者はいません" in told, f"「{BY}」という" in told) == (True, False)
    assert said(store, TODAY).startswith(f"{COLLEAGUE}（{BY}さんの留守 12/4(金)まで）")
    assert said(store, TODAY + timedelta(days=4)).startswith(BY), "they come back by themselves"
    assert rows(store.database, ContactMemo)[0].answerer == BY


def test_who_comes_back_earlier_gets_them_at_once(store):
    end_absence(ActionContext(store, BY, NOW), absence_id=away(store))
    assert said(store, TODAY).startswith(BY)
    assert rows(store.database, Absence) == [], "it never began"
    begun = away(store, begins_on=TODAY - timedelta(days=2))
    end_absence(ActionContext(store, BY, NOW), absence_id=begun)
    (one,) = rows(store.database, Absence)
    assert one.until == TODAY - timedelta(days=1)


@pytest.mark.parametrize(
    "wrong", [{"colleague": BY}, {"person": " "}, {"until": TODAY - timedelta(days=1)}, {"begins_on": date(2027, 1, 4)}]
)
def test_what_cannot_be_is_refused(store, wrong):
    with pytest.raises(UserError):
        away(store, **wrong)
    assert rows(store.database, Absence) == []


def test_the_days_of_two_absences_may_touch_and_nobody_acts_while_away(store):
    """From the day after the colleague is back, or to the day before; on a day that both have it is refused."""
    first, last = TODAY + timedelta(days=2), TODAY + timedelta(days=4)
    away(store, begins_on=first, until=last)
    for begins, until in ((TODAY, first), (last, last), (first, last)):
        with pytest.raises(UserError, match="も、その間に留守です"):
            away(store, person="三人目", colleague=BY, begins_on=begins, until=until)
        with pytest.raises(UserError, match="の代わりをしています"):
            away(store, person=COLLEAGUE, colleague="三人目", begins_on=begins, until=until)
    for begins, until in ((TODAY, first - timedelta(days=1)), (last + timedelta(days=1),) * 2):
        away(store, person="三人目", colleague=BY, begins_on=begins, until=until)
    assert away(store, person="四人目", colleague="五人目", until=TODAY)
    days = [[one.person for one in active_absences(store.database, TODAY + timedelta(days=n))] for n in range(6)]
    assert days == [["三人目", "四人目"], ["三人目"], [BY], [BY], [BY], ["三人目"]]


def test_a_clerk_goes_away_from_home_and_comes_back(qtbot, tmp_path):

    with session(tmp_path) as desk:
        screen = shown(qtbot, HomeScreen(desk), desk)
        dict(screen.due.menu_actions())["留守にする（代わりの人を決める）"]()
        dialog = dialog_over(screen, FormDialog)
        assert dialog.form.value("person") == desk.user_name
        dialog.form.set_values({"colleague": COLLEAGUE, "until": desk.today() + timedelta(days=3)})
        do(qtbot, desk, dialog.confirmed.emit)
        assert [one.colleague for one in rows(desk.store.database, Absence)] == [COLLEAGUE]
        dict(screen.due.menu_actions())[f"{desk.user_name}さんの留守を終える"]()
        wait_idle(qtbot, desk)
        assert rows(desk.store.database, Absence) == []
