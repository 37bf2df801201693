"""The screens 消す時期が来たもの and 契約の終わり, with lists of files and texts that still name people.

Due data are ticked line by line, hidden at once and erased on a later day. A text with a surname alone, or a name
that somebody else has too, is asked about. 契約の終わり leads from the instruction to the certificate and the 検査.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.actions.action_id import ActionLink
from app.actions.action_result import ActionResult
from app.calendar.dates import long_date_plain, short_date
from app.calendar.wareki import fiscal_year_words
from app.common.and_others import and_others
from app.common.join_nonempty import fill_nonempty
from app.documents.screens.document_view import DocumentDialog
from app.documents.screens.export_button import export_button
from app.documents.screens.notification_dialog import NotificationDialog
from app.documents.services.document_scope import DocumentScope
from app.documents.services.notification import set_aside
from app.documents.services.saved_outside import SavedOutside, read_saved_outside
from app.events.roster.services.upcoming_entries import UpcomingEntry
from app.ledgers.services.ledger_writing import correct_row
from app.main_window.action_routes import route_to
from app.main_window.navigation import ScreenEntry
from app.programme.rules import CERTIFIED, last_day_words
from app.programme.services import find_programme
from app.settings.disposal.documents import DISPOSAL_RECORD_KIND
from app.settings.disposal.documents import RETURN_PACKAGE_KIND as PACKAGE
from app.settings.disposal.services.contract_end import (
    STEPS,
    ContractEnd,
    ContractEndRow,
    EndStep,
    read_contract_end,
    record_ended_items,
)
from app.settings.disposal.services.disposal import (
    KEEPS_ENTRY,
    WITHDRAWS,
    confirm_clock,
    judge_text,
    keep_longer,
    mark_for_erasing,
    mark_person_for_erasing,
)
from app.settings.disposal.services.due_rows import DueLine, DueList, read_due
from app.settings.disposal.services.erasure_requests import ErasureRequest, read_erasure_request
from app.settings.disposal.services.holds import HoldLine, read_hold_lines, record_hold, release_hold
from app.settings.disposal.services.naming_texts import NamingText
from app.submissions.deliverables.documents import ENDING
from app.submissions.deliverables.documents import KIND as ORDER
from app.submissions.deliverables.rules.year_form_definitions import CERTIFICATE, DISPOSALS
from app.submissions.deliverables.services.disposal_ledger import DISPOSAL_LEDGER, RETAINED
from app.submissions.deliverables.services.disposal_order import TITLE
from app.widgets.action_mixin import ActionMixin
from app.widgets.badges import Badge
from app.widgets.bars.action_bar import ActionBar, page_above
from app.widgets.buttons import Button, MenuAction, MoreButton, danger_button, inline_button, link_button, main_button
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.flow_row import FlowRow
from app.widgets.fold_line import FoldLine
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import Paragraph, heading, label, small_label
from app.widgets.layouts import add, in_row
from app.widgets.link_boxes import LinkBox, LinkBoxes
from app.widgets.lists.record_model import Cell, Column, unsorted
from app.widgets.lists.record_table import RecordTable
from app.widgets.screen import (
    Screen,
    ScreenOfYear,
    disable_when_read_only,
    is_short,
    page_column,
    page_title,
    trim_page_edges,
)
from app.window import theme as t
from app.window.app_context import AppContext, app_context_at, bind_action
from db.records.disposals import Hold


def screens() -> Iterator[ScreenEntry]:
    """Yield the screens of this package; each is built when first shown."""

    yield ScreenEntry("disposal", "shield-check", "消す時期が来たもの", DisposalScreen, parent_screen="settings")
    yield ScreenEntry("contract_end", "archive-box", "契約の終わり", ContractEndScreen, parent_screen="summary")


_STEP_GROUPS = {
    "left": "受託者が持っているもの　返還・廃棄の証明がまだないもの",
    "stray": "証明書にあって、上の一覧にないもの　Enter でどれに当たるかを選びます",
    "proven": "返還・廃棄が済んだもの",
    "ward": "区が持っているもの　保つ期間が来たら区が消します",
}

_NOTIFIED = "指示を伝えたと記録する"


class ContractEndScreen(ScreenOfYear):
    """The screen 契約の終わり; ``open_with(programme_id=…)`` shows that year, else the window's. Signals: none."""

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self.found: ContractEnd | None = None
        self.badge = Badge("要確認")
        self.badge.hide()
        self.day = label("", "second")
        self.steps = LinkBoxes()
        self.steps.link_clicked.connect(self._open_link)
        self.table = RecordTable(
            "contract-end",
            unsorted(
                Column("what", "情報・媒体", show=_item_cell, stretch=True),
                Column("quantity", "数量", show=lambda row: row.quantity, align="right", width=88),
                Column("source", "もとの記録", show=lambda row: Cell(row.source, tone="second"), width=248),
                Column("stands", "返還・廃棄", show=_state_cell, width=240),
            ),
            title=TITLE,
            empty="この契約で受託者に渡したもの、区が持っているものの記録は、まだありません。",
            group=lambda row: _STEP_GROUPS[row.state],
            hint="Enter 記入する・もとの記録を開く　Ctrl・Shift で何件も選べます",
            filtered=False,
            on_choose=self._update_buttons,
            on_open=self._open,
        )
        self.settle_button = Button("返還・廃棄を記入する", self.settle_items)
        self.match_button = Button("どれに当たるかを選ぶ", self.match_stray_row)
        self.source_button = Button("もとの記録を開く", self.open_source)
        self.table.foot.addWidget(export_button(app_context, self.table, title=TITLE))
        self.main = main_button("", self.open_next_step)
        self.more = MoreButton(self._document_actions, "書類と記録", kind="plain")
        self.bar = ActionBar(app_context)
        self.bar.put(self.main, self.settle_button, self.match_button, self.source_button)
        add(
            page_above(self.bar, self, spacing=10),
            page_title(app_context, TITLE, "summary", self.badge, self.day, self.more, at_end=1),
            self.steps,
            (self.table, 1),
        )
        self.setFocusProxy(self.table)
        disable_when_read_only(app_context, self.settle_button, self.match_button)

    def reload(self) -> None:
        """Read and show the state of the end of the contract."""
        self.run_read(self._show, read_contract_end, **self._year(), today=self.today)

    # showing

    def _show(self, found: ContractEnd) -> None:
        """Show the items that end with the contract, the steps, and the next step on the main button."""
        self.found = found
        term = short_date(found.view.programme.term_end, self.today)
        self.day.setText(
            f"{fiscal_year_words(found.fiscal_year)}　履行期間の末日 {term}　{found.held_text}".strip("　")
        )
        amber = [one for one in found.rows if one.needs_attention and one.state != "ward"]
        self.badge.setVisible(bool(amber))
        self.badge.show_status("要確認", f"{len(amber)}件")
        self.steps.show_boxes([self._step_box(found, step) for step in STEPS])
        self.table.show_rows(found.rows)
        self.table.ensure_current_row()
        words = {"指示": "指示書を開く", "証明書": f"{CERTIFIED}を受領する", "検査": "検査に進む"}
        self.main.set_words(
            _NOTIFIED if self._awaits_notification() else words.get(found.next_step, "完了・検査・支払を開く")
        )
        self._update_buttons()

    def _step_box(self, found: ContractEnd, step: EndStep) -> LinkBox:
        day, lines, done = _STEP_WORDS[step](found, self.today)
        return LinkBox(
            f"{STEPS.index(step) + 1} {step}",
            day,
            lines,
            dashed=not done and found.next_step != step,
            framed=found.next_step == step,
            sign=("check-circle-fill", t.GREEN) if done else None,
            link=ActionLink(TITLE, text=step),
        )

    def _update_buttons(self) -> None:
        row = self.table.current()
        state = row.state if row is not None and self.may_write else ""
        strays = self.found is not None and bool(self.found.stray_rows)
        self.settle_button.setEnabled(state == "left")
        self.match_button.setEnabled(state == "stray" or (state == "left" and strays))
        self.source_button.setEnabled(row is not None and row.link is not None)

    # what is done

    def _awaits_notification(self) -> bool:
        """Return whether the instruction was made but its notification is not recorded; False when read-only."""
        stand = self.found.order.status_line if self.found is not None else None
        return stand is not None and stand.status in ("未通知", "変更あり") and self.may_write

    def _document_actions(self) -> Iterator[MenuAction]:
        """Yield the menu actions other than the next step: letters, forms, the package to return."""
        if self.found is None:
            return
        if self.found.order.lines:
            yield "指示書を開く", self.show_letter
        if self._awaits_notification():
            yield _NOTIFIED, self.record_notified
        if self.found.order.is_outdated and self.may_write:
            yield "指示を伝え直さない", self.set_aside_notification
        yield "証明書の様式を開く", self.show_form
        yield "データ返還一式を開く", self.show_package

    def _open_link(self, link: ActionLink) -> None:
        if link.text == "残っているもの":
            self.table.setFocus()
        elif link.text is not None:
            self._do_step(link.text)

    def open_next_step(self) -> None:
        """Open what the next step needs; recording a made instruction as notified comes first."""
        if self._awaits_notification():
            self.record_notified()
        elif self.found is not None:
            self._do_step(self.found.next_step or "検査")

    def _do_step(self, step: str) -> None:
        """Open what a step needs: the instruction letter, the certificate in 提出物, or the completion."""
        if step == "指示":
            self.show_letter()
        elif self.found is not None:
            year = self.found.view.programme.id
            self._go_to_link(
                ActionLink("提出物", programme_id=year, text=CERTIFIED)
                if step == "証明書"
                else ActionLink("完了の手続きを進める", programme_id=year)
            )

    def _go_to_link(self, link: ActionLink) -> None:
        self.follow(route_to(link))

    def _show_document(self, kind: str) -> None:
        if self.found is not None:
            scope = DocumentScope(fiscal_year=self.found.fiscal_year)
            DocumentDialog(self, scope=scope, kind=kind).open()

    def show_letter(self) -> None:
        """Show the instruction letter; its wording and addressee are set in 帳票."""
        self._show_document(ORDER)

    def show_form(self) -> None:
        """Show the form of the certificate, filled with what the contractor still holds."""
        self._show_document(f"{CERTIFICATE}{ENDING}")

    def show_package(self) -> None:
        """Show everything of the year as one workbook, to be saved with a password."""
        self._show_document(PACKAGE)

    def record_notified(self) -> None:
        """Open the dialog that records that the contractor was notified of the instruction."""
        if self.found is not None and self.found.order.status_line is not None:
            named = self.found.order.status_line.matter_name
            scope = DocumentScope(fiscal_year=self.found.fiscal_year)
            NotificationDialog(self, scope=scope, key=ORDER, subject=named).open()

    def set_aside_notification(self) -> None:
        """Open the dialog that records, with a reason, that later items need no notification."""
        if self.found is None:
            return
        scope = DocumentScope(fiscal_year=self.found.fiscal_year)
        ReasonDialog(
            self,
            "伝え直さない",
            "、".join(one.words for one in self.found.order.new_lines),
            verb="見送りにする",
            text="伝え直さないことを理由と一緒に残します。残っているものがまた増えると、ホームに戻ります。",
            usual_reasons=("電話で伝えた", "証明書に加えてもらった"),
            change=lambda reason: bind_action(set_aside, scope=scope, key=ORDER, reason=reason),
        ).open()

    def open_source(self) -> None:
        """Open the record from which the selected row comes."""
        row = self.table.current()
        if row is not None and row.link is not None:
            self._go_to_link(row.link)

    def _open(self, row: ContractEndRow | None) -> None:
        """Open what a row needs: settling it, matching it with an item, or the record it comes from."""
        if row is None:
            return
        if row.state == "left" and self.may_write:
            self.settle_items()
        elif row.state == "stray" and self.may_write:
            self.match_stray_row()
        else:
            self.open_source()

    def settle_items(self) -> None:
        """Open the dialog that records what became of the selected items: returned, destroyed, or kept."""
        found = self.found
        rows = [one for one in self.table.selected() if one.state == "left"]
        if rows and found is not None and self.may_write:
            SettleItemsDialog(self, found, rows).open()

    def match_stray_row(self) -> None:
        """Open the dialog that records which item of the list an unmatched row of the certificate means."""
        row, found = self.table.current(), self.found
        if row is None or found is None or self.app_context.read_only:
            return
        if row.state == "stray":
            proofs, things = [row], [one for one in found.rows if one.state == "left"]
        else:
            proofs, things = list(found.stray_rows), [row]
        if not proofs or not things:
            return
        FormDialog(
            self,
            "どれに当たるかを選ぶ",
            row.item,
            main="記録する",
            text="証明書の言葉が一覧と違うときに、どれの証明かを返還・廃棄簿に記入します。証明書の言葉は変わりません。",
            fields=(
                Field("proof", "証明の行", "choice", choices=tuple((one.row_key, _row_text(one)) for one in proofs)),
                Field("thing", "残っているもの", "choice", choices=tuple((one.id, _row_text(one)) for one in things)),
            ),
            values={"proof": proofs[0].row_key, "thing": things[0].id},
            change=lambda typed: bind_action(
                correct_row,
                key=DISPOSAL_LEDGER.key,
                fiscal_year=found.fiscal_year,
                row_key=typed["proof"],
                column="covers",
                value=next(one.line.words for one in things if one.line is not None and one.id == typed["thing"]),
                reason="",
            ),
            width=720,
        ).open()


class SettleItemsDialog(FormDialog):
    """Dialog that records what became of one item, or of several alike. Signals: those of ``FormDialog``."""

    def __init__(self, parent: QWidget, found: ContractEnd, rows: Sequence[ContractEndRow]):
        """Take the open ``rows``; the quantity is asked for when there is only one."""
        one = rows[0]
        alone = (Field("quantity", "数量", width=140),) if len(rows) == 1 else ()
        super().__init__(
            parent,
            "返還・廃棄を記入する",
            one.item + and_others(rows, 1, "　ほか{}件"),
            main="記入する",
            text="返還・廃棄簿に行を加えます。証明書の様式が返ってくるときは、様式から入るので記入は要りません。",
            fields=(
                Field("done", "年月日", "date", width=140),
                Field("way", "方法", "choice", choices=tuple((one, one) for one in (*DISPOSALS, RETAINED)), width=280),
                *alone,
                Field("tool", "ソフト名・業者名・残す理由", optional=True, hint="残すときは、理由と期限"),
                Field("who", "責任者", width=220),
            ),
            values={
                "way": DISPOSALS[0],
                "who": found.view.contractor.responsible,
                "done": app_context_at(parent).today(),
                **({"quantity": one.quantity} if alone else {}),
            },
            change=partial(_settle_action, found.fiscal_year, [row.id for row in rows]),
            near=app_context_at(parent).today(),
            width=720,
        )


def _settle_action(year: int, lines: list[str], typed: dict[str, Any]) -> Any:
    """Return the bound action that records what became of items."""
    cells = {key: str(value) for key, value in typed.items()}
    return bind_action(record_ended_items, fiscal_year=year, lines=lines, cells=cells)


def _row_text(row: ContractEndRow) -> str:
    return f"{row.item}　{row.medium}　{row.quantity}"


def _item_cell(row: ContractEndRow) -> Cell:
    return Cell(row.item, row.medium, strong=row.state in ("left", "stray"))


def _state_cell(row: ContractEndRow) -> Cell:
    if row.state == "proven":
        return Cell(row.state_text, icon="check-circle-fill", tone="green")
    return Cell(row.state_text, tone="amber" if row.needs_attention else "")


def _held_step_words(found: ContractEnd, _today: date) -> tuple[str, tuple[str, ...], bool]:
    """Return for the box of 残っているもの how many are left, its lines, and whether none is."""
    return f"{found.remaining_count}件", (f"証明済 {len(found.order.holdings.proven)}件",), not found.remaining_count


def _order_step_words(found: ContractEnd, today: date) -> tuple[str, tuple[str, ...], bool]:
    """Return for the box of 指示 the day of its notification ("" = none), its lines, and whether the step is done."""
    order = found.order
    if order.notification is None:
        return "", ("まだ指示していません",), False
    more = f"加わったもの {len(order.new_lines)}件" if order.is_outdated else order.notification.told_how
    return f"{short_date(order.notification.told_on, today)} 連絡済", (more,), not order.is_outdated


def _proof_step_words(found: ContractEnd, today: date) -> tuple[str, tuple[str, ...], bool]:
    """Return for the box of 証明書 the day of its receipt ("" = none), its lines, and whether the step is done."""
    paper = found.order.certificate
    if paper is None:
        return "", ("まだ届いていません",), False
    day = f"{short_date(paper.received_on, today)} 受領"
    strays = fill_nonempty("一覧にないもの {}件", len(found.stray_rows))
    left = f"証明のないもの {found.remaining_count}件" if found.remaining_count else "残りはありません"
    done = paper.status.is_checked and not found.remaining_count
    return day, (paper.status, left, strays), done


def _inspection_step_words(found: ContractEnd, today: date) -> tuple[str, tuple[str, ...], bool]:
    """Return for the box of 検査 the day it was passed ("" = not yet), its lines, and whether the step is done."""
    passed = found.completion.passed_on
    if passed is not None:
        return f"{short_date(passed, today)} 合格", (), True
    return "", (f"未了の書類 {len(found.completion.open_titles)}件",), False


_STEP_WORDS = {
    "残っているもの": _held_step_words, "指示": _order_step_words, "証明書": _proof_step_words,
    "検査": _inspection_step_words,
}  # fmt: skip


_JUDGING_WORDS = (
    "消した人の名字、または同じ氏名の人が、文の中に残っています。文を読んで、だれのことかを選んでください。"
    "「消した人のこと」を選ぶと、その文から氏名を消したあと、つぎの日からの起動で、変更の履歴からも消えます。"
    "「別の人のこと」を選ぶと、文はそのまま残ります。どちらも元に戻せます。"
)
_SHOWN = 240


class JudgeTextsDialog(ActionMixin, DialogFrame):
    """Dialog that lists texts that may name an erased person, to judge each. Signals: those of ``DialogFrame``."""

    def __init__(self, app_context: AppContext, places: Sequence[NamingText], parent: QWidget):
        super().__init__("だれのことかを確かめる", cancel="閉じる", wide=True, parent=parent)
        self.app_context = app_context
        self.table = RecordTable(
            "places-to-judge",
            unsorted(
                Column(
                    "where",
                    "どこ",
                    show=lambda one: Cell(
                        one.location, "同じ氏名の人がほかにいる" if one.item.sort.is_shared else "名字だけ"
                    ),
                    width=300,
                ),
                Column("text", "いまの文", show=_text_cell, stretch=True),
            ),
            title="だれのことかを確かめる",
            empty="確かめる所は、もうありません。",
            unit="か所",
            filtered=False,
            on_choose=self._update_buttons,
        )
        self.table.name_copies("だれのことかを確かめる")
        self.theirs = Button("消した人のこと", lambda: self._judge(is_theirs=True))
        self.another = Button("別の人のこと", lambda: self._judge(is_theirs=False))
        self.put(small_label(_JUDGING_WORDS), (self.table, 1), FlowRow(self.theirs, self.another))
        disable_when_read_only(app_context, self.theirs, self.another)
        self._show(places)

    def _show(self, places: Sequence[NamingText]) -> None:
        self.table.show_rows(tuple(places))
        self.table.ensure_current_row()
        self._update_buttons()

    def _update_buttons(self) -> None:
        """Enable the two answers while a text is selected and may be judged."""
        may = self.table.current() is not None and self.may_write
        for button in (self.theirs, self.another):
            button.setEnabled(may)

    def _judge(self, *, is_theirs: bool) -> None:
        """Record whether the selected text names the person, and read the rest again."""
        row = self.table.current()
        if row is not None:
            change = bind_action(judge_text, place=row.item, is_theirs=is_theirs)
            self.run_change(change, lambda _saved: self._read())

    def _read(self) -> None:
        self.run_read(lambda view: self._show(view.texts_to_judge), read_due, today=self.today)


def _text_cell(place: NamingText) -> Cell:
    """Return the cell with a text, cut to one short line; its tool tip holds all of it."""
    return Cell(_shorten(place.text, _SHOWN) or "（この行は、いまはありません）", tip=place.text)


_OUTSIDE_FILES_WORDS = (
    "個人情報のある書類と一覧を、このアプリから保存した記録です。アプリはこのファイルを消しません。"
    "要らなくなったものは、区で消してください。保存したあとで動かしたり消したりしたものも、ここに残ります。"
)


class OutsideFilesDialog(DialogFrame):
    """Dialog that lists files saved outside that name people. Signals: those of ``DialogFrame``."""

    def __init__(self, saved: Sequence[SavedOutside], parent: QWidget):
        super().__init__("保存したファイル", f"{len(saved)}件", cancel="閉じる", wide=True, parent=parent)
        self.table = RecordTable(
            "saved-out",
            (
                Column("at", "日", show=lambda one: short_date(one.row.at.date()), sort=lambda one: one.row.at),
                Column(
                    "paper",
                    "書類・一覧",
                    show=lambda one: Cell(one.row.document_kind, one.row.file_name),
                    sort=lambda one: one.row.document_kind,
                    width=300,
                ),
                Column("by", "保存した人", show=lambda one: one.row.by),
                Column("way", "暗号化", show=lambda one: "あり" if one.is_encrypted else "なし"),
                Column("where", "場所", show=lambda one: one.folder, stretch=True),
            ),
            title="保存したファイル",
            empty="個人情報のある書類は、まだ保存していません。",
            sort="-at",
            names_people=False,
        )
        self.table.show_rows(tuple(saved))
        self.put(small_label(_OUTSIDE_FILES_WORDS), (self.table, 1))


_NAMED = 5
_TEXT = 40
"""Number of characters of each naming text shown in the confirmation."""
_DISPOSAL_GROUPS = {
    "due": "消す時期が来たもの　持つ目的が終わったもの",
    "marked": "消す印を付けたもの　あす以降の最初の起動で消えます。それまでは Ctrl+Z で戻せます",
    "kept": "まだ消さないもの　残す理由か、先の日付があるもの",
    "later": "まだ消さないもの　残す理由か、先の日付があるもの",
    "erased": "消したもの　Enter で廃棄の記録を開きます",
}
_NOT_NOW = {
    "marked": "この行には、もう消す印が付いています。戻すときは Ctrl+Z を押してください。",
    "kept": "この行は、まだ消しません。「いつまで」の日が来ると選べます。",
    "later": "この行は、まだ消しません。「いつまで」の日が来ると選べます。",
    "erased": "この行は、もう消してあります。Enter で廃棄の記録を開けます。",
}
_NEVER = (
    "申込者・参加者・発表者・希望票に署名した人の氏名、連絡先、配慮・備考を、行と変更の履歴から消します。人数・日付・集計は変わりません。"
    "契約の書類・報告書は、ここには出ません（保存年限のもの）。名前や番号は、この画面に出ません。"
)
_FILES = "希望票の写しと写真の元のデータは、ファイルごと消します（紙の原本は区で廃棄します）。"
_BY_HAND = (
    "団体の代表者と、申込のない役員の氏名は、名簿として残ります。"
    "消すときは、「団体」の「人」で、1人ずつ「この人の記録を消去する」を押してください。"
    "ほかの場所に置いたバックアップ、保存したファイル、紙は、区で消してください。"
)
_ASKED = (
    "パソコンの日付が、前に使った日から1か月より先に進んでいるため、消す印を付けたものを、まだ消していません。"
    "日付が正しければ「日付は正しい」を押してください。つぎの起動で消えます。違うときは、パソコンの時計を直してください。"
)
_STAYING = ("廃棄の記録", "暗号化したバックアップ", "出した書類の控え", "団体の名簿の氏名")


_WITNESS = Field("witness", "立会い", optional=True, width=200, hint="区の決まりで要るときに、氏名を。")
_HOLD_FIELDS = (
    record_field(Hold, "reason", width=160),
    record_field(Hold, "begins_on", width=140),
    record_field(Hold, "until", width=140, hint="決まっていなければ空けます。解くまで残します。"),
    record_field(Hold, "note", hint="受付番号など。"),
)


def hold_dialog(app_context: AppContext, subject: str, hold: dict[str, int], parent: QWidget) -> FormDialog:
    """Return the dialog that records a hold on ``hold`` (an id by its field), called ``subject``."""
    return FormDialog(
        parent,
        "記録を保留にする",
        subject,
        main="保留にする",
        text="開示請求などが終わるまで、この記録を消しません。消す時期が来ても残し、月末のバックアップも消しません。",
        fields=_HOLD_FIELDS,
        values={"begins_on": app_context.today(), "until": None, "note": ""},
        change=lambda typed: bind_action(record_hold, hold=Hold(**{**hold, **typed}, by="", at=app_context.now())),
        near=app_context.today(),
    )


class HoldsDialog(DialogFrame):
    """Lists what is held and what was. Signals: those of ``DialogFrame``.

    ``release(hold_id)`` ends one, ``hold_year()`` asks for the year shown.
    """

    def __init__(
        self,
        app_context: AppContext,
        lines: Sequence[HoldLine],
        release: Callable[[int], object],
        hold_year: Callable[[], object],
        parent: QWidget,
    ):
        super().__init__("記録の保留", "消さないもの", cancel="閉じる", width=880, parent=parent)
        self._end = release
        self.table = RecordTable(
            "holds",
            unsorted(
                Column("subject", "何の記録", show=lambda one: Cell(one.subject, strong=one.is_active), stretch=True),
                Column("reason", "理由", show=lambda one: Cell(one.hold.reason, one.hold.note), width=200),
                Column(
                    "days", "いつから・いつまで", show=lambda one: _hold_days(one.hold, app_context.today()), width=240
                ),
                Column("by", "記録した人", show=lambda one: one.hold.by, width=120),
            ),
            title="記録の保留",
            empty="保留にしている記録はありません。",
            group=lambda one: "保留しているもの" if one.is_active else "終わったもの",
            filtered=False,
        )
        self.table.show_rows(tuple(lines))
        self.release = inline_button("保留を解く", self._release)
        self.year = inline_button("この年度を保留にする", hold_year)
        disable_when_read_only(app_context, self.release, self.year)
        self.put(
            small_label("人は「団体」の「人」から、実施回は「事業」のその回の「…」から保留にします。"),
            (self.table, 1),
            FlowRow(self.year, self.release),
        )

    def _release(self) -> None:
        line = self.table.current()
        if line is not None and line.is_active:
            self.accept()
            self._end(line.hold.id)


def _hold_days(hold: Hold, today: date) -> Cell:
    until = f"{short_date(hold.until, today)}まで" if hold.until is not None else "解くまで"
    ended = f"{short_date(hold.released_on, today)} {hold.released_by}さんが解いた" if hold.released_on else ""
    return Cell(f"{short_date(hold.begins_on, today)}から{until}", ended)


class DisposalScreen(Screen):
    """The screen 消す時期が来たもの; Space ticks a row, F2 keeps it, Enter opens its record. Signals: none."""

    reads_files = True

    def __init__(self, app_context: AppContext):
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
            names_people=False,
            on_choose=self._update_buttons,
            on_edit=self.keep_longer,
            on_open=self._open,
            on_act=self._toggle,
        )
        self.keep_button = inline_button("理由を書いて残す（F2）", self.keep_longer)
        self.record_button = inline_button("廃棄の記録を開く", lambda: self._open(self.table.current()))
        self.saved_button = inline_button("保存したファイル", self.show_outside_files)
        self.places_button = inline_button("だれのことか確かめる", self.show_texts_to_judge)
        self.places_button.hide()
        self.holds_button = inline_button("記録の保留", self.show_holds)
        self.day_button = inline_button("日付は正しい", lambda: self.run_action(confirm_clock))
        self.day_button.hide()
        self.asked = small_label(_ASKED)
        self.asked.hide()
        self.title = heading("消す時期が来たもの")
        self.never = small_label(f"{_NEVER}{_FILES}")
        self.staying = Paragraph(role="small")
        self.folded = FoldLine("消したあとも残るもの")
        self.folded.toggled.connect(self.fit_size)
        self.sum = label("", "strong")
        self.press = danger_button("選んだものに消す印を付ける", self.confirm_erasing)
        column = page_column(self)
        tools = FlowRow(
            self.keep_button,
            self.holds_button,
            self.record_button,
            self.saved_button,
            self.places_button,
            self.day_button,
        )
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

    def fit_size(self) -> None:
        """Hide explanations on a low page."""
        low = is_short(self)
        for part in (self.never, self.table.count_line):
            part.setVisible(not low)
        self.folded.setVisible(low)
        self.staying.setVisible(not low or self.folded.isChecked())
        self.title.setToolTip(self.never.text() if low else "")
        trim_page_edges(self, short=low)

    def show_outside_files(self) -> None:
        """Open the dialog that lists the files saved outside that name people."""
        self.run_read(lambda saved: OutsideFilesDialog(saved, self).open(), read_saved_outside)

    def show_texts_to_judge(self) -> None:
        """Open the dialog with the texts for which somebody must say whom they mean; reload after it."""
        if self._view is not None:
            dialog = JudgeTextsDialog(self.app_context, self._view.texts_to_judge, self)
            dialog.finished.connect(self.reload)
            dialog.open()

    def reload(self) -> None:
        """Read and show what is due today."""
        self.run_read(self._show, read_due, today=self.today)

    def _show(self, view: DueList) -> None:
        """Show the kinds of data that are due, marked, kept or erased, and what stays after erasing."""
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
        outside = fill_nonempty(
            "当日持出しファイルが戻っていない回の{}件は、戻ったあとに出ます。", view.waiting_for_day_file
        )
        self.staying.show_text(
            "**消したあとも残るもの**　何種・いくつ・なぜの記録（名前や番号は残りません）。暗号化したバックアップには"
            f"最長で{last_day_words(view.backups_until)}まで残り、順に消えます。{_copy_retention_words(view)}"
            f"{_BY_HAND}{outside}{_naming_words(view.naming_text)}{_held_words(view.held_text)}"
        )
        self._update_buttons()

    def _is_chosen(self, line: DueLine) -> bool:
        return line.id in self._chosen

    def _chosen_lines(self) -> list[DueLine]:
        return list(filter(self._is_chosen, self._view.due_lines)) if self._view is not None else []

    def _toggle(self, line: DueLine | None) -> None:
        """Tick or untick a due line; for another say why it cannot be marked now."""
        if line is None or self.app_context.read_only or self._view is None:
            return
        if not line.is_due:
            self.app_context.show_message(_NOT_NOW[line.state])
            return
        self._chosen ^= {line.id}
        self.table.show_rows(self._view.lines)
        self._update_buttons()

    def _update_buttons(self) -> None:
        lines = self._chosen_lines()
        total = sum(line.count for line in lines)
        parts = "＋".join(f"{line.count}{line.unit}" for line in lines)
        self.sum.setText(f"選んだもの {len(lines)}種・{total}　{parts}" if lines else "選んだもの なし")
        self.press.set_words(f"{len(lines)}種・{total}に消す印を付ける" if lines else "選んだものに消す印を付ける")
        self.press.setEnabled(bool(lines) and self.may_write)
        row = self.table.current()
        self.keep_button.setEnabled(row is not None and row.state == "due" and self.may_write)
        self.record_button.setEnabled(row is not None and row.state == "erased")

    def show_holds(self) -> None:
        """Open the dialog that lists what is held and what was."""
        self.run_read(
            lambda lines: HoldsDialog(
                self.app_context,
                lines,
                lambda hold_id: self.run_action(release_hold, hold_id=hold_id),
                self._hold_year,
                self,
            ).open(),
            read_hold_lines,
            today=self.today,
        )

    def _hold_year(self) -> None:
        self.run_read(
            lambda year: hold_dialog(
                self.app_context, fiscal_year_words(year.fiscal_year), {"programme_id": year.id}, self
            ).open(),
            find_programme,
            fiscal_year=self.fiscal_year,
        )

    def open_with(
        self, *, person_id: int | None = None, hold: str = "", subject: str = "", row_id: int = 0, **_others: Any
    ) -> None:
        """Ask whether to erase ``person_id``, or whether to hold what ``subject`` names; 「一覧」 lists the holds.

        ``hold`` is the field of ``Hold`` that ``row_id`` belongs to. Readers are asked neither.
        """
        if hold == "一覧":
            self.show_holds()
        elif hold and self.may_write:
            hold_dialog(self.app_context, subject, {hold: row_id}, self).open()
        if person_id is not None and self.may_write:
            self.run_read(self._confirm_person, read_erasure_request, person_id=person_id, today=self.today)

    def _confirm_person(self, asked: ErasureRequest) -> None:
        """Open the dialog in which one person, who asked for it, is marked for erasing."""
        warned = "".join(f"{one}。" for one in asked.warnings)
        FormDialog(
            self,
            "この人の記録を消去する",
            asked.name,
            main="消す印を付ける",
            text=f"氏名、連絡先、配慮・備考など{asked.count}行に消す印を付けます。すぐに画面から隠れ、あす以降の最初の起動で、"
            f"変更の履歴からも消えます。それまでは元に戻せます。終わった回の人数は変わりません。{warned}"
            f"月末のバックアップは決まりで{asked.backup_months}か月残すため、申出があっても、最長で{last_day_words(asked.backups_until)}まで残ります。"
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
                _WITNESS,
            ),
            values={_future_entry_key(one): WITHDRAWS for one in asked.future_entries},
            change=lambda typed: bind_action(
                mark_person_for_erasing,
                person_id=asked.person_id,
                reason=typed["reason"],
                witness=typed["witness"],
                places={one.entry_id: typed[_future_entry_key(one)] for one in asked.future_entries},
            ),
            on_saved=self._on_marked,
        ).open()

    def confirm_erasing(self) -> None:
        """Open the dialog that marks the ticked kinds (if any) for erasing, with numbers and the name of a witness."""
        lines = self._chosen_lines()
        if not lines:
            return
        names = "、".join(f"{line.title} {line.count}{line.unit}" for line in lines)
        FormDialog(
            self,
            "消す印を付ける",
            f"{len(lines)}種・{sum(line.count for line in lines)}",
            main="消す印を付ける",
            text=f"{names}。すぐに画面から隠れ、あす以降の最初の起動で消えます。それまでは元に戻せます。"
            "消えたあとは、それより前の操作は元に戻せません。"
            "議事録・備考などの文に書かれた氏名は、消さずに、残っている所をお知らせします。",
            fields=(_WITNESS,),
            change=lambda typed: bind_action(
                mark_for_erasing, lines=[line.id for line in lines], witness=typed["witness"]
            ),
            on_saved=self._on_marked,
        ).open()

    def _on_marked(self, _saved: ActionResult) -> None:
        self._chosen.clear()

    def keep_longer(self) -> None:
        """Open the dialog in which the selected kind is kept, with a reason and a day; both are required."""
        row = self.table.current()
        if row is None or row.state != "due" or self.app_context.read_only:
            return
        FormDialog(
            self,
            "理由を書いて残す",
            f"{row.title} {row.count}{row.unit}",
            main="残す",
            fields=(
                Field("reason", "理由", "lines", lines=2, hint="例　報告書の確認が済んでいない"),
                Field("until", "いつまで", "date", width=140),
            ),
            change=lambda typed: bind_action(keep_longer, kind=row.kind, **typed),
            near=self.today,
        ).open()

    def _open(self, row: Any) -> None:
        if row is None or row.state != "erased":
            self._toggle(row)
            return
        scope = DocumentScope(fiscal_year=self.fiscal_year, item=row.record_number, as_of=self.today)
        DocumentDialog(self, scope=scope, kind=DISPOSAL_RECORD_KIND).open()


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
    return fill_nonempty("出した書類の控えは、{}まで残ります（期間は「設定」の「契約」の「契約の決まり」）。", years)


def _held_words(held: str) -> str:
    return fill_nonempty("\n**保留**　{}月末のバックアップも、そのあいだは消しません。", held)


def _naming_words(named: str) -> str:
    """Return a sentence on the places where names stand in texts, and what rewording does; "" for none."""
    if not named:
        return ""
    return (
        f"\n**文の中に残っている氏名など**　{named}。"
        "その文から氏名を消すと、つぎの日からの起動で、変更の履歴からも消えます。"
    )


def _columns(today: date, chosen: Any) -> tuple[Column, ...]:
    """Return the columns of the list; ``chosen`` tells whether a line is ticked."""
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
    for words, is_doubtful in (
        ("文の中に氏名がある所（消えません。先に書き直せます）", False),
        ("名字だけ、または同じ氏名の人がほかにいる所（だれのことか、消したあとに確かめます）", True),
    ):
        if those := [one for one in named if bool(one.item.sort) is is_doubtful]:
            lines = [f"・{one.location}{f'「{_shorten(one.text)}」' if one.text else ''}" for one in those[:_NAMED]]
            more = and_others(those, _NAMED, "\n・ほか{}か所")
            said.append(f"\n\n{words}　{len(those)}か所\n" + "\n".join(lines) + more)
    return "".join(said)


def _shorten(text: str, most: int = _TEXT) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"


def _tick_cell(row: DueLine, chosen: Any) -> Cell:
    if not row.is_due:
        return Cell("")
    return Cell("選んだ", icon="check-circle-fill", tone="accent") if chosen(row) else Cell("選ぶ", icon="circle")


def _until_cell(row: DueLine, today: date) -> Cell:
    """Return the cell of the day until which something must be erased."""
    if row.state == "erased":
        return Cell(short_date(row.until, today), "消去済")
    late = (today - row.until).days
    words = "まで残す" if row.state == "kept" else ""
    if row.state in ("due", "marked"):
        words = f"{late}日過ぎ" if late > 0 else f"あと{-late}日" if late else "本日"
    return Cell(short_date(row.until, today), words, tone="amber" if late > 0 else "")
