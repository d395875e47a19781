"""Log-in: an account counts only while it is open."""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser

from civreg.lib import clock
from communes.models import Posting, User


class PostingBackend(ModelBackend):
    """Checks the password at log-in, and at every request that the account has not been closed since."""

    def get_user(self, user_id: int) -> User | None:
        """Return the person with their current postings, in one query where they have any."""
        held = list(Posting.objects.at(clock.today()).filter(user=user_id).select_related("user", "unit"))
        user = held[0].user if held else User.objects.filter(pk=user_id).first()
        if user is None or not self.user_can_authenticate(user):
            return None
        user.current_postings = held
        return user

    def user_can_authenticate(self, user: User | AnonymousUser | None) -> bool:
        return isinstance(user, User) and user.open_on(clock.today())
