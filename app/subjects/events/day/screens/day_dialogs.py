"""The dialogs of the day: handouts to print as they were confirmed, and the row of the 持出し管理簿 that papers with
names want."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from app.papers.screens.doubts_box import DoubtsBox
from app.papers.screens.leaving_dialog import SaveDialog
from app.papers.screens.paper_print import offer_kept, print_paper
from app.papers.services.paper_scope import PaperScope
from app.subjects.settings.takeouts.services.takeouts import note_takeout
from app.subjects.submissions.materials.services import handout_sets
from app.subjects.submissions.materials.services.handout_sets import HandoutFiles, HandoutRow, HandoutSet, HandoutView
from app.widgets.buttons import Button
from app.widgets.dialogs.usual_dialogs import SavingDialog
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import wrapped_label
from app.widgets.note_box import NoteBox
from app.widgets.pdf.pdf_printing import Printed
from app.window.background_task import bound
from app.window.desk import Desk, acting, with_store
from db.records.papers import PrintUse
from db.records.protection import Takeout

_SETS, _EACH = "1部ずつそろえる", "資料ごとにまとめる"
_TOLD = "庁舎の外へ持ち出す前に記録します。返却の予定は実施日のうちです。返却は、戻ってから「返す」で記録します。"
_DAY_END = time(23, 59)


class HandoutDialog(SavingDialog):
    """Chooses handouts and copies and prints or saves them. Signals: those of ``SavingDialog``."""

    def __init__(self, desk: Desk, view: HandoutView, parent: QWidget) -> None:
        super().__init__(
            desk, "配布資料を印刷", view.title, main="印刷する", note="印刷と保存は記録に残ります。", parent=parent
        )
        self._view = view
        self.doubts = DoubtsBox(desk, PaperScope(event_id=view.event_id), (handout_sets.KIND,))
        self.doubts.appeared.connect(self.fit)
        self.put(self.doubts)
        self.warning = NoteBox(tone="amber")
        self.put(self.warning)
        self.boxes: dict[int, QCheckBox] = {}
        for row in view.rows:
            self._add(row)
        self.form = Form(
            (
                Field(
                    "copies",
                    "部数",
                    "number",
                    width=64,
                    unit="部",
                    least=1,
                    most=handout_sets.MOST_COPIES,
                    hint=f"必要部数　{view.copies_words}" if view.copies_words else "",
                ),
                Field("order", "順序", "radio", choices=((_SETS, _SETS), (_EACH, _EACH))),
                Field("apart", "用紙", "check", words="資料ごとに別の用紙から始める（両面）"),
                Field("listed", "中身の一覧", "check", words="1部ごとに、先頭に付ける"),
            ),
            desk.fiscal_year,
        )
        self.form.set_values({"copies": view.copies, "order": _SETS, "apart": True, "listed": True})
        self.put(self.form)
        self.save_button = Button("PDFで保存", self.save_pdf, icon_name="file-pdf", tall=True)
        self.put_button(self.save_button)
        self.confirmed.connect(self.print_out)
        offer_kept(self.main, partial(self.print_out, "控え用"))
        desk.lock_changed.connect(self._follow)
        self._follow()

    def print_out(self, use: PrintUse = "配る") -> None:
        """Draw what was chosen, ask for the printer and print."""
        self._join(partial(self._print, use), for_printer=True)

    def save_pdf(self) -> None:
        """Draw what was chosen in all its copies and ask where to save it."""
        self._join(self._save_files, for_printer=False)

    def _add(self, row: HandoutRow) -> None:
        version = row.version
        pages = f"　{version.pages}ページ" if version and version.pages else ""
        edition = f"　第{version.version}版{pages}" if version else ""
        box = QCheckBox(f"{row.material.title}{edition}")
        box.setChecked(row.ready)
        box.setEnabled(version is not None and version.file_id is not None)
        box.clicked.connect(lambda _on: self._follow())
        self.put(box)
        self.boxes[row.material.id] = box
        if row.remark:
            small = wrapped_label(row.remark, "warned")
            small.setContentsMargins(28, 0, 0, 0)
            self.put(small)

    def _chosen(self) -> tuple[int, ...]:
        return tuple(number for number, box in self.boxes.items() if box.isChecked())

    def _follow(self) -> None:
        """Say when a handout that is not 確認済 was ticked; without one nothing can be printed."""
        chosen = self._chosen()
        unsure = [
            row.material.title
            for row in self._view.rows
            if row.material.id in chosen and row.state != handout_sets.CONFIRMED
        ]
        self.warning.say(
            f"確認済でない資料を含みます（{'、'.join(unsure)}）。版が変わることがあります。" if unsure else ""
        )
        ready = bool(chosen) and not self.desk.read_only
        self.set_main("印刷する", enabled=ready)
        self.save_button.setEnabled(ready)

    def _join(self, then: Callable[[HandoutSet], None], *, for_printer: bool) -> None:
        self.say_refusal("")
        if not self.form.check_all():
            return
        values = self.form.values()
        collated = values["order"] == _SETS
        # The printer repeats a set by itself: pages are then handed over once only.
        copies = 1 if for_printer and collated else int(values["copies"])

        def join(files: HandoutFiles) -> None:
            self.desk.apart(
                bound(
                    handout_sets.join_handouts,
                    files=files,
                    copies=copies,
                    collated=collated,
                    whole_sheets=bool(values["apart"]),
                ),
                open_with,
                failed=self.refuse,
                owner=self,
                title="配布資料をまとめています",
                drawing=True,
            )

        def open_with(handouts: HandoutSet) -> None:
            self.wait(False)
            then(handouts)

        self.wait(True)
        now = self.desk.now() if values["listed"] and collated else None
        self.desk.read(
            with_store(
                handout_sets.gather_handouts, event_id=self._view.event_id, material_ids=self._chosen(), now=now
            ),
            join,
            failed=self.refuse,
            owner=self,
        )

    def _print(self, use: PrintUse, handouts: HandoutSet) -> None:
        values = self.form.values()
        print_paper(
            handouts.data,
            title=handouts.stem,
            parent=self,
            printed=lambda told: self._log_print(handouts, told),
            failed=self.desk.fail,
            copies=int(values["copies"]) if handouts.collated else 1,
            both_sides=bool(values["apart"]),
            received_by=self.desk,
            use=use,
        )

    def _log_print(self, handouts: HandoutSet, printed: Printed) -> None:
        sides = "両面" if printed.both_sides else "片面"
        self.do(
            handout_sets.note_handout_print,
            handouts=replace(handouts, copies=handouts.copies * printed.copies),
            use=printed.use,
            how=f"{'白黒' if printed.mono else 'カラー'}・{sides}",
        )

    def _save_files(self, handouts: HandoutSet) -> None:
        dialog = SaveDialog(
            self.desk,
            "配布資料をPDFで保存",
            self._view.title,
            stem=handouts.stem,
            ending=".pdf",
            personal="",
            told=f"{len(handouts.files)}点　{handouts.copies}部　全{handouts.pages}ページ",
            change=lambda leaving: acting(self.desk, handout_sets.save_handouts, handouts=handouts, **leaving),
            parent=self,
        )
        dialog.saved.connect(lambda _path: self.accept())
        dialog.open()


class DayTakeoutDialog(SavingDialog):
    """Writes one row of the ledger. Signals: those of ``SavingDialog``."""

    def __init__(
        self,
        desk: Desk,
        *,
        event_id: int,
        contents: str,
        copies: int,
        destination: str,
        day: date | None,
        parent: QWidget,
    ) -> None:
        """``contents`` and ``copies`` are what left; ``day`` is the day on which it comes back, today
        where it is over."""
        super().__init__(
            desk,
            "持出し管理簿に記録",
            contents,
            main="記録する",
            cancel="いまは記録しない",
            parent=parent,
        )
        self._event_id = event_id
        self._back = datetime.combine(max(day, desk.today()), _DAY_END) if day is not None else None
        self.put(wrapped_label(_TOLD, "second"))
        self.form = Form(
            (
                Field("contents", "格納情報", width=420),
                Field("copies", "部数", "number", width=64, unit="部", least=1, most=999),
                Field("taken_by", "持ち出した者", width=240),
                Field("approved_by", "承認者", width=240),
                Field("purpose", "用途", width=420),
                Field("destination", "持ち出し先", width=420),
            ),
            desk.fiscal_year,
        )
        self.form.set_values(
            {
                "contents": contents, "copies": copies, "taken_by": desk.user_name, "purpose": "当日の受付",
                "destination": destination,
            }
        )  # fmt: skip
        self.put(self.form)
        self.confirmed.connect(self.keep)
        self.form.go_to("approved_by")

    def keep(self) -> None:
        """Write the row when everything is filled in."""
        if not self.form.check_all():
            return
        values: dict[str, Any] = self.form.values()
        takeout = Takeout(
            event_id=self._event_id, taken_at=self.desk.now(), due_back_at=self._back, medium="紙", **values
        )
        self.do(note_takeout, takeout=takeout)
