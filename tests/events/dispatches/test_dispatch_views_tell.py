"""What the page of 派遣 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.events.dispatches.services.dispatch_requests import read_dispatch_requests
from app.events.dispatches.services.steps import read_dispatches
from app.events.dispatches.services.support import read_support
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW, event_id
from tests.support.view_lines import view

TODAY = NOW.date()


def test_the_wishes_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_dispatch_requests, s, fiscal_year=2026) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        programme_id=1｜fiscal_year=2026｜lecture_names=講習会｜kind=EventKind 2｜closing_day=2026-09-02
        　・rows 6
        　・　・id=1｜request=DispatchRequest 1｜organisation=Organisation 1｜event=Event 8｜state=決定
        　・　・　・links 4
        　・　・　・　・event=Event 1｜attended_count=2｜entered_count=3｜words=第1回 事例紹介講習会　2人が参加
        　・　・　・　・event=Event 2｜attended_count=1｜entered_count=1｜words=第2回 LINE講習会　1人が参加
        　・　・　・　・event=Event 5｜attended_count=2｜entered_count=2｜words=第5回 LINE講習会（2回目）　2人が参加
        　・　・　・　・event=Event 6｜attended_count=0｜entered_count=2｜words=第6回 Instagram講習会（2回目）　2人
        　　が申込み
        　・　・id=2｜request=DispatchRequest 2｜organisation=Organisation 4｜event=Event 9｜state=決定
        　・　・　・links 3
        　・　・　・　・event=Event 1｜attended_count=2｜entered_count=2｜words=第1回 事例紹介講習会　2人が参加
        　・　・　・　・event=Event 5｜attended_count=1｜entered_count=1｜words=第5回 LINE講習会（2回目）　1人が参加
        　・　・　・　・event=Event 2｜attended_count=0｜entered_count=1｜words=第2回 LINE講習会　1人が申込み
        　・　・id=3｜request=DispatchRequest 3｜organisation=Organisation 5｜warning=この団体の講習会への参加は、ま
        　　だ名簿にありません。派遣は、主に講習会の参加者が所属する団体が対象です（仕4(2)柱書）。｜state=不採択
        　・　・　・links 2
        　・　・　・　・event=Event 3｜attended_count=0｜entered_count=1｜words=第3回 Instagram講習会　1人が申込み
        　・　・　・　・event=Event 7｜attended_count=0｜entered_count=1｜words=第7回 ホームページ・電子回覧板講習会
        　　　1人が申込み
        　・　・id=4｜request=DispatchRequest 4｜organisation=Organisation 12｜warning=この団体の講習会への参加は、
        　　まだ名簿にありません。派遣は、主に講習会の参加者が所属する団体が対象です（仕4(2)柱書）。｜state=不採択
        　・　・　・links 1
        　・　・　・　・event=Event 6｜attended_count=0｜entered_count=1｜words=第6回 Instagram講習会（2回目）　1人
        　　が申込み
        　・　・id=5｜request=DispatchRequest 5｜organisation=Organisation 9｜event=Event 10｜state=決定
        　・　・　・links 2
        　・　・　・　・event=Event 4｜attended_count=1｜entered_count=1｜words=第4回 キャッシュレス決済講習会　1人
        　　が参加
        　・　・　・　・event=Event 6｜attended_count=0｜entered_count=2｜words=第6回 Instagram講習会（2回目）　2人
        　　が申込み
        　・　・id=6｜request=DispatchRequest 6｜organisation=Organisation 7｜state=選定前
        　・　・　・links 2
        　・　・　・　・event=Event 1｜attended_count=2｜entered_count=2｜words=第1回 事例紹介講習会　2人が参加
        　・　・　・　・event=Event 5｜attended_count=1｜entered_count=1｜words=第5回 LINE講習会（2回目）　1人が参加
        　・dispatches Event 8、Event 9、Event 10
        　・lectures Event 1、Event 2、Event 3、Event 4、Event 5、Event 6、Event 7
        　・organisations[1] Organisation 1
        　・organisations[2] Organisation 2
        　・organisations[3] Organisation 3
        　・organisations[4] Organisation 4
        　・organisations[5] Organisation 5
        　・organisations[6] Organisation 6
        　・organisations[7] Organisation 7
        　・organisations[8] Organisation 8
        　・organisations[9] Organisation 9
        　・organisations[10] Organisation 10
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・　・　・event=Event 1｜attended_count=2｜entered_count=3｜words=第1回 事例紹介講習会　2人が参加
        －　・　・　・　・event=Event 2｜attended_count=1｜entered_count=1｜words=第2回 LINE講習会　1人が参加
        －　・　・　・　・event=Event 5｜attended_count=2｜entered_count=2｜words=第5回 LINE講習会（2回目）　2人が参
        　　加
        ＋　・　・　・　・event=Event 1｜attended_count=0｜entered_count=3｜words=第1回 事例紹介講習会　3人が申込み
        ＋　・　・　・　・event=Event 2｜attended_count=0｜entered_count=1｜words=第2回 LINE講習会　1人が申込み
        ＋　・　・　・　・event=Event 5｜attended_count=0｜entered_count=2｜words=第5回 LINE講習会（2回目）　2人が申
        　　込み
        －　・　・　・　・event=Event 1｜attended_count=2｜entered_count=2｜words=第1回 事例紹介講習会　2人が参加
        －　・　・　・　・event=Event 5｜attended_count=1｜entered_count=1｜words=第5回 LINE講習会（2回目）　1人が参
        　　加
        ＋　・　・　・　・event=Event 1｜attended_count=0｜entered_count=2｜words=第1回 事例紹介講習会　2人が申込み
        －　・　・id=3｜request=DispatchRequest 3｜organisation=Organisation 5｜warning=この団体の講習会への参加は、
        　　まだ名簿にありません。派遣は、主に講習会の参加者が所属する団体が対象です（仕4(2)柱書）。｜state=不採択
        ＋　・　・　・　・event=Event 5｜attended_count=0｜entered_count=1｜words=第5回 LINE講習会（2回目）　1人が申
        　　込み
        ＋　・　・id=3｜request=DispatchRequest 3｜organisation=Organisation 5｜state=不採択
        －　・　・id=4｜request=DispatchRequest 4｜organisation=Organisation 12｜warning=この団体の講習会への参加は
        　　、まだ名簿にありません。派遣は、主に講習会の参加者が所属する団体が対象です（仕4(2)柱書）。｜state=不採択
        ＋　・　・id=4｜request=DispatchRequest 4｜organisation=Organisation 12｜state=不採択
        －　・　・　・　・event=Event 4｜attended_count=1｜entered_count=1｜words=第4回 キャッシュレス決済講習会　1
        　　人が参加
        ＋　・　・　・　・event=Event 4｜attended_count=0｜entered_count=1｜words=第4回 キャッシュレス決済講習会　1
        　　人が申込み
        －　・　・　・　・event=Event 1｜attended_count=2｜entered_count=2｜words=第1回 事例紹介講習会　2人が参加
        －　・　・　・　・event=Event 5｜attended_count=1｜entered_count=1｜words=第5回 LINE講習会（2回目）　1人が参
        　　加
        ＋　・　・　・　・event=Event 1｜attended_count=0｜entered_count=2｜words=第1回 事例紹介講習会　2人が申込み
        ＋　・　・　・　・event=Event 5｜attended_count=0｜entered_count=1｜words=第5回 LINE講習会（2回目）　1人が申
        　　込み
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －　・　・　・　・event=Event 6｜attended_count=0｜entered_count=2｜words=第6回 Instagram講習会（2回目）　2
        　　人が申込み
        ＋　・　・　・　・event=Event 6｜attended_count=0｜entered_count=1｜words=第6回 Instagram講習会（2回目）　1
        　　人が申込み
        －　・dispatches Event 8、Event 9、Event 10
        ＋　・dispatches Event 8、Event 9
        """,
    )


def test_the_year_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_dispatches,
            s,
            today=TODAY,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        selected_count=3｜window_end=2027-03-15｜last_day=2027-03-10｜report_end=2027-03-31
        　・requests programme_id=1｜fiscal_year=2026｜lecture_names=講習会｜kind=EventKind 2｜closing_day=2026-09-0
        　　2
        　・　・rows 6
        　・　・　・id=1｜request=DispatchRequest 1｜organisation=Organisation 1｜event=Event 8｜state=決定
        　・　・　・　・links 4
        　・　・　・　・　・event=Event 1｜attended_count=2｜entered_count=3｜words=第1回 事例紹介講習会　2人が参加
        　・　・　・　・　・event=Event 2｜attended_count=1｜entered_count=1｜words=第2回 LINE講習会　1人が参加
        　・　・　・　・　・event=Event 5｜attended_count=2｜entered_count=2｜words=第5回 LINE講習会（2回目）　2人が
        　　参加
        　・　・　・　・　・event=Event 6｜attended_count=0｜entered_count=2｜words=第6回 Instagram講習会（2回目）
        　　　2人が申込み
        　・　・　・id=2｜request=DispatchRequest 2｜organisation=Organisation 4｜event=Event 9｜state=決定
        　・　・　・　・links 3
        　・　・　・　・　・event=Event 1｜attended_count=2｜entered_count=2｜words=第1回 事例紹介講習会　2人が参加
        　・　・　・　・　・event=Event 5｜attended_count=1｜entered_count=1｜words=第5回 LINE講習会（2回目）　1人が
        　　参加
        　・　・　・　・　・event=Event 2｜attended_count=0｜entered_count=1｜words=第2回 LINE講習会　1人が申込み
        　・　・　・id=3｜request=DispatchRequest 3｜organisation=Organisation 5｜warning=この団体の講習会への参加は
        　　、まだ名簿にありません。派遣は、主に講習会の参加者が所属する団体が対象です（仕4(2)柱書）。｜state=不採択
        　・　・　・　・links 2
        　・　・　・　・　・event=Event 3｜attended_count=0｜entered_count=1｜words=第3回 Instagram講習会　1人が申込
        　　み
        　・　・　・　・　・event=Event 7｜attended_count=0｜entered_count=1｜words=第7回 ホームページ・電子回覧板講
        　　習会　1人が申込み
        　・　・　・id=4｜request=DispatchRequest 4｜organisation=Organisation 12｜warning=この団体の講習会への参加
        　　は、まだ名簿にありません。派遣は、主に講習会の参加者が所属する団体が対象です（仕4(2)柱書）。｜state=不採
        　　択
        　・　・　・　・links 1
        　・　・　・　・　・event=Event 6｜attended_count=0｜entered_count=1｜words=第6回 Instagram講習会（2回目）
        　　　1人が申込み
        　・　・　・id=5｜request=DispatchRequest 5｜organisation=Organisation 9｜event=Event 10｜state=決定
        　・　・　・　・links 2
        　・　・　・　・　・event=Event 4｜attended_count=1｜entered_count=1｜words=第4回 キャッシュレス決済講習会
        　　　1人が参加
        　・　・　・　・　・event=Event 6｜attended_count=0｜entered_count=2｜words=第6回 Instagram講習会（2回目）
        　　　2人が申込み
        　・　・　・id=6｜request=DispatchRequest 6｜organisation=Organisation 7｜state=選定前
        　・　・　・　・links 2
        　・　・　・　・　・event=Event 1｜attended_count=2｜entered_count=2｜words=第1回 事例紹介講習会　2人が参加
        　・　・　・　・　・event=Event 5｜attended_count=1｜entered_count=1｜words=第5回 LINE講習会（2回目）　1人が
        　　参加
        　・　・dispatches Event 8、Event 9、Event 10
        　・　・lectures Event 1、Event 2、Event 3、Event 4、Event 5、Event 6、Event 7
        　・　・organisations[1] Organisation 1
        　・　・organisations[2] Organisation 2
        　・　・organisations[3] Organisation 3
        　・　・organisations[4] Organisation 4
        　・　・organisations[5] Organisation 5
        　・　・organisations[6] Organisation 6
        　・　・organisations[7] Organisation 7
        　・　・organisations[8] Organisation 8
        　・　・organisations[9] Organisation 9
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・　・　・　・event=Event 1｜attended_count=2｜entered_count=3｜words=第1回 事例紹介講習会　2人が参
        　　加
        －　・　・　・　・　・event=Event 2｜attended_count=1｜entered_count=1｜words=第2回 LINE講習会　1人が参加
        －　・　・　・　・　・event=Event 5｜attended_count=2｜entered_count=2｜words=第5回 LINE講習会（2回目）　2人
        　　が参加
        ＋　・　・　・　・　・event=Event 1｜attended_count=0｜entered_count=3｜words=第1回 事例紹介講習会　3人が申
        　　込み
        ＋　・　・　・　・　・event=Event 2｜attended_count=0｜entered_count=1｜words=第2回 LINE講習会　1人が申込み
        ＋　・　・　・　・　・event=Event 5｜attended_count=0｜entered_count=2｜words=第5回 LINE講習会（2回目）　2人
        　　が申込み
        －　・　・　・　・　・event=Event 1｜attended_count=2｜entered_count=2｜words=第1回 事例紹介講習会　2人が参
        　　加
        －　・　・　・　・　・event=Event 5｜attended_count=1｜entered_count=1｜words=第5回 LINE講習会（2回目）　1人
        　　が参加
        ＋　・　・　・　・　・event=Event 1｜attended_count=0｜entered_count=2｜words=第1回 事例紹介講習会　2人が申
        　　込み
        －　・　・　・id=3｜request=DispatchRequest 3｜organisation=Organisation 5｜warning=この団体の講習会への参加
        　　は、まだ名簿にありません。派遣は、主に講習会の参加者が所属する団体が対象です（仕4(2)柱書）。｜state=不採
        　　択
        ＋　・　・　・　・　・event=Event 5｜attended_count=0｜entered_count=1｜words=第5回 LINE講習会（2回目）　1人
        　　が申込み
        ＋　・　・　・id=3｜request=DispatchRequest 3｜organisation=Organisation 5｜state=不採択
        －　・　・　・id=4｜request=DispatchRequest 4｜organisation=Organisation 12｜warning=この団体の講習会への参
        　　加は、まだ名簿にありません。派遣は、主に講習会の参加者が所属する団体が対象です（仕4(2)柱書）。｜state=不
        　　採択
        ＋　・　・　・id=4｜request=DispatchRequest 4｜organisation=Organisation 12｜state=不採択
        －　・　・　・　・　・event=Event 4｜attended_count=1｜entered_count=1｜words=第4回 キャッシュレス決済講習会
        　　　1人が参加
        ＋　・　・　・　・　・event=Event 4｜attended_count=0｜entered_count=1｜words=第4回 キャッシュレス決済講習会
        　　　1人が申込み
        －　・　・　・　・　・event=Event 1｜attended_count=2｜entered_count=2｜words=第1回 事例紹介講習会　2人が参
        　　加
        －　・　・　・　・　・event=Event 5｜attended_count=1｜entered_count=1｜words=第5回 LINE講習会（2回目）　1人
        　　が参加
        ＋　・　・　・　・　・event=Event 1｜attended_count=0｜entered_count=2｜words=第1回 事例紹介講習会　2人が申
        　　込み
        ＋　・　・　・　・　・event=Event 5｜attended_count=0｜entered_count=1｜words=第5回 LINE講習会（2回目）　1人
        　　が申込み
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －　・　・　・　・　・event=Event 6｜attended_count=0｜entered_count=2｜words=第6回 Instagram講習会（2回目）
        　　　2人が申込み
        ＋　・　・　・　・　・event=Event 6｜attended_count=0｜entered_count=1｜words=第6回 Instagram講習会（2回目）
        　　　1人が申込み
        －　・　・dispatches Event 8、Event 9、Event 10
        ＋　・　・dispatches Event 8、Event 9
        """,
    )


def test_the_support_given_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_support, s, event_id=event_id(s, "派遣", 1), today=TODAY)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 8｜kind=EventKind 2｜fiscal_year=2026｜organisation=Organisation 1｜attended=9｜request=Dispatch
        　　Request 1｜applied=6｜lecture=Event 1｜decision_letter=Letter 7｜declined_count=2｜support=DispatchSuppo
        　　rt 1｜report=Report 4｜stages_noted_on=2026-08-03｜stages_written_on=2026-11-13｜call_due=2027-01-21｜ne
        　　xt_try_on=2026-12-08｜done_count=2｜follow_up_count=4
        　・links 4
        　・　・event=Event 1｜attended_count=2｜entered_count=3｜words=第1回 事例紹介講習会　2人が参加
        　・　・event=Event 2｜attended_count=1｜entered_count=1｜words=第2回 LINE講習会　1人が参加
        　・　・event=Event 5｜attended_count=2｜entered_count=2｜words=第5回 LINE講習会（2回目）　2人が参加
        　・　・event=Event 6｜attended_count=0｜entered_count=2｜words=第6回 Instagram講習会（2回目）　2人が申込み
        　・stage_lines 4
        　・　・tool=LINE公式アカウント｜before=1｜after=3｜words=1 → 3｜source=報告 4章
        　・　・tool=ホームページ｜before=2｜after=3｜words=2 → 3｜source=報告 4章
        　・　・tool=Instagram｜before=0｜after=0｜words=0｜source=報告 4章
        　・　・tool=キャッシュレス決済｜before=0｜after=0｜words=0｜source=報告 4章
        　・plan 5
        　・　・R8.11、電話による配信の状況の確認、受託者、月2回の配信が続いている、結果を団体の記録に入れる
        　・　・R9.1、運用ルール（案）の見直し、団体・受託者、役員会で決定している、資料を確認する
        　・　・R9.3、引継ぎの手順書の更新、団体、新しい役員が配信できる、—
        　・　・R9.4、役員改選の後、管理者の引継ぎを電話で確かめる、区、管理者が2人以上いる、新しい会長へ電話する（
        　　協議 第24号）
        　・　・R9.5から、講習会を案内し、希望があれば派遣の2回目を検討する、区、段階4（定期運用）、次年度の募集を案
        　　内する（協議 第24号）
        　・follow_ups DispatchFollowUp 3、DispatchFollowUp 2、DispatchFollowUp 1
        　・steps current_step=3か月後｜next_task=3か月後の電話｜responsible_side=区
        　・　・done_steps 報告書、希望票、日程、決裁、訪問、選定
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －event=Event 8｜kind=EventKind 2｜fiscal_year=2026｜organisation=Organisation 1｜attended=9｜request=Dispat
        　　chRequest 1｜applied=6｜lecture=Event 1｜decision_letter=Letter 7｜declined_count=2｜support=DispatchSup
        　　port 1｜report=Report 4｜stages_noted_on=2026-08-03｜stages_written_on=2026-11-13｜call_due=2027-01-21｜
        　　next_try_on=2026-12-08｜done_count=2｜follow_up_count=4
        ＋event=Event 8｜kind=EventKind 2｜fiscal_year=2026｜organisation=Organisation 1｜request=DispatchRequest 1
        　　｜applied=6｜lecture=Event 1｜decision_letter=Letter 7｜declined_count=2｜support=DispatchSupport 1｜rep
        　　ort=Report 4｜stages_noted_on=2026-08-03｜stages_written_on=2026-11-13｜call_due=2027-01-21｜next_try_on
        　　=2026-12-08｜done_count=2｜follow_up_count=4
        －　・　・event=Event 1｜attended_count=2｜entered_count=3｜words=第1回 事例紹介講習会　2人が参加
        －　・　・event=Event 2｜attended_count=1｜entered_count=1｜words=第2回 LINE講習会　1人が参加
        －　・　・event=Event 5｜attended_count=2｜entered_count=2｜words=第5回 LINE講習会（2回目）　2人が参加
        ＋　・　・event=Event 1｜attended_count=0｜entered_count=3｜words=第1回 事例紹介講習会　3人が申込み
        ＋　・　・event=Event 2｜attended_count=0｜entered_count=1｜words=第2回 LINE講習会　1人が申込み
        ＋　・　・event=Event 5｜attended_count=0｜entered_count=2｜words=第5回 LINE講習会（2回目）　2人が申込み
        －　・steps current_step=3か月後｜next_task=3か月後の電話｜responsible_side=区
        －　・　・done_steps 報告書、希望票、日程、決裁、訪問、選定
        ＋　・steps current_step=報告書｜next_task=報告書を確かめる｜responsible_side=区
        ＋　・　・done_steps 希望票、日程、決裁、訪問、選定
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －　・　・event=Event 6｜attended_count=0｜entered_count=2｜words=第6回 Instagram講習会（2回目）　2人が申込
        　　み
        ＋　・　・event=Event 6｜attended_count=0｜entered_count=1｜words=第6回 Instagram講習会（2回目）　1人が申込
        　　み
        """,
    )


def test_the_support_to_come_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_support, s, event_id=event_id(s, "派遣", 3), today=TODAY)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event=Event 10｜kind=EventKind 2｜fiscal_year=2026｜organisation=Organisation 9｜request=DispatchRequest 5｜
        　　applied=6｜lecture=Event 4｜decision_letter=Letter 1｜declined_count=2｜support=DispatchSupport 0｜stage
        　　s_noted_on=2026-09-02｜call_due=2027-04-20｜next_try_on=2026-12-08｜done_count=0｜follow_up_count=1
        　・links 2
        　・　・event=Event 4｜attended_count=1｜entered_count=1｜words=第4回 キャッシュレス決済講習会　1人が参加
        　・　・event=Event 6｜attended_count=0｜entered_count=2｜words=第6回 Instagram講習会（2回目）　2人が申込み
        　・stage_lines 4
        　・　・tool=Instagram｜before=1｜words=1
        　・　・tool=LINE公式アカウント｜before=2｜words=2
        　・　・tool=ホームページ｜before=5｜words=5
        　・　・tool=キャッシュレス決済｜before=0｜words=0
        　・steps current_step=決裁｜next_task=決定通知を出す｜responsible_side=区
        　・　・done_steps 希望票、日程、選定
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・event=Event 4｜attended_count=1｜entered_count=1｜words=第4回 キャッシュレス決済講習会　1人が参加
        ＋　・　・event=Event 4｜attended_count=0｜entered_count=1｜words=第4回 キャッシュレス決済講習会　1人が申込
        　　み
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －event=Event 10｜kind=EventKind 2｜fiscal_year=2026｜organisation=Organisation 9｜request=DispatchRequest 5
        　　｜applied=6｜lecture=Event 4｜decision_letter=Letter 1｜declined_count=2｜support=DispatchSupport 0｜sta
        　　ges_noted_on=2026-09-02｜call_due=2027-04-20｜next_try_on=2026-12-08｜done_count=0｜follow_up_count=1
        ＋event=Event 10｜kind=EventKind 2｜fiscal_year=2026｜organisation=Organisation 9｜request=DispatchRequest 5
        　　｜applied=6｜lecture=Event 4｜decision_letter=Letter 1｜declined_count=2｜support=DispatchSupport 0｜sta
        　　ges_noted_on=2026-09-02｜next_try_on=2026-12-08｜done_count=0｜follow_up_count=0
        －　・steps current_step=決裁｜next_task=決定通知を出す｜responsible_side=区
        ＋　・steps responsible_side=区｜end_reason=中止
        """,
    )
