"""What the page of その日のページ is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.event_day.day.services.day_overview import read_day
from app.event_day.day.services.day_pack import read_pack
from app.event_day.day.services.guide_documents import read_guide
from app.event_day.day.services.preflight import read_preflight_facts
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW, event_id
from tests.support.view_lines import view

TODAY = NOW.date()


def test_the_day_of_a_lecture_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_day, s, event_id=event_id(s, "講習会", 6), now=NOW) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 6｜people_words=参加予定 **14人**・8団体　貸与 8台 持参 6台｜roster_copies=0｜checkouts_outstand
        　　ing=1｜tablets_outstanding=0｜tablet_words=希望 8人　割当 0台｜care_words=0 / 2人 手配済｜has_survey=✓
        　・pack event_id=6｜title=第6回 Instagram講習会（2回目）｜event_date=2026-12-08｜kind=講習会｜stem=R8-講06-
        　　当日セット｜has_handouts=✓
        　・　・rows 8
        　・　・　・kind=受付名簿｜is_ready=✓｜state=14人　うち氏名未定 1人｜is_ticked=✓｜copies=2｜personal=✓｜is_i
        　　n_set=✓｜is_in_joined_pdf=✓｜id=受付名簿
        　・　・　・　・formats pdf、xlsx
        　・　・　・kind=当日進行表・機材チェック表｜is_ready=✓｜state=必要部数　14＋予備2＝16部（人数連絡前）｜is_t
        　　icked=✓｜copies=2｜is_in_set=✓｜is_in_joined_pdf=✓｜id=当日進行表・機材チェック表
        　・　・　・　・formats pdf、xlsx
        　・　・　・kind=実施確認票｜is_ready=✓｜is_ticked=✓｜copies=1｜is_in_set=✓｜is_in_joined_pdf=✓｜id=実施確認
        　　票
        　・　・　・　・formats pdf、xlsx
        　・　・　・kind=名札｜is_ready=✓｜copies=1｜personal=✓｜is_in_joined_pdf=✓｜id=名札
        　・　・　・　・formats pdf
        　・　・　・kind=席札｜is_ready=✓｜copies=1｜personal=✓｜id=席札
        　・　・　・　・formats pdf
        　・　・　・kind=当日のしおり｜is_ready=✓｜state=両面・短辺とじで印刷し、二つ折り（2枚のときは重ねて）｜copi
        　　es=16｜is_in_joined_pdf=✓｜id=当日のしおり
        　・　・　・　・formats pdf
        　・　・　・kind=当日のしおり（拡大版）｜is_ready=✓｜copies=1｜id=当日のしおり（拡大版）
        　・　・　・　・formats pdf
        　・　・　・kind=アンケート用紙｜is_ready=✓｜state=協議中　10問　必要 16部｜copies=16｜id=アンケート用紙
        　・　・　・　・formats pdf
        　・　・related_lines 配布資料　14＋予備2＝16部（人数連絡前）
        　・options
        　・facts day=2026-12-08｜start=14:00｜end=16:00｜state_word=予定｜changed_count=0｜outstanding_count=1｜peo
        　　ple=14｜unmarked=14｜check_in_opens_at=2026-12-08 13:30:00｜ends_at=2026-12-08 16:00:00｜starts_at=2026-
        　　12-08 14:00:00｜takes_place=✓
        　・lines 7
        　・　・step=紙｜title=紙をそろえる｜words=当日一式 3種　まだ印刷していません
        　・　・step=持出し｜title=持ち出す｜words=持ち出す前に、持出し管理簿に記録します
        　・　・step=受付｜title=受付｜words=12/8(火) 13:30 から　受付済 0 / 14人
        　・　・step=実施｜title=実施を確かめる｜words=14:00–16:00　実施確認票に区の立会者が書きます
        　・　・step=回収｜title=アンケートを集める｜words=箱で回収し、枚数だけ数えて受託者へ渡します
        　・　・step=返却｜title=持ち帰って返す｜words=配慮の手配の一覧 1部　返却を記録するまで残ります
        　・　・step=出席｜title=出席を決める｜words=未確認 14人　名前を見て決めます。まとめて欠席にはしません
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －event=Event 6｜people_words=参加予定 **14人**・8団体　貸与 8台 持参 6台｜roster_copies=0｜checkouts_outsta
        　　nding=1｜tablets_outstanding=0｜tablet_words=希望 8人　割当 0台｜care_words=0 / 2人 手配済｜has_survey=✓
        ＋event=Event 6｜people_words=参加予定 **14人**・8団体｜roster_copies=0｜checkouts_outstanding=1｜tablets_ou
        　　tstanding=0｜tablet_words=貸与はありません｜care_words=配慮の記入はありません｜has_survey=✓
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －event=Event 6｜people_words=参加予定 **14人**・8団体　貸与 8台 持参 6台｜roster_copies=0｜checkouts_outsta
        　　nding=1｜tablets_outstanding=0｜tablet_words=希望 8人　割当 0台｜care_words=0 / 2人 手配済｜has_survey=✓
        －　・pack event_id=6｜title=第6回 Instagram講習会（2回目）｜event_date=2026-12-08｜kind=講習会｜stem=R8-講0
        　　6-当日セット｜has_handouts=✓
        ＋event=Event 6｜people_words=参加予定 **13人**・8団体　貸与 7台 持参 6台｜roster_copies=0｜checkouts_outsta
        　　nding=1｜tablets_outstanding=0｜tablet_words=希望 7人　割当 0台｜care_words=0 / 1人 手配済｜has_survey=✓
        ＋　・pack event_id=6｜title=第6回 Instagram講習会（2回目）｜event_date=2026-12-17｜kind=講習会｜stem=R8-講0
        　　6-当日セット｜has_handouts=✓
        －　・　・　・kind=受付名簿｜is_ready=✓｜state=14人　うち氏名未定 1人｜is_ticked=✓｜copies=2｜personal=✓｜is
        　　_in_set=✓｜is_in_joined_pdf=✓｜id=受付名簿
        ＋　・　・　・kind=受付名簿｜is_ready=✓｜state=13人　うち氏名未定 1人｜is_ticked=✓｜copies=2｜personal=✓｜is
        　　_in_set=✓｜is_in_joined_pdf=✓｜id=受付名簿
        －　・　・　・kind=当日進行表・機材チェック表｜is_ready=✓｜state=必要部数　14＋予備2＝16部（人数連絡前）｜is
        　　_ticked=✓｜copies=2｜is_in_set=✓｜is_in_joined_pdf=✓｜id=当日進行表・機材チェック表
        ＋　・　・　・kind=当日進行表・機材チェック表｜is_ready=✓｜state=必要部数　13＋予備2＝15部（人数連絡前）｜is
        　　_ticked=✓｜copies=2｜is_in_set=✓｜is_in_joined_pdf=✓｜id=当日進行表・機材チェック表
        －　・　・　・kind=当日のしおり｜is_ready=✓｜state=両面・短辺とじで印刷し、二つ折り（2枚のときは重ねて）｜co
        　　pies=16｜is_in_joined_pdf=✓｜id=当日のしおり
        ＋　・　・　・kind=当日のしおり｜is_ready=✓｜state=両面・短辺とじで印刷し、二つ折り（2枚のときは重ねて）　確
        　　かめるところがあります｜copies=15｜mark=確かめるところがあります｜is_in_joined_pdf=✓｜id=当日のしおり
        －　・　・　・kind=当日のしおり（拡大版）｜is_ready=✓｜copies=1｜id=当日のしおり（拡大版）
        ＋　・　・　・kind=当日のしおり（拡大版）｜is_ready=✓｜state=確かめるところがあります｜copies=1｜mark=確かめ
        　　るところがあります｜id=当日のしおり（拡大版）
        －　・　・　・kind=アンケート用紙｜is_ready=✓｜state=協議中　10問　必要 16部｜copies=16｜id=アンケート用紙
        ＋　・　・　・kind=アンケート用紙｜is_ready=✓｜state=協議中　10問　必要 15部　確かめるところがあります｜copi
        　　es=15｜mark=確かめるところがあります｜id=アンケート用紙
        －　・　・related_lines 配布資料　14＋予備2＝16部（人数連絡前）
        ＋　・　・related_lines 配布資料　13＋予備2＝15部（人数連絡前）
        """,
    )


def test_the_day_of_a_past_exchange_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_day, s, event_id=event_id(s, "意見交換会", 1), now=NOW)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 11｜people_words=参加予定 **19人**・15団体｜roster_copies=0｜checkouts_outstanding=0｜tablets_ou
        　　tstanding=0｜tablet_words=貸与はありません｜care_words=1 / 1人 手配済｜has_survey=✓
        　・pack event_id=11｜title=第1回 意見交換会｜event_date=2026-11-12｜kind=意見交換会｜stem=R8-意01-当日セッ
        　　ト｜has_handouts=✓
        　・　・rows 9
        　・　・　・kind=受付名簿｜is_ready=✓｜state=19人｜copies=2｜personal=✓｜is_in_set=✓｜is_in_joined_pdf=✓｜id
        　　=受付名簿
        　・　・　・　・formats pdf、xlsx
        　・　・　・kind=当日進行表・機材チェック表｜is_ready=✓｜state=必要部数　19＋予備2＝21部｜copies=2｜is_in_se
        　　t=✓｜is_in_joined_pdf=✓｜id=当日進行表・機材チェック表
        　・　・　・　・formats pdf、xlsx
        　・　・　・kind=実施確認票｜is_ready=✓｜copies=1｜is_in_set=✓｜is_in_joined_pdf=✓｜id=実施確認票
        　・　・　・　・formats pdf、xlsx
        　・　・　・kind=名札｜is_ready=✓｜copies=1｜personal=✓｜is_in_joined_pdf=✓｜id=名札
        　・　・　・　・formats pdf
        　・　・　・kind=席札｜is_ready=✓｜copies=1｜personal=✓｜id=席札
        　・　・　・　・formats pdf
        　・　・　・kind=班札｜is_ready=✓｜state=4班｜copies=1｜id=班札
        　・　・　・　・formats pdf
        　・　・　・kind=当日のしおり｜is_ready=✓｜state=両面・短辺とじで印刷し、二つ折り（2枚のときは重ねて）｜copi
        　　es=21｜is_in_joined_pdf=✓｜id=当日のしおり
        　・　・　・　・formats pdf
        　・　・　・kind=当日のしおり（拡大版）｜is_ready=✓｜copies=1｜id=当日のしおり（拡大版）
        　・　・　・　・formats pdf
        　・　・　・kind=アンケート用紙｜is_ready=✓｜state=設問決定　10問　必要 21部｜copies=21｜id=アンケート用紙
        　・　・　・　・formats pdf
        　・　・related_lines 配布資料　19＋予備2＝21部
        　・options
        　・facts day=2026-11-12｜start=14:00｜end=16:00｜state_word=実施済｜has_result=✓｜changed_count=0｜outstand
        　　ing_count=0｜people=19｜unmarked=0｜check_in_closed=✓｜has_responses=✓｜check_in_opens_at=2026-11-12 13:
        　　30:00｜ends_at=2026-11-12 16:00:00｜starts_at=2026-11-12 14:00:00｜takes_place=✓
        　・lines 7
        　・　・step=紙｜title=紙をそろえる｜words=印刷した記録はありません
        　・　・step=持出し｜title=持ち出す｜words=持ち出した記録はありません
        　・　・step=受付｜title=受付｜words=受付を閉じました　受付済 18 / 19人｜is_done=✓
        　・　・step=実施｜title=実施を確かめる｜words=出席 18人・欠席 1人　区の立会い 区民協働担当係　2人｜is_done=
        　　✓
        　・　・step=回収｜title=アンケートを集める｜words=回収 17件｜is_done=✓
        　・　・step=返却｜title=持ち帰って返す｜words=持ち出した記録はありません
        　・　・step=出席｜title=出席を決める｜words=出席 18人・欠席 1人｜is_done=✓
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －event=Event 11｜people_words=参加予定 **19人**・15団体｜roster_copies=0｜checkouts_outstanding=0｜tablets_
        　　outstanding=0｜tablet_words=貸与はありません｜care_words=1 / 1人 手配済｜has_survey=✓
        ＋event=Event 11｜people_words=参加予定 **19人**・15団体｜roster_copies=0｜checkouts_outstanding=0｜tablets_
        　　outstanding=0｜tablet_words=貸与はありません｜care_words=配慮の記入はありません｜has_survey=✓
        －　・　・　・kind=アンケート用紙｜is_ready=✓｜state=設問決定　10問　必要 21部｜copies=21｜id=アンケート用紙
        ＋　・　・　・kind=アンケート用紙｜is_ready=✓｜state=協議中　10問　必要 21部｜copies=21｜id=アンケート用紙
        －　・facts day=2026-11-12｜start=14:00｜end=16:00｜state_word=実施済｜has_result=✓｜changed_count=0｜outsta
        　　nding_count=0｜people=19｜unmarked=0｜check_in_closed=✓｜has_responses=✓｜check_in_opens_at=2026-11-12 1
        　　3:30:00｜ends_at=2026-11-12 16:00:00｜starts_at=2026-11-12 14:00:00｜takes_place=✓
        ＋　・facts day=2026-11-12｜start=14:00｜end=16:00｜state_word=結果未記録｜has_result=✓｜changed_count=0｜ou
        　　tstanding_count=0｜people=19｜unmarked=19｜check_in_closed=✓｜has_responses=✓｜check_in_opens_at=2026-11
        　　-12 13:30:00｜ends_at=2026-11-12 16:00:00｜starts_at=2026-11-12 14:00:00｜takes_place=✓
        －　・　・step=受付｜title=受付｜words=受付を閉じました　受付済 18 / 19人｜is_done=✓
        －　・　・step=実施｜title=実施を確かめる｜words=出席 18人・欠席 1人　区の立会い 区民協働担当係　2人｜is_don
        　　e=✓
        ＋　・　・step=受付｜title=受付｜words=受付を閉じました　受付済 0 / 19人｜is_done=✓
        ＋　・　・step=実施｜title=実施を確かめる｜words=実施済。人数はまだ記録されていません｜is_done=✓
        －　・　・step=出席｜title=出席を決める｜words=出席 18人・欠席 1人｜is_done=✓
        ＋　・　・step=出席｜title=出席を決める｜words=未確認 19人　名前を見て決めます。まとめて欠席にはしません
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_the_set_of_papers_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_pack, s, event_id=event_id(s, "講習会", 6), now=NOW) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event_id=6｜title=第6回 Instagram講習会（2回目）｜event_date=2026-12-08｜kind=講習会｜stem=R8-講06-当日セッ
        　　ト｜has_handouts=✓
        　・rows 8
        　・　・kind=受付名簿｜is_ready=✓｜state=14人　うち氏名未定 1人｜is_ticked=✓｜copies=2｜personal=✓｜is_in_se
        　　t=✓｜is_in_joined_pdf=✓｜id=受付名簿
        　・　・　・formats pdf、xlsx
        　・　・kind=当日進行表・機材チェック表｜is_ready=✓｜state=必要部数　14＋予備2＝16部（人数連絡前）｜is_ticke
        　　d=✓｜copies=2｜is_in_set=✓｜is_in_joined_pdf=✓｜id=当日進行表・機材チェック表
        　・　・　・formats pdf、xlsx
        　・　・kind=実施確認票｜is_ready=✓｜is_ticked=✓｜copies=1｜is_in_set=✓｜is_in_joined_pdf=✓｜id=実施確認票
        　・　・　・formats pdf、xlsx
        　・　・kind=名札｜is_ready=✓｜copies=1｜personal=✓｜is_in_joined_pdf=✓｜id=名札
        　・　・　・formats pdf
        　・　・kind=席札｜is_ready=✓｜copies=1｜personal=✓｜id=席札
        　・　・　・formats pdf
        　・　・kind=当日のしおり｜is_ready=✓｜state=両面・短辺とじで印刷し、二つ折り（2枚のときは重ねて）｜copies=1
        　　6｜is_in_joined_pdf=✓｜id=当日のしおり
        　・　・　・formats pdf
        　・　・kind=当日のしおり（拡大版）｜is_ready=✓｜copies=1｜id=当日のしおり（拡大版）
        　・　・　・formats pdf
        　・　・kind=アンケート用紙｜is_ready=✓｜state=協議中　10問　必要 16部｜copies=16｜id=アンケート用紙
        　・　・　・formats pdf
        　・related_lines 配布資料　14＋予備2＝16部（人数連絡前）
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
        －event_id=6｜title=第6回 Instagram講習会（2回目）｜event_date=2026-12-08｜kind=講習会｜stem=R8-講06-当日セ
        　　ット｜has_handouts=✓
        ＋event_id=6｜title=第6回 Instagram講習会（2回目）｜event_date=2026-12-17｜kind=講習会｜stem=R8-講06-当日セ
        　　ット｜has_handouts=✓
        －　・　・kind=受付名簿｜is_ready=✓｜state=14人　うち氏名未定 1人｜is_ticked=✓｜copies=2｜personal=✓｜is_in_
        　　set=✓｜is_in_joined_pdf=✓｜id=受付名簿
        ＋　・　・kind=受付名簿｜is_ready=✓｜state=13人　うち氏名未定 1人｜is_ticked=✓｜copies=2｜personal=✓｜is_in_
        　　set=✓｜is_in_joined_pdf=✓｜id=受付名簿
        －　・　・kind=当日進行表・機材チェック表｜is_ready=✓｜state=必要部数　14＋予備2＝16部（人数連絡前）｜is_tic
        　　ked=✓｜copies=2｜is_in_set=✓｜is_in_joined_pdf=✓｜id=当日進行表・機材チェック表
        ＋　・　・kind=当日進行表・機材チェック表｜is_ready=✓｜state=必要部数　13＋予備2＝15部（人数連絡前）｜is_tic
        　　ked=✓｜copies=2｜is_in_set=✓｜is_in_joined_pdf=✓｜id=当日進行表・機材チェック表
        －　・　・kind=当日のしおり｜is_ready=✓｜state=両面・短辺とじで印刷し、二つ折り（2枚のときは重ねて）｜copies
        　　=16｜is_in_joined_pdf=✓｜id=当日のしおり
        ＋　・　・kind=当日のしおり｜is_ready=✓｜state=両面・短辺とじで印刷し、二つ折り（2枚のときは重ねて）　確かめ
        　　るところがあります｜copies=15｜mark=確かめるところがあります｜is_in_joined_pdf=✓｜id=当日のしおり
        －　・　・kind=当日のしおり（拡大版）｜is_ready=✓｜copies=1｜id=当日のしおり（拡大版）
        ＋　・　・kind=当日のしおり（拡大版）｜is_ready=✓｜state=確かめるところがあります｜copies=1｜mark=確かめると
        　　ころがあります｜id=当日のしおり（拡大版）
        －　・　・kind=アンケート用紙｜is_ready=✓｜state=協議中　10問　必要 16部｜copies=16｜id=アンケート用紙
        ＋　・　・kind=アンケート用紙｜is_ready=✓｜state=協議中　10問　必要 15部　確かめるところがあります｜copies=1
        　　5｜mark=確かめるところがあります｜id=アンケート用紙
        －　・related_lines 配布資料　14＋予備2＝16部（人数連絡前）
        ＋　・related_lines 配布資料　13＋予備2＝15部（人数連絡前）
        """,
    )


def test_what_is_checked_before_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_preflight_facts, s, event_id=event_id(s, "講習会", 6), today=TODAY)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 6
        　・people 14
        　・　・entry_id=84｜number=1｜name=仮名　和子｜reading=かめい　かずこ｜organisation=見本あおば町会｜person_
        　　id=1｜key=見本あおば町会/仮名和子｜words=1　仮名　和子（見本あおば町会）
        　・　・entry_id=85｜number=2｜name=試山　節子｜reading=ためしやま　せつこ｜organisation=見本あおば町会｜per
        　　son_id=41｜key=見本あおば町会/試山節子｜words=2　試山　節子（見本あおば町会）
        　・　・entry_id=94｜number=3｜name=葛󠄀例　実｜reading=かつらぎれい　みのる｜organisation=見本ひばり自治会
        　　｜person_id=18｜key=見本ひばり自治会/葛例実｜words=3　葛󠄀例　実（見本ひばり自治会）
        　・　・entry_id=95｜number=4｜name=仮森　一郎｜reading=かりもり　いちろう｜organisation=見本ひばり自治会｜p
        　　erson_id=58｜key=見本ひばり自治会/仮森一郎｜words=4　仮森　一郎（見本ひばり自治会）
        　・　・entry_id=96｜number=5｜organisation=見本ひばり自治会｜words=5　氏名未定（見本ひばり自治会）
        　・　・entry_id=86｜number=6｜name=例川　幸子｜reading=れいかわ　さちこ｜organisation=見本ひだまり町会｜per
        　　son_id=3｜key=見本ひだまり町会/例川幸子｜words=6　例川　幸子（見本ひだまり町会）
        　・　・entry_id=87｜number=7｜name=仮井　花子｜reading=かりい　はなこ｜organisation=見本ひだまり町会｜perso
        　　n_id=43｜key=見本ひだまり町会/仮井花子｜words=7　仮井　花子（見本ひだまり町会）
        　・　・entry_id=97｜number=8｜name=仮田　実｜reading=かりた　みのる｜organisation=見本こもれび団地自治会｜p
        　　erson_id=22｜key=見本こもれび団地自治会/仮田実｜words=8　仮田　実（見本こもれび団地自治会）
        　・　・entry_id=88｜number=9｜name=濵例　四郎｜reading=はまれい　しろう｜organisation=見本はなみず自治会｜p
        　　erson_id=6｜key=見本はなみず自治会/浜例四郎｜words=9　濵例　四郎（見本はなみず自治会）
        　・　・entry_id=89｜number=10｜name=例野　実｜reading=れいの　みのる｜organisation=見本わかば町会｜person_i
        　　d=9｜key=見本わかば町会/例野実｜words=10　例野　実（見本わかば町会）
        　・　・entry_id=90｜number=11｜name=仮森　五郎｜reading=かりもり　ごろう｜organisation=見本わかば町会｜pers
        　　on_id=49｜key=見本わかば町会/仮森五郎｜words=11　仮森　五郎（見本わかば町会）
        　・　・entry_id=91｜number=12｜name=𠮷見本　清｜reading=よしみほん　きよし｜organisation=見本いずみ自治会｜
        　　person_id=12｜key=見本いずみ自治会/吉見本清｜words=12　𠮷見本　清（見本いずみ自治会）
        　・findings 5
        　・　・subject=氏名未定｜severity=確認｜sentence=氏名未定が1人います。名簿では氏名の欄が空きます。｜entry_i
        　　d=96
        　・　・　・details 5　氏名未定（見本ひばり自治会）
        　・　・subject=配慮｜severity=確認｜sentence=手配の済んでいない配慮が2件あります。｜entry_id=84
        　・　・　・details 1　仮名　和子（見本あおば町会）、6　例川　幸子（見本ひだまり町会）
        　・　・subject=タブレット｜severity=確認｜sentence=貸与タブレットの割当てが8台分まだです。
        　・　・　・details 貸与を希望 8人、割当済 0台、割り当てられる端末 12台
        　・　・subject=資料｜severity=確認｜sentence=確認済でない資料が2点あります。
        　・　・　・details 講習資料「Instagramの投稿と注意点」　結果未通知、操作手順書　区が確認中
        　・　・subject=人数｜severity=確認｜sentence=参加人数（14人）を、まだ連絡していません。
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・entry_id=84｜number=1｜name=仮名　和子｜reading=かめい　かずこ｜organisation=見本あおば町会｜perso
        　　n_id=1｜key=見本あおば町会/仮名和子｜words=1　仮名　和子（見本あおば町会）
        －　・　・entry_id=85｜number=2｜name=試山　節子｜reading=ためしやま　せつこ｜organisation=見本あおば町会｜p
        　　erson_id=41｜key=見本あおば町会/試山節子｜words=2　試山　節子（見本あおば町会）
        －　・　・entry_id=94｜number=3｜name=葛󠄀例　実｜reading=かつらぎれい　みのる｜organisation=見本ひばり自治
        　　会｜person_id=18｜key=見本ひばり自治会/葛例実｜words=3　葛󠄀例　実（見本ひばり自治会）
        －　・　・entry_id=95｜number=4｜name=仮森　一郎｜reading=かりもり　いちろう｜organisation=見本ひばり自治会
        　　｜person_id=58｜key=見本ひばり自治会/仮森一郎｜words=4　仮森　一郎（見本ひばり自治会）
        －　・　・entry_id=96｜number=5｜organisation=見本ひばり自治会｜words=5　氏名未定（見本ひばり自治会）
        －　・　・entry_id=86｜number=6｜name=例川　幸子｜reading=れいかわ　さちこ｜organisation=見本ひだまり町会｜p
        　　erson_id=3｜key=見本ひだまり町会/例川幸子｜words=6　例川　幸子（見本ひだまり町会）
        －　・　・entry_id=87｜number=7｜name=仮井　花子｜reading=かりい　はなこ｜organisation=見本ひだまり町会｜per
        　　son_id=43｜key=見本ひだまり町会/仮井花子｜words=7　仮井　花子（見本ひだまり町会）
        －　・　・entry_id=97｜number=8｜name=仮田　実｜reading=かりた　みのる｜organisation=見本こもれび団地自治会
        　　｜person_id=22｜key=見本こもれび団地自治会/仮田実｜words=8　仮田　実（見本こもれび団地自治会）
        －　・　・entry_id=88｜number=9｜name=濵例　四郎｜reading=はまれい　しろう｜organisation=見本はなみず自治会
        　　｜person_id=6｜key=見本はなみず自治会/浜例四郎｜words=9　濵例　四郎（見本はなみず自治会）
        －　・　・entry_id=89｜number=10｜name=例野　実｜reading=れいの　みのる｜organisation=見本わかば町会｜person
        　　_id=9｜key=見本わかば町会/例野実｜words=10　例野　実（見本わかば町会）
        －　・　・entry_id=90｜number=11｜name=仮森　五郎｜reading=かりもり　ごろう｜organisation=見本わかば町会｜pe
        　　rson_id=49｜key=見本わかば町会/仮森五郎｜words=11　仮森　五郎（見本わかば町会）
        －　・　・entry_id=91｜number=12｜name=𠮷見本　清｜reading=よしみほん　きよし｜organisation=見本いずみ自治会
        　　｜person_id=12｜key=見本いずみ自治会/吉見本清｜words=12　𠮷見本　清（見本いずみ自治会）
        －　・findings 5
        ＋　・　・entry_id=84｜number=1｜name=仮名　和子｜organisation=見本あおば町会｜person_id=1｜key=見本あおば町
        　　会/仮名和子｜words=1　仮名　和子（見本あおば町会）
        ＋　・　・entry_id=85｜number=2｜name=試山　節子｜organisation=見本あおば町会｜person_id=41｜key=見本あおば
        　　町会/試山節子｜words=2　試山　節子（見本あおば町会）
        ＋　・　・entry_id=86｜number=3｜name=例川　幸子｜organisation=見本ひだまり町会｜person_id=3｜key=見本ひだま
        　　り町会/例川幸子｜words=3　例川　幸子（見本ひだまり町会）
        ＋　・　・entry_id=87｜number=4｜name=仮井　花子｜organisation=見本ひだまり町会｜person_id=43｜key=見本ひだ
        　　まり町会/仮井花子｜words=4　仮井　花子（見本ひだまり町会）
        ＋　・　・entry_id=88｜number=5｜name=濵例　四郎｜organisation=見本はなみず自治会｜person_id=6｜key=見本はな
        　　みず自治会/浜例四郎｜words=5　濵例　四郎（見本はなみず自治会）
        ＋　・　・entry_id=89｜number=6｜name=例野　実｜organisation=見本わかば町会｜person_id=9｜key=見本わかば町会
        　　/例野実｜words=6　例野　実（見本わかば町会）
        ＋　・　・entry_id=90｜number=7｜name=仮森　五郎｜organisation=見本わかば町会｜person_id=49｜key=見本わかば
        　　町会/仮森五郎｜words=7　仮森　五郎（見本わかば町会）
        ＋　・　・entry_id=91｜number=8｜name=𠮷見本　清｜organisation=見本いずみ自治会｜person_id=12｜key=見本いず
        　　み自治会/吉見本清｜words=8　𠮷見本　清（見本いずみ自治会）
        ＋　・　・entry_id=92｜number=9｜name=例川　四郎｜organisation=見本やまびこ町会｜person_id=15｜key=見本やま
        　　びこ町会/例川四郎｜words=9　例川　四郎（見本やまびこ町会）
        ＋　・　・entry_id=93｜number=10｜name=𠮷見本　和子｜organisation=見本やまびこ町会｜person_id=55｜key=見本や
        　　まびこ町会/吉見本和子｜words=10　𠮷見本　和子（見本やまびこ町会）
        ＋　・　・entry_id=94｜number=11｜name=葛󠄀例　実｜organisation=見本ひばり自治会｜person_id=18｜key=見本ひば
        　　り自治会/葛例実｜words=11　葛󠄀例　実（見本ひばり自治会）
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －　・people 14
        －　・　・entry_id=84｜number=1｜name=仮名　和子｜reading=かめい　かずこ｜organisation=見本あおば町会｜perso
        　　n_id=1｜key=見本あおば町会/仮名和子｜words=1　仮名　和子（見本あおば町会）
        －　・　・entry_id=85｜number=2｜name=試山　節子｜reading=ためしやま　せつこ｜organisation=見本あおば町会｜p
        　　erson_id=41｜key=見本あおば町会/試山節子｜words=2　試山　節子（見本あおば町会）
        －　・　・entry_id=94｜number=3｜name=葛󠄀例　実｜reading=かつらぎれい　みのる｜organisation=見本ひばり自治
        　　会｜person_id=18｜key=見本ひばり自治会/葛例実｜words=3　葛󠄀例　実（見本ひばり自治会）
        －　・　・entry_id=95｜number=4｜name=仮森　一郎｜reading=かりもり　いちろう｜organisation=見本ひばり自治会
        　　｜person_id=58｜key=見本ひばり自治会/仮森一郎｜words=4　仮森　一郎（見本ひばり自治会）
        －　・　・entry_id=96｜number=5｜organisation=見本ひばり自治会｜words=5　氏名未定（見本ひばり自治会）
        －　・　・entry_id=86｜number=6｜name=例川　幸子｜reading=れいかわ　さちこ｜organisation=見本ひだまり町会｜p
        　　erson_id=3｜key=見本ひだまり町会/例川幸子｜words=6　例川　幸子（見本ひだまり町会）
        －　・　・entry_id=87｜number=7｜name=仮井　花子｜reading=かりい　はなこ｜organisation=見本ひだまり町会｜per
        　　son_id=43｜key=見本ひだまり町会/仮井花子｜words=7　仮井　花子（見本ひだまり町会）
        －　・　・entry_id=97｜number=8｜name=仮田　実｜reading=かりた　みのる｜organisation=見本こもれび団地自治会
        　　｜person_id=22｜key=見本こもれび団地自治会/仮田実｜words=8　仮田　実（見本こもれび団地自治会）
        －　・　・entry_id=88｜number=9｜name=濵例　四郎｜reading=はまれい　しろう｜organisation=見本はなみず自治会
        　　｜person_id=6｜key=見本はなみず自治会/浜例四郎｜words=9　濵例　四郎（見本はなみず自治会）
        －　・　・entry_id=89｜number=10｜name=例野　実｜reading=れいの　みのる｜organisation=見本わかば町会｜person
        　　_id=9｜key=見本わかば町会/例野実｜words=10　例野　実（見本わかば町会）
        －　・　・entry_id=90｜number=11｜name=仮森　五郎｜reading=かりもり　ごろう｜organisation=見本わかば町会｜pe
        　　rson_id=49｜key=見本わかば町会/仮森五郎｜words=11　仮森　五郎（見本わかば町会）
        －　・　・entry_id=91｜number=12｜name=𠮷見本　清｜reading=よしみほん　きよし｜organisation=見本いずみ自治会
        　　｜person_id=12｜key=見本いずみ自治会/吉見本清｜words=12　𠮷見本　清（見本いずみ自治会）
        ＋　・people 13
        ＋　・　・entry_id=85｜number=1｜name=試山　節子｜reading=ためしやま　せつこ｜organisation=見本あおば町会｜p
        　　erson_id=41｜key=見本あおば町会/試山節子｜words=1　試山　節子（見本あおば町会）
        ＋　・　・entry_id=94｜number=2｜name=葛󠄀例　実｜reading=かつらぎれい　みのる｜organisation=見本ひばり自治
        　　会｜person_id=18｜key=見本ひばり自治会/葛例実｜words=2　葛󠄀例　実（見本ひばり自治会）
        """,
    )


def test_the_guide_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_guide, s, event_id=event_id(s, "講習会", 6), on=TODAY) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event_id=6｜title=第6回 Instagram講習会（2回目）｜words=提案の文は、すべて見て確かめています。
        　・texts 9
        　・　・part=きょう使うもの｜text=充電したスマートフォンまたはタブレット（持参の方） / 貸し出しのタブレット
        　　（申込みの方） / このしおり、筆記用具、眼鏡｜default=充電したスマートフォンまたはタブレット（持参の方）
        　　 / 貸し出しのタブレット（申込みの方） / このしおり、筆記用具、眼鏡｜lines=3
        　・　・part=Wi-Fi｜text=会場のWi-Fiを使えます。職員におたずねください。｜default=会場のWi-Fiを使えます。職
        　　員におたずねください。｜lines=1
        　・　・part=きょうの目あて｜text=操作体験｜default=操作体験｜lines=3
        　・　・part=手順｜text=「＋」を押す　画面の下のまん中 / 写真を選ぶ　人の顔が写るときは了解をもらう / 文を書
        　　く　いつ・どこで・だれでも来られるか / 見なおす　日にち、ほかの人の名前や住所 / 「シェア」を押す　右上の
        　　「…」から、あとで直せる｜lines=6｜edited=✓
        　・　・part=きょうのまとめ｜text=活用事例の紹介 / 比較、メリットおよびデメリットの説明 / 操作体験｜default=
        　　活用事例の紹介 / 比較、メリットおよびデメリットの説明 / 操作体験｜lines=3
        　・　・part=おわったあと｜text=アンケート（無記名）は、紙かスマートフォンの、どちらか一方でお願いします。｜
        　　default=アンケート（無記名）は、紙かスマートフォンの、どちらか一方でお願いします。｜lines=3
        　・　・part=困ったとき｜text=手がとまった　手をあげてください。席へうかがいます。 / 気分がわるい　近くの職
        　　員へ。 / 地震・火災　職員が案内します。｜default=手がとまった　手をあげてください。席へうかがいます。 /
        　　 気分がわるい　近くの職員へ。 / 地震・火災　職員が案内します。｜lines=4
        　・　・part=写真のこと｜text=会場の写真を撮ります。望まない方は受付へお申し出ください。｜default=会場の写真
        　　を撮ります。望まない方は受付へお申し出ください。｜lines=2
        　・　・part=つぎの一歩｜text=申込み・ご相談は、下の問合せ先へお電話ください。｜default=申込み・ご相談は、下
        　　の問合せ先へお電話ください。｜lines=3
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・part=おわったあと｜text=アンケート（無記名）は、紙かスマートフォンの、どちらか一方でお願いします。
        　　｜default=アンケート（無記名）は、紙かスマートフォンの、どちらか一方でお願いします。｜lines=3
        ＋　・　・part=おわったあと｜text=アンケート（無記名）は、配った用紙でお願いします。｜default=アンケート（無
        　　記名）は、配った用紙でお願いします。｜lines=3
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_the_guide_of_an_exchange_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_guide, s, event_id=event_id(s, "意見交換会", 2), on=TODAY)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event_id=12｜title=第2回 意見交換会｜words=「きょうの目あて」「きょうのまとめ」は提案のままです。見て確かめ
        　　るまで、しおりには印刷しません。
        　・texts 9
        　・　・part=きょう使うもの｜text=このしおり、筆記用具、眼鏡｜default=このしおり、筆記用具、眼鏡｜lines=3
        　・　・part=Wi-Fi｜text=会場のWi-Fiを使えます。職員におたずねください。｜default=会場のWi-Fiを使えます。職
        　　員におたずねください。｜lines=1
        　・　・part=きょうの目あて｜text=課題抽出 / 課題の分類、選定 / 解決策の検討｜default=課題抽出 / 課題の分類
        　　、選定 / 解決策の検討｜lines=3
        　・　・part=課題｜lines=6
        　・　・part=きょうのまとめ｜text=デジタル活用の先進事例紹介 / 課題の分類、選定 / 解決策の検討｜default=デジ
        　　タル活用の先進事例紹介 / 課題の分類、選定 / 解決策の検討｜lines=3
        　・　・part=おわったあと｜text=アンケート（無記名）は、配った用紙でお願いします。｜default=アンケート（無記
        　　名）は、配った用紙でお願いします。｜lines=3
        　・　・part=困ったとき｜text=手がとまった　手をあげてください。席へうかがいます。 / 気分がわるい　近くの職
        　　員へ。 / 地震・火災　職員が案内します。｜default=手がとまった　手をあげてください。席へうかがいます。 /
        　　 気分がわるい　近くの職員へ。 / 地震・火災　職員が案内します。｜lines=4
        　・　・part=写真のこと｜text=会場の写真を撮ります。望まない方は受付へお申し出ください。｜default=会場の写真
        　　を撮ります。望まない方は受付へお申し出ください。｜lines=2
        　・　・part=つぎの一歩｜text=申込み・ご相談は、下の問合せ先へお電話ください。｜default=申込み・ご相談は、下
        　　の問合せ先へお電話ください。｜lines=3
        　・unchecked きょうの目あて、きょうのまとめ
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －event_id=12｜title=第2回 意見交換会｜words=「きょうの目あて」「きょうのまとめ」は提案のままです。見て確か
        　　めるまで、しおりには印刷しません。
        ＋event_id=12｜title=第2回 意見交換会｜words=「きょうのまとめ」は提案のままです。見て確かめるまで、しおりに
        　　は印刷しません。
        －　・　・part=きょうの目あて｜text=課題抽出 / 課題の分類、選定 / 解決策の検討｜default=課題抽出 / 課題の分
        　　類、選定 / 解決策の検討｜lines=3
        ＋　・　・part=きょうの目あて｜lines=3
        －　・unchecked きょうの目あて、きょうのまとめ
        ＋　・unchecked きょうのまとめ
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )
