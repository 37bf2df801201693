"""The program asks nobody outside the PC for anything: no module of it opens a way there, and Qt's own is not loaded.

That it does not happen either, in libraries too, is tried in ``tests/journeys/test_self_check.py``.
"""

import ast
from collections.abc import Iterable

import pytest

WAYS = {
    "aiohttp", "asyncio", "ftplib", "http", "httpx", "imaplib", "nntplib", "poplib", "requests", "smtplib", "socket",
    "socketserver", "ssl", "telnetlib", "urllib.request", "urllib3", "webbrowser", "wsgiref", "xmlrpc",
    "PySide6.QtHttpServer", "PySide6.QtNetwork", "PySide6.QtNetworkAuth", "PySide6.QtWebChannel",
    "PySide6.QtWebEngineCore",
    "PySide6.QtWebEngineWidgets", "PySide6.QtWebSockets",
}  # fmt: skip


def ways_out(nodes: Iterable[ast.AST]) -> list[tuple[int, str]]:
    """Every import that leads to the network."""
    found = []
    for node in nodes:
        named = []
        if isinstance(node, ast.Import):
            named = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            named = [f"{node.module}.{alias.name}" for alias in node.names]
        found += [(node.lineno, name) for name in named if any(f"{name}.".startswith(f"{way}.") for way in WAYS)]
    return found


def test_no_module_of_the_program_opens_a_way_to_the_network(product):
    offenders = [f"{source.address}:{line} {name}" for source in product for line, name in ways_out(source.nodes)]

    assert offenders == []


@pytest.mark.parametrize(
    "line",
    [
        "import socket",
        "from urllib import request",
        "from urllib.request import urlopen",
        "import http.client",
        "from PySide6.QtNetwork import QTcpSocket",
        "from PySide6 import QtNetwork",
    ],
)
def test_every_way_out_is_seen(line):
    assert ways_out(ast.walk(ast.parse(line)))


@pytest.mark.parametrize("line", ["from urllib.parse import quote", "import httplike"])
def test_what_only_looks_alike_is_let_through(line):
    assert ways_out(ast.walk(ast.parse(line))) == []
