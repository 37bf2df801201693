"""The page of one handout, with its pages and findings, the version comparison, and the record.

It is opened from 資料・報告 or from the tab 資料 of its event, and leads back there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.actions.user_error import UserError
from app.documents.screens.document_view import DocumentDialog
from app.documents.screens.notification_dialog import NotificationDialog
from app.subjects.events.event.parts.deadline_basis import show_basis_dialog
from app.subjects.events.event.services.event_records import handout_key
from app.subjects.submissions.materials.documents.material_result import RESULT_KIND as NOTICE
from app.subjects.submissions.materials.screens.finding_dialogs import FindingDialog, VersionFileDialog
from app.subjects.submissions.materials.screens.material_check import MaterialCheck
from app.subjects.submissions.materials.screens.material_detail import RECORD, HandoutRecord
from app.subjects.submissions.materials.screens.material_dialogs import MaterialNameDialog
from app.subjects.submissions.materials.screens.page_marks import previous_comparable_version
from app.subjects.submissions.materials.screens.rights_dialogs import ReuseDialog, RightsDialog
from app.subjects.submissions.materials.screens.version_compare import VersionCompare
from app.subjects.submissions.materials.services.material_board import (
    REVIEWING,
    UNTOLD,
    MaterialBoard,
    read_material_board,
)
from app.subjects.submissions.materials.services.material_rights import ReuseTarget, reuse_targets
from app.subjects.submissions.materials.services.materials import (
    MaterialView,
    read_material,
    remove_finding,
    remove_material,
    resolve_finding,
    set_printed,
)
from app.widgets.pages import PageLayout
from app.widgets.screen import Screen
from app.window.app_context import AppContext, bind_action, with_store
from db.records.submissions.materials import Finding, Material
from db.store import Store


class HandoutPage(Screen):
    """The page; emits no signals.

    ``open_with(event_id=…, material_id=…)`` opens pages and findings (without ``material_id`` of the handout that
    waits for the ward), ``part="版・部数・権利"`` the record; ``back="event"`` leads back to the tab of the
    event.
    """

    def __init__(self, app_context: AppContext) -> None:
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
        check.notice_asked.connect(self._show_notice)
        check.notification_asked.connect(self._ask_notification)
        check.compare_asked.connect(self.open_compare)
        check.file_asked.connect(self._open_version)
        record.back_asked.connect(self.leave)
        record.check_asked.connect(self.open_check)
        record.rights_asked.connect(self._ask_rights)
        record.reuse_asked.connect(self._ask_reuse)
        record.rename_asked.connect(self._rename)
        record.remove_asked.connect(self._remove)
        record.version_opened.connect(self._open_version)
        record.finding_asked.connect(self._open_finding)
        record.finding_toggled.connect(self._toggle)
        record.finding_removed.connect(
            lambda each: self._write(bind_action(self.app_context, remove_finding, finding_id=each.id))
        )
        record.printed_typed.connect(self._set_printed)
        record.basis_asked.connect(self._explain)

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
        """Open a handout, one of its parts, and set where to go back to."""
        self.check.keep_draft()
        self._event_id, self._material_id = int(event_id or 0), int(material_id or 0)
        self._part, self._back = part, back
        words = "実施回の資料へ" if back == "event" else "資料・報告へ"
        self.check.back.set_words(words)
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
        """Read the handout; without one given, the event's handout that waits for the ward."""
        if not self._event_id:
            self.app_context.go("turns", kind="資料")
        elif self._material_id:
            self.app_context.read(
                with_store(read_material, material_id=self._material_id, today=self.app_context.today()),
                self._show,
                on_failed=partial(self._show_missing, self._material_id),
                owner=self,
            )
        else:
            self.run_read(self._choose, read_material_board, today=self.app_context.today(), event_id=self._event_id)

    def _choose(self, found: MaterialBoard) -> None:
        rows = [row for row in found.rows if row.material_id]
        mine = [row for state in (REVIEWING, UNTOLD) for row in rows if row.state == state]
        wanted = next(iter(mine or rows), None)
        if wanted is None:
            self.leave()
        else:
            self._material_id = wanted.material_id
            self.reload()

    def _show_missing(self, material_id: int, problem: Exception) -> None:
        """Show the list when the handout does not exist any more."""
        if not isinstance(problem, UserError):
            self.app_context.fail(problem)
        elif material_id == self._material_id:
            self.leave()

    def _show(self, view: MaterialView) -> None:
        if view.material.id != self._material_id:
            return
        judged = self.view is not None and bool(self.view.versions)
        self.view = view
        may_write = not self.app_context.read_only
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
        """Show page and findings side by side, at ``page`` of the received file if given."""
        view = self.view
        if view is not None and view.versions:
            self._part = ""
            self.check.show_view(view, may_write=not self.app_context.read_only, page=page)
            self._pages.setCurrentWidget(self.check)
            self.check.focus_work_area()

    def open_compare(self) -> None:
        """Compare the newest version with the one before, page by page."""
        view = self.check.view
        older = previous_comparable_version(view) if view is not None else None
        if view is not None and older is not None:
            self.compare.show_versions(view, older, view.versions[0].version, may_write=not self.app_context.read_only)
            self._pages.setCurrentWidget(self.compare)

    def _leave_compare(self, page: int) -> None:
        """Go back to the findings, at a page where one is to be written."""
        self._pages.setCurrentWidget(self.check)
        if page:
            self.check.preview.pages.go_to_page(page)
        self.check.row.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Go back to the handout's row in its list."""
        self.check.keep_draft()
        one = {"material_id": self._material_id} if self._material_id else {}
        if self._back == "event":
            self.app_context.go("event", event_id=self._event_id, tab="資料", **one)
        else:
            self.app_context.go("turns", event_id=self._event_id, **one)

    # writing

    def _write(self, change: Callable[[Store], object]) -> None:
        """Run a change, and show its error on the page."""
        self.problem.show_text("")
        self.run_change(change)

    def _toggle(self, finding: Finding) -> None:
        self._write(
            bind_action(self.app_context, resolve_finding, finding_id=finding.id, resolved=not finding.resolved)
        )

    def _set_printed(self, printed: int | None, handed_out: int | None) -> None:
        view = self.view
        if view is not None and view.versions:
            version_id = view.versions[0].version.id
            self._write(
                bind_action(
                    self.app_context, set_printed, version_id=version_id, printed=printed, handed_out=handed_out
                )
            )

    def _remove(self) -> None:
        if self.view is not None:
            self._write(bind_action(self.app_context, remove_material, material_id=self.view.material.id))

    # dialogs

    def _rename(self) -> None:
        if self.view is not None:
            MaterialNameDialog(
                self.app_context, self.view.material, event_title=self.view.event_title, parent=self
            ).open()

    def _open_version(self, version_id: int) -> None:
        view = self.view
        row = next((each for each in view.versions if each.version.id == version_id), None) if view else None
        if view is not None and row is not None:
            viewer = VersionFileDialog(
                self.app_context,
                version_id=version_id,
                subject=f"{view.material.title}　第{row.version.version}版",
                may_write=not row.version.locked and row.newest,
                parent=self,
            )
            viewer.finding_asked.connect(self.open_check)
            viewer.open()

    def _open_finding(self, finding: Finding) -> None:
        view = self.view
        if view is None or not view.versions or self.app_context.read_only:
            return
        number = next(row.version.version for row in view.versions if row.version.id == finding.version_id)
        FindingDialog(self.app_context, finding, subject=f"{view.material.title}　第{number}版", parent=self).open()

    def _ask_rights(self) -> None:
        if self.view is not None:
            RightsDialog(self.app_context, self.view.material, parent=self).open()

    def _ask_reuse(self) -> None:
        if self.view is not None:
            self.run_read(
                partial(self._open_reuse, self.view.material),
                reuse_targets,
                material_id=self.view.material.id,
                today=self.app_context.today(),
            )

    def _open_reuse(self, material: Material, targets: Sequence[ReuseTarget]) -> None:
        if not targets:
            self.app_context.show_message("これから行う実施回が、ほかにありません。")
            return
        ReuseDialog(self.app_context, material, targets, on_saved=self._go_to, parent=self).open()

    def _go_to(self, event_id: int, material_id: int) -> None:
        self.app_context.go("event", event_id=event_id, tab="資料", material_id=material_id)

    def _show_notice(self) -> None:
        view = self.view
        if view is not None:
            DocumentDialog(
                self.app_context, event_id=view.event.id, kind=NOTICE, subject=view.event_title, parent=self
            ).open()

    def _ask_notification(self) -> None:
        view = self.view
        if view is not None and view.not_notified and not self.app_context.read_only:
            NotificationDialog(
                self.app_context,
                event_id=view.event.id,
                key=handout_key(view.material.id),
                subject=f"{view.material.title}　第{view.versions[0].version.version}版",
                open_check=self.open_check,
                parent=self,
            ).open()

    def _explain(self) -> None:
        if self.view is not None and self.view.task is not None:
            show_basis_dialog(self.view.task, self)
