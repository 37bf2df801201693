"""実施報告書, made in the program, or received and checked."""
