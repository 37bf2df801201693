"""What the page of 討議 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.events.discussion.services import read_discussion
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import event_id
from tests.support.view_lines import view


def test_what_was_discussed_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_discussion, s, event_id=event_id(s, "意見交換会", 1)) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 11｜clause=仕4(3)カ｜participant_count=18｜is_attendance_known=✓
        　・discussion
        　・　・groups 4
        　・　・　・number=1｜facilitator=例野　一子｜composition=5人・5団体｜counted_notes=23｜all_notes=23｜sorted
        　　_notes=23｜topic=役員の仕事を減らす
        　・　・　・　・lines DiscussionLine 1、DiscussionLine 4、DiscussionLine 8、DiscussionLine 11、DiscussionLin
        　　e 2、DiscussionLine 5、DiscussionLine 9、DiscussionLine 12、DiscussionLine 3、DiscussionLine 6、Discussi
        　　onLine 10、DiscussionLine 7
        　・　・　・number=2｜facilitator=仮井　三郎｜composition=5人・5団体｜counted_notes=27｜all_notes=27｜sorted
        　　_notes=27｜topic=回覧板を早く届ける
        　・　・　・　・lines DiscussionLine 13、DiscussionLine 16、DiscussionLine 20、DiscussionLine 23、Discussion
        　　Line 14、DiscussionLine 17、DiscussionLine 21、DiscussionLine 15、DiscussionLine 18、DiscussionLine 22、
        　　DiscussionLine 19
        　・　・　・number=3｜facilitator=見本木　ゆり｜composition=4人・4団体｜counted_notes=21｜all_notes=21｜sort
        　　ed_notes=21｜topic=災害時の安否を確かめる
        　・　・　・　・lines DiscussionLine 24、DiscussionLine 26、DiscussionLine 30、DiscussionLine 33、Discussion
        　　Line 25、DiscussionLine 27、DiscussionLine 31、DiscussionLine 28、DiscussionLine 32、DiscussionLine 29
        　・　・　・number=4｜facilitator=渡邉見本　大地｜composition=4人・4団体｜counted_notes=18｜all_notes=18｜so
        　　rted_notes=18｜topic=若い世帯に知ってもらう
        　・　・　・　・lines DiscussionLine 34、DiscussionLine 36、DiscussionLine 40、DiscussionLine 42、Discussion
        　　Line 35、DiscussionLine 37、DiscussionLine 41、DiscussionLine 38、DiscussionLine 39
        　・　・points DiscussionPoint 1、DiscussionPoint 5、DiscussionPoint 9、DiscussionPoint 2、DiscussionPoint 6
        　　、DiscussionPoint 10、DiscussionPoint 3、DiscussionPoint 7、DiscussionPoint 4、DiscussionPoint 8
        　・workers 11
        　・　・row_key=typed:7｜name=受託見本　次郎｜affiliation=見本企画株式会社　研修部｜role=ファシリテーター｜b
        　　egins=2026-08-03｜ends=2027-03-31｜notified_on=2026-07-31
        　・　・row_key=typed:8｜name=例野　一子｜affiliation=見本企画株式会社｜role=ファシリテーター｜begins=2026-0
        　　8-03｜ends=2027-03-31｜notified_on=2026-07-31
        　・　・row_key=typed:9｜name=仮井　三郎｜affiliation=見本企画株式会社｜role=ファシリテーター｜begins=2026-0
        　　8-03｜ends=2027-03-31｜notified_on=2026-07-31
        　・　・row_key=typed:10｜name=見本木　ゆり｜affiliation=見本企画株式会社｜role=ファシリテーター｜begins=202
        　　6-08-03｜ends=2027-03-31｜notified_on=2026-07-31
        　・　・row_key=typed:11｜name=渡邉見本　大地｜affiliation=見本企画株式会社｜role=ファシリテーター｜begins=2
        　　026-08-03｜ends=2027-03-31｜notified_on=2026-07-31
        　・　・row_key=typed:1｜name=受託見本　恵子｜affiliation=見本企画株式会社｜role=業務責任者｜begins=2026-08-
        　　03｜ends=2027-03-31｜notified_on=2026-07-31
        　・　・row_key=typed:2｜name=受託見本　さくら｜affiliation=見本企画株式会社｜role=管理責任者｜begins=2026-0
        　　8-03｜ends=2027-03-31｜notified_on=2026-07-31
        　・　・row_key=typed:3｜name=見本　亮介｜affiliation=見本企画株式会社｜role=講師｜begins=2026-08-03｜ends=2
        　　027-03-31｜notified_on=2026-07-31
        　・　・row_key=typed:4｜name=例野　さくら｜affiliation=見本企画株式会社｜role=講師｜begins=2026-08-03｜ends
        　　=2027-03-31｜notified_on=2026-07-31
        　・　・row_key=typed:5｜name=髙見本　由美子｜affiliation=見本企画株式会社｜role=講師｜begins=2026-08-03｜en
        　　ds=2027-03-31｜notified_on=2026-07-31
        　・　・row_key=typed:6｜name=受託見本　一郎｜affiliation=見本企画株式会社｜role=講師｜begins=2026-08-03｜en
        　　ds=2027-03-31｜notified_on=2026-07-31
        　・timetable 8
        　・　・start=14:00｜end=14:05｜item=AgendaItem 74
        　・　・start=14:05｜end=14:15｜item=AgendaItem 75
        　・　・start=14:15｜end=14:45｜item=AgendaItem 76
        　・　・start=14:45｜end=14:50｜item=AgendaItem 77
        　・　・start=14:50｜end=15:10｜item=AgendaItem 78
        　・　・start=15:10｜end=15:35｜item=AgendaItem 79
        　・　・start=15:35｜end=15:55｜item=AgendaItem 80
        　・　・start=15:55｜end=16:00｜item=AgendaItem 81
        　・supplies 3
        　・　・模造紙、6枚
        　・　・付箋、18人分
        　・　・マーカー、4
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －event=Event 11｜clause=仕4(3)カ｜participant_count=18｜is_attendance_known=✓
        ＋event=Event 11｜participant_count=19
        －　・　・　・number=1｜facilitator=例野　一子｜composition=5人・5団体｜counted_notes=23｜all_notes=23｜sort
        　　ed_notes=23｜topic=役員の仕事を減らす
        ＋　・　・　・number=1｜counted_notes=23｜all_notes=23｜sorted_notes=23｜topic=役員の仕事を減らす
        －　・　・　・number=2｜facilitator=仮井　三郎｜composition=5人・5団体｜counted_notes=27｜all_notes=27｜sort
        　　ed_notes=27｜topic=回覧板を早く届ける
        ＋　・　・　・number=2｜counted_notes=27｜all_notes=27｜sorted_notes=27｜topic=回覧板を早く届ける
        －　・　・　・number=3｜facilitator=見本木　ゆり｜composition=4人・4団体｜counted_notes=21｜all_notes=21｜so
        　　rted_notes=21｜topic=災害時の安否を確かめる
        ＋　・　・　・number=3｜counted_notes=21｜all_notes=21｜sorted_notes=21｜topic=災害時の安否を確かめる
        －　・　・　・number=4｜facilitator=渡邉見本　大地｜composition=4人・4団体｜counted_notes=18｜all_notes=18｜
        　　sorted_notes=18｜topic=若い世帯に知ってもらう
        ＋　・　・　・number=4｜counted_notes=18｜all_notes=18｜sorted_notes=18｜topic=若い世帯に知ってもらう
        －　・　・付箋、18人分
        ＋　・　・付箋、19人分
        ＋　・remarks 4班に対し、ファシリテーターが0人です。各班に1人が要ります。
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_what_will_be_discussed_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_discussion, s, event_id=event_id(s, "意見交換会", 2)) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 12｜clause=仕4(3)カ
        　・discussion
        　・　・groups 4
        　・　・　・number=1｜facilitator=例野　一子
        　・　・　・number=2｜facilitator=仮井　三郎
        　・　・　・number=3｜facilitator=見本木　ゆり
        　・　・　・number=4
        　・workers 12
        　・　・row_key=typed:7｜name=受託見本　次郎｜affiliation=見本企画株式会社　研修部｜role=ファシリテーター｜b
        　　egins=2026-08-03｜ends=2027-03-31｜notified_on=2026-07-31
        　・　・row_key=typed:8｜name=例野　一子｜affiliation=見本企画株式会社｜role=ファシリテーター｜begins=2026-0
        　　8-03｜ends=2027-03-31｜notified_on=2026-07-31
        　・　・row_key=typed:9｜name=仮井　三郎｜affiliation=見本企画株式会社｜role=ファシリテーター｜begins=2026-0
        　　8-03｜ends=2027-03-31｜notified_on=2026-07-31
        　・　・row_key=typed:10｜name=見本木　ゆり｜affiliation=見本企画株式会社｜role=ファシリテーター｜begins=202
        　　6-08-03｜ends=2027-03-31｜notified_on=2026-07-31
        　・　・row_key=typed:11｜name=渡邉見本　大地｜affiliation=見本企画株式会社｜role=ファシリテーター｜begins=2
        　　026-08-03｜ends=2027-03-31｜notified_on=2026-07-31
        　・　・row_key=typed:1｜name=受託見本　恵子｜affiliation=見本企画株式会社｜role=業務責任者｜begins=2026-08-
        　　03｜ends=2027-03-31｜notified_on=2026-07-31
        　・　・row_key=typed:2｜name=受託見本　さくら｜affiliation=見本企画株式会社｜role=管理責任者｜begins=2026-0
        　　8-03｜ends=2027-03-31｜notified_on=2026-07-31
        　・　・row_key=typed:3｜name=見本　亮介｜affiliation=見本企画株式会社｜role=講師｜begins=2026-08-03｜ends=2
        　　027-03-31｜notified_on=2026-07-31
        　・　・row_key=typed:4｜name=例野　さくら｜affiliation=見本企画株式会社｜role=講師｜begins=2026-08-03｜ends
        　　=2027-03-31｜notified_on=2026-07-31
        　・　・row_key=typed:5｜name=髙見本　由美子｜affiliation=見本企画株式会社｜role=講師｜begins=2026-08-03｜en
        　　ds=2027-03-31｜notified_on=2026-07-31
        　・　・row_key=typed:6｜name=受託見本　一郎｜affiliation=見本企画株式会社｜role=講師｜begins=2026-08-03｜en
        　　ds=2027-03-31｜notified_on=2026-07-31
        　・　・row_key=typed:12｜name=受託見本　髙志｜affiliation=見本企画株式会社｜role=アドバイザー｜begins=2026-
        　　12-01｜ends=2027-03-31｜notified_on=2026-11-27
        　・timetable 8
        　・　・start=14:00｜end=14:05｜item=AgendaItem 83
        　・　・start=14:05｜end=14:15｜item=AgendaItem 84
        　・　・start=14:15｜end=14:45｜item=AgendaItem 85
        　・　・start=14:45｜end=14:50｜item=AgendaItem 86
        　・　・start=14:50｜end=15:10｜item=AgendaItem 87
        　・　・start=15:10｜end=15:35｜item=AgendaItem 88
        　・　・start=15:35｜end=15:55｜item=AgendaItem 89
        　・　・start=15:55｜end=16:00｜item=AgendaItem 90
        　・supplies 3
        　・　・模造紙、6枚
        　・　・付箋、人数分
        　・　・マーカー、4
        　・remarks 4班に対し、ファシリテーターが3人です。各班に1人が要ります（仕4(3)カ）。
        　・previous_outcomes 2
        　・　・話合いの時間が足りない、「解決策の検討」を5分延ばし、先進事例紹介を5分短くする。
        　・　・同じ支部の団体が1つの班に集まった、班分けで支部を分ける。
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －event=Event 12｜clause=仕4(3)カ
        ＋event=Event 12
        －　・　・　・number=1｜facilitator=例野　一子
        －　・　・　・number=2｜facilitator=仮井　三郎
        －　・　・　・number=3｜facilitator=見本木　ゆり
        ＋　・　・　・number=1
        ＋　・　・　・number=2
        ＋　・　・　・number=3
        －　・remarks 4班に対し、ファシリテーターが3人です。各班に1人が要ります（仕4(3)カ）。
        ＋　・remarks 4班に対し、ファシリテーターが0人です。各班に1人が要ります。
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )
