"""The site map. Paths are Vietnamese in ASCII, route names English."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("communes.urls")),
    path("", include("digitization.urls")),
    path("", include("reports.urls")),
]

handler400 = "civreg.faults.bad_request"
handler404 = "civreg.faults.not_found"
handler500 = "civreg.faults.server_error"
