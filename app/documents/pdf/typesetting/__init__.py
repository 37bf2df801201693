"""The basics of setting pages: type, lines, measures, the pen, and distributing pieces over pages."""
