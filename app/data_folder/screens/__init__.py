"""The pages before the window, and the settings that concern the folder."""
