"""Documents of 完了・検査・支払, as blocks."""
