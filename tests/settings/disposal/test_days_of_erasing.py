"""A clock that leapt ahead erases nothing unasked: somebody confirms the day, or sets the clock right."""

import os
from datetime import datetime, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.data_folder.services import data_folder
from app.history import services as history_services
from app.settings.disposal.services import disposal
from app.settings.disposal.services.due_rows import read_due
from db.files import file_store
from db.records.disposals import Disposal
from db.records.organisations import Organisation, Person
from db.rows import rows
from tests.support.data_folders import LOGIN, NAME, NOW, PASSWORD, closed, opened, prepared_folder
from tests.support.erased import text_in
from tests.support.stores import made_by

WHO = "乙川　髙郎"
MARKED = NOW + timedelta(days=1)
AHEAD = [timedelta(days=40), timedelta(days=365), timedelta(days=8 * 365)]


def _prepare(place):
    store = opened(place)
    with store.change(action="書いた", by=NAME, now=NOW, subject="roster") as change:
        person = change.insert(Person(name=WHO))
        change.insert(Organisation(name="残る町会", note="乙川髙郎さんの紹介"))
    closed(store)
    store = opened(place, now=MARKED)
    disposal.mark_person_for_erasing(ActionContext(store, NAME, MARKED), person_id=person, reason="申出")
    closed(store, now=MARKED)


folder = made_by(lambda place: prepared_folder(place, _prepare))


def opening(folder, now):
    """Open, note what is said about the erasing, work a little, close."""
    made = data_folder.open_data_folder(folder, login_id=LOGIN, password=PASSWORD, now=now, pc="MADO-01", settle=0.0)
    return made.store, [note for note in made.notes if "消去しました" in note or "まだ消していません" in note]


def worked(folder, now):
    store, said = opening(folder, now)
    with store.change(action="書いた", by=NAME, now=now, subject="events") as change:
        change.insert(Organisation(name=f"{now:%m%d}町会"))
    closed(store, now=now)
    return said


@pytest.mark.parametrize("ahead", [AHEAD[0], *(pytest.param(one, marks=pytest.mark.nightly) for one in AHEAD[1:])])
def test_a_clock_that_leapt_erases_nothing_however_long_it_stands_so(folder, ahead):
    for day in range(14):  # by a month a day the wrong year would be reached within two weeks
        (said,) = worked(folder, MARKED + ahead + timedelta(days=day))
        assert "1か月より先に進んでいます" in said
    (said,) = worked(folder, MARKED + timedelta(days=2))
    assert "印を付けたもの1種・1を消去しました" in said, "set right, it goes on as ever"


def test_who_confirms_the_day_lets_the_next_opening_erase(folder):
    day = MARKED + timedelta(days=100)
    store, (said,) = opening(folder, day)
    assert f"パソコンの日付（{day:令和8年%-m月%-d日}" in said
    assert read_due(store, today=day.date()).asks_clock
    assert WHO in text_in(store)
    disposal.confirm_clock(ActionContext(store, NAME, day))
    assert not read_due(store, today=day.date()).asks_clock
    with pytest.raises(UserError, match="もうありません"):
        disposal.confirm_clock(ActionContext(store, NAME, day))
    history_services.undo(store, by=NAME, now=day)
    assert read_due(store, today=day.date()).asks_clock
    disposal.confirm_clock(ActionContext(store, NAME, day))
    closed(store, now=day)
    (said,) = worked(folder, day)
    assert "消去しました" in said


def test_a_day_that_comes_by_work_is_believed_after_months(folder):
    """Marked in a folder that lay still for long before: the mark itself was made on that day."""
    day = NOW + timedelta(days=400)
    store = opened(folder, now=MARKED)
    history_services.undo(store, by=NAME, now=MARKED)
    closed(store, now=MARKED)
    store = opened(folder, now=day)
    person = rows(store.database, Person)[-1].id
    disposal.mark_person_for_erasing(ActionContext(store, NAME, day), person_id=person, reason="申出")
    closed(store, now=day)
    (said,) = worked(folder, day + timedelta(days=30))
    assert "消去しました" in said


def test_words_of_before_wait_for_a_believed_day_too(folder):
    erased = MARKED + timedelta(days=1)
    worked(folder, erased)
    store = opened(folder, now=erased)
    with store.change(action="直した", by=NAME, now=erased, subject="events") as change:
        change.update(Organisation, rows(store.database, Organisation)[0].id, note="紹介あり")
    closed(store, now=erased)
    assert worked(folder, erased + timedelta(days=365)) == []
    store = opened(folder, now=erased + timedelta(days=366))
    assert "乙川髙郎さんの紹介" in text_in(store)
    assert rows(store.database, Disposal)[0].erased_at is not None
    closed(store, now=erased + timedelta(days=366))
    (said,) = worked(folder, erased + timedelta(days=2))
    assert "直した文1か所の前の文を、変更の履歴からも消去しました" in said


def test_a_file_of_which_no_row_speaks_stays_where_the_clock_leapt(folder):
    store = opened(folder, now=MARKED)
    name = file_store.put(store.folder, store.keys, b"abc")
    path = next(one for one in file_store.stored_files(store.folder) if one.name in str(name))
    os.utime(path, (datetime.timestamp(MARKED),) * 2)
    closed(store, now=MARKED)
    closed(opened(folder, now=MARKED + timedelta(days=365)), now=MARKED + timedelta(days=365))
    assert path.is_file()
    for weeks in range(1, 12):
        now = MARKED + timedelta(weeks=weeks)
        closed(opened(folder, now=now), now=now)
    assert not path.exists()
