"""The measurements: each prints a ratio or a count beside its limit, taken in the same run (``python -m bench``)."""
