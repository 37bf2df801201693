"""The only place where things are wired together: start, login, window, timers, lock and close."""
