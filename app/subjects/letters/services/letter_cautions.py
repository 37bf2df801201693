"""What is missing or worth a look before a letter, a recruitment paper or labels are printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from app.papers.services.paper_passages import PassageRow
from app.papers.services.paper_shelf import PaperRow
from app.programme.services.programme import programme_of_event
from app.subjects.events.rules.recruitment import FLYER
from app.subjects.letters.papers.letters_addressee import Addressee
from app.subjects.letters.rules.character_count import count_characters
from app.subjects.letters.rules.letter_texts import CHANGE, LETTERS, SUBJECT
from app.subjects.letters.rules.recruitment_texts import BODY, FORM
from app.subjects.letters.services.letter_building import LABELS
from app.subjects.letters.services.letter_options import LetterOptions
from db.records.events import Event
from db.store import Store

_SHOWN = 3
_NEEDED = {CHANGE: ("変更前", "変更後", "理由"), "中止通知": ("理由",)}


def cautions(
    store: Store,
    *,
    event: Event,
    row: PaperRow,
    passages: Sequence[PassageRow],
    addressees: Sequence[Addressee],
    options: LetterOptions,
    on: date,
) -> tuple[str, ...]:
    """Return one sentence a matter, the weightiest first; empty when nothing is missing."""
    found: list[str] = []
    if not row.ready:
        return ()
    found += _formal(row)
    found += _outdated(passages)
    found += _event(event, row.kind)
    found += [
        f"「{part}」がまだ書かれていません。"
        for part in (SUBJECT, *_NEEDED.get(row.kind, ()))
        for passage in passages
        if passage.part == part and not passage.text.strip()
    ]
    office = programme_of_event(store, event, on=on).office
    if not office.phone and row.kind != LABELS:
        found.append("問合せ先の電話番号が、設定の「所属・担当者」にありません。")
    if row.kind in (FLYER, FORM) and not office.fax:
        found.append("FAX番号が、設定の「所属・担当者」にありません。")
    if row.kind in LETTERS or row.kind == LABELS:
        found += _people(addressees, options, labels=row.kind == LABELS)
    if options.window or row.kind == LABELS:
        found += _named("住所の登録がない宛先", [one for one in addressees if not one.address and not one.line])
    found += [
        f"本文が{count_characters(one.text) - options.limit}字、目安を超えています。"
        for one in passages
        if one.part == BODY and options.limit and count_characters(one.text) > options.limit
    ]
    return tuple(found)


def _formal(row: PaperRow) -> Iterable[str]:
    letter = row.letter
    if letter is not None and letter.form == "公文書" and letter.state in ("案", "起案中"):
        yield "決裁前です。文書番号と日付は入らず、全ページに「案」と入ります。"


def _outdated(passages: Sequence[PassageRow]) -> Iterable[str]:
    parts = [f"「{one.part}」" for one in passages if one.outdated]
    if parts:
        yield f"直した文のあとに実施回の内容が変わっています：{'、'.join(parts)}。日付や会場を確かめてください。"


def _event(event: Event, kind: str) -> Iterable[str]:
    if kind == LABELS:
        return
    if event.event_date is None:
        yield "実施日が決まっていません。"
    if not event.venue.strip():
        yield "会場が決まっていません。"


def _people(addressees: Sequence[Addressee], options: LetterOptions, *, labels: bool) -> Iterable[str]:
    if options.unit == "団体ごと":
        heads = [one for one in addressees if not one.person and one.organisation]
        yield from _named("会長名の登録がなく「御中」とする団体", heads)
    roleless = [one for one in addressees if one.person and not one.role]
    yield from _named("役職の登録がない宛先", roleless)
    unnamed = sum(not person.name for one in addressees for person in one.people)
    if unnamed and not labels:
        yield f"氏名未定の方が{unnamed}人います。通知には人数で入ります。"
    yield from _named("団体名のない宛先", [one for one in addressees if not one.organisation and not one.line])


def _named(words: str, addressees: Sequence[Addressee]) -> Iterable[str]:
    if not addressees:
        return
    names = "、".join(one.organisation or one.person for one in addressees[:_SHOWN])
    more = f" ほか{len(addressees) - _SHOWN}件" if len(addressees) > _SHOWN else ""
    yield f"{words}：{names}{more}（{len(addressees)}件）。"
