"""The page of one handout: its pages and findings, version comparison, record, and dialogs on rights and reuse.

It is opened from 資料・報告 or from the tab 資料 of its event, and leads back there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.documents.screens.document_view import DocumentDialog
from app.documents.screens.notification_dialog import NotificationDialog
from app.event.parts import show_basis_dialog
from app.event.services.event_records import MaterialRecords, handout_key
from app.events.materials.documents import RESULT_KIND as NOTICE
from app.events.materials.rules import QUESTIONS, STATES, blocked_words, rights_blocking_reuse
from app.events.materials.screens.finding_dialogs import FindingDialog, VersionFileDialog
from app.events.materials.screens.material_check import MaterialCheck
from app.events.materials.screens.material_detail import RECORD, HandoutRecord
from app.events.materials.screens.material_dialogs import MaterialNameDialog, ReceiveHandoutDialog
from app.events.materials.screens.page_marks import previous_comparable_version
from app.events.materials.screens.version_compare import VersionCompare
from app.events.materials.services.material_board import REVIEWING, UNTOLD, read_handouts_to_check, state_of
from app.events.materials.services.material_rights import ReuseTarget, answer_rights, reuse_material, reuse_targets
from app.events.materials.services.materials import (
    MaterialView,
    read_material,
    remove_finding,
    remove_material,
    resolve_finding,
    set_printed,
)
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.forms.form_fields import Field
from app.widgets.labels import small_label
from app.widgets.note_box import NoteBox
from app.widgets.pages import PageLayout
from app.widgets.screen import Screen
from app.window.app_context import AppContext, bind_action, with_store
from db.records.submissions.materials import Finding, Material, UsageRight

_HELD = (
    "「確認中」と「許諾なし」「承諾なし」は印刷を、「使えない」はほかの実施回での使用を止めます。"
    "それでも使うときは理由を書くと進められます。理由は履歴に残ります。"
)
_REASONS = {right: f"{right}_理由" for right in UsageRight}


class RightsDialog(FormDialog):
    """Dialog for 許諾, 生成AI, 次年度再利用 of one handout; signals are those of ``FormDialog``."""

    def __init__(self, parent: QWidget, material: Material):
        fields = []
        for right in UsageRight:
            choices = (("", "未確認"), *((state, state) for state in STATES[right]))
            fields += [
                Field(
                    right,
                    right,
                    "choice",
                    choices=choices,
                    width=200,
                    hint=QUESTIONS[right],
                    optional=True,
                ),
                Field(_REASONS[right], "理由・条件", width=420, optional=True),
            ]
        known = material.rights
        shown: dict[str, Any] = {right: known[right].state if right in known else "" for right in UsageRight}
        shown |= {_REASONS[right]: known[right].reason if right in known else "" for right in UsageRight}

        def answer(values: dict[str, Any]) -> Callable[[ActionContext], ActionResult]:
            """Return the action that saves the rights that were changed; 未確認 takes an answer back."""
            answers = {
                right: (values[right] or "", values[_REASONS[right]] or "")
                for right in UsageRight
                if any((values[key] or "") != shown[key] for key in (right, _REASONS[right]))
            }
            return bind_action(answer_rights, material_id=material.id, answers=answers)

        super().__init__(
            parent,
            "資料の権利",
            material.title,
            main="権利を保存する",
            fields=fields,
            values=shown,
            change=answer,
            width=720,
        )
        self.body.insertWidget(self.body.count() - 1, small_label(_HELD))


class ReuseDialog(FormDialog):
    """Dialog to reuse a handout that was 確認済 in another event; signals are those of ``FormDialog``."""

    def __init__(
        self,
        parent: QWidget,
        material: Material,
        targets: Sequence[ReuseTarget],
        *,
        on_saved: Callable[[int, int], None],
    ):
        """``on_saved`` is called with the event and the new handout."""
        fields = (
            Field(
                "event",
                "使う実施回",
                "choice",
                width=420,
                choices=tuple((str(one.event_id), one.words) for one in targets),
            ),
            Field("reason", "使う理由", "lines", lines=2, optional=True),
        )
        super().__init__(
            parent,
            "ほかの実施回で使う",
            material.title,
            main="この実施回で使う",
            fields=fields,
            change=lambda typed: bind_action(
                reuse_material,
                material_id=material.id,
                event_id=int(typed["event"]),
                reason=typed["reason"] or "",
            ),
            on_saved=lambda saved: on_saved(int(self.form.value("event")), saved.id),
            width=720,
        )
        held = rights_blocking_reuse(material.rights)
        said = blocked_words(material.title, held, material.rights, action="理由がないと使えません") if held else ""
        self.form.show_field("reason", on=bool(held))
        follows = "確認済の版がその実施回の第1版になり、そこでもう一度確認します。権利も引き継ぎます。"
        for part in (*((NoteBox(said, "amber"),) if held else ()), small_label(follows)):
            self.body.insertWidget(self.body.count() - 1, part)


class HandoutPage(Screen):
    """The page of one handout; emits no signals.

    ``open_with(event_id=…, material_id=…)`` opens pages and findings (without ``material_id`` of the handout that
    waits for the ward), ``part="版・部数・権利"`` the record; ``back="event"`` leads back to the tab of the
    event.
    """

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self._event_id = self._material_id = 0
        self._part = self._back = ""
        self.view: MaterialView | None = None
        self.check = MaterialCheck(app_context)
        self.record = HandoutRecord()
        self.problem = self.record.problem
        self._pages = PageLayout(self)
        self._blank = QWidget()
        for part in (self._blank, self.check, self.record):
            self._pages.addWidget(part)
        self._connect()

    def _connect(self) -> None:
        check, record = self.check, self.record
        check.back_asked.connect(self.leave)
        check.notice.chosen.connect(self._show_notice)
        check.tell.chosen.connect(self._ask_notification)
        check.beside.chosen.connect(self.open_compare)
        check.receive.chosen.connect(
            lambda: self.run_read(self._open_receipt, read_handouts_to_check, event_id=self._event_id)
        )
        check.file_asked.connect(self._open_version)
        record.back_asked.connect(self.leave)
        record.check_asked.connect(self.open_check)
        record.answer.chosen.connect(self._ask_rights)
        record.reuse.chosen.connect(self._ask_reuse)
        record.rename.chosen.connect(self._rename)
        record.remove.chosen.connect(self._remove)
        record.version_opened.connect(self._open_version)
        record.finding_asked.connect(self._open_finding)
        record.finding_toggled.connect(
            lambda each: self._write(bind_action(resolve_finding, finding_id=each.id, resolved=not each.resolved))
        )
        record.finding_removed.connect(lambda each: self._write(bind_action(remove_finding, finding_id=each.id)))
        record.printed_typed.connect(self._set_printed)
        record.basis.chosen.connect(self._explain)

    @cached_property
    def compare(self) -> VersionCompare:
        """Return the comparison of two versions, built on first use."""
        made = VersionCompare(self.app_context)
        made.back_asked.connect(lambda: self._leave_compare(0))
        made.finding_asked.connect(self._leave_compare)
        self._pages.addWidget(made)
        return made

    # reading

    def open_with(
        self, *, event_id: int = 0, material_id: int = 0, part: str = "", back: str = "", **_more: Any
    ) -> None:
        """Set what the next ``reload`` shows and where ``leave`` goes; show an empty page until then.

        The half-typed finding of the handout shown before is kept.
        """
        self.check.keep_draft()
        self._event_id, self._material_id = int(event_id or 0), int(material_id or 0)
        self._part, self._back = part, back
        words = "実施回の資料へ" if back == "event" else "資料・報告へ"
        self.check.back.setAccessibleName(words)
        self.check.back.setToolTip(words)
        self.record.back.set_words(f"‹ {words}")
        self.view = None
        self._pages.setCurrentWidget(self._blank)

    def view_state(self) -> dict[str, Any]:
        """Return the handout and the part shown."""
        return {
            "event_id": self._event_id, "material_id": self._material_id, "part": self._part, "back": self._back,
        }  # fmt: skip

    @property
    def has_unsaved_work(self) -> bool:
        """Return whether a finding is half typed."""
        return self.check.has_unsaved_work

    def reload(self) -> None:
        """Read the handout; without one given, the event's handout that waits for the ward.

        Without an event go to 資料・報告.
        """
        if not self._event_id:
            self.go("turns", kind="資料")
        elif self._material_id:
            self.app_context.read(
                with_store(read_material, material_id=self._material_id, today=self.today),
                self._show,
                on_failed=partial(self._show_missing, self._material_id),
                owner=self,
            )
        else:
            self.run_read(self._choose, read_handouts_to_check, event_id=self._event_id)

    def _choose(self, found: Sequence[MaterialRecords]) -> None:
        """Show the handout that the ward must look at first, else the first one; go back if there is none."""
        mine = [one for state in (REVIEWING, UNTOLD) for one in found if state_of(one) == state]
        wanted = next(iter(mine or found), None)
        if wanted is None:
            self.leave()
        else:
            self._material_id = wanted.material.id
            self.reload()

    def _show_missing(self, material_id: int, problem: Exception) -> None:
        """Go back to the list if the handout does not exist any more; show any other failure."""
        if not isinstance(problem, UserError):
            self.app_context.show_failure(problem)
        elif material_id == self._material_id:
            self.leave()

    def _show(self, view: MaterialView) -> None:
        """Show a handout, unless another was chosen meanwhile.

        At first it shows the check, or the record where that is wanted or there is no version; later what is shown is
        brought up to date. Where the version being judged is gone, it leads back to the list.
        """
        if view.material.id != self._material_id:
            return
        judged = self.view is not None and bool(self.view.versions)
        self.view = view
        may_write = self.may_write
        self.record.show_view(view, may_write=may_write)
        current = self._pages.currentWidget()
        if current is self._blank:
            if view.versions and self._part != RECORD:
                self.open_check()
            else:
                self.open_record()
        elif current is not self.record and view.versions:
            self.check.show_view(view, may_write=may_write)
        elif current is not self.record and judged:
            # What was judged no longer exists (its receipt was taken back); no other handout takes its place.
            self.leave()

    def open_record(self) -> None:
        """Show the record of the handout."""
        self._part = RECORD
        self._pages.setCurrentWidget(self.record)
        place = self.record.findings.view if self.record.findings.isVisible() else self.record.back
        place.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_check(self, page: int = 0) -> None:
        """Show page and findings of the newest version side by side, at ``page`` (0 = none); nothing without one."""
        view = self.view
        if view is not None and view.versions:
            self._part = ""
            self.check.show_view(view, may_write=self.may_write, page=page)
            self._pages.setCurrentWidget(self.check)
            self.check.focus_work_area()

    def open_compare(self) -> None:
        """Compare the newest version with the one before, page by page."""
        view = self.check.view
        older = previous_comparable_version(view) if view is not None else None
        if view is not None and older is not None:
            self.compare.show_versions(view, older, view.versions[0].version, may_write=self.may_write)
            self._pages.setCurrentWidget(self.compare)

    def _leave_compare(self, page: int) -> None:
        """Go back to the findings, at a page where one is to be written."""
        self._pages.setCurrentWidget(self.check)
        if page:
            self.check.preview.pages.go_to_page(page)
        self.check.row.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Go back to the handout's row in the list it was opened from: 資料・報告 or the event."""
        self.check.keep_draft()
        one = {"material_id": self._material_id} if self._material_id else {}
        if self._back == "event":
            self.go("event", event_id=self._event_id, tab="資料", **one)
        else:
            self.go("turns", event_id=self._event_id, **one)

    # writing

    def _write(self, change: Callable[[ActionContext], object]) -> None:
        """Run a change, and show its error on the page."""
        self.problem.show_text("")
        self.run_change(change)

    def _set_printed(self, printed: int | None, handed_out: int | None) -> None:
        """Save how many copies of the newest version were printed and handed out."""
        view = self.view
        if view is not None and view.versions:
            version_id = view.versions[0].version.id
            self._write(bind_action(set_printed, version_id=version_id, printed=printed, handed_out=handed_out))

    def _remove(self) -> None:
        if self.view is not None:
            self._write(bind_action(remove_material, material_id=self.view.material.id))

    # dialogs

    def _rename(self) -> None:
        if self.view is not None:
            MaterialNameDialog(self, self.view.material, event_title=self.view.event_title).open()

    def _open_version(self, version_id: int) -> None:
        view = self.view
        row = next((each for each in view.versions if each.version.id == version_id), None) if view else None
        if view is not None and row is not None:
            viewer = VersionFileDialog(
                self,
                version_id=version_id,
                subject=f"{view.material.title}　第{row.version.version}版",
                may_write=not row.version.locked and row.newest,
            )
            viewer.finding_asked.connect(self.open_check)
            viewer.open()

    def _open_finding(self, finding: Finding) -> None:
        """Open the dialog that edits a finding; not for a reader."""
        view = self.view
        if view is None or not view.versions or self.app_context.read_only:
            return
        number = next(row.version.version for row in view.versions if row.version.id == finding.version_id)
        FindingDialog(self, finding, subject=f"{view.material.title}　第{number}版").open()

    def _open_receipt(self, found: Sequence[MaterialRecords]) -> None:
        if self.view is not None:
            ReceiveHandoutDialog(
                self,
                found,
                event_id=self._event_id,
                event_title=self.view.event_title,
                material_id=self._material_id,
            ).open()

    def _ask_rights(self) -> None:
        if self.view is not None:
            RightsDialog(self, self.view.material).open()

    def _ask_reuse(self) -> None:
        if self.view is not None:
            self.run_read(
                partial(self._open_reuse, self.view.material),
                reuse_targets,
                material_id=self.view.material.id,
                today=self.today,
            )

    def _open_reuse(self, material: Material, targets: Sequence[ReuseTarget]) -> None:
        """Open the dialog that copies the handout to another event."""
        if not targets:
            self.app_context.show_message("これから行う実施回が、ほかにありません。")
            return
        ReuseDialog(
            self,
            material,
            targets,
            on_saved=lambda event_id, copied: self.go("event", event_id=event_id, tab="資料", material_id=copied),
        ).open()

    def _show_notice(self) -> None:
        view = self.view
        if view is not None:
            DocumentDialog(self, event_id=view.event.id, kind=NOTICE, subject=view.event_title).open()

    def _ask_notification(self) -> None:
        view = self.view
        if view is not None and view.not_notified and self.may_write:
            NotificationDialog(
                self,
                event_id=view.event.id,
                key=handout_key(view.material.id),
                subject=f"{view.material.title}　第{view.versions[0].version.version}版",
                open_check=self.open_check,
            ).open()

    def _explain(self) -> None:
        if self.view is not None and self.view.task is not None:
            show_basis_dialog(self.view.task, self)
