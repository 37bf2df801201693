"""The register of 団体 and people, their duplicates and the 段階 of their tools, independent of any event."""
