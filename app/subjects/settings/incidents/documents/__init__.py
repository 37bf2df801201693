"""Content of the report of an incident."""
