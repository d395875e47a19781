"""What a refusal of a mail server is about: the address, which is given up, or anything else, which may change."""

from __future__ import annotations

import re

_FOR_GOOD = 500
# RFC 3463, X.1.X: the address. Of these 7 and 8 speak of the sender, 9 of the server in between.
_ENHANCED = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}")
_OF_THE_ADDRESS = re.compile(rb"5\.1\.(?![789]$)\d{1,3}")
# Without such a code only these have anything to do with a mailbox (RFC 5321, 4.2.3), and most say it of much else.
_MAYBE_OF_IT = {550, 551, 553}
_NAMED = re.compile(rb"\b(mailbox|user|recipient|account|address)\b")
_MISSED = re.compile(
    rb"\b(no such|unknown|invalid|no longer exists|does(n't| not) exist|not (found|known|local)|name not allowed)\b"
)
_OF_SOMETHING_ELSE = re.compile(rb"sender|relay|auth|polic|spam|block|denied|rejected for|list")


def gives_up(code: int, words: bytes) -> bool:
    """Tell whether the answer to a recipient or letter says that this address takes no mail, now or ever.

    ``words`` are those after the code; lines of one answer are parted by line feeds, as ``smtplib`` returns them.
    In doubt the answer is no: to ask again for a day costs little, to give up costs somebody their mail.
    """
    if code < _FOR_GOOD:
        return False
    if enhanced := _ENHANCED.match(words.lstrip()):
        return _OF_THE_ADDRESS.fullmatch(enhanced.group()) is not None
    said = words.lower()
    if code not in _MAYBE_OF_IT or _OF_SOMETHING_ELSE.search(said):
        return False
    return bool(_NAMED.search(said) and _MISSED.search(said))
