"""What stands beside a row of 派遣: its slip, how it was decided, whether its contact may go out, and what can be done
with each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.acts.action_id import Asked
from app.calendar.dates import short_date
from app.common.together import together
from app.main_window.ways import way_to
from app.papers.screens.paper_view import PaperDialog
from app.papers.services.paper_scope import PaperScope
from app.subjects.events.dispatches.papers.dispatch_papers import DECLINE
from app.subjects.events.dispatches.rules import chosen_against_words, not_told_words, signed_by
from app.subjects.events.dispatches.screens.dispatch_dialogs import decide_dialog, handed_dialog
from app.subjects.events.dispatches.screens.support_panel import SupportStep, keep_copy
from app.subjects.events.dispatches.services.steps import DispatchRow
from app.subjects.events.dispatches.services.wishes import WishList, WishRow, remove_wish
from app.widgets.buttons import Button, link_button
from app.widgets.labels import wrapped_label
from app.widgets.layouts import in_column
from app.widgets.note_box import NoteBox
from app.widgets.screen import Screen, only_for_writing
from db.records.dispatches import DispatchWish

_NO_SLIP = "この団体の希望票は、まだ記録されていません。署名のある用紙を受け取ったら記録します。"


class SlipDetail(QWidget):
    """One row. Signals: ``mend_asked()`` its slip is to be written down or mended."""

    mend_asked = Signal()

    def __init__(self, screen: Screen) -> None:
        """``screen`` is what its dialogs stand over."""
        super().__init__()
        self._screen, self._desk = screen, screen.desk
        self._listed: WishList | None = None
        self._row: DispatchRow | None = None
        self.change = Button("希望票を直す", self.mend_asked.emit, icon_name="pencil-simple", low=True)
        self.copy = Button("写しを保管", self._attach, icon_name="tray", low=True)
        self.remove = Button("削除", self._remove, kind="link")
        self.decide = Button("選定を直す", self.open_decision, icon_name="pencil-simple", low=True)
        self.decline = Button("不採択通知", self._decline, icon_name="printer", low=True)
        self.handed = Button("受託者へ渡した記録", self._handed, low=True)
        self.slip = SupportStep("希望票", self.change, self.copy, self.remove)
        self.choice = SupportStep("選定", self.decide, self.decline)
        self.consent = SupportStep("連絡先", self.handed)
        self.warning = NoteBox(tone="quiet", small=True)
        # A 団体 that came in by its name alone: it is said, and stops nobody.
        self.branch = link_button("支部の登録がありません。団体を開いて入れられます", self._to_organisation)
        self.name = wrapped_label("", "h2")
        column = in_column(owner=self, spacing=10, margins=(0, 0, 8, 0))
        for part in (self.name, self.branch, self.warning, self.slip, self.choice, self.consent):
            column.addWidget(part)
        column.addStretch(1)
        only_for_writing(self._desk, self.change, self.copy, self.remove, self.decide, self.handed)

    def show_row(self, listed: WishList, row: DispatchRow) -> None:
        """Show a row of the list, once for each reading."""
        if row is self._row and listed is self._listed:
            return
        self._listed, self._row = listed, row
        slip, today = row.wish, self._desk.today()
        branch = row.organisation.branch if row.organisation is not None else ""
        self.name.setText(f"{row.name}　{branch}".strip())
        self.branch.setVisible(row.organisation is not None and not branch)
        self.change.set_words("希望票を直す" if slip is not None else "希望票を記録する")
        for part in (self.copy, self.choice, self.consent):
            part.setVisible(slip is not None)
        self.remove.setVisible(slip is not None and not slip.wish.outcome)
        self.warning.say("")
        if slip is None:
            self.slip.right.setText("")
            self.slip.show_lines((), _NO_SLIP)
            return
        wish = slip.wish
        unlinked = slip.warning if not wish.unlinked_reason else ""
        against = chosen_against_words(wish, listed.closes, today)
        if unlinked or against:
            self.warning.say(f"{against}{unlinked}", tone="amber")
        signed = "署名あり" if wish.signed else "署名まち"
        came = f"{short_date(wish.received_on, today)} {wish.received_how} {wish.receipt_number}"
        self.slip.right.setText(f"{signed}　{came}".strip())
        self.slip.show_lines(tuple(one for one in slip_lines(wish, today) if one[1]))
        self._show_choice(slip, row, today)
        why_not = not_told_words(wish)
        handed = f"{short_date(wish.handed_on, today)}　{wish.handed_how}" if wish.handed_on else "渡していない"
        self.consent.show_lines(
            (("同意", wish.consent or "記入なし"), ("希望票", handed)),
            f"{why_not}ため、受託者へは渡せません。" if why_not else "",
        )
        self.handed.setVisible(not why_not or wish.handed_on is not None)

    def _show_choice(self, slip: WishRow, row: DispatchRow, today: date) -> None:
        wish = slip.wish
        lines = [("結果", slip.state), ("理由", wish.reason)]
        lines += [("講習会", one.words) for one in slip.links[:2]]
        lines += [("実施回", row.event.full_title)] if row.event is not None else []
        lines += [("つながり", wish.unlinked_reason)] if wish.unlinked_reason else []
        lines += [("それでも選ぶ理由", wish.exception_reason)] if wish.exception_reason else []
        self.choice.right.setText(short_date(wish.decided_on, today) if wish.decided_on else "")
        self.choice.show_lines([one for one in lines if one[1]])
        # Before, it is what the row asks for, under the list.
        self.decide.setVisible(bool(wish.outcome))
        self.decline.setVisible(wish.outcome == "不採択")

    # doing

    def open_decision(self) -> None:
        """Open the dialog by which the slip is decided on."""
        self._with_slip(lambda listed, slip: decide_dialog(self._desk, listed, slip, parent=self._screen).open())

    def _with_slip(self, act: Callable[[WishList, WishRow], object]) -> None:
        if self._listed is not None and self._row is not None and self._row.wish is not None:
            act(self._listed, self._row.wish)

    def _handed(self) -> None:
        self._with_slip(
            lambda _listed, slip: handed_dialog(
                self._desk, slip.wish, slip.organisation.name, parent=self._screen
            ).open()
        )

    def _attach(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, "希望票の写しを選ぶ")
        if chosen:
            self._with_slip(lambda _listed, slip: keep_copy(self._screen, chosen, slip.id))

    def _remove(self) -> None:
        self._with_slip(lambda _listed, slip: self._screen.do(remove_wish, wish_id=slip.id))

    def _to_organisation(self) -> None:
        if self._row is not None and self._row.organisation is not None:
            way = way_to(Asked("団体", organisation_id=self._row.organisation.id))
            self._desk.go(way.place, **way.arguments)

    def _decline(self) -> None:
        self._with_slip(
            lambda _listed, slip: PaperDialog(
                self._desk,
                scope=PaperScope(organisation_id=slip.organisation.id),
                kind=DECLINE,
                subject=slip.organisation.name,
                parent=self._screen,
            ).open()
        )


def slip_lines(wish: DispatchWish, today: date) -> tuple[tuple[str, str], ...]:
    """Return what a slip says, name and value; an empty value where it says nothing."""
    network = {"有": "回線あり", "無": "回線なし"}.get(wish.network, "")
    venue = (wish.venue, network, f"使用料 {wish.fee}" if wish.fee else "")
    phones = f"うちスマートフォン {wish.phones}人" if wish.phones is not None else ""
    paper = (
        wish.original_place,
        f"写し「{wish.file_name}」" if wish.file_name else "",
        f"廃棄予定 {short_date(wish.dispose_on, today)}" if wish.dispose_on else "",
    )
    return (
        ("代表者", signed_by(wish, by=" ")),
        ("希望", _joined("・".join(wish.tools), wish.wish)),
        ("いまの様子", wish.current_use),
        ("困りごと", wish.trouble),
        ("講習会", wish.took_part),
        ("希望する日", wish.days),
        ("会場", _joined(*venue)),
        ("使えるもの", wish.equipment),
        ("人数", _joined(f"{wish.people}人" if wish.people else "", phones)),
        ("原本", _joined(*paper)),
    )


def _joined(*parts: str) -> str:
    return together(*parts)
