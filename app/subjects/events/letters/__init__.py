"""通知・募集の書類: letters and recruitment papers."""
