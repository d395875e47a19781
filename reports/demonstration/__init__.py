"""The demonstration: an invented Đoan Hùng of 2024, on the evening of 5 December, ten days before the deadline.

70,000 of 86,984 entries are digitized and four communes are complete. The units are real, everything else is
invented: persons, books, totals, entries and the work done on them. The same numbers come out every time: every
choice is drawn from a generator seeded with names and numbers, never from the clock or from ``hash()``.

Three layers, each knowing only those before it:

* planning, numbers only: ``figures`` (what must come out), ``sharing``, ``shelves`` (books), ``timeline``,
  ``stints`` (who typed which entry when), ``lives`` (what happened to it afterwards);
* inventing words: ``names``, ``places``, ``births``, ``other_entries``;
* writing: ``units``, ``people``, ``inventory``, ``rows``, ``copying``, ``plan``, ``history``, and ``seeding``, which
  calls all of them in one transaction.

One simplification: three communes came from older ones in 2020, and the books of those are told as their own.
"""
