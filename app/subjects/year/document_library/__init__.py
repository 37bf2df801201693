"""帳票: every paper of an event or a year, on one screen."""
