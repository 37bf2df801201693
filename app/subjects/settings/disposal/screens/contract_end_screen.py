"""契約の終わり: what contractor and ward still hold, and the steps from the instruction to the certificate and the
検査.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.actions.action_id import ActionLink
from app.calendar.dates import short_date
from app.calendar.wareki import fiscal_year_words
from app.documents.screens.document_view import DocumentDialog
from app.documents.screens.export_button import export_button
from app.documents.screens.notification_dialog import NotificationDialog
from app.documents.services.document_scope import DocumentScope
from app.documents.services.notification import set_aside
from app.ledgers.services.ledger_writing import correct_row
from app.main_window.action_routes import route_to
from app.subjects.settings.disposal.documents.return_package import RETURN_PACKAGE_KIND as PACKAGE
from app.subjects.settings.disposal.services.contract_end import (
    STEPS,
    ContractEnd,
    ContractEndRow,
    EndStep,
    read_contract_end,
    record_ended_items,
)
from app.subjects.submissions.deliverables.documents.disposal_order import KIND as ORDER
from app.subjects.submissions.deliverables.documents.form_document import ENDING
from app.subjects.submissions.deliverables.rules.year_form_definitions import CERTIFICATE, DISPOSALS
from app.subjects.submissions.deliverables.services.disposal_ledger import DISPOSAL_LEDGER, RETAINED
from app.subjects.submissions.deliverables.services.disposal_order import CERTIFIED, TITLE
from app.widgets.badges import Badge
from app.widgets.buttons import Button, MenuAction, MoreButton, link_button
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form_fields import Field
from app.widgets.labels import heading, label
from app.widgets.layouts import add
from app.widgets.link_boxes import LinkBox, LinkBoxes
from app.widgets.lists.record_model import Cell, Column, unsorted
from app.widgets.lists.record_table import RecordTable
from app.widgets.screen import Screen, disable_when_read_only, page_column
from app.window import theme as t
from app.window.app_context import AppContext, bind_action

_STEP_GROUPS: Final = {
    "left": "受託者が持っているもの　返還・廃棄の証明がまだないもの",
    "stray": "証明書にあって、上の一覧にないもの　Enter でどれに当たるかを選びます",
    "proven": "返還・廃棄が済んだもの",
    "ward": "区が持っているもの　保つ期間が来たら区が消します",
}

_NOTIFIED: Final = "指示を伝えたと記録する"


class ContractEndScreen(Screen):
    """The screen; ``open_with(programme_id=…)`` shows another year than that of the window. Signals: none."""

    def __init__(self, app_context: AppContext) -> None:
        super().__init__(app_context)
        self.found: ContractEnd | None = None
        self._programme_id: int | None = None
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
            unit="件",
            hint="Enter 記入する・もとの記録を開く　Ctrl・Shift で何件も選べます",
            filtered=False,
        )
        self.table.opened.connect(self._open)
        self.table.chosen.connect(lambda _row: self._update_buttons())
        self.settle_button = Button("返還・廃棄を記入する", self.settle_items, low=True)
        self.match_button = Button("どれに当たるかを選ぶ", self.match_stray_row, low=True)
        self.source_button = Button("もとの記録を開く", self.open_source, low=True)
        for button in (self.settle_button, self.match_button, self.source_button):
            self.table.put_tool(button)
        self.table.foot.addWidget(export_button(app_context, self.table, title=TITLE, personal=True))
        self.main = Button("", self.open_next_step, kind="main")
        self.more = MoreButton(self._document_actions, "書類と記録", kind="plain")
        column = page_column(self, spacing=10)
        add(
            column,
            FlowRow(
                link_button("年度", lambda: app_context.back_to("summary")),
                heading(TITLE),
                self.badge,
                self.day,
                self.more,
                self.main,
                at_end=2,
                spacing=12,
            ),
            self.steps,
            (self.table, 1),
        )
        self.setFocusProxy(self.table)
        disable_when_read_only(app_context, self.settle_button, self.match_button)
        app_context.year_changed.connect(self._on_year_changed)

    # which year

    def open_with(self, **arguments: Any) -> None:
        """Show the year of ``programme_id`` if given, else the year of the window."""
        self._programme_id = int(arguments["programme_id"]) if arguments.get("programme_id") else None

    def view_state(self) -> dict[str, Any]:
        """Return the year, if it is not that of the window."""
        return {} if self._programme_id is None else {"programme_id": self._programme_id}

    def _on_year_changed(self, _year: int) -> None:
        self._programme_id = None

    def reload(self) -> None:
        """Read the state of the end of the contract."""
        if self._programme_id is not None:
            self.run_read(
                self._show, read_contract_end, programme_id=self._programme_id, today=self.app_context.today()
            )
        else:
            self.run_read(
                self._show, read_contract_end, fiscal_year=self.app_context.fiscal_year, today=self.app_context.today()
            )

    # showing

    def _show(self, found: ContractEnd) -> None:
        self.found = found
        term = short_date(found.view.programme.term_end, self.app_context.today())
        self.day.setText(f"{fiscal_year_words(found.fiscal_year)}　履行期間の末日 {term}")
        amber = [one for one in found.rows if one.needs_attention and one.state != "ward"]
        self.badge.setVisible(bool(amber))
        self.badge.show_status("要確認", f"{len(amber)}件")
        self.steps.show_boxes([self._step_box(step) for step in STEPS])
        self.table.show_rows(found.rows)
        self.table.ensure_current_row()
        words = {"指示": "指示書を開く", "証明書": f"{CERTIFIED}を受領する", "検査": "検査に進む"}
        self.main.set_words(
            _NOTIFIED if self._awaits_notification() else words.get(found.next_step, "完了・検査・支払を開く")
        )
        self._update_buttons()

    def _step_box(self, step: EndStep) -> LinkBox:
        found = self.found
        assert found is not None
        day, lines, done = _STEP_WORDS[step](found, self.app_context.today())
        sign = ("check-circle-fill", t.GREEN) if done else None
        return LinkBox(
            f"{STEPS.index(step) + 1} {step}",
            day,
            lines,
            dashed=not done and found.next_step != step,
            framed=found.next_step == step,
            sign=sign,
            link=ActionLink(TITLE, text=step),
        )

    def _update_buttons(self) -> None:
        """Enable the buttons for the selected row."""
        row = self.table.current()
        writing = not self.app_context.read_only
        strays = bool(self.found is not None and self.found.stray_rows)
        self.settle_button.setEnabled(writing and row is not None and row.state == "left")
        matching = row is not None and (row.state == "stray" or (row.state == "left" and strays))
        self.match_button.setEnabled(writing and matching)
        self.source_button.setEnabled(row is not None and row.link is not None)

    # what is done

    def _awaits_notification(self) -> bool:
        """Return whether the instruction was made but its notification is not recorded; False when read-only."""
        stand = self.found.order.status_line if self.found is not None else None
        return (
            stand is not None
            and stand.matter_status.status in ("未通知", "変更あり")
            and not self.app_context.read_only
        )

    def _document_actions(self) -> Iterator[MenuAction]:
        """Yield the menu actions other than the next step."""
        if self.found is None:
            return
        if self.found.order.lines:
            yield "指示書を開く", self.show_letter
        if self._awaits_notification():
            yield _NOTIFIED, self.record_notified
        if self.found.order.is_outdated and not self.app_context.read_only:
            yield "指示を伝え直さない", self.set_aside_notification
        yield "証明書の様式を開く", self.show_form
        yield "データ返還一式を開く", self.show_package

    def _open_link(self, link: ActionLink) -> None:
        if link.text == "残っているもの":
            self.table.setFocus()
        elif link.text is not None:
            self._do_step(link.text)

    def open_next_step(self) -> None:
        """Open the next step."""
        if self._awaits_notification():
            self.record_notified()
        elif self.found is not None:
            self._do_step(self.found.next_step or "検査")

    def _do_step(self, step: str) -> None:
        found = self.found
        if found is None:
            return
        if step == "指示":
            self.show_letter()
        elif step == "証明書":
            self._go_to_link(ActionLink("提出物", programme_id=found.view.programme.id, text=CERTIFIED))
        else:
            self._go_to_link(ActionLink("完了の手続きを進める", programme_id=found.view.programme.id))

    def _go_to_link(self, link: ActionLink) -> None:
        route = route_to(link)
        self.app_context.go(route.screen_name, **route.arguments)

    def _scope(self) -> DocumentScope:
        assert self.found is not None
        return DocumentScope(fiscal_year=self.found.fiscal_year)

    def _show_document(self, kind: str) -> None:
        if self.found is not None:
            DocumentDialog(self.app_context, scope=self._scope(), kind=kind, parent=self).open()

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
        """Record that the contractor was notified of the instruction."""
        if self.found is not None and self.found.order.status_line is not None:
            named = self.found.order.status_line.matter_name
            NotificationDialog(self.app_context, scope=self._scope(), key=ORDER, subject=named, parent=self).open()

    def set_aside_notification(self) -> None:
        """Record, with a reason, that later items need no notification."""
        if self.found is None:
            return
        scope = self._scope()
        ReasonDialog(
            self.app_context,
            "伝え直さない",
            "、".join(one.words for one in self.found.order.new_lines),
            verb="見送りにする",
            text="伝え直さないことを理由と一緒に残します。残っているものがまた増えると、ホームに戻ります。",
            usual_reasons=("電話で伝えた", "証明書に加えてもらった"),
            change=lambda reason: bind_action(self.app_context, set_aside, scope=scope, key=ORDER, reason=reason),
            parent=self,
        ).open()

    def open_source(self) -> None:
        """Open the record from which the selected row comes."""
        row = self.table.current()
        if row is not None and row.link is not None:
            self._go_to_link(row.link)

    def _open(self, row: ContractEndRow | None) -> None:
        if row is None:
            return
        if row.state == "left" and not self.app_context.read_only:
            self.settle_items()
        elif row.state == "stray" and not self.app_context.read_only:
            self.match_stray_row()
        else:
            self.open_source()

    def settle_items(self) -> None:
        """Ask what became of the selected items: returned, destroyed, or kept for a reason."""
        found = self.found
        rows = [one for one in self.table.selected() if one.state == "left"]
        if rows and found is not None and not self.app_context.read_only:
            SettleItemsDialog(self.app_context, found, rows, self).open()

    def match_stray_row(self) -> None:
        """Ask which item of the list an unmatched row of the certificate means."""
        row, found = self.table.current(), self.found
        if row is None or found is None or self.app_context.read_only:
            return
        if row.state == "stray":
            proofs, things = [row], [one for one in found.rows if one.state == "left"]
        else:
            proofs, things = list(found.stray_rows), [row]
        if not proofs or not things:
            return
        year = found.fiscal_year
        FormDialog(
            self.app_context,
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
                self.app_context,
                correct_row,
                key=DISPOSAL_LEDGER.key,
                fiscal_year=year,
                row_key=typed["proof"],
                column="covers",
                value=next(one.line.words for one in things if one.line is not None and one.id == typed["thing"]),
                reason="",
            ),
            width=720,
            parent=self,
        ).open()


class SettleItemsDialog(FormDialog):
    """Records what became of one item, or of several alike. Signals: those of ``FormDialog``."""

    def __init__(
        self, app_context: AppContext, found: ContractEnd, rows: Sequence[ContractEndRow], parent: QWidget
    ) -> None:
        """Take the open ``rows``; the quantity is asked for when there is only one."""
        one = rows[0]
        alone = (Field("quantity", "数量", width=140),) if len(rows) == 1 else ()
        super().__init__(
            app_context,
            "返還・廃棄を記入する",
            one.item + (f"　ほか{len(rows) - 1}件" if len(rows) > 1 else ""),
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
                "done": app_context.today(),
                **({"quantity": one.quantity} if alone else {}),
            },
            change=partial(_settle_action, app_context, found.fiscal_year, [row.id for row in rows]),
            near=app_context.today(),
            width=720,
            parent=parent,
        )


def _settle_action(app_context: AppContext, year: int, lines: list[str], typed: dict[str, Any]) -> Any:
    cells = {key: str(value) for key, value in typed.items() if key != "done"}
    cells["done"] = typed["done"].isoformat()
    return bind_action(app_context, record_ended_items, fiscal_year=year, lines=lines, cells=cells)


def _row_text(row: ContractEndRow) -> str:
    return f"{row.item}　{row.medium}　{row.quantity}"


def _item_cell(row: ContractEndRow) -> Cell:
    return Cell(row.item, row.medium, strong=row.state in ("left", "stray"))


def _state_cell(row: ContractEndRow) -> Cell:
    if row.state == "proven":
        return Cell(row.state_text, icon="check-circle-fill", tone="green")
    return Cell(row.state_text, tone="amber" if row.needs_attention else "")


def _held_step_words(found: ContractEnd, _today: date) -> tuple[str, tuple[str, ...], bool]:
    return f"{found.remaining_count}件", (f"証明済 {len(found.order.held_items.proven)}件",), not found.remaining_count


def _order_step_words(found: ContractEnd, today: date) -> tuple[str, tuple[str, ...], bool]:
    order = found.order
    if order.notification is None:
        return "", ("まだ指示していません",), False
    more = f"加わったもの {len(order.new_lines)}件" if order.is_outdated else order.notification.told_how
    return f"{short_date(order.notification.told_on, today)} 連絡済", (more,), not order.is_outdated


def _proof_step_words(found: ContractEnd, today: date) -> tuple[str, tuple[str, ...], bool]:
    paper = found.order.certificate
    if paper is None:
        return "", ("まだ届いていません",), False
    day = f"{short_date(paper.received_on, today)} 受領"
    strays = f"一覧にないもの {len(found.stray_rows)}件" if found.stray_rows else ""
    left = f"証明のないもの {found.remaining_count}件" if found.remaining_count else "残りはありません"
    done = paper.status == "確認済" and not found.remaining_count
    return day, (paper.status, left, strays), done


def _inspection_step_words(found: ContractEnd, today: date) -> tuple[str, tuple[str, ...], bool]:
    passed = found.completion.passed_on
    if passed is not None:
        return f"{short_date(passed, today)} 合格", (), True
    return "", (f"未了の書類 {len(found.completion.open_titles)}件",), False


_STEP_WORDS: Final = {
    "残っているもの": _held_step_words, "指示": _order_step_words, "証明書": _proof_step_words,
    "検査": _inspection_step_words,
}  # fmt: skip
