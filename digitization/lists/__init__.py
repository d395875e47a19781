"""The pages that find entries: lists narrowed by what the office asks for, and the search for a name."""
