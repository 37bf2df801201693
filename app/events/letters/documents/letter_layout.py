"""Layout of all letters of an event (決定, 開催, 落選, 中止, 変更, recruitment), one letter for each addressee."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents import document_frame
from app.documents.blocks import (
    LARGE_PRINT,
    ORDINARY_PRINT,
    Block,
    Closing,
    Column,
    DocumentContent,
    Letterhead,
    LetterItems,
    Paragraph,
    SheetBreak,
    Table,
    Title,
)
from app.documents.event_facts import EventFacts
from app.documents.guide_blocks import PlaceMap
from app.documents.handout_blocks import NamedLines, NoticeBox
from app.event.rules.recruitment import TO_BRANCHES, TO_PRESIDENTS
from app.events.letters.rules.change_letters import (
    AFTER,
    BEFORE,
    BY_PHONE,
    CHANGED_ITEMS,
    KEPT_ITEMS,
    NO_REPLACEMENT,
    REPLACEMENT,
    WHICH_HOLDS,
    same_words,
)
from app.events.letters.rules.letter_texts import (
    CANCELLATION,
    CHANGE,
    LEAD,
    LEAVING,
    PLACE_REVOCATION,
    REFUSAL_LETTER,
    REVOCATION,
    SUBJECT,
    WAITING_LEAD,
    WAITING_PART,
    WITHDRAWAL,
)
from app.events.roster.rules import AdmissionCode
from db.record import record

UNNAMED = "氏名未定"
ERASED = "（お申出により、氏名を記載しません）"


Rows = tuple[tuple[str, str], ...]


@record
class LetterPerson:
    """One person a letter concerns.

    Attributes:
        name: empty = a place without a name yet.
        state: 「補欠（1番）」 or empty.
        admission: 入場番号 of the place, where the event has them.
        entry_id: id of the place.
        moved_from_event: the event from which the place was moved (「第6回から変更」).
        is_erased: the person is counted and not named.
    """

    name: str
    role: str
    device: str
    state: str
    admission: str = ""
    entry_id: int = 0
    moved_from_event: str = ""
    is_erased: bool = False


@record
class Addressee:
    """The addressee of one letter; names exactly as registered.

    Attributes:
        key: identifies the addressee («o12» a registered 団体, «n…» one known by name only, each with «w» at its end
            for its 補欠; «e34» an entry; «all» one letter to everybody).
        person: empty = the letter is addressed to the 団体 itself (御中).
        people: the people the letter concerns.
        is_waiting_list: they are 補欠.
        was_called: all of ``people`` were reached by telephone about the 中止.
        full_line: the whole addressee where it is no 団体 (「各支部長 様」).
        previously_named: whom the letter before named, where others come or wait now.
        told_lines: the same people as the letter before names them, where a name or 役職 was put right since.
        is_previously_named_unknown: it is not known any more whom the letter before named.
        texts: the passages of this letter where they differ from those of the others, () = as theirs.
    """

    key: str
    organisation: str = ""
    person: str = ""
    role: str = ""
    people: tuple[LetterPerson, ...] = ()
    branch: str = ""
    postal_code: str = ""
    address: str = ""
    is_waiting_list: bool = False
    was_called: bool = False
    full_line: str = ""
    previously_named: tuple[LetterPerson, ...] = ()
    told_lines: Rows = ()
    is_previously_named_unknown: bool = False
    texts: tuple[tuple[str, str], ...] = ()

    @property
    def full_name(self) -> str:
        """Return 団体 and person in one line, for lists."""
        return self.full_line or join_nonempty(self.organisation, self.role, self.person)


def person_line(addressee: Addressee, honorific: str) -> str:
    """Return 「会長　髙﨑 千鶴子　様」, or empty for a 団体."""
    if not addressee.person:
        return ""
    return join_nonempty(addressee.role, addressee.person, honorific)


def address_lines(addressee: Addressee, honorific: str) -> str:
    """Return 「みほん町会」 and 「　会長　髙﨑 千鶴子　様」 on two lines, 「みほん町会　御中」 or ``full_line``."""
    if addressee.full_line:
        return addressee.full_line
    if not addressee.person:
        return f"{addressee.organisation}　御中"
    return f"{addressee.organisation}\n　{person_line(addressee, honorific)}".lstrip("\n")


def window_lines(addressee: Addressee) -> tuple[str, ...]:
    """Return postal code and address for a window envelope; empty without an address."""
    code = fill_nonempty("〒{}", addressee.postal_code)
    return tuple(line for line in (code, addressee.address) if line) if addressee.address else ()


def people_lines(people: tuple[LetterPerson, ...], *, devices: bool = True) -> tuple[tuple[str, str], ...]:
    """Return 「髙﨑 千鶴子　様（会長）」 and, beside it, 「端末　貸与」 or 「補欠（1番）」 for each named person.

    「第6回から変更」 follows where the place was moved. Places without a name come after them, each on its line if it
    has an 入場番号, else counted in one line; then erased people in another.

    Args:
        devices: False leaves out 「端末」.
    """
    rows = []
    for one in people:
        if one.name:
            role = fill_nonempty("（{}）", one.role)
            device = f"端末　{one.device}" if one.device and devices else ""
            more = join_nonempty(one.state or device, one.moved_from_event)
            rows.append((join_nonempty(one.admission, f"{one.name}　様{role}"), more))
    unnamed_places = [one for one in people if not one.name and not one.is_erased]
    rows += [(join_nonempty(one.admission, UNNAMED), "") for one in unnamed_places if one.admission]
    unnamed = sum(not one.admission for one in unnamed_places)
    if unnamed:
        rows.append((f"{UNNAMED}　{unnamed}人", ""))
    erased = sum(one.is_erased for one in people)
    if erased:
        rows.append((f"{erased}人{ERASED}", ""))
    return tuple(rows)


TABLET_REQUESTED = "貸与を希望"
"""Text for somebody who wishes to borrow a tablet while nobody has agreed to bring one (仕様書4(2)ク)."""


def without_promised_tablet(event: EventFacts, addressees: Iterable[Addressee]) -> tuple[Addressee, ...]:
    """Return the addressees with a tablet shown as requested where nobody has agreed yet to bring one."""
    everybody = tuple(addressees)
    if event.tablet_side:
        return everybody
    return tuple(
        replace(
            one,
            people=tuple(
                replace(each, device=TABLET_REQUESTED) if each.device == "貸与" else each for each in one.people
            ),
        )
        for one in everybody
    )


Texts = Sequence[tuple[str, str]]
"""The passages of a letter in their order, as part and text."""

UNCHANGED = "変更なし"
_AS_TOLD = "さきの通知のとおり"
_CHANGED = "▶ "
_PEOPLE_LABELS = {
    REFUSAL_LETTER: "お申込みの方",
    CANCELLATION: "対象の方",
    REVOCATION: "対象の方",
    WITHDRAWAL: "辞退された方",
    PLACE_REVOCATION: "決定を取り消す方",
}
_ITEMS_BEFORE_PEOPLE = ("日時", "会場")
_SIGNED_BY_HEAD = (TO_PRESIDENTS, TO_BRANCHES)
"""Letters signed by the head of the section in any form, because they ask something of 会長 and 支部長."""
MAX_NAMED_PEOPLE = 7  # people of one 団体 that the letter of a 派遣 names
_MAX_NAMES_IN_CELL = 8  # people that a 変更通知 names in its table; more could need a second sheet
_TABLE_TYPE = 12  # points of a table in a letter: many who get one are over seventy
_MAX_LINE_LENGTH = 27  # characters of a subject that fit on one line together with the text in brackets
_EVENT_NAME_PATTERN = re.compile(r"(.+(?:」|第\d+回)の)(.+)")
_BRACKET_PATTERN = re.compile(r"(.+?)(（[^（）]+）)")


def letters(
    context: document_frame.DocumentContext,
    event: EventFacts,
    *,
    kind: str,
    texts: Texts,
    addressees: Iterable[Addressee],
    window_envelope: bool = False,
    personal: bool = True,
    place_map: PlaceMap | None = None,
    edition: int | None = 1,
    large: Collection[str] = (),
) -> DocumentContent:
    """Return the letters of ``kind`` to all addressees, one after another.

    Args:
        texts: passages in the order in which they stand; an empty one is left out.
        window_envelope: print the postal address where a window envelope shows it.
        personal: the letters hold personal data; False for one letter to everybody.
        place_map: map to print beside the venue.
        edition: ordinal of the letter within its kind; None = the 版 follows from what was issued, because one letter
            to everybody is one document.
        large: keys of the addressees whose letter is a 拡大版, of the same words.
    """
    addressees = without_promised_tablet(event, addressees)
    sizes = [LARGE_PRINT if one.key in large else ORDINARY_PRINT for one in addressees]
    blocks: list[Block] = []
    for number, addressee in enumerate(addressees, 1):
        if number > 1:
            sheet, size = sheet_name(number, addressee), sizes[number - 1]
            blocks.append(SheetBreak(sheet=sheet, page=True, restart=True, type_size=size if large else 0))
        listed = (
            _people_count_words(addressee.people)
            if event.form.at_organisation and len(addressee.people) > MAX_NAMED_PEOPLE
            else ""
        )
        blocks += _with_admission_and_map(
            letter_blocks(
                context,
                kind=kind,
                texts=texts,
                addressee=addressee,
                window_envelope=window_envelope,
                people_placeholder=listed,
            ),
            addressee,
            place_map,
            event_id=event.id,
        )
    first = next(iter(addressees), None)
    content = document_frame.frame_event_document(
        context,
        event,
        kind=kind,
        version=edition,
        look="letter",
        first_sheet=sheet_name(1, first) if first else kind,
        outgoing=True,
        blocks=tuple(blocks),
    )
    size = sizes[0] if sizes else ORDINARY_PRINT
    return replace(content, personal=personal, type_size=size)


def _with_admission_and_map(
    blocks: Iterable[Block], addressee: Addressee, place_map: PlaceMap | None, *, event_id: int
) -> Iterable[Block]:
    """Yield the blocks with the 入場番号 and its barcode at the head and the map beside the venue, if there are any."""
    numbers = [one.admission for one in addressee.people if one.admission]
    more = (f"ほか {len(numbers) - 1}人",) if len(numbers) > 1 else ()
    when = None
    for block in blocks:
        if isinstance(block, Letterhead) and numbers:
            places = tuple((one.entry_id, int(one.admission)) for one in addressee.people if one.admission)
            code = AdmissionCode(event_id=event_id, number=int(numbers[0]), is_for_several=len(numbers) > 1)
            yield replace(block, admission=(numbers[0], *more), places=places, barcode=code.digits)
            continue
        named = [row[0] for row in block.rows] if isinstance(block, LetterItems) and place_map is not None else []
        if isinstance(block, LetterItems) and named == ["日時"]:
            when = block  # the map stands beside day and venue, so it takes no lines of the page there
            continue
        if isinstance(block, LetterItems) and named == ["会場"]:
            rows = (
                (*tuple((label, re.sub(r"\A([^\n　]+)　", r"\1\n", value)) for label, value in when.rows), *block.rows)
                if when is not None
                else block.rows
            )
            yield LetterItems(rows=rows, start=when.start if when is not None else block.start, place_map=place_map)
        elif when is not None:
            yield from (when, block)
        else:
            yield block
        when = None
    if when is not None:
        yield when


def _people_count_words(people: tuple[LetterPerson, ...]) -> str:
    """Return how many people come and with which tablets, without names.

    A letter of a 派遣 says this so that it stays on one page; the 団体 knows its own people.
    """
    devices = [one.device for one in people]
    tablets = "、".join(
        f"{device or '未定'}　{devices.count(device)}人"
        for device in ("持参", "貸与", TABLET_REQUESTED, "")
        if device in devices
    )
    return f"{len(people)}人" + (f"　端末：{tablets}" if any(devices) else "")


def sheet_name(number: int, addressee: Addressee) -> str:
    """Return the name of a letter's sheet in the workbook, 「3 みほん町会」."""
    return f"{number} {addressee.organisation or addressee.full_line or addressee.person}"


def letter_blocks(
    context: document_frame.DocumentContext,
    *,
    kind: str,
    texts: Texts,
    addressee: Addressee,
    window_envelope: bool = False,
    people_placeholder: str,
) -> tuple[Block, ...]:
    """Return the blocks of one letter.

    Args:
        kind: also decides the label of the people and whether their devices are named; a 変更通知 has a table.
        people_placeholder: text in place of the people, for a draft that goes to many or a 派遣 with many; "" = they
            are listed. To nobody by key a 変更通知 is worded for many addressees.
    """
    texts = addressee.texts or texts
    known = dict(texts)
    honorific = context.setting.honorific if context.setting else "様"
    head = replace(
        document_frame.outgoing_head(context),
        addressee=address_lines(addressee, honorific),
        key=addressee.key,
        entries=tuple(one.entry_id for one in addressee.people if one.entry_id),
    )
    if kind in _SIGNED_BY_HEAD and not (context.setting and context.setting.sender):
        head = replace(head, sender=(document_frame.sender_name(context.office), *head.sender[1:]))
    if window_envelope:
        head = replace(head, window=window_lines(addressee))
    subject, under = _subject(known.get(SUBJECT, ""))
    shown = [
        (part, text.strip("\n"))
        for part, text in texts
        if text.strip() and part not in (SUBJECT, LEAD, WAITING_LEAD) and _applies_to(part, addressee)
    ]
    lead = known.get(WAITING_LEAD if addressee.is_waiting_list else LEAD, "")
    people = (
        ((people_placeholder, ""),)
        if people_placeholder
        else people_lines(addressee.people, devices=kind not in (CANCELLATION, CHANGE, *LEAVING))
    )
    whom = (
        "補欠の方"
        if _all_wait(addressee) and kind in (CANCELLATION, CHANGE, REVOCATION)
        else _PEOPLE_LABELS.get(kind, "参加される方")
    )
    items = (
        _changed_items(shown, people, whom, addressee, drafted=not addressee.key)
        if kind == CHANGE
        else _items(kind, shown, people, whom)
    )
    return (
        head,
        Title(subject, subtitle=under, lead=lead),
        Paragraph("記", style="letter", align="center"),
        *items,
        Closing(),
        document_frame.office_contact(context.office),
    )


def _all_wait(to: Addressee) -> bool:
    """Return whether a letter concerns 補欠 only who had no place before."""
    return to.is_waiting_list and not to.is_previously_named_unknown and all(one.state for one in to.previously_named)


def _applies_to(part: str, addressee: Addressee) -> bool:
    """Return whether a part of a letter is for its addressee; some parts are for 補欠 only, some for those who were
    called.
    """
    whether = {
        WAITING_PART: addressee.is_waiting_list,
        WHICH_HOLDS: not addressee.is_waiting_list,
        BY_PHONE: addressee.was_called,
    }
    return whether.get(part, True)


def _subject(text: str) -> tuple[str, str]:
    """Return the subject in two parts: a long one split after the event's name or before 「（通知）」, else whole."""
    if len(text) <= _MAX_LINE_LENGTH:
        return text, ""
    found = _EVENT_NAME_PATTERN.fullmatch(text) or _BRACKET_PATTERN.fullmatch(text)
    return (found[1], found[2]) if found else (text, "")


def _items(kind: str, shown: Sequence[tuple[str, str]], people: Rows, whom: str) -> Iterable[Block]:
    """Yield the numbered items of a letter; people stand after day and place, a replacement event in a frame."""
    place = max((number for number, (part, _) in enumerate(shown) if part in _ITEMS_BEFORE_PEOPLE), default=-1) + 1
    place = place or (1 if kind == CANCELLATION else 0)
    number = 0
    for count, (part, text) in enumerate(shown):
        if people and count == place:
            number += 1
            yield NamedLines(label=whom, rows=people, number=number)
        number += 1
        framed = part == REPLACEMENT and text != NO_REPLACEMENT
        yield LetterItems(rows=((part, "つぎのとおり開催します。" if framed else text),), start=number)
        if framed:
            yield NoticeBox(title="", text=text)
    if people and place >= len(shown):
        yield NamedLines(label=whom, rows=people, number=number + 1)


def _changed_items(
    shown: Sequence[tuple[str, str]], people: Rows, whom: str, to: Addressee, *, drafted: bool
) -> Iterable[Block]:
    """Yield the items of a 変更通知: a table of before and after, then the reason and what to do.

    Args:
        to: the addressee, with the people whom the letter before named.
        drafted: a draft for many addressees, which names nobody.
    """
    known = dict(shown)
    rows = []
    for name in CHANGED_ITEMS:
        before, after = known.get(f"{BEFORE}{name}", ""), known.get(f"{AFTER}{name}", "")
        if before or after:
            same = same_words(before, after)
            if name == "日時":  # the day and the hours, one line each
                before, after = before.replace("　", "\n", 1), after.replace("　", "\n", 1)
            rows.append((name, before, UNCHANGED if same else f"{_CHANGED}{after}"))
    rows += [(name, known[name], UNCHANGED) for name in KEPT_ITEMS[:1] if name in known]
    told = to.told_lines or people_lines(to.previously_named, devices=False)
    listed = max(len(people), len(told)) > _MAX_NAMES_IN_CELL and not drafted
    if listed and (told or to.is_previously_named_unknown):
        count = f"{len(to.people)}人（2のとおり）"
        rows.append((whom, f"{len(told)}人", f"{_CHANGED}{count}") if told else (whom, _AS_TOLD, count))
    elif people and not listed:
        rows.append((whom, *_before_and_now(people, told, unknown=to.is_previously_named_unknown, drafted=drafted)))
    rows += [(name, known[name], UNCHANGED) for name in KEPT_ITEMS[1:] if name in known]
    yield LetterItems(rows=(("変更の内容", ""),))
    yield Table(
        (Column("項目", 33), Column("変更前", 65), Column("変更後", 67)),
        tuple(rows),
        name="変更の内容",
        type_size=_TABLE_TYPE,
        # Of several people only those behind a sign changed.
        bold_rows=tuple(
            number
            for number, row in enumerate(rows)
            if row[2].startswith(_CHANGED) and not (row[0] == whom and "\n" in row[2])
        ),
    )
    if listed:
        yield NamedLines(label=whom, rows=_marked(people, told), number=2)
    tabled = {*KEPT_ITEMS, *(f"{when}{name}" for when in (BEFORE, AFTER) for name in CHANGED_ITEMS)}
    yield LetterItems(rows=tuple(row for row in shown if row[0] not in tabled), start=3 if listed else 2)


def _before_and_now(people: Rows, told: Rows, *, unknown: bool, drafted: bool) -> tuple[str, str]:
    """Return the people named before and now, as the table of a 変更通知 shows them: a sign at each who is new.

    Where the people of before are unknown the text does not say whether they changed.
    """
    now = _people_cell(people if drafted else _marked(people, told))
    if told:
        left = "" if _CHANGED in now else f"{_CHANGED}{len(people)}人\n"
        return (now, f"{_CHANGED}一部の宛先で変更") if drafted else (_people_cell(told), f"{left}{now}")
    return (_AS_TOLD, now) if unknown else (now, UNCHANGED)


def _marked(people: Rows, told: Rows) -> Rows:
    return tuple(one if one in (told or people) else (f"{_CHANGED}{one[0]}", one[1]) for one in people)


def _people_cell(people: Rows) -> str:
    return "\n".join(f"{left}　{right}".rstrip("　") for left, right in people)
