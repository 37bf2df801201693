"""帳票, every document of an event or a year on one screen."""
