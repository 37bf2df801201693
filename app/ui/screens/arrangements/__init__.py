"""What the day needs beside the roster: 配慮の手配, photo consent, lent tablets."""
