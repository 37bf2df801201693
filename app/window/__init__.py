"""Qt basics without a subject: app context, background work (the only threads), failures, style."""
