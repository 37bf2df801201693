"""Letters and their 起案資料 whole, from an addressee with everything to one with nothing."""

from dataclasses import replace
from datetime import date

import pytest

from app.calendar.office_days import OfficeCalendar
from app.documents.guide_blocks import PlaceMap
from app.events.letters.documents.drafting_set import LetterDraft, drafting_set
from app.events.letters.documents.letter_layout import Addressee, LetterPerson, _subject, letters
from app.events.letters.rules.letter_texts import WAITING_LEAD, WAITING_PART
from app.events.letters.services import letter_addressees
from app.events.letters.services.letter_checks import _deadlines_on_closed_days
from app.programme.intake import preset
from db.records.agreements import Agreement
from db.records.documents import Letter, LetterForm, LetterState
from db.records.programme import DocumentSetting
from tests.events.letters.test_letter_wording import OFFICE, facts
from tests.support.paper_lines import assert_says, lines_of, run_on
from tests.support.years import plain_context

CONTEXT = plain_context(date(2026, 9, 1), office=OFFICE)
EVENT = replace(facts().event, id=7)
NAMED = LetterPerson(name="髙﨑 千鶴子", role="会長", device="持参", state="", admission="501", entry_id=11)
LENT = LetterPerson(name="見本 花子", role="", device="貸与", state="", entry_id=12, moved_from_event="第1回から変更")
UNNAMED = LetterPerson(name="", role="", device="", state="", entry_id=13)
SECOND = replace(UNNAMED, admission="502")
GROUP = Addressee(
    key="o1",
    organisation="みほん町会",
    person="髙﨑 千鶴子",
    role="会長",
    branch="第1支部",
    postal_code="176-0001",
    address="練馬1-1",
    people=(NAMED, LENT, UNNAMED, SECOND, replace(UNNAMED, is_erased=True)),
)
WAITS = LetterPerson(name="例野 一", role="", device="", state="補欠（1番）", entry_id=14)
WAITING = Addressee(key="o2w", organisation="例町会", people=(WAITS,), is_waiting_list=True)
TEXTS = (
    ("件名", "デジタル活用講習会　第2回「LINE講習会」の参加者の決定について（通知）"), ("前文", "前文。"),
    (WAITING_LEAD, "補欠の前文。"), ("日時", "9月10日　午後"), ("会場", "みほん区民館　研修室"), ("持ち物", " "),
    (WAITING_PART, "お待ちください。"), ("電話での連絡", "電話しました。"), ("お願い", "控えてください。"),
)  # fmt: skip


def laid_out(kind, *addressees, texts=TEXTS, event=EVENT, **given):
    return letters(CONTEXT, event, kind=kind, texts=texts, addressees=addressees, **given)


def test_each_addressee_has_a_letter_with_its_people_and_what_is_for_it_alone():
    place_map = PlaceMap(station="練馬", building="区民館", minutes=5)
    made = laid_out("決定通知", GROUP, WAITING, window_envelope=True, edition=2, large=("o2w",), place_map=place_map)
    assert_says(
        run_on(lines_of(made)),
        """
        17行 ⏎ みほん町会 / 　会長　髙﨑 千鶴子　様｜令和8年9月1日｜練馬区協働推進課みほん係｜事務連絡｜〒176-0001｜練馬
        　　1-1｜501｜ほか 1人｜11｜501｜13｜502｜200000705015｜o1｜11｜12｜13｜13｜13 ⏎ デジタル活用講習会　第2回「LINE
        　　講習会」の｜参加者の決定について（通知）｜前文。 ⏎ 記 ⏎ 1　日時　9月10日 / 午後 ⏎ 2　会場　みほん区民館　研
        　　修室 ⏎ 参加される方｜501　髙﨑 千鶴子　様（会長）｜端末　持参｜見本 花子　様｜端末　貸与を希望　第1回から変
        　　更｜502　氏名未定｜｜氏名未定　1人｜｜1人（お申出により、氏名を記載しません）｜｜3 ⏎ 4　お願い　控えてくださ
        　　い。 ⏎ 練馬区協働推進課みほん係｜電話　03-0000-0001　FAX　03-0000-0002 ⏎ 2 例町会｜✓｜✓ ⏎ 例町会　御中｜令和
        　　8年9月1日｜練馬区協働推進課みほん係｜事務連絡｜o2w｜14 ⏎ デジタル活用講習会　第2回「LINE講習会」の｜参加者の
        　　決定について（通知）｜補欠の前文。 ⏎ 記 ⏎ 1　日時　9月10日 / 午後 ⏎ 2　会場　みほん区民館　研修室 ⏎ 参加され
        　　る方｜例野 一　様｜補欠（1番）｜3 ⏎ 4　補欠の方へ　お待ちください。 ⏎ 練馬区協働推進課みほん係｜電話　03-000
        　　0-0001　FAX　03-0000-0002
        """,
    )
    assert (made.type_size, made.version, made.first_sheet, made.personal) == (14, 2, "1 みほん町会", True)
    assert [block.type_size for block in made.blocks if hasattr(block, "restart")] == [18]
    heads = [one for one in made.blocks if hasattr(one, "window")]
    assert [(one.window, one.places, one.entries) for one in heads] == [
        (("〒176-0001", "練馬1-1"), ((11, 501), (13, 502)), (11, 12, 13, 13, 13)),
        ((), (), (14,)),
    ]
    plain = laid_out("会長あて案内文", Addressee(key="all", full_line="各会長 様"), personal=False)
    assert_says(
        run_on(lines_of(plain), beside=lines_of(made)),
        """
        7行 ⏎ 各会長 様｜令和8年9月1日｜練馬区協働推進課長｜事務連絡｜all ⏎ 1　日時　9月10日　午後 ⏎ 3　お願い　控えてく
        　　ださい。
        """,
    )
    many = replace(GROUP, people=(NAMED, LENT, UNNAMED) * 3)
    visit = replace(EVENT, form=preset().kinds[1].form, tablet_side="区")
    said = [one for one in lines_of(laid_out("開催通知", many, event=visit)) if "9人" in one]
    assert said == ["参加される方｜9人　端末：持参　3人、貸与　3人、未定　3人｜｜3"]


@pytest.mark.parametrize(
    ("kind", "texts", "to"),
    [
        ("中止通知", (("代わりの開催", "10月1日\n区民館"), ("お問合せ", "係")), replace(WAITING, was_called=True)),
        ("変更通知", (("変更前の日時", "9月10日　午後"), ("変更後の日時", "9月17日　午後"), ("変更前の会場", "区民館"),
                  ("変更後の会場", "区民館"), ("内容", "体験"), ("持ち物・参加費", "なし"), ("変更の理由", "大雪")),
         replace(GROUP, previously_named=(NAMED, WAITS))),
    ],
)  # fmt: skip
def test_what_falls_out_or_moves_is_said_with_what_was_before(kind, texts, to):
    said = lines_of(laid_out(kind, to, texts=texts))
    if kind == "中止通知":
        assert_says(
            run_on(said[1:-1]),
            """
        5行 ⏎ 記 ⏎ 1　代わりの開催　つぎのとおり開催します。 ⏎ 10月1日 / 区民館 ⏎ 補欠の方｜例野 一　様｜補欠（1番）｜2
        　　 ⏎ 3　お問合せ　係
        """,
        )
    else:
        assert_says(
            run_on(said[1:-1]),
            """
        9行 ⏎ 記 ⏎ 1　変更の内容 ⏎ ［項目｜変更前｜変更後］ ⏎ ◎日時｜9月10日 / 午後｜▶ 9月17日 / 午後 ⏎ 会場｜区民館｜
        　　変更なし ⏎ 内容｜体験｜変更なし ⏎ ◎参加される方｜501　髙﨑 千鶴子　様（会長）　端末　持参 / 例野 一　様　補
        　　欠（1番）｜▶ 501　髙﨑 千鶴子　様（会長）　端末　持参 / 見本 花子　様　端末　貸与を希望　第1回から変更 / 50
        　　2　氏名未定 / 氏名未定　1人 / 1人（お申出により、氏名を記載しません） ⏎ 持ち物・参加費｜なし｜変更なし ⏎ 2
        　　　変更の理由　大雪
        """,
        )
        many = replace(to, people=(LENT,) * 9, previously_named=(), is_previously_named_unknown=True)
        lines = [one for one in lines_of(laid_out(kind, many, texts=texts)) if one not in said]
        assert (lines[1], lines[-1]) == ("参加される方｜さきの通知のとおり｜9人（2のとおり）", "3　変更の理由　大雪")


def test_a_long_subject_is_parted_behind_the_name_or_before_the_brackets():
    long = "あ" * 24
    given = (f"{long}（通知", f"{long}（通知）", f"「{long}」の決定（通知）", f"{long}いいい")
    assert [_subject(one) for one in given] == [
        (f"{long}（通知", ""), (long, "（通知）"), (f"「{long}」の", "決定（通知）"), (f"{long}いいい", ""),
    ]  # fmt: skip


def test_a_draft_counts_every_letter_and_leaves_open_what_is_not_known():
    letter = Letter(
        document_kind="決定通知",
        event_id=7,
        form=LetterForm.FORMAL,
        state=LetterState.APPROVED,
        decided_on=date(2026, 8, 31),
        document_number="8第1号",
        issued_on=date(2026, 9, 2),
    )
    called = replace(GROUP, was_called=True)
    drafts = [
        LetterDraft(kind=kind, context=replace(CONTEXT, letter=one), texts=TEXTS, addressees=to)
        for kind, one, to in (
            ("決定通知", letter, (called, replace(GROUP, key="o3", organisation=""))),
            ("落選通知", replace(letter, document_number="8第2号"), (WAITING,)),
        )
    ]
    known = facts(
        event=EVENT,
        waiting=2,
        withdrawn=1,
        chosen=(23, 12),
        headcount_by=date(2026, 9, 4),
        agreement=Agreement(topic="人数", ordinal=47),
    )
    texts = (
        ("件名", "参加者の決定"), ("伺い文", "伺います。"), ("起案理由", "申込み。"), ("定員を超えて決定する理由", ""),
        ("備考", "なし。"),
    )  # fmt: skip

    def draft(known, drafts, texts=texts, kind="起案資料"):
        return lines_of(drafting_set(CONTEXT, known, kind=kind, texts=texts, drafts=drafts))

    said = draft(known, drafts)
    letters_of_draft = said.index("別紙1 案（決定通知）｜✓"), said.index("宛先一覧｜✓")
    assert "4　電話での連絡　電話しました。 / （先に電話がつながった1通だけに入れる）" in said[slice(*letters_of_draft)]
    assert_says(
        run_on([*said[: letters_of_draft[0]], *said[letters_of_draft[1] :]]),
        """
        34行 ⏎ 起案資料 ⏎ 件名：参加者の決定 ⏎ 起案：令和8年　　月　　日　練馬区協働推進課みほん係 / 電話　03-0000-0001
        　　　　起案者 ⏎ 保存年限・分類：　　年（令和　　年度末まで） ⏎ 伺います。 ⏎ ◇1　決定の内容　申込みの締切　R8.8
        　　.24（月） ⏎ ［区分｜申込｜決定｜補欠｜不参加決定｜欠席・取消｜仕様｜仕様との差］ ⏎ 人数｜23人｜23人｜2人｜6
        　　人｜1人｜10人から20人程度｜+3人（15.0％） ⏎ 団体｜14団体｜12団体｜｜｜｜—｜— ⏎ ◇2　理由 ⏎ (1) 申込み。 ⏎
        　　 (2) 定員を超えて決定する理由　（理由と協議番号を記入する） ⏎ ◇3　根拠 ⏎ ◇4　案文および別紙　決定通知　1団
        　　体　10人　2通 落選通知　1団体　1人　1通 ⏎ ［別紙｜名称｜数｜公開］ ⏎ 1｜決定通知（案）｜2通｜公開 ⏎ 2｜落選
        　　通知（補欠の方）（案）｜1通｜公開 ⏎ 3｜宛先一覧（氏名を含む）｜11人｜非公開 ⏎ 4｜協議記録 第47号（写し）｜1
        　　部｜公開 ⏎ ◇5　この後の予定 ⏎ ［日｜すること］ ⏎ R8.9.2（水）｜通知の施行（3通） ⏎ R8.9.4（金）｜参加人数を
        　　受託者へ連絡（5日前） ⏎ R8.9.10（木）｜実施 ⏎ ◇6　備考 ⏎ なし。 ⏎ 決裁日｜令和8年8月31日｜文書番号｜8第1号
        　　ほか｜施行日｜令和8年9月2日 ⏎ 注　この紙は、決裁を受ける本文に付ける写しである。 ⏎ 宛先一覧｜✓ ⏎ 宛先一覧｜
        　　計　3通　11人 ⏎ ［No｜通知｜支部｜団体｜宛名（役職・氏名）｜対象の方（氏名）］ ⏎ 1｜決定通知｜第1支部｜みほ
        　　ん町会｜会長　髙﨑 千鶴子　様｜501　髙﨑 千鶴子　様（会長） / 見本 花子　様 / 502　氏名未定 / 氏名未定　1人
        　　 / 1人（お申出により、氏名を記載しません） ⏎ 2｜決定通知｜第1支部｜｜御中｜501　髙﨑 千鶴子　様（会長） / 見
        　　本 花子　様 / 502　氏名未定 / 氏名未定　1人 / 1人（お申出により、氏名を記載しません） ⏎ 3｜落選通知｜｜例町
        　　会｜御中｜例野 一　様　補欠（1番）
        """,
    )
    bare = [replace(drafts[0], context=CONTEXT, addressees=(GROUP,))]
    few = replace(known, chosen=(8, 5), waiting=0, withdrawn=0, headcount_by=None, apply_by=None, agreement=None)
    assert_says(
        run_on(draft(few, bare, texts[:3]), beside=said),
        """
        35行 ⏎ 起案：令和8年9月1日（火）　練馬区協働推進課みほん係 / 電話　03-0000-0001　　起案者 ⏎ ◇1　決定の内容 ⏎ ［
        　　区分｜申込｜決定｜不参加決定｜仕様｜仕様との差］ ⏎ 人数｜23人｜8人｜6人｜10人から20人程度｜下限より2人少ない
        　　 ⏎ 団体｜14団体｜5団体｜｜—｜— ⏎ 申込み。 ⏎ ◇4　案文および別紙　決定通知　1団体　5人　1通 ⏎ 1｜決定通知（
        　　案）｜1通｜公開 ⏎ 2｜宛先一覧（氏名を含む）｜5人｜非公開 ⏎ ｜通知の施行（1通） ⏎ 決裁日｜令和　　年　　月
        　　　　日｜文書番号｜第　　号｜施行日｜令和　　年　　月　　日 ⏎ （「宛先一覧」のとおり）｜令和8年9月1日｜練馬区
        　　協働推進課みほん係｜事務連絡 ⏎ 4　お願い　控えてください。 ⏎ 宛先一覧｜計　1通　5人
        """,
    )
    within, nobody = (draft(replace(few, **given), bare) for given in ({"chosen": (10, 5)}, {"applied": (0, 0)}))
    assert [next(one for one in lines if one.startswith("人数｜")) for lines in (within, nobody)] == [
        "人数｜23人｜10人｜6人｜10人から20人程度｜範囲内",
        "人数｜0人｜8人｜6人｜10人から20人程度｜—",
    ]
    changed = (("変更前の日時", "9月10日"), ("変更後の日時", "9月17日"), ("変更前の会場", "館"), ("変更後の会場", "館"))
    moved = [replace(bare[0], kind="変更通知", texts=changed)]
    assert_says(
        run_on(draft(few, moved, texts[:1], "起案資料（中止・変更）")[:18], beside=said),
        """
        18行 ⏎ 起案：令和8年9月1日（火）　練馬区協働推進課みほん係 / 電話　03-0000-0001　　起案者 ⏎ ◇1　変更の内容 ⏎ ［
        　　項目｜変更前｜変更後］ ⏎ ◎日時｜9月10日｜9月17日 ⏎ 会場｜館｜変更なし ⏎ ◇4　案文および別紙　変更通知　1団
        　　体　5人　1通 ⏎ 1｜変更通知（案）｜1通｜公開 ⏎ 2｜宛先一覧（氏名を含む）｜5人｜非公開 ⏎ ｜通知の施行（1通）
        """,
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("9月10日まで", ""), ("9月9日（水）まで", "より前です"), ("7月13日まで", "より前です"),
        ("7月12日まで", "閉庁日です（日曜日）"), ("9月13日まで", "閉庁日です（日曜日）"),
        ("2月30日まで", "2月30日という日はありません"), ("1月4日まで", ""), ("9月9日に", ""),
    ],
)  # fmt: skip
def test_a_deadline_in_a_letter_lies_on_an_open_day_from_its_own_on(text, said):
    found = list(_deadlines_on_closed_days(None, {"返事": text}, date(2026, 9, 10), OfficeCalendar()))
    assert [said in one.words for one in found] == [True] * bool(said)


@pytest.mark.parametrize(
    ("kind", "extra", "known"),
    [
        ("決定通知", {}, ("団体ごと", False, True, 12, "決定通知", None)),
        ("会長あて案内文", {"宛名の単位": "x"}, ("団体ごと", False, True, 12, "決定通知", None)),
        ("支部長あて依頼文", {}, ("共通", False, True, 12, "決定通知", None)),
        ("区報原稿", {"字数の目安": "0", "ラベルの面数": "7"}, ("団体ごと", False, True, 12, "決定通知", None)),
        ("決定通知", {"宛名の単位": "1人ごと", "窓あき封筒": "する", "親展": "しない", "ラベルの面数": "24",
                  "字数の目安": "200", "ラベルの宛先": "落選通知"}, ("1人ごと", True, False, 24, "落選通知", 200)),
    ],
)  # fmt: skip
def test_settings_of_a_letter_that_do_not_fit_are_the_usual_ones(monkeypatch, kind, extra, known):
    setting = DocumentSetting(document_kind=kind, extra=extra, honorific="殿")
    monkeypatch.setattr(letter_addressees, "setting_of_event", lambda *_a, **_k: setting)
    found = letter_addressees.read_options(None, kind, event_id=1)
    assert found.honorific == "殿"
    assert (
        found.unit,
        found.window_envelope,
        found.confidential,
        found.label_size,
        found.labels_for,
        found.max_characters,
    ) == known


def test_addressees_without_an_address_are_counted_and_ten_named():
    bare = [replace(WAITING, organisation=f"第{number}町会") for number in range(1, 13)]
    say = letter_addressees.without_address_words
    assert (say([GROUP, Addressee(key="all", full_line="各会長")]), say(bare[:1])) == (
        "",
        "住所の登録がない宛先が1件あります：第1町会。",
    )
    assert say([*bare, replace(WAITING, organisation="")]).endswith("、第10町会、ほか3件。")
