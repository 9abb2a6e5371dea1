from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "evenhand.apps.monitoring"
    label = "monitoring"
