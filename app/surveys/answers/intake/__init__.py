"""Reading answer files of online forms."""
