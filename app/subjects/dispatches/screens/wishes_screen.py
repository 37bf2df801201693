"""派遣の希望票: the signed slips of the year, each with its link to a 講習会, its consent and how it was decided."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.asked import Asked
from app.calendar.dates import short_date
from app.main_window.ways import way_to
from app.papers.screens.paper_view import PaperDialog
from app.papers.services.paper_scope import PaperScope
from app.subjects.dispatches.rules import not_told_words
from app.subjects.dispatches.screens.dispatch_dialogs import decide_dialog, handed_dialog
from app.subjects.dispatches.screens.support_panel import Part, keep_copy
from app.subjects.dispatches.screens.wish_dialog import WishDialog
from app.subjects.dispatches.services.wishes import WishList, WishRow, read_wishes, remove_wish
from app.widgets.buttons import Button, link_button, main_button
from app.widgets.flow_row import FlowRow
from app.widgets.folding_columns import ListAndDetail
from app.widgets.labels import heading, label
from app.widgets.note_box import NoteBox
from app.widgets.record_model import Cell, Column, SheetPart
from app.widgets.record_table import RecordTable
from app.widgets.screen import Screen, only_for_writing, page, row, scrolling
from app.widgets.segments import Segments
from app.window.desk import Desk, acting, with_store

_STATES = ("選定前", "決定", "不採択", "取下げ")
_BADGE = {"選定前": "今週", "決定": "済", "不採択": "落選", "取下げ": "辞退"}


def wish_columns(today: date) -> tuple[Column, ...]:
    """Return the columns of the list: no telephone, no rank."""
    return (
        Column(
            key="received",
            title="受け取った日",
            show=lambda one: _received(one, today),
            sort=lambda one: one.wish.received_on,
            copied=lambda one: one.wish.received_on.isoformat(),
        ),
        Column(
            key="name",
            title="団体",
            show=lambda one: Cell(text=one.organisation.name, second=one.organisation.branch, strong=True),
            stretch=True,
            parts=(
                SheetPart(title="団体", show=lambda one: one.organisation.name),
                SheetPart(title="支部", show=lambda one: one.organisation.branch),
            ),
        ),
        Column(
            key="tools",
            title="希望するもの",
            show=lambda one: Cell(text="・".join(one.wish.tools), second=one.wish.wish),
            widest=260,
            narrow=False,
        ),
        Column(key="link", title="講習会", show=_link, widest=220, needs=560),
        Column(
            key="consent",
            title="同意",
            show=lambda one: Cell(
                text=one.wish.consent or "記入なし", tone="" if one.wish.consent == "同意あり" else "second"
            ),
        ),
        Column(
            key="state",
            title="結果",
            show=lambda one: Cell(
                text=one.state,
                badge=_BADGE[one.state],
                second=short_date(one.wish.decided_on, today) if one.wish.decided_on else "",
            ),
        ),
    )


def _received(one: WishRow, today: date) -> Cell:
    return Cell(text=short_date(one.wish.received_on, today), second=one.wish.received_how)


def _link(one: WishRow) -> Cell:
    if one.links and one.links[0].came:
        return Cell(text=one.links[0].words)
    return Cell(text="参加なし", second=one.links[0].words if one.links else "", tone="amber")


class WishesScreen(Screen):
    """派遣の希望票. Signals: none. ``arrive(event_id=…, wish_id=…, organisation_id=…)``."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.listed: WishList | None = None
        self._wanted: int | None = None
        self._event_id: int | None = None
        self.crumb = link_button("事業", lambda: desk.go("events"))
        self.counts = label("", "small")
        self.kinds = Segments(_STATES, name="結果で絞り込む")
        self.table = RecordTable(
            "dispatch-wishes",
            wish_columns(desk.today()),
            title="派遣の希望票",
            sort="received",
            empty="希望票の記録は、まだありません。代表者の署名のある用紙を受け取ったら記録します。",
            empty_button="希望票を記録",
            empty_act=self.add,
            hint="Enter で右の欄へ",
        )
        self.call_paper = Button("募集要項", lambda: self._paper("call"), icon_name="printer")
        self.form_paper = Button("希望票の用紙", lambda: self._paper("form"), icon_name="printer")
        self.drafting = Button("起案資料", lambda: self._paper("drafting"), icon_name="printer")
        self.add_button = main_button("希望票を記録", self.add, icon_name="plus")
        self.change = Button("希望票を直す", self._change, icon_name="pencil-simple")
        self.decide = Button("選定を記録", self._decide, icon_name="pencil-simple")
        self.copy = Button("写しを保管", self._attach, icon_name="tray")
        self.decline = Button("不採択通知", self._decline, icon_name="printer")
        self.handed = Button("受託者へ渡した記録", self._handed)
        self.remove = Button("削除", self._remove, kind="link")
        self.open_event = Button("支援のあゆみを開く", self._to_event, kind="link")
        self.slip = Part("希望票", self.change, self.copy, self.remove)
        self.add_event = Button("派遣の実施回を追加", self._add_event, icon_name="plus")
        self.choice = Part("選定", self.decide, self.decline, self.add_event)
        self.consent = Part("連絡先", self.handed, self.open_event)
        self.warning = NoteBox(tone="quiet")
        self._build()

    def _build(self) -> None:
        column = page(self)
        column.addLayout(row(self.crumb, label("›　派遣の希望票", "small"), None, spacing=6))
        title = QWidget()
        title.setLayout(row(heading("派遣の希望票"), self.counts, spacing=16))
        column.addWidget(
            FlowRow(title, self.call_paper, self.form_paper, self.drafting, self.add_button, spacing=8, at_end=4)
        )
        self.table.put_tool(self.kinds)
        side = QWidget()
        inside = QVBoxLayout(side)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.setSpacing(12)
        self.name = label("", "h2", wrap=True)
        # A 団体 that came in by its name alone: it is said, and stops nobody.
        self.branch = link_button("支部の登録がありません。団体を開いて入れられます", self._to_organisation)
        for part in (self.name, self.branch, self.warning, self.slip, self.choice, self.consent):
            inside.addWidget(part)
        inside.addStretch(1)
        self.detail = side
        self.across = ListAndDetail(self.table, scrolling(side), back="希望票の一覧", wide=400, usual=372)
        column.addWidget(self.across, 1)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _row: self._to_detail())
        self.table.edit_asked.connect(lambda _row: self._change())
        self.kinds.chosen.connect(lambda _word: self._fill())
        only_for_writing(
            self.desk, self.add_button, self.change, self.decide, self.copy, self.handed, self.remove, self.add_event
        )
        side.hide()

    def arrive(
        self,
        *,
        event_id: int | None = None,
        wish_id: int | None = None,
        organisation_id: int | None = None,
        new: str = "",
        asked: str = "",
        **_more: Any,
    ) -> None:
        """Stand at one slip, or at that of a 派遣 or of its 団体; ``new`` names the wish to write one down.

        Coming back to the same wish with Alt+← does not ask again; ``asked`` is that of ``stand``.
        """
        self._wanted, self._event_id, self._organisation_id = wish_id, event_id, organisation_id
        self._asked = asked or self._asked
        self._new = new if new != self._asked else ""

    _organisation_id: int | None = None
    _asked = ""
    _new = ""

    def stand(self) -> dict[str, Any]:
        """The slip that is shown, and the last wish that was granted."""
        current = self.table.current()
        return {"wish_id": current.id if current is not None else None, "asked": self._asked}

    def reload(self) -> None:
        """Read the slips of the year."""
        self.desk.read(with_store(read_wishes, fiscal_year=self.desk.fiscal_year), self._show, owner=self)

    def _show(self, listed: WishList) -> None:
        self.listed = listed
        chosen = listed.count("決定")
        self.counts.setText(f"{len(listed.rows)}団体　決定 {chosen} / {listed.planned}団体程度（仕4(2)ウ）")
        counts = [sum(one.state == state for one in listed.rows) for state in _STATES]
        self.kinds.show_counts(len(listed.rows), *counts)
        self._fill()
        if self._new and not self.desk.read_only:
            self._asked, self._new = self._new, ""
            self.add()

    def _fill(self) -> None:
        if self.listed is None:
            return
        word = self.kinds.current()
        self.table.show_rows([one for one in self.listed.rows if not word or one.state == word])
        event = next((one for one in self.listed.dispatches if one.id == self._event_id), None)
        organisation_id = self._organisation_id or (event.organisation_id if event is not None else None)
        wanted = self._wanted or next(
            (one.id for one in self.listed.rows if one.wish.organisation_id == organisation_id), None
        )
        if wanted is not None:
            self._wanted = self._event_id = self._organisation_id = None
            self.table.choose(lambda one: one.id == wanted)
        elif self.table.current() is None:
            self.table.choose(lambda _one: True)
        self._choose(self.table.current())

    def _choose(self, found: WishRow | None) -> None:
        self.detail.setVisible(found is not None)
        if found is None:
            return
        today = self.desk.today()
        wish = found.wish
        self.name.setText(f"{found.organisation.name}　{found.organisation.branch}".strip())
        self.branch.setVisible(not found.organisation.branch)
        warned = found.warning and not wish.unlinked_reason
        self.warning.say(found.warning if warned else "", tone="amber" if warned else "quiet")
        self.warning.setVisible(bool(warned))
        self.slip.right.setText(
            f"署名あり　{short_date(wish.received_on, today)} {wish.received_how} {wish.receipt_number}".strip()
        )
        self.slip.show_lines(
            (
                ("代表者", f"{wish.signer_role} {wish.signer}".strip()),
                ("希望", "　".join(part for part in ("・".join(wish.tools), wish.wish) if part)),
                ("いまの様子", wish.current_use),
                ("困りごと", wish.trouble),
                ("講習会", wish.took_part),
                ("希望する日", wish.days),
                (
                    "会場",
                    "　".join(
                        part
                        for part in (
                            wish.venue,
                            {"有": "回線あり", "無": "回線なし"}.get(wish.network, ""),
                            f"使用料 {wish.fee}" if wish.fee else "",
                        )
                        if part
                    ),
                ),
                ("使えるもの", wish.equipment),
                (
                    "人数",
                    "　".join(
                        part
                        for part in (
                            f"{wish.people}人" if wish.people else "",
                            f"うちスマートフォン {wish.phones}人" if wish.phones is not None else "",
                        )
                        if part
                    ),
                ),
                (
                    "原本",
                    "　".join(
                        part
                        for part in (
                            wish.original_place,
                            f"写し「{wish.file_name}」" if wish.file_name else "",
                            f"廃棄予定 {short_date(wish.dispose_on, today)}" if wish.dispose_on else "",
                        )
                        if part
                    ),
                ),
            )
        )
        lines = [("結果", found.state), ("理由", wish.reason)]
        lines += [("講習会", one.words) for one in found.links[:2]]
        lines += [("実施回", found.event.full_title)] if found.event is not None else []
        lines += [("つながり", wish.unlinked_reason)] if wish.unlinked_reason else []
        self.choice.right.setText(short_date(wish.decided_on, today) if wish.decided_on else "")
        self.choice.show_lines(lines)
        why_not = not_told_words(wish)
        handed = f"{short_date(wish.handed_on, today)}　{wish.handed_how}" if wish.handed_on else "渡していない"
        self.consent.show_lines(
            (("同意", wish.consent or "記入なし"), ("希望票", handed)),
            f"{why_not}ため、受託者へは渡せません。" if why_not else "",
        )
        self.handed.setVisible(not why_not or wish.handed_on is not None)
        self.remove.setVisible(not wish.outcome)
        self.decline.setVisible(wish.outcome == "不採択")
        self.open_event.setVisible(found.event is not None)
        self.add_event.setVisible(wish.outcome == "決定" and found.event is None)

    def _to_detail(self) -> None:
        if self.across.narrow:
            self.across.show_detail()
        self.change.setFocus()

    def add(self) -> None:
        """Write a new slip down."""
        if self.listed is not None:
            event = next((one for one in self.listed.dispatches if one.id == self._event_id), None)
            known = self._organisation_id or (event.organisation_id if event is not None else None)
            organisation = self.listed.registered.get(known or 0)
            dialog = WishDialog(self.desk, self.listed, None, organisation=organisation, parent=self)
            dialog.stored.connect(self._stand_at)
            dialog.open()

    def _stand_at(self, saved: Any) -> None:
        self._wanted = saved.id

    def _change(self) -> None:
        found = self.table.current()
        if found is not None and self.listed is not None:
            WishDialog(self.desk, self.listed, found.wish, organisation=found.organisation, parent=self).open()

    def _decide(self) -> None:
        found = self.table.current()
        if found is not None and self.listed is not None:
            decide_dialog(self.desk, self.listed, found, parent=self).open()

    def _handed(self) -> None:
        found = self.table.current()
        if found is not None:
            handed_dialog(self.desk, found.wish, found.organisation.name, parent=self).open()

    def _attach(self) -> None:
        found = self.table.current()
        if found is None:
            return
        chosen, _kind = QFileDialog.getOpenFileName(self, "希望票の写しを選ぶ")
        if chosen:
            keep_copy(self, chosen, found.id)

    def _remove(self) -> None:
        found = self.table.current()
        if found is not None:
            self.desk.write(acting(self.desk, remove_wish, wish_id=found.id), owner=self)

    def _to_event(self) -> None:
        found = self.table.current()
        if found is not None and found.event is not None:
            self.desk.go("event", event_id=found.event.id, tab="支援のあゆみ")

    def _add_event(self) -> None:
        found = self.table.current()
        if found is not None:
            one = found.organisation
            self.desk.go("events", new=self.desk.now().isoformat(), organisation_id=one.id, organisation_name=one.name)

    def _to_organisation(self) -> None:
        found = self.table.current()
        if found is not None:
            way = way_to(Asked(what="団体", organisation_id=found.organisation.id))
            self.desk.go(way.place, **way.arguments)

    def _paper(self, which: str) -> None:
        from app.subjects.dispatches.papers.dispatch_papers import CALL_FOR, FORM
        from app.subjects.dispatches.papers.selection_drafting import SELECTION

        kind = {"call": CALL_FOR, "form": FORM, "drafting": SELECTION}[which]
        if self.listed is not None:
            scope = PaperScope(fiscal_year=self.listed.fiscal_year, as_of=self.desk.today())
            PaperDialog(self.desk, scope=scope, kind=kind, parent=self).open()

    def _decline(self) -> None:
        from app.subjects.dispatches.papers.dispatch_papers import DECLINE

        found = self.table.current()
        if found is not None:
            PaperDialog(
                self.desk,
                scope=PaperScope(organisation_id=found.organisation.id),
                kind=DECLINE,
                subject=found.organisation.name,
                parent=self,
            ).open()
