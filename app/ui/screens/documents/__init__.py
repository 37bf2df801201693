"""帳票: every paper of an event with its real preview, the ways it leaves the app, and the log of what left."""
