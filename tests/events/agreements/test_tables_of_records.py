"""The papers of 協議: what each says of a record with everything and of one with nothing."""

from dataclasses import replace
from datetime import date

import pytest

from app.documents.blocks import Paragraph
from app.event.rules.event_warning import CONTRACT_CHANGE
from app.events.agreements.documents import (
    ANSWER_OPEN,
    LEAD,
    REST,
    ChangeFacts,
    MeetingView,
    RecordFacts,
    _other_records_table,
    _reasoned_records_table,
    agreement_record,
    contract_change,
    meeting_minutes,
    records_of_year,
)
from app.programme.intake import preset
from db.records.agreements import Agreement, Homework, Meeting
from db.records.programme import Contractor
from tests.support.paper_lines import assert_says, came, lines_of, run_on
from tests.support.years import plain_context

PAGE_WIDTH = 165
ONE = Agreement(
    id=1,
    programme_id=1,
    topic="会場",
    asked_on=date(2026, 9, 24),
    settled_on=date(2026, 10, 1),
    clause="仕4(1)ア",
    decision="区民館",
    ordinal=3,
    reason="近いため",
    ward_view="よい",
    contractor_view="可",
)


@pytest.mark.parametrize("made", [_reasoned_records_table, _other_records_table])
def test_a_table_is_as_wide_as_the_page_and_without_records_there_is_none(made):
    assert made([]) == Paragraph("該当なし")
    assert sum(column.width for column in made([(ONE, "")]).columns) == PAGE_WIDTH


def test_a_record_says_its_event_or_the_year_its_days_and_what_was_decided():
    open_one = replace(ONE, settled_on=None, ordinal=None, asked_on=None, topic="機材")
    table = _other_records_table([(ONE, "第1回"), (open_one, "")])
    assert [column.title for column in table.columns] == ["記録", "事項", "実施回", "始めた日", "整った日"]
    assert table.rows == (
        ("第3号", "会場", "第1回", "R8.9.24", "R8.10.1"),
        ("—", "機材", "年度に共通", "", "協議中"),
    )


def test_a_record_with_its_reason_says_both_views_and_that_it_was_withdrawn():
    bare = replace(ONE, settled_on=None, ordinal=None, decision="", reason="", ward_view="", clause="")
    gone = replace(ONE, withdrawn_on=date(2026, 10, 2), contractor_view="")
    table = _reasoned_records_table([(ONE, "第1回"), (bare, ""), (gone, "")])
    assert [column.title for column in table.columns] == [
        "記録", "決定日", "件名・実施回", "決めたこと", "理由・双方の意見",
    ]  # fmt: skip
    assert table.rows == (
        ("第3号", "R8.10.1", "会場\n第1回\n仕様書4(1)ア", "区民館", "理由　近いため\n区　よい\n受託者　可"),
        ("—", "協議中", "会場\n年度に共通", "—", "受託者　可"),
        ("第3号", "R8.10.1", "会場\n年度に共通\n仕様書4(1)ア", "【取消】区民館", "理由　近いため\n区　よい"),
    )


RICH = replace(
    ONE,
    content="どこで行うか",
    way="打合せ",
    ward_people="区　見本",
    partner="業務責任者",
    nature=CONTRACT_CHANGE,
    section_asked_on=date(2026, 9, 28),
    section_person="契約課",
    section_answer="要る",
    related="変更契約 第2号",
    original_place="紙ファイル",
    confirmed_on=date(2026, 10, 2),
    confirmed_how="メール",
    withdrawn_on=date(2026, 10, 5),
    withdrawn_reason="重ねて記録した。",
)
BARE = Agreement(id=7, topic="機材", nature="")
TASKS = (
    Homework(programme_id=1, text="鍵", person="見本", due=date(2026, 10, 9)),
    Homework(programme_id=1, text="図面", side="受託者", done_on=date(2026, 10, 3)),
)


def test_a_record_says_everything_that_is_known_of_it_and_that_the_rest_is_not():
    rich = agreement_record(
        plain_context(), RecordFacts(record=RICH, about="第1回", homework=TASKS, files=("図.pdf", "表.pdf"))
    )
    assert_says(
        run_on(lines_of(rich)),
        """
        26行 ⏎ 協議記録｜会場｜記録番号　第3号　取消 ⏎ 協議の日・方法：令和8年10月1日（木）　打合せ ⏎ 事業：第1回 ⏎ 根拠
        　　：仕様書 ⏎ 出た人：区　見本　　受託者　業務責任者 ⏎ ■1　論点 ⏎ どこで行うか ⏎ ■2　双方の意見 ⏎ ［区の意見
        　　｜受託者の意見］ ⏎ よい｜可 ⏎ ■3　決めたこと ⏎ 区民館｜11｜✓ ⏎ ■4　理由 ⏎ 近いため ⏎ ■5　契約との関わり ⏎
        　　 ［｜区分｜説明］ ⏎ □｜程度の範囲内｜数や期間の「程度」の中に収まる。 ⏎ □｜協議のみ（契約変更なし）｜仕様
        　　書が協議に委ねた事項である。契約の金額・期間は変わらない。 ⏎ ◎■｜契約変更の要否を契約課へ確認｜確認した日
        　　　R8.9.28　相手　契約課　回答　要る ⏎ ■6　宿題 ⏎ ［No｜内容｜担当｜期限｜状態］ ⏎ 1｜鍵｜区　見本｜R8.10.9
        　　（金）｜未 ⏎ 2｜図面｜受託者｜期限なし｜済　R8.10.3 ⏎ 添付　図.pdf、表.pdf　関係　変更契約 第2号 ⏎ この記録
        　　は令和8年10月5日（月）に取り消した。重ねて記録した。 ⏎ 区　記録・確認｜区　見本｜受託者　業務責任者の確認｜R
        　　8.10.2（金）　メール｜原本の所在｜紙ファイル
        """,
    )
    assert (rich.reference, rich.file_stem, rich.first_sheet) == ("R8-協-003", "R8-協-003-協議記録", "協議記録")
    nothing = RecordFacts(record=BARE, about="", homework=(), files=())
    bare = agreement_record(plain_context(), nothing)
    assert_says(
        run_on(lines_of(bare), beside=lines_of(rich)),
        """
        22行 ⏎ 協議記録｜機材｜協議中（番号はまだない） ⏎ 協議の日・方法：（記録なし） ⏎ 事業：年度に共通 ⏎ 根拠：（記録
        　　なし） ⏎ 出た人：（記録なし） ⏎ 機材 ⏎ （記録なし）｜（記録なし） ⏎ 協議中である。｜11 ⏎ （記録なし） ⏎ □｜
        　　契約変更の要否を契約課へ確認｜確認した日　　相手　　回答 ⏎ 宿題はない。 ⏎ 区　記録・確認｜｜受託者　業務責任
        　　者の確認｜｜原本の所在｜
        """,
    )
    assert bare.reference == "R8-協-仮7"
    settled = agreement_record(plain_context(), replace(nothing, record=replace(BARE, settled_on=ONE.settled_on)))
    assert came(lines_of(bare), lines_of(settled)) == ["協議の日・方法：令和8年10月1日（木）", "（記録なし）｜11"]


MEETING = Meeting(programme_id=1, ordinal=2, subject="年内の進め方", held_on=date(2026, 10, 2))


def minutes(meeting=MEETING, records=(), **given):
    known = {"titles": {4: "第4回"}, "homework": (), "earlier_homework_done": 0, "earlier_homework_count": 0}
    view = MeetingView(meeting=meeting, records=records, **({"continued": ()} | known | given))
    return lines_of(meeting_minutes(plain_context(), view))


def test_minutes_say_what_was_decided_goes_on_or_was_withdrawn_and_ask_for_a_confirmation():
    whole = replace(
        MEETING,
        start_time="10:00",
        end_time="11:00",
        place="区役所",
        ward_people="見本",
        contractor_people="例野",
        handed="図面",
        next_meeting="10月9日",
        answer_by=date(2026, 10, 9),
    )
    ticked = replace(BARE, settled_on=MEETING.held_on, ordinal=9)
    after = replace(BARE, settled_on=date(2026, 10, 3), ordinal=10, event_id=4)
    said = minutes(
        whole,
        (replace(ONE, event_id=4), RICH, BARE, ticked),
        homework=TASKS,
        earlier_homework_done=1,
        earlier_homework_count=3,
        continued=(replace(BARE, event_id=4), ticked, after),
    )
    assert_says(
        run_on(said),
        """
        22行 ⏎ 打合せ記録｜第2回　年内の進め方｜協議記録　第3号、第3号、第9号 ⏎ 日時・場所：令和8年10月2日（金）　午前10
        　　時から午前11時まで　区役所 ⏎ 出た人：区　見本　　受託者　例野 ⏎ 配ったもの：図面 ⏎ ■1　協議した事項　4件（
        　　決定2件、継続1件、取消1件） ⏎ ［記録｜件名・根拠｜決めたこと｜双方の意見・理由］ ⏎ 第3号｜会場 / 第4回 / 仕
        　　様書｜区民館｜区　よい / 受託者　可 / 理由　近いため ⏎ 第3号｜会場 / 仕様書｜【取消】区民館 / R8.10.5（月）
        　　　重ねて記録した。｜区　よい / 受託者　可 / 理由　近いため ⏎ —｜機材｜継続。｜ ⏎ 第9号｜機材｜R8.10.2（金）
        　　に決定。｜ ⏎ 記録の番号は協議記録の番号。決まっていない事項に番号はない。 ⏎ ［記録｜前回までから継続の事項｜
        　　この打合せで］ ⏎ —｜機材 / 第4回｜継続。 ⏎ 第9号｜機材｜R8.10.2（金）に決定。 ⏎ 第10号｜機材 / 第4回｜継続
        　　。この打合せのあと、R8.10.3（土）に決定。 ⏎ ■2　宿題　前回までの分は、3件のうち1件が済んだ ⏎ ［No｜内容｜担
        　　当｜期限｜状態］ ⏎ 1｜鍵｜区　見本｜R8.10.9（金）｜未 ⏎ 2｜図面｜受託者｜期限なし｜済　R8.10.3 ⏎ つぎの打合
        　　せ　10月9日 ⏎ 受託者の確認欄｜令和8年10月9日（金）までに、この欄に記入して電子メールでお返しください。 / □
        　　　この記録のとおりで相違ない　　□　直すところがある（番号と内容を余白に記入）｜10.5 ⏎ 確認した日　令和｜10
        　　｜年｜｜8｜月｜｜8｜日｜業務責任者　氏名｜44｜
        """,
    )
    assert_says(
        run_on(minutes()),
        """
        9行 ⏎ 打合せ記録｜第2回　年内の進め方 ⏎ 日時・場所：令和8年10月2日（金） ⏎ 出た人：（記録なし） ⏎ ■1　協議した
        　　事項　0件（決定0件、継続0件） ⏎ この打合せに結び付けた協議はない。 ⏎ ■2　宿題 ⏎ 宿題はない。 ⏎ 受託者の確認
        　　欄｜この欄に記入して電子メールでお返しください。 / □　この記録のとおりで相違ない　　□　直すところがある（
        　　番号と内容を余白に記入）｜10.5 ⏎ 確認した日　令和｜10｜年｜｜8｜月｜｜8｜日｜業務責任者　氏名｜44｜
        """,
    )
    confirmed = replace(MEETING, confirmed_on=date(2026, 10, 5), confirmed_how="メール")
    assert minutes(confirmed)[-1] == "受託者の確認｜業務責任者が内容を確認した。R8.10.5（月）　メール｜10.5"


@pytest.mark.parametrize(
    ("confirmed", "withdrawn", "is_changed"),
    [
        (None, None, True), (4, None, False), (5, None, False), (6, None, True),
        (None, 6, False), (4, 4, False), (4, 5, True), (4, 6, True),
    ],
)  # fmt: skip
def test_minutes_name_what_was_confirmed_or_withdrawn_after_them(confirmed, withdrawn, is_changed):
    days = {"confirmed_on": confirmed, "withdrawn_on": withdrawn}
    one = replace(ONE, **{name: day and date(2026, 10, day) for name, day in days.items()})
    meeting = replace(MEETING, confirmed_on=date(2026, 10, 5))
    said = "".join(minutes(meeting, (one, replace(one, settled_on=None, ordinal=None))))
    assert ("第3号は、この確認のあとの記録である。" in said) is is_changed


def test_the_list_of_a_year_parts_what_says_why_from_what_was_only_ticked():
    only_reason, blank = replace(BARE, reason="近い"), replace(BARE, decision=" ", reason=" ")
    listed = records_of_year(plain_context(), [(ONE, "第1回"), (only_reason, ""), (blank, ""), (BARE, "")])
    heads = [
        "協議記録一覧｜4件（協議中 3件）｜令和8年9月1日（火）現在",
        "■1　決めたことと理由　2件",
        "■2　そのほかの事項　2件",
    ]
    assert [one for one in lines_of(listed) if one[0] in "■協"] == heads
    assert (listed.file_stem, listed.first_sheet) == ("R8-協-一覧-20260901", "決めたことと理由")


def test_an_agreement_on_a_change_says_what_is_known_of_contract_and_answer():
    texts = dict(zip((LEAD, ANSWER_OPEN, REST), ("前文。", "まだ。", "もとの契約による。"), strict=True))
    bare = ChangeFacts(record=BARE, about="", changes=(), texts=texts)
    year = replace(preset().programme, contract_number="第8号", contract_date=date(2026, 7, 31), amount=1_100_000)
    context = plain_context(programme=year, contractor=Contractor(name="みほん受託", representative="代表"))
    whole = contract_change(context, replace(bare, record=RICH, about="第1回", changes=(("回数", "2回", "3回"),)))
    assert_says(
        run_on(lines_of(whole)),
        """
        18行 ⏎ 契約変更の協議書｜会場｜✓ ⏎ 　前文。 ⏎ 件名：令和8年度 町会・自治会デジタル活用支援事業委託 ⏎ 契約番号・
        　　契約日：第8号　令和8年7月31日（金） ⏎ 契約金額：1,100,000円 ⏎ 履行期間：令和8年8月1日（土）から令和9年3月31
        　　日（水）まで ⏎ 事業：第1回 ⏎ 協議：第3号　令和8年10月1日（木）　打合せ ⏎ ◇1　変更の内容　根拠　仕様書 ⏎ ［
        　　項目｜変更前｜変更後］ ⏎ 会場｜　｜区民館 ⏎ 回数｜2回｜3回 ⏎ ◇2　変更の理由 ⏎ 近いため ⏎ ◇3　契約課への確
        　　認 ⏎ 令和8年9月28日（月）　契約課　要る ⏎ もとの契約による。 ⏎ 区　令和　　年　　月　　日｜練馬区地域文化部
        　　協働推進課長｜受託者　令和　　年　　月　　日｜みほん受託　代表　㊞
        """,
    )
    plain = contract_change(plain_context(), bare)
    assert_says(
        run_on(lines_of(plain), beside=lines_of(whole)),
        """
        16行 ⏎ 契約変更の協議書｜機材｜✓ ⏎ 契約番号・契約日：（未入力） ⏎ 契約金額：（未入力） ⏎ 履行期間：契約確定日の
        　　翌日から令和9年3月31日（水）まで ⏎ 事業：年度に共通 ⏎ 協議： ⏎ ◇1　変更の内容 ⏎ 機材｜　｜ ⏎ まだ。 ⏎ 区
        　　　令和　　年　　月　　日｜練馬区地域文化部協働推進課長｜受託者　令和　　年　　月　　日｜㊞
        """,
    )
    stamps = [
        contract_change(context, replace(bare, record=replace(RICH, **given))).stamp
        for given in ({}, {"settled_on": None}, {"section_answer": " "})
    ]
    assert stamps == ["", "案", "案"]
    waiting = replace(bare, record=replace(BARE, asked_on=ONE.asked_on, section_person="契約課", reason="要る"))
    said = came(lines_of(plain), lines_of(contract_change(plain_context(), waiting)))
    assert said == ["協議：令和8年9月24日（木）", "要る", "契約課　回答を待っている。"]
