"""A drill that found something waits for its treatment: the newest alone, and no record is made before."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest

from app.actions.user_error import UserError
from app.documents.services.document_scope import DocumentScope
from app.settings.drill import services

NOW = datetime(2026, 12, 1, 9)


def drill(is_successful=False, treatment="", fiscal_year=2026):
    return SimpleNamespace(is_successful=is_successful, treatment=treatment, fiscal_year=fiscal_year)


GOOD, BAD, TREATED = drill(is_successful=True), drill(), drill(treatment="写し直した")


@pytest.mark.parametrize(
    ("drills", "waits"),
    [((), False), ((GOOD,), False), ((BAD,), True), ((TREATED,), False), ((GOOD, BAD), False), ((BAD, GOOD), True)],
)
def test_the_newest_waits_while_nobody_wrote_what_was_done(monkeypatch, drills, waits):
    monkeypatch.setattr(services, "read_drills", lambda _store: drills)
    assert services.untreated_drill(None) is (drills[0] if waits else None)


@pytest.mark.parametrize(
    ("one", "words"), [(None, "まだしていません"), (BAD, "まだ書かれていません"), (GOOD, ""), (TREATED, "")]
)
def test_a_record_is_made_of_a_drill_that_went_well_or_was_treated(monkeypatch, one, words):
    of_the_year = SimpleNamespace(programme=SimpleNamespace(fiscal_year=2026))
    monkeypatch.setattr(services, "by_id", lambda *_a: None)
    monkeypatch.setattr(
        services, "read_drills", lambda _store: [drill(fiscal_year=2025, is_successful=True), *([one] if one else [])]
    )
    monkeypatch.setattr(services, "document_context_of", lambda *_a: of_the_year)
    monkeypatch.setattr(services, "drill_record", lambda context, made, **given: (context, made, given))

    def build():
        return services.build_record(SimpleNamespace(database=None), DocumentScope(fiscal_year=2026), NOW)

    if words:
        with pytest.raises(UserError, match=words):
            build()
    else:
        assert build() == (of_the_year, one, {"year_words": "R8", "next_on": date(2027, 11, 30)})
    available = services._is_available(
        SimpleNamespace(database=None), SimpleNamespace(scope=DocumentScope(fiscal_year=2026))
    )
    assert available is (words == "")
