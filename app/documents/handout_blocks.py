"""The blocks of documents for people outside: flyers, forms, people named in letters, labels, questionnaires.

A questionnaire has a head, one block per question, and the thanks at the end.
"""

from __future__ import annotations

from typing import Literal

from db.record import record
from db.records.surveys import QuestionType


@record
class Banner:
    """The head of a flyer: a small line above, the big headline white on black, a line below, and a lead.

    ``plain`` leaves the black ground out and the headline smaller: for what is sent by FAX.
    """

    headline: str
    above: str = ""
    below: str = ""
    lead: str = ""
    plain: bool = False


@record
class HandoutItems:
    """「日時」「会場」 … of a flyer: grey labels and values in 14 pt or larger; ``large`` rows are emphasised."""

    rows: tuple[tuple[str, str], ...]
    large: tuple[int, ...] = ()


@record
class NoticeBox:
    """A box with a title and running text (申込方法, 問合せ先, 個人情報の取扱い); ``size`` is the type in points.

    ``url`` becomes a QR code at the right end of the box. ``strong`` sets the text bold: what was decided.
    """

    title: str
    text: str
    size: float = 12
    url: str = ""
    strong: bool = False


@record
class FormField:
    """One field of a form: a small caption, a text printed in it (「□ 持参　□ 貸与」), and its share of four."""

    caption: str = ""
    text: str = ""
    share: int = 4


@record
class FormRow:
    """One row of a form: its label, its fields side by side (shares add up to four), its height in mm."""

    label: str
    fields: tuple[FormField, ...] = (FormField(),)
    height: float = 11


@record
class FormRows:
    """A form to fill in by hand: a grey label column and boxes with borders."""

    rows: tuple[FormRow, ...]


@record
class TickRow:
    """One row to fill in by hand: the question, words with a box each, preprinted text, mm to write on."""

    text: str = ""
    ticks: tuple[str, ...] = ()
    value: str = ""
    room: float = 0


@record
class TickRows:
    """Rows to tick in large type: in a frame, between rules with the boxes at the right, or without lines (bare)."""

    rows: tuple[TickRow, ...]
    kind: Literal["frame", "rules", "bare"] = "bare"


@record
class NamedLines:
    """An item of a letter whose lines have a second part at the right: a person and 「端末　貸与」."""

    label: str
    rows: tuple[tuple[str, str], ...]
    number: int


@record
class Label:
    """One address label: postal code, address, 団体, the person's line; ``mark`` is 「親展」 or empty."""

    organisation: str
    person: str = ""
    postal_code: str = ""
    address: str = ""
    mark: str = ""


@record
class LabelSheet:
    """Address labels on sheets of ``size`` (12 or 24) to an A4; ``start`` is the first free label, from 1."""

    labels: tuple[Label, ...]
    size: int = 12
    start: int = 1


@record
class QuestionnaireHead:
    """Title, the event with its date, what it is for, who asks; ``url`` becomes a QR code with ``url_text`` below."""

    title: str
    event: str
    day: str
    lines: tuple[str, ...]
    asked_by: tuple[str, ...]
    url: str = ""
    url_text: tuple[str, ...] = ()


@record
class QuestionOnPaper:
    """One question as printed; ``hint`` says how many to tick; ``options`` are number and text.

    ``written`` are the numbers of options with a line to write on (その他). ``room`` are the lines of a free text,
    ``unit`` stands behind a number to write.
    """

    code: str
    number: str
    title: str
    type: QuestionType
    hint: str = ""
    note: str = ""
    options: tuple[tuple[str, str], ...] = ()
    written: tuple[str, ...] = ()
    unit: str = ""
    room: int = 4


@record
class QuestionnaireEnd:
    """The closing words of the questionnaire."""

    text: str
