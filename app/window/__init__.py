"""How the program meets Qt: its look, fonts, language, threads and memory."""

from app.window.memory import spare_sources

spare_sources()
