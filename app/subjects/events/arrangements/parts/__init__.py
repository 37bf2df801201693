"""Qt: 配慮の手配 with 撮影の可否, and 貸与タブレット: parts of the page of a day."""
