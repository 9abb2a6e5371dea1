"""Pages that people write, in Wagtail."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class HomePage(Page):
    """The root of the written pages. The address / itself is the public account's first page."""

    max_count = 1
    subpage_types = ("content.InformationPage",)
    template = "content/information_page.html"

    class Meta:
        verbose_name = _("home page")


class InformationPage(Page):
    """A page of text: what we do, how we protect people, what the law says."""

    body = StreamField(
        [
            ("text", blocks.RichTextBlock(features=TEXT_FEATURES, label=_("text"))),
            ("notice", blocks.TextBlock(label=_("notice"), help_text=_("One thing that nobody should miss."))),
        ],
        verbose_name=_("text"),
    )

    parent_page_types = ("content.HomePage", "content.InformationPage")
    subpage_types = ("content.InformationPage",)
    template = "content/information_page.html"

    content_panels = (*Page.content_panels, FieldPanel("body"))
    search_fields = (*Page.search_fields, index.SearchField("body"))

    class Meta:
        verbose_name = _("information page")
        verbose_name_plural = _("information pages")
