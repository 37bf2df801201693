"""The screen of a filled check list (確認票): its items with their judgements, set by digit keys, and the result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from app.actions.action_result import ActionResult
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.screens.document_view import show_year_document
from app.ledgers.rules import (
    ASKS,
    FAILS,
    FITS,
    JUDGEMENTS,
    MAY,
    OUTSIDE,
    CheckedItem,
    CheckList,
    LedgerBook,
    LedgerColumn,
    LedgerNames,
    screen_words,
    to_cell,
)
from app.ledgers.screens.ledger_forms import column_fields, fill_form, read_cell
from app.ledgers.services.check_lists import (
    CheckSheetView,
    accept_sheet,
    answer_item,
    find_check_list,
    read_sheet,
    revise_sheet,
    save_header,
)
from app.widgets.badges import Badge
from app.widgets.bars.action_bar import ActionBar, page_above
from app.widgets.buttons import Button, main_button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.flow_row import FlowRow
from app.widgets.folding_columns import FoldingColumns
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import heading, show_text_or_hide, small_label, wrapped_label
from app.widgets.layouts import add
from app.widgets.lists.record_model import Cell, Column, unsorted
from app.widgets.lists.record_table import RecordTable
from app.widgets.panel import Panel
from app.widgets.screen import Screen, back_button, disable_when_read_only
from app.window.app_context import AppContext, app_context_at, bind_action

_BADGES = {FITS: "確認済", FAILS: "不足", ASKS: "要確認", OUTSIDE: "未着手"}
_DIGITS = {str(number): word for number, word in enumerate(JUDGEMENTS, 1)}
_DUE = LedgerColumn("due", "期限", "day")


def _choices(check: CheckList | None) -> tuple[tuple[str, str], ...]:
    """Return an empty choice and the four judgements with the list's own words, each with its digit."""
    said = ((word, check.word_for(word) if check is not None else word) for word in JUDGEMENTS)
    return (("", "—"), *((word, f"{number} {words}") for number, (word, words) in enumerate(said, 1)))


def _columns(says: Callable[[str], str]) -> tuple[Column, ...]:
    """Return the columns of the list of items; ``says`` gives a list's own word for a judgement."""
    return unsorted(
        Column("number", "項", show=lambda one: str(one.item.number), align="right"),
        Column(
            "text",
            "要旨",
            show=lambda one: Cell(one.item.text, one.item.clause),
            stretch=True,
        ),
        Column("word", "判定", show=lambda one: Cell(says(one.judgement), badge=_BADGES[one.judgement])),
        Column("evidence", "根拠・残るリスク", show=_evidence, stretch=True),
    )


def _evidence(one: CheckedItem) -> Cell:
    """Return the cell of the evidence, with risk and measure or a remark below."""
    open_words = join_nonempty(one.risk, one.measure) or one.remark
    return Cell(one.evidence or "—", open_words, second_tone="amber" if one.judgement in (FAILS, ASKS) else "second")


class SheetHeaderDialog(SavingDialog):
    """Dialog that creates a check sheet (``view`` None) or edits its header and who filled it in.

    Signals: those of ``SavingDialog``.
    """

    def __init__(self, parent: QWidget, key: str, view: CheckSheetView | None):
        check = find_check_list(key)
        title, main = ("確認票の対象を直す", "保存する") if view is not None else ("確認票を作成", "作成する")
        super().__init__(parent, title, check.title, main=main, width=680)
        self._key, self._sheet_id = key, view.sheet.id if view is not None else 0
        self._columns = check.header_columns
        fields = [
            field
            for column in check.header_columns
            for field in column_fields(column, LedgerBook(columns=(), lines=()))
        ]
        fields.extend(
            (
                Field("_on", "受託者の確認日", "date", optional=True, width=132),
                Field("_by", "受託者の確認者", optional=True, width=280),
            )
        )
        self.put_form(Form(fields, fiscal_year=self.app_context.fiscal_year))
        if view is not None:
            fill_form(self.form, check.header_columns, view.sheet.head)
            self.form.set_values({"_on": view.sheet.filled_on, "_by": view.sheet.filled_by})

    def _save(self) -> None:
        """Begin the sheet with this header, or save its header."""
        self.run_action(
            save_header,
            key=self._key,
            fiscal_year=self.fiscal_year,
            sheet_id=self._sheet_id,
            header={column.key: read_cell(self.form, column) for column in self._columns},
            filled_on=self.form.value("_on"),
            filled_by=self.form.text("_by"),
        )


class AcceptSheetDialog(FormDialog):
    """The dialog in which the ward accepts a sheet. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, view: CheckSheetView):
        overall = view.check.word_for(view.outcome.overall)
        super().__init__(
            parent,
            "受領を記録する",
            f"{view.check.title}　{view.reference}",
            main="受領を記録する",
            text=f"総合判定は「{overall}」です。受領した版は変えられません。直すときは改訂します。",
            fields=(
                Field("received_on", "受領日", "date", width=132),
                Field("checked_by", "区の確認者", width=240),
                Field(
                    "review_on",
                    "つぎの見直し",
                    "date",
                    optional=True,
                    width=132,
                    hint="目安日。年に1回、または規約の改定のとき",
                ),
            ),
            values={"received_on": app_context_at(parent).today(), "checked_by": app_context_at(parent).user_name},
            change=lambda typed: bind_action(accept_sheet, sheet_id=view.sheet.id, **typed),
            width=620,
        )


class CheckSheetScreen(Screen):
    """The screen of one filled check list. Signals: none.

    ``open_with(ledger=…, sheet_id=…)``; without a sheet it offers to begin one.
    """

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self._key = ""
        self._sheet_id = 0
        self._view: CheckSheetView | None = None
        self._item = ""
        self.title = heading("確認票")
        self.overall = Badge("要確認")
        self.about = small_label()
        self.new_button = Button("新しい確認票", self.focus_work_area, icon_name="plus")
        self.head_button = Button("対象を直す", self.change_header, icon_name="pencil-simple")
        self.paper = Button("印刷・保存", self.open_document, icon_name="printer")
        self.revise_button = Button("改訂する", self.begin_next_version)
        self.take = main_button("受領を記録する", self.accept_sheet)
        self.bar = ActionBar(app_context)
        self.bar.put(self.take, self.revise_button, self.head_button, self.paper, self.new_button)
        self.table = RecordTable(
            "check-items",
            _columns(self._word_for),
            title="項目",
            empty="この確認票は、まだありません。",
            empty_button="確認票を作成する",
            empty_on_click=self.focus_work_area,
            group=self._part_of,
            unit="項目",
            filtered=False,
            names_people=False,
            on_choose=self._on_item_chosen,
        )
        self.words = wrapped_label("", "strong")
        self.remark = wrapped_label("", "warned")
        self.form = Form(
            (
                Field("word", "判定", "choice", choices=_choices(None), optional=True, width=160),
                Field("evidence", "根拠", "lines", lines=2, optional=True, hint="資料の名と該当箇所"),
                Field("risk", "残るリスク", "lines", lines=2, optional=True),
                Field("measure", "対策", "lines", lines=2, optional=True),
                Field("due", "期限", "date", optional=True, width=120, shows_full_date=False),
                Field("who", "担当", optional=True, width=160),
            ),
            fiscal_year=app_context.fiscal_year,
            label_width=124, on_commit=self._save,
        )  # fmt: skip
        self._build()
        self.table.view.character_typed.connect(self._judge_by_digit)
        disable_when_read_only(app_context, self.new_button, self.head_button, self.take, self.revise_button)

    def _build(self) -> None:
        column = page_above(self.bar, self)
        add(column, FlowRow(back_button(self.app_context, "ledgers"), self.title, self.overall, spacing=16), self.about)
        side = self.side = Panel("項目の判定")
        side.put(self.words)
        side.put(self.remark)
        side.put(self.form)
        self.parts = FoldingColumns("項目", self.table, (("判定", side),), wide=400, gap=16)
        column.addWidget(self.parts, 1)

    # what is shown

    def open_with(self, *, ledger: str = "", sheet_id: int = 0, **_more: Any) -> None:
        """Set the check list ("" = the last one) and the sheet (0 = none yet) that ``reload`` reads."""
        self._key = ledger or self._key
        self._sheet_id = sheet_id
        self._item = ""

    def view_state(self) -> dict[str, Any]:
        """Return the arguments that open this sheet again."""
        return {"ledger": self._key, "sheet_id": self._sheet_id}

    def reload(self) -> None:
        """Read the sheet, or show that there is none yet."""
        if self._sheet_id:
            self.run_read(self._show, read_sheet, sheet_id=self._sheet_id)
        else:
            self._show_none()

    def _show_none(self) -> None:
        """Show an empty list that offers to create the first sheet; hide the bar and the fields."""
        self._view = None
        self.title.setText(find_check_list(self._key).title if self._key else "確認票")
        self.about.setText("")
        self.overall.hide()
        self.table.show_rows(())
        # The empty list offers the first sheet; there is nothing to judge before it.
        for part in (self.side, self.bar):
            part.hide()
        self.table.set_hint("")
        self.parts.setVisible(True)
        self._fill_fields(None)

    def _show(self, view: CheckSheetView) -> None:
        """Show a sheet with its items, counts, result and the actions possible."""
        self._view, self._key = view, view.check.key
        for part in (self.new_button, self.side, self.bar):
            part.show()
        counts = "　".join(f"{view.check.word_for(word)} {view.outcome.counts[word]}" for word in JUDGEMENTS)
        self.form.set_choices("word", _choices(view.check))
        self.table.set_hint("　".join(words for word, words in _choices(view.check) if word))
        self.title.setText(f"{view.check.title}　{view.reference}")
        self.overall.setVisible(True)
        kind = "確認済" if view.outcome.overall == MAY else "不足" if view.outcome.counts[FAILS] else "要確認"
        self.overall.show_status(kind, view.check.word_for(view.outcome.overall))
        today = self.today
        head = [
            screen_words(one, view.sheet.head.get(one.key, ""), LedgerNames(), today)
            for one in view.check.header_columns
        ]
        said = join_nonempty(*head)
        self.about.setText(
            f"{counts}　計{len(view.answers)}　｜　{said}"
            + fill_nonempty("　｜　足りないもの：{}", "、".join(view.missing_measures))
        )
        taken = view.sheet.received_on is not None
        self.head_button.setVisible(not taken)
        self.paper.show()
        self.take.setVisible(not taken)
        self.revise_button.setVisible(taken and view.newest)
        self.table.show_rows(view.answers)
        if not self._item:
            first = next((one for one in view.answers if one.judgement == ASKS), view.answers[0])
            self._item = first.item.key
        self.table.choose(lambda one: one.item.key == self._item, take_focus=False)
        self._fill_fields(self._current_item)

    @property
    def _current_item(self) -> CheckedItem | None:
        """Return the selected item of the open sheet, or None."""
        if self._view is None:
            return None
        return next((one for one in self._view.answers if one.item.key == self._item), None)

    def _part_of(self, answer: CheckedItem) -> str:
        """Return title and basis of the part in which the item stands, as heading of its group; "" without a sheet."""
        parts = self._view.check.parts if self._view is not None else ()
        return next((f"{part.title}　{part.basis}" for part in parts if answer.item in part.items), "")

    def _on_item_chosen(self, chosen: CheckedItem | None) -> None:
        if isinstance(chosen, CheckedItem) and chosen.item.key != self._item:
            self._item = chosen.item.key
            self._fill_fields(chosen)

    def _fill_fields(self, answer: CheckedItem | None) -> None:
        """Show the answer to an item in the fields, and enable them unless the sheet was received or is read-only.

        Risk, measure, day and person are shown for 不適合 and 要確認 only, the measure also where 対象外 needs one.
        None disables the fields and leaves their values.
        """
        may = answer is not None and self._view is not None and self._view.sheet.received_on is None and self.may_write
        for field in self.form.fields:
            self.form.set_enabled(field.key, may)
        if answer is None:
            self.words.setText("")
            self.remark.hide()
            return
        self.words.setText(f"項{answer.item.number}　{answer.item.text}")
        show_text_or_hide(self.remark, answer.remark)
        chosen = answer.chosen_judgement or (answer.judgement if answer.judgement == OUTSIDE else "")
        self.form.set_values(
            {
                "word": chosen,
                "evidence": answer.evidence,
                "risk": answer.risk,
                "measure": answer.measure,
                "who": answer.responsible,
            }
        )
        fill_form(self.form, (_DUE,), {"due": answer.due})
        for key in ("risk", "measure", "due", "who"):
            self.form.show_field(
                key, answer.judgement in (FAILS, ASKS) or (key == "measure" and self._needs_measure(answer))
            )

    def _word_for(self, word: str) -> str:
        return self._view.check.word_for(word) if self._view is not None else word

    def _needs_measure(self, answer: CheckedItem) -> bool:
        return (
            self._view is not None
            and self._view.check.fourth_requires == "measure"
            and answer.chosen_judgement == OUTSIDE
        )

    # what is done

    def _judge_by_digit(self, typed: str) -> None:
        """Judge the selected item by a typed digit from 1 to 4; any other character does nothing."""
        if typed in _DIGITS:
            self.judge(_DIGITS[typed])

    def judge(self, word: str) -> None:
        """Set the judgement of the selected item and save its answer.

        Nothing happens for an accepted sheet, a reader, or without a selected item.
        """
        if (
            self._view is None
            or self._view.sheet.received_on is not None
            or self.app_context.read_only
            or self._current_item is None
        ):
            return
        self.form.set_values({"word": word})
        self._save()

    def _save(self) -> None:
        """Save the answer to the current item, unless the ward accepted the sheet already."""
        if self._view is None or self._current_item is None or self._view.sheet.received_on is not None:
            return
        values = {key: to_cell(value) for key, value in self.form.values().items()}
        self.run_action(answer_item, sheet_id=self._view.sheet.id, item=self._item, answer=values)

    def focus_work_area(self) -> None:
        """Open the dialog for the header of a new sheet."""
        if self._key and self.may_write:
            dialog = SheetHeaderDialog(self, self._key, None)
            dialog.saved_result.connect(self._open_new)
            dialog.open()

    def change_header(self) -> None:
        """Open the dialog to change the header of the sheet."""
        if self._view is not None:
            SheetHeaderDialog(self, self._key, self._view).open()

    def accept_sheet(self) -> None:
        """Open the dialog in which the ward accepts the sheet."""
        if self._view is not None:
            AcceptSheetDialog(self, self._view).open()

    def begin_next_version(self) -> None:
        """Begin the next version of the sheet at once, without asking, and show it."""
        if self._view is not None:
            self.run_change(bind_action(revise_sheet, sheet_id=self._view.sheet.id), self._open_new)

    def _open_new(self, saved: object) -> None:
        if isinstance(saved, ActionResult):
            self._sheet_id, self._item = saved.id, ""
            self.reload()

    def open_document(self) -> None:
        """Open the dialog with the year's document of this check list, all sheets of it, to save and print it."""
        if self._view is not None:
            show_year_document(self, self._view.check.title)
