from django.urls import path

from evenhand.apps.core import views

urlpatterns = [path("healthz", views.health, name="health")]
