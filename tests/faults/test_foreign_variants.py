"""The generated files of strangers, a hundred of them; the long check reads ten thousand."""

from dataclasses import replace

from tests.faults import foreign_variants
from tests.faults.foreign_values import plain


def test_generated_files_lose_nothing_and_what_must_wait_waits():
    found = foreign_variants.run(100)

    assert found.wrong == []
    assert len(found.combinations) == found.files == 100


def test_a_value_that_is_read_otherwise_is_found_by_the_judge(monkeypatch):
    made = foreign_variants.variant(0)
    other = replace(made.rows[0], values={"name": plain("別人")})
    monkeypatch.setattr(foreign_variants, "variant", lambda _: replace(made, rows=(other, *made.rows[1:])))

    assert any("name is" in one for one in foreign_variants.run(1).wrong)
