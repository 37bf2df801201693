"""契約の終わり: what is held on both shelves, and the way from the instruction to the proof and the 検査."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.acts.action_id import Asked
from app.calendar.dates import short_date
from app.calendar.wareki import fiscal_year_words
from app.ledgers.services.entering import correct_row
from app.main_window.ways import way_to
from app.papers.screens.export_button import export_button
from app.papers.screens.paper_view import PaperDialog
from app.papers.screens.told_dialog import ToldDialog
from app.papers.services.notification import set_aside
from app.papers.services.paper_scope import PaperScope
from app.subjects.settings.disposal.papers.return_package import KIND as PACKAGE
from app.subjects.settings.disposal.services.contract_end import (
    STEPS,
    ContractEnd,
    EndRow,
    EndStep,
    read_contract_end,
    settle_held,
)
from app.subjects.submissions.deliverables.papers.disposal_order import KIND as ORDER
from app.subjects.submissions.deliverables.papers.kit_paper import ENDING
from app.subjects.submissions.deliverables.rules.year_form_pages import CERTIFICATE, DISPOSALS
from app.subjects.submissions.deliverables.services.disposal_ledger import DISPOSED, KEPT
from app.subjects.submissions.deliverables.services.disposal_order import CERTIFIED, TITLE
from app.widgets.buttons import Button, MoreAct, MoreButton, link_button
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.dialogs.usual_dialogs import ReasonDialog
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form_fields import Field
from app.widgets.labels import heading, label
from app.widgets.layouts import add
from app.widgets.lists.record_model import Cell, Column, unsorted
from app.widgets.lists.record_table import RecordTable
from app.widgets.marks import Badge
from app.widgets.screen import Screen, only_for_writing, page
from app.widgets.way_boxes import WayBox, WayBoxes
from app.window import theme as t
from app.window.desk import Desk, acting

_GROUPS: Final = {
    "left": "受託者が持っているもの　返還・廃棄の証明がまだないもの",
    "stray": "証明書にあって、上の一覧にないもの　Enter でどれに当たるかを選びます",
    "proven": "返還・廃棄が済んだもの",
    "ward": "区が持っているもの　保つ期間が来たら区が消します",
}

_TOLD: Final = "指示を伝えたと記録する"


class ContractEndScreen(Screen):
    """The page; ``open_with(programme_id=…)`` shows another year than that of the window. Signals: none."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.found: ContractEnd | None = None
        self._programme_id: int | None = None
        self.badge = Badge("要確認")
        self.badge.hide()
        self.day = label("", "second")
        self.steps = WayBoxes()
        self.steps.followed.connect(self._follow)
        self.table = RecordTable(
            "contract-end",
            unsorted(
                Column("what", "情報・媒体", show=_what, stretch=True),
                Column("quantity", "数量", show=lambda row: row.quantity, align="right", width=88),
                Column("source", "もとの記録", show=lambda row: Cell(row.source, tone="second"), width=248),
                Column("stands", "返還・廃棄", show=_stands, width=240),
            ),
            title=TITLE,
            empty="この契約で受託者に渡したもの、区が持っているものの記録は、まだありません。",
            group=lambda row: _GROUPS[row.state],
            unit="件",
            hint="Enter 記入する・もとの記録を開く　Ctrl・Shift で何件も選べます",
            filtered=False,
        )
        self.table.opened.connect(self._open)
        self.table.chosen.connect(lambda _row: self._offer())
        self.settle_button = Button("返還・廃棄を記入する", self.settle, low=True)
        self.match_button = Button("どれに当たるかを選ぶ", self.match, low=True)
        self.source_button = Button("もとの記録を開く", self.open_source, low=True)
        for button in (self.settle_button, self.match_button, self.source_button):
            self.table.put_tool(button)
        self.table.foot.addWidget(export_button(desk, self.table, title=TITLE, personal=True))
        self.main = Button("", self.go_on, kind="main")
        self.more = MoreButton(self._papers, "書類と記録", kind="plain")
        column = page(self, spacing=10)
        add(
            column,
            FlowRow(
                link_button("年度", lambda: desk.back_to("summary")),
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
        only_for_writing(desk, self.settle_button, self.match_button)
        desk.year_changed.connect(self._leave_year)

    # which year

    def open_with(self, **arguments: Any) -> None:
        """Take the year that is meant, where it is another than that of the window."""
        self._programme_id = int(arguments["programme_id"]) if arguments.get("programme_id") else None

    def view_state(self) -> dict[str, Any]:
        """The year, where it is not the one shown."""
        return {} if self._programme_id is None else {"programme_id": self._programme_id}

    def _leave_year(self, _year: int) -> None:
        self._programme_id = None

    def reload(self) -> None:
        """Read how the end of the contract stands today."""
        if self._programme_id is not None:
            self.fetch(self._show, read_contract_end, programme_id=self._programme_id, today=self.desk.today())
        else:
            self.fetch(self._show, read_contract_end, fiscal_year=self.desk.fiscal_year, today=self.desk.today())

    # showing

    def _show(self, found: ContractEnd) -> None:
        self.found = found
        term = short_date(found.view.programme.term_end, self.desk.today())
        self.day.setText(f"{fiscal_year_words(found.fiscal_year)}　履行期間の末日 {term}")
        amber = [one for one in found.rows if one.amber and one.state != "ward"]
        self.badge.setVisible(bool(amber))
        self.badge.show_status("要確認", f"{len(amber)}件")
        self.steps.show_boxes([self._box(step) for step in STEPS])
        self.table.show_rows(found.rows)
        self.table.stand_somewhere()
        words = {"指示": "指示書を開く", "証明書": f"{CERTIFIED}を受領する", "検査": "検査に進む"}
        self.main.set_words(_TOLD if self._waits() else words.get(found.next, "完了・検査・支払を開く"))
        self._offer()

    def _box(self, step: EndStep) -> WayBox:
        found = self.found
        assert found is not None
        day, lines, done = _STEP_WORDS[step](found, self.desk.today())
        sign = ("check-circle-fill", t.GREEN) if done else None
        return WayBox(
            f"{STEPS.index(step) + 1} {step}",
            day,
            lines,
            dashed=not done and found.next != step,
            framed=found.next == step,
            sign=sign,
            asked=Asked(TITLE, text=step),
        )

    def _offer(self) -> None:
        """Offer what can be done with the row at hand."""
        row = self.table.current()
        writing = not self.desk.read_only
        strays = bool(self.found is not None and self.found.strays)
        self.settle_button.setEnabled(writing and row is not None and row.state == "left")
        matching = row is not None and (row.state == "stray" or (row.state == "left" and strays))
        self.match_button.setEnabled(writing and matching)
        self.source_button.setEnabled(row is not None and row.asked is not None)

    # what is done

    def _waits(self) -> bool:
        """Whether the letter was made and waits to be told; nothing is noted 閲覧専用."""
        stand = self.found.order.stand if self.found is not None else None
        return stand is not None and stand.stand.standing in ("未通知", "変更あり") and not self.desk.read_only

    def _papers(self) -> Iterator[MoreAct]:
        """What is shown or noted beside the next step."""
        if self.found is None:
            return
        if self.found.order.lines:
            yield "指示書を開く", self.show_letter
        if self._waits():
            yield _TOLD, self.note_told
        if self.found.order.is_outdated and not self.desk.read_only:
            yield "指示を伝え直さない", self.leave_untold
        yield "証明書の様式を開く", self.show_form
        yield "データ返還一式を開く", self.show_package

    def _follow(self, asked: Asked) -> None:
        if asked.text == "残っているもの":
            self.table.setFocus()
        elif asked.text is not None:
            self._go_to(asked.text)

    def go_on(self) -> None:
        """Do the next step."""
        if self._waits():
            self.note_told()
        elif self.found is not None:
            self._go_to(self.found.next or "検査")

    def _go_to(self, step: str) -> None:
        found = self.found
        if found is None:
            return
        if step == "指示":
            self.show_letter()
        elif step == "証明書":
            self._go(Asked("提出物", programme_id=found.view.programme.id, text=CERTIFIED))
        else:
            self._go(Asked("完了の手続きを進める", programme_id=found.view.programme.id))

    def _go(self, asked: Asked) -> None:
        route = way_to(asked)
        self.desk.go(route.place, **route.arguments)

    def _scope(self) -> PaperScope:
        assert self.found is not None
        return PaperScope(fiscal_year=self.found.fiscal_year)

    def _show_paper(self, kind: str) -> None:
        if self.found is not None:
            PaperDialog(self.desk, scope=self._scope(), kind=kind, parent=self).open()

    def show_letter(self) -> None:
        """Show the letter; its words and how it goes stand in 帳票."""
        self._show_paper(ORDER)

    def show_form(self) -> None:
        """Show the form of the certificate, filled with what is left."""
        self._show_paper(f"{CERTIFICATE}{ENDING}")

    def show_package(self) -> None:
        """Show everything of the year as one workbook, to be saved with a password."""
        self._show_paper(PACKAGE)

    def note_told(self) -> None:
        """Note that the instruction was told."""
        if self.found is not None and self.found.order.stand is not None:
            named = self.found.order.stand.named
            ToldDialog(self.desk, scope=self._scope(), key=ORDER, subject=named, parent=self).open()

    def leave_untold(self) -> None:
        """Leave what came after the instruction untold, with the reason."""
        if self.found is None:
            return
        scope = self._scope()
        ReasonDialog(
            self.desk,
            "伝え直さない",
            "、".join(one.words for one in self.found.order.fresh),
            verb="見送りにする",
            text="伝え直さないことを理由と一緒に残します。残っているものがまた増えると、ホームに戻ります。",
            usual=("電話で伝えた", "証明書に加えてもらった"),
            change=lambda reason: acting(self.desk, set_aside, scope=scope, key=ORDER, reason=reason),
            parent=self,
        ).open()

    def open_source(self) -> None:
        """Open the record that the row at hand comes from."""
        row = self.table.current()
        if row is not None and row.asked is not None:
            self._go(row.asked)

    def _open(self, row: EndRow | None) -> None:
        if row is None:
            return
        if row.state == "left" and not self.desk.read_only:
            self.settle()
        elif row.state == "stray" and not self.desk.read_only:
            self.match()
        else:
            self.open_source()

    def settle(self) -> None:
        """Ask how the things at hand ended: they came back, were destroyed, or stay for a reason."""
        found = self.found
        rows = [one for one in self.table.selected() if one.state == "left"]
        if rows and found is not None and not self.desk.read_only:
            SettleDialog(self.desk, found, rows, self).open()

    def match(self) -> None:
        """Ask which thing of the list a row of the certificate is about."""
        row, found = self.table.current(), self.found
        if row is None or found is None or self.desk.read_only:
            return
        if row.state == "stray":
            proofs, things = [row], [one for one in found.rows if one.state == "left"]
        else:
            proofs, things = list(found.strays), [row]
        if not proofs or not things:
            return
        year = found.fiscal_year
        FormDialog(
            self.desk,
            "どれに当たるかを選ぶ",
            row.what,
            main="記録する",
            text="証明書の言葉が一覧と違うときに、どれの証明かを返還・廃棄簿に記入します。証明書の言葉は変わりません。",
            fields=(
                Field("proof", "証明の行", "choice", choices=tuple((one.row_key, _long(one)) for one in proofs)),
                Field("thing", "残っているもの", "choice", choices=tuple((one.id, _long(one)) for one in things)),
            ),
            values={"proof": proofs[0].row_key, "thing": things[0].id},
            change=lambda typed: acting(
                self.desk,
                correct_row,
                key=DISPOSED.key,
                fiscal_year=year,
                row_key=typed["proof"],
                column="covers",
                value=next(one.line.words for one in things if one.line is not None and one.id == typed["thing"]),
                reason="",
            ),
            width=720,
            parent=self,
        ).open()


class SettleDialog(FormDialog):
    """How one thing ended, or several alike. Signals: those of ``FormDialog``."""

    def __init__(self, desk: Desk, found: ContractEnd, rows: Sequence[EndRow], parent: QWidget) -> None:
        """``rows`` are left; the quantity is asked for where there is one alone."""
        one = rows[0]
        alone = (Field("quantity", "数量", width=140),) if len(rows) == 1 else ()
        super().__init__(
            desk,
            "返還・廃棄を記入する",
            one.what + (f"　ほか{len(rows) - 1}件" if len(rows) > 1 else ""),
            main="記入する",
            text="返還・廃棄簿に行を加えます。証明書の様式が返ってくるときは、様式から入るので記入は要りません。",
            fields=(
                Field("done", "年月日", "date", width=140),
                Field("way", "方法", "choice", choices=tuple((one, one) for one in (*DISPOSALS, KEPT)), width=280),
                *alone,
                Field("tool", "ソフト名・業者名・残す理由", optional=True, hint="残すときは、理由と期限"),
                Field("who", "責任者", width=220),
            ),
            values={
                "way": DISPOSALS[0],
                "who": found.view.contractor.responsible,
                "done": desk.today(),
                **({"quantity": one.quantity} if alone else {}),
            },
            change=partial(_settled, desk, found.fiscal_year, [row.id for row in rows]),
            near=desk.today(),
            width=720,
            parent=parent,
        )


def _settled(desk: Desk, year: int, lines: list[str], typed: dict[str, Any]) -> Any:
    cells = {key: str(value) for key, value in typed.items() if key != "done"}
    cells["done"] = typed["done"].isoformat()
    return acting(desk, settle_held, fiscal_year=year, lines=lines, cells=cells)


def _long(row: EndRow) -> str:
    return f"{row.what}　{row.medium}　{row.quantity}"


def _what(row: EndRow) -> Cell:
    return Cell(row.what, row.medium, strong=row.state in ("left", "stray"))


def _stands(row: EndRow) -> Cell:
    if row.state == "proven":
        return Cell(row.stands, icon="check-circle-fill", tone="green")
    return Cell(row.stands, tone="amber" if row.amber else "")


def _held_words(found: ContractEnd, _today: date) -> tuple[str, tuple[str, ...], bool]:
    return f"{found.left}件", (f"証明済 {len(found.order.held.proven)}件",), not found.left


def _order_words(found: ContractEnd, today: date) -> tuple[str, tuple[str, ...], bool]:
    order = found.order
    if order.told is None:
        return "", ("まだ指示していません",), False
    more = f"加わったもの {len(order.fresh)}件" if order.is_outdated else order.told.told_how
    return f"{short_date(order.told.told_on, today)} 連絡済", (more,), not order.is_outdated


def _proof_words(found: ContractEnd, today: date) -> tuple[str, tuple[str, ...], bool]:
    paper = found.order.certificate
    if paper is None:
        return "", ("まだ届いていません",), False
    day = f"{short_date(paper.received_on, today)} 受領"
    strays = f"一覧にないもの {len(found.strays)}件" if found.strays else ""
    left = f"証明のないもの {found.left}件" if found.left else "残りはありません"
    done = paper.status == "確認済" and not found.left
    return day, (paper.status, left, strays), done


def _inspection_words(found: ContractEnd, today: date) -> tuple[str, tuple[str, ...], bool]:
    passed = found.completion.passed_on
    if passed is not None:
        return f"{short_date(passed, today)} 合格", (), True
    return "", (f"未了の書類 {len(found.completion.open_titles)}件",), False


_STEP_WORDS: Final = {
    "残っているもの": _held_words, "指示": _order_words, "証明書": _proof_words, "検査": _inspection_words,
}  # fmt: skip
