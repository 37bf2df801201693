"""配慮の手配・撮影の可否・貸与タブレット: what the day needs beside the roster."""
