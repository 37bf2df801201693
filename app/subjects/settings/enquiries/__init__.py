"""問合せ・相談台帳: what was asked, complained of or told, by whom and how it was answered."""
