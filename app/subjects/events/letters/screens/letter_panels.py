"""Panels beside a letter: its addressees, its settings, and its texts, which are saved when a field is left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.common.join_nonempty import join_nonempty
from app.documents.screens.passage_fields import PassageField, PassageList
from app.documents.services.document_scope import DocumentScope
from app.documents.services.issued_copies import note_copied_text
from app.subjects.events.event.rules.recruitment import DECISION
from app.subjects.events.letters.documents.letter_layout import UNNAMED, Addressee
from app.subjects.events.letters.rules.letter_texts import ADMISSION, LETTERS
from app.subjects.events.letters.rules.recruitment_texts import BODY, HEADLINE
from app.subjects.events.letters.services import letter_addressees as options
from app.subjects.events.letters.services.earlier_letters import RECRUITMENT_LETTERS
from app.subjects.events.letters.services.letter_addressees import ALL_ORGANISATIONS
from app.subjects.events.letters.services.letter_building import LABELS, MANUSCRIPTS
from app.subjects.events.letters.services.letter_page import LetterPage
from app.subjects.events.roster.services.admissions import enable_admission_numbers
from app.widgets.action_mixin import ActionMixin
from app.widgets.buttons import Button
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import label, wrapped_label
from app.widgets.layouts import in_column
from app.widgets.lists.record_model import Cell, Column, RowAction
from app.widgets.lists.record_table import RecordTable
from app.widgets.screen import in_scroll_area
from app.widgets.screen import widget_row as line
from app.window.app_context import AppContext, check_may_copy
from app.window.clipboard import copy_for_pasting
from app.window.debounce import debounce

_NONE = "この書類に、宛先の一覧はありません。"


@dataclass(frozen=True)
class AddresseeRow:
    """One addressee of the list and whether a letter goes to it; ``id`` keeps the current row on reload."""

    id: str
    addressee: Addressee
    is_ticked: bool
    window_envelope: bool


class AddresseePanel(QWidget):
    """List of addressees with checkboxes.

    Signals:
        ``ticked()``: the selection changed.
        ``single_letter_asked(str)``: show one addressee only ("" = all).
    """

    ticked = Signal()
    single_letter_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[int, str, str] = (0, "", "")
        self._off: set[str] = set()
        self._rows: tuple[AddresseeRow, ...] = ()
        self.count = wrapped_label("", "strong")
        self.everybody = Button("すべて入れる", lambda: self._tick_all(True), low=True)
        self.nobody = Button("すべて外す", lambda: self._tick_all(False), low=True)
        self.list = RecordTable(
            "letters-addressees",
            (Column("to", "宛先", _addressee_cell, stretch=True, sortable=False),),
            title="宛先",
            empty=_NONE,
            action=lambda row: RowAction("外す" if row.is_ticked else "入れる"),
            search=lambda row: " ".join(person.name for person in row.addressee.people),
            filtered=False,
            foot=False,
        )
        self.list.view.horizontalHeader().hide()
        self.alone = Button("この1通だけ見る", self._ask_single_letter)
        self.all = Button("全員分を見る", lambda: self.single_letter_asked.emit(""))
        self.hint = wrapped_label("入れた宛先の分を、1通ずつ続けて保存・印刷します。", "small")
        in_column(
            self.count,
            line(self.everybody, self.nobody, None),
            (self.list, 1),
            line(self.alone, self.all, None),
            self.hint,
            owner=self,
            spacing=8,
            margins=(0, 8, 0, 0),
        )
        self.list.acted.connect(self._toggle)
        self.list.opened.connect(lambda row: self.single_letter_asked.emit(row.id))
        self.list.chosen.connect(lambda _row: self._update_buttons())

    def show_page(self, page: LetterPage) -> None:
        """Show the addressees; those unticked stay unticked while the same document is shown."""
        shown = (page.event_id, page.kind, page.options.unit + page.options.labels_for)
        if shown != self._shown:
            self._shown, self._off = shown, set()
        self._rows = tuple(
            AddresseeRow(one.key, one, one.key not in self._off, page.options.window_envelope)
            for one in page.addressees
        )
        self.list.show_rows(self._rows)
        self._update_buttons()

    def chosen(self) -> tuple[str, ...] | None:
        """Return the keys of the ticked addressees; None = all, or a document without addressees."""
        on = tuple(row.id for row in self._rows if row.is_ticked)
        return None if len(on) == len(self._rows) else on

    def letter_count(self) -> int:
        """Return how many letters there are."""
        return sum(row.is_ticked for row in self._rows)

    def _toggle(self, row: AddresseeRow) -> None:
        self._off.symmetric_difference_update({row.id})
        self._show_count()

    def _tick_all(self, on: bool) -> None:
        self._off = set() if on else {row.id for row in self._rows}
        self._show_count()

    def _show_count(self) -> None:
        self._rows = tuple(
            AddresseeRow(row.id, row.addressee, row.id not in self._off, row.window_envelope) for row in self._rows
        )
        self.list.show_rows(self._rows)
        self._update_buttons()
        self.ticked.emit()

    def _ask_single_letter(self) -> None:
        if self.list.current() is not None:
            self.single_letter_asked.emit(self.list.current().id)

    def _update_buttons(self) -> None:
        total = len(self._rows)
        self.count.setText(f"{total}件中　{self.letter_count()}件に出す" if total else "")
        for part in (self.count, self.everybody, self.nobody, self.alone, self.all, self.hint):
            part.setVisible(bool(total))
        self.alone.setEnabled(self.list.current() is not None)


def _addressee_cell(row: AddresseeRow) -> Cell:
    """Return 「みほん町会」, then the addressed person and the people concerned."""
    one = row.addressee
    who = join_nonempty(one.role, one.person) if one.organisation else ""
    lines = [who or ("御中" if one.organisation else ""), "、".join(person.name or UNNAMED for person in one.people)]
    if row.window_envelope:
        post = f"〒{one.postal_code} " if one.postal_code else ""
        lines.append(f"{post}{one.address}" if one.address else "住所の登録なし")
    return Cell(
        one.organisation or one.full_line or one.person or UNNAMED,
        join_nonempty(*lines, separator="\n"),
        icon="check-square" if row.is_ticked else "square",
        icon_tone="accent" if row.is_ticked else "second",
        strong=row.is_ticked,
        tone="" if row.is_ticked else "second",
    )


START = "開始位置"
_UNIT_LABELS = (("団体ごと", "団体ごと"), ("1人ごと", "1人ごと"))
_SHEETS = (("12", "12面　86.4×42.3mm"), ("24", "24面　66×33.9mm"))
_GENERAL = (("共通", "各団体に共通の1通"), ("団体ごと", "団体ごと"))
_HONORIFIC = Field(
    options.HONORIFIC,
    "敬称",
    "choice",
    choices=(("様", "様"), ("殿", "殿"), ("", "付けない")),
    width=110,
)
_WINDOW = Field(options.WINDOW, "窓あき封筒", "check", words="住所を窓の位置に入れる")

_ADMISSIONS = Field(
    ADMISSION,
    ADMISSION,
    kind="check",
    words="番号と地図を入れる",
    hint="この回だけの設定です。番号は決定のときに付き、受付でも使えます。出した通知は変わりません。",
)


def _fields(kind: str, size: int) -> tuple[Field, ...]:
    unit = Field(options.UNIT, "宛名の単位", "radio", choices=_UNIT_LABELS)
    if kind in RECRUITMENT_LETTERS:
        general = (_GENERAL[0],) if kind == "支部長あて依頼文" else _GENERAL
        return (Field(options.UNIT, "宛名の単位", "choice", choices=general, width=190), _HONORIFIC)
    if kind == LABELS:
        wanted = (*LETTERS, ALL_ORGANISATIONS)
        return (
            Field(options.LABELS_FOR, "宛先", "choice", choices=tuple((one, one) for one in wanted),
                width=190),
            unit,
            _HONORIFIC,
            Field(options.SIZE, "用紙", "choice", choices=_SHEETS, width=190),
            Field(START, START, "number", least=1, most=size, width=72, unit="面め",
                  hint="使いかけの用紙のとき、初めの空いている面。"),
            Field(options.CONFIDENTIAL, "親展", "check", words="「親展」を入れる"),
        )  # fmt: skip
    if kind in LETTERS:
        return (unit, _HONORIFIC, _WINDOW, *((_ADMISSIONS,) if kind == DECISION else ()))
    if kind in MANUSCRIPTS:
        return (
            Field(
                options.LIMIT,
                "字数の目安",
                "number",
                least=0,
                most=5000,
                width=88,
                unit="字",
                optional=True,
            ),
        )
    return ()


class OptionForm(ActionMixin, QWidget):
    """Form for the settings of one kind of document, kept for all events.

    Signals:
        ``start_changed(int)``: the first free label changed, which is not kept.
    """

    start_changed = Signal(int)

    def __init__(self, app_context: AppContext) -> None:
        super().__init__()
        self.app_context = app_context
        self._kind = ""
        self._event_id = 0
        self._size = 0
        self.start = 1
        self.form: Form | None = None
        self._column = in_column(owner=self)

    def show_page(self, page: LetterPage) -> None:
        """Show the settings of the shown document."""
        size = page.options.label_size
        self._event_id = page.event_id
        if page.kind != self._kind or size != self._size:
            self._rebuild(page.kind, size)
        if self.form is not None:
            self.form.set_values(_values(page, self.start))
            self.form.setEnabled(not self.app_context.read_only)

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
        if key == ADMISSION:
            self.run_action(enable_admission_numbers, event_id=self._event_id, on=bool(value))
            return
        self.run_action(
            options.set_letter_option, event_id=self._event_id, kind=self._kind, name=key, value=_stored(value)
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
        options.WINDOW: kept.window_envelope,
        options.LABELS_FOR: kept.labels_for,
        options.SIZE: str(kept.label_size),
        options.CONFIDENTIAL: kept.confidential,
        options.LIMIT: kept.max_characters,
        ADMISSION: page.has_admission_numbers,
        START: start,
    }


_PAUSE_MS = 700


class PassagesPanel(ActionMixin, QWidget):
    """Editor of the texts of a document.

    Signals:
        ``text_changed(dict)``: texts by part that are not saved yet, after a short pause.
    """

    text_changed = Signal(object)

    def __init__(self, app_context: AppContext) -> None:
        super().__init__()
        inside = QWidget()
        column = in_column(owner=inside, spacing=12, margins=(0, 8, 10, 8))
        self.app_context = app_context
        self.list = PassageList(app_context)
        self._none = wrapped_label("この書類に、直せる文はありません。", "second")
        self._none.hide()  # until the texts have been read
        self.copy = Button("見出しと本文をコピー", self._copy, icon_name="copy")
        self.copied = label("", "done")
        in_column(in_scroll_area(inside), owner=self)
        for part in (self.list, self._none, self.copy, self.copied):
            column.addWidget(part)
        column.addStretch(1)
        self._pause = debounce(self, self._emit_typed, _PAUSE_MS)
        self.list.typing.connect(self._pause.start)

    @property
    def fields(self) -> list[PassageField]:
        """Return the fields now shown."""
        return self.list.fields

    def show_page(self, page: LetterPage) -> None:
        """Show the texts of a document; fields of the same document are kept, so that the focus stays."""
        counted = (HEADLINE, BODY) if page.kind in MANUSCRIPTS else ()
        another = self.list.show_texts(
            DocumentScope(event_id=page.event_id),
            page.kind,
            page.passages,
            counted=counted,
            limits={BODY: page.options.max_characters},
        )
        if another:
            self._pause.stop()
            self.copied.setText("")
        self._none.setVisible(not self.fields)
        self.copy.setVisible(page.kind in MANUSCRIPTS and page.row.can_be_made)

    def unsaved(self) -> dict[str, str]:
        """Return the texts by part as they stand in the fields."""
        return self.list.texts()

    def _emit_typed(self) -> None:
        self.text_changed.emit(self.unsaved())

    def _copy(self) -> None:
        if not check_may_copy(self):
            return
        texts = self.unsaved()
        text = "\n".join(texts[part] for part in (HEADLINE, BODY) if texts.get(part))
        copy_for_pasting(text)
        self.copied.setText("コピーしました")
        scope, kind = self.list.shown_document
        if not self.app_context.read_only and text.strip():
            self.run_action(note_copied_text, scope=scope, kind=f"{kind}の文", text=text)
