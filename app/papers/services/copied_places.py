"""What is said of a folder that a service copies to other PCs, before anything is written into it."""

from __future__ import annotations

from pathlib import Path

from db.synced_places import synchronised_by

__all__ = ["caution", "copied_in_words", "copied_papers_in_words", "synchronised_by"]


def caution(folder: Path) -> tuple[str, ...]:
    """Return what a command says before it makes data in ``folder``: a plain sentence, or nothing."""
    service = synchronised_by(folder)
    return (copied_in_words(service).replace("*", ""),) if service else ()


def copied_in_words(service: str) -> str:
    """Return what is said of a place for data that a service copies to other PCs."""
    return (
        f"**この場所は各PCに複製されています（{service}）。** "
        "二人で使うと変更が失われます。情報システム担当者にご相談ください。"
    )


def copied_papers_in_words(service: str) -> str:
    """Return what is said of a place for papers and lists that a service copies to other PCs."""
    return f"この保存先は、ほかのPCやクラウドにも複製されます（{service}）。"
