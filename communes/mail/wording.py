"""What an e-mail says: who it is to, one sentence, and where the product shows it. Nothing of a register is in it."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communes.models import Mail

_SENTENCES: dict[str, Promise] = {
    Mail.Kind.NOTICE: gettext_lazy("A directive or notice was sent to your unit. Please read it here:"),
    Mail.Kind.REMINDER: gettext_lazy("A directive or notice to your unit still waits. Please read it here:"),
    Mail.Kind.DIGEST: gettext_lazy("The digest of the campaign day is here:"),
}


def letter_of(mail: Mail) -> EmailMessage:
    """Return a mail as it is sent to the address of its person at this moment.

    Its Message-ID follows from its row, so that a server that should get it twice can tell.
    """
    with translation.override(mail.user.language or settings.LANGUAGE_CODE):
        body = "\n\n".join(
            [
                _("Dear %(name)s,") % {"name": mail.user.name},
                str(_SENTENCES[mail.kind]),
                f"{settings.BASE_URL}{mail.path}",
                _("You asked for this e-mail. To have no more of them: %(address)s")
                % {"address": f"{settings.BASE_URL}/tai-khoan/"},
            ]
        )
    host = urlsplit(settings.BASE_URL).hostname
    return EmailMessage(
        subject=mail.subject,
        body=f"{body}\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mail.user.email],
        headers={"Auto-Submitted": "auto-generated", "Message-ID": f"<civreg-mail-{mail.pk}@{host}>"},
    )
