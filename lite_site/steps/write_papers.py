"""Step: header files for hosts, schemas, bill of materials, manifest."""

from email import message_from_string
from importlib.metadata import distribution, version
from pathlib import Path

from packaging.utils import parse_wheel_filename

from lite_site import __version__
from lite_site.runtime.distribution import VERSION as PYODIDE_VERSION
from lite_site.runtime.licences import licence_in, licence_of
from lite_site.shell.app import POLICY
from lite_site.shell.build import DISTRIBUTIONS
from lite_site.site.connection import HEADER_FILES, connect
from lite_site.site.hosting import hosting_files
from lite_site.site.inventory import MANIFEST, SBOM, Component, components_of_bundle, render_manifest, render_sbom
from lite_site.steps.build import Build

SHARED = "_passerelle"
SCHEMAS = {
    "course-toml.schema.json": Path(__file__).parents[1] / "courses" / "course.schema.json",
    "course-json.schema.json": Path(__file__).with_name("course-json.schema.json"),
}


def write_papers(build: Build) -> None:
    """Write what hosts, tools and the curious read about the site."""
    for path, text in hosting_files(POLICY).items():
        named = connect(path, text, build.site.hub) if path in HEADER_FILES else text
        build.tree.write(path, named.encode())
    for name, source in SCHEMAS.items():
        build.tree.copy(f"{SHARED}/schemas/{name}", source)
    if not (build.tree.unchanged_below(SHARED) and build.tree.keep(SBOM)):
        build.tree.write(SBOM, render_sbom(components_of(build), __version__))
    build.tree.write(MANIFEST, render_manifest(build.tree.files))


def installed(name: str) -> Component:
    """A package whose pages the shell carries."""
    described = message_from_string(distribution(name).read_text("METADATA") or "")
    return Component("pypi", name, version(name), licence_in(described))


def components_of(build: Build) -> list[Component]:
    """Every package on the site: wheels, the npm packages in the shell, Pyodide and its Python, ourselves."""
    found = [
        Component("generic", "passerelle", __version__, "BSD-3-Clause"),
        Component("generic", "pyodide", PYODIDE_VERSION, "MPL-2.0"),
        Component("generic", "cpython", "3.14", "PSF-2.0"),
    ]
    found += [installed(name) for name in DISTRIBUTIONS]
    for path, entry in build.tree.files.items():
        if path.startswith(f"{SHARED}/wheels/"):
            name, release, _, _ = parse_wheel_filename(path.rpartition("/")[2])
            licence = licence_of(build.tree.folder / path)
            found.append(Component("pypi", name, str(release), licence, entry.sha256))
        elif path.endswith("/third-party-licenses.json"):
            found += components_of_bundle(build.tree.read(path).decode())
    return found
