"""The pages of organizing, in one list."""

from courtsync_web.organizing import (
    codes_page,
    court_page,
    door_pages,
    hub_page,
    invitation_pages,
    members_page,
)

routes = (
    *hub_page.routes,
    *members_page.routes,
    *codes_page.routes,
    *door_pages.routes,
    *invitation_pages.routes,
    *court_page.routes,
)
