"""Content of the 実施確認票: one page on what the ward's witness saw, evidence for the 履行確認 of the event."""

from __future__ import annotations

import re
from typing import Final

from app.calendar.dates import long_date, time_range_words
from app.common.join_nonempty import join_nonempty
from app.documents import document_frame
from app.documents.blocks import Block, Column, DocumentContent, Heading, SignBoxes, Table, Title, WriteBox
from app.documents.event_facts import RESPONSE_UNIT, EventFacts, PeopleFacts, ResponseFacts
from app.subjects.events.event.documents import day_document
from app.subjects.events.event.rules.agenda import clock_times
from db.records.events import Network
from db.records.programme import KindNumbers

WITNESS_KIND = "実施確認票"
WITNESS_SIGN = "確認票"
_NETWORK: Final[dict[Network, str]] = {
    "有": "会場の環境を使用",
    "無": "会場になし。受託者が整備（仕様書4(2)ク）",
    "不明": "会場の環境を確認中",
}
_COUNT_ONLY_PATTERN = re.compile(r"\d+\s*[人名]\s*$")


def witness_sheet(context: document_frame.DocumentContext, event: EventFacts, numbers: KindNumbers) -> DocumentContent:
    """Return the sheet: the plan at the left, room for what was seen; known results are filled in."""
    people, needed = event.people, event.copies
    planned = f"予定　{people.expected}人（{people.expected_organisations}団体）" if people.expected else ""
    rows = [
        ("実施日時", _when(event), ""),
        ("会場", join_nonempty(document_frame.venue_words(event), event.venue_facts.terms, separator="\n"), ""),
        *((("講師（受託者）", event.lecturer, ""),) if event.lecturer else ()),
        ("出席者数", planned, _people(people)),
        ("欠席・当日受付", "", _other_counts_words(people)),
        ("配布資料", f"{needed.total}部" if needed.people else "", ""),
    ]
    if event.form.in_groups:
        rows.append(("ファシリテーター", _facilitators(event), "各グループにいた　　はい・いいえ"))
    if event.form.at_organisation:
        rows.append(("通信環境", _NETWORK[event.network], "つながった　　はい・いいえ"))
    if people.lent_devices:
        seen = people.lent_that_day.words("台") or "貸出　　台　返却　　台"
        rows.append(("貸与タブレット", f"{people.lent_devices}台", seen))
    if numbers.has_survey:
        rows.append(("アンケート", "配布・回収は受託者", _response_words(event.responses)))
    blocks: tuple[Block, ...] = (
        Title(WITNESS_KIND, subtitle=document_frame.event_name(event)),
        Table(
            (
                Column("項目", 32),
                Column("予定", 66),
                Column("確認した内容", 67),
            ), tuple(rows), name="確認",
            ruled=True,
            min_row_height=8.6,
        ),
        Heading(2, "", "実施した時間割", right=numbers.clause_content.replace("仕", "仕様書", 1)),
        _witness_timetable(event),
        WriteBox(label="特記事項（仕様と異なる点、事故・苦情、受託者への指示など）", height=44, text=event.day_note),
        SignBoxes(boxes=(
            ("立会職員（区）", _witness(event.witness)),
            ("記入日時", "　月　　日　　時　　分"),
        )),
    )  # fmt: skip
    return day_document(context, event, kind=WITNESS_KIND, sign=WITNESS_SIGN, layout="form", blocks=blocks)


def _facilitators(event: EventFacts) -> str:
    """Return what 仕様書4(3)カ asks for, with the number of 班 and their known leaders."""
    groups = f"各グループに配置（{event.groups}グループ）" if event.groups else "各グループに配置"
    names = "　".join(f"{number}班 {name}" for number, name in sorted(event.facilitators.items()))
    return f"{groups}\n{names}" if names else groups


def _witness(witness: str) -> str:
    """Return the names of the witnesses; 「係 2人」 names nobody and leaves room to write them."""
    if not witness:
        return "　氏名"
    return f"　{witness}　氏名" if _COUNT_ONLY_PATTERN.search(witness) else f"　氏名　{witness}"


def _when(event: EventFacts) -> str:
    if event.event_date is None:
        return "日程を協議中"
    return f"{long_date(event.event_date)}\n{time_range_words(event.start_time, event.end_time)}"


def _number(value: int | None, unit: str) -> str:
    return "" if value is None else f"{value}{unit}"


def _people(people: PeopleFacts) -> str:
    came = _number(people.attended, "人")
    if not came:
        return "　　　人（　　　団体）"
    return f"{came}（{people.attended_organisations}団体）" if people.attended_organisations is not None else came


def _other_counts_words(people: PeopleFacts) -> str:
    absent, walk_ins = _number(people.absent, "人"), _number(people.walk_ins, "人")
    return f"欠席　{absent or '　　人'}　出席のうち当日受付　{walk_ins or '　　人'}"


def _response_words(responses: ResponseFacts | None) -> str:
    given = _number(responses.distributed, "枚") if responses else ""
    back = _number(responses.returned or None, RESPONSE_UNIT) if responses else ""
    return f"配布　{given or '　　枚'}　回収　{back or f'　　{RESPONSE_UNIT}'}"


def _witness_timetable(event: EventFacts) -> Table:
    rows = tuple(
        (timed.start, str(timed.item.minutes), timed.item.title, "", "", "")
        for timed in clock_times(event.start_time, event.timetable)
    )
    return Table(
        (
            Column("予定", 15, align="right"),
            Column("分", 10, align="right"),
            Column("内容", 72),
            Column("実施", 12, align="center", tick=True),
            Column("開始", 18),
            Column("備考", 38),
        ),
        rows,
        name="時間割",
        ruled=True,
        min_row_height=7.0,
    )
