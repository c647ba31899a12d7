"""A course's thin application pages: one HTML file an interface, its whole configuration inside."""

import html
import json
from collections.abc import Mapping
from dataclasses import dataclass

from lite_site.courses.model import Interface
from lite_site.environment.kernel import KERNEL_PACKAGES
from lite_site.environment.own import STARTUP
from lite_site.shell.build import RESTORER, Shell
from lite_site.site.inventory import SHARED

KERNEL_PLUGIN = "@jupyterlite/pyodide-kernel-extension:kernel"
LOCALES = {"fr": "fr_FR", "en": "default"}
# Light or dark as the pupil's system is; no column of file times, which a reproducible build doesn't have.
SETTINGS = {
    "@jupyterlab/apputils-extension:themes": {"adaptive-theme": True},
    "@jupyterlab/filebrowser-extension:browser": {"showLastModifiedColumn": False},
}
# Where the Notebook interface's "Open…" leads. JupyterLite has an application of its own there, a megabyte that
# shows less than JupyterLab's list of files does.
FILES_PAGE = "tree/index.html"
# Where kernels live whose page may connect to a hub (`frontend/src/serviceworker/protocol.ts` names it, too).
QUARTERS_PAGE = f"{SHARED}/quarters.html"
# What an application page may do. Notebook outputs may hold inline scripts and styles (a teacher's plot), so those are
# allowed; every address off the origin is not. `frame-ancestors` can't be said in a page: the host's header files do.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; media-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: blob:; "
    "worker-src 'self' blob:; frame-src 'self' data: blob:; object-src 'none'; base-uri 'self'; form-action 'self'"
)


@dataclass(frozen=True, slots=True)
class AppPage:
    """What one application page needs to know; `root` leads from the page to its course folder."""

    app: Interface
    root: str
    language: str
    title: str
    loading: str
    needs_script: str


@dataclass(frozen=True, slots=True)
class KernelStart:
    """Memory that a kernel starts from: where on the site it is described, and that file's hash as pages write it."""

    description: str
    integrity: str


def course_config(
    shell: Shell, pyodide_prefix: str, slug: str, language: str, start: KernelStart | None
) -> dict[str, object]:
    """The configuration all pages of a course share; addresses start at the course folder (`./`)."""
    up = f"./../{shell.prefix}"
    return {
        **shell.config,
        "appName": "Passerelle",
        "baseUrl": "./",
        "passerelleSiteUrl": "./../",
        "passerelleCourse": slug,
        "contentsAllJsonFile": "all.json",
        "defaultKernelName": "python",
        "fullStaticUrl": f"{up}/build",
        "fullLabextensionsUrl": f"{up}/extensions",
        "settingsUrl": f"{up}/build/schemas",
        "themesUrl": f"{up}/build/themes",
        "faviconUrl": f"{up}/favicons/favicon.ico",
        "disabledExtensions": sorted(disabled_by_extensions(shell)),
        "exposeAppInBrowser": True,
        "litePluginSettings": {
            KERNEL_PLUGIN: {
                "pyodideUrl": f"{up}/{RESTORER}" if start else f"./../{pyodide_prefix}/pyodide.mjs",
                "pipliteUrls": [],
                "disablePyPIFallback": True,
                "loadPyodideOptions": {
                    "lockFileURL": "./pyodide-lock.json",
                    "packages": list(KERNEL_PACKAGES),
                    "env": {"PASSERELLE_LANGUAGE": language, "PYTHONSTARTUP": STARTUP},
                    **(restoring(pyodide_prefix, start) if start else {}),
                },
            }
        },
    }


def restoring(pyodide_prefix: str, start: KernelStart) -> dict[str, str]:
    """What `RESTORER` is told in Pyodide's place; JupyterLite has what is under a key in `URL` start at the course."""
    return {
        "indexURL": f"./../{pyodide_prefix}/",
        "snapshotURL": f"./../{start.description}",
        "snapshotIntegrity": start.integrity,
    }


def disabled_by_extensions(shell: Shell) -> set[str]:
    """The plugins that the shell's extensions replace, as their `package.json` says."""
    listed = shell.config["federated_extensions"]
    extensions = listed if isinstance(listed, list) else []
    return {plugin for extension in extensions for plugin in extension.get("disabledExtensions", [])}


def render_app(page: AppPage, shell: Shell, config: Mapping[str, object]) -> str:
    """The HTML of one application page."""
    settings = {
        **config,
        "appUrl": f"./{page.app}",
        "notebookPage": page.app,
        "passerelleTitle": page.title,
        "showLoadingIndicator": True,
        "settingsOverrides": {
            **SETTINGS,
            "@jupyterlab/translation-extension:plugin": {"locale": LOCALES[page.language]},
        },
    }
    if page.app == "lab":
        settings["mode"] = "multiple-document"
    up = f"{page.root}/../{shell.prefix}"
    embedded = json.dumps(settings, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
    return TEMPLATE.format(
        language=page.language,
        policy=html.escape(POLICY),
        title=html.escape(page.title),
        favicon=f"{up}/favicons/favicon.ico",
        bundle=f"{up}/build/{shell.bundles[page.app]}",
        start=f"{up}/start.js",
        root=page.root,
        config=embedded,
        app=page.app,
        loading=html.escape(page.loading),
        needs_script=html.escape(page.needs_script),
    )


def render_quarters() -> str:
    """The page in which kernels live whose own page may connect to a hub: it has its policy, the hub aside."""
    return QUARTERS.format(policy=html.escape(POLICY))


def render_forward(href: str, language: str, words: str) -> str:
    """The page at `FILES_PAGE`, which sends on to where a course's files are listed."""
    return FORWARD.format(language=language, href=html.escape(href), words=html.escape(words))


TEMPLATE = """\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="{favicon}">
<link id="jupyter-lite-main" rel="preload" href="{bundle}" main="index" as="script">
<script id="jupyter-config-data" type="application/json" data-course-root="{root}">{config}</script>
<script src="{start}" defer></script>
<style>
body {{ margin: 0; background: Canvas; color: CanvasText; color-scheme: light dark; }}
#jupyterlite-loading-indicator {{
  position: fixed; inset: 0; display: grid; place-content: center; font: 1rem system-ui, sans-serif;
}}
#jupyterlite-loading-indicator.hidden {{ animation: leave 0.1s forwards; }}
@keyframes leave {{ to {{ opacity: 0; }} }}
</style>
</head>
<body class="jp-ThemedContainer" data-notebook="{app}">
<p id="jupyterlite-loading-indicator" role="status">{loading}</p>
<noscript><p>{needs_script}</p></noscript>
</body>
</html>
"""

QUARTERS = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="passerelle-quarters">
<meta name="robots" content="noindex">
<title>Kernels</title>
</head>
</html>
"""

FORWARD = """\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<meta http-equiv="refresh" content="0; url={href}">
<title>{words}</title>
</head>
<body><p><a href="{href}">{words}</a></p></body>
</html>
"""
