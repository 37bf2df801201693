"""当日のしおり: what everybody who comes is handed, folded once; no name, no 団体 but that of a 派遣, no number: all
sheets are equal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.calendar import dates
from app.common.together import together
from app.papers import paper
from app.papers.blocks import DocumentContent
from app.papers.event_facts import KIND_TITLE, EventFacts
from app.papers.guide_blocks import (
    GuideBox,
    GuideLines,
    GuidePanel,
    GuidePart,
    GuideRows,
    GuideSheet,
    GuideTitle,
    GuideWriting,
    PlaceMap,
)
from app.subjects.events.day.rules import guide_texts as texts
from app.subjects.events.event.papers import day_paper
from app.subjects.events.letters.rules.letter_texts import reception_time
from db.records.surveys import EventSurvey

SIGN: Final = "しおり"
FOLDED: Final = "両面・短辺とじで印刷し、二つ折り"
_TYPE: Final[Mapping[str, int]] = {texts.KIND: 14, texts.LARGE_KIND: 18}
_PASSWORD: Final = GuideBox("パスワードは書かない・言わない。", "職員も講師も、お聞きすることはありません。")


def guide(
    context: paper.PaperContext,
    event: EventFacts,
    said: Mapping[str, str],
    *,
    kind: str,
    way: str,
    places: Sequence[tuple[str, str]] = (),
    coming: Sequence[str] = (),
    place_map: PlaceMap | None = None,
    survey: EventSurvey | None = None,
) -> DocumentContent:
    """Build the sheet.

    Args:
        said: the texts by part; what is only proposed and was not looked at is not among them.
        way: address and way to the venue, a line each. places: AED and 避難場所 of the venue. coming: what one may
            still join, as of today. survey: of the event, whose address it carries where it has one.
    """
    sheet = GuideSheet(
        front=_front(context, event, way, place_map),
        left=_left(event, said),
        right=_right(event, said),
        back=_back(context, said, places, coming, survey),
    )
    content = day_paper(context, event, kind=kind, sign=SIGN, look="guide", blocks=(sheet,))
    needed = event.copies
    return replace(
        content,
        type_size=_TYPE[kind],
        copies=needed.total if needed.people and kind == texts.KIND else 0,
        outgoing=True,
        header_left="",
        header_right="",
        footer_left="",
        footer_right="",
    )


def _front(context: paper.PaperContext, event: EventFacts, way: str, place_map: PlaceMap | None) -> GuidePanel:
    day = dates.month_day(event.event_date) if event.event_date is not None else "日程を協議中"
    visit = event.kind == "派遣"
    title = event.organisation_name or event.subject if visit else event.subject or KIND_TITLE[event.kind]
    times = dates.time_range_words(event.start_time, event.end_time)
    opens = f"受付は{dates.clock_words(reception_time(event.start_time))}から"
    parts: list[GuidePart] = [
        GuideTitle(
            together(context.office.ward, KIND_TITLE[event.kind], "" if visit else event.ordinal_words),
            title,
            below=(texts.KIND,),
        ),
        GuideLines(day, (times, opens), leading=1),
        GuideLines("", (paper.place(event), *(line for line in way.split("\n") if line.strip())), leading=1),
    ]
    if place_map is not None:
        parts.append(place_map)
    phone = context.office.phone
    return GuidePanel(parts=tuple(parts), foot=(GuideLines("", (f"当日の電話　{phone}",), leading=1),) if phone else ())


def _left(event: EventFacts, said: Mapping[str, str]) -> GuidePanel:
    flow = texts.attendee_rows(event.timetable, event.start_time, event.end_time, after=event.after_end)
    parts: list[GuidePart] = [GuideRows("きょうの流れ", flow)]
    parts += _listed(texts.USE, said, mark="□")
    parts += _listed(texts.AIMS, said, mark="・")
    parts += _listed(texts.WIFI, said)
    return GuidePanel(parts=tuple(parts), foot=(_PASSWORD,))


def _right(event: EventFacts, said: Mapping[str, str]) -> GuidePanel:
    parts: list[GuidePart] = []
    for part in (texts.STEPS, texts.TASKS):
        lines = _lines_of(said, part)
        if lines:
            rows = tuple((str(number), *_two(line)) for number, line in enumerate(lines, start=1))
            parts.append(GuideRows(part, rows))
    parts.append(GuideWriting("書きとめる", lines=5, least=3))
    home = "うちの会で、まず1つ" if event.kind != "派遣" else "つぎの集まりまでに、まず1つ"
    return GuidePanel(parts=tuple(parts), foot=(GuideWriting(home), *_listed(texts.PHOTOS, said)))


def _back(
    context: paper.PaperContext,
    said: Mapping[str, str],
    places: Sequence[tuple[str, str]],
    coming: Sequence[str],
    survey: EventSurvey | None,
) -> GuidePanel:
    parts: list[GuidePart] = []
    if after := _lines_of(said, texts.AFTER):
        url = survey.online_url if survey is not None else ""
        by = survey.online_close if survey is not None and url else None
        online = (
            (f"スマートフォンの方は右から（{dates.month_day(by)}まで）",) if by else ("スマートフォンの方は右から",)
        )
        parts.append(GuideLines(texts.AFTER, (*after, *(online if url else ())), mark="・", url=url))
    helped = (*map(_two, _lines_of(said, texts.TROUBLE)), *places)
    trouble = tuple((first, line, "") for first, line in helped)
    if trouble:
        parts.append(GuideRows(texts.TROUBLE, trouble, bold=False))
    parts += _listed(texts.LEARNT, said, mark="・")
    # The day stands beside what was read on it, never beside what somebody typed on another one.
    heading, today = texts.NEXT, context.made_at.date()
    if coming:
        as_of = f"{today.month}月{today.day}日現在"
        parts.append(GuideLines(heading, tuple(coming), mark="・", small=True, as_of=as_of))
        heading = ""
    if typed := _lines_of(said, texts.NEXT):
        parts.append(GuideLines(heading, typed, mark="・", small=True))
    office, contractor = context.office, context.contractor
    lines = (
        f"{office.ward}{office.department}{office.section}{office.unit}",
        f"電話　{office.phone}" if office.phone else "",
        f"運営　{contractor.name}" if contractor.name else "",
    )
    return GuidePanel(
        parts=tuple(parts), foot=(GuideLines("問合せ先", tuple(line for line in lines if line), small=True),)
    )


def _listed(part: str, said: Mapping[str, str], *, mark: str = "") -> tuple[GuidePart, ...]:
    lines = _lines_of(said, part)
    return (GuideLines(part, lines, mark=mark),) if lines else ()


def _lines_of(said: Mapping[str, str], part: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in said.get(part, "").split("\n") if line.strip())


def _two(line: str) -> tuple[str, str]:
    """What stands before the first wide space, and what behind it."""
    first, _space, rest = line.partition("　")
    return first, rest.strip()
