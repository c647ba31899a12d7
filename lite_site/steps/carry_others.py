"""Step: when only some courses are asked for, the others stay on the site as they are."""

import json

from lite_site.problems import BuildError, Problem
from lite_site.steps.build import Build


def carry_others(build: Build) -> None:
    """Take over from the old site every course not asked for, with the shared files it uses."""
    if not build.settings.only:
        return
    written = {course.slug for course in build.courses}
    standing = {path.parent.name for path in build.settings.output.glob("*/course.json")}
    if forgotten := sorted(standing - written - set(build.memory.courses)):
        place, problem = str(build.settings.output), f"has {', '.join(forgotten)}, which can't be kept as it is."
        remedy = "What the last build knew of the site is gone: build all courses once (passerelle build)."
        raise BuildError([Problem(place, problem, remedy, "carry-forgotten")])
    carried = [slug for slug in sorted(build.memory.courses) if slug not in written and carry(build, slug)]
    build.carried = tuple(carried)
    build.fingerprints.update({slug: build.memory.courses[slug] for slug in carried})


def carry(build: Build, slug: str) -> bool:
    """Take over one course; False, with a warning, when its files on the old site were changed by hand."""
    if build.tree.keep_below(slug):
        uses = json.loads(build.tree.read(f"{slug}/course.json"))["uses"]
        shared = [build.tree.keep_below(uses[part]) for part in ("shell", "pyodide", "snapshot") if uses[part]]
        shared += [build.tree.keep(wheel) for wheel in uses["wheels"]]
        if all(shared):
            return True
    build.tree.drop_below(slug)
    problem = "was changed on the site by hand, so it isn't taken over."
    build.warnings.append(Problem(slug, problem, f"Build it too: passerelle build {slug}", "carry-touched", "warning"))
    return False
