"""A PC that lets no new process start."""

import errno
from multiprocessing import context

import pytest


def refuse_starts(monkeypatch: pytest.MonkeyPatch, *, times: int) -> list[str]:
    """Let the system refuse the next ``times`` processes; the list returned gets a word for each it was asked for."""
    asked: list[str] = []
    real = context.SpawnProcess._Popen  # type: ignore[attr-defined]

    def start(process):
        asked.append(process.name)
        if len(asked) <= times:
            raise OSError(errno.EAGAIN, "no")
        return real(process)

    monkeypatch.setattr(context.SpawnProcess, "_Popen", staticmethod(start))
    return asked
