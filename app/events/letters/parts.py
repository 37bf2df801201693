"""Parts of the page of a letter: its addressees, settings and texts, its pages, and the columns that hold them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.blocks import DocumentContent
from app.documents.document_frame import large_print_words
from app.documents.screens.document_view import DocumentView, offer_gaps
from app.documents.screens.doubts_box import DoubtsBox
from app.documents.screens.passage_fields import PassageField, PassageList
from app.documents.screens.save_dialog import SaveDialog
from app.documents.services import documents
from app.documents.services.document_scope import DocumentScope
from app.documents.services.issued_copies import note_copied_text
from app.event.rules.recruitment import DECISION
from app.events.letters.documents.letter_layout import UNNAMED, Addressee
from app.events.letters.rules.letter_texts import ADMISSION, LETTERS
from app.events.letters.rules.recruitment_texts import BODY, HEADLINE
from app.events.letters.services import letter_addressees as options
from app.events.letters.services import letter_documents, letter_page
from app.events.letters.services.earlier_letters import RECRUITMENT_LETTERS
from app.events.letters.services.large_print import LargePrintWishes
from app.events.letters.services.letter_addressees import ALL_ORGANISATIONS
from app.events.letters.services.letter_building import LABELS, MANUSCRIPTS
from app.events.letters.services.letter_page import KINDS, LetterPage
from app.events.roster.services.admissions import enable_admission_numbers
from app.widgets.action_mixin import ActionMixin
from app.widgets.bars.action_bar import ActionBar
from app.widgets.buttons import Button, inline_button, link_button
from app.widgets.flow_row import FlowRow
from app.widgets.focus_keeper import first_usable_part, holding_focus
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.keys import BackOnEscape
from app.widgets.labels import label, second_label, small_label, wrapped_label
from app.widgets.layouts import in_column, in_row
from app.widgets.lists.record_model import Cell, Column, RowAction
from app.widgets.lists.record_table import RecordTable
from app.widgets.pages import Pages, ensure_visible
from app.widgets.screen import in_scroll_area, side_width
from app.widgets.screen import widget_row as line
from app.widgets.tabs import TabBar
from app.window import theme as t
from app.window.app_context import AppContext, app_context_at, bind_action, check_may_copy
from app.window.background_task import bind_arguments
from app.window.clipboard import copy_for_pasting
from app.window.debounce import debounce
from db.record import frozen
from db.records.events import EVERYBODY

_LARGE_ONE, _ORDINARY_ONE = "この1通を拡大版に", "この1通をふつうの大きさに"
LARGE_ALL, ORDINARY_ALL = "拡大版にする", "ふつうの大きさにする"


@frozen
class AddresseeRow:
    """One addressee of the list and whether a letter goes to it; ``id`` keeps the current row on reload."""

    id: str
    addressee: Addressee
    is_ticked: bool
    window_envelope: bool
    is_large: bool = False
    is_wished: bool = False


class AddresseePanel(QWidget):
    """List of addressees with checkboxes.

    Signals:
        ``ticked()``: the selection changed, or who gets a 拡大版.
        ``enlarged(set, bool)``: these addressees shall get a 拡大版, or one of the ordinary size.
        ``single_letter_asked(str)``: show one addressee only ("" = all).
        ``merge_asked()``: show the list for a mail merge.
    """

    ticked = Signal()
    enlarged = Signal(object, bool)
    single_letter_asked = Signal(str)
    merge_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[int, str, str] = (0, "", "")
        self._off: set[str] = set()
        self._large: set[str] = set()
        self._read_large: frozenset[str] = frozenset()
        self._wishes: LargePrintWishes | None = None
        self._window_envelope = False
        self._addressees: tuple[Addressee, ...] = ()
        self._rows: tuple[AddresseeRow, ...] = ()
        self.count = wrapped_label("", "strong")
        self.everybody = inline_button("すべて入れる", lambda: self._tick_all(True))
        self.nobody = inline_button("すべて外す", lambda: self._tick_all(False))
        self.list = RecordTable(
            "letters-addressees",
            (Column("to", "宛先", _addressee_cell, stretch=True, sortable=False),),
            title="宛先",
            empty="この書類に、宛先の一覧はありません。",
            action=lambda row: RowAction("外す" if row.is_ticked else "入れる"),
            search=lambda row: " ".join(person.name for person in row.addressee.people),
            filtered=False,
            foot=False,
            on_choose=self._update_buttons,
            on_open=lambda row: self.single_letter_asked.emit(row.id),
            on_act=self._toggle,
        )
        self.list.view.horizontalHeader().hide()
        self.alone = Button("この1通だけ見る", self._ask_single_letter)
        self.all = Button("全員分を見る", lambda: self.single_letter_asked.emit(""))
        self.large_one = Button(_LARGE_ONE, self._toggle_large, hint="選んだ宛先の通知を、18ポイントの字にします。")
        self.merge = inline_button("差し込み用の一覧", self.merge_asked.emit)
        self.hint = small_label("入れた宛先の分を、1通ずつ続けて保存・印刷します。")
        in_column(
            self.count,
            line(self.everybody, self.nobody, None),
            (self.list, 1),
            FlowRow(self.alone, self.all, self.large_one, self.merge),
            self.hint,
            owner=self,
            spacing=8,
            margins=(0, 8, 0, 0),
        )

    def show_page(self, page: LetterPage) -> None:
        """Show the addressees; ticks are kept while event, kind and unit of the addressees stay the same.

        Of a letter that left in another size, that size is shown until another document is.
        """
        shown = (page.event_id, page.kind, page.options.unit + page.options.labels_for)
        if moved := shown != self._shown:
            self._shown, self._off = shown, set()
        if moved or page.large != self._read_large:
            self._large, self._read_large = set(page.large), page.large
        self._addressees, self._wishes = page.addressees, page.large_print
        self._window_envelope = page.options.window_envelope
        self._show_rows()

    def chosen(self) -> tuple[str, ...] | None:
        """Return the keys of the ticked addressees; None = all, or a document without addressees."""
        on = tuple(row.id for row in self._rows if row.is_ticked)
        return None if len(on) == len(self._rows) else on

    @property
    def large(self) -> frozenset[str]:
        """Return the keys of those who get a 拡大版."""
        return frozenset(self._large) if self._wishes is not None else frozenset()

    @property
    def has_large_print(self) -> bool:
        """Return whether the document shown is offered as a 拡大版 too."""
        return self._wishes is not None

    @property
    def wish_words(self) -> str:
        """Return how many ask for large letters, "" if nobody does or each of them gets one."""
        is_settled = (self._wished or self._everybody()) <= self._large
        return self._wishes.words if self._wishes is not None and not is_settled else ""

    def enlarge_wished(self) -> None:
        """Make the letters of all who ask for large letters a 拡大版; emit ``ticked`` and ``enlarged``."""
        self._enlarge({*(self._wished or self._everybody())}, large=True)

    @property
    def _wished(self) -> frozenset[str]:
        """Return the keys of the addressees of whom somebody asks for large letters."""
        return self._wishes.keys if self._wishes is not None else frozenset()

    @property
    def is_all_large(self) -> bool:
        """Return whether every letter is a 拡大版."""
        return self._everybody() <= self.large

    def toggle_all_large(self) -> None:
        """Make every letter a 拡大版, or if all are, of the ordinary size again; emit ``ticked``."""
        self._enlarge(self._everybody(), large=not self.is_all_large)

    def _enlarge(self, keys: set[str], *, large: bool) -> None:
        """Show that letters are a 拡大版 or not; emit ``ticked`` and ``enlarged``."""
        self._large = self._large | keys if large else self._large - keys
        self._show_count()
        self.enlarged.emit(keys, large)

    def _everybody(self) -> set[str]:
        """Return the keys of all addressees, or that of a document without any."""
        return {one.key for one in self._addressees} or {EVERYBODY}

    def _toggle_large(self) -> None:
        """Make the letter to the current addressee a 拡大版, or of the ordinary size again; emit ``ticked``."""
        if self.list.current() is not None:
            self._enlarge({self.list.current().id}, large=self.list.current().id not in self.large)

    def letter_count(self) -> int:
        """Return how many addressees are ticked."""
        return sum(row.is_ticked for row in self._rows)

    def _toggle(self, row: AddresseeRow) -> None:
        """Tick or untick an addressee; emit ``ticked``."""
        self._off.symmetric_difference_update({row.id})
        self._show_count()

    def _tick_all(self, on: bool) -> None:
        """Tick all addressees, or none with ``on`` False; emit ``ticked``."""
        self._off = set() if on else {row.id for row in self._rows}
        self._show_count()

    def _show_count(self) -> None:
        """Show the list and the counts anew, and emit ``ticked``."""
        self._show_rows()
        self.ticked.emit()

    def _show_rows(self) -> None:
        """Fill the list with the addressees, their ticks and who gets a 拡大版."""
        self._rows = tuple(
            AddresseeRow(
                one.key,
                one,
                one.key not in self._off,
                self._window_envelope,
                one.key in self.large,
                one.key in self._wished,
            )
            for one in self._addressees
        )
        self.list.show_rows(self._rows)
        self._update_buttons()

    def _ask_single_letter(self) -> None:
        if self.list.current() is not None:
            self.single_letter_asked.emit(self.list.current().id)

    def _update_buttons(self) -> None:
        """Show how many letters go out, and enable the buttons that can act."""
        total = len(self._rows)
        large = sum(row.is_ticked and row.is_large for row in self._rows)
        more = fill_nonempty("（うち拡大版{}件）", large)
        self.count.setText(f"{total}件中　{self.letter_count()}件に出す{more}" if total else "")
        for part in (self.count, self.everybody, self.nobody, self.alone, self.all, self.merge, self.hint):
            part.setVisible(bool(total))
        current = self.list.current()
        self.alone.setEnabled(current is not None)
        self.large_one.setVisible(bool(total) and self.has_large_print)
        self.large_one.setEnabled(current is not None)
        self.large_one.set_words(_ORDINARY_ONE if current is not None and current.id in self.large else _LARGE_ONE)


def _addressee_cell(row: AddresseeRow) -> Cell:
    """Return the cell of an addressee with its check mark: 「みほん町会」, then people and address."""
    one = row.addressee
    who = join_nonempty(one.role, one.person) if one.organisation else ""
    lines = [who or ("御中" if one.organisation else ""), "、".join(person.name or UNNAMED for person in one.people)]
    lines.insert(0, "拡大版で出す" if row.is_large else "大きな文字の希望あり" * row.is_wished)
    if row.window_envelope:
        post = fill_nonempty("〒{} ", one.postal_code)
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
    """Return the fields for the settings of a kind of letter, () if it has none; ``size`` = labels on a sheet."""
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
    """Form for the settings of one kind of document, saved at once for all events of the year; 入場番号 for this event.

    Signals:
        ``start_changed(int)``: the first free label changed, which is not kept.
    """

    start_changed = Signal(int)

    def __init__(self, app_context: AppContext):
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
            self.form.setEnabled(self.may_write)

    def _rebuild(self, kind: str, size: int) -> None:
        """Build the fields for the settings of another kind of letter; hide the form if there are none."""
        self._kind, self._size = kind, size
        self.start = min(self.start, size)
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None
        fields = _fields(kind, size)
        if fields:
            self.form = Form(fields, label_width=84, on_commit=self._save)
            self._column.addWidget(self.form)
        self.setVisible(bool(fields))

    def _save(self, key: str) -> None:
        """Save one setting for the year, 入場番号 for this event; the first free label is only emitted."""
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
    """Return a setting as it is stored: 「する」 or 「しない」 for a box, "" for None."""
    if isinstance(value, bool):
        return "する" if value else "しない"
    return "" if value is None else str(value)


def _values(page: LetterPage, start: int) -> dict[str, Any]:
    """Return the value of each setting by the key of its field, as the form shows it."""
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


OPTION_KINDS = (LABELS, *MANUSCRIPTS)
"""Documents with settings that go to nobody."""
_PAUSE_MS = 700
_NO_TEXTS = "この書類に、直せる文はありません。"
_KEPT_TEXTS = "{}です。文面は変えられません。"


class PassagesPanel(ActionMixin, QWidget):
    """Editor of the texts of a document.

    Signals:
        ``text_changed(dict)``: all texts by part as they stand in the fields, after a short pause in typing.
    """

    text_changed = Signal(object)

    def __init__(self, app_context: AppContext):
        super().__init__()
        inside = QWidget()
        column = in_column(owner=inside, spacing=12, margins=(0, 8, 10, 8))
        self.app_context = app_context
        self.list = PassageList(app_context)
        self._none = second_label(_NO_TEXTS)
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
        """Show the texts of a document, none if it is stopped by the state of the event.

        Fields of the same document are kept, so that the focus stays.
        """
        counted = (HEADLINE, BODY) if page.kind in MANUSCRIPTS else ()
        # Beside a letter that is not made, texts of today would read as those of the letter that was sent.
        stopped = page.row.state_answer.is_stopped or bool(page.kept_words)
        another = self.list.show_texts(
            DocumentScope(event_id=page.event_id),
            page.kind,
            () if stopped else page.passages,
            counted=counted,
            limits={BODY: page.options.max_characters},
        )
        if another:
            self._pause.stop()
            self.copied.setText("")
        kept = _KEPT_TEXTS.format(page.kept_words) if page.kept_words else ""
        if kept and not (page.row.letter is not None and page.row.letter.state.is_issued):
            kept += "直すときは、下の「…」の「差戻し・引戻し」で案に戻してから直します。"
        self._none.setText(
            kept or ("いまは作成しない書類です。作成できるようになると、文面を直せます。" if stopped else _NO_TEXTS)
        )
        self._none.setVisible(not self.fields)
        self.copy.setVisible(page.kind in MANUSCRIPTS and page.row.can_be_made)

    def texts(self) -> dict[str, str]:
        """Return the texts by part as they stand in the fields, saved or not."""
        return self.list.texts()

    def _emit_typed(self) -> None:
        self.text_changed.emit(self.texts())

    def _copy(self) -> None:
        """Copy headline and text of the article, and record that they were copied; without text do nothing."""
        texts = self.texts()
        text = "\n".join(texts[part] for part in (HEADLINE, BODY) if texts.get(part))
        if not text.strip() or not check_may_copy(self):
            return
        copy_for_pasting(text)
        self.copied.setText("コピーしました")
        scope, kind = self.list.shown_document
        if self.may_write:
            self.run_action(note_copied_text, scope=scope, kind=f"{kind}の文", text=text)


_LEFT, _LEFT_TIGHT, _RIGHT, _RIGHT_TIGHT = 232, 196, 372, 336
_PAGE = 292
PAPER, STEPS = 1, 2
"""Index of the middle and the right column among the tabs of a narrow window; the list is 0."""


class ThreeColumns(QWidget):
    """A list, a paper and what is done with it beside each other; tabs in a narrow window. Signals: none."""

    def __init__(self, *parts: tuple[str, QWidget]):
        super().__init__()
        words, self._parts = zip(*parts, strict=True)
        self._narrow: bool | None = None
        self.tabs = TabBar(*words)
        self.tabs.chosen.connect(self._choose)
        left, middle, right = self._parts
        in_column(self.tabs, (in_row(left, (middle, 1), right, spacing=16), 1), owner=self, spacing=8)
        self._arrange(narrow=False)

    @property
    def narrow(self) -> bool:
        """Return whether all columns are folded into tabs."""
        return bool(self._narrow)

    def show_part(self, number: int) -> None:
        """Show the tab of a column, where the columns are folded."""
        if self._narrow:
            self.tabs.choose(number)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the columns into tabs or unfold them, and set the width of both side columns, by that of the window."""
        super().resizeEvent(event)
        width = self.window().width()
        narrow = t.should_fold_columns(width)
        # The columns' content decides how wide they have to be.
        usual = (_LEFT, _RIGHT) if width >= t.FOLD_WIDE else (_LEFT_TIGHT, _RIGHT_TIGHT)
        for part, wide, share in zip((self._parts[0], self._parts[2]), usual, (0.18, 0.28), strict=True):
            wished = side_width(part, min(t.scaled(wide), max(wide, round(width * share))))
            part.setMinimumWidth(0 if narrow else wished)
            part.setMaximumWidth(t.NO_LIMIT if narrow else wished)
        self._arrange(narrow=narrow)

    def _arrange(self, *, narrow: bool) -> None:
        """Place the three columns beside each other or one at a time."""
        if narrow != self._narrow:
            self._narrow = narrow
            self.tabs.setVisible(narrow)
            self._choose(self.tabs.current())

    def _choose(self, number: int) -> None:
        """Show a part alone in a narrow window, else all."""
        with holding_focus(self):
            for place, part in enumerate(self._parts):
                ensure_visible(part, seen=not self._narrow or place == number)


class SidePages(BackOnEscape):
    """The steps of a letter and, in their place, the page that was opened, with the way back. Signals: none of its own.

    Esc leaves a page, too.
    """

    def __init__(self, steps: QWidget, pages: Mapping[str, QWidget]):
        super().__init__()
        self._names = ("", *pages)
        self.back = link_button("‹ 段へ戻る", self.open_page)
        self._pages = Pages()
        for page in (steps, *pages.values()):
            self._pages.addWidget(page)
        in_column((self.back, 0, Qt.AlignmentFlag.AlignLeft), (self._pages, 1), owner=self, spacing=8)
        self.back_asked.connect(self.open_page)
        self.show_page()

    def show_page(self, name: str = "") -> None:
        """Show a page, "" = the steps; the keyboard stays where it is."""
        self.page = name
        self.back.setVisible(bool(name))
        self._pages.setCurrentIndex(self._names.index(name))

    def open_page(self, name: str = "") -> None:
        """Show a page, "" = the steps, with the keyboard in it."""
        self.show_page(name)
        part = first_usable_part(self._pages)
        if part is not None:
            part.setFocus(Qt.FocusReason.OtherFocusReason)


_PERSONAL = "個人情報を含む書類です。暗号化して保存することをおすすめします。パスワードは、すべてのファイルに共通です。"


class SaveEachDialog(SaveDialog):
    """Dialog that saves letters drawn one by one. Signals: those of ``SaveDialog``; ``saved`` gives the folder."""

    def __init__(
        self,
        parent: QWidget,
        *,
        event_id: int,
        kind: str,
        drawn: Sequence[documents.RenderedDocument],
    ):
        stem = drawn[0].content.file_stem.rpartition("版-")[0] + "版"
        super().__init__(
            parent,
            "1通1ファイルで保存",
            f"{kind}　{len(drawn)}通",
            stem=f"{stem}-{len(drawn)}通",
            ending="",
            personal=_PERSONAL if any(one.content.personal for one in drawn) else "",
            change=lambda options: bind_action(
                letter_documents.save_each,
                event_id=event_id,
                kind=kind,
                drawn=tuple(drawn),
                day_reason=self.form.value("day_reason"),
                options=options,
            ),
            intro=f"新しいフォルダーに、宛先ごとのPDFを{len(drawn)}個保存します。"
            f"「ファイル名」はフォルダーの名前になります。",
            doubts=DoubtsBox(
                app_context_at(parent),
                DocumentScope(event_id=event_id),
                (kind,),
                contents=[one.content for one in drawn],
            ),
        )

    def target(self) -> Path:
        """Return the folder that would be made."""
        return self.place.folder / self.form.text("name").strip()


class LetterView(DocumentView):
    """Preview, saving and printing of letters, with their buttons in the action bar of the page.

    Signals: none.
    """

    def __init__(self, app_context: AppContext, bar: ActionBar):
        self._as_series = False
        self.each_button = Button("1通1ファイルで保存", self.save_each, hint="宛先ごとに分けて保存します。")
        super().__init__(app_context, main="pdf", bar=bar)
        # This is the middle of three columns: width beyond its buttons would be lost to the right one.
        self.preview.setMinimumWidth(t.scaled(_PAGE))
        self._chosen: tuple[str | int, ...] | None = None
        self._start = 1
        self._typed: dict[str, str] = {}
        self._large: frozenset[str] | None = None
        self.size_button = Button(LARGE_ALL)
        self.folded = self.docx_button, self.xlsx_button, self.each_button, self.size_button

    def show_letters(
        self,
        event_id: int,
        kind: str,
        *,
        chosen: tuple[str | int, ...] | None,
        start: int,
        as_series: bool,
        large: frozenset[str] | None = None,
    ) -> None:
        """Show the letters of a kind, without texts of ``show_typed``.

        Args:
            chosen: keys of the addressees, or ids of what is kept of a 差替え; None = all.
            start: the first free label of a sheet.
            as_series: offer to save one file for each letter.
            large: keys of the addressees who get a 拡大版; None = as the letter is.
        """
        self._chosen, self._start, self._typed, self._large = chosen, start, {}, large
        self._as_series = as_series
        self.show_document(event_id, kind)

    def show_typed(self, texts: Mapping[str, str]) -> None:
        """Draw again with the texts as typed."""
        self._typed = dict(texts)
        self.refresh()

    def build_request(self) -> tuple[Callable[..., DocumentContent], dict[str, Any]]:
        """Return the function and arguments that build the letters to the chosen addressees, or another document."""
        if self._kind not in KINDS:
            return super().build_request()
        return letter_page.build_letters, {
            "event_id": self.scope.event_id,
            "kind": self._kind,
            "chosen": self._chosen,
            "start": self._start,
            "typed_texts": self._typed,
            "large": self._large,
            "now": self.app_context.now(),
        }

    def save_each(self) -> None:
        """Draw every letter by itself, then ask for the folder."""
        self._save_each(leave_open=self.allows_gaps)

    def _save_each(self, *, leave_open: bool) -> None:
        """Build and draw each letter by itself, then open the dialog that saves the files."""
        event_id, kind = self.scope.event_id or 0, self._kind

        def draw(contents: tuple[DocumentContent, ...]) -> None:
            self.app_context.run_in_background(
                bind_arguments(letter_documents.render_each, contents=contents, format="pdf", leave_open=leave_open),
                ask,
                on_failed=refuse,
                owner=self,
                title="通知を1通ずつ作成しています",
                drawing=True,
            )

        def refuse(problem: Exception) -> None:
            """Show why the letters cannot be drawn, with the offer to leave gaps open."""
            offer_gaps(self.app_context, problem, partial(self._save_each, leave_open=True), self)

        def ask(drawn: tuple[documents.RenderedDocument, ...]) -> None:
            """Open the dialog that saves the drawn letters; once saved, ``left_app`` is emitted."""
            dialog = SaveEachDialog(self, event_id=event_id, kind=kind, drawn=drawn)
            dialog.saved.connect(lambda _path: self.left_app.emit())
            dialog.open()

        self.run_read(
            draw,
            letter_page.build_each,
            event_id=event_id,
            kind=kind,
            chosen=self._chosen,
            large=self._large,
            now=self.app_context.now(),
        )

    def _update_buttons(self) -> None:
        """Offer no workbook of a letter in large print: it has its own sizes, and what is called 拡大版 is large."""
        super()._update_buttons()
        self.each_button.setVisible(self._as_series and self.content is not None)
        self.each_button.setEnabled(self.may_write)
        if self.content is not None and large_print_words(self.content):
            self.xlsx_button.hide()

    def _note_words(self) -> str:
        """Return what is to be known of the letter before it leaves, also that it is in large print."""
        large = large_print_words(self.content) if self.content is not None else ""
        return f"{super()._note_words()}{large}（18ポイント）です。" if large else super()._note_words()
