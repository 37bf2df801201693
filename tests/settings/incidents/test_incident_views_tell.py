"""What the page of 事故 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.settings.incidents.services.incident_view import read_incident, read_rules
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW
from tests.support.view_lines import view


def test_an_incident_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_incident, s, incident_id=1, now=NOW) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        incident=Incident 1｜fiscal_year=2026｜current_step=6｜rules=IncidentRules 0｜elapsed_text=82日｜issued_repo
        　　rts=0｜next_report=最終
        　・steps 6
        　・　・id=1｜title=広げない｜words=3 / 3 済｜done=✓
        　・　・　・lines 3
        　・　・　・　・id=受託者に、捜す・回収する・止めるを求める｜kind=first｜text=受託者に、捜す・回収する・止め
        　　るを求める｜until=直ちに｜basis=特25-1(1)｜result=行った 9/10(木) 17:05 見本　係員｜done=✓
        　・　・　・　・id=続けて使わせない（持出し・送信を止める）｜kind=first｜text=続けて使わせない（持出し・送信
        　　を止める）｜until=直ちに｜basis=特25-1(1)｜result=行った 9/10(木) 17:06 見本　係員｜done=✓
        　・　・　・　・id=残っている分を数えさせる｜kind=first｜text=残っている分を数えさせる｜until=直ちに｜basis=
        　　特25-1(1)｜result=行った 9/10(木) 17:07 見本　係員｜done=✓
        　・　・id=2｜title=知らせる｜words=6 / 6 済｜done=✓
        　・　・　・lines 6
        　・　・　・　・id=協働推進課長｜kind=party｜text=協働推進課長｜detail=電話　未記入｜until=直ちに｜basis=区
        　　の規程｜result=話した 9/10(木) 17:08 見本　係員｜done=✓｜group=順番に。かけた人と時刻が残ります
        　・　・　・　・id=情報セキュリティの所管｜kind=party｜text=情報セキュリティの所管｜detail=電話　未記入｜unt
        　　il=直ちに｜basis=区の規程｜result=話した 9/10(木) 17:20 見本　係員｜done=✓｜group=順番に。かけた人と時刻
        　　が残ります
        　・　・　・　・id=個人情報保護の所管｜kind=party｜text=個人情報保護の所管｜detail=電話　未記入｜until=直ち
        　　に｜basis=区の規程｜result=話した 9/10(木) 17:25 見本　係員｜done=✓｜group=順番に。かけた人と時刻が残り
        　　ます
        　・　・　・　・id=受託者の業務責任者｜kind=party｜text=受託者の業務責任者｜detail=03-0000-0001｜until=直ち
        　　に｜basis=特25-1(1)｜result=話した 9/10(木) 17:30 見本　係員｜done=✓｜group=順番に。かけた人と時刻が残り
        　　ます
        　・　・　・　・id=速報｜kind=report｜text=個人情報保護委員会　速報｜detail=法68条　把握の日を1日目として 3
        　　–5日｜until=9/14(月)｜basis=否｜result=否　協働推進課長｜done=✓｜group=人が決めること　日付は計算、要否
        　　は人が決めます
        　・　・　・　・id=確報｜kind=report｜text=個人情報保護委員会　確報｜detail=法68条　把握の日を1日目として 30
        　　日（不正の目的のおそれは60日）｜until=10/9(金)｜result=不要｜done=✓｜group=人が決めること　日付は計算、
        　　要否は人が決めます
        　・　・id=3｜title=事実を書く｜words=7 / 7 済｜done=✓
        　・　・　・lines 7
        　・　・　・　・id=happened｜kind=fact｜text=発生した日時｜result=9/10(木) 16:25｜done=✓
        　・　・　・　・id=what｜kind=fact｜text=内容｜result=講習会の会場で、了解書1枚が所定の封筒になく、机の下で
        　　見付かった｜done=✓
        　・　・　・　・id=amount｜kind=fact｜text=数量｜result=了解書1枚｜done=✓
        　・　・　・　・id=people｜kind=fact｜text=対象の人数｜result=1人｜done=✓
        　・　・　・　・id=spot｜kind=fact｜text=発生場所｜result=会場の研修室｜done=✓
        　・　・　・　・id=course｜kind=fact｜text=発生状況｜result=片付けで封筒の枚数と受付の数が合わないことに従事
        　　者が気付き、25分後に見付けた｜done=✓
        　・　・　・　・id=paper:12｜kind=paper｜text=受託者の事故等報告書｜result=第2版　10/2(金) 受領｜result_note
        　　=確認済｜done=✓
        　・　・id=4｜title=本人へ｜words=1人　要｜done=✓
        　・　・　・lines 1
        　・　・　・　・id=owners｜kind=owners｜text=本人への通知｜detail=1人　法68条2項｜until=速やかに｜basis=要｜
        　　result=済 9/11(金)｜result_note=電話で経過を伝え、了承を得た｜done=✓
        　・　・id=5｜title=原因と再発防止｜words=2 / 2 済｜done=✓
        　・　・　・lines 2
        　・　・　・　・id=cause｜kind=cause｜text=原因｜result=回収の枚数を数える時が終了後だけだった｜done=✓｜grou
        　　p=原因
        　・　・　・　・id=1｜kind=measure｜text=枚数を3回数える形に変える｜detail=受託者｜until=9/30(水)｜result=済
        　　 9/30(水)｜done=✓｜group=再発防止策
        　・　・id=6｜title=閉じる｜words=最終の報告　10/2(金)｜done=✓
        　・　・　・lines 1
        　・　・　・　・id=issue｜kind=issue｜text=最終の報告をまだ出していません｜result=最終の報告を作る｜is_warni
        　　ng=✓
        　・notes IncidentNote 11、IncidentNote 10、IncidentNote 9、IncidentNote 8、IncidentNote 7、IncidentNote 6、
        　　IncidentNote 5、IncidentNote 4、IncidentNote 3、IncidentNote 2、IncidentNote 1
        　・measures IncidentMeasure 1
        　・parties[受託者の業務責任者] 03-0000-0001
        　・deadlines early_report_from=2026-09-12｜early_report_by=2026-09-14｜early_report_target=2026-09-14｜fina
        　　l_report_by=2026-10-09
        　・contractor_reports ReceivedPaper 12
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －incident=Incident 1｜fiscal_year=2026｜current_step=6｜rules=IncidentRules 0｜elapsed_text=82日｜issued_re
        　　ports=0｜next_report=最終
        ＋incident=Incident 1｜fiscal_year=2026｜current_step=3｜rules=IncidentRules 0｜elapsed_text=82日｜issued_re
        　　ports=0｜next_report=最終
        －　・　・　・　・id=受託者の業務責任者｜kind=party｜text=受託者の業務責任者｜detail=03-0000-0001｜until=直
        　　ちに｜basis=特25-1(1)｜result=話した 9/10(木) 17:30 見本　係員｜done=✓｜group=順番に。かけた人と時刻が残
        　　ります
        ＋　・　・　・　・id=受託者の業務責任者｜kind=party｜text=受託者の業務責任者｜detail=電話　未記入｜until=直
        　　ちに｜basis=特25-1(1)｜result=話した 9/10(木) 17:30 見本　係員｜done=✓｜group=順番に。かけた人と時刻が残
        　　ります
        －　・　・id=3｜title=事実を書く｜words=7 / 7 済｜done=✓
        ＋　・　・id=3｜title=事実を書く｜words=4 / 7 済
        －　・　・　・　・id=people｜kind=fact｜text=対象の人数｜result=1人｜done=✓
        －　・　・　・　・id=spot｜kind=fact｜text=発生場所｜result=会場の研修室｜done=✓
        －　・　・　・　・id=course｜kind=fact｜text=発生状況｜result=片付けで封筒の枚数と受付の数が合わないことに従
        　　事者が気付き、25分後に見付けた｜done=✓
        ＋　・　・　・　・id=people｜kind=fact｜text=対象の人数｜result=調査中｜is_warning=✓
        ＋　・　・　・　・id=spot｜kind=fact｜text=発生場所｜result=調査中｜is_warning=✓
        ＋　・　・　・　・id=course｜kind=fact｜text=発生状況｜result=調査中｜is_warning=✓
        －　・　・id=4｜title=本人へ｜words=1人　要｜done=✓
        ＋　・　・id=4｜title=本人へ｜words=要｜done=✓
        －　・　・　・　・id=owners｜kind=owners｜text=本人への通知｜detail=1人　法68条2項｜until=速やかに｜basis=要
        　　｜result=済 9/11(金)｜result_note=電話で経過を伝え、了承を得た｜done=✓
        －　・　・id=5｜title=原因と再発防止｜words=2 / 2 済｜done=✓
        ＋　・　・　・　・id=owners｜kind=owners｜text=本人への通知｜detail=人数　調査中　法68条2項｜until=速やかに
        　　｜basis=要｜result=済 9/11(金)｜done=✓
        ＋　・　・id=5｜title=原因と再発防止｜words=1 / 2 済
        －　・　・　・　・id=cause｜kind=cause｜text=原因｜result=回収の枚数を数える時が終了後だけだった｜done=✓｜gr
        　　oup=原因
        ＋　・　・　・　・id=cause｜kind=cause｜text=原因｜result=調査中｜group=原因｜is_warning=✓
        －　・　・id=6｜title=閉じる｜words=最終の報告　10/2(金)｜done=✓
        －　・　・　・lines 1
        ＋　・　・id=6｜title=閉じる｜words=　10/2(金)｜done=✓
        ＋　・　・　・lines 3
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_the_rules_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_rules,
            s,
            fiscal_year=2026,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        IncidentRules 0
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
