"""Rules of applications: what a later one changes, the outcome of a row, and which event a wish means."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Literal, get_args

from app.calendar.dates import short_date_plain
from app.common.contacts import contacts_in_force, same_contact
from app.documents.rules import in_hiragana
from db.digits import one_width, without_blanks
from db.fields import SpecifiedField, specs
from db.name_key import name_key
from db.record import record
from db.records.applications import Application
from db.records.events import Event
from db.records.organisations import Contact, ContactKind
from db.records.roster import Entry

Outcome = Literal["新規", "更新", "重複", "確認が必要", "取り込まない"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

CONTACT_KINDS = dict(zip(("phone", "fax", "email", "address"), ContactKind, strict=True))
DEPUTY = "連絡担当"
"""What the note of the telephone number of somebody begins with who is called in place of the applicant."""

UNCOMPARED_FIELDS = frozenset(
    {
        "role", "device", "care", "people",
        "organisation_name", "name", "furigana",
        "received_at", "receipt_number", "way", "wishes",
    }
)  # fmt: skip
"""Fields of lists that are no change by themselves: those of the place, the person, and how and for what it came."""
EXTRA_FIELDS = tuple(
    name for name, told in specs(Application).items() if told.spec.heading and name not in UNCOMPARED_FIELDS
)
"""All other fields of lists; a later application with another value in one of them changes it."""
_EXTRA_FIELD_SPECS = tuple(specs(Application)[name] for name in EXTRA_FIELDS)
_EXTRA_DEFAULTS = tuple(told.default for told in _EXTRA_FIELD_SPECS)
_LABELS = {
    name: told.spec.label for name, told in (*specs(Entry).items(), *specs(Application).items()) if told.spec.label
} | CONTACT_KINDS
_SECRET_FIELDS = frozenset(name for name, told in specs(Application).items() if told.spec.is_secret)
_HIDDEN_IN_LISTS = _SECRET_FIELDS | CONTACT_KINDS.keys() | {"contact_phone"}


@record
class ApplicationFacts:
    """What one application says of its applicant and about taking part; names and contacts as written.

    Attributes:
        device: 持参, 貸与 or empty.
        photo, publication: 可, 不可, 条件つき (with ``photo_words``) or empty.
        companions: the names of those who come with the applicant.
        people: number of people; if not ``people_said``, the number of those with a name.
        further: the values of ``EXTRA_FIELDS`` in their order, empty = none has one.
        columns: fields for which the list has a column.
        contact_name, contact_phone: who is to be called instead.
    """

    name: str = ""
    furigana: str = ""
    role: str = ""
    device: str = ""
    care: str = ""
    photo: str = ""
    publication: str = ""
    photo_words: str = ""
    companions: tuple[str, ...] = ()
    people: int = 1
    phone: str = ""
    fax: str = ""
    email: str = ""
    address: str = ""
    people_said: bool = True
    further: tuple[Any, ...] = ()
    columns: frozenset[str] = frozenset()
    contact_name: str = ""
    contact_phone: str = ""

    def people_after(self, known: int) -> int:
        """Return how many come after this application if ``known`` came before; everybody with a name has a place."""
        return self.people if self.people_said else max(known, self.people)

    def companions_after(self, known: Sequence[str]) -> tuple[str, ...]:
        """Return who comes along if ``known`` came before: those who are named, and of the others who has a place."""
        named = {name_key(one) for one in self.companions}
        others = tuple(one for one in known if name_key(one) not in named)
        room = self.people_after(1 + len(known)) - 1 - len(self.companions)
        return (*self.companions, *others[: max(0, room)])


_PERSON_FIELDS = ("name", "furigana")
ENTRY_FIELDS = tuple(name for name in specs(Entry) if name in ApplicationFacts.__annotations__)
"""What an application gives its entry."""
COMPANIONS = "names"


@record
class ApplicationChange:
    """One field that a later application changes; ``old`` empty = nothing before, ``is_hidden`` = about 配慮.

    ``question``: why a person has to decide it.
    """

    key: str
    label: str
    old: str
    new: str
    is_hidden: bool = False
    question: str = ""

    @property
    def words(self) -> str:
        """Return 「端末 持参→貸与」; the content of 配慮 and contacts stays out of lists."""
        if self.is_hidden or self.key in _HIDDEN_IN_LISTS:
            return f"{self.label}が{'変わります' if self.old else '加わります'}"
        return f"{self.label}　{self.old or '（空）'}→{self.new or '（空）'}"

    @property
    def kept_words(self) -> str:
        """Return what is said where the ward put the field right by hand and the change is not made."""
        if self.is_hidden or self.key in _HIDDEN_IN_LISTS:
            return f"{self.label}は、区が直した内容のままにします"
        return f"{self.label}は、区が直した「{self.old}」のままにします（申込は「{self.new}」）"


def changes_between(old: ApplicationFacts, new: ApplicationFacts) -> tuple[ApplicationChange, ...]:
    """Return what ``new`` changes in ``old``; fields that are empty in ``new`` are kept."""
    found = []
    for key in (*_PERSON_FIELDS, *ENTRY_FIELDS, *CONTACT_KINDS):
        before, after = str(getattr(old, key)).strip(), str(getattr(new, key)).strip()
        if after and not _is_same(key, before, after):
            change = ApplicationChange(key=key, label=_LABELS[key], old=before, new=after)
            asked = before and key in _PERSON_FIELDS
            found.append(replace(change, question=f"{change.words}　字や読みの違いです") if asked else change)
    if new.contact_phone.strip() and not _is_same_deputy(old, new):
        found.append(ApplicationChange(key="contact_phone", label=DEPUTY, old=old.contact_phone, new=new.contact_phone))
    coming = new.companions_after(old.companions)
    gone = {name_key(one) for one in old.companions} - (stay := {name_key(one) for one in coming})
    if gone or len(stay) > len(old.companions):
        change = ApplicationChange(key=COMPANIONS, label="同行者", old="、".join(old.companions), new="、".join(coming))
        asked_words = f"{change.words}　取り込むと、名前のなくなった方は辞退になります"
        found.append(replace(change, question=asked_words) if gone else change)
    people = new.people_after(old.people)
    if people != old.people:
        counts = (f"{old.people}人", f"{people}人")
        found.append(ApplicationChange(key="people", label=_LABELS["people"], old=counts[0], new=counts[1]))
    for told, was, now in zip(
        _EXTRA_FIELD_SPECS, old.further or _EXTRA_DEFAULTS, merged_extra_values(old, new), strict=True
    ):
        if was != now:
            words = (_value_text(told, was), _value_text(told, now))
            own = told.name == "note" and any(_line_column(one) == "note" for one in f"{was}\n{now}".split("\n") if one)
            label = told.spec.import_label if own else told.spec.label
            hidden = own or any(_mentions_care(facts, text) for facts, text in zip((old, new), words, strict=True))
            found.append(ApplicationChange(key=told.name, label=label, old=words[0], new=words[1], is_hidden=hidden))
    return tuple(found)


def _is_same_deputy(old: ApplicationFacts, new: ApplicationFacts) -> bool:
    """Return whether the same number is to be called instead, under the same name if ``new`` gives one."""
    named = not new.contact_name.strip() or name_key(old.contact_name) == name_key(new.contact_name)
    return named and same_contact(ContactKind.PHONE, old.contact_phone, new.contact_phone)


def _is_same(key: str, before: str, after: str) -> bool:
    """Return whether two texts of a field say the same; blanks make no other name."""
    if key in CONTACT_KINDS:
        return same_contact(CONTACT_KINDS[key], before, after)
    if key in _PERSON_FIELDS:
        before, after = map(without_blanks, (before, after))
    return before == after or (key == "furigana" and in_hiragana(before) == in_hiragana(after))


def extra_values_of(application: Application) -> tuple[Any, ...]:
    """Return the values of ``EXTRA_FIELDS`` of an application."""
    return tuple([getattr(application, name) for name in EXTRA_FIELDS])


def merged_extra_values(old: ApplicationFacts, new: ApplicationFacts) -> tuple[Any, ...]:
    """Return the values of ``EXTRA_FIELDS`` after the later application; where it has none, those from before.

    備考 is merged line by line, see ``merged_note``.
    """
    if not new.further or new.further == old.further:
        return old.further or _EXTRA_DEFAULTS
    both = zip(_EXTRA_FIELD_SPECS, old.further or _EXTRA_DEFAULTS, new.further, strict=True)
    # A contact person with a number is a contact; who was named before without one is not called any more.
    gone = ("name", "contact_name") if new.contact_phone.strip() else ("name",)
    return tuple(
        merged_note(was, _without_known_contact(old, new, now), new.columns, gone)
        if told.name == "note"
        else _merged_value(was, now, told.default)
        for told, was, now in both
    )


def _without_known_contact(old: ApplicationFacts, new: ApplicationFacts, note: str) -> str:
    """Return the 備考 of a later application without the contact person whose number is known."""
    is_known = old.contact_phone.strip() and name_key(old.contact_name) == name_key(new.contact_name)
    return "\n".join(one for one in note.splitlines() if not is_known or _line_column(one) != "contact_name")


def _merged_value(old: Any, new: Any, default: Any) -> Any:
    """Return the new value where it says something, else the old one."""
    if isinstance(new, str):
        return new if new.strip() and new.strip() != str(old).strip() else old
    return old if new in (None, (), default) else new


def _value_text(field: SpecifiedField, value: Any) -> str:
    """Return a value in one line as a list shows it; "" for none and for the default of the field."""
    if value in (None, "", (), field.default):
        return ""
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, date):
        return short_date_plain(value)
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return f"{_one_line(str(value))}{field.spec.unit}"


def _one_line(text: str) -> str:
    return "／".join(text.splitlines())


def _mentions_care(facts: ApplicationFacts, words: str) -> bool:
    """Return whether ``words`` contain the text of 配慮 in ``facts``, so that no list may show them."""
    care = _one_line(facts.care.strip())
    return bool(care) and care in words


WISHED_DAY_PREFIXES = {"date1": "第1希望日　", "date2": "第2希望日　", "date3": "第3希望日　"}
THEMES_PREFIX = "相談・テーマ　"
DEPUTY_NOTE = "（代理）"
DEPUTY_PREFIX = f"{DEPUTY}　"
"""Beginning of a line in 備考, like the three constants above, for data of lists without a field of their own."""
_NOTE_PREFIX_FIELDS = {
    **{text: key for key, text in WISHED_DAY_PREFIXES.items()},
    THEMES_PREFIX: "themes",
    DEPUTY_PREFIX: "contact_name",
    DEPUTY_NOTE: "name",
}
_NOTE_LINE_COLUMNS = (*_NOTE_PREFIX_FIELDS.values(), "note")


def merged_note(old: str, new: str, columns: Collection[str], gone: Collection[str] = ("name",)) -> str:
    """Return the 備考 after a later application.

    Lines from columns that its list lacks stay, and so do those it says nothing about, unless they are ``gone``. The
    wished days are replaced together, and 「（代理）」 goes if the applicant comes personally.
    """
    said = {_line_group(_line_column(line)) for line in new.splitlines()}
    stay = [
        line
        for line in old.splitlines()
        if (column := _line_column(line)) not in columns or (column not in gone and _line_group(column) not in said)
    ]
    after = "\n".join(sorted([*stay, *new.splitlines()], key=lambda line: _NOTE_LINE_COLUMNS.index(_line_column(line))))
    return old if without_blanks(after) == without_blanks(old) else after


def _line_column(line: str) -> str:
    """Return the field from which a line of 備考 came, by its beginning; "note" if it has none of ours."""
    return next((column for text, column in _NOTE_PREFIX_FIELDS.items() if line.startswith(text)), "note")


def _line_group(column: str) -> str:
    """Return the group in which lines of 備考 are replaced together: "days" for the wished days, else the column."""
    return "days" if column in WISHED_DAY_PREFIXES else column


def merge_facts(
    old: ApplicationFacts, new: ApplicationFacts, standing: Iterable[ApplicationChange] = ()
) -> ApplicationFacts:
    """Return the facts after the later application: its own values, else those from before.

    What ``standing`` names stays in any case.
    """
    stays = {one.key for one in standing}
    kept: dict[str, Any] = {
        key: value
        for key, value in vars(old).items()
        if isinstance(value, str) and (key in stays or not getattr(new, key).strip())
    }
    both = zip(EXTRA_FIELDS, old.further or _EXTRA_DEFAULTS, merged_extra_values(old, new), strict=True)
    return replace(
        new,
        **kept,
        companions=new.companions_after(old.companions),
        people=new.people_after(old.people),
        people_said=True,
        further=tuple([was if name in stays else now for name, was, now in both]),
    )


def is_later(received_at: datetime | None, latest: datetime | None) -> bool:
    """Return whether an application read after another counts as the later one.

    It does if it was received at the same time or later, and where either time is unknown (None).
    """
    return received_at is None or latest is None or received_at >= latest


_ORDINAL = re.compile(r"(?:第\s*|^\s*(?=[0-9]+\s*回目\s*$))([0-9]{1,9})\s*回目?")
_DATE = re.compile(r"(?<![0-9])([0-9]{1,2})\s*[/月.]\s*([0-9]{1,2})\s*日?(?![0-9])")
_YEAR = re.compile(r"(?:[0-9]{4}|令和\s*[0-9元]+|R\s*[0-9]+)\s*[年/.\-]\s*")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_TIME = re.compile(r"(?:午前|午後)?\s*[0-9]{1,2}\s*(?::\s*[0-9]{2}|時(?:\s*[0-9]{1,2}\s*分|半)?)\s*(?:から|〜|~|-)?")
_PUNCTUATION = re.compile(r"[\s・、,.。:;/\-~〜()「」『』]+")
_WHEN = re.compile(
    r"[(\[【](?:[\d\s/年月日月火水木金土祝・.,:時〜~\-]|\d+分|時半|午前|午後|夜間?|から|まで|第\d+回|令和|R(?=\d)|曜日?|会場|\d+名|[^()]*(?:館|室|センター|ホール|所))+[)\]】]"
)
"""When and where an event takes place, in brackets behind its name."""
_WISHES = re.compile(
    "(?:第[一二三123]希望|希望(?:します|する|です)?|活用|利用|入門|基礎|初級|中級|体験|実践|応用|公式|アカウント|使い方|はじめて|決済|コース|編|クラス|講習会?|講座|教室|セミナー|会|回目?|日|分|開催"
    "|の|を|に|へ|が|です|ます|参加(?:します|したい(?:です)?|を?希望(?:します|する)?)?|申し?込み?(?:ます)?|お?願い(?:します|いたします)|でお願いします|よろしく|[①-⑨1-9])*"
)
"""Words beside a name that only wish for it."""
_KIND = re.compile(r"(?:講習会|教室|講座|セミナー)$")
_MIN_NAME_LENGTH = 3
"""Minimum length of a name that is searched for inside another one."""


def match_wish(text: str, events: Iterable[Event]) -> tuple[int, ...]:
    """Return the ids of the events that ``text`` may mean, in the order given; empty = none.

    A written date or 「第N回」 must match; two of them are two wishes, so the text means none. The same name takes
    precedence over a name that only contains the other (「キャッシュレス講習会」 finds 「キャッシュレス決済講習会」);
    cancelled events are left out.
    """
    plain = one_width(text)
    several = any(len({*each.findall(_YEAR.sub("", plain))}) > 1 for each in (_ORDINAL, _DATE))
    open_events = [event for event in events if event.status.counts and not several]
    fitting = [event for event in open_events if _matches_event(plain, event)]
    told = len(fitting) < len(open_events)
    wanted = _name_core(plain)
    if not wanted:
        return (
            tuple(event.id for event in fitting)
            if told and bool(_ORDINAL.search(plain) or _DATE.search(_YEAR.sub("", plain)))
            else ()
        )
    same = [event.id for event in fitting if wanted in _event_name_cores(event)]
    if same:
        return tuple(same)
    # 「LINE講習会に参加」 speaks of one 講習会, 「講習会に参加」 of all.
    of_any = _WISHES.fullmatch(wanted)
    return tuple(
        event.id
        for event in fitting
        if any(
            _contains_name(wanted, name)
            for name in _event_name_cores(event)
            if of_any or name != event.kind or event.form.in_groups
        )
    )


def wish_match_level(text: str, events: Iterable[Event]) -> int:
    """Return how surely ``text`` names one of ``events``: 2 by its exact name, 1 by a similar one, 0 not at all.

    A text without any name that fits by number and day counts as 2.
    """
    found = match_wish(text, events)
    if not found:
        return 0
    core = _name_core(one_width(text))
    return 2 if not core or any(core in _event_name_cores(event) for event in events if event.id in found) else 1


def names_wish_alone(text: str, events: Sequence[Event]) -> bool:
    """Return whether a wish is the name, number or day of an event and nothing besides that may mean something."""
    plain = one_width(text)
    names = " ".join(one_width(event.full_title) for event in events)
    beside = [one for one in _BRACKETED.findall(plain) if one not in names and not _WHEN.fullmatch(one)]
    core = _name_core(plain)
    for name in sorted({name for event in events for name in _event_name_cores(event)}, key=len, reverse=True):
        core = "" if core in name else core.replace(name, "")
    return not beside and bool(_WISHES.fullmatch(core))


def _matches_event(plain: str, event: Event) -> bool:
    """Return whether a wish names this event by number and day, as far as it names either."""
    ordinal = _ORDINAL.search(plain)
    if ordinal and event.ordinal != int(ordinal[1]):
        return False
    day = _DATE.search(_YEAR.sub("", plain))
    if day is None:
        return True
    return event.event_date is not None and (event.event_date.month, event.event_date.day) == (int(day[1]), int(day[2]))


def _event_name_cores(event: Event) -> tuple[str, ...]:
    """Return the names by which an event may be written, without fillers and empty ones."""
    written = (event.subject, event.full_title, f"{event.kind} {event.organisation_name}", event.organisation_name)
    found = [_name_core(one_width(one)) for one in written if one.strip()]
    if event.form.in_groups:
        found += [_name_core(event.kind), _name_core(event.kind_words)]
    return tuple(dict.fromkeys(one for one in found if one))


def _name_core(plain: str) -> str:
    """Return the name alone, without 第N回, date, time, remarks in brackets, spaces and the word for its kind."""
    for pattern in (_YEAR, _BRACKETED, _ORDINAL, _DATE, _TIME):
        plain = pattern.sub(" ", plain)
    bare = _PUNCTUATION.sub("", plain).casefold()
    return _KIND.sub("", bare) or bare


def _contains_name(one: str, other: str) -> bool:
    """Return whether the shorter of two names, if long enough, is contained in the other."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _MIN_NAME_LENGTH and short in long


def repeated_contact(contacts: Iterable[Contact], kind: ContactKind, value: str) -> Contact | None:
    """Return the contact in force that ``value`` repeats: any telephone, of the others the one to use; else None."""
    standing = contacts_in_force(contacts, kind)
    used = standing if kind.is_phone else standing[:1]
    return next((one for one in used if same_contact(kind, one.value, value)), None)
