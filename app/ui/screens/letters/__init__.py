"""通知・募集の書類: letters and recruitment papers with their texts, addressees and labels."""
