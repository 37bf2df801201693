"""What the page of 資料 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.events.materials.services.handout_sets import read_handouts
from app.events.materials.services.material_board import read_material_board
from app.events.materials.services.materials import read_material
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW, event_id
from tests.support.view_lines import view

TODAY = NOW.date()


def test_the_board_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_material_board, s, today=TODAY, event_id=event_id(s, "講習会", 6))
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """

        　・groups 2
        　・　・title=今週までの期限
        　・　・　・rows 2
        　・　・　・　・material_id=15｜event_id=6｜kind=講習会｜event_title=第6回 Instagram講習会（2回目）｜event_d
        　　ate=2026-12-08｜title=講習資料「Instagramの投稿と注意点」｜due=2026-11-24｜due_words=11/24(火)｜basis_sh
        　　ort=仕4(1)キ 2週間前｜urgency=期限超過｜state_words=7日超過｜version_words=第1版｜received_on=2026-11-13
        　　｜received_words=11/13(金)｜findings=3｜findings_words=3件 未修正｜state=結果未通知｜copies_words=—｜no
        　　tified_words=未通知
        　・　・　・　・material_id=16｜event_id=6｜kind=講習会｜event_title=第6回 Instagram講習会（2回目）｜event_d
        　　ate=2026-12-08｜title=操作手順書｜due=2026-11-24｜due_words=11/24(火)｜basis_short=仕4(1)キ 2週間前｜urg
        　　ency=期限超過｜state_words=7日超過｜version_words=第1版｜received_on=2026-11-19｜received_words=11/19(木
        　　)｜findings=0｜findings_words=0件｜state=区が確認中｜copies_words=—
        　・　・title=終わったもの
        　・　・　・rows 1
        　・　・　・　・material_id=14｜event_id=6｜kind=講習会｜event_title=第6回 Instagram講習会（2回目）｜event_d
        　　ate=2026-12-08｜title=次第｜due=2026-11-24｜due_words=11/24(火)｜basis_short=仕4(1)キ 2週間前｜urgency=
        　　済｜state_words=11/20(金) 済｜version_words=第1版｜received_on=2026-11-13｜received_words=11/13(金)｜fin
        　　dings=0｜findings_words=0件｜state=確認済｜copies_words=16部（仮）｜notified_words=未通知
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・　・　・material_id=15｜event_id=6｜kind=講習会｜event_title=第6回 Instagram講習会（2回目）｜event
        　　_date=2026-12-08｜title=講習資料「Instagramの投稿と注意点」｜due=2026-11-24｜due_words=11/24(火)｜basis_
        　　short=仕4(1)キ 2週間前｜urgency=期限超過｜state_words=7日超過｜version_words=第1版｜received_on=2026-11-
        　　13｜received_words=11/13(金)｜findings=3｜findings_words=3件 未修正｜state=結果未通知｜copies_words=—｜
        　　notified_words=未通知
        －　・　・　・　・material_id=16｜event_id=6｜kind=講習会｜event_title=第6回 Instagram講習会（2回目）｜event
        　　_date=2026-12-08｜title=操作手順書｜due=2026-11-24｜due_words=11/24(火)｜basis_short=仕4(1)キ 2週間前｜u
        　　rgency=期限超過｜state_words=7日超過｜version_words=第1版｜received_on=2026-11-19｜received_words=11/19(
        　　木)｜findings=0｜findings_words=0件｜state=区が確認中｜copies_words=—
        ＋　・　・　・　・material_id=15｜event_id=6｜kind=講習会｜event_title=第6回 Instagram講習会（2回目）｜event
        　　_date=2026-12-08｜title=講習資料「Instagramの投稿と注意点」｜due=2026-11-24｜due_words=11/24(火)｜basis_
        　　short=2週間前｜urgency=期限超過｜state_words=7日超過｜version_words=第1版｜received_on=2026-11-13｜recei
        　　ved_words=11/13(金)｜findings=3｜findings_words=3件 未修正｜state=結果未通知｜copies_words=—｜notified_
        　　words=未通知
        ＋　・　・　・　・material_id=16｜event_id=6｜kind=講習会｜event_title=第6回 Instagram講習会（2回目）｜event
        　　_date=2026-12-08｜title=操作手順書｜due=2026-11-24｜due_words=11/24(火)｜basis_short=2週間前｜urgency=期
        　　限超過｜state_words=7日超過｜version_words=第1版｜received_on=2026-11-19｜received_words=11/19(木)｜find
        　　ings=0｜findings_words=0件｜state=区が確認中｜copies_words=—
        －　・　・　・　・material_id=14｜event_id=6｜kind=講習会｜event_title=第6回 Instagram講習会（2回目）｜event
        　　_date=2026-12-08｜title=次第｜due=2026-11-24｜due_words=11/24(火)｜basis_short=仕4(1)キ 2週間前｜urgency
        　　=済｜state_words=11/20(金) 済｜version_words=第1版｜received_on=2026-11-13｜received_words=11/13(金)｜fi
        　　ndings=0｜findings_words=0件｜state=確認済｜copies_words=16部（仮）｜notified_words=未通知
        ＋　・　・　・　・material_id=14｜event_id=6｜kind=講習会｜event_title=第6回 Instagram講習会（2回目）｜event
        　　_date=2026-12-08｜title=次第｜due=2026-11-24｜due_words=11/24(火)｜basis_short=2週間前｜urgency=済｜stat
        　　e_words=11/20(金) 済｜version_words=第1版｜received_on=2026-11-13｜received_words=11/13(金)｜findings=0
        　　｜findings_words=0件｜state=確認済｜copies_words=16部（仮）｜notified_words=未通知
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －　・　・　・　・material_id=15｜event_id=6｜kind=講習会｜event_title=第6回 Instagram講習会（2回目）｜event
        　　_date=2026-12-08｜title=講習資料「Instagramの投稿と注意点」｜due=2026-11-24｜due_words=11/24(火)｜basis_
        　　short=仕4(1)キ 2週間前｜urgency=期限超過｜state_words=7日超過｜version_words=第1版｜received_on=2026-11-
        　　13｜received_words=11/13(金)｜findings=3｜findings_words=3件 未修正｜state=結果未通知｜copies_words=—｜
        　　notified_words=未通知
        －　・　・　・　・material_id=16｜event_id=6｜kind=講習会｜event_title=第6回 Instagram講習会（2回目）｜event
        　　_date=2026-12-08｜title=操作手順書｜due=2026-11-24｜due_words=11/24(火)｜basis_short=仕4(1)キ 2週間前｜u
        　　rgency=期限超過｜state_words=7日超過｜version_words=第1版｜received_on=2026-11-19｜received_words=11/19(
        　　木)｜findings=0｜findings_words=0件｜state=区が確認中｜copies_words=—
        ＋　・　・　・　・material_id=15｜event_id=6｜kind=講習会｜event_title=第6回 Instagram講習会（2回目）｜event
        　　_date=2026-12-17｜title=講習資料「Instagramの投稿と注意点」｜due=2026-12-03｜due_words=12/3(木)｜basis_s
        　　hort=仕4(1)キ 2週間前｜urgency=今週｜state_words=あと2日｜version_words=第1版｜received_on=2026-11-13｜r
        　　eceived_words=11/13(金)｜findings=3｜findings_words=3件 未修正｜state=結果未通知｜copies_words=—｜notif
        　　ied_words=未通知
        ＋　・　・　・　・material_id=16｜event_id=6｜kind=講習会｜event_title=第6回 Instagram講習会（2回目）｜event
        　　_date=2026-12-17｜title=操作手順書｜due=2026-12-03｜due_words=12/3(木)｜basis_short=仕4(1)キ 2週間前｜ur
        　　gency=今週｜state_words=あと2日｜version_words=第1版｜received_on=2026-11-19｜received_words=11/19(木)｜
        　　findings=0｜findings_words=0件｜state=区が確認中｜copies_words=—
        －　・　・　・　・material_id=14｜event_id=6｜kind=講習会｜event_title=第6回 Instagram講習会（2回目）｜event
        　　_date=2026-12-08｜title=次第｜due=2026-11-24｜due_words=11/24(火)｜basis_short=仕4(1)キ 2週間前｜urgency
        　　=済｜state_words=11/20(金) 済｜version_words=第1版｜received_on=2026-11-13｜received_words=11/13(金)｜fi
        　　ndings=0｜findings_words=0件｜state=確認済｜copies_words=16部（仮）｜notified_words=未通知
        ＋　・　・　・　・material_id=14｜event_id=6｜kind=講習会｜event_title=第6回 Instagram講習会（2回目）｜event
        　　_date=2026-12-17｜title=次第｜due=2026-12-03｜due_words=12/3(木)｜basis_short=仕4(1)キ 2週間前｜urgency=
        　　済｜state_words=11/20(金) 済｜version_words=第1版｜received_on=2026-11-13｜received_words=11/13(金)｜fin
        　　dings=0｜findings_words=0件｜state=確認済｜copies_words=15部（仮）｜notified_words=未通知
        """,
    )


def test_the_board_of_a_past_event_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_material_board, s, today=TODAY, event_id=event_id(s, "講習会", 2))
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """

        　・groups 1
        　・　・title=終わったもの
        　・　・　・rows 3
        　・　・　・　・material_id=4｜event_id=2｜kind=講習会｜event_title=第2回 LINE講習会｜event_date=2026-09-30
        　　｜title=次第｜due=2026-09-16｜due_words=9/16(水)｜basis_short=仕4(1)キ 2週間前｜urgency=済｜state_words=
        　　9/14(月) 済｜version_words=第1版｜received_on=2026-09-07｜received_words=9/7(月)｜findings=0｜findings_w
        　　ords=0件｜state=確認済｜copies_words=20部｜notified_words=9/14(月) 通知
        　・　・　・　・material_id=5｜event_id=2｜kind=講習会｜event_title=第2回 LINE講習会｜event_date=2026-09-30
        　　｜title=講習資料「はじめてのLINE公式アカウント」｜due=2026-09-16｜due_words=9/16(水)｜basis_short=仕4(1)
        　　キ 2週間前｜urgency=済｜state_words=9/14(月) 済｜version_words=第1版｜received_on=2026-09-07｜received_w
        　　ords=9/7(月)｜findings=0｜findings_words=0件｜state=確認済｜copies_words=20部｜notified_words=9/14(月)
        　　 通知
        　・　・　・　・material_id=6｜event_id=2｜kind=講習会｜event_title=第2回 LINE講習会｜event_date=2026-09-30
        　　｜title=操作手順書｜due=2026-09-16｜due_words=9/16(水)｜basis_short=仕4(1)キ 2週間前｜urgency=済｜state_
        　　words=9/14(月) 済｜version_words=第1版｜received_on=2026-09-07｜received_words=9/7(月)｜findings=0｜find
        　　ings_words=0件｜state=確認済｜copies_words=20部｜notified_words=9/14(月) 通知
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・　・　・material_id=4｜event_id=2｜kind=講習会｜event_title=第2回 LINE講習会｜event_date=2026-09-3
        　　0｜title=次第｜due=2026-09-16｜due_words=9/16(水)｜basis_short=仕4(1)キ 2週間前｜urgency=済｜state_words
        　　=9/14(月) 済｜version_words=第1版｜received_on=2026-09-07｜received_words=9/7(月)｜findings=0｜findings_
        　　words=0件｜state=確認済｜copies_words=20部｜notified_words=9/14(月) 通知
        －　・　・　・　・material_id=5｜event_id=2｜kind=講習会｜event_title=第2回 LINE講習会｜event_date=2026-09-3
        　　0｜title=講習資料「はじめてのLINE公式アカウント」｜due=2026-09-16｜due_words=9/16(水)｜basis_short=仕4(1
        　　)キ 2週間前｜urgency=済｜state_words=9/14(月) 済｜version_words=第1版｜received_on=2026-09-07｜received_
        　　words=9/7(月)｜findings=0｜findings_words=0件｜state=確認済｜copies_words=20部｜notified_words=9/14(月)
        　　 通知
        －　・　・　・　・material_id=6｜event_id=2｜kind=講習会｜event_title=第2回 LINE講習会｜event_date=2026-09-3
        　　0｜title=操作手順書｜due=2026-09-16｜due_words=9/16(水)｜basis_short=仕4(1)キ 2週間前｜urgency=済｜state
        　　_words=9/14(月) 済｜version_words=第1版｜received_on=2026-09-07｜received_words=9/7(月)｜findings=0｜fin
        　　dings_words=0件｜state=確認済｜copies_words=20部｜notified_words=9/14(月) 通知
        ＋　・　・　・　・material_id=4｜event_id=2｜kind=講習会｜event_title=第2回 LINE講習会｜event_date=2026-09-3
        　　0｜title=次第｜due=2026-09-16｜due_words=9/16(水)｜basis_short=2週間前｜urgency=済｜state_words=9/14(月)
        　　 済｜version_words=第1版｜received_on=2026-09-07｜received_words=9/7(月)｜findings=0｜findings_words=0件
        　　｜state=確認済｜copies_words=20部｜notified_words=9/14(月) 通知
        ＋　・　・　・　・material_id=5｜event_id=2｜kind=講習会｜event_title=第2回 LINE講習会｜event_date=2026-09-3
        　　0｜title=講習資料「はじめてのLINE公式アカウント」｜due=2026-09-16｜due_words=9/16(水)｜basis_short=2週間
        　　前｜urgency=済｜state_words=9/14(月) 済｜version_words=第1版｜received_on=2026-09-07｜received_words=9/7
        　　(月)｜findings=0｜findings_words=0件｜state=確認済｜copies_words=20部｜notified_words=9/14(月) 通知
        ＋　・　・　・　・material_id=6｜event_id=2｜kind=講習会｜event_title=第2回 LINE講習会｜event_date=2026-09-3
        　　0｜title=操作手順書｜due=2026-09-16｜due_words=9/16(水)｜basis_short=2週間前｜urgency=済｜state_words=9/
        　　14(月) 済｜version_words=第1版｜received_on=2026-09-07｜received_words=9/7(月)｜findings=0｜findings_wor
        　　ds=0件｜state=確認済｜copies_words=20部｜notified_words=9/14(月) 通知
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_the_set_of_handouts_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_handouts, s, event_id=event_id(s, "講習会", 2)) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event_id=2｜title=第2回 LINE講習会｜copies=20｜copies_words=18＋予備2＝20部
        　・rows 3
        　・　・material=Material 4｜version=MaterialVersion 4｜state=確認済｜remark=ファイルなしで受領しています。
        　　原本から印刷してください。
        　・　・material=Material 5｜version=MaterialVersion 5｜state=確認済｜remark=ファイルなしで受領しています。
        　　原本から印刷してください。
        　・　・material=Material 6｜version=MaterialVersion 6｜state=確認済｜remark=ファイルなしで受領しています。
        　　原本から印刷してください。
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


def test_one_handout_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_material, s, material_id=1, today=TODAY) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        material=Material 1｜event=Event 1｜event_title=第1回 事例紹介講習会｜state=確認済｜required_count=0｜option
        　　al_count=0｜copies_final=✓｜copies_words=連絡済 17＋予備2＝19部｜next_version=2｜notified_words=8/25(火)
        　　 通知｜notification=Notification 2
        　・task event=Event 1｜label=資料の確認を終える｜detail=3 / 3点｜basis_short=仕4(1)キ 2週間前｜completed_on
        　　=2026-08-25｜fiscal_year=0｜basis=仕様書4(1)キ。実施日の2週間前 = 8/27(木)｜bucket=済｜clause=仕4(1)キ｜
        　　column=working｜days_left=0｜due=2026-08-27｜event_date=2026-09-10｜event_id=1｜event_title=第1回 事例紹
        　　介講習会｜is_contract_duty=✓｜kind=講習会｜margin=2026-08-26｜margin_basis=中14日で数えた目安日 8/26(水)
        　　｜next_actor=区｜nominal=2026-08-27｜overdue_days=0｜owner
        　・　・deadline task=資料確認｜owner=区｜clause=仕4(1)キ｜rule=2週間前｜basis=仕様書4(1)キ。実施日の2週間前
        　　 = 8/27(木)｜margin_basis=中14日で数えた目安日 8/26(水)｜direction=before｜start=2026-09-10｜nominal=202
        　　6-08-27｜working=2026-08-27｜margin=2026-08-26｜contract=✓｜effective_date=2026-08-27｜last_day_in_time=
        　　2026-08-27
        　・　・state bucket=済｜days_left=0｜overdue_days=0｜short_words=済 8/25(火)｜words=済 8/25(火)
        　・　・words name=資料確認｜label=資料の確認を終える｜action=資料を確認する｜next_actor=区｜unrecorded_word
        　　s=確認の記録なし
        　・versions 1
        　・　・version=MaterialVersion 1｜newest=✓｜received_words=8/18(火) 受領（メール）・1ページ｜result_words=
        　　確認済 8/25(火) 見本　係員
        　・copies people=17｜spare=2｜total=19｜words=17＋予備2＝19部
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・task event=Event 1｜label=資料の確認を終える｜detail=3 / 3点｜basis_short=仕4(1)キ 2週間前｜completed_
        　　on=2026-08-25｜fiscal_year=0｜basis=仕様書4(1)キ。実施日の2週間前 = 8/27(木)｜bucket=済｜clause=仕4(1)キ
        　　｜column=working｜days_left=0｜due=2026-08-27｜event_date=2026-09-10｜event_id=1｜event_title=第1回 事例
        　　紹介講習会｜is_contract_duty=✓｜kind=講習会｜margin=2026-08-26｜margin_basis=中14日で数えた目安日 8/26(
        　　水)｜next_actor=区｜nominal=2026-08-27｜overdue_days=0｜owner
        －　・　・deadline task=資料確認｜owner=区｜clause=仕4(1)キ｜rule=2週間前｜basis=仕様書4(1)キ。実施日の2週間
        　　前 = 8/27(木)｜margin_basis=中14日で数えた目安日 8/26(水)｜direction=before｜start=2026-09-10｜nominal=2
        　　026-08-27｜working=2026-08-27｜margin=2026-08-26｜contract=✓｜effective_date=2026-08-27｜last_day_in_tim
        　　e=2026-08-27
        ＋　・task event=Event 1｜label=資料の確認を終える｜detail=3 / 3点｜basis_short=2週間前｜completed_on=2026-0
        　　8-25｜fiscal_year=0｜basis=実施日の2週間前 = 8/27(木)｜bucket=済｜column=working｜days_left=0｜due=2026-
        　　08-27｜event_date=2026-09-10｜event_id=1｜event_title=第1回 事例紹介講習会｜is_contract_duty=✓｜kind=講
        　　習会｜margin=2026-08-26｜margin_basis=中14日で数えた目安日 8/26(水)｜next_actor=区｜nominal=2026-08-27｜
        　　overdue_days=0｜owner=区｜owner_words=区｜rule=2週間前｜sho
        ＋　・　・deadline task=資料確認｜owner=区｜rule=2週間前｜basis=実施日の2週間前 = 8/27(木)｜margin_basis=中1
        　　4日で数えた目安日 8/26(水)｜direction=before｜start=2026-09-10｜nominal=2026-08-27｜working=2026-08-27｜
        　　margin=2026-08-26｜contract=✓｜effective_date=2026-08-27｜last_day_in_time=2026-08-27
        －　・　・version=MaterialVersion 1｜newest=✓｜received_words=8/18(火) 受領（メール）・1ページ｜result_words
        　　=確認済 8/25(火) 見本　係員
        ＋　・　・version=MaterialVersion 1｜newest=✓｜received_words=8/18(火) 受領（メール）｜result_words=確認済 8
        　　/25(火)
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_a_handout_under_way_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_material, s, material_id=19, today=TODAY) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        material=Material 19｜event=Event 11｜event_title=第1回 意見交換会｜state=確認済｜required_count=0｜optional
        　　_count=0｜copies_final=✓｜copies_words=連絡済 19＋予備2＝21部｜next_version=2｜notified_words=10/27(火)
        　　 通知｜notification=Notification 24
        　・task event=Event 11｜label=資料の確認を終える｜detail=3 / 3点｜basis_short=仕4(3)キ 2週間前｜completed_o
        　　n=2026-10-27｜fiscal_year=0｜basis=仕様書4(3)キ。実施日の2週間前 = 10/29(木)｜bucket=済｜clause=仕4(3)キ
        　　｜column=working｜days_left=0｜due=2026-10-29｜event_date=2026-11-12｜event_id=11｜event_title=第1回 意
        　　見交換会｜is_contract_duty=✓｜kind=意見交換会｜margin=2026-10-28｜margin_basis=中14日で数えた目安日 10/2
        　　8(水)｜next_actor=区｜nominal=2026-10-29｜overdue_days=0｜o
        　・　・deadline task=資料確認｜owner=区｜clause=仕4(3)キ｜rule=2週間前｜basis=仕様書4(3)キ。実施日の2週間前
        　　 = 10/29(木)｜margin_basis=中14日で数えた目安日 10/28(水)｜direction=before｜start=2026-11-12｜nominal=2
        　　026-10-29｜working=2026-10-29｜margin=2026-10-28｜contract=✓｜effective_date=2026-10-29｜last_day_in_tim
        　　e=2026-10-29
        　・　・state bucket=済｜days_left=0｜overdue_days=0｜short_words=済 10/27(火)｜words=済 10/27(火)
        　・　・words name=資料確認｜label=資料の確認を終える｜action=資料を確認する｜next_actor=区｜unrecorded_word
        　　s=確認の記録なし
        　・versions 1
        　・　・version=MaterialVersion 19｜newest=✓｜received_words=10/20(火) 受領（メール）・1ページ｜result_words
        　　=確認済 10/27(火) 見本　係員
        　・copies people=19｜spare=2｜total=21｜words=19＋予備2＝21部
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・task event=Event 11｜label=資料の確認を終える｜detail=3 / 3点｜basis_short=仕4(3)キ 2週間前｜completed
        　　_on=2026-10-27｜fiscal_year=0｜basis=仕様書4(3)キ。実施日の2週間前 = 10/29(木)｜bucket=済｜clause=仕4(3)
        　　キ｜column=working｜days_left=0｜due=2026-10-29｜event_date=2026-11-12｜event_id=11｜event_title=第1回
        　　 意見交換会｜is_contract_duty=✓｜kind=意見交換会｜margin=2026-10-28｜margin_basis=中14日で数えた目安日 1
        　　0/28(水)｜next_actor=区｜nominal=2026-10-29｜overdue_days=0｜o
        －　・　・deadline task=資料確認｜owner=区｜clause=仕4(3)キ｜rule=2週間前｜basis=仕様書4(3)キ。実施日の2週間
        　　前 = 10/29(木)｜margin_basis=中14日で数えた目安日 10/28(水)｜direction=before｜start=2026-11-12｜nominal
        　　=2026-10-29｜working=2026-10-29｜margin=2026-10-28｜contract=✓｜effective_date=2026-10-29｜last_day_in_t
        　　ime=2026-10-29
        ＋　・task event=Event 11｜label=資料の確認を終える｜detail=3 / 3点｜basis_short=2週間前｜completed_on=2026-
        　　10-27｜fiscal_year=0｜basis=実施日の2週間前 = 10/29(木)｜bucket=済｜column=working｜days_left=0｜due=202
        　　6-10-29｜event_date=2026-11-12｜event_id=11｜event_title=第1回 意見交換会｜is_contract_duty=✓｜kind=意見
        　　交換会｜margin=2026-10-28｜margin_basis=中14日で数えた目安日 10/28(水)｜next_actor=区｜nominal=2026-10-2
        　　9｜overdue_days=0｜owner=区｜owner_words=区｜rule=2週間前
        ＋　・　・deadline task=資料確認｜owner=区｜rule=2週間前｜basis=実施日の2週間前 = 10/29(木)｜margin_basis=中
        　　14日で数えた目安日 10/28(水)｜direction=before｜start=2026-11-12｜nominal=2026-10-29｜working=2026-10-29
        　　｜margin=2026-10-28｜contract=✓｜effective_date=2026-10-29｜last_day_in_time=2026-10-29
        －　・　・version=MaterialVersion 19｜newest=✓｜received_words=10/20(火) 受領（メール）・1ページ｜result_wor
        　　ds=確認済 10/27(火) 見本　係員
        ＋　・　・version=MaterialVersion 19｜newest=✓｜received_words=10/20(火) 受領（メール）｜result_words=確認済
        　　 10/27(火)
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )
