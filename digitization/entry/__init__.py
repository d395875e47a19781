"""Entries are typed here: the form, its answers, drafts put aside."""
