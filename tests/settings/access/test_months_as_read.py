"""Months of accesses as a manager reads them: who, what, for what, with what result; and the sheet of a review."""

from datetime import date, datetime, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.data_folder.services import accounts
from app.documents.services.document_scope import DocumentScope
from app.settings.access import services
from app.settings.access.documents import access_review, review_words
from db.accesses.sessions import write_accesses
from db.records.accounts import Access, AccessAbout, AccessAct, AccessFigure, AccessReview, FailedLogin
from db.tables import accounts as account_tables
from tests.support.data_folders import NAME, NOW, PASSWORD, copied_folder, opened
from tests.support.paper_lines import assert_paper, lines_of
from tests.support.stores import made_by
from tests.support.years import plain_context

MONTH, TODAY = date(2026, 9, 1), datetime(2026, 10, 1, 10)
NIGHT, OTHER = datetime(2026, 9, 30, 23, 59), "見本 次郎"
store = made_by(lambda place: opened(copied_folder(place)))


def act(store, now=TODAY):
    return ActionContext(store, NAME, now)


def add_jiro(store):
    words = {"display_name": OTHER, "password": PASSWORD, "role": "担当", "password_is_own": True}
    accounts.add_user(act(store, NOW), login_id="jiro", **words)


def failed(number, at, login_id="", **more):
    given = {"token": f"t{number}", "pc": "MADO-09", "way": "パスワード", "times": 1} | more
    return FailedLogin(at=at, login_id=login_id, **given)


def test_a_month_is_read_line_by_line_with_who_it_was_and_how_it_ended(store):
    add_jiro(store)
    write_accesses(store)
    store.database.execute("DELETE FROM accesses")
    for one in (
        Access(at=datetime(2026, 8, 31, 23, 59), act=AccessAct.LOGIN, what="前の月"),
        Access(at=datetime(2026, 9, 1), act=AccessAct.LOGIN, what="パスワード"),
        Access(at=datetime(2026, 9, 2, 9), act=AccessAct.LOGIN, what="回復キーで開いた"),
        Access(at=datetime(2026, 9, 3, 9), act=AccessAct.REFUSED, what="拒まれた人"),
        Access(at=datetime(2026, 9, 3, 10), act=AccessAct.GAP),
        *(
            Access(at=datetime(2026, 9, 4, 9 + place), act=AccessAct.OPENING, what="名簿", about=about, about_id=1)
            for place, about in enumerate(AccessAbout)
        ),
        Access(at=datetime(2026, 9, 5, 9), act=AccessAct.OPENING, what="名簿", about=AccessAbout.EVENT, about_id=999),
        Access(at=NIGHT, act=AccessAct.LOGOUT),
        Access(at=datetime(2026, 10, 1), act=AccessAct.LOGIN, what="次の月"),
    ):
        store.accesses.note(one)
    write_accesses(store)
    for what, login in (("回復キーで開いた", ""), ("拒まれた人", "gone"), ("パスワード", "jiro")):
        store.database.execute("UPDATE accesses SET login_id = ? WHERE what = ?", [login, what])
    tries = [
        failed(1, datetime(2026, 8, 31, 23, 59)),
        failed(2, datetime(2026, 9, 1), "jiro", times=4),
        failed(3, NIGHT),
        failed(4, datetime(2026, 10, 1)),
    ]
    account_tables.add_failed_logins(store.database, store.keys.chain, tries)
    shown = services.read_month(store, month=MONTH)
    told = [
        f"{one.access.at:%m-%d %H:%M} {one.name}｜{one.access.act}｜{one.what}｜{one.purpose}｜{one.access.count}"
        f"｜{one.access.pc and 'PC'}｜{one.result}"
        for one in shown.lines
    ]
    assert_paper(told, "1か月")
    assert {one.access.id < 0 for one in shown.lines if one.result == "失敗"} == {True}
    services.record_review(act(store), month=MONTH, remarks=" 夜間は準備 ", treatment=" なし ")
    review = services.review_of(store, MONTH)
    assert (review.total, review.fiscal_year, review.remarks, review.treatment) == (
        len(shown.lines), 2026, "夜間は準備", "なし",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("count", "at", "points"),
    [
        (99, datetime(2026, 9, 1, 9), ()), (100, datetime(2026, 9, 1, 9), ("output",)),
        (0, datetime(2026, 9, 1, 8, 59), ("outside",)), (0, datetime(2026, 9, 1, 16, 59), ()),
        (0, datetime(2026, 9, 1, 17), ("outside",)), (0, datetime(2026, 9, 5, 12), ("outside",)),
        (0, datetime(2026, 9, 21, 12), ("outside",)),
    ],
)  # fmt: skip
def test_a_point_counts_from_its_limit_on(store, count, at, points):
    write_accesses(store)
    store.database.execute("DELETE FROM accesses")
    store.accesses.note(Access(at=at, act=AccessAct.OUTPUT, what="名簿", count=count))
    write_accesses(store)
    figures = services._figures(store, MONTH, services._accesses_of(store, MONTH))
    names = ("failures", "stopped", "outside", "output", "rights", "gap")
    assert tuple(name for name, one in zip(names, figures, strict=True) if one.count) == points


@pytest.mark.parametrize(("times", "login", "counts"), [(4, "", (0, 0)), (5, "", (1, 0)), (1, "jiro", (0, 1))])
def test_five_failed_log_ins_and_every_one_of_a_stopped_id_are_counted(store, times, login, counts):
    add_jiro(store)
    store.database.execute("UPDATE users SET active = 0 WHERE login_id = 'jiro'")
    account_tables.add_failed_logins(store.database, store.keys.chain, [failed(1, NOW, login, times=times)])
    figures = services._figures(store, MONTH, [])
    assert tuple(one.count for one in figures[:2]) == counts


def test_a_figure_names_its_first_twenty_rows_in_order(store):
    write_accesses(store)
    store.database.execute("DELETE FROM accesses")
    for number in range(21):
        store.accesses.note(Access(at=datetime(2026, 9, 6, 10, number), act=AccessAct.OPENING, what=f"{number}"))
    write_accesses(store)
    found = services._accesses_of(store, MONTH)
    outside = services._figures(store, MONTH, found)[2]
    assert (outside.count, outside.numbers) == (21, tuple(sorted(one.id for one in found)[:20]))


def test_months_end_on_their_last_day():
    months = [date(2026, number, 1) for number in range(1, 13)]
    assert list(map(services._next_month, months)) == [*months[1:], date(2027, 1, 1)]


def test_the_sheet_of_a_review_says_who_confirmed_it_and_when():
    figures = (AccessFigure(point="権限の変更", count=2, numbers=(3, 7)), AccessFigure(point="欠け", count=0))
    known = {"fiscal_year": 2026, "month": MONTH, "total": 120, "remarks": "夜間は準備", "by": NAME, "at": TODAY}
    review = AccessReview(figures=figures, **known)
    given = {"treatment": "聞いた", "confirmed_by": OTHER, "confirmed_at": TODAY + timedelta(days=1)}
    done = AccessReview(**vars(review) | given)
    for one, case in ((review, "確認の前"), (done, "確認のあと")):
        assert_paper([review_words(one), *lines_of(access_review(plain_context(), one))], case)
    assert review_words(None) == "この月の点検は、まだ記録していません。"


def test_reviews_of_a_year_stand_in_the_order_of_their_months(store):
    for month in (MONTH, date(2026, 4, 1), date(2026, 3, 1)):
        services.record_review(act(store), month=month, remarks="なし")
    scope = DocumentScope(fiscal_year=2026)
    assert [one.title for one in services._items(store, scope)] == ["令和8年4月", "令和8年9月"]
    with pytest.raises(UserError, match="すでに確認されているか"):
        services.confirm_review(act(store), review_id=services.review_of(store, MONTH).id)
