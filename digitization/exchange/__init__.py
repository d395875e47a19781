"""Work arrives from spreadsheets, and leaves for the national system."""
