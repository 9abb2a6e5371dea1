"""Addresses of the editors' area for releases, under /admin/releases/."""

from django.urls import path

from evenhand.apps.monitoring import views

app_name = "releases"
urlpatterns = [
    path("", views.releases, name="list"),
    path("load/", views.load, name="load"),
    path("<slug:name>/withdraw/", views.withdraw, name="withdraw"),
]
