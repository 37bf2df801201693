"""Merge paper and online answers, with rules, channel totals and open decisions."""

from __future__ import annotations

from collections import Counter

from app.event.services.event_facts import return_rate
from app.surveys.data_entry.services import (
    EntryAgreement,
    entry_agreement,
    missing_response_numbers,
    unsettled_responses,
)
from app.surveys.questions.services.surveys import SurveyView
from db.record import record
from db.records.surveys import SurveyResponse

MERGE_RULES = (
    "紙の1枚とオンラインの1件を、どちらも1枚と数えて足します。重みは付けません。",
    "入力・取り込みをした回答はすべて数えます。除くのは、理由を書いて「集計に入れない」と決めた回答だけです。",
    "無記名のため、同じ人が両方で答えたかは分かりません。用紙には「どちらか一方」と印刷しています。",
    "回収率は、回収数÷出席者数です。どちらかが分からないときは出しません。",
    "2回打った用紙は、ちがいを決めたあとの回答で数えます。",
)
"""The rules by which the channels are merged, as the window shows them."""


@record
class Channel:
    """One channel of answers, with all its responses and those counted.

    ``left_out_reasons`` are (decision, how many) of the others, most frequent first.
    """

    name: str
    response_count: int
    counted_total: int
    left_out_reasons: tuple[tuple[str, int], ...] = ()


@record
class ChannelTotals:
    """Both channels and their sum; ``rate`` in per cent, empty also where more came back than attended.

    ``attendance`` is the 出席 of the rate, of fixed totals the one of then.

    ``agreement`` is that of second entries; ``missing_numbers`` are the numbers of paper responses that were skipped.
    """

    channels: tuple[Channel, ...]
    counted_total: int
    left_out_total: int
    attendance: int | None
    rate: str
    agreement: EntryAgreement
    missing_numbers: tuple[int, ...]


def channel_totals(view: SurveyView) -> ChannelTotals:
    """Return the totals of a survey by channel (paper, online), with return rate and agreement of entries."""
    counted = view.counted_total
    return ChannelTotals(
        channels=(_channel("紙", view.paper_responses), _channel("オンライン", view.online_responses)),
        counted_total=counted,
        left_out_total=len(view.responses) - counted,
        attendance=view.rate_attendance,
        rate=return_rate(counted, view.rate_attendance) if counted else "",
        agreement=entry_agreement(view),
        missing_numbers=missing_response_numbers(view.paper_responses),
    )


def open_decisions(view: SurveyView) -> tuple[str, ...]:
    """Return sentences on what must be decided about responses before the totals can be fixed (() = nothing).

    Differences to the contractor's tally are not among them.
    """
    found = []
    if not view.counted_total:
        found.append("集計する回答がまだありません。")
    if view.doubtful_responses:
        found.append(f"確認が必要な回答が{len(view.doubtful_responses)}件あります。")
    unsettled = unsettled_responses(view)
    if unsettled:
        found.append(f"1回目と2回目のちがいを決めていない用紙が{len(unsettled)}枚あります。")
    return tuple(found)


def _channel(name: str, responses: tuple[SurveyResponse, ...]) -> Channel:
    """Return the record of one channel: its responses, those counted, and those left out by reason."""
    out = Counter(sheet.decision for sheet in responses if not sheet.counted)
    return Channel(
        name=name,
        response_count=len(responses),
        counted_total=sum(1 for sheet in responses if sheet.counted),
        left_out_reasons=tuple(sorted(out.items(), key=lambda item: (-item[1], item[0]))),
    )
