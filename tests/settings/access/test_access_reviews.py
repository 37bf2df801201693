"""アクセスの記録: managers see a month, review it, and a second person confirms."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.contributions import register_contributions
from app.data_folder.services import accounts, backups, data_folder
from app.documents.services import documents
from app.documents.services.document_scope import DocumentScope
from app.event.services.tasks.follow_ups import read_eventless_follow_ups
from app.history import services as history_services
from app.programme.services import change_programme
from app.settings.access import services
from app.settings.access.documents import KIND
from db.accesses import queries
from db.accesses.sessions import write_accesses
from db.files.storage_errors import RestrictedError
from db.records.accounts import Access, AccessAbout, AccessAct, FailedLogin
from db.records.disposals import Hold, HoldReason
from db.records.documents import Outgoing, OutgoingWay
from db.records.programme import Programme
from db.records.year.practices import RecordGroup, RetentionRow, RetentionStart
from db.rows import row
from db.tables import accounts as account_tables
from tests.support.data_folders import NAME, NOW, PASSWORD, closed, copied_folder, opened

MONTH, TODAY = date(2026, 9, 1), datetime(2026, 10, 1, 10)
OTHER = "見本 次郎"
FIGURES = ("失敗", "止めた", "時の外", "100件", "権限", "欠け")


@pytest.fixture
def store(tmp_path):
    store = opened(copied_folder(tmp_path))
    yield store
    closed(store)


def act(store, by=NAME, now=TODAY):
    return ActionContext(store, by, now)


def add_user(store, login_id, name=OTHER, role="担当"):
    words = {"display_name": name, "password": PASSWORD, "role": role, "password_is_own": True}
    accounts.add_user(act(store, now=NOW), login_id=login_id, **words)


def note(store, at, **given):
    store.accesses.note(Access(at=at, act=AccessAct.OPENING, what="参加者名簿", **given))


def a_month(store):
    """In September: openings by day, at night and on a Sunday, a list of 100 that left, failed log-ins, a gap."""
    add_user(store, "jiro")
    for at in (NOW, NOW.replace(hour=17), NOW.replace(hour=8, minute=59), datetime(2026, 9, 6, 10)):
        note(store, at, about=AccessAbout.EVENT, about_id=1, count=100)
    note(store, datetime(2026, 10, 1, 9))
    with store.change(action="一覧を出した", by=NAME, now=NOW, subject="papers", barrier=True) as change:
        given = {"way": OutgoingWay.COPIED, "by": NAME, "at": NOW, "personal": True, "detail": {"件数": "100人"}}
        change.insert(Outgoing(document_kind="名簿", reference="", version=0, format="txt", **given))
    failed = FailedLogin(token="ab", at=NOW, pc="MADO-09", login_id="jiro", way="パスワード", times=5)
    account_tables.add_failed_logins(store.database, store.keys.chain, [failed])
    store.accesses.note(Access(at=NOW, act=AccessAct.GAP))
    write_accesses(store)


def counted(review):
    return {word: one.count for word, one in zip(FIGURES, review.figures, strict=True)}


def test_a_month_shows_who_did_what_by_title_and_by_the_words_of_the_journal(store):
    a_month(store)
    shown = services.read_month(store, month=MONTH)
    said = [(line.name, line.access.act, line.what, line.access.count) for line in shown.lines]
    assert (NAME, "閲覧", "参加者名簿　はじめの題名", 100) in said
    assert (NAME, "出力", "一覧を出した", 100) in said
    assert "jiro" in next(what for _name, done, what, _count in said if done == "権限の変更")
    assert ("見本 次郎", "ログイン", "パスワード", 5, "失敗") in [
        (*one[:4], line.result) for one, line in zip(said, shown.lines, strict=True)
    ]
    assert all(line.access.at.month == 9 for line in shown.lines)
    assert [one.access.at.month for one in services.read_month(store, month=date(2026, 10, 1)).lines] == [10]
    assert services.read_month(store, month=date(2025, 1, 1)).lines == ()


def test_a_review_counts_its_points_and_waits_for_another_person(store):
    a_month(store)
    store.database.execute("UPDATE users SET active = 0 WHERE login_id = 'jiro'")
    total = len(services.read_month(store, month=MONTH).lines)
    services.record_review(act(store), month=MONTH, remarks="夜間の閲覧は受付の準備。", treatment="")
    review = services.review_of(store, MONTH)
    found = counted(review)
    assert {word: found[word] for word in ("失敗", "止めた", "100件", "欠け")} == dict.fromkeys(
        ("失敗", "止めた", "100件", "欠け"), 1
    )
    assert (found["時の外"], found["権限"]) == (3, 2)
    assert review.total == total
    with pytest.raises(UserError, match="ご自分の点検"):
        services.confirm_review(act(store), review_id=review.id)
    services.confirm_review(act(store, by=OTHER), review_id=review.id)
    assert services.review_of(store, MONTH).confirmed_by == OTHER
    history_services.undo(store, by=OTHER, now=TODAY)
    assert services.review_of(store, MONTH).confirmed_by == ""
    services.confirm_review(act(store, by=OTHER), review_id=review.id)
    services.record_review(act(store), month=MONTH, remarks="見直した。")
    assert services.review_of(store, MONTH).confirmed_by == "", "what is said anew is confirmed anew"


def test_no_review_without_remarks_or_of_a_month_that_is_not_over(store):
    last_day = TODAY - timedelta(days=1)
    for month, remarks, now in ((MONTH, " ", TODAY), (date(2026, 10, 1), "なし", TODAY), (MONTH, "なし", last_day)):
        with pytest.raises(UserError, match="所見がないか"):
            services.record_review(act(store, now=now), month=month, remarks=remarks)


def test_home_asks_for_the_oldest_month_that_two_people_have_not_reviewed(store):
    register_contributions()

    def asked(now):
        return [
            (one.label, one.detail, one.due)
            for one in read_eventless_follow_ups(store.database, now.date())
            if one.task == "アクセスの記録の点検"
        ]

    store.database.execute("DELETE FROM accesses")
    assert asked(TODAY) == [], "nothing is recorded yet"
    note(store, NOW)
    write_accesses(store)
    assert asked(TODAY - timedelta(days=1)) == []
    due = date(2026, 10, 31)
    later = datetime(2026, 12, 1, 9)
    for now in (TODAY, later):
        assert asked(now) == [("アクセスの記録の点検をする", "令和8年9月", due)]
    services.record_review(act(store), month=MONTH, remarks="なし")
    assert asked(TODAY) == [("アクセスの記録の点検を確認する", "令和8年9月", due)]
    services.confirm_review(act(store, by=OTHER), review_id=services.review_of(store, MONTH).id)
    assert (asked(TODAY), asked(later)) == ([], [("アクセスの記録の点検をする", "令和8年10月", date(2026, 11, 30))])


def test_an_empty_month_is_reviewed_as_well(store):
    services.record_review(act(store), month=date(2026, 4, 1), remarks="なし")
    review = services.review_of(store, date(2026, 4, 1))
    assert (review.total, set(counted(review).values())) == (0, {0})


def test_who_is_no_manager_sees_nothing_and_reviews_nothing(store):
    add_user(store, "jiro")
    accounts.set_rights(act(store), login_id="jiro", role="担当", manages=True)
    add_user(store, "saburo", name="見本 三郎")
    accounts.set_rights(act(store), login_id="saburo", role="担当", manages=True)
    shown = services.read_month(store, month=MONTH)
    assert shown.lines == ()
    assert OTHER in shown.refusal
    with pytest.raises(UserError, match="印のある人"):
        services.record_review(act(store), month=MONTH, remarks="なし")


def test_a_reader_by_role_sees_nothing(store):
    add_user(store, "reader", role="閲覧")
    write_accesses(store)
    data_folder.publish(store, now=NOW)
    reader = data_folder.open_published(store.folder, login_id="reader", password=PASSWORD).store
    assert services.read_month(reader, month=MONTH).refusal
    with pytest.raises(RestrictedError):
        services.record_review(act(reader), month=MONTH, remarks="なし")
    reader.database.conn.close()


def test_the_sheet_says_figures_remarks_and_both_people(store):
    a_month(store)
    services.record_review(act(store), month=MONTH, remarks="受付の準備。", treatment="本人に確かめた")
    review = services.review_of(store, MONTH)
    services.confirm_review(act(store, by=OTHER, now=TODAY + timedelta(days=1)), review_id=review.id)
    scope = DocumentScope(fiscal_year=2026, item=review.id)
    for format_ in ("pdf", "xlsx"):
        assert documents.render_document(store, scope=scope, kind=KIND, format=format_, now=TODAY).data
    said = repr(documents.build_document(store, scope=scope, kind=KIND, now=TODAY))
    for words in ("令和8年9月", "1回に100件以上の出力", "受付の準備。", "本人に確かめた", NAME, OTHER):
        assert words in said


def years_of(store, *fiscal_years, **given):
    with store.change(action="年度を加えた", by=NAME, now=NOW, subject="programme") as change:
        for one in fiscal_years:
            end = date(one + 1, 3, 31)
            change.insert(Programme(fiscal_year=one, title=f"{one}年度の事業", term_end=end, **given))


def days_of(store):
    return sorted({one.at.date() for one in queries.accesses_after(store.database, 0)})


def of_old_years(store, *days):
    for day in days:
        note(store, datetime.combine(day, NOW.time()))
    store.database.execute("DELETE FROM accesses")
    write_accesses(store)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({}, [date(2023, 4, 1)]),
        ({"retention": (RetentionRow(records=RecordGroup.ACCESSES, months=12),)}, [NOW.date()]),
        ({"retention": (RetentionRow(records=RecordGroup.ACCESSES, months=60),)}, [date(2022, 3, 31)]),
    ],
)
def test_whole_fiscal_years_go_when_their_time_is_over_and_that_is_recorded(store, given, kept):
    years_of(store, 2021, 2023, **given)
    of_old_years(store, date(2022, 3, 31), date(2023, 4, 1), NOW.date())
    said = services.erase_expired(store, NOW)
    assert days_of(store)[:1] == kept
    assert bool(said) is (kept != [date(2022, 3, 31)])
    assert queries.first_broken(store.database, store.keys.chain) == 0
    assert services.erase_expired(store, NOW) == ()
    done = {one.what for one in services.read_month(store, month=MONTH).lines}
    assert ("保存の期間を過ぎたアクセスの記録を消した" in done) is bool(said)


def test_three_years_to_the_day(store):
    years_of(store, 2021)
    of_old_years(store, date(2023, 3, 31), date(2023, 4, 1))
    assert services.erase_expired(store, datetime(2026, 3, 31, 9)) == ()
    assert services.erase_expired(store, datetime(2026, 4, 1, 9))
    assert days_of(store)[0] == date(2023, 4, 1)


def test_nothing_goes_while_records_are_held_or_the_clock_leapt(store):
    years_of(store, 2021)
    of_old_years(store, date(2022, 3, 31), NOW.date())
    with store.change(action="保留した", by=NAME, now=NOW, subject="holds") as change:
        hold = Hold(event_id=1, reason=HoldReason.AUDIT, begins_on=NOW.date(), by=NAME, at=NOW)
        row_id = change.insert(hold)
    assert services.erase_expired(store, NOW) == ()
    with store.change(action="解いた", by=NAME, now=NOW, subject="holds") as change:
        change.update(Hold, row_id, released_on=NOW.date())
    backups.make_backup(store, now=NOW)
    assert services.erase_expired(store, NOW.replace(year=2036)) != ()
    assert days_of(store)[0] == NOW.date(), "a leap of ten years removes no more than today does"


@pytest.mark.parametrize(("months", "start"), [(11, RetentionStart.NEXT_YEAR), (36, RetentionStart.EVENT)])
def test_less_than_a_year_is_refused(store, months, start):
    year = row(store.database, Programme)
    short = replace(year, retention=(RetentionRow(records=RecordGroup.ACCESSES, months=months, start=start),))
    with pytest.raises(UserError, match="1年以上"):
        change_programme(act(store), programme=short)


@pytest.mark.parametrize(("number", "said"), [(1, 0), (6, 1)])
def test_a_review_looks_at_the_links_of_its_own_month(store, number, said):
    """Row 1 was written before the month; the check of the whole folder finds it as well."""
    store.database.execute("DELETE FROM accesses")
    for day in (*range(25, 29), 30, 31):
        note(store, datetime(2026, 8, day, 9), about=AccessAbout.EVENT, about_id=day)
    for day in (1, 2, 3):
        note(store, datetime(2026, 9, day, 9), about=AccessAbout.EVENT, about_id=day)
    write_accesses(store)
    (first,) = store.database.execute("SELECT min(id) FROM accesses").fetchone()
    place = first if number == 1 else first + number + 1
    store.database.execute("UPDATE accesses SET count = 9 WHERE id = ?", [place])
    services.record_review(act(store), month=MONTH, remarks="なし")
    assert counted(services.review_of(store, MONTH))["欠け"] == said
    assert queries.first_broken(store.database, store.keys.chain) == place
