from django.apps import AppConfig


class AccountabilityConfig(AppConfig):
    name = "evenhand.apps.accountability"
    label = "accountability"
