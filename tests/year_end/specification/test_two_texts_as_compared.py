"""Two 仕様書 compared on the sample year: every paragraph, number, reference and kind, what the acts on them say, and
the paper, whole."""

import pytest

from app.actions.user_error import UserError
from app.documents.services.document_library import read_library
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from app.year_end.specification import services as spec
from db.query_cache import caching
from db.records.event_form import EventForm
from db.records.year.specification import NextValue, SpecificationText, SpecificationYear
from db.rows import rows
from tests.support.paper_lines import assert_paper, came, lines_of
from tests.support.sample import BY, NOW, acting, sample_store
from tests.support.specification import NEXT_YEAR, file_of, put_texts
from tests.support.stores import made_by

YEAR = DocumentScope(fiscal_year=2026)
TODAY = NOW.date()
year = made_by(sample_store)
LONG = "、".join(f"第{number}の事項を受託者と協議して決めること" for number in range(1, 9)) + "。"
NEXT = NEXT_YEAR.replace(
    "5 支払",
    """(2) スマートフォン出前相談の実施
団体のところで個別の相談に応じること。
ア 実施期間
令和9年10月1日から令和10年2月28日まで
イ 実施団体数
12団体程度
ウ 実施時間
各回1時間30分
(3) 報告会の提出物
次年度の報告を行うこと。
5 支払""",
).replace("定めのない事項は、協議の上、決定する。", f"定めのない事項は、協議の上、決定する。{LONG}")


@pytest.fixture
def empty(year):
    with year.change(action="空にする", by=BY, now=NOW, subject="specification") as change:
        for kind in (NextValue, SpecificationText):
            for one in rows(year.database, kind):
                change.delete(kind, one.id)
    return year


class Story:
    """The year, and what the acts on its texts say."""

    def __init__(self, store):
        self.store, self.lines = store, []

    def do(self, act, **given):
        try:
            done = act(acting(self.store), fiscal_year=2026, **given)
        except UserError as error:
            self.lines.append(f"×{error}")
            return
        self.lines.append(f"→{done.message}")

    def page(self, *, references=True):
        with caching(self.store.database):
            found = spec.read_specification(self.store, fiscal_year=2026, today=TODAY)
        lines = [
            f"{found.words}　{found.confirmed}　{found.is_next_year_started}",
            spec.state_words(self.store, programme_id=1, today=TODAY),
        ]
        for one in found.rows:
            old = one.pair.old.clause if one.pair.old is not None else ""
            lines.append(
                f"■{one.pair.change}　{old} → {one.pair.clause}　{one.pair.title}　残り{one.unconfirmed_count}"
            )
            lines += [_number(each) for each in one.numbers]
            lines += [f"　{each.action}　{each.words}" for each in one.references if references]
        lines += ["■ほか", *(_number(each) for each in found.numbers_without_paragraph)]
        for one in found.kinds:
            brought = one.proposal
            words = (brought.clause, brought.kind, brought.title, brought.name, brought.sign, brought.form, *one.stated)
            lines.append("　".join(("◇", *words, one.answer)))
        return lines

    def paper(self):
        return lines_of(build_document(self.store, scope=YEAR, kind="仕様書の読み比べ", now=NOW))


def _number(one):
    signs = ("≠" if one.differs else "") + ("古" if one.is_outdated else "")
    numbers = f"{one.this_words}　{one.expected} → {one.found_words}　{one.next_words}"
    return f"　・{one.value.label}　{numbers}　{one.clause}{signs}"


def test_the_texts_and_what_is_confirmed_of_them(empty):
    story = Story(empty)
    story.lines += story.page()
    text = {"side": SpecificationYear.NEXT, "file": file_of(NEXT, "案.txt")}
    for words in (" ", "1 件名\n見本", "1 件名\n見本\n2 期間\n見本", "あ" * 400_001, "あ" * 400_000):
        story.do(spec.save_text, **text, text=words)
    story.do(spec.save_text, **text, text=NEXT)
    story.do(spec.remove_text, side=SpecificationYear.THIS)
    story.lines += ["――つぎの年度だけ――", *story.page(references=False), *story.paper()[:4]]
    put_texts(empty, by=BY, now=NOW)
    story.do(spec.save_text, **text, text=NEXT)
    before, paper = story.page(), story.paper()
    story.lines += ["――二つの年度――", *before, *paper]
    story.do(spec.confirm_values, values={})
    story.do(spec.confirm_values, values={"講習会.planned": "8"})
    story.do(spec.confirm_values, values={"講習会.planned": "9", "年度.term_end": "2028-03-30"})
    story.do(spec.confirm_values, values={"講習会.people_min": "99"})
    story.do(spec.confirm_found, keys=["講習会.minutes", "講習会.headcount_period", "なし"])
    story.do(spec.confirm_found, keys=["なし"])
    for key in ("講習会.planned", "講習会.planned"):
        story.do(spec.withdraw_value, key=key)
    new = {"clause": "4(2)", "form": EventForm.VISIT, "title": "出前相談", "name": "相談", "sign": "相"}
    for given in ({"title": " "}, {"name": "a.b"}, {"clause": "9(9)"}, {"name": "派遣"}, {"sign": "講"}, {}):
        story.do(spec.add_next_kind, **new | given)
    story.do(spec.add_next_kind, **new | {"clause": "4(3)"})
    story.do(spec.answer_next_kind, kind="派遣", is_used=False)
    story.do(spec.answer_next_kind, kind="意見交換会", is_used=True)
    story.do(spec.answer_no_kind, clause="4(3)")
    story.do(spec.rename_next_kind, kind="講習会", clause="4(1)", title="講座", name="相談", sign="座")
    story.do(spec.rename_next_kind, kind="講習会", clause="4(1)", title="講座", name="講座", sign="座")
    story.lines += ["――確認したあと――", *came(before, story.page()), *came(paper, story.paper())]
    kept = rows(empty.database, NextValue, order="key")
    story.lines += [f"{one.key}　{one.value}　{one.clause}　{one.quote}" for one in kept]
    for one in rows(empty.database, NextValue):
        if one.key.startswith(spec.KINDS_OF_NEXT_YEAR):
            story.do(spec.withdraw_kind, value_id=one.id)
    story.do(spec.withdraw_kind, value_id=9999)
    story.lines += ["――取り消したあと――", *story.page()[:2]]
    story.lines += [
        f"{one.is_ready}　{one.state}"
        for one in read_library(empty, scope=YEAR, today=TODAY).rows
        if one.kind == "仕様書の読み比べ"
    ]
    assert_paper(story.lines, "読み比べ")
