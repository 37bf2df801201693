"""What a user can do: one short keyword-only function per action, without Qt."""
