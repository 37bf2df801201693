"""What each subject declares of itself, without Qt: one module a subject."""
