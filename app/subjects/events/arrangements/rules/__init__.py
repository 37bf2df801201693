"""Pure decisions: 配慮の手配・撮影の可否・貸与タブレット."""
