"""The one family of errors that a person is meant to read.

Anything raised from here has a message that says where, what was found and what would be right, and never carries
personal data. The command line prints the message alone and exits with code 2; the platform shows it on a page.
Everything else is a defect of ours and may show a traceback to a developer.
"""


class EvenhandError(Exception):
    """Something that the person at the keyboard can put right. ``str(error)`` is the message to show."""


class InputRefused(EvenhandError):
    """A file, a table or a setting cannot be used as it stands; nothing was written."""
