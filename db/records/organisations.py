"""町会・自治会 and the people who belong to them; names exactly as typed."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from typing import Annotated, Literal

from db.fast_dataclass import fast_dataclass
from db.fields import Spec
from db.frozen_record import frozen_record

ContactKind = Literal["電話", "FAX", "メール", "住所"]


@frozen_record
class Organisation:
    """One 団体; ``stages`` maps a tool to its current 段階 "0" … "5" or "×" (希望しない), never ranked.

    ``branch`` may be 「第3支部」, a place name, or empty (連合会未加盟). ``households_text`` is what was
    written when it
    is no number (「約300」).
    """

    id: int = 0
    branch: Annotated[
        str,
        Spec(
            "支部",
            r"^(?:所属)?支部(?:名)?$|^ブロック|^地区",
            match_order=10,
            custom_parsing=True,
            is_editable=True,
            width=280,
        ),
    ] = ""
    name: Annotated[
        str,
        Spec(
            "団体名",
            r"団体名|町会・?自治会名|町会名|自治会名|名称|^団体$|^町会・?自治会$",
            match_order=180,
            custom_parsing=True,
            is_editable=True,
        ),
    ]
    furigana: Annotated[
        str,
        Spec("ふりがな", r"ふりがな|フリガナ|カナ|よみ|ヨミ", match_order=100, custom_parsing=True, is_editable=True),
    ] = ""
    households: Annotated[
        int | None,
        Spec("世帯数", r"世帯|戸数", unit="世帯", match_order=150, custom_parsing=True, is_editable=True, width=120),
    ] = None
    households_text: str = ""
    stages: dict[str, str] = field(default_factory=dict)
    support_policy: Annotated[
        str, Spec("支援方針", r"支援方針|方針", match_order=170, custom_parsing=True, is_editable=True)
    ] = ""
    note: Annotated[
        str, Spec("備考", r"備考|摘要|メモ|その他", match_order=190, custom_parsing=True, is_editable=True)
    ] = ""


@fast_dataclass
@frozen_record
class Person:
    """One person, identified by 団体 + 氏名; ``organisation_id`` and ``role`` are the current ones."""

    id: int = 0
    organisation_id: int | None = None
    name: str
    furigana: str = ""
    role: str = ""
    note: str = ""


@frozen_record
class Membership:
    """A person's 役職 in one 団体 from a day to a day; None = unknown, or still."""

    id: int = 0
    person_id: int
    organisation_id: int
    role: str = ""
    from_on: date | None = None
    to_on: date | None = None


@fast_dataclass
@frozen_record
class Contact:
    """One way to contact a 団体, a person or an event's presenter, with its purpose and disposal day.

    ``note`` names a presenter.
    """

    id: int = 0
    organisation_id: int | None = None
    person_id: int | None = None
    application_id: int | None = None
    event_id: int | None = None
    kind: ContactKind = "電話"
    value: str
    purpose: str = ""
    dispose_on: date | None = None
    note: str = ""


@frozen_record
class StageMark:
    """One tool's 段階 of one 団体 on a day, and where it was learnt; the history behind ``stages``."""

    id: int = 0
    organisation_id: int
    tool: str
    stage: str
    marked_on: date
    source: str = ""
    event_id: int | None = None
    by: str = ""


@frozen_record
class NotDouble:
    """Two entries, the earlier ``first_id``, that look like duplicates and were found to be different."""

    id: int = 0
    what: Literal["団体", "人"]
    first_id: int
    second_id: int
    marked_on: date
    by: str


SubsidyState = Literal["", "案内済", "申請済", "実績報告済"]


@frozen_record
class Subsidy:
    """補助金 of one 団体 in a fiscal year, in yen; ``note`` holds what is no number (「申請中」).

    ``name`` is which 補助金 of the ward; ``apply_by`` 申請期限 and ``report_by`` 実績報告期限 are days that the
    ward set
    (目安日, no contract date); ``state`` its progress, since ``state_on``. An imported row has none of these.
    """

    id: int = 0
    organisation_id: int
    fiscal_year: int
    amount: int | None = None
    note: str = ""
    name: str = ""
    apply_by: date | None = None
    report_by: date | None = None
    state: SubsidyState = ""
    state_on: date | None = None


PlannedField = Literal["名称", "会長", "住所", "電話", "FAX", "メール"]


@frozen_record
class PlannedChange:
    """A change that a 団体 announced (its name, its 会長 or a contact), which takes effect on ``from_on``.

    ``value`` and ``furigana`` are exactly as typed; ``applied_on`` is the day on which the register took it over.
    """

    id: int = 0
    organisation_id: int
    what: PlannedField
    value: str
    furigana: str = ""
    from_on: date
    note: str = ""
    applied_on: date | None = None
