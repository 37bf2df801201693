"""Which event of the year a wish written on an application means: by name, 「第N回」 and date."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from db.records.events import Event

_ORDINAL = re.compile(r"第\s*([0-9]+)\s*回")
_DATE = re.compile(r"(?<![0-9])([0-9]{1,2})\s*[/月.]\s*([0-9]{1,2})\s*日?(?![0-9])")
_YEAR = re.compile(r"(?:[0-9]{4}|令和\s*[0-9元]+|R\s*[0-9]+)\s*[年/.\-]\s*")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_TIME = re.compile(r"(?:午前|午後)?\s*[0-9]{1,2}\s*(?::\s*[0-9]{2}|時(?:\s*[0-9]{1,2}\s*分|半)?)\s*(?:から|〜|~|-)?")
_REST = re.compile(r"[\s・、,.。:;/\-~〜()「」『』]+")
_KIND = re.compile(r"(?:講習会|教室|講座|セミナー)$")
_SHORTEST = 3
"""Letters a name needs before it is looked for inside another one."""


def match_wish(text: str, events: Iterable[Event]) -> tuple[int, ...]:
    """Return the ids of the events that ``text`` may mean, in the order given; empty = none of them.

    A date or 「第N回」 that is written must fit. The same name counts before a name that only holds the other
    (「キャッシュレス講習会」 finds 「キャッシュレス決済講習会」), and cancelled events are left out.
    """
    open_events = [event for event in events if event.status != "中止"]
    plain = unicodedata.normalize("NFKC", text)
    fitting = [event for event in open_events if _fits(plain, event)]
    told = len(fitting) < len(open_events)
    wanted = _core(plain)
    if not wanted:
        return tuple(event.id for event in fitting) if told and _has_place(plain) else ()
    same = [event.id for event in fitting if wanted in _names(event)]
    if same:
        return tuple(same)
    return tuple(event.id for event in fitting if any(_holds(wanted, name) for name in _names(event)))


def _has_place(plain: str) -> bool:
    return bool(_ORDINAL.search(plain) or _DATE.search(_YEAR.sub("", plain)))


def _fits(plain: str, event: Event) -> bool:
    ordinal = _ORDINAL.search(plain)
    if ordinal and event.ordinal != int(ordinal[1]):
        return False
    day = _DATE.search(_YEAR.sub("", plain))
    if day is None:
        return True
    return event.event_date is not None and (event.event_date.month, event.event_date.day) == (int(day[1]), int(day[2]))


def _names(event: Event) -> tuple[str, ...]:
    """The cores an event is known by."""
    written = (event.subject, event.full_title, f"{event.kind} {event.organisation_name}", event.organisation_name)
    found = [_core(unicodedata.normalize("NFKC", one)) for one in written if one.strip()]
    if event.kind == "意見交換会":
        found.append(_core(event.kind))
    return tuple(dict.fromkeys(one for one in found if one))


def _core(plain: str) -> str:
    """The bare name: without 第N回, date, time, remarks in brackets, spaces, and the word for its kind."""
    for pattern in (_YEAR, _ASIDE, _ORDINAL, _DATE, _TIME):
        plain = pattern.sub(" ", plain)
    bare = _REST.sub("", plain).casefold()
    return _KIND.sub("", bare) or bare


def _holds(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST and short in long
