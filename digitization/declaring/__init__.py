"""Declaring what the national system holds of one's books: beside what is held here, never added to it."""
