"""Dialogs to name a handout, to withdraw a result, and to receive a version with its file."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.actions.action_result import ActionResult
from app.common.file_locations import RecentFile
from app.common.join_nonempty import fill_nonempty
from app.event.parts import remark_other_event
from app.event.services.event_records import MaterialRecords
from app.events.materials.services.material_board import CONFIRMED, state_of
from app.events.materials.services.materials import (
    add_material,
    change_material,
    receive_new_material,
    receive_version,
    withdraw_result,
)
from app.foreign_files.own_files import pages_and_remark
from app.foreign_files.pdf_reading import first_words
from app.widgets.buttons import Button, link_button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.forms.recent_files import RecentFilesBar, mark_used, when_words
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import label, second_label
from app.widgets.layouts import row_of
from app.window.app_context import bind_action
from app.window.background_task import bind_arguments
from db.record import record
from db.records.submissions.materials import Material, MaterialVersion


class MaterialNameDialog(FormDialog):
    """Dialog to change name and note of a handout; signals are those of ``FormDialog``."""

    def __init__(self, parent: QWidget, material: Material, *, event_title: str):
        super().__init__(
            parent,
            "資料の名前を直す",
            event_title,
            main="この名前にする",
            fields=(
                Field("title", "資料の名前", width=400, hint="スライド、操作の手引き など"),
                record_field(Material, "note", width=400),
            ),
            values={"title": material.title, "note": material.note},
            change=lambda typed: bind_action(change_material, material_id=material.id, **typed),
        )


class WithdrawResultDialog(FormDialog):
    """Dialog to withdraw a version's result with a reason kept in the history; signals of ``FormDialog``."""

    def __init__(self, parent: QWidget, *, title: str, version: MaterialVersion):
        super().__init__(
            parent,
            f"{version.result}を取り消す",
            f"{title}　第{version.version}版",
            main=f"{version.result}を取り消す",
            fields=(Field("reason", "取り消す理由", "lines", lines=2, hint="履歴に残ります。"),),
            change=lambda typed: bind_action(withdraw_result, version_id=version.id, reason=typed["reason"]),
        )


MAX_FILE_BYTES = 200 * 1024 * 1024


class FileTooLarge(Exception):
    """The file is larger than the data folder should store."""

    happened = "ファイルが大きすぎます（200MBまで）。"
    lost = "保存済みのデータは変わっていません。"
    todo = "受託者に、PDFなど小さい形で送ってもらってください。"


@record
class ReceivedFile:
    """Name and content of a file; ``pages`` of a PDF, or in ``remark`` why they cannot be counted.

    ``words`` are those of the first page.
    """

    name: str
    data: bytes
    pages: int | None = None
    remark: str = ""
    words: str = ""

    @property
    def size_words(self) -> str:
        """Return the size in words (「1.4 MB」「820 KB」)."""
        size = len(self.data)
        return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(1, round(size / 1024))} KB"


def read_received_file(path: Path) -> ReceivedFile:
    """Return a file with its pages counted, for another thread; raises ``FileTooLarge`` or ``OSError``."""
    if path.stat().st_size > MAX_FILE_BYTES:
        raise FileTooLarge
    data = path.read_bytes()
    pages, remark = pages_and_remark(data)
    return ReceivedFile(name=path.name, data=data, pages=pages, remark=remark, words=first_words(data))


RECEIPT_METHODS = ("メール", "ファイル転送", "持参", "郵送", "ファクス")
ELECTRONIC_METHODS = RECEIPT_METHODS[:2]
"""The ways of receipt with a file to store here."""
NOT_YET = "まだ届いていない（名前だけ）"
_NEW = 0
_LABEL = 152
_NO_FILE = "まだ選んでいません（紙で受領したときは、選ばずに進めます）"
_ENDINGS = (".pdf", ".pptx", ".ppt", ".docx", ".doc", ".xlsx", ".xls", ".jpg", ".png", ".zip")
_KINDS = "資料（*.pdf *.pptx *.ppt *.docx *.doc *.xlsx *.xls *.jpg *.png *.zip）;;すべてのファイル（*）"


_VERSION = re.compile(r"[\s_.-]*[(]?v(?:er)?[\s.]?[0-9.]+[)]?$", re.IGNORECASE)
_STATE = re.compile(r"[\s_・.-]*[（(]?(?:第?[0-9０-９]+版|最終版?|修正版?|確認用)[）)]?$")
_COPY_OR_DAY = re.compile(r"[\s_.-]*(?:[(][0-9]+[)]|[0-9]{6,8})$")


def material_name(file_name: str) -> str:
    """Return a name for a handout from a file name, without ending, version, day and copy number.

    「講習資料_第2版_20261201.pdf」 → 「講習資料」; where nothing would be left, the whole name without its ending.
    """
    whole = Path(file_name).stem
    name, before = whole, ""
    while name != before:
        before = name
        for part in (_VERSION, _STATE, _COPY_OR_DAY):
            name = part.sub("", name)
    return name.replace("_", " ").strip() or whole


class ReceiveHandoutDialog(SavingDialog):
    """Dialog to receive the next version of a handout, or add one still to come; signals of ``SavingDialog``."""

    shows_all_errors = True

    def __init__(
        self,
        parent: QWidget,
        handouts: Sequence[MaterialRecords],
        *,
        event_id: int,
        event_title: str,
        material_id: int = _NEW,
        on_saved: Callable[[int], object] | None = None,
    ):
        """``handouts`` are those of the event, ``material_id`` is the one chosen at first.

        Where it is not among them, the first of them is chosen, or a new one if there are none. ``on_saved`` is
        called with the id of the handout once it was added, and again once its version was received.
        """
        super().__init__(parent, "資料を受領する", event_title, main="受領する", width=760)
        self._event_id = event_id
        self._then = on_saved or (lambda _material_id: None)
        self._handouts = {one.material.id: one for one in handouts}
        self.received: ReceivedFile | None = None
        self._proposed: RecentFile | None = None
        self._chosen = False
        self.file_words = second_label(_NO_FILE)
        self.choose_button = Button("ファイルを選ぶ", self._choose_file, icon_name="paperclip")
        name = label("ファイル")
        name.setFixedWidth(_LABEL)
        self.leave_out = link_button("ファイルを外す", self._clear_file)
        self._file_row = row_of(name, self.choose_button, (self.file_words, 1), self.leave_out, spacing=16)
        self.leave_out.hide()
        self.recent = RecentFilesBar(self.app_context, _ENDINGS, label_width=_LABEL)
        self.recent.list_updated.connect(self.fit_to_content)
        self.recent.file_chosen.connect(lambda one: self.take_file(one.path))
        self.recent.open_single_file(
            read_received_file, self._take_proposed, initial_focus=self.choose_button, wanted=self._is_asked_for
        )
        self.form = Form(
            self._fields(),
            fiscal_year=self.app_context.fiscal_year,
            near=self.app_context.today(),
            on_change=self._update_fields,
        )
        first = material_id if material_id in self._handouts else next(iter(self._handouts), _NEW)
        self.form.set_values(
            {"material": first, "received_on": self.app_context.today(), "received_how": RECEIPT_METHODS[0]}
        )
        self.put(self._file_row, self.recent, self.form, None)
        self._update_fields()
        self.choose_button.setFocus()
        self.recent.search()

    def _fields(self) -> tuple[Field, ...]:
        """Return the fields: handout, title, day and way of receipt."""
        known = [(number, f"{one.material.title}　つぎは{_next_words(one)}") for number, one in self._handouts.items()]
        return (
            Field("material", "資料", "choice", choices=(*known, (_NEW, "新しい資料"))),
            Field("title", "資料の名前", width=400, hint="スライド、操作の手引き など"),
            record_field(MaterialVersion, "received_on", width=96),
            record_field(
                MaterialVersion,
                "received_how",
                kind="choice",
                width=200,
                choices=tuple((way, way) for way in (*RECEIPT_METHODS, NOT_YET)),
            ),
            record_field(MaterialVersion, "pages", unit="ページ", width=72, least=1, most=999),
            Field("reason", "差し替える理由", width=400, hint="確認済の版を差し替えます。理由は履歴に残ります。"),
        )

    def take_file(self, path: Path) -> None:
        """Read the file at ``path``; nothing is stored before 受領する."""
        self.show_error_text("")
        self._proposed, self._chosen = None, True
        self.recent.exclude(path)
        self.set_busy(True)
        self.app_context.run_in_background(
            bind_arguments(read_received_file, path=path), self._show_file, on_failed=self._show_unreadable
        )

    def _is_asked_for(self) -> bool:
        return not self._chosen and self.form.value("received_how") in ELECTRONIC_METHODS

    def _take_proposed(self, file: RecentFile, received: ReceivedFile) -> None:
        """Propose the only file of today for checking; nothing is stored before 受領する."""
        self._proposed = file
        self.recent.exclude(file.path)
        self._show_file(received)

    def _clear_file(self) -> None:
        self.received = self._proposed = None
        self.recent.exclude(None)
        self.file_words.setText(_NO_FILE)
        self.leave_out.hide()
        self.form.set_values({"pages": None})
        self.choose_button.setFocus()

    def _choose_file(self) -> None:
        found, _kind = QFileDialog.getOpenFileName(self, "受領したファイルを選ぶ", "", _KINDS)
        if found:
            self.take_file(Path(found))

    def _show_file(self, received: ReceivedFile) -> None:
        """Show the file with its pages; fill in their number, and an empty title from the name of the file."""
        self.set_busy(False)
        counted = received.pages
        self.received = received
        place = self._proposed
        since = f"\n{place.folder_name}に{when_words(place, self.today)}に保存" if place else ""
        remark = fill_nonempty("\n{}", received.remark)
        self.file_words.setText(
            f"{received.name}　{received.size_words}{f'・{counted}ページ' if counted else ''}{since}{remark}"
        )
        text = f"{received.name}\n{received.words}"
        remark_other_event(self, self.file_words, event_id=self._event_id, text=text)
        self.leave_out.show()
        if counted:
            self.form.set_values({"pages": counted})
        if not self.form.text("title").strip():
            self.form.set_values({"title": material_name(received.name)})
        if place is None:
            self.main.setFocus()
        else:
            # Not the button: a key pressed twice in a hurry must not receive what nobody has checked.
            self.form.go_to("received_on")

    def _show_unreadable(self, problem: Exception) -> None:
        """Show why the file cannot be read, and propose every recent file again."""
        self.recent.exclude(None)
        self.show_error(problem)

    def _update_fields(self) -> None:
        chosen = self._handouts.get(int(self.form.value("material") or _NEW))
        to_come = chosen is None and self.form.value("received_how") == NOT_YET
        if chosen is not None and self.form.value("received_how") == NOT_YET:
            self.form.set_values({"received_how": RECEIPT_METHODS[0]})
        if self._proposed is not None and self.form.value("received_how") not in ELECTRONIC_METHODS:
            # Paper was received, so the proposed file is wrong.
            self._clear_file()
        self.form.show_field("title", chosen is None)
        for key in ("received_on", "pages"):
            self.form.show_field(key, not to_come)
        self._file_row.setVisible(not to_come)
        self.form.show_field("reason", chosen is not None and state_of(chosen) == CONFIRMED)
        self.set_main(
            "受領前の資料として残す" if to_come else f"{_next_words(chosen)}を受領する" if chosen else "第1版を受領する"
        )
        if self.isVisible():
            self.fit_to_content()

    def _save(self) -> None:
        """Record the receipt of the file; a new handout is added with it, or alone where it is still to come."""
        if not self.form.check_all():
            return
        values = self.form.values()
        chosen = int(values["material"])
        # Bound beforehand, since the context uses the argument name ``title`` itself.
        new = {"event_id": self._event_id, "title": values["title"]}
        if chosen == _NEW and values["received_how"] == NOT_YET:
            receive = partial(add_material, **new)
        else:
            received = {
                "name": self.received.name if self.received else "",
                "data": self.received.data if self.received else None,
                "received_on": values["received_on"],
                "received_how": values["received_how"],
                "pages": values["pages"],
            }
            if chosen == _NEW:
                receive = partial(receive_new_material, **new, **received)
            else:
                asked = chosen in self._handouts and state_of(self._handouts[chosen]) == CONFIRMED
                reason = values["reason"] if asked else ""
                receive = partial(receive_version, material_id=chosen, reason=reason, **received)

        def close(saved: ActionResult) -> None:
            """Report the handout, and close."""
            self._then(saved.id if chosen == _NEW else chosen)
            self._close_with(saved)

        self.run_change(bind_action(receive), close)

    def _close_with(self, result: object) -> None:
        """Close, and do not propose the received file again."""
        if self.received is not None:
            mark_used(self.received.name, len(self.received.data))
        super()._close_with(result)


def _next_words(handout: MaterialRecords) -> str:
    return f"第{handout.latest.version + 1 if handout.latest else 1}版"
