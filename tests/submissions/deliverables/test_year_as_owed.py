"""The papers of the sample year as they are owed, asked for, ordered away and judged when their forms come back."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services.document_scope import DocumentScope
from app.event.services.event_records import read_event_records
from app.foreign_files.workbooks.form_workbook import CellPlace
from app.ledgers.services import ledger_writing
from app.programme.services import read_programme
from app.submissions.deliverables.intake import FormReading, ReadLine
from app.submissions.deliverables.rules.outstanding_texts import ACTIONS
from app.submissions.deliverables.services import (
    disposal_order,
    outstanding,
    outstanding_documents,
    protection_forms,
    related_items,
    submission_forms,
)
from app.submissions.deliverables.services.due_list import read_due_list
from app.submissions.deliverables.services.holdings import read_holdings
from app.submissions.deliverables.services.related_items import read_related_items
from db.records.documents import Notification
from db.records.programme import Programme
from db.rows import row
from db.tables.events import events_of_year
from tests.support.paper_lines import assert_paper, lines_of
from tests.support.sample import BY, NOW, sample_store
from tests.support.stores import made_by
from tests.support.view_lines import view_lines

store = made_by(sample_store, scope="module")
fresh = made_by(sample_store)
TODAY = NOW.date()
YEAR = DocumentScope(fiscal_year=2026)


def view_of(store):
    return read_programme(store, fiscal_year=2026, on=TODAY)


def tried(act, *given, **named):
    try:
        return act(*given, **named)
    except UserError as error:
        return f"×{error}"


def owed(store, day):
    """Say of each row what the texts about it rest on, which of them are true, and what belongs to it."""
    for one in read_due_list(store, today=day).rows:
        found = outstanding.read_outstanding(store, row_id=one.id, today=day)
        given = view_lines(found.outstanding, "title", "today", "municipality")
        number = "" if one.event_id else f"番号 {outstanding_documents.item_of(one)}"
        true = "・".join(text.action for text in found.texts if not text.missing)
        yield "　".join((f"■{one.title}", *given, true, *found.unchecked_points, number, f"つぎ {found.next_due}"))
        if one.form_id or found.outstanding.points:
            items = read_related_items(store, row_id=one.id, programme_id=1, today=day)
            faults = "／".join(fault.problem_text for fault in items.faults)
            counts = f"読めた{items.read_count}・入れる{items.figures_to_enter}・直す{items.point_count}"
            notified = f"通知{items.notification and items.notification.told_on}{items.not_notified}"
            yield f"　{counts}・{'／'.join(items.circulations)}・{faults}・{notified}"


def test_each_row_says_which_texts_are_true_of_it_and_what_belongs_to_it(store):
    today, march = list(owed(store, TODAY)), list(owed(store, date(2027, 3, 25)))
    assert_paper(today, "12月")
    assert_paper([one for one in march if "督促" in one], "3月に遅れているもの")


def test_letters_about_reports_and_papers_are_made_while_they_are_true(store):
    said = []
    for event in events_of_year(store.database, 1):
        file, ready = read_event_records(store, event.id), []
        for kind in dict.fromkeys(outstanding_documents.KINDS.values()):
            made = tried(outstanding_documents._mail, kind, store, event, NOW)
            ready.append(
                f"{kind[-4:]}{'○' * outstanding_documents._ready(kind, store, file)}{made[:40]}".replace("\n", " ")
            )
        halts = outstanding_documents.request_halts(store, DocumentScope(event_id=event.id), TODAY)
        said += [f"{event.full_title}｜{'｜'.join(ready)}｜{''.join(halts)}"]
    items = outstanding_documents._items(store, YEAR)
    said += [f"{one.id}　{one.title}" for one in items]
    for one in items[2:4]:
        for chosen in range(len(ACTIONS) + 1):
            scope = DocumentScope(fiscal_year=2026, item=one.id + chosen * outstanding_documents._CHOSEN)
            paper = tried(outstanding_documents._build_of_year, store, scope, NOW)
            said.append(f"{one.title}{chosen}：{paper if isinstance(paper, str) else lines_of(paper)[1:3]}")
    said.append(str(tried(outstanding_documents._build_of_year, store, DocumentScope(fiscal_year=2026, item=99), NOW)))
    late = lines_of(outstanding_documents._build_late(store, YEAR, NOW))
    assert_paper([*said, *late[late.index(next(one for one in late if one.startswith("■5"))) :]], "手紙")


def test_what_is_held_is_ordered_away_near_the_end_of_the_contract_and_told_anew(fresh):
    programme = row(fresh.database, Programme)
    said = [
        f"{one.words}　{one.quantity}　{one.source}　{one.ended_on}"
        for one in read_holdings(fresh.database, programme).lines
    ]

    def follow_ups(*days):
        for day in days:
            for one in disposal_order.order_follow_ups(fresh.database, day):
                said.append(f"{day}　{one.label}　{one.detail}　{one.due}　{one.basis}")

    def state(title):
        found = disposal_order.read_disposal_order(fresh.database, programme)
        counts = f"第{found.revision}回　新しい{len(found.new_lines)}　残り{len(found.holdings.remaining)}"
        status = f"{found.status_line and found.status_line.status}{'　変わった' * found.is_outdated}"
        said.append(f"【{title}】{counts}　{status}")
        said.extend(f"{one.words}　{disposal_order.disposal_method(one)}" for one in found.lines)

    follow_ups(date(2027, 2, 28), date(2027, 3, 1))
    state("指示の前")
    said.append(disposal_order.order_halts(fresh, YEAR, TODAY)[0])
    now = datetime(2027, 3, 12, 10)
    held = read_holdings(fresh.database, programme).remaining
    sealed = disposal_order.with_seal(f"{len(held)}件", ",".join(sorted(map(disposal_order._fingerprint, held))))
    with fresh.change(action="伝えた", by=BY, now=now) as change:
        change.insert(
            Notification(
                programme_id=programme.id,
                document_kind=disposal_order.KIND,
                key=disposal_order.KIND,
                told_on=now.date(),
                facts={"対象": sealed},
                told_to="受託者",
                told_how="メール",
                told_by=BY,
                by=BY,
                at=now,
            )
        )
    state("伝えた")
    follow_ups(date(2027, 3, 23), date(2027, 3, 24))
    context = ActionContext(fresh, BY, now)
    cells = {"at": "2027-03-10T09:00", "direction": "区→受託者", "name": "名簿の写し", "sort": "個人情報",
        "form": "紙",
             "quantity": "2部", "giver": BY, "receiver": "受託者"}  # fmt: skip
    ledger_writing.enter_row(context, key="transfers", fiscal_year=2026, cells=cells)
    state("加わった")
    follow_ups(date(2027, 3, 24))
    assert_paper(said, "返還・廃棄")


def reading(*lines, **values):
    place = CellPlace("様式", 5, 1)
    keys = ("選任の理由", "選任の許可日", "再委託の締結", "事故の把握日", "事故の第一報日", "事故の原因", "証明の残存")
    given = tuple(ReadLine(row=number, values=one) for number, one in enumerate(lines, 6))
    return FormReading(form=None, values=values, cells=dict.fromkeys(keys, place), lines=given)


def judged(store, judge, *lines):
    found = judge(store, view_of(store), reading(*lines), TODAY)
    return [
        f"{one.row} {one.words}｜{one.state}｜{one.explanation}｜{one.goes_to_ledger}{one.corrects}｜{one.cells}"
        for one in found
    ]


def test_every_line_of_a_form_is_new_known_twice_or_left_out(store):
    lesson = {"name": "見本　新", "belongs": "会社", "state": "受講", "held": "2026-11-20"}
    known = next(one for one in protection_forms._lines(store, view_of(store), protection_forms.LESSONS_LEDGER, TODAY))
    said = judged(
        store,
        protection_forms._lessons,
        lesson,
        lesson,
        lesson | {"held": ""},
        lesson | {"held": "2026-12-02"},
        lesson | {"held": "2026-12-01"},
        lesson | {"state": "未受講", "again": "2026-12-10"},
        lesson | {"state": "未受講"},
        dict(known.cells),
    )
    disposed = {"item": "名簿", "medium": "紙", "quantity": "2部", "way": "裁断", "done": "2026-12-01", "who": "見本"}
    said += judged(
        store,
        protection_forms._disposed,
        disposed,
        disposed,
        disposed | {"done": "2026-12-02"},
        disposed | {"item": "写真", "way": "消去ソフト"},
        disposed | {"item": "写真", "way": "消去ソフト", "tool": "みほん消去"},
    )
    allowed = {"begins": "2026-12-10", "sort": "再委託", "what": "印刷", "party": "みほん社"}
    there = protection_forms._lines(store, view_of(store), protection_forms.PERMISSION_LEDGER, TODAY)[0]
    said += judged(
        store,
        protection_forms._allowances,
        allowed,
        allowed,
        allowed | {"ends": "2026-12-09", "party": "ほか"},
        allowed | {"ends": "2026-12-10", "party": "ほか"},
        dict(there.cells),
    )
    change = {"name": "受託見本　一郎", "what": "所属", "old": "", "new": "別の会社", "on": "2026-11-20"}
    said += judged(
        store,
        protection_forms._changes,
        change,
        change,
        change | {"name": "見本　無"},
        change | {"what": "役割", "new": "司会"},
        change | {"what": "役割", "new": " 講師 "},
        change | {"what": "従事終了予定日", "new": "R9.1.31", "reason": "異動"},
        change | {"what": "従事終了予定日", "new": "来年"},
    )
    assert_paper(said, "様式の行")


@pytest.mark.parametrize(
    ("name", "find", "cases"),
    [
        ("選任", protection_forms._find_permission_faults, (
            {}, {"選任の従事者": "有"}, {"選任の従事者": "無"}, {"選任の従事者": "無", "選任の理由": "専門"},
            {"選任の従事者": "無", "選任の理由": "専門", "選任の許可日": "2026-08-01"})),
        ("再委託", protection_forms._find_date_faults, (
            {}, {"再委託の確認日": "2026-08-02", "再委託の締結": "2026-08-01"},
            {"再委託の確認日": "2026-08-01", "再委託の締結": "2026-08-01"},
            {"再委託の確認日": "2026-08-01", "再委託の締結": "2026-08-02"}, {"再委託の締結": "2026-08-02"})),
        ("事故", protection_forms._find_incident_faults, (
            {}, {"事故の発生日": "2026-09-02", "事故の把握日": "2026-09-01"},
            {"事故の発生日": "2026-09-01", "事故の把握日": "2026-09-01", "事故の第一報日": "2026-08-31"},
            {"事故の発生日": "2026-09-02", "事故の第一報日": "2026-09-01"}, {"事故の報": "最終"},
            {"事故の報": "最終", "事故の原因": "誤送信"}, {"事故の報": "続報"})),
        ("証明", protection_forms._remains_fault, (
            {}, {"証明の残存": "無"}, {"証明の残存": "有"}, {"証明の残存": "有", "証明の残り": "名簿"})),
    ],
)  # fmt: skip
def test_answers_of_a_form_that_contradict_each_other_are_faults(name, find, cases):
    said = [
        f"{one}：{[(f.cell, f.problem_text, f.todo, f.affected_units) for f in find(reading(**one))]}" for one in cases
    ]
    assert_paper(said, f"様式の誤り {name}")


def test_forms_go_out_with_what_the_ledgers_know(fresh):
    def known():
        view = view_of(fresh)
        for one in protection_forms.PROTECTION_FORMS:
            found = one.read_prefill(fresh, view, TODAY)
            yield f"■{one.title}　{dict(found.values)}　{len(found.lines)}行"
            yield from (f"{dict(line)}" for line in found.lines[:3])

    said = list(known())
    line = protection_forms._lines(fresh, view_of(fresh), protection_forms.WORKERS_LEDGER, TODAY)[5]
    context = ActionContext(fresh, BY, NOW)
    for column, value, reason in (
        ("belongs", "別の会社", "出向"), ("ends", "2027-01-31", "変更届（R8.11.20から）"),
        ("name", "受託見本　新", "改姓"),
        ("told", "2026-08-01", "書き違い"),
    ):  # fmt: skip
        ledger_writing.correct_row(
            context, key="workers", fiscal_year=2026, row_key=line.key, column=column, value=value, reason=reason
        )
    changes = next(one for one in protection_forms.PROTECTION_FORMS if one.title == protection_forms.pages.CHANGES)
    said += [f"直したあと {dict(one)}" for one in changes.read_prefill(fresh, view_of(fresh), TODAY).lines]
    with fresh.change(action="別の特記事項", by=BY, now=NOW) as change:
        change.update(Programme, 1, annex="別の特記事項")
    measures = protection_forms._measures(fresh, view_of(fresh), TODAY).lines
    said.append(f"条文のない様式 {dict(measures[0])}")
    assert_paper(said, "様式の書出し")
    assert [submission_forms._state(*one) for one in (("16人", ""), ("16人", "16人"), ("１６人", "16人"),
        ("16人", "17人"))] == [
        "区の記録なし", "一致", "一致", "差",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("paper_id", "form_id", "closed", "read", "enter"),
    [(1, 2, "", 3, 1), (1, 2, "確定済み", 3, 0), (1, 0, "", 3, 0), (0, 2, "", 3, 0), (0, 0, "", 0, 0)],
)
def test_numbers_of_a_form_are_entered_while_the_check_of_its_paper_is_open(
    monkeypatch, paper_id, form_id, closed, read, enter
):
    paper = SimpleNamespace(status=SimpleNamespace(is_returned=False))
    row_of = SimpleNamespace(paper_id=paper_id, form_id=form_id, not_notified=False)
    figures = [
        SimpleNamespace(item=item, theirs=theirs) for item, theirs in (("甲", " "), ("乙", "3"), ("丙", ""), ("丁", ""))
    ]
    for name, made in (
        ("read_outstanding", SimpleNamespace(row=row_of)), ("faults_in", ("誤り",)),
        ("read_received", SimpleNamespace(paper=paper, closed_reason=closed)), ("circulations_of", ()),
        ("figures_in", {"甲": "1", "乙": "3", "丙": ""}),
        ("reports", SimpleNamespace(figures_of_report=lambda *_: figures)),
    ):  # fmt: skip
        monkeypatch.setattr(related_items, name, made if name == "reports" else lambda *_, made=made, **_more: made)
    monkeypatch.setattr(related_items, "by_id", lambda _database, _record, row_id: paper if row_id else None)
    found = read_related_items(SimpleNamespace(database=None), row_id="x", programme_id=1, today=TODAY)
    assert (found.read_count, found.figures_to_enter) == (read, enter)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, ""), ({"version": 2}, "第2版で、いまの第3版と違います。前の版です。"),
        ({"version": 4}, "第4版で、いまの第3版と違います。このアプリより新しい版です。"),
        ({"version": 0}, "版の分からないもので、いまの第3版と違います。"),
        ({"about": "R7"}, "R7のもので、R8のものではありません。"),
        ({"about": ""}, "分からない年度のもので、R8のものではありません。"),
        ({"title": submission_forms.FIGURES, "about": ""}, ""),
    ],
)  # fmt: skip
def test_a_form_of_another_version_or_year_is_told(given, said):
    wanted = {"title": "見本の様式", "version": 3, "about": "R8"}
    told = ""
    try:
        submission_forms._check_identity(
            SimpleNamespace(**wanted | given), SimpleNamespace(**wanted | given | {"version": 3, "about": "R8"})
        )
    except UserError as error:
        told = str(error).partition("は")[2]
    assert told.startswith(said), told
    assert bool(told) == bool(said)


def test_where_a_form_goes_and_what_came_of_it_is_said_by_its_rows():
    with_ledger, without = (
        next(title for title, form in submission_forms.FORM_OF.items() if (form.ledger is not None) is wanted)
        for wanted in (True, False)
    )
    new, mended, known = (
        SimpleNamespace(goes_to_ledger=goes, corrects=corrects) for goes, corrects in ((1, ""), (1, "3"), (0, ""))
    )
    said = []
    for title, event, report, rows_of in (
        (submission_forms.FIGURES, 1, None, ()), (submission_forms.FIGURES, 1, SimpleNamespace(version=2), ()),
        (without, None, None, ()), (with_ledger, None, None, (known, known)),
        (with_ledger, None, None, (new, new, mended)),
        (with_ledger, None, None, (mended, mended)), (with_ledger, None, None, ()),
    ):  # fmt: skip
        reading = SimpleNamespace(
            form=SimpleNamespace(title=title), faults=(1,) * len(rows_of), values={"甲": 1, "乙": 2}
        )
        read = SimpleNamespace(reading=reading, event=event, report=report)
        said += [submission_forms._destination_words(read, rows_of), submission_forms._result_words(read, 5, rows_of)]
    assert_paper(said, "様式の行き先")
