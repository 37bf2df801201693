"""One finding on a version: page, what to mend, 必須 with its basis or お願い, and what the contractor answered."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.saved import Saved
from app.subjects.materials.services.materials import add_finding, change_finding, resolve_finding
from app.widgets.buttons import Button
from app.widgets.dialog_frame import CAN_UNDO, DialogFrame
from app.widgets.failure_dialog import note_failure
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.note_box import NoteBox
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of
from db.records.materials import Finding

MUST, WISH = "必須", "お願い"
_FIELDS = (
    Field(key="page", label="ページ", width=96, optional=True),
    Field(key="text", label="指摘", kind="lines", lines=3),
    Field(key="duty", label="区分", kind="radio", choices=((MUST, "必須（根拠を示す）"), (WISH, "お願い"))),
    Field(key="basis", label="根拠", width=320, hint="内容の誤り、肖像の承諾、特14、仕4(1)カ など"),
    Field(key="response", label="受託者の対応", kind="lines", lines=2, optional=True),
    Field(key="resolved", label="修正", kind="check", words="修正を確かめた（修正済）"),
)


class FindingDialog(DialogFrame):
    """Writes one finding. Signals: those of ``DialogFrame``."""

    def __init__(
        self,
        desk: Desk,
        *,
        version_id: int,
        subject: str,
        finding: Finding | None = None,
        page: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """``page`` is proposed for a new finding (the page in view)."""
        super().__init__(
            "指摘を直す" if finding else "指摘を加える", subject, main="指摘を保存する" if finding else "指摘を加える",
            note=CAN_UNDO, width=720, parent=parent,
        )  # fmt: skip
        self._desk = desk
        self._version_id = version_id
        self._finding = finding
        self._again = False
        self.problem = NoteBox(tone="red")
        self.put(self.problem)
        self.form = Form(_FIELDS, fiscal_year=desk.fiscal_year)
        self.form.set_values(_values(finding) | ({"page": page} if finding is None else {}))
        for key in ("response", "resolved"):
            self.form.show_field(key, finding is not None)
        self.put(self.form)
        self.body.addStretch(1)
        self.more = Button("続けてつぎを加える", self._add_another, tall=True)
        if finding is None:
            self.put_button(self.more)
        self.form.changed.connect(lambda _key: self._follow())
        self.confirmed.connect(self._save)
        self._follow()
        self.form.go_to("text" if page else "page")

    def _follow(self) -> None:
        self.form.show_field("basis", self.form.value("duty") == MUST)
        if self.isVisible():
            self.fit()

    def _add_another(self) -> None:
        self._again = True
        self._save()

    def _save(self) -> None:
        self.problem.say("")
        if not self.form.check_all():
            self._again = False
            return
        values = self.form.values()
        resolved = values.pop("resolved")
        if values["duty"] != MUST:
            values["basis"] = ""
        self.wait(True)
        if self._finding is None:
            values.pop("response")
            self._desk.write(
                with_store(add_finding, version_id=self._version_id, **values, **self._desk.signed),
                self._end,
                failed=self._fail,
            )
            return
        changed = {key: values[key] for key in values} != {key: getattr(self._finding, key) for key in values}
        if changed:
            after = self._resolve if resolved != self._finding.resolved else self._end
            self._desk.write(
                with_store(change_finding, finding_id=self._finding.id, **values, **self._desk.signed),
                after,
                failed=self._fail,
            )
        elif resolved != self._finding.resolved:
            self._resolve(None)
        else:
            self.wait(False)
            self.accept()

    def _resolve(self, _saved: Saved | None) -> None:
        assert self._finding is not None
        self._desk.write(
            with_store(
                resolve_finding, finding_id=self._finding.id, resolved=not self._finding.resolved, **self._desk.signed
            ),
            self._end,
            failed=self._fail,
        )

    def _end(self, _saved: Saved) -> None:
        self.wait(False)
        if not self._again:
            self.accept()
            return
        self._again = False
        self.form.set_values(_values(None))
        self._follow()
        self.form.go_to("page")

    def _fail(self, problem: Exception) -> None:
        self._again = False
        self.wait(False)
        note_failure(failure_of(problem), self.problem)
        self.fit()


def _values(finding: Finding | None) -> dict[str, object]:
    keys = ("page", "text", "duty", "basis", "response", "resolved")
    if finding is None:
        return dict(zip(keys, ("", "", MUST, "", "", False), strict=True))
    return {key: getattr(finding, key) for key in keys}
