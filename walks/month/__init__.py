"""A campaign of thirty days played through in the browser, evening by evening: ``python -m walks.month``.

It is run by hand, for it takes a quarter of an hour. What the pages say is compared with a recount that shares no
statement with the product.
"""
