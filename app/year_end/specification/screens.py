"""The screen 仕様書の読み比べ, with both 仕様書 by paragraph, and the next year's numbers to confirm.

The text of a file (PDF with text, or text file) is read beside the window's thread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel, QWidget

from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.calendar.wareki import fiscal_year_words
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.screens.document_view import show_year_document
from app.foreign_files.intake_refusal import IntakeRefusal
from app.foreign_files.own_files import identify_own_file, own_file_words
from app.foreign_files.pdf_reading import UnreadablePdf, is_pdf, read_pdf_words
from app.foreign_files.received_bytes import read_received_bytes
from app.foreign_files.text_decoding import decode_bytes
from app.main_window.navigation import ScreenEntry
from app.programme.parts import FormCards
from app.programme.rules import LOOSE, STRICT
from app.received.services import IncomingFile
from app.widgets.bars.action_bar import ActionBar, page_above
from app.widgets.buttons import Button, inline_button, link_button, main_button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.flow_row import FlowRow
from app.widgets.folding_columns import ListAndDetail
from app.widgets.forms.file_drop import FileDrop
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph, label, second_label, section, styled_frame, wrapped_label
from app.widgets.layouts import add, column_of, in_column, in_row
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column, unsorted
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import (
    Screen,
    clear_layout,
    disable_when_read_only,
    in_scroll_area,
    is_short,
    page_title,
    trim_page_edges,
)
from app.window import theme as t
from app.window.app_context import AppContext, bind_action
from app.window.background_task import bind_arguments
from app.year_end.specification.documents import KIND
from app.year_end.specification.rules import ParagraphPair, Run, mark_changes
from app.year_end.specification.services import (
    FROM_SETTINGS,
    ORDER,
    ClauseRow,
    KindLine,
    NumberLine,
    SpecificationView,
    add_next_kind,
    answer_next_kind,
    answer_no_kind,
    confirm_found,
    confirm_values,
    read_specification,
    remove_text,
    rename_next_kind,
    save_text,
    withdraw_kind,
    withdraw_value,
)
from db.digits import is_digits
from db.record import record
from db.records.year.specification import SpecificationYear


def screens() -> Iterator[ScreenEntry]:
    """Yield the screen, built when first shown."""

    yield ScreenEntry("specification", "file-text", "仕様書の読み比べ", SpecificationScreen, parent_screen="summary")


_NOTHING = {"追加": "（この段落はありません）", "削除": "（この段落はなくなりました）"}


def _words(line: NumberLine) -> Cell:
    if line.confirmed is None:
        return Cell("未確認", tone="second")
    again = "仕様書の文が変わりました" if line.is_outdated else ""
    return Cell(line.next_words, again, strong=True, tone="green", second_tone="amber")


NUMBER_COLUMNS = unsorted(
    Column("label", "数", lambda one: one.value.label, stretch=True),
    Column("this", "この年度", lambda one: one.this_words, width=132),
    Column(
        "found",
        "つぎの仕様書",
        lambda one: Cell(one.found_words, strong=one.differs),
        width=132,
    ),
    Column("next", "確認した値", _words, width=132),
)


class ClausePanel(QWidget):
    """Panel beside the list with both texts of one paragraph, its numbers and what refers to it.

    Signals: ``withdraw_asked(object)`` withdraw the confirmation of the chosen ``NumberLine``.
    """

    withdraw_asked = Signal(object)

    def __init__(self, *, may_write: bool):
        super().__init__()
        self.row: ClauseRow | None = None
        self._may_write = may_write
        self.title = wrapped_label("", "h2")
        self.sides = (Panel(" "), Panel(" "))
        self.texts = tuple(_text_label() for _side in self.sides)
        self.numbers_title = section("つぎの年度の数")
        self.numbers = FittedTable(
            "specification-numbers",
            NUMBER_COLUMNS,
            title="つぎの年度の数",
            empty="この段落に、契約条件の数はありません。",
            names_people=False,
            on_choose=self._offer,
        )
        self.take = main_button("仕様書の値で確認する", icon_name="check")
        self.type = Button("値を入力して確認する")
        self.withdraw = Button("確認を取り消す", self._withdraw)
        self.hanging = Paragraph()
        self._build()

    def _build(self) -> None:
        """Lay out both years and the numbers."""
        column = in_column(self.title, owner=self, spacing=10, margins=(0, 0, 8, 0))
        across = in_row(spacing=12)
        for panel, words in zip(self.sides, self.texts, strict=True):
            panel.put(words)
            across.addWidget(panel, 1)
        add(
            column,
            across,
            self.numbers_title,
            self.numbers,
            section("この項番にかかるもの"),
            self.hanging,
            None,
        )

    def show_row(self, row: ClauseRow, *, this_year: str, next_year: str, without_paragraph: bool = False) -> None:
        """Show one paragraph; ``without_paragraph`` shows the numbers that belong to none."""
        self.row = row
        pair = row.pair
        named = (
            f"仕{pair.clause}　{pair.title}"
            if is_digits(pair.clause[:1])
            else f"{pair.clause}　{pair.title}".strip("　")
        )
        self.title.setText("どの段落にも見つからない数" if without_paragraph else f"{named}　—　{pair.change}")
        for panel, year in zip(self.sides, (this_year, next_year), strict=True):
            panel.title.setText(year)
            panel.setVisible(not without_paragraph)
        if pair.old is not None and pair.new is not None:
            left, right = mark_changes(pair.old.text, pair.new.text)
        else:
            left = ((pair.old.text, True),) if pair.old else ((_NOTHING["追加"], False),)
            right = ((pair.new.text, True),) if pair.new else ((_NOTHING["削除"], False),)
        for words, runs in zip(self.texts, (left, right), strict=True):
            words.setText(_html(runs))
        self.numbers.show_rows(row.numbers)
        self.numbers_title.setVisible(bool(row.numbers))
        self.numbers.setVisible(bool(row.numbers))
        self.hanging.show_text(_reference_words(row))
        self._offer()

    def _offer(self) -> None:
        """Show the buttons of what can be done with the numbers of the paragraph."""
        found = self.row.numbers if self.row is not None else ()
        line = self.numbers.current()
        self.take.setVisible(self._may_write and any(_is_unconfirmed(one) for one in found))
        self.type.setVisible(self._may_write and bool(found))
        self.withdraw.setVisible(self._may_write and line is not None and line.confirmed is not None)

    def _withdraw(self) -> None:
        """Emit ``withdraw_asked`` with the current number, if it is confirmed."""
        line = self.numbers.current()
        if line is not None and line.confirmed is not None:
            self.withdraw_asked.emit(line)


def _is_unconfirmed(line: NumberLine) -> bool:
    return line.found is not None and (
        line.confirmed is None or line.confirmed.value != line.found.text or line.is_outdated
    )


def _text_label() -> QLabel:
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setAlignment(Qt.AlignmentFlag.AlignTop)
    return made


def _html(runs: tuple[Run, ...]) -> str:
    """Return the words as HTML, with changes coloured and underlined, so that colour is not needed."""
    said = "".join(
        f'<span style="background:{t.SELECTION}"><u>{escape(words)}</u></span>' if changed else escape(words)
        for words, changed in runs
    )
    return f"<div>{said.replace(chr(10), '<br>')}</div>"


def _reference_words(row: ClauseRow) -> str:
    """Return what rests on a clause, a line for each sort (「**設定**　…」), or the sentence that nothing does."""
    if not row.references:
        return "この項番を根拠にしている設定、確認、帳票はありません。"
    lines = []
    for what in ORDER:
        words = [one.words for one in row.references if one.action == what]
        if words:
            lines.append(f"**{what}**　{'、'.join(words)}")
    return "\n".join(lines)


_OTHERS = (".docx", ".doc", ".odt", ".rtf", ".xlsx", ".xls", ".pptx")


@record
class SpecificationFile:
    """A received file and its text."""

    file: IncomingFile
    text: str


def read_specification_file(*, path: Path) -> SpecificationFile:
    """Return a 仕様書 with its text.

    Args:
        path: a PDF with text, or a text (UTF-8 or Shift_JIS).

    Raises:
        UserError: it can be read as neither, is a file of this program, or is too large.
    """
    if path.suffix.lower() in _OTHERS:
        raise UserError(
            f"「{path.name}」は、そのままでは読めません。",
            "作成したソフトで開き、PDFかテキスト（.txt）で保存してから選んでください。",
        )
    try:
        data = read_received_bytes(path)
        own = identify_own_file(data)
        if own is not None:
            raise UserError(
                f"{own_file_words(own)}です。", "区から受け取った仕様書のPDFかテキスト（.txt）を選んでください。"
            )
        if is_pdf(data):
            return SpecificationFile(
                file=IncomingFile(data=data, name=path.name, media_type="application/pdf"), text=_pdf(data, path.name)
            )
        return SpecificationFile(
            file=IncomingFile(data=data, name=path.name, media_type="text/plain"), text=decode_bytes(data).text
        )
    except IntakeRefusal as problem:
        raise UserError(
            f"「{path.name}」は読めません（{str(problem).removesuffix('。')}）。",
            "PDFかテキスト（.txt）の仕様書を選んでください。",
        ) from problem
    except OSError as problem:
        raise UserError("ファイルを読めませんでした。", "ファイルの場所を確かめて、選び直してください。") from problem


def _pdf(data: bytes, name: str) -> str:
    try:
        return "\n".join(page.text for page in read_pdf_words(data))
    except UnreadablePdf as problem:
        raise UserError(f"「{name}」を開けません。{problem.happened}", problem.todo) from problem


_NONE_YET = "つぎの年度の仕様書（PDFかテキスト）を選ぶと、変わった段落がここに並びます。"
_WITHOUT_PARAGRAPH = ParagraphPair(old=None, new=None, change="同じ")
_KINDS = "仕様書 (*.pdf *.txt)"


def _about(row: ClauseRow) -> str:
    """Return how many numbers of a row are to be confirmed and what rests on it (「確認 残り2　かかるもの 3」)."""
    parts = [f"確認 残り{row.unconfirmed_count}" if row.unconfirmed_count else "確認済" if row.numbers else ""]
    parts.append(fill_nonempty("かかるもの {}", len(row.references)))
    return join_nonempty(*parts)


PARAGRAPH_COLUMNS = unsorted(
    Column("clause", "項番", lambda one: one.pair.clause or "—", width=84),
    Column(
        "title",
        "段落",
        lambda one: Cell("どの段落にもない数" if one.pair is _WITHOUT_PARAGRAPH else one.pair.title, _about(one)),
        stretch=True,
    ),
    Column(
        "became",
        "違い",
        lambda one: Cell(
            "—" if one.pair is _WITHOUT_PARAGRAPH else one.pair.change,
            tone="amber" if any(line.is_outdated for line in one.numbers) else "" if one.is_changed else "second",
            strong=one.is_changed,
        ),
        width=72,
    ),
)


_NEW_KIND = "-"
"""The choice of a kind that this year does not have."""


class KindsPanel(QWidget):
    """The kinds of event that the next 仕様書 brings or leaves out, each with its answers.

    Signals:
        ``add_asked(object)``, ``answered(object, bool)``, ``no_kind_answered(object)``, ``withdraw_asked(object)``: the
        ``KindLine``; of an answer on a kind, whether the next year has it.
    """

    add_asked = Signal(object)
    answered = Signal(object, bool)
    no_kind_answered = Signal(object)
    withdraw_asked = Signal(object)

    def __init__(self, *, may_write: bool):
        super().__init__()
        self._may_write = may_write
        self._column = in_column(owner=self, spacing=6)

    def show_lines(self, lines: Sequence[KindLine]) -> None:
        """Show the kinds, those without an answer first."""
        clear_layout(self._column)
        for one in sorted(lines, key=lambda line: line.confirmed is not None):
            self._column.addWidget(self._line(one))

    def _line(self, line: KindLine) -> QFrame:
        frame = styled_frame("note")
        frame.setProperty("tone", "amber" if line.confirmed is None else "quiet")
        words, buttons = _kind_words(line), self._buttons(line)
        for button in buttons:
            button.setEnabled(self._may_write)
            button.setAccessibleName(f"{line.proposal.name}　{button.text()}")
        in_row(
            (wrapped_label(words), 1),
            *((one, 0, Qt.AlignmentFlag.AlignVCenter) for one in buttons),
            owner=frame,
            spacing=8,
            margins=(12, 6, 12, 6),
        )
        return frame

    def _buttons(self, line: KindLine) -> tuple[Button, ...]:
        """Build the buttons of a kind, by its state; each emits a signal with it."""
        if line.confirmed is not None:
            return (link_button("取り消す", lambda: self.withdraw_asked.emit(line)),)
        if line.proposal.is_new:
            return (
                inline_button("種類に加える", lambda: self.add_asked.emit(line)),
                inline_button("種類ではない", lambda: self.no_kind_answered.emit(line)),
            )
        return (
            inline_button("つぎの年度では使わない", lambda: self.answered.emit(line, False)),
            inline_button("使う", lambda: self.answered.emit(line, True)),
        )


def _kind_words(line: KindLine) -> str:
    """Return the question about a kind of event, or its answer."""
    proposal = line.proposal
    if line.confirmed is not None:
        return f"{proposal.clause}　{proposal.name}　{line.answer}".strip("　")
    if not proposal.is_new:
        return f"「{proposal.name}」は、つぎの年度の仕様書に見つかりません。つぎの年度では使わない？"
    stated = fill_nonempty("　{}", "・".join(line.stated))
    return f"新しい種類？　{proposal.clause} {proposal.title}{stated}"


class NextKindDialog(SavingDialog):
    """Dialog that confirms an item of the next 仕様書 as a new kind, or as this year's under another name.

    Signals: those of ``SavingDialog``.
    """

    def __init__(self, parent: QWidget, line: KindLine, gone: Sequence[KindLine]):
        """Build the dialog; ``gone`` are the kinds of this year that the next 仕様書 seems to leave out."""
        proposal = line.proposal
        super().__init__(
            parent,
            "種類に加える",
            f"{proposal.clause}　{proposal.title}",
            main="種類に加える",
            width=880,
        )
        self._proposal = proposal
        choices = [(one.proposal.kind, f"「{one.proposal.name}」の新しい名前") for one in gone]
        self.form = Form(
            (
                Field("kind", "どの種類ですか", "radio", choices=((_NEW_KIND, "新しい種類"), *choices)),
                Field("title", "契約書の名前", width=360),
                Field("name", "短い名前", width=200, hint="一覧と見出しに使います。"),
                Field("sign", "記号", width=48, hint="一覧と月、整理番号に使う1文字です。"),
            ),
            self.app_context.fiscal_year,
            on_change=lambda _key: self.cards.setVisible(self.form.value("kind") == _NEW_KIND),
        )
        self.form.set_values({"kind": _NEW_KIND, "title": proposal.title, "name": proposal.name, "sign": proposal.sign})
        self.cards = FormCards()
        self.cards.choose(proposal.form)
        self.put(self.form, self.cards, second_label("仕様書に書かれた数も、あわせて入ります。"))

    def _save(self) -> None:
        """Save the kind for the next year, once the fields are valid."""
        if not self.form.check_all():
            return
        typed = self.form.values()
        named = {key: typed[key] for key in ("title", "name", "sign")}
        given = {"fiscal_year": self.fiscal_year, "clause": self._proposal.clause, **named}
        if typed["kind"] == _NEW_KIND:
            self.run_action(add_next_kind, form=self.cards.form(), **given)
        else:
            self.run_action(rename_next_kind, kind=typed["kind"], **given)


class SpecificationScreen(Screen):
    """The screen 仕様書の読み比べ; ``ask_file`` returns the chosen path (None = none). Signals: none."""

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self.view: SpecificationView | None = None
        self.choose_next = Button(
            "つぎの年度の仕様書を選ぶ", partial(self.choose_file, SpecificationYear.NEXT), icon_name="tray"
        )
        self.choose_this = Button("この年度の仕様書を選ぶ", partial(self.choose_file, SpecificationYear.THIS))
        self.remove = Button("仕様書を外す", self._remove)
        self.paper = Button("印刷する", self._show_paper, icon_name="printer")
        self.problem = NoteBox("", "red")
        self.kept = second_label()
        self.counts = label("", "strong")
        self.same = Button("変わらない数をまとめて確認する", self._confirm_matching)
        self.every = inline_button("同じ段落も見る", self._show_list)
        self.every.setCheckable(True)
        self.table = RecordTable(
            "specification",
            PARAGRAPH_COLUMNS,
            title="仕様書の段落",
            empty=_NONE_YET,
            unit="段落",
            filtered=False,
            names_people=False,
            on_open=lambda _row: self.parts.show_detail(),
            on_choose=self._show_row,
        )
        self.panel = ClausePanel(may_write=app_context.may_write)
        self.bar = ActionBar(app_context)
        first = (self.panel.take, self.same, self.choose_next, self.panel.type, self.panel.withdraw)
        self.bar.put(*first, self.paper, self.choose_this, self.remove)
        self.kinds = KindsPanel(may_write=app_context.may_write)
        self.kinds_fold = inline_button("", self.fit_size)
        self.kinds_fold.setCheckable(True)
        self._build()
        disable_when_read_only(app_context, self.choose_next, self.choose_this, self.remove, self.same)
        FileDrop(self, is_allowed=lambda: app_context.may_write).dropped.connect(self.take_file)
        self.panel.take.chosen.connect(self._confirm_found)
        self.panel.type.chosen.connect(self._ask_values)
        self.panel.withdraw_asked.connect(
            lambda line: self.run_action(withdraw_value, key=line.value.key, fiscal_year=app_context.fiscal_year)
        )
        self.kinds.add_asked.connect(self._ask_kind)
        self.kinds.answered.connect(self._answer_kind)
        self.kinds.no_kind_answered.connect(
            lambda line: self.run_action(
                answer_no_kind, fiscal_year=app_context.fiscal_year, clause=line.proposal.clause
            )
        )
        self.kinds.withdraw_asked.connect(self._withdraw_kind)

    def _build(self) -> None:
        column = page_above(self.bar, self)
        self._page = column.parentWidget()
        add(column, page_title(self.app_context, "仕様書の読み比べ", "summary"), self.problem)
        self.problem.show_text("")
        add(
            column,
            self.kept,
            self.kinds,
            FlowRow(self.counts, self.kinds_fold, self.every, self.table.filter_field, spacing=12, at_end=1),
        )
        left = column_of(self.table)
        self.setFocusProxy(self.table)
        self.parts = ListAndDetail(left, in_scroll_area(self.panel), back="段落の一覧", wide=640, usual=560, share=0.58)
        column.addWidget(self.parts, 1)

    def fit_size(self) -> None:
        """Show or hide explanations and the panel of kinds, which stands behind a button on a low page.

        Called on resize, by that button, and after new data.
        """
        low = is_short(self)
        self.kept.setVisible(not low)
        lines = self.view.kinds if self.view is not None else ()
        self.kinds_fold.setVisible(low and bool(lines))
        self.kinds.setVisible(bool(lines) and (not low or self.kinds_fold.isChecked()))
        self.counts.setToolTip(self.kept.text() if low else "")
        trim_page_edges(self._page, short=low)

    def reload(self) -> None:
        """Read and show both texts and the confirmed numbers."""
        self.run_read(self._show, read_specification, fiscal_year=self.fiscal_year, today=self.today)

    def _show(self, view: SpecificationView) -> None:
        """Show both years that were read: files, counts, kinds and paragraphs."""
        self.view = view
        today = self.today
        self.kept.setText(
            "　".join(self._kept_words(view, side, today) for side in (SpecificationYear.THIS, SpecificationYear.NEXT))
        )
        self.fit_size()
        told = (
            ""
            if not view.is_next_year_started
            else f"　{fiscal_year_words(view.fiscal_year + 1)}はもう始まっています。数は「設定」で直します。"
        )
        self.counts.setText(f"{view.words}{told}")
        count = len(self._matching_keys(view))
        self.same.set_words(f"変わらない数をまとめて確認する（{count}件）")
        self.same.setVisible(count > 0)
        self.remove.setVisible(bool(view.texts))
        self.paper.setVisible(SpecificationYear.NEXT in view.texts)
        self.choose_next.set_filled(SpecificationYear.NEXT not in view.texts)
        self.remove.set_words(f"{'つぎの年度' if SpecificationYear.NEXT in view.texts else 'この年度'}の仕様書を外す")
        self.every.setVisible(bool(view.rows))
        self.kinds.show_lines(view.kinds)
        self.kinds_fold.set_words(f"種類を確かめる（{sum(one.confirmed is None for one in view.kinds)}件）")
        self.fit_size()
        self._show_list()

    def _kept_words(self, view: SpecificationView, side: SpecificationYear, today: date) -> str:
        """Return the year with its stored file, and who stored it when.

        Without one this year says that the settings stand in for it, the next year 「未」.
        """
        year = fiscal_year_words(view.fiscal_year + (side.is_next))
        text = view.texts.get(side)
        if text is not None:
            return f"{year}　{text.file_name}（{short_date(text.kept_on, today)} {text.kept_by}）"
        return f"{year}　{FROM_SETTINGS if not side.is_next else '未'}"

    def _show_list(self) -> None:
        """Show the paragraphs in the list, all or those that changed or have an outdated number.

        A last row holds the numbers without paragraph. The same row stays selected, else the first is.
        """
        view = self.view
        if view is None:
            return
        current = self.table.current()
        every = self.every.isChecked()
        self.every.set_words("変わった段落だけ見る" if every else "同じ段落も見る")
        found = [one for one in view.rows if every or one.is_changed or any(line.is_outdated for line in one.numbers)]
        if view.rows and view.numbers_without_paragraph:
            found.append(ClauseRow(pair=_WITHOUT_PARAGRAPH, numbers=view.numbers_without_paragraph, references=()))
        self.table.set_empty("変わった段落はありません。" if view.rows else _NONE_YET)
        self.table.show_rows(tuple(found))
        known = (current.pair.clause, current.pair.title) if current is not None else None
        if not found:
            self.panel.hide()
        elif not self.table.choose(lambda one: (one.pair.clause, one.pair.title) == known, take_focus=False):
            self.table.choose(lambda one: one is found[0], take_focus=False)
        self._show_row(self.table.current())

    def _show_row(self, row: Any) -> None:
        """Show a paragraph of both years with its numbers beside the list."""
        if row is None or self.view is None:
            return
        year = self.view.fiscal_year
        self.panel.show()
        self.panel.show_row(
            row,
            this_year=fiscal_year_words(year),
            next_year=fiscal_year_words(year + 1),
            without_paragraph=row.pair is _WITHOUT_PARAGRAPH,
        )
        said = "　この段落の数を、つぎの年度の値として確認します。" if self.panel.take.is_offered else ""
        self.bar.show_words(f"**{self.panel.title.text()}**{said}")

    def _show_paper(self) -> None:
        """Open the dialog that shows changes and numbers as printed."""
        show_year_document(self, KIND)

    # the texts

    def choose_file(self, side: SpecificationYear) -> None:
        """Ask for the file of the 仕様書 of a year, and read it."""
        path = self.ask_file()
        if path is not None:
            self.take_file(path, side)

    def take_file(self, path: Path, side: SpecificationYear = SpecificationYear.NEXT) -> None:
        """Read a chosen or dropped 仕様書 in the background, then save its text for a year."""
        self.problem.show_text("")
        self.app_context.run_in_background(
            bind_arguments(read_specification_file, path=path),
            partial(self._save_text, side),
            on_failed=self.show_error,
            owner=self,
        )

    def _save_text(self, side: SpecificationYear, found: SpecificationFile) -> None:
        self.run_action(
            save_text,
            side=side,
            file=found.file,
            text=found.text,
            fiscal_year=self.fiscal_year,
        )

    def ask_file(self) -> Path | None:
        """Return the path of a file that the user chooses, None if none."""
        name, _kind = QFileDialog.getOpenFileName(self, "仕様書のファイルを選ぶ", "", _KINDS)
        return Path(name) if name else None

    def _remove(self) -> None:
        """Remove the text of the next year at once, or without one this year's; confirmed numbers stay."""
        if self.view is not None:
            side = SpecificationYear.NEXT if SpecificationYear.NEXT in self.view.texts else SpecificationYear.THIS
            self.run_action(remove_text, side=side, fiscal_year=self.fiscal_year)

    # the numbers

    def _matching_keys(self, view: SpecificationView) -> list[str]:
        return [one.value.key for one in view.unconfirmed_numbers if one.found is not None and not one.differs]

    def _confirm_matching(self) -> None:
        """Confirm all unconfirmed numbers that the next 仕様書 states as the next year would start with them."""
        if self.view is not None:
            self.run_action(
                confirm_found,
                keys=self._matching_keys(self.view),
                fiscal_year=self.fiscal_year,
            )

    def _confirm_found(self) -> None:
        """Save every number found in the paragraph as confirmed, also those confirmed otherwise before."""
        if self.panel.row is not None:
            keys = [one.value.key for one in self.panel.row.numbers]
            self.run_action(confirm_found, keys=keys, fiscal_year=self.fiscal_year)

    def _ask_values(self) -> None:
        shown = self.panel.row
        if shown is None:
            return
        FormDialog(
            self,
            "つぎの年度の数を確認する",
            f"{shown.pair.clause}　{shown.pair.title}".strip("　") if shown.pair is not _WITHOUT_PARAGRAPH else "",
            main="確認する",
            fields=tuple(_field(one) for one in shown.numbers),
            values={one.value.key: _proposed(one) for one in shown.numbers},
            change=lambda typed: bind_action(
                confirm_values,
                fiscal_year=self.fiscal_year,
                values={key: _stored_text(value) for key, value in typed.items()},
            ),
        ).open()

    def _ask_kind(self, line: KindLine) -> None:
        """Open the dialog that adds a kind to the next year."""
        view = self.view
        if view is not None:
            gone = [one for one in view.kinds if one.proposal.kind and one.confirmed is None]
            NextKindDialog(self, line, gone).open()

    def _answer_kind(self, line: KindLine, is_used: bool) -> None:
        self.run_action(
            answer_next_kind,
            fiscal_year=self.fiscal_year,
            kind=line.proposal.kind,
            clause=line.proposal.clause,
            is_used=is_used,
        )

    def _withdraw_kind(self, line: KindLine) -> None:
        if line.confirmed is not None:
            self.run_action(
                withdraw_kind,
                fiscal_year=self.fiscal_year,
                value_id=line.confirmed.id,
            )


def _field(line: NumberLine) -> Field:
    value = line.value
    quote = (
        f"仕様書　{line.found.quote}" if line.found is not None and line.found.quote else f"この年度　{line.this_words}"
    )
    label_words = value.label.partition("　")[2] or value.label
    if value.value_type == "日付":
        return Field(value.key, label_words, "date", width=120, hint=quote)
    if value.value_type == "数":
        return Field(value.key, label_words, "number", width=80, least=1, unit=value.unit, hint=quote)
    if value.value_type == "程度":
        return Field(value.key, label_words, "radio", choices=((LOOSE, LOOSE), (STRICT, STRICT)), hint=quote)
    return Field(value.key, label_words, width=200 if value.value_type != "文" else 0, hint=quote)


def _proposed(line: NumberLine) -> Any:
    """Return the value proposed for a number, as its field takes it: as confirmed, else as found, else as expected."""
    text = line.confirmed.value if line.confirmed else line.found.text if line.found else line.expected
    if line.value.value_type == "日付":
        return date.fromisoformat(text)
    return int(text) if line.value.value_type == "数" else text


def _stored_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
