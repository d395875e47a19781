"""The daily digest: what was published at the cut-off, told to each reader; a page, and by e-mail for who wants it."""
