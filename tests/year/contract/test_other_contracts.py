"""契約台帳 of other contracts, and what changes of the contract say and move, whole."""

from dataclasses import replace
from datetime import date

from app.actions.user_error import UserError
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from app.programme.services import change_programme, read_programme, set_contractor, set_document_setting, set_office
from app.year.contract.services import (
    contract_change_words,
    contract_history,
    preview_contract_change,
    record_contract_change,
)
from db.records.programme import DocumentSetting
from tests.support.paper_lines import assert_paper, came, lines_of
from tests.support.view_lines import view_lines
from tests.support.years import TODAY, acting, add_dispatch, add_lecture, at

YEAR = DocumentScope(fiscal_year=2026)
FROM = date(2026, 10, 1)


def paper(store, day):
    return lines_of(build_document(store, scope=YEAR, kind="契約台帳", now=at(day)))


def test_each_field_of_the_contract_stands_in_the_register_or_is_said_to_be_missing(store):
    said = paper(store, TODAY)
    lines = list(said)
    base = read_programme(store).programme
    for given in (
        {"contract_date": date(2026, 7, 31), "contract_number": "8-1", "amount": 1100, "tax": 100},
        {"specification": "第2版", "specification_on": date(2026, 6, 1), "clauses_checked": "一致",
        "invoice_to": "見本区長"},
        {"clauses_checked": "相違", "payment_condition": "検査に合格した後", "payment_way": "口座振替",
        "term_begins": ""},
        {"annex_004": True, "proposal_period": "", "clause_payment": "仕9", "clause_term": "", "annex": ""},
    ):  # fmt: skip
        base = replace(base, **given)
        change_programme(acting(store), programme=base)
        now = paper(store, TODAY)
        lines += ["――", *came(said, now)]
        said = now
    view = read_programme(store)
    set_contractor(
        acting(store),
        contractor=replace(view.contractor, name="", responsible="", address="見本町1", representative="代表"),
    )
    set_office(acting(store), office=replace(view.office, staff=""))
    assert_paper([*lines, "――", *came(said, paper(store, TODAY))], "台帳")


def test_changes_are_recorded_said_and_listed(store):
    said = []
    for add, day in (
        (add_lecture, date(2026, 9, 24)),
        (add_lecture, date(2026, 10, 20)),
        (add_dispatch, date(2026, 11, 10)),
    ):
        add(store, day)
    view = read_programme(store)
    lecture, visit = view.kind("講習会"), view.kind("派遣")
    changes = (
        {}, {"numbers": [replace(lecture, planned=8)], "reason": " "}, {"numbers": [replace(lecture, planned=8)]},
        {"numbers": [replace(lecture, report_period="2週間以内", people_max=25), replace(visit,
        headcount_period="7日前")],
            "valid_from": date(2026, 10, 2), "number": " 第2号 "},
        {"terms": replace(view.programme, term_end=date(2027, 2, 26), tax_rate=8, amount=2200),
        "valid_from": date(2026, 10, 3)},
    )  # fmt: skip
    for given in changes:
        asked = {"programme_id": 1, "valid_from": FROM, "reason": "見直し", **given}
        seen = {key: value for key, value in asked.items() if key not in ("reason", "number")}
        try:
            said += [view_lines([one])[0] for one in preview_contract_change(store, today=TODAY, **seen)]
            said.append(f"→{record_contract_change(acting(store), **asked).message}")
        except UserError as error:
            said.append(f"×{error}")
    setting = DocumentSetting(programme_id=1, document_kind="決定通知", addressee="各位")
    set_document_setting(acting(store), setting=setting, valid_from=FROM, reason="変更")
    set_office(acting(store), office=replace(view.office, staff="見本 二"), valid_from=FROM, reason="異動")
    set_contractor(acting(store), contractor=replace(view.contractor, name="新社"), valid_from=FROM, reason="商号")
    view = read_programme(store)
    said += [*contract_change_words(view), *(view_lines([one])[0] for one in contract_history(view.rows))]
    said += [*paper(store, FROM)[-12:], "――", *came(paper(store, FROM), paper(store, date(2026, 10, 3)))]
    assert_paper(said, "契約変更")
