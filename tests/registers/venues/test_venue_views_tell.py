"""What the page of 会場 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.registers.venues.services import list_bookings, list_venues
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW
from tests.support.view_lines import view

TODAY = NOW.date()


def test_the_bookings_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(list_bookings, s, today=TODAY, fiscal_year=2026) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        fiscal_year=2026
        　・rows 10
        　・　・id=1｜booking=Booking 1｜event=Event 1｜venue_text=見本こもれび区民館 研修室1｜state=片付け済
        　・　・　・steps 7
        　・　・　・　・name=仮予約｜is_done=✓｜words=6/15(月)｜is_needed=✓
        　・　・　・　・name=申請｜is_done=✓｜words=6/22(月)｜is_needed=✓
        　・　・　・　・name=承認｜is_done=✓｜words=08-101 7/1(水)｜is_needed=✓
        　・　・　・　・name=減免｜is_done=✓｜words=免除（区の事業）｜is_needed=✓
        　・　・　・　・name=備品・鍵｜is_done=✓｜words=鍵 当日、管理室で受け取る｜is_needed=✓
        　・　・　・　・name=取消期限｜is_done=✓｜words=8/31(月)｜is_needed=✓
        　・　・　・　・name=片付け｜is_done=✓｜words=9/10(木) 見本　係員｜is_needed=✓
        　・　・id=2｜booking=Booking 2｜event=Event 2｜venue_text=見本ほしぞら地域集会所 第1会議室｜state=片付け済
        　・　・　・steps 7
        　・　・　・　・name=仮予約｜is_done=✓｜words=6/15(月)｜is_needed=✓
        　・　・　・　・name=申請｜is_done=✓｜words=6/22(月)｜is_needed=✓
        　・　・　・　・name=承認｜is_done=✓｜words=08-102 7/1(水)｜is_needed=✓
        　・　・　・　・name=減免｜is_done=✓｜words=免除（区の事業）｜is_needed=✓
        　・　・　・　・name=備品・鍵｜is_done=✓｜words=鍵 当日、管理室で受け取る｜is_needed=✓
        　・　・　・　・name=取消期限｜is_done=✓｜words=9/18(金)｜is_needed=✓
        　・　・　・　・name=片付け｜is_done=✓｜words=9/30(水) 見本　係員｜is_needed=✓
        　・　・id=3｜booking=Booking 3｜event=Event 3｜venue_text=見本つつじ台区民館 研修室｜state=片付け済
        　・　・　・steps 7
        　・　・　・　・name=仮予約｜is_done=✓｜words=6/15(月)｜is_needed=✓
        　・　・　・　・name=申請｜is_done=✓｜words=6/22(月)｜is_needed=✓
        　・　・　・　・name=承認｜is_done=✓｜words=08-103 7/1(水)｜is_needed=✓
        　・　・　・　・name=減免｜is_done=✓｜words=免除（区の事業）｜is_needed=✓
        　・　・　・　・name=備品・鍵｜is_done=✓｜words=鍵 当日、管理室で受け取る｜is_needed=✓
        　・　・　・　・name=取消期限｜is_done=✓｜words=10/5(月)｜is_needed=✓
        　・　・　・　・name=片付け｜is_done=✓｜words=10/15(木) 見本　係員｜is_needed=✓
        　・　・id=4｜booking=Booking 4｜event=Event 4｜venue_text=見本ほしぞら地域集会所 第1会議室｜state=片付け済
        　・　・　・steps 7
        　・　・　・　・name=仮予約｜is_done=✓｜words=6/15(月)｜is_needed=✓
        　・　・　・　・name=申請｜is_done=✓｜words=6/22(月)｜is_needed=✓
        　・　・　・　・name=承認｜is_done=✓｜words=08-104 7/1(水)｜is_needed=✓
        　・　・　・　・name=減免｜is_done=✓｜words=免除（区の事業）｜is_needed=✓
        　・　・　・　・name=備品・鍵｜is_done=✓｜words=鍵 当日、管理室で受け取る｜is_needed=✓
        　・　・　・　・name=取消期限｜is_done=✓｜words=10/19(月)｜is_needed=✓
        　・　・　・　・name=片付け｜is_done=✓｜words=10/29(木) 見本　係員｜is_needed=✓
        　・　・id=8｜booking=Booking 8｜event=Event 11｜venue_text=見本ほしぞら地域集会所 第1会議室｜state=片付け済
        　・　・　・steps 7
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・　・　・name=申請｜is_done=✓｜words=6/22(月)｜is_needed=✓
        －　・　・　・　・name=承認｜is_done=✓｜words=08-101 7/1(水)｜is_needed=✓
        －　・　・　・　・name=減免｜is_done=✓｜words=免除（区の事業）｜is_needed=✓
        －　・　・　・　・name=備品・鍵｜is_done=✓｜words=鍵 当日、管理室で受け取る｜is_needed=✓
        －　・　・　・　・name=取消期限｜is_done=✓｜words=8/31(月)｜is_needed=✓
        ＋　・　・　・　・name=申請｜is_done=✓｜is_needed=✓
        ＋　・　・　・　・name=承認｜is_done=✓｜is_needed=✓
        ＋　・　・　・　・name=減免｜is_needed=✓
        ＋　・　・　・　・name=備品・鍵｜is_needed=✓
        ＋　・　・　・　・name=取消期限
        ＋　・　・　・next_step name=減免｜is_needed=✓
        －　・　・　・　・name=申請｜is_done=✓｜words=6/22(月)｜is_needed=✓
        －　・　・　・　・name=承認｜is_done=✓｜words=08-102 7/1(水)｜is_needed=✓
        －　・　・　・　・name=減免｜is_done=✓｜words=免除（区の事業）｜is_needed=✓
        －　・　・　・　・name=備品・鍵｜is_done=✓｜words=鍵 当日、管理室で受け取る｜is_needed=✓
        －　・　・　・　・name=取消期限｜is_done=✓｜words=9/18(金)｜is_needed=✓
        ＋　・　・　・　・name=申請｜is_done=✓｜is_needed=✓
        ＋　・　・　・　・name=承認｜is_done=✓｜is_needed=✓
        ＋　・　・　・　・name=減免｜is_needed=✓
        ＋　・　・　・　・name=備品・鍵｜is_needed=✓
        ＋　・　・　・　・name=取消期限
        ＋　・　・　・next_step name=減免｜is_needed=✓
        －　・　・　・　・name=申請｜is_done=✓｜words=6/22(月)｜is_needed=✓
        －　・　・　・　・name=承認｜is_done=✓｜words=08-103 7/1(水)｜is_needed=✓
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_the_venues_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            list_venues,
            s,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
         4
        　・id=4｜venue=Venue 4｜title=見本こもれび区民館 和室｜booking_count=1
        　・id=1｜venue=Venue 1｜title=見本こもれび区民館 研修室1｜booking_count=3
        　・id=3｜venue=Venue 3｜title=見本つつじ台区民館 研修室｜booking_count=2
        　・id=2｜venue=Venue 2｜title=見本ほしぞら地域集会所 第1会議室｜booking_count=4
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """

        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )
