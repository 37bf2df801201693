"""The findings on a handout, version by version: page, what to mend, 必須 with basis or お願い, mended or not."""

from __future__ import annotations

from dataclasses import dataclass

from app.subjects.materials.services.materials import MaterialView
from app.widgets.fitted_table import FittedTable
from app.widgets.record_columns import Cell, Column
from db.records.materials import Finding

STATE = "state"


@dataclass(frozen=True, kw_only=True)
class FindingLine:
    """One finding with the version it was written on; ``id`` is the finding's."""

    id: int
    version: int
    finding: Finding


def lines_of(view: MaterialView) -> tuple[FindingLine, ...]:
    """The findings of all versions, those on the newest first."""
    return tuple(
        FindingLine(id=finding.id, version=row.version.version, finding=finding)
        for row in view.versions
        for finding in row.findings
    )


def page_words(page: str) -> str:
    """「p.6」 for a number, anything else as typed."""
    return f"p.{page}" if page.strip().isdigit() else page


def finding_list() -> FittedTable:
    """The list; Enter and F2 change a finding, Space says it is mended, Delete removes it."""
    return FittedTable(
        "findings",
        (
            Column(
                key="page",
                title="ページ",
                width=48,
                show=lambda line: Cell(text=page_words(line.finding.page), strong=True),
            ),
            Column(key="text", title="指摘", show=_text, stretch=True),
            Column(key=STATE, title="修正", width=82, show=_state),
        ),
        title="指摘",
        empty="指摘はありません。",
        group=lambda line: f"第{line.version}版の指摘",
        head=False,
    )


def _text(line: FindingLine) -> Cell:
    finding = line.finding
    duty = f"必須（{finding.basis}）" if finding.duty == "必須" else "お願い"
    answer = f"\n対応：{finding.response}" if finding.response else ""
    return Cell(text=finding.text, second=duty + answer)


def _state(line: FindingLine) -> Cell:
    if line.finding.resolved:
        return Cell(text="修正済", icon="check-circle-fill", tone="green", tip="押すと未修正に戻します")
    return Cell(text="未修正", icon="circle", tone="amber", tip="押すと修正済にします")
