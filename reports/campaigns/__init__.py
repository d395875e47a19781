"""Setting a campaign up, changing its goals with a reason, taking commitments, closing it, and the pages for all that.

``settling`` is what every verb here runs in; ``setting_up``, ``milestones``, ``books``, ``documents``, ``committing``
and ``closing`` hold the verbs; ``*_page`` are the pages as objects.
"""
