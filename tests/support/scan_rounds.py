"""Random sheets, filled in and copied in random ways, and what the reading makes of them: how much, and whether any of it is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Final

from PIL import Image

from app.papers.fonts import bundled_fonts_folder
from app.papers.pdf.questionnaire_form import page_forms
from app.papers.pdf.typefaces import open_collection
from app.papers.scan_code import PageForm
from app.papers.services import papers
from app.subjects.surveys.questions.papers.questionnaire import KIND, LARGE_KIND
from app.subjects.surveys.typing.intake.page_fitting import SIZE, Unfitted, fit_page
from app.subjects.surveys.typing.intake.page_ink import Print, ink_of, print_of
from app.subjects.surveys.typing.rules.scanned_answers import QuestionInk, option_texts, read_questions
from db.records.surveys import EventSurvey, Question
from tests.support.scans import Copier, FilledSheet, fill_sheet, printed_pages
from tests.support.survey_sheets import AFTER, fixed_survey, survey_of

TWELVE: Final = (
    Question(code="age", title="年代", type="SA", options=("50代まで", "60代", "70代", "80代以上")),
    Question(code="came", title="参加の回数", type="NUM", unit="回"),
    Question(code="happy", title="満足度", type="SA", options=("満足", "やや満足", "ふつう", "やや不満", "不満"), scale=True),
    Question(code="why", title="その理由", type="FA", lines=2),
    Question(code="liked", title="よかったこと", type="MA", options=("説明", "体験", "資料", "相談", "その他"), has_other=True),
    Question(
        code="phone", title="お使いの端末", type="MA", max_select=2, options=("スマートフォン", "タブレット", "パソコン", "使っていない")
    ),
    Question(code="pace", title="進む速さ", type="SA", options=("速い", "ちょうどよい", "遅い")),
    Question(code="more", title="また参加したいですか", type="SA", options=("はい", "いいえ", "その他"), has_other=True),
    Question(
        code="what", title="学びたいこと", type="MA", asked_of="more", asked_of_options=("はい",),
        options=tuple(f"内容の{number}番目" for number in range(1, 12)),
    ),
    Question(code="told", title="だれに話しますか", type="SA", options=("家族", "友人", "町会の人", "話さない")),
    Question(code="will", title="使ってみたいですか", type="SA", options=("すぐに", "いつか", "分からない", "使わない")),
    Question(code="free", title="ご意見", type="FA", lines=3),
)  # fmt: skip


@dataclass(frozen=True)
class Form:
    """One printed sheet: its questions, its pages to be filled in, and what a scan is held against."""

    questions: tuple[Question, ...]
    pages: tuple[PageForm, ...]
    printed: list[Image.Image]
    prints: list[Print]


def forms(folder: Path) -> list[Form]:
    """Return the usual and the large sheet of the default questions, and both of twelve others."""
    store, event_id = fixed_survey(folder)
    survey = survey_of(store, event_id)
    made = []
    for questions in (survey.questions, TWELVE):
        with store.change(action="設問", by="見本", now=AFTER, subject="surveys", event_id=event_id) as change:
            change.update(EventSurvey, survey.id, questions=questions)
        for kind in (KIND, LARGE_KIND):
            content = replace(papers.build_paper(store, event_id=event_id, kind=kind, now=AFTER), copies=0)
            pages = page_forms(content, open_collection(bundled_fonts_folder()))
            data = papers.render(content, format="pdf").data
            small = printed_pages(data, SIZE)
            prints = [print_of(page.tobytes(), form.areas) for page, form in zip(small, pages, strict=True)]
            made.append(Form(questions, pages, printed_pages(data), prints))
    store.database.conn.close()
    return made


@dataclass
class Tally:
    """What became of the questions: by the way in which they were answered, and by what the copier gave.

    ``wrong`` names each answer that was proposed and is not what the paper says; ``aside`` why pages were not read.
    """

    sheets: int = 0
    ways: Counter[tuple[str, str]] = field(default_factory=Counter)
    tones: Counter[tuple[str, str]] = field(default_factory=Counter)
    aside: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """Say it, one line a way."""
        yield f"用紙 {self.sheets}枚　誤った提案 {len(self.wrong)}件　読めないページ {dict(self.aside)}"
        for name, counted in (("答え方", self.ways), ("読み取り", self.tones)):
            for key in sorted({key for key, _state in counted}):
                yield f"{name} {key:<22} 提案 {counted[key, 'right']:5} 未確定 {counted[key, 'open']:5} 誤り {counted[key, 'wrong']}"


def try_sheet(form: Form, seed: int, tally: Tally) -> None:
    """Fill in one sheet, copy it, read it, and count what was proposed."""
    random = Random(seed)
    sheet = fill_sheet(form.printed, form.pages, form.questions, random)
    copier = Copier.any(random)
    tally.sheets += 1
    inks: dict[str, QuestionInk] = {}
    for page, coded, print_ in zip(sheet.pages, form.pages, form.prints, strict=True):
        scan = copier.scan(page)
        try:
            fitted = fit_page(scan.tobytes(), scan.width, scan.height)
            assert fitted.code == coded.code
            inks |= {ink.code: ink for ink in ink_of(fitted, print_)}
        except Unfitted as problem:
            tally.aside[problem.why] += 1
    _count(tally, sheet, form.questions, inks, copier, seed)


def _count(
    tally: Tally, sheet: FilledSheet, questions: Sequence[Question], inks: dict[str, QuestionInk], copier: Copier, seed: int
) -> None:
    for question, found in zip(questions, read_questions(questions, inks), strict=True):
        if question.code not in inks:
            continue
        way = sheet.ways[question.code]
        state = "open"
        if found.settled:
            options = option_texts(question)
            chosen = frozenset(str(options.index(text) + 1) for text in found.answer.chosen)
            right = chosen == sheet.truth[question.code] and question.code not in sheet.texts
            state = "right" if right else "wrong"
            if not right:
                tally.wrong.append(f"{seed} {question.code} {way} {sorted(chosen)} {copier}")
        tally.ways[way, state] += 1
        tally.tones[copier.tones, state] += 1


def try_sheets(folder: Path, count: int, *, seed: int) -> Tally:
    """Try so many random sheets; every one can be had again by its seed."""
    known = forms(folder)
    tally = Tally()
    for number in range(count):
        # The usual sheet is what nearly everybody gets.
        try_sheet(known[(0, 2, 0, 2, 0, 2, 1, 2, 0, 3)[number % 10]], seed + number, tally)
    return tally
