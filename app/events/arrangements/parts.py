"""Widgets for 配慮の手配 and 撮影の可否 of one event (for the office, not for check-in)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.calendar.dates import short_date
from app.common.display_words import left_words
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.event.rules.care_needs import KINDS
from app.event.rules.participation import NO_ARRANGEMENT_NEEDED
from app.events.arrangements.services import (
    CONSENT_WORDS,
    CareRow,
    CareView,
    add_arrangement,
    change_arrangement,
    mark_nothing_needed,
    read_arrangements,
    remove_arrangement,
    reopen_arrangement,
    set_care,
    set_photo_consent,
    settle_arrangement,
)
from app.events.roster.services.roster import Roster, RosterRow, read_roster
from app.widgets.badges import Badge
from app.widgets.buttons import Button, inline_button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.flow_row import FlowRow
from app.widgets.folding_columns import FoldingColumns
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import LabelRole, Paragraph, label, second_label, section, separator, small_label, wrapped_label
from app.widgets.layouts import add, in_column, in_row
from app.widgets.lists.record_model import Cell, Column, unsorted
from app.widgets.lists.record_table import RecordTable
from app.widgets.screen import Screen, in_scroll_area, page_column
from app.widgets.screen import widget_row as side_by_side
from app.window import theme as t
from app.window.app_context import AppContext
from db.fields import field_label
from db.records.roster import Arrangement, ArrangementKind, Entry, PhotoConsent, ToContractor

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

    def __init__(self, parent: QWidget, *, entry_id: int, who: str, care: str):
        super().__init__(parent, "配慮の内容を直す", who, main="保存する", width=600)
        self.form = Form(
            (
                record_field(
                    Entry,
                    "care",
                    kind="lines",
                    hint="空にすると「配慮なし」になります。受付の画面と紙の名簿に、内容は出ません。",
                ),
            )
        )
        self.form.set_values({"care": care})
        self.put(self.form, None)
        self.confirmed.connect(lambda: self.run_action(set_care, entry_id=entry_id, care=self.form.value("care")))


class ArrangementDialog(SavingDialog):
    """Dialog for a new or existing arrangement. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, arrangement: Arrangement, *, who: str, care: str):
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
                    record_field(Arrangement, "content", hint="例　拡大資料1部。病名などは書きません。"),
                    record_field(
                        Arrangement,
                        "to_contractor",
                        kind="radio",
                        choices=tuple((one, one) for one in ToContractor if one),
                        hint="「伝えてよい」ものだけが、人数連絡の「必要な対応」に出ます。",
                        optional=False,
                    ),
                    record_field(Arrangement, "ordered_on", width=120),
                    record_field(Arrangement, "ordered_to", width=320),
                    Field("phone", "依頼先の電話", optional=True, width=200),
                    record_field(Arrangement, "settled_on", width=120),
                    record_field(Arrangement, "refused_because", hint="書くと、手配は済になります。"),
                    record_field(Arrangement, "offered"),
                    record_field(Arrangement, "note"),
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

    def __init__(self, care: CareRow, page: ArrangementsPanel):
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
        before = "" if settled else "依頼前"
        ordered = f"依頼 {short_date(arrangement.ordered_on, today)}" if arrangement.ordered_on else before
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
        role: LabelRole = "warned" if arrangement.refused_because else "done" if settled else "body"
        text = wrapped_label(join_nonempty(*words), role)
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
    holder = QWidget()
    line = in_row((text, 1), owner=holder, spacing=8)
    for button in buttons:
        line.addWidget(button)
    return holder


class ArrangementsPanel(Screen):
    """配慮の手配 and 撮影の可否 of one event, for the office and not for the check-in.

    Signals: none. ``open_with(event_id=…)``. It is a part of the page of the day.
    """

    def __init__(self, app_context: AppContext):
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
