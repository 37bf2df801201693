"""検査調書 and 検査結果通知: what each is about is read here, with what must be settled before the result goes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from app.acts.refusal import Refusal
from app.calendar.dates import long_date, long_date_plain, short_date
from app.common.together import together
from app.papers.blocks import DocumentContent
from app.papers.paper import Passage
from app.papers.services.paper_context import context_of
from app.papers.services.paper_kind import PaperItem, PaperKind, PaperSubject
from app.papers.services.paper_passages import merge_passages
from app.papers.services.paper_scope import PaperScope, keys_of, year_of
from app.subjects.year.completion.papers import inspection_record, inspection_result
from app.subjects.year.completion.papers.inspection_annex import AnnexFacts
from app.subjects.year.completion.papers.inspection_record import RecordFacts
from app.subjects.year.completion.papers.inspection_result import LEAD, OTHER, POINTS, SEAL, SUBJECT, ResultFacts
from app.subjects.year.completion.rules.inspecting import check_days, check_people
from app.subjects.year.completion.services.completion import Completion, held_counts, letter_revision, read_completion
from app.subjects.year.completion.services.completion_papers import (
    NAMES,
    annex_facts,
    completed_on,
    notice_dated_on,
    works,
)
from app.subjects.year.completion.services.paper_stops import open_papers_words
from db.records.programme import Kind
from db.records.year.completion import Inspection
from db.rows import rows
from db.store import Store

_UNITS: Final[Mapping[Kind, str]] = {"講習会": "回", "派遣": "団体", "意見交換会": "回"}


def build_record(store: Store, scope: PaperScope, now: datetime) -> DocumentContent:
    """Return the 検査調書 of a year: a form until a 検査 is recorded, then with what the newest one found."""
    view = year_of(store, scope, on=now.date())
    found = read_completion(store, programme_id=view.programme.id, today=now.date())
    shown, annex = _as_inspected(store, found, found.inspection)
    return inspection_record.inspection_record(
        context_of(store, view, scope, inspection_record.KIND, now),
        RecordFacts(
            inspection=shown.inspection,
            earlier=shown.inspections[:-1],
            noticed_on=shown.notice_on,
            completed_on=completed_on(shown),
            works=works(shown, shown.today),
            annex=f"提出物 {_handed_in(annex)}件（検査調書別紙のとおり）",
        ),
    )


def build_result(store: Store, scope: PaperScope, now: datetime) -> DocumentContent:
    """Return the letter with the result of a 検査: of ``scope.item``, else of the newest one.

    Raises:
        Refusal: no 検査 is recorded (no verdict is proposed), its day lies before the receipt of the 業務完了届, or
            its 検査員 is one of the 担当.
    """
    view = year_of(store, scope, on=now.date())
    found = read_completion(store, programme_id=view.programme.id, today=now.date())
    inspection = _recorded(found, scope)
    shown, annex = _as_inspected(store, found, inspection)
    context = context_of(store, view, scope, inspection_result.KIND, now, formal=True)
    texts = merge_passages(
        store.database,
        keys=keys_of(store, scope),
        kind=inspection_result.KIND,
        defaults=result_passages(store, scope, now.date()),
        revision=letter_revision(store.database, inspection),
    )
    return inspection_result.inspection_result(
        context,
        ResultFacts(
            inspection=inspection,
            ordinal=found.inspections.index(inspection) + 1,
            inspected=f"{_held_words(shown)}\n提出物 {_handed_in(annex)}件（検査調書別紙のとおり）",
            texts={one.part: one.text for one in texts},
        ),
    )


def result_passages(store: Store, scope: PaperScope, on: date) -> Sequence[Passage]:
    """Return the app's own wording of the letter, by what its 検査 found; nothing before there is one."""
    found = read_completion(store, fiscal_year=scope.fiscal_year, today=on)
    one = _of(found, scope)
    if one is None:
        return ()
    dated = notice_dated_on(found)
    came = (
        f"{long_date_plain(dated)}付けで業務完了届のあった委託"
        if dated is not None
        else f"{long_date_plain(found.notice_on or one.held_on)}に業務完了届を受領した委託"
    )
    points = one.repair.strip() or ("ありません。" if one.result == "合格" else "")
    if points and one.repair_due is not None:
        points += f"\n期限　{long_date(one.repair_due)}"
    period = found.programme.payment_period
    then = (
        f"請求書は、この通知のあとに提出してください。支払は、適法な請求書を受け取った日から{period}に行います。"
        if one.result == "合格"
        else "指摘した点を直したうえで、書面でお知らせください。あらためて検査を行います。"
    )
    return (
        Passage(SUBJECT, f"{found.programme.title}の\n検査の結果について（通知）", lines=2),
        Passage(LEAD, f"{came}について、つぎのとおり検査を行いましたので、その結果をお知らせします。", lines=3),
        Passage(POINTS, points, lines=4),
        Passage(OTHER, then, lines=3),
        Passage(SEAL, "（公印省略）", lines=1),
    )


def result_halts(store: Store, scope: PaperScope, on: date) -> tuple[str, ...]:
    """Return what must be settled before the result goes out, a sentence each; each passes with a reason."""
    found = read_completion(store, fiscal_year=scope.fiscal_year, today=on)
    one = _of(found, scope)
    return tuple(_halts(store, found, one)) if one is not None else ()


def _of(found: Completion, scope: PaperScope) -> Inspection | None:
    """The 検査 that a letter is about, None where none is recorded."""
    return next((one for one in found.inspections if one.id == scope.item), found.inspection)


def _halts(store: Store, found: Completion, one: Inspection) -> Iterator[str]:
    shown, then = _as_inspected(store, found, one)
    if then.unrecorded:
        yield then.unrecorded
    yield from open_papers_words(found)
    # What is wished for after that day is no part of what was inspected; an event is.
    if _held_words(shown) != _held_words(found):
        yield (
            f"検査調書別紙の数が、検査の日（{short_date(one.held_on, found.today)}）から変わっています"
            f"（{_held_words(shown)} → {_held_words(found)}）。"
        )
    if one.result != "合格" and not one.repair.strip():
        yield "何を直すかが、検査の記録に書かれていません。"
    if one.result != "合格" and one.repair.strip() and one.repair_due is None:
        yield "手直しの期限が、検査の記録に入っていません。"


def _recorded(found: Completion, scope: PaperScope) -> Inspection:
    one = _of(found, scope)
    if one is None:
        raise Refusal("検査の結果が、まだ記録されていません。", "「完了・検査・支払」で検査を記録すると作成できます。")
    check_people(one)
    check_days(one, found.notice_on, found.today)
    return one


def _as_inspected(store: Store, found: Completion, one: Inspection | None) -> tuple[Completion, AnnexFacts]:
    """The year as it stood on the day of a 検査, with what the 別紙 of that day counts."""
    if one is not None and one.held_on != found.today:
        found = read_completion(store, programme_id=found.programme.id, today=one.held_on)
    return found, annex_facts(store, found, found.today)


def _handed_in(annex: AnnexFacts) -> int:
    """How many rows the 別紙 numbers: the reports of its events, then the papers of the year."""
    return sum(len(group.lines) for group in annex.groups) + len(annex.papers)


def _held_words(shown: Completion) -> str:
    """「講習会 7回、アドバイザー派遣 3団体、意見交換会 2回」: what was held, kind by kind."""
    counts = held_counts(shown.files, shown.today)
    named = {**NAMES, "講習会": "講習会", "意見交換会": "意見交換会"}
    return together(
        *(f"{named[kind]} {counts[kind]}{unit}" for kind, unit in _UNITS.items() if kind in shown.view.numbers), by="、"
    )


def _always(_store: Store, _subject: PaperSubject) -> bool:
    return True


def _inspected(store: Store, subject: PaperSubject) -> bool:
    return read_inspection(store, subject) is not None


def read_inspection(store: Store, subject: PaperSubject) -> Inspection | None:
    """Return the 検査 that papers are about: the chosen one, else the newest of the year."""
    return _chosen(store, subject.scope)


def _all(store: Store, scope: PaperScope) -> Sequence[Inspection]:
    programme_id = keys_of(store, scope)["programme_id"] or 0
    return rows(store.database, Inspection, programme_id=programme_id, order=("held_on", "id"))


def _chosen(store: Store, scope: PaperScope) -> Inspection | None:
    found = _all(store, scope)
    return next((one for one in found if one.id == scope.item), found[-1] if found else None)


def _revision(store: Store, scope: PaperScope) -> int:
    """Each 検査 has its letter."""
    one = _chosen(store, scope)
    return letter_revision(store.database, one) if one is not None else 1


def result_title(one: Inspection) -> str:
    """「3/30(火)の検査　手直し」: which letter it is, where there are several."""
    return f"{short_date(one.held_on, one.held_on)}の検査　{one.result}"


def _each(store: Store, scope: PaperScope) -> Sequence[PaperItem]:
    return [PaperItem(id=one.id, title=result_title(one)) for one in _all(store, scope)]


def _state(store: Store, subject: PaperSubject, today: date) -> str:
    one = read_inspection(store, subject)
    return f"{short_date(one.held_on, today)} {one.result}" if one is not None else "検査前の様式"


PAPERS: Final = (
    PaperKind(
        kind=inspection_record.KIND,
        rests_on=("仕5",),
        about="年度",
        shelf="年度",
        build=build_record,
        ready=_always,
        state=_state,
        missing="",
        todo="完了の手続きを進める",
    ),
    PaperKind(
        kind=inspection_result.KIND,
        rests_on=("仕5",),
        about="年度",
        shelf="年度",
        build=build_result,
        ready=_inspected,
        state=_state,
        passages=result_passages,
        missing="検査を記録すると作成できます。",
        todo="完了の手続きを進める",
        goes_out=True,
        formal=True,
        several=_each,
        revision=_revision,
        recipient="受託者",
    ),
)
HALTS: Final = ((inspection_result.KIND, result_halts),)
