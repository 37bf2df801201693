"""Presentations at an event (発表・講義), with the request, the answer and the permitted uses."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Final, Literal

from db.fields import (
    DisposeOn,
    Key,
    OriginalPlace,
    PersonalNote,
    Spec,
)
from db.record import one_of, record

PresentationUse = Literal[
    "use_handout", "use_report", "use_web", "use_report_photo", "use_web_photo", "pictured_agree", "tell_number"
]
PRESENTATION_USES: Final[tuple[PresentationUse, ...]] = (
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
    of_contractor: Annotated[bool, Spec("受託者の講師")] = False
    organisation_id: Key | None = None
    organisation_name: Annotated[str, Spec("団体", names_row=True, erasing="word")] = ""
    addressed: Annotated[str, Spec("宛名", erasing="goes")] = ""
    asked: Annotated[str, Spec("お願いする内容", erasing="free")] = ""
    start_time: Annotated[str, Spec("発表の時刻", erasing="day")] = ""
    minutes: Annotated[int | None, Spec("発表の時間（分）")] = None
    questions: Annotated[int | None, Spec("質問の時間（分）")] = None
    answer_by: Annotated[date | None, Spec("返事の期限")] = None
    answer: Annotated[PresentationAnswer, Spec("返事")] = PresentationAnswer.OPEN
    answered_on: Annotated[date | None, Spec("返事を受けた日")] = None
    received_by: Annotated[str, Spec("受けた人", erasing="staff")] = ""
    presenter: Annotated[str, Spec("発表する人", erasing="goes")] = ""
    contact_id: Annotated[int | None, Spec("電話番号")] = None
    material: Annotated[PresentationMaterial, Spec("資料")] = PresentationMaterial.UNKNOWN
    sheets: Annotated[int | None, Spec("紙の枚数")] = None
    material_id: Key | None = None
    use_handout: Annotated[bool, Spec("資料を配る")] = False
    use_report: Annotated[bool, Spec("報告書に要旨")] = False
    use_web: Annotated[bool, Spec("ホームページに要旨")] = False
    use_report_photo: Annotated[bool, Spec("報告書に写真")] = False
    use_web_photo: Annotated[bool, Spec("区報・ホームページに写真")] = False
    pictured_agree: Annotated[bool, Spec("写る人の了解")] = False
    tell_number: Annotated[bool, Spec("受託者に電話番号")] = False
    original_place: OriginalPlace = ""
    dispose_on: DisposeOn = None
    withdrawn_on: Annotated[date | None, Spec("承諾の取りやめの日")] = None
    withdrawn_words: Annotated[str, Spec("取りやめの申し出", erasing="goes")] = ""
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
