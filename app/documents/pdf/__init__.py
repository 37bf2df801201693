"""Drawing every document as PDF; the only package that uses reportlab."""
