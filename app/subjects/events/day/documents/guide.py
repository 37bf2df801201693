"""Content of the 当日のしおり: one folded sheet for every participant, all equal, without names of people.

The only 団体 named is that of a 派遣.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.calendar import dates
from app.common.join_nonempty import join_nonempty
from app.documents import document_frame
from app.documents.blocks import DocumentContent
from app.documents.event_facts import KIND_TITLE, EventFacts
from app.documents.guide_blocks import (
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
from app.subjects.events.event.documents import day_document
from app.subjects.events.letters.rules.letter_texts import reception_time
from db.records.surveys import EventSurvey

GUIDE_SIGN: Final = "しおり"
FOLDED: Final = "両面・短辺とじで印刷し、二つ折り"
_FONT_SIZES: Final[Mapping[str, int]] = {texts.KIND: 14, texts.LARGE_KIND: 18}
_PASSWORD_PATTERN: Final = GuideBox("パスワードは書かない・言わない。", "職員も講師も、お聞きすることはありません。")


def guide(
    context: document_frame.DocumentContext,
    event: EventFacts,
    passages: Mapping[str, str],
    *,
    kind: str,
    access: str,
    venue_safety: Sequence[tuple[str, str]] = (),
    next_lines: Sequence[str] = (),
    place_map: PlaceMap | None = None,
    survey: EventSurvey | None = None,
) -> DocumentContent:
    """Return the sheet.

    Args:
        passages: texts by part, without proposals that nobody has checked.
        access: address and way to the venue, one a line.
        venue_safety: AED and 避難場所 of the venue.
        next_lines: what one may still join, as of today.
        survey: of the event, whose address is printed if it has one.
    """
    sheet = GuideSheet(
        front=_front(context, event, access, place_map),
        left=_left(event, passages),
        right=_right(event, passages),
        back=_back(context, passages, venue_safety, next_lines, survey),
    )
    content = day_document(context, event, kind=kind, sign=GUIDE_SIGN, layout="guide", blocks=(sheet,))
    needed = event.copies
    return replace(
        content,
        type_size=_FONT_SIZES[kind],
        copies=needed.total if needed.people and kind == texts.KIND else 0,
        outgoing=True,
        header_left="",
        header_right="",
        footer_left="",
        footer_right="",
    )


def _front(
    context: document_frame.DocumentContext, event: EventFacts, access: str, place_map: PlaceMap | None
) -> GuidePanel:
    day = dates.month_day(event.event_date) if event.event_date is not None else "日程を協議中"
    visit = event.form.at_organisation
    title = event.organisation_name or event.subject if visit else event.subject or KIND_TITLE[event.kind]
    times = dates.time_range_words(event.start_time, event.end_time)
    opens = f"受付は{dates.clock_words(reception_time(event.start_time))}から"
    parts: list[GuidePart] = [
        GuideTitle(
            join_nonempty(context.office.ward, KIND_TITLE[event.kind], "" if visit else event.ordinal_words),
            title,
            below=(texts.KIND,),
        ),
        GuideLines(day, (times, opens), leading=1),
        GuideLines(
            "", (document_frame.venue_words(event), *(line for line in access.split("\n") if line.strip())), leading=1
        ),
    ]
    if place_map is not None:
        parts.append(place_map)
    phone = context.office.phone
    return GuidePanel(parts=tuple(parts), foot=(GuideLines("", (f"当日の電話　{phone}",), leading=1),) if phone else ())


def _left(event: EventFacts, passages: Mapping[str, str]) -> GuidePanel:
    flow = texts.attendee_rows(event.timetable, event.start_time, event.end_time, after=event.after_end)
    parts: list[GuidePart] = [GuideRows("きょうの流れ", flow)]
    parts += _list_parts(texts.USE, passages, mark="□")
    parts += _list_parts(texts.AIMS, passages, mark="・")
    parts += _list_parts(texts.WIFI, passages)
    return GuidePanel(parts=tuple(parts), foot=(_PASSWORD_PATTERN,))


def _right(event: EventFacts, passages: Mapping[str, str]) -> GuidePanel:
    parts: list[GuidePart] = []
    for part in (texts.STEPS, texts.TASKS):
        lines = _lines_of(passages, part)
        if lines:
            rows = tuple((str(number), *_split_at_wide_space(line)) for number, line in enumerate(lines, start=1))
            parts.append(GuideRows(part, rows))
    parts.append(GuideWriting("書きとめる", lines=5, least=3))
    home = "つぎの集まりまでに、まず1つ" if event.form.at_organisation else "うちの会で、まず1つ"
    return GuidePanel(parts=tuple(parts), foot=(GuideWriting(home), *_list_parts(texts.PHOTOS, passages)))


def _back(
    context: document_frame.DocumentContext,
    passages: Mapping[str, str],
    venue_safety: Sequence[tuple[str, str]],
    next_lines: Sequence[str],
    survey: EventSurvey | None,
) -> GuidePanel:
    parts: list[GuidePart] = []
    if after := _lines_of(passages, texts.AFTER):
        url = survey.online_url if survey is not None else ""
        by = survey.online_close if survey is not None and url else None
        online = (
            (f"スマートフォンの方は右から（{dates.month_day(by)}まで）",) if by else ("スマートフォンの方は右から",)
        )
        parts.append(GuideLines(texts.AFTER, (*after, *(online if url else ())), mark="・", url=url))
    helped = (*map(_split_at_wide_space, _lines_of(passages, texts.TROUBLE)), *venue_safety)
    trouble = tuple((first, line, "") for first, line in helped)
    if trouble:
        parts.append(GuideRows(texts.TROUBLE, trouble, bold=False))
    parts += _list_parts(texts.LEARNT, passages, mark="・")
    # The day is printed beside texts computed for it, never beside text that somebody typed on another day.
    heading, today = texts.NEXT, context.made_at.date()
    if next_lines:
        as_of = f"{today.month}月{today.day}日現在"
        parts.append(GuideLines(heading, tuple(next_lines), mark="・", small=True, as_of=as_of))
        heading = ""
    if typed := _lines_of(passages, texts.NEXT):
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


def _list_parts(part: str, passages: Mapping[str, str], *, mark: str = "") -> tuple[GuidePart, ...]:
    lines = _lines_of(passages, part)
    return (GuideLines(part, lines, mark=mark),) if lines else ()


def _lines_of(passages: Mapping[str, str], part: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in passages.get(part, "").split("\n") if line.strip())


def _split_at_wide_space(line: str) -> tuple[str, str]:
    """Split a line at its first wide space."""
    first, _space, rest = line.partition("　")
    return first, rest.strip()
