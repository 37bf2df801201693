"""What a user can do, without Qt: 配慮の手配・撮影の可否・貸与タブレット."""
