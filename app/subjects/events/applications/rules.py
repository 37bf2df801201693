"""Decisions about applications: what a later one changes, the outcome of a row, and which event a wish means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final, Literal, get_args

from app.calendar.dates import short_date_plain
from db.fast_dataclass import fast_dataclass
from db.fields import ToldField, specs
from db.frozen_record import frozen_record
from db.records.applications import Application
from db.records.events import Event

Outcome = Literal["新規", "更新", "重複", "確認が必要", "取り込まない"]
OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)

CONTACT_KINDS: Final = (("phone", "電話"), ("fax", "FAX"), ("email", "メール"), ("address", "住所"))

BESIDE: Final = frozenset(
    {
        "role", "device", "care", "people",
        "organisation_name", "name", "furigana",
        "received_at", "receipt_number", "way", "wishes",
    }
)  # fmt: skip
"""Fields of lists that are no change by themselves: what the place says (``Facts``), who it is, how and for what one
application came."""
FURTHER: Final = tuple(name for name, told in specs(Application).items() if told.spec.heading and name not in BESIDE)
"""All other fields that lists bring: a later application that says something else in one of them changes it."""
_TOLD: Final = tuple(specs(Application)[name] for name in FURTHER)
_NOTHING_FURTHER: Final = tuple(told.default for told in _TOLD)
_LABELS: Final = {name: told.spec.label for name, told in specs(Application).items()}
_SECRET: Final = frozenset(name for name, told in specs(Application).items() if told.spec.secret)
_NOT_IN_LISTS: Final = _SECRET | {key for key, _ in CONTACT_KINDS}


@fast_dataclass
@frozen_record
class Facts:
    """What one application says about taking part; ``device`` is 持参, 貸与 or empty, contacts as written.

    ``people_said`` False = nothing says how many come; ``people`` are then those who have a name. ``further`` are the
    values of ``FURTHER`` in their order (empty = none says anything), ``columns`` what the list has that says it.
    """

    role: str = ""
    device: str = ""
    care: str = ""
    people: int = 1
    phone: str = ""
    fax: str = ""
    email: str = ""
    address: str = ""
    people_said: bool = True
    further: tuple[Any, ...] = ()
    columns: frozenset[str] = frozenset()

    def people_after(self, known: int) -> int:
        """How many come after this application where ``known`` came before; who has a name has a place."""
        return self.people if self.people_said else max(known, self.people)


@frozen_record
class ApplicationChange:
    """One field that a later application changes; ``old`` empty = nothing was there, ``hidden`` = it speaks of 配慮."""

    key: str
    label: str
    old: str
    new: str
    hidden: bool = False

    @property
    def words(self) -> str:
        """「端末　持参→貸与」; the content of 配慮 and contacts stays out of lists."""
        if self.hidden or self.key in _NOT_IN_LISTS:
            return f"{self.label}が{'変わります' if self.old else '加わります'}"
        return f"{self.label}　{self.old or '（空）'}→{self.new}"


def changes_between(old: Facts, new: Facts) -> tuple[ApplicationChange, ...]:
    """Return what ``new`` changes in ``old``; what the later application leaves empty is kept as it was."""
    found = []
    for key in ("role", "device", "care"):
        before, after = str(getattr(old, key)).strip(), str(getattr(new, key)).strip()
        if after and after != before:
            found.append(ApplicationChange(key=key, label=_LABELS[key], old=before, new=after))
    people = new.people_after(old.people)
    if people != old.people:
        counts = (f"{old.people}人", f"{people}人")
        found.append(ApplicationChange(key="people", label=_LABELS["people"], old=counts[0], new=counts[1]))
    for key, label in CONTACT_KINDS:
        before, after = str(getattr(old, key)).strip(), str(getattr(new, key)).strip()
        if after and _contact_key(after) != _contact_key(before):
            found.append(ApplicationChange(key=key, label=label, old=before, new=after))
    for told, was, now in zip(_TOLD, old.further or _NOTHING_FURTHER, further_after(old, new), strict=True):
        if was != now:
            words = (_words(told, was), _words(told, now))
            hidden = any(_holds_care(facts, text) for facts, text in zip((old, new), words, strict=True))
            found.append(
                ApplicationChange(key=told.name, label=told.spec.label, old=words[0], new=words[1], hidden=hidden)
            )
    return tuple(found)


def further_of(application: Application) -> tuple[Any, ...]:
    """Return what an application says in the fields of ``FURTHER``."""
    return tuple([getattr(application, name) for name in FURTHER])


def further_after(old: Facts, new: Facts) -> tuple[Any, ...]:
    """Return the values of ``FURTHER`` after the later application: where it says nothing, those from before."""
    if not new.further or new.further == old.further:
        return old.further or _NOTHING_FURTHER
    both = zip(_TOLD, old.further or _NOTHING_FURTHER, new.further, strict=True)
    return tuple(
        note_after(was, now, new.columns) if told.name == "note" else _value_after(was, now, told.default)
        for told, was, now in both
    )


def _value_after(was: Any, now: Any, nothing: Any) -> Any:
    if isinstance(now, str):
        return now if now.strip() and now.strip() != str(was).strip() else was
    return was if now in (None, (), nothing) else now


def _words(told: ToldField, value: Any) -> str:
    """A value in one line, as a list shows it; empty where it says nothing."""
    if value in (None, "", (), told.default):
        return ""
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, date):
        return short_date_plain(value)
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return f"{_one_line(str(value))}{told.spec.unit}"


def _one_line(text: str) -> str:
    return "／".join(text.splitlines())


def _holds_care(facts: Facts, words: str) -> bool:
    """Whether words of a list say what somebody needs: a remark that speaks of it counts as 配慮, too."""
    care = _one_line(facts.care.strip())
    return bool(care) and care in words


WISHED_DAYS: Final = {"date1": "第1希望日　", "date2": "第2希望日　", "date3": "第3希望日　"}
THEMES: Final = "相談・テーマ　"
DEPUTY_NOTE: Final = "（代理）"
"""What lists say and an application has no field for stands in its 備考, each with its beginning."""
_BEGINNINGS: Final = {**{text: key for key, text in WISHED_DAYS.items()}, THEMES: "themes", DEPUTY_NOTE: "name"}
_LINES: Final = (*_BEGINNINGS.values(), "note")


def note_after(old: str, new: str, columns: Collection[str]) -> str:
    """Return the 備考 after a later application: lines from columns that its list has not stay, and so do those of
    which it says nothing; days wished for are one matter, and who comes himself needs no 「（代理）」."""
    said = {_matter(_column_of(line)) for line in new.splitlines()}
    stay = [
        line
        for line in old.splitlines()
        if (column := _column_of(line)) not in columns or (column != "name" and _matter(column) not in said)
    ]
    after = "\n".join(sorted([*stay, *new.splitlines()], key=lambda line: _LINES.index(_column_of(line))))
    return old if after.strip() == old.strip() else after


def _column_of(line: str) -> str:
    return next((column for text, column in _BEGINNINGS.items() if line.startswith(text)), "note")


def _matter(column: str) -> str:
    return "days" if column in WISHED_DAYS else column


def merged(old: Facts, new: Facts) -> Facts:
    """Return the facts after the later application: its own where it says something, else those from before."""
    kept: dict[str, Any] = {
        key: value for key, value in vars(old).items() if isinstance(value, str) and not getattr(new, key).strip()
    }
    return replace(new, **kept, people=new.people_after(old.people), people_said=True, further=further_after(old, new))


def is_later(received_at: datetime | None, latest: datetime | None) -> bool:
    """Whether an application counts as the later one; without a time the one read later does."""
    return received_at is None or latest is None or received_at >= latest


def _contact_key(text: str) -> str:
    """Telephone numbers alike in their digits are one; anything else as written, without spaces."""
    digits = "".join(str(int(sign)) for sign in text if sign.isdecimal())
    return digits if len(digits) >= 9 and "@" not in text else "".join(text.split()).casefold()


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


def wish_strength(text: str, events: Iterable[Event]) -> int:
    """How surely ``text`` names an event of ``events``: 2 by its very name, 1 by something like it, 0 not at all."""
    found = match_wish(text, events)
    if not found:
        return 0
    core = _core(unicodedata.normalize("NFKC", text))
    return 2 if not core or any(core in _names(event) for event in events if event.id in found) else 1


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
