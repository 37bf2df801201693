"""The pages before the main window, and the settings of the data folder."""
