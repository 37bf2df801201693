"""The sample year's 協議, numbered by day, three 打合せ and their 宿題."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from app.events.agreements.rules import AGREEMENT
from app.sample.services.sample_events import SampleEvents
from db.journal import Change
from db.records.agreements import Agreement, Homework, Meeting
from db.records.programme import Side

WARD, CONTRACTOR = "見本　係員、見本　係長", "業務責任者　受託見本　恵子"
_RECORD_SYSTEM = "文書管理システム"

# By event (empty = of the year) and topic; ``at`` is the place of its meeting.
_AGREEMENTS: Final[tuple[dict[str, Any], ...]] = (
    {
        "event": "",
        "topic": "会場の無料Wi-Fi",
        "at": 1,
        "clause": "仕4(1)ク",
        "content": "会場の無料Wi-Fiを、操作体験に使うか",
        "ward_view": "無料Wi-Fiは60分で切れる。6台目から動画が止まり、20人の操作体験はむずかしい。",
        "contractor_view": "全員が同時に使える回線が要る。ルーターは区が用意してほしい。",
        "decision": "有線に区のルーター2台をつなぐ。\n無料Wi-Fiは予備とする。",
        "reason": "R8.7.10（金）の下見で20台を同時に試した。団体のアカウントを、だれでも入れる回線で作らせないため。",
        "related": "下見の記録 R8.7.10",
    },
    {
        "event": "",
        "topic": "資料の大きさ",
        "at": 1,
        "clause": "仕4(1)キ",
        "content": "配布資料の文字の大きさと枚数をどうするか",
        "ward_view": "14ポイント以上、白黒で読めること。",
        "contractor_view": "1回18ページ程度までなら収まる。",
        "decision": "14ポイントのUD書体、A4縦、1回20ページまでとする。",
        "reason": "昨年度のアンケートで「字が小さい」が4件あったため。",
    },
    {
        "event": "L3",
        "topic": "内容",
        "at": 2,
        "clause": "仕4(1)カ",
        "content": "操作体験の進め方をどうするか",
        "ward_view": "第1回は問4で「速い」「やや速い」が15人のうち5人いる。片寄りのない進み方にしたい。",
        "contractor_view": "事例を2つに絞れば足りる。",
        "decision": "時間割は変えず、事例を2つに絞り、操作体験を2回に分けて進める。",
        "reason": "第1回のアンケートの集計による。",
    },
    {
        "event": "L4",
        "topic": "設問",
        "at": 2,
        "clause": "仕4(1)ケ",
        "content": "設問の並びを全回でそろえるか",
        "ward_view": "前回と比較できるように同じ順にしたい。",
        "contractor_view": "選択肢も同じにすれば集計の手戻りがない。",
        "decision": "10問とし、問4を「速い」から「遅い」まで5段階にそろえる。",
        "reason": "回ごとの比較を人数で示すため。",
    },
    {
        "event": "E1",
        "topic": "内容",
        "at": 3,
        "clause": "仕4(3)カ",
        "content": "討議の時間と班の数をどうするか",
        "ward_view": "1班5人まで。支部を分けたい。",
        "contractor_view": "進行役は4人出せる。",
        "decision": "4班とし、各班にファシリテーターを1人置く。",
        "reason": "仕様は「各グループに配置」である。20人程度を1班5人で分ける。",
    },
    {
        "event": "D1",
        "topic": "機材",
        "clause": "仕4(2)ク",
        "way": "電話",
        "content": "無料Wi-Fiのない会館の備えをどうするか",
        "ward_view": "区の回線は会館に引けない。",
        "contractor_view": "携帯ルーターを持参できる。",
        "decision": "ルーター2台を受託者が持参する。",
        "reason": "会場にネット環境がないときは受託者が整備する（仕4(2)ク）。費用の追加はない。",
    },
    {
        "event": "D1",
        "topic": "事前ヒアリング",
        "clause": "仕4(2)カ",
        "way": "電話",
        "content": "派遣の後の確認をだれがするか",
        "ward_view": "役員の改選の後は、区から新しい会長へ電話する。",
        "contractor_view": "年度内の確認は受託者が行う。",
        "decision": "R9.3までは受託者、R9.4からは区が電話で確かめ、つぎの募集を案内する。",
        "reason": "契約の期間がR9.3までであるため。",
    },
)

_MEETINGS: Final = (
    Meeting(
        programme_id=0,
        subject="契約後の進め方",
        held_on=date(2026, 8, 5),
        start_time="14:00",
        end_time="15:10",
        place="協働推進課 打合せ室",
        ward_people=WARD,
        contractor_people=CONTRACTOR,
        handed="会場の一覧（区）、年間の予定（区）",
        answer_by=date(2026, 8, 12),
        confirmed_on=date(2026, 8, 10),
        confirmed_how="メールの返信",
        original_place=_RECORD_SYSTEM,
    ),
    Meeting(
        programme_id=0,
        subject="講習会第3回の準備ほか",
        held_on=date(2026, 9, 28),
        start_time="15:00",
        end_time="16:10",
        place="協働推進課 打合せ室",
        ward_people=WARD,
        contractor_people=CONTRACTOR,
        handed="第1回アンケートの集計（受託者）",
        next_meeting="令和8年10月14日（水）午後3時　意見交換会の進め方",
        answer_by=date(2026, 10, 2),
        confirmed_on=date(2026, 10, 1),
        confirmed_how="メールの返信",
        original_place=_RECORD_SYSTEM,
    ),
    Meeting(
        programme_id=0,
        subject="意見交換会の進め方",
        held_on=date(2026, 10, 14),
        start_time="15:00",
        end_time="16:00",
        place="協働推進課 打合せ室",
        ward_people=WARD,
        contractor_people=CONTRACTOR,
        answer_by=date(2026, 10, 21),
        original_place=_RECORD_SYSTEM,
    ),
)

# What was taken home: place of its record in _SAID, what, who, by when, done on.
_HOMEWORK: Final[tuple[tuple[int, str, Side, str, date, date | None], ...]] = (
    (0, "ルーター2台の接続を会場で試す", Side.WARD, "見本　係員", date(2026, 8, 20), date(2026, 8, 18)),
    (2, "第3回の資料の修正版を出す", Side.CONTRACTOR, "", date(2026, 9, 30), date(2026, 9, 30)),
    (4, "ファシリテーター4人の配置表を出す", Side.CONTRACTOR, "", date(2026, 10, 21), date(2026, 10, 20)),
    (4, "撮影の了解の取り方（案）を作る", Side.WARD, "見本　係員", date(2026, 12, 4), None),
    (5, "会館の電源とコンセントの数を確かめる", Side.WARD, "見本　係長", date(2026, 12, 10), None),
    (1, "提案書の概算の内訳をそろえる", Side.CONTRACTOR, "", date(2027, 1, 29), None),
)


def fill_agreements(change: Change, sample: SampleEvents, *, programme_id: int) -> None:
    """Insert the meetings up to the sample's today, complete the 協議 of the events, and insert those of the year.

    Then the 協議 are numbered by day and their 宿題 inserted.
    """
    meetings = {}
    for place, meeting in enumerate(_MEETINGS, 1):
        if meeting.held_on <= sample.today:
            meetings[place] = change.insert(meeting, programme_id=programme_id, ordinal=place)
    said = {(one["event"], one["topic"]): one for one in _AGREEMENTS}
    settled: list[tuple[date, int]] = []
    ids: dict[tuple[str, str], int] = {}
    for (key, topic), (agreement_id, on) in sample.topics.items():
        words = said.get((key, topic))
        if on is None:
            continue
        day = on
        if words is not None:
            # What was settled in a meeting carries the day of that meeting.
            day = _MEETINGS[words["at"] - 1].held_on if "at" in words else on
            ids[key, topic] = agreement_id
            change.update(Agreement, agreement_id, settled_on=day, **_record_values(words, meetings))
        settled.append((day, agreement_id))
    for words in (one for one in _AGREEMENTS if not one["event"]):
        day = _MEETINGS[words["at"] - 1].held_on
        agreement_id = change.insert(
            Agreement(
                programme_id=programme_id,
                topic=words["topic"],
                asked_on=day,
                settled_on=day,
                **_record_values(words, meetings),
            )
        )
        ids["", words["topic"]] = agreement_id
        settled.append((day, agreement_id))
    change.update_each(
        Agreement, {row_id: {"ordinal": place} for place, (_on, row_id) in enumerate(sorted(settled), 1)}
    )
    for place, text, side, person, due, done in _HOMEWORK:
        agreement = ids.get((_AGREEMENTS[place]["event"], _AGREEMENTS[place]["topic"]))
        if agreement is not None:
            finished = done if done is not None and done <= sample.today else None
            change.insert(
                Homework(
                    programme_id=programme_id,
                    agreement_id=agreement,
                    text=text,
                    side=side,
                    person=person,
                    due=due,
                    done_on=finished,
                    done_note="",
                )
            )


def _record_values(values: dict[str, Any], meetings: dict[int, int]) -> dict[str, Any]:
    """Return the values of a record with its meeting; one confirmed with its meeting has the same day."""
    names = ("content", "ward_view", "contractor_view", "decision", "reason", "clause", "related")
    meeting_id = meetings.get(values.get("at", 0))
    held = _MEETINGS[values["at"] - 1] if meeting_id is not None else None
    return {
        **{name: values.get(name, "") for name in names},
        "way": "打合せ" if held is not None else values.get("way", "メール"),
        "meeting_id": meeting_id,
        "ward_people": WARD,
        "partner": CONTRACTOR,
        "nature": AGREEMENT,
        "original_place": _RECORD_SYSTEM,
        "confirmed_on": held.confirmed_on if held is not None else None,
        "confirmed_how": held.confirmed_how if held is not None else "",
    }
