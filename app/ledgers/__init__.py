"""Ledgers (管理簿) of any subject: list, entry, corrections, checks, print form."""
