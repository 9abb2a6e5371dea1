from django.apps import AppConfig


class UsersConfig(AppConfig):
    name = "evenhand.apps.users"
    label = "users"
