"""Entries are compared with the book, returned, approved, transferred; their pages tell their life."""
