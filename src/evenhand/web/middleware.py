"""What a browser may do with our pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# The public site needs no script, no frame and no other machine.
PUBLIC = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# Wagtail's editor runs its own scripts, sets styles on elements, and shows the page in a frame beside its form.
ADMIN = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'self'; object-src 'none'"
)
# A file that someone uploaded is looked at, never run.
UPLOADED = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
NO_FEATURES = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


class SecurityPolicy:
    """Sets the policy of each answer; what a view has set for itself (Wagtail does, for documents) stays."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        policy, frames = _policy_for(request.path)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("X-Frame-Options", frames)
        response.headers.setdefault("Permissions-Policy", NO_FEATURES)
        return response


def _policy_for(path: str) -> tuple[str, str]:
    if path.startswith("/admin/"):
        return ADMIN, "SAMEORIGIN"
    if path.startswith(("/media/", "/documents/")):
        return UPLOADED, "DENY"
    return PUBLIC, "DENY"
