"""The courses of the site, as the person who asks may use them."""

from collections.abc import Mapping
from dataclasses import asdict

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from fallback_hub.courses import HubCourse, read_courses
from fallback_hub.gateway.bodies import bearer_of
from fallback_hub.gateway.refusals import Refusal
from fallback_hub.gateway.replies import reply
from fallback_hub.gateway.settings import GatewaySettings
from fallback_hub.gateway.state import state_of
from fallback_hub.hub.admission import Asker, choose_profile, may_start, role_in
from fallback_hub.problems import HubError
from fallback_hub.settings import HubSettings


async def list_courses(request: Request) -> Response:
    """GET courses: who asks, what the hub allows, and every course with the asker's role in it."""
    state = state_of(request)
    person = await state.hub.person(bearer_of(request))
    courses = await courses_of(state.settings)
    hub = state.settings.hub
    return reply(
        {
            "user": person.name,
            "admin": person.admin,
            "idle_minutes": hub.servers.idle_minutes,
            "token_minutes": hub.sign_in.token_minutes,
            "session_hours": hub.sign_in.session_hours,
            "max_file_bytes": hub.servers.max_file,
            "courses": [describe(course, person, hub) for _, course in sorted(courses.items())],
        }
    )


async def courses_of(settings: GatewaySettings) -> Mapping[str, HubCourse]:
    """The site's courses; refuses with "site-unreadable" where there is no site."""
    try:
        return await to_thread.run_sync(read_courses, settings.hub.site)
    except HubError as error:
        raise Refusal("site-unreadable") from error


def describe(course: HubCourse, person: Asker, hub: HubSettings) -> Mapping[str, object]:
    """One course for one person, with every profile as the spawner would grant it."""
    wanted = [{"profile": profile.name} for profile in course.profiles] or [{}]
    return {
        "slug": course.slug,
        "title": dict(course.title),
        "role": role_in(person, course.slug, hub),
        "may_start": may_start(person, course.slug, hub),
        "profiles": [asdict(choose_profile(course, options, hub)) for options in wanted],
    }
