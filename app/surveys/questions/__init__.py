"""設問, the library of questionnaires, an event’s own questions, and the sheet they are printed on."""
