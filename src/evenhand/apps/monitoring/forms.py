"""Forms of the editors' area for releases."""

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _


class ReleaseUpload(forms.Form):
    """A release as one ZIP file."""

    archive = forms.FileField(
        label=_("Release"), help_text=_("The folder that the command “evenhand release” wrote, packed as one ZIP file.")
    )

    def clean_archive(self) -> UploadedFile:
        archive: UploadedFile = self.cleaned_data["archive"]
        if archive.size > settings.RELEASE_UPLOAD_LIMIT:
            limit = settings.RELEASE_UPLOAD_LIMIT // 1024**2
            raise forms.ValidationError(_("The file is larger than %(limit)s MB."), params={"limit": limit})
        return archive


class Withdrawal(forms.Form):
    """Why a release is taken down. The release's public page shows it."""

    reason = forms.CharField(
        label=_("Why is it withdrawn?"),
        help_text=_("The release’s page shows this to everybody. Name no person."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
