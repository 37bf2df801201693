"""Presentations at an event (発表・講義), with the request, the answer and the permitted uses."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from db.frozen_record import frozen_record

PresentationAnswer = Literal["", "引き受ける", "見合わせる"]
PresentationMaterial = Literal["", "なし", "投影", "紙"]
PresentationUse = Literal[
    "use_handout", "use_report", "use_web", "use_report_photo", "use_web_photo", "pictured_agree", "tell_number"
]
PRESENTATION_USES: Final[tuple[PresentationUse, ...]] = (
    "use_handout", "use_report", "use_web", "use_report_photo", "use_web_photo", "pictured_agree", "tell_number",
)  # fmt: skip
"""The seven uses of the 承諾書, in its order; each is a field that is False until ticked."""


@frozen_record
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

    id: int = 0
    event_id: int
    of_contractor: bool = False
    organisation_id: int | None = None
    organisation_name: str = ""
    addressed: str = ""
    asked: str = ""
    start_time: str = ""
    minutes: int | None = None
    questions: int | None = None
    answer_by: date | None = None
    answer: PresentationAnswer = ""
    answered_on: date | None = None
    received_by: str = ""
    presenter: str = ""
    contact_id: int | None = None
    material: PresentationMaterial = ""
    sheets: int | None = None
    material_id: int | None = None
    use_handout: bool = False
    use_report: bool = False
    use_web: bool = False
    use_report_photo: bool = False
    use_web_photo: bool = False
    pictured_agree: bool = False
    tell_number: bool = False
    original_place: str = ""
    dispose_on: date | None = None
    withdrawn_on: date | None = None
    withdrawn_words: str = ""
    note: str = ""

    @property
    def presenter_name(self) -> str:
        """Return the 団体, or whose lecturer it is."""
        return "受託者の講師" if self.of_contractor else self.organisation_name

    @property
    def is_in_effect(self) -> bool:
        """Return whether it was agreed to and not taken back."""
        return self.answer == "引き受ける" and self.withdrawn_on is None

    def allows(self, use: PresentationUse) -> bool:
        """Return whether this use is ticked on a valid 承諾書; an empty one counts as no.

        A photograph is published only where those in the pictures have agreed, too.
        """
        ticked: bool = getattr(self, use)
        return self.is_in_effect and ticked and (use != "use_web_photo" or self.pictured_agree)
