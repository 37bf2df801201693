"""Small helpers that every layer may use: file locations, error facts, extension points, text checks."""
