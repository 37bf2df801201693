"""What the page of 提案書 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.year_end.proposal.services import read_memo, read_proposal
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW
from tests.support.view_lines import view

TODAY = NOW.date()


def test_the_proposal_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(
            read_proposal,
            s,
            today=TODAY,
        )
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        programme_id=1｜fiscal_year=2026｜fulfilled_points=4
        　・evidence 16
        　・　・evidence=Evidence 1｜change=問8「操作を教える人がいない」　14人／66人（21.2％）　→　問8「操作を教え
        　　る人がいない」　14人／66人（21.2％）｜id=1｜words=問8「操作を教える人がいない」　14人／66人（21.2％）
        　・　・　・current sort=集計｜said=問8「操作を教える人がいない」｜count=14人／66人（21.2％）｜source=講習会
        　　アンケート　年度の集計　問8（確定前の回を含む）｜programme_id=1｜full_words=問8「操作を教える人がいない
        　　」　14人／66人（21.2％）
        　・　・evidence=Evidence 2｜change=問8「後任への引継ぎが難しい」　21人／66人（31.8％）　→　問8「後任への引
        　　継ぎが難しい」　21人／66人（31.8％）｜id=2｜words=問8「後任への引継ぎが難しい」　21人／66人（31.8％）
        　・　・　・current sort=集計｜said=問8「後任への引継ぎが難しい」｜count=21人／66人（31.8％）｜source=講習会
        　　アンケート　年度の集計　問8（確定前の回を含む）｜programme_id=1｜full_words=問8「後任への引継ぎが難しい
        　　」　21人／66人（31.8％）
        　・　・evidence=Evidence 3｜change=問4「速い」　5人／66人（7.6％）　→　問4「速い」　5人／66人（7.6％）｜id
        　　=3｜words=問4「速い」　5人／66人（7.6％）
        　・　・　・current sort=集計｜said=問4「速い」｜count=5人／66人（7.6％）｜source=講習会アンケート　年度の集
        　　計　問4（確定前の回を含む）｜programme_id=1｜full_words=問4「速い」　5人／66人（7.6％）
        　・　・evidence=Evidence 7｜change=「自分の機種と画面が違い、手順書のどこを見ればよいか迷った。」　→　「自
        　　分の機種と画面が違い、手順書のどこを見ればよいか迷った。」｜id=7｜words=「自分の機種と画面が違い、手順書
        　　のどこを見ればよいか迷った。」
        　・　・　・current sort=引用｜said=「自分の機種と画面が違い、手順書のどこを見ればよいか迷った。」｜source=
        　　第1回 事例紹介講習会 アンケート「ご意見・ご要望をお書きください」｜day=2026-09-10｜programme_id=1｜full_
        　　words=「自分の機種と画面が違い、手順書のどこを見ればよいか迷った。」
        　・　・evidence=Evidence 8｜change=「手を動かしながら進んだので、家でもう一度できそうです。」　→　「手を動
        　　かしながら進んだので、家でもう一度できそうです。」｜id=8｜words=「手を動かしながら進んだので、家でもう一
        　　度できそうです。」
        　・　・　・current sort=引用｜said=「手を動かしながら進んだので、家でもう一度できそうです。」｜source=第1回
        　　 事例紹介講習会 アンケート「ご意見・ご要望をお書きください」｜day=2026-09-10｜programme_id=1｜full_words
        　　=「手を動かしながら進んだので、家でもう一度できそうです。」
        　・　・evidence=Evidence 9｜change=「専門の言葉に説明がほしい。」　→　「専門の言葉に説明がほしい。」｜id=9
        　　｜words=「専門の言葉に説明がほしい。」
        　・　・　・current sort=引用｜said=「専門の言葉に説明がほしい。」｜source=第1回 事例紹介講習会 アンケート「
        　　ご意見・ご要望をお書きください」｜day=2026-09-10｜programme_id=1｜full_words=「専門の言葉に説明がほしい
        　　。」
        　・　・evidence=Evidence 10｜change=「同じ内容をもう一度、少人数で受けたい。」　→　「同じ内容をもう一度、
        　　少人数で受けたい。」｜id=10｜words=「同じ内容をもう一度、少人数で受けたい。」
        　・　・　・current sort=引用｜said=「同じ内容をもう一度、少人数で受けたい。」｜source=第1回 事例紹介講習会
        　　 アンケート「ご意見・ご要望をお書きください」｜day=2026-09-10｜programme_id=1｜full_words=「同じ内容をも
        　　う一度、少人数で受けたい。」
        　・　・evidence=Evidence 11｜change=紙の回覧と併せて使う解決策を、班の話合いで選んだ　→　担当者が1人に偏る
        　　 紙を望む会員への配慮 役員の交代のときの引継ぎ｜id=11｜words=紙の回覧と併せて使う解決策を、班の話合いで
        　　選んだ
        　・　・　・current sort=討議｜said=担当者が1人に偏る 紙を望む会員への配慮 役員の交代のときの引継ぎ｜source=
        　　R8-意01-報告　3　グループワークの討議内容（受託者確認前）｜day=2026-11-12｜programme_id=1｜full_words=担
        　　当者が1人に偏る 紙を望む会員への配慮 役員の交代のときの引継ぎ
        　・　・evidence=Evidence 4｜change=内容　時間割は変えず、事例を2つに絞り、操作体験を2回に分けて進める。　→
        　　　内容　時間割は変えず、事例を2つに絞り、操作体験を2回に分けて進める。｜id=4｜words=内容　時間割は変えず
        　　、事例を2つに絞り、操作体験を2回に分けて進める。
        　・　・　・current sort=協議｜said=内容　時間割は変えず、事例を2つに絞り、操作体験を2回に分けて進める。｜so
        　　urce=協議記録 第19号｜day=2026-09-28｜programme_id=1｜full_words=内容　時間割は変えず、事例を2つに絞り、
        　　操作体験を2回に分けて進める。
        　・　・evidence=Evidence 5｜change=設問　10問とし、問4を「速い」から「遅い」まで5段階にそろえる。　→　設問
        　　　10問とし、問4を「速い」から「遅い」まで5段階にそろえる。｜id=5｜words=設問　10問とし、問4を「速い」か
        　　ら「遅い」まで5段階にそろえる。
        　・　・　・current sort=協議｜said=設問　10問とし、問4を「速い」から「遅い」まで5段階にそろえる。｜source=
        　　協議記録 第20号｜day=2026-09-28｜programme_id=1｜full_words=設問　10問とし、問4を「速い」から「遅い」ま
        　　で5段階にそろえる。
        　・　・evidence=Evidence 6｜change=機材　ルーター2台を受託者が持参する。　→　機材　ルーター2台を受託者が持
        　　参する。｜id=6｜words=機材　ルーター2台を受託者が持参する。
        　・　・　・current sort=協議｜said=機材　ルーター2台を受託者が持参する。｜source=協議記録 第18号｜day=2026-
        　　09-25｜programme_id=1｜full_words=機材　ルーター2台を受託者が持参する。
        　・　・evidence=Evidence 12｜change=機材の説明に10分かかった　3回　→　（出典がなくなった）｜id=12｜words=
        　　機材の説明に10分かかった　3回
        　・issues Issue 1、Issue 2、Issue 3、Issue 4、Issue 5
        　・plans PlanLine 1、PlanLine 2、PlanLine 3、PlanLine 4
        　・policies 5
        　・　・line=PolicyLine 1｜branch=第1支部｜name=見本あおば町会｜id=1
        　・　・line=PolicyLine 2｜branch=第1支部｜name=見本ひばり自治会｜id=2
        　・　・line=PolicyLine 3｜branch=第1支部｜name=見本やまびこ一丁目町会｜id=3
        　・　・line=PolicyLine 4｜branch=第2支部｜name=見本こもれび自治会｜id=4
        　・　・line=PolicyLine 5｜branch=第2支部｜name=見本すずらん町会｜id=5
        　・points 6
        　・　・point=次年度のデジタル活用支援事業実施案｜done=✓｜waiting_for=実施案を書く
        　・　・point=団体支援方針｜done=✓｜waiting_for=支援方針を書く
        　・　・point=課題の反映｜done=✓｜waiting_for=課題に根拠を付ける
        　・　・point=参加者の意見の反映｜done=✓｜waiting_for=参加者の声を課題に付ける
        　・　・point=実現可能性｜waiting_for=条件と確認したことを書く
        　・　・point=予算規模｜waiting_for=受託者が記入
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・evidence=Evidence 4｜change=内容　時間割は変えず、事例を2つに絞り、操作体験を2回に分けて進める。
        　　　→　内容　時間割は変えず、事例を2つに絞り、操作体験を2回に分けて進める。｜id=4｜words=内容　時間割は変
        　　えず、事例を2つに絞り、操作体験を2回に分けて進める。
        －　・　・　・current sort=協議｜said=内容　時間割は変えず、事例を2つに絞り、操作体験を2回に分けて進める。｜
        　　source=協議記録 第19号｜day=2026-09-28｜programme_id=1｜full_words=内容　時間割は変えず、事例を2つに絞り
        　　、操作体験を2回に分けて進める。
        －　・　・evidence=Evidence 5｜change=設問　10問とし、問4を「速い」から「遅い」まで5段階にそろえる。　→　設
        　　問　10問とし、問4を「速い」から「遅い」まで5段階にそろえる。｜id=5｜words=設問　10問とし、問4を「速い」
        　　から「遅い」まで5段階にそろえる。
        －　・　・　・current sort=協議｜said=設問　10問とし、問4を「速い」から「遅い」まで5段階にそろえる。｜source
        　　=協議記録 第20号｜day=2026-09-28｜programme_id=1｜full_words=設問　10問とし、問4を「速い」から「遅い」ま
        　　で5段階にそろえる。
        －　・　・evidence=Evidence 6｜change=機材　ルーター2台を受託者が持参する。　→　機材　ルーター2台を受託者が
        　　持参する。｜id=6｜words=機材　ルーター2台を受託者が持参する。
        －　・　・　・current sort=協議｜said=機材　ルーター2台を受託者が持参する。｜source=協議記録 第18号｜day=202
        　　6-09-25｜programme_id=1｜full_words=機材　ルーター2台を受託者が持参する。
        ＋　・　・evidence=Evidence 4｜source_status=変わった｜change=内容　時間割は変えず、事例を2つに絞り、操作体
        　　験を2回に分けて進める。　→　内容　操作体験の進め方をどうするか｜id=4｜words=内容　時間割は変えず、事例
        　　を2つに絞り、操作体験を2回に分けて進める。
        ＋　・　・　・current sort=協議｜said=内容　操作体験の進め方をどうするか｜source=協議記録 第19号｜day=2026-0
        　　8-14｜programme_id=1｜full_words=内容　操作体験の進め方をどうするか
        ＋　・　・evidence=Evidence 5｜source_status=変わった｜change=設問　10問とし、問4を「速い」から「遅い」まで5
        　　段階にそろえる。　→　設問　設問の並びを全回でそろえるか｜id=5｜words=設問　10問とし、問4を「速い」から
        　　「遅い」まで5段階にそろえる。
        ＋　・　・　・current sort=協議｜said=設問　設問の並びを全回でそろえるか｜source=協議記録 第20号｜day=2026-0
        　　9-18｜programme_id=1｜full_words=設問　設問の並びを全回でそろえるか
        ＋　・　・evidence=Evidence 6｜source_status=変わった｜change=機材　ルーター2台を受託者が持参する。　→　機
        　　材　無料Wi-Fiのない会館の備えをどうするか｜id=6｜words=機材　ルーター2台を受託者が持参する。
        ＋　・　・　・current sort=協議｜said=機材　無料Wi-Fiのない会館の備えをどうするか｜source=協議記録 第18号｜d
        　　ay=2026-09-01｜programme_id=1｜full_words=機材　無料Wi-Fiのない会館の備えをどうするか
        －　・　・line=PolicyLine 1｜branch=第1支部｜name=見本あおば町会｜id=1
        －　・　・line=PolicyLine 2｜branch=第1支部｜name=見本ひばり自治会｜id=2
        －　・　・line=PolicyLine 3｜branch=第1支部｜name=見本やまびこ一丁目町会｜id=3
        －　・　・line=PolicyLine 4｜branch=第2支部｜name=見本こもれび自治会｜id=4
        －　・　・line=PolicyLine 5｜branch=第2支部｜name=見本すずらん町会｜id=5
        ＋　・　・line=PolicyLine 1｜name=見本あおば町会｜id=1
        ＋　・　・line=PolicyLine 4｜name=見本こもれび自治会｜id=4
        ＋　・　・line=PolicyLine 2｜name=見本ひばり自治会｜id=2
        ＋　・　・line=PolicyLine 5｜name=見本すずらん町会｜id=5
        ＋　・　・line=PolicyLine 3｜name=見本やまびこ一丁目町会｜id=3
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_the_memo_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_memo, s, fiscal_year=2026, today=TODAY) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        programme_id=1｜fiscal_year=2026｜memo=BudgetMemo 1｜contract=2970
        　・amounts MemoAmount 1、MemoAmount 2、MemoAmount 3、MemoAmount 4、MemoAmount 5
        　・clauses MemoClause 1、MemoClause 2、MemoClause 3、MemoClause 4
        　・cuts MemoCut 1、MemoCut 2
        　・questions MemoQuestion 1、MemoQuestion 2、MemoQuestion 3
        　・evidence 16
        　・　・evidence=Evidence 1｜change=問8「操作を教える人がいない」　14人／66人（21.2％）　→　問8「操作を教え
        　　る人がいない」　14人／66人（21.2％）｜id=1｜words=問8「操作を教える人がいない」　14人／66人（21.2％）
        　・　・　・current sort=集計｜said=問8「操作を教える人がいない」｜count=14人／66人（21.2％）｜source=講習会
        　　アンケート　年度の集計　問8（確定前の回を含む）｜programme_id=1｜full_words=問8「操作を教える人がいない
        　　」　14人／66人（21.2％）
        　・　・evidence=Evidence 2｜change=問8「後任への引継ぎが難しい」　21人／66人（31.8％）　→　問8「後任への引
        　　継ぎが難しい」　21人／66人（31.8％）｜id=2｜words=問8「後任への引継ぎが難しい」　21人／66人（31.8％）
        　・　・　・current sort=集計｜said=問8「後任への引継ぎが難しい」｜count=21人／66人（31.8％）｜source=講習会
        　　アンケート　年度の集計　問8（確定前の回を含む）｜programme_id=1｜full_words=問8「後任への引継ぎが難しい
        　　」　21人／66人（31.8％）
        　・　・evidence=Evidence 3｜change=問4「速い」　5人／66人（7.6％）　→　問4「速い」　5人／66人（7.6％）｜id
        　　=3｜words=問4「速い」　5人／66人（7.6％）
        　・　・　・current sort=集計｜said=問4「速い」｜count=5人／66人（7.6％）｜source=講習会アンケート　年度の集
        　　計　問4（確定前の回を含む）｜programme_id=1｜full_words=問4「速い」　5人／66人（7.6％）
        　・　・evidence=Evidence 7｜change=「自分の機種と画面が違い、手順書のどこを見ればよいか迷った。」　→　「自
        　　分の機種と画面が違い、手順書のどこを見ればよいか迷った。」｜id=7｜words=「自分の機種と画面が違い、手順書
        　　のどこを見ればよいか迷った。」
        　・　・　・current sort=引用｜said=「自分の機種と画面が違い、手順書のどこを見ればよいか迷った。」｜source=
        　　第1回 事例紹介講習会 アンケート「ご意見・ご要望をお書きください」｜day=2026-09-10｜programme_id=1｜full_
        　　words=「自分の機種と画面が違い、手順書のどこを見ればよいか迷った。」
        　・　・evidence=Evidence 8｜change=「手を動かしながら進んだので、家でもう一度できそうです。」　→　「手を動
        　　かしながら進んだので、家でもう一度できそうです。」｜id=8｜words=「手を動かしながら進んだので、家でもう一
        　　度できそうです。」
        　・　・　・current sort=引用｜said=「手を動かしながら進んだので、家でもう一度できそうです。」｜source=第1回
        　　 事例紹介講習会 アンケート「ご意見・ご要望をお書きください」｜day=2026-09-10｜programme_id=1｜full_words
        　　=「手を動かしながら進んだので、家でもう一度できそうです。」
        　・　・evidence=Evidence 9｜change=「専門の言葉に説明がほしい。」　→　「専門の言葉に説明がほしい。」｜id=9
        　　｜words=「専門の言葉に説明がほしい。」
        　・　・　・current sort=引用｜said=「専門の言葉に説明がほしい。」｜source=第1回 事例紹介講習会 アンケート「
        　　ご意見・ご要望をお書きください」｜day=2026-09-10｜programme_id=1｜full_words=「専門の言葉に説明がほしい
        　　。」
        　・　・evidence=Evidence 10｜change=「同じ内容をもう一度、少人数で受けたい。」　→　「同じ内容をもう一度、
        　　少人数で受けたい。」｜id=10｜words=「同じ内容をもう一度、少人数で受けたい。」
        　・　・　・current sort=引用｜said=「同じ内容をもう一度、少人数で受けたい。」｜source=第1回 事例紹介講習会
        　　 アンケート「ご意見・ご要望をお書きください」｜day=2026-09-10｜programme_id=1｜full_words=「同じ内容をも
        　　う一度、少人数で受けたい。」
        　・　・evidence=Evidence 11｜change=紙の回覧と併せて使う解決策を、班の話合いで選んだ　→　担当者が1人に偏る
        　　 紙を望む会員への配慮 役員の交代のときの引継ぎ｜id=11｜words=紙の回覧と併せて使う解決策を、班の話合いで
        　　選んだ
        　・　・　・current sort=討議｜said=担当者が1人に偏る 紙を望む会員への配慮 役員の交代のときの引継ぎ｜source=
        　　R8-意01-報告　3　グループワークの討議内容（受託者確認前）｜day=2026-11-12｜programme_id=1｜full_words=担
        　　当者が1人に偏る 紙を望む会員への配慮 役員の交代のときの引継ぎ
        　・　・evidence=Evidence 4｜change=内容　時間割は変えず、事例を2つに絞り、操作体験を2回に分けて進める。　→
        　　　内容　時間割は変えず、事例を2つに絞り、操作体験を2回に分けて進める。｜id=4｜words=内容　時間割は変えず
        　　、事例を2つに絞り、操作体験を2回に分けて進める。
        　・　・　・current sort=協議｜said=内容　時間割は変えず、事例を2つに絞り、操作体験を2回に分けて進める。｜so
        　　urce=協議記録 第19号｜day=2026-09-28｜programme_id=1｜full_words=内容　時間割は変えず、事例を2つに絞り、
        　　操作体験を2回に分けて進める。
        　・　・evidence=Evidence 5｜change=設問　10問とし、問4を「速い」から「遅い」まで5段階にそろえる。　→　設問
        　　　10問とし、問4を「速い」から「遅い」まで5段階にそろえる。｜id=5｜words=設問　10問とし、問4を「速い」か
        　　ら「遅い」まで5段階にそろえる。
        　・　・　・current sort=協議｜said=設問　10問とし、問4を「速い」から「遅い」まで5段階にそろえる。｜source=
        　　協議記録 第20号｜day=2026-09-28｜programme_id=1｜full_words=設問　10問とし、問4を「速い」から「遅い」ま
        　　で5段階にそろえる。
        　・　・evidence=Evidence 6｜change=機材　ルーター2台を受託者が持参する。　→　機材　ルーター2台を受託者が持
        　　参する。｜id=6｜words=機材　ルーター2台を受託者が持参する。
        　・　・　・current sort=協議｜said=機材　ルーター2台を受託者が持参する。｜source=協議記録 第18号｜day=2026-
        　　09-25｜programme_id=1｜full_words=機材　ルーター2台を受託者が持参する。
        　・　・evidence=Evidence 12｜change=機材の説明に10分かかった　3回　→　（出典がなくなった）｜id=12｜words=
        　　機材の説明に10分かかった　3回
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －programme_id=1｜fiscal_year=2026｜memo=BudgetMemo 1｜contract=2970
        ＋programme_id=1｜fiscal_year=2026｜memo=BudgetMemo 1
        －　・　・evidence=Evidence 4｜change=内容　時間割は変えず、事例を2つに絞り、操作体験を2回に分けて進める。
        　　　→　内容　時間割は変えず、事例を2つに絞り、操作体験を2回に分けて進める。｜id=4｜words=内容　時間割は変
        　　えず、事例を2つに絞り、操作体験を2回に分けて進める。
        －　・　・　・current sort=協議｜said=内容　時間割は変えず、事例を2つに絞り、操作体験を2回に分けて進める。｜
        　　source=協議記録 第19号｜day=2026-09-28｜programme_id=1｜full_words=内容　時間割は変えず、事例を2つに絞り
        　　、操作体験を2回に分けて進める。
        －　・　・evidence=Evidence 5｜change=設問　10問とし、問4を「速い」から「遅い」まで5段階にそろえる。　→　設
        　　問　10問とし、問4を「速い」から「遅い」まで5段階にそろえる。｜id=5｜words=設問　10問とし、問4を「速い」
        　　から「遅い」まで5段階にそろえる。
        －　・　・　・current sort=協議｜said=設問　10問とし、問4を「速い」から「遅い」まで5段階にそろえる。｜source
        　　=協議記録 第20号｜day=2026-09-28｜programme_id=1｜full_words=設問　10問とし、問4を「速い」から「遅い」ま
        　　で5段階にそろえる。
        －　・　・evidence=Evidence 6｜change=機材　ルーター2台を受託者が持参する。　→　機材　ルーター2台を受託者が
        　　持参する。｜id=6｜words=機材　ルーター2台を受託者が持参する。
        －　・　・　・current sort=協議｜said=機材　ルーター2台を受託者が持参する。｜source=協議記録 第18号｜day=202
        　　6-09-25｜programme_id=1｜full_words=機材　ルーター2台を受託者が持参する。
        ＋　・　・evidence=Evidence 4｜source_status=変わった｜change=内容　時間割は変えず、事例を2つに絞り、操作体
        　　験を2回に分けて進める。　→　内容　操作体験の進め方をどうするか｜id=4｜words=内容　時間割は変えず、事例
        　　を2つに絞り、操作体験を2回に分けて進める。
        ＋　・　・　・current sort=協議｜said=内容　操作体験の進め方をどうするか｜source=協議記録 第19号｜day=2026-0
        　　8-14｜programme_id=1｜full_words=内容　操作体験の進め方をどうするか
        ＋　・　・evidence=Evidence 5｜source_status=変わった｜change=設問　10問とし、問4を「速い」から「遅い」まで5
        　　段階にそろえる。　→　設問　設問の並びを全回でそろえるか｜id=5｜words=設問　10問とし、問4を「速い」から
        　　「遅い」まで5段階にそろえる。
        ＋　・　・　・current sort=協議｜said=設問　設問の並びを全回でそろえるか｜source=協議記録 第20号｜day=2026-0
        　　9-18｜programme_id=1｜full_words=設問　設問の並びを全回でそろえるか
        ＋　・　・evidence=Evidence 6｜source_status=変わった｜change=機材　ルーター2台を受託者が持参する。　→　機
        　　材　無料Wi-Fiのない会館の備えをどうするか｜id=6｜words=機材　ルーター2台を受託者が持参する。
        ＋　・　・　・current sort=協議｜said=機材　無料Wi-Fiのない会館の備えをどうするか｜source=協議記録 第18号｜d
        　　ay=2026-09-01｜programme_id=1｜full_words=機材　無料Wi-Fiのない会館の備えをどうするか
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )
