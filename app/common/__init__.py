"""What stands below everything: files' places, failures, what is declared, texts as they are written."""
