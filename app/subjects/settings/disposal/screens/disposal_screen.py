"""消す時期が来たもの: due data, ticked line by line; marked data are hidden at once and erased on a later day."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from PySide6.QtGui import QResizeEvent

from app.actions.action_result import ActionResult
from app.calendar.dates import long_date, long_date_plain, short_date
from app.calendar.wareki import fiscal_year_words
from app.documents.screens.document_view import DocumentDialog
from app.documents.services.document_scope import DocumentScope
from app.documents.services.saved_outside import read_saved_outside
from app.subjects.events.roster.services.upcoming_entries import UpcomingEntry
from app.subjects.settings.disposal.documents.disposal_record import DISPOSAL_RECORD_KIND
from app.subjects.settings.disposal.screens.judge_texts_dialog import JudgeTextsDialog
from app.subjects.settings.disposal.screens.outside_files_dialog import OutsideFilesDialog
from app.subjects.settings.disposal.services.disposal import (
    KEEPS_ENTRY,
    WITHDRAWS,
    confirm_clock,
    keep_longer,
    mark_for_erasing,
    mark_person_for_erasing,
)
from app.subjects.settings.disposal.services.due_rows import DueLine, DueList, read_due
from app.subjects.settings.disposal.services.erasure_requests import ErasureRequest, read_erasure_request
from app.subjects.settings.disposal.services.naming_texts import NamingText
from app.widgets.badges import Badge
from app.widgets.buttons import Button, link_button
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.flow_row import FlowRow
from app.widgets.fold_line import FoldLine
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph, heading, label, wrapped_label
from app.widgets.layouts import add, in_row
from app.widgets.lists.record_model import Cell, Column, unsorted
from app.widgets.lists.record_table import RecordTable
from app.widgets.screen import Screen, disable_when_read_only, is_short, page_column, trim_page_edges
from app.window.app_context import AppContext, bind_action

_NAMED: Final = 5
_TEXT: Final = 40
"""Number of characters of each naming text shown in the confirmation."""
_DISPOSAL_GROUPS: Final = {
    "due": "消す時期が来たもの　持つ目的が終わったもの",
    "marked": "消す印を付けたもの　あす以降の最初の起動で消えます。それまでは Ctrl+Z で戻せます",
    "kept": "まだ消さないもの　残す理由か、先の日付があるもの",
    "later": "まだ消さないもの　残す理由か、先の日付があるもの",
    "erased": "消したもの　Enter で廃棄の記録を開きます",
}
_NOT_NOW: Final = {
    "marked": "この行には、もう消す印が付いています。戻すときは Ctrl+Z を押してください。",
    "kept": "この行は、まだ消しません。「いつまで」の日が来ると選べます。",
    "later": "この行は、まだ消しません。「いつまで」の日が来ると選べます。",
    "erased": "この行は、もう消してあります。Enter で廃棄の記録を開けます。",
}
_NEVER: Final = (
    "申込者・参加者・発表者・希望票に署名した人の氏名、連絡先、配慮・備考を、行と変更の履歴から消します。人数・日付・集計は変わりません。"
    "契約の書類・報告書は、ここには出ません（保存年限のもの）。名前や番号は、この画面に出ません。"
)
_FILES: Final = "派遣の希望票の写しと写真の元のデータは、ファイルごと消します（紙の原本は区で廃棄します）。"
_BY_HAND: Final = (
    "団体の代表者と、申込のない役員の氏名は、名簿として残ります。"
    "消すときは、「団体」の「人」で、1人ずつ「この人の記録を消去する」を押してください。"
    "ほかの場所に置いたバックアップ、保存したファイル、紙は、区で消してください。"
)
_ASKED: Final = (
    "パソコンの日付が、前に使った日から1か月より先に進んでいるため、消す印を付けたものを、まだ消していません。"
    "日付が正しければ「日付は正しい」を押してください。つぎの起動で消えます。違うときは、パソコンの時計を直してください。"
)
_STAYING: Final = ("廃棄の記録", "暗号化したバックアップ", "出した書類の控え", "団体の名簿の氏名")


class DisposalScreen(Screen):
    """The screen. Signals: none. Space ticks a row, F2 keeps it with a reason, Enter opens its record."""

    def __init__(self, app_context: AppContext) -> None:
        super().__init__(app_context)
        self._chosen: set[str] = set()
        self._view: DueList | None = None
        self.back = link_button("情報保護", lambda: app_context.back_to("settings", page="protection"))
        self.badge = Badge("要確認")
        self.badge.hide()
        self.table = RecordTable(
            "disposal",
            _columns(app_context.today(), self._is_chosen),
            title="消す時期が来たもの",
            empty="消す時期の来るものは、まだありません。",
            group=lambda row: _DISPOSAL_GROUPS[row.state],
            unit="行",
            hint="Space 選ぶ・外す",
            filtered=False,
        )
        self.table.acted.connect(self._toggle)
        self.table.opened.connect(self._open)
        self.table.edit_asked.connect(lambda _row: self.keep_longer())
        self.table.chosen.connect(lambda _row: self._update_buttons())
        self.keep_button = Button("理由を書いて残す（F2）", self.keep_longer, low=True)
        self.record_button = Button("廃棄の記録を開く", lambda: self._open(self.table.current()), low=True)
        self.saved_button = Button("保存したファイル", self.show_outside_files, low=True)
        self.places_button = Button("だれのことか確かめる", self.show_texts_to_judge, low=True)
        self.places_button.hide()
        self.day_button = Button("日付は正しい", lambda: self.run_action(confirm_clock), low=True)
        self.day_button.hide()
        self.asked = wrapped_label(_ASKED, "small")
        self.asked.hide()
        self.title = heading("消す時期が来たもの")
        self.never = wrapped_label(f"{_NEVER}{_FILES}", "small")
        self.staying = Paragraph(role="small")
        self.folded = FoldLine("消したあとも残るもの", done=False)
        self.folded.toggled.connect(lambda _on: self._fold())
        self.sum = label("", "strong")
        self.press = Button("選んだものに消す印を付ける", self.confirm_erasing, kind="danger")
        column = page_column(self)
        tools = FlowRow(self.keep_button, self.record_button, self.saved_button, self.places_button, self.day_button)
        add(
            column,
            FlowRow(FlowRow(self.back, self.title, self.badge, spacing=16), tools, at_end=1),
            self.never,
            self.asked,
            (self.table, 1),
            self.folded,
            self.staying,
            in_row((self.sum, 1), self.press),
        )
        self.folded.show_count(len(_STAYING), *_STAYING)
        self.setFocusProxy(self.table)
        disable_when_read_only(app_context, self.press, self.keep_button, self.day_button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low page, move the explanation into the tool tip of the title to leave room for the rows."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        low = is_short(self)
        for part in (self.never, self.table.count_line):
            part.setVisible(not low)
        self.folded.setVisible(low)
        self.staying.setVisible(not low or self.folded.isChecked())
        self.title.setToolTip(self.never.text() if low else "")
        trim_page_edges(self, short=low)

    def show_outside_files(self) -> None:
        """Show the files saved outside that name people."""
        self.run_read(lambda saved: OutsideFilesDialog(saved, self).open(), read_saved_outside)

    def show_texts_to_judge(self) -> None:
        """Show the texts for which somebody must say whom they mean."""
        if self._view is not None:
            dialog = JudgeTextsDialog(self.app_context, self._view.texts_to_judge, self)
            dialog.finished.connect(lambda _how: self.reload())
            dialog.open()

    def reload(self) -> None:
        """Read what is due today."""
        self.run_read(self._show, read_due, today=self.app_context.today())

    def _show(self, view: DueList) -> None:
        self._view = view
        self._chosen &= {line.id for line in view.due_lines}
        total = sum(line.count for line in view.due_lines)
        self.badge.setVisible(bool(view.due_lines))
        self.badge.show_status("要確認", f"{len(view.due_lines)}種 {total}")
        self.places_button.setVisible(bool(view.texts_to_judge))
        for part in (self.asked, self.day_button):
            part.setVisible(view.asks_clock)
        self.places_button.set_words(f"だれのことか確かめる（{len(view.texts_to_judge)}か所）")
        self.table.show_rows(view.lines)
        # Else the keyboard would begin at the heading of the first group.
        self.table.ensure_current_row()
        outside = (
            f"当日持出しファイルが戻っていない回の{view.waiting_for_day_file}件は、戻ったあとに出ます。"
            if view.waiting_for_day_file
            else ""
        )
        self.staying.show_text(
            "**消したあとも残るもの**　何種・いくつ・なぜの記録（名前や番号は残りません）。暗号化したバックアップには"
            f"最長で{long_date(view.backups_until)}まで残り、順に消えます。{_copy_retention_words(view)}"
            f"{_BY_HAND}{outside}{_naming_words(view.naming_text)}"
        )
        self._update_buttons()

    def _is_chosen(self, line: DueLine) -> bool:
        return line.id in self._chosen

    def _toggle(self, line: DueLine | None) -> None:
        if line is None or self.app_context.read_only or self._view is None:
            return
        if not line.is_due:
            self.app_context.show_message(_NOT_NOW[line.state])
            return
        self._chosen ^= {line.id}
        self.table.show_rows(self._view.lines)
        self._update_buttons()

    def _update_buttons(self) -> None:
        """Enable the buttons for the ticked rows and the selected row."""
        lines = [line for line in (self._view.due_lines if self._view is not None else ()) if self._is_chosen(line)]
        total = sum(line.count for line in lines)
        parts = "＋".join(f"{line.count}{line.unit}" for line in lines)
        self.sum.setText(f"選んだもの {len(lines)}種・{total}　{parts}" if lines else "選んだもの なし")
        self.press.set_words(f"{len(lines)}種・{total}に消す印を付ける" if lines else "選んだものに消す印を付ける")
        self.press.setEnabled(bool(lines) and not self.app_context.read_only)
        row = self.table.current()
        self.keep_button.setEnabled(row is not None and row.state == "due" and not self.app_context.read_only)
        self.record_button.setEnabled(row is not None and row.state == "erased")

    def open_with(self, *, person_id: int | None = None, **_others: Any) -> None:
        """Open the erasure question for ``person_id``, who asked to be erased, if given."""
        if person_id is not None and not self.app_context.read_only:
            self.run_read(
                self._confirm_person, read_erasure_request, person_id=person_id, today=self.app_context.today()
            )

    def _confirm_person(self, asked: ErasureRequest) -> None:
        warned = "".join(f"{one}。" for one in asked.warnings)
        FormDialog(
            self.app_context,
            "この人の記録を消去する",
            asked.name,
            main="消す印を付ける",
            text=f"氏名、連絡先、配慮・備考など{asked.count}行に消す印を付けます。すぐに画面から隠れ、あす以降の最初の起動で、"
            f"変更の履歴からも消えます。それまでは元に戻せます。終わった回の人数は変わりません。{warned}"
            f"月末のバックアップは決まりで36か月残すため、申出があっても、最長で{long_date(asked.backups_until)}まで残ります。"
            f"{_texts_to_reword(asked.naming_texts)}",
            fields=(
                Field(
                    "reason",
                    "申出の日・方法など",
                    "lines",
                    lines=2,
                    hint="例　4月12日 電話で本人から申出（氏名は書かない）",
                ),
                *(_future_entry_field(one) for one in asked.future_entries),
                Field("witness", "立会い", optional=True, width=200, hint="区の決まりで要るときに、氏名を。"),
            ),
            values={_future_entry_key(one): WITHDRAWS for one in asked.future_entries},
            change=lambda typed: bind_action(
                self.app_context,
                mark_person_for_erasing,
                person_id=asked.person_id,
                reason=typed["reason"],
                witness=typed["witness"],
                places={one.entry_id: typed[_future_entry_key(one)] for one in asked.future_entries},
            ),
            on_saved=self._on_marked,
            parent=self,
        ).open()

    def confirm_erasing(self) -> None:
        """Ask for confirmation with numbers and kinds, and for the name of a witness."""
        lines = [line for line in (self._view.due_lines if self._view is not None else ()) if self._is_chosen(line)]
        if not lines:
            return
        self._show_confirmation(lines)

    def _show_confirmation(self, lines: list[DueLine]) -> None:
        names = "、".join(f"{line.title} {line.count}{line.unit}" for line in lines)
        FormDialog(
            self.app_context,
            "消す印を付ける",
            f"{len(lines)}種・{sum(line.count for line in lines)}",
            main="消す印を付ける",
            text=f"{names}。すぐに画面から隠れ、あす以降の最初の起動で消えます。それまでは元に戻せます。"
            "消えたあとは、それより前の操作は元に戻せません。"
            "議事録・備考などの文に書かれた氏名は、消さずに、残っている所をお知らせします。",
            fields=(Field("witness", "立会い", optional=True, width=200, hint="区の決まりで要るときに、氏名を。"),),
            change=lambda typed: bind_action(
                self.app_context, mark_for_erasing, lines=[line.id for line in lines], witness=typed["witness"]
            ),
            on_saved=self._on_marked,
            parent=self,
        ).open()

    def _on_marked(self, _saved: ActionResult) -> None:
        self._chosen.clear()

    def keep_longer(self) -> None:
        """Ask why the selected kind is kept, and until when; both are required."""
        row = self.table.current()
        if row is None or row.state != "due" or self.app_context.read_only:
            return
        kind = row.id.partition(":")[0]
        FormDialog(
            self.app_context,
            "理由を書いて残す",
            f"{row.title} {row.count}{row.unit}",
            main="残す",
            fields=(
                Field("reason", "理由", "lines", lines=2, hint="例　報告書の確認が済んでいない"),
                Field("until", "いつまで", "date", width=140),
            ),
            change=lambda typed: bind_action(self.app_context, keep_longer, kind=kind, **typed),
            near=self.app_context.today(),
            parent=self,
        ).open()

    def _open(self, row: Any) -> None:
        if row is not None and row.state == "erased":
            scope = DocumentScope(
                fiscal_year=self.app_context.fiscal_year, item=row.record_number, as_of=self.app_context.today()
            )
            DocumentDialog(self.app_context, scope=scope, kind=DISPOSAL_RECORD_KIND, parent=self).open()
        elif row is not None:
            self._toggle(row)


def _future_entry_key(entry: UpcomingEntry) -> str:
    return f"place {entry.entry_id}"


def _future_entry_field(entry: UpcomingEntry) -> Field:
    """Return the form field that asks what becomes of an entry in a coming event.

    A person without a 団体 can only give the place up.
    """
    stays = ((KEEPS_ENTRY, f"{entry.group}の枠を氏名未定で残す"),) if entry.can_stay_unnamed else ()
    tell = "、".join(entry.people_to_notify)
    return Field(
        _future_entry_key(entry),
        f"これからの枠　{entry.event}",
        "radio",
        choices=((WITHDRAWS, "辞退にする"), *stays),
        hint=f"辞退にしたときに知らせる先　{tell}"
        if tell
        else "辞退にしたときに知らせる先は、本人のほかにありません。",
    )


def _copy_retention_words(view: DueList) -> str:
    """Return until when the 控え of each year are kept, and where that is set."""
    years = "、".join(f"{fiscal_year_words(year)}のものが{long_date_plain(day)}" for year, day in view.copies_until)
    return f"出した書類の控えは、{years}まで残ります（年数は「設定」の「契約条件」）。" if years else ""


def _naming_words(named: str) -> str:
    """Return a sentence on where a name occurs in texts, and what happens to it."""
    if not named:
        return ""
    return (
        f"\n**文の中に残っている氏名など**　{named}。"
        "その文から氏名を消すと、つぎの日からの起動で、変更の履歴からも消えます。"
    )


def _columns(today: date, chosen: Any) -> tuple[Column, ...]:
    return unsorted(
        Column("tick", "消す", show=lambda row: _tick_cell(row, chosen), width=92),
        Column("what", "何を", show=lambda row: Cell(row.title, row.events_text, strong=row.is_due), stretch=True),
        Column("count", "いくつ", show=lambda row: f"{row.count}{row.unit}", align="right"),
        Column("why", "なぜ消すか・決まり", show=lambda row: Cell(row.why, row.basis), width=248),
        Column("until", "いつまで", show=lambda row: _until_cell(row, today), width=136),
    )


def _texts_to_reword(named: tuple[NamingText, ...]) -> str:
    """Return the remaining texts that name the person, to be reworded before or judged after the erasing."""
    said = []
    for words, those in (
        ("文の中に氏名がある所（消えません。先に書き直せます）", [one for one in named if not one.item.sort]),
        (
            "名字だけ、または同じ氏名の人がほかにいる所（だれのことか、消したあとに確かめます）",
            [one for one in named if one.item.sort],
        ),
    ):
        if those:
            lines = [f"・{one.location}{f'「{_shorten(one.text)}」' if one.text else ''}" for one in those[:_NAMED]]
            more = f"\n・ほか{len(those) - _NAMED}か所" if len(those) > _NAMED else ""
            said.append(f"\n\n{words}　{len(those)}か所\n" + "\n".join(lines) + more)
    return "".join(said)


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _TEXT else f"{line[:_TEXT]}…"


def _tick_cell(row: DueLine, chosen: Any) -> Cell:
    if not row.is_due:
        return Cell("")
    return Cell("選んだ", icon="check-circle-fill", tone="accent") if chosen(row) else Cell("選ぶ", icon="circle")


def _until_cell(row: DueLine, today: date) -> Cell:
    if row.state == "erased":
        return Cell(short_date(row.until, today), "消去済")
    late = (today - row.until).days
    words = (
        ""
        if row.state not in ("due", "marked")
        else f"{late}日過ぎ"
        if late > 0
        else "本日"
        if late == 0
        else f"あと{-late}日"
    )
    return Cell(
        short_date(row.until, today), "まで残す" if row.state == "kept" else words, tone="amber" if late > 0 else ""
    )
