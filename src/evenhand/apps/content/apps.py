from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "evenhand.apps.content"
    label = "content"
