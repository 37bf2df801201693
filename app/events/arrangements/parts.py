"""Widgets for 配慮の手配 and 撮影の可否 of one event (for the office, not for check-in), and for its 貸与タブレット."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from app.calendar.dates import short_date
from app.common.display_words import left_words
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.event.rules.care_needs import KINDS
from app.event.rules.participation import NO_ARRANGEMENT_NEEDED
from app.events.arrangements.rules import LoanState, parse_numbers
from app.events.arrangements.services import (
    CONSENT_WORDS,
    CareRow,
    CareView,
    LoanRow,
    Loans,
    add_arrangement,
    assign_tablets,
    change_arrangement,
    confirm_initialised,
    hand_out,
    mark_nothing_needed,
    note_returned,
    open_loans,
    read_arrangements,
    read_loans,
    read_tablets,
    release_tablets,
    remove_arrangement,
    reopen_arrangement,
    set_care,
    set_photo_consent,
    set_tablets,
    settle_arrangement,
)
from app.events.roster.services.roster import Roster, RosterRow, read_roster
from app.widgets.badges import Badge
from app.widgets.bars.action_bar import ActionBar
from app.widgets.buttons import Button, inline_button, main_button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.display_texts import short_moment_words
from app.widgets.flow_row import FlowRow
from app.widgets.folding_columns import FoldingColumns
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import ChoiceBox, Field, OneLine
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import (
    Paragraph,
    label,
    second_label,
    section,
    separator,
    small_label,
    with_accessible_name,
    wrapped_label,
)
from app.widgets.layouts import add, in_column, in_row
from app.widgets.lists.record_model import Cell, Column, RowAction, unsorted
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.screen import Screen, disable_when_read_only, in_scroll_area, page_column
from app.widgets.screen import widget_row as side_by_side
from app.window import theme as t
from app.window.app_context import AppContext, bind_action
from db.fields import field_label
from db.records.roster import Arrangement, ArrangementKind, Entry, PhotoConsent, Tablet, ToContractor

_KEYS = (
    "kind",
    "content",
    "to_contractor",
    "ordered_on",
    "ordered_to",
    "phone",
    "settled_on",
    "refused_because",
    "offered",
    "note",
)
PRIVACY = "配慮の内容は、この画面だけに出ます。紙の名簿には●、受付の画面には印だけが出ます。"


class PhotoPanel(QWidget):
    """撮影の可否 of all people of one event, set for the selected ones at once.

    Signals: ``set_asked(list, str)`` entry ids and 可, 不可 or "" (未確認).
    """

    set_asked = Signal(list, str)

    def __init__(self) -> None:
        super().__init__()
        self.counts = label("", "second")
        self.table = RecordTable(
            "photo_consent",
            unsorted(
                Column("number", "番号", lambda row: str(row.entry.number or ""), width=56, align="right"),
                Column("name", "氏名", lambda row: Cell(row.name, row.organisation_name), stretch=True),
                Column("photo", field_label(Entry, "photo"), _consent, width=112),
            ),
            title="撮影の可否",
            empty="参加者がまだいません。",
            filtered=False,
            unit="人",
            hint="Ctrl や Shift を押しながら選ぶと、まとめて変えられます。",
            on_select=self._update_buttons,
        )
        self._may_write = True
        # A condition has words, which are typed at the participant.
        self.buttons = {
            photo: inline_button(f"{words}にする", lambda photo=photo: self._emit_consent(photo))  # type: ignore[misc]
            for photo, words in CONSENT_WORDS.items()
            if not photo.is_conditional
        }
        in_column(
            side_by_side(section("撮影の可否"), None, self.counts),
            FlowRow(*self.buttons.values()),
            (self.table, 1),
            owner=self,
            spacing=8,
        )

    def show_rows(self, rows: Sequence[RosterRow]) -> None:
        """Show these people with the counts of 撮影不可 and 未確認; a person selected alone stays selected."""
        chosen = {row.entry.id for row in self.table.selected()}
        self.table.show_rows(rows)
        refused = sum(row.entry.photo.is_refused for row in rows)
        unknown = sum(not row.entry.photo for row in rows)
        conditional = sum(row.entry.photo.is_conditional for row in rows)
        told = fill_nonempty("・条件つき {}人", conditional)
        self.counts.setText(f"撮影不可 {refused}人{told}・未確認 {unknown}人")
        if len(chosen) == 1 and chosen != {row.entry.id for row in self.table.selected()}:
            self.table.choose(lambda row: row.entry.id in chosen, take_focus=False)
        self._update_buttons()

    def fit_height(self, height: int) -> None:
        """Fill a column of this height with the list."""
        above = self.table.y() if self.table.y() > 0 else t.scaled(90)
        self.table.setMinimumHeight(max(t.scaled(120), height - above - 16))

    def set_writable(self, on: bool) -> None:
        """Set whether the user may change 撮影の可否."""
        self._may_write = on
        self._update_buttons()

    def _update_buttons(self) -> None:
        """Enable the buttons only if somebody is selected and the user may write."""
        on = self._may_write and bool(self.table.selected())
        for button in self.buttons.values():
            button.setEnabled(on)
            button.setToolTip("" if on else "下の一覧で選んでから押してください。")

    def _emit_consent(self, photo: PhotoConsent) -> None:
        self.set_asked.emit([row.entry.id for row in self.table.selected()], photo)


def _consent(row: RosterRow) -> Cell:
    if row.entry.photo.is_refused:
        return Cell("撮影不可", badge="撮影不可")
    published = fill_nonempty("掲載 {}", row.entry.publication)
    return Cell(CONSENT_WORDS[row.entry.photo], published, tone="" if row.entry.photo else "second")


class CareDialog(SavingDialog):
    """Dialog to correct the 配慮 of one person. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, *, entry_id: int, who: str, care: str) -> None:
        super().__init__(parent, "配慮の内容を直す", who, main="保存する", width=600)
        self.form = Form(
            (
                record_field(
                    Entry,
                    "care",
                    kind="lines",
                    optional=True,
                    hint="空にすると「配慮なし」になります。受付の画面と紙の名簿に、内容は出ません。",
                ),
            )
        )
        self.form.set_values({"care": care})
        self.put(self.form, None)
        self.confirmed.connect(lambda: self.run_action(set_care, entry_id=entry_id, care=self.form.value("care")))


class ArrangementDialog(SavingDialog):
    """Dialog for a new or existing arrangement. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, arrangement: Arrangement, *, who: str, care: str) -> None:
        """Create the dialog.

        Args:
            arrangement: without an id = a new one.
            who, care: shown above the fields.
        """
        new = not arrangement.id
        super().__init__(
            parent,
            "手配を加える" if new else "手配を直す",
            who,
            main="手配を加える" if new else "保存する",
            width=680,
        )
        self._arrangement = arrangement
        if care:
            self.put(Paragraph(f"配慮：{care}"))
        self.put_form(
            Form(
                (
                    Field("kind", "手配", "choice", choices=tuple((kind, kind) for kind in KINDS), width=180),
                    record_field(Arrangement, "content", optional=True, hint="例　拡大資料1部。病名などは書きません。"),
                    record_field(
                        Arrangement,
                        "to_contractor",
                        kind="radio",
                        choices=tuple((one, one) for one in ToContractor if one),
                        hint="「伝えてよい」ものだけが、人数連絡の「必要な対応」に出ます。",
                    ),
                    record_field(Arrangement, "ordered_on", optional=True, width=120),
                    record_field(Arrangement, "ordered_to", optional=True, width=320),
                    Field("phone", "依頼先の電話", optional=True, width=200),
                    record_field(Arrangement, "settled_on", optional=True, width=120),
                    record_field(Arrangement, "refused_because", optional=True, hint="書くと、手配は済になります。"),
                    record_field(Arrangement, "offered", optional=True),
                    record_field(Arrangement, "note", optional=True),
                ),
                self.app_context.fiscal_year,
            ),
            {key: getattr(arrangement, key) for key in _KEYS},
            focus="content",
        )
        if not new:
            self.put_button(Button("削除する", self._remove, kind="danger", tall=True))

    def _save(self) -> None:
        """Save the arrangement; with a day of 済 and nobody named as settling it, the user is."""
        values = self.form.values()
        settled_by = (self._arrangement.settled_by or self.app_context.user_name) if values["settled_on"] else ""
        made = replace(self._arrangement, settled_by=settled_by, **values)
        self.run_action(change_arrangement if made.id else add_arrangement, arrangement=made)

    def _remove(self) -> None:
        self.run_action(remove_arrangement, event_id=self._arrangement.event_id, arrangement_id=self._arrangement.id)


class CareCard(QFrame):
    """Card of one person with a 配慮: its text, the arrangements, and suggested ones. Signals: none.

    What can be done there is done by ``page``.
    """

    def __init__(self, care: CareRow, page: ArrangementsPanel) -> None:
        super().__init__()
        self.care = care
        self.setProperty("kind", "panel")
        self._page, today = page, page.today
        column = in_column(self._head(care), owner=self, spacing=8, margins=(16, 12, 16, 12))
        if care.row is not None:
            column.addWidget(Paragraph(care.row.entry.care.strip() or "配慮の記入はありません。"))
        for arrangement in care.arrangements:
            add(column, separator(), self._line(arrangement, today))
        if page.may_write:
            column.addWidget(self._proposal_buttons(care))

    def _head(self, care: CareRow) -> QVBoxLayout:
        """Return the head of the card: number, name and 団体, with a badge.

        It is 手配済, 手配不要, 手配できず, 手配中 or 未手配; 手配中 = something was ordered. An arrangement for the
        whole event is headed 「実施回全体」.
        """
        row = care.row
        number = f"{row.entry.number}番　" if row is not None and row.entry.number is not None else ""
        name = f"{number}{row.name}" if row is not None else "実施回全体"
        self.setAccessibleName(name)
        badge = (
            Badge("済", "手配不要" if care.is_nothing_needed and len(care.arrangements) == 1 else "手配済")
            if care.is_settled
            else Badge("未着手", "手配中" if any(one.ordered_on for one in care.arrangements) else "未手配")
        )
        if any(one.refused_because for one in care.arrangements):
            badge = Badge("注意", "手配できず")
        # The 団体 has its own line, because beside the name it would break the name in narrow columns.
        column = in_column(in_row((wrapped_label(name, "strong"), 1), badge, spacing=12), spacing=2)
        if row is not None and row.organisation_name:
            column.addWidget(second_label(row.organisation_name))
        return column

    def _line(self, arrangement: Arrangement, today: date) -> QWidget:
        """Return the line of an arrangement with 「済にする」 (or 「手配中に戻す」) and 「直す」.

        手配不要 has its own words and button; without the right to write there are no buttons.
        """
        settled = arrangement.settled_on
        if arrangement.content == NO_ARRANGEMENT_NEEDED:
            return self._nothing_needed_line(arrangement, today)
        ordered = f"依頼 {short_date(arrangement.ordered_on, today)}" if arrangement.ordered_on else "依頼前"
        words = [
            arrangement.kind,
            arrangement.content,
            f"{ordered} {arrangement.ordered_to}".strip(),
            arrangement.phone,
        ]
        if settled:
            done = "手配できず" if arrangement.refused_because else "済"
            words.append(f"{short_date(settled, today)} {done} {arrangement.settled_by}".strip())
            words.append(fill_nonempty("理由　{}", arrangement.refused_because))
            words.append(fill_nonempty("案内　{}", arrangement.offered))
        text = wrapped_label(join_nonempty(*words), "done" if settled else "body")
        buttons = []
        if self._page.may_write:
            buttons.append(
                inline_button("手配中に戻す", self._act_on(arrangement, reopen_arrangement))
                if settled
                else inline_button("済にする", self._act_on(arrangement, settle_arrangement))
            )
            buttons.append(inline_button("直す", partial(self._page.change, self.care, arrangement)))
        for button in buttons:
            button.setAccessibleName(f"{arrangement.kind}　{button.text()}")
        return _side_by_side(text, buttons)

    def _nothing_needed_line(self, arrangement: Arrangement, today: date) -> QWidget:
        """Return the line saying that nothing needs arranging."""
        said = (
            f"（{short_date(arrangement.settled_on, today)} {arrangement.settled_by}）"
            if arrangement.settled_on
            else ""
        )
        text = wrapped_label(f"手配が要らないことを確かめました{said}", "done")
        back = inline_button("手配不要を取り消す", self._act_on(arrangement, remove_arrangement))
        return _side_by_side(text, [back] if self._page.may_write else [])

    def _proposal_buttons(self, care: CareRow) -> QWidget:
        """Return the buttons of a card: each proposed kind not arranged yet, another arrangement, and on the 配慮.

        「手配不要にする」 is among them while nothing is arranged for the person.
        """
        made = {arrangement.kind for arrangement in care.arrangements}
        kinds = [kind for kind in care.proposed if kind not in made and not kind.is_other]
        buttons = [
            inline_button(f"{kind}を手配する", partial(self._page.add_arrangement, care, kind)) for kind in kinds
        ]
        buttons.append(inline_button("ほかの手配を加える", partial(self._page.add_arrangement, care, "その他")))
        if care.row is not None and not care.arrangements:
            buttons.append(inline_button("手配不要にする", partial(self._page.mark_nothing_needed, care.row)))
        if care.row is not None:
            buttons.append(inline_button("配慮の内容を直す", partial(self._page.correct_care, care.row)))
        return FlowRow(*buttons)

    def _act_on(self, arrangement: Arrangement, service: Callable[..., object]) -> Callable[[], object]:
        """Return what a button runs to do ``service`` on an arrangement."""
        return partial(self._page.run_action, service, event_id=arrangement.event_id, arrangement_id=arrangement.id)


def _side_by_side(text: QWidget, buttons: list[Button]) -> QWidget:
    """Return the text with its buttons beside it."""
    holder = QWidget()
    line = in_row((text, 1), owner=holder, spacing=8)
    for button in buttons:
        line.addWidget(button)
    return holder


class ArrangementsPanel(Screen):
    """配慮の手配 and 撮影の可否 of one event, for the office and not for the check-in.

    Signals: none. ``open_with(event_id=…)``. It is a part of the page of the day.
    """

    def __init__(self, app_context: AppContext) -> None:
        super().__init__(app_context)
        self._event_id: int | None = None
        self.view: CareView | None = None
        self.cards: list[CareCard] = []
        self.count = label("", "second")
        self.none = second_label()
        self.general_button = inline_button("実施回全体の手配を加える", self._add_general)
        self.photo = PhotoPanel()
        self.photo.table.name_copies("撮影の可否", lambda: self._event_id or None)
        self.photo.set_asked.connect(self._set_photo)
        column = page_column(self)
        column.setContentsMargins(0, 0, 0, 0)
        inside = QWidget()
        self._people = in_column(spacing=12)
        self._under = in_column(
            FlowRow(section("配慮の手配"), self.count, self.general_button, at_end=2),
            small_label(PRIVACY),
            self.none,
            self._people,
            None,
            owner=inside,
            spacing=12,
            margins=(0, 0, 8, 0),
        )
        self.columns = FoldingColumns(
            "配慮の手配", in_scroll_area(inside), (("撮影の可否", self.photo),), wide=340, under=self._under
        )
        column.addWidget(self.columns, 1)

    def open_with(self, *, event_id: int | None = None, **_more: Any) -> None:
        """Set the event shown at the next ``reload``; None keeps the last one."""
        if event_id is not None and event_id != self._event_id:
            self._event_id = event_id
            self.view = None

    def fit_size(self) -> None:
        """Fill the column with the list of photo consent, so that only the list scrolls."""
        self.photo.fit_height(self.columns.height())

    def view_state(self) -> dict[str, Any]:
        """Return the event."""
        return {"event_id": self._event_id}

    def reload(self) -> None:
        """Read the 配慮 with their arrangements, and the roster for 撮影の可否."""
        if self._event_id is not None:
            self.run_read(self._show, read_arrangements, event_id=self._event_id)
            self.run_read(self._show_roster, read_roster, event_id=self._event_id)

    def _show(self, view: CareView) -> None:
        """Show a card for each person with a 配慮 or an arrangement, and one for those of the whole event."""
        self.view = view
        self.count.setText(left_words(view.count.settled, view.count.people, "人", finished="手配済"))
        self.none.setText("" if view.rows else "配慮の記入がある方はいません。")
        self.none.setVisible(not view.rows)
        if view.rows:
            self.app_context.note_access("配慮", event_id=self._event_id, count=len(view.rows))
        self.general_button.setVisible(self.may_write)
        for card in self.cards:
            self._people.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [CareCard(care, self) for care in view.rows]
        for card in self.cards:
            self._people.addWidget(card)

    def _show_roster(self, roster: Roster) -> None:
        """Show the photo consent of everybody on the roster."""
        self.photo.set_writable(self.may_write)
        self.photo.show_rows(roster.check_in_rows)

    def add_arrangement(self, care: CareRow, kind: str) -> None:
        """Open the form of a new arrangement of a kind for a person, or for the whole event."""
        assert self._event_id is not None
        fresh = Arrangement(
            event_id=self._event_id,
            entry_id=care.row.entry.id if care.row is not None else None,
            kind=ArrangementKind(kind),
        )
        self.change(care, fresh)

    def _add_general(self) -> None:
        if self._event_id is not None:
            self.change(CareRow(row=None, proposed=(), arrangements=()), Arrangement(event_id=self._event_id))

    def change(self, care: CareRow, arrangement: Arrangement) -> None:
        """Open the form of an arrangement."""
        ArrangementDialog(
            self,
            arrangement,
            who=care.row.name if care.row is not None else "実施回全体",
            care=care.row.entry.care.strip() if care.row is not None else "",
        ).open()

    def correct_care(self, row: RosterRow) -> None:
        """Open the dialog that corrects the 配慮 of a person."""
        CareDialog(self, entry_id=row.entry.id, who=row.name, care=row.entry.care).open()

    def mark_nothing_needed(self, row: RosterRow) -> None:
        """Record that no arrangement is needed for a person."""
        self.run_action(mark_nothing_needed, entry_id=row.entry.id)

    def _set_photo(self, entry_ids: list[int], photo: PhotoConsent) -> None:
        self.run_action(set_photo_consent, entry_ids=entry_ids, photo=photo)


_MAX_SPARES = 10
_VERBS: dict[LoanState, str] = {
    "未渡し": "渡した",
    "貸出中": "返却済にする",
    "未返却": "返却済にする",
    "初期化の確認がまだ": "初期化済にする",
}


def _row_action(row: Tablet) -> RowAction:
    return RowAction("使う" if row.retired_on else "使わない")


class TabletRegisterDialog(SavingDialog):
    """Dialog with the register of tablets, saved change by change. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "貸与タブレットの台帳", "", cancel="閉じる", width=760)
        self._tablets: tuple[Tablet, ...] = ()
        self.numbers = with_accessible_name(OneLine(), "加えるタブレットの番号")
        self.numbers.setPlaceholderText("例　1-10")
        self.numbers.setFixedWidth(t.scaled(140))
        self.name = with_accessible_name(OneLine(), "名称・機種")
        self.name.setPlaceholderText("名称・機種（任意）")
        self.add_button = Button("加える", self._add)
        self.problem = wrapped_label("", "problem")
        self.table = RecordTable(
            "tablets",
            unsorted(
                Column("number", "番号", lambda row: Cell(f"{row.number}番", strong=True), width=72),
                Column("name", "名称・機種", lambda row: row.name, stretch=True),
                Column("state", "状態", self._state, width=180),
            ),
            title="タブレットの一覧",
            empty="タブレットはまだありません。番号を入れて加えてください。",
            action=None if self.app_context.read_only else _row_action,
            filtered=False,
            unit="台",
            hint="Delete で削除します（貸出しの記録がないもの）。",
            names_people=False,
            on_delete=self._delete,
            on_act=self._toggle_in_use,
        )
        self.table.setMinimumHeight(t.scaled(210))
        self.put(
            in_row(QLabel("番号"), self.numbers, (self.name, 1), self.add_button, spacing=8),
            self.problem,
            (self.table, 1),
        )
        self.numbers.returnPressed.connect(self._add)
        self.name.returnPressed.connect(self._add)
        disable_when_read_only(self.app_context, self.numbers, self.name, self.add_button)
        self._read()

    def _read(self, _saved: object = None) -> None:
        self.run_read(self._show, read_tablets)

    def _show(self, tablets: tuple[Tablet, ...]) -> None:
        self._tablets = tablets
        self.table.show_rows(tablets)

    def _add(self) -> None:
        """Add the tablets whose numbers were typed, also as 「1-10」; a text that is no number is one tablet."""
        typed = self.numbers.text().strip()
        read = parse_numbers(typed)
        wanted = [str(number) for number in read.numbers] if read.numbers and not read.unreadable else [typed]
        if not typed:
            self.problem.setText("番号を入力してください。「1-10」のように、まとめて加えることもできます。")
            return
        fresh = [Tablet(number=number, name=self.name.text().strip()) for number in wanted]
        self._write([*self._tablets, *fresh], clear_input=True)

    def _toggle_in_use(self, tablet: Tablet) -> None:
        """Take the tablet out of use, or into use again."""
        day = None if tablet.retired_on else self.today
        self._write([replace(one, retired_on=day) if one.id == tablet.id else one for one in self._tablets])

    def _delete(self, tablets: Sequence[Tablet]) -> None:
        """Remove tablets from the register, unless the data are read-only."""
        if self.app_context.read_only:
            return
        gone = {one.id for one in tablets}
        self._write([one for one in self._tablets if one.id not in gone])

    def _write(self, tablets: Sequence[Tablet], *, clear_input: bool = False) -> None:
        """Save these tablets as the whole register; ``clear_input`` clears the field once they are saved."""
        self.problem.setText("")

        def stored(saved: object) -> None:
            """Clear the field for the next numbers and read again."""
            if clear_input:
                self.numbers.clear()
                self.numbers.setFocus()
            self._read(saved)

        self.run_change_and_stay(bind_action(set_tablets, tablets=tuple(tablets)), stored)

    def _state(self, tablet: Tablet) -> Cell:
        if tablet.retired_on is None:
            return Cell("使用中")
        return Cell(f"使わない（{short_date(tablet.retired_on, self.today)}から）", tone="second")


class TabletsPanel(Screen):
    """貸与タブレット of one event, and open loans of other events.

    Signals: none. ``open_with(event_id=…)``. It is a part of the page of the day, at whose foot ``bar`` stands.
    """

    def __init__(self, app_context: AppContext) -> None:
        super().__init__(app_context)
        self._event_id: int | None = None
        self.loans: Loans | None = None
        self.totals = label("", "strong")
        self.spare_box = ChoiceBox("予備の台数")
        for number in range(_MAX_SPARES + 1):
            self.spare_box.addItem(f"予備 {number}台", number)
        self.assign_button = main_button("番号順に割り当てる", self._assign)
        self.release_button = Button(
            "割当てを取り消す",
            lambda: self.run_action(release_tablets, event_id=self._event_id or 0),
        )
        self.back_all = Button("返却済にする", self._take_all_back)
        self.check_all = Button("初期化済にする", self._check_all)
        self.register_button = Button("タブレットの台帳", self.open_register)
        self.bar = ActionBar(app_context)
        self.bar.put(self.assign_button, self.back_all, self.check_all, self.release_button, self.register_button)
        self.others = NoteBox(tone="quiet")
        self.table = RecordTable(
            "tablet_loans",
            self._columns(),
            title="貸与タブレット",
            empty="割り当てたタブレットはありません。",
            action=self._action,
            filtered=False,
            unit="台",
            on_act=self._run_action,
        )
        self.table.name_copies("貸与タブレット", lambda: self._event_id or None)
        column = page_column(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(section("貸与タブレット"))
        add(column, FlowRow(self.spare_box, self.totals, spacing=16), self.others, (self.table, 1), self.bar)

    def open_with(self, *, event_id: int | None = None, **_more: Any) -> None:
        """Set the event whose tablets the next ``reload`` shows; None = read none."""
        self._event_id = event_id
        self.loans = None

    def reload(self) -> None:
        """Read the loans of the event, and those that are open at other events."""
        if self._event_id is not None:
            self.run_read(self._show_others, open_loans, today=self.today)
            self.run_read(self._show, read_loans, event_id=self._event_id, today=self.today)

    def open_register(self) -> None:
        """Open the register of the ward's tablets."""
        TabletRegisterDialog(self).open()

    # internal

    def _show(self, loans: Loans) -> None:
        first = self.loans is None
        self.loans = loans
        if first:
            self.spare_box.setCurrentIndex(min(loans.spare, _MAX_SPARES))
        self.totals.setText(
            f"貸与が必要 {loans.needed}人　割当て {len(loans.rows)}台（うち予備 {loans.spare}台）　残り {loans.free}台"
        )
        self.bar.show_words(_missing_words(loans))
        self.table.show_rows(loans.rows)
        waiting = [each for each in loans.rows if each.state == "未渡し"]
        self.release_button.setEnabled(bool(waiting) and self.may_write)
        self.assign_button.setEnabled(self.may_write)
        self.assign_button.set_filled(bool(loans.missing) or not loans.rows)
        self._show_bulk_actions(loans.rows)

    def _show_others(self, rows: tuple[LoanRow, ...]) -> None:
        """Name the tablets that other events have not returned or not confirmed as initialised; else hide the note."""
        mine = [each for each in rows if each.loan.event_id != self._event_id]
        numbers = "、".join(f"{each.tablet.number}番（{each.state}）" for each in mine)
        self.others.show_text(f"ほかの実施回で済んでいないタブレット：{numbers}" if mine else "")

    def _show_bulk_actions(self, rows: tuple[LoanRow, ...]) -> None:
        """Show for how many tablets each button acts."""
        out = sum(each.state in ("貸出中", "未返却") for each in rows)
        back = sum(each.state == "初期化の確認がまだ" for each in rows)
        self.back_all.set_words(f"{out}台を返却済にする")
        self.check_all.set_words(f"{back}台を初期化済にする")
        may = self.may_write
        self.back_all.setVisible(may and out > 0)
        self.check_all.setVisible(may and back > 0)

    def _rows(self) -> tuple[LoanRow, ...]:
        return self.loans.rows if self.loans is not None else ()

    def _assign(self) -> None:
        self.run_action(assign_tablets, event_id=self._event_id or 0, spare=self.spare_box.currentData())

    def _take_all_back(self) -> None:
        """Record every tablet that is out as returned."""
        ids = [each.loan.id for each in self._rows() if each.state in ("貸出中", "未返却")]
        self.run_action(note_returned, loan_ids=ids)

    def _check_all(self) -> None:
        ids = [each.loan.id for each in self._rows() if each.state == "初期化の確認がまだ"]
        self.run_action(confirm_initialised, loan_ids=ids, checked_by=self.app_context.user_name)

    def _action(self, row: LoanRow) -> RowAction | None:
        """Return the button of the next step of a loan: hand out, take back or confirm.

        None if all is done, for a spare that nobody got, and if the data are read-only.
        """
        if (
            self.app_context.read_only
            or row.state not in _VERBS
            or (row.state == "未渡し" and row.is_spare and not row.who)
        ):
            return None
        return RowAction(_VERBS[row.state])

    def _run_action(self, row: LoanRow) -> None:
        if row.state == "未渡し":
            self.run_action(hand_out, loan_id=row.loan.id)
        elif row.state in ("貸出中", "未返却"):
            self.run_action(note_returned, loan_ids=[row.loan.id])
        elif row.state == "初期化の確認がまだ":
            self.run_action(confirm_initialised, loan_ids=[row.loan.id], checked_by=self.app_context.user_name)

    def _columns(self) -> tuple[Column, ...]:
        return unsorted(
            Column(
                "tablet",
                "タブレット",
                lambda row: Cell(f"{row.tablet.number}番", row.tablet.name, strong=True),
                width=108,
            ),
            Column("who", "渡す方", _person_cell, stretch=True),
            Column("state", "状態", _state, width=176),
            Column("times", "渡した・返却", self._times, width=180, min_list_width=700),
            Column("checked", "初期化の確認", self._checked, width=170, min_list_width=900),
        )

    def _times(self, row: LoanRow) -> str:
        """Return 「渡した 9/10 13:00」 and 「返却 …」 on two lines; what has not happened is left out."""
        today = self.today
        out = f"渡した {short_moment_words(row.loan.out_at, today)}" if row.loan.out_at else ""
        back = f"返却 {short_moment_words(row.loan.back_at, today)}" if row.loan.back_at else ""
        return join_nonempty(out, back, separator="\n")

    def _checked(self, row: LoanRow) -> Cell:
        if row.loan.initialised_at is None:
            return Cell()
        return Cell(short_moment_words(row.loan.initialised_at, self.today), row.loan.checked_by)


def _person_cell(row: LoanRow) -> Cell:
    """Return the cell of who has a tablet, 「予備」 if nobody has it."""
    number = f"{row.number}番　" if row.number is not None else ""
    text = f"{number}{row.who}" if row.who else "予備"
    return Cell(
        text,
        join_nonempty(row.organisation, row.event_title, separator="・"),
        aside="予備を渡した" if row.is_spare and row.who else "",
    )


def _state(row: LoanRow) -> Cell:
    if row.state == "済":
        return Cell("済", icon="check-circle-fill", icon_tone="green", tone="green")
    if row.state in ("未返却", "初期化の確認がまだ"):
        return Cell(row.state, icon="warning-fill", icon_tone="amber", tone="amber", strong=True)
    return Cell(row.state)


def _missing_words(loans: Loans) -> str:
    """Return how many people have no tablet yet, and whether enough are free; "" if everybody has one."""
    if not loans.missing:
        return ""
    short = loans.missing - loans.free
    words = f"タブレットがまだ割り当てられていない方が{loans.missing}人います。"
    return words + (f"使えるタブレットが{short}台足りません。" if short > 0 else "")
