"""Presentations at an event (発表・講義), with the request, the answer and the permitted uses."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from db.fields import (
    DisposeOn,
    Key,
    OriginalPlace,
    PersonalNote,
)
from db.record import data_field, one_of, optional_field, record, text_field

PresentationUse = Literal[
    "use_handout", "use_report", "use_web", "use_report_photo", "use_web_photo", "pictured_agree", "tell_number"
]
PRESENTATION_USES: tuple[PresentationUse, ...] = (
    "use_handout", "use_report", "use_web", "use_report_photo", "use_web_photo", "pictured_agree", "tell_number",
)  # fmt: skip
"""The seven uses of the 承諾書, in its order; each is a field that is False until ticked."""


class PresentationAnswer(StrEnum):
    """What somebody answered who was asked for a 発表."""

    OPEN = ""
    ACCEPTED = "引き受ける"
    DECLINED = "見合わせる"

    is_accepted = one_of(ACCEPTED)
    is_declined = one_of(DECLINED)


class PresentationMaterial(StrEnum):
    """What a speaker brings."""

    UNKNOWN = ""
    NONE = "なし"
    PROJECTED = "投影"
    PAPER = "紙"


@record
class Presentation:
    """One 発表 at an event, by a 団体 or by a lecturer of the 受託者 (``of_contractor``), who is never asked.

    Attributes:
        organisation_id, organisation_name: the 団体; the name as it was when asked.
        addressed: 「会長　仮森　一郎」, "" = the 団体 itself.
        asked: what is requested.
        start_time, minutes, questions: its place on the 進行表, ""/None = not settled.
        answer_by: until when an answer is expected.
        answer, answered_on, received_by: the answer and who took it.
        presenter: who presents, as written on the 承諾書.
        contact_id: the number, kept as a contact of the event.
        material, sheets: what is used; ``material_id`` the event's handout. Both ids are cleared when contact
        or handout is deleted.
        use_*, pictured_agree, tell_number: the seven uses.
        original_place, dispose_on: of the 承諾書.
        withdrawn_on, withdrawn_words: the consent was taken back, and in which words.
    """

    id: Key = 0
    event_id: Key
    of_contractor: bool = data_field("受託者の講師", default=False)
    organisation_id: Key | None = None
    organisation_name: str = text_field("団体", "word", names_row=True)
    addressed: str = text_field("宛名", "goes")
    asked: str = text_field("お願いする内容", "free")
    start_time: str = text_field("発表の時刻", "day")
    minutes: int | None = optional_field("発表の時間（分）")
    questions: int | None = optional_field("質問の時間（分）")
    answer_by: date | None = optional_field("返事の期限")
    answer: PresentationAnswer = data_field("返事", default=PresentationAnswer.OPEN)
    answered_on: date | None = optional_field("返事を受けた日")
    received_by: str = text_field("受けた人", "staff")
    presenter: str = text_field("発表する人", "goes")
    contact_id: int | None = optional_field("電話番号")
    material: PresentationMaterial = data_field("資料", default=PresentationMaterial.UNKNOWN)
    sheets: int | None = optional_field("紙の枚数")
    material_id: Key | None = None
    use_handout: bool = data_field("資料を配る", default=False)
    use_report: bool = data_field("報告書に要旨", default=False)
    use_web: bool = data_field("ホームページに要旨", default=False)
    use_report_photo: bool = data_field("報告書に写真", default=False)
    use_web_photo: bool = data_field("区報・ホームページに写真", default=False)
    pictured_agree: bool = data_field("写る人の了解", default=False)
    tell_number: bool = data_field("受託者に電話番号", default=False)
    original_place: OriginalPlace = ""
    dispose_on: DisposeOn = None
    withdrawn_on: date | None = optional_field("承諾の取りやめの日")
    withdrawn_words: str = text_field("取りやめの申し出", "goes")
    note: PersonalNote = ""

    @property
    def presenter_name(self) -> str:
        """Return the name of the 団体, or 「受託者の講師」; not that of the person."""
        return "受託者の講師" if self.of_contractor else self.organisation_name

    @property
    def is_in_effect(self) -> bool:
        """Return whether it was agreed to and not taken back."""
        return self.answer.is_accepted and self.withdrawn_on is None

    def allows(self, use: PresentationUse) -> bool:
        """Return whether this use is ticked on a valid 承諾書; an empty one counts as no.

        A photograph on the web (``use_web_photo``) also needs the agreement of those in it (``pictured_agree``).
        """
        ticked: bool = getattr(self, use)
        return self.is_in_effect and ticked and (use != "use_web_photo" or self.pictured_agree)
