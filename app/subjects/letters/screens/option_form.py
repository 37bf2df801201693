"""How a kind of paper is made by itself: per 団体 or person, honorific, window, labels, room in characters."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.subjects.letters.rules.letter_texts import LETTERS
from app.subjects.letters.services import letter_addressees as options
from app.subjects.letters.services.letter_addressees import ORGANISATIONS
from app.subjects.letters.services.letter_building import LABELS, RECRUITMENT_LETTERS
from app.subjects.letters.services.letters import MANUSCRIPTS, LetterPage
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.window.desk import Desk, with_store

START = "開始位置"
_PER = (("団体ごと", "団体ごと"), ("1人ごと", "1人ごと"))
_SHEETS = (("12", "12面　86.4×42.3mm"), ("24", "24面　66×33.9mm"))
_GENERAL = (("共通", "各団体に共通の1通"), ("団体ごと", "団体ごと"))
_HONORIFIC = Field(
    key=options.HONORIFIC,
    label="敬称",
    kind="choice",
    choices=(("様", "様"), ("殿", "殿"), ("", "付けない")),
    width=110,
)
_WINDOW = Field(key=options.WINDOW, label="窓あき封筒", kind="check", words="住所を窓の位置に入れる")


def _fields(kind: str, size: int) -> tuple[Field, ...]:
    unit = Field(key=options.UNIT, label="宛名の単位", kind="radio", choices=_PER)
    if kind in RECRUITMENT_LETTERS:
        general = (_GENERAL[0],) if kind == "支部長あて依頼文" else _GENERAL
        return (Field(key=options.UNIT, label="宛名の単位", kind="choice", choices=general, width=190), _HONORIFIC)
    if kind == LABELS:
        wanted = (*LETTERS, ORGANISATIONS)
        return (
            Field(key=options.LABELS_FOR, label="宛先", kind="choice", choices=tuple((one, one) for one in wanted), width=190),
            unit,
            _HONORIFIC,
            Field(key=options.SIZE, label="用紙", kind="choice", choices=_SHEETS, width=190),
            Field(key=START, label=START, kind="number", least=1, most=size, width=72, unit="面め",
                  hint="使いかけの用紙のとき、初めの空いている面。"),
            Field(key=options.CONFIDENTIAL, label="親展", kind="check", words="「親展」を入れる"),
        )  # fmt: skip
    if kind in LETTERS:
        return (unit, _HONORIFIC, _WINDOW)
    if kind in MANUSCRIPTS:
        return (
            Field(
                key=options.LIMIT,
                label="字数の目安",
                kind="number",
                least=0,
                most=5000,
                width=88,
                unit="字",
                optional=True,
            ),
        )
    return ()


class OptionForm(QWidget):
    """The settings of one kind of paper, kept for all events.

    Signals: ``start_changed(int)`` the first free label, which is not kept.
    """

    start_changed = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kind = ""
        self._event_id = 0
        self._size = 0
        self.start = 1
        self.form: Form | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_page(self, page: LetterPage) -> None:
        """Show the settings of the paper shown."""
        size = page.options.label_size
        self._event_id = page.event_id
        if page.kind != self._kind or size != self._size:
            self._rebuild(page.kind, size)
        if self.form is not None:
            self.form.set_values(_values(page, self.start))
            self.form.setEnabled(not self._desk.read_only)

    def _rebuild(self, kind: str, size: int) -> None:
        self._kind, self._size = kind, size
        self.start = min(self.start, size)
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None
        fields = _fields(kind, size)
        if fields:
            self.form = Form(fields, label_width=84)
            self.form.committed.connect(self._save)
            self._column.addWidget(self.form)
        self.setVisible(bool(fields))

    def _save(self, key: str) -> None:
        if self.form is None:
            return
        value = self.form.value(key)
        if key == START:
            self.start = int(value or 1)
            self.start_changed.emit(self.start)
            return
        self._desk.write(
            with_store(
                options.set_letter_option,
                event_id=self._event_id,
                kind=self._kind,
                name=key,
                value=_stored(value),
                **self._desk.signed,
            )
        )


def _stored(value: Any) -> str:
    if isinstance(value, bool):
        return "する" if value else "しない"
    return "" if value is None else str(value)


def _values(page: LetterPage, start: int) -> dict[str, Any]:
    kept = page.options
    return {
        options.UNIT: kept.unit,
        options.HONORIFIC: kept.honorific,
        options.WINDOW: kept.window,
        options.LABELS_FOR: kept.labels_for,
        options.SIZE: str(kept.label_size),
        options.CONFIDENTIAL: kept.confidential,
        options.LIMIT: kept.limit,
        START: start,
    }
