"""町会・自治会 and the people who belong to them; names exactly as typed."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from db.fields import (
    DisposeOn,
    Key,
    Origin,
    PersonalNote,
    RecordedBy,
)
from db.record import data_field, one_of, optional_field, record, text_field


class ContactKind(StrEnum):
    """How somebody is reached."""

    PHONE = "電話"
    FAX = "FAX"
    MAIL = "メール"
    ADDRESS = "住所"

    is_number = one_of(PHONE, FAX)
    is_phone = one_of(PHONE)
    is_mail = one_of(MAIL)


class SubsidyState(StrEnum):
    """How far a 補助金 has come."""

    UNKNOWN = ""
    ANNOUNCED = "案内済"
    APPLIED = "申請済"
    REPORTED = "実績報告済"

    is_applied = one_of(APPLIED)
    is_reported = one_of(REPORTED)


class PlannedField(StrEnum):
    """What of a 団体 changes."""

    NAME = "名称"
    PRESIDENT = "会長"
    ADDRESS = "住所"
    PHONE = "電話"
    FAX = "FAX"
    MAIL = "メール"

    is_president = one_of(PRESIDENT)
    is_name = one_of(NAME)


class RegisterPart(StrEnum):
    """What of the register may be there twice."""

    ORGANISATION = "団体"
    PERSON = "人"

    is_organisation = one_of(ORGANISATION)


@record
class Organisation:
    """One 団体; ``stages`` maps a tool to its current 段階 "0" … "5" or "×" (希望しない), never ranked.

    ``branch`` may be 「第3支部」, a place name, or empty (連合会未加盟). ``households_text`` is what was written when
    it is no number (「約300」).
    """

    id: Key = 0
    branch: str = data_field(
        "支部",
        r"^(?:所属)?支部(?:名)?$|^ブロック|^地区",
        match_order=10,
        custom_parsing=True,
        is_editable=True,
        width=280,
        erasing="word",
        default="",
    )
    name: str = data_field(
        "団体名",
        r"団体名|町会・?自治会名|町会名|自治会名|名称|^団体$|^町会・?自治会$",
        match_order=180,
        custom_parsing=True,
        is_editable=True,
        erasing="word",
        names_row=True,
    )
    furigana: str = data_field(
        "ふりがな",
        r"ふりがな|フリガナ|カナ|よみ|ヨミ",
        match_order=100,
        custom_parsing=True,
        is_editable=True,
        erasing="word",
        default="",
    )
    households: int | None = data_field(
        "世帯数",
        r"世帯|戸数",
        unit="世帯",
        match_order=150,
        custom_parsing=True,
        is_editable=True,
        width=120,
        default=None,
    )
    households_text: str = text_field("世帯数（書かれたまま）", "word")
    stages: dict[str, str] = data_field("活用の段階", erasing="word", default_factory=dict)
    support_policy: str = data_field(
        "支援方針", r"支援方針|方針", match_order=170, custom_parsing=True, is_editable=True, erasing="word", default=""
    )
    note: str = data_field(
        "備考",
        r"備考|摘要|メモ|その他",
        match_order=190,
        custom_parsing=True,
        is_editable=True,
        erasing="free",
        default="",
    )


@record
class Person:
    """One person, identified by 団体 + 氏名; ``organisation_id`` and ``role`` are the current ones."""

    id: Key = 0
    organisation_id: Key | None = None
    name: str = data_field("氏名", names_row=True, erasing="goes")
    furigana: str = text_field("ふりがな", "goes")
    role: str = text_field("役職", "goes")
    note: PersonalNote = ""


@record
class Membership:
    """A person's 役職 in one 団体 from a day to a day; None = unknown, or still."""

    id: Key = 0
    person_id: Key
    organisation_id: Key
    role: str = text_field("役職", "goes", names_row=True)
    from_on: date | None = optional_field("就任日")
    to_on: date | None = optional_field("退任日")


@record
class Contact:
    """One contact (電話, FAX, メール, 住所) of a 団体, a person, an application or an event's presenter.

    ``note`` is free words; for a presenter it is the name. ``ended_on`` is when another took its place.
    """

    id: Key = 0
    organisation_id: Key | None = None
    person_id: Key | None = None
    application_id: Key | None = None
    event_id: Key | None = None
    kind: ContactKind = data_field("種別", names_row=True, default=ContactKind.PHONE)
    value: str = data_field("連絡先", erasing="goes")
    purpose: str = text_field("使う目的", "word")
    dispose_on: DisposeOn = None
    note: str = text_field("覚え", "goes")
    ended_on: date | None = optional_field("使わなくなった日")


@record
class StageMark:
    """One tool's 段階 of one 団体 on a day, and where it was learnt; the history behind ``stages``."""

    id: Key = 0
    organisation_id: Key
    tool: str = data_field("ツール", names_row=True, erasing="word")
    stage: str = data_field("段階", erasing="word")
    marked_on: date = data_field("確かめた日")
    source: Origin = ""
    event_id: Key | None = None
    by: RecordedBy = ""


@record
class NotDouble:
    """Two 団体 or people of the register that look like duplicates and were found to be different; never asked again.

    ``first_id`` is the earlier of the two.
    """

    id: Key = 0
    what: RegisterPart = data_field("種類", names_row=True)
    first_id: Key
    second_id: Key
    marked_on: date = data_field("確かめた日")
    by: RecordedBy


@record
class Subsidy:
    """補助金 of one 団体 in a fiscal year, in yen; ``note`` holds what is no number (「申請中」).

    ``name`` is which 補助金 of the ward; ``apply_by`` 申請期限 and ``report_by`` 実績報告期限 are days that the ward
    set (目安日, no contract date); ``state`` its progress, since ``state_on``. An imported row has none of these.
    """

    id: Key = 0
    organisation_id: Key
    fiscal_year: int = data_field("年度", names_row=True)
    amount: int | None = optional_field("金額", unit="円")
    note: str = text_field("覚え", "free")
    name: str = text_field("名称", "word")
    apply_by: date | None = optional_field("申請期限")
    report_by: date | None = optional_field("実績報告期限")
    state: SubsidyState = data_field("状態", default=SubsidyState.UNKNOWN)
    state_on: date | None = optional_field("状態の日")


@record
class PlannedChange:
    """A change that a 団体 announced (its name, its 会長 or a contact), which takes effect on ``from_on``.

    ``value`` and ``furigana`` are exactly as typed; ``applied_on`` is the day on which the register took it over.
    """

    id: Key = 0
    organisation_id: Key
    what: PlannedField = data_field("種類", names_row=True)
    value: str = data_field("変更後", erasing="free")
    furigana: str = text_field("ふりがな", "word")
    from_on: date = data_field("替わる日")
    note: str = text_field("覚え", "free")
    applied_on: date | None = optional_field("登録に反映した日")
