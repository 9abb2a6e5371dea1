from django.urls import path

from evenhand.apps.accountability import downloads, views

urlpatterns = [
    path("", views.home, name="home"),
    path("figures/", views.figures, name="figures"),
    path("figures/<slug:indicator_id>/", views.indicator_anywhere, name="indicator-anywhere"),
    path("figures/<slug:indicator_id>/<str:code>/", views.indicator, name="indicator"),
    path("figures/<slug:indicator_id>/<str:code>/<slug:chart>.svg", downloads.drawing, name="drawing"),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/<str:code>/", views.organisation, name="organisation"),
    path("data-quality/", views.data_quality, name="data-quality"),
    path("releases/", views.releases, name="releases"),
    path("releases/<slug:name>/", views.release, name="release"),
    path("releases/<slug:name>/package.zip", downloads.package, name="release-package"),
    path("releases/<slug:name>/<str:file>", downloads.file, name="release-file"),
]
