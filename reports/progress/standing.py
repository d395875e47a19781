"""What a book had counted at a past cut-off, as work is measured by it; one piece of SQL for all who measure.

What a book held when it came into a campaign was not done in the campaign: it counts as having stood there always, and
days written before it came say nothing. Days of books are shared by all campaigns, which is why those that share a unit
end their days at the same hour.
"""

from __future__ import annotations

# Joined to a statement over books, before ``counted_at`` is asked.
JOINING = """LEFT JOIN LATERAL (
    SELECT day, counted FROM reports_bookatjoining
    WHERE campaign_id = {campaign} AND book_id = {book} ORDER BY id DESC LIMIT 1
) joining ON true"""


def joining(*, campaign: str = "s.campaign_id", book: str = "s.book_id") -> str:
    """Return the join that says of a book when it came into the campaign, and with how much."""
    return JOINING.format(campaign=campaign, book=book)


def counted_at(day: str, *, book: str = "s.book_id") -> str:
    """Return the expression for what a book had counted at the cut-off of ``day``, an expression, too."""
    return f"""coalesce((
        SELECT d.counted FROM reports_bookday d
        WHERE d.book_id = {book} AND d.day <= {day} AND d.day >= coalesce(joining.day, '-infinity')
        ORDER BY d.day DESC LIMIT 1), joining.counted, 0)"""
