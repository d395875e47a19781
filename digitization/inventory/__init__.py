"""The inventory of books: which there are and how many entries each holds."""
