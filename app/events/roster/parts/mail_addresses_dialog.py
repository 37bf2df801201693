"""The dialog that copies the mail addresses of chosen people, one a mail or all for a BCC, and logs it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget

from app.actions.action_result import ActionResult
from app.common.and_others import and_others
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.services.issued_copies import note_copied_list
from app.events.roster.services.mail_addresses import BETWEEN, SINGLE_TITLE, TITLE, MailAddresses, read_addresses
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph, with_accessible_name
from app.widgets.note_box import NoteBox
from app.window import theme as t
from app.window.app_context import bind_action, check_may_copy
from app.window.clipboard import copy_personal

_CHOSEN, _SHOWN = "選んだ人", "表示している人"
_SINGLY, _TOGETHER = "1通に1件", "BCCにまとめて"
_ADVICE = (
    "押すごとに、いちばん上の1件をコピーします。「宛先」に貼り付けて送り、つぎの1件を押します。",
    "メールの「BCC」に貼り付けます。「宛先」や「CC」に貼ると、ほかの方のアドレスが全員に見えます。",
)
_NAMED = 5


class MailAddressesDialog(SavingDialog):
    """Copies the addresses of the chosen people, or of everybody in the list. Signals: those of ``SavingDialog``.

    The addresses are shown before they are copied, with whom they do not reach.
    """

    def __init__(
        self,
        parent: QWidget,
        *,
        event_id: int,
        title: str,
        chosen: Sequence[int],
        shown: Sequence[int],
    ):
        """Build the dialog; ``chosen`` and ``shown`` are places of the roster."""
        super().__init__(
            parent,
            "メールアドレスをコピー",
            title,
            main="コピーする",
            note="コピーしたことを、個人情報の持ち出しとして記録に残します。",
            width=680,
        )
        self._event_id = event_id
        self._entries = {_CHOSEN: tuple(chosen), _SHOWN: tuple(shown)}
        self._found: MailAddresses | None = None
        self._logged: ActionResult | None = None
        choices = tuple((word, f"{word}（{len(entries)}人）") for word, entries in self._entries.items())
        fields = (
            Field("whose", "だれの", "radio", choices=choices),
            Field("way", "送り方", "radio", choices=tuple((one, one) for one in (_SINGLY, _TOGETHER))),
        )
        self.form = Form(fields, self.app_context.fiscal_year, on_change=self._read)
        self.form.set_values({"whose": _CHOSEN if len(chosen) > 1 else _SHOWN, "way": _SINGLY})
        self.told = Paragraph()
        self.text = with_accessible_name(QPlainTextEdit(readOnly=True), "コピーするメールアドレス")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(round(t.line_height() * 4.5))
        self.missing = NoteBox(tone="amber")
        self.second = QCheckBox()
        self.advice = Paragraph(role="small")
        self.put(self.form, self.told, self.text, self.missing, self.second, self.advice, None)
        self._read()

    def _whose(self) -> str:
        return self.form.text("whose")

    def _is_together(self) -> bool:
        return self.form.text("way") == _TOGETHER

    def _read(self) -> None:
        self._logged = None
        self.second.setChecked(False)
        self.main.setEnabled(False)
        self.run_read(
            partial(self._show, self._whose()),
            read_addresses,
            event_id=self._event_id,
            entry_ids=self._entries[self._whose()],
            today=self.today,
        )

    def _show(self, whose: str, found: MailAddresses) -> None:
        """Show the addresses, and whom none reaches; dropped if others were chosen meanwhile."""
        if whose != self._whose():
            return
        self._found = found
        together, count = self._is_together(), len(found.addresses)
        self.text.setPlainText((BETWEEN if together else "\n").join(found.addresses))
        self.second.setText(f"宛先{count}件、2人目が確認した")
        self.second.setVisible(together)
        self.advice.show_text(_ADVICE[together])
        told = (
            f"{found.asked}人のうち{found.reached}人に届く、{count}件のアドレスです。"
            + fill_nonempty("辞退した{}人を含みます。", found.withdrawn)
            if found.addresses
            else f"{found.asked}人の中に、使えるメールアドレスのある人がいません。"
        )
        self.told.show_text(told + fill_nonempty("利用停止の{}人は除いています。", found.suspended))
        self.missing.show_text(
            join_nonempty(
                _named("アドレスの登録がない", found.without),
                _named("アドレスとして読めない", found.unreadable),
                _named("廃棄予定日を過ぎたため使えない", found.expired),
                separator="\n",
            )
        )
        self.main.setEnabled(bool(found.addresses))
        self.fit_to_content()

    def _save(self) -> None:
        """Log that the addresses leave the program, then copy them: all, else the next one."""
        found, together = self._found, self._is_together()
        if found is None or not found.addresses:
            return
        if together and not self.second.isChecked():
            self.show_error_text("宛先の数と相手を2人目の方が見てから、印を付けてください。まだコピーしていません。")
            return
        if self._logged is not None:
            self._copy(self._logged)
            return
        self.run_change(
            bind_action(
                note_copied_list,
                title=TITLE if together else SINGLE_TITLE,
                count=f"{found.reached}人{'（2人目が確認）' if together else ''}",
                event_id=self._event_id,
                fiscal_year=self.fiscal_year,
            ),
            self._copy,
        )

    def _copy(self, logged: ActionResult) -> None:
        """Copy the addresses after they were logged; the dialog stays for the next one."""
        self._logged = logged
        address, _, rest = self.text.toPlainText().partition("\n")
        # Nothing is copied that was not logged.
        if check_may_copy(self):
            copy_personal(address)
        self.text.setPlainText(rest)
        self.set_busy(False)
        if not rest:
            self._close_with(logged)
            self.app_context.show_message(logged.message)


def _named(what: str, people: Sequence[str]) -> str:
    """Return 「{what}人　7人：甲さん、…、ほか2人」 with the first five names; "" for nobody."""
    if not people:
        return ""
    return f"{what}人　{len(people)}人：{'、'.join(people[:_NAMED])}{and_others(people, _NAMED, '、ほか{}人')}"
