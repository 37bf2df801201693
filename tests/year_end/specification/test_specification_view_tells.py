"""What the page of 仕様書 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from app.year_end.specification.services import read_specification
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW
from tests.support.view_lines import view

TODAY = NOW.date()


def test_the_comparison_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_specification, s, fiscal_year=2026, today=TODAY) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        programme_id=1｜fiscal_year=2026｜confirmed=2｜words=変わった段落 11・確認した数 2（残り41）
        　・texts[この年度] SpecificationText 1
        　・texts[つぎの年度] SpecificationText 2
        　・rows 19
        　・　・unconfirmed_count=0
        　・　・　・pair change=同じ｜title=仕 様 書（見本）
        　・　・　・　・old text=仕 様 書（見本）｜body=仕 様 書（見本）｜title=仕 様 書（見本）
        　・　・　・　・new text=仕 様 書（見本）｜body=仕 様 書（見本）｜title=仕 様 書（見本）
        　・　・is_changed=✓｜unconfirmed_count=1
        　・　・　・pair change=変更｜clause=1｜title=件名
        　・　・　・　・old clause=1｜text=件名 / 令和8年度 町会・自治会デジタル活用支援事業委託｜body=令和8年度 町会・
        　　自治会デジタル活用支援事業委託｜title=件名
        　・　・　・　・new clause=1｜text=件名 / 令和9年度 町会・自治会デジタル活用支援事業委託｜body=令和9年度 町会・
        　　自治会デジタル活用支援事業委託｜title=件名
        　・　・　・numbers 1
        　・　・　・　・expected=令和9年度 町会・自治会デジタル活用支援事業委託｜clause=1｜found_words=令和9年度 町会・
        　　自治会デジタル活用支援事業委託｜this_words=令和8年度 町会・自治会デジタル活用支援事業委託
        　・　・　・　・　・value key=年度.title｜label=契約件名｜value_type=文｜clause=仕1｜text=令和8年度 町会・自治会
        　　デジタル活用支援事業委託｜words=令和8年度 町会・自治会デジタル活用支援事業委託
        　・　・　・　・　・found text=令和9年度 町会・自治会デジタル活用支援事業委託｜quote=令和9年度 町会・自治会デジ
        　　タル活用支援事業委託
        　・　・　・references 1
        　・　・　・　・action=設定｜words=契約件名 令和8年度 町会・自治会デジタル活用支援事業委託
        　・　・　・　・　・clauses 1
        　・　・is_changed=✓｜unconfirmed_count=2
        　・　・　・pair change=変更｜clause=3｜title=履行期間
        　・　・　・　・old clause=3｜text=履行期間 / 契約確定日の翌日から令和9年3月31日まで｜body=契約確定日の翌日から
        　　令和9年3月31日まで｜title=履行期間
        　・　・　・　・new clause=3｜text=履行期間 / 契約確定日の翌日から令和10年3月31日まで｜body=契約確定日の翌日から
        　　令和10年3月31日まで｜title=履行期間
        　・　・　・numbers 2
        　・　・　・　・expected=契約確定日の翌日｜clause=3｜found_words=契約確定日の翌日｜this_words=契約確定日の翌日
        　・　・　・　・　・value key=年度.term_begins｜label=履行期間の始まり｜value_type=始まり｜clause=仕3｜text=契約
        　　確定日の翌日｜words=契約確定日の翌日
        　・　・　・　・　・found text=契約確定日の翌日｜quote=契約確定日の翌日から
        　・　・　・　・expected=2028-03-31｜clause=3｜found_words=令和10年3月31日｜this_words=令和9年3月31日
        　・　・　・　・　・value key=年度.term_end｜label=履行期間の末日｜value_type=日付｜clause=仕3｜text=2027-03-31
        　　｜words=令和9年3月31日
        　・　・　・　・　・found text=2028-03-31｜quote=令和10年3月31日
        　・　・　・references 4
        　・　・　・　・action=設定｜words=履行期間の始まり 契約確定日の翌日
        　・　・　・　・　・clauses 3
        　・　・　・　・action=設定｜words=履行期間の末日 令和9年3月31日
        　・　・　・　・　・clauses 3
        　・　・　・　・action=受領の確認｜words=業務完了届
        　・　・　・　・　・clauses 3
        　・　・　・　・action=帳票｜words=業務完了届
        　・　・　・　・　・clauses 3
        　・　・unconfirmed_count=0
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """
        －programme_id=1｜fiscal_year=2026｜confirmed=2｜words=変わった段落 11・確認した数 2（残り41）
        ＋programme_id=1｜fiscal_year=2026｜confirmed=2｜words=変わった段落 11・確認した数 2（残り5）
        －　・　・is_changed=✓｜unconfirmed_count=1
        ＋　・　・is_changed=✓｜unconfirmed_count=0
        －　・　・　・numbers 1
        －　・　・　・　・expected=令和9年度 町会・自治会デジタル活用支援事業委託｜clause=1｜found_words=令和9年度 町会
        　　・自治会デジタル活用支援事業委託｜this_words=令和8年度 町会・自治会デジタル活用支援事業委託
        －　・　・　・　・　・value key=年度.title｜label=契約件名｜value_type=文｜clause=仕1｜text=令和8年度 町会・自治
        　　会デジタル活用支援事業委託｜words=令和8年度 町会・自治会デジタル活用支援事業委託
        －　・　・　・　・　・found text=令和9年度 町会・自治会デジタル活用支援事業委託｜quote=令和9年度 町会・自治会デ
        　　ジタル活用支援事業委託
        －　・　・　・references 1
        －　・　・　・　・action=設定｜words=契約件名 令和8年度 町会・自治会デジタル活用支援事業委託
        －　・　・　・　・　・clauses 1
        －　・　・is_changed=✓｜unconfirmed_count=2
        ＋　・　・is_changed=✓｜unconfirmed_count=0
        －　・　・　・numbers 2
        －　・　・　・　・expected=契約確定日の翌日｜clause=3｜found_words=契約確定日の翌日｜this_words=契約確定日の翌日
        －　・　・　・　・　・value key=年度.term_begins｜label=履行期間の始まり｜value_type=始まり｜clause=仕3｜text=契
        　　約確定日の翌日｜words=契約確定日の翌日
        －　・　・　・　・　・found text=契約確定日の翌日｜quote=契約確定日の翌日から
        －　・　・　・　・expected=2028-03-31｜clause=3｜found_words=令和10年3月31日｜this_words=令和9年3月31日
        －　・　・　・　・　・value key=年度.term_end｜label=履行期間の末日｜value_type=日付｜clause=仕3｜text=2027-03-3
        　　1｜words=令和9年3月31日
        －　・　・　・　・　・found text=2028-03-31｜quote=令和10年3月31日
        －　・　・　・references 4
        －　・　・　・　・action=設定｜words=履行期間の始まり 契約確定日の翌日
        －　・　・　・　・　・clauses 3
        －　・　・　・　・action=設定｜words=履行期間の末日 令和9年3月31日
        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )
