"""Log lines without personal data."""

import logging
import re

_IP_V4 = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")
_IP_V6 = re.compile(r"(?<![\w:])(?=[0-9a-f:]*::|(?:[0-9a-f]{1,4}:){7})[0-9a-f:]{2,39}(?![\w:])", re.IGNORECASE)
_E_MAIL = re.compile(r"[^\s@<>'\"]+@[^\s@<>'\"]+\.\w+")
_QUERY = re.compile(r"\?[^\s'\"]+")


class WithoutPersonalData(logging.Formatter):
    """Takes out of every line, traceback included, what could say who it was: IP addresses, e-mails, query strings."""

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for pattern, instead in (
            (_E_MAIL, "(e-mail)"),
            (_QUERY, "?…"),
            (_IP_V4, "(address)"),
            (_IP_V6, "(address)"),
        ):
            line = pattern.sub(instead, line)
        return line
