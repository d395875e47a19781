"""The site map. Paths are Vietnamese in ASCII, route names English."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("communes.urls")),
    path("", include("digitization.urls")),
    path("", include("reports.urls")),
]

handler500 = "civreg.faults.server_error"
