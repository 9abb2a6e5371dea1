"""What a browser may do with our pages."""

import json
import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256

from django.http import HttpRequest
from django.http.response import HttpResponseBase

# The public site needs no script, no frame and no other machine.
PUBLIC = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors {frames}"
)
# Wagtail's editor runs its own scripts, sets styles on elements, and shows the page in a frame beside its form.
ADMIN = (
    "default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'self'; object-src 'none'"
)
# A file that someone uploaded is looked at, never run.
UPLOADED = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
NO_FEATURES = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"

_INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
# Wagtail starts its pickers of dates, pages and files by a script in the page: one call, with data and nothing else.
_STARTS_A_PICKER = re.compile(r"(?:init\w+Chooser|new \w+Chooser)\((.*)\);", re.DOTALL)


class SecurityPolicy:
    """Sets the policy of each answer; what a view has set for itself (Wagtail does, for documents) stays."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        policy, frames = _policy_for(request, response)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("X-Frame-Options", frames)
        response.headers.setdefault("Permissions-Policy", NO_FEATURES)
        return response


def _policy_for(request: HttpRequest, response: HttpResponseBase) -> tuple[str, str]:
    if getattr(request, "is_preview", False):  # a public page in the frame beside the editor's form
        return PUBLIC.format(frames="'self'"), "SAMEORIGIN"
    if request.path.startswith("/admin/"):
        return ADMIN.format(scripts=" ".join(["'self'", *_pickers(response)])), "SAMEORIGIN"
    if request.path.startswith(("/media/", "/documents/")):
        return UPLOADED, "DENY"
    return PUBLIC.format(frames="'none'"), "DENY"


def _pickers(response: HttpResponseBase) -> list[str]:
    """The hashes of the inline scripts of an admin page that start a picker, and of no other inline script."""
    if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
        return []
    scripts = dict.fromkeys(_INLINE_SCRIPT.findall(response.content))
    return [f"'sha256-{b64encode(sha256(script).digest()).decode()}'" for script in scripts if _starts_a_picker(script)]


def _starts_a_picker(script: bytes) -> bool:
    call = _STARTS_A_PICKER.fullmatch(script.decode("utf-8", "replace").strip())
    if call is None:
        return False
    try:
        json.loads(f"[{call.group(1)}]")
    except ValueError:
        return False
    return True
