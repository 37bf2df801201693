"""Content of the 受付名簿 for the check-in: no telephone numbers or addresses, 配慮 only as a ● (特18)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.calendar.dates import clock_words
from app.documents import document_frame
from app.documents.blocks import DocumentContent, RosterLine, RosterList, Title
from app.documents.event_facts import EventFacts
from app.programme.rules.event_kinds import kind_facts
from app.subjects.events.event.documents import day_document
from app.subjects.events.event.rules.agenda import clock_times_before, setting_up_items

ROSTER_KIND = "受付名簿"
SIGN = "名簿"
HANDLING = "取扱注意（個人情報）　終了後回収"
COPIES = 2


def roster_sheet(
    context: document_frame.DocumentContext, event: EventFacts, lines: Sequence[RosterLine]
) -> DocumentContent:
    """Return the roster in the order of ``lines``; each of its copies carries its number.

    A repeated 団体 is drawn as 〃, except in the workbook, which staff sort.
    """
    content = day_document(
        context,
        event,
        kind=ROSTER_KIND,
        sign=SIGN,
        layout="roster",
        personal=True,
        blocks=(
            Title(ROSTER_KIND, subtitle=document_frame.event_name(event), lead=_lead(event)),
            RosterList(
                lines=tuple(lines),
                totals=_totals(event, lines),
                counted=(("出席", "人"), ("うち当日受付", "人"), ("確認者", "")),
                grouped=any(line.group for line in lines),
            ),
        ),
    )
    return replace(
        content,
        header_left=f"名簿番号　{content.reference}　{document_frame.edition_words(content.version)}",
        header_right=HANDLING,
        footer_left=document_frame.COLLECT_AFTER_USE,
        numbered_copies=COPIES,
    )


def _lead(event: EventFacts) -> str:
    if event.event_date is None:
        return document_frame.venue_words(event)
    opens = clock_times_before(event.start_time, setting_up_items())[-1].start
    return (
        f"{document_frame.date_time_words(event)}（受付　{clock_words(opens)}から）　"
        f"{document_frame.venue_words(event)}"
    )


def _totals(event: EventFacts, lines: Sequence[RosterLine]) -> str:
    """Return the sums below the roster: people expected, unnamed places included, and walk-ins separately."""
    people = event.people
    unnamed = sum(not line.name for line in lines)
    walk_ins = sum(line.walk_in for line in lines)
    parts = [f"予定　{people.expected}人（{people.expected_organisations}団体）"]
    parts += [f"うち氏名未定　{unnamed}人"] if unnamed else []
    parts += [f"ほかに当日受付　{walk_ins}人"] if walk_ins else []
    parts += [f"貸与タブレット　{people.lent_devices}台{_lender_text(event)}"] if people.lent_devices else []
    parts += [f"端末　未確認　{people.unknown_devices}人"] if people.unknown_devices else []
    parts += [f"配慮　{people.care_count}件（●。内容は担当者が保持）"] if people.care_count else []
    return "　".join(parts)


def _lender_text(event: EventFacts) -> str:
    """Return who brings the tablets, where it is not the ward (仕様書4(2)ク)."""
    if kind_facts(event.kind).lends_devices:
        return ""
    return f"（{event.tablet_side}が準備）" if event.tablet_side else "（用意する側は協議中）"
