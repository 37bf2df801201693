"""The screen 完了・検査・支払, with five steps, the payment period, and a document compared with the contract."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from app.actions.action_id import ActionLink
from app.calendar.dates import long_date_plain, short_date, short_date_or
from app.common.display_words import left_words
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.screens.document_view import DocumentView
from app.documents.services.document_scope import DocumentScope
from app.programme.tax import yen_text
from app.submissions.deliverables.parts import ReceiveDialog
from app.widgets.bars.action_bar import ActionBar, page_above
from app.widgets.buttons import Button, inline_button, link_button, main_button
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.flow_row import FlowRow
from app.widgets.folding_columns import ListAndDetail
from app.widgets.forms.form_fields import ChoiceBox
from app.widgets.labels import Paragraph, label, second_label, section, show_text_or_hide, styled_frame, wrapped_label
from app.widgets.layouts import add, in_column
from app.widgets.link_boxes import LinkBox, LinkBoxes
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column, Tone, unsorted
from app.widgets.note_box import NoteBox
from app.widgets.screen import ScreenOfYear, in_scroll_area, is_short, page_title, trim_page_edges
from app.window.app_context import AppContext, bind_action
from app.year_end.completion import documents as completion_documents
from app.year_end.completion.rules import JudgedPoint, agreed_values
from app.year_end.completion.screens.day_strip_view import DayStripView
from app.year_end.completion.screens.dialogs import (
    accounts_answer_dialog,
    finish_dialog,
    inspection_dialog,
    payment_dialog,
    reading_dialog,
    repair_day_dialog,
    return_dialog,
)
from app.year_end.completion.screens.step_words import STEP_WORDS, counted_words
from app.year_end.completion.services.checks import accept_point, reopen_check, take_back_return
from app.year_end.completion.services.completion import (
    INVOICE_PAPER,
    NOTICE_PAPER,
    ComparedPaper,
    Completion,
    StepName,
    read_completion,
)
from app.year_end.completion.services.inspection_documents import result_title
from app.year_end.completion.services.payments import AFTER_TERM, BOTH_ENDS, ask_accounts, remove_payment

DOCUMENTS = (
    completion_documents.INSPECTION_ANNEX_KIND, completion_documents.INSPECTION_RECORD_KIND,
    completion_documents.INSPECTION_RESULT_KIND, completion_documents.INVOICE_CHECK_KIND,
    completion_documents.COMPLETION_NOTICE_KIND,
)  # fmt: skip
ChoiceValue = tuple[str, int | None]
"""A document kind, and the 検査 of the letter where there are several."""


class DocumentChoice(ChoiceBox):
    """The choice box of the page's documents, an entry for each of several 検査結果通知; signals of a choice box."""

    def __init__(self) -> None:
        super().__init__("書類")
        self.offered: list[ChoiceValue] = []
        self._waiting: set[int] = set()
        self._put([(kind, None, kind) for kind in DOCUMENTS])

    def show_choices(self, found: Completion) -> None:
        """Fill the choice with the documents of a year, keeping the chosen one."""
        each = [
            (one.id, f"{completion_documents.INSPECTION_RESULT_KIND}　{result_title(one)}") for one in found.inspections
        ]
        self._waiting = {
            one.id for one, told in zip(found.inspections, found.notified_dates, strict=True) if told is None
        }
        chosen = self.offered[max(self.currentIndex(), 0)]
        named: list[tuple[str, int | None, str]] = []
        for kind in DOCUMENTS:
            several = kind == completion_documents.INSPECTION_RESULT_KIND and len(each) > 1
            named += [(kind, item, words) for item, words in each] if several else [(kind, None, kind)]
        self._put(named)
        self.choose(*chosen)

    def choose(self, kind: str, item: int | None = None) -> ChoiceValue:
        """Choose a document and return the choice.

        Of several letters the named one, else the one not notified for longest, else the newest.
        """
        mine = [one for one in self.offered if one[0] == kind]
        waiting = [one for one in mine if one[1] in self._waiting]
        wanted = (kind, item) if (kind, item) in mine else [*mine[-1:], *waiting[:1]][-1]
        self.setCurrentIndex(self.offered.index(wanted))
        return wanted

    def _put(self, named: list[tuple[str, int | None, str]]) -> None:
        """Fill the choice with these documents (document kind, id of the 検査 or None, words)."""
        self.offered = [(kind, item) for kind, item, _words in named]
        self.clear()
        self.addItems([words for _kind, _item, words in named])


_LOOK: dict[str, tuple[str, Tone]] = {
    "合う": ("check-circle-fill", "green"),
    "直った": ("arrows-clockwise", "accent"),
    "理由あり": ("note-pencil", "amber"),
    "合わない": ("x-circle", "red"),
    "未入力": ("circle", "second"),
    "記録なし": ("question", "amber"),
}


def our_cell(row: JudgedPoint) -> Cell:
    """Return the cell with the register's value, 「同じ」 where the document has just that, 「—」 where it is unknown.

    The note is below it, except at 合う and 直った.
    """
    same = row.state in ("合う", "直った") and row.ours == row.theirs
    return Cell("同じ" if same else row.ours or "—", "" if row.state in ("合う", "直った") else row.note)


def state_cell(row: JudgedPoint) -> Cell:
    """Return the cell with the state of a point and its icon."""
    icon, tone = _LOOK[row.state]
    return Cell(row.state, icon=icon, icon_tone=tone, tone=tone, strong=row.state in ("合わない", "直った"))


_WIDE, _USUAL, _SHARE = 460, 430, 0.42
_USUAL_POINTS = 7
"""How many points always have a row; further ones only while they are not settled."""


class CompletionScreen(ScreenOfYear):
    """The screen 完了・検査・支払; ``open_with(programme_id=…)`` shows that year, else the window's. Signals: none."""

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self.found: Completion | None = None
        self._looked = INVOICE_PAPER
        self._kind = DOCUMENTS[0]
        self._item: int | None = None
        self.day = label("", "second")
        self.main = main_button("", self.open_next_step)
        self.problem = NoteBox("", "red")
        self.steps = LinkBoxes()
        self.term = NoteBox("", "amber")
        self.ask_term = inline_button("会計課に確認中と記録", partial(self.note_question, AFTER_TERM))
        self.term.put(self.ask_term)
        self.clock = DayStripView()
        self.left = label("", "strong")
        self.passed = label("", "second")
        self.sum = label("", "second")
        self.counted = Paragraph("", role="second")
        self.ask_ends = inline_button("会計課に確認中と記録", partial(self.note_question, BOTH_ENDS))
        self.answer = inline_button("会計課の回答を記録", partial(self._ask, accounts_answer_dialog))
        self.check_head = label("", "strong")
        self.check_note = label("", "second")
        self.check_count = label("", "strong")
        self.other_paper = link_button("", self.show_other_paper)
        self.table = FittedTable(
            "completion-points",
            unsorted(
                Column("point", "見るところ", lambda one: one.point.name, width=132),
                Column("theirs", "書類", lambda one: Cell(one.theirs or "—"), stretch=True, width=140),
                Column("ours", "契約・区の記録", our_cell, stretch=True, width=140),
                Column("state", "結果", state_cell, width=100),
            ),
            title="書類の点検",
            empty="書類を受領すると、契約の記録とくらべられます。",
            names_people=False,
            on_open=self.accept_point,
            on_choose=self._offer,
        )
        self.rest = second_label()
        self.type_button = Button("点検を入力する", self.enter_reading, icon_name="pencil-simple")
        self.finish_button = Button("点検を終える", self.finish_check, icon_name="check")
        self.reason_button = Button("そのまま受ける", self.accept_point)
        self.return_button = Button("返戻を記録する", partial(self._ask, return_dialog), icon_name="arrow-u-up-left")
        self.back_button = Button("返戻を取り消す", self.take_back_return)
        self.reopen_button = Button("確認済を取り消す", self.reopen)
        self.inspect_button = Button("検査の記録を直す", self._correct_inspection)
        self.unpay_button = Button("支払の記録を消す", self.remove_payment)
        self.accounts = label("")
        self.books = label("")
        self.open_words = link_button("", self.show_papers)
        self.open_list = wrapped_label()
        self.bar = ActionBar(app_context)
        self.paper = DocumentView(app_context, with_note=False, bar=self.bar)
        self.bar.put(
            self.main,
            self.finish_button,
            self.type_button,
            self.reason_button,
            self.return_button,
            self.back_button,
            self.reopen_button,
            self.inspect_button,
            self.unpay_button,
            *self.paper.buttons,
        )
        self.kinds = DocumentChoice()
        self.kinds.activated.connect(self._choose_paper)
        self.letter = inline_button("文面と発信を開く", self.open_letter)
        self._build()

    def _build(self) -> None:
        column = page_above(self.bar, self, spacing=10)
        self._page = column.parentWidget()
        self.across = ListAndDetail(
            in_scroll_area(self._left_side()),
            self._right_side(),
            back="完了・検査・支払",
            wide=_WIDE,
            usual=_USUAL,
            share=_SHARE,
        )
        self.to_paper = Button("帳票を見る", self.across.show_detail, icon_name="file-pdf")
        title = page_title(self.app_context, "完了・検査・支払", "summary", self.day, self.to_paper, at_end=1)
        add(column, title, self.problem)
        self.problem.show_text("")
        add(column, self.steps, (self.across, 1))
        self.setFocusProxy(self.table)
        self.across.page_changed.connect(self.fit_size)
        self.steps.link_clicked.connect(self._open_link)

    def _left_side(self) -> QWidget:
        """Build the left side: steps, clock and checks."""
        inside = QWidget()
        column = in_column(owner=inside, spacing=12, margins=(0, 0, 8, 0))
        self.clock_box = styled_frame("panel")
        in_column(
            FlowRow(section("支払の時計"), self.left, self.passed, self.sum, spacing=14),
            self.clock,
            self.counted,
            FlowRow(self.ask_ends, self.answer),
            owner=self.clock_box,
            spacing=8,
            margins=(16, 12, 16, 12),
        )
        foot = styled_frame("panel")
        in_column(
            FlowRow(
                self.accounts,
                link_button("設定を開く", lambda: self.go("settings", page="contract")),
                self.books,
                spacing=14,
            ),
            FlowRow(self.open_words, label("業務完了届・請求書を除く", "small")),
            self.open_list,
            owner=foot,
            margins=(12, 8, 12, 8),
        )
        for part in (
            self.term,
            self.clock_box,
            FlowRow(self.check_head, self.check_note, self.other_paper, self.check_count, spacing=12),
            self.table,
            self.rest,
            foot,
        ):
            column.addWidget(part)
        column.addStretch(1)
        self.term.show_text("")
        return inside

    def _right_side(self) -> QWidget:
        frame = styled_frame("panel")
        choices = FlowRow(self.kinds, self.letter, spacing=6)
        over = in_column(choices, margins=(12, 8, 12, 4))
        in_column(over, (self.paper, 1), owner=frame, spacing=0, margins=(1, 1, 1, 1))
        return frame

    def fit_size(self) -> None:
        """Hide the steps and the date line where a document is shown alone on a low page.

        Also shows 「帳票を見る」 where the page is too narrow for both sides, and sets the edges of the page.
        """
        alone = is_short(self) and self.across.is_detail_shown
        for part in (self.steps, self.day):
            part.setVisible(not alone)
        self.to_paper.setVisible(self.across.is_narrow and not self.across.is_detail_shown)
        trim_page_edges(self._page, short=is_short(self))

    def reload(self) -> None:
        """Read and show the completion of the year as of today."""
        self.run_read(self._show, read_completion, **self._year(), today=self.today)

    # showing

    def _show(self, found: Completion) -> None:
        """Show the completion of a year that was read: steps, clock, checks and document.

        Another year, or a further 請求書, turns the checks to the 請求書 where there is one.
        """
        before = self.found
        first = before is None or before.programme.id != found.programme.id
        # After a receipt the received document is shown.
        came = before is not None and len(found.invoices) > len(before.invoices)
        self.found = found
        programme = found.programme
        number = fill_nonempty("　契約番号 {}", programme.contract_number)
        amount = f"　契約金額 {yen_text(programme.amount)}（税込）" if programme.amount is not None else ""
        self.day.setText(f"{long_date_plain(found.today)} 現在{number}{amount}")
        self.steps.show_boxes([self._box(name) for name in ("業務完了届", "検査", "請求書", "返戻", "支払")])
        self._show_clock(found)
        if first or came or self._compared() is None:
            self._looked = INVOICE_PAPER if found.invoices else NOTICE_PAPER
        self._show_points()
        self._show_term(found)
        self.accounts.setText(f"会計の締切　{short_date_or('（未入力）', programme.accounts_due, found.today)}")
        closing = short_date(date(programme.fiscal_year + 1, 5, 31), found.today)
        books = found.tasks.get("出納閉鎖")
        self.books.setText(f"出納閉鎖　{short_date(books.due, found.today) if books else closing}")
        done = len(found.papers) - len(found.open_papers)
        self.open_words.set_words(
            join_nonempty(f"書類の確認 {left_words(done, len(found.papers), '通')}", f"未了 {len(found.open_titles)}件")
        )
        papers = (f"{one.title}　{one.due_words}".rstrip("　") for one in found.open_papers)
        self.open_list.setText("\n".join((*papers, *found.awaited_items)))
        self._offer()
        self.kinds.show_choices(found)
        if first:
            usual = {
                "": completion_documents.INSPECTION_ANNEX_KIND,
                "支払": completion_documents.INVOICE_CHECK_KIND,
                "返戻": completion_documents.INVOICE_CHECK_KIND,
            }
            self.show_paper(usual.get(found.next_step, completion_documents.INSPECTION_ANNEX_KIND))
        elif self._kind == completion_documents.INSPECTION_RESULT_KIND:
            self.show_paper(self._kind, self._item)
        else:
            self.paper.refresh()

    def show_paper(self, kind: str, item: int | None = None) -> None:
        """Preview a document of the page as printed, before a 検査 a sentence instead of the 検査結果通知.

        ``item`` is the id of the 検査, as for ``DocumentChoice.choose``.
        """
        self._kind, self._item = self.kinds.choose(kind, item)
        self.letter.setVisible(kind == completion_documents.INSPECTION_RESULT_KIND)
        if (
            kind == completion_documents.INSPECTION_RESULT_KIND
            and self.found is not None
            and self.found.inspection is None
        ):
            self.paper.clear("検査結果通知は、検査を記録すると作成できます。")
        elif self.found is not None:
            self.paper.show_document_of(
                DocumentScope(fiscal_year=self.found.programme.fiscal_year, item=self._item), kind
            )

    def _choose_paper(self, place: int) -> None:
        """Show the document chosen at ``place``, on a narrow page instead of the left side."""
        self.show_paper(*self.kinds.offered[place])
        if self.across.is_narrow:
            self.across.show_detail()

    def open_letter(self) -> None:
        """Go to 帳票 with the chosen document, where the letter is edited and its 決裁 and 施行 are recorded.

        The window changes to the year of this page.
        """
        if self.found is not None:
            self.app_context.choose_year(self.found.programme.fiscal_year)
            self.go("documents", kind=self._kind, item=self._item)

    def _box(self, name: StepName) -> LinkBox:
        """Build the box of one step, with its day and words."""
        found = self.found
        assert found is not None
        day, lines, sign, done = STEP_WORDS[name](found)
        return LinkBox(
            name,
            day,
            lines,
            dashed=not done and found.next_step != name,
            framed=found.next_step == name,
            sign=sign,
            link=ActionLink("完了の手続きを進める", text=name, programme_id=found.programme.id),
        )

    def _show_clock(self, found: Completion) -> None:
        """Show the days of the payment period; hide them before an invoice came."""
        clock = found.clock
        self.clock_box.setVisible(clock is not None)
        self.clock.show_strip(clock)
        if clock is None:
            return
        if found.paid_on is not None:
            self.left.setText(f"{short_date(found.paid_on, found.today)} 支払済")
        elif clock.last_day is None:
            self.left.setText("返戻中・再受領まで止まっています")
        elif late := found.payment_task.overdue_days:
            self.left.setText(f"期限を{late}日過ぎています")
        else:
            self.left.setText(f"残り {clock.remaining}日")
        self.passed.setText(
            f"開庁日 {clock.remaining_open}日　経過 {clock.passed}日　止めた日 {clock.stopped}日"
            if clock.last_day is not None and found.paid_on is None
            else f"経過 {clock.passed}日　止めた日 {clock.stopped}日"
        )
        self.sum.setText(f"{clock.passed}＋{clock.remaining}＝{clock.days}日" if clock.last_day is not None else "")
        self.counted.setText(counted_words(found))
        asked = next((one for one in found.questions if one.matter == BOTH_ENDS), None)
        self.ask_ends.setVisible(bool(found.returns) and asked is None)
        self.answer.setVisible(any(one.answered_on is None for one in found.questions))

    def _show_term(self, found: Completion) -> None:
        """Show a note once the term has ended before the inspection, or on an invoice that came too early."""
        if not found.is_term_over:
            self.term.show_text(_EARLY_INVOICE if found.is_invoice_early else "")
            self.ask_term.setVisible(False)
            return
        asked = next((one for one in found.questions if one.matter == AFTER_TERM), None)
        ended = short_date(found.programme.term_end, found.today)
        said = f"履行期間の末日（{ended}）までに、検査が終わっていません。このあとの扱いは、会計課に確かめてください。"
        if asked is not None:
            state = (
                f"会計課の回答（{short_date(asked.answered_on, found.today)}）　{asked.answer}"
                if asked.answered_on is not None
                else f"会計課に確認中（{short_date(asked.asked_on, found.today)} {asked.asked_by}）"
            )
            said = f"{said}\n{state}"
        self.term.show_text(said)
        self.ask_term.setVisible(asked is None)

    def _compared(self) -> ComparedPaper | None:
        """Return the paper whose checks are shown: the newest 請求書 or 業務完了届, None if there is none."""
        if self.found is None:
            return None
        return self.found.invoice if self._looked == INVOICE_PAPER else self.found.notice

    def _show_points(self) -> None:
        """Show the checked points of the newest 請求書 or 業務完了届, whichever is chosen.

        Points after the seventh that are 合う are only named below the list.
        """
        found, looked = self.found, self._compared()
        assert found is not None
        kind = self._looked
        other = NOTICE_PAPER if kind == INVOICE_PAPER else INVOICE_PAPER
        self.other_paper.set_words(f"{other}の点検を見る")
        self.other_paper.setVisible(bool(found.invoices if other == INVOICE_PAPER else found.notices))
        self.check_head.setText(f"{kind}の点検")
        if looked is None:
            self.table.show_rows(())
            self.check_note.setText("")
            self.check_count.setText("")
            self.rest.setVisible(False)
            return
        paper = looked.paper
        self.check_note.setText(
            f"第{paper.version}通　{short_date(paper.received_on, found.today)} 受領"
            + fill_nonempty("　{}", paper.receipt_number)
            + (f"　{paper.status}" if not paper.status.is_in_check else "")
        )
        self.check_count.setText(left_words(looked.settled_count, len(looked.points)))
        rows = [one for place, one in enumerate(looked.points) if place < _USUAL_POINTS or one.state != "合う"]
        folded = [one.point.name for one in looked.points if one not in rows]
        self.table.show_rows(rows)
        show_text_or_hide(self.rest, f"ほか {len(folded)}点　合う（{'・'.join(folded)}）" if folded else "")

    def _offer(self) -> None:
        """Show the buttons of what can be done with the compared paper and the next step; disabled when read-only."""
        found, looked = self.found, self._compared()
        if found is None:
            return
        may = self.may_write
        current = self.table.current()
        invoice = self._looked == INVOICE_PAPER
        still = looked is not None and looked.paper.status.is_in_check
        self.type_button.setVisible(still)
        self.finish_button.setVisible(still and looked is not None and not looked.open_names)
        self.reason_button.setVisible(
            still and current is not None and current.state in ("合わない", "記録なし", "理由あり")
        )
        unpaid = found.payment is None and found.paid_on is None
        self.return_button.setVisible(invoice and found.invoice_on is not None and found.open_return is None and unpaid)
        self.back_button.setVisible(bool(invoice and found.returns and unpaid))
        self.reopen_button.setVisible(looked is not None and looked.is_finished and (unpaid or not invoice))
        self.inspect_button.setVisible((found.inspection is not None or found.passed_on is not None) and unpaid)
        self.unpay_button.setVisible(found.payment is not None)
        words, _act = self._next_action()
        self.main.set_words(words or "完了・検査・支払")
        self.main.setVisible(bool(words))
        self.bar.show_words(f"**{looked.paper.kind}**　第{looked.paper.version}通" if looked is not None else "")
        self.fit_size()
        for button in (
            self.main, self.type_button, self.finish_button, self.reason_button, self.return_button, self.back_button,
            self.reopen_button, self.inspect_button, self.unpay_button, self.ask_ends, self.ask_term, self.answer,
        ):  # fmt: skip
            button.setEnabled(may)

    def _next_action(self) -> tuple[str, Callable[[], None] | None]:
        """Return label and action of the main button; "" once all is done."""
        found = self.found
        if found is None or not found.next_step:
            return "", None
        last = found.inspection
        if found.next_step == "検査" and last is not None and last.result.needs_rework and last.repaired_on is None:
            return "手直しが済んだ日を記録", partial(self._ask, repair_day_dialog)
        invoice = found.invoice
        if found.next_step == "支払" and found.payment is None and invoice is not None and not invoice.is_finished:
            if invoice.open_names:
                return "請求書の点検を入力する", partial(self._check_invoice, self.enter_reading)
            return "請求書の点検を終える", partial(self._check_invoice, self.finish_check)
        acts = {
            "業務完了届": ("業務完了届を受領する", partial(self._receive, NOTICE_PAPER)),
            "検査": ("検査を記録する", partial(self._ask, inspection_dialog)),
            "請求書": ("請求書を受領する", partial(self._receive, INVOICE_PAPER)),
            "返戻": ("再受領を記録する", partial(self._receive, INVOICE_PAPER)),
            "支払": ("支払の手続きを記録", partial(self._ask, payment_dialog)),
        }
        return acts[found.next_step]

    # acting

    def open_next_step(self) -> None:
        """Run the action of the main button, which is the next step."""
        _words, act = self._next_action()
        if act is not None:
            act()

    def _open_link(self, link: ActionLink) -> None:
        """Follow a click on the box of a step: the next step is done as by the main button, 支払 opens its dialog.

        A 検査 that was passed opens for correction; a paper shows its points, or its receipt is recorded.
        """
        found = self.found
        if found is None:
            return
        if link.text == "支払" and found.next_step in ("支払", ""):
            self._ask(payment_dialog)
        elif link.text == found.next_step:
            self.open_next_step()
        elif link.text == "検査" and found.passed_on is not None:
            self._correct_inspection()
        elif link.text in ("業務完了届", "請求書", "返戻"):
            kind = NOTICE_PAPER if link.text == NOTICE_PAPER else INVOICE_PAPER
            if found.notices if kind == NOTICE_PAPER else found.invoices:
                self._looked = kind
                self._show_points()
                self._offer()
            else:
                self._receive(kind)

    def _check_invoice(self, next_action: Callable[[], None]) -> None:
        """Show the points of the 請求書, then run ``next_action``."""
        self._looked = INVOICE_PAPER
        self._show_points()
        self._offer()
        next_action()

    def _receive(self, kind: str) -> None:
        """Open the dialog that records the receipt of this kind of paper."""
        found = self.found
        if found is not None and self.may_write:
            sender = found.view.contractor.responsible
            ReceiveDialog(self, found.programme.id, kind=kind, sender=sender).open()

    def show_papers(self) -> None:
        """Go to 資料・報告, the list of the contractor's documents."""
        self.go("turns", **self.view_state())

    def show_other_paper(self) -> None:
        """Show the checked points of the other paper (完了届 or 請求書)."""
        if self.found is not None:
            self._looked = NOTICE_PAPER if self._looked == INVOICE_PAPER else INVOICE_PAPER
            self._show_points()
            self._offer()

    def _ask(self, dialog: Callable[[AppContext, Completion, QWidget], FormDialog]) -> None:
        """Open a dialog about the year shown, if it may be changed."""
        if self.found is not None and self.may_write:
            dialog(self.app_context, self.found, self).open()

    def _correct_inspection(self) -> None:
        """Open the dialog that corrects the newest 検査; one recorded only by its day gets its full record."""
        self._ask(partial(inspection_dialog, corrects=True))

    def enter_reading(self) -> None:
        """Open the dialog for the values of the compared paper; those matched in the version before are proposed."""
        looked, found = self._compared(), self.found
        if looked is None or found is None or self.app_context.read_only:
            return
        versions = found.invoices if self._looked == INVOICE_PAPER else found.notices
        before = versions[-2] if len(versions) > 1 else None
        usual = {}
        if before is not None and before.reading is not None:
            usual = agreed_values([one.point for one in before.points], before.reading.said, before.register)
        reading_dialog(self.app_context, looked, usual, self).open()

    def finish_check(self) -> None:
        """Open the dialog that finishes the check of the document."""
        looked = self._compared()
        if looked is not None and self.may_write:
            finish_dialog(self.app_context, looked, self).open()

    def accept_point(self) -> None:
        """Open a dialog for the reason for accepting the current point, if 「そのまま受ける」 is offered for it."""
        looked, current = self._compared(), self.table.current()
        if looked is None or current is None or not self.reason_button.is_offered or self.app_context.read_only:
            return
        ReasonDialog(
            self,
            "そのまま受ける",
            current.id,
            verb="理由を記録する",
            text=f"{current.note}　そのまま受けるときは、理由を書いてください。".strip("　"),
            usual_reasons=(),
            change=lambda reason: bind_action(accept_point, paper_id=looked.paper.id, point=current.id, reason=reason),
        ).open()

    def take_back_return(self) -> None:
        """Withdraw the newest 返戻 at once, without asking."""
        if self.found is not None:
            self.run_action(take_back_return, programme_id=self.found.programme.id)

    def reopen(self) -> None:
        """Open a dialog for a reason, which withdraws 確認済 of the compared paper."""
        looked = self._compared()
        if looked is None or self.app_context.read_only:
            return
        paper = looked.paper
        ReasonDialog(
            self,
            "確認済を取り消す",
            paper.kind,
            verb="確認済を取り消す",
            text="確認済を取り消し、点検を続けます。",
            usual_reasons=("入力の誤り", "確かめ直すため"),
            change=lambda reason: bind_action(reopen_check, paper_id=paper.id, reason=reason),
        ).open()

    def remove_payment(self) -> None:
        """Delete the record of the payment at once, without asking."""
        if self.found is not None:
            self.run_action(remove_payment, programme_id=self.found.programme.id)

    def note_question(self, matter: str) -> None:
        """Save at once that the 会計課 was asked about ``matter`` (``AFTER_TERM`` or ``BOTH_ENDS``)."""
        if self.found is not None:
            self.run_action(ask_accounts, programme_id=self.found.programme.id, matter=matter)

    def show_error(self, problem: Exception) -> None:
        """Show the error and the stored state again."""
        super().show_error(problem)
        self.reload()


_EARLY_INVOICE = (
    "請求書の受領日が、検査に合格した日より前です。日付をご確認ください。"
    "正しいときは、支払の期限の数え方を会計課に確かめてください。"
)
