"""Organisations, venues and workers: what every event refers to (団体・会場・従事者)."""
