"""Fields of a 希望票 in the order of the form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from app.subjects.events.dispatches.rules import CONSENTS, CURRENT_USE, PARTICIPATION_ANSWERS, TOOLS
from app.subjects.events.dispatches.screens.dispatch_dialogs import text_choices
from app.widgets.forms.form_fields import Field
from db.records.dispatches import DispatchRequest

_ORIGINAL_LOCATIONS = ("文書管理システム", "紙ファイル")
CHANNELS: Final = ("窓口", "郵送", "FAX", "電話")
"""How a request comes; after a telephone call its form is still to come."""


def request_fields() -> tuple[Field, ...]:
    """Return the fields of a request in the order of the form."""
    return (
        Field("received_on", "受け取った日", "date", width=112),
        Field("received_how", "方法", "choice", choices=tuple((one, one) for one in CHANNELS), width=112),
        Field("receipt_number", "収受番号", optional=True, width=160),
        Field("signed", "署名", "check", words="代表者の署名がある"),
        Field("signer_role", "代表者の役職", optional=True, width=160),
        Field(
            "signer",
            "代表者の氏名",
            optional=True,
            is_sometimes_asked=True,
            hint="署名のとおり。電話は団体の連絡先に登録します",
        ),
        *(
            Field(f"tool{number}", "希望するもの" if not number else "", "check", words=tool)
            for number, tool in enumerate(TOOLS)
        ),
        Field("more", "ほかのツール", optional=True, hint="あるときは「、」で区切ります"),
        Field("wish", "希望", optional=True, hint="したいことを一行で"),
        Field("current_use", "いまの様子", "choice", choices=text_choices(CURRENT_USE), optional=True),
        Field("trouble", "困っていること", "lines", lines=2, optional=True),
        Field("took_part", "講習会への参加", "choice", choices=text_choices(PARTICIPATION_ANSWERS), optional=True),
        Field("days", "希望する日", "lines", lines=2, optional=True),
        Field("venue", "会場", optional=True),
        Field(
            "network",
            "インターネット",
            "choice",
            choices=(("有", "ある"), ("無", "ない"), ("不明", "わからない")),
            width=160,
        ),
        Field("fee", "使用料", optional=True, hint="だれが払うかも書きます"),
        Field("equipment", "使えるもの", optional=True, hint="投影機、スクリーン、机・いす など"),
        Field("people", "参加する人数", "number", unit="人", width=80, least=0, optional=True),
        Field("phones", "うちスマートフォン", "number", unit="人", width=80, least=0, optional=True),
        Field(
            "consent",
            "受託者へ知らせる同意",
            "choice",
            choices=text_choices(CONSENTS, empty="記入なし"),
            optional=True,
        ),
        Field(
            "consent_on",
            "同意を確かめた日",
            "date",
            width=112,
            optional=True,
            hint="空のときは受け取った日",
        ),
        Field("original_place", "原本の所在", "choice", choices=text_choices(_ORIGINAL_LOCATIONS), optional=True),
        Field("dispose_on", "廃棄予定日", "date", width=112, optional=True),
    )


_MORE_KEY: Final = "more"
_TOOL_PREFIX: Final = "tool"
_PLAIN_KEYS: Final = tuple(
    one.key for one in request_fields() if not one.key.startswith(_TOOL_PREFIX) and one.key != _MORE_KEY
)


def request_values(request: DispatchRequest) -> dict[str, Any]:
    """Return the values of the fields by key."""
    values = {key: getattr(request, key) for key in _PLAIN_KEYS}
    values |= {f"{_TOOL_PREFIX}{number}": tool in request.tools for number, tool in enumerate(TOOLS)}
    values[_MORE_KEY] = "、".join(tool for tool in request.tools if tool not in TOOLS)
    return values


def request_from_values(request: DispatchRequest, values: Mapping[str, Any]) -> DispatchRequest:
    """Return a request with the typed values applied."""
    ticked = tuple(tool for number, tool in enumerate(TOOLS) if values[f"{_TOOL_PREFIX}{number}"])
    more = tuple(word.strip() for word in values[_MORE_KEY].split("、") if word.strip())
    return replace(request, tools=(*ticked, *more), **{key: values[key] for key in _PLAIN_KEYS})
