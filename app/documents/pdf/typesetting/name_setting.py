"""Fits a name by its rule with the document's fonts; also used by the check before printing."""

from __future__ import annotations

from app.documents.pdf.typesetting.line_breaking import break_lines
from app.documents.pdf.typesetting.sizes import MM
from app.documents.pdf.typesetting.typefaces import FaceName, FontCollection
from app.documents.rules import FittedName, NameRule, fit_name


class NameTooLong(Exception):
    """Error for a name that does not fit even at its smallest size.

    ``text`` is the name, ``place`` the document in words, ``of_person`` whether it is a person's.
    """

    def __init__(self, text: str, location: str, *, of_person: bool = True):
        """Build the sentence that says which name does not fit where."""
        self.text = text
        self.place = location
        self.of_person = of_person
        super().__init__(f"「{text}」が{location}に入りません。")


def fit_name_to_room(
    text: str, rule: NameRule, room: float, fonts: FontCollection, face_name: FaceName, location: str
) -> FittedName:
    """Return the lines and the size of a name in ``room`` mm; raises ``NameTooLong``, nothing is cut off."""
    if not text:
        return FittedName((), rule.start)
    face = fonts.face(face_name)
    fitted = fit_name(
        text,
        rule,
        room,
        lambda part: face.width(part) / MM,
        lambda whole, measure: [line.text for line in break_lines(whole, face, measure * MM)],
    )
    if fitted is None:
        raise NameTooLong(text, location, of_person=not rule.anywhere)
    return fitted
