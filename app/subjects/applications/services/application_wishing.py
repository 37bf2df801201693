"""Which events the rows of a file wish for: each text once, as set by hand, remembered, or found by name and date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.importing.column_maps import NOT_TAKEN
from app.subjects.applications.intake.application_rows import ApplicationRow
from app.subjects.applications.rules.application_wishes import match_wish
from app.subjects.applications.services.application_preview import WishChoice
from db.records.events import Event

ODD_ONCE = 1
"""A wish of no event that stands in one row only was typed by somebody; one of many rows is an option of the form."""


@dataclass(frozen=True, kw_only=True)
class WishedEvents:
    """Where one row belongs: ``event_ids`` to enter it for, why it stays out, what somebody has to decide."""

    event_ids: tuple[int, ...] = ()
    left_out: str = ""
    doubts: tuple[str, ...] = ()


class Wishes:
    """The wishes of one file against the events of the year."""

    def __init__(
        self,
        rows: Iterable[ApplicationRow],
        events: Sequence[Event],
        chosen: Mapping[str, int],
        remembered: Mapping[str, int],
        *,
        asked: bool,
        event_id: int | None,
    ) -> None:
        """``asked`` = the file has a column of wishes; ``event_id`` the one event whose applications are taken."""
        self._titles = {event.id: event.full_title for event in events}
        self._asked = asked
        self._event_id = event_id
        counts = Counter(text for row in rows for text in dict.fromkeys(row.wishes))
        self.choices = tuple(
            _choice(text, count, match_wish(text, events), chosen, remembered, self._titles)
            for text, count in counts.items()
        )
        self._by_text = {choice.text: choice for choice in self.choices}

    @property
    def needs_event(self) -> bool:
        """Whether nothing says where the rows belong."""
        return not self._asked and self._event_id is None

    @property
    def of_no_event(self) -> tuple[str, ...]:
        """The wishes of many rows that no event of the year answers."""
        open_ones = [one for one in self.choices if one.event_id is None and not one.candidates]
        return tuple(one.text for one in open_ones if one.count > ODD_ONCE)

    def of(self, row: ApplicationRow) -> WishedEvents:
        """Return where one row belongs."""
        if self._event_id is not None:
            return self._of_one_event(row, self._event_id)
        if not self._asked:
            return WishedEvents(left_out="どの実施回の申込か、選ばれていません")
        if not row.wishes:
            return WishedEvents(doubts=("希望する実施回が空です",))
        return self._of_the_year(row)

    def _of_one_event(self, row: ApplicationRow, event_id: int) -> WishedEvents:
        if not self._asked:
            return WishedEvents(event_ids=(event_id,))
        if not row.wishes:
            return WishedEvents(event_ids=(event_id,), doubts=("希望する実施回が空です",))
        choices = [self._by_text[text] for text in row.wishes]
        if not any(_means(choice, event_id) for choice in choices):
            return WishedEvents(left_out=f"別の実施回を希望（{'、'.join(row.wishes)}）")
        unknown = [choice for choice in choices if choice.event_id is None and not choice.candidates]
        odd = [choice for choice in unknown if choice.count <= ODD_ONCE]
        return WishedEvents(
            event_ids=(event_id,),
            doubts=tuple(f"希望の「{choice.text}」に当たる実施回がありません" for choice in odd),
        )

    def _of_the_year(self, row: ApplicationRow) -> WishedEvents:
        wanted: list[int] = []
        doubts = []
        for text in row.wishes:
            choice = self._by_text[text]
            if choice.event_id is not None:
                if choice.event_id != NOT_TAKEN:
                    wanted.append(choice.event_id)
            elif choice.candidates:
                named = "、".join(self._titles[one] for one in choice.candidates)
                doubts.append(f"希望の「{text}」に当たる実施回が{len(choice.candidates)}つあります（{named}）")
            else:
                doubts.append(f"希望の「{text}」に当たる実施回がありません")
        left_out = "" if wanted or doubts else f"取り込まない希望です（{'、'.join(row.wishes)}）"
        return WishedEvents(event_ids=tuple(dict.fromkeys(wanted)), left_out=left_out, doubts=tuple(doubts))


def _choice(
    text: str,
    count: int,
    found: tuple[int, ...],
    chosen: Mapping[str, int],
    remembered: Mapping[str, int],
    titles: Mapping[int, str],
) -> WishChoice:
    by_hand = chosen.get(text, remembered.get(text))
    if by_hand is not None and (by_hand == NOT_TAKEN or by_hand in titles):
        return WishChoice(text=text, count=count, candidates=found, event_id=by_hand, by_hand=True)
    return WishChoice(text=text, count=count, candidates=found, event_id=found[0] if len(found) == 1 else None)


def _means(choice: WishChoice, event_id: int) -> bool:
    if choice.event_id is not None:
        return choice.event_id == event_id
    return event_id in choice.candidates
