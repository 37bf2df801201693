"""The screen 持出し管理簿, and 目的を選んで出力: choose a purpose, check the personal data, fill in the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QCheckBox, QRadioButton, QWidget

from app.common.join_nonempty import fill_nonempty
from app.documents.screens.save_dialog import SaveDialog
from app.documents.services.list_export import list_file_name
from app.event.parts import EventPicker
from app.event_day.checkouts.parts import checkout_fields, fill_form, read_form, update_medium_fields
from app.event_day.checkouts.rules import OFFICE_ENDS, PURPOSES, ExportPurpose
from app.event_day.checkouts.services import PurposeList, blank_checkout, export_for_purpose, read_purpose_list
from app.main_window.navigation import ScreenEntry
from app.widgets.bars.action_bar import ActionBar, page_above
from app.widgets.buttons import main_button
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import second_label, section, small_label
from app.widgets.layouts import column_of, in_column, stack_when_narrow
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Column
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import Screen, in_scroll_area, page_title, widget_row
from app.window import theme as t
from app.window.app_context import AppContext, bind_action
from db.records.protection import Checkout

if TYPE_CHECKING:
    from app.event_day.checkouts.parts import CheckOutDayFile, ReturnDayFile


def screens(*, take_out: CheckOutDayFile, bring_back: ReturnDayFile) -> Iterator[ScreenEntry]:
    """Yield the screens; the arguments write and take back a 当日持出しファイル."""
    from app.event_day.checkouts.parts import CheckoutsScreen

    yield ScreenEntry(
        "takeouts",
        "archive-box",
        "持出し管理簿",
        partial(CheckoutsScreen, check_out=take_out, return_file=bring_back),
        parent_screen="settings",
    )

    yield ScreenEntry(
        "purpose_export",
        "export",
        "目的を選んで出力",
        PurposeExportScreen,
        parent_screen="settings",
    )


_FOR_WORD = "　Wordは、パスワードの付いたファイルから差し込めません。保護された保存先に、そのまま保存してください。"
_FORM_WIDTH = 470
# The widest list has eleven columns; beside the form it needs this much of a window.
_SIDE_BY_SIDE_WIDTH = 1600
_WIDE = ("団体", "項目")
_NARROW = {"No": 40, "班": 40, "席": 56}


class PurposeExportScreen(Screen):
    """Screen that exports one event's list for a purpose. Signals: none. ``open_with(event_id=…, purpose=…)``."""

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self._sheet: PurposeList | None = None
        self._purpose = PURPOSES[0]
        self.picker = EventPicker(app_context)
        self.choices = {one.name: QRadioButton(one.name) for one in PURPOSES}
        self.takes = NoteBox(tone="quiet")
        self.never = small_label()
        self.leaves = QCheckBox("庁舎の外へ持ち出す（持出し管理簿に記入します）")
        self.form = Form(
            checkout_fields(contents=False),
            app_context.fiscal_year,
            near=app_context.today(),
            label_width=144,
            on_change=lambda key: self._update_medium_fields() if key == "medium" else None,
        )
        self._letter = ""
        self.merge = Form(
            (
                Field("letter", "差し込む書類", "choice", width=260),
                record_field(
                    Checkout, "purpose", optional=False, width=340, placeholder="Wordで作る決定通知の宛名と本文"
                ),
                record_field(Checkout, "approved_by", optional=False, width=240),
                Field(
                    "back_day", "消去する日", "date", width=120, hint="この日に、消去の記録をホームでお知らせします。"
                ),
            ),
            app_context.fiscal_year,
            near=app_context.today(),
            label_width=144,
            on_change=lambda key: self._choose_letter() if key == "letter" else None,
        )
        self.export = main_button("", self.choose_save_path, icon_name="export")
        self.bar = ActionBar(app_context)
        self.bar.put(self.export)
        self._table: FittedTable | None = None
        self._build()
        self.picker.chosen.connect(self._read)
        self.leaves.toggled.connect(self._update_fields)

    def _build(self) -> None:
        column = page_above(self.bar, self)
        column.addWidget(page_title(self.app_context, "目的を選んで出力", "takeouts", self.picker))
        left = QWidget()
        self._left = left
        first = in_column(owner=left, spacing=12)
        self.ledger = Panel("持出し管理簿の行", note="出力と同時に記入します")
        self.ledger.put(self.form, self.merge)
        for part in (self._purpose_panel(), self.takes, self.never, self.leaves, self.ledger):
            first.addWidget(part)
        first.addStretch(1)
        self._holder = in_column(None)
        right = column_of(section("出力する一覧"), (self._holder, 1))
        inside = QWidget()
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._across.setContentsMargins(0, 0, 8, 0)
        self._across.setSpacing(24)
        self._across.addWidget(left)
        self._across.addWidget(right, 1)
        column.addWidget(in_scroll_area(inside), 1)

    def _purpose_panel(self) -> QWidget:
        panel = Panel("目的")
        group = QButtonGroup(self)
        for one in PURPOSES:
            choice = self.choices[one.name]
            choice.setAccessibleDescription(one.description)
            choice.clicked.connect(partial(self.choose, one))
            group.addButton(choice)
            line = widget_row(choice, spacing=12)
            line.addWidget(second_label(one.description), 1)
            choice.setMinimumWidth(t.scaled(120))
            panel.put(line)
        panel.body.setSpacing(6)
        return panel

    def fit_size(self) -> None:
        """Place the two columns side by side where there is room, else one below the other."""
        wide = t.unscaled(self.window().width()) >= _SIDE_BY_SIDE_WIDTH
        stack_when_narrow(self._across, not wide)
        self._left.setMaximumWidth(t.scaled(_FORM_WIDTH) if wide else t.NO_LIMIT)

    def open_with(self, *, event_id: int | None = None, purpose: str = "", kind: str = "", **_more: Any) -> None:
        """Choose the event, the purpose (a name of ``PURPOSES``) and the letter of a mail merge.

        What is not given or unknown stays.
        """
        wanted = next((one for one in PURPOSES if one.name == purpose), None)
        if wanted is not None:
            self._purpose, self._letter = wanted, kind or self._letter
        if event_id is not None:
            self.picker.choose(event_id)

    def view_state(self) -> dict[str, Any]:
        """Return the selected event and purpose."""
        return {"event_id": self.picker.event_id or None, "purpose": self._purpose.name, "kind": self._letter}

    def reload(self) -> None:
        """Read the events to choose from, and show the list of the chosen one."""
        self.picker.reload()
        self._read()

    def choose(self, purpose: ExportPurpose, *_signal: object) -> None:
        """Choose a purpose, and read and show its list."""
        self._purpose = purpose
        self._sheet = None
        self._read()

    def _choose_letter(self) -> None:
        """Read and show the list for the letter chosen for a mail merge."""
        self._letter = str(self.merge.value("letter"))
        self._read()

    def _read(self) -> None:
        if self.picker.event_id or self._purpose.is_merge:
            self.run_read(
                self._show,
                read_purpose_list,
                event_id=self.picker.event_id,
                purpose=self._purpose.name,
                letter=self._letter,
                now=self.app_context.now(),
            )

    def _show(self, sheet: PurposeList) -> None:
        """Show the list that was read for the purpose, unless another was chosen meanwhile."""
        if sheet.purpose != self._purpose:
            return
        # Also for the same list: the write lock may have been gained or lost.
        self.export.setEnabled(bool(sheet.rows) and self.may_write)
        if sheet == self._sheet:
            return
        before = self._sheet
        fresh = before is None or (before.event_title, before.purpose) != (sheet.event_title, sheet.purpose)
        self._sheet = sheet
        purpose = sheet.purpose
        self.choices[purpose.name].setChecked(True)
        if purpose.is_merge:
            self._letter = sheet.letter
            self.merge.set_choices("letter", tuple((one, one) for one in sheet.letters))
            self.merge.set_values({"letter": sheet.letter})
        self.takes.show_text(
            f"**{sheet.words}分の{'・'.join(purpose.personal_data)}を出力します。**　使い終わったら廃棄してください。"
            if purpose.names_people
            else "個人情報は入りません。",
            tone="quiet",
        )
        gone = fill_nonempty("この書類の宛先だった{}人は、辞退・消去のため入りません。", sheet.left_out)
        self.never.setText(f"{purpose.left_out_text}{gone}{sheet.without_address}")
        self.leaves.setVisible(purpose.names_people and not purpose.is_merge)
        if fresh:
            self.leaves.setChecked(purpose.names_people and purpose.leaves_office)
            self._fill(sheet)
        self._show_table(sheet)
        self.bar.show_words(f"**{sheet.title}　{len(sheet.rows)}行**　出力したことは記録に残ります。")
        self._update_fields()

    def _fill(self, sheet: PurposeList) -> None:
        """Fill the form of the 持出し管理簿 with what the list proposes."""
        row_ = blank_checkout(sheet, taken_by=self.app_context.user_name, now=self.app_context.now())
        if sheet.purpose.is_merge and row_.due_back_at is not None:
            self.merge.set_values({"purpose": "", "approved_by": "", "back_day": row_.due_back_at.date()})
        fill_form(self.form, row_)
        self._update_medium_fields()

    def _show_table(self, sheet: PurposeList) -> None:
        """Show the rows of the list in the table, built anew for another list."""
        if self._table is not None and self._table.view.accessibleName() == sheet.title:
            self._table.show_rows(sheet.rows)
            return
        if self._table is not None:
            self._holder.removeWidget(self._table)
            self._table.hide()
            self._table.deleteLater()
        columns = tuple(
            Column(
                str(number),
                words,
                _cell(number),
                sortable=False,
                stretch=words in _WIDE,
                keeps_heading=True,
                width=_NARROW.get(words, 0),
            )
            for number, words in enumerate(sheet.columns)
        )
        # The page scrolls as a whole: a list with a bar of its own would catch the wheel.
        self._table = FittedTable(
            f"purpose-{sheet.purpose.name}",
            columns,
            title=sheet.title,
            empty="名簿に参加者がいません。",
            names_people=sheet.purpose.names_people,
        )
        self._table.name_copies(sheet.title, lambda: self.picker.event_id or None)
        self._holder.insertWidget(0, self._table)
        self._table.show_rows(sheet.rows)

    def _update_fields(self) -> None:
        """Show the form of the ledger where the list leaves the office with names."""
        goes, merge = self._goes_into_ledger(), self._purpose.is_merge
        self.ledger.setVisible(goes)
        self.form.setVisible(not merge)
        self.merge.setVisible(merge)
        self.export.set_words("出力して管理簿に記入する" if goes else "Excelに出力する")

    def _goes_into_ledger(self) -> bool:
        """Return whether the 持出し管理簿 gets a row: what leaves the office with names, and each list to merge."""
        return self._purpose.is_merge or (self.leaves.isChecked() and self._purpose.names_people)

    def _update_medium_fields(self) -> None:
        update_medium_fields(self.form)

    def choose_save_path(self) -> None:
        """Ask where to save; a list with names that leaves the building needs a complete ledger row first."""
        sheet = self._sheet
        if sheet is None:
            return
        goes = self._goes_into_ledger()
        if goes and not (self.merge if sheet.purpose.is_merge else self.form).check_all():
            return
        self.run_read(
            partial(self._save, sheet, goes),
            list_file_name,
            title=sheet.title,
            event_id=self.picker.event_id or None,
            fiscal_year=self.fiscal_year,
            now=self.app_context.now(),
        )

    def _save(self, sheet: PurposeList, leaves_office: bool, stem: str) -> None:
        """Open the dialog that saves a list to Excel under the name ``stem``, with the takeout typed in the form."""
        blank = blank_checkout(sheet, taken_by=self.app_context.user_name, now=self.app_context.now())
        takeout = self._takeout(sheet, blank) if leaves_office else None
        SaveDialog(
            self.window(),
            "Excelに出力",
            sheet.title,
            stem=stem,
            ending=".xlsx",
            personal=""
            if not sheet.purpose.names_people
            else "個人情報を含む一覧です。差し込みが済んだら、決めた日までに消去します。"
            if sheet.purpose.is_merge
            else "個人情報を含む一覧です。暗号化して保存することをおすすめします。",
            change=lambda options: bind_action(
                export_for_purpose,
                event_id=self.picker.event_id or 0,
                purpose=sheet.purpose.name,
                checkout=takeout,
                letter=sheet.letter,
                fiscal_year=self.fiscal_year,
                options=options,
            ),
            intro=self.takes.words() + (_FOR_WORD if sheet.purpose.is_merge else ""),
        ).open()

    def _takeout(self, sheet: PurposeList, blank: Checkout) -> Checkout:
        """Return the row of the ledger as typed; that of a list to merge has the day on which it is erased."""
        if not sheet.purpose.is_merge:
            return read_form(self.form, blank)
        typed = self.merge.values()
        return replace(
            blank,
            purpose=typed["purpose"],
            approved_by=typed["approved_by"],
            due_back_at=datetime.combine(typed["back_day"], OFFICE_ENDS),
        )


def _cell(number: int) -> Callable[[Any], str]:
    return lambda texts: str(texts[number])
