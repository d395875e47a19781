"""The API of digitization: kinds of entries, books, entries, and typing."""
