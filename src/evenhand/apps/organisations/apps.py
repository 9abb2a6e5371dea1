from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "evenhand.apps.organisations"
    label = "organisations"
