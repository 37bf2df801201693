"""The head figures of a tally: attendance, sheets, rate, who counted, the ward's check, and whether it is fixed."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.calendar.dates import short_date
from app.subjects.surveys.questions.parts.survey_words import frozen_words, sources_words
from app.subjects.surveys.tally.services.survey_comparison import TallyComparison, comparison_of
from app.subjects.surveys.tally.services.survey_tally import TallyView
from app.widgets.labels import label, rule
from db.records.surveys import EventSurvey

Figure = tuple[str, str, str]


def tally_figures(found: TallyView, today: date) -> tuple[Figure, ...]:
    """Every figure as (name, value, small words after it)."""
    tally, survey = found.tally, found.view.survey
    if survey is None:
        return ()
    attended = found.view.attended
    rate = tally.return_rate
    counted_on = f"{short_date(survey.counted_on, today)}" if survey.counted_on else "日付なし"
    return (
        ("出席", f"{attended}人" if attended is not None else "—", "" if attended is not None else "まだ記録なし"),
        ("回収", f"{tally.base}枚", sources_words(tally.paper, tally.online)),
        ("回収率", f"{rate}%" if rate else "—", f"{tally.base} ÷ {attended}" if rate else "出席が分かると出ます"),
        ("集計した者", survey.counted_by, counted_on),
        ("区の検算", *check_words(comparison_of(found), today)),
        ("集計の確定", *_fixed(survey, today)),
    )


def check_words(found: TallyComparison, today: date) -> tuple[str, str]:
    """「差なし」 with the numbers compared and who did it; 「未了」 before."""
    if not found.compared:
        return ("未了", "任意・区の目標")
    value = f"差 {len(found.differing)}件" if found.differing else "差なし"
    survey = found.survey
    by = f"{survey.checked_by} {short_date(survey.checked_on, today)}" if survey.checked_on else "照合中"
    return (value, f"{found.compared}件　{by}")


def _fixed(survey: EventSurvey, today: date) -> tuple[str, str]:
    if survey.frozen_at is None:
        return ("未了", "確定後に解いた記録あり" if survey.freeze_note else "")
    return ("確定済", frozen_words(survey, today))


class TallyStrip(QFrame):
    """The figures side by side, or as running words where there is little room. Signals: none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self._figures: tuple[Figure, ...] = ()
        self._narrow: bool | None = None
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(16, 8, 16, 8)
        self._line.setSpacing(12)

    def show_figures(self, figures: tuple[Figure, ...], *, narrow: bool) -> None:
        """Show these figures."""
        if figures == self._figures and narrow == self._narrow:
            return
        self._figures = figures
        self._narrow = narrow
        while self._line.count():
            item = self._line.takeAt(0)
            part = item.widget() if item is not None else None
            if part is not None:
                part.hide()
                part.deleteLater()
        if narrow:
            words = "　　".join(f"{name} {value} {more}".strip() for name, value, more in figures)
            self._line.addWidget(label(words, "smallink", wrap=True))
            return
        for place, figure in enumerate(figures):
            if place:
                self._line.addWidget(rule(upright=True))
            self._line.addWidget(_cell(*figure), 1)

    def words(self) -> str:
        """All figures as text."""
        return "　".join(f"{name} {value} {more}".strip() for name, value, more in self._figures)


def _cell(name: str, value: str, more: str) -> QWidget:
    cell = QWidget()
    cell.setAccessibleName(f"{name} {value} {more}")
    column = QVBoxLayout(cell)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(label(name, "small"))
    column.addWidget(label(value, "h2"))
    column.addWidget(label(more, "small", wrap=True))
    column.addStretch(1)
    return cell
