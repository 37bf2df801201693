"""What the page of 通知 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.events.letters.services.letter_page import read_letters
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW, event_id
from tests.support.view_lines import view


def test_the_letters_of_a_lecture_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_letters, s, event_id=event_id(s, "講習会", 6), kind="決定通知", now=NOW)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event_id=6｜title=第6回 Instagram講習会（2回目）｜kind=決定通知
        　・rows 15
        　・　・kind=募集チラシ｜group=募集・通知｜is_ready=✓｜is_listed=✓｜can_be_made=✓
        　・　・　・state_answer
        　・　・kind=参加申込書｜group=募集・通知｜is_ready=✓｜is_listed=✓｜can_be_made=✓
        　・　・　・state_answer
        　・　・kind=会長あて案内文｜group=募集・通知｜is_ready=✓｜goes_out=✓｜is_listed=✓｜can_be_made=✓
        　・　・　・state_answer
        　・　・kind=支部長あて依頼文｜group=募集・通知｜is_ready=✓｜goes_out=✓｜is_listed=✓｜can_be_made=✓
        　・　・　・state_answer
        　・　・kind=区報原稿｜group=募集・通知｜is_ready=✓｜is_listed=✓｜can_be_made=✓
        　・　・　・state_answer
        　・　・kind=ホームページ原稿｜group=募集・通知｜is_ready=✓｜can_be_made=✓
        　・　・　・state_answer
        　・　・kind=起案資料｜group=募集・通知｜is_ready=✓｜state=決定通知｜is_listed=✓｜can_be_made=✓
        　・　・　・state_answer
        　・　・kind=決定通知｜group=募集・通知｜is_ready=✓｜state=8団体　14人｜goes_out=✓｜letter=Letter 2｜formal=✓｜i
        　　s_listed=✓｜can_be_made=✓
        　・　・　・state_answer
        　・　・kind=落選通知｜group=募集・通知｜state=参加者を決めて、落選または補欠の方がいるときに作成できます。｜goe
        　　s_out=✓｜letter=Letter 0｜formal=✓｜is_listed=✓
        　・　・　・state_answer
        　・　・kind=開催通知｜group=募集・通知｜is_ready=✓｜state=8団体　14人｜goes_out=✓｜letter=Letter 0｜formal=✓｜i
        　　s_listed=✓｜can_be_made=✓
        　・　・　・state_answer
        　・　・kind=辞退受理通知｜group=募集・通知｜state=参加者を「辞退」にするか、派遣の希望票を「取下げ」にすると作
        　　成できます。｜goes_out=✓｜is_listed=✓
        　・　・　・state_answer
        　・　・kind=宛名ラベル｜group=募集・通知｜is_ready=✓｜is_listed=✓｜can_be_made=✓
        　・　・　・state_answer
        　・row kind=決定通知｜group=募集・通知｜is_ready=✓｜state=8団体　14人｜goes_out=✓｜letter=Letter 2｜formal=✓｜i
        　　s_listed=✓｜can_be_made=✓
        　・　・state_answer
        　・passages 11
        　・　・part=件名｜text=デジタル活用講習会　第6回「Instagram講習会（2回目）」の参加決定について（通知）｜default
        　　=デジタル活用講習会　第6回「Instagram講習会（2回目）」の参加決定について（通知）｜lines=2
        　・　・part=前文｜text=日ごろから区政にご理解とご協力をいただき、ありがとうございます。お申込みいただいた講習会
        　　について、つぎのとおり参加を決定しましたので、お知らせします。｜default=日ごろから区政にご理解とご協力をいた
        　　だき、ありがとうございます。お申込みいただいた講習会について、つぎのとおり参加を決定しましたので、お知らせし
        　　ます。｜lines=3
        　・　・part=日時｜text=令和8年12月8日（火）　午後2時から午後4時まで / （受付　午後1時30分から）｜default=令和8
        　　年12月8日（火）　午後2時から午後4時まで / （受付　午後1時30分から）｜lines=2
        　・　・part=会場｜text=見本つつじ台区民館　研修室 / 見本つつじ台3丁目2番1号（見本つつじ台駅から徒歩8分）｜defau
        　　lt=見本つつじ台区民館　研修室 / 見本つつじ台3丁目2番1号（見本つつじ台駅から徒歩8分）｜lines=3
        　・　・part=内容｜text=写真の撮り方、投稿の流れ、著作権と肖像権｜default=写真の撮り方、投稿の流れ、著作権と肖像
        　　権｜lines=2
        　・　・part=持ち物｜text=この通知、筆記用具 / 端末を持参される方は、充電し、Instagramを使える状態にした端末｜de
        　　fault=この通知、筆記用具 / 端末を持参される方は、充電し、Instagramを使える状態にした端末｜lines=2
        　・　・part=参加費｜text=無料｜default=無料｜lines=1
        　・　・part=欠席・代理出席｜text=欠席される方、代理の方が出席される団体は、 / 12月1日（火）までに問合せ先へご連
        　　絡ください。｜default=欠席される方、代理の方が出席される団体は、 / 12月1日（火）までに問合せ先へご連絡くださ
        　　い。｜lines=3
        　・　・part=荒天時｜text=中止するときは、お申込みの電話番号へ前日までにご連絡します。｜default=中止するときは、
        　　お申込みの電話番号へ前日までにご連絡します。｜lines=2
        　・　・part=当日の連絡先｜text=電話　03-6759-9119（区民協働担当係）｜default=電話　03-6759-9119（区民協働担当係
        　　）｜lines=1
        　・　・part=その他｜text=・公共交通機関をご利用ください。会場のインターネットを使えます。 / ・車いすの席など、
        　　配慮が必要な方はご相談ください。 / ・会場の写真を撮ります。望まない方は受付へお申し出ください。｜default=・
        　　公共交通機関をご利用ください。会場のインターネットを使えます。 / ・車いすの席など、配慮が必要な方はご相談く
        　　ださい。 / ・会場の写真を撮ります。望まない方は受付へお申し出ください。｜lines=5
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・kind=起案資料｜group=募集・通知｜is_ready=✓｜state=決定通知｜is_listed=✓｜can_be_made=✓
        －　・　・　・state_answer
        －　・　・kind=決定通知｜group=募集・通知｜is_ready=✓｜state=8団体　14人｜goes_out=✓｜letter=Letter 2｜formal=✓
        　　｜is_listed=✓｜can_be_made=✓
        －　・　・　・state_answer
        ＋　・　・kind=起案資料｜group=募集・通知｜is_ready=✓｜state=出したときの日時・会場と違います｜is_listed=✓
        ＋　・　・　・state_answer why=令和8年11月25日（水）に出した決定通知は、「会場 見本つつじ台区民館 研修室」と知ら
        　　せています。｜short=出したときの日時・会場と違います｜key=変更前の通知／起案資料／2026-12-08 14:00 見本つつ
        　　じ台区民館｜mark=変更後の日時・会場｜reissued=✓｜is_stopped=✓｜words=出したときの日時・会場と違います
        ＋　・　・kind=決定通知｜group=募集・通知｜is_ready=✓｜state=出したときの日時・会場と違います｜goes_out=✓｜lette
        　　r=Letter 2｜formal=✓｜is_listed=✓
        ＋　・　・　・state_answer why=令和8年11月25日（水）に出した決定通知は、「会場 見本つつじ台区民館 研修室」と知ら
        　　せています。変わったことは、変更通知で知らせます。｜short=出したときの日時・会場と違います｜key=変更前の通知
        　　／決定通知／2026-12-08 14:00 見本つつじ台区民館｜mark=変更後の日時・会場｜reissued=✓｜is_stopped=✓｜words=出
        　　したときの日時・会場と違います
        －　・　・kind=開催通知｜group=募集・通知｜is_ready=✓｜state=8団体　14人｜goes_out=✓｜letter=Letter 0｜formal=✓
        　　｜is_listed=✓｜can_be_made=✓
        －　・　・　・state_answer
        ＋　・　・kind=開催通知｜group=募集・通知｜is_ready=✓｜state=出したときの日時・会場と違います｜goes_out=✓｜lette
        　　r=Letter 0｜formal=✓｜is_listed=✓
        ＋　・　・　・state_answer why=令和8年11月25日（水）に出した決定通知は、「会場 見本つつじ台区民館 研修室」と知ら
        　　せています。変わったことは、変更通知で知らせます。｜short=出したときの日時・会場と違います｜key=変更前の通知
        　　／開催通知／2026-12-08 14:00 見本つつじ台区民館｜mark=変更後の日時・会場｜reissued=✓｜is_stopped=✓｜words=出
        　　したときの日時・会場と違います
        －　・row kind=決定通知｜group=募集・通知｜is_ready=✓｜state=8団体　14人｜goes_out=✓｜letter=Letter 2｜formal=✓
        　　｜is_listed=✓｜can_be_made=✓
        －　・　・state_answer
        ＋　・row kind=決定通知｜group=募集・通知｜is_ready=✓｜state=出したときの日時・会場と違います｜goes_out=✓｜lette
        　　r=Letter 2｜formal=✓｜is_listed=✓
        ＋　・　・state_answer why=令和8年11月25日（水）に出した決定通知は、「会場 見本つつじ台区民館 研修室」と知らせて
        　　います。変わったことは、変更通知で知らせます。｜short=出したときの日時・会場と違います｜key=変更前の通知／決
        　　定通知／2026-12-08 14:00 見本つつじ台区民館｜mark=変更後の日時・会場｜reissued=✓｜is_stopped=✓｜words=出した
        　　ときの日時・会場と違います
        －　・　・part=会場｜text=見本つつじ台区民館　研修室 / 見本つつじ台3丁目2番1号（見本つつじ台駅から徒歩8分）｜def
        　　ault=見本つつじ台区民館　研修室 / 見本つつじ台3丁目2番1号（見本つつじ台駅から徒歩8分）｜lines=3
        －　・　・part=内容｜text=写真の撮り方、投稿の流れ、著作権と肖像権｜default=写真の撮り方、投稿の流れ、著作権と肖
        　　像権｜lines=2
        ＋　・　・part=会場｜text=見本つつじ台区民館｜default=見本つつじ台区民館｜lines=3
        ＋　・　・part=内容｜text=活用事例の紹介、比較、メリットおよびデメリットの説明、運用上の注意点、操作体験、質問・
        　　個別相談｜default=活用事例の紹介、比較、メリットおよびデメリットの説明、運用上の注意点、操作体験、質問・個別
        　　相談｜lines=2
        －　・　・part=当日の連絡先｜text=電話　03-6759-9119（区民協働担当係）｜default=電話　03-6759-9119（区民協働担当
        　　係）｜lines=1
        ＋　・　・part=当日の連絡先｜lines=1
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －　・　・kind=起案資料｜group=募集・通知｜is_ready=✓｜state=決定通知｜is_listed=✓｜can_be_made=✓
        －　・　・　・state_answer
        －　・　・kind=決定通知｜group=募集・通知｜is_ready=✓｜state=8団体　14人｜goes_out=✓｜letter=Letter 2｜formal=✓
        　　｜is_listed=✓｜can_be_made=✓
        －　・　・　・state_answer
        ＋　・　・kind=起案資料｜group=募集・通知｜is_ready=✓｜state=出したときの日時・会場と違います｜is_listed=✓
        ＋　・　・　・state_answer why=令和8年11月25日（水）に出した決定通知は、「実施日 12/8(火)」と知らせています。｜s
        　　hort=出したときの日時・会場と違います｜key=変更前の通知／起案資料／2026-12-17 14:00 見本つつじ台区民館 研修
        　　室｜mark=変更後の日時・会場｜reissued=✓｜is_stopped=✓｜words=出したときの日時・会場と違います
        ＋　・　・kind=決定通知｜group=募集・通知｜is_ready=✓｜state=出したときの日時・会場と違います｜goes_out=✓｜lette
        　　r=Letter 2｜formal=✓｜is_listed=✓
        ＋　・　・　・state_answer why=令和8年11月25日（水）に出した決定通知は、「実施日 12/8(火)」と知らせています。変
        　　わったことは、変更通知で知らせます。｜short=出したときの日時・会場と違います｜key=変更前の通知／決定通知／20
        　　26-12-17 14:00 見本つつじ台区民館 研修室｜mark=変更後の日時・会場｜reissued=✓｜is_stopped=✓｜words=出したと
        　　きの日時・会場と違います
        －　・　・kind=開催通知｜group=募集・通知｜is_ready=✓｜state=8団体　14人｜goes_out=✓｜letter=Letter 0｜formal=✓
        　　｜is_listed=✓｜can_be_made=✓
        －　・　・　・state_answer
        －　・　・kind=辞退受理通知｜group=募集・通知｜state=参加者を「辞退」にするか、派遣の希望票を「取下げ」にすると
        　　作成できます。｜goes_out=✓｜is_listed=✓
        ＋　・　・kind=開催通知｜group=募集・通知｜is_ready=✓｜state=出したときの日時・会場と違います｜goes_out=✓｜lette
        　　r=Letter 0｜formal=✓｜is_listed=✓
        ＋　・　・　・state_answer why=令和8年11月25日（水）に出した決定通知は、「実施日 12/8(火)」と知らせています。変
        　　わったことは、変更通知で知らせます。｜short=出したときの日時・会場と違います｜key=変更前の通知／開催通知／20
        　　26-12-17 14:00 見本つつじ台区民館 研修室｜mark=変更後の日時・会場｜reissued=✓｜is_stopped=✓｜words=出したと
        　　きの日時・会場と違います
        ＋　・　・kind=辞退受理通知｜group=募集・通知｜is_ready=✓｜state=1団体　1人｜goes_out=✓｜is_listed=✓｜can_be_mad
        　　e=✓
        －　・row kind=決定通知｜group=募集・通知｜is_ready=✓｜state=8団体　14人｜goes_out=✓｜letter=Letter 2｜formal=✓
        　　｜is_listed=✓｜can_be_made=✓
        －　・　・state_answer
        """,
    )


def test_the_letters_of_a_cancelled_event_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_letters, s, event_id=event_id(s, "講習会", 8), kind="中止通知", now=NOW)
        for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event_id=13｜title=第8回 情報発信の注意点講習会｜kind=中止通知
        　・rows 15
        　・　・kind=募集チラシ｜group=募集・通知｜is_ready=✓｜state=中止のため作成しません｜is_listed=✓
        　・　・　・state_answer why=この回は中止です（11/30(月)から）。募集チラシは作成しません。参加される方と補欠の方
        　　には、中止通知で知らせます。｜short=中止のため作成しません｜key=中止／募集チラシ／2026-11-30｜mark=中止｜sin
        　　ce=2026-11-30｜is_stopped=✓｜words=中止のため作成しません
        　・　・kind=参加申込書｜group=募集・通知｜is_ready=✓｜state=中止のため作成しません｜is_listed=✓
        　・　・　・state_answer why=この回は中止です（11/30(月)から）。参加申込書は作成しません。参加される方と補欠の方
        　　には、中止通知で知らせます。｜short=中止のため作成しません｜key=中止／参加申込書／2026-11-30｜mark=中止｜sin
        　　ce=2026-11-30｜is_stopped=✓｜words=中止のため作成しません
        　・　・kind=会長あて案内文｜group=募集・通知｜is_ready=✓｜state=中止のため作成しません｜goes_out=✓｜is_listed=✓
        　・　・　・state_answer why=この回は中止です（11/30(月)から）。会長あて案内文は作成しません。参加される方と補欠
        　　の方には、中止通知で知らせます。｜short=中止のため作成しません｜key=中止／会長あて案内文／2026-11-30｜mark=
        　　中止｜since=2026-11-30｜is_stopped=✓｜words=中止のため作成しません
        　・　・kind=支部長あて依頼文｜group=募集・通知｜is_ready=✓｜state=中止のため作成しません｜goes_out=✓｜is_listed
        　　=✓
        　・　・　・state_answer why=この回は中止です（11/30(月)から）。支部長あて依頼文は作成しません。参加される方と補
        　　欠の方には、中止通知で知らせます。｜short=中止のため作成しません｜key=中止／支部長あて依頼文／2026-11-30｜ma
        　　rk=中止｜since=2026-11-30｜is_stopped=✓｜words=中止のため作成しません
        　・　・kind=区報原稿｜group=募集・通知｜is_ready=✓｜state=中止のため作成しません｜is_listed=✓
        　・　・　・state_answer why=この回は中止です（11/30(月)から）。区報原稿は作成しません。参加される方と補欠の方に
        　　は、中止通知で知らせます。｜short=中止のため作成しません｜key=中止／区報原稿／2026-11-30｜mark=中止｜since=2
        　　026-11-30｜is_stopped=✓｜words=中止のため作成しません
        　・　・kind=ホームページ原稿｜group=募集・通知｜is_ready=✓｜state=中止のため作成しません
        　・　・　・state_answer why=この回は中止です（11/30(月)から）。ホームページ原稿は作成しません。参加される方と補
        　　欠の方には、中止通知で知らせます。｜short=中止のため作成しません｜key=中止／ホームページ原稿／2026-11-30｜ma
        　　rk=中止｜since=2026-11-30｜is_stopped=✓｜words=中止のため作成しません
        　・　・kind=起案資料｜group=募集・通知｜is_ready=✓｜state=中止のため作成しません｜is_listed=✓
        　・　・　・state_answer why=この回は中止です（11/30(月)から）。起案資料は作成しません。参加される方と補欠の方に
        　　は、中止通知で知らせます。｜short=中止のため作成しません｜key=中止／起案資料／2026-11-30｜mark=中止｜since=2
        　　026-11-30｜is_stopped=✓｜words=中止のため作成しません
        　・　・kind=決定通知｜group=募集・通知｜is_ready=✓｜state=中止のため作成しません｜goes_out=✓｜letter=Letter 4｜
        　　formal=✓｜is_listed=✓
        　・　・　・state_answer why=この回は中止です（11/30(月)から）。決定通知は作成しません。参加される方と補欠の方に
        　　は、中止通知で知らせます。｜short=中止のため作成しません｜key=中止／決定通知／2026-11-30｜mark=中止｜since=2
        　　026-11-30｜is_stopped=✓｜words=中止のため作成しません
        　・　・kind=落選通知｜group=募集・通知｜is_ready=✓｜state=中止のため作成しません｜goes_out=✓｜letter=Letter 5｜
        　　outgoing_words=11/27(金) PDF 取消｜formal=✓｜is_listed=✓
        　・　・　・state_answer why=この回は中止です（11/30(月)から）。落選通知は作成しません。参加される方と補欠の方に
        　　は、中止通知で知らせます。｜short=中止のため作成しません｜key=中止／落選通知／2026-11-30｜mark=中止｜since=2
        　　026-11-30｜is_stopped=✓｜words=中止のため作成しません
        　・　・kind=開催通知｜group=募集・通知｜is_ready=✓｜state=中止のため作成しません｜goes_out=✓｜letter=Letter 0｜
        　　formal=✓｜is_listed=✓
        　・　・　・state_answer why=この回は中止です（11/30(月)から）。開催通知は作成しません。参加される方と補欠の方に
        　　は、中止通知で知らせます。｜short=中止のため作成しません｜key=中止／開催通知／2026-11-30｜mark=中止｜since=2
        　　026-11-30｜is_stopped=✓｜words=中止のため作成しません
        　・　・kind=辞退受理通知｜group=募集・通知｜state=参加者を「辞退」にするか、派遣の希望票を「取下げ」にすると作
        　　成できます。｜goes_out=✓｜is_listed=✓
        　・　・　・state_answer
        　・　・kind=宛名ラベル｜group=募集・通知｜is_ready=✓｜is_listed=✓｜can_be_made=✓
        　・　・　・state_answer
        　・row kind=中止通知｜group=中止・変更｜is_ready=✓｜state=11団体　15人｜goes_out=✓｜letter=Letter 6｜formal=✓｜
        　　is_listed=✓｜can_be_made=✓
        　・　・state_answer
        　・passages 9
        　・　・part=件名｜text=デジタル活用講習会　第8回「情報発信の注意点講習会」の中止について（通知）｜default=デジ
        　　タル活用講習会　第8回「情報発信の注意点講習会」の中止について（通知）｜lines=2
        　・　・part=前文｜text=日ごろから区政にご理解とご協力をいただき、ありがとうございます。令和8年11月27日付け見本
        　　第524号により参加の決定をお知らせした講習会を、つぎのとおり中止します。参加を予定されていた皆さまには、ご迷
        　　惑をおかけし、申し訳ありません。｜default=日ごろから区政にご理解とご協力をいただき、ありがとうございます。令
        　　和8年11月27日付け見本第524号により参加の決定をお知らせした講習会を、つぎのとおり中止します。参加を予定されて
        　　いた皆さまには、ご迷惑をおかけし、申し訳ありません。｜lines=4
        　・　・part=前文（補欠の方）｜text=日ごろから区政にご理解とご協力をいただき、ありがとうございます。補欠としてお
        　　待ちいただいていた講習会を、つぎのとおり中止します。ご迷惑をおかけし、申し訳ありません。｜default=日ごろから
        　　区政にご理解とご協力をいただき、ありがとうございます。補欠としてお待ちいただいていた講習会を、つぎのとおり中
        　　止します。ご迷惑をおかけし、申し訳ありません。｜lines=4
        　・　・part=中止する講習会｜text=デジタル活用講習会　第8回「情報発信の注意点講習会」 / 令和8年12月10日（木）
        　　　午後2時から午後4時まで / 見本こもれび区民館 和室｜default=デジタル活用講習会　第8回「情報発信の注意点講習
        　　会」 / 令和8年12月10日（木）　午後2時から午後4時まで / 見本こもれび区民館 和室｜lines=3
        　・　・part=中止の理由｜text=会場の空調設備が故障し、12月中の使用ができなくなったため。｜default=会場の空調設備
        　　が故障し、12月中の使用ができなくなったため。｜lines=2
        　・　・part=代わりの開催｜text=代わりの開催は行いません。｜default=代わりの開催は行いません。｜lines=3
        　・　・part=参加の取扱い｜text=つぎの講習会を開くときは、あらためてご案内します。｜default=つぎの講習会を開くと
        　　きは、あらためてご案内します。｜lines=3
        　・　・part=電話での連絡｜text=この通知は、さきに電話でお知らせした内容の確認のためにお送りするものです。｜defa
        　　ult=この通知は、さきに電話でお知らせした内容の確認のためにお送りするものです。｜lines=2
        　・　・part=その他｜lines=2
        　・addressees 14
        　・　・key=o4｜organisation=見本そよかぜ自治会｜person=仮名　三郎｜role=会長｜branch=第4支部｜was_called=✓｜ful
        　　l_name=見本そよかぜ自治会　会長　仮名　三郎
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・part=前文｜text=日ごろから区政にご理解とご協力をいただき、ありがとうございます。令和8年11月27日付
        　　け見本第524号により参加の決定をお知らせした講習会を、つぎのとおり中止します。参加を予定されていた皆さま
        　　には、ご迷惑をおかけし、申し訳ありません。｜default=日ごろから区政にご理解とご協力をいただき、ありがとう
        　　ございます。令和8年11月27日付け見本第524号により参加の決定をお知らせした講習会を、つぎのとおり中止します
        　　。参加を予定されていた皆さまには、ご迷惑をおかけし、申し訳ありません。｜lines=4
        ＋　・　・part=前文｜text=日ごろから区政にご理解とご協力をいただき、ありがとうございます。令和8年11月27日付
        　　けの通知により参加の決定をお知らせした講習会を、つぎのとおり中止します。参加を予定されていた皆さまには、
        　　ご迷惑をおかけし、申し訳ありません。｜default=日ごろから区政にご理解とご協力をいただき、ありがとうござい
        　　ます。令和8年11月27日付けの通知により参加の決定をお知らせした講習会を、つぎのとおり中止します。参加を予
        　　定されていた皆さまには、ご迷惑をおかけし、申し訳ありません。｜lines=4
        －　・　・key=o4｜organisation=見本そよかぜ自治会｜person=仮名　三郎｜role=会長｜branch=第4支部｜was_called=
        　　✓｜full_name=見本そよかぜ自治会　会長　仮名　三郎
        ＋　・　・key=o4｜organisation=見本そよかぜ自治会｜was_called=✓｜full_name=見本そよかぜ自治会
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_the_letters_of_a_visit_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_letters, s, event_id=event_id(s, "派遣", 3), now=NOW) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        event_id=10｜title=第3回 派遣 見本わかば町会｜kind=起案資料
        　・rows 9
        　・　・kind=起案資料｜group=募集・通知｜is_ready=✓｜state=決定通知｜is_listed=✓｜can_be_made=✓
        　・　・　・state_answer
        　・　・kind=決定通知｜group=募集・通知｜is_ready=✓｜state=1団体　8人｜goes_out=✓｜letter=Letter 1｜formal=✓｜is
        　　_listed=✓｜can_be_made=✓
        　・　・　・state_answer
        　・　・kind=落選通知｜group=募集・通知｜state=参加者を決めて、落選または補欠の方がいるときに作成できます。｜goe
        　　s_out=✓｜letter=Letter 0｜formal=✓｜is_listed=✓
        　・　・　・state_answer
        　・　・kind=開催通知｜group=募集・通知｜is_ready=✓｜state=1団体　8人｜goes_out=✓｜letter=Letter 0｜formal=✓｜is
        　　_listed=✓｜can_be_made=✓
        　・　・　・state_answer
        　・　・kind=辞退受理通知｜group=募集・通知｜state=参加者を「辞退」にするか、派遣の希望票を「取下げ」にすると作
        　　成できます。｜goes_out=✓｜is_listed=✓
        　・　・　・state_answer
        　・　・kind=宛名ラベル｜group=募集・通知｜is_ready=✓｜is_listed=✓｜can_be_made=✓
        　・　・　・state_answer
        　・　・kind=起案資料（中止・変更）｜group=中止・変更｜state=中止・変更の判断を記録すると作成できます。｜is_list
        　　ed=✓
        　・　・　・state_answer
        　・　・kind=中止通知｜group=中止・変更｜state=中止・変更の判断を記録すると作成できます。｜goes_out=✓｜letter=Le
        　　tter 0｜formal=✓｜is_listed=✓
        　・　・　・state_answer
        　・　・kind=変更通知｜group=中止・変更｜state=中止・変更の判断を記録すると作成できます。｜goes_out=✓｜letter=Le
        　　tter 0｜formal=✓｜is_listed=✓
        　・　・　・state_answer
        　・row kind=起案資料｜group=募集・通知｜is_ready=✓｜state=決定通知｜is_listed=✓｜can_be_made=✓
        　・　・state_answer
        　・passages 10
        　・　・part=件名｜text=アドバイザー派遣による個別支援　第3回の実施の決定および通知について｜default=アドバイザ
        　　ー派遣による個別支援　第3回の実施の決定および通知について｜lines=2
        　・　・part=伺い文｜text=標記のアドバイザー派遣について、つぎのとおり参加者8人（1団体）を決定し、別紙1の案によ
        　　り通知してよろしいか伺います。｜default=標記のアドバイザー派遣について、つぎのとおり参加者8人（1団体）を決定
        　　し、別紙1の案により通知してよろしいか伺います。｜lines=3
        　・　・part=起案理由｜text=参加者を募集したところ、1団体9人の申込みがあった（うち1人から、その後に欠席の連絡ま
        　　たは取消しがあった）。1団体8人の参加を決定する。｜default=参加者を募集したところ、1団体9人の申込みがあった（
        　　うち1人から、その後に欠席の連絡または取消しがあった）。1団体8人の参加を決定する。｜lines=5
        　・　・part=決定の根拠｜text=（区の実施要領の名称と条を記入する）｜default=（区の実施要領の名称と条を記入する）
        　　｜lines=2
        　・　・part=参考（委託仕様）｜text=仕様書4(2)エ「各回10人程度。参加者の募集は区が行い、各アドバイザー派遣実施日
        　　の5日前までに、参加人数を受託者に連絡する。」｜default=仕様書4(2)エ「各回10人程度。参加者の募集は区が行い、
        　　各アドバイザー派遣実施日の5日前までに、参加人数を受託者に連絡する。」｜lines=3
        　・　・part=決裁区分｜text=課長決裁｜default=課長決裁｜lines=1
        　・　・part=施行の方法｜text=郵送（親展の表示をする）、公印省略｜default=郵送（親展の表示をする）、公印省略｜li
        　　nes=1
        　・　・part=公開区分｜text=□ 公開　■ 一部公開（宛先一覧の氏名等は非公開）　□ 非公開｜default=□ 公開　■ 一
        　　部公開（宛先一覧の氏名等は非公開）　□ 非公開｜lines=1
        　・　・part=保存年限・分類｜lines=1
        　・　・part=備考｜lines=2
        　・options unit=団体ごと｜honorific=様｜confidential=✓｜label_size=12｜labels_for=決定通知
        　・cautions 決定の根拠とする区の実施要領が、設定の「帳票の宛先・発信者」にありません。
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －　・　・kind=決定通知｜group=募集・通知｜is_ready=✓｜state=1団体　8人｜goes_out=✓｜letter=Letter 1｜formal=✓｜
        　　is_listed=✓｜can_be_made=✓
        ＋　・　・kind=決定通知｜group=募集・通知｜is_ready=✓｜state=1団体　9人｜goes_out=✓｜letter=Letter 1｜formal=✓｜
        　　is_listed=✓｜can_be_made=✓
        －　・　・kind=開催通知｜group=募集・通知｜is_ready=✓｜state=1団体　8人｜goes_out=✓｜letter=Letter 0｜formal=✓｜
        　　is_listed=✓｜can_be_made=✓
        ＋　・　・kind=開催通知｜group=募集・通知｜is_ready=✓｜state=1団体　9人｜goes_out=✓｜letter=Letter 0｜formal=✓｜
        　　is_listed=✓｜can_be_made=✓
        －　・　・part=伺い文｜text=標記のアドバイザー派遣について、つぎのとおり参加者8人（1団体）を決定し、別紙1の案に
        　　より通知してよろしいか伺います。｜default=標記のアドバイザー派遣について、つぎのとおり参加者8人（1団体）を決
        　　定し、別紙1の案により通知してよろしいか伺います。｜lines=3
        －　・　・part=起案理由｜text=参加者を募集したところ、1団体9人の申込みがあった（うち1人から、その後に欠席の連絡
        　　または取消しがあった）。1団体8人の参加を決定する。｜default=参加者を募集したところ、1団体9人の申込みがあった
        　　（うち1人から、その後に欠席の連絡または取消しがあった）。1団体8人の参加を決定する。｜lines=5
        ＋　・　・part=伺い文｜text=標記のアドバイザー派遣について、つぎのとおり参加者9人（1団体）を決定し、別紙1の案に
        　　より通知してよろしいか伺います。｜default=標記のアドバイザー派遣について、つぎのとおり参加者9人（1団体）を決
        　　定し、別紙1の案により通知してよろしいか伺います。｜lines=3
        ＋　・　・part=起案理由｜text=参加者を募集したところ、1団体9人の申込みがあった。1団体9人の参加を決定する。｜defa
        　　ult=参加者を募集したところ、1団体9人の申込みがあった。1団体9人の参加を決定する。｜lines=5
        －　・　・part=参考（委託仕様）｜text=仕様書4(2)エ「各回10人程度。参加者の募集は区が行い、各アドバイザー派遣実施
        　　日の5日前までに、参加人数を受託者に連絡する。」｜default=仕様書4(2)エ「各回10人程度。参加者の募集は区が行い
        　　、各アドバイザー派遣実施日の5日前までに、参加人数を受託者に連絡する。」｜lines=3
        ＋　・　・part=参考（委託仕様）｜text=「各回10人程度。参加者の募集は区が行い、各アドバイザー派遣実施日の5日前ま
        　　でに、参加人数を受託者に連絡する。」｜default=「各回10人程度。参加者の募集は区が行い、各アドバイザー派遣実施
        　　日の5日前までに、参加人数を受託者に連絡する。」｜lines=3
        －　・cautions 決定の根拠とする区の実施要領が、設定の「帳票の宛先・発信者」にありません。
        ＋　・cautions 決定の根拠とする区の実施要領が、設定の「帳票の宛先・発信者」にありません。、問合せ先の電話番号が
        　　、設定の「所属・担当者」にありません。
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """
        －event_id=10｜title=第3回 派遣 見本わかば町会｜kind=起案資料
        ＋event_id=10｜title=第3回 派遣 見本わかば町会｜kind=宛名ラベル
        －　・　・kind=起案資料｜group=募集・通知｜is_ready=✓｜state=決定通知｜is_listed=✓｜can_be_made=✓
        －　・　・　・state_answer
        －　・　・kind=決定通知｜group=募集・通知｜is_ready=✓｜state=1団体　8人｜goes_out=✓｜letter=Letter 1｜formal=✓｜
        　　is_listed=✓｜can_be_made=✓
        －　・　・　・state_answer
        ＋　・　・kind=起案資料｜group=募集・通知｜is_ready=✓｜state=中止のため作成しません｜is_listed=✓
        ＋　・　・　・state_answer why=この回は中止です（12/1(火)から）。起案資料は作成しません。参加される方と補欠の方
        　　には、中止通知で知らせます。｜short=中止のため作成しません｜key=中止／起案資料／2026-12-01｜mark=中止｜since
        　　=2026-12-01｜is_stopped=✓｜words=中止のため作成しません
        ＋　・　・kind=決定通知｜group=募集・通知｜is_ready=✓｜state=中止のため作成しません｜goes_out=✓｜letter=Letter 1
        　　｜formal=✓｜is_listed=✓
        ＋　・　・　・state_answer why=この回は中止です（12/1(火)から）。決定通知は作成しません。参加される方と補欠の方
        　　には、中止通知で知らせます。｜short=中止のため作成しません｜key=中止／決定通知／2026-12-01｜mark=中止｜since
        　　=2026-12-01｜is_stopped=✓｜words=中止のため作成しません
        －　・　・　・state_answer
        －　・　・kind=開催通知｜group=募集・通知｜is_ready=✓｜state=1団体　8人｜goes_out=✓｜letter=Letter 0｜formal=✓｜
        　　is_listed=✓｜can_be_made=✓
        －　・　・　・state_answer
        ＋　・　・　・state_answer why=この回は中止です（12/1(火)から）。落選通知は作成しません。参加される方と補欠の方
        　　には、中止通知で知らせます。｜short=中止のため作成しません｜key=中止／落選通知／2026-12-01｜mark=中止｜since
        　　=2026-12-01｜is_stopped=✓｜words=中止のため作成しません
        ＋　・　・kind=開催通知｜group=募集・通知｜is_ready=✓｜state=中止のため作成しません｜goes_out=✓｜letter=Letter 0
        　　｜formal=✓｜is_listed=✓
        ＋　・　・　・state_answer why=この回は中止です（12/1(火)から）。開催通知は作成しません。参加される方と補欠の方
        　　には、中止通知で知らせます。｜short=中止のため作成しません｜key=中止／開催通知／2026-12-01｜mark=中止｜since
        　　=2026-12-01｜is_stopped=✓｜words=中止のため作成しません
        """,
    )
