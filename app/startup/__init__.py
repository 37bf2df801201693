"""Start, login, session, screen lock and closing; the only package that connects all others."""
