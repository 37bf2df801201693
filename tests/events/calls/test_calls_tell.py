"""What the page of 電話 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.events.calls.services.call_view import read_calls
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW, event_id
from tests.support.view_lines import view

TODAY = NOW.date()


def test_the_calls_of_a_cancelled_event_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_calls, s, event_id=event_id(s, "講習会", 8), caller="見本　係員", today=TODAY)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 13｜when_words=令和8年12月10日（木）14:00–16:00｜contact_count=3｜has_decision=✓｜settled_conta
        　　ct_count=2
        　・sheet event=Event 13｜decision=ChangeDecision 1｜waiting_list_count=3｜again_at=2026-12-01 10:00:00｜peo
        　　ple=12
        　・　・lines 11
        　・　・　・key=o4｜organisation_id=4｜name=見本そよかぜ自治会｜branch=第4支部｜id=o4｜newest_call=Call 1｜s
        　　ettled_words=連絡済｜state=連絡済
        　・　・　・　・people 1
        　・　・　・　・　・entry_id=168｜name=仮名　三郎｜newest_call=Call 1｜state=連絡済
        　・　・　・　・　・　・phones 1
        　・　・　・　・　・　・　・number=03-0000-1003｜whose=仮名　三郎
        　・　・　・　・phones 1
        　・　・　・　・　・number=03-0000-1003｜whose=仮名　三郎
        　・　・　・key=o7｜organisation_id=7｜name=見本つきみ台三丁目東部地区防災・見守り活動連合自治会｜branch=第7
        　　支部｜id=o7｜newest_call=Call 2｜settled_words=連絡済｜state=連絡済
        　・　・　・　・people 1
        　・　・　・　・　・entry_id=170｜name=山﨑見本　実｜newest_call=Call 2｜state=連絡済
        　・　・　・　・　・　・phones 1
        　・　・　・　・　・　・　・number=03-0000-1006｜whose=山﨑見本　実
        　・　・　・　・phones 1
        　・　・　・　・　・number=03-0000-1006｜whose=山﨑見本　実
        　・　・　・key=o8｜organisation_id=8｜name=見本ほしぞら自治会｜branch=第8支部｜again_at=2026-12-01 13:00:00
        　　｜id=o8｜newest_call=Call 3｜settled_words=不在・再架電｜state=不在・再架電
        　・　・　・　・people 1
        　・　・　・　・　・entry_id=171｜name=見本木　四郎｜newest_call=Call 3｜state=不在・再架電
        　・　・　・　・　・　・phones 1
        　・　・　・　・　・　・　・number=03-0000-1007｜whose=見本木　四郎
        　・　・　・　・phones 1
        　・　・　・　・　・number=03-0000-1007｜whose=見本木　四郎
        　・　・　・key=o11｜organisation_id=11｜name=見本けやきみち町会｜branch=第11支部｜again_at=2026-12-01 10:00
        　　:00｜id=o11｜newest_call=Call 4｜settled_words=伝言｜state=不在・再架電
        　・　・　・　・people 1
        　・　・　・　・　・entry_id=173｜name=例野　一郎｜newest_call=Call 4｜state=伝言
        　・　・　・　・　・　・phones 1
        　・　・　・　・　・　・　・number=03-0000-1010｜whose=例野　一郎
        　・　・　・　・phones 1
        　・　・　・　・　・number=03-0000-1010｜whose=例野　一郎
        　・　・　・key=o14｜organisation_id=14｜name=見本あさひの自治会｜branch=第14支部｜id=o14｜newest_call=Call
        　　 5｜settled_words=連絡済｜state=連絡済
        　・　・　・　・people 2
        　・　・　・　・　・entry_id=174｜name=渡邉見本　実｜newest_call=Call 5｜state=連絡済
        　・　・　・　・　・　・phones 1
        　・　・　・　・　・　・　・number=03-0000-1013｜whose=渡邉見本　実
        　・　・　・　・　・entry_id=175｜name=見本山　実｜newest_call=Call 5｜state=連絡済
        　・　・　・　・　・　・phones 1
        　・　・　・　・　・　・　・number=03-0000-1053｜whose=見本山　実
        　・　・　・　・phones 2
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －event=Event 13｜when_words=令和8年12月10日（木）14:00–16:00｜contact_count=3｜has_decision=✓｜settled_con
        　　tact_count=2
        ＋event=Event 13｜when_words=令和8年12月10日（木）14:00–16:00｜contact_count=4｜has_decision=✓｜settled_con
        　　tact_count=2
        －　・　・　・key=o4｜organisation_id=4｜name=見本そよかぜ自治会｜branch=第4支部｜id=o4｜newest_call=Call 1
        　　｜settled_words=連絡済｜state=連絡済
        ＋　・　・　・key=o4｜organisation_id=4｜name=見本そよかぜ自治会｜id=o4｜newest_call=Call 1｜settled_words=
        　　連絡済｜state=連絡済
        －　・　・　・key=o7｜organisation_id=7｜name=見本つきみ台三丁目東部地区防災・見守り活動連合自治会｜branch=
        　　第7支部｜id=o7｜newest_call=Call 2｜settled_words=連絡済｜state=連絡済
        ＋　・　・　・key=o7｜organisation_id=7｜name=見本つきみ台三丁目東部地区防災・見守り活動連合自治会｜id=o7｜n
        　　ewest_call=Call 2｜settled_words=連絡済｜state=連絡済
        －　・　・　・key=o8｜organisation_id=8｜name=見本ほしぞら自治会｜branch=第8支部｜again_at=2026-12-01 13:00:
        　　00｜id=o8｜newest_call=Call 3｜settled_words=不在・再架電｜state=不在・再架電
        ＋　・　・　・key=o8｜organisation_id=8｜name=見本ほしぞら自治会｜again_at=2026-12-01 13:00:00｜id=o8｜newes
        　　t_call=Call 3｜settled_words=不在・再架電｜state=不在・再架電
        －　・　・　・key=o11｜organisation_id=11｜name=見本けやきみち町会｜branch=第11支部｜again_at=2026-12-01 10:
        　　00:00｜id=o11｜newest_call=Call 4｜settled_words=伝言｜state=不在・再架電
        ＋　・　・　・key=o11｜organisation_id=11｜name=見本けやきみち町会｜again_at=2026-12-01 10:00:00｜id=o11｜ne
        　　west_call=Call 4｜settled_words=伝言｜state=不在・再架電
        －　・　・　・key=o14｜organisation_id=14｜name=見本あさひの自治会｜branch=第14支部｜id=o14｜newest_call=Cal
        　　l 5｜settled_words=連絡済｜state=連絡済
        ＋　・　・　・key=o14｜organisation_id=14｜name=見本あさひの自治会｜id=o14｜newest_call=Call 5｜settled_word
        　　s=連絡済｜state=連絡済
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_the_calls_of_an_event_to_come_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_calls, s, event_id=event_id(s, "講習会", 6), caller="見本　係員", today=TODAY)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 6｜when_words=令和8年12月8日（火）14:00–16:00｜contact_count=2｜settled_contact_count=0
        　・sheet event=Event 6｜waiting_list_count=0｜people=14
        　・　・lines 8
        　・　・　・key=o1｜organisation_id=1｜name=見本あおば町会｜branch=第1支部｜id=o1｜settled_words=未連絡｜sta
        　　te=未連絡
        　・　・　・　・people 2
        　・　・　・　・　・entry_id=84｜name=仮名　和子｜state=未連絡
        　・　・　・　・　・　・phones 1
        　・　・　・　・　・　・　・number=03-0000-1000｜whose=仮名　和子
        　・　・　・　・　・entry_id=85｜name=試山　節子｜state=未連絡
        　・　・　・　・　・　・phones 1
        　・　・　・　・　・　・　・number=03-0000-1040｜whose=試山　節子
        　・　・　・　・phones 2
        　・　・　・　・　・number=03-0000-1000｜whose=仮名　和子
        　・　・　・　・　・number=03-0000-1040｜whose=試山　節子
        　・　・　・key=o3｜organisation_id=3｜name=見本ひだまり町会｜branch=第3支部｜id=o3｜settled_words=未連絡｜s
        　　tate=未連絡
        　・　・　・　・people 2
        　・　・　・　・　・entry_id=86｜name=例川　幸子｜state=未連絡
        　・　・　・　・　・　・phones 1
        　・　・　・　・　・　・　・number=03-0000-1002｜whose=例川　幸子
        　・　・　・　・　・entry_id=87｜name=仮井　花子｜state=未連絡
        　・　・　・　・　・　・phones 1
        　・　・　・　・　・　・　・number=03-0000-1042｜whose=仮井　花子
        　・　・　・　・phones 2
        　・　・　・　・　・number=03-0000-1002｜whose=例川　幸子
        　・　・　・　・　・number=03-0000-1042｜whose=仮井　花子
        　・　・　・key=o6｜organisation_id=6｜name=見本はなみず自治会｜branch=第6支部｜id=o6｜settled_words=未連絡
        　　｜state=未連絡
        　・　・　・　・people 1
        　・　・　・　・　・entry_id=88｜name=濵例　四郎｜state=未連絡
        　・　・　・　・　・　・phones 1
        　・　・　・　・　・　・　・number=03-0000-1005｜whose=濵例　四郎
        　・　・　・　・phones 1
        　・　・　・　・　・number=03-0000-1005｜whose=濵例　四郎
        　・　・　・key=o9｜organisation_id=9｜name=見本わかば町会｜branch=第9支部｜id=o9｜settled_words=未連絡｜sta
        　　te=未連絡
        　・　・　・　・people 2
        　・　・　・　・　・entry_id=89｜name=例野　実｜state=未連絡
        　・　・　・　・　・　・phones 1
        　・　・　・　・　・　・　・number=03-0000-1008｜whose=例野　実
        　・　・　・　・　・entry_id=90｜name=仮森　五郎｜state=未連絡
        　・　・　・　・　・　・phones 1
        　・　・　・　・　・　・　・number=03-0000-1048｜whose=仮森　五郎
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・　・key=o1｜organisation_id=1｜name=見本あおば町会｜branch=第1支部｜id=o1｜settled_words=未連絡｜s
        　　tate=未連絡
        ＋　・　・　・key=o1｜organisation_id=1｜name=見本あおば町会｜id=o1｜settled_words=未連絡｜state=未連絡
        －　・　・　・key=o3｜organisation_id=3｜name=見本ひだまり町会｜branch=第3支部｜id=o3｜settled_words=未連絡
        　　｜state=未連絡
        ＋　・　・　・key=o3｜organisation_id=3｜name=見本ひだまり町会｜id=o3｜settled_words=未連絡｜state=未連絡
        －　・　・　・key=o6｜organisation_id=6｜name=見本はなみず自治会｜branch=第6支部｜id=o6｜settled_words=未連
        　　絡｜state=未連絡
        ＋　・　・　・key=o6｜organisation_id=6｜name=見本はなみず自治会｜id=o6｜settled_words=未連絡｜state=未連絡
        －　・　・　・key=o9｜organisation_id=9｜name=見本わかば町会｜branch=第9支部｜id=o9｜settled_words=未連絡｜s
        　　tate=未連絡
        ＋　・　・　・key=o9｜organisation_id=9｜name=見本わかば町会｜id=o9｜settled_words=未連絡｜state=未連絡
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －event=Event 6｜when_words=令和8年12月8日（火）14:00–16:00｜contact_count=2｜settled_contact_count=0
        －　・sheet event=Event 6｜waiting_list_count=0｜people=14
        ＋event=Event 6｜when_words=令和8年12月17日（木）14:00–16:00｜contact_count=2｜has_decision=✓｜settled_cont
        　　act_count=0
        ＋　・sheet event=Event 6｜decision=ChangeDecision 2｜waiting_list_count=0｜people=13
        －　・　・　・　・people 2
        －　・　・　・　・　・entry_id=84｜name=仮名　和子｜state=未連絡
        －　・　・　・　・　・　・phones 1
        －　・　・　・　・　・　・　・number=03-0000-1000｜whose=仮名　和子
        ＋　・　・　・　・people 1
        －　・　・　・　・phones 2
        －　・　・　・　・　・number=03-0000-1000｜whose=仮名　和子
        ＋　・　・　・　・phones 1
        －　・　・　・key=o3｜organisation_id=3｜name=見本ひだまり町会｜branch=第3支部｜id=o3｜settled_words=未連絡
        　　｜state=未連絡
        ＋　・　・　・key=o3｜organisation_id=3｜name=新見本ひだまり町会｜branch=第3支部｜id=o3｜settled_words=未連
        　　絡｜state=未連絡
        ＋　・　・　・　・phones 2
        ＋　・　・　・　・　・number=03-0000-1008｜whose=例野　実
        """,
    )
