"""The editors' area for releases: what is here, loading one, withdrawing one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.apps.monitoring.actions import load_release, withdraw_release
from evenhand.apps.monitoring.archives import unpacked
from evenhand.apps.monitoring.forms import ReleaseUpload, Withdrawal
from evenhand.apps.monitoring.models import Release
from evenhand.apps.monitoring.permissions import Permission, require
from evenhand.apps.monitoring.queries import register
from evenhand.errors import EvenhandError


@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    """Every release that was ever loaded."""
    require(request.user, Permission.VIEW)
    allowed = {
        "may_load": request.user.has_perm(Permission.LOAD),
        "may_withdraw": request.user.has_perm(Permission.WITHDRAW),
    }
    return render(request, "monitoring/admin/releases.html", {"entries": register(), **allowed})


@require_http_methods(["GET", "HEAD", "POST"])
def load(request: HttpRequest) -> HttpResponse:
    """Send a release as a ZIP file; it is verified before anything of it is shown."""
    require(request.user, Permission.LOAD)
    form = ReleaseUpload(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            with unpacked(form.cleaned_data["archive"]) as directory:
                release = load_release(directory=directory, by=request.user)
        except EvenhandError as refusal:
            form.add_error("archive", str(refusal))
        else:
            messages.success(request, _("%(release)s is loaded and shown.") % {"release": release.name})
            return redirect("releases:list")
    return render(request, "monitoring/admin/load.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, name: str) -> HttpResponse:
    """Take a release down, with the reason."""
    require(request.user, Permission.WITHDRAW)
    release = get_object_or_404(Release, name=name)
    form = Withdrawal(request.POST or None)
    if form.is_valid():
        try:
            withdraw_release(release=release, reason=form.cleaned_data["reason"], by=request.user)
        except EvenhandError as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("%(release)s is withdrawn.") % {"release": release.name})
            return redirect("releases:list")
    return render(request, "monitoring/admin/withdraw.html", {"form": form, "release": release})
