"""Every rule there is, in one catalogue, and the page that lists them.

What a check asks of an entry is declared beside the check, in ``record_types``. What verbs, books and imports refuse
or ask is declared here, below them all, because it is enforced where it belongs: in a constraint, a verb, a reader.
"""
