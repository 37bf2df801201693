"""Why responses are not counted, without names."""

from types import SimpleNamespace as Facts

from app.surveys.tally.services import tally_document_kinds


def test_a_reason_that_is_empty_or_names_somebody_is_not_printed(monkeypatch):
    monkeypatch.setattr(tally_document_kinds, "personal_flags", lambda text, *, finder: "見本" in text)
    sheets = [Facts(decision=text, counted=text == "数える") for text in ("白紙", "", "見本さん", "白紙", "数える")]
    found = tally_document_kinds._left_out(Facts(survey_view=Facts(responses=sheets)), None)
    assert found == (("白紙", 2), ("理由は記録のとおり", 1), ("理由は記録のとおり", 1))
