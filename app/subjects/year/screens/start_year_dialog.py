"""Start the next year: the contract and its numbers copied from the last one, each open to change before it counts."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.keeping.screens.step_year import YearStep
from app.subjects.year.services.years import YearDraft, start_year
from app.widgets.dialog_frame import CAN_UNDO
from app.widgets.labels import Paragraph, section
from app.widgets.saving_dialog import SavingDialog
from app.window.desk import Desk, with_store


class StartYearDialog(SavingDialog):
    """The year as it would be started. Signals: those of ``SavingDialog``."""

    def __init__(self, desk: Desk, draft: YearDraft, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            "つぎの年度を始める",
            draft.words,
            main=f"{draft.words}を始める",
            note=CAN_UNDO,
            width=880,
            parent=parent,
        )
        self._draft = draft
        self.step = YearStep(
            draft.programme,
            draft.numbers,
            told="いまの年度の数を写し、日付を1年あとにしてあります。新しい契約書と違うところを直してください。"
            "始めたあとも「設定」で直せます。",
        )
        self.put(self.step)
        self.put(section("そのまま引き継ぐもの"))
        self.put(Paragraph(_kept_words(draft)))
        self.confirmed.connect(self._save)

    def _save(self) -> None:
        if not self.step.is_sound():
            return
        self.send(
            with_store(
                start_year,
                draft=replace(self._draft, programme=self.step.programme(), numbers=self.step.numbers.numbers()),
                **self.desk.signed,
            )
        )


def _kept_words(draft: YearDraft) -> str:
    """What is taken over as it is: who we are, the contractor, how papers are addressed, 団体 and people."""
    office = "".join((draft.office.ward, draft.office.department, draft.office.section, draft.office.unit))
    contractor = "　".join(part for part in (draft.contractor.name, draft.contractor.responsible) if part)
    return (
        f"所属　{office or '（未入力）'}\n受託者　{contractor or '（未入力）'}\n"
        "帳票の宛先・発信者、団体と参加者の登録、閉庁日も、そのまま使えます。"
        "いまの年度の済んでいない期限は、済むまでホームに残ります。"
    )
