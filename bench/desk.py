"""The entry desk: how many keys an entry costs, and how much of it crosses the line, in a real browser.

A typist types invented births of one book by keyboard alone, as the desk invites to: Enter from field to field, signers and
places carried on, suggestions taken with the arrow, dates in digits. Everything typed by hand in full is 1.0; letters
with diacritics count one, as on the screen (an input method takes one to three keys for them, in both counts alike).
"""
