"""Years of other contracts for tests: begun from their definition files, their papers, and what is foreign
to them."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.blocks import DocumentContent
from app.documents.services import documents
from app.documents.services.document_kind import documents_about, read_subject
from app.documents.services.document_scope import DocumentScope
from app.programme.intake import preset
from app.programme.rules import ANNEX, YearDefinition
from app.programme.services import start_programme
from app.submissions.reports.documents.report_parts import KIND as REPORT
from app.submissions.reports.services import report_check
from app.surveys.questions.intake import questionnaire_for
from db.records.programme import Contractor, EventKind
from db.store import Store
from tests.support.years import BY, NOW, at

FILES = sorted((Path(__file__).parents[1] / "programme" / "years").glob("*.toml"))
_CITED = re.compile(r"仕様書\d[()\dア-ン]*|(?<![一-龠])仕\d[()\dア-ン]*")
_WARD = re.compile("練馬")
_OF_WARD = re.compile("(?<![一-龠])区(?!分|別|間|域|画|切|報原稿(?:\n|$))")
"""What a ward says of itself on a paper that leaves, and another municipality in its own word."""
_OF_ANNEX = re.compile(f"{ANNEX.title}|(?:特記事項|(?<![一-龠])特)第?\\d+[条(（-]?")
"""Clauses of the 特記事項 that the program knows, and its title."""
_USUAL_TITLE = "町会・自治会デジタル活用支援事業"
_OTHER_AUDIENCE = "町会・自治会の役員・会員の方"


def _questions(kind: EventKind) -> str:
    """Return what the アンケート of a kind asks and offers, "" where it has none."""
    asked = questionnaire_for(kind).questions if kind.has_survey else ()
    return "\n".join(words for one in asked for words in (one.title, *one.options))


def begin(store: Store, definition: YearDefinition, *, context: ActionContext | None = None) -> None:
    """Start the year of a definition."""
    start_programme(
        context or ActionContext(store, BY, NOW),
        programme=definition.programme,
        numbers=definition.kinds,
        office=definition.office,
        contractor=Contractor(name="みほん受託株式会社", responsible="見本 花子"),
    )


def contents(store: Store, scope: DocumentScope, today: date) -> Iterator[tuple[str, DocumentContent]]:
    """Give every paper of an event or the year that can be made, by its kind."""
    subject = read_subject(store, scope)
    for kind in documents_about(scope):
        if kind.is_applicable(subject) and kind.is_ready(store, subject):
            try:
                yield kind.kind, documents.build_document(store, scope=scope, kind=kind.kind, now=at(today))
            except UserError:
                continue


def check_report(context: ActionContext, event_id: int, kind: EventKind, *, data: bytes = b"%PDF-1.4 report") -> None:
    """Receive the report of an event, find every point that its kind asks for and every number, and confirm it."""
    day = context.now.date()
    report = report_check.receive_report(
        context,
        event_id=event_id,
        data=data,
        name="報告書.pdf",
        pages=1,
        received_on=day,
        received_how="メール",
    ).id
    check = report_check.read_report_check(context.store, report_id=report, with_file=False)
    assert ("アンケートの集計結果" in check.points) is kind.has_survey
    for point in check.points:
        report_check.tick_point(context, report_id=report, point=point, found=True)
    settled = [report_check.SettledFigure(figure_id=one.id, theirs=one.ours) for one in check.figures]
    report_check.set_figures(context, report_id=report, settled=settled)
    report_check.confirm_report(context, report_id=report, on=day, reason="用紙を配らなかった")


class ForeignWords:
    """What no paper and no screen of a year may say: names, titles, signs and clauses that its definition lacks."""

    def __init__(self, definition: YearDefinition) -> None:
        own, usual = definition.kinds, preset()
        kept = {getattr(one, name) for one in own for name in ("name", "title", "name_in_text")}
        names = {getattr(one, name) for one in usual.kinds for name in ("name", "title", "name_in_text")} - kept
        signs = "".join({one.sign for one in usual.kinds} - {one.sign for one in own})
        # The cards of 設定 that explain the three forms say their words, whatever the kinds of a year are called.
        # 派遣労働者 are those of the 受託者, in the words of the annex and the law.
        named = [rf"{one}(?!の形|労働者)" for one in sorted(names, key=len, reverse=True)]
        self._words = re.compile("|".join([*named, rf"[{signs}](?=\d)"]))
        self._definition = definition
        self._ward = definition.office.ward == usual.office.ward
        self._content = {line for one in usual.kinds for line in one.content if len(line) > 5}
        self._clauses = " ".join(str(value) for one in (definition.programme, *own) for value in vars(one).values())

    def names_in(self, said: str) -> set[str]:
        """Return the names, titles and signs in a text that belong to no kind of the year, and a foreign ward."""
        return {*self._words.findall(said), *(() if self._ward else _WARD.findall(said))}

    def facts_in(self, paper: str, said: str, kind: EventKind | None) -> set[str]:
        """Return what a paper of a kind, or of the year (None), says and its contract does not."""
        kinds = self._definition.kinds if kind is None else (kind,)
        # The questions of an アンケート are templates, which the definition chooses and a clerk edits; a report prints
        # those of its own event with their answers.
        content = set() if paper.startswith("アンケート") or "様式" in paper else self._content
        if paper == REPORT:
            content = {word for word in content if not any(word in asked for asked in map(_questions, kinds))}
        found = {word for word in content if word in said and all(word not in one.content for one in kinds)}
        if "程度" in said and all(one.strict and one.people_strict and one.minutes_strict for one in kinds):
            found.add("程度")
        if self._definition.office.ward[-1] != "区":
            found |= {line for line in said.splitlines() if _OF_WARD.search(line)}
        if "一括" in said and not self._definition.programme.payment_way:
            found.add("一括")
        programme, usual = self._definition.programme, preset().programme
        found |= {word for word in ("契約確定日", "翌日から令和") if word in said and word not in programme.term_begins}
        if programme.annex != usual.annex:
            found |= set(_OF_ANNEX.findall(said)) - {programme.annex}
        if any(part in said for part in usual.payment_condition.split("、")):
            found.add(usual.payment_condition)
        if _USUAL_TITLE in said and _USUAL_TITLE not in self._definition.programme.title:
            found.add(_USUAL_TITLE)
        if _OTHER_AUDIENCE in said and all(one.audience for one in kinds):
            found.add(_OTHER_AUDIENCE)
        return found

    def clauses_in(self, said: str) -> set[str]:
        """Return the clauses that a text cites and the definition lacks."""
        return {one for one in _CITED.findall(said) if re.sub("^仕(様書)?", "仕", one) not in self._clauses}
